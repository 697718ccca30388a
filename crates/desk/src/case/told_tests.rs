//! What letters tell of a case: whose words are quoted, what of a note is told, which sum, which body, and which day is kept.

use casework::event::What;
use casework::{By, LogKind};
use ladder::Channel;
use serde_json::json;

use super::tests::{energy, entry, place};
use super::*;

const NOW: &str = "2026-04-06T10:00:00+00:00[+00:00]";

fn request(kind: &str) -> DraftRequest {
    DraftRequest {
        kind: Some(kind.to_owned()),
        language: None,
        tone: None,
        by: None,
        to: None,
        words: None,
        me: Me { name: Some("Ada Fox".to_owned()), ..Me::default() },
        own: Vec::new(),
        built_in_instead: false,
    }
}

async fn words(here: &Place, id: &str, kind: &str) -> String {
    draft(here, id, &request(kind)).await.unwrap().body
}

#[tokio::test]
async fn a_reply_is_told_beside_its_case_and_kept_as_its_reader_corrected_it() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    let reply = "Dear Ms Fox,\n\nThank you for your complaint about the bill. I am looking into the readings and will write to you by 20 March. \
        Please call 020 7946 0123 and quote AB-4471.\n\nKind regards\nJo Lamb";
    let on: jiff::civil::Date = "2026-03-02".parse().unwrap();
    let told = import::reply_told(&here, &id, reply, Some(on)).await.unwrap();
    assert!(
        told.reading.labels.iter().any(|label| label.id() == "acknowledgement"),
        "{:?}",
        told.reading.labels
    );
    assert!(told.reading.addresses_core.is_some(), "the case says what is complained of");
    assert_eq!((told.on, told.known.as_deref()), (on, None));
    assert_eq!(told.lines[0].due, Some("2026-03-20".parse().unwrap()));
    let line = import::LineWanted {
        at: 0,
        kind: LogKind::Promise,
        text: "Will write about the readings".to_owned(),
        due: Some("2026-03-23".parse().unwrap()),
        amount: None,
    };
    let came = import::Came { on: Some(on), channel: Some(Channel::Chat) };
    for (wrong, why) in [
        (import::LineWanted { at: 1, ..line.clone() }, "the answer itself"),
        (import::LineWanted { text: " ".to_owned(), ..line.clone() }, "must say in short"),
    ] {
        let error = import::keep_reply_as(&here, &id, reply, came, &[wrong]).await.unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
    }
    let beyond = [line.clone(), import::LineWanted { at: 9, ..line.clone() }];
    let error = import::keep_reply_as(&here, &id, reply, came, &beyond).await.unwrap_err();
    assert!(error.to_string().contains("gives different lines"), "{error}");
    let kept = import::keep_reply_as(&here, &id, reply, came, &[line]).await.unwrap();
    let view = show(&here, &id).await.unwrap();
    let entry = view.timeline.iter().find(|entry| entry.event == kept[0]).unwrap();
    assert_eq!((entry.kind.as_str(), entry.due.as_deref()), ("promise", Some("2026-03-23")));
    assert_eq!(entry.channel.as_deref(), Some("chat"), "by which way it came was told");
    assert_eq!(entry.text, "Will write about the readings");
    let again = import::reply_told(&here, &id, reply, Some(on)).await.unwrap();
    assert_eq!(
        again.known.as_deref(),
        Some(kept[0].as_str()),
        "what is known is told before it is kept again"
    );
    let ahead = Some("2027-01-01".parse().unwrap());
    assert!(
        import::reply_told(&here, &id, reply, ahead)
            .await
            .unwrap_err()
            .to_string()
            .contains("is in the future")
    );
    assert!(import::reply_told(&here, &id, "  ", Some(on)).await.is_err(), "an empty reply says nothing");
}

