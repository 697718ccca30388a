//! Shapes: rows of digits that look like a telephone number, and those that look like something else.
//!
//! Judged by grouping, punctuation and what stands right beside the digits, before any plan is asked and whatever the
//! words around say. Dates, times, prices, addresses of machines, register numbers and parts of web addresses are refused.

use super::candidate::{Gap, Group, Run, is_invisible};
use super::plan::{Plan, Trunk};

/// How much a row of digits looks like a number of a plan.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Grade {
    /// It could be anything: a word must say that it is a number.
    Poor,
    /// It could well be a number.
    Fair,
    /// It is hardly anything else.
    Good,
}

/// Returns whether a run is, by its neighbours or its own form, something that nobody can dial.
pub(super) fn is_alien(text: &str, run: &Run) -> bool {
    let decimal = run.groups.len() > 1
        && run.groups[1].gap == Gap::Dot
        && &text[run.groups[0].start..run.groups[0].end] == "0";
    decimal
        || touches_alien(text, run)
        || in_address(text, run)
        || is_date(text, run)
        || is_machine_address(text, run)
        || is_hours(text, run)
}

/// Returns the character before a run and the one after, unseen ones passed over.
fn neighbours(text: &str, run: &Run) -> (Option<char>, Option<char>) {
    let seen = |c: &char| !is_invisible(*c);
    (text[..run.start].chars().rev().find(seen), text[run.end..].chars().find(seen))
}

/// Returns whether signs of money, measure or markup touch the run.
fn touches_alien(text: &str, run: &Run) -> bool {
    let (before, after) = neighbours(text, run);
    let (lead, tail) = (text[..run.start].trim_end(), text[run.end..].trim_start());
    // Signs that stand before an amount, and signs that follow one.
    if lead.ends_with(['£', '$', '€', '¥', '₹', '₦']) {
        return true;
    }
    let mut follows = tail.chars();
    if follows.next().is_some_and(|c| matches!(c, '€' | '%' | '°' | '‰' | '¢'))
        && !follows.as_str().trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    if before.is_some_and(|c| matches!(c, '#' | '=' | '_' | '%' | '@' | '\\' | '^' | '&' | '°' | '±')) {
        return true;
    }
    // "0.5", "1,234", "12:30": digits on the other side of a sign.
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let continues = match before {
        Some(':' | '.') => !run.plus,
        Some(',') => run.digits() < 9,
        _ => false,
    };
    continues && digit(text[..run.start].chars().rev().nth(1))
        || (after == Some(':') && digit(text[run.end..].chars().nth(1)) && run.groups.len() == 1)
        || after.is_some_and(|c| matches!(c, '_' | '=' | '@' | '\\' | '°'))
}

/// Returns whether the run is part of a web address, a path or a mailbox.
fn in_address(text: &str, run: &Run) -> bool {
    // A little more than the bound below: a token without an end costs no more than that.
    let before = crate::window::clip_end(&text[..run.start], 204);
    let token = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    if token.len() > 200 {
        return true;
    }
    let lower = token.to_ascii_lowercase();
    let dial = ["tel:", "callto:", "sms:", "fax:"].iter().any(|scheme| lower.contains(scheme));
    let link = lower.contains("://")
        || lower.contains("www.")
        || (lower.contains('/') && lower.contains('.'))
        || lower.contains('?');
    (link && !dial) || text[run.end..].starts_with('@')
}

/// Returns whether three groups make a date, or two make a span of years.
fn is_date(text: &str, run: &Run) -> bool {
    let value = |i: usize| text[run.groups[i].start..run.groups[i].end].parse::<u32>().unwrap_or(u32::MAX);
    let len = |i: usize| run.groups[i].len();
    let year = |i: usize| len(i) == 4 && (1900..=2099).contains(&value(i));
    let part = |i: usize, most: u32| len(i) <= 2 && (1..=most).contains(&value(i));
    if run.plus {
        return false;
    }
    if run.groups.len() >= 2 && year(0) && year(1) && run.groups.len() == 2 {
        return true;
    }
    if run.groups.len() < 3 {
        return false;
    }
    let tight = |gap: Gap| !matches!(gap, Gap::Space | Gap::Bracket | Gap::First);
    let signed = tight(run.groups[1].gap) && tight(run.groups[2].gap);
    let day_first = part(0, 31) && part(1, 31) && (year(2) || run.groups.len() == 3 && len(2) == 2);
    let year_first = year(0) && part(1, 12) && part(2, 31);
    signed && (day_first || year_first)
}

/// Returns whether a run is an address of a machine or a version: four groups under 256, joined by dots.
fn is_machine_address(text: &str, run: &Run) -> bool {
    let byte = |g: &Group| {
        g.len() <= 3
            && text[g.start..g.end].parse::<u32>().is_ok_and(|n| n < 256)
            && (g.len() == 1 || bytes_first(text, g) != b'0')
    };
    !run.plus
        && run.groups.len() == 4
        && run.groups.iter().all(byte)
        && run.groups[1..].iter().all(|g| g.gap == Gap::Dot)
}

fn bytes_first(text: &str, group: &Group) -> u8 {
    text.as_bytes()[group.start]
}

