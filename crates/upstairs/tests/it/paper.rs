//! What leaves a case: letters on paper, messages, the dossier; opened by programs that did not make them.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::Value;

use super::{complained, root, said, upstairs};

fn run(home: &Path, words: &[&str]) -> Output {
    upstairs(home).env("UPSTAIRS_DATA", home.join("data")).args(words).output().unwrap()
}

fn done(home: &Path, words: &[&str]) -> String {
    let output = run(home, words);
    assert!(output.status.success(), "{words:?}: {}{}", said(&output), complained(&output));
    said(&output)
}

/// Opens the case of the demo in a country, with a customer who has a name; returns its id.
fn opened(home: &Path, country: &str) -> String {
    let mut case: Value = serde_json::from_slice(&fs::read(root().join("demo/case.json")).unwrap()).unwrap();
    case["case"]["country"] = country.into();
    let file = home.join("case.json");
    fs::write(&file, case.to_string()).unwrap();
    let text = done(home, &["case", "new", "--from", &file.display().to_string()]);
    let me =
        "name = \"Ada Example\"\naddress = [\"12 Larch Lane\", \"Leeds\"]\nemail = \"ada@home.example\"\n";
    fs::write(home.join("data/me.toml"), me).unwrap();
    text.lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned()
}

/// Runs a program that reads a file; `None`, and a word, where the machine has none.
fn opened_by(program: &str, words: &[&str]) -> Option<String> {
    let Ok(output) = Command::new(program).args(words).output() else {
        crate::skipped(format_args!("no {program} here"));
        return None;
    };
    assert!(output.status.success(), "{program} {words:?}: {}", complained(&output));
    Some(said(&output))
}

#[test]
fn a_letter_on_paper_has_its_address_where_the_window_is() {
    // Left, top, right, bottom of what the window shows wherever the sheet slips to, in millimetres.
    for (country, size, [left, top, right, bottom]) in [
        ("GB", "595.276 x 841.89", [20.0, 56.0, 100.0, 81.5]),
        ("DE", "595.276 x 841.89", [20.0, 50.0, 105.0, 90.0]),
        ("FR", "595.276 x 841.89", [100.0, 54.5, 190.0, 79.5]),
        ("US", "612 x 792", [22.0, 63.0, 111.0, 81.0]),
    ] {
        let home = tempfile::tempdir().unwrap();
        let id = opened(home.path(), country);
        let pdf = home.path().join("letter.pdf").display().to_string();
        done(home.path(), &["draft", &id, "--as", "letter", "-o", &pdf]);
        let Some(boxes) = opened_by("pdftotext", &["-bbox", &pdf, "-"]) else { return };
        let value = |line: &str, name: &str| -> f64 {
            let rest = line.split_once(&format!("{name}=\"")).unwrap().1;
            rest.split('"').next().unwrap().parse::<f64>().unwrap() / 72.0 * 25.4
        };
        let inside = boxes.lines().filter(|line| line.contains(">Brightwell<")).any(|line| {
            value(line, "xMin") >= left
                // The box of a word begins at the ascent of its font, above its ink.
                && value(line, "yMin") >= top - 2.0
                && value(line, "xMax") <= right
                && value(line, "yMax") <= bottom
        });
        assert!(inside, "{country}: {boxes}");
        let about = opened_by("pdfinfo", &[&pdf]).unwrap();
        assert!(about.contains(size) && about.contains("Tagged:          yes"), "{country}: {about}");
        opened_by("qpdf", &["--check", &pdf]);
        let bytes = fs::read(&pdf).unwrap();
        let holds = |word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
        assert!(holds("pdfaid:part"), "{country}: it says that it is PDF/A");
    }
}

