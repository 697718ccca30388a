//! `bodies` and `rights`: what stands outside a company, asked of the atlas and answered as plain data.
//!
//! The atlas decides; this module reads a user's own files, asks, and puts the answer into a form that every face prints.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

pub use atlas::ask::CAVEAT;
use atlas::ask::{self, Reckoning, RightAnswer, Running};
use atlas::check::MAX_FILE;
use atlas::record::{Contact, Evidence, Money};
use atlas::words::Need;
pub use atlas::words::{ActingAs, Anchor, CompanyType, PaidBy, Sector, Topic};
use atlas::{Atlas, Body, Days, Problem, Question, Route, Standing};
use jiff::civil::Date;
use ladder::Country;
use schemars::JsonSchema;
use serde::Serialize;

/// The name and version of the answer about bodies.
pub const BODIES_SCHEMA: &str = "upstairs.bodies/1";
/// The name and version of the answer about rights.
pub const RIGHTS_SCHEMA: &str = "upstairs.rights/1";
/// The most files that are read of a user's own.
const MOST_FILES: usize = 200;

/// What is asked.
#[derive(Clone, Debug)]
pub struct AtlasRequest {
    /// The country.
    pub country: Country,
    /// State, province or part of the country.
    pub region: Option<String>,
    /// The trade.
    pub sector: Option<Sector>,
    /// What kind of company it is.
    pub company_type: Option<CompanyType>,
    /// As whom the customer complains.
    pub acting_as: ActingAs,
    /// What the problem is.
    pub topic: Option<Topic>,
    /// How it was paid.
    pub paid_by: Option<PaidBy>,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// How much is in dispute, in whole units, and its currency.
    pub amount: Option<(u64, String)>,
    /// The day from which legal time runs.
    pub event: Option<Date>,
    /// The day the customer knew.
    pub known: Option<Date>,
    /// The day of the first complaint.
    pub complained: Option<Date>,
    /// The day of the final response.
    pub final_response: Option<Date>,
    /// Other days from which a time may count: of the delivery, a notice, a statement.
    pub days: Vec<(Anchor, Date)>,
}

impl AtlasRequest {
    fn question(&self, now: Date) -> Question {
        let told = Days::default()
            .with(Anchor::Event, self.event)
            .with(Anchor::Knowledge, self.known)
            .with(Anchor::FirstComplaint, self.complained)
            .with(Anchor::FinalResponse, self.final_response);
        let days = self.days.iter().fold(told, |days, (anchor, day)| days.with(*anchor, Some(*day)));
        Question {
            region: self.region.clone(),
            sector: self.sector,
            company_type: self.company_type,
            acting_as: self.acting_as,
            topic: self.topic,
            paid_by: self.paid_by,
            urgent: self.urgent,
            amount: self.amount.clone(),
            days,
            ..Question::new(self.country, now)
        }
    }
}

/// A day, and how it was reckoned.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DayAnswer {
    /// The day (ISO 8601), where the known days tell it.
    pub day: Option<String>,
    /// Whether the clock may end on an earlier day, once more is known.
    pub may_be_earlier: bool,
    /// Whether it may end on a later day, once more is known.
    pub may_be_later: bool,
    /// Whether it is a guess: a day that it counts from was not given, and a near one stands for it.
    pub guessed: bool,
    /// The calculation in words.
    pub calculation: Vec<String>,
}

impl DayAnswer {
    fn of(reckoning: &Reckoning) -> Self {
        let day = reckoning.latest.or(reckoning.earliest);
        Self {
            day: day.map(|day| day.to_string()),
            may_be_earlier: reckoning.earliest.is_none() && day.is_some(),
            may_be_later: reckoning.latest.is_none() && day.is_some(),
            guessed: day.is_some() && !reckoning.guessed.is_empty(),
            calculation: reckoning.words.clone(),
        }
    }
}

