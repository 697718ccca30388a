//! Saved pages and exports of sites: small ones of our own in the sites' shapes, and the recordings beside the repository
//! where they are there.

#![expect(clippy::print_stdout, reason = "a test may panic, and says what it skips")]

mod saved;

use std::path::Path;

use ladder::Country;
use reading::post::site::{self, Document};
use reading::post::thread::Role;
use reading::post::{self, Post, Reading};

fn read(document: &Document, company: &str) -> Reading {
    post::read(&Post {
        text: &document.text,
        url: document.url.as_deref(),
        company: Some(company),
        country: Country::parse("US").ok(),
        written: &document.written,
        ..Post::default()
    })
}

fn values(reading: &Reading) -> Vec<&str> {
    reading.contacts.iter().map(|c| c.reach.value()).collect()
}

fn recording(name: &str) -> Option<Vec<u8>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/sources").join(name);
    let bytes = std::fs::read(&path).ok();
    if bytes.is_none() {
        println!("skipped: no recording {}", path.display());
    }
    bytes
}

const TRUSTPILOT: &str = r#"<!doctype html><html><head><title>Marlow &amp; Tate Reviews | Trustpilot</title>
<meta property="og:site_name" content="Trustpilot"></head><body>
<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":{"businessUnit":{"displayName":"Marlow & Tate",
"identifyingName":"marlowandtate.example","isClaimed":true,"contactInfo":{"email":"care@marlowandtate.example","phone":"312-555-0148",
"address":"1 Mill Yard","city":"Chicago","zipCode":"60601","country":"US"}},
"reviews":[{"title":"Late","text":"Three weeks for a coat.","rating":1,"consumer":{"displayName":"A B","numberOfReviews":1},
"dates":{"publishedDate":"2025-05-04T10:00:00Z"},"reply":{"message":"Sorry! Please write to our complaints team, complaints@marlowandtate.example.","publishedDate":"2025-05-05T10:00:00Z"}}]}}}</script>
</body></html>"#;

#[test]
fn a_trustpilot_page_gives_the_claimed_contacts_and_the_replies() {
    let document = site::open(TRUSTPILOT.as_bytes(), None);
    assert_eq!(document.site, Some("trustpilot"));
    let profile = document.profile.as_ref().unwrap();
    assert_eq!((profile.name.as_str(), profile.claimed), ("Marlow & Tate", Some(true)));
    let reading = read(&document, &profile.name);
    let values = values(&reading);
    for wanted in ["care@marlowandtate.example", "+13125550148", "complaints@marlowandtate.example"] {
        assert!(values.contains(&wanted), "{wanted}: {values:?}");
    }
    let reply = reading.contacts.iter().find(|c| c.reach.value().starts_with("complaints@")).unwrap();
    assert_eq!(reply.rung, Some(ladder::Rung::Complaints));
    assert_eq!(reply.voices[0].when.as_deref(), Some("2025-05-05"));
    assert!(reply.is_from_company() && !reading.scam);
}

const REDDIT_API: &str = r#"[{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"title":"Executive number for Zephyrine?","selftext":"Anyone?",
"author":"bundle","created_utc":1748736000.0,"permalink":"/r/x/comments/1/e/"}}]}},
{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"author":"coax","body":"Executive relations is 215-555-0190, worked in May.","created_utc":1748822400.0,
"replies":{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"author":"bundle","body":"They called back within the hour!","created_utc":1748908800.0,"replies":""}},
{"kind":"more","data":{"count":4,"children":[]}}]}}}},{"kind":"t1","data":{"author":"[deleted]","body":"[removed]","created_utc":1748822401.0}}]}}]"#;

