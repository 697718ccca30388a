//! Changing a configuration and nothing else in it: comments, order and spaces stay as the user has them.

use jsonc_parser::cst::{CstInputValue, CstObject, CstRootNode};
use jsonc_parser::{ParseOptions, parse_to_serde_value};
use serde_json::Value;

use super::Entry;
use super::known::Form;

/// The lines around a change that are shown.
const AROUND: usize = 3;

/// What files may hold: comments and commas at the end are usual in those that people write, more is not understood.
const OPTIONS: ParseOptions = ParseOptions {
    allow_comments: true,
    allow_trailing_commas: true,
    allow_loose_object_property_names: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

/// Returns a configuration with an entry under a name, or without one; `None` where it is so already.
///
/// # Errors
///
/// Why the text cannot be understood, or why the change cannot be made without touching something else.
pub(super) fn changed(
    text: &str,
    form: Form,
    name: &str,
    entry: Option<&Entry>,
) -> Result<Option<String>, String> {
    let (mark, text) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let before = value(text, form)?;
    let key = match form {
        Form::Json { key, .. } | Form::Toml { key } => key,
    };
    if !before.is_object() {
        return Err("it holds no settings by name".to_owned());
    }
    if before.get(key).is_some_and(|servers| !servers.is_object()) {
        return Err(format!("`{key}` in it does not hold servers by name"));
    }
    let wanted = entry.map(|entry| as_value(entry, form));
    let there = before.get(key).and_then(|servers| servers.get(name));
    if is_same(there, wanted.as_ref()) {
        return Ok(None);
    }
    let after = match form {
        Form::Json { key, .. } => in_json(text, key, name, wanted.as_ref())?,
        Form::Toml { key } => in_toml(text, key, name, entry),
    };
    let read = value(&after, form)?;
    let got = read.get(key).and_then(|servers| servers.get(name));
    if without(before.clone(), key, name) != without(read.clone(), key, name)
        || !is_same(got, wanted.as_ref())
    {
        return Err("it names things twice or in an unusual way: add the lines yourself".to_owned());
    }
    Ok(Some(format!("{mark}{after}")))
}

/// Reads a configuration; an empty one holds nothing.
fn value(text: &str, form: Form) -> Result<Value, String> {
    if text.trim().is_empty() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    match form {
        Form::Json { .. } => parse_to_serde_value(text, &OPTIONS).map_err(|error| error.to_string()),
        Form::Toml { .. } => toml::from_str(text).map_err(|error| crate::broken::toml(text, &error)),
    }
}

/// Returns an entry as its configuration has it.
fn as_value(entry: &Entry, form: Form) -> Value {
    let mut value = serde_json::Map::new();
    if matches!(form, Form::Json { typed: true, .. }) {
        value.insert("type".to_owned(), "stdio".into());
    }
    value.insert("command".to_owned(), entry.command.as_str().into());
    value.insert("args".to_owned(), entry.args.clone().into());
    Value::Object(value)
}

/// Returns whether what stands there starts the same program: an assistant may have added more to it.
fn is_same(there: Option<&Value>, wanted: Option<&Value>) -> bool {
    match (there, wanted) {
        (None, None) => true,
        (Some(there), Some(wanted)) => wanted
            .as_object()
            .is_some_and(|fields| fields.iter().all(|(key, value)| there.get(key) == Some(value))),
        _ => false,
    }
}

/// Returns everything of a configuration but our own entry, and the table of servers where nothing else is in it.
fn without(mut all: Value, key: &str, name: &str) -> Value {
    if let Some(servers) = all.get_mut(key).and_then(Value::as_object_mut) {
        servers.remove(name);
        if servers.is_empty()
            && let Some(all) = all.as_object_mut()
        {
            all.remove(key);
        }
    }
    all
}

fn in_json(text: &str, key: &str, name: &str, wanted: Option<&Value>) -> Result<String, String> {
    let root = CstRootNode::parse(text, &OPTIONS).map_err(|error| error.to_string())?;
    let all = root.object_value_or_create().ok_or("it holds no settings by name")?;
    let Some(wanted) = wanted else {
        if let Some(ours) = all.object_value(key).and_then(|servers| servers.get(name)) {
            ours.remove();
        }
        return Ok(root.to_string());
    };
    let servers: CstObject = match all.object_value(key) {
        Some(servers) => servers,
        None => all.append(key, CstInputValue::Object(Vec::new())).object_value_or_set(),
    };
    if let Some(ours) = servers.get(name) {
        ours.set_value(input(wanted));
    } else {
        servers.append(name, input(wanted));
    }
    let mut text = root.to_string();
    if !text.ends_with('\n') && text.contains('\n') {
        text.push('\n');
    }
    Ok(text)
}

fn input(value: &Value) -> CstInputValue {
    match value {
        Value::Null => CstInputValue::Null,
        Value::Bool(bool) => CstInputValue::Bool(*bool),
        Value::Number(number) => CstInputValue::Number(number.to_string()),
        Value::String(text) => CstInputValue::String(text.clone()),
        Value::Array(items) => CstInputValue::Array(items.iter().map(input).collect()),
        Value::Object(fields) => {
            CstInputValue::Object(fields.iter().map(|(key, value)| (key.clone(), input(value))).collect())
        }
    }
}

/// Where a line of a configuration stands.
#[derive(Clone, Copy, Eq, PartialEq)]
enum Place {
    /// In something else than our entry.
    Elsewhere,
    /// In the table of our entry.
    Ours,
    /// In a table below it, which somebody else added.
    Below,
}

/// Writes our entry into a configuration of TOML, or takes it out.
///
/// A table stands alone there, from its head to the next: an entry that is there keeps its comments and whatever else
/// somebody set in it; a new one goes to the end. What stands between an entry that is taken out and the next head is about
/// what follows, and stays.
fn in_toml(text: &str, key: &str, name: &str, entry: Option<&Entry>) -> String {
    let (head, below) = (format!("[{key}.{name}]"), format!("[{key}.{name}."));
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let fields = entry.map(|entry| {
        let args: Vec<String> = entry.args.iter().map(|arg| quoted(arg)).collect();
        format!("command = {}\nargs = [{}]\n", quoted(&entry.command), args.join(", "))
    });
    let (mut kept, mut between) = (String::new(), String::new());
    let (mut place, mut found, mut depth) = (Place::Elsewhere, false, 0);
    for line in text.split_inclusive('\n') {
        let start = line.trim_start();
        if depth > 0 {
            // The rest of a list of ours that goes over several lines.
            depth += opened(line);
            continue;
        }
        if start.starts_with('[') {
            place = match start {
                _ if start.starts_with(&head) => Place::Ours,
                _ if start.starts_with(&below) => Place::Below,
                _ => Place::Elsewhere,
            };
            let about_next = std::mem::take(&mut between);
            if place == Place::Elsewhere {
                kept.push_str(&about_next);
            }
            if place == Place::Elsewhere || fields.is_some() {
                kept.push_str(line);
            }
            if let Some(fields) = fields.as_ref().filter(|_| place == Place::Ours) {
                if !line.ends_with('\n') {
                    kept.push('\n');
                }
                kept.push_str(fields);
                found = true;
            }
            continue;
        }
        let remark = start.is_empty() || start.starts_with('#');
        match place {
            Place::Elsewhere => kept.push_str(line),
            Place::Below if fields.is_some() => kept.push_str(line),
            Place::Ours if fields.is_some() => {
                let name = start.split('=').next().map(str::trim);
                if !remark && matches!(name, Some("command" | "args")) {
                    depth = opened(line).max(0);
                } else {
                    kept.push_str(line);
                }
            }
            _ if remark => between.push_str(line),
            _ => between.clear(),
        }
    }
    kept.push_str(&between);
    let Some(fields) = fields.filter(|_| !found) else { return kept };
    if !kept.is_empty() {
        kept = format!("{}\n\n", kept.trim_end());
    }
    format!("{kept}{head}\n{fields}")
}

/// Returns how many lists a line opens more than it closes, outside of texts and remarks.
fn opened(line: &str) -> i32 {
    let (mut depth, mut text, mut escaped) = (0, None, false);
    for sign in line.chars() {
        match (text, sign) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(quote), sign) if sign == quote && !escaped => text = None,
            (None, '"' | '\'') => text = Some(sign),
            (None, '#') => break,
            (None, '[') => depth += 1,
            (None, ']') => depth -= 1,
            _ => {}
        }
        escaped = false;
    }
    depth
}

