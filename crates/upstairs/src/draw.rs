//! Drawing an answer on a terminal: a ladder that one can take in at a glance.
//!
//! Text from the web is shown with its control characters taken out, so that no page can move the cursor or paint.
//! Styles are always written; the stream that prints them drops them where the output is no terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use desk::answer::{ContactView, FindAnswer, NextWay, StepView};
use desk::directory::{CandidateView, ChangeView, DirectoryView};
use textwrap::{Options, WordSplitter};

/// How much of an answer to draw.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Detail {
    /// Columns to use.
    pub(crate) width: usize,
    /// Whether to show every contact point, not only the best of each rung.
    pub(crate) all: bool,
    /// Whether to show what named each rung and what each confidence is made of.
    pub(crate) explain: bool,
}

/// Contact points shown on a rung before "and N more".
const SHOWN: usize = 6;

pub(crate) const BOLD: Style = Style::new().bold();
pub(crate) const DIM: Style = Style::new().dimmed();
const RUNG: Style = AnsiColor::Cyan.on_default().bold();
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const FAIR: Style = AnsiColor::Yellow.on_default();
pub(crate) const POOR: Style = AnsiColor::Red.on_default();

/// Draws the answer to `find`.
pub(crate) fn find(answer: &FindAnswer, detail: Detail) -> String {
    let mut out = String::new();
    heading(&mut out, answer, detail);
    for (number, step) in answer.steps.iter().enumerate() {
        self::step(&mut out, number + 1, step, answer, detail);
    }
    procedure(&mut out, answer, detail);
    outside(&mut out, answer, detail);
    apart(&mut out, answer, detail);
    asked(&mut out, answer, detail);
    changes(&mut out, &answer.changes, detail);
    if !answer.candidates.is_empty() {
        let _ = writeln!(out, "{BOLD}Did you mean{BOLD:#}");
        for one in &answer.candidates {
            let _ = writeln!(out, "   {}", candidate(one));
        }
        out.push('\n');
    }
    for warning in &answer.warnings {
        paragraph(&mut out, &format!("note: {}", clean(warning)), "", "      ", detail.width, FAIR);
    }
    if !answer.warnings.is_empty() {
        out.push('\n');
    }
    if !answer.next_ways.is_empty() {
        let _ = writeln!(out, "{BOLD}What else you can do{BOLD:#}");
        for way in &answer.next_ways {
            next_way(&mut out, way, detail);
        }
        out.push('\n');
    }
    if let Some(credit) = answer.directory.as_ref().and_then(|directory| directory.credit.as_ref()) {
        paragraph(&mut out, &clean(credit), "", "", detail.width, DIM);
    }
    out
}

/// Draws what outside sources tell of the company, and one line for each that is on.
fn asked(out: &mut String, answer: &FindAnswer, detail: Detail) {
    let company = &answer.company;
    if !company.officers.is_empty() {
        let _ = writeln!(
            out,
            "{BOLD}In office{BOLD:#} {DIM}(write to the registered office, marked for them){DIM:#}"
        );
        let shown = if detail.all { company.officers.len() } else { SHOWN };
        for officer in company.officers.iter().take(shown) {
            let since =
                officer.since.as_ref().map_or(String::new(), |since| format!(", since {}", clean(since)));
            let words =
                format!("{}: {}{since} ({})", clean(&officer.role), clean(&officer.name), officer.source);
            paragraph(out, &words, "   ", "      ", detail.width, Style::new());
        }
        if company.officers.len() > shown {
            let _ =
                writeln!(out, "   {DIM}and {} more: --all shows them{DIM:#}", company.officers.len() - shown);
        }
        out.push('\n');
    }
    let parents = company.parents.iter().map(|parent| format!("above it: {}", clean(parent)));
    let facts: Vec<String> = parents.chain(company.facts.iter().map(|fact| clean(fact))).collect();
    if !facts.is_empty() {
        let _ = writeln!(out, "{BOLD}Also known{BOLD:#}");
        for fact in facts {
            paragraph(out, &fact, "   ", "      ", detail.width, Style::new());
        }
        out.push('\n');
    }
    if answer.sources.is_empty() {
        return;
    }
    let _ = writeln!(out, "{BOLD}Sources asked{BOLD:#}");
    for report in &answer.sources {
        // What was not asked for good reasons is of no interest but to whoever wants it all.
        if report.outcome == "not_asked" && !detail.all {
            continue;
        }
        let style = match report.outcome {
            "answered" => GOOD,
            "nothing" | "not_asked" => DIM,
            "skipped" => FAIR,
            _ => POOR,
        };
        let added = match (report.contacts, report.alone) {
            (0, _) => String::new(),
            (1, 0) => "; 1 contact, known elsewhere too".to_owned(),
            (all, 0) => format!("; {all} contacts, all known elsewhere too"),
            (1, _) => "; 1 contact, by it alone".to_owned(),
            (all, alone) => format!("; {all} contacts, {alone} by it alone"),
        };
        let words = format!("{}: {}{added}", report.name, clean(&report.words));
        paragraph(out, &words, "   ", "      ", detail.width, style);
        let shown = if detail.all || detail.explain { report.left_out.len() } else { 2 };
        for other in report.left_out.iter().take(shown) {
            paragraph(out, &format!("left out: {}", clean(other)), "      ", "        ", detail.width, DIM);
        }
    }
    out.push('\n');
}

