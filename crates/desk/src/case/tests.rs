//! A case from its first word to its last, on a real store.

use casework::event::What;
use casework::{By, LogKind};
use serde_json::json;

use super::*;

#[expect(clippy::disallowed_methods, reason = "the single user of these tests holds the machine")]
pub(super) fn place(folder: &std::path::Path, now: &str) -> Place {
    Place::own(folder.to_owned(), None, now.parse().unwrap())
}

pub(super) fn energy() -> NewCase {
    NewCase {
        case: json!({
            "company": "Amberley Power", "country": "GB", "sector": "energy", "as": "consumer",
            "problem": {
                "what": "The bill charges units that the meter never counted, card 4111 1111 1111 1111",
                "topic": "billing_error", "since": "2026-01-20", "ongoing": true, "amount": 412, "currency": "GBP",
                "paid_by": "direct_debit", "impact": "my rent was late"
            },
            "wanted": {"what": "correction", "least": 350},
            "references": ["AP-40417"],
            "log": [{"at": "2026-01-25", "by": "customer", "channel": "phone", "rung": "front_line", "kind": "call", "text": "Gave the reading"}]
        }),
        found: None,
    }
}

pub(super) fn entry(on: &str, by: By, kind: LogKind, text: &str) -> LogRequest {
    LogRequest {
        on: Some(on.parse().unwrap()),
        time: None,
        by,
        kind,
        channel: Some(ladder::Channel::Email),
        rung: Some(ladder::Rung::Complaints),
        text: text.into(),
        due: None,
        amount: None,
        person: None,
        reference: None,
        contact: None,
        body: None,
        held: None,
        hours: None,
    }
}

#[tokio::test]
async fn a_case_goes_from_the_problem_to_the_ombudsman() {
    let dir = tempfile::tempdir().unwrap();
    let at = |now: &str| place(dir.path(), now);
    let opened = new(&at("2026-01-26T10:00:00+00:00[+00:00]"), &energy()).await.unwrap();
    assert_eq!((opened.id.as_str(), opened.masked), ("amberley-power-1", 1));
    let id = opened.id;
    let monday = at("2026-02-02T10:00:00+00:00[+00:00]");
    log(
        &monday,
        &id,
        entry("2026-02-02", By::Customer, LogKind::Complaint, "Complaint in writing, pictures enclosed"),
    )
    .await
    .unwrap();
    let shown = show(&at("2026-02-10T09:00:00+00:00[+00:00]"), &id).await.unwrap();
    assert!(!shown.what.as_deref().unwrap().contains("4111"), "{:?}", shown.what);
    let holder = shown.holder.unwrap();
    assert_eq!((holder.who.as_str(), holder.days), ("company", 8));
    assert_eq!(shown.next.advice[0].step.id(), "wait");
    assert_eq!(shown.timeline.len(), 2);

    let late = at("2026-04-20T09:00:00+00:00[+00:00]");
    let advice = next(&late, &id, true).await.unwrap();
    assert_eq!(
        (advice.advice[0].step.id(), advice.advice[0].body.as_deref()),
        ("go_adr", Some("gb-energy-ombudsman"))
    );
    assert!(advice.rules.iter().any(|rule| rule.fate == "first"));

    let request = DraftRequest {
        kind: None,
        language: None,
        tone: None,
        by: None,
        to: None,
        words: None,
        me: Me::default(),
        own: Vec::new(),
        built_in_instead: false,
    };
    let draft = draft(&late, &id, &request).await.unwrap();
    assert_eq!(draft.kind, "adr");
    assert!(draft.body.contains("2 February 2026") && draft.body.contains("AP-40417"), "{}", draft.body);

    close(&late, &id, "corrected bill", None).await.unwrap();
    assert!(list(&late, None, false).await.unwrap().is_empty());
    assert!(close(&late, &id, "again", None).await.is_err());
    reopen(&late, &id, "the bill was wrong again").await.unwrap();
    assert_eq!(list(&late, Some("meter"), false).await.unwrap().len(), 1);
    assert!(verify(&late, None).await.unwrap()[0].faults.is_empty());
}