#[tokio::test]
async fn a_reply_in_writing_after_a_visit_did_not_come_in_person() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    for (channel, on, expected) in
        [(Channel::InPerson, "2026-03-03", None), (Channel::Postal, "2026-03-05", Some("postal"))]
    {
        let told = LogRequest {
            channel: Some(channel),
            ..entry(on, By::Customer, LogKind::Question, "Asked again")
        };
        log(&here, &id, told).await.unwrap();
        let reply = format!("Dear Ms Fox,\n\nOn {on} you asked for the readings. They stand.\n\nJo Lamb");
        let came = import::Came { on: Some("2026-03-06".parse().unwrap()), channel: None };
        let kept = import::keep_reply(&here, &id, &reply, came).await.unwrap();
        let view = show(&here, &id).await.unwrap();
        let line = view.timeline.iter().find(|line| line.event == kept[0]).unwrap();
        assert_eq!(line.channel.as_deref(), expected, "after {channel:?}");
    }
}

#[tokio::test]
async fn the_companys_own_message_is_quoted_and_a_note_of_it_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    let reply = "Dear Ms Fox,\n\nThe readings of January were estimated and will not be changed.\n\nKind regards\nJo Lamb";
    let on = Some("2026-03-02".parse().unwrap());
    let lines = import::reply_lines(&here, &id, reply, on).await.unwrap();
    assert_eq!((lines.len(), lines[0].kind, lines[0].person.as_deref()), (1, "refusal", Some("Jo Lamb")));
    let came = import::Came { on, channel: None };
    let kept = import::keep_reply(&here, &id, reply, came).await.unwrap();
    assert_eq!(kept.len(), 1);
    // The same again is refused, however its lines are broken; a withdrawn one is none.
    let again = import::keep_reply(&here, &id, &reply.replace(' ', "\n"), came).await.unwrap_err();
    assert!(again.to_string().contains(&format!("has this reply already, as {}", kept[0])), "{again}");
    withdraw(&here, &id, &kept[0], "the wrong day").await.unwrap();
    assert_eq!(import::keep_reply(&here, &id, reply, came).await.unwrap().len(), 1);
    for kind in ["email", "formal", "executive", "challenge"] {
        let text = words(&here, &id, kind).await;
        assert!(
            text.contains("\"The readings of January were estimated and will not be changed"),
            "{kind}: {text}"
        );
    }
    let note =
        entry("2026-03-20", By::Company, LogKind::Refusal, "Says the meter is fine and hung up on the point");
    log(&here, &id, note).await.unwrap();
    let text = words(&here, &id, "email").await;
    assert!(text.contains("by my notes: Says the meter is fine") && !text.contains('"'), "{text}");
    let ahead = Some("2027-01-01".parse().unwrap());
    assert!(
        import::reply_lines(&here, &id, reply, ahead)
            .await
            .unwrap_err()
            .to_string()
            .contains("is in the future")
    );
}

#[tokio::test]
async fn a_note_is_the_companys_words_only_in_quotation_marks() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    for (note, says) in [
        ("We were told there is no refund", "by my notes: We were told there is no refund"),
        ("Our claim was refused by Jane", "by my notes: Our claim was refused by Jane"),
        ("\"We have looked into it.\"", "says: \"We have looked into it\""),
        ("„Wir haben das geprüft“", "says: \"Wir haben das geprüft\""),
    ] {
        let id = new(&here, &energy()).await.unwrap().id;
        log(&here, &id, entry("2026-03-20", By::Company, LogKind::Refusal, note)).await.unwrap();
        let text = words(&here, &id, "email").await;
        assert!(text.contains(says), "{note}: {text}");
    }
}

