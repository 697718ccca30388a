//! The viewer of saved pages: another origin, on a socket and under a host name of its own, that shows a page of somebody
//! else in a frame and can do nothing more.
//!
//! What it shows was made harmless before (see [`desk::proof`]), and the policy with which it is served forbids all the
//! same: no script, no form, nothing fetched from anywhere, and a sandbox that has no origin. It knows no cookies, no
//! accounts and no cases. A page is there only for whoever was given its address, which nobody can guess, for some
//! minutes, and only in a frame of ours.
//!
//! It listens on loopback, which the browser of a single user reaches. The browsers of an advice centre do not: there the
//! page is shown as text by the pages themselves.

use std::collections::VecDeque;
use std::net::TcpListener;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use maud::{DOCTYPE, PreEscaped, html};

use crate::guard::own_host;
use crate::secret;

/// How long a page can be looked at again, and the most pages and bytes that wait to be.
const LASTS: Duration = Duration::from_mins(10);
const MOST: usize = 16;
const MOST_BYTES: usize = 64 << 20;

/// How a page looks: like print, in the colours of the system or of the user's choice.
const STYLE: &str = "body{margin:0;padding:1rem 1.25rem 3rem;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere;\
    background:Canvas;color:CanvasText}mark{background:#ffe27a;color:#1b1b1b;padding:.1em;border-radius:.15em;\
    scroll-margin:30vh}img{max-width:100%;height:auto}table{border-collapse:collapse}td,th{padding:.2rem .5rem;\
    vertical-align:top;text-align:start;border:1px solid GrayText}.picture{font-style:italic}\
    .picture::before{content:'\\25A8\\00A0'}pre{white-space:pre-wrap}h1,h2,h3{line-height:1.25}";

/// A page to look at.
#[derive(Debug)]
pub(crate) struct Shown {
    /// The body of the document, made harmless.
    pub(crate) body: String,
    /// Its title.
    pub(crate) title: String,
    /// `light` or `dark`, where the user wants one of them.
    pub(crate) theme: Option<String>,
}

#[derive(Debug)]
struct Waiting {
    token: String,
    made: Instant,
    shown: Arc<Shown>,
}

/// The pages that can be looked at, and where.
#[derive(Debug, Default)]
pub(crate) struct Viewer {
    /// The ports: of the viewer, and of the pages that may frame it.
    ports: OnceLock<(u16, u16)>,
    waiting: Mutex<VecDeque<Waiting>>,
}

impl Viewer {
    /// Says that it listens, on which port, and which port the pages are served on.
    pub(crate) fn listens(&self, port: u16, pages: u16) {
        let _ = self.ports.set((port, pages));
    }

    /// Lets a page be looked at; returns the origin of the viewer and the address there. `None` where it does not listen.
    ///
    /// `host` is the name under which the pages were asked for: the viewer goes by the other one, so that it is another
    /// site as well as another origin, and the browser sends it no cookie of the pages.
    pub(crate) fn show(&self, host: &str, shown: Shown) -> std::io::Result<Option<(String, String)>> {
        let Some((port, _)) = self.ports.get() else { return Ok(None) };
        let token = secret::random()?;
        let name = if host.starts_with("localhost") { "127.0.0.1" } else { "localhost" };
        let origin = format!("http://{name}:{port}");
        let address = format!("{origin}/{token}");
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|one| one.made.elapsed() < LASTS);
        waiting.push_back(Waiting { token, made: Instant::now(), shown: Arc::new(shown) });
        while waiting.len() > MOST
            || waiting.len() > 1 && waiting.iter().map(|one| one.shown.body.len()).sum::<usize>() > MOST_BYTES
        {
            waiting.pop_front();
        }
        Ok(Some((origin, address)))
    }

    fn take(&self, token: &str) -> Option<Arc<Shown>> {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let found = waiting.iter().find(|one| secret::same(&one.token, token))?;
        (found.made.elapsed() < LASTS).then(|| Arc::clone(&found.shown))
    }
}

/// Returns what is served on the viewer's socket.
pub(crate) fn routes(viewer: Arc<Viewer>) -> Router {
    Router::new()
        .route("/{token}", get(page))
        .fallback(|| async { StatusCode::NOT_FOUND })
        .layer(middleware::from_fn_with_state(Arc::clone(&viewer), guard))
        .with_state(viewer)
}

