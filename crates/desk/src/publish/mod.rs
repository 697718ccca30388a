//! `directory publish`: the directory as a static website that any server can hand out.
//!
//! A page a company with its ladder, the witness of every contact and how to have it mended; the same as JSON and JSON-LD;
//! a search that runs in the browser over an index in small pieces ([`index`]); lists to go through without a script; a
//! sitemap and `llms.txt`. The site is built beside its place and takes it at once, so nobody ever meets half of it. What
//! only strangers' posts name is left out: a website cannot stand beside its reader to warn him.

mod index;
mod page;

use std::collections::HashSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use store::names;
use store::sort::Sorter;
use store::{Entry, StoreError};

use crate::directory::{Known, place};
use crate::find::{FindRequest, Live};
use crate::gathered::Gathered;
use index::Index;

/// The file by which a folder is known to be a published site.
const MARK: &str = ".upstairs-site";
/// How many companies stand on one page of a list.
const LISTED: usize = 400;
/// How many addresses one sitemap holds; the protocol allows 50,000.
const MAPPED: usize = 40_000;

/// What to publish, and how.
#[derive(Clone, Debug)]
pub struct PublishRequest {
    /// The folder of the site.
    pub to: PathBuf,
    /// The address that the site will have.
    pub base: String,
    /// The mail or web address for corrections and removals.
    pub contact: String,
    /// What the site is called.
    pub title: String,
    /// Whether the directory that is built in is published instead of the user's own.
    pub starter: bool,
}

/// What was published.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PublishAnswer {
    /// The folder.
    pub to: PathBuf,
    /// Companies that have a page.
    pub companies: u64,
    /// Contact points on their pages.
    pub contacts: u64,
    /// Companies that were left out, as nothing of them may be published.
    pub left_out: u64,
    /// Pieces of the search index.
    pub pieces: u64,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The address of the site is none.
    #[error("`{0}` is not the address of a site, such as https://directory.example/")]
    Base(String),
    /// Nobody can be asked for corrections.
    #[error("`{0}` is neither a mail address nor a web address")]
    Contact(String),
    /// The folder holds something else.
    #[error("`{}` holds something that is no published site", .0.display())]
    Occupied(PathBuf),
    /// There is nothing to publish.
    #[error("your own directory is empty")]
    Empty,
    /// The user's own directory cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The disk failed.
    #[error("`{}`: {cause}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

impl PublishError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Base(_) => {
                Some("give the address with --base; it appears in the sitemap and on every page")
            }
            Self::Contact(_) => Some(
                "say with --contact where companies can ask for correction or removal; it appears on every page",
            ),
            Self::Occupied(_) => Some("name a new folder, or an empty one"),
            Self::Empty => Some(
                "`archive merge`, `find` and `directory import` fill it; --starter publishes what is built in",
            ),
            Self::Store(error) => error.hint(),
            Self::Disk { .. } => None,
        }
    }
}

/// What every page says of the site.
pub(crate) struct Site {
    /// What it is called.
    pub(crate) title: String,
    /// Its address, with a slash at its end.
    pub(crate) base: String,
    /// Where corrections are asked for.
    pub(crate) contact: String,
    /// The day on which it was made.
    pub(crate) day: String,
}

/// A company's page, as lists and the index refer to it.
#[derive(Clone, Debug, serde::Deserialize, Serialize)]
pub(crate) struct Listed {
    /// Its name.
    pub(crate) name: String,
    /// Its domain.
    pub(crate) domain: Option<String>,
    /// The page, from the root of the site.
    pub(crate) path: String,
    /// How many contact points it shows.
    pub(crate) contacts: usize,
    /// Names under which it is found.
    pub(crate) words: Vec<String>,
}

