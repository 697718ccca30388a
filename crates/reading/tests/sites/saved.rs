//! Pages as a browser saves them, of each site in its years, languages and states: made up, in the sites' real structure.

use ladder::{Country, Rung};
use reading::post::site::{self, Document};
use reading::post::{self, Named, Post, Reading};

fn saved(name: &str) -> Vec<u8> {
    let path = format!("{}/tests/sites/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn open(name: &str) -> Document {
    site::open(&saved(name), None)
}

fn read(document: &Document, company: &str, country: &str) -> Reading {
    post::read(&Post {
        text: &document.text,
        url: document.url.as_deref(),
        company: Some(company),
        country: Country::parse(country).ok(),
        written: &document.written,
        ..Post::default()
    })
}

/// Draws the messages: who, when, stars, what it answers, words.
fn thread(document: &Document) -> String {
    let line = |(at, w): (usize, &post::Written)| {
        let stars = w.stars.map_or(String::new(), |stars| format!(" {stars}*"));
        let to = w.answers.map_or(String::new(), |to| format!(" >{to}"));
        let role = w.role.map_or_else(|| w.author.clone(), |role| format!("{role:?}"));
        let note = if w.note.is_empty() { String::new() } else { format!(" [{}]", w.note) };
        let words = document.text[w.range.clone()].replace('\n', " / ");
        format!("{at} {role}{note} {}{stars}{to}: {words}", w.date.as_deref().unwrap_or("-"))
    };
    document.written.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

fn profile(document: &Document) -> String {
    let Some(p) = &document.profile else { return "none".into() };
    let managers = p.management.iter().map(|m| {
        format!(
            "{} = {}{}",
            m.name.as_deref().unwrap_or("?"),
            m.title,
            if m.for_customers { " (customers)" } else { "" }
        )
    });
    format!(
        "{} | {} | claimed {:?} | {:?} | {:?} | {} | {}",
        p.name,
        p.website.as_deref().unwrap_or("-"),
        p.claimed,
        p.phones
            .iter()
            .map(|(label, number)| format!("{label} {number}").trim().to_owned())
            .collect::<Vec<_>>(),
        p.emails,
        p.address.as_deref().unwrap_or("-"),
        managers.collect::<Vec<_>>().join("; "),
    )
}

fn contact<'r>(reading: &'r Reading, value: &str) -> &'r Named {
    let found = reading.contacts.iter().find(|c| c.reach.value() == value);
    found.unwrap_or_else(|| panic!("no `{value}` in {:?}", reading.contacts))
}

#[test]
fn trustpilot_gives_its_profile_reviews_and_replies_from_the_data_of_the_page() {
    let document = open("trustpilot-claimed.html");
    assert_eq!(document.site, Some("trustpilot"));
    assert_eq!(
        document.url.as_deref(),
        Some("https://www.trustpilot.com/review/marlowandtate.example?stars=1")
    );
    insta::assert_snapshot!(profile(&document));
    insta::assert_snapshot!(thread(&document));
    let stated = document.profile.as_ref().unwrap().stated.as_ref().unwrap();
    assert_eq!((stated.of, stated.last.as_deref()), (Some(68), Some("2026-04-20")));
    let responses = document.responses().unwrap();
    assert_eq!((responses.written, responses.answered, responses.low, responses.low_answered), (3, 2, 2, 1));
    assert_eq!(responses.days, [0, 2]);
    let reading = read(&document, "Marlow & Tate", "US");
    let reply = contact(&reading, "complaints@marlowandtate.example");
    assert!(reply.is_from_company());
    assert_eq!((reply.rung, reply.voices[0].when.as_deref()), (Some(Rung::Complaints), Some("2026-04-14")));
    assert!(contact(&reading, "+13125550148").is_from_company());
    assert!(!contact(&reading, "+18885550199").is_from_company());
}

#[test]
fn trustpilot_is_read_from_its_markup_where_the_data_is_gone_and_in_any_language() {
    let document = open("trustpilot-de-markup.html");
    insta::assert_snapshot!(profile(&document));
    insta::assert_snapshot!(thread(&document));
    let reading = read(&document, "Nordlicht Strom", "DE");
    let reply = contact(&reading, "beschwerde@nordlicht-strom.example");
    assert!(reply.is_from_company());
    assert_eq!(reply.rung, Some(Rung::Complaints));
    assert!(contact(&reading, "+493023125014").is_from_company());
    assert_eq!(document.responses().unwrap().days, [6]);
}

#[test]
fn a_page_that_breaks_off_keeps_what_stands_before() {
    let whole = open("trustpilot-claimed.html");
    let cut = open("trustpilot-cut.html");
    assert!(cut.warnings.iter().any(|w| w.contains("breaks off")), "{:?}", cut.warnings);
    assert_eq!(cut.profile, whole.profile);
    assert_eq!(cut.written.len(), whole.written.len() - 2, "{}", thread(&cut));
    // Wherever it is cut, it ends in time and tells no more than the whole.
    let bytes = saved("trustpilot-claimed.html");
    for end in (0..bytes.len()).step_by(97) {
        let part = site::open(&bytes[..end], None);
        assert!(part.written.len() <= whole.written.len() + 1, "{end}: {}", thread(&part));
    }
}

