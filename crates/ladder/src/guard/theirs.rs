//! Is it really theirs? A number, mailbox or address against what is known of the company and of others.
//!
//! Only a value that the company itself, a register or a claimed profile names is called official. One that differs from
//! an official one by a digit or a letter is a look-alike: that is how false numbers are made. What nobody knows is
//! unknown, which is no clearance.

use crate::channel::{Channel, Reach};
use crate::finding::Cost;
use crate::name::alike;
use crate::rung::Rung;
use crate::witness::SourceKind;

/// A contact point that is known: whose, and who says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The company or outside body that it belongs to.
    pub company: String,
    /// Channel and value.
    pub reach: Reach,
    /// Its rung; `None` is off the ladder.
    pub rung: Option<Rung>,
    /// What kind of place says so.
    pub kind: SourceKind,
    /// Where: an address or the name of a list.
    pub source: String,
    /// When it was read or checked, as an ISO 8601 date.
    pub seen: Option<String>,
}

/// What is asked about.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Channel and value.
    pub reach: &'a Reach,
    /// Whose it is said to be.
    pub company: &'a str,
    /// Whose the domain of a mailbox or address is, as far as the names tell.
    pub domain: Domain,
    /// What a call costs by the kind of number.
    pub cost: Option<Cost>,
}

/// Whose the domain of a value is: known, or told from the name of the company alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Domain {
    /// It has none: a number, a postal address.
    None,
    /// It is one that is known to be the company's, or lies under one.
    Own,
    /// It is made of the company's name.
    LikeOwn,
    /// It bears the company's name with something beside it, or letters that look like it.
    LookAlike,
    /// It names somebody else.
    Other,
}

/// Whose a value is.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// The company itself, or a register, names it.
    Official,
    /// Only listings, users or a representative named it.
    Lead,
    /// Nothing known speaks of it.
    Unknown,
    /// It is known to be somebody else's.
    AnotherCompany,
    /// It is nearly one of the company's, and is not.
    LookAlike,
    /// It bears marks of a fraud.
    Suspect,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whose it is.
    pub whose: Whose,
    /// Why, in plain words.
    pub reasons: Vec<String>,
    /// What to do now.
    pub advice: String,
    /// What is known of the value or of what it resembles.
    pub known: Vec<Known>,
}

/// Tells whether two values are the same contact, whatever the channel of a number or spelling of an address.
fn same(a: &Reach, b: &Reach) -> bool {
    match (a.as_number(), b.as_number(), a.as_link(), b.as_link()) {
        (Some(x), Some(y), _, _) => x == y,
        (_, _, Some(x), Some(y)) => x.key() == y.key(),
        _ => a.value().eq_ignore_ascii_case(b.value()),
    }
}

/// Tells whether two values differ by one digit or letter, or by two swapped.
#[must_use]
pub fn is_near(a: &Reach, b: &Reach) -> bool {
    let text = |reach: &Reach| -> Option<Vec<char>> {
        if let Some(number) = reach.as_number() {
            return Some(number.as_str().chars().collect());
        }
        if let Some(mail) = reach.as_email() {
            return Some(mail.as_str().chars().collect());
        }
        reach.as_link().map(|link| link.key().split('/').next().unwrap_or_default().chars().collect())
    };
    let (Some(a), Some(b)) = (text(a), text(b)) else { return false };
    if a == b || a.len() < 8 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (left, right) = (a.len() - head - tail, b.len() - head - tail);
    left <= 1 && right <= 1 || left == 2 && right == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]
}

/// Tells whether two numbers differ in their last digit alone: then they are two of a row, as firms hold them.
fn is_beside(a: &Reach, b: &Reach) -> bool {
    let (Some(a), Some(b)) = (a.as_number(), b.as_number()) else { return false };
    let (a, b) = (a.as_str(), b.as_str());
    a.len() == b.len() && a.len() > 8 && a != b && a[..a.len() - 1] == b[..b.len() - 1]
}

