//! The browser extension: packed, loaded into a real Chromium and a real Firefox, and against the rules of the door.

use super::pages::{Inside, Pages};

/// An origin as Chromium makes one for an extension.
const ORIGIN: &str = "chrome-extension://neipaolfkahclmklmliibiedlnckgcjd";

fn token(home: &std::path::Path) -> String {
    std::fs::read_to_string(home.join("data/api-token")).unwrap().trim().to_owned()
}

#[test]
fn an_extension_comes_in_with_the_token_alone_and_only_to_its_own_paths() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let bearer = format!("Bearer {}", token(home.path()));
    let json = ("content-type", "application/json");
    let body = br#"{"url":"https://acme.example/contact","title":"<script>","country":"GB","html":"<p>Complaints: 020 7946 0123</p>"}"#;
    let good =
        [("origin", ORIGIN), ("sec-fetch-site", "cross-site"), json, ("authorization", bearer.as_str())];
    let answer = pages.ask("POST", "/api/v1/pages", &good, body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.header("access-control-allow-origin"), Some(ORIGIN));
    assert!(
        answer.body.contains("020 7946 0123") || answer.body.contains("+442079460123"),
        "{}",
        answer.body
    );
    // Without the token, with a wrong one, with the cookie in its place.
    for headers in [
        vec![("origin", ORIGIN), json],
        vec![("origin", ORIGIN), json, ("authorization", "Bearer 0")],
        vec![("origin", ORIGIN), json, ("cookie", inside.cookie.as_str())],
    ] {
        assert_eq!(pages.ask("POST", "/api/v1/pages", &headers, body).status, 401);
    }
    // Another site, even with the token: a page must not be able to use what it somehow learnt.
    for origin in ["https://evil.example", "null", "chrome-extension://", "http://127.0.0.1:1"] {
        let headers = [("origin", origin), json, ("authorization", bearer.as_str())];
        let answer = pages.ask("POST", "/api/v1/pages", &headers, body);
        assert_eq!(answer.status, 403, "{origin}");
        assert!(answer.header("access-control-allow-origin").is_none(), "{origin}");
    }
    // No other path opens to it, whatever it shows.
    let all = [("origin", ORIGIN), ("authorization", bearer.as_str()), ("cookie", inside.cookie.as_str())];
    for path in ["/settings", "/cases", "/api/v1/directory?q=a", "/", "/settings/extension.zip"] {
        let answer = pages.ask("GET", path, &all, b"");
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.header("access-control-allow-origin").is_none(), "{path}");
    }
    // The question before the request is answered to an extension, and to nobody else.
    let asks = |origin: &'static str| {
        pages.ask(
            "OPTIONS",
            "/api/v1/pages",
            &[("origin", origin), ("access-control-request-method", "POST")],
            b"",
        )
    };
    let before = asks(ORIGIN);
    assert_eq!((before.status, before.header("access-control-allow-origin")), (204, Some(ORIGIN)));
    assert!(before.header("access-control-allow-credentials").is_none());
    assert_eq!(asks("https://evil.example").status, 403);
}

