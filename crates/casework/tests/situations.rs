//! Made-up situations with their judgement: advice is held to each of them.
//!
//! The files hold one situation a line, fictional companies and real bodies, written and labelled before the rules were run
//! on them. `first.jsonl` covers every country of the atlas and every step, `traps.jsonl` days and schemes that are easily
//! mistaken, `untidy.jsonl` long logs with much that does not matter, `strangers.jsonl` trades, places, bodies and clocks that the others lack,
//! `newcomers.jsonl` stories of complainants and countries whose courts were added late, `voices.jsonl` more such stories, bodies and days,
//! `matrix.jsonl` the trades of each country that the atlas lacked a body, a waiting time or a last day for, `blind.jsonl` what others wrote
//! who knew neither rules nor atlas of the program.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::path::Path;

use atlas::Atlas;
use casework::advice::{Fate, MOST_STEPS};
use casework::rules::RULES;
use casework::{Advice, State, Step, advise, situation};
use jiff::civil::Date;
use serde_json::Value;

/// One situation and its judgement.
struct Judged {
    id: String,
    now: Date,
    state: State,
    whole: Value,
}

fn all() -> Vec<Judged> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/situations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut judged = Vec::new();
    for file in files.iter().filter(|file| file.extension().is_some_and(|kind| kind == "jsonl")) {
        for line in std::fs::read_to_string(file).unwrap().lines() {
            let whole: Value = serde_json::from_str(line).unwrap();
            let now = situation::today(&whole).unwrap().unwrap();
            let state = State::of(&situation::read(&whole, now).unwrap()).unwrap();
            judged.push(Judged { id: whole["id"].as_str().unwrap().to_owned(), now, state, whole });
        }
    }
    judged
}

fn words(value: &Value) -> BTreeSet<&str> {
    value.as_array().map(|items| items.iter().filter_map(Value::as_str).collect()).unwrap_or_default()
}

/// Says what an answer gets wrong.
fn wrong(judged: &Judged, advice: &Advice) -> Vec<String> {
    let gold = &judged.whole["gold"];
    let mut off = Vec::new();
    let steps: BTreeSet<&str> = advice.steps.iter().map(|(proposal, _)| proposal.step.id()).collect();
    let Some((first, _)) = advice.steps.first() else { return vec!["no step".to_owned()] };
    let main = gold["step"].as_str().unwrap();
    let mut good = words(&gold["also"]);
    good.insert(main);
    if !good.contains(first.step.id()) {
        off.push(format!("{} for {main}", first.step));
    }
    let rung = first.rung.map(ladder::Rung::id);
    if first.step.id() == main && gold["rung"].is_string() && rung != gold["rung"].as_str() {
        off.push(format!("rung {rung:?}"));
    }
    let bodies: BTreeSet<&str> =
        advice.steps.iter().filter_map(|(proposal, _)| proposal.body.as_deref()).collect();
    if gold["body"].as_str().is_some_and(|body| !bodies.contains(body)) {
        off.push(format!("bodies {bodies:?}, not {}", gold["body"]));
    }
    let mut days = |field: &str, found: Vec<Option<Date>>| {
        let day = gold[field].as_str().map(|day| day.parse::<Date>().unwrap());
        if day.is_some() && !found.contains(&day) {
            off.push(format!("{field} {found:?}, not {day:?}"));
        }
    };
    days("not_before", advice.steps.iter().map(|(proposal, _)| proposal.not_before).collect());
    days("by", advice.steps.iter().map(|(proposal, _)| proposal.by).collect());
    off.extend(words(&gold["parallel"]).difference(&steps).map(|step| format!("{step} not beside it")));
    off.extend(words(&gold["must_not"]).intersection(&steps).map(|step| format!("{step} would harm")));
    let lacks: BTreeSet<&str> = advice.lacks.iter().map(|lack| lack.id()).collect();
    if main == "prepare" && lacks != words(&gold["missing"]) {
        off.push(format!("missing {lacks:?}"));
    }
    off
}

#[test]
fn every_situation_gets_the_advice_that_it_was_judged_to_need() {
    let off: Vec<String> = all()
        .iter()
        .filter_map(|judged| {
            let wrong = wrong(judged, &advise(&judged.state, Atlas::builtin(), judged.now));
            (!wrong.is_empty()).then(|| format!("{}: {}", judged.id, wrong.join(", ")))
        })
        .collect();
    assert!(off.is_empty(), "{}", off.join("\n"));
}

