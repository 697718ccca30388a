//! A chat as text: what web chats send by mail, what people copy out of a window, what telephones print of messages.
//!
//! Read are lines `Name: text` with a time before or after the name or without one, and blocks whose first line is a
//! name with a time. A day stands in the lines, on a line of its own, or in the head; where none stands, the caller must
//! give it. Names are told from other words with a colon by coming again.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use ladder::Channel;
use regex::Regex;

use super::day::{self, Order, Written};
use super::{MOST_MESSAGES, Message, MessageError, Party, Side, Stamp, Zone, bounded};

/// How many lines of the head are searched for a day and a zone.
const HEAD: usize = 15;

static NAME: LazyLock<Regex> = LazyLock::new(|| regex(r"^([^:|<>\[\]{}=/\\]{1,48}?) ?[:|] ?(.*)$"));
static ZONE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"\b(?:GMT|UTC)(?: ?([+-])(\d{1,2})(?::?(\d{2}))?)?(?:\b|$)"));
/// `Received … from Acme`, `2026-03-03 09:00 from Acme - received`.
static FROM_TO: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[-,:| ]*(?:(?:received|sent|empfangen|gesendet|reçu|envoyé|recibido|enviado) )?(from|to|von|an|de|à|para) (.{1,60}?)(?: ?[-–|(] ?(?:received|sent|empfangen|gesendet|reçu|envoyé|recibido|enviado)\)?)?:?$",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a test reads with every pattern")
}

/// How a reading goes.
#[derive(Clone, Copy, Debug)]
pub struct How {
    /// The channel of the messages.
    pub channel: Channel,
    /// The day on which it began, where the user gave it.
    pub on: Option<Date>,
    /// The order of days in numbers, where the user gave it.
    pub order: Option<Order>,
    /// No day lies after this one.
    pub today: Date,
}

/// What a line says beside its words.
#[derive(Clone, Debug, Default, PartialEq)]
struct Head {
    day: Option<Written>,
    time: Option<Time>,
    name: Option<String>,
    side: Option<Side>,
    text: String,
}

/// Reads a transcript.
///
/// # Errors
///
/// [`MessageError::NotThis`] where no names speak; [`MessageError::NoDay`] where no day is told;
/// [`MessageError::TwoWays`] where days could be read two ways.
pub fn read(text: &str, how: &How) -> Result<Vec<Message>, MessageError> {
    let lines: Vec<String> = text.lines().take(MOST_MESSAGES).map(day::plain).collect();
    let names = speakers(&lines);
    if names.is_empty() {
        return Err(MessageError::NotThis("no names speak in it (`Name: text`)".to_owned()));
    }
    let zone = lines.iter().take(HEAD).find_map(|line| zone(line)).unwrap_or(Zone::Floating);
    let mut heads: Vec<Head> = Vec::new();
    let mut current: Option<Written> = None;
    for line in &lines {
        let line = line.trim();
        if let Some(written) = day_line(line, heads.is_empty()) {
            current = Some(written);
            continue;
        }
        match head(line, &names) {
            Some(mut head) => {
                if head.day.is_some() {
                    current.clone_from(&head.day);
                } else {
                    head.day.clone_from(&current);
                }
                heads.push(head);
            }
            None => {
                if let Some(last) = heads.last_mut().filter(|_| !is_rule(line)) {
                    if !last.text.is_empty() {
                        last.text.push('\n');
                    }
                    last.text.push_str(line);
                }
            }
        }
    }
    let days: Vec<Written> = heads.iter().filter_map(|head| head.day.clone()).collect();
    let order = match how.order {
        Some(order) => order,
        None => day::order(&days, how.today)?,
    };
    let mut on = how.on;
    let mut last: Option<Time> = None;
    let mut messages = Vec::new();
    for head in heads.into_iter().filter(|head| !head.text.trim().is_empty()) {
        match head.day.as_ref().and_then(|day| day.day(order)) {
            // The time runs on from a day that stood at the head only.
            Some(day) if on.is_none_or(|on| on < day) => {
                on = Some(day);
                last = None;
            }
            None if on.is_none() => return Err(MessageError::NoDay),
            Some(_) | None => {}
        }
        let mut day = on.ok_or(MessageError::NoDay)?;
        // Past midnight: the clock went back by more than half a day.
        if let (Some(before), Some(now)) = (last, head.time)
            && i32::from(before.hour()) - i32::from(now.hour()) >= 12
        {
            day = day.tomorrow().unwrap_or(day);
            on = Some(day);
        }
        last = head.time.or(last);
        let mut message = Message::new(how.channel);
        message.from = Party { name: head.name, address: None };
        message.side = head.side;
        message.sent = Some(Stamp {
            local: day.to_datetime(head.time.unwrap_or(Time::midnight())),
            zone: zone.clone(),
            timed: head.time.is_some(),
        });
        message.text = bounded(&head.text);
        messages.push(message);
    }
    if messages.is_empty() {
        return Err(MessageError::NotThis("its names say nothing".to_owned()));
    }
    Ok(messages)
}

