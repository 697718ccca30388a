//! `case next --do` and `case refresh`: what the next step takes is opened; what the company publishes is read again.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::Command;

use clap::Args;
use desk::case::words::wrong;
use desk::case::{self, Opens, Place};

use super::{Failure, Where, draft, new, wait};
use crate::draw::{BOLD, DIM, FAIR, GOOD, POOR, clean};
use crate::settings::Settings;

/// `case refresh`.
#[derive(Args, Debug)]
pub(crate) struct Refresh {
    /// The case
    case: String,
    /// Read this website for the ladder; otherwise the directory is used, which needs no network
    #[arg(long, value_name = "DOMAIN")]
    site: Option<String>,
    /// Read this archive instead of the live site
    #[arg(long, value_name = "FILE", requires = "site")]
    archive: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// Opens what the next step takes: prints it, and on a terminal opens the editor or the browser on it.
pub(super) fn act(place: &Place, id: &str, settings: &Settings) -> Result<bool, Failure> {
    let act = wait(case::act(place, id))??;
    let mut stderr = anstream::stderr();
    writeln!(stderr, "{BOLD}{}{BOLD:#}: {}", act.step.id().replace('_', " "), clean(&act.words))?;
    for question in &act.questions {
        writeln!(stderr, "   {FAIR}missing:{FAIR:#} {}", clean(question))?;
    }
    let on_terminal = io::stdout().is_terminal() && io::stdin().is_terminal();
    if act.opens == Opens::Form
        && on_terminal
        && let Some(address) =
            act.through.as_ref().map(|through| &through.value).filter(|value| is_web(value))
    {
        browse(address)?;
    }
    let Some(kind) = &act.draft else { return Ok(true) };
    let draft = draft::of_kind(place, id, Some(kind), settings)?;
    if !on_terminal {
        draft::print(&draft)?;
        return Ok(true);
    }
    if wait(case::is_sealed(place))?? {
        // An editor needs a file in plain: none is made of a sealed case.
        draft::print(&draft)?;
        writeln!(
            stderr,
            "{DIM}your cases are sealed: the draft is shown but not kept; `upstairs draft {id} -o FILE` keeps it{DIM:#}"
        )?;
        return Ok(true);
    }
    let path = kept(place, id, kind, &draft.text())?;
    writeln!(stderr, "the draft is in {}", path.display())?;
    match &settings.editor {
        Some(editor) => {
            writeln!(stderr, "{DIM}opening it with {editor}{DIM:#}")?;
            // An editor may be given with words of its own, as in `code --wait`.
            let mut words = editor.split_whitespace();
            let done = words.next().map(|program| Command::new(program).args(words).arg(&path).status());
            if let Some(Err(error)) = done {
                writeln!(stderr, "{FAIR}{editor} could not be opened: {error}{FAIR:#}")?;
            }
        }
        None => draft::print(&draft)?,
    }
    writeln!(stderr, "{DIM}once you have sent it, write it down: `upstairs case log {id} \"…\"`{DIM:#}")?;
    Ok(true)
}

fn is_web(value: &str) -> bool {
    (value.starts_with("https://") || value.starts_with("http://"))
        && !value.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// Opens an address of the web with what the system has for it.
fn browse(address: &str) -> io::Result<()> {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut stderr = anstream::stderr();
    match Command::new(program).arg(address).status() {
        Ok(status) if status.success() => writeln!(stderr, "{DIM}opened {address}{DIM:#}"),
        _ => writeln!(stderr, "{FAIR}open it yourself: {address}{FAIR:#}"),
    }
}

/// Keeps a draft in a file of its own; one that is there is never written over.
fn kept(place: &Place, id: &str, kind: &str, text: &str) -> Result<PathBuf, Failure> {
    let folder = place.data.join("drafts");
    fs::create_dir_all(&folder)?;
    for number in 1..1000 {
        let path = folder.join(format!("{id}-{kind}-{}-{number}.txt", place.now.date()));
        match fs::File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes())?;
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Failure::Desk(wrong(format!("`{}`: {error}", path.display())))),
        }
    }
    Err(Failure::Desk(wrong(format!(
        "`{}` holds a thousand drafts of today: move some away",
        folder.display()
    ))))
}

/// Reads what the company publishes today, says what changed, and pins it.
pub(super) fn refresh(options: &Refresh, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let asked = wait(case::asked(&place, &options.case))??;
    let from = new::From {
        site: options.site.clone(),
        archive: options.archive.clone(),
        data: Some(place.data.clone()),
    };
    let Some(found) = new::ladder(&from, settings, &asked)? else {
        return Err(Failure::Desk(wrong(
            "nothing is known about it here: give its website with --site DOMAIN; what the case holds stays as it is"
                .to_owned(),
        )));
    };
    let done = wait(case::refresh(&place, &options.case, &found))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &done).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(true);
    }
    match (&done.since, done.changes.is_empty()) {
        (None, _) => {
            writeln!(
                out,
                "the case had no ladder: it now has today's, with {} contact points",
                done.contacts
            )?;
        }
        (Some(day), true) => writeln!(out, "nothing changed since {day}")?,
        (Some(day), false) => writeln!(out, "since {day}:")?,
    }
    for change in &done.changes {
        let about = clean(&change.about);
        match (&change.before, &change.after) {
            (None, Some(after)) => writeln!(out, "  {GOOD}new{GOOD:#}   {about} ({})", clean(after))?,
            (Some(before), None) => writeln!(out, "  {POOR}gone{POOR:#}  {about} (was {})", clean(before))?,
            (Some(before), Some(after)) => {
                writeln!(out, "  {FAIR}other{FAIR:#} {about}: {} → {}", clean(before), clean(after))?;
            }
            (None, None) => {}
        }
    }
    if done.pinned && done.since.is_some() {
        writeln!(out, "the case now has today's ladder; the previous one stays in the log")?;
    }
    Ok(true)
}
