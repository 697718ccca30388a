//! Tests of the conversation.

use super::*;
use std::collections::BTreeMap;

#[expect(clippy::disallowed_methods, reason = "the single user of these tests holds the machine")]
fn place(data: &Path) -> Place {
    let now = "2026-03-20T10:00:00+00:00[UTC]".parse().unwrap();
    Place::own(data.to_owned(), None, now)
}

fn answer(intake: &mut Intake, id: &str, fields: &[(&str, &str)]) -> Result<(), String> {
    let fields: BTreeMap<&str, &str> = fields.iter().copied().collect();
    let look = |name: &str| fields.get(name).map(|text| (*text).to_owned());
    let today = jiff::civil::date(2026, 3, 20);
    Question::named(id)
        .unwrap()
        .answer(intake, &look, today)
        .map_err(|wrong| format!("{}: {}", wrong.field, wrong.why))
}

#[tokio::test]
async fn a_conversation_is_kept_at_every_step_grows_ready_and_opens_a_case_with_its_files() {
    let data = tempfile::tempdir().unwrap();
    let place = place(data.path());
    let mut intake = begin(&place, Map::new()).await.unwrap();
    assert_eq!(intake.next_question().unwrap().id, "company");
    let before = intake.readiness(place.now.date()).known;
    for (id, fields) in [
        ("company", &[("company", "Brightwell Energy"), ("sector", "energy")][..]),
        ("country", &[("country", "gb")]),
        ("what", &[("what", "The bill is three times the meter"), ("topic", "billing_error")]),
        ("when", &[("since", "2026-01-05"), ("ongoing", "on")]),
        ("wanted", &[("wanted", "correction")]),
        ("amount", &[("amount", "412.50"), ("currency", "gbp")]),
        ("tried", &[("on", "2026-02-01"), ("channel", "phone"), ("text", "Was told to wait")]),
        ("references", &[("references", "BW-40417, 9981")]),
    ] {
        answer(&mut intake, id, fields).unwrap();
        keep(&place, &intake).await.unwrap();
        intake = resume(&place, &intake.id).await.unwrap();
    }
    gather(&place, &mut intake, "../../meter photo.jpg", b"not really a picture").await.unwrap();
    assert!(intake.readiness(place.now.date()).known > before + 4);
    assert_eq!(intake.next_question().unwrap().id, "impact");
    assert_eq!(list(&place).await.len(), 1);
    let opened = open(&place, &intake.id, None, None).await.unwrap();
    let view = case::show(&place, &opened.id).await.unwrap();
    assert_eq!(view.amount.as_deref(), Some("GBP 412.50"));
    assert_eq!(view.timeline[0].kind, "call");
    let files = case::evidence(&place, &opened.id).await.unwrap();
    assert_eq!((files[0].name.as_str(), files[0].bytes), ("meter photo.jpg", Some(20)));
    let (bytes, _) = case::file(&place, &opened.id, 1).await.unwrap();
    assert_eq!(bytes, b"not really a picture");
    assert!(case::file(&place, &opened.id, 0).await.is_err());
    assert!(list(&place).await.is_empty());
}

