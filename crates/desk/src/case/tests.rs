//! A case from its first word to its last, on a real store.

use casework::event::What;
use casework::{By, LogKind};
use serde_json::json;

use super::*;

fn place(folder: &std::path::Path, now: &str) -> Place {
    Place { data: folder.to_owned(), server: None, now: now.parse().unwrap(), by: "customer".into() }
}

fn energy() -> NewCase {
    NewCase {
        case: json!({
            "company": "Amberley Power", "country": "GB", "sector": "energy", "as": "consumer",
            "problem": {
                "what": "The bill charges units that the meter never counted, card 4111 1111 1111 1111",
                "topic": "billing_error", "since": "2026-01-20", "ongoing": true, "amount": 412, "currency": "GBP",
                "paid_by": "direct_debit", "impact": "my rent was late"
            },
            "wanted": {"what": "correction", "least": 350},
            "references": ["AP-40417"],
            "log": [{"at": "2026-01-25", "by": "customer", "channel": "phone", "rung": "front_line", "kind": "call", "text": "Gave the reading"}]
        }),
        found: None,
    }
}

fn entry(on: &str, by: By, kind: LogKind, text: &str) -> LogRequest {
    LogRequest {
        on: Some(on.parse().unwrap()),
        time: None,
        by,
        kind,
        channel: Some(ladder::Channel::Email),
        rung: Some(ladder::Rung::Complaints),
        text: text.into(),
        due: None,
        amount: None,
        person: None,
        reference: None,
        contact: None,
        body: None,
        held: None,
    }
}

#[tokio::test]
async fn a_case_goes_from_the_problem_to_the_ombudsman() {
    let dir = tempfile::tempdir().unwrap();
    let at = |now: &str| place(dir.path(), now);
    let opened = new(&at("2026-01-26T10:00:00+00:00[+00:00]"), &energy()).await.unwrap();
    assert_eq!((opened.id.as_str(), opened.masked), ("amberley-power-1", 1));
    let id = opened.id;
    let monday = at("2026-02-02T10:00:00+00:00[+00:00]");
    log(
        &monday,
        &id,
        entry("2026-02-02", By::Customer, LogKind::Complaint, "Complaint in writing, pictures enclosed"),
    )
    .await
    .unwrap();
    let shown = show(&at("2026-02-10T09:00:00+00:00[+00:00]"), &id).await.unwrap();
    assert!(!shown.what.as_deref().unwrap().contains("4111"), "{:?}", shown.what);
    let holder = shown.holder.unwrap();
    assert_eq!((holder.who.as_str(), holder.days), ("company", 8));
    assert_eq!(shown.next.advice[0].step, "wait");
    assert_eq!(shown.timeline.len(), 2);

    let late = at("2026-04-20T09:00:00+00:00[+00:00]");
    let advice = next(&late, &id, true).await.unwrap();
    assert_eq!(
        (advice.advice[0].step.as_str(), advice.advice[0].body.as_deref()),
        ("go_adr", Some("gb-energy-ombudsman"))
    );
    assert!(advice.rules.iter().any(|rule| rule.fate == "first"));

    let request =
        DraftRequest { kind: None, language: None, tone: None, by: None, me: Me::default(), own: Vec::new() };
    let draft = draft(&late, &id, &request).await.unwrap();
    assert_eq!(draft.kind, "adr");
    assert!(draft.body.contains("2 February 2026") && draft.body.contains("AP-40417"), "{}", draft.body);

    close(&late, &id, "corrected bill", None).await.unwrap();
    assert!(list(&late, None, false).await.unwrap().is_empty());
    assert!(close(&late, &id, "again", None).await.is_err());
    reopen(&late, &id, "the bill was wrong again").await.unwrap();
    assert_eq!(list(&late, Some("meter"), false).await.unwrap().len(), 1);
    assert!(verify(&late, None).await.unwrap()[0].faults.is_empty());
}

#[tokio::test]
async fn a_day_ahead_and_a_case_that_is_not_there_are_refused_in_plain_words() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-01-26T10:00:00+00:00[+00:00]");
    assert!(show(&here, "x").await.unwrap_err().to_string().contains("upstairs case new"));
    assert!(list(&here, None, true).await.unwrap().is_empty());
    let id = new(&here, &energy()).await.unwrap().id;
    let ahead = log(&here, &id, entry("2026-03-01", By::Customer, LogKind::Call, "x")).await.unwrap_err();
    assert!(ahead.to_string().contains("lies ahead"), "{ahead}");
    let missing = show(&here, "amberley-power-2").await.unwrap_err().to_string();
    assert!(missing.contains("did you mean `amberley-power-1`?"), "{missing}");
    let mut wrong = energy();
    wrong.case["problem"]["currency"] = json!("GPB");
    let error = new(&here, &wrong).await.unwrap_err().to_string();
    assert!(error.contains("currency") && error.contains("GBP"), "{error}");
}

#[tokio::test]
async fn a_sealed_copy_opens_on_another_machine_with_its_passphrase_only() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ours = place(here.path(), "2026-01-26T10:00:00+00:00[+00:00]");
    let theirs = place(there.path(), "2026-01-27T10:00:00+00:00[+00:00]");
    let id = new(&ours, &energy()).await.unwrap().id;
    let bill = here.path().join("bill.txt");
    std::fs::write(&bill, "a bill").unwrap();
    attach(&ours, &id, &bill, None, None).await.unwrap();
    let sealed = here.path().join("copy.age");
    assert_eq!(export_sealed(&ours, &[], &sealed, "correct horse".into()).await.unwrap(), 1);
    assert!(
        export_sealed(&ours, &[], &sealed, "x".into())
            .await
            .unwrap_err()
            .to_string()
            .contains("there already")
    );
    let wrong = restore_sealed(&theirs, &sealed, "wrong".into()).await.unwrap_err().to_string();
    assert!(wrong.contains("does not open"), "{wrong}");
    for _ in 0..2 {
        let ids = restore_sealed(&theirs, &sealed, "correct horse".into()).await.unwrap();
        assert_eq!(ids, std::slice::from_ref(&id));
    }
    let proof = &verify(&theirs, Some(&id)).await.unwrap()[0];
    assert_eq!((proof.files, proof.faults.len()), (1, 0));
    let folder = there.path().join("plain");
    assert_eq!(export_folder(&theirs, &id, &folder).await.unwrap(), 1);
    assert_eq!(std::fs::read_to_string(folder.join("files/01 bill.txt")).unwrap(), "a bill");
    let nothing = restore_sealed(&theirs, &bill, "x".into()).await.unwrap_err().to_string();
    assert!(nothing.contains("no copy of cases"), "{nothing}");
}

#[test]
fn what_happened_keeps_its_form() {
    // An event of the first version: it must be readable for ever.
    let line = r#"{"v":1,"id":"e2","at":"2026-01-26T10:00:00+00:00[Europe/London]","recorded_by":"customer","event":"noted","text":"x"}"#;
    let event: casework::Event = serde_json::from_str(line).unwrap();
    assert!(matches!(event.what, What::Noted { .. }));
}
