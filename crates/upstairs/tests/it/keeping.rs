//! What is kept, and how: cases that only a passphrase opens, a damaged store and what is brought back of it, a ladder that
//! is read again, bills that are watched, an authority, and letters in the order of a body's own form.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::{complained, demo, root, said, upstairs};

const WORDS: &str = "four plain words here";

/// Runs `upstairs` with the cases of a folder, and a passphrase in its environment where one is given.
fn run(home: &Path, words: &[&str], passphrase: Option<&str>) -> Output {
    let mut command = upstairs(home);
    command.env("UPSTAIRS_DATA", home.join("data")).args(words);
    if let Some(passphrase) = passphrase {
        command.env("UPSTAIRS_PASSPHRASE", passphrase);
    }
    command.output().unwrap()
}

/// Runs it, expects that it went well, and returns what it printed.
fn done(home: &Path, words: &[&str], passphrase: Option<&str>) -> String {
    let output = run(home, words, passphrase);
    assert!(output.status.success(), "{words:?}: {}{}", said(&output), complained(&output));
    said(&output)
}

/// Opens the case of the demo and returns its id.
fn opened(home: &Path) -> String {
    let file = root().join("demo/case.json").display().to_string();
    let text = done(home, &["case", "new", "--from", &file], None);
    text.lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned()
}

/// Returns the files under a folder in which one of the words stands, or whose path has it.
pub(super) fn holding(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for one in fs::read_dir(folder).into_iter().flatten().flatten() {
        if one.path().is_dir() {
            found.extend(holding(&one.path(), words));
            continue;
        }
        let bytes = fs::read(one.path()).unwrap();
        let path = one.path().display().to_string();
        for word in words {
            if path.contains(word) || bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                found.push(format!("{path}: {word}"));
            }
        }
    }
    found
}

#[test]
fn sealed_cases_open_with_the_passphrase_only_and_nothing_of_them_is_left_in_plain() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let bill = home.join("meter-bill.txt");
    fs::write(&bill, "Zephyrine's bill\n".repeat(2000)).unwrap();
    done(home, &["case", "attach", &id, &bill.display().to_string()], None);
    // A call that was cut off, a draft that was begun: both lie beside the store.
    let calls = home.join("data/calls");
    fs::create_dir_all(&calls).unwrap();
    let note = r#"{"at":"2026-05-20T10:00:00+00:00[UTC]","mark":"note","text":"Zephyrine promised a call"}"#;
    fs::write(calls.join(format!("{id}.jsonl")), format!("{note}\n")).unwrap();
    fs::create_dir_all(home.join("data/drafts").join(&id)).unwrap();
    fs::write(home.join("data/drafts").join(&id).join("email.txt"), "Dear Zephyrine").unwrap();
    let head = |output: &str| output.lines().find(|line| line.contains("last proof")).unwrap().to_owned();
    let before = head(&done(home, &["case", "verify"], None));

    let short = run(home, &["case", "seal"], Some("short"));
    assert!(complained(&short).contains("at least 8 characters"), "{}", complained(&short));
    let sealed = done(home, &["case", "encrypt"], Some(WORDS));
    assert!(sealed.contains("1 case, 1 file and 2 texts are sealed"), "{sealed}");
    let words = ["Zephyrine", "Brightwell", "brightwell", "BW-40417", "meter"];
    assert_eq!(holding(&home.join("data"), &words), Vec::<String>::new());

    // Without it, with another one, and from a file: each a clear word.
    for (passphrase, says) in
        [(None, "is sealed: it opens with its passphrase only"), (Some("another one"), "does not open")]
    {
        for words in [
            vec!["case", "list"],
            vec!["case", "log", &id, "x"],
            vec!["case", "verify"],
            vec!["open", "--no-browser"],
        ] {
            let refused = run(home, &words, passphrase);
            assert_eq!(refused.status.code(), Some(1), "{words:?}");
            assert!(complained(&refused).contains(says), "{words:?}: {}", complained(&refused));
            assert!(!said(&refused).contains("brightwell"), "{words:?}: {}", said(&refused));
        }
    }
    let file = home.join("secret");
    fs::write(&file, format!("{WORDS}\nmore\n")).unwrap();
    let by_file = upstairs(home)
        .env("UPSTAIRS_DATA", home.join("data"))
        .env("UPSTAIRS_PASSPHRASE_FILE", &file)
        .args(["case", "list"])
        .output()
        .unwrap();
    assert!(said(&by_file).contains(&id), "{}", complained(&by_file));

    // All goes on, sealed: the cut-off call is taken up, a new one is kept locked line by line.
    let ended = run(home, &["case", "call", &id], Some(WORDS));
    assert!(complained(&ended).contains("was cut off"), "{}", complained(&ended));
    done(home, &["case", "log", &id, "Zephyrine called again"], Some(WORDS));
    assert!(done(home, &["case", "list", "zephyrine"], Some(WORDS)).contains(&id));
    assert!(done(home, &["draft", &id, "--as", "email"], Some(WORDS)).contains("meter"));
    assert!(done(home, &["case", "verify"], Some(WORDS)).contains("1 files are intact"));
    assert_eq!(holding(&home.join("data"), &words), Vec::<String>::new());

    // Another passphrase; then in plain again, with the same proofs.
    fs::write(&file, "quite another passphrase\n").unwrap();
    let secret = file.display().to_string();
    done(home, &["case", "seal", "--passphrase-file", &secret], Some(WORDS));
    assert!(complained(&run(home, &["case", "list"], Some(WORDS))).contains("does not open"));
    let opened = done(home, &["case", "decrypt"], Some("quite another passphrase"));
    assert!(opened.contains("no longer encrypted"), "{opened}");
    let after = done(home, &["case", "verify"], None);
    assert_ne!(head(&after), before, "lines were added");
    assert!(after.contains("as it was written") && !after.contains("NOT"), "{after}");
    assert_eq!(
        fs::read_to_string(home.join("data/drafts").join(&id).join("email.txt")).unwrap(),
        "Dear Zephyrine"
    );
    let refused = run(home, &["case", "unseal"], None);
    assert!(complained(&refused).contains("are not sealed"), "{}", complained(&refused));
}

