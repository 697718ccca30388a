//! Outside sources through the binary: off until switched on, shown before they are used, asked at once, told apart.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use serde_json::{Value, json};

use crate::live::{Server, demo_page};
use crate::{complained, said, upstairs};

const JSON: &str = "application/json";

fn answer(output: &Output) -> Value {
    serde_json::from_str(&said(output))
        .unwrap_or_else(|error| panic!("{error}: {} {}", said(output), complained(output)))
}

/// Serves JSON for every path.
fn serving(value: impl Fn(&str) -> Value + Send + 'static) -> Server {
    Server::start(move |path| ("200 OK", JSON, value(path).to_string().into_bytes()))
}

/// Returns what one source came to.
fn report<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let reports = answer["sources"].as_array().unwrap();
    reports.iter().find(|report| report["id"] == id).unwrap_or_else(|| panic!("no `{id}` in {reports:?}"))
}

/// Brings a made-up company into the directory of a home.
fn import(home: &Path, company: &Value) {
    let file = home.join("company.jsonl");
    std::fs::write(&file, company.to_string()).unwrap();
    let output = upstairs(home).args(["directory", "import", &file.display().to_string()]).output().unwrap();
    assert!(output.status.success(), "{}", complained(&output));
}

#[test]
fn nothing_is_on_on_a_fresh_machine_and_nobody_is_asked() {
    let home = tempfile::tempdir().unwrap();
    let output = upstairs(home.path()).args(["sources", "--json"]).output().unwrap();
    let listed = answer(&output);
    assert!(listed["sources"].as_array().unwrap().iter().all(|source| source["on"] == false));
    for source in listed["sources"].as_array().unwrap() {
        assert!(!source["sends"].as_str().unwrap().is_empty(), "{source}");
    }
    // The page about them names each.
    let page = std::fs::read_to_string(crate::root().join("docs/sources.md")).unwrap();
    for source in listed["sources"].as_array().unwrap() {
        assert!(page.contains(&format!("`{}`", source["id"].as_str().unwrap())), "{source}");
    }
    let output = upstairs(home.path()).args(["find", "Nobody Of That Name"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("--sources keyless"), "{}", said(&output));
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "nothing is written for it");
}

