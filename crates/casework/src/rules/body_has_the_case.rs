//! A body outside has the case: let it work, and look again on its day.

use atlas::words::Binds;
use jiff::ToSpan;
use jiff::civil::Date;
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::thread::BodySays;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "body-has-the-case",
    claim: "An outside body has the case: let it work, and look again on the day it named.",
    why: "Pursuing two routes at once confuses the record; if the body is overdue, you can ask it.",
    takes: "wait-body-has-it",
    refuses: "court-scheme-refused",
    place: Place::Main(90),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let says = view.thread.body_says.ok_or("no outside body has the case")?;
    let filed = view.thread.filed_outside.ok_or("no outside body has the case")?;
    must(view.remedy.accepted.is_none(), "you accepted what it proposed: now the company must carry it out")?;
    must(!view.thread.refused_to_body, "the company refused again after the body had the case")?;
    let named = match says {
        BodySays::Nothing | BodySays::HasIt(None) => None,
        BodySays::HasIt(Some(day)) => Some(day),
        _ => return Err("the body asked, proposed, refused or has finished"),
    };
    let rung = if view.state.log.iter().any(|line| line.entry.rung == Some(Rung::Regulator)) {
        Rung::Regulator
    } else {
        Rung::Adr
    };
    if let Some(day) = named.filter(|day| *day < view.now) {
        let why = format!("the outside body named {day} and nothing has come: ask where your case stands");
        return Ok(Proposal { body: view.body_with_case(), ..Proposal::to(Step::Chase, Some(rung), why) });
    }
    let until = named.or(view.referral_due).or_else(|| answer_due(view, filed));
    let not_before = until.and_then(|day| day.checked_add(1.day()).ok());
    let why = format!(
        "an outside body has had the case since {filed}; give it until {}",
        until.map_or("it writes to you".to_owned(), |day| day.to_string())
    );
    Ok(Proposal { body: view.body_with_case(), not_before, ..Proposal::to(Step::Wait, None, why) })
}

/// Returns the day by which the company must have answered the body, where the body says how long that takes.
fn answer_due(view: &View<'_>, filed: Date) -> Option<Date> {
    let body = view.body_with_case().and_then(|id| view.atlas.body(&id))?;
    let known = body.duration.iter().find(|duration| duration.binds == Some(Binds::Company))?;
    view.end(filed, known.clock).filter(|day| *day >= view.now)
}
