//! Who is meant by a name: what identity and registers say, joined into companies, the likeliest first.
//!
//! It is sure only where one company fits the whole name and no other comes near: a wrong company is worse than a question.

use ladder::Country;
use sources::source::same::{self, alike};
use sources::source::{Ids, Record, Subject, Told};

use super::gather::Asked;
use crate::directory::CandidateView;

/// The most candidates that are named.
const MOST: usize = 8;
/// By how much one must lead to be taken for the one that is meant.
const AHEAD: i32 = 2;

/// Who is meant.
#[derive(Clone, Debug)]
pub(crate) enum Meant {
    /// This one.
    Sure(Box<Subject>),
    /// One of these.
    Unsure(Vec<CandidateView>),
    /// None is known.
    Nobody,
}

/// A company as several sources know it.
#[derive(Clone, Debug)]
struct Group<'a> {
    records: Vec<&'a Record>,
    sources: Vec<&'static str>,
    fits: bool,
}

/// Reads an id of a register as typed, such as `wikidata:Q42` or `companies-house:01234567`.
pub(crate) fn by_number(typed: &str) -> Option<Ids> {
    let (register, number) = typed.trim().split_once(':')?;
    let number = number.trim();
    let fits = (1..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_alphanumeric());
    let number = fits.then(|| number.to_ascii_uppercase())?;
    let mut ids = Ids::default();
    let of = match register.trim().to_ascii_lowercase().as_str() {
        "wikidata" => &mut ids.wikidata,
        "lei" => &mut ids.lei,
        "companies-house" => &mut ids.companies_house,
        "cik" => &mut ids.cik,
        _ => return None,
    };
    *of = Some(number);
    Some(ids)
}

/// Returns who is meant by what sources answered.
pub(crate) fn meant(subject: &Subject, asked: &[Asked]) -> Meant {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for asked in asked {
        for told in asked.answer.iter().flat_map(|answer| &answer.told) {
            place(&mut groups, subject, told, asked.about.id);
        }
    }
    let any_fits = groups.iter().any(|group| group.fits);
    groups.retain(|group| group.fits || !any_fits);
    let mut scored: Vec<(i32, Group<'_>)> =
        groups.into_iter().map(|group| (score(subject, &group), group)).collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let ahead = scored.get(1).is_none_or(|(next, _)| scored[0].0 >= next + AHEAD);
    match scored.first() {
        None => Meant::Nobody,
        Some((_, group)) if any_fits && ahead => {
            let mut found = Subject { name: group.records[0].name.clone(), ..subject.clone() };
            for record in &group.records {
                found.learn(record, true);
            }
            Meant::Sure(Box::new(found))
        }
        Some(_) => Meant::Unsure(scored.iter().take(MOST).map(|(_, group)| candidate(group)).collect()),
    }
}

/// Puts what a source tells to the company that it tells of.
fn place<'a>(groups: &mut Vec<Group<'a>>, subject: &Subject, told: &'a Told, source: &'static str) {
    let record = &told.record;
    let of_number = subject.ids.meets(&record.ids);
    let names = || std::iter::once(&record.name).chain(&record.legal_name).chain(&record.aliases);
    let fits = of_number || names().any(|name| alike(&subject.name, name));
    let same = groups.iter_mut().find(|group| {
        group.records.iter().any(|known| {
            let domain = record.domains.iter().any(|domain| known.domains.contains(domain));
            let named = alike(&known.name, &record.name)
                || known.legal_name.as_ref().is_some_and(|name| alike(name, &record.name));
            let place =
                known.country.is_none() || record.country.is_none() || known.country == record.country;
            let one_site = known.domains.is_empty() || record.domains.is_empty();
            let clash = known.ids.clashes(&record.ids);
            known.ids.meets(&record.ids) || !clash && (domain || named && place && one_site)
        })
    });
    match same {
        Some(group) => {
            group.records.push(record);
            group.fits |= fits;
            if !group.sources.contains(&source) {
                group.sources.push(source);
            }
        }
        None => groups.push(Group { records: vec![record], sources: vec![source], fits }),
    }
}

/// Returns how well a company fits what was typed.
fn score(subject: &Subject, group: &Group<'_>) -> i32 {
    let chief = group.records.iter().any(|record| alike(&subject.name, &record.name));
    let of_number = group.records.iter().any(|record| subject.ids.meets(&record.ids));
    let place = match (subject.place(), country(group)) {
        (Some(wanted), Some(found)) if wanted == found => 3,
        (Some(_), Some(_)) => -1,
        _ => 0,
    };
    let site = group.records.iter().any(|record| !record.domains.is_empty());
    let gone = group.records.iter().all(|record| record.standing.is_some());
    let holding =
        group.records.iter().all(|record| matches!(same::judge(subject, record), same::Verdict::Related(..)));
    let sources = i32::try_from(group.sources.len()).unwrap_or(0);
    i32::from(chief) * 2 + i32::from(of_number) * 10 + place + i32::from(site) * 2 + sources
        - i32::from(gone) * 3
        - i32::from(holding) * 3
}

