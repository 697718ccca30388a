//! Where documents come from: one polite fetcher, archives, and the crawl that decides what to read next.

pub mod archive;
pub mod browser;
pub mod cache;
pub mod crawl;
mod decode;
mod escape;
pub mod fetch;
pub mod guard;
pub mod pace;
pub mod robots;
pub mod saving;
pub mod shelf;
pub mod source;
pub mod verify;
pub mod warc;
pub mod web;
