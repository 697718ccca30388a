//! The questions that the atlas answers: which bodies take a complaint and when, and which clocks run.
//!
//! Pure functions of a [`Question`], today included. Each answer carries the entry that it rests on, the calculation in
//! words, what it still depends on, and what must be said of the age of the facts.

pub mod age;
pub mod bodies;
pub mod question;
pub mod reckon;
pub mod rights;

pub use bodies::{Route, Standing};
pub use question::{Days, Question};
pub use reckon::{Reckoning, anchor_words};
pub use rights::{ClockAnswer, RightAnswer, Running};

/// What every answer says once.
pub const CAVEAT: &str = "General information, not legal advice. Check a date before you rely on it.";

#[cfg(test)]
mod tests;
