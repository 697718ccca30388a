//! A case as one page that any browser shows without the program.

use std::fmt::Write as _;

use reading::harmless::escape;

use super::CaseView;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #ccc}.broken{color:#a00000;font-weight:600}";

/// Writes the page; `files` are the names of the files beside it, in the folder `files`.
pub(super) fn page(view: &CaseView, files: &[String], note: Option<&str>) -> String {
    let mut page = String::new();
    let title = format!("{}: {}", escape(&view.company), escape(view.what.as_deref().unwrap_or("a case")));
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n<h1>{title}</h1>\n"
    );
    if let Some(note) = note {
        let _ = writeln!(page, "<p>{}</p>", escape(note));
    }
    page.push_str("<table>\n");
    let mut row = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(page, "<tr><th scope=\"row\">{name}</th><td>{}</td></tr>", escape(value));
        }
    };
    row("Case", Some(&view.id));
    row("State", Some(view.outcome.as_deref().map_or(view.status, |outcome| outcome)));
    row("Since", view.since.as_deref());
    row("Sum in dispute", view.amount.as_deref());
    row("Wanted", view.wanted.as_deref());
    row("Least you would accept", view.least.as_deref());
    row("References", Some(view.references.join(", ")).filter(|all| !all.is_empty()).as_deref());
    page.push_str("</table>\n");
    if !view.promises.is_empty() {
        page.push_str("<h2>Promises</h2>\n<ul>\n");
        for promise in &view.promises {
            let due = promise.due.as_ref().map_or(String::new(), |day| format!(", for {}", escape(day)));
            let class = if promise.state == "broken" { " class=\"broken\"" } else { "" };
            let _ = writeln!(
                page,
                "<li{class}>{}: {} (made on {}{due})</li>",
                promise.state,
                escape(&promise.text),
                escape(&promise.on)
            );
        }
        page.push_str("</ul>\n");
    }
    page.push_str("<h2>What happened</h2>\n<table>\n<tr><th scope=\"col\">Day</th><th scope=\"col\">Who</th><th scope=\"col\">What</th></tr>\n");
    for line in &view.timeline {
        let time = line.time.as_ref().map_or(String::new(), |time| format!(" {}", escape(time)));
        let who = if line.by == "customer" {
            "customer".to_owned()
        } else {
            escape(line.person.as_deref().unwrap_or(&line.by))
        };
        let mut about = vec![line.kind.replace('_', " ")];
        about.extend(line.channel.clone());
        about.extend(line.reference.as_ref().map(|number| format!("ref. {number}")));
        about.extend(line.due.as_ref().map(|day| format!("due {day}")));
        about.extend(line.amount.clone());
        let _ = writeln!(
            page,
            "<tr><td>{}{time}</td><td>{who}</td><td>{} <small>({})</small></td></tr>",
            escape(&line.on),
            escape(&line.text),
            escape(&about.join(", "))
        );
    }
    page.push_str("</table>\n");
    if !files.is_empty() {
        page.push_str("<h2>Files</h2>\n<ol>\n");
        for file in files {
            let _ = writeln!(page, "<li><a href=\"files/{}\">{}</a></li>", address(file), escape(file));
        }
        page.push_str("</ol>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// Writes a file's name as a part of an address.
fn address(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_from_outside_is_text_and_a_name_is_an_address() {
        assert_eq!(address("01 bill ä.pdf"), "01%20bill%20%C3%A4.pdf");
    }
}
