//! Names of cues and roles: how the tables of a language and the tables of weights spell them.

use super::cue::{Cue, Role};

/// Roles and their names.
const ROLES: &[(Role, &str)] = &[
    (Role::Front, "front"),
    (Role::Service, "service"),
    (Role::Supervisor, "supervisor"),
    (Role::AManager, "a_manager"),
    (Role::Team, "team"),
    (Role::Complaints, "complaints"),
    (Role::Manager, "manager"),
    (Role::Director, "director"),
    (Role::Executive, "executive"),
    (Role::Legal, "legal"),
    (Role::Data, "data"),
];

/// Cues and their names; those of roles and bodies are spelled in two words by the tables of a language.
const CUES: &[(Cue, &str)] = &[
    (Cue::Lapsed, "lapsed"),
    (Cue::OfAnswer, "of_answer"),
    (Cue::OfComplaint, "of_complaint"),
    (Cue::OfEvent, "of_event"),
    (Cue::Them, "them"),
    (Cue::Us, "us"),
    (Cue::May, "may"),
    (Cue::Oversees, "oversees"),
    (Cue::Matter, "matter"),
    (Cue::Maybe, "maybe"),
    (Cue::Unsettled, "unsettled"),
    (Cue::Then, "then"),
    (Cue::Review, "review"),
    (Cue::Moved, "moved"),
    (Cue::Formal, "formal"),
    (Cue::FormalWord, "formal_word"),
    (Cue::Informal, "informal"),
    (Cue::Invite, "invite"),
    (Cue::Handling, "handling"),
    (Cue::Ack, "ack"),
    (Cue::Reply, "reply"),
    (Cue::Touch, "touch"),
    (Cue::Acts, "acts"),
    (Cue::SinceAnswer, "since_answer"),
    (Cue::SinceEvent, "since_event"),
    (Cue::SinceComplaint, "since_complaint"),
    (Cue::Passed, "passed"),
    (Cue::AtMost, "at_most"),
    (Cue::After, "after"),
    (Cue::Kept, "kept"),
    (Cue::Paid, "paid"),
    (Cue::Cancelled, "cancelled"),
    (Cue::Often, "often"),
    (Cue::Average, "average"),
    (Cue::Extra, "extra"),
    (Cue::Whole, "whole"),
    (Cue::OneKind, "one_kind"),
    (Cue::Outer, "outer"),
    (Cue::OtherTime, "other_time"),
    (Cue::Refer, "refer"),
    (Cue::External, "external"),
    (Cue::Authorised, "authorised"),
    (Cue::Shut, "shut"),
    (Cue::Closed, "closed"),
    (Cue::Advice, "advice"),
    (Cue::NotOutside, "not_outside"),
    (Cue::Aside, "aside"),
    (Cue::Process, "process"),
    (Cue::AboveTimes, "above_times"),
    (Cue::HowLong, "how_long"),
    (Cue::Staff, "staff"),
    (Cue::About, "about"),
    (Cue::Theirs, "theirs"),
    (Cue::If, "if"),
    (Cue::We, "we"),
    (Cue::You, "you"),
    (Cue::AnyStage, "any_stage"),
    (Cue::Not, "not"),
];

impl Role {
    /// Returns the role of the name that the tables use.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        ROLES.iter().find(|(_, known)| *known == name).map(|&(role, _)| role)
    }

    /// Returns the name that the tables use.
    pub(super) fn name(self) -> &'static str {
        ROLES.iter().find(|(known, _)| *known == self).map_or("role", |&(_, name)| name)
    }
}

impl Cue {
    /// Returns the cue of the name that the tables use; those of roles and bodies have two words.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        CUES.iter().find(|(_, known)| *known == name).map(|&(cue, _)| cue)
    }

    /// Returns the name that the tables use; one for all bodies, one for all roles.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Outside(_) => "outside",
            Self::Inside(_) => "inside",
            other => CUES.iter().find(|(known, _)| *known == other).map_or("cue", |&(_, name)| name),
        }
    }
}
