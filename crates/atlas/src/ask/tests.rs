//! What the atlas answers for made-up complaints, as a reader would see it.

use jiff::civil::{Date, date};
use ladder::Country;

use super::{Days, Question, Route, Standing};
use crate::Atlas;
use crate::words::{Anchor, PaidBy, Sector, Topic};

/// Asks about a complaint of a country and sector with these days.
fn ask(country: &str, sector: Sector, now: Date, days: &[(Anchor, Date)]) -> Question {
    let days = days.iter().fold(Days::default(), |days, (anchor, day)| days.with(*anchor, Some(*day)));
    Question { sector: Some(sector), days, ..Question::new(Country::parse(country).unwrap(), now) }
}

/// Returns how one body stands to a complaint.
fn stands(id: &str, question: &Question) -> Standing {
    let atlas = Atlas::builtin();
    atlas.route(atlas.body(id).unwrap(), question).unwrap().standing
}

/// Draws a route: id, standing, days.
fn draw(route: &Route<'_>) -> String {
    let day = |r: &Option<super::Reckoning>| {
        r.as_ref().and_then(|r| r.latest).map_or("-".to_owned(), |day| day.to_string())
    };
    format!("{} {:?} {}..{}", route.body.id, route.standing, day(&route.opens), day(&route.closes))
}

#[test]
fn a_wait_opens_on_its_last_day_and_not_before() {
    let complained = [(Anchor::FirstComplaint, date(2026, 1, 12))];
    let on = |now| stands("gb-energy-ombudsman", &ask("GB", Sector::Energy, now, &complained));
    assert_eq!(on(date(2026, 3, 8)), Standing::NotYet(date(2026, 3, 9)));
    assert_eq!(on(date(2026, 3, 9)), Standing::Open);
}

#[test]
fn a_deadline_can_still_be_met_on_its_last_day() {
    let days = [(Anchor::FirstComplaint, date(2025, 7, 14)), (Anchor::FinalResponse, date(2025, 8, 31))];
    let on = |now| stands("gb-financial-ombudsman", &ask("GB", Sector::Bank, now, &days));
    assert_eq!(on(date(2026, 2, 28)), Standing::Open);
    assert_eq!(on(date(2026, 3, 1)), Standing::Lapsed(date(2026, 2, 28)));
}

#[test]
fn the_wait_is_that_of_the_day_of_the_complaint() {
    for (complained, opens) in [(date(2026, 4, 7), date(2026, 6, 2)), (date(2026, 4, 8), date(2026, 5, 20))] {
        let question = ask("GB", Sector::Telecom, date(2026, 4, 10), &[(Anchor::FirstComplaint, complained)]);
        assert_eq!(stands("gb-communications-ombudsman", &question), Standing::NotYet(opens), "{complained}");
    }
}

#[test]
fn a_special_wait_goes_before_the_general_one() {
    let complained = [(Anchor::FirstComplaint, date(2026, 6, 1))];
    let payments = ask("GB", Sector::Payments, date(2026, 6, 10), &complained);
    assert_eq!(stands("gb-financial-ombudsman", &payments), Standing::NotYet(date(2026, 6, 22)));
    let mut urgent =
        ask("AU", Sector::Telecom, date(2026, 8, 5), &[(Anchor::FirstComplaint, date(2026, 8, 4))]);
    assert_eq!(stands("au-tio", &urgent), Standing::NotYet(date(2026, 8, 18)));
    urgent.urgent = true;
    assert_eq!(stands("au-tio", &urgent), Standing::NotYet(date(2026, 8, 6)));
}

#[test]
fn a_shut_body_is_no_route_and_a_regulator_without_single_cases_takes_reports() {
    let question = ask("IE", Sector::Ecommerce, date(2026, 9, 30), &[]);
    assert!(matches!(stands("eu-odr-platform", &question), Standing::Gone(_)));
    let question = ask("GB", Sector::Telecom, date(2026, 9, 30), &[]);
    assert_eq!(stands("gb-ofcom", &question), Standing::ReportsOnly);
}

