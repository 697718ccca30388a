//! Saved pages in a folder, each under the address it came from.
//!
//! A page tells its address in the mark that browsers and mirroring programs leave, or else in its canonical link. One
//! that tells none gets the address that its place in the folder stands for: a folder named like a host is that host, as
//! mirroring programs lay it out; otherwise the pages are of the site that was asked for, but for those whose head says that they were
//! saved where others write. `index.html` is the folder
//! itself. A link that means a page by its place in the folder finds it too, through a redirect to its address.

use std::collections::HashMap;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use reading::post::site;
use url::Url;

use super::{ArchiveError, Bounds, Entry, Warning, key};
use crate::web::{FetchError, Response};

/// How deep folders are read.
const MAX_DEPTH: usize = 16;
/// How much of a page is searched for its address.
const HEAD_BYTES: u64 = 64 * 1024;
/// How much of a page is searched for how it is built, where its title names a site where others write.
const BUILT_BYTES: u64 = 4 * 1024 * 1024;
/// The site of pages that do not tell theirs, where none was asked for.
const NO_SITE: &str = "https://saved-pages.invalid/";

/// Returns whether an address is the one that pages get which tell none of their own.
#[must_use]
pub fn is_siteless(url: &Url) -> bool {
    Url::parse(NO_SITE).is_ok_and(|none| none.host_str() == url.host_str())
}

/// Where a page stands that was saved from a site of others and tells no address: it has none that anybody could open.
fn saved_elsewhere(domain: &str, place: &str) -> Option<Url> {
    let mut url = Url::parse(NO_SITE).ok()?;
    url.path_segments_mut().ok()?.push(domain).extend(place.split('/'));
    Some(url)
}

/// Returns the domain of the site of others that a page of an archive was saved from, where it tells no address of its own.
#[must_use]
pub fn saved_from(url: &Url) -> Option<&str> {
    let host = Url::parse(NO_SITE).ok()?;
    let domain = url.path_segments()?.next()?;
    (url.host_str() == host.host_str() && domain.contains('.')).then_some(domain)
}

/// Indexed saved pages.
#[derive(Debug)]
pub(super) struct Pages {
    held: Vec<Page>,
    /// Loose form of an address and number of its page. The places in the folder come after the told addresses.
    keys: HashMap<String, usize>,
    bounds: Bounds,
}

#[derive(Debug)]
struct Page {
    file: PathBuf,
    url: Url,
}

/// Lists the files of a folder in order of their names.
pub(super) fn files(folder: &Path, bounds: Bounds, warnings: &mut Vec<Warning>) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let mut inside: Vec<_> = std::fs::read_dir(&folder)?.filter_map(Result::ok).collect();
        inside.sort_by_key(std::fs::DirEntry::file_name);
        for entry in inside {
            // Links are not followed: they may lead out of the folder, or round in a circle.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() && depth < MAX_DEPTH {
                open.push((entry.path(), depth + 1));
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
        if found.len() > bounds.addresses {
            found.truncate(bounds.addresses);
            warnings.push(Warning {
                file: folder,
                offset: 0,
                reason: "too many files; the rest is left out".to_owned(),
                count: 1,
            });
            break;
        }
    }
    found.sort();
    Ok(found)
}

impl Pages {
    /// Finds the address of each page among the files.
    pub(super) fn index(
        folder: &Path,
        files: &[PathBuf],
        site: Option<&Url>,
        bounds: Bounds,
        warnings: &mut Vec<Warning>,
    ) -> Result<Self, ArchiveError> {
        let mut read: Vec<(PathBuf, String, Option<Url>)> = Vec::new();
        for file in files {
            match look(file) {
                Ok(Look::Page(told, elsewhere)) => {
                    let place = file.strip_prefix(folder).unwrap_or(file);
                    let parts = place.components().filter_map(|part| match part {
                        Component::Normal(part) => Some(part.to_string_lossy().into_owned()),
                        _ => None,
                    });
                    let place = parts.collect::<Vec<String>>().join("/");
                    let told = told.or_else(|| saved_elsewhere(elsewhere?, &place));
                    read.push((file.clone(), place, told));
                }
                Ok(Look::Other) => {}
                Err(error) => warnings.push(Warning {
                    file: file.clone(),
                    offset: 0,
                    reason: format!("cannot be read: {error}"),
                    count: 1,
                }),
            }
        }
        if read.is_empty() {
            let reason = format!("{} files, none of them a page", files.len());
            return Err(ArchiveError::Empty { path: folder.to_owned(), reason });
        }
        drop_shared_addresses(&mut read);
        let told = read.iter().find_map(|(_, _, told)| told.clone());
        let base = site.cloned().or(told);
        let base = base.unwrap_or_else(|| Url::parse(NO_SITE).expect("the constant is an address"));
        let alone = read.len() == 1;
        let mut pages = Self { held: Vec::new(), keys: HashMap::new(), bounds };
        let mut places = Vec::new();
        for (file, place, told) in read {
            let place = address(&base, &place);
            // A single page that does not tell its address is the page that was asked for.
            let asked = if alone { site.cloned() } else { None };
            let url = told.or(asked).unwrap_or_else(|| place.clone());
            pages.keys.entry(key::loose(&url)).or_insert(pages.held.len());
            places.push((place, pages.held.len()));
            pages.held.push(Page { file, url });
        }
        for (place, number) in places {
            for spelling in spellings(&place) {
                pages.keys.entry(spelling).or_insert(number);
            }
        }
        Ok(pages)
    }