/// Publishes the directory; `told` hears how many pages were written.
///
/// # Errors
///
/// [`PublishError`] by cause; a site that was there stays then.
pub async fn publish(
    request: &PublishRequest,
    data: Option<&Path>,
    now: Timestamp,
    mut told: impl FnMut(u64),
) -> Result<PublishAnswer, PublishError> {
    let site = site_of(request, now)?;
    let folder = &request.to;
    let occupied = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if folder.exists() && (!folder.is_dir() || occupied && !folder.join(MARK).exists()) {
        return Err(PublishError::Occupied(folder.clone()));
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(disk(parent))?;
    let building =
        tempfile::Builder::new().prefix(".upstairs-site-").tempdir_in(parent).map_err(disk(parent))?;
    let mut build = Build::new(building.path(), &site)?;
    if request.starter {
        for entry in store::starter::Starter::builtin().entries() {
            build.company(entry, true, now)?;
            if build.answer.companies.is_multiple_of(100) {
                told(build.answer.companies);
            }
        }
    } else {
        let directory = match place(data) {
            Some(store) => store.read_directory().await?.ok_or(PublishError::Empty)?,
            None => return Err(PublishError::Empty),
        };
        for number in directory.companies().await? {
            if let Some(entry) = directory.entry(number).await? {
                build.company(store::export::public(entry, false), false, now)?;
            }
            if build.answer.companies.is_multiple_of(100) {
                told(build.answer.companies);
            }
        }
        directory.close().await;
    }
    let mut answer = build.finish()?;
    if answer.companies == 0 {
        return Err(PublishError::Empty);
    }
    let made = building.keep();
    let old = parent.join(format!(".upstairs-site-old-{}", std::process::id()));
    if folder.exists() {
        fs::rename(folder, &old).map_err(disk(folder))?;
    }
    fs::rename(&made, folder).map_err(disk(folder))?;
    readable(folder)?;
    if old.exists() {
        fs::remove_dir_all(&old).map_err(disk(&old))?;
    }
    answer.to.clone_from(folder);
    Ok(answer)
}

/// Checks what every page will say of the site.
fn site_of(request: &PublishRequest, now: Timestamp) -> Result<Site, PublishError> {
    let base = url::Url::parse(&request.base).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let mut base = base.map(String::from).ok_or_else(|| PublishError::Base(request.base.clone()))?;
    if !base.ends_with('/') {
        base.push('/');
    }
    let contact = request.contact.trim();
    let is_mail = ladder::Email::parse(contact).is_ok();
    let is_link = contact.starts_with("https://") && url::Url::parse(contact).is_ok();
    if !is_mail && !is_link {
        return Err(PublishError::Contact(request.contact.clone()));
    }
    Ok(Site {
        title: request.title.clone(),
        base,
        contact: if is_mail { format!("mailto:{contact}") } else { contact.to_owned() },
        day: now.strftime("%Y-%m-%d").to_string(),
    })
}

fn disk(path: &Path) -> impl Fn(io::Error) -> PublishError + use<> {
    let path = path.to_owned();
    move |cause| PublishError::Disk { path: path.clone(), cause }
}

/// Lets the server read the folder, which was made for its maker alone.
fn readable(folder: &Path) -> Result<(), PublishError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).map_err(disk(folder))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// A site being built.
struct Build<'a> {
    folder: PathBuf,
    site: &'a Site,
    answer: PublishAnswer,
    /// Companies by name, for the lists.
    names: Sorter,
    index: Index,
    /// Hashes of the keys that have a page.
    seen: HashSet<u64>,
    maps: Vec<String>,
    map: Option<BufWriter<fs::File>>,
    mapped: usize,
}

