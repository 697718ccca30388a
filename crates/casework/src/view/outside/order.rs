//! The order of the doors: which of them to go to next, which behind another, and which in the stead of another.
//!
//! How near each body is by itself is told before ([`super::near`]); here they are held against each other.

use atlas::words::{How, Kind, Need, Sector};
use jiff::civil::Date;

use super::look::Look;
use super::near::does_more_than_advise;
use super::{Door, Outside};

/// Puts the doors in order and marks those to go to next.
pub(super) fn put_in_order(outside: &mut [Outside<'_>], look: &Look<'_, '_>) {
    after_what_they_require(outside);
    bring_forward(outside, look);
    // Of two schemes of a trade the one that the company named, then the one for such a company or matter, then that of the whole
    // country, whose rules bind everywhere; else the order of the atlas stays.
    outside.sort_by_cached_key(|found| {
        let of_region = !found.body.regions.is_empty();
        (found.tier, !look.is_told(found.body), !look.is_made_for(found.body), of_region)
    });
    mark_first(outside);
    name_alternatives(outside, look);
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
        found.remarks.push(format!("it only deals with this kind of company: {}", kinds.join(", ")));
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

/// Says of a body that only deals with its members, where nothing tells that this company is one, with what other it may be, and
/// where that can be looked up.
fn name_alternatives(outside: &mut [Outside<'_>], look: &Look<'_, '_>) {
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
            told: look.is_told(other.body),
            until: other.until,
        })
        .collect();
    for found in outside.iter_mut().filter(|found| !look.is_told(found.body)) {
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
            || "ask the company before you write".to_owned(),
            |register| format!("look it up at {register}, or ask the company, before you write"),
        );
        let instead = linked(How::WhenNotMember)
            .first()
            .map_or(String::new(), |other| format!("; if it belongs to none of them: {}", other.name));
        // The last day of any of them is the one to keep while it is not known which it is.
        let sooner = others.iter().filter_map(|other| Some((other.until?, &other.name))).min();
        if let Some((day, name)) = sooner.filter(|(day, _)| found.until.is_none_or(|until| *day < until)) {
            found.until = Some(day);
            found.remarks.push(format!("until {day}, if it is {name}"));
        }
        found.remarks.push(format!(
            "it is not known which of these the company belongs to: {names}; {look_up}{instead}"
        ));
        found.one_of = Some(names);
    }
}
