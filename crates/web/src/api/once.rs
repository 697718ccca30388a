//! Writes that are done once: the answer to a key is kept for this launch, and given again for the same request.

use std::collections::VecDeque;

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use tokio::sync::Mutex;

use crate::fault::Fault;
use crate::secret;

/// The most keys that are remembered.
const MOST: usize = 1000;
/// The longest key.
const LONGEST: usize = 200;

/// What was answered.
#[derive(Clone, Debug)]
struct Done {
    key: String,
    request: String,
    status: StatusCode,
    answer: Value,
}

/// The answers of this launch.
#[derive(Debug, Default)]
pub(crate) struct Once(Mutex<VecDeque<Done>>);

impl Once {
    /// Does a write, or gives the answer of the time before. The same key with another request is refused.
    pub(crate) async fn write(
        &self,
        whose: &str,
        headers: &HeaderMap,
        request: (&str, &[u8]),
        doing: impl Future<Output = Result<(StatusCode, Value), Fault>>,
    ) -> Result<Response, Fault> {
        let Some(key) = headers.get("idempotency-key") else {
            let (status, answer) = doing.await?;
            return Ok((status, Json(answer)).into_response());
        };
        let key = key.to_str().ok().map(str::trim).filter(|key| !key.is_empty() && key.len() <= LONGEST);
        let key = key.ok_or_else(|| {
            super::bad(format!("idempotency-key: 1 to {LONGEST} plain characters are wanted"))
        })?;
        // A key is its sender's own: the same one of another account is another one.
        let key = format!("{whose}\n{key}");
        let hash =
            secret::derive(&format!("{}\n{}", request.0, String::from_utf8_lossy(request.1)), "request");
        // Held while the write is done: a twin that comes meanwhile waits for its answer.
        let mut done = self.0.lock().await;
        if let Some(before) = done.iter().find(|done| done.key == key) {
            if before.request != hash {
                return Err(Fault::said(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "fault.wrong",
                    "idempotency-key: it was used for another request",
                ));
            }
            return Ok((before.status, Json(before.answer.clone())).into_response());
        }
        let (status, answer) = doing.await?;
        if done.len() >= MOST {
            done.pop_front();
        }
        done.push_back(Done { key, request: hash, status, answer: answer.clone() });
        Ok((status, Json(answer)).into_response())
    }
}
