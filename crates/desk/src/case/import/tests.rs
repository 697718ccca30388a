//! Imports on a real store: what is proposed, what is kept, and that twice is once.

use casework::LogKind;
use serde_json::json;

use super::*;
use crate::case::{self, NewCase};

#[expect(clippy::disallowed_methods, reason = "the single user of these tests holds the machine")]
fn place(folder: &std::path::Path) -> Place {
    Place::own(folder.to_owned(), None, "2026-04-20T10:00:00+02:00[Europe/Berlin]".parse().unwrap())
}

async fn opened(place: &Place) -> String {
    let case = json!({
        "company": "Brightwell Ltd", "country": "GB", "sector": "telecom", "as": "consumer",
        "problem": {"what": "They bill a line that was never connected", "topic": "billing_error", "since": "2026-02-01", "amount": 80, "currency": "GBP"},
        "wanted": {"what": "refund", "least": 60}, "references": ["BW-40417"]
    });
    case::new(place, &NewCase { case, found: None }).await.unwrap().id
}

fn bytes(name: &str, text: &str) -> Origin {
    Origin::Bytes { name: name.into(), bytes: text.as_bytes().into() }
}

fn from(origins: Vec<Origin>) -> ImportRequest {
    ImportRequest {
        from: origins,
        me: vec!["Ana Hill".into(), "ana@hill.example".into()],
        ..ImportRequest::default()
    }
}

const MBOX: &str = "From ana Mon\nFrom: Ana Hill <ana@hill.example>\nTo: complaints@brightwell.example\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: Complaint about my bill BW-40417\nMessage-ID: <1@hill.example>\n\nI complain about the line rental that you charge: the line was never connected. I want 80 pounds back.\n\nFrom care Wed\nFrom: Brightwell Complaints <complaints@brightwell.example>\nTo: ana@hill.example\nDate: Wed, 4 Mar 2026 23:30:00 +0000\nSubject: Re: Complaint about my bill BW-40417\nMessage-ID: <2@brightwell.example>\nIn-Reply-To: <1@hill.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nDear Ms Hill,\n\nWe agree that the line was never connected. We will refund £80.00 to your card 4111 1111 1111 1111 by 20 March 2026. Your complaint reference is CMP-20418.\n\nKind regards\nJo Marsh\n\nOn Mon, 2 Mar 2026 at 10:00, Ana Hill <ana@hill.example> wrote:\n> I complain about the line rental\n--b\nContent-Type: application/pdf; name=bill.pdf\nContent-Disposition: attachment; filename=\"../../bill.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n--b--\n\nFrom shop Thu\nFrom: Shop <news@shop.example>\nTo: ana@hill.example\nDate: Thu, 5 Mar 2026 10:00:00 +0000\nSubject: Shoes\nMessage-ID: <3@shop.example>\n\nNew shoes.\n\nFrom odd Fri\nFrom: Brightwell <care@brightwell.example>\nTo: ana@hill.example\nDate: Fri, 5 Mar 2032 10:00:00 +0000\nSubject: Later\nMessage-ID: <4@brightwell.example>\n\nFrom the future.\n";

