//! The door: a ticket lets one browser in, once, and gives it the cookie of this launch.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::response::{IntoResponse as _, Response};

use crate::app::App;
use crate::fault::Fault;
use crate::post::Fields;

/// Takes a ticket and gives the cookie.
pub(crate) async fn enter(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Result<Response, Fault> {
    let fields = Fields::of_query(query.as_deref());
    let shown = fields.get("ticket").unwrap_or_default();
    if !app.take_ticket(shown) {
        return Err(Fault::new(StatusCode::UNAUTHORIZED, "fault.ticket"));
    }
    // No `Secure`: loopback speaks plain HTTP, and nobody but this machine hears it.
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", app.cookie_name(), app.session);
    Ok((StatusCode::SEE_OTHER, [(SET_COOKIE, cookie), (LOCATION, "/".to_owned())]).into_response())
}

/// Gives a ticket to another start of the program, which the guard has checked.
pub(crate) async fn ticket(State(app): State<Arc<App>>) -> Result<String, Fault> {
    app.ticket().map_err(Fault::inner)
}
