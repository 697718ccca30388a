//! The dossier as pages: summary, contents, parts, exhibits with their stamps.

use jiff::Zoned;
use letters::dossier::Dossier;
use serde_json::{Value, json};

use crate::exhibit::{Body, Exhibit};
use crate::paper::Paper;
use crate::{SetError, Sheet, world};

/// Sets a dossier; with no exhibits given, and `summary` set, its first page alone.
///
/// # Errors
///
/// [`SetError`] where the typesetter refuses. Where an exhibit is the cause, it is named and set as a page that says so.
pub fn dossier(
    dossier: &Dossier,
    exhibits: Vec<Exhibit>,
    summary: bool,
    paper: Paper,
    now: &Zoned,
) -> Result<Sheet, SetError> {
    let whole = set(dossier, exhibits.clone(), summary, paper, now);
    let Err(first) = whole else { return whole };
    if exhibits.is_empty() {
        return Err(first);
    }
    // One of them cannot be set, by a fault that only the typesetter finds: each is tried by itself.
    let mut warnings = Vec::new();
    let mut sound = Vec::new();
    for mut exhibit in exhibits {
        let bare = Dossier { sections: Vec::new(), ..dossier.clone() };
        if set(&bare, vec![exhibit.clone()], summary, paper, now).is_err() {
            warnings.push(format!("exhibit {} cannot be set as pages", exhibit.number));
            exhibit.body = Body::Note(dossier.labels.why_broken.clone());
        }
        sound.push(exhibit);
    }
    let mut sheet = set(dossier, sound, summary, paper, now)?;
    sheet.warnings.extend(warnings);
    Ok(sheet)
}

fn set(
    dossier: &Dossier,
    exhibits: Vec<Exhibit>,
    summary: bool,
    paper: Paper,
    now: &Zoned,
) -> Result<Sheet, SetError> {
    let mut pictures = Vec::new();
    let exhibits: Vec<Value> = exhibits.into_iter().map(|exhibit| value(exhibit, &mut pictures)).collect();
    let mut data = serde_json::to_value(dossier).map_err(|error| SetError::Data(error.to_string()))?;
    data["labels"] =
        serde_json::to_value(dossier.labels).map_err(|error| SetError::Data(error.to_string()))?;
    data["pages"] = exhibits.into();
    data["paper"] = json!(paper);
    data["short"] = json!(summary);
    world::set(include_str!("../sheets/dossier.typ"), data, pictures, now)
}

/// Makes the data of an exhibit; its pictures go apart, and their places stand in the data.
fn value(exhibit: Exhibit, pictures: &mut Vec<Vec<u8>>) -> Value {
    let mut keep = |bytes: Vec<u8>| {
        pictures.push(bytes);
        pictures.len() - 1
    };
    let body = match exhibit.body {
        Body::Picture(bytes) => json!({ "kind": "picture", "picture": keep(bytes) }),
        Body::Pages { pages, left_out } => {
            let pages: Vec<Value> = pages
                .into_iter()
                .map(|page| json!({ "picture": keep(page.svg), "text": page.text }))
                .collect();
            json!({ "kind": "pages", "pages": pages, "left_out": left_out })
        }
        Body::Text { head, text, left_out } => {
            let paragraphs: Vec<&str> = text.split("\n\n").collect();
            json!({ "kind": "text", "head": head, "paragraphs": paragraphs, "left_out": left_out })
        }
        Body::Note(why) => json!({ "kind": "note", "why": why }),
    };
    json!({ "number": exhibit.number, "title": exhibit.title, "body": body })
}