/// Returns a company that may be meant, on one line.
pub(crate) fn candidate(candidate: &CandidateView) -> String {
    let mut line = clean(&candidate.name);
    let more = [&candidate.domain, &candidate.country, &candidate.sector, &candidate.register_number];
    let more: Vec<String> = more.into_iter().flatten().map(|part| clean(part).replace('_', " ")).collect();
    if !more.is_empty() {
        let _ = write!(line, "  {DIM}{}{DIM:#}", more.join(" · "));
    }
    line
}

/// Draws what a new reading changed.
pub(crate) fn changes(out: &mut String, changes: &[ChangeView], detail: Detail) {
    if changes.is_empty() {
        return;
    }
    let _ = writeln!(out, "{BOLD}Changed since it was last read{BOLD:#}");
    for change in changes {
        let rung = |rung: &Option<String>| clean(rung.as_deref().unwrap_or("nothing")).replace('_', " ");
        let words = match change.what.as_str() {
            "new" => format!("new: {} ({})", clean(&change.value), rung(&change.after)),
            "gone" => format!("gone from its page: {} (was {})", clean(&change.value), rung(&change.before)),
            "rung" => {
                format!("{}: {}, was {}", clean(&change.value), rung(&change.after), rung(&change.before))
            }
            _ => format!("{}: hours now {}", clean(&change.value), rung(&change.after)),
        };
        paragraph(out, &words, "   ", "      ", detail.width, Style::new());
    }
    out.push('\n');
}

/// Draws what the directory says of the company.
fn known(out: &mut String, directory: &DirectoryView, detail: Detail) {
    if let Some(name) = &directory.taken_for {
        paragraph(out, &format!("taken for {}", clean(name)), "", "", detail.width, FAIR);
    }
    let style = match directory.grade.as_str() {
        "A" | "B" => GOOD,
        "C" => FAIR,
        _ => POOR,
    };
    let words = format!("grade {}: {}", directory.grade, directory.grade_why);
    paragraph(out, &words, "", "", detail.width, style);
    if let Some(origin) = &directory.origin {
        paragraph(out, &format!("from: {}", clean(origin)), "", "", detail.width, DIM);
    }
}

/// Draws whose ladder it is and what was read for it.
fn heading(out: &mut String, answer: &FindAnswer, detail: Detail) {
    let name = answer.company.name.as_deref().unwrap_or(&answer.asked.company);
    let _ = write!(out, "{BOLD}{}{BOLD:#}", clean(name));
    if let Some(domain) = &answer.company.domain {
        let _ = write!(out, "  {DIM}{}{DIM:#}", clean(domain));
    }
    out.push('\n');
    if let Some(directory) = &answer.directory {
        known(out, directory, detail);
    }
    if !answer.company.numbers.is_empty() {
        paragraph(out, &clean(&answer.company.numbers.join(" · ")), "", "", detail.width, DIM);
    }
    let count = answer.documents.len();
    if count == 0 {
        paragraph(out, &clean(&answer.stopped), "", "", detail.width, DIM);
        out.push('\n');
        return;
    }
    let documents = if count == 1 { "1 document".to_owned() } else { format!("{count} documents") };
    let lead = if answer.interrupted { "interrupted: found so far in" } else { "read" };
    paragraph(out, &format!("{lead} {documents}: {}", clean(&answer.stopped)), "", "", detail.width, DIM);
    out.push('\n');
}

