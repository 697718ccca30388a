//! The doors outside: which body would take the case, and whether its door is open today, opens later, or is shut.
//!
//! Who deals with what and when is the atlas's; what is added here hangs on the case: which scheme the company named, what a
//! body already said, whether the company's own way was gone to its end.

use atlas::ask::bodies::Route;
use atlas::record::Body;
use atlas::words::{CompanyType, Count, How, Kind, MoneyKind, Need, Remedy, Sector, Topic};
use atlas::{Atlas, Question, Standing};
use jiff::ToSpan;
use jiff::civil::Date;
use ladder::Rung;

use crate::event::NamedBody;
use crate::phrases;
use crate::state::State;
use crate::view::own::OwnTime;
use crate::view::thread::{BodySays, Thread, height};
use crate::words::{By, Step};

/// What must come first where the company has stages of its own.
pub const OWN_STAGES: &str = "the company's own stages";

/// Whether a door is open.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Door {
    /// It can be gone to today.
    Due,
    /// It opens on this day.
    TooEarly(Date),
    /// It shut after this day.
    Lapsed(Date),
    /// Something must come first.
    Missing(&'static str),
    /// It takes reports and settles no single case.
    ReportsOnly,
    /// It is closed, not there yet, or replaced.
    Shut,
    /// The amount in dispute is beyond what it takes.
    AboveLimit,
    /// The case has been there, or the body said that it cannot take it.
    Done,
}

/// A body outside, as this case meets it.
#[derive(Clone, Debug)]
pub struct Outside<'a> {
    /// The body.
    pub body: &'a Body,
    /// The step that goes there.
    pub step: Step,
    /// Its rung.
    pub rung: Rung,
    /// Whether its door is open.
    pub door: Door,
    /// The last day to go, where known.
    pub until: Option<Date>,
    /// The calculation of both days.
    pub words: Vec<String>,
    /// The clock of the last day, where that does not run yet: `12 months from the final response`.
    pub will_close: Option<String>,
    /// How near it is to the matter: 0 for this very kind, 9 for reports.
    pub tier: u8,
    /// Whether it has a waiting time of its own, rather than a fair one.
    pub waits: bool,
    /// Whether it is among those to go to next: nearer ones that can still settle the case go before.
    pub first: bool,
    /// It and those with which the company may be instead, by name, where it deals with its members only and it is not known whose
    /// member the company is.
    pub one_of: Option<String>,
}

/// Tells what kind of company it is by its name and the customer's words, where that decides which body deals with it.
pub(crate) fn company_type(state: &State) -> Option<CompanyType> {
    let facts = &state.facts;
    let name = facts.company.to_lowercase();
    let what = facts.what.as_deref().unwrap_or_default().to_lowercase();
    let either = |cue: &str| name.contains(cue) || what.contains(cue);
    let found = match facts.sector? {
        Sector::Bank | Sector::Payments | Sector::Credit | Sector::Mortgage => {
            if name.contains("credit union") {
                CompanyType::CreditUnion
            } else if name.contains("bank") {
                CompanyType::Bank
            } else {
                return None;
            }
        }
        Sector::Insurance | Sector::Health => {
            if [
                "private health",
                "private kranken",
                "krankenversicher",
                "health fund",
                "health insur",
                "hospital cover",
            ]
            .iter()
            .any(|cue| either(cue))
            {
                CompanyType::PrivateHealthInsurer
            } else if ["nhs", "hospital trust", "health board"].iter().any(|cue| either(cue)) {
                CompanyType::HealthService
            } else {
                return None;
            }
        }
        Sector::Housing | Sector::Property => {
            if ["new home", "new-build", "new build", "developer", "builder", "snag"]
                .iter()
                .any(|cue| either(cue))
            {
                CompanyType::Developer
            } else if name.contains("council") {
                CompanyType::Council
            } else if ["letting", "lettings"].iter().any(|cue| name.contains(cue)) {
                CompanyType::LettingAgent
            } else if is_private_landlord(state, &what) {
                CompanyType::PrivateLandlord
            } else if facts.sector == Some(Sector::Housing) {
                CompanyType::SocialLandlord
            } else {
                CompanyType::EstateAgent
            }
        }
        Sector::LocalGovernment => CompanyType::Council,
        Sector::PublicService if either("council") => CompanyType::Council,
        Sector::PublicService => CompanyType::PublicBody,
        Sector::Pension => CompanyType::PensionScheme,
        Sector::Moving => CompanyType::Mover,
        Sector::Water => CompanyType::WaterCompany,
        Sector::Motor if facts.country.code() == "NZ" => CompanyType::MotorTrader,
        Sector::Post | Sector::Parcel => CompanyType::PostalOperator,
        _ => return None,
    };
    Some(found)
}

