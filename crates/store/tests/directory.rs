//! The directory as a file: what is put is found, two processes at once do no harm, and every failure says what it is.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::collections::BTreeSet;
use std::path::Path;

use ladder::SourceKind;
use proptest::prelude::*;
use store::directory::{Became, Mark};
use store::names::How;
use store::{Company, Directory, Entry, Mode, Row, StoreError};

const AT: &str = "2026-11-28T12:00:00Z";

fn row(channel: &str, value: &str, url: &str, kind: SourceKind) -> Row {
    serde_json::from_value(serde_json::json!({
        "channel": channel, "value": value, "rung": "front_line", "quote": "call us", "url": url, "kind": kind,
        "site": "acme.example", "seen": AT,
    }))
    .unwrap()
}

fn entry(name: &str, domain: &str, rows: Vec<Row>) -> Entry {
    Entry {
        company: Company {
            id: store::names::slug(name),
            name: name.into(),
            domains: if domain.is_empty() { Vec::new() } else { vec![domain.into()] },
            ..Company::default()
        },
        contacts: rows,
        ..Entry::default()
    }
}

async fn put(directory: &Directory, entries: &[Entry]) {
    let mut writer = directory.write().await.unwrap();
    for entry in entries {
        writer.put(entry, AT).await.unwrap();
    }
    writer.commit().await.unwrap();
}

async fn fresh(folder: &Path) -> Directory {
    Directory::open(folder, Mode::Write).await.unwrap()
}

fn sample() -> Vec<Entry> {
    let page = "https://acme.example/contact";
    vec![
        entry(
            "Acme Air Lines, Inc.",
            "acme.example",
            vec![
                row("phone", "+12025550101", page, SourceKind::OwnSite),
                row("email", "care@acme.example", page, SourceKind::OwnSite),
                row("postal", "Acme Air, 12 Runway Road, Springfield, IL 62701", page, SourceKind::OwnSite),
            ],
        ),
        entry(
            "Bluebird Air",
            "bluebird.example",
            vec![row("phone", "+442079460123", page, SourceKind::OwnSite)],
        ),
        entry("Northern Acme Water", "northern-acme.example", Vec::new()),
    ]
}

