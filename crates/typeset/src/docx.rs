//! A letter as a Word document (Office Open XML): the same parts in a form that one can go on writing in.
//!
//! Five small files in a zip archive; what a blank asks stands in a yellow mark.

use std::fmt::Write as _;
use std::io::{self, Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::SetError;
use crate::letter::{Letter, Part, Run, parts};
use crate::paper::Paper;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
const OF_DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Writes a letter as a Word document.
///
/// # Errors
///
/// [`SetError::Data`] where the archive cannot be written, which memory never makes it do.
pub fn docx(letter: &Letter) -> Result<Vec<u8>, SetError> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let files = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", core(letter)),
        ("word/_rels/document.xml.rels", OF_DOCUMENT.to_owned()),
        ("word/styles.xml", styles(letter)),
        ("word/document.xml", document(letter)),
    ];
    let failed = |error: io::Error| SetError::Data(error.to_string());
    for (name, text) in files {
        zip.start_file(name, options)
            .map_err(io::Error::from)
            .and_then(|()| zip.write_all(text.as_bytes()))
            .map_err(failed)?;
    }
    Ok(zip.finish().map_err(io::Error::from).map_err(failed)?.into_inner())
}

fn core(letter: &Letter) -> String {
    let (title, author) = (escape(&letter.title), escape(letter.from.first().map_or("", String::as_str)));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>{author}</dc:creator><dc:language>{}</dc:language></cp:coreProperties>"#,
        language(letter)
    )
}

fn language(letter: &Letter) -> String {
    match &letter.country {
        Some(country) => format!("{}-{}", escape(&letter.language), escape(country)),
        None => escape(&letter.language),
    }
}

fn styles(letter: &Letter) -> String {
    let lang = language(letter);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/><w:sz w:val="22"/><w:lang w:val="{lang}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="160" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="24"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="200" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Address"><w:name w:val="Address"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="0" w:line="252" w:lineRule="auto"/></w:pPr></w:style></w:styles>"#
    )
}

fn document(letter: &Letter) -> String {
    let mut body = String::new();
    for line in &letter.from {
        paragraph(&mut body, Some("Address"), "", &plain(line));
    }
    paragraph(&mut body, Some("Address"), "", "");
    for line in &letter.to {
        paragraph(&mut body, Some("Address"), "", &plain(line));
    }
    paragraph(&mut body, Some("Address"), "", "");
    paragraph(&mut body, None, "", &plain(&letter.date));
    let title = letter.subject.as_ref().unwrap_or(&letter.title);
    paragraph(&mut body, Some("Title"), "", &plain(title));
    for part in parts(&letter.body, &letter.blanks) {
        match part {
            Part::Paragraph { lines } => {
                let lines: Vec<String> = lines.iter().map(|line| runs(line)).collect();
                paragraph(&mut body, None, "", &lines.join("<w:r><w:br/></w:r>"));
            }
            Part::Heading { line } => paragraph(&mut body, Some("Heading2"), "", &runs(&line)),
            Part::List { items } => {
                for item in items {
                    let indent = r#"<w:spacing w:after="60"/><w:ind w:left="360" w:hanging="240"/>"#;
                    paragraph(&mut body, None, indent, &format!("{}{}", plain("–\u{2002}"), runs(&item)));
                }
            }
        }
    }
    // Twentieths of a point.
    let (width, height) = match letter.paper {
        Paper::A4 => (11_906, 16_838),
        Paper::UsLetter => (12_240, 15_840),
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{NAMESPACE}"><w:body>{body}<w:sectPr><w:pgSz w:w="{width}" w:h="{height}"/><w:pgMar w:top="1247" w:right="1247" w:bottom="1247" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    )
}

fn paragraph(out: &mut String, style: Option<&str>, more: &str, inner: &str) {
    let style = style.map_or_else(String::new, |style| format!(r#"<w:pStyle w:val="{style}"/>"#));
    let _ = write!(out, "<w:p><w:pPr>{style}{more}</w:pPr>{inner}</w:p>");
}

fn plain(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escape(text))
}

fn runs(runs: &[Run]) -> String {
    let mark = |run: &Run| {
        if run.blank {
            let text = escape(&run.text);
            format!(
                r#"<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
            )
        } else {
            plain(&run.text)
        }
    };
    runs.iter().map(mark).collect()
}

/// Escapes a text, and leaves out what XML cannot hold.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}
