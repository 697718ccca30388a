//! Settling: which drafts are stages, on which rungs, with which clocks and contacts.
//!
//! A step of handling is folded into the stage that it belongs to; a first try without anybody to turn to into the stage
//! after it. Then the rungs: the first formal place is `complaints`, whoever holds it, except where the complaint goes
//! straight to the directors; what comes before is the front line or a supervisor; what comes after is named by its role.

use std::ops::Range;

use ladder::{Channel, Clock, OutsideBody, Policy, Rung, Stage, StatedClock};

use super::contacts::{self, Placed};
use super::cue::{Cue, Role};
use super::draft::{Binds, Owner, StageDraft};
use super::label::Rank;
use super::text::Text;
use super::time::{self, Clocks};
use super::walk::Walked;

/// Settles the drafts of a text.
pub(super) fn settle(text: &Text<'_>, walked: &Walked, clocks: &Clocks, placed: &[Placed]) -> Policy {
    let kept = keep(text, walked, clocks);
    let home = |draft: usize| kept.iter().position(|k| k.drafts.contains(&draft));
    let rungs = rungs(text, walked, &kept);
    let mut stages: Vec<Stage> = Vec::new();
    for (at, one) in kept.iter().enumerate() {
        let lead = &walked.stages[one.lead];
        let sentence = text.words.sentence_of(lead.start);
        let opening = text.words.sentences[sentence].words.clone();
        stages.push(Stage {
            order: u32::try_from(at + 1).unwrap_or(u32::MAX),
            rung: rungs[at],
            handler: handler(text, walked, one),
            contacts: Vec::new(),
            acknowledge: None,
            respond: None,
            customer_window: None,
            quote: time::quote(text, &opening, &(lead.start..lead.start + 1)),
        });
    }
    set_clocks(&mut stages, clocks, walked, &home);
    let mut external: Vec<OutsideBody> = Vec::new();
    for body in &walked.bodies {
        let sentence = text.words.sentence_of(body.words.start);
        external.push(OutsideBody {
            body: body.name.clone(),
            kind: body.kind,
            after: None,
            within: None,
            contacts: Vec::new(),
            quote: time::quote(text, &text.words.sentences[sentence].words, &body.words),
        });
    }
    for clock in &clocks.bodies {
        let Some(body) = external.get_mut(clock.body) else { continue };
        let place = if clock.after { &mut body.after } else { &mut body.within };
        if place.is_none() {
            *place = Some(clock.stated.clone());
        }
    }
    for &body in &clocks.above {
        let longest =
            stages.iter().filter_map(|s| s.respond.as_ref()).max_by_key(|c| super::table::weight(c.clock));
        if let (Some(body), Some(longest)) = (external.get_mut(body), longest)
            && body.after.is_none()
        {
            body.after = Some(longest.clone());
        }
    }
    for placed in placed {
        let web = placed.reach.channel() == Channel::Web;
        let (list, reach) = match walked.owners.get(placed.word).copied().unwrap_or_default() {
            Owner::Stage(draft) => {
                let list = home(draft).and_then(|at| stages.get_mut(at)).map(|s| &mut s.contacts);
                let own = if web {
                    contacts::form(&placed.reach).filter(|_| placed.printed)
                } else {
                    Some(placed.reach.clone())
                };
                (list, own)
            }
            Owner::Body(body) => {
                (external.get_mut(body).map(|b| &mut b.contacts), Some(placed.reach.clone()))
            }
            Owner::Nobody | Owner::Aside => (None, None),
        };
        if let (Some(list), Some(reach)) = (list, reach)
            && !list.contains(&reach)
        {
            list.push(reach);
        }
    }
    Policy { stages, external, warnings: Vec::new() }
}

/// A stage that is kept, with the drafts folded into it.
#[derive(Debug)]
struct Kept {
    /// The draft that it is.
    lead: usize,
    /// All drafts, that one included.
    drafts: Vec<usize>,
}

