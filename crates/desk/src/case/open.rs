//! Opening a case: what the customer knows, checked and made into its first events, with the company's ladder and
//! procedure pinned as they stand that day.

use casework::event::{NamedBody, OwnStage, Procedure};
use casework::{What, situation};
use ladder::Clock;
use serde::Serialize;
use serde_json::{Value, json};

use super::{CaseDeskError, Place, mask};
use crate::answer::{ClockView, FindAnswer, PolicyView};
use crate::find::start_address;

/// What a new case is made from.
#[derive(Clone, Debug)]
pub struct NewCase {
    /// The object `case` of a situation: company, country, problem, wanted, references, evidence, policy, log.
    pub case: Value,
    /// What `find` answered for the company, to be pinned as it stands today.
    pub found: Option<Box<FindAnswer>>,
}

/// What happened.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Opened {
    /// The id of the new case.
    pub id: String,
    /// Card numbers and national ids that were masked in it.
    pub masked: usize,
    /// Contact points of the ladder that was pinned.
    pub pinned: usize,
    /// What was taken from the directory and from the customer's words because nobody said it in a word: the company's name in
    /// full, its trade, that it cannot wait.
    pub taken: Vec<String>,
}

/// Opens a case.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] names the field that cannot be understood; [`CaseDeskError::Cases`] where it cannot be kept.
pub async fn new(place: &Place, request: &NewCase) -> Result<Opened, CaseDeskError> {
    let today = place.now.date();
    let mut case = request.case.clone();
    super::topic::settle(&mut case)?;
    let masked = mask_all(&mut case);
    let mut taken = complete(&mut case, request.found.as_deref());
    taken.extend(urgent(&mut case));
    let company = case.get("company").and_then(Value::as_str).map(str::trim).unwrap_or_default().to_owned();
    if company.is_empty() {
        return Err(CaseDeskError::Wrong("company: is missing: which company is it about?".to_owned()));
    }
    let text = |name: &str| case.get(name).and_then(Value::as_str);
    if let (Some(country), Some(region)) = (text("country"), text("region"))
        && ladder::Country::parse(country).is_ok()
    {
        let region = super::words::region(country, region);
        case["region"] = Value::from(region.map_err(|why| CaseDeskError::Wrong(format!("region: {why}")))?);
    }
    let read = situation::read(&json!({ "case": case }), today)
        .map_err(|error| CaseDeskError::Wrong(error.to_string()))?;
    let mut what: Vec<What> = read.events().iter().map(|event| event.what.clone()).collect();
    let mut pinned = 0;
    if let Some(found) = request.found.as_deref().filter(|found| !found.contacts.is_empty()) {
        pinned = found.contacts.len();
        let given = what.iter().any(|what| matches!(what, What::PolicyPinned { .. }));
        if let Some(policy) = found.policy.as_ref().filter(|_| !given) {
            what.push(What::PolicyPinned { policy: procedure(policy), on: today });
        }
        let ladder = serde_json::to_value(found).map_err(|error| CaseDeskError::Wrong(error.to_string()))?;
        what.push(What::LadderPinned { ladder, on: today });
    }
    let cases = place.write().await?;
    let id = cases.create(&company, what, &place.moment(), &place.by).await?;
    cases.close().await;
    Ok(Opened { id, masked, pinned, taken })
}

/// The fields of a case in JSON, as docs/case-json.md tells them.
const FIELDS: [(&str, &[&str]); 3] = [
    (
        "",
        &[
            "id",
            "now",
            "company",
            "country",
            "region",
            "sector",
            "as",
            "problem",
            "wanted",
            "references",
            "evidence",
            "policy",
            "ladder",
            "log",
        ],
    ),
    (
        "/problem",
        &[
            "what",
            "topic",
            "matter",
            "agreed",
            "since",
            "event",
            "ongoing",
            "amount",
            "currency",
            "paid_by",
            "urgent",
            "impact",
            "others_affected",
        ],
    ),
    ("/wanted", &["what", "least", "fallback", "by", "reach_by"]),
];

/// Takes sums, and the way of paying, that stand in the words in which people tell them: `"22 GBP"`, `"direct debit"`.
///
/// # Errors
///
/// [`CaseDeskError::Wrong`] names the field that cannot be understood.
pub fn told_in_words(case: &mut Value, today: jiff::civil::Date) -> Result<(), CaseDeskError> {
    let text = |case: &Value, at: &str| case.pointer(at).and_then(Value::as_str).map(str::to_owned);
    for (at, name) in
        [("/problem/amount", "amount"), ("/wanted/least", "least"), ("/problem/paid_by", "paid_by")]
    {
        let Some(told) = text(case, at) else { continue };
        let home = text(case, "/problem/currency")
            .or_else(|| text(case, "/country").and_then(|code| crate::intake::currency_of(&code)));
        let beside = super::fact::Beside { today, currency: home.as_deref(), what: None };
        let field = at.trim_start_matches('/').replace('/', ".");
        let told = super::fact::read(name, &told, &beside)
            .map_err(|why| CaseDeskError::Wrong(format!("{field}: {why}")))?;
        if let super::fact::Told::Sum(sum) = &told {
            let known = text(case, "/problem/currency");
            if known.is_some_and(|known| !known.eq_ignore_ascii_case(sum.currency().code())) {
                return Err(CaseDeskError::Wrong(format!(
                    "{field}: its currency is not that of `problem.currency`: give one of them"
                )));
            }
            if !case.get("problem").is_some_and(Value::is_object) {
                case["problem"] = json!({});
            }
            case["problem"]["currency"] = Value::from(sum.currency().code());
        }
        if let Some(place) = case.pointer_mut(at) {
            *place = told.value();
        }
    }
    Ok(())
}

