//! The table of findings: one record a code, and the page of documentation made from it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A kind of mark.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Strong feeling or overstated judgement.
    Emotional,
    /// Bad motive, dishonesty or crime laid on the company or its staff.
    Accusatory,
    /// Pressure by harm.
    Threat,
    /// Insults and swear words.
    Abuse,
    /// Capitals and rows of marks.
    Shouting,
    /// The opposite of what is meant.
    Sarcasm,
    /// Nothing that the company could act on.
    Vague,
    /// More than 300 words.
    OverLong,
    /// A blank that nobody filled in.
    Unfilled,
    /// Private data that would be published.
    Private,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 10] = [
        Self::Emotional,
        Self::Accusatory,
        Self::Threat,
        Self::Abuse,
        Self::Shouting,
        Self::Sarcasm,
        Self::Vague,
        Self::OverLong,
        Self::Unfilled,
        Self::Private,
    ];

    /// Returns the identifier that is printed.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Emotional => "emotional",
            Self::Accusatory => "accusatory",
            Self::Threat => "threat",
            Self::Abuse => "abuse",
            Self::Shouting => "shouting",
            Self::Sarcasm => "sarcasm",
            Self::Vague => "vague",
            Self::OverLong => "over_long",
            Self::Unfilled => "unfilled",
            Self::Private => "private",
        }
    }
}

/// How grave a mark is.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Do not send it so.
    Error,
    /// It weakens the case.
    Warning,
    /// Worth a second look.
    Note,
}

impl Severity {
    /// Returns the identifier that is printed.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What can be found.
#[derive(Debug, Deserialize)]
pub struct Finding {
    /// Its stable code.
    pub code: String,
    /// Its name in the tables of words.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// How grave it is.
    pub severity: Severity,
    /// What it is, in a few words.
    pub title: String,
    /// Why it weakens the case.
    pub why: String,
    /// A better way.
    pub better: String,
    /// An example that it marks.
    pub before: String,
    /// The same, said better.
    pub after: String,
}

/// The file as it is written.
#[derive(Deserialize)]
struct Table {
    finding: Vec<Finding>,
}

/// The table, read once.
static TABLE: LazyLock<Vec<Finding>> = LazyLock::new(|| {
    toml::from_str::<Table>(include_str!("../../data/findings.toml"))
        .expect("a test reads the table of findings")
        .finding
});

/// Returns every finding, by code.
#[must_use]
pub fn all() -> &'static [Finding] {
    &TABLE
}

/// Returns a finding of ours by its name.
pub(super) fn named(name: &str) -> &'static Finding {
    all().iter().find(|f| f.name == name).expect("a test holds that every name is in the table")
}

/// Returns the page of documentation.
#[must_use]
pub fn page() -> String {
    let mut page = String::from(
        "# What `upstairs check` marks\n\nMade from `crates/letters/data/findings.toml`; a test holds the two together. A code is never given to something else.\n\n\
         `error`: do not send it like this. `warning`: it weakens your case. `note`: worth a second look. The check marks and suggests; only\n\
         `--fix` changes anything, and only capitals and rows of marks.\n\n\
         It also says what is missing: what happened, when, a reference, steps taken, the impact on you, and what you want.\n",
    );
    for kind in Kind::ALL {
        let _ = writeln!(page, "\n## {}", kind.id());
        for finding in all().iter().filter(|f| f.kind == kind) {
            let Finding { code, title, why, better, before, after, .. } = finding;
            let _ = writeln!(
                page,
                "\n### {code} {title} ({})\n\nWhy: {why}. Better: {better}.",
                finding.severity.id()
            );
            let _ = writeln!(page, "\n| instead of | write |\n|---|---|\n| {before} | {after} |");
        }
    }
    page
}
