//! `upstairs schema`: the versioned JSON Schema of each output.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;

/// Which schema to print.
#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// The output; without it, the names of all are listed
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(desk::schema::NAMES))]
    name: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &Schema) -> io::Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    match options.name.as_deref().and_then(desk::schema::of) {
        Some(schema) => {
            serde_json::to_writer_pretty(&mut out, &schema)?;
            writeln!(out)?;
        }
        None => {
            for name in desk::schema::NAMES {
                writeln!(out, "{name}")?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
