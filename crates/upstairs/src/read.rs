//! `upstairs read`: saved documents in, what they say out.
//!
//! With `--jsonl` one request a line is read from standard input and answered in the same order; else each file named is
//! read. An input that cannot be read is told and the rest goes on; the exit code is then 1.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use desk::read::{PageAnswer, PageRequest};
use serde_json::{Value, json};

/// What to read.
#[derive(Debug, Subcommand)]
pub(crate) enum Read {
    /// Contact points of saved web pages
    Page(Page),
    /// Stages, time limits and outside bodies of saved complaints procedures
    Policy(crate::read_policy::Policy),
    /// A company's reply: what kind of answer it is, whether it answers you, what it promises
    Reply(crate::read_reply::Reply),
}

/// Which pages to read, and how to print what they say.
#[derive(Args, Debug)]
pub(crate) struct Page {
    /// Saved pages
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read requests from standard input, one JSON object a line: {"id","file","url","country","lang"}
    #[arg(long)]
    jsonl: bool,
    /// Print JSON, one object a file
    #[arg(long)]
    json: bool,
    /// Country of numbers in national form, as a code of ISO 3166-1 such as GB
    #[arg(long)]
    country: Option<String>,
    /// The address the page was saved from
    #[arg(long)]
    url: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(what: &Read) -> io::Result<ExitCode> {
    match what {
        Read::Page(page) if page.jsonl => lines(page),
        Read::Page(page) => files(page),
        Read::Policy(policy) => crate::read_policy::run(policy),
        Read::Reply(reply) => crate::read_reply::run(reply),
    }
}

/// Answers requests from standard input.
fn lines(options: &Page) -> io::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut failed = false;
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Value>(&line) {
            Err(error) => Err((Value::from(number + 1), format!("line {}: {error}", number + 1))),
            Ok(value) => {
                let id = value.get("id").cloned().unwrap_or(Value::Null);
                serde_json::from_value::<PageRequest>(value)
                    .map_err(|error| (id.clone(), error.to_string()))
                    .and_then(|mut request| {
                        request.country = request.country.or_else(|| options.country.clone());
                        desk::read::page(&request).map_err(|error| (id, error.to_string()))
                    })
            }
        };
        failed |= answer.is_err();
        match answer {
            Ok(answer) => serde_json::to_writer(&mut out, &answer)?,
            Err((id, error)) => serde_json::to_writer(&mut out, &json!({"id": id, "error": error}))?,
        }
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads the files named.
fn files(options: &Page) -> io::Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    let mut code = ExitCode::FAILURE;
    let mut failed = false;
    for file in &options.files {
        let request = PageRequest {
            id: Some(file.display().to_string()),
            file: file.clone(),
            url: options.url.clone(),
            country: options.country.clone(),
            lang: None,
        };
        match desk::read::page(&request) {
            Err(error) => {
                failed = true;
                if options.json {
                    writeln!(out, "{}", json!({"id": request.id, "error": error.to_string()}))?;
                }
                writeln!(anstream::stderr(), "{error}")?;
            }
            Ok(answer) => {
                if !answer.contacts.is_empty() {
                    code = ExitCode::SUCCESS;
                }
                if options.json {
                    serde_json::to_writer(&mut out, &answer)?;
                    writeln!(out)?;
                } else {
                    print(&mut out, &answer)?;
                }
            }
        }
    }
    Ok(if failed { ExitCode::FAILURE } else { code })
}

/// Prints what a page says for a person to read.
fn print(out: &mut impl Write, answer: &PageAnswer) -> io::Result<()> {
    writeln!(out, "{}", answer.id)?;
    if answer.contacts.is_empty() {
        writeln!(out, "  names no way to reach anyone")?;
    }
    for contact in &answer.contacts {
        write!(out, "  {:<11} {:<10} {}", contact.rung, contact.channel, contact.value)?;
        if contact.party != "company" {
            write!(out, "  ({})", contact.party)?;
        }
        writeln!(out, "\n{:26}“{}”", "", contact.quote)?;
    }
    for warning in &answer.warnings {
        writeln!(out, "  note: {warning}")?;
    }
    Ok(())
}
