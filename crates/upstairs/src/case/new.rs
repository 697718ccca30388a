//! `upstairs case new`: a conversation on a terminal, or a file.

use std::cell::Cell;
use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::answer::FindAnswer;
use desk::case::words::wrong;
use desk::case::{self, CaseDeskError, NewCase, Opened, Place};
use desk::find::FindRequest;
use desk::intake::{self, Asked, Intake, QUESTIONS, Question, Takes};
use desk::sources::SourceSettings;
use serde_json::{Map, Value};

use super::{Failure, Where, finish, print, wait, write};
use crate::settings::Settings;

/// `case new`.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// Read the case from a file (TOML or JSON) instead of asking; `-` for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Read this website for the ladder; otherwise the directory is used, which needs no network
    #[arg(long, value_name = "DOMAIN")]
    site: Option<String>,
    /// Read this archive instead of the live site
    #[arg(long, value_name = "FILE", requires = "site")]
    archive: Option<PathBuf>,
    /// Ask even without a terminal: each line of standard input answers one question
    #[arg(long, conflicts_with = "from")]
    ask: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// Where the ladder of a case comes from.
#[derive(Debug)]
pub(super) struct From {
    /// The site to read; else the directory is asked.
    pub(super) site: Option<String>,
    /// The archive to read instead of the live site.
    pub(super) archive: Option<PathBuf>,
    /// The folder of the user's own directory.
    pub(super) data: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(super) fn run(options: &New, settings: &Settings) -> io::Result<ExitCode> {
    finish(match &options.from {
        Some(file) => from_file(file).and_then(|mut case| {
            let unknown = case::unknown_fields(&case);
            if !unknown.is_empty() {
                let all = unknown.join(", ");
                return Err(Failure::Desk(wrong(format!(
                    "`{}`: not known: {all}; known are {}",
                    file.display(),
                    case::known_fields()
                ))));
            }
            case::told_in_words(&mut case, jiff::Zoned::now().date())?;
            open(options, settings, &case, None, |place, found| {
                wait(case::new(place, &NewCase { case: case.clone(), found }))?.map_err(Failure::Desk)
            })
        }),
        None if io::stdin().is_terminal() || options.ask => talk(options, settings),
        None => {
            writeln!(
                anstream::stderr(),
                "upstairs: there is no terminal to ask you on: run this on a terminal, give the case with --from FILE, or give the answers line by line with --ask"
            )?;
            return Ok(ExitCode::from(2));
        }
    })
}

/// Asks, and opens the case of what was answered.
fn talk(options: &New, settings: &Settings) -> Result<bool, Failure> {
    let intake = ask(&options.at.place(settings)?)?;
    // What was typed to find it may be a name: only an address is read.
    let site = intake.company_asked.clone().filter(|asked| is_address(asked));
    open(options, settings, &intake.case, site, |place, found| {
        wait(intake::open(place, &intake.id, found, None))?.map_err(Failure::Desk)
    })
}

/// Opens the case and shows where it stands.
fn open(
    options: &New,
    settings: &Settings,
    case: &Value,
    site: Option<String>,
    opening: impl FnOnce(&Place, Option<Box<FindAnswer>>) -> Result<Opened, Failure>,
) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let from = From {
        site: options.site.clone().or(site),
        archive: options.archive.clone(),
        data: options.at.data.clone().or_else(|| settings.data.clone()),
    };
    let found = ladder(&from, settings, case)?;
    let opened = opening(&place, found)?;
    let view = wait(case::show(&place, &opened.id))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &view).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(true);
    }
    writeln!(out, "opened {}", opened.id)?;
    if !opened.taken.is_empty() {
        writeln!(
            out,
            "taken from what is known about the company and from your words: {}; `upstairs case edit {}` changes it",
            opened.taken.join(", "),
            opened.id
        )?;
    }
    write::masked_note(&mut out, opened.masked)?;
    if opened.pinned > 0 {
        writeln!(out, "today's ladder is kept with the case: {} contact points", opened.pinned)?;
    } else {
        writeln!(
            out,
            "no ladder is known for this company: `upstairs find DOMAIN` shows one; to keep it with the case, open the case with --site DOMAIN"
        )?;
    }
    writeln!(out)?;
    print::case(&mut out, &view)?;
    Ok(true)
}

