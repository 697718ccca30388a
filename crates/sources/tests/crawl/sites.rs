//! Four kinds of site: a bank with a deep help centre, a shop with an imprint alone, a lender with a grievance page, a
//! utility whose procedure is a PDF.

use ladder::Country;
use sources::crawl::{Options, Stopped};

use crate::site::{Site, html, paths, place, response};

fn asking_for(country: &str) -> Options {
    Options { country: Country::parse(country).ok(), ..Options::default() }
}

/// A bank in the United States: eighty product pages in the menu, and the way to complain three clicks into its help.
fn bank() -> Site {
    let products: Vec<(String, String)> = (0..80)
        .map(|n| (format!("/personal/products/account-{n}"), format!("Prairie Checking {n}")))
        .collect();
    let mut menu: Vec<(&str, &str)> =
        products.iter().map(|(path, words)| (path.as_str(), words.as_str())).collect();
    menu.extend([
        ("/personal", "Personal"),
        ("/business", "Business"),
        ("/wealth", "Wealth management"),
        ("/help", "Help center"),
        ("/locations", "Find a branch"),
        ("/login", "Log in to online banking"),
        ("/es/", "Español"),
    ]);
    let footer = [
        ("/about", "About Prairie Bank"),
        ("/careers", "Careers"),
        ("/privacy", "Privacy"),
        ("/security", "Security"),
        ("/newsroom", "Newsroom"),
        (
            "/newsroom/2026/04/how-to-file-a-complaint-about-a-merchant",
            "How to file a complaint about a merchant",
        ),
    ];
    let page = |title: &str, body: &str| html("en-US", title, &menu, body, &footer);
    let article = |n: usize| format!("<a href=\"/help/articles/{n}\">How do I order checks {n}?</a>");
    let articles: String = (0..120).map(article).collect();
    let base = "https://prairiebank.example";
    let mut site = Site::default()
        .page(&format!("{base}/"), &page("Prairie Bank", "<p>Banking that listens.</p><a href=\"/help/articles/7\">How do I order checks?</a>"))
        .page(&format!("{base}/help"), &page("Help center", &format!("<p>Search our articles.</p>{articles}<a href=\"/help/topics/contact-and-feedback\">Contact and feedback</a>")))
        .page(&format!("{base}/help/topics/contact-and-feedback"), &page("Contact and feedback", "<p>Call (512) 555-0142.</p><p><a href=\"/help/topics/resolve\">Escalate a concern or file a complaint</a></p>"))
        .page(&format!("{base}/help/topics/resolve"), &page("Escalate a concern", "<h2>Office of the President</h2><p>Complaints: executive.complaints@prairiebank.example</p>"))
        .page(&format!("{base}/about"), &page("About us", "<p>Since 1911.</p><a href=\"/about/leadership\">Leadership</a>"))
        .page(&format!("{base}/about/leadership"), &page("Leadership", "<p>Rosa Lind, President</p>"));
    for (path, words) in &products {
        site = site.page(&format!("{base}{path}"), &page(words, "<p>Open an account today.</p>"));
    }
    site
}

#[test]
fn a_complaints_page_deep_in_a_help_centre_is_reached_before_any_product() {
    let crawl = bank().crawl("https://prairiebank.example/", &asking_for("US"));
    let read = paths(&crawl);
    assert!(place(&crawl, "/help/topics/resolve").is_some_and(|at| at <= 6), "{read:?}");
    let before = &read[..place(&crawl, "/help/topics/resolve").unwrap()];
    assert!(
        !before.iter().any(|path| path.contains("/products/") || path.contains("/articles/")),
        "{before:?}"
    );
    assert!(
        !read.iter().any(|path| path.contains("newsroom") || path == "/login" || path == "/es/"),
        "{read:?}"
    );
    assert!(read.len() <= 18, "{read:?}");
    assert!(matches!(crawl.stopped, Stopped::LittleToGain { .. }), "{}", crawl.stopped);
}