#[test]
fn the_name_at_the_end_of_a_letter_never_stands_on_a_page_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let id = opened(home.path(), "GB");
    let mut on_two = 0;
    for lines in 18..26 {
        let told: Vec<String> = (1..=lines).map(|line| format!("Reading {line} was taken.")).collect();
        let text = format!("Dear Sir or Madam,\n\n{}\n\nYours faithfully,\nAda Example\n", told.join("\n\n"));
        let words = home.path().join("words.txt");
        fs::write(&words, text).unwrap();
        let pdf = home.path().join(format!("letter-{lines}.pdf")).display().to_string();
        done(
            home.path(),
            &["draft", &id, "--as", "letter", "--text", &words.display().to_string(), "-o", &pdf],
        );
        let Some(read) = opened_by("pdftotext", &["-layout", &pdf, "-"]) else { return };
        let pages: Vec<&str> = read.trim_end_matches('\u{c}').split('\u{c}').collect();
        if let [_, last] = pages.as_slice() {
            on_two += 1;
            assert!(last.contains(&format!("Reading {lines} ")), "{lines} lines: {last}");
        }
    }
    assert!(on_two > 0, "none of them is long enough");
}

#[test]
fn a_letter_as_a_document_opens_elsewhere_and_keeps_every_line() {
    let home = tempfile::tempdir().unwrap();
    let id = opened(home.path(), "GB");
    let file = home.path().join("letter.docx").display().to_string();
    done(home.path(), &["draft", &id, "--as", "formal", "-o", &file]);
    let script = "import sys, zipfile, xml.etree.ElementTree as E\n\
z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n\
[E.fromstring(z.read(n)) for n in z.namelist()]\n\
w = '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}'\n\
print('\\n'.join(''.join(t.text or '' for t in p.iter(w + 't')) for p in E.fromstring(z.read('word/document.xml')).iter(w + 'p')))\n";
    let Some(text) = opened_by("python3", &["-c", script, &file]) else { return };
    for fact in
        ["Ada Example", "12 Larch Lane", "Brightwell Energy", "BW-40417", "the meter counted 310", "£412"]
    {
        assert!(text.contains(fact), "{fact}: {text}");
    }
    // By a library that is not ours.
    let library = "import sys\n\
try:\n import docx\n\
except ImportError:\n print('none here'); sys.exit()\n\
d = docx.Document(sys.argv[1])\n\
print('\\n'.join(p.text for p in d.paragraphs)); print(d.core_properties.title)\n";
    let read = opened_by("python3", &["-c", library, &file]).unwrap();
    let facts = ["Ada Example", "BW-40417", "the meter counted 310"];
    if read.trim() == "none here" {
        crate::skipped("no python-docx here");
    } else {
        assert!(facts.iter().all(|fact| read.contains(fact)), "{read}");
    }
    // And by an office program, with a profile of its own.
    let profile = format!("-env:UserInstallation=file://{}", home.path().join("office").display());
    let folder = home.path().display().to_string();
    let words = [
        profile.as_str(),
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        &folder,
        &file,
    ];
    if opened_by("soffice", &words).is_some() {
        let read = fs::read_to_string(home.path().join("letter.txt")).unwrap();
        assert!(facts.iter().all(|fact| read.contains(fact)), "{read}");
    }
}

#[test]
fn a_message_with_its_enclosures_is_read_whole_by_a_parser_that_is_not_ours() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home, "GB");
    let (note, table) = (home.join("Zähler & Stände.txt"), home.join("table.ods"));
    fs::write(&note, "aubergine, written by hand\n").unwrap();
    fs::write(&table, [0, 1, 2, 255]).unwrap();
    done(home, &["case", "attach", &id, &note.display().to_string(), &table.display().to_string()]);
    let file = home.join("message.eml").display().to_string();
    done(home, &["draft", &id, "--as", "email", "--enclose", "-o", &file]);
    let script = "import sys, email, email.policy\n\
m = email.message_from_binary_file(open(sys.argv[1], 'rb'), policy=email.policy.default)\n\
print(m['from']); print(m['subject']); print(m['message-id']); print(m['date'])\n\
print(m.get_body(('plain',)).get_content())\n\
for part in m.iter_attachments():\n print(part.get_filename(), part.get_payload(decode=True).hex())\n\
for part in m.walk():\n assert not part.defects, part.defects\n";
    let Some(read) = opened_by("python3", &["-c", script, &file]) else { return };
    for fact in ["ada@home.example", "BW-40417", "the meter counted 310", "£412", "000102ff"] {
        assert!(read.contains(fact), "{fact}: {read}");
    }
    let hex: String =
        "aubergine, written by hand\n".bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    assert!(read.contains(&hex), "{read}");
}