#[test]
fn a_copy_is_sealed_and_opened_by_the_passphrase_of_the_environment() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let id = opened(home.path());
    let copy = home.path().join("copy.age").display().to_string();
    let without = run(home.path(), &["case", "export", "--sealed", &copy], None);
    assert!(complained(&without).contains("UPSTAIRS_PASSPHRASE"), "{}", complained(&without));
    done(home.path(), &["case", "export", "--sealed", &copy], Some(WORDS));
    let wrong = run(other.path(), &["case", "restore", &copy], Some("another one, and wrong"));
    assert!(!wrong.status.success(), "{}", said(&wrong));
    assert!(done(other.path(), &["case", "restore", &copy], Some(WORDS)).contains(&id));
    // A file that the environment names does as well, and one that is named on the line goes before both.
    let file = home.path().join("secret");
    fs::write(&file, format!("{WORDS}\n")).unwrap();
    let third = tempfile::tempdir().unwrap();
    let by_file = upstairs(third.path())
        .env("UPSTAIRS_PASSPHRASE_FILE", &file)
        .args(["case", "restore", &copy])
        .output()
        .unwrap();
    assert!(by_file.status.success(), "{}", complained(&by_file));
    let fourth = tempfile::tempdir().unwrap();
    let named = ["case", "restore", &copy, "--passphrase-file", &file.display().to_string()];
    done(fourth.path(), &named, Some("not this one"));
}

#[test]
fn the_lines_of_a_timer_name_the_same_folder() {
    let home = tempfile::tempdir().unwrap();
    let lines =
        |command: &mut std::process::Command| said(&command.args(["remind", "--install"]).output().unwrap());
    let plain = lines(&mut upstairs(home.path()));
    assert!(!plain.contains("UPSTAIRS_DATA") && plain.contains("remind --days 3"), "{plain}");
    let folder = home.path().join("my cases 100%");
    let shown = folder.display().to_string();
    let by_environment = lines(upstairs(home.path()).env("UPSTAIRS_DATA", &folder));
    let by_word = {
        let words = ["remind", "--install", "--data", &shown];
        said(&upstairs(home.path()).args(words).output().unwrap())
    };
    for lines in [&by_environment, &by_word] {
        let cron = format!("0 9 * * * UPSTAIRS_DATA='{}' ", shown.replace('%', "\\%"));
        let unit = format!("Environment=\"UPSTAIRS_DATA={}\"", shown.replace('%', "%%"));
        assert!(lines.contains(&cron) && lines.contains(&unit), "{lines}");
    }
}

