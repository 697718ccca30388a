//! What goes wrong on the way: a crawl ends with a word on it, and with what was found.

use std::time::Duration;

use sources::crawl::{Budget, Options, Outcome, Stopped, crawl};
use sources::web::FetchError;
use url::Url;

use crate::site::{Site, html, paths, redirect, response};

const BASE: &str = "https://acme.example";

fn page(title: &str, links: &[(&str, &str)]) -> String {
    html(
        "en",
        title,
        links,
        &format!(
            "<p>{title}. This page says enough about {title} to be told from every other page of the site.</p>"
        ),
        &[],
    )
}

fn unknown_host() -> FetchError {
    FetchError::UnknownHost("acme.example".to_owned())
}

#[test]
fn an_unknown_host_is_named_and_its_neighbour_tried() {
    let nowhere = Site::default()
        .answer(&format!("{BASE}/"), Err(unknown_host()))
        .answer("https://www.acme.example/", Err(unknown_host()))
        .answer("http://acme.example/", Err(unknown_host()))
        .answer("http://www.acme.example/", Err(unknown_host()));
    let crawl = nowhere.crawl(&format!("{BASE}/"), &Options::default());
    assert_eq!(crawl.stopped, Stopped::NoStart(unknown_host()));
    assert!(crawl.documents.is_empty());

    let with_www = Site::default()
        .answer(&format!("{BASE}/"), Err(unknown_host()))
        .page("https://www.acme.example/", &page("Acme", &[]));
    let crawl = with_www.crawl(&format!("{BASE}/"), &Options::default());
    assert_eq!(crawl.start.as_str(), "https://www.acme.example/");
    insta::assert_snapshot!(crawl.warnings.join("\n"), @"`acme.example`: no such host: `https://www.acme.example/` was read instead");
}

#[test]
fn a_start_that_moved_takes_the_crawl_along_and_other_sites_stay_out() {
    let site = Site::default()
        .answer(&format!("{BASE}/"), Ok(redirect("https://acme-group.example/")))
        .page(
            "https://acme-group.example/",
            &page(
                "Group",
                &[
                    ("/contact", "Contact"),
                    ("https://elsewhere.example/complaints", "Complaints"),
                    ("/complaints", "Complaints"),
                ],
            ),
        )
        .answer("https://acme-group.example/complaints", Ok(redirect("https://elsewhere.example/complaints")))
        .page("https://acme-group.example/contact", &page("Contact", &[]));
    let crawl = site.crawl(&format!("{BASE}/"), &Options::default());
    assert_eq!(crawl.site, "acme-group.example");
    assert_eq!(paths(&crawl), ["/", "/contact"]);
    assert!(!site.asked().iter().any(|asked| asked.contains("elsewhere")));
    insta::assert_snapshot!(crawl.warnings.join("\n"), @"`acme.example` leads to `acme-group.example`: that site was read");
}

#[test]
fn redirects_in_circles_end() {
    let site = Site::default()
        .page(&format!("{BASE}/"), &page("Acme", &[("/contact", "Contact"), ("/help", "Help")]))
        .answer(&format!("{BASE}/contact"), Ok(redirect("/contact/a")))
        .answer(&format!("{BASE}/contact/a"), Ok(redirect("/contact")))
        .page(&format!("{BASE}/help"), &page("Help", &[]));
    let crawl = site.crawl(&format!("{BASE}/"), &Options::default());
    assert_eq!(paths(&crawl), ["/", "/help"]);
    assert_eq!(crawl.stopped, Stopped::NothingLeft);
    let start = Site::default()
        .answer(&format!("{BASE}/"), Ok(redirect("/")))
        .crawl(&format!("{BASE}/"), &Options::default());
    assert!(matches!(start.stopped, Stopped::NoStart(_)), "{}", start.stopped);
}

#[test]
fn one_page_under_many_addresses_is_read_once_and_endless_places_not_at_all() {
    let copies = [
        ("/contact", "Contact"),
        ("/contact/", "Contact"),
        ("/Contact?utm_source=menu", "Contact"),
        ("http://www.acme.example/contact", "Contact"),
        ("/contact;jsessionid=12", "Contact"),
        ("/kontakt-copy", "Contact"),
    ];
    let traps = [
        ("/calendar/2026/11/", "Contact days"),
        ("/list?page=2", "More contacts"),
        ("/shop?sort=price&color=red&size=4&view=9", "Contact lenses"),
        ("/a/b/a/b/a/b/contact", "Contact"),
    ];
    let links: Vec<(&str, &str)> = copies.into_iter().chain(traps).collect();
    let site = Site::default()
        .page(&format!("{BASE}/"), &page("Acme", &links))
        .page(&format!("{BASE}/contact"), &page("Contact", &links))
        .page(&format!("{BASE}/kontakt-copy"), &page("Contact", &links));
    let crawl = site.crawl(&format!("{BASE}/"), &Options::default());
    let outcomes: Vec<_> =
        crawl.documents.iter().map(|document| (document.url.path(), &document.outcome)).collect();
    let same = Outcome::SameAs(Url::parse(&format!("{BASE}/contact")).unwrap());
    assert_eq!(outcomes, [("/", &Outcome::Read), ("/contact", &Outcome::Read), ("/kontakt-copy", &same)]);
}

