//! Who may ask: only a browser on this machine, on this very address, that was let in by this launch; or an account of a
//! server of an advice centre, of which [`crate::gate`] decides.
//!
//! A page of another site can make the browser send requests here, and by a name of its own that it points at 127.0.0.1
//! (DNS rebinding) even read the answers. Against the second the `Host` is checked to the letter, against the first the
//! origin, a token in each form, and a cookie that is never sent along from another site.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, LOCATION, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::extension;
use crate::fault::Fault;
use crate::gate::{self, Asked, Refused};
use crate::here::{About, Visitor};
use crate::secret;
use crate::underway::Begun;

/// What pages may do: styles and small scripts of our own, and nothing of any other host.
pub(crate) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What tells browsers to come back by TLS only, for a year.
const ONLY_TLS: &str = "max-age=31536000";

/// The most requests of one account that are answered at once: a quarter of those of all.
pub(crate) const MOST_EACH: usize = 32;

/// Returns whether a `Host` is ours to the letter.
pub(crate) fn own_host(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost"].iter().any(|name| host == format!("{name}:{port}"))
}

/// Lets a request through or refuses it, and sets the headers that every answer has.
///
/// Whoever asked may go away meanwhile; what was begun is run to its end all the same, so that nothing is done by halves
/// and nothing goes unrecorded. It keeps its place among those that are answered at once until then.
pub(crate) async fn guard(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let turn = app.turn().await;
    let secure = app.hall.as_ref().is_some_and(|hall| hall.secure);
    let underway = app.underway.clone();
    let answering = underway.run(|begun| async move {
        let _turn = turn;
        answered(&app, &begun, request, next).await
    });
    let mut response = answering.await.unwrap_or_else(|error| Fault::inner(error).into_response());
    dress(response.headers_mut());
    if secure {
        response.headers_mut().insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_TLS));
    }
    response
}

/// Answers a request, and writes down what an account did or was refused.
async fn answered(app: &Arc<App>, begun: &Begun, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // On a server of accounts an extension is one more site: whoever wants to send pages there does it from the pages.
    let extension = app.hall.is_none().then(|| extension::origin(&parts.headers, parts.uri.path())).flatten();
    let asks_first = extension.is_some() && parts.method == Method::OPTIONS;
    let admitted = match (named(app, &parts), &app.hall) {
        (Err(fault), _) => Err(fault.into()),
        // A browser asks without the token whether it may send it; that tells nothing.
        (Ok(()), None) if asks_first => Ok(Visitor::Nobody),
        (Ok(()), None) => admit(app, &parts, extension.is_some()).map_err(Refused::from),
        (Ok(()), Some(hall)) => gate::admit(app, hall, &parts).await,
    };
    let asked = match (&admitted, &app.hall) {
        (Ok(Visitor::Account { actor, .. }), Some(hall)) => Some(Asked::of(hall, &parts, actor)),
        (Err(Refused::Beyond(actor, _)), Some(hall)) => Some(Asked::of(hall, &parts, actor)),
        _ => None,
    };
    let asked = asked.map(Arc::new);
    if let Some(asked) = &asked {
        begun.is(asked);
    }
    // Held until it is answered: whoever asks for much at once keeps nobody else waiting.
    let place = asked.as_ref().map(|asked| app.places.take(asked.who().to_owned(), MOST_EACH, usize::MAX));
    let about = About::default();
    let mut response = match admitted {
        Ok(_) if asks_first => StatusCode::NO_CONTENT.into_response(),
        Ok(_) if place.as_ref().is_some_and(Option::is_none) => {
            Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.at_once").into_response()
        }
        Ok(visitor) => {
            if extension.is_some() {
                // Whoever showed the token is no forger: the checks behind this one need not know of extensions.
                for name in ["origin", "sec-fetch-site"] {
                    parts.headers.remove(name);
                }
            }
            parts.extensions.insert(visitor);
            parts.extensions.insert(about.clone());
            next.run(Request::from_parts(parts, body)).await
        }
        Err(Refused::Fault(fault) | Refused::Beyond(_, fault)) => fault.into_response(),
        Err(Refused::To(place)) => (StatusCode::SEE_OTHER, [(LOCATION, place)]).into_response(),
    };
    if let Some(origin) = extension {
        extension::admit(response.headers_mut(), origin);
        if asks_first {
            extension::preflight(response.headers_mut());
        }
    }
    if let (Some(asked), Some(hall)) = (asked, &app.hall) {
        let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
        if let Err(error) = asked.record(hall, response.status(), about.case(), location).await {
            response = Fault::inner(error).into_response();
        }
    }
    response
}

