//! Witnesses: places that say so.

use serde::{Deserialize, Serialize};

use crate::finding::Place;

/// What kind of place a document comes from.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A page on the domain that the company is known by.
    OwnSite,
    /// A document (PDF) on that domain.
    OwnDocument,
    /// A file on that domain made for machines, such as `security.txt`.
    OwnFile,
    /// A public register, or a curated file that names its own source.
    Register,
    /// A profile on another site that the company has claimed.
    ClaimedProfile,
    /// An open wiki, unclaimed listing, press or expert blog.
    Listing,
    /// What a representative told this user.
    Told,
    /// A post, comment, review or search snippet.
    Post,
}

impl SourceKind {
    /// Returns whether only users wrote it: such a witness promotes nothing.
    #[must_use]
    pub const fn is_user_written(self) -> bool {
        matches!(self, Self::Post)
    }

    /// Returns whether it is the company's own word.
    #[must_use]
    pub const fn is_own(self) -> bool {
        matches!(self, Self::OwnSite | Self::OwnDocument | Self::OwnFile)
    }
}

/// Where and when a document was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Source {
    /// Its address, or the path of the file.
    pub url: String,
    /// What kind of place it is.
    pub kind: SourceKind,
    /// The registrable domain or other name by which independence is judged.
    pub site: String,
    /// When it was read, as an RFC 3339 timestamp in UTC.
    pub seen: String,
    /// When the document says it was written or checked, as an ISO 8601 date.
    pub stated: Option<String>,
}

/// One place that says so.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Witness {
    /// Where and when.
    pub source: Source,
    /// Where on the page.
    pub place: Place,
    /// The words themselves.
    pub quote: String,
}
