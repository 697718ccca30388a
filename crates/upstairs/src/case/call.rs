//! `upstairs case call`: the companion for a phone call, on a terminal or line by line.

#[cfg(unix)]
mod keys;
#[cfg(unix)]
mod screen;

#[cfg(unix)]
use std::io::IsTerminal as _;
use std::io::{self, BufRead as _, Write};

use clap::Args;
use desk::case::{self, Call, CallGuide, CallView, DraftRequest, Mark, Place};
use jiff::Zoned;

use super::{Failure, Where, draft, wait};
use crate::counted::counted;
use crate::draw::{BOLD, DIM, FAIR, GOOD, clean};
use crate::settings::Settings;

/// Which call to go through.
#[derive(Args, Debug)]
pub(crate) struct Calling {
    /// The case
    case: String,
    /// The number that you call; the one of the case where none is given
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// The language of the guide: en, de, fr, es
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Print the guide and end
    #[arg(long)]
    guide: bool,
    /// Print JSON: the guide with --guide, else the call as it ended
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// What one types, and what it does.
const KEYS: [(char, Mark, &str); 7] = [
    ('t', Mark::Note, "note"),
    ('w', Mark::Name, "who is on the line"),
    ('r', Mark::Reference, "reference"),
    ('p', Mark::Promise, "promise"),
    ('x', Mark::Refused, "refused"),
    ('s', Mark::Supervisor, "asked for a supervisor"),
    ('h', Mark::HoldBegan, "hold, and off hold"),
];

pub(super) fn run(options: &Calling, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let request = DraftRequest {
        kind: None,
        language: options.lang.clone(),
        tone: None,
        by: None,
        to: None,
        words: None,
        me: desk::me::load(&place.data)?,
        own: draft::own(settings),
        built_in_instead: false,
    };
    let guide = wait(case::call_guide(&place, &options.case, &request))??;
    if options.guide {
        let mut out = anstream::stdout().lock();
        if options.json {
            serde_json::to_writer_pretty(&mut out, &guide).map_err(io::Error::from)?;
            writeln!(out)?;
        } else {
            print_guide(&mut out, &guide)?;
        }
        return Ok(true);
    }
    recover(&place, &options.case)?;
    let number = options.number.clone().or_else(|| guide.number.clone());
    let mut call = wait(case::call_begin(&place, &options.case, number.as_deref()))??;
    go_through(options, &place, &guide, &mut call)?;
    let view = wait(case::call_show(&place, &options.case, &call))??;
    // The place holds the moment at which the call began; it ends now.
    let ended = place.at(Zoned::now());
    let events = wait(case::call_end(&ended, &options.case, call))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &view).map_err(io::Error::from)?;
        writeln!(out)?;
    } else {
        writeln!(out, "{GOOD}written to {}:{GOOD:#} {}", options.case, events.join(", "))?;
        for promise in view.promises.iter().filter(|promise| promise.due.is_none()) {
            writeln!(out, "{FAIR}mind:{FAIR:#} no day was given for \"{}\"", clean(&promise.text))?;
        }
        writeln!(out, "confirm it in writing: upstairs draft {} --as confirmation", options.case)?;
    }
    Ok(true)
}

/// Goes through the call: key by key on a terminal that can, else line by line.
fn go_through(options: &Calling, place: &Place, guide: &CallGuide, call: &mut Call) -> Result<(), Failure> {
    #[cfg(unix)]
    if io::stdin().is_terminal() && io::stdout().is_terminal() && !options.json {
        return screen::run(place, &options.case, guide, call);
    }
    by_lines(options, place, guide, call)
}

/// Writes down a call that was cut off.
fn recover(place: &Place, id: &str) -> Result<(), Failure> {
    let Some(call) = wait(case::call_unfinished(place, id))?? else { return Ok(()) };
    let (began, notes) =
        (call.notes().first().map(|note| note.at.clone()), call.notes().len().saturating_sub(1));
    let events = wait(case::call_end(place, id, call))??;
    let when = began.map_or_else(String::new, |at| at.strftime(" of %Y-%m-%d, %H:%M,").to_string());
    let mut stderr = anstream::stderr();
    writeln!(
        stderr,
        "{FAIR}a call{when} was cut off:{FAIR:#} your notes ({}) are written to {id} as {}",
        counted(notes, "note"),
        events.join(", ")
    )?;
    Ok(())
}

fn print_guide(out: &mut impl Write, guide: &CallGuide) -> io::Result<()> {
    let number = guide.number.as_deref().map_or_else(String::new, |number| format!("  {number}"));
    let hours = guide.hours.as_deref().map_or_else(String::new, |hours| format!("  ({hours})"));
    writeln!(out, "{BOLD}{}{BOLD:#}{}{DIM}{}{DIM:#}", clean(&guide.company), clean(&number), clean(&hours))?;
    for (at, step) in guide.steps.iter().enumerate() {
        writeln!(out, "\n{BOLD}{at}  {}{BOLD:#}", clean(&step.title))?;
        for line in &step.lines {
            writeln!(
                out,
                "{}",
                textwrap::fill(
                    &clean(line),
                    textwrap::Options::new(78).initial_indent("   ").subsequent_indent("   ")
                )
            )?;
        }
    }
    Ok(())
}

/// Takes notes line by line: a letter, a blank, the words; what is no letter of these is a note. The end of the input ends the call.
fn by_lines(options: &Calling, place: &Place, guide: &CallGuide, call: &mut Call) -> Result<(), Failure> {
    if !options.json {
        let mut out = anstream::stdout().lock();
        print_guide(&mut out, guide)?;
        writeln!(out)?;
        for (key, _, what) in KEYS {
            writeln!(out, "{BOLD}{key}{BOLD:#} {what}")?;
        }
        writeln!(out, "{BOLD}q{BOLD:#} end the call")?;
    }
    let mut holding = false;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let line = line.trim();
        if line == "q" {
            break;
        }
        if line.is_empty() {
            continue;
        }
        let mut letters = line.chars();
        let first = letters.next().unwrap_or(' ');
        let rest = letters.as_str();
        let (mark, words) = match KEYS.iter().find(|(key, ..)| *key == first) {
            Some((_, mark, _)) if rest.is_empty() || rest.starts_with(' ') => (*mark, rest.trim()),
            _ => (Mark::Note, line),
        };
        let mark = if mark == Mark::HoldBegan && holding { Mark::HoldEnded } else { mark };
        match mark {
            Mark::HoldBegan => holding = true,
            Mark::HoldEnded => holding = false,
            _ => {}
        }
        let now = Zoned::now();
        call.note(&now, mark, words)?;
        if !options.json {
            writeln!(anstream::stdout(), "{} kept", now.strftime("%H:%M:%S"))?;
        }
    }
    if !options.json {
        let view: CallView = wait(case::call_show(place, &options.case, call))??;
        writeln!(anstream::stdout(), "\n{BOLD}Read back:{BOLD:#} {}", clean(&view.read_back))?;
    }
    Ok(())
}
