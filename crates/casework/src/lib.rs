//! A customer's case: what happened as events, where it stands as computed from them, and what to do next.
//!
//! A [`Case`] is an append-only list of [`Event`]s; [`State`] is a fold over them. Pure: nothing here reads the clock, the
//! disk or the network; the day is an argument, and who stands outside a company is asked of the atlas.

pub mod advice;
mod after;
mod aims;
pub mod case;
pub mod deadline;
pub mod event;
pub mod gate;
pub mod holder;
pub mod moment;
pub mod money;
mod notes;
pub mod page;
mod phrases;
pub mod playbook;
pub mod readiness;
pub mod rules;
pub mod situation;
mod stages;
pub mod state;
pub mod view;
pub mod words;

pub use advice::{Advice, Proposal, advise};
pub use case::{Case, CaseError};
pub use event::{Entry, Event, Facts, What};
pub use moment::Moment;
pub use money::{Currency, Money};
pub use phrases::{complains, urgency};
pub use state::{Authority, Bill, Line, State};
pub use words::{By, Lack, LogKind, Outcome, Step, Urgency, Wish};
