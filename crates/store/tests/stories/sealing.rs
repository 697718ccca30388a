//! A store that only a passphrase opens: switched on and off, with nothing lost and nothing left in plain.

use std::io::Read as _;
use std::path::Path;

use casework::event::{Evidence, Message, What};
use store::cases::{Fault, Filter};
use store::{Cases, CasesError, Passphrase, StoreError};

use crate::cases::{logged, moment, opened};
use crate::place::Place;

const WORDS: &str = "four plain words here";
/// What a line says that is looked for on the disk.
const SAID: &str = "Zephyrine said the meter is upside down";

/// Opens the cases to write, with a passphrase.
async fn with(place: &Place, words: &str) -> Result<Cases, StoreError> {
    place.store().with(Passphrase::of(words)).write_cases().await
}

/// Opens a case with a line and a file, and returns its id and the hash of the file.
async fn filled(store: &Cases) -> (String, String) {
    let id = store.create("Brightwell", vec![opened("Brightwell")], &moment(1), "customer").await.unwrap();
    store.append(&id, vec![logged(SAID)], &moment(2), "customer").await.unwrap();
    let copied = store.copy_from(&id, SAID.repeat(50_000).as_bytes()).await.unwrap();
    let evidence = Evidence {
        name: "meter.txt".into(),
        on: None,
        sha256: Some(copied.sha256.clone()),
        bytes: Some(copied.bytes),
        preview: Some("a text about Zephyrine".into()),
        text: None,
    };
    store.append(&id, vec![What::EvidenceAttached(evidence)], &moment(2), "customer").await.unwrap();
    (id, copied.sha256)
}

/// Returns the files under a folder in which a word stands, or whose path has it.
fn holding(folder: &Path, word: &str) -> Vec<String> {
    let mut found = Vec::new();
    for one in std::fs::read_dir(folder).unwrap().flatten() {
        if one.path().is_dir() {
            found.extend(holding(&one.path(), word));
            continue;
        }
        let bytes = std::fs::read(one.path()).unwrap();
        let path = one.path().display().to_string();
        if path.contains(word) || bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
            found.push(path);
        }
    }
    found
}

async fn text_of(store: &Cases, id: &str, sha256: &str) -> String {
    let mut text = String::new();
    store.read_file(id, sha256).await.unwrap().read_to_string(&mut text).unwrap();
    text
}

pub(crate) async fn a_store_is_sealed_and_opened_again_and_nothing_is_lost_or_left_in_plain(place: Place) {
    let mut store = place.cases().await;
    let (id, sha256) = filled(&store).await;
    let other = store.create("Other", vec![opened("Other")], &moment(1), "customer").await.unwrap();
    // The bytes of a message are sealed as what is attached is; those that never came here keep nothing from being sealed.
    let letter = store.copy_from(&other, SAID.as_bytes()).await.unwrap().sha256;
    for sha256 in [&letter, &"0".repeat(64)] {
        let message = Message { sha256: Some(sha256.clone()), ..Message::default() };
        let What::Logged(entry) = logged("it came") else { unreachable!("a line of the log") };
        let came = vec![What::Received { entry, message }];
        store.append(&other, came, &moment(2), "customer").await.unwrap();
    }
    let before = store.stored(&id).await.unwrap();
    let copy = place.scratch().join("cases.sqlite.format-1.bak");
    if let Place::Folder(dir) = &place {
        assert!(!holding(dir.path(), "Zephyrine").is_empty(), "the test would find it");
        std::fs::write(&copy, SAID).unwrap();
    }
    let done = store.seal(WORDS).await.unwrap();
    assert_eq!((done.cases, done.files, done.left.as_slice()), (2, 2, &[][..]));
    store.close().await;
    if let Place::Folder(dir) = &place {
        for word in ["Zephyrine", "Brightwell", "brightwell", "meter", "upside"] {
            assert_eq!(holding(dir.path(), word), Vec::<String>::new(), "{word}");
        }
        assert_eq!(done.copies, [place.scratch().join("cases.sqlite.format-1.bak.age")]);
        assert!(!copy.exists());
    } else {
        for column in ["body", "hash", "case_id"] {
            let sql: &'static str = match column {
                "body" => "select count(*) from events where body like '%ephyrine%'",
                "hash" => "select count(*) from events where hash <> ''",
                _ => "select count(*) from events where case_id like '%brightwell%'",
            };
            assert_eq!(place.count(sql).await, 0, "{column}");
        }
        assert_eq!(place.count("select count(*) from file where case_id like '%brightwell%'").await, 0);
        assert_eq!(place.count("select count(*) from case_words").await, 0);
    }
    let mut store = with(&place, WORDS).await.unwrap();
    assert_eq!(store.stored(&id).await.unwrap(), before, "the chain is the same, hash by hash");
    assert_eq!(text_of(&store, &id, &sha256).await, SAID.repeat(50_000));
    assert_eq!(text_of(&store, &other, &letter).await, SAID);
    let done = store.unseal().await.unwrap();
    assert_eq!((done.cases, done.files), (2, 2));
    store.close().await;
    let store = place.cases().await;
    assert_eq!(store.stored(&id).await.unwrap(), before);
    assert_eq!(text_of(&store, &id, &sha256).await, SAID.repeat(50_000));
    assert_eq!(store.verify(&id).await.unwrap().faults, []);
    let mut ids = store.ids().await.unwrap();
    ids.sort();
    assert_eq!(ids, [id, other]);
    let found = store.list(&Filter { words: Some("zephyrine".into()), ..Filter::default() }).await.unwrap();
    assert_eq!(found.len(), 1, "it is found by its words again");
}

