//! The ladder: contact points on their rungs, in the order in which this customer should climb.

use crate::contact::ContactPoint;
use crate::policy::{Policy, StatedClock};
use crate::rung::Rung;
use crate::topic::{TOPICS, Topic};

/// One rung of a ladder, with what stands on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The rung.
    pub rung: Rung,
    /// Why it stands where it does, in plain words.
    pub why: String,
    /// The clock that opens it: how long the step before has to answer, where the company says so.
    pub opens_after: Option<StatedClock>,
    /// Its contact points, the most confident first.
    pub contacts: Vec<ContactPoint>,
}

/// The ranked answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladder {
    /// The rungs that have a contact point or that the company's procedure names, in the order of climbing.
    pub steps: Vec<Step>,
    /// Contact points for other matters than the one asked about.
    pub elsewhere: Vec<ContactPoint>,
    /// Contact points that are no help to a customer with a problem.
    pub off_ladder: Vec<ContactPoint>,
    /// Contact points that only users name: shown apart, with a warning.
    pub leads: Vec<ContactPoint>,
}

impl Ladder {
    /// Builds the ladder of a company from weighed contact points.
    ///
    /// The order is the general one (front line, supervisor, complaints, management, executive; the side doors
    /// `specialist` and `legal` after the rung at which they become useful; outside bodies last), unless the company's own
    /// procedure puts its stages otherwise, or the topic asked about has a specialised team, which then comes right
    /// after the front line. Specialised teams for other matters step aside into [`Ladder::elsewhere`]; so do contact
    /// points that their source lists for other matters only, where the same rung has one that fits.
    #[must_use]
    pub fn build(points: Vec<ContactPoint>, policy: Option<&Policy>, topic: Option<&Topic>) -> Self {
        let mut ladder = Self::default();
        let mut on_rungs: Vec<ContactPoint> = Vec::new();
        for point in points {
            if point.is_lead() {
                ladder.leads.push(point);
            } else if point.rung.is_none() {
                ladder.off_ladder.push(point);
            } else if point.rung == Some(Rung::Specialist)
                && topic.is_some_and(|topic| !is_for(&point, topic))
            {
                ladder.elsewhere.push(point);
            } else {
                on_rungs.push(point);
            }
        }
        if let Some(topic) = topic {
            let fits: Vec<Rung> =
                on_rungs.iter().filter(|p| serves(p, topic)).filter_map(|p| p.rung).collect();
            let (kept, aside) = on_rungs
                .into_iter()
                .partition(|p| serves(p, topic) || p.rung.is_none_or(|rung| !fits.contains(&rung)));
            on_rungs = kept;
            ladder.elsewhere.extend::<Vec<ContactPoint>>(aside);
            // A team that is called for another matter steps aside where one is there for this.
            if on_rungs.iter().any(|p| is_mainly_for(p, topic) && is_for(p, topic)) {
                let (kept, aside) = on_rungs.into_iter().partition(|p| !is_called_for_another(p, topic));
                on_rungs = kept;
                ladder.elsewhere.extend::<Vec<ContactPoint>>(aside);
            }
        }
        for (rung, why) in order(policy, topic, &on_rungs) {
            let mut contacts: Vec<ContactPoint> =
                on_rungs.iter().filter(|p| p.rung == Some(rung)).cloned().collect();
            if let Some(topic) = topic {
                // Stable: within each half the order of weighing stays.
                contacts.sort_by_key(|point| (!is_for(point, topic), !is_mainly_for(point, topic)));
            }
            let stage = policy.and_then(|p| p.stages.iter().position(|stage| stage.rung == rung));
            if contacts.is_empty() && stage.is_none() {
                continue;
            }
            let opens_after = policy.and_then(|p| opens_after(p, rung));
            ladder.steps.push(Step { rung, why, opens_after, contacts });
        }
        ladder
    }

    /// Returns whether anything above the front line was found inside or outside of the company.
    #[must_use]
    pub fn leads_up(&self) -> bool {
        self.steps.iter().any(|step| step.rung.is_escalation() && !step.contacts.is_empty())
    }

    /// Returns every contact point, those on the ladder first.
    pub fn contacts(&self) -> impl Iterator<Item = &ContactPoint> {
        let on_rungs = self.steps.iter().flat_map(|step| &step.contacts);
        on_rungs.chain(&self.elsewhere).chain(&self.off_ladder).chain(&self.leads)
    }
}

