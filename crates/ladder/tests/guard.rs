//! Two thousand generated contact points with planted scams, copies, stale and conflicting values: no suspect is promoted,
//! a copied rumour gains nothing, and the confidence says how often such a contact is right.
//!
//! How often each kind of contact is right is planted from the table [`KINDS`]; it is an assumption of the test, written
//! down before the figure was taken, and not read from the weights.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use ladder::guard::marks;
use ladder::{
    Channel, ContactPoint, Cost, Ladder, Place, Reach, Rung, Sighted, Sighting, Signal, Source, SourceKind,
    merge,
};

/// Contact points in the set.
const COUNT: usize = 2_000;
/// The day of asking.
const TODAY: &str = "2026-11-22";

/// A kind of contact point: its share of the set in percent, how often it is right, and where it is seen.
#[expect(clippy::struct_excessive_bools, reason = "independent facts of what is planted")]
struct Kind {
    name: &'static str,
    percent: usize,
    right: f64,
    seen: &'static [(SourceKind, usize)],
    copied: bool,
    stated: Option<&'static str>,
    /// What a reading found against it.
    scam: Option<&'static str>,
    /// Whether it is a mailbox on a host that only looks like the company's.
    look_alike: bool,
    /// Whether it is a number that costs more than a call.
    premium: bool,
    /// Whether it names a person at the head of the company.
    executive: bool,
}

const fn kind(name: &'static str, percent: usize, right: f64, seen: &'static [(SourceKind, usize)]) -> Kind {
    Kind {
        name,
        percent,
        right,
        seen,
        copied: false,
        stated: None,
        scam: None,
        look_alike: false,
        premium: false,
        executive: false,
    }
}

const fn scam(
    name: &'static str,
    percent: usize,
    seen: &'static [(SourceKind, usize)],
    why: &'static str,
) -> Kind {
    Kind { scam: Some(why), ..kind(name, percent, 0.0, seen) }
}

use SourceKind::{ClaimedProfile, Listing, OwnSite, Post, Register, Told};

/// What is planted.
const KINDS: &[Kind] = &[
    kind("own page", 20, 0.92, &[(OwnSite, 1)]),
    kind("own pages", 12, 0.94, &[(OwnSite, 3)]),
    kind("own page and register", 6, 0.96, &[(OwnSite, 1), (Register, 1)]),
    kind("register", 7, 0.88, &[(Register, 1)]),
    kind("claimed profile", 4, 0.78, &[(ClaimedProfile, 1)]),
    kind("told", 3, 0.72, &[(Told, 1)]),
    kind("listing", 6, 0.52, &[(Listing, 1)]),
    kind("post", 7, 0.25, &[(Post, 1)]),
    Kind { copied: true, ..kind("copied posts", 5, 0.25, &[(Post, 6)]) },
    Kind { copied: true, ..kind("copied listings", 3, 0.52, &[(Listing, 4)]) },
    // One text that wandered from a listing through boards of other domains.
    Kind { copied: true, ..kind("copied across domains", 2, 0.52, &[(Listing, 2), (Post, 5)]) },
    Kind { stated: Some("2022-03-01"), ..kind("stale own page", 4, 0.70, &[(OwnSite, 1)]) },
    // Who led a company four years ago has often left; the desk outlives the person.
    Kind {
        stated: Some("2022-03-01"),
        executive: true,
        ..kind("expired executive", 3, 0.60, &[(OwnSite, 1)])
    },
    Kind { premium: true, ..kind("premium number of its own", 2, 0.90, &[(OwnSite, 1)]) },
    scam("gift cards in posts", 3, &[(Post, 4)], "it wants payment by gift card or voucher"),
    scam("recovery in posts", 3, &[(Post, 3)], "it promises to get lost money or accounts back"),
    scam("disguised digits", 3, &[(Post, 2)], "the digits are disguised"),
    scam("scam with a listing", 3, &[(Post, 2), (Listing, 1)], "one number is repeated over and over"),
    Kind {
        look_alike: true,
        ..scam(
            "look-alike host",
            2,
            &[(Post, 2), (Listing, 2)],
            "an address bears the company's name with something beside it",
        )
    },
    Kind {
        premium: true,
        ..scam("premium number in posts", 2, &[(Post, 3)], "the number costs more than an ordinary call")
    },
];

