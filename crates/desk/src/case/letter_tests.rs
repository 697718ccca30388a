//! To whom a letter goes, and which day it sets.

use casework::event::What;
use casework::{By, LogKind};
use serde_json::{Value, json};

use super::tests::{energy, entry, place};
use super::*;

/// Opens a case in a country, with contact points as `find` answers them; returns its id.
async fn opened(here: &Place, country: &str, contacts: Value) -> String {
    let mut case = energy();
    case.case["country"] = country.into();
    let id = new(here, &case).await.unwrap().id;
    let cases = here.write().await.unwrap();
    let pinned = What::LadderPinned { ladder: json!({ "contacts": contacts }), on: here.now.date() };
    cases.append(&id, vec![pinned], &here.moment(), &here.by).await.unwrap();
    cases.close().await;
    id
}

fn point(rung: &str, channel: &str, value: &str) -> Value {
    json!({"rung": rung, "channel": channel, "party": "company", "value": value})
}

fn request(kind: &str, to: Option<&str>) -> DraftRequest {
    DraftRequest {
        kind: Some(kind.to_owned()),
        language: Some("en".to_owned()),
        tone: None,
        by: None,
        to: to.map(str::to_owned),
        words: None,
        me: Me::default(),
        own: Vec::new(),
        built_in_instead: false,
    }
}

#[tokio::test]
async fn a_claim_form_of_just_this_matter_stands_beside_the_desk() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-03-27T10:00:00+00:00[+00:00]");
    let form = |value: &str, label: &str, topics: &[&str]| {
        let mut form = point("specialist", "form", value);
        form["label"] = label.into();
        form["topics"] = json!(topics);
        form
    };
    let contacts = json!([
        point("front_line", "email", "help@amberley.example"),
        point("complaints", "email", "complaints@amberley.example"),
        form("https://amberley.example/bills", "Bill increase claim", &["bill_increase", "billing"]),
        form("https://amberley.example/moving", "Moving home claim", &["moving"]),
        form("https://amberley.example/rise", "Why bills rise", &["bill_increase"]),
    ]);
    let mut case = energy();
    case.case["problem"]["topic"] = "bill_increase".into();
    let id = new(&here, &case).await.unwrap().id;
    let cases = here.write().await.unwrap();
    let pinned = What::LadderPinned { ladder: json!({ "contacts": contacts }), on: here.now.date() };
    cases.append(&id, vec![pinned], &here.moment(), &here.by).await.unwrap();
    cases.close().await;
    let advice = next(&here, &id, false).await.unwrap();
    let through: Vec<&str> = advice.advice[0].through.iter().map(|way| way.value.as_str()).collect();
    assert_eq!(through.len(), 2, "{through:?}");
    assert_eq!(through[1], "https://amberley.example/bills");
}

#[tokio::test]
async fn a_letter_before_court_gives_the_time_that_the_atlas_gives_and_advice_waits_for() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-03-27T10:00:00+00:00[+00:00]");
    // By a right of the country, by the court's own rule, and where neither says a time.
    for (country, day) in [("GB", "10 April 2026"), ("ZA", "10 April 2026"), ("NL", "10 April 2026")] {
        let id = opened(&here, country, json!([])).await;
        let letter = draft(&here, &id, &request("before-action", None)).await.unwrap();
        assert!(letter.body.contains(&format!("by {day}. I am willing")), "{country}: {}", letter.body);
        // Another letter keeps to working days.
        let email = draft(&here, &id, &request("email", None)).await.unwrap();
        assert!(!email.body.contains(&format!("in writing by {day}")), "{country}: {}", email.body);
    }
    let id = opened(&here, "GB", json!([])).await;
    let hasty = DraftRequest { by: Some("2026-04-02".parse().unwrap()), ..request("before-action", None) };
    let hasty = draft(&here, &id, &hasty).await.unwrap();
    assert!(hasty.body.contains("by 2 April 2026"), "{}", hasty.body);
    assert!(hasty.warnings.iter().any(|told| told.contains("until 2026-04-10")), "{:?}", hasty.warnings);
}

