//! What stands between accounts, proved on every route that the router knows: whoever may not reach a case reaches nothing
//! of it by any page, any form and any call of the API, in a folder and on a real `PostgreSQL` server.
//!
//! The routes are taken from the router itself, so that a route that is added later is tried as well.

#[path = "../../store/tests/stories/server.rs"]
#[expect(dead_code, clippy::print_stdout, reason = "the tests of the store use the rest")]
mod postgres;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use desk::accounts::{NewAccount, Reception, Role};
use desk::case::{Address, Connections};
use desk::find::Live;
use futures_util::StreamExt as _;
use jiff::Timestamp;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::app::App;
use crate::hall::{Hall, Peer, Rates};
use crate::{Config, routes, secret};

const HOST: &str = "advice.example";
const WORDS: &str = "harbour violin muddy tuesday";
/// Words that stand in the case of Ada and nowhere else.
const SECRETS: [&str; 4] = ["violet teapot", "Teasel", "marmalade receipt", "VT-40417"];

/// Everybody: two organisations, three roles.
const EVERYBODY: [(&str, &str, Role); 7] = [
    ("ada", "north", Role::Adviser),
    ("ben", "north", Role::Adviser),
    ("sue", "north", Role::Supervisor),
    ("rob", "north", Role::ReadOnly),
    ("eve", "south", Role::Adviser),
    ("sam", "south", Role::Supervisor),
    ("ron", "south", Role::ReadOnly),
];

/// What is left open to whoever is nobody.
const OPEN: [&str; 4] = ["/alive", "/api/v1/openapi.json", "/assets/{name}", "/login"];

/// What tries a password: after some failures the address has to wait.
const TRIES: [&str; 2] = ["/account/password", "/account/passkeys/ask"];

/// An answer.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    head: HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.head.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Returns it as a failing test shows it.
    fn shown(&self) -> String {
        let body: String = self.body.chars().take(300).collect();
        format!("{} {:?} to `{}`: {body}", self.status, self.tells(), self.header("location"))
    }

    /// Returns whether anything of Ada's case stands in it.
    fn tells(&self) -> Option<&'static str> {
        let head = format!("{:?}", self.head);
        SECRETS.into_iter().find(|secret| self.body.contains(secret) || head.contains(secret))
    }
}

/// Somebody who asks: a cookie, the token of the forms, a token for the API.
#[derive(Clone, Debug, Default)]
struct Asker {
    cookie: String,
    form: String,
    program: String,
}

/// A server with everybody in it, and what Ada left there.
struct World {
    router: Router,
    /// Every route: its path and its methods.
    routes: Vec<(String, Vec<Method>)>,
    app: Arc<App>,
    askers: BTreeMap<&'static str, Asker>,
    case: String,
    begun: String,
    search: String,
    data: tempfile::TempDir,
}

/// Reads the routes from the router: what it prints of itself names each path and which methods have a handler.
fn routes_of(router: &Router) -> Vec<(String, Vec<Method>)> {
    let text = format!("{router:?}");
    let main = text.split("fallback_router").next().unwrap();
    let (handlers, paths) = main.split_once("paths: {").unwrap();
    let mut methods: BTreeMap<&str, Vec<Method>> = BTreeMap::new();
    for piece in handlers.split("RouteId(").skip(1) {
        let (id, rest) = piece.split_once(')').unwrap();
        let Some((_, rest)) = rest.split_once("MethodRouter {") else { continue };
        let has = |name: &str| {
            let (_, handler) = rest.split_once(&format!("{name}: ")).unwrap();
            !handler.starts_with("None")
        };
        let all = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
        methods.insert(id, all.into_iter().filter(|method| has(&method.as_str().to_lowercase())).collect());
    }
    let mut routes: Vec<(String, Vec<Method>)> = Vec::new();
    for piece in paths.split("RouteId(").skip(1) {
        let (id, rest) = piece.split_once("): \"").unwrap();
        let path = rest.split('"').next().unwrap();
        routes.push((path.to_owned(), methods.get(id).cloned().unwrap_or_default()));
    }
    routes.sort_by(|a, b| a.0.cmp(&b.0));
    routes.retain(|(path, _)| !path.contains("__private"));
    routes
}

