//! `upstairs read reply`: a company's reply in, what it says out.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anstyle::Style;
use clap::Args;
use desk::case::import::Came;
use desk::case::{self, CaseDeskError, CaseView};
use desk::letters::{self, ReplyAnswer, ReplyRequest};
use jiff::civil::Date;

use crate::case::{Where, wait};
use crate::settings::Settings;

use crate::check::fail;
use crate::requests;

/// Which replies to read, and how to print what they say.
#[derive(Args, Debug)]
pub(crate) struct Reply {
    /// Replies as plain text or as saved mails (.eml); `-` is standard input
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read requests from standard input, one JSON object per line: {"id","complaint","text","sent","lang"}
    #[arg(long)]
    jsonl: bool,
    /// Print JSON, one object per file
    #[arg(long)]
    json: bool,
    /// The message that it answers, as a file: tells whether the reply takes it up
    #[arg(long, conflicts_with = "jsonl")]
    complaint: Option<PathBuf>,
    /// The day it was sent, such as 2026-03-31: dates are counted from it; of a mail that of its header, else the day that the letter bears
    #[arg(long, conflicts_with = "jsonl", value_parser = sent_day)]
    sent: Option<String>,
    /// The country of the company, such as GB: working days are counted by its calendar
    #[arg(long, conflicts_with_all = ["jsonl", "case"])]
    country: Option<String>,
    /// The case that it belongs to: its country counts, and the reply is compared with what happened there
    #[arg(long, conflicts_with = "jsonl")]
    case: Option<String>,
    /// By which way it came: email, postal, chat, form, …; the way by which you wrote last where none is given
    #[arg(long, requires = "case", conflicts_with = "jsonl", value_parser = desk::case::words::channel)]
    channel: Option<desk::Channel>,
    /// Write it down in the log of the case, as it is shown
    #[arg(long, requires = "case", conflicts_with_all = ["jsonl", "json"])]
    log: bool,
    /// The folder of your cases
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Language of the reply, as a code of ISO 639-1; told from the text where it is not given
    #[arg(long, conflicts_with = "jsonl")]
    lang: Option<String>,
}

