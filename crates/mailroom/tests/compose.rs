//! A message opened by parsers that are not the one that made it.

#![expect(clippy::print_stdout, reason = "a test says what it skips")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use mail_parser::{MessageParser, MimeHeaders as _};
use mailroom::{ComposeError, Outgoing, compose};

fn outgoing() -> Outgoing {
    Outgoing {
        from: (Some("Zoë \"Z\" Example".to_owned()), "zoe@home.example".to_owned()),
        to: Some("complaints@brightwell.example".to_owned()),
        subject: "Überhöhte Rechnung: 412 € – bitte prüfen, mit einem Betreff, der länger ist als eine Zeile"
            .to_owned(),
        text: "Guten Tag,\n\nFrom here on: ein langer Satz mit Umlauten äöü.\n.\n- eins\n- zwei\n".to_owned(),
        files: vec![
            ("01 Rechnung März.pdf".to_owned(), (0..=255).collect()),
            ("02 note.txt".to_owned(), "Zähler 310\n".as_bytes().to_vec()),
        ],
        in_reply_to: Some("theirs@brightwell.example".to_owned()),
        references: vec!["<first@home.example>".to_owned(), "theirs@brightwell.example".to_owned()],
        id: "mine@home.example".to_owned(),
        at: 1_790_000_000,
        unsent: true,
    }
}

#[test]
fn every_part_comes_out_as_it_went_in() {
    let (given, bytes) = (outgoing(), compose(&outgoing()).unwrap().formatted());
    let mail = MessageParser::default().parse(&bytes).unwrap();
    assert_eq!(mail.subject().unwrap(), given.subject);
    assert_eq!(mail.from().unwrap().first().unwrap().name().unwrap(), "Zoë \"Z\" Example");
    assert_eq!(mail.body_text(0).unwrap().replace("\r\n", "\n"), given.text);
    let files: Vec<(String, Vec<u8>)> = mail
        .attachments()
        .map(|part| (part.attachment_name().unwrap().to_owned(), part.contents().to_vec()))
        .collect();
    assert_eq!(files, given.files);
    assert_eq!(mail.in_reply_to().as_text(), Some("theirs@brightwell.example"));
    let references = mail.references().as_text_list().unwrap();
    assert_eq!(
        references.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
        ["first@home.example", "theirs@brightwell.example"]
    );
    assert!(String::from_utf8_lossy(&bytes).contains("X-Unsent: 1"));
}

#[test]
fn the_mail_parser_of_python_finds_the_same() {
    let script = "import sys, email, email.policy\n\
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)\n\
print(m['subject']); print(m['in-reply-to']); print(m['references'])\n\
print(m.get_body(('plain',)).get_content().count('Umlauten'))\n\
for a in m.iter_attachments(): print(a.get_filename(), a.get_content_type(), len(a.get_payload(decode=True)))\n\
print(len(m.defects))\n";
    let started = Command::new("python3")
        .args(["-c", script])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = started else {
        assert!(
            std::env::var_os("UPSTAIRS_TEST_STRICT").is_none_or(|strict| strict != "1"),
            "no python3 here"
        );
        println!("skipped: no python3 here");
        return;
    };
    child.stdin.take().unwrap().write_all(&compose(&outgoing()).unwrap().formatted()).unwrap();
    let said = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    let subject = outgoing().subject;
    let want = format!(
        "{subject}\n<theirs@brightwell.example>\n<first@home.example> <theirs@brightwell.example>\n1\n01 Rechnung März.pdf application/octet-stream 256\n02 note.txt text/plain {}\n0\n",
        "Zähler 310\n".len()
    );
    assert_eq!(said, want);
}

#[test]
fn a_line_end_in_a_subject_or_an_id_begins_no_header() {
    let message = Outgoing {
        subject: "Hello\r\nBcc: everyone@elsewhere.example".to_owned(),
        in_reply_to: Some("a@b.example>\r\nX-Evil: 1".to_owned()),
        ..outgoing()
    };
    let text = String::from_utf8(compose(&message).unwrap().formatted()).unwrap();
    let head = text.split("\r\n\r\n").next().unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc:") || line.starts_with("X-Evil:")), "{head}");
}

#[test]
fn what_cannot_be_a_message_is_refused_by_cause() {
    let wrong = Outgoing { to: Some("no address".to_owned()), ..outgoing() };
    assert!(matches!(compose(&wrong), Err(ComposeError::Address(_))));
    let heavy = Outgoing {
        files: vec![("big".to_owned(), vec![0; mailroom::compose::MOST_ATTACHED + 1])],
        ..outgoing()
    };
    assert!(matches!(compose(&heavy), Err(ComposeError::TooMuch { .. })));
    let nobody = Outgoing { to: None, ..outgoing() };
    assert!(!String::from_utf8(compose(&nobody).unwrap().formatted()).unwrap().contains("\r\nTo:"));
}
