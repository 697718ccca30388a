//! What is observed of a text as a whole. [`super::model`] weighs this into whether it is a procedure that customers can
//! follow, or only speaks of complaints: a report, guidance for firms, a procedure for staff, news, terms of sale.

use super::cue::{Cue, Role};
use super::draft::Owner;
use super::duration::Duration;
use super::label::Rank;
use super::model::Features;
use super::text::Text;
use super::walk::Walked;
use super::words::Kind;

/// Turns of phrase that are counted.
const COUNTED: &[Cue] = &[
    Cue::Matter,
    Cue::Maybe,
    Cue::Unsettled,
    Cue::Review,
    Cue::Moved,
    Cue::Formal,
    Cue::Informal,
    Cue::Invite,
    Cue::Ack,
    Cue::Reply,
    Cue::Acts,
    Cue::Passed,
    Cue::Kept,
    Cue::Paid,
    Cue::Cancelled,
    Cue::Average,
    Cue::Refer,
    Cue::Advice,
    Cue::Staff,
    Cue::About,
    Cue::If,
    Cue::We,
    Cue::You,
];

/// Words at the beginning that tell what a text is.
const TOP: usize = 60;
/// Words at the beginning that are looked at one by one.
const SPELLED: usize = 100;

/// Most durations whose sentences are looked at.
const PROMISES: usize = 40;

/// Returns what is observed of a text.
pub(super) fn features(text: &Text<'_>, durations: &[Duration], walked: &Walked) -> Features {
    let mut out = Features::default();
    let length = text.words.words.len().max(1);
    let all = text.cues.within(0..length);
    let top = text.cues.within(0..length.min(TOP));
    let title = text.words.sentences.first().map_or(0..0, |s| s.words.clone());
    let title = text.cues.within(title);
    for &cue in COUNTED {
        let name = cue.name();
        let count = all.iter().filter(|f| f.cue == cue).count();
        out.add(format!("count.{name}.{}", bucket(count)));
        // How thick they stand: in a thousand words.
        let thick = count * 1_000 / length.max(100);
        out.add(format!("thick.{name}.{}", [3, 9, 20].iter().filter(|&&n| thick >= n).count()));
        out.when(top.iter().any(|f| f.cue == cue), &format!("top.{name}"));
        out.when(title.iter().any(|f| f.cue == cue), &format!("title.{name}"));
    }
    let told = |rank| text.labels.iter().flatten().filter(|label| label.rank == rank).count();
    out.add(format!("labels.{}", bucket(told(Rank::Stage) + told(Rank::Step))));
    out.add(format!("bodies.{}", bucket(text.mentions.iter().filter(|m| !m.weak).count())));
    out.add(format!("reached_bodies.{}", bucket(walked.bodies.len())));
    out.add(format!("durations.{}", bucket(durations.len())));
    out.add(format!("contacts.{}", bucket(text.contacts.len())));
    out.add(format!("matrices.{}", bucket(text.matrices.len())));
    out.add(format!("drafts.{}", bucket(walked.stages.len())));
    let onward = walked.stages.iter().filter(|d| d.after_answer || d.review).count();
    out.add(format!("onward.{}", bucket(onward)));
    let mut roles: Vec<Role> =
        walked.stages.iter().filter_map(|d| d.handler.as_ref().map(|(role, _)| *role)).collect();
    roles.sort_unstable();
    roles.dedup();
    out.add(format!("roles.{}", bucket(roles.len())));
    out.when(roles.contains(&Role::Complaints), "complaints_team");
    kept(text, durations, walked, &mut out);
    voice(text, &mut out);
    // The commonest words tell the hand that wrote, not what was written.
    let common = |at: usize| text.language.common.contains(&text.words.spelling(at));
    let spelled =
        (0..text.words.words.len()).filter(|&at| text.words.words[at].kind == Kind::Word && !common(at));
    let mut first: Vec<&str> = spelled.take(SPELLED).map(|at| text.words.spelling(at)).collect();
    first.sort_unstable();
    first.dedup();
    for word in first {
        out.add(format!("word.{word}"));
    }
    out
}

