//! `case delete`: a case is deleted for good, after it was said what goes.

use std::io::{self, BufRead as _, IsTerminal as _, Write};

use clap::Args;
use desk::case::words::wrong;
use desk::case::{self, Deletion};

use super::{Failure, Where, wait};
use crate::draw::{BOLD, DIM, FAIR, clean};
use crate::settings::Settings;

/// `case delete`.
#[derive(Args, Debug)]
pub(crate) struct Delete {
    /// The case
    case: String,
    /// Delete it without asking
    #[arg(long)]
    yes: bool,
    /// Print JSON
    #[arg(long, requires = "yes")]
    json: bool,
    #[command(flatten)]
    at: Where,
}

pub(super) fn run(options: &Delete, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let going = wait(case::deletion(&place, &options.case))??;
    if !options.yes && !asked(&going)? {
        return Ok(false);
    }
    let gone = wait(case::delete(&place, &options.case))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &gone).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(true);
    }
    writeln!(out, "{BOLD}{} is deleted{BOLD:#}: {}", gone.case, what(&gone))?;
    writeln!(
        out,
        "   {DIM}what you learnt about the company's contacts stays in your directory, and its pages in pages/{DIM:#}"
    )?;
    for copy in &gone.copies {
        writeln!(out, "   {FAIR}an older copy of all cases may still contain it: {copy}{FAIR:#}")?;
    }
    Ok(true)
}

/// Says what goes and asks for a yes; nothing is deleted without one.
fn asked(going: &Deletion) -> Result<bool, Failure> {
    let mut err = anstream::stderr();
    let (id, company) = (&going.case, clean(&going.company));
    writeln!(err, "{id} ({company}): {} will be deleted. This cannot be undone;", what(going))?;
    writeln!(err, "`upstairs case export {id} --sealed FILE` makes a copy first.")?;
    if !io::stdin().is_terminal() {
        return Err(wrong(
            "nothing was deleted: there is no terminal to ask you on, so --yes must be given".to_owned(),
        )
        .into());
    }
    write!(err, "Type {id} to delete it: ")?;
    err.flush()?;
    let mut typed = String::new();
    io::stdin().lock().read_line(&mut typed)?;
    if typed.trim() != id {
        writeln!(err, "nothing was deleted")?;
        return Ok(false);
    }
    Ok(true)
}

fn what(going: &Deletion) -> String {
    format!("{} event(s), {} file(s), {} draft(s)", going.events, going.files, going.texts)
}
