//! Whose message it is: the customer's, the company's, a body's, or nobody's in this case.
//!
//! A company is known by the domains and values of its pinned ladder, by its website, and by its name; the customer by
//! what they say of themselves and by whom the company writes to; a body by the domains that the atlas has. A display
//! name alone proves nothing of a mail: anybody can call themselves anything.

use std::collections::BTreeSet;

use atlas::Atlas;
use casework::{By, State};
use ladder::Rung;
use reading::email::is_for_everyone;
use reading::message::{Message, Party, Side};

/// How programs call the one who kept a chat, and the other side.
const ME: &[&str] = &[
    "you", "me", "ich", "du", "sie", "moi", "vous", "yo", "tú", "usted", "io", "ik", "jij", "eu", "visitor",
    "customer", "client", "kunde", "guest", "user", "besucher", "gast",
];
const THEM: &[&str] = &[
    "agent",
    "support",
    "advisor",
    "adviser",
    "bot",
    "system",
    "assistant",
    "operator",
    "customer service",
    "customer care",
    "service",
    "kundenservice",
    "berater",
    "virtual assistant",
    "chatbot",
];

/// What is known of the sides of a case.
#[derive(Debug)]
pub(super) struct Sides {
    /// The customer's addresses and names, in lower case.
    me: BTreeSet<String>,
    /// Domains of the company.
    domains: BTreeSet<String>,
    /// Values of its pinned ladder, in lower case, with their rung.
    values: Vec<(String, Option<Rung>)>,
    /// The words of its name, in lower case.
    name: Vec<String>,
    /// The whole name, in lower case.
    whole: String,
    /// Numbers by which the matter is found, in lower case.
    references: Vec<String>,
}

impl Sides {
    /// Gathers what a case tells, with what the customer says of themselves.
    pub(super) fn of(state: &State, me: &[String]) -> Self {
        let mut domains = BTreeSet::new();
        let mut values = Vec::new();
        if let Some((ladder, _)) = &state.ladder {
            domains.extend(ladder["company"]["domain"].as_str().map(str::to_lowercase));
            let contacts = ladder["contacts"].as_array().map(Vec::as_slice).unwrap_or_default();
            for contact in contacts.iter().filter(|contact| contact["party"] == "company") {
                let Some(value) = contact["value"].as_str().map(str::to_lowercase) else { continue };
                let rung =
                    contact["rung"].as_str().and_then(|rung| Rung::ALL.into_iter().find(|r| r.id() == rung));
                if contact["channel"] == "email" {
                    domains.extend(domain_of(&value).filter(|domain| !is_for_everyone(domain)));
                }
                values.push((value, rung));
            }
        }
        for line in &state.log {
            if let (By::Company, Some(contact)) = (line.entry.by, &line.entry.contact) {
                let domain = domain_of(&contact.to_lowercase());
                domains.extend(domain.filter(|domain| !is_for_everyone(domain)));
            }
        }
        let whole = state.facts.company.to_lowercase();
        let name = ladder::name::core(&state.facts.company);
        let tells = |word: &&str| !word.is_empty() && *word != "and" && !ladder::name::is_group(word);
        let name: Vec<String> = name.split(' ').filter(tells).map(str::to_owned).collect();
        Self {
            me: me.iter().map(|me| me.trim().to_lowercase()).filter(|me| !me.is_empty()).collect(),
            domains,
            values,
            name,
            whole,
            references: state
                .references
                .iter()
                .map(|number| number.to_lowercase())
                .filter(|number| number.len() >= 5)
                .collect(),
        }
    }

    /// Learns the customer's addresses from mail between them and the company.
    pub(super) fn learn(&mut self, messages: &[&Message]) {
        for message in messages {
            if self.is_company(&message.from) {
                let own: Vec<String> = message
                    .to
                    .iter()
                    .filter(|party| !self.is_company(party))
                    .filter_map(|party| party.address.clone())
                    .collect();
                // One reader beside the company: that is the one who kept it.
                if let [one] = own.as_slice() {
                    self.me.insert(one.clone());
                }
            } else if message.to.iter().any(|party| self.is_company(party)) {
                self.me.extend(message.from.address.clone());
            }
        }
    }

    /// Returns whether a party of a mail belongs to the company, by its address.
    pub(super) fn is_company(&self, party: &Party) -> bool {
        let Some(address) = &party.address else { return false };
        if self.values.iter().any(|(value, _)| value == address) {
            return true;
        }
        let Some(domain) = domain_of(address) else { return false };
        if is_for_everyone(&domain) {
            return false;
        }
        self.domains.iter().any(|known| is_under(&domain, known)) || self.is_named_in_domain(&domain)
    }

    /// Returns whether the name of a domain is the name of the company: `brightwell.example` for Brightwell Ltd. A name
    /// with anything beside it (`brightwell-refunds.example`), or below another domain, is nobody's proof.
    fn is_named_in_domain(&self, domain: &str) -> bool {
        let registrable = ladder::host::site_of(domain);
        let label = registrable.split('.').next().unwrap_or_default();
        let plain: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
        let joined = self.name.concat();
        (joined.len() >= 3 && plain == joined)
            || (self.name.first().is_some_and(|first| first.len() >= 5 && label == *first))
    }

    /// Returns whether the company is known to own the domain of an address: by its pinned ladder, not by a likeness.
    pub(super) fn is_proven(&self, party: &Party) -> bool {
        let domain = party.address.as_deref().and_then(domain_of);
        domain.is_some_and(|domain| self.domains.iter().any(|known| is_under(&domain, known)))
    }

