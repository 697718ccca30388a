//! What was learnt of how firms call their desks: a weight for every word and piece of a word, for each kind of desk.
//!
//! No list holds every name, yet most names are made of words that stand in others: `Loan recovery cell`, `Office of the Chancellor`.
//! The weights come from the word list of this wing by multinomial logistic regression (`tests/desks` makes the file anew and
//! holds it to what the list teaches); nothing else is in them, no page among it. It is asked only of a name of which the
//! list knows nothing, where the page itself shows that it names a desk, and it answers with the name.

use ladder::Rung;

use super::fold::fold;
pub use crate::pieces::BUCKETS;
use crate::pieces::{bucket, number};

/// The kinds of desks, in the order of their weights.
pub const KINDS: [Kind; 7] = [
    Kind::Front,
    Kind::Specialist,
    Kind::Aside,
    Kind::Complaints,
    Kind::Management,
    Kind::Executive,
    Kind::Seat,
];

/// A kind of desk.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// The front line.
    Front,
    /// A team for one matter.
    Specialist,
    /// No help with a problem.
    Aside,
    /// Complaints.
    Complaints,
    /// Above them.
    Management,
    /// The head of the house.
    Executive,
    /// The registered office and what is written there.
    Seat,
}

impl Kind {
    /// Returns the rung of a kind; `None` is off the ladder.
    #[must_use]
    pub const fn rung(self) -> Option<Rung> {
        match self {
            Self::Front => Some(Rung::FrontLine),
            Self::Specialist => Some(Rung::Specialist),
            Self::Aside => None,
            Self::Complaints => Some(Rung::Complaints),
            Self::Management => Some(Rung::Management),
            Self::Executive => Some(Rung::Executive),
            Self::Seat => Some(Rung::Legal),
        }
    }
}

/// The longest name that is looked at, in bytes.
const LONGEST: usize = 96;
/// Lengths of the pieces of words, in bytes of their folded form.
const PIECES: [usize; 2] = [4, 5];

/// For each kind its scale and base, then for each bucket a weight of each kind.
static WEIGHTS: &[u8] = include_bytes!("data/desks.bin");

/// How much room the scales and bases take.
pub const HEAD: usize = 8 * KINDS.len();

/// Returns how likely each of the [`KINDS`] is by the words of a name.
#[must_use]
pub fn likely(name: &str) -> [f32; KINDS.len()] {
    let pieces = pieces(name);
    let mut sums = [0_i32; KINDS.len()];
    for &piece in &pieces {
        let row = HEAD + piece as usize * KINDS.len();
        for (sum, weight) in sums.iter_mut().zip(WEIGHTS.get(row..row + KINDS.len()).unwrap_or_default()) {
            *sum += i32::from(i8::from_le_bytes([*weight]));
        }
    }
    let length = f32::from(u16::try_from(pieces.len().max(1)).unwrap_or(u16::MAX)).sqrt();
    let mut odds = [0.0_f32; KINDS.len()];
    for (kind, (odd, sum)) in odds.iter_mut().zip(sums).enumerate() {
        let sum = f32::from(i16::try_from(sum).unwrap_or(i16::MAX));
        *odd = number(WEIGHTS, 8 * kind + 4) + number(WEIGHTS, 8 * kind) * sum / length;
    }
    let most = odds.iter().copied().fold(f32::MIN, f32::max);
    let shares = odds.map(|odd| (odd - most).exp());
    let all: f32 = shares.iter().sum();
    shares.map(|share| share / all)
}

/// Returns the kind that the words of a name make likely, and how likely.
pub(super) fn guess(name: &str) -> (Kind, f32) {
    let likely = likely(name);
    let best = KINDS.into_iter().zip(likely).max_by(|(_, a), (_, b)| a.total_cmp(b));
    best.unwrap_or((Kind::Front, 0.0))
}

/// Returns the pieces of a name, each once, in rising order: numbers below [`BUCKETS`].
#[must_use]
pub fn pieces(name: &str) -> Vec<u32> {
    let folded = fold(crate::window::clip(name, LONGEST));
    let mut found = Vec::with_capacity(64);
    let mut before = "";
    for word in folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        if !before.is_empty() {
            found.push(bucket(&[b"p", before.as_bytes(), b" ", word.as_bytes()]));
        }
        before = word;
        if word.len() < 3 {
            continue;
        }
        found.push(bucket(&[b"w", word.as_bytes()]));
        let padded: Vec<u8> = std::iter::once(b' ').chain(word.bytes()).chain([b' ']).collect();
        for length in PIECES {
            found.extend(padded.windows(length).map(|window| bucket(&[b"c", window])));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_no_list_holds_is_told_by_its_words() {
        for (name, kind) in [
            ("Loan arrears cell", Kind::Specialist),
            ("Parking & moorings desk", Kind::Specialist),
            ("Office of the Rector", Kind::Executive),
            ("Wedding and banquet sales", Kind::Aside),
            ("Gestione reclami e segnalazioni utenti", Kind::Complaints),
        ] {
            assert_eq!(guess(name).0, kind, "{name}: {:?}", likely(name));
        }
    }

    #[test]
    fn nothing_is_learnt_of_nothing_and_no_name_is_too_long() {
        for name in ["", " – ", "12/34", &"Ä".repeat(500)] {
            let sum: f32 = likely(name).iter().sum();
            assert!((sum - 1.0).abs() < 1e-3, "{name}");
        }
    }
}
