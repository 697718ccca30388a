//! `upstairs read post`: posts, threads and saved pages of forums and review sites in, contacts and signs of fraud out.
//!
//! With `--jsonl` one request a line is read from standard input and answered in the same order; else each file named is
//! read, `-` for standard input. An input that cannot be read is told and the rest goes on; the exit code is then 1.

use std::io::{self, Read as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::read_post::{self, PostAnswer, PostRequest};
use desk::saved_page;

use crate::requests::{self, Telling};

/// Which posts to read, and how to print what they say.
#[derive(Args, Debug)]
pub(crate) struct Post {
    /// Saved pages, API answers or pasted texts; `-` reads standard input
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read requests from standard input, one JSON object per line: {"id","url","company","country","text"} or "file"
    #[arg(long)]
    jsonl: bool,
    /// Print JSON, one object per file
    #[arg(long)]
    json: bool,
    /// The company that the post is about
    #[arg(long)]
    company: Option<String>,
    /// The country of numbers without +, as a two-letter code such as GB
    #[arg(long)]
    country: Option<String>,
    /// Where it was posted
    #[arg(long)]
    url: Option<String>,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &Post) -> io::Result<ExitCode> {
    if options.jsonl { lines(options) } else { files(options) }
}

/// Answers requests from standard input.
fn lines(options: &Post) -> io::Result<ExitCode> {
    let all = requests::serve(requests::MOST_TEXT, requests::parse::<PostRequest>, |(id, mut request)| {
        request.country = request.country.or_else(|| options.country.clone());
        request.company = request.company.or_else(|| options.company.clone());
        read_post::post(&request).map_err(|error| (id, error.to_string()))
    })?;
    Ok(requests::code(all))
}

/// Reads the files named.
fn files(options: &Post) -> io::Result<ExitCode> {
    let found = |answer: &PostAnswer| !answer.contacts.is_empty() || answer.scam;
    let telling = Telling { json: options.json, found, print };
    requests::files(&options.files, &telling, |file| {
        let mut request = PostRequest {
            id: Some(file.display().to_string()),
            file: Some(file.to_owned()),
            text: None,
            url: options.url.clone(),
            company: options.company.clone(),
            country: options.country.clone(),
        };
        if file.as_os_str() == "-" {
            let mut text = String::new();
            let read = io::stdin().lock().take(desk::read::MOST_BYTES).read_to_string(&mut text);
            read.map_err(|error| format!("standard input: {error}"))?;
            request.text = Some(text);
        }
        read_post::post(&request).map_err(|error| error.to_string())
    })
}

/// Prints what a post says for a person to read.
fn print(out: &mut dyn Write, answer: &PostAnswer) -> io::Result<()> {
    let out = &mut crate::wrap::Lines::new(out);
    let site = answer.site.map_or(String::new(), |site| format!(" ({site})"));
    writeln!(out, "{}{site}", answer.id)?;
    if answer.scam {
        writeln!(out, "  THIS LOOKS LIKE A FRAUD. Do not call, write to or pay what it names.")?;
        for sign in answer.signs.iter().take(6) {
            writeln!(out, "    - {}: “{}”", sign.claim, crate::draw::clean(&sign.quote))?;
        }
    }
    if let Some(profile) = &answer.profile {
        let claimed = match profile.claimed {
            Some(true) => ", claimed by the company",
            Some(false) => ", not claimed: anybody may have written it",
            None => "",
        };
        let site = profile.website.as_ref().map_or(String::new(), |site| format!(", {site}"));
        writeln!(out, "  profile of {}{site}{claimed}", crate::draw::clean(&profile.name))?;
        if let Some(managers) = saved_page::managers_in_words(profile) {
            writeln!(out, "  answering for it: {}", crate::draw::clean(&managers))?;
        }
    }
    for said in saved_page::in_words(answer.profile.as_ref(), answer.responses.as_ref()) {
        writeln!(out, "  {said}")?;
    }
    if answer.contacts.is_empty() {
        writeln!(out, "  gives no way to contact the company")?;
    }
    for contact in &answer.contacts {
        let mark = match (contact.suspect, contact.official_reply) {
            (true, _) => "  SUSPECT: do not use",
            (false, true) => "  named by the company there",
            (false, false) => "  a lead: confirm it before you use it",
        };
        writeln!(out, "  {:<11} {:<10} {}{mark}", contact.rung, contact.channel, contact.value)?;
        for voice in contact.voices.iter().take(4) {
            let when = voice.when.as_deref().map_or(String::new(), |w| format!(", {w}"));
            writeln!(
                out,
                "{:26}“{}” ({}{when})",
                "",
                crate::draw::clean(&voice.quote),
                desk::words::of_role(voice.role)
            )?;
        }
    }
    for left in &answer.left_out {
        writeln!(
            out,
            "  left out    {:<10} {}  ({})",
            left.channel,
            left.value,
            desk::words::of_said(left.why)
        )?;
    }
    for warning in &answer.warnings {
        writeln!(out, "  note: {warning}")?;
    }
    Ok(())
}
