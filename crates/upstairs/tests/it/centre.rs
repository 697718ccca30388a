//! The server of an advice centre through the binary: what it refuses, the accounts at its terminal, and a browser's way in
//! by real TLS, in a folder and on a `PostgreSQL` server.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use serde_json::Value;

use super::postgres::Server;
use super::{complained, said, upstairs};

const WORDS: &str = "harbour violin muddy tuesday";

/// The program with a folder of its own, on a database server where one is named.
struct Keeper<'a> {
    home: &'a Path,
    store: Option<String>,
}

impl Keeper<'_> {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = upstairs(self.home);
        command.env("UPSTAIRS_DATA", self.home.join("data")).args(words);
        if let Some(store) = &self.store {
            command.env("UPSTAIRS_STORE", store);
        }
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Runs it, expects that it went well, and returns what it printed.
    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert!(output.status.success(), "{words:?}: {}{}", said(&output), complained(&output));
        said(&output)
    }

    /// Runs it, expects that it was refused, and returns what it said.
    fn refused(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(1), "{words:?}: {}{}", said(&output), complained(&output));
        complained(&output)
    }

    /// Makes an account with the password of these tests.
    fn add(&self, name: &str, organisation: &str, role: &str) {
        let words =
            ["account", "add", name, "--organisation", organisation, "--role", role, "--password-file", "-"];
        let mut child = self.command(&words).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        writeln!(child.stdin.take().unwrap(), "{WORDS}").unwrap();
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn it_does_not_listen_where_it_would_not_be_safe_or_nobody_could_come_in() {
    let home = tempfile::tempdir().unwrap();
    let keeper = Keeper { home: home.path(), store: None };
    let plain = "it needs a certificate (--tls-cert, --tls-key) or a proxy that has one";
    for (words, says) in [
        (&["open", "--listen", "0.0.0.0:0"][..], plain),
        (&["open", "--listen", "192.0.2.7:0", "--host", "advice.example"], plain),
        (&["open", "--listen", "[::]:0", "--host", "advice.example"], plain),
        (&["open", "--listen", "0.0.0.0:0", "--behind-proxy"], "by which name will it be asked for?"),
        (&["open", "--listen", "127.0.0.1:0"], "make the first account with `upstairs account add NAME"),
        (
            &["open", "--listen", "127.0.0.1:0", "--tls-cert", "none.pem", "--tls-key", "none.key"],
            "`none.pem` cannot be used",
        ),
    ] {
        let complaint = keeper.refused(words);
        assert!(complaint.contains(says), "{words:?}: {complaint}");
    }
    for words in [
        &["open", "--host", "advice.example"][..],
        &["open", "--behind-proxy"],
        &["open", "--listen", "127.0.0.1"],
        &["open", "--listen", "127.0.0.1:0", "--tls-cert", "a.pem"],
        &["open", "--listen", "127.0.0.1:0", "--port", "1"],
    ] {
        assert_eq!(keeper.run(words).status.code(), Some(2), "{words:?}");
    }
}

#[test]
fn the_keeper_makes_shuts_and_changes_accounts_at_the_terminal() {
    let home = tempfile::tempdir().unwrap();
    let keeper = Keeper { home: home.path(), store: None };
    assert_eq!(keeper.run(&["account", "list"]).status.code(), Some(1));
    keeper.add("Ada.Byrne", "north", "adviser");
    let made = keeper.done(&[
        "account",
        "add",
        "sue",
        "--organisation",
        "north",
        "--role",
        "supervisor",
        "--generate",
    ]);
    let shown = made.lines().last().unwrap().trim();
    assert!(made.contains("sue can log in: supervisor of north") && shown.len() > 20, "{made}");
    for (words, says) in [
        (
            &["account", "add", "ada.byrne", "--organisation", "south", "--generate"][..],
            "an account `ada.byrne` already",
        ),
        (&["account", "add", "../x", "--organisation", "south", "--generate"], "name `../x`"),
        (&["account", "add", "eve", "--organisation", "a b", "--generate"], "organisation `a b`"),
        (&["account", "add", "eve", "--organisation", "south"], "there is no terminal to ask you on"),
        (&["account", "disable", "nobody"], "there is no account `nobody`"),
        (&["account", "give", "acme-1", "--to", "sue"], "there is no case `acme-1`"),
    ] {
        let complaint = keeper.refused(words);
        assert!(complaint.contains(says), "{words:?}: {complaint}");
    }
    let weak = home.path().join("weak");
    std::fs::write(&weak, "password12345678\n").unwrap();
    let complaint =
        keeper.refused(&["account", "password", "sue", "--password-file", &weak.display().to_string()]);
    assert!(
        complaint.contains("what everybody tries first") && !complaint.contains("12345678"),
        "{complaint}"
    );
    keeper.done(&["account", "role", "ada.byrne", "read-only"]);
    keeper.done(&["account", "disable", "sue"]);
    let listed = keeper.done(&["account", "list", "--json"]);
    let rows: Vec<Value> = listed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&rows[0]["name"], &rows[0]["role"]), (&"ada.byrne".into(), &"read-only".into()));
    assert_eq!((&rows[1]["disabled"], &rows[1]["provisional"]), (&true.into(), &true.into()));
    assert!(!listed.contains("argon2"), "nothing of a password is shown");
    let log = keeper.done(&["account", "log"]);
    assert_eq!(log.matches("keeper").count(), 4, "{log}");
    assert!(keeper.done(&["account", "log", "--verify"]).contains("4 stand as they were written"));
    // A case of a single user is given to an account of the server.
    let file = super::root().join("demo/case.json").display().to_string();
    let opened = keeper.done(&["case", "new", "--from", &file]);
    let id = opened.lines().next().unwrap().strip_prefix("opened ").unwrap();
    assert!(keeper.refused(&["account", "give", id, "--to", "ada.byrne"]).contains("read-only"));
    keeper.done(&["account", "role", "ada.byrne", "adviser"]);
    assert!(keeper.done(&["account", "give", id, "--to", "ada.byrne"]).contains("is with ada.byrne"));
}

