//! A chat as WhatsApp exports it: `[03/04/2026, 14:05:33] Name: text` or `03/04/2026, 14:05 - Name: text`, in the date
//! form of the telephone's language.
//!
//! Lines of the program itself (encryption, a group was made) have no name and are left out. Files that came with a
//! message are named in it; their bytes lie beside the chat in the export.

use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use ladder::Channel;
use regex::Regex;

use super::day::{self, Order, Written};
use super::{MOST_MESSAGES, Message, MessageError, Party, Stamp, Zone, bounded, plain_name};

/// What stands between day and time: a comma, or a word.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| regex(r"^(?:,| à| a las| um| kl\.?| at| alle| om| о)? ?"));
static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^<[^:<>]{3,24} ?: ?([^<>]+\.\w{2,5})>\s*(.*)$|^(\S[^\n]{0,150}\.\w{2,5}) \([^()]{4,40}\)(?:\n(?s:(.*)))?$",
    )
});
static LEFT_OUT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^<?(?:(?:media|image|video|audio|sticker|gif|document|contact card|medien|bild|dokument|médias?|image|vidéo|multimedia|imagen|documento|media|afbeelding)\b[^\n]{0,20}(?:omitted|ausgeschlossen|weggelassen|omis|absente?|omitid[ao]|omesso|omessi|weggelaten))>?$",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a test reads with every pattern")
}

/// The head of a line.
struct Head<'l> {
    day: Written,
    time: Time,
    rest: &'l str,
}

/// Returns whether a text looks like such an export.
#[must_use]
pub fn is_it(text: &str) -> bool {
    text.lines().take(20).filter(|line| head(&day::plain(line)).is_some()).take(2).count() >= 1
}

/// Reads the head of a line in plain signs.
fn head(line: &str) -> Option<Head<'_>> {
    let (inner, bracket) = match line.strip_prefix('[') {
        Some(inner) => (inner, true),
        None => (line, false),
    };
    let (day, taken) = day::day(inner)?;
    let inner = inner.get(taken..)?;
    let inner = inner.get(BETWEEN.find(inner)?.end()..)?;
    let (time, taken) = day::clock(inner)?;
    let inner = inner.get(taken..)?.trim_start();
    let rest = if bracket {
        inner.strip_prefix(']')?
    } else {
        inner.strip_prefix('-').or_else(|| inner.strip_prefix('–'))?
    };
    Some(Head { day, time, rest: rest.strip_prefix(' ').unwrap_or(rest) })
}

