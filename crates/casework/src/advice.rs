//! Advice: the proposals of the rules, ranked; what comes first, what stands beside it, what comes after, and what not yet.
//!
//! The rules fire each for themselves; here one is chosen. A proposal whose gate is not open is never given, whatever rule
//! made it: the chooser asks the gate once more.

use atlas::Atlas;
use jiff::civil::Date;
use ladder::Rung;

use crate::gate::{self, Gate, Verdict};
use crate::rules::{Place, RULES, Rule};
use crate::state::{Closing, State};
use crate::view::View;
use crate::words::{Lack, Step};

/// The most steps that one answer holds: more is no advice.
pub const MOST_STEPS: usize = 4;

/// One step that a rule proposes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Proposal {
    /// What to do.
    pub step: Step,
    /// Where it is addressed.
    pub rung: Option<Rung>,
    /// The body outside, as an id of the atlas.
    pub body: Option<String>,
    /// The first day of the next step, where this one is to wait.
    pub not_before: Option<Date>,
    /// The last day that counts.
    pub by: Option<Date>,
    /// The facts, rules and calculations that it rests on.
    pub why: Vec<String>,
}

impl Proposal {
    /// Makes a proposal addressed to a rung, with its first reason.
    #[must_use]
    pub fn to(step: Step, rung: Option<Rung>, why: impl Into<String>) -> Self {
        Self { step, rung, body: None, not_before: None, by: None, why: vec![why.into()] }
    }

    /// Adds a reason.
    #[must_use]
    pub fn and(mut self, why: impl Into<String>) -> Self {
        self.why.push(why.into());
        self
    }

    /// Adds reasons.
    #[must_use]
    pub fn with(mut self, why: &[String]) -> Self {
        self.why.extend(why.iter().cloned());
        self
    }

    /// Sets the last day, where it still lies ahead or is today.
    #[must_use]
    pub fn until(mut self, by: Option<Date>, now: Date) -> Self {
        self.by = by.filter(|day| *day >= now);
        self
    }
}

/// What became of a rule.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Fate {
    /// It is the advice.
    First,
    /// It stands beside the advice.
    Beside,
    /// It fired, and another goes before it.
    Outranked,
    /// It fired, and the gate of its step is not open.
    Stopped(String),
    /// Its situation is not this one: what is so instead.
    NotFired(&'static str),
}

/// What a rule said.
#[derive(Clone, Debug)]
pub struct Said {
    /// The rule.
    pub rule: &'static Rule,
    /// What it proposed.
    pub proposal: Option<Proposal>,
    /// What happened.
    pub fate: Fate,
}

