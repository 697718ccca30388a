//! What has been found, and what that makes of the links that are left.
//!
//! A second complaints page is worth less than the first, help pages little once the way to complain is known, and
//! more while it is not; a folder that yielded nothing twice will hardly do so the third time. The floor below which
//! no request is worth it rises with what is known and with what was spent.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use ladder::{Channel, Finding, Reach, Rung};
use url::Url;

use super::address;
use super::score::{Choice, Reason};
use super::words::{PageKind, to_f32};

/// Documents within which a site that has named no one above the front line is explored.
const EXPLORE: usize = 11;

/// What a crawl has found so far.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Documents read.
    pub documents: usize,
    reaches: HashSet<Reach>,
    kinds: BTreeMap<PageKind, (i32, i32)>,
    folders: HashMap<String, i32>,
    shapes: HashMap<String, i32>,
    words: HashMap<String, (i32, i32)>,
    known: BTreeSet<Known>,
}

/// What is known of the ladder.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Known {
    /// How to complain.
    Complaints,
    /// Someone above: a manager, a director.
    Above,
    /// A body outside of the company.
    Outside,
    /// The registered office.
    Legal,
    /// The front line.
    Front,
    /// The contact page was read.
    ContactPage,
}

impl Progress {
    /// Takes note of a document; returns how many contacts it named first.
    pub(super) fn note(&mut self, url: &Url, choice: &Choice, finding: &Finding) -> usize {
        let kind = choice.kind;
        self.documents += 1;
        let mut new = 0;
        for sighting in &finding.contacts {
            let fresh = self.reaches.insert(sighting.reach.clone());
            new += usize::from(fresh);
            let own = sighting.party.is_company();
            let known = match sighting.rung {
                Some(Rung::Complaints | Rung::Supervisor) if own => Some(Known::Complaints),
                Some(Rung::Management | Rung::Executive) if own => Some(Known::Above),
                Some(Rung::Adr | Rung::Regulator) => Some(Known::Outside),
                Some(Rung::Legal) if own => Some(Known::Legal),
                Some(Rung::FrontLine) if own && sighting.reach.channel() != Channel::Social => {
                    Some(Known::Front)
                }
                _ => None,
            };
            self.known.extend(known);
        }
        let procedure = finding.policy.as_ref().is_some_and(|policy| !policy.stages.is_empty());
        if kind == PageKind::Complaints && (new > 0 || procedure) {
            self.known.insert(Known::Complaints);
        }
        if kind == PageKind::Contact && !finding.contacts.is_empty() {
            self.known.insert(Known::ContactPage);
        }
        let useful = new > 0 || procedure;
        let (yielded, dry) = self.kinds.entry(kind).or_default();
        *(if useful { yielded } else { dry }) += 1;
        if !useful {
            self.note_waste(url);
        }
        for word in &choice.words {
            let (yielded, dry) = self.words.entry(word.clone()).or_default();
            *(if useful { yielded } else { dry }) += 1;
        }
        *self.shapes.entry(shape(url)).or_default() += 1;
        new
    }

    /// Takes note of a request that gave nothing.
    pub(super) fn note_waste(&mut self, url: &Url) {
        if let Some(folder) = folder(url) {
            *self.folders.entry(folder).or_default() += 1;
        }
    }

    fn knows(&self, known: Known) -> bool {
        self.known.contains(&known)
    }

    /// Returns whether any contact was found.
    pub(super) fn found_any(&self) -> bool {
        !self.reaches.is_empty()
    }

    /// Returns the factor that what was found puts on a link.
    pub(super) fn factor(&self, url: &Url, choice: &Choice) -> f32 {
        self.reasons(url, choice).iter().map(|reason| reason.factor).product()
    }

    /// Returns what that factor is made of.
    pub(super) fn reasons(&self, url: &Url, choice: &Choice) -> Vec<Reason> {
        let kind = choice.kind;
        let mut reasons = Vec::new();
        let mut say = |words: &str, factor: f32| {
            if (factor - 1.0).abs() > f32::EPSILON {
                reasons.push(Reason::new(words, factor));
            }
        };
        let (yielded, dry) = self.kinds.get(&kind).copied().unwrap_or_default();
        if !matches!(kind, PageKind::Unknown | PageKind::Section) {
            let keeps: f32 = if matches!(kind, PageKind::Complaints | PageKind::Contact) { 0.6 } else { 0.5 };
            say("pages of its kind were read", keeps.powi(yielded) * 0.75_f32.powi(dry));
        }
        let hidden = matches!(
            kind,
            PageKind::Service
                | PageKind::Policies
                | PageKind::Charter
                | PageKind::Terms
                | PageKind::Forms
                | PageKind::Sitemap
                | PageKind::Faq
        );
        if self.knows(Known::Complaints) {
            match kind {
                PageKind::Sitemap | PageKind::Section | PageKind::Unknown => {
                    say("how to complain is known", 0.4);
                }
                _ if hidden => say("how to complain is known", 0.6),
                _ => {}
            }
        } else if self.documents >= 3 && hidden {
            say("the way to complain may hide there", 1.25);
        } else if self.documents >= 3 && kind == PageKind::Section && !self.knows(Known::Above) {
            say("the way to complain may hide there", 1.6);
        }
        if self.knows(Known::Outside) && kind == PageKind::Redress {
            say("outside bodies are known", 0.6);
        }
        if self.knows(Known::Legal) && matches!(kind, PageKind::Imprint | PageKind::About) {
            say("the registered office is known", 0.7);
        }
        if self.knows(Known::ContactPage) && matches!(kind, PageKind::Places | PageKind::Service) {
            say("how to reach the front line is known", 0.75);
        }
        if kind == PageKind::Unknown {
            let known = choice.words.iter().filter_map(|word| self.words.get(word));
            let (mut most_yielded, mut most_dry) = (0, 0);
            for (yielded, dry) in known {
                match yielded {
                    0 => most_dry = most_dry.max(*dry),
                    _ => most_yielded = most_yielded.max(yielded - dry),
                }
            }
            if most_yielded > 0 {
                say("pages called so named someone", 1.4);
            } else {
                say("pages called so yielded nothing", 0.75_f32.powi(most_dry.min(6)));
            }
        }
        if let Some(times) = folder(url).and_then(|folder| self.folders.get(&folder)) {
            say("its folder yielded nothing", 0.75_f32.powi(*times));
        }
        let alike = self.shapes.get(&shape(url)).copied().unwrap_or_default();
        if alike > 0 && shape(url).contains(['#', '?']) {
            say("addresses of its shape were read", 0.6_f32.powi(alike));
        }
        reasons
    }

