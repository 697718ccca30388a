//! The look at one body outside: whether its door is open to this case, from when and until when.

use atlas::ask::bodies::Route;
use atlas::record::Body;
use atlas::words::{Count, How, Kind, Need, Sector};
use atlas::{Atlas, Question, Standing};
use jiff::ToSpan;
use jiff::civil::Date;
use ladder::Rung;

use super::{Door, FINAL_RESPONSE, FORMAL_COMPLAINT, OWN_STAGES, Outside};
use crate::event::NamedBody;
use crate::phrases;
use crate::state::State;
use crate::view::own::OwnTime;
use crate::view::thread::{BodySays, Thread, height};
use crate::words::{By, LogKind, Step, Urgency};

/// The case, as each body outside is held against it.
pub(super) struct Look<'s, 'a> {
    pub(super) state: &'s State,
    pub(super) question: &'s Question,
    pub(super) thread: &'s Thread,
    pub(super) own: &'s OwnTime,
    pub(super) named: &'s [NamedBody],
    pub(super) mentioned: &'s [&'s str],
    pub(super) words: &'s [&'s str],
    pub(super) theirs: &'s [&'s str],
    pub(super) abroad: bool,
    pub(super) atlas: &'a Atlas,
}

impl<'a> Look<'_, 'a> {
    /// Returns whether the company, or a body, names this one.
    pub(super) fn is_told(&self, body: &Body) -> bool {
        let sector = self.question.sector;
        self.named.iter().any(|named| named.body == body.id)
            || self.mentioned.contains(&body.id.as_str())
            || self.theirs.iter().any(|text| crate::aims::is_called(&body.id, sector, text))
    }

    /// Takes a court, whose door stands open until the claim lapses.
    pub(super) fn court(route: Route<'a>) -> Outside<'a> {
        let until = route.closes.as_ref().and_then(|closes| closes.end().or(closes.latest));
        let door = match route.standing {
            Standing::Lapsed(day) => Door::Lapsed(day),
            Standing::Gone(_) => Door::Shut,
            _ => Door::Due,
        };
        let closing = route.closes.map(|closes| closes.words).unwrap_or_default();
        Outside {
            body: route.body,
            step: Step::Court,
            rung: Rung::Legal,
            door,
            until,
            opening: Vec::new(),
            closing,
            remarks: Vec::new(),
            will_close: None,
            tier: 0,
            waits: false,
            first: false,
            one_of: None,
        }
    }

    /// Looks at any other body; `None` where it is none for this case.
    pub(super) fn body(&self, route: &Route<'a>) -> Option<Outside<'a>> {
        let body = route.body;
        let mut tier = self.tier(body)?;
        let above = self.is_above_its_limits(body);
        let named = self.named.iter().find(|named| named.body == body.id);
        let (step, rung) = match body.kind {
            Kind::Adr | Kind::Ombudsman => (Step::GoAdr, Rung::Adr),
            Kind::SelfRegulator if body.sectors.contains(&Sector::Air) => (Step::GoAdr, Rung::Adr),
            _ => (Step::TellRegulator, Rung::Regulator),
        };
        let mut opens = route.opens.as_ref().and_then(atlas::ask::Reckoning::end);
        let mut opening: Vec<String> =
            route.opens.iter().flat_map(|opens| opens.words.iter().cloned()).collect();
        let mut has_wait = route.opens.is_some();
        if !has_wait
            && let (Some(clock), Some(from)) =
                (named.and_then(|named| named.after), self.thread.first_complaint())
        {
            opens = self.end(from, clock);
            has_wait = opens.is_some();
            opening.extend(
                opens.map(|day| format!("the company's procedure: {clock} from {from}, ends on {day}")),
            );
        }
        if let Some(day) = self.thread.spoken_first().filter(|_| route.opens.is_some()) {
            let facts = &self.state.facts;
            opening.extend(
                crate::aims::spoken_rule(facts.sector, facts.country)
                    .map(|rule| format!("your call of {day} counts: {rule}")),
            );
        }
        let mut until = route.closes.as_ref().and_then(|closes| closes.end().or(closes.latest));
        let ends = route.closes.iter().filter(|_| until.is_some());
        let mut closing: Vec<String> = ends.flat_map(|closes| closes.words.iter().cloned()).collect();
        if route.closes.is_none()
            && let (Some(clock), Some(from)) = (named.and_then(|named| named.within), self.thread.ended())
        {
            until = self.end(from, clock);
            closing.extend(
                until.map(|day| format!("the company's procedure: {clock} from {from}, ends on {day}")),
            );
        }
        let mut door = self.door(route, opens, has_wait, until);
        let mut remarks = Vec::new();
        if let Door::TooEarly(_) = door
            && !has_wait
        {
            remarks.push(format!(
                "{} sets no waiting time of its own: the company may still answer until that day, so go there earlier only if waiting would do harm",
                body.name
            ));
        }
        if above && !matches!(door, Door::Shut | Door::ReportsOnly | Door::Done) {
            door = Door::AboveLimit;
        }
        // An agency's own tier stays; reports come last whatever the trade.
        if door == Door::ReportsOnly || door == Door::Shut {
            tier = 9;
        }
        if matches!(door, Door::TooEarly(_) | Door::Missing(_)) && step == Step::GoAdr && self.no_scheme(body)
        {
            return None;
        }
        let certain = route.closes.as_ref().is_none_or(|closes| closes.end().is_some());
        let not_begun =
            route.closes.as_ref().filter(|_| !certain).map(|closes| closes.not_begun().join(" or "));
        let will_close = not_begun.filter(|clocks| !clocks.is_empty());
        let waits = has_wait;
        Some(Outside {
            body,
            step,
            rung,
            door,
            until,
            opening,
            closing,
            remarks,
            will_close,
            tier,
            waits,
            first: false,
            one_of: None,
        })
    }

    fn end(&self, from: Date, clock: ladder::Clock) -> Option<Date> {
        let days = self.atlas.working_days(self.question.country, self.question.region.as_deref());
        days.end(from, clock, Count::NextDay).map(|ending| ending.day)
    }

    /// Returns whether the company belongs to no scheme, as it or a body said.
    fn no_scheme(&self, body: &Body) -> bool {
        let voluntary =
            body.binds != Some(true) || body.needs.iter().flatten().any(|need| *need == Need::Membership);
        // The one for those who belong to no other is meant by that very word.
        let takes_the_rest = || {
            let country = self.question.country;
            let links = self.atlas.bodies_in(country, None).flat_map(|other| &other.links);
            links.into_iter().any(|link| link.how == How::WhenNotMember && link.to == body.id)
        };
        voluntary
            && matches!(body.kind, Kind::Adr | Kind::Ombudsman)
            && (self.theirs.iter().any(|text| phrases::no_scheme(text))
                || self.state.facts.what.as_deref().is_some_and(phrases::told_no_scheme))
            && !takes_the_rest()
    }

    fn door(&self, route: &Route<'_>, opens: Option<Date>, has_wait: bool, until: Option<Date>) -> Door {
        let now = self.question.now;
        let body = route.body;
        match &route.standing {
            Standing::Gone(_) => return Door::Shut,
            Standing::ReportsOnly => return Door::ReportsOnly,
            Standing::Lapsed(day) => return Door::Lapsed(*day),
            Standing::Open | Standing::NotYet(_) | Standing::First(_) => {}
        }
        if self.no_scheme(body) {
            return Door::Done;
        }
        let outside_rung = if matches!(body.kind, Kind::Adr | Kind::Ombudsman | Kind::SelfRegulator) {
            Rung::Adr
        } else {
            Rung::Regulator
        };
        if self.thread.filed_outside.is_some() && self.has_been(body, outside_rung) {
            match self.thread.body_says {
                Some(BodySays::TooEarly) | None => {}
                _ => return Door::Done,
            }
        }
        if let Some(day) = until.filter(|day| *day < now) {
            return Door::Lapsed(day);
        }
        // Some want no complaint, only that it was tried.
        let needs = |need: Need| body.needs.iter().flatten().any(|of| *of == need);
        if needs(Need::AttemptToSettle) && !needs(Need::CompanyComplaint) {
            let thread = self.thread;
            let tried = thread.front_refusal.is_some() || thread.answer.is_some() || thread.silent;
            let late = self.own.reasonable.is_some_and(|day| day < now);
            return if tried || late {
                Door::Due
            } else {
                Door::Missing("an attempt to settle with the company")
            };
        }
        if self.thread.first_complaint().is_none() && self.thread.ended().is_none() {
            return Door::Missing(FORMAL_COMPLAINT);
        }
        let refused_only = self.thread.answer.is_some_and(|answer| !answer.last_word);
        let whole_way = body.needs.iter().flatten().any(|need| *need == Need::FinalResponse);
        let first_stage = self.thread.answer.is_some_and(|answer| height(answer.rung) <= 2);
        if whole_way
            && refused_only
            && first_stage
            && !has_wait
            && !self.thread.stages_left
            && self.state.procedure.is_none()
        {
            return Door::Missing(FINAL_RESPONSE);
        }
        if self.thread.ended().is_some()
            && !(refused_only && has_wait && crate::aims::wants_last_word(self.question.country))
        {
            return Door::Due;
        }
        if has_wait && let Some(day) = opens {
            return if day <= now { Door::Due } else { Door::TooEarly(day) };
        }
        if self.thread.stages_left && (self.thread.answer.is_some() || self.own.due.is_none()) {
            return Door::Missing(OWN_STAGES);
        }
        // Who let the time of the law pass has not had its last word: only its own procedure can be at an end.
        if whole_way && (self.own.due.is_none() || self.own.right.is_some()) {
            return Door::Missing(FINAL_RESPONSE);
        }
        // No waiting time of its own: a fair one is the company's time, or what is long enough.
        let fair = match self.own.due {
            Some(due) => due.checked_add(1.day()).ok(),
            None => self.own.long_enough,
        };
        match fair {
            _ if self.thread.stages_left => Door::Missing(OWN_STAGES),
            _ if self.cannot_wait() => Door::Due,
            // Who let the last day of a letter pass has had its time.
            _ if self.thread.letter.is_some_and(|letter| letter.until() < now) => Door::Due,
            // Where nothing sets a time, the company's own word for a day ahead is one.
            Some(day) => match self.own.due.map_or_else(|| self.promised(), |_| None).max(Some(day)) {
                Some(day) if day > now => Door::TooEarly(day),
                _ => Door::Due,
            },
            None => Door::Missing(FORMAL_COMPLAINT),
        }
    }

    /// Returns the day after one that the company promised and that is not over, where that was its last word.
    fn promised(&self) -> Option<Date> {
        let formal = self.thread.formal?;
        let mut lines = self.state.log.iter().map(|line| &line.entry).rev();
        let last = lines.find(|entry| entry.by == By::Company)?;
        let promised = last.kind == LogKind::Promise && last.on >= formal;
        let due = last.due.filter(|day| promised && *day >= self.question.now)?;
        due.checked_add(1.day()).ok()
    }

    /// Returns whether somebody is at risk, or goes without what nobody can do without, and what the company said to the complaint
    /// puts nothing right: a body that sets no waiting time can be asked at once.
    fn cannot_wait(&self) -> bool {
        let facts = &self.state.facts;
        let urgent = matches!(facts.urgent, Some(Urgency::HealthSafety | Urgency::ServiceEssential));
        let Some(formal) = self.thread.formal.filter(|_| urgent && facts.ongoing) else { return false };
        let mut lines = self.state.log.iter().map(|line| &line.entry).rev();
        let last = lines.find(|entry| entry.by == By::Company && entry.on >= formal);
        last.is_some_and(|entry| matches!(entry.kind, LogKind::Reply | LogKind::Refusal))
    }

    /// Returns whether the case has been with this body.
    fn has_been(&self, body: &Body, rung: Rung) -> bool {
        let lines = self.state.log.iter().filter(|line| line.entry.rung == Some(rung));
        let country = Some(self.state.facts.country);
        let mut any_named = false;
        for line in lines {
            if let Some(id) = &line.entry.body {
                any_named = true;
                if *id == body.id {
                    return true;
                }
                continue;
            }
            let named = self.atlas.mentions(&line.entry.text, country);
            for mention in named.iter().filter(|mention| mention.head.kind != Kind::Court) {
                any_named = true;
                if mention.head.id == body.id {
                    return true;
                }
            }
        }
        // Nobody said which: it was the one that deals with such cases.
        !any_named && self.state.log.iter().any(|line| line.entry.rung == Some(rung))
    }
}
