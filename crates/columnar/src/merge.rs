//! Merging: the records of many runs become companies.
//!
//! The rules are those of a crawl, made independent of order so that any engine can follow them; `docs/archive.md` lists
//! them and `cluster/spark` follows them in SQL. Records are sorted on the disk by site and address, so memory is bounded
//! whatever the size of the runs; only one company is held at a time, and of it no more than its bounds.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use ladder::weigh::{place_rank, precedence};
use ladder::{Channel, Rung};

use crate::record::{NamedBy, Record, RecordKind};
use crate::table::{Reader, TableError, Writer};
use store::sort::{Merged, Sorter};

/// The most sightings of one company that are kept: as many as the directory keeps.
pub const MOST_OF_COMPANY: usize = 5_000;
/// Of one value, so many sightings with the shortest addresses are kept …
pub const MOST_OF_VALUE: usize = 40;
/// … and so many of each rung.
pub const MOST_OF_RUNG: usize = 8;
/// How many sightings of one value are held before the rules are applied to them.
const HELD_OF_VALUE: usize = 512;
/// How many sightings of one company are held before the rules are applied to all.
const HELD_OF_COMPANY: usize = 200_000;
/// The most names of one company that are counted.
const MOST_NAMES: usize = 20_000;
/// The most addresses of pages that are remembered of one company.
const MOST_PAGES: usize = 100_000;

/// Why merging ended.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// A file cannot be read or written.
    #[error(transparent)]
    Table(#[from] TableError),
    /// The temporary files beside the output failed.
    #[error("`{}`: temporary files for sorting: {cause}", folder.display())]
    Sort {
        /// The folder.
        folder: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

/// A company, as the pages of one site tell it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Company {
    /// The registrable domain.
    pub site: String,
    /// The name that most pages give.
    pub name: Option<String>,
    /// How that name was found.
    pub named_by: Option<NamedBy>,
    /// The legal name that most pages give.
    pub legal_name: Option<String>,
    /// The number in a register that most pages give.
    pub register_number: Option<String>,
    /// When the newest page was saved, RFC 3339.
    pub read: String,
    /// The sightings, the ones that weigh most first.
    pub contacts: Vec<Record>,
    /// The procedure that says most.
    pub policy: Option<Record>,
    /// The addresses of the pages that were read, at most 100,000.
    pub pages: Vec<String>,
}

/// Sorts the records of files and returns the companies one by one, in the order of their sites.
///
/// `beside` is a folder for temporary files; `told` hears how many records were read.
///
/// # Errors
///
/// [`MergeError`] where a file cannot be read or the disk fails.
pub fn companies(
    files: &[PathBuf],
    beside: &Path,
    mut told: impl FnMut(u64),
) -> Result<Companies, MergeError> {
    let failed = |cause| MergeError::Sort { folder: beside.to_owned(), cause };
    let mut sorter = Sorter::new(beside).map_err(failed)?;
    let mut count = 0;
    for file in files {
        for batch in Reader::open(file)? {
            for record in batch? {
                let body = serde_json::to_vec(&record).map_err(|error| failed(error.into()))?;
                sorter.push(key(&record), body).map_err(failed)?;
                count += 1;
            }
            told(count);
        }
    }
    let sorted = sorter.sorted().map_err(failed)?;
    Ok(Companies { sorted, folder: beside.to_owned(), waiting: None })
}

/// Returns the key by which records are sorted: site, address, then the newest reading first.
fn key(record: &Record) -> Vec<u8> {
    let mut key = Vec::with_capacity(record.site.len() + record.url.len() + 64);
    for part in [&record.site, &record.url] {
        key.extend_from_slice(part.as_bytes());
        key.push(0);
    }
    key.extend(record.seen.bytes().map(|byte| 255 - byte));
    key.push(255);
    key.extend_from_slice(record.archive.as_bytes());
    key.push(0);
    key.extend_from_slice(&record.offset.to_be_bytes());
    key
}

/// The companies of sorted records.
pub struct Companies {
    sorted: Merged,
    folder: PathBuf,
    waiting: Option<Record>,
}

impl Companies {
    fn record(&mut self) -> Result<Option<Record>, MergeError> {
        let failed = |cause| MergeError::Sort { folder: self.folder.clone(), cause };
        match self.sorted.next() {
            None => Ok(None),
            Some(pair) => {
                let (_, body) = pair.map_err(failed)?;
                serde_json::from_slice(&body).map(Some).map_err(|error| failed(error.into()))
            }
        }
    }

    fn company(&mut self) -> Result<Option<Company>, MergeError> {
        let first = match self.waiting.take() {
            Some(record) => record,
            None => match self.record()? {
                Some(record) => record,
                None => return Ok(None),
            },
        };
        let mut gathering = Gathering::new(first.site.clone());
        gathering.take(first);
        while let Some(record) = self.record()? {
            if record.site != gathering.company.site {
                self.waiting = Some(record);
                break;
            }
            gathering.take(record);
        }
        Ok(Some(gathering.finish()))
    }
}

impl Iterator for Companies {
    type Item = Result<Company, MergeError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.company() {
                // A site that names nobody is no company of the directory.
                Ok(Some(company)) if company.contacts.is_empty() && company.policy.is_none() => {}
                other => return other.transpose(),
            }
        }
    }
}

