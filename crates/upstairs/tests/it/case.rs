//! Cases on the command line, from the first word to the copy that leaves the machine, and what a kill leaves of them.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::{complained, root, said, upstairs};

/// Runs `upstairs` with the cases of a folder.
fn run(home: &Path, words: &[&str]) -> Output {
    upstairs(home).env("UPSTAIRS_DATA", home.join("data")).args(words).output().unwrap()
}

/// Runs it, expects that it went well, and returns what it printed.
fn done(home: &Path, words: &[&str]) -> String {
    let output = run(home, words);
    assert!(output.status.success(), "{words:?}: {}{}", said(&output), complained(&output));
    said(&output)
}

/// Opens the case of the demo and returns its id.
fn opened(home: &Path) -> String {
    let file = root().join("demo/case.json").display().to_string();
    let text = done(home, &["case", "new", "--from", &file]);
    text.lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned()
}

#[test]
fn a_case_is_opened_logged_advised_on_drafted_for_and_closed() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let promise = ["case", "log", &id, "it will be put right", "--by", "company", "--kind", "promise"];
    let written = done(
        home,
        &[&promise[..], &["--on", "2026-01-10", "--due", "2026-01-20", "--with", "Sam, billing"]].concat(),
    );
    let event = written.split_whitespace().next().unwrap().to_owned();
    assert!(done(home, &["case", "show", &id]).contains("promise broken"));
    done(home, &["case", "promise", &id, &event, "--kept"]);
    assert!(!done(home, &["case", "show", &id]).contains("promise broken"));
    assert!(done(home, &["case", "timeline", &id]).contains("Sam, billing"));
    let next: Value = serde_json::from_str(&done(home, &["case", "next", &id, "--json"])).unwrap();
    assert!(next["advice"][0]["step"].is_string());
    let draft = done(home, &["draft", &id, "--as", "email"]);
    assert!(draft.starts_with("Subject: "), "{draft}");
    assert!(done(home, &["draft", &id, "--as", "email", "--lang", "de"]).starts_with("Betreff: "));
    assert!(done(home, &["draft", "--list"]).contains("before-action"));
    let found = done(home, &["case", "list", "--json"]);
    assert!(found.contains(&id), "{found}");
    done(home, &["case", "close", &id, "--outcome", "refund", "--received", "10 GBP"]);
    assert_eq!(run(home, &["case", "list"]).status.code(), Some(1));
    assert!(done(home, &["case", "list", "--closed"]).contains("(closed)"));
}

