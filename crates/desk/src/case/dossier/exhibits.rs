//! Exhibits: the files of a case made ready to be set as pages. A file that is locked, damaged or not what its name says
//! becomes a page that says so, and the rest goes on.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use letters::dossier::Labels;
use mail_parser::{MessageParser, MimeHeaders as _};
use reading::pdf::{self, PdfError};
use typeset::{Body, Exhibit, PictureError};

/// The largest file that is set as pages.
const MOST_BYTES: u64 = 64 << 20;
/// Pages of a PDF that are shown.
const MOST_PAGES: usize = 60;
/// Characters of a text that are shown.
const MOST_TEXT: usize = 120_000;
/// Words that stand beneath the picture of a page.
const MOST_BENEATH: usize = 20_000;

/// A file of a case, as the dossier numbers it.
#[derive(Clone, Debug)]
pub(super) struct Filed {
    /// What it is.
    pub(super) title: String,
    /// Where it lies; `None` where it is only named.
    pub(super) path: Option<PathBuf>,
    /// The hash of what was filed (SHA-256, hexadecimal), where it was kept.
    pub(super) sha256: Option<String>,
}

/// Makes every exhibit that has a file ready, on as many threads as there are processors. One that is only named keeps its number in the
/// list and gets no page: there is nothing to be seen on it.
pub(super) fn ready(files: &[Filed], labels: &Labels) -> Vec<Exhibit> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(files.len())));
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((at, file)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    files.get(at).map(|file| (at, file))
                } {
                    let Some(path) = &file.path else { continue };
                    let body = body(file, path, labels);
                    let exhibit = Exhibit { number: at + 1, title: file.title.clone(), body };
                    if let Ok(mut done) = done.lock() {
                        done.push(exhibit);
                    }
                }
            });
        }
    });
    let mut exhibits = done.into_inner().unwrap_or_default();
    exhibits.sort_by_key(|exhibit| exhibit.number);
    exhibits
}

fn body(file: &Filed, path: &Path, labels: &Labels) -> Body {
    let body = match bytes(path) {
        Ok(Some(bytes)) => of_bytes(&file.title, &bytes, labels),
        Ok(None) => Body::Note(labels.why_big.clone()),
        Err(_) => Body::Note(labels.why_missing.clone()),
    };
    match body {
        Body::Note(why) => Body::Note(format!("{}\n\n{why}", told(file, path))),
        shown => shown,
    }
}

/// Says which file it is that cannot be shown: its name, its size, and the hash under which the list has it.
fn told(file: &Filed, path: &Path) -> String {
    let size = std::fs::metadata(path).map(|file| format!(" ({} B)", file.len())).unwrap_or_default();
    let hash = file.sha256.as_ref().map(|hash| format!("\nSHA-256 {hash}")).unwrap_or_default();
    format!("{}{size}{hash}", file.title)
}

/// Reads a file; `None` where it is too large.
fn bytes(path: &Path) -> std::io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= MOST_BYTES).then_some(bytes))
}

/// Decides by its bytes what a file is, and by its name only what it claims to be.
fn of_bytes(name: &str, bytes: &[u8], labels: &Labels) -> Body {
    let note = |why: &str| Body::Note(why.to_owned());
    let of_error = |error: PictureError| match error {
        PictureError::Locked => note(&labels.why_locked),
        PictureError::Broken => note(&labels.why_broken),
        PictureError::TooLarge => note(&labels.why_big),
    };
    if pdf::is_pdf(bytes) {
        return of_pdf(bytes, labels).unwrap_or_else(of_error);
    }
    match typeset::legible(bytes) {
        Ok(Some(picture)) => return Body::Picture(picture),
        Ok(None) => {}
        Err(error) => return of_error(error),
    }
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let claims = |endings: &[&str]| endings.contains(&extension.as_str());
    if claims(&["pdf", "png", "jpg", "jpeg", "gif", "webp"]) {
        return note(&labels.why_broken);
    }
    if claims(&["eml", "msg"]) || looks_like_mail(bytes) {
        return of_mail(bytes, labels).unwrap_or_else(|| note(&labels.why_broken));
    }
    let binary = bytes.iter().take(8192).any(|byte| *byte == 0) && !reading::charset::is_wide(bytes);
    if claims(&["html", "htm"]) && !binary {
        let decoded = reading::charset::decode(bytes, None);
        let outline = reading::outline::from_html(&decoded.text);
        let blocks = (0..outline.blocks.len()).map(|at| outline.block_text(at));
        let text = blocks.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n");
        return of_text(Vec::new(), &text, labels);
    }
    if (claims(&["txt", "text", "md", "csv", "log", "json", "ics", "vcf", ""])
        || std::str::from_utf8(bytes).is_ok())
        && !binary
    {
        return of_text(Vec::new(), &reading::charset::decode(bytes, None).text, labels);
    }
    note(&labels.why_unknown)
}