/// A value of a contact.
type Value = (Option<Channel>, String);

/// The records of one site, gathered.
struct Gathering {
    company: Company,
    /// The address being read, its newest reading, and the archive and place of it.
    page: Option<(String, String, String, i64)>,
    /// The page's own record was met: of one archived twice at one moment one counts.
    page_counted: bool,
    names: BTreeMap<(NamedBy, String), u64>,
    legal: BTreeMap<String, u64>,
    register: BTreeMap<String, u64>,
    values: BTreeMap<Value, Vec<Record>>,
    held: usize,
}

impl Gathering {
    fn new(site: String) -> Self {
        Self {
            company: Company { site, ..Company::default() },
            page: None,
            page_counted: false,
            names: BTreeMap::new(),
            legal: BTreeMap::new(),
            register: BTreeMap::new(),
            values: BTreeMap::new(),
            held: 0,
        }
    }

    /// Takes the next record; they come by address, the newest reading first.
    fn take(&mut self, record: Record) {
        let same_page = self.page.as_ref().is_some_and(|(url, ..)| *url == record.url);
        if !same_page {
            self.page =
                Some((record.url.clone(), record.seen.clone(), record.archive.clone(), record.offset));
            self.page_counted = false;
            if !record.url.is_empty() && self.company.pages.len() < MOST_PAGES {
                self.company.pages.push(record.url.clone());
            }
        } else if self.page.as_ref().is_some_and(|(_, seen, archive, offset)| {
            // An older reading of the page, or the same one from a second archive.
            *seen != record.seen || *archive != record.archive || *offset != record.offset
        }) && record.record != RecordKind::Company
        {
            return;
        }
        if record.seen > self.company.read {
            self.company.read.clone_from(&record.seen);
        }
        match record.record {
            RecordKind::Page | RecordKind::Company => self.name(record),
            RecordKind::Contact => self.contact(record),
            RecordKind::Policy => self.policy(record),
        }
    }

    fn name(&mut self, record: Record) {
        if record.record == RecordKind::Page {
            if self.page_counted {
                return;
            }
            self.page_counted = true;
        }
        if let (Some(name), Some(by)) = (record.name, record.named_by) {
            count(&mut self.names, (by, name));
        }
        if let Some(name) = record.legal_name {
            count(&mut self.legal, name);
        }
        if let Some(number) = record.register_number {
            count(&mut self.register, number);
        }
    }

    fn policy(&mut self, record: Record) {
        let size = |one: &Record| (one.stages.unwrap_or(0), one.bodies.unwrap_or(0));
        let better = match &self.company.policy {
            None => true,
            Some(best) => {
                (Reverse(size(&record)), Reverse(&record.seen), &record.url, &record.policy)
                    < (Reverse(size(best)), Reverse(&best.seen), &best.url, &best.policy)
            }
        };
        if better {
            self.company.policy = Some(record);
        }
    }

    fn contact(&mut self, record: Record) {
        let Some(value) = record.value.clone() else { return };
        let held = self.values.entry((record.channel, value)).or_default();
        held.push(record);
        self.held += 1;
        if held.len() > HELD_OF_VALUE {
            self.held -= held.len();
            bound(held);
            self.held += held.len();
        }
        if self.held > HELD_OF_COMPANY {
            let kept = self.best();
            self.held = kept.len();
            for record in kept {
                let value = record.value.clone().unwrap_or_default();
                self.values.entry((record.channel, value)).or_default().push(record);
            }
        }
    }

    /// Returns the sightings that are kept, the ones that weigh most first.
    fn best(&mut self) -> Vec<Record> {
        let mut all: Vec<Record> = Vec::new();
        for (_, mut held) in std::mem::take(&mut self.values) {
            bound(&mut held);
            all.append(&mut held);
        }
        all.sort_by(|a, b| weight(a).cmp(&weight(b)));
        all.truncate(MOST_OF_COMPANY);
        all
    }

