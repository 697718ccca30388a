//! Mail in and out: a mailbox read over IMAP, a message sent over SMTP.
//!
//! Secrets are held in [`Secret`], which shows itself nowhere: not in errors, not in logs, not on a screen.

pub mod imap;
mod secret;

pub use secret::Secret;
