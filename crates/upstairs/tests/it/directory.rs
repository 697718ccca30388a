//! The directory through the binary: a fresh machine, a name, and what is kept from one run to the next.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::{complained, demo, root, run, said, upstairs};

/// Runs the program with words in a home.
fn at(home: &Path, words: &[&str]) -> Output {
    upstairs(home).args(words).output().unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_str(&said(output)).unwrap_or_else(|error| panic!("{error}: {}", complained(output)))
}

/// Returns `rung channel value` of every contact point.
fn rows(answer: &Value) -> Vec<String> {
    let contacts = answer["contacts"].as_array().unwrap();
    let word = |contact: &Value, name: &str| contact[name].as_str().unwrap().to_owned();
    contacts
        .iter()
        .map(|c| format!("{} {} {}", word(c, "rung"), word(c, "channel"), word(c, "value")))
        .collect()
}

fn rungs(answer: &Value) -> Vec<String> {
    let steps = answer["steps"].as_array().unwrap();
    steps.iter().map(|step| step["rung"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_name_gives_a_ladder_on_a_fresh_machine_without_a_network() {
    let home = tempfile::tempdir().unwrap();
    let output = at(home.path(), &["find", "United Airlines"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let text = said(&output);
    for wanted in [
        "United Airlines",
        "grade A",
        "Front line",
        "Formal complaint",
        "CC BY 4.0",
        "upstairs find united.com",
    ] {
        assert!(text.to_lowercase().contains(&wanted.to_lowercase()), "no `{wanted}` in {text}");
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "nothing is written for it");
}

#[test]
fn every_contact_of_a_named_company_has_its_page_and_day() {
    let answer = json(&run(&["find", "united airlines", "--json"]));
    for contact in answer["contacts"].as_array().unwrap() {
        let witness = &contact["witnesses"][0];
        assert!(witness["url"].as_str().unwrap().starts_with("https://"), "{contact}");
        assert_eq!(witness["stated"].as_str().unwrap().len(), 10, "{contact}");
        assert_eq!(witness["kind"], "register");
    }
    assert_eq!(answer["directory"]["known_from"], serde_json::json!(["starter"]));
}

#[test]
fn the_matter_brings_its_team_forward_and_puts_others_aside() {
    let answer = json(&run(&["find", "United Airlines", "--about", "delayed_baggage", "--json"]));
    assert_eq!(answer["asked"]["matter"], "delayed_baggage");
    let rungs = rungs(&answer);
    let at = rungs.iter().position(|rung| rung == "specialist").unwrap();
    let first = usize::try_from(answer["steps"][at]["contacts"][0].as_u64().unwrap()).unwrap();
    let topics = answer["contacts"][first]["topics"].to_string();
    assert!(topics.contains("delayed_baggage"), "{topics}");
    let aside = answer["contacts"].as_array().unwrap().iter().filter(|c| c["other_matter"] == true).count();
    assert!(aside > 0);
}

#[test]
fn the_state_adds_its_agencies_as_outside_rungs() {
    let without = json(&run(&["find", "Pacific Gas and Electric", "--json"]));
    let with = json(&run(&["find", "Pacific Gas and Electric", "--region", "CA", "--json"]));
    assert!(!rungs(&without).contains(&"regulator".to_owned()));
    assert!(rungs(&with).contains(&"regulator".to_owned()));
    let parties = with["contacts"].as_array().unwrap().iter().map(|c| c["party"].as_str().unwrap());
    let parties: Vec<&str> = parties.filter(|party| *party != "company").collect();
    assert!(parties.iter().any(|party| party.contains("Public Utilities")), "{parties:?}");
    assert!(parties.iter().any(|party| party.contains("Attorney General")), "{parties:?}");
}

#[test]
fn a_domain_is_answered_from_the_directory_where_nothing_may_be_asked() {
    let answer = json(&run(&["find", "https://www.united.com/help", "--offline", "--json"]));
    assert_eq!(answer["company"]["name"], "United Airlines");
    assert_eq!(answer["documents"], serde_json::json!([]));
    let unknown = run(&["find", "acme.example", "--offline"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(said(&unknown).contains("knows no"), "{}", said(&unknown));
}

#[test]
fn an_import_that_is_killed_leaves_all_or_nothing() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("many.jsonl");
    let line = |n: usize| {
        format!("{{\"name\":\"Company Number {n}\",\"domains\":[\"c{n}.example\"],\"contacts\":[]}}")
    };
    let lines = (0..400).map(line).collect::<Vec<_>>().join("\n");
    std::fs::write(&file, lines).unwrap();
    let path = file.display().to_string();
    for wait in [20, 120, 300] {
        let mut child = upstairs(home.path())
            .args(["directory", "import", &path])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let exported = said(&at(home.path(), &["directory", "export"]));
        assert!([0, 400].contains(&exported.lines().count()), "{}", exported.lines().count());
    }
    let whole = at(home.path(), &["directory", "import", &path]);
    assert_eq!(whole.status.code(), Some(0), "{}", complained(&whole));
    assert_eq!(said(&at(home.path(), &["directory", "export"])).lines().count(), 400);
}

#[test]
fn a_slip_is_forgiven_and_told() {
    let output = run(&["find", "Untied Airlines"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    assert!(said(&output).contains("taken for United Airlines"), "{}", said(&output));
}

#[test]
fn a_name_that_several_bear_is_asked_about_and_an_unknown_one_leaves_ways() {
    let answer = json(&run(&["find", "united", "--json"]));
    let names: Vec<&str> =
        answer["candidates"].as_array().unwrap().iter().map(|c| c["name"].as_str().unwrap()).collect();
    assert!(names.len() > 1 && names.contains(&"United Airlines"), "{names:?}");
    let output = run(&["find", "Zebra Widgets of Nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    for wanted in ["the directory knows no", "give the company's website", "escalation process"] {
        assert!(said(&output).contains(wanted), "no `{wanted}` in {}", said(&output));
    }
    let german = said(&run(&["find", "Nirgendwo Lampen GmbH", "--country", "DE"]));
    assert!(german.contains("Beschwerde") && !german.contains("escalation process"), "{german}");
}

#[test]
fn what_was_found_is_kept_and_found_again_by_name_slip_number_and_mailbox() {
    let home = tempfile::tempdir().unwrap();
    let found = at(home.path(), &["find", "brightwell-energy.example", "--from", &demo(), "--json"]);
    let before = json(&found);
    for query in [
        "Brightwell Energy",
        "brightwel energy",
        "bright",
        "0808 157 0120",
        "complaints@brightwell-energy.example",
    ] {
        let output = at(home.path(), &["directory", "search", query, "--json"]);
        let hits = json(&output);
        assert_eq!(hits["hits"][0]["domain"], "brightwell-energy.example", "{query}: {hits}");
    }
    let shown = json(&at(home.path(), &["directory", "show", "Brightwell Energy", "--json"]));
    let (mut one, mut other) = (rows(&before), rows(&shown));
    one.sort();
    other.sort();
    assert_eq!(one, other);
    assert_eq!(before["policy"], shown["policy"]);
    let named = at(home.path(), &["find", "Brightwell Energy"]);
    assert_eq!(named.status.code(), Some(0), "{}", complained(&named));
}

#[test]
fn with_no_keep_nothing_is_kept() {
    let home = tempfile::tempdir().unwrap();
    at(home.path(), &["find", "brightwell-energy.example", "--from", &demo(), "--no-keep"]);
    let output = at(home.path(), &["directory", "search", "Brightwell"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("nothing is known"), "{}", complained(&output));
}

#[test]
fn a_contact_that_was_told_is_this_users_own_and_goes_into_no_export_unasked() {
    let home = tempfile::tempdir().unwrap();
    let added = at(
        home.path(),
        &[
            "directory",
            "add",
            "United Airlines",
            "202 555 0143",
            "--rung",
            "supervisor",
            "--told-by",
            "Sam at the desk",
            "--on",
            "2026-11-01",
        ],
    );
    assert_eq!(added.status.code(), Some(0), "{}", complained(&added));
    let answer = json(&at(home.path(), &["find", "United Airlines", "--json"]));
    let told = answer["contacts"].as_array().unwrap().iter().find(|c| c["value"] == "+12025550143").unwrap();
    assert_eq!(told["rung"], "supervisor");
    let words = told["told"].as_str().unwrap();
    assert_eq!(words, "told by Sam at the desk on 2026-11-01; not confirmed by anyone else");
    let own = said(&at(home.path(), &["directory", "export"]));
    assert!(!own.contains("+12025550143"), "{own}");
    assert!(said(&at(home.path(), &["directory", "export", "--with-told"])).contains("+12025550143"));
    assert!(
        !said(&at(home.path(), &["directory", "export", "--as", "jsonld", "--with-told"])).contains("0143")
    );
}

#[test]
fn a_dead_contact_stands_apart_and_the_next_best_comes_forward() {
    let home = tempfile::tempdir().unwrap();
    let first = |answer: &Value, rung: &str| {
        let step = answer["steps"].as_array().unwrap().iter().find(|step| step["rung"] == rung).unwrap();
        let at = usize::try_from(step["contacts"][0].as_u64().unwrap()).unwrap();
        answer["contacts"][at]["value"].as_str().unwrap().to_owned()
    };
    let ask = || json(&at(home.path(), &["find", "United Airlines", "--json"]));
    let before = first(&ask(), "front_line");
    let words = [
        "directory",
        "mark",
        &before,
        "--company",
        "United Airlines",
        "--as",
        "wrong-number",
        "--on",
        "2026-11-02",
    ];
    let marked = at(home.path(), &words);
    assert_eq!(marked.status.code(), Some(0), "{}", complained(&marked));
    let after = ask();
    assert_ne!(first(&after, "front_line"), before);
    assert_eq!(after["dead"][0]["value"], before);
    assert_eq!(after["dead"][0]["marks"][0]["became"], "wrong-number");
    // It is tried again and helps: the last word counts.
    at(
        home.path(),
        &[
            "directory",
            "mark",
            &before,
            "--company",
            "United Airlines",
            "--as",
            "helpful",
            "--on",
            "2026-11-03",
        ],
    );
    assert_eq!(first(&ask(), "front_line"), before);
    let wrong = at(
        home.path(),
        &["directory", "mark", "nobody@united.com", "--company", "United Airlines", "--as", "bounced"],
    );
    assert_eq!(wrong.status.code(), Some(1));
    assert!(complained(&wrong).contains("has no contact"), "{}", complained(&wrong));
}

#[test]
fn an_export_comes_back_whole_in_another_home() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    at(one.path(), &["find", "brightwell-energy.example", "--from", &demo()]);
    let file = one.path().join("kept.jsonl").display().to_string();
    let exported = at(one.path(), &["directory", "export", "-o", &file]);
    assert_eq!(exported.status.code(), Some(0), "{}", complained(&exported));
    let imported = at(other.path(), &["directory", "import", &file]);
    assert_eq!(imported.status.code(), Some(0), "{}", complained(&imported));
    assert_eq!(said(&at(other.path(), &["directory", "export"])), std::fs::read_to_string(&file).unwrap());
    for form in ["csv", "jsonld"] {
        let file = one.path().join(format!("kept.{form}")).display().to_string();
        at(one.path(), &["directory", "export", "--as", form, "-o", &file]);
        let home = tempfile::tempdir().unwrap();
        let imported = at(home.path(), &["directory", "import", &file]);
        assert_eq!(imported.status.code(), Some(0), "{form}: {}", complained(&imported));
        let hit = json(&at(home.path(), &["directory", "search", "Brightwell Energy", "--json"]));
        assert_eq!(hit["hits"][0]["how"], "exact", "{form}");
    }
}

#[test]
fn a_page_that_was_changed_is_told_of_when_it_is_read_again() {
    let home = tempfile::tempdir().unwrap();
    let site = home.path().join("site");
    std::fs::create_dir(&site).unwrap();
    for page in std::fs::read_dir(root().join("demo/brightwell")).unwrap() {
        let page = page.unwrap();
        std::fs::copy(page.path(), site.join(page.file_name())).unwrap();
    }
    let read = || {
        let folder = site.display().to_string();
        json(&at(home.path(), &["find", "brightwell-energy.example", "--from", &folder, "--json"]))
    };
    assert_eq!(read()["changes"], serde_json::json!([]));
    let mut touched = 0;
    for page in std::fs::read_dir(&site).unwrap() {
        let page = page.unwrap().path();
        let text = std::fs::read_to_string(&page).unwrap();
        if text.contains("review@brightwell-energy.example") {
            std::fs::write(
                &page,
                text.replace("review@brightwell-energy.example", "second.look@brightwell-energy.example"),
            )
            .unwrap();
            touched += 1;
        }
    }
    assert!(touched > 0);
    let changes = read()["changes"].clone();
    let told: Vec<String> = changes
        .as_array()
        .unwrap()
        .iter()
        .map(|c| format!("{} {}", c["what"].as_str().unwrap(), c["value"].as_str().unwrap()))
        .collect();
    assert!(told.contains(&"new second.look@brightwell-energy.example".to_owned()), "{told:?}");
    assert!(told.contains(&"gone review@brightwell-energy.example".to_owned()), "{told:?}");
}

#[test]
fn wrong_words_are_told_with_what_to_do() {
    for (words, code, told) in [
        (vec!["find", "United Airlines", "--about", "bagage"], 2, "did you mean baggage"),
        (vec!["find", "United Airlines", "--region", "Kalifornien"], 2, "CA for California"),
        (vec!["find", "United Airlines", "--region", "ZZ"], 2, "no region `ZZ` of US is known; known are: "),
        (vec!["find", "United Airlines", "--region", "ZZ", "--country", "GB"], 2, "ENG"),
        (
            vec!["directory", "add", "Acme", "no number at all", "--channel", "phone", "--told-by", "Sam"],
            1,
            "does not fit the channel",
        ),
        (
            vec![
                "directory",
                "add",
                "United Airlines",
                "a@acme.example",
                "--told-by",
                "Sam",
                "--on",
                "2999-01-01",
            ],
            1,
            "is in the future",
        ),
        (
            vec![
                "directory",
                "mark",
                "x@acme.example",
                "--company",
                "Zebra Widgets of Nowhere",
                "--as",
                "bounced",
            ],
            1,
            "no company",
        ),
        (
            vec!["directory", "mark", "x@acme.example", "--company", "Zebra", "--as", "eaten"],
            2,
            "bounced, has-left",
        ),
        (vec!["directory", "import", "/no/such/file"], 1, "cannot be read"),
        (vec!["directory", "export"], 1, "is empty"),
        (vec!["directory", "refresh"], 1, "is empty"),
    ] {
        let output = run(&words);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {}", complained(&output));
        assert!(complained(&output).contains(told), "{words:?}: {}", complained(&output));
    }
}

#[test]
fn a_directory_that_cannot_be_used_spoils_no_search() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    std::fs::create_dir(&data).unwrap();
    std::fs::write(data.join("directory.sqlite"), "these are only words ".repeat(100)).unwrap();
    let folder = data.display().to_string();
    let output = at(
        home.path(),
        &["find", "brightwell-energy.example", "--from", &demo(), "--data", &folder, "--json"],
    );
    let answer = json(&output);
    assert!(!answer["contacts"].as_array().unwrap().is_empty());
    assert!(answer["warnings"].to_string().contains("not kept"), "{}", answer["warnings"]);
    let named = json(&at(home.path(), &["find", "United Airlines", "--data", &folder, "--json"]));
    assert!(!named["contacts"].as_array().unwrap().is_empty());
    assert!(named["warnings"].to_string().contains("no file of Upstairs"), "{}", named["warnings"]);
    let searched = at(home.path(), &["directory", "search", "x", "--data", &folder]);
    assert_eq!(searched.status.code(), Some(1));
    assert!(complained(&searched).contains("no file of Upstairs"), "{}", complained(&searched));
}