/// Finds who speaks: names with a time are believed at once, others when they come again, or where only few come.
fn speakers(lines: &[String]) -> Vec<String> {
    let mut counts: BTreeMap<String, (usize, bool)> = BTreeMap::new();
    for line in lines {
        let line = line.trim();
        if day_line(line, false).is_some() {
            continue;
        }
        let Some(head) = parse(line) else { continue };
        let Some(name) = head.name.filter(|name| is_name(name)) else { continue };
        let count = counts.entry(name).or_default();
        count.0 += 1;
        count.1 |= head.time.is_some();
    }
    let timed = counts.values().any(|(_, timed)| *timed);
    let few = counts.len() <= 2;
    counts
        .into_iter()
        .filter(|(_, (count, has_time))| if timed { *has_time } else { *count > 1 || few })
        .map(|(name, _)| name)
        .collect()
}

/// Returns whether words can be a name of somebody who speaks.
fn is_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = name.chars().next();
    let labels = [
        "date",
        "datum",
        "subject",
        "betreff",
        "to",
        "from",
        "von",
        "an",
        "re",
        "note",
        "ps",
        "p.s.",
        "reference",
        "ref",
        "order",
        "chat id",
        "case",
        "ticket",
        "started",
        "chat started",
        "ended",
        "duration",
        "department",
        "topic",
        "total",
        "http",
        "https",
    ];
    !words.is_empty()
        && words.len() <= 6
        && first.is_some_and(|c| c.is_alphabetic() || c.is_ascii_digit() || c == '+')
        && !name.ends_with(['.', '!', '?', ','])
        && !labels.contains(&name.to_lowercase().as_str())
}

/// Reads the head of a line, if somebody who speaks stands there.
fn head(line: &str, names: &[String]) -> Option<Head> {
    let head = parse(line)?;
    let name = head.name.as_ref()?;
    (names.contains(name)).then_some(head)
}

