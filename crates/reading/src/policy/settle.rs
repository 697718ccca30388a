//! Settling: which drafts are stages, on which rungs, with which clocks and contacts.
//!
//! Each draft is weighed: what does not stand (a step of handling, a reference) is folded into the stage that it belongs to.
//! Then the rungs of those that do are told together by [`super::rungs`].

use std::ops::Range;

use ladder::{Channel, Clock, Policy, Rung, Stage, StatedClock};

use super::contacts::{self, Placed};
use super::contradictions;
use super::cue::{Cue, Role};
use super::draft::{Binds, Owner, StageDraft};
use super::duration::Duration;
use super::label::Rank;
use super::model::{Model, Weights};
use super::rungs::{self, Seen};
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
    let clocks = &weighed(&of_labels(clocks, walked, kept), stages.len(), &home);
    set_clocks(&mut stages, clocks, walked, &home);
    for placed in placed {
        let web = placed.reach.channel() == Channel::Web;
        let draft = match walked.owners.get(placed.word) {
            Some(Owner::Stage(draft)) => draft,
            // Told before it is told who reads it: `Complaints must be sent to the address below:`, and on the next line the address.
            Some(Owner::Nobody) if is_where_to_complain(text, placed.word) => {
                let Some(first) = kept.first() else { continue };
                &first.lead
            }
            _ => continue,
        };
        let list = home(*draft).and_then(|at| stages.get_mut(at)).map(|stage| &mut stage.contacts);
        let reach = if web { contacts::form(placed) } else { Some(placed.reach.clone()) };
        if let (Some(list), Some(reach)) = (list, reach)
            && !list.contains(&reach)
        {
            list.push(reach);
        }
    }
    let warnings = contradictions::tell(text, clocks, &home, &stages);
    Policy { stages, external: Vec::new(), warnings }
}

/// Whether the line above a contact leads to it and says that complaints go there.
fn is_where_to_complain(text: &Text<'_>, word: usize) -> bool {
    let at = text.words.para_of(word);
    at > 0 && text.is_led_in(at) && text.is_contact_line(at) && {
        let above = text.whole(at - 1);
        let sends = [Cue::Formal, Cue::Invite].iter().any(|&cue| text.has(&above, cue));
        sends && text.has(&above, Cue::Matter) && text.mentions_in(&above).is_empty()
    }
}

/// A stage that is kept, with the drafts folded into it.
#[derive(Debug)]
pub(super) struct Kept {
    /// The draft that it is.
    pub(super) lead: usize,
    /// All drafts, that one included.
    pub(super) drafts: Vec<usize>,
}

/// How much speaks for each draft as a stage, and not as a part of one; nothing where it cannot be one.
fn margins(standing: &Standing<'_>, walked: &Walked, model: &Model) -> Vec<Option<f32>> {
    let margin = |at: usize| {
        // `Stage 3: the ombudsman` is no stage, whatever else speaks for it.
        if standing.span(at).is_empty() || standing.names_outside(at) || standing.opens_outside(at) {
            return None;
        }
        let scores = model.scores(&standing.features(at));
        let margin = scores.first().zip(scores.get(1)).map_or(0.0, |(stage, part)| stage - part);
        let told = climbs(walked, at) && !standing.goes_outside_at_once(at)
            || walked.stages[at].passing
            || standing.asks_again(at);
        Some(if told { margin.max(CLIMBS) } else { margin })
    };
    (0..walked.stages.len()).map(margin).collect()
}

/// How much speaks at the least for the next of stages that are called so, and for a first desk in the condition of what comes after it.
const CLIMBS: f32 = 1.0;

/// Whether a draft is called the next stage after one that is called so, and is told as going up: `Stage 2. If you are not satisfied
/// with the answer to stage 1, …`. Steps count what is done with one complaint just as well, so of them more is asked; and so it is of
/// a title that may name handling (`Stage 2: Review`).
fn climbs(walked: &Walked, at: usize) -> bool {
    let draft = &walked.stages[at];
    let before = walked.stages[..at].iter().rev().find_map(|stage| stage.label);
    let further = draft.review || draft.moved || draft.titled_formal && !draft.handling;
    let both = draft.after_answer && further;
    draft.label.is_some_and(|(rank, n)| {
        let enough = match rank {
            Rank::Stage if !draft.handling => draft.after_answer || further,
            Rank::Stage | Rank::Step => both,
            Rank::Letter | Rank::Number | Rank::Clause => false,
        };
        enough && n > 1 && before == Some((rank, n - 1))
    }) && !draft.outside
        && !draft.closed
}

