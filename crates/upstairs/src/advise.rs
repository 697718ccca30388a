//! `upstairs advise`: cases in as JSON, the next step of each out.
//!
//! With `--jsonl` one situation a line is read from standard input and answered in the same order; else each file named is
//! read. One that cannot be understood is told and the rest goes on; the exit code is then 1.

use std::fmt::Write as _;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use desk::advise::{self, AdviceAnswer, Step, StepView};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::requests;

/// Which cases to advise on, and how to print the advice.
#[derive(Args, Debug)]
pub(crate) struct Advise {
    /// Cases, one JSON object per file: {"now","case"}
    #[arg(required_unless_present = "jsonl", conflicts_with = "jsonl")]
    files: Vec<PathBuf>,
    /// Read cases from standard input, one JSON object per line: {"id","now","case"}
    #[arg(long)]
    jsonl: bool,
    /// Print JSON, one object per file
    #[arg(long)]
    json: bool,
    /// Show every rule, whether it applies, and why
    #[arg(long)]
    all: bool,
}

/// Runs the command.
///
/// # Errors
///
/// Where standard input or output fails.
pub(crate) fn run(options: &Advise) -> io::Result<ExitCode> {
    if options.jsonl { lines(options) } else { files(options) }
}

/// Returns today, for a case that names no day.
fn today() -> Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::system()).date()
}

/// Answers cases from standard input.
fn lines(options: &Advise) -> io::Result<ExitCode> {
    let take = |line: &[u8]| Ok(String::from_utf8_lossy(line).into_owned());
    let all = requests::serve(advise::MOST_BYTES as u64 + 1, take, |text: String| {
        advise::advise(&text, None, options.all).map_err(|error| {
            let value = serde_json::from_str::<Value>(&text).ok();
            (value.and_then(|value| value.get("id").cloned()).unwrap_or_default(), error.to_string())
        })
    })?;
    Ok(requests::code(all))
}

