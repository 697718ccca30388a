//! The pages in real life: the server of the binary, asked by hand over a socket, and by a real browser.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use super::upstairs;

/// Returns a text as it stands in a form or a query.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "%{byte:02x}");
        text
    })
}

/// A running server that ends with the test.
pub(crate) struct Pages {
    child: Child,
    pub(crate) port: u16,
    /// The address that lets one browser in.
    pub(crate) url: String,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    /// Returns a header, by its name in small letters.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

impl Pages {
    /// Starts the server with a home of its own.
    pub(crate) fn start(home: &Path, more: &[&str]) -> Self {
        Self::start_with(home, more, &[])
    }

    /// Starts the server with settings of the environment.
    pub(crate) fn start_with(home: &Path, more: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut child = upstairs(home)
            .env("UPSTAIRS_DATA", home.join("data"))
            .envs(settings.iter().copied())
            .args(["open", "--no-browser", "--port", "0"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines
            .find_map(|line| line.unwrap().trim().strip_prefix("http").map(|rest| format!("http{rest}")));
        let url = url.unwrap();
        let port = url.split(['/', ':']).nth(4).unwrap().parse().unwrap();
        Self { child, port, url }
    }

    /// Sends a request as it stands and returns the answer.
    pub(crate) fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Asks for a path with more header lines.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request =
            format!("{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
        if !headers.iter().any(|(name, _)| *name == "host") {
            let _ = write!(request, "host: 127.0.0.1:{}\r\n", self.port);
        }
        for (name, value) in headers {
            let _ = write!(request, "{name}: {value}\r\n");
        }
        request.push_str("\r\n");
        self.send(&[request.as_bytes(), body].concat())
    }

    /// Goes in by the door; returns the cookie and the token of the forms.
    pub(crate) fn enter(&self) -> (String, String) {
        let path = self.url.split_once(&self.port.to_string()).unwrap().1;
        let answer = self.ask("GET", path, &[], b"");
        assert_eq!(answer.status, 303, "{}", answer.head);
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let page = self.ask("GET", "/", &[("cookie", &cookie)], b"");
        let token = page.body.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        (cookie, token.to_owned())
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Someone who is in.
pub(crate) struct Inside<'a> {
    pub(crate) pages: &'a Pages,
    pub(crate) cookie: String,
    pub(crate) token: String,
}

impl<'a> Inside<'a> {
    pub(crate) fn new(pages: &'a Pages) -> Self {
        let (cookie, token) = pages.enter();
        Self { pages, cookie, token }
    }

    /// Asks for a page.
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.pages.ask("GET", path, &[("cookie", &self.cookie)], b"")
    }

    /// Sends a form; the token is added.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut body = format!("token={}", self.token);
        for (name, value) in fields {
            let _ = write!(body, "&{name}={}", encoded(value));
        }
        let kind = ("content-type", "application/x-www-form-urlencoded");
        self.pages.ask("POST", path, &[("cookie", &self.cookie), kind], body.as_bytes())
    }

    /// Sends a form with one file.
    pub(crate) fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let head = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"token\"\r\n\r\n{}\r\n--edge\r\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\r\ncontent-type: text/html\r\n\r\n",
            self.token
        );
        let body = [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat();
        let kind = ("content-type", "multipart/form-data; boundary=edge");
        self.pages.ask("POST", path, &[("cookie", &self.cookie), kind], &body)
    }

