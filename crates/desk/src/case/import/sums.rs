//! Sums in what a company writes: a sign or code of money beside a number.

use std::sync::LazyLock;

use casework::situation::home_currency;
use casework::{Currency, Money};
use ladder::Country;
use regex::Regex;

static SUM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(£|€|US\$|CA\$|A\$|NZ\$|\$|₹|Rs\.?|¥|\b[A-Z]{3}\b) ?(\d{1,3}(?:[., ' ]\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?)\b)|(?:\b(\d{1,3}(?:[., ' ]\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?) ?(£|€|₹|\b(?:EUR|USD|GBP|CAD|AUD|INR|CHF|Euro|euros?|pounds?|rupees)\b))")
        .expect("a test reads with it")
});

/// Finds the sums of a text, each once.
pub(in crate::case) fn sums(text: &str, country: Country) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for found in SUM.captures_iter(text).take(50) {
        let (sign, number) = match (found.get(1), found.get(2)) {
            (Some(sign), Some(number)) => (sign.as_str(), number.as_str()),
            _ => match (found.get(4), found.get(3)) {
                (Some(sign), Some(number)) => (sign.as_str(), number.as_str()),
                _ => continue,
            },
        };
        let Some(currency) = Currency::written(sign, home_currency(country)) else { continue };
        if let Ok(money) = Money::parse(&plain(number), currency)
            && !sums.contains(&money)
        {
            sums.push(money);
        }
    }
    sums
}

/// Writes a number with a point and nothing else: the last sign before one or two digits is the point.
fn plain(number: &str) -> String {
    let point = number.rfind(['.', ',']).filter(|at| number.len() - at - 1 <= 2);
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    match point {
        Some(at) => format!("{}.{}", digits(&number[..at]), digits(&number[at + 1..])),
        None => digits(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_countries_write_them() {
        let gb = Country::parse("GB").unwrap();
        for (text, want) in [
            ("we will refund £1,204.50 and £20", "GBP 1204.50; GBP 20"),
            ("wir erstatten 1.204,50 EUR", "EUR 1204.50"),
            ("soit 19,90 €", "EUR 19.90"),
            ("a cheque for USD 75", "USD 75"),
            ("reference ABC 123 of 2026", ""),
            ("$30 off", ""),
        ] {
            let found: Vec<String> = sums(text, gb).iter().map(ToString::to_string).collect();
            assert_eq!(found.join("; "), want, "{text}");
        }
        assert_eq!(sums("$30 off", Country::parse("US").unwrap())[0].to_string(), "USD 30");
    }
}
