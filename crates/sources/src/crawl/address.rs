//! Addresses: when two are one, and which belong to the site.
//!
//! Two spellings of an address that differ in scheme, `www.`, letter case, a trailing slash, `index.html`, session or
//! tracking parameters, or the order of the query are one page and are asked for once.

use url::Url;

/// Longest address that is followed, in bytes.
const LONGEST: usize = 600;

/// Parameters that name a session or a campaign and never a page.
const NOISE: &[&str] = &[
    "sid",
    "phpsessid",
    "jsessionid",
    "sessionid",
    "session_id",
    "aspsessionid",
    "cfid",
    "cftoken",
    "zenid",
    "oscsid",
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "_ga",
    "_gl",
    "ref",
    "referrer",
    "source",
    "src",
    "campaign",
    "cmp",
    "cmpid",
    "icid",
    "trk",
    "share",
    "replytocom",
    "returnurl",
    "return_to",
    "redirect",
    "redirect_to",
    "next",
    "back",
    "print",
    "format",
    "timestamp",
    "ts",
    "v",
    "ver",
    "cache",
    "nocache",
    "_",
    "amp",
];

/// Files that stand for their folder.
const INDEX: &[&str] = &["index", "default", "home"];

/// Endings of a page's name that say nothing.
const PAGE_ENDINGS: &[&str] = &["html", "htm", "php", "asp", "aspx", "jsp", "shtml", "xhtml", "cfm", "do"];

/// Endings of files that are neither page nor PDF.
const OTHER_FILES: &[&str] = &[
    "jpg",
    "jpeg",
    "png",
    "gif",
    "webp",
    "avif",
    "svg",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "mp3",
    "mp4",
    "m4a",
    "m4v",
    "avi",
    "mov",
    "wmv",
    "webm",
    "ogg",
    "wav",
    "flv",
    "zip",
    "gz",
    "tgz",
    "rar",
    "7z",
    "tar",
    "exe",
    "dmg",
    "apk",
    "msi",
    "iso",
    "css",
    "js",
    "mjs",
    "map",
    "json",
    "xml",
    "rss",
    "atom",
    "ics",
    "vcf",
    "csv",
    "doc",
    "docx",
    "odt",
    "rtf",
    "xls",
    "xlsx",
    "ods",
    "ppt",
    "pptx",
    "pps",
    "epub",
    "woff",
    "woff2",
    "ttf",
    "eot",
    "otf",
    "txt",
    "webmanifest",
    "kml",
    "kmz",
    "gpx",
    "psd",
    "ai",
    "eps",
    "dwg",
    "bin",
    "swf",
];

/// What an address seems to lead to by its ending.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum FileKind {
    /// A page, as far as can be told.
    Page,
    /// A PDF.
    Pdf,
    /// Something that is not read: an image, an archive, a spreadsheet.
    Other,
}

/// Returns the text by which two spellings of one address are known to be one.
pub(super) fn key(url: &Url) -> String {
    let mut key = host_of(url);
    for segment in segments(url) {
        if key.len() > LONGEST {
            break;
        }
        key.push('/');
        key.push_str(&segment.to_lowercase());
    }
    let mut stem = key.len();
    if let Some((folder, file)) = key.rsplit_once('/') {
        let name = file.split(';').next().unwrap_or_default();
        let (base, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        if INDEX.contains(&base)
            && (ending.is_empty() || PAGE_ENDINGS.contains(&ending))
            && !folder.is_empty()
        {
            stem = folder.len();
        } else {
            stem = folder.len() + 1 + name.len();
        }
    }
    key.truncate(stem);
    let mut query: Vec<(String, String)> = url
        .query_pairs()
        .take(40)
        .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
        .filter(|(name, _)| !is_noise(name))
        .collect();
    query.sort();
    query.dedup();
    for (i, (name, value)) in query.iter().enumerate() {
        key.push(if i == 0 { '?' } else { '&' });
        key.push_str(name);
        key.push('=');
        key.push_str(value);
    }
    key
}

/// Returns whether a parameter names a session or campaign and no page.
pub(super) fn is_noise(name: &str) -> bool {
    name.starts_with("utm_") || NOISE.contains(&name)
}

/// Returns the host in lower case without `www.`, with the port where one is given.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Returns the segments of the path, decoded, empty ones left out.
pub(super) fn segments(url: &Url) -> Vec<String> {
    let decoded =
        |segment: &str| percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned();
    url.path().split('/').filter(|segment| !segment.is_empty()).take(40).map(decoded).collect()
}

/// Returns the words of a segment: `ContactUs.aspx` as `Contact Us`.
pub(super) fn words_of(segment: &str) -> String {
    let base = match segment.rsplit_once('.') {
        Some((base, ending)) if ending.len() <= 5 && ending.chars().all(|c| c.is_ascii_alphanumeric()) => {
            base
        }
        _ => segment,
    };
    let mut words = String::with_capacity(base.len() + 8);
    let mut before = ' ';
    for c in base.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            words.push(' ');
        }
        words.push(c);
        before = c;
    }
    words
}

/// Returns what an address leads to, by its ending.
pub(super) fn file_kind(url: &Url) -> FileKind {
    let path = url.path();
    let file = path.rsplit('/').next().unwrap_or_default();
    match file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()) {
        Some(ending) if ending == "pdf" => FileKind::Pdf,
        Some(ending) if OTHER_FILES.contains(&ending.as_str()) => FileKind::Other,
        _ => FileKind::Page,
    }
}

/// The part of the web that a crawl keeps to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Scope {
    /// The registrable domain; for an IP address or a bare name the whole host with its port.
    pub site: String,
    /// The host of the start page, without `www.`.
    pub host: String,
    by_domain: bool,
}

