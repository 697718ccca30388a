//! Coming in, staying in and being put out; and whom a case may be given to.

use jiff::{SignedDuration, Timestamp, Zoned};
use serde_json::json;

use super::*;
use crate::case::{self, NewCase, Place};

const WORDS: &str = "harbour violin muddy tuesday";

fn start() -> Timestamp {
    "2026-04-20T08:00:00Z".parse().unwrap()
}

fn later(minutes: i64) -> Timestamp {
    start() + SignedDuration::from_mins(minutes)
}

fn zoned() -> Zoned {
    "2026-04-20T10:00:00+02:00[Europe/Berlin]".parse().unwrap()
}

async fn reception(folder: &Path) -> Reception {
    Reception::open(folder, None).await.unwrap()
}

async fn added(reception: &Reception, name: &str, organisation: &str, role: Role) {
    let new = NewAccount {
        name: name.into(),
        organisation: organisation.into(),
        role,
        password: WORDS.into(),
        provisional: false,
    };
    reception.add(new, start()).await.unwrap();
}

/// Lets an account in and returns it with its session.
async fn inside(reception: &Reception, name: &str, now: Timestamp) -> Entered {
    reception.enter(name, WORDS, Some("192.0.2.7"), now).await.unwrap().unwrap()
}

async fn opened(place: &Place) -> String {
    let case = json!({"company": "Acme", "country": "GB", "as": "consumer", "problem": {"what": "They bill too much"}});
    case::new(place, &NewCase { case, found: None }).await.unwrap().id
}

#[tokio::test]
async fn a_session_ends_when_idle_at_its_last_hour_and_with_every_change_of_the_account() {
    let dir = tempfile::tempdir().unwrap();
    let reception = reception(dir.path()).await;
    assert!(!reception.any().await.unwrap());
    added(&reception, "Ada", "north", Role::Adviser).await;
    assert!(reception.any().await.unwrap());
    let (one, two) = (inside(&reception, "ada", start()).await, inside(&reception, " ADA ", start()).await);
    assert_ne!(one.session, two.session, "each coming in has a session of its own");
    assert_eq!(one.actor.name(), "ada");
    let held = async |session: &str, now| reception.inside(session, now).await.unwrap().is_some();
    assert!(!held("", start()).await && !held(&"0".repeat(64), start()).await);
    // The first is used every forty minutes, the second never again.
    for minutes in (0..12 * 60).step_by(40) {
        assert!(held(&one.session, later(minutes)).await, "{minutes}");
    }
    assert!(!held(&two.session, later(60)).await, "an hour of nothing ends it");
    assert!(!held(&one.session, later(12 * 60)).await, "and twelve hours end any");
    for (n, doing) in (0..).zip(["role", "password", "disabled"]) {
        let now = later(1000 + n * 10);
        let entered = inside(&reception, "ada", now).await;
        match doing {
            "role" => reception.set_role("ada", Role::ReadOnly, now).await.unwrap(),
            "password" => reception.set_password("ada", WORDS, false, now).await.unwrap(),
            _ => reception.set_disabled("ada", true, now).await.unwrap(),
        }
        assert!(!held(&entered.session, now).await, "{doing}");
    }
    assert!(reception.enter("ada", WORDS, None, later(2000)).await.unwrap().is_none(), "it is shut");
    assert!(!reception.any().await.unwrap());
    reception.set_disabled("ada", false, later(2001)).await.unwrap();
    let entered = inside(&reception, "ada", later(2001)).await;
    assert!(!entered.actor.may_write());
    reception.leave(&entered.session).await.unwrap();
    assert!(!held(&entered.session, later(2001)).await);
}

