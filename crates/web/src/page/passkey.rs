//! Passkeys: coming in by one at the door, and making, naming and taking them back on the page of the account.
//!
//! What a browser is asked and what it answers are carried by a small script of ours; everything else is plain forms.
//! Without the script, or in a browser that has no passkeys, nothing of it is offered that would do nothing.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use desk::accounts::AccountError;
use desk::accounts::passkey::{Browser, PasskeyView, Site};
use jiff::Timestamp;
use maud::{Markup, html};

use crate::app::App;
use crate::asset;
use crate::context::Context;
use crate::fault::Fault;
use crate::hall::{Hall, network};
use crate::layout::{self, Field, icon, token};
use crate::page::account::{self, actor};
use crate::page::login::{self, CameFrom, hall, onward};
use crate::post::{Fields, Posted};

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/login/passkey", post(enter))
        .route("/login/passkey/ask", post(ask_at_door))
        .route("/account/passkeys", post(keep))
        .route("/account/passkeys/ask", post(ask_to_make))
        .route("/account/passkeys/rename", post(rename))
        .route("/account/passkeys/remove", post(remove))
}

/// Returns the site as the browser asked for it; the guard knows its name already. None where browsers make no passkeys.
pub(crate) fn site(hall: &Hall, headers: &HeaderMap) -> Option<Site> {
    let host = headers.get("host").and_then(|host| host.to_str().ok())?;
    Site::of(&format!("{}://{host}", hall.scheme()))
}

fn needed(hall: &Hall, headers: &HeaderMap) -> Result<Site, Fault> {
    site(hall, headers).ok_or_else(Fault::missing)
}

/// Returns the script of passkeys, for the head of a page.
pub(crate) fn script() -> Markup {
    html! { script src=(asset::url("passkey.js")) defer {} }
}

/// Returns what counts as one source of questions.
fn source(from: Option<IpAddr>) -> String {
    from.map(|ip| network(ip).to_string()).unwrap_or_default()
}

fn json(text: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], text).into_response()
}

