//! Prints what is observed of procedures, or reads them, by weights from a folder: what `bench/policy/fit.py` works with.
//!
//! `observe WEIGHTS observe|read|text`: one JSON request a line on standard input (`{"id","file","country","lang"}`), one answer
//! a line on standard output.

#![expect(clippy::print_stdout, reason = "its output is all that it is for")]

use std::io::BufRead;
use std::path::Path;

use ladder::Country;
use reading::outline;
use reading::page::Context;
use reading::plain;
use reading::policy::{self, Weights};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut options = std::env::args().skip(1);
    let folder = options.next().ok_or("which folder of weights?")?;
    let what = options.next().unwrap_or_default();
    let table = |name: &str| std::fs::read_to_string(Path::new(&folder).join(name));
    let [whole, clock, stage, rung] = ["whole.txt", "clock.txt", "stage.txt", "rung.txt"].map(table);
    let weights = Weights::parse([&whole?, &clock?, &stage?, &rung?]);
    for line in std::io::stdin().lock().lines() {
        let request: Value = serde_json::from_str(&line?)?;
        let file = request["file"].as_str().unwrap_or_default();
        let text = std::fs::read_to_string(file)?;
        let html = Path::new(file).extension().is_some_and(|ending| ending == "html");
        let outline = if html { outline::from_html(&text) } else { outline::from_text(&plain::tidy(&text)) };
        let context = Context {
            country: request["country"].as_str().and_then(|code| Country::parse(code).ok()),
            lang: request["lang"].as_str(),
            ..Context::default()
        };
        let mut answer = if what == "text" {
            json!({"text": outline.text})
        } else if what == "observe" {
            serde_json::to_value(policy::observe(&outline, &context, &weights))?
        } else {
            drawn(&policy::read_weighed(&outline, &context, &weights))
        };
        answer["id"] = request["id"].clone();
        println!("{answer}");
    }
    Ok(())
}

/// A procedure as the scorer of the house reads it.
fn drawn(policy: &ladder::Policy) -> Value {
    let clock = |stated: &Option<ladder::StatedClock>| {
        stated.as_ref().map(|stated| json!({"n": stated.clock.n, "unit": stated.clock.unit}))
    };
    let reach = |reach: &ladder::Reach| json!({"channel": reach.channel(), "value": reach.value()});
    let stages: Vec<Value> = policy
        .stages
        .iter()
        .map(|stage| {
            json!({"order": stage.order, "rung": stage.rung, "handler": stage.handler,
                "contacts": stage.contacts.iter().map(reach).collect::<Vec<_>>(),
                "acknowledge": clock(&stage.acknowledge), "respond": clock(&stage.respond),
                "customer_window": clock(&stage.customer_window)})
        })
        .collect();
    let external: Vec<Value> = policy
        .external
        .iter()
        .map(|body| {
            json!({"body": body.body, "kind": body.kind, "after": clock(&body.after), "within": clock(&body.within),
                "contacts": body.contacts.iter().map(reach).collect::<Vec<_>>()})
        })
        .collect();
    json!({"stages": stages, "external": external})
}