#[test]
fn an_unclaimed_profile_is_a_listing_and_no_word_of_the_company() {
    let document = open("trustpilot-unclaimed.html");
    assert!(document.warnings.iter().any(|w| w.contains("not claimed")));
    insta::assert_snapshot!(format!("{}\n{}", profile(&document), thread(&document)));
    let reading = read(&document, "Colis Hirondelle", "FR");
    let listed = contact(&reading, "+33199001234");
    assert!(!listed.is_from_company());
    assert_eq!(listed.voices[0].role, post::thread::Role::Listing);
    assert_eq!(document.responses().unwrap().answered, 0);
    assert_eq!(document.profile.unwrap().stated, None, "nothing is counted of no low ratings");
}

#[test]
fn bbb_gives_who_manages_who_is_asked_and_every_number() {
    let document = open("bbb-profile.html");
    assert_eq!(document.site, Some("bbb"));
    insta::assert_snapshot!(profile(&document));
    insta::assert_snapshot!(thread(&document));
    let reading = read(&document, "Hollinmart", "US");
    assert!(contact(&reading, "+13125550102").is_from_company());
    assert!(contact(&reading, "service@hollinmart.example").is_from_company());
}

#[test]
fn bbb_complaints_and_reviews_are_parted_with_each_answer_and_its_day() {
    let document = open("bbb-complaints.html");
    insta::assert_snapshot!(format!("{}\n{}", profile(&document), thread(&document)));
    let responses = document.responses().unwrap();
    assert_eq!((responses.written, responses.answered, responses.days), (2, 1, vec![7]));
    let reading = read(&document, "Hollinmart", "US");
    for value in ["+13125550177", "exec.office@hollinmart.example"] {
        let office = contact(&reading, value);
        assert!(office.is_from_company());
        assert_eq!(office.rung, Some(Rung::Executive), "{value}");
    }
    let reviews = open("bbb-reviews.html");
    insta::assert_snapshot!(format!("{}\n{}", profile(&reviews), thread(&reviews)));
    let old = open("bbb-old.html");
    insta::assert_snapshot!(format!("{}\n{}", profile(&old), thread(&old)));
}

#[test]
fn yelp_is_read_from_the_store_the_properties_and_the_markup() {
    for (name, country, value) in [
        ("yelp-apollo.html", "US", "manager@copperspoon.example"),
        ("yelp-hypernova.html", "US", "+15035550124"),
        ("yelp-de-markup.html", "DE", "leitung@cafe-lindenhof.example"),
    ] {
        let document = open(name);
        assert_eq!(document.site, Some("yelp"), "{name}");
        insta::assert_snapshot!(
            name.trim_end_matches(".html"),
            format!("{}\n{}", profile(&document), thread(&document))
        );
        let company = document.profile.as_ref().unwrap().name.clone();
        let reading = read(&document, &company, country);
        let reply = contact(&reading, value);
        assert!(reply.is_from_company(), "{name}");
        let responses = document.responses().unwrap();
        assert_eq!((responses.written, responses.answered), (2, 1), "{name}");
        assert_eq!(responses.days.len(), 1, "{name}");
    }
}

#[test]
fn quora_is_read_from_what_its_scripts_push_and_from_the_markup() {
    let document = open("quora-data.html");
    assert_eq!(document.site, Some("quora"));
    assert_eq!(document.title, "How do I reach Hollinmart corporate?");
    insta::assert_snapshot!(thread(&document));
    assert!(document.warnings.iter().any(|w| w.contains("14 answers")), "{:?}", document.warnings);
    let reading = read(&document, "Hollinmart", "US");
    assert_eq!(
        contact(&reading, "advocacy@hollinmart.example").voices[0].when.as_deref(),
        Some("2025-02-10")
    );
    assert!(!reading.contacts.iter().any(|c| c.reach.value() == "+18005550111"), "another question's answer");
    let document = open("quora-markup.html");
    insta::assert_snapshot!(thread(&document));
    let reading = read(&document, "Telcosta", "ES");
    contact(&reading, "defensor@telcosta.example");
}

#[test]
fn x_is_parted_by_its_links_with_quotes_and_without_advertisements() {
    let document = open("x-thread.html");
    assert_eq!(document.site, Some("x"));
    insta::assert_snapshot!(thread(&document));
    let reading = read(&document, "Westmoor Rail", "US");
    assert!(contact(&reading, "customer.relations@westmoorrail.example").is_from_company());
    let pushed = contact(&reading, "+12135550163");
    assert!(pushed.suspect && !pushed.is_from_company(), "{pushed:?}");
    let document = open("x-profile.html");
    insta::assert_snapshot!(format!("{}\n{}", profile(&document), thread(&document)));
}

#[test]
fn a_company_page_of_linkedin_gives_its_terms() {
    let document = open("linkedin-company.html");
    insta::assert_snapshot!(format!("{}\n{}", profile(&document), thread(&document)));
}