/// Returns whether a contact point may serve a topic: no source lists matters for it, or one of them is the topic's, or is
/// so general that it takes any.
fn serves(point: &ContactPoint, topic: &Topic) -> bool {
    point.topics.is_empty()
        || point.topics.iter().any(|matter| matter == "poor_service")
        || is_for(point, topic)
}

/// Returns whether a contact point is for a topic, by the matters that a source lists for it, else by its label, title and
/// the words that named its rung.
fn is_for(point: &ContactPoint, topic: &Topic) -> bool {
    if point.topics.iter().any(|matter| topic.covers(matter)) {
        return true;
    }
    let words = point.label.iter().chain(&point.title).map(String::as_str);
    words
        .chain(point.signals.iter().map(|signal| signal.words.as_str()))
        .chain(point.witnesses.iter().map(|witness| witness.quote.as_str()))
        .chain([point.reach.value()])
        .any(|words| topic.is_about(words))
}

/// Returns whether a topic is the first that a contact point's source lists for it, or what it is called for.
fn is_mainly_for(point: &ContactPoint, topic: &Topic) -> bool {
    point.topics.first().is_none_or(|first| topic.covers(first))
        || point.label.iter().chain(&point.title).any(|words| topic.is_about(words))
}

/// Returns whether a contact point is listed first for another topic, and called for that one and not for this.
fn is_called_for_another(point: &ContactPoint, topic: &Topic) -> bool {
    let Some(first) = point.topics.first() else { return false };
    let called = |topic: &Topic| point.label.iter().chain(&point.title).any(|words| topic.is_about(words));
    !topic.covers(first)
        && !called(topic)
        && TOPICS.iter().any(|other| other.id != topic.id && other.covers(first) && called(other))
}

/// Returns the clock of the stage before this rung in the company's procedure, or the wait before the outside bodies.
fn opens_after(policy: &Policy, rung: Rung) -> Option<StatedClock> {
    if rung.is_outside() {
        return policy.external.iter().find_map(|body| body.after.clone());
    }
    let at = policy.stages.iter().position(|stage| stage.rung == rung)?;
    policy.stages.get(at.checked_sub(1)?)?.respond.clone()
}

