//! From messages to what would be written down: a proposal a mail, a conversation or an appointment.

use std::collections::{BTreeMap, BTreeSet};

use atlas::Atlas;
use casework::event::Message as Kept;
use casework::{By, Entry, LogKind, State};
use jiff::Zoned;
use ladder::{Channel, Rung};
use reading::message::{Attached, Message, Party};
use sha2::{Digest as _, Sha256};

use super::answer::{self, Answer};
use super::gather::{Found, Thing};
use super::returned;
use super::short::short;
use super::theirs::{self, Sides};
use super::when::{self, When};
use super::{Fault, Proposal, Told};

/// A silence of so many hours ends a conversation.
const SILENCE: i64 = 6;
/// The longest note of what a customer wrote themselves, read for its kind.
const HEAD: usize = 2000;

/// What a proposal is made with.
#[derive(Debug)]
pub(super) struct Maker<'a> {
    pub(super) state: &'a State,
    pub(super) sides: Sides,
    pub(super) now: &'a Zoned,
    /// Ids and hashes of what the case has.
    pub(super) known: BTreeSet<String>,
    /// Words of messages, in the case or in this import, by their ids: what an answer answers.
    pub(super) words: BTreeMap<String, (By, String)>,
    pub(super) with: Option<String>,
    pub(super) faults: Vec<Fault>,
    pub(super) already: usize,
}

