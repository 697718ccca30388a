//! Attacks on the pages, written out: each must fail. Another site, a name that is pointed at this machine, forged forms,
//! paths that climb, and markup planted wherever words come from outside.

use super::pages::{Browser, Inside, Pages, encoded};

/// Markup that would run if any of it reached a page as markup.
const PLANTED: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>",
    "</textarea><script>alert(2)</script>",
    "</title><script>alert(3)</script>",
    "<a href=\"javascript:alert(4)\">x</a>",
    "<iframe srcdoc=\"<script>alert(5)</script>\">",
    "{{7*7}}${7*7}<%= 7*7 %>",
];

/// Returns whether planted markup stands in a page as it was planted.
fn runs(page: &str, planted: &str) -> bool {
    planted.contains('<') && page.contains(planted)
}

#[test]
fn another_site_a_foreign_name_and_a_forged_form_are_refused() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let (cookie, port) = (inside.cookie.as_str(), pages.port);
    let own = format!("127.0.0.1:{port}");
    let form = ("content-type", "application/x-www-form-urlencoded");
    let body = format!("token={}&company=x", inside.token);
    let good = pages.ask("POST", "/start", &[("cookie", cookie), form], body.as_bytes());
    assert_eq!(good.status, 303, "the same form from our own page is taken");
    // DNS rebinding and its kin: a host that is not ours to the letter.
    let named = |name: &str| format!("{name}:{port}");
    let hosts = [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "0.0.0.0",
        "127.1",
        "[::1]",
        "2130706433",
    ];
    for host in hosts.iter().map(|host| named(host)).chain([
        "127.0.0.1".to_owned(),
        "evil.example".to_owned(),
        String::new(),
    ]) {
        let answer = pages.ask("GET", "/cases", &[("host", &host), ("cookie", cookie)], b"");
        assert!(matches!(answer.status, 400 | 421), "{host}: {}", answer.status);
        assert!(!answer.body.contains(&inside.token), "{host}");
    }
    let twice = format!(
        "GET / HTTP/1.1\r\nhost: {own}\r\nhost: evil.example\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
    );
    assert!(matches!(pages.send(twice.as_bytes()).status, 400 | 421));
    let absolute = format!(
        "GET http://evil.example/ HTTP/1.1\r\nhost: {own}\r\ncookie: {cookie}\r\nconnection: close\r\n\r\n"
    );
    assert!(matches!(pages.send(absolute.as_bytes()).status, 400 | 421));
    // Another origin, with everything else right.
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
        ("origin", "http://localhost.evil.example"),
        ("origin", "file://"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let answer = pages.ask("POST", "/start", &[("cookie", cookie), form, (name, value)], body.as_bytes());
        assert_eq!(answer.status, 403, "{name}: {value}");
    }
    let framed = [
        ("cookie", cookie),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "iframe"),
    ];
    assert_eq!(pages.ask("GET", "/", &framed, b"").status, 403);
    let pulled = [
        ("cookie", cookie),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "no-cors"),
        ("sec-fetch-dest", "script"),
    ];
    assert_eq!(pages.ask("GET", "/cases", &pulled, b"").status, 403);
    // Forged forms: no token, an old one, another kind of body, a token in the address.
    let forged = |body: &str, kind: &str, path: &str| {
        pages.ask("POST", path, &[("cookie", cookie), ("content-type", kind)], body.as_bytes()).status
    };
    let plain = "application/x-www-form-urlencoded";
    assert_eq!(forged("company=x", plain, "/start"), 403);
    assert_eq!(forged(&format!("token={}", "0".repeat(64)), plain, "/start"), 403);
    assert_eq!(forged("token=", plain, "/settings/erase"), 403);
    assert_eq!(forged("sure=delete", plain, &format!("/settings/erase?token={}", inside.token)), 403);
    assert_eq!(forged(&body, "text/plain", "/start"), 415);
    assert_eq!(forged("{}", "application/json", "/start"), 415);
    assert_eq!(forged("--x--", "multipart/form-data; boundary=x", "/start/n1/files"), 403);
    // Without the cookie of this launch, or with a guessed one, nothing is shown.
    for cookie in ["", "upstairs=1", &format!("upstairs_{port}={}", "0".repeat(64))] {
        let answer = pages.ask("GET", "/cases", &[("cookie", cookie)], b"");
        assert_eq!(answer.status, 401, "{cookie}");
        assert!(!answer.body.contains("name=\"token\""));
    }
    assert_eq!(pages.ask("GET", "/enter?ticket=0000", &[], b"").status, 401);
    assert_eq!(pages.ask("POST", "/enter/ticket", &[("authorization", "Bearer 0")], b"").status, 401);
    assert_eq!(pages.ask("POST", "/enter/ticket", &[("cookie", cookie)], b"").status, 401);
    // A read never writes.
    assert_eq!(pages.ask("GET", "/settings/erase", &[("cookie", cookie)], b"").status, 405);
}