const REDDIT_OLD: &str = r#"<html><body><div class="content"><div class="sitetable"><div class="thing link" data-fullname="t3_1" data-author="bundle">
<a class="title" href="/r/x">Executive number for Zephyrine?</a><div class="usertext-body"><div class="md"><p>Anyone?</p></div></div></div></div>
<div class="commentarea"><div class="thing comment" data-fullname="t1_1" data-author="coax"><p class="tagline"><time datetime="2025-06-02T00:00:00+00:00">x</time></p>
<div class="usertext-body"><div class="md"><p>Executive relations is 215-555-0190, worked in May.</p></div></div>
<div class="child"><div class="thing comment" data-fullname="t1_2" data-author="bundle"><div class="md"><p>They called back within the hour!</p></div></div></div></div></div></div></body></html>"#;

const REDDIT_NEW: &str = r#"<html><body><shreddit-post author="bundle" post-title="Executive number for Zephyrine?" permalink="/r/x/comments/1/e/" created-timestamp="2025-06-01T00:00:00Z"><div slot="text-body"><p>Anyone?</p></div></shreddit-post>
<shreddit-comment author="coax"><time datetime="2025-06-02T00:00:00Z"></time><div slot="comment"><p>Executive relations is 215-555-0190, worked in May.</p></div></shreddit-comment>
<shreddit-comment author="bundle"><div slot="comment"><p>They called back within the hour!</p></div></shreddit-comment></body></html>"#;

#[test]
fn reddit_is_read_alike_from_its_api_and_both_of_its_pages() {
    for source in [REDDIT_API, REDDIT_OLD, REDDIT_NEW] {
        let document = site::open(source.as_bytes(), None);
        assert_eq!(document.site, Some("reddit"), "{source}");
        assert_eq!(document.title, "Executive number for Zephyrine?");
        let reading = read(&document, "Zephyrine Cable");
        assert_eq!(values(&reading), ["+12155550190"], "{document:?}");
        assert_eq!(reading.contacts[0].rung, Some(ladder::Rung::Executive));
        assert_eq!(reading.contacts[0].voices[0].when.as_deref(), Some("2025-06-02"));
    }
    let warnings = site::open(REDDIT_API.as_bytes(), None).warnings;
    assert!(warnings.iter().any(|w| w.contains("more comments")), "{warnings:?}");
}

const BBB: &str = r#"<html><head><title>Hollinmart | Better Business Bureau® Profile</title></head><body><main><h1>Hollinmart</h1>
<script type="application/ld+json">{"@type":"LocalBusiness","name":"Hollinmart","telephone":"(312) 555-0100","url":"https://hollinmart.example",
"address":{"streetAddress":"800 Prairie Row","addressLocality":"Chicago","addressRegion":"IL","postalCode":"60601"}}</script>
<dl><dt>Business Management:</dt><dd>Ms. Ann Other, President<br>Mr. Bo Peep, Customer Service Manager</dd><dt>Additional Phone Numbers</dt><dd>Other Phone: (312) 555-0102</dd></dl>
<div><h3>Complaint Type: Delivery Issues</h3><p>05/17/2025</p><p>Paid for white glove, got grey socks.</p><h3>Business Response</h3><p>Date: 05/20/2025</p>
<p>Please contact our Office of the President at 312-555-0177.</p></div></main></body></html>"#;

#[test]
fn a_bbb_profile_gives_who_manages_and_the_business_response() {
    let document = site::open(BBB.as_bytes(), None);
    assert_eq!(document.site, Some("bbb"));
    let profile = document.profile.as_ref().unwrap();
    let titles: Vec<&str> = profile.management.iter().map(|manager| manager.title.as_str()).collect();
    assert_eq!(titles, ["President", "Customer Service Manager"]);
    let reading = read(&document, &profile.name);
    let executive = reading.contacts.iter().find(|c| c.reach.value() == "+13125550177").unwrap();
    assert_eq!(executive.rung, Some(ladder::Rung::Executive));
    assert!(executive.is_from_company());
    assert!(values(&reading).contains(&"+13125550100"));
}