#[tokio::test]
async fn a_day_ahead_and_a_case_that_is_not_there_are_refused_in_plain_words() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-01-26T10:00:00+00:00[+00:00]");
    assert!(show(&here, "x").await.unwrap_err().to_string().contains("upstairs case new"));
    assert!(list(&here, None, true).await.unwrap().is_empty());
    let id = new(&here, &energy()).await.unwrap().id;
    let ahead = log(&here, &id, entry("2026-03-01", By::Customer, LogKind::Call, "x")).await.unwrap_err();
    assert!(ahead.to_string().contains("is in the future"), "{ahead}");
    let missing = show(&here, "amberley-power-2").await.unwrap_err().to_string();
    assert!(missing.contains("did you mean `amberley-power-1`?"), "{missing}");
    let mut wrong = energy();
    wrong.case["problem"]["currency"] = json!("GPB");
    let error = new(&here, &wrong).await.unwrap_err().to_string();
    assert!(error.contains("currency") && error.contains("GBP"), "{error}");
}

#[tokio::test]
async fn a_sealed_copy_opens_on_another_machine_with_its_passphrase_only() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ours = place(here.path(), "2026-01-26T10:00:00+00:00[+00:00]");
    let theirs = place(there.path(), "2026-01-27T10:00:00+00:00[+00:00]");
    let id = new(&ours, &energy()).await.unwrap().id;
    let bill = here.path().join("bill.txt");
    std::fs::write(&bill, "a bill").unwrap();
    attach(&ours, &id, &bill, None, None).await.unwrap();
    write_down(&ours, &id, "email", "Half a letter").await.unwrap();
    write_down(&ours, &id, "chaser", "Half a chaser").await.unwrap();
    let sealed = here.path().join("copy.age");
    assert_eq!(export_sealed(&ours, &[], &sealed, "correct horse".into()).await.unwrap().count, 1);
    assert!(
        export_sealed(&ours, &[], &sealed, "x".into())
            .await
            .unwrap_err()
            .to_string()
            .contains("there already")
    );
    let wrong = restore_sealed(&theirs, &sealed, "wrong".into()).await.unwrap_err().to_string();
    assert!(wrong.contains("does not open"), "{wrong}");
    for _ in 0..2 {
        let ids = restore_sealed(&theirs, &sealed, "correct horse".into()).await.unwrap();
        assert_eq!(ids, std::slice::from_ref(&id));
        // What is written there meanwhile is not written over.
        write_down(&theirs, &id, "chaser", "A newer chaser").await.unwrap();
    }
    assert_eq!(written(&theirs, &id, "email").await.unwrap().as_deref(), Some("Half a letter"));
    assert_eq!(written(&theirs, &id, "chaser").await.unwrap().as_deref(), Some("A newer chaser"));
    let proof = &verify(&theirs, Some(&id)).await.unwrap()[0];
    assert_eq!((proof.files, proof.faults.len()), (1, 0));
    let folder = there.path().join("plain");
    assert_eq!(export_folder(&theirs, &id, &folder).await.unwrap().count, 1);
    assert_eq!(std::fs::read_to_string(folder.join("files/01 bill.txt")).unwrap(), "a bill");
    let nothing = restore_sealed(&theirs, &bill, "x".into()).await.unwrap_err().to_string();
    assert!(nothing.contains("no copy of cases"), "{nothing}");
}

#[test]
fn what_happened_keeps_its_form() {
    // An event of the first version: it must be readable for ever.
    let line = r#"{"v":1,"id":"e2","at":"2026-01-26T10:00:00+00:00[Europe/London]","recorded_by":"customer","event":"noted","text":"x"}"#;
    let event: casework::Event = serde_json::from_str(line).unwrap();
    assert!(matches!(event.what, What::Noted { .. }));
}

