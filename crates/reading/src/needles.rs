//! Needles: any of a list of short texts, found in another, the case of ASCII letters ignored or not.
//!
//! A page is searched for two dozen such lists, most of which hold some hundred words that stand on few pages. An automaton
//! for each costs more to make than a page to read, and their tables push each other out of the caches. Here three
//! bytes at a time are looked up in a table of 4 KiB: what begins no needle, nearly all, costs one look, and no look waits for
//! the one before.

use std::ops::Range;

/// Places of the table: one for some hundreds of the ways in which three bytes can stand.
const PLACES: usize = 1 << 15;

/// Three bytes without what tells small letters from capitals.
const FOLDED: u64 = 0x00df_dfdf;

/// Looks that are taken of eight bytes.
const LOOKS: usize = 6;

/// A needle found.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Found {
    /// Which of the list.
    pub(crate) index: usize,
    /// Where it begins and ends.
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Found {
    /// Returns where it stands.
    pub(crate) const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns its length in bytes.
    pub(crate) const fn len(self) -> usize {
        self.end - self.start
    }
}

/// Texts to look for. Of several that begin at one place the longest is found, of equals the one that is listed first.
#[derive(Debug)]
pub(crate) struct Needles {
    /// A bit for each place: whether a needle begins with three bytes of it.
    begins: Box<[u64; PLACES / 64]>,
    /// How many bits stand before each number of `begins`.
    ranks: Box<[u16; PLACES / 64]>,
    /// Where in `order` the needles of each bit begin, and where the last end.
    buckets: Vec<u32>,
    /// Needles by place, the longest first.
    order: Vec<Needle>,
    /// The needles one after another.
    texts: Vec<u8>,
    exact: bool,
}

/// A needle, and how it begins.
#[derive(Clone, Debug)]
struct Needle {
    /// Its first eight bytes without the case of letters, and which of these there are.
    start: u64,
    mask: u64,
    /// Where its text stands.
    from: usize,
    to: usize,
    index: usize,
}

/// Eight bytes without what tells small letters from capitals.
const FOLDED_EIGHT: u64 = 0xdfdf_dfdf_dfdf_dfdf;

impl Needle {
    fn of(text: &[u8], from: usize, index: usize) -> Self {
        let mut start = [0; 8];
        let length = text.len().min(8);
        start[..length].copy_from_slice(&text[..length]);
        let mask = FOLDED_EIGHT & u64::MAX >> (64 - 8 * length);
        Self { start: u64::from_le_bytes(start) & mask, mask, from, to: from + text.len(), index }
    }
}

impl Needles {
    /// Makes a list of texts whose ASCII letters stand for both cases. None is shorter than two bytes.
    pub(crate) fn of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::build(texts, false)
    }

    /// Makes a list of texts that are looked for as they are written.
    pub(crate) fn exact<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::build(texts, true)
    }

    fn build<T: AsRef<str>>(texts: impl IntoIterator<Item = T>, exact: bool) -> Self {
        let mut all = Vec::new();
        let mut placed: Vec<(usize, Needle)> = Vec::new();
        for (index, text) in texts.into_iter().enumerate() {
            let text = text.as_ref().as_bytes();
            debug_assert!(text.len() > 1, "a needle is longer than a byte");
            match *text {
                [a, b, c, ..] => placed.push((place(three(a, b, c)), Needle::of(text, all.len(), index))),
                [a, b] => {
                    let needle = Needle::of(text, all.len(), index);
                    let mut places: Vec<usize> = (0..=u8::MAX).map(|c| place(three(a, b, c))).collect();
                    places.sort_unstable();
                    places.dedup();
                    placed.extend(places.into_iter().map(|place| (place, needle.clone())));
                }
                _ => {}
            }
            all.extend_from_slice(text);
        }
        placed.sort_by_key(|(place, needle)| {
            (*place, std::cmp::Reverse(needle.to - needle.from), needle.index)
        });
        let mut needles = Self {
            begins: Box::new([0; PLACES / 64]),
            ranks: Box::new([0; PLACES / 64]),
            buckets: Vec::new(),
            order: Vec::with_capacity(placed.len()),
            texts: all,
            exact,
        };
        let mut last = None;
        for (place, needle) in placed {
            if last != Some(place) {
                needles.begins[place / 64] |= 1 << (place % 64);
                needles.buckets.push(u32::try_from(needles.order.len()).unwrap_or(u32::MAX));
                last = Some(place);
            }
            needles.order.push(needle);
        }
        needles.buckets.push(u32::try_from(needles.order.len()).unwrap_or(u32::MAX));
        let mut before = 0;
        for (rank, bits) in needles.ranks.iter_mut().zip(&*needles.begins) {
            *rank = before;
            before += u16::try_from(bits.count_ones()).unwrap_or_default();
        }
        needles
    }

    /// Returns whether any needle stands in a text.
    pub(crate) fn is_match(&self, text: impl AsRef<[u8]>) -> bool {
        self.next(text.as_ref(), 0).is_some()
    }

    /// Finds the first needle of a text.
    pub(crate) fn find(&self, text: impl AsRef<[u8]>) -> Option<Found> {
        self.next(text.as_ref(), 0)
    }

    /// Finds the needles of a text in order, none of which overlaps the one before.
    pub(crate) fn find_iter<'a>(
        &'a self,
        text: &'a (impl AsRef<[u8]> + ?Sized),
    ) -> impl Iterator<Item = Found> + 'a {
        let text = text.as_ref();
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.next(text, from)?;
            from = found.end;
            Some(found)
        })
    }

    /// Finds the needle that begins at an offset.
    pub(crate) fn at(&self, text: &[u8], at: usize) -> Option<Found> {
        let place = place(first_three(text.get(at..)?));
        if self.begins(place) { self.look(text, at, place) } else { None }
    }

    /// Returns whether a needle begins with three bytes of a place.
    #[inline]
    fn begins(&self, place: usize) -> bool {
        self.begins[place / 64] >> (place % 64) & 1 != 0
    }

    /// Finds the first needle that begins at an offset or after it.
    #[inline]
    fn next(&self, text: &[u8], from: usize) -> Option<Found> {
        let mut at = from;
        while let Some(eight) = text.get(at..).and_then(<[u8]>::first_chunk) {
            let eight = u64::from_le_bytes(*eight);
            let any = (0..LOOKS).fold(false, |any, look| any | self.begins(place(eight >> (8 * look))));
            if any {
                for look in 0..LOOKS {
                    let place = place(eight >> (8 * look));
                    if self.begins(place)
                        && let Some(found) = self.look(text, at + look, place)
                    {
                        return Some(found);
                    }
                }
            }
            at += LOOKS;
        }
        (at..text.len()).find_map(|at| self.at(text, at))
    }

    /// Finds the needle at an offset, whose three bytes have a place at which some begin.
    fn look(&self, text: &[u8], at: usize, place: usize) -> Option<Found> {
        let lower = self.begins[place / 64] & ((1 << (place % 64)) - 1);
        let bucket = usize::from(self.ranks[place / 64]) + lower.count_ones() as usize;
        let from = *self.buckets.get(bucket)? as usize;
        let to = *self.buckets.get(bucket + 1)? as usize;
        let rest = text.get(at..)?;
        // Beyond the end of the text stand bytes of no needle.
        let start = rest.first_chunk().map_or_else(
            || {
                let mut start = [0; 8];
                start[..rest.len()].copy_from_slice(rest);
                u64::from_le_bytes(start)
            },
            |eight| u64::from_le_bytes(*eight),
        );
        self.order.get(from..to)?.iter().find_map(|needle| {
            if start & needle.mask != needle.start {
                return None;
            }
            let wanted = self.texts.get(needle.from..needle.to)?;
            let here = rest.get(..wanted.len())?;
            let same = if self.exact { here == wanted } else { here.eq_ignore_ascii_case(wanted) };
            same.then(|| Found { index: needle.index, start: at, end: at + wanted.len() })
        })
    }
}

