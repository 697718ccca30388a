//! The day that a letter sets: the law's own time where the atlas knows one, else a fair one in working days.

use atlas::record::{Limit, Rule};
use atlas::words::{Anchor, Binds, Sector};
use atlas::{Atlas, Days, Question};
use casework::view::View;
use jiff::ToSpan as _;
use jiff::civil::Date;
use letters::draft::{Kind, Right};

/// Working days within which a draft asks for an answer where nothing else sets a time.
const ANSWER_WITHIN: u32 = 10;

/// The day that a letter sets, and what sets it.
#[derive(Debug, Default)]
pub(super) struct SetDay {
    /// The day.
    pub(super) by: Option<Date>,
    /// The right that gives the time, and on which the letter relies.
    pub(super) right: Option<Right>,
    /// Whether it is nearer than a fair day would be, since the matter cannot wait so long.
    pub(super) hurried: bool,
    /// What its writer should know: a time that is shorter than what the law asks for.
    pub(super) told: Option<String>,
}

/// Returns the day that a letter written today sets; `given` is the writer's own.
pub(super) fn of(kind: &Kind, view: &View<'_>, given: Option<Date>) -> SetDay {
    let mut set = match kind.name {
        "before-action" => before_court(view),
        "access-request" => of_access(view),
        _ => SetDay::default(),
    };
    if let Some(given) = given {
        if kind.name == "before-action" && set.by.is_some_and(|fair| given < fair) {
            set.told = set.by.map(|fair| format!("a letter before court action usually gives time until {fair}: a court may hold a shorter time against you"));
        }
        if let Some(ends) = offer_ends(kind, view).filter(|ends| given >= *ends) {
            set.told = Some(ends_itself(ends));
        }
        let calendar = view.atlas.working_days(view.state.facts.country, view.region.as_deref());
        if !calendar.is_working_day(given) && set.told.is_none() {
            set.told = Some(format!("{given} is not a working day there: there may be nobody to answer"));
        }
        set.by = Some(given);
    }
    if set.by.is_none() {
        let calendar = view.atlas.working_days(view.state.facts.country, view.region.as_deref());
        set.by = calendar.add(view.now, ANSWER_WITHIN).map(|ending| ending.day);
        let work_day_until = |last: Date| {
            let mut days = last.series(-1.day()).take_while(|day| *day > view.now);
            days.find(|day| calendar.is_working_day(*day)).unwrap_or(last)
        };
        // While the offer stands it can still be taken, should the answer be no.
        if let Some(ends) = offer_ends(kind, view).filter(|ends| Some(*ends) <= set.by) {
            let mut before = ends.series(-1.day()).skip(1).take_while(|day| *day > view.now);
            let day = before.find(|day| calendar.is_working_day(*day));
            if day.is_none() {
                set.told = Some(ends_itself(ends));
            }
            set.by = Some(day.unwrap_or(ends));
        }
        // An answer that comes after the day on which it matters is none.
        let needed = view.state.facts.matters_by.filter(|day| *day > view.now && Some(*day) < set.by);
        if let Some(needed) = needed {
            set.by = Some(work_day_until(needed));
            set.hurried = true;
        }
    }
    set
}

/// Says that an offer may be gone before the answer.
fn ends_itself(ends: Date) -> String {
    format!("their offer itself ends on {ends}: ask for the answer before, or it may be gone")
}

/// Returns the day on which the offer ends that a letter counters, where that lies ahead.
fn offer_ends(kind: &Kind, view: &View<'_>) -> Option<Date> {
    let offer = view.offer.as_ref().filter(|_| kind.name == "counter")?;
    offer.due.filter(|due| *due >= view.now)
}

/// Returns the last day of a letter before court: counted as the court's own rule counts it, else as the law of the country does, else as
/// advice waits for it.
fn before_court(view: &View<'_>) -> SetDay {
    let from_letter = |rule: &&Rule| matches!(&rule.limit, Limit::Span(span) if span.from == Anchor::Notice);
    let question = question(view, Sector::General, Anchor::Notice);
    let court = view.court.as_ref().and_then(|court| {
        let rule = court.body.wait.iter().find(from_letter).filter(|rule| question.fits(rule))?;
        atlas::ask::reckon::reckon(view.atlas, rule, &question).end()
    });
    let by_law = || clock(view.atlas, &question, Binds::Consumer, Anchor::Notice).map(|(day, _)| day);
    let fair = || view.now.checked_add(casework::rules::FAIR_DAYS.days()).ok();
    // A letter that ends on a day of rest ends on the next on which somebody works.
    let calendar = view.atlas.working_days(view.state.facts.country, view.region.as_deref());
    let by = court.or_else(by_law).or_else(fair);
    SetDay { by: by.and_then(|day| calendar.next_working_day(day)).or(by), ..SetDay::default() }
}

/// Returns the day by which a copy of personal data is owed, counted from today, and the law that says so.
fn of_access(view: &View<'_>) -> SetDay {
    let question = question(view, Sector::Privacy, Anchor::Request);
    match clock(view.atlas, &question, Binds::Company, Anchor::Request) {
        Some((by, right)) => SetDay { by: Some(by), right: Some(right), ..SetDay::default() },
        None => SetDay::default(),
    }
}

/// Asks the atlas about a letter that is written today.
fn question(view: &View<'_>, sector: Sector, from: Anchor) -> Question {
    Question {
        region: view.region.clone(),
        sector: Some(sector),
        acting_as: view.state.facts.acting_as,
        days: Days::default().with(from, Some(view.now)),
        ..Question::new(view.state.facts.country, view.now)
    }
}

/// Returns when the clock of a right of the question's own sector ends that binds somebody and counts from a day.
fn clock(atlas: &Atlas, question: &Question, binds: Binds, from: Anchor) -> Option<(Date, Right)> {
    let own = |sectors: &[Sector]| question.sector.is_some_and(|sector| sectors.contains(&sector));
    let answers = atlas.running(question);
    answers.iter().filter(|answer| own(&answer.right.sectors)).find_map(|answer| {
        let clock = answer.clocks.iter().find(|clock| {
            let counts = matches!(&clock.rule.limit, Limit::Span(span) if span.from == from);
            counts && clock.rule.binds == Some(binds)
        })?;
        let right = Right { name: answer.right.name.clone(), law: Some(answer.right.law.clone()) };
        Some((clock.reckoning.end()?, right))
    })
}