const DISCOURSE: &str = r#"{"title":"Payout on hold","posts_count":3,"post_stream":{"posts":[
{"username":"seller_bee","created_at":"2025-03-04T10:00:00.000Z","cooked":"<p>Held for review.</p>"},
{"username":"Ines","created_at":"2025-03-05T10:00:00.000Z","staff":true,"admin":true,"cooked":"<p>Write to our seller protection team, <a href=\"mailto:protect@cartello.example\">protect@cartello.example</a>.</p>"}]}}"#;

const KHOROS: &str = r#"<html><body><div class="lia-message-view-wrapper"><a class="lia-user-name-link">JCruz</a><div class="lia-message-author-rank">Newbie</div>
<div class="lia-message-body-content"><p>Charged twice.</p></div></div><div class="lia-message-view-wrapper"><a class="lia-user-name-link">Maria</a>
<div class="lia-message-author-rank">Employee</div><span class="local-date">2025-07-02</span><div class="lia-message-body-content"><p>Our billing team is at 800-555-0143.</p></div></div></body></html>"#;

#[test]
fn staff_of_a_company_board_speak_for_the_company() {
    let discourse = site::open(DISCOURSE.as_bytes(), None);
    assert_eq!(discourse.site, Some("discourse"));
    assert!(discourse.warnings[0].contains("3 posts"));
    let khoros = site::open(KHOROS.as_bytes(), None);
    assert_eq!(khoros.site, Some("khoros"));
    for (document, company, value) in
        [(discourse, "Cartello", "protect@cartello.example"), (khoros, "Brandywell", "+18005550143")]
    {
        let reading = read(&document, company);
        assert_eq!(values(&reading), [value]);
        assert!(reading.contacts[0].is_from_company(), "{reading:?}");
        assert_eq!(reading.contacts[0].rung, Some(ladder::Rung::Specialist));
        assert_eq!(reading.roles.last(), Some(&Role::Employee));
    }
}

const QUORA: &str = r#"<html><head><title>How do I reach Hollinmart? - Quora</title><script type="application/ld+json">
{"@type":"QAPage","mainEntity":{"@type":"Question","name":"How do I reach Hollinmart corporate?","author":{"@type":"Person","name":"A"},
"suggestedAnswer":[{"@type":"Answer","text":"Write to the customer advocacy desk, advocacy@hollinmart.example.","author":{"name":"B"},"dateCreated":"2025-02-03"}]}}</script></head><body></body></html>"#;

const TWEETS: &str = r#"<html><body><article data-testid="tweet"><div data-testid="User-Name">Jo @jo_w</div><time datetime="2025-12-03T08:00:00Z"></time><div data-testid="tweetText">@WestmoorRail who do I complain to?</div></article>
<article data-testid="tweet"><div data-testid="User-Name">Westmoor Rail @WestmoorRail</div><div data-testid="tweetText">Please email customer.relations@westmoorrail.example ^Sam</div></article></body></html>"#;

#[test]
fn quora_and_x_pages_are_parted_into_their_writers() {
    let document = site::open(QUORA.as_bytes(), None);
    assert_eq!(document.site, Some("quora"));
    assert_eq!(values(&read(&document, "Hollinmart")), ["advocacy@hollinmart.example"]);
    let document = site::open(TWEETS.as_bytes(), None);
    assert_eq!(document.site, Some("x"));
    let reading = read(&document, "Westmoor Rail");
    assert_eq!(values(&reading), ["https://x.com/WestmoorRail", "customer.relations@westmoorrail.example"]);
    assert!(reading.contacts[1].is_from_company());
}

fn said(document: &Document) -> Vec<(&str, &str)> {
    document.written.iter().map(|w| (w.author.as_str(), &document.text[w.range.clone()])).collect()
}