/// Finds the company's ladder: from its site where one is named, else from the directory.
pub(super) fn ladder(
    options: &From,
    settings: &Settings,
    case: &Value,
) -> Result<Option<Box<FindAnswer>>, Failure> {
    let text = |field: &str| case.get(field).and_then(Value::as_str).map(str::to_owned);
    let company = options.site.clone().or_else(|| text("company")).unwrap_or_default();
    let about = case::about(case);
    let request = FindRequest {
        company,
        country: text("country").and_then(|code| desk::find::parse_country(&code).ok()),
        sector: text("sector").and_then(|sector| desk::case::words::sector(&sector).ok()),
        about: about.map(|about| about.topic),
        matter: about.and_then(|about| about.matter),
        region: text("region"),
        data: options.data.clone(),
        keep: true,
        crawl: false,
        offline: options.site.is_none(),
        from: options.archive.clone(),
        posts: Vec::new(),
        save: None,
        pages: 30,
        seconds: 120,
        live: settings.live(SourceSettings::default()),
    };
    let found = wait(desk::find::find(&request, jiff::Timestamp::now(), |_| (), crate::find::interrupt()))?;
    match found {
        Ok(answer) => Ok(Some(Box::new(answer)).filter(|answer| !answer.contacts.is_empty())),
        // A site that was named and cannot be read is told; the case is opened all the same.
        Err(error) if options.site.is_some() => {
            writeln!(anstream::stderr(), "upstairs: {error}; the case is opened without a ladder")?;
            Ok(None)
        }
        Err(_) => Ok(None),
    }
}

/// Reads a case from a file.
fn from_file(file: &PathBuf) -> Result<Value, Failure> {
    let name = file.display().to_string();
    let failed = |why: String| Failure::Desk(wrong(format!("`{name}`: {why}")));
    let text = if file.as_os_str() == "-" {
        io::read_to_string(io::stdin()).map_err(|error| failed(desk::broken::cause(&error)))?
    } else {
        fs::read_to_string(file).map_err(|error| Failure::Desk(wrong(desk::broken::unread(&name, &error))))?
    };
    let value: Value = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?
    } else {
        let value: toml::Value =
            toml::from_str(&text).map_err(|error| failed(desk::broken::toml(&text, &error)))?;
        plain(value)
    };
    // A whole situation is taken as well: its case.
    Ok(value.get("case").cloned().unwrap_or(value))
}

/// Makes JSON of TOML: a day is the text that it is written with.
fn plain(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::Array(items) => Value::Array(items.into_iter().map(plain).collect()),
        toml::Value::Table(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, plain(value))).collect())
        }
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}

/// Asks question after question, each answer kept at once; goes on with a conversation that was left.
fn ask(place: &Place) -> Result<Intake, Failure> {
    say("Press Enter to skip a question; you can answer it later. What you type stays on this computer.")?;
    let mut intake = match left(place)? {
        Some(intake) => intake,
        None => wait(intake::begin(place, Map::new()))??,
    };
    while let Some(question) = intake.next_question() {
        let number = format!("{} of {}", question.place() + 1, QUESTIONS.len());
        say(&format!("\n{}  ({number})", question.ask))?;
        let mut given = typed(place, question, &mut intake)?;
        loop {
            let look =
                |name: &str| given.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
            match question.answer(&mut intake, &look, place.now.date()) {
                // Contacts that took place are asked for one after the other.
                Ok(()) if question.id == "tried" && look("text").is_some() => {
                    wait(intake::keep(place, &intake))??;
                    given = typed(place, question, &mut intake)?;
                }
                Ok(()) => break,
                // What was understood stays: only the field that was not is asked for again.
                Err(wrong) => {
                    say(&format!("{}: {}", wrong.field, wrong.why))?;
                    given.retain(|(name, _)| name != wrong.field);
                    if let Some(field) = question.fields.iter().find(|field| field.name == wrong.field) {
                        match understood(place, question, field, &mut intake, &given)? {
                            Some(more) => given.push(more),
                            // Passed by again: what cannot be without it is left out.
                            None if !question.needed => {
                                say("This is left out; you can add it once the case is open.")?;
                                given.clear();
                            }
                            None => {}
                        }
                    } else {
                        // What hangs on several fields is asked for as a whole.
                        intake.half.clear();
                        given = typed(place, question, &mut intake)?;
                    }
                }
            }
        }
        wait(intake::keep(place, &intake))??;
        if question.id == "company" {
            which(place, &mut intake)?;
        }
        if question.id == "country" {
            site(place, &mut intake)?;
        }
    }
    Ok(intake)
}

