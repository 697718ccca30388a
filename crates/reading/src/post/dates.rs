//! Dates as boards print them: `14 August 2025`, `07-02-2025`, `2025-06`, `Dec 3`, `(2022)`.
//!
//! Only what is certain counts: a day and month without a year, or numbers that could be either order, give the year alone
//! or nothing.

use std::sync::LazyLock;

use regex::Regex;

static ISO: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b"));
static WORDED: LazyLock<Regex> = LazyLock::new(|| {
    crate::post::rx(
        r"(?i)\b(?:(\d{1,2})(?:st|nd|rd|th|\.)?\s+)?(?:de\s+)?(jan|feb|fév|fev|mar|mär|maa|apr|avr|abr|mai|may|mei|mag|jun|juin|giu|jul|juil|lug|aug|août|ago|sep|set|oct|okt|ott|nov|dec|dez|déc|dic)[\p{L}.]*\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:de\s+)?((?:19|20)\d\d)\b",
    )
});
static FIGURES: LazyLock<Regex> =
    LazyLock::new(|| crate::post::rx(r"\b(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)\d\d)\b"));
static YEAR: LazyLock<Regex> = LazyLock::new(|| crate::post::rx(r"\b((?:19|20)\d\d)\b"));

/// Returns the first date of a line as ISO 8601: a day, a month, or a year.
pub(super) fn first(line: &str) -> Option<String> {
    if let Some(found) = ISO.captures(line) {
        let day = found.get(3).map_or(String::new(), |d| format!("-{}", d.as_str()));
        return Some(format!("{}-{}{day}", &found[1], &found[2]));
    }
    if let Some(found) = WORDED.captures(line) {
        let month = month(&found[2])?;
        let day = found.get(1).or_else(|| found.get(3)).and_then(|d| d.as_str().parse::<u8>().ok());
        return Some(match day {
            Some(day) if (1..=31).contains(&day) => format!("{}-{month:02}-{day:02}", &found[4]),
            _ => format!("{}-{month:02}", &found[4]),
        });
    }
    if let Some(found) = FIGURES.captures(line) {
        let (a, b): (u8, u8) = (found[1].parse().ok()?, found[2].parse().ok()?);
        // `07-02-2025` may be either: then only the year is certain.
        return Some(match (a, b) {
            (13..=31, 1..=12) => format!("{}-{b:02}-{a:02}", &found[3]),
            (1..=12, 13..=31) => format!("{}-{a:02}-{b:02}", &found[3]),
            _ => found[3].to_owned(),
        });
    }
    YEAR.captures(line).filter(|_| line.len() < 120).map(|found| found[1].to_owned())
}

/// Returns the first date of a line on a site that writes the month first: `05/08/2025` is the eighth of May. Whoever parts
/// the figures by stops writes the day first.
pub(super) fn month_first(line: &str) -> Option<String> {
    let Some(found) = FIGURES.captures(line) else { return first(line).filter(|day| day.len() == 10) };
    let (one, other): (u8, u8) = (found[1].parse().ok()?, found[2].parse().ok()?);
    let (month, day) = if found[0].contains('.') || one > 12 { (other, one) } else { (one, other) };
    let known = (1..=12).contains(&month) && (1..=31).contains(&day);
    known.then(|| format!("{}-{month:02}-{day:02}", &found[3]))
}

/// Returns the number of a month by the first letters of its name in six languages.
fn month(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    Some(match name.as_str() {
        "jan" => 1,
        "feb" | "fév" | "fev" => 2,
        "mar" | "mär" | "maa" => 3,
        "apr" | "avr" | "abr" => 4,
        "mai" | "may" | "mei" | "mag" => 5,
        "jun" | "juin" | "giu" => 6,
        "jul" | "juil" | "lug" => 7,
        "aug" | "août" | "ago" => 8,
        "sep" | "set" => 9,
        "oct" | "okt" | "ott" => 10,
        "nov" => 11,
        "dec" | "dez" | "déc" | "dic" => 12,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_that_writes_the_month_first_is_certain() {
        for (line, expected) in [
            ("Date: 05/08/2025", Some("2025-05-08")),
            ("3/17/2026", Some("2026-03-17")),
            ("May 8, 2025", Some("2025-05-08")),
            ("17/03/2026", Some("2026-03-17")),
            ("3.4.2026", Some("2026-04-03")),
            ("13/13/2026", None),
            ("in 2025", None),
        ] {
            assert_eq!(month_first(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn dates_are_read_as_far_as_they_are_certain() {
        for (line, expected) in [
            ("scrimper66, Forumite. 14 August 2025 at 9:12AM", Some("2025-08-14")),
            ("am 3. März 2024", Some("2024-03-03")),
            ("Business Response 05/17/2025", Some("2025-05-17")),
            ("JCruz88 07-02-2025", Some("2025")),
            ("Post 1 (2022)", Some("2022")),
            ("2025-06", Some("2025-06")),
            ("Dec 3", None),
        ] {
            assert_eq!(first(line).as_deref(), expected, "{line}");
        }
    }
}