#[test]
fn an_ending_that_asks_for_no_form_is_refused_with_those_that_are_known() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home, "GB");
    for (words, known) in [
        (["draft", &id, "-o", "letter.txtt"], "use .txt, .eml, .pdf or .docx"),
        (["dossier", &id, "-o", "dossier.txt"], ".pdf, .zip, or a folder's name"),
    ] {
        let output = run(home, &words);
        assert!(!output.status.success() && complained(&output).contains(known), "{}", complained(&output));
    }
    let output =
        run(home, &["case", "log", &id, "--kind", "reply", "--body", "energy-ombudsman", "an answer"]);
    let text = complained(&output);
    assert!(!output.status.success() && text.contains("`gb-energy-ombudsman`"), "{text}");
}

/// Writes files of every kind into a folder: good ones, and such as are locked, damaged or not what their name says.
fn files(folder: &Path, pdf: &Path) -> Vec<PathBuf> {
    let png: &[u8] = &[
        0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1,
        8, 2, 0, 0, 0, 0x90, 0x77, 0x53, 0xde, 0, 0, 0, 12, b'I', b'D', b'A', b'T', 8, 0xd7, 0x63, 0xf8,
        0xcf, 0xc0, 0, 0, 3, 1, 1, 0, 0x18, 0xdd, 0x8d, 0xb0, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42,
        0x60, 0x82,
    ];
    let mail = "From: Sam <sam@brightwell.example>\r\nTo: ada@home.example\r\nSubject: Your complaint\r\nDate: Mon, 18 May 2026 09:00:00 +0100\r\nMessage-ID: <abc@brightwell.example>\r\n\r\nWe will refund the tangerine sum.\r\n";
    let mut files = Vec::new();
    let mut put = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        files.push(path);
    };
    put("bill.pdf", &fs::read(pdf).unwrap());
    put("meter.png", png);
    put("cut.png", &png[..50]);
    put("mail.eml", mail.as_bytes());
    put("damaged.pdf", b"%PDF-1.7\nnothing\n%%EOF");
    put("words.pdf", b"no pdf at all");
    put("table.ods", &[0, 1, 2, 3]);
    put("notes.txt", "aubergine, written by hand\n".as_bytes());
    let locked = folder.join("locked.pdf");
    let (from, to) = (pdf.display().to_string(), locked.display().to_string());
    if opened_by("qpdf", &["--encrypt", "word", "word", "256", "--", &from, &to]).is_some() {
        files.push(locked);
    }
    files
}

