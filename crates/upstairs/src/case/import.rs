//! `upstairs case import`: what the customer kept is read, looked over, and then written down.
//!
//! Nothing is kept without a yes: on a terminal each message is shown and asked for, elsewhere `--yes` must be given.

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use desk::case::import::{
    self, Import, ImportRequest, Imported, Mailbox, Origin, Proposal, Secret, Security, Told,
};
use desk::case::words::wrong;
use desk::case::{self, Place};
use jiff::civil::Date;
use serde_json::json;

use super::{Failure, Where, wait};
use crate::counted::counted;
use crate::draw::{BOLD, DIM, FAIR, GOOD, clean};
use crate::settings::Settings;

/// How many characters of a message are shown before a yes.
const SHOWN: usize = 500;

/// `case import`.
#[derive(Args, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(crate) struct ImportMail {
    /// The case
    case: String,
    /// Files and folders: mails (.eml, mbox, Maildir), chats (WhatsApp, web chat, JSON), text messages, calendars
    #[arg(required_unless_present = "imap")]
    files: Vec<PathBuf>,
    /// Read a mailbox: its server, as in mail.example or mail.example:993; nothing in it is changed
    #[arg(long, value_name = "SERVER", requires = "user")]
    imap: Option<String>,
    /// The user of the mailbox
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// The folder of the mailbox
    #[arg(long, value_name = "FOLDER", default_value = "INBOX")]
    folder: String,
    /// Take the password from what this command prints; else from `UPSTAIRS_IMAP_PASSWORD`, else it is asked for
    #[arg(long, value_name = "COMMAND")]
    password_command: Option<String>,
    /// How the connection to the mailbox is protected; `none` to this machine only
    #[arg(long, value_name = "HOW", value_parser = ["tls", "starttls", "none"], default_value = "tls")]
    security: String,
    /// Certificates to trust beside the usual ones (PEM)
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// What they are, if the program cannot tell
    #[arg(long, value_name = "FORM", value_parser = PossibleValuesParser::new(["mail", "mbox", "whatsapp", "chat", "json", "sms", "calendar"]))]
    form: Option<String>,
    /// Your name or address in them (you can give this more than once); me.toml counts too
    #[arg(long, value_name = "NAME")]
    me: Vec<String>,
    /// Only messages from or to this address, domain, name or number
    #[arg(long, value_name = "WHO")]
    with: Option<String>,
    /// Only from this day on
    #[arg(long, value_name = "DATE", value_parser = crate::days::been)]
    since: Option<Date>,
    /// The day a chat began, if it shows only times
    #[arg(long, value_name = "DATE", value_parser = crate::days::been)]
    on: Option<Date>,
    /// How days such as 03/04/2026 are meant
    #[arg(long, value_name = "ORDER", value_parser = ["day-first", "month-first"])]
    days: Option<String>,
    /// Also show messages that nothing links to the case
    #[arg(long)]
    all: bool,
    /// Show what would be written, and write nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Keep everything that is linked to the case, without asking
    #[arg(long)]
    yes: bool,
    /// Keep the contact points that the company gives in your own directory, with the name of who wrote them
    #[arg(long)]
    contacts: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    at: Where,
}

/// What a user says to a proposal.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Say {
    Yes,
    No,
    All,
    Quit,
    Whole,
}