/// Asks for the site of a company that the directory does not know, to read it for the ladder once the case is opened.
fn site(place: &Place, intake: &mut Intake) -> Result<(), Failure> {
    if wait(intake::is_known(place, intake))? {
        return Ok(());
    }
    say("\nThe directory does not know this company.")?;
    let ask = "Its website, such as acme.com: it is read at the end, to find out who takes complaints (Enter skips this)";
    while let Some(site) = line(ask)? {
        if is_address(&site) {
            intake.company_asked = Some(site);
            return Ok(wait(intake::keep(place, intake))??);
        }
        say("give a domain or a web address")?;
    }
    Ok(())
}

fn is_address(text: &str) -> bool {
    text.contains('.') && !text.contains(char::is_whitespace)
}

/// Asks which company is meant, where the directory knows several by such a name.
fn which(place: &Place, intake: &mut Intake) -> Result<(), Failure> {
    let candidates = wait(intake::namesakes(place, intake))?;
    if candidates.is_empty() {
        return Ok(());
    }
    say("Several companies have a name like this:")?;
    for (at, candidate) in candidates.iter().enumerate() {
        say(&format!("  {}  {}", at + 1, crate::draw::candidate(candidate)))?;
    }
    loop {
        let Some(answer) = line("Which one do you mean? Type its number, or press Enter for none of them")?
        else {
            return Ok(());
        };
        let number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match number.and_then(|at| candidates.get(at)) {
            Some(meant) => return Ok(wait(intake::mean(place, intake, meant))??),
            None => say("type a number from the list")?,
        }
    }
}

/// Offers to go on with a conversation that was left: the only one by a word, one of several by its number.
fn left(place: &Place) -> Result<Option<Intake>, Failure> {
    let mut all = wait(intake::list(place))?;
    all.retain(|intake| !intake.answered.is_empty() || !intake.half.is_empty());
    let about = |intake: &Intake| {
        let company = intake.text("/company").unwrap_or("a company you have not named yet");
        format!("{company} ({} of {} questions answered)", intake.answered.len(), QUESTIONS.len())
    };
    let (ask, again) = match all.as_slice() {
        [] => return Ok(None),
        [only] => (
            format!(
                "You started a case about {} and did not finish it. Continue? (y/n, or a to start afresh without it)",
                about(only)
            ),
            "type y to continue, n to start another and keep this one, or a to start afresh and delete this one",
        ),
        several => {
            say("You started these cases and did not finish them (newest first):")?;
            for (at, intake) in several.iter().enumerate() {
                say(&format!("  {}  {}", at + 1, about(intake)))?;
            }
            (
                "Continue with which one? Type its number, or n to start another".to_owned(),
                "type the number of the one to continue, y for the first, or n to start another; all are kept either way",
            )
        }
    };
    loop {
        let typed = line(&ask)?.unwrap_or_default();
        let answer = typed.to_lowercase();
        if answer == "a" && all.len() == 1 {
            intake::forget(place, &all[0].id)?;
            return Ok(None);
        }
        let chosen = if is_yes(&answer) { Some(1) } else { answer.parse::<usize>().ok() };
        match chosen {
            Some(number @ 1..) if number <= all.len() => return Ok(Some(all.swap_remove(number - 1))),
            None if is_no(&answer) => return Ok(None),
            // Line by line the first line may answer the first question already, and is not lost.
            None if !io::stdin().is_terminal() => {
                AHEAD.set(Some(typed));
                return Ok(None);
            }
            _ => say(again)?,
        }
    }
}