#[tokio::test]
async fn a_mailbox_becomes_lines_of_the_log_once() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let request = from(vec![bytes("all.mbox", MBOX)]);
    let import = look(&place, &id, &request).await.unwrap();
    assert_eq!(import.proposals.len(), 3);
    let touching: Vec<&Proposal> = import.proposals.iter().filter(|one| one.touches).collect();
    assert_eq!(touching.len(), 2, "the shoes have nothing to do with it");
    assert!(
        import.faults.len() == 1 && import.faults[0].why.contains("is in the future"),
        "{:?}",
        import.faults
    );
    let own = &touching[0].lines[0];
    assert_eq!((own.by, own.kind, own.rung), (By::Customer, LogKind::Complaint, Some(Rung::Complaints)));
    let answer = &touching[1].lines[0];
    assert_eq!((answer.by, answer.kind), (By::Company, LogKind::Promise), "{answer:?}");
    // Half past eleven at night in London is the next day in Berlin.
    assert_eq!(
        (answer.on.to_string().as_str(), answer.time.unwrap().to_string().as_str()),
        ("2026-03-05", "00:30:00")
    );
    assert_eq!(answer.due.unwrap().to_string(), "2026-03-20");
    assert_eq!(answer.amount.unwrap().to_string(), "GBP 80");
    assert_eq!(answer.person.as_deref(), Some("Jo Marsh"));
    assert!(!answer.text.contains("line rental"), "what is quoted goes: {}", answer.text);
    assert_eq!(touching[1].references, ["CMP-20418"]);
    // Looking writes nothing.
    assert!(case::show(&place, &id).await.unwrap().timeline.is_empty());

    let chosen: Vec<String> = touching.iter().map(|one| one.key.clone()).collect();
    let done = keep(&place, &import, &chosen).await.unwrap();
    assert_eq!((done.messages, done.files, done.masked), (2, 1, 1));
    let shown = case::show(&place, &id).await.unwrap();
    assert_eq!(shown.promises[0].state, "broken");
    assert_eq!(shown.evidence, ["bill.pdf"]);
    assert!(shown.references.contains(&"CMP-20418".to_owned()));
    let whole = case::message(&place, &id, &shown.timeline[1].event).await.unwrap();
    assert!(
        whole.text.contains("[card ending 1111]") && !whole.text.contains("> I complain"),
        "{}",
        whole.text
    );
    assert!(case::verify(&place, Some(&id)).await.unwrap()[0].faults.is_empty());

    let again = look(&place, &id, &request).await.unwrap();
    assert_eq!(again.already, 2);
    assert!(again.proposals.iter().all(|one| !one.touches));
    // Even an import that was looked at before is not written twice.
    assert_eq!(keep(&place, &import, &chosen).await.unwrap().messages, 0);
}

#[tokio::test]
async fn what_came_out_of_a_copy_without_the_bytes_of_its_messages_is_copied_again() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let import = look(&place, &id, &from(vec![bytes("all.mbox", MBOX)])).await.unwrap();
    let chosen: Vec<String> =
        import.proposals.iter().filter(|one| one.touches).map(|one| one.key.clone()).collect();
    keep(&place, &import, &chosen).await.unwrap();
    let cases = place.read().await.unwrap();
    let case = cases.load(&id).await.unwrap();
    let file = |sha256: &str| dir.path().join("files").join(&id).join(sha256);
    let attached: Vec<String> = case.attached().into_iter().map(str::to_owned).collect();
    let mut messages = Vec::new();
    for (sha256, _) in case.events().iter().filter_map(|event| event.what.file()) {
        if !case.attached().contains(sha256) {
            messages.push(file(sha256));
        }
    }
    assert_eq!((attached.len(), messages.len()), (1, 2));
    cases.close().await;
    // As a copy of an earlier program left it.
    for message in messages {
        std::fs::remove_file(message).unwrap();
    }
    let proof = case::verify(&place, Some(&id)).await.unwrap().remove(0);
    assert_eq!((proof.files, proof.faults.len(), proof.notes.len()), (1, 0, 2), "{proof:?}");
    let copy = dir.path().join("copy.age");
    let sealed = case::export_sealed(&place, &[], &copy, "four words".into()).await.unwrap();
    assert_eq!((sealed.count, sealed.without_bytes.len()), (1, 2));
    let folder = case::export_folder(&place, &id, &dir.path().join("plain")).await.unwrap();
    assert_eq!((folder.count, folder.without_bytes.len()), (1, 2));
    // What was attached is missed.
    std::fs::remove_file(file(&attached[0])).unwrap();
    assert_eq!(case::verify(&place, Some(&id)).await.unwrap()[0].faults.len(), 1);
    let second = dir.path().join("second.age");
    assert!(case::export_sealed(&place, &[], &second, "four words".into()).await.is_err());
}