#[test]
fn a_facebook_page_is_parted_into_the_post_and_its_comments() {
    let page = r#"<!doctype html><html><head><meta property="og:url" content="https://www.facebook.com/groups/1/posts/2"></head><body>
<div role="article"><h3><strong>Carol Finch</strong></h3><div dir="auto">Brown water again, has anyone a number for Ashvale?</div>
<div role="article" aria-label="Comment by Dave Purnell 2 hours ago"><a href="/dave">Dave Purnell</a><div dir="auto">Write to <span>the director: ops.director@ashvale.example</span></div></div>
<div role="article" aria-label="Antwort von Ashvale Water auf Dave Purnells Kommentar"><svg aria-label="Verified account"></svg><div dir="auto">Hello Carol, please ring 312-555-0148.</div></div>
</div></body></html>"#;
    let document = site::open(page.as_bytes(), None);
    assert_eq!(document.site, Some("facebook"));
    assert_eq!(
        said(&document),
        [
            ("Carol Finch", "Brown water again, has anyone a number for Ashvale?"),
            ("Dave Purnell", "Write to the director: ops.director@ashvale.example"),
            ("Ashvale Water", "Hello Carol, please ring 312-555-0148."),
        ]
    );
    assert_eq!(document.written[2].note, "verified");
    let reading = read(&document, "Ashvale Water");
    assert_eq!(values(&reading), ["ops.director@ashvale.example", "+13125550148"]);
    let graph = r#"{"data":[{"message":"No water","from":{"name":"Carol"},"created_time":"2026-02-03T10:00:00+0000","comments":{"data":[{"message":"Ring 312-555-0148","from":{"name":"Dave"},"created_time":"2026-02-04T10:00:00+0000"}]}}]}"#;
    let document = site::open(graph.as_bytes(), None);
    assert_eq!(said(&document), [("Carol", "No water"), ("Dave", "Ring 312-555-0148")]);
    assert_eq!(document.written[1].date.as_deref(), Some("2026-02-04"));
}

#[test]
fn instagram_comments_are_read_from_every_shape_of_its_data() {
    let data = r#"{"items":[{"caption":{"text":"New menu!","created_at":1769990400,"user":{"username":"corvello"}},"comments":[
{"text":"refund? mail relations@corvello.example","created_at":1770076800,"owner":{"username":"dana"}},
{"text":"refund? mail relations@corvello.example","created_at":1770076800,"owner":{"username":"dana"}}]}]}"#;
    let page = format!(
        r#"<!doctype html><html><head><meta property="og:site_name" content="Instagram"></head><body><script type="application/json">{data}</script></body></html>"#
    );
    for document in [site::open(page.as_bytes(), None), site::open(data.as_bytes(), None)] {
        assert_eq!(document.site, Some("instagram"));
        let wanted = [("@corvello", "New menu!"), ("@dana", "refund? mail relations@corvello.example")];
        assert_eq!(said(&document), wanted);
        assert_eq!(document.written[0].date.as_deref(), Some("2026-02-02"));
    }
    let bare = r#"<!doctype html><html><head><meta property="og:site_name" content="Instagram"></head><body><ul>
<li><a href="/dana/">dana</a><span>ring 312-555-0148</span><time datetime="2026-02-03T00:00:00Z">1w</time></li></ul></body></html>"#;
    assert_eq!(said(&site::open(bare.as_bytes(), None)), [("@dana", "ring 312-555-0148")]);
}

#[test]
fn a_linkedin_post_is_read_with_its_comments_and_what_their_writers_do() {
    let members = r#"<!doctype html><html><head><title>LinkedIn</title></head><body>
<span class="update-components-actor__title">Hannah Ventris</span><div class="update-components-text">Mail me: coo.office@ventris.example</div>
<article class="comments-comment-entity"><span class="comments-comment-meta__description-title">Piotr Z.</span>
<div class="comments-comment-meta__description-subtitle">Head of Customer Care at Ventris</div><time datetime="2026-02-03">1w</time>
<div class="comments-comment-item__main-content">Or ring 312-555-0148.</div></article></body></html>"#;
    let document =
        site::open(members.as_bytes(), Some("https://www.linkedin.com/feed/update/urn:li:activity:1"));
    assert_eq!(document.site, Some("linkedin"));
    let wanted =
        [("Hannah Ventris", "Mail me: coo.office@ventris.example"), ("Piotr Z.", "Or ring 312-555-0148.")];
    assert_eq!(said(&document), wanted);
    assert_eq!(document.written[1].note, "Head of Customer Care at Ventris");
    let guests = r#"<!doctype html><html><head><meta property="og:url" content="https://www.linkedin.com/posts/x"></head><body>
<script type="application/ld+json">{"@type":"SocialMediaPosting","articleBody":"Mail me: coo.office@ventris.example","datePublished":"2026-02-01T00:00:00Z",
"author":{"@type":"Person","name":"Hannah Ventris"},"comment":[{"@type":"Comment","text":"Or ring 312-555-0148.","author":{"name":"Piotr Z."}}]}</script></body></html>"#;
    assert_eq!(said(&site::open(guests.as_bytes(), None)), wanted);
}