/// A shop in Germany: a long assortment, and an imprint as the one page that names anybody.
fn shop() -> Site {
    let goods: Vec<(String, String)> =
        (0..60).map(|n| (format!("/sortiment/lampe-{n}"), format!("Stehlampe Modell {n}"))).collect();
    let menu: Vec<(&str, &str)> = goods.iter().map(|(path, words)| (path.as_str(), words.as_str())).collect();
    let footer = [
        ("/versand", "Versand und Zahlung"),
        ("/agb", "AGB"),
        ("/datenschutz", "Datenschutz"),
        ("/impressum", "Impressum"),
        ("/warenkorb", "Warenkorb"),
        ("/konto/login", "Anmelden"),
        ("/en/", "English"),
        ("/ratgeber", "Lichtratgeber"),
    ];
    let page = |title: &str, body: &str| html("de", title, &menu, body, &footer);
    let base = "https://www.lampenhof.example";
    let imprint = "<p>Lampenhof GmbH, Beispielweg 3, 10115 Berlin</p><p>Geschäftsführerin: Ina Probe</p><p>Telefon: 030 23125 014, E-Mail: post@lampenhof.example</p>";
    goods.iter().fold(
        Site::default()
            .page(&format!("{base}/"), &page("Lampenhof", "<p>Licht für jeden Raum.</p>"))
            .page(&format!("{base}/impressum"), &page("Impressum", imprint))
            .page(&format!("{base}/agb"), &page("AGB", "<p>Es gilt deutsches Recht.</p>"))
            .page(&format!("{base}/datenschutz"), &page("Datenschutz", "<p>Wir speichern wenig.</p>"))
            .page(&format!("{base}/versand"), &page("Versand", "<p>Drei Tage.</p>")),
        |site, (path, words)| site.page(&format!("{base}{path}"), &page(words, "<p>49 Euro</p>")),
    )
}

#[test]
fn an_imprint_is_read_first_where_nothing_else_is_published() {
    let site = shop();
    let crawl = site.crawl("https://www.lampenhof.example/", &asking_for("DE"));
    let read = paths(&crawl);
    assert_eq!(place(&crawl, "/impressum"), Some(2), "{read:?}");
    assert!(read.len() <= 12, "{read:?}");
    assert!(
        !site
            .asked()
            .iter()
            .any(|asked| asked.ends_with("/warenkorb") || asked.contains("login") || asked.ends_with("/en/"))
    );
}

/// A lender in India: its grievance page stands among a dozen policies in the footer.
fn lender() -> Site {
    let menu = [
        ("/", "Home"),
        ("/loans/personal", "Personal Loan"),
        ("/loans/gold", "Gold Loan"),
        ("/loans/msme", "MSME Loan"),
        ("/emi-calculator", "EMI Calculator"),
        ("/about-us", "About Us"),
        ("/contact-us", "Contact Us"),
        ("/apply", "Apply Now"),
        ("/blog", "Blog"),
    ];
    let footer = [
        ("/policies/privacy-policy", "Privacy Policy"),
        ("/policies/fair-practice-code", "Fair Practice Code"),
        ("/policies/interest-rate-policy", "Interest Rate Policy"),
        ("/policies/kyc-policy", "KYC Policy"),
        ("/policies/grievance-redressal", "Grievance Redressal"),
        ("/policies/terms", "Terms &amp; Conditions"),
        ("/policies/refund-policy", "Refund Policy"),
        ("/rbi-sachet", "RBI Sachet"),
        ("/blog/2026-05-complaint-letter-format", "Complaint letter format: 10 samples"),
    ];
    let page = |title: &str, body: &str| html("en", title, &menu, body, &footer);
    let base = "https://udyamfin.example";
    let grievance = "<h2>Level 1</h2><p>care@udyamfin.example</p><h2>Level 2: Grievance Redressal Officer</h2><p>gro@udyamfin.example</p><h2>Level 3: Principal Nodal Officer</h2><p>pno@udyamfin.example</p>";
    Site::default()
        .page(&format!("{base}/"), &page("Udyam Finance", "<p>Loans in an hour.</p>"))
        .page(&format!("{base}/policies/grievance-redressal"), &page("Grievance Redressal", grievance))
        .page(
            &format!("{base}/policies/fair-practice-code"),
            &page("Fair Practice Code", "<p>Adopted by the board.</p>"),
        )
        .page(&format!("{base}/contact-us"), &page("Contact Us", "<p>care@udyamfin.example</p>"))
        .page(&format!("{base}/about-us"), &page("About Us", "<p>Founded in 2015.</p>"))
}

