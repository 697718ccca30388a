//! Whole crawls of small sites written for these tests: what is read first, what never, and why it stops.

mod site;
mod sites;
mod troubles;
