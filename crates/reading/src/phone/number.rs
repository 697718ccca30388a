//! Numbers: digits and a country made into one E.164 value, with its kind and cost.
//!
//! The numbering plans are those of `rlibphonenumber`. What it does not know is added here: ranges kept for fiction and
//! examples, digits that only fill a template, and which kind of number costs its caller what.

use ladder::{Cost, Country, E164};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat, PhoneNumberType, Region};

use super::plan::Plan;

/// What kind of number it is.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Kind {
    /// A line at a place.
    Fixed,
    /// A mobile.
    Mobile,
    /// A line or a mobile: the plan does not tell (North America).
    FixedOrMobile,
    /// Free to the caller.
    TollFree,
    /// Dearer than an ordinary call.
    Premium,
    /// Its cost shared.
    Shared,
    /// Reached over the internet, at no place.
    Voip,
    /// Follows a person.
    Personal,
    /// One number for a firm with many offices, at an ordinary rate.
    Universal,
    /// A pager or a voice mailbox.
    Machine,
    /// Of no assigned kind: kept for fiction, or of a range newer than the plan.
    Unknown,
}

impl From<PhoneNumberType> for Kind {
    fn from(kind: PhoneNumberType) -> Self {
        match kind {
            PhoneNumberType::FixedLine => Self::Fixed,
            PhoneNumberType::Mobile => Self::Mobile,
            PhoneNumberType::FixedLineOrMobile => Self::FixedOrMobile,
            PhoneNumberType::TollFree => Self::TollFree,
            PhoneNumberType::PremiumRate => Self::Premium,
            PhoneNumberType::SharedCost => Self::Shared,
            PhoneNumberType::VoIP => Self::Voip,
            PhoneNumberType::PersonalNumber => Self::Personal,
            PhoneNumberType::UAN => Self::Universal,
            PhoneNumberType::Pager | PhoneNumberType::VoiceMail => Self::Machine,
            PhoneNumberType::Unknown => Self::Unknown,
        }
    }
}

/// How sure a number is to exist.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Standing {
    /// Its length fits its country, but its range is not assigned (or is kept for fiction).
    Possible,
    /// Its range is assigned.
    Valid,
}

/// A telephone number, settled.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Number {
    /// In international form.
    pub e164: E164,
    /// What kind it is.
    pub kind: Kind,
    /// The country it is of; `None` for numbers of no country, and where several share a code and it fits none.
    pub country: Option<Country>,
    /// Whether its range is assigned.
    pub standing: Standing,
    /// Digits to dial after it answers.
    pub extension: Option<String>,
}

impl Number {
    /// Reads digits that begin with a calling code (no plus sign).
    pub(super) fn international(digits: &str) -> Option<Self> {
        (7..=15).contains(&digits.len()).then_some(())?;
        let parsed = PHONE_NUMBER_UTIL.parse(format!("+{digits}"), None).ok()?;
        Self::settle(&parsed)
    }

    /// Reads digits as they are dialled within a country.
    pub(super) fn national(digits: &str, plan: &Plan) -> Option<Self> {
        let parsed = PHONE_NUMBER_UTIL.parse(digits, Some(plan.region()?)).ok()?;
        (parsed.country_code == i32::from(plan.code)).then(|| Self::settle(&parsed)).flatten()
    }

    fn settle(parsed: &PhoneNumber) -> Option<Self> {
        let e164 = E164::parse(&parsed.format_as(PhoneNumberFormat::E164)).ok()?;
        if is_filler(&parsed.get_national_significant_number()) {
            return None;
        }
        let kind = Kind::from(parsed.get_type());
        let country =
            parsed.get_region_code().and_then(|region: Region| Country::parse(&region.to_string()).ok());
        if kind != Kind::Unknown {
            return Some(Self { e164, kind, country, standing: Standing::Valid, extension: None });
        }
        // Only a value that reads back as itself may leave.
        let again = PHONE_NUMBER_UTIL.parse(e164.as_str(), None).ok()?;
        let stable = again.format_as(PhoneNumberFormat::E164) == e164.as_str();
        let possible = parsed.is_possible_with_reason().is_ok();
        (stable && possible).then_some(Self {
            e164,
            kind,
            country,
            standing: Standing::Possible,
            extension: None,
        })
    }

    /// Returns the digits after the calling code.
    #[must_use]
    pub fn national_digits(&self) -> &str {
        let digits = &self.e164.as_str()[1..];
        let code = self.country.and_then(Plan::of).map_or(0, |plan| plan.code_digits().len());
        digits.get(code..).unwrap_or(digits)
    }

    /// Returns whether it lies in a range that a regulator keeps for drama and examples.
    #[must_use]
    pub fn is_reserved(&self) -> bool {
        RESERVED.iter().any(|prefix| self.e164.as_str()[1..].starts_with(prefix))
    }

    /// Returns what a call costs by the kind of number; `None` where the kind does not tell.
    #[must_use]
    pub fn cost(&self) -> Option<Cost> {
        match self.kind {
            Kind::TollFree => Some(Cost::TollFree),
            // In Britain 0843–0845 and 0870 bear a small service charge, shared with the firm called.
            Kind::Premium if ["+4484", "+44870"].iter().any(|p| self.e164.as_str().starts_with(p)) => {
                Some(Cost::Shared)
            }
            Kind::Premium => Some(Cost::Premium),
            Kind::Shared => Some(Cost::Shared),
            Kind::Mobile => Some(Cost::Mobile),
            Kind::Personal if self.e164.as_str().starts_with("+4470") => Some(Cost::Premium),
            Kind::Personal if self.e164.as_str().starts_with("+39199") => Some(Cost::Shared),
            Kind::Fixed | Kind::FixedOrMobile | Kind::Voip | Kind::Universal => Some(Cost::Standard),
            Kind::Personal | Kind::Machine | Kind::Unknown => None,
        }
    }
}

/// Ranges kept for drama, examples and tests that the numbering plans call unassigned, calling code first.
/// Ofcom (GB), `ComReg` (IE), the Indian practice of 555 as exchange; those that the plans do hold need no row.
const RESERVED: [&str; 5] = ["447700900", "441632960", "3532091", "9155555", "1555"];

/// Returns whether digits only fill a template: one digit over and over, or a count upwards.
fn is_filler(national: &str) -> bool {
    let digits = national.as_bytes();
    let same = digits.windows(2).all(|w| w[0] == w[1]);
    let counts = |w: &[u8]| w[1] == w[0] + 1 || (w[0] == b'9' && w[1] == b'0');
    digits.len() >= 6 && (same || digits.windows(2).all(counts))
}

/// Returns a number as people abroad write it, such as `+44 20 7946 0123`; what is no number comes back as it was.
#[must_use]
pub fn shown(e164: &str) -> String {
    match PHONE_NUMBER_UTIL.parse(e164, None) {
        Ok(number) => number.format_as(PhoneNumberFormat::International).into_owned(),
        Err(_) => e164.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn template_fillers_are_no_numbers() {
        for digits in ["1111111111", "1234567890", "123456789", "2345678901"] {
            assert!(is_filler(digits), "{digits}");
        }
        for digits in ["2079460123", "8005550199", "1234567891"] {
            assert!(!is_filler(digits), "{digits}");
        }
    }
}
