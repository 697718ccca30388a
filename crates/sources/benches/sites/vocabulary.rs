//! Words for generated sites, taken from real ones: what links are called and where they lead.
//!
//! Which words lead to someone who can fix a problem is decided by the gold of the corpus (which page names which
//! contact), never by the crawler's own lists. Words of links to pages without such contacts are the crowd to hide among.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use ladder::Place;
use reading::page::{self, Context};
use serde_json::Value;
use sources::archive::Archive;
use sources::web::Web;
use url::Url;

/// What a page of a generated site is for.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Role {
    /// It says how to complain.
    Complaints,
    /// It names the registered office.
    Legal,
    /// It names people above the front line.
    People,
    /// It names the front line.
    Contact,
    /// It names no one.
    Crowd,
}

/// A link of a real site.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) struct Named {
    /// The words on it.
    pub(crate) text: String,
    /// The path that it leads to.
    pub(crate) path: String,
    /// Whether it stood in a footer.
    pub(crate) footer: bool,
}

/// Real links by language and role.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    named: BTreeMap<(String, Role), BTreeSet<Named>>,
}

impl Vocabulary {
    /// Reads the vocabulary of a corpus.
    pub(crate) async fn read(corpus: &Path) -> Self {
        let mut vocabulary = Self::default();
        for gold in golds(&corpus.join("sites")) {
            vocabulary.site(&gold).await;
        }
        for (file, gold) in golds(&corpus.join("pages")) {
            vocabulary.crowd_of_page(&file, &gold);
            let role = role_of(gold["contacts"].as_array().into_iter().flatten());
            if let Some(url) = gold["url"].as_str().and_then(|url| Url::parse(url).ok()) {
                vocabulary.add(&gold, role, &slug_words(url.path()), url.path(), false);
            }
        }
        for (file, gold) in golds(&corpus.join("policies")) {
            let bears_stages = gold["stages"].as_array().is_some_and(|stages| !stages.is_empty());
            let text = std::fs::read_to_string(file.with_extension("txt")).unwrap_or_default();
            let title = text.lines().next().unwrap_or_default().trim_start_matches(['#', ' ']).trim();
            if bears_stages && gold["real"] != Value::Bool(false) {
                vocabulary.add(&gold, Role::Complaints, title, &format!("/{}", slug(title)), false);
            }
        }
        vocabulary
    }

    /// Returns the languages that have words for a complaints page and a crowd.
    pub(crate) fn languages(&self) -> Vec<String> {
        let enough = |lang: &str, role, least| self.links(lang, role).len() >= least;
        let mut langs: Vec<String> = self.named.keys().map(|(lang, _)| lang.clone()).collect();
        langs.dedup();
        langs.retain(|lang| {
            (enough(lang, Role::Complaints, 1) || enough(lang, Role::Legal, 1))
                && enough(lang, Role::Crowd, 8)
        });
        langs
    }

    /// Returns the links of a language and role, in a fixed order.
    pub(crate) fn links(&self, lang: &str, role: Role) -> Vec<&Named> {
        self.named.get(&(lang.to_owned(), role)).into_iter().flatten().collect()
    }

