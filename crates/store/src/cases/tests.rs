//! What the store promises of cases, on a real file.

use casework::event::{Evidence, What};
use casework::{Entry, Facts, Moment, State};

use super::*;

fn moment(day: u32) -> Moment {
    format!("2026-03-{day:02}T09:30:00+00:00[Europe/London]").parse().unwrap()
}

fn opened(company: &str) -> What {
    let facts = serde_json::json!({
        "company": company, "country": "GB", "acting_as": "consumer", "what": "The bill charges units although the meter counted none",
    });
    What::Opened { facts: Box::new(serde_json::from_value::<Facts>(facts).unwrap()) }
}

fn logged(text: &str) -> What {
    let entry = serde_json::json!({
        "on": "2026-03-02", "by": "customer", "channel": "phone", "rung": "front_line", "kind": "call", "text": text,
        "reference": "AP-40417",
    });
    What::Logged(Box::new(serde_json::from_value::<Entry>(entry).unwrap()))
}

async fn cases(folder: &Path) -> Cases {
    Cases::open(folder, Mode::Write).await.unwrap()
}

#[tokio::test]
async fn a_case_is_read_as_it_was_written_and_found_by_its_words() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    let id = store
        .create("Amberley Power & Gas Ltd", vec![opened("Amberley Power")], &moment(1), "customer")
        .await
        .unwrap();
    assert_eq!(id, "amberley-power-gas-ltd-1");
    let events =
        store.append(&id, vec![logged("Gave the reading to Sam")], &moment(2), "customer").await.unwrap();
    assert_eq!(events[0].id, "e2");
    store.close().await;

    let store = Cases::open(dir.path(), Mode::Read).await.unwrap();
    let case = store.load(&id).await.unwrap();
    assert_eq!(case.events().len(), 2);
    assert_eq!(State::of(&case).unwrap().references, ["AP-40417"]);
    for words in ["amberley", "ap-40417", "sam reading", "charg"] {
        let found = store.list(&Filter { words: Some(words.into()), ..Filter::default() }).await.unwrap();
        assert_eq!(found.len(), 1, "{words}");
    }
    assert!(
        store.list(&Filter { words: Some("zebra".into()), ..Filter::default() }).await.unwrap().is_empty()
    );
    let listed = store.list(&Filter::default()).await.unwrap();
    assert_eq!((listed[0].events, listed[0].status), (2, "open"));
}

#[tokio::test]
async fn a_second_case_with_a_company_gets_the_next_number_and_a_wrong_id_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    assert_eq!(store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap(), "acme-2");
    assert_eq!(store.create("…", vec![opened("…")], &moment(1), "customer").await.unwrap(), "case-1");
    let error = store.load("acme-3").await.unwrap_err().to_string();
    assert!(error.contains("did you mean `acme-"), "{error}");
}

