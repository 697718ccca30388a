//! The letter before action led to nothing, and the court wants an attempt at a scheme shown first: make it.

use crate::advice::Proposal;
use crate::phrases;
use crate::rules::{Judged, Place, Rule};
use crate::view::{Door, Outside, View};
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "attempt-first",
    claim: "The letter before action led to nothing, and the court wants an attempt at a scheme shown first: make it.",
    why: "Without it the claim is not heard, and its fee is lost.",
    takes: "vb-fr-artisan",
    refuses: "court-letter-unanswered",
    place: Place::Main(83),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let letter = view.thread.letter.ok_or("no letter before action was sent")?;
    let refused = view.thread.answer.is_some_and(|answer| answer.on >= letter.on);
    super::must(view.letter_ran_out() || refused, "the day of the letter has not passed")?;
    let scheme = wanted(view).ok_or("the court wants no attempt at a scheme, or it was made")?;
    let proposal = super::outside_open::go(view, scheme);
    let why = format!(
        "the letter of {} set {}, and nothing came of it; {} hears a claim of this size only after an attempt there",
        letter.on,
        letter.until(),
        view.court.as_ref().map_or("the court", |court| court.body.name.as_str()),
    );
    let rest = proposal.why.into_iter().skip(1);
    Ok(Proposal { why: std::iter::once(why).chain(rest).collect(), ..proposal })
}

/// Returns the scheme at which an attempt must be shown to the court and was not made.
pub(super) fn wanted<'v, 'a>(view: &'v View<'a>) -> Option<&'v Outside<'a>> {
    use atlas::words::How;
    let court = view.court.as_ref()?;
    let after = |id: &str| court.body.links.iter().any(|link| link.how == How::After && link.to == id);
    let told = view.state.log.iter().any(|line| phrases::attempted(&line.entry.text));
    view.outside
        .iter()
        .filter(|found| after(&found.body.id) && !told && found.step == Step::GoAdr)
        .find(|found| matches!(found.door, Door::Due))
}
