//! Whole texts and pages: what is found, under which channel, and what is not.

use ladder::Country;
use proptest::prelude::*;

use super::*;
use crate::outline::from_html;
use crate::page::Context;

fn regions(country: &str) -> Regions {
    Regions::of_country(Country::parse(country).unwrap())
}

fn in_text(text: &str, country: &str) -> String {
    scan(text, &regions(country)).iter().map(|m| m.reach.to_string()).collect::<Vec<_>>().join(", ")
}

fn in_page(html: &str, country: &str) -> String {
    let context = Context { country: Some(Country::parse(country).unwrap()), ..Context::default() };
    find(&from_html(html), &context).iter().map(|h| h.reach.to_string()).collect::<Vec<_>>().join(", ")
}

#[test]
fn threes_of_spain_need_no_word_before_them() {
    let read = |html: &str, country: &str| {
        let context = Context { country: Country::parse(country).ok(), ..Context::default() };
        find(&from_html(html), &context).len()
    };
    assert_eq!(read("<p>Prensa: 955 550 142</p>", "ES"), 1);
    assert_eq!(read("<p>Referencia 123 456 789</p>", "ES"), 0);
    assert_eq!(read("<p>SIREN 732 829 320</p>", "FR"), 0);
}

#[test]
fn numbers_of_many_countries_have_one_form_and_kind() {
    for (country, text, e164, kind) in [
        ("GB", "020 7946 0123", "+442079460123", Kind::Fixed),
        ("GB", "+44 (0)20 7946 0123", "+442079460123", Kind::Fixed),
        ("GB", "0044 20 7946 0123", "+442079460123", Kind::Fixed),
        ("GB", "0808 157 0123", "+448081570123", Kind::TollFree),
        ("GB", "07700 900123", "+447700900123", Kind::Unknown),
        ("IE", "020 915 0123", "+353209150123", Kind::Unknown),
        ("IE", "1800 200 200", "+3531800200200", Kind::TollFree),
        ("US", "(212) 555-0123", "+12125550123", Kind::FixedOrMobile),
        ("US", "1-800-555-0199", "+18005550199", Kind::TollFree),
        ("CA", "416.555.0123", "+14165550123", Kind::FixedOrMobile),
        ("AU", "(02) 5550 1234", "+61255501234", Kind::Fixed),
        ("AU", "1300 975 707", "+611300975707", Kind::Shared),
        ("AU", "13 11 14", "+61131114", Kind::Shared),
        ("NZ", "0800 83 83 83", "+64800838383", Kind::TollFree),
        ("IN", "1800 000 0498", "+9118000000498", Kind::TollFree),
        ("IN", "080 5550 0161", "+918055500161", Kind::FixedOrMobile),
        ("DE", "030 / 231 25-0", "+4930231250", Kind::Fixed),
        ("DE", "0800 – 330 1000", "+498003301000", Kind::TollFree),
        ("DE", "0900 1 123456", "+499001123456", Kind::Premium),
        ("AT", "01 51450", "+43151450", Kind::Fixed),
        ("CH", "044 668 18 00", "+41446681800", Kind::Fixed),
        ("FR", "01.99.00.12.34", "+33199001234", Kind::Fixed),
        ("FR", "08 91 70 12 34", "+33891701234", Kind::Premium),
        ("BE", "02 555 12 12", "+3225551212", Kind::Fixed),
        ("NL", "0800 555 0163", "+318005550163", Kind::TollFree),
        ("ES", "900 555 071", "+34900555071", Kind::TollFree),
        ("IT", "(+39) 010 37 47 811", "+390103747811", Kind::Fixed),
        ("IT", "800 555 016", "+39800555016", Kind::TollFree),
        ("ZA", "011 555 0138", "+27115550138", Kind::Fixed),
        ("GB", "tel:+1 020 7946 0123", "+442079460123", Kind::Fixed),
        ("GB", "tel:%2B44%2020%207946%200123", "+442079460123", Kind::Fixed),
        ("US", "tel:1-800-flowers", "+18003569377", Kind::TollFree),
    ] {
        let number = normalise(text, &regions(country));
        let got = number.as_ref().map(|n| (n.e164.as_str(), n.kind));
        assert_eq!(got, Some((e164, kind)), "{country} {text}");
        assert_eq!(normalise(e164, &regions(country)), number, "read again: {e164}");
    }
}

