//! Nine sites in the styles of nine countries: what a customer must find on each, and in how many pages it can be had.
//!
//! The labels (`must`, `fewest`) were written with the sites, by the rule of the corpus: what a customer with an
//! unresolved problem needs most, and the fewest pages, the start included, from which all of it can be read by links.

use std::fmt::Write as _;

use ladder::Country;
use sources::crawl::{Crawl, Options};

use crate::site::{Site, html, paths};

/// A site, and what must be found on it.
struct Style {
    name: &'static str,
    base: &'static str,
    lang: &'static str,
    country: &'static str,
    menu: &'static [(&'static str, &'static str)],
    footer: &'static [(&'static str, &'static str)],
    /// Path, title and body of the pages that are not crowd.
    pages: &'static [(&'static str, &'static str, &'static str)],
    /// Folder and names of the crowd.
    crowd: (&'static str, &'static str),
    must: &'static [&'static str],
    fewest: usize,
}

const STYLES: &[Style] = &[
    // An Irish broadband firm: the code of practice, three clicks down, names the escalation.
    Style {
        name: "ie-broadband",
        base: "https://liffeynet.example",
        lang: "en-IE",
        country: "IE",
        menu: &[
            ("/broadband", "Broadband"),
            ("/tv", "TV"),
            ("/mobile", "Mobile"),
            ("/support", "Support"),
            ("/my", "My Liffey"),
        ],
        footer: &[
            ("/about", "About Liffeynet"),
            ("/legal", "Legal stuff"),
            ("/careers", "Careers"),
            ("/cookies", "Cookies"),
        ],
        pages: &[
            ("/", "Liffeynet", "<p>Fibre for everyone.</p>"),
            (
                "/support",
                "Support",
                "<p>Call 020 915 0100.</p><ul><li><a href=/support/router>Set up your router</a></li><li><a href=/support/bill>Your bill explained</a></li></ul>",
            ),
            (
                "/legal",
                "Legal stuff",
                "<ul><li><a href=/legal/terms>Terms</a></li><li><a href=/legal/acceptable-use>Acceptable use</a></li><li><a href=/legal/code-of-practice>Code of practice for complaint handling</a></li></ul>",
            ),
            (
                "/legal/code-of-practice",
                "Code of practice",
                "<h2>How to complain</h2><p>Email complaints@liffeynet.example.</p><h2>Escalation</h2><p>If you are not satisfied, our Escalations Manager: escalations@liffeynet.example</p>",
            ),
            ("/about", "About", "<p>We are from Cork.</p>"),
        ],
        crowd: ("/broadband/areas", "Broadband in Ballymore"),
        must: &["complaints@liffeynet.example", "escalations@liffeynet.example"],
        fewest: 3,
    },
    // A German insurer: the imprint names the board's complaint desk and the ombudsman.
    Style {
        name: "de-versicherung",
        base: "https://www.rheinschutz.example",
        lang: "de",
        country: "DE",
        menu: &[
            ("/privatkunden/", "Privatkunden"),
            ("/firmenkunden/", "Firmenkunden"),
            ("/ratgeber/", "Ratgeber"),
            ("/service/", "Service"),
        ],
        footer: &[
            ("/karriere/", "Karriere"),
            ("/presse/", "Presse"),
            ("/datenschutz/", "Datenschutz"),
            ("/impressum/", "Impressum"),
            ("/erstinformation/", "Erstinformation"),
        ],
        pages: &[
            ("/", "Rheinschutz Versicherung", "<p>Sicher seit 1901.</p>"),
            (
                "/service/",
                "Service",
                "<p>Telefon 030 23125 100</p><a href=/service/lob-und-kritik/>Lob und Kritik</a> <a href=/service/schaden-melden/>Schaden melden</a> <a href=/service/adresse/>Adresse ändern</a>",
            ),
            (
                "/service/lob-und-kritik/",
                "Lob und Kritik",
                "<h2>Beschwerde</h2><p>Schreiben Sie an beschwerde@rheinschutz.example.</p><p>Nicht zufrieden? Vorstandsbeschwerde: vorstand@rheinschutz.example</p>",
            ),
            (
                "/impressum/",
                "Impressum",
                "<p>Rheinschutz AG, Uferweg 3, 50667 Köln, Telefon 030 23125 100</p>",
            ),
            ("/datenschutz/", "Datenschutz", "<p>Datenschutzbeauftragter: dsb@rheinschutz.example</p>"),
        ],
        crowd: ("/ratgeber", "Hausrat richtig versichern"),
        must: &["beschwerde@rheinschutz.example", "vorstand@rheinschutz.example"],
        fewest: 3,
    },
    // A French energy seller: everything under `Une question ?`.
    Style {
        name: "fr-energie",
        base: "https://www.voltaclair.example",
        lang: "fr",
        country: "FR",
        menu: &[
            ("/offres", "Nos offres"),
            ("/demenagement", "Je déménage"),
            ("/economies", "Économies d'énergie"),
            ("/assistance", "Une question ?"),
        ],
        footer: &[
            ("/mentions-legales", "Mentions légales"),
            ("/cgv", "CGV"),
            ("/recrutement", "Recrutement"),
            ("/plan-du-site", "Plan du site"),
        ],
        pages: &[
            ("/", "Voltaclair", "<p>L'énergie claire.</p>"),
            (
                "/assistance",
                "Une question ?",
                "<p>Appelez le 01 99 00 10 20.</p><ul><li><a href=/assistance/facture>Ma facture</a></li><li><a href=/assistance/insatisfait>Vous n'êtes pas satisfait ?</a></li></ul>",
            ),
            (
                "/assistance/insatisfait",
                "Vous n'êtes pas satisfait ?",
                "<h2>Réclamation</h2><p>Écrivez à reclamations@voltaclair.example.</p><h2>Médiateur interne</h2><p>mediateur@voltaclair.example</p>",
            ),
            ("/mentions-legales", "Mentions légales", "<p>Voltaclair SAS, 8 rue des Lampes, 69002 Lyon</p>"),
            ("/plan-du-site", "Plan du site", "<ul><li><a href=/offres>Offres</a></li></ul>"),
        ],
        crowd: ("/economies", "Isoler ses combles"),
        must: &["reclamations@voltaclair.example", "mediateur@voltaclair.example"],
        fewest: 3,
    },
    // A Spanish airline: two addresses on two pages, the second behind the conditions.
    Style {
        name: "es-aerolinea",
        base: "https://www.solvuela.example",
        lang: "es",
        country: "ES",
        menu: &[
            ("/vuelos", "Vuelos"),
            ("/destinos", "Destinos"),
            ("/club", "Club Sol"),
            ("/gestiona", "Tu reserva"),
            ("/ayuda", "Ayuda"),
        ],
        footer: &[
            ("/condiciones", "Condiciones de transporte"),
            ("/derechos", "Derechos del pasajero"),
            ("/trabaja", "Trabaja con nosotros"),
            ("/aviso-legal", "Aviso legal"),
        ],
        pages: &[
            ("/", "Solvuela", "<p>Vuela al sol.</p>"),
            ("/ayuda", "Ayuda", "<p>¿Equipaje? ¿Check-in? Escríbenos en el chat.</p>"),
            (
                "/derechos",
                "Derechos del pasajero",
                "<p>Si tu vuelo se retrasó, presenta tu reclamación en reclamaciones@solvuela.example.</p>",
            ),
            ("/aviso-legal", "Aviso legal", "<p>Solvuela S.A., Calle Pista 4, 28042 Madrid.</p>"),
            ("/condiciones", "Condiciones de transporte", "<p>Texto largo.</p>"),
        ],
        crowd: ("/destinos", "Vuelos baratos a Ronda"),
        must: &["reclamaciones@solvuela.example"],
        fewest: 2,
    },
    // A Dutch housing association: the complaints committee under `Over ons`.
    Style {
        name: "nl-wonen",
        base: "https://www.woonhaven.example",
        lang: "nl",
        country: "NL",
        menu: &[
            ("/huren", "Ik huur"),
            ("/zoeken", "Ik zoek"),
            ("/nieuws", "Nieuws"),
            ("/over-ons", "Over ons"),
            ("/contact", "Contact"),
        ],
        footer: &[("/privacy", "Privacy"), ("/disclaimer", "Disclaimer"), ("/werken-bij", "Werken bij")],
        pages: &[
            ("/", "Woonhaven", "<p>Thuis in de stad.</p>"),
            ("/contact", "Contact", "<p>Mail info@woonhaven.example of kom langs.</p>"),
            (
                "/huren",
                "Ik huur",
                "<a href=/huren/reparatie>Reparatie melden</a> <a href=/huren/huur-betalen>Huur betalen</a> <a href=/huren/niet-tevreden>Niet tevreden?</a>",
            ),
            (
                "/huren/niet-tevreden",
                "Niet tevreden?",
                "<p>Dien een klacht in: klachten@woonhaven.example. Komen we er niet uit, dan kunt u naar de Geschillencommissie, secretariaat geschillen@wooncommissie.example.</p>",
            ),
            (
                "/over-ons",
                "Over ons",
                "<a href=/over-ons/bestuur>Bestuur</a> <a href=/over-ons/jaarverslag>Jaarverslag</a>",
            ),
        ],
        crowd: ("/nieuws", "Nieuwbouw aan de Kade"),
        must: &["klachten@woonhaven.example"],
        fewest: 3,
    },
    // An Italian utility: a form to print and a certified mailbox on the page of the service charter.
    Style {
        name: "it-acqua",
        base: "https://www.acquachiara.example",
        lang: "it",
        country: "IT",
        menu: &[
            ("/casa", "Casa"),
            ("/impresa", "Impresa"),
            ("/sportelli", "Sportelli"),
            ("/trasparenza", "Trasparenza"),
            ("/media", "Media"),
        ],
        footer: &[
            ("/note-legali", "Note legali"),
            ("/fornitori", "Fornitori"),
            ("/accessibilita", "Accessibilità"),
        ],
        pages: &[
            ("/", "Acquachiara", "<p>L'acqua del territorio.</p>"),
            (
                "/casa",
                "Casa",
                "<a href=/casa/bolletta>La bolletta</a> <a href=/casa/reclami>Reclami e conciliazione</a> <a href=/casa/voltura>Voltura</a>",
            ),
            (
                "/casa/reclami",
                "Reclami e conciliazione",
                "<p>Invia il reclamo a reclami@acquachiara.example oppure reclami@pec.acquachiara.example.</p>",
            ),
            (
                "/trasparenza",
                "Trasparenza",
                "<a href=/trasparenza/carta>Carta dei servizi</a> <a href=/trasparenza/bilanci>Bilanci</a>",
            ),
            ("/sportelli", "Sportelli", "<p>Aperti dal lunedì al venerdì.</p>"),
        ],
        crowd: ("/media", "Lavori in via Roma"),
        must: &["reclami@acquachiara.example"],
        fewest: 3,
    },
    // A parcel firm in the United States that calls it claims, and names its executive office in the newsroom's menu of all places.
    Style {
        name: "us-parcel",
        base: "https://www.bluecrate.example",
        lang: "en-US",
        country: "US",
        menu: &[
            ("/ship", "Ship"),
            ("/track", "Track"),
            ("/rates", "Rates"),
            ("/locations", "Locations"),
            ("/help-center", "Help Center"),
        ],
        footer: &[
            ("/about", "About Us"),
            ("/newsroom", "Newsroom"),
            ("/investors", "Investors"),
            ("/terms", "Terms of Use"),
            ("/contact-us", "Contact Us"),
        ],
        pages: &[
            ("/", "Bluecrate", "<p>It gets there.</p>"),
            (
                "/contact-us",
                "Contact Us",
                "<p>Customer service: (512) 555-0100.</p><a href=/contact-us/corporate>Corporate office and escalations</a>",
            ),
            (
                "/contact-us/corporate",
                "Corporate office",
                "<h2>Executive customer relations</h2><p>executive.relations@bluecrate.example</p><p>Bluecrate Inc., 400 Depot Street, Austin, TX 78701</p>",
            ),
            (
                "/help-center",
                "Help Center",
                "<a href=/help-center/late>My package is late</a> <a href=/help-center/damaged>My package is damaged</a>",
            ),
            ("/about", "About Us", "<p>Since 1988.</p><a href=/about/leadership>Leadership</a>"),
        ],
        crowd: ("/locations", "Drop-off points in Dover"),
        must: &["executive.relations@bluecrate.example"],
        fewest: 3,
    },
    // An Indian lender: the grievance matrix among forty documents of a policy page.
    Style {
        name: "in-finance",
        base: "https://www.lotusfin.example",
        lang: "en-IN",
        country: "IN",
        menu: &[
            ("/loans", "Loans"),
            ("/apply", "Apply Now"),
            ("/emi-calculator", "EMI Calculator"),
            ("/blog", "Blog"),
            ("/contact", "Reach us"),
        ],
        footer: &[
            ("/policies", "Policies"),
            ("/careers", "Careers"),
            ("/partners", "Partners"),
            ("/sitemap", "Sitemap"),
        ],
        pages: &[
            ("/", "Lotusfin", "<p>Loans in minutes.</p>"),
            ("/contact", "Reach us", "<p>care@lotusfin.example</p>"),
            (
                "/policies",
                "Policies",
                "<ul><li><a href=/policies/kyc>KYC policy</a></li><li><a href=/policies/fair-practice>Fair practices code</a></li><li><a href=/policies/grievance>Grievance redressal mechanism</a></li><li><a href=/policies/interest>Interest rate policy</a></li></ul>",
            ),
            (
                "/policies/grievance",
                "Grievance redressal",
                "<table><tr><th>Level</th><th>Officer</th><th>Email</th></tr><tr><td>Level 1</td><td>Customer care</td><td>care@lotusfin.example</td></tr><tr><td>Level 2</td><td>Grievance Redressal Officer</td><td>gro@lotusfin.example</td></tr><tr><td>Level 3</td><td>Principal Nodal Officer</td><td>pno@lotusfin.example</td></tr></table>",
            ),
            ("/policies/fair-practice", "Fair practices code", "<p>We are fair.</p>"),
        ],
        crowd: ("/blog", "How to improve a score"),
        must: &["gro@lotusfin.example", "pno@lotusfin.example"],
        fewest: 3,
    },
    // An Australian council: complaints among services in alphabetical order, no footer link.
    Style {
        name: "au-council",
        base: "https://www.wattlebank.example",
        lang: "en-AU",
        country: "AU",
        menu: &[
            ("/residents", "Residents"),
            ("/build", "Planning and building"),
            ("/whats-on", "What's on"),
            ("/council", "Council"),
            ("/do-it-online", "Do it online"),
        ],
        footer: &[
            ("/privacy", "Privacy"),
            ("/accessibility", "Accessibility"),
            ("/disclaimer", "Disclaimer"),
        ],
        pages: &[
            ("/", "Wattlebank Council", "<p>Welcome.</p><a href=/residents/bins>Bin days</a>"),
            (
                "/council",
                "Council",
                "<a href=/council/councillors>Councillors</a> <a href=/council/meetings>Meetings</a> <a href=/council/customer-service-charter>Customer service charter</a> <a href=/council/compliments-and-complaints>Compliments and complaints</a>",
            ),
            (
                "/council/compliments-and-complaints",
                "Compliments and complaints",
                "<p>complaints@wattlebank.example</p><p>Internal review: General Manager, gm@wattlebank.example</p>",
            ),
            (
                "/council/customer-service-charter",
                "Customer service charter",
                "<p>We answer in 10 working days.</p>",
            ),
            (
                "/residents",
                "Residents",
                "<a href=/residents/pets>Pets</a> <a href=/residents/rates>Rates</a>",
            ),
        ],
        crowd: ("/whats-on", "Markets by the lake"),
        must: &["complaints@wattlebank.example", "gm@wattlebank.example"],
        fewest: 3,
    },
];

