//! What one account may hold at once: nobody keeps the others waiting.

use super::*;
use crate::guard::MOST_EACH;

#[tokio::test]
async fn live_checks_are_bounded_for_each_account_by_page_and_by_api() {
    let world = World::new(None).await;
    // A number alone is checked without any network.
    let number = [("number", "+442079460999"), ("country", "GB")];
    let by_api = async |name: &str, verify: bool| {
        let body =
            json!({"value": "+442079460999", "company": "Teasel Stores", "verify": verify}).to_string();
        let auth = format!("Bearer {}", world.asker(name).program);
        let headers = [("authorization", auth.as_str()), JSON];
        world.ask(Method::POST, "/api/v1/check-number", &headers, body.into()).await.status
    };
    let by_page = async |name: &str| world.send(&world.asker(name), "/directory", &number).await.status;
    let mut held = Vec::new();
    while let Some(turn) = world.app.check("ada") {
        held.push(turn);
    }
    assert!((1..10).contains(&held.len()), "{}", held.len());
    assert_eq!(by_page("ada").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(by_api("ada", true).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(by_api("ada", false).await, StatusCode::OK, "what asks no other machine is not held back");
    assert_eq!((by_page("ben").await, by_api("ben", true).await), (StatusCode::OK, StatusCode::OK));
    held.pop();
    assert_eq!((by_page("ada").await, by_api("ada", true).await), (StatusCode::OK, StatusCode::OK));
}

#[tokio::test]
async fn an_account_that_asks_for_much_at_once_keeps_nobody_else_waiting() {
    let world = World::new(None).await;
    let held: Vec<_> = (0..MOST_EACH + 4).map(|n| world.half_a_note("ada", &format!("note {n}"))).collect();
    let path = format!("/cases/{}", world.case);
    let ended = || held.iter().filter(|(asking, _)| asking.is_finished()).count();
    for _ in 0..500 {
        if ended() >= 4 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(ended(), 4, "those that she has no place for are answered at once");
    assert_eq!(world.get(&world.asker("ada"), &path).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(world.get(&world.asker("sue"), &path).await.status, StatusCode::OK);
    let mut answers: BTreeMap<u16, usize> = BTreeMap::new();
    for (asking, more) in held {
        let _ = more.send(());
        *answers.entry(asking.await.unwrap().status().as_u16()).or_default() += 1;
    }
    assert_eq!(answers, BTreeMap::from([(303, MOST_EACH), (429, 4)]));
    assert_eq!(world.get(&world.asker("ada"), &path).await.status, StatusCode::OK);
}