#[tokio::test]
async fn a_name_that_fails_too_often_has_to_wait_whether_anybody_has_it_or_not() {
    let dir = tempfile::tempdir().unwrap();
    let reception = reception(dir.path()).await;
    added(&reception, "ada", "north", Role::Adviser).await;
    let comes_in =
        async |name: &str, words: &str, now| reception.enter(name, words, None, now).await.unwrap().is_some();
    for name in ["ada", "nobody.at.all"] {
        for _ in 0..5 {
            assert!(!comes_in(name, "wrong words in a row", start()).await);
        }
        let attempt = reception.accounts.attempt(&hash("attempt", name)).await.unwrap();
        assert_eq!((attempt.failures, attempt.until - start().as_second()), (5, 30), "{name}");
    }
    assert!(
        !comes_in("ada", WORDS, start()).await,
        "the right words are refused like wrong ones while it waits"
    );
    assert!(!comes_in("ada", "wrong words in a row", later(1)).await);
    assert!(!comes_in("ada", WORDS, later(1)).await, "each further failure waits longer");
    assert!(comes_in("ada", WORDS, later(2)).await);
    assert!(!comes_in("ada", "wrong words in a row", later(2)).await);
    assert!(comes_in("ada", WORDS, later(2)).await, "who came in has a clean sheet");
    // Never longer than a quarter of an hour: a stranger must not keep an adviser out.
    let mut now = later(10);
    for _ in 0..12 {
        assert!(!comes_in("ada", "wrong words in a row", now).await);
        now += SignedDuration::from_mins(16);
    }
    assert!(comes_in("ada", WORDS, now).await);
    let outcomes: Vec<String> =
        reception.all_deeds(100).await.unwrap().into_iter().map(|row| row.deed.outcome).collect();
    assert!(outcomes.iter().any(|one| one == "refused: too many attempts"), "{outcomes:?}");
    let whole = serde_json::to_string(&reception.all_deeds(100).await.unwrap()).unwrap();
    assert!(
        !whole.contains("nobody.at.all"),
        "what was typed as a name may be a password: it is written nowhere"
    );
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_every_other_session_ends() {
    let dir = tempfile::tempdir().unwrap();
    let reception = reception(dir.path()).await;
    let made = password::make().unwrap();
    let new = NewAccount {
        name: "ada".into(),
        organisation: "north".into(),
        role: Role::Adviser,
        password: made.clone(),
        provisional: true,
    };
    reception.add(new.clone(), start()).await.unwrap();
    assert!(matches!(
        reception.add(NewAccount { organisation: "south".into(), ..new }, start()).await.unwrap_err(),
        AccountError::Accounts(store::AccountsError::Taken(_))
    ));
    let first = reception.enter("ada", &made, None, start()).await.unwrap().unwrap();
    assert!(first.actor.is_provisional());
    let change =
        async |old: &str, new: &str| reception.change_password(&first.actor, (old, new), None, start()).await;
    assert!(matches!(change("other words that are long", WORDS).await.unwrap_err(), AccountError::Password));
    assert!(matches!(
        change(&made, "too short").await.unwrap_err(),
        AccountError::Weak(password::Weak::Short)
    ));
    let second = change(&made, WORDS).await.unwrap();
    assert!(!second.actor.is_provisional());
    assert!(reception.inside(&first.session, start()).await.unwrap().is_none());
    assert!(reception.inside(&second.session, start()).await.unwrap().is_some());
    assert!(reception.enter("ada", &made, None, start()).await.unwrap().is_none());
    inside(&reception, "ada", start()).await;
}

#[tokio::test]
async fn a_token_asks_in_the_name_of_its_account_until_it_ends_or_is_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let reception = reception(dir.path()).await;
    added(&reception, "ada", "north", Role::Adviser).await;
    added(&reception, "ben", "north", Role::Adviser).await;
    let (ada, ben) =
        (inside(&reception, "ada", start()).await.actor, inside(&reception, "ben", start()).await.actor);
    for (label, days) in [("", 1), ("sync", 0), ("sync", 400), (&"x".repeat(61), 1)] {
        assert!(reception.make_token(&ada, label, days, start()).await.is_err(), "{label} {days}");
    }
    let token = reception.make_token(&ada, "sync", 1, start()).await.unwrap();
    assert_eq!(reception.program(&token, later(60)).await.unwrap().unwrap().name(), "ada");
    assert!(reception.program(&token, later(24 * 60)).await.unwrap().is_none(), "it has ended");
    assert!(reception.inside(&token, later(1)).await.unwrap().is_none(), "a token is no session");
    let shown = reception.tokens(&ada).await.unwrap();
    assert!(shown.len() == 1 && !serde_json::to_string(&shown).unwrap().contains(&token));
    assert!(!reception.remove_token(&ben, &shown[0].id).await.unwrap());
    reception.set_disabled("ada", true, start()).await.unwrap();
    assert!(reception.program(&token, later(1)).await.unwrap().is_none(), "the account is shut");
    reception.set_disabled("ada", false, start()).await.unwrap();
    assert!(
        reception.program(&token, later(1)).await.unwrap().is_none(),
        "it does not come back with the account"
    );
    let token = reception.make_token(&ada, "sync", 1, start()).await.unwrap();
    let shown = reception.tokens(&ada).await.unwrap();
    assert!(reception.remove_token(&ada, &shown[0].id).await.unwrap());
    assert!(reception.program(&token, later(1)).await.unwrap().is_none());
}

