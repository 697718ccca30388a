//! Many inputs, each answered by itself: requests on standard input, one JSON object a line, and files named.

use std::io::{self, BufRead, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The longest line that names a file, in bytes.
pub(crate) const MOST_LINE: u64 = 1 << 20;
/// The longest line that holds a text itself, in bytes.
pub(crate) const MOST_TEXT: u64 = 32 << 20;

/// What could not be answered: the id of the request, null where none was read, and what is wrong.
pub(crate) type Refused = (Value, String);

/// Answers requests to the end of standard input, each by itself: one that cannot be read or answered gets its error on its own line of
/// the answers, and the next is read. Returns whether all were answered.
///
/// A line may have `most` bytes. An error of one that cannot be read names the line, and stands under its number where it has no id.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn serve<R, A: Serialize>(
    most: u64,
    parse: impl Fn(&[u8]) -> Result<R, Refused>,
    mut answer: impl FnMut(R) -> Result<A, Refused>,
) -> io::Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut input = io::stdin().lock();
    let mut all = true;
    let mut number = 0_usize;
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.by_ref().take(most).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        number += 1;
        let too_long = line.len() as u64 == most && !line.ends_with(b"\n");
        if too_long {
            input.skip_until(b'\n')?;
        } else if line.trim_ascii().is_empty() {
            continue;
        }
        let request = if too_long {
            Err((Value::Null, format!("this line is longer than {} KiB", most >> 10)))
        } else {
            parse(&line)
        };
        let answered =
            request.map_err(|(id, error)| (id, format!("line {number}: {error}"))).and_then(&mut answer);
        match answered {
            Ok(answer) => serde_json::to_writer(&mut out, &answer)?,
            Err((id, error)) => {
                all = false;
                let id = if id.is_null() { number.into() } else { id };
                serde_json::to_writer(&mut out, &json!({"id": id, "error": error}))?;
            }
        }
        out.write_all(b"\n")?;
        out.flush()?;
    }
    Ok(all)
}

/// Takes a line for a request of its kind, with its id.
pub(crate) fn parse<R: DeserializeOwned>(line: &[u8]) -> Result<(Value, R), Refused> {
    let value: Value = serde_json::from_slice(line).map_err(|error| (Value::Null, error.to_string()))?;
    let id = value.get("id").cloned().unwrap_or_default();
    serde_json::from_value(value)
        .map(|request| (id.clone(), request))
        .map_err(|error| (id, error.to_string()))
}

/// The exit code where all that counts is whether every request was answered.
pub(crate) fn code(all: bool) -> ExitCode {
    if all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// How the answers of a command are told.
pub(crate) struct Telling<A> {
    /// Whether as JSON, one object a file.
    pub(crate) json: bool,
    /// Whether an answer holds what was looked for.
    pub(crate) found: fn(&A) -> bool,
    /// Writes an answer for a person to read.
    pub(crate) print: fn(&mut dyn Write, &A) -> io::Result<()>,
}

/// Answers the files named, each by itself: one that cannot be read is told, and the next is read. The exit code says whether something
/// was found and nothing failed.
///
/// # Errors
///
/// Where standard output fails.
pub(crate) fn files<A: Serialize>(
    files: &[PathBuf],
    telling: &Telling<A>,
    mut answer: impl FnMut(&Path) -> Result<A, String>,
) -> io::Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    let (mut found, mut failed) = (false, false);
    for file in files {
        match answer(file) {
            Err(error) => {
                failed = true;
                if telling.json {
                    writeln!(out, "{}", json!({"id": file.display().to_string(), "error": error}))?;
                }
                writeln!(anstream::stderr(), "{error}")?;
            }
            Ok(answer) => {
                found |= (telling.found)(&answer);
                if telling.json {
                    serde_json::to_writer(&mut out, &answer)?;
                    writeln!(out)?;
                } else {
                    (telling.print)(&mut out, &answer)?;
                }
            }
        }
    }
    Ok(code(found && !failed))
}
