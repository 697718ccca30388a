//! Refusals, limits, kept answers and keys: the same for every source.

use serde_json::json;

use super::*;

/// Returns a subject of which all is known, so that every source has something to ask.
fn known() -> Subject {
    Subject {
        profiles: vec![
            "https://social.example/@acme".to_owned(),
            "https://community.acme.example/".to_owned(),
        ],
        region: Some("CA".to_owned()),
        ..subject("Acme", "acme.example", "US")
    }
}

#[tokio::test]
async fn a_refusal_is_told_apart_from_nothing_found_by_every_source() {
    for source in crate::source::ALL {
        let id = source.about().id;
        // A file that is missing is no refusal, and one that is a page is no file.
        if matches!(id, "security-txt" | "us-dot") {
            continue;
        }
        for (code, headers, body, expected) in [
            (403, "", "<html><h1>whoa there, pardner!</h1></html>", "refused"),
            (
                200,
                "content-type: text/html\r\n",
                "<html><title>Verifying your request</title></html>",
                "refused",
            ),
            (202, "", "<html>anomaly</html>", "refused"),
            (401, "", "{}", "refused"),
            (429, "retry-after: 7\r\n", "", "busy"),
        ] {
            let server =
                Server::start(move |_, _| (code, headers.to_owned(), body.as_bytes().to_vec())).await;
            let key = if matches!(id, "fca" | "reddit") { "me@lampen.example:k3y-of-the-user" } else { KEY };
            let trouble = ask_with(id, &server, &known(), key, None).await.expect_err(id);
            assert_eq!(trouble.id(), expected, "{id} {code}: {trouble}");
            assert_eq!(server.heads().len(), 1, "{id} asks again after {code}");
        }
    }
}

#[tokio::test]
async fn hostile_answers_make_no_source_fail_badly() {
    let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let odd = [
        "null",
        "[]",
        "{}",
        "[null]",
        "\"x\"",
        "{\"data\":7}",
        "{\"results\":{\"x\":1}}",
        "{\"entities\":[1]}",
        "",
        "{\"search\":[{\"id\":\"Q1\"}],\"entities\":{\"Q1\":{\"id\":\"Q1\",\"claims\":{\"P31\":\"x\",\"P452\":[null]}}}}",
        deep.as_str(),
    ];
    for source in crate::source::ALL {
        let id = source.about().id;
        for body in odd {
            let body = body.to_owned();
            let server = Server::start(move |_, _| status(200, &body)).await;
            let key = if matches!(id, "fca" | "reddit") { "a:b" } else { KEY };
            let answer = ask_with(id, &server, &known(), key, None).await;
            let contacts =
                answer.map_or(0, |answer| answer.told.iter().map(|told| told.found.len()).sum::<usize>());
            assert_eq!(contacts, 0, "{id}");
        }
    }
}

#[tokio::test]
async fn a_source_without_what_it_needs_is_skipped_and_asks_nothing() {
    let settings = Settings::new("Upstairs/0.1");
    let fetcher = Fetcher::new(settings).unwrap();
    for source in crate::source::ALL {
        let about = source.about();
        if !matches!(about.needs, crate::source::Needs::Key { .. } | crate::source::Needs::Instance { .. }) {
            continue;
        }
        let now = "2026-11-28T12:00:00Z".parse().unwrap();
        let asking = Asking::new(about, Setting::default(), &fetcher, &fetcher, None, now);
        let trouble = source.ask(&asking, &known()).await.expect_err(about.id);
        assert_eq!(trouble.id(), "skipped", "{}: {trouble}", about.id);
    }
}

#[tokio::test]
async fn a_key_goes_where_it_belongs_and_nowhere_else() {
    for (id, in_head) in [
        ("companies-house", "authorization: Basic azN5LW9mLXRoZS11c2VyOg=="),
        ("brave", "x-subscription-token: k3y-of-the-user"),
        ("kagi", "authorization: Bot k3y-of-the-user"),
        ("mojeek", "api_key=k3y-of-the-user"),
        ("trustpilot", "apikey: k3y-of-the-user"),
        ("yelp", "authorization: Bearer k3y-of-the-user"),
    ] {
        let server = Server::start(|_, _| status(500, "oops")).await;
        let trouble = ask(id, &server, &subject("Acme", "acme.example", "GB")).await.unwrap_err();
        assert!(server.heads()[0].contains(in_head), "{id}: {}", server.heads()[0]);
        assert!(!format!("{trouble:?} {trouble}").contains(KEY), "{id}: {trouble:?}");
    }
    assert!(!format!("{:?}", Secret::new(KEY)).contains(KEY));
}

#[tokio::test]
async fn a_key_does_not_follow_a_redirect_to_another_host_and_leaves_only_over_tls() {
    let other = Server::start(|_, _| super::json(&json!({"items": []}))).await;
    let to = format!("location: {}elsewhere\r\n", other.base());
    let server = Server::start(move |_, _| (302, to.clone(), Vec::new())).await;
    // The other server is not opened, so the redirect ends at the guard.
    let trouble = ask("companies-house", &server, &Subject::named("Acme")).await.unwrap_err();
    assert_eq!(trouble.id(), "failed", "{trouble}");
    assert!(other.heads().is_empty());
    let fetcher = Fetcher::new(Settings::new("Upstairs/0.1")).unwrap();
    let mut call = crate::fetch::Call::get(Url::parse("http://acme.example/x").unwrap(), Duration::ZERO);
    call.secret_headers.extend(Secret::new(KEY).map(|key| ("x-key", key)));
    let error = fetcher.call(&call).await.unwrap_err().to_string();
    assert!(error.contains("https only"), "{error}");
}

#[tokio::test]
async fn an_answer_is_kept_as_long_as_the_terms_ask_and_a_refusal_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path(), 1 << 20).unwrap();
    let empty = Server::start(|_, _| super::json(&json!({"data": []}))).await;
    for _ in 0..2 {
        ask_with("gleif", &empty, &Subject::named("Acme"), KEY, Some(&cache)).await.unwrap();
    }
    assert_eq!(empty.heads().len(), 1, "the second answer comes from the cache");
    let refusing = Server::start(|_, _| status(403, "no")).await;
    for _ in 0..2 {
        ask_with("gleif", &refusing, &Subject::named("Acme"), KEY, Some(&cache)).await.unwrap_err();
    }
    assert_eq!(refusing.heads().len(), 2);
}

#[test]
fn every_source_says_what_it_is_sent_and_has_an_id_of_its_own() {
    let mut ids: Vec<&str> = crate::source::ALL.iter().map(|source| source.about().id).collect();
    ids.extend(crate::source::linked::LINKED.iter().map(|site| site.id));
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
    for source in crate::source::ALL {
        let about = source.about();
        assert!(
            !about.sends.is_empty() && !about.gives.is_empty() && !about.terms.is_empty(),
            "{}",
            about.id
        );
    }
}