/// The answer to: what now?
#[derive(Clone, Debug)]
pub struct Advice {
    /// The steps, the main one first, each with the rule that it comes from.
    pub steps: Vec<(Proposal, &'static Rule)>,
    /// What the case lacks.
    pub lacks: Vec<Lack>,
    /// What nobody has told and would change who deals with it.
    pub unknown: Vec<crate::readiness::Unknown>,
    /// Bodies of which it is not known whether the company belongs to them, by id, each with the names of those that it may be.
    pub one_of: Vec<(String, String)>,
    /// Every rung and body with its gate.
    pub gates: Vec<Gate>,
    /// The bodies outside that are near to the matter, by id: those a customer would think of.
    pub near: Vec<String>,
    /// Every rule and what became of it.
    pub rules: Vec<Said>,
    /// What comes after, if the main step fails; of a case that is closed, when to open it again.
    pub then: Option<String>,
}

/// Advises on a case as of a day.
#[must_use]
pub fn advise(state: &State, atlas: &Atlas, now: Date) -> Advice {
    if let Some(closing) = &state.closed {
        return closed(closing);
    }
    let view = View::new(state, atlas, now);
    let gates = gate::gates(&view);
    let mut rules: Vec<Said> = RULES
        .iter()
        .map(|rule| {
            let (proposal, fate) = match (rule.judge)(&view) {
                Err(instead) => (None, Fate::NotFired(instead)),
                Ok(proposal) => {
                    let fate = stops(&proposal, &gates, now).map_or(Fate::Outranked, Fate::Stopped);
                    (Some(proposal), fate)
                }
            };
            Said { rule, proposal, fate }
        })
        .collect();
    let first = (0..rules.len())
        .filter(|at| rules[*at].fate == Fate::Outranked)
        .filter_map(|at| match rules[at].rule.place {
            Place::Main(rank) => Some((rank, at)),
            Place::Beside => None,
        })
        // Of equal ranks the rule that is registered first goes before.
        .max_by_key(|(rank, at)| (*rank, std::cmp::Reverse(*at)))
        .map(|(_, at)| at);
    if let Some(at) = first {
        rules[at].fate = Fate::First;
    }
    if let Some(at) = first
        && let Some(proposal) = &mut rules[at].proposal
    {
        proposal.why.extend(crate::notes::of(&view, proposal.step));
    }
    let mut steps: Vec<(Proposal, &'static Rule)> =
        first.and_then(|at| Some((rules[at].proposal.clone()?, rules[at].rule))).into_iter().collect();
    let main = steps.first().map(|(proposal, _)| proposal.clone());
    for said in &mut rules {
        if said.rule.place != Place::Beside || said.fate != Fate::Outranked || steps.len() >= MOST_STEPS {
            continue;
        }
        let Some(proposal) = &said.proposal else { continue };
        let goes_with = main.as_ref().is_some_and(|main| stands_beside(main, proposal));
        // Two waits for one day are one: the first says where it leads.
        if let Some((first, _)) = steps.first_mut()
            && same_wait(first, proposal)
        {
            if first.body.is_none() {
                first.body.clone_from(&proposal.body);
                first.why.extend(proposal.why.first().cloned());
            }
            continue;
        }
        let known = steps.iter().any(|(known, _)| known.step == proposal.step && known.body == proposal.body);
        if goes_with && !known {
            said.fate = Fate::Beside;
            steps.push((proposal.clone(), said.rule));
        }
    }
    let then = main.as_ref().map(|main| crate::after::what_then(&view, main));
    let near = view.outside.iter().filter(|outside| outside.tier <= 3).map(|outside| outside.body.id.clone());
    let near = near.chain(view.court_id()).collect();
    // Nobody in danger is asked for papers.
    let danger = steps.first().is_some_and(|(_, rule)| rule.id == "emergency");
    let mut unknown = crate::readiness::unknown(&view, main.as_ref().map(|main| main.step));
    unknown.retain(|_| !danger);
    let one_of =
        view.outside.iter().filter_map(|outside| Some((outside.body.id.clone(), outside.one_of.clone()?)));
    let one_of = one_of.collect();
    // What is accepted or over is measured no more.
    let ends = main.as_ref().is_some_and(|main| matches!(main.step, Step::Accept | Step::Close));
    let lacks =
        view.lacks.iter().copied().filter(|lack| !(danger || ends && *lack == Lack::Impact)).collect();
    Advice { steps, lacks, unknown, one_of, gates, near, rules, then }
}

/// Says of a case that is closed that nothing is to be done, and what would open it again.
fn closed(closing: &Closing) -> Advice {
    let outcome = closing.outcome.trim().trim_end_matches('.');
    let then = format!(
        "closed on {} ({outcome}): reopen it if the problem comes back, or if what was agreed does not arrive",
        closing.on
    );
    Advice {
        steps: Vec::new(),
        lacks: Vec::new(),
        unknown: Vec::new(),
        one_of: Vec::new(),
        gates: Vec::new(),
        near: Vec::new(),
        rules: Vec::new(),
        then: Some(then),
    }
}

/// Returns whether a step can stand beside the main one.
fn stands_beside(main: &Proposal, beside: &Proposal) -> bool {
    // Nothing stands beside the end of a case; and one does not act and wait for the same desk at once.
    match main.step {
        Step::Close | Step::Accept | Step::Prepare | Step::Reopen => false,
        Step::Answer | Step::Negotiate | Step::GoAdr | Step::Court => beside.step != Step::Wait,
        _ => true,
    }
}

/// Returns whether two proposals are to wait for the same day, or for the same body.
fn same_wait(main: &Proposal, beside: &Proposal) -> bool {
    let same_body = beside.body.is_some() && beside.body == main.body;
    main.step == Step::Wait
        && beside.step == Step::Wait
        && (beside.not_before == main.not_before || same_body)
}

/// Says why a proposal may not be given: its gate is shut, or a day of it has passed.
fn stops(proposal: &Proposal, gates: &[Gate], now: Date) -> Option<String> {
    if proposal.not_before.is_some_and(|day| day <= now) {
        return Some("the day to wait for is here".to_owned());
    }
    let of_body = proposal.body.as_deref().filter(|_| proposal.step != Step::Wait);
    let gate = match (proposal.step, of_body) {
        (Step::GoAdr | Step::TellRegulator | Step::Court, Some(body)) => {
            gates.iter().find(|gate| gate.body.as_deref() == Some(body))?
        }
        (Step::Executive | Step::LegalNotice | Step::NextStage | Step::AskSupervisor, _) => {
            gates.iter().find(|gate| gate.body.is_none() && Some(gate.rung) == proposal.rung)?
        }
        _ => return None,
    };
    match &gate.verdict {
        Verdict::Due | Verdict::ReportsOnly => None,
        shut => Some(shut.to_string()),
    }
}
