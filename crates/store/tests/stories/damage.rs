//! A store whose file was damaged: bytes flipped, pages emptied, its end cut off, its log gone. Whatever is said to be intact
//! is as it was written, whatever can be brought back is, and nothing panics.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use casework::event::{Evidence, What};
use sqlx::Connection as _;
use sqlx::sqlite::SqliteConnection;
use store::cases::{SCHEMA, rescue};
use store::{Cases, Holder, Mode, Passphrase, Reach};

use crate::cases::{logged, moment, opened};

const PAGE: usize = 4096;

/// What was written: the bodies of the events by case, and the hash of a file of each.
type Truth = BTreeMap<String, Vec<String>>;

/// Fills a store with cases of short and long events and a file each.
async fn filled(folder: &Path, words: Option<&str>) -> Truth {
    let mut store = Cases::open(folder, Mode::Write, Reach::Everything).await.unwrap();
    for company in ["Acme", "Brightwell", "Dunmore"] {
        let id = store.create(company, vec![opened(company)], &moment(1), "customer").await.unwrap();
        let copied = store.copy_from(&id, company.as_bytes()).await.unwrap();
        let evidence = Evidence {
            name: "letter.txt".into(),
            on: None,
            sha256: Some(copied.sha256),
            bytes: Some(copied.bytes),
            preview: None,
            text: None,
        };
        store.append(&id, vec![What::EvidenceAttached(evidence)], &moment(2), "customer").await.unwrap();
        for n in 0..7usize {
            let text = format!("{company} line {n} {}", "and so on ".repeat(n * n * 6));
            store.append(&id, vec![logged(&text)], &moment(2), "customer").await.unwrap();
        }
    }
    if let Some(words) = words {
        store.seal(words).await.unwrap();
    }
    let mut truth = Truth::new();
    for id in store.ids().await.unwrap() {
        let rows = store.stored(&id).await.unwrap();
        truth.insert(id, rows.into_iter().map(|row| row.body).collect());
    }
    store.close().await;
    truth
}

/// Copies a folder of files and folders.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for one in fs::read_dir(from).unwrap().flatten() {
        let to = to.join(one.file_name());
        if one.path().is_dir() {
            copy(&one.path(), &to);
        } else {
            {
                fs::copy(one.path(), to).unwrap();
            }
        }
    }
}

/// What became of a damaged store.
#[derive(Debug, Default)]
struct Outcome {
    /// Events that came back, in their place or written down again.
    events: usize,
    /// Files that did.
    files: u32,
}

/// Proves what a damaged store says, rescues it, and holds both against the truth.
async fn outcome(damaged: &Path, truth: &Truth, passphrase: &Passphrase, what: &str) -> Outcome {
    if let Ok(store) = Cases::open_with(damaged, Mode::Read, passphrase, Reach::Everything).await {
        for id in store.ids().await.unwrap_or_default() {
            let Ok(proof) = store.verify(&id).await else { continue };
            let Some(truth) = truth.get(&id) else {
                assert_eq!(proof.intact, 0, "{what}: `{id}` is no case of ours");
                continue;
            };
            let Ok(rows) = store.stored(&id).await else { continue };
            for (row, body) in rows.iter().zip(truth).take(usize::try_from(proof.intact).unwrap()) {
                assert_eq!(row.body, *body, "{what}: said to be intact");
            }
        }
        let _ = store.unsound().await;
        store.close().await;
    }
    let new = tempfile::tempdir().unwrap();
    let mut outcome = Outcome::default();
    let Ok(rescued) = rescue(damaged, new.path(), passphrase, &moment(3), "customer").await else {
        return outcome;
    };
    let store = Cases::open_with(new.path(), Mode::Read, passphrase, Reach::Everything).await.unwrap();
    for one in rescued.iter().filter(|one| one.events + one.loose > 0) {
        let proof = store.verify(&one.id).await.unwrap();
        assert_eq!(proof.faults, [], "{what}: {one:?}");
        let rows = store.stored(&one.id).await.unwrap();
        if one.events > 0 {
            let truth = &truth[&one.id];
            for (row, body) in rows.iter().zip(truth).take(usize::try_from(one.events).unwrap()) {
                assert_eq!(row.body, *body, "{what}: brought back as it was written");
            }
            assert!(one.written.is_none_or(|written| written >= one.events), "{what}: {one:?}");
        }
        assert_eq!(proof.files, one.files.min(proof.files), "{what}");
        outcome.events += (one.events + one.loose) as usize;
        outcome.files += one.files;
    }
    store.close().await;
    outcome
}