/// Takes a socket for the viewer on loopback: any port that is free.
pub(crate) fn listen() -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Refuses any other name, method and use than to be framed by our pages, and dresses every answer.
async fn guard(State(viewer): State<Arc<Viewer>>, request: Request, next: Next) -> Response {
    let ports = viewer.ports.get().copied();
    let mut response = match ports {
        Some((port, _)) => match refused(request.headers(), request.method(), port) {
            Some(status) => status.into_response(),
            None => next.run(request).await,
        },
        None => StatusCode::NOT_FOUND.into_response(),
    };
    dress(response.headers_mut(), ports.map_or(0, |(_, pages)| pages));
    response
}

fn refused(headers: &HeaderMap, method: &Method, port: u16) -> Option<StatusCode> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let mut hosts = headers.get_all(HOST).iter().map(|host| host.to_str().unwrap_or_default());
    if !hosts.next().is_some_and(|host| own_host(host, port)) || hosts.next().is_some() {
        return Some(StatusCode::MISDIRECTED_REQUEST);
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Some(StatusCode::METHOD_NOT_ALLOWED);
    }
    // As a picture, a script, by `fetch` or as a page of its own it is not to be had. Old browsers say nothing of it.
    let framed = text("sec-fetch-dest").is_none_or(|dest| dest == "iframe")
        && text("sec-fetch-mode").is_none_or(|mode| mode == "navigate");
    (!framed).then_some(StatusCode::FORBIDDEN)
}

/// Sets the headers of every answer. A page that is shown sets the policy itself, for it has a style of ours.
fn dress(headers: &mut HeaderMap, pages: u16) {
    let fixed = |text: &'static str| HeaderValue::from_static(text);
    if let Ok(policy) = HeaderValue::from_str(&policy(pages, "'none'")) {
        headers.entry(CONTENT_SECURITY_POLICY).or_insert(policy);
    }
    headers.insert(X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    headers.insert(REFERRER_POLICY, fixed("no-referrer"));
    headers.insert(CACHE_CONTROL, fixed("no-store"));
    headers.insert(HeaderName::from_static("cross-origin-opener-policy"), fixed("same-origin"));
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), fixed("same-origin"));
    headers.insert(HeaderName::from_static("origin-agent-cluster"), fixed("?1"));
    headers.insert(HeaderName::from_static("x-dns-prefetch-control"), fixed("off"));
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        fixed("camera=(), microphone=(), geolocation=(), payment=(), usb=(), fullscreen=(), autoplay=()"),
    );
}

/// What a saved page may do: nothing, but to be looked at in a frame of ours, in a style of ours.
fn policy(pages: u16, style: &str) -> String {
    format!(
        "sandbox; default-src 'none'; style-src {style}; img-src data:; form-action 'none'; base-uri 'none'; \
         frame-ancestors http://127.0.0.1:{pages} http://localhost:{pages}"
    )
}

