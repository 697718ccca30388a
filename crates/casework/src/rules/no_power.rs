//! The front line says no or may not decide: ask for somebody with more power, in the same contact.

use atlas::words::{Act, Topic};
use jiff::ToSpan;
use ladder::Rung;

use crate::advice::Proposal;
use crate::rules::{Judged, Place, Rule, must, notice};
use crate::view::View;
use crate::words::{Step, Urgency};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "no-power",
    claim: "The front line says no or may not decide: ask for someone with more authority in the same call, chat or visit.",
    why: "A supervisor can make exceptions that the first person cannot; your note of the refusal is the record for the next step.",
    takes: "supervisor-no-power",
    refuses: "complain-supervisor-refused",
    place: Place::Main(72),
    judge,
};

fn judge(view: &View<'_>) -> Judged {
    let thread = &view.thread;
    must(thread.formal.is_none(), "there is a formal complaint")?;
    must(!thread.supervisor_asked, "you have asked for a supervisor")?;
    must(!thread.silent, "nobody answers")?;
    // Goods that hurt are no matter for the desk; a supply that is down today is put right by whoever may send somebody.
    let danger =
        view.urgent() == Some(Urgency::HealthSafety) && view.state.facts.topic != Some(Topic::ServiceDown);
    let spoken = thread.front_refusal.is_some_and(|(_, spoken)| spoken) && thread.front_contacts <= 2;
    must(!danger, "someone is at risk")?;
    must(
        thread.lacks_power || spoken,
        "nobody refused in person or by phone, or said that they have no power to decide",
    )?;
    must(
        !declared_in_writing(view),
        "the contract must be cancelled in writing, and there are only a few days left",
    )?;
    let why = if thread.lacks_power {
        "the person you spoke to says they have no power to put it right"
    } else {
        "the front line said no on the phone, in a chat or face to face"
    };
    let proposal = Proposal::to(Step::AskSupervisor, Some(Rung::Supervisor), why).and(
        "repeat the facts, say why the answer is not good enough, and note the person's name and number",
    );
    Ok(notice::with(view, proposal))
}

/// Days before its end within which a right to call a contract off is not spent on talk.
const FEW_DAYS: i32 = 14;

/// Returns whether a right runs out that is used by saying so in writing, whatever the company thinks of it.
fn declared_in_writing(view: &View<'_>) -> bool {
    let soon = view.now.checked_add(FEW_DAYS.days()).unwrap_or(view.now);
    view.notices.iter().any(|notice| {
        !notice.after_last_word && (view.now..=soon).contains(&notice.until) && notice.act == Act::Withdraw
    })
}