/// What a procedure keeps and a text about complaints seldom does: times in which the company promises something, ways to
/// reach a stage, words told of stages. A report has figures instead.
fn kept(text: &Text<'_>, durations: &[Duration], walked: &Walked, out: &mut Features) {
    let words = text.words;
    let length = words.words.len().max(1);
    let promised = durations.iter().take(PROMISES).filter(|duration| {
        let sentence = words.sentences[words.sentence_of(duration.words.start)].words.clone();
        let cues = text.cues.within(sentence);
        cues.iter().any(|f| matches!(f.cue, Cue::Ack | Cue::Reply | Cue::Touch))
            && cues.iter().any(|f| matches!(f.cue, Cue::We | Cue::You))
            && !cues.iter().any(|f| matches!(f.cue, Cue::Average | Cue::About))
    });
    out.add(format!("promised.{}", bucket(promised.count())));
    let of_stage = |at: usize| matches!(walked.owners.get(at), Some(Owner::Stage(_)));
    out.add(format!("stage_contacts.{}", bucket(text.contacts.iter().filter(|&&at| of_stage(at)).count())));
    let owned = (0..length).filter(|&at| of_stage(at)).count();
    out.add(format!("of_stages.{}", owned * 4 / length));
    out.add(format!("strong_drafts.{}", bucket(walked.stages.iter().filter(|d| !d.weak).count())));
    let invites = walked.stages.iter().filter(|d| !d.weak && d.invites).count();
    out.add(format!("inviting_drafts.{}", bucket(invites)));
    let asked = words.sentences.iter().filter(|sentence| {
        let cues = text.cues.within(sentence.words.clone());
        cues.iter().any(|f| f.cue == Cue::Invite) && cues.iter().any(|f| f.cue == Cue::We)
    });
    out.add(format!("asked_by_us.{}", bucket(asked.count())));
    let figures =
        words.words.iter().filter(|word| matches!(word.kind, Kind::Number(_) | Kind::Figure)).count();
    let spare = figures.saturating_sub(durations.len());
    out.add(format!(
        "thick.figures.{}",
        [10, 25, 50].iter().filter(|&&n| spare * 1_000 / length.max(100) >= n).count()
    ));
}

/// Whose voice it is: a company speaks of itself (`we`, `our`), a guide of companies (`your bank`, `firms must`), a law and an
/// entry of a dictionary of nobody.
fn voice(text: &Text<'_>, out: &mut Features) {
    let length = text.words.words.len();
    let (ours, theirs) = voices(text);
    out.add(format!("ours.{}", bucket(ours)));
    out.add(format!("theirs.{}", bucket(theirs)));
    let share = match (ours, theirs) {
        (0, 0) => "nobody",
        (_, 0) => "ours",
        (0, _) => "theirs",
        _ if ours >= 4 * theirs => "mostly_ours",
        _ if theirs >= 2 * ours => "mostly_theirs",
        _ => "both",
    };
    out.add(format!("voice.{share}"));
    out.add(format!("voice.{share}.{}", [60, 200].iter().filter(|&&n| length >= n).count()));
}

/// How often a text speaks of itself, and of companies that are not its own.
fn voices(text: &Text<'_>) -> (usize, usize) {
    let length = text.words.words.len();
    let ours = (0..length).filter(|&at| text.language.ours.contains(&text.words.spelling(at))).count();
    let theirs = text.cues.within(0..length).iter().filter(|found| found.cue == Cue::Theirs).count();
    (ours, theirs)
}

/// How much may speak against a procedure: to lose a whole one costs its reader more than a stage read into a text that only
/// speaks of complaints.
const UNSURE: f32 = 0.65;

/// How much more has to speak for a procedure in a text that tells of other companies: guides name stages and times as well as
/// a procedure does; of some 480 procedures two have their voice.
const OTHERS: f32 = 8.0;

/// How much more may speak against a text that tells who handles stage 1 and who handles stage 2.
const LADDER: f32 = 2.0;

/// Whether a text is the procedure of whoever wrote it.
pub(super) fn is_procedure(text: &Text<'_>, walked: &Walked, margin: f32) -> bool {
    let (ours, theirs) = voices(text);
    let handled = |n: u32| {
        walked.stages.iter().any(|stage| stage.label == Some((Rank::Stage, n)) && stage.handler.is_some())
    };
    let least = match theirs {
        _ if theirs < 2 || theirs < 2 * ours => -UNSURE,
        // Two such words are not yet a guide: `the landlord must` is how some landlords speak of themselves.
        2 if handled(1) && handled(2) => -UNSURE - LADDER,
        2 => OTHERS / 2.0,
        _ => OTHERS,
    };
    margin >= least
}

/// How many, roughly.
const fn bucket(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2..=3 => "2",
        4..=7 => "4",
        _ => "8",
    }
}
