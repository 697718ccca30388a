//! The complaints desk is silent or dodges after a reminder, and no body of the trade is near: one page to the executive office.

use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must};
use crate::view::View;
use crate::view::promise::Kept;
use crate::words::Step;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "desk-silent",
    claim: "The complaints team is silent or evasive after a reminder, and no outside body for the trade opens soon: send one page to the executive office.",
    why: "Its staff can make exceptions to policy; earlier, the letter would only be sent back down.",
    takes: "executive-generic-twice",
    refuses: "wait-own-time-runs",
    place: Place::Main(60),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.formal.is_some(), "there is no formal complaint")?;
    must(thread.answer.is_none(), "the team has answered")?;
    must(!thread.stages_left, "the company has a next stage")?;
    must(
        !thread.tried.contains(&Rung::Executive) && thread.letter.is_none(),
        "the executive office, or a letter before action, was tried",
    )?;
    if view.next_door().is_some_and(|(door, _)| door.tier <= 2) && !(thread.generic > 1 && thread.challenged)
    {
        return Err("an outside body for the trade can take the case soon");
    }
    let late = view.answer_due().filter(|day| *day < view.now);
    let reminded = late.is_some_and(|day| thread.reminded.is_some_and(|reminded| reminded > day));
    let broken = view.promises.iter().any(|promise| {
        promise.kept == Kept::Broken
            && promise.due.is_some_and(|due| thread.reminded.is_some_and(|day| day > due))
    });
    let dodged = thread.generic > 1 && thread.challenged;
    let why = if thread.silent {
        "you cannot reach the team that has your complaint"
    } else if dodged {
        "you repeated the point, and the answer avoided it again"
    } else if reminded || broken {
        "a reminder had no effect"
    } else if late.is_some() && view.unanswered() >= 2 {
        "two reminders had no effect, and the time to answer is over"
    } else {
        return Err("the team has not fallen silent, avoided the point twice, or ignored a reminder");
    };
    Ok(Proposal::to(Step::Executive, Some(Rung::Executive), why)
        .and("keep it to one page: the facts, the dates, what was promised, what you want and by when"))
}