    /// Lists the addresses.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.held.iter().map(|page| Entry { url: page.url.as_str(), status: 200 })
    }

    /// Returns the number of the page for an address.
    pub(super) fn find(&self, url: &Url) -> Option<usize> {
        self.keys.get(&key::loose(url)).copied()
    }

    /// Reads the page for an address.
    pub(super) fn answer(&self, url: &Url) -> Result<Response, FetchError> {
        let number = self.find(url).ok_or_else(|| FetchError::NotArchived(url.clone()))?;
        let page = &self.held[number];
        let failed = |error: io::Error| FetchError::Failed {
            url: url.clone(),
            reason: format!("`{}`: {error}", page.file.display()),
        };
        let file = std::fs::File::open(&page.file).map_err(failed)?;
        let changed = file.metadata().and_then(|data| data.modified()).ok();
        let fetched = changed.and_then(|time| jiff::Timestamp::try_from(time).ok());
        let fetched = fetched.map_or_else(String::new, |time| format!("{time:.0}"));
        let other_place =
            key::loose(&page.url) != key::loose(url) || key::slashed(&page.url) != key::slashed(url);
        if other_place {
            return Ok(super::redirect(page.url.as_str(), fetched));
        }
        let bound = self.bounds.page_bytes;
        let mut body = Vec::new();
        file.take(bound as u64 + 1).read_to_end(&mut body).map_err(failed)?;
        let cut = body.len() > bound;
        body.truncate(bound);
        let headers = vec![("content-type".to_owned(), media_type(&page.file, &body).to_owned())];
        Ok(Response { status: 200, headers, body, cut, fetched, ..Response::default() })
    }
}

/// What a file turns out to be.
enum Look {
    /// A page, with the address that it tells, or the site where others write that it was saved from.
    Page(Option<Url>, Option<&'static str>),
    /// No page.
    Other,
}

/// Looks whether a file is a page, and at the address it tells.
fn look(file: &Path) -> io::Result<Look> {
    let mut start = Vec::new();
    std::fs::File::open(file)?.take(HEAD_BYTES).read_to_end(&mut start)?;
    if start.is_empty() {
        return Ok(Look::Other);
    }
    Ok(match media_type(file, &start) {
        "text/html" => {
            let told = told(&String::from_utf8_lossy(&start));
            let elsewhere = if told.is_none() { elsewhere(file, &start)? } else { None };
            Look::Page(told, elsewhere)
        }
        "application/octet-stream" => Look::Other,
        _ => Look::Page(None, None),
    })
}

/// Returns the site where others write that a page was saved from: by what its head says, else by its title and how it is built.
fn elsewhere(file: &Path, start: &[u8]) -> io::Result<Option<&'static str>> {
    let said = site::saved_from(start);
    if said.is_some() || !site::is_saved(start) {
        return Ok(said);
    }
    let mut whole = Vec::new();
    std::fs::File::open(file)?.take(BUILT_BYTES).read_to_end(&mut whole)?;
    Ok(site::built_as(&whole))
}

/// Names the type of a saved file, by its name and what is in it.
fn media_type(file: &Path, start: &[u8]) -> &'static str {
    let extension = file.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let start = &start[..start.len().min(1024)];
    if start.starts_with(b"%PDF-") {
        return "application/pdf";
    }
    let wide = start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]);
    if start.contains(&0) && !wide {
        return "application/octet-stream";
    }
    match extension.as_str() {
        "html" | "htm" | "xhtml" | "shtml" => "text/html",
        "txt" => "text/plain",
        "xml" => "application/xml",
        "css" | "js" | "mjs" | "json" | "svg" | "map" | "csv" | "md" | "woff" | "woff2" => {
            "application/octet-stream"
        }
        _ => {
            let text = String::from_utf8_lossy(start).to_ascii_lowercase();
            let page = ["<!doctype html", "<html", "<head", "<body"].iter().any(|mark| text.contains(mark));
            if page { "text/html" } else { "application/octet-stream" }
        }
    }
}