#[tokio::test]
async fn a_text_without_a_subject_is_told_by_its_own_words_and_kept_whole() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    let text = format!(
        "Guten Tag,\n\nmeine Rechnung vom Januar ist zu hoch. {}",
        "Der Zähler zeigt etwas anderes. ".repeat(1000)
    );
    let chat = |text: &str| SentRequest {
        kind: "chat".to_owned(),
        text: text.to_owned(),
        channel: Some(Channel::Chat),
        contact: None,
        rung: None,
    };
    let event = sent(&here, &id, chat(&text)).await.unwrap();
    let case = here.read().await.unwrap().load(&id).await.unwrap();
    let kept = case.events().iter().find(|one| one.id == event).unwrap();
    let What::Sent { entry: line, message } = &kept.what else { panic!("{kept:?}") };
    assert_eq!(message.text.as_deref(), Some(text.trim()));
    assert!(line.text.starts_with("meine Rechnung vom Januar ist zu hoch. Der"), "{}", line.text);
    assert!(line.text.chars().count() <= 401, "{}", line.text);
    assert!(sent(&here, &id, chat(&"x".repeat(written::MOST_TEXT + 1))).await.is_err());
    // So it was written down before.
    let title = kinds().into_iter().find(|kind| kind.name == "chat").unwrap().title;
    let old = LogRequest {
        channel: Some(Channel::Chat),
        ..entry("2026-04-01", By::Customer, LogKind::Question, title)
    };
    log(&here, &id, old).await.unwrap();
    let german = DraftRequest { language: Some("de".to_owned()), ..request("adr") };
    let body = draft(&here, &id, &german).await.unwrap().body;
    assert!(!body.to_lowercase().contains("opening words"), "{body}");
    assert!(body.contains("Meine Rechnung vom Januar"), "{body}");
}

#[tokio::test]
async fn a_note_in_shorthand_is_told_as_day_channel_name_and_promise() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    let call = |by, kind, text: &str| LogRequest {
        person: Some("Priya".to_owned()),
        channel: Some(Channel::Phone),
        ..entry("2026-03-30", by, kind, text)
    };
    log(&here, &id, call(By::Customer, LogKind::Call, "spoke w/ Priya, cust upset -> cb Mon")).await.unwrap();
    let mut promise = call(By::Company, LogKind::Promise, "a new bill by 20 April");
    promise.due = Some("2026-04-20".parse().unwrap());
    log(&here, &id, promise).await.unwrap();
    let text = words(&here, &id, "email").await;
    assert!(
        text.contains(
            "30 March 2026, by phone, Priya: My note of what I was promised: \"a new bill by 20 April\"."
        ),
        "{text}"
    );
    assert!(!text.contains("upset"), "{text}");
    assert_eq!(words(&here, &id, "adr").await.matches("new bill by 20 April").count(), 1);
}

#[tokio::test]
async fn a_bank_is_not_told_the_demand_as_the_payment() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let open = |wanted: &str, what: &str| {
        let mut case = energy();
        case.case["wanted"] = json!({"what": wanted, "least": 350});
        case.case["problem"]["what"] = what.into();
        case
    };
    for (wanted, what, paid) in [
        ("refund", "They took a payment that I never agreed to", "Amount: £412"),
        ("compensation", "They took a payment that I never agreed to", "Amount: [Which amount was paid?]"),
        ("refund", "They took £137 twice and I lost a discount", "Amount: [Which amount was paid?]"),
    ] {
        let id = new(&here, &open(wanted, what)).await.unwrap().id;
        let text = words(&here, &id, "chargeback").await;
        assert!(text.contains(paid), "{wanted}: {text}");
    }
    let id =
        new(&here, &open("compensation", "They took a payment that I never agreed to")).await.unwrap().id;
    // A sum without a currency is in that of the case.
    let amount = super::words::sum("137").unwrap();
    let paid = LogRequest {
        amount: Some(amount),
        ..entry("2026-01-20", By::Customer, LogKind::Payment, "Paid by card")
    };
    log(&here, &id, paid).await.unwrap();
    assert!(words(&here, &id, "chargeback").await.contains("Amount: £137"));
}

