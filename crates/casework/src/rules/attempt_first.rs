//! The letter before action led to nothing, and the court wants an attempt at a scheme shown first: make it.

use crate::advice::Proposal;
use crate::phrases;
use crate::rules::{Judged, Place, Rule};
use crate::view::{Door, Outside, View};
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "attempt-first",
    claim: "The letter before action led to nothing, and the court wants to see that you tried a scheme first: try it.",
    why: "Otherwise the court does not hear the claim, and you lose the fee.",
    takes: "vb-fr-artisan",
    refuses: "court-letter-unanswered",
    place: Place::Main(83),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let letter = view.thread.letter.ok_or("you have not sent a letter before action")?;
    let refused = view.thread.answer.is_some_and(|answer| answer.on >= letter.on);
    super::must(view.letter_ran_out() || refused, "the deadline in the letter has not passed")?;
    let scheme =
        wanted(view).ok_or("the court does not ask you to try a scheme first, or you have tried it")?;
    let proposal = super::outside_open::go(view, scheme);
    let why = format!(
        "your letter of {} gave them until {}, and it led to nothing; {} only hears a claim of this size once you have tried this scheme",
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
