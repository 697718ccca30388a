//! The features by which replies and drafts are judged, for `tools/letters/train.py`: on standard input one JSON object a line, `{"text",
//! "complaint", "lang", "draft"}`; on standard output an array of names a line. With `"read": true` the labels of the reply and whether it
//! addresses the core, for measuring.
#![expect(clippy::print_stdout, reason = "it prints")]

use std::io::{BufRead as _, stdin};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for line in stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| row.get(name).and_then(serde_json::Value::as_str);
        let text = field("text").unwrap_or_default();
        if row["read"] == true {
            let letter = letters::reply::Letter {
                text,
                complaint: field("complaint"),
                lang: field("lang"),
                ..letters::reply::Letter::default()
            };
            let reading = letters::reply::read(&letter)?;
            println!("{}", serde_json::json!({"labels": reading.labels, "core": reading.addresses_core}));
            continue;
        }
        let features = if row["draft"] == true {
            letters::check::features_of(text, field("lang"))
        } else {
            letters::reply::features_of(text, field("complaint"), field("lang"))
        };
        println!("{}", serde_json::to_string(&features)?);
    }
    Ok(())
}
