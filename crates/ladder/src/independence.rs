//! Independence: which witnesses count as more than one.
//!
//! Twenty pages with one text are one witness, and a page that cites another is not a second one. A witness on another
//! site counts only where its words are its own. Several pages of one site are left as they are: they say how firmly the
//! site itself says so.

use std::collections::BTreeSet;

use crate::witness::{SourceKind, Witness};

/// Words in a row that make a shingle.
const SHINGLE: usize = 3;
/// Fewer words than these cannot be told to be a copy.
const FEWEST_WORDS: usize = 10;
/// From this share of common shingles on, one text is a copy of the other.
const COPY: f64 = 0.55;
/// The most words of a quote that are looked at.
const MOST_WORDS: usize = 400;

/// Returns the hashes of a text's shingles; case, marks and digits are left out, for a copy may change the number.
fn shingles(text: &str) -> (usize, BTreeSet<u64>) {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| !w.is_empty())
        .take(MOST_WORDS)
        .map(str::to_lowercase)
        .collect();
    let hash = |window: &[String]| {
        // FNV-1a, so that the answer is the same in every run.
        window.iter().flat_map(|w| w.bytes().chain([0])).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    };
    (words.len(), words.windows(SHINGLE).map(hash).collect())
}

/// Tells whether two texts are one, give or take a few words (Jaccard similarity of their shingles).
#[must_use]
pub fn is_copy(a: &str, b: &str) -> bool {
    let ((words_a, a), (words_b, b)) = (shingles(a), shingles(b));
    if words_a.min(words_b) < FEWEST_WORDS {
        return false;
    }
    let common = a.intersection(&b).count();
    let all = a.len() + b.len() - common;
    // The shorter may stand whole inside of the longer: a citation.
    let (common, all, least) = (count(common), count(all), count(a.len().min(b.len())));
    all > 0.0 && (common / all >= COPY || common / least >= 0.85)
}

/// Returns a count as a float.
fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Tells whether one witness names the site of another as its source.
#[must_use]
pub fn cites(witness: &Witness, other: &Witness) -> bool {
    let site = other.source.site.to_lowercase();
    site.contains('.')
        && site != witness.source.site.to_lowercase()
        && witness.quote.to_lowercase().contains(&site)
}

/// Returns the witnesses that count, the strongest kept of those that are copies or citations of one another.
///
/// The order of the list is kept; witnesses of one site are never held against each other.
#[must_use]
pub fn independent(witnesses: &[Witness]) -> Vec<Witness> {
    let mut order: Vec<usize> = (0..witnesses.len()).collect();
    order.sort_by_key(|&i| rank(witnesses[i].source.kind));
    let mut kept: Vec<usize> = Vec::with_capacity(witnesses.len());
    let mut heard: Vec<usize> = Vec::with_capacity(witnesses.len());
    for i in order {
        let one = &witnesses[i];
        // Also against those that were left out: a copy of a copy is one too.
        let repeats = heard.iter().any(|&k| {
            let other = &witnesses[k];
            if other.source.site == one.source.site {
                return false;
            }
            // Words of users and listings that are alike to the letter are one rumour, however short.
            let rumour = rank(one.source.kind) >= 3
                && rank(other.source.kind) >= 3
                && one.quote.trim() == other.quote.trim();
            rumour
                || is_copy(&one.quote, &other.quote)
                || cites(one, other)
                || cites(other, one) && rank(one.source.kind) > rank(other.source.kind)
        });
        heard.push(i);
        if !repeats {
            kept.push(i);
        }
    }
    kept.sort_unstable();
    kept.into_iter().map(|i| witnesses[i].clone()).collect()
}