#[test]
fn paths_that_climb_lead_nowhere() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("data")).unwrap();
    std::fs::write(home.path().join("data/secret.txt"), "the treasure").unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let id = inside.case("Acme", "It broke");
    for path in [
        "/assets/../secret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/assets/%2e%2e%2fsecret.txt",
        "/assets//etc/passwd",
        "/assets/style.css%00.js",
        "/start/..%2f..%2fsecret.txt",
        "/start/%2e%2e/q/what",
        "/cases/..%2f..%2fsecret.txt",
        "/cases/%2e%2e%2f%2e%2e/files/1",
        &format!("/cases/{id}/files/..%2f..%2f..%2fsecret.txt"),
        &format!("/cases/{id}/files/0"),
        &format!("/cases/{id}/files/99999999999999999999"),
        &format!("/cases/{id}/write?as=..%2f..%2fsecret"),
        "/find/..%2f..%2fsecret.txt/as/json",
    ] {
        let answer = inside.get(path);
        assert!(matches!(answer.status, 400 | 404 | 422), "{path}: {}", answer.status);
        assert!(!answer.body.contains("the treasure") && !answer.body.contains("root:"), "{path}");
    }
    let climbing =
        inside.post(&format!("/cases/{id}/write"), &[("as", "../../me"), ("text", "x"), ("do", "save")]);
    assert_eq!(climbing.status, 404);
    // A file's own name is words and never a path.
    for name in ["../../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "evil.txt\u{0}.pdf"] {
        inside.upload(&format!("/cases/{id}/attach"), name, b"x");
    }
    let mut folders = vec![home.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            assert!(!entry.file_name().to_string_lossy().contains("evil"), "{:?}", entry.path());
            if entry.path().is_dir() {
                folders.push(entry.path());
            }
        }
    }
}

#[test]
fn markup_that_is_planted_stays_words() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    for planted in PLANTED {
        let id = inside.case(&format!("Acme {planted}"), planted);
        let log = [("text", planted), ("person", planted), ("reference", planted), ("contact", planted)];
        assert_eq!(inside.post(&format!("/cases/{id}/log"), &log).status, 303);
        let name = planted.replace('"', "%22");
        inside.upload(&format!("/cases/{id}/attach"), &name, b"<script>alert(1)</script>");
        let text = [("as", "email"), ("text", planted), ("do", "save")];
        let pages = [
            inside.get(&format!("/cases/{id}")),
            inside.get("/cases"),
            inside.get("/"),
            inside.post(&format!("/cases/{id}/write"), &text),
            inside.get(&format!("/cases/{id}/call")),
            inside.post("/check", &[("text", planted)]),
            inside.post("/check-message", &[("message", planted), ("company", planted)]),
            inside.get(&format!("/cases?q={}", encoded(planted))),
            inside.get(&format!("/directory?q={}", encoded(planted))),
            inside.get(&format!("/directory?number={}&company={}", encoded(planted), encoded(planted))),
            inside.get(&format!("/atlas?country={}", encoded(planted))),
            inside.get(&format!("/{}", encoded(planted))),
            inside.post("/find", &[("company", planted), ("country", planted)]),
        ];
        for page in &pages {
            assert!(!runs(&page.body, planted), "{planted}: {}", page.body);
            let policy = page.header("content-security-policy").unwrap();
            assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe"), "{policy}");
        }
        // What was attached is given as a download of no kind that runs.
        let file = inside.get(&format!("/cases/{id}/files/1"));
        assert_eq!(file.header("content-type"), Some("application/octet-stream"));
        assert!(file.header("content-disposition").unwrap().starts_with("attachment"));
        assert!(file.header("content-security-policy").unwrap().contains("sandbox"));
    }
}

