//! `upstairs case new`: a conversation on a terminal, or a file.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::answer::FindAnswer;
use desk::case::words::wrong;
use desk::case::{self, CaseDeskError, NewCase};
use desk::find::FindRequest;
use desk::sources::SourceSettings;
use serde_json::{Map, Value, json};

use super::{Failure, Where, finish, print, wait, write};
use crate::settings::Settings;

/// `case new`.
#[derive(Args, Debug)]
pub(crate) struct New {
    /// Read the case from a file (TOML or JSON) instead of asking; `-` for standard input
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// Read this site for the ladder; else the directory is asked, which needs no network
    #[arg(long, value_name = "DOMAIN")]
    site: Option<String>,
    /// Read this archive instead of the live site
    #[arg(long, value_name = "FILE", requires = "site")]
    archive: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(super) fn run(options: &New, settings: &Settings) -> io::Result<ExitCode> {
    let described = match &options.from {
        Some(file) => from_file(file),
        None if io::stdin().is_terminal() => ask(),
        None => {
            writeln!(
                anstream::stderr(),
                "upstairs: nobody to ask: run it on a terminal, or give the case with --from FILE"
            )?;
            return Ok(ExitCode::from(2));
        }
    };
    finish(described.and_then(|case| open(options, settings, case)))
}

/// Opens the case and shows where it stands.
fn open(options: &New, settings: &Settings, case: Value) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let found = ladder(options, settings, &case)?;
    let opened = wait(case::new(&place, &NewCase { case, found }))??;
    let view = wait(case::show(&place, &opened.id))??;
    let mut out = anstream::stdout().lock();
    if options.json {
        serde_json::to_writer_pretty(&mut out, &view).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(true);
    }
    writeln!(out, "opened {}", opened.id)?;
    write::masked_note(&mut out, opened.masked)?;
    if opened.pinned > 0 {
        writeln!(out, "its ladder of today is kept with it: {} contact points", opened.pinned)?;
    } else {
        writeln!(
            out,
            "no ladder is known for it: `upstairs find DOMAIN` shows the company's own; a case opened with --site DOMAIN keeps it"
        )?;
    }
    writeln!(out)?;
    print::case(&mut out, &view)?;
    Ok(true)
}

/// Finds the company's ladder: from its site where one is named, else from the directory.
fn ladder(options: &New, settings: &Settings, case: &Value) -> Result<Option<Box<FindAnswer>>, Failure> {
    let text = |field: &str| case.get(field).and_then(Value::as_str).map(str::to_owned);
    let company = options.site.clone().or_else(|| text("company")).unwrap_or_default();
    let about = case
        .pointer("/problem/topic")
        .and_then(Value::as_str)
        .and_then(|topic| desk::find::parse_about(topic).ok());
    let request = FindRequest {
        company,
        country: text("country").and_then(|code| desk::find::parse_country(&code).ok()),
        sector: None,
        about: about.map(|about| about.topic),
        matter: about.and_then(|about| about.matter),
        region: text("region"),
        data: options.at.data.clone().or_else(|| settings.data.clone()),
        keep: true,
        crawl: false,
        offline: options.site.is_none(),
        from: options.archive.clone(),
        posts: Vec::new(),
        save: None,
        pages: 30,
        seconds: 120,
        live: settings.live(SourceSettings::default()),
    };
    let found = wait(desk::find::find(&request, jiff::Timestamp::now(), |_| (), crate::find::interrupt()))?;
    match found {
        Ok(answer) => Ok(Some(Box::new(answer)).filter(|answer| !answer.contacts.is_empty())),
        // A site that was named and cannot be read is told; the case is opened all the same.
        Err(error) if options.site.is_some() => {
            writeln!(anstream::stderr(), "upstairs: {error}; the case is opened without a ladder")?;
            Ok(None)
        }
        Err(_) => Ok(None),
    }
}

