//! A customer's case: what happened as events, where it stands as computed from them, and what to do next.
//!
//! A [`Case`] is an append-only list of [`Event`]s; [`State`] is a fold over them. Pure: nothing here reads the clock, the
//! disk or the network; the day is an argument, and who stands outside a company is asked of the atlas.

pub mod case;
pub mod event;
pub mod moment;
pub mod money;
pub mod situation;
pub mod state;
pub mod words;

pub use case::{Case, CaseError};
pub use event::{Entry, Event, Facts, What};
pub use moment::Moment;
pub use money::{Currency, Money};
pub use state::{Line, State};
pub use words::{By, Lack, LogKind, Outcome, Step, Urgency, Wish};
