//! Weighing: sightings of many documents become contact points.
//!
//! Sightings of one value are one contact point with the witnesses of all. Its rung is the highest use that the company
//! itself names for a customer with a problem; strangers' words never move it. The order of discovery never shows.

use std::collections::{BTreeMap, BTreeSet};

use crate::channel::{Channel, Reach};
use crate::confidence::{self, Evidence};
use crate::conflict;
use crate::contact::ContactPoint;
use crate::finding::{Party, Place, Sighting, Signal};
use crate::guard::marks;
use crate::independence;
use crate::rung::Rung;
use crate::witness::{Source, Witness};

/// A sighting and the document it was read in.
#[derive(Clone, Debug)]
pub struct Sighted {
    /// What was seen.
    pub sighting: Sighting,
    /// Where and when.
    pub source: Source,
}

/// How much a use weighs when one value has several: the higher named handler wins, the ordinary line only over what is
/// no use at all.
///
/// `Specialist` and `Legal` are side doors: a value that serves the whole company is not moved to one of them because the
/// imprint or a privacy page repeats it, so they only beat a front-line use that is rarer than theirs.
#[must_use]
pub const fn precedence(rung: Option<Rung>) -> u8 {
    match rung {
        Some(Rung::Executive) => 8,
        Some(Rung::Management) => 7,
        Some(Rung::Complaints) => 6,
        Some(Rung::Supervisor) => 5,
        Some(Rung::Adr | Rung::Regulator) => 4,
        Some(Rung::Legal | Rung::Specialist) => 3,
        Some(Rung::FrontLine) => 2,
        None => 1,
    }
}

/// Returns the key under which sightings are one: two spellings of one web address are one value, as are two of a postal
/// address that differ in case and punctuation alone.
fn key(reach: &Reach) -> (Channel, String) {
    let value = match (reach.as_link(), reach.channel()) {
        (Some(link), _) => link.key(),
        (None, Channel::Postal | Channel::InPerson) => {
            reach.value().chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        }
        (None, _) => reach.value().to_owned(),
    };
    (reach.channel(), value)
}

/// Merges sightings into contact points, in a stable order: escalation rungs first, then by confidence, channel and value.
///
/// `today` is the day of asking as `YYYY-MM-DD`: age is counted from it. A postal address that is the tail of a fuller one
/// (the same without its addressee) joins it.
#[must_use]
pub fn merge(sighted: Vec<Sighted>, today: &str) -> Vec<ContactPoint> {
    let mut groups: BTreeMap<(Channel, String), Vec<Sighted>> = BTreeMap::new();
    for one in sighted {
        groups.entry(key(&one.sighting.reach)).or_default().push(one);
    }
    join_short_addresses(&mut groups);
    let mut points: Vec<ContactPoint> = groups.into_values().map(|group| settle(group, today)).collect();
    conflict::note(&mut points);
    points.sort_by(|a, b| {
        precedence(b.rung)
            .cmp(&precedence(a.rung))
            .then_with(|| sureness(b).cmp(&sureness(a)))
            .then_with(|| handiness(a.reach.channel()).cmp(&handiness(b.reach.channel())))
            .then(b.confidence.probability.total_cmp(&a.confidence.probability))
            .then_with(|| a.reach.cmp(&b.reach))
    });
    points
}

/// Returns the confidence in steps of a tenth: finer differences say nothing to a reader, and then the channel decides.
fn sureness(point: &ContactPoint) -> u8 {
    (1..=10)
        .filter(|&tenth| point.confidence.probability >= f64::from(tenth) / 10.0)
        .count()
        .try_into()
        .unwrap_or(0)
}

/// Returns how far down a channel stands among equals: one talks or writes first, and goes public last.
const fn handiness(channel: Channel) -> u8 {
    match channel {
        Channel::Phone => 0,
        Channel::Email => 1,
        Channel::Form => 2,
        Channel::Chat => 3,
        Channel::Messaging => 4,
        Channel::Postal => 5,
        Channel::Textphone => 6,
        Channel::InPerson => 7,
        Channel::Web => 8,
        Channel::App => 9,
        Channel::Social => 10,
        Channel::Fax => 11,
    }
}