impl World {
    async fn new(server: Option<Address>) -> Self {
        let data = tempfile::tempdir().unwrap();
        let reception = Reception::open(data.path(), server.as_ref()).await.unwrap();
        for (name, organisation, role) in EVERYBODY {
            let new = NewAccount {
                name: name.into(),
                organisation: organisation.into(),
                role,
                password: WORDS.into(),
                provisional: false,
            };
            reception.add(new, Timestamp::now()).await.unwrap();
        }
        let config = Config {
            data: data.path().to_owned(),
            server,
            passphrase: desk::case::Passphrase::default(),
            atlas: None,
            templates: None,
            live: Live::default(),
            port: 0,
        };
        let hall = Hall {
            reception,
            hosts: vec![HOST.to_owned()],
            secure: true,
            proxied: false,
            rates: Rates::default(),
            connections: Connections::default(),
        };
        let app = App::new(config, 443, secret::random().unwrap(), Some(hall)).unwrap();
        let router = routes::all(Arc::clone(&app));
        let routes = routes_of(&router);
        let mut world = Self {
            router,
            routes,
            app,
            askers: BTreeMap::new(),
            case: String::new(),
            begun: String::new(),
            search: String::new(),
            data,
        };
        for (name, ..) in EVERYBODY {
            let asker = world.comes_in(name, WORDS).await.unwrap();
            world.askers.insert(name, asker);
        }
        world.furnish().await;
        world
    }

    /// Comes in by the door, as a browser does, and makes a token for programs.
    async fn comes_in(&self, name: &str, words: &str) -> Option<Asker> {
        let door = self.ask(Method::GET, "/login", &[], Body::empty()).await;
        let cookie = door.header("set-cookie").split(';').next().unwrap().to_owned();
        let token = door.body.split("name=\"token\" value=\"").nth(1)?.split('"').next()?.to_owned();
        let body = form(&[("token", &token), ("name", name), ("password", words)]);
        let entered = self.ask(Method::POST, "/login", &[("cookie", &cookie), FORM], body.into()).await;
        if entered.status != StatusCode::SEE_OTHER {
            return None;
        }
        let mut set = entered.head.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let set = set.find(|value| value.contains("-session")).unwrap();
        assert!(
            set.starts_with("__Host-upstairs-session=")
                && ["HttpOnly", "SameSite=Strict", "Secure", "Path=/"].iter().all(|word| set.contains(word)),
            "{set}"
        );
        let session = set.split(['=', ';']).nth(1).unwrap();
        let mut asker = Asker {
            cookie: format!("__Host-upstairs-session={session}"),
            form: secret::derive(session, "form"),
            program: String::new(),
        };
        let made = self.send(&asker, "/account/tokens", &[("label", "tests"), ("days", "1")]).await;
        let (_, made) =
            made.body.split_once("id=\"token-made\">").unwrap_or_else(|| panic!("{name}: {made:?}"));
        asker.program = made.split('<').next().unwrap().to_owned();
        Some(asker)
    }

