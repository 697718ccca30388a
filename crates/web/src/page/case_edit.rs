//! Editing what a case knows: one form with every fact, as it stands now.

use std::sync::Arc;

use axum::Router;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use desk::atlas::List;
use desk::case::words::{Urgency, Wish};
use desk::case::{self, EditRequest, FACTS};
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, area, choice, token};
use crate::page::options;
use crate::post::{Fields, Posted};

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/cases/{id}/edit", get(show).post(edit))
}

async fn show(context: Context, Path(id): Path<String>) -> Result<Response, Fault> {
    let known = case::facts(&context.app.place(), &id).await?;
    let value = |name: &str| {
        known.iter().find(|(fact, _)| *fact == name).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    Ok(page(&context, &id, &value, &Fields::default(), None))
}

/// Keeps what was changed. What cannot be understood is told above the form, with everything as it was typed.
async fn edit(context: Context, Path(id): Path<String>, Posted(fields): Posted) -> Result<Response, Fault> {
    let place = context.app.place();
    let given = FACTS.iter().filter_map(|name| Some(((*name).to_owned(), fields.get(name)?.to_owned())));
    let references = fields.get("references").unwrap_or_default().split([',', ';', '\n']);
    let request = EditRequest {
        facts: given.collect(),
        references: references.map(str::to_owned).collect(),
        because: fields.word("because").map(str::to_owned),
    };
    match case::edit(&place, &id, &request).await {
        Ok(_) => Ok(Redirect::to(&format!("/cases/{id}?done=edit")).into_response()),
        Err(error) => {
            let fault = Fault::from(error);
            let Some(words) = fault.words.clone() else { return Err(fault) };
            let typed = |name: &str| fields.get(name).unwrap_or_default().to_owned();
            Ok(layout::with_status(fault.status, page(&context, &id, &typed, &fields, Some(&words))))
        }
    }
}

/// Draws the form: `value` gives each fact as it is shown.
fn page(
    context: &Context,
    id: &str,
    value: &dyn Fn(&str) -> String,
    typed: &Fields,
    wrong: Option<&str>,
) -> Response {
    let title = context.t("case.edit");
    let typed = |name: &str| typed.get(name).unwrap_or_default().to_owned();
    let main = html! {
        section.card.narrow {
            @if let Some(words) = wrong { (layout::problem(context, words)) }
            h1 { (title) }
            p.hint { (context.t("case.edit_words")) }
            form action={ "/cases/" (id) "/edit" } method="post" {
                (token(context))
                (facts(context, value))
                (area("references", &context.word("field", "more_references"), Some(context.t("case.references_hint")), &typed("references"), 2))
                (Field::text("because", context.t("case.edit_because"), &typed("because")).draw())
                p.actions {
                    button.button type="submit" { (context.t("case.edit_do")) }
                    a.button.quiet href={ "/cases/" (id) } { (context.t("case.edit_leave")) }
                }
            }
        }
    };
    layout::page(context, title, main)
}

fn facts(context: &Context, value: &dyn Fn(&str) -> String) -> Markup {
    let f = |name: &str| context.word("field", name);
    let any = Some(context.t("start.unsure"));
    let text = |name: &str| html! { (Field::text(name, &f(name), &value(name)).draw()) };
    let prose = |name: &str, rows: usize| area(name, &f(name), None, &value(name), rows);
    let day = |name: &str, label: &str| html! { (Field::of("date", name, &f(label), &value(name)).draw()) };
    let sum = |name: &str| html! { (Field::text(name, &f(name), &value(name)).hint(context.t("case.sum_hint")).draw()) };
    let pick = |name: &str, label: &str, options: &[(String, String)]| {
        choice(name, &f(label), any, options, &value(name))
    };
    let yes = [
        ("yes".to_owned(), context.t("case.goes_on").to_owned()),
        ("no".to_owned(), context.t("case.over").to_owned()),
    ];
    html! {
        (prose("what", 4))
        (pick("topic", "topic", &options::of_list(context, List::Topic, "problem")))
        (prose("agreed", 2))
        div.pair { (day("since", "since")) (day("event", "event")) }
        (choice("ongoing", &f("ongoing"), None, &yes, if value("ongoing").is_empty() { "no" } else { "yes" }))
        (choice("wanted", &f("wanted"), any, &options::ids(context, "wish", Wish::IDS), &value("wanted")))
        (text("fallback"))
        div.pair { (sum("amount")) (sum("least")) }
        (pick("paid_by", "paid_by", &options::of_list(context, List::PaidBy, "paid_by")))
        (prose("impact", 3))
        div.pair { (day("by", "matters_by")) (pick("urgent", "urgent", &options::ids(context, "urgency", Urgency::IDS))) }
        (pick("reach_by", "reach_by", &options::ids(context, "channel", &["phone", "email", "postal"])))
        (Field::of("number", "others_affected", &f("others_affected"), &value("others_affected")).draw())
        h2 { (context.t("case.edit_who")) }
        (text("company"))
        (pick("sector", "sector", &options::of_list(context, List::Sector, "sector")))
        div.pair {
            (choice("country", &f("country"), None, &countries(context, &value("country")), &value("country")))
            (text("region"))
        }
        (choice("as", &f("acting_as"), None, &options::of_list(context, List::ActingAs, "acting_as"), &value("as")))
    }
}

/// The countries to choose from, with the case's own where it is none of the usual ones.
fn countries(context: &Context, own: &str) -> Vec<(String, String)> {
    let mut all = options::countries(context);
    if !own.is_empty() && all.iter().all(|(code, _)| code != own) {
        all.push((own.to_owned(), own.to_owned()));
    }
    all
}
