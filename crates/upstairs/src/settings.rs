//! Settings: what the binary reads once, at its start, from the environment.

use std::net::SocketAddr;
use std::path::PathBuf;

use desk::assistants::{Machine, System};
use desk::case::import::Secret as MailSecret;
use desk::find::{Live, OwnBrowser};
use desk::sources::{SettingsError, SourceSettings};

/// A word that is never shown.
#[derive(Clone)]
pub(crate) struct Secret(pub(crate) String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(secret)")
    }
}

/// What the environment says.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Where pages are kept between runs; `None` where the system names no place for it.
    pub(crate) cache: Option<PathBuf>,
    /// The folder of the user's own atlas files; `None` where the system names no place for it.
    pub(crate) atlas: Option<PathBuf>,
    /// The folder of what is kept, the directory among it; `None` where the system names no place for it.
    pub(crate) data: Option<PathBuf>,
    /// Whether the environment names that folder itself.
    pub(crate) data_named: bool,
    /// Where this machine keeps what belongs to its user; `None` where the system names no folder for it.
    pub(crate) machine: Option<Machine>,
    /// The address of the server that keeps the cases; `None` where the folder does.
    pub(crate) store: Option<String>,
    /// The folder of the user's own letter templates; `None` where the system names no place for it.
    pub(crate) templates: Option<PathBuf>,
    /// Whether there is a desktop, from which a program is started without a terminal.
    pub(crate) desktop: bool,
    /// How many columns the output may take; `None` where the user does not say.
    pub(crate) columns: Option<usize>,
    /// How the program introduces itself to servers.
    pub(crate) user_agent: String,
    /// The folder of the user's settings; `None` where the system names no place for it.
    pub(crate) config: Option<PathBuf>,
    /// Settings of object stores: every variable of the environment that begins with `AWS_`, in lower case.
    pub(crate) object_store: Vec<(String, String)>,
    /// The password of the user's own mail server, where the environment gives it.
    pub(crate) smtp_password: Option<Secret>,
    /// The user's own browser: where it is looked for, and how it is started.
    pub(crate) browser: OwnBrowser,
    /// The user's own editor, with its words.
    pub(crate) editor: Option<String>,
    /// The name server that live checks ask, where the user names one.
    pub(crate) name_server: Option<SocketAddr>,
    /// The password of the user's mailbox; it is shown nowhere.
    pub(crate) imap_password: Option<MailSecret>,
    /// The passphrase that opens sealed cases, where the environment gives it.
    pub(crate) passphrase: Option<Secret>,
    /// The file whose first line is that passphrase.
    pub(crate) passphrase_file: Option<PathBuf>,
}

