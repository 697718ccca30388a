//! What a search has found before it is over: the same weighing over what was read until now.
//!
//! It is made only where a face asks for it. What the directory and outside sources know joins at the end.

use jiff::Timestamp;
use sources::crawl::{Crawl, Found, Stopped};
use url::Url;

use super::FindRequest;
use crate::answer::FindAnswer;

/// What was read until now.
#[derive(Clone, Copy, Debug)]
pub struct SoFar<'a> {
    pub(super) request: &'a FindRequest,
    pub(super) start: &'a Url,
    pub(super) findings: &'a [Found],
    pub(super) now: Timestamp,
}

impl SoFar<'_> {
    /// Makes the answer of it, marked as interrupted. It may change with every document that is read.
    #[must_use]
    pub fn answer(&self) -> FindAnswer {
        let crawl = Crawl {
            start: self.start.clone(),
            site: String::new(),
            documents: Vec::new(),
            findings: self.findings.to_vec(),
            warnings: Vec::new(),
            requests: 0,
            stopped: Stopped::Asked,
        };
        super::answer(self.request, &crawl, self.now)
    }
}
