//! Rungs: the levels at which a customer with a problem can be heard.
//!
//! The rungs are not one straight order: `specialist` and `legal` are side doors, `adr` and `regulator`
//! stand outside of the company. [`Rung`] therefore has no `Ord`; the ladder says, for one company and
//! one problem, which comes before which. "On no rung" is the absence of a rung (`Option<Rung>`),
//! which output spells [`OFF_LADDER`].

use serde::{Deserialize, Serialize};

/// How output spells the absence of a rung: press, sales, careers, a web agency.
pub const OFF_LADDER: &str = "off_ladder";

/// A level of the ladder.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// Ordinary customer service.
    FrontLine,
    /// A supervisor or team leader of the front line.
    Supervisor,
    /// The team to which a complaint is first made formally.
    Complaints,
    /// A team for one matter: billing, fraud, accessibility, data protection.
    Specialist,
    /// A named or titled manager, or the second stage of a procedure.
    Management,
    /// The chief executive's office, a director, the board.
    Executive,
    /// Registered or head office, legal department: formal letters and service of documents.
    Legal,
    /// Independent dispute resolution or an ombudsman outside of the company.
    Adr,
    /// A regulator or consumer agency outside of the company.
    Regulator,
}

impl Rung {
    /// Every rung, in the order in which a screen lists them where nothing better is known.
    pub const ALL: [Self; 9] = [
        Self::FrontLine,
        Self::Supervisor,
        Self::Complaints,
        Self::Specialist,
        Self::Management,
        Self::Executive,
        Self::Legal,
        Self::Adr,
        Self::Regulator,
    ];

    /// Returns the identifier that is stored and exported. It never changes; a variant may.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::FrontLine => "front_line",
            Self::Supervisor => "supervisor",
            Self::Complaints => "complaints",
            Self::Specialist => "specialist",
            Self::Management => "management",
            Self::Executive => "executive",
            Self::Legal => "legal",
            Self::Adr => "adr",
            Self::Regulator => "regulator",
        }
    }

    /// Returns the rung of an identifier, or `None` for any other word, [`OFF_LADDER`] included.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rung| rung.id() == id)
    }

    /// Returns whether the rung stands outside of the company.
    #[must_use]
    pub const fn is_outside(self) -> bool {
        matches!(self, Self::Adr | Self::Regulator)
    }

    /// Returns whether the rung is above the front line: what a user comes to Upstairs for.
    #[must_use]
    pub const fn is_escalation(self) -> bool {
        !matches!(self, Self::FrontLine)
    }
}

/// Returns how output spells a rung or its absence.
#[must_use]
pub const fn spelled(rung: Option<Rung>) -> &'static str {
    match rung {
        Some(rung) => rung.id(),
        None => OFF_LADDER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_leads_back_to_its_rung() {
        for rung in Rung::ALL {
            assert_eq!(Rung::from_id(rung.id()), Some(rung));
            assert_eq!(serde_json::to_value(rung).unwrap(), rung.id());
        }
        assert_eq!(Rung::from_id(OFF_LADDER), None);
    }
}