/// What a fact rests on.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroundsAnswer {
    /// How sure: `low`, `medium` or `high`.
    pub confidence: &'static str,
    /// Where it was read; none: no source is recorded.
    pub sources: Vec<String>,
    /// How old the newest source is: a year, month or day.
    pub seen: Option<String>,
    /// When somebody last looked.
    pub checked: Option<String>,
    /// When somebody should look again.
    pub review_by: Option<String>,
    /// What to mind before relying on it.
    pub cautions: Vec<String>,
}

impl GroundsAnswer {
    fn of(evidence: &Evidence, cautions: Vec<String>, own: &[String]) -> Self {
        let mut sources = evidence.sources.clone();
        // Stable: among equals the order of the record stays.
        sources.sort_by_key(|source| standing_of(source, own));
        Self {
            confidence: evidence.confidence.id(),
            sources,
            seen: evidence.seen.as_ref().map(ToString::to_string),
            checked: evidence.checked.map(|day| day.to_string()),
            review_by: evidence.review_by.map(|day| day.to_string()),
            cautions,
        }
    }
}

/// Returns how far a source is from the body's own word: its own site, a government or collection of laws, another body
/// that the atlas knows, anybody else.
fn standing_of(source: &str, own: &[String]) -> u8 {
    let host = store::names::host_of(source).unwrap_or_default();
    let bare = source.split_once("://").map_or(source, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let under =
        |domain: &String| store::names::lies_under(&host, domain) || bare.starts_with(domain.as_str());
    let official =
        host.split('.').any(|part| matches!(part, "gov" | "gouv" | "gob" | "govt" | "admin" | "mil"))
            || [
                "europa.eu",
                "bund.de",
                "legifrance",
                "gesetze-im-internet",
                "boe.es",
                "normattiva",
                "overheid.nl",
                "ris.bka",
                "canada.ca",
                "legislation",
                "parliament",
            ]
            .iter()
            .any(|part| host.contains(part));
    match () {
        () if own.iter().any(under) => 0,
        () if official => 1,
        () if !Atlas::builtin().by_link(source).is_empty() => 2,
        () => 3,
    }
}

/// A way to reach a body.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ContactAnswer {
    /// How.
    pub channel: &'static str,
    /// Number, mailbox, web address or postal address; a short code where there is no other.
    pub value: String,
    /// What the source calls it.
    pub label: Option<String>,
    /// When it is open.
    pub hours: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// When it was read there.
    pub checked: Option<String>,
}

impl ContactAnswer {
    fn of(contact: &Contact) -> Option<Self> {
        Some(Self {
            channel: contact.channel.id(),
            value: contact.value.clone().or_else(|| contact.short_code.clone())?,
            label: contact.label.clone(),
            hours: contact.hours.clone(),
            source: contact.source.clone(),
            checked: contact.checked.map(|day| day.to_string()),
        })
    }
}

/// An amount of money.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MoneyAnswer {
    /// What it is: `award_cap`, `claim_cap`, `fee` and so on.
    pub kind: &'static str,
    /// How much.
    pub amount: u64,
    /// Of what (ISO 4217).
    pub currency: String,
    /// For which claims.
    pub note: Option<String>,
    /// When it is due to be raised.
    pub next_change: Option<String>,
}

impl MoneyAnswer {
    fn of(money: &Money) -> Self {
        Self {
            kind: money.kind.id(),
            amount: money.amount,
            currency: money.currency.clone(),
            note: money.note.clone(),
            next_change: money.next_change.map(|day| day.to_string()),
        }
    }
}

