//! Searches: each runs on a thread of its own, tells of its progress, can be stopped, and its answer is kept for a while.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use desk::answer::FindAnswer;
use desk::find::{FindRequest, Progress};
use serde::Serialize;
use tokio::sync::{Notify, watch};

use crate::secret;

/// The most searches of somebody that are kept, and that run at once: nobody takes the place of another.
const MOST_KEPT: usize = 40;
const MOST_RUNNING: usize = 4;
/// The most of all together.
const MOST_KEPT_IN_ALL: usize = 600;
const MOST_RUNNING_IN_ALL: usize = 40;
/// The most addresses whose reading is shown.
const MOST_LINES: usize = 200;

/// How far apart in time the growing ladder is weighed.
const APART: Duration = Duration::from_secs(1);

/// How far a search is.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Far {
    /// Documents read.
    pub(crate) documents: usize,
    /// Contacts named.
    pub(crate) contacts: usize,
    /// Addresses asked for, and what came of it.
    pub(crate) lines: Vec<Line>,
}

/// An address that was asked for.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) url: String,
    /// Why it gave nothing, where it did not.
    pub(crate) missed: Option<String>,
}

/// How a search ended.
#[derive(Clone, Debug)]
pub(crate) enum End {
    /// With an answer.
    Answer(Arc<FindAnswer>),
    /// It could not be asked: why, and what to do.
    Failed(String, Option<String>),
}

/// A search.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) id: String,
    /// Whose it is: nobody else hears of it.
    whose: String,
    /// What was asked.
    pub(crate) request: FindRequest,
    far: Mutex<Far>,
    /// The ladder as far as it has grown.
    grown: Mutex<Option<Arc<FindAnswer>>>,
    /// How many contacts it was weighed with last, and when.
    weighed: Mutex<Option<(usize, Instant)>>,
    end: Mutex<Option<End>>,
    changed: watch::Sender<u64>,
    stop: Notify,
}

impl Job {
    fn new(id: String, whose: &str, request: FindRequest) -> Self {
        Self {
            id,
            whose: whose.to_owned(),
            request,
            far: Mutex::default(),
            grown: Mutex::default(),
            weighed: Mutex::default(),
            end: Mutex::default(),
            changed: watch::channel(0).0,
            stop: Notify::new(),
        }
    }