/// Reads day, time, name and words of a line by its form.
fn parse(line: &str) -> Option<Head> {
    // A stamp first, in brackets or without, then the name.
    let (open, inner) = match line.chars().next()? {
        c @ ('[' | '(') => (Some(c), &line[1..]),
        _ => (None, line),
    };
    if let Some((mut head, taken)) = stamp(inner) {
        let mut rest = inner.get(taken..)?.trim_start();
        if let Some(open) = open {
            rest = rest.strip_prefix(if open == '[' { ']' } else { ')' })?.trim_start();
        }
        if let Some(found) = FROM_TO.captures(rest) {
            let to = matches!(found[1].to_lowercase().as_str(), "to" | "an" | "à" | "para");
            head.side = Some(if to { Side::Own } else { Side::Theirs });
            head.name = Some(if to { "me".to_owned() } else { found[2].trim().to_owned() });
            return Some(head);
        }
        let rest = rest.trim_start_matches(['-', '–', '|', ',', ' ']);
        let found = NAME.captures(rest)?;
        head.name = Some(found[1].trim().to_owned());
        found[2].clone_into(&mut head.text);
        return Some(head);
    }
    // The name first, with a stamp in brackets or alone behind it.
    let at = line.find(['(', '[']).filter(|at| *at > 0 && *at <= 60);
    if let Some(at) = at
        && let Some((mut head, taken)) = stamp(&line[at + 1..])
    {
        let rest = line[at + 1 + taken..].trim_start().strip_prefix([')', ']'])?;
        let rest = rest.trim_start().strip_prefix(':').unwrap_or(rest).trim_start();
        head.name = Some(line[..at].trim().trim_end_matches([',', ':', '-']).trim().to_owned());
        rest.clone_into(&mut head.text);
        return Some(head);
    }
    // A name and a stamp, and nothing else on the line.
    for (at, _) in line.char_indices().filter(|(_, c)| matches!(c, ' ' | ',' | '|')).take(8) {
        let tail = line[at..].trim_start_matches([' ', ',', '|', '-', '–', '·', '•', '—']);
        let tail = tail.strip_prefix("at ").or_else(|| tail.strip_prefix("um ")).unwrap_or(tail);
        if let Some((mut head, taken)) = stamp(tail)
            && head.time.is_some()
        {
            let rest = tail.get(taken..)?.trim_start();
            let words = rest.strip_prefix(':').map(str::trim);
            if rest.is_empty() || words.is_some() {
                head.name = Some(line[..at].trim().to_owned());
                words.unwrap_or_default().clone_into(&mut head.text);
                return Some(head);
            }
        }
    }
    let found = NAME.captures(line)?;
    let name = found[1].trim().trim_start_matches(['-', '*', '•']).trim().to_owned();
    Some(Head { name: Some(name), text: found[2].to_owned(), ..Head::default() })
}

/// Reads a stamp: a day, a time, or both in either order; returns how many bytes it takes.
fn stamp(text: &str) -> Option<(Head, usize)> {
    let mut head = Head::default();
    let mut at = 0;
    for _ in 0..2 {
        let rest = text.get(at..)?;
        let joint = rest.len() - rest.trim_start_matches([' ', ',', 'T', '|']).len();
        let joint = if at == 0 { 0 } else { joint + usize::from(rest[joint..].starts_with("at ")) * 3 };
        let rest = rest.get(joint..)?;
        if let Some((time, taken)) = day::clock(rest).filter(|_| head.time.is_none()) {
            head.time = Some(time);
            at += joint + taken;
        } else if let Some((day, taken)) = day::day(rest).filter(|_| head.day.is_none()) {
            head.day = Some(day);
            at += joint + taken;
        }
    }
    (head.time.is_some() || head.day.is_some()).then_some((head, at))
}

/// Reads a line that is a day and nothing else, or in the head a label with a day.
fn day_line(line: &str, in_head: bool) -> Option<Written> {
    let bare =
        line.trim_matches(|c: char| matches!(c, '-' | '=' | '—' | '–' | '*' | '_') || c.is_whitespace());
    if let Some((written, taken)) = day::day(bare)
        && bare.get(taken..)?.trim().is_empty()
    {
        return Some(written);
    }
    if !in_head {
        return None;
    }
    // `Date: …`, `Chat started on …`, `Conversation of …`.
    let lower = line.to_lowercase();
    let labelled = [
        "date",
        "datum",
        "started",
        "begonnen",
        "gestartet",
        "fecha",
        "le ",
        "conversation",
        "chat",
        "transcript",
        "on ",
    ]
    .iter()
    .any(|label| lower.contains(label));
    if !labelled || line.chars().count() > 160 {
        return None;
    }
    line.char_indices()
        .filter(|(at, _)| *at == 0 || line[..*at].ends_with([' ', ':', '(']))
        .find_map(|(at, _)| day::day(&line[at..]).map(|(written, _)| written))
}

/// Reads the offset that a head names.
fn zone(line: &str) -> Option<Zone> {
    let found = ZONE.captures(line)?;
    let number = |at: usize| found.get(at).map_or(Some(0), |n| n.as_str().parse::<i16>().ok());
    let minutes = number(2)? * 60 + number(3)?;
    (minutes <= 18 * 60).then(|| {
        Zone::Offset(if found.get(1).is_some_and(|sign| sign.as_str() == "-") { -minutes } else { minutes })
    })
}

