//! Profiles: whose they are, checked in both directions.

use serde_json::json;

use super::*;

fn company(profile: &str) -> Subject {
    Subject { profiles: vec![profile.to_owned()], ..subject("Acme", "acme.example", "US") }
}

#[tokio::test]
async fn a_mastodon_profile_counts_where_its_host_verified_the_link_back() {
    for (value, verified, kind) in [
        (
            "<a href=\"https://www.acme.example\" rel=\"me\">acme.example</a>",
            json!("2024-05-06T07:08:09Z"),
            "ClaimedProfile",
        ),
        ("<a href=\"https://www.acme.example\" rel=\"me\">acme.example</a>", json!(null), "Listing"),
        (
            "<a href=\"https://acme.example.evil.test\">acme.example</a>",
            json!("2024-05-06T07:08:09Z"),
            "Listing",
        ),
    ] {
        let server = Server::start(move |path, _| {
            assert_eq!(path, "/api/v1/accounts/lookup?acct=acmehelp");
            super::json(&json!({"display_name": "Acme help", "url": "https://social.example/@acmehelp", "note": "<p>we help</p>",
                "fields": [{"name": "Blog", "value": "x", "verified_at": null}, {"name": "Site", "value": value, "verified_at": verified}]}))
        })
        .await;
        let answer = ask("mastodon", &server, &company("https://social.example/@acmehelp")).await.unwrap();
        assert!(
            draw(&answer).contains(&format!("front_line social https://social.example/@acmehelp ({kind}")),
            "{}",
            draw(&answer)
        );
    }
}

#[tokio::test]
async fn only_a_handle_that_is_the_domain_proves_a_bluesky_profile() {
    let server = Server::start(|path, _| {
        if path.ends_with("acme.bsky.social") {
            return super::json(
                &json!({"did": "did:plc:x", "handle": "acme.bsky.social", "displayName": "Acme"}),
            );
        }
        if path.ends_with("actor=acme.example") {
            return super::json(
                &json!({"did": "did:plc:y", "handle": "acme.example", "displayName": "Acme"}),
            );
        }
        status(400, "{\"error\":\"InvalidRequest\",\"message\":\"Profile not found\"}")
    })
    .await;
    let answer =
        ask("bluesky", &server, &company("https://bsky.app/profile/acme.bsky.social")).await.unwrap();
    let drawn = draw(&answer);
    assert!(drawn.contains("https://bsky.app/profile/acme.bsky.social (Listing"), "{drawn}");
    assert!(drawn.contains("https://bsky.app/profile/acme.example (ClaimedProfile"), "{drawn}");
    let other = subject("Other", "other.example", "US");
    assert!(ask("bluesky", &server, &other).await.unwrap().is_empty());
}

#[tokio::test]
async fn webfinger_counts_only_what_the_host_confirms() {
    let server = Server::start(|path, _| match path {
        "/.well-known/webfinger?resource=acct:acme@acme.example" => super::json(&json!({"subject": "acct:acme@acme.example",
            "links": [{"rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": "https://acme.example/@acme"}]})),
        "/.well-known/webfinger?resource=acct:other@other.example" => super::json(&json!({"subject": "acct:somebody@else.example",
            "links": [{"rel": "http://webfinger.net/rel/profile-page", "href": "https://else.example/@somebody"}]})),
        _ => status(404, ""),
    })
    .await;
    let answer = ask("webfinger", &server, &subject("Acme", "acme.example", "US")).await.unwrap();
    assert!(
        draw(&answer).contains("front_line social https://acme.example/@acme (OwnFile, acme.example)"),
        "{}",
        draw(&answer)
    );
    assert!(ask("webfinger", &server, &subject("Other", "other.example", "US")).await.unwrap().is_empty());
    assert!(ask("webfinger", &server, &subject("None", "none.example", "US")).await.unwrap().is_empty());
}
