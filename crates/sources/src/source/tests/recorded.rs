//! The recorded answers that lie beside the repository, served as they are.

use std::fs;

use super::*;

/// Serves one recorded file for paths that hold a text, and 404 else.
async fn serving(files: &[(&'static str, &str, u16)]) -> Option<Server> {
    let corpus = corpus()?;
    let files: Vec<(&'static str, Vec<u8>, u16)> = files
        .iter()
        .map(|(part, file, status)| (*part, fs::read(corpus.join(file)).unwrap(), *status))
        .collect();
    let answer = move |path: &str, _: &str| {
        let found = files.iter().find(|(part, ..)| path.contains(part));
        found.map_or_else(|| status(404, ""), |(_, body, status)| (*status, String::new(), body.clone()))
    };
    Some(Server::start(answer).await)
}

#[tokio::test]
async fn gleif_records_are_read_and_a_sole_traders_home_is_not_shown() {
    let Some(server) = serving(&[
        ("549300LBI3LRIZ2V8V66", "gleif/lei-549300LBI3LRIZ2V8V66-lapsed.json", 200),
        ("9845001B2AD43E664E58", "gleif/lei-9845001B2AD43E664E58-issued.json", 200),
    ])
    .await
    else {
        return;
    };
    for (lei, contacts, noted) in [("549300LBI3LRIZ2V8V66", 1, false), ("9845001B2AD43E664E58", 0, true)] {
        let mut subject = Subject::named("whoever");
        subject.ids.lei = Some(lei.to_owned());
        let answer = ask("gleif", &server, &subject).await.unwrap();
        assert_eq!(answer.told[0].found.len(), contacts, "{lei}: {}", draw(&answer));
        assert_eq!(!answer.notes.is_empty(), noted, "{lei}");
    }
}

#[tokio::test]
async fn edgar_filings_give_head_office_and_switchboard() {
    let files = [
        ("CIK0001324424", "sec-edgar/CIK0001324424-expedia.json", 200),
        ("CIK0000320193", "sec-edgar/CIK0000320193-apple.json", 200),
        ("CIK0000789019", "sec-edgar/CIK0000789019-microsoft.json", 200),
        ("CIK0000940418", "sec-edgar/CIK0000940418-siemens.json", 200),
    ];
    let Some(server) = serving(&files).await else { return };
    for (cik, phone, place) in [
        ("1324424", "+12064817200", "SEATTLE"),
        ("320193", "+14089961010", "CUPERTINO"),
        ("789019", "+14258828080", "REDMOND"),
        ("940418", "+4989780532474", "MUNICH"),
    ] {
        let mut subject = Subject::named("whoever");
        subject.ids.cik = Some(cik.to_owned());
        let drawn = draw(&ask("edgar", &server, &subject).await.unwrap());
        assert!(drawn.contains(&format!("legal phone {phone} (Register, sec.gov)")), "{drawn}");
        assert!(drawn.contains(place), "{drawn}");
    }
}

#[tokio::test]
async fn companies_house_profile_and_officers_are_read() {
    let Some(server) = serving(&[
        ("/officers", "companies-house/officers-00445790-tesco.json", 200),
        ("/company/00445790", "companies-house/profile-00445790-tesco.json", 200),
    ])
    .await
    else {
        return;
    };
    let mut subject = Subject::named("Tesco");
    subject.ids.companies_house = Some("00445790".to_owned());
    let drawn = draw(&ask("companies-house", &server, &subject).await.unwrap());
    for wanted in [
        "director Melissa Bethell since 2018-09-24",
        "secretary Christopher Jon Taylor",
        "legal postal TESCO PLC, Tesco House, Shire Park",
    ] {
        assert!(drawn.contains(wanted), "no `{wanted}` in {drawn}");
    }
    assert!(!drawn.contains("1974"), "{drawn}");
}

#[tokio::test]
async fn wikidata_errors_and_missing_items_are_told_apart() {
    let Some(server) = serving(&[("api.php", "wikidata/error-maxlag.json", 200)]).await else { return };
    assert_eq!(ask("wikidata", &server, &Subject::named("Acme")).await.unwrap_err().id(), "busy");
    let Some(server) = serving(&[("api.php", "wikidata/wbgetentities-missing.json", 200)]).await else {
        return;
    };
    let mut subject = Subject::named("Acme");
    subject.ids.wikidata = Some("Q1234567890".to_owned());
    assert!(ask("wikidata", &server, &subject).await.unwrap().is_empty());
    // A city that the id was merged into is no company, though it has a site.
    let Some(server) = serving(&[("api.php", "wikidata/wbgetentities-redirect.json", 200)]).await else {
        return;
    };
    subject.ids.wikidata = Some("Q32063953".to_owned());
    assert!(ask("wikidata", &server, &subject).await.unwrap().is_empty());
}

#[tokio::test]
async fn brave_results_are_read() {
    for file in ["brave/web-search-laravel.json", "brave/web-search-laravel-news.json"] {
        let Some(server) = serving(&[("/search", file, 200)]).await else { return };
        let answer = ask("brave", &server, &Subject::named("Laravel")).await.unwrap();
        assert!(answer.hits.len() >= 8, "{file}: {}", answer.hits.len());
        assert!(
            answer.hits.iter().all(|hit| hit.url.starts_with("http") && !hit.snippet.contains('<')),
            "{file}"
        );
    }
}

#[tokio::test]
async fn searxng_answers_and_bot_checks_are_told_apart() {
    let Some(server) = serving(&[("/search", "search/searxng-example.json", 200)]).await else { return };
    assert_eq!(ask("searxng", &server, &Subject::named("test")).await.unwrap().hits.len(), 1);
    for file in [
        "search/searx-public-verifying.html",
        "search/mojeek-results.html",
        "search/qwant-service-unavailable.html",
    ] {
        let Some(server) = serving(&[("/search", file, 200)]).await else { return };
        assert_eq!(
            ask("searxng", &server, &Subject::named("test")).await.unwrap_err().id(),
            "refused",
            "{file}"
        );
    }
}

#[tokio::test]
async fn nominatim_answers_nothing_and_over_the_limit_are_told_apart() {
    let Some(server) = serving(&[("/search", "nominatim/over-limit.html", 200)]).await else { return };
    assert_eq!(ask("nominatim", &server, &Subject::named("x")).await.unwrap_err().id(), "refused");
    for file in [
        "nominatim/no-results.json",
        "nominatim/search-madison-square-garden.json",
        "nominatim/docs-search-1.json",
    ] {
        let Some(server) = serving(&[("/search", file, 200)]).await else { return };
        let answer = ask("nominatim", &server, &Subject::named("Ditsch")).await.unwrap();
        assert!(answer.told.iter().all(|told| told.found.is_empty()), "{file}: {}", draw(&answer));
    }
    let Some(server) = serving(&[("/search", "nominatim/docs-search-2.json", 200)]).await else { return };
    let drawn = draw(&ask("nominatim", &server, &subject("Ditsch", "", "DE")).await.unwrap());
    assert!(drawn.contains("front_line in_person Ditsch, Lindower Straße"), "{drawn}");
}

#[tokio::test]
async fn rdap_tells_since_when() {
    let Some(server) = serving(&[("/domain/", "rdap/domain-example.cz.json", 200)]).await else { return };
    let answer = ask("rdap", &server, &subject("Example", "example.cz", "CZ")).await.unwrap();
    assert!(answer.facts[0].starts_with("`example.cz` is registered since "), "{:?}", answer.facts);
}

#[tokio::test]
async fn a_profile_of_the_networks_manual_is_read_and_is_nobody_elses() {
    let Some(server) = serving(&[("/accounts/lookup", "social/mastodon-account.json", 200)]).await else {
        return;
    };
    let company = Subject {
        profiles: vec!["https://awoo.space/@noiob".to_owned()],
        ..subject("Acme", "acme.example", "US")
    };
    let drawn = draw(&ask("mastodon", &server, &company).await.unwrap());
    assert!(drawn.contains("https://awoo.space/@noiob (Listing"), "{drawn}");
}

#[tokio::test]
async fn threads_of_boards_are_opened_and_refusals_of_reddit_told() {
    let Some(server) =
        serving(&[("/search.json", "discourse/search.json", 200), ("/t/", "discourse/topic.json", 200)])
            .await
    else {
        return;
    };
    let answer = ask("discourse", &server, &subject("Acme", "acme.example", "US")).await.unwrap();
    assert_eq!(answer.threads.len(), 3);
    for (file, code) in [
        ("reddit/blocked-network-policy.html", 403),
        ("reddit/shreddit-shell.html", 200),
        ("reddit/over18-interstitial.html", 200),
    ] {
        let Some(server) = serving(&[("/", file, code)]).await else { return };
        let trouble =
            ask_with("reddit", &server, &Subject::named("Acme"), "id:secret", None).await.unwrap_err();
        assert_eq!(trouble.id(), "refused", "{file}");
    }
}

#[tokio::test]
async fn security_files_are_read_and_one_of_another_host_is_not_taken() {
    for (file, domain) in [
        ("security-txt/almalinux.txt", "almalinux.org"),
        ("security-txt/divd.txt", "divd.nl"),
        ("security-txt/ffrn.txt", "ffrn.de"),
        ("security-txt/grapheneos.txt", "grapheneos.org"),
    ] {
        let Some(server) = serving(&[("/.well-known/security.txt", file, 200)]).await else { return };
        let answer = ask("security-txt", &server, &subject("X", domain, "DE")).await.unwrap();
        assert!(draw(&answer).contains("  specialist "), "{file}: {}", draw(&answer));
    }
}