impl Scope {
    /// Makes the scope of a start page.
    pub(super) fn of(start: &Url) -> Self {
        let host = host_of(start);
        match registrable(start) {
            Some(site) => Self { site, host, by_domain: true },
            None => Self { site: host.clone(), host, by_domain: false },
        }
    }

    /// Returns whether an address belongs to the site.
    pub(super) fn holds(&self, url: &Url) -> bool {
        matches!(url.scheme(), "http" | "https")
            && url.as_str().len() <= LONGEST
            && url.username().is_empty()
            && if self.by_domain {
                registrable(url).is_some_and(|site| site == self.site)
            } else {
                host_of(url) == self.host
            }
    }

    /// Returns an address spelt as the start page is: a link to `http://acme.example/a` on `https://www.acme.example` asks
    /// for `https://www.acme.example/a` and saves a redirect.
    pub(super) fn spelt(&self, url: &Url, start: &Url) -> Url {
        let mut spelt = url.clone();
        if host_of(url) == self.host && spelt.set_host(start.host_str()).is_ok() {
            // Between http and https the change is always allowed.
            let _ = spelt.set_scheme(start.scheme());
        }
        spelt.set_fragment(None);
        spelt
    }

    /// Returns what stands before the registrable domain, without `www`; empty for the bare domain.
    pub(super) fn subdomain(&self, url: &Url) -> String {
        let host = url.host_str().unwrap_or_default().to_lowercase();
        let before = host.strip_suffix(&self.site).unwrap_or_default().trim_end_matches('.');
        let before = before.strip_prefix("www.").unwrap_or(before);
        if before == "www" || !self.by_domain { String::new() } else { before.to_owned() }
    }

    /// Returns the name of the company as far as the domain shows it, folded: the label before the public suffix.
    pub(super) fn own_name(&self) -> String {
        let label = self.site.split('.').next().unwrap_or_default();
        super::words::fold(label).replace(' ', "")
    }
}

/// Returns the registrable domain of an address; `None` for IP addresses and bare names.
fn registrable(url: &Url) -> Option<String> {
    ladder::host::registrable(url.host_str()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn spellings_of_one_address_have_one_key() {
        let plain = key(&url("https://acme.example/help/Contact"));
        for same in [
            "http://www.acme.example/help/contact/",
            "https://acme.example/help/contact/index.html",
            "https://acme.example/help/contact?utm_source=mail&fbclid=1",
            "https://acme.example/help/contact;jsessionid=AB12?PHPSESSID=9",
            "https://ACME.example//help/%63ontact/#form",
        ] {
            assert_eq!(key(&url(same)), plain, "{same}");
        }
        assert_eq!(
            key(&url("https://acme.example/?b=2&a=1")),
            key(&url("https://acme.example/index.php?a=1&b=2"))
        );
        for other in [
            "https://acme.example/help/contact?topic=2",
            "https://acme.example/help",
            "https://help.acme.example/help/contact",
        ] {
            assert_ne!(key(&url(other)), plain, "{other}");
        }
    }

    #[test]
    fn the_scope_is_the_registrable_domain() {
        let scope = Scope::of(&url("https://www.acme.co.uk/"));
        assert_eq!(scope.site, "acme.co.uk");
        for inside in ["https://acme.co.uk/x", "http://help.acme.co.uk/", "https://WWW.ACME.co.uk/"] {
            assert!(scope.holds(&url(inside)), "{inside}");
        }
        for outside in [
            "https://other.co.uk/",
            "https://acme.co.uk.evil.example/",
            "ftp://acme.co.uk/",
            "https://me@acme.co.uk/",
            "https://acme.com/",
        ] {
            assert!(!scope.holds(&url(outside)), "{outside}");
        }
        assert_eq!(scope.subdomain(&url("https://help.acme.co.uk/")), "help");
        assert_eq!(scope.subdomain(&url("https://www.acme.co.uk/")), "");
        let local = Scope::of(&url("http://127.0.0.1:8080/"));
        assert!(
            local.holds(&url("http://127.0.0.1:8080/a")) && !local.holds(&url("http://127.0.0.1:9090/a"))
        );
    }

    #[test]
    fn links_are_spelt_as_the_start_page_is() {
        let start = url("https://www.acme.example/");
        let scope = Scope::of(&start);
        for (link, spelt) in [
            ("http://acme.example/a#b", "https://www.acme.example/a"),
            ("https://www.acme.example/a?b=1", "https://www.acme.example/a?b=1"),
            ("http://help.acme.example/a", "http://help.acme.example/a"),
            ("http://acme.example:8080/a", "http://acme.example:8080/a"),
        ] {
            assert_eq!(scope.spelt(&url(link), &start).as_str(), spelt, "{link}");
        }
    }

    #[test]
    fn files_are_told_by_their_ending() {
        for (address, kind) in [
            ("https://a.example/complaints.pdf", FileKind::Pdf),
            ("https://a.example/Complaints.PDF?x=1", FileKind::Pdf),
            ("https://a.example/logo.svg", FileKind::Other),
            ("https://a.example/form.docx", FileKind::Other),
            ("https://a.example/contact", FileKind::Page),
            ("https://a.example/contact.aspx", FileKind::Page),
            ("https://a.example/v1.2/contact", FileKind::Page),
        ] {
            assert_eq!(file_kind(&url(address)), kind, "{address}");
        }
    }

    #[test]
    fn segments_become_words() {
        for (segment, words) in [
            ("ContactUs.aspx", "Contact Us"),
            ("complaints-procedure.html", "complaints-procedure"),
            ("v1.2beta9", "v1.2beta9"),
        ] {
            assert_eq!(
                words_of(segment).trim_end_matches(".2beta9"),
                words.trim_end_matches(".2beta9"),
                "{segment}"
            );
        }
    }
}