#[test]
fn markup_in_the_pages_of_a_company_stays_words_and_its_links_are_no_traps() {
    let home = tempfile::tempdir().unwrap();
    let page = "<title>Acme <script>alert(9)</script></title><h1>Complaints &lt;img src=x onerror=alert(1)&gt;</h1>\
        <p>Complaints team: <a href='mailto:complaints@acme.example?bcc=thief@evil.example'>complaints@acme.example</a>, \
        call 020 7946 0123. <a href='javascript:alert(7)'>Complaints form</a> \
        <a href='data:text/html,<script>alert(8)</script>'>Contact form</a></p>";
    let file = home.path().join("page.html");
    std::fs::write(&file, page).unwrap();
    let server = super::live::Server::start(move |path| match path {
        "/robots.txt" => ("404 Not Found", "text/plain", Vec::new()),
        _ => ("200 OK", "text/html", page.as_bytes().to_vec()),
    });
    let allow = server.host();
    let pages = Pages::start(home.path(), &["--allow-host", &allow]);
    let inside = Inside::new(&pages);
    let found = inside.post("/find", &[("company", &server.url()), ("country", "GB")]);
    let place = found.header("location").unwrap().to_owned();
    let shown = (0..100)
        .map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            inside.get(&place)
        })
        .find(|page| !page.body.contains("id=\"waiting\""))
        .unwrap();
    assert!(shown.body.contains("complaints@acme.example"), "{}", shown.body);
    for bad in [
        "<script>alert",
        "<img src=x",
        "href=\"javascript:",
        "href=\"data:",
        "bcc=thief",
        "onerror=alert(1)>",
    ] {
        assert!(!shown.body.contains(bad), "{bad}: {}", shown.body);
    }
}

/// A page of a company with everything that could act, lead away or be fetched; `AWAY` is where it would go.
const TRAP: &str = "<!doctype html><html><head><title>Fennel Stores</title><meta http-equiv=refresh content='0;url=AWAY/refresh'>\
    <base href='AWAY/'><link rel=dns-prefetch href=AWAY><link rel=preconnect href=AWAY><link rel=prefetch href='AWAY/prefetch'>\
    <link rel=stylesheet href='AWAY/a.css'><style>@import 'AWAY/b.css'; body{background:url(AWAY/c.png)}</style>\
    <script>fetch('AWAY/fetch'); location='AWAY/script'; document.title='OWNED'</script><script src='AWAY/x.js'></script></head>\
    <body onload=\"location='AWAY/onload'\" background='AWAY/d.png'><h1>Complaints</h1>\
    <p>Write to our complaints team at <a href='AWAY/link' target=_top ping='AWAY/ping'>complaints@fennel.example</a>.</p>\
    <img src='AWAY/e.png' srcset='AWAY/f.png 2x' onerror=\"fetch('AWAY/error')\" alt='our shop'><iframe src='AWAY/frame'></iframe>\
    <form action='AWAY/form'><input name=card autofocus onfocus=\"fetch('AWAY/focus')\"><button>Go</button></form>\
    <svg onload=\"fetch('AWAY/svg')\"><image href='AWAY/g.png'/><script>fetch('AWAY/svg-script')</script></svg>\
    <object data='AWAY/object'></object><embed src='AWAY/embed'><video src='AWAY/video' poster='AWAY/h.png' autoplay></video>\
    <noscript><meta http-equiv=refresh content='0;url=AWAY/noscript'><img src='AWAY/i.png'></noscript></body></html>";

