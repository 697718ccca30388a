//! What a PDF of any kind gives, from files made here: each by what is wrong with it.

use std::fmt::Write as _;

use super::*;

/// Writes a PDF of objects, the first being the catalogue.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", at + 1);
    }
    let table = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer <</Size {} /Root 1 0 R>>\nstartxref\n{table}\n%%EOF", objects.len() + 1);
    out.into_bytes()
}

fn stream(dictionary: &str, data: &str) -> String {
    format!("<<{dictionary} /Length {}>> stream\n{data}\nendstream", data.len())
}

/// Writes a PDF with a page for each content.
fn pages(contents: &[&str], resources: &str, more: &[String]) -> Vec<u8> {
    let first = 3 + more.len();
    let kids: String = (0..contents.len()).fold(String::new(), |mut kids, at| {
        let _ = write!(kids, "{} 0 R ", first + 2 * at);
        kids
    });
    let mut objects = vec![
        "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
        format!("<</Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 595 842]>>", contents.len()),
    ];
    objects.extend(more.iter().cloned());
    for (at, content) in contents.iter().enumerate() {
        objects.push(format!(
            "<</Type /Page /Parent 2 0 R /Resources <</Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>> >> {resources}>> /Contents {} 0 R>>",
            first + 2 * at + 1
        ));
        objects.push(stream("", content));
    }
    pdf(&objects)
}

/// Shows lines of text, top to bottom, 14 points apart.
fn show(lines: &[&str]) -> String {
    let mut content = "BT /F 11 Tf 14 TL 60 780 Td ".to_owned();
    for line in lines {
        let _ = write!(content, "({line}) Tj T* ");
    }
    content + "ET"
}

#[test]
fn text_is_read_page_by_page_in_order() {
    let one = show(&["Complaints procedure", "Write to complaints@acme.example"]);
    let two = show(&["Stage 2", "The manager answers within 10 working days"]);
    let read = text(&pages(&[&one, &two], "", &[]), Bounds::default()).unwrap();
    assert_eq!(read.page_count, 2);
    assert_eq!(read.pages[0].lines[1].text, "Write to complaints@acme.example");
    assert!(read.text().ends_with("Stage 2\nThe manager answers within 10 working days"), "{}", read.text());
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn a_picture_of_a_page_is_told_from_text_and_the_rest_is_kept() {
    let picture = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q";
    assert_eq!(text(&pages(&[picture], "", &[]), Bounds::default()), Err(PdfError::NoText { pages: 1 }));
    let both =
        text(&pages(&[picture, &show(&["Our complaints policy"])], "", &[]), Bounds::default()).unwrap();
    assert!(
        both.text().contains("complaints policy") && both.warnings[0].contains("1 of the 2 pages"),
        "{both:?}"
    );
}

#[test]
fn a_long_pdf_is_read_to_the_bound_and_says_so() {
    let page = show(&["A page of a long handbook"]);
    let long = pages(&vec![page.as_str(); 300], "", &[]);
    let read = text(&long, Bounds::default()).unwrap();
    assert_eq!((read.pages.len(), read.page_count), (60, 300));
    assert_eq!(read.warnings, ["only the first 60 of the 300 pages of the PDF were read"]);
    assert!(matches!(
        text(&long, Bounds { bytes: 1_000, ..Bounds::default() }),
        Err(PdfError::TooLong { .. })
    ));
}

#[test]
fn what_is_no_pdf_or_broken_is_refused_and_a_cut_one_is_saved() {
    assert_eq!(text(b"<html>", Bounds::default()), Err(PdfError::NotPdf));
    assert_eq!(text(b"%PDF-1.7\nnothing of the kind", Bounds::default()), Err(PdfError::Broken));
    let whole = pages(&[&show(&["Complaints procedure of Acme"])], "", &[]);
    let cut = &whole[..whole.len() - 120];
    assert!(text(cut, Bounds::default()).unwrap().text().contains("Complaints procedure"));
    for end in (0..whole.len()).step_by(7) {
        let _ = text(&whole[..end], Bounds::default());
    }
    for at in (9..whole.len()).step_by(5) {
        let mut bent = whole.clone();
        bent[at] ^= 0x15;
        let _ = text(&bent, Bounds::default());
    }
}

#[test]
fn a_locked_pdf_says_so() {
    let locked = include_bytes!("../../tests/pdf/locked.pdf");
    assert_eq!(text(locked, Bounds::default()), Err(PdfError::Encrypted));
    let open = include_bytes!("../../tests/pdf/locked-for-changes.pdf");
    assert!(text(open, Bounds::default()).unwrap().text().contains("complaints@acme.example"));
}

#[test]
fn forms_that_draw_each_other_without_end_are_left() {
    // Each of 30 forms draws the next one ten times: 10^30 drawings.
    let forms: Vec<String> = (0..30)
        .map(|at| {
            let next = 3 + at + 1;
            let resources =
                if at < 29 { format!("/Resources <</XObject <</N {next} 0 R>> >>") } else { String::new() };
            let data = if at < 29 { "/N Do ".repeat(10) } else { "0 0 m".to_owned() };
            stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {resources}"), &data)
        })
        .collect();
    let content = format!("{} q /N Do Q", show(&["Complaints to the manager"]));
    let read = text(
        &pages(&[&content], "/XObject <</N 3 0 R>>", &forms),
        Bounds { steps: 20_000, ..Bounds::default() },
    );
    let read = read.unwrap();
    assert!(read.text().contains("Complaints to the manager"));
    assert!(read.warnings[0].contains("without end"), "{:?}", read.warnings);
    // One that draws itself.
    let own = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</N 3 0 R>> >>",
        "/N Do",
    );
    let read = text(&pages(&[&content], "/XObject <</N 3 0 R>>", &[own]), Bounds::default()).unwrap();
    assert!(read.text().contains("Complaints"));
}

#[test]
fn a_printed_procedure_is_read_as_a_person_reads_it() {
    let read = text(include_bytes!("../../tests/pdf/northgate.pdf"), Bounds::default()).unwrap();
    assert_eq!(read.title.as_deref(), Some("Complaints procedure of Northgate Water"));
    assert_eq!(
        read.links,
        ["https://www.northgate-water.example/complaints", "mailto:ceo@northgate-water.example"]
    );
    insta::assert_snapshot!(read.text());
}
