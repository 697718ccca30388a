//! `upstairs account`: who may come in to the server of an advice centre. For whoever keeps it, at its terminal.

use std::fs;
use std::io::{self, IsTerminal as _, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use desk::accounts::{AccountError, AccountView, NewAccount, Reception, Role, password};
use desk::case::Address;
use jiff::Timestamp;

use crate::case::Where;
use crate::draw::clean;
use crate::settings::Settings;

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub(crate) enum Account {
    /// Make an account; the organisation is made with its first account
    Add(Add),
    /// List every account
    List(List),
    /// Close an account: it is logged out at once and cannot log in again
    Disable(Named),
    /// Open a closed account again
    Enable(Named),
    /// Give an account another password; it is logged out everywhere
    Password(Password),
    /// Give an account another role: adviser, supervisor or read-only
    Role(GiveRole),
    /// Give cases to an account: those of a single user, or another adviser's
    Give(Give),
    /// What was done: who logged in, who read or wrote which case; `--verify` proves that nothing was changed
    Log(Log),
}

/// A role as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RoleWord {
    /// Works on the cases that are theirs
    Adviser,
    /// Works on every case of the organisation
    Supervisor,
    /// Reads every case of the organisation
    ReadOnly,
}

impl RoleWord {
    const fn role(self) -> Role {
        match self {
            Self::Adviser => Role::Adviser,
            Self::Supervisor => Role::Supervisor,
            Self::ReadOnly => Role::ReadOnly,
        }
    }
}

/// Where a password comes from.
#[derive(Args, Debug)]
pub(crate) struct PasswordFrom {
    /// Make a password, print it once, and have it changed at the first coming in
    #[arg(long, conflicts_with = "password_file")]
    generate: bool,
    /// Take the password from the first line of a file, or of standard input for `-`; else you are asked for it
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// A new account.
#[derive(Args, Debug)]
pub(crate) struct Add {
    /// The name that is typed to come in
    name: String,
    /// The organisation whose cases it works on, as one word
    #[arg(long, value_name = "ORGANISATION")]
    organisation: String,
    /// What it may do
    #[arg(long, value_enum, default_value = "adviser")]
    role: RoleWord,
    #[command(flatten)]
    from: PasswordFrom,
    #[command(flatten)]
    place: Where,
}

/// A list.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Where,
}

/// An account.
#[derive(Args, Debug)]
pub(crate) struct Named {
    /// The name of the account
    name: String,
    #[command(flatten)]
    place: Where,
}

/// A new password.
#[derive(Args, Debug)]
pub(crate) struct Password {
    /// The name of the account
    name: String,
    #[command(flatten)]
    from: PasswordFrom,
    #[command(flatten)]
    place: Where,
}

/// Another role.
#[derive(Args, Debug)]
pub(crate) struct GiveRole {
    /// The name of the account
    name: String,
    /// What it may do
    #[arg(value_enum)]
    role: RoleWord,
    #[command(flatten)]
    place: Where,
}

/// Cases to give.
#[derive(Args, Debug)]
pub(crate) struct Give {
    /// The ids of the cases
    #[arg(required = true)]
    cases: Vec<String>,
    /// The name of the account
    #[arg(long, value_name = "NAME")]
    to: String,
    #[command(flatten)]
    place: Where,
}

/// The log.
#[derive(Args, Debug)]
pub(crate) struct Log {
    /// At most this many, the newest
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    limit: u32,
    /// Prove that everything stands as it was written
    #[arg(long)]
    verify: bool,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Where,
}

/// Why the command failed.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Account(#[from] AccountError),
    #[error(transparent)]
    Case(#[from] desk::case::CaseDeskError),
    #[error("{}", desk::broken::unread(path, error))]
    File { path: String, error: io::Error },
    #[error("the passwords are not the same")]
    Differ,
    #[error(
        "there is no terminal to ask you on: name a file that holds the password with --password-file FILE, or make one with --generate"
    )]
    NoTerminal,
    #[error(transparent)]
    Out(#[from] io::Error),
}

/// Runs the command.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn run(what: &Account, settings: &Settings) -> io::Result<ExitCode> {
    match go(what, settings) {
        Ok(code) => Ok(code),
        Err(Failure::Out(error)) => Err(error),
        Err(failure) => {
            let hint = match &failure {
                Failure::Account(error) => error.hint(),
                Failure::Case(error) => error.hint(),
                _ => None,
            };
            writeln!(
                anstream::stderr(),
                "upstairs: {failure}{}",
                hint.map_or(String::new(), |hint| format!("; {hint}"))
            )?;
            Ok(ExitCode::FAILURE)
        }
    }
}

