//! Pages as companies of many countries and trades publish them, written for this test: their contact points, each with
//! its rung and party.
//!
//! Companies, people, sites and numbers are made up; outside bodies are named as they are. Each folder is a set that was
//! labelled before the program had seen it, and the causes of what it missed were mended before the next: all are fitted on
//! since, so their floors guard against falling back, no more. What was reached at first sight is in BENCHMARKS.md.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a test may panic, and shows what differs")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use ladder::{Channel, Country, Sighting, rung};
use reading::page::{self, Context};
use serde_json::Value;
use url::Url;

/// Hits, answers given and answers wanted.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    hits: usize,
    given: usize,
    wanted: usize,
}

impl Tally {
    fn add(&mut self, hits: usize, given: usize, wanted: usize) {
        self.hits += hits;
        self.given += given;
        self.wanted += wanted;
    }

    /// The harmonic mean of precision and recall, in thousandths.
    fn f1(&self) -> usize {
        2000 * self.hits / (self.given + self.wanted).max(1)
    }

    /// The share of what was wanted that was hit, in thousandths.
    fn share(&self) -> usize {
        1000 * self.hits / self.wanted.max(1)
    }
}

/// What came of reading a folder of pages, each figure in thousandths.
#[derive(Debug)]
struct Measured {
    pages: usize,
    /// F1 of channel and value.
    contacts: usize,
    /// F1 of contacts on a rung above the front line, rung and all.
    escalation: usize,
    /// The share of found contacts on the right rung.
    rung: usize,
    /// The mean F1 over the rungs that at least three found contacts are on.
    macro_rung: usize,
    /// The share of found contacts of which it was told whether they are the company's.
    party: usize,
}

/// A contact point, wanted or found, as far as it is compared.
#[derive(Clone, Debug)]
struct Point {
    channel: Channel,
    value: String,
    rung: String,
    outside: bool,
}

impl Point {
    fn wanted(gold: &Value) -> Self {
        let text = |field: &str| gold[field].as_str().unwrap().to_owned();
        let channel = Channel::from_id(&text("channel")).unwrap();
        Self { channel, value: text("value"), rung: text("rung"), outside: text("party") != "company" }
    }

    fn found(sighting: &Sighting) -> Self {
        Self {
            channel: sighting.reach.channel(),
            value: sighting.reach.value().to_owned(),
            rung: rung::spelled(sighting.rung).to_owned(),
            outside: !sighting.party.is_company(),
        }
    }

    /// Whether it helps a customer further than the front line does.
    fn is_above(&self) -> bool {
        !matches!(self.rung.as_str(), "front_line" | "off_ladder")
    }
}

/// Whether two contact points are one, by the rules of the open reference: numbers by their digits, addresses of the web by
/// host and path, postal addresses by the words that they share.
fn same(a: &Point, b: &Point) -> bool {
    let dialled = |p: &Point| {
        matches!(p.channel, Channel::Phone | Channel::Textphone | Channel::Messaging)
            && !p.value.contains("//")
    };
    let linked = |p: &Point| matches!(p.channel, Channel::Web | Channel::Form | Channel::Chat);
    if dialled(a) && dialled(b) {
        let digits = |p: &Point| p.value.chars().filter(char::is_ascii_digit).collect::<String>();
        return digits(a) == digits(b);
    }
    if a.channel != b.channel && !(linked(a) && linked(b)) {
        return false;
    }
    match a.channel {
        Channel::Email => a.value.eq_ignore_ascii_case(&b.value),
        Channel::Postal => {
            let words = |p: &Point| -> BTreeSet<String> {
                let lower = p.value.to_lowercase();
                lower
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|w| !w.is_empty())
                    .map(str::to_owned)
                    .collect()
            };
            let (x, y) = (words(a), words(b));
            let (both, either) = (x.intersection(&y).count(), x.union(&y).count());
            let code = x.intersection(&y).any(|w| w.len() >= 3 && w.contains(|c: char| c.is_ascii_digit()));
            10 * both >= 8 * either || code && 100 * both >= 45 * either
        }
        _ => key(&a.value) == key(&b.value),
    }
}

/// Host and path of an address, so that spellings of one meet.
fn key(value: &str) -> String {
    let Ok(url) = Url::parse(value) else { return value.to_lowercase() };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let host = if host == "x.com" { "twitter.com" } else { host };
    format!("{host}{}", url.path().trim_end_matches('/').to_lowercase())
}

