//! Promises that have no "will": an act in the present tense, a noun with its time, a time of day behind a day; and what only looks like one.
//!
//! Own sentences, written and labelled before the program read them; of a sent day of Wednesday 17 September 2025.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use letters::reply::{Letter, read};
use serde_json::{Value, json};

/// Returns the days of the promises of a text, and of what it asks of the customer.
fn dues(text: &str, lang: &str) -> (Vec<Value>, Vec<Value>) {
    let sent = Some("2025-09-17".parse().unwrap());
    let reading = read(&Letter { text, sent, lang: Some(lang), ..Letter::default() }).unwrap();
    let due = |list: &[letters::promise::Promise]| list.iter().map(|promise| json!(promise.due)).collect();
    (due(&reading.promises), due(&reading.customer_duties))
}

#[test]
fn an_act_in_the_present_tense_with_a_time_is_promised() {
    let days = |n: u32, unit: &str| json!({"n": n, "unit": unit});
    for (lang, text, due) in [
        ("en", "You should see the money by close of business Friday.", json!({"weekday": "friday"})),
        (
            "en",
            "You will have our decision by close of business on Friday 19 September.",
            json!({"date": "2025-09-19"}),
        ),
        ("en", "The refund lands in your account in the next 7-10 business days.", days(10, "working_days")),
        ("en", "Refund: 3 to 5 banking days.", days(5, "working_days")),
        ("en", "Our courier collects the old set on Tuesday.", json!({"weekday": "tuesday"})),
        ("en", "Someone from the claims desk to phone you Thursday.", json!({"weekday": "thursday"})),
        ("en", "Look out for an email from Priya within the hour.", days(1, "hours")),
        ("en", "You'll hear from me no later than the 24th.", json!({"date": "2025-09-24"})),
        ("en", "We're fitting the part on Wednesday of next week.", json!({"date": "2025-09-24"})),
        ("de", "Rechnen Sie mit einem Rückruf morgen Vormittag.", days(1, "days")),
        ("de", "Bis Freitag liegt Ihnen unsere Antwort vor.", json!({"weekday": "friday"})),
        ("de", "Nächste Woche Mittwoch tauschen wir den Zähler.", json!({"date": "2025-09-24"})),
        ("fr", "Le virement arrive sous 3 jours ouvrés.", days(3, "working_days")),
        ("fr", "Un conseiller vous rappelle avant vendredi midi.", json!({"weekday": "friday"})),
        ("es", "Le contestamos antes del 30 de septiembre.", json!({"date": "2025-09-30"})),
        ("es", "El técnico pasa el lunes por la mañana.", json!({"weekday": "monday"})),
    ] {
        assert_eq!(dues(text, lang), (vec![due], Vec::new()), "{text}");
    }
}

#[test]
fn what_is_over_what_is_open_and_what_is_asked_is_no_promise() {
    for (lang, text) in [
        ("en", "The engineer called on Monday and found nobody in."),
        ("en", "The practice manager is on leave until 28 September."),
        ("en", "The shop closes at 6pm tomorrow."),
        ("en", "Banks can take five days over a transfer."),
        ("de", "Der Techniker war am Montag da."),
        ("fr", "Le magasin ferme à 19 heures."),
        ("es", "El paquete salió el lunes."),
    ] {
        assert_eq!(dues(text, lang).0, Vec::<Value>::new(), "{text}");
    }
    let asked = dues("Let us have the form back by Friday 26 September.", "en");
    assert_eq!(asked, (Vec::new(), vec![json!({"date": "2025-09-26"})]));
}
