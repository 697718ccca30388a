//! `read page` with input that is wrong: each names the input and what to do, and the rest is read.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::{complained, run, said, upstairs};

const PAGE: &str = "<p>Call 020 7946 0000 or write to help@acme.example";

/// Writes a file and returns its path.
fn file(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

/// Runs `read page --jsonl` over lines.
fn lines(input: &[u8]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut child = upstairs(home.path())
        .args(["read", "page", "--jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn each_bad_file_is_named_with_what_to_do_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str, bytes: &[u8]| file(folder.path(), name, bytes);
    let missing = folder.path().join("missing.html").display().to_string();
    let own = folder.path().display().to_string();
    let noise: Vec<u8> = (0..2000_u32).map(|n| u8::try_from(n * 7919 % 256).unwrap()).collect();
    for (path, says, hint) in [
        (at("empty.html", b""), "is empty", "save the page again"),
        (at("picture.html", b"\x89PNG\r\n\x1a\n\0\0"), "is not a page but an image", "saved as HTML"),
        (at("noise.html", &noise), "is not a page but binary data", "saved as HTML"),
        (at("packed.html", b"\x1f\x8b\x08\0\0\0\0\0"), "compressed data", "saved as HTML"),
        (missing, "there is no file", "check the path"),
        (own, "is a folder", "upstairs find"),
    ] {
        let output = run(&["read", "page", &path]);
        let complaint = complained(&output);
        assert_eq!(output.status.code(), Some(1), "{path}");
        assert!(
            complaint.contains(&path) && complaint.contains(says) && complaint.contains(hint),
            "{complaint}"
        );
        assert!(!complaint.contains("panicked"), "{complaint}");
    }
}

#[test]
fn a_bad_file_does_not_keep_the_next_from_being_read() {
    let folder = tempfile::tempdir().unwrap();
    let good = file(folder.path(), "good.html", PAGE.as_bytes());
    let output = run(&["read", "page", "no-such.html", &good, "--country", "GB", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let answers: Vec<Value> = said(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(answers[0]["error"].as_str().unwrap().contains("no-such.html"), "{answers:?}");
    assert_eq!(answers[1]["contacts"].as_array().unwrap().len(), 2, "{answers:?}");
}

#[test]
fn text_in_odd_forms_is_read_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let wide = |mark: &[u8]| -> Vec<u8> {
        mark.iter().copied().chain(PAGE.encode_utf16().flat_map(u16::to_le_bytes)).collect()
    };
    for (name, bytes) in [
        ("marked-utf-16.html", wide(b"\xff\xfe")),
        ("unmarked-utf-16.html", wide(b"")),
        ("stray-nul.html", PAGE.replace("or", "\0or").into_bytes()),
        ("wrong-charset.html", [b"<meta charset=utf-8>\xe9".as_slice(), PAGE.as_bytes()].concat()),
        ("unknown-charset.html", [b"<meta charset=no-such>".as_slice(), PAGE.as_bytes()].concat()),
    ] {
        let output = run(&["read", "page", &file(folder.path(), name, &bytes), "--country", "GB"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", complained(&output));
        let said = said(&output);
        assert!(said.contains("+442079460000") && said.contains("help@acme.example"), "{name}: {said}");
    }
}

#[test]
fn a_page_beyond_the_bound_is_read_to_the_bound_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "huge.html", PAGE.as_bytes());
    let mut page = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    page.write_all(&b" word".repeat(4 << 20)).unwrap();
    // The rest of a gigabyte is a hole: reading on would show.
    page.set_len(1 << 30).unwrap();
    let output = run(&["read", "page", &path, "--country", "GB"]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let said = said(&output);
    assert!(said.contains("only the first 16 MiB of the file were read"), "{said}");
    assert!(said.contains("+442079460000"), "{said}");
}

#[test]
fn words_that_are_wrong_end_with_exit_code_2() {
    for (words, says) in [
        (vec!["read", "page"], "required"),
        (vec!["read", "page", "a.html", "--country", "ZZ"], "ZZ"),
        (vec!["read", "page", "a.html", "--url", "acme"], "acme"),
        (vec!["read", "page", "a.html", "--jsonl"], "--jsonl"),
    ] {
        let output = run(&words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(complained(&output).contains(says), "{}", complained(&output));
    }
}

#[test]
fn a_page_that_names_nobody_is_told_and_ends_with_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "plain.html", b"<p>We sell kettles.");
    let output = run(&["read", "page", &path]);
    assert_eq!(
        (output.status.code(), said(&output).contains("gives no way to contact anyone")),
        (Some(1), true)
    );
    let line = serde_json::json!({ "id": "a", "file": path }).to_string();
    assert_eq!(lines(line.as_bytes()).status.code(), Some(1));
}

#[test]
fn a_bad_line_is_answered_on_its_own_line_and_the_next_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let good = serde_json::json!({ "id": "good", "file": file(folder.path(), "a.html", PAGE.as_bytes()), "country": "GB" });
    let zz = serde_json::json!({ "id": "zz", "file": "a.html", "country": "ZZ" });
    let mut input = b"no json\n[1]\n{\"id\":\"lacks\"}\n{\"id\":7,\"file\":1}\n\xff\xfe\n\n{\"id\":\"gone\",\"file\":\"gone.html\"}\n".to_vec();
    input.extend(format!("{zz}\n").into_bytes());
    input.extend(std::iter::repeat_n(b'x', 2 << 20));
    input.extend(format!("\n{good}\n").into_bytes());
    let output = lines(&input);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    let answers: Vec<Value> = said(&output).lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let expected: [(Value, &str); 8] = [
        (1.into(), "line 1: this is not JSON"),
        (2.into(), "line 2: this is JSON, but not an object"),
        ("lacks".into(), "missing field `file`"),
        (7.into(), "line 4: invalid type"),
        (5.into(), "line 5: this is not JSON"),
        ("gone".into(), "there is no file `gone.html`"),
        ("zz".into(), "`ZZ`"),
        (9.into(), "longer than 1024 KiB"),
    ];
    assert_eq!(answers.len(), expected.len() + 1, "{answers:#?}");
    for (answer, (id, says)) in answers.iter().zip(&expected) {
        assert_eq!(&answer["id"], id, "{answer}");
        assert!(answer["error"].as_str().unwrap().contains(says), "{answer}");
    }
    assert_eq!(answers[8]["contacts"].as_array().unwrap().len(), 2);
}