#[tokio::test]
async fn a_bill_above_its_promised_price_breaks_the_promise() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-04-26T10:00:00+00:00[+00:00]");
    let id = new(&here, &energy()).await.unwrap().id;
    let money = |text| words::sum(text).unwrap();
    let came = |on: &str, sum| BillRequest::Came { on: Some(on.parse().unwrap()), amount: money(sum) };
    let unwatched = bill(&here, &id, "tariff", &came("2026-03-01", "30 GBP")).await.unwrap_err();
    assert!(unwatched.to_string().contains("start with --promised SUM"), "{unwatched}");
    let watch = BillRequest::Watch {
        promised: money("30 GBP"),
        from: Some("2026-02-01".parse().unwrap()),
        until: None,
        words: Some("fixed for two years".into()),
    };
    bill(&here, &id, "tariff", &watch).await.unwrap();
    let view = bill(&here, &id, "tariff", &came("2026-03-01", "30 GBP")).await.unwrap();
    assert!(!view.came[0].broken);
    let view = bill(&here, &id, "tariff", &came("2026-04-01", "£42.50")).await.unwrap();
    assert!(view.came[1].broken && view.came[1].up.is_some());
    let twice = bill(&here, &id, "tariff", &came("2026-04-01", "42.50 GBP")).await.unwrap_err().to_string();
    assert!(twice.contains("already"), "{twice}");
    let other = bill(&here, &id, "tariff", &came("2026-04-02", "42.50 EUR")).await.unwrap_err().to_string();
    assert!(other.contains("the currencies differ"), "{other}");
    let shown = show(&here, &id).await.unwrap();
    assert_eq!((shown.promises.len(), shown.promises[0].state), (1, "broken"));
    assert!(shown.promises[0].text.contains("GBP 42.50"), "{}", shown.promises[0].text);
}

#[tokio::test]
async fn what_was_got_is_held_against_what_was_wanted() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-04-26T10:00:00+00:00[+00:00]");
    for (received, said) in [
        (Some("412 GBP"), "all of it"),
        (Some("360 GBP"), "at least the GBP 350"),
        (Some("20"), "less than the GBP 350"),
        (None, "no amount is written down"),
    ] {
        let id = new(&here, &energy()).await.unwrap().id;
        outcome(&here, &id, "+441632960441", casework::Outcome::WrongNumber).await.unwrap();
        let done = close(&here, &id, "done", received.map(|sum| words::sum(sum).unwrap())).await.unwrap();
        assert!(done.compared.iter().any(|line| line.contains(said)), "{said}: {:?}", done.compared);
        assert_eq!(
            done.learnt,
            [LearntView { contact: "+441632960441".into(), outcome: "wrong_number".into() }]
        );
    }
}

#[tokio::test]
async fn a_copy_for_sharing_names_nobody_and_a_folder_has_a_page() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-04-26T10:00:00+00:00[+00:00]");
    let id = new(&here, &energy()).await.unwrap().id;
    let mut call = entry(
        "2026-04-20",
        By::Customer,
        LogKind::Call,
        "Ana Hill, 7 Elm Row, rang about AP-40417: <b>no</b>",
    );
    call.person = Some("Jo Marsh, billing".into());
    log(&here, &id, call).await.unwrap();
    let me = Me { name: Some("Ana Hill".into()), address: vec!["7 Elm Row".into()], ..Me::default() };
    let shared = dir.path().join("shared");
    export_redacted(&here, &id, &shared, &me).await.unwrap();
    for name in ["case.json", "index.html"] {
        let text = std::fs::read_to_string(shared.join(name)).unwrap();
        for private in ["Ana", "Hill", "Marsh", "Elm Row", "AP-40417"] {
            assert!(!text.contains(private), "{private} stands in {name}");
        }
        assert!(text.contains("Amberley Power") && text.contains("2026-04-20"), "{name}");
    }
    assert!(!shared.join("events.jsonl").exists());
    let whole = dir.path().join("whole");
    export_folder(&here, &id, &whole).await.unwrap();
    let page = std::fs::read_to_string(whole.join("index.html")).unwrap();
    assert!(page.contains("Ana Hill") && page.contains("&lt;b&gt;no&lt;/b&gt;"), "{page}");
}

