//! The application: each thing that a user can ask for is one function here.
//!
//! Every face (command line, web, API) calls these functions and decides nothing itself.

pub mod read;
