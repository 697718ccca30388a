//! Style sheet, scripts and pictures: embedded, under a name that changes with their content, kept by the browser for good.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::fault::Fault;

#[derive(RustEmbed)]
#[folder = "assets"]
struct Assets;

/// Returns the address of an asset; its version is the beginning of its hash.
pub(crate) fn url(name: &str) -> String {
    let version = Assets::get(name).map(|file| {
        let [a, b, c, d, ..] = file.metadata.sha256_hash();
        format!("{:08x}", u32::from_be_bytes([a, b, c, d]))
    });
    format!("/assets/{name}?v={}", version.unwrap_or_default())
}

/// Serves an asset.
pub(crate) async fn serve(Path(name): Path<String>) -> Result<Response, Fault> {
    let file = Assets::get(&name).ok_or_else(Fault::missing)?;
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => return Err(Fault::missing()),
    };
    let headers = [(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((StatusCode::OK, headers, file.data.into_owned()).into_response())
}
