//! Accounts, what lets them in, and what they did.

use store::accounts::{Account, Attempt, Change, Deed, Passkey, Role, Token};
use store::{Accounts, AccountsError};

use crate::place::Place;

fn account(name: &str, organisation: &str) -> Account {
    Account {
        name: name.into(),
        organisation: organisation.into(),
        role: Role::Adviser,
        password: "$argon2id$…".into(),
        provisional: false,
        disabled: false,
        epoch: 0,
        made: 1_700_000_000,
    }
}

fn deed(did: &str) -> Deed {
    Deed { at: "2026-03-01T09:00:00Z".into(), who: "ada".into(), did: did.into(), ..Deed::default() }
}

pub(crate) async fn an_account_is_added_once_changed_and_every_change_ends_its_sessions(place: Place) {
    let accounts = place.accounts().await;
    let ada = account("ada", "north");
    accounts.add(&ada).await.unwrap();
    let again = Account { organisation: "south".into(), ..ada.clone() };
    assert!(matches!(accounts.add(&again).await.unwrap_err(), AccountsError::Taken(name) if name == "ada"));
    accounts.add(&account("ben", "north")).await.unwrap();
    assert_eq!(accounts.one("ada").await.unwrap(), Some(ada.clone()));
    assert_eq!(accounts.one("eve").await.unwrap(), None);
    let changes = [
        Change::Password { hash: "$new".into(), provisional: true },
        Change::Role(Role::Supervisor),
        Change::Disabled(true),
        Change::Disabled(false),
    ];
    for (n, change) in (1..).zip(&changes) {
        accounts.begin_session("s", &accounts.one("ada").await.unwrap().unwrap(), None, 5).await.unwrap();
        accounts.change("ada", change).await.unwrap();
        assert!(accounts.session("s").await.unwrap().is_none(), "{change:?}");
        assert_eq!(accounts.one("ada").await.unwrap().unwrap().epoch, n);
    }
    let changed = accounts.one("ada").await.unwrap().unwrap();
    assert_eq!(
        (changed.role, changed.password.as_str(), changed.provisional),
        (Role::Supervisor, "$new", true)
    );
    assert!(!changed.disabled);
    assert!(matches!(accounts.change("eve", &changes[1]).await.unwrap_err(), AccountsError::NotThere(_)));
    let names: Vec<String> = accounts.all().await.unwrap().into_iter().map(|one| one.name).collect();
    assert_eq!(names, ["ada", "ben"]);
    assert_eq!(accounts.one("ben").await.unwrap().unwrap().epoch, 0, "the others stay as they are");
}

pub(crate) async fn sessions_tokens_and_attempts_are_kept_and_swept_by_their_times(place: Place) {
    let accounts = place.accounts().await;
    let ada = account("ada", "north");
    accounts.add(&ada).await.unwrap();
    accounts.begin_session("old", &ada, None, 100).await.unwrap();
    accounts.begin_session("new", &ada, None, 200).await.unwrap();
    accounts.touch_session("new", 260).await.unwrap();
    let session = accounts.session("new").await.unwrap().unwrap();
    assert_eq!((session.begun, session.seen, session.account), (200, 260, ada.clone()));
    let token = |hash: &str, ends| Token { hash: hash.into(), label: "sync".into(), made: 100, ends };
    accounts.add_token("ada", &token("t1", 300)).await.unwrap();
    accounts.add_token("ada", &token("t2", 900)).await.unwrap();
    assert_eq!(accounts.of_token("t1", 299).await.unwrap(), Some(ada));
    assert_eq!(accounts.of_token("t1", 300).await.unwrap(), None, "a token that has ended opens nothing");
    assert_eq!(accounts.attempt("x").await.unwrap(), Attempt::default());
    for failures in 1..4 {
        accounts.keep_attempt("x", Attempt { failures, last: 250, until: 400 }).await.unwrap();
    }
    assert_eq!(accounts.attempt("x").await.unwrap().failures, 3);
    accounts.sweep(150, 150, 500, 251).await.unwrap();
    assert!(accounts.session("old").await.unwrap().is_none());
    assert!(accounts.session("new").await.unwrap().is_some());
    let left: Vec<String> = accounts.tokens("ada").await.unwrap().into_iter().map(|one| one.hash).collect();
    assert_eq!(left, ["t2"]);
    assert_eq!(accounts.attempt("x").await.unwrap(), Attempt::default());
    assert!(!accounts.remove_token("ben", "t2").await.unwrap(), "nobody takes back a token of another");
    assert!(accounts.remove_token("ada", "t2").await.unwrap());
    accounts.end_session("new").await.unwrap();
    assert!(accounts.session("new").await.unwrap().is_none());
}

