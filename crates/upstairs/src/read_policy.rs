//! `upstairs read policy`: saved procedures in, stages, clocks and outside bodies out.
//!
//! With `--jsonl` one request a line is read from standard input and answered in the same order; else each file named is
//! read. An input that cannot be read is told and the rest goes on; the exit code is then 1.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::answer::ClockView;
use desk::read::PageRequest;
use desk::read_policy::{self, PolicyAnswer};

use crate::requests::{self, Telling};

/// Which procedures to read, and how to print what they say.
#[derive(Args, Debug)]
pub(crate) struct Policy {
    /// Saved procedures: pages, PDFs or texts
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read requests from standard input, one JSON object per line: {"id","file","url","country","lang"}
    #[arg(long)]
    jsonl: bool,
    /// Print JSON, one object per file
    #[arg(long)]
    json: bool,
    /// The country of numbers without +, as a two-letter code such as GB
    #[arg(long)]
    country: Option<String>,
    /// The language of the text as a two-letter code, such as en
    #[arg(long)]
    lang: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &Policy) -> io::Result<ExitCode> {
    if options.jsonl { lines(options) } else { files(options) }
}

/// Answers requests from standard input.
fn lines(options: &Policy) -> io::Result<ExitCode> {
    let all = requests::serve(requests::MOST_LINE, desk::read::parse_request, |mut request| {
        request.country = request.country.or_else(|| options.country.clone());
        request.lang = request.lang.or_else(|| options.lang.clone());
        read_policy::policy(&request, today()).map_err(|error| (request.id.clone().into(), error.to_string()))
    })?;
    Ok(requests::code(all))
}

/// Reads the files named.
fn files(options: &Policy) -> io::Result<ExitCode> {
    let telling = Telling {
        json: options.json,
        found: |answer: &PolicyAnswer| !answer.policy.stages.is_empty() || !answer.policy.external.is_empty(),
        print,
    };
    requests::files(&options.files, &telling, |file| {
        let request = PageRequest {
            id: Some(file.display().to_string()),
            file: file.to_owned(),
            url: None,
            country: options.country.clone(),
            lang: options.lang.clone(),
        };
        read_policy::policy(&request, today()).map_err(|error| error.to_string())
    })
}

/// The day of asking.
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// Prints a procedure for a person to read.
fn print(out: &mut dyn Write, answer: &PolicyAnswer) -> io::Result<()> {
    let out = &mut crate::wrap::Lines::new(out);
    writeln!(out, "{}", answer.id)?;
    if answer.policy.stages.is_empty() && answer.policy.external.is_empty() {
        writeln!(out, "  holds no complaints procedure")?;
    }
    for stage in &answer.policy.stages {
        let rung = stage.rung.id().replace('_', " ");
        match stage.handler.trim() {
            "" => writeln!(out, "  {}. {rung}", stage.order)?,
            handler => writeln!(out, "  {}. {handler} ({rung})", stage.order)?,
        }
        let clocks = [
            ("acknowledges within", &stage.acknowledge),
            ("answers within", &stage.respond),
            ("go there within", &stage.customer_window),
        ];
        for (words, clock) in clocks {
            if let Some(clock) = clock {
                say(out, words, clock)?;
            }
        }
        for contact in &stage.contacts {
            writeln!(out, "     {:<9} {}", contact.channel.id(), contact.value)?;
        }
    }
    for body in &answer.policy.external {
        writeln!(out, "  outside: {}", body.body)?;
        for (words, clock) in [("without an answer after", &body.after), ("not later than", &body.within)] {
            if let Some(clock) = clock {
                say(out, words, clock)?;
            }
        }
        for contact in &body.contacts {
            writeln!(out, "     {:<9} {}", contact.channel.id(), contact.value)?;
        }
        for check in &body.checks {
            let known = check.known_on.as_ref();
            let known = known.map_or(" (no source recorded)".to_owned(), |on| format!(" (known as of {on})"));
            writeln!(out, "     mind: {}{known}", check.words)?;
        }
    }
    if answer.policy.external.iter().flat_map(|body| &body.checks).any(|check| check.point_of_complaint) {
        writeln!(
            out,
            "  if something in the procedure is out of date, you can raise that in your complaint"
        )?;
    }
    for warning in &answer.warnings {
        writeln!(out, "  note: {warning}")?;
    }
    Ok(())
}

/// Prints a clock and the words that give it.
fn say(out: &mut impl Write, words: &str, clock: &ClockView) -> io::Result<()> {
    let duration = desk::words::clock(clock.n, clock.unit);
    writeln!(out, "     {words} {duration}\n       “{}”", crate::draw::clean(&clock.quote))
}
