//! `upstairs open`: the local web app, on loopback only, in the user's browser.

use std::io::{self, Write};
use std::process::{Command, ExitCode, Stdio};

use clap::Args;
use desk::find::Live;

use crate::case::Where;
use crate::settings::Settings;

/// The port that is asked for first.
const PORT: u16 = 7425;

/// How to open the pages.
#[derive(Args, Debug)]
pub(crate) struct Open {
    /// The port on this computer; another is taken where it is in use, and any free one for 0
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Print the address instead of opening the browser
    #[arg(long)]
    no_browser: bool,
    /// Allow this private or loopback host (HOST or HOST:PORT) to searches; else such addresses are refused
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    #[command(flatten)]
    at: Where,
}

/// Runs the command: serves until Ctrl-C, or shows the pages that run already.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &Open, settings: &Settings) -> io::Result<ExitCode> {
    let (place, live) = match options.at.works(settings)? {
        Ok(works) => works,
        Err(code) => return Ok(code),
    };
    let config = web::Config {
        data: place.data,
        server: place.server,
        atlas: settings.atlas.clone(),
        templates: settings.templates.clone(),
        live: Live { allow_hosts: options.allow_host.clone(), ..live },
        port: options.port,
    };
    let started = match web::start(config) {
        Ok(started) => started,
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}")?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut out = anstream::stdout();
    if started.serving.is_none() {
        writeln!(out, "Upstairs runs already; this opens it:")?;
    } else {
        writeln!(out, "Upstairs is ready, on this computer only. Ctrl-C ends it.")?;
    }
    writeln!(out, "  {}", started.url)?;
    out.flush()?;
    if !options.no_browser && !show(&started.url) {
        writeln!(out, "no browser could be started: open the address above in yours")?;
    }
    if let Some(serving) = started.serving {
        serving.run(crate::find::interrupt())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens an address in the user's browser; whether one was started.
fn show(url: &str) -> bool {
    let (program, words): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let quiet = || (Stdio::null(), Stdio::null(), Stdio::null());
    let (stdin, stdout, stderr) = quiet();
    Command::new(program).args(words).arg(url).stdin(stdin).stdout(stdout).stderr(stderr).spawn().is_ok()
}