#[tokio::test]
async fn a_request_for_data_counts_a_month_from_today_and_asks_from_the_first_contact_on() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-01-31T10:00:00+00:00[+00:00]");
    for (country, by, law) in [
        ("GB", "28 February 2026", "under UK GDPR"),
        ("IE", "28 February 2026", "Article 15 of the General Data Protection Regulation"),
        ("US", "February 13, 2026", ""),
    ] {
        let id = opened(&here, country, json!([])).await;
        log(&here, &id, entry("2026-01-29", By::Customer, LogKind::Complaint, "In writing")).await.unwrap();
        let body = draft(&here, &id, &request("access-request", None)).await.unwrap().body;
        // The problem began on 20 January, the complaint was made on the 29th: the first contact was a call on the 25th.
        let since = if country == "US" { "since January 25, 2026" } else { "since 25 January 2026" };
        for words in [since, &format!("answer by {by}"), law] {
            assert!(body.contains(words), "{country} {words}: {body}");
        }
    }
}

#[tokio::test]
async fn a_draft_goes_to_the_nearest_desk_that_takes_it_and_never_to_a_suspect() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-02-06T10:00:00+00:00[+00:00]");
    let mut false_desk = point("complaints", "email", "help@amberley-refunds.example");
    false_desk["signals"] = json!([{"id": "suspect", "rung": "complaints", "words": "a look-alike"}]);
    let contacts = json!([
        point("front_line", "phone", "+441632960441"),
        false_desk,
        point("complaints", "form", "https://amberley.example/complain"),
        point("front_line", "email", "care@amberley.example"),
        point("specialist", "email", "dpo@amberley.example"),
        point("front_line", "social", "https://social.example/amberley"),
    ]);
    let id = opened(&here, "GB", contacts).await;
    for (kind, value, told) in [
        ("email", Some("care@amberley.example"), Some("it has a form: https://amberley.example/complain")),
        ("access-request", Some("dpo@amberley.example"), None),
        ("post", Some("https://social.example/amberley"), None),
        ("call", Some("+441632960441"), None),
        (
            "chat",
            None,
            Some("no chat or messaging number of Amberley Power is known: `upstairs case refresh"),
        ),
        ("letter", None, Some("no postal address of Amberley Power is known")),
    ] {
        let draft = draft(&here, &id, &request(kind, None)).await.unwrap();
        assert_eq!(draft.sheet.contact.as_deref(), value, "{kind}");
        match told {
            Some(told) => {
                assert!(draft.warnings.iter().any(|w| w.contains(told)), "{kind}: {:?}", draft.warnings);
            }
            None => assert!(draft.warnings.is_empty(), "{kind}: {:?}", draft.warnings),
        }
    }
}

#[tokio::test]
async fn whom_the_writer_names_is_taken_as_what_it_is_or_refused_with_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-02-06T10:00:00+00:00[+00:00]");
    let id = opened(&here, "GB", json!([point("executive", "email", "office@amberley.example")])).await;
    for (kind, to, value) in [
        ("email", "Jo Lamb <Jo.Lamb@amberley.example>", "jo.lamb@amberley.example"),
        ("email", "executive", "office@amberley.example"),
        ("letter", "Amberley Power, 1 Dock Road, Hull HU1 1AA", "Amberley Power, 1 Dock Road, Hull HU1 1AA"),
        ("before-action", "legal@amberley.example", "legal@amberley.example"),
        ("call", "+441632960441", "+441632960441"),
        ("chat", "https://amberley.example/chat", "https://amberley.example/chat"),
        ("message", "+441632960441", "+441632960441"),
        ("post", "https://social.example/amberley", "https://social.example/amberley"),
    ] {
        let draft = draft(&here, &id, &request(kind, Some(to))).await.unwrap();
        assert_eq!(draft.sheet.contact.as_deref(), Some(value), "{kind} --to {to}");
        // Nothing was complained of yet: that a letter before court comes too early is told, and nothing of whom it goes to.
        let of_time = draft.warnings.iter().filter(|told| told.starts_with("before its time; missing:"));
        assert_eq!(
            (of_time.count(), draft.warnings.len()),
            if kind == "before-action" { (1, 1) } else { (0, 0) }
        );
    }
    for (kind, to, says) in [
        (
            "email",
            "head office",
            "`head office` is not an address: give the e-mail address, form or postal address",
        ),
        (
            "email",
            "legal",
            "on the rung `legal` is known: `upstairs case refresh amberley-power-1` looks for one",
        ),
        ("email", "+441632960441", "`email` does not go to `+441632960441`"),
        ("letter", "complaints", "no postal address of Amberley Power on the rung"),
        ("chat", "care@amberley.example", "`chat` does not go to"),
    ] {
        let error = draft(&here, &id, &request(kind, Some(to))).await.unwrap_err().to_string();
        assert!(error.contains(says), "{kind} --to {to}: {error}");
    }
    // What is named stands on the sheet, and a message leaves to a mailbox only.
    let me = Me { email: Some("ada@home.example".to_owned()), ..Me::default() };
    let by_post = DraftRequest { me, ..request("email", Some("Amberley Power, 1 Dock Road, Hull HU1 1AA")) };
    let sheet = draft(&here, &id, &by_post).await.unwrap().sheet;
    assert!(sheet.to.contains(&"1 Dock Road".to_owned()), "{:?}", sheet.to);
    let error = prepare(&here, &id, &by_post, &Delivery::default()).await.unwrap_err().to_string();
    assert!(error.contains("goes to an e-mail address"), "{error}");
}

