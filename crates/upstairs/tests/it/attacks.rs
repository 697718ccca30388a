//! Attacks on the pages, written out: each must fail. Another site, a name that is pointed at this machine, forged forms,
//! paths that climb, and markup planted wherever words come from outside.

use super::pages::{Inside, Pages, encoded};

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