    /// Says whose message a mail is; `None` where nothing tells.
    pub(super) fn by_mail(&self, message: &Message, atlas: &Atlas) -> Option<By> {
        let address = message.from.address.as_deref().unwrap_or_default();
        if self.me.contains(address) {
            return Some(By::Customer);
        }
        if self.is_company(&message.from) {
            return Some(By::Company);
        }
        if body(&message.from, atlas).is_some() {
            return Some(By::Body);
        }
        message.to.iter().any(|party| self.is_company(party)).then_some(By::Customer)
    }

    /// Says who speaks in a chat, by the names in it: for each name, whether it is the customer.
    ///
    /// # Errors
    ///
    /// The names, where nothing tells which of them is the customer.
    pub(super) fn speakers(&self, messages: &[Message]) -> Result<Vec<(String, bool)>, Vec<String>> {
        let names: BTreeSet<String> =
            messages.iter().filter_map(|m| m.from.name.clone().or_else(|| m.from.address.clone())).collect();
        let mut told: Vec<(String, Option<bool>)> = names
            .into_iter()
            .map(|name| {
                let lower = name.to_lowercase();
                let first = lower.split_whitespace().next().unwrap_or_default();
                let side = messages.iter().find(|m| m.from.name.as_ref() == Some(&name)).and_then(|m| m.side);
                let own = self.me.contains(&lower)
                    || self.me.iter().any(|me| {
                        me.split_whitespace().next() == Some(first)
                            && !first.contains('@')
                            && first.len() >= 3
                    });
                let theirs =
                    self.names_company(&lower) || THEM.contains(&lower.as_str()) || THEM.contains(&first);
                let is_me = match (side, own, theirs) {
                    (Some(side), _, _) => Some(side == Side::Own),
                    (None, true, false) => Some(true),
                    (None, false, true) => Some(false),
                    _ if ME.contains(&lower.as_str()) => Some(true),
                    _ => None,
                };
                (name, is_me)
            })
            .collect();
        let me = told.iter().filter(|(_, me)| *me == Some(true)).count();
        let open = told.iter().filter(|(_, me)| me.is_none()).count();
        match (me, open) {
            (_, 0) => {}
            // One is the customer: whoever else speaks does so for the company.
            (1.., _) => told.iter_mut().for_each(|(_, me)| *me = me.or(Some(false))),
            // All but one are the company's.
            (0, 1) if told.len() > 1 => told.iter_mut().for_each(|(_, me)| *me = me.or(Some(true))),
            _ => return Err(told.into_iter().filter(|(_, me)| me.is_none()).map(|(name, _)| name).collect()),
        }
        Ok(told.into_iter().map(|(name, me)| (name, me == Some(true))).collect())
    }

    /// Returns whether words name the company.
    pub(super) fn names_company(&self, lower: &str) -> bool {
        let words: Vec<&str> =
            lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if self.name.is_empty() {
            return lower.contains(&self.whole);
        }
        let name: Vec<&str> = self.name.iter().map(String::as_str).collect();
        let joined = self.name.concat();
        words.windows(name.len()).any(|window| window == name.as_slice())
            || (joined.len() >= 5 && words.contains(&joined.as_str()))
            // The first word stands for the whole where it is no word of everyday.
            || (name.len() > 1 && name.first().is_some_and(|first| first.len() >= 6 && words.contains(first)))
    }

    /// Returns whether a text touches the case: it names the company or one of its numbers.
    pub(super) fn touches(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        self.names_company(&lower) || self.references.iter().any(|number| lower.contains(number.as_str()))
    }

    /// Returns the rung of an address or number, as the pinned ladder or its own words tell it.
    pub(super) fn rung(&self, party: &Party) -> Option<Rung> {
        let address = party.address.as_deref().unwrap_or_default();
        if let Some((_, rung)) = self.values.iter().find(|(value, _)| value == address) {
            return *rung;
        }
        let words = format!(
            "{} {}",
            address.split('@').next().unwrap_or_default(),
            party.name.as_deref().unwrap_or_default()
        )
        .to_lowercase();
        let has = |cues: &[&str]| cues.iter().any(|cue| words.contains(cue));
        if casework::complains(&words) {
            Some(Rung::Complaints)
        } else if has(&[
            "ceo",
            "executive",
            "chairman",
            "geschaeftsfuehr",
            "geschäftsführ",
            "vorstand",
            "direction.generale",
        ]) {
            Some(Rung::Executive)
        } else {
            None
        }
    }
}

/// Returns the body outside whose mail it is.
pub(super) fn body(party: &Party, atlas: &Atlas) -> Option<String> {
    let domain = domain_of(party.address.as_deref()?)?;
    let mut known = atlas.bodies().filter(|body| body.domains.iter().any(|own| is_under(&domain, own)));
    known.next().map(|body| body.id.clone())
}

/// Returns the domain of a mail address.
pub(super) fn domain_of(address: &str) -> Option<String> {
    address
        .rsplit_once('@')
        .map(|(_, domain)| domain.trim_matches(['>', ' ']).to_owned())
        .filter(|domain| domain.contains('.'))
}

/// Returns whether a domain is another or lies under it.
pub(super) fn is_under(domain: &str, known: &str) -> bool {
    domain == known || domain.strip_suffix(known).is_some_and(|head| head.ends_with('.'))
}