    /// Takes the links of an archived site, each by what the gold says of its target.
    ///
    /// A page is for what the values of the gold on it are for, however many other pages bear them too; values that stand
    /// on half of the site are its frame and tell nothing of a page.
    async fn site(&mut self, (file, gold): &(PathBuf, Value)) {
        let Ok(archive) = Archive::open(&file.with_extension("warc.gz"), None) else { return };
        let contacts: Vec<&Value> = gold["contacts"].as_array().into_iter().flatten().collect();
        let mut best: HashMap<String, Vec<&Value>> = HashMap::new();
        for contact in &contacts {
            best.entry(key(contact["page"].as_str().unwrap_or_default())).or_default().push(contact);
        }
        let mut bears: HashMap<String, BTreeSet<usize>> = HashMap::new();
        let mut links = Vec::new();
        let urls: Vec<Url> = archive.entries().filter_map(|entry| Url::parse(entry.url).ok()).collect();
        for url in urls {
            let Ok(response) = archive.get(&url).await else { continue };
            if response.status != 200
                || !response.header("content-type").is_some_and(|kind| kind.contains("html"))
            {
                continue;
            }
            let page = page::read(&response.body, &Context { url: Some(&url), ..Context::default() });
            let values: BTreeSet<&str> =
                page.finding.contacts.iter().map(|sighting| sighting.reach.value()).collect();
            let borne = contacts.iter().enumerate();
            let borne =
                borne.filter(|(_, contact)| contact["value"].as_str().is_some_and(|v| values.contains(v)));
            bears.insert(key(url.as_str()), borne.map(|(at, _)| at).collect());
            links.extend(page.links.into_iter().filter(|link| link.url.host() == url.host()));
        }
        let frame: BTreeSet<usize> = (0..contacts.len())
            .filter(|at| bears.values().filter(|borne| borne.contains(at)).count() * 2 > bears.len())
            .collect();
        // A page is called what most links to it call it: `Click here` beside `How to complain` is no name.
        let mut names: BTreeMap<String, BTreeMap<String, (usize, bool)>> = BTreeMap::new();
        let mut paths: HashMap<String, String> = HashMap::new();
        for link in links {
            let target = key(link.url.as_str());
            paths.entry(target.clone()).or_insert_with(|| link.url.path().to_owned());
            let text = link.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let (count, footer) = names.entry(target).or_default().entry(text).or_default();
            *count += 1;
            *footer |= link.place == Place::Footer;
        }
        for (target, texts) in names {
            // What the archive does not hold may be anything.
            let Some(borne) = bears.get(&target) else { continue };
            let most = texts.iter().max_by_key(|(text, (count, _))| (*count, text.len()));
            let Some((text, (_, footer))) = most else { continue };
            let there = borne.iter().filter(|at| !frame.contains(at)).map(|at| contacts[*at]);
            let role = role_of(there.chain(best.get(&target).into_iter().flatten().copied()));
            self.add(gold, role, text, &paths[&target], *footer);
        }
    }

    /// Takes what a saved page links to from its own text: articles and goods, the crowd of a site.
    ///
    /// Its menus are left out: what they lead to is not known, and may be the page that is looked for.
    fn crowd_of_page(&mut self, file: &Path, gold: &Value) {
        let (Ok(body), Some(url)) = (
            std::fs::read(file.with_extension("html")),
            gold["url"].as_str().and_then(|url| Url::parse(url).ok()),
        ) else {
            return;
        };
        let page = page::read(&body, &Context { url: Some(&url), ..Context::default() });
        for link in
            page.links.iter().filter(|link| link.place == Place::Main && link.url.host() == url.host())
        {
            let deep = link.url.path().trim_matches('/').contains('/');
            if deep && key(link.url.as_str()) != key(url.as_str()) && link.text.split(' ').count() > 2 {
                self.add(gold, Role::Crowd, &link.text, link.url.path(), false);
            }
        }
    }

    fn add(&mut self, gold: &Value, role: Role, text: &str, path: &str, footer: bool) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let lang = gold["lang"].as_str().unwrap_or("en").to_owned();
        let fits = (2..=60).contains(&text.chars().count())
            && path.len() > 1
            && path.len() <= 80
            && !path.ends_with(".pdf");
        if fits && path.is_ascii() {
            self.named.entry((lang, role)).or_default().insert(Named { text, path: path.to_owned(), footer });
        }
    }
}

/// Returns the role of a page by the contacts that it names.
fn role_of<'a>(contacts: impl Iterator<Item = &'a Value>) -> Role {
    let rungs: BTreeSet<&str> = contacts.filter_map(|contact| contact["rung"].as_str()).collect();
    let any = |wanted: &[&str]| wanted.iter().any(|rung| rungs.contains(rung));
    if any(&["complaints", "adr"]) {
        Role::Complaints
    } else if any(&["executive", "management"]) {
        Role::People
    } else if any(&["legal"]) {
        Role::Legal
    } else if any(&["front_line"]) {
        Role::Contact
    } else {
        Role::Crowd
    }
}

/// Returns the gold files of a folder, in order.
fn golds(folder: &Path) -> Vec<(PathBuf, Value)> {
    let entries =
        std::fs::read_dir(folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect());
    let mut files: Vec<PathBuf> = entries.unwrap_or_default();
    files.sort();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    let read =
        |file: PathBuf| Some((file.clone(), serde_json::from_slice(&std::fs::read(&file).ok()?).ok()?));
    files.into_iter().filter_map(read).collect()
}

/// Returns the form in which two spellings of an address are alike.
pub(crate) fn key(address: &str) -> String {
    let address = address.split(['#', '?']).next().unwrap_or_default();
    let bare = address.split_once("://").map_or(address, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.trim_end_matches("index.html").trim_end_matches('/').to_lowercase()
}

/// Returns the words of the last part of a path, as a link might say them.
fn slug_words(path: &str) -> String {
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let base = last.split('.').next().unwrap_or_default();
    base.replace(['-', '_'], " ")
}

/// Returns a text as a path would spell it.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