#[test]
fn a_dossier_binds_good_and_bad_exhibits_and_every_fact_can_be_found_in_it() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home, "GB");
    let letter = home.join("letter.pdf");
    done(home, &["draft", &id, "--as", "letter", "-o", &letter.display().to_string()]);
    let attached = files(home, &letter);
    for file in &attached {
        done(home, &["case", "attach", &id, &file.display().to_string()]);
    }
    let promise = [
        "case",
        "log",
        &id,
        "pistachio refund",
        "--by",
        "company",
        "--kind",
        "promise",
        "--on",
        "2026-05-19",
    ];
    done(home, &[&promise[..], &["--due", "2026-06-09", "--with", "Sam, billing"]].concat());
    let pdf = home.join("dossier.pdf").display().to_string();
    let answer: Value = serde_json::from_str(&done(home, &["dossier", &id, "-o", &pdf, "--json"])).unwrap();
    // Two exhibits are only named, by the demo.
    assert_eq!(answer["exhibits"], attached.len() + 2);
    assert!(!run(home, &["dossier", &id, "-o", &pdf]).status.success(), "nothing is overwritten");
    let folder = home.join("bound").display().to_string();
    done(home, &["dossier", &id, "-o", &folder]);
    let page = fs::read_to_string(home.join("bound/index.html")).unwrap();
    assert!(page.contains("Pistachio refund") && page.contains("href=\"exhibits/03%20bill.pdf\""), "{page}");
    assert_eq!(
        fs::read(home.join("bound/exhibits/10 notes.txt")).unwrap(),
        fs::read(home.join("notes.txt")).unwrap()
    );
    let zip = home.join("bound.zip").display().to_string();
    done(home, &["dossier", &id, "-o", &zip]);
    opened_by(
        "python3",
        &[
            "-c",
            "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; assert 'dossier.pdf' in z.namelist()",
            &zip,
        ],
    );
    let Some(text) = opened_by("pdftotext", &["-layout", &pdf, "-"]) else { return };
    opened_by("qpdf", &["--check", &pdf]);
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for fact in [
        "Ada Example",
        "BW-40417",
        "£412",
        "Pistachio refund",
        "9 June 2026",
        "not kept",
        "Sam, billing",
        "We will refund the tangerine sum.",
        "aubergine, written by hand",
        "Exhibit 3, page 1 of 1",
        "damaged, or is not what its name says",
        "Files of this kind cannot be set",
        "named only, no file",
    ] {
        assert!(one_line.contains(fact), "{fact}: {text}");
    }
    // What is only named stands in the list and takes no page: every exhibit has its page but those two, and no page is empty.
    for number in 1..=attached.len() + 2 {
        assert_eq!(one_line.contains(&format!("Exhibit {number}, page 1 of")), number > 2, "{number}");
    }
    for (at, page) in text.trim_end_matches('\u{c}').split('\u{c}').enumerate() {
        assert!(page.split_whitespace().count() > 12, "page {}: {page}", at + 1);
    }
    let hash = Command::new("sha256sum").arg(home.join("bill.pdf")).output().unwrap();
    assert!(
        one_line.contains(said(&hash).split_whitespace().next().unwrap()),
        "the digest stands there whole"
    );
    if attached.iter().any(|file| file.ends_with("locked.pdf")) {
        assert!(one_line.contains("locked with a password"));
    }
    let summary = home.join("summary.pdf").display().to_string();
    done(home, &["dossier", &id, "--summary", "-o", &summary]);
    assert!(opened_by("pdfinfo", &[&summary]).unwrap().contains("Pages:           1\n"));
}