impl Maker<'_> {
    /// Makes the proposals of everything found, oldest first.
    pub(super) fn all(&mut self, found: Vec<Found>) -> Vec<Proposal> {
        let mails: Vec<&Message> = found
            .iter()
            .filter_map(|one| match &one.what {
                Thing::Mail(message, _) => Some(&**message),
                _ => None,
            })
            .collect();
        self.sides.learn(&mails);
        let mut related: BTreeSet<String> = self.words.keys().cloned().collect();
        for message in &mails {
            let by = self.sides.by_mail(message, Atlas::builtin());
            if let (Some(id), Some(by)) = (&message.id, by) {
                self.words.entry(id.clone()).or_insert_with(|| (by, message.text.clone()));
                related.insert(id.clone());
            }
        }
        let mut proposals: Vec<Proposal> = Vec::new();
        for one in found {
            match one.what {
                Thing::Mail(message, raw) => {
                    proposals.extend(self.mail(&one.file, one.named, *message, raw, &related));
                }
                Thing::Chat(messages, file) => {
                    let mut talks = self.chat(&one.file, messages);
                    if let (Some(file), Some(first)) = (file, talks.first_mut()) {
                        first.attached.push(file);
                    }
                    proposals.append(&mut talks);
                }
                Thing::Appointment(appointment) => {
                    proposals.extend(self.appointment(&one.file, one.named, &appointment));
                }
            }
        }
        proposals.sort_by(|a, b| a.order().cmp(&b.order()));
        // One mail may lie in two folders.
        let mut seen = BTreeSet::new();
        let before = proposals.len();
        proposals.retain(|proposal| seen.insert(proposal.key.clone()));
        self.already += before - proposals.len();
        for (number, proposal) in (1..).zip(&mut proposals) {
            proposal.number = number;
        }
        proposals
    }

    pub(super) fn fault(&mut self, file: &str, why: impl Into<String>) {
        self.faults.push(Fault { file: file.to_owned(), why: why.into() });
    }

    /// Returns when something was sent, on the customer's clock; tells and returns nothing where that cannot be.
    fn when(
        &mut self,
        file: &str,
        stamp: Option<&reading::message::Stamp>,
        notes: &mut Vec<String>,
    ) -> Option<When> {
        let Some(stamp) = stamp else {
            self.fault(
                file,
                "it gives no date: write it down by hand with `case log`, and add the file with `case attach`",
            );
            return None;
        };
        let (when, note) = when::local(stamp, self.now.time_zone());
        if let Some(why) = when::refused(when, self.now) {
            self.fault(file, why);
            return None;
        }
        notes.extend(note);
        Some(when::kept(when, self.now))
    }

    /// Makes the proposal of a mail.
    fn mail(
        &mut self,
        file: &str,
        named: bool,
        mut message: Message,
        raw: Vec<u8>,
        related: &BTreeSet<String>,
    ) -> Option<Proposal> {
        let key = message.id.clone().unwrap_or_else(|| hash(&[&raw]));
        if self.known.contains(&key) {
            self.already += 1;
            return None;
        }
        let mut notes = std::mem::take(&mut message.notes);
        let when = self.when(file, message.sent.as_ref(), &mut notes)?;
        let at = |key, when| returned::Place { file, named, key, when, related };
        if let Some(back) = reading::message::returned::read(&raw, &message)
            && let Some(proposal) = self.returned(&at(&key, when), &message, &raw, &back)
        {
            return Some(Proposal { notes, ..proposal });
        }
        let atlas = Atlas::builtin();
        let told = self.sides.by_mail(&message, atlas);
        let subject = message.subject.clone().unwrap_or_default();
        let touches = named
            || told.is_some()
            || self.with.is_some()
            || message.answers.iter().any(|id| related.contains(id))
            || self.sides.touches(&format!("{subject}\n{}", message.text));
        let by = told.unwrap_or(By::Company);
        if told.is_none() {
            notes.push(format!(
                "nothing proves that `{}` writes for {}: read it with care, and do not call any number in it",
                message.from.address.as_deref().unwrap_or("?"),
                self.state.facts.company
            ));
        }
        let body = (by == By::Body).then(|| theirs::body(&message.from, atlas)).flatten();
        let other = if by == By::Customer {
            message
                .to
                .iter()
                .find(|to| self.sides.is_company(to))
                .or(message.to.first())
                .cloned()
                .unwrap_or_default()
        } else {
            message.from.clone()
        };
        let parent = message.answers.iter().find_map(|id| self.words.get(id));
        let rung = self.rung(&other, by, body.as_deref());
        let (lines, answer) = if by == By::Customer {
            let kind = own_kind(&subject, &message.text, rung, parent.is_some());
            let said = short(&message.text, &[]);
            let text = if said.is_empty() { subject.clone() } else { said };
            (vec![answer::Line { kind, text, due: None, amount: None }], None)
        } else {
            let complaint = parent.filter(|(by, _)| *by == By::Customer).map(|(_, text)| text.as_str());
            let text = if message.text.trim().is_empty() { subject.as_str() } else { message.text.as_str() };
            let answer = answer::read(text, complaint, when.day, self.state);
            (answer.lines.clone(), Some(answer))
        };
        let entry = |line: &answer::Line| Entry {
            on: when.day,
            time: when.time,
            by,
            channel: Some(Channel::Email),
            rung,
            kind: line.kind,
            text: line.text.clone(),
            due: line.due,
            amount: line.amount,
            contact: other.address.clone(),
            person: (by != By::Customer).then(|| person(&other, answer.as_ref())).flatten(),
            reference: None,
            body: body.clone(),
            held_minutes: None,
            hours: None,
        };
        let kept = Kept {
            id: Some(key.clone()),
            in_reply_to: message.answers.first().cloned(),
            subject: message.subject.clone(),
            sha256: None,
            text: Some(message.text.clone()).filter(|text| !text.is_empty()),
            parts: Vec::new(),
        };
        if message.quoted > 0 {
            notes.push(format!("{} quoted line(s) were left out", message.quoted));
        }
        let mut proposal = Proposal {
            title: titled(by, &other, &subject),
            lines: lines.iter().map(entry).collect(),
            message: kept,
            attached: message.attached,
            raw: Some(raw),
            touches,
            notes,
            ..Proposal::new(key, file)
        };
        if let Some(answer) = answer {
            let proven = told == Some(By::Company) && self.sides.is_proven(&message.from);
            self.give(&mut proposal, answer, &message.from, rung, proven);
        }
        Some(proposal)
    }

    /// Adds to a proposal what a message gives: references, and contact points as witnesses where the sender is proven.
    fn give(&self, proposal: &mut Proposal, answer: Answer, from: &Party, rung: Option<Rung>, proven: bool) {
        proposal.notes.extend(answer.notes);
        proposal.references = answer
            .references
            .into_iter()
            .filter(|number| !self.state.references.contains(number))
            .take(5)
            .collect();
        if let Some(first) = proposal.lines.first_mut() {
            first.reference = proposal.references.first().cloned();
        }
        let told_by = format!(
            "{} by {}",
            called(from),
            proposal.lines.first().and_then(|line| line.channel).map_or("message", |channel| channel.id())
        );
        let mut told: Vec<Told> = Vec::new();
        let mut push = |channel: &str, value: &str| {
            if !told.iter().any(|known| known.value.eq_ignore_ascii_case(value)) {
                told.push(Told {
                    channel: channel.to_owned(),
                    value: value.to_owned(),
                    rung,
                    told_by: told_by.clone(),
                });
            }
        };
        if let Some(address) = from.address.as_deref().filter(|address| address.contains('@')) {
            let unread = ["no-reply", "noreply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon"];
            if !unread.iter().any(|word| address.contains(word)) {
                push("email", address);
            }
        }
        for contact in &answer.contacts {
            push(contact.channel, contact.value.trim_end_matches('.'));
        }
        if proven {
            proposal.contacts = told;
        } else if !answer.contacts.is_empty() {
            proposal.notes.push("the numbers and addresses in it are not proven to be theirs, so they are not offered for your directory".to_owned());
        }
    }

    /// Returns the rung of the other side.
    fn rung(&self, other: &Party, by: By, body: Option<&str>) -> Option<Rung> {
        if by == By::Body {
            let regulator = body
                .and_then(|id| Atlas::builtin().body(id))
                .is_some_and(|body| matches!(body.kind, atlas::words::Kind::Regulator));
            return Some(if regulator { Rung::Regulator } else { Rung::Adr });
        }
        self.sides.rung(other)
    }

    /// Makes the proposals of a chat: one a conversation.
    fn chat(&mut self, file: &str, messages: Vec<Message>) -> Vec<Proposal> {
        // The same words at the same minute may come twice: they are counted.
        let mut times: BTreeMap<String, u32> = BTreeMap::new();
        let mut fresh: Vec<(String, When, Message)> = Vec::new();
        let with = self.with.clone();
        let wanted = |message: &Message| {
            let Some(with) = &with else { return true };
            let named = |party: &Party| {
                [&party.name, &party.address].into_iter().flatten().any(|text| {
                    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                    text.to_lowercase().contains(with)
                        || (digits(with).len() >= 6
                            && digits(text).ends_with(digits(with).trim_start_matches('0')))
                })
            };
            named(&message.from) || message.to.iter().any(named)
        };
        // Text messages of a telephone are of many people; a chat is of those who speak in it.
        let many = messages.iter().any(|message| message.side.is_some() && !message.to.is_empty());
        let kept: Vec<Message> =
            messages
                .into_iter()
                .filter(|message| {
                    if many { wanted(message) && (with.is_some() || self.is_theirs(message)) } else { true }
                })
                .collect();
        if kept.is_empty() {
            self.fault(
                file,
                format!(
                    "no message in it is from or to {}: give the number or contact with --with",
                    self.state.facts.company
                ),
            );
            return Vec::new();
        }
        let speakers = match self.sides.speakers(&kept) {
            Ok(speakers) => speakers,
            Err(names) => {
                self.fault(
                    file,
                    format!(
                        "which of them are you: {}? Say so with --me",
                        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                    ),
                );
                return Vec::new();
            }
        };
        let mine = |message: &Message| match message.side {
            Some(side) => side == reading::message::Side::Own,
            None => speakers.iter().any(|(name, me)| *me && message.from.name.as_ref() == Some(name)),
        };
        for message in kept {
            let stamp = message.sent.as_ref().map(|sent| sent.local.to_string()).unwrap_or_default();
            let pieces =
                [message.from.called(), &stamp, &message.text, message.id.as_deref().unwrap_or_default()];
            let plain = hash(&pieces.map(str::as_bytes));
            let count = times.entry(plain.clone()).or_default();
            *count += 1;
            let key = if *count == 1 { plain } else { hash(&[plain.as_bytes(), &count.to_le_bytes()]) };
            if self.known.contains(&key) {
                self.already += 1;
                continue;
            }
            let mut notes = Vec::new();
            let Some(when) = self.when(file, message.sent.as_ref(), &mut notes) else { continue };
            let mut message = message;
            message.notes.append(&mut notes);
            fresh.push((key, when, message));
        }
        fresh.sort_by_key(|(_, when, _)| *when);
        let mut talks: Vec<Vec<(String, When, Message)>> = Vec::new();
        for one in fresh {
            let goes_on = talks
                .last()
                .and_then(|talk| talk.last())
                .is_some_and(|(_, before, _)| !is_silence(*before, one.1));
            match talks.last_mut().filter(|_| goes_on) {
                Some(talk) => talk.push(one),
                None => talks.push(vec![one]),
            }
        }
        // Where only the customer speaks, the one spoken to is who speaks for the company elsewhere in the chat.
        let company = speakers
            .iter()
            .find(|(_, me)| !me)
            .map(|(name, _)| Party { name: Some(name.clone()), address: None });
        talks.into_iter().filter_map(|talk| self.talk(file, talk, &mine, company.as_ref())).collect()
    }

    /// Returns whether a text message is from or to the company, by name or number.
    fn is_theirs(&self, message: &Message) -> bool {
        let other = if message.side == Some(reading::message::Side::Own) {
            message.to.first()
        } else {
            Some(&message.from)
        };
        let Some(other) = other else { return false };
        let named = [&other.name, &other.address]
            .into_iter()
            .flatten()
            .any(|text| self.sides.names_company(&text.to_lowercase()));
        named || self.sides.rung(other).is_some() || self.sides.touches(&message.text)
    }

    /// Makes the proposal of one conversation: what the customer said, what the company said, what it promised.
    fn talk(
        &self,
        file: &str,
        talk: Vec<(String, When, Message)>,
        mine: &dyn Fn(&Message) -> bool,
        company: Option<&Party>,
    ) -> Option<Proposal> {
        let (first_key, started, first) =
            talk.first().map(|(key, when, message)| (key.clone(), *when, message.clone()))?;
        let channel = first.channel;
        let join = |own: bool| {
            let words: Vec<&str> = talk
                .iter()
                .filter(|(_, _, m)| mine(m) == own)
                .map(|(_, _, m)| m.text.as_str())
                .filter(|text| !text.is_empty())
                .collect();
            words.join("\n")
        };
        let (own, theirs) = (join(true), join(false));
        let other = talk
            .iter()
            .find(|(_, _, m)| !mine(m))
            .map(|(_, _, m)| m.from.clone())
            .or_else(|| first.to.first().cloned())
            .or_else(|| company.cloned())
            .unwrap_or_default();
        let rung = self.sides.rung(&other).or(Some(Rung::FrontLine));
        let entry = |by: By, when: When, line: &answer::Line, person: Option<String>| Entry {
            on: when.day,
            time: when.time,
            by,
            channel: Some(channel),
            rung,
            kind: line.kind,
            text: line.text.clone(),
            due: line.due,
            amount: line.amount,
            contact: other.address.clone(),
            person,
            reference: None,
            body: None,
            held_minutes: None,
            hours: None,
        };
        let mut lines = Vec::new();
        let has_own = talk.iter().any(|(_, _, m)| mine(m));
        if has_own {
            let kind = own_kind("", &own, rung, false);
            let text = short(&own, &[]);
            let text = if text.is_empty() { "sent a picture or file".to_owned() } else { text };
            lines.push(entry(
                By::Customer,
                started,
                &answer::Line { kind, text, due: None, amount: None },
                None,
            ));
        }
        let mut read = None;
        let ended = talk.iter().rev().find(|(_, _, m)| !mine(m)).map_or(started, |(_, when, _)| *when);
        if !theirs.trim().is_empty() {
            let answer = answer::read(
                &theirs,
                Some(own.as_str()).filter(|own| !own.trim().is_empty()),
                ended.day,
                self.state,
            );
            let who = person(&other, Some(&answer));
            lines.extend(answer.lines.iter().map(|line| entry(By::Company, ended, line, who.clone())));
            read = Some(answer);
        }
        if lines.is_empty() {
            return None;
        }
        let whole = whole(&talk);
        let parts: Vec<String> = talk.iter().map(|(key, _, _)| key.clone()).collect();
        let notes = notes(&talk);
        let name = if channel == Channel::Chat { "chat" } else { "messages" };
        let mut proposal = Proposal {
            title: format!("{name} with {}: {} message(s) on {}", called(&other), talk.len(), started.day),
            lines,
            message: Kept {
                id: Some(first_key.clone()),
                in_reply_to: None,
                subject: None,
                sha256: None,
                text: Some(whole),
                parts,
            },
            attached: talk.into_iter().flat_map(|(_, _, m)| m.attached).collect::<Vec<Attached>>(),
            touches: true,
            notes,
            ..Proposal::new(first_key, file)
        };
        if let Some(answer) = read {
            // Nothing proves who writes in a chat: what it gives is kept with it, and offered to no directory.
            let at = usize::from(has_own);
            self.give(&mut proposal, answer, &other, rung, false);
            let reference = proposal.lines.first_mut().and_then(|line| line.reference.take());
            if let Some(line) = proposal.lines.get_mut(at) {
                line.reference = reference;
            }
        }
        Some(proposal)
    }
}