/// Names the fields that a case can have, those of its parts behind a dot.
#[must_use]
pub fn known_fields() -> String {
    let all = FIELDS.iter().flat_map(|(place, fields)| {
        let part = place.trim_start_matches('/');
        fields
            .iter()
            .map(move |field| if part.is_empty() { (*field).to_owned() } else { format!("{part}.{field}") })
    });
    // What has parts of its own is named by them.
    all.filter(|field| !matches!(field.as_str(), "problem" | "wanted")).collect::<Vec<_>>().join(", ")
}

/// Returns the fields of a case that are not known and so are left out, each with the one that was perhaps meant.
#[must_use]
pub fn unknown_fields(case: &Value) -> Vec<String> {
    let mut unknown = Vec::new();
    for (place, known) in FIELDS {
        let Some(fields) = case.pointer(place).and_then(Value::as_object) else { continue };
        for name in fields.keys().filter(|name| !known.contains(&name.as_str())) {
            let path = format!("{place}/{name}").trim_start_matches('/').replace('/', ".");
            unknown.push(format!("`{path}`{}", atlas::check::suggestion(name, known)));
        }
    }
    unknown
}

/// Returns what a company is called in a case, by what the customer typed for it. A name stays; for an address stands the name
/// that its site or the directory tells, else its domain.
#[must_use]
pub fn called(typed: &str, found: Option<&FindAnswer>) -> String {
    let typed = typed.trim();
    if start_address(typed).is_err() {
        return typed.to_owned();
    }
    let company = found.map(|found| &found.company);
    if let Some(name) = company.and_then(|company| company.name.clone()) {
        return name;
    }
    let (_, rest) = typed.split_once("://").unwrap_or(("", typed));
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let is_port = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let host = host.rsplit_once(':').filter(|(_, port)| is_port(port)).map_or(host, |(host, _)| host);
    // `www` and what else stands before the domain names no company; what people cannot read does not either.
    let domain =
        company.and_then(|company| company.domain.as_deref()).filter(|domain| !domain.contains("xn--"));
    let bare = host.strip_prefix("www.").unwrap_or(host);
    domain.filter(|domain| !domain.eq_ignore_ascii_case(bare)).unwrap_or(bare).to_owned()
}

/// Fills in what is known of the company and the customer did not say, and returns it in words. A name takes the place of a name
/// only where the directory knows the company under what was typed; a trade is taken only where there are not several.
fn complete(case: &mut Value, found: Option<&FindAnswer>) -> Vec<String> {
    let mut taken = Vec::new();
    let typed = case.get("company").and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let known = found.filter(|found| found.directory.is_some() && found.candidates.is_empty());
    let name = known.and_then(|found| found.company.name.clone()).unwrap_or_else(|| called(typed, found));
    if name != typed {
        taken.push(name.clone());
        case["company"] = Value::from(name);
    }
    let Some(found) = found else { return taken };
    if case.get("sector").is_none_or(Value::is_null)
        && let [only] = found.company.sectors.as_slice()
        && let Some(sector) = crate::directory::trade(&only.sector)
    {
        taken.push(format!("its trade, {}", sector.id()));
        case["sector"] = Value::from(sector.id());
    }
    taken
}

/// Takes from the customer's words that it cannot wait, where nobody said so in a word; returns it in words.
fn urgent(case: &mut Value) -> Option<String> {
    let problem = case.get("problem")?;
    if problem.get("urgent").is_some_and(|urgent| !urgent.is_null()) {
        return None;
    }
    let topic = problem.get("topic").and_then(Value::as_str).and_then(atlas::words::Topic::from_id);
    let urgency = casework::urgency(problem.get("what").and_then(Value::as_str).unwrap_or_default(), topic)?;
    case["problem"]["urgent"] = Value::from(urgency.id());
    Some(format!("that it cannot wait, {}", urgency.id()))
}

