//! `upstairs mcp`: the same desk for an assistant, over standard input and output.

mod install;

use std::io;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use crate::case::Where;
use crate::settings::Settings;

/// What the assistant may do.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Mcp {
    #[command(subcommand)]
    what: Option<What>,
    /// Let the assistant write into the logs of your cases; else it only reads
    #[arg(long)]
    allow_writes: bool,
    #[command(flatten)]
    at: Where,
}

/// What else can be asked for.
#[derive(Debug, Subcommand)]
enum What {
    /// Put Upstairs into the assistants of this computer: each change is shown, and made only after your yes
    Install(install::Install),
}

/// Runs the command until the assistant goes.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &Mcp, settings: &Settings) -> io::Result<ExitCode> {
    if let Some(What::Install(options)) = &options.what {
        return install::run(options, settings);
    }
    let (place, live) = match options.at.works(settings)? {
        Ok(works) => works,
        Err(code) => return Ok(code),
    };
    web::mcp::serve(web::mcp::Door {
        data: place.data,
        server: place.server,
        passphrase: place.passphrase,
        atlas: settings.atlas.clone(),
        templates: settings.templates.clone(),
        live,
        writes: options.allow_writes,
    })?;
    Ok(ExitCode::SUCCESS)
}
