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
];

/// Puts the topic of a case into the words of the atlas, where it stands in those of `find --about`.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for a word that neither knows, with those that are near.
pub(super) fn settle(case: &mut Value) -> Result<(), CaseDeskError> {
    let Some(topic) = case.pointer_mut("/problem/topic") else { return Ok(()) };
    let Some(typed) = topic.as_str().map(|typed| typed.trim().to_lowercase().replace([' ', '-'], "_")) else {
        return Ok(());
    };
    if TOPICS.contains(&typed.as_str()) {
        *topic = Value::from(typed);
        return Ok(());
    }
    let about = find::parse_about(&typed).map_err(|why| {
        CaseDeskError::Wrong(format!("problem.topic: {why}; also known are {}", TOPICS.join(", ")))
    })?;
    let of = |id: &str| SAME.iter().find(|(known, _)| *known == id).map(|(_, atlas)| *atlas);
    let found = about.matter.and_then(of).or_else(|| of(about.topic.id)).unwrap_or("other");
    *topic = Value::from(found);
    Ok(())
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
            ("baggage", "other"),
            ("Parcel", "not_delivered"),
            ("flight delay", "delay"),
        ] {
            let mut case = json!({"problem": {"topic": typed}});
            settle(&mut case).unwrap();
            assert_eq!(case["problem"]["topic"], want, "{typed}");
        }
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
