//! `upstairs read`: saved documents in, what they say out.
//!
//! With `--jsonl` one request a line is read from standard input and answered in the same order; else each file named is
//! read. An input that cannot be read is told and the rest goes on; the exit code is then 1.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use crate::requests::{self, Telling};
use crate::settings::Settings;
use clap::{Args, Subcommand};
use desk::read::{PageAnswer, PageRequest};

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

/// Answers requests from standard input.
fn lines(options: &Page) -> io::Result<ExitCode> {
    let mut found = false;
    let all = requests::serve(requests::MOST_LINE, desk::read::parse_request, |mut request| {
        request.country = request.country.or_else(|| options.country.map(|c| c.code().to_owned()));
        let answer =
            desk::read::page(&request).map_err(|error| (request.id.clone().into(), error.to_string()))?;
        found |= !answer.contacts.is_empty();
        Ok(answer)
    })?;
    Ok(requests::code(all && found))
}

/// Reads the files named.
fn files(options: &Page) -> io::Result<ExitCode> {
    let telling =
        Telling { json: options.json, found: |answer: &PageAnswer| !answer.contacts.is_empty(), print };
    requests::files(&options.files, &telling, |file| {
        let request = PageRequest {
            id: Some(file.display().to_string()),
            file: file.to_owned(),
            url: options.url.clone(),
            country: options.country.map(|country| country.code().to_owned()),
            lang: None,
        };
        desk::read::page(&request).map_err(|error| error.to_string())
    })
}

/// Prints what a page says for a person to read.
fn print(out: &mut dyn Write, answer: &PageAnswer) -> io::Result<()> {
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