/// Draws a rung with its contact points.
fn step(out: &mut String, number: usize, step: &StepView, answer: &FindAnswer, detail: Detail) {
    let _ = writeln!(out, "{RUNG}{number}. {}{RUNG:#}", step.name);
    paragraph(
        out,
        &format!("{}. Use it when: {}.", step.does, step.use_when),
        "   ",
        "   ",
        detail.width,
        DIM,
    );
    if detail.explain {
        paragraph(out, &format!("here because {}", step.why), "   ", "   ", detail.width, DIM);
    }
    if let Some(clock) = &step.opens_after {
        let words = desk::words::clock(clock.n, clock.unit);
        paragraph(
            out,
            &format!("opens after {words}: \"{}\"", clean(&clock.quote)),
            "   ",
            "   ",
            detail.width,
            FAIR,
        );
    }
    let shown = if detail.all { step.contacts.len() } else { SHOWN };
    for &at in step.contacts.iter().take(shown) {
        contact(out, &answer.contacts[at], detail);
    }
    if step.contacts.is_empty() {
        let _ = writeln!(
            out,
            "   {DIM}the procedure mentions it but gives no contact for it: ask the step before{DIM:#}"
        );
    }
    if step.contacts.len() > shown {
        let _ = writeln!(out, "   {DIM}and {} more: --all shows them{DIM:#}", step.contacts.len() - shown);
    }
    out.push('\n');
}

/// Draws a contact point: what to use, what it is, how sure, and where it was read.
fn contact(out: &mut String, contact: &ContactView, detail: Detail) {
    let style = match contact.confidence {
        c if c >= 0.9 => GOOD,
        c if c >= 0.6 => FAIR,
        _ => POOR,
    };
    let mut value = clean(&contact.shown);
    if let Some(extension) = &contact.extension {
        let _ = write!(value, " ext. {}", clean(extension));
    }
    let percent = format!("{:.0} %", contact.confidence * 100.0);
    let lead = format!("   {:<9} ", contact.channel.id());
    let room = detail.width.saturating_sub(lead.len() + percent.len() + 1).max(24);
    let lines = textwrap::wrap(&value, Options::new(room).word_splitter(WordSplitter::NoHyphenation));
    for (n, line) in lines.iter().enumerate() {
        if n == 0 {
            let gap = room.saturating_sub(textwrap::core::display_width(line));
            let pad = " ".repeat(gap.min(room));
            let _ = writeln!(out, "{DIM}{lead}{DIM:#}{BOLD}{line}{BOLD:#}{pad} {style}{percent}{style:#}");
        } else {
            let _ = writeln!(out, "{}{BOLD}{line}{BOLD:#}", " ".repeat(lead.len()));
        }
    }
    let indent = " ".repeat(lead.len());
    let said = about(contact);
    if !said.is_empty() {
        paragraph(out, &said, &indent, &indent, detail.width, Style::new());
    }
    if let Some(told) = &contact.told {
        paragraph(out, &clean(told), &indent, &indent, detail.width, FAIR);
    }
    for mark in &contact.marks {
        let note = mark.note.as_ref().map_or(String::new(), |note| format!(": {}", clean(note)));
        let words = format!("you noted on {}: {}{note}", clean(&mark.on), mark.words);
        paragraph(out, &words, &indent, &indent, detail.width, FAIR);
    }
    for check in &contact.checks {
        let style = match check.verdict {
            "works" => DIM,
            "dead" => POOR,
            _ => FAIR,
        };
        let words = format!("checked now: {}", clean(&check.words));
        paragraph(out, &words, &indent, &indent, detail.width, style);
    }
    for note in &contact.notes {
        paragraph(out, &format!("mind: {}", clean(note)), &indent, &indent, detail.width, FAIR);
    }
    let shown = if detail.explain { contact.witnesses.len() } else { 1 };
    for witness in contact.witnesses.iter().take(shown) {
        let quote = shorten(&clean(&witness.quote), 100);
        paragraph(out, &format!("\"{quote}\" {}", clean(&witness.url)), &indent, &indent, detail.width, DIM);
    }
    if detail.explain {
        for signal in &contact.signals {
            let words = shorten(&clean(&signal.words), 60);
            paragraph(
                out,
                &format!("rung: {} says {} (\"{words}\")", signal.id, signal.rung),
                &indent,
                &indent,
                detail.width,
                DIM,
            );
        }
        for share in &contact.confidence_from {
            paragraph(
                out,
                &format!("confidence: {:+.1} {}", share.weight, share.words),
                &indent,
                &indent,
                detail.width,
                DIM,
            );
        }
    }
}

