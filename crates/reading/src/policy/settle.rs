//! Settling: which drafts are stages, on which rungs, with which clocks and contacts.
//!
//! Each draft is weighed: what does not stand (a step of handling, a reference) is folded into the stage that it belongs to.
//! Then the rungs of those that do are told together by [`super::rungs`].

use std::ops::Range;

use ladder::{Channel, Clock, Policy, Rung, Stage, StatedClock};

use super::contacts::{self, Placed};
use super::contradictions;
use super::cue::Cue;
use super::draft::{Binds, Owner};
use super::duration::Duration;
use super::model::Model;
use super::rungs::Seen;
use super::standing::{OPENING, Standing};
use super::text::Text;
use super::time::{self, Clocks, StageClock};
use super::walk::Walked;

/// Settles the drafts of a text.
pub(super) fn settle(
    text: &Text<'_>,
    walked: &Walked,
    clocks: &Clocks,
    placed: &[Placed],
    kept: &[Kept],
    rungs: &[Rung],
) -> Policy {
    let home = |draft: usize| kept.iter().position(|k| k.drafts.contains(&draft));
    let mut stages: Vec<Stage> = Vec::new();
    for (at, one) in kept.iter().enumerate() {
        let lead = &walked.stages[one.lead];
        let sentence = text.words.sentence_of(lead.start);
        let opening = text.words.sentences[sentence].words.clone();
        stages.push(Stage {
            order: u32::try_from(at + 1).unwrap_or(u32::MAX),
            rung: rungs.get(at).copied().unwrap_or(Rung::Complaints),
            handler: handler(text, walked, one),
            contacts: Vec::new(),
            acknowledge: None,
            respond: None,
            customer_window: None,
            quote: time::quote(text, &opening, &(lead.start..lead.start + 1)),
        });
    }
    set_clocks(&mut stages, clocks, walked, &home);
    for placed in placed {
        let web = placed.reach.channel() == Channel::Web;
        let Some(Owner::Stage(draft)) = walked.owners.get(placed.word) else { continue };
        let list = home(*draft).and_then(|at| stages.get_mut(at)).map(|stage| &mut stage.contacts);
        let reach = if web {
            contacts::form(&placed.reach).filter(|_| placed.printed)
        } else {
            Some(placed.reach.clone())
        };
        if let (Some(list), Some(reach)) = (list, reach)
            && !list.contains(&reach)
        {
            list.push(reach);
        }
    }
    let warnings = contradictions::tell(text, clocks, &home, &stages);
    fold_labels(&mut stages);
    Policy { stages, external: Vec::new(), warnings }
}

/// Takes away a stage that is only the label of the next one: `Stage 2` on a line of its own, and what it is below.
fn fold_labels(stages: &mut Vec<Stage>) {
    let mut at = 0;
    while at + 1 < stages.len() {
        let (one, next) = (&stages[at], &stages[at + 1]);
        let empty = one.handler.is_empty() && one.contacts.is_empty();
        let timeless = one.acknowledge.is_none() && one.respond.is_none() && one.customer_window.is_none();
        if empty && timeless && one.rung == next.rung && is_label(&one.quote) && !is_label(&next.quote) {
            stages.remove(at);
        } else {
            at += 1;
        }
    }
    for (order, stage) in (1..).zip(stages) {
        stage.order = order;
    }
}

/// Returns whether words are a label alone: `Stage 2`.
fn is_label(words: &str) -> bool {
    words.split_whitespace().count() <= 3 && words.contains(|c: char| c.is_ascii_digit())
}

/// A stage that is kept, with the drafts folded into it.
#[derive(Debug)]
pub(super) struct Kept {
    /// The draft that it is.
    pub(super) lead: usize,
    /// All drafts, that one included.
    pub(super) drafts: Vec<usize>,
}

/// Tells which drafts stand as stages, and folds the others into them.
pub(super) fn keep(standing: &Standing<'_>, walked: &Walked, model: &Model) -> Vec<Kept> {
    let drafts = &walked.stages;
    let mut kept: Vec<Kept> = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    let mut likeliest: Option<(f32, usize)> = None;
    for (at, draft) in drafts.iter().enumerate() {
        if standing.span(at).is_empty() {
            continue;
        }
        let scores = model.scores(&standing.features(at));
        let margin = scores.first().zip(scores.get(1)).map_or(0.0, |(stage, part)| stage - part);
        if margin > 0.0 {
            let mut all = std::mem::take(&mut waiting);
            all.push(at);
            kept.push(Kept { lead: at, drafts: all });
        } else if standing.leads_outside(at) {
            // `Step 4: the ombudsman` is no part of step 3.
        } else if let Some(last) = kept.last_mut() {
            last.drafts.push(at);
        } else {
            waiting.push(at);
            let outside = draft.outside || draft.closed;
            if !outside && likeliest.is_none_or(|(known, _)| margin > known) {
                likeliest = Some((margin, at));
            }
        }
    }
    // A procedure has one stage at the least: the draft that comes nearest to it.
    if kept.is_empty()
        && let Some((_, lead)) = likeliest
    {
        kept.push(Kept { lead, drafts: waiting });
    }
    kept
}

