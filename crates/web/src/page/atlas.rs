//! The atlas: who stands outside of a company and which rights run, by country and trade.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use desk::atlas::{self, ActingAs, AtlasRequest, BodyAnswer, GroundsAnswer, List, RightView};
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, choice, icon};
use crate::page::ladder::reached;
use crate::page::{contact, options};
use crate::post::Fields;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/atlas", get(show))
}

async fn show(context: Context, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let word = |name: &str| fields.word(name).unwrap_or_default();
    let asked = fields.word("country").map(|country| request(country, &fields));
    let (answer, wrong) = match asked {
        None => (None, None),
        Some(Err(words)) => (None, Some(words)),
        Some(Ok(request)) => {
            let (now, own) = (context.app.place().now.date(), context.app.config.atlas.clone());
            // Files of the user's own are read: that waits for the disk.
            let answers = tokio::task::spawn_blocking(move || {
                (atlas::bodies(&request, now, own.as_deref()), atlas::rights(&request, now, own.as_deref()))
            });
            (Some(answers.await.map_err(Fault::inner)?), None)
        }
    };
    let country = fields.word("country").or(context.preferences.country.as_deref()).unwrap_or_default();
    let main = html! {
        h1 { (context.t("atlas.title")) }
        p.lede { (context.t("atlas.lede")) }
        @if let Some(words) = &wrong { (layout::problem(&context, words)) }
        form.card action="/atlas" method="get" {
            div.pair {
                (choice("country", context.t("find.country"), Some(context.t("start.choose")), &options::countries(&context), country))
                (Field::text("region", context.t("find.region"), word("region")).hint(context.t("find.region_hint")).draw())
                (choice("sector", &context.word("field", "sector"), Some(context.t("atlas.any_sector")), &options::of_list(&context, List::Sector, "sector"), word("sector")))
                (choice("topic", &context.word("field", "topic"), Some(context.t("find.any_topic")), &options::of_list(&context, List::Topic, "problem"), word("topic")))
            }
            button.button type="submit" { (icon("find")) (context.t("atlas.go")) }
        }
        @if let Some((bodies, rights)) = &answer {
            @for refused in bodies.refused.iter() { div.notice.bad { (icon("warning")) (context.said(refused)) } }
            section { h2 { (context.with("atlas.bodies", bodies.bodies.len())) }
                @if bodies.bodies.is_empty() { p { (context.t("atlas.none")) } }
                div.bodies { @for body in &bodies.bodies { (self::body(&context, body)) } }
            }
            section { h2 { (context.with("atlas.rights", rights.rights.len())) }
                div.bodies { @for right in &rights.rights { (self::right(&context, right)) } }
            }
            p.hint { (context.said(bodies.caveat)) }
        }
    };
    Ok(layout::wide(&context, context.t("atlas.title"), main))
}

/// Makes the request of what was chosen.
fn request(country: &str, fields: &Fields) -> Result<AtlasRequest, String> {
    let country = desk::find::parse_country(country)?;
    let region = fields.word("region").map(desk::directory::parse_region).transpose()?;
    if let Some(region) = &region {
        atlas::check_region(country, region)?;
    }
    let sector = fields.word("sector").map(desk::case::words::sector).transpose()?;
    let topic = fields.word("topic").map(desk::case::words::topic_of_law).transpose()?;
    Ok(AtlasRequest {
        country,
        region,
        sector,
        company_type: None,
        acting_as: ActingAs::Consumer,
        topic,
        paid_by: None,
        urgent: false,
        amount: None,
        event: None,
        known: None,
        complained: None,
        final_response: None,
        days: Vec::new(),
    })
}

fn body(context: &Context, body: &BodyAnswer) -> Markup {
    html! {
        article.body-card id=(body.id) {
            p.eyebrow { (context.word("body_kind", body.kind)) " · " span.standing data-standing=(body.standing) { (context.word("standing", body.standing)) } }
            h3 translate="no" { (body.name) }
            @if let Some(before) = &body.before { p { strong { (context.t("outside.first")) } " " (context.said(before)) } }
            ul.facts {
                @if let Some(cost) = &body.cost { li { (icon("check")) span { (context.said(cost)) } } }
                @for condition in &body.conditions { li { (icon("plus")) span { (self::condition(context, &body.country, condition)) } } }
                @for money in &body.money { li { (icon("cases")) span { (context.word("money", money.kind)) ": " (context.money(&money.amount.to_string(), &money.currency)) @if let Some(note) = &money.note { " (" (context.said(note)) ")" } } } }
            }
            @if let Some(note) = &body.note { p.hint { (context.said(note)) } }
            @for reach in body.contacts.iter().take(4) { (reached(context, reach.channel, &reach.value)) }
            @if let Some(web) = &body.web { p { (contact::reference(web)) } }
            (grounds(context, &body.grounds))
        }
    }
}

/// A condition of a body of a country; regions by their names, where the pages know them.
pub(crate) fn condition(context: &Context, country: &str, words: &str) -> Markup {
    let Some(regions) = words.strip_prefix("only in: ") else { return context.said(words) };
    let named = regions.split(", ").map(|code| {
        let known = context.app.texts.find(context.lang, &format!("region.{country}-{code}"));
        known.unwrap_or(code).to_owned()
    });
    html! { (context.with("outside.only_in", named.collect::<Vec<_>>().join(", "))) }
}

fn right(context: &Context, right: &RightView) -> Markup {
    html! {
        article.body-card id=(right.id) {
            h3 { (context.said(&right.name)) }
            p.hint translate="no" { (right.law) }
            @if let Some(words) = &right.consumer { p { strong { (context.t("atlas.you")) } " " (context.said(words)) } }
            @if let Some(words) = &right.company { p { strong { (context.t("atlas.company")) } " " (context.said(words)) } }
            ul.facts { @for clock in &right.clocks {
                @let words = clock.does.as_deref().or(clock.note.as_deref()).unwrap_or_default();
                @if !words.is_empty() || !clock.ends.calculation.is_empty() { li { (icon("clock")) span { (context.said(words)) @for line in &clock.ends.calculation { " " (context.said(line)) } } } }
            } }
            @if let Some(limit) = &right.limit { p.hint { (context.said(limit)) } }
            @for condition in &right.conditions { p.hint { (paid(context, condition)) } }
            (grounds(context, &right.grounds))
        }
    }
}

/// A condition of a right; ways of paying by their names.
fn paid(context: &Context, words: &str) -> Markup {
    let Some(ways) = words.strip_prefix("only where it was paid by: ") else { return context.said(words) };
    let named: Vec<String> =
        ways.split(", ").map(|way| context.word("paid_by", &way.replace(' ', "_"))).collect();
    html! { (context.with("atlas.paid_by", named.join(", "))) }
}

/// What a fact rests on, and how old it is.
fn grounds(context: &Context, grounds: &GroundsAnswer) -> Markup {
    html! {
        details.quote { summary { (context.t("atlas.grounds")) " " (context.word("sure", grounds.confidence)) }
            @if let Some(checked) = &grounds.checked { p.hint { (context.with("atlas.checked", checked)) } }
            @if let Some(seen) = &grounds.seen { p.hint { (context.with("atlas.seen", seen)) } }
            ul { @for source in &grounds.sources { li { (contact::reference(source)) } } }
            @for caution in &grounds.cautions { p.hint { (context.said(caution)) } }
        }
    }
}