#[test]
fn deadlines_become_a_calendar_whose_ids_stay() {
    let home = tempfile::tempdir().unwrap();
    let id = opened(home.path());
    // A promise in the far future is a day to keep whenever this runs.
    done(
        home.path(),
        &["case", "log", &id, "by then", "--by", "company", "--kind", "promise", "--due", "2099-01-05"],
    );
    let ids = || {
        let text = done(home.path(), &["case", "deadlines", &id, "--ics", "-"]);
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(!ids().is_empty());
    assert_eq!(ids(), ids());
}

#[test]
fn a_sealed_copy_goes_to_another_machine_and_wrong_words_are_refused_plainly() {
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let id = opened(home.path());
    let file = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let (secret, bill) = (file("secret", "four plain words here\n"), file("bill.txt", "a bill"));
    // Attached twice, a file is still one of the copy.
    done(home.path(), &["case", "attach", &id, &bill]);
    done(home.path(), &["case", "attach", &id, &bill]);
    let sealed = home.path().join("copy.age").display().to_string();
    done(home.path(), &["case", "export", "--sealed", &sealed, "--passphrase-file", &secret]);
    done(other.path(), &["case", "restore", &sealed, "--passphrase-file", &secret]);
    assert!(done(other.path(), &["case", "verify", &id]).contains("as it was written"));
    for (words, says) in [
        (vec!["case", "show", "nobody-1"], "there is no case `nobody-1`"),
        (vec!["case", "log", &id, "x", "--on", "2099-01-01"], "is in the future"),
        (vec!["case", "log", &id, "x", "--on", "03/04/2026"], "either way"),
        (vec!["case", "log", &id, "x", "--amount", "5 GPB"], "did you mean `GBP`"),
        (vec!["case", "attach", &id, "/no/such/file"], "`/no/such/file` cannot be attached"),
        (vec!["draft", &id, "--as", "emial"], "did you mean `email`"),
        (vec!["case", "restore", &bill, "--passphrase-file", &secret], "no copy of cases"),
    ] {
        let output = run(home.path(), &words);
        assert!(!output.status.success(), "{words:?}");
        assert!(complained(&output).contains(says), "{words:?}: {}", complained(&output));
    }
}

#[test]
fn a_draft_names_its_addressee_or_says_what_is_missing() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let unknown = run(home, &["draft", &id, "--as", "email"]);
    assert!(
        complained(&unknown).contains("no e-mail address, form or postal address of"),
        "{}",
        complained(&unknown)
    );
    assert!(complained(&unknown).contains("--to ADDRESS"), "{}", complained(&unknown));
    for (to, says) in [
        ("head office", "`head office` is not an address"),
        ("executive", "on the rung `executive` is known: `upstairs case refresh"),
    ] {
        let refused = run(home, &["draft", &id, "--as", "email", "--to", to]);
        assert!(!refused.status.success() && complained(&refused).contains(says), "{}", complained(&refused));
    }
    let named =
        run(home, &["draft", &id, "--as", "letter", "--to", "Brightwell Energy, 1 Dock Road, Hull HU1 1AA"]);
    assert!(said(&named).contains("Brightwell Energy\n1 Dock Road\nHull HU1 1AA\n"), "{}", said(&named));
    // A company that only the built-in directory knows: its mailbox, by whichever desk has one.
    let mut case: Value =
        serde_json::from_slice(&std::fs::read(root().join("demo/case.json")).unwrap()).unwrap();
    case["case"]["company"] = "United Airlines".into();
    case["case"]["country"] = "US".into();
    case["case"]["sector"] = "air".into();
    case["case"]["policy"] = serde_json::json!({"stages": [], "external": []});
    let file = home.join("air.json");
    std::fs::write(&file, case.to_string()).unwrap();
    let text = done(home, &["case", "new", "--from", &file.display().to_string()]);
    let air = text.lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned();
    let draft: Value =
        serde_json::from_str(&done(home, &["draft", &air, "--as", "email", "--json"])).unwrap();
    let contact = draft["sheet"]["contact"].as_str().unwrap_or_default();
    assert!(contact.ends_with("@united.com"), "{draft}");
}

#[test]
fn own_templates_win_and_a_broken_one_is_named_with_its_line() {
    let home = tempfile::tempdir().unwrap();
    let id = opened(home.path());
    let folder = home.path().join("templates/en");
    std::fs::create_dir_all(&folder).unwrap();
    let drafted = |args: &[&str]| {
        upstairs(home.path())
            .env("UPSTAIRS_DATA", home.path().join("data"))
            .env("UPSTAIRS_TEMPLATES", home.path().join("templates"))
            .arg("draft")
            .args(args)
            .output()
            .unwrap()
    };
    let run = |text: &str| {
        std::fs::write(folder.join("thanks.txt"), text).unwrap();
        drafted(&[&id, "--as", "thanks", "--lang", "en"])
    };
    assert!(said(&run("Cheers, {{ company }}")).starts_with("Cheers, "));
    let broken = run("Cheers\n{{ company|shout }}");
    assert!(complained(&broken).contains("thanks.txt` line 2: "), "{}", complained(&broken));
    // The other letters are written, the built-in words are there for who asks, and the list says what is wrong.
    assert!(drafted(&[&id, "--as", "email", "--lang", "en"]).status.success());
    let instead = drafted(&[&id, "--as", "thanks", "--lang", "en", "--built-in"]);
    assert!(said(&instead).contains("Thank you for your help") && complained(&instead).contains("line 2: "));
    let list = drafted(&["--list"]);
    assert!(!list.status.success() && complained(&list).contains("refused: "), "{}", complained(&list));
    assert!(said(&drafted(&["--variables"])).contains("| `needed_by` |"));
    assert!(complained(&run("\n")).contains("it is empty"));
}

