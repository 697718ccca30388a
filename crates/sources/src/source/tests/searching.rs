//! Search engines, boards and review sites.

use serde_json::json;

use super::*;

#[tokio::test]
async fn engines_are_asked_what_an_experienced_person_types() {
    for (id, results) in [
        (
            "searxng",
            json!({"number_of_results": 0, "results": [{"url": "https://acme.example/complaints", "title": "Complaints", "content": "Write to <b>us</b>"}]}),
        ),
        (
            "brave",
            json!({"web": {"results": [{"url": "https://acme.example/complaints", "title": "Complaints", "description": "Write to <strong>us</strong>"}]}}),
        ),
        (
            "kagi",
            json!({"data": [{"t": 0, "url": "https://acme.example/complaints", "title": "Complaints", "snippet": "Write to us"}, {"t": 1, "list": ["x"]}]}),
        ),
        (
            "mojeek",
            json!({"response": {"status": "OK", "results": [{"url": "https://acme.example/complaints", "title": "Complaints", "desc": "Write to us"}, {"url": "javascript:alert(1)"}]}}),
        ),
    ] {
        let server = Server::start(move |_, _| super::json(&results)).await;
        let answer = ask(id, &server, &subject("Acme", "acme.example", "GB")).await.unwrap();
        assert_eq!(draw(&answer), "hit https://acme.example/complaints | Write to us", "{id}");
        let paths = server.paths();
        assert_eq!(paths.len(), 4, "{id}: {paths:?}");
        assert!(paths[0].contains("q=\"Acme\" complaints procedure site:acme.example"), "{id}: {}", paths[0]);
    }
}

