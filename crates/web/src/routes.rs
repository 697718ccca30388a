//! Every route, and the layers around them.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::app::App;
use crate::context::Context;
use crate::fault::Fault;
use crate::{api, asset, guard, page, post};

/// Returns the whole service.
pub(crate) fn all(app: Arc<App>) -> Router {
    let pages = Router::new()
        .route("/", get(page::home::show))
        .route("/alive", get(alive))
        .route("/enter", get(page::enter::enter))
        .route("/enter/ticket", post(page::enter::ticket))
        .route("/assets/{name}", get(asset::serve))
        .merge(page::find::routes())
        .merge(page::start::routes())
        .merge(page::cases::routes())
        .merge(page::case_write::routes())
        .merge(page::case_delete::routes())
        .merge(page::case_edit::routes())
        .merge(page::import::routes())
        .merge(page::reply::routes())
        .merge(page::files::routes())
        .merge(page::write::routes())
        .merge(page::call::routes())
        .merge(page::witness::routes())
        .merge(page::directory::routes())
        .merge(page::atlas::routes())
        .merge(page::message::routes())
        .merge(page::settings::routes())
        .merge(page::seal::routes())
        .merge(page::docs::routes())
        .merge(page::login::routes())
        .merge(page::account::routes())
        .merge(page::passkey::routes())
        .nest("/api/v1", api::routes())
        .fallback(missing);
    pages
        .layer(DefaultBodyLimit::max(post::MOST_UPLOAD + (1 << 20)))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), frame))
        .layer(CatchPanicLayer::custom(|_| {
            Fault::new(StatusCode::INTERNAL_SERVER_ERROR, "fault.inner").into_response()
        }))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(&app), guard::guard))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), frame))
        .layer(CompressionLayer::new())
        .with_state(app)
}

/// Says that this is Upstairs, to a second start of it.
async fn alive() -> &'static str {
    "upstairs"
}

async fn missing() -> Fault {
    Fault::missing()
}

/// Turns a fault into a page in the language of the user.
async fn frame(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let context = Context::of(&app, &parts);
    let response = next.run(Request::from_parts(parts, body)).await;
    let untold =
        response.headers().get("content-type").is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    match response.extensions().get::<Fault>().cloned().or_else(|| of_router(response.status())) {
        Some(mut fault) if untold => {
            if app.hall.is_some() && fault.status.is_server_error() {
                // Folders and databases are the keeper's to know: it stands in the log of the program.
                fault.words = None;
            }
            let mut shown = if context.path.starts_with("/api/") {
                fault.words = fault.words.map(|words| app.texts.for_programs(&words));
                api::problem(
                    &fault,
                    &format!("{}. {}", context.t(fault.key), context.t(&format!("{}_do", fault.key))),
                )
            } else {
                page::fault::show(&context, &fault)
            };
            // The headers that the guard set stay.
            for (name, value) in response.headers() {
                if name != "content-length" && name != "content-type" {
                    shown.headers_mut().insert(name.clone(), value.clone());
                }
            }
            shown
        }
        _ => response,
    }
}

/// Returns the fault of what the router itself refuses: it says so without a page, or in a few words of English.
fn of_router(status: StatusCode) -> Option<Fault> {
    let key = match status {
        StatusCode::METHOD_NOT_ALLOWED => "fault.method",
        StatusCode::FORBIDDEN => "fault.origin",
        StatusCode::BAD_REQUEST => "fault.address",
        status if status.is_server_error() => "fault.inner",
        _ => return None,
    };
    Some(Fault::new(status, key))
}

/// How long a page may take that waits for something.
pub(crate) const WAIT: Duration = Duration::from_millis(900);