#[test]
fn a_saved_mail_is_read_by_its_own_words_and_day_and_becomes_lines_of_the_log() {
    let home = tempfile::tempdir().unwrap();
    let id = opened(home.path());
    let mail = home.path().join("answer.eml");
    let text = "From: Jo Lamb <care@brightwell-energy.example>\r\nTo: ada@home.example\r\nDate: Mon, 2 Mar 2026 10:00:00 +0000\r\nSubject: Your bill\r\n\r\n\
        We will send a corrected bill within 14 days of this letter.\r\n\r\nKind regards\r\nJo Lamb\r\n\r\n\
        On Sun, 1 Mar 2026 at 09:00, Ada wrote:\r\n> You promised that you will refund me by 5 March 2026.\r\n";
    std::fs::write(&mail, text).unwrap();
    let file = mail.to_str().unwrap();
    let shown = done(home.path(), &["read", "reply", file, "--case", &id]);
    assert!(shown.contains("2026-03-16") && !shown.contains("2026-03-05"), "{shown}");
    assert!(
        shown.contains(&format!("For the log of {id}")) && shown.contains("--log to write it down"),
        "{shown}"
    );
    let before = events(home.path(), &id);
    let kept = done(home.path(), &["read", "reply", file, "--case", &id, "--log"]);
    assert!(kept.contains("written down as"), "{kept}");
    assert_eq!(events(home.path(), &id), before + 1);
    let timeline = done(home.path(), &["case", "timeline", &id]);
    assert!(timeline.contains("corrected bill"), "{timeline}");
    assert!(!kept.contains("taken from its heading"), "a mail says its day itself: {kept}");
    let twice = run(home.path(), &["read", "reply", file, "--case", &id, "--log"]);
    assert!(!twice.status.success() && complained(&twice).contains("has this reply already"));
    assert_eq!(events(home.path(), &id), before + 1);
    let letter = home.path().join("letter.txt");
    std::fs::write(&letter, "Brightwell\n\n3 March 2026\n\nDear Ada,\n\nWe cannot refund it.\n").unwrap();
    let shown = done(home.path(), &["read", "reply", letter.to_str().unwrap(), "--case", &id]);
    assert!(shown.contains("taken from its heading: 2026-03-03 (give another with --sent"), "{shown}");
}

#[test]
fn a_kill_at_any_moment_loses_nothing_that_was_acknowledged() {
    const RUNS: u64 = 500;
    let home = tempfile::tempdir().unwrap();
    let id = opened(home.path());
    let before = events(home.path(), &id);
    let mut acknowledged = 0;
    // A small generator: the moments differ from run to run of the loop, and are the same each time the test runs.
    let mut state = 88_172_645_463_325_252_u64;
    for n in 0..RUNS {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let text = format!("run {n}");
        let mut child = upstairs(home.path())
            .env("UPSTAIRS_DATA", home.path().join("data"))
            .args(["case", "log", &id, &text])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(state % 25_000));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        acknowledged += usize::from(said(&output).contains("written to"));
    }
    let proof: Value = serde_json::from_str(&done(home.path(), &["case", "verify", &id, "--json"])).unwrap();
    assert_eq!(proof["faults"], serde_json::json!([]));
    let kept = events(home.path(), &id) - before;
    assert!(kept >= acknowledged, "{acknowledged} were acknowledged, {kept} are there");
    // What is there is whole: every line has its text.
    let view: Value = serde_json::from_str(&done(home.path(), &["case", "show", &id, "--json"])).unwrap();
    let texts = view["timeline"].as_array().unwrap().iter().filter_map(|line| line["text"].as_str());
    assert_eq!(texts.filter(|text| text.starts_with("run ")).count(), kept);
    let _ = writeln!(std::io::stderr(), "{RUNS} kills: {acknowledged} acknowledged, {kept} kept");
}

/// Returns how many events a case has.
fn events(home: &Path, id: &str) -> usize {
    let text = done(home, &["case", "list", "--json"]);
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let one = lines.into_iter().find(|line| line["id"] == id).unwrap();
    usize::try_from(one["events"].as_u64().unwrap()).unwrap()
}

