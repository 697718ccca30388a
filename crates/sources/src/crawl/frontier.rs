//! The links that are left, and which comes next.
//!
//! Each address stands here once, with the best that was said for it. What was asked for once never comes back.

use std::collections::{HashMap, HashSet};

use url::Url;

use super::address;
use super::progress::Progress;
use super::score::{Choice, Reason};

/// Links held; beyond, only promising ones are taken, and beyond twice as many none.
const HELD: usize = 4_000;

/// What is promising where the frontier is full.
const PROMISING: f32 = 20.0;

/// A link that was not followed yet.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Where it leads.
    pub url: Url,
    /// What it promises.
    pub choice: Choice,
    /// Clicks from the start page.
    pub clicks: usize,
    pdf: bool,
}

/// The links that are left.
#[derive(Debug, Default)]
pub(super) struct Frontier {
    left: Vec<Candidate>,
    places: HashMap<String, usize>,
    done: HashSet<String>,
}

impl Frontier {
    /// Adds a link, or adds what it says to what is known of its address.
    pub(super) fn add(&mut self, url: Url, choice: Choice, clicks: usize) {
        let key = address::key(&url);
        if self.done.contains(&key) {
            return;
        }
        if let Some(&at) = self.places.get(&key) {
            let known = &mut self.left[at];
            known.clicks = known.clicks.min(clicks);
            if choice.gain > known.choice.gain {
                known.choice = choice;
            }
            return;
        }
        if self.left.len() >= HELD && (choice.gain < PROMISING || self.left.len() >= 2 * HELD) {
            return;
        }
        self.places.insert(key, self.left.len());
        let pdf = address::file_kind(&url) == address::FileKind::Pdf;
        self.left.push(Candidate { url, choice, clicks, pdf });
    }

    /// Marks an address as asked for; returns whether it was not before.
    pub(super) fn mark(&mut self, url: &Url) -> bool {
        let key = address::key(url);
        if let Some(at) = self.places.remove(&key) {
            self.remove(at);
        }
        self.done.insert(key)
    }

    /// Takes the best link, its gain weighed by what was found; `None` where none is left.
    ///
    /// Of equal ones the first seen comes first.
    pub(super) fn best(&self, progress: &Progress, pdfs: bool) -> Option<Candidate> {
        let gain = |candidate: &Candidate| {
            let clicks = clicks_factor(candidate.clicks);
            candidate.choice.gain * clicks * progress.factor(&candidate.url, &candidate.choice)
        };
        let mut best: Option<(usize, f32)> = None;
        for (at, candidate) in self.left.iter().enumerate().filter(|(_, candidate)| pdfs || !candidate.pdf) {
            // What is found adds three fifths at most: a link far behind need not be weighed.
            if best.is_some_and(|(_, gain)| candidate.choice.gain * 1.8 < gain) {
                continue;
            }
            let gain = gain(candidate);
            if best.is_none_or(|(_, most)| gain > most) {
                best = Some((at, gain));
            }
        }
        let (at, _) = best?;
        let mut candidate = self.left[at].clone();
        if candidate.clicks > 1 {
            candidate.choice.multiply(Reason::new(
                format!("{} clicks from the start", candidate.clicks),
                clicks_factor(candidate.clicks),
            ));
        }
        for reason in progress.reasons(&candidate.url, &candidate.choice) {
            candidate.choice.multiply(reason);
        }
        Some(candidate)
    }

    /// Returns how many links are left.
    pub(super) fn len(&self) -> usize {
        self.left.len()
    }

    fn remove(&mut self, at: usize) {
        self.left.remove(at);
        for place in self.places.values_mut() {
            if *place > at {
                *place -= 1;
            }
        }
    }
}

/// Returns what a page so many clicks from the start is discounted by.
fn clicks_factor(clicks: usize) -> f32 {
    0.95_f32.powi(i32::try_from(clicks.saturating_sub(1).min(20)).unwrap_or(20))
}

#[cfg(test)]
mod tests {
    use super::super::words::PageKind;
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse(&format!("https://acme.example{path}")).unwrap()
    }

    fn add(frontier: &mut Frontier, path: &str, gain: f32) {
        let choice = Choice { gain, ..Choice::because(PageKind::Unknown, "a test says so") };
        frontier.add(url(path), choice, 1);
    }

    #[test]
    fn the_best_comes_first_and_nothing_comes_twice() {
        let mut frontier = Frontier::default();
        add(&mut frontier, "/b", 5.0);
        add(&mut frontier, "/a", 5.0);
        add(&mut frontier, "/c", 9.0);
        add(&mut frontier, "/C/", 30.0);
        let progress = Progress::default();
        let mut order = Vec::new();
        while let Some(best) = frontier.best(&progress, true) {
            assert!(frontier.mark(&best.url));
            order.push(best.url.path().to_owned());
        }
        assert_eq!(order, ["/c", "/b", "/a"]);
        add(&mut frontier, "/c?utm_source=x", 90.0);
        assert_eq!(frontier.len(), 0);
        assert!(!frontier.mark(&url("/b/")));
    }

    #[test]
    fn a_flood_of_links_is_bounded_and_does_not_drown_the_good_ones() {
        let mut frontier = Frontier::default();
        for n in 0..3 * HELD {
            add(&mut frontier, &format!("/p{n}"), 1.0);
        }
        assert_eq!(frontier.len(), HELD);
        add(&mut frontier, "/complaints", 100.0);
        assert_eq!(frontier.best(&Progress::default(), true).unwrap().url.path(), "/complaints");
    }

    #[test]
    fn pdfs_can_be_left_out() {
        let mut frontier = Frontier::default();
        add(&mut frontier, "/complaints.pdf", 90.0);
        add(&mut frontier, "/about", 20.0);
        assert_eq!(frontier.best(&Progress::default(), false).unwrap().url.path(), "/about");
        assert_eq!(frontier.best(&Progress::default(), true).unwrap().url.path(), "/complaints.pdf");
    }
}
