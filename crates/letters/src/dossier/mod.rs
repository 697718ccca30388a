//! The dossier: everything of a case that an executive office, an ombudsman or a lawyer wants, in the order in which they
//! read it, as plain data. Setting it as pages or as a web page is left to others.
//!
//! It is filled from the case alone. What the case lacks is named as not stated. The least that the customer would accept
//! never stands in it: it is read by the other side.

mod compose;
mod labels;
mod remedy;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use compose::{Filed, Listed, Options, compose};
pub use labels::Labels;

use crate::draft::Language;

/// A dossier.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Dossier {
    /// Its language.
    pub language: Language,
    /// The country whose conventions are kept (ISO 3166-1).
    pub country: String,
    /// "Complaint against …".
    pub title: String,
    /// The day it stands for, in words.
    pub as_of: String,
    /// The customer, a line each.
    pub complainant: Vec<String>,
    /// The company, a line each.
    pub opponent: Vec<String>,
    /// What happened, short enough for the first page.
    pub lead: String,
    /// The facts at a glance.
    pub brief: Vec<Row>,
    /// What is asked for.
    pub asked: Vec<String>,
    /// The few days that decide.
    pub moments: Vec<Row>,
    /// Where it stands, in sentences.
    pub standing: Vec<String>,
    /// The parts after the summary.
    pub sections: Vec<Section>,
    /// The exhibits, in order.
    pub exhibits: Vec<Listed>,
    /// The words of its language.
    #[serde(skip)]
    pub labels: &'static Labels,
}

/// A label and its value.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Row {
    /// The label.
    pub label: String,
    /// The value.
    pub value: String,
}

/// A part of a dossier.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Section {
    /// Its stable name, for links.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Text {
        /// Its words.
        text: String,
    },
    /// A heading within a part.
    Heading {
        /// Its words.
        text: String,
    },
    /// Labels with values.
    Rows {
        /// The rows.
        rows: Vec<Row>,
    },
    /// Items.
    List {
        /// The items.
        items: Vec<String>,
    },
    /// A table.
    Table {
        /// Its columns, with how wide each is in parts of the whole.
        head: Vec<Column>,
        /// Its rows, a cell a column.
        rows: Vec<Vec<String>>,
    },
}

/// A column.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Column {
    /// Its heading.
    pub title: String,
    /// Its share of the width.
    pub share: u8,
}
