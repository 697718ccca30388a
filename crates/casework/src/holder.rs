//! Who holds the ball: whose move it is, and since when.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::state::State;
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::{By, LogKind, Step};

/// Whose move it is, and since which day; `None` where nothing was said yet or the case is closed.
///
/// The last line of the log decides: who asked, promised or was written to has the next move. A line that changes nothing
/// (a call that nobody took) leaves it where it was.
#[must_use]
pub fn holder(state: &State) -> Option<(By, Date)> {
    if state.closed.is_some() {
        return None;
    }
    state.log.iter().rev().find_map(|line| {
        let entry = &line.entry;
        let next = match (entry.by, entry.kind) {
            (_, LogKind::NoAnswer) => return None,
            (By::Customer, kind) if kind != LogKind::Offer && entry.body.is_some() => By::Body,
            (By::Customer, _)
            | (By::Company, LogKind::Acknowledgement | LogKind::Promise | LogKind::Transfer) => By::Company,
            (By::Company, _) | (By::Body, LogKind::InformationRequest) => By::Customer,
            (By::Body, _) => By::Body,
        };
        Some((next, entry.on))
    })
}

/// Returns whose move it is beside the step that is advised: the customer's where one is due now, whoever spoke last, and never
/// the customer's while they are to wait.
#[must_use]
pub fn beside(view: &View<'_>, step: Option<Step>) -> Option<(By, Date)> {
    let (who, since) = holder(view.state)?;
    match step {
        Some(Step::Wait) if who == By::Customer => {
            let outside = view.thread.filed_outside.is_some() && view.thread.body_ended.is_none();
            Some((if outside { By::Body } else { By::Company }, since))
        }
        Some(Step::Wait) | None => Some((who, since)),
        Some(_) if who == By::Customer => Some((who, since)),
        // Since the day after the last that was the company's.
        Some(_) => {
            let broken = view.promises.iter().filter(|promise| promise.kept == Kept::Broken);
            let theirs = broken.filter_map(|promise| promise.due).chain(view.answer_due());
            let last = theirs.filter(|day| *day < view.now).max();
            let mine = last.and_then(|day| day.checked_add(1.day()).ok()).filter(|day| *day > since);
            Some((By::Customer, mine.unwrap_or(since)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Case;

    fn holder_after(log: &serde_json::Value) -> Option<(By, Date)> {
        let situation = serde_json::json!({"case": {"company": "Acme", "country": "GB", "log": log}});
        let case: Case = crate::situation::read(&situation, jiff::civil::date(2026, 3, 1)).unwrap();
        holder(&State::of(&case).unwrap())
    }

    #[test]
    fn whoever_was_asked_last_has_the_move() {
        let line = |by: &str, kind: &str, on: &str| serde_json::json!({"at": on, "by": by, "kind": kind, "text": "x"});
        let complaint = line("customer", "complaint", "2026-02-01");
        assert_eq!(holder_after(&serde_json::json!([])), None);
        for (kind, by) in [
            ("acknowledgement", By::Company),
            ("promise", By::Company),
            ("information_request", By::Customer),
            ("offer", By::Customer),
            ("final_response", By::Customer),
        ] {
            let log = serde_json::json!([complaint, line("company", kind, "2026-02-03")]);
            assert_eq!(holder_after(&log).unwrap().0, by, "{kind}");
        }
        let log = serde_json::json!([complaint, line("customer", "no_answer", "2026-02-05")]);
        assert_eq!(holder_after(&log), Some((By::Company, jiff::civil::date(2026, 2, 1))));
    }
}
