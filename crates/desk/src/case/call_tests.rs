//! What becomes of the notes of a call when something goes wrong beside it.

use std::fs;

use super::tests::{energy, place};
use super::*;

const NOW: &str = "2026-04-06T10:00:00+00:00[+00:00]";

#[tokio::test]
async fn a_damaged_note_is_named_and_nothing_of_the_call_is_thrown_away() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    let file = dir.path().join("calls").join(format!("{id}.jsonl"));
    let mut call = call_begin(&here, &id, None).await.unwrap();
    call.note(&here.now, Mark::Promise, "a new bill by Friday").unwrap();
    call.note(&here.now, Mark::Name, "Robin").unwrap();
    // As a second terminal sees it.
    let error = call_unfinished(&here, &id).await.unwrap_err().to_string();
    assert!(error.contains("open in another terminal"), "{error}");
    drop(call);
    let whole = fs::read_to_string(&file).unwrap();
    let damaged = whole.replacen("promise", "pro", 1);
    fs::write(&file, &damaged).unwrap();
    let error = call_unfinished(&here, &id).await.unwrap_err().to_string();
    assert!(error.contains("line 2 of"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), damaged, "it stays as it is");
    fs::write(&file, "nothing that can be read\n").unwrap();
    assert!(call_unfinished(&here, &id).await.is_err());
    assert!(file.exists());
    // Half a line was never acknowledged.
    fs::write(&file, format!("{whole}{{\"at\":")).unwrap();
    let call = call_unfinished(&here, &id).await.unwrap().unwrap();
    assert_eq!(call.notes().len(), 3);
    assert_eq!(fs::read_to_string(&file).unwrap(), whole);
    call_end(&here, &id, call).await.unwrap();
    assert!(call_unfinished(&here, &id).await.unwrap().is_none());
}

#[tokio::test]
async fn an_empty_call_writes_nothing_unless_nobody_answered() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    let before = show(&here, &id).await.unwrap().timeline.len();
    let call = call_begin(&here, &id, None).await.unwrap();
    assert!(call.is_empty());
    assert!(call_end(&here, &id, call).await.unwrap().is_empty());
    assert_eq!(show(&here, &id).await.unwrap().timeline.len(), before);
    let mut call = call_begin(&here, &id, None).await.unwrap();
    call.note(&here.now, Mark::Unanswered, "").unwrap();
    assert_eq!(call_end(&here, &id, call).await.unwrap().len(), 1);
    let shown = show(&here, &id).await.unwrap();
    assert!(shown.timeline.iter().any(|line| line.kind == "no_answer"));
    assert!(call_unfinished(&here, &id).await.unwrap().is_none());
}
