//! The answer to `find`, as output gives it: plain data with a versioned JSON Schema.
//!
//! Every face shows this and decides nothing of its own. Field names are the words of the house; a rung that is absent is
//! spelled `off_ladder`.

use ladder::{BodyKind, ContactPoint, Cost, Place, Policy, Reach, Rung, SourceKind, StatedClock, Unit, rung};
use schemars::JsonSchema;
use serde::Serialize;

use crate::directory::{CandidateView, ChangeView, DirectoryView, MarkView};
use crate::guidance;
use crate::outside::{CheckView, OutsideView};
use crate::verify::LiveCheck;

/// The version of the shape of [`FindAnswer`].
pub const FIND_SCHEMA: &str = "upstairs.find/1";

/// What `find` answers.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindAnswer {
    /// `upstairs.find/1`.
    pub schema: &'static str,
    /// What was asked.
    pub asked: Asked,
    /// What was learnt of the company.
    pub company: CompanyView,
    /// The rungs, in the order of climbing.
    pub steps: Vec<StepView>,
    /// Every contact point, in the order of the ladder; those off the ladder and for other matters last.
    pub contacts: Vec<ContactView>,
    /// Contact points that only users wrote of: never call one before the company itself has confirmed it.
    pub leads: Vec<ContactView>,
    /// Contact points that the user, or a live check, found to be of no use any more.
    pub dead: Vec<ContactView>,
    /// The company's own complaints procedure, where one was read.
    pub policy: Option<PolicyView>,
    /// Outside bodies as the atlas knows them: those that the company names, then likely ones, marked as inferred.
    pub outside: Vec<OutsideView>,
    /// What the directory says of the company, where it knows it.
    pub directory: Option<DirectoryView>,
    /// Companies that may be meant, where the name does not tell which.
    pub candidates: Vec<CandidateView>,
    /// What each outside source that is on came to.
    pub sources: Vec<crate::sources::Report>,
    /// What this reading found to be otherwise than the last one that was kept.
    pub changes: Vec<ChangeView>,
    /// What to do next where the ladder is short.
    pub next_ways: Vec<NextWay>,
    /// Every page and PDF that was fetched, in that order.
    pub documents: Vec<DocumentView>,
    /// Why the search stopped.
    pub stopped: String,
    /// Whether the user stopped it.
    pub interrupted: bool,
    /// What went wrong on the way, or is worth knowing.
    pub warnings: Vec<String>,
}

/// What was asked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Asked {
    /// The company, as typed.
    pub company: String,
    /// The country, where given.
    pub country: Option<String>,
    /// The topic, where given.
    pub about: Option<String>,
    /// The matter within it, where one was given.
    pub matter: Option<String>,
    /// The state or province, where given.
    pub region: Option<String>,
    /// The archive or folder read instead of the web, where given.
    pub from: Option<String>,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// What was learnt of the company.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct CompanyView {
    /// The name it goes by.
    pub name: Option<String>,
    /// Its legal name.
    pub legal_name: Option<String>,
    /// Its number in a register, as printed.
    pub register_number: Option<String>,
    /// The registrable domain that was read.
    pub domain: Option<String>,
    /// Where its site starts.
    pub website: Option<String>,
    /// What trade it seems to be in, and why.
    pub sectors: Vec<SectorView>,
    /// The companies above it, as registers name them.
    pub parents: Vec<String>,
    /// Its numbers in registers, each with the register's name.
    pub numbers: Vec<String>,
    /// Who is named in an office of it by a register.
    pub officers: Vec<OfficerView>,
    /// What sources tell of it that is no contact: how it answers complaints, since when its domain is registered.
    pub facts: Vec<String>,
}

/// A person whom a register names in an office of the company.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct OfficerView {
    /// The name, as one writes it on a letter.
    pub name: String,
    /// The office.
    pub role: String,
    /// Since when, where known.
    pub since: Option<String>,
    /// Who says so.
    pub source: String,
    /// The page on which that is read.
    pub url: String,
}

impl OfficerView {
    /// Views an officer as a source names them.
    #[must_use]
    pub fn of(officer: &sources::source::Officer, url: &str, source: &str) -> Self {
        Self {
            name: officer.name.clone(),
            role: officer.role.clone(),
            since: officer.since.clone(),
            source: source.to_owned(),
            url: url.to_owned(),
        }
    }
}

/// A trade, inferred.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SectorView {
    /// The sector.
    pub sector: String,
    /// The words that it was inferred from.
    pub why: String,
}

/// A rung of the ladder.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepView {
    /// The rung.
    pub rung: Rung,
    /// Its name on a screen.
    pub name: String,
    /// What it can do.
    pub does: String,
    /// When to use it.
    pub use_when: String,
    /// Why it stands at this place.
    pub why: String,
    /// The clock that opens it.
    pub opens_after: Option<ClockView>,
    /// Positions of its contact points in `contacts`, best first.
    pub contacts: Vec<usize>,
}

