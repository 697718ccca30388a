//! What comes after a step, if it fails: one sentence, so that the way stays in sight.

use atlas::words::{Kind, PaidBy, Sector, Topic};

use crate::advice::Proposal;
use crate::phrases;
use crate::view::{Door, FORMAL_COMPLAINT, OWN_STAGES, Outside, View};
use crate::words::{By, Step, Wish};

/// What is left where no body and no court for small claims puts it right.
const LAW_HELP: &str =
    "free legal advice can look at your papers and your chances: ask before you pay any fee";

/// Returns whether the customer says that money was not paid, and nowhere that the company took it.
fn says_unpaid(view: &View<'_>) -> bool {
    let words: Vec<&str> = view.state.own_words().collect();
    phrases::not_paid(&words.join("\n"))
}

/// Names a claim in court, and the court that is open.
fn claim_in_court(view: &View<'_>) -> String {
    let court = view.court.as_ref().filter(|court| court.door == Door::Due);
    court.map_or("a claim in court".to_owned(), |court| format!("a claim in court: {}", court.body.name))
}

/// Names the scheme of a country that settles cases with banks, where there is one for all of them.
fn of_banks(view: &View<'_>) -> Option<String> {
    let mut of_trade = view.atlas.bodies_in(view.state.facts.country, None).filter(|body| {
        body.sectors.contains(&Sector::Payments)
            && body.single_cases == Some(true)
            && matches!(body.kind, Kind::Ombudsman | Kind::Adr)
            && body.country == view.state.facts.country.code()
    });
    let only = of_trade.next()?;
    of_trade.next().is_none().then(|| only.name.clone())
}

/// Names the body to go to next, and from when or after what.
fn next_outside(door: Option<&Outside<'_>>, main: &Proposal) -> Option<String> {
    match door.map(|outside| (outside, &outside.door)) {
        Some((found, Door::Due)) => Some(format!("{}, which can take the case now", found.body.name)),
        // Open by the day that is waited for: its day goes without saying.
        Some((found, Door::TooEarly(day))) if main.not_before.is_some_and(|until| *day <= until) => {
            Some(found.body.name.clone())
        }
        Some((found, Door::TooEarly(day))) if !found.waits => {
            Some(format!("{}, from {day} on", found.body.name))
        }
        Some((found, Door::TooEarly(day))) => {
            Some(format!("{}, which can take the case from {day}", found.body.name))
        }
        Some((found, Door::Missing(what @ OWN_STAGES))) => {
            Some(format!("{}, once {what} are used up", found.body.name))
        }
        // What the step itself makes up for is missing no more.
        Some((found, Door::Missing(FORMAL_COMPLAINT))) if main.step == Step::Complain => {
            Some(format!("{}, once the company's time to answer is over", found.body.name))
        }
        Some((found, Door::Missing(what))) => Some(format!("{}, once there is {what}", found.body.name)),
        _ => None,
    }
}