async fn page(State(viewer): State<Arc<Viewer>>, Path(token): Path<String>) -> Response {
    let pages = viewer.ports.get().map_or(0, |(_, pages)| *pages);
    let (Some(shown), Ok(nonce)) = (viewer.take(&token), secret::random()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let scheme = match shown.theme.as_deref() {
        Some("light") => "light",
        Some("dark") => "dark",
        _ => "light dark",
    };
    let document = html! {
        (DOCTYPE)
        html {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(scheme);
                title { (shown.title) }
                style nonce=(nonce) { (PreEscaped(format!(":root{{color-scheme:{scheme}}}{STYLE}"))) }
            }
            body { (PreEscaped(&shown.body)) }
        }
    };
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8".to_owned()),
        (CONTENT_SECURITY_POLICY, policy(pages, &format!("'nonce-{nonce}'"))),
    ];
    (headers, document.into_string()).into_response()
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use tower::ServiceExt as _;

    use super::*;

    const PORTS: (u16, u16) = (7500, 7425);

    fn viewer() -> (Arc<Viewer>, String) {
        let viewer = Arc::new(Viewer::default());
        let shown = |body: &str| Shown { body: body.to_owned(), title: "<b>".to_owned(), theme: None };
        assert_eq!(viewer.show("127.0.0.1:7425", shown("x")).unwrap(), None, "before it listens");
        viewer.listens(PORTS.0, PORTS.1);
        let (origin, address) = viewer.show("127.0.0.1:7425", shown("<p>words</p>")).unwrap().unwrap();
        assert_eq!(origin, "http://localhost:7500");
        let (other, _) = viewer.show("localhost:7425", shown("x")).unwrap().unwrap();
        assert_eq!(other, "http://127.0.0.1:7500");
        (viewer, address.strip_prefix("http://localhost:7500").unwrap().to_owned())
    }

    async fn ask(
        viewer: &Arc<Viewer>,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
    ) -> (StatusCode, HeaderMap, String) {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = routes(Arc::clone(viewer)).oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let (parts, body) = answer.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        (parts.status, parts.headers, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_page_is_shown_in_a_frame_of_ours_and_can_do_nothing() {
        let (viewer, path) = viewer();
        let framed =
            [("host", "localhost:7500"), ("sec-fetch-dest", "iframe"), ("sec-fetch-mode", "navigate")];
        let (status, headers, body) = ask(&viewer, Method::GET, &path, &framed).await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            body.contains("<body><p>words</p></body>") && body.contains("<title>&lt;b&gt;</title>"),
            "{body}"
        );
        let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
        let (start, end) = policy.split_once("'nonce-").unwrap();
        assert_eq!(start, "sandbox; default-src 'none'; style-src ");
        assert!(
            end.ends_with(
                "'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors http://127.0.0.1:7425 http://localhost:7425"
            ),
            "{policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["referrer-policy"], "no-referrer");
        assert_eq!(headers["cache-control"], "no-store");
        assert!(!headers.contains_key("set-cookie"));
        // It can be loaded again, for a while.
        assert_eq!(ask(&viewer, Method::GET, &path, &framed).await.0, StatusCode::OK);
    }

    #[tokio::test]
    async fn any_other_name_address_method_or_use_is_refused_and_dressed_all_the_same() {
        let (viewer, path) = viewer();
        let own = ("host", "127.0.0.1:7500");
        let wrong = format!("/{}", "0".repeat(64));
        for (method, path, headers, want) in [
            (
                Method::GET,
                path.as_str(),
                vec![("host", "evil.example:7500")],
                StatusCode::MISDIRECTED_REQUEST,
            ),
            (Method::GET, &path, vec![("host", "127.0.0.1:7425")], StatusCode::MISDIRECTED_REQUEST),
            (Method::GET, &path, vec![], StatusCode::MISDIRECTED_REQUEST),
            (Method::GET, &path, vec![own, own], StatusCode::MISDIRECTED_REQUEST),
            (Method::POST, &path, vec![own], StatusCode::METHOD_NOT_ALLOWED),
            (Method::OPTIONS, &path, vec![own], StatusCode::METHOD_NOT_ALLOWED),
            (Method::GET, &path, vec![own, ("sec-fetch-dest", "document")], StatusCode::FORBIDDEN),
            (Method::GET, &path, vec![own, ("sec-fetch-dest", "image")], StatusCode::FORBIDDEN),
            (Method::GET, &path, vec![own, ("sec-fetch-mode", "cors")], StatusCode::FORBIDDEN),
            (Method::GET, &wrong, vec![own], StatusCode::NOT_FOUND),
            (Method::GET, "/", vec![own], StatusCode::NOT_FOUND),
            (Method::GET, "/cases", vec![own, ("cookie", "upstairs_7425=x")], StatusCode::NOT_FOUND),
        ] {
            let (status, answer, body) = ask(&viewer, method.clone(), path, &headers).await;
            assert_eq!(status, want, "{method} {path} {headers:?}");
            assert!(
                body.is_empty() && answer[CONTENT_SECURITY_POLICY].to_str().unwrap().starts_with("sandbox; ")
            );
        }
    }

    #[test]
    fn the_oldest_goes_where_too_many_wait() {
        let (viewer, path) = viewer();
        let token = path.trim_start_matches('/');
        assert!(viewer.take(token).is_some() && viewer.take("").is_none());
        for _ in 0..MOST {
            let shown = Shown { body: String::new(), title: String::new(), theme: None };
            viewer.show("127.0.0.1:7425", shown).unwrap();
        }
        assert!(viewer.take(token).is_none());
    }
}
