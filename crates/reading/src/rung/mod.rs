//! Naming the rung and the party of a hit.
//!
//! First whose contact it is ([`party`]); then, by a registry of small signals over the words around it ([`signals`],
//! [`words`]), which rung it is on ([`weigh`]). Every verdict keeps the signals that made it. All of it is tables and
//! windows of bounded size: the same page gives the same verdicts, and a long page no slower ones.

mod around;
mod bodies;
mod firms;
mod fold;
mod kind;
pub mod learned;
mod lines;
mod listed;
mod names;
mod own;
mod party;
mod series;
mod signals;
mod topic;
mod weigh;
mod words;

use ladder::{Channel, Party, Rung, Signal};

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;
use around::{Around, Surroundings, Zone};
use party::Owner;
use topic::Topic;

pub use listed::listed;
pub(crate) use listed::{desks, desks_of_local};
pub use signals::{Example, Rule};

/// Returns every rule by which rungs are named.
#[must_use]
pub const fn rules() -> &'static [&'static Rule] {
    &signals::ALL
}

/// What was made of a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// Its rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// Whose it is.
    pub party: Party,
    /// The words that name it.
    pub label: Option<String>,
    /// Why.
    pub signals: Vec<Signal>,
}

/// Names the hits of one page, which are to be given in the order of the page.
#[derive(Debug)]
pub struct Namer<'a> {
    page: Surroundings<'a>,
    last: Owner,
    series: series::Series,
}

impl<'a> Namer<'a> {
    /// Makes a namer for a page and its hits.
    #[must_use]
    pub fn new(outline: &'a Outline, context: &'a Context<'a>, hits: &[Hit]) -> Self {
        Self {
            page: Surroundings::new(outline, context, hits),
            last: Owner::Company,
            series: series::Series::default(),
        }
    }

    /// Names one hit.
    pub fn name(&mut self, hit: &Hit) -> Verdict {
        let around = self.page.of(hit);
        let owner = party::owner(&around, &self.last);
        let mut verdict = match &owner {
            Owner::Body { name, rung, because } => {
                let signal = Signal { id: because.id, rung: Some(*rung), words: because.words.clone() };
                Verdict {
                    rung: Some(*rung),
                    party: Party::Other(name.clone()),
                    label: None,
                    signals: vec![signal],
                }
            }
            Owner::Firm { name, aside, because } => of_a_firm(&around, name, *aside, because),
            Owner::Company => of_the_company(&around, &mut self.series),
        };
        if owner != Owner::Company {
            self.series.skip();
        }
        verdict.label = label(&around);
        verdict.signals.extend(hit.signals.iter().cloned());
        if !hit.span.is_empty() {
            self.last = owner;
        }
        verdict
    }

    /// Looks once more at the verdicts on all hits, in their order: what a page lists beside desks is one.
    pub fn settle(&self, verdicts: &mut [Verdict]) {
        self.series.settle(verdicts);
    }
}

/// Names the rung of the company's own contact.
fn of_the_company(around: &Around, series: &mut series::Series) -> Verdict {
    if around.channel() == Channel::Social {
        series.skip();
        return of_a_profile(around);
    }
    let votes = signals::look(around);
    let (rung, signals) = votes.verdict();
    series.note(around, &votes, rung);
    Verdict { rung, party: Party::Company, label: None, signals }
}

/// Names the rung of the company's own profile: for everyone, unless it is for recruits.
fn of_a_profile(around: &Around) -> Verdict {
    let recruits = [Zone::Anchor, Zone::Label, Zone::Path, Zone::Kind].into_iter().find_map(|zone| {
        around
            .named(zone)
            .find(|m| matches!(m.topic, Topic::Careers | Topic::Press | Topic::Investors))
            .cloned()
    });
    let signals =
        recruits.iter().map(|m| Signal { id: "profile", rung: None, words: m.words.clone() }).collect();
    let rung = recruits.is_none().then_some(Rung::FrontLine);
    Verdict { rung, party: Party::Company, label: None, signals }
}

/// Names the rung of another firm's contact: off the ladder, unless the page sends the customer there with a problem.
fn of_a_firm(around: &Around, name: &str, aside: bool, because: &party::Reason) -> Verdict {
    let party = Party::Other(name.to_owned());
    let why = Signal { id: because.id, rung: None, words: because.words.clone() };
    if aside {
        return Verdict { rung: None, party, label: None, signals: vec![why] };
    }
    let (rung, mut signals) = signals::look(around).verdict();
    let rung = rung.filter(|rung| !matches!(rung, Rung::FrontLine | Rung::Legal));
    if rung.is_none() {
        signals.clear();
    }
    signals.push(why);
    Verdict { rung, party, label: None, signals }
}

/// Returns what the page calls a contact: the label before it, else the lines or the heading above.
fn label(around: &Around) -> Option<String> {
    [Zone::Kind, Zone::Label, Zone::Row, Zone::Card, Zone::Anchor, Zone::Heading]
        .into_iter()
        .map(|zone| around.text(zone).trim().trim_end_matches([':', '-', '–', ' ']))
        .find(|text| text.len() <= 120 && !lines::trivial(past_brackets(text)))
        .map(str::to_owned)
}

/// Returns what follows a remark in brackets that a text begins with: of `(9am to 5pm), e-mail` the channel alone, which names nobody.
fn past_brackets(text: &str) -> &str {
    text.strip_prefix('(').and_then(|inner| inner.split_once(')')).map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests;