/// Builds a site with sixty pages of crowd, each linked from the start page and from its section.
fn build(style: &Style) -> Site {
    let (folder, name) = style.crowd;
    let list = (1..=60).fold(String::new(), |mut list, n| {
        let _ = write!(
            list,
            "<li><a href=\"{folder}/{}-{n}\">{name} {n}</a></li>",
            name.to_lowercase().replace(' ', "-")
        );
        list
    });
    let write = |title: &str, body: &str| html(style.lang, title, style.menu, body, style.footer);
    let mut site = Site::default();
    for n in 1..=60 {
        let path = format!("{folder}/{}-{n}", name.to_lowercase().replace(' ', "-"));
        site = site
            .page(&format!("{}{path}", style.base), &write(&format!("{name} {n}"), "<p>More of this.</p>"));
    }
    let told = |path: &str| style.pages.iter().any(|(known, ..)| *known == path);
    for (path, words) in style.menu.iter().chain(style.footer).filter(|(path, _)| !told(path)) {
        site = site.page(
            &format!("{}{path}", style.base),
            &write(words, &format!("<p>About {words}.</p><ul>{list}</ul>")),
        );
    }
    for (path, title, body) in style.pages {
        let body = if *path == "/" { format!("{body}<ul>{list}</ul>") } else { (*body).to_owned() };
        site = site.page(&format!("{}{path}", style.base), &write(title, &body));
    }
    site
}

