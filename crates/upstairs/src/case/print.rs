//! Cases drawn for a terminal.

use std::fmt::Write as _;
use std::io::{self, Write};

use desk::case::{CaseView, DueView, EntryView, ListView};
use jiff::civil::Date;

use crate::draw::{BOLD, DIM, FAIR, GOOD, POOR, clean};

/// Writes the lines that run the reminders every morning; what the run needs of the environment stands in them, for a timer has none.
pub(super) fn install(program: &str, days: u16, environment: &[(&str, String)]) -> String {
    let (mut cron, mut unit) = (String::new(), String::new());
    for (name, value) in environment {
        // In a table of cron, `%` ends a line.
        let _ = write!(cron, "{name}={} ", in_shell(value).replace('%', "\\%"));
        let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('%', "%%");
        let _ = writeln!(unit, "    Environment=\"{name}={value}\"");
    }
    format!(
        "\
With cron (crontab -e), every day at nine; what is due comes as a mail:

    0 9 * * * {cron}{program} remind --days {days}

With systemd, as files of your own in ~/.config/systemd/user, then
`systemctl --user enable --now upstairs-remind.timer`; what is due comes as a notice:

    # upstairs-remind.service
    [Service]
    Type=oneshot
{unit}    ExecStart=sh -c 'notify-send Upstairs \"$({program} remind --days {days})\"'

    # upstairs-remind.timer
    [Timer]
    OnCalendar=*-*-* 09:00
    Persistent=true
    [Install]
    WantedBy=timers.target
"
    )
}