#[tokio::test]
async fn an_outage_behind_searxng_is_not_nothing_found() {
    for engines in [json!([["google", "timeout"], ["bing", "suspended"]]), json!(["google", "bing"])] {
        let server =
            Server::start(move |_, _| super::json(&json!({"results": [], "unresponsive_engines": engines})))
                .await;
        let trouble = ask("searxng", &server, &Subject::named("Acme")).await.unwrap_err();
        assert_eq!(trouble.to_string(), "the engines behind it do not answer: google, bing");
    }
    let empty = Server::start(|_, _| super::json(&json!({"results": [], "unresponsive_engines": []}))).await;
    assert!(ask("searxng", &empty, &Subject::named("Acme")).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_limit_in_the_middle_keeps_what_was_found() {
    let asked = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let server = Server::start(move |_, _| {
        if asked.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            return (429, "retry-after: 60\r\n".to_owned(), Vec::new());
        }
        super::json(
            &json!({"web": {"results": [{"url": "https://a.test/1", "title": "x", "description": "y"}]}}),
        )
    })
    .await;
    let answer = ask("brave", &server, &Subject::named("Acme")).await.unwrap();
    assert_eq!(answer.hits.len(), 1);
    assert!(answer.notes[0].contains("asks to wait 60 s"), "{:?}", answer.notes);
    assert_eq!(server.heads().len(), 2);
}

#[tokio::test]
async fn threads_of_the_companys_own_board_are_opened() {
    let server = Server::start(|path, _| {
        if path.starts_with("/search.json") {
            return super::json(&json!({"topics": [{"id": 5}, {"id": 6}], "posts": [{"topic_id": 5}], "grouped_search_result": {}}));
        }
        super::json(&json!({"title": "Whom to write to", "post_stream": {"posts": [{"cooked": "<p>x</p>", "username": "ann"}]}}))
    })
    .await;
    let mut company = subject("Acme", "acme.example", "US");
    let answer = ask("discourse", &server, &company).await.unwrap();
    assert_eq!(draw(&answer), "thread t/5\nthread t/6");
    // Without a board there is nothing to ask.
    let fetcher = Fetcher::new(Settings::new("Upstairs/0.1")).unwrap();
    let source = named("khoros").unwrap();
    let now = "2026-11-28T12:00:00Z".parse().unwrap();
    company.profiles.clear();
    let asking = Asking::new(source.about(), Setting::default(), &fetcher, &fetcher, None, now);
    assert_eq!(source.ask(&asking, &company).await.unwrap_err().id(), "not_asked");
}

#[tokio::test]
async fn khoros_is_asked_in_its_own_language() {
    let server = Server::start(|path, _| {
        assert!(path.contains("body MATCHES 'O Lamps complaint'"), "{path}");
        super::json(&json!({"status": "success", "data": {"items": [{"body": "<p>call them</p>", "author": {"login": "x"}}]}}))
    })
    .await;
    let answer = ask("khoros", &server, &Subject::named("O' Lamps")).await.unwrap();
    assert_eq!(answer.threads.len(), 1);
}

#[tokio::test]
async fn reddit_is_asked_with_the_users_own_approval() {
    let server = Server::start(|path, head| {
        if path == "/api/v1/access_token" {
            assert!(
                head.starts_with("POST ") && head.contains("authorization: Basic aWQ6c2VjcmV0"),
                "{head}"
            );
            return super::json(&json!({"access_token": "t0ken", "token_type": "bearer"}));
        }
        assert!(head.contains("authorization: Bearer t0ken"), "{head}");
        if path.starts_with("/search") {
            return super::json(&json!({"kind": "Listing", "data": {"children": [
                {"kind": "t3", "data": {"id": "abc1", "title": "Acme will not refund me", "selftext": ""}},
                {"kind": "t3", "data": {"id": "abc2", "title": "Something else", "selftext": ""}}]}}));
        }
        super::json(&json!([{"kind": "Listing", "data": {"children": []}}]))
    })
    .await;
    let answer = ask_with("reddit", &server, &Subject::named("Acme Inc."), "id:secret", None).await.unwrap();
    assert_eq!(draw(&answer), "thread comments/abc1/");
}

#[tokio::test]
async fn a_review_profile_counts_by_whether_it_is_claimed() {
    for (claimed, kind) in [(true, "ClaimedProfile"), (false, "Listing")] {
        let server = Server::start(move |path, _| {
            if path.contains("/find") {
                return super::json(&json!({"id": "46aa", "displayName": "Acme Lamps", "name": {"identifying": "www.acme.example"}, "country": "US"}));
            }
            super::json(&json!({"isClaimed": claimed, "contact": {"email": "care@acme.example", "phone": "202-555-0101",
                "address": {"street": "1 Main St", "city": "Springfield", "postcode": "97475", "country": "US"}}}))
        })
        .await;
        let drawn = draw(&ask("trustpilot", &server, &subject("Acme", "acme.example", "US")).await.unwrap());
        assert!(
            drawn.contains(&format!("front_line email care@acme.example ({kind}, trustpilot.com)")),
            "{drawn}"
        );
        assert!(
            drawn.contains("front_line phone +12025550101")
                && drawn.contains("legal postal Acme Lamps, 1 Main St"),
            "{drawn}"
        );
    }
}

#[tokio::test]
async fn yelp_names_branches_of_the_company_and_not_its_dealers() {
    let server = Server::start(|path, _| {
        assert!(path.contains("location=CA, US"), "{path}");
        super::json(&json!({"businesses": [
            {"alias": "acme-oakland", "name": "Acme", "phone": "+12025550101", "is_claimed": true, "location": {"country": "US", "display_address": ["1 Main St", "Oakland, CA 94601"]}},
            {"alias": "acme-dealer", "name": "Acme Authorized Dealer", "phone": "+12025550102", "location": {"country": "US"}}]}))
    })
    .await;
    let company = Subject { region: Some("CA".to_owned()), ..subject("Acme", "", "US") };
    insta::assert_snapshot!(draw(&ask("yelp", &server, &company).await.unwrap()), @r"
    Acme [] US
      front_line phone +12025550101 (ClaimedProfile, yelp.com)
    Acme Authorized Dealer [] US
    ");
}
