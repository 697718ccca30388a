//! Notes: what else helps with a step for this customer, whatever rule proposed it. They add reasons and change no step.

use jiff::civil::Date;
use ladder::Rung;

use crate::phrases;
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::{Step, Urgency};

/// Returns what else helps with a step.
pub(crate) fn of(view: &View<'_>, step: Step) -> Vec<String> {
    let mut notes = Vec::new();
    // What came with the last word can still be taken, and that ends more than the offer.
    if !matches!(step, Step::Accept | Step::Negotiate | Step::Close)
        && let Some(offer) = view.offer.as_ref().filter(|offer| offer.last_word)
        && let Some(due) = offer.due.filter(|due| *due >= view.now)
    {
        let what = offer.amount.map_or("their offer".to_owned(), |amount| format!("their offer of {amount}"));
        notes.push(format!(
            "{what} ends on {due}: accept or refuse it in writing by then; accepting it may close your complaint"
        ));
    }
    let writes = matches!(
        step,
        Step::Complain
            | Step::NextStage
            | Step::Executive
            | Step::LegalNotice
            | Step::GoAdr
            | Step::TellRegulator
            | Step::ChallengeGeneric
            | Step::Reopen
            | Step::Court
    );
    if !writes {
        return notes;
    }
    if view.urgent() == Some(Urgency::Vulnerable) {
        let ask = "say so, and ask for the team for vulnerable customers: many companies and outside bodies then deal with it faster";
        notes.push(ask.to_owned());
    }
    let inside = matches!(step, Step::Complain | Step::NextStage | Step::Executive | Step::LegalNotice);
    if let Some(promise) = view.promises.iter().rev().find(|promise| promise.kept == Kept::Broken)
        && let (true, Some(due)) = (inside, promise.due)
    {
        notes.push(format!("quote the promise of {} for {due} that was not kept", promise.on));
    }
    let published = view.state.procedure.is_some() && view.own.right.is_none() && !view.own.by_law;
    let in_time = |due: Date| view.thread.answer.is_some_and(|answer| answer.on <= due);
    if let Some(due) = view.own.due.filter(|due| inside && published && *due < view.now && !in_time(*due)) {
        notes.push(format!("the company's own published time limit ended on {due}: point this out"));
    }
    if step == Step::Complain && !view.thread.tried.contains(&Rung::Complaints) {
        let spoken = view.thread.spoken_first().zip(view.spoken_rule());
        let by_law = view.notices.iter().any(|notice| !notice.after_last_word && notice.until >= view.now);
        notes.push(match spoken {
            _ if by_law => {
                "say in the subject line what it is (claim, dispute, appeal), give your reference, and keep proof of the day you sent it"
                    .to_owned()
            }
            Some((day, rule)) => format!(
                "say in the subject that it is a complaint, and write that you first complained on {day}: the time limits run from that day, because {rule}"
            ),
            None => "say in the subject that it is a complaint: the time limits start with it".to_owned(),
        });
    }
    let many = view.state.facts.others_affected.is_some_and(|others| others > 0)
        || view.words().any(phrases::many_affected);
    if many {
        let group = "other people have the same problem: each complain in your own name, refer to one another, and tell a consumer association, \
                     which can act for all";
        notes.push(group.to_owned());
    }
    notes
}