/// Returns how far from the company's own word a kind of source is.
const fn rank(kind: SourceKind) -> u8 {
    match kind {
        SourceKind::OwnFile | SourceKind::OwnSite | SourceKind::OwnDocument => 0,
        SourceKind::Register => 1,
        SourceKind::ClaimedProfile => 2,
        SourceKind::Told => 3,
        SourceKind::Listing => 4,
        SourceKind::Post => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::witness::Source;

    fn witness(site: &str, kind: SourceKind, quote: &str) -> Witness {
        let source = Source {
            url: format!("https://{site}/a"),
            kind,
            site: site.into(),
            seen: String::new(),
            stated: None,
        };
        Witness { source, place: Place::Main, quote: quote.into() }
    }

    const TEXT: &str = "After three weeks of silence I wrote to the office of the president and they called me back within a day, so use 555-0101.";

    #[test]
    fn a_copy_and_a_citation_are_no_second_witness() {
        let copied = TEXT.replace("three weeks", "two weeks").replace("0101", "0102");
        let list = [
            witness("one.example", SourceKind::Post, TEXT),
            witness("two.example", SourceKind::Post, &copied),
            witness("three.example", SourceKind::Listing, "as seen on one.example: 555-0101"),
            witness(
                "four.example",
                SourceKind::Post,
                "My own call to the executive desk took ten minutes and a nice person named the number as theirs.",
            ),
        ];
        let sites: Vec<String> = independent(&list).into_iter().map(|w| w.source.site).collect();
        assert_eq!(sites, ["three.example", "four.example"]);
    }

    #[test]
    fn short_words_of_official_places_and_pages_of_one_site_stand() {
        let list = [
            witness("acme.example", SourceKind::OwnSite, "Phone: 555-0101"),
            witness("acme.example", SourceKind::OwnSite, "Phone: 555-0101"),
            witness("register.example", SourceKind::Register, "Phone: 555-0101"),
            witness("forum.example", SourceKind::Post, "555-0101"),
            witness("board.example", SourceKind::Post, "555-0101"),
        ];
        assert_eq!(independent(&list).len(), 4);
    }

    use proptest::prelude::*;

    /// Words of which quotes are made; enough that two drawn apart are no copies.
    const WORDS: [&str; 32] = [
        "after", "weeks", "silence", "office", "wrote", "phone", "answer", "branch", "letter", "manager",
        "bill", "refund", "queue", "agent", "nobody", "called", "morning", "card", "engineer", "promise",
        "line", "meter", "ticket", "train", "parcel", "claim", "lady", "desk", "copy", "friday", "rate",
        "notice",
    ];

    fn quote() -> impl Strategy<Value = String> {
        prop::collection::vec(0..WORDS.len(), 14..40)
            .prop_map(|at| at.into_iter().map(|i| WORDS[i]).collect::<Vec<_>>().join(" "))
    }

    fn kind() -> impl Strategy<Value = SourceKind> {
        prop::sample::select(vec![
            SourceKind::OwnSite,
            SourceKind::Register,
            SourceKind::ClaimedProfile,
            SourceKind::Told,
            SourceKind::Listing,
            SourceKind::Post,
        ])
    }

    fn sites(witnesses: &[Witness]) -> usize {
        let kept = independent(witnesses);
        kept.iter().map(|w| w.source.site.as_str()).collect::<BTreeSet<_>>().len()
    }

    proptest! {
        /// Whatever else was heard, another page of the same site adds no site.
        #[test]
        fn a_page_of_the_same_site_is_never_a_second_witness(
            first in quote(), more in prop::collection::vec((quote(), kind()), 1..8), of in kind(),
        ) {
            let mut list = vec![witness("one.example", of, &first)];
            list.extend(more.iter().map(|(text, kind)| witness("one.example", *kind, text)));
            prop_assert_eq!(sites(&list), 1);
        }

        /// A copy on other sites, with its number changed and some words cut off, adds none either.
        #[test]
        fn a_near_copy_on_another_site_is_never_a_second_witness(
            text in quote(), cut in 0_usize..3, kinds in prop::collection::vec(kind(), 1..6), of in kind(),
            lead in prop::sample::select(vec!["", "FWD: ", "quoted below > "]),
        ) {
            let original = format!("{text} 020 7946 0001");
            let copied: Vec<&str> = text.split(' ').skip(cut).collect();
            let copied = format!("{lead}{} 020 7946 0002", copied.join(" "));
            let mut list = vec![witness("one.example", of, &original)];
            for (at, kind) in kinds.iter().enumerate() {
                list.push(witness(&format!("copy{at}.example"), *kind, &copied));
            }
            prop_assert_eq!(sites(&list), 1, "{} | {}", original, copied);
        }

        /// The order in which witnesses were heard changes neither how many count nor whose word is kept.
        #[test]
        fn the_order_of_witnesses_does_not_matter(
            drawn in prop::collection::vec((0_usize..4, quote(), kind()), 1..8), turn in 0_usize..8,
        ) {
            let list: Vec<Witness> =
                drawn.iter().map(|(at, text, kind)| witness(&format!("s{at}.example"), *kind, text)).collect();
            let mut turned = list.clone();
            turned.rotate_left(turn % list.len());
            prop_assert_eq!(sites(&list), sites(&turned));
        }
    }
}