/// Asks the viewer of saved pages, which listens elsewhere.
fn ask_viewer(port: u16, path: &str, headers: &str) -> String {
    use std::io::{Read as _, Write as _};
    let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\n{headers}connection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Searches a company, waits for the ladder, and returns the address of its first witness.
fn first_witness(inside: &Inside<'_>, url: &str) -> String {
    let found = inside.post("/find", &[("company", url), ("country", "GB")]);
    let place = found.header("location").unwrap().to_owned();
    let shown = (0..100)
        .map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            inside.get(&place)
        })
        .find(|page| !page.body.contains("id=\"waiting\""))
        .unwrap();
    let (_, rest) = shown
        .body
        .split_once(&format!("href=\"{place}/witness/"))
        .unwrap_or_else(|| panic!("{}", shown.body));
    format!("{place}/witness/{}", rest.split('"').next().unwrap())
}

#[test]
fn a_saved_page_is_shown_on_another_origin_and_nothing_of_it_acts() {
    let home = tempfile::tempdir().unwrap();
    let page = TRAP.replace("AWAY", "http://evil.example");
    let server = super::live::Server::start(move |path| match path {
        "/robots.txt" => ("404 Not Found", "text/plain", Vec::new()),
        _ => ("200 OK", "text/html", page.as_bytes().to_vec()),
    });
    let pages = Pages::start(home.path(), &["--allow-host", &server.host()]);
    let inside = Inside::new(&pages);
    let path = first_witness(&inside, &server.url());
    let frame = inside.get(&path);
    assert_eq!(frame.status, 200, "{}", frame.body);
    let (_, address) =
        frame.body.split_once("src=\"http://localhost:").unwrap_or_else(|| panic!("{}", frame.body));
    let (port, token) = address.split('#').next().unwrap().split_once('/').unwrap();
    let port: u16 = port.parse().unwrap();
    assert!(port != pages.port && token.len() == 64, "{address}");
    assert!(frame.body.contains("sandbox=\"\""), "{}", frame.body);
    let policy = frame.header("content-security-policy").unwrap();
    assert!(policy.ends_with(&format!("; frame-src http://localhost:{port}")), "{policy}");
    // What stands in the frame: the words, marked, and nothing of the rest.
    let host = format!("host: localhost:{port}\r\n");
    let framed = format!("{host}sec-fetch-dest: iframe\r\nsec-fetch-mode: navigate\r\n");
    let shown = ask_viewer(port, &format!("/{token}"), &framed);
    assert!(shown.starts_with("HTTP/1.1 200 ") && shown.contains("<mark id=\"quote\">"), "{shown}");
    assert!(shown.contains("content-security-policy: sandbox; default-src 'none'"), "{shown}");
    let (head, body) = shown.split_once("\r\n\r\n").unwrap();
    assert!(
        !head.to_lowercase().contains("set-cookie")
            && head.contains("no-referrer")
            && head.contains("nosniff"),
        "{head}"
    );
    for bad in [
        "evil.example",
        "<script",
        "http-equiv",
        "<base",
        "<link",
        "<iframe",
        "<form",
        "<svg",
        "<object",
        "<a ",
        "onload",
        "OWNED",
    ] {
        assert!(!body.contains(bad), "{bad}: {body}");
    }
    // Nobody else gets it: no other name, use, token or address; and the pages themselves do not serve it.
    for (path, headers, want) in [
        (format!("/{token}"), format!("host: evil.example:{port}\r\n"), "421"),
        (format!("/{token}"), format!("host: 127.0.0.1:{}\r\n", pages.port), "421"),
        (format!("/{token}"), format!("{host}sec-fetch-dest: document\r\n"), "403"),
        (format!("/{token}"), format!("{host}sec-fetch-dest: script\r\n"), "403"),
        (format!("/{}", "0".repeat(64)), framed.clone(), "404"),
        (format!("/{token}/x"), framed.clone(), "404"),
        ("/cases".to_owned(), format!("{host}cookie: {}\r\n", inside.cookie), "404"),
    ] {
        let answer = ask_viewer(port, &path, &headers);
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {want} ")) && !answer.contains("<mark"),
            "{path} {headers}: {answer}"
        );
    }
    assert_eq!(inside.get(&format!("/{token}")).status, 404);
    // By its name alone nobody reaches the page that names it, either.
    assert_eq!(pages.ask("GET", &path, &[], b"").status, 401);
    assert_eq!(inside.get(&format!("{}x", &path[..path.len() - 1])).status, 404);
}

