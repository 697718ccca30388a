//! What every handler shares: the configuration, the secrets of this launch, and the searches that run.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use desk::case::Passphrase;
use desk::find::Live;
use desk::sources::SourceSettings;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::api::Once;
use crate::finding::Finds;
use crate::hall::Hall;
use crate::page::import::Waiting;
use crate::seats::{Seat, Seats};
use crate::secret;
use crate::underway::Underway;
use crate::viewer::Viewer;
use crate::{Config, texts::Texts};

/// How long a ticket to enter is good for.
const TICKET_LASTS: Duration = Duration::from_mins(15);
/// The most requests that are answered at once.
const MOST_AT_ONCE: usize = 128;
/// The most live checks of somebody that run at once, and of all together: each waits for machines elsewhere.
const MOST_CHECKS: usize = 4;
const MOST_CHECKS_IN_ALL: usize = 32;
/// The most tickets that wait to be used.
const MOST_TICKETS: usize = 16;

/// The state of the server.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) config: Config,
    /// The port that it listens on.
    pub(crate) port: u16,
    /// What the cookie holds.
    pub(crate) session: String,
    /// What every form of the single user holds.
    pub(crate) launch_form: String,
    /// What another start of the program shows, to be let in.
    pub(crate) launch: String,
    /// What programs show.
    pub(crate) api: String,
    pub(crate) once: Once,
    pub(crate) texts: Texts,
    pub(crate) finds: Finds,
    /// Where accounts come in; none where the pages are for the single user of this machine.
    pub(crate) hall: Option<Hall>,
    pub(crate) waiting: Waiting,
    /// Where saved pages are looked at.
    pub(crate) viewer: Arc<Viewer>,
    /// Requests that are being answered.
    pub(crate) underway: Underway,
    /// How many requests each account has there.
    pub(crate) places: Seats<String>,
    /// The places of requests that are answered at once.
    turns: Arc<Semaphore>,
    /// Live checks that run.
    checks: Seats<String>,
    /// Held while all cases are looked at for days to keep.
    looking: Arc<Semaphore>,
    /// What opens the cases, where they are sealed.
    passphrase: RwLock<Passphrase>,
    /// The outside sources that are on, as the user has them now.
    sources: RwLock<SourceSettings>,
    tickets: Mutex<VecDeque<(String, Instant)>>,
}

impl App {
    /// Makes the state of a launch.
    pub(crate) fn new(
        config: Config,
        port: u16,
        api: String,
        hall: Option<Hall>,
    ) -> std::io::Result<Arc<Self>> {
        let secret = secret::random()?;
        let sources = RwLock::new(config.live.sources.clone());
        let passphrase = RwLock::new(config.passphrase.clone());
        Ok(Arc::new(Self {
            passphrase,
            sources,
            waiting: Waiting::default(),
            viewer: Arc::default(),
            underway: Underway::default(),
            places: Seats::default(),
            checks: Seats::default(),
            turns: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            looking: Arc::new(Semaphore::new(1)),
            config,
            port,
            session: secret::derive(&secret, "session"),
            launch_form: secret::derive(&secret, "form"),
            launch: secret::derive(&secret, "launch"),
            api,
            once: Once::default(),
            texts: Texts::new(),
            finds: Finds::default(),
            hall,
            tickets: Mutex::default(),
        }))
    }

    /// Returns the name of the cookie. Cookies know no ports: two servers on one machine must not share one.
    pub(crate) fn cookie_name(&self) -> String {
        format!("upstairs_{}", self.port)
    }

    /// Waits for a place among the requests that are answered at once.
    pub(crate) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.turns).acquire_owned().await.ok()
    }

    /// Returns the turn to look at all cases; `None` where somebody does so already.
    pub(crate) fn looking(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.looking).try_acquire_owned().ok()
    }

    /// Returns the turn of somebody to check something live; `None` where as many of theirs run as may, or of all.
    pub(crate) fn check(&self, whose: &str) -> Option<Seat<String>> {
        self.checks.take(whose.to_owned(), MOST_CHECKS, MOST_CHECKS_IN_ALL)
    }

    /// Returns how to ask the live web, with the sources that are on now.
    pub(crate) fn live(&self) -> Live {
        let sources = self.sources.read().unwrap_or_else(PoisonError::into_inner).clone();
        Live { sources, ..self.config.live.clone() }
    }

    /// Returns what opens the cases.
    pub(crate) fn passphrase(&self) -> Passphrase {
        self.passphrase.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Opens the cases by another passphrase from now on.
    pub(crate) fn opens_with(&self, passphrase: Passphrase) {
        *self.passphrase.write().unwrap_or_else(PoisonError::into_inner) = passphrase;
    }

    /// Takes other settings of sources into force.
    pub(crate) fn use_sources(&self, settings: SourceSettings) {
        *self.sources.write().unwrap_or_else(PoisonError::into_inner) = settings;
    }

    /// Makes a ticket that lets one browser in, once.
    pub(crate) fn ticket(&self) -> std::io::Result<String> {
        let ticket = secret::random()?;
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        while tickets.len() >= MOST_TICKETS {
            tickets.pop_front();
        }
        tickets.push_back((ticket.clone(), Instant::now()));
        Ok(ticket)
    }

    /// Takes a ticket; whether it was one.
    pub(crate) fn take_ticket(&self, shown: &str) -> bool {
        let mut tickets = self.tickets.lock().unwrap_or_else(PoisonError::into_inner);
        tickets.retain(|(_, made)| made.elapsed() < TICKET_LASTS);
        let at = tickets.iter().position(|(ticket, _)| secret::same(ticket, shown));
        at.is_some_and(|at| tickets.remove(at).is_some())
    }
}
