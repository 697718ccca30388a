//! The weights of the names of desks are learnt here from the word list of the rungs, and held to what it teaches.
//!
//! Multinomial logistic regression by steps after each name, in an order that is always the same: the same list gives the same
//! weights everywhere. `cargo nextest run -p reading --test desks --run-ignored only` writes the file anew.
//!
//! What is in them: the terms of `src/rung/data/words.txt` (words by which firms name those who answer, in six languages; of our own
//! gathering, a term a row, its topic for a label; a term that says less counts half). What is not: any page, name of
//! a firm or of a person, or contact. What they are for: a guess at the rung of a desk by a name that the list does not hold. What
//! they are not for: telling whether a text names a desk at all.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::path::PathBuf;

use reading::rung::learned::{self, BUCKETS, HEAD, KINDS, Kind};

const LIST: &str = include_str!("../../src/rung/data/words.txt");

/// How often the list is gone through, and how often it is to see that what was learnt carries over.
const ROUNDS: u32 = 12;
const FEWER: u32 = 4;
/// The length of the first steps, and how much a weight is drawn to nothing by each.
const STEP: f64 = 0.5;
const PULL: f64 = 1e-5;

/// A term as its pieces, what it names, and how much it counts.
struct Row {
    pieces: Vec<u32>,
    kind: usize,
    counts: f64,
}

/// Returns what the terms of a topic name; nothing where that is no desk of the house.
fn kind_of(topic: &str) -> Option<Kind> {
    Some(match topic {
        "front" | "switchboard" | "contact" => Kind::Front,
        "complaints" => Kind::Complaints,
        "second-stage" | "supervisor" | "manager" => Kind::Management,
        "executive" => Kind::Executive,
        "legal-seat" | "register" | "legal-team" => Kind::Seat,
        "privacy" | "billing" | "fraud" | "access" | "matter" => Kind::Specialist,
        "sales" | "press" | "careers" | "investors" | "website" | "agency" | "authorities" | "trade" => {
            Kind::Aside
        }
        _ => return None,
    })
}

/// Reads the list, in an order that mixes the topics.
fn rows() -> Vec<Row> {
    let mut topic = None;
    let mut rows = Vec::new();
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            topic = kind_of(name);
        } else if let (Some(kind), Some((_, terms))) = (topic, line.split_once(": ")) {
            for term in terms.split(';').map(str::trim).filter(|term| !term.is_empty()) {
                let pieces = learned::pieces(term.trim_matches(['~', '=', '*']));
                let kind = KINDS.iter().position(|known| *known == kind).unwrap();
                rows.push(Row { pieces, kind, counts: if term.starts_with('~') { 0.5 } else { 1.0 } });
            }
        }
    }
    shuffle(&mut rows, 1);
    rows
}

/// Mixes rows, always in the same way for a seed.
fn shuffle<T>(rows: &mut [T], seed: u64) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    for at in (1..rows.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = (state >> 33) % (at as u64 + 1);
        rows.swap(at, usize::try_from(other).unwrap());
    }
}

/// Weights of each piece for each kind, and the bases.
struct Learnt {
    weights: Vec<[f64; KINDS.len()]>,
    bases: [f64; KINDS.len()],
}

fn length(pieces: &[u32]) -> f64 {
    f64::from(u32::try_from(pieces.len().max(1)).unwrap()).sqrt()
}

impl Learnt {
    fn likely(&self, pieces: &[u32]) -> [f64; KINDS.len()] {
        let mut odds = self.bases;
        for &piece in pieces {
            for (odd, weight) in odds.iter_mut().zip(self.weights[piece as usize]) {
                *odd += weight / length(pieces);
            }
        }
        let most = odds.iter().copied().fold(f64::MIN, f64::max);
        let shares = odds.map(|odd| (odd - most).exp());
        let all: f64 = shares.iter().sum();
        shares.map(|share| share / all)
    }
}

