//! What comes first, what is said once and what ends: findings of people who tried the program for the first time.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use atlas::Atlas;
use casework::gate::Verdict;
use casework::state::Closing;
use casework::view::View;
use casework::{Advice, By, State, Step, advise, deadline, holder, situation};
use jiff::civil::{Date, date};
use ladder::Rung;
use serde_json::{Value, json};

const NOW: Date = date(2026, 11, 30);

fn line(at: &str, by: &str, kind: &str, text: &str) -> Value {
    json!({"at": at, "by": by, "kind": kind, "text": text, "channel": "email"})
}

fn case(country: &str, sector: &str, problem: &Value, log: &[Value]) -> State {
    let mut problem = problem.clone();
    if problem.get("what").is_none() {
        problem["what"] = "My suitcase came 4 days late".into();
    }
    let case = json!({
        "company": "Amberfield", "country": country, "sector": sector, "problem": problem,
        "wanted": {"what": "compensation", "least": 300}, "references": ["R-1"], "evidence": ["papers"], "log": log,
    });
    State::of(&situation::read(&json!({ "case": case }), NOW).unwrap()).unwrap()
}

fn bag(problem: &Value, log: &[Value]) -> State {
    let mut problem = problem.clone();
    problem["since"] = "2026-11-12".into();
    case("US", "air", &problem, log)
}

fn advice(state: &State) -> Advice {
    advise(state, Atlas::builtin(), NOW)
}

fn dates(state: &State, kind: deadline::DeadlineKind) -> Vec<(Date, String)> {
    let all = deadline::deadlines(state, Atlas::builtin(), NOW).into_iter();
    all.filter(|day| day.kind == kind).map(|day| (day.day, day.what)).collect()
}

#[test]
fn no_topic_hides_the_last_day_of_a_claim_in_writing_for_a_bag() {
    let reported = [line("2026-11-13", "customer", "call", "Reported it")];
    for problem in [
        json!({}),
        json!({"topic": "not_delivered"}),
        json!({"topic": "delay"}),
        // The topic alone tells of a bag.
        json!({"topic": "not_delivered", "matter": "delayed_baggage", "what": "It came four days late"}),
    ] {
        let state = bag(&problem, &reported);
        let first = advice(&state).steps[0].0.clone();
        assert_eq!((first.step, first.by), (Step::Complain, Some(date(2026, 12, 3))), "{problem}");
        let kept = dates(&state, deadline::DeadlineKind::Notice);
        assert!(kept.iter().any(|(day, _)| *day == date(2026, 12, 3)), "{problem}: {kept:?}");
    }
}

#[test]
fn a_last_day_of_the_law_goes_before_a_promise_of_a_later_day() {
    let promised = |due: &str| {
        let mut promise = line("2026-11-28", "company", "promise", "We will pay");
        promise["due"] = due.into();
        let log = [line("2026-11-13", "customer", "call", "Reported it"), promise];
        advice(&bag(&json!({"topic": "delay"}), &log)).steps[0].0.clone()
    };
    let later = promised("2026-12-06");
    assert_eq!((later.step, later.by), (Step::Complain, Some(date(2026, 12, 3))));
    assert!(later.why[0].contains("2026-12-06"), "{:?}", later.why);
    assert_eq!(promised("2026-12-01").step, Step::Wait);
}

#[test]
fn a_claim_that_was_written_is_no_day_to_keep_and_one_wait_is_said_once() {
    let mut complaint = line("2026-11-20", "customer", "complaint", "Complaint about the late bag");
    complaint["rung"] = "complaints".into();
    let state = bag(&json!({"topic": "delay"}), &[complaint]);
    assert_eq!(dates(&state, deadline::DeadlineKind::Notice), []);
    let steps: Vec<Step> = advice(&state).steps.iter().map(|(proposal, _)| proposal.step).collect();
    assert_eq!(steps, [Step::Wait]);
}

#[test]
fn an_offer_within_a_last_word_has_its_day_beside_the_step() {
    let mut complaint = line("2026-10-01", "customer", "complaint", "I complain");
    complaint["rung"] = "complaints".into();
    let mut answer = line(
        "2026-11-20",
        "company",
        "final_response",
        "Final response. We offer 10 pounds, open until 4 December.",
    );
    (answer["rung"], answer["due"], answer["amount"]) = ("complaints".into(), "2026-12-04".into(), 10.into());
    let problem = json!({"what": "Bill too high", "topic": "billing_error", "since": "2026-09-01", "amount": 400, "currency": "GBP"});
    let state = case("GB", "energy", &problem, &[complaint, answer]);
    let ends = dates(&state, deadline::DeadlineKind::OfferEnds);
    assert_eq!(ends, [(date(2026, 12, 4), "the last day to accept their offer (GBP 10)".to_owned())]);
    let first = advice(&state).steps[0].0.clone();
    assert_eq!(first.step, Step::GoAdr);
    assert!(
        first.why.iter().any(|why| why.starts_with("their offer of GBP 10 ends on 2026-12-04")),
        "{:?}",
        first.why
    );
}

#[test]
fn a_complaint_that_set_the_times_running_is_one_to_every_gate() {
    let problem = json!({"what": "Bill too high", "topic": "billing_error", "since": "2026-09-01", "amount": 40, "currency": "GBP"});
    let missing = |state: &State| {
        let asks =
            |gate: &casework::gate::Gate| gate.body.is_none() && matches!(gate.verdict, Verdict::Missing(_));
        advice(state).gates.iter().filter(|gate| asks(gate)).map(|gate| gate.rung).collect::<Vec<_>>()
    };
    let mut spoken = line("2026-09-10", "customer", "complaint", "The bill is wrong");
    spoken["channel"] = "phone".into();
    assert_eq!(missing(&case("GB", "energy", &problem, &[spoken.clone()])), []);
    // Where no rule lets it count, each says how to have one.
    let call = case("DE", "retail", &problem, &[spoken.clone()]);
    assert_eq!(missing(&call), [Rung::Management, Rung::Executive, Rung::Legal]);
    let ended = line("2026-10-10", "company", "final_response", "Our final answer is no");
    assert_eq!(missing(&case("DE", "retail", &problem, &[spoken, ended])), []);
}

#[test]
fn a_closed_case_has_no_step_and_says_when_to_open_it_again() {
    let mut state = bag(&json!({"topic": "delay"}), &[line("2026-11-13", "customer", "call", "Reported it")]);
    state.closed = Some(Closing { on: date(2026, 11, 29), outcome: "they paid.".to_owned(), received: None });
    let advice = advice(&state);
    assert!(advice.steps.is_empty() && advice.lacks.is_empty() && advice.gates.is_empty());
    assert!(advice.then.unwrap().starts_with("closed on 2026-11-29 (they paid): reopen it if"));
}

#[test]
fn who_has_the_move_is_whoever_has_the_next_step() {
    let mut complaint = line("2026-08-03", "customer", "complaint", "I complain");
    complaint["rung"] = "complaints".into();
    let problem = json!({"what": "Bill too high", "topic": "billing_error", "since": "2026-07-01", "amount": 400, "currency": "GBP"});
    let state = case("GB", "energy", &problem, &[complaint]);
    let move_on = |now: Date| {
        let step = advise(&state, Atlas::builtin(), now).steps.first().map(|(proposal, _)| proposal.step);
        holder::beside(&View::new(&state, Atlas::builtin(), now), step)
    };
    assert_eq!(move_on(date(2026, 9, 1)), Some((By::Company, date(2026, 8, 3))));
    assert_eq!(move_on(date(2026, 10, 20)), Some((By::Customer, date(2026, 9, 29))));
}