/// Tells a landlord of one's own choice from a council or a housing association: those hardly ever take a deposit.
fn is_private_landlord(state: &State, what: &str) -> bool {
    let named = state.procedure.as_ref().is_some_and(|(procedure, _)| {
        procedure.external.iter().any(|named| named.body == "gb-housing-ombudsman")
    });
    let private =
        ["private landlord", "private rent", "privately rent", "buy-to-let", "shorthold", "my landlady"];
    !named && (state.facts.topic == Some(Topic::Deposit) || private.iter().any(|cue| what.contains(cue)))
}

/// Finds the bodies outside and the court.
pub(crate) fn doors<'a>(
    state: &State,
    atlas: &'a Atlas,
    question: &Question,
    thread: &Thread,
    own: &OwnTime,
) -> (Vec<Outside<'a>>, Option<Outside<'a>>) {
    let named: &[NamedBody] = state.procedure.as_ref().map_or(&[], |(procedure, _)| &procedure.external);
    let all_words: Vec<&str> =
        state.log.iter().map(|line| line.entry.text.as_str()).chain(state.facts.what.as_deref()).collect();
    // What the company or a body names counts; what a customer would like does not.
    let theirs: Vec<&str> = state
        .log
        .iter()
        .filter(|line| line.entry.by != By::Customer)
        .map(|line| line.entry.text.as_str())
        .collect();
    let mentioned: Vec<&str> = theirs
        .iter()
        .flat_map(|text| atlas.mentions(text, Some(state.facts.country)))
        .map(|mention| mention.head.id.as_ref())
        .collect();
    let any_sector = Question { sector: None, company_type: None, ..question.clone() };
    let mut routes = atlas.routes(question);
    for extra in named {
        if !routes.iter().any(|route| route.body.id == extra.body)
            && let Some(route) = atlas.body(&extra.body).and_then(|body| atlas.route(body, &any_sector))
        {
            routes.push(route);
        }
    }
    if question.sector.is_none() {
        routes.retain(|route| {
            let body = route.body;
            let told =
                named.iter().any(|named| named.body == body.id) || mentioned.contains(&body.id.as_str());
            told || is_for_any_trade(body, question)
        });
    }
    let home = state.facts.country.code();
    let of_goods = matches!(
        state.facts.sector,
        Some(
            Sector::Ecommerce
                | Sector::Retail
                | Sector::General
                | Sector::HomeImprovement
                | Sector::Motor
                | Sector::Travel
        )
    );
    let in_union = atlas::place::covers("EU", state.facts.country);
    let abroad = of_goods
        && in_union
        && (all_words.iter().any(|text| phrases::abroad(text, home))
            || phrases::foreign_firm(&state.facts.company, home));
    let look = Look {
        state,
        question,
        thread,
        own,
        named,
        mentioned: &mentioned,
        words: &all_words,
        theirs: &theirs,
        abroad,
        atlas,
    };
    let mut outside: Vec<Outside<'a>> = Vec::new();
    let mut court: Option<Outside<'a>> = None;
    for route in routes {
        if route.body.kind == Kind::Court {
            // A court of the trade goes before one for all.
            let of_trade = |body: &Body| question.sector.is_some_and(|sector| body.sectors.contains(&sector));
            let better = court.as_ref().is_none_or(|known| of_trade(route.body) && !of_trade(known.body));
            if better && look.is_this_court(route.body) {
                court = Some(Look::court(route));
            }
        } else if let Some(found) = look.body(&route) {
            outside.push(found);
        }
    }
    after_what_they_require(&mut outside);
    bring_forward(&mut outside, &look);
    // Of two schemes of a trade the one that the company named; else the order of the atlas stays.
    let told = |outside: &Outside<'_>| {
        named.iter().any(|named| named.body == outside.body.id)
            || mentioned.contains(&outside.body.id.as_str())
    };
    outside.sort_by_key(|outside| (outside.tier, !told(outside)));
    mark_first(&mut outside);
    name_alternatives(&mut outside, &told);
    (outside, court)
}

