//! Who asks, and what they reach: the one way from a request to the cases.
//!
//! The guard says who a visitor is; whoever it did not let in is nobody, and reaches nothing. A handler has no other way
//! to a [`Place`] than [`Here::place`], so that none can forget to say for whom it asks.

use std::convert::Infallible;
use std::ops::Deref;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Extensions, StatusCode};
use desk::accounts::{Actor, Role};
use desk::case::Place;
use jiff::Zoned;

use crate::app::App;
use crate::fault::Fault;
use crate::seats::Seat;

/// Who asks.
#[derive(Clone, Debug, Default)]
pub(crate) enum Visitor {
    /// Nobody that is known.
    #[default]
    Nobody,
    /// Nobody that is known, before the door: what the form of the door must hold.
    Before {
        /// The token of that form.
        form: String,
    },
    /// The single user of this machine.
    Owner,
    /// An account of the server.
    Account {
        /// Who.
        actor: Actor,
        /// What the forms of this session hold; empty for a program, which sends none.
        form: String,
        /// What the browser shows, to be ended when it leaves.
        session: Option<String>,
    },
}

/// The case that a request is about, where its body names one: the guard asks for it when all is done.
#[derive(Clone, Debug, Default)]
pub(crate) struct About(Arc<OnceLock<String>>);

impl About {
    /// Returns the id of the case.
    pub(crate) fn case(&self) -> Option<&str> {
        self.0.get().map(String::as_str)
    }
}

/// The state of the server as a visitor meets it.
#[derive(Clone, Debug)]
pub(crate) struct Here {
    app: Arc<App>,
    visitor: Visitor,
    about: About,
    /// What every form of this visitor holds; empty where there are none.
    pub(crate) form: String,
}

impl Here {
    /// Takes from a request what the guard said of it.
    pub(crate) fn of(app: &Arc<App>, extensions: &Extensions) -> Self {
        let visitor = extensions.get::<Visitor>().cloned().unwrap_or_default();
        let form = match &visitor {
            Visitor::Nobody => String::new(),
            Visitor::Before { form } | Visitor::Account { form, .. } => form.clone(),
            Visitor::Owner => app.launch_form.clone(),
        };
        let about = extensions.get::<About>().cloned().unwrap_or_default();
        Self { app: Arc::clone(app), visitor, about, form }
    }

    /// Says which case this request is about where its address does not, for what is written down of it.
    pub(crate) fn is_about(&self, case: &str) {
        let id: String = case.chars().filter(|c| !c.is_control()).take(80).collect();
        let _ = self.about.0.set(id);
    }

    /// Returns where cases are kept, for this visitor and as of now.
    pub(crate) fn place(&self) -> Place {
        let (data, server, now) = (self.config.data.clone(), self.config.server.clone(), Zoned::now());
        let place = match &self.visitor {
            Visitor::Nobody | Visitor::Before { .. } => Place::nobody(data, now),
            #[expect(clippy::disallowed_methods, reason = "the guard let the single user of this machine in")]
            Visitor::Owner => Place::own(data, server, now),
            Visitor::Account { actor, .. } => {
                let place = Place::of(actor, data, server, now);
                match &self.hall {
                    Some(hall) => place.through(&hall.connections),
                    None => place,
                }
            }
        };
        place.opened_with(self.passphrase())
    }

    /// Returns the folder of what the visitor prefers. The pages of a single user look the same before the door is open.
    pub(crate) fn own_folder(&self) -> PathBuf {
        if self.hall.is_none() { self.config.data.clone() } else { self.place().data }
    }

    /// Returns the account that asks, where one does.
    pub(crate) const fn actor(&self) -> Option<&Actor> {
        match &self.visitor {
            Visitor::Account { actor, .. } => Some(actor),
            _ => None,
        }
    }

    /// Returns the account that asks where it is a supervisor's.
    pub(crate) fn supervisor(&self) -> Option<&Actor> {
        self.actor().filter(|actor| actor.role() == Role::Supervisor)
    }

    /// Returns the session of the visitor.
    pub(crate) fn session(&self) -> Option<&str> {
        match &self.visitor {
            Visitor::Account { session, .. } => session.as_deref(),
            _ => None,
        }
    }

    /// Returns whether the visitor holds the machine: its settings, copies and keys are theirs.
    pub(crate) const fn is_keeper(&self) -> bool {
        matches!(self.visitor, Visitor::Owner)
    }

    /// Returns whether the visitor may write anything.
    pub(crate) fn may_write(&self) -> bool {
        self.is_keeper() || self.actor().is_some_and(Actor::may_write)
    }

    /// Returns the turn of this visitor to check something live.
    ///
    /// # Errors
    ///
    /// [`StatusCode::TOO_MANY_REQUESTS`] where as many checks run as may.
    pub(crate) fn check_turn(&self) -> Result<Seat<String>, Fault> {
        self.check(self.whose()).ok_or_else(|| Fault::new(StatusCode::TOO_MANY_REQUESTS, "fault.checks"))
    }

    /// Returns by what searches and answers of this visitor are told from those of others.
    pub(crate) fn whose(&self) -> &str {
        self.actor().map_or("", Actor::name)
    }
}

impl Deref for Here {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl FromRequestParts<Arc<App>> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Infallible> {
        Ok(Self::of(app, &parts.extensions))
    }
}
