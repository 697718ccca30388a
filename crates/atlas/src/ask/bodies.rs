//! Which bodies take a complaint, in what order, from which day until which day, and what comes first.

use jiff::civil::Date;

use super::age;
use super::question::{Question, lies_within};
use super::reckon::{Reckoning, reckon};
use crate::Atlas;
use crate::record::{Body, Rule};
use crate::words::{ActingAs, Anchor, Early, Field, How, Kind, MoneyKind, Need, Sector, Status, Topic};

/// Where a body stands to a complaint today.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Standing {
    /// It can be gone to now, as far as the question tells.
    Open,
    /// It opens on this day.
    NotYet(Date),
    /// Something comes first.
    First(Vec<Need>),
    /// Its time ended; the last day was this.
    Lapsed(Date),
    /// It takes reports and settles no single case.
    ReportsOnly,
    /// It is shut, replaced, or not there yet.
    Gone(Status),
}

/// One way out of the company.
#[derive(Clone, Debug)]
pub struct Route<'a> {
    /// The body.
    pub body: &'a Body,
    /// Where it stands today.
    pub standing: Standing,
    /// When it opens without a final response.
    pub opens: Option<Reckoning>,
    /// When its time ends.
    pub closes: Option<Reckoning>,
    /// What must hold, and the question does not tell.
    pub conditions: Vec<String>,
    /// What a reader must be told of the facts.
    pub cautions: Vec<String>,
}

impl Atlas {
    /// Returns the bodies that take a complaint, the one to go to first at the head.
    ///
    /// Bodies that take reports only follow, then those that are shut: old pages still name them.
    #[must_use]
    pub fn routes(&self, question: &Question) -> Vec<Route<'_>> {
        let bodies = self.bodies_in(question.country, question.region.as_deref());
        let mut routes: Vec<Route<'_>> = bodies.filter_map(|body| self.route(body, question)).collect();
        routes.sort_by(|a, b| {
            rank(a, question).cmp(&rank(b, question)).then_with(|| a.body.id.cmp(&b.body.id))
        });
        in_order_of_links(&mut routes);
        routes
    }

    /// Returns how one body stands to a complaint; `None` where it does not deal with such.
    #[must_use]
    pub fn route<'a>(&'a self, body: &'a Body, question: &Question) -> Option<Route<'a>> {
        let mut conditions = Vec::new();
        if !deals_with(body, question, &mut conditions) {
            return None;
        }
        let opens = question.choose(&body.wait).map(|rule| (rule, reckon(self, rule, question)));
        let closes = question.choose(&body.deadline).map(|rule| {
            let waited = opens.as_ref().and_then(|(_, opens)| opens.end());
            (rule, reckon(self, rule, &with_answer_due(question, waited)))
        });
        let standing =
            standing(body, question, opens.as_ref().map(|(_, r)| r), closes.as_ref().map(|(_, r)| r));
        let mut cautions = age::cautions(body.grounds.whole(), question.now);
        for (field, there) in [(Field::Wait, opens.is_some()), (Field::Deadline, closes.is_some())] {
            let evidence = body.grounds.of(field);
            if there && evidence != *body.grounds.whole() {
                let said = age::cautions(&evidence, question.now);
                cautions.extend(said.into_iter().map(|words| format!("{field}: {words}")));
            }
        }
        for note in
            [&opens, &closes].into_iter().flatten().filter_map(|(rule, _): &(&Rule, _)| rule.note.as_ref())
        {
            conditions.push(note.clone());
        }
        if body.early == Some(Early::TakenAndReferredBack) && matches!(standing, Standing::NotYet(_)) {
            conditions
                .push("it takes the case earlier, and gives the company the rest of its time".to_owned());
        }
        conditions.extend(limits(body, question));
        let (opens, closes) = (opens.map(|(_, r)| r), closes.map(|(_, r)| r));
        Some(Route { body, standing, opens, closes, conditions, cautions })
    }
}

/// Adds the day from which some bodies count their time: that of the final response, or, where none came, the end of the
/// waiting time. While that runs an answer may still come, so that nothing is certain.
fn with_answer_due(question: &Question, waited: Option<Date>) -> Question {
    let due = question.days.exact(Anchor::FinalResponse).or(waited.filter(|day| *day <= question.now));
    Question { days: question.days.clone().with(Anchor::ReplyOrDue, due), ..question.clone() }
}

/// Returns whether a body deals with such complaints, and on what that still depends.
fn deals_with(body: &Body, question: &Question, conditions: &mut Vec<String>) -> bool {
    let privacy = question.topic == Some(Topic::DataBreach) && body.sectors.contains(&Sector::Privacy);
    let of_sector = |sector| body.sectors.contains(&sector) || body.sectors.contains(&Sector::General);
    if !privacy && !question.sector.is_none_or(of_sector) {
        return false;
    }
    let who = &body.eligibility.who;
    if !who.is_empty() && !who.contains(&question.acting_as) {
        if question.acting_as == ActingAs::SmallBusiness && who.contains(&ActingAs::MicroBusiness) {
            conditions.push("among businesses, only those of the smallest size".to_owned());
        } else {
            return false;
        }
    }
    let types = &body.eligibility.company_types;
    match question.company_type {
        Some(kind) if !types.is_empty() && !types.contains(&kind) => return false,
        None if !types.is_empty() => {
            let types: Vec<String> = types.iter().map(|kind| kind.id().replace('_', " ")).collect();
            conditions.push(format!("only against: {}", types.join(", ")));
        }
        _ => {}
    }
    if question.region.is_none() && !body.regions.is_empty() {
        conditions.push(format!("only in: {}", body.regions.join(", ")));
    }
    for need in body.needs.iter().flatten() {
        match need {
            Need::Membership => {
                let register = body.register.as_ref().map_or(String::new(), |link| format!(" (see {link})"));
                conditions.push(format!("the company must belong to it{register}"));
            }
            Need::LetterBeforeClaim => conditions.push("a letter before action comes first".to_owned()),
            Need::AttemptToSettle => conditions.push("an attempt to settle comes first".to_owned()),
            Need::CompanyComplaint | Need::FinalResponse => {}
        }
    }
    conditions.extend(body.eligibility.residence.clone());
    conditions.extend(body.eligibility.excludes.iter().map(|what| format!("not taken: {what}")));
    conditions.extend(body.eligibility.note.clone());
    true
}

