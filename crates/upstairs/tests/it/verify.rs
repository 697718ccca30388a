//! Live checks through the binary, against a name server, a web server and a registry on loopback; and the life of a contact
//! that mail tells of.

use std::net::UdpSocket;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::live::{Server, demo_page};
use crate::pages::{Inside, Pages};
use crate::{complained, said, upstairs};

/// Answers DNS questions (RFC 1035): every domain but `dead` takes mail at `mx.` below it; `dead` does not exist. A server
/// that is `walled` knows no name at all.
fn name_server(dead: &'static str) -> String {
    names(dead, false)
}

fn names(dead: &'static str, walled: bool) -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = socket.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        let mut question = [0_u8; 512];
        while let Ok((length, from)) = socket.recv_from(&mut question) {
            let asked = &question[..length];
            let mut labels = Vec::new();
            let mut pos = 12;
            while asked[pos] != 0 {
                let end = pos + 1 + usize::from(asked[pos]);
                labels.push(String::from_utf8_lossy(&asked[pos + 1..end]).to_lowercase());
                pos = end;
            }
            let is_mx = asked[pos + 2] == 15;
            let name = labels.join(".");
            let is_dead = walled || name.ends_with(dead);
            let is_control = name == "a.root-servers.net" && asked[pos + 2] == 1 && !is_dead;
            let answers = is_mx && !is_dead || is_control;
            let mut answer = asked[..2].to_vec();
            answer.extend([0x81, 0x80 | if is_dead { 3 } else { 0 }, 0, 1, 0, u8::from(answers), 0, 0, 0, 0]);
            answer.extend(&asked[12..pos + 5]);
            if is_control {
                answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1]);
            } else if answers {
                answer.extend([0xc0, 12, 0, 15, 0, 1, 0, 0, 0, 60, 0, 7, 0, 10, 2, b'm', b'x', 0xc0, 12]);
            }
            let _ = socket.send_to(&answer, from);
        }
    });
    at
}

/// A registry that knows one old domain and one of last week.
fn registry() -> Server {
    Server::start(|path| {
        let day = match path {
            "/domain/brightwell-energy.example" => "1999-05-04T00:00:00Z".to_owned(),
            "/domain/brightwell-refunds.example" => {
                let now = jiff::Timestamp::now() - jiff::Span::new().hours(24 * 7);
                now.to_string()
            }
            _ => return ("404 Not Found", "application/json", b"{}".to_vec()),
        };
        let body = format!(r#"{{"events":[{{"eventAction":"registration","eventDate":"{day}"}}]}}"#);
        ("200 OK", "application/rdap+json", body.into_bytes())
    })
}

fn find(home: &Path, site: &Server, name_server: &str, registry: &Server, verify: bool) -> Value {
    let allow = site.host();
    let mut command = upstairs(home);
    command.env("UPSTAIRS_NAME_SERVER", name_server).env("UPSTAIRS_RDAP_URL", registry.url()).args([
        "find",
        &site.url(),
        "--allow-host",
        &allow,
        "--country",
        "GB",
        "--pages",
        "6",
        "--json",
    ]);
    if verify {
        command.arg("--verify");
    }
    let output = command.output().unwrap();
    serde_json::from_str(&said(&output)).unwrap_or_else(|error| panic!("{error}: {}", complained(&output)))
}

fn values<'a>(answer: &'a Value, list: &str) -> Vec<&'a str> {
    answer[list].as_array().unwrap().iter().map(|contact| contact["value"].as_str().unwrap()).collect()
}

#[test]
fn what_is_found_is_checked_live_only_where_the_user_asks_for_it() {
    let (site, registry, home) = (Server::start(demo_page), registry(), tempfile::tempdir().unwrap());
    let names = name_server("nowhere.example");
    let mail = "complaints@brightwell-energy.example";
    let plain = find(home.path(), &site, &names, &registry, false);
    assert!(plain["contacts"].as_array().unwrap().iter().all(|c| c["checks"].as_array().unwrap().is_empty()));
    assert!(registry.paths().is_empty(), "nobody is asked");
    let answer = find(home.path(), &site, &names, &registry, true);
    let contact = answer["contacts"]
        .as_array()
        .unwrap()
        .iter()
        .find(|contact| contact["value"] == mail)
        .unwrap()
        .clone();
    let checks = contact["checks"].as_array().unwrap();
    let of = |what: &str| checks.iter().find(|check| check["what"] == what).cloned().unwrap();
    assert_eq!(of("mail")["verdict"], "works");
    assert!(of("mail")["words"].as_str().unwrap().contains("mx.brightwell-energy.example"), "{checks:?}");
    assert!(of("age")["words"].as_str().unwrap().contains("1999-05-04"), "{checks:?}");
    let mut asked = registry.paths();
    let all = asked.len();
    asked.sort();
    asked.dedup();
    assert_eq!(asked.len(), all, "each domain is asked for once: {asked:?}");
    let number = answer["contacts"].as_array().unwrap().iter().find(|c| c["channel"] == "phone").unwrap();
    assert_eq!(number["checks"][0]["what"], "number");
}