/// Advises on the files named.
fn files(options: &Advise) -> io::Result<ExitCode> {
    let mut out = anstream::stdout().lock();
    let mut failed = false;
    let mut advised = false;
    for file in &options.files {
        match read(file).and_then(|text| {
            advise::advise(&text, Some(today()), options.all)
                .map_err(|error| format!("{}: {error}", file.display()))
        }) {
            Err(error) => {
                failed = true;
                if options.json {
                    writeln!(out, "{}", json!({"id": file.display().to_string(), "error": error}))?;
                }
                writeln!(anstream::stderr(), "{error}")?;
            }
            Ok(answer) if options.json => {
                serde_json::to_writer(&mut out, &answer)?;
                writeln!(out)?;
            }
            Ok(answer) => {
                advised = true;
                print(&mut out, &answer)?;
            }
        }
    }
    if advised {
        writeln!(out, "{}", advise::NOT_LEGAL_ADVICE)?;
    }
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads a file that is not too large.
fn read(file: &Path) -> Result<String, String> {
    let unread = |error: io::Error| desk::broken::unread(&file.display().to_string(), &error);
    let opened = std::fs::File::open(file).map_err(unread)?;
    let most = u64::try_from(advise::MOST_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut text = String::new();
    opened.take(most).read_to_string(&mut text).map_err(unread)?;
    Ok(text)
}

/// Prints advice for a person to read.
pub(crate) fn print(out: &mut impl Write, answer: &AdviceAnswer) -> io::Result<()> {
    let out = &mut crate::wrap::Lines::new(out);
    if let Some((first, beside)) = answer.advice.split_first() {
        writeln!(out, "Next step: {}", headline(first))?;
        reasons(out, first)?;
        for step in beside {
            writeln!(out, "At the same time: {}", headline(step))?;
            reasons(out, step)?;
        }
    }
    for question in &answer.questions {
        writeln!(out, "Missing ({}): {}\n  Why: {}", question.missing, question.ask, question.why)?;
    }
    match &answer.then {
        Some(then) if answer.advice.is_empty() => writeln!(out, "The case is {then}")?,
        Some(then) => writeln!(out, "Then, {then}")?,
        None => {}
    }
    if !answer.not_yet.is_empty() {
        writeln!(out, "Not yet:")?;
        for gate in &answer.not_yet {
            let who = gate.body.clone().unwrap_or_else(|| gate.rung.replace('_', " "));
            writeln!(
                out,
                "  {who}: {}{}",
                gate.verdict,
                if gate.why.is_empty() { String::new() } else { format!(" ({})", gate.why) }
            )?;
        }
    }
    let ahead = answer.deadlines.iter().collect::<Vec<_>>();
    if !ahead.is_empty() || !answer.later.is_empty() || !answer.withheld.is_empty() {
        writeln!(out, "Dates to watch:")?;
        for deadline in ahead {
            let passed = if deadline.passed { " (passed)" } else { "" };
            writeln!(out, "  {}{passed}  {}", deadline.day, crate::draw::clean(&deadline.what))?;
        }
        for later in &answer.later {
            writeln!(out, "  later       {}: {}", later.body_name, later.what)?;
        }
        for withheld in &answer.withheld {
            let day = withheld.day.as_deref().unwrap_or("no last day");
            writeln!(out, "  {day:<10}  {}: {}", withheld.name, withheld.why)?;
        }
    }
    if let Some(playbook) = &answer.playbook {
        writeln!(out, "{}:", playbook.title)?;
        for (number, step) in playbook.steps.iter().enumerate() {
            writeln!(out, "  {}. {step}", number + 1)?;
        }
        writeln!(out, "  Collect: {}", playbook.evidence.join(", "))?;
        for right in &playbook.rights {
            writeln!(out, "  Right: {right}")?;
        }
    }
    if !answer.rules.is_empty() {
        writeln!(out, "Rules:")?;
        for rule in &answer.rules {
            writeln!(out, "  {:<11} {:<22} {}", rule.fate, rule.rule, rule.why)?;
        }
    }
    writeln!(out)
}

/// Says a step in one line.
fn headline(step: &StepView) -> String {
    let what = match step.step {
        Step::Prepare => "prepare: collect what is missing",
        Step::ContactFrontLine => "contact the front line",
        Step::Wait => "wait",
        Step::Chase => "remind them",
        Step::Answer => "answer what you were asked",
        Step::ChallengeGeneric => "point out what they did not answer",
        Step::AskSupervisor => "ask for a supervisor",
        Step::Complain => "complain formally, in writing",
        Step::NextStage => "go to the next stage of the company's procedure",
        Step::Executive => "write to the executive office",
        Step::LegalNotice => "send a formal notice",
        Step::GoAdr => "take the case to the ombudsman or scheme",
        Step::TellRegulator => "contact the regulator or agency",
        Step::ClaimPaymentRight => "claim the money back through your bank or payment service",
        Step::Negotiate => "make a counter-offer",
        Step::Accept => "accept the offer, in writing",
        // What was written already is not written again.
        Step::Court if step.rule == "letter-unanswered" => "file the claim",
        Step::Court if step.rule == "court-under-way" => "continue at court",
        Step::Court => "send a letter before action, then file the claim",
        Step::Close => "close the case",
        Step::Reopen => "reopen the matter",
    };
    let mut line = what.to_owned();
    if let Some(name) = step.body_name.as_ref().or(step.body.as_ref()) {
        let _ = write!(line, " ({name})");
    } else if let Some(rung) = &step.rung {
        let rung = rung.replace('_', " ");
        // What is said already is not said twice.
        if !what.contains(&rung) {
            let _ = write!(line, " ({rung})");
        }
    }
    if let Some(day) = &step.not_before {
        let _ = write!(line, ", until {day}");
    }
    if let Some(day) = &step.by {
        let _ = write!(line, ", by {day} at the latest");
    }
    line
}

/// Prints what a step rests on.
fn reasons(out: &mut impl Write, step: &StepView) -> io::Result<()> {
    // A chain of reasons in one sentence is not read to its end.
    for (at, reason) in step.reasons.iter().enumerate() {
        let lead = if at == 0 { "  Why: " } else { "     - " };
        let options = crate::wrap::options(crate::wrap::width(), lead, "       ");
        writeln!(out, "{}", textwrap::fill(reason, options))?;
    }
    for contact in &step.through {
        let label = contact.label.as_ref().map_or(String::new(), |label| format!(" ({label})"));
        let value = desk::words::value(&contact.channel, &contact.value);
        writeln!(out, "  {:<9} {value}{label}", contact.channel)?;
    }
    for source in step.sources.iter().take(2) {
        writeln!(out, "  see {source}")?;
    }
    Ok(())
}