/// Damages copies of a store in every way and place, and returns how many.
async fn damage_everywhere(words: Option<&str>) -> usize {
    let home = tempfile::tempdir().unwrap();
    let whole = home.path().join("whole");
    let truth = filled(&whole, words).await;
    let all: usize = truth.values().map(Vec::len).sum();
    let passphrase = words.map_or_else(Passphrase::default, Passphrase::of);
    let bytes = fs::read(whole.join(SCHEMA.file)).unwrap();
    let untouched = outcome(&whole, &truth, &passphrase, "untouched").await;
    assert_eq!((untouched.events, untouched.files), (all, 3));
    let pages = bytes.len() / PAGE;
    let mut tried = 0;
    let mut ways: Vec<(String, Vec<u8>, usize)> = Vec::new();
    for page in 0..pages {
        // On a page that holds no row of ours, nothing is lost; on one that does, what stands on it.
        let at = page * PAGE;
        let mut zeroed = bytes.clone();
        zeroed[at..at + PAGE].fill(0);
        let lost = truth.values().flatten().filter(|body| touches(&bytes, at, body)).count();
        let lost = if words.is_some() { all } else { lost };
        ways.push((format!("page {page} emptied"), zeroed, lost));
        let mut flipped = bytes.clone();
        for step in 0..5 {
            flipped[at + (step * 769 + page * 131) % PAGE] ^= 1 << (page % 8);
        }
        ways.push((
            format!("bits of page {page} flipped"),
            flipped,
            if words.is_some() { all } else { lost_at_most(all, pages) },
        ));
        ways.push((format!("cut off at page {page}"), bytes[..at + page % 97].to_vec(), all));
    }
    for (what, bytes, lost) in ways {
        let damaged = home.path().join("damaged");
        let _ = fs::remove_dir_all(&damaged);
        copy(&whole, &damaged);
        fs::write(damaged.join(SCHEMA.file), bytes).unwrap();
        let back = outcome(&damaged, &truth, &passphrase, &what).await;
        assert!(
            back.events + lost >= all,
            "{what}: {} of {all} events came back, {lost} may be lost",
            back.events
        );
        tried += 1;
    }
    tried
}

/// Returns whether a body stands, in part, on the page that begins at `at`. A long one stands on several pages.
fn touches(bytes: &[u8], at: usize, body: &str) -> bool {
    let page = &bytes[at..at + PAGE];
    body.as_bytes().chunks(64).any(|piece| page.windows(piece.len()).any(|window| window == piece))
}