#[test]
fn a_mailbox_that_cannot_work_leaves_the_ladder_and_the_next_best_stands_there() {
    let (site, registry, home) = (Server::start(demo_page), registry(), tempfile::tempdir().unwrap());
    let names = name_server("brightwell-energy.example");
    let answer = find(home.path(), &site, &names, &registry, true);
    let mail = "complaints@brightwell-energy.example";
    assert!(!values(&answer, "contacts").contains(&mail), "{:?}", values(&answer, "contacts"));
    assert!(values(&answer, "dead").contains(&mail), "{:?}", values(&answer, "dead"));
    // The rung has its other ways still.
    let rungs: Vec<&str> =
        answer["steps"].as_array().unwrap().iter().map(|step| step["rung"].as_str().unwrap()).collect();
    assert!(rungs.contains(&"complaints"), "{rungs:?}");
}

fn check(home: &Path, names: &str, registry: &Server, words: &[&str]) -> Output {
    upstairs(home)
        .env("UPSTAIRS_NAME_SERVER", names)
        .env("UPSTAIRS_RDAP_URL", registry.url())
        .arg("check-number")
        .args(words)
        .output()
        .unwrap()
}

#[test]
fn a_name_server_that_knows_nothing_at_all_proves_nothing() {
    let (registry, home) = (registry(), tempfile::tempdir().unwrap());
    let walled = names("nowhere.example", true);
    let words = ["help@brightwell-energy.example", "--company", "Brightwell Energy", "--verify"];
    let told = said(&check(home.path(), &walled, &registry, &words));
    assert!(told.contains("find nothing at all") && !told.contains("there is no domain"), "{told}");
}