#[tokio::test]
async fn an_overdue_answer_is_told_as_overdue_and_the_step_says_what_it_opens() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-02-02T10:00:00+00:00[+00:00]");
    let mut case = energy();
    case.case["problem"]["topic"] = json!("bill_increase");
    let id = new(&here, &case).await.unwrap().id;
    log(&here, &id, entry("2026-02-02", By::Customer, LogKind::Complaint, "Complaint in writing"))
        .await
        .unwrap();
    let mut promise = entry("2026-02-02", By::Company, LogKind::Promise, "We will correct it");
    promise.due = Some("2026-02-10".parse().unwrap());
    log(&here, &id, promise).await.unwrap();
    let late = place(dir.path(), "2026-02-20T10:00:00+00:00[+00:00]");
    let days = due_all(&late, None).await.unwrap().days;
    assert!(days.iter().any(|day| day.overdue && day.day == "2026-02-10"), "{days:?}");
    assert!(days.iter().filter(|day| day.overdue).all(|day| !day.what.contains("must have")), "{days:?}");
    let act = act(&late, &id).await.unwrap();
    assert!(!act.words.is_empty() && act.step.id() != "wait", "{act:?}");
    authority(&late, &id, "Advice Centre", None, None).await.unwrap();
    assert!(authority(&late, &id, "Advice Centre", None, Some("2026-01-01".parse().unwrap())).await.is_err());
    // Who acts for a client says so in every letter, and the authority itself is the client's.
    authority(&late, &id, "Alex Reed", Some("Maria Okafor"), None).await.unwrap();
    let mut request = crate::case::DraftRequest {
        kind: Some("formal".to_owned()),
        language: None,
        tone: None,
        by: None,
        to: None,
        words: None,
        me: crate::case::Me { name: Some("Alex Reed".to_owned()), ..crate::case::Me::default() },
        own: Vec::new(),
        built_in_instead: false,
    };
    let body = crate::case::draft(&late, &id, &request).await.unwrap().body;
    assert!(body.contains("I write on behalf of Maria Okafor.") && !body.contains("enclosed"), "{body}");
    assert!(body.trim_end().ends_with("Alex Reed\non behalf of Maria Okafor"), "{body}");
    let told = crate::case::draft(&late, &id, &request).await.unwrap().warnings;
    assert!(told.iter().any(|told| told.contains("no authority from Maria Okafor is attached")), "{told:?}");
    // The authority is enclosed where it is: in every language, and in the form of a body.
    attach_bytes(&late, &id, [("Bill of May", &b"bill"[..])].into_iter()).await.unwrap();
    let words = crate::case::draft(&late, &id, &request).await.unwrap().body;
    assert!(!words.contains("authority is enclosed"), "{words}");
    attach_bytes(&late, &id, [("authority_signed.pdf", &b"authority"[..])].into_iter()).await.unwrap();
    for (language, says) in [
        ("en", "Maria Okafor; the authority is enclosed."),
        ("de", "Maria Okafor; die Vollmacht liegt bei."),
        ("fr", "Maria Okafor ; le mandat est joint."),
        ("es", "Maria Okafor; la autorización se adjunta."),
    ] {
        for kind in ["formal", "adr"] {
            request.language = Some(language.to_owned());
            request.kind = Some(kind.to_owned());
            let draft = crate::case::draft(&late, &id, &request).await.unwrap();
            assert!(draft.body.contains(says), "{language} {kind}: {}", draft.body);
            assert!(!draft.warnings.iter().any(|told| told.contains("attached")), "{:?}", draft.warnings);
        }
    }
    request.language = None;
    request.kind = Some("authority".to_owned());
    let body = crate::case::draft(&late, &id, &request).await.unwrap().body;
    assert!(body.contains("I authorise Alex Reed") && !body.contains("on behalf"), "{body}");
}

