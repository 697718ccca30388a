//! Weighing: votes of the signals become one rung.
//!
//! A vote is a weight for a rung (or for none), as log-odds would be: votes for one rung add up, of several votes of one
//! signal for one rung only the heaviest counts, and the front line starts with [`PRIOR`], for that is what most contacts
//! are. Nothing is learnt and nothing is random, so a verdict can be told from its votes.

use ladder::{Channel, Rung, Signal};

use super::around::{Around, Mention, Zone};
use super::topic::Topic;

/// What the front line starts with.
const PRIOR: f32 = 1.0;

/// How the title of a director begins; a direction is a department.
const DIRECTORS: [&str; 5] = ["director", "directeur", "directrice", "direktor", "direttor"];

/// How much lighter than the winner a vote for the same rung may be and still be told as a reason.
const TOLD: f32 = 0.25;

/// A signal's word for a rung.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Vote {
    /// The id of the signal.
    pub(super) id: &'static str,
    /// The rung; `None` speaks for none.
    pub(super) rung: Option<Rung>,
    /// How much it counts.
    pub(super) weight: f32,
    /// The words that set it off.
    pub(super) words: String,
    /// What the words are about, where they are of the list.
    pub(super) topic: Option<Topic>,
}

/// The votes on one hit.
#[derive(Debug, Default)]
pub(super) struct Votes(pub(super) Vec<Vote>);

impl Votes {
    /// Casts a vote; of several of one signal for one rung the heaviest is kept.
    pub(super) fn cast(&mut self, vote: Vote) {
        if vote.weight <= 0.0 {
            return;
        }
        match self.0.iter_mut().find(|v| v.id == vote.id && v.rung == vote.rung) {
            Some(known) if known.weight >= vote.weight => {}
            Some(known) => *known = vote,
            None => self.0.push(vote),
        }
    }

    /// Lets the words of a zone speak, each topic for its rung.
    pub(super) fn speak(&mut self, id: &'static str, weight: f32, around: &Around, zone: Zone) {
        let imprint = around.page.kind.imprint;
        let beside = around
            .named(zone)
            .any(|m| !m.topic.is_mute() && !matches!(m.topic, Topic::Front | Topic::Contact));
        // "For help with payments call customer service": the desk answers, the matter is what it is asked.
        let sentence = around.text(zone).split(' ').nth(5).is_some();
        let desk = sentence
            && around
                .named(zone)
                .any(|m| m.share >= 1.0 && matches!(m.topic, Topic::Front | Topic::Switchboard));
        for Mention { topic, share, words } in around.named(zone) {
            // "Recruiter enquiries": the plain word says nothing beside the other.
            let plain = beside && *share <= 0.5 && matches!(topic, Topic::Front | Topic::Contact);
            // In an imprint the directors are named because the law wants it, not because they answer.
            let by_law = imprint
                && matches!(topic, Topic::Executive | Topic::Manager)
                && !matches!(zone, Zone::Local | Zone::Kind | Zone::Role);
            // The trade of a firm stands in its addresses and on its forms: only a purpose counts there.
            let trade = around.channel() == Channel::Form
                && matches!(topic, Topic::Agency | Topic::Press | Topic::Insurer | Topic::Helpline)
                && !matches!(zone, Zone::Anchor | Zone::Heading);
            // A form stands under the name of the last person of a page, and is none of theirs.
            let passing = around.channel() == Channel::Form
                && matches!(topic, Topic::Executive | Topic::Manager)
                && matches!(zone, Zone::Kind | Zone::Heading);
            if !topic.is_mute() && !plain && !by_law && !trade && !passing {
                let asked = if desk && matches!(topic, Topic::Billing | Topic::Matter) { 0.4 } else { 1.0 };
                // What says little says it less from a heading.
                let faint =
                    *share < 1.0 && zone == Zone::Heading && matches!(topic, Topic::Billing | Topic::Matter);
                let asked = if faint { 0.8 * asked } else { asked };
                let weight = weight * share * asked * strength(*topic, zone, around.channel());
                self.cast(Vote { id, rung: topic.rung(), weight, words: words.clone(), topic: Some(*topic) });
            }
        }
    }

    /// Returns whether something right beside the value names who answers: another rung than the front line, or its desk.
    pub(super) fn knows_who_answers(&self) -> bool {
        let desk = |v: &Vote| matches!(v.topic, Some(Topic::Front | Topic::Switchboard));
        let near = |v: &&Vote| !FAR.contains(&v.id) || v.id == "heading";
        self.0.iter().filter(near).any(|v| v.weight >= 1.0 && (v.rung != Some(Rung::FrontLine) || desk(v)))
    }

