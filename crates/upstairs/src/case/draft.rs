//! `upstairs draft`: the words for a case, printed or written to a file.

use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use desk::case::words::wrong;
use desk::case::{self, Delivery, DraftRequest, OwnTemplate, Place, Shape, SmtpSettings, Tone};
use jiff::civil::Date;

use super::{Failure, Where, finish, wait};
use crate::draw::{BOLD, DIM, FAIR, clean};
use crate::settings::Settings;

/// What to draft, and how.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(crate) struct Draft {
    /// The case
    #[arg(required_unless_present_any = ["list", "variables"])]
    case: Option<String>,
    /// Which letter, or the id of an outside body (`--list` shows both); if you give none, the one for the next step
    #[arg(long = "as", value_name = "NAME")]
    kind: Option<String>,
    /// List every letter
    #[arg(long)]
    list: bool,
    /// Show how to write your own templates, and what they can use
    #[arg(long)]
    variables: bool,
    /// Use the built-in words if one of your own templates is broken
    #[arg(long)]
    built_in: bool,
    /// The language: en, de, fr, es
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// How firm
    #[arg(long, value_parser = ["first", "firm", "final"])]
    tone: Option<String>,
    /// The day by which you want an answer; if you give none, ten working days or the legal time limit
    #[arg(long, value_name = "DATE", value_parser = crate::days::to_come)]
    by: Option<Date>,
    /// The most words to use: less important words are left out, never facts, amounts, dates or what you ask for
    #[arg(long, value_name = "N", value_parser = length)]
    words: Option<usize>,
    /// Write it to this file: .txt, .eml (opens in a mail program), .pdf or .docx
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Take the words from this file instead: the draft as you changed it (`-` for standard input)
    #[arg(long, value_name = "FILE")]
    text: Option<PathBuf>,
    /// The paper of a PDF: a4 or letter
    #[arg(long, value_name = "PAPER")]
    paper: Option<String>,
    /// Send it to this e-mail address, postal address (separate its lines with commas), form or rung of the ladder (complaints, executive, …);
    /// if you give none, it goes to the best one the case knows
    #[arg(long, value_name = "ADDRESS")]
    to: Option<String>,
    /// Send the files of the case with the message
    #[arg(long)]
    enclose: bool,
    /// Copy the text to the clipboard
    #[arg(long)]
    copy: bool,
    /// Send it through your own mail server: you see the whole message, and it is sent only when you say yes
    #[arg(long, conflicts_with_all = ["output", "copy", "json"])]
    send: bool,
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
/// Where standard output fails.
pub(crate) fn run(options: &Draft, settings: &Settings) -> io::Result<ExitCode> {
    finish(draft(options, settings))
}

/// Reads how many words are enough.
fn length(text: &str) -> Result<usize, String> {
    let known = text.parse().ok().filter(|words| case::LENGTHS.contains(words));
    known.ok_or_else(|| format!("give a number from {} to {}", case::LENGTHS.start(), case::LENGTHS.end()))
}

/// Writes the draft of a kind, in the language and tone that fit the case.
pub(super) fn of_kind(
    place: &Place,
    id: &str,
    kind: Option<&String>,
    settings: &Settings,
) -> Result<desk::case::Draft, Failure> {
    let request = DraftRequest {
        kind: kind.cloned(),
        language: None,
        tone: None,
        by: None,
        to: None,
        words: None,
        me: desk::me::load(&place.data)?,
        own: own(settings),
        built_in_instead: false,
    };
    Ok(wait(case::draft(place, id, &request))??)
}

fn draft(options: &Draft, settings: &Settings) -> Result<bool, Failure> {
    let mut out = anstream::stdout().lock();
    if options.variables {
        out.write_all(case::templates_page().as_bytes())?;
        return Ok(true);
    }
    let Some(id) = options.case.as_ref().filter(|_| !options.list) else {
        for kind in case::kinds() {
            writeln!(out, "{BOLD}{:<15}{BOLD:#} {}", kind.name, kind.title)?;
        }
        writeln!(
            out,
            "\nto an outside body, in the order of its own form (for any other body give its id; it then gets the general form):"
        )?;
        for (name, title) in case::forms() {
            writeln!(out, "{BOLD}{name:<27}{BOLD:#} {title}")?;
        }
        let own = own(settings);
        if !own.is_empty() {
            writeln!(out, "\ntemplates of your own:")?;
            for template in &own {
                writeln!(out, "{}", clean(&template.file))?;
            }
        }
        let faults = case::template_faults(&own);
        for fault in &faults {
            writeln!(anstream::stderr(), "{FAIR}refused:{FAIR:#} {}", clean(fault))?;
        }
        return Ok(faults.is_empty());
    };
    let place = options.at.place(settings)?;
    let request = DraftRequest {
        kind: options.kind.clone(),
        language: options.lang.clone(),
        tone: options.tone.as_deref().map(|tone| match tone {
            "first" => Tone::First,
            "final" => Tone::Final,
            _ => Tone::Firm,
        }),
        by: options.by,
        to: options.to.clone(),
        words: options.words,
        me: desk::me::load(&place.data)?,
        own: own(settings),
        built_in_instead: options.built_in,
    };
    drop(out);
    let delivery = Delivery {
        paper: options.paper.clone(),
        enclose: options.enclose,
        text: options.text.as_deref().map(own_words).transpose()?,
    };
    if options.send {
        return send(&place, id, &request, &delivery, settings);
    }
    let shape = options.output.as_deref().map_or(Ok(Shape::Text), Shape::of_file)?;
    let file = wait(case::draft_file(&place, id, &request, &delivery, shape))??;
    if options.json {
        let mut out = anstream::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &file.draft).map_err(io::Error::from)?;
        writeln!(out)?;
        return Ok(true);
    }
    if options.copy {
        let by = crate::clipboard::put(&file.draft.text())?;
        let by = by.ok_or_else(|| Failure::Desk(wrong("no clipboard is at hand: use -o FILE".to_owned())))?;
        writeln!(anstream::stdout(), "copied to the clipboard by {by}")?;
    }
    match &options.output {
        Some(to) => {
            case::write_new(to, &file.bytes)?;
            writeln!(anstream::stdout(), "written to {}", to.display())?;
        }
        None if options.copy => {}
        None => anstream::stdout().write_all(file.draft.text().as_bytes())?,
    }
    notes(&file.draft, &file.warnings)?;
    Ok(true)
}