#[tokio::test]
async fn a_chat_that_grows_is_imported_once_and_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let first = "13/04/2026, 14:05 - Ana: Why is there a bill?\n13/04/2026, 14:05 - Ana: Hello?\n13/04/2026, 14:05 - Ana: Hello?\n13/04/2026, 14:09 - Brightwell Care: Sorry about that. We will call you back by 17 April 2026. Your ticket is TK-99120.\n";
    let one = look(&place, &id, &from(vec![bytes("chat.txt", first)])).await.unwrap();
    assert_eq!(one.proposals.len(), 1, "{:?}", one.faults);
    assert_eq!(
        one.proposals[0].lines.iter().map(|line| line.by).collect::<Vec<_>>(),
        [By::Customer, By::Company]
    );
    assert_eq!(one.proposals[0].lines[1].due.unwrap().to_string(), "2026-04-17");
    let keys = |import: &Import| import.proposals.iter().map(|one| one.key.clone()).collect::<Vec<_>>();
    assert_eq!(keep(&place, &one, &keys(&one)).await.unwrap().files, 1, "the chat itself is evidence");
    let more = format!("{first}14/04/2026, 09:00 - Ana: Nobody called.\n");
    let two = look(&place, &id, &from(vec![bytes("chat.txt", &more)])).await.unwrap();
    assert_eq!((two.already, two.proposals.len()), (4, 1));
    assert!(two.proposals[0].lines[0].text.contains("Nobody called"));
    assert!(
        look(&place, &id, &from(vec![bytes("chat.txt", first)])).await.unwrap().proposals.is_empty()
            || two.already == 4
    );
}

#[tokio::test]
async fn what_cannot_be_read_is_named_and_the_rest_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut file = |name: &str, bytes: &[u8]| {
        use std::io::Write as _;
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    };
    file("../../climbs.txt", b"Ana: x\nBrightwell: y\n");
    file("bomb.txt", &vec![b'a'; 40 << 20]);
    file("_chat.txt", "[13/04/2026, 14:05:33] Ana: see\n[13/04/2026, 14:06:00] Ana: <attached: 01-BILL.pdf>\n[13/04/2026, 14:07:00] Brightwell: We look into it.".as_bytes());
    file("01-BILL.pdf", b"%PDF-1.4");
    let packed = zip.finish().unwrap().into_inner();
    let folder = dir.path().join("mails");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("broken.eml"), "From: a@brightwell.example\nSubject: x\nDate: Wed, 4 Mar 2026 10:00:00 +0000\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nWe are sorry.\n").unwrap();
    std::fs::write(folder.join("none.eml"), "\u{1}\u{2}\u{3}").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.join("link.eml")).unwrap();
    // A sparse file: a mail of more than two gigabytes that takes no room.
    let large = std::fs::File::create(folder.join("large.eml")).unwrap();
    {
        use std::io::Write as _;
        (&large).write_all(b"From: care@brightwell.example\nSubject: large\nDate: Wed, 4 Mar 2026 11:00:00 +0000\nMessage-ID: <l@brightwell.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nYour recording is attached.\n--b\nContent-Type: audio/wav; name=call.wav\n\n").unwrap();
    }
    large.set_len(2200 << 20).unwrap();
    let request = from(vec![
        Origin::Bytes { name: "export.zip".into(), bytes: packed.into() },
        Origin::Path(folder),
        Origin::Path("/no/such/file".into()),
        bytes("two.txt", "03/04/2026, 14:05 - Ana: hi\n03/04/2026, 14:06 - Brightwell: hi\n"),
        bytes("who.txt", "13/04/2026, 14:05 - Zoe: hi\n13/04/2026, 14:06 - Max: hi\n"),
        bytes("late.txt", "[14:05] Ana: hi\n[14:06] Brightwell: yes"),
    ]);
    let import = look(&place, &id, &request).await.unwrap();
    let faults: Vec<String> =
        import.faults.iter().map(|fault| format!("{}: {}", fault.file, fault.why)).collect();
    let all = faults.join("\n");
    for said in [
        "points outside the folder",
        "unpacks to more than",
        "/no/such/file",
        "`03/04/2026` is 2026-04-03 where the day stands first, and 2026-03-04 where the month does",
        "which of them are you: `Max`, `Zoe`? Say so with --me",
        "say on which day it began",
        "none.eml",
    ] {
        assert!(all.contains(said), "{said}: {all}");
    }
    #[cfg(unix)]
    assert!(all.contains("it was not followed"), "{all}");
    let titles: Vec<&str> = import.proposals.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(import.proposals.len(), 3, "{titles:?} {all}");
    let large = import.proposals.iter().find(|one| one.title.contains("large")).unwrap();
    assert!(
        large.notes.iter().any(|note| note.contains("larger than"))
            && large.lines[0].text.contains("recording"),
        "{large:?}"
    );
    let chat = import.proposals.iter().find(|one| one.title.contains("messages with")).unwrap();
    assert!(chat.attached.iter().any(|file| file.name == "01-BILL.pdf"));
}