    /// Opens a case about a company and returns its id.
    pub(crate) fn case(&self, company: &str, what: &str) -> String {
        let begun = self.post("/start", &[]);
        let path = begun.header("location").unwrap().to_owned();
        let base = path.split("/q/").next().unwrap().to_owned();
        for (question, fields) in [
            ("company", &[("company", company)][..]),
            ("country", &[("country", "GB")]),
            ("what", &[("what", what)]),
        ] {
            let answer = self.post(&format!("{base}/q/{question}"), fields);
            assert_eq!(answer.status, 303, "{question}: {}", answer.body);
        }
        let opened = self.post(&format!("{base}/open"), &[]);
        let place = opened.header("location").unwrap_or_else(|| panic!("{}", opened.body)).to_owned();
        place.split(['/', '?']).nth(2).unwrap().to_owned()
    }
}

#[test]
fn a_second_start_finds_the_first_and_each_link_opens_the_door_once() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    assert_eq!(inside.get("/").status, 200);
    let path = pages.url.split_once(&pages.port.to_string()).unwrap().1;
    assert_eq!(pages.ask("GET", path, &[], b"").status, 401);
    let second = upstairs(home.path())
        .env("UPSTAIRS_DATA", home.path().join("data"))
        .args(["open", "--no-browser"])
        .output();
    let said = super::said(&second.unwrap());
    assert!(said.contains("already running"), "{said}");
    let again = said.split_once(&format!("127.0.0.1:{}", pages.port)).unwrap().1.trim().to_owned();
    assert_eq!(pages.ask("GET", &again, &[], b"").status, 303);
}

#[test]
fn a_case_is_opened_worked_on_and_closed_without_any_script() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let id = inside.case("Brightwell Energy", "The bill is three times the meter");
    let page = inside.get(&format!("/cases/{id}"));
    assert!(page.status == 200 && page.body.contains("id=\"next-title\""), "{}", page.body);
    // A page that the list no longer has leads to its beginning, and does not say that there is no case.
    let beyond = inside.get("/cases?page=9&q=bright");
    assert_eq!((beyond.status, beyond.header("location")), (303, Some("/cases?page=1&q=bright")));
    let log = [
        ("text", "Refund by then"),
        ("by", "company"),
        ("kind", "promise"),
        ("due", "2099-01-05"),
        ("channel", "phone"),
    ];
    assert_eq!(inside.post(&format!("/cases/{id}/log"), &log).status, 303);
    assert_eq!(inside.upload(&format!("/cases/{id}/attach"), "bill.pdf", b"%PDF-").status, 303);
    let page = inside.get(&format!("/cases/{id}")).body;
    assert!(
        page.contains("Refund by then") && page.contains("bill.pdf") && page.contains("<svg class=\"story\"")
    );
    let edit = format!("/cases/{id}/edit");
    assert!(inside.get(&edit).body.contains("The bill is three times the meter"));
    let wrong = [("what", "It is four times the meter"), ("since", "03/04/2026")];
    let wrong = inside.post(&edit, &wrong);
    assert!(
        (400..500).contains(&wrong.status) && wrong.body.contains("It is four times the meter"),
        "{}",
        wrong.body
    );
    assert!(
        !inside.get(&format!("/cases/{id}")).body.contains("four times"),
        "what was wrong changes nothing"
    );
    let right = [("what", "It is four times the meter"), ("amount", "£40.50"), ("references", "BW-1, BW-2")];
    assert_eq!(inside.post(&edit, &right).status, 303);
    let page = inside.get(&format!("/cases/{id}")).body;
    assert!(page.contains("four times") && page.contains("GBP 40.50") && page.contains("BW-2"), "{page}");
    let text = [("as", "email"), ("text", "You thieves! Pay."), ("do", "save")];
    let saved = inside.post(&format!("/cases/{id}/write"), &text);
    assert!(saved.body.contains("class=\"flag\""), "{}", saved.body);
    assert!(inside.get(&format!("/cases/{id}/write?as=email")).body.contains("You thieves! Pay."));
    let sent = [("as", "email"), ("text", "Please refund 10 GBP."), ("do", "sent"), ("channel", "email")];
    assert_eq!(inside.post(&format!("/cases/{id}/write"), &sent).status, 303);
    assert_eq!(
        inside.post(&format!("/cases/{id}/call"), &[("tap", "refused"), ("text", "No refund")]).status,
        303
    );
    let page = inside.get(&format!("/cases/{id}")).body;
    assert!(page.contains("Please refund 10 GBP.") && page.contains("No refund"));
    assert!(inside.get(&format!("/cases/{id}/calendar")).body.contains("BEGIN:VCALENDAR"));
    assert!(inside.get(&format!("/cases/{id}/verify")).body.contains("have not been changed"));
    assert_eq!(
        inside
            .post(&format!("/cases/{id}/close"), &[("outcome_words", "refund"), ("received", "10 GBP")])
            .status,
        303
    );
    assert!(inside.get("/cases?closed=on").body.contains("closed</span>"));
}