#[test]
fn an_archive_of_x_gives_ones_own_words_and_messages() {
    let posts = r#"window.YTD.tweets.part0 = [ {"tweet": {"id_str": "1", "created_at": "Wed Dec 03 20:19:24 +0000 2025", "full_text": "@WestmoorRail still no refund &amp; no answer"}} ]"#;
    let document = site::open(posts.as_bytes(), None);
    assert_eq!(thread(&document), "0 you 2025-12-03: @WestmoorRail still no refund & no answer");
    let messages = r#"window.YTD.direct_messages.part0 = [ {"dmConversation": {"messages": [
        {"messageCreate": {"senderId": "22", "text": "Please write to customer.relations@westmoorrail.example", "createdAt": "2025-12-04T09:00:00.000Z"}},
        {"messageCreate": {"senderId": "11", "text": "Whom do I write to?", "createdAt": "2025-12-04T08:00:00.000Z"}}]}} ]"#;
    let document = site::open(messages.as_bytes(), None);
    assert_eq!(
        thread(&document),
        "0 account 11 2025-12-04: Whom do I write to?\n1 account 22 2025-12-04: Please write to customer.relations@westmoorrail.example"
    );
}

#[test]
fn walls_and_checks_are_told_by_site_and_kind() {
    for (name, site, why) in [
        ("yelp-check.html", "yelp", "not a robot"),
        ("bbb-check.html", "bbb", "denied"),
        ("quora-check-de.html", "quora", "not a robot"),
        ("quora-login.html", "quora", "log-in"),
        ("x-login-fr.html", "x", "log-in"),
        ("x-noscript.html", "x", "scripts"),
        ("trustpilot-check.html", "trustpilot", "not a robot"),
    ] {
        let document = open(&format!("walls/{name}"));
        assert_eq!(document.site, Some(site), "{name}: {document:?}");
        assert!(document.refused.is_some_and(|told| told.contains(why)), "{name}: {:?}", document.refused);
        assert!(document.text.is_empty() && document.written.is_empty(), "{name}");
    }
}

#[test]
fn a_page_that_shows_a_post_behind_a_wall_is_read_and_the_wall_is_told() {
    let page = r#"<!doctype html><html><head><title>Log in to Facebook</title><meta property="og:url" content="https://www.facebook.com/groups/1/posts/2"></head><body>
<div role="article"><h3><strong>Carol Finch</strong></h3><div dir="auto">Write to the director: ops.director@ashvale.example</div></div><div>See more on Facebook</div></body></html>"#;
    let document = site::open(page.as_bytes(), None);
    assert_eq!((document.refused, document.written.len()), (None, 1));
    assert!(document.warnings.iter().any(|w| w.contains("log-in")), "{:?}", document.warnings);
}

#[test]
fn a_page_of_another_kind_is_of_no_site() {
    for page in [
        "<html><head><title>Our Trust Pilot programme</title></head><body><p>Contact help@acme.example about the pilot.</p></body></html>",
        "<html><head><title>What we think of Yelp reviews</title></head><body><article><h2>5 star rating</h2><p lang=en>We like them.</p></article></body></html>",
        "<html><head><title>Contact</title><meta property='og:url' content='https://notbbb.org.example/'></head><body><h3>Business Response</h3></body></html>",
    ] {
        let document = site::open(page.as_bytes(), None);
        assert_eq!(document.site, None, "{page}");
        assert!(document.profile.is_none() && !document.text.is_empty());
    }
}

/// The title alone of a page names the site: then how it is built must say so too.
#[test]
fn a_page_that_names_a_site_in_its_title_alone_is_of_it_where_it_is_built_so() {
    for (name, domain) in [
        ("bbb-complaints.html", Some("bbb.org")),
        ("bbb-reviews.html", Some("bbb.org")),
        ("quora-data.html", Some("quora.com")),
        ("quora-markup.html", Some("quora.com")),
        ("yelp-hypernova.html", Some("yelp.com")),
    ] {
        assert_eq!(site::built_as(&saved(name)), domain, "{name}");
    }
    let own = "<html><title>Reviews of Hollinmart | Trustpilot</title><script type='application/ld+json'>\
        {\"@type\":\"LocalBusiness\",\"name\":\"Hollinmart\",\"telephone\":\"+1 202 555 0100\"}</script>\
        <p>We are proud of our <a href='https://www.trustpilot.com/review/hollinmart.example'>reviews</a>.</p>\
        <a href='https://hollinmart.example/contact'>Contact us</a></html>";
    assert_eq!(site::built_as(own.as_bytes()), None);
    let linked = format!(
        "<html><title>Hollinmart | LinkedIn</title>{}<a href='https://hollinmart.example'>Site</a>",
        "<a href='https://www.linkedin.com/help'>x</a>".repeat(6)
    );
    assert_eq!(site::built_as(linked.as_bytes()), Some("linkedin.com"));
    let elsewhere = linked.replace("www.linkedin.com", "notlinkedin.com.example");
    assert_eq!(site::built_as(elsewhere.as_bytes()), None);
}