/// Says what comes after a step that led nowhere.
pub(crate) fn what_then(view: &View<'_>, main: &Proposal) -> String {
    let door = view.outside.iter().find(|outside| outside.first);
    let outside = next_outside(door, main);
    let court =
        view.court.as_ref().filter(|court| court.door == Door::Due).map(|court| court.body.name.clone());
    let last = court.map_or("a formal letter with a deadline".to_owned(), |court| {
        let american = view.state.facts.country.writes_as_in_north_america();
        let letter = if american { "a demand letter" } else { "a letter before action" };
        format!("{letter}, then {court}")
    });
    // Who is asked for money and has paid none is the one to be sued. How it was paid may only not be known, so that none was paid
    // goes without saying for a debt alone.
    let facts = &view.state.facts;
    let asked_for_money = facts.paid_by.is_none()
        && (facts.sector == Some(Sector::Debt)
            || facts.topic == Some(Topic::WrongCharge)
                && facts.wanted == Some(Wish::Cancellation)
                && says_unpaid(view));
    let last = if asked_for_money {
        "it is up to the company to go to court: answer every court paper that you receive".to_owned()
    } else {
        last
    };
    // A court for small claims orders money, and corrects no record and no manners.
    let of_money = facts.amount.is_some()
        || facts.least.is_some()
        || !matches!(facts.wanted, Some(Wish::Correction | Wish::Apology | Wish::Service));
    let last = if of_money { last } else { LAW_HELP.to_owned() };
    // After the last day of a letter comes what it told of, and no other letter.
    let last = if view.letter_ran_out() && !asked_for_money { claim_in_court(view) } else { last };
    let up = outside.clone().unwrap_or_else(|| last.clone());
    match main.step {
        Step::Prepare => "contact the front line with what you have gathered".to_owned(),
        Step::ContactFrontLine => {
            "if the front line cannot resolve it: a supervisor, then the complaints team in writing"
                .to_owned()
        }
        Step::AskSupervisor => {
            "if the supervisor cannot either: a formal complaint to the complaints team".to_owned()
        }
        // After the day of a letter comes what it told of, and nothing before it.
        Step::Wait if view.thread.letter.is_some() && main.not_before.is_some() => {
            let claim = claim_in_court(view);
            main.not_before
                .map_or(claim.clone(), |day| format!("if nothing has come by then: on {day}, {claim}"))
        }
        Step::Wait => match main.not_before {
            Some(day) => match door {
                Some(found) if main.body.as_deref() == Some(found.body.id.as_str()) => {
                    format!("if nothing has come by then: on {day}, {}", found.body.name)
                }
                _ => format!("if nothing has come by then: on {day}, a reminder; then {up}"),
            },
            None => format!("if nothing comes: {up}"),
        },
        Step::Complain
        | Step::Chase
        | Step::Answer
        | Step::ChallengeGeneric
        | Step::Reopen
        | Step::NextStage => {
            if view.thread.stages_left && main.step != Step::NextStage {
                "if that fails: the next stage of the company's own procedure".to_owned()
            } else {
                format!("if that fails: {up}")
            }
        }
        // The notice is itself the letter with a last day: after it comes what it told of.
        Step::LegalNotice if !asked_for_money => {
            let court = view.court.as_ref().filter(|court| court.door == Door::Due);
            let claim =
                court.map_or(LAW_HELP.to_owned(), |court| format!("a claim in court: {}", court.body.name));
            format!("if that fails: {claim}")
        }
        Step::TellRegulator | Step::GoAdr if main.body.as_deref().is_some_and(crate::aims::has_appeals) => {
            "if that fails: the next appeal, which the decision names with its deadline".to_owned()
        }
        Step::Executive | Step::LegalNotice | Step::TellRegulator | Step::GoAdr => {
            format!("if that fails: {last}")
        }
        Step::ClaimPaymentRight if view.state.facts.paid_by == Some(PaidBy::Paypal) => {
            format!("if PayPal refuses: {up}")
        }
        // Who cannot pay need not be written to: what is left is the bank's own answer.
        Step::ClaimPaymentRight if view.words().any(phrases::insolvent) => match of_banks(view) {
            Some(name) => format!("if the bank refuses: a complaint to the bank, then {name}"),
            None => "if the bank refuses: a complaint to the bank itself".to_owned(),
        },
        // What the letter told of comes next, and the bank is only the quicker way to the money.
        Step::ClaimPaymentRight if view.letter_ran_out() => format!("if the bank refuses: {last}"),
        Step::ClaimPaymentRight => format!("if the bank refuses: {up}"),
        Step::Negotiate if view.offer.as_ref().is_some_and(|offer| offer.by == By::Body) => {
            format!("if no settlement is reached: the body decides or closes the case; then {last}")
        }
        Step::Negotiate => format!("if they do not move: {up}"),
        Step::Accept => {
            "if what was agreed does not arrive on time: reopen the matter with the same team".to_owned()
        }
        Step::Court => LAW_HELP.to_owned(),
        Step::Close => "if the problem comes back: reopen the case with the old reference".to_owned(),
    }
}