/// Joins a postal address to a fuller one that ends with it, where the short one names no rung of its own above the front line.
fn join_short_addresses(groups: &mut BTreeMap<(Channel, String), Vec<Sighted>>) {
    let postal: Vec<String> = groups
        .keys()
        .filter(|(channel, _)| *channel == Channel::Postal)
        .map(|(_, value)| value.clone())
        .collect();
    // Sorted by their ends, an address that is the tail of another stands right before it.
    let mut reversed: Vec<(String, String)> =
        postal.into_iter().map(|value| (value.chars().rev().collect(), value)).collect();
    reversed.sort();
    for pair in reversed.windows(2).rev() {
        let [(short_end, short), (long_end, long)] = pair else { continue };
        if short.len() < 12 || !long_end.starts_with(short_end.as_str()) {
            continue;
        }
        let above = |group: &[Sighted]| group.iter().map(|s| precedence(s.sighting.rung)).max().unwrap_or(0);
        let (short_key, long_key) = ((Channel::Postal, short.clone()), (Channel::Postal, long.clone()));
        let fits = match (groups.get(&short_key), groups.get(&long_key)) {
            (Some(a), Some(b)) => above(a) <= above(b),
            _ => false,
        };
        if fits && let Some(moved) = groups.remove(&short_key) {
            groups.entry(long_key).or_default().extend(moved);
        }
    }
}

/// Makes one contact point of all sightings of a value.
fn settle(mut group: Vec<Sighted>, today: &str) -> ContactPoint {
    // A total order that does not depend on who came first: strongest use, then best place, then address and words.
    group.sort_by(|a, b| {
        precedence(b.sighting.rung)
            .cmp(&precedence(a.sighting.rung))
            .then(place_rank(a.sighting.place).cmp(&place_rank(b.sighting.place)))
            .then(b.sighting.signals.len().cmp(&a.sighting.signals.len()))
            .then_with(|| a.source.url.len().cmp(&b.source.url.len()))
            .then_with(|| a.source.url.cmp(&b.source.url))
            .then_with(|| a.sighting.quote.cmp(&b.sighting.quote))
    });
    let chosen = choose(&group);
    let rung = group[chosen].sighting.rung;
    let contested = group.iter().any(|s| {
        let other = s.sighting.rung;
        other != rung && other != Some(Rung::FrontLine) && s.sighting.place != Place::Footer
    });
    group.swap(0, chosen);
    group[1..].sort_by_key(|s| (s.sighting.rung != rung, place_rank(s.sighting.place), s.source.url.clone()));

    let mut witnesses: Vec<Witness> = Vec::with_capacity(group.len());
    for one in &group {
        let witness = Witness {
            source: one.source.clone(),
            place: one.sighting.place,
            quote: one.sighting.quote.clone(),
        };
        if !witnesses.iter().any(|w| w.source.url == witness.source.url && w.quote == witness.quote) {
            witnesses.push(witness);
        }
    }
    let first =
        |pick: fn(&Sighting) -> Option<&String>| group.iter().find_map(|s| pick(&s.sighting).cloned());
    let mut notes: Vec<String> = Vec::new();
    let mut languages: Vec<String> = Vec::new();
    let mut topics: Vec<String> = Vec::new();
    for one in &group {
        for topic in &one.sighting.topics {
            if !topics.contains(topic) {
                topics.push(topic.clone());
            }
        }
        for note in &one.sighting.notes {
            if !notes.contains(note) {
                notes.push(note.clone());
            }
        }
        for language in &one.sighting.languages {
            if !languages.contains(language) {
                languages.push(language.clone());
            }
        }
    }
    let lead = &group[0].sighting;
    // An address with its addressee is worth more than the bare one, whichever witness names the rung.
    let reach = group
        .iter()
        .map(|s| &s.sighting.reach)
        .max_by_key(|r| if r.channel() == Channel::Postal { r.value().len() } else { 0 })
        .filter(|r| r.channel() == Channel::Postal)
        .unwrap_or(&lead.reach)
        .clone();
    let party = group
        .iter()
        .map(|s| &s.sighting.party)
        .find(|party| !party.is_company())
        .filter(|_| !lead.party.is_company() || rung.is_none_or(Rung::is_outside))
        .unwrap_or(&lead.party)
        .clone();
    let age_days = newest_age(&group, today);
    notes.extend(marks::stale(rung, lead.person.is_some(), age_days));
    let suspicion = suspicion(&group, &mut notes);
    // Copies and citations are no further witnesses.
    let heard = independence::independent(&witnesses);
    let confidence = confidence::weigh(&Evidence {
        witnesses: &heard,
        channel: reach.channel(),
        rung,
        signals: lead.signals.iter().filter(|signal| signal.rung == rung).count(),
        contested,
        odd: !lead.notes.is_empty(),
        age_days,
    });
    let confidence = if suspicion.is_empty() { confidence } else { marks::doubted(confidence) };
    ContactPoint {
        reach,
        rung,
        party,
        label: first(|s| s.label.as_ref()),
        // A person or title belongs to the use that it was named for, not to the value wherever it stands.
        person: lead.person.clone(),
        title: lead.title.clone(),
        hours: first(|s| s.hours.as_ref()),
        languages,
        cost: group.iter().find_map(|s| s.sighting.cost),
        cost_note: first(|s| s.cost_note.as_ref()),
        extension: first(|s| s.extension.as_ref()),
        access: group.iter().find_map(|s| s.sighting.access),
        topics,
        notes,
        confidence,
        signals: lead.signals.iter().filter(|s| s.id != marks::SUSPECT).cloned().chain(suspicion).collect(),
        witnesses,
    }
}

