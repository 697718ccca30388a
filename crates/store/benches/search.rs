//! Search in a directory of a million contact points, against the plain scan that it replaces, in one run:
//! `cargo bench -p store --bench search`. `POINTS=100000` makes it smaller.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a benchmark prints, reads its size and may panic"
)]

use std::time::{Duration, Instant};

use sqlx::SqlitePool;
use store::{Company, Directory, Entry, Mode, Row};

const SYLLABLES: [&str; 48] = [
    "ba", "ber", "bo", "cal", "cor", "da", "del", "don", "el", "er", "fa", "fin", "for", "ga", "gen", "hal",
    "in", "ja", "kel", "lan", "lo", "lu", "ma", "mer", "min", "mo", "na", "nor", "o", "pa", "per", "pol",
    "qui", "ra", "ren", "ri", "sa", "sel", "son", "ta", "ter", "ti", "u", "va", "ver", "vi", "wel", "zen",
];
const TRADES: [&str; 24] = [
    "Bank",
    "Energy",
    "Airlines",
    "Insurance",
    "Telecom",
    "Water",
    "Motors",
    "Foods",
    "Travel",
    "Holdings",
    "Group",
    "Credit Union",
    "Fitness",
    "Media",
    "Logistics",
    "Health",
    "Pharmacy",
    "Stores",
    "Rail",
    "Hotels",
    "Power",
    "Mobile",
    "Services",
    "Partners",
];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn word(&mut self) -> String {
        let word: String = (0..2 + self.roll(3)).map(|_| SYLLABLES[self.roll(SYLLABLES.len())]).collect();
        word[..1].to_uppercase() + &word[1..]
    }
}

/// Makes a company; its contacts come later, in bulk, but for those of companies that are searched for.
fn company(number: usize, dice: &mut Dice) -> Entry {
    let name = match dice.roll(3) {
        0 => dice.word(),
        1 => format!("{} {}", dice.word(), TRADES[dice.roll(TRADES.len())]),
        _ => format!("{} {} {}", dice.word(), dice.word(), TRADES[dice.roll(TRADES.len())]),
    };
    let domain = format!("{}-{number}.example", store::names::slug(&name));
    let row = |channel: &str, value: String| -> Row {
        serde_json::from_value(serde_json::json!({
            "channel": channel, "value": value, "rung": "front_line", "quote": "call us", "kind": "own_site",
            "url": format!("https://{domain}/contact"), "site": domain, "seen": "2026-11-28T12:00:00Z",
        }))
        .unwrap()
    };
    let mut contacts = Vec::new();
    for point in 0..8 {
        contacts.push(match point {
            0..3 => row("phone", format!("+1{:010}", 2_000_000_000 + number * 10 + point)),
            3..5 => row("email", format!("desk{point}@{domain}")),
            5..7 => row("form", format!("https://{domain}/help/{point}")),
            _ => row(
                "postal",
                format!(
                    "{name}, {} {} Street, Springfield, IL {:05}",
                    1 + dice.roll(900),
                    dice.word(),
                    dice.roll(99_999)
                ),
            ),
        });
    }
    Entry {
        company: Company {
            id: store::names::slug(&name),
            aliases: vec![format!("{} {}", dice.word(), dice.word())],
            domains: vec![domain],
            name,
            ..Company::default()
        },
        contacts,
        ..Entry::default()
    }
}

/// Fills in eight contacts for every company without any, and their keys, in the form in which the program writes them.
const BULK: &str = "
    insert into contact (company, channel, value, kind, url, words, body)
    select company.id, kind.channel,
        case kind.channel
            when 'phone' then printf('+1%010d', 3000000000 + company.id * 10 + point.value)
            when 'email' then printf('desk%d@%s', point.value, company.key)
            else printf('https://%s/help/%d', company.key, point.value) end,
        'own_site', 'https://' || company.key || '/contact', point.value,
        json_object('channel', kind.channel, 'value', 'x', 'rung', 'front_line', 'quote', 'call us', 'kind', 'own_site',
            'url', 'https://' || company.key || '/contact', 'site', company.key, 'seen', '2026-11-28T12:00:00Z')
    from company
    cross join (select value from json_each('[0,1,2,3,4,5,6,7]')) as point
    join (select 0 as at, 'phone' as channel union all select 1, 'email' union all select 2, 'form') as kind
        on kind.at = point.value % 3
    where not exists (select 1 from contact where contact.company = company.id);
    insert or ignore into reach (key, contact)
    select case contact.channel
        when 'phone' then 'n' || (select group_concat(substr(contact.value, 12 - digit.value, 1), '')
            from (select value from json_each('[0,1,2,3,4,5,6,7,8,9,10]')) as digit)
        when 'email' then 'e' || contact.value
        else 'u' || substr(contact.value, 9) end, contact.id
    from contact where contact.words between 0 and 9;
    insert or ignore into reach (key, contact)
    select 'd' || case contact.channel when 'email' then substr(contact.value, instr(contact.value, '@') + 1)
        else substr(contact.value, 9, instr(substr(contact.value, 9), '/') - 1) end, contact.id
    from contact where contact.words between 0 and 9 and contact.channel <> 'phone';