pub(super) fn run(options: &ImportMail, settings: &Settings) -> Result<bool, Failure> {
    let place = options.at.place(settings)?;
    let asks = io::stdin().is_terminal() && !options.json;
    if !options.dry_run && !options.yes && !asks {
        return Err(Failure::Desk(wrong(
            "nothing is kept until you agree: look with --dry-run, then give --yes".to_owned(),
        )));
    }
    let mut request = request(options, &place)?;
    let mut mailbox = import::FromMailbox::default();
    if let Some(server) = &options.imap {
        mailbox = wait(import::fetch(&place, &options.case, &account(options, server, settings)?))??;
        request.from.append(&mut mailbox.origins);
    }
    let mut import = wait(import::look(&place, &options.case, &request))??;
    import.already += mailbox.already;
    import.faults.append(&mut mailbox.faults);
    let touching: Vec<&Proposal> = import.proposals.iter().filter(|one| one.touches || options.all).collect();
    let apart = import.proposals.len() - touching.len();
    if options.json {
        return json(options, &place, &import, &touching);
    }
    let mut out = anstream::stdout();
    for fault in &import.faults {
        writeln!(
            anstream::stderr(),
            "{FAIR}not read:{FAIR:#} {}: {}",
            clean(&fault.file),
            clean(&fault.why)
        )?;
    }
    if import.already > 0 {
        writeln!(out, "there already: {}", counted(import.already, "message"))?;
    }
    if apart > 0 {
        writeln!(out, "probably about something else: {}; --all shows them", counted(apart, "message"))?;
    }
    if touching.is_empty() {
        writeln!(out, "nothing new for {}", options.case)?;
        return Ok(import.faults.is_empty() && import.already > 0);
    }
    let chosen = if options.dry_run || options.yes {
        for one in &touching {
            draw(&mut out, one)?;
        }
        if options.dry_run {
            writeln!(out, "{} would be kept; nothing was written", counted(touching.len(), "message"))?;
            return Ok(true);
        }
        touching.iter().map(|one| one.key.clone()).collect()
    } else {
        ask(&mut out, &mut io::stdin().lock(), &touching)?
    };
    let done = wait(import::keep(&place, &import, &chosen))??;
    let told = told(&import, &chosen);
    summary(&mut out, options, &done)?;
    if !told.is_empty() && chosen_contacts(&mut out, options, asks && !options.yes, &told)? {
        let company = wait(case::show(&place, &options.case))??.company;
        let kept = wait(import::keep_contacts(&place, &company, &told, place.now.date()))??;
        writeln!(
            out,
            "now in your own directory, with the name of who wrote them: {}",
            counted(kept, "contact point")
        )?;
    }
    Ok(true)
}

fn request(options: &ImportMail, place: &Place) -> Result<ImportRequest, Failure> {
    let mut me = options.me.clone();
    let own = desk::me::load(&place.data)?;
    me.extend(own.name);
    me.extend(own.email);
    me.extend(own.phone);
    Ok(ImportRequest {
        from: options.files.iter().cloned().map(Origin::Path).collect(),
        form: options.form.clone(),
        me,
        with: options.with.clone(),
        since: options.since,
        on: options.on,
        day_first: options.days.as_deref().map(|days| days == "day-first"),
    })
}

/// Gathers how a mailbox is asked. The password never stands on the command line.
fn account(options: &ImportMail, server: &str, settings: &Settings) -> Result<Mailbox, Failure> {
    let (host, port) = match server.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') => {
            let port = port.parse().map_err(|_| Failure::Desk(wrong(format!("`{port}` is not a port"))))?;
            (host.to_owned(), Some(port))
        }
        _ => (server.trim_matches(['[', ']']).to_owned(), None),
    };
    let password = match (&options.password_command, &settings.imap_password) {
        (Some(command), _) => printed(command)?,
        (None, Some(password)) => password.clone(),
        (None, None) if io::stdin().is_terminal() => {
            Secret::new(rpassword::prompt_password("Password of the mailbox: ")?)
        }
        (None, None) => {
            return Err(Failure::Desk(wrong(
                "no password: give a command that prints it with --password-command, or UPSTAIRS_IMAP_PASSWORD".to_owned(),
            )));
        }
    };
    let extra_roots = match &options.ca {
        Some(file) => std::fs::read(file).map_err(|error| {
            Failure::Desk(wrong(desk::broken::unread(&file.display().to_string(), &error)))
        })?,
        None => Vec::new(),
    };
    Ok(Mailbox {
        host,
        port,
        security: match options.security.as_str() {
            "starttls" => Security::StartTls,
            "none" => Security::Plain,
            _ => Security::Tls,
        },
        user: options.user.clone().unwrap_or_default(),
        password,
        extra_roots,
        folder: options.folder.clone(),
        with: options.with.clone(),
        since: options.since,
    })
}