/// Reads the user's own words for a draft.
fn own_words(file: &Path) -> Result<String, Failure> {
    desk::letters::text_of(file, &mut io::stdin()).map_err(|error| Failure::Desk(wrong(error.to_string())))
}

/// Shows the whole message, asks, sends, and says what became of it.
fn send(
    place: &Place,
    id: &str,
    request: &DraftRequest,
    delivery: &Delivery,
    settings: &Settings,
) -> Result<bool, Failure> {
    let prepared = wait(case::prepare(place, id, request, delivery))??;
    let smtp = case::smtp_settings(place)?;
    let mut out = anstream::stdout().lock();
    writeln!(out, "{DIM}From:{DIM:#}    {}", clean(&prepared.from))?;
    writeln!(out, "{DIM}To:{DIM:#}      {}", clean(prepared.to.as_deref().unwrap_or("(nobody yet)")))?;
    writeln!(out, "{DIM}Subject:{DIM:#} {BOLD}{}{BOLD:#}", clean(&prepared.subject))?;
    if let Some(answered) = &prepared.in_reply_to {
        writeln!(out, "{DIM}Answers:{DIM:#} {}", clean(answered))?;
    }
    for file in &prepared.files {
        writeln!(out, "{DIM}File:{DIM:#}    {}", clean(file))?;
    }
    writeln!(out, "{DIM}Through:{DIM:#} {}", clean(&smtp.host))?;
    writeln!(out)?;
    for line in prepared.text.lines() {
        writeln!(out, "  {}", clean(line))?;
    }
    writeln!(out)?;
    for warning in &prepared.warnings {
        writeln!(out, "{FAIR}mind:{FAIR:#} {}", clean(warning))?;
    }
    if !prepared.blanks.is_empty() {
        for question in &prepared.blanks {
            writeln!(out, "{FAIR}to fill in:{FAIR:#} {}", clean(question))?;
        }
        let how = "nothing was sent: first fill in what is missing (write the draft to a file, change it, and give it with --text)";
        return Err(Failure::Desk(wrong(how.to_owned())));
    }
    if prepared.to.is_none() {
        return Err(Failure::Desk(wrong(
            "nothing was sent: who should it go to? Give an address with --to".to_owned(),
        )));
    }
    write!(out, "Send it? Type {BOLD}yes{BOLD:#}: ")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    if answer.trim().to_lowercase() != "yes" {
        writeln!(out, "nothing was sent")?;
        return Ok(false);
    }
    let password = if smtp.needs_password() { Some(password(&smtp, settings)?) } else { None };
    let sent = wait(case::send(place, id, &prepared, &smtp.server(password)))??;
    writeln!(out, "sent to {}, and written down as {} in {id}", sent.to, sent.event)?;
    Ok(true)
}

/// Returns the password of the mail server: from the environment, the user's command, or by asking.
fn password(smtp: &SmtpSettings, settings: &Settings) -> Result<String, Failure> {
    if let Some(secret) = &settings.smtp_password {
        return Ok(secret.0.clone());
    }
    if let Some(secret) = smtp.password()? {
        return Ok(secret);
    }
    if !io::stdin().is_terminal() {
        let how =
            "nothing was sent: no password; set UPSTAIRS_SMTP_PASSWORD or password_command in mail.toml";
        return Err(Failure::Desk(wrong(how.to_owned())));
    }
    Ok(rpassword::prompt_password(format!("Password for {}: ", smtp.host))?)
}

/// Prints a draft; what it lacks goes to standard error, so that the text alone can be piped on.
pub(super) fn print(draft: &desk::case::Draft) -> io::Result<()> {
    anstream::stdout().write_all(draft.text().as_bytes())?;
    notes(draft, &draft.warnings)
}

fn notes(draft: &desk::case::Draft, warnings: &[String]) -> io::Result<()> {
    let mut stderr = anstream::stderr();
    writeln!(stderr, "{DIM}{} words; as `{}`{DIM:#}", draft.words, draft.kind)?;
    if let Some(to) = &draft.sheet.contact {
        writeln!(stderr, "{DIM}goes to{DIM:#} {}", clean(to))?;
    }
    if let Some(form) = &draft.own_form {
        let checked = form.checked.map_or(String::new(), |day| format!(", read {day}"));
        writeln!(
            stderr,
            "{DIM}its form: {}{checked}; {}{DIM:#}",
            form.sources.join(" "),
            form.note.as_deref().unwrap_or_default()
        )?;
        for paper in &form.papers {
            writeln!(stderr, "{FAIR}it asks for:{FAIR:#} {paper}")?;
        }
    }
    for question in &draft.blanks {
        writeln!(stderr, "{FAIR}to fill in:{FAIR:#} {question}")?;
    }
    for warning in warnings {
        writeln!(stderr, "{FAIR}mind:{FAIR:#} {warning}")?;
    }
    Ok(())
}

/// Reads the user's own templates: files `LANG/NAME.txt` in the folder of templates.
pub(super) fn own(settings: &Settings) -> Vec<OwnTemplate> {
    settings.templates.as_deref().map(case::own_templates).unwrap_or_default()
}