impl<'a> Build<'a> {
    fn new(folder: &Path, site: &'a Site) -> Result<Self, PublishError> {
        for name in ["c", "list", "search", "sitemaps"] {
            fs::create_dir_all(folder.join(name)).map_err(disk(folder))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            site,
            answer: PublishAnswer { to: PathBuf::new(), companies: 0, contacts: 0, left_out: 0, pieces: 0 },
            names: Sorter::new(folder).map_err(disk(folder))?,
            index: Index::new(folder).map_err(disk(folder))?,
            seen: HashSet::new(),
            maps: Vec::new(),
            map: None,
            mapped: 0,
        })
    }

    fn write(&self, path: &str, text: &str) -> Result<(), PublishError> {
        let file = self.folder.join(path);
        fs::write(&file, text).map_err(disk(&file))
    }

    /// Writes the pages of a company.
    fn company(&mut self, entry: Entry, starter: bool, now: Timestamp) -> Result<(), PublishError> {
        let mut key = entry.company.key();
        // A group may run several companies on one domain: each has a page of its own.
        if !self.seen.insert(names_hash(&key)) {
            key = format!("{key}-{}", names::slug(&entry.company.name));
        }
        let organization = store::export::organization(&entry);
        let mut words: Vec<String> = [entry.company.name.clone()]
            .into_iter()
            .chain(entry.company.legal_name.clone())
            .chain(entry.company.aliases.iter().cloned())
            .collect();
        words.extend(entry.company.domains.iter().map(|domain| domain.replace('.', " ")));
        let known = Known {
            company: entry.company,
            rows: entry.contacts,
            policy: entry.policy,
            read: entry.read,
            in_starter: starter,
            number: (!starter).then_some(0),
            ..Known::default()
        };
        let (name, domain) = (known.company.name.clone(), known.company.domains.first().cloned());
        let mut answer = Gathered::of_known(known, &asked(&name), now).answer(&asked(&name), now);
        answer.leads.clear();
        answer.dead.clear();
        answer.next_ways.clear();
        answer.stopped.clear();
        if answer.contacts.is_empty() && answer.policy.is_none() || key.is_empty() {
            self.answer.left_out += 1;
            return Ok(());
        }
        let shard = format!("{:02x}", names_hash(&key) & 0xff);
        let file = file_name(&key);
        let folder = self.folder.join("c").join(&shard);
        fs::create_dir_all(&folder).map_err(disk(&folder))?;
        let path = format!("c/{shard}/{file}.html");
        let listed = Listed { name, domain, path: path.clone(), contacts: answer.contacts.len(), words };
        self.write(&path, &page::company(self.site, &answer, &listed, &key, &organization))?;
        let json = serde_json::to_string(&answer).map_err(|error| disk(&folder)(error.into()))?;
        self.write(&format!("c/{shard}/{file}.json"), &json)?;
        self.answer.companies += 1;
        self.answer.contacts += listed.contacts as u64;
        self.in_map(&path)?;
        self.index.add(&listed).map_err(disk(&self.folder))?;
        let body = serde_json::to_vec(&listed).map_err(|error| disk(&folder)(error.into()))?;
        self.names.push(names::fold(&listed.name).into_bytes(), body).map_err(disk(&self.folder))
    }

    /// Adds an address to the current sitemap.
    fn in_map(&mut self, path: &str) -> Result<(), PublishError> {
        if self.mapped.is_multiple_of(MAPPED) {
            self.end_map()?;
            let name = format!("sitemaps/{}.xml", self.maps.len());
            let file = self.folder.join(&name);
            let mut out = BufWriter::new(fs::File::create(&file).map_err(disk(&file))?);
            out.write_all(
                b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
            )
            .map_err(disk(&file))?;
            self.maps.push(name);
            self.map = Some(out);
        }
        self.mapped += 1;
        if let Some(out) = &mut self.map {
            // Paths are made of letters, digits, dots, hyphens and slashes alone; the base was parsed as an address.
            let base = self.site.base.replace('&', "&amp;");
            writeln!(out, "<url><loc>{base}{path}</loc><lastmod>{}</lastmod></url>", self.site.day)
                .map_err(disk(&self.folder))?;
        }
        Ok(())
    }

    fn end_map(&mut self) -> Result<(), PublishError> {
        if let Some(mut out) = self.map.take() {
            out.write_all(b"</urlset>\n").and_then(|()| out.flush()).map_err(disk(&self.folder))?;
        }
        Ok(())
    }

    /// Writes the lists, the index and the pages that every site has.
    fn finish(mut self) -> Result<PublishAnswer, PublishError> {
        self.end_map()?;
        let folder = self.folder.clone();
        let names = std::mem::replace(&mut self.names, Sorter::new(&folder).map_err(disk(&folder))?);
        let mut lists: Vec<(String, String)> = Vec::new();
        let mut list: Vec<Listed> = Vec::new();
        let mut sorted = names.sorted().map_err(disk(&folder))?.peekable();
        while let Some(pair) = sorted.next() {
            let (_, body) = pair.map_err(disk(&folder))?;
            list.push(serde_json::from_slice(&body).map_err(|error| disk(&folder)(error.into()))?);
            if list.len() >= LISTED || sorted.peek().is_none() {
                let path = format!("list/{}.html", lists.len());
                let (first, last) = (&list[0].name, &list[list.len() - 1].name);
                let label = format!("{} – {}", short(first), short(last));
                self.write(&path, &page::list(self.site, &label, &list))?;
                lists.push((path, label));
                list.clear();
            }
        }
        drop(sorted);
        let index = std::mem::replace(&mut self.index, Index::new(&folder).map_err(disk(&folder))?);
        self.answer.pieces = index.finish(&folder.join("search")).map_err(disk(&folder))?;
        self.write("index.html", &page::home(self.site, &lists, &self.answer))?;
        self.write("correct.html", &page::correct(self.site))?;
        self.write("404.html", &page::missing(self.site))?;
        self.write("site.css", include_str!("site.css"))?;
        self.write("search.js", include_str!("search.js"))?;
        self.write("llms.txt", &page::llms(self.site, &self.answer))?;
        let base = self.site.base.replace('&', "&amp;");
        let mut maps = String::new();
        for name in &self.maps {
            use std::fmt::Write as _;
            let _ = writeln!(
                maps,
                "<sitemap><loc>{base}{name}</loc><lastmod>{}</lastmod></sitemap>",
                self.site.day
            );
        }
        self.write(
            "sitemap.xml",
            &format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{maps}</sitemapindex>\n"
            ),
        )?;
        self.write(
            "robots.txt",
            &format!("User-agent: *\nAllow: /\n\nSitemap: {}sitemap.xml\n", self.site.base),
        )?;
        self.write(MARK, "This folder was written by `upstairs directory publish`, which may replace it.\n")?;
        Ok(self.answer)
    }
}

