//! The doors outside: which body would take the case, and whether its door is open today, opens later, or is shut.
//!
//! Who deals with what and when is the atlas's; what is added here hangs on the case: which scheme the company named, what a
//! body already said, whether the company's own way was gone to its end.

mod company;
mod look;
mod near;
mod order;

use atlas::record::Body;
use atlas::words::{Kind, Sector};
use atlas::{Atlas, Question};
use jiff::civil::Date;
use ladder::Rung;

use crate::event::NamedBody;
use crate::phrases;
use crate::state::State;
use crate::view::own::OwnTime;
use crate::view::thread::Thread;
use crate::words::{By, Step};

pub(crate) use company::company_type;
use look::Look;

/// What must come first where the company has stages of its own.
pub const OWN_STAGES: &str = "the company's own stages";
/// What must come first where nothing but the front line was asked.
pub const FORMAL_COMPLAINT: &str = "a formal complaint to the company";
/// What must come first where a mere refusal is none.
pub const FINAL_RESPONSE: &str = "the company's final response";

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
    /// The calculation of the day on which it opens.
    pub opening: Vec<String>,
    /// The calculation of the last day.
    pub closing: Vec<String>,
    /// What else is to be known of going there.
    pub remarks: Vec<String>,
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

impl Outside<'_> {
    /// Returns everything that is said of its days.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        [&self.opening, &self.closing, &self.remarks].into_iter().flatten().cloned().collect()
    }

    /// Returns the last day to name beside a step. The far end of a clock whose first day is still to come is no such day: who
    /// reads it puts off what will end much sooner.
    #[must_use]
    pub fn last_day(&self) -> Option<Date> {
        self.until.filter(|_| self.will_close.is_none())
    }
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
            told || near::is_for_any_trade(body, question)
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
            // Against a firm in another country of the Union there is a procedure of its own.
            let across = |body: &Body| abroad && body.country == "EU";
            let better = court.as_ref().is_none_or(|known| {
                of_trade(route.body) && !of_trade(known.body) || across(route.body) && !across(known.body)
            });
            if better && look.is_this_court(route.body) {
                court = Some(Look::court(route));
            }
        } else if let Some(found) = look.body(&route) {
            outside.push(found);
        }
    }
    order::put_in_order(&mut outside, &look);
    (outside, court)
}
