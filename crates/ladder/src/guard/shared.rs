//! Values under several companies: a number that is named for two companies which have nothing to do with each other is
//! neither's.
//!
//! Own pages settle whose a value is; so an index only holds against what users and listings name. Companies of one group
//! share numbers honestly: whoever knows the groups gives them.

use std::collections::BTreeMap;

use super::theirs::Known;
use crate::channel::Reach;
use crate::name::alike;

/// Tells whether two companies belong together.
pub type Related<'a> = &'a dyn Fn(&str, &str) -> bool;

/// Returns the values that users or listings name for unrelated companies, each with the companies, in order.
#[must_use]
pub fn refused(known: &[Known], related: Related<'_>) -> Vec<(Reach, Vec<String>)> {
    let mut under: BTreeMap<&Reach, Vec<&Known>> = BTreeMap::new();
    for one in known {
        under.entry(&one.reach).or_default().push(one);
    }
    let mut found = Vec::new();
    for (reach, all) in under {
        if all.iter().any(|k| k.kind.is_own()) {
            continue;
        }
        let mut companies: Vec<&str> = Vec::new();
        for one in all {
            if !companies.iter().any(|c| alike(c, &one.company) || related(c, &one.company)) {
                companies.push(&one.company);
            }
        }
        if companies.len() >= 2 {
            companies.sort_unstable();
            found.push((reach.clone(), companies.into_iter().map(str::to_owned).collect()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Channel;
    use crate::witness::SourceKind;

    #[test]
    fn one_number_for_unrelated_companies_is_refused_unless_one_of_them_publishes_it() {
        let known = |company: &str, value: &str, kind| Known {
            company: company.into(),
            reach: Reach::parse(Channel::Phone, value).unwrap(),
            rung: None,
            kind,
            source: "forum.example".into(),
            seen: None,
        };
        let list = [
            known("Acme", "+18885550101", SourceKind::Post),
            known("Borealis", "+18885550101", SourceKind::Post),
            known("Acme", "+18885550102", SourceKind::Post),
            known("Acme Inc", "+18885550102", SourceKind::Listing),
            known("Acme", "+18885550103", SourceKind::OwnSite),
            known("Cedar", "+18885550103", SourceKind::Post),
            known("Cedar", "+18885550104", SourceKind::Post),
            known("Cedar Bank", "+18885550104", SourceKind::Post),
        ];
        let group = |a: &str, b: &str| a.starts_with("Cedar") && b.starts_with("Cedar");
        let values: Vec<String> =
            refused(&list, &group).into_iter().map(|(r, _)| r.value().to_owned()).collect();
        assert_eq!(values, ["+18885550101"]);
    }
}