/// The kept stages as the climb sees them.
pub(super) fn seen<'a>(
    text: &Text<'_>,
    walked: &'a Walked,
    kept: &[Kept],
    standing: &Standing<'_>,
    durations: &[Duration],
) -> Vec<Seen<'a>> {
    let words = |kept: &Kept| {
        let first =
            std::iter::once(&kept.lead).chain(&kept.drafts).find_map(|d| walked.stages[*d].handler.clone());
        let around = first.map_or(0..0, |(_, at)| widened(text, at));
        let end = around.end.min(around.start + 8);
        (around.start..end).map(|at| text.words.spelling(at).to_owned()).collect()
    };
    let opening = |lead: usize| {
        let draft = &walked.stages[lead];
        let sentence = &text.words.sentences[text.words.sentence_of(draft.start)].words;
        let mut words: Vec<String> = Vec::new();
        let first = sentence.start..sentence.end.min(sentence.start + OPENING);
        for at in draft.title.clone().take(OPENING).chain(first) {
            let word = text.words.spelling(at);
            if !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        words
    };
    let role = |draft: &usize| walked.stages[*draft].handler.as_ref().map(|(role, _)| *role);
    kept.iter()
        .map(|kept| Seen {
            lead: &walked.stages[kept.lead],
            role: std::iter::once(&kept.lead).chain(&kept.drafts).find_map(role),
            words: words(kept),
            opening: opening(kept.lead),
            holds: standing.holds(&kept.drafts, durations),
            others: kept
                .drafts
                .iter()
                .flat_map(|d| &walked.stages[*d].roles)
                .map(|(role, _)| *role)
                .collect(),
        })
        .collect()
}

/// The words that name who handles a stage.
fn handler(text: &Text<'_>, walked: &Walked, kept: &Kept) -> String {
    let lead = &walked.stages[kept.lead];
    if lead.row && !lead.title.is_empty() {
        return text.words.printed(lead.title.clone());
    }
    let named = std::iter::once(kept.lead)
        .chain(kept.drafts.iter().copied())
        .find_map(|d| walked.stages[d].handler.clone());
    match named {
        Some((_, words)) => text.words.printed(widened(text, words)),
        None => text.words.printed(lead.title.clone()),
    }
}

/// Grows the words of a role to the capitalised name around them, and leaves off what only leads to it: `Tell Customer Care`
/// is `Customer Care`, `complaint to the Office Manager` is `Office Manager`, `the director of` goes on to what he directs.
fn widened(text: &Text<'_>, words: Range<usize>) -> Range<usize> {
    use super::words::{Case, Gap, Kind};
    let all = &text.words.words;
    let article = |at: usize| text.language.articles.contains(&text.words.spelling(at));
    let name = |at: usize| all[at].case != Case::Lower && all[at].kind == Kind::Word;
    let mut start = words.start;
    let first = text.words.para_start(start);
    while start > first && all[start].gap == Gap::None && name(start - 1) && !leads_in(text, start - 1) {
        start -= 1;
    }
    let mut end = words.end;
    // What follows `of` belongs to the name, whatever its letters.
    if end > words.start && end < all.len() && text.is_small(end - 1) && all[end].gap == Gap::None {
        end += 1;
    }
    loop {
        let joined = end + 1 < all.len() && all[end].gap == Gap::None && all[end + 1].gap == Gap::None;
        if end < all.len() && all[end].gap == Gap::None && name(end) {
            end += 1;
        } else if joined && text.is_small(end) && !article(end) && name(end - 1) && name(end + 1) {
            end += 2;
        } else {
            break;
        }
    }
    if let Some(last) = (start..end.saturating_sub(1)).rev().find(|&at| article(at)) {
        start = last + 1;
    }
    while start + 1 < end && leads_in(text, start) {
        start += 1;
    }
    start..end
}

