//! `upstairs open`: the local web app, on loopback only, in the user's browser; with `--listen` the server of an advice centre.

use std::io::{self, IsTerminal as _, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
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
    /// The port on this computer; another is used if it is taken, and any free one for 0
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Print the address instead of opening the browser
    #[arg(long)]
    no_browser: bool,
    /// Allow searches to read this private or loopback host (HOST or HOST:PORT); otherwise such addresses are refused
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    #[command(flatten)]
    at: Where,
    /// Serve an advice centre at this address: everyone logs in with an account (`upstairs account`)
    #[arg(long, value_name = "ADDRESS:PORT", conflicts_with_all = ["port", "no_browser"])]
    listen: Option<SocketAddr>,
    /// The name people use for the server, such as `advice.example`; others are refused
    #[arg(long, value_name = "NAME", requires = "listen")]
    host: Vec<String>,
    /// The certificate of the server with its chain (PEM); it is read again when it is renewed
    #[arg(
        long,
        value_name = "FILE",
        requires = "listen",
        requires = "tls_key",
        conflicts_with = "behind_proxy"
    )]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// There is a proxy in front that handles TLS and sets `X-Forwarded-For`
    #[arg(long, requires = "listen")]
    behind_proxy: bool,
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
    // Asked now, on the terminal. Whoever started it by a double click has none: the pages ask then.
    let by_click = options.listen.is_none() && !options.no_browser && !io::stdin().is_terminal();
    if let Err(error) = crate::case::wait(desk::case::unlock(&place))?
        && !(by_click && error.is_sealed())
    {
        crate::case::tell(&error)?;
        return Ok(ExitCode::FAILURE);
    }
    let config = web::Config {
        data: place.data,
        server: place.server,
        passphrase: place.passphrase,
        atlas: settings.atlas.clone(),
        templates: settings.templates.clone(),
        live: Live { allow_hosts: options.allow_host.clone(), ..live },
        port: options.port,
    };
    if let Some(at) = options.listen {
        let tls = options.tls_cert.clone().zip(options.tls_key.clone());
        let hosts = options.host.clone();
        return serve(config, &web::Listen { at, hosts, tls, proxied: options.behind_proxy });
    }
    let started = match web::start(config) {
        Ok(started) => started,
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}")?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut out = anstream::stdout();
    if started.serving.is_none() {
        writeln!(out, "Upstairs is already running; this opens it:")?;
    } else {
        writeln!(out, "Upstairs is ready, on this computer only. Ctrl-C ends it.")?;
    }
    writeln!(out, "  {}", started.url)?;
    out.flush()?;
    if !options.no_browser && !show(&started.url) {
        writeln!(out, "no browser could be started: open the address above in your browser")?;
    }
    if let Some(serving) = started.serving {
        serving.run(crate::find::interrupt())?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Serves an advice centre until Ctrl-C.
fn serve(config: web::Config, listen: &web::Listen) -> io::Result<ExitCode> {
    let centre = match web::centre(config, listen) {
        Ok(centre) => centre,
        Err(error) => {
            let hint = match &error {
                web::CentreError::Accounts(error) => error.hint(),
                _ => None,
            };
            let hint = hint.map_or(String::new(), |hint| format!("; {hint}"));
            writeln!(anstream::stderr(), "upstairs: {error}{hint}")?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let mut out = anstream::stdout();
    writeln!(out, "Upstairs serves an advice centre on {}. Ctrl-C ends it.", centre.at())?;
    writeln!(out, "  {}", centre.url())?;
    out.flush()?;
    centre.run(crate::find::interrupt())?;
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
