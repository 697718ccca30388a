//! Sitemaps: the addresses that a site lists for machines, and the `Sitemap:` lines of robots.txt.
//!
//! XML sitemaps and indexes, plain lists of addresses, and either packed with gzip; broken ones up to the break.
//! Everything is bounded: a sitemap is a help, never a duty.

use std::io::Read;

use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

/// Addresses taken from one sitemap.
pub const MOST_ENTRIES: usize = 50_000;

/// Bytes of an unpacked sitemap that are read.
const MOST_BYTES: u64 = 20_000_000;

/// What a sitemap lists.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sitemap {
    /// Pages.
    pub pages: Vec<Url>,
    /// Further sitemaps, where it is an index.
    pub children: Vec<Url>,
}

/// Reads a sitemap as it was fetched, packed or not. What is none yields nothing.
#[must_use]
pub fn read(bytes: &[u8]) -> Sitemap {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut unpacked = Vec::new();
        // A stream that breaks off still gave what came before.
        let _ = flate2::read::MultiGzDecoder::new(bytes).take(MOST_BYTES).read_to_end(&mut unpacked);
        return read_text(&String::from_utf8_lossy(&unpacked));
    }
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    read_text(&String::from_utf8_lossy(&bytes[..bytes.len().min(most)]))
}

/// Returns the sitemaps that robots.txt names.
#[must_use]
pub fn of_robots(robots: &str) -> Vec<Url> {
    let lines = robots.lines().take(10_000).filter_map(|line| line.split_once(':'));
    let named = lines.filter(|(field, _)| field.trim().eq_ignore_ascii_case("sitemap"));
    named.filter_map(|(_, value)| Url::parse(value.split('#').next()?.trim()).ok()).take(100).collect()
}

fn read_text(text: &str) -> Sitemap {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') { read_xml(text) } else { read_list(text) }
}

/// Reads a plain list: one address a line.
fn read_list(text: &str) -> Sitemap {
    let pages = text.lines().take(MOST_ENTRIES).filter_map(|line| Url::parse(line.trim()).ok());
    Sitemap {
        pages: pages.filter(|url| matches!(url.scheme(), "http" | "https")).collect(),
        children: Vec::new(),
    }
}

/// Reads the XML form, up to where it breaks.
fn read_xml(text: &str) -> Sitemap {
    let mut sitemap = Sitemap::default();
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut in_index = false;
    let mut loc: Option<String> = None;
    while sitemap.pages.len() + sitemap.children.len() < MOST_ENTRIES {
        match reader.read_event() {
            Ok(Event::Start(start)) => match start.local_name().as_ref() {
                "sitemap" | "sitemapindex" => in_index = true,
                "url" | "urlset" => in_index = false,
                "loc" => loc = Some(String::new()),
                "html" | "body" => return Sitemap::default(),
                _ => {}
            },
            Ok(Event::Text(words)) => {
                if let Some(loc) = &mut loc {
                    loc.push_str(&words);
                }
            }
            Ok(Event::CData(words)) => {
                if let Some(loc) = &mut loc {
                    loc.push_str(&words);
                }
            }
            Ok(Event::GeneralRef(name)) => {
                if let Some(loc) = &mut loc {
                    loc.push(match &*name {
                        "lt" => '<',
                        "gt" => '>',
                        "quot" => '"',
                        "apos" => '\'',
                        _ => '&',
                    });
                }
            }
            Ok(Event::End(end)) if end.local_name().as_ref() == "loc" => {
                let url = loc.take().and_then(|text| Url::parse(text.trim()).ok());
                if let Some(url) = url.filter(|url| matches!(url.scheme(), "http" | "https")) {
                    if in_index { sitemap.children.push(url) } else { sitemap.pages.push(url) }
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    sitemap
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const PLAIN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc> https://acme.example/contact?a=1&amp;b=2 </loc><image:image><image:loc>https://acme.example/x.png</image:loc></image:image></url>
  <url><loc><![CDATA[https://acme.example/complaints]]></loc></url>
  <url><loc>not an address</loc></url>
</urlset>"#;

    fn paths(urls: &[Url]) -> Vec<&str> {
        urls.iter().map(Url::path).collect()
    }

    #[test]
    fn pages_and_indexes_are_told_apart() {
        let sitemap = read(PLAIN.as_bytes());
        assert_eq!(paths(&sitemap.pages), ["/contact", "/x.png", "/complaints"]);
        assert_eq!(sitemap.pages[0].query(), Some("a=1&b=2"));
        assert!(sitemap.children.is_empty());
        let index = read(
            b"<sitemapindex><sitemap><loc>https://acme.example/pages.xml</loc></sitemap></sitemapindex>",
        );
        assert_eq!(paths(&index.children), ["/pages.xml"]);
        assert!(index.pages.is_empty());
    }

    #[test]
    fn packed_plain_and_broken_ones_are_read_as_far_as_they_go() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(PLAIN.as_bytes()).unwrap();
        let packed = encoder.finish().unwrap();
        assert_eq!(read(&packed), read(PLAIN.as_bytes()));
        assert!(read(&packed[..packed.len() / 2]).pages.len() < 3);
        assert_eq!(
            paths(&read(b"https://acme.example/a\nnonsense\nhttps://acme.example/b\n").pages),
            ["/a", "/b"]
        );
        assert_eq!(
            paths(&read(b"<urlset><url><loc>https://acme.example/a</loc></url><url><loc>https://acme").pages),
            ["/a"]
        );
        assert_eq!(read(b"<!doctype html><html><body>Not found</body></html>"), Sitemap::default());
        assert_eq!(read(&[]), Sitemap::default());
    }

    #[test]
    fn robots_names_sitemaps() {
        let robots = "User-agent: *\nDisallow: /x\nSITEMAP: https://acme.example/a.xml # old\nSitemap:/relative.xml\nsitemap : https://acme.example/b.xml.gz\n";
        assert_eq!(paths(&of_robots(robots)), ["/a.xml", "/b.xml.gz"]);
    }
}
