//! Our own export: a company a line.

use super::Imported;
use crate::record::Entry;

/// Reads the lines of a file.
pub(super) fn read(name: &str, text: &str, imported: &mut Imported) {
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Entry>(line) {
            Ok(entry) => imported.add(entry, name),
            Err(error) => imported.warn(format!("{name}, line {}: {error}", number + 1)),
        }
    }
}