/// Returns whether the groups are opening hours: "0800 - 1800", "09.00-17.30".
fn is_hours(text: &str, run: &Run) -> bool {
    let value = |g: &Group| text[g.start..g.end].parse::<u32>().unwrap_or(u32::MAX);
    let time = |hour: u32, minute: u32| hour <= 24 && minute < 60 && minute.is_multiple_of(15);
    let dashed = |g: &Group| matches!(g.gap, Gap::Wide('-') | Gap::Hyphen);
    match run.groups.as_slice() {
        [from, to] => {
            !run.plus
                && dashed(to)
                && [from, to].iter().all(|g| g.len() == 4 && time(value(g) / 100, value(g) % 100))
        }
        [h1, m1, h2, m2, ..] => {
            dashed(h2)
                && [m1, m2].iter().all(|m| m.gap == Gap::Dot && m.len() == 2)
                && time(value(h1), value(m1))
                && time(value(h2), value(m2))
        }
        _ => false,
    }
}

/// Returns how much groups of a run look like a number dialled within the country of a plan.
pub(super) fn grade(run: &Run, groups: std::ops::RangeInclusive<usize>, plan: &Plan, digits: &str) -> Grade {
    let groups = &run.groups[groups];
    let mut lens = [0_usize; 16];
    for (len, group) in lens.iter_mut().zip(groups) {
        *len = group.len();
    }
    let lens = &lens[..groups.len()];
    let dots = groups[1..].iter().filter(|g| g.gap == Gap::Dot).count();
    let slashes = groups[1..].iter().filter(|g| g.gap.is_slash()).count();
    match plan.trunk {
        Trunk::One => match lens {
            [3, 3, 4] | [1, 3, 3, 4] => Grade::Good,
            [1, 3, 7] | [3, 7] | [1, 3, 3, 2, 2] | [3, 3, 2, 2] | [6, 4] | [1, 10] => Grade::Fair,
            _ => Grade::Poor,
        },
        Trunk::Nought if !digits.starts_with('0') => match lens {
            // Service numbers: 1300 123 456, 1800 123 456.
            [4, 3, 3 | 4] | [4, 6] | [4, 2, 2, 2] | [4, 2, 4] | [4, 4, 3] => Grade::Good,
            _ => Grade::Poor,
        },
        Trunk::Nought => {
            let nought_alone =
                lens[0] == 1 && groups.len() > 1 && !matches!(groups[1].gap, Gap::Space | Gap::Bracket);
            // Belgian company numbers, German tax numbers.
            let register = lens == [4, 3, 3] && dots == 2 || slashes >= 2 && lens.len() == 3 && lens[0] <= 3;
            if nought_alone || register {
                Grade::Poor
            } else if groups.len() == 1 {
                if plan.is_fixed() && digits.len() + 1 >= plan.max && digits.len() >= 10 {
                    Grade::Good
                } else {
                    Grade::Poor
                }
            } else if lens[0] <= 6 {
                Grade::Good
            } else {
                Grade::Fair
            }
        }
        Trunk::Nothing => match lens {
            [2, 3, 2, 2] | [3, 2, 2, 2] => Grade::Good,
            // Italy keeps its nought.
            [first, ..]
                if digits.starts_with('0') && groups.len() > 1 && (2..=4).contains(first) && dots == 0 =>
            {
                Grade::Good
            }
            [3, 3, 3] if dots == 0 && matches!(digits.get(..3), Some("900" | "800" | "901" | "902")) => {
                Grade::Good
            }
            // Spain writes its numbers so as a rule: 915 550 170.
            [3, 3, 3]
                if dots == 0
                    && slashes == 0
                    && plan.code == 34
                    && digits.starts_with(|c| matches!(c, '6'..='9')) =>
            {
                Grade::Good
            }
            _ if groups.len() > 1 => Grade::Fair,
            _ => Grade::Poor,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::candidate::runs;

    fn first_is_alien(text: &str) -> bool {
        let run = runs(text).max_by_key(Run::digits).unwrap();
        is_alien(text, &run)
    }

    #[test]
    fn false_friends_are_known_by_their_shape() {
        for text in [
            "on 2024-11-22 we",
            "22.11.2024",
            "22/11/24",
            "2019-2020",
            "192.168.100.20",
            "£1234567",
            "1234567 €",
            "0.123456789",
            "id=02079460123",
            "see https://acme.example/p/02079460123",
            "www.acme.example/02079460123",
            "02079460123@acme.example",
            "0800 - 1800",
            "09.00-17.30",
            "9.00 – 17.30",
        ] {
            assert!(first_is_alien(text), "{text}");
        }
    }

    #[test]
    fn numbers_are_not_taken_for_false_friends() {
        for text in [
            "1.800.555.0199",
            "01.99.00.12.34",
            "020 7946 0123.",
            "(020) 7946 0123, or",
            "+44 20 7946 0123",
            "Tel:020 7946 0123",
            "0800 157 0123 £5 off",
            "020 7946 0123,020 7946 0124",
        ] {
            assert!(!first_is_alien(text), "{text}");
        }
    }
}
