//! `case seal` and `case unseal`: everything of the cases on this disk opens with a passphrase only, or in plain again; and
//! where a passphrase comes from.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::Args;
use desk::case::words::wrong;
use desk::case::{self, Passphrase, SealView};

use super::{Failure, Where, wait};
use crate::counted::counted;
use crate::draw::{BOLD, DIM, FAIR};
use crate::settings::Settings;

/// `case seal`.
#[derive(Args, Debug)]
pub(crate) struct Seal {
    /// Read the new passphrase from the first line of this file; else `UPSTAIRS_PASSPHRASE` or `UPSTAIRS_PASSPHRASE_FILE`
    /// gives it where the cases are not sealed yet, and it is asked for otherwise
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    #[command(flatten)]
    at: Where,
}

/// `case unseal`.
#[derive(Args, Debug)]
pub(crate) struct Unseal {
    #[command(flatten)]
    at: Where,
}

/// Returns what opens a sealed store: what the environment gives, else what is typed on the terminal. It is asked for only
/// where a store is sealed, and once.
pub(crate) fn of_settings(settings: &Settings) -> Passphrase {
    let given = settings.passphrase.clone();
    let file = settings.passphrase_file.clone();
    let known: OnceLock<Option<String>> = OnceLock::new();
    Passphrase::asked(move || {
        known
            .get_or_init(|| match (&given, &file) {
                (Some(given), _) => Some(given.0.clone()),
                (None, Some(file)) => match of_file(file) {
                    Ok(words) => Some(words),
                    Err(error) => {
                        anstream::eprintln!("upstairs: {error}");
                        None
                    }
                },
                (None, None) if io::stdin().is_terminal() => {
                    rpassword::prompt_password("Passphrase of your cases: ").ok()
                }
                (None, None) => None,
            })
            .clone()
    })
}

/// Reads a passphrase from the first line of a file.
pub(super) fn of_file(file: &Path) -> Result<String, case::CaseDeskError> {
    let text = fs::read_to_string(file)
        .map_err(|error| wrong(desk::broken::unread(&file.display().to_string(), &error)))?;
    checked(text.lines().next().unwrap_or_default().to_owned())
}

/// Returns the passphrase of a copy: of the file that is named, else what the environment gives, else what is typed, twice where a slip
/// of the finger would lock the copy for ever.
pub(super) fn of_copy(file: Option<&PathBuf>, settings: &Settings, twice: bool) -> Result<String, Failure> {
    match (file, &settings.passphrase, &settings.passphrase_file) {
        (Some(file), ..) | (None, None, Some(file)) => Ok(of_file(file)?),
        (None, Some(given), _) => Ok(checked(given.0.clone())?),
        (None, None, None) => passphrase(twice),
    }
}

/// Asks for a passphrase, twice where a slip of the finger would lock the file for ever.
fn passphrase(twice: bool) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        let how =
            "no passphrase: give a file that holds it with --passphrase-file, or set UPSTAIRS_PASSPHRASE";
        return Err(wrong(how.to_owned()).into());
    }
    let first = rpassword::prompt_password("Passphrase: ")?;
    if twice && rpassword::prompt_password("Once more: ")? != first {
        return Err(wrong("the two passphrases differ: nothing was written".to_owned()).into());
    }
    Ok(checked(first)?)
}

fn checked(secret: String) -> Result<String, case::CaseDeskError> {
    if secret.trim().is_empty() {
        return Err(wrong("the passphrase is empty".to_owned()));
    }
    Ok(secret)
}

pub(super) fn seal(options: &Seal, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let before = wait(case::is_sealed(&place))??;
    let words = match (&options.passphrase_file, before) {
        (Some(file), _) => of_file(file)?,
        (None, false) if settings.passphrase.is_some() || settings.passphrase_file.is_some() => {
            place.passphrase.words().map_or_else(|| passphrase(true), Ok)?
        }
        (None, _) => passphrase(true)?,
    };
    let done = wait(case::seal(&place, &words))??;
    let mut out = anstream::stdout().lock();
    if before {
        writeln!(out, "{BOLD}the cases in {} open with the new passphrase now{BOLD:#}", place.shown())?;
        writeln!(out, "   {DIM}a copy of the folder from before still opens with the old one{DIM:#}")?;
    } else {
        let SealView { cases, files, texts, .. } = &done;
        writeln!(
            out,
            "{BOLD}{}, {} and {} are sealed in {}{BOLD:#}",
            counted(cases, "case"),
            counted(files, "file"),
            counted(texts, "text"),
            place.shown()
        )?;
        writeln!(
            out,
            "   {FAIR}without the passphrase nobody can read them again, not even you: keep it safe{FAIR:#}"
        )?;
        writeln!(
            out,
            "   {DIM}not sealed: your name and address (me.toml), the directory of companies, and the cache of web pages{DIM:#}"
        )?;
    }
    for copy in &done.copies {
        writeln!(out, "   an older copy is sealed with it too (age format): {}", copy.display())?;
    }
    left(&mut out, &done)?;
    Ok(done.left.is_empty())
}

pub(super) fn unseal(options: &Unseal, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let done = wait(case::unseal(&place))??;
    let mut out = anstream::stdout().lock();
    let SealView { cases, files, texts, .. } = &done;
    writeln!(
        out,
        "{}, {} and {} are no longer encrypted in {}: anyone who can read this disk can read them",
        counted(cases, "case"),
        counted(files, "file"),
        counted(texts, "text"),
        place.shown()
    )?;
    left(&mut out, &done)?;
    Ok(done.left.is_empty())
}

/// Names what could not be deleted or sealed.
fn left(out: &mut impl Write, done: &SealView) -> io::Result<()> {
    for path in &done.left {
        writeln!(
            out,
            "   {FAIR}traces are left; the next run that writes removes them, once they are not in use: {}{FAIR:#}",
            path.display()
        )?;
    }
    Ok(())
}
