//! Our own export: a company a line. A proposal of `directory check` is one with the pages that were read again.

use serde::Deserialize;

use super::Imported;
use crate::record::Entry;

/// The most pages of one company that a proposal names.
const MOST_PAGES: usize = 5_000;

/// What a proposal says beside the record.
#[derive(Deserialize)]
struct Proposal {
    #[serde(default)]
    reread: Vec<String>,
}

/// Reads the lines of a file.
pub(super) fn read(name: &str, text: &str, imported: &mut Imported) {
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        // Most files are no proposals: their lines are read once.
        let reread = if line.contains("\"reread\"") {
            serde_json::from_str::<Proposal>(line).map(|proposal| proposal.reread)
        } else {
            Ok(Vec::new())
        };
        match reread.and_then(|reread| Ok((reread, serde_json::from_str::<Entry>(line)?))) {
            Ok((reread, entry)) => {
                if imported.add(entry, name) && !reread.is_empty() {
                    let pages = reread.into_iter().take(MOST_PAGES).collect();
                    imported.reread.insert(imported.entries.len() - 1, pages);
                }
            }
            Err(error) => imported.warn(format!("{name}, line {}: {error}", number + 1)),
        }
    }
}
