//! `upstairs mcp install`: shows what would change in the configuration of each assistant, asks, and changes it.

use std::io::{self, BufRead as _, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use desk::assistants::{self, AssistantError, Entry, Found, KNOWN, Wanted};

use crate::settings::Settings;

/// `mcp install`.
#[derive(Args, Debug)]
pub(super) struct Install {
    /// Only this assistant, as in `cursor`; else every one that is found (may be repeated)
    #[arg(long, value_name = "NAME")]
    assistant: Vec<String>,
    /// Take Upstairs out again
    #[arg(long)]
    uninstall: bool,
    /// Let the assistant write into the logs of your cases; else it only reads
    #[arg(long)]
    allow_writes: bool,
    /// Make the changes without asking
    #[arg(long)]
    yes: bool,
    /// The folder of your cases that the assistant is to use
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

/// Runs the command. The answer to a question is a line of standard input; its end means no.
///
/// # Errors
///
/// Where standard input or output fails.
pub(super) fn run(options: &Install, settings: &Settings) -> io::Result<ExitCode> {
    let known: Vec<&str> = KNOWN.iter().map(|row| row.id).collect();
    if let Some(unknown) = options.assistant.iter().find(|name| !known.contains(&name.as_str())) {
        let (all, mut stderr) = (known.join(", "), anstream::stderr());
        writeln!(stderr, "upstairs: no assistant `{unknown}` is known here: known are {all}")?;
        return Ok(ExitCode::from(2));
    }
    let Some(machine) = &settings.machine else {
        writeln!(anstream::stderr(), "upstairs: the system does not name your home folder: set HOME")?;
        return Ok(ExitCode::from(2));
    };
    let entry = entry(options, settings)?;
    let mut here = assistants::found(machine);
    here.retain(|found| {
        options.assistant.is_empty() || options.assistant.iter().any(|name| name == found.id)
    });
    let mut out = anstream::stdout().lock();
    if here.is_empty() {
        writeln!(out, "None of these assistants is on this computer:")?;
        for row in KNOWN
            .iter()
            .filter(|row| options.assistant.is_empty() || options.assistant.contains(&row.id.to_owned()))
        {
            writeln!(out, "  {:<16} {}", row.id, row.file(machine).display())?;
        }
        writeln!(out, "\nAny other that speaks MCP takes this:\n{}", assistants::by_hand(&entry))?;
        return Ok(ExitCode::FAILURE);
    }
    let mut failed = false;
    for found in &here {
        match one(&mut out, options, found, &entry) {
            Ok(()) => {}
            Err(Trouble::Io(error)) => return Err(error),
            Err(Trouble::Assistant(error)) => {
                failed = true;
                out.flush()?;
                writeln!(anstream::stderr(), "upstairs: {}: {error}", found.name)?;
                if !options.uninstall {
                    writeln!(out, "  You can add it yourself:\n{}", assistants::by_hand(&entry))?;
                }
            }
        }
    }
    if !options.uninstall {
        let may = if options.allow_writes {
            "read and write your cases"
        } else {
            "read your cases, and write nothing"
        };
        writeln!(
            out,
            "\nAn assistant with this entry can {may}. What it reads goes wherever that assistant sends it."
        )?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Why one assistant could not be served.
enum Trouble {
    Io(io::Error),
    Assistant(AssistantError),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Shows the change of one, asks, and makes it.
fn one(out: &mut impl Write, options: &Install, found: &Found, entry: &Entry) -> Result<(), Trouble> {
    let wanted = if options.uninstall { Wanted::Gone } else { Wanted::There };
    writeln!(out, "{}: {}", found.name, found.file.display())?;
    let Some(plan) = assistants::plan(found, entry, wanted).map_err(Trouble::Assistant)? else {
        writeln!(
            out,
            "  nothing to do: it is {} already",
            if options.uninstall { "not there" } else { "there" }
        )?;
        return Ok(());
    };
    for line in plan.diff().lines() {
        writeln!(out, "  {line}")?;
    }
    out.flush()?;
    if !options.yes && !agreed()? {
        writeln!(out, "  left as it is")?;
        return Ok(());
    }
    let copy = plan.make().map_err(Trouble::Assistant)?;
    writeln!(out, "  done; {}", found.after)?;
    if let Some(copy) = copy {
        writeln!(out, "  the previous version is kept: {}", copy.display())?;
    }
    Ok(())
}

/// Asks whether the change that was shown is to be made.
fn agreed() -> io::Result<bool> {
    let mut stderr = anstream::stderr();
    write!(stderr, "Make this change? [y/N] ")?;
    stderr.flush()?;
    let mut line = String::new();
    if io::stdin().lock().read_line(&mut line)? == 0 {
        writeln!(stderr)?;
    }
    Ok(matches!(line.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Returns how an assistant is to start this very program.
fn entry(options: &Install, settings: &Settings) -> io::Result<Entry> {
    let mut args = vec!["mcp".to_owned()];
    if options.allow_writes {
        args.push("--allow-writes".to_owned());
    }
    // The assistant does not have the environment of this terminal.
    let named = settings.data.as_ref().filter(|_| settings.data_named);
    if let Some(data) = options.data.as_ref().or(named) {
        let data = std::path::absolute(data)?;
        args.extend(["--data".to_owned(), data.display().to_string()]);
    }
    Ok(Entry { command: std::env::current_exe()?.display().to_string(), args })
}
