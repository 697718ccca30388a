//! Countries by their ISO 3166-1 alpha-2 code.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A country code: two upper-case letters assigned in ISO 3166-1.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Country([u8; 2]);

/// A code that ISO 3166-1 does not assign.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("`{0}` is not a country code: two letters of ISO 3166-1 are wanted, such as GB, US or DE")]
pub struct UnknownCountry(pub String);

/// Every assigned code, from ISO 3166-1 (2024), with XK as in common use.
const ASSIGNED: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM \
JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS \
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM \
US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW";

impl Country {
    /// Parses a code in any letter case; `UK` is taken for `GB`.
    ///
    /// # Errors
    ///
    /// [`UnknownCountry`] for anything that is not assigned.
    pub fn parse(text: &str) -> Result<Self, UnknownCountry> {
        let upper = text.trim().to_ascii_uppercase();
        let upper = if upper == "UK" { "GB" } else { &upper };
        match *upper.as_bytes() {
            [a, b] if ASSIGNED.split(' ').any(|code| code == upper) => Ok(Self([a, b])),
            _ => Err(UnknownCountry(text.to_owned())),
        }
    }

    /// Returns whether letters are written in the words and dates of North America there: a demand letter, not a letter before
    /// action.
    #[must_use]
    pub fn writes_as_in_north_america(&self) -> bool {
        matches!(self.code(), "US" | "CA")
    }

    /// Returns the two letters.
    #[must_use]
    pub const fn code(&self) -> &str {
        match std::str::from_utf8(&self.0) {
            Ok(code) => code,
            Err(_) => "",
        }
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Country {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Country {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_assigned_codes_are_countries() {
        assert_eq!(Country::parse("gb").unwrap().code(), "GB");
        assert_eq!(Country::parse("UK").unwrap().code(), "GB");
        for bad in ["", "ZZ", "GBR", "G ", "D AE"] {
            assert!(Country::parse(bad).is_err(), "{bad}");
        }
    }
}
