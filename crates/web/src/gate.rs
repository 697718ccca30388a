//! Who may ask what on the server of an advice centre: every request is held against the account that it comes from.
//!
//! What only reads may do is a short list, and so is what an account may set on a machine that is not its own: whatever
//! is added to the pages later is shut to them until it is written down here. What was done is written down after it was
//! done and before it is answered; what was refused as well.

use axum::extract::MatchedPath;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use desk::accounts::{AccountError, Actor, Doing};
use jiff::Timestamp;

use crate::app::App;
use crate::fault::Fault;
use crate::guard::{cookies, same_origin};
use crate::hall::{Hall, Peer};
use crate::here::Visitor;
use crate::secret;

/// What an account that only reads may send: nothing of it changes a case.
const READERS_SEND: &[&str] = &[
    "/account/passkeys",
    "/account/passkeys/ask",
    "/account/passkeys/remove",
    "/account/passkeys/rename",
    "/account/password",
    "/account/tokens",
    "/account/tokens/remove",
    "/api/v1/check",
    "/api/v1/check-number",
    "/api/v1/finds",
    "/api/v1/finds/{id}/stop",
    "/api/v1/scam-check",
    "/check",
    "/check-message",
    "/directory",
    "/find",
    "/find/{id}/stop",
    "/logout",
    "/settings/pages",
];
/// What an account may set; all else below `/settings/` is the keeper's, at the terminal of the server.
const ACCOUNTS_SET: &[&str] = &["/settings/me", "/settings/pages"];
/// What an account does first whose password somebody else made.
const FIRST: &[&str] = &["/account", "/account/password", "/logout"];

/// The door: whoever stands before it is nobody yet.
const DOOR: &[&str] = &["/login", "/login/passkey", "/login/passkey/ask"];

/// How a request is turned away.
#[derive(Debug)]
pub(crate) enum Refused {
    /// With a fault.
    Fault(Fault),
    /// With a fault, for it is beyond what this account may do: that is written down like what it did.
    Beyond(Box<Actor>, Fault),
    /// To the door, or to another page that comes first.
    To(String),
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What is written down of a request.
#[derive(Debug)]
pub(crate) struct Asked {
    actor: Actor,
    did: String,
    case: Option<String>,
    from: Option<String>,
    /// Whether it is written down whatever came of it; what only reads and no case is written down where it was refused.
    always: bool,
}

/// Returns the route of a request, as it is written in the list of routes.
fn route(parts: &Parts) -> &str {
    parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str)
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// Decides on a request.
pub(crate) async fn admit(app: &App, hall: &Hall, parts: &Parts) -> Result<Visitor, Refused> {
    let (headers, path) = (&parts.headers, parts.uri.path());
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    same_origin(headers, &parts.method, &format!("{}://{host}", hall.scheme()))?;
    if path.starts_with("/assets/") || matches!(path, "/alive" | "/api/v1/openapi.json") {
        return Ok(Visitor::Nobody);
    }
    if DOOR.contains(&path) {
        let shown = known(headers, &hall.cookie("door", app.port));
        let form = shown.map(|door| secret::derive(&door, "form"));
        return Ok(form.map_or(Visitor::Nobody, |form| Visitor::Before { form }));
    }
    if path.starts_with("/enter") {
        return Err(Fault::missing().into());
    }
    let visitor = if path.starts_with("/api/") {
        program(hall, headers).await?
    } else {
        browser(app, hall, parts).await?
    };
    if let Visitor::Account { actor, .. } = &visitor {
        may(actor, parts)?;
    }
    Ok(visitor)
}

/// Returns a secret of a cookie, where it has the form of one of ours.
fn known(headers: &HeaderMap, name: &str) -> Option<String> {
    let mut values = cookies(headers).filter(|(key, _)| *key == name).map(|(_, value)| value);
    let value = values.next()?;
    // Two of one name: one of them was planted.
    let ours = values.next().is_none() && value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit());
    ours.then(|| value.to_owned())
}

/// Returns who shows a token.
async fn program(hall: &Hall, headers: &HeaderMap) -> Result<Visitor, Refused> {
    let shown = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    let actor = match shown.len() {
        64 => hall.reception.program(shown, Timestamp::now()).await.map_err(Fault::inner)?,
        _ => None,
    };
    let actor = actor.ok_or_else(|| Fault::new(StatusCode::UNAUTHORIZED, "fault.account_api"))?;
    Ok(Visitor::Account { actor, form: String::new(), session: None })
}

