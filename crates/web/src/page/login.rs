//! The door of a server of an advice centre: a name and a password let a browser in, or a passkey; and the way out.
//!
//! Whatever does not fit is answered alike. The form has a token that belongs to a cookie of its own, so that no other
//! site can log a browser in as somebody else.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{FromRequestParts, RawQuery};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use axum::routing::{get, post};
use desk::accounts::Entered;
use desk::accounts::passkey::Site;
use jiff::Timestamp;
use maud::html;

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::hall::{Hall, Peer};
use crate::layout::{self, Page, icon};
use crate::page::passkey;
use crate::post::{Fields, Posted};
use crate::secret;

/// Returns the routes.
pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new().route("/login", get(show).post(enter)).route("/logout", post(leave))
}

/// From where a request came.
pub(crate) struct CameFrom(pub(crate) Option<IpAddr>);

impl FromRequestParts<Arc<App>> for CameFrom {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<Peer>().copied();
        Ok(Self(app.hall.as_ref().and_then(|hall| hall.address(&parts.headers, peer))))
    }
}

/// Returns the server of accounts; there is no such page without one.
pub(crate) fn hall(context: &Context) -> Result<&Hall, Fault> {
    context.app.hall.as_ref().ok_or_else(Fault::missing)
}

/// Returns where a browser goes on: a path of ours and nothing else.
pub(crate) fn onward(next: Option<&str>) -> &str {
    let ours = |next: &&str| {
        next.starts_with('/')
            && !next.starts_with("//")
            && !next.starts_with("/login")
            && !next.contains('\\')
            && next.len() <= 600
            && next.bytes().all(|b| b.is_ascii_graphic())
    };
    next.filter(ours).unwrap_or("/")
}

async fn show(context: Context, headers: HeaderMap, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let hall = hall(&context)?;
    let fields = Fields::of_query(query.as_deref());
    let next = onward(fields.word("next"));
    let site = passkey::site(hall, &headers);
    if !context.app.form.is_empty() {
        return Ok(screen(&context, site.as_ref(), &context.app.form, next, None, None));
    }
    let door = secret::random().map_err(Fault::inner)?;
    let mut response = screen(&context, site.as_ref(), &secret::derive(&door, "form"), next, None, None);
    let cookie = hall.set_cookie("door", context.app.port, &door);
    response.headers_mut().insert(SET_COOKIE, HeaderValue::from_str(&cookie).map_err(Fault::inner)?);
    Ok(response)
}

async fn enter(
    context: Context,
    headers: HeaderMap,
    CameFrom(from): CameFrom,
    Posted(fields): Posted,
) -> Result<Response, Fault> {
    let hall = hall(&context)?;
    let next = onward(fields.word("next"));
    if !hall.rates.may_try(from) {
        return Err(Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.attempts"));
    }
    let (name, words) = (fields.word("name").unwrap_or_default(), fields.get("password").unwrap_or_default());
    let address = from.map(|ip| ip.to_string());
    let entered = hall.reception.enter(name, words, address.as_deref(), Timestamp::now()).await;
    let Some(entered) = entered.map_err(Fault::inner)? else {
        hall.rates.failed(from);
        let (site, words) = (passkey::site(hall, &headers), context.t("login.refused"));
        let page = screen(&context, site.as_ref(), &context.app.form, next, Some(name), Some(words));
        return Ok(layout::with_status(StatusCode::UNPROCESSABLE_ENTITY, page));
    };
    welcome(&context, hall, &headers, &entered, next).await
}

/// Shows whoever came in where they go on, with a session of their own.
pub(crate) async fn welcome(
    context: &Context,
    hall: &Hall,
    headers: &HeaderMap,
    entered: &Entered,
    next: &str,
) -> Result<Response, Fault> {
    // What the browser had before opens nothing any more.
    let before = hall.cookie("session", context.app.port);
    for (_, old) in crate::guard::cookies(headers).filter(|(key, _)| *key == before) {
        hall.reception.leave(old).await.map_err(Fault::inner)?;
    }
    let port = context.app.port;
    let cookies = AppendHeaders([
        (SET_COOKIE, hall.set_cookie("session", port, &entered.session)),
        (SET_COOKIE, hall.set_cookie("door", port, "")),
    ]);
    Ok((StatusCode::SEE_OTHER, cookies, [(LOCATION, next.to_owned())]).into_response())
}

async fn leave(context: Context, _: Posted) -> Result<Response, Fault> {
    let hall = hall(&context)?;
    if let Some(session) = context.app.session() {
        hall.reception.leave(session).await.map_err(Fault::inner)?;
    }
    let cookie = hall.set_cookie("session", context.app.port, "");
    Ok((StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, "/login".to_owned())]).into_response())
}

/// Draws the door, for the site that passkeys belong to where browsers make any.
pub(crate) fn screen(
    context: &Context,
    site: Option<&Site>,
    form: &str,
    next: &str,
    name: Option<&str>,
    wrong: Option<&str>,
) -> Response {
    let main = html! {
        section.narrow.card {
            h1 { (context.t("login.title")) }
            @if let Some(words) = wrong { div.notice.bad role="alert" { (icon("warning")) div { (words) } } }
            form action="/login" method="post" {
                input type="hidden" name="token" value=(form);
                input type="hidden" name="next" value=(next);
                div.field { label for="name" { (context.t("login.name")) } input id="name" name="name" value=(name.unwrap_or_default()) required autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64"; }
                div.field { label for="password" { (context.t("login.password")) } input id="password" name="password" type="password" required autocomplete="current-password" maxlength="1024"; }
                button.button type="submit" { (context.t("login.enter")) }
            }
            @if site.is_some() { (passkey::way_in(context, form, next)) }
            p.hint { (context.t("login.help")) }
            @if next != "/" && wrong.is_none() { p.hint { (context.t("login.already")) " " a href=(next) { (context.t("login.go_on")) } } }
        }
    };
    let page = Page { title: context.t("login.title"), head: passkey::script(), main, wide: false };
    layout::whole(context, &page).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_goes_on_to_a_path_of_ours_only() {
        for (next, want) in [
            ("/cases/acme-1?done=log", "/cases/acme-1?done=log"),
            ("//evil.example/", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("/login?next=/x", "/"),
            ("/a\r\nset-cookie: x=y", "/"),
            ("", "/"),
        ] {
            assert_eq!(onward(Some(next)), want, "{next:?}");
        }
        assert_eq!(onward(None), "/");
    }
}
