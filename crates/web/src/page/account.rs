//! The account of whoever is in: password, passkeys, tokens for programs, and for a supervisor what was done in the organisation.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, RawQuery};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::accounts::password::{LEAST, MOST};
use desk::accounts::{AccountError, Actor, TokenView};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::layout::{self, Field, Page, choice, icon, token};
use crate::page::login::{CameFrom, hall};
use crate::page::passkey;
use crate::post::{Fields, Posted};

/// The most deeds that are shown.
const MOST_DEEDS: u32 = 300;
/// How many days a token lasts where nobody says otherwise.
const DAYS: &str = "90";

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/account", get(show))
        .route("/account/password", post(password))
        .route("/account/tokens", post(make_token))
        .route("/account/tokens/remove", post(remove_token))
        .route("/account/deeds", get(deeds))
        .route("/cases/{id}/give", post(give))
}

pub(crate) fn actor(context: &Context) -> Result<&Actor, Fault> {
    context.app.actor().ok_or_else(Fault::missing)
}

impl From<AccountError> for Fault {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Case(error) => error.into(),
            AccountError::Role => Self::new(StatusCode::FORBIDDEN, "fault.role"),
            AccountError::Wrong(_)
            | AccountError::Weak(_)
            | AccountError::Passkey
            | AccountError::Password => Self::wrong(error.to_string()),
            AccountError::Accounts(_) if error.is_of_user() => Self::wrong(error.to_string()),
            AccountError::Accounts(_) | AccountError::System(_) => Self::inner(error),
        }
    }
}

async fn show(context: Context, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let said = fields.word("done").map(|what| context.word("done", what));
    screen(&context, &headers, said.as_deref(), None, None).await
}

/// Draws the page, with what was done, what could not be taken, or a token that was just made.
pub(crate) async fn screen(
    context: &Context,
    headers: &HeaderMap,
    said: Option<&str>,
    wrong: Option<&str>,
    made: Option<&str>,
) -> Result<Response, Fault> {
    let actor = actor(context)?;
    let hall = hall(context)?;
    let tokens = hall.reception.tokens(actor).await?;
    let passkeys = hall.reception.passkeys(actor).await?;
    let offered = passkey::site(hall, headers).is_some();
    let main = html! {
        h1 { (context.t("account.title")) }
        @if let Some(said) = said { (layout::done(said)) }
        @if let Some(words) = wrong { (layout::problem(context, words)) }
        @if actor.is_provisional() { div.notice role="status" { (icon("warning")) div { (context.t("account.provisional")) } } }
        dl.chips {
            div { dt { (context.t("login.name")) } dd { (actor.name()) } }
            div { dt { (context.t("account.organisation")) } dd { (actor.organisation()) } }
            div { dt { (context.t("account.role")) } dd { (context.word("role", actor.role().id())) } }
        }
        p { (context.word("role_may", actor.role().id())) }
        (password_card(context))
        @if !actor.is_provisional() {
            (passkey::card(context, &passkeys, offered))
            (tokens_card(context, &tokens, made))
            @if context.app.supervisor().is_some() {
                section.card { h2 { (icon("clock")) (context.t("account.deeds")) }
                    p { (context.t("account.deeds_words")) }
                    p { a.button.quiet href="/account/deeds" { (context.t("account.deeds_show")) } }
                }
            }
        }
    };
    let page = Page { title: context.t("account.title"), head: passkey::script(), main, wide: false };
    Ok(layout::whole(context, &page).into_response())
}

fn password_card(context: &Context) -> Markup {
    html! {
        section.card #password-card { h2 { (icon("shield")) (context.t("account.password")) }
            p.hint #password-rule { (context.with("account.password_rule", LEAST)) }
            form action="/account/password" method="post" { (token(context))
                div.field { label for="old" { (context.t("account.password_old")) } input id="old" name="old" type="password" required autocomplete="current-password" maxlength="1024"; }
                div.pair {
                    div.field { label for="new" { (context.t("account.password_new")) } input id="new" name="new" type="password" required autocomplete="new-password" minlength=(LEAST) maxlength=(MOST) aria-describedby="password-rule"; }
                    div.field { label for="again" { (context.t("account.password_again")) } input id="again" name="again" type="password" required autocomplete="new-password" maxlength=(MOST); }
                }
                @if !context.app.actor().is_some_and(Actor::is_provisional) { p.hint { (context.t("account.password_takes")) } }
                button.button type="submit" { (context.t("account.password_do")) }
            }
        }
    }
}

