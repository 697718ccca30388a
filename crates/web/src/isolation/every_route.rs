//! Every route, tried by everybody.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

/// Tries every route as everybody who must not reach Ada's case.
async fn nobody_else_reaches_it(world: &World) {
    let before = world.inventory().await;
    assert!(world.routes.len() > 45, "{:?}", world.routes);
    let mut wrong = Vec::new();
    for name in ["a stranger", "a guesser", "ben", "eve", "sam", "ron"] {
        let asker = world.asker(name);
        let known = !name.starts_with('a');
        for (route, methods) in &world.routes {
            assert!(!methods.is_empty(), "{route}");
            for method in methods {
                // To leave is to leave: whoever is tried goes on.
                if route == "/logout" || (TRIES.contains(&route.as_str()) && known) {
                    continue;
                }
                for answer in world.tried(&asker, route, method).await {
                    let turned = answer.status.is_client_error();
                    let to_door = answer.header("location").starts_with("/login");
                    let open = OPEN.contains(&route.as_str());
                    let right = !answer.status.is_server_error()
                        && answer.tells().is_none()
                        && (known || open || turned || to_door)
                        // To forget what one does not have changes nothing, and says so.
                        && (!known || !route.contains("{id}") || turned || route == "/start/{id}/forget");
                    if !right {
                        wrong.push(format!("{name}: {method} {route}: {}", answer.shown()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(world.inventory().await, before, "what is Ada's is as it was");
}

/// Tries every route as the account that only reads.
async fn who_only_reads_changes_nothing(world: &World) {
    let rob = world.asker("rob");
    let whole = async || world.get(&world.asker("sue"), "/api/v1/cases?closed=true&limit=100").await.body;
    let (before, cases, files) = (world.inventory().await, whole().await, files(world.data.path()));
    let (mut read, mut refused, mut wrong) = (0, 0, Vec::new());
    for (route, methods) in &world.routes {
        for method in methods {
            if route == "/logout" || TRIES.contains(&route.as_str()) {
                continue;
            }
            for answer in world.tried(&rob, route, method).await {
                let of_case = route.contains("/cases/{id}");
                let writes = *method != Method::GET && of_case;
                if *method == Method::GET && of_case {
                    read += usize::from(answer.status == StatusCode::OK && answer.tells().is_some());
                }
                refused += usize::from(writes);
                if answer.status.is_server_error() || (writes && answer.status != StatusCode::FORBIDDEN) {
                    wrong.push(format!("{method} {route}: {}", answer.shown()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(read >= 6 && refused >= 20, "the case is read in {read} ways, and {refused} writes were refused");
    assert_eq!(world.inventory().await, before);
    assert_eq!(whole().await, cases, "no case of the organisation is new or longer");
    assert_eq!(files_changed(&files, &self::files(world.data.path())), Vec::<String>::new());
}

/// Returns the files of a folder with what is in them, but for the accounts (who came in is written down) and the cases
/// (which are compared by what stands in them: the database moves its own pages about).
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut all, mut folders) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(one) = folders.pop() {
        for entry in std::fs::read_dir(one).unwrap().flatten() {
            let name = entry.path().display().to_string();
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if !name.contains("accounts.sqlite") && !name.contains("cases.sqlite") {
                all.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    all
}

fn files_changed(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
    // How its own pages look is the account's to say.
    changed.filter(|name| !name.ends_with("of-rob/pages.toml")).cloned().collect()
}

/// Whoever may reach it does: what is proved above can fail.
async fn the_others_reach_it(world: &World) {
    for name in ["ada", "sue", "rob"] {
        let asker = world.asker(name);
        for path in ["", "/write", "/call", "/verify", "/json"] {
            let answer = world.get(&asker, &format!("/cases/{}{path}", world.case)).await;
            assert_eq!(answer.status, StatusCode::OK, "{name} {path}: {}", answer.body);
        }
        assert!(world.get(&asker, "/cases").await.tells().is_some(), "{name}");
        assert!(
            world.get(&asker, &format!("/api/v1/cases/{}", world.case)).await.tells().is_some(),
            "{name}"
        );
    }
    let note = format!("/cases/{}/note", world.case);
    for name in ["ada", "sue"] {
        let answer = world.send(&world.asker(name), &note, &[("note", "seen")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.body);
    }
    let give = format!("/cases/{}/give", world.case);
    let sue = world.asker("sue");
    assert_eq!(
        world.send(&world.asker("ada"), &give, &[("adviser", "ben")]).await.status,
        StatusCode::FORBIDDEN
    );
    assert_eq!(world.send(&sue, &give, &[("adviser", "ben")]).await.status, StatusCode::SEE_OTHER);
    let page = format!("/cases/{}", world.case);
    assert_eq!(world.get(&world.asker("ada"), &page).await.status, StatusCode::NOT_FOUND);
    assert!(world.get(&world.asker("ben"), &page).await.tells().is_some());
    assert_eq!(world.send(&sue, &give, &[("adviser", "ada")]).await.status, StatusCode::SEE_OTHER);
    let deeds = world.get(&sue, "/account/deeds").await;
    for words in
        ["POST /cases/{id}/give", "POST /cases/{id}/note", "GET /cases/{id}/write", "192.0.2.7", &world.case]
    {
        assert!(deeds.body.contains(words), "{words}");
    }
    assert!(!deeds.body.contains(">eve<"), "what was done elsewhere is not shown");
    assert_eq!(world.get(&world.asker("ada"), "/account/deeds").await.status, StatusCode::FORBIDDEN);
    assert!(!world.get(&world.asker("sam"), "/account/deeds").await.body.contains(">ada<"));
    let proof = world.app.hall.as_ref().unwrap().reception.prove().await.unwrap();
    assert!(proof.intact > 500 && proof.broken.is_none(), "{proof:?}");
}

/// Everything that is sent from elsewhere, or without what our own pages hold, is refused on every route.
async fn what_another_site_sends_is_refused(world: &World) {
    let ada = world.asker("ada");
    let before = world.inventory().await;
    for (route, methods) in &world.routes {
        let path = world.filled(route);
        for method in methods {
            let auth = format!("Bearer {}", ada.program);
            let own = [("cookie", ada.cookie.as_str()), ("authorization", auth.as_str())];
            let with = |more: &[(&'static str, &'static str)]| {
                own.iter().copied().chain(more.iter().copied()).collect::<Vec<_>>()
            };
            for host in [
                "evil.example",
                "advice.example.evil.example",
                "advice.example:444",
                "127.0.0.1",
                "localhost",
                "",
            ] {
                let answer = world.ask(method.clone(), &path, &with(&[("host", host)]), Body::empty()).await;
                assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{host} {method} {route}");
            }
            for origin in
                ["https://evil.example", "http://advice.example", "null", "https://advice.example:444"]
            {
                let body = form(&[("token", &ada.form)]);
                let answer =
                    world.ask(method.clone(), &path, &with(&[("origin", origin), FORM]), body.into()).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{origin} {method} {route}");
            }
            if *method == Method::GET || path.starts_with("/api/") {
                continue;
            }
            let other = &world.asker("eve").form;
            for token in ["", "0", other, &world.app.launch_form] {
                let body = form(&[("token", token), ("note", "x"), ("text", "x")]);
                for kind in [FORM, MULTIPART] {
                    let answer = world.ask(method.clone(), &path, &with(&[kind]), body.clone().into()).await;
                    assert!(answer.status.is_client_error(), "{token} {method} {route}: {}", answer.status);
                }
            }
        }
    }
    assert_eq!(world.inventory().await, before);
}

async fn whole(server: Option<Address>) {
    let world = World::new(server).await;
    nobody_else_reaches_it(&world).await;
    who_only_reads_changes_nothing(&world).await;
    what_another_site_sends_is_refused(&world).await;
    the_others_reach_it(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_route_leads_to_the_cases_of_others_in_a_folder() {
    whole(None).await;
}

#[test]
fn no_route_leads_to_the_cases_of_others_on_a_server() {
    let Some(server) = postgres::Server::start() else { return };
    let address = Address::parse(&server.database("centre")).unwrap();
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(whole(Some(address)));
}
