//! A pack of made-up companies: how long it takes to write, to open and to look something up, and how large it is.
//!
//! `cargo bench -p store --bench pack -- [CONTACT_POINTS]` (10,000,000 where none is named, ten of each company). The pack is
//! written into the temporary folder and removed. Look-ups are of keys, numbers, mailboxes, domains, names and names with a
//! slip, spread over the whole file; the cache of blocks is cold for nearly all of them, that of the system is warm.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench prints its figures, and may break off"
)]

use std::time::{Duration, Instant};

use ladder::{Channel, Place, SourceKind};
use store::pack::key::{Public, Secret};
use store::pack::{About, Pack, PackError, Trust, write};
use store::{Company, Entry, Row};

/// Contact points of each company.
const EACH: u64 = 10;

/// Makes a word of a number.
fn word(mut number: u64) -> String {
    let syllables =
        ["ba", "do", "fi", "gu", "ke", "lo", "mi", "nu", "pe", "ra", "sa", "to", "vi", "wu", "xe", "zo"];
    let mut word = String::new();
    for _ in 0..5 {
        word.push_str(syllables[usize::try_from(number % 16).unwrap()]);
        number /= 16;
    }
    word
}

fn domain(company: u64) -> String {
    format!("{company:08}-lampen.example")
}

fn entry(company: u64) -> Entry {
    let domain = domain(company);
    let row = |n: u64| {
        let number = company * EACH + n;
        let (channel, value) = match n % 4 {
            0 => (Channel::Phone, format!("+4420{number:08}")),
            1 => (Channel::Email, format!("team{n}@{domain}")),
            2 => (Channel::Form, format!("https://{domain}/contact/form{n}")),
            _ => (
                Channel::Postal,
                format!("{number} High Street, Town {}, AB{} 1CD", number % 500, number % 99),
            ),
        };
        Row {
            channel,
            value,
            rung: Some(["front_line", "complaints", "executive"][usize::try_from(n % 3).unwrap()].into()),
            party: None,
            label: Some("Customer relations".into()),
            person: None,
            title: None,
            hours: Some("Monday to Friday, 9 to 5".into()),
            languages: vec!["en".into()],
            cost: None,
            cost_note: None,
            extension: None,
            access: None,
            topics: Vec::new(),
            notes: Vec::new(),
            place: Place::Main,
            because: Vec::new(),
            quote: format!(
                "If you are not happy with what we did, tell team {number} of ours, and we will look into it."
            ),
            url: format!("https://{domain}/contact/{n}"),
            kind: SourceKind::OwnSite,
            site: domain.clone(),
            seen: "2025-03-01T12:00:00Z".into(),
            stated: None,
        }
    };
    Entry {
        company: Company {
            id: domain.clone(),
            name: format!("{} {} Ltd", word(company), word(company.wrapping_mul(2_654_435_761) % 1_048_576)),
            domains: vec![domain.clone()],
            ..Company::default()
        },
        contacts: (0..EACH).map(row).collect(),
        policy: None,
        read: None,
    }
}

fn main() {
    let points = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10_000_000);
    let companies = points / EACH;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bench.pack");
    let (secret, public) = Secret::generate(&folder.path().join("key")).unwrap();
    let trust = Trust::Keys(Public::read_all(&public).unwrap());
    let about = About { title: "bench".into(), made: "2025-03-02T00:00:00Z".into(), edition: 1 };
    let began = Instant::now();
    write::<PackError>(&path, (0..companies).map(|n| Ok(entry(n))), &about, Some(&secret)).unwrap();
    let size = std::fs::metadata(&path).unwrap().len();
    println!(
        "{points} contact points of {companies} companies: written in {:?}, {} MB, {} bytes a contact point",
        began.elapsed(),
        size >> 20,
        size / points
    );
    let opened: Vec<Duration> = (0..20)
        .map(|_| {
            let began = Instant::now();
            drop(Pack::open(&path, &trust).unwrap());
            began.elapsed()
        })
        .collect();
    println!("opened, signature and indexes checked: {}", spread(opened));
    let pack = Pack::open(&path, &trust).unwrap();
    let spread_over = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15) % companies;
    let name = |company: u64| entry(company).company.name;
    let slip = |company: u64| {
        let mut name = name(company);
        name.remove(4);
        name
    };
    let kinds: [Typed<'_>; 5] = [
        ("number", Box::new(|company| format!("+4420{:08}", company * EACH))),
        ("mailbox", Box::new(|company| format!("team1@{}", domain(company)))),
        ("domain", Box::new(domain)),
        ("name", Box::new(name)),
        ("name with a slip", Box::new(slip)),
    ];
    let times: Vec<Duration> = (0..5_000)
        .map(|n| {
            let key = domain(spread_over(n));
            let began = Instant::now();
            assert!(pack.entry(&key).unwrap().is_some());
            began.elapsed()
        })
        .collect();
    println!("{:18} {}", "record by key", spread(times));
    for (kind, typed) in kinds {
        let mut found = 0;
        let times: Vec<Duration> = (0..2_000)
            .map(|n| {
                let company = spread_over(n);
                let typed = typed(company);
                let began = Instant::now();
                let hits = pack.search(&typed, 8).unwrap();
                let took = began.elapsed();
                found += u32::from(hits.iter().any(|hit| hit.key == domain(company)));
                took
            })
            .collect();
        println!("{kind:18} {}, found {found} of 2000", spread(times));
    }
}

/// A kind of look-up: its name, and what is typed for a company.
type Typed<'a> = (&'a str, Box<dyn Fn(u64) -> String + 'a>);

/// Returns median, 99th of a hundred, and longest.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    format!("median {:?}, p99 {:?}, longest {:?}", at(50), at(99), times[times.len() - 1])
}
