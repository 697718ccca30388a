//! Putting Upstairs into assistants: each change is shown, asked for, kept beside, and undone; no file is harmed.

use std::io::Write as _;
use std::path::Path;
use std::process::{Output, Stdio};

use super::{complained, said, upstairs};

/// Runs `mcp install` in a home with an answer on standard input.
fn install(home: &Path, more: &[&str], answer: &str) -> Output {
    let mut child = upstairs(home)
        .args(["mcp", "install"])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(answer.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn write(home: &Path, file: &str, text: &str) {
    let path = home.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn read(home: &Path, file: &str) -> String {
    std::fs::read_to_string(home.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

const CLAUDE: &str = ".config/Claude/claude_desktop_config.json";
const ZED: &str = ".config/zed/settings.json";
const CODE: &str = ".config/Code/User/mcp.json";
const CODEX: &str = ".codex/config.toml";

#[test]
fn a_machine_without_assistants_is_told_what_is_known_and_what_to_write() {
    let home = tempfile::tempdir().unwrap();
    let output = install(home.path(), &[], "");
    assert_eq!(output.status.code(), Some(1));
    let text = said(&output);
    assert!(text.contains(CLAUDE) && text.contains("\"mcpServers\"") && text.contains("\"mcp\""), "{text}");
    assert_eq!(install(home.path(), &["--assistant", "hal"], "").status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn what_would_change_is_shown_and_without_a_yes_nothing_does() {
    let home = tempfile::tempdir().unwrap();
    let before = "{\n  // my theme\n  \"theme\": \"One Dark\",\n}\n";
    write(home.path(), ZED, before);
    for answer in ["", "n\n", "\n", "no\n"] {
        let output = install(home.path(), &[], answer);
        let text = said(&output);
        assert!(text.contains("+  \"context_servers\"") && text.contains("left as it is"), "{text}");
        assert_eq!(read(home.path(), ZED), before);
    }
    assert_eq!(
        std::fs::read_dir(home.path().join(".config/zed")).unwrap().count(),
        1,
        "no copy, no leftover"
    );
    let text = said(&install(home.path(), &[], "y\n"));
    assert!(text.contains("done") && text.contains(".before-upstairs"), "{text}");
    let after = read(home.path(), ZED);
    assert!(after.contains("// my theme") && after.contains(env!("CARGO_BIN_EXE_upstairs")), "{after}");
    assert_eq!(read(home.path(), &format!("{ZED}.before-upstairs")), before);
}

#[cfg(target_os = "linux")]
#[test]
fn every_assistant_is_served_in_its_own_form_and_left_as_it_was_again() {
    let home = tempfile::tempdir().unwrap();
    write(
        home.path(),
        CLAUDE,
        "{\"globalShortcut\":\"\",\"mcpServers\":{\"a\":{\"command\":\"x\",\"args\":[]}}}",
    );
    write(home.path(), ".claude.json", "{\n  \"numStartups\": 3,\n  \"projects\": {}\n}");
    write(home.path(), CODE, "");
    write(home.path(), CODEX, "model = \"m\"\n");
    std::fs::create_dir_all(home.path().join(".cursor")).unwrap();
    std::fs::create_dir_all(home.path().join(".gemini")).unwrap();
    let data = home.path().join("my cases").display().to_string();
    let output = install(home.path(), &["--yes", "--data", &data, "--allow-writes"], "");
    assert!(output.status.success(), "{}", complained(&output));
    let program = env!("CARGO_BIN_EXE_upstairs");
    let words = serde_json::json!(["mcp", "--allow-writes", "--data", data]);
    for (file, key, typed) in [
        (CLAUDE, "mcpServers", false),
        (".claude.json", "mcpServers", true),
        (CODE, "servers", true),
        (".cursor/mcp.json", "mcpServers", false),
        (".gemini/settings.json", "mcpServers", false),
    ] {
        let all: serde_json::Value = serde_json::from_str(&read(home.path(), file)).unwrap();
        let ours = &all[key]["upstairs"];
        assert_eq!((ours["command"].as_str(), &ours["args"]), (Some(program), &words), "{file}");
        assert_eq!(ours["type"] == "stdio", typed, "{file}");
    }
    assert!(read(home.path(), CODEX).contains("[mcp_servers.upstairs]"));
    // The door opens by just what was written.
    let again = install(home.path(), &["--yes", "--data", &data, "--allow-writes"], "");
    assert_eq!(said(&again).matches("nothing to do").count(), 6, "{}", said(&again));
    let gone = install(home.path(), &["--uninstall"], "y\ny\ny\ny\ny\ny\n");
    assert!(gone.status.success());
    for (file, kept) in [(CLAUDE, "\"a\""), (".claude.json", "numStartups"), (CODEX, "model"), (CODE, "{")] {
        let text = read(home.path(), file);
        assert!(!text.contains("upstairs") && text.contains(kept), "{file}: {text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_understood_is_left_alone_and_the_rest_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let broken = "{ \"mcpServers\": { \"a\": ";
    write(home.path(), CLAUDE, broken);
    write(home.path(), ".cursor/mcp.json", "{}");
    let output = install(home.path(), &["--yes"], "");
    assert_eq!(output.status.code(), Some(1));
    let words = complained(&output);
    assert!(words.contains("Claude Desktop") && words.contains("left as it is"), "{words}");
    assert_eq!(read(home.path(), CLAUDE), broken);
    assert!(read(home.path(), ".cursor/mcp.json").contains("upstairs"));
}
