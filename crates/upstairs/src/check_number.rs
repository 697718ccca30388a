//! `upstairs check-number`: is a number, mailbox or address really the company's?

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::directory;

use crate::draw;
use crate::settings::Settings;

/// What to check, and against what.
#[derive(Args, Debug)]
pub(crate) struct CheckNumber {
    /// A telephone number, an e-mail address or a web address
    value: String,
    /// The company it is said to belong to
    #[arg(long)]
    company: String,
    /// The country of a number without +, as a two-letter code such as GB
    #[arg(long, value_parser = desk::find::parse_country)]
    country: Option<desk::Country>,
    /// A saved page of the company to check against
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Where that page was saved from
    #[arg(long, requires = "from")]
    url: Option<String>,
    /// The folder of your own directory
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
    /// Check it live too: whether the domain accepts e-mail, the page answers, what kind of number it is, how old the domain is
    #[arg(long)]
    verify: bool,
    /// Allow this private or loopback host (HOST or HOST:PORT); otherwise such addresses are refused
    #[arg(long, value_name = "HOST", requires = "verify")]
    allow_host: Vec<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Runs the command. The exit code is 0 where the value is official, 1 where it is anything else.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(options: &CheckNumber, settings: &Settings) -> io::Result<ExitCode> {
    let data = options.data.as_deref().or(settings.data.as_deref());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let bearing = match runtime.block_on(directory::bearing_on(&options.value, &options.company, data)) {
        Ok(bearing) => bearing,
        // What is built in is known all the same.
        Err(error) => {
            writeln!(anstream::stderr(), "upstairs: {error}: your own directory was not searched")?;
            let starter = runtime.block_on(directory::bearing_on(&options.value, &options.company, None));
            starter.unwrap_or_default()
        }
    };
    if !bearing.perhaps.is_empty() {
        let names: Vec<String> = bearing.perhaps.iter().map(|name| draw::clean(name)).collect();
        writeln!(
            anstream::stderr(),
            "upstairs: which company do you mean: {}? Try again with its full name",
            names.join(", ")
        )?;
        return Ok(ExitCode::FAILURE);
    }
    if !bearing.is_known && options.from.is_none() {
        writeln!(
            anstream::stderr(),
            "note: `{}` is not in the directory: this answer rests only on what is known about other companies",
            draw::clean(&options.company)
        )?;
    }
    let company = if bearing.company.is_empty() { &options.company } else { &bearing.company };
    let saved = match &options.from {
        None => Ok(Vec::new()),
        Some(file) => desk::scam_check::known_from(file, options.url.as_deref(), company, options.country),
    };
    let answer = saved.and_then(|saved| {
        let known = [bearing.known.clone(), saved].concat();
        desk::scam_check::check_number(&options.value, company, options.country, &known, &bearing.domains)
    });
    let mut answer = match answer {
        Ok(answer) => answer,
        Err(error) => {
            writeln!(anstream::stderr(), "{error}")?;
            return Ok(ExitCode::from(2));
        }
    };
    if options.verify {
        let checked = settings.sources().map_err(|error| error.to_string()).and_then(|sources| {
            let live = desk::find::Live { allow_hosts: options.allow_host.clone(), ..settings.live(sources) };
            let add = desk::verify::add_to(&mut answer, &live, jiff::Timestamp::now());
            runtime.block_on(add).map_err(|error| error.to_string())
        });
        if let Err(error) = checked {
            writeln!(anstream::stderr(), "note: nothing was checked live: {error}")?;
        }
    }
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer(&mut out, &answer)?;
        writeln!(out)?;
    } else {
        let mut out = crate::wrap::Lines::new(&mut out);
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
        for (_, mark) in bearing.marks.iter().filter(|(value, _)| *value == answer.value) {
            writeln!(out, "  - you noted on {}: {}", mark.on, mark.words)?;
        }
        for check in &answer.checks {
            writeln!(out, "  - checked now: {}", check.words)?;
        }
        writeln!(out, "{}", answer.advice)?;
        if let Some(cost) = answer.cost {
            writeln!(out, "A call: {}", desk::words::cost(cost))?;
        }
    }
    let official = answer.whose == desk::Whose::Official;
    Ok(if official { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