/// Reads the day on which a reply was sent: it is not ahead.
fn sent_day(text: &str) -> Result<String, String> {
    let day = crate::days::been(text)?;
    if day > jiff::Zoned::now().date() {
        return Err(format!("{day} is in the future: give the day on which the reply was sent"));
    }
    Ok(day.to_string())
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &Reply, settings: &Settings) -> io::Result<ExitCode> {
    if options.jsonl {
        let all = requests::serve(requests::MOST_TEXT, requests::parse::<ReplyRequest>, |(id, request)| {
            letters::reply(&request).map_err(|error| (id, error.to_string()))
        })?;
        return Ok(requests::code(all));
    }
    let mut out = anstream::stdout().lock();
    let read = |file: &PathBuf| letters::text_of(file, &mut io::stdin().lock());
    let take = |file: &PathBuf| letters::incoming_of(file, &mut io::stdin().lock());
    let complaint = match options.complaint.as_ref().map(read).transpose() {
        Ok(complaint) => complaint,
        Err(error) => {
            writeln!(anstream::stderr(), "{error}")?;
            return Ok(ExitCode::FAILURE);
        }
    };
    let (mut complaint, mut country) = (complaint, options.country.clone());
    if let Some(id) = &options.case {
        match of_case(options, id, settings)? {
            Ok(case) => {
                complaint = complaint.or(case.what);
                country = Some(case.country);
            }
            Err(error) => {
                writeln!(anstream::stderr(), "upstairs: {error}")?;
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    let mut code = ExitCode::SUCCESS;
    for file in &options.files {
        let name = file.display().to_string();
        let answer = take(file).and_then(|came| {
            let (complaint, lang) = (complaint.clone(), options.lang.clone());
            let sent = options.sent.clone().or_else(|| came.sent.map(|day| day.to_string()));
            let (id, country) = (Some(name.clone()), country.clone());
            let text = came.text.clone();
            let day = sent.clone();
            let answer = letters::reply(&ReplyRequest { id, text, complaint, sent, lang, country })?;
            Ok((answer, came.text, day))
        });
        match answer {
            Err(error) => {
                code = ExitCode::FAILURE;
                fail(&mut out, options.json, &name, &error.to_string())?;
            }
            Ok((answer, ..)) if options.json => {
                serde_json::to_writer(&mut out, &answer)?;
                writeln!(out)?;
            }
            Ok((answer, text, sent)) => {
                let lacks = [
                    ("--sent DATE", sent.is_some() || answer.reading.dated.is_some()),
                    ("--country CODE", country.is_some()),
                ];
                draw(&mut out, &answer, &lacks)?;
                if let Some(case) = &options.case {
                    let given = sent.and_then(|day| day.get(..10)?.parse().ok());
                    let on = given.or(answer.reading.dated);
                    if let (None, Some(day)) = (given, on) {
                        writeln!(
                            out,
                            "  its date is taken from its heading: {day} (give another with --sent DATE)"
                        )?;
                    }
                    if let Err(error) = for_the_log(&mut out, options, case, &text, on, settings)? {
                        writeln!(anstream::stderr(), "upstairs: {error}")?;
                        code = ExitCode::FAILURE;
                    }
                }
            }
        }
    }
    Ok(code)
}

/// Reads the case that a reply belongs to.
fn of_case(options: &Reply, id: &str, settings: &Settings) -> io::Result<Result<CaseView, CaseDeskError>> {
    let at = Where { data: options.data.clone(), store: None };
    match at.place(settings) {
        Ok(place) => wait(case::show(&place, id)),
        Err(error) => Ok(Err(error)),
    }
}

/// Shows the lines that a reply would become in the log of a case, and writes them down where that is wanted.
fn for_the_log(
    out: &mut impl Write,
    options: &Reply,
    id: &str,
    text: &str,
    on: Option<Date>,
    settings: &Settings,
) -> io::Result<Result<(), CaseDeskError>> {
    let at = Where { data: options.data.clone(), store: None };
    let place = match at.place(settings) {
        Ok(place) => place,
        Err(error) => return Ok(Err(error)),
    };
    let lines = match wait(case::import::reply_lines(&place, id, text, on))? {
        Ok(lines) => lines,
        Err(error) => return Ok(Err(error)),
    };
    let bold = Style::new().bold();
    writeln!(out, "  {bold}For the log of {id}{bold:#}")?;
    for line in &lines {
        let due = line.due.map_or_else(String::new, |due| format!(", due {due}"));
        let amount = line.amount.as_ref().map_or_else(String::new, |amount| format!(", {amount}"));
        let person =
            line.person.as_ref().map_or_else(String::new, |name| format!(", {}", one_line(name, 40)));
        let way = options.channel.map(desk::Channel::id).or(line.channel);
        let way = way.map_or_else(String::new, |way| format!(", by {}", way.replace('_', " ")));
        writeln!(out, "    {} company, {}{way}{due}{amount}{person}", line.on, line.kind)?;
        writeln!(out, "      {}", one_line(&line.text, 66))?;
    }
    if !options.log {
        writeln!(out, "    add --log to write it down; `upstairs case import` keeps a whole e-mail")?;
        return Ok(Ok(()));
    }
    match wait(case::import::keep_reply(&place, id, text, Came { on, channel: options.channel }))? {
        Ok(events) => writeln!(out, "  written down as {}", events.join(", "))?,
        Err(error) => return Ok(Err(error)),
    }
    Ok(Ok(()))
}

/// Draws what one reply says; `known` tells what a day in working days is counted from, and whether it is known.
fn draw(out: &mut impl Write, answer: &ReplyAnswer, known: &[(&str, bool)]) -> io::Result<()> {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let reading = &answer.reading;
    writeln!(out, "{bold}{}{bold:#}", answer.id)?;
    for evidence in &reading.evidence {
        writeln!(out, "  {bold}{:<19}{bold:#} {}", evidence.label.id(), evidence.label.meaning())?;
        if !evidence.words.is_empty() {
            let words: Vec<String> =
                evidence.words.iter().map(|w| format!("“{}”", one_line(w, 40))).collect();
            let options = textwrap::Options::new(crate::wrap::width().min(78))
                .initial_indent("                      ")
                .subsequent_indent("                      ");
            writeln!(out, "{dim}{}{dim:#}", textwrap::fill(&words.join(", "), options))?;
        }
    }
    match reading.addresses_core {
        Some(true) => writeln!(out, "  It addresses what you complained about.")?,
        Some(false) => writeln!(out, "  It does not address what you complained about.")?,
        None => {}
    }
    for (title, list) in [("Promised", &reading.promises), ("Asked of you", &reading.customer_duties)] {
        if !list.is_empty() {
            writeln!(out, "  {bold}{title}{bold:#}")?;
        }
        for promise in list {
            let due = promise.due.map_or_else(|| "no date".to_owned(), |due| due.to_string());
            let day = promise.day.map_or_else(String::new, |day| format!(", that is {day}"));
            let day = if due.contains(day.trim_start_matches(", that is ")) { String::new() } else { day };
            let undated = promise.day.is_none() && due.contains("working");
            let lacks: Vec<&str> = known.iter().filter(|(_, known)| !known).map(|(name, _)| *name).collect();
            let day = if undated && !lacks.is_empty() {
                format!(" (to work out the date, give {})", lacks.join(" "))
            } else {
                day
            };
            let offer = if promise.ends_offer { ": the last day to accept the offer" } else { "" };
            writeln!(out, "    {due}{day}{offer}\n      “{}”", one_line(&promise.quote, 66))?;
        }
    }
    let given = &reading.given;
    for reference in &given.references {
        writeln!(out, "  Reference: {}", one_line(reference, 60))?;
    }
    for name in &given.names {
        let role = given.roles.iter().find(|role| role.name == *name);
        let role = role.map_or_else(String::new, |role| format!(", {}", role.role));
        writeln!(out, "  Name: {}", one_line(&format!("{name}{role}"), 60))?;
    }
    for contact in &given.contacts {
        writeln!(out, "  Contact given ({}): {}", contact.channel, one_line(&contact.value, 60))?;
    }
    for note in &reading.notes {
        writeln!(
            out,
            "{}",
            textwrap::fill(
                note,
                textwrap::Options::new(crate::wrap::width().min(78))
                    .initial_indent("  note: ")
                    .subsequent_indent("        ")
            )
        )?;
    }
    Ok(())
}

/// Returns a text on one line, cut to a number of characters.
fn one_line(text: &str, most: usize) -> String {
    let line: String =
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect();
    if line.chars().count() <= most { line } else { line.chars().take(most - 1).chain(['…']).collect() }
}