#[test]
fn a_grievance_page_among_policies_comes_straight_after_the_start() {
    let crawl = lender().crawl("https://udyamfin.example/", &asking_for("IN"));
    let read = paths(&crawl);
    assert_eq!(place(&crawl, "/policies/grievance-redressal"), Some(2), "{read:?}");
    assert!(place(&crawl, "/contact-us").is_some_and(|at| at <= 4), "{read:?}");
    assert!(!read.iter().any(|path| path.contains("blog") || path.contains("calculator")), "{read:?}");
}

/// A water company whose procedure is a PDF behind its codes of practice; other PDFs lie beside it.
fn utility() -> Site {
    let menu = [
        ("/", "Home"),
        ("/moving", "Moving home"),
        ("/bills", "Bills and payments"),
        ("/leaks", "Report a leak"),
        ("/your-account/sign-in", "Sign in"),
        ("/help", "Help and support"),
    ];
    let footer = [
        ("/about", "About us"),
        ("/codes", "Codes of practice"),
        ("/annual-report-2025.pdf", "Annual report (PDF)"),
        ("/tariff.pdf", "Tariff 2026 (PDF)"),
        ("/news", "News"),
        ("/suppliers", "Suppliers"),
    ];
    let page = |title: &str, body: &str| html("en-GB", title, &menu, body, &footer);
    let codes = "<p>How we work.</p><a href=\"/media/leakage-code.pdf\">Leakage</a> <a href=\"/media/d41/complaints-procedure.pdf\">What to do if you have a complaint (PDF)</a> <a href=\"/media/metering.pdf\">Metering</a>";
    let base = "https://www.fellwater.example";
    let procedure = include_bytes!("../../../reading/tests/pdf/northgate.pdf");
    let pdf = |_: &str| response(200, "application/pdf", procedure);
    Site::default()
        .page(&format!("{base}/"), &page("Fell Water", "<p>Clean water.</p>"))
        .page(&format!("{base}/help"), &page("Help and support", "<p>Call 0808 157 0101.</p>"))
        .page(&format!("{base}/codes"), &page("Codes of practice", codes))
        .page(&format!("{base}/about"), &page("About us", "<p>Two dales, one river.</p>"))
        .answer(&format!("{base}/media/d41/complaints-procedure.pdf"), Ok(pdf("complaints")))
        .answer(&format!("{base}/annual-report-2025.pdf"), Ok(pdf("report")))
        .answer(&format!("{base}/tariff.pdf"), Ok(pdf("tariff")))
        .answer(&format!("{base}/media/leakage-code.pdf"), Ok(pdf("leakage")))
}

#[test]
fn a_procedure_in_a_pdf_is_fetched_and_other_pdfs_are_not() {
    let site = utility();
    let crawl = site.crawl("https://www.fellwater.example/", &asking_for("GB"));
    let read = paths(&crawl);
    assert!(place(&crawl, "/media/d41/complaints-procedure.pdf").is_some_and(|at| at <= 6), "{read:?}");
    let pdfs = site.asked().iter().filter(|asked| asked.ends_with(".pdf")).count();
    assert_eq!(pdfs, 1, "{:?}", site.asked());
}

/// A law firm that sells help with complaints: its own procedure stands in the footer.
#[test]
fn a_service_named_like_a_complaints_page_comes_after_the_real_one() {
    let services = [
        ("/services/employment-complaints", "Employment complaints"),
        ("/services/complaints-against-the-police", "Complaints against the police"),
        ("/services/medical-complaints", "Medical complaints and negligence"),
        ("/services/family", "Family law"),
        ("/our-people", "Our people"),
    ];
    let footer = [
        ("/legal/complaints-procedure", "Complaints procedure"),
        ("/contact", "Contact"),
        ("/cookies", "Cookies"),
    ];
    let page = |title: &str, body: &str| html("en", title, &services, body, &footer);
    let base = "https://hartleylaw.example";
    let site = Site::default()
        .page(&format!("{base}/"), &page("Hartley Law", "<p>Solicitors.</p>"))
        .page(
            &format!("{base}/legal/complaints-procedure"),
            &page("Complaints procedure", "<p>Write to Jo Hartley, jo@hartleylaw.example.</p>"),
        )
        .page(&format!("{base}/contact"), &page("Contact", "<p>020 7946 0112</p>"))
        .page(&format!("{base}/our-people"), &page("Our people", "<p>Jo Hartley, partner</p>"))
        .page(
            &format!("{base}/services/employment-complaints"),
            &page("Employment complaints", "<p>We act for employees.</p>"),
        );
    let crawl = site.crawl(&format!("{base}/"), &asking_for("GB"));
    assert_eq!(paths(&crawl)[..2], ["/", "/legal/complaints-procedure"], "{:?}", paths(&crawl));
    let contact = place(&crawl, "/contact").unwrap();
    assert!(
        place(&crawl, "/services/employment-complaints").is_none_or(|at| at > contact),
        "{:?}",
        paths(&crawl)
    );
}

