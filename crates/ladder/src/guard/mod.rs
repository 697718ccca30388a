//! The guard: what may never be passed on as a company's contact, and why.
//!
//! [`theirs`] answers whether a number, mailbox or address is really the company's; [`shared`] finds values that stand
//! under several unrelated companies; [`marks`] says of weighed contact points what a reader must be warned of.

pub mod marks;
pub mod shared;
pub mod theirs;