/// Returns whose browser it is; one that is not known is sent to the door.
async fn browser(app: &App, hall: &Hall, parts: &Parts) -> Result<Visitor, Refused> {
    let session = known(&parts.headers, &hall.cookie("session", app.port));
    if let Some(session) = session
        && let Some(actor) = hall.reception.inside(&session, Timestamp::now()).await.map_err(Fault::inner)?
    {
        let form = secret::derive(&session, "form");
        return Ok(Visitor::Account { actor, form, session: Some(session) });
    }
    if is_safe(&parts.method) {
        let next = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        return Err(Refused::To(format!("/login?next={next}")));
    }
    Err(Fault::new(StatusCode::UNAUTHORIZED, "fault.out").into())
}

/// Holds a request against what the account may do.
fn may(actor: &Actor, parts: &Parts) -> Result<(), Refused> {
    let (route, safe) = (route(parts), is_safe(&parts.method));
    let beyond = |key| Refused::Beyond(Box::new(actor.clone()), Fault::new(StatusCode::FORBIDDEN, key));
    if actor.is_provisional() && !FIRST.contains(&route) {
        return Err(if safe { Refused::To("/account".to_owned()) } else { beyond("fault.provisional") });
    }
    if safe {
        return Ok(());
    }
    if route.starts_with("/settings/") && !ACCOUNTS_SET.contains(&route) {
        return Err(beyond("fault.keeper"));
    }
    if !actor.may_write() && !READERS_SEND.contains(&route) {
        return Err(beyond("fault.reads_only"));
    }
    Ok(())
}

impl Asked {
    /// Takes from a request what is written down of it: whatever was sent, whatever was read of a case, whatever the role
    /// does not let.
    pub(crate) fn of(hall: &Hall, parts: &Parts, actor: &Actor) -> Self {
        let route = route(parts);
        let case = case(route, parts.uri.path());
        let from = hall.address(&parts.headers, parts.extensions.get::<Peer>().copied());
        Self {
            actor: actor.clone(),
            did: format!("{} {route}", parts.method),
            always: !is_safe(&parts.method) || case.is_some(),
            case,
            from: from.map(|ip| ip.to_string()),
        }
    }

    /// Returns the name of the account.
    pub(crate) fn who(&self) -> &str {
        self.actor.name()
    }

    /// Writes it down as cut off by a stop of the server: whether it was done is not known.
    pub(crate) async fn cut_off(&self, hall: &Hall) -> Result<(), AccountError> {
        if !self.always {
            return Ok(());
        }
        let (case, from) = (self.case.as_deref(), self.from.as_deref());
        let doing = Doing { did: &self.did, case, about: None, outcome: "cut off by a stop", from };
        tracing::warn!(who = self.who(), did = self.did, "cut off by the stop of the server");
        hall.reception.record(Some(&self.actor), doing, Timestamp::now()).await
    }

    /// Writes it down with what came of it. `about` is the case that its body named, `location` where the answer leads:
    /// that names a case that was opened.
    pub(crate) async fn record(
        &self,
        hall: &Hall,
        status: StatusCode,
        about: Option<&str>,
        location: Option<&str>,
    ) -> Result<(), AccountError> {
        if !self.always && status != StatusCode::FORBIDDEN {
            return Ok(());
        }
        let opened = location.and_then(|location| {
            let rest = location.strip_prefix("/api/v1").unwrap_or(location).strip_prefix("/cases/")?;
            rest.split(['/', '?']).next().filter(|id| !id.is_empty())
        });
        let outcome = status.as_u16().to_string();
        let doing = Doing {
            did: &self.did,
            case: self.case.as_deref().or(about).or(opened),
            about: None,
            outcome: &outcome,
            from: self.from.as_deref(),
        };
        hall.reception.record(Some(&self.actor), doing, Timestamp::now()).await
    }
}

/// Returns the case that a path names, by its route.
fn case(route: &str, path: &str) -> Option<String> {
    let (mut route, mut path) = (route.split('/'), path.split('/'));
    let mut before = "";
    loop {
        let (pattern, part) = (route.next()?, path.next()?);
        if before == "cases" && pattern.starts_with('{') {
            let plain = percent_encoding::percent_decode_str(part).decode_utf8_lossy();
            return Some(plain.chars().filter(|c| !c.is_control()).take(80).collect());
        }
        before = pattern;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_case_of_a_path_is_found_by_its_route() {
        for (route, path, want) in [
            ("/cases/{id}", "/cases/acme-1", Some("acme-1")),
            ("/cases/{id}/files/{number}", "/cases/acme%2D1/files/2", Some("acme-1")),
            ("/api/v1/cases/{id}/log", "/api/v1/cases/acme-1/log", Some("acme-1")),
            ("/cases", "/cases", None),
            ("/find/{id}", "/find/x", None),
            ("", "/cases/acme-1", None),
        ] {
            assert_eq!(case(route, path).as_deref(), want, "{route}");
        }
    }
}
