//! Whole crawls of small sites written for these tests: what is read first, what never, and why it stops.

#![expect(
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test may break, and its fixtures are short and lower case"
)]

mod site;
mod sites;
mod styles;
mod troubles;