#[test]
fn a_case_begun_from_a_search_keeps_its_topic_and_country_and_asks_for_a_trade_that_nobody_told() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let asked = [("company", "Sky Broadband"), ("country", "GB"), ("about", "billing")];
    let found = inside.post("/find", &asked).header("location").unwrap().to_owned();
    let find = found.rsplit('/').next().unwrap();
    let begun = inside.post("/start", &[("find", find)]).header("location").unwrap().to_owned();
    let base = begun.strip_suffix("/q/company").unwrap_or_else(|| panic!("{begun}"));
    let first = inside.get(&begun).body;
    assert!(
        first.contains("We guessed the trade") && first.contains("value=\"telecom\" selected"),
        "{first}"
    );
    assert!(inside.get(&format!("{base}/q/country")).body.contains("value=\"GB\" selected"));
    assert!(inside.get(&format!("{base}/q/what")).body.contains("value=\"billing_error\" selected"));
    let review = format!("{base}/review");
    assert!(inside.get(&review).body.contains("Sky Broadband · Phone and internet"));
    inside.post(&begun, &[("company", "Sky Broadband"), ("sector", "")]);
    let unknown = inside.get(&review).body;
    assert!(unknown.contains("its trade is not known yet"), "{unknown}");
    assert!(unknown.contains("depends on the trade"), "it is named as missing: {unknown}");
}

#[cfg(unix)]
#[test]
fn a_state_is_taken_by_its_name_and_what_cannot_be_taken_is_named_in_a_sentence() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let begun = inside.post("/start", &[]);
    let base = begun.header("location").unwrap().rsplit_once("/q/").unwrap().0.to_owned();
    let told = |region| inside.post(&format!("{base}/q/country"), &[("country", "US"), ("region", region)]);
    let wrong = told("Kalifornien");
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Please check “State or province” again:"), "{}", wrong.body);
    assert_eq!(told("California").status, 303);
    assert!(inside.get(&format!("{base}/q/country")).body.contains("value=\"CA\""), "its letters are kept");
}

#[test]
fn a_reply_is_read_corrected_and_kept_with_one_button() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let id = inside.case("Acme", "The bill is three times what the meter says");
    let at = format!("/cases/{id}/reply");
    assert!(inside.get(&format!("/cases/{id}")).body.contains(&at), "the case leads to it");
    assert_eq!(inside.get(&at).status, 200);
    let reply = "Dear Ms Fox,\n\nThank you for your complaint about the bill. I am looking into the meter readings & will write to you \
        within 14 days. Please quote AB-4471.\n\nKind regards\nJo Lamb";
    let told = inside.upload(&at, "reply.txt", reply.as_bytes());
    assert_eq!(told.status, 200, "{}", told.body);
    for part in [
        "Received, no outcome yet",
        "will write to you within 14 days",
        "AB-4471",
        "Jo Lamb",
        "It addresses what you complained about",
    ] {
        assert!(told.body.contains(part), "{part}: {}", told.body);
    }
    let before = inside.get(&format!("/cases/{id}")).body;
    assert!(!before.contains("Jo Lamb"), "nothing is written down before it is kept");
    let line = [
        ("take-0", "1"),
        ("text-0", "Looks into the readings"),
        ("due-0", "2030-02-01"),
        ("reply", reply),
        ("channel", "postal"),
    ];
    let fields = |kind: &'static str| line.into_iter().chain([("kind-0", kind)]).collect::<Vec<_>>();
    let keep = format!("{at}/keep");
    let wrong = inside.post(&keep, &fields("nonsense"));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("Looks into the readings"), "what was corrected is not lost");
    let ahead = fields("promise").into_iter().chain([("on", "2099-01-01")]).collect::<Vec<_>>();
    let ahead = inside.post(&keep, &ahead);
    assert_eq!(ahead.status, 422);
    assert!(
        ahead.body.contains("is in the future") && ahead.body.contains("Looks into the readings"),
        "{}",
        ahead.body
    );
    let kept = inside.post(&keep, &fields("promise"));
    assert_eq!(
        (kept.status, kept.header("location")),
        (303, Some(format!("/cases/{id}?done=reply").as_str()))
    );
    let case = inside.get(&format!("/cases/{id}?done=reply")).body;
    assert!(case.contains("Looks into the readings") && case.contains("1 February 2030"), "{case}");
    let again = inside.upload(&at, "reply.txt", reply.as_bytes());
    assert!(
        again.body.contains("already has this reply") && !again.body.contains("kind-0"),
        "{}",
        again.body
    );
    for empty in [&b""[..], b" \n"] {
        let refused = inside.upload(&at, "reply.txt", empty);
        assert_eq!(refused.status, 422, "{}", refused.body);
    }
}

