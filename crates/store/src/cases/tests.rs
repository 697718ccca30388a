//! What can only be shown from within: a disk that is full, a file of an earlier form. The stories are in `tests/stories`.

use casework::event::What;
use casework::{Entry, Facts, Moment};
use sqlx::SqlitePool;

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
    Cases::open(folder, Mode::Write, Reach::Everything).await.unwrap()
}

fn pool(store: &Cases) -> &SqlitePool {
    match &store.base.pool {
        Pool::Sqlite(pool) => pool,
        Pool::Postgres(_) => unreachable!("a folder was opened"),
    }
}

#[tokio::test]
async fn a_store_that_cannot_be_written_acknowledges_nothing_and_loses_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let store = cases(dir.path()).await;
    let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
    let pages: i64 = sqlx::query_scalar("pragma page_count").fetch_one(pool(&store)).await.unwrap();
    store.close().await;
    // A disk that is full from some page on: each further page fails in its turn.
    for spare in 0..6 {
        let store = cases(dir.path()).await;
        let mut kept = store.load(&id).await.unwrap().events().len();
        let long = "x".repeat(9_000);
        let bound = format!("pragma max_page_count = {}", pages + spare);
        let mut connection = pool(&store).acquire().await.unwrap();
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

#[tokio::test]
async fn a_file_of_the_first_form_is_brought_forward_and_its_cases_are_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let old = Schema { steps: &[include_str!("../../migrations/cases/0001.sql")], ..SCHEMA };
    let (file, _) = database::open(dir.path(), &old, Mode::Write).await.unwrap();
    let event = Event {
        v: casework::event::EVENT_VERSION,
        id: "e1".into(),
        at: moment(1),
        recorded_by: "customer".into(),
        what: opened("Acme"),
    };
    let body = serde_json::to_string(&event).unwrap();
    let hash = chain::hash("acme-1", 1, "", &body);
    sqlx::query("insert into cases values ('acme-1', 'Acme', '', 'GB', 'open', '2026-03-01', '', 1, $1)")
        .bind(&hash)
        .execute(&file)
        .await
        .unwrap();
    sqlx::query("insert into events values ('acme-1', 1, $1, '', $2)")
        .bind(&body)
        .bind(&hash)
        .execute(&file)
        .await
        .unwrap();
    file.close().await;
    // Whoever comes first, be it only to read.
    for mode in [Mode::Read, Mode::Write] {
        let store = Cases::open(dir.path(), mode, Reach::Everything).await.unwrap();
        let found = Filter { words: Some("units acme".into()), ..Filter::default() };
        assert_eq!(store.list(&found).await.unwrap()[0].id, "acme-1");
        assert_eq!(store.verify("acme-1").await.unwrap().faults, []);
        store.close().await;
    }
    assert!(dir.path().join("cases.sqlite.format-1.bak").exists());
}

#[test]
fn an_id_writes_letters_with_marks_as_plain_ones() {
    for (company, id) in [
        ("Möbelblitz", "moebelblitz"),
        ("Straßen & Brücken GmbH", "strassen-bruecken-gmbh"),
        ("Crédit Ibérique", "credit-iberique"),
        ("Æther Ålands", "aether-aalands"),
        ("東京", "case"),
    ] {
        assert_eq!(stem(company), id);
    }
}