#[test]
fn the_situations_cover_every_step_and_the_countries_of_the_atlas() {
    let all = all();
    let steps: BTreeSet<&str> =
        all.iter().filter_map(|judged| judged.whole["gold"]["step"].as_str()).collect();
    let every: BTreeSet<&str> = Step::ALL.iter().map(|step| step.id()).collect();
    assert_eq!(steps, every);
    let countries: BTreeSet<&str> = all.iter().map(|judged| judged.state.facts.country.code()).collect();
    for country in
        ["GB", "US", "CA", "AU", "NZ", "IE", "IN", "DE", "FR", "ES", "NL", "SG", "ZA", "BE", "IT", "AT", "CH"]
    {
        assert!(countries.contains(country), "{country}");
    }
}

#[test]
fn every_rule_takes_its_example_and_refuses_the_other() {
    let all = all();
    let fires = |rule: &casework::rules::Rule, id: &str| {
        let judged = all.iter().find(|judged| judged.id == id);
        let judged = judged.unwrap_or_else(|| panic!("{}: no situation `{id}`", rule.id));
        let advice = advise(&judged.state, Atlas::builtin(), judged.now);
        let said = advice.rules.iter().find(|said| said.rule.id == rule.id).unwrap();
        matches!(said.fate, Fate::First | Fate::Beside)
    };
    let mut off = Vec::new();
    for rule in RULES {
        if !fires(rule, rule.takes) {
            off.push(format!("{} does not take {}", rule.id, rule.takes));
        }
        if fires(rule, rule.refuses) {
            off.push(format!("{} does not refuse {}", rule.id, rule.refuses));
        }
    }
    assert!(off.is_empty(), "{}", off.join("\n"));
}

#[test]
fn rules_are_registered_once_and_say_why_they_hold() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(ids.len(), RULES.len());
    for rule in RULES {
        assert!(
            rule.claim.ends_with('.') && rule.why.ends_with('.') && rule.takes != rule.refuses,
            "{}",
            rule.id
        );
    }
}

#[test]
fn an_answer_holds_one_to_four_steps_each_with_a_reason() {
    for judged in all() {
        let advice = advise(&judged.state, Atlas::builtin(), judged.now);
        assert!((1..=MOST_STEPS).contains(&advice.steps.len()), "{}", judged.id);
        assert!(advice.steps.iter().all(|(proposal, _)| !proposal.why.is_empty()), "{}", judged.id);
    }
}

#[test]
fn every_day_of_a_case_has_a_stable_id_its_kind_and_its_calculation() {
    let all = all();
    let drawn = |id: &str| {
        let judged = all.iter().find(|judged| judged.id == id).unwrap();
        let days = casework::deadline::deadlines(&judged.state, Atlas::builtin(), judged.now);
        assert!(days.iter().all(|day| !day.calculation.is_empty() && !day.source.is_empty()), "{id}");
        days.iter().map(|day| format!("{} {}", day.day, day.id)).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(drawn("negotiate-below-least"), @r"
    2026-02-20 offer_ends:offer
    2026-03-02 body_opens:gb-communications-ombudsman
    2026-03-02 company_answer:complaints
    2031-12-18 limitation:gb-county-court-small-claims
    ");
    insta::assert_snapshot!(drawn("next-stage-refused"), @r"
    2026-05-18 next_stage:complaints
    2032-03-01 limitation:ie-small-claims
    ");
    // The six years are no last day while the six months after a final response are still to come.
    insta::assert_snapshot!(drawn("s1-gb-home-insurer-day-eight-weeks"), @r"
    2026-04-27 company_answer:complaints
    2032-01-19 limitation:gb-county-court-small-claims
    ");
    insta::assert_snapshot!(drawn("claim-window-closing"), @"2026-06-05 payment_right:card-visa-dispute");
}

#[test]
fn what_comes_after_and_what_it_costs_is_said_as_it_is_for_this_case() {
    let all = all();
    let advice = |id: &str| {
        let judged = all.iter().find(|judged| judged.id == id).unwrap();
        advise(&judged.state, Atlas::builtin(), judged.now)
    };
    let then = |id: &str| advice(id).then.unwrap();
    insta::assert_snapshot!(then("s1-gb-parking-appeal-rejected"), @"if that fails: it is up to the company to go to court: answer every court paper that you receive");
    insta::assert_snapshot!(then("s1-us-ga-debt-window"), @"if that fails: Consumer Financial Protection Bureau, once the company's time to answer is over");
    insta::assert_snapshot!(then("s3-ie-paypal"), @"if PayPal refuses: a letter before action, then Small Claims procedure (Ireland)");
    // After the last word the waiting time is no longer told, and the cost is.
    insta::assert_snapshot!(advice("s1-gb-parking-appeal-rejected").steps[0].0.why.join("\n"), @r"
    the company's own complaints process ended on 2026-06-10: POPLA can take your case now
    28 days from the final response (2026-06-10): ends on 2026-07-08
    cost to you: free; paying the charge first ends the appeal
    ");
}