/// Whether a word with a capital only opens its sentence and tells what to do: `Tell`, `Contact`, `If`.
fn leads_in(text: &Text<'_>, at: usize) -> bool {
    use super::words::Gap;
    let opens = text.words.words[at].gap >= Gap::Colon || at == text.words.para_start(at);
    let cues = text.cues.within(at..at + 1);
    opens
        && cues
            .iter()
            .any(|found| matches!(found.cue, Cue::Invite | Cue::If | Cue::Acts | Cue::Refer | Cue::We))
        && !cues.iter().any(|found| matches!(found.cue, Cue::Inside(_)))
}

fn set_clocks(stages: &mut [Stage], clocks: &Clocks, walked: &Walked, home: &dyn Fn(usize) -> Option<usize>) {
    let fixed = walked
        .stages
        .iter()
        .enumerate()
        .flat_map(|(at, draft)| draft.fixed.iter().map(move |(binds, clock, _)| (at, *binds, *clock)));
    for (draft, binds, clock) in fixed {
        let Some(stage) = home(draft).and_then(|at| stages.get_mut(at)) else { continue };
        let stated = StatedClock { clock, from: None, quote: stage.quote.clone() };
        place(stage, binds, &stated, true);
    }
    // Figures for the stage itself first, then those for one kind of issue, then those for the whole.
    let mut later = Vec::new();
    let mut touches = Vec::new();
    let mut windows: Vec<(usize, &StageClock)> = Vec::new();
    for clock in &clocks.stages {
        let Some(at) = home(clock.stage) else { continue };
        if clock.binds == Binds::Window {
            windows.push((at, clock));
            continue;
        }
        if clock.whole || clock.one_kind {
            later.push((at, clock));
        } else if clock.touch {
            touches.push((at, clock));
        } else {
            place(&mut stages[at], clock.binds, &clock.stated, true);
        }
    }
    set_windows(stages, clocks, &windows);
    let had: Vec<bool> = stages.iter().map(|s| s.respond.is_some()).collect();
    for &(at, clock) in &later {
        if clock.one_kind && !(clock.binds == Binds::Respond && had[at]) {
            place(&mut stages[at], clock.binds, &clock.stated, true);
        }
    }
    for &(at, clock) in &later {
        if clock.whole && !clock.one_kind {
            let open = if stages[at].respond.is_none() { Some(at) } else { None };
            let open =
                open.or_else(|| (0..stages.len()).rev().find(|&k| stages[k].respond.is_none() && k >= at));
            if let Some(open) = open {
                place(&mut stages[open], clock.binds, &clock.stated, true);
            }
        }
    }
    for (at, clock) in touches {
        let stage = &mut stages[at];
        if stage.respond.is_some() {
            if stage.acknowledge.is_none() {
                stage.acknowledge = Some(clock.stated.clone());
            }
        } else {
            stage.respond = Some(clock.stated.clone());
        }
    }
}

/// The customer's times. One told in the first stage, or after the time in which a stage answers, is for the stage after it.
fn set_windows(stages: &mut [Stage], clocks: &Clocks, windows: &[(usize, &StageClock)]) {
    for &(at, clock) in windows {
        let answers = |known: &&StageClock| {
            known.binds == Binds::Respond && known.stage == clock.stage && known.at < clock.at
        };
        let answered = clocks.stages.iter().any(|known| answers(&known));
        let asks_again = clocks
            .stages
            .iter()
            .any(|known| known.binds == Binds::Respond && known.stage == clock.stage && known.at > clock.at);
        let next = at + 1 < stages.len() && stages[at + 1].customer_window.is_none();
        if at == 0 || answered && !asks_again && next {
            if next {
                place(&mut stages[at + 1], Binds::Window, &clock.stated, true);
            }
        } else {
            place(&mut stages[at], Binds::Window, &clock.stated, true);
        }
    }
    for stated in &clocks.each {
        for stage in stages.iter_mut().skip(1).filter(|stage| stage.customer_window.is_none()) {
            stage.customer_window = Some(stated.clone());
        }
    }
}

fn place(stage: &mut Stage, binds: Binds, stated: &StatedClock, outer: bool) {
    let place = match binds {
        Binds::Acknowledge => &mut stage.acknowledge,
        Binds::Respond => &mut stage.respond,
        Binds::Window => &mut stage.customer_window,
    };
    let better = |known: Clock| outer && time::longer(stated.clock, known);
    if place.as_ref().is_none_or(|known| better(known.clock)) {
        *place = Some(stated.clone());
    }
}