/// Answers for a number beside one of theirs: firms hold ordinary numbers in rows of ten and more, so that it is no sign of a
/// fraud; it is none of theirs that are known either. A free number stands alone, and is not answered so.
fn in_a_row(beside: &Known, row: &[&Known]) -> Answer {
    let others = match row.len() {
        1 => String::new(),
        n => format!(", and near {} more of theirs", n - 1),
    };
    Answer {
        whose: Whose::Unknown,
        reasons: vec![
            format!(
                "it is directly next to `{}`, which is theirs{others}: {}",
                beside.reach.value(),
                said_by(beside)
            ),
            "companies often hold numbers in blocks, so it may belong to one of their teams, but nothing known says so".into(),
        ],
        advice: format!(
            "Call `{}` and ask to be put through: then you do not need to find out whose the other number is.",
            beside.reach.value()
        ),
        known: row.iter().map(|one| (*one).clone()).collect(),
    }
}

/// What to do with what is theirs, by how it is used.
fn of_theirs(channel: Channel) -> String {
    let theirs = "As far as is known, it is theirs.";
    let nobody = "no real company asks for codes, passwords or gift cards";
    let how = match channel {
        Channel::Phone | Channel::Textphone | Channel::Messaging => {
            format!("Dial it yourself: the number a caller shows can be faked, and {nobody}.")
        }
        Channel::Fax => "Send to it yourself: messages that seem to come from it can be faked.".to_owned(),
        Channel::Email => {
            format!("Write to it yourself: the sender of an e-mail can be faked, and {nobody}.")
        }
        Channel::Postal | Channel::InPerson => {
            "What you send there reaches them, but a letterhead alone does not prove who wrote to you."
                .to_owned()
        }
        Channel::Form | Channel::Chat | Channel::Social | Channel::App | Channel::Web => {
            format!("Open it by typing the address yourself, not from a message; {nobody}.")
        }
    };
    format!("{theirs} {how}")
}

/// Answers whether a value is really the company's.
///
/// `known` holds contact points of this company and of others; names are compared without case and punctuation.
#[must_use]
pub fn whose(asked: &Asked<'_>, known: &[Known]) -> Answer {
    let ours = |k: &Known| alike(&k.company, asked.company);
    let exact: Vec<&Known> = known.iter().filter(|k| same(&k.reach, asked.reach)).collect();
    let mine: Vec<&Known> = exact.iter().copied().filter(|k| ours(k)).collect();
    let official = mine.iter().copied().find(|k| is_official(k.kind));
    let others: Vec<&Known> = exact.iter().copied().filter(|k| !ours(k)).collect();
    if let Some(best) = official {
        let mut reasons = vec![said_by(best)];
        if asked.cost == Some(Cost::Premium) {
            reasons.push("a call to it costs more than an ordinary call".into());
        }
        return Answer {
            whose: Whose::Official,
            reasons,
            advice: of_theirs(asked.reach.channel()),
            known: vec![best.clone()],
        };
    }
    let mut companies: Vec<&str> = others.iter().map(|k| k.company.as_str()).collect();
    companies.sort_unstable();
    companies.dedup_by(|a, b| alike(a, b));
    if let Some(owner) = others.iter().find(|k| is_official(k.kind)) {
        return Answer {
            whose: Whose::AnotherCompany,
            reasons: vec![format!("it belongs to {}: {}", owner.company, said_by(owner))],
            advice: format!(
                "Do not use it for {}. Use the number on your bill, card or contract.",
                asked.company
            ),
            known: vec![(*owner).clone()],
        };
    }
    if companies.len() >= 2 || !companies.is_empty() && !mine.is_empty() {
        return Answer {
            whose: Whose::Suspect,
            reasons: vec![format!(
                "the same value is given for several unrelated companies: {}",
                companies.join(", ")
            )],
            advice: REFUSE.into(),
            known: others.iter().map(|k| (*k).clone()).collect(),
        };
    }
    if asked.domain == Domain::Own {
        return on_own_domain(asked, &mine);
    }
    if asked.domain == Domain::LookAlike {
        return Answer {
            whose: Whose::LookAlike,
            reasons: vec![
                "the address contains the company's name with something added, or letters that look like it"
                    .into(),
            ],
            advice: REFUSE.into(),
            known: Vec::new(),
        };
    }
    let row: Vec<&Known> = known
        .iter()
        .filter(|k| ours(k) && is_official(k.kind) && asked.cost != Some(Cost::TollFree))
        .filter(|k| is_beside(&k.reach, asked.reach))
        .collect();
    if let Some(beside) = row.first() {
        return in_a_row(beside, &row);
    }
    if let Some(near) =
        known.iter().find(|k| ours(k) && is_official(k.kind) && is_near(&k.reach, asked.reach))
    {
        return Answer {
            whose: Whose::LookAlike,
            reasons: vec![format!(
                "it differs by one character from `{}`, which is theirs: {}",
                near.reach.value(),
                said_by(near)
            )],
            advice: format!(
                "Use `{}` instead: false numbers often differ from the real one by one digit.",
                near.reach.value()
            ),
            known: vec![near.clone()],
        };
    }
    if !mine.is_empty() {
        return Answer {
            whose: Whose::Lead,
            reasons: mine.iter().map(|k| said_by(k)).collect(),
            advice: "No official source gives it. Confirm it on your bill, your card or the company's own site before you call or write.".into(),
            known: mine.into_iter().cloned().collect(),
        };
    }
    unknown(asked, known.iter().filter(|k| ours(k)).count())
}