/// Returns the address that a page tells of itself: the mark of the program that saved it, or its canonical link.
fn told(page: &str) -> Option<Url> {
    let lower = page.to_ascii_lowercase();
    let marks = [("saved from url=(", ")"), ("page saved with singlefile", "url:"), ("mirrored from ", "")];
    for (mark, lead) in marks {
        let Some(at) = lower.find(mark) else { continue };
        let after = at + mark.len();
        let Some(lead_at) =
            lower[after..].get(..200.min(lower.len() - after)).and_then(|text| text.find(lead))
        else {
            continue;
        };
        let text = page[after + lead_at + lead.len()..].trim_start();
        let end =
            text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '<' | '"')).unwrap_or(text.len());
        let text = text[..end].trim_end_matches("--");
        let absolute = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
        if let Some(url) = web_address(&absolute) {
            return Some(url);
        }
    }
    canonical(page, &lower)
}

/// Returns the address in `<link rel="canonical" href="…">`.
fn canonical(page: &str, lower: &str) -> Option<Url> {
    let mut from = 0;
    while let Some(at) = lower[from..].find("<link") {
        let start = from + at;
        let end = start + lower[start..].find('>')?;
        let tag = &lower[start..end];
        if attribute(tag, tag, "rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|r| r == "canonical"))
        {
            let href = attribute(&page[start..end], tag, "href")?;
            return web_address(&href.replace("&amp;", "&"));
        }
        from = end;
    }
    None
}

/// Returns the value of an attribute of a tag; `lower` is the tag in lower case.
fn attribute<'a>(tag: &'a str, lower: &str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let at = from + lower[from..].find(name)?;
        from = at + name.len();
        let before = lower[..at].ends_with(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
        let Some(value) = tag[from..].trim_start().strip_prefix('=').map(str::trim_start) else { continue };
        if !before {
            continue;
        }
        return match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split(|c: char| c.is_ascii_whitespace()).next(),
        };
    }
}

fn web_address(text: &str) -> Option<Url> {
    let mut url =
        Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())?;
    url.set_fragment(None);
    Some(url)
}

/// Forgets addresses that several pages claim: templates give every page the canonical link of the start page.
fn drop_shared_addresses(read: &mut [(PathBuf, String, Option<Url>)]) {
    let mut claims: HashMap<String, usize> = HashMap::new();
    for (_, _, told) in read.iter() {
        if let Some(url) = told {
            *claims.entry(key::loose(url)).or_default() += 1;
        }
    }
    for (_, place, told) in read {
        let shared = told.as_ref().is_some_and(|url| claims.get(&key::loose(url)).is_some_and(|&n| n > 1));
        let root = index_of(place).is_some_and(str::is_empty);
        if shared && !root {
            *told = None;
        }
    }
}

/// Returns the folder that an index page stands for.
fn index_of(place: &str) -> Option<&str> {
    let (folder, name) = place.rsplit_once('/').unwrap_or(("", place));
    let name = name.to_ascii_lowercase();
    matches!(name.split_once('.'), Some(("index" | "default", "html" | "htm" | "xhtml" | "shtml" | "php")))
        .then_some(folder)
}

/// Returns the address that a place in the folder stands for.
fn address(base: &Url, place: &str) -> Url {
    let (host, path) = place.split_once('/').unwrap_or(("", place));
    let no_www = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
    let known = psl::suffix(host.to_ascii_lowercase().as_bytes()).is_some_and(|suffix| suffix.is_known());
    let mirrored =
        host.contains('.') && (known || base.host_str().is_some_and(|base| no_www(base) == no_www(host)));
    let named = mirrored.then(|| Url::parse(&format!("https://{host}/")).ok()).flatten();
    let (mut url, path) = named.map_or_else(|| (base.clone(), place), |url| (url, path));
    let path = match index_of(path) {
        Some("") => String::new(),
        Some(folder) => format!("{folder}/"),
        None => path.to_owned(),
    };
    // Mirroring programs keep the query in the file name.
    let (path, query) =
        path.split_once('?').map_or((path.as_str(), None), |(path, query)| (path, Some(query)));
    url.set_query(query);
    url.set_fragment(None);
    url.set_path(path);
    url
}

/// Returns the loose forms under which links name a place in the folder: with and without the file's ending.
fn spellings(place: &Url) -> Vec<String> {
    let full = key::loose(place);
    let bare = [".html", ".htm", ".php", ".xhtml"]
        .iter()
        .find_map(|ending| full.strip_suffix(ending))
        .map(str::to_owned);
    let index = key::slashed(place).then(|| format!("{full}/index.html"));
    [Some(full), bare, index].into_iter().flatten().collect()
}
