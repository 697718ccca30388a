//! The user's own templates, as they lie in a folder.

use std::fs;
use std::path::Path;

use letters::draft::{Language, OwnTemplate};

/// The most bytes of a template.
const MOST: u64 = 200_000;

/// Reads the user's own templates from a folder: files `LANG/NAME.txt`. No folder is no templates. A file that cannot be read is kept with why,
/// so that only the letters that need it are refused.
#[must_use]
pub fn own_templates(folder: &Path) -> Vec<OwnTemplate> {
    let mut own = Vec::new();
    for language in Language::ALL {
        let Ok(entries) = fs::read_dir(folder.join(language.code())) else { continue };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".txt")) else {
                continue;
            };
            let (text, unread) = match read(&path) {
                Ok(text) => (text, None),
                Err(why) => (String::new(), Some(why)),
            };
            let (file, name) = (path.display().to_string(), name.to_owned());
            own.push(OwnTemplate { file, language, name, text, unread });
        }
    }
    own.sort_by(|a, b| a.file.cmp(&b.file));
    own
}

/// Reads a file of text.
fn read(path: &Path) -> Result<String, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MOST {
        return Err(format!("it has {size} bytes, but a template can have at most {MOST}"));
    }
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "it is no text in UTF-8".to_owned())?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n"))
}

/// Says of each of the user's own templates that cannot be used what is wrong with it, with its line.
#[must_use]
pub fn template_faults(own: &[OwnTemplate]) -> Vec<String> {
    let errors = letters::draft::check_templates(own).err().unwrap_or_default();
    errors.iter().map(ToString::to_string).collect()
}

/// Returns the page of what templates can be called and use.
#[must_use]
pub fn templates_page() -> String {
    letters::draft::templates_page()
}
