//! The assistants that are known: where each keeps its configuration, by its own documentation, and in which form.
//!
//! A new assistant is a row here.

use std::path::PathBuf;

/// The kind of machine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum System {
    /// Linux and its kin.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

impl System {
    /// Returns the kind of machine that this program was built for.
    #[must_use]
    pub const fn this() -> Self {
        if cfg!(target_os = "macos") {
            Self::MacOs
        } else if cfg!(windows) {
            Self::Windows
        } else {
            Self::Linux
        }
    }
}

/// Where a machine keeps what belongs to its user.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The kind of machine.
    pub system: System,
    /// The user's own folder.
    pub home: PathBuf,
    /// The folder of settings that the environment names (`XDG_CONFIG_HOME`, `APPDATA`); else the usual one.
    pub config: Option<PathBuf>,
}

impl Machine {
    /// Returns the folder in which programs with windows keep their settings.
    fn settings(&self) -> PathBuf {
        match self.system {
            System::MacOs => self.home.join("Library/Application Support"),
            System::Linux => self.config.clone().unwrap_or_else(|| self.home.join(".config")),
            System::Windows => self.config.clone().unwrap_or_else(|| self.home.join("AppData/Roaming")),
        }
    }

    /// Returns the folder of Zed, which on a Mac keeps to the way of Linux.
    fn zed(&self) -> PathBuf {
        match self.system {
            System::MacOs => self.home.join(".config/zed"),
            System::Linux => self.settings().join("zed"),
            System::Windows => self.settings().join("Zed"),
        }
    }
}

/// How a configuration names its servers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    /// JSON, with comments where the user wrote some: servers by name under a key. `typed`: each says that it speaks over
    /// standard input and output.
    Json {
        /// The key.
        key: &'static str,
        /// Whether each server says how it speaks.
        typed: bool,
    },
    /// TOML: a table of tables.
    Toml {
        /// The name of the outer table.
        key: &'static str,
    },
}

/// An assistant.
#[derive(Debug)]
pub struct Known {
    /// Its name for the command line.
    pub id: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Where its makers describe the file.
    pub source: &'static str,
    pub(super) form: Form,
    pub(super) after: &'static str,
    pub(super) file: fn(&Machine) -> PathBuf,
    /// What shows that it is there.
    pub(super) mark: fn(&Machine) -> PathBuf,
}

const SERVERS: Form = Form::Json { key: "mcpServers", typed: false };