fn tokens_card(context: &Context, tokens: &[TokenView], made: Option<&str>) -> Markup {
    html! {
        section.card #tokens { h2 { (icon("settings")) (context.t("account.tokens")) }
            p { (context.t("account.tokens_words")) }
            @if let Some(made) = made {
                div.notice.good role="status" { (icon("check")) div { (context.t("account.token_made")) " " code #token-made { (made) } } }
            }
            @if !tokens.is_empty() { ul.log-lines { @for one in tokens { li {
                span { strong { (one.label) } p.hint { (context.with("account.token_ends", &one.ends)) } }
                form.actions action="/account/tokens/remove" method="post" { (token(context)) input type="hidden" name="id" value=(one.id);
                    button.button.small.quiet type="submit" aria-label={ (context.t("account.token_remove")) ": " (one.label) } { (context.t("account.token_remove")) } }
            } } } }
            form action="/account/tokens" method="post" { (token(context))
                div.pair {
                    (Field::text("label", context.t("account.token_label"), "").draw())
                    (Field::of("number", "days", context.t("account.token_days"), DAYS).draw())
                }
                button.button.quiet type="submit" { (context.t("account.token_do")) }
            }
        }
    }
}

async fn password(
    context: Context,
    headers: HeaderMap,
    CameFrom(from): CameFrom,
    Posted(fields): Posted,
) -> Result<Response, Fault> {
    let (hall, actor) = (hall(&context)?, actor(&context)?);
    let field = |name: &str| fields.get(name).unwrap_or_default();
    let refused = async |words: &str| {
        let page = screen(&context, &headers, None, Some(words), None).await?;
        Ok::<_, Fault>(layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
    };
    if field("new") != field("again") {
        return refused(context.t("account.password_differ")).await;
    }
    if field("new") == field("old") {
        return refused(context.t("account.password_same")).await;
    }
    if !hall.rates.may_try(from) {
        return Err(Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.attempts"));
    }
    let address = from.map(|ip| ip.to_string());
    let words = (field("old"), field("new"));
    match hall.reception.change_password(actor, words, address.as_deref(), Timestamp::now()).await {
        Ok(entered) => {
            let cookie = hall.set_cookie("session", context.app.port, &entered.session);
            let place = "/account?done=password".to_owned();
            Ok((StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, place)]).into_response())
        }
        Err(AccountError::Weak(weak)) => refused(&context.word("weak", weak.id())).await,
        Err(AccountError::Password) => {
            hall.rates.failed(from);
            refused(context.t("account.password_wrong")).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn make_token(context: Context, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Fault> {
    let (hall, actor) = (hall(&context)?, actor(&context)?);
    let days = fields.word("days").unwrap_or(DAYS).parse().unwrap_or(0);
    let label = fields.word("label").unwrap_or_default();
    match hall.reception.make_token(actor, label, days, Timestamp::now()).await {
        Ok(made) => screen(&context, &headers, None, None, Some(&made)).await,
        Err(AccountError::Wrong(words)) => {
            let page = screen(&context, &headers, None, Some(&context.says(&words)), None).await?;
            Ok(layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
        }
        Err(error) => Err(error.into()),
    }
}

async fn remove_token(context: Context, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let (hall, actor) = (hall(&context)?, actor(&context)?);
    if !hall.reception.remove_token(actor, fields.word("id").unwrap_or_default()).await? {
        return Err(Fault::missing());
    }
    Ok(Redirect::to("/account?done=token_removed"))
}

async fn deeds(context: Context) -> Result<Response, Fault> {
    let deeds = hall(&context)?.reception.deeds(actor(&context)?, MOST_DEEDS).await?;
    let main = html! {
        p.eyebrow { a href="/account" { "← " (context.t("account.title")) } }
        h1 { (context.t("account.deeds")) }
        p { (context.t("account.deeds_words")) }
        div.scroll tabindex="0" role="region" aria-label=(context.t("account.deeds")) { table {
            thead { tr {
                th { (context.t("account.deed_at")) } th { (context.t("account.deed_who")) } th { (context.t("account.deed_did")) }
                th { (context.t("account.deed_about")) } th { (context.t("account.deed_outcome")) } th { (context.t("account.deed_from")) }
            } }
            tbody { @for row in &deeds { tr {
                td { time datetime=(row.deed.at) { (row.deed.at.chars().take(19).collect::<String>().replace('T', " ")) } }
                td { (row.deed.who) }
                td { code { (row.deed.did) } }
                td { @if let Some(case) = &row.deed.case { (case) " " } (row.deed.about.as_deref().unwrap_or_default()) }
                td { (row.deed.outcome) }
                td { (row.deed.from.as_deref().unwrap_or_default()) }
            } } }
        } }
    };
    Ok(layout::wide(&context, context.t("account.deeds"), main))
}

/// Gives a case to somebody else of the organisation.
async fn give(context: Context, Path(id): Path<String>, Posted(fields): Posted) -> Result<Redirect, Fault> {
    let hall = hall(&context)?;
    let to = fields.word("adviser").unwrap_or_default();
    hall.reception.give(&context.app.place(), &id, to, Timestamp::now()).await?;
    Ok(Redirect::to(&format!("/cases/{id}?done=given")))
}

/// Draws who works on a case, and for a supervisor the way to give it to somebody else; nothing for a single user.
pub(crate) async fn holder_card(context: &Context, id: &str) -> Result<Markup, Fault> {
    let (Some(hall), Some(actor)) = (&context.app.hall, context.app.actor()) else { return Ok(html! {}) };
    let holder = desk::case::holder(&context.app.place(), id).await?;
    let adviser = holder.unwrap_or_default();
    let colleagues = match context.app.supervisor() {
        Some(_) => hall.reception.colleagues(actor).await?,
        None => Vec::new(),
    };
    let options: Vec<(String, String)> =
        colleagues.into_iter().map(|one| (one.name.clone(), one.name)).collect();
    Ok(html! {
        section.card #holder { h2 { (icon("cases")) (context.t("account.holder")) }
            p { strong { (adviser) } " · " (actor.organisation()) }
            @if !options.is_empty() {
                form action={ "/cases/" (id) "/give" } method="post" { (token(context))
                    (choice("adviser", context.t("account.give_to"), None, &options, &adviser))
                    button.button.quiet type="submit" { (context.t("account.give")) }
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_machine_failed_at_is_not_laid_on_the_user() {
        let failed = AccountError::System("the system gives no random numbers".to_owned());
        assert!(!failed.is_of_user());
        assert_eq!(Fault::from(failed).status, StatusCode::INTERNAL_SERVER_ERROR);
        let wrong = AccountError::Wrong("a token lasts from 1 to 90 days".to_owned());
        assert_eq!(Fault::from(wrong).status, StatusCode::UNPROCESSABLE_ENTITY);
    }
}
