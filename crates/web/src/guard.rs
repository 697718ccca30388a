//! Who may ask: only a browser on this machine, on this very address, that was let in by this launch.
//!
//! A page of another site can make the browser send requests here, and by a name of its own that it points at 127.0.0.1
//! (DNS rebinding) even read the answers. Against the second the `Host` is checked to the letter, against the first the
//! origin, a token in each form, and a cookie that is never sent along from another site.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::extension;
use crate::fault::Fault;
use crate::secret;

/// What pages may do: styles and small scripts of our own, and nothing of any other host.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
    font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Returns whether a `Host` is ours to the letter.
pub(crate) fn own_host(host: &str, port: u16) -> bool {
    ["127.0.0.1", "localhost"].iter().any(|name| host == format!("{name}:{port}"))
}

/// Lets a request through or refuses it, and sets the headers that every answer has.
pub(crate) async fn guard(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let extension = extension::origin(request.headers(), request.uri().path());
    let asks_first = extension.is_some() && *request.method() == Method::OPTIONS;
    let mut response = match admit(&app, &request) {
        Ok(()) => {
            if extension.is_some() {
                // Whoever showed the token is no forger: the checks behind this one need not know of extensions.
                for name in ["origin", "sec-fetch-site"] {
                    request.headers_mut().remove(name);
                }
            }
            if asks_first { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await }
        }
        Err(fault) => fault.into_response(),
    };
    if let Some(origin) = extension {
        extension::admit(response.headers_mut(), origin);
        if asks_first {
            extension::preflight(response.headers_mut());
        }
    }
    dress(response.headers_mut());
    response
}

/// Decides on a request.
fn admit(app: &App, request: &Request) -> Result<(), Fault> {
    let mut hosts = request.headers().get_all(HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    let authority = request.uri().authority().map(axum::http::uri::Authority::as_str);
    if hosts.next().is_some()
        || !own_host(host, app.port)
        || authority.is_some_and(|authority| authority != host)
    {
        return Err(Fault::new(StatusCode::MISDIRECTED_REQUEST, "fault.host"));
    }
    let path = request.uri().path();
    if extension::origin(request.headers(), path).is_none() {
        same_origin(request.headers(), request.method(), host)?;
    } else if *request.method() == Method::OPTIONS {
        // A browser asks without the token whether it may send it; that tells nothing.
        return Ok(());
    }
    let open = path.starts_with("/assets/") || matches!(path, "/enter" | "/alive" | "/api/v1/openapi.json");
    if open {
        return Ok(());
    }
    let secret = match path {
        "/enter/ticket" => Some((&app.launch, "fault.locked")),
        path if path.starts_with("/api/") => Some((&app.api, "fault.api")),
        _ => None,
    };
    if let Some((secret, fault)) = secret {
        let shown = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
        return if secret::same(shown, secret) {
            Ok(())
        } else {
            Err(Fault::new(StatusCode::UNAUTHORIZED, fault))
        };
    }
    let name = app.cookie_name();
    let known =
        cookies(request.headers()).any(|(key, value)| key == name && secret::same(value, &app.session));
    if known { Ok(()) } else { Err(Fault::new(StatusCode::UNAUTHORIZED, "fault.locked")) }
}

/// Refuses what another site makes the browser send: any write, and any read that is no plain visit.
fn same_origin(headers: &HeaderMap, method: &Method, host: &str) -> Result<(), Fault> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let refused = || Err(Fault::new(StatusCode::FORBIDDEN, "fault.origin"));
    if text("origin").is_some_and(|origin| origin != format!("http://{host}")) {
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
fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
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
        let host = "127.0.0.1:7425";
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
