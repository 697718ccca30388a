//! What was changed behind the store's back, and servers that cannot be used.

use casework::event::{Evidence, What};
use store::cases::{Fault, Filter};
use store::{Address, Cases, CasesError, Mode, Passphrase, Reach};

use crate::cases::{moment, opened_with};
use crate::place::Place;

pub(crate) async fn whatever_is_changed_behind_its_back_shows_and_the_rest_is_named_intact(place: Place) {
    let id = opened_with(&place, 5).await;
    for statement in ["update events set body = 'x' where place = 3", "delete from events where place = 3"] {
        let refused = place.behind(statement).await.unwrap_err().to_string();
        assert!(refused.contains("an event"), "{refused}");
    }
    place.unguard().await;
    let store = place.read().await.unwrap();
    for (statement, intact, fault) in [
        ("delete from events where place = 6", 5, Fault::Cut { there: 5, written: 6 }),
        (
            "update events set body = replace(body, 'line 2', 'line 9') where place = 4",
            3,
            Fault::Changed { place: 4 },
        ),
        ("delete from events where place = 2", 1, Fault::Missing { place: 2 }),
    ] {
        place.behind(statement).await.unwrap();
        let proof = store.verify(&id).await.unwrap();
        assert_eq!((proof.intact, &proof.faults[0]), (intact, &fault), "{statement}");
    }
}

pub(crate) async fn an_attached_file_is_copied_under_its_hash_and_a_change_of_it_shows(place: Place) {
    let id = opened_with(&place, 0).await;
    let store = place.cases().await;
    let original = place.scratch().join("bill.pdf");
    // More than one part, and no whole number of them.
    let bytes: Vec<u8> = (0..2_500_000u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(&original, &bytes).unwrap();
    let copied = store.copy_in(&id, &original).await.unwrap();
    assert_eq!(store.copy_in(&id, &original).await.unwrap(), copied);
    let evidence = Evidence {
        name: "bill.pdf".into(),
        on: None,
        sha256: Some(copied.sha256.clone()),
        bytes: Some(copied.bytes),
        preview: None,
        text: None,
    };
    store.append(&id, vec![What::EvidenceAttached(evidence)], &moment(2), "customer").await.unwrap();
    assert_eq!(store.verify(&id).await.unwrap().files, 1);
    let mut read = Vec::new();
    std::io::Read::read_to_end(&mut store.read_file(&id, &copied.sha256).await.unwrap(), &mut read).unwrap();
    assert!(read == bytes);
    for climbing in ["../../cases.sqlite", "", "a"] {
        assert!(store.read_file(&id, climbing).await.is_err(), "{climbing}");
    }
    match place.file(&id, &copied.sha256) {
        Some(file) => std::fs::write(file, b"another bill").unwrap(),
        None => place.behind("update file_part set body = 'another bill' where part = 1").await.unwrap(),
    }
    let fault = store.verify(&id).await.unwrap().faults.remove(0);
    // On a server the sizes tell before the hash does.
    assert!(
        [Fault::FileChanged { name: "bill.pdf".into() }, Fault::FileGone { name: "bill.pdf".into() }]
            .contains(&fault),
        "{fault:?}"
    );
    match place.file(&id, &copied.sha256) {
        Some(file) => std::fs::remove_file(file).unwrap(),
        None => place.behind("delete from file").await.unwrap(),
    }
    assert_eq!(store.verify(&id).await.unwrap().faults, [Fault::FileGone { name: "bill.pdf".into() }]);
    for bad in [place.scratch().to_owned(), place.scratch().join("nothing.pdf")] {
        assert!(
            matches!(store.copy_in(&id, &bad).await, Err(CasesError::Attach { .. })),
            "{}",
            bad.display()
        );
    }
}

pub(crate) async fn a_summary_that_is_wrong_is_made_anew_and_the_end_of_the_chain_is_not(place: Place) {
    let id = opened_with(&place, 5).await;
    place.unguard().await;
    place
        .behind(
            "delete from events where place = 6; \
             update cases set company = 'Nobody', title = '', form = 0; delete from case_words where true;",
        )
        .await
        .unwrap();
    let store = place.cases().await;
    let listed =
        store.list(&Filter { words: Some("units charged acme".into()), ..Filter::default() }).await.unwrap();
    assert!(listed.is_empty(), "`charged` stands nowhere");
    let listed =
        store.list(&Filter { words: Some("units charges acme".into()), ..Filter::default() }).await.unwrap();
    assert_eq!((listed[0].company.as_str(), listed[0].events), ("Acme", 6));
    // What is made anew does not hide that the end was cut off.
    assert_eq!(store.verify(&id).await.unwrap().faults, [Fault::Cut { there: 5, written: 6 }]);
}

/// Servers that cannot be used: each a clear word, none with the password.
pub(crate) async fn a_server_says_what_is_wrong(nowhere: &str, there: &str) {
    let closed = "postgres://adviser:of-the-tests@127.0.0.1:9/cases";
    let wrong = there.replace("of-the-tests", "wrong-words");
    for (address, says) in
        [(nowhere, "does not exist"), (wrong.as_str(), "password authentication failed"), (closed, "refused")]
    {
        let address = Address::parse(address).unwrap();
        let error = Cases::open_on(&address, Mode::Write, &Passphrase::default(), Reach::Everything)
            .await
            .unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains(says) && !text.contains("of-the-tests") && !text.contains("wrong-words"),
            "{text}"
        );
        assert!(error.hint().is_some());
    }
    let place = Place::on(there.to_owned());
    place.behind("update part set format = 99").await.unwrap();
    for mode in [Mode::Read, Mode::Write] {
        let error =
            Cases::open_on(&Address::parse(there).unwrap(), mode, &Passphrase::default(), Reach::Everything)
                .await
                .unwrap_err()
                .to_string();
        assert!(error.contains("written by a newer Upstairs (format 99"), "{error}");
    }
    place.behind("drop table part").await.unwrap();
    let error = Cases::open_on(
        &Address::parse(there).unwrap(),
        Mode::Write,
        &Passphrase::default(),
        Reach::Everything,
    )
    .await
    .unwrap_err()
    .to_string();
    assert!(error.contains("no file of Upstairs"), "{error}");
}