#[test]
fn a_stop_answers_what_was_begun_and_does_not_wait_for_ever() {
    let home = tempfile::tempdir().unwrap();
    let mut pages = Pages::start(home.path(), &[]);
    let (id, cookie, form) = {
        let inside = Inside::new(&pages);
        let form = format!("token={}&note=half+a+sentence", inside.token);
        (inside.case("Brightwell Energy", "The bill is wrong"), inside.cookie.clone(), form)
    };
    let head = format!(
        "POST /cases/{id}/note HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncookie: {cookie}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        pages.port,
        form.len()
    );
    let begin = || {
        let mut stream = TcpStream::connect(("127.0.0.1", pages.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(&form.as_bytes()[..form.len() - 4]).unwrap();
        stream
    };
    let (mut ends, _never_ends) = (begin(), begin());
    std::thread::sleep(Duration::from_millis(500));
    let asked = std::time::Instant::now();
    let kill = format!("kill -TERM {}", pages.child.id());
    assert!(std::process::Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    std::thread::sleep(Duration::from_millis(500));
    ends.write_all(&form.as_bytes()[form.len() - 4..]).unwrap();
    let mut answer = [0; 12];
    ends.read_exact(&mut answer).unwrap();
    assert_eq!(std::str::from_utf8(&answer).unwrap(), "HTTP/1.1 303");
    assert!(pages.child.wait().unwrap().success());
    assert!(asked.elapsed() < Duration::from_secs(15), "{:?}", asked.elapsed());
    let pages = Pages::start(home.path(), &[]);
    let page = Inside::new(&pages).get(&format!("/cases/{id}")).body;
    assert_eq!(page.matches("half a sentence").count(), 1, "the one that was sent whole");
}

#[test]
fn a_copy_is_made_everything_is_deleted_and_the_copy_brings_it_back() {
    let home = tempfile::tempdir().unwrap();
    let pages = Pages::start(home.path(), &[]);
    let inside = Inside::new(&pages);
    let id = inside.case("Brightwell Energy", "The bill is wrong");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for (path, want) in [("data", 0o700), ("data/cases.sqlite", 0o600), ("data/api-token", 0o600)] {
            let mode = std::fs::metadata(home.path().join(path)).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, want, "{path}: {mode:o}");
        }
    }
    let draft = [("as", "email"), ("text", "About the teapot, half a letter."), ("do", "save")];
    assert_eq!(inside.post(&format!("/cases/{id}/write"), &draft).status, 200);
    let kind = ("content-type", "application/x-www-form-urlencoded");
    for again in ["", "&again=four+plain+word"] {
        let form = format!("token={}&secret=four+plain+words{again}", inside.token);
        let slip =
            pages.ask("POST", "/settings/backup", &[("cookie", &inside.cookie), kind], form.as_bytes());
        assert_eq!(slip.status, 422, "a slip in the passphrase makes no copy");
    }
    let form = format!("token={}&secret=four+plain+words&again=four+plain+words", inside.token);
    let copy = pages.ask("POST", "/settings/backup", &[("cookie", &inside.cookie), kind], form.as_bytes());
    assert_eq!(copy.status, 200);
    assert!(copy.body.starts_with("age-encryption.org"), "{}", copy.head);
    assert_eq!(inside.post("/settings/erase", &[("sure", "yes")]).status, 422);
    assert_eq!(inside.get(&format!("/cases/{id}")).status, 200);
    // The folder of the cache may be one in which others keep things, too.
    std::fs::create_dir_all(home.path().join("cache")).unwrap();
    std::fs::write(home.path().join("cache/thesis.pdf"), "somebody's").unwrap();
    std::fs::write(home.path().join("data/mail.toml"), "").unwrap();
    assert_eq!(inside.post("/settings/erase", &[("sure", "delete")]).status, 303);
    let left: Vec<_> = std::fs::read_dir(home.path().join("data")).unwrap().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
    assert!(home.path().join("cache/thesis.pdf").exists());
    assert_eq!(inside.get(&format!("/cases/{id}")).status, 404);
}

/// Returns the first of some programs that is on the path.
pub(crate) fn program(names: &[&str]) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    names.iter().find_map(|name| {
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    })
}