/// Returns whether a line only draws a rule.
fn is_rule(line: &str) -> bool {
    !line.is_empty() && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '—' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn how() -> How {
        How { channel: Channel::Chat, on: None, order: None, today: date(2026, 11, 1) }
    }

    fn drawn(text: &str, how: &How) -> String {
        let lines: Vec<String> = read(text, how)
            .unwrap()
            .into_iter()
            .map(|m| {
                let sent = m.sent.unwrap();
                format!(
                    "{} {}: {}",
                    if sent.timed { sent.local.to_string() } else { sent.local.date().to_string() },
                    m.from.called(),
                    m.text
                )
            })
            .collect();
        lines.join("\n")
    }

    #[test]
    fn one_chat_is_read_in_every_form() {
        let wanted = "2026-04-13T14:05:00 Ana: Where is it?\n2026-04-13T14:06:00 Robin from Brightwell: On its way.\nNumber: 20418";
        for text in [
            "Chat transcript, 13 April 2026\n\n[14:05] Ana: Where is it?\n[14:06] Robin from Brightwell: On its way.\nNumber: 20418",
            "Conversation with Brightwell\nStarted on April 13, 2026 at 02:05 PM\n---\n02:05 PM | Ana: Where is it?\n02:06 PM | Robin from Brightwell: On its way.\nNumber: 20418",
            "2026-04-13 14:05 Ana: Where is it?\n2026-04-13 14:06 Robin from Brightwell: On its way.\nNumber: 20418",
            "Date: 13.04.2026\nAna (14:05): Where is it?\nRobin from Brightwell (14:06): On its way.\nNumber: 20418",
            "13/04/2026\nAna 14:05\nWhere is it?\nRobin from Brightwell 14:06\nOn its way.\nNumber: 20418",
            "Ana, 13 April 2026 14:05\nWhere is it?\nRobin from Brightwell, 13 April 2026 14:06\nOn its way.\nNumber: 20418",
        ] {
            assert_eq!(drawn(text, &how()), wanted, "{text}");
        }
    }

    #[test]
    fn without_times_names_are_told_by_coming_again_and_the_day_is_asked_for() {
        let text = "You: Where is it?\nAgent: It left on Monday.\nNote: see below\nYou: Thanks.\nAgent: Bye";
        assert_eq!(read(text, &how()), Err(MessageError::NoDay));
        let on = How { on: Some(date(2026, 4, 13)), ..how() };
        assert_eq!(
            drawn(text, &on),
            "2026-04-13 You: Where is it?\n2026-04-13 Agent: It left on Monday.\nNote: see below\n2026-04-13 You: Thanks.\n2026-04-13 Agent: Bye"
        );
    }

    #[test]
    fn past_midnight_a_new_day_begins_and_a_zone_in_the_head_counts() {
        let text = "Chat started on 13 April 2026 (GMT+0100)\n23:58 Ana: Hello?\n00:02 Robin: Hi";
        let read = read(text, &how()).unwrap();
        let sent = read[1].sent.clone().unwrap();
        assert_eq!((sent.local.to_string().as_str(), sent.zone), ("2026-04-14T00:02:00", Zone::Offset(60)));
    }

    #[test]
    fn printed_text_messages_tell_whose_they_are() {
        let text = "2026-04-13 14:05 from Brightwell - Received\nYour parcel comes today.\n2026-04-13 14:09 to Brightwell - Sent\nIt did not.";
        let read = read(text, &how()).unwrap();
        assert_eq!(read.iter().map(|m| m.side).collect::<Vec<_>>(), [Some(Side::Theirs), Some(Side::Own)]);
        assert_eq!(read[1].text, "It did not.");
    }

    #[test]
    fn a_letter_is_no_transcript() {
        assert!(matches!(
            read("Dear Sir,\nI write to you about my bill.", &how()),
            Err(MessageError::NotThis(_))
        ));
    }
}
