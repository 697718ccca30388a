//! A department by a name that no list holds.

use ladder::Rung;

use super::super::around::{Around, Words, Zone};
use super::super::learned::{self, Kind};
use super::super::topic::Topic;
use super::super::weigh::{Vote, Votes};
use super::{Example, Rule};

/// See the claim.
pub(super) const RULE: Rule = Rule {
    id: "desk",
    claim: "a short label that calls itself a department, and nothing that is known, is a team for one matter",
    why: "a firm gives a team a name of its own where the front line does not do its work",
    takes: Example {
        html: "<p>Kerbside Innovation Unit: 020 7946 0001</p>",
        value: "020 7946 0001",
        rung: "specialist",
    },
    refuses: Example { html: "<p>Our team: 020 7946 0001</p>", value: "020 7946 0001", rung: "specialist" },
    look,
};

/// Where a department may be named, and how much that counts.
const BESIDE: [(Zone, f32); 5] =
    [(Zone::Kind, 2.2), (Zone::Label, 2.2), (Zone::Row, 2.2), (Zone::Card, 2.0), (Zone::Heading, 1.8)];

/// The longest name of a department.
const LONGEST: usize = 64;

/// Votes on a hit.
fn look(around: &Around, votes: &mut Votes) {
    // On a page about complaints a team of whatever name is the one that handles them.
    if votes.knows_who_answers() || votes.speak_of_complaints() {
        return;
    }
    let named = BESIDE.into_iter().find_map(|(zone, weight)| {
        let of_zone = |words: &&Words| words.zone == zone && is_unknown_desk(around, words);
        around.zones.iter().find(of_zone).map(|words| (words, weight))
    });
    if let Some((desk, weight)) = named {
        let (id, words) = (RULE.id, desk.text.clone());
        let rung = rung_of(&words);
        let topic = (rung == Some(Rung::Specialist)).then_some(Topic::Matter);
        votes.cast(Vote { id, rung, weight, words, topic });
    }
}

/// How likely the words of a name must make another rung than that of a team for one matter.
const PLAINLY: f32 = 0.75;

/// Returns the rung of a department by a name of its own: a team for one matter, unless its words plainly say another.
fn rung_of(name: &str) -> Option<Rung> {
    match learned::guess(name) {
        (Kind::Aside | Kind::Complaints | Kind::Management | Kind::Executive, share) if share < PLAINLY => {
            Some(Rung::Specialist)
        }
        (Kind::Front | Kind::Seat | Kind::Specialist, _) => Some(Rung::Specialist),
        (kind, _) => kind.rung(),
    }
}

/// Returns whether a text names a department, by a name of its own and none that is known.
fn is_unknown_desk(around: &Around, words: &Words) -> bool {
    let plain = |topic: Topic| matches!(topic, Topic::Desk | Topic::Contact);
    let desk = words.mentions.iter().any(|m| m.topic == Topic::Desk);
    let counted = words.text.contains(|c: char| c.is_ascii_digit());
    if !desk || counted || words.text.len() > LONGEST || !words.mentions.iter().all(|m| plain(m.topic)) {
        return false;
    }
    let mut rest = words.text.clone();
    for mention in words.mentions.iter().filter(|m| m.words.len() < words.text.len()) {
        rest = rest.replacen(&mention.words, " ", 1);
    }
    // "Abteilung:" alone is a word of the list; what the head of a column calls a department is none.
    let whole =
        !words.text.contains(' ') && around.page.said(&words.text).iter().any(|m| m.topic == Topic::Desk);
    let mut own = rest.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 3);
    let called = own.any(|word| !PLAIN.contains(&word.to_lowercase().as_str()));
    called && !whole && !around.page.own.has_name(rest.trim())
}

/// Words that give a team no name: whose it is, and that it may be asked.
const PLAIN: [&str; 41] = [
    "our",
    "the",
    "your",
    "this",
    "meet",
    "contact",
    "call",
    "email",
    "with",
    "from",
    "for",
    "and",
    "unser",
    "unsere",
    "unserem",
    "das",
    "die",
    "der",
    "dem",
    "ihr",
    "notre",
    "nos",
    "votre",
    "les",
    "des",
    "nuestro",
    "nuestra",
    "nuestros",
    "los",
    "las",
    "del",
    "nostro",
    "nostra",
    "nostri",
    "ons",
    "onze",
    "het",
    "een",
    "local",
    "management",
    "zuständig",
];
