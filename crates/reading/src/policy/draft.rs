//! Drafts: what may become a stage or a body, while the text is walked through.

use std::ops::Range;

use ladder::{BodyKind, Clock};

use super::cue::Role;
use super::label::Rank;

/// Whose words these are.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) enum Owner {
    /// Nobody's.
    #[default]
    Nobody,
    /// A stage of the company.
    Stage(usize),
    /// A body outside.
    Body(usize),
    /// A matter beside the ladder.
    Aside,
}

/// Which clock of a stage a duration sets.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Binds {
    /// The company acknowledges.
    Acknowledge,
    /// The company answers.
    Respond,
    /// The customer goes on.
    Window,
}

/// What may become a stage.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an observation of its own, and none follows from another"
)]
#[derive(Clone, Debug, Default)]
pub(super) struct StageDraft {
    /// Its label: rank and number.
    pub(super) label: Option<(Rank, u32)>,
    /// The words of its heading.
    pub(super) title: Range<usize>,
    /// The first of its words.
    pub(super) start: usize,
    /// Who handles it: role and words.
    pub(super) handler: Option<(Role, Range<usize>)>,
    /// Those words in lower case.
    pub(super) named: String,
    /// Other roles named in it.
    pub(super) roles: Vec<(Role, Range<usize>)>,
    /// The customer is told to put the complaint there.
    pub(super) invites: bool,
    /// It opens after an answer that did not settle the matter.
    pub(super) after_answer: bool,
    /// The customer may ask for a second look.
    pub(super) review: bool,
    /// The complaint is passed on to it.
    pub(super) moved: bool,
    /// It is a formal complaint.
    pub(super) formal: bool,
    /// Its heading calls it a formal complaint.
    pub(super) titled_formal: bool,
    /// The customer cannot go there.
    pub(super) closed: bool,
    /// It is a first try.
    pub(super) informal: bool,
    /// Its title is the name of a handling step.
    pub(super) handling: bool,
    /// It names an outside body as the place to go.
    pub(super) outside: bool,
    /// It stands only if something of its own is told of it: whom, or by when.
    pub(super) tentative: bool,
    /// Little speaks for it: it stands only if it is weighed so, and tells nothing of what is new after it.
    pub(super) weak: bool,
    /// It is a first desk that is told only as the condition of the next stage.
    pub(super) passing: bool,
    /// It is a row of a matrix.
    pub(super) row: bool,
    /// Clocks read from columns of a table.
    pub(super) fixed: Vec<(Binds, Clock, Range<usize>)>,
}

impl StageDraft {
    /// Takes up what was drafted right below this title.
    pub(super) fn take_up(&mut self, below: Self) {
        self.handler = self.handler.take().or(below.handler);
        if self.named.is_empty() {
            self.named = below.named;
        }
        self.roles.extend(below.roles);
        self.invites |= below.invites;
        self.after_answer |= below.after_answer;
        self.review |= below.review;
        self.moved |= below.moved;
        self.formal |= below.formal;
        self.informal |= below.informal;
        self.closed |= below.closed;
    }
}

/// What may become an outside body.
#[derive(Clone, Debug)]
pub(super) struct BodyDraft {
    /// Its name as printed.
    pub(super) name: String,
    /// Its kind.
    pub(super) kind: BodyKind,
    /// Where it is named first.
    pub(super) words: Range<usize>,
    /// Its id in the atlas.
    pub(super) id: Option<String>,
    /// Whether only a noun names it.
    pub(super) generic: bool,
}
