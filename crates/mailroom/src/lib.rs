//! Mail in and out: a mailbox read over IMAP, a message sent over SMTP.
//!
//! Secrets are held in [`Secret`], which shows itself nowhere: not in errors, not in logs, not on a screen.

pub mod compose;
pub mod imap;
mod secret;
pub mod send;

pub use compose::{ComposeError, Outgoing, compose};
pub use lettre::Message;
pub use secret::Secret;
pub use send::{Secure, SendError, Server, send};