/// A real browser, and what drives it.
pub(crate) struct Browser {
    node: std::path::PathBuf,
    chromium: std::path::PathBuf,
    modules: std::path::PathBuf,
}

impl Browser {
    /// Returns the browser of this machine; says that the test is skipped where there is none.
    pub(crate) fn here() -> Option<Self> {
        let modules = super::target().join("browser/node_modules");
        let (Some(node), Some(chromium)) =
            (program(&["node"]), program(&["chromium", "chromium-browser", "google-chrome"]))
        else {
            crate::skipped("neither node nor Chromium is here; tools/prepare.sh installs them");
            return None;
        };
        if !modules.join("playwright-core").is_dir() {
            crate::skipped(format_args!(
                "{} holds no modules; tools/prepare.sh installs them",
                modules.display()
            ));
            return None;
        }
        Some(Self { node, chromium, modules })
    }

    /// Runs a script of `crates/web/browser` against the server of a home.
    pub(crate) fn run(&self, script: &str, home: &Path, more: &[(&str, &str)]) -> std::process::Output {
        std::process::Command::new(&self.node)
            .arg(super::root().join("crates/web/browser").join(script))
            .env("MODULES", &self.modules)
            .env("CHROMIUM", &self.chromium)
            .env("UPSTAIRS", env!("CARGO_BIN_EXE_upstairs"))
            .env("UPSTAIRS_DATA", home.join("data"))
            .env("HOME", home)
            .env("PICTURES", super::target().join("pictures"))
            .envs(more.iter().copied())
            .output()
            .unwrap()
    }

    /// Runs a script that needs no server, and holds it to its claims.
    pub(crate) fn claims(&self, script: &str, home: &Path, more: &[(&str, &str)]) {
        held(&self.run(script, home, more));
    }
}

/// Holds a script to what it claims.
fn held(run: &std::process::Output) {
    let said = super::said(run);
    let broken: Vec<&str> = said.lines().filter(|line| line.starts_with("FAIL")).collect();
    assert!(run.status.success(), "{}\n{}", broken.join("\n"), super::complained(run));
    assert!(said.contains("all claims hold"), "{said}");
}

#[test]
fn journeys_in_a_real_browser_at_both_widths_by_keyboard_and_without_scripts() {
    let Some(browser) = Browser::here() else { return };
    let home = tempfile::tempdir().unwrap();
    let server = super::live::Server::start(super::live::demo_page);
    let _pages = Pages::start(home.path(), &["--allow-host", &server.host()]);
    browser.claims("journeys.mjs", home.path(), &[("COMPANY", &server.url())]);
}