#[test]
fn labels_tell_what_a_number_is_for() {
    for (country, text, expected) in [
        (
            "GB",
            "Ring 020 7946 0001/2. Fax: 020 7946 0999",
            "phone +442079460001, phone +442079460002, fax +442079460999",
        ),
        ("GB", "020 7946 0123 or 0124", "phone +442079460123, phone +442079460124"),
        ("GB", "Tel/Fax: 020 7946 0123", "phone +442079460123, fax +442079460123"),
        ("GB", "Fax\n020 7946 0123", "fax +442079460123"),
        ("GB", "Textphone 18001 0808 157 0123", "textphone 18001 0808 157 0123"),
        ("GB", "Minicom: 020 7946 0123", "textphone +442079460123"),
        ("GB", "WhatsApp 07700 900123", "messaging +447700900123"),
        ("IN", "Phone / WhatsApp +91 55555 12345", "phone +915555512345, messaging +915555512345"),
        ("US", "(650) 555-0121 phone (650) 555-0122 fax", "phone +16505550121, fax +16505550122"),
        ("US", "TTY: 711. Call 1-877-SOV-BANK (768-2265)", "textphone 711, phone +18777682265"),
        ("DE", "Fon 030 23125 100, Faxnr. 030 23125 199", "phone +493023125100, fax +493023125199"),
        ("FR", "Tél. 01 99 00 12 34 – Télécopie : 01 99 00 12 35", "phone +33199001234, fax +33199001235"),
        ("AU", "Call 1800 975 711 (24/7)", "phone +611800975711"),
        ("IN", "A Person\n9876543211\na@acme.example", "phone +919876543211"),
    ] {
        assert_eq!(in_text(text, country), expected, "{text}");
    }
}

#[test]
fn what_nobody_can_dial_is_no_contact() {
    for (country, text) in [
        ("GB", "Company No. 03782379. VAT 684 9667 62. Sort code 40-47-84. £1,234,567. Ref 7946 0018 22"),
        ("GB", "Registered charity number 0207946 0123"),
        ("GB", "Open 09.00-17.30, 0800 - 1800, on 22/11/2024"),
        ("GB", "https://acme.example/p/02079460123 and id=02079460123"),
        ("US", "Order # 2125550123, ISBN 978-3-16-148410-0, 192.168.100.200, 40.7128, -74.0060"),
        ("US", "123-456-7890 or (000) 000-0000"),
        ("FR", "SIREN 732 829 320, SIRET 732 829 320 00074, RCS Paris B 732 829 320"),
        ("DE", "USt-IdNr. DE 123456789, HRB 12345, Kundennummer 030 23125 100, Vertragskonto 7700 4418 02"),
        ("BE", "BTW BE 0456.123.789"),
        ("NL", "KvK 01234567, IBAN NL91 ABNA 0417 1643 00"),
        ("ES", "CIF 912345678"),
        ("IT", "P.IVA 01234567897"),
        ("AU", "ABN 12 345 678 901"),
    ] {
        assert_eq!(in_text(text, country), "", "{text}");
    }
}

#[test]
fn pages_join_text_links_and_tables() {
    for (country, html, expected) in [
        ("GB", "<p>Ring <a href='tel:+442079460123'>020 7946 0123</a></p>", "phone +442079460123"),
        ("GB", "<p><a href='tel:02079460123'>Call us</a></p>", "phone +442079460123"),
        (
            "GB",
            "<p><a href='tel:02079460124'>020 7946 0123</a></p>",
            "phone +442079460123, phone +442079460124",
        ),
        ("GB", "<p><span>020</span> <b>7946</b> 0123</p>", "phone +442079460123"),
        ("GB", "<a href='sms:07700900123'>Write</a>", "messaging +447700900123"),
        ("GB", "<dl><dt>Fax</dt><dd>020 7946 0123</dd></dl>", "fax +442079460123"),
        (
            "GB",
            "<table><tr><th>Telephone</th><th>Fax</th></tr><tr><td>020 7946 0123</td><td>020 7946 0124</td></tr></table>",
            "phone +442079460123, fax +442079460124",
        ),
        ("GB", "<table><tr><td>Company number</td><td>020 7946 0123</td></tr></table>", ""),
    ] {
        assert_eq!(in_page(html, country), expected, "{html}");
    }
}

#[test]
fn text_and_link_that_disagree_are_both_told() {
    let outline = from_html("<p><a href='tel:+442079460124'>020 7946 0123</a></p>");
    let context = Context { country: Country::parse("GB").ok(), ..Context::default() };
    let notes: Vec<_> = find(&outline, &context).into_iter().flat_map(|hit| hit.notes).collect();
    assert_eq!(
        notes,
        ["the link on this number dials +442079460124", "the text of this link shows +442079460123"]
    );
}

#[test]
fn extensions_stay_apart() {
    let number = normalise("(212) 555-0100 ext. 12", &regions("US")).unwrap();
    assert_eq!((number.e164.as_str(), number.extension.as_deref()), ("+12125550100", Some("12")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_breaks_the_scan_and_every_value_reads_back(text in "[-+()/. 0-9a-zA-Z:\n,€ä＠]{0,120}|\\PC{0,60}") {
        for country in ["GB", "US", "DE", "IT"] {
            let regions = regions(country);
            for found in scan(&text, &regions) {
                prop_assert!(text.get(found.span.clone()).is_some());
                let again = Reach::parse(found.reach.channel(), found.reach.value());
                prop_assert_eq!(again.ok(), Some(found.reach));
            }
            if let Some(number) = normalise(&text, &regions) {
                let again = normalise(number.e164.as_str(), &regions);
                prop_assert_eq!(again.map(|n| n.e164), Some(number.e164));
            }
        }
    }
}