/// Refuses a name that is not ours to the letter.
fn named(app: &App, parts: &Parts) -> Result<(), Fault> {
    let mut hosts = parts.headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    let authority = parts.uri.authority().map(axum::http::uri::Authority::as_str);
    if hosts.next().is_some()
        || !app
            .hall
            .as_ref()
            .map_or_else(|| own_host(host, app.port), |hall| hall.hosts.iter().any(|own| own == host))
        || authority.is_some_and(|authority| authority != host)
    {
        return Err(Fault::new(StatusCode::MISDIRECTED_REQUEST, "fault.host"));
    }
    Ok(())
}

/// Decides on a request to the pages of a single user. An extension is of another origin, and is held to the token alone.
fn admit(app: &App, parts: &Parts, of_extension: bool) -> Result<Visitor, Fault> {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !of_extension {
        same_origin(&parts.headers, &parts.method, &format!("http://{host}"))?;
    }
    let path = parts.uri.path();
    let open = path.starts_with("/assets/") || matches!(path, "/enter" | "/alive" | "/api/v1/openapi.json");
    if open {
        return Ok(Visitor::Nobody);
    }
    let secret = match path {
        "/enter/ticket" => Some((&app.launch, "fault.locked")),
        path if path.starts_with("/api/") => Some((&app.api, "fault.api")),
        _ => None,
    };
    if let Some((secret, fault)) = secret {
        let shown = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        return if secret::same(shown, secret) {
            Ok(Visitor::Owner)
        } else {
            Err(Fault::new(StatusCode::UNAUTHORIZED, fault))
        };
    }
    let name = app.cookie_name();
    let known = cookies(&parts.headers).any(|(key, value)| key == name && secret::same(value, &app.session));
    if known { Ok(Visitor::Owner) } else { Err(Fault::new(StatusCode::UNAUTHORIZED, "fault.locked")) }
}

/// Refuses what another site makes the browser send: any write, and any read that is no plain visit.
pub(crate) fn same_origin(headers: &HeaderMap, method: &Method, own: &str) -> Result<(), Fault> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let refused = || Err(Fault::new(StatusCode::FORBIDDEN, "fault.origin"));
    if text("origin").is_some_and(|origin| origin != own) {
        return refused();
    }
    let visit = *method == Method::GET && text("sec-fetch-mode") == Some("navigate");
    match text("sec-fetch-site") {
        None | Some("same-origin" | "none") => Ok(()),
        // A link on another site may lead here; without the cookie it leads to a closed door.
        Some(_) if visit && text("sec-fetch-dest") == Some("document") => Ok(()),
        Some(_) => refused(),
    }
}

/// Returns the cookies of a request.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// Sets the headers that every answer has; a handler may have set a stricter policy.
fn dress(headers: &mut HeaderMap) {
    let fixed = |text: &'static str| HeaderValue::from_static(text);
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(fixed(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    headers.insert(X_FRAME_OPTIONS, fixed("DENY"));
    // `no-referrer` would turn the `Origin` of our own forms into `null`.
    headers.insert(REFERRER_POLICY, fixed("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), fixed("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), fixed("same-origin"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        fixed("camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    );
    headers.entry(CACHE_CONTROL).or_insert(fixed("no-store"));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn only_our_own_address_is_a_host() {
        for host in ["127.0.0.1:7425", "localhost:7425"] {
            assert!(own_host(host, 7425), "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:80",
            "evil.example:7425",
            "127.0.0.1.evil.example:7425",
            "",
            "[::1]:7425",
        ] {
            assert!(!own_host(host, 7425), "{host}");
        }
    }

    #[test]
    fn what_another_site_sends_is_refused_and_a_plain_visit_is_not() {
        let host = "http://127.0.0.1:7425";
        let ask = |method: Method, pairs: &[(&'static str, &'static str)]| {
            same_origin(&headers(pairs), &method, host)
        };
        assert!(
            ask(Method::POST, &[("origin", "http://127.0.0.1:7425"), ("sec-fetch-site", "same-origin")])
                .is_ok()
        );
        assert!(ask(Method::GET, &[("sec-fetch-site", "none"), ("sec-fetch-mode", "navigate")]).is_ok());
        let visit = [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document"),
        ];
        assert!(ask(Method::GET, &visit).is_ok());
        assert!(ask(Method::POST, &visit).is_err());
        for pairs in [
            &[("origin", "https://evil.example")][..],
            &[("origin", "null")],
            &[("origin", "http://localhost:7425")],
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")],
            &[("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")],
            &[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")],
        ] {
            assert!(ask(Method::GET, pairs).is_err(), "{pairs:?}");
        }
    }
}
