//! Drafts for a case: the facts of the case, and nothing else, put into the words of a letter.

mod facts;
mod outside;
mod templates;

use atlas::Atlas;
use casework::view::View;
use casework::{By, State};
use jiff::civil::Date;
use letters::draft::{
    self, Draft, Form, KINDS, Kind, Language, Options, OwnTemplate, Person, Submission, Tone,
};
use schemars::JsonSchema;
use serde::Serialize;

use super::{CaseDeskError, Place, set_day};
use facts::Told;
use outside::{addressee, before_its_time, is_foreign, is_outside, named, nearest};

pub use outside::forms;
pub use templates::{own_templates, template_faults, templates_page};

/// The customer, as letters name them. Kept in the configuration, not in the case.
#[derive(Clone, Debug, Default)]
pub struct Me {
    /// Full name.
    pub name: Option<String>,
    /// Postal address, a line each.
    pub address: Vec<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// What to draft.
#[derive(Clone, Debug)]
pub struct DraftRequest {
    /// The name of the letter, as in `email`; `None` for the one that serves the next step.
    pub kind: Option<String>,
    /// The language; that of the company's country where none is given.
    pub language: Option<String>,
    /// How firm: `first`, `firm`, `final`; by how often it was tried where none is given.
    pub tone: Option<Tone>,
    /// The day by which an answer is asked for.
    pub by: Option<Date>,
    /// To whom: a mailbox, a postal address, a form, a number, or a rung; the contact point of the case where none is given.
    pub to: Option<String>,
    /// How many words are enough; what the letter takes where none is given.
    pub words: Option<usize>,
    /// The customer.
    pub me: Me,
    /// The user's own templates.
    pub own: Vec<OwnTemplate>,
    /// Whether the built-in words are taken where a template of the user's own is broken.
    pub built_in_instead: bool,
}

/// How many words may be asked for: fewer say nothing, and nobody reads more.
pub const LENGTHS: std::ops::RangeInclusive<usize> = 20..=2000;

/// A letter that can be drafted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct KindView {
    /// Its name for `--as`.
    pub name: &'static str,
    /// What it is.
    pub title: &'static str,
}

/// Lists every letter.
#[must_use]
pub fn kinds() -> Vec<KindView> {
    KINDS.iter().map(|kind| KindView { name: kind.name, title: kind.title }).collect()
}

/// Returns whether a letter goes by post: it is written on paper and asks for a postal address.
#[must_use]
pub fn goes_by_post(kind: &str) -> bool {
    Kind::named(kind).is_some_and(|kind| kind.form == Form::Letter)
}

/// Refuses a length that no letter has and a day that has passed.
fn check(request: &DraftRequest, today: Date) -> Result<(), CaseDeskError> {
    if request.words.is_some_and(|words| !LENGTHS.contains(&words)) {
        return Err(CaseDeskError::Wrong(format!(
            "words: from {} to {} can be asked for",
            LENGTHS.start(),
            LENGTHS.end()
        )));
    }
    if let Some(by) = request.by.filter(|by| *by < today) {
        return Err(CaseDeskError::Wrong(format!("{by} has passed: give a day in the future")));
    }
    Ok(())
}

/// Returns the tone of a letter by how often the customer has tried already; a formal complaint is at least firm.
fn tone(state: &State, formal: bool) -> Tone {
    match state.log.iter().filter(|line| line.entry.by == By::Customer).count() {
        tried if formal && tried < 4 => Tone::Firm,
        0 => Tone::First,
        1..=3 => Tone::Firm,
        _ => Tone::Final,
    }
}

