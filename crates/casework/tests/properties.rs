//! What holds for every case, whatever happened in it.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use atlas::Atlas;
use atlas::words::{ActingAs, PaidBy, Sector, Topic};
use casework::event::{EVENT_VERSION, Evidence, NamedBody, OwnStage, Procedure};
use casework::gate::Verdict;
use casework::{
    Advice, By, Case, Currency, Entry, Event, Facts, LogKind, Moment, Money, State, Step, Urgency, What,
    Wish, advise, deadline,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use ladder::{Channel, Clock, Country, Rung, Unit};
use proptest::prelude::*;

const PLACES: &[(&str, Option<&str>)] = &[
    ("GB", None),
    ("GB", Some("SCT")),
    ("US", Some("CA")),
    ("US", None),
    ("CA", Some("ON")),
    ("AU", Some("VIC")),
    ("NZ", None),
    ("IE", None),
    ("IN", None),
    ("DE", None),
    ("FR", None),
    ("ES", None),
    ("NL", None),
    ("SG", None),
    ("ZA", None),
    ("IT", None),
    ("JP", None),
];
const RUNGS: &[Rung] = &[
    Rung::FrontLine,
    Rung::Supervisor,
    Rung::Complaints,
    Rung::Management,
    Rung::Executive,
    Rung::Legal,
    Rung::Adr,
    Rung::Regulator,
];
const TEXTS: &[&str] = &[
    "please",
    "I accept",
    "thank you, all good",
    "we cannot",
    "case closed",
    "not a member of our scheme",
    "Claim issued",
    "",
];

fn day() -> impl Strategy<Value = Date> {
    (0_i32..700).prop_map(|days| date(2025, 1, 1).checked_add(days.days()).unwrap())
}

fn money(minor: i64) -> Money {
    Money::parse(&minor.to_string(), Currency::parse("EUR").unwrap()).unwrap()
}

prop_compose! {
    fn facts()(
        place in prop::sample::select(PLACES),
        sector in prop::option::of(prop::sample::select(Sector::ALL)),
        topic in prop::option::of(prop::sample::select(Topic::ALL)),
        acting_as in prop::sample::select(ActingAs::ALL),
        since in prop::option::of(day()),
        event in prop::option::of(day()),
        flags in any::<(bool, bool, bool)>(),
        amount in prop::option::of(1_i64..100_000),
        least in prop::option::of(1_i64..100_000),
        paid_by in prop::option::of(prop::sample::select(PaidBy::ALL)),
        urgent in prop::option::of(prop::sample::select(Urgency::ALL)),
        wanted in prop::option::of(prop::sample::select(Wish::ALL)),
    ) -> Facts {
        Facts {
            company: "Amberfield".into(),
            country: Country::parse(place.0).unwrap(),
            region: place.1.map(str::to_owned),
            sector, acting_as, topic, since, event, paid_by, urgent, wanted,
            what: flags.0.then(|| "It was promised and did not come".to_owned()),
            ongoing: flags.1,
            amount: amount.map(money),
            least: least.map(money),
            matters_by: None,
            others_affected: None,
            matter: None,
            reach_by: None,
            impact: None,
            agreed: None,
            fallback: None,
        }
    }
}

prop_compose! {
    fn entry()(
        on in day(),
        by in prop::sample::select(By::ALL),
        channel in prop::option::of(prop::sample::select(&Channel::ALL[..])),
        rung in prop::option::of(prop::sample::select(RUNGS)),
        kind in prop::sample::select(LogKind::ALL),
        text in prop::sample::select(TEXTS),
        due in prop::option::of(day()),
        amount in prop::option::of(1_i64..100_000),
    ) -> Entry {
        Entry {
            on, by, channel, rung, kind, due, time: None, text: text.to_owned(), amount: amount.map(money),
            contact: None, person: None, reference: None, body: None, held_minutes: None, hours: None,
        }
    }
}

prop_compose! {
    fn procedure()(
        stages in prop::collection::vec((prop::sample::select(RUNGS), 1_u32..60, prop::option::of(1_u32..60)), 0..4),
        body in prop::sample::select(&["gb-energy-ombudsman", "de-soep", "eu-odr-platform", "nobody-knows"][..]),
        after in prop::option::of(1_u32..12),
    ) -> Procedure {
        let stage = |(at, (rung, respond, window)): (usize, (Rung, u32, Option<u32>))| OwnStage {
            order: u32::try_from(at).unwrap() + 1,
            rung,
            acknowledge: None,
            respond: Some(Clock::new(respond, Unit::WorkingDays)),
            customer_window: window.map(|n| Clock::new(n, Unit::Days)),
        };
        Procedure {
            stages: stages.into_iter().enumerate().map(stage).collect(),
            external: vec![NamedBody { body: body.to_owned(), after: after.map(|n| Clock::new(n, Unit::Weeks)), within: None }],
        }
    }
}

fn event(id: usize, what: What) -> Event {
    Event {
        v: EVENT_VERSION,
        id: format!("e{id}"),
        at: Moment::of_day(date(2026, 12, 1)),
        recorded_by: "customer".into(),
        what,
    }
}

prop_compose! {
    fn case()(
        facts in facts(),
        log in prop::collection::vec(entry(), 0..10),
        procedure in prop::option::of(procedure()),
        proof in any::<bool>(),
    ) -> Case {
        let evidence = Evidence { name: "photo".into(), ..Evidence::default() };
        let mut all = vec![What::Opened { facts: Box::new(facts) }];
        all.extend(procedure.map(|policy| What::PolicyPinned { policy, on: date(2025, 1, 1) }));
        all.extend(proof.then_some(What::EvidenceAttached(evidence)));
        all.extend(log.into_iter().map(|entry| What::Logged(Box::new(entry))));
        Case::from_events(all.into_iter().enumerate().map(|(id, what)| event(id, what))).unwrap()
    }
}

/// What a reader sees of advice, for comparing.
fn drawn(advice: &Advice) -> Vec<String> {
    advice.steps.iter().map(|(proposal, rule)| format!("{} {proposal:?}", rule.id)).collect()
}

const NOW: Date = date(2026, 12, 2);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_state_of_the_same_events_is_the_same(case in case()) {
        let written: Vec<String> = case.events().iter().map(|event| serde_json::to_string(event).unwrap()).collect();
        let read = written.iter().map(|line| serde_json::from_str::<Event>(line).unwrap());
        let again = Case::from_events(read).unwrap();
        prop_assert_eq!(State::of(&case), State::of(&again));
        let state = State::of(&case).unwrap();
        let atlas = Atlas::builtin();
        prop_assert_eq!(drawn(&advise(&state, atlas, NOW)), drawn(&advise(&state, atlas, NOW)));
    }

    #[test]
    fn no_step_goes_through_a_gate_that_is_not_open(case in case(), now in day()) {
        let state = State::of(&case).unwrap();
        let advice = advise(&state, Atlas::builtin(), now);
        for (proposal, rule) in &advice.steps {
            if matches!(proposal.step, Step::GoAdr | Step::TellRegulator | Step::Court) && let Some(body) = &proposal.body {
                let gate = advice.gates.iter().find(|gate| gate.body.as_ref() == Some(body));
                let open = gate.is_none_or(|gate| matches!(gate.verdict, Verdict::Due | Verdict::ReportsOnly));
                prop_assert!(open, "{}: {:?}", rule.id, gate);
            }
            if matches!(proposal.step, Step::Executive | Step::LegalNotice | Step::NextStage) {
                let gate = advice.gates.iter().find(|gate| gate.body.is_none() && Some(gate.rung) == proposal.rung).unwrap();
                prop_assert_eq!(&gate.verdict, &Verdict::Due, "{}", rule.id);
            }
        }
    }

    #[test]
    fn days_lie_ahead_and_a_body_that_is_shut_is_never_named_as_the_way(case in case(), now in day()) {
        let state = State::of(&case).unwrap();
        let advice = advise(&state, Atlas::builtin(), now);
        for (proposal, rule) in &advice.steps {
            prop_assert!(proposal.not_before.is_none_or(|day| day > now), "{}", rule.id);
            prop_assert!(proposal.by.is_none_or(|day| day >= now), "{}", rule.id);
            prop_assert!(proposal.body.as_deref() != Some("eu-odr-platform"), "{}", rule.id);
        }
        let ids: Vec<String> = deadline::deadlines(&state, Atlas::builtin(), now).into_iter().map(|d| d.id).collect();
        let again: Vec<String> = deadline::deadlines(&state, Atlas::builtin(), now).into_iter().map(|d| d.id).collect();
        prop_assert_eq!(ids, again);
    }

    #[test]
    fn a_note_to_oneself_changes_no_advice(case in case(), now in day()) {
        let mut noted = case.clone();
        noted.append(event(999, What::Noted { text: "remember the milk, I accept, claim issued".into() })).unwrap();
        let (before, after) = (State::of(&case).unwrap(), State::of(&noted).unwrap());
        let atlas = Atlas::builtin();
        prop_assert_eq!(drawn(&advise(&before, atlas, now)), drawn(&advise(&after, atlas, now)));
    }
}

