//! Whether and when to ask again.
//!
//! A site that answers 429 or 503 says that it is asked too much or is not ready. It is asked again after the time that
//! it names, or after a pause that doubles, a few times; where it names a longer time, its answer stands.

use std::time::{Duration, SystemTime};

use crate::pace::MAX_PAUSE;
use crate::web::Response;

/// How often one address is asked again.
const RETRIES: u32 = 2;
/// The first pause where the site names none.
const FIRST_PAUSE: Duration = Duration::from_secs(2);

/// Returns how long to wait before asking again; `None` if the answer stands.
pub(super) fn pause(response: &Response, retries: u32, now: SystemTime) -> Option<Duration> {
    if !matches!(response.status, 429 | 503) || retries >= RETRIES {
        return None;
    }
    let pause = match response.header("retry-after") {
        Some(named) => retry_after(named, now).unwrap_or(FIRST_PAUSE * 2_u32.pow(retries)),
        None => FIRST_PAUSE * 2_u32.pow(retries),
    };
    (pause <= MAX_PAUSE).then_some(pause)
}

/// Reads `Retry-After`: seconds, or a date.
fn retry_after(named: &str, now: SystemTime) -> Option<Duration> {
    let named = named.trim();
    if !named.is_empty() && named.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(named.parse().unwrap_or(u64::MAX)));
    }
    let date = jiff::fmt::rfc2822::parse(named).ok()?;
    let date = SystemTime::from(date.timestamp());
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_asked_again_when_it_says_and_not_for_ever() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        for (status, retry_after, retries, expected) in [
            (200, "", 0, None),
            (404, "1", 0, None),
            (503, "", 0, Some(2)),
            (503, "", 1, Some(4)),
            (503, "", 2, None),
            (429, "7", 0, Some(7)),
            (429, "0", 1, Some(0)),
            (429, "30", 0, Some(30)),
            (429, "31", 0, None),
            (429, "99999999999999999999999", 0, None),
            (429, "Sun, 06 Nov 1994 08:49:47 GMT", 0, Some(10)),
            (429, "Sun, 06 Nov 1994 08:00:00 GMT", 0, Some(0)),
            (429, "Mon, 07 Nov 1994 08:49:47 GMT", 0, None),
            (429, "soon", 0, Some(2)),
        ] {
            let mut response = Response { status, ..Response::default() };
            if !retry_after.is_empty() {
                response.headers.push(("retry-after".to_owned(), retry_after.to_owned()));
            }
            let found = pause(&response, retries, now).map(|pause| pause.as_secs());
            assert_eq!(found, expected, "{status} `{retry_after}` {retries}");
        }
    }
}