";

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn main() {
    let points: usize = std::env::var("POINTS").ok().and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let directory = Directory::open(dir.path(), Mode::Write).await.unwrap();
        let mut dice = Dice(7);
        let mut kept: Vec<Entry> = Vec::new();
        let begun = Instant::now();
        let mut writer = directory.write().await.unwrap();
        for number in 0..points / 8 {
            let mut entry = company(number, &mut dice);
            if number % (points / 8 / 25).max(1) == 0 {
                kept.push(entry.clone());
            } else {
                entry.contacts.clear();
            }
            writer.put(&entry, "2026-11-28T12:00:00Z").await.unwrap();
        }
        writer.commit().await.unwrap();
        let pool = SqlitePool::connect(&format!("sqlite://{}", directory.path().display())).await.unwrap();
        sqlx::raw_sql(BULK).execute(&pool).await.unwrap();
        let (companies, contacts) = directory.size().await.unwrap();
        let bytes = std::fs::metadata(directory.path()).unwrap().len();
        println!(
            "{companies} companies, {contacts} contact points, {} MiB, written in {:.0?}",
            bytes >> 20,
            begun.elapsed()
        );

        let mut queries: Vec<(&str, Vec<String>)> = Vec::new();
        let names: Vec<String> = kept.iter().map(|entry| entry.company.name.clone()).collect();
        queries.push(("name", names.clone()));
        queries.push(("prefix", names.iter().map(|name| name.chars().take(5).collect()).collect()));
        queries.push((
            "slip",
            names
                .iter()
                .map(|name| {
                    let mut letters: Vec<char> = name.chars().collect();
                    let at = letters.len() / 2;
                    letters.remove(at);
                    letters.into_iter().collect()
                })
                .collect(),
        ));
        queries.push(("word of many", TRADES.iter().map(|trade| (*trade).to_owned()).collect()));
        queries.push(("number", kept.iter().map(|entry| entry.contacts[1].value[2..].to_owned()).collect()));
        queries.push(("mailbox", kept.iter().map(|entry| entry.contacts[3].value.clone()).collect()));
        queries.push(("domain", kept.iter().map(|entry| entry.company.domains[0].clone()).collect()));
        println!("{:<14} {:>10} {:>10} {:>8}  found", "query", "search", "worst", "ratio");
        for (kind, typed) in queries {
            let (mut ours, mut scans, mut found) = (Vec::new(), Vec::new(), 0);
            for (at, text) in typed.iter().enumerate() {
                let begun = Instant::now();
                let hits = directory.search(text, 10).await.unwrap();
                ours.push(begun.elapsed());
                let wanted = kept.get(at).map(|entry| entry.company.name.clone());
                found += usize::from(
                    kind == "word of many" && !hits.is_empty()
                        || hits.iter().any(|hit| Some(&hit.company.name) == wanted.as_ref()),
                );
                if at % 5 == 0 {
                    let begun = Instant::now();
                    let like = format!("%{text}%");
                    let table = match kind {
                        "number" | "mailbox" => "select company from contact where value like ?1 limit 10",
                        _ => "select company from name where shown like ?1 order by length(shown) limit 10",
                    };
                    sqlx::query(table).bind(like).fetch_all(&pool).await.unwrap();
                    scans.push(begun.elapsed());
                }
            }
            let worst = ours.iter().max().copied().unwrap_or_default();
            let (ours, scan) = (middle(ours), middle(scans));
            let ratio = scan.as_secs_f64() / ours.as_secs_f64();
            println!("{kind:<14} {ours:>10.2?} {worst:>10.2?} {ratio:>7.0}x  {found} of {}", typed.len());
        }
    });
}
