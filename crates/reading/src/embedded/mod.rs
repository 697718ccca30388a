//! Data embedded for machines: JSON-LD, microdata, RDFa Lite, h-card and hCard.
//!
//! All of them become one graph of items ([`graph`]; [`json`] reads the scripts, [`marks`] the markup), and one reading of
//! it ([`company`]) tells whose contacts they are: the page's own company, another firm, a person. What is printed as well
//! gives a hit where it stands, so that the words around it count; the rest is data without a place.

mod company;
mod graph;
mod json;
mod marks;
mod values;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use ladder::{Channel, CompanyFacts, Reach};

use crate::hit::Hit;
use crate::outline::Outline;
use crate::page::Context;
use graph::Graph;

/// Finds the contacts in a page's embedded data, and what it says of the company.
#[must_use]
pub fn find(outline: &Outline, context: &Context) -> (Vec<Hit>, CompanyFacts) {
    let mut graph = Graph::default();
    for script in &outline.scripts {
        if script.kind.contains("ld+json") {
            graph.add_json(json::read(&script.text));
        }
    }
    marks::add(outline, &mut graph);
    graph.join();
    company::read(&graph, outline, context)
}

/// Gives addresses in the data the line of an address that is the same: one that the page prints, else the fuller of two
/// in the data. One address has one value.
pub(crate) fn join_printed(data: &mut [Hit], printed: &[Hit]) {
    let is_postal = |hit: &&Hit| hit.reach.channel() == Channel::Postal;
    let known = printed.iter().filter(is_postal).map(|hit| Line::of(&hit.reach)).collect::<Vec<_>>();
    let mut own: Vec<Line> = Vec::new();
    for hit in data.iter().filter(is_postal) {
        let line = Line::of(&hit.reach);
        match own.iter_mut().find(|other| other.is(&line)) {
            Some(other) if other.words.len() >= line.words.len() => {}
            Some(other) => *other = line,
            None => own.push(line),
        }
    }
    for hit in data.iter_mut().filter(|hit| hit.reach.channel() == Channel::Postal) {
        let line = Line::of(&hit.reach);
        if let Some(same) = known.iter().chain(&own).find(|other| other.is(&line)) {
            hit.reach = same.reach.clone();
        }
    }
}

/// An address cut into words.
struct Line {
    reach: Reach,
    words: HashSet<String>,
    numbers: HashSet<String>,
}

impl Line {
    fn of(reach: &Reach) -> Self {
        let lower = reach.value().to_lowercase();
        let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let words: HashSet<String> = words.map(str::to_owned).collect();
        let numbers =
            words.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).cloned().collect();
        Self { reach: reach.clone(), words, numbers }
    }

    /// Whether two lines are one address: most words in common, and no number of the one that the other contradicts.
    fn is(&self, other: &Self) -> bool {
        let common = self.words.intersection(&other.words).count();
        let agree = self.numbers.is_subset(&other.numbers) || other.numbers.is_subset(&self.numbers);
        agree
            && !self.numbers.is_disjoint(&other.numbers)
            && common * 5 >= self.words.len().min(other.words.len()) * 3
    }
}
