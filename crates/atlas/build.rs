//! Checks the data files against the schema and embeds them.
//!
//! A broken file fails the build with file, line, entry, field and a way to mend it. What is embedded is one compact JSON
//! text a file, decoded when first asked for, and static tables of names, sites and contact values, so that a program
//! starts without decoding anything.

#![expect(unreachable_pub, reason = "the modules shared with the library are public there")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

#[path = "src/check.rs"]
mod check;
#[path = "src/names.rs"]
mod names;
#[path = "src/schema.rs"]
mod schema;
#[path = "src/words.rs"]
mod words;

use check::{Checked, Entry, Problem};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=data");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("data");
    let mut paths = Vec::new();
    toml_files(&root, &mut paths);
    paths.sort();
    let mut files: Vec<(String, Checked)> = Vec::new();
    for path in &paths {
        let name = path.strip_prefix(&root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                println!("cargo::error=atlas data: {name}: {error}");
                return ExitCode::FAILURE;
            }
        };
        files.push((name.clone(), check::check_file(&name, &text)));
    }
    let together: Vec<(String, &[Entry])> =
        files.iter().map(|(name, file)| (name.clone(), &*file.entries)).collect();
    let mut problems: Vec<&Problem> = files.iter().flat_map(|(_, file)| &file.problems).collect();
    // A broken entry is left out, so links to it would be reported in vain.
    let across = if problems.is_empty() { check::check_together(&together) } else { Vec::new() };
    problems.extend(&across);
    for problem in &problems {
        println!("cargo::error=atlas data: {problem}");
    }
    if !problems.is_empty() {
        return ExitCode::FAILURE;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    match embed(&files, &out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error=atlas data: cannot write {}: {error}", out.display());
            ExitCode::FAILURE
        }
    }
}

/// Collects the data files of a folder and the folders below it.
fn toml_files(folder: &Path, paths: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            toml_files(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            paths.push(path);
        }
    }
}

/// Writes the JSON texts and the static tables.
fn embed(files: &[(String, Checked)], out: &Path) -> std::io::Result<()> {
    let mut tables = Tables::default();
    let mut segments = String::new();
    for (at, (name, file)) in files.iter().enumerate() {
        let Some(head) = &file.head else { continue };
        let mut json = String::from("{\"head\":");
        head.write_json(&mut json);
        for (section, _) in &schema::SECTIONS {
            let _ = write!(json, ",\"{section}\":[");
            let mut first = true;
            for entry in file.entries.iter().filter(|entry| entry.section == *section) {
                if !std::mem::take(&mut first) {
                    json.push(',');
                }
                entry.node.write_json(&mut json);
            }
            json.push(']');
        }
        json.push('}');
        let path = out.join(format!("segment{at}.json"));
        fs::write(&path, &json)?;
        let country = head.text("country").unwrap_or_default();
        let region = head.text("region").unwrap_or_default();
        let _ = writeln!(
            segments,
            "    Embedded {{ file: {name:?}, country: {country:?}, region: {region:?}, json: include_str!({:?}) }},",
            path.display().to_string()
        );
        for (index, entry) in file.entries.iter().filter(|entry| entry.section == "body").enumerate() {
            tables.add(at, index, country, region, entry);
        }
    }
    let mut source =
        format!("pub(crate) static SEGMENTS: &[Embedded] = &[\n{segments}];\n{}", tables.source());
    let mut hasher = std::hash::DefaultHasher::new();
    source.hash(&mut hasher);
    let _ = writeln!(
        source,
        "/// What tells these facts from those of another build: what was computed with others is computed again.\n\
         pub const FINGERPRINT: u64 = u64::from_be_bytes({:?});",
        hasher.finish().to_be_bytes()
    );
    fs::write(out.join("tables.rs"), source)
}

/// What the static tables hold: a head for each body, and what leads to it.
#[derive(Default)]
struct Tables {
    heads: Vec<String>,
    names: Vec<(String, String)>,
    sites: BTreeMap<String, Vec<usize>>,
    values: BTreeMap<String, Vec<usize>>,
}

impl Tables {
    fn add(&mut self, segment: usize, index: usize, country: &str, region: &str, body: &Entry) {
        let node = &body.node;
        let head = self.heads.len();
        let text = |key| node.text(key).unwrap_or_default();
        let kind = words::Kind::from_id(text("kind")).unwrap_or(words::Kind::Adr);
        let status = words::Status::from_id(node.text("status").unwrap_or("in_force"))
            .unwrap_or(words::Status::InForce);
        self.heads.push(format!(
            "Head {{ id: Cow::Borrowed({:?}), name: Cow::Borrowed({:?}), country: Cow::Borrowed({country:?}), region: Cow::Borrowed({region:?}), kind: Kind::{kind:?}, status: Status::{status:?}, segment: {segment}, index: {index} }}",
            text("id"),
            text("name"),
        ));
        for row in names::rows(node) {
            let cased = if names::is_cased(&row.text) { &*row.text } else { "" };
            let line = format!(
                "NameRow {{ folded: Cow::Borrowed({:?}), cased: Cow::Borrowed({cased:?}), head: {head}, local: {}, dead: {} }}",
                row.folded, row.local, row.dead
            );
            self.names.push((row.folded, line));
        }
        for site in names::sites(node) {
            self.sites.entry(site).or_default().push(head);
        }
        for value in names::values(node) {
            self.values.entry(value).or_default().push(head);
        }
    }

    fn source(&self) -> String {
        let mut source = String::new();
        let list = |name: &str, kind: &str, rows: &[String], source: &mut String| {
            let _ = writeln!(source, "pub(crate) static {name}: &[{kind}] = &[");
            for row in rows {
                let _ = writeln!(source, "    {row},");
            }
            source.push_str("];\n");
        };
        list("HEADS", "Head", &self.heads, &mut source);
        let mut rows: Vec<_> = self.names.iter().collect();
        rows.sort_by(|(a, _), (b, _)| names::sort_key(a).cmp(&names::sort_key(b)));
        let names: Vec<String> = rows.into_iter().map(|(_, line)| line.clone()).collect();
        list("NAMES", "NameRow", &names, &mut source);
        for (name, map) in [("SITES", &self.sites), ("VALUES", &self.values)] {
            let rows: Vec<String> = map.iter().map(|(key, heads)| format!("({key:?}, &{heads:?})")).collect();
            list(name, "(&str, &[u32])", &rows, &mut source);
        }
        source
    }
}
