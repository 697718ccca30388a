//! A real `PostgreSQL` server of the tests' own: made in a temporary folder, listening on loopback, gone with the test.
//!
//! Where no server binaries are found, [`Server::start`] says so and returns nothing: the tests that need one are passed by.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;

const USER: &str = "adviser";
const PASSWORD: &str = "of-the-tests";

/// A server that runs.
pub(crate) struct Server {
    binaries: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    child: Child,
}

impl Server {
    /// Makes and starts a server; `None`, with a word, where there are no binaries.
    pub(crate) fn start() -> Option<Self> {
        let Some(binaries) = binaries() else {
            let strict = std::env::var_os("UPSTAIRS_TEST_STRICT").is_some_and(|strict| strict == "1");
            assert!(!strict, "no PostgreSQL server was found");
            println!(
                "no PostgreSQL server was found (PATH, /usr/lib/postgresql/*/bin): what needs one is passed by; \
                 `apt-get install postgresql` brings it"
            );
            return None;
        };
        let folder = tempfile::Builder::new().prefix("upstairs-postgres-").tempdir().unwrap();
        give_away(folder.path());
        let secret = folder.path().join("secret");
        std::fs::write(&secret, PASSWORD).unwrap();
        give_away(&secret);
        let made = as_server(&binaries.join("initdb"))
            .current_dir(folder.path())
            .args(["--no-locale", "-E", "UTF8", "-A", "scram-sha-256", "-U", USER, "--pwfile"])
            .arg(&secret)
            .arg("-D")
            .arg(folder.path().join("data"))
            .output()
            .unwrap();
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = run(&binaries, folder.path(), port);
        let server = Self { binaries, folder, port, child };
        server.wait();
        Some(server)
    }

    /// Returns the address of a database.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes an empty database and returns its address.
    pub(crate) fn database(&self, name: &str) -> String {
        block_on(async {
            let mut admin = PgConnection::connect(&self.address("postgres")).await.unwrap();
            let sql = format!("create database \"{name}\"");
            sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut admin).await.unwrap();
        });
        self.address(name)
    }

    /// Kills the server as a power cut would, and starts it again on what its disk has.
    pub(crate) fn crash(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        // Its workers see that it is gone, and go.
        let begun = Instant::now();
        loop {
            self.child = run(&self.binaries, self.folder.path(), self.port);
            std::thread::sleep(Duration::from_millis(300));
            if self.child.try_wait().unwrap().is_none() {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not start again");
        }
        self.wait();
    }

    /// Waits until it answers.
    fn wait(&self) {
        let begun = Instant::now();
        loop {
            let answered = block_on(async {
                PgConnection::connect(&self.address("postgres"))
                    .await
                    .map(drop)
                    .map_err(|error| error.to_string())
            });
            match answered {
                Ok(()) => return,
                Err(error) => assert!(begun.elapsed() < Duration::from_mins(4), "{error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An interrupt ends it at once, its workers with it.
        let told = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        if !told.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn run(binaries: &Path, folder: &Path, port: u16) -> Child {
    as_server(&binaries.join("postgres"))
        .current_dir(folder)
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-p", &port.to_string(), "-c", "listen_addresses=127.0.0.1"])
        .args(["-c", "unix_socket_directories=", "-c", "shared_buffers=16MB", "-c", "max_connections=60"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Returns the folder of the server's binaries.
fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    for root in ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"] {
        let mut versions: Vec<PathBuf> = std::fs::read_dir(root)
            .into_iter()
            .flatten()
            .flatten()
            .map(|one| one.path().join("bin"))
            .collect();
        versions.sort();
        folders.extend(versions.into_iter().rev());
    }
    folders.into_iter().find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
}

/// Returns a command that runs as a user whom the server accepts (it refuses root) and that ends with the test.
fn as_server(program: &Path) -> Command {
    let has_setpriv = Command::new("setpriv").arg("--version").output().is_ok();
    if !has_setpriv {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if let Some((user, group)) = nobody() {
        command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]);
    }
    command.arg("--").arg(program);
    command
}

/// Returns the numbers of the user `nobody` and of its group, where the tests run as root.
fn nobody() -> Option<(u32, u32)> {
    let id = |words: &[&str]| -> Option<u32> {
        let output = Command::new("id").args(words).output().ok()?;
        String::from_utf8(output.stdout).ok()?.trim().parse().ok()
    };
    (id(&["-u"])? == 0).then(|| Some((id(&["-u", "nobody"])?, id(&["-g", "nobody"])?)))?
}

/// Gives a file or folder to whom the server runs as.
fn give_away(path: &Path) {
    if let Some((user, group)) = nobody() {
        std::os::unix::fs::chown(path, Some(user), Some(group)).unwrap();
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}