#[test]
fn a_call_becomes_one_entry_and_its_promises_and_a_kill_loses_no_note() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home, "GB");
    let start = || {
        let mut command = upstairs(home);
        command.env("UPSTAIRS_DATA", home.join("data")).args([
            "case",
            "call",
            &id,
            "--number",
            "020 7946 0123",
        ]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let mut killed = start();
    let mut input = killed.stdin.take().unwrap();
    input
        .write_all(b"w Robin, front line\nthe meter was read out\np a new bill within 5 working days\n")
        .unwrap();
    // Each note is acknowledged once it is on the disk.
    let kept = BufReader::new(killed.stdout.take().unwrap())
        .lines()
        .filter(|line| line.as_ref().unwrap().ends_with(" kept"));
    assert_eq!(kept.take(3).count(), 3);
    killed.kill().unwrap();
    killed.wait().unwrap();
    let before = done(home, &["case", "timeline", &id]);
    assert!(!before.contains("the meter was read out"));
    let mut second = start();
    second.stdin.take().unwrap().write_all(b"h\nh\ns\nr CX-99\nq\n").unwrap();
    let output = second.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", complained(&output));
    assert!(complained(&output).contains("was cut off"), "{}", complained(&output));
    assert!(said(&output).contains("Read back:"), "{}", said(&output));
    let view: Value = serde_json::from_str(&done(home, &["case", "show", &id, "--json"])).unwrap();
    let log = view["timeline"].as_array().unwrap();
    let call =
        log.iter().find(|entry| entry["text"].as_str().unwrap().contains("the meter was read out")).unwrap();
    assert_eq!((call["kind"].as_str(), call["person"].as_str()), (Some("call"), Some("Robin, front line")));
    let promise = log.iter().find(|entry| entry["text"] == "a new bill within 5 working days").unwrap();
    assert_eq!((promise["kind"].as_str(), promise["by"].as_str()), (Some("promise"), Some("company")));
    assert!(promise["due"].is_string(), "working days by the calendar of the country: {promise}");
    assert!(log.iter().any(|entry| entry["kind"] == "asked_supervisor" && entry["reference"] == "CX-99"));
    assert!(
        fs::read_dir(home.join("data/calls")).unwrap().next().is_none(),
        "nothing is left to be taken up"
    );
}

/// Serves one message (two connections), refusing where `refuses` names the command; returns the port.
fn server(refuses: &'static str) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let stream = stream.unwrap();
            let (mut reader, mut writer) = (BufReader::new(stream.try_clone().unwrap()), stream);
            writer.write_all(b"220 ready\r\n").unwrap();
            let (mut line, mut in_message) = (String::new(), false);
            while reader.read_line(&mut line).is_ok_and(|n| n > 0) {
                let word = line.split_whitespace().next().unwrap_or_default().to_uppercase();
                let answer = match (in_message, word.as_str()) {
                    (true, _) if line == ".\r\n" => {
                        in_message = false;
                        if refuses == "." { "554 not this one" } else { "250 taken" }
                    }
                    (true, _) => "",
                    (_, command) if command == refuses => "550 not this one",
                    (_, "EHLO") => "250-here\r\n250 8BITMIME",
                    (_, "DATA") => {
                        in_message = true;
                        "354 go on"
                    }
                    _ => "250 fine",
                };
                if !answer.is_empty() {
                    let _ = writer.write_all(format!("{answer}\r\n").as_bytes());
                }
                line.clear();
            }
        }
    });
    port
}

/// Sends the draft `email` and types an answer.
fn sent(home: &Path, id: &str, answer: &str) -> Output {
    let mut child = upstairs(home)
        .env("UPSTAIRS_DATA", home.join("data"))
        .args(["draft", id, "--as", "email", "--to", "complaints@brightwell.example", "--send"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(format!("{answer}\n").as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_message_leaves_only_after_a_yes_and_is_written_down_only_when_it_was_taken() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let id = opened(home, "GB");
    let entries = || {
        let view: Value = serde_json::from_str(&done(home, &["case", "show", &id, "--json"])).unwrap();
        view["timeline"].as_array().unwrap().len()
    };
    let settings = |port: u16| {
        let text = format!("[smtp]\nhost = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\n");
        fs::write(home.join("data/mail.toml"), text).unwrap();
    };
    let output = sent(home, &id, "yes");
    assert!(complained(&output).contains("[smtp]"), "it says what to write: {}", complained(&output));
    let before = entries();
    settings(server("nowhere"));
    let output = sent(home, &id, "no");
    assert!(!output.status.success() && said(&output).contains("nothing was sent"));
    assert!(said(&output).contains("the meter counted 310"), "the whole message is shown: {}", said(&output));
    for refuses in ["MAIL", "RCPT", "DATA", "."] {
        settings(server(refuses));
        let output = sent(home, &id, "yes");
        assert!(!output.status.success(), "{refuses}");
        assert!(complained(&output).contains("nothing was sent"), "{refuses}: {}", complained(&output));
        assert_eq!(entries(), before, "{refuses}");
    }
    settings(server("nowhere"));
    let output = sent(home, &id, "yes");
    assert!(output.status.success(), "{}", complained(&output));
    assert_eq!(entries(), before + 1);
    let verified = done(home, &["case", "verify", &id]);
    assert!(verified.contains("as it was written"), "{verified}");
}