/// A contact point.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ContactView {
    /// How it is reached.
    pub channel: ladder::Channel,
    /// What to dial, write to or open.
    pub value: String,
    /// The same as people read it: a number in groups.
    pub shown: String,
    /// Its rung, or `off_ladder`.
    pub rung: String,
    /// `company`, or the name of the body or firm whose it is.
    pub party: String,
    /// Whether it is for another matter than the one asked about.
    pub other_matter: bool,
    /// What the document calls it.
    pub label: Option<String>,
    /// The person published with it.
    pub person: Option<String>,
    /// That person's title, or the team.
    pub title: Option<String>,
    /// When it is open, as printed.
    pub hours: Option<String>,
    /// Languages served, ISO 639-1.
    pub languages: Vec<String>,
    /// What a call costs by the kind of number.
    pub cost: Option<Cost>,
    /// What the company says of the cost.
    pub cost_note: Option<String>,
    /// Digits to dial after the number answers.
    pub extension: Option<String>,
    /// What must be done first to get in.
    pub access: Option<ladder::Access>,
    /// The matters that its source lists for it.
    pub topics: Vec<String>,
    /// What happened when the user tried it, the last first.
    pub marks: Vec<MarkView>,
    /// Who told it, where somebody did, and who else says so.
    pub told: Option<String>,
    /// What live checks found, where they were asked for.
    pub checks: Vec<LiveCheck>,
    /// What to know before using it.
    pub notes: Vec<String>,
    /// How likely it is what it is said to be, 0 to 1.
    pub confidence: f64,
    /// The same in a word.
    pub confidence_in_words: String,
    /// What the confidence is made of.
    pub confidence_from: Vec<ShareView>,
    /// Why it is on its rung.
    pub signals: Vec<SignalView>,
    /// Every place that says so.
    pub witnesses: Vec<WitnessView>,
}

/// A share of a confidence.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ShareView {
    /// What speaks for or against it.
    pub words: String,
    /// By how much, in log-odds.
    pub weight: f64,
}

/// A reason for a rung.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SignalView {
    /// The stable id of the signal.
    pub id: String,
    /// The rung that it speaks for, or `off_ladder`.
    pub rung: String,
    /// The words that set it off.
    pub words: String,
}

/// A place that says so.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WitnessView {
    /// Its address, or the path of the file.
    pub url: String,
    /// The words themselves.
    pub quote: String,
    /// What kind of place it is.
    pub kind: SourceKind,
    /// Where on the page.
    pub place: Place,
    /// When it was read.
    pub seen: String,
    /// When it says it was written or checked.
    pub stated: Option<String>,
}

/// A duration that binds someone.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClockView {
    /// How many.
    pub n: u32,
    /// Of what.
    pub unit: Unit,
    /// What it counts from, where the text says so.
    pub from: Option<String>,
    /// The words it was read from.
    pub quote: String,
}

/// A channel and a value.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ReachView {
    /// How.
    pub channel: ladder::Channel,
    /// What to dial, write to or open.
    pub value: String,
}

/// A complaints procedure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PolicyView {
    /// The company's own stages.
    pub stages: Vec<StageView>,
    /// The outside bodies that come after.
    pub external: Vec<BodyView>,
}

/// A stage of a procedure.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StageView {
    /// Its place, from 1.
    pub order: u32,
    /// Its rung.
    pub rung: Rung,
    /// Who handles it, in the words of the procedure.
    pub handler: String,
    /// How to reach it.
    pub contacts: Vec<ReachView>,
    /// The company acknowledges within.
    pub acknowledge: Option<ClockView>,
    /// The company answers within.
    pub respond: Option<ClockView>,
    /// The customer must go on to this stage within.
    pub customer_window: Option<ClockView>,
    /// The words that open the stage.
    pub quote: String,
}

/// An outside body that a procedure names.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BodyView {
    /// Its name as printed.
    pub body: String,
    /// What kind of body.
    pub kind: BodyKind,
    /// One may go there without a final answer after.
    pub after: Option<ClockView>,
    /// One must go there after the final answer within.
    pub within: Option<ClockView>,
    /// How to reach it.
    pub contacts: Vec<ReachView>,
    /// The words that name it.
    pub quote: String,
    /// Its entry in the atlas, where known.
    pub atlas_id: Option<String>,
    /// Where the procedure and the atlas disagree: a closed route, another wait, another address.
    pub checks: Vec<CheckView>,
}

/// Something to do where the ladder is short.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, JsonSchema)]
pub struct NextWay {
    /// `ask`, `registered_office`, `profile`, `outside`, `place`, `site`, `sources`, `read`, `link` or `search`.
    pub kind: &'static str,
    /// What to do.
    pub text: String,
    /// What to open, dial or write to, where there is such.
    pub value: Option<String>,
}

