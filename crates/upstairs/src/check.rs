//! `upstairs check`: what a calm editor would mark in a draft, drawn as a compiler would.
//!
//! With `--jsonl` one request a line is read from standard input and answered in the same order. The exit code is 0 where nothing is marked, 1
//! where something is or an input failed.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anstyle::{AnsiColor, Style};
use clap::Args;
use desk::letters::{self, DraftAnswer, DraftRequest};
use serde_json::json;

use crate::requests;

/// Which drafts to check, and how to print what is said of them.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// Drafts as plain text; `-` is standard input
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read requests from standard input, one JSON object per line: {"id","text","lang"}
    #[arg(long)]
    jsonl: bool,
    /// Print JSON, one object per file
    #[arg(long)]
    json: bool,
    /// Correct what is safe to correct (capitals, rows of marks): in the file itself, or from standard input to standard output
    #[arg(long, conflicts_with_all = ["jsonl", "json"])]
    fix: bool,
    /// The language of the text as a two-letter code; found from the text if you do not give it
    #[arg(long)]
    lang: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &Check) -> io::Result<ExitCode> {
    if options.jsonl {
        return lines();
    }
    let mut out = anstream::stdout().lock();
    let mut clean = true;
    for file in &options.files {
        let name = file.display().to_string();
        let text = match letters::text_of(file, &mut io::stdin().lock()) {
            Ok(text) => text,
            Err(error) => {
                clean = false;
                fail(&mut out, options.json, &name, &error.to_string())?;
                continue;
            }
        };
        let request = DraftRequest { id: Some(name.clone()), text, lang: options.lang.clone() };
        if options.fix {
            clean &= fix(&mut out, file, &request)?;
            continue;
        }
        match letters::check(&request) {
            Err(error) => {
                clean = false;
                fail(&mut out, options.json, &name, &error.to_string())?;
            }
            Ok(answer) => {
                clean &= answer.report.flags.is_empty() && answer.report.private.is_empty();
                if options.json {
                    serde_json::to_writer(&mut out, &answer)?;
                    writeln!(out)?;
                } else {
                    draw(&mut out, &answer, &request.text)?;
                }
            }
        }
    }
    Ok(if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Answers requests from standard input.
fn lines() -> io::Result<ExitCode> {
    let all = requests::serve(requests::MOST_TEXT, requests::parse::<DraftRequest>, |(id, request)| {
        letters::check(&request).map_err(|error| (id, error.to_string()))
    })?;
    Ok(requests::code(all))
}

/// Tells of an input that cannot be read.
pub(crate) fn fail(out: &mut impl Write, json: bool, name: &str, error: &str) -> io::Result<()> {
    if json {
        writeln!(out, "{}", json!({"id": name, "error": error}))?;
    }
    writeln!(anstream::stderr(), "{error}")
}

/// Mends a draft in its place; standard input goes to standard output. Returns whether it could.
fn fix(out: &mut impl Write, file: &PathBuf, request: &DraftRequest) -> io::Result<bool> {
    let (fixed, changes) = letters::fixed(request);
    if file.as_os_str() == "-" {
        out.write_all(fixed.as_bytes())?;
        return Ok(true);
    }
    // What was not read whole, or is no text, must not be written back.
    if let Err(error) = letters::check(request) {
        writeln!(anstream::stderr(), "{error}")?;
        return Ok(false);
    }
    // What was read by guessing at its letters would not be the same text any more.
    if changes > 0 && std::fs::read(file).is_ok_and(|bytes| std::str::from_utf8(&bytes).is_err()) {
        writeln!(
            anstream::stderr(),
            "`{}` is not in UTF-8: nothing was corrected; save it as UTF-8 first",
            file.display()
        )?;
        return Ok(false);
    }
    if changes > 0
        && let Err(error) = std::fs::write(file, fixed)
    {
        writeln!(anstream::stderr(), "cannot write `{}`: {error}", file.display())?;
        return Ok(false);
    }
    writeln!(
        out,
        "{}: {changes} {} corrected",
        file.display(),
        if changes == 1 { "place" } else { "places" }
    )?;
    Ok(true)
}

/// Draws what is said of one draft.
fn draw(out: &mut impl Write, answer: &DraftAnswer, text: &str) -> io::Result<()> {
    let bold = Style::new().bold();
    let report = &answer.report;
    for flag in report.flags.iter().chain(&report.private) {
        let colour = Style::new().bold().fg_color(Some(
            match flag.severity.id() {
                "error" => AnsiColor::Red,
                "warning" => AnsiColor::Yellow,
                _ => AnsiColor::Cyan,
            }
            .into(),
        ));
        let place = flag.place;
        writeln!(
            out,
            "{bold}{}:{}:{}{bold:#}: {colour}{}[{}]{colour:#}: {}",
            answer.id,
            place.line,
            place.col,
            flag.severity.id(),
            flag.code,
            flag.title
        )?;
        excerpt(out, text, place.start, place.end, colour)?;
        wrapped(out, "why", flag.why)?;
        wrapped(out, "try", flag.better)?;
        if !flag.also.is_empty() {
            let said = |other: &desk::letters::Other| {
                let p = other.place;
                let words: String = text[p.start..p.end]
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .chars()
                    .map(plain)
                    .take(40)
                    .collect();
                let what = if other.code == flag.code { "" } else { other.title };
                let gap = if what.is_empty() { "" } else { ": " };
                format!("“{words}” ({}:{}{gap}{what})", p.line, p.col)
            };
            let places: Vec<String> = flag.also.iter().take(8).map(said).collect();
            wrapped(out, "also", &places.join(", "))?;
        }
        writeln!(out)?;
    }
    let missing = report.has.missing();
    if report.lang.is_some() && !missing.is_empty() {
        writeln!(out, "{bold}It would be stronger with:{bold:#}")?;
        for (_, question) in missing {
            writeln!(out, "  - {question}")?;
        }
        writeln!(out)?;
    }
    for note in &report.notes {
        wrapped(out, "note", note)?;
    }
    let marks = report.flags.len() + report.private.len();
    let verdict = match marks {
        0 => "nothing to improve".to_owned(),
        1 => "1 mark".to_owned(),
        n => format!("{n} marks"),
    };
    let time = match report.reading_seconds {
        0..60 => format!("{} seconds", report.reading_seconds),
        s => format!("{} min {} s", s / 60, s % 60),
    };
    let fixable = report.flags.iter().filter(|f| f.fixable).count();
    let hint = if fixable > 0 { "; `--fix` corrects the shouting (capitals, rows of marks)" } else { "" };
    writeln!(out, "{}: {verdict}; {} words, {time} to read{hint}", answer.id, report.words)
}

/// Draws the line that a mark stands in, cut to the width of a terminal, with the mark underlined.
fn excerpt(out: &mut impl Write, text: &str, start: usize, end: usize, colour: Style) -> io::Result<()> {
    const WIDTH: usize = 72;
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let before: Vec<char> = text[from..start].chars().map(plain).collect();
    let marked: Vec<char> = text[start..end.min(to)].chars().map(plain).collect();
    let after: Vec<char> = text[end.min(to)..to].chars().map(plain).collect();
    let mark = marked.len().clamp(1, WIDTH - 8);
    let lead = before.len().min((WIDTH - mark) / 2);
    let cut = lead < before.len();
    let mut line: String = if cut { "…".to_owned() } else { String::new() };
    line.extend(&before[before.len() - lead..]);
    let column = line.chars().count();
    line.extend(&marked[..mark.min(marked.len())]);
    let room = WIDTH.saturating_sub(line.chars().count());
    line.extend(after.iter().take(room));
    writeln!(out, "  | {}", line.trim_end())?;
    writeln!(out, "  | {}{colour}{}{colour:#}", " ".repeat(column), "^".repeat(mark))
}

/// Returns a character that takes one place: a control character could move the cursor.
fn plain(c: char) -> char {
    if c.is_control() { ' ' } else { c }
}

/// Prints a line of advice, wrapped.
fn wrapped(out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
    let first = format!("  {label}: ");
    let rest = " ".repeat(first.len());
    let options =
        textwrap::Options::new(crate::wrap::width().min(78)).initial_indent(&first).subsequent_indent(&rest);
    writeln!(out, "{}", textwrap::fill(text, options))
}