/// Returns after how many documents all that must be found was read.
fn until(crawl: &Crawl, must: &[&str]) -> Option<usize> {
    let at = |value: &&str| {
        let found = crawl
            .findings
            .iter()
            .find(|found| found.finding.contacts.iter().any(|sighting| sighting.reach.value() == *value))?;
        crawl.documents.iter().position(|document| document.url.as_str() == found.source.url).map(|at| at + 1)
    };
    must.iter().map(at).try_fold(0, |most: usize, at| at.map(|at| most.max(at)))
}

#[test]
fn what_must_be_found_is_found_in_few_pages_in_every_style() {
    let mut table = String::new();
    let mut times = Vec::new();
    for style in STYLES {
        let options = Options { country: Country::parse(style.country).ok(), ..Options::default() };
        let crawl = build(style).crawl(&format!("{}/", style.base), &options);
        let until = until(&crawl, style.must);
        let _ = writeln!(
            table,
            "{}: all after {until:?} of {}, fewest {}: {:?}",
            style.name,
            crawl.documents.len(),
            style.fewest,
            paths(&crawl)
        );
        times.push(until.map_or(f64::INFINITY, |until| {
            f64::from(u32::try_from(until).unwrap()) / f64::from(u32::try_from(style.fewest).unwrap())
        }));
        assert!(crawl.documents.len() <= 20, "{table}");
    }
    times.sort_by(f64::total_cmp);
    assert!(times[times.len() / 2] <= 1.5 && times[times.len() - 1] <= 3.0, "{table}");
}