/// Tells which drafts stand as stages, each weighed by itself, and folds the others into them.
pub(super) fn keep(standing: &Standing<'_>, walked: &Walked, model: &Model) -> Vec<Kept> {
    fold(standing, walked, &margins(standing, walked, model), &|_, margin| margin > 0.0)
}

/// Drafts for which about as much speaks as against them.
const UNSURE: f32 = 1.5;
/// What it speaks for a ladder that it has as many stages as the text says.
const AGREES: f32 = 2.0;
/// Most drafts that are tried both ways.
const TRIED: usize = 4;

/// Tells which drafts stand as stages and on which rungs: where it is unsure whether a draft stands, the way that makes the
/// likelier ladder is taken.
pub(super) fn choose(
    standing: &Standing<'_>,
    walked: &Walked,
    weights: &Weights,
    text: &Text<'_>,
    durations: &[Duration],
) -> (Vec<Kept>, Vec<Rung>) {
    let margins = margins(standing, walked, &weights.stage);
    let mut unsure: Vec<(f32, usize)> = margins
        .iter()
        .enumerate()
        .filter_map(|(at, margin)| Some((margin.as_ref()?.abs(), at)))
        .filter(|&(margin, _)| margin < UNSURE)
        .collect();
    unsure.sort_by(|a, b| a.0.total_cmp(&b.0));
    unsure.truncate(TRIED);
    // `Our complaints process has two stages`; some count the ombudsman as one more.
    let announced = contradictions::announced(text).map(|(n, _)| n as usize);
    let mut best: Option<(f32, Vec<Kept>, Vec<Rung>)> = None;
    for way in 0..1_u32 << unsure.len() {
        let tried = |at: usize| unsure.iter().position(|&(_, k)| k == at).map(|nth| way >> nth & 1 == 0);
        // The first way is that of the margins; each bit turns one draft round.
        let stands = |at: usize, margin: f32| {
            tried(at).map_or(margin > 0.0, |as_weighed| as_weighed == (margin > 0.0))
        };
        let kept = fold(standing, walked, &margins, &stands);
        let (likelihood, rungs) =
            rungs::climb(&weights.rung, &seen(text, walked, &kept, standing, durations));
        let turned: f32 = unsure
            .iter()
            .enumerate()
            .map(|(nth, &(margin, _))| if way >> nth & 1 == 0 { 0.0 } else { -margin })
            .sum();
        let agrees = announced.is_some_and(|n| kept.len() == n);
        let score = likelihood + turned + if agrees { AGREES } else { 0.0 };
        if best.as_ref().is_none_or(|(known, ..)| score > *known) {
            best = Some((score, kept, rungs));
        }
    }
    best.map_or_else(|| (Vec::new(), Vec::new()), |(_, kept, rungs)| (kept, rungs))
}

/// How much may speak against the first place to complain where the only other draft comes after an answer.
const FIRST: f32 = -4.0;

/// Whether a draft plainly comes after an answer, and names who is next.
fn goes_up(draft: &StageDraft) -> bool {
    let high = draft.handler.as_ref().is_some_and(|(role, _)| *role >= Role::Manager && *role != Role::Data);
    draft.after_answer && !draft.weak && high && draft.label.is_none() && !draft.row
}

