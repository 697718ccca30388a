//! One source read again: is it still there, and what does it say now?
//!
//! The fetcher sends what it kept of the page as a condition, so a page that did not change costs its server next to
//! nothing. What could not be found out (refusals, failures, a check for robots) is unknown, and never gone.

use ladder::{Country, Sighted, Source, SourceKind};
use reading::page::{self, Context};
use reading::{charset, pdf};
use sources::web::{FetchError, Response, Web};
use url::Url;

/// How many redirects are followed.
const MOST_HOPS: usize = 5;
/// A page with fewer visible characters says nothing of what it lacks: a script may show it.
const TELLING: usize = 200;

/// What became of a source.
#[derive(Clone, Debug)]
pub(super) enum Found {
    /// It was read.
    Read(Box<Page>),
    /// It is gone; why.
    Gone(String),
    /// It could not be found out; why.
    Unknown(String),
}

/// A source as it is now.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    /// Where it is now, where that is another address of the site.
    pub(super) moved: Option<Url>,
    /// Whether the server said that it is as it was.
    pub(super) unchanged: bool,
    /// What it names.
    pub(super) sighted: Vec<Sighted>,
    /// Its text in small letters, markup included.
    pub(super) text: String,
    /// Whether it shows enough to tell what it no longer says.
    pub(super) telling: bool,
}

/// Reads a source again. `at` is the moment, RFC 3339; `country` settles numbers in national form.
pub(super) async fn read(web: &impl Web, url: &Url, country: Option<Country>, at: &str) -> Found {
    let (now_at, response) = match follow(web, url).await {
        Ok(found) => found,
        Err(found) => return found,
    };
    match response.status {
        200..=299 => {}
        404 | 410 => return Found::Gone(format!("it is gone ({})", response.status)),
        401 | 403 | 429 => {
            return Found::Unknown(format!("the site refuses programs ({})", response.status));
        }
        status => return Found::Unknown(format!("it answers {status}")),
    }
    if site(url) != site(&now_at) {
        return Found::Unknown(format!("it leads on to another site, `{now_at}`"));
    }
    let moved = (spelling(url) != spelling(&now_at)).then(|| now_at.clone());
    if moved.is_some() && now_at.path() == "/" {
        return Found::Gone("it leads to the front page".to_owned());
    }
    // Without a change of address its rows keep the one they have, however it is spelt.
    let address = moved.clone().unwrap_or_else(|| url.clone());
    let mut found = of(&response, &address, country, at);
    if let Found::Read(page) = &mut found {
        page.moved = moved;
    }
    found
}

/// Asks for an address and follows redirects.
async fn follow(web: &impl Web, url: &Url) -> Result<(Url, Response), Found> {
    let mut at = url.clone();
    for _ in 0..=MOST_HOPS {
        let response = match web.get(&at).await {
            Ok(response) => response,
            Err(error @ FetchError::UnknownHost(_)) => return Err(Found::Gone(error.to_string())),
            Err(error) => return Err(Found::Unknown(error.to_string())),
        };
        if !matches!(response.status, 301 | 302 | 303 | 307 | 308) {
            return Ok((at, response));
        }
        let Some(next) = response.header("location").and_then(|to| at.join(to.trim()).ok()) else {
            return Err(Found::Unknown(format!("it answers {} and names no place", response.status)));
        };
        at = next;
        at.set_fragment(None);
    }
    Err(Found::Unknown(format!("it leads on more than {MOST_HOPS} times")))
}

/// Reads what a source says.
fn of(response: &Response, url: &Url, country: Option<Country>, at: &str) -> Found {
    let content_type = response.header("content-type").unwrap_or_default().to_ascii_lowercase();
    let encoding = content_type.split("charset=").nth(1).map(|name| name.trim_matches(['"', '\'', ' ']));
    let context = Context { url: Some(url), charset: encoding, country, lang: None, ..Context::default() };
    let is_pdf = content_type.contains("pdf") || pdf::is_pdf(&response.body);
    let (page, text) = if is_pdf {
        match pdf::text(&response.body, pdf::Bounds::default()) {
            Ok(read) => (page::read_outline(&pdf::outline(&read), &context), read.text()),
            Err(error) => return Found::Unknown(format!("a PDF: {error}")),
        }
    } else {
        let text = charset::decode(&response.body, encoding).text.into_owned();
        (page::read(&response.body, &context), text)
    };
    if page.soft_404 {
        return Found::Gone("it says that the page does not exist".to_owned());
    }
    if page.bot_check && page.finding.contacts.is_empty() {
        return Found::Unknown("it asks visitors to prove that they are not a robot".to_owned());
    }
    let source = Source {
        url: url.to_string(),
        kind: if is_pdf { SourceKind::OwnDocument } else { SourceKind::OwnSite },
        site: site(url),
        seen: at.to_owned(),
        stated: None,
    };
    let sighted =
        page.finding.contacts.into_iter().map(|sighting| Sighted { sighting, source: source.clone() });
    Found::Read(Box::new(Page {
        moved: None,
        unchanged: response.from_cache,
        sighted: sighted.collect(),
        text: text.to_lowercase(),
        telling: page.visible >= TELLING && !page.needs_script && !response.cut,
    }))
}

/// Returns the registrable domain of an address, else its host.
fn site(url: &Url) -> String {
    ladder::host::site_of(url.host_str().unwrap_or_default())
}

/// Returns an address without what is spelling alone: scheme, `www`, the last slash.
fn spelling(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let query = url.query().map_or_else(String::new, |query| format!("?{query}"));
    format!("{host}{}{query}", url.path().trim_end_matches('/'))
}