/// Asks a browser at the door for a passkey.
async fn ask_at_door(
    context: Context,
    headers: HeaderMap,
    CameFrom(from): CameFrom,
    _: Posted,
) -> Result<Response, Fault> {
    let hall = hall(&context)?;
    if !hall.rates.may_try(from) {
        return Err(Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.attempts"));
    }
    let (site, source) = (needed(hall, &headers)?, source(from));
    let browser = Browser { shows: &context.app.form, source: &source };
    Ok(json(hall.reception.ask_for_passkey(&site, browser, Timestamp::now())?))
}

/// Lets somebody in by what the browser answered.
async fn enter(
    context: Context,
    headers: HeaderMap,
    CameFrom(from): CameFrom,
    Posted(fields): Posted,
) -> Result<Response, Fault> {
    let hall = hall(&context)?;
    if !hall.rates.may_try(from) {
        return Err(Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.attempts"));
    }
    let site = needed(hall, &headers)?;
    let next = onward(fields.word("next"));
    let (answer, address) = (fields.word("answer").unwrap_or_default(), from.map(|ip| ip.to_string()));
    let shows = context.app.form.as_str();
    let entered =
        hall.reception.enter_by_passkey(&site, answer, shows, address.as_deref(), Timestamp::now()).await;
    if let Some(entered) = entered.map_err(Fault::inner)? {
        return login::welcome(&context, hall, &headers, &entered, next).await;
    }
    hall.rates.failed(from);
    let page =
        login::screen(&context, Some(&site), shows, next, None, Some(context.t("login.passkey_refused")));
    Ok(layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// The way in by a passkey, at the door. The script shows it where the browser has passkeys.
pub(crate) fn way_in(context: &Context, form: &str, next: &str) -> Markup {
    html! {
        form.by-passkey action="/login/passkey" method="post" data-passkey="get" data-ask="/login/passkey/ask" hidden {
            input type="hidden" name="token" value=(form);
            input type="hidden" name="next" value=(next);
            input type="hidden" name="answer" value="";
            p.or { span { (context.t("login.or")) } }
            button.button.quiet type="submit" { (icon("shield")) (context.t("login.by_passkey")) }
            p.hint role="status" data-waits=(context.t("passkey.waits")) data-nothing=(context.t("passkey.nothing_shown")) {}
        }
    }
}

/// Asks a browser to make a passkey, for whoever knows the password.
async fn ask_to_make(
    context: Context,
    headers: HeaderMap,
    CameFrom(from): CameFrom,
    Posted(fields): Posted,
) -> Result<Response, Fault> {
    let (hall, actor) = (hall(&context)?, actor(&context)?);
    if !hall.rates.may_try(from) {
        return Err(Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.attempts"));
    }
    let (site, source) = (needed(hall, &headers)?, source(from));
    let browser = Browser { shows: session(&context)?, source: &source };
    let (words, address) = (fields.get("password").unwrap_or_default(), from.map(|ip| ip.to_string()));
    let asked = hall
        .reception
        .ask_to_make_passkey(actor, &site, words, browser, address.as_deref(), Timestamp::now())
        .await;
    let refused = |words: &str| (StatusCode::UNPROCESSABLE_ENTITY, words.to_owned()).into_response();
    match asked {
        Ok(question) => Ok(json(question)),
        Err(AccountError::Password) => {
            hall.rates.failed(from);
            Ok(refused(context.t("account.password_wrong")))
        }
        Err(AccountError::Wrong(words)) => Ok(refused(&context.says(&words))),
        Err(error) => Err(error.into()),
    }
}

/// Keeps the passkey that a browser made.
async fn keep(context: Context, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Fault> {
    let (hall, actor) = (hall(&context)?, actor(&context)?);
    let site = needed(hall, &headers)?;
    let (label, answer) =
        (fields.word("passkey").unwrap_or_default(), fields.word("answer").unwrap_or_default());
    let kept =
        hall.reception.keep_passkey(actor, &site, label, answer, session(&context)?, Timestamp::now()).await;
    told(&context, &headers, kept.map(|()| true), "passkey").await
}

async fn rename(context: Context, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Fault> {
    let (id, label) = named(&fields);
    let renamed = hall(&context)?.reception.rename_passkey(actor(&context)?, id, label).await;
    told(&context, &headers, renamed, "passkey_renamed").await
}

async fn remove(context: Context, headers: HeaderMap, Posted(fields): Posted) -> Result<Response, Fault> {
    let removed = hall(&context)?.reception.remove_passkey(actor(&context)?, named(&fields).0).await;
    told(&context, &headers, removed, "passkey_removed").await
}

fn named(fields: &Fields) -> (&str, &str) {
    (fields.word("id").unwrap_or_default(), fields.word("label").unwrap_or_default())
}

/// Returns what binds the questions of this page to its browser; a program has no page.
fn session(context: &Context) -> Result<&str, Fault> {
    context.app.session().ok_or_else(Fault::missing)
}

/// Tells what came of it, on the page of the account.
async fn told(
    context: &Context,
    headers: &HeaderMap,
    came: Result<bool, AccountError>,
    done: &str,
) -> Result<Response, Fault> {
    let words = match came {
        Ok(true) => return Ok(Redirect::to(&format!("/account?done={done}")).into_response()),
        Ok(false) => return Err(Fault::missing()),
        Err(AccountError::Passkey) => context.t("passkey.not_taken").to_owned(),
        Err(AccountError::Wrong(words)) => context.says(&words),
        Err(error) => return Err(error.into()),
    };
    let page = account::screen(context, headers, None, Some(&words), None).await?;
    Ok(layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page))
}

/// The card of the passkeys of an account. Where browsers make none at this address, it says so.
pub(crate) fn card(context: &Context, passkeys: &[PasskeyView], offered: bool) -> Markup {
    html! {
        section.card #passkeys { h2 { (icon("shield")) (context.t("passkey.title")) }
            p { (context.t("passkey.words")) }
            @if !passkeys.is_empty() { ul.log-lines { @for one in passkeys { li { (self::one(context, one)) } } } }
            @if offered {
                form.script-only action="/account/passkeys" method="post" data-passkey="create" data-ask="/account/passkeys/ask" hidden {
                    (token(context))
                    input type="hidden" name="answer" value="";
                    div.pair {
                        (Field::text("passkey", context.t("passkey.label"), context.t("passkey.label_usual")).draw())
                        // Without a name of its own it is not sent along with the answer.
                        div.field { label for="passkey-password" { (context.t("passkey.password")) } input id="passkey-password" type="password" required autocomplete="current-password" maxlength="1024"; }
                    }
                    button.button.quiet type="submit" { (icon("plus")) (context.t("passkey.make")) }
                    p.hint role="status" data-waits=(context.t("passkey.waits")) data-nothing=(context.t("passkey.nothing_made")) {}
                }
                p.hint.script-only data-no-passkeys hidden { (context.t("passkey.none_here")) }
                p.hint.no-script { (context.t("passkey.no_script")) }
            } @else { p.hint { (context.t("passkey.no_name")) } }
        }
    }
}

/// A passkey with its name, to be changed, and the way to take it back.
fn one(context: &Context, one: &PasskeyView) -> Markup {
    let used = one.used.as_deref().map(|day| context.with("passkey.used", day));
    html! {
        span { strong { (one.label) }
            p.hint { (context.with("passkey.made", &one.made)) ", " (used.as_deref().unwrap_or(context.t("passkey.never_used"))) }
            details { summary { (context.t("passkey.rename")) }
                form.code-row action="/account/passkeys/rename" method="post" { (token(context)) input type="hidden" name="id" value=(one.id);
                    input name="label" value=(one.label) maxlength="60" required autocomplete="off" aria-label={ (context.t("passkey.new_name")) ": " (one.label) };
                    button.button.small.quiet type="submit" { (context.t("passkey.rename_do")) } }
            }
        }
        form.actions action="/account/passkeys/remove" method="post" { (token(context)) input type="hidden" name="id" value=(one.id);
            button.button.small.quiet type="submit" aria-label={ (context.t("passkey.remove")) ": " (one.label) } { (context.t("passkey.remove")) } }
    }
}