    /// Returns how far it is.
    pub(crate) fn far(&self) -> Far {
        self.far.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns the ladder as far as it has grown.
    pub(crate) fn grown(&self) -> Option<Arc<FindAnswer>> {
        self.grown.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns how it ended, where it has.
    pub(crate) fn end(&self) -> Option<End> {
        self.end.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Returns its answer, where it has one.
    pub(crate) fn answer(&self) -> Option<Arc<FindAnswer>> {
        match self.end() {
            Some(End::Answer(answer)) => Some(answer),
            _ => None,
        }
    }

    /// Hears of every change.
    pub(crate) fn listen(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Asks it to stop; what was found until then is its answer.
    pub(crate) fn stop(&self) {
        self.stop.notify_one();
    }

    fn told(&self, progress: Progress<'_>) {
        // The whole ladder is weighed: under no lock that a page waits for.
        if let Progress::Read { contacts, so_far, .. } = &progress
            && self.weighs(*contacts, Instant::now())
        {
            let grown = Some(Arc::new(so_far.answer()));
            *self.grown.lock().unwrap_or_else(PoisonError::into_inner) = grown;
        }
        let mut far = self.far.lock().unwrap_or_else(PoisonError::into_inner);
        match progress {
            Progress::Asking { url, .. } => {
                if far.lines.len() < MOST_LINES {
                    far.lines.push(Line { url: url.chars().take(300).collect(), missed: None });
                }
            }
            Progress::FirstUse { source: name, sends: words }
            | Progress::Answered { source: name, words } => {
                if far.lines.len() < MOST_LINES {
                    let line: String = format!("{name}: {words}").chars().take(300).collect();
                    far.lines.push(Line { url: line, missed: None });
                }
            }
            Progress::Read { documents, contacts, .. } => {
                far.documents = documents;
                far.contacts = contacts;
            }
            Progress::Missed { url, why } => {
                if let Some(line) = far.lines.iter_mut().rev().find(|line| line.url == url) {
                    line.missed = Some(why.chars().take(200).collect());
                }
            }
        }
        drop(far);
        self.changed.send_modify(|n| *n += 1);
    }

    /// Returns whether the ladder is to be weighed anew: there are more contacts than the last time, and that was a while ago.
    fn weighs(&self, contacts: usize, now: Instant) -> bool {
        let mut weighed = self.weighed.lock().unwrap_or_else(PoisonError::into_inner);
        let news = weighed.is_none_or(|(before, at)| contacts > before && now >= at + APART);
        let news = news && contacts > 0;
        if news {
            *weighed = Some((contacts, now));
        }
        news
    }

    fn ended(&self, end: End) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
        self.changed.send_modify(|n| *n += 1);
    }
}

/// Every search of this launch.
#[derive(Debug, Default)]
pub(crate) struct Finds(Mutex<VecDeque<Arc<Job>>>);

impl Finds {
    /// Begins a search of somebody; `None` where too many of theirs run, or too many of all.
    pub(crate) fn begin(&self, whose: &str, request: FindRequest) -> std::io::Result<Option<Arc<Job>>> {
        // The beginning of a random word: no page can guess the address of another's search.
        let id = secret::random()?.chars().take(20).collect();
        let job = Arc::new(Job::new(id, whose, request));
        {
            let mut jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let ours = |one: &&Arc<Job>| one.whose == whose;
            let running = |one: &&Arc<Job>| one.end().is_none();
            if jobs.iter().filter(ours).filter(running).count() >= MOST_RUNNING
                || jobs.iter().filter(running).count() >= MOST_RUNNING_IN_ALL
            {
                return Ok(None);
            }
            let goes = if jobs.iter().filter(ours).count() >= MOST_KEPT {
                jobs.iter().position(|one| one.whose == whose && one.end().is_some())
            } else if jobs.len() >= MOST_KEPT_IN_ALL {
                jobs.iter().position(|one| one.end().is_some())
            } else {
                None
            };
            if let Some(at) = goes {
                jobs.remove(at);
            }
            jobs.push_back(Arc::clone(&job));
        }
        let running = Arc::clone(&job);
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            // Whatever happens to the search, whoever waits for it is told.
            let guard = Unended(&running);
            let now = jiff::Timestamp::now();
            let told = |progress: Progress<'_>| running.told(progress);
            let found =
                runtime.block_on(desk::find::find(&running.request, now, told, running.stop.notified()));
            running.ended(match found {
                Ok(answer) => End::Answer(Arc::new(answer)),
                Err(error) => End::Failed(error.to_string(), error.hint()),
            });
            drop(guard);
        });
        Ok(Some(job))
    }

    /// Asks every search to stop.
    pub(crate) fn stop_all(&self) {
        for job in self.0.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            job.stop();
        }
    }

    /// Waits until no search runs any more, at most so long.
    pub(crate) async fn ended(&self, within: Duration) {
        let running: Vec<_> = {
            let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            jobs.iter().filter(|job| job.end().is_none()).cloned().collect()
        };
        let all_ended = async {
            for job in &running {
                let mut changed = job.listen();
                while job.end().is_none() && changed.changed().await.is_ok() {}
            }
        };
        if tokio::time::timeout(within, all_ended).await.is_err() {
            tracing::warn!("a search was still running when the program was stopped, and was cut off");
        }
    }

    /// Returns a search of somebody.
    pub(crate) fn get(&self, whose: &str, id: &str) -> Option<Arc<Job>> {
        let jobs = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().find(|job| job.id == id && job.whose == whose).cloned()
    }
}

/// Ends a search that ended without saying so.
struct Unended<'a>(&'a Job);

impl Drop for Unended<'_> {
    fn drop(&mut self) {
        if self.0.end().is_none() {
            self.0.ended(End::Failed("the search broke off".to_owned(), None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_growing_ladder_is_weighed_for_news_and_once_a_second_at_most() {
        let job =
            Job::new(String::new(), "ada", FindRequest::new("acme.example", desk::find::Live::default()));
        let start = Instant::now();
        let after = |millis| start + Duration::from_millis(millis);
        assert!(!job.weighs(0, start), "there is nothing to weigh");
        assert!(job.weighs(2, start));
        for (contacts, millis, want) in
            [(3, 200, false), (2, 1200, false), (3, 1200, true), (9, 1300, false), (9, 2300, true)]
        {
            assert_eq!(job.weighs(contacts, after(millis)), want, "{contacts} after {millis} ms");
        }
    }
}