#[tokio::test]
async fn a_letter_that_goes_up_is_addressed_to_the_role_and_to_no_form_for_something_else() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-02-06T10:00:00+00:00[+00:00]");
    let mut labels = point("front_line", "form", "https://amberley.example/returns/shipping-labels");
    labels["label"] = "Request a shipping label".into();
    let office = "Amberley Power, 1 Dock Road, Hull HU1 1AA";
    let contacts = [
        labels,
        point("front_line", "form", "https://amberley.example/contact"),
        point("legal", "postal", office),
    ];
    let id = opened(&here, "GB", json!(contacts[..2])).await;
    for (kind, role) in [("supervisor", "Supervisor"), ("executive", "Executive office")] {
        let draft = draft(&here, &id, &request(kind, None)).await.unwrap();
        assert_eq!(draft.sheet.contact.as_deref(), Some("https://amberley.example/contact"), "{kind}");
        assert_eq!(draft.sheet.to, ["Amberley Power", role], "{kind}");
    }
    // Head office passes a letter on to those who decide; a form of the front line does not.
    let id = opened(&here, "GB", json!(contacts)).await;
    let letter = draft(&here, &id, &request("executive", None)).await.unwrap();
    assert_eq!(letter.sheet.contact.as_deref(), Some(office));
    // A form for something else alone is none to write in.
    let id = opened(&here, "GB", json!(contacts[..1])).await;
    let letter = draft(&here, &id, &request("supervisor", None)).await.unwrap();
    assert_eq!(letter.sheet.contact, None);
}

#[tokio::test]
async fn a_counter_offer_asks_for_the_answer_while_the_offer_stands() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-03-02T10:00:00+00:00[+00:00]");
    let id = opened(&here, "GB", json!([])).await;
    let offer = LogRequest {
        due: Some("2026-03-09".parse().unwrap()),
        ..entry("2026-02-27", By::Company, LogKind::Offer, "We offer 50 GBP")
    };
    log(&here, &id, offer).await.unwrap();
    // The day before the offer ends is a Sunday.
    let letter = draft(&here, &id, &request("counter", None)).await.unwrap();
    assert!(letter.body.contains("6 March 2026"), "{}", letter.body);
    let late = DraftRequest { by: Some("2026-03-12".parse().unwrap()), ..request("counter", None) };
    let late = draft(&here, &id, &late).await.unwrap();
    assert!(late.warnings.iter().any(|told| told.contains("ends on 2026-03-09")), "{:?}", late.warnings);
}

#[tokio::test]
async fn a_caller_is_shown_every_number_that_the_case_has_those_for_another_matter_last_and_marked() {
    let dir = tempfile::tempdir().unwrap();
    let here = place(dir.path(), "2026-02-06T10:00:00+00:00[+00:00]");
    let mut sales = point("front_line", "phone", "+441632960440");
    sales["other_matter"] = true.into();
    sales["cost_note"] = "15p a minute".into();
    let id = opened(&here, "GB", json!([sales, point("complaints", "phone", "+441632960441")])).await;
    let shown = phones(&here, &id).await.unwrap();
    let told: Vec<_> =
        shown.iter().map(|one| (one.value.as_str(), one.other_matter, one.notes.len())).collect();
    assert_eq!(told, [("+441632960441", false, 0), ("+441632960440", true, 1)]);
}
