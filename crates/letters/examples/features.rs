//! The features by which replies and drafts are judged, for `tools/letters/train.py`: on standard input one JSON object a line, `{"text",
//! "complaint", "lang", "draft"}`; on standard output an array of names a line.
#![expect(clippy::print_stdout, reason = "it prints")]

use std::io::{BufRead as _, stdin};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| row.get(name).and_then(serde_json::Value::as_str);
        let text = field("text").unwrap_or_default();
        let features = if row["draft"] == true {
            letters::check::features_of(text, field("lang"))
        } else {
            letters::reply::features_of(text, field("complaint"), field("lang"))
        };
        println!("{}", serde_json::to_string(&features)?);
    }
    Ok(())
}