/// A server that ends with the test.
struct Centre {
    child: Child,
    /// What it says, which must be heard as long as it runs.
    _said: Lines<BufReader<ChildStdout>>,
    port: u16,
}

impl Centre {
    fn start(keeper: &Keeper<'_>, words: &[&str]) -> Self {
        let mut child = keeper.command(words).stdout(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = said.next().unwrap().unwrap();
        let port = first.split("127.0.0.1:").nth(1).unwrap().split('.').next().unwrap().parse().unwrap();
        Self { child, _said: said, port }
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes an authority and a certificate for a name; `None`, with a word, where the program for it is not here.
fn certificate(folder: &Path, name: &str) -> Option<(PathBuf, PathBuf, PathBuf)> {
    std::fs::write(folder.join("ext"), format!("subjectAltName=DNS:{name}\n")).unwrap();
    for words in [
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=tests -days 2".to_owned(),
        format!("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN={name}"),
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile ext".to_owned(),
    ] {
        let Ok(done) = Command::new("openssl").args(words.split(' ')).current_dir(folder).output() else {
            crate::skipped("openssl is not here, which makes the certificate");
            return None;
        };
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    Some((folder.join("ca.pem"), folder.join("server.pem"), folder.join("server.key")))
}

/// A browser: curl with its cookies, which checks the certificate.
struct Browser<'a> {
    folder: &'a Path,
    authority: PathBuf,
    port: u16,
}

impl Browser<'_> {
    /// Asks for a path and returns the head and the body.
    fn ask(&self, path: &str, more: &[&str]) -> (String, String) {
        let url = format!("https://advice.example:{}{path}", self.port);
        let cookies = self.folder.join("cookies").display().to_string();
        let resolve = format!("advice.example:{}:127.0.0.1", self.port);
        let output = Command::new("curl")
            .args([
                "--silent",
                "--show-error",
                "--include",
                "--noproxy",
                "*",
                "--max-time",
                "30",
                "--resolve",
                &resolve,
            ])
            .args(["--cookie", &cookies, "--cookie-jar", &cookies, "--cacert"])
            .arg(&self.authority)
            .args(more)
            .arg(&url)
            .output()
            .unwrap();
        assert!(output.status.success(), "{url}: {}", complained(&output));
        let text = said(&output);
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.to_owned(), body.to_owned())
    }

    /// Returns the token of the forms of a page.
    fn token(&self, path: &str) -> String {
        let (_, page) = self.ask(path, &[]);
        let token = page.split("name=\"token\" value=\"").nth(1).unwrap_or_else(|| panic!("{page}"));
        token.split('"').next().unwrap().to_owned()
    }

    fn send(&self, path: &str, fields: &[(&str, &str)]) -> (String, String) {
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let more: Vec<&str> = fields.iter().flat_map(|field| ["--data-urlencode", field.as_str()]).collect();
        self.ask(path, &more)
    }
}

/// The way of an adviser: in by the door, a case, out by the keeper.
fn way_in_and_out(keeper: &Keeper<'_>) {
    let folder = tempfile::tempdir().unwrap();
    let Some((authority, cert, key)) = certificate(folder.path(), "advice.example") else { return };
    if Command::new("curl").arg("--version").output().is_err() {
        crate::skipped("curl is not here, which asks as a browser does");
        return;
    }
    keeper.add("ada", "north", "adviser");
    keeper.add("eve", "south", "supervisor");
    let (cert, key) = (cert.display().to_string(), key.display().to_string());
    let words = [
        "open",
        "--listen",
        "127.0.0.1:0",
        "--host",
        "advice.example",
        "--tls-cert",
        &cert,
        "--tls-key",
        &key,
    ];
    let centre = Centre::start(keeper, &words);
    let browser = Browser { folder: folder.path(), authority, port: centre.port };
    let (head, _) = browser.ask("/cases", &[]);
    assert!(head.contains("303") && head.contains("location: /login?next=%2Fcases"), "{head}");
    let token = browser.token("/login");
    let fields = [("token", token.as_str()), ("name", "ada"), ("password", WORDS), ("next", "/cases")];
    let (head, _) = browser.send("/login", &fields);
    assert!(head.contains("location: /cases") && head.contains("__Host-upstairs-session="), "{head}");
    assert!(head.contains("strict-transport-security: max-age=31536000"), "{head}");
    let token = browser.token("/");
    let (head, _) = browser.send("/start", &[("token", &token)]);
    let base = head.split("location: ").nth(1).unwrap().split("/q/").next().unwrap().to_owned();
    for (question, field, value) in [
        ("company", "company", "Teasel Stores"),
        ("country", "country", "GB"),
        ("what", "what", "It came broken"),
    ] {
        let (head, body) =
            browser.send(&format!("{base}/q/{question}"), &[("token", &token), (field, value)]);
        assert!(head.contains("303"), "{question}: {body}");
    }
    let (head, body) = browser.send(&format!("{base}/open"), &[("token", &token)]);
    assert!(head.contains("location: /cases/teasel-stores-1"), "{head}{body}");
    let (_, page) = browser.ask("/cases/teasel-stores-1", &[]);
    assert!(page.contains("It came broken") && page.contains("id=\"holder\""), "{page}");
    // Plain words at the door of TLS are answered with nothing.
    let plain = std::process::Command::new("curl")
        .args(["--silent", "--noproxy", "*", &format!("http://127.0.0.1:{}/login", centre.port)])
        .output()
        .unwrap();
    assert!(!plain.status.success() && plain.stdout.is_empty());
    let log = keeper.done(&["account", "log", "--limit", "500"]);
    for words in
        ["ada", "enter", "POST /start/{id}/open  teasel-stores-1  303", "GET /cases/{id}", "from 127.0.0.1"]
    {
        assert!(log.contains(words), "{words}: {log}");
    }
    assert!(keeper.done(&["account", "log", "--verify"]).contains("stand as they were written"));
    // Whoever keeps the server reaches everything, and says who wrote what.
    let exported = keeper.done(&["case", "show", "teasel-stores-1", "--json"]);
    assert!(exported.contains("It came broken"));
    keeper.done(&["account", "disable", "ada"]);
    let (head, _) = browser.ask("/cases/teasel-stores-1", &[]);
    assert!(head.contains("location: /login"), "she is out at once: {head}");
    // A second server on the same cases goes on where the first ends, sessions among it.
    keeper.done(&["account", "enable", "ada"]);
    let token = browser.token("/login");
    browser.send("/login", &[("token", &token), ("name", "ada"), ("password", WORDS)]);
    let port = centre.port;
    drop(centre);
    let listen = format!("127.0.0.1:{port}");
    let words =
        ["open", "--listen", &listen, "--host", "advice.example", "--tls-cert", &cert, "--tls-key", &key];
    let _again = Centre::start(keeper, &words);
    let (head, _) = browser.ask("/cases/teasel-stores-1", &[]);
    assert!(head.contains("200"), "{head}");
}

#[test]
fn an_adviser_comes_in_by_tls_and_is_put_out_at_once_in_a_folder() {
    let home = tempfile::tempdir().unwrap();
    way_in_and_out(&Keeper { home: home.path(), store: None });
}

#[test]
fn an_adviser_comes_in_by_tls_and_is_put_out_at_once_on_a_server() {
    let Some(server) = Server::start() else { return };
    let home = tempfile::tempdir().unwrap();
    way_in_and_out(&Keeper { home: home.path(), store: Some(server.database("centre")) });
    assert!(
        !home.path().join("data/accounts.sqlite").exists() && !home.path().join("data/cases.sqlite").exists()
    );
}

#[test]
fn journeys_of_the_roles_in_a_real_browser_at_both_widths() {
    let root = super::root();
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), Into::into);
    let modules = target.join("browser/node_modules");
    let (Some(node), Some(chromium)) = (
        super::pages::program(&["node"]),
        super::pages::program(&["chromium", "chromium-browser", "google-chrome"]),
    ) else {
        crate::skipped("neither node nor Chromium is here; tools/prepare.sh installs them");
        return;
    };
    if !modules.join("playwright-core").is_dir() {
        crate::skipped(format_args!(
            "{} holds no modules; tools/prepare.sh installs them",
            modules.display()
        ));
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let keeper = Keeper { home: home.path(), store: None };
    for (name, organisation, role) in [
        ("ada", "north", "adviser"),
        ("ben", "north", "adviser"),
        ("sue", "north", "supervisor"),
        ("rob", "north", "read-only"),
        ("eve", "south", "supervisor"),
    ] {
        keeper.add(name, organisation, role);
    }
    let mut passwords = Vec::new();
    for name in ["neu390", "neu1280"] {
        let made = keeper.done(&["account", "add", name, "--organisation", "south", "--generate"]);
        passwords.push(made.lines().last().unwrap().trim().to_owned());
    }
    let centre = Centre::start(&keeper, &["open", "--listen", "127.0.0.1:0"]);
    let run = Command::new(node)
        .arg(root.join("crates/web/browser/centre.mjs"))
        .env("MODULES", &modules)
        .env("CHROMIUM", chromium)
        .env("CENTRE", format!("http://127.0.0.1:{}", centre.port))
        .env("WORDS", WORDS)
        .env("MADE", passwords.join(" "))
        .env("HOME", home.path())
        .env("PICTURES", target.join("pictures"))
        .output()
        .unwrap();
    let told = said(&run);
    let broken: Vec<&str> = told.lines().filter(|line| line.starts_with("FAIL")).collect();
    assert!(run.status.success(), "{}\n{}", broken.join("\n"), complained(&run));
    assert!(told.contains("all claims hold"), "{told}");
}
