//! Playbooks: for problems that many people have, the steps, what to collect and which clocks run. Data, not rules: the
//! rules of advice stay the same, a playbook only says more of the matter (`data/playbooks.toml`).

use std::sync::LazyLock;

use atlas::Atlas;
use atlas::words::{Sector, Topic};
use serde::Deserialize;

use crate::state::State;

/// One playbook.
#[derive(Clone, Debug, Deserialize)]
pub struct Playbook {
    /// The stable id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The problems it is for.
    pub topics: Vec<Topic>,
    /// The trades it is for; empty for all.
    #[serde(default)]
    pub sectors: Vec<Sector>,
    /// Words one of which must be there; empty for none.
    #[serde(default)]
    pub words: Vec<String>,
    /// The steps, in order.
    pub steps: Vec<String>,
    /// What to collect.
    pub evidence: Vec<String>,
    /// Rights of the atlas that bear on it, by id; those of other countries are left out when it is shown.
    #[serde(default)]
    pub rights: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Playbooks {
    playbook: Vec<Playbook>,
}

static PLAYBOOKS: LazyLock<Vec<Playbook>> = LazyLock::new(|| {
    // A test reads the file and looks every right up, so an empty table cannot slip through.
    let read = toml::from_str::<Playbooks>(include_str!("../data/playbooks.toml"));
    read.map(|playbooks| playbooks.playbook).unwrap_or_default()
});

/// Returns every playbook.
#[must_use]
pub fn all() -> &'static [Playbook] {
    &PLAYBOOKS
}

/// Returns the playbook for a case: the first that fits.
#[must_use]
pub fn of(state: &State) -> Option<&'static Playbook> {
    let facts = &state.facts;
    let topic = facts.topic?;
    let what = [&facts.what, &facts.matter].into_iter().flatten().map(String::as_str);
    let what = what.collect::<Vec<_>>().join("\n").to_lowercase();
    PLAYBOOKS.iter().find(|playbook| {
        playbook.topics.contains(&topic)
            && (playbook.sectors.is_empty()
                || facts.sector.is_some_and(|sector| playbook.sectors.contains(&sector)))
            && (playbook.words.is_empty() || playbook.words.iter().any(|word| what.contains(word.as_str())))
    })
}

impl Playbook {
    /// Returns its rights that hold where the case is, each with its law.
    #[must_use]
    pub fn rights_for(&self, state: &State, atlas: &Atlas) -> Vec<String> {
        let there = atlas.rights_in(state.facts.country, state.facts.region.as_deref());
        there
            .filter(|right| self.rights.contains(&right.id))
            .filter(|right| {
                let of = |sector| right.sectors.contains(&sector) || right.sectors.contains(&Sector::General);
                !right.pays.is_empty() || state.facts.sector.is_none_or(of)
            })
            .map(|right| format!("{} ({}) [{}]", right.name, right.law, right.id))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_playbook_is_whole_and_its_rights_are_in_the_atlas() {
        assert!(all().len() >= 10);
        for playbook in all() {
            assert!(playbook.steps.len() >= 4 && playbook.evidence.len() >= 3, "{}", playbook.id);
            for right in &playbook.rights {
                assert!(Atlas::builtin().right(right).is_some(), "{}: {right}", playbook.id);
            }
        }
    }
}
