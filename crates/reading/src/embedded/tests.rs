//! What is read from embedded data, shown on small pages.

use super::*;
use crate::outline::from_html;

/// Reads a page of acme.example and draws each hit on a line.
fn draw(html: &str) -> String {
    let url = url::Url::parse("https://www.acme.example/contact").unwrap();
    let outline = from_html(html);
    let (hits, facts) = find(&outline, &Context { url: Some(&url), ..Context::default() });
    let mut picture = String::new();
    for hit in &hits {
        picture.extend([format!("{} @{:?}", hit.reach, hit.place)]);
        for (name, value) in [
            ("label", &hit.label),
            ("party", &hit.party),
            ("person", &hit.person),
            ("title", &hit.title),
            ("hours", &hit.hours),
        ] {
            if let Some(value) = value {
                picture.extend([format!(" {name}={value}")]);
            }
        }
        if !hit.languages.is_empty() {
            picture.extend([format!(" languages={}", hit.languages.join("+"))]);
        }
        if let Some(cost) = hit.cost {
            picture.extend([format!(" {cost:?}")]);
        }
        for signal in &hit.signals {
            picture.extend([format!(" {:?}", signal.rung)]);
        }
        picture += "\n";
    }
    let facts = [facts.name, facts.legal_name, facts.register_number, Some(facts.kinds.join("+"))];
    picture + &facts.into_iter().map(Option::unwrap_or_default).collect::<Vec<_>>().join(" | ")
}

/// A page that holds nothing but JSON-LD.
fn json_ld(data: &str) -> String {
    draw(&format!("<script type='application/ld+json'>{data}</script>"))
}

#[test]
fn an_organisation_gives_its_contact_points_with_what_they_are_for() {
    let read = json_ld(
        r#"{"@context":"https://schema.org","@type":["Organization","Airline"],"name":"Acme &amp; Co","legalName":"Acme Air Ltd",
        "url":"https://acme.example","sameAs":["https://www.facebook.com/acmeair",""],
        "identifier":{"@type":"PropertyValue","propertyID":"Company number","value":"01234567"},
        "address":{"@type":"PostalAddress","streetAddress":"1 High Street","addressLocality":"London","postalCode":"EC1A 1BB","addressCountry":"GB"},
        "contactPoint":[[{"@type":"ContactPoint","telephone":"0808 157 0100","contactType":"customer service","contactOption":"TollFree",
          "availableLanguage":["English",{"@type":"Language","name":"French"}],"areaServed":"GB",
          "hoursAvailable":[{"dayOfWeek":"https://schema.org/Monday","opens":"09:00:00","closes":"17:00"},{"dayOfWeek":"Tuesday","opens":"09:00","closes":"17:00"},
            {"dayOfWeek":["Saturday"],"opens":"10:00","closes":"12:00"}]}],
         {"@type":"ContactPoint","email":"mailto:complaints@acme.example","faxNumber":"+44 20 7946 0002","contactType":"complaints"},
         {"@type":"ContactPoint","telephone":"[020-7946-0003]","email":"","contactType":"Journalist"}]}"#,
    );
    insta::assert_snapshot!(read, @r"
    social https://www.facebook.com/acmeair @Data
    postal Acme & Co, 1 High Street, London, EC1A 1BB @Data
    phone +448081570100 @Data label=customer service hours=Mon–Tue 09:00–17:00, Sat 10:00–12:00 languages=en+fr TollFree Some(FrontLine)
    fax +442079460002 @Data label=complaints Standard Some(Complaints)
    email complaints@acme.example @Data label=complaints Some(Complaints)
    phone +442079460003 @Data label=Journalist Standard None
    Acme & Co | Acme Air Ltd | 01234567 | Airline
    ");
}

#[test]
fn a_graph_joins_its_items_by_id() {
    let read = json_ld(
        r##"{"@context":"https://schema.org","@graph":[
        {"@type":"WebSite","@id":"https://acme.example/#site","name":"Acme online","publisher":{"@id":"https://acme.example/#org"}},
        {"@type":"schema:Organization","@id":"https://acme.example/#org","name":"Acme","schema:contactPoint":{"@id":"#care"},
         "parentOrganization":{"@type":"Organization","name":"Globex","telephone":"+44 20 7946 0010"}},
        {"@id":"#care","@type":"ContactPoint","telephone":"+44 20 7946 0011","contactType":"Kundenservice"}]}"##,
    );
    insta::assert_snapshot!(read, @r"
    phone +442079460011 @Data label=Kundenservice Standard Some(FrontLine)
    phone +442079460010 @Data party=Globex Standard
    Acme |  |  |
    ");
}