#[tokio::test]
async fn a_stranger_with_the_name_of_the_company_proves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let fake = "From: Brightwell <help@brightwell-refunds.example>\nTo: ana@hill.example\nDate: Wed, 4 Mar 2026 10:00:00 +0000\nSubject: Brightwell refund\nMessage-ID: <f@x.example>\n\nCall 020 7946 0999 now for your Brightwell refund.\n";
    let import = look(&place, &id, &from(vec![bytes("x.eml", fake)])).await.unwrap();
    let one = &import.proposals[0];
    assert!(one.contacts.is_empty());
    assert!(one.notes.iter().any(|note| note.contains("nothing proves")), "{:?}", one.notes);
}

#[tokio::test]
async fn appointments_are_calls_that_were_and_days_that_are_agreed() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTAMP:20260401T080000Z\nDTSTART;TZID=Europe/London:20260410T143000\nDTEND;TZID=Europe/London:20260410T150000\nSUMMARY:Call with Brightwell\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTAMP:20260401T080000Z\nDTSTART;TZID=Europe/London:20260505T080000\nSUMMARY:Brightwell engineer visit\nEND:VEVENT\nBEGIN:VEVENT\nUID:c\nDTSTART:20260406T080000Z\nSUMMARY:Dentist\nEND:VEVENT\nEND:VCALENDAR\n";
    let import = look(&place, &id, &from(vec![bytes("x.ics", text)])).await.unwrap();
    let touching: Vec<&Proposal> = import.proposals.iter().filter(|one| one.touches).collect();
    assert_eq!(touching.len(), 2);
    let visit = touching.iter().find(|one| one.key == "b").unwrap();
    assert_eq!(
        (visit.lines[0].kind, visit.lines[0].due.unwrap().to_string().as_str()),
        (LogKind::Promise, "2026-05-05")
    );
    let call = touching.iter().find(|one| one.key == "a").unwrap();
    assert_eq!(
        (call.lines[0].kind, call.lines[0].time.unwrap().to_string().as_str()),
        (LogKind::Call, "15:30:00")
    );
}

#[tokio::test]
async fn a_refusal_with_a_sum_offered_beside_it_is_an_offer_with_its_day() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let mail = "From: complaints@brightwell.example\nTo: ana@hill.example\nDate: Wed, 4 Mar 2026 10:00:00 +0000\nSubject: Your complaint\nMessage-ID: <o@brightwell.example>\n\nDear Ms Hill,\n\nWe are unable to uphold your complaint, because the contract allows the charge. As a gesture of goodwill we would like to offer you £20. Please let us know by 16 March 2026 if you accept.\n\nKind regards\nJo Marsh\n";
    let import = look(&place, &id, &from(vec![bytes("x.eml", mail)])).await.unwrap();
    let line = &import.proposals[0].lines[0];
    assert_eq!(
        (line.kind, line.due.unwrap().to_string().as_str()),
        (LogKind::Offer, "2026-03-16"),
        "{line:?}"
    );
    assert_eq!(line.amount.unwrap().to_string(), "GBP 20");
}