#[test]
fn a_key_is_taken_from_standard_input_and_shown_nowhere() {
    let home = tempfile::tempdir().unwrap();
    let mut child = upstairs(home.path())
        .args(["sources", "enable", "brave", "--key-file", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"s3cret-key\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", complained(&output));
    let file = home.path().join(".config/upstairs/sources.toml");
    assert!(std::fs::read_to_string(&file).unwrap().contains("s3cret-key"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // A server that fails sees the key; what the user and the log see does not hold it.
    let server = Server::start(|_| ("500 Oops", JSON, b"{}".to_vec()));
    let run = |words: &[&str]| {
        upstairs(home.path())
            .args(words)
            .env("UPSTAIRS_LOG", "trace")
            .env("UPSTAIRS_BRAVE_URL", server.url())
            .output()
            .unwrap()
    };
    for words in [
        &["sources"][..],
        &["sources", "--json", "--all"],
        &["sources", "test", "brave", "--json"],
        &["find", "Nobody Of That Name", "--json"],
        &["sources", "disable", "brave"],
    ] {
        let output = run(words);
        let all = said(&output) + &complained(&output);
        assert!(!all.contains("s3cret-key"), "{words:?}: {all}");
    }
    let listed = answer(&run(&["sources", "--json"]));
    let brave =
        listed["sources"].as_array().unwrap().iter().find(|source| source["id"] == "brave").unwrap().clone();
    assert_eq!((&brave["on"], &brave["key_set"]), (&json!(false), &json!(true)));
}

#[test]
fn wrong_names_are_wrong_usage_and_linked_sites_say_why() {
    let home = tempfile::tempdir().unwrap();
    for (words, wanted) in [
        (&["sources", "enable", "nonsense"][..], "no source `nonsense`"),
        (&["sources", "enable", "bbb"], "its terms do not allow programs"),
        (&["sources", "enable", "searxng", "--url", "not an address"], "not an http or https address"),
        (&["find", "Acme", "--sources", "nonsense"], "no source `nonsense`"),
    ] {
        let output = upstairs(home.path()).args(words).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", complained(&output));
        assert!(complained(&output).contains(wanted), "{words:?}: {}", complained(&output));
    }
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0);
}

/// A Wikidata that knows one company whose site is `site`, and a city of the name.
fn wikidata(path: &str, site: &str, names: &[&str]) -> Value {
    if path.contains("wbsearchentities") {
        let ids: Vec<Value> = (0..names.len()).map(|n| json!({"id": format!("Q90000{n}")})).collect();
        return json!({"search": ids});
    }
    let claim = |value: Value| json!([{"mainsnak": {"datavalue": {"value": value}}, "rank": "normal"}]);
    let mut entities = serde_json::Map::new();
    for (n, name) in names.iter().enumerate() {
        let id = format!("Q90000{n}");
        let country = if n == 0 { "Q145" } else { "Q30" };
        let site = if n == 0 { site.to_owned() } else { format!("https://other{n}.example/") };
        entities.insert(id.clone(), json!({"id": id, "labels": {"en": {"value": name}}, "claims": {
            "P31": claim(json!({"id": "Q4830453"})), "P17": claim(json!({"id": country})), "P856": claim(json!(site)),
            "P1329": claim(json!("+44 20 7946 0999"))}}));
    }
    json!({"entities": entities})
}

/// Runs `find` with some sources at servers.
fn find(home: &Path, words: &[&str], sources: &[(&str, &Server)]) -> Output {
    let ids: Vec<&str> = sources.iter().map(|(id, _)| *id).collect();
    let mut command: Command = upstairs(home);
    command.arg("find").args(words).args(["--sources", &ids.join(",")]);
    for (id, server) in sources {
        command.env(format!("UPSTAIRS_{}_URL", id.to_uppercase().replace('-', "_")), server.url());
        command.env(format!("UPSTAIRS_{}_KEY", id.to_uppercase().replace('-', "_")), "a:b");
    }
    command.output().unwrap()
}

#[test]
fn a_name_that_nobody_knows_is_resolved_its_site_read_and_registers_joined() {
    let site = Server::start(demo_page);
    let start = site.url();
    let known = serving(move |path| wikidata(path, &start, &["Brightwell Energy"]));
    let register = serving(|path| {
        if path.starts_with("/search/companies") {
            return json!({"items": [
                {"title": "BRIGHTWELL ENERGY HOLDINGS PLC", "company_number": "00000009", "company_status": "active"},
                {"title": "BRIGHTWELL ENERGY LIMITED", "company_number": "00000007", "company_status": "active"}]});
        }
        if path.contains("/officers") {
            return json!({"items": [{"name": "LAMP, Ann", "officer_role": "director", "appointed_on": "2020-01-02"}], "total_results": 1});
        }
        json!({"company_name": "BRIGHTWELL ENERGY LIMITED", "company_status": "active",
            "registered_office_address": {"address_line_1": "77 Register Road", "locality": "Leeds", "postal_code": "LS1 1AA"}})
    });
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", site.port);
    let words = ["Brightwell Energy", "--country", "GB", "--allow-host", &allow, "--pages", "3", "--json"];
    let output = find(home.path(), &words, &[("wikidata", &known), ("companies-house", &register)]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    // What leaves the machine is told before the first use.
    for wanted in ["first use of Wikidata: it is sent the company's name", "first use of Companies House"] {
        assert!(complained(&output).contains(wanted), "{}", complained(&output));
    }
    let answer = answer(&output);
    let contacts = answer["contacts"].as_array().unwrap();
    let of = |value: &str| contacts.iter().find(|contact| contact["value"].as_str().unwrap().contains(value));
    assert!(of("complaints@brightwell-energy.example").is_some(), "{contacts:?}");
    let office = of("77 Register Road").unwrap();
    assert_eq!(
        (office["rung"].as_str(), office["witnesses"][0]["kind"].as_str()),
        (Some("legal"), Some("register"))
    );
    // An open wiki alone promotes nothing.
    assert!(of("+442079460999").is_none());
    assert!(answer["leads"].to_string().contains("+442079460999"), "{}", answer["leads"]);
    assert_eq!(answer["company"]["officers"][0]["name"], "Ann Lamp");
    let house = report(&answer, "companies-house");
    assert_eq!(
        (&house["outcome"], &house["contacts"], &house["alone"]),
        (&json!("answered"), &json!(1), &json!(1))
    );
    assert!(house["left_out"].to_string().contains("a holding"), "{house}");
    // The second time nothing is new, and what was found is in the user's directory.
    let again = find(home.path(), &["Brightwell Energy", "--json"], &[("wikidata", &known)]);
    assert!(!complained(&again).contains("first use"), "{}", complained(&again));
}

#[test]
fn a_source_passed_over_for_the_country_is_asked_once_it_is_known() {
    let register = || {
        serving(|path| {
            if path.starts_with("/search/companies") {
                return json!({"items": [
                    {"title": "BRIGHTWELL ENERGY LIMITED", "company_number": "00000007", "company_status": "active"}]});
            }
            if path.contains("/officers") {
                return json!({"items": []});
            }
            json!({"company_name": "BRIGHTWELL ENERGY LIMITED", "company_status": "active",
                "registered_office_address": {"address_line_1": "77 Register Road", "locality": "Leeds", "postal_code": "LS1 1AA"}})
        })
    };
    let site = Server::start(demo_page);
    let start = site.url();
    let allow = site.host();
    // Looked for from America, the company turns out to be British: its register was passed over at first.
    let known = serving(move |path| wikidata(path, &start, &["Brightwell Energy"]));
    let house = register();
    let home = tempfile::tempdir().unwrap();
    let words = ["Brightwell Energy", "--country", "US", "--allow-host", &allow, "--pages", "2", "--json"];
    let found = answer(&find(home.path(), &words, &[("wikidata", &known), ("companies-house", &house)]));
    assert_eq!(report(&found, "companies-house")["outcome"], "answered", "{}", found["sources"]);
    assert!(!house.paths().is_empty());
    let office = found["contacts"].to_string();
    assert!(office.contains("77 Register Road"), "{office}");
    // Where nobody tells the country, it stays passed over, and that is said.
    let house = register();
    let home = tempfile::tempdir().unwrap();
    let words = ["Nobody Of That Name", "--country", "US", "--json"];
    let found = answer(&find(home.path(), &words, &[("companies-house", &house)]));
    assert_eq!(report(&found, "companies-house")["outcome"], "not_asked", "{}", found["sources"]);
    assert!(house.paths().is_empty(), "{:?}", house.paths());
}

#[test]
fn a_number_of_a_register_names_the_company_and_a_site_that_is_learnt_later_is_read() {
    let site = Server::start(demo_page);
    let start = site.url();
    let known = serving(move |path| wikidata(path, &start, &["Brightwell Energy"]));
    let register = serving(|path| {
        if path.contains("/officers") {
            return json!({"items": []});
        }
        json!({"company_name": "BRIGHTWELL ENERGY LIMITED", "company_status": "active"})
    });
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", site.port);
    let words = ["companies-house:00000007", "--allow-host", &allow, "--pages", "2", "--json"];
    let found = answer(&find(home.path(), &words, &[("wikidata", &known), ("companies-house", &register)]));
    assert_eq!(register.paths()[0], "/company/00000007");
    assert_eq!(found["company"]["numbers"][0], "Companies House 00000007");
    assert_eq!(found["documents"].as_array().unwrap().len(), 2, "{}", found["stopped"]);
}

#[test]
fn a_site_that_is_named_is_read_and_the_sources_are_asked_by_what_it_says() {
    let site = Server::start(demo_page);
    let register = serving(|path| {
        if path.contains("/officers") {
            return json!({"items": []});
        }
        if path.starts_with("/search/companies") {
            return json!({"items": []});
        }
        json!({"company_name": "ANOTHER NAME LIMITED", "company_status": "active"})
    });
    let home = tempfile::tempdir().unwrap();
    let allow = format!("127.0.0.1:{}", site.port);
    let url = site.url();
    let words = [url.as_str(), "--country", "GB", "--allow-host", &allow, "--pages", "3", "--json"];
    let found = answer(&find(home.path(), &words, &[("companies-house", &register)]));
    let name = found["company"]["name"].as_str().unwrap();
    let asked = register.paths();
    let by_name = asked.iter().any(|path| path.starts_with("/search/companies?q=Brightwell"));
    let by_number = asked.iter().any(|path| path.starts_with("/company/"));
    assert!(by_name || by_number, "{name}: {asked:?}");
}

#[test]
fn namesakes_are_listed_with_what_to_type_and_none_is_taken() {
    let known = serving(|path| wikidata(path, "https://acme.example/", &["Acme", "Acme"]));
    let home = tempfile::tempdir().unwrap();
    let output = find(home.path(), &["Acme", "--json"], &[("wikidata", &known)]);
    assert_eq!(output.status.code(), Some(1));
    let answer = answer(&output);
    let asks: Vec<&str> =
        answer["candidates"].as_array().unwrap().iter().filter_map(|one| one["ask"].as_str()).collect();
    assert!(asks.starts_with(&["acme.example", "other1.example"]), "{asks:?}");
    assert!(answer["contacts"].as_array().unwrap().is_empty());
}

#[test]
fn a_refusing_source_is_one_line_with_its_reason_and_the_others_go_on() {
    let home = tempfile::tempdir().unwrap();
    import(
        home.path(),
        &json!({"name": "Lamp Shop", "domains": ["lampshop.example"], "country": "GB", "contacts": []}),
    );
    let refusing = Server::start(|_| ("403 Forbidden", "text/html", b"<html>blocked</html>".to_vec()));
    let checking = Server::start(|_| {
        ("200 OK", "text/html", b"<html><title>Verifying your request</title></html>".to_vec())
    });
    let empty = serving(|_| json!({"data": []}));
    let sources = [("nominatim", &refusing), ("searxng", &checking), ("gleif", &empty)];
    let output = find(home.path(), &["Lamp Shop", "--json"], &sources);
    let found = answer(&output);
    let outcomes = ["nominatim", "searxng", "gleif"]
        .map(|id| report(&found, id)["outcome"].as_str().unwrap().to_owned());
    assert_eq!(outcomes, ["refused", "refused", "nothing"]);
    let text = said(&find(home.path(), &["Lamp Shop"], &sources));
    assert!(text.contains("refused: it keeps this program out (status 403)"), "{text}");
    // What they last answered is in the list.
    let listed = answer(&upstairs(home.path()).args(["sources", "--json"]).output().unwrap());
    let last = listed["sources"]
        .as_array()
        .unwrap()
        .iter()
        .find(|source| source["id"] == "nominatim")
        .unwrap()["last"]
        .clone();
    assert_eq!(last["outcome"], "refused");
}

#[test]
fn a_source_that_asks_to_wait_is_left_in_peace_by_the_next_run() {
    let home = tempfile::tempdir().unwrap();
    import(
        home.path(),
        &json!({"name": "Lamp Shop", "domains": ["lampshop.example"], "country": "GB", "contacts": []}),
    );
    let busy = Server::start(|_| ("429 Too Many", JSON, b"{}".to_vec()));
    for _ in 0..2 {
        let found = answer(&find(home.path(), &["Lamp Shop", "--json"], &[("gleif", &busy)]));
        assert_eq!(report(&found, "gleif")["outcome"], "busy");
    }
    assert_eq!(busy.paths().len(), 1, "it was asked again: {:?}", busy.paths());
}

/// Lets nobody through before so many have come; gives up after a while.
struct Gate {
    wanted: usize,
    come: Mutex<usize>,
    all: Condvar,
}

impl Gate {
    /// Returns whether all came while it waited.
    fn pass(&self) -> bool {
        let mut come = self.come.lock().unwrap();
        *come += 1;
        self.all.notify_all();
        let waited = self.all.wait_timeout_while(come, Duration::from_secs(9), |come| *come < self.wanted);
        !waited.unwrap().1.timed_out()
    }
}

#[test]
fn eight_sources_are_asked_at_once_and_one_that_hangs_costs_its_own_time_only() {
    let home = tempfile::tempdir().unwrap();
    import(
        home.path(),
        &json!({"name": "Lamp Shop", "domains": ["lampshop.example"], "country": "GB", "contacts": []}),
    );
    let ids = ["wikidata", "gleif", "companies-house", "fca", "rdap", "nominatim", "bluesky", "trustpilot"];
    // Each of eight answers only when all eight were asked: one after the other, none would ever answer.
    let gate = Arc::new(Gate { wanted: ids.len(), come: Mutex::new(0), all: Condvar::new() });
    let servers: Vec<(&str, Server)> = ids
        .iter()
        .map(|id| {
            let gate = Arc::clone(&gate);
            let server = Server::start(move |_| {
                if gate.pass() {
                    ("404 Not Found", JSON, b"{}".to_vec())
                } else {
                    ("500 Alone", JSON, b"{}".to_vec())
                }
            });
            (*id, server)
        })
        .collect();
    let hanging = Server::start(|_| {
        std::thread::sleep(Duration::from_secs(20));
        ("200 OK", JSON, b"{}".to_vec())
    });
    let mut command = upstairs(home.path());
    command.args(["find", "Lamp Shop", "--json", "--sources", &format!("{},kagi", ids.join(","))]);
    for (id, server) in servers.iter().map(|(id, server)| (*id, server)).chain([("kagi", &hanging)]) {
        let name = id.to_uppercase().replace('-', "_");
        command.env(format!("UPSTAIRS_{name}_URL"), server.url()).env(format!("UPSTAIRS_{name}_KEY"), "a:b");
    }
    let found = answer(&command.env("UPSTAIRS_KAGI_SECONDS", "1").output().unwrap());
    for id in ids {
        assert_eq!(report(&found, id)["outcome"], "nothing", "{}", report(&found, id));
    }
    assert_eq!(report(&found, "kagi")["outcome"], "late", "{}", report(&found, "kagi"));
}

#[test]
fn results_of_a_search_are_read_politely_and_strangers_promote_nothing() {
    let home = tempfile::tempdir().unwrap();
    import(
        home.path(),
        &json!({"name": "Lamp Shop", "domains": ["lampshop.example"], "country": "GB", "contacts": []}),
    );
    let engine = serving(|_| {
        json!({"results": [
            {"url": "https://www.reddit.com/r/x/1", "title": "Lamp Shop complaint", "content": "I wrote to help@lampshop-support.example and they called"},
            {"url": "https://www.quora.com/x", "title": "Lamp Shop number", "content": "Call Lamp Shop ☎ 020 7946 0111 ☎ 020 7946 0111 ☎ 020 7946 0111 now"}]})
    });
    let output = find(home.path(), &["Lamp Shop", "--country", "GB", "--json"], &[("searxng", &engine)]);
    let found = answer(&output);
    assert!(found["contacts"].as_array().unwrap().is_empty(), "{}", found["contacts"]);
    assert!(
        report(&found, "searxng")["words"].as_str().unwrap().contains("2 taken as hearsay")
            || report(&found, "searxng")["words"].as_str().unwrap().contains("hearsay"),
        "{}",
        report(&found, "searxng")
    );
    let queries = engine.paths();
    assert!(
        queries[0].contains("complaints+procedure") || queries[0].contains("complaints%20procedure"),
        "{queries:?}"
    );
}