fn country(group: &Group<'_>) -> Option<Country> {
    group.records.iter().find_map(|record| record.country)
}

fn candidate(group: &Group<'_>) -> CandidateView {
    let mut ids = Ids::default();
    for record in &group.records {
        ids.join(&record.ids);
    }
    let first =
        |pick: fn(&Record) -> Option<&String>| group.records.iter().find_map(|record| pick(record)).cloned();
    let domain = first(|record| record.domains.first());
    let ask = domain.clone().or_else(|| ask_by(&ids)).unwrap_or_else(|| group.records[0].name.clone());
    CandidateView {
        name: group.records[0].name.clone(),
        domain,
        country: country(group).map(|country| country.code().to_owned()),
        sector: first(|record| record.description.as_ref()),
        register_number: ids.in_words(),
        matched: group.records[0].name.clone(),
        ask,
    }
}

/// Returns what to type to mean the company of a number.
fn ask_by(ids: &Ids) -> Option<String> {
    let named = [
        ("companies-house", &ids.companies_house),
        ("wikidata", &ids.wikidata),
        ("lei", &ids.lei),
        ("cik", &ids.cik),
    ];
    named.iter().find_map(|(register, number)| number.as_ref().map(|number| format!("{register}:{number}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn asked(id: &str, records: Vec<Record>) -> Asked {
        let told = records.into_iter().map(|record| Told { record, found: Vec::new() }).collect();
        let answer = sources::source::Answer { told, ..Default::default() };
        let about = sources::source::named(id).unwrap().about();
        Asked { about, answer: Ok(answer), took: Duration::from_millis(1), quota: None }
    }

    fn record(name: &str, domain: &str, country: &str, lei: &str) -> Record {
        let mut record = Record {
            name: name.to_owned(),
            domains: (!domain.is_empty()).then(|| domain.to_owned()).into_iter().collect(),
            country: Country::parse(country).ok(),
            ..Record::default()
        };
        record.ids.lei = (!lei.is_empty()).then(|| lei.to_owned());
        record
    }

    fn sure(meant: Meant) -> Subject {
        match meant {
            Meant::Sure(subject) => *subject,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn sources_that_agree_make_one_company() {
        let asked = [
            asked(
                "wikidata",
                vec![
                    record("Brightwell Energy", "brightwell.example", "GB", "L1"),
                    record("Brightwell Records", "records.example", "US", ""),
                ],
            ),
            asked(
                "gleif",
                vec![
                    record("BRIGHTWELL ENERGY LIMITED", "", "GB", "L1"),
                    record("Brightwell Energy Holdings plc", "", "GB", "L2"),
                ],
            ),
        ];
        let found = sure(meant(&Subject::named("brightwell energy"), &asked));
        assert_eq!(found.domain(), Some("brightwell.example"));
        assert_eq!(found.name, "Brightwell Energy");
        assert_eq!(found.ids.lei.as_deref(), Some("L1"));
    }

    #[test]
    fn namesakes_are_asked_back_and_the_country_decides_where_it_can() {
        let records =
            || vec![record("Acme", "acme.example", "US", ""), record("Acme", "acme-lamps.test", "GB", "")];
        let asked = [asked("wikidata", records())];
        let Meant::Unsure(candidates) = meant(&Subject::named("Acme"), &asked) else {
            panic!("taken for granted")
        };
        assert_eq!(
            candidates.iter().map(|one| one.ask.as_str()).collect::<Vec<_>>(),
            ["acme.example", "acme-lamps.test"]
        );
        let british = Subject { customer: Country::parse("GB").ok(), ..Subject::named("Acme") };
        assert_eq!(sure(meant(&british, &asked)).domain(), Some("acme-lamps.test"));
    }

    #[test]
    fn names_that_only_begin_so_are_candidates_and_never_taken() {
        let asked = [asked("wikidata", vec![record("Acme Lamps", "lamps.example", "US", "")])];
        assert!(matches!(meant(&Subject::named("Acme"), &asked), Meant::Unsure(_)));
        assert!(matches!(meant(&Subject::named("Acme"), &[]), Meant::Nobody));
    }

    #[test]
    fn numbers_are_read_as_typed() {
        assert_eq!(by_number("Wikidata: q42").unwrap().wikidata.as_deref(), Some("Q42"));
        assert_eq!(
            by_number("companies-house:sc123456").unwrap().companies_house.as_deref(),
            Some("SC123456")
        );
        for none in ["https://acme.example", "acme:1", "lei:", "lei:a b", "Acme"] {
            assert!(by_number(none).is_none(), "{none}");
        }
    }
}
