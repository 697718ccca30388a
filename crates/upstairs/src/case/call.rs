//! `upstairs case call`: the companion for a phone call, on a terminal or line by line.

#[cfg(unix)]
mod keys;
#[cfg(unix)]
mod screen;

use std::io::{self, BufRead as _, IsTerminal as _, Write};

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

/// What a line may begin with, and what it then is.
const KEYS: [(char, Mark, &str); 8] = [
    ('t', Mark::Note, "note"),
    ('w', Mark::Name, "who is on the line"),
    ('r', Mark::Reference, "reference"),
    ('p', Mark::Promise, "promise"),
    ('x', Mark::Refused, "refused"),
    ('s', Mark::Supervisor, "asked for a supervisor"),
    ('h', Mark::HoldBegan, "hold, and off hold"),
    ('n', Mark::Unanswered, "nobody answered"),
];

/// What a line that was typed asks for.
#[derive(Debug, Eq, PartialEq)]
enum Said<'a> {
    /// The call is over.
    End,
    /// On hold, or off it again.
    Hold,
    /// A note.
    Note(Mark, &'a str),
    /// A note of this kind, whose words are missing.
    Wordless(char),
    /// Nothing.
    Nothing,
}

/// Reads a line: a letter of [`KEYS`] alone, or with a blank and words behind it, is what that letter says; anything else is a note, so that no
/// word of a note is taken for a command.
fn read(line: &str) -> Said<'_> {
    let line = line.trim();
    let mut letters = line.chars();
    let Some(first) = letters.next() else { return Said::Nothing };
    let words = letters.as_str();
    let key = KEYS.iter().find(|(key, ..)| *key == first && (words.is_empty() || words.starts_with(' ')));
    match key {
        None if line == "q" => Said::End,
        Some((_, Mark::HoldBegan, _)) if words.is_empty() => Said::Hold,
        Some((_, Mark::Unanswered, _)) if words.is_empty() => Said::Note(Mark::Unanswered, ""),
        None | Some((_, Mark::HoldBegan | Mark::Unanswered, _)) => Said::Note(Mark::Note, line),
        Some((_, mark @ (Mark::Refused | Mark::Supervisor), _)) => Said::Note(*mark, words.trim()),
        Some(_) if words.trim().is_empty() => Said::Wordless(first),
        Some((_, mark, _)) => Said::Note(*mark, words.trim()),
    }
}

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
    let mut call = if let Some(call) = recover(&place, options)? {
        call
    } else {
        let number = options.number.clone().or_else(|| guide.number.clone());
        wait(case::call_begin(&place, &options.case, number.as_deref()))??
    };
    go_through(options, &place, &guide, &mut call)?;
    if call.is_empty()
        && on_terminal(options)
        && yes("Nothing was noted. Did nobody answer? (y/n; n writes nothing)", false)?
    {
        call.note(&Zoned::now(), Mark::Unanswered, "")?;
    }
    let view = wait(case::call_show(&place, &options.case, &call))??;
    // The place holds the moment at which the call began; it ends now.
    let ended = place.at(Zoned::now());
    let events = wait(case::call_end(&ended, &options.case, call))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &view).map_err(io::Error::from)?;
        writeln!(out)?;
    } else if events.is_empty() {
        writeln!(out, "nothing was noted, so nothing is written to {}", options.case)?;
    } else {
        writeln!(out, "{GOOD}written to {}:{GOOD:#} {}", options.case, events.join(", "))?;
        for promise in view.promises.iter().filter(|promise| promise.due.is_none()) {
            writeln!(out, "{FAIR}mind:{FAIR:#} no day was given for \"{}\"", clean(&promise.text))?;
        }
        writeln!(out, "confirm it in writing: upstairs draft {} --as confirmation", options.case)?;
    }
    Ok(true)
}

/// Returns whether somebody sits at a terminal who can be asked.
fn on_terminal(options: &Calling) -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal() && !options.json
}

/// Asks for a yes or a no; Enter alone is `otherwise`, as is the end of the input.
fn yes(question: &str, otherwise: bool) -> io::Result<bool> {
    let mut stderr = anstream::stderr();
    loop {
        write!(stderr, "{question} ")?;
        stderr.flush()?;
        let mut line = String::new();
        let read = io::stdin().read_line(&mut line)?;
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(true),
            "n" | "no" => return Ok(false),
            "" => {
                if read == 0 {
                    writeln!(stderr)?;
                }
                return Ok(otherwise);
            }
            _ => writeln!(stderr, "type y or n")?,
        }
    }
}