/// Returns the beginning of a name.
fn short(name: &str) -> String {
    name.chars().take(24).collect()
}

/// Returns a hash that is the same in every version of the program (FNV-1a).
fn names_hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Returns a key as the name of a file: safe on every system, and another one for every key.
fn file_name(key: &str) -> String {
    let safe =
        |c: char| if c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '.' { c } else { '-' };
    let name: String = key.chars().take(80).map(safe).collect();
    let name = name.trim_matches(['.', '-']).to_owned();
    if name == key { name } else { format!("{name}-{:016x}", names_hash(key)) }
}

/// Returns the question whose answer a page shows: everything known, asked of nobody else.
fn asked(name: &str) -> FindRequest {
    FindRequest {
        company: name.to_owned(),
        country: None,
        sector: None,
        about: None,
        matter: None,
        region: None,
        data: None,
        keep: false,
        crawl: false,
        offline: true,
        from: None,
        posts: Vec::new(),
        save: None,
        pages: 0,
        seconds: 0,
        live: Live::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_file_of_its_own_that_is_safe() {
        for (key, name) in [("acme.example", "acme.example"), ("a-b", "a-b")] {
            assert_eq!(file_name(key), name);
        }
        for key in ["../../etc/passwd", "Acme", "a/b", "a b", "ümlaut", "."] {
            let name = file_name(key);
            assert!(!name.contains('/') && !name.starts_with('.') && name.is_ascii(), "{key}: {name}");
            assert_ne!(name, key);
        }
        assert_ne!(file_name("a/b"), file_name("a b"));
    }
}
