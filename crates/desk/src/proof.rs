//! The page that a witness names, as it was read: looked up among what is kept, and made harmless to be looked at.
//!
//! Nothing is asked of the network. What was read is kept by its day in the folder of what is kept; what is not there may
//! be in a web archive of the case, or in the cache of pages, which knows the last reading only.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use reading::harmless::{self, Found, Harmless};
use reading::pdf;
use sources::archive::Archive;
use sources::cache;
use sources::shelf::{self, Shelf};
use sources::web::Response;
use url::Url;

use crate::erase::Made;
use crate::find::FindRequest;

pub use reading::harmless::Run;

/// The folder, in that of what is kept, of pages kept as proof.
const FOLDER: &str = "pages";
/// What is written here in the folder of what is kept.
pub(crate) const MADE: &[Made] = &[Made::Named(FOLDER)];

/// What a witness says of the page.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Its address.
    pub url: String,
    /// When it was read.
    pub seen: String,
    /// The words that were read there.
    pub quote: String,
    /// The value that they name, which is looked for where the words are not found.
    pub value: String,
}

/// Where pages may lie.
#[derive(Clone, Debug, Default)]
pub struct Shelves {
    /// The folder of what is kept.
    pub data: Option<PathBuf>,
    /// The folder of the cache.
    pub cache: Option<PathBuf>,
}

/// Where on the page the words stand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Where {
    /// The words themselves, where people read them.
    Words,
    /// Not the words, but the value that they name.
    Value,
    /// In the code of the page, which nobody sees on it.
    Code,
    /// Nowhere that could be found.
    Nowhere,
}

/// A page that was kept.
#[derive(Clone, Debug)]
pub struct Proof {
    /// When it was read.
    pub fetched: String,
    /// Whether that is the day on which the witness was read.
    pub same_day: bool,
    /// Its title.
    pub title: String,
    /// Whether it is a PDF, of which the text is shown.
    pub pdf: bool,
    /// Whether it is longer than what is shown.
    pub cut: bool,
    /// Where the words stand.
    pub stands: Where,
    /// The bytes as they came.
    pub bytes: Vec<u8>,
    page: Harmless,
    found: Option<Found>,
}

impl Proof {
    /// Returns the page as HTML of which nothing acts, for the body of a document; what was found stands in `<mark>`, the
    /// first with the id `quote`.
    #[must_use]
    pub fn html(&self) -> String {
        self.page.html(self.found)
    }

    /// Returns its text, line by line.
    #[must_use]
    pub fn lines(&self) -> Vec<Vec<Run>> {
        self.page.lines(self.found)
    }

    /// Returns how a file of it ends.
    #[must_use]
    pub const fn ending(&self) -> &'static str {
        if self.pdf { "pdf" } else { "html" }
    }

    fn of(response: Response, sought: &Sought) -> Self {
        let day = |time: &str| time.get(..10).map(str::to_owned);
        let same_day = day(&response.fetched).is_some() && day(&response.fetched) == day(&sought.seen);
        let Response { fetched, body, headers, cut, .. } = response;
        let media = headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value.as_str());
        let is_pdf = pdf::is_pdf(&body);
        let (source, mut page) = if is_pdf {
            let read = pdf::text(&body, pdf::Bounds::default()).unwrap_or_default();
            let mut page = harmless::text(&read.text());
            page.title = read.title.unwrap_or_default();
            (String::new(), page)
        } else {
            let charset = media.and_then(|media| media.split("charset=").nth(1));
            let text = reading::charset::decode(&body, charset).text.into_owned();
            let plain = media.is_some_and(|media| media.starts_with("text/plain"));
            let page = if plain { harmless::text(&text) } else { harmless::page(&text) };
            (text, page)
        };
        let (mut cut, title) = (cut || page.cut, std::mem::take(&mut page.title));
        let (mut stands, mut found) = (Where::Words, page.find(&sought.quote));
        if found.is_none() {
            (stands, found) = (Where::Value, page.find(&sought.value));
        }
        if found.is_none() {
            let code =
                harmless::code(&source, &sought.quote).or_else(|| harmless::code(&source, &sought.value));
            if let Some((excerpt, at)) = code {
                cut = true;
                (stands, found, page) = (Where::Code, Some(at), excerpt);
            } else {
                stands = Where::Nowhere;
            }
        }
        Self { fetched, same_day, title, pdf: is_pdf, cut, stands, bytes: body, page, found }
    }
}

/// Looks a page up; `archives` are web archives that may hold it, each as bytes. Takes its time: not for a thread that others
/// wait for.
#[must_use]
pub fn look(shelves: &Shelves, archives: &[Vec<u8>], sought: &Sought) -> Option<Proof> {
    let url = Url::parse(&sought.url).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let day = sought.seen.get(..10).unwrap_or_default();
    let shelved = shelves.data.as_ref().and_then(|data| shelf::page(&folder(data), &url, day));
    let kept = shelved
        .or_else(|| archives.iter().find_map(|bytes| archived(bytes, &url)))
        .or_else(|| cache::kept(shelves.cache.as_ref()?, &url));
    kept.filter(|response| !response.body.is_empty()).map(|response| Proof::of(response, sought))
}

