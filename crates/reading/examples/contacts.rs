//! Reads saved pages, one JSON object a line, and answers as `upstairs read page --jsonl` does, with the signals of each rung and
//! without the rest of the program: for looking at a change of the rules within seconds.

use std::io::{self, BufRead, Write};
use std::path::Path;

use ladder::{Country, rung};
use reading::page::{self, Context};
use serde_json::{Value, json};
use url::Url;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| request.get(key).and_then(Value::as_str);
        let url = text("url").and_then(|url| Url::parse(url).ok());
        let context = Context {
            url: url.as_ref(),
            country: text("country").and_then(|code| Country::parse(code).ok()),
            lang: text("lang"),
            ..Context::default()
        };
        let page =
            page::read_contacts(&std::fs::read(Path::new(text("file").unwrap_or_default()))?, &context);
        let contacts: Vec<Value> = page
            .finding
            .contacts
            .iter()
            .map(|s| {
                json!({
                    "channel": s.reach.channel().id(), "value": s.reach.value(), "rung": rung::spelled(s.rung),
                    "party": s.party.name(), "label": s.label, "title": s.title, "quote": s.quote,
                    "signals": s.signals,
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": request["id"], "contacts": contacts}))?;
    }
    out.flush()
}
