//! The words of `find --about` as the words of a case: a person says `baggage` or `bill_increase` in both places.

use casework::situation::TOPICS;
use serde_json::Value;

use super::CaseDeskError;
use crate::find;

/// Matters and topics of the ladder beside the topic of the atlas under which rights and playbooks stand.
const SAME: &[(&str, &str)] = &[
    // matters, which are finer
    ("bill_increase", "billing_error"),
    ("fee_reversal", "wrong_charge"),
    ("early_termination_fee", "wrong_charge"),
    ("transaction_dispute", "wrong_charge"),
    ("unauthorized_charge", "fraud"),
    ("free_trial_conversion", "subscription_trap"),
    ("cancel_service", "cancellation"),
    ("disconnection", "disconnection"),
    ("payment_assistance", "hardship"),
    ("debt_collection", "hardship"),
    ("privacy_request", "data_breach"),
    ("deposit_refund", "deposit"),
    ("damaged_item", "faulty_goods"),
    ("warranty_claim", "faulty_goods"),
    ("flight_delay", "delay"),
    ("flight_cancellation", "delay"),
    ("denied_boarding", "delay"),
    ("event_cancelled", "not_delivered"),
    // A late bag is no late flight: nobody is owed the sums of a delayed flight for it.
    ("delayed_baggage", "not_delivered"),
    ("lost_baggage", "not_delivered"),
    ("damaged_baggage", "faulty_goods"),
    ("surprise_medical_bill", "billing_error"),
    ("frozen_funds", "other"),
    // topics
    ("billing", "billing_error"),
    ("delivery", "not_delivered"),
    ("fraud", "fraud"),
    ("cancellation", "cancellation"),
    ("faulty_goods", "faulty_goods"),
    ("service_down", "service_down"),
    ("delay", "delay"),
    ("denied_claim", "denied_claim"),
    ("data_breach", "data_breach"),
    ("accessibility", "accessibility"),
    ("deposit", "deposit"),
    ("vulnerable", "hardship"),
    ("poor_service", "poor_service"),
    ("baggage", "not_delivered"),
];

/// How words begin by which a bag came, but broken.
const BROKEN: &[&str] = &[
    "damag",
    "broken",
    "torn",
    "crack",
    "smashed",
    "beschädig",
    "kaputt",
    "endommag",
    "cassé",
    "dañad",
    "roto",
    "rota",
];

/// Puts the topic of a case into the words of the atlas, where it stands in those of `find --about`, which are kept beside it as
/// `problem.matter`.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a word that neither knows, with those that are near.
pub(crate) fn settle(case: &mut Value) -> Result<(), CaseDeskError> {
    let Some(topic) = case.pointer_mut("/problem/topic") else { return Ok(()) };
    let Some(typed) = topic.as_str().map(|typed| typed.trim().to_lowercase().replace([' ', '-'], "_")) else {
        return Ok(());
    };
    if TOPICS.contains(&typed.as_str()) {
        *topic = Value::from(typed);
        return Ok(());
    }
    let about = find::parse_about(&typed).map_err(|why| {
        CaseDeskError::Wrong(format!("problem.topic: {why}; you can also use {}", TOPICS.join(", ")))
    })?;
    let of = |id: &str| SAME.iter().find(|(known, _)| *known == id).map(|(_, atlas)| *atlas);
    let mut found = about.matter.and_then(of).or_else(|| of(about.topic.id)).unwrap_or("other");
    if about.topic.id == "baggage" && about.matter.is_none() && came_broken(case) {
        found = "faulty_goods";
    }
    case["problem"]["topic"] = Value::from(found);
    case["problem"]["matter"] = Value::from(about.matter.unwrap_or(about.topic.id));
    Ok(())
}

/// Returns what `find` is asked about for a case: the matter that was told, else its topic.
#[must_use]
pub fn about(case: &Value) -> Option<find::About> {
    let mut words =
        ["/problem/matter", "/problem/topic"].into_iter().filter_map(|at| case.pointer(at)?.as_str());
    words.find_map(|word| find::parse_about(word).ok())
}

/// Returns whether the customer's words tell of a thing that came broken.
fn came_broken(case: &Value) -> bool {
    let what = case.pointer("/problem/what").and_then(Value::as_str).unwrap_or_default().to_lowercase();
    what.split(|c: char| !c.is_alphabetic()).any(|word| BROKEN.iter().any(|stem| word.starts_with(stem)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_case_takes_the_words_of_find() {
        for (typed, want) in [
            ("billing_error", "billing_error"),
            ("bill-increase", "billing_error"),
            ("baggage", "not_delivered"),
            ("delayed baggage", "not_delivered"),
            ("damaged_baggage", "faulty_goods"),
            ("Parcel", "not_delivered"),
            ("flight delay", "delay"),
        ] {
            let mut case = json!({"problem": {"topic": typed}});
            settle(&mut case).unwrap();
            assert_eq!(case["problem"]["topic"], want, "{typed}");
        }
        let mut case =
            json!({"problem": {"topic": "baggage", "what": "My suitcase came with a cracked shell"}});
        settle(&mut case).unwrap();
        assert_eq!(case["problem"]["topic"], "faulty_goods");
        let error = settle(&mut json!({"problem": {"topic": "biling"}})).unwrap_err().to_string();
        assert!(error.contains("billing"), "{error}");
    }

    #[test]
    fn every_topic_that_is_led_to_is_known() {
        for (_, atlas) in SAME {
            assert!(TOPICS.contains(atlas), "{atlas}");
        }
    }
}