/// Brings forward what is left where no body of the trade is near: one that deals with one kind of company only, where it is not known
/// of what kind this one is; and then the agencies for every trade.
fn bring_forward(outside: &mut [Outside<'_>], look: &Look<'_, '_>) {
    let none_near = |outside: &[Outside<'_>]| outside.iter().all(|found| found.tier > 2);
    // A scheme for what no other scheme takes is none for a trade that has its own, whatever became of the case there.
    if outside.iter().any(|found| found.tier <= 1) {
        for found in outside.iter_mut().filter(|found| crate::aims::is_late(&found.body.id)) {
            found.tier = 7;
        }
    }
    if !none_near(outside) {
        return;
    }
    // Of a firm for money it is only its licence that is not known; a hotel is no cruise line.
    let of_money = matches!(
        look.question.sector,
        Some(
            Sector::Bank
                | Sector::Payments
                | Sector::Credit
                | Sector::Mortgage
                | Sector::Insurance
                | Sector::Investment
        )
    );
    let likely = |found: &Outside<'_>| of_money && found.tier == 4 && look.is_unlike(found.body);
    for found in outside.iter_mut().filter(|found| likely(found)) {
        let kinds: Vec<String> =
            found.body.eligibility.company_types.iter().map(|kind| kind.id().replace('_', " ")).collect();
        found.tier = 1;
        found.words.push(format!("it deals only with a company of this kind: {}", kinds.join(", ")));
    }
    if !none_near(outside) {
        return;
    }
    for found in outside.iter_mut().filter(|found| found.tier == 5) {
        let body = found.body;
        let takes = body.single_cases == Some(true) && does_more_than_advise(body);
        if body.kind == Kind::ConsumerAgency && takes && body.sectors.contains(&Sector::General) {
            found.tier = 3;
        }
    }
}

/// Says of a body that only deals with its members, where nothing tells that this company is one, with what other it may be, and
/// where that can be looked up.
fn name_alternatives(outside: &mut [Outside<'_>], told: &impl Fn(&Outside<'_>) -> bool) {
    struct Other {
        id: String,
        name: String,
        told: bool,
        until: Option<Date>,
    }
    let shut = |door: &Door| matches!(door, Door::Shut | Door::Done | Door::ReportsOnly);
    let open: Vec<Other> = outside
        .iter()
        .filter(|other| !shut(&other.door))
        .map(|other| Other {
            id: other.body.id.clone(),
            name: other.body.name.clone(),
            told: told(other),
            until: other.until,
        })
        .collect();
    for found in outside.iter_mut().filter(|found| !told(found)) {
        let by_membership = found.body.needs.iter().flatten().any(|need| *need == Need::Membership);
        let linked = |how: How| {
            let links = found.body.links.iter().filter(move |link| link.how == how);
            links.filter_map(|link| open.iter().find(|other| other.id == link.to)).collect::<Vec<_>>()
        };
        let others = linked(How::AlternativeTo);
        if !by_membership || others.is_empty() || others.iter().any(|other| other.told) {
            continue;
        }
        let names =
            others.iter().fold(found.body.name.clone(), |names, other| format!("{names} or {}", other.name));
        let look_up = found.body.register.as_ref().map_or_else(
            || "ask it before you write".to_owned(),
            |register| format!("look it up at {register}, or ask it, before you write"),
        );
        let instead = linked(How::WhenNotMember)
            .first()
            .map_or(String::new(), |other| format!("; if it belongs to none: {}", other.name));
        // The last day of any of them is the one to keep while it is not known which it is.
        let sooner = others.iter().filter_map(|other| Some((other.until?, &other.name))).min();
        if let Some((day, name)) = sooner.filter(|(day, _)| found.until.is_none_or(|until| *day < until)) {
            found.until = Some(day);
            found.words.push(format!("until {day}, if it is {name}"));
        }
        found.words.push(format!("which of these it belongs to is not known: {names}; {look_up}{instead}"));
        found.one_of = Some(names);
    }
}

/// Returns whether a body deals with whatever trade: nobody is sent to the water ombudsman while the trade is not known.
fn is_for_any_trade(body: &Body, question: &Question) -> bool {
    body.kind == Kind::Court
        || body.sectors.is_empty()
        || body.sectors.contains(&Sector::General)
        || question.topic == Some(Topic::DataBreach) && body.sectors.contains(&Sector::Privacy)
}

/// Puts a body behind one that it requires and that was not gone to.
fn after_what_they_require(outside: &mut [Outside<'_>]) {
    for at in 0..outside.len() {
        let required =
            outside[at].body.links.iter().filter(|link| link.how == How::Requires).find_map(|link| {
                outside.iter().position(|other| {
                    other.body.id == link.to && !matches!(other.door, Door::Done | Door::Shut)
                })
            });
        if let Some(before) = required {
            outside[before].tier = outside[before].tier.min(1);
            outside[at].tier = outside[at].tier.max(4);
            outside[at].door = Door::Missing("the body that comes before it");
        }
    }
}

/// Returns whether an agency takes a case up, rather than giving advice or passing a note on.
fn does_more_than_advise(body: &Body) -> bool {
    body.remedies.is_empty()
        || body.remedies.iter().any(|remedy| !matches!(remedy, Remedy::Advice | Remedy::Answer))
}

/// Marks the bodies to go to next. A regulator goes beside an ombudsman whose door is shut for now only with a waiting time of
/// its own; agencies come where nothing of the trade can settle the case.
fn mark_first(outside: &mut [Outside<'_>]) {
    let can_settle = |door: &Door| matches!(door, Door::Due | Door::TooEarly(_) | Door::Missing(_));
    let Some(best) = outside.iter().filter(|o| can_settle(&o.door)).map(|o| o.tier).min() else { return };
    let mut seen_best = false;
    for found in outside.iter_mut() {
        let in_line = found.tier == best && !seen_best;
        let beside = found.tier == 2 && best <= 1 && !found.body.wait.is_empty();
        if can_settle(&found.door) && (in_line || beside) && found.tier <= 3 {
            found.first = true;
            seen_best |= in_line;
        }
    }
}

struct Look<'s, 'a> {
    state: &'s State,
    question: &'s Question,
    thread: &'s Thread,
    own: &'s OwnTime,
    named: &'s [NamedBody],
    mentioned: &'s [&'s str],
    words: &'s [&'s str],
    theirs: &'s [&'s str],
    abroad: bool,
    atlas: &'a Atlas,
}

impl<'a> Look<'_, 'a> {
    /// Returns whether a court is the one for claims of this size and place.
    fn is_this_court(&self, body: &Body) -> bool {
        let across = body.country == "EU";
        let elsewhere = self.question.region.is_none() && !body.regions.is_empty();
        !elsewhere && (!across || self.abroad) && !self.is_above_its_limits(body)
    }

    fn court(route: Route<'a>) -> Outside<'a> {
        let until = route.closes.as_ref().and_then(|closes| closes.end().or(closes.latest));
        let door = match route.standing {
            Standing::Lapsed(day) => Door::Lapsed(day),
            Standing::Gone(_) => Door::Shut,
            _ => Door::Due,
        };
        let words = route.closes.map(|closes| closes.words).unwrap_or_default();
        Outside {
            body: route.body,
            step: Step::Court,
            rung: Rung::Legal,
            door,
            until,
            words,
            will_close: None,
            tier: 0,
            waits: false,
            first: false,
            one_of: None,
        }
    }

    fn body(&self, route: &Route<'a>) -> Option<Outside<'a>> {
        let body = route.body;
        let mut tier = self.tier(body)?;
        let above = self.is_above_its_limits(body);
        let named = self.named.iter().find(|named| named.body == body.id);
        let (step, rung) = match body.kind {
            Kind::Adr | Kind::Ombudsman => (Step::GoAdr, Rung::Adr),
            Kind::SelfRegulator if body.sectors.contains(&Sector::Air) => (Step::GoAdr, Rung::Adr),
            _ => (Step::TellRegulator, Rung::Regulator),
        };
        let mut words = Vec::new();
        let mut opens = route.opens.as_ref().and_then(atlas::ask::Reckoning::end);
        words.extend(route.opens.iter().flat_map(|opens| opens.words.iter().cloned()));
        let mut has_wait = route.opens.is_some();
        if !has_wait
            && let (Some(clock), Some(from)) =
                (named.and_then(|named| named.after), self.thread.first_complaint())
        {
            opens = self.end(from, clock);
            has_wait = opens.is_some();
            words.extend(
                opens.map(|day| format!("the company's procedure: {clock} from {from}, ends on {day}")),
            );
        }
        if let Some(day) = self.thread.spoken_first().filter(|_| route.opens.is_some()) {
            let facts = &self.state.facts;
            words.extend(
                crate::aims::spoken_rule(facts.sector, facts.country)
                    .map(|rule| format!("the call of {day} counts: {rule}")),
            );
        }
        let mut until = route.closes.as_ref().and_then(|closes| closes.end().or(closes.latest));
        words.extend(
            route.closes.iter().filter(|_| until.is_some()).flat_map(|closes| closes.words.iter().cloned()),
        );
        if route.closes.is_none()
            && let (Some(clock), Some(from)) = (named.and_then(|named| named.within), self.thread.ended())
        {
            until = self.end(from, clock);
            words.extend(
                until.map(|day| format!("the company's procedure: {clock} from {from}, ends on {day}")),
            );
        }
        let mut door = self.door(route, opens, has_wait, until);
        if let Door::TooEarly(_) = door
            && !has_wait
        {
            words.push(format!(
                "{} sets no waiting time of its own: until that day the company may still answer, so go there before only where waiting would do harm",
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
        let will_close = match (&route.closes, until) {
            (Some(closes), None) => Some(closes.not_begun().join(" or ")).filter(|clocks| !clocks.is_empty()),
            _ => None,
        };
        let waits = has_wait;
        Some(Outside {
            body,
            step,
            rung,
            door,
            until,
            words,
            will_close,
            tier,
            waits,
            first: false,
            one_of: None,
        })
    }

    /// Returns whether the amount in dispute is beyond every cap, or below the floor, for claims to a body.
    fn is_above_its_limits(&self, body: &Body) -> bool {
        let Some((amount, currency)) = &self.question.amount else { return false };
        let now = self.question.now;
        let in_force = body.money.iter().filter(|money| {
            money.currency == *currency
                && money.since.is_none_or(|first| first <= now)
                && money.until.is_none_or(|last| now <= last)
        });
        let cap = in_force
            .clone()
            .filter(|money| money.kind == MoneyKind::ClaimCap)
            .map(|money| money.amount)
            .max();
        let floor =
            in_force.filter(|money| money.kind == MoneyKind::ClaimFloor).map(|money| money.amount).max();
        cap.is_some_and(|cap| *amount > cap) || floor.is_some_and(|floor| *amount < floor)
    }

    fn end(&self, from: Date, clock: ladder::Clock) -> Option<Date> {
        let days = self.atlas.working_days(self.question.country, self.question.region.as_deref());
        days.end(from, clock, Count::NextDay).map(|ending| ending.day)
    }

    /// Returns how near a body is to the matter; `None` where it is none for this case.
    fn tier(&self, body: &Body) -> Option<u8> {
        let sector = self.question.sector;
        let of_trade =
            sector.is_some_and(|sector| sector != Sector::General && body.sectors.contains(&sector));
        let named = self.named.iter().any(|named| named.body == body.id);
        let told = named || self.mentioned.contains(&body.id.as_str());
        if self.question.topic == Some(Topic::DataBreach) {
            if body.sectors.contains(&Sector::Privacy)
                && body.single_cases != Some(false)
                && body.country != "US"
            {
                return Some(if matches!(body.kind, Kind::Regulator) { 0 } else { 3 });
            }
        } else if body.sectors.contains(&Sector::Privacy) && !of_trade {
            return None;
        }
        if !body.regions.is_empty() && self.question.region.is_none() {
            return None;
        }
        let across = body.id.ends_with("-ecc") || body.id == "eu-ecc-net";
        if across {
            let home = self.question.country.code();
            let has_own = self.atlas.head(&format!("{}-ecc", home.to_lowercase())).is_some();
            return (self.abroad && (body.country == home || !has_own)).then_some(0);
        }
        if body.country == "EU" && !told {
            return None;
        }
        if body.kind == Kind::SelfRegulator && !(of_trade && body.sectors.contains(&Sector::Air)) {
            return Some(6);
        }
        // A scheme for one kind of company is none for another; where the kind is not known, others go before.
        let unlike = self.is_unlike(body) && !told;
        let voluntary = body.needs.iter().flatten().any(|need| *need == Need::Membership)
            && !crate::aims::is_compulsory(sector, self.question.country)
            && !told;
        if voluntary || self.is_of_other_kind(body) {
            return Some(7);
        }
        let tier = match body.kind {
            Kind::Adr | Kind::Ombudsman | Kind::SelfRegulator if of_trade => 1,
            Kind::Regulator if of_trade => 2,
            Kind::ConsumerAgency
                if of_trade && body.single_cases == Some(true) && does_more_than_advise(body) =>
            {
                3
            }
            Kind::Adr | Kind::Ombudsman if told => 1,
            Kind::Adr | Kind::Ombudsman => 4,
            _ if told => 3,
            _ => 5,
        };
        let tier = if crate::aims::is_late(&body.id) { 3 } else { tier };
        let tier = if crate::aims::is_made_for(&body.id, self.question.topic) { 0 } else { tier };
        Some(if unlike { tier.max(4) } else { tier })
    }

    /// Returns whether a body of the trade deals with one kind of company only, and it is not known of what kind this one is.
    fn is_unlike(&self, body: &Body) -> bool {
        let of_trade = self.question.sector.is_some_and(|sector| body.sectors.contains(&sector));
        of_trade && !body.eligibility.company_types.is_empty() && self.question.company_type.is_none()
    }

    /// Returns whether the words of the case tell that this is the body of another kind of the trade.
    fn is_of_other_kind(&self, body: &Body) -> bool {
        let words = self.words.iter().copied().chain([self.state.facts.company.as_str()]);
        !crate::aims::fits(&body.id, self.question.sector, self.question.topic, &words)
    }

    /// Returns whether the company belongs to no scheme, as it or a body said.
    fn no_scheme(&self, body: &Body) -> bool {
        let voluntary =
            body.binds != Some(true) || body.needs.iter().flatten().any(|need| *need == Need::Membership);
        voluntary
            && matches!(body.kind, Kind::Adr | Kind::Ombudsman)
            && (self.theirs.iter().any(|text| phrases::no_scheme(text))
                || self.state.facts.what.as_deref().is_some_and(phrases::told_no_scheme))
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
            return Door::Missing("a formal complaint to the company");
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
            return Door::Missing("the company's final response");
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
        if whole_way && self.own.due.is_none() {
            return Door::Missing("the company's final response");
        }
        // No waiting time of its own: a fair one is the company's time, or what is long enough.
        let fair = match self.own.due {
            Some(due) => due.checked_add(1.day()).ok(),
            None => self.own.long_enough,
        };
        match fair {
            _ if self.thread.stages_left => Door::Missing(OWN_STAGES),
            Some(day) if day <= now => Door::Due,
            Some(day) => Door::TooEarly(day),
            None => Door::Missing("a formal complaint to the company"),
        }
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