    /// Leaves what Ada has: a case with a file and a draft, a case that was begun, a search.
    async fn furnish(&mut self) {
        let ada = self.askers["ada"].clone();
        let auth = format!("Bearer {}", ada.program);
        let case = json!({"company": "Teasel Stores", "country": "GB", "as": "consumer",
            "problem": {"what": "The violet teapot came broken"}, "references": ["VT-40417"]});
        let body = json!({ "case": case }).to_string();
        let opened =
            self.ask(Method::POST, "/api/v1/cases", &[("authorization", &auth), JSON], body.into()).await;
        assert_eq!(opened.status, StatusCode::CREATED, "{opened:?}");
        let id = serde_json::from_str::<Value>(&opened.body).unwrap()["id"].as_str().unwrap().to_owned();
        let attached = self.upload(&ada, &format!("/cases/{id}/attach"), b"the marmalade receipt").await;
        assert_eq!(attached.status, StatusCode::SEE_OTHER, "{attached:?}");
        let draft = [("as", "email"), ("text", "About the violet teapot."), ("do", "save")];
        assert_eq!(self.send(&ada, &format!("/cases/{id}/write"), &draft).await.status, StatusCode::OK);
        let begun = self.send(&ada, "/start", &[]).await;
        self.begun = begun.header("location").split('/').nth(2).unwrap().to_owned();
        let company = [("company", "Teasel Stores")];
        self.send(&ada, &format!("/start/{}/q/company", self.begun), &company).await;
        let asked = json!({"company": "Teasel Stores", "offline": true}).to_string();
        let found =
            self.ask(Method::POST, "/api/v1/finds", &[("authorization", &auth), JSON], asked.into()).await;
        self.search = serde_json::from_str::<Value>(&found.body).unwrap()["id"].as_str().unwrap().to_owned();
        self.case = id;
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Body) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", HOST);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(body).unwrap();
        request.extensions_mut().insert(Peer(IpAddr::from([192, 0, 2, 7])));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let endless = parts.headers.get("content-type").is_some_and(|kind| kind == "text/event-stream");
        let bytes = if endless { Vec::new() } else { to_bytes(body, 16 << 20).await.unwrap().to_vec() };
        let body = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, head: parts.headers, body }
    }

    async fn get(&self, asker: &Asker, path: &str) -> Answer {
        let auth = format!("Bearer {}", asker.program);
        let headers = [("cookie", asker.cookie.as_str()), ("authorization", auth.as_str())];
        self.ask(Method::GET, path, &headers, Body::empty()).await
    }

    async fn send(&self, asker: &Asker, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<(&str, &str)> =
            [("token", asker.form.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.ask(Method::POST, path, &[("cookie", &asker.cookie), FORM], form(&fields).into()).await
    }

    async fn upload(&self, asker: &Asker, path: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n{}\r\n--edge\r\ncontent-disposition: form-data; \
             name=\"files\"; filename=\"a.txt\"\r\ncontent-type: text/plain\r\n\r\n",
            asker.form
        );
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        self.ask(Method::POST, path, &[("cookie", &asker.cookie), MULTIPART], body.into()).await
    }

    /// Fills a route with what is Ada's.
    fn filled(&self, route: &str) -> String {
        let id = match route.trim_start_matches("/api/v1").split('/').nth(1) {
            Some("cases") => &self.case,
            Some("start") => &self.begun,
            _ => &self.search,
        };
        route
            .replace("{id}", id)
            .replace("{number}", "1")
            .replace("{question}", "company")
            .replace("{format}", "json")
            .replace("{name}", "style.css")
    }

    /// Does with a route whatever can be done with it, and returns every answer.
    async fn tried(&self, asker: &Asker, route: &str, method: &Method) -> Vec<Answer> {
        let path = self.filled(route);
        if *method == Method::GET {
            let words = "q=teapot&closed=on&number=1&country=GB&value=1&company=x&as=email";
            return vec![self.get(asker, &path).await, self.get(asker, &format!("{path}?{words}")).await];
        }
        if path.starts_with("/api/") {
            let auth = format!("Bearer {}", asker.program);
            let mut answers = Vec::new();
            for body in API_BODIES {
                let headers = [("authorization", auth.as_str()), JSON];
                answers.push(self.ask(method.clone(), &path, &headers, (*body).into()).await);
            }
            return answers;
        }
        let mut answers = Vec::new();
        for act in ["save", "discard", "sent", "mend"] {
            let fields: Vec<(&str, &str)> =
                FIELDS.iter().copied().chain([("do", act), ("find", &self.search)]).collect();
            answers.push(self.send(asker, &path, &fields).await);
        }
        if answers.iter().any(|answer| answer.status == StatusCode::UNSUPPORTED_MEDIA_TYPE) {
            answers.push(self.upload(asker, &path, b"planted").await);
        }
        answers
    }

    /// Returns how Ada's things are now: her case, her file, her draft, what she began.
    async fn inventory(&self) -> String {
        let ada = &self.askers["ada"];
        let case = self.get(ada, &format!("/api/v1/cases/{}", self.case)).await;
        assert_eq!(case.status, StatusCode::OK);
        let mut view: Value = serde_json::from_str(&case.body).unwrap();
        // What hangs on the day is no part of it.
        view["next"] = Value::Null;
        let file = self.get(ada, &format!("/cases/{}/files/1", self.case)).await.body;
        let draft = self.get(ada, &format!("/cases/{}/write?as=email", self.case)).await.body;
        let draft = draft
            .split("<textarea")
            .nth(1)
            .unwrap_or_default()
            .split('<')
            .next()
            .unwrap_or_default()
            .to_owned();
        let begun = self.get(ada, &format!("/start/{}/review", self.begun)).await.status;
        let count = self.get(ada, "/api/v1/cases?closed=true").await.body;
        format!("{view}\n{file}\n{draft}\n{begun}\n{count}")
    }

    fn asker(&self, name: &str) -> Asker {
        match name {
            "a stranger" => Asker::default(),
            "a guesser" => Asker {
                cookie: format!("__Host-upstairs-session={}", "0".repeat(64)),
                form: secret::derive(&"0".repeat(64), "form"),
                program: "0".repeat(64),
            },
            name => self.askers[name].clone(),
        }
    }
}

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const JSON: (&str, &str) = ("content-type", "application/json");
const MULTIPART: (&str, &str) = ("content-type", "multipart/form-data; boundary=edge");