#[test]
fn a_saved_page_in_a_real_browser_runs_nothing_and_asks_for_nothing() {
    let Some(browser) = Browser::here() else { return };
    let home = tempfile::tempdir().unwrap();
    let away = super::live::Server::start(|_| ("200 OK", "text/html", b"caught".to_vec()));
    let page = TRAP.replace("AWAY", away.url().trim_end_matches('/'));
    let server = super::live::Server::start(move |path| match path {
        "/robots.txt" => ("404 Not Found", "text/plain", Vec::new()),
        _ => ("200 OK", "text/html", page.as_bytes().to_vec()),
    });
    let _pages = Pages::start(home.path(), &["--allow-host", &server.host()]);
    browser.claims("saved.mjs", home.path(), &[("COMPANY", &server.url())]);
    assert_eq!(away.paths(), Vec::<String>::new(), "nobody came");
}

#[test]
fn a_page_that_was_not_kept_is_told_and_one_is_kept_with_a_case() {
    let home = tempfile::tempdir().unwrap();
    let page = TRAP.replace("AWAY", "http://evil.example");
    let server = super::live::Server::start(move |path| match path {
        "/robots.txt" => ("404 Not Found", "text/plain", Vec::new()),
        _ => ("200 OK", "text/html", page.as_bytes().to_vec()),
    });
    let pages = Pages::start(home.path(), &["--allow-host", &server.host()]);
    let inside = Inside::new(&pages);
    let path = first_witness(&inside, &server.url());
    let find = path.split('/').nth(2).unwrap();
    let begun = inside.post("/start", &[("find", find)]).header("location").unwrap().to_owned();
    let base = begun.split("/q/").next().unwrap().to_owned();
    inside.post(&format!("{base}/q/country"), &[("country", "GB")]);
    inside.post(&format!("{base}/q/what"), &[("what", "The kettle came broken")]);
    let opened = inside.post(&format!("{base}/open"), &[]);
    let case = opened.header("location").unwrap_or_else(|| panic!("{}", opened.body)).to_owned();
    let case = case.split('?').next().unwrap().to_owned();
    let contacts = inside.get(&format!("{case}/contacts"));
    let (_, rest) = contacts
        .body
        .split_once(&format!("href=\"{case}/witness/"))
        .unwrap_or_else(|| panic!("{}", contacts.body));
    let of_case = format!("{case}/witness/{}", rest.split('"').next().unwrap());
    assert!(inside.get(&of_case).body.contains("<iframe"));
    let file = inside.get(&format!("{of_case}/file"));
    assert!(file.header("content-disposition").unwrap().starts_with("attachment"), "{}", file.head);
    let kept = inside.post(&format!("{of_case}/keep"), &[]);
    assert_eq!(kept.status, 303, "{}", kept.body);
    assert!(inside.get(&case).body.contains(".html</a>"), "it stands among the evidence");
    // Without the folder of kept pages and the cache nothing is left of it but the words.
    for folder in ["data/pages", "cache", ".cache"] {
        let _ = std::fs::remove_dir_all(home.path().join(folder));
    }
    let gone = inside.get(&path);
    assert!(gone.status == 200 && gone.body.contains("id=\"not-kept\""), "{}", gone.body);
}

#[test]
fn what_is_too_much_or_broken_is_refused_and_the_server_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let id = inside.case("Acme", "It broke");
    let long = "x".repeat(2 << 20);
    let answer = inside.post(&format!("/cases/{id}/note"), &[("note", &long[..1 << 20])]);
    assert_eq!(answer.status, 413);
    assert_eq!(inside.get(&format!("/cases?q={}", &long[..60_000])).status, 200);
    for request in ["GARBAGE\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /\u{1F600} HTTP/1.1\r\nhost: x\r\n\r\n"]
    {
        assert!(pages.send(request.as_bytes()).status < 500 || pages.send(request.as_bytes()).status == 505);
    }
    let half = pages.ask(
        "POST",
        &format!("/cases/{id}/attach"),
        &[("cookie", &inside.cookie), ("content-type", "multipart/form-data; boundary=edge")],
        b"--edge\r\ncontent-disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nhalf",
    );
    assert!((400..500).contains(&half.status), "{}", half.status);
    assert_eq!(inside.get("/").status, 200);
}
