//! Every company of the starter directory is found by name, alias, domain and common misspelling.

#![expect(clippy::unwrap_used, reason = "tests may panic")]

use desk::directory::{Looked, look};
use store::Entry;
use store::starter::Starter;

/// Returns the name of the company that a look-up took, or those that it asks about.
async fn looked(typed: &str) -> Vec<String> {
    match look(typed, None).await.unwrap() {
        Looked::Known(known) => vec![known.company.name],
        Looked::Unsure(candidates) => candidates.into_iter().map(|one| one.name).collect(),
        Looked::Unknown => Vec::new(),
    }
}

#[tokio::test]
async fn every_company_is_taken_by_its_name() {
    for entry in Starter::builtin().entries() {
        let name = &entry.company.name;
        assert_eq!(looked(name).await, [name.as_str()]);
        assert_eq!(looked(&name.to_uppercase()).await, [name.as_str()]);
    }
}

#[tokio::test]
async fn every_alias_and_domain_leads_to_its_company() {
    let entries: Vec<Entry> = Starter::builtin().entries().collect();
    let first_of = |name: &String, domain: &String| {
        entries
            .iter()
            .any(|entry| &entry.company.name == name && entry.company.domains.first() == Some(domain))
    };
    let (mut all, mut shared) = (0, 0);
    for entry in &entries {
        let name = &entry.company.name;
        for typed in entry.company.aliases.iter().chain(&entry.company.domains) {
            let found = looked(typed).await;
            // A domain that is the first of others is theirs.
            let of_others = !found.is_empty() && found.iter().all(|other| first_of(other, typed));
            assert!(found.contains(name) || of_others, "{typed} of {name}: {found:?}");
            all += 1;
            shared += usize::from(found.len() > 1);
        }
    }
    // Some domains and brands are of several companies of one group: those are asked about.
    assert!(shared * 20 < all, "{shared} of {all} are asked about");
}

/// The keys beside a key.
const KEYS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];

fn beside(letter: char) -> Option<char> {
    KEYS.iter().find_map(|row| {
        let at = row.find(letter.to_ascii_lowercase())?;
        row.chars().nth(at + 1).or_else(|| row.chars().nth(at - 1))
    })
}

/// Returns a name with one slip of each kind, at a place that the name decides.
fn misspelt(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let places: Vec<usize> = (1..letters.len() - 1)
        .filter(|at| letters[*at].is_alphabetic() && letters[*at + 1].is_alphabetic())
        .filter(|at| letters[*at] != letters[*at + 1] && letters[*at] != letters[*at - 1])
        .collect();
    let Some(at) = places.get(name.len() * 7 % places.len().max(1)).copied() else { return Vec::new() };
    let mut slips: Vec<Vec<char>> = Vec::new();
    let mut left_out = letters.clone();
    left_out.remove(at);
    let mut doubled = letters.clone();
    doubled.insert(at, letters[at]);
    let mut swapped = letters.clone();
    swapped.swap(at, at + 1);
    slips.extend([left_out, doubled, swapped]);
    if let Some(other) = beside(letters[at]) {
        let mut changed = letters.clone();
        changed[at] = other;
        slips.push(changed);
    }
    slips.into_iter().map(String::from_iter).collect()
}

/// Returns the name as people type it: without what stands in brackets.
fn short(entry: &Entry) -> String {
    entry.company.name.split(" (").next().unwrap().to_owned()
}

#[tokio::test]
async fn every_company_is_found_by_its_name_misspelt() {
    let (mut all, mut taken, mut lost) = (0, 0, Vec::new());
    for entry in Starter::builtin().entries() {
        let name = short(&entry);
        if store::names::fold(&name).replace(' ', "").len() < 5 {
            continue;
        }
        for typed in misspelt(&name) {
            let found = looked(&typed).await;
            all += 1;
            taken += usize::from(found == [entry.company.name.clone()]);
            if !found.contains(&entry.company.name) {
                lost.push(format!("{typed} for {name}: {found:?}"));
            }
        }
    }
    assert!(lost.is_empty(), "{} of {all} are not found: {lost:#?}", lost.len());
    assert!(taken * 100 >= all * 90, "{taken} of {all} are taken without asking");
}

#[tokio::test]
async fn strangers_are_not_taken_for_a_company_that_is_known() {
    for typed in
        ["Brightwell Energy", "Zebra Widgets", "x", "", "???", "Acme Air", "United", "First National Bank"]
    {
        let found = looked(typed).await;
        assert!(found.len() != 1, "{typed} is taken for {found:?}");
    }
}

/// How far naming by label and matters agrees with those contacts that the registry itself placed on a rung.
#[test]
fn naming_agrees_with_the_rungs_that_the_registry_gives() {
    let (mut all, mut same) = (0, 0);
    for entry in Starter::builtin().entries() {
        for row in &entry.contacts {
            if !row.because.iter().any(|because| because.id == "list") {
                continue;
            }
            let mut bare = row.clone();
            bare.rung = None;
            bare.because.clear();
            desk::directory::name_rows(&entry.company, std::slice::from_mut(&mut bare));
            all += 1;
            same += usize::from(bare.rung == row.rung);
        }
    }
    assert_eq!(all, 529);
    // The registry uses ordinary customer service in writing as its complaints step; here that is the front line.
    assert!(same * 100 >= all * 57, "{same} of {all}");
}