#[test]
fn the_routes_of_a_complaint_come_in_the_order_in_which_to_go() {
    let days = [(Anchor::FirstComplaint, date(2026, 8, 20)), (Anchor::FinalResponse, date(2026, 9, 28))];
    let mut question = ask("GB", Sector::Telecom, date(2026, 10, 5), &days);
    question.region = Some("ENG".into());
    let routes: Vec<String> = Atlas::builtin().routes(&question).iter().map(draw).collect();
    insta::assert_snapshot!(routes.join("\n"), @"
    gb-communications-ombudsman Open 2026-10-01..2027-09-28
    gb-cisas Open 2026-10-01..2027-09-28
    gb-cdrl Open 2026-10-15..2027-09-28
    gb-citizens-advice-consumer Open -..-
    gb-county-court-small-claims Open -..-
    gb-ofcom ReportsOnly -..-
    gb-cma ReportsOnly -..-
    ");
}

#[test]
fn the_calculation_is_told_in_words() {
    let question = ask("GB", Sector::Rail, date(2026, 4, 22), &[(Anchor::FirstComplaint, date(2026, 2, 20))]);
    let atlas = Atlas::builtin();
    let route = atlas.route(atlas.body("gb-rail-ombudsman").unwrap(), &question).unwrap();
    insta::assert_snapshot!(route.opens.unwrap().words.join("\n"), @"40 working days from the first complaint (2026-02-20), working days: England and Wales, leaving out Good Friday 2026-04-03, Easter Monday 2026-04-06: ends on 2026-04-21");
    let question = ask(
        "NL",
        Sector::Insurance,
        date(2026, 4, 28),
        &[(Anchor::FirstComplaint, date(2025, 11, 10)), (Anchor::FinalResponse, date(2026, 1, 30))],
    );
    let route = atlas.route(atlas.body("nl-kifid").unwrap(), &question).unwrap();
    insta::assert_snapshot!(route.closes.unwrap().words.join("\n"), @"
    3 months from the final response (2026-01-30): ends on 2026-04-30
    1 year from the first complaint (2025-11-10): ends on 2026-11-10
    whichever ends last counts
    ");
}

#[test]
fn the_clocks_of_a_card_payment_run_side_by_side() {
    let mut question =
        ask("US", Sector::Ecommerce, date(2026, 2, 1), &[(Anchor::Statement, date(2025, 12, 31))]);
    question.paid_by = Some(PaidBy::CreditCard);
    question.topic = Some(Topic::WrongCharge);
    let drawn: Vec<String> = Atlas::builtin()
        .running(&question)
        .iter()
        .map(|answer| {
            let clocks = answer
                .clocks
                .iter()
                .map(|c| format!("{:?} {:?}", c.running, c.reckoning.end().map(|d| d.to_string())));
            let clocks = clocks.collect::<Vec<_>>().join(", ");
            let said = [clocks].into_iter().chain(answer.interplay.iter().cloned());
            format!("{}: {}", answer.right.id, said.collect::<Vec<_>>().join("; "))
        })
        .collect();
    insta::assert_snapshot!(drawn.join("\n"), @r#"
    us-fcba-60: Running Some("2026-03-01"), NotStarted None, NotStarted None; runs beside Visa dispute (chargeback): using the one does not stop the time of the other; runs beside Mastercard dispute (chargeback): using the one does not stop the time of the other; next, if it leads nowhere: Consumer Financial Protection Bureau
    card-visa-dispute: NotStarted None; this or Mastercard dispute (chargeback), by the kind of card: keep the shorter time until you know which; runs beside Billing error on a credit card: using the one does not stop the time of the other
    card-mastercard-dispute: NotStarted None; this or Visa dispute (chargeback), by the kind of card: keep the shorter time until you know which; runs beside Billing error on a credit card: using the one does not stop the time of the other
    card-amex-dispute: NotStarted None; this or Visa dispute (chargeback), by the kind of card: keep the shorter time until you know which; this or Mastercard dispute (chargeback), by the kind of card: keep the shorter time until you know which
    "#);
}