#[test]
fn mail_is_looked_over_kept_once_and_never_without_a_yes() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let case = home.join("case.json");
    std::fs::write(
        &case,
        r#"{"company":"Brightwell Ltd","country":"GB","sector":"telecom","problem":{"what":"They bill a line that was never connected","topic":"billing","since":"2026-02-01"},"wanted":{"what":"refund"}}"#,
    )
    .unwrap();
    let opened = done(home, &["case", "new", "--from", &case.display().to_string()]);
    let id = opened.lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned();
    let mail = home.join("answer.eml");
    std::fs::write(
        &mail,
        "From: Care <care@brightwell.example>\nTo: ana@hill.example\nDate: Wed, 4 Mar 2026 10:00:00 +0000\nSubject: Your complaint\nMessage-ID: <a@brightwell.example>\n\nDear Ms Hill,\n\nWe will refund £80.00 by 20 March 2026.\n\nKind regards\nJo Marsh\n\nOn Mon, 2 Mar 2026, Ana Hill wrote:\n> My bill is wrong\n",
    )
    .unwrap();
    let mail = mail.display().to_string();
    let refused = run(home, &["case", "import", &id, &mail]);
    assert!(
        !refused.status.success() && complained(&refused).contains("--dry-run"),
        "{}",
        complained(&refused)
    );
    let looked = done(home, &["case", "import", &id, &mail, "--dry-run"]);
    assert!(looked.contains("nothing was written") && looked.contains("2026-03-20"), "{looked}");
    assert!(done(home, &["case", "timeline", &id]).contains("nothing is written down"));
    assert!(done(home, &["case", "import", &id, &mail, "--yes"]).contains("1 message kept"));
    assert!(done(home, &["case", "import", &id, &mail, "--yes"]).contains("there already: 1 message"));
    let timeline = done(home, &["case", "timeline", &id]);
    assert_eq!(timeline.matches("£80.00").count(), 1, "{timeline}");
    let event = timeline.lines().nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    let whole = done(home, &["case", "message", &id, &event]);
    assert!(whole.contains("Jo Marsh") && !whole.contains("My bill is wrong"), "{whole}");
    // The password has no place on the command line, and none in what is said.
    let nobody = upstairs(home)
        .env("UPSTAIRS_DATA", home.join("data"))
        .env("UPSTAIRS_IMAP_PASSWORD", "four plain words")
        .args([
            "case",
            "import",
            &id,
            "--imap",
            "127.0.0.1:1",
            "--user",
            "ana",
            "--security",
            "none",
            "--yes",
        ])
        .output()
        .unwrap();
    assert!(complained(&nobody).contains("cannot be reached") && !complained(&nobody).contains("four plain"));
}