/// Answers for what nothing known speaks of; `ours` is how many contact points are known of the company.
fn unknown(asked: &Asked<'_>, ours: usize) -> Answer {
    let mut reasons = vec![match ours {
        0 => format!("nothing is known here about the contacts of {}", asked.company),
        n => format!("it is not one of the {n} known contact points of {}", asked.company),
    }];
    match asked.domain {
        Domain::LikeOwn => {
            reasons.push("its domain is made of the company's name; that alone proves nothing".into());
        }
        Domain::Other if asked.reach.channel() == Channel::Email => {
            reasons.push("its domain is not called like the company".into());
        }
        _ => {}
    }
    if asked.cost == Some(Cost::Premium) {
        reasons.push("it is a premium-rate number: companies rarely take complaints on one".into());
    }
    Answer {
        whose: Whose::Unknown,
        reasons,
        advice: "Unknown does not mean safe. Use the number on your bill, card, contract or the company's own site.".into(),
        known: Vec::new(),
    }
}

/// Answers for what stands on a domain of the company's: it is the company's, whether or not anybody listed it.
fn on_own_domain(asked: &Asked<'_>, mine: &[&Known]) -> Answer {
    let mut reasons = vec!["it is on a domain known to be the company's own".to_owned()];
    let advice = if asked.reach.channel() == Channel::Email {
        reasons.push("that this very mailbox is read is not known".into());
        "What you write to it reaches them. But an e-mail that seems to come from it proves nothing: a sender can be faked."
    } else {
        "As far as is known, it is theirs. Open it by typing the address yourself, not from a message."
    };
    let known = mine.iter().map(|one| (*one).clone()).collect();
    Answer { whose: Whose::Official, reasons, advice: advice.into(), known }
}

/// What to do with what must not be used.
const REFUSE: &str =
    "Do not call it, write to it or pay through it. Use the number on your bill, card or contract.";

/// Whether a kind of place settles whose a value is.
const fn is_official(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::OwnSite | SourceKind::OwnDocument | SourceKind::OwnFile | SourceKind::Register)
}