    fn finish(mut self) -> Company {
        self.company.contacts = self.best();
        let named = self.names.into_iter().min_by(|((by_a, a), count_a), ((by_b, b), count_b)| {
            (by_a, Reverse(count_a), a.len(), a).cmp(&(by_b, Reverse(count_b), b.len(), b))
        });
        if let Some(((by, name), _)) = named {
            self.company.name = Some(name);
            self.company.named_by = Some(by);
        }
        self.company.legal_name = most(self.legal);
        self.company.register_number = most(self.register);
        self.company
    }
}

/// Counts one more, where there is room for another.
fn count<K: Ord>(counts: &mut BTreeMap<K, u64>, key: K) {
    if counts.len() < MOST_NAMES || counts.contains_key(&key) {
        *counts.entry(key).or_default() += 1;
    }
}

/// Returns the text that was met most often; of equals the shortest, then the first by its letters.
fn most(counts: BTreeMap<String, u64>) -> Option<String> {
    let best = counts.into_iter().min_by(|(a, count_a), (b, count_b)| {
        (Reverse(count_a), a.len(), a).cmp(&(Reverse(count_b), b.len(), b))
    });
    best.map(|(text, _)| text)
}

/// Returns the order of sightings: what weighing would look at first comes first.
fn weight(record: &Record) -> impl Ord + '_ {
    let rung = record.rung.as_deref().and_then(Rung::from_id);
    (
        Reverse(precedence(rung)),
        place_rank(record.place.unwrap_or_default()),
        record.url.len(),
        &record.url,
        record.channel.map_or("", Channel::id),
        &record.value,
        &record.quote,
    )
}

/// Keeps of one value the sightings with the shortest addresses, and the first few of each rung.
///
/// A number in the footer of a million pages would else crowd out everything; yet how often it is ordinary and how often
/// it is named for complaints must still show.
fn bound(held: &mut Vec<Record>) {
    held.sort_by(|a, b| weight(a).cmp(&weight(b)));
    let mut of_rung: BTreeMap<Option<String>, usize> = BTreeMap::new();
    let kept_for_rung: Vec<bool> = held
        .iter()
        .map(|record| {
            let count = of_rung.entry(record.rung.clone()).or_default();
            *count += 1;
            *count <= MOST_OF_RUNG
        })
        .collect();
    let mut order: Vec<usize> = (0..held.len()).collect();
    let neutral = |record: &Record| {
        (
            record.url.len(),
            record.url.clone(),
            place_rank(record.place.unwrap_or_default()),
            record.quote.clone(),
        )
    };
    order.sort_by_key(|&at| neutral(&held[at]));
    let mut keep = kept_for_rung;
    for &at in order.iter().take(MOST_OF_VALUE) {
        keep[at] = true;
    }
    let mut keep = keep.into_iter();
    held.retain(|_| keep.next().unwrap_or(false));
}

impl Company {
    /// Returns the records of the company as a merged file has them: itself, its sightings, its procedure.
    #[must_use]
    pub fn records(self) -> Vec<Record> {
        let own = Record {
            record: RecordKind::Company,
            site: self.site,
            seen: self.read,
            name: self.name,
            named_by: self.named_by,
            legal_name: self.legal_name,
            register_number: self.register_number,
            ..Record::default()
        };
        [own].into_iter().chain(self.contacts).chain(self.policy).collect()
    }
}