#[test]
fn a_refusal_is_told_as_one_and_a_page_on_captchas_is_not() {
    for page in [
        "<html><head><title>Blocked</title></head><body><h1>whoa there, pardner!</h1><p>reddit: your request has been blocked due to a network policy.</p></body></html>",
        "<html><head><title>Just a moment...</title></head><body>Verify you are human</body></html>",
        "<html><head><title>Log in to Facebook</title></head><body>You must log in to continue.</body></html>",
        r#"{"message":"Forbidden","error":403}"#,
    ] {
        assert!(site::open(page.as_bytes(), None).refused.is_some(), "{page}");
    }
    let long = format!(
        "<html><body><p>{} verify you are human</p></body></html>",
        "Our thoughts on captchas. ".repeat(400)
    );
    assert!(site::open(long.as_bytes(), None).refused.is_none());
}

#[test]
fn recordings_of_refusals_are_told() {
    for name in [
        "reddit/blocked-network-policy.html",
        "reddit/over18-interstitial.html",
        "reddit/shreddit-shell.html",
        "social/xcancel-antibot.html",
    ] {
        if let Some(bytes) = recording(name) {
            let document = site::open(&bytes, None);
            assert!(document.refused.is_some(), "{name}: {:?} {}", document.site, document.text.len());
        }
    }
}

#[test]
fn recordings_of_sites_are_recognised_and_read() {
    for (name, site, messages, value) in [
        ("reddit/thread-2gmzqe.json", "reddit", 2, ""),
        ("reddit/thread-57dw9a.json", "reddit", 20, ""),
        ("reddit/post-parsed.json", "reddit", 20, ""),
        ("discourse/topic.json", "discourse", 2, ""),
        ("discourse/topic-2.json", "discourse", 2, ""),
        ("discourse/topic-meta-page.html", "discourse", 1, ""),
        ("trustpilot/companies.json", "trustpilot", 3, "cs@bandh.com"),
        ("yelp/business-pages.json", "yelp", 3, "+12064329069"),
        ("social/facebook-pages.json", "profile", 1, "yourvoice@bbc.co.uk"),
        ("social/x-profile.json", "x", 1, ""),
        ("social/instagram-user.json", "profile", 1, ""),
    ] {
        let Some(bytes) = recording(name) else { continue };
        let document = site::open(&bytes, None);
        assert_eq!(document.site, Some(site), "{name}");
        assert!(document.written.len() >= messages, "{name}: {}", document.written.len());
        let reading = post::read(&Post {
            text: &document.text,
            country: Country::parse("US").ok(),
            written: &document.written,
            ..Post::default()
        });
        assert!(value.is_empty() || values(&reading).contains(&value), "{name}: {:?}", values(&reading));
    }
}

#[test]
fn hostile_json_and_markup_end_in_time() {
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    for page in [
        deep,
        "{\"kind\":\"Listing\",\"data\":{\"children\":[null,3,{\"kind\":\"t1\"}]}}".into(),
        "<div".repeat(20_000),
        "<article data-testid=tweet>".repeat(3_000),
    ] {
        let document = site::open(page.as_bytes(), None);
        let _ = post::read(&Post { text: &document.text, written: &document.written, ..Post::default() });
    }
}
