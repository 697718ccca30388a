//! The number of a stage.

use ladder::Rung;

use super::super::around::{Around, Zone};
use super::super::fold::fold;
use super::super::topic::Topic;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "stage-order",
    claim: "a second or later stage, step or level is not the first; who takes the first step of a complaint takes complaints",
    why: "procedures count their stages",
    takes: Example {
        html: "<h2>Stage 2</h2><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "management",
    },
    refuses: Example {
        html: "<h2>Stage 1</h2><p>020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "management",
    },
    look,
};

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    for (zone, weight) in
        [(Zone::Label, 2.4), (Zone::Row, 2.4), (Zone::Heading, 2.2), (Zone::Higher, 1.2), (Zone::Card, 2.0)]
    {
        for words in around.zones.iter().filter(|words| words.zone == zone) {
            if let Some((n, said)) = stage_of(&words.text)
                && n >= 2
            {
                let (id, rung, topic) = (RULE.id, Some(Rung::Management), Some(Topic::SecondStage));
                votes.cast(Vote { id, rung, weight, words: said, topic });
            }
        }
    }
    first_stage(around, votes);
}

/// Lets the first stage speak for complaints, on a page about them where nothing beside the value says who else answers.
fn first_stage(around: &Around, votes: &mut Votes) {
    const ZONES: [Zone; 4] = [Zone::Label, Zone::Row, Zone::Heading, Zone::Card];
    let about = [Zone::Title, Zone::Higher, Zone::Heading]
        .into_iter()
        .any(|zone| around.named(zone).any(|m| matches!(m.topic, Topic::Complaints | Topic::SecondStage)));
    if !about || votes.name_another_than_the_front_line() {
        return;
    }
    let counted = around.zones.iter().filter(|words| ZONES.contains(&words.zone)).find_map(|words| {
        let counted = stage_of(&words.text).or_else(|| step_of(&words.text));
        counted.filter(|(n, _)| *n == 1)
    });
    if let Some((_, words)) = counted {
        let (id, rung, topic) = (RULE.id, Some(Rung::Complaints), Some(Topic::Complaints));
        // Below what a later stage weighs, which takes from complaints.
        votes.cast(Vote { id, rung, weight: 1.9, words, topic });
    }
}

/// Returns the number of the step that a text begins with: any procedure has steps, so that alone it says little.
fn step_of(text: &str) -> Option<(u32, String)> {
    const STEPS: [&str; 6] = ["step", "schritt", "etape", "paso", "passo", "stap"];
    let folded = fold(super::super::lines::head(text, 40));
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (word, number) = (words.next()?, words.next()?);
    let n = number.parse().ok().or_else(|| ORDINALS.iter().find(|(w, _)| *w == number).map(|(_, n)| *n))?;
    STEPS.contains(&word).then(|| (n, format!("{word} {number}")))
}

/// Words that a number of a stage follows, or that follow an ordinal.
const STAGES: &[&str] = &[
    "stage",
    "level",
    "tier",
    "stufe",
    "niveau",
    "etape",
    "nivel",
    "etapa",
    "livello",
    "fase",
    "stap",
    "stadium",
    "instanz",
    "echelon",
    "escalation",
    "degre",
    "grado",
    "trap",
];

/// Numbers that count and do not order.
const CARDINALS: &[&str] = &["one", "two", "three", "four"];

/// Numbers in words.
const ORDINALS: &[(&str, u32)] = &[
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("i", 1),
    ("ii", 2),
    ("iii", 3),
    ("iv", 4),
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("final", 3),
    ("erste", 1),
    ("zweite", 2),
    ("dritte", 3),
    ("premier", 1),
    ("premiere", 1),
    ("deuxieme", 2),
    ("second", 2),
    ("seconde", 2),
    ("troisieme", 3),
    ("primera", 1),
    ("primer", 1),
    ("segunda", 2),
    ("segundo", 2),
    ("tercera", 3),
    ("tercer", 3),
    ("primo", 1),
    ("secondo", 2),
    ("terzo", 3),
    ("eerste", 1),
    ("tweede", 2),
    ("derde", 3),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("1er", 1),
    ("2e", 2),
    ("2eme", 2),
    ("3e", 3),
    ("3eme", 3),
    ("2a", 2),
    ("2o", 2),
    ("l1", 1),
    ("l2", 2),
    ("l3", 3),
];

/// Returns the number of the stage that a text names first, and the words.
fn stage_of(text: &str) -> Option<(u32, String)> {
    let folded = fold(super::super::lines::head(text, 100));
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let number = |word: &str| {
        word.parse::<u32>()
            .ok()
            .filter(|n| (1..=9).contains(n))
            .or_else(|| ORDINALS.iter().find(|(w, _)| *w == word).map(|(_, n)| *n))
    };
    words.iter().enumerate().find_map(|(at, word)| {
        if !STAGES.contains(word) {
            return None;
        }
        let after = words.get(at + 1).and_then(|next| number(next).map(|n| (n, format!("{word} {next}"))));
        after.or_else(|| {
            // "Three tier" counts the tiers, "third tier" is one of them.
            let before = words.get(at.checked_sub(1)?)?;
            let counts = before.parse::<u32>().is_ok() || CARDINALS.contains(before);
            number(before).filter(|_| !counts).map(|n| (n, format!("{before} {word}")))
        })
    })
}
