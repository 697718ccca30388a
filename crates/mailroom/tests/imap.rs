//! A folder read over IMAP from a real Dovecot on this machine, started in a folder of its own.
//!
//! Where no Dovecot is installed the test says so and passes: `./test` installs it where it can.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on ends")]

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mailroom::Secret;
use mailroom::imap::{self, Account, ImapError, Security, Wanted};

const PASSWORD: &str = "four-plain words";

/// A running server with a mailbox of three messages.
struct Dovecot {
    child: Child,
    folder: tempfile::TempDir,
    imap: u16,
    imaps: u16,
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // The master ends its children when it is asked to, and not when it is killed.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

fn binary() -> Option<PathBuf> {
    ["/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/opt/homebrew/sbin/dovecot"]
        .into_iter()
        .map(PathBuf::from)
        .find(|path| path.exists())
}

fn output(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).output().unwrap();
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Returns a port that is free.
fn port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

fn mail(folder: &Path, name: &str, from: &str, subject: &str) {
    let text = format!(
        "From: {from}\r\nTo: ana@hill.example\r\nDate: Tue, 3 Mar 2026 09:00:00 +0000\r\nSubject: {subject}\r\nMessage-ID: <{name}@brightwell.example>\r\n\r\n{subject}\r\n"
    );
    fs::write(folder.join(name), text).unwrap();
}

impl Dovecot {
    /// Starts a server; `None` where none is installed.
    fn start() -> Option<Self> {
        let binary = binary()?;
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let (user, group) = (output("id", &["-un"]), output("id", &["-gn"]));
        // Mail of root is refused by the server, so that under root somebody else owns it.
        let (owner, owners) = if user == "root" {
            ("nobody".to_owned(), output("id", &["-gn", "nobody"]))
        } else {
            (user.clone(), group.clone())
        };
        let inbox = at.join("mail/cur");
        for name in ["cur", "new", "tmp"] {
            fs::create_dir_all(at.join("mail").join(name)).unwrap();
        }
        mail(&inbox, "one", "Care <care@brightwell.example>", "Your complaint");
        mail(&inbox, "two", "News <news@else.example>", "Offers of the week");
        mail(&inbox, "three", "Care <care@brightwell.example>", "Our answer");
        fs::write(at.join("users"), format!("ana:{{PLAIN}}{PASSWORD}\n")).unwrap();
        certificates(at);
        let (imap, imaps) = (port(), port());
        let t = at.display();
        let internal = if user == "root" {
            String::new()
        } else {
            format!(
                "default_internal_user = {user}\ndefault_internal_group = {group}\ndefault_login_user = {user}\nservice anvil {{\n chroot =\n}}\n"
            )
        };
        let config = format!(
            "protocols = imap\nlisten = 127.0.0.1\nbase_dir = {t}/run\nstate_dir = {t}/state\nlog_path = {t}/log\nmail_location = maildir:{t}/mail\n\
             first_valid_uid = 1\nssl = yes\nssl_cert = <{t}/server.pem\nssl_key = <{t}/server.key\ndisable_plaintext_auth = no\nauth_mechanisms = plain\n\
             passdb {{\n driver = passwd-file\n args = {t}/users\n}}\nuserdb {{\n driver = static\n args = uid={owner} gid={owners} home={t}/mail\n}}\n\
             service imap-login {{\n chroot =\n inet_listener imap {{\n  port = {imap}\n }}\n inet_listener imaps {{\n  port = {imaps}\n  ssl = yes\n }}\n}}\n{internal}"
        );
        fs::write(at.join("dovecot.conf"), config).unwrap();
        if user == "root" {
            for words in [vec!["-R", &owner, "mail"], vec!["nobody", "users"]] {
                assert!(Command::new("chown").args(&words).current_dir(at).status().unwrap().success());
            }
            assert!(Command::new("chmod").args(["a+rx", "."]).current_dir(at).status().unwrap().success());
            assert!(Command::new("chmod").args(["a+r", "users"]).current_dir(at).status().unwrap().success());
        }
        let child = Command::new(binary)
            .args(["-F", "-c"])
            .arg(at.join("dovecot.conf"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let server = Self { child, folder, imap, imaps };
        let begun = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", imap)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(30), "dovecot did not start: {}", server.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(server)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn account(&self, security: Security) -> Account {
        let port = if security == Security::Tls { self.imaps } else { self.imap };
        Account {
            host: "localhost".into(),
            port: Some(port),
            security,
            user: "ana".into(),
            password: Secret::new(PASSWORD.into()),
            extra_roots: fs::read(self.folder.path().join("ca.pem")).unwrap(),
        }
    }

    /// Returns the names of the files of the mailbox: flags stand in them.
    fn flags(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.folder.path().join("mail/cur"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

/// Makes an authority and a certificate of `localhost` for this run.
fn certificates(at: &Path) {
    fs::write(at.join("ext"), "subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n").unwrap();
    for words in [
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=test-authority -addext basicConstraints=critical,CA:TRUE",
        "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile ext",
    ] {
        let done = Command::new("openssl").args(words.split(' ')).current_dir(at).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

fn wanted(with: Option<&str>) -> Wanted {
    Wanted { folder: "INBOX".into(), with: with.map(str::to_owned), since: None }
}

#[tokio::test]
async fn a_folder_is_read_over_every_way_and_nothing_in_it_changes() {
    let Some(server) = Dovecot::start() else {
        assert!(
            std::env::var_os("UPSTAIRS_TEST_STRICT").is_none_or(|strict| strict != "1"),
            "no dovecot here"
        );
        let _ = writeln!(std::io::stderr(), "no dovecot is installed here: the IMAP test did not run");
        return;
    };
    let before = server.flags();
    for security in [Security::Plain, Security::StartTls, Security::Tls] {
        let fetched = imap::fetch(&server.account(security), &wanted(None), &|_| false).await.unwrap();
        assert_eq!((fetched.mails.len(), fetched.known, fetched.faults.len()), (3, 0, 0), "{security:?}");
    }
    let account = server.account(Security::Tls);
    let one =
        imap::fetch(&account, &wanted(Some("care@brightwell.example")), &|id| id == "one@brightwell.example")
            .await
            .unwrap();
    assert_eq!((one.mails.len(), one.known), (1, 1));
    assert!(String::from_utf8_lossy(&one.mails[0].bytes).contains("Subject: Our answer"));
    assert_eq!(server.flags(), before, "a flag was changed");

    let error = imap::fetch(&account, &Wanted { folder: "Ablage".into(), ..wanted(None) }, &|_| false)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("there is no folder `Ablage`: the mailbox has INBOX"), "{error}");
    let mut wrong = server.account(Security::Tls);
    wrong.password = Secret::new("not this one".into());
    let error = imap::fetch(&wrong, &wanted(None), &|_| false).await.unwrap_err();
    assert!(
        matches!(error, ImapError::Refused { .. }) && !format!("{error} {error:?}").contains("not this one"),
        "{error:?}"
    );
    let mut stranger = server.account(Security::Tls);
    stranger.extra_roots.clear();
    let error = imap::fetch(&stranger, &wanted(None), &|_| false).await.unwrap_err();
    assert!(matches!(error, ImapError::Untrusted { .. }), "{error:?}");
    assert!(!server.log().contains(PASSWORD), "the password stands in the log of the server");
}

#[tokio::test]
async fn what_is_no_mail_server_is_told_in_plain_words() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let stranger = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    let account = Account {
        host: "127.0.0.1".into(),
        port: Some(port),
        security: Security::Plain,
        user: "ana".into(),
        password: Secret::new(PASSWORD.into()),
        extra_roots: Vec::new(),
    };
    let error = imap::fetch(&account, &wanted(None), &|_| false).await.unwrap_err().to_string();
    stranger.join().unwrap();
    assert!(!error.contains(PASSWORD) && error.contains(&port.to_string()), "{error}");
    let closed = Account { port: Some(port), ..account };
    let error = imap::fetch(&closed, &wanted(None), &|_| false).await.unwrap_err().to_string();
    assert!(error.contains("cannot be reached"), "{error}");
}