/// Takes of a procedure what advice goes by.
pub(super) fn procedure(policy: &PolicyView) -> Procedure {
    let clock = |clock: &Option<ClockView>| clock.as_ref().map(|clock| Clock::new(clock.n, clock.unit));
    Procedure {
        stages: policy
            .stages
            .iter()
            .map(|stage| OwnStage {
                order: stage.order,
                rung: stage.rung,
                acknowledge: clock(&stage.acknowledge),
                respond: clock(&stage.respond),
                customer_window: clock(&stage.customer_window),
            })
            .collect(),
        external: policy
            .external
            .iter()
            .filter_map(|body| {
                let (after, within) = (clock(&body.after), clock(&body.within));
                Some(NamedBody { body: body.atlas_id.clone()?, after, within })
            })
            .collect(),
    }
}

/// Masks what no log should keep, in every text of a value.
fn mask_all(value: &mut Value) -> usize {
    match value {
        Value::String(text) => {
            let (masked, count) = mask(text);
            *text = masked;
            count
        }
        Value::Array(items) => items.iter_mut().map(mask_all).sum(),
        Value::Object(fields) => fields.values_mut().map(mask_all).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use sources::crawl::{Crawl, Stopped};

    use super::super::tests::{energy, place};
    use super::*;
    use crate::find::{FindRequest, Live, answer};

    /// What `find` answers for a site that tells no name in its data, with what is to be known of its name and domain.
    fn found(name: Option<&str>, domain: Option<&str>) -> Box<FindAnswer> {
        let crawl = Crawl {
            start: "https://help.lampen.example/".parse().unwrap(),
            site: String::new(),
            documents: Vec::new(),
            findings: Vec::new(),
            warnings: Vec::new(),
            requests: 0,
            stopped: Stopped::Asked,
        };
        let request = FindRequest::new("https://help.lampen.example/", Live::default());
        let mut answer = answer(&request, &crawl, "2026-11-02T08:00:00Z".parse().unwrap());
        answer.company.name = name.map(str::to_owned);
        answer.company.domain = domain.map(str::to_owned);
        Box::new(answer)
    }

    #[test]
    fn a_sum_and_a_way_of_paying_are_taken_in_words() {
        let today = jiff::civil::date(2026, 3, 4);
        let mut case = json!({
            "country": "GB",
            "problem": {"amount": "22 EUR", "paid_by": "direct debit"},
            "wanted": {"least": "10"}
        });
        told_in_words(&mut case, today).unwrap();
        assert_eq!(case["problem"], json!({"amount": 22, "currency": "EUR", "paid_by": "direct_debit"}));
        assert_eq!(case["wanted"], json!({"least": 10}));
        for (case, why) in [
            (json!({"country": "GB", "problem": {"amount": "a lot"}}), "problem.amount: "),
            (json!({"problem": {"paid_by": "shells"}}), "problem.paid_by: "),
            (json!({"problem": {"amount": "2 GBP", "currency": "EUR"}}), "problem.amount: its currency"),
        ] {
            let error = told_in_words(&mut case.clone(), today).unwrap_err().to_string();
            assert!(error.starts_with(why), "{error}");
        }
        assert!(
            known_fields().contains("sector, as, references") && known_fields().contains("problem.paid_by")
        );
    }

    #[test]
    fn a_company_that_was_typed_as_an_address_is_called_by_its_name_or_its_domain() {
        let title = found(Some("Lampen Light"), Some("lampen.example"));
        let nameless = found(None, Some("lampen.example"));
        let umlaut = found(None, Some("xn--mller-kva.example"));
        for (typed, found, name) in [
            ("https://help.lampen.example/contact?a=b.c#d", Some(&title), "Lampen Light"),
            ("lampen.example", Some(&title), "Lampen Light"),
            ("https://help.lampen.example/contact", Some(&nameless), "lampen.example"),
            ("Lampen.example", Some(&nameless), "Lampen.example"),
            ("https://www.müller.example/", Some(&umlaut), "müller.example"),
            ("https://www.lampen.example:8443/help", None, "lampen.example"),
            ("http://127.0.0.1:8080", None, "127.0.0.1"),
            ("http://[::1]:8080/", None, "[::1]"),
            ("Lampen & Co. Ltd", Some(&title), "Lampen & Co. Ltd"),
            (" Lampen ", None, "Lampen"),
        ] {
            assert_eq!(called(typed, found.map(|found| &**found)), name, "{typed}");
        }
    }

    #[tokio::test]
    async fn a_case_of_an_address_goes_by_a_name() {
        let dir = tempfile::tempdir().unwrap();
        let place = place(dir.path(), "2026-01-26T10:00:00+00:00[+00:00]");
        for (found, id, name) in [
            (Some(found(Some("Lampen Light"), None)), "lampen-light-1", "Lampen Light"),
            (None, "help-lampen-example-1", "help.lampen.example"),
        ] {
            let mut request = NewCase { found, ..energy() };
            request.case["company"] = json!("https://help.lampen.example/contact");
            let opened = new(&place, &request).await.unwrap();
            assert_eq!((opened.id.as_str(), opened.taken.first().map(String::as_str)), (id, Some(name)));
            assert_eq!(super::super::show(&place, id).await.unwrap().company, name);
        }
    }
}