#[tokio::test]
async fn a_company_is_found_however_it_is_typed() {
    let dir = tempfile::tempdir().unwrap();
    let directory = fresh(dir.path()).await;
    put(&directory, &sample()).await;
    for (typed, name, how) in [
        ("Acme Air Lines, Inc.", "Acme Air Lines, Inc.", How::Exact),
        ("acme air lines", "Acme Air Lines, Inc.", How::Core),
        ("acme", "Acme Air Lines, Inc.", How::Exact),
        ("acme air", "Acme Air Lines, Inc.", How::Prefix),
        ("Amce Air Lines", "Acme Air Lines, Inc.", How::Slip),
        ("air acme", "Acme Air Lines, Inc.", How::Words),
        ("blue bird air", "Bluebird Air", How::Exact),
        ("bluebrid", "Bluebird Air", How::Slip),
        ("https://help.acme.example/x", "Acme Air Lines, Inc.", How::Exact),
        ("care@acme.example", "Acme Air Lines, Inc.", How::Exact),
        ("(202) 555-0101", "Acme Air Lines, Inc.", How::Exact),
        ("020 7946 0123", "Bluebird Air", How::Exact),
        ("12 Runway", "Acme Air Lines, Inc.", How::Exact),
        ("62701", "Acme Air Lines, Inc.", How::Exact),
    ] {
        let hits = directory.search(typed, 5).await.unwrap();
        let first = hits.first().map(|hit| (hit.company.name.as_str(), hit.near.how));
        if typed == "62701" {
            // Five digits alone are no number, and no name bears them.
            assert!(first.is_none_or(|(found, _)| found == name), "{typed}: {first:?}");
            continue;
        }
        assert_eq!(first.map(|(name, _)| name), Some(name), "{typed}");
        if typed != "acme" {
            assert_eq!(first.map(|(_, how)| how), Some(how), "{typed}");
        }
    }
    assert!(directory.search("Zebra Holdings", 5).await.unwrap().is_empty());
    assert!(directory.search("", 5).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_is_put_twice_is_there_once_and_completed() {
    let dir = tempfile::tempdir().unwrap();
    let directory = fresh(dir.path()).await;
    put(&directory, &sample()).await;
    let mut again = sample();
    again[0].company.parent = Some("Acme Group".into());
    again[0].company.name = "Acme Airlines".into();
    put(&directory, &again).await;
    assert_eq!(directory.size().await.unwrap(), (3, 4));
    let hit = directory.search("acme airlines", 1).await.unwrap().remove(0);
    assert_eq!(hit.company.parent.as_deref(), Some("Acme Group"));
    assert_eq!(hit.company.name, "Acme Air Lines, Inc.");
}

#[tokio::test]
async fn a_value_leads_to_every_company_that_has_it() {
    let dir = tempfile::tempdir().unwrap();
    let directory = fresh(dir.path()).await;
    let mut entries = sample();
    entries[2].contacts.push(row("phone", "+12025550101", "https://forum.example/1", SourceKind::Post));
    put(&directory, &entries).await;
    let owners = directory.owners_of("1 (202) 555 0101").await.unwrap();
    let names: Vec<&str> = owners.iter().map(|owned| owned.company.name.as_str()).collect();
    assert_eq!(names, ["Acme Air Lines, Inc.", "Northern Acme Water"]);
    assert!(directory.owners_of("202 555 0199").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_new_reading_tells_what_changed_and_forgets_no_page_it_did_not_read() {
    let dir = tempfile::tempdir().unwrap();
    let directory = fresh(dir.path()).await;
    let (contact, help) = ("https://acme.example/contact", "https://acme.example/help");
    let first = entry(
        "Acme",
        "acme.example",
        vec![
            row("phone", "+12025550101", contact, SourceKind::OwnSite),
            row("phone", "+12025550102", contact, SourceKind::OwnSite),
            row("phone", "+12025550103", help, SourceKind::OwnSite),
        ],
    );
    let both = BTreeSet::from([contact.to_owned(), help.to_owned()]);
    let mut writer = directory.write().await.unwrap();
    assert_eq!(writer.read_again(&first, &both, AT).await.unwrap().1, []);
    writer.commit().await.unwrap();
    let mut second = entry(
        "Acme",
        "acme.example",
        vec![
            row("phone", "+12025550101", contact, SourceKind::OwnSite),
            row("email", "care@acme.example", contact, SourceKind::OwnSite),
        ],
    );
    second.contacts[0].rung = Some("complaints".into());
    let mut writer = directory.write().await.unwrap();
    let (number, changes) =
        writer.read_again(&second, &BTreeSet::from([contact.to_owned()]), AT).await.unwrap();
    writer.commit().await.unwrap();
    let told: Vec<String> = changes.iter().map(|c| format!("{} {}", c.what, c.value)).collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    new care@acme.example
    rung +12025550101
    gone +12025550102
    ");
    let kept = directory.entry(number).await.unwrap().unwrap();
    assert!(kept.contacts.iter().any(|row| row.value == "+12025550103"));
    assert!(!kept.contacts.iter().any(|row| row.value == "+12025550102"));
    assert_eq!(directory.changes(number).await.unwrap().len(), 3);
}

#[tokio::test]
async fn the_last_mark_on_a_value_counts() {
    let dir = tempfile::tempdir().unwrap();
    let directory = fresh(dir.path()).await;
    let mark = |became, day: &str| Mark {
        company: "acme.example".into(),
        value: "care@acme.example".into(),
        became,
        day: day.into(),
        note: None,
    };
    directory.mark(&mark(Became::Helpful, "2026-11-20"), AT).await.unwrap();
    directory.mark(&mark(Became::Bounced, "2026-11-10"), AT).await.unwrap();
    let marks = directory.marks(&["other".into(), "acme.example".into()]).await.unwrap();
    let all: Vec<Became> = marks.iter().map(|mark| mark.became).collect();
    assert_eq!(all, [Became::Bounced, Became::Helpful]);
    assert!(directory.marks(&["other.example".into()]).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_step_that_is_not_committed_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let directory = fresh(dir.path()).await;
    let mut writer = directory.write().await.unwrap();
    writer.put(&sample()[0], AT).await.unwrap();
    drop(writer);
    assert_eq!(directory.size().await.unwrap(), (0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_that_write_at_once_wait_for_each_other_and_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    fresh(dir.path()).await.close().await;
    let mut tasks = Vec::new();
    for task in 0..4 {
        let folder = dir.path().to_owned();
        tasks.push(tokio::spawn(async move {
            let directory = fresh(&folder).await;
            for number in 0..10 {
                let name = format!("Company {task} {number}");
                put(&directory, &[entry(&name, &format!("c{task}-{number}.example"), Vec::new())]).await;
            }
            directory.close().await;
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let directory = Directory::open(dir.path(), Mode::Read).await.unwrap();
    assert_eq!(directory.size().await.unwrap().0, 40);
}

#[tokio::test]
async fn a_newer_file_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let directory = fresh(dir.path()).await;
    let path = directory.path().to_owned();
    directory.close().await;
    let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", path.display())).await.unwrap();
    sqlx::query("pragma user_version = 99").execute(&pool).await.unwrap();
    pool.close().await;
    for mode in [Mode::Read, Mode::Write] {
        let error = Directory::open(dir.path(), mode).await.unwrap_err();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
        assert!(error.hint().unwrap().contains("update Upstairs"));
    }
}

#[tokio::test]
async fn one_that_holds_the_file_too_long_is_told_of() {
    let dir = tempfile::tempdir().unwrap();
    let one = fresh(dir.path()).await;
    let held = one.write().await.unwrap();
    let other = fresh(dir.path()).await;
    // Reading goes on meanwhile.
    assert_eq!(other.size().await.unwrap(), (0, 0));
    let error = other.write().await.unwrap_err();
    assert!(matches!(error, StoreError::Busy(_)), "{error}");
    drop(held);
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_may_not_be_written_is_read_and_refused_for_writing() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("kept");
    let directory = fresh(&folder).await;
    put(&directory, &sample()).await;
    directory.close().await;
    let set = |mode: u32, file: u32| {
        for item in std::fs::read_dir(&folder).unwrap() {
            std::fs::set_permissions(item.unwrap().path(), std::fs::Permissions::from_mode(file)).unwrap();
        }
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o555, 0o444);
    // Whoever is root may write everywhere: there is nothing to refuse then.
    let root = std::fs::write(folder.join("probe"), "").is_ok();
    let read = Directory::open(&folder, Mode::Read).await.unwrap().size().await.unwrap();
    let written = match Directory::open(&folder, Mode::Write).await {
        Ok(directory) => directory.write().await.map(|_| ()),
        Err(error) => Err(error),
    };
    set(0o755, 0o644);
    assert_eq!(read.0, 3);
    if !root {
        assert!(matches!(written, Err(StoreError::ReadOnly { .. })), "{written:?}");
    }
}

#[tokio::test]
async fn no_folder_can_be_made_below_a_file() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("file"), "words").unwrap();
    let error = Directory::open(&dir.path().join("file/below"), Mode::Write).await.unwrap_err();
    assert!(matches!(error, StoreError::Folder { .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn search_finds_what_was_put(
        names in proptest::collection::btree_set("[A-Z][a-z]{4,9}( [A-Z][a-z]{3,9}){0,2}", 1..12),
        digits in proptest::collection::vec(2_000_000_u64..9_999_999, 12),
        slip in 0usize..5,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let dir = tempfile::tempdir().unwrap();
            let directory = fresh(dir.path()).await;
            let entries: Vec<Entry> = names.iter().enumerate().map(|(at, name)| {
                let phone = format!("+1202{}", digits[at]);
                entry(name, &format!("c{at}.example"), vec![row("phone", &phone, "https://c.example", SourceKind::OwnSite)])
            }).collect();
            put(&directory, &entries).await;
            for entry in &entries {
                let name = &entry.company.name;
                let mut typed: Vec<char> = name.chars().collect();
                typed.remove(slip);
                let typed: String = typed.into_iter().collect();
                let found = |hits: Vec<store::directory::Hit>| hits.iter().any(|hit| &hit.company.name == name);
                assert!(found(directory.search(name, 12).await.unwrap()), "{name}");
                assert!(found(directory.search(&typed, 12).await.unwrap()), "{name} typed {typed}");
                let number = &entry.contacts[0].value[2..];
                assert!(found(directory.search(number, 12).await.unwrap()), "{name} by {number}");
                assert!(found(directory.search(&entry.company.domains[0], 12).await.unwrap()));
            }
            directory.close().await;
        });
    }
}