    /// Returns whether something right beside the value names another rung than the front line.
    pub(super) fn name_another_than_the_front_line(&self) -> bool {
        let near = |v: &&Vote| !FAR.contains(&v.id) || v.id == "heading";
        self.0.iter().filter(near).any(|v| v.weight >= 1.0 && v.rung != Some(Rung::FrontLine))
    }

    /// Returns whether nothing right beside the value speaks for another rung than one.
    pub(super) fn leave_to(&self, rung: Option<Rung>) -> bool {
        let tells =
            |v: &&Vote| v.topic != Some(Topic::Contact) && v.weight >= 0.6 && v.id != "header-or-footer";
        let near = |v: &&Vote| !FAR.contains(&v.id) || v.id == "heading";
        !self.0.iter().filter(tells).any(|v| near(&v) && v.rung != rung)
    }

    /// Returns whether nothing right beside the value tells who answers; with `by_label` the heading above its line is not beside it, but
    /// one about anything says what its lines are about.
    pub(super) fn leave_open(&self, by_label: bool) -> bool {
        let tells = |v: &&Vote| v.topic != Some(Topic::Contact) && v.weight >= 0.6;
        let near = |v: &&Vote| !FAR.contains(&v.id) && v.id != "header-or-footer";
        let headed = |v: &&Vote| v.id == "heading" && (by_label || v.rung != Some(Rung::FrontLine));
        !self.0.iter().filter(tells).any(|v| near(&v) || headed(&v))
    }

    /// Returns whether anything around speaks of complaints, or of a later stage of one.
    pub(super) fn speak_of_complaints(&self) -> bool {
        let about = |v: &Vote| matches!(v.topic, Some(Topic::Complaints | Topic::SecondStage));
        self.0.iter().any(|v| v.weight >= 0.6 && about(v))
    }

    /// Returns the sum of the votes for a rung.
    pub(super) fn sum(&self, rung: Option<Rung>) -> f32 {
        self.0.iter().filter(|v| v.rung == rung).map(|v| v.weight).sum()
    }

    /// Returns the sum of the votes on a topic.
    fn on(&self, topic: Topic) -> f32 {
        self.0.iter().filter(|v| v.topic == Some(topic)).map(|v| v.weight).sum()
    }