/// Tells where a body stands today.
fn standing(
    body: &Body,
    question: &Question,
    opens: Option<&Reckoning>,
    closes: Option<&Reckoning>,
) -> Standing {
    let now = question.now;
    if body.status != Status::InForce {
        return Standing::Gone(body.status);
    }
    if !lies_within(now, body.since, body.until) {
        let planned = body.since.is_some_and(|first| now < first);
        return Standing::Gone(if planned { Status::Planned } else { Status::Closed });
    }
    if body.single_cases == Some(false) {
        return Standing::ReportsOnly;
    }
    if let Some(last) = closes.and_then(|closes| closes.latest).filter(|last| *last < now) {
        return Standing::Lapsed(last);
    }
    let is_past = |anchor| question.days.exact(anchor).is_some_and(|day| day <= now);
    if is_past(Anchor::FinalResponse) {
        return Standing::Open;
    }
    let waited = opens.and_then(Reckoning::end);
    if let Some(day) = waited {
        return if day <= now { Standing::Open } else { Standing::NotYet(day) };
    }
    let needs = body.needs.iter().flatten().copied();
    let unmet = needs.filter(|need| match need {
        Need::CompanyComplaint => !is_past(Anchor::FirstComplaint),
        Need::FinalResponse => true,
        Need::Membership | Need::LetterBeforeClaim | Need::AttemptToSettle => false,
    });
    let mut unmet: Vec<Need> = unmet.collect();
    // A wait that counts from a complaint needs one, whatever else the entry says.
    if opens.is_some_and(|opens| opens.missing.contains(&Anchor::FirstComplaint))
        && !unmet.contains(&Need::CompanyComplaint)
    {
        unmet.push(Need::CompanyComplaint);
    }
    if unmet.is_empty() { Standing::Open } else { Standing::First(unmet) }
}

/// Says which caps and floors the amount in dispute runs into.
fn limits(body: &Body, question: &Question) -> Vec<String> {
    let Some((amount, currency)) = &question.amount else { return Vec::new() };
    let in_force =
        body.money.iter().filter(|m| m.currency == *currency && lies_within(question.now, m.since, m.until));
    let clash = in_force.filter_map(|money| {
        let what = match money.kind {
            MoneyKind::AwardCap if money.amount < *amount => "it awards at most",
            MoneyKind::BindingCap if money.amount < *amount => "it binds the company only up to",
            MoneyKind::ClaimCap if money.amount < *amount => "it takes no claims above",
            MoneyKind::ClaimFloor if money.amount > *amount => "it takes no claims below",
            _ => return None,
        };
        let note = money.note.as_ref().map_or(String::new(), |note| format!(" ({note})"));
        Some(format!("{what} {} {}{note}", money.currency, money.amount))
    });
    clash.collect()
}

/// Gives a body its place in the list: those that can settle this case first, those made for this trade before others,
/// those for one kind of company only after those for all.
fn rank(route: &Route<'_>, question: &Question) -> (u8, u8, bool, bool, bool, Kind) {
    let body = route.body;
    let standing = match route.standing {
        Standing::Open | Standing::NotYet(_) | Standing::First(_) => 0,
        Standing::Lapsed(_) => 1,
        Standing::ReportsOnly => 2,
        Standing::Gone(_) => 3,
    };
    let at = question.sector.and_then(|sector| body.sectors.iter().position(|of| *of == sector));
    let special = at.is_some() && question.sector != Some(Sector::General);
    let kind = match (body.kind, special) {
        (Kind::Ombudsman | Kind::Adr, true) => 0,
        (Kind::Regulator, true) => 1,
        (Kind::SelfRegulator, true) => 2,
        (Kind::ConsumerAgency, true) => 3,
        (Kind::Ombudsman | Kind::Adr, false) => 4,
        (Kind::ConsumerAgency, false) => 5,
        (Kind::Regulator | Kind::SelfRegulator, false) => 6,
        (Kind::Court, _) => 7,
    };
    let narrow = question.company_type.is_none() && !body.eligibility.company_types.is_empty();
    let aside = at.is_some_and(|at| at > 0);
    // An ombudsman stands before other schemes of its trade.
    let scheme = if body.kind == Kind::Ombudsman { Kind::Adr } else { Kind::Ombudsman };
    (standing, kind, narrow, aside, body.country != question.country.code(), scheme)
}

/// Puts a body behind those that it requires or comes after, where both are in the list.
fn in_order_of_links(routes: &mut Vec<Route<'_>>) {
    let mut moves = 0;
    let mut at = 0;
    while at < routes.len() && moves < routes.len() * 2 {
        let behind = routes.get(at).and_then(|route| {
            let links = route.body.links.iter().filter(|link| matches!(link.how, How::Requires | How::After));
            links
                .filter_map(|link| routes.iter().position(|other| other.body.id == link.to))
                .filter(|to| *to > at)
                .max()
        });
        if let Some(behind) = behind {
            let route = routes.remove(at);
            routes.insert(behind, route);
            moves += 1;
        } else {
            at += 1;
        }
    }
}