/// Goes through the call: key by key on a terminal that can, else line by line.
fn go_through(options: &Calling, place: &Place, guide: &CallGuide, call: &mut Call) -> Result<(), Failure> {
    #[cfg(unix)]
    if on_terminal(options) {
        return screen::run(place, &options.case, guide, call);
    }
    by_lines(options, place, guide, call)
}

/// Shows what was noted in a call that was cut off, and returns the call where it goes on; else it is written down. Line by line nobody is
/// asked, for the first line is a note.
fn recover(place: &Place, options: &Calling) -> Result<Option<Call>, Failure> {
    let id = &options.case;
    let Some(call) = wait(case::call_unfinished(place, id))?? else { return Ok(None) };
    if call.is_empty() {
        wait(case::call_end(place, id, call))??;
        return Ok(None);
    }
    let began = call.notes().first().map(|note| note.at.clone());
    let when = began.map_or_else(String::new, |at| at.strftime(" of %Y-%m-%d, %H:%M,").to_string());
    let shown: Vec<String> = call.notes().iter().filter_map(noted).collect();
    let mut stderr = anstream::stderr();
    let count = counted(shown.len(), "note");
    writeln!(stderr, "{FAIR}a call{when} was cut off;{FAIR:#} your notes were kept ({count}):")?;
    for note in &shown {
        writeln!(stderr, "  {}", clean(note))?;
    }
    if on_terminal(options) && yes("Continue this call? (y/n; n writes it down and begins a new call)", true)?
    {
        return Ok(Some(call));
    }
    let events = wait(case::call_end(place, id, call))??;
    writeln!(stderr, "your notes ({count}) are written to {id} as {}", events.join(", "))?;
    Ok(None)
}

/// Shows a note in a line.
fn noted(note: &case::CallNote) -> Option<String> {
    let what = match note.mark {
        Mark::Began | Mark::Ended => return None,
        Mark::HoldBegan => "on hold".to_owned(),
        Mark::HoldEnded => "off hold".to_owned(),
        Mark::Note => note.text.clone(),
        Mark::Name => format!("with {}", note.text),
        Mark::Reference => format!("reference {}", note.text),
        Mark::Promise => format!("promised: {}", note.text),
        Mark::Refused => format!("refused {}", note.text),
        Mark::Supervisor => format!("asked for a supervisor {}", note.text),
        Mark::Unanswered => "nobody answered".to_owned(),
    };
    Some(format!("{} {}", note.at.strftime("%H:%M:%S"), what.trim_end()))
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
    let held = call.notes().iter().rev().find_map(|note| match note.mark {
        Mark::HoldBegan => Some(true),
        Mark::HoldEnded => Some(false),
        _ => None,
    });
    let mut holding = held.unwrap_or_default();
    for line in io::stdin().lock().lines() {
        let line = line?;
        let (mark, words) = match read(&line) {
            Said::End => break,
            Said::Nothing => continue,
            Said::Hold => {
                holding = !holding;
                (if holding { Mark::HoldBegan } else { Mark::HoldEnded }, "")
            }
            Said::Note(mark, words) => (mark, words),
            Said::Wordless(key) => {
                writeln!(anstream::stderr(), "upstairs: `{key}` alone says nothing: the words go behind it")?;
                continue;
            }
        };
        let now = Zoned::now();
        call.note(&now, mark, words)?;
        if !options.json {
            writeln!(anstream::stdout(), "{} kept", now.strftime("%H:%M:%S"))?;
        }
    }
    if !options.json && !call.is_empty() {
        let view: CallView = wait(case::call_show(place, &options.case, call))??;
        writeln!(anstream::stdout(), "\n{BOLD}Read back:{BOLD:#} {}", clean(&view.read_back))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_note_unless_a_letter_stands_alone_before_it() {
        for (line, said) in [
            ("The agent hung up", Said::Note(Mark::Note, "The agent hung up")),
            ("they will call back", Said::Note(Mark::Note, "they will call back")),
            ("quite rude", Said::Note(Mark::Note, "quite rude")),
            ("h was the only letter I heard", Said::Note(Mark::Note, "h was the only letter I heard")),
            ("t told to wait", Said::Note(Mark::Note, "told to wait")),
            ("p refund by Friday ", Said::Note(Mark::Promise, "refund by Friday")),
            ("x", Said::Note(Mark::Refused, "")),
            ("h", Said::Hold),
            ("n", Said::Note(Mark::Unanswered, "")),
            ("n of them answers", Said::Note(Mark::Note, "n of them answers")),
            ("w", Said::Wordless('w')),
            ("q", Said::End),
            ("  ", Said::Nothing),
        ] {
            assert_eq!(read(line), said, "{line}");
        }
    }
}