#[test]
fn what_an_extension_sends_is_bounded_checked_and_kept_only_where_a_case_is_named() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let id = inside.case("Acme", "It broke");
    let bearer = format!("Bearer {}", token(home.path()));
    let send = |value: &serde_json::Value| {
        let headers =
            [("origin", ORIGIN), ("content-type", "application/json"), ("authorization", bearer.as_str())];
        pages.ask("POST", "/api/v1/pages", &headers, value.to_string().as_bytes())
    };
    let page = |url: &str, html: &str| serde_json::json!({"url": url, "title": "../../evil", "html": html});
    for (value, status) in [
        (page("file:///etc/passwd", "<p>x</p>"), 422),
        (page("javascript:alert(1)", "<p>x</p>"), 422),
        (page("https://acme.example", " "), 422),
        (serde_json::json!({"url": "https://acme.example"}), 400),
        (page("https://acme.example", &"x".repeat(17 << 20)), 413),
        (serde_json::json!({"url": "https://acme.example", "html": "<p>x</p>", "case": "../../x"}), 404),
    ] {
        let answer = send(&value);
        assert_eq!(answer.status, status, "{}", answer.body);
    }
    assert!(inside.get(&format!("/cases/{id}")).body.contains("id=\"evidence\""));
    let mut kept =
        page("https://acme.example/chat", "<p>Agent: you get a refund</p><script>alert(1)</script>");
    assert!(send(&kept).body.contains("\"kept\":null"));
    assert!(!inside.get(&format!("/cases/{id}")).body.contains("acme.example"));
    kept["case"] = serde_json::json!(id);
    let answer = send(&kept);
    assert!(answer.status == 200 && answer.body.contains(".html"), "{}", answer.body);
    assert!(inside.get(&format!("/cases/{id}")).body.contains("acme.example"));
    let shown = inside.get(&format!("/cases/{id}/files/1/view"));
    assert!(shown.status == 200 && !shown.body.contains("<script>alert(1)"), "{}", shown.body);
}

#[test]
fn the_archive_is_offered_on_the_page_that_explains_it_and_is_what_the_folder_holds() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let page = inside.get("/settings").body;
    let code = format!("{}:{}", pages.port, token(home.path()));
    assert!(page.contains(&code) && page.contains("/settings/extension.zip"));
    assert_eq!(inside.get("/settings/extension.zip").header("content-type"), Some("application/zip"));
    // Packed for whoever builds it: beside the program.
    let folder = super::target().join("extension");
    std::fs::create_dir_all(&folder).unwrap();
    let bytes = web::extension::packed().unwrap();
    assert!(bytes.len() < 60_000, "{}", bytes.len());
    for name in ["upstairs-chromium.zip", "upstairs-firefox.xpi"] {
        std::fs::write(folder.join(name), &bytes).unwrap();
    }
}

#[test]
fn the_extension_works_in_a_real_firefox() {
    let programs = (super::pages::program(&["node"]), super::pages::program(&["firefox", "firefox-esr"]));
    let (Some(node), Some(firefox)) = programs else {
        crate::skipped("neither node nor Firefox is here; tools/prepare.sh installs them");
        return;
    };
    let home = tempfile::tempdir().unwrap();
    let server = super::live::Server::start(super::live::demo_page);
    let pages = Pages::start(home.path(), &[]);
    Inside::new(&pages).case("Brightwell Energy", "The bill is wrong");
    let packed = home.path().join("upstairs.xpi");
    std::fs::write(&packed, web::extension::packed().unwrap()).unwrap();
    let run = std::process::Command::new(node)
        .arg(super::root().join("crates/web/browser/firefox.mjs"))
        .env("FIREFOX", firefox)
        .env("UPSTAIRS", env!("CARGO_BIN_EXE_upstairs"))
        .env("UPSTAIRS_DATA", home.path().join("data"))
        .env("HOME", home.path())
        .env("XPI", packed)
        .env("SITE", server.url())
        .env("PICTURES", super::target().join("pictures"))
        .output()
        .unwrap();
    let said = super::said(&run);
    assert!(run.status.success() && said.contains("all claims hold"), "{said}\n{}", super::complained(&run));
}

#[test]
fn the_extension_works_in_a_real_chromium() {
    let Some(browser) = super::pages::Browser::here() else { return };
    let home = tempfile::tempdir().unwrap();
    let server = super::live::Server::start(super::live::demo_page);
    let pages = Pages::start(home.path(), &[]);
    Inside::new(&pages).case("Brightwell Energy", "The bill is wrong");
    let run = browser.run(
        "extension.mjs",
        home.path(),
        &[("EXTENSION", &super::root().join("extension").display().to_string()), ("SITE", &server.url())],
    );
    let said = super::said(&run);
    assert!(run.status.success() && said.contains("all claims hold"), "{said}\n{}", super::complained(&run));
}