/// Returns the rungs in the order of climbing, each with why it stands there.
fn order(policy: Option<&Policy>, topic: Option<&Topic>, points: &[ContactPoint]) -> Vec<(Rung, String)> {
    let general = |rung: Rung| {
        let why = match rung {
            Rung::FrontLine => {
                "every complaint starts here: this creates the record that the higher rungs will ask for"
            }
            Rung::Supervisor => "the first person with authority over the front line",
            Rung::Complaints => "the team that must take a formal complaint",
            Rung::Specialist => "a side door: teams for one matter only",
            Rung::Management => "comes after the complaints team has answered or failed to",
            Rung::Executive => "comes after the complaints team and management",
            Rung::Legal => "a side door: for formal letters and service of documents",
            Rung::Adr => "outside the company: comes after its final answer or when its time has run out",
            Rung::Regulator => "outside the company: you can report to it alongside the other steps",
        };
        (rung, why.to_owned())
    };
    let mut rungs: Vec<(Rung, String)> = Rung::ALL.into_iter().map(general).collect();
    if let Some(policy) = policy {
        // The company's own stages keep their order; each takes the place of the next stage in the general order.
        let mut stages: Vec<Rung> = Vec::new();
        for stage in &policy.stages {
            if !stages.contains(&stage.rung) && !stage.rung.is_outside() {
                stages.push(stage.rung);
            }
        }
        let slots: Vec<usize> = rungs
            .iter()
            .enumerate()
            .filter(|(_, (rung, _))| stages.contains(rung))
            .map(|(at, _)| at)
            .collect();
        for ((number, rung), at) in stages.iter().enumerate().zip(slots) {
            rungs[at] = (*rung, format!("stage {} of the company's own procedure", number + 1));
        }
    }
    if let Some(topic) = topic
        && points.iter().any(|p| p.rung == Some(Rung::Specialist) && is_for(p, topic))
        && let Some(at) = rungs.iter().position(|(rung, _)| *rung == Rung::Specialist)
    {
        rungs.remove(at);
        let after = rungs.iter().position(|(rung, _)| *rung == Rung::FrontLine).map_or(0, |at| at + 1);
        let why = format!("the company has a team for this matter ({})", topic.id.replace('_', " "));
        rungs.insert(after, (Rung::Specialist, why));
    }
    rungs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::{Channel, Reach};
    use crate::finding::{Place, Sighting};
    use crate::policy::Stage;
    use crate::weigh::{Sighted, merge};
    use crate::witness::{Source, SourceKind};

    fn points(list: &[(&str, Option<Rung>, &str)]) -> Vec<ContactPoint> {
        let sighted = list.iter().map(|(mailbox, rung, label)| {
            let reach = Reach::parse(Channel::Email, &format!("{mailbox}@acme.example")).unwrap();
            let mut sighting = Sighting::new(reach, *label);
            sighting.rung = *rung;
            sighting.label = Some((*label).to_owned());
            sighting.place = Place::Main;
            let source = Source {
                url: "https://acme.example/contact".into(),
                kind: SourceKind::OwnSite,
                site: "acme.example".into(),
                seen: "2026-01-01T00:00:00Z".into(),
                stated: None,
            };
            Sighted { sighting, source }
        });
        merge(sighted.collect(), "2026-11-22")
    }

    fn draw(ladder: &Ladder) -> String {
        let line = |step: &Step| {
            let values: Vec<&str> = step.contacts.iter().map(|c| c.reach.value()).collect();
            format!("{}: {} ({})", step.rung.id(), values.join(" "), step.why)
        };
        ladder.steps.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    const LIST: &[(&str, Option<Rung>, &str)] = &[
        ("ceo", Some(Rung::Executive), "Chief executive"),
        ("complaints", Some(Rung::Complaints), "Complaints"),
        ("billing", Some(Rung::Specialist), "Billing team"),
        ("privacy", Some(Rung::Specialist), "Data protection officer"),
        ("help", Some(Rung::FrontLine), "Help"),
        ("press", None, "Press"),
    ];

    #[test]
    fn a_topic_brings_its_team_forward_and_puts_the_others_aside() {
        let ladder = Ladder::build(points(LIST), None, Topic::parse("billing"));
        insta::assert_snapshot!(draw(&ladder), @r"
        front_line: help@acme.example (every complaint starts here: this creates the record that the higher rungs will ask for)
        specialist: billing@acme.example (the company has a team for this matter (billing))
        complaints: complaints@acme.example (the team that must take a formal complaint)
        executive: ceo@acme.example (comes after the complaints team and management)
        ");
        assert_eq!(ladder.elsewhere.len(), 1);
        assert_eq!(ladder.off_ladder.len(), 1);
    }

    #[test]
    fn a_contact_listed_for_other_matters_steps_aside_where_the_rung_has_one_that_fits() {
        let mut all = points(&[
            ("bags", Some(Rung::Specialist), "Central desk"),
            ("refunds", Some(Rung::FrontLine), "Desk one"),
            ("care", Some(Rung::FrontLine), "Desk two"),
            ("legal", Some(Rung::Legal), "Desk three"),
        ]);
        for point in &mut all {
            let matter = match point.reach.value().split('@').next().unwrap() {
                "bags" => "delayed_baggage",
                "care" => "poor_service",
                _ => "refund_request",
            };
            point.topics = vec![matter.to_owned()];
        }
        let ladder = Ladder::build(all, None, Topic::parse("lost_baggage"));
        insta::assert_snapshot!(draw(&ladder), @r"
        front_line: care@acme.example (every complaint starts here: this creates the record that the higher rungs will ask for)
        specialist: bags@acme.example (the company has a team for this matter (baggage))
        legal: legal@acme.example (a side door: for formal letters and service of documents)
        ");
        assert_eq!(ladder.elsewhere.len(), 1);
    }

    #[test]
    fn the_companys_own_stages_keep_their_order() {
        let stage = |order, rung| Stage {
            order,
            rung,
            handler: String::new(),
            contacts: Vec::new(),
            acknowledge: None,
            respond: None,
            customer_window: None,
            quote: String::new(),
        };
        let policy = Policy {
            stages: vec![stage(1, Rung::Executive), stage(2, Rung::Management)],
            ..Policy::default()
        };
        let ladder = Ladder::build(points(LIST), Some(&policy), None);
        let rungs: Vec<Rung> = ladder.steps.iter().map(|s| s.rung).collect();
        let at = |rung| rungs.iter().position(|r| *r == rung);
        assert!(at(Rung::Executive) < at(Rung::Management), "{rungs:?}");
        assert!(ladder.steps.iter().any(|s| s.rung == Rung::Management && s.contacts.is_empty()));
    }
}
