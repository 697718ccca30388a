//! What is being done: a stop of the program waits for it within bounds, and knows what it cuts off.
//!
//! A request is run to its end though its browser went away, so no connection says whether anything is still done. Each is
//! counted here from its beginning to its end.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{AbortHandle, JoinHandle};
use tokio::time::timeout;

use crate::gate::Asked;

/// A request that is being answered.
#[derive(Debug, Default)]
struct One {
    /// What is written down of it, where an account asks.
    asked: Option<Arc<Asked>>,
    /// What cuts it off.
    task: Option<AbortHandle>,
}

#[derive(Debug, Default)]
struct All {
    last: u64,
    running: BTreeMap<u64, One>,
}

#[derive(Debug)]
struct Inner {
    all: Mutex<All>,
    /// How many are under way.
    count: watch::Sender<usize>,
}

/// Everything that is being done.
#[derive(Clone, Debug)]
pub(crate) struct Underway(Arc<Inner>);

/// A request from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Begun(Underway, u64);

impl Default for Underway {
    fn default() -> Self {
        Self(Arc::new(Inner { all: Mutex::default(), count: watch::channel(0).0 }))
    }
}

impl Underway {
    fn with<T>(&self, doing: impl FnOnce(&mut All) -> T) -> T {
        let mut all = self.0.all.lock().unwrap_or_else(PoisonError::into_inner);
        let done = doing(&mut all);
        self.0.count.send_replace(all.running.len());
        done
    }

    /// Runs a request to its end, whoever waits for it.
    pub(crate) fn run<T, F>(&self, doing: impl FnOnce(Begun) -> F) -> JoinHandle<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let key = self.with(|all| {
            all.last += 1;
            all.running.insert(all.last, One::default());
            all.last
        });
        let task = tokio::spawn(doing(Begun(self.clone(), key)));
        self.with(|all| {
            // It may have ended already.
            if let Some(one) = all.running.get_mut(&key) {
                one.task = Some(task.abort_handle());
            }
        });
        task
    }

    /// Waits until nothing is under way any more, at most so long; cuts off what is left then and returns what is known of
    /// each: nothing of one that nobody asked for who is known.
    pub(crate) async fn ended(&self, within: Duration) -> Vec<Option<Arc<Asked>>> {
        let mut count = self.0.count.subscribe();
        let all_ended = timeout(within, count.wait_for(|count| *count == 0)).await.is_ok();
        if all_ended {
            return Vec::new();
        }
        let left = self.with(|all| std::mem::take(&mut all.running));
        for task in left.values().filter_map(|one| one.task.as_ref()) {
            task.abort();
        }
        left.into_values().map(|one| one.asked).collect()
    }
}

impl Begun {
    /// Says what is written down of it.
    pub(crate) fn is(&self, asked: &Arc<Asked>) {
        self.0.with(|all| {
            if let Some(one) = all.running.get_mut(&self.1) {
                one.asked = Some(Arc::clone(asked));
            }
        });
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.0.with(|all| all.running.remove(&self.1));
    }
}
