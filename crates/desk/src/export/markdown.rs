//! The answer as Markdown, to paste into a note or an issue.

use std::fmt::Write as _;

use crate::answer::{ContactView, FindAnswer};

/// Writes the ladder as Markdown. What was read from the web is escaped, so that it stays text.
#[must_use]
pub fn of(answer: &FindAnswer) -> String {
    let mut out = String::new();
    let name = answer.company.name.as_deref().unwrap_or(&answer.asked.company);
    let _ = writeln!(out, "# {}: who can put it right\n", escape(name));
    let day = answer.asked.at.get(..10).unwrap_or_default();
    let _ = writeln!(
        out,
        "Found on {day} in {} documents. {}.\n",
        answer.documents.len(),
        escape(&sentence(&answer.stopped))
    );
    for (number, step) in answer.steps.iter().enumerate() {
        let _ = writeln!(out, "## {}. {}\n", number + 1, step.name);
        let _ = writeln!(out, "*{}. Use it when {}.*\n", sentence(&step.does), step.use_when);
        if let Some(clock) = &step.opens_after {
            let clock_words = ladder::Clock::new(clock.n, clock.unit);
            let _ = writeln!(out, "Opens after {clock_words}: \"{}\"\n", escape(&clock.quote));
        }
        for &at in &step.contacts {
            contact(&mut out, &answer.contacts[at]);
        }
        if step.contacts.is_empty() {
            let _ = writeln!(out, "- named by the company's procedure, without a contact of its own");
        }
        out.push('\n');
    }
    if !answer.outside.is_empty() {
        let _ = writeln!(out, "## Outside the company\n");
        for body in &answer.outside {
            let mark = if body.inferred { " (inferred)" } else { "" };
            let mut words = vec![format!("**{}**{mark}: {}", escape(&body.name), escape(&body.why))];
            let days = [("from", &body.wait), ("until", &body.deadline)];
            words.extend(
                days.iter().filter_map(|(head, day)| Some(format!("{head} {}", escape(day.as_ref()?)))),
            );
            words.push(escape(&body.age));
            let _ = writeln!(out, "- {}", words.join("; "));
        }
        let _ = writeln!(out, "\n*{}*\n", crate::atlas::CAVEAT);
    }
    if !answer.next_ways.is_empty() {
        let _ = writeln!(out, "## What else you can do\n");
        for way in &answer.next_ways {
            match &way.value {
                Some(value) if value.starts_with("http") => {
                    let _ = writeln!(out, "- [{}](<{value}>)", escape(&way.text));
                }
                Some(value) => {
                    let _ = writeln!(out, "- {}: {}", escape(&way.text), escape(value));
                }
                None => {
                    let _ = writeln!(out, "- {}", escape(&way.text));
                }
            }
        }
        out.push('\n');
    }
    for warning in &answer.warnings {
        let _ = writeln!(out, "> {}", escape(warning));
    }
    out
}

/// Writes one contact point with its first witness.
fn contact(out: &mut String, contact: &ContactView) {
    let mut words = vec![format!("**{}** {}", contact.channel.id(), escape(&contact.shown))];
    words.extend(contact.label.as_deref().map(escape));
    words.extend(contact.person.as_deref().map(escape));
    words.extend(contact.title.as_deref().map(escape));
    if contact.party != "company" {
        words.push(format!("({})", escape(&contact.party)));
    }
    words.extend(contact.hours.as_deref().map(escape));
    words.extend(contact.cost_note.as_deref().map(escape));
    words.push(format!("{:.0} %", contact.confidence * 100.0));
    let _ = writeln!(out, "- {}", words.join(" · "));
    if let Some(witness) = contact.witnesses.first() {
        let _ = writeln!(
            out,
            "  - \"{}\" — <{}>",
            escape(&witness.quote),
            witness.url.replace(['<', '>', '\n'], "")
        );
    }
}

/// Returns words with a capital first letter and no full stop at the end.
fn sentence(words: &str) -> String {
    let trimmed = words.trim_end_matches('.');
    let mut chars = trimmed.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Escapes what Markdown or HTML would take for markup, and joins lines.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' | '\r' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_from_a_page_stays_text() {
        assert_eq!(escape("<b>[x](y)\n# z"), "&lt;b&gt;\\[x\\](y) \\# z");
    }
}
