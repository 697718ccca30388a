//! How fast one host is asked: one request at a time, and never two within the pause that it is given.
//!
//! The pause is the one in the settings, or a longer one that the site asks for in robots.txt or by answering that it
//! is asked too much. Hosts do not wait for each other.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

/// The longest pause that is kept, whatever a site asks for: a person who reads the site does not wait longer.
pub const MAX_PAUSE: Duration = Duration::from_secs(30);

/// Keeps the pace of every host.
#[derive(Debug)]
pub struct Pace {
    pause: Duration,
    hosts: Mutex<HashMap<String, Arc<tokio::sync::Mutex<Host>>>>,
}

/// What is known of one host. Held locked while the host is being asked.
#[derive(Debug)]
struct Host {
    asked: Option<Instant>,
    pause: Duration,
}

/// The right to ask a host now; others wait until it is dropped.
#[derive(Debug)]
pub struct Turn(OwnedMutexGuard<Host>);

impl Pace {
    /// Makes a pace with a pause between two requests to one host.
    #[must_use]
    pub fn new(pause: Duration) -> Self {
        Self { pause, hosts: Mutex::default() }
    }

    /// Waits until the host may be asked; `pause` is the one that its robots.txt asks for.
    pub async fn turn(&self, host: &str, pause: Option<Duration>) -> Turn {
        let mut turn = Turn(self.host(host).lock_owned().await);
        turn.slow_down(pause.unwrap_or_default());
        turn.wait(Duration::ZERO).await;
        turn
    }

    /// Waits until the host may be asked, at the pause that the terms of its interface allow: `pause` takes the place of
    /// the usual one where the host was not asked before, and is never longer than that where the usual one is none.
    pub async fn turn_at(&self, host: &str, pause: Duration) -> Turn {
        let pause = if self.pause.is_zero() { self.pause } else { pause };
        let mut turn = Turn(self.entry(host, pause).lock_owned().await);
        turn.wait(Duration::ZERO).await;
        turn
    }

    fn host(&self, host: &str) -> Arc<tokio::sync::Mutex<Host>> {
        self.entry(host, self.pause)
    }

    fn entry(&self, host: &str, pause: Duration) -> Arc<tokio::sync::Mutex<Host>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let made = || Arc::new(tokio::sync::Mutex::new(Host { asked: None, pause }));
        Arc::clone(hosts.entry(host.to_owned()).or_insert_with(made))
    }
}

impl Turn {
    /// Waits the host's pause again, or longer if asked to, and counts as a further request.
    pub async fn wait(&mut self, at_least: Duration) {
        let now = Instant::now();
        let due = self.0.asked.map_or(now, |asked| asked + self.0.pause).max(now + at_least);
        tokio::time::sleep_until(due).await;
        self.0.asked = Some(Instant::now());
    }

    /// Makes the host's pause longer from now on, as the site asked; never shorter.
    pub fn slow_down(&mut self, pause: Duration) {
        self.0.pause = self.0.pause.max(pause.min(MAX_PAUSE));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns after how many seconds each of three turns came.
    async fn three(pace: &Pace, host: &str, slower: u64) -> [u64; 3] {
        let start = Instant::now();
        let mut came = [0; 3];
        for time in &mut came {
            let mut turn = pace.turn(host, None).await;
            *time = start.elapsed().as_secs();
            turn.slow_down(Duration::from_secs(slower));
        }
        came
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_no_faster_than_it_wants_and_hosts_do_not_wait_for_each_other() {
        let pace = Pace::new(Duration::from_secs(1));
        assert_eq!(three(&pace, "a.example", 0).await, [0, 1, 2]);
        assert_eq!(three(&pace, "b.example", 5).await, [0, 5, 10]);
        assert_eq!(three(&pace, "c.example", 3600).await, [0, 30, 60]);
        // It stays slower, and the long pause of the other was long enough for this one.
        assert_eq!(three(&pace, "b.example", 0).await, [0, 5, 10]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_is_asked_one_thing_at_a_time() {
        let pace = Pace::new(Duration::from_secs(1));
        let first = pace.turn("a.example", None).await;
        let second = tokio::time::timeout(Duration::from_mins(1), pace.turn("a.example", None)).await;
        assert!(second.is_err(), "the second turn came while the first was held");
        drop(first);
        pace.turn("a.example", None).await;
    }
}