/// Reads an export. `order` is the order of its days, where the user gave it; none of them may lie after `today`.
///
/// # Errors
///
/// [`MessageError::NotThis`] where no line has the form; [`MessageError::TwoWays`] where the order cannot be told.
pub fn read(text: &str, today: Date, order: Option<Order>) -> Result<Vec<Message>, MessageError> {
    struct Line {
        day: Written,
        time: Time,
        name: String,
        text: String,
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut of_program = false;
    for line in text.lines() {
        let line = day::plain(line);
        match head(&line) {
            Some(head) => {
                let Some((name, words)) =
                    head.rest.split_once(": ").or_else(|| Some((head.rest.strip_suffix(':')?, "")))
                else {
                    of_program = true;
                    continue;
                };
                of_program = false;
                if lines.len() >= MOST_MESSAGES {
                    break;
                }
                let name = name.trim_start_matches('~').trim().to_owned();
                lines.push(Line { day: head.day, time: head.time, name, text: words.to_owned() });
            }
            None if of_program => {}
            None => {
                if let Some(last) = lines.last_mut() {
                    last.text.push('\n');
                    last.text.push_str(&line);
                }
            }
        }
    }
    if lines.is_empty() {
        return Err(MessageError::NotThis("no line begins with a day, a time and a name".to_owned()));
    }
    let order = match order {
        Some(order) => order,
        None => day::order(&lines.iter().map(|line| line.day.clone()).collect::<Vec<_>>(), today)?,
    };
    Ok(lines
        .into_iter()
        .map(|line| {
            let mut message = Message::new(Channel::Messaging);
            message.from = Party { name: Some(line.name), address: None };
            message.sent = line.day.day(order).map(|day| Stamp {
                local: day.to_datetime(line.time),
                zone: Zone::Floating,
                timed: true,
            });
            if message.sent.is_none() {
                message.notes.push("no calendar has its day".to_owned());
            }
            words(line.text.trim(), &mut message);
            message
        })
        .collect())
}

/// Parts the words of a line from the files that it names.
fn words(text: &str, message: &mut Message) {
    if LEFT_OUT.is_match(text) {
        message.notes.push("the export left out a picture or file that was sent here".to_owned());
        text.trim_matches(['<', '>']).clone_into(&mut message.text);
        return;
    }
    if let Some(found) = ATTACHED.captures(text) {
        let name = found.get(1).or_else(|| found.get(3)).map_or("", |name| name.as_str());
        let words = found.get(2).or_else(|| found.get(4)).map_or("", |words| words.as_str());
        message.refers.push(plain_name(name));
        message.text = bounded(words);
        return;
    }
    message.text = bounded(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 1);

    fn drawn(text: &str) -> Vec<String> {
        read(text, TODAY, None)
            .unwrap()
            .into_iter()
            .map(|m| {
                format!("{} {}: {}{}", m.sent.unwrap().local, m.from.called(), m.text, m.refers.concat())
            })
            .collect()
    }

    #[test]
    fn every_form_of_the_date_is_read() {
        for line in [
            "[13/04/2026, 14:05:33] Ana: hello",
            "\u{200e}[13.04.26, 14:05:33] Ana: hello",
            "[4/13/26, 2:05:33\u{202f}PM] Ana: hello",
            "[2026-04-13, 14:05:33] ~\u{202f}Ana: hello",
            "[13/4/26, 2:05:33 p. m.] Ana: hello",
        ] {
            assert_eq!(drawn(line), ["2026-04-13T14:05:33 Ana: hello"], "{line}");
        }
        for line in [
            "13/04/2026, 14:05 - Ana: hello",
            "4/13/26, 2:05 PM - Ana: hello",
            "13.04.26, 14:05 - Ana: hello",
            "13-04-2026 14:05 - Ana: hello",
            "13/04/2026 à 14:05 - Ana: hello",
            "2026/4/13 下午2:05 - Ana: hello",
            "13/04/2026, 2:05\u{202f}pm - Ana: hello",
            "१३/०४/२०२६, 2:05 pm - Ana: hello",
        ] {
            assert_eq!(drawn(line), ["2026-04-13T14:05:00 Ana: hello"], "{line}");
        }
    }

    #[test]
    fn lines_go_on_files_are_named_and_the_program_is_silent() {
        let text = "13/04/2026, 14:00 - Messages and calls are end-to-end encrypted.\n13/04/2026, 14:05 - Ana: first\nsecond: line\n13/04/2026, 14:06 - Brightwell Care: IMG-2026.jpg (file attached)\nyour meter\n13/04/2026, 14:07 - Ana: <Media omitted>\n13/04/2026, 14:08 - Ana: ‎<attached: 0001-BILL.pdf>";
        assert_eq!(
            drawn(text),
            [
                "2026-04-13T14:05:00 Ana: first\nsecond: line",
                "2026-04-13T14:06:00 Brightwell Care: your meterIMG-2026.jpg",
                "2026-04-13T14:07:00 Ana: Media omitted",
                "2026-04-13T14:08:00 Ana: 0001-BILL.pdf",
            ]
        );
    }

    #[test]
    fn an_export_whose_days_could_be_read_two_ways_is_refused_with_both() {
        let text = "03/04/2026, 14:05 - Ana: hello";
        assert!(matches!(read(text, TODAY, None), Err(MessageError::TwoWays(_))));
        let read = read(text, TODAY, Some(Order::MonthFirst)).unwrap();
        assert_eq!(read[0].sent.as_ref().unwrap().local.date(), date(2026, 3, 4));
        assert!(super::read("Dear Sir", TODAY, None).is_err());
    }
}
