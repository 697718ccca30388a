//! Makes the starter directory of the files of Escalate Anything in their reduced form:
//! `cargo run -p desk --example starter -- us-companies.jsonl`.
//!
//! It reads the file with the importer that users have, names the rungs that the registry leaves open, and writes
//! `crates/store/data/starter.jsonl` (to be read and reviewed) and `starter.gz` (which the program holds). Without a file
//! the readable form is packed again as it is.

#![expect(clippy::print_stdout, reason = "a tool says what it did")]

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::{Compression, GzBuilder};
use store::Entry;
use store::import::{self, Format};

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../store/data");
    let readable = data.join("starter.jsonl");
    let entries: Vec<Entry> = match std::env::args().nth(1) {
        Some(file) => {
            let mut imported = import::read(Path::new(&file), Some(Format::EscalateAnything), "2026-10-12")?;
            for warning in &imported.warnings {
                println!("{warning}");
            }
            for entry in &mut imported.entries {
                desk::directory::name_rows(&mut entry.contacts);
            }
            imported.entries.sort_by(|a, b| a.company.id.cmp(&b.company.id));
            imported.entries
        }
        None => fs::read_to_string(&readable)?
            .lines()
            .map(serde_json::from_str)
            .collect::<Result<Vec<Entry>, _>>()?,
    };
    let (mut lines, mut block) = (String::new(), String::new());
    for entry in &entries {
        let json = serde_json::to_string(entry)?;
        let company = &entry.company;
        let plain = |text: &str| text.replace(['\t', '|', '\n'], " ");
        let aliases: Vec<String> = company.aliases.iter().map(|alias| plain(alias)).collect();
        writeln!(
            block,
            "{}\t{}\t{}\t{}\t{json}",
            plain(&company.id),
            plain(&company.name),
            aliases.join("|"),
            company.domains.join(" ")
        )?;
        writeln!(lines, "{json}")?;
    }
    fs::write(&readable, &lines)?;
    // Without a time in its head, the same data make the same bytes.
    let mut packed = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    packed.write_all(block.as_bytes())?;
    let packed = packed.finish()?;
    println!("{} companies, {} bytes, packed {}", entries.len(), lines.len(), packed.len());
    fs::write(data.join("starter.gz"), packed)?;
    Ok(())
}