/// One body.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BodyAnswer {
    /// The stable key.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: &'static str,
    /// The country of its entry.
    pub country: String,
    /// The trades it deals with.
    pub sectors: Vec<&'static str>,
    /// `open`, `not_yet`, `first`, `lapsed`, `reports_only`, `planned`, `closed` or `superseded`.
    pub standing: &'static str,
    /// What comes first, for programs.
    pub first: Vec<&'static str>,
    /// What must be done first, in words.
    pub before: Option<String>,
    /// From which day it takes the case without a final response.
    pub opens: Option<DayAnswer>,
    /// Until which day.
    pub closes: Option<DayAnswer>,
    /// What must hold, and the question does not tell.
    pub conditions: Vec<String>,
    /// What it costs.
    pub cost: Option<String>,
    /// Whether its decision binds the company.
    pub binds: Option<bool>,
    /// Whether the right to sue ends: `no`, `if_accepted` or `yes`.
    pub ends_right_to_sue: Option<&'static str>,
    /// Whether the time for suing stands still meanwhile.
    pub stops_limitation: Option<bool>,
    /// Caps, floors and fees.
    pub money: Vec<MoneyAnswer>,
    /// Its site.
    pub web: Option<String>,
    /// How it is reached.
    pub contacts: Vec<ContactAnswer>,
    /// Exceptions, conflicts, changes under way.
    pub note: Option<String>,
    /// What it rests on.
    pub grounds: GroundsAnswer,
}

impl BodyAnswer {
    fn of(route: &Route<'_>) -> Self {
        let body: &Body = route.body;
        let (standing, first): (_, &[Need]) = match &route.standing {
            Standing::Open => ("open", &[]),
            Standing::NotYet(_) => ("not_yet", &[]),
            Standing::First(needs) => ("first", needs),
            Standing::Lapsed(_) => ("lapsed", &[]),
            Standing::ReportsOnly => ("reports_only", &[]),
            Standing::Gone(status) => (status.id(), &[]),
        };
        Self {
            id: body.id.clone(),
            name: body.name.clone(),
            kind: body.kind.id(),
            country: body.country.clone(),
            sectors: body.sectors.iter().map(|sector| sector.id()).collect(),
            standing,
            first: first.iter().map(|need| need.id()).collect(),
            before: body.first.clone(),
            opens: route.opens.as_ref().map(DayAnswer::of),
            closes: route.closes.as_ref().map(DayAnswer::of),
            conditions: route.conditions.clone(),
            cost: body.cost.clone(),
            binds: body.binds,
            ends_right_to_sue: body.court.ends_right_to_sue.map(atlas::words::SuitEnds::id),
            stops_limitation: body.court.stops_limitation,
            money: body.money.iter().map(MoneyAnswer::of).collect(),
            web: body.web.clone(),
            contacts: body.contacts.iter().filter_map(ContactAnswer::of).collect(),
            note: body.note.clone(),
            grounds: GroundsAnswer::of(body.grounds.whole(), route.cautions.clone(), &body.domains),
        }
    }
}

/// The bodies that take a complaint, the one to go to first at the head.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BodiesAnswer {
    /// The name and version of this form.
    pub schema: &'static str,
    /// The country asked for.
    pub country: String,
    /// The day it was asked.
    pub now: String,
    /// The bodies.
    pub bodies: Vec<BodyAnswer>,
    /// What was refused of the user's own files.
    pub refused: Vec<String>,
    /// What every answer says once.
    pub caveat: &'static str,
}

/// One clock of a right.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClockAnswer {
    /// Whom it binds: `consumer`, `company` or `issuer`.
    pub binds: Option<&'static str>,
    /// What the bound one must do.
    pub does: Option<String>,
    /// `running`, `over` or `not_started`.
    pub running: &'static str,
    /// When it ends.
    pub ends: DayAnswer,
    /// The time with every extension, in words.
    pub longest: Option<String>,
    /// What follows when it is missed.
    pub missed: Option<String>,
    /// What else to know.
    pub note: Option<String>,
}

/// One right.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RightView {
    /// The stable key.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The trades it is of; empty where it holds in any.
    pub sectors: Vec<&'static str>,
    /// On what it rests: `statute`, `scheme_rule` and so on.
    pub basis: &'static str,
    /// The statute or rule.
    pub law: String,
    /// `in_force` or `planned`.
    pub status: &'static str,
    /// What the customer may or must do.
    pub consumer: Option<String>,
    /// What the company must do.
    pub company: Option<String>,
    /// Its clocks.
    pub clocks: Vec<ClockAnswer>,
    /// Where it ends, in words.
    pub limit: Option<String>,
    /// What must hold, and the question does not tell.
    pub conditions: Vec<String>,
    /// How it runs with others.
    pub interplay: Vec<String>,
    /// What it rests on.
    pub grounds: GroundsAnswer,
}

