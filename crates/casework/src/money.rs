//! Money: an exact amount in the smallest unit of its currency.
//!
//! Never a float: amounts are compared with what was wanted and offered. Currencies are those of ISO 4217 in circulation.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Every currency of ISO 4217 as of 2026, and those that were replaced in the years before (`ANG`, `BGN`): older matters are in them.
const CODES: &str = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD \
CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL \
HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD \
MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR \
SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES \
VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";
/// Currencies without a smaller unit, and those with a thousandth.
const WHOLE: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
    "XPF",
];
const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// The most that is taken for an amount, in smallest units: far above any consumer's claim, far below an overflow.
const MOST: i64 = 1_000_000_000_000_000;

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub struct Currency([u8; 3]);

/// Why something is no money.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum MoneyError {
    /// The code is not in ISO 4217.
    #[error("`{0}` is not a currency: use three letters of ISO 4217, such as GBP{hint}", hint = near(.0))]
    Currency(String),
    /// The number is not an amount.
    #[error(
        "`{0}` is not an amount: use a number such as 129.90, not negative, with no more decimals than the currency has"
    )]
    Amount(String),
}

/// Names the currency that was perhaps meant.
fn near(code: &str) -> String {
    let upper = code.trim().to_ascii_uppercase();
    let known = match upper.as_str() {
        "EURO" | "EUROS" | "€" => Some("EUR"),
        "$" | "DOLLAR" | "DOLLARS" => Some("USD"),
        "£" | "POUND" | "POUNDS" | "UKP" => Some("GBP"),
        "RS" | "RUPEE" | "RUPEES" | "₹" => Some("INR"),
        "RAND" => Some("ZAR"),
        _ => CODES.split(' ').find(|known| strsim::damerau_levenshtein(known, &upper) <= 1),
    };
    known.map_or(String::new(), |known| format!("; did you mean `{known}`?"))
}

impl Currency {
    /// Parses a code in any letter case.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Currency`] for a code that ISO 4217 does not have, with the one that was perhaps meant.
    pub fn parse(text: &str) -> Result<Self, MoneyError> {
        let upper = text.trim().to_ascii_uppercase();
        match *upper.as_bytes() {
            [a, b, c] if CODES.split(' ').any(|code| code == upper) => Ok(Self([a, b, c])),
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }

    /// Reads a sign, a word or a code of money as people write it; a bare `$` is the dollar of `home`, where that has one.
    #[must_use]
    pub fn written(text: &str, home: Option<Self>) -> Option<Self> {
        let code = match text {
            "£" | "pound" | "pounds" => "GBP",
            "€" | "Euro" | "euro" | "euros" => "EUR",
            "US$" => "USD",
            "CA$" => "CAD",
            "A$" => "AUD",
            "NZ$" => "NZD",
            "₹" | "Rs" | "Rs." | "rupees" => "INR",
            "¥" => "JPY",
            "$" => return home.filter(|home| home.code().ends_with('D')),
            code => code,
        };
        Self::parse(code).ok()
    }

    /// Returns the three letters.
    #[must_use]
    pub const fn code(&self) -> &str {
        match std::str::from_utf8(&self.0) {
            Ok(code) => code,
            Err(_) => "",
        }
    }

    /// Returns how many decimal places it has.
    #[must_use]
    pub fn places(&self) -> u32 {
        if WHOLE.contains(&self.code()) {
            0
        } else if THOUSANDTHS.contains(&self.code()) {
            3
        } else {
            2
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// An amount of money. Stored as `{"amount":"129.90","currency":"GBP"}`.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Money {
    minor: i64,
    currency: Currency,
}

/// How money is stored.
#[derive(Serialize, Deserialize)]
struct Written {
    amount: String,
    currency: Currency,
}

impl From<Money> for Written {
    fn from(money: Money) -> Self {
        Self { amount: money.number(), currency: money.currency }
    }
}

impl TryFrom<Written> for Money {
    type Error = MoneyError;

    fn try_from(written: Written) -> Result<Self, MoneyError> {
        Self::parse(&written.amount, written.currency)
    }
}

impl Money {
    /// Parses an amount in decimal notation.
    ///
    /// # Errors
    ///
    /// [`MoneyError::Amount`] for anything but digits with at most one point, for more places than the currency has
    /// (zeros apart), and for what no consumer claims.
    pub fn parse(number: &str, currency: Currency) -> Result<Self, MoneyError> {
        let fail = || MoneyError::Amount(number.to_owned());
        let (whole, part) = number.trim().split_once('.').unwrap_or((number.trim(), ""));
        let part = part.trim_end_matches('0');
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let places = currency.places() as usize;
        if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > places || whole.len() > 16 {
            return Err(fail());
        }
        let minor: i64 = format!("{whole}{part:0<places$}").parse().map_err(|_| fail())?;
        if minor > MOST { Err(fail()) } else { Ok(Self { minor, currency }) }
    }

    /// Returns the amount in the smallest unit.
    #[must_use]
    pub const fn minor(&self) -> i64 {
        self.minor
    }

    /// Returns the currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Returns the whole units, rounded up, as the atlas asks for them.
    #[must_use]
    pub fn whole_units(&self) -> u64 {
        let scale = 10_u64.pow(self.currency.places());
        u64::try_from(self.minor).unwrap_or(0).div_ceil(scale)
    }

    /// Returns whether it is at least as much as another amount; `None` where the currencies differ.
    #[must_use]
    pub fn at_least(&self, other: &Self) -> Option<bool> {
        (self.currency == other.currency).then_some(self.minor >= other.minor)
    }

    /// Returns the sum; `None` where the currencies differ or the sum is beyond what is counted.
    #[must_use]
    pub fn plus(&self, other: &Self) -> Option<Self> {
        let minor = self.minor.checked_add(other.minor).filter(|sum| *sum <= MOST)?;
        (self.currency == other.currency).then_some(Self { minor, currency: self.currency })
    }

    /// Returns the number alone, in decimal notation.
    #[must_use]
    pub fn number(&self) -> String {
        let places = self.currency.places();
        let scale = 10_i64.pow(places);
        let (whole, part) = (self.minor / scale, self.minor % scale);
        if part == 0 {
            whole.to_string()
        } else {
            format!("{whole}.{part:0>width$}", width = places as usize)
        }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.currency, self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_keep_to_the_places_of_their_currency() {
        let parse = |number, code| Money::parse(number, Currency::parse(code).unwrap());
        assert_eq!(parse("28.2", "gbp").unwrap().to_string(), "GBP 28.20");
        assert_eq!(parse("412", "GBP").unwrap().minor(), 41_200);
        assert_eq!(parse("412.0", "JPY").unwrap().to_string(), "JPY 412");
        for (number, code) in
            [("-1", "GBP"), ("1,5", "EUR"), ("1.005", "EUR"), ("", "EUR"), ("1e9", "EUR"), ("1.5", "JPY")]
        {
            assert!(parse(number, code).is_err(), "{number} {code}");
        }
    }

    #[test]
    fn an_unknown_currency_names_the_one_that_was_meant() {
        insta::assert_snapshot!(Currency::parse("EURO").unwrap_err().to_string(), @"`EURO` is not a currency: use three letters of ISO 4217, such as GBP; did you mean `EUR`?");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(minor in 0_i64..MOST, code in prop::sample::select(vec!["GBP", "JPY", "KWD"])) {
            let currency = Currency::parse(code).unwrap();
            let money = Money { minor, currency };
            prop_assert_eq!(Money::parse(&money.number(), currency), Ok(money));
        }
    }
}
