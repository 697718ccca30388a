//! `upstairs dossier`: everything of a case for an executive office, an ombudsman or a lawyer, in one file.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::case::{self, DossierRequest};

use super::{Failure, Where, finish, wait};
use crate::counted::counted;
use crate::draw::FAIR;
use crate::settings::Settings;

/// What to bind together, and where to.
#[derive(Args, Debug)]
pub(crate) struct Dossier {
    /// The case
    case: String,
    /// Where to put it: NAME.pdf, NAME.zip (with a page for the browser), or a new folder
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Only the summary, on one page
    #[arg(long)]
    summary: bool,
    /// The language: en, de, fr, es
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// The paper: a4 or letter
    #[arg(long, value_name = "PAPER")]
    paper: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &Dossier, settings: &Settings) -> io::Result<ExitCode> {
    finish(dossier(options, settings))
}

fn dossier(options: &Dossier, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let request = DossierRequest {
        language: options.lang.clone(),
        paper: options.paper.clone(),
        summary: options.summary,
        me: desk::me::load(&place.data)?,
    };
    let answer = wait(case::write_dossier(&place, &options.case, &request, &options.output))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &answer).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(true);
    }
    let pages = if answer.pages == 1 { "1 page".to_owned() } else { format!("{} pages", answer.pages) };
    writeln!(out, "written to {}: {pages}, {}", answer.file, counted(answer.exhibits, "exhibit"))?;
    let mut stderr = anstream::stderr();
    for warning in &answer.warnings {
        writeln!(stderr, "{FAIR}mind:{FAIR:#} {warning}")?;
    }
    Ok(true)
}
