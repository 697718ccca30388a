//! What is learnt of a contact on a server: it is kept where every search looks, and tells of nobody's case.

use jiff::Timestamp;

use super::tests::energy;
use super::*;
use crate::accounts::{NewAccount, Reception, Role};

const WORDS: &str = "harbour violin muddy tuesday";

#[tokio::test]
async fn what_an_adviser_learns_of_a_contact_is_found_by_the_others_and_tells_of_no_case() {
    let dir = tempfile::tempdir().unwrap();
    let now: Zoned = "2026-11-02T10:00:00+00:00[+00:00]".parse().unwrap();
    let reception = Reception::open(dir.path(), None).await.unwrap();
    let mut places = Vec::new();
    for (name, organisation) in [("ada", "north"), ("eve", "south")] {
        let new = NewAccount {
            name: name.into(),
            organisation: organisation.into(),
            role: Role::Adviser,
            password: WORDS.into(),
            provisional: false,
        };
        reception.add(new, Timestamp::UNIX_EPOCH).await.unwrap();
        let entered = reception.enter(name, WORDS, None, Timestamp::UNIX_EPOCH).await.unwrap().unwrap();
        places.push(Place::of(&entered.actor, dir.path().to_owned(), None, now.clone()));
    }
    let (ada, eve) = (&places[0], &places[1]);
    let id = new(ada, &energy()).await.unwrap().id;
    let learnt = [LearntView { contact: "jo.marsh@brightwell.example".into(), outcome: "has_left".into() }];
    assert_eq!(learn(ada, &id, &learnt).await.unwrap(), (1, Vec::new()));
    let told = [import::Told {
        channel: "email".into(),
        value: "complaints@brightwell.example".into(),
        rung: None,
        told_by: "a clerk by email".into(),
    }];
    import::keep_contacts(ada, "Brightwell Energy", &told, now.date()).await.unwrap();
    let data = Some(eve.directory());
    for address in ["jo.marsh@brightwell.example", "complaints@brightwell.example"] {
        let found = crate::directory::search(address, 5, data.as_deref(), now.timestamp()).await.unwrap();
        let json = serde_json::to_string(&found).unwrap();
        assert!(!found.hits.is_empty(), "{address}: {json}");
        assert!(!json.contains(&id), "{json}");
    }
    let company = crate::directory::look("Amberley Power", data.as_deref()).await.unwrap();
    assert!(!format!("{company:?}").contains(&id));
    assert!(learn(eve, &id, &learnt).await.is_err(), "the case of another organisation is not reached");
    assert!(!ada.data.join(store::directory::SCHEMA.file).exists());
}