#[tokio::test]
async fn what_a_search_told_is_carried_over_and_a_trade_that_is_only_guessed_is_asked() {
    let data = tempfile::tempdir().unwrap();
    let place = place(data.path());
    let known = |company: &str, sector: Option<&str>| {
        let mut known = Map::new();
        known.insert("company".into(), json!(company));
        known.insert("country".into(), json!("GB"));
        known.insert("problem".into(), json!({"topic": "billing"}));
        known.extend(sector.map(|sector| ("sector".to_owned(), json!(sector))));
        known
    };
    for (company, sector, first, has) in [
        ("Sky Broadband", None, "company", Some("telecom")),
        ("Lampen & Co", None, "company", None),
        ("Lampen & Co", Some("utility"), "country", Some("energy")),
    ] {
        let intake = begin(&place, known(company, sector)).await.unwrap();
        assert_eq!(intake.next_question().unwrap().id, first, "{company}");
        assert_eq!((intake.text("/sector"), intake.text("/country")), (has, Some("GB")), "{company}");
        assert_eq!(intake.text("/problem/topic"), Some("billing_error"));
        let missing = intake.readiness(place.now.date()).missing;
        assert_eq!(missing.iter().any(|lack| lack.missing == "sector"), has.is_none(), "{company}");
    }
    let mut typed = begin(&place, Map::new()).await.unwrap();
    answer(&mut typed, "company", &[("company", "Xfinity")]).unwrap();
    take_trade(&place, &mut typed).await.unwrap();
    assert_eq!(typed.text("/sector"), Some("telecom"));
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_by_field_and_changes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let mut intake = begin(&place(data.path()), Map::new()).await.unwrap();
    for (id, fields, says) in [
        ("company", &[("company", "  ")][..], "company: a case needs"),
        ("country", &[("country", "XQ")], "country: "),
        ("country", &[("country", "US"), ("region", "Nowhere")], "region: "),
        ("when", &[("since", "2030-01-01")], "since: 2030-01-01 is in the future"),
        ("when", &[("since", "03/04/2026")], "since: its day and month"),
        ("wanted", &[("wanted", "revenge")], "wanted: use one of these"),
        ("what", &[("topic", "bilings")], "topic: "),
        ("amount", &[("amount", "12")], "currency: which"),
        ("amount", &[("amount", "12"), ("currency", "GPB")], "amount: "),
        ("tried", &[("text", "rang them")], "on: on which day"),
    ] {
        let before = intake.case.clone();
        let error = answer(&mut intake, id, fields).unwrap_err();
        assert!(error.starts_with(says), "{error}");
        assert_eq!(intake.case, before);
    }
    for (fields, sum) in
        [(&[("amount", "12.50 EUR")][..], 12.5), (&[("amount", "12"), ("currency", "eur")], 12.0)]
    {
        answer(&mut intake, "amount", fields).unwrap();
        assert_eq!(
            (intake.case["problem"]["amount"].as_f64(), intake.text("/problem/currency")),
            (Some(sum), Some("EUR"))
        );
    }
    for (fields, country, region) in [
        (&[("country", "Scotland")][..], "GB", Some("SCT")),
        (&[("country", "Scotland"), ("region", "England")], "GB", Some("ENG")),
        (&[("country", "France")], "FR", None),
    ] {
        answer(&mut intake, "country", fields).unwrap();
        assert_eq!((intake.text("/country"), intake.text("/region")), (Some(country), region));
    }
    for id in ["../x", "", "N1", &"n".repeat(99)] {
        assert!(resume(&place(data.path()), id).await.is_err(), "{id}");
    }
}

#[tokio::test]
async fn a_company_with_two_names_is_called_as_the_customer_chooses() {
    let folder = tempfile::tempdir().unwrap();
    let here = place(folder.path());
    for (chosen, want) in [(None, "Xfinity"), (Some("Comcast"), "Comcast"), (Some("Xfinity"), "Xfinity")] {
        let mut begun = begin(&here, Map::new()).await.unwrap();
        begun.case["company"] = json!("Comcast");
        begun.case["country"] = json!("US");
        keep(&here, &begun).await.unwrap();
        let names = two_names(&here, &begun).await;
        assert_eq!(names, Some(("Xfinity".to_owned(), "Comcast".to_owned())));
        let opened = open(&here, &begun.id, None, chosen).await.unwrap();
        assert!(opened.pinned > 0);
        assert_eq!(case::show(&here, &opened.id).await.unwrap().company, want);
    }
    let mut plain = begin(&here, Map::new()).await.unwrap();
    for typed in ["Xfinity", "xfinity", "comcast.com", "Nobody Knows Ltd"] {
        plain.case["company"] = json!(typed);
        assert_eq!(two_names(&here, &plain).await, None, "{typed}");
    }
}
