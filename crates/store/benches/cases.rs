//! Lists, search and reading in a store of 10,000 cases with 200 events each, beside the bare reading of the same rows:
//! `cargo bench -p store --bench cases`. `CASES=1000` makes it smaller; `STORE=postgres://…` takes an empty database.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    clippy::single_match_else,
    reason = "a benchmark prints, reads its size and may panic"
)]

use std::time::{Duration, Instant};

use casework::event::What;
use casework::{Entry, Facts, Moment, State};
use sqlx::{PgPool, SqlitePool};
use store::cases::Filter;
use store::{Address, Settings};

const EVENTS: usize = 200;
const COMPANIES: [&str; 12] = [
    "Amberley Power",
    "Brightwell Energy",
    "Calder Water",
    "Dunmore Telecom",
    "Eastgate Bank",
    "Fenwick Travel",
    "Garrow Insurance",
    "Harlow Rail",
    "Ingram Stores",
    "Jessop Mobile",
    "Kirkby Parcels",
    "Lorne Airlines",
];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    /// Returns a word: a few are in nearly every text, most are rare.
    fn word(&mut self) -> String {
        const PARTS: [&str; 32] = [
            "ba", "ber", "bo", "cal", "cor", "da", "del", "don", "el", "er", "fa", "fin", "for", "ga", "gen",
            "hal", "in", "ja", "kel", "lan", "lo", "lu", "ma", "mer", "min", "mo", "na", "nor", "pa", "per",
            "ra", "vi",
        ];
        let rank = [30, 600, 8_000, 30_000][self.roll(4)];
        let mut number = self.roll(rank);
        let mut word = String::new();
        for _ in 0..3 {
            word.push_str(PARTS[number % PARTS.len()]);
            number /= PARTS.len();
        }
        word
    }

    fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn events(company: &str, number: usize, dice: &mut Dice) -> Vec<What> {
    let facts = serde_json::json!({
        "company": company, "country": "GB", "acting_as": "consumer", "what": dice.text(18),
    });
    let mut all = vec![What::Opened { facts: Box::new(serde_json::from_value::<Facts>(facts).unwrap()) }];
    for n in 1..EVENTS {
        let (by, kind) =
            [("customer", "call"), ("company", "reply"), ("customer", "complaint"), ("company", "promise")]
                [n % 4];
        let entry = serde_json::json!({
            "on": format!("2026-{:02}-{:02}", 1 + n / 20, 1 + n % 20), "by": by, "kind": kind, "channel": "email",
            "rung": "complaints", "text": dice.text(24), "reference": format!("REF-{number}-{n}"),
        });
        all.push(What::Logged(Box::new(serde_json::from_value::<Entry>(entry).unwrap())));
    }
    all
}

struct Times(Vec<Duration>);

impl Times {
    fn at(&self, share: f64) -> Duration {
        let mut times = self.0.clone();
        times.sort_unstable();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "an index"
        )]
        let at = ((times.len() - 1) as f64 * share) as usize;
        times[at]
    }

    fn print(&self, what: &str, floor: Option<&Self>, found: usize) {
        let ratio = floor
            .map(|floor| format!("{:.1}", self.at(0.5).as_secs_f64() / floor.at(0.5).as_secs_f64()))
            .unwrap_or_default();
        println!(
            "{what:<34} {:>10.2?} {:>10.2?} {:>10.2?} {ratio:>8} {found:>7}",
            self.at(0.5),
            self.at(0.99),
            self.at(1.0)
        );
    }
}

async fn times<F: Future<Output = usize>>(runs: usize, mut what: impl FnMut(usize) -> F) -> (Times, usize) {
    let (mut times, mut found) = (Vec::new(), 0);
    for run in 0..runs {
        let begun = Instant::now();
        found = what(run).await;
        times.push(begun.elapsed());
    }
    (Times(times), found)
}

/// Reads the rows of a case and nothing else.
async fn bare(sqlite: Option<&SqlitePool>, postgres: Option<&PgPool>, id: &str) -> usize {
    const SQL: &str = "select place, body from events where case_id = $1 order by place";
    let rows: Vec<(i64, String)> = match (sqlite, postgres) {
        (Some(pool), _) => sqlx::query_as(SQL).bind(id).fetch_all(pool).await.unwrap(),
        (_, Some(pool)) => sqlx::query_as(SQL).bind(id).fetch_all(pool).await.unwrap(),
        _ => Vec::new(),
    };
    rows.len()
}