/// Returns three bytes as a number.
const fn three(a: u8, b: u8, c: u8) -> u64 {
    a as u64 | (b as u64) << 8 | (c as u64) << 16
}

/// Returns the first three bytes of a text as a number; what is not there is naught.
fn first_three(text: &[u8]) -> u64 {
    let byte = |at: usize| text.get(at).copied().unwrap_or_default();
    three(byte(0), byte(1), byte(2))
}

/// Returns the place of three bytes, the lowest of a number; letters of either case have one place.
#[inline]
const fn place(bytes: u64) -> usize {
    ((bytes & FOLDED) as u32).wrapping_mul(0x9e37_79b1) as usize >> 17
}

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_of_the_first_is_found() {
        let needles = Needles::of(["call", "call centre", "re", "TÉL", "☎"]);
        let found = |text| needles.find_iter(text).map(|f: Found| (f.index, f.range())).collect::<Vec<_>>();
        assert_eq!(found("Our CALL CENTRE"), [(1, 4..15)]);
        assert_eq!(found("Call Centr, recall"), [(0, 0..4), (2, 12..14), (0, 14..18)]);
        assert_eq!(found("are"), [(2, 1..3)]);
        assert_eq!(found("tÉl ☎"), [(3, 0..4), (4, 5..8)]);
        assert_eq!(found("ca"), []);
        assert!(Needles::exact(["Call"]).find("call").is_none());
        assert!(Needles::of([""; 0]).find("call").is_none());
    }

    proptest! {
        #[test]
        fn an_automaton_finds_the_same(
            words in prop::collection::vec("[abAB1é ]{2,5}", 0..12),
            text in "[abAB12é ]{0,60}",
            exact: bool,
        ) {
            let words: Vec<String> = words.into_iter().filter(|word| word.len() > 1).collect();
            let automaton = AhoCorasick::builder()
                .ascii_case_insensitive(!exact)
                .match_kind(MatchKind::LeftmostLongest)
                .build(&words)
                .unwrap();
            let needles = Needles::build(&words, exact);
            let wanted: Vec<_> = automaton.find_iter(&text).map(|m| (m.range(), words[m.pattern()].len())).collect();
            let found: Vec<_> = needles.find_iter(&text).map(|f| (f.range(), words[f.index].len())).collect();
            prop_assert_eq!(found, wanted);
            for at in 0..text.len() {
                let here = words.iter().any(|word| text.as_bytes()[at..].get(..word.len()).is_some_and(|rest| {
                    if exact { rest == word.as_bytes() } else { rest.eq_ignore_ascii_case(word.as_bytes()) }
                }));
                prop_assert_eq!(needles.at(text.as_bytes(), at).is_some(), here);
            }
        }
    }
}
