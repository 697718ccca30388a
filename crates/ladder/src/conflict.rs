//! Conflicts: two places that name different values for one and the same desk.
//!
//! Neither is dropped: both are kept with a note that names the other and who says so, and the reader decides. Several
//! lines on one page are no conflict: a desk may have two numbers.

use crate::contact::ContactPoint;

/// The most points that are compared; a ladder has fewer.
const MOST: usize = 400;

/// Two contact points that contradict each other, as indices.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Conflict {
    /// The first.
    pub one: usize,
    /// The other.
    pub other: usize,
}

/// Finds the conflicts among contact points, in their order.
#[must_use]
pub fn among(points: &[ContactPoint]) -> Vec<Conflict> {
    let mut found = Vec::new();
    for (one, a) in points.iter().enumerate().take(MOST) {
        for (other, b) in points.iter().enumerate().take(MOST).skip(one + 1) {
            if contradict(a, b) {
                found.push(Conflict { one, other });
            }
        }
    }
    found
}

/// Whether two points name one desk, are reached alike, differ in value, and share no site that names both.
fn contradict(a: &ContactPoint, b: &ContactPoint) -> bool {
    let desk = |p: &ContactPoint| -> Option<String> {
        let words = p.title.as_deref().or(p.label.as_deref())?;
        let bare: String =
            words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        (bare.len() >= 3).then_some(bare)
    };
    let sites =
        |p: &ContactPoint| -> Vec<String> { p.witnesses.iter().map(|w| w.source.site.clone()).collect() };
    a.rung == b.rung
        && a.rung.is_some_and(crate::rung::Rung::is_escalation)
        && a.party == b.party
        && a.reach.channel() == b.reach.channel()
        && a.reach != b.reach
        && desk(a).is_some()
        && desk(a) == desk(b)
        && !sites(a).iter().any(|site| sites(b).contains(site))
}

/// Writes each conflict into the notes of both points: the other value, who names it and when.
pub fn note(points: &mut [ContactPoint]) {
    let conflicts = among(points);
    for Conflict { one, other } in conflicts {
        for (at, from) in [(one, other), (other, one)] {
            let words = {
                let rival = &points[from];
                let witness = rival.witnesses.first();
                let site = witness.map_or("another place", |w| w.source.site.as_str());
                let day = witness
                    .and_then(|w| w.source.stated.as_deref().or_else(|| w.source.seen.get(..10)))
                    .map_or(String::new(), |day| format!(" ({day})"));
                format!("another place gives `{}` for the same team: {site}{day}", rival.reach.value())
            };
            if !points[at].notes.contains(&words) {
                points[at].notes.push(words);
            }
        }
    }
}