#[tokio::test]
async fn a_body_of_another_trade_or_country_is_warned_of() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    for (body, says) in [
        ("gb-energy-ombudsman", None),
        ("gb-communications-ombudsman", Some("and the case is about energy")),
        ("us-dot-aviation", Some("is of US, and the case is of GB")),
    ] {
        let warnings = draft(&here, &id, &request(body)).await.unwrap().warnings;
        let told = warnings.iter().find(|told| told.contains("likely to send this back"));
        assert_eq!(told.is_some(), says.is_some(), "{body}: {warnings:?}");
        assert!(says.is_none_or(|says| told.unwrap().contains(says)), "{body}: {told:?}");
    }
}

#[tokio::test]
async fn a_day_by_which_it_matters_shortens_the_time_and_is_the_only_day_that_is_set() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    for (matters, says) in [
        // A Sunday: the last day on which somebody works before it.
        ("2026-04-12", "in writing by 10 April 2026, by e-mail. I need it settled by that day."),
        ("2026-06-01", "a correction of £412 on the bill, by 1 June 2026."),
    ] {
        let mut case = energy();
        case.case["wanted"]["by"] = matters.into();
        case.case["wanted"]["reach_by"] = "email".into();
        let id = new(&here, &case).await.unwrap().id;
        let text = words(&here, &id, "email").await;
        assert!(text.contains(says), "{text}");
    }
}

#[tokio::test]
async fn a_text_that_was_sent_keeps_its_subject_its_words_and_the_day_that_it_sets() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let id = new(&here, &energy()).await.unwrap().id;
    let text =
        "Subject: Letter before action: AP-40417\n\nDear Amberley Power,\n\nPlease pay by 20 April 2026.";
    let request = SentRequest {
        kind: "before-action".to_owned(),
        text: text.to_owned(),
        channel: Some(Channel::Postal),
        contact: None,
        rung: None,
    };
    sent(&here, &id, request).await.unwrap();
    let state = here.state(&id).await.unwrap();
    let last = &state.log.last().unwrap().entry;
    assert_eq!(
        (last.text.as_str(), last.due),
        ("Letter before action: AP-40417", Some("2026-04-20".parse().unwrap()))
    );
    assert_eq!(last.rung, Some(ladder::Rung::Legal));
}

#[tokio::test]
async fn a_formal_complaint_goes_to_head_office_and_only_a_letter_before_court_to_where_papers_are_served() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), NOW);
    let point = |rung: &str, channel: &str, label: &str, value: &str| json!({"rung": rung, "channel": channel, "party": "company", "label": label, "value": value});
    let contacts = json!([
        point(
            "legal",
            "postal",
            "Notice of Dispute",
            "Amberley, Attn Legal Department, 1 Court Row, Hull HU1 1AA"
        ),
        point("legal", "form", "Arbitration opt-out", "https://amberley.example/opt-out"),
        point("complaints", "postal", "Complaints", "Amberley, Complaints, 2 Dock Road, Hull HU1 1AB"),
        point("front_line", "email", "Help", "care@amberley.example"),
        point(
            "executive",
            "postal",
            "Office of the Chief Executive",
            "Amberley, CEO Office, 3 Dock Road, Hull HU1 1AC"
        ),
    ]);
    let id = new(&here, &energy()).await.unwrap().id;
    let cases = here.write().await.unwrap();
    let on = here.now.date();
    let pinned = casework::event::What::LadderPinned { ladder: json!({ "contacts": contacts }), on };
    cases.append(&id, vec![pinned], &here.moment(), &here.by).await.unwrap();
    cases.close().await;
    for (kind, place) in [
        ("formal", "2 Dock Road"),
        ("letter", "2 Dock Road"),
        ("before-action", "1 Court Row"),
        ("executive", "3 Dock Road"),
        ("email", "care@amberley.example"),
    ] {
        let contact = draft(&here, &id, &request(kind)).await.unwrap().sheet.contact.unwrap();
        assert!(contact.contains(place), "{kind}: {contact}");
    }
}
