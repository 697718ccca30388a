//! `upstairs check-number`: is a number, mailbox or address really the company's?

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use crate::settings::Settings;

/// What to check, and against what.
#[derive(Args, Debug)]
pub(crate) struct CheckNumber {
    /// A telephone number, a mailbox or a web address
    value: String,
    /// Whose it is said to be
    #[arg(long)]
    company: String,
    /// Country of a number in national form, as a code of ISO 3166-1 such as GB
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// A saved page of the company to check against
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Where that page was saved from
    #[arg(long, requires = "from")]
    url: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command. The exit code is 0 where the value is official, 1 where it is anything else.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &CheckNumber, _: &Settings) -> io::Result<ExitCode> {
    let known = match &options.from {
        None => Ok(Vec::new()),
        Some(file) => {
            desk::scam_check::known_from(file, options.url.as_deref(), &options.company, options.country)
        }
    };
    let answer = known.and_then(|known| {
        desk::scam_check::check_number(&options.value, &options.company, options.country, &known)
    });
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            writeln!(anstream::stderr(), "{error}")?;
            return Ok(ExitCode::from(2));
        }
    };
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        writeln!(
            out,
            "{} {}: {}",
            answer.channel,
            answer.value,
            desk::words::of_whose(answer.whose, &answer.company)
        )?;
        for reason in &answer.reasons {
            writeln!(out, "  - {reason}")?;
        }
        writeln!(out, "{}", answer.advice)?;
        if let Some(cost) = answer.cost {
            writeln!(out, "A call: {}", desk::words::cost(cost))?;
        }
    }
    let official = answer.whose == desk::Whose::Official;
    Ok(if official { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