#[tokio::test]
async fn a_case_is_given_within_the_organisation_by_a_supervisor_and_anywhere_by_the_keeper() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path();
    let reception = reception(data).await;
    for (name, organisation, role) in [
        ("ada", "north", Role::Adviser),
        ("ben", "north", Role::Adviser),
        ("sue", "north", Role::Supervisor),
        ("rob", "north", Role::ReadOnly),
        ("eve", "south", Role::Supervisor),
    ] {
        added(&reception, name, organisation, role).await;
    }
    let mut places = Vec::new();
    for name in ["ada", "ben", "sue", "eve"] {
        let actor = inside(&reception, name, start()).await.actor;
        places.push(Place::of(&actor, data.to_owned(), None, zoned()));
    }
    let [ada, ben, sue, eve] = &places[..] else { panic!() };
    let id = opened(ada).await;
    assert!(matches!(reception.give(ada, &id, "ben", start()).await.unwrap_err(), AccountError::Role));
    assert!(
        matches!(reception.give(eve, &id, "eve", start()).await.unwrap_err(), AccountError::Case(error) if error.is_missing())
    );
    for to in ["eve", "nobody"] {
        let error = reception.give(sue, &id, to, start()).await.unwrap_err().to_string();
        assert_eq!(error, format!("there is no account `{to}`"), "one elsewhere looks like one nowhere");
    }
    assert!(reception.give(sue, &id, "rob", start()).await.unwrap_err().to_string().contains("read-only"));
    reception.give(sue, &id, "ben", start()).await.unwrap();
    assert!(case::show(ada, &id).await.unwrap_err().is_missing());
    assert_eq!(case::holder(ben, &id).await.unwrap().as_deref(), Some("ben"));
    let keeper = Place::nobody(data.to_owned(), zoned());
    assert!(reception.give(&keeper, &id, "eve", start()).await.is_err());
    #[expect(clippy::disallowed_methods, reason = "the keeper is at the terminal")]
    let keeper = Place::own(data.to_owned(), None, zoned());
    reception.give(&keeper, &id, "eve", start()).await.unwrap();
    assert!(case::show(sue, &id).await.unwrap_err().is_missing());
    assert_eq!(case::show(eve, &id).await.unwrap().id, id);
    let inside = inside(&reception, "sue", start()).await.actor;
    let seen = reception.deeds(&inside, 100).await.unwrap();
    assert!(seen.iter().all(|row| row.organisation == "north"));
    assert!(seen.iter().any(|row| row.deed.did == "case give" && row.deed.about.as_deref() == Some("ben")));
    assert!(reception.prove().await.unwrap().broken.is_none());
}

#[tokio::test]
async fn what_one_begins_drafts_and_prefers_is_nobody_elses() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path();
    let reception = reception(data).await;
    added(&reception, "ada", "north", Role::Adviser).await;
    added(&reception, "rob", "north", Role::ReadOnly).await;
    let ada = Place::of(&inside(&reception, "ada", start()).await.actor, data.to_owned(), None, zoned());
    let rob = Place::of(&inside(&reception, "rob", start()).await.actor, data.to_owned(), None, zoned());
    let begun = crate::intake::begin(&ada, serde_json::Map::new()).await.unwrap();
    assert!(crate::intake::resume(&rob, &begun.id).await.is_err());
    assert!(crate::intake::begin(&rob, serde_json::Map::new()).await.unwrap_err().is_reads_only());
    let id = opened(&ada).await;
    case::write_down(&ada, &id, "email", "Please refund 10 GBP.").await.unwrap();
    assert_eq!(case::begun(&ada, &id).await.len(), 1);
    assert!(case::begun(&rob, &id).await.is_empty());
    assert!(case::write_down(&rob, &id, "email", "x").await.unwrap_err().is_reads_only());
    assert!(case::call_begin(&rob, &id, None).await.unwrap_err().is_reads_only());
    assert!(case::note(&rob, &id, "x").await.unwrap_err().is_reads_only());
    assert_eq!(case::show(&rob, &id).await.unwrap().id, id, "and it is read");
    assert!(
        case::new(&rob, &NewCase { case: json!({"company": "Acme", "country": "GB"}), found: None })
            .await
            .is_err()
    );
    // Nobody in particular reaches nothing.
    let nobody = Place::nobody(data.to_owned(), zoned());
    assert!(case::list(&nobody, None, true).await.unwrap().is_empty());
    assert!(case::show(&nobody, &id).await.unwrap_err().is_missing());
}
