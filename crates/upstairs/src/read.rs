//! `upstairs read`: saved documents in, what they say out.
//!
//! With `--jsonl` one request a line is read from standard input and answered in the same order; else each file named is
//! read. An input that cannot be read is told and the rest goes on; the exit code is then 1.

use std::io::{self, BufRead, Read as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::settings::Settings;
use clap::{Args, Subcommand};
use desk::read::{PageAnswer, PageRequest};
use serde_json::json;

/// What to read.
#[derive(Debug, Subcommand)]
pub(crate) enum Read {
    /// Contact points of saved web pages
    Page(Page),
    /// Stages, time limits and outside bodies of saved complaints procedures
    Policy(crate::read_policy::Policy),
    /// Contacts named in posts, threads and saved pages of forums and reviews; is it a fraud?
    Post(crate::read_post::Post),
    /// A company's reply: what kind of answer it is, whether it answers you, what it promises
    Reply(crate::read_reply::Reply),
}

/// Which pages to read, and how to print what they say.
#[derive(Args, Debug)]
pub(crate) struct Page {
    /// Saved pages
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read requests from standard input, one JSON object per line: {"id","file","url","country","lang"}
    #[arg(long)]
    jsonl: bool,
    /// Print JSON, one object per file
    #[arg(long)]
    json: bool,
    /// The country of numbers without +, as a two-letter code such as GB
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// The address the page was saved from
    #[arg(long, value_parser = address)]
    url: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(what: &Read, settings: &Settings) -> io::Result<ExitCode> {
    match what {
        Read::Page(page) if page.jsonl => lines(page),
        Read::Page(page) => files(page),
        Read::Policy(policy) => crate::read_policy::run(policy),
        Read::Post(post) => crate::read_post::run(post),
        Read::Reply(reply) => crate::read_reply::run(reply, settings),
    }
}

/// Checks that a text is the address of a page.
fn address(text: &str) -> Result<String, String> {
    desk::read::parse_address(text).map(|_| text.to_owned()).map_err(|error| error.to_string())
}

/// The longest line of standard input that is read, in bytes.
const MOST_LINE: u64 = 1 << 20;

/// Answers requests from standard input, each by itself: a bad line is told on its own line of the answers, and the next is read.
fn lines(options: &Page) -> io::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut input = io::stdin().lock();
    let (mut failed, mut found, mut number) = (false, false, 0_usize);
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(MOST_LINE).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        let too_long = line.len() as u64 == MOST_LINE && !line.ends_with(b"\n");
        if too_long {
            input.skip_until(b'\n')?;
        } else if line.trim_ascii().is_empty() {
            continue;
        }
        let request = if too_long {
            Err((serde_json::Value::Null, format!("this line is longer than {} KiB", MOST_LINE >> 10)))
        } else {
            desk::read::parse_request(&line)
        };
        let answer =
            request.map_err(|(id, error)| (id, format!("line {number}: {error}"))).and_then(|mut request| {
                let id = request.id.clone().into();
                request.country = request.country.or_else(|| options.country.map(|c| c.code().to_owned()));
                desk::read::page(&request).map_err(|error| (id, error.to_string()))
            });
        match answer {
            Ok(answer) => {
                found |= !answer.contacts.is_empty();
                serde_json::to_writer(&mut out, &answer)?;
            }
            Err((id, error)) => {
                failed = true;
                serde_json::to_writer(&mut out, &json!({"id": id, "error": error}))?;
            }
        }
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(if found && !failed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
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
            country: options.country.map(|country| country.code().to_owned()),
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
        writeln!(out, "  gives no way to contact anyone")?;
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