/// Returns the first line that a command prints.
fn printed(command: &str) -> Result<Secret, Failure> {
    let failed = |why: String| Failure::Desk(wrong(format!("--password-command: {why}")));
    let (shell, flag) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
    let output = std::process::Command::new(shell)
        .args([flag, command])
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().next().unwrap_or_default().to_owned();
    if !output.status.success() || line.is_empty() {
        return Err(failed("it printed no password".to_owned()));
    }
    Ok(Secret::new(line))
}

/// Answers for a program: what was found, and what was kept where `--yes` was given.
fn json(
    options: &ImportMail,
    place: &Place,
    import: &Import,
    touching: &[&Proposal],
) -> Result<bool, Failure> {
    let mut kept = None;
    if options.yes {
        let chosen: Vec<String> = touching.iter().map(|one| one.key.clone()).collect();
        kept = Some(wait(import::keep(place, import, &chosen))??);
        if options.contacts {
            let company = wait(case::show(place, &options.case))??.company;
            wait(import::keep_contacts(place, &company, &told(import, &chosen), place.now.date()))??;
        }
    }
    let views: Vec<_> = touching.iter().map(|one| one.view()).collect();
    let answer = json!({
        "case": import.case,
        "proposals": views,
        "already": import.already,
        "apart": import.proposals.len() - touching.len(),
        "faults": import.faults,
        "kept": kept,
    });
    let mut out = anstream::stdout();
    serde_json::to_writer_pretty(&mut out, &answer).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(!touching.is_empty() || import.already > 0)
}

/// Returns the contact points that the chosen messages give, each once.
fn told(import: &Import, chosen: &[String]) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for one in import.proposals.iter().filter(|one| chosen.contains(&one.key)) {
        for told in &one.contacts {
            if !all.iter().any(|known| known.value.eq_ignore_ascii_case(&told.value)) {
                all.push(told.clone());
            }
        }
    }
    all
}

/// Asks whether contact points go into the directory.
fn chosen_contacts(
    out: &mut impl Write,
    options: &ImportMail,
    asks: bool,
    told: &[Told],
) -> io::Result<bool> {
    if options.contacts {
        return Ok(true);
    }
    writeln!(out, "the company gives in them:")?;
    for one in told {
        writeln!(out, "  {} {}  {DIM}({}){DIM:#}", one.channel, clean(&one.value), clean(&one.told_by))?;
    }
    if !asks {
        writeln!(out, "{DIM}--contacts keeps these in your own directory{DIM:#}")?;
        return Ok(false);
    }
    write!(out, "Keep these in your own directory, with the name of who wrote them? [y/N] ")?;
    out.flush()?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line.trim().to_lowercase().starts_with('y'))
}

/// Shows proposal after proposal and asks; returns the keys of those that got a yes.
fn ask(
    out: &mut impl Write,
    input: &mut impl BufRead,
    proposals: &[&Proposal],
) -> Result<Vec<String>, Failure> {
    let mut chosen = Vec::new();
    for (at, one) in proposals.iter().enumerate() {
        draw(out, one)?;
        loop {
            write!(out, "Keep it? [y]es, [n]o, [a]ll from here on, [w]hole text, [q]uit: ")?;
            out.flush()?;
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                return Err(Failure::Desk(wrong("the questions ended: nothing was kept".to_owned())));
            }
            match say(&line) {
                Some(Say::Yes) => chosen.push(one.key.clone()),
                Some(Say::No) => {}
                Some(Say::All) => {
                    chosen.extend(proposals.get(at..).unwrap_or_default().iter().map(|one| one.key.clone()));
                    return Ok(chosen);
                }
                Some(Say::Quit) => return Ok(chosen),
                Some(Say::Whole) => {
                    writeln!(out, "{}\n", paragraphs(one.message.text.as_deref().unwrap_or("(no words)")))?;
                    continue;
                }
                None => {
                    writeln!(out, "y, n, a, w or q")?;
                    continue;
                }
            }
            break;
        }
    }
    Ok(chosen)
}