#[test]
fn a_case_is_opened_by_a_conversation_that_survives_being_left() {
    use std::io::Write as _;
    use std::process::Stdio;
    let home = tempfile::tempdir().unwrap();
    let talk = |lines: &str| {
        let mut child = super::upstairs(home.path())
            .args(["case", "new", "--ask"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    // A company, a trade that is none and then one that is, a country that is none, then nobody answers any more.
    let left = talk("Brightwell Energy\ncandles\nenergy\nXQ\n\n");
    assert_eq!(left.status.code(), Some(1));
    let words = super::complained(&left);
    assert!(
        words.contains("sector: ")
            && words.contains("country: ")
            && words.contains("`upstairs case new` continues"),
        "{words}"
    );
    // Who answers the first question at once has begun another, and loses no line; both are kept.
    let other = talk("Acme\n");
    assert!(super::complained(&other).contains("the questions ended"), "{}", super::complained(&other));
    // A contact without its day is left out, and the next question comes.
    let skipped =
        ["n\nAcme Two\n\nGB\n\n\n", &"\n".repeat(12), "Was told to wait\n", &"\n".repeat(10)].concat();
    let skipped = talk(&skipped);
    assert!(super::complained(&skipped).contains("This is left out"), "{}", super::complained(&skipped));
    assert!(super::said(&skipped).starts_with("opened acme-two-1"), "{}", super::complained(&skipped));
    let answers = "2\nGB\n\n\nThe bill is three times the meter\nbilling\n\n2026-01-05\ny\nmy money back\n\n\n\n412.50\n\n\n\
        Was told to wait\n2026-02-01\nphone\n\ncustomer service\nDana\ncall\n\nBW-40417\n\nthe bill\na photo\n\n";
    let opened = talk(answers);
    let text = super::said(&opened);
    assert!(
        text.starts_with("opened brightwell-energy-1") && text.contains("BW-40417"),
        "{text} {}",
        super::complained(&opened)
    );
    assert!(text.contains("412.50") && text.contains("Was told to wait"), "{text}");
    // The other one is thrown away for a fresh start.
    assert!(super::complained(&talk("a\n")).contains("start afresh without it"));
    // The conversation is over: the next one begins anew.
    assert!(!super::complained(&talk("")).contains("did not finish it. Continue?"));
}

/// Answers the questions of `case new` with these lines.
fn talk(home: &Path, lines: &str) -> Output {
    let mut child = upstairs(home)
        .env("UPSTAIRS_DATA", home.join("data"))
        .args(["case", "new", "--ask"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_company_that_the_directory_knows_brings_its_name_its_trade_and_the_clocks_of_the_matter() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    // Several are called so: the first of the list is meant; what is no yes or no is asked again.
    let answers = "United\n\n9\n1\nUS\nCA\nMy bag came four days late\nbaggage\n\n2026-02-01\nmaybe\nn\nrefund\n\n\n\n\
        $340.5\n\nCredit card\n\nREF-12345\nNo clothes for three days\nreceipts\n\n";
    let opened = talk(home, answers);
    let (text, asked) = (said(&opened), complained(&opened));
    assert!(text.starts_with("opened united-airlines-1"), "{text} {asked}");
    assert!(asked.contains("a number from the list") && asked.contains("y or n"), "{asked}");
    for known in ["its trade, air", "USD 340.50", "Delayed baggage: the last day to sue", "2028-02-01"] {
        assert!(text.contains(known), "{known}: {text}");
    }
    assert!(!text.contains("Missing (impact)"), "{text}");
}

#[test]
fn what_was_typed_of_later_fields_stays_where_one_that_was_passed_by_is_answered_after_it() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    // The topic is passed by, what was agreed is typed, and the day is not reached.
    let left = talk(home, "Brightwell Energy\nenergy\nGB\n\n\nThe bill is too high\n\nA fixed price\n");
    assert_eq!(left.status.code(), Some(1));
    // A second one is begun and left; then the first is taken up by its number, and now the topic is told as well.
    talk(home, "n\nAmberfield Water\nwater\n");
    let answers = "7\n2\n2026-01-05\nn\nrefund\n\n\n\n\n\n\n\n\n\n\n\n";
    let opened = talk(home, answers);
    let (text, asked) = (said(&opened), complained(&opened));
    assert!(asked.contains("1  Amberfield Water") && asked.contains("2  Brightwell Energy"), "{asked}");
    assert!(text.starts_with("opened brightwell-energy-1"), "{text} {asked}");
    let facts = done(home, &["case", "edit", "brightwell-energy-1"]);
    assert!(facts.contains("A fixed price"), "{facts}");
    assert!(complained(&talk(home, "")).contains("Amberfield Water"));
}

#[test]
fn facts_are_corrected_and_what_stood_there_before_stays_in_the_log() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home);
    let before = done(home, &["case", "show", &id, "--json"]);
    let wrong = run(home, &["case", "edit", &id, "--amount", "99.90 EUR", "--since", "2999-01-01"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(complained(&wrong).contains("since: 2999-01-01 is in the future"), "{}", complained(&wrong));
    assert_eq!(done(home, &["case", "show", &id, "--json"]), before, "what was wrong changes nothing");
    let edit = [
        "case",
        "edit",
        &id,
        "--amount",
        "99.90 EUR",
        "--impact",
        "Two days off work",
        "--reference",
        "AB-77",
    ];
    let text = done(home, &[&edit[..], &["--because", "the bill says so"]].concat());
    assert!(text.contains("EUR 99.90") && text.contains("AB-77"), "{text}");
    assert!(done(home, &edit).contains("nothing changed"));
    let cleared = done(home, &["case", "edit", &id, "--amount", ""]);
    assert!(!cleared.contains("EUR 99.90"), "{cleared}");
    let facts = done(home, &["case", "edit", &id]);
    assert!(facts.contains("Two days off work"), "{facts}");
    assert!(done(home, &["case", "verify", &id]).contains("intact"));
    let folder = home.join("out");
    done(home, &["case", "export", &id, "--folder", &folder.display().to_string()]);
    let events = std::fs::read_dir(&folder).unwrap().flatten().map(|file| file.path());
    let kept = events
        .filter_map(|path| std::fs::read_to_string(path).ok())
        .any(|text| text.contains("the bill says so"));
    assert!(kept, "the log keeps why");
}