#[test]
fn a_damaged_store_says_what_is_intact_and_is_brought_into_a_new_folder() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let photo = home.join("photo.txt");
    fs::write(&photo, "what the meter shows").unwrap();
    for n in 0..40 {
        done(home, &["case", "log", &id, &format!("line {n} {}", "and so on ".repeat(60))], None);
    }
    done(home, &["case", "attach", &id, &photo.display().to_string()], None);
    let file = home.join("data/cases.sqlite");
    let whole = fs::read(&file).unwrap();
    // A byte of an event: the chain says up to where the log holds.
    let mut flipped = whole.clone();
    let places = whole.windows(7).enumerate().filter(|(_, window)| *window == b"line 30");
    places.for_each(|(at, _)| flipped[at] = b'L');
    fs::write(&file, &flipped).unwrap();
    let proof = run(home, &["case", "verify"], None);
    assert_eq!(proof.status.code(), Some(1));
    assert!(said(&proof).contains("was changed after it was written"), "{}", said(&proof));
    assert!(said(&proof).contains("case rescue --to"), "{}", said(&proof));
    let to = home.join("new");
    let rescued = run(home, &["case", "rescue", "--to", &to.display().to_string()], None);
    assert_eq!(rescued.status.code(), Some(1), "not all came back");
    let text = said(&rescued);
    assert!(text.contains("came after a gap") && text.contains("1 files are as they were"), "{text}");
    // What stood behind the gap is in the log again, and the file with its name.
    let view =
        upstairs(home).env("UPSTAIRS_DATA", &to).args(["case", "show", &id, "--json"]).output().unwrap();
    let view: Value = serde_json::from_str(&said(&view)).unwrap();
    assert!(view["evidence"].as_array().unwrap().contains(&"photo.txt".into()), "{view}");
    let lines = view["timeline"].as_array().unwrap();
    assert!(lines.iter().any(|line| line["text"].as_str().unwrap().starts_with("line 39")), "{view}");
    let shown = upstairs(home).env("UPSTAIRS_DATA", &to).args(["case", "verify"]).output().unwrap();
    assert!(shown.status.success(), "{}", said(&shown));
    let again = run(home, &["case", "rescue", "--to", &to.display().to_string()], None);
    assert!(complained(&again).contains("holds cases already"), "{}", complained(&again));

    // Its beginning gone: nothing reads it any more, and the way out is named.
    let mut headless = whole.clone();
    headless[..100].fill(b'x');
    fs::write(&file, &headless).unwrap();
    for words in [["case", "list"], ["case", "verify"], ["case", "deadlines"]] {
        let refused = run(home, &words, None);
        assert_eq!(refused.status.code(), Some(1));
        assert!(complained(&refused).contains("case rescue --to FOLDER"), "{}", complained(&refused));
    }
    let to = home.join("newer");
    let rescued = done(home, &["case", "rescue", "--to", &to.display().to_string(), "--json"], None);
    let one: Value = serde_json::from_str(rescued.lines().next().unwrap()).unwrap();
    assert_eq!(one["whole"], true, "{one}");
    let shown = upstairs(home).env("UPSTAIRS_DATA", &to).args(["case", "timeline", &id]).output().unwrap();
    assert!(said(&shown).contains("line 39"));
}

#[test]
fn a_ladder_is_read_again_and_what_changed_is_told() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let archive = demo();
    let words = ["case", "refresh", &id, "--site", "brightwell-energy.example", "--archive", &archive];
    let first = done(home, &words, None);
    assert!(first.contains("contact points") || first.contains("since"), "{first}");
    let second = done(home, &words, None);
    assert!(second.contains("nothing changed since"), "{second}");
    let refused =
        run(home, &["case", "refresh", &id, "--site", "nowhere.example", "--archive", "/no/such/file"], None);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!complained(&refused).is_empty());
}

#[test]
fn a_case_against_an_address_goes_by_the_name_that_the_site_tells() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let file = root().join("demo/case.json");
    let mut case: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let of = if case.get("case").is_some() { &mut case["case"] } else { &mut case };
    of["company"] = "https://www.brightwell-energy.example/complaints".into();
    let file = home.join("case.json");
    fs::write(&file, case.to_string()).unwrap();
    let (file, site, archive) = (file.display().to_string(), "brightwell-energy.example", demo());
    let words = ["case", "new", "--from", &file, "--site", site, "--archive", &archive, "--json"];
    let view: Value = serde_json::from_str(&done(home, &words, None)).unwrap();
    assert_eq!((&view["company"], &view["id"]), (&"Brightwell Energy".into(), &"brightwell-energy-1".into()));
}

