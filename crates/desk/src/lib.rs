//! The application: each thing that a user can ask for is one function here.
//!
//! Every face (command line, web, API) calls these functions and decides nothing itself.

pub mod accounts;
pub mod advise;
pub mod answer;
pub mod archive;
pub mod assistants;
pub mod atlas;
pub mod batch;
pub mod broken;
pub mod case;
pub mod directory;
pub mod erase;
pub mod export;
pub mod find;
mod gathered;
pub mod guidance;
pub mod intake;
mod leads;
pub mod letters;
pub mod me;
pub mod next_ways;
pub mod outside;
pub mod proof;
pub mod publish;
pub mod read;
pub mod read_policy;
pub mod read_post;
pub mod saved_page;
pub mod scam_check;
pub mod schema;
pub mod shown;
pub mod sources;
pub mod verify;
pub mod words;

pub use ladder::guard::theirs::Whose;
pub use ladder::{Channel, Country, Rung, Topic};
pub use reading::message::plain_name;
pub use store::directory::Became;
