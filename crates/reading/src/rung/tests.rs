//! The rules held to their examples, and snippets in six languages held to their rungs.

use ladder::{Channel, Reach, rung};

use super::*;
use crate::outline::{Outline, from_html};

/// Makes the hit of a value as printed in an outline; an attribute `data-kind` or `data-role` stands for the extractor.
fn hit_of(outline: &Outline, html: &str, value: &str) -> Hit {
    if value.starts_with("https://") {
        let link = outline.links.iter().position(|l| l.href == value).unwrap();
        return Hit::on_link(outline, Reach::parse(Channel::Form, value).unwrap(), link);
    }
    let attribute = |name: &str| {
        let from = html.find(name)? + name.len() + 2;
        Some(html[from..].split('"').next().unwrap().to_owned())
    };
    let reach = if value.contains('@') {
        Reach::parse(Channel::Email, value).unwrap()
    } else if value.contains(',') {
        Reach::parse(Channel::Postal, value).unwrap()
    } else {
        let number = format!("+44{}", value.replace(' ', "").trim_start_matches('0'));
        let channel = attribute("data-channel").map_or(Channel::Phone, |id| Channel::from_id(&id).unwrap());
        Reach::parse(channel, &number).unwrap()
    };
    let start = outline.text.find(value).unwrap_or_else(|| panic!("`{value}` is not in {:?}", outline.text));
    let block = outline.block_at(start).unwrap();
    let hit = Hit::in_text(outline, reach, block, start..start + value.len());
    Hit { label: attribute("data-kind"), title: attribute("data-role"), ..hit }
}

/// Returns every mailbox of an example as hits, so that the page looks as it would.
fn hits_of(outline: &Outline, html: &str, value: &str) -> Vec<Hit> {
    let mut hits = vec![hit_of(outline, html, value)];
    for word in outline.text.split_whitespace().filter(|w| w.contains('@')) {
        let word = word.trim_end_matches(['.', ',']);
        if word != value {
            hits.push(hit_of(outline, html, word));
        }
    }
    hits
}

#[test]
fn every_rule_takes_and_refuses_its_examples() {
    for rule in signals::ALL {
        for (example, takes) in [(&rule.takes, true), (&rule.refuses, false)] {
            let outline = from_html(example.html);
            let context = Context::default();
            let hits = hits_of(&outline, example.html, example.value);
            let page = Surroundings::new(&outline, &context, &hits);
            let mut votes = weigh::Votes::default();
            (rule.look)(&page.of(&hits[0]), &mut votes);
            let spoke = votes.0.iter().any(|v| rung::spelled(v.rung) == example.rung && v.weight >= 0.5);
            assert_eq!(spoke, takes, "{}: {}\n{votes:?}", rule.id, example.html);
            assert!(votes.0.iter().all(|v| v.id == rule.id), "{} votes under another name", rule.id);
        }
        assert!(!rule.claim.is_empty() && !rule.why.is_empty());
    }
}

#[test]
fn every_rule_has_an_id_of_its_own() {
    let mut ids: Vec<&str> = signals::ALL.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), signals::ALL.len());
}