fn keep(text: &Text<'_>, walked: &Walked, clocks: &Clocks) -> Vec<Kept> {
    let drafts = &walked.stages;
    let rows = drafts.iter().filter(|d| d.row).count();
    let mut kept: Vec<Kept> = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    for (at, draft) in drafts.iter().enumerate() {
        if rows > 1 && !draft.row {
            continue;
        }
        if draft.outside || draft.closed {
            continue;
        }
        let timed = clocks.stages.iter().any(|clock| clock.stage == at);
        if draft.tentative
            && !timed
            && draft.roles.is_empty()
            && !draft.review
            && let Some(last) = kept.last_mut()
        {
            last.drafts.push(at);
            continue;
        }
        if stands(text, walked, draft, at, kept.is_empty()) {
            let mut all = std::mem::take(&mut waiting);
            all.push(at);
            kept.push(Kept { lead: at, drafts: all });
        } else if let Some(last) = kept.last_mut() {
            last.drafts.push(at);
        } else {
            waiting.push(at);
        }
    }
    if kept.is_empty() && !waiting.is_empty() {
        kept.push(Kept { lead: waiting[0], drafts: waiting });
    }
    // How to complain, told before the first labelled stage, belongs to that stage.
    if kept.len() > 1 && rows == 0 {
        let first = &drafts[kept[0].lead];
        let next = &drafts[kept[1].lead];
        let labelled = next.label.is_some_and(|(rank, n)| rank >= Rank::Step && n == 1);
        let role = first.handler.as_ref().map(|(role, _)| *role);
        let desk = first.informal
            || role.is_some_and(|r| r <= Role::Supervisor) && (next.formal || next.after_answer);
        if first.label.is_none() && labelled && !desk {
            let first = kept.remove(0);
            kept[0].drafts.extend(first.drafts);
        }
    }
    // Two desks for a first try, side by side, are one stage.
    let mut at = 1;
    while at < kept.len() {
        let (a, b) = (&drafts[kept[at - 1].lead], &drafts[kept[at].lead]);
        let front = |d: &StageDraft| d.handler.as_ref().is_some_and(|(role, _)| *role <= Role::Service);
        let plain = !b.after_answer && b.label.is_none() && !b.row && !b.formal;
        if plain && front(b) && (a.informal || front(a)) && a.label.is_none() {
            let more = kept.remove(at);
            kept[at - 1].drafts.extend(more.drafts);
        } else {
            at += 1;
        }
    }
    // A first try without anybody to turn to belongs to the stage after it.
    if kept.len() > 1 {
        let first = &drafts[kept[0].lead];
        let next = &drafts[kept[1].lead];
        if first.handler.is_none() && first.label.is_none() && !next.after_answer {
            let first = kept.remove(0);
            kept[0].drafts.extend(first.drafts);
        }
    }
    kept
}