/// Asks for the fields of a question, each kept once it is understood; goes on where one was left half-way. The first that is
/// empty ends those of a contact.
fn typed(place: &Place, question: &Question, intake: &mut Intake) -> Result<Vec<(String, String)>, Failure> {
    let mut typed: Vec<(String, String)> = Vec::new();
    for field in question.fields {
        if let Some((_, text)) = intake.half.iter().find(|(name, _)| name == field.name) {
            say(&format!("  {}\n> {text}", field.ask))?;
            typed.push((field.name.to_owned(), text.clone()));
            continue;
        }
        match understood(place, question, field, intake, &typed)? {
            Some(given) => {
                // What was typed of later fields stays: a field that was passed by may be answered after them.
                intake.half.retain(|(name, _)| *name != given.0);
                intake.half.push((given.0.clone(), case::mask(&given.1).0));
                typed.push(given);
                wait(intake::keep(place, intake))??;
            }
            None if question.id == "tried" && typed.is_empty() => break,
            None => {}
        }
    }
    Ok(typed)
}

/// Asks for a field until it is understood beside what was typed before it; `None` where it is passed by.
fn understood(
    place: &Place,
    question: &Question,
    field: &Asked,
    intake: &mut Intake,
    before: &[(String, String)],
) -> Result<Option<(String, String)>, Failure> {
    let mut ask = field.ask;
    loop {
        let Some(text) = typed_field(field, ask)? else { return Ok(None) };
        let look = |name: &str| {
            let known = before.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone());
            known.or_else(|| (name == field.name).then(|| text.clone()))
        };
        let Some(wrong) = question.objection(field.name, intake, &look, place.now.date()) else {
            return Ok(Some((field.name.to_owned(), text)));
        };
        say(&format!("{}: {}", wrong.field, wrong.why))?;
        // A field without words of its own is what the question asks.
        ask = if field.ask.is_empty() { question.ask } else { field.ask };
    }
}

/// Asks for one field in these words.
fn typed_field(field: &Asked, ask: &str) -> Result<Option<String>, Failure> {
    Ok(match field.takes {
        Takes::Line => line(ask)?,
        Takes::Yes => loop {
            match line(ask)? {
                Some(answer) if is_yes(&answer) => break Some(answer),
                None => break None,
                Some(answer) if is_no(&answer) => break None,
                Some(_) => say("type y or n; Enter skips the question")?,
            }
        },
        Takes::Lines => {
            let mut lines = Vec::new();
            while let Some(next) = line(if lines.is_empty() { ask } else { "" })? {
                lines.push(next);
            }
            (!lines.is_empty()).then(|| lines.join("\n"))
        }
    })
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.to_lowercase().as_str(), "y" | "yes" | "on")
}

fn is_no(answer: &str) -> bool {
    matches!(answer.to_lowercase().as_str(), "n" | "no")
}

/// Says something on the terminal.
fn say(text: &str) -> Result<(), Failure> {
    writeln!(crate::wrap::Lines::new(anstream::stderr()), "{text}")?;
    Ok(())
}

thread_local! {
    /// A line that was read and answers the next question.
    static AHEAD: Cell<Option<String>> = const { Cell::new(None) };
}

/// Asks once; `None` for an empty answer.
fn line(text: &str) -> Result<Option<String>, Failure> {
    let mut stderr = anstream::stderr();
    if !text.is_empty() {
        writeln!(stderr, "  {text}")?;
    }
    write!(stderr, "> ")?;
    stderr.flush()?;
    if let Some(line) = AHEAD.take() {
        return Ok(Some(line).filter(|line| !line.is_empty()));
    }
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 {
        return Err(Failure::Desk(CaseDeskError::Wrong(
            "the questions ended before the case was opened; your answers are kept: `upstairs case new` continues"
                .to_owned(),
        )));
    }
    Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}
