//! The days of all cases are those of each case folded by itself, after any sequence of writes, on any day, by any program.

use casework::{By, LogKind};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::json;

use super::*;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

fn place(folder: &std::path::Path, day: Date, words: Option<&str>) -> Place {
    let place = tests::place(folder, &format!("{day}T10:00:00+00:00[UTC]"));
    match words {
        Some(words) => place.opened_with(Passphrase::of(words)),
        None => place,
    }
}

/// Folds every open case by itself.
async fn folded(place: &Place) -> Vec<DueView> {
    let mut days = Vec::new();
    for one in list(place, None, false).await.unwrap() {
        days.extend(due(place, &one.id, None).await.unwrap());
    }
    days.sort_by(|a, b| (&a.day, &a.case, &a.id).cmp(&(&b.day, &b.case, &b.id)));
    days
}

/// Writes something, as the dice will have it.
async fn write(place: &Place, dice: &mut Dice) {
    let ids: Vec<String> = list(place, None, true).await.unwrap().into_iter().map(|one| one.id).collect();
    if ids.len() < 3 || dice.roll(6) == 0 {
        let sector = ["energy", "telecom", "bank"][dice.roll(3)];
        let case = json!({
            "company": format!("Amberley {sector}"), "country": "GB", "sector": sector, "as": "consumer",
            "problem": {"what": "The bill is wrong", "topic": "billing_error", "since": "2026-01-20", "amount": 412, "currency": "GBP"},
            "wanted": {"what": "correction"},
            "log": [{"at": "2026-01-25", "by": "customer", "channel": "phone", "rung": "front_line", "kind": "call", "text": "Gave the reading"}]
        });
        new(place, &NewCase { case, found: None }).await.unwrap();
        return;
    }
    let id = &ids[dice.roll(ids.len())];
    let today = place.now.date();
    let line = |by, kind, due: Option<i64>| {
        let due = due.and_then(|days| today.checked_add(days.days()).ok());
        LogRequest { due, ..tests::entry(&today.to_string(), by, kind, "about the bill") }
    };
    // What does not fit the case is refused, and nothing is written then.
    let _ = match dice.roll(9) {
        0 => close(place, id, "done", None).await.map(drop),
        1 => reopen(place, id, "it came back").await.map(drop),
        2 => withdraw(place, id, "e2", "wrong day").await.map(drop),
        3 => settle(place, id, "e3", true).await.map(drop),
        4 => place.write().await.unwrap().delete(id).await.map_err(Into::into),
        5 => log(place, id, line(By::Company, LogKind::Promise, Some(7))).await.map(drop),
        6 => log(place, id, line(By::Company, LogKind::FinalResponse, None)).await.map(drop),
        7 => log(place, id, line(By::Company, LogKind::Offer, Some(14))).await.map(drop),
        _ => log(place, id, line(By::Customer, LogKind::Complaint, None)).await.map(drop),
    };
}

async fn agrees_after_any_writes(words: Option<&str>) {
    let (mut checked, mut seen) = (0, 0);
    for seed in 0..4 {
        let dir = tempfile::tempdir().unwrap();
        let mut dice = Dice(seed * 7919 + 11);
        let mut day = date(2026, 2, 1);
        write(&place(dir.path(), day, words), &mut dice).await;
        if let Some(words) = words {
            let mut cases = place(dir.path(), day, None).write().await.unwrap();
            cases.seal(words).await.unwrap();
            cases.close().await;
        }
        for _ in 0..14 {
            // Each is a program of its own.
            for _ in 0..dice.roll(3) {
                write(&place(dir.path(), day, words), &mut dice).await;
            }
            if dice.roll(2) == 0 {
                day = day.checked_add((1 + i64::try_from(dice.roll(9)).unwrap()).days()).unwrap();
            }
            let here = place(dir.path(), day, words);
            let truth = folded(&here).await;
            let until = day.checked_add(30.days()).unwrap();
            let soon: Vec<DueView> =
                truth.iter().filter(|one| one.day <= until.to_string()).take(2).cloned().collect();
            // By what was kept before, then by what was kept now.
            for _ in 0..2 {
                assert_eq!(due_soon(&here, Some(until), 2).await.unwrap().days, soon, "seed {seed}, {day}");
                assert_eq!(due_all(&here, None).await.unwrap().days, truth, "seed {seed}, {day}");
            }
            checked += 1;
            seen += truth.len();
        }
    }
    assert!(checked == 56 && seen > 200, "{seen} days were seen in {checked} checks");
}

#[tokio::test]
async fn days_of_all_cases_are_those_of_each_after_any_writes() {
    agrees_after_any_writes(None).await;
}

#[tokio::test]
async fn days_of_all_cases_of_a_sealed_store_are_those_of_each_after_any_writes() {
    agrees_after_any_writes(Some("four plain words here")).await;
}

#[tokio::test]
async fn a_case_that_cannot_be_read_is_named_and_many_are_left_for_later() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), date(2026, 2, 1), None);
    let mut dice = Dice(1);
    while list(&here, None, true).await.unwrap().len() < 3 {
        write(&here, &mut dice).await;
    }
    let cases = here.read().await.unwrap();
    let all = cases.ids().await.unwrap();
    let found = store::cases::Snapshots { fresh: Vec::new(), stale: all.clone() };
    let list = due::gathered(&here, &cases, found, None, 1).await.unwrap();
    assert_eq!((list.waiting, list.unread.len()), (2, 0));
    // A snapshot that says something else than a list of days is no snapshot.
    let (_, head) = cases.load_with_head(&all[0]).await.unwrap();
    let odd = store::cases::Snapshot {
        id: all[0].clone(),
        head,
        soonest: Some(date(2026, 1, 1)),
        body: "{".into(),
    };
    let writing = here.write().await.unwrap();
    writing.keep_snapshots(&due::made_for(here.now.date()), &[odd]).await.unwrap();
    assert_eq!(due_all(&here, None).await.unwrap().days, folded(&here).await);
}