#[tokio::test]
async fn an_event_that_does_not_fit_is_refused_and_nothing_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let withdrawn = What::Withdrawn { about: "e9".into(), because: "wrong".into() };
    let error = store.append(&id, vec![logged("one"), withdrawn], &moment(2), "customer").await.unwrap_err();
    assert!(matches!(error, CasesError::Refused(_)), "{error}");
    assert_eq!(store.load(&id).await.unwrap().events().len(), 1);
    assert!(store.create("Acme", vec![logged("no opening")], &moment(1), "customer").await.is_err());
    assert_eq!(store.list(&Filter::default()).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_programs_at_once_lose_and_reorder_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let id =
        cases(dir.path()).await.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let mut writers = Vec::new();
    for writer in 0..4 {
        let (folder, id) = (dir.path().to_owned(), id.clone());
        writers.push(tokio::spawn(async move {
            let store = cases(&folder).await;
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
    let store = cases(dir.path()).await;
    let proof = store.verify(&id).await.unwrap();
    assert_eq!((proof.intact, proof.faults.as_slice()), (101, &[][..]));
    for writer in 0..4 {
        let said: Vec<String> = State::of(&proof.case)
            .unwrap()
            .log
            .iter()
            .filter_map(|line| line.entry.text.strip_prefix(&format!("{writer}/")).map(str::to_owned))
            .collect();
        assert_eq!(said, (0..25).map(|n| n.to_string()).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn whatever_is_changed_behind_its_back_shows_and_the_rest_is_named_intact() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    for n in 0..5 {
        store.append(&id, vec![logged(&format!("line {n}"))], &moment(2), "customer").await.unwrap();
    }
    for statement in ["update events set body = 'x' where place = 3", "delete from events where place = 3"] {
        let refused = sqlx::query(statement).execute(&store.pool).await.unwrap_err().to_string();
        assert!(refused.contains("an event"), "{refused}");
    }
    sqlx::raw_sql("drop trigger events_are_never_edited; drop trigger events_go_only_with_their_case;")
        .execute(&store.pool)
        .await
        .unwrap();
    for (statement, intact, fault) in [
        ("delete from events where place = 6", 5, Fault::Cut { there: 5, written: 6 }),
        (
            "update events set body = replace(body, 'line 2', 'line 9') where place = 4",
            3,
            Fault::Changed { place: 4 },
        ),
        ("delete from events where place = 2", 1, Fault::Missing { place: 2 }),
    ] {
        sqlx::query(statement).execute(&store.pool).await.unwrap();
        let proof = store.verify(&id).await.unwrap();
        assert_eq!((proof.intact, &proof.faults[0]), (intact, &fault), "{statement}");
    }
}

#[tokio::test]
async fn an_attached_file_is_copied_under_its_hash_and_a_change_of_it_shows() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let original = dir.path().join("bill.pdf");
    std::fs::write(&original, b"a bill").unwrap();
    let copied = store.copy_in(&id, &original).unwrap();
    let evidence = Evidence {
        name: "bill.pdf".into(),
        on: None,
        sha256: Some(copied.sha256.clone()),
        bytes: Some(copied.bytes),
    };
    store.append(&id, vec![What::EvidenceAttached(evidence)], &moment(2), "customer").await.unwrap();
    assert_eq!(store.verify(&id).await.unwrap().files, 1);
    std::fs::write(store.file(&id, &copied.sha256), b"another bill").unwrap();
    assert_eq!(store.verify(&id).await.unwrap().faults, [Fault::FileChanged { name: "bill.pdf".into() }]);
    std::fs::remove_file(store.file(&id, &copied.sha256)).unwrap();
    assert_eq!(store.verify(&id).await.unwrap().faults, [Fault::FileGone { name: "bill.pdf".into() }]);
    for bad in [dir.path().to_owned(), dir.path().join("nothing.pdf")] {
        assert!(matches!(store.copy_in(&id, &bad), Err(CasesError::Attach { .. })), "{}", bad.display());
    }
}

#[tokio::test]
async fn a_case_moves_to_another_machine_once_and_a_stranger_of_its_name_is_left_alone() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (ours, theirs) = (cases(here.path()).await, cases(there.path()).await);
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
    let other = tempfile::tempdir().unwrap();
    let other = cases(other.path()).await;
    other.create("Acme", vec![opened("Acme of elsewhere")], &moment(1), "customer").await.unwrap();
    assert!(matches!(other.restore(&id, &events).await, Err(CasesError::Taken(_))));
}

#[tokio::test]
async fn a_deleted_case_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    store.copy_from(&id, &b"x"[..]).unwrap();
    store.delete(&id).await.unwrap();
    assert!(store.ids().await.unwrap().is_empty() && !store.files_are_there(&id));
    let left: i64 =
        sqlx::query_scalar("select (select count(*) from events) + (select count(*) from case_words)")
            .fetch_one(&store.pool)
            .await
            .unwrap();
    assert_eq!(left, 0);
    assert!(matches!(store.delete(&id).await, Err(CasesError::NotThere { .. })));
}

#[tokio::test]
async fn a_store_that_cannot_be_written_acknowledges_nothing_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let pages: i64 = sqlx::query_scalar("pragma page_count").fetch_one(&store.pool).await.unwrap();
    store.close().await;
    // A disk that is full from some page on: each further page fails in its turn.
    for spare in 0..6 {
        let store = cases(dir.path()).await;
        let mut kept = store.load(&id).await.unwrap().events().len();
        let long = "x".repeat(9_000);
        let bound = format!("pragma max_page_count = {}", pages + spare);
        let mut connection = store.pool.acquire().await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(bound)).execute(&mut *connection).await.unwrap();
        drop(connection);
        for _ in 0..4 {
            match store.append(&id, vec![logged(&long)], &moment(2), "customer").await {
                Ok(_) => kept += 1,
                Err(error) => assert!(matches!(error, CasesError::Store(_)), "{error}"),
            }
        }
        store.close().await;
        let store = cases(dir.path()).await;
        let proof = store.verify(&id).await.unwrap();
        assert_eq!(
            (usize::try_from(proof.intact).unwrap(), proof.faults.as_slice()),
            (kept, &[][..]),
            "spare {spare}"
        );
        store.close().await;
    }
}
