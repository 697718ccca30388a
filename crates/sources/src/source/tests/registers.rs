//! Registers: who stands behind a name, where to write to, how it answers.

use serde_json::json;

use super::*;

#[tokio::test]
async fn gleif_gives_the_office_of_the_same_company_and_only_names_others() {
    let server = Server::start(|path, _| {
        let entity = |lei: &str, name: &str, country: &str, category: &str, status: &str| {
            json!({"id": lei, "attributes": {"lei": lei, "entity": {
                "legalName": {"name": name}, "otherNames": [], "category": category, "status": "ACTIVE",
                "registeredAt": {"id": "RA000585"}, "registeredAs": "01234567",
                "legalAddress": {"addressLines": ["1 Lamp Street"], "city": "London", "country": country, "postalCode": "EC1A 1AA"},
                "headquartersAddress": {"addressLines": null, "city": "London", "country": country}},
                "registration": {"status": status, "lastUpdateDate": "2026-02-03T00:00:00Z"}}})
        };
        if path.contains("ultimate-parent") {
            return super::json(&json!({"data": entity("529900000000000PAR01", "Lamp Group SE", "DE", "GENERAL", "ISSUED")}));
        }
        super::json(&json!({"data": [
            entity("529900000000000HLD01", "Brightwell Holdings PLC", "GB", "GENERAL", "ISSUED"),
            entity("529900000000000BRW01", "BRIGHTWELL LIMITED", "GB", "GENERAL", "LAPSED"),
            entity("529900000000000SOL01", "Brightwell", "GB", "SOLE_PROPRIETOR", "ISSUED"),
            entity("529900000000000USA01", "Brightwell, Inc.", "US", "GENERAL", "ISSUED"),
        ]}))
    })
    .await;
    let answer = ask("gleif", &server, &subject("Brightwell", "brightwell.example", "GB")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    Brightwell [] GB Companies House 01234567
    Brightwell, Inc. [] US Companies House 01234567
    BRIGHTWELL LIMITED [] GB Companies House 01234567
      legal postal BRIGHTWELL LIMITED, 1 Lamp Street, London, EC1A 1AA, GB (Register, gleif.org)
    Brightwell Holdings PLC [] GB Companies House 01234567
    note `Brightwell` is a sole trader: the address may be a home and is left out
    ");
    let lapsed = answer.told.iter().find(|told| told.record.name == "BRIGHTWELL LIMITED").unwrap();
    assert!(lapsed.found[0].1.contacts[0].notes[0].contains("may be old"));
}

#[tokio::test]
async fn companies_house_pages_its_officers_and_leaves_out_who_left() {
    let server = Server::start(|path, head| {
        assert!(head.contains("authorization: Basic "), "{head}");
        if path.starts_with("/search/companies") {
            return super::json(&json!({"items": [
                {"title": "BRIGHTWELL LIMITED", "company_number": "00000001", "company_status": "dissolved"},
                {"title": "BRIGHTWELL HOLDINGS PLC", "company_number": "00000002", "company_status": "active"},
                {"title": "BRIGHTWELL LTD", "company_number": "SC000003", "company_status": "active"},
            ]}));
        }
        if path.starts_with("/company/SC000003/officers") {
            let second = path.contains("start_index=50");
            let officer = |n: usize| json!({"name": format!("LAMP, Ann {n}"), "officer_role": "director",
                "appointed_on": "2020-01-02", "resigned_on": if n == 0 { None } else { Some("2021-01-01") },
                "date_of_birth": {"month": 1, "year": 1970}});
            let mut items: Vec<_> = (usize::from(second)..50).map(officer).collect();
            if second {
                items = vec![json!({"name": "WICK, Tom", "officer_role": "secretary", "appointed_on": "2024-05-06"})];
            }
            for item in &mut items {
                if item["resigned_on"].is_null() {
                    item.as_object_mut().unwrap().remove("resigned_on");
                }
            }
            return super::json(&json!({"items": items, "total_results": 51}));
        }
        super::json(&json!({"company_name": "BRIGHTWELL LTD", "company_number": "SC000003", "company_status": "active",
            "previous_company_names": [{"name": "OLD LAMPS LTD"}],
            "registered_office_address": {"address_line_1": "1 Lamp Street", "locality": "Leith", "postal_code": "EH6 6AA"}}))
    })
    .await;
    let answer = ask("companies-house", &server, &subject("Brightwell", "", "GB")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    BRIGHTWELL LTD [] GB Companies House SC000003
      director Ann 0 Lamp since 2020-01-02
      secretary Tom Wick since 2024-05-06
      legal postal BRIGHTWELL LTD, 1 Lamp Street, Leith, EH6 6AA (Register, company-information.service.gov.uk)
    BRIGHTWELL LIMITED [] GB Companies House 00000001
    BRIGHTWELL HOLDINGS PLC [] GB Companies House 00000002
    ");
}

#[tokio::test]
async fn edgar_takes_companies_and_leaves_out_people() {
    let server = Server::start(|path, _| match path {
        "/files/company_tickers.json" => super::json(&json!({
            "0": {"cik_str": 77, "ticker": "ACM", "title": "ACME LAMPS INC"},
            "1": {"cik_str": 77, "ticker": "ACMB", "title": "ACME LAMPS INC"},
            "2": {"cik_str": 78, "ticker": "X", "title": "Acme Lamps"}})),
        "/submissions/CIK0000000077.json" => super::json(&json!({"name": "ACME LAMPS INC", "entityType": "operating",
            "phone": "(202) 555-0101", "insiderTransactionForOwnerExists": 1, "website": "",
            "formerNames": [{"name": "Acme Candles Inc"}],
            "addresses": {"business": {"street1": "1 MAIN ST", "street2": null, "city": "SPRINGFIELD", "stateOrCountry": "OR",
                "stateOrCountryDescription": "OR", "zipCode": "97475"}}})),
        _ => super::json(&json!({"name": "LAMP ANN", "entityType": "other", "insiderTransactionForOwnerExists": 1,
            "phone": "2025550199", "addresses": {"business": {"street1": "9 HOME RD", "city": "TOWN", "stateOrCountry": "OR", "zipCode": "97475"}}})),
    })
    .await;
    let answer = ask("edgar", &server, &subject("Acme Lamps", "", "US")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    ACME LAMPS INC [] US SEC CIK 77
      legal phone +12025550101 (Register, sec.gov)
      legal postal ACME LAMPS INC, 1 MAIN ST, SPRINGFIELD, OR, 97475 (Register, sec.gov)
    note an entry of that name is a person's: left out
    ");
}

#[tokio::test]
async fn the_fca_gives_the_complaints_contact_and_warns_of_clones() {
    let server = Server::start(|path, head| {
        assert!(head.contains("x-auth-email: me@lampen.example") && head.contains("x-auth-key: s3cret"), "{head}");
        if path.contains("/Address") {
            return super::json(&json!({"Status": "FSR-API-02-02-00", "Data": [
                {"Address Type": "Principal Place of Business", "Address Line 1": "1 Lamp Street", "Town": "London", "Postcode": "EC1A 1AA",
                 "Country": "UNITED KINGDOM", "Phone Number": "+44 20 7946 0018", "Website Address": "www.lampbank.example"},
                {"Address Type": "Complaints Contact", "Address Line 1": "PO Box 1", "Town": "Leeds", "Postcode": "LS1 1AA",
                 "Country": "UNITED KINGDOM", "Phone Number": "020 7946 0019", "Individual": "Ann Wick"}]}));
        }
        super::json(&json!({"Data": [
            {"Name": "Lamp Bank plc (Postcode: EC1A 1AA)", "Reference Number": "900001", "Status": "Authorised"},
            {"Name": "Lamp Bank (Clone of authorised firm)", "Reference Number": "900002", "Status": "Unauthorised"}]}))
    })
    .await;
    let answer = ask_with("fca", &server, &subject("Lamp Bank", "", "GB"), "me@lampen.example:s3cret", None)
        .await
        .unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    Lamp Bank plc [lampbank.example] GB FCA 900001
      legal phone +442079460018 (Register, fca.org.uk)
      legal postal Lamp Bank plc, 1 Lamp Street, London, EC1A 1AA, UNITED KINGDOM (Register, fca.org.uk)
      front_line web https://www.lampbank.example/ (Register, fca.org.uk)
      complaints phone +442079460019 (Register, fca.org.uk)
      complaints postal Lamp Bank plc, PO Box 1, Leeds, LS1 1AA, UNITED KINGDOM (Register, fca.org.uk)
    fact the FCA warns of a firm that imitates others: `Lamp Bank (Clone of authorised firm)`
    ");
    assert_eq!(answer.told[0].found[1].1.contacts[0].person.as_deref(), Some("Ann Wick"));
    let trouble =
        ask_with("fca", &server, &subject("Lamp Bank", "", "GB"), "only-a-key", None).await.unwrap_err();
    assert_eq!(trouble.id(), "skipped");
}

#[tokio::test]
async fn a_branch_on_the_map_is_a_place_and_a_street_of_the_name_is_none() {
    let server = Server::start(|path, _| {
        assert!(path.contains("countrycodes=gb") && path.contains("limit=5"), "{path}");
        super::json(&json!([
            {"osm_type": "node", "osm_id": 1, "category": "shop", "name": "Brightwell", "display_name": "Brightwell, 1, High Street, Leeds, LS1 1AA, United Kingdom",
             "address": {"country_code": "gb"}, "extratags": {"phone": "0113 496 0018", "opening_hours": "Mo-Fr 09:00-17:00"}},
            {"osm_type": "way", "osm_id": 2, "category": "highway", "name": "Brightwell", "display_name": "Brightwell, Leeds", "address": {"country_code": "gb"}}
        ]))
    })
    .await;
    let answer = ask("nominatim", &server, &subject("Brightwell", "", "GB")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    Brightwell [] GB
      front_line phone +441134960018 (Listing, openstreetmap.org)
      front_line in_person Brightwell, 1, High Street, Leeds, LS1 1AA, United Kingdom (Listing, openstreetmap.org)
    ");
}

#[tokio::test]
async fn rdap_follows_its_redirect_and_warns_of_a_young_domain() {
    let server = Server::start(|path, _| match path {
        "/domain/acme.example" => (302, "location: /registry/acme.example\r\n".to_owned(), Vec::new()),
        "/domain/gone.example" => status(404, "{}"),
        _ => super::json(&json!({"events": [{"eventAction": "last changed", "eventDate": "2026-11-01T00:00:00Z"},
            {"eventAction": "registration", "eventDate": "2026-09-01T00:00:00Z"}],
            "entities": [{"roles": ["registrar"], "vcardArray": ["vcard", [["org", {}, "text", "A Registrar"]]]},
                {"roles": ["registrant"], "vcardArray": ["vcard", [["version", {}, "text", "4.0"], ["org", {}, "text", "REDACTED FOR PRIVACY"]]]}]})),
    })
    .await;
    let answer = ask("rdap", &server, &subject("Acme", "acme.example", "US")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    fact `acme.example` is registered since 2026-09-01: younger than a year, so make sure that it is the company's
    ");
    assert!(ask("rdap", &server, &subject("Acme", "gone.example", "US")).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_list_of_airlines_is_read_row_by_row_and_heading_by_heading() {
    for page in [
        "<table><tr><th>Airline</th><th>Contact</th></tr>\
         <tr><td>Lamp Air</td><td>Customer Relations, 1 Main St, Springfield, OR 97475<br>(202) 555-0101<br><a href='https://lampair.example/complain'>form</a></td></tr>\
         <tr><td>Wick Airways</td><td>(202) 555-0102</td></tr></table>",
        "<h3>Lamp Air</h3><p>Customer Relations, 1 Main St, Springfield, OR 97475</p><p>(202) 555-0101</p><p><a href='https://lampair.example/complain'>form</a></p>\
         <h3>Wick Airways</h3><p>(202) 555-0102</p>",
    ] {
        let server = Server::start(move |path, _| {
            if path == "/robots.txt" {
                status(404, "")
            } else {
                (200, "content-type: text/html\r\n".to_owned(), page.as_bytes().to_vec())
            }
        })
        .await;
        let answer = ask("us-dot", &server, &subject("Lamp Air", "lampair.example", "US")).await.unwrap();
        let drawn = draw(&answer);
        assert!(drawn.contains("complaints phone +12025550101"), "{drawn}");
        assert!(drawn.contains("https://lampair.example/complain"), "{drawn}");
        assert!(!drawn.contains("5550102"), "{drawn}");
        assert!(ask("us-dot", &server, &subject("Other Air", "", "US")).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn the_cfpb_tells_how_a_company_answers() {
    let server = Server::start(|path, _| {
        if path.contains("_suggest_company") {
            return super::json(&json!(["ACME BANK, N.A.", "ACME BANKCORP"]));
        }
        assert!(path.contains("company=ACME BANK, N.A.") && path.contains("has_narrative=false"), "{path}");
        super::json(&json!({"hits": {"hits": [{"_source": {"company": "ACME BANK, N.A.", "timely": "Yes",
            "company_response": "Closed with explanation", "date_received": "2026-10-01T12:00:00-05:00"}}]}}))
    })
    .await;
    let answer = ask("cfpb", &server, &subject("Acme Bank", "", "US")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    fact CFPB, the newest 1 complaints against ACME BANK, N.A. (2026-10-01 to 2026-10-01): 1 answered, 1 of them in time, 0 with money back, 0 put right otherwise; 0 in progress
    ");
}

#[tokio::test]
async fn security_txt_is_taken_from_its_second_place_and_not_from_another_host() {
    let server = Server::start(|path, _| match path {
        "/.well-known/security.txt" => {
            (200, "content-type: text/html\r\n".to_owned(), b"<html>not found</html>".to_vec())
        }
        "/security.txt" => {
            status(200, "Contact: mailto:security@acme.example\nExpires: 2027-01-01T00:00:00Z\n")
        }
        _ => status(404, ""),
    })
    .await;
    let answer = ask("security-txt", &server, &subject("Acme", "acme.example", "US")).await.unwrap();
    insta::assert_snapshot!(draw(&answer), @r"
    Acme [acme.example] -
      specialist email security@acme.example (OwnFile, acme.example)
    ");
    let foreign = Server::start(|path, _| match path {
        "/robots.txt" => status(404, ""),
        _ => status(
            200,
            "Contact: mailto:security@other.test\nCanonical: https://other.test/.well-known/security.txt\n",
        ),
    })
    .await;
    let answer = ask("security-txt", &foreign, &subject("Acme", "acme.example", "US")).await.unwrap();
    assert!(answer.told.is_empty() && answer.notes[0].contains("other.test"), "{answer:?}");
}
