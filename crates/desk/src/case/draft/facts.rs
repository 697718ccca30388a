//! The facts of a letter, taken from a case and from nothing else.
//!
//! What the company wrote is told apart from what the customer noted: only a message that is kept with the case, and a note that stands in
//! quotation marks, is quoted as the company's words. Another note in shorthand is told as what happened: day, channel, name, promise.

use std::collections::BTreeSet;

use casework::event::What;
use casework::view::View;
use casework::view::promise::Kept;
use casework::{By, Case, Entry, LogKind, Money, State};
use jiff::civil::Date;
use ladder::Channel;
use letters::draft::{
    Answer, Enclosure, Facts, Kind, Next, Offer, Person, Problem, Promise, Recipient, Reference, Reply,
    Right, Sent, Step, Wish, tellable,
};

use super::Me;
use super::outside::is_outside;
use crate::case::import::{sentences, sums};

/// A case as letters look at it.
pub(super) struct Told<'a> {
    pub(super) state: &'a State,
    pub(super) view: &'a View<'a>,
    pub(super) me: &'a Me,
    /// The events whose line in the log is in the company's own words.
    quoted: BTreeSet<String>,
}

impl<'a> Told<'a> {
    /// Looks at a case.
    pub(super) fn new(case: &Case, state: &'a State, view: &'a View<'a>, me: &'a Me) -> Self {
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let quoted = case.events().iter().filter(|event| match &event.what {
            What::Received { entry, message } => message.text.as_deref().is_some_and(|whole| {
                let (whole, line) = (plain(whole), plain(&entry.text));
                !line.is_empty()
                    && sentences(line.trim_end_matches('…')).iter().all(|one| whole.contains(one))
            }),
            _ => false,
        });
        let quoted = quoted.map(|event| event.id.clone());
        let noted = state.log.iter().filter(|line| line.entry.by == By::Company);
        let noted = noted.filter(|line| in_marks(&line.entry.text).is_some());
        let quoted = quoted.chain(noted.map(|line| line.event.clone())).collect();
        Self { state, view, me, quoted }
    }

    fn is_quoted(&self, event: &str) -> bool {
        self.quoted.contains(event)
    }