/// Reads a case from a file.
fn from_file(file: &PathBuf) -> Result<Value, Failure> {
    let name = file.display().to_string();
    let failed = |why: String| Failure::Desk(wrong(format!("`{name}`: {why}")));
    let text = if file.as_os_str() == "-" {
        io::read_to_string(io::stdin()).map_err(|error| failed(error.to_string()))?
    } else {
        fs::read_to_string(file).map_err(|error| failed(error.to_string()))?
    };
    let value: Value = if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|error| failed(error.to_string()))?
    } else {
        toml::from_str(&text).map_err(|error| failed(error.to_string()))?
    };
    // A whole situation is taken as well: its case.
    Ok(value.get("case").cloned().unwrap_or(value))
}

/// Asks question after question; Enter passes one by.
fn ask() -> Result<Value, Failure> {
    say(
        "Enter alone passes a question by; what is missing is asked for later. Nothing leaves this machine.",
    )?;
    let company = loop {
        match question("Which company is it about?")? {
            Some(company) => break company,
            None => say("A case needs a company.")?,
        }
    };
    let mut case = Map::new();
    case.insert("company".into(), company.into());
    let country = loop {
        let answer = checked("In which country do you live? (two letters, such as GB, US, DE)", |text| {
            desk::find::parse_country(text).map(|country| country.code().into())
        })?;
        match answer {
            Some(country) => break country,
            None => say("The law and the bodies outside depend on it: it is needed.")?,
        }
    };
    case.insert("country".into(), country);
    let region = question("In which state or province, where that matters? (such as CA, ON, NSW)")?;
    case.insert("region".into(), json!(region));
    case.insert(
        "sector".into(),
        json!(question("Which trade? (energy, telecom, bank, insurance, retail, air, travel, parcel …)")?),
    );
    let mut problem = Map::new();
    problem.insert("what".into(), json!(question("What went wrong, in one or two sentences?")?));
    let day = |text: &str| case::words::date(text).map(|date| date.to_string().into());
    problem.insert("since".into(), json!(checked("When did it begin? (year-month-day)", day)?));
    problem.insert("impact".into(), json!(question("What does it do to you: money, time, health, plans?")?));
    problem.insert(
        "agreed".into(),
        json!(question("What was agreed or promised: contract, price, delivery, policy?")?),
    );
    let sum = checked("How much money is it about? (such as 129.90 GBP)", |text| {
        case::words::money(text).map(|money| json!([money.number(), money.currency().code()]))
    })?;
    if let Some(sum) = sum {
        problem.insert(
            "amount".into(),
            sum[0].as_str().and_then(|n| n.parse::<f64>().ok()).map_or(Value::Null, Value::from),
        );
        problem.insert("currency".into(), sum[1].clone());
    }
    case.insert("problem".into(), problem.into());
    let wanted = checked(
        "What do you want? (refund, replacement, repair, apology, correction, cancellation, compensation, service)",
        |text| case::words::wish(text).map(Value::from),
    )?;
    case.insert("wanted".into(), json!({ "what": wanted }));
    let references = question("Which numbers do they know it by: account, order, ticket? (commas between)")?;
    let references: Vec<&str> = references
        .as_deref()
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    case.insert("references".into(), json!(references));
    case.retain(|_, value| !value.is_null());
    Ok(Value::Object(case))
}

/// Says something on the terminal.
fn say(text: &str) -> Result<(), Failure> {
    writeln!(anstream::stderr(), "{text}")?;
    Ok(())
}

/// Asks once; `None` for an empty answer.
fn question(text: &str) -> Result<Option<String>, Failure> {
    let mut stderr = anstream::stderr();
    write!(stderr, "{text}\n> ")?;
    stderr.flush()?;
    let mut line = String::new();
    if io::stdin().read_line(&mut line)? == 0 {
        return Err(Failure::Desk(CaseDeskError::Wrong(
            "the conversation ended before the case was opened".to_owned(),
        )));
    }
    Ok(Some(line.trim().to_owned()).filter(|line| !line.is_empty()))
}

/// Asks until the answer can be understood or is passed by.
fn checked(text: &str, read: impl Fn(&str) -> Result<Value, String>) -> Result<Option<Value>, Failure> {
    loop {
        let Some(answer) = question(text)? else { return Ok(None) };
        match read(&answer) {
            Ok(value) => return Ok(Some(value)),
            Err(why) => say(&why)?,
        }
    }
}
