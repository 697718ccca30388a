//! robots.txt, as RFC 9309 has it.
//!
//! A parser for what site owners write, and the answer to one question: may this program read that address? The most
//! specific rule of the group that names the program decides; if no group does, that of `*`. `Crawl-delay`, which the
//! standard leaves out but many sites use, is read too. How the file is come by is the fetcher's business.

use std::time::Duration;

use url::Url;

use crate::escape;

/// How much of a file is read; the standard asks for at least this.
pub const MAX_BYTES: usize = 500 * 1024;
/// The most rules that are kept.
const MAX_RULES: usize = 20_000;
/// How much of an address is compared.
const MAX_PATH: usize = 4096;

/// What a robots.txt says to one program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    delay: Option<Duration>,
    sitemaps: Vec<String>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Rule {
    allow: bool,
    pattern: String,
}

/// Whom the lines being read are for.
#[derive(Default)]
struct Group {
    named: bool,
    anyone: bool,
    /// Whether a rule has come since the last user-agent line.
    begun: bool,
}

impl Robots {
    /// Reads a file for the program whose name, without version, is `product`.
    #[must_use]
    pub fn parse(file: &[u8], product: &str) -> Self {
        let text = String::from_utf8_lossy(&file[..file.len().min(MAX_BYTES)]);
        let text = text.trim_start_matches('\u{feff}');
        let (mut named, mut anyone) = (Self::default(), Self::default());
        let mut is_named = false;
        let mut sitemaps = Vec::new();
        let mut group = Group::default();
        for line in text.split(['\r', '\n']) {
            let line = line.split('#').next().unwrap_or_default();
            let Some((key, value)) = line.split_once(':') else { continue };
            let (key, value) = (key.trim().to_ascii_lowercase(), value.trim());
            match key.as_str() {
                "user-agent" => {
                    if group.begun {
                        group = Group::default();
                    }
                    let end = value.find(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '-' | '_'));
                    let token = &value[..end.unwrap_or(value.len())];
                    group.named |= token.eq_ignore_ascii_case(product);
                    group.anyone |= value.starts_with('*');
                    is_named |= group.named;
                }
                "allow" | "disallow" | "crawl-delay" => {
                    group.begun = true;
                    for (applies, robots) in [(group.named, &mut named), (group.anyone, &mut anyone)] {
                        if applies {
                            robots.take(&key, value);
                        }
                    }
                }
                "sitemap" if sitemaps.len() < MAX_RULES => sitemaps.push(value.to_owned()),
                _ => {}
            }
        }
        Self { sitemaps, ..if is_named { named } else { anyone } }
    }

    /// Whether the program may read an address.
    #[must_use]
    pub fn allows(&self, url: &Url) -> bool {
        if url.path() == "/robots.txt" {
            return true;
        }
        let mut path = url.path().to_owned();
        if let Some(query) = url.query() {
            path.push('?');
            path.push_str(query);
        }
        let mut path = escape::even(&path, escape::unreserved);
        path.truncate(MAX_PATH);
        let matching = self.rules.iter().filter(|rule| matches(&rule.pattern, &path));
        // The longest rule decides; of equally long ones, one that allows.
        matching.max_by_key(|rule| (rule.pattern.len(), rule.allow)).is_none_or(|rule| rule.allow)
    }

    /// Returns how long to wait between two requests, where the file says so.
    #[must_use]
    pub fn delay(&self) -> Option<Duration> {
        self.delay
    }

    /// Returns the addresses of sitemaps, as written.
    #[must_use]
    pub fn sitemaps(&self) -> &[String] {
        &self.sitemaps
    }

    fn take(&mut self, key: &str, value: &str) {
        if key == "crawl-delay" {
            let seconds = value.parse::<f64>().ok().filter(|seconds| *seconds >= 0.0);
            // A number too large for a duration is no delay that could be kept.
            self.delay = seconds.and_then(|s| Duration::try_from_secs_f64(s).ok()).or(self.delay);
        } else if !value.is_empty() && self.rules.len() < MAX_RULES {
            let mut pattern = escape::even(value, escape::unreserved);
            if !pattern.starts_with(['/', '*']) {
                // Not as the standard has it, but what is meant is plain.
                pattern.insert(0, '/');
            }
            self.rules.push(Rule { allow: key == "allow", pattern });
        }
    }
}

