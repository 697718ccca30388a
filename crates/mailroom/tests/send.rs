//! A message against a real server on loopback that refuses, or breaks off, at each stage: what was not taken is never told as sent.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;

use mailroom::{Outgoing, Secure, SendError, Server, compose, send};

/// Where the server says no.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum At {
    Nowhere,
    Greeting,
    Login,
    Sender,
    Recipient,
    Data,
    /// After the whole message: the last word is a refusal.
    Content,
    /// After the whole message: the line breaks without a word.
    Break,
}

/// Serves connections until one message was seen to its end or refused; returns the port and the messages that it took.
fn server(refuses: At) -> (u16, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let (taken, messages) = mpsc::channel();
    thread::spawn(move || {
        // Two connections: the way is tried, then used.
        for stream in listener.incoming().take(2) {
            let stream = stream.unwrap();
            let (mut reader, mut writer) = (BufReader::new(stream.try_clone().unwrap()), stream);
            let mut say = |line: &str| writer.write_all(format!("{line}\r\n").as_bytes()).is_ok();
            if refuses == At::Greeting {
                say("554 go away");
                continue;
            }
            say("220 loopback.test ready");
            let mut line = String::new();
            while reader.read_line(&mut line).is_ok_and(|n| n > 0) {
                let word = line.split_whitespace().next().unwrap_or_default().to_uppercase();
                match word.as_str() {
                    "EHLO" => say("250-loopback.test\r\n250-8BITMIME\r\n250 AUTH PLAIN"),
                    "AUTH" if refuses == At::Login => say("535 wrong name or password"),
                    "AUTH" => say("235 welcome"),
                    "MAIL" if refuses == At::Sender => say("550 not you"),
                    "RCPT" if refuses == At::Recipient => say("550 no such mailbox"),
                    "DATA" if refuses == At::Data => say("451 try again later"),
                    "DATA" => {
                        say("354 go on");
                        let mut message = String::new();
                        let mut part = String::new();
                        while reader.read_line(&mut part).is_ok_and(|n| n > 0) && part != ".\r\n" {
                            message.push_str(&part);
                            part.clear();
                        }
                        match refuses {
                            At::Content => say("554 looks like spam to us"),
                            At::Break => break,
                            _ => {
                                taken.send(message).unwrap();
                                say("250 taken")
                            }
                        }
                    }
                    "QUIT" => {
                        say("221 bye");
                        break;
                    }
                    _ => say("250 fine"),
                };
                line.clear();
            }
        }
    });
    (port, messages)
}

fn outgoing() -> Outgoing {
    Outgoing {
        from: (Some("Zoë Example".to_owned()), "zoe@home.example".to_owned()),
        to: Some("complaints@brightwell.example".to_owned()),
        subject: "Beschwerde über die Rechnung – Größe".to_owned(),
        text: "Guten Tag,\n\n.ein Punkt am Anfang\n\nZoë".to_owned(),
        files: vec![("01 Rechnung März.pdf".to_owned(), b"%PDF-1.7 \x00\xff".to_vec())],
        in_reply_to: Some("<theirs@brightwell.example>".to_owned()),
        references: vec!["first@home.example".to_owned(), "theirs@brightwell.example".to_owned()],
        id: "mine@home.example".to_owned(),
        at: 1_790_000_000,
        unsent: false,
    }
}

fn to(port: u16) -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port: Some(port),
        secure: Secure::None,
        login: Some(("zoe".to_owned(), mailroom::Secret::new("secret-word".to_owned()))),
    }
}

#[tokio::test]
async fn a_message_that_the_server_took_arrived_whole() {
    let (port, messages) = server(At::Nowhere);
    send(&to(port), compose(&outgoing()).unwrap()).await.unwrap();
    let taken = messages.recv().unwrap();
    let mail = mail_parser::MessageParser::default().parse(taken.as_bytes()).unwrap();
    assert_eq!(mail.subject(), Some("Beschwerde über die Rechnung – Größe"));
    assert!(mail.body_text(0).unwrap().contains("ein Punkt am Anfang"));
    assert_eq!(mail.message_id(), Some("mine@home.example"));
    assert!(!taken.contains("X-Unsent") && !taken.contains("secret-word"));
}

#[tokio::test]
async fn a_server_that_refuses_at_any_stage_has_sent_nothing_and_is_quoted() {
    for (refuses, words) in [
        (At::Greeting, "go away"),
        (At::Login, "wrong name or password"),
        (At::Sender, "not you"),
        (At::Recipient, "no such mailbox"),
        (At::Data, "try again later"),
        (At::Content, "looks like spam"),
    ] {
        let (port, messages) = server(refuses);
        let error = send(&to(port), compose(&outgoing()).unwrap()).await.unwrap_err();
        assert!(matches!(error, SendError::Refused { .. }), "{refuses:?}: {error:?}");
        let told = error.to_string();
        assert!(told.contains(words) && told.contains("nothing was sent"), "{refuses:?}: {told}");
        assert!(!format!("{told}{error:?}").contains("secret-word"));
        assert!(messages.try_recv().is_err(), "{refuses:?}");
    }
}

#[tokio::test]
async fn a_line_that_breaks_before_the_answer_is_told_as_not_known_and_never_as_sent() {
    let (port, _messages) = server(At::Break);
    let error = send(&to(port), compose(&outgoing()).unwrap()).await.unwrap_err();
    assert!(matches!(error, SendError::Unknown { .. }), "{error:?}");
    assert!(error.to_string().contains("not counted as sent"));
}

#[tokio::test]
async fn no_server_and_an_open_line_are_told_apart() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = send(&to(port), compose(&outgoing()).unwrap()).await.unwrap_err();
    assert!(matches!(error, SendError::Unreached { .. }), "{error:?}");
    let elsewhere = Server { host: "mail.brightwell.example".to_owned(), ..to(port) };
    let error = send(&elsewhere, compose(&outgoing()).unwrap()).await.unwrap_err();
    assert!(matches!(error, SendError::Open(_)), "{error:?}");
}

#[test]
fn a_password_is_never_shown() {
    assert!(!format!("{:?}", to(25)).contains("secret-word"));
}