/// Folds the drafts that do not stand into those that do.
fn fold(
    standing: &Standing<'_>,
    walked: &Walked,
    margins: &[Option<f32>],
    stands: &dyn Fn(usize, f32) -> bool,
) -> Vec<Kept> {
    let drafts = &walked.stages;
    let mut kept: Vec<Kept> = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    let mut likeliest: Option<(f32, usize)> = None;
    for (at, draft) in drafts.iter().enumerate() {
        let Some(margin) = margins[at] else { continue };
        if let Some(told) = acts_again(drafts, &kept, draft) {
            kept[told].drafts.push(at);
        } else if kept.last().is_some_and(|last| tells_who(drafts, last, draft))
            || kept.len() == 1 && standing.names_first(&drafts[kept[0].lead], &kept[0].drafts, draft)
        {
            kept.last_mut().into_iter().for_each(|last| last.drafts.push(at));
        } else if stands(at, margin) {
            let mut all = std::mem::take(&mut waiting);
            // No ladder begins with what comes after an answer: `You can write to us. … If you are not satisfied, write to the director.`
            if kept.is_empty()
                && let Some((_, lead)) = likeliest.filter(|&(first, _)| first > FIRST && goes_up(draft))
            {
                kept.push(Kept { lead, drafts: std::mem::take(&mut all) });
            }
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

/// Whether a draft only tells who handles the stage before: the stage named nobody (`You may ask for a review. The panel
/// decides …`), or words before the table named whom its row names.
fn tells_who(drafts: &[StageDraft], last: &Kept, draft: &StageDraft) -> bool {
    let lead = &drafts[last.lead];
    let nobody = last.drafts.iter().all(|&at| drafts[at].handler.is_none());
    let goes_on = draft.after_answer || draft.moved || draft.invites;
    let second = lead.review || lead.after_answer || lead.label.is_some();
    let who = draft.weak && draft.label.is_none() && draft.handler.is_some() && !goes_on;
    let again = draft.row && !lead.row && !lead.named.is_empty() && lead.named == draft.named;
    nobody && second && who || again
}

/// The stage whose handler a draft only tells more of: `The Complaints Manager opens a file. … The Complaints Manager answers within
/// eight weeks.`
fn acts_again(drafts: &[StageDraft], kept: &[Kept], draft: &StageDraft) -> Option<usize> {
    let same = |one: &Kept| one.drafts.iter().any(|&at| drafts[at].named == draft.named);
    let told = kept.iter().rposition(same)?;
    let bare = draft.label.is_none() && !draft.row && !draft.review && !draft.named.is_empty();
    let last = told + 1 == kept.len();
    (bare && (last || draft.weak && !draft.after_answer)).then_some(told)
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
        return text.words.printed(named_alone(text, lead.title.clone()));
    }
    // `The second level` names no one, where someone is named.
    let level =
        |at: &Range<usize>| at.clone().any(|word| text.language.stage.contains(&text.words.spelling(word)));
    let all =
        || std::iter::once(kept.lead).chain(kept.drafts.iter().copied()).map(|draft| &walked.stages[draft]);
    let named = all()
        .flat_map(|stage| stage.handler.iter().chain(&stage.roles))
        .find(|(_, at)| !level(at))
        .or_else(|| all().find_map(|stage| stage.handler.as_ref()))
        .cloned();
    match named {
        // `The person who deals with you` is named by what comes before `who`.
        Some((_, words)) => {
            let mut whole = widened(text, words);
            if whole.len() > 1 && text.language.relatives.contains(&text.words.spelling(whole.end - 1)) {
                whole.end -= 1;
            }
            text.words.printed(whole)
        }
        None => text.words.printed(lead.title.clone()),
    }
}

/// Leaves off the clause that tells what the one who is named does: `Resolution team, who review the first answer`.
fn named_alone(text: &Text<'_>, words: Range<usize>) -> Range<usize> {
    let clause = words.clone().skip(1).find(|&at| {
        text.words.words[at].gap == super::words::Gap::Comma
            && text.language.relatives.contains(&text.words.spelling(at))
    });
    words.start..clause.unwrap_or(words.end)
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
    let mut extras = Vec::new();
    let mut windows: Vec<(usize, &StageClock)> = Vec::new();
    for clock in &clocks.stages {
        let Some(at) = home(clock.stage) else { continue };
        if clock.binds == Binds::Window {
            windows.push((at, clock));
            continue;
        }
        if clock.extra || clock.doubt.is_some() {
            extras.push((at, clock));
        } else if clock.whole || clock.one_kind {
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
    for stated in &clocks.each_answers {
        for stage in stages.iter_mut().filter(|stage| stage.respond.is_none()) {
            stage.respond = Some(stated.clone());
        }
    }
    // The least doubtful first; what is told as on top of a time is in no doubt.
    extras.sort_by(|(_, a), (_, b)| a.doubt.unwrap_or(0.0).total_cmp(&b.doubt.unwrap_or(0.0)));
    for (at, clock) in extras {
        let stage = &mut stages[at];
        // In touch sooner than the answer: that is to acknowledge.
        let sooner = clock.touch
            && stage.respond.as_ref().is_some_and(|answer| time::longer(answer.clock, clock.stated.clock));
        let place = match clock.binds {
            Binds::Acknowledge => &mut stage.acknowledge,
            _ if sooner => &mut stage.acknowledge,
            _ => &mut stage.respond,
        };
        if place.is_none() {
            *place = Some(clock.stated.clone());
        }
    }
}

/// How much surer another time to answer has to be for one to fall away.
const SURER: f32 = 2.5;
/// How much may speak for an acknowledgement in a time that is taken for the answer where the stage has two and no answer.
const SWAPPED: f32 = 3.0;

/// The clocks without those that are told before a stage with a label (`we answer all complaints within 28 days`), where the stage
/// itself tells another.
fn of_labels(clocks: &Clocks, walked: &Walked, kept: &[Kept]) -> Clocks {
    let lead = |draft: usize| kept.iter().find(|one| one.drafts.contains(&draft)).map(|one| one.lead);
    let before = |clock: &StageClock| {
        lead(clock.stage).filter(|&lead| clock.stage < lead && walked.stages[lead].label.is_some())
    };
    let told = |lead: usize, binds: Binds| {
        clocks.stages.iter().any(|own| own.stage == lead && own.binds == binds && own.doubt.is_none())
    };
    let stages =
        clocks.stages.iter().filter(|clock| before(clock).is_none_or(|lead| !told(lead, clock.binds)));
    Clocks { stages: stages.cloned().collect(), ..clocks.clone() }
}

/// The clocks of each kept stage, weighed against each other: of two times to answer one that is far less sure falls away, and
/// of two times to acknowledge, where none is to answer, the likelier is one.
fn weighed(clocks: &Clocks, stages: usize, home: &dyn Fn(usize) -> Option<usize>) -> Clocks {
    let mut all = clocks.stages.clone();
    for stage in 0..stages {
        let of = |all: &[StageClock], binds: Binds| -> Vec<usize> {
            let mine = |clock: &StageClock| {
                clock.binds == binds
                    && clock.doubt.is_none()
                    && !clock.extra
                    && home(clock.stage) == Some(stage)
            };
            (0..all.len()).filter(|&k| mine(&all[k])).collect()
        };
        let acks = of(&all, Binds::Acknowledge);
        if of(&all, Binds::Respond).is_empty()
            && let Some(&likeliest) = acks.iter().max_by(|&&a, &&b| all[a].answers.total_cmp(&all[b].answers))
            && acks.iter().any(|&k| all[k].stated.clock != all[likeliest].stated.clock)
            && all[likeliest].answers > -SWAPPED
        {
            all[likeliest].binds = Binds::Respond;
            all[likeliest].touch = false;
        }
        let replies = of(&all, Binds::Respond);
        let surest = replies.iter().filter_map(|&k| all[k].sure).fold(f32::MIN, f32::max);
        let weak: Vec<usize> =
            replies.into_iter().filter(|&k| all[k].sure.is_some_and(|sure| sure + SURER < surest)).collect();
        for &k in weak.iter().rev() {
            all.remove(k);
        }
    }
    Clocks { stages: all, ..clocks.clone() }
}

/// The customer's times. One told in the first stage, or after the time in which a stage answers, is for the stage after it.
fn set_windows(stages: &mut [Stage], clocks: &Clocks, windows: &[(usize, &StageClock)]) {
    let (sure, doubtful): (Vec<_>, Vec<_>) = windows.iter().partition(|(_, clock)| clock.doubt.is_none());
    for &(at, clock) in sure.into_iter().chain(doubtful) {
        if clock.doubt.is_some() && stages.iter().any(|stage| stage.customer_window.is_some()) {
            continue;
        }
        let answers = |known: &&StageClock| {
            let sure = known.binds == Binds::Respond && known.doubt.is_none();
            sure && known.stage == clock.stage && known.at < clock.at
        };
        let answered = clocks.stages.iter().any(|known| answers(&known));
        let asks_again = clocks.stages.iter().any(|known| {
            known.binds == Binds::Respond
                && known.doubt.is_none()
                && known.stage == clock.stage
                && known.at > clock.at
        });
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