/// A generator of numbers that gives the same in every run (`SplitMix64`, public domain).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() >> 33).unwrap() % most
    }

    fn chance(&mut self, p: f64) -> bool {
        f64::from(u32::try_from(self.next() >> 32).unwrap()) / f64::from(u32::MAX) < p
    }
}

/// Words that differ from each other when picked by different numbers.
fn words(dice: &mut Dice) -> String {
    const WORDS: &[&str] = &[
        "called", "twice", "nobody", "answered", "manager", "finally", "refund", "letter", "arrived",
        "monday", "desk", "kind", "voice", "wrote", "claim", "paid", "waiting", "music", "number", "works",
        "friend", "office", "asked", "again", "polite", "slow", "morning", "case",
    ];
    (0..16).map(|_| WORDS[dice.below(WORDS.len())]).collect::<Vec<_>>().join(" ")
}

/// Plants the contact points: the sightings of each, whether it is right, and whether it is a scam.
fn plant() -> Vec<(Vec<Sighted>, bool, &'static Kind)> {
    let mut dice = Dice(7);
    let mut table: Vec<&Kind> = KINDS.iter().flat_map(|k| std::iter::repeat_n(k, k.percent)).collect();
    assert_eq!(table.len(), 100, "the shares add up");
    table.rotate_left(13);
    (0..COUNT)
        .map(|n| {
            let kind = table[n % 100];
            let reach = if kind.look_alike {
                Reach::parse(Channel::Email, &format!("refunds@company{n}-helpdesk.test"))
            } else {
                Reach::parse(Channel::Phone, &format!("+4420{:08}", 70_000_000 + n))
            };
            let reach = reach.unwrap();
            let rung = Some(if kind.executive { Rung::Executive } else { Rung::Complaints });
            let rumour = words(&mut dice);
            let mut sighted = Vec::new();
            for &(source, times) in kind.seen {
                for at in 0..times {
                    let quote = if kind.copied { format!("{rumour} {at}") } else { words(&mut dice) };
                    let mut sighting = Sighting::new(reach.clone(), quote);
                    sighting.rung = rung;
                    sighting.signals.push(Signal { id: "test", rung, words: "complaints".into() });
                    sighting.person = kind.executive.then(|| format!("Head of {n}"));
                    sighting.cost = kind.premium.then_some(Cost::Premium);
                    if let Some(why) = kind.scam
                        && source == Post
                    {
                        marks::suspect(&mut sighting, why);
                    }
                    let own = source == OwnSite;
                    let site = if own {
                        format!("company{n}.example")
                    } else {
                        format!("{source:?}{at}-{n}.example")
                    };
                    let source = Source {
                        url: format!("https://{site}/{at}"),
                        kind: source,
                        site,
                        seen: "2026-11-01T00:00:00Z".into(),
                        stated: kind.stated.map(str::to_owned),
                    };
                    sighted.push(Sighted { sighting, source });
                }
            }
            (sighted, dice.chance(kind.right), kind)
        })
        .collect()
}

fn weighed() -> Vec<(ContactPoint, bool, &'static Kind)> {
    plant().into_iter().map(|(sighted, right, kind)| (merge(sighted, TODAY).remove(0), right, kind)).collect()
}

#[test]
fn no_suspect_and_no_rumour_is_promoted() {
    for (point, _, kind) in weighed() {
        let value = point.reach.value().to_owned();
        let suspect = point.is_suspect();
        assert_eq!(suspect, kind.scam.is_some(), "{} {value}", kind.name);
        let only_posts = kind.seen.iter().all(|(source, _)| *source == Post);
        let ladder = Ladder::build(vec![point], None, None);
        if kind.scam.is_some() || only_posts {
            assert!(
                ladder.steps.iter().all(|s| s.contacts.is_empty()),
                "{} {value} stands on a rung",
                kind.name
            );
            assert_eq!(ladder.leads.len(), 1);
        }
    }
}