#[tokio::test]
async fn an_offer_within_a_final_response_keeps_its_sum_and_its_day() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let mail = "From: complaints@brightwell.example\nTo: ana@hill.example\nDate: Wed, 4 Mar 2026 10:00:00 +0000\nSubject: Your complaint\nMessage-ID: <f@brightwell.example>\n\nDear Ms Hill,\n\nThis is our final response to your complaint. Your bill rose from £30 to £41 because the contract allows the charge. As a gesture of goodwill we would like to offer you £10. This offer is open until 16 March 2026. If you are unhappy, you can go to the Energy Ombudsman within six months.\n\nKind regards\nJo Marsh\n";
    let import = look(&place, &id, &from(vec![bytes("x.eml", mail)])).await.unwrap();
    let line = &import.proposals[0].lines[0];
    let (due, amount) = (line.due.unwrap().to_string(), line.amount.unwrap().to_string());
    assert_eq!(
        (line.kind, due.as_str(), amount.as_str()),
        (LogKind::FinalResponse, "2026-03-16", "GBP 10"),
        "{line:?}"
    );
}

#[tokio::test]
async fn an_automatic_answer_tells_what_became_of_the_address_that_was_written_to() {
    let dir = tempfile::tempdir().unwrap();
    let place = place(dir.path());
    let id = opened(&place).await;
    let sent = "From: Ana Hill <ana@hill.example>\nTo: jo.marsh@brightwell.example\nDate: Mon, 2 Mar 2026 10:00:00 +0000\nSubject: Complaint BW-40417\nMessage-ID: <s1@hill.example>\n\nI complain: the line was never connected.\n";
    let auto = |n: u32, of: &str, text: &str| {
        format!(
            "From: {of}@brightwell.example\nTo: ana@hill.example\nDate: Mon, 2 Mar 2026 10:0{n}:00 +0000\nSubject: Automatic reply: Complaint BW-40417\nMessage-ID: <a{n}@brightwell.example>\nIn-Reply-To: <s1@hill.example>\nAuto-Submitted: auto-replied\n\n{text}\n"
        )
    };
    let left = auto(
        1,
        "jo.marsh",
        "Jo Marsh is no longer with Brightwell. Please write to mia.stone@brightwell.example instead.",
    );
    let away = auto(2, "mia.stone", "I am out of the office and return on 9 March.");
    let thanks =
        auto(3, "complaints", "Thank you, we received your complaint and will answer within 14 days.");
    let request = from(vec![
        bytes("sent.eml", sent),
        bytes("left.eml", &left),
        bytes("away.eml", &away),
        bytes("thanks.eml", &thanks),
    ]);
    let import = look(&place, &id, &request).await.unwrap();
    let tried: Vec<(&str, Option<&Tried>)> =
        import.proposals.iter().map(|one| (one.file.as_str(), one.tried.as_ref())).collect();
    let gone = tried.iter().find(|(file, _)| *file == "left.eml").unwrap().1.unwrap();
    assert_eq!((gone.contact.as_str(), gone.outcome.as_str()), ("jo.marsh@brightwell.example", "has_left"));
    assert_eq!(gone.instead, ["mia.stone@brightwell.example"]);
    // Who is away comes back, and who thanks has answered.
    assert!(
        tried.iter().filter(|(file, _)| *file != "left.eml").all(|(_, tried)| tried.is_none()),
        "{tried:?}"
    );
    let thanked = import.proposals.iter().find(|one| one.file == "thanks.eml").unwrap();
    assert_eq!(thanked.lines[0].kind, LogKind::Acknowledgement);
    let chosen: Vec<String> = import.proposals.iter().map(|one| one.key.clone()).collect();
    let done = keep(&place, &import, &chosen).await.unwrap();
    assert_eq!(done.tried.len(), 1);
    let state = place.state(&id).await.unwrap();
    assert!(state.is_dead("Jo.Marsh@brightwell.example") && !state.is_dead("mia.stone@brightwell.example"));
    // Twice is once.
    let again = look(&place, &id, &request).await.unwrap();
    assert!(again.proposals.is_empty(), "{:?}", again.proposals.len());
}