pub(crate) async fn passkeys_are_their_accounts_alone_and_go_with_its_password(place: Place) {
    let accounts = place.accounts().await;
    for name in ["ada", "ben"] {
        accounts.add(&account(name, "north")).await.unwrap();
    }
    let passkey = |id: &str, made| Passkey {
        id: id.into(),
        handle: "h".into(),
        label: "phone".into(),
        record: "{}".into(),
        made,
        used: None,
    };
    assert!(accounts.add_passkey("ada", &passkey("k2", 200)).await.unwrap());
    assert!(accounts.add_passkey("ada", &passkey("k1", 100)).await.unwrap());
    assert!(accounts.add_passkey("ben", &passkey("k3", 100)).await.unwrap());
    assert!(!accounts.add_passkey("ben", &passkey("k1", 300)).await.unwrap(), "one is of one account");
    let ids = async |name: &str| {
        accounts.passkeys(name).await.unwrap().into_iter().map(|one| one.id).collect::<Vec<_>>()
    };
    assert_eq!(ids("ada").await, ["k1", "k2"]);
    accounts.use_passkey("k1", "{\"counter\":1}", 250).await.unwrap();
    assert!(accounts.rename_passkey("ada", "k1", "laptop").await.unwrap());
    assert!(!accounts.rename_passkey("ben", "k1", "mine").await.unwrap());
    assert!(!accounts.remove_passkey("ben", "k1").await.unwrap());
    let (owner, found) = accounts.passkey("k1").await.unwrap().unwrap();
    assert_eq!((owner.name.as_str(), found.label.as_str(), found.used), ("ada", "laptop", Some(250)));
    assert_eq!(found.record, "{\"counter\":1}");
    // Who came in by it goes with it, and comes in by it no more though the key was asked a moment ago.
    let ada = accounts.one("ada").await.unwrap().unwrap();
    for (hash, passkey) in [("by k1", Some("k1")), ("by k2", Some("k2")), ("by password", None)] {
        assert!(accounts.begin_session(hash, &ada, passkey, 260).await.unwrap());
    }
    assert!(!accounts.begin_session("by another's", &ada, Some("k3"), 260).await.unwrap());
    assert!(accounts.remove_passkey("ada", "k1").await.unwrap());
    assert_eq!(accounts.passkey("k1").await.unwrap(), None);
    assert!(!accounts.begin_session("too late", &ada, Some("k1"), 260).await.unwrap());
    let mut left = Vec::new();
    for hash in ["by k1", "by k2", "by password", "by another's", "too late"] {
        if accounts.session(hash).await.unwrap().is_some() {
            left.push(hash);
        }
    }
    assert_eq!(left, ["by k2", "by password"]);
    accounts.change("ada", &Change::Role(Role::Supervisor)).await.unwrap();
    assert_eq!(ids("ada").await, ["k2"], "another role leaves them");
    accounts.change("ada", &Change::Password { hash: "$new".into(), provisional: false }).await.unwrap();
    accounts.change("ben", &Change::Disabled(true)).await.unwrap();
    assert!(ids("ada").await.is_empty() && ids("ben").await.is_empty());
}

pub(crate) async fn what_was_done_is_chained_and_can_be_neither_edited_nor_deleted(place: Place) {
    let accounts = place.accounts().await;
    for (organisation, did) in [("north", "one"), ("south", "two"), ("north", "three")] {
        accounts.record(organisation, &deed(did)).await.unwrap();
    }
    let words =
        |rows: Vec<store::accounts::DeedRow>| rows.into_iter().map(|row| row.deed.did).collect::<Vec<_>>();
    assert_eq!(words(accounts.deeds(None, 10).await.unwrap()), ["three", "two", "one"]);
    assert_eq!(words(accounts.deeds(Some("north"), 10).await.unwrap()), ["three", "one"]);
    assert_eq!(words(accounts.deeds(None, 1).await.unwrap()), ["three"]);
    assert_eq!(accounts.prove_deeds().await.unwrap(), (3, None));
    for sql in ["update audit set body = '[]'", "delete from audit"] {
        assert!(place.behind_accounts(sql).await.is_err(), "{sql}");
    }
    place.unguard_accounts().await;
    place.behind_accounts("update audit set organisation = 'south' where place = 3").await.unwrap();
    assert_eq!(accounts.prove_deeds().await.unwrap(), (2, Some(3)));
    place.behind_accounts("delete from audit where place = 2").await.unwrap();
    assert_eq!(accounts.prove_deeds().await.unwrap(), (1, Some(2)));
}

pub(crate) async fn many_at_once_write_down_what_they_did_in_one_row(place: Place) {
    let mut writers = Vec::new();
    for writer in 0..4 {
        let accounts: Accounts = place.accounts().await;
        writers.push(tokio::spawn(async move {
            for n in 0..10 {
                accounts.record("north", &deed(&format!("{writer} {n}"))).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(place.accounts().await.prove_deeds().await.unwrap(), (40, None));
}