#[test]
fn what_is_withdrawn_is_as_if_it_had_not_been_logged() {
    let facts = Facts {
        company: "Amberfield".into(),
        country: Country::parse("GB").unwrap(),
        region: None,
        sector: Some(Sector::Energy),
        acting_as: ActingAs::Consumer,
        what: Some("Bill too high".into()),
        topic: Some(Topic::BillingError),
        since: Some(date(2026, 1, 2)),
        event: None,
        ongoing: false,
        amount: None,
        paid_by: None,
        urgent: None,
        wanted: Some(Wish::Correction),
        least: None,
        matters_by: None,
        others_affected: None,
        impact: None,
        matter: None,
        reach_by: None,
        agreed: None,
        fallback: None,
    };
    let entry = Entry {
        on: date(2026, 1, 5),
        time: None,
        by: By::Customer,
        channel: Some(Channel::Email),
        rung: Some(Rung::Complaints),
        kind: LogKind::Complaint,
        text: "Please correct it".into(),
        due: None,
        amount: None,
        contact: None,
        person: None,
        reference: None,
        body: None,
        held_minutes: None,
        hours: None,
    };
    let opened = event(0, What::Opened { facts: Box::new(facts) });
    let bare = State::of(&Case::from_events([opened.clone()]).unwrap());
    let logged = event(1, What::Logged(Box::new(entry)));
    let withdrawn = event(2, What::Withdrawn { about: "e1".into(), because: "wrong company".into() });
    assert_eq!(State::of(&Case::from_events([opened.clone(), logged, withdrawn]).unwrap()), bare);
    let nothing = event(3, What::Withdrawn { about: "e9".into(), because: "x".into() });
    assert!(Case::from_events([opened, nothing]).is_err());
}