fn said_by(known: &Known) -> String {
    let kind = match known.kind {
        SourceKind::OwnSite | SourceKind::OwnDocument | SourceKind::OwnFile => {
            "the company's own pages name it"
        }
        SourceKind::Register => "a register or curated list names it",
        SourceKind::ClaimedProfile => "a profile that the company has claimed names it",
        SourceKind::Listing => "a listing or the press names it",
        SourceKind::Told => "a representative told you",
        SourceKind::Post => "only users name it",
    };
    let seen = known.seen.as_deref().map_or(String::new(), |day| format!(", read on {day}"));
    format!("{kind} ({}{seen})", known.source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(company: &str, channel: Channel, value: &str, kind: SourceKind) -> Known {
        Known {
            company: company.into(),
            reach: Reach::parse(channel, value).unwrap(),
            rung: Some(Rung::FrontLine),
            kind,
            source: "acme.example/contact".into(),
            seen: Some("2026-11-01".into()),
        }
    }

    fn ask(value: &str, channel: Channel, company: &str, domain: Domain) -> Whose {
        let list = [
            known("Acme Ltd", Channel::Phone, "+442079460000", SourceKind::OwnSite),
            known("Acme Ltd", Channel::Phone, "+442079460111", SourceKind::Post),
            known("Borealis", Channel::Phone, "+442079460222", SourceKind::Register),
            known("Cedar", Channel::Phone, "+18885550101", SourceKind::Post),
            known("Dune", Channel::Phone, "+18885550101", SourceKind::Post),
        ];
        let reach = Reach::parse(channel, value).unwrap();
        whose(&Asked { reach: &reach, company, domain, cost: None }, &list).whose
    }

    #[test]
    fn only_what_an_official_place_names_is_theirs() {
        use Channel::{Email, Phone};
        for (value, channel, domain, expected) in [
            ("+442079460000", Phone, Domain::None, Whose::Official),
            ("+442079460111", Phone, Domain::None, Whose::Lead),
            ("+442079460222", Phone, Domain::None, Whose::AnotherCompany),
            // The next of a row, as firms hold them; one digit off in the middle is of somebody else.
            ("+442079460001", Phone, Domain::None, Whose::Unknown),
            ("+442079560000", Phone, Domain::None, Whose::LookAlike),
            ("+442079640000", Phone, Domain::None, Whose::LookAlike),
            ("+18885550101", Phone, Domain::None, Whose::Suspect),
            ("+442079460987", Phone, Domain::None, Whose::Unknown),
            ("help@acme-refunds.example", Email, Domain::LookAlike, Whose::LookAlike),
            ("help@acme.example", Email, Domain::LikeOwn, Whose::Unknown),
            ("help@acme.example", Email, Domain::Own, Whose::Official),
        ] {
            assert_eq!(ask(value, channel, "ACME", domain), expected, "{value}");
        }
    }

    #[test]
    fn a_free_number_beside_theirs_is_a_look_alike_and_an_ordinary_one_is_unknown() {
        for (own, asked, cost, expected) in [
            ("+18005550100", "+18005550101", Cost::TollFree, Whose::LookAlike),
            ("+13125550100", "+13125550101", Cost::Standard, Whose::Unknown),
        ] {
            let list = [known("Acme", Channel::Phone, own, SourceKind::OwnSite)];
            let reach = Reach::parse(Channel::Phone, asked).unwrap();
            let answer = whose(
                &Asked { reach: &reach, company: "Acme", domain: Domain::None, cost: Some(cost) },
                &list,
            );
            assert_eq!(answer.whose, expected, "{asked}");
            assert!(answer.reasons[0].contains(own) && answer.advice.contains(own), "{answer:?}");
        }
    }

    #[test]
    fn what_to_do_with_what_is_theirs_is_said_for_its_channel() {
        for (channel, value, wanted) in [
            (Channel::Phone, "+442079460000", "Dial it yourself"),
            (Channel::Email, "help@acme.example", "Write to it yourself"),
            (Channel::Web, "https://acme.example/help", "typing the address yourself"),
        ] {
            let list = [known("Acme", channel, value, SourceKind::OwnSite)];
            let asked = Asked { reach: &list[0].reach, company: "Acme", domain: Domain::None, cost: None };
            let answer = whose(&asked, &list);
            assert!(answer.advice.contains(wanted), "{}", answer.advice);
            assert_eq!(answer.advice.contains("Dial"), channel == Channel::Phone);
        }
    }

    #[test]
    fn names_are_one_whatever_their_legal_form() {
        assert!(alike("Acme Ltd.", "ACME"));
        assert!(alike("Marlow & Tate", "Marlow and Tate plc"));
        assert!(!alike("Acme", "Acme Bank"));
        assert!(!alike("Ltd", "Inc"));
    }
}