fn of_pdf(bytes: &[u8], labels: &Labels) -> Result<Body, PictureError> {
    let bounds = pdf::Bounds {
        bytes: usize::try_from(MOST_BYTES).unwrap_or(usize::MAX),
        unpacked: 512 << 20,
        pages: MOST_PAGES,
        steps: 2_000_000,
    };
    let texts: Vec<String> = match pdf::text(bytes, bounds) {
        Ok(read) if read.warnings.iter().any(|warning| warning.contains("without end")) => {
            return Err(PictureError::TooLarge);
        }
        Ok(read) => read
            .pages
            .iter()
            .map(|page| {
                let lines: Vec<&str> = page.lines.iter().map(|line| line.text.as_str()).collect();
                cut(&lines.join("\n"), MOST_BENEATH).to_owned()
            })
            .collect(),
        // A scanned page has no words and is a picture all the same.
        Err(PdfError::NoText { .. }) => Vec::new(),
        Err(PdfError::Encrypted) => return Err(PictureError::Locked),
        Err(PdfError::TooLong { .. } | PdfError::TooBig { .. }) => return Err(PictureError::TooLarge),
        Err(PdfError::NotPdf | PdfError::Broken) => return Err(PictureError::Broken),
    };
    let (pages, all) = typeset::pdf_pictures(bytes, MOST_PAGES, &texts)?;
    let left_out = (all > pages.len()).then(|| labels.left_out.replace("{n}", &pages.len().to_string()));
    Ok(Body::Pages { pages, left_out })
}

/// Returns whether a file begins as a mail does.
fn looks_like_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_lowercase();
    let first = head.lines().next().unwrap_or_default();
    let named = [
        "return-path:",
        "received:",
        "from:",
        "date:",
        "message-id:",
        "delivered-to:",
        "mime-version:",
        "subject:",
    ];
    let has = |name: &str| head.lines().any(|line| line.starts_with(name));
    named.iter().any(|name| first.starts_with(name)) && has("from:") && (has("date:") || has("message-id:"))
}

fn of_mail(bytes: &[u8], labels: &Labels) -> Option<Body> {
    let mail = MessageParser::default().parse(bytes)?;
    let people = |address: Option<&mail_parser::Address<'_>>| {
        let shown = address?.iter().map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        });
        Some(shown.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty())
    };
    let files: Vec<String> =
        mail.attachments().filter_map(|part| part.attachment_name().map(str::to_owned)).collect();
    let head: Vec<(String, String)> = [
        (&labels.mail_from, people(mail.from())),
        (&labels.mail_to, people(mail.to())),
        (&labels.mail_date, mail.date().map(mail_parser::DateTime::to_rfc822)),
        (&labels.mail_subject, mail.subject().map(str::to_owned)),
        (&labels.mail_files, Some(files.join(", ")).filter(|text| !text.is_empty())),
    ]
    .into_iter()
    .filter_map(|(label, value)| Some((label.clone(), value?)))
    .collect();
    let text = mail.body_text(0).unwrap_or_default();
    if head.is_empty() && text.trim().is_empty() {
        return None;
    }
    Some(of_text(head, &text, labels))
}

fn of_text(head: Vec<(String, String)>, text: &str, labels: &Labels) -> Body {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut kept = String::new();
    let mut blank = 0;
    for line in text.lines().map(str::trim_end) {
        blank = if line.is_empty() { blank + 1 } else { 0 };
        if blank < 2 {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    let shown = cut(kept.trim_matches('\n'), MOST_TEXT);
    let whole = shown.len() == kept.trim_matches('\n').len();
    let left_out = (!whole).then(|| labels.left_out.replace("{n}", "…"));
    Body::Text { head, text: shown.to_owned(), left_out }
}

/// Cuts a text at a character.
fn cut(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}