/// Writes a conversation as a text: a line a message, with its time and who wrote it.
fn whole(talk: &[(String, When, Message)]) -> String {
    let line = |(_, when, message): &(String, When, Message)| {
        let time = when.time.map_or(String::new(), |time| time.strftime(" %H:%M").to_string());
        format!("[{}{time}] {}: {}", when.day, message.from.called(), message.text)
    };
    talk.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns what is to be known of the messages of a conversation, each once.
fn notes(talk: &[(String, When, Message)]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for note in talk.iter().flat_map(|(_, _, message)| &message.notes) {
        if !notes.contains(note) {
            notes.push(note.clone());
        }
    }
    notes
}

/// Returns whether the time between two messages ends a conversation.
fn is_silence(before: When, after: When) -> bool {
    let clock = |when: When| when.day.to_datetime(when.time.unwrap_or_default());
    match (before.time, after.time) {
        (Some(_), Some(_)) => {
            let hours = clock(after)
                .since((jiff::Unit::Hour, clock(before)))
                .map_or(i64::MAX, |span| i64::from(span.get_hours()));
            hours >= SILENCE
        }
        _ => before.day != after.day,
    }
}

/// Returns what a mail is, in a line.
fn titled(by: By, other: &Party, subject: &str) -> String {
    let subject = if subject.is_empty() { "(no subject)" } else { subject };
    format!("mail {} {}: {subject}", if by == By::Customer { "to" } else { "from" }, called(other))
}

/// Says what a customer's own message is.
fn own_kind(subject: &str, text: &str, rung: Option<Rung>, answers: bool) -> LogKind {
    let head: String = format!("{subject}\n{text}").chars().take(HEAD).collect::<String>().to_lowercase();
    let has = |cues: &[&str]| cues.iter().any(|cue| head.contains(cue));
    let complains = casework::complains(&head);
    let supervisor =
        has(&["supervisor", "manager", "vorgesetzt", "teamleit", "responsable", "superior", "encargado"])
            && has(&[
                "speak to",
                "speak with",
                "talk to",
                "escalate",
                "put me through",
                "sprechen",
                "verbinden",
                "parler",
                "hablar",
            ]);
    if supervisor {
        LogKind::AskedSupervisor
    } else if complains
        || matches!(rung, Some(Rung::Complaints | Rung::Executive | Rung::Management)) && !answers
    {
        LogKind::Complaint
    } else if answers {
        LogKind::Reply
    } else {
        LogKind::Question
    }
}

/// Returns who it is, as a log names them: the name that signs, else the display name.
fn person(other: &Party, answer: Option<&Answer>) -> Option<String> {
    answer.and_then(|answer| answer.names.first().cloned()).or_else(|| other.name.clone())
}

fn called(party: &Party) -> String {
    match (&party.name, &party.address) {
        (Some(name), Some(address)) if name != address => format!("{name} <{address}>"),
        _ => party.called().to_owned(),
    }
}

/// Returns the hash of pieces, as an id.
pub(super) fn hash(pieces: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update(u64::try_from(piece.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(piece);
    }
    format!("sha256:{}", store::cases::chain::hex(&hasher.finalize()))
}
