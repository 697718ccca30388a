//! Where documents come from: one polite fetcher, archives, and the crawl that decides what to read next.

pub mod archive;
pub mod crawl;
mod decode;
pub mod warc;
pub mod web;