/// Writes a value as one word of a shell.
fn in_shell(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-:@+,".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}

/// Draws a list of cases.
pub(super) fn list(out: &mut impl Write, cases: &[ListView]) -> io::Result<()> {
    let width = cases.iter().map(|case| case.id.len()).max().unwrap_or(0);
    for case in cases {
        let closed = if case.status == "closed" { " (closed)" } else { "" };
        writeln!(out, "{BOLD}{:width$}{BOLD:#}  {}{closed}", case.id, clean(&case.company))?;
        if !case.title.is_empty() {
            writeln!(out, "{:width$}  {DIM}{}{DIM:#}", "", clean(&case.title))?;
        }
    }
    Ok(())
}

/// Draws a case at a glance.
pub(super) fn case(out: &mut impl Write, view: &CaseView) -> io::Result<()> {
    let out = &mut crate::wrap::Lines::new(out);
    writeln!(out, "{BOLD}{}{BOLD:#}  {DIM}{} · {}{DIM:#}", clean(&view.company), view.id, view.country)?;
    if let Some(what) = &view.what {
        writeln!(out, "  {}", clean(what))?;
    }
    let mut facts: Vec<String> = Vec::new();
    facts.extend(view.since.as_ref().map(|day| format!("since {day}")));
    facts.extend(view.amount.clone());
    facts.extend(view.wanted.as_ref().map(|wish| format!("wanted: {wish}")));
    facts.extend(view.least.as_ref().map(|least| format!("at least {least}")));
    if !view.references.is_empty() {
        facts.push(format!("references {}", view.references.join(", ")));
    }
    if !facts.is_empty() {
        writeln!(out, "  {DIM}{}{DIM:#}", clean(&facts.join(" · ")))?;
    }
    if let Some(outcome) = &view.outcome {
        writeln!(out, "  closed: {}", clean(outcome))?;
    }
    if let Some(holder) = &view.holder {
        let who = match holder.who.as_str() {
            "customer" => "your move",
            "company" => "the company's move",
            _ => "the outside body's move",
        };
        let days = if holder.days == 1 { "1 day".to_owned() } else { format!("{} days", holder.days) };
        writeln!(out, "  it is {BOLD}{who}{BOLD:#}, since {} ({days})", holder.since)?;
    }
    for promise in view.promises.iter().filter(|promise| matches!(promise.state, "open" | "broken")) {
        let style = if promise.state == "broken" { POOR } else { FAIR };
        let due = promise.due.as_ref().map_or(String::new(), |day| format!(" for {day}"));
        writeln!(
            out,
            "  {style}promise {}{style:#}{due}: {} ({})",
            promise.state,
            clean(&promise.text),
            promise.event
        )?;
    }
    if !view.evidence.is_empty() {
        writeln!(out, "  evidence: {}", clean(&view.evidence.join("; ")))?;
    }
    if let Some(last) = view.timeline.last() {
        write!(out, "  last: ")?;
        entry(out, last)?;
    }
    writeln!(out)?;
    if view.status == "closed" {
        return writeln!(out, "closed: `upstairs case reopen {}` opens it again", view.id);
    }
    crate::advise::print(out, &view.next)?;
    if !view.next.questions.is_empty() {
        writeln!(out, "to fill in what is missing: `upstairs case edit {}`", view.id)?;
    }
    writeln!(out, "{DIM}{}{DIM:#}", desk::advise::NOT_LEGAL_ADVICE)
}

/// Draws the whole log.
pub(super) fn timeline(out: &mut impl Write, view: &CaseView) -> io::Result<()> {
    let out = &mut crate::wrap::Lines::new(out);
    writeln!(out, "{BOLD}{}{BOLD:#}  {DIM}{}{DIM:#}", clean(&view.company), view.id)?;
    if view.timeline.is_empty() {
        writeln!(out, "  nothing is written down yet: `upstairs case log {} \"…\"` adds a line", view.id)?;
    }
    for line in &view.timeline {
        entry(out, line)?;
    }
    for note in &view.notes {
        writeln!(out, "{DIM}{:<4}{DIM:#} {} {DIM}(note){DIM:#} {}", note.event, note.on, clean(&note.text))?;
    }
    Ok(())
}

/// Draws one line of the log.
fn entry(out: &mut impl Write, line: &EntryView) -> io::Result<()> {
    let time = line.time.as_ref().map_or(String::new(), |time| format!(" {time}"));
    let who = if line.by == "customer" { "you" } else { &line.by };
    let mut about: Vec<String> = vec![line.kind.replace('_', " ")];
    about.extend(line.channel.as_ref().map(|channel| format!("by {channel}")));
    about.extend(line.rung.as_ref().map(|rung| rung.replace('_', " ")));
    about.extend(line.person.as_ref().map(|person| clean(person)));
    about.extend(line.reference.as_ref().map(|reference| format!("ref. {}", clean(reference))));
    about.extend(line.due.as_ref().map(|due| format!("due {due}")));
    about.extend(line.amount.clone());
    writeln!(
        out,
        "{DIM}{:<4}{DIM:#} {}{time} {GOOD}{who}{GOOD:#} {DIM}({}){DIM:#} {}",
        line.event,
        line.on,
        about.join(", "),
        clean(&line.text)
    )
}

/// Draws days to keep.
pub(super) fn days(out: &mut impl Write, days: &[DueView], today: Date) -> io::Result<()> {
    let out = &mut crate::wrap::Lines::new(out);
    if days.is_empty() {
        writeln!(out, "no dates to watch are known")?;
    }
    for day in days {
        let left = day.day.parse::<Date>().ok().map(|date| (date - today).get_days());
        let style = match left {
            Some(..=3) => POOR,
            Some(4..=14) => FAIR,
            _ => GOOD,
        };
        let hours = match (&day.from, &day.to) {
            (Some(from), Some(to)) => format!(" {from}–{to}"),
            (Some(from), None) => format!(" {from}"),
            _ => String::new(),
        };
        let left = match left {
            Some(0) => "today".to_owned(),
            Some(1) => "tomorrow".to_owned(),
            Some(-1) => "1 day overdue".to_owned(),
            Some(days @ ..=-2) => format!("{} days overdue", -days),
            Some(days) => format!("in {days} days"),
            None => String::new(),
        };
        writeln!(
            out,
            "{style}{}{hours}{style:#} ({left})  {BOLD}{}{BOLD:#}: {}",
            day.day,
            clean(&day.company),
            clean(&day.what)
        )?;
        writeln!(out, "   {DIM}{} · {}{DIM:#}", day.case, clean(&day.calculation))?;
    }
    Ok(())
}
