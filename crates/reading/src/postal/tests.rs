//! Addresses as companies print them, in plain lines.

use std::fmt::Write as _;

use super::*;

/// Draws what is found in lines of text, one address a line.
fn draw(text: &str, country: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(str::trim).collect();
    let found = scan(&lines, Country::parse(country).ok());
    found.iter().map(|a| a.line.as_str().to_owned()).collect::<Vec<_>>().join("\n")
}

/// A country, lines as printed, and what is to be found.
type Case = (&'static str, &'static str, &'static str);

/// Checks a table of cases and tells all that fail.
fn check(cases: &[Case]) {
    let mut failed = String::new();
    for (country, text, expected) in cases {
        let found = draw(text, country);
        if found != *expected {
            let _ = write!(failed, "\n--- {text}\nwanted: {expected}\nfound:  {found}\n");
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn addresses_of_britain_and_ireland() {
    check(&[
        ("GB", "Acme Ltd\n1 High Street\nNewtown\nAB1 2CD", "Acme Ltd, 1 High Street, Newtown, AB1 2CD"),
        (
            "GB",
            "You can call us, or write to us at Acme Ltd, 1 High Street, Newtown, AB1 2CD. We will answer.",
            "Acme Ltd, 1 High Street, Newtown, AB1 2CD",
        ),
        (
            "GB",
            "Post: Complaints Team, Acme Energy, Freepost ACME-COMPLAINTS, Leeds LS1 1AB",
            "Complaints Team, Acme Energy, Freepost ACME-COMPLAINTS, Leeds LS1 1AB",
        ),
        (
            "GB",
            "Write to:\n\nThe Complaints Manager\nAcme plc\nPO Box 123\nNewtown\nNE99 9ZZ\nTel: 0808 157 0123",
            "The Complaints Manager, Acme plc, PO Box 123, Newtown, NE99 9ZZ",
        ),
        (
            "GB",
            "Acme Ltd. Registered office: Acme House, 12-14 Mill Lane, Newtown AB12 3CD. Registered in England no. 01234567.",
            "Acme House, 12-14 Mill Lane, Newtown AB12 3CD",
        ),
        (
            "GB",
            "© 2024 Acme Ltd | Unit 4, Canal Business Park, Newtown, AB1 2CD | 020 7946 0123",
            "Unit 4, Canal Business Park, Newtown, AB1 2CD",
        ),
        ("GB", "Write to us: Freepost ACME COMPLAINTS", "Freepost ACME COMPLAINTS"),
        (
            "GB",
            "The Housing Board at 7 Castle Road, London, W1A 1AA",
            "The Housing Board, 7 Castle Road, London, W1A 1AA",
        ),
        (
            "GB",
            "Acme Mutual, Member Services, Ground Floor, Northgate Business Park, AB7 7YT",
            "Acme Mutual, Member Services, Ground Floor, Northgate Business Park, AB7 7YT",
        ),
        (
            "GB",
            "Registered Manager, Acme Care, Pluto House, 6 Vale Avenue, Newtown\nTN1 1DJ\nUnited Kingdom",
            "Registered Manager, Acme Care, Pluto House, 6 Vale Avenue, Newtown, TN1 1DJ, United Kingdom",
        ),
        (
            "IE",
            "Customer Care, Acme Bank DAC, 20 Quay Street, Dublin 2, D02 XY45, Ireland",
            "Customer Care, Acme Bank DAC, 20 Quay Street, Dublin 2, D02 XY45, Ireland",
        ),
        ("IE", "Address: 5 Main Street, Dublin 4", "5 Main Street, Dublin 4"),
        (
            "IE",
            "Send it to Acme International, Store Support, Hillside Industrial Estate, Hillside, Cork, Republic of Ireland.",
            "Acme International, Store Support, Hillside Industrial Estate, Hillside, Cork, Republic of Ireland",
        ),
        ("IE", "Acme DAC\nTreaty House\nLimerick V94 X9X9", "Acme DAC, Treaty House, Limerick V94 X9X9"),
    ]);
}

#[test]
fn addresses_of_north_america() {
    check(&[
        (
            "US",
            "Acme Inc.\nAttn: Customer Relations\nP.O. Box 5551\nSpringfield, IL 62701-5551",
            "Acme Inc., Attn: Customer Relations, P.O. Box 5551, Springfield, IL 62701-5551",
        ),
        (
            "US",
            "hosted by Acme Cloud, Inc. (12 3rd Street, Suite 296, San Jose, CA 95101)",
            "12 3rd Street, Suite 296, San Jose, CA 95101",
        ),
        (
            "US",
            "Acme Business School\nRiver Field\nBoston, Massachusetts\n02199",
            "Acme Business School, River Field, Boston, Massachusetts, 02199",
        ),
        (
            "US",
            "Acme Supply\n70 NW 8th AVE\nMiami, Florida 33199\nUnited States",
            "Acme Supply, 70 NW 8th AVE, Miami, Florida 33199, United States",
        ),
        ("US", "1 Main St. Springfield, OR 97475", "1 Main St. Springfield, OR 97475"),
        (
            "US",
            "Mail: c/o Acme Works, 9 Elm Blvd, Ste 10, Reno, NV 89501 US",
            "c/o Acme Works, 9 Elm Blvd, Ste 10, Reno, NV 89501 US",
        ),
        (
            "CA",
            "acme.example · c/o Acme, 24 King St W, Toronto, ON M5V 1V6 · help@acme.example",
            "c/o Acme, 24 King St W, Toronto, ON M5V 1V6",
        ),
        ("CA", "12 Pine cres, Etobicoke, ON M9B1P2", "12 Pine cres, Etobicoke, ON M9B1P2"),
        (
            "CA",
            "Acme Wireless, Office of the President\nP.O. Box 560 - Minto Place RO\nOttawa, ON K1R 7Z1",
            "Acme Wireless, Office of the President, P.O. Box 560, Minto Place RO, Ottawa, ON K1R 7Z1",
        ),
    ]);
}

#[test]
fn addresses_of_australia_new_zealand_and_asia() {
    check(&[
        (
            "AU",
            "Customer Resolutions, Acme Bank, GPO Box 9981, Sydney NSW 2001",
            "Customer Resolutions, Acme Bank, GPO Box 9981, Sydney NSW 2001",
        ),
        (
            "AU",
            "Acme Pty Ltd\nLevel 5, 10 Queen Street\nMelbourne VIC 3000\nAustralia",
            "Acme Pty Ltd, Level 5, 10 Queen Street, Melbourne VIC 3000, Australia",
        ),
        ("AU", "Locked Bag 1234, Adelaide SA 5001", "Locked Bag 1234, Adelaide SA 5001"),
        (
            "NZ",
            "Acme NZ Limited\nPrivate Bag 92 123\nAuckland 1142",
            "Acme NZ Limited, Private Bag 92 123, Auckland 1142",
        ),
        (
            "NZ",
            "12 Harbour Road, Petone, Lower Hutt 5012, New Zealand",
            "12 Harbour Road, Petone, Lower Hutt 5012, New Zealand",
        ),
        (
            "IN",
            "Grievance Officer, Acme Finance Ltd, 4th Floor, Prabhat Chambers, Fort, Mumbai - 400 001",
            "Grievance Officer, Acme Finance Ltd, 4th Floor, Prabhat Chambers, Fort, Mumbai - 400 001",
        ),
        (
            "IN",
            "Registered address | Garden Road, Fun Square, Udaipur, Rajasthan – 313001",
            "Garden Road, Fun Square, Udaipur, Rajasthan – 313001",
        ),
        (
            "IN",
            "Customer Care, Grievance Office\nAddress: Acme Tower-III, Property No. 6, 2nd Floor, Sector-17, Dwarka New Delhi-110078",
            "Customer Care, Grievance Office, Acme Tower-III, Property No. 6, 2nd Floor, Sector-17, Dwarka New Delhi-110078",
        ),
        (
            "SG",
            "Acme Pte Ltd, 8 Marina Way, #12-01, Singapore 018956",
            "Acme Pte Ltd, 8 Marina Way, #12-01, Singapore 018956",
        ),
    ]);
}

#[test]
fn addresses_of_german_speaking_countries() {
    check(&[
        (
            "DE",
            "Acme GmbH & Co. KG\nKehrwieder 11\n20457 Hamburg\nDeutschland",
            "Acme GmbH & Co. KG, Kehrwieder 11, 20457 Hamburg, Deutschland",
        ),
        (
            "DE",
            "Acme Handelsgesellschaft mbH Lübecker Straße 9 D-49124 Musterstadt",
            "Acme Handelsgesellschaft mbH, Lübecker Straße 9, D-49124 Musterstadt",
        ),
        (
            "DE",
            "Postanschrift: Acme Versicherung AG, Beschwerdemanagement, Postfach 20 31 07, 20459 Hamburg",
            "Acme Versicherung AG, Beschwerdemanagement, Postfach 20 31 07, 20459 Hamburg",
        ),
        (
            "DE",
            "Schreiben Sie an: Acme AG, Am Ufer 2–4, 65719 Hofheim am Taunus, Telefon 069 123",
            "Acme AG, Am Ufer 2–4, 65719 Hofheim am Taunus",
        ),
        (
            "DE",
            "Name und Sitz der Gesellschaft:\nAcme Allgemeine Versicherung AG\nAcme Allee 1\n50969 Köln",
            "Acme Allgemeine Versicherung AG, Acme Allee 1, 50969 Köln",
        ),
        (
            "AT",
            "Acme GmbH\nMusterstraße 5/2/14\n1010 Wien\nÖsterreich",
            "Acme GmbH, Musterstraße 5/2/14, 1010 Wien, Österreich",
        ),
        ("CH", "Acme AG, Bahnhofstrasse 12, 8001 Zürich", "Acme AG, Bahnhofstrasse 12, 8001 Zürich"),
        ("CH", "Acme SA\nRue du Lac 3\nCH-1201 Genève", "Acme SA, Rue du Lac 3, CH-1201 Genève"),
        (
            "DE",
            "Schlichtungsstelle Acme e.V. | Graurheinweg 108 | 53117 Bonn",
            "Schlichtungsstelle Acme e.V., Graurheinweg 108, 53117 Bonn",
        ),
    ]);
}

#[test]
fn addresses_of_france_and_the_low_countries() {
    check(&[
        (
            "FR",
            "Acme SA - Service Réclamations - TSA 99012 - 69999 Lyon Cedex 03",
            "Acme SA, Service Réclamations, TSA 99012, 69999 Lyon Cedex 03",
        ),
        (
            "FR",
            "éditée par l'Acme, dont le siège social est situé au 55, boulevard des Lilas, CS 22305 75610 Paris Cedex 12, téléphone : 01 99 00 30 00,",
            "55, boulevard des Lilas, CS 22305, 75610 Paris Cedex 12",
        ),
        (
            "FR",
            "Adresse : Tour Lumière, 6 avenue d’Alsace, 92400 Courbevoie",
            "Tour Lumière, 6 avenue d’Alsace, 92400 Courbevoie",
        ),
        (
            "FR",
            "Acme SAS, située 15 avenue du Rhin, F-67100 Strasbourg",
            "Acme SAS, 15 avenue du Rhin, F-67100 Strasbourg",
        ),
        (
            "FR",
            "Data Protection Officer\nAcme SAS\n53 rue de Lyon Paris 9 FRANCE",
            "Data Protection Officer, Acme SAS, 53 rue de Lyon Paris 9 FRANCE",
        ),
        (
            "FR",
            "par courrier à : ACME CLUB, 10 place Royale, 75001 Paris, France",
            "ACME CLUB, 10 place Royale, 75001 Paris, France",
        ),
        (
            "FR",
            "Le médiateur : Médiateur Acme, BP 20015, 75362 PARIS CEDEX 8 - https://mediateur.example",
            "Médiateur Acme, BP 20015, 75362 PARIS CEDEX 8",
        ),
        (
            "BE",
            "Acme NV\nKoningsstraat 12 bus 3\n1000 Brussel\nBelgië",
            "Acme NV, Koningsstraat 12 bus 3, 1000 Brussel, België",
        ),
        (
            "NL",
            "Acme Zorg, t.a.v. de klachtenfunctionaris, Parkweg 226 A, 3119 CR Schiedam",
            "Acme Zorg, t.a.v. de klachtenfunctionaris, Parkweg 226 A, 3119 CR Schiedam",
        ),
        (
            "NL",
            "U kunt schrijven naar Acme B.V., Postbus 306, 2501 CH Den Haag.",
            "Acme B.V., Postbus 306, 2501 CH Den Haag",
        ),
        ("NL", "Antwoordnummer 1234\n1000 VB Amsterdam", "Antwoordnummer 1234, 1000 VB Amsterdam"),
        (
            "LU",
            "Acme S.à r.l.\n22 – 24 Boulevard Royal\nL-2449 Luxembourg",
            "Acme S.à r.l., 22 – 24 Boulevard Royal, L-2449 Luxembourg",
        ),
    ]);
}

#[test]
fn addresses_of_spain_italy_and_others() {
    check(&[
        (
            "ES",
            "Calle 6 de Enero, nº 1 bajo - 46900 Torrent - Valencia",
            "Calle 6 de Enero, nº 1 bajo, 46900 Torrent, Valencia",
        ),
        (
            "ES",
            "Servicio de Atención al Cliente, Apartado de Correos 9914, 28080 Madrid",
            "Servicio de Atención al Cliente, Apartado de Correos 9914, 28080 Madrid",
        ),
        (
            "ES",
            "con domicilio social en calle del Olivo, 210, 28999 Madrid",
            "calle del Olivo, 210, 28999 Madrid",
        ),
        ("IT", "Via 5 Maggio, 81, 16199 Genova T (+39) 010 37 47", "Via 5 Maggio, 81, 16199 Genova"),
        (
            "IT",
            "Acme S.p.A., Ufficio Reclami, casella postale 417, 35122 Padova (PD)",
            "Acme S.p.A., Ufficio Reclami, casella postale 417, 35122 Padova (PD)",
        ),
        (
            "SE",
            "Acme AB\nSveagatan 46\n111 34 Stockholm\nSweden",
            "Acme AB, Sveagatan 46, 111 34 Stockholm, Sweden",
        ),
        (
            "PL",
            "Acme Sp. z o.o., ul. Prosta 20, 00-850 Warszawa, Poland",
            "Acme Sp. z o.o., ul. Prosta 20, 00-850 Warszawa, Poland",
        ),
    ]);
}

#[test]
fn addresses_without_a_code() {
    check(&[
        (
            "GH",
            "Acme House, Liberia Road, P.O. Box 4191, Accra, Ghana",
            "Acme House, Liberia Road, P.O. Box 4191, Accra, Ghana",
        ),
        (
            "KE",
            "Acme Sacco, P.O. Box 12345-00100, Nairobi, Kenya",
            "Acme Sacco, P.O. Box 12345-00100, Nairobi, Kenya",
        ),
        (
            "NG",
            "Head Office: 12 Marina Road, Lagos Island, Lagos, Nigeria",
            "12 Marina Road, Lagos Island, Lagos, Nigeria",
        ),
        (
            "ZA",
            "11 Oxford Road, Houghton Estate, Johannesburg, 2198",
            "11 Oxford Road, Houghton Estate, Johannesburg, 2198",
        ),
        ("ZA", "Acme Ltd\nPrivate Bag X10\nSandton\n2146", "Acme Ltd, Private Bag X10, Sandton, 2146"),
        ("AE", "Acme FZE, PO Box 12345, Dubai, UAE", "Acme FZE, PO Box 12345, Dubai, UAE"),
        (
            "HK",
            "Acme Ltd, 12/F Harbour Tower, 8 Queen's Road, Central, Hong Kong",
            "Acme Ltd, 12/F Harbour Tower, 8 Queen's Road, Central, Hong Kong",
        ),
    ]);
}

#[test]
fn what_only_looks_like_an_address_is_none() {
    check(&[
        ("GB", "Postcode used AB3 3QF, data of 02/11/12", ""),
        ("GB", "We serve London, Manchester, Leeds and Bristol.", ""),
        ("US", "In 2019, 10115 people visited Springfield.", ""),
        ("DE", "Beschluss vom 12. März 2019 – Az. 7 K 12345 Berlin", ""),
        ("DE", "Im Jahr 2015 Berlin und 2016 Hamburg", ""),
        ("DE", "Handelsregister HR B 91871\nAmtsgericht Hamburg", ""),
        ("DE", "Über 20000 Kunden vertrauen uns", ""),
        ("US", "© 2000 - 2016 Acme, Inc. All Rights Reserved.", ""),
        ("US", "The Fair Credit Act, 15 U.S.C. 1681, applies in the United States.", ""),
        ("GB", "Open Monday to Friday 9am to 5pm, Saturday 10am to 4pm", ""),
        ("US", "Model CA 12345 in stock", ""),
        ("FR", "loi n°2004-575 du 21 juin 2004 pour la confiance dans l'économie numérique en France", ""),
        ("IN", "Order number 400001 was delivered in India", ""),
        ("IN", "Authority: Branch Manager\nCustomer care 08394-226411", ""),
        ("GH", "We send money to Ghana, Nigeria, Kenya", ""),
    ]);
}

#[test]
fn an_address_printed_twice_is_told_once_and_fully() {
    let text = "Jane Doe, Acme Ltd, 1 High Street, Newtown, AB1 2CD\n\nAcme Limited, 1 High Street, Newtown, Someshire, AB1 2CD";
    let expected = "Jane Doe, Acme Ltd, 1 High Street, Newtown, AB1 2CD";
    assert_eq!(draw(text, "GB"), format!("{expected}\n{expected}"));
}

/// Words, codes and separators as addresses have them, in any order.
const SHREDS: &[&str] = &[
    "Acme Ltd",
    "GmbH",
    "1 High Street",
    "PO Box 12",
    "AB1 2CD",
    "CA 90001",
    "10115 Berlin",
    "1010 Wien",
    "2501 CH",
    "Dublin 2",
    "India",
    "400 001",
    "Registered office:",
    "write to",
    "Address",
    "rue de l’Été",
    "ß",
    "İ",
    "–",
    ", ",
    " - ",
    "(",
    ")",
    ". ",
    ": ",
    "|",
    "\n",
    "\n\n",
    "- ",
    "Freepost ACME",
    "Accra",
    "Ghana",
    "CEDEX 8",
    "Attn:",
    "é",
    "  ",
    "Tel. 020 7946 0123",
    "2019",
];

proptest::proptest! {
    #[test]
    fn no_text_breaks_the_reading_and_every_address_lies_in_it(picks in proptest::collection::vec(0..SHREDS.len(), 0..60)) {
        let text: String = picks.iter().flat_map(|&pick| [SHREDS[pick], " "]).collect();
        let lines: Vec<&str> = text.split('\n').collect();
        for country in ["GB", "AT", "IN"] {
            for found in scan(&lines, Country::parse(country).ok()) {
                proptest::prop_assert!(!found.line.as_str().is_empty());
                proptest::prop_assert!(found.lines.end <= lines.len());
                proptest::prop_assert!(found.start <= lines[found.lines.start].len());
                proptest::prop_assert!(found.end <= lines[found.lines.end - 1].len());
            }
        }
        let page = crate::outline::from_text(&text);
        let _ = (find(&page, &Context::default()), crate::link::find(&page, &Context::default()));
    }
}