/// Every assistant that is known.
pub const KNOWN: &[Known] = &[
    Known {
        id: "claude-desktop",
        name: "Claude Desktop",
        source: "https://modelcontextprotocol.io/quickstart/user",
        form: SERVERS,
        after: "quit Claude Desktop completely, and start it again",
        file: |machine| machine.settings().join("Claude/claude_desktop_config.json"),
        mark: |machine| machine.settings().join("Claude"),
    },
    Known {
        id: "claude-code",
        name: "Claude Code",
        source: "https://code.claude.com/docs/en/mcp",
        form: Form::Json { key: "mcpServers", typed: true },
        after: "start a new session in it",
        file: |machine| machine.home.join(".claude.json"),
        mark: |machine| machine.home.join(".claude"),
    },
    Known {
        id: "cursor",
        name: "Cursor",
        source: "https://cursor.com/docs/context/mcp",
        form: SERVERS,
        after: "switch it on under Settings, Tools & MCP",
        file: |machine| machine.home.join(".cursor/mcp.json"),
        mark: |machine| machine.home.join(".cursor"),
    },
    Known {
        id: "vscode",
        name: "Visual Studio Code",
        source: "https://code.visualstudio.com/docs/copilot/reference/mcp-configuration",
        form: Form::Json { key: "servers", typed: true },
        after: "run `MCP: List Servers` there, and start it",
        file: |machine| machine.settings().join("Code/User/mcp.json"),
        mark: |machine| machine.settings().join("Code/User"),
    },
    Known {
        id: "windsurf",
        name: "Windsurf",
        source: "https://docs.windsurf.com/windsurf/cascade/mcp",
        form: SERVERS,
        after: "press refresh in its list of MCP servers",
        file: |machine| machine.home.join(".codeium/windsurf/mcp_config.json"),
        mark: |machine| machine.home.join(".codeium/windsurf"),
    },
    Known {
        id: "zed",
        name: "Zed",
        source: "https://zed.dev/docs/ai/mcp",
        form: Form::Json { key: "context_servers", typed: false },
        after: "it is read at once",
        file: |machine| machine.zed().join("settings.json"),
        mark: Machine::zed,
    },
    Known {
        id: "gemini-cli",
        name: "Gemini CLI",
        source: "https://github.com/google-gemini/gemini-cli/blob/main/docs/tools/mcp-server.md",
        form: SERVERS,
        after: "start it again",
        file: |machine| machine.home.join(".gemini/settings.json"),
        mark: |machine| machine.home.join(".gemini"),
    },
    Known {
        id: "codex",
        name: "Codex CLI",
        source: "https://github.com/openai/codex/blob/main/docs/config.md",
        form: Form::Toml { key: "mcp_servers" },
        after: "start it again",
        file: |machine| machine.home.join(".codex/config.toml"),
        mark: |machine| machine.home.join(".codex"),
    },
    Known {
        id: "lm-studio",
        name: "LM Studio",
        source: "https://lmstudio.ai/docs/app/mcp",
        form: SERVERS,
        after: "switch it on in the list of its tools",
        file: |machine| machine.home.join(".lmstudio/mcp.json"),
        mark: |machine| machine.home.join(".lmstudio"),
    },
];

impl Known {
    /// Returns the file in which it is told of servers, on a machine.
    #[must_use]
    pub fn file(&self, machine: &Machine) -> PathBuf {
        (self.file)(machine)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_has_its_own_folders() {
        let on = |system, config: Option<&str>| Machine {
            system,
            home: "/home/ada".into(),
            config: config.map(PathBuf::from),
        };
        let file = |id: &str, machine: &Machine| {
            KNOWN.iter().find(|row| row.id == id).unwrap().file(machine).display().to_string()
        };
        let (linux, mac) = (on(System::Linux, None), on(System::MacOs, Some("/elsewhere")));
        let windows = on(System::Windows, Some("C:/Users/ada/AppData/Roaming"));
        for (id, machine, want) in [
            ("claude-desktop", &linux, "/home/ada/.config/Claude/claude_desktop_config.json"),
            (
                "claude-desktop",
                &mac,
                "/home/ada/Library/Application Support/Claude/claude_desktop_config.json",
            ),
            ("claude-desktop", &windows, "C:/Users/ada/AppData/Roaming/Claude/claude_desktop_config.json"),
            ("vscode", &linux, "/home/ada/.config/Code/User/mcp.json"),
            ("vscode", &windows, "C:/Users/ada/AppData/Roaming/Code/User/mcp.json"),
            ("zed", &mac, "/home/ada/.config/zed/settings.json"),
            ("zed", &windows, "C:/Users/ada/AppData/Roaming/Zed/settings.json"),
            ("codex", &mac, "/home/ada/.codex/config.toml"),
        ] {
            assert_eq!(file(id, machine), want, "{id}");
        }
        assert_eq!(
            file("claude-desktop", &on(System::Linux, Some("/x"))),
            "/x/Claude/claude_desktop_config.json"
        );
    }

    #[test]
    fn ids_are_unique_and_every_row_names_its_source() {
        for (at, row) in KNOWN.iter().enumerate() {
            assert!(KNOWN[..at].iter().all(|other| other.id != row.id), "{}", row.id);
            assert!(row.source.starts_with("https://"), "{}", row.id);
        }
    }
}