#[test]
fn a_value_is_checked_live_and_a_suspect_page_is_not_opened() {
    let (site, registry, home) = (Server::start(demo_page), registry(), tempfile::tempdir().unwrap());
    let names = name_server("nowhere.example");
    let ask = |words: &[&str]| said(&check(home.path(), &names, &registry, words));
    let gone = ask(&["help@nowhere.example", "--company", "Brightwell Energy", "--verify"]);
    assert!(gone.contains("checked now: there is no domain `nowhere.example`"), "{gone}");
    let young = ask(&["a@brightwell-refunds.example", "--company", "Brightwell Energy", "--verify"]);
    assert!(young.contains("only 7 days ago"), "{young}");
    let number = ask(&["+44 20 7946 0999", "--company", "Brightwell Energy", "--verify", "--json"]);
    assert!(number.contains(r#""what":"number""#), "{number}");
    // Whoever sets a trap may see who comes to look.
    let trap = format!("http://brightwell-energy.example@{}/contact", site.host());
    let host = site.host();
    let refused = ask(&[&trap, "--company", "Brightwell Energy", "--verify", "--allow-host", &host]);
    assert!(!refused.contains("it answers") && site.paths().is_empty(), "{refused} {:?}", site.paths());
    let plain = ask(&["help@nowhere.example", "--company", "Brightwell Energy"]);
    assert!(!plain.contains("checked now"), "{plain}");
}

/// Runs `upstairs` with the cases of a folder, expects that it went well, and returns what it printed.
fn done(home: &Path, words: &[&str]) -> String {
    let output = upstairs(home).env("UPSTAIRS_DATA", home.join("data")).args(words).output().unwrap();
    assert!(output.status.success(), "{words:?}: {}{}", said(&output), complained(&output));
    said(&output)
}

#[test]
fn mail_that_came_back_takes_the_address_off_the_ladder_of_the_case_and_of_the_directory() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path();
    let company = home.join("company.jsonl");
    let contact = |value: &str| {
        format!(
            r#"{{"channel":"email","value":"{value}","rung":"complaints","url":"https://marlow-fibre.example/complaints","quote":"write to {value}","kind":"own_site","site":"marlow-fibre.example","place":"main","seen":"2026-01-10T00:00:00Z"}}"#
        )
    };
    std::fs::write(
        &company,
        format!(
            r#"{{"name":"Marlow Fibre","country":"GB","domains":["marlow-fibre.example"],"contacts":[{},{}]}}"#,
            contact("complaints@marlow-fibre.example"),
            contact("resolutions@marlow-fibre.example")
        ),
    )
    .unwrap();
    done(home, &["directory", "import", &company.display().to_string()]);
    let case = home.join("case.json");
    std::fs::write(
        &case,
        r#"{"company":"Marlow Fibre","country":"GB","sector":"telecom","problem":{"what":"They bill a line that was never connected","topic":"billing","since":"2026-02-01"},"wanted":{"what":"refund"}}"#,
    )
    .unwrap();
    let opened = done(home, &["case", "new", "--from", &case.display().to_string()]);
    let id = opened.lines().next().unwrap().strip_prefix("opened ").unwrap().to_owned();
    let found = || -> Value {
        serde_json::from_str(&done(home, &["find", "Marlow Fibre", "--offline", "--json"])).unwrap()
    };
    let first = values(&found(), "contacts").first().map(|value| (*value).to_owned()).unwrap();
    let other = if first.starts_with("complaints") { "resolutions" } else { "complaints" };
    let report = home.join("back.eml");
    std::fs::write(
        &report,
        format!("From: Mail Delivery System <MAILER-DAEMON@mx.hill.example>\nTo: ana@hill.example\nDate: Tue, 3 Mar 2026 10:00:00 +0000\nSubject: Undelivered Mail Returned to Sender\nMessage-ID: <r1@mx.hill.example>\nMIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: text/plain\n\nYour mail could not be delivered.\n\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.hill.example\n\nFinal-Recipient: rfc822; {first}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such user\n\n--b--\n"),
    )
    .unwrap();
    let report = report.display().to_string();
    let looked = done(home, &["case", "import", &id, &report, "--dry-run"]);
    assert!(looked.contains("of no use any more") && looked.contains(other), "{looked}");
    let kept = done(home, &["case", "import", &id, &report, "--yes"]);
    assert!(kept.contains("left the ladder of the case") && kept.contains(other), "{kept}");
    assert!(done(home, &["case", "timeline", &id]).contains("550 5.1.1 no such user"));
    let after = found();
    assert!(values(&after, "dead").contains(&first.as_str()), "{after}");
    assert!(!values(&after, "contacts").contains(&first.as_str()));
    // A report of a stranger about an address that this case never used is no matter of it.
    let strange = home.join("strange.eml");
    let text = std::fs::read_to_string(home.join("back.eml")).unwrap();
    std::fs::write(&strange, text.replace(&first, "someone@elsewhere.example").replace("r1@", "r2@"))
        .unwrap();
    let looked = done(home, &["case", "import", &id, &strange.display().to_string(), "--dry-run", "--all"]);
    assert!(!looked.contains("of no use any more"), "{looked}");
}

#[test]
fn the_pages_and_the_api_check_live_where_a_button_or_a_field_asks_for_it_and_never_else() {
    let (site, registry, home) = (Server::start(demo_page), registry(), tempfile::tempdir().unwrap());
    let names = name_server("nowhere.example");
    let settings = [("UPSTAIRS_NAME_SERVER", names.as_str()), ("UPSTAIRS_RDAP_URL", &registry.url())];
    let pages = Pages::start_with(home.path(), &["--allow-host", &site.host()], &settings);
    let inside = Inside::new(&pages);
    let token = std::fs::read_to_string(home.path().join("data/api-token")).unwrap();
    let bearer = format!("Bearer {}", token.trim());
    let send = |path: &str, body: Value| {
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let answer = pages.ask("POST", path, &headers, body.to_string().as_bytes());
        let body = answer.body.find('{').map(|at| answer.body[at..].to_owned()).unwrap_or_default();
        (answer.status, serde_json::from_str::<Value>(&body).unwrap_or_default())
    };
    let mail = "complaints@brightwell-energy.example";
    let number = |verify: bool| {
        send(
            "/api/v1/check-number",
            serde_json::json!({"value": mail, "company": "Brightwell Energy", "verify": verify}),
        )
    };
    assert!(number(false).1.get("checks").is_none() && registry.paths().is_empty(), "nobody is asked");
    let (status, answer) = number(true);
    assert_eq!((status, &answer["checks"][0]["verdict"]), (200, &"works".into()), "{answer}");
    assert!(answer["checks"][1]["words"].as_str().unwrap().contains("1999-05-04"), "{answer}");
    let asked = registry.paths().len();
    let plain = inside.get(&format!("/directory?number={mail}&live=1")).body;
    assert!(plain.contains("Check it live") && registry.paths().len() == asked, "a link asks nobody");
    let live = inside.post("/directory", &[("number", mail), ("company", "Brightwell Energy")]).body;
    assert!(
        live.contains("data-verdict=\"works\"") && live.contains("mx.brightwell-energy.example"),
        "{live}"
    );
    // A search: by the button of its page, and by the field of the API.
    let begun = inside.post("/find", &[("company", &site.url()), ("country", "GB"), ("verify", "1")]);
    let path = begun.header("location").unwrap().to_owned();
    let mut page = String::new();
    for _ in 0..100 {
        page = inside.get(&path).body;
        if page.contains("id=\"live\"") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    assert!(page.contains("Checked live just now") && page.contains("data-verdict=\"works\""), "{page}");
    let (status, problem) =
        send("/api/v1/finds", serde_json::json!({"company": "x", "verify": true, "offline": true}));
    assert_eq!(status, 422, "{problem}");
    let (status, begun) = send("/api/v1/finds", serde_json::json!({"company": site.url(), "verify": true}));
    assert_eq!(status, 202, "{begun}");
}