    /// Returns what a line of the log says as a letter can tell it.
    fn words(&self, event: &str, text: &str) -> Option<String> {
        if self.is_quoted(event) {
            return Some(unmarked(&text.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
        tellable(text, self.me.name.as_deref())
    }

    /// Takes the facts of a letter.
    pub(super) fn facts(&self) -> Facts {
        let (state, view, me) = (self.state, self.view, self.me);
        let known = &state.facts;
        let customer = |kinds: &[LogKind]| {
            state.log.iter().rev().find(|line| {
                line.entry.by == By::Customer
                    && kinds.contains(&line.entry.kind)
                    && says_something(&line.entry)
            })
        };
        let sent =
            customer(&[LogKind::Complaint, LogKind::Question, LogKind::Call, LogKind::AskedSupervisor]);
        let final_response = state
            .log
            .iter()
            .rev()
            .find(|line| line.entry.kind == LogKind::FinalResponse)
            .map(|line| line.entry.on);
        Facts {
            me: Person {
                name: me.name.clone(),
                address: me.address.clone(),
                email: me.email.clone(),
                phone: me.phone.clone(),
            },
            on_behalf: client(state, view, me).map(str::to_owned),
            authority_enclosed: state.evidence.iter().any(|evidence| is_authority(&evidence.name)),
            representative: state.authority.as_ref().map(|authority| authority.to.clone()),
            company: known.company.clone(),
            to: Recipient::default(),
            problem: problem(state),
            references: state
                .references
                .iter()
                .map(|value| Reference { label: None, value: value.clone() })
                .collect(),
            steps: self.steps(),
            answers: self.answers(),
            broken_promises: self.broken_promises(),
            wanted: known.wanted.map(|wish| Wish {
                kind: wish.id().to_owned(),
                words: None,
                amount: known.amount,
            }),
            // A fallback that is one of the wishes is said in the words of the letter.
            fallback: known.fallback.clone().map(|words| {
                match casework::Wish::from_id(&words.trim().to_lowercase()) {
                    Some(wish) => Wish { kind: wish.id().to_owned(), ..Wish::default() },
                    None => Wish { words: Some(words), ..Wish::default() },
                }
            }),
            offer: self.offer(),
            last_reply: self.last(&[
                LogKind::Reply,
                LogKind::GenericReply,
                LogKind::Refusal,
                LogKind::FinalResponse,
                LogKind::InformationRequest,
            ]),
            last_word: self
                .last(&[
                    LogKind::Reply,
                    LogKind::GenericReply,
                    LogKind::Refusal,
                    LogKind::FinalResponse,
                    LogKind::Offer,
                ])
                .filter(|_| view.remedy.accepted.is_none()),
            sent: sent.map(|line| Sent {
                on: line.entry.on,
                due: line.entry.due,
                who: line.entry.person.clone(),
            }),
            agreed_now: agreement(state, view).map(|(_, words)| words),
            first_contact: state
                .log
                .iter()
                .filter(|line| line.entry.rung.is_none_or(|rung| !rung.is_outside()))
                .map(|line| line.entry.on)
                .min(),
            complained: state
                .log
                .iter()
                .find(|line| line.entry.by == By::Customer && line.entry.kind == LogKind::Complaint)
                .map(|line| line.entry.on),
            final_response,
            by: None,
            needed_by: known.matters_by.filter(|day| *day >= view.now),
            reach_by: known.reach_by.map(|channel| channel.id().to_owned()),
            next: next(view),
            court: view.court.as_ref().map(|court| court.body.name.clone()),
            rights: Vec::new(),
            enclosures: enclosures(state),
        }
    }

    /// Suits the facts to a letter: who reads it, and what it is about.
    pub(super) fn suit(&self, kind: &Kind, facts: &mut Facts) {
        if is_outside(kind) || kind.name == "chargeback" {
            // Whoever reads it there is not the one who promised.
            for promise in &mut facts.broken_promises {
                promise.who = Some(self.state.facts.company.clone());
            }
        }
        if matches!(kind.name, "chargeback") {
            facts.rights = self
                .view
                .payments
                .iter()
                // Which scheme a card belongs to, nobody said: the bank knows.
                .filter(|payment| !payment.right.id.starts_with("card-"))
                .take(2)
                .map(|payment| Right { name: payment.right.name.clone(), law: None })
                .collect();
        }
        if kind.name == "thanks" {
            let day = agreement(self.state, self.view).map(|(on, _)| on);
            facts.last_reply = day.map(|on| Reply {
                on,
                words: None,
                quoted: false,
                is_final: false,
                gap: None,
                question: None,
            });
        }
        if kind.name == "confirmation" {
            (facts.sent, facts.agreed_now) = conversation(self.state).unzip();
        }
    }

    /// Returns the company's last answer of some kinds.
    fn last(&self, kinds: &[LogKind]) -> Option<Reply> {
        let mut lines = self.state.log.iter().rev();
        let line = lines.find(|line| line.entry.by == By::Company && kinds.contains(&line.entry.kind))?;
        Some(Reply {
            on: line.entry.on,
            words: self.words(&line.event, &line.entry.text),
            quoted: self.is_quoted(&line.event),
            is_final: line.entry.kind == LogKind::FinalResponse,
            gap: None,
            question: None,
        })
    }

    /// Returns the company's offer: the one that is open, else the last one, for whoever comes back to it.
    fn offer(&self) -> Option<Offer> {
        let open = self.view.offer.as_ref().filter(|offer| offer.by == By::Company);
        let mut offers = self.state.log.iter().rev().filter(|line| {
            line.entry.by == By::Company
                && line.entry.kind == LogKind::Offer
                && !line.entry.text.trim().is_empty()
        });
        let line = match open {
            Some(open) => offers.find(|line| line.entry.on == open.on && line.entry.text == open.text),
            None => offers.next(),
        };
        let (on, words) = match (open, line) {
            (Some(open), _) => (open.on, open.text.clone()),
            (None, line) => line.map(|line| (line.entry.on, line.entry.text.clone()))?,
        };
        Some(Offer {
            on,
            words: unmarked(&words),
            quoted: line.is_some_and(|line| self.is_quoted(&line.event)),
            amount: line.and_then(|line| line.entry.amount),
            gap: None,
        })
    }

    /// Returns whether a promise was not kept: it is told where that is said.
    fn is_broken(&self, event: &str) -> bool {
        self.view.promises.iter().any(|promise| promise.event == event && promise.kept == Kept::Broken)
    }

    /// Takes the promises that were not kept, each with whoever made it where that was written down.
    fn broken_promises(&self) -> Vec<Promise> {
        let state = self.state;
        let broken = self.view.promises.iter().filter(|promise| promise.kept == Kept::Broken);
        broken
            .map(|promise| {
                let line = state.log.iter().find(|line| line.event == promise.event);
                let bill = state.bills.iter().find(|bill| bill.event == promise.event);
                Promise {
                    on: promise.on,
                    who: line.and_then(|line| line.entry.person.clone()),
                    // Of a price that was promised, the promise: the bill above it is what broke it.
                    words: bill.map_or_else(
                        || unmarked(&promise.text),
                        |bill| format!("{}: {}", bill.name, bill.promised),
                    ),
                    quoted: self.is_quoted(&promise.event),
                    price: bill.is_some(),
                    due: promise.due.filter(|_| bill.is_none()),
                }
            })
            .collect()
    }

    /// Takes what the customer tried, oldest first. A contact of which nothing is known but its day proves nothing: it is left out.
    fn steps(&self) -> Vec<Step> {
        let own =
            self.state.log.iter().filter(|line| line.entry.by == By::Customer && says_something(&line.entry));
        own.map(|line| {
            let entry = &line.entry;
            let spoken = is_spoken(entry);
            // What was sent is told as such: its words are in the company's hands.
            let whole = entry.text.starts_with("Sent: ") && entry.text.contains("\n\n")
                || is_name_of_letter(&entry.text);
            let summary = tellable(&entry.text, self.me.name.as_deref()).filter(|_| !whole);
            let promised = summary.is_none().then(|| self.promised_in(entry)).flatten();
            Step {
                on: entry.on,
                channel: match (entry.channel, entry.kind) {
                    (Some(channel), _) => channel.id().to_owned(),
                    (None, LogKind::Call | LogKind::NoAnswer) => "phone".to_owned(),
                    (None, _) => String::new(),
                },
                rung: entry.rung.map(|rung| rung.id().to_owned()),
                // Who is named in what was said is not named twice.
                who: entry
                    .person
                    .clone()
                    .filter(|who| !summary.as_ref().is_some_and(|said| said.contains(who))),
                summary: summary.unwrap_or_default(),
                reference: entry.reference.clone(),
                unanswered: entry.kind == LogKind::NoAnswer,
                complaint: entry.kind == LogKind::Complaint && !spoken,
                asked_supervisor: entry.kind == LogKind::AskedSupervisor,
                promised,
            }
        })
        .collect()
    }

    /// Returns what was promised in a contact and is told nowhere else.
    fn promised_in(&self, contact: &Entry) -> Option<String> {
        let promised = self.state.log.iter().filter(|line| {
            let entry = &line.entry;
            entry.by == By::Company
                && entry.kind == LogKind::Promise
                && (entry.on, entry.time, entry.channel) == (contact.on, contact.time, contact.channel)
                && !self.is_broken(&line.event)
        });
        let words: Vec<String> =
            promised.filter_map(|line| self.words(&line.event, &line.entry.text)).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// Returns whether an answer is a promise that is told with the contact in which it was made.
    fn is_told_with_its_contact(&self, answer: &Entry) -> bool {
        let contact = |line: &&casework::Line| {
            let entry = &line.entry;
            entry.by == By::Customer
                && says_something(entry)
                && (entry.on, entry.time, entry.channel) == (answer.on, answer.time, answer.channel)
                && tellable(&entry.text, self.me.name.as_deref()).is_none()
        };
        answer.kind == LogKind::Promise && self.state.log.iter().any(|line| contact(&line))
    }

    /// Takes what the company answered, oldest first. A promise that was not kept is told where it was broken.
    fn answers(&self) -> Vec<Answer> {
        let theirs = self.state.log.iter().filter(|line| {
            line.entry.by == By::Company
                && !line.entry.text.trim().is_empty()
                && !matches!(line.entry.kind, LogKind::Payment | LogKind::Delivery)
                && !self.is_broken(&line.event)
                && !self.is_told_with_its_contact(&line.entry)
        });
        theirs
            .map(|line| Answer {
                on: line.entry.on,
                channel: line.entry.channel.map(|channel| channel.id().to_owned()).unwrap_or_default(),
                who: line.entry.person.clone(),
                words: self.words(&line.event, &line.entry.text).unwrap_or_default(),
                quoted: self.is_quoted(&line.event),
            })
            .collect()
    }
}

/// Takes the problem.
fn problem(state: &State) -> Problem {
    use atlas::words::Topic::{BillingError, Fraud, SubscriptionTrap, WrongCharge};
    let known = &state.facts;
    Problem {
        what: known.what.clone(),
        since: known.since.or(known.event),
        ongoing: known.ongoing,
        impact: known.impact.clone(),
        agreed: known.agreed.clone(),
        amount: known.amount,
        paid_amount: paid(state),
        // The day that counts is that of the payment only where the matter is a payment.
        paid: known
            .event
            .filter(|_| matches!(known.topic, Some(BillingError | Fraud | SubscriptionTrap | WrongCharge))),
        paid_by: known.paid_by.map(|by| by.id().to_owned()),
    }
}

/// Returns the sum of the payment that a bank is asked for: what the customer wrote down as paid; else the sum in dispute, where it is asked
/// back as paid and the story names no other. A claim for harm is no payment, and nothing is guessed.
fn paid(state: &State) -> Option<Money> {
    use casework::Wish::{Cancellation, Refund};
    let known = &state.facts;
    let own = state.log.iter().map(|line| &line.entry);
    let own = own.filter(|entry| entry.by == By::Customer && entry.kind == LogKind::Payment);
    let payments: Vec<Money> = own.filter_map(|entry| entry.amount).collect();
    if let [payment] = payments[..] {
        return Some(payment);
    }
    let told = known.what.iter().chain(&known.agreed).flat_map(|text| sums(text, known.country));
    let others: Vec<Money> = told.filter(|sum| Some(*sum) != known.amount).collect();
    let asked_back = matches!(known.wanted, None | Some(Refund | Cancellation));
    known.amount.filter(|_| payments.is_empty() && asked_back && others.is_empty())
}

/// Returns the words of a note that is a quotation as a whole: `"We will correct it."`. Who "we" is in a note without marks, nobody knows.
fn in_marks(text: &str) -> Option<&str> {
    const MARKS: [(char, char); 6] = [('"', '"'), ('“', '”'), ('„', '“'), ('„', '”'), ('«', '»'), ('»', '«')];
    let text = text.trim().trim_end_matches('.');
    MARKS.iter().find_map(|(open, close)| {
        let words = text.strip_prefix(*open)?.strip_suffix(*close)?.trim();
        (!words.is_empty() && !words.contains([*open, *close])).then_some(words)
    })
}

/// Returns what somebody said, without the marks around it: a letter sets its own.
fn unmarked(text: &str) -> String {
    in_marks(text).unwrap_or(text).to_owned()
}

/// Returns whether a line is the bare name of a letter: so were texts without a subject once written down, and so says nothing.
fn is_name_of_letter(text: &str) -> bool {
    crate::case::kinds().iter().any(|kind| kind.title == text.trim())
}

/// Returns whether a document is the authority to act for somebody, by its name.
fn is_authority(name: &str) -> bool {
    const SAID: [&str; 11] = [
        "letter of authority",
        "form of authority",
        "authority to act",
        "signed authority",
        "power of attorney",
        "vollmacht",
        "procuration",
        "mandat de représentation",
        "autorización",
        "autorizacion",
        "poder notarial",
    ];
    let name = name.trim().to_lowercase().replace(['_', '-'], " ");
    let first = name.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(first, "authority" | "authorisation" | "authorization" | "mandat" | "poder")
        && !name.contains("sepa")
        || SAID.iter().any(|said| name.contains(said))
}

/// Returns whether a contact was by word of mouth.
fn is_spoken(entry: &Entry) -> bool {
    matches!(entry.channel, Some(Channel::Phone | Channel::InPerson))
        || entry.channel.is_none() && matches!(entry.kind, LogKind::Call | LogKind::NoAnswer)
}

/// Returns what stands agreed, with its day: the last promise that was not broken or replaced, or an offer that was accepted.
fn agreement(state: &State, view: &View<'_>) -> Option<(Date, String)> {
    let promised = view
        .promises
        .iter()
        .filter(|promise| !matches!(promise.kept, Kept::Broken | Kept::Replaced))
        .map(|promise| (promise.on, promise.text.clone()))
        .next_back();
    let accepted = view.remedy.accepted.and_then(|on| {
        let offers = state.log.iter().rev().map(|line| &line.entry);
        let mut offers = offers.filter(|entry| entry.kind == LogKind::Offer && entry.on <= on);
        offers.next().map(|entry| (on, entry.text.clone()))
    });
    promised.into_iter().chain(accepted).max_by_key(|(on, _)| *on)
}

/// Finds the conversation that is confirmed in writing, and what was said in it: the one in which something was promised or offered,
/// else the last one.
fn conversation(state: &State) -> Option<(Sent, String)> {
    let spoken = |entry: &Entry| {
        let channel = entry.channel;
        entry.kind == LogKind::Call
            || matches!(channel, Some(Channel::Phone | Channel::Chat | Channel::InPerson))
    };
    let agreed =
        |entry: &Entry| entry.by == By::Company && matches!(entry.kind, LogKind::Promise | LogKind::Offer);
    let lines = || {
        let said = |entry: &Entry| entry.kind != LogKind::NoAnswer && !entry.text.trim().is_empty();
        state.log.iter().rev().filter(move |line| said(&line.entry))
    };
    let line = lines()
        .find(|line| agreed(&line.entry) && (spoken(&line.entry) || line.entry.channel.is_none()))
        .or_else(|| lines().find(|line| spoken(&line.entry)))?;
    let same = |entry: &Entry| {
        (entry.on, entry.time, entry.channel) == (line.entry.on, line.entry.time, line.entry.channel)
    };
    // All that was promised in it, in the order in which it was said.
    let all = state.log.iter().map(|line| &line.entry).filter(|entry| agreed(entry) && same(entry));
    let mut all: Vec<String> = all.map(|entry| entry.text.trim().to_owned()).collect();
    all.retain(|text| !text.is_empty());
    all.dedup();
    let words = if agreed(&line.entry) && all.len() > 1 {
        let numbered = (1..).zip(&all);
        let numbered = numbered.map(|(number, text)| format!("({number}) {}", text.trim_end_matches('.')));
        numbered.collect::<Vec<String>>().join("; ")
    } else {
        line.entry.text.clone()
    };
    Some((Sent { on: line.entry.on, due: None, who: line.entry.person.clone() }, words))
}

/// Returns whether anything is known of a contact beside its day and with whom it was: what was said, or under which number.
fn says_something(entry: &Entry) -> bool {
    entry.kind == LogKind::NoAnswer || !entry.text.trim().is_empty() || entry.reference.is_some()
}

/// Returns who comes next outside of the company, and from when.
fn next(view: &View<'_>) -> Option<Next> {
    if let Some(open) = view.open_door() {
        return Some(Next { name: open.body.name.clone(), from: None, one_of: open.one_of.clone() });
    }
    view.next_door().map(|(outside, day)| Next {
        name: outside.body.name.clone(),
        from: Some(day),
        one_of: outside.one_of.clone(),
    })
}

/// Numbers the evidence as the dossier does: in the order in which it was attached.
fn enclosures(state: &State) -> Vec<Enclosure> {
    (1..)
        .zip(&state.evidence)
        .map(|(number, evidence)| Enclosure { number, title: evidence.name.clone() })
        .collect()
}

/// Returns the client in whose name somebody else writes.
pub(in crate::case) fn client<'a>(state: &'a State, view: &View<'_>, me: &Me) -> Option<&'a str> {
    let client = state.authority.as_ref()?.client(view.now)?;
    Some(client).filter(|client| me.name.as_deref().is_none_or(|name| !name.eq_ignore_ascii_case(client)))
}
