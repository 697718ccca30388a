//! The local web app, the JSON API and the assistant's door: faces over the desk that decide nothing themselves.
//!
//! Everything is served on loopback only, to whoever holds the secret of this launch; or, for an advice centre, to the
//! accounts that its keeper made, by TLS. No page asks anything of another
//! host, and every journey works without JavaScript.

mod apart;
mod api;
mod app;
mod asset;
mod context;
mod days;
pub mod extension;
mod fault;
mod finding;
mod gate;
mod guard;
mod hall;
mod here;
#[cfg(test)]
mod isolation;
mod launch;
mod layout;
pub mod mcp;
mod page;
mod post;
mod routes;
mod said;
mod seats;
mod secret;
mod serve;
mod texts;
mod underway;
mod viewer;

use std::path::PathBuf;

use desk::find::Live;

pub use hall::{Listen, Refusal};
pub use launch::{Serving, StartError, Started, start};
pub use serve::{Centre, CentreError, centre};

/// What the pages need to know of the machine.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of what is kept.
    pub data: PathBuf,
    /// The server that keeps the cases in its place, where one is named.
    pub server: Option<desk::case::Address>,
    /// What opens the cases, where they are sealed.
    pub passphrase: desk::case::Passphrase,
    /// The folder of the user's own atlas files.
    pub atlas: Option<PathBuf>,
    /// The folder of the user's own letter templates.
    pub templates: Option<PathBuf>,
    /// How the live web is asked: as whom, which private hosts, which outside sources, and where pages are kept.
    pub live: Live,
    /// The port; another is taken where it is in use, and any free one for 0.
    pub port: u16,
}