/// Whether a pattern with `*` for anything and a `$` for the end matches the start of a path.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = pattern.strip_suffix('$').map_or((pattern, false), |pattern| (pattern, true));
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() && anchored {
            return rest.ends_with(part);
        }
        // The earliest place leaves the most room for what follows, so no other need be tried.
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(file: &str, path: &str) -> bool {
        let url = Url::parse("https://lampen.example").unwrap().join(path).unwrap();
        Robots::parse(file.as_bytes(), "Upstairs").allows(&url)
    }

    #[test]
    fn the_group_that_names_the_program_decides() {
        let file = "User-agent: *\nDisallow: /\n\nUser-Agent: other\nuser-agent: UPSTAIRS/2.0\nSitemap: x\nDisallow: /a\n\n\
                    User-agent: upstairs-images\nDisallow: /b\nUser-agent: upstairs\nDisallow: /c";
        for (path, expected) in [("/", true), ("/a", false), ("/b", true), ("/c", false), ("/d", true)] {
            assert_eq!(allows(file, path), expected, "path: {path}");
        }
    }

    #[test]
    fn the_longest_rule_decides_and_of_equals_the_one_that_allows() {
        let file = "user-agent: *\nallow: /p\ndisallow: /\nallow: /page\ndisallow: /*.html\nallow: /$\n\
                    disallow: /x\nallow: /x\ndisallow:";
        for (path, expected) in [
            ("/", true),
            ("/page", true),
            ("/page.html", false),
            ("/other", false),
            ("/p", true),
            ("/x", true),
            ("/robots.txt", true),
        ] {
            assert_eq!(allows(file, path), expected, "path: {path}");
        }
    }

    #[test]
    fn patterns_match_as_the_standard_says() {
        for (pattern, path, expected) in [
            ("/fish", "/fish.html", true),
            ("/fish", "/Fish", false),
            ("/fish*", "/fishheads/x", true),
            ("/*.php", "/folder/x.php?a=b", true),
            ("/*.php$", "/x.php?a=b", false),
            ("/*.php$", "/a.php/b.php", true),
            ("/a*b*c$", "/a-b-b-c", true),
            ("/a*b*c$", "/a-c-b", false),
            ("/*aa$", "/aaa", true),
            ("/a%3cd", "/a%3Cd", true),
            ("/%7ejoe", "/~joe", true),
            ("/b\u{e4}r", "/b%C3%A4r", true),
            ("/a%2fb", "/a/b", false),
            ("private", "/private", true),
            ("/**/x", "/a/b/x", true),
        ] {
            assert_eq!(
                allows(&format!("user-agent: *\ndisallow: {pattern}"), path),
                !expected,
                "{pattern} on {path}"
            );
        }
    }

    #[test]
    fn odd_files_are_read_as_they_are_meant() {
        for (case, file, expected) in [
            ("bom", "\u{feff}User-agent: *\r\nDisallow: /", false),
            ("only carriage returns", "User-agent: *\rDisallow: /", false),
            ("comments and spaces", "  user-agent : * # all\n disallow : / # none", false),
            ("rule before any group", "disallow: /\nuser-agent: *\nallow: /b", true),
            ("other lines do not end a group", "user-agent: *\nhost: x\n\ndisallow: /", false),
            ("a page instead", "<html>user-agent: * disallow: /</html>", true),
            ("nothing", "", true),
        ] {
            assert_eq!(allows(file, "/a"), expected, "case: {case}");
        }
    }

    #[test]
    fn delays_and_sitemaps_are_read() {
        let file = "user-agent: *\ncrawl-delay: 9\nSitemap: https://lampen.example/s.xml\nuser-agent: upstairs\ncrawl-delay: 2.5";
        let robots = Robots::parse(file.as_bytes(), "Upstairs");
        assert_eq!(robots.delay(), Some(Duration::from_millis(2500)));
        assert_eq!(robots.sitemaps(), ["https://lampen.example/s.xml"]);
        // A named group does not take over the delay of `*`.
        let file = "user-agent: *\ncrawl-delay: 9\nuser-agent: upstairs\nallow: /";
        assert_eq!(Robots::parse(file.as_bytes(), "Upstairs").delay(), None);
        for delay in ["-1", "nan", "inf", "1e300", "soon"] {
            let file = format!("user-agent: *\ncrawl-delay: {delay}");
            assert_eq!(Robots::parse(file.as_bytes(), "Upstairs").delay(), None, "delay: {delay}");
        }
    }
}
