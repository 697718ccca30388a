//! Words that work: drafts that are calm, short and complete, the check of a customer's own words, and the
//! reading of a company's replies.
//!
//! Pure: nothing here reads the clock, the disk or the network; the time is an argument.

pub mod check;
pub mod dossier;
pub mod draft;
mod fold;
pub mod input;
mod linear;
pub mod promise;
pub mod reply;
mod terms;
mod words;