pub(crate) async fn a_sealed_store_opens_with_its_passphrase_only_and_keeps_every_promise(place: Place) {
    let mut store = place.cases().await;
    let (id, _) = filled(&store).await;
    store.seal(WORDS).await.unwrap();
    store.close().await;
    for (words, says) in [(Some("four plain words"), "does not open"), (None, "is sealed")] {
        let passphrase = words.map_or_else(Passphrase::default, Passphrase::of);
        for writing in [false, true] {
            let store = place.store().with(passphrase.clone());
            let error = if writing {
                store.write_cases().await.map(drop)
            } else {
                store.read_cases().await.map(drop)
            };
            let error = error.unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
    // Everything that a store does, it does sealed.
    let store = with(&place, WORDS).await.unwrap();
    store.append(&id, vec![logged("and on it goes")], &moment(3), "customer").await.unwrap();
    let second =
        store.create("Brightwell", vec![opened("Brightwell")], &moment(3), "customer").await.unwrap();
    assert_eq!(second, "brightwell-2");
    let proof = store.verify(&id).await.unwrap();
    assert_eq!((proof.intact, proof.files, proof.faults.as_slice()), (4, 1, &[][..]));
    let found = |words: &str| Filter { words: Some(words.into()), ..Filter::default() };
    for (words, ids) in [("zephyrine upside", 1), ("brightw", 2), ("AP-40417", 1), ("zebra", 0), ("…", 0)] {
        assert_eq!(store.list(&found(words)).await.unwrap().len(), ids, "{words}");
    }
    assert_eq!(store.list(&Filter::default()).await.unwrap()[0].title.split(' ').next(), Some("The"));
    let error = store.load("brightwell-3").await.unwrap_err().to_string();
    assert!(error.contains("did you mean `brightwell-"), "{error}");
    store.delete(&second).await.unwrap();
    assert_eq!(store.ids().await.unwrap(), std::slice::from_ref(&id));
    assert_eq!(store.unsound().await.unwrap(), Vec::<String>::new());
    store.close().await;
    // Another passphrase takes the place of the first; nothing is written anew for it.
    let mut store = with(&place, WORDS).await.unwrap();
    store.seal("five quite other words here").await.unwrap();
    store.close().await;
    assert!(matches!(with(&place, WORDS).await, Err(StoreError::Passphrase(_))));
    let store = with(&place, "five quite other words here").await.unwrap();
    assert_eq!(store.verify(&id).await.unwrap().intact, 4);
}

pub(crate) async fn who_writes_while_it_is_sealed_is_told_to_run_again_and_loses_nothing(place: Place) {
    let mut store = place.cases().await;
    let (id, _) = filled(&store).await;
    let writer = place.cases().await;
    store.seal(WORDS).await.unwrap();
    let refused = writer.append(&id, vec![logged("in plain")], &moment(3), "customer").await.unwrap_err();
    assert!(matches!(refused, CasesError::NotThere { .. } | CasesError::Store(_)), "{refused}");
    let refused =
        writer.create("Late", vec![opened("Late")], &moment(3), "customer").await.unwrap_err().to_string();
    assert!(refused.contains("run this again"), "{refused}");
    assert_eq!(store.verify(&id).await.unwrap().intact, 3);
    assert_eq!(store.ids().await.unwrap(), [id]);
}

pub(crate) async fn what_is_changed_in_a_sealed_store_shows(place: Place) {
    let mut store = place.cases().await;
    let (id, _) = filled(&store).await;
    store.create("Other", vec![opened("Other")], &moment(1), "customer").await.unwrap();
    store.seal(WORDS).await.unwrap();
    place.unguard().await;
    // A row put in another's place, a row cut off, a summary of another case.
    place.behind("update events set body = (select body from events e where e.case_id = events.case_id and e.place = 1) where place = 2").await.unwrap();
    assert_eq!(store.verify(&id).await.unwrap().faults[0], Fault::Changed { place: 2 });
    place.behind("delete from events where place = 3").await.unwrap();
    assert_eq!(store.verify(&id).await.unwrap().intact, 1);
    place.behind("update cases set sealed = 'AAAA'").await.unwrap();
    let wrong = store.unsound().await.unwrap();
    assert!(
        wrong.iter().any(|line| line.contains("2 case(s) are there whose summary cannot be opened")),
        "{wrong:?}"
    );
    assert!(store.unseal().await.unwrap_err().to_string().contains("nothing was changed"));
}