#[test]
fn the_confidence_says_how_often_such_a_contact_is_right() {
    let points = weighed();
    let mut bins = [(0.0_f64, 0.0_f64, 0.0_f64); 10];
    for (point, right, _) in &points {
        let p = point.confidence.probability;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
        let bin = ((p * 10.0) as usize).min(9);
        bins[bin].0 += p;
        bins[bin].1 += f64::from(u8::from(*right));
        bins[bin].2 += 1.0;
    }
    let all: f64 = bins.iter().map(|b| b.2).sum();
    let error: f64 = bins.iter().filter(|b| b.2 > 0.0).map(|b| (b.0 - b.1).abs() / all).sum();
    assert!(error <= 0.05, "expected calibration error {error:.3}: {bins:?}");
}

#[test]
fn a_copied_rumour_is_as_sure_as_one() {
    let sure =
        |name: &str| weighed().into_iter().find(|(_, _, k)| k.name == name).unwrap().0.confidence.probability;
    assert!(sure("copied posts") <= sure("post") + 0.02);
    assert!(sure("copied listings") <= sure("listing") + 0.02);
    assert!(sure("copied across domains") <= sure("listing") + 0.02);
}

#[test]
fn what_is_dear_or_named_long_ago_is_told_so() {
    for (point, _, kind) in weighed() {
        if kind.premium {
            assert_eq!(point.cost, Some(Cost::Premium), "{}", kind.name);
        }
        if kind.executive {
            assert!(!point.is_suspect());
            assert!(point.confidence.probability < 0.75, "{}", point.confidence.probability);
            assert!(!point.notes.is_empty(), "a person named four years ago goes without a word");
        }
        if let Some(why) = kind.scam {
            assert!(point.signals.iter().any(|s| s.id == marks::SUSPECT && s.words == why), "{point:?}");
        }
    }
}

#[test]
fn a_companys_own_number_is_not_taken_off_the_ladder_by_strangers() {
    let reach = Reach::parse(Channel::Phone, "+442079460000").unwrap();
    let seen = |kind: SourceKind, site: &str, suspect: bool| {
        let mut sighting = Sighting::new(reach.clone(), format!("words on {site}"));
        sighting.rung = Some(Rung::Complaints);
        sighting.place = Place::Main;
        if suspect {
            marks::suspect(&mut sighting, "the writers warn of it");
        }
        let source = Source {
            url: format!("https://{site}/"),
            kind,
            site: site.into(),
            seen: "2026-11-01T00:00:00Z".into(),
            stated: None,
        };
        Sighted { sighting, source }
    };
    let points = merge(vec![seen(OwnSite, "acme.example", false), seen(Post, "forum.example", true)], TODAY);
    assert!(!points[0].is_suspect());
    assert!(points[0].notes.iter().any(|n| n.contains("users call it false")), "{:?}", points[0].notes);
}

#[test]
fn two_values_for_one_desk_are_shown_as_a_conflict_with_both_places() {
    let seen = |value: &str, site: &str, stated: &str| {
        let mut sighting =
            Sighting::new(Reach::parse(Channel::Phone, value).unwrap(), format!("executive office {value}"));
        sighting.rung = Some(Rung::Executive);
        sighting.title = Some("Executive office".into());
        let source = Source {
            url: format!("https://{site}/"),
            kind: Listing,
            site: site.into(),
            seen: "2026-11-01T00:00:00Z".into(),
            stated: Some(stated.into()),
        };
        Sighted { sighting, source }
    };
    let points = merge(
        vec![
            seen("+12155550171", "one.example", "2019-05-01"),
            seen("+12155550190", "two.example", "2026-07-01"),
        ],
        TODAY,
    );
    for point in &points {
        assert!(point.notes.iter().any(|n| n.starts_with("another place gives")), "{point:?}");
    }
}
