//! What stands between accounts, proved on every route that the router knows: whoever may not reach a case reaches nothing
//! of it by any page, any form and any call of the API, in a folder and on a real `PostgreSQL` server.
//!
//! Here is the world of these tests: a server, everybody on it, and ways to ask. The routes are taken from the router itself, so that a route that is added later is tried as well.

mod bounds;
mod deeds;
mod door;
mod every_route;
mod saved_pages;

#[path = "../../../store/tests/stories/server.rs"]
#[expect(dead_code, clippy::print_stdout, reason = "the tests of the store use the rest")]
mod postgres;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::Response;
use desk::accounts::{NewAccount, Reception, Role};
use desk::case::{Address, Connections};
use desk::find::Live;
use futures_util::StreamExt as _;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
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

    /// Sends a note to Ada's case of which the end is held back; returns the asking, and what lets the end go.
    fn half_a_note(&self, name: &str, words: &str) -> (JoinHandle<Response>, oneshot::Sender<()>) {
        let asker = self.asker(name);
        let (more, rest) = oneshot::channel::<()>();
        let mut whole = form(&[("token", &asker.form), ("note", words)]).into_bytes();
        let tail = whole.split_off(whole.len() - 3);
        let head = futures_util::stream::once(async { Ok::<_, std::io::Error>(whole) });
        let tail = futures_util::stream::once(async {
            let _ = rest.await;
            Ok(tail)
        });
        let mut request = Request::post(format!("/cases/{}/note", self.case))
            .header("host", HOST)
            .header("cookie", &asker.cookie)
            .header(FORM.0, FORM.1)
            .body(Body::from_stream(head.chain(tail)))
            .unwrap();
        request.extensions_mut().insert(Peer(IpAddr::from([192, 0, 2, 7])));
        let asking = self.router.clone().oneshot(request);
        (tokio::spawn(async { asking.await.unwrap() }), more)
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
            .replace("{witness}", &"0".repeat(20))
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
