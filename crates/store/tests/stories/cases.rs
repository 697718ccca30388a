//! Cases opened, appended to, found, moved and deleted.

use casework::event::What;
use casework::{Entry, Facts, Moment, State};
use store::CasesError;
use store::cases::Filter;

use crate::place::Place;

pub(crate) fn moment(day: u32) -> Moment {
    format!("2026-03-{day:02}T09:30:00+00:00[Europe/London]").parse().unwrap()
}

pub(crate) fn opened(company: &str) -> What {
    let facts = serde_json::json!({
        "company": company, "country": "GB", "acting_as": "consumer", "what": "The bill charges units although the meter counted none",
    });
    What::Opened { facts: Box::new(serde_json::from_value::<Facts>(facts).unwrap()) }
}

pub(crate) fn logged(text: &str) -> What {
    let entry = serde_json::json!({
        "on": "2026-03-02", "by": "customer", "channel": "phone", "rung": "front_line", "kind": "call", "text": text,
        "reference": "AP-40417",
    });
    What::Logged(Box::new(serde_json::from_value::<Entry>(entry).unwrap()))
}

/// Opens a case with so many lines after the first, each acknowledged by itself.
pub(crate) async fn opened_with(place: &Place, lines: usize) -> String {
    let store = place.cases().await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    for n in 0..lines {
        store.append(&id, vec![logged(&format!("line {n}"))], &moment(2), "customer").await.unwrap();
    }
    store.close().await;
    id
}

fn filter(words: &str) -> Filter {
    Filter { words: Some(words.into()), ..Filter::default() }
}

pub(crate) async fn a_case_is_read_as_it_was_written_and_found_by_its_words(place: Place) {
    let store = place.cases().await;
    let id = store
        .create("Amberley Power & Gas Ltd", vec![opened("Amberley Power")], &moment(1), "customer")
        .await
        .unwrap();
    assert_eq!(id, "amberley-power-gas-ltd-1");
    let events = store
        .append(&id, vec![logged("Gave the reading to Søren, café")], &moment(2), "customer")
        .await
        .unwrap();
    assert_eq!(events[0].id, "e2");
    store.create("Other", vec![opened("Other")], &moment(1), "customer").await.unwrap();
    store.close().await;

    let store = place.read().await.unwrap();
    let case = store.load(&id).await.unwrap();
    assert_eq!(case.events().len(), 2);
    assert_eq!(State::of(&case).unwrap().references, ["AP-40417"]);
    for words in ["amberley", "ap-40417", "40417 AP", "CAFE reading", "readi", "s'", "\"amberley\" '"] {
        let found = store.list(&filter(words)).await.unwrap();
        assert_eq!(found.first().map(|one| one.id.as_str()), Some(id.as_str()), "{words}");
    }
    for words in ["zebra", "amberley zebra", "…", "' or 1=1 --", "amberley & !x"] {
        assert!(store.list(&filter(words)).await.unwrap().is_empty(), "{words}");
    }
    let both = store.list(&filter("charg")).await.unwrap();
    assert_eq!(
        both.iter().map(|one| one.events).collect::<Vec<_>>(),
        [2, 1],
        "the one worked on last is first"
    );
    let listed = store.list(&Filter::default()).await.unwrap();
    assert_eq!((listed[0].events, listed[0].status), (2, "open"));
    let second = store.list(&Filter { skip: 1, most: 1, ..Filter::default() }).await.unwrap();
    assert_eq!(second.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["other-1"]);
}

pub(crate) async fn a_second_case_with_a_company_gets_the_next_number_and_a_wrong_id_names_it(place: Place) {
    let store = place.cases().await;
    store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    assert_eq!(store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap(), "acme-2");
    store.create("Acme Air", vec![opened("Acme Air")], &moment(1), "customer").await.unwrap();
    assert_eq!(store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap(), "acme-3");
    assert_eq!(store.create("…", vec![opened("…")], &moment(1), "customer").await.unwrap(), "case-1");
    let error = store.load("acme-4").await.unwrap_err().to_string();
    assert!(error.contains("did you mean `acme-"), "{error}");
    for error in [
        store.append("acme-9", vec![logged("x")], &moment(2), "customer").await.unwrap_err(),
        store.verify("acme-9").await.unwrap_err(),
    ] {
        assert!(matches!(error, CasesError::NotThere { .. }), "{error}");
    }
}

pub(crate) async fn an_event_that_does_not_fit_is_refused_and_nothing_is_kept(place: Place) {
    let store = place.cases().await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let withdrawn = What::Withdrawn { about: "e9".into(), because: "wrong".into() };
    let error = store.append(&id, vec![logged("one"), withdrawn], &moment(2), "customer").await.unwrap_err();
    assert!(matches!(error, CasesError::Refused(_)), "{error}");
    assert_eq!(store.load(&id).await.unwrap().events().len(), 1);
    assert!(store.create("Acme", vec![logged("no opening")], &moment(1), "customer").await.is_err());
    assert_eq!(store.list(&Filter::default()).await.unwrap().len(), 1);
    let long = "x".repeat(9 << 20);
    let error = store.append(&id, vec![logged(&long)], &moment(2), "customer").await.unwrap_err();
    assert!(matches!(error, CasesError::TooLarge { .. }), "{error}");
    assert_eq!(store.verify(&id).await.unwrap().intact, 1);
}

pub(crate) async fn nothing_is_there_before_the_first_case(place: Place) {
    assert!(place.read().await.is_none());
    place.cases().await.close().await;
    let store = place.read().await.unwrap();
    assert!(store.list(&Filter::default()).await.unwrap().is_empty());
    // Who only reads cannot write.
    assert!(store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.is_err());
}

