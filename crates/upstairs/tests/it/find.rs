//! `find` from an archive: what a customer sees, and what a wrong input gives.

use std::io::Write;

use serde_json::Value;

use crate::{complained, demo, root, run, said, upstairs};

fn find(words: &[&str]) -> std::process::Output {
    let archive = demo();
    let mut all = vec!["find", "brightwell-energy.example", "--from", &archive];
    all.extend(words);
    run(&all)
}

fn json(words: &[&str]) -> Value {
    let mut all = words.to_vec();
    all.push("--json");
    serde_json::from_str(&said(&find(&all))).unwrap()
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

#[test]
fn the_ladder_of_the_demo_company_reads_well() {
    let output = find(&["--country", "GB"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    // What is said of a body outside grows old with the day of asking: it is looked at apart.
    let said = said(&output);
    let (before, rest) = said.split_once("Outside the company\n").unwrap();
    let (outside, after) = rest.split_once("\n\n").unwrap();
    insta::assert_snapshot!(format!("{before}{after}"));
    let names: Vec<&str> =
        outside.lines().filter(|line| line.starts_with("   ") && !line.starts_with("    ")).collect();
    assert_eq!(
        names.iter().map(|name| name.trim()).take(3).collect::<Vec<_>>(),
        [
            "Energy Ombudsman adr",
            "Citizens Advice consumer service regulator inferred",
            "Ofgem regulator inferred"
        ]
    );
    for words in [
        "from: 8 weeks from the first complaint",
        "until: 12 months from the final response",
        "why: energy in GB",
    ] {
        assert!(outside.contains(words), "no `{words}` in {outside}");
    }
}

#[test]
fn inferred_bodies_are_no_contacts_of_the_company() {
    let answer = json(&["--country", "GB"]);
    let outside = answer["outside"].as_array().unwrap();
    assert!(outside.iter().any(|body| body["inferred"] == true));
    for body in outside.iter().filter(|body| body["inferred"] == true) {
        for reach in body["contacts"].as_array().unwrap() {
            let mut contacts = answer["contacts"].as_array().unwrap().iter();
            assert!(
                !contacts.any(|contact| contact["value"] == reach["value"]),
                "{reach} of {}",
                body["name"]
            );
        }
    }
    let given = json(&["--country", "GB", "--sector", "telecom"]);
    let ids: Vec<&str> =
        given["outside"].as_array().unwrap().iter().filter_map(|body| body["atlas_id"].as_str()).collect();
    assert!(ids.contains(&"gb-communications-ombudsman") && ids.contains(&"gb-energy-ombudsman"), "{ids:?}");
}

#[test]
fn every_rung_of_the_procedure_has_its_contact() {
    let rows = rows(&json(&["--country", "GB"]));
    for wanted in [
        "front_line phone +448081570100",
        "complaints email complaints@brightwell-energy.example",
        "complaints phone +448081570120",
        "complaints form https://brightwell-energy.example/complaints/form",
        "management email review@brightwell-energy.example",
        "executive email director.customers@brightwell-energy.example",
        "adr phone +443304401624",
        "off_ladder email press@brightwell-energy.example",
    ] {
        assert!(rows.iter().any(|row| row == wanted), "no `{wanted}` in {rows:#?}");
    }
}

#[test]
fn every_contact_has_a_witness_with_its_words() {
    let answer = json(&[]);
    for contact in answer["contacts"].as_array().unwrap() {
        let witnesses = contact["witnesses"].as_array().unwrap();
        assert!(!witnesses.is_empty());
        for witness in witnesses {
            assert!(!witness["quote"].as_str().unwrap().trim().is_empty(), "{contact}");
            assert!(witness["url"].as_str().unwrap().starts_with("https://"), "{contact}");
        }
    }
}

#[test]
fn the_same_archive_gives_the_same_answer() {
    let without_time = |mut answer: Value| {
        answer["asked"]["at"] = Value::Null;
        answer
    };
    assert_eq!(without_time(json(&[])), without_time(json(&[])));
}

#[test]
fn a_topic_brings_its_team_forward() {
    let answer = json(&["--about", "billing"]);
    let steps: Vec<&str> =
        answer["steps"].as_array().unwrap().iter().map(|s| s["rung"].as_str().unwrap()).collect();
    assert_eq!(steps[..2], ["front_line", "specialist"]);
    let at = answer["steps"][1]["contacts"][0].as_u64().unwrap();
    let first = &answer["contacts"][usize::try_from(at).unwrap()];
    assert!(
        first["value"] == "billing@brightwell-energy.example" || first["value"] == "+442079460110",
        "{first}"
    );
}

#[test]
fn a_saved_page_that_tells_no_site_is_asked_for_by_the_site() {
    let home = tempfile::tempdir().unwrap();
    let page = home.path().join("page.html");
    std::fs::write(&page, "<title>Complaints</title><p>Write to complaints@acme.example").unwrap();
    let find =
        |company: &str| upstairs(home.path()).args(["find", company, "--from"]).arg(&page).output().unwrap();
    let refused = find("Acme");
    let words = complained(&refused);
    assert!(words.contains("does not say of which site") && words.contains("such as `acme.com`"), "{words}");
    assert!(!words.contains("saved-pages.invalid"), "{words}");
    assert!(said(&find("acme.example")).contains("complaints@acme.example"));
}

#[test]
fn a_folder_of_saved_pages_serves_as_well_as_an_archive() {
    let folder = root().join("demo/brightwell").display().to_string();
    let output = run(&["find", "www.brightwell-energy.example", "--from", &folder, "--json"]);
    let answer: Value = serde_json::from_str(&said(&output)).unwrap();
    assert!(rows(&answer).contains(&"complaints email complaints@brightwell-energy.example".to_owned()));
}

#[test]
fn saved_pages_can_be_searched_again() {
    let dir = tempfile::tempdir().unwrap();
    let kept = dir.path().join("kept.warc.gz").display().to_string();
    let first = json(&["--save", &kept]);
    let output = run(&["find", "brightwell-energy.example", "--from", &kept, "--json"]);
    let second: Value = serde_json::from_str(&said(&output)).unwrap();
    assert_eq!(rows(&first), rows(&second));
}

#[test]
fn csv_and_vcard_carry_every_contact_of_the_ladder() {
    let answer = json(&[]);
    let count = answer["contacts"].as_array().unwrap().len();
    assert_eq!(said(&find(&["--csv"])).lines().filter(|l| l.contains("https://")).count(), count);
    let on_rungs: usize =
        answer["steps"].as_array().unwrap().iter().map(|s| s["contacts"].as_array().unwrap().len()).sum();
    assert_eq!(said(&find(&["--vcard"])).matches("BEGIN:VCARD").count(), on_rungs);
    assert!(said(&find(&["--markdown"])).starts_with("# Brightwell Energy"));
}

#[test]
fn a_company_that_publishes_nothing_leaves_next_ways_and_exit_code_1() {
    let dir = tempfile::tempdir().unwrap();
    let page = dir.path().join("index.html");
    std::fs::write(
        &page,
        "<html><title>Mute Ltd</title><body><h1>Mute Ltd</h1><p>We make hats. Many hats.</p>",
    )
    .unwrap();
    let output = run(&["find", "mute.example", "--from", &page.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("Who handles this next, and how do I reach them?"), "{}", said(&output));
}

#[test]
fn wrong_words_are_told_with_what_to_do() {
    for (words, code, told) in [
        (vec!["find", " "], 2, "give the company's site"),
        (vec!["find", "acme.example", "--country", "ZZ"], 2, "not a country code"),
        (vec!["find", "acme.example", "--about", "astrology"], 2, "known are billing"),
        (vec!["find", "acme.example", "--from", "/no/such/file.warc.gz"], 1, "no such file"),
        (vec!["find", "acme.example", "--json", "--csv"], 2, "cannot be used with"),
    ] {
        let output = run(&words);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {}", complained(&output));
        assert!(complained(&output).contains(told), "{words:?}: {}", complained(&output));
    }
}

#[test]
fn an_archive_of_another_site_names_what_it_holds() {
    let output = run(&["find", "acme.example", "--from", &demo()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(complained(&output).contains("brightwell-energy.example"), "{}", complained(&output));
}

#[test]
fn a_company_is_found_in_an_archive_by_its_name() {
    let of = |company: &str| -> Value {
        serde_json::from_str(&said(&run(&["find", company, "--from", &demo(), "--json"]))).unwrap()
    };
    let (named, typed) = (of("Brightwell Energy"), of("brightwell-energy.example"));
    assert!(!named["contacts"].as_array().unwrap().is_empty());
    // The site may be entered by either of its hosts.
    let reached = |found: &Value| -> Vec<String> {
        let contacts = found["contacts"].as_array().unwrap();
        let mut all: Vec<String> =
            contacts.iter().map(|one| one["value"].as_str().unwrap().replace("://www.", "://")).collect();
        all.sort();
        all
    };
    assert_eq!(reached(&named), reached(&typed));
    let output = run(&["find", "Zebra Widgets", "--from", &demo()]);
    assert_eq!(output.status.code(), Some(1));
    let told = complained(&output);
    assert!(
        told.contains("holds no page of `Zebra Widgets`") && told.contains("brightwell-energy.example"),
        "{told}"
    );
}

#[test]
fn a_folder_of_pages_on_which_others_write_gives_leads_and_no_page_of_the_company() {
    let pages = root().join("crates/reading/tests/sites/fixtures");
    let folder = tempfile::tempdir().unwrap();
    for page in ["bbb-profile.html", "bbb-complaints.html"] {
        std::fs::copy(pages.join(page), folder.path().join(page)).unwrap();
    }
    let from = folder.path().to_str().unwrap();
    let answer: Value =
        serde_json::from_str(&said(&run(&["find", "hollinmart.example", "--from", from, "--json"]))).unwrap();
    let contacts = answer["contacts"].as_array().unwrap();
    assert!(contacts.iter().any(|one| one["value"] == "service@hollinmart.example"), "{contacts:?}");
    let own = contacts
        .iter()
        .flat_map(|one| one["witnesses"].as_array().unwrap())
        .filter(|witness| witness["url"].as_str().is_some_and(|url| url.contains("hollinmart.example/")));
    assert_eq!(own.count(), 0, "{contacts:?}");
    // A page of another kind beside them, and the folder is an archive as before.
    std::fs::write(folder.path().join("contact.html"), "<h1>Contact</h1><p>Call +1 312-555-0142</p>")
        .unwrap();
    let output = run(&["find", "hollinmart.example", "--from", from]);
    assert!(output.status.code().is_some_and(|code| code != 101));
}

#[test]
fn a_truncated_archive_is_read_up_to_the_cut_and_told() {
    let whole = std::fs::read(demo()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let cut = dir.path().join("cut.warc.gz");
    std::fs::File::create(&cut).unwrap().write_all(&whole[..whole.len() * 4 / 5]).unwrap();
    let output = run(&["find", "brightwell-energy.example", "--from", &cut.display().to_string(), "--json"]);
    let answer: Value = serde_json::from_str(&said(&output)).unwrap();
    assert!(!answer["contacts"].as_array().unwrap().is_empty());
    let warnings = answer["warnings"].to_string();
    assert!(warnings.contains("cut.warc.gz") && warnings.contains("offset"), "{warnings}");
}

#[test]
fn what_is_no_archive_is_named() {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes, told) in [
        ("empty.warc.gz", &b""[..], "empty.warc.gz"),
        ("noise.bin", &[0u8, 159, 146, 150, 0, 1, 2, 3][..], "noise.bin"),
    ] {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = run(&["find", "acme.example", "--from", &path.display().to_string()]);
        assert_eq!(output.status.code(), Some(1), "{name}");
        assert!(complained(&output).contains(told), "{name}: {}", complained(&output));
    }
}
