//! The dossier as a page that any browser shows: one file without script, the exhibits beside it.

use std::fmt::Write as _;

use letters::dossier::{Block, Dossier, Row};
use reading::harmless::escape;

const STYLE: &str = "body{font:17px/1.55 Georgia,'Times New Roman',serif;color:#222;max-width:46rem;margin:2rem auto;padding:0 1rem}\
h1{font-size:2rem;line-height:1.2;color:#1f3a4d;border-bottom:2px solid #1f3a4d;padding-bottom:.5rem}h2{color:#1f3a4d;margin-top:2.5rem}\
h3{color:#1f3a4d}a{color:#1f5a80}dl{display:grid;grid-template-columns:minmax(8rem,30%) 1fr;gap:.4rem 1rem}dt{color:#5a5a5a}dd{margin:0}\
table{border-collapse:collapse;width:100%;font-size:.92rem}th{text-align:left;border-bottom:2px solid #1f3a4d}td,th{padding:.4rem .5rem;vertical-align:top}\
td{border-bottom:1px solid #ddd;overflow-wrap:anywhere}.asked{background:#eef3f6;border-left:4px solid #1f3a4d;padding:.8rem 1rem;font-size:1.1rem}\
.quiet{color:#5a5a5a}.wide{overflow-x:auto}@media(max-width:34rem){dl{grid-template-columns:1fr}dd{margin-bottom:.5rem}}@media print{body{max-width:none}}";

/// Writes the page; `files` names the file of each exhibit beside it, where there is one.
pub(super) fn page(dossier: &Dossier, files: &[Option<String>]) -> String {
    let (labels, mut out) = (dossier.labels, String::new());
    let lang = dossier.language.code();
    let title = escape(&dossier.title);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
<title>{title}</title><style>{STYLE}</style></head><body>\n<main><p class=\"quiet\">{}</p><h1>{title}</h1><p class=\"quiet\">{} · <a href=\"dossier.pdf\">PDF</a></p>\n",
        escape(&labels.dossier),
        escape(&dossier.as_of),
    );
    let _ = write!(out, "<nav aria-label=\"{}\"><ul>", escape(&labels.contents));
    for section in &dossier.sections {
        let _ = write!(out, "<li><a href=\"#{}\">{}</a></li>", section.id, escape(&section.title));
    }
    let _ = write!(
        out,
        "</ul></nav>\n<section><h2>{}</h2><p>{}</p>",
        escape(&labels.summary),
        lines(&dossier.lead)
    );
    rows(&mut out, &dossier.brief);
    let _ = write!(
        out,
        "<h3>{}</h3><p class=\"asked\">{}</p>",
        escape(&labels.asked),
        lines(&dossier.asked.join("\n"))
    );
    if !dossier.moments.is_empty() {
        let _ = write!(out, "<h3>{}</h3>", escape(&labels.moments));
        rows(&mut out, &dossier.moments);
    }
    let _ = write!(
        out,
        "<h3>{}</h3><p>{}</p></section>",
        escape(&labels.standing),
        lines(&dossier.standing.join(" "))
    );
    for section in &dossier.sections {
        let _ = write!(out, "<section id=\"{}\"><h2>{}</h2>", section.id, escape(&section.title));
        for piece in &section.blocks {
            block(&mut out, piece, (section.id == "exhibits").then_some(files));
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main></body></html>\n");
    out
}

fn rows(out: &mut String, rows: &[Row]) {
    out.push_str("<dl>");
    for row in rows {
        let _ = write!(out, "<dt>{}</dt><dd>{}</dd>", escape(&row.label), lines(&row.value));
    }
    out.push_str("</dl>");
}

fn block(out: &mut String, block: &Block, files: Option<&[Option<String>]>) {
    match block {
        Block::Text { text } => {
            let _ = write!(out, "<p>{}</p>", lines(text));
        }
        Block::Heading { text } => {
            let _ = write!(out, "<h3>{}</h3>", escape(text));
        }
        Block::Rows { rows: items } => rows(out, items),
        Block::List { items } => {
            out.push_str("<ul>");
            for item in items {
                let _ = write!(out, "<li>{}</li>", lines(item));
            }
            out.push_str("</ul>");
        }
        Block::Table { head, rows } => {
            out.push_str("<div class=\"wide\"><table><thead><tr>");
            for column in head {
                let _ = write!(out, "<th scope=\"col\">{}</th>", escape(&column.title));
            }
            out.push_str("</tr></thead><tbody>");
            for (at, row) in rows.iter().enumerate() {
                out.push_str("<tr>");
                let file = files.and_then(|files| files.get(at)?.as_deref());
                for (column, cell) in row.iter().enumerate() {
                    match file.filter(|_| column == 1) {
                        Some(file) => {
                            let _ = write!(out, "<td><a href=\"{}\">{}</a></td>", address(file), lines(cell));
                        }
                        None => {
                            let _ = write!(out, "<td>{}</td>", lines(cell));
                        }
                    }
                }
                out.push_str("</tr>");
            }
            out.push_str("</tbody></table></div>");
        }
    }
}

/// Writes the path of a file beside the page as an address: everything but plain letters and digits in percent form.
fn address(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// Escapes a text, its lines kept and web addresses made links.
fn lines(text: &str) -> String {
    let line = |line: &str| {
        let words = line.split(' ').map(|word| {
            let shown = escape(word);
            if word.starts_with("https://") || word.starts_with("http://") {
                format!("<a href=\"{shown}\">{shown}</a>")
            } else {
                shown
            }
        });
        words.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_user_wrote_stays_text_on_the_page() {
        assert_eq!(lines("<script>\"&"), "&lt;script&gt;&quot;&amp;");
        assert_eq!(
            lines("see https://a.example/?x='y\"z now"),
            "see <a href=\"https://a.example/?x=&#39;y&quot;z\">https://a.example/?x=&#39;y&quot;z</a> now"
        );
        assert_eq!(address("exhibits/01 bill #2.pdf"), "exhibits/01%20bill%20%232.pdf");
    }
}