#[test]
fn broken_data_are_salvaged() {
    let read = json_ld(
        "// data\n{'@type': 'Organization', \"name\": \"Acme\nLtd\", \"telephone\": \"+44 20 7946 0020\", \"sameAs\": [\"https://x.com/acme\",],}",
    );
    insta::assert_snapshot!(read, @r"
    social https://x.com/acme @Data
    phone +442079460020 @Data Standard
    Acme Ltd |  |  |
    ");
}

#[test]
fn authors_sellers_and_listed_firms_are_not_the_company() {
    let read = json_ld(
        r#"[{"@type":"NewsArticle","author":{"@type":"Person","name":"Jo Roe","email":"jo@acme.example",
          "contactPoint":{"@type":"ContactPoint","contactType":"Journalist","email":"jo.roe@acme.example"}},
          "publisher":{"@type":"Organization","name":"Acme","email":"desk@acme.example"}},
         {"@type":"Product","offers":{"@type":"Offer","seller":{"@type":"Organization","name":"Shop","telephone":"+44 20 7946 0030"}}},
         {"@type":"LocalBusiness","name":"Other Ltd","url":"https://other.test","telephone":"+44 20 7946 0031"}]"#,
    );
    insta::assert_snapshot!(read, @r"
    email desk@acme.example @Data
    phone +442079460031 @Data party=Other Ltd Standard
    Acme |  |  |
    ");
}

#[test]
fn staff_and_branches_are_named() {
    let read = json_ld(
        r#"{"@type":"Dentist","name":"Acme Dental","telephone":"01632 960001","address":{"addressCountry":"United Kingdom","addressLocality":"Anytown",
          "streetAddress":"Unit 1,<br>2 Mill Lane","postalCode":"AN1 1AA","@type":"PostalAddress"},"openingHours":"Mo-Fr 09:00-17:00",
          "department":{"@type":"MedicalClinic","name":"Billing office","telephone":"01632 960002"},
          "employee":[{"@type":"Person","name":"Ann Doe","jobTitle":"Practice manager","email":"ann@acme.example"}]}"#,
    );
    insta::assert_snapshot!(read, @r"
    phone +441632960001 @Data hours=Mo-Fr 09:00-17:00
    postal Acme Dental, Unit 1, 2 Mill Lane, Anytown, AN1 1AA, United Kingdom @Data
    phone +441632960002 @Data label=Billing office
    email ann@acme.example @Data person=Ann Doe title=Practice manager
    Acme Dental |  |  | Dentist
    ");
}

#[test]
fn microdata_and_rdfa_give_hits_where_they_are_printed() {
    let read = draw(
        "<footer itemscope itemtype='http://schema.org/LocalBusiness'><b itemprop=name>Acme</b>
         <p itemprop=address itemscope itemtype='http://schema.org/PostalAddress'><span itemprop=streetAddress>1 High Street</span>,
         <span itemprop=addressLocality>London</span> <span itemprop=postalCode>EC1A 1BB</span></p>
         <a itemprop=telephone href='tel:+442079460040'>Call us</a> <meta itemprop=faxNumber content='+44 20 7946 0041'>
         <a itemprop=email href='mailto:info@acme.example?subject=x'>Mail</a></footer>
         <div vocab='https://schema.org/' typeof=Organization><span property=name>Acme</span>
         <div property=contactPoint typeof=ContactPoint><i property=contactType>complaints</i> <b property=telephone>+44 20 7946 0042</b></div></div>",
    );
    insta::assert_snapshot!(read, @r"
    phone +442079460040 @Footer Standard
    fax +442079460041 @Data Standard
    email info@acme.example @Footer
    postal Acme, 1 High Street, London, EC1A 1BB @Footer
    phone +442079460042 @Main label=complaints Standard Some(Complaints)
    Acme |  |  | LocalBusiness
    ");
}

#[test]
fn cards_give_people_and_firms() {
    let read = draw(
        "<div class=vcard><span class=fn>Ann Doe</span>, <i class=title>Complaints manager</i>, <b class=org>Acme</b>
          <p class=tel><b class=type>Fax</b> <span class=value>+44 20 7946 0050</span></p><a class=email href=mailto:ann@acme.example>mail</a></div>
         <div class=h-card><a class='p-name u-url' href=/>Acme</a> <span class='p-tel'>+44 20 7946 0051</span>
          <p class='h-adr'><span class=p-street-address>1 High Street</span> <span class=p-locality>London</span> <span class=p-postal-code>EC1A 1BB</span></p></div>",
    );
    insta::assert_snapshot!(read, @r"
    email ann@acme.example @Main person=Ann Doe title=Complaints manager
    fax +442079460050 @Main label=Fax Standard
    phone +442079460051 @Main Standard
    postal Acme, 1 High Street, London, EC1A 1BB @Main
    Acme |  |  |
    ");
}

#[test]
fn an_address_that_the_page_prints_has_one_value() {
    let page = "<p>Acme Ltd<br>1 High Street<br>London<br>EC1A 1BB</p><script type=application/ld+json>{\"@type\":\"Organization\",
        \"name\":\"Acme\",\"address\":{\"streetAddress\":\"1 High Street\",\"addressLocality\":\"London\",\"postalCode\":\"EC1A 1BB\"}}</script>";
    let read = crate::page::read(page.as_bytes(), &Context::default());
    let addresses: Vec<_> = read.finding.contacts.iter().map(|contact| contact.reach.value()).collect();
    assert_eq!(addresses, ["Acme Ltd, 1 High Street, London, EC1A 1BB"]);
}
