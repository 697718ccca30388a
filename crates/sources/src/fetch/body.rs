//! Reads the body of an answer, within bounds on bytes and time.
//!
//! What came is worth having even when the rest does not come: a body that is too long, too slow or breaks off is cut,
//! and only one of which nothing came is a failure. Media that hold no text are not read at all.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};
use url::Url;

use super::failure;
use crate::decode::{self, Decoded};
use crate::web::FetchError;

/// Why no body came.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nothing came in time.
    Timeout,
    /// The connection failed.
    Client(reqwest::Error),
    /// It is packed in a way that is not known.
    Encoding(String),
}

impl Failure {
    /// Returns the error for an address.
    pub(super) fn about(self, url: &Url) -> FetchError {
        match self {
            Self::Timeout => FetchError::Timeout(url.clone()),
            Self::Client(error) => failure::translate(url, &error),
            Self::Encoding(name) => {
                let reason = format!("the server packed it in a way that is not known here (`{name}`)");
                FetchError::Failed { url: url.clone(), reason }
            }
        }
    }
}

/// Reads and unpacks a body.
pub(super) async fn read(
    mut answer: reqwest::Response,
    headers: &[(String, String)],
    bound: usize,
    deadline: Instant,
    idle: Duration,
) -> Result<Decoded, Failure> {
    let all = |name: &str| {
        let values = headers.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str());
        values.collect::<Vec<_>>().join(",")
    };
    let media = all("content-type").to_ascii_lowercase();
    if NOT_TEXT.iter().any(|kind| media.starts_with(kind)) {
        return Ok(Decoded { body: Vec::new(), cut: true });
    }
    let mut body = Vec::new();
    let mut cut = false;
    while body.len() < bound {
        let until = deadline.min(Instant::now() + idle);
        match timeout_at(until, answer.chunk()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            Ok(Ok(None)) => return unpack(&all("content-encoding"), body, bound, false),
            Ok(Err(error)) if body.is_empty() => return Err(Failure::Client(error)),
            Err(_) if body.is_empty() => return Err(Failure::Timeout),
            Ok(Err(_)) | Err(_) => {
                cut = true;
                break;
            }
        }
        if media.starts_with("application/octet-stream") && !body.starts_with(b"%PDF-") && body.contains(&0) {
            return Ok(Decoded { body: Vec::new(), cut: true });
        }
    }
    // A body of exactly the bound is whole, but to know that would take another read; longer ones are cut by the way.
    cut |= body.len() >= bound;
    body.truncate(bound);
    unpack(&all("content-encoding"), body, bound, cut)
}

fn unpack(encodings: &str, body: Vec<u8>, bound: usize, cut: bool) -> Result<Decoded, Failure> {
    let decoded = decode::content(encodings, body, bound).map_err(Failure::Encoding)?;
    Ok(Decoded { body: decoded.body, cut: decoded.cut || cut })
}

/// Media types in which there is nothing to read.
const NOT_TEXT: &[&str] = &[
    "image/",
    "audio/",
    "video/",
    "font/",
    "application/zip",
    "application/gzip",
    "application/x-gzip",
    "application/x-tar",
    "application/x-7z-compressed",
    "application/x-rar",
    "application/vnd.rar",
    "application/vnd.android.package-archive",
    "application/x-msdownload",
    "application/x-apple-diskimage",
    "application/font",
    "application/x-font",
];
