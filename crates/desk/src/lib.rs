//! The application: each thing that a user can ask for is one function here.
//!
//! Every face (command line, web, API) calls these functions and decides nothing itself.

pub mod answer;
pub mod atlas;
pub mod export;
pub mod find;
pub mod guidance;
pub mod next_ways;
pub mod outside;
pub mod read;
pub mod read_policy;
pub mod schema;
pub mod words;

pub use ladder::{Country, Topic};
