//! The diff that a maintainer reads: Markdown, a company a section, with lines as every tool for review shows them.
//!
//! Everything in it was read elsewhere: it is put on one line and can end no fence and open no markup.

use std::fmt::Write as _;

use super::{Became, CheckAnswer, CompanyCheck, Proposal};

/// The longest words that are quoted, in characters.
const QUOTE: usize = 160;

/// Returns what was read elsewhere as one line without markup.
fn plain(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| match c {
            '`' => '\'',
            '<' => '‹',
            '>' => '›',
            '[' | ']' => '|',
            other => other,
        })
        .take(QUOTE)
        .collect()
}

/// Returns a number with its word.
fn counted(n: u64, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Returns the first lines.
pub(super) fn head(at: &str, companies: usize) -> String {
    let day = at.get(..10).unwrap_or(at);
    let companies = counted(companies as u64, "company", "companies");
    format!(
        "# Check of {companies}, {day}\n\nNothing is changed yet: `upstairs directory import` imports the records that came with this.\n"
    )
}

/// Returns the section of a company; empty where nothing is proposed and nothing is to be known.
pub(super) fn company(check: &CompanyCheck) -> String {
    let mut text = String::new();
    let of_note = |page: &&super::PageCheck| {
        let moved = matches!(&page.found, Became::Read { moved: Some(_), .. });
        !page.proposals.is_empty() || moved || matches!(page.found, Became::Gone(_))
    };
    for page in check.pages.iter().filter(of_note) {
        if text.is_empty() {
            let domain =
                check.domain.as_deref().map_or_else(String::new, |domain| format!(" ({})", plain(domain)));
            let _ = write!(text, "\n## {}{domain}\n", plain(&check.name));
        }
        let said = match &page.found {
            Became::Read { moved: Some(to), .. } => format!("moved to {}", address(to)),
            Became::Read { unchanged: true, .. } => "as it was".to_owned(),
            Became::Read { .. } => "read again".to_owned(),
            Became::Gone(why) | Became::Unknown(why) => plain(why),
        };
        let stands = match page.confirmed {
            0 => String::new(),
            n => format!("; {}", counted(n as u64, "contact stands", "contacts stand")),
        };
        let _ = write!(text, "\n{}: {said}{stands}\n", address(&page.url));
        if !page.proposals.is_empty() {
            text.push_str("\n```diff\n");
            page.proposals.iter().for_each(|proposal| line(&mut text, proposal));
            text.push_str("```\n");
        }
    }
    text
}

/// Returns an address as a link that shows itself.
fn address(url: &str) -> String {
    let clean: String =
        url.chars().filter(|c| !c.is_control() && !matches!(c, '<' | '>' | ' ' | '`')).collect();
    format!("<{}>", clean.replace('[', "%5B").replace(']', "%5D"))
}

/// Writes the lines of a proposal.
fn line(text: &mut String, one: &Proposal) {
    let value = plain(&one.value);
    let rung = one.rung.as_deref().unwrap_or("no rung");
    let why = plain(&one.why);
    let channel = one.channel;
    let _ = match (one.what, one.before.as_deref(), one.after.as_deref()) {
        ("remove", ..) => writeln!(text, "- {rung} · {channel} · {value}   # {why}"),
        ("add", ..) => writeln!(text, "+ {rung} · {channel} · {value}   # “{why}”"),
        ("rung" | "hours", before, after) => {
            let is_rung = one.what == "rung";
            let drawn = |said: Option<&str>| {
                let said = plain(said.unwrap_or("none"));
                if is_rung {
                    format!("{said} · {channel} · {value}")
                } else {
                    format!("{rung} · {channel} · {value} · {said}")
                }
            };
            writeln!(text, "- {}\n+ {}   # “{why}”", drawn(before), drawn(after))
        }
        _ => writeln!(text, "  {rung} · {channel} · {value}   # {why}"),
    };
}

/// Returns the end: what could not be found out, and the count.
pub(super) fn foot(answer: &CheckAnswer, unknown: &[CompanyCheck]) -> String {
    let mut text = String::new();
    if !unknown.is_empty() {
        text.push_str("\n## Could not be found out\n\nNothing is proposed for these.\n\n");
        for check in unknown {
            for page in &check.pages {
                if let Became::Unknown(why) = &page.found {
                    let _ =
                        writeln!(text, "- {}: {} – {}", plain(&check.name), address(&page.url), plain(why));
                }
            }
        }
    }
    if answer.proposals == 0 {
        text.push_str("\nNothing is proposed.\n");
    }
    let _ = write!(
        text,
        "\n{} of {}: {} read ({} as they were), {} gone, {} not found out; {} dead; {}, {} proposed.\n",
        counted(answer.pages, "source", "sources"),
        counted(answer.companies, "company", "companies"),
        answer.read,
        answer.unchanged,
        answer.gone,
        answer.unknown,
        counted(answer.dead_links, "link", "links"),
        counted(answer.confirmed, "contact stands", "contacts stand"),
        counted(answer.proposals, "change", "changes"),
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::check::PageCheck;

    #[test]
    fn what_was_read_elsewhere_opens_no_markup_and_ends_no_fence() {
        let evil = "```\n# <script>alert(1)</script> [x](javascript:y)";
        let proposal = Proposal {
            what: "add",
            channel: "email",
            value: evil.into(),
            rung: Some("complaints".into()),
            before: None,
            after: None,
            why: evil.into(),
        };
        let page = PageCheck {
            url: format!("https://lampen.example/{evil}"),
            found: Became::Gone(evil.into()),
            proposals: vec![proposal],
            confirmed: 0,
        };
        let check = CompanyCheck {
            name: evil.into(),
            domain: Some(evil.into()),
            pages: vec![page],
            dead_links: 0,
            record: None,
        };
        let text = company(&check);
        assert_eq!(text.matches("```").count(), 2, "{text}");
        assert!(!text.contains("<script") && !text.contains("[x]"), "{text}");
        assert_eq!(text.lines().filter(|line| line.starts_with('#')).count(), 1, "{text}");
    }
}