/// A group with one site a country: the pages of the country asked for come first.
#[test]
fn the_country_asked_for_decides_which_front_page_is_followed() {
    let base = "https://www.nordair.example";
    let front = html(
        "en",
        "Nordair",
        &[
            ("/de-de/", "Deutschland"),
            ("/en-gb/", "United Kingdom"),
            ("/fr-fr/", "France"),
            ("/en-us/", "United States"),
        ],
        "<p>Choose your country.</p>",
        &[],
    );
    let local =
        |lang: &str, path: &str, words: &str| html(lang, "Nordair", &[(path, words)], "<p>Fly.</p>", &[]);
    let site = || {
        Site::default()
            .page(&format!("{base}/"), &front)
            .page(&format!("{base}/de-de/"), &local("de", "/de-de/beschwerde", "Beschwerde"))
            .page(&format!("{base}/en-gb/"), &local("en", "/en-gb/complaints", "Complaints"))
            .page(&format!("{base}/fr-fr/"), &local("fr", "/fr-fr/reclamations", "Réclamations"))
            .page(&format!("{base}/en-us/"), &local("en", "/en-us/complaints", "Complaints"))
            .page(&format!("{base}/en-gb/complaints"), &local("en", "/en-gb/", "Home"))
            .page(&format!("{base}/de-de/beschwerde"), &local("de", "/de-de/", "Start"))
    };
    for (country, front, page) in
        [("GB", "/en-gb/", "/en-gb/complaints"), ("DE", "/de-de/", "/de-de/beschwerde")]
    {
        let crawl = site().crawl(&format!("{base}/"), &asking_for(country));
        assert_eq!(paths(&crawl)[1..3], [front, page], "{country}: {:?}", paths(&crawl));
    }
}

#[test]
fn a_body_of_the_users_own_atlas_is_found_in_a_procedure_on_the_way() {
    let file = "schema = 1\ncountry = \"GB\"\nname = \"Test\"\nas_of = 2026-11-22\n[[body]]\nid = \"my-scheme\"\n\
                name = \"Widget Circle\"\nkind = \"adr\"\nsectors = [\"retail\"]\nconfidence = \"low\"\n";
    let (own, problems) = atlas::Atlas::with_files([("mine.toml", file)]);
    assert!(problems.is_empty(), "{problems:?}");
    let own: &'static atlas::Atlas = Box::leak(Box::new(own));
    let base = "https://widgets.example";
    let procedure = "<p>Write to our Complaints Team. We reply to your complaint within 10 working days.</p><p>If you are not \
                     satisfied with our final answer you can take your complaint to the Widget Circle within six months.</p>";
    let links = [("/complaints", "Complaints procedure")];
    let site = Site::default()
        .page(&format!("{base}/"), &html("en-GB", "Widgets", &links, "<p>Widgets for all.</p>", &[]))
        .page(&format!("{base}/complaints"), &html("en-GB", "Complaints procedure", &links, procedure, &[]));
    let bodies = |atlas| {
        let crawl = site.crawl(&format!("{base}/"), &Options { atlas, ..asking_for("GB") });
        let policies = crawl.findings.iter().filter_map(|found| found.finding.policy.as_ref());
        policies.flat_map(|policy| &policy.external).map(|body| body.body.clone()).collect::<Vec<_>>()
    };
    assert_eq!(bodies(None), Vec::<String>::new());
    assert_eq!(bodies(Some(own)), ["Widget Circle"]);
}