/// Writes a draft for a case.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] for an unknown letter or language, or a length that is none; [`CaseDeskError::Draft`] for a broken template;
/// [`CaseDeskError::Cases`] where the case cannot be read.
pub async fn draft(place: &Place, id: &str, request: &DraftRequest) -> Result<Draft, CaseDeskError> {
    let case = place.read().await?.load(id).await?;
    let state = State::of(&case).ok_or_else(|| CaseDeskError::Wrong(format!("case `{id}` has no events")))?;
    let (atlas, today) = (Atlas::builtin(), place.now.date());
    let view = View::new(&state, atlas, today);
    let advice = casework::advise(&state, atlas, today);
    let (kind, asked) = match &request.kind {
        Some(name) => named(name, atlas)?,
        None => (
            advice
                .steps
                .first()
                .and_then(|(proposal, _)| Kind::serving(proposal.step))
                .or_else(|| Kind::named("email"))
                .ok_or_else(|| CaseDeskError::Wrong("there is no letter for the next step".to_owned()))?,
            None,
        ),
    };
    check(request, today)?;
    let language = match &request.language {
        Some(code) => Language::parse(code).map_err(|error| CaseDeskError::Wrong(error.to_string()))?,
        None => Language::of_country(state.facts.country),
    };
    let advised = advice.steps.iter().find(|(proposal, _)| kind.serves.contains(&proposal.step));
    let body = match asked {
        Some(body) => Some(body),
        None if is_outside(kind) => advised
            .and_then(|(proposal, _)| atlas.body(proposal.body.as_deref()?))
            .or_else(|| nearest(&view, kind)),
        None => None,
    };
    // Of several of which nobody knows to which the company belongs, none is written to as if that were sure.
    let unsure = body.filter(|_| asked.is_none()).and_then(|body| {
        let outside = view.outside.iter().find(|outside| outside.body.id == body.id)?;
        outside.one_of.as_deref()
    });
    let to = body.filter(|_| unsure.is_none());
    let set = set_day::of(kind, &view, request.by);
    let told = Told::new(&case, &state, &view, &request.me);
    let mut facts = told.facts();
    if kind.name == "authority" {
        // It is the client who gives it: the name alone is known here.
        if let Some(client) = facts.on_behalf.take() {
            facts.me = Person { name: Some(client), ..Person::default() };
        }
    }
    facts.by = set.by;
    if set.hurried {
        facts.needed_by = set.by;
    }
    facts.rights.extend(set.right);
    let mut known = addressee(&state, id, kind, to, request.to.as_deref())?;
    if let Some(names) = unsure {
        known.told = Some(draft::which_scheme(names));
    }
    facts.to = known.to;
    told.suit(kind, &mut facts);
    let formal = advice.steps.first().is_some_and(|(proposal, _)| proposal.step == casework::Step::Complain);
    let tone = request.tone.unwrap_or_else(|| tone(&state, formal));
    // Words of one's own for this company first, then the form of the body.
    let mut prefer = vec![format!("{}@{}", kind.name, store::cases::stem(&state.facts.company))];
    prefer.extend(to.map(|body| body.id.clone()));
    let options = Options {
        language,
        country: Some(state.facts.country),
        tone,
        today,
        words: request.words,
        own: &request.own,
        built_in_instead: request.built_in_instead,
        prefer: &prefer,
    };
    let mut draft = draft::write(kind, &facts, &options)?;
    draft.warnings.extend(known.told.into_iter().chain(set.told));
    if let (Some(day), "deadlock") = (facts.final_response, kind.name) {
        draft.warnings.push(format!(
            "the log already has their final response of {day}: outside bodies do not need another"
        ));
    }
    draft.warnings.extend(asked.and_then(|body| is_foreign(&view, body)));
    draft.warnings.extend(before_its_time(&view, kind, body));
    if let (Some(client), false) = (&facts.on_behalf, facts.authority_enclosed) {
        draft.warnings.push(format!(
            "no authority from {client} is attached: have one signed, attach it as `authority`, and send it with the letter"
        ));
    }
    draft.warnings.extend(state.authority.as_ref().and_then(|authority| {
        let ended = authority.until.filter(|until| *until < today)?;
        let from = authority.from.as_ref()?;
        Some(format!(
            "the authority of {from} ended on {ended}: get a new one before you write in their name"
        ))
    }));
    let form = to.and_then(|body| Submission::of(&body.id)).and_then(Submission::language);
    if let Some(own) = form.filter(|own| *own != language) {
        draft.warnings.push(format!("its own form is in `{0}`: use --lang {0} to match it", own.code()));
    }
    Ok(draft)
}
