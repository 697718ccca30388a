//! Tests of whole texts.
use super::*;
use ladder::Country;

fn values(text: &str, country: &str) -> Vec<String> {
    let regions = Regions::of_country(Country::parse(country).unwrap());
    scan(text, &regions).iter().map(|m| m.reach.to_string()).collect()
}

#[test]
fn smoke() {
    for (c, t) in [
        ("GB", "Write or ring 020 7946 0123 / 4. Fax: 020 7946 0999"),
        (
            "GB",
            "Company No. 03782379. VAT 684 9667 62. Order 2024-11-22 10:30. Sort code 40-47-84. £1,234,567. Ref 7946 0018 22. Rated 4.8 of 12,345 reviews.",
        ),
        ("DE", "Telefon: 030 / 231 25-0 oder 0 800 – 330 1000\nFax 030 23125-99"),
        ("US", "(650) 555-0121 phone (650) 555-0122 fax"),
        ("US", "Call 1-800-555-0199? No: (212) 555-0100 ext. 12, or 1-888-GO-FEDEX is words. Relay 711."),
        ("GB", "Textphone 18001 0800 157 0123"),
        ("GB", "Tel/Fax: 020 7946 0123"),
    ] {
        println!("{t}\n   => {:?}", values(t, c));
    }
}