impl RightView {
    fn of(answer: &RightAnswer<'_>) -> Self {
        let right = answer.right;
        let clocks = answer.clocks.iter().map(|clock| ClockAnswer {
            binds: clock.rule.binds.map(atlas::words::Binds::id),
            does: clock.rule.does.clone(),
            running: match clock.running {
                Running::Running => "running",
                Running::Over => "over",
                Running::NotStarted => "not_started",
            },
            ends: DayAnswer::of(&clock.reckoning),
            longest: clock.rule.longest.map(|longest| longest.to_string()),
            missed: clock.rule.missed.clone(),
            note: clock.rule.note.clone(),
        });
        Self {
            id: right.id.clone(),
            name: right.name.clone(),
            sectors: if right.pays.is_empty() && !right.sectors.contains(&atlas::Sector::General) {
                right.sectors.iter().map(|sector| sector.id()).collect()
            } else {
                Vec::new()
            },
            basis: right.basis.id(),
            law: right.law.clone(),
            status: right.status.id(),
            consumer: right.consumer.clone(),
            company: right.company.clone(),
            clocks: clocks.collect(),
            limit: right.limit.clone(),
            conditions: answer.conditions.clone(),
            interplay: answer.interplay.clone(),
            grounds: GroundsAnswer::of(right.grounds.whole(), answer.cautions.clone(), &[]),
        }
    }
}

/// The rights and clocks that bear on a complaint.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RightsAnswer {
    /// The name and version of this form.
    pub schema: &'static str,
    /// The country asked for.
    pub country: String,
    /// The day it was asked.
    pub now: String,
    /// The rights.
    pub rights: Vec<RightView>,
    /// What was refused of the user's own files.
    pub refused: Vec<String>,
    /// What every answer says once.
    pub caveat: &'static str,
}

/// Returns the bodies that take a complaint. `own` is the folder of the user's own files, where there is one.
#[must_use]
pub fn bodies(request: &AtlasRequest, now: Date, own: Option<&Path>) -> BodiesAnswer {
    let (atlas, refused) = load(own);
    let routes = atlas.get().routes(&request.question(now));
    BodiesAnswer {
        schema: BODIES_SCHEMA,
        country: request.country.to_string(),
        now: now.to_string(),
        bodies: routes.iter().map(BodyAnswer::of).collect(),
        refused,
        caveat: ask::CAVEAT,
    }
}

/// Returns the rights and clocks that bear on a complaint.
#[must_use]
pub fn rights(request: &AtlasRequest, now: Date, own: Option<&Path>) -> RightsAnswer {
    let (atlas, refused) = load(own);
    let answers = atlas.get().running(&request.question(now));
    RightsAnswer {
        schema: RIGHTS_SCHEMA,
        country: request.country.to_string(),
        now: now.to_string(),
        rights: answers.iter().map(RightView::of).collect(),
        refused,
        caveat: ask::CAVEAT,
    }
}

/// The built-in atlas, or one with a user's own files.
enum Loaded {
    Builtin,
    Own(Box<Atlas>),
}

impl Loaded {
    fn get(&self) -> &Atlas {
        match self {
            Self::Builtin => Atlas::builtin(),
            Self::Own(atlas) => atlas,
        }
    }
}

/// The atlas that procedures and ladders are held against: the built-in one until [`use_own`] was called.
static IN_USE: OnceLock<Loaded> = OnceLock::new();

/// Takes a user's own files into the atlas that `find` and `read policy` use, and returns what was refused of them.
///
/// Once a run, before anything is asked; a later call changes nothing, as answers of one run must rest on one atlas.
#[must_use]
pub fn use_own(folder: Option<&Path>) -> Vec<String> {
    let (loaded, refused) = load(folder);
    _ = IN_USE.set(loaded);
    refused
}