/// Returns what a contact point is, on one line.
fn about(contact: &ContactView) -> String {
    let mut parts: Vec<String> = Vec::new();
    if contact.party != "company" {
        parts.push(clean(&contact.party));
    }
    for part in [&contact.label, &contact.person, &contact.title, &contact.hours, &contact.cost_note]
        .into_iter()
        .flatten()
    {
        let part = shorten(&clean(part), 90);
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    if contact.cost_note.is_none()
        && let Some(cost) = contact.cost
    {
        parts.push(desk::words::cost(cost).to_owned());
    }
    if let Some(access) = contact.access.and_then(desk::words::access) {
        parts.push(access.to_owned());
    }
    if !contact.languages.is_empty() {
        parts.push(format!("languages: {}", contact.languages.join(", ")));
    }
    parts.join(" · ")
}

/// Draws the company's own procedure, where one was read.
fn procedure(out: &mut String, answer: &FindAnswer, detail: Detail) {
    let Some(policy) = &answer.policy else { return };
    if policy.stages.is_empty() && policy.external.is_empty() {
        return;
    }
    let _ = writeln!(out, "{BOLD}The company's own procedure{BOLD:#}");
    for stage in &policy.stages {
        let rung = stage.rung.id().replace('_', " ");
        let mut words = match stage.handler.trim() {
            "" => format!("{}. {rung}", stage.order),
            handler => format!("{}. {} ({rung})", stage.order, clean(handler)),
        };
        for (name, clock) in [
            ("acknowledges within", &stage.acknowledge),
            ("answers within", &stage.respond),
            ("go to the next stage within", &stage.customer_window),
        ] {
            if let Some(clock) = clock {
                let _ = write!(words, "; {name} {}", desk::words::clock(clock.n, clock.unit));
            }
        }
        paragraph(out, &words, "   ", "      ", detail.width, Style::new());
    }
    for body in &policy.external {
        let mut words = format!("then {}", clean(&body.body));
        if let Some(clock) = &body.after {
            let _ = write!(words, "; after {} without an answer", desk::words::clock(clock.n, clock.unit));
        }
        if let Some(clock) = &body.within {
            let _ = write!(words, "; within {} of the final answer", desk::words::clock(clock.n, clock.unit));
        }
        paragraph(out, &words, "   ", "      ", detail.width, Style::new());
        for check in &body.checks {
            let known = check.known_on.as_ref();
            let known = known.map_or(" (no source recorded)".to_owned(), |on| format!(" (known as of {on})"));
            let words = format!("mind: {}{known}", clean(&check.words));
            paragraph(out, &words, "      ", "      ", detail.width, FAIR);
        }
    }
    if policy.external.iter().flat_map(|body| &body.checks).any(|check| check.point_of_complaint) {
        let words = "If something in the procedure is out of date, you can raise that in your complaint.";
        paragraph(out, words, "   ", "   ", detail.width, DIM);
    }
    out.push('\n');
}

/// Draws who stands outside of the company: those that it names as the atlas knows them, then likely ones.
fn outside(out: &mut String, answer: &FindAnswer, detail: Detail) {
    if answer.outside.is_empty() {
        return;
    }
    let _ = writeln!(out, "{BOLD}Outside the company{BOLD:#}");
    for body in &answer.outside {
        let mark = if body.inferred { format!(" {FAIR}inferred{FAIR:#}") } else { String::new() };
        let _ = writeln!(out, "   {BOLD}{}{BOLD:#} {DIM}{}{DIM:#}{mark}", clean(&body.name), body.rung.id());
        let mut say = |head: &str, words: &str, style: Style| {
            paragraph(out, &format!("{head}{}", clean(words)), "      ", "        ", detail.width, style);
        };
        match body.standing {
            "closed" | "superseded" | "planned" => {
                say("", &format!("{}: cannot take cases", body.standing), POOR);
            }
            "reports_only" => say("", "takes reports but does not settle individual cases", DIM),
            _ => {}
        }
        if body.inferred {
            say("why: ", body.why.trim_start_matches("inferred: "), DIM);
        }
        for (head, words) in [("first: ", &body.before), ("from: ", &body.wait), ("until: ", &body.deadline)]
        {
            if let Some(words) = words {
                say(head, words, Style::new());
            }
        }
        if detail.explain || detail.all {
            for condition in &body.conditions {
                say("if: ", condition, Style::new());
            }
        }
        let shown = if detail.all { body.contacts.len() } else { 2 };
        for reach in body.contacts.iter().take(shown) {
            let channel = reach.channel.id();
            say(&format!("{channel}: "), &desk::words::value(channel, &reach.value), Style::new());
        }
        say("", &body.age, DIM);
    }
    paragraph(out, desk::atlas::CAVEAT, "   ", "   ", detail.width, DIM);
    out.push('\n');
}

/// Draws what stands apart from the ladder.
fn apart(out: &mut String, answer: &FindAnswer, detail: Detail) {
    let off: Vec<&ContactView> =
        answer.contacts.iter().filter(|c| c.rung == "off_ladder" || c.other_matter).collect();
    if !off.is_empty() {
        if detail.all {
            let _ = writeln!(
                out,
                "{BOLD}No help with this problem{BOLD:#} {DIM}(press, sales, other matters, other companies){DIM:#}"
            );
            for one in off {
                contact(out, one, detail);
            }
            out.push('\n');
        } else {
            let _ = writeln!(
                out,
                "{DIM}{} more {} no help with this problem (press, sales, …): --all shows {}{DIM:#}\n",
                off.len(),
                if off.len() == 1 { "is" } else { "are" },
                if off.len() == 1 { "it" } else { "them" }
            );
        }
    }
    if !answer.dead.is_empty() {
        let by_check = answer.dead.iter().any(|one| one.checks.iter().any(desk::verify::LiveCheck::is_dead));
        let why = if by_check { "as you noted, or as it was checked now" } else { "as you noted" };
        let _ = writeln!(out, "{POOR}No longer of use{POOR:#} {DIM}({why}){DIM:#}");
        for one in &answer.dead {
            contact(out, one, detail);
        }
        out.push('\n');
    }
    if !answer.leads.is_empty() {
        let _ = writeln!(
            out,
            "{POOR}Named only by other users or an open listing: do not call or write until the company itself confirms it{POOR:#}"
        );
        for one in &answer.leads {
            contact(out, one, detail);
        }
        out.push('\n');
    }
}

/// Draws a thing to do next.
fn next_way(out: &mut String, way: &NextWay, detail: Detail) {
    paragraph(out, &clean(&way.text), " - ", "   ", detail.width, Style::new());
    if let Some(value) = &way.value {
        let _ = writeln!(out, "   {DIM}{}{DIM:#}", clean(value));
    }
}

/// Wraps words into lines of one style.
pub(crate) fn paragraph(out: &mut String, words: &str, first: &str, rest: &str, width: usize, style: Style) {
    for line in textwrap::wrap(words, crate::wrap::options(width.max(30), first, rest)) {
        let _ = writeln!(out, "{style}{line}{style:#}");
    }
}

/// Takes control and direction-changing characters out of text from the web, and joins its lines.
pub(crate) fn clean(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    shown
        .filter(|c| !c.is_control() && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
        .collect()
}

/// Cuts words at a bound, at a space where there is one near.
fn shorten(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let cut: String = words.chars().take(most).collect();
    let end = cut.rfind(' ').filter(|&at| at > most / 2).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_paint_on_the_terminal() {
        assert_eq!(clean("a\x1b[31mb\r\nc\u{202e}d"), "a[31mb  cd");
    }

    #[test]
    fn long_quotes_end_at_a_word() {
        assert_eq!(shorten("one two three four", 10), "one two…");
        assert_eq!(shorten("short", 10), "short");
    }
}