fn go(what: &Account, settings: &Settings) -> Result<ExitCode, Failure> {
    let place = match what {
        Account::Add(Add { place, .. })
        | Account::List(List { place, .. })
        | Account::Disable(Named { place, .. })
        | Account::Enable(Named { place, .. })
        | Account::Password(Password { place, .. })
        | Account::Role(GiveRole { place, .. })
        | Account::Give(Give { place, .. })
        | Account::Log(Log { place, .. }) => place.place(settings)?,
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let reception = Reception::open(&place.data, place.server.as_ref()).await?;
        let now = Timestamp::now();
        let mut out = anstream::stdout();
        match what {
            Account::Add(add) => {
                let (words, made) = password_of(&add.from)?;
                let new = NewAccount {
                    name: add.name.clone(),
                    organisation: add.organisation.clone(),
                    role: add.role.role(),
                    password: words.clone(),
                    provisional: made,
                };
                let view = reception.add(new, now).await?;
                writeln!(out, "{} can log in: {} of {}", view.name, view.role, view.organisation)?;
                told(&mut out, &words, made)?;
            }
            Account::List(list) => return listed(&reception.list().await?, list.json, place.server.as_ref()),
            Account::Disable(one) => {
                reception.set_disabled(&one.name, true, now).await?;
                writeln!(out, "{} is logged out and can no longer log in", clean(&one.name))?;
            }
            Account::Enable(one) => {
                reception.set_disabled(&one.name, false, now).await?;
                writeln!(out, "{} can log in again", clean(&one.name))?;
            }
            Account::Password(one) => {
                let (words, made) = password_of(&one.from)?;
                reception.set_password(&one.name, &words, made, now).await?;
                writeln!(out, "{} has a new password, and is logged out everywhere", clean(&one.name))?;
                told(&mut out, &words, made)?;
            }
            Account::Role(one) => {
                reception.set_role(&one.name, one.role.role(), now).await?;
                writeln!(
                    out,
                    "{} is now {}, and has to log in again",
                    clean(&one.name),
                    one.role.role().id()
                )?;
            }
            Account::Give(give) => {
                for case in &give.cases {
                    reception.give(&place, case, &give.to, now).await?;
                    writeln!(out, "{} is with {}", clean(case), clean(&give.to))?;
                }
            }
            Account::Log(log) => return deeds(&reception, log).await,
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Prints a password that was made.
fn told(out: &mut impl Write, words: &str, made: bool) -> io::Result<()> {
    if made {
        writeln!(out, "password (shown only once; it must be changed at the first login):\n  {words}")?;
    }
    Ok(())
}

/// Returns a password, and whether it was made here.
fn password_of(from: &PasswordFrom) -> Result<(String, bool), Failure> {
    if from.generate {
        return Ok((password::make().map_err(AccountError::Wrong)?, true));
    }
    if let Some(file) = &from.password_file {
        return Ok((first_line(file)?, false));
    }
    if !io::stdin().is_terminal() {
        return Err(Failure::NoTerminal);
    }
    let first = rpassword::prompt_password(format!(
        "Password ({} characters or more; it is not shown): ",
        password::LEAST
    ))?;
    if rpassword::prompt_password("Once more: ")? != first {
        return Err(Failure::Differ);
    }
    Ok((first, false))
}

/// Returns the first line of a file, or of standard input.
fn first_line(file: &Path) -> Result<String, Failure> {
    const MOST: u64 = 4096;
    let mut text = String::new();
    let read = if file == Path::new("-") {
        io::stdin().take(MOST).read_to_string(&mut text)
    } else {
        fs::File::open(file).and_then(|file| file.take(MOST).read_to_string(&mut text))
    };
    read.map_err(|error| Failure::File { path: file.display().to_string(), error })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Prints accounts.
fn listed(accounts: &[AccountView], json: bool, server: Option<&Address>) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    for one in accounts {
        if json {
            serde_json::to_writer(&mut out, one).map_err(io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        let state = match (one.disabled, one.provisional) {
            (true, _) => "  shut",
            (false, true) => "  has not chosen a password yet",
            (false, false) => "",
        };
        writeln!(
            out,
            "{:<24} {:<16} {:<11} since {}{state}",
            one.name, one.organisation, one.role, one.made
        )?;
    }
    if accounts.is_empty() {
        let at = server.map_or(String::new(), |server| format!(" on `{server}`"));
        writeln!(anstream::stderr(), "no account is there{at} yet: `upstairs account add` makes one")?;
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints or proves what was done.
async fn deeds(reception: &Reception, log: &Log) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    if log.verify {
        let proof = reception.prove().await?;
        if let Some(place) = proof.broken {
            writeln!(out, "number {place} is not as it was written; the {} before it are", proof.intact)?;
            return Ok(ExitCode::FAILURE);
        }
        writeln!(out, "{} stand as they were written", proof.intact)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = reception.all_deeds(log.limit).await?;
    rows.reverse();
    for row in rows {
        if log.json {
            serde_json::to_writer(&mut out, &row).map_err(io::Error::from)?;
            writeln!(out)?;
            continue;
        }
        let deed = &row.deed;
        let at: String = deed.at.chars().take(19).collect();
        let about: Vec<&str> = [&deed.case, &deed.about].into_iter().flatten().map(String::as_str).collect();
        let from = deed.from.as_deref().map_or(String::new(), |from| format!("  from {from}"));
        let line = format!(
            "{at}Z  {:<12} {:<20} {}  {}  {}{from}",
            row.organisation,
            deed.who,
            deed.did,
            about.join(" "),
            deed.outcome
        );
        writeln!(out, "{}", clean(&line))?;
    }
    Ok(ExitCode::SUCCESS)
}
