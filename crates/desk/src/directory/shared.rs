//! One number under several unrelated companies: then it is nobody's, and a false support line's mark.
//!
//! What both directories hold of a value is asked for, with what a search or an entry says now; companies of one group
//! (a common parent, a common domain, one name inside of the other) share numbers honestly.

use std::path::Path;

use ladder::guard::theirs::Known;
use ladder::guard::{marks, shared};
use ladder::name::alike;
use ladder::{Reach, Sighted};
use store::{Company, StoreError};

use super::place;

/// The most values that are looked up for one answer.
const MOST: usize = 300;

/// Returns whether two companies belong together, as far as the directory tells.
pub(super) fn related(one: &Company, other: &Company) -> bool {
    let fold = |name: &str| store::names::fold(name);
    let (a, b) = (fold(&one.name), fold(&other.name));
    let names = |company: &Company| -> Vec<String> {
        let all = company.parent.iter().chain(&company.legal_name).chain(&company.aliases);
        all.map(|name| fold(name)).chain([fold(&company.name)]).collect()
    };
    let (all_a, all_b) = (names(one), names(other));
    let within =
        |short: &str, long: &str| short.len() >= 4 && format!(" {long} ").contains(&format!(" {short} "));
    one.domains.iter().any(|domain| other.owns(domain))
        || other.domains.iter().any(|domain| one.owns(domain))
        || all_a.iter().any(|name| all_b.contains(name))
        || within(&a, &b)
        || within(&b, &a)
}

/// Returns the other companies under which a value of a company stands without being anybody's own, by name; none where
/// it is somebody's own, or only theirs.
///
/// # Errors
///
/// [`StoreError`] where the user's own directory is there and cannot be read.
pub(crate) async fn also_named_for(
    reach: &Reach,
    company: &Company,
    kind: ladder::SourceKind,
    data: Option<&Path>,
) -> Result<Vec<String>, StoreError> {
    let mut held: Vec<(Company, store::Row)> = store::starter::Starter::builtin()
        .owners_of(reach.value())
        .into_iter()
        .map(|owned| (owned.entry.company.clone(), owned.row.clone()))
        .collect();
    if let Some(store) = place(data)
        && let Some(directory) = store.read_directory().await?
    {
        held.extend(
            directory.owners_of(reach.value()).await?.into_iter().map(|owned| (owned.company, owned.row)),
        );
        directory.close().await;
    }
    // What the row says is another body's (an agency on many companies' pages) is shared honestly.
    held.retain(|(_, row)| row.party.is_none());
    let mut known: Vec<Known> = held
        .iter()
        .map(|(company, row)| Known {
            company: company.name.clone(),
            reach: reach.clone(),
            rung: None,
            kind: row.kind,
            source: row.url.clone(),
            seen: None,
        })
        .collect();
    known.push(Known {
        company: company.name.clone(),
        reach: reach.clone(),
        rung: None,
        kind,
        source: String::new(),
        seen: None,
    });
    let of = |name: &str| {
        if alike(name, &company.name) {
            return Some(company);
        }
        held.iter().map(|(company, _)| company).find(|company| company.name == name)
    };
    let belong = |a: &str, b: &str| match (of(a), of(b)) {
        (Some(a), Some(b)) => related(a, b),
        _ => false,
    };
    let refused = shared::refused(&known, &belong);
    Ok(refused
        .into_iter()
        .flat_map(|(_, companies)| companies)
        .filter(|name| !alike(name, &company.name))
        .collect())
}

/// Says why a value that stands under other companies is suspect.
pub(crate) fn reason(others: &[String]) -> String {
    format!("the same value is named for {}, which has nothing to do with it", others.join(" and "))
}

/// Marks what users, listings or representatives name for this company and for unrelated ones too.
///
/// # Errors
///
/// [`StoreError`] where the user's own directory is there and cannot be read.
pub(crate) async fn doubt(
    sighted: &mut [Sighted],
    company: &Company,
    data: Option<&Path>,
) -> Result<(), StoreError> {
    let mut asked: Vec<(Reach, Vec<String>)> = Vec::new();
    for at in 0..sighted.len() {
        let reach = sighted[at].sighting.reach.clone();
        let official = sighted.iter().any(|one| {
            one.sighting.reach == reach
                && (one.source.kind.is_own() || one.source.kind == ladder::SourceKind::Register)
        });
        if official || !sighted[at].sighting.party.is_company() {
            continue;
        }
        let others = if let Some((_, others)) = asked.iter().find(|(known, _)| *known == reach) {
            others.clone()
        } else {
            if asked.len() >= MOST {
                break;
            }
            let others = also_named_for(&reach, company, sighted[at].source.kind, data).await?;
            asked.push((reach, others.clone()));
            others
        };
        if !others.is_empty() {
            marks::suspect(&mut sighted[at].sighting, &reason(&others));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn companies_of_one_group_belong_together() {
        let company = |name: &str, parent: Option<&str>, domain: &str| Company {
            name: name.into(),
            parent: parent.map(str::to_owned),
            domains: vec![domain.into()],
            ..Company::default()
        };
        let bank = company("Castora Bank", None, "castora.example");
        assert!(related(&bank, &company("Castora Bank Cards", None, "cards.test")));
        assert!(related(&bank, &company("Quickpay", Some("Castora Bank"), "quickpay.example")));
        assert!(related(&bank, &company("Other", None, "help.castora.example")));
        assert!(!related(&bank, &company("Borealis Airlines", None, "borealis.example")));
    }
}
