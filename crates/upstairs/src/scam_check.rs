//! `upstairs scam-check`: a message, a post or a caller's words in, the signs of fraud and what to do out.

use std::io::{self, Read as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::draw;
use crate::settings::Settings;

/// What to check, and how to print the answer.
#[derive(Args, Debug)]
pub(crate) struct ScamCheck {
    /// A text file; `-` reads standard input
    file: PathBuf,
    /// The company it claims to come from
    #[arg(long)]
    company: Option<String>,
    /// Your country, by its two-letter code or its name, such as GB: used to read local numbers and to say where to report
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// Print JSON (its schema: `upstairs schema scam-check`)
    #[arg(long)]
    json: bool,
}

/// Runs the command. The exit code is 0 where signs were found, 1 where none were.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &ScamCheck, _: &Settings) -> io::Result<ExitCode> {
    let mut bytes = Vec::new();
    let most = desk::read::MOST_BYTES;
    let read = if options.file.as_os_str() == "-" {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(&options.file).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    if let Err(error) = read {
        writeln!(
            anstream::stderr(),
            "{}",
            desk::broken::unread(&options.file.display().to_string(), &error)
        )?;
        return Ok(ExitCode::FAILURE);
    }
    let text = match desk::scam_check::text_of(&bytes) {
        Ok(text) => text,
        Err(kind) => {
            writeln!(
                anstream::stderr(),
                "`{}` is {kind}, not text: paste the words of the message into a file",
                options.file.display()
            )?;
            return Ok(ExitCode::FAILURE);
        }
    };
    if text.trim().is_empty() {
        writeln!(anstream::stderr(), "`{}` is empty: paste the message into it", options.file.display())?;
        return Ok(ExitCode::FAILURE);
    }
    let answer = desk::scam_check::scam_check(&text, options.company.as_deref(), options.country);
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        let mut out = crate::wrap::Lines::new(&mut out);
        let heading = match answer.verdict {
            "likely" => "This is very likely a fraud.",
            "possible" => "This may be a fraud: be careful.",
            _ if !answer.signs.is_empty() => "Only weak signs of fraud were found:",
            _ => "No sign of fraud was found.",
        };
        writeln!(out, "{heading}")?;
        if let Some(name) = &answer.claims_to_be {
            writeln!(out, "It claims to come from {}.", draw::clean(name))?;
        }
        if answer.kind == "report" {
            writeln!(out, "Read as something that somebody asked you to do.")?;
        }
        for sign in &answer.signs {
            writeln!(out, "  - {}\n      “{}”\n      {}", sign.claim, draw::clean(&sign.quote), sign.why)?;
        }
        writeln!(out, "What to do now")?;
        for step in &answer.do_now {
            writeln!(out, "  - {step}")?;
        }
        writeln!(out, "What honest companies never ask")?;
        for never in &answer.never_asked {
            writeln!(out, "  - {never}")?;
        }
        if !answer.report_to.is_empty() {
            writeln!(out, "Where to report it (no source is recorded: look it up before you rely on it)")?;
            for place in &answer.report_to {
                writeln!(out, "  - {}: {} ({})", place.name, place.how, place.about)?;
            }
            if options.country.is_none() {
                writeln!(out, "With --country, the places of your country are named.")?;
            }
        }
    }
    Ok(if answer.verdict == "no_signs" { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