/// The most events that five flipped bits of one page may cost: those of the fullest page.
fn lost_at_most(all: usize, pages: usize) -> usize {
    (all * 4).div_ceil(pages.max(1)).max(12)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_damaged_what_is_intact_is_said_and_brought_back() {
    let tried = damage_everywhere(None).await;
    assert!(tried > 30, "only {tried} kinds of damage were tried");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_store_that_is_sealed_is_rescued_with_its_passphrase() {
    let tried = damage_everywhere(Some("four plain words here")).await;
    assert!(tried > 30, "only {tried} kinds of damage were tried");
}

#[tokio::test]
async fn a_store_without_its_log_shows_what_it_held_before_and_a_gone_file_is_named() {
    let home = tempfile::tempdir().unwrap();
    let whole = home.path().join("whole");
    let truth = filled(&whole, None).await;
    // A log that is not yet in the file, as a kill leaves it; then the log is lost.
    let store = Cases::open(&whole, Mode::Write, Reach::Everything).await.unwrap();
    store.append("acme-1", vec![logged("only in the log")], &moment(3), "customer").await.unwrap();
    let killed = home.path().join("killed");
    copy(&whole, &killed);
    store.close().await;
    let passphrase = Passphrase::default();
    let new = home.path().join("new");
    let with_log = rescue(&killed, &new, &passphrase, &moment(3), "customer").await.unwrap();
    let acme = with_log.iter().find(|one| one.id == "acme-1").unwrap();
    assert_eq!((acme.events as usize, acme.is_whole()), (truth["acme-1"].len() + 1, true));
    fs::remove_file(killed.join("cases.sqlite-wal")).unwrap();
    let back = outcome(&killed, &truth, &passphrase, "the log is gone").await;
    assert_eq!(back.events, truth.values().map(Vec::len).sum::<usize>());
    let file = fs::read_dir(killed.join("files/dunmore-1")).unwrap().flatten().next().unwrap().path();
    fs::write(file, "another letter").unwrap();
    fs::remove_dir_all(killed.join("files/acme-1")).unwrap();
    let newer = home.path().join("newer");
    let rescued = rescue(&killed, &newer, &passphrase, &moment(3), "customer").await.unwrap();
    let lost: Vec<&str> =
        rescued.iter().filter(|one| one.lost_files == ["letter.txt"]).map(|one| one.id.as_str()).collect();
    assert_eq!(lost, ["acme-1", "dunmore-1"]);
    // What holds cases already is left alone.
    assert!(rescue(&killed, &newer, &passphrase, &moment(3), "customer").await.is_err());
}

#[tokio::test]
async fn a_deleted_case_does_not_come_back_under_the_id_of_another_and_a_holder_keeps_theirs() {
    let home = tempfile::tempdir().unwrap();
    let whole = home.path().join("whole");
    let holder = Holder { organisation: "centre".into(), adviser: "ada".into() };
    let reach = Reach::Member { holder: holder.clone(), whole: true, writes: true };
    let store = Cases::open(&whole, Mode::Write, reach.clone()).await.unwrap();
    let write = async |company: &str, words: &str, lines: usize, day: u32| {
        let id = store.create(company, vec![opened(company)], &moment(day), "ada").await.unwrap();
        for n in 0..lines {
            store.append(&id, vec![logged(&format!("{words} {n}"))], &moment(day), "ada").await.unwrap();
        }
        id
    };
    // Of the deleted one more is left in the log than the new one has.
    let first = write("Acme", "of the deleted one", 9, 2).await;
    store.delete(&first).await.unwrap();
    let again = write("Acme", "of the new one", 3, 3).await;
    assert_eq!(first, again, "an id is used again");
    let gone = write("Brightwell", "of the deleted one", 4, 2).await;
    store.delete(&gone).await.unwrap();
    let killed = home.path().join("killed");
    copy(&whole, &killed);
    store.close().await;

    for (from, to) in [(&killed, "of the log"), (&whole, "of the file")] {
        let new = home.path().join(to);
        let rescued = rescue(from, &new, &Passphrase::default(), &moment(4), "customer").await.unwrap();
        let one = |id: &str| rescued.iter().find(|one| one.id == id);
        let acme = one(&again).unwrap();
        assert_eq!((acme.events, acme.loose, acme.is_whole(), acme.unlisted), (4, 0, true, false), "{to}");
        assert_eq!(acme.holder, Some(holder.clone()));
        let store = Cases::open(&new, Mode::Read, reach.clone()).await.unwrap();
        let rows = store.stored(&again).await.unwrap();
        assert!(rows.iter().all(|row| !row.body.contains("deleted")), "{rows:?}");
        assert_eq!(store.holder(&again).await.unwrap(), Some(holder.clone()));
        // What is brought back of one that stands in no list is told apart.
        assert!(one(&gone).is_none_or(|gone| gone.unlisted), "{to}: {rescued:?}");
    }
}

/// Takes events out of the file itself, so that no page holds them any more.
async fn without(folder: &Path, events: &'static str) {
    let file = folder.join(SCHEMA.file);
    let mut connection = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    sqlx::raw_sql("drop trigger events_are_never_edited; drop trigger events_go_only_with_their_case")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::raw_sql(events).execute(&mut connection).await.unwrap();
    sqlx::raw_sql("vacuum").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_case_whose_opening_is_gone_takes_the_id_of_no_other() {
    let home = tempfile::tempdir().unwrap();
    let damaged = home.path().join("damaged");
    let store = Cases::open(&damaged, Mode::Write, Reach::Everything).await.unwrap();
    for _ in 0..10 {
        let id = store.create("Acme", vec![opened("Acme")], &moment(1), "customer").await.unwrap();
        store.append(&id, vec![logged(&id)], &moment(2), "customer").await.unwrap();
    }
    store.close().await;
    // By their names the tenth comes before the second.
    without(&damaged, "delete from events where case_id = 'acme-10' and place = 1").await;
    let new = home.path().join("new");
    let rescued = rescue(&damaged, &new, &Passphrase::default(), &moment(3), "customer").await.unwrap();
    assert_eq!(rescued.iter().filter(|one| one.events == 2).count(), 9, "{rescued:?}");
    let lost: Vec<&str> = rescued.iter().filter(|one| one.loose == 1).map(|one| one.id.as_str()).collect();
    assert_eq!(lost, ["acme-10"], "the first id that no other case has");
    let store = Cases::open(&new, Mode::Read, Reach::Everything).await.unwrap();
    let second = store.stored("acme-2").await.unwrap();
    assert!(second[1].body.contains("acme-2"), "{second:?}");
}