#[test]
fn a_watched_bill_tells_when_it_breaks_its_promise() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    assert_eq!(run(home, &["case", "watch-bill", &id], None).status.code(), Some(1), "none is watched");
    let watch =
        |more: &[&str]| done(home, &[&["case", "watch-bill", &id, "electricity"], more].concat(), None);
    watch(&["--promised", "30 GBP", "--on", "2026-01-01", "--words", "price held for a year, said Sam"]);
    assert!(!watch(&["--came", "30 GBP", "--on", "2026-02-01"]).contains("ABOVE"));
    let broken = watch(&["--came", "42.50 GBP", "--on", "2026-03-01"]);
    assert!(
        broken.contains("ABOVE what was promised") && broken.contains("the promise is broken"),
        "{broken}"
    );
    let refused = run(home, &["case", "watch-bill", &id, "water", "--came", "1 GBP"], None);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    let refused = run(home, &["case", "watch-bill", &id, "electricity", "--came", "1 XYZ"], None);
    assert!(!refused.status.success() && !complained(&refused).is_empty());
}

#[test]
fn an_authority_is_recorded_with_its_paper_and_an_ended_one_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let paper = home.join("signed.txt");
    fs::write(&paper, "I authorise the Advice Centre").unwrap();
    let file = paper.display().to_string();
    done(
        home,
        &["case", "authority", &id, "--to", "Advice Centre", "--until", "2099-01-01", "--file", &file],
        None,
    );
    let timeline = done(home, &["case", "show", &id, "--json"], None);
    assert!(timeline.contains("authority to act"), "{timeline}");
    assert!(done(home, &["draft", &id, "--as", "authority"], None).contains("Advice Centre"));
    let refused = run(home, &["case", "authority", &id, "--to", "X", "--until", "2001-01-01"], None);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
}

#[test]
fn a_submission_follows_the_form_of_its_body_and_goes_to_it() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let draft = |words: &[&str]| {
        let output = run(home, &[&["draft", &id], words].concat(), None);
        assert!(output.status.success(), "{}", complained(&output));
        (said(&output), complained(&output))
    };
    let (text, notes) = draft(&["--as", "gb-financial-ombudsman"]);
    let order = [
        "1. Your details",
        "2. The business",
        "BW-40417",
        "4. What the complaint",
        "6. How it should",
        "8. Documents",
    ];
    let places: Vec<usize> =
        order.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{part}: {text}"))).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(notes.contains("goes to complaint.info@financial-ombudsman.org.uk"), "{notes}");
    assert!(notes.contains("read 2026-11-28") && notes.contains("it asks for:"), "{notes}");
    // A body whose form is not known gets the general one, with its address.
    let (text, notes) = draft(&["--as", "gb-rail-ombudsman"]);
    assert!(text.contains("1. The complainant") && notes.contains("goes to"), "{text}{notes}");
    // The next body of the case, where none is named.
    let (text, _) = draft(&["--as", "adr"]);
    assert!(text.contains("Energy Ombudsman"), "{text}");
    let refused = run(home, &["draft", &id, "--as", "gb-finacial-ombudsman"], None);
    assert!(
        complained(&refused).contains("did you mean `gb-financial-ombudsman`"),
        "{}",
        complained(&refused)
    );
    assert!(done(home, &["draft", "--list"], None).contains("de-bafin"));
}

#[test]
fn words_of_ones_own_for_one_company_are_used_for_it_alone() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let templates = home.join(".config/upstairs/templates/en");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("email@brightwell-energy.txt"), "To {{ company }}, as ever: {{ problem.what }}")
        .unwrap();
    fs::write(templates.join("email@acme.txt"), "not for them").unwrap();
    let text = done(home, &["draft", &id, "--as", "email"], None);
    assert!(text.starts_with("To Brightwell Energy, as ever"), "{text}");
    assert!(!done(home, &["draft", &id, "--as", "chaser"], None).contains("as ever"));
    // What is broken stops the letters that need it, and no other.
    fs::write(templates.join("email@acme.txt"), "one\n{{ nothing.of.that }}").unwrap();
    assert!(done(home, &["draft", &id, "--as", "email"], None).starts_with("To Brightwell Energy"));
    fs::write(templates.join("email@brightwell-energy.txt"), "one\n{{ nothing.of.that }}").unwrap();
    let refused = run(home, &["draft", &id, "--as", "email"], None);
    let why = complained(&refused);
    assert!(why.contains("email@brightwell-energy.txt` line 2"), "{why}");
}
