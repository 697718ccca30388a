//! The door: names that are known and unknown, and passwords that somebody else made.

use super::*;

#[tokio::test]
async fn the_door_is_the_same_for_every_name_and_opens_a_new_session_each_time() {
    let world = World::new(None).await;
    let door = world.ask(Method::GET, "/login?next=%2Fcases", &[], Body::empty()).await;
    let cookie = door.header("set-cookie").split(';').next().unwrap().to_owned();
    let token =
        door.body.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let come = async |name: &str, words: &str, cookies: &str| {
        let body = form(&[("token", &token), ("name", name), ("password", words), ("next", "/cases")]);
        world.ask(Method::POST, "/login", &[("cookie", cookies), FORM], body.into()).await
    };
    // A form without its cookie, or with another's: no site logs a browser in as somebody else.
    assert_eq!(come("ada", WORDS, "").await.status, StatusCode::FORBIDDEN);
    let other = format!("__Host-upstairs-door={}", "1".repeat(64));
    assert_eq!(come("ada", WORDS, &other).await.status, StatusCode::FORBIDDEN);
    // The token is drawn by lot and may hold the letters of a name.
    let page = |answer: Answer, name: &str| {
        (answer.status, answer.body.replace(&token, "TOKEN").replace(name, "NAME"))
    };
    let wrong = page(come("ada", "wrong words in a row", &cookie).await, "ada");
    assert_eq!(wrong.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        page(come("zoe", "wrong words in a row", &cookie).await, "zoe"),
        wrong,
        "known and unknown look alike"
    );
    let ada = world.asker("ada");
    let both = format!("{cookie}; {}", ada.cookie);
    let entered = come("ada", WORDS, &both).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/cases"));
    assert!(!entered.header("set-cookie").contains(&ada.cookie), "the session is a new one");
    assert_eq!(entered.head.get("strict-transport-security").unwrap(), "max-age=31536000");
    assert_eq!(
        world.get(&Asker { program: String::new(), ..ada }, "/cases").await.status,
        StatusCode::SEE_OTHER
    );
    // Whoever goes out is out; a token of a program is not the browser's.
    let ben = world.asker("ben");
    assert_eq!(world.send(&ben, "/logout", &[]).await.header("location"), "/login");
    assert!(world.get(&ben, "/cases").await.header("location").starts_with("/login?next="));
    assert_eq!(world.get(&ben, "/api/v1/cases").await.status, StatusCode::OK);
    for _ in 0..30 {
        come("zoe", "wrong words in a row", &cookie).await;
    }
    assert_eq!(
        come("sue", WORDS, &cookie).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "the address has to wait"
    );
}

#[tokio::test]
async fn a_password_that_somebody_else_made_opens_the_page_that_changes_it_and_nothing_else() {
    let world = World::new(None).await;
    let hall = world.app.hall.as_ref().unwrap();
    hall.reception.set_password("ada", "made by somebody else", true, Timestamp::now()).await.unwrap();
    assert!(
        world.get(&world.asker("ada"), "/cases").await.header("location").starts_with("/login"),
        "she is out"
    );
    assert_eq!(world.get(&world.asker("ada"), "/api/v1/cases").await.status, StatusCode::UNAUTHORIZED);
    let entered =
        hall.reception.enter("ada", "made by somebody else", None, Timestamp::now()).await.unwrap().unwrap();
    let ada = Asker {
        cookie: format!("__Host-upstairs-session={}", entered.session),
        form: secret::derive(&entered.session, "form"),
        program: String::new(),
    };
    for (route, methods) in &world.routes {
        if OPEN.contains(&route.as_str()) || route.starts_with("/account") || route == "/logout" {
            continue;
        }
        for method in methods {
            for answer in world.tried(&ada, route, method).await {
                let turned = answer.status.is_client_error() || answer.header("location") == "/account";
                assert!(turned && answer.tells().is_none(), "{method} {route}: {}", answer.status);
            }
        }
    }
    let change = async |old: &str, new: &str, again: &str| {
        world.send(&ada, "/account/password", &[("old", old), ("new", new), ("again", again)]).await
    };
    for (old, new, again) in [
        ("made by somebody else", "passwordpassword", "passwordpassword"),
        ("made by somebody else", "short", "short"),
        ("made by somebody else", WORDS, "other words entirely"),
        ("made by somebody else", "made by somebody else", "made by somebody else"),
        ("not the words she has", WORDS, WORDS),
    ] {
        let answer = change(old, new, again).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
    }
    let changed = change("made by somebody else", WORDS, WORDS).await;
    assert_eq!(changed.header("location"), "/account?done=password", "{changed:?}");
    assert!(
        world.get(&ada, "/cases").await.header("location").starts_with("/login"),
        "the old session is over"
    );
    assert!(world.comes_in("ada", WORDS).await.is_some());
}