fn main() {
    let wanted: usize = std::env::var("CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(10_000);
    let server = std::env::var("STORE").ok();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().to_owned();
        let settings = match &server {
            Some(address) => {
                Settings::Server { address: Address::parse(address).unwrap(), folder: folder.clone() }
            }
            None => Settings::Folder(folder.clone()),
        };
        let store = store::open(&settings).reaching(store::Reach::Everything);
        let cases = store.write_cases().await.unwrap();
        let mut dice = Dice(7);
        let begun = Instant::now();
        for number in 0..wanted {
            let company = COMPANIES[number % COMPANIES.len()];
            let at: Moment = format!(
                "2026-11-{:02}T{:02}:{:02}:{:02}+00:00[Europe/London]",
                1 + number % 28,
                number % 24,
                number % 60,
                number % 59
            )
            .parse()
            .unwrap();
            cases.create(company, events(company, number, &mut dice), &at, "customer").await.unwrap();
        }
        let bytes = std::fs::metadata(folder.join(store::cases::SCHEMA.file)).map_or(0, |meta| meta.len());
        println!(
            "{wanted} cases of {EVENTS} events, {} MiB, written in {:.0?}",
            bytes >> 20,
            begun.elapsed()
        );
        let ids = cases.ids().await.unwrap();
        let (sqlite, postgres) = match &server {
            Some(address) => {
                let options: sqlx::postgres::PgConnectOptions = address.parse().unwrap();
                let pool =
                    PgPool::connect_with(options.options([("search_path", "upstairs")])).await.unwrap();
                (None, Some(pool))
            }
            None => {
                let file = folder.join(store::cases::SCHEMA.file);
                (Some(SqlitePool::connect(&format!("sqlite://{}", file.display())).await.unwrap()), None)
            }
        };
        println!("{:<34} {:>10} {:>10} {:>10} {:>8} {:>7}", "", "median", "p99", "worst", "ratio", "found");
        let (floor, found) =
            times(200, |run| bare(sqlite.as_ref(), postgres.as_ref(), &ids[run * 37 % ids.len()])).await;
        floor.print("rows of a case, bare", None, found);
        let pick = |run: usize| ids[run * 37 % ids.len()].clone();
        let (open, found) = times(200, |run| {
            let (cases, id) = (&cases, pick(run));
            async move { State::of(&cases.load(&id).await.unwrap()).unwrap().log.len() }
        })
        .await;
        open.print("open a case: load and fold", Some(&floor), found);
        let (cold, found) = times(50, |run| {
            let (store, id) = (&store, pick(run));
            async move {
                let cases = store.read_cases().await.unwrap().unwrap();
                State::of(&cases.load(&id).await.unwrap()).unwrap().log.len()
            }
        })
        .await;
        cold.print("the same, the store opened too", Some(&floor), found);
        let (all, found) = times(100, |_| {
            let cases = &cases;
            async move { cases.list(&Filter { most: 1000, ..Filter::default() }).await.unwrap().len() }
        })
        .await;
        all.print("list, 1000", None, found);
        let searches: [(&str, &str, u32); 8] = [
            ("a reference", "REF-4321-77", 100),
            ("a company", "amberley", 1000),
            ("a word of nearly all", "bababa", 1000),
            ("two words of nearly all", "bababa berbaba", 1000),
            ("a beginning, two letters", "ba", 1000),
            ("a beginning, one letter", "b", 1000),
            ("a rare word", "halfinba", 1000),
            ("nothing", "zzzzz", 1000),
        ];
        for (what, words, most) in searches {
            let (found_in, found) = times(50, |_| {
                let (cases, words) = (&cases, words.to_owned());
                async move {
                    cases.list(&Filter { words: Some(words), most, ..Filter::default() }).await.unwrap().len()
                }
            })
            .await;
            found_in.print(&format!("search: {what}"), None, found);
        }
        let (append, found) = times(100, |run| {
            let (cases, id) = (&cases, pick(run));
            async move {
                let at: Moment = "2026-11-28T12:00:00+00:00[Europe/London]".parse().unwrap();
                let what = What::Noted { text: "a note".to_owned() };
                cases.append(&id, vec![what], &at, "customer").await.unwrap().len()
            }
        })
        .await;
        append.print("append, on the disk", None, found);
    });
}