fn learn(rows: &[&Row], rounds: u32) -> Learnt {
    let mut learnt = Learnt { weights: vec![[0.0; KINDS.len()]; BUCKETS], bases: [0.0; KINDS.len()] };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for round in 0..rounds {
        shuffle(&mut order, u64::from(round) + 7);
        let step = STEP / (1.0 + 0.5 * f64::from(round));
        for &at in &order {
            let row = rows[at];
            let mut slope = learnt.likely(&row.pieces).map(|share| -share * row.counts);
            slope[row.kind] += row.counts;
            for (base, slope) in learnt.bases.iter_mut().zip(slope) {
                *base += 0.05 * step * slope;
            }
            for &piece in &row.pieces {
                for (weight, slope) in learnt.weights[piece as usize].iter_mut().zip(slope) {
                    *weight += step * (slope / length(&row.pieces) - PULL * *weight);
                }
            }
        }
    }
    learnt
}

/// Writes weights as they are kept: for each kind scale and base, then a byte for each piece and kind.
fn kept(learnt: &Learnt) -> Vec<u8> {
    let scales: Vec<f64> = (0..KINDS.len())
        .map(|kind| learnt.weights.iter().fold(0.0_f64, |most, w| most.max(w[kind].abs())) / 127.0)
        .collect();
    #[expect(clippy::cast_possible_truncation, reason = "the precision of a weight is far below that")]
    let head = scales.iter().zip(learnt.bases).flat_map(|(scale, base)| [*scale as f32, base as f32]);
    let mut bytes: Vec<u8> = head.flat_map(f32::to_le_bytes).collect();
    for weights in &learnt.weights {
        for (weight, scale) in weights.iter().zip(&scales) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a weight over the scale is within -127 and 127"
            )]
            bytes.push(((weight / scale.max(1e-9)).round() as i8).to_le_bytes()[0]);
        }
    }
    bytes
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/rung/data/desks.bin")
}

fn best(likely: &[f64]) -> usize {
    (0..likely.len()).max_by(|&a, &b| likely[a].total_cmp(&likely[b])).unwrap()
}

#[test]
#[ignore = "writes the weights anew"]
fn the_weights_are_learnt_and_written() {
    let all = rows();
    std::fs::write(file(), kept(&learn(&all.iter().collect::<Vec<_>>(), ROUNDS))).unwrap();
}

#[test]
fn the_weights_in_use_are_those_of_the_list() {
    let used = std::fs::read(file()).unwrap();
    assert_eq!(used.len(), HEAD + BUCKETS * KINDS.len());
    let (mut right, mut all) = (0_u32, 0_u32);
    for line in LIST.lines().filter(|line| line.starts_with("en: ")).flat_map(|line| line[4..].split(';')) {
        let term = line.trim().trim_matches(['~', '=', '*']);
        let rows = rows_of(term);
        let Some(kinds) = rows else { continue };
        let likely = learned::likely(term).map(f64::from);
        all += 1;
        right += u32::from(kinds.contains(&best(&likely)));
    }
    assert!(right * 100 >= all * 93, "{right} of {all}: run the ignored test that writes them anew");
}

/// Returns what a term of the list names, in each topic that holds it.
fn rows_of(term: &str) -> Option<Vec<usize>> {
    let mut topic = None;
    let mut kinds = Vec::new();
    for line in LIST.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            topic = kind_of(name);
        } else if let (Some(kind), Some(terms)) = (topic, line.strip_prefix("en: "))
            && terms.contains(term)
            && terms.split(';').any(|other| other.trim().trim_matches(['~', '=', '*']) == term)
        {
            kinds.push(KINDS.iter().position(|known| *known == kind)?);
        }
    }
    (!kinds.is_empty()).then_some(kinds)
}

/// A tenth of the list is judged by what the rest teaches.
#[test]
fn names_that_were_held_back_are_told_by_the_others() {
    let all = rows();
    let part =
        |held: bool| all.iter().enumerate().filter(move |(at, _)| (at % 10 == 3) == held).map(|(_, row)| row);
    let learnt = learn(&part(false).collect::<Vec<_>>(), FEWER);
    let (mut right, mut judged) = (0_u32, 0_u32);
    for row in part(true) {
        judged += 1;
        right += u32::from(best(&learnt.likely(&row.pieces)) == row.kind);
    }
    assert!(right * 100 >= judged * 75, "{right} of {judged}");
}