/// Whether a draft stands as a stage of its own.
fn stands(text: &Text<'_>, walked: &Walked, draft: &StageDraft, at: usize, first: bool) -> bool {
    if draft.row {
        return true;
    }
    let owned = walked.owners.iter().enumerate().filter(|(_, o)| **o == Owner::Stage(at)).map(|(w, _)| w);
    let mut begin = usize::MAX;
    let mut end = 0;
    for word in owned {
        begin = begin.min(word);
        end = word + 1;
    }
    let _ = text;
    if begin >= end {
        return false;
    }
    if draft.handling && draft.handler.is_none() && !draft.review {
        return false;
    }
    match draft.label {
        Some((Rank::Stage, _)) => true,
        Some(_) => {
            if first {
                draft.invites || draft.handler.is_some()
            } else {
                draft.handler.is_some()
                    && (draft.invites || draft.after_answer || draft.review || draft.moved)
                    || draft.review && draft.invites
            }
        }
        None => first || draft.handler.is_some() || draft.review || draft.formal || draft.moved,
    }
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

/// Grows the words of a role to the capitalised name around them.
fn widened(text: &Text<'_>, words: Range<usize>) -> Range<usize> {
    use super::words::{Case, Gap, Kind};
    let all = &text.words.words;
    let mut start = words.start;
    let first = text.words.para_start(start);
    while start > first
        && all[start].gap == Gap::None
        && all[start - 1].case != Case::Lower
        && all[start - 1].kind == Kind::Word
    {
        start -= 1;
    }
    let mut end = words.end;
    while end < all.len()
        && all[end].gap == Gap::None
        && all[end].case != Case::Lower
        && all[end].kind == Kind::Word
    {
        end += 1;
    }
    start..end
}

fn rungs(text: &Text<'_>, walked: &Walked, kept: &[Kept]) -> Vec<Rung> {
    let drafts: Vec<&StageDraft> = kept.iter().map(|k| &walked.stages[k.lead]).collect();
    let roles: Vec<Option<Role>> = kept
        .iter()
        .map(|k| {
            std::iter::once(k.lead)
                .chain(k.drafts.iter().copied())
                .find_map(|d| walked.stages[d].handler.as_ref().map(|(r, _)| *r))
        })
        .collect();
    let matrix = drafts.iter().any(|d| d.row);
    let formal = first_formal(&drafts, &roles, matrix);
    let last = roles.len().saturating_sub(1);
    let data_only = roles.iter().flatten().any(|r| *r == Role::Data) && kept.len() == 1;
    let _ = text;
    (0..kept.len())
        .map(|at| {
            let role = roles[at];
            if data_only {
                return Rung::Specialist;
            }
            if at < formal {
                return match role {
                    Some(Role::Supervisor) => Rung::Supervisor,
                    Some(Role::AManager) if at > 0 => Rung::Supervisor,
                    Some(Role::Manager | Role::Complaints | Role::Team | Role::Data) if at > 0 => {
                        Rung::Management
                    }
                    Some(Role::Director) if at > 0 && at == last => Rung::Executive,
                    Some(Role::Director) if at > 0 => Rung::Management,
                    Some(Role::Executive) => Rung::Executive,
                    _ => Rung::FrontLine,
                };
            }
            if at == formal {
                return match role {
                    Some(Role::Executive) => Rung::Executive,
                    _ => Rung::Complaints,
                };
            }
            match role {
                Some(Role::Supervisor) => Rung::Supervisor,
                Some(Role::Executive) => Rung::Executive,
                Some(Role::Director) if at == last => Rung::Executive,
                Some(Role::Legal) => Rung::Legal,
                _ => Rung::Management,
            }
        })
        .collect()
}

/// The first stage at which the complaint is made formally; past the end where none is.
fn first_formal(drafts: &[&StageDraft], roles: &[Option<Role>], matrix: bool) -> usize {
    if roles.len() < 2 {
        return 0;
    }
    let front = |role: Option<Role>| {
        matches!(role, Some(Role::Front | Role::Service | Role::Supervisor | Role::AManager))
    };
    if let Some(at) = drafts.iter().position(|d| d.titled_formal) {
        return at;
    }
    if let Some(at) = roles.iter().position(|r| *r == Some(Role::Complaints)) {
        // A team for complaints after a first formal complaint to somebody else is a second look.
        let form = at == 1 && drafts[0].formal && !drafts[0].informal && roles[0] == Some(Role::Service);
        let before = (0..at).find(|&k| !front(roles[k]) && !drafts[k].informal);
        return if form { 0 } else { before.unwrap_or(at) };
    }
    if matrix {
        return usize::MAX;
    }
    if let Some(at) = (1..drafts.len()).find(|&k| drafts[k].formal && !drafts[k].after_answer) {
        return at;
    }
    match roles[0] {
        Some(Role::Front | Role::Supervisor) => usize::MAX,
        Some(Role::Service) if drafts[0].informal => usize::MAX,
        _ => 0,
    }
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
    for clock in &clocks.stages {
        let Some(at) = home(clock.stage) else { continue };
        if clock.binds == Binds::Window && at == 0 {
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

/// Whether a text is a procedure for customers at all.
pub(super) fn is_procedure(text: &Text<'_>) -> bool {
    let cues = text.cues;
    let matter = cues.count(Cue::Matter);
    let staff = cues.count(Cue::Staff);
    let about = cues.count(Cue::About);
    let goes_on =
        cues.count(Cue::Unsettled) > 0 || text.mentions.iter().any(|m| !m.weak) || !text.matrices.is_empty();
    matter > 0 && (matter > 1 || goes_on) && staff < matter.max(3) && about < 3.max(matter / 4)
}
