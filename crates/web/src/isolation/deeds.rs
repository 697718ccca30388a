//! What is written down of what was done, refused and cut off.

use std::time::Duration;

use super::*;
use crate::serve::farewell;

/// Time enough for what is at hand, and more than a test should take.
const SOON: Duration = Duration::from_millis(300);
const LONG: Duration = Duration::from_secs(20);

/// Returns what was done last: who, what, of which case, what came of it.
async fn last(world: &World) -> (String, String, Option<String>, String) {
    let hall = world.app.hall.as_ref().unwrap();
    let deed = hall.reception.all_deeds(1).await.unwrap().remove(0).deed;
    (deed.who, deed.did, deed.case, deed.outcome)
}

#[tokio::test]
async fn what_a_role_refuses_and_what_a_body_says_of_a_case_is_written_down() {
    let world = World::new(None).await;
    let case = Some(world.case.clone());
    let told = |who: &str, did: &str, case: Option<String>, outcome: &str| {
        (who.to_owned(), did.to_owned(), case, outcome.to_owned())
    };
    let note = format!("/cases/{}/note", world.case);
    world.send(&world.asker("rob"), &note, &[("note", "x")]).await;
    assert_eq!(last(&world).await, told("rob", "POST /cases/{id}/note", case.clone(), "403"));
    world.send(&world.asker("ada"), "/settings/erase", &[("sure", "delete")]).await;
    assert_eq!(last(&world).await, told("ada", "POST /settings/erase", None, "403"));
    world.get(&world.asker("ada"), "/account/deeds").await;
    assert_eq!(last(&world).await, told("ada", "GET /account/deeds", None, "403"));
    let before = last(&world).await;
    world.get(&world.asker("ada"), "/cases").await;
    assert_eq!(last(&world).await, before, "a list that only is read is not");
    for (name, status) in [("ada", StatusCode::OK), ("eve", StatusCode::NOT_FOUND)] {
        let page = json!({"url": "https://acme.example/contact", "html": "<p>Write to help@acme.example.</p>",
            "case": world.case});
        let auth = format!("Bearer {}", world.asker(name).program);
        let headers = [("authorization", auth.as_str()), JSON];
        let sent = world.ask(Method::POST, "/api/v1/pages", &headers, page.to_string().into()).await;
        assert_eq!(sent.status, status, "{name}: {}", sent.body);
        let outcome = status.as_u16().to_string();
        assert_eq!(last(&world).await, told(name, "POST /api/v1/pages", case.clone(), &outcome));
    }
}

/// Returns what Ada's note is written down as, with what came of it.
fn note(world: &World, outcome: &str) -> (String, String, Option<String>, String) {
    ("ada".to_owned(), "POST /cases/{id}/note".to_owned(), Some(world.case.clone()), outcome.to_owned())
}

#[tokio::test]
async fn what_was_begun_is_done_and_written_down_though_nobody_waits_for_it() {
    let world = World::new(None).await;
    let (asking, more) = world.half_a_note("ada", "said and gone");
    tokio::time::sleep(SOON).await;
    // The end of the form comes when the browser has gone already.
    asking.abort();
    assert!(asking.await.unwrap_err().is_cancelled(), "it waits for the rest of the form");
    more.send(()).unwrap();
    farewell(&world.app, LONG).await;
    assert_eq!(last(&world).await, note(&world, "303"));
    let page = world.get(&world.asker("ada"), &format!("/cases/{}", world.case)).await;
    assert!(page.body.contains("said and gone"));
}

#[tokio::test]
async fn a_stop_waits_for_what_was_begun_and_what_it_cuts_off_is_told() {
    let world = World::new(None).await;
    let (asking, more) = world.half_a_note("ada", "said in time");
    tokio::time::sleep(SOON).await;
    let ends = async {
        tokio::time::sleep(SOON).await;
        more.send(()).unwrap();
    };
    let ((), ()) = tokio::join!(farewell(&world.app, LONG), ends);
    assert_eq!(last(&world).await, note(&world, "303"), "its answer was waited for");
    assert_eq!(asking.await.unwrap().status(), StatusCode::SEE_OTHER);
    let (asking, more) = world.half_a_note("ada", "said too late");
    tokio::time::sleep(SOON).await;
    let stopped = std::time::Instant::now();
    farewell(&world.app, SOON).await;
    assert!(stopped.elapsed() < LONG, "a stop is not held up for ever");
    assert_eq!(last(&world).await, note(&world, "cut off by a stop"));
    assert_eq!(asking.await.unwrap().status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert!(more.send(()).is_err(), "nobody listens any more");
    let page = world.get(&world.asker("ada"), &format!("/cases/{}", world.case)).await;
    assert!(!page.body.contains("said too late"));
    let proof = world.app.hall.as_ref().unwrap().reception.prove().await.unwrap();
    assert!(proof.broken.is_none(), "{proof:?}");
}