    /// Returns the gain below which a request is not worth it.
    pub(super) fn floor(&self) -> f32 {
        let spent = to_f32(self.documents);
        if !self.found_any() {
            if self.documents < EXPLORE { 2.0 } else { 4.0 + 0.4 * spent }
        } else if !self.knows(Known::Complaints) && !self.knows(Known::Above) {
            if self.documents < EXPLORE { 3.0 } else { 6.0 + 0.4 * spent }
        } else if self.knows(Known::Complaints)
            && (self.knows(Known::Legal) || self.knows(Known::ContactPage))
        {
            if self.knows(Known::Above) { 5.5 + 0.5 * spent } else { 5.0 + 0.4 * spent }
        } else {
            4.5 + 0.45 * spent
        }
    }

    /// Returns what was found, in words.
    pub(super) fn have(&self) -> String {
        let known: Vec<&str> = [
            (self.knows(Known::Complaints), "how to complain"),
            (self.knows(Known::Above), "who stands above"),
            (self.knows(Known::Outside), "outside bodies"),
            (self.knows(Known::Legal), "the registered office"),
            (self.knows(Known::Front), "the front line"),
        ]
        .into_iter()
        .filter_map(|(known, words)| known.then_some(words))
        .collect();
        match known.as_slice() {
            [] => "found no contact".to_owned(),
            [one] => format!("found {one}"),
            [init @ .., last] => format!("found {} and {last}", init.join(", ")),
        }
    }
}

/// Returns the folder that a page lies in; `None` at the root, where everything lies.
fn folder(url: &Url) -> Option<String> {
    let key = address::key(url);
    let path = key.split('?').next().unwrap_or_default();
    let (folder, _) = path.rsplit_once('/')?;
    folder.contains('/').then(|| folder.to_owned())
}

/// Returns an address with its numbers and the values of its query taken out: what pages of one template share.
fn shape(url: &Url) -> String {
    let key = address::key(url);
    let (path, query) = key.split_once('?').unwrap_or((&key, ""));
    let mut shape = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '0'..='9' if shape.ends_with('#') => {}
            '0'..='9' => shape.push('#'),
            c => shape.push(c),
        }
    }
    if !query.is_empty() {
        shape.push('?');
        for pair in query.split('&') {
            shape.push_str(pair.split('=').next().unwrap_or_default());
            shape.push('&');
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse(&format!("https://acme.example{path}")).unwrap()
    }

    fn of(kind: PageKind) -> Choice {
        Choice::because(kind, "a test says so")
    }

    #[test]
    fn words_that_led_nowhere_sink_and_words_that_led_somewhere_rise() {
        let called = |word: &str| Choice { words: vec![word.to_owned()], ..of(PageKind::Unknown) };
        let mut progress = Progress::default();
        progress.note(&url("/a"), &called("sofas"), &Finding::default());
        assert!(progress.factor(&url("/b"), &called("sofas")) < 1.0);
        assert!((progress.factor(&url("/b"), &called("redress")) - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn what_yields_nothing_is_worth_less_each_time() {
        let mut progress = Progress::default();
        let before = progress.factor(&url("/branches/leeds"), &of(PageKind::Places));
        progress.note(&url("/branches/york"), &of(PageKind::Places), &Finding::default());
        let once = progress.factor(&url("/branches/leeds"), &of(PageKind::Places));
        progress.note(&url("/branches/hull"), &of(PageKind::Places), &Finding::default());
        let twice = progress.factor(&url("/branches/leeds"), &of(PageKind::Places));
        assert!(before > once && once > twice, "{before} {once} {twice}");
    }

    #[test]
    fn pages_of_one_template_wear_out_together() {
        let mut progress = Progress::default();
        progress.note(&url("/contact?store=1"), &of(PageKind::Contact), &Finding::default());
        assert!(progress.factor(&url("/contact?store=2"), &of(PageKind::Unknown)) < 1.0);
        progress.note(&url("/person-12"), &of(PageKind::Unknown), &Finding::default());
        assert!(progress.factor(&url("/person-77"), &of(PageKind::Unknown)) < 1.0);
        assert!((progress.factor(&url("/imprint"), &of(PageKind::Unknown)) - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn the_floor_rises_with_what_is_spent() {
        let mut progress = Progress::default();
        let first = progress.floor();
        for n in 0..20 {
            progress.note(&url(&format!("/p{n}/x")), &of(PageKind::Unknown), &Finding::default());
        }
        assert!(progress.floor() > first);
        assert_eq!(progress.have(), "found no contact");
    }
}