    /// Returns the rung that the votes make, and the votes that made it.
    pub(super) fn verdict(&self) -> (Option<Rung>, Vec<Signal>) {
        let mut sums: Vec<(Option<Rung>, f32)> = ORDER.iter().map(|&rung| (rung, self.sum(rung))).collect();
        let add = |sums: &mut Vec<(Option<Rung>, f32)>, rung: Option<Rung>, by: f32| {
            if let Some((_, sum)) = sums.iter_mut().find(|(r, _)| *r == rung) {
                *sum += by;
            }
        };
        add(&mut sums, Some(Rung::FrontLine), PRIOR);
        let later = self.on(Topic::SecondStage);
        let title = self.on(Topic::Executive);
        // A later stage that a director holds is the director's; one that is told apart from the first is not the first.
        let directs = |words: &str| {
            let words = words.to_lowercase();
            DIRECTORS.iter().any(|title| words.starts_with(title))
        };
        let director: f32 = self
            .0
            .iter()
            .filter(|v| v.topic == Some(Topic::Manager) && directs(&v.words))
            .map(|v| v.weight)
            .sum();
        // A director may lead a branch; of a third stage it is one of the board.
        let third = |v: &Vote| v.topic == Some(Topic::SecondStage) && v.words.contains(['3', '4', '5']);
        if later > 0.0 && director > 0.8 && self.0.iter().any(third) {
            add(&mut sums, Some(Rung::Executive), later + director);
            add(&mut sums, Some(Rung::Management), -later - director);
        }
        if later > 0.0 && title > 0.8 {
            add(&mut sums, Some(Rung::Executive), later);
            add(&mut sums, Some(Rung::Management), -later);
        }
        // "CEO/General Manager": who bears both titles is the chief.
        let both = |v: &&Vote| {
            v.topic == Some(Topic::Manager)
                && self.0.iter().any(|other| {
                    other.topic == Some(Topic::Executive) && other.id == v.id && other.weight >= v.weight
                })
        };
        if self.0.iter().filter(both).any(|v| !FAR.contains(&v.id)) {
            add(&mut sums, Some(Rung::Management), -self.on(Topic::Manager));
        }
        // The number of a later stage right above the value leaves no doubt: a grievance officer of level 2 is not the first.
        let counted = self.0.iter().any(|v| v.id == "stage-order" && v.weight >= 2.0);
        if counted {
            let complaints = self.sum(Some(Rung::Complaints));
            add(&mut sums, Some(Rung::Complaints), -0.85 * complaints);
        } else if later >= 1.5 {
            let complaints = self.sum(Some(Rung::Complaints));
            add(&mut sums, Some(Rung::Complaints), -0.5 * complaints);
        } else if self.sum(Some(Rung::Complaints)) >= 2.0 {
            // The first place at which one complains is `complaints`, whoever holds it.
            let close = self.close(Topic::Complaints) && !self.is_the_chief();
            add(&mut sums, Some(Rung::Complaints), if close { 1.5 } else { 0.0 });
        }
        self.heed_what_is_close(&mut sums);
        // On a page about data, a complaint is about data.
        let title = |topic: Topic| self.0.iter().any(|v| v.id == "page-title" && v.topic == Some(topic));
        if title(Topic::Privacy) && !title(Topic::Complaints) && self.on(Topic::Complaints) > 0.0 {
            let complaints =
                sums.iter().find(|(r, _)| *r == Some(Rung::Complaints)).map_or(0.0, |(_, sum)| *sum);
            add(&mut sums, Some(Rung::Specialist), complaints);
        }
        // An address that is called the registered one right beside it is that, whatever page it stands on.
        let named =
            |id: &str| matches!(id, "label" | "row" | "contact-type" | "addressee" | "clause" | "card");
        let seat = self.0.iter().any(|v| v.topic == Some(Topic::LegalSeat) && named(v.id) && v.weight >= 2.0);
        // "Nodal officer: …, Head Office, …" is where a stage of the procedure sits.
        let asked = self.0.iter().any(|v| {
            v.topic == Some(Topic::Complaints) && named(v.id) || v.id == "stage-order" && v.weight >= 2.0
        });
        add(&mut sums, Some(Rung::Legal), if seat && !asked { 2.5 } else { 0.0 });
        let mut best = (Some(Rung::FrontLine), f32::MIN);
        for &(rung, sum) in &sums {
            if sum > best.1 + 1e-4 {
                best = (rung, sum);
            }
        }
        let mut told: Vec<&Vote> = self
            .0
            .iter()
            .filter(|v| v.rung == best.0 || (later > 0.0 && v.topic == Some(Topic::SecondStage)))
            .collect();
        told.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        let floor = told.first().map_or(0.0, |v| v.weight * TOLD);
        let signals = told
            .into_iter()
            .filter(|v| v.weight >= floor)
            .map(|v| Signal { id: v.id, rung: v.rung, words: v.words.clone() })
            .collect();
        (best.0, signals)
    }

    /// Lets what is named right beside a value count before what the page around is about.
    fn heed_what_is_close(&self, sums: &mut [(Option<Rung>, f32)]) {
        let mut cut = |rung: Option<Rung>, by: f32| {
            if let Some((_, sum)) = sums.iter_mut().find(|(r, _)| *r == rung) {
                *sum -= by;
            }
        };
        let far = |topic: Topic| -> f32 {
            self.0.iter().filter(|v| v.topic == Some(topic) && FAR.contains(&v.id)).map(|v| v.weight).sum()
        };
        let near = || self.0.iter().filter(|v| !FAR.contains(&v.id));
        // "Call us on …" says nothing against the heading that tells what for.
        let told = |v: &Vote| v.id == "heading" && v.weight >= 1.2 && v.rung != Some(Rung::FrontLine);
        if self.0.iter().any(told) {
            cut(Some(Rung::FrontLine), self.on(Topic::Contact));
        }
        let desk =
            near().any(|v| matches!(v.topic, Some(Topic::Front | Topic::Switchboard)) && v.weight >= 1.0);
        let other = near().any(|v| v.weight >= 1.0 && v.rung != Some(Rung::FrontLine));
        // A desk that is called by its plain name is that desk, though the page is an escalation matrix or about data; the
        // switchboard is that under a heading of complaints too.
        if desk && !other {
            cut(Some(Rung::Management), 0.7 * far(Topic::SecondStage));
            cut(Some(Rung::Specialist), 0.7 * far(Topic::Privacy));
            cut(None, 0.7 * (far(Topic::Press) + far(Topic::Careers) + far(Topic::Investors)));
            if near().any(|v| v.topic == Some(Topic::Switchboard)) {
                cut(Some(Rung::Complaints), 0.7 * far(Topic::Complaints));
            }
        }
        // A line for one matter, or a chief executive by title, on a page about complaints is still that.
        let named =
            |v: &Vote| matches!(v.id, "label" | "row" | "contact-type" | "local-part" | "anchor" | "role");
        let aside = near().any(|v| {
            let own =
                v.rung == Some(Rung::Specialist) || v.rung.is_none() || v.topic == Some(Topic::Executive);
            own && named(v) && v.weight >= 2.0
        });
        let led =
            self.0.iter().any(|v| v.id == "lead-in" && v.topic == Some(Topic::Complaints) && v.weight >= 1.9);
        let labelled = near().any(|v| {
            let own = v.rung == Some(Rung::Specialist) || v.rung.is_none();
            own && matches!(v.id, "label" | "row" | "contact-type" | "anchor") && v.weight >= 2.0
        });
        if aside && (labelled || !led) && !near().any(|v| v.topic == Some(Topic::Complaints)) {
            cut(Some(Rung::Complaints), 0.6 * far(Topic::Complaints));
        }
    }

