//! `upstairs mcp`: the same desk for an assistant, over standard input and output.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::settings::Settings;

/// What the assistant may do.
#[derive(Args, Debug)]
pub(crate) struct Mcp {
    /// Let the assistant write into the logs of your cases; else it only reads
    #[arg(long)]
    allow_writes: bool,
    /// The folder of what is kept
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

/// Runs the command until the assistant goes.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &Mcp, settings: &Settings) -> io::Result<ExitCode> {
    let Some(data) = options.data.clone().or_else(|| settings.data.clone()) else {
        writeln!(
            anstream::stderr(),
            "upstairs: no folder to keep things in: give one with --data or UPSTAIRS_DATA"
        )?;
        return Ok(ExitCode::from(2));
    };
    let sources = match settings.sources() {
        Ok(sources) => sources,
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}")?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let server = match settings
        .store
        .as_deref()
        .filter(|_| options.data.is_none())
        .map(desk::case::Address::parse)
        .transpose()
    {
        Ok(server) => server,
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}")?;
            return Ok(ExitCode::FAILURE);
        }
    };
    web::mcp::serve(web::mcp::Door {
        data,
        server,
        passphrase: crate::case::passphrase(settings),
        atlas: settings.atlas.clone(),
        templates: settings.templates.clone(),
        live: settings.live(sources),
        writes: options.allow_writes,
    })?;
    Ok(ExitCode::SUCCESS)
}
