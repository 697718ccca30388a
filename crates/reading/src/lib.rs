//! Bytes in, findings out: what a page, a PDF, a procedure says of how to reach someone.
//!
//! Pure and bounded: no I/O, no clock, one pass, and no input makes it panic or run long. Each thing found carries the
//! words that it rests on.
//!
//! The way of a page: [`charset`] makes text of bytes, [`outline`] makes blocks of markup, the extractors ([`phone`],
//! [`email`], [`postal`], [`link`], [`embedded`]) find values in the outline, [`rung`] names the rung and party of each,
//! and [`page`] joins it all, with [`person`] and [`hours`] adding who answers and when. [`policy`] reads a complaints procedure from the same outline; [`pdf`] gives the text of a PDF.
//! [`harmless`] makes a page into one that can be looked at.
//! [`post`] reads what people write of a company on boards and in reviews, and looks for fraud. [`message`] reads the mail,
//! chats and appointments that a customer kept.

pub mod charset;
pub mod email;
pub mod embedded;
pub mod harmless;
pub mod hit;
pub mod hours;
pub mod link;
mod lower;
pub mod message;
mod needles;
pub mod outline;
pub mod page;
pub mod pdf;
pub mod person;
pub mod phone;
mod pieces;
pub mod plain;
pub mod policy;
pub mod post;
pub mod postal;
pub mod rung;
pub mod title;
mod window;
