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

use ladder::{Channel, CompanyFacts};

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

/// Gives addresses in the data the line that the page prints, where it prints the same address: one address, one value.
pub(crate) fn join_printed(data: &mut [Hit], printed: &[Hit]) {
    for hit in data.iter_mut().filter(|hit| hit.reach.channel() == Channel::Postal) {
        let words = words_of(&hit.reach.value());
        let same = printed.iter().filter(|other| other.reach.channel() == Channel::Postal).find(|other| {
            let others = words_of(&other.reach.value());
            let common = words.iter().filter(|word| others.contains(word)).count();
            let numbers = |words: &[String]| {
                let mut digits: Vec<u8> =
                    words.iter().flat_map(|w| w.bytes()).filter(u8::is_ascii_digit).collect();
                digits.sort_unstable();
                digits
            };
            common * 5 >= words.len().min(others.len()) * 3 && numbers(&words) == numbers(&others)
        });
        if let Some(same) = same {
            hit.reach = same.reach.clone();
        }
    }
}

/// Returns the words of an address in lower case.
fn words_of(line: &str) -> Vec<String> {
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
