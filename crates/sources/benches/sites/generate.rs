//! Sites of 400 pages and endless traps, made from a seed and a vocabulary of real links.
//!
//! Three to five pages of each name an escalation contact; they hang in the footer, in a long menu, or behind another
//! page. Around them stand calendars, facets, session ids, redirect loops, pages of lists, print versions, relative paths
//! that grow, and a server that answers 200 for what it does not have.

use std::collections::HashMap;
use std::fmt::Write;

use sources::web::Response;

use crate::vocabulary::{Named, Role, Vocabulary};

/// Pages of a site, traps not counted.
pub(crate) const PAGES: usize = 400;

/// A generated site.
#[derive(Debug)]
pub(crate) struct Site {
    /// Its language.
    pub(crate) lang: String,
    /// Escalation contacts, as a reader should find them.
    pub(crate) wanted: Vec<String>,
    /// The pages that name them, with what links call them.
    pub(crate) places: Vec<String>,
    pages: HashMap<String, String>,
    sessions: bool,
}

/// Numbers from a seed (`SplitMix64`): the same site from the same seed, on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

/// A page in the making.
struct Draft {
    path: String,
    text: String,
    body: String,
    children: Vec<usize>,
}

impl Site {
    /// Makes the site of a seed.
    pub(crate) fn generate(seed: u64, vocabulary: &Vocabulary) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x1234_5678_9abc_def1));
        let langs = vocabulary.languages();
        let lang = if dice.chance(60) { "en".to_owned() } else { dice.pick(&langs).clone() };
        let mut maker = Maker {
            dice,
            lang: lang.clone(),
            drafts: Vec::new(),
            places: HashMap::new(),
            wanted: Vec::new(),
            homes: Vec::new(),
        };
        maker.crowd(&vocabulary.links(&lang, Role::Crowd));
        let (menu, footer) = maker.shell(vocabulary);
        let pages = maker.markup(&menu, &footer);
        let sessions = maker.dice.chance(30);
        Self { lang, wanted: maker.wanted, places: maker.homes, pages, sessions }
    }

    /// Answers a request for a path and query, as the server of the site would.
    pub(crate) fn answer(&self, target: &str) -> Response {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let html = |status, body: String| Response {
            status,
            headers: vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())],
            body: body.into_bytes(),
            fetched: "2026-11-22T12:00:00Z".to_owned(),
            ..Response::default()
        };
        if let Some(n) = path.strip_prefix("/loop/").and_then(|n| n.parse::<u32>().ok()) {
            let mut response = html(302, String::new());
            response.headers.push(("location".to_owned(), format!("/loop/{}", (n + 1) % 3)));
            return response;
        }
        if path == "/robots.txt" || path == "/sitemap.xml" || path.starts_with("/.well-known/") {
            return html(404, "<p>404</p>".to_owned());
        }
        if path.starts_with("/cal/") {
            let (year, month) = date(path);
            let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let before = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            let links = format!(
                "<a href=\"/cal/{}/{}\">&raquo;</a> <a href=\"/cal/{}/{}\">&laquo;</a>",
                next.0, next.1, before.0, before.1
            );
            return html(
                200,
                format!("<title>{year}-{month}</title><main><p>{year} {month}</p>{links}</main>"),
            );
        }
        let clean = path.trim_end_matches("index.html");
        match self.pages.get(clean).or_else(|| self.pages.get(path)) {
            Some(body) => {
                let session = format!("?sid={:x}", path.len() * 7919 + query.len() * 31);
                html(
                    200,
                    if self.sessions { body.replace("?sid=", &session) } else { body.replace("?sid=", "") },
                )
            }
            // A soft 404, with a relative link that makes the path grow.
            None => html(
                200,
                format!(
                    "<title>Not found</title><main><h1>Page not found</h1><p>{path}</p><a href=\"more/more/\">more</a></main>"
                ),
            ),
        }
    }
}

/// Reads the year and month of a calendar's path.
fn date(path: &str) -> (u32, u32) {
    let mut parts = path.split('/').filter_map(|part| part.parse().ok());
    (parts.next().unwrap_or(2026).clamp(1000, 3000), parts.next().unwrap_or(1).clamp(1, 12))
}

/// Makes the pages of a site.
struct Maker {
    dice: Dice,
    lang: String,
    drafts: Vec<Draft>,
    places: HashMap<String, usize>,
    wanted: Vec<String>,
    homes: Vec<String>,
}

impl Maker {
    /// Adds a page; a second one of the same path gets a number.
    fn add(&mut self, text: &str, path: &str, body: String) -> usize {
        let path = if self.places.contains_key(path) {
            format!("{}-{}", path.trim_end_matches('/'), self.drafts.len())
        } else {
            path.to_owned()
        };
        self.places.insert(path.clone(), self.drafts.len());
        self.drafts.push(Draft { path, text: text.to_owned(), body, children: Vec::new() });
        self.drafts.len() - 1
    }