/// Gathers the marks of a fraud, each reason once. They do not hold against a value that an official place names: then a
/// note tells that users warn of it.
fn suspicion(group: &[Sighted], notes: &mut Vec<String>) -> Vec<Signal> {
    let mut found: Vec<Signal> = Vec::new();
    for signal in group.iter().flat_map(|s| &s.sighting.signals).filter(|s| s.id == marks::SUSPECT) {
        if !found.iter().any(|f| f.words == signal.words) {
            found.push(signal.clone());
        }
    }
    found.sort_by(|a, b| a.words.cmp(&b.words));
    if !found.is_empty() && group.iter().any(|s| marks::clears(s.source.kind)) {
        notes.push("some users call it false, but an official place names it".to_owned());
        found.clear();
    }
    found
}

/// Returns the index of the sighting whose use counts. The group is sorted, the strongest use first.
///
/// A use that only user-written places name does not count while any other witness is there.
fn choose(group: &[Sighted]) -> usize {
    let trusted: Vec<usize> = (0..group.len()).filter(|&i| !group[i].source.kind.is_user_written()).collect();
    let pool: Vec<usize> = if trusted.is_empty() { (0..group.len()).collect() } else { trusted };
    let Some(&first) = pool.first() else { return 0 };
    let strongest = group[first].sighting.rung;
    if !matches!(strongest, Some(Rung::Specialist | Rung::Legal)) {
        return first;
    }
    let used_as = |rung: Rung| pool.iter().copied().find(|&i| group[i].sighting.rung == Some(rung));
    if group[first].sighting.reach.channel() == Channel::Postal {
        // The registered office stays one, whichever team else asks for letters at it.
        return used_as(Rung::Legal).unwrap_or(first);
    }
    // A side door: the ordinary line wins where the value stands as such on as many pages as it does as a side door.
    let pages = |rung: Option<Rung>| {
        let on_rung = pool.iter().filter(|&&i| group[i].sighting.rung == rung);
        on_rung.map(|&i| group[i].source.url.as_str()).collect::<BTreeSet<_>>().len()
    };
    match used_as(Rung::FrontLine) {
        Some(front) if pages(Some(Rung::FrontLine)) >= pages(strongest) => front,
        _ => first,
    }
}

/// Returns how far from the body of a page a place is.
#[must_use]
pub const fn place_rank(place: Place) -> u8 {
    match place {
        Place::Main => 0,
        Place::Data => 1,
        Place::Aside => 2,
        Place::Header => 3,
        Place::Footer => 4,
        Place::Nav => 5,
    }
}

/// Returns the days since the newest date on which a witness says that it was written or checked; `None` where none says so.
fn newest_age(group: &[Sighted], today: &str) -> Option<i64> {
    let newest = group.iter().filter_map(|s| s.source.stated.as_deref()).filter_map(day_number).max()?;
    Some((day_number(today)? - newest).max(0))
}