pub(crate) async fn many_programs_at_once_lose_and_reorder_nothing(place: Place) {
    const WRITERS: usize = 6;
    let id = opened_with(&place, 0).await;
    let mut writers = Vec::new();
    for writer in 0..WRITERS {
        let (store, id) = (place.cases().await, id.clone());
        writers.push(tokio::spawn(async move {
            for n in 0..25 {
                store
                    .append(&id, vec![logged(&format!("{writer}/{n}"))], &moment(2), "customer")
                    .await
                    .unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let proof = place.cases().await.verify(&id).await.unwrap();
    assert_eq!((proof.intact, proof.faults.as_slice()), (1 + 25 * 6, &[][..]));
    for writer in 0..WRITERS {
        let said: Vec<String> = State::of(&proof.case)
            .unwrap()
            .log
            .iter()
            .filter_map(|line| line.entry.text.strip_prefix(&format!("{writer}/")).map(str::to_owned))
            .collect();
        assert_eq!(said, (0..25).map(|n| n.to_string()).collect::<Vec<_>>());
    }
}

pub(crate) async fn many_programs_at_once_open_cases_under_different_ids(place: Place) {
    place.cases().await.close().await;
    let mut openers = Vec::new();
    for _ in 0..6 {
        let store = place.cases().await;
        openers.push(tokio::spawn(async move {
            let mut ids = Vec::new();
            for _ in 0..5 {
                ids.push(store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap());
            }
            ids
        }));
    }
    let mut ids = Vec::new();
    for opener in openers {
        ids.extend(opener.await.unwrap());
    }
    ids.sort_by_key(|id| id[5..].parse::<u32>().unwrap());
    assert_eq!(ids, (1..=30).map(|n| format!("acme-{n}")).collect::<Vec<_>>());
}

pub(crate) async fn a_reader_sees_no_fault_while_others_write(place: Place) {
    let id = opened_with(&place, 3).await;
    let writer = {
        let (store, id) = (place.cases().await, id.clone());
        tokio::spawn(async move {
            for n in 0..60 {
                store.append(&id, vec![logged(&format!("{n}"))], &moment(2), "customer").await.unwrap();
            }
        })
    };
    let store = place.read().await.unwrap();
    while !writer.is_finished() {
        let proof = store.verify(&id).await.unwrap();
        assert_eq!(proof.faults, []);
        let listed = store.list(&Filter::default()).await.unwrap();
        assert!(listed[0].events >= proof.intact);
    }
    writer.await.unwrap();
}

pub(crate) async fn a_case_moves_to_another_machine_once_and_a_stranger_of_its_name_is_left_alone(
    place: Place,
) {
    let other = Place::folder();
    let (ours, theirs) = (other.cases().await, place.cases().await);
    let id = ours.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    ours.append(&id, vec![logged("one"), logged("two")], &moment(2), "customer").await.unwrap();
    let events = ours.stored(&id).await.unwrap();
    for _ in 0..2 {
        theirs.restore(&id, &events).await.unwrap();
        assert_eq!(theirs.verify(&id).await.unwrap().intact, 3);
    }
    theirs.append(&id, vec![logged("three")], &moment(3), "customer").await.unwrap();
    theirs.restore(&id, &events).await.unwrap();
    assert_eq!(theirs.stored(&id).await.unwrap().len(), 4);
    ours.restore(&id, &theirs.stored(&id).await.unwrap()).await.unwrap();
    assert_eq!(ours.verify(&id).await.unwrap().intact, 4);

    let mut forged = events.clone();
    forged[1].body = forged[1].body.replace("one", "won");
    assert!(matches!(theirs.restore(&id, &forged).await, Err(CasesError::Broken { .. })));
    let stranger =
        theirs.create("Acme", vec![opened("Acme of elsewhere")], &moment(1), "customer").await.unwrap();
    let mut moved = events.clone();
    let mut previous = String::new();
    for event in &mut moved {
        event.previous.clone_from(&previous);
        event.hash = store::cases::chain::hash(&stranger, event.place, &previous, &event.body);
        previous.clone_from(&event.hash);
    }
    assert!(matches!(theirs.restore(&stranger, &moved).await, Err(CasesError::Taken(_))));
}

pub(crate) async fn a_deleted_case_leaves_nothing(place: Place) {
    let store = place.cases().await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let kept = store.create("Other", vec![opened("Other")], &moment(1), "customer").await.unwrap();
    let staged = store.stage(&id, &b"x"[..]).unwrap();
    let copied = store.keep(&id, staged).await.unwrap();
    store.delete(&id).await.unwrap();
    assert_eq!(store.ids().await.unwrap(), [kept]);
    assert!(store.read_file(&id, &copied.sha256).await.is_err());
    assert_eq!(place.count("select count(*) from events where case_id = 'acme-1'").await, 0);
    assert!(store.list(&filter("acme")).await.unwrap().is_empty());
    assert!(matches!(store.delete(&id).await, Err(CasesError::NotThere { .. })));
}

pub(crate) async fn odd_signs_are_kept_as_they_are(place: Place) {
    let store = place.cases().await;
    let odd = "NUL \u{0} bell \u{7} emoji 🧾 joined e\u{301} quote ' \" \\ percent % _ कानून";
    let id =
        store.create("Odd\u{0} Ltd", vec![opened("Odd\u{0} Ltd")], &moment(1), "customer").await.unwrap();
    store.append(&id, vec![logged(odd)], &moment(2), "customer").await.unwrap();
    let case = store.load(&id).await.unwrap();
    assert_eq!(State::of(&case).unwrap().log[0].entry.text, odd);
    assert_eq!(store.list(&filter("कानून")).await.unwrap().len(), 1);
    assert_eq!(store.verify(&id).await.unwrap().faults, []);
}
