//! The answer in other shapes: Markdown, CSV and vCard. JSON is the answer itself.

pub mod csv;
pub mod markdown;
pub mod picture;
pub mod vcard;
