//! Times that are told for all stages in a section of their own below a ladder of labelled ones: `Stage 1: your centre. Stage 2: our
//! head office. Our commitment to you: we acknowledge within 5 days and answer within 10. If it goes to head office, we answer
//! within 10 more.`
//!
//! Where no stage above has a time of its own, what such a section promises is of the first; what it tells of a later stage that it
//! names, of that one.

use std::ops::Range;

use super::cue::Cue;
use super::draft::Owner;
use super::duration::Duration;
use super::label::Rank;
use super::text::{HEAD, Text};
use super::walk::Walked;

impl Walked {
    /// Gives the times of such a section to the stages that they are of.
    pub(super) fn take_times_of_all(&mut self, text: &Text<'_>, durations: &[Duration]) {
        let labelled: Vec<usize> = (0..self.stages.len())
            .filter(|&at| self.stages[at].label.is_some() && !self.stages[at].row)
            .collect();
        let (Some(&first), Some(&last)) = (labelled.first(), labelled.last()) else { return };
        if first == last || self.stages[first].handling {
            return;
        }
        let start = self.stages[last].start;
        let of_stage = |d: &Duration| matches!(self.owners[d.words.start], Owner::Stage(at) if at >= first);
        let Some(earliest) = durations.iter().find(|d| of_stage(d)) else { return };
        let para = text.words.para_of(earliest.words.start);
        let begin = text.words.para_of(start);
        let Some(head) = (begin + 1..=para).rev().find(|&at| tells_of_times(text, at)) else { return };
        // Where the section says again whose each time is, that holds.
        let staged = |at: usize| text.labels[at].as_ref().is_some_and(|label| label.rank >= Rank::Step);
        // Of another section, and of no title of the last stage.
        if (head..=para).any(staged)
            || earliest.words.start < start
            || text.para(head).words.start <= self.stages[last].title.start
        {
            return;
        }
        let from = text.para(head).words.start;
        let end = (head + 1..text.words.paras.len())
            .find(|&at| text.is_head(at))
            .map_or(usize::MAX, |at| text.para(at).words.start);
        let mut moved: Vec<(Range<usize>, usize)> = Vec::new();
        for duration in
            durations.iter().filter(|d| d.words.start > from && d.words.start < end && of_stage(d))
        {
            let words = text.words.sentences[text.words.sentence_of(duration.words.start)].words.clone();
            moved.push((words.clone(), self.named_in(text, &words).unwrap_or(first)));
        }
        for (words, stage) in moved {
            self.owners[words].fill(Owner::Stage(stage));
        }
    }

    /// The stage whose handler some words name.
    fn named_in(&self, text: &Text<'_>, words: &Range<usize>) -> Option<usize> {
        let named: Vec<String> =
            text.roles(words).into_iter().map(|(_, at)| text.words.printed(at).to_lowercase()).collect();
        self.stages.iter().rposition(|stage| {
            !stage.named.is_empty()
                && named.iter().any(|one| stage.named.contains(one.as_str()) || one.contains(&stage.named))
        })
    }
}

/// Whether a paragraph heads a section that tells by when answers come, for all stages.
fn tells_of_times(text: &Text<'_>, at: usize) -> bool {
    let para = text.para(at);
    let short = para.words.len() <= HEAD && para.sentences.len() == 1 && para.item.is_none();
    let heads = text.is_head(at) || !matches!(para.last, '.' | ',' | ';');
    let times = [Cue::HowLong, Cue::Process, Cue::Aside].iter().any(|&cue| text.has(&para.words, cue));
    short
        && heads
        && times
        && text.labels[at].is_none()
        && text.role(&para.words).is_none()
        && text.mentions_in(&para.words).is_empty()
        && ![Cue::Unsettled, Cue::Review].iter().any(|&cue| text.has(&para.words, cue))
}