/// Reads one page as it would be read from a list of saved ones.
fn read(path: &Path, gold: &Value) -> Vec<Point> {
    let bytes = std::fs::read(path.with_extension("html")).unwrap();
    let url = gold["url"].as_str().map(|url| Url::parse(url).unwrap());
    let context = Context {
        url: url.as_ref(),
        country: gold["country"].as_str().map(|code| Country::parse(code).unwrap()),
        lang: gold["lang"].as_str(),
        ..Context::default()
    };
    let page = page::read_contacts(&bytes, &context);
    let compared =
        |s: &&Sighting| !matches!(s.reach.channel(), Channel::Fax | Channel::App | Channel::InPerson);
    page.finding.contacts.iter().filter(compared).map(Point::found).collect()
}

fn golds(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut golds: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|end| end == "json")).collect();
    golds.sort();
    golds
}

fn measure(set: &str) -> Measured {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(set);
    let (mut contacts, mut above, mut rungs, mut parties) =
        (Tally::default(), Tally::default(), Tally::default(), Tally::default());
    let mut by_rung: BTreeMap<String, Tally> = BTreeMap::new();
    let golds = golds(&folder);
    for path in &golds {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let mut left = read(path, &gold);
        let wanted: Vec<Point> = gold["contacts"].as_array().unwrap().iter().map(Point::wanted).collect();
        contacts.add(0, left.len(), wanted.len());
        above.add(
            0,
            left.iter().filter(|p| p.is_above()).count(),
            wanted.iter().filter(|p| p.is_above()).count(),
        );
        for want in wanted {
            let Some(at) = left.iter().position(|found| same(&want, found)) else {
                println!("{}: missed {want:?}", path.display());
                continue;
            };
            let found = left.remove(at);
            if found.rung != want.rung || found.outside != want.outside {
                println!("{}: {want:?} is taken for {} {}", path.display(), found.rung, found.outside);
            }
            let right = usize::from(found.rung == want.rung);
            contacts.hits += 1;
            above.hits += if want.is_above() { right } else { 0 };
            rungs.add(right, 1, 1);
            parties.add(usize::from(found.outside == want.outside), 1, 1);
            by_rung.entry(found.rung).or_default().add(0, 1, 0);
            by_rung.entry(want.rung).or_default().add(right, 0, 1);
        }
        for found in left {
            println!("{}: {found:?} is none", path.display());
        }
    }
    let many: Vec<usize> = by_rung.values().filter(|tally| tally.wanted >= 3).map(Tally::f1).collect();
    let measured = Measured {
        pages: golds.len(),
        contacts: contacts.f1(),
        escalation: above.f1(),
        rung: rungs.share(),
        macro_rung: many.iter().sum::<usize>() / many.len().max(1),
        party: parties.share(),
    };
    println!("{set}: {measured:?}");
    measured
}

/// Each set, and what is read of it at the least: contacts, escalation, rung, mean over rungs, party.
const SETS: [(&str, [usize; 5]); 12] = [
    ("first", [980, 970, 980, 970, 990]),
    ("second", [975, 925, 940, 920, 980]),
    ("third", [975, 970, 980, 980, 980]),
    ("fourth", [975, 925, 925, 935, 985]),
    ("fifth", [970, 905, 945, 940, 970]),
    ("sixth", [975, 905, 930, 925, 985]),
    ("seventh", [980, 920, 935, 920, 985]),
    ("eighth", [975, 930, 955, 945, 980]),
    ("ninth", [985, 950, 950, 940, 975]),
    ("tenth", [985, 950, 930, 950, 985]),
    ("eleventh", [985, 965, 965, 970, 975]),
    ("twelfth", [985, 910, 920, 930, 975]),
];

#[test]
fn written_pages_are_read_as_well_as_they_were() {
    let mut pages = 0;
    let mut fallen = Vec::new();
    for (set, floors) in SETS {
        let read = measure(set);
        pages += read.pages;
        let reached = [read.contacts, read.escalation, read.rung, read.macro_rung, read.party];
        if reached.iter().zip(floors).any(|(reached, floor)| *reached < floor) {
            fallen.push(format!("{set}: {reached:?}, not {floors:?}"));
        }
    }
    assert!(pages >= 100, "only {pages} pages");
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}
