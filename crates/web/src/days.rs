//! Days as people write them. The desk and its texts say a day as `2026-03-04`; a page says it in its own language.

use jiff::civil::Date;

/// How a language writes a day.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way<'a> {
    /// The names of the months in their order, parted by spaces.
    pub(crate) months: &'a str,
    /// `{day}`, `{month}` and `{year}` in their order.
    pub(crate) form: &'a str,
}

/// Returns a text in which each day is written so. What is part of a longer word, an address or a time stays.
pub(crate) fn written(text: &str, way: Way<'_>) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        out.push_str(before);
        let alone = !out.ends_with(|c: char| c.is_alphanumeric() || "-/_=.".contains(c));
        let length = number.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
        let (word, after) = number.split_at(length);
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || "/_".contains(c));
        match day(word).filter(|_| alone && ends) {
            Some(day) => out.push_str(&spelt(day, way)),
            None => out.push_str(word),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn day(word: &str) -> Option<Date> {
    if word.len() == 10 { word.parse().ok() } else { None }
}

fn spelt(day: Date, way: Way<'_>) -> String {
    let month = usize::try_from(day.month() - 1).ok().and_then(|at| way.months.split(' ').nth(at));
    way.form
        .replace("{day}", &day.day().to_string())
        .replace("{month}", month.unwrap_or_default())
        .replace("{year}", &day.year().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: Way<'_> = Way {
        months: "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        form: "{day}. {month} {year}",
    };

    #[test]
    fn a_day_is_written_out_and_nothing_else_is_touched() {
        for (text, want) in [
            ("bis 2026-03-04, der Tag zählt", "bis 4. März 2026, der Tag zählt"),
            ("2026-11-29", "29. November 2026"),
            ("(2026-01-01; 2026-12-31.)", "(1. Januar 2026; 31. Dezember 2026.)"),
            ("2026-02-30", "2026-02-30"),
            ("A-2026-03-04", "A-2026-03-04"),
            ("https://acme.example/2026-03-04/x", "https://acme.example/2026-03-04/x"),
            ("2026-03-04T10:00", "2026-03-04T10:00"),
            ("2026-03-04-05 12345-678", "2026-03-04-05 12345-678"),
            ("Größe 12 – 2026-03-04", "Größe 12 – 4. März 2026"),
            ("", ""),
        ] {
            assert_eq!(written(text, GERMAN), want, "{text}");
        }
    }
}
