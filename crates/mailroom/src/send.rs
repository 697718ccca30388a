//! A message handed to the user's own server (SMTP), and what became of it, told exactly: taken, refused, or not known.

use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::secret::Secret;

/// How long a server may take for each step.
const PATIENCE: Duration = Duration::from_mins(1);

/// How the way to the server is closed to others.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Secure {
    /// From the first byte (port 465).
    #[default]
    Tls,
    /// After a plain greeting, and never without (port 587).
    StartTls,
    /// Not at all: only for a server on this machine.
    None,
}

/// The user's own server.
#[derive(Clone, Debug)]
pub struct Server {
    /// Its name.
    pub host: String,
    /// Its port; the usual one where none is given.
    pub port: Option<u16>,
    /// How the way is closed.
    pub secure: Secure,
    /// The user's name there and the password; `None` for a server that asks for none.
    pub login: Option<(String, Secret)>,
}

/// Why a message was not sent, or why that is not known.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// A password would go over an open line.
    #[error("`{0}` is another machine: without TLS neither the message nor the password may go there")]
    Open(String),
    /// No way to the server.
    #[error("`{host}` cannot be reached: {why}; nothing was sent")]
    Unreached {
        /// The server.
        host: String,
        /// Why.
        why: String,
    },
    /// The server said no.
    #[error("`{host}` refused it: {why}; nothing was sent")]
    Refused {
        /// The server.
        host: String,
        /// In its own words.
        why: String,
    },
    /// The line broke before the server said yes or no.
    #[error(
        "`{host}` did not confirm it: {why}; it is not counted as sent. Look into your mailbox before you send it again"
    )]
    Unknown {
        /// The server.
        host: String,
        /// Why.
        why: String,
    },
}

/// Sends a message; returns only when the server has taken it.
///
/// # Errors
///
/// [`SendError`] in every other case.
pub async fn send(server: &Server, message: Message) -> Result<(), SendError> {
    let host = &server.host;
    let local = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
    if server.secure == Secure::None && !local {
        return Err(SendError::Open(host.clone()));
    }
    let unreached = |why: String| SendError::Unreached { host: host.clone(), why };
    let parameters = || TlsParameters::new(host.clone()).map_err(|error| unreached(told(&error)));
    let (tls, usual) = match server.secure {
        Secure::Tls => (Tls::Wrapper(parameters()?), 465),
        Secure::StartTls => (Tls::Required(parameters()?), 587),
        Secure::None => (Tls::None, 25),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host.clone())
        .port(server.port.unwrap_or(usual))
        .tls(tls)
        .timeout(Some(PATIENCE))
        // The name of the user's machine is nobody's business.
        .hello_name(ClientId::Domain("localhost".to_owned()));
    if let Some((user, password)) = &server.login {
        builder = builder.credentials(Credentials::new(user.clone(), password.reveal().to_owned()));
    }
    let transport = builder.build();
    // The way is tried first: what fails here has sent nothing.
    match transport.test_connection().await {
        Ok(true) => {}
        Ok(false) => return Err(unreached("it does not answer as a mail server".to_owned())),
        Err(error) if error.is_permanent() || error.is_transient() => {
            return Err(SendError::Refused { host: host.clone(), why: told(&error) });
        }
        Err(error) => return Err(unreached(told(&error))),
    }
    match transport.send(message).await {
        Ok(response) if response.is_positive() => Ok(()),
        Ok(response) => Err(SendError::Refused {
            host: host.clone(),
            why: response.message().collect::<Vec<_>>().join(" "),
        }),
        Err(error) if error.is_permanent() || error.is_transient() || error.is_client() => {
            Err(SendError::Refused { host: host.clone(), why: told(&error) })
        }
        Err(error) => Err(SendError::Unknown { host: host.clone(), why: told(&error) }),
    }
}

/// Tells an error with what lies beneath it, in one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut told = error.to_string();
    let mut beneath = error.source();
    while let Some(cause) = beneath {
        let words = cause.to_string();
        if !told.contains(&words) {
            told = format!("{told}: {words}");
        }
        beneath = cause.source();
    }
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}
