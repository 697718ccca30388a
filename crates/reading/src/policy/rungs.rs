//! On which rung each stage stands: what is observed of each, weighed, and the likeliest climb through all of them.
//!
//! One stage alone tells little (`Customer Relations` is the second look of one firm and the front line of another); the
//! order does. So each stage is weighed for every rung, given the rung of the stage before, and the path with the highest
//! product of likelihoods is taken.

use ladder::Rung;

use super::cue::Role;
use super::draft::StageDraft;
use super::label::Rank;
use super::model::{Features, Model};
use super::standing::Holds;

/// One stage, as the climb sees it.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    /// The draft that leads it.
    pub(super) lead: &'a StageDraft,
    /// Who handles it.
    pub(super) role: Option<Role>,
    /// The other roles named in it.
    pub(super) others: Vec<Role>,
    /// The words that name who handles it, folded.
    pub(super) words: Vec<String>,
    /// The words in which it opens: of its title and its first sentence, folded.
    pub(super) opening: Vec<String>,
    /// What it holds.
    pub(super) holds: Holds,
}

/// Returns what is observed of each stage, but for the rung of the one before.
pub(super) fn features(stages: &[Seen<'_>]) -> Vec<Features> {
    let role = |at: Option<usize>| {
        let seen = at.and_then(|at| stages.get(at));
        seen.map_or("none", |seen| seen.role.map_or("nobody", Role::name))
    };
    (0..stages.len())
        .map(|at| {
            let mut out = Features::default();
            let (here, last) = (role(Some(at)), at + 1 == stages.len());
            let place = if stages.len() == 1 {
                "only"
            } else if at == 0 {
                "first"
            } else if last {
                "last"
            } else {
                "middle"
            };
            out.add(format!("role.{here}"));
            out.add(format!("place.{place}"));
            out.add(format!("role_place.{here}.{place}"));
            out.add(format!("of.{}", stages.len().min(5)));
            out.add(format!("at.{}", at.min(3)));
            out.add(format!("next_role.{}", role(Some(at + 1))));
            out.add(format!("previous_role.{}", role(at.checked_sub(1))));
            let known = |list: &mut dyn Iterator<Item = &Seen<'_>>| {
                list.filter_map(|seen| seen.role).any(|role| role == Role::Complaints)
            };
            out.when(known(&mut stages[..at].iter()), "complaints_team_before");
            out.when(known(&mut stages[at + 1..].iter()), "complaints_team_later");
            let lead = stages[at].lead;
            for (holds, name) in [
                (lead.titled_formal, "titled_formal"),
                (lead.formal, "formal"),
                (lead.informal, "informal"),
                (lead.after_answer, "after_answer"),
                (lead.review, "review"),
                (lead.moved, "moved"),
                (lead.row, "row"),
                (lead.invites, "invites"),
                (lead.label.is_some_and(|(rank, _)| rank >= Rank::Step), "labelled"),
            ] {
                if holds {
                    out.add(name);
                    out.add(format!("{name}.{place}"));
                    out.add(format!("{name}.{here}"));
                }
            }
            let told = |holds: Holds, whose: &str, out: &mut Features| {
                out.add(format!("{whose}durations.{}", holds.durations.min(2)));
                out.add(format!("{whose}contacts.{}", holds.contacts.min(2)));
                for (length, name) in [(holds.longest, "longest"), (holds.shortest, "shortest")] {
                    if let Some(length) = length {
                        out.add(format!("{whose}{name}.{length}"));
                    }
                }
                for (holds, name) in [
                    (holds.ack, "ack"),
                    (holds.ack_time, "ack_time"),
                    (holds.formal, "makes_formally"),
                    (holds.formal_word, "says_formal"),
                    (holds.informal, "says_informal"),
                    (holds.matter, "matter"),
                    (holds.review, "says_review"),
                ] {
                    if holds {
                        out.add(format!("{whose}{name}"));
                        out.add(format!("{whose}{name}.{place}"));
                    }
                }
            };
            told(stages[at].holds, "", &mut out);
            if let Some(next) = stages.get(at + 1) {
                told(next.holds, "next_", &mut out);
            }
            if let Some(before) = at.checked_sub(1).map(|at| &stages[at]) {
                told(before.holds, "previous_", &mut out);
            }
            out.add(format!("rule.{}", rule(stages, at).id()));
            for word in &stages[at].words {
                out.add(format!("word.{word}"));
            }
            for word in &stages[at].opening {
                out.add(format!("opens.{word}"));
            }
            if let Some(next) = stages.get(at + 1) {
                for word in &next.words {
                    out.add(format!("next_word.{word}"));
                }
            }
            let formal = |list: &[Seen<'_>]| list.iter().any(|seen| seen.lead.titled_formal);
            out.when(formal(&stages[..at]), "formal_before");
            out.when(formal(&stages[at + 1..]), "formal_later");
            out.when(at + 1 < stages.len() && stages[at + 1].lead.after_answer, "next_after_answer");
            out.when(at + 1 < stages.len() && stages[at + 1].lead.review, "next_review");
            out.when(stages[at].others.contains(&Role::Executive), "names_executive");
            out.when(stages[at].others.contains(&Role::Complaints), "names_complaints");
            out
        })
        .collect()
}

/// The feature that tells the rung of the stage before.
pub(super) fn after(features: &Features, rung: &str) -> Features {
    let mut all = features.clone();
    let role = features.0.iter().find_map(|name| name.strip_prefix("role.")).unwrap_or("nobody").to_owned();
    all.add(format!("after.{rung}"));
    all.add(format!("after.{rung}.{role}"));
    all
}

/// What a step costs that no ladder takes: back to the front line, or a formal complaint after its review.
const ODD: f32 = -3.0;

/// What it costs to go from one rung to the next; `start` and `end` stand before the first and after the last.
fn step(from: &str, to: &str) -> f32 {
    let usual: &[&str] = match from {
        "start" => &["front_line", "complaints", "specialist"],
        "front_line" => &["supervisor", "complaints", "management", "executive"],
        "supervisor" => &["complaints", "management", "executive"],
        "complaints" | "management" => &["management", "executive", "legal", "end"],
        "executive" => &["executive", "legal", "end"],
        _ => &["management", "executive", "end"],
    };
    if usual.contains(&to) { 0.0 } else { ODD }
}

/// Whether the first place to complain is whoever leads the company: `write to the directors`.
fn straight_up(stages: &[Seen<'_>]) -> bool {
    stages.first().is_some_and(|seen| matches!(seen.role, Some(Role::Executive | Role::Director)))
}

/// What it costs to take a manager for a first desk.
const MANAGES: f32 = -1.5;

/// Whether the first place to complain is a manager or higher, and nothing calls it a first try: `refer it to the General Manager`.
fn manages_first(stages: &[Seen<'_>]) -> bool {
    let tried = |seen: &Seen<'_>| {
        seen.lead.row || (seen.lead.informal || seen.holds.informal) && !seen.holds.ack_time
    };
    let later =
        stages.iter().skip(1).any(|seen| seen.role == Some(Role::Complaints) || seen.lead.titled_formal);
    let high = |role| (Role::Manager..=Role::Executive).contains(&role);
    stages.first().is_some_and(|seen| seen.role.is_some_and(high) && !tried(seen)) && !later
}

/// Returns the likeliest climb, and the logarithm of its likelihood.
pub(super) fn climb(model: &Model, stages: &[Seen<'_>]) -> (f32, Vec<Rung>) {
    let classes = model.classes();
    // For each rung of the last stage read, the likelihood of the best path to it, and that path.
    let mut paths: Vec<(f32, Vec<usize>)> = vec![(0.0, Vec::new())];
    for features in self::features(stages) {
        let mut next: Vec<Option<(f32, Vec<usize>)>> = vec![None; classes.len()];
        for (score, path) in &paths {
            let before = path.last().and_then(|&at| classes.get(at)).map_or("start", String::as_str);
            let scores = logs(model.scores(&after(&features, before)));
            for (class, log) in scores.into_iter().enumerate() {
                let leads = before == "start" && classes[class] == "executive" && straight_up(stages);
                let high = before == "start" && classes[class] == "front_line" && manages_first(stages);
                let step = if leads { 0.0 } else { step(before, &classes[class]) };
                // A first desk that acknowledges in time and after which nothing is formal is the formal one.
                let formal = path.len() == 1
                    && before == "front_line"
                    && matches!(classes[class].as_str(), "management" | "executive")
                    && stages[0].holds.ack_time
                    && !stages[0].lead.row;
                let total = score + log + step + if high || formal { MANAGES } else { 0.0 };
                if next[class].as_ref().is_none_or(|(known, _)| total > *known) {
                    let mut path = path.clone();
                    path.push(class);
                    next[class] = Some((total, path));
                }
            }
        }
        paths = next.into_iter().flatten().collect();
    }
    // Two are too rare to be weighed: the only desk is one for data protection, or the secretary decides in the end.
    if let [only] = stages
        && only.role == Some(Role::Data)
    {
        return (0.0, vec![Rung::Specialist]);
    }
    for (score, path) in &mut paths {
        *score += path.last().and_then(|&at| classes.get(at)).map_or(0.0, |last| step(last, "end"));
    }
    let (likelihood, best) = paths.into_iter().max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or_default();
    let rung = |class: usize| classes.get(class).and_then(|id| Rung::from_id(id)).unwrap_or(Rung::Management);
    let mut rungs: Vec<Rung> = best.into_iter().map(rung).collect();
    let last = rungs.len().saturating_sub(1);
    for (at, (rung, seen)) in rungs.iter_mut().zip(stages).enumerate().skip(1) {
        // Whoever leads the company is no manager of it, a director at least where the ladder ends.
        let leads = seen.role == Some(Role::Executive) || seen.role == Some(Role::Director) && at == last;
        if seen.role == Some(Role::Legal) {
            *rung = Rung::Legal;
        } else if leads && *rung == Rung::Management {
            *rung = Rung::Executive;
        }
    }
    (likelihood, rungs)
}

/// The rule of thumb: before the first formal place the front line, then that place, then whoever the role tells.
fn rule(stages: &[Seen<'_>], at: usize) -> Rung {
    let formal = first_formal(stages);
    let last = at + 1 == stages.len();
    let role = stages[at].role;
    if at < formal {
        return match role {
            Some(Role::Supervisor) => Rung::Supervisor,
            Some(Role::AManager) if at > 0 => Rung::Supervisor,
            Some(Role::Executive) => Rung::Executive,
            Some(Role::Director) if at > 0 && last => Rung::Executive,
            Some(Role::Manager | Role::Complaints | Role::Team | Role::Data | Role::Director) if at > 0 => {
                Rung::Management
            }
            _ => Rung::FrontLine,
        };
    }
    match role {
        Some(Role::Executive) => Rung::Executive,
        Some(Role::Director) if stages.len() == 1 => Rung::Executive,
        _ if at == formal => Rung::Complaints,
        Some(Role::Supervisor) => Rung::Supervisor,
        Some(Role::Director) if last => Rung::Executive,
        Some(Role::Legal) => Rung::Legal,
        _ => Rung::Management,
    }
}

/// The first stage at which the complaint seems to be made formally; past the end where none is.
fn first_formal(stages: &[Seen<'_>]) -> usize {
    if stages.len() < 2 {
        return 0;
    }
    if let Some(at) = stages.iter().position(|seen| seen.lead.titled_formal) {
        return at;
    }
    let front = |seen: &Seen<'_>| {
        matches!(seen.role, Some(Role::Front | Role::Service | Role::Supervisor | Role::AManager))
            || seen.lead.informal
    };
    if let Some(at) = stages.iter().position(|seen| seen.role == Some(Role::Complaints)) {
        let second_look = at == 1
            && stages[0].lead.formal
            && !stages[0].lead.informal
            && stages[0].role == Some(Role::Service);
        let before = (0..at).find(|&before| !front(&stages[before]));
        return if second_look { 0 } else { before.unwrap_or(at) };
    }
    if stages.iter().any(|seen| seen.lead.row) {
        return usize::MAX;
    }
    if let Some(at) = (1..stages.len()).find(|&at| stages[at].lead.formal && !stages[at].lead.after_answer) {
        return at;
    }
    match stages[0].role {
        Some(Role::Front | Role::Supervisor) => usize::MAX,
        Some(Role::Service) if stages[0].lead.informal => usize::MAX,
        _ => 0,
    }
}

/// Scores as logarithms of likelihoods.
fn logs(scores: Vec<f32>) -> Vec<f32> {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
    scores.into_iter().map(|score| score - highest - sum.ln()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_goes_up_and_has_one_formal_complaint() {
        for (from, to) in [
            ("start", "front_line"),
            ("front_line", "complaints"),
            ("complaints", "executive"),
            ("management", "end"),
        ] {
            assert!(step(from, to).abs() < f32::EPSILON, "{from} {to}");
        }
        for (from, to) in [
            ("start", "executive"),
            ("complaints", "complaints"),
            ("management", "front_line"),
            ("front_line", "end"),
        ] {
            assert!(step(from, to) < 0.0, "{from} {to}");
        }
    }
}
