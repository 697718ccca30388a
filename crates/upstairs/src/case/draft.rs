//! `upstairs draft`: the words for a case, printed or written to a file.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::case::words::{self, wrong};
use desk::case::{self, DraftRequest, OwnTemplate, Place, Tone};
use jiff::civil::Date;

use super::{Failure, Where, finish, wait};
use crate::draw::{BOLD, DIM, FAIR};
use crate::settings::Settings;

/// What to draft, and how.
#[derive(Args, Debug)]
pub(crate) struct Draft {
    /// The case
    #[arg(required_unless_present = "list")]
    case: Option<String>,
    /// Which letter; the one that serves the next step where none is named
    #[arg(long = "as", value_name = "NAME")]
    kind: Option<String>,
    /// List every letter
    #[arg(long)]
    list: bool,
    /// The language: en, de, fr, es
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// How firm
    #[arg(long, value_parser = ["first", "firm", "final"])]
    tone: Option<String>,
    /// The day by which you want an answer; ten working days where none is given
    #[arg(long, value_name = "DATE", value_parser = words::date)]
    by: Option<Date>,
    /// Write it to this file
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
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
pub(crate) fn run(options: &Draft, settings: &Settings) -> io::Result<ExitCode> {
    finish(draft(options, settings))
}

/// Writes the draft of a kind, in the language and tone that fit the case.
pub(super) fn of_kind(
    place: &Place,
    id: &str,
    kind: Option<&String>,
    settings: &Settings,
) -> Result<desk::case::Draft, Failure> {
    let request = DraftRequest {
        kind: kind.cloned(),
        language: None,
        tone: None,
        by: None,
        me: desk::me::load(&place.data)?,
        own: own(settings)?,
    };
    Ok(wait(case::draft(place, id, &request))??)
}

fn draft(options: &Draft, settings: &Settings) -> Result<bool, Failure> {
    let mut out = anstream::stdout().lock();
    let Some(id) = options.case.as_ref().filter(|_| !options.list) else {
        for kind in case::kinds() {
            writeln!(out, "{BOLD}{:<15}{BOLD:#} {}", kind.name, kind.title)?;
        }
        return Ok(true);
    };
    let place = options.at.place(settings)?;
    let request = DraftRequest {
        kind: options.kind.clone(),
        language: options.lang.clone(),
        tone: options.tone.as_deref().map(|tone| match tone {
            "first" => Tone::First,
            "final" => Tone::Final,
            _ => Tone::Firm,
        }),
        by: options.by,
        me: desk::me::load(&place.data)?,
        own: own(settings)?,
    };
    let draft = wait(case::draft(&place, id, &request))??;
    if options.json {
        serde_json::to_writer_pretty(&mut out, &draft).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(true);
    }
    drop(out);
    match &options.output {
        Some(file) => {
            let made =
                fs::File::create_new(file).and_then(|mut made| made.write_all(draft.text().as_bytes()));
            if let Err(error) = made {
                let why = match error.kind() {
                    io::ErrorKind::AlreadyExists => "it is there already: choose another name".to_owned(),
                    _ => error.to_string(),
                };
                return Err(Failure::Desk(wrong(format!("`{}` was not written: {why}", file.display()))));
            }
            writeln!(anstream::stdout(), "written to {}", file.display())?;
            notes(&draft)?;
        }
        None => print(&draft)?,
    }
    Ok(true)
}

/// Prints a draft; what it lacks goes to standard error, so that the text alone can be piped on.
pub(super) fn print(draft: &desk::case::Draft) -> io::Result<()> {
    anstream::stdout().write_all(draft.text().as_bytes())?;
    notes(draft)
}

fn notes(draft: &desk::case::Draft) -> io::Result<()> {
    let mut stderr = anstream::stderr();
    writeln!(stderr, "{DIM}{} words; as `{}`{DIM:#}", draft.words, draft.kind)?;
    for question in &draft.blanks {
        writeln!(stderr, "{FAIR}to fill in:{FAIR:#} {question}")?;
    }
    for warning in &draft.warnings {
        writeln!(stderr, "{FAIR}mind:{FAIR:#} {warning}")?;
    }
    Ok(())
}

/// Reads the user's own templates: files `LANG/NAME.txt` in the folder of templates.
fn own(settings: &Settings) -> Result<Vec<OwnTemplate>, Failure> {
    let Some(folder) = &settings.templates else { return Ok(Vec::new()) };
    case::own_templates(folder).map_err(Failure::Desk)
}