impl Settings {
    /// Reads `UPSTAIRS_CACHE`, `XDG_CACHE_HOME`, `LOCALAPPDATA` or `HOME` for the cache, and `UPSTAIRS_CONTACT` (a web
    /// or mail address of whoever runs the program) for the User-Agent; `UPSTAIRS_ATLAS`, `XDG_CONFIG_HOME`, `APPDATA` or
    /// `HOME` for the user's own atlas files; `UPSTAIRS_DATA`, `XDG_DATA_HOME`, `LOCALAPPDATA` or `HOME` for what is kept;
    /// `UPSTAIRS_STORE` for a server that keeps the cases;
    /// `UPSTAIRS_PASSPHRASE` or `UPSTAIRS_PASSPHRASE_FILE` for cases that are sealed;
    /// `UPSTAIRS_SMTP_PASSWORD` for `draft --send`; `UPSTAIRS_BROWSER`, `UPSTAIRS_BROWSER_ARGS` and `PATH` for `--browser`;
    /// `UPSTAIRS_NAME_SERVER` (an address and port) for `--verify`; `AWS_…` for `s3://` addresses; `COLUMNS` for the width of the output.
    #[expect(clippy::disallowed_methods, reason = "this is the one place where the environment is read")]
    pub(crate) fn read() -> Self {
        let path = |name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let cache = path("UPSTAIRS_CACHE")
            .or_else(|| path("XDG_CACHE_HOME").map(|dir| dir.join("upstairs")))
            .or_else(|| path("LOCALAPPDATA").map(|dir| dir.join("upstairs").join("cache")))
            .or_else(|| path("HOME").map(|dir| dir.join(".cache").join("upstairs")));
        let atlas = path("UPSTAIRS_ATLAS")
            .or_else(|| path("XDG_CONFIG_HOME").map(|dir| dir.join("upstairs").join("atlas")))
            .or_else(|| path("APPDATA").map(|dir| dir.join("upstairs").join("atlas")))
            .or_else(|| path("HOME").map(|dir| dir.join(".config").join("upstairs").join("atlas")));
        let data = path("UPSTAIRS_DATA")
            .or_else(|| path("XDG_DATA_HOME").map(|dir| dir.join("upstairs")))
            .or_else(|| path("LOCALAPPDATA").map(|dir| dir.join("upstairs").join("data")))
            .or_else(|| path("HOME").map(|dir| dir.join(".local").join("share").join("upstairs")));
        let home = path("HOME").or_else(|| path("USERPROFILE"));
        let system = System::this();
        let own = if system == System::Windows { path("APPDATA") } else { path("XDG_CONFIG_HOME") };
        let machine = home.map(|home| Machine { system, home, config: own });
        let templates = path("UPSTAIRS_TEMPLATES")
            .or_else(|| path("XDG_CONFIG_HOME").map(|dir| dir.join("upstairs").join("templates")))
            .or_else(|| path("APPDATA").map(|dir| dir.join("upstairs").join("templates")))
            .or_else(|| path("HOME").map(|dir| dir.join(".config").join("upstairs").join("templates")));
        let config = path("UPSTAIRS_CONFIG")
            .or_else(|| path("XDG_CONFIG_HOME").map(|dir| dir.join("upstairs")))
            .or_else(|| path("APPDATA").map(|dir| dir.join("upstairs")))
            .or_else(|| path("HOME").map(|dir| dir.join(".config").join("upstairs")));
        let store = std::env::var("UPSTAIRS_STORE").ok().filter(|address| !address.trim().is_empty());
        let contact = std::env::var("UPSTAIRS_CONTACT").ok();
        let contact =
            contact.filter(|c| !c.is_empty() && c.chars().all(|c| c.is_ascii_graphic() && c != ')'));
        let version = env!("CARGO_PKG_VERSION");
        let user_agent = match contact {
            Some(contact) => format!("Upstairs/{version} (a customer's own tool; +{contact})"),
            None => format!("Upstairs/{version} (a customer's own tool, reads public contact pages)"),
        };
        let editor = ["VISUAL", "EDITOR"]
            .into_iter()
            .find_map(|name| std::env::var(name).ok())
            .filter(|text| !text.trim().is_empty());
        let imap_password =
            std::env::var("UPSTAIRS_IMAP_PASSWORD").ok().filter(|text| !text.is_empty()).map(MailSecret::new);
        let name_server = std::env::var("UPSTAIRS_NAME_SERVER")
            .ok()
            .and_then(|text| text.trim().parse::<SocketAddr>().ok());
        let arguments = std::env::var("UPSTAIRS_BROWSER_ARGS").unwrap_or_default();
        let browser = OwnBrowser {
            program: path("UPSTAIRS_BROWSER"),
            folders: std::env::var_os("PATH")
                .map(|all| std::env::split_paths(&all).collect())
                .unwrap_or_default(),
            arguments: arguments.split_whitespace().map(str::to_owned).collect(),
        };
        let smtp_password =
            std::env::var("UPSTAIRS_SMTP_PASSWORD").ok().filter(|word| !word.is_empty()).map(Secret);
        let passphrase =
            std::env::var("UPSTAIRS_PASSPHRASE").ok().filter(|words| !words.trim().is_empty()).map(Secret);
        let object_store = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .filter(|(name, value)| name.starts_with("AWS_") && !value.is_empty())
            .map(|(name, value)| (name.to_lowercase(), value))
            .collect();
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
        let desktop = cfg!(any(windows, target_os = "macos"))
            || ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| path(name).is_some());
        Self {
            desktop,
            cache,
            atlas,
            data,
            data_named: path("UPSTAIRS_DATA").is_some(),
            machine,
            store,
            templates,
            columns,
            user_agent,
            config,
            object_store,
            smtp_password,
            browser,
            editor,
            name_server,
            imap_password,
            passphrase,
            passphrase_file: path("UPSTAIRS_PASSPHRASE_FILE"),
        }
    }

    /// Reads which outside sources are on, and their keys: from `sources.toml` in the folder of settings, and from
    /// `UPSTAIRS_SOURCES`, `UPSTAIRS_…_KEY` and `UPSTAIRS_…_URL`. They are read when they are needed and kept nowhere here.
    ///
    /// # Errors
    ///
    /// [`SettingsError`] where the file cannot be read.
    pub(crate) fn sources(&self) -> Result<SourceSettings, SettingsError> {
        let ours = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok().filter(|name| name.starts_with("UPSTAIRS_"))?;
            Some((name, value.into_string().ok()?))
        });
        SourceSettings::read(self.config.clone(), ours)
    }

    /// Returns how to ask the live web, with no host opened and no browser.
    pub(crate) fn live(&self, sources: SourceSettings) -> Live {
        Live {
            allow_hosts: Vec::new(),
            cache: self.cache.clone(),
            user_agent: self.user_agent.clone(),
            browser: None,
            sources,
            verify: false,
            name_server: self.name_server,
        }
    }
}