fn say(line: &str) -> Option<Say> {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" | "j" | "ja" | "o" | "oui" | "s" | "si" | "sí" => Some(Say::Yes),
        "n" | "no" | "nein" | "non" => Some(Say::No),
        "a" | "all" => Some(Say::All),
        "w" | "whole" | "?" => Some(Say::Whole),
        "q" | "quit" => Some(Say::Quit),
        _ => None,
    }
}

/// Makes a text of many lines safe to show.
fn paragraphs(text: &str) -> String {
    text.lines().map(clean).collect::<Vec<_>>().join("\n")
}

/// Draws a proposal.
fn draw(out: &mut impl Write, one: &Proposal) -> io::Result<()> {
    writeln!(out, "{BOLD}{}. {}{BOLD:#}", one.number, clean(&one.title))?;
    let view = one.view();
    for line in &view.lines {
        let mut about = vec![line.kind.replace('_', " ")];
        about.extend(line.rung.as_ref().map(|rung| rung.replace('_', " ")));
        about.extend(line.person.as_ref().map(|person| clean(person)));
        about.extend(line.due.as_ref().map(|due| format!("due {due}")));
        about.extend(line.amount.clone());
        let time = line.time.as_ref().map_or(String::new(), |time| format!(" {time}"));
        let who = if line.by == "customer" { "you" } else { &line.by };
        let text: String = clean(&line.text).chars().take(SHOWN).collect();
        writeln!(out, "   {}{time} {GOOD}{who}{GOOD:#} {DIM}({}){DIM:#} {text}", line.on, about.join(", "))?;
    }
    if !view.references.is_empty() {
        writeln!(out, "   references: {}", clean(&view.references.join(", ")))?;
    }
    if let Some(tried) = &view.tried {
        writeln!(out, "   {FAIR}of no use any more:{FAIR:#} {}", clean(&tried.contact))?;
        if let Some(next) = tried.instead.first() {
            writeln!(out, "   the next best: {}", clean(next))?;
        }
    }
    for (name, bytes) in &view.attached {
        writeln!(out, "   evidence: {} ({} kB)", clean(name), bytes.div_ceil(1024))?;
    }
    for note in &view.notes {
        writeln!(out, "   {FAIR}mind:{FAIR:#} {}", clean(note))?;
    }
    Ok(())
}

fn summary(out: &mut impl Write, options: &ImportMail, done: &Imported) -> io::Result<()> {
    writeln!(
        out,
        "{} kept in {}: {} of the log, {} as evidence",
        counted(done.messages, "message"),
        options.case,
        counted(done.lines, "line"),
        counted(done.files, "file")
    )?;
    for tried in &done.tried {
        let next = if tried.instead.is_empty() {
            "nothing else on its rung is known: `upstairs case refresh` looks again".to_owned()
        } else {
            format!("next: {}", clean(&tried.instead.join(", ")))
        };
        writeln!(out, "{} left the ladder of the case; {next}", clean(&tried.contact))?;
    }
    super::write::masked_note(out, done.masked)?;
    for name in &done.in_files {
        writeln!(
            out,
            "   `{}` contains a card or id number: it is kept as it came, as evidence, with the number readable; black it out before you send it",
            clean(name)
        )?;
    }
    for fault in &done.faults {
        writeln!(out, "{FAIR}not kept:{FAIR:#} {}: {}", clean(&fault.file), clean(&fault.why))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_understood_and_anything_else_is_asked_again() {
        for (text, want) in [
            ("y\n", Some(Say::Yes)),
            (" No ", Some(Say::No)),
            ("ja", Some(Say::Yes)),
            ("a", Some(Say::All)),
            ("", None),
            ("maybe", None),
        ] {
            assert_eq!(say(text), want, "{text:?}");
        }
    }
}