/// Returns a change line by line, with a few lines around it.
pub(super) fn diff(before: &str, after: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - same;
    let end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let from = same.saturating_sub(AROUND);
    let mut text = format!("@@ line {} @@\n", from + 1);
    let mut put = |sign: char, lines: &[&str]| {
        for line in lines {
            text.push(sign);
            text.push_str(line);
            text.push('\n');
        }
    };
    put(' ', &new[from..same]);
    put('-', &old[same..old.len() - end]);
    put('+', &new[same..new.len() - end]);
    put(' ', &new[new.len() - end..new.len() - end + end.min(AROUND)]);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Form = Form::Json { key: "mcpServers", typed: false };
    const TYPED: Form = Form::Json { key: "servers", typed: true };
    const TOML: Form = Form::Toml { key: "mcp_servers" };

    fn entry() -> Entry {
        Entry {
            command: "C:\\Programs\\upstairs.exe".into(),
            args: vec!["mcp".into(), "--allow-writes".into()],
        }
    }

    fn put(text: &str, form: Form) -> String {
        changed(text, form, "upstairs", Some(&entry())).unwrap().unwrap()
    }

    #[test]
    fn comments_of_toml_stay_whoever_they_are_about() {
        let text = "# mine\nmodel = \"m\" # late\n\n# the first\n[mcp_servers.a]\ncommand = \"x\"\n\n# about upstairs\n[mcp_servers.upstairs] # ours\n# slow disk\nstartup_timeout_sec = 20\ncommand = \"old\" # before\nargs = [\n  \"one\", # ]\n  \"t]wo\",\n]\n# kept below\n\n[mcp_servers.upstairs.env]\nUPSTAIRS_DATA = \"/d\" # there\n\n# about the next\n[mcp_servers.b]\ncommand = \"y\"\n# the end\n";
        let after = put(text, TOML);
        for kept in [
            "# mine",
            "# late",
            "# the first",
            "# about upstairs\n[mcp_servers.upstairs] # ours\n",
            "# slow disk\nstartup_timeout_sec = 20\n# kept below",
            "UPSTAIRS_DATA = \"/d\" # there",
            "# about the next\n[mcp_servers.b]",
            "# the end",
        ] {
            assert!(after.contains(kept), "{kept}: {after}");
        }
        assert!(!after.contains("old") && !after.contains("one") && !after.contains("wo"), "{after}");
        let gone = changed(&after, TOML, "upstairs", None).unwrap().unwrap();
        assert!(!gone.contains("[mcp_servers.upstairs") && !gone.contains("startup"), "{gone}");
        for kept in ["# mine", "# the first", "# about the next\n[mcp_servers.b]", "# the end"] {
            assert!(gone.contains(kept), "{kept}: {gone}");
        }
        // Put in at the end and taken out again, nothing else moves.
        let plain = "# a\n[mcp_servers.a]\ncommand = \"x\" # b\n# c\n";
        let back = changed(&put(plain, TOML), TOML, "upstairs", None).unwrap().unwrap();
        assert_eq!(back.trim_end(), plain.trim_end());
    }

    #[test]
    fn comments_order_and_spaces_stay_and_a_removal_brings_back_what_was() {
        let text = "// mine\n{\n    \"theme\": \"dark\", // late\n    \"servers\": {\n        /* first */\n        \"a\": { \"command\": \"x\" },\n    },\n    \"z\": [1, 2,],\n}\n";
        let after = put(text, TYPED);
        for kept in ["// mine", "// late", "/* first */", "[1, 2,]", "\"a\": { \"command\": \"x\" }"] {
            assert!(after.contains(kept), "{kept}: {after}");
        }
        assert!(after.contains("\"type\": \"stdio\"") && after.contains("C:\\\\Programs"), "{after}");
        let back = changed(&after, TYPED, "upstairs", None).unwrap().unwrap();
        assert_eq!(back.replace(char::is_whitespace, ""), text.replace(char::is_whitespace, ""));
    }

    #[test]
    fn empty_files_of_both_forms_become_whole_ones() {
        for (text, form) in [("", PLAIN), ("  \n", PLAIN), ("{}", PLAIN), ("\u{feff}{}", TYPED), ("", TOML)] {
            let after = put(text, form);
            assert!(after.contains("upstairs"), "{after}");
            assert_eq!(after.starts_with('\u{feff}'), text.starts_with('\u{feff}'));
            assert!(changed(&after, form, "upstairs", Some(&entry())).unwrap().is_none(), "{after}");
        }
        let after = put("model = \"m\"\n\n[mcp_servers.a]\ncommand = \"x\"\n", TOML);
        insta::assert_snapshot!(after, @r#"
        model = "m"

        [mcp_servers.a]
        command = "x"

        [mcp_servers.upstairs]
        command = 'C:\Programs\upstairs.exe'
        args = ["mcp", "--allow-writes"]
        "#);
        let back = changed(&after, TOML, "upstairs", None).unwrap().unwrap();
        assert!(back.contains("[mcp_servers.a]") && !back.contains("upstairs"), "{back}");
    }

    #[test]
    fn what_cannot_be_understood_is_refused() {
        for (text, form) in [
            ("{ \"mcpServers\": {", PLAIN),
            ("{ mcpServers: {} }", PLAIN),
            ("{ 'mcpServers': {} }", PLAIN),
            ("[]", PLAIN),
            ("true", PLAIN),
            ("{ \"mcpServers\": [] }", PLAIN),
            ("{ \"mcpServers\": null }", PLAIN),
            ("{ \"mcpServers\": {}, \"mcpServers\": { \"b\": {} } }", PLAIN),
            ("mcp_servers = 3", TOML),
            ("a = ", TOML),
            // A table within a text must not be taken for a table.
            (
                "note = '''\n[mcp_servers.upstairs]\n'''\n[mcp_servers]\nupstairs = { command = \"x\" }\n",
                TOML,
            ),
            (&"[".repeat(100_000), PLAIN),
        ] {
            let short: String = text.chars().take(60).collect();
            assert!(changed(text, form, "upstairs", Some(&entry())).is_err(), "{short}");
        }
    }

    #[test]
    fn what_an_assistant_added_to_our_entry_is_no_change() {
        let after = put("{}", PLAIN).replace("\"args\"", "\"env\": {}, \"args\"");
        assert!(changed(&after, PLAIN, "upstairs", Some(&entry())).unwrap().is_none(), "{after}");
    }

    #[test]
    fn a_change_is_shown_with_the_lines_around_it() {
        insta::assert_snapshot!(diff("1\n2\n3\n4\n5\n6\n7\n", "1\n2\n3\n4\nx\n6\n7\n"), @r"
        @@ line 2 @@
         2
         3
         4
        -5
        +x
         6
         7
        ");
    }
}