    /// Adds pages that name no one: sections and what lies in them.
    ///
    /// Each name of the vocabulary is used once, as on a real site; when they are used up, two of them make a new one.
    fn crowd(&mut self, named: &[&Named]) {
        self.add("Home", "/", "<p>Welcome.</p>".to_owned());
        let mut sections = Vec::new();
        let mut fresh: Vec<Named> = named.iter().map(|named| (*named).clone()).collect();
        while self.drafts.len() < PAGES - 8 {
            let link = &if fresh.is_empty() {
                let (a, b) = (*self.dice.pick(named), *self.dice.pick(named));
                let last = |path: &str| path.trim_matches('/').rsplit('/').next().unwrap_or("x").to_owned();
                let path =
                    format!("{}-{}", a.path.trim_end_matches(".html").trim_end_matches('/'), last(&b.path));
                Named { text: format!("{} {}", a.text, b.text), path, footer: false }
            } else {
                let at = self.dice.below(fresh.len());
                fresh.swap_remove(at)
            };
            let (a, b) = (*self.dice.pick(named), *self.dice.pick(named));
            let deep = !sections.is_empty() && self.dice.chance(85);
            let body = format!(
                "<p>{} {} {}</p><p>{} {}.</p>",
                link.text,
                a.text,
                self.dice.below(9_999),
                b.text,
                self.dice.below(999)
            );
            if deep {
                let parent: usize = *self.dice.pick(&sections);
                let folder =
                    self.drafts[parent].path.trim_end_matches(".html").trim_end_matches('/').to_owned();
                let last = link.path.trim_end_matches('/').rsplit('/').next().unwrap_or("x").to_owned();
                let child = self.add(&link.text, &format!("{folder}/{last}"), body);
                self.drafts[parent].children.push(child);
                if self.dice.chance(10) {
                    sections.push(child);
                }
            } else {
                let section = self.add(&link.text, &link.path, body);
                self.drafts[0].children.push(section);
                sections.push(section);
            }
        }
    }

    /// Adds the pages that matter; returns the links of the menu and of the footer.
    fn shell(&mut self, vocabulary: &Vocabulary) -> (Vec<usize>, Vec<usize>) {
        let mut menu: Vec<usize> = self.drafts[0].children.iter().copied().take(14).collect();
        let long = self.dice.chance(40);
        for section in menu.clone() {
            let most = if long { 10 } else { 3 };
            menu.extend(self.drafts[section].children.iter().copied().take(most));
        }
        let mut footer: Vec<usize> = (0..8).map(|_| 1 + self.dice.below(self.drafts.len() - 1)).collect();
        let contact = self.role(vocabulary, Role::Contact, "Reception: hello@front.example, 020 7946 0100.");
        match self.dice.below(3) {
            0 => menu.push(contact.unwrap_or(0)),
            _ => footer.extend(contact),
        }
        let roles = [
            (Role::Complaints, "If you are not satisfied, write to our complaints team:", 100),
            (Role::Legal, "Registered office and legal department:", 70),
            (Role::People, "Chief Executive, for complaints that were not resolved:", 60),
        ];
        for (at, (role, words, percent)) in roles.into_iter().enumerate() {
            if !self.dice.chance(percent) {
                continue;
            }
            let value = format!(
                "{}{}@acme-{}.example",
                ["redress", "office", "chief"][at],
                self.dice.below(900),
                self.dice.below(90)
            );
            let Some(page) = self.role(vocabulary, role, &format!("{words} {value}")) else { continue };
            self.wanted.push(value);
            self.homes.push(format!("`{}` {}", self.drafts[page].text, self.drafts[page].path));
            match self.dice.below(10) {
                0..6 => {
                    let at = self.dice.below(footer.len() + 1);
                    footer.insert(at, page);
                }
                6..8 => menu.push(page),
                _ => {
                    let behind = contact.unwrap_or(0);
                    self.drafts[behind].children.push(page);
                }
            }
        }
        (menu, footer)
    }

    /// Adds a page of a role, if the language has a word for it.
    fn role(&mut self, vocabulary: &Vocabulary, role: Role, words: &str) -> Option<usize> {
        let links = vocabulary.links(&self.lang, role);
        if links.is_empty() {
            return None;
        }
        let link = (*self.dice.pick(&links)).clone();
        Some(self.add(
            &link.text,
            &link.path,
            format!("<h1>{}</h1><p>{}</p>", escaped(&link.text), escaped(words)),
        ))
    }

    /// Writes the markup of every page.
    fn markup(&mut self, menu: &[usize], footer: &[usize]) -> HashMap<String, String> {
        let link = |drafts: &[Draft], at: usize| {
            format!("<a href=\"{}?sid=\">{}</a>", drafts[at].path, escaped(&drafts[at].text))
        };
        let list = |drafts: &[Draft], of: &[usize]| {
            of.iter().map(|at| format!("<li>{}</li>", link(drafts, *at))).collect::<String>()
        };
        let (menu, footer) = (list(&self.drafts, menu), list(&self.drafts, footer));
        let mut pages = HashMap::new();
        for at in 0..self.drafts.len() {
            let draft = &self.drafts[at];
            let mut body = format!(
                "<!doctype html><html lang=\"{}\"><title>{}</title><body><header><nav><ul>{menu}</ul></nav></header><main>",
                self.lang,
                escaped(&draft.text)
            );
            body.push_str(&draft.body);
            let _ = write!(body, "<ul>{}</ul>", list(&self.drafts, &draft.children));
            let path = draft.path.clone();
            match self.dice.below(8) {
                0 => body.push_str("<a href=\"/cal/2026/11\">11/2026</a>"),
                1 => body.push_str("<a href=\"/loop/1\">&rarr;</a>"),
                2 => {
                    for (name, value) in [("color", "1"), ("size", "2"), ("sort", "price"), ("page", "2")] {
                        let _ = write!(
                            body,
                            "<a href=\"{path}?{name}={value}&amp;view={}\">{value}</a> ",
                            self.dice.below(50)
                        );
                    }
                }
                3 => {
                    let _ = write!(
                        body,
                        "<a href=\"{path}?print=1\">Print</a> <a href=\"more/more/\">&hellip;</a>"
                    );
                }
                4 => {
                    for n in 2..6 {
                        let _ = write!(body, "<a href=\"{path}/page/{n}\">{n}</a> ");
                    }
                }
                _ => {}
            }
            let _ = write!(body, "</main><footer><ul>{footer}</ul></footer></body></html>");
            pages.insert(path, body);
        }
        pages
    }
}

/// Escapes a text for markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