#[test]
fn a_site_that_answers_every_address_does_not_hold_the_crawl() {
    let mut site = Site::default().page(
        &format!("{BASE}/"),
        &page("Acme", &[("/complaints", "Complaints"), ("/contact", "Contact"), ("/x", "More")]),
    );
    let endless = html(
        "en",
        "Page not found",
        &[("more/complaints", "Complaints"), ("deeper/contact", "Contact")],
        "<p>Sorry, we could not find that page. Error 404.</p>",
        &[],
    );
    site.otherwise = Some(response(200, "text/html", endless.as_bytes()));
    let crawl = site.crawl(&format!("{BASE}/"), &Options::default());
    assert!(crawl.documents.len() <= 6, "{:?}", paths(&crawl));
}

#[test]
fn a_site_that_refuses_is_left_in_peace() {
    let mut site = Site::default().page(
        &format!("{BASE}/"),
        &page(
            "Acme",
            &[
                ("/complaints", "Complaints"),
                ("/contact", "Contact"),
                ("/help", "Help"),
                ("/about", "About"),
                ("/team", "Team"),
                ("/terms", "Terms"),
            ],
        ),
    );
    site.otherwise = Some(response(403, "text/html", b"<title>Forbidden</title>"));
    let crawl = site.crawl(&format!("{BASE}/"), &Options::default());
    assert!(matches!(crawl.stopped, Stopped::Refusals(_)), "{}", crawl.stopped);
    assert_eq!(crawl.documents.len(), 5);

    let mut closed = Site::default();
    closed.otherwise = Some(response(403, "text/html", b"<title>Forbidden</title>"));
    let crawl = closed.crawl(&format!("{BASE}/"), &Options::default());
    insta::assert_snapshot!(crawl.warnings.join("\n"), @"`https://acme.example/`: the site answered 403");
}

#[test]
fn a_page_that_needs_a_script_is_told_and_its_state_and_sitemap_are_used() {
    let shell = r#"<!doctype html><html lang="en"><title>Acme</title><div id="root"></div><script src="/static/app.js"></script><noscript>You need to enable JavaScript to run this app.</noscript><script>window.__STATE__={"menu":[{"to":"\/contact-us"},{"to":"\/products\/1"}]}</script></html>"#;
    let map = "<urlset><url><loc>https://acme.example/complaints</loc></url><url><loc>https://acme.example/products/2</loc></url></urlset>";
    let site = Site::default()
        .page(&format!("{BASE}/"), shell)
        .answer(
            &format!("{BASE}/robots.txt"),
            Ok(response(200, "text/plain", b"Sitemap: https://acme.example/map.xml")),
        )
        .answer(&format!("{BASE}/map.xml"), Ok(response(200, "application/xml", map.as_bytes())))
        .page(&format!("{BASE}/complaints"), &page("Complaints", &[]))
        .page(&format!("{BASE}/contact-us"), &page("Contact us", &[]));
    let crawl = site.crawl(&format!("{BASE}/"), &Options::default());
    assert_eq!(paths(&crawl)[..3], ["/", "/complaints", "/contact-us"]);
    insta::assert_snapshot!(crawl.warnings.join("\n"), @"`https://acme.example/` shows next to nothing without a script: only its static parts were read");
}

#[test]
fn budgets_end_a_crawl_and_are_named() {
    let links: Vec<(String, String)> = (0..40)
        .map(|n| {
            (
                format!("/contact/desk-{}", char::from(b'a' + n % 26).to_string().repeat(1 + usize::from(n))),
                "Contact".to_owned(),
            )
        })
        .collect();
    let links: Vec<(&str, &str)> =
        links.iter().map(|(path, words)| (path.as_str(), words.as_str())).collect();
    let mut site = Site::default().page(&format!("{BASE}/"), &page("Acme", &links));
    site.otherwise = Some(response(404, "text/html", b"gone"));
    let with = |budget: Budget| site.crawl(&format!("{BASE}/"), &Options { budget, ..Options::default() });
    assert_eq!(with(Budget { requests: 6, ..Budget::default() }).stopped, Stopped::Budget("requests"));
    assert_eq!(with(Budget { documents: 3, ..Budget::default() }).stopped, Stopped::Budget("documents"));
    assert_eq!(with(Budget { bytes: 10, ..Budget::default() }).stopped, Stopped::Budget("bytes"));
    assert_eq!(with(Budget { time: Duration::ZERO, ..Budget::default() }).stopped, Stopped::Budget("time"));
}

#[test]
fn what_was_found_is_kept_when_the_user_stops_it() {
    let site = Site::default()
        .page(&format!("{BASE}/"), &page("Acme", &[("/contact", "Contact"), ("/help", "Help")]))
        .page(&format!("{BASE}/contact"), &page("Contact", &[]));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let mut stop = Some(stop);
    let start = Url::parse(&format!("{BASE}/")).unwrap();
    let options = Options::default();
    let observer = |event: sources::crawl::Event<'_>| {
        if let sources::crawl::Event::Read(document) = event
            && document.url.path() == "/contact"
        {
            stop.take().map(|stop| stop.send(()));
        }
    };
    let until = async {
        let _ = stopped.await;
    };
    let crawl = runtime.block_on(crawl(&site, &start, &options, observer, until));
    assert_eq!(crawl.stopped, Stopped::Asked);
    assert_eq!(paths(&crawl), ["/", "/contact"]);
}
