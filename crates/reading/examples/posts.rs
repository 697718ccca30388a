//! Reads posts, one JSON object a line, and answers as `upstairs read post --jsonl` does, without the rest of the program:
//! for looking at a change of the signs within seconds.

use std::io::{self, BufRead, Write};

use ladder::{Country, rung};
use reading::post::guard::{self, learned};
use reading::post::{self, Post, Scene};
use serde_json::{Value, json};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let value: Value = serde_json::from_str(&line?)?;
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let post = Post {
            text: text("text").unwrap_or_default(),
            url: text("url"),
            company: text("company"),
            country: text("country").and_then(|code| Country::parse(code).ok()),
            ..Post::default()
        };
        let reading = post::read(&post);
        let scene = Scene::of(&post);
        // What the signs say without the wording, and the wording by itself.
        let unworded = guard::judge_worded(&scene, 0.0).likelihood.clamp(1e-9, 1.0 - 1e-9);
        let parts = json!({
            "unworded": (unworded / (1.0 - unworded)).ln(), "wording": learned::odds(&scene),
            "pieces": if text("pieces").is_some() { learned::pieces(&scene) } else { Vec::new() },
        });
        let contacts: Vec<Value> = reading
            .contacts
            .iter()
            .map(|c| {
                json!({
                    "channel": c.reach.channel().id(), "value": c.reach.value(), "rung": rung::spelled(c.rung),
                    "because": c.because, "suspect": c.suspect,
                    "voices": c.voices.iter().map(|v| json!({"said": v.said, "quote": v.quote})).collect::<Vec<_>>(),
                })
            })
            .collect();
        let left: Vec<Value> =
            reading.left_out.iter().map(|l| json!({"value": l.reach.value(), "why": l.said})).collect();
        let signs: Vec<Value> =
            reading.signs.iter().map(|s| json!({"id": s.id, "weight": s.weight, "quote": s.quote})).collect();
        let answer = json!({
            "id": value["id"], "contacts": contacts, "left_out": left, "scam": reading.scam,
            "likelihood": (reading.likelihood * 100.0).round() / 100.0, "signs": signs, "roles": reading.roles,
            "parts": parts,
        });
        writeln!(out, "{answer}")?;
    }
    out.flush()
}
