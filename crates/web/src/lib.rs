//! The local web app, the JSON API and the assistant's door: faces over the desk that decide nothing themselves.
//!
//! Everything is served on loopback only, to whoever holds the secret of this launch. No page asks anything of another
//! host, and every journey works without JavaScript.

mod api;
mod app;
mod asset;
mod context;
mod fault;
mod finding;
mod guard;
mod launch;
mod layout;
mod page;
mod post;
mod routes;
mod secret;
mod texts;

use std::path::PathBuf;

use desk::find::OwnBrowser;

pub use launch::{Serving, StartError, Started, start};

/// What the pages need to know of the machine.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of what is kept.
    pub data: PathBuf,
    /// Where pages of companies are kept between runs.
    pub cache: Option<PathBuf>,
    /// The folder of the user's own atlas files.
    pub atlas: Option<PathBuf>,
    /// The folder of the user's own letter templates.
    pub templates: Option<PathBuf>,
    /// How the program introduces itself to servers.
    pub user_agent: String,
    /// The user's own browser, for pages that need a script.
    pub browser: OwnBrowser,
    /// Private hosts that `find` may ask, as `host` or `host:port`.
    pub allow_hosts: Vec<String>,
    /// The port; another is taken where it is in use, and any free one for 0.
    pub port: u16,
}