/// Fields that make as many forms as can be go through.
const FIELDS: &[(&str, &str)] = &[
    ("adviser", "eve"),
    ("amount", "12"),
    ("as", "email"),
    ("because", "planted"),
    ("by", "customer"),
    ("company", "Planted Ltd"),
    ("country", "GB"),
    ("event", "e1"),
    ("kept", "yes"),
    ("kind", "call"),
    ("label", "planted"),
    ("message", "planted"),
    ("name", "planted"),
    ("note", "planted"),
    ("outcome_words", "planted"),
    ("secret", "planted words of a copy"),
    ("sure", "delete"),
    ("tap", "refused"),
    ("text", "planted"),
    ("what", "planted"),
];

/// Bodies that make as many calls as can be go through.
const API_BODIES: &[&str] = &[
    "{\"text\":\"planted\",\"kind\":\"call\",\"by\":\"customer\"}",
    "{\"text\":\"planted\"}",
    "{\"case\":{\"company\":\"Planted Ltd\",\"country\":\"GB\",\"problem\":{\"what\":\"planted\"}}}",
    "{\"company\":\"Planted Ltd\",\"offline\":true}",
    "{}",
];

fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

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
    let page = |answer: Answer, name: &str| (answer.status, answer.body.replace(name, "NAME"));
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

#[tokio::test]
async fn what_was_begun_is_done_and_written_down_though_nobody_waits_for_it() {
    let world = World::new(None).await;
    let ada = world.asker("ada");
    // The end of the form comes when the browser has gone already.
    let (more, rest) = tokio::sync::oneshot::channel::<()>();
    let whole = form(&[("token", &ada.form), ("note", "said and gone")]);
    let (head, tail) = whole.split_at(whole.len() - 3);
    let pieces = [head.to_owned(), tail.to_owned()].map(axum::body::Bytes::from);
    let [head, tail] = pieces;
    let body = Body::from_stream(futures_util::stream::once(async { Ok::<_, std::io::Error>(head) }).chain(
        futures_util::stream::once(async move {
            let _ = rest.await;
            Ok(tail)
        }),
    ));
    let path = format!("/cases/{}/note", world.case);
    let headers = [("cookie", ada.cookie.as_str()), FORM];
    let asking = world.ask(Method::POST, &path, &headers, body);
    let gone = tokio::time::timeout(std::time::Duration::from_millis(300), asking).await;
    assert!(gone.is_err(), "it waits for the rest of the form");
    more.send(()).unwrap();
    for _ in 0..100 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        if last(&world).await.1 == "POST /cases/{id}/note" {
            break;
        }
    }
    let told =
        ("ada".to_owned(), "POST /cases/{id}/note".to_owned(), Some(world.case.clone()), "303".to_owned());
    assert_eq!(last(&world).await, told);
    assert!(world.get(&ada, &format!("/cases/{}", world.case)).await.body.contains("said and gone"));
}