    /// Returns whether two signals right beside the value name a chief executive: the mailbox and the words before it.
    fn is_the_chief(&self) -> bool {
        let beside = |v: &&Vote| {
            v.topic == Some(Topic::Executive)
                && matches!(v.id, "label" | "local-part" | "role" | "card" | "row" | "addressee")
        };
        self.0.iter().filter(beside).count() >= 2
    }

    /// Returns whether a topic is named close to the value, not only by the headings above it.
    fn close(&self, topic: Topic) -> bool {
        self.0.iter().any(|v| v.topic == Some(topic) && (v.id == "lead-in" || !FAR.contains(&v.id)))
    }
}

/// The signals that speak of more than the value itself.
const FAR: [&str; 6] =
    ["beside-complaints", "heading", "higher-heading", "page-title", "earlier-sentence", "lead-in"];

/// Of rungs with equal votes the first wins.
const ORDER: [Option<Rung>; 10] = [
    Some(Rung::FrontLine),
    Some(Rung::Complaints),
    Some(Rung::Specialist),
    None,
    Some(Rung::Management),
    Some(Rung::Executive),
    Some(Rung::Legal),
    Some(Rung::Supervisor),
    Some(Rung::Adr),
    Some(Rung::Regulator),
];

/// Returns how much the words of a topic count in a zone, for a channel.
pub(super) fn strength(topic: Topic, zone: Zone, channel: Channel) -> f32 {
    let far = matches!(zone, Zone::LeadIn | Zone::Earlier | Zone::Higher | Zone::Title);
    match topic {
        Topic::Contact => 0.2,
        Topic::Front | Topic::Switchboard if far => 0.3,
        // A letter about a complaint goes to customer services as well.
        Topic::Front if zone == Zone::Addressee => 0.3,
        Topic::Front => 0.5,
        Topic::SecondStage => 1.1,
        // A title names who holds the line only right beside it.
        Topic::Executive | Topic::Manager | Topic::Supervisor => {
            let nature = if topic == Topic::Manager { 0.9 } else { 1.0 };
            match zone {
                Zone::Clause | Zone::After => 0.6 * nature,
                Zone::LeadIn | Zone::Earlier => 0.4 * nature,
                Zone::Higher | Zone::Title => 0.0,
                _ => nature,
            }
        }
        // An office has an address; its number is mostly the switchboard.
        Topic::LegalSeat | Topic::Register => match (channel, zone) {
            (Channel::Postal, Zone::Title | Zone::Higher | Zone::Earlier) => 0.4,
            (Channel::Postal, _) => 1.0,
            (_, Zone::Label | Zone::Clause | Zone::Kind) if topic == Topic::LegalSeat => 0.7,
            _ => 0.0,
        },
        Topic::Privacy if far => 0.8,
        Topic::Privacy => 1.15,
        Topic::Billing | Topic::Matter | Topic::Fraud | Topic::Access | Topic::LegalTeam if far => 0.4,
        Topic::Billing | Topic::Matter if zone == Zone::Heading => 0.75,
        Topic::Billing | Topic::Matter if zone == Zone::Clause => 0.6,
        Topic::Billing | Topic::Matter => 0.85,
        Topic::Sales | Topic::Trade | Topic::Website | Topic::Agency | Topic::Insurer if far => 0.5,
        Topic::Sales if zone == Zone::Local => 0.55,
        Topic::Sales | Topic::Trade if channel == Channel::Form && zone == Zone::Kind => 0.2,
        Topic::Sales | Topic::Trade => 0.9,
        Topic::Helpline => 1.2,
        _ => 1.0,
    }
}
