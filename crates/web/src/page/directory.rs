//! The directory: which companies are known, and whose a number is.

use std::sync::Arc;

use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::get;
use desk::directory::{self, HitView, OwnerView};
use desk::scam_check::{self, CheckAnswer};
use desk::verify;
use jiff::Timestamp;
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, choice, icon, token};
use crate::page::{contact, options};
use crate::post::{Fields, Posted};

/// The most companies that are shown.
const MOST: usize = 30;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/directory", get(show).post(check))
}

async fn show(context: Context, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    screen(&context, &Fields::of_query(query.as_deref()), false).await
}

/// Looks a value up and checks it live, which only a button asks for.
async fn check(context: Context, Posted(fields): Posted) -> Result<Response, Fault> {
    screen(&context, &fields, true).await
}

async fn screen(context: &Context, fields: &Fields, live: bool) -> Result<Response, Fault> {
    let data = Some(context.app.config.data.as_path());
    let said = |error| Fault::wrong(directory::store_words(&error));
    let now = Timestamp::now();
    let short = |name: &str| fields.word(name).map(|text| text.chars().take(300).collect::<String>());
    let (words, value, company) = (short("q"), short("number"), short("company"));
    let hits = match &words {
        Some(words) => directory::search(words, MOST, data, now).await.map_err(said)?.hits,
        None => Vec::new(),
    };
    let looked = match &value {
        Some(value) => Some(look_up(context, value, company.as_deref(), fields.word("country"), live).await?),
        None => None,
    };
    let main = html! {
        h1 { (context.t("directory.title")) }
        section.card {
            h2 { (icon("directory")) (context.t("directory.search")) }
            form.search action="/directory" method="get" role="search" {
                div.field { label for="q" { (context.t("directory.words")) } input id="q" name="q" type="search" value=(words.as_deref().unwrap_or_default()) maxlength="300"; }
                button.button type="submit" { (icon("find")) (context.t("cases.go")) }
            }
            @if words.is_some() && hits.is_empty() { p { (context.t("directory.none")) } }
            ul.choices { @for hit in &hits { (self::hit(context, hit)) } }
        }
        section.card #number-card {
            h2 { (icon("phone")) (context.t("directory.number_title")) }
            p { (context.t("directory.number_words")) }
            form action="/directory" method="get" {
                (Field::text("number", context.t("directory.number"), value.as_deref().unwrap_or_default()).draw())
                div.pair {
                    (Field::text("company", context.t("directory.company"), company.as_deref().unwrap_or_default()).draw())
                    (choice("country", context.t("find.country"), Some(context.t("find.any_country")), &options::countries(context), fields.word("country").or(context.preferences.country.as_deref()).unwrap_or_default()))
                }
                button.button type="submit" { (context.t("directory.number_go")) }
            }
            @if let Some(looked) = looked { (looked)
                form action="/directory" method="post" { (token(context))
                    input type="hidden" name="number" value=(value.as_deref().unwrap_or_default()); input type="hidden" name="company" value=(company.as_deref().unwrap_or_default());
                    input type="hidden" name="country" value=(fields.word("country").unwrap_or_default());
                    p.hint { (context.t("live.words")) }
                    button.button.quiet type="submit" { (icon("check")) (context.t("live.one")) }
                }
            }
        }
    };
    Ok(layout::page(context, context.t("directory.title"), main))
}

fn hit(context: &Context, hit: &HitView) -> Markup {
    let ask = hit.domain.as_deref().unwrap_or(&hit.name);
    let from: Vec<String> = hit.known_from.iter().map(|from| context.word("known_from", from)).collect();
    html! {
        li { form action="/find" method="post" {
            (token(context)) input type="hidden" name="company" value=(hit.name);
            @if let Some(country) = &hit.country { input type="hidden" name="country" value=(country); }
            button.choice type="submit" {
                strong { (hit.name) }
                span { (ask) @if let Some(country) = &hit.country { " · " (context.word("country", country)) } " · " (context.with("ladder.grade", &hit.grade)) " · " (context.with("directory.sightings", hit.sightings)) }
                span { (from.join(", ")) @if hit.matched != hit.name { " · " (hit.matched) } }
            }
        } }
    }
}

/// Says whose a value is: of one company where one is named, else of whoever is known to have it.
async fn look_up(
    context: &Context,
    value: &str,
    company: Option<&str>,
    country: Option<&str>,
    live: bool,
) -> Result<Markup, Fault> {
    let data = Some(context.app.config.data.as_path());
    let said = |error| Fault::wrong(directory::store_words(&error));
    let asked = context.app.live();
    let _turn = if live { Some(context.app.check_turn()?) } else { None };
    let country = country.map(desk::find::parse_country).transpose().map_err(Fault::wrong)?;
    if let Some(company) = company {
        let bearing = directory::bearing_on(value, company, data).await.map_err(said)?;
        let answer = scam_check::check_number(value, company, country, &bearing.known, &bearing.domains);
        return Ok(match answer {
            Ok(mut answer) => {
                if live {
                    let asking = verify::add_to(&mut answer, &asked, Timestamp::now());
                    asking.await.map_err(|error| Fault::wrong(error.to_string()))?;
                }
                whose(context, &answer)
            }
            Err(error) => layout::problem(context, &error.to_string()),
        });
    }
    let owners = directory::owners_of(value, data).await.map_err(said)?;
    let checks = if live {
        // A page that nobody is known to have is not opened: that alone may tell its owner that somebody is there.
        let opens = owners.iter().any(|owner| owner.own_page);
        let asking = verify::one(value, country, &asked, Timestamp::now(), opens);
        asking.await.map_err(|error| Fault::wrong(error.to_string()))?
    } else {
        Vec::new()
    };
    Ok(html! {
        @if owners.is_empty() { div.notice { (icon("warning")) div { strong { (context.t("directory.nobody")) } " " (context.t("directory.nobody_words")) } } }
        @for owner in &owners { (self::owner(context, owner)) }
        (contact::checks(context, &checks))
    })
}

fn owner(context: &Context, owner: &OwnerView) -> Markup {
    html! { div.notice .good[owner.own_page] { (icon(if owner.own_page { "check" } else { "warning" })) div { strong { (owner.company) } " " (context.word("rung", &owner.rung)) @if let Some(label) = &owner.label { " · " (label) } } } }
}

fn whose(context: &Context, answer: &CheckAnswer) -> Markup {
    let official = answer.whose == desk::Whose::Official;
    html! {
        div.notice .good[official] .bad[!official] role="status" {
            (icon(if official { "check" } else { "warning" }))
            div { strong { (answer.value) ": " (context.said(&desk::words::of_whose(answer.whose, &answer.company))) } ul { @for reason in &answer.reasons { li { (context.said(reason)) } } } p { (context.said(&answer.advice)) } }
        }
        (contact::checks(context, &answer.checks))
        h3 { (context.t("message.never")) }
        ul { @for never in &answer.never_asked { li { (context.said(never)) } } }
    }
}
