//! Numbering plans in brief: calling code, trunk prefix and length of what is dialled within each country.
//!
//! Enough to pass over digits that cannot be a number of a country before the full plan is asked, and to know how a
//! number of it looks when nothing says that it is one. The full plans are those of `rlibphonenumber`.

use ladder::Country;
use rlibphonenumber::Region;

/// What is dialled first within the country.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Trunk {
    /// A nought.
    Nought,
    /// Nothing, or a nought that is part of the number and stays when dialled from abroad.
    Nothing,
    /// North America: a 1 that may be left out, then ten digits.
    One,
}

/// How numbers of one country are dialled within it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    /// ISO 3166-1 code.
    id: &'static str,
    /// Calling code.
    pub(super) code: u16,
    /// What is dialled first.
    pub(super) trunk: Trunk,
    /// Fewest digits dialled, trunk prefix counted in.
    pub(super) min: usize,
    /// Most digits dialled.
    pub(super) max: usize,
    /// First digits of numbers that are dialled without the trunk prefix.
    service: &'static [&'static str],
}

const fn plan(id: &'static str, code: u16, trunk: Trunk, min: usize, max: usize) -> Plan {
    Plan { id, code, trunk, min, max, service: &[] }
}

const fn with(mut plan: Plan, service: &'static [&'static str]) -> Plan {
    plan.service = service;
    plan
}

use Trunk::{Nothing, Nought, One};

/// The plans, from the ITU's list of national numbering plans. Lengths leave out codes of three or four digits.
const PLANS: &[Plan] = &[
    plan("GB", 44, Nought, 8, 11),
    with(plan("IE", 353, Nought, 9, 11), &["18", "15"]),
    plan("US", 1, One, 10, 11),
    plan("CA", 1, One, 10, 11),
    with(plan("AU", 61, Nought, 6, 10), &["13", "18"]),
    plan("NZ", 64, Nought, 8, 12),
    with(plan("IN", 91, Nought, 10, 13), &["18", "6", "7", "8", "9"]),
    plan("DE", 49, Nought, 6, 14),
    plan("AT", 43, Nought, 6, 14),
    plan("CH", 41, Nought, 10, 10),
    plan("LI", 423, Nothing, 7, 7),
    plan("FR", 33, Nought, 10, 10),
    with(plan("BE", 32, Nought, 8, 10), &[]),
    plan("NL", 31, Nought, 8, 11),
    plan("LU", 352, Nothing, 6, 11),
    plan("ES", 34, Nothing, 9, 9),
    plan("IT", 39, Nothing, 6, 12),
    plan("PT", 351, Nothing, 9, 9),
    plan("MT", 356, Nothing, 8, 8),
    plan("CY", 357, Nothing, 8, 8),
    plan("GR", 30, Nothing, 10, 10),
    plan("DK", 45, Nothing, 8, 8),
    plan("NO", 47, Nothing, 8, 8),
    plan("SE", 46, Nought, 8, 11),
    plan("FI", 358, Nought, 6, 12),
    plan("IS", 354, Nothing, 7, 7),
    plan("PL", 48, Nothing, 9, 9),
    plan("CZ", 420, Nothing, 9, 9),
    plan("SK", 421, Nought, 10, 10),
    plan("RO", 40, Nought, 10, 10),
    plan("BG", 359, Nought, 8, 10),
    plan("HR", 385, Nought, 8, 10),
    plan("SI", 386, Nought, 9, 9),
    plan("EE", 372, Nothing, 7, 8),
    plan("LV", 371, Nothing, 8, 8),
    plan("TR", 90, Nought, 10, 11),
    plan("IL", 972, Nought, 9, 10),
    plan("ZA", 27, Nought, 10, 10),
    plan("NG", 234, Nought, 8, 11),
    plan("KE", 254, Nought, 9, 10),
    plan("GH", 233, Nought, 10, 10),
    plan("UG", 256, Nought, 10, 10),
    plan("TZ", 255, Nought, 10, 10),
    plan("RW", 250, Nought, 10, 10),
    plan("ZM", 260, Nought, 10, 10),
    plan("ZW", 263, Nought, 9, 11),
    plan("BW", 267, Nothing, 7, 8),
    plan("NA", 264, Nought, 9, 10),
    plan("MW", 265, Nought, 8, 10),
    plan("MU", 230, Nothing, 7, 8),
    plan("ET", 251, Nought, 10, 10),
    plan("EG", 20, Nought, 9, 11),
    plan("MA", 212, Nought, 10, 10),
    with(plan("AE", 971, Nought, 8, 10), &["800", "600"]),
    plan("SA", 966, Nought, 10, 10),
    plan("QA", 974, Nothing, 8, 8),
    plan("PK", 92, Nought, 10, 11),
    plan("BD", 880, Nought, 9, 11),
    plan("LK", 94, Nought, 10, 10),
    plan("NP", 977, Nought, 9, 10),
    with(plan("SG", 65, Nothing, 8, 11), &[]),
    with(plan("MY", 60, Nought, 9, 11), &["13", "18"]),
    with(plan("PH", 63, Nought, 9, 12), &["18"]),
    plan("HK", 852, Nothing, 8, 8),
    plan("ID", 62, Nought, 9, 13),
    plan("TH", 66, Nought, 9, 10),
    plan("VN", 84, Nought, 10, 11),
    plan("JP", 81, Nought, 10, 11),
    plan("KR", 82, Nought, 9, 11),
    plan("CN", 86, Nought, 10, 12),
    plan("MX", 52, Nothing, 10, 10),
    plan("BR", 55, Nought, 10, 12),
    plan("AR", 54, Nought, 10, 11),
    plan("CL", 56, Nothing, 9, 9),
    plan("CO", 57, Nothing, 10, 10),
    plan("JM", 1, One, 10, 11),
    plan("TT", 1, One, 10, 11),
];