/// Returns the number of days from 0000-03-01 to an ISO 8601 date (proleptic Gregorian), or `None` where it is none.
fn day_number(date: &str) -> Option<i64> {
    let mut parts = date.get(..10)?.split('-').map(str::parse::<i64>);
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next()?.ok()?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // Years begin in March, so that the leap day ends one.
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 1)
}

/// Returns the parties other than the company that hold a contact point, each once, in the order of the points.
#[must_use]
pub fn other_parties(points: &[ContactPoint]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for point in points {
        if let Party::Other(name) = &point.party
            && !names.contains(&name.as_str())
        {
            names.push(name);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::witness::SourceKind;

    fn seen(
        channel: Channel,
        value: &str,
        rung: Option<Rung>,
        url: &str,
        place: Place,
        kind: SourceKind,
    ) -> Sighted {
        let mut sighting = Sighting::new(Reach::parse(channel, value).unwrap(), format!("words on {url}"));
        sighting.rung = rung;
        sighting.place = place;
        sighting.signals = vec![Signal { id: "test", rung, words: "words".into() }];
        let source = Source {
            url: url.into(),
            kind,
            site: url.split('/').next().unwrap().into(),
            seen: "2026-01-01T00:00:00Z".into(),
            stated: None,
        };
        Sighted { sighting, source }
    }

    /// Draws contact points as a reader would see them.
    fn draw(points: &[ContactPoint]) -> String {
        let line =
            |p: &ContactPoint| format!("{} {} x{}", crate::rung::spelled(p.rung), p.reach, p.witnesses.len());
        points.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn sample() -> Vec<Sighted> {
        use Channel::{Email, Phone, Postal};
        use SourceKind::{OwnSite, Post};
        vec![
            seen(Email, "info@acme.example", Some(Rung::FrontLine), "acme.example/", Place::Footer, OwnSite),
            seen(
                Email,
                "info@acme.example",
                Some(Rung::Complaints),
                "acme.example/complaints",
                Place::Main,
                OwnSite,
            ),
            seen(Phone, "+442079460000", Some(Rung::FrontLine), "acme.example/", Place::Footer, OwnSite),
            seen(Phone, "+442079460000", Some(Rung::FrontLine), "acme.example/contact", Place::Main, OwnSite),
            seen(
                Phone,
                "+442079460000",
                Some(Rung::Specialist),
                "acme.example/privacy",
                Place::Main,
                OwnSite,
            ),
            seen(Phone, "+442079460000", Some(Rung::Executive), "forum.example/1", Place::Main, Post),
            seen(
                Postal,
                "Acme Ltd, 1 High St, Town, AB1 2CD",
                Some(Rung::Legal),
                "acme.example/",
                Place::Footer,
                OwnSite,
            ),
            seen(
                Postal,
                "1 High St, Town, AB1 2CD",
                Some(Rung::FrontLine),
                "acme.example/contact",
                Place::Main,
                OwnSite,
            ),
            seen(Email, "press@acme.example", None, "acme.example/press", Place::Main, OwnSite),
        ]
    }

    #[test]
    fn the_highest_use_that_the_company_names_wins_and_strangers_promote_nothing() {
        insta::assert_snapshot!(draw(&merge(sample(), "2026-11-22")), @r"
        complaints email info@acme.example x2
        legal postal Acme Ltd, 1 High St, Town, AB1 2CD x2
        front_line phone +442079460000 x4
        off_ladder email press@acme.example x1
        ");
    }

    #[test]
    fn the_order_of_discovery_does_not_show() {
        let mut reversed = sample();
        reversed.reverse();
        assert_eq!(merge(sample(), "2026-11-22"), merge(reversed, "2026-11-22"));
    }

    #[test]
    fn what_only_strangers_name_is_a_lead() {
        let post = seen(
            Channel::Phone,
            "+442079460001",
            Some(Rung::Executive),
            "forum.example/1",
            Place::Main,
            SourceKind::Post,
        );
        assert!(merge(vec![post], "2026-11-22")[0].is_lead());
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        let between = |a, b| day_number(b).unwrap() - day_number(a).unwrap();
        assert_eq!(between("2024-02-28", "2024-03-01"), 2);
        assert_eq!(between("2023-02-28", "2023-03-01"), 1);
        assert_eq!(between("1999-12-31", "2000-12-31"), 366);
        assert_eq!(day_number("2024-13-01"), None);
    }
}
