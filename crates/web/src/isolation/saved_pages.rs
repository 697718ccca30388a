//! Saved pages on a server: whoever may see a case sees the pages that its contacts were read on, as text, and nobody else.

use super::*;

/// Returns what stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("no {before} in {text}"));
    rest.split(after).next().unwrap()
}

/// Makes a web archive of one page.
fn archive(url: &str, page: &str) -> Vec<u8> {
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n\r\n{page}", page.len());
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: 2026-11-02T08:00:00Z\r\n\
         WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
    .into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_saved_page_is_seen_by_whoever_may_see_the_case_and_nobody_else() {
    let world = World::new(None).await;
    let ada = world.asker("ada");
    // What the directory answers leads to pages that were not kept; the search is hers alone.
    let found = world.send(&ada, "/find", &[("company", "Xfinity"), ("country", "US")]).await;
    let find = found.header("location").to_owned();
    let ladder = world.get(&ada, &find).await.body;
    let witness = format!("{find}/witness/{}", between(&ladder, &format!("href=\"{find}/witness/"), "\""));
    let page = world.get(&ada, &witness).await;
    assert!(page.status == StatusCode::OK && page.body.contains("id=\"not-kept\""), "{}", page.body);
    for name in ["a stranger", "ben", "sue", "eve", "sam"] {
        assert_ne!(world.get(&world.asker(name), &witness).await.status, StatusCode::OK, "{name}");
    }
    // A case with that ladder, and a web archive among its evidence.
    let id = find.rsplit('/').next().unwrap();
    let begun = world.send(&ada, "/start", &[("find", id)]).await.header("location").to_owned();
    let begun = begun.split("/q/").next().unwrap();
    world.send(&ada, &format!("{begun}/q/country"), &[("country", "US")]).await;
    let opened = world.send(&ada, &format!("{begun}/open"), &[]).await;
    let case = opened.header("location").split('?').next().unwrap().to_owned();
    assert!(case.starts_with("/cases/"), "{}", opened.body);
    let contacts = world.get(&ada, &format!("{case}/contacts")).await.body;
    let line = between(&contacts, "<ul class=\"witnesses\"><li>", "</li>");
    let (url, quote) = (between(line, "href=\"", "\""), between(line, "<q>", "</q>"));
    let witness = format!("{case}/witness/{}", between(line, &format!("href=\"{case}/witness/"), "\""));
    assert!(world.get(&ada, &witness).await.body.contains("id=\"not-kept\""));
    let page = archive(
        url,
        &format!(
            "{}<p>Before</p><p>{quote}</p><script>steal()</script><img src='http://evil.example/x'>",
            "<p>News</p>".repeat(5000)
        ),
    );
    let head = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n{}\r\n--edge\r\ncontent-disposition: form-data; \
         name=\"files\"; filename=\"proof.warc\"\r\ncontent-type: application/warc\r\n\r\n",
        ada.form
    );
    let body = [head.as_bytes(), &page, b"\r\n--edge--\r\n"].concat();
    let cookie = ("cookie", ada.cookie.as_str());
    let attached =
        world.ask(Method::POST, &format!("{case}/attach"), &[cookie, MULTIPART], body.into()).await;
    assert_eq!(attached.status, StatusCode::SEE_OTHER, "{}", attached.body);
    for name in ["ada", "sue", "rob"] {
        let seen = world.get(&world.asker(name), &witness).await;
        assert_eq!(seen.status, StatusCode::OK, "{name}");
        assert!(seen.body.contains("saved-text") && seen.body.contains("<mark>"), "{name}: {}", seen.body);
        // The words stand far down: what is shown is cut around them, and says so.
        assert!(seen.body.contains("The page is longer than shown here."), "{name}");
        // There is no second origin on a server: nothing of the page is markup.
        for bad in ["<iframe", "steal()", "evil.example"] {
            assert!(!seen.body.contains(bad), "{name}: {bad}");
        }
        let file = world.get(&world.asker(name), &format!("{witness}/file")).await;
        assert!(
            file.header("content-disposition").starts_with("attachment") && file.body.contains("steal()"),
            "{name}"
        );
    }
    for name in ["a stranger", "a guesser", "ben", "eve", "sam", "ron"] {
        let asker = world.asker(name);
        for path in [format!("{case}/contacts"), witness.clone(), format!("{witness}/file")] {
            let answer = world.get(&asker, &path).await;
            assert!(
                answer.status != StatusCode::OK && !answer.body.contains("Before"),
                "{name} {path}: {}",
                answer.shown()
            );
        }
        let kept = world.send(&asker, &format!("{witness}/keep"), &[]).await;
        assert!(kept.status.is_client_error(), "{name}: {}", kept.shown());
    }
    let rob = world.send(&world.asker("rob"), &format!("{witness}/keep"), &[]).await;
    assert_eq!(rob.status, StatusCode::FORBIDDEN);
    assert_eq!(world.send(&ada, &format!("{witness}/keep"), &[]).await.status, StatusCode::SEE_OTHER);
}
