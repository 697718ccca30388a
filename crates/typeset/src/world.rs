//! The world that the typesetter sees: one source, the embedded fonts, the data, the day; no file, no package, no network.

use std::sync::OnceLock;

use jiff::Zoned;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Array, Bytes, Datetime, Dict, Duration, IntoValue, Smart, Value};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{SetError, Sheet};

/// The embedded fonts, the one that is asked first at the head.
pub(crate) const FONTS: [&[u8]; 6] = [
    include_bytes!("../fonts/LibertinusSerif-Regular.otf"),
    include_bytes!("../fonts/LibertinusSerif-Italic.otf"),
    include_bytes!("../fonts/LibertinusSerif-Semibold.otf"),
    include_bytes!("../fonts/LibertinusSerif-Bold.otf"),
    include_bytes!("../fonts/DejaVuSansMono.ttf"),
    include_bytes!("../fonts/DejaVuSans.ttf"),
];

/// The fonts, read once.
struct Fonts {
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

fn fonts() -> &'static Fonts {
    static READ: OnceLock<Fonts> = OnceLock::new();
    READ.get_or_init(|| {
        let fonts: Vec<Font> = FONTS.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts }
    })
}

/// Returns whether a font for running text has a character.
pub(crate) fn has_glyph(c: char) -> bool {
    let covers = |family: &str| {
        let mut found = fonts().fonts.iter().filter(|font| font.info().family == family);
        found.next().is_some_and(|font| font.info().coverage.contains(u32::from(c)))
    };
    covers("Libertinus Serif") || covers("DejaVu Sans")
}

/// One run of the typesetter.
struct House {
    library: LazyHash<Library>,
    source: Source,
    today: Option<Datetime>,
}

impl World for House {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &fonts().book
    }

    fn main(&self) -> FileId {
        self.source.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.source.id() { Ok(self.source.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts().fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

/// Sets a sheet of ours with data, as an archival, tagged PDF.
pub(crate) fn set(
    sheet: &'static str,
    mut data: serde_json::Value,
    pictures: Vec<Vec<u8>>,
    now: &Zoned,
) -> Result<Sheet, SetError> {
    let mut warnings: Vec<String> = crate::text::warning(&crate::text::fit(&mut data)).into_iter().collect();
    let json = serde_json::to_string(&data).map_err(|error| SetError::Data(error.to_string()))?;
    let mut inputs = Dict::new();
    inputs.insert("data".into(), json.into_value());
    let pictures: Array = pictures.into_iter().map(|bytes| Value::Bytes(Bytes::new(bytes))).collect();
    inputs.insert("pictures".into(), pictures.into_value());
    let stamp = datetime(now);
    let house = House {
        library: LazyHash::new(Library::builder().with_inputs(inputs).build()),
        source: Source::detached(sheet),
        today: stamp,
    };
    let done = compile(&house, stamp, now, &mut warnings);
    // What was remembered of these pages helps no other ones, and holds their words in memory.
    comemo::evict(0);
    let (pdf, pages) = done?;
    Ok(Sheet { pdf, warnings, pages })
}

fn compile(
    house: &House,
    stamp: Option<Datetime>,
    now: &Zoned,
    warnings: &mut Vec<String>,
) -> Result<(Vec<u8>, usize), SetError> {
    let document: PagedDocument = typst::compile(house).output.map_err(|errors| refused(&errors))?;
    let pages = document.pages().len();
    let options = |standards: PdfStandards| PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("Upstairs".to_owned())),
        timestamp: stamp.and_then(|stamp| Timestamp::new_local(stamp, now.offset().seconds() / 60)),
        standards,
        tagged: true,
        ..PdfOptions::default()
    };
    let archival = PdfStandards::new(&[PdfStandard::A_2a])
        .map_err(|error| SetError::Typesetter(error.message().to_string()))?;
    match typst_pdf::pdf(&document, &options(archival)) {
        Ok(pdf) => Ok((pdf, pages)),
        Err(errors) => {
            let SetError::Typesetter(why) = refused(&errors) else { return Err(refused(&errors)) };
            warnings
                .push(format!("not marked as archival (PDF/A), because of something in an exhibit: {why}"));
            let pdf = typst_pdf::pdf(&document, &options(PdfStandards::default()))
                .map_err(|errors| refused(&errors))?;
            Ok((pdf, pages))
        }
    }
}

/// Makes one error of what the typesetter says.
fn refused(errors: &[SourceDiagnostic]) -> SetError {
    let said: Vec<&str> = errors.iter().take(3).map(|error| error.message.as_str()).collect();
    SetError::Typesetter(said.join("; "))
}

/// Returns the moment as the typesetter writes it.
fn datetime(now: &Zoned) -> Option<Datetime> {
    let part = |value: i8| u8::try_from(value).ok();
    Datetime::from_ymd_hms(
        i32::from(now.year()),
        part(now.month())?,
        part(now.day())?,
        part(now.hour())?,
        part(now.minute())?,
        part(now.second())?,
    )
}