#[tokio::test]
async fn a_call_that_nobody_answered_is_told_so_in_a_letter_and_a_promise_that_was_replaced_is_not_kept() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-02-06T10:00:00+00:00[+00:00]");
    let id = new(&here, &energy()).await.unwrap().id;
    let mut call = entry("2026-02-02", By::Customer, LogKind::NoAnswer, "");
    call.channel = Some(ladder::Channel::Phone);
    log(&here, &id, call).await.unwrap();
    let mut promise = entry("2026-02-03", By::Company, LogKind::Promise, "We will correct it");
    promise.due = Some("2026-02-10".parse().unwrap());
    log(&here, &id, promise.clone()).await.unwrap();
    promise.text = "“We will correct it in the next bill”".into();
    promise.on = Some("2026-02-05".parse().unwrap());
    promise.due = Some("2026-02-25".parse().unwrap());
    log(&here, &id, promise).await.unwrap();
    let view = show(&here, &id).await.unwrap();
    let states: Vec<&str> = view.promises.iter().map(|promise| promise.state).collect();
    assert_eq!(states, ["replaced", "open"]);
    let request = DraftRequest {
        kind: Some("letter".into()),
        language: None,
        tone: None,
        by: None,
        to: None,
        words: None,
        me: Me::default(),
        own: Vec::new(),
        built_in_instead: false,
    };
    let body = draft(&here, &id, &request).await.unwrap().body;
    let steps: Vec<&str> = body.lines().filter(|line| line.starts_with("- ")).collect();
    assert_eq!(steps.len(), 2, "{body}");
    assert!(steps[0].contains("Gave the reading") && steps[1].contains("nobody answered"), "{body}");
    // To a body outside, the company is not "you".
    let late = place(dir.path(), "2026-04-20T10:00:00+00:00[+00:00]");
    let short = |words| DraftRequest { words: Some(words), ..request.clone() };
    let body = draft(&here, &id, &short(60)).await.unwrap();
    assert!(body.words < draft(&here, &id, &request).await.unwrap().words, "{}", body.body);
    assert!(draft(&here, &id, &short(5)).await.unwrap_err().to_string().contains("from 20 to 2000"));
    let adr = draft(&late, &id, &DraftRequest { kind: Some("adr".into()), ..request }).await.unwrap().body;
    assert!(adr.contains("Amberley Power told me: \"We will correct it in the next bill\""), "{adr}");
    assert!(!adr.contains("you told me"), "{adr}");
    // On the day on which the first would have been broken, the second counts.
    let later = place(dir.path(), "2026-02-12T10:00:00+00:00[+00:00]");
    let days = due(&later, &id, None).await.unwrap();
    assert!(days.iter().all(|day| day.day != "2026-02-10"), "{days:?}");
}

#[tokio::test]
async fn a_letter_by_post_goes_to_an_address_and_a_call_is_confirmed_by_what_was_said_in_it() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-02-06T10:00:00+00:00[+00:00]");
    let id = new(&here, &energy()).await.unwrap().id;
    let point = |rung: &str, channel: &str, value: &str| json!({"rung": rung, "channel": channel, "party": "company", "value": value});
    let ladder = json!({"contacts": [
        point("complaints", "email", "complaints@amberley.example"),
        point("legal", "postal", "Amberley Power, 1 Dock Road, Hull HU1 1AA"),
    ]});
    let cases = here.write().await.unwrap();
    let pinned = What::LadderPinned { ladder, on: here.now.date() };
    cases.append(&id, vec![pinned], &here.moment(), &here.by).await.unwrap();
    cases.close().await;
    let write = async |kind: &str| {
        let request = DraftRequest {
            kind: Some(kind.into()),
            language: None,
            tone: None,
            by: None,
            to: None,
            me: Me::default(),
            own: Vec::new(),
            built_in_instead: false,
            words: None,
        };
        draft(&here, &id, &request).await.unwrap()
    };
    // The complaints desk names a mailbox alone: a letter goes to head office.
    let letter = write("letter").await;
    assert_eq!(letter.sheet.contact.as_deref(), Some("Amberley Power, 1 Dock Road, Hull HU1 1AA"));
    assert!(letter.sheet.to.contains(&"1 Dock Road".to_owned()), "{:?}", letter.sheet.to);
    assert_eq!(write("email").await.sheet.contact.as_deref(), Some("complaints@amberley.example"));
    // A call of which nothing is known is not written into a letter; an answer that came by mail is no conversation.
    let mut call = entry("2026-02-03", By::Customer, LogKind::Call, "They will send a new bill by the 20th");
    call.channel = Some(ladder::Channel::Phone);
    call.person = Some("Sam".into());
    log(&here, &id, call).await.unwrap();
    log(&here, &id, entry("2026-02-04", By::Company, LogKind::Promise, "You will hear from us"))
        .await
        .unwrap();
    let confirmation = write("confirmation").await.body;
    assert!(
        confirmation.contains("3 February 2026 with Sam: They will send a new bill by the 20th."),
        "{confirmation}"
    );
}