/// Returns the atlas in use: the built-in one, with the user's own files where [`use_own`] took them in.
pub(crate) fn in_use() -> &'static Atlas {
    IN_USE.get().map_or_else(Atlas::builtin, Loaded::get)
}

/// Reads a user's own files. What cannot be read or is wrong is said, and the rest goes on.
fn load(own: Option<&Path>) -> (Loaded, Vec<String>) {
    let Some(folder) = own.filter(|folder| folder.is_dir()) else { return (Loaded::Builtin, Vec::new()) };
    let mut refused = Vec::new();
    let mut paths = match fs::read_dir(folder) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>(),
        Err(error) => return (Loaded::Builtin, vec![format!("{}: {error}", folder.display())]),
    };
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    if paths.len() > MOST_FILES {
        refused.push(format!("{}: {} files; the first {MOST_FILES} are read", folder.display(), paths.len()));
        paths.truncate(MOST_FILES);
    }
    let mut files = Vec::new();
    for path in &paths {
        let size = fs::metadata(path).map_or(0, |meta| usize::try_from(meta.len()).unwrap_or(usize::MAX));
        match fs::read_to_string(path) {
            _ if size > MAX_FILE => {
                refused.push(format!("{}: {size} bytes; at most {MAX_FILE} are read", path.display()));
            }
            Ok(text) => files.push((path.display().to_string(), text)),
            Err(error) => refused.push(format!("{}: {error}", path.display())),
        }
    }
    if files.is_empty() {
        return (Loaded::Builtin, refused);
    }
    let (atlas, problems) =
        Atlas::with_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    refused.extend(problems.iter().map(Problem::to_string));
    (Loaded::Own(Box::new(atlas)), refused)
}

/// Returns the words that a list of the atlas takes, for help and messages.
#[must_use]
pub fn words_of(list: List) -> &'static [&'static str] {
    match list {
        List::Sector => Sector::IDS,
        List::CompanyType => CompanyType::IDS,
        List::Topic => Topic::IDS,
        List::PaidBy => PaidBy::IDS,
        List::ActingAs => ActingAs::IDS,
    }
}

/// A list of words that a question takes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum List {
    /// Trades.
    Sector,
    /// Kinds of company.
    CompanyType,
    /// Problems.
    Topic,
    /// Ways of paying.
    PaidBy,
    /// Customers.
    ActingAs,
}

/// Parses a word of a list as a person types it: `small-business` is `small_business`.
///
/// # Errors
///
/// Names the words of the list.
pub fn parse_word<T>(text: &str, from_id: fn(&str) -> Option<T>, list: List) -> Result<T, String> {
    let id = text.trim().to_lowercase().replace(['-', ' '], "_");
    from_id(&id).ok_or_else(|| match atlas::check::suggestion(&id, words_of(list)) {
        // Who is told the word that was meant need not read all others.
        near if !near.is_empty() => format!("no `{text}` is known{near}"),
        _ => format!("no `{text}` is known; known are: {}", words_of(list).join(", ")),
    })
}

/// Reads the name of a day from which times count, and the day as text: `notice=2026-11-02`.
///
/// # Errors
///
/// Names the days that are known.
pub fn parse_named_day(text: &str) -> Result<(Anchor, &str), String> {
    let (name, day) = text.split_once('=').ok_or("give a name and a day, such as notice=2026-11-02")?;
    let id = name.trim().to_lowercase().replace(['-', ' '], "_");
    let anchor = Anchor::from_id(&id).ok_or_else(|| {
        format!("no day is called `{}`; known are: {}", name.trim(), Anchor::IDS.join(", "))
    })?;
    Ok((anchor, day.trim()))
}

/// Checks that something is known of a region of a country.
///
/// # Errors
///
/// Names the regions that are known. A country without regions in the atlas takes any.
pub fn check_region(country: Country, region: &str) -> Result<(), String> {
    let known = Atlas::builtin().regions_of(country);
    if known.is_empty() || known.iter().any(|of| of == region) {
        return Ok(());
    }
    let words: Vec<&str> = known.iter().map(String::as_str).collect();
    let near = atlas::check::suggestion(region, &words);
    let near = if words.iter().any(|word| word.starts_with(region)) { near } else { String::new() };
    Err(format!("no region `{region}` of {country} is known{near}; known are: {}", words.join(", ")))
}