/// Merges files into one file of companies; returns how many companies and sightings it holds.
///
/// # Errors
///
/// [`MergeError`] where a file cannot be read or written. The output is whole or not there.
pub fn to_file(files: &[PathBuf], to: &Path, told: impl FnMut(u64)) -> Result<(u64, u64), MergeError> {
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |cause| MergeError::Sort { folder: folder.to_owned(), cause };
    let temporary = tempfile::Builder::new().prefix(".upstairs-").tempfile_in(folder).map_err(failed)?;
    let mut writer = Writer::create(temporary.path(), false)?;
    let (mut companies_written, mut sightings) = (0, 0);
    for company in companies(files, folder, told)? {
        let company = company?;
        companies_written += 1;
        sightings += company.contacts.len() as u64;
        writer.add(company.records())?;
    }
    writer.finish()?;
    temporary.persist(to).map_err(|error| failed(error.error))?;
    Ok((companies_written, sightings))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A contact on a page: site, path, day, value, rung.
    fn contact(site: &str, path: &str, day: u32, value: &str, rung: &str) -> Record {
        Record {
            record: RecordKind::Contact,
            site: site.into(),
            url: format!("https://{site}/{path}"),
            seen: format!("2025-03-{day:02}T12:00:00Z"),
            archive: "a.warc.gz".into(),
            channel: Some(Channel::Email),
            value: Some(value.into()),
            rung: Some(rung.into()),
            place: Some(ladder::Place::Main),
            quote: Some(format!("write to {value}")),
            ..Record::default()
        }
    }

    fn page(site: &str, path: &str, day: u32, name: Option<(&str, NamedBy)>) -> Record {
        Record {
            record: RecordKind::Page,
            channel: None,
            value: None,
            rung: None,
            place: None,
            quote: None,
            name: name.map(|(name, _)| name.into()),
            named_by: name.map(|(_, by)| by),
            ..contact(site, path, day, "", "")
        }
    }

    fn merged(records: Vec<Record>) -> Vec<Company> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.parquet");
        let mut writer = Writer::create(&path, false).unwrap();
        writer.add(records).unwrap();
        writer.finish().unwrap();
        companies(&[path], folder.path(), |_| {}).unwrap().map(Result::unwrap).collect()
    }

    fn draw(companies: &[Company]) -> Vec<String> {
        let line = |one: &Record| {
            format!(
                "{} {} {} {}",
                one.site,
                one.rung.as_deref().unwrap(),
                one.value.as_deref().unwrap(),
                one.url
            )
        };
        companies.iter().flat_map(|company| company.contacts.iter().map(line)).collect()
    }

    #[test]
    fn the_newest_reading_of_a_page_counts_and_the_order_of_runs_does_not() {
        let mut records = vec![
            page("b.example", "help", 1, None),
            contact("b.example", "help", 1, "old@b.example", "complaints"),
            page("b.example", "help", 2, None),
            contact("b.example", "help", 2, "new@b.example", "complaints"),
            page("b.example", "about", 1, None),
            contact("b.example", "about", 1, "old@b.example", "front_line"),
            page("a.example", "", 1, None),
        ];
        let expected = [
            "b.example complaints new@b.example https://b.example/help",
            "b.example front_line old@b.example https://b.example/about",
        ];
        assert_eq!(draw(&merged(records.clone())), expected);
        records.reverse();
        assert_eq!(draw(&merged(records.clone())), expected);
        let twice = records.iter().cloned().chain(records.clone().into_iter().map(|mut record| {
            record.archive = "b.warc.gz".into();
            record
        }));
        assert_eq!(draw(&merged(twice.collect())), expected);
    }

    #[test]
    fn a_page_that_names_nobody_any_more_takes_back_what_it_said() {
        let records = vec![
            page("b.example", "help", 2, None),
            page("b.example", "help", 1, None),
            contact("b.example", "help", 1, "old@b.example", "complaints"),
        ];
        assert!(merged(records).is_empty());
    }

    #[test]
    fn structured_data_name_a_company_before_titles_and_most_pages_decide() {
        let named = |path, name, by| page("b.example", path, 1, Some((name, by)));
        let records = vec![
            contact("b.example", "", 1, "help@b.example", "front_line"),
            named("1", "B Shop", NamedBy::Title),
            named("2", "B Shop", NamedBy::Title),
            named("3", "B plc", NamedBy::Data),
            named("4", "B Limited", NamedBy::Data),
            named("5", "B Limited", NamedBy::Data),
        ];
        assert_eq!(merged(records)[0].name.as_deref(), Some("B Limited"));
    }

    #[test]
    fn a_value_on_every_page_does_not_crowd_out_where_it_is_named_for_complaints() {
        let mut records: Vec<Record> = (0..3_000)
            .map(|n| contact("b.example", &format!("p{n}"), 1, "help@b.example", "front_line"))
            .collect();
        records.push(contact("b.example", "a/long/address/of/complaints", 1, "help@b.example", "complaints"));
        let companies = merged(records);
        let contacts = &companies[0].contacts;
        assert_eq!(contacts[0].rung.as_deref(), Some("complaints"));
        assert_eq!(contacts.len(), MOST_OF_VALUE + 1);
    }

    #[test]
    fn merging_what_was_merged_changes_nothing() {
        let records = vec![
            page("b.example", "1", 1, Some(("B Limited", NamedBy::Data))),
            contact("b.example", "1", 1, "help@b.example", "front_line"),
            contact("b.example", "2", 3, "complaints@b.example", "complaints"),
        ];
        let once = merged(records);
        let twice = merged(once.iter().cloned().flat_map(Company::records).collect());
        let bare = |companies: &[Company]| -> Vec<Record> {
            companies.iter().cloned().flat_map(Company::records).collect()
        };
        assert_eq!(bare(&once), bare(&twice));
    }
}
