//! The scheme that would decide is not open for this case, and the company has given its final answer: letter before action, then court.

use atlas::words::Topic;

use crate::rules::{Judged, Place, Rule, must};
use crate::view::Door;
use crate::view::View;
use crate::view::thread::BodySays;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "scheme-shut",
    claim: "The scheme that would decide is not open for this case, and the company has given its final answer: letter before action, then court.",
    why: "Nothing else can order the company to pay.",
    takes: "court-scheme-refused",
    refuses: "adr-wait-over",
    place: Place::Main(67),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    must(view.thread.ended().is_some(), "the company has not given its final answer")?;
    let above = view.above_limit();
    if view.court_lapsed()
        || (above.is_none() && view.open_door().is_some_and(|door| door.tier <= 2))
        || view.next_door().is_some_and(|(door, _)| door.tier <= 2)
    {
        return Err(
            "it is too late for a claim in court, or an outside body for the trade is open or opens soon",
        );
    }
    let refused = view.thread.body_says == Some(BodySays::Refuses);
    let lapsed =
        view.outside.iter().find(|outside| outside.tier <= 2 && matches!(outside.door, Door::Lapsed(_)));
    let deposit = view.state.facts.topic == Some(Topic::Deposit);
    let why = match (refused, lapsed) {
        (true, _) => "the outside body cannot take the case".to_owned(),
        (_, Some(outside)) => format!("the time to go to {} is over", outside.body.name),
        _ if above.is_some() => format!(
            "the amount is more than {} can deal with",
            above.map_or("the scheme", |outside| outside.body.name.as_str())
        ),
        _ if deposit => "a deposit kept without good reason is an ordinary claim for money".to_owned(),
        _ => return Err("no scheme is closed to this case"),
    };
    Ok(super::court_last_days::court(view, &why)
        .and("first send a letter before action with a deadline, usually 14 days")
        .until(view.court.as_ref().and_then(|court| court.until), view.now))
}