/// Checks a region for a search, where the country may not be given: then it must be one of some country.
///
/// # Errors
///
/// Names the regions that are known: of the country, or else of the United States, whose companies are built in.
pub fn check_region_asked(country: Option<Country>, region: &str) -> Result<(), String> {
    if let Some(country) = country {
        return check_region(country, region);
    }
    if Atlas::builtin().is_region(region) {
        return Ok(());
    }
    let us = Country::parse("US").map_err(|error| error.to_string())?;
    check_region(us, region)
        .map_err(|refused| format!("{refused}; if you mean another country, give that too"))
}

/// Parses an amount and its currency: `250 GBP` or `250GBP`.
///
/// # Errors
///
/// Says what is wanted.
pub fn parse_amount(text: &str) -> Result<(u64, String), String> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    let at = compact.find(|c: char| !c.is_ascii_digit()).unwrap_or(compact.len());
    let (digits, currency) = compact.split_at(at);
    let currency = currency.to_uppercase();
    match digits.parse() {
        Ok(amount) if currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()) => {
            Ok((amount, currency))
        }
        _ => Err(format!("`{text}` is not an amount: give a whole number and a currency, such as `250 GBP`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn request() -> AtlasRequest {
        AtlasRequest {
            country: Country::parse("GB").unwrap(),
            region: None,
            sector: Some(Sector::Energy),
            company_type: None,
            acting_as: ActingAs::Consumer,
            topic: None,
            paid_by: None,
            urgent: false,
            amount: None,
            event: None,
            known: None,
            complained: Some(date(2026, 1, 12)),
            final_response: None,
            days: Vec::new(),
        }
    }

    #[test]
    fn a_body_is_answered_with_its_day_and_the_calculation() {
        let answer = bodies(&request(), date(2026, 3, 8), None);
        let first = answer.bodies.first().unwrap();
        assert_eq!((first.id.as_str(), first.standing), ("gb-energy-ombudsman", "not_yet"));
        let opens = first.opens.as_ref().unwrap();
        assert_eq!(opens.day.as_deref(), Some("2026-03-09"));
        assert_eq!(opens.calculation, ["8 weeks from the first complaint (2026-01-12): ends on 2026-03-09"]);
    }

    #[test]
    fn a_broken_file_of_the_user_is_told_and_the_built_in_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("mine.toml"), "schema = 1\ncountry = \"GB\"\nnme = \"x\"\n")
            .unwrap();
        let answer = bodies(&request(), date(2026, 3, 8), Some(folder.path()));
        assert!(
            answer
                .refused
                .iter()
                .any(|told| told.contains("mine.toml:3") && told.contains("did you mean `name`"))
        );
        assert_eq!(answer.bodies.first().unwrap().id, "gb-energy-ombudsman");
    }

    #[test]
    fn a_region_that_is_not_there_is_refused_with_those_that_are() {
        let us = Country::parse("US").unwrap();
        assert_eq!(check_region(us, "CA"), Ok(()));
        assert!(check_region(us, "ZZ").unwrap_err().contains("known are: AK, AL"));
        assert_eq!(check_region(Country::parse("KE").unwrap(), "30"), Ok(()));
    }

    #[test]
    fn words_and_amounts_are_taken_as_a_person_types_them() {
        assert_eq!(
            parse_word("small-business", ActingAs::from_id, List::ActingAs),
            Ok(ActingAs::SmallBusiness)
        );
        assert!(
            parse_word("telcom", Sector::from_id, List::Sector)
                .unwrap_err()
                .contains("did you mean `telecom`")
        );
        assert_eq!(parse_amount("1,250 gbp"), Ok((1250, "GBP".to_owned())));
        for bad in ["", "GBP", "250", "250 pounds", "-3 GBP"] {
            assert!(parse_amount(bad).is_err(), "{bad}");
        }
    }
}