impl Plan {
    /// Returns the plan of a country, where it is among those held.
    pub(super) fn of(country: Country) -> Option<Self> {
        let id = match country.code() {
            // They share the plan of Great Britain.
            "GG" | "JE" | "IM" => "GB",
            code => code,
        };
        PLANS.iter().find(|plan| plan.id == id).copied()
    }

    /// Returns the plan of the country that is meant where nothing but a calling code is known.
    pub(super) fn of_code(code: u16) -> Option<Self> {
        PLANS.iter().find(|plan| plan.code == code).copied()
    }

    /// Returns the plans whose numbers begin with a nought when dialled within the country.
    pub(super) fn with_nought() -> impl Iterator<Item = Self> {
        PLANS.iter().filter(|plan| plan.trunk == Nought).copied()
    }

    /// Returns the country.
    pub(super) fn country(&self) -> Option<Country> {
        Country::parse(self.id).ok()
    }

    /// Returns the two letters of the country.
    pub(super) const fn id(&self) -> &'static str {
        self.id
    }

    /// Returns the calling code as digits.
    pub(super) fn code_digits(&self) -> String {
        self.code.to_string()
    }

    /// Returns the region by which the full plans know it.
    pub(super) fn region(&self) -> Option<Region> {
        self.id.parse().ok()
    }

    /// Returns whether the lengths of its numbers differ by so little that a bare row of digits says something.
    pub(super) const fn is_fixed(&self) -> bool {
        self.max - self.min <= 3
    }

    /// Returns whether digits have the length and the first digits of what is dialled within the country.
    pub(super) fn could_dial(&self, digits: &str) -> bool {
        if !(self.min..=self.max).contains(&digits.len()) || digits.starts_with("00") {
            return false;
        }
        match self.trunk {
            Nought => digits.starts_with('0') || self.is_service(digits),
            One => {
                let ten = digits.strip_prefix('1').filter(|_| digits.len() == 11).unwrap_or(digits);
                ten.len() == 10 && ten.as_bytes()[0] >= b'2' && ten.as_bytes()[3] >= b'2'
            }
            Nothing => true,
        }
    }

    /// Returns whether digits begin a number that is dialled without the trunk prefix.
    pub(super) fn is_service(&self, digits: &str) -> bool {
        self.service.iter().any(|prefix| digits.starts_with(prefix))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_plan_has_a_country_and_a_region() {
        for plan in PLANS {
            assert!(plan.country().is_some() && plan.region().is_some(), "{}", plan.id);
            assert!(plan.min <= plan.max, "{}", plan.id);
        }
    }

    #[test]
    fn a_plan_knows_what_could_be_dialled() {
        let plan = |id| Plan::of(Country::parse(id).unwrap()).unwrap();
        for (id, digits, fits) in [
            ("GB", "02079460123", true),
            ("GB", "2079460123", false),
            ("GB", "0044207946", false),
            ("US", "2125550123", true),
            ("US", "18005550123", true),
            ("US", "1125550123", false),
            ("AU", "131114", true),
            ("AU", "255501234", false),
            ("ES", "900555071", true),
            ("FR", "123456789", false),
        ] {
            assert_eq!(plan(id).could_dial(digits), fits, "{id} {digits}");
        }
    }
}