/// A page or PDF that was fetched.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentView {
    /// Its address.
    pub url: String,
    /// Its status.
    pub status: u16,
    /// Its title.
    pub title: String,
    /// Whether it is a PDF.
    pub pdf: bool,
    /// What came of it, in words.
    pub outcome: String,
    /// Why it was read.
    pub why: String,
    /// When it was fetched or archived.
    pub fetched: String,
}

impl ClockView {
    /// Views a clock.
    #[must_use]
    pub fn of(stated: &StatedClock) -> Self {
        Self {
            n: stated.clock.n,
            unit: stated.clock.unit,
            from: stated.from.clone(),
            quote: stated.quote.clone(),
        }
    }
}

impl ReachView {
    /// Views a channel and its value.
    #[must_use]
    pub fn of(reach: &Reach) -> Self {
        Self { channel: reach.channel(), value: reach.value().to_owned() }
    }
}

/// Returns a value as people read it.
#[must_use]
pub fn shown(reach: &Reach) -> String {
    reach
        .as_number()
        .map_or_else(|| reach.value().to_owned(), |number| reading::phone::shown(number.as_str()))
}

impl ContactView {
    /// Returns whether it bears marks of a fraud: it is shown with its warning only, and is nothing to call, open or copy.
    #[must_use]
    pub fn is_suspect(&self) -> bool {
        self.signals.iter().any(|signal| signal.id == ladder::guard::marks::SUSPECT)
    }

    /// Views a contact point.
    #[must_use]
    pub fn of(point: &ContactPoint, other_matter: bool) -> Self {
        Self {
            channel: point.reach.channel(),
            value: point.reach.value().to_owned(),
            shown: shown(&point.reach),
            rung: rung::spelled(point.rung).to_owned(),
            party: point.party.name().to_owned(),
            other_matter,
            // The name of the body stands beside it already.
            label: point.label.clone().filter(|label| !ladder::name::alike(label, point.party.name())),
            person: point.person.clone(),
            title: point.title.clone(),
            hours: point.hours.clone(),
            languages: point.languages.clone(),
            cost: point.cost,
            cost_note: point.cost_note.clone(),
            extension: point.extension.clone(),
            access: point.access,
            topics: point.topics.clone(),
            marks: Vec::new(),
            told: crate::directory::told(point),
            checks: Vec::new(),
            notes: point.notes.clone(),
            confidence: point.confidence.rounded(),
            confidence_in_words: point.confidence.in_words().to_owned(),
            confidence_from: point
                .confidence
                .reasons
                .iter()
                .map(|reason| ShareView { words: reason.words.clone(), weight: reason.weight })
                .collect(),
            signals: point
                .signals
                .iter()
                .map(|signal| SignalView {
                    id: signal.id.to_owned(),
                    rung: rung::spelled(signal.rung).to_owned(),
                    words: signal.words.clone(),
                })
                .collect(),
            witnesses: point
                .witnesses
                .iter()
                .map(|witness| WitnessView {
                    url: witness.source.url.clone(),
                    quote: witness.quote.clone(),
                    kind: witness.source.kind,
                    place: witness.place,
                    seen: witness.source.seen.clone(),
                    stated: witness.source.stated.clone(),
                })
                .collect(),
        }
    }
}

impl PolicyView {
    /// Views a procedure.
    #[must_use]
    pub fn of(policy: &Policy) -> Self {
        let reaches = |reaches: &[Reach]| reaches.iter().map(ReachView::of).collect();
        let clock = |clock: &Option<StatedClock>| clock.as_ref().map(ClockView::of);
        Self {
            stages: policy
                .stages
                .iter()
                .map(|stage| StageView {
                    order: stage.order,
                    rung: stage.rung,
                    handler: stage.handler.clone(),
                    contacts: reaches(&stage.contacts),
                    acknowledge: clock(&stage.acknowledge),
                    respond: clock(&stage.respond),
                    customer_window: clock(&stage.customer_window),
                    quote: stage.quote.clone(),
                })
                .collect(),
            external: policy
                .external
                .iter()
                .map(|body| BodyView {
                    body: body.body.clone(),
                    kind: body.kind,
                    after: clock(&body.after),
                    within: clock(&body.within),
                    contacts: reaches(&body.contacts),
                    quote: body.quote.clone(),
                    atlas_id: None,
                    checks: Vec::new(),
                })
                .collect(),
        }
    }
}

impl StepView {
    /// Views a rung of the ladder; `first` is the position of its first contact point in the list of all.
    #[must_use]
    pub fn of(step: &ladder::Step, first: usize) -> Self {
        let guidance = guidance::of(step.rung);
        Self {
            rung: step.rung,
            name: guidance.name.to_owned(),
            does: guidance.does.to_owned(),
            use_when: guidance.use_when.to_owned(),
            why: step.why.clone(),
            opens_after: step.opens_after.as_ref().map(ClockView::of),
            contacts: (first..first + step.contacts.len()).collect(),
        }
    }
}