/// Looks a page up in an archive that is held as bytes.
fn archived(bytes: &[u8], url: &Url) -> Option<Response> {
    let mut file = tempfile::Builder::new().suffix(".warc.gz").tempfile().ok()?;
    file.write_all(bytes).ok()?;
    let archive = Archive::open(file.path(), None).ok()?;
    archive.answer(url).ok().filter(|response| response.status == 200)
}

/// Opens the shelf of a search that keeps what it reads.
pub(crate) fn shelf(request: &FindRequest) -> Option<Shelf> {
    let data = request.data.as_deref().filter(|_| request.keep)?;
    match Shelf::open(&folder(data)) {
        Ok(shelf) => Some(shelf),
        Err(error) => {
            tracing::warn!(folder = %data.display(), %error, "pages are not kept as proof");
            None
        }
    }
}

fn folder(data: &Path) -> PathBuf {
    data.join(FOLDER)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<title>Contact</title><script>steal()</script><p>Complaints: <a href='mailto:care@lampen.example'>care@lampen.example</a></p>";

    fn shelves(on: &str) -> (tempfile::TempDir, Shelves) {
        let data = tempfile::tempdir().unwrap();
        let shelf = Shelf::open(&folder(data.path())).unwrap();
        let response = Response {
            status: 200,
            body: PAGE.into(),
            fetched: format!("{on}T08:00:00Z"),
            ..Response::default()
        };
        shelf.put(&Url::parse("https://lampen.example/contact").unwrap(), &response);
        let shelves = Shelves { data: Some(data.path().to_owned()), cache: None };
        (data, shelves)
    }

    fn sought(quote: &str) -> Sought {
        Sought {
            url: "https://lampen.example/contact".into(),
            seen: "2026-11-02T08:00:00Z".into(),
            quote: quote.into(),
            value: "care@lampen.example".into(),
        }
    }

    #[test]
    fn a_page_that_was_kept_is_shown_with_the_words_marked_and_nothing_that_acts() {
        let (_data, shelves) = shelves("2026-11-02");
        let proof = look(&shelves, &[], &sought("Complaints: care@lampen.example")).unwrap();
        assert!(proof.same_day && !proof.pdf && !proof.cut);
        assert_eq!((proof.title.as_str(), proof.stands), ("Contact", Where::Words));
        assert_eq!(
            proof.html(),
            "<p><mark id=\"quote\">Complaints:</mark> <span><mark>care@lampen.example</mark></span></p>"
        );
        let proof = look(&shelves, &[], &sought("Write to our team")).unwrap();
        assert_eq!(proof.stands, Where::Value);
        let code = Sought { value: "nothing".into(), ..sought("steal()") };
        let proof = look(&shelves, &[], &code).unwrap();
        assert_eq!(proof.stands, Where::Code);
        assert!(proof.html().contains("&lt;script&gt;<mark id=\"quote\">steal()</mark>"), "{}", proof.html());
    }

    #[test]
    fn a_look_removes_nothing_even_where_there_is_more_than_what_is_kept() {
        let (data, shelves) = shelves("2026-11-02");
        let old = folder(data.path()).join("0.page");
        let file = std::fs::File::create(&old).unwrap();
        // A hole of a file: it takes no room on the disk.
        file.set_len(1 << 30).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        assert!(look(&shelves, &[], &sought("Complaints")).is_some());
        assert!(old.is_file());
        Shelf::open(&folder(data.path())).unwrap();
        assert!(!old.exists(), "a search trims it");
    }

    #[test]
    fn a_page_of_another_day_or_none_is_none() {
        let (_data, shelves) = shelves("2026-11-03");
        assert!(look(&shelves, &[], &sought("Complaints")).is_none());
        assert!(look(&Shelves::default(), &[], &sought("Complaints")).is_none());
        let file = Sought { url: "file:///etc/passwd".into(), ..sought("root") };
        assert!(look(&shelves, &[b"WARC/1.1".to_vec()], &file).is_none());
    }

    #[test]
    fn an_archive_that_the_user_kept_holds_it_too() {
        let mut bytes = Vec::new();
        let now = "2026-11-02T08:00:00Z".parse().unwrap();
        let mut writer =
            sources::warc::Writer::begin(&mut bytes, true, "proof.warc.gz", "test", now).unwrap();
        let response = Response {
            status: 200,
            headers: vec![("content-type".into(), "text/html".into())],
            body: PAGE.into(),
            fetched: "2026-11-02T08:00:00Z".into(),
            ..Response::default()
        };
        writer.exchange(&Url::parse("https://lampen.example/contact").unwrap(), &response).unwrap();
        drop(writer);
        let proof =
            look(&Shelves::default(), &[b"no archive".to_vec(), bytes], &sought("complaints:")).unwrap();
        assert!(proof.same_day && proof.stands == Where::Words);
    }
}
