//! The age of a fact: what it rests on, and what a reader must be told of that.

use jiff::civil::Date;

use crate::record::Evidence;
use crate::words::Confidence;

/// How many years a source may have before its age is pointed out.
const OLD: i16 = 3;

/// Returns what a reader must be told before relying on a fact; nothing for a sound and recent one.
#[must_use]
pub fn cautions(evidence: &Evidence, now: Date) -> Vec<String> {
    let mut cautions = Vec::new();
    if evidence.sources.is_empty() {
        cautions.push("no source is recorded: check it before you rely on it".to_owned());
    } else if evidence.confidence == Confidence::Low {
        cautions.push("weak source: check it before you rely on it".to_owned());
    }
    if let Some(seen) = &evidence.seen
        && seen.last_day().is_some_and(|day| now.year() - day.year() >= OLD)
    {
        cautions.push(format!("the newest source is of {seen}"));
    }
    if let Some(day) = evidence.review_by.filter(|day| *day < now) {
        cautions.push(format!("past its review date ({day}): it may have changed"));
    }
    cautions
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_fact_past_its_review_date_says_so() {
        let evidence = Evidence {
            confidence: Confidence::High,
            sources: vec!["https://body.example/rules".into()],
            seen: None,
            checked: None,
            review_by: Some(date(2027, 1, 1)),
        };
        assert_eq!(cautions(&evidence, date(2027, 1, 1)), Vec::<String>::new());
        assert_eq!(
            cautions(&evidence, date(2027, 1, 2)),
            ["past its review date (2027-01-01): it may have changed"]
        );
    }
}
