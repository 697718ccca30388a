//! What a page, a host and the run may cost.
//!
//! A site may be endless, slow or both. What one host costs is counted against that host, so that it uses up its own
//! budget and not the run's; the run has bounds of its own all the same.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use crate::web::FetchError;

/// The bounds on what is fetched.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most bytes of a page, packed and unpacked; the rest is cut.
    pub page_bytes: usize,
    /// The most time for a connection to be made.
    pub connect: Duration,
    /// The most time between two pieces of an answer.
    pub idle: Duration,
    /// The most time for a whole answer.
    pub page_time: Duration,
    /// The most requests, bytes and time for one host.
    pub host: Bound,
    /// The most requests, bytes and time for the run.
    pub run: Bound,
}

/// The most requests, bytes and time for something.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// Requests sent, repeated ones counted again.
    pub requests: usize,
    /// Bytes of bodies, unpacked.
    pub bytes: usize,
    /// Time since the first request, pauses included.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_bytes: 8 << 20,
            connect: Duration::from_secs(10),
            idle: Duration::from_secs(15),
            page_time: Duration::from_secs(45),
            host: Bound { requests: 300, bytes: 128 << 20, time: Duration::from_mins(20) },
            run: Bound { requests: 1000, bytes: 512 << 20, time: Duration::from_hours(1) },
        }
    }
}

/// What was spent so far.
#[derive(Debug)]
pub(super) struct Budget {
    limits: Limits,
    spent: Mutex<Ledger>,
}

#[derive(Debug, Default)]
struct Ledger {
    hosts: HashMap<String, Spent>,
    run: Spent,
}

#[derive(Clone, Copy, Debug, Default)]
struct Spent {
    requests: usize,
    bytes: usize,
    since: Option<Instant>,
}

impl Spent {
    /// Returns until when it may go on; `None` if a bound is reached.
    fn until(&mut self, bound: Bound, now: Instant) -> Option<Instant> {
        let until = *self.since.get_or_insert(now) + bound.time;
        (self.requests < bound.requests && self.bytes < bound.bytes && now < until).then_some(until)
    }
}

impl Budget {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limits, spent: Mutex::default() }
    }

    /// Counts a request and returns when its answer must be there.
    ///
    /// # Errors
    ///
    /// Returns [`FetchError::Budget`] if the host or the run has nothing left.
    pub(super) fn open(&self, host: &str) -> Result<Instant, FetchError> {
        let now = Instant::now();
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        let until_run = spent.run.until(self.limits.run, now);
        let of_host = spent.hosts.entry(host.to_owned()).or_default();
        let until_host = of_host.until(self.limits.host, now);
        let until_host = until_host.ok_or_else(|| FetchError::Budget(host.to_owned()))?;
        let until_run = until_run.ok_or_else(|| FetchError::Budget("this run".to_owned()))?;
        of_host.requests += 1;
        spent.run.requests += 1;
        Ok((now + self.limits.page_time).min(until_host).min(until_run))
    }

    /// Counts bytes that came.
    pub(super) fn spend(&self, host: &str, bytes: usize) {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        spent.hosts.entry(host.to_owned()).or_default().bytes += bytes;
        spent.run.bytes += bytes;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn each_bound_ends_a_host_or_the_run() {
        let bound = Bound { requests: 3, bytes: 100, time: Duration::from_mins(1) };
        let wide = Bound { requests: 5, bytes: 1000, time: Duration::from_secs(1000) };
        let budget = || Budget::new(Limits { host: bound, run: wide, ..Limits::default() });
        let refused = |result: Result<Instant, FetchError>| result.unwrap_err().to_string();

        let requests = budget();
        for _ in 0..3 {
            requests.open("a.example").unwrap();
        }
        assert_eq!(refused(requests.open("a.example")), "the budget for `a.example` is used up");
        requests.open("b.example").unwrap();
        requests.open("b.example").unwrap();
        assert_eq!(refused(requests.open("c.example")), "the budget for `this run` is used up");

        let bytes = budget();
        bytes.open("a.example").unwrap();
        bytes.spend("a.example", 100);
        assert_eq!(refused(bytes.open("a.example")), "the budget for `a.example` is used up");

        let time = budget();
        time.open("a.example").unwrap();
        tokio::time::advance(Duration::from_secs(59)).await;
        let left = time.open("a.example").unwrap() - Instant::now();
        assert_eq!(left, Duration::from_secs(1));
        tokio::time::advance(Duration::from_secs(1)).await;
        assert_eq!(refused(time.open("a.example")), "the budget for `a.example` is used up");
    }
}
