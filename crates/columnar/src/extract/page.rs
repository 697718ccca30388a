//! One record read: what it is, and what its page says.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;
use ladder::{Finding, Sighted, Source, SourceKind};
use reading::page::{self, Context, Page};
use reading::{pdf, title};
use sources::crawl::is_page;
use sources::warc::http::{self, Message};
use url::Url;

use super::feed::{Fed, Raw, Work};
use super::{Bad, Options, Position, Tally};
use crate::record::{NamedBy, Record, RecordKind};

/// The longest address of a page.
const MOST_ADDRESS: usize = 2_000;
/// The longest title that is kept, in bytes.
const MOST_TITLE: usize = 300;

/// A lot of work, done.
pub(super) struct Done {
    pub(super) records: Vec<Record>,
    pub(super) bad: Vec<Bad>,
    pub(super) tally: Tally,
    pub(super) ends_part: Option<Position>,
    pub(super) packed: u64,
}

/// What became of one record.
enum Outcome {
    /// It was read.
    Read(Vec<Record>),
    /// It is no page that says anything of the company; told by what it is.
    Other(String),
    /// It could not be read.
    Bad(String),
}

/// Reads a lot.
pub(super) fn read_all(work: Work, options: &Options) -> Done {
    let mut done = Done {
        records: Vec::new(),
        bad: Vec::new(),
        tally: Tally::default(),
        ends_part: work.ends_part,
        packed: work.packed,
    };
    for item in work.items {
        match item {
            Fed::Refused(why) => done.tally.refused.push(why),
            Fed::Other(what) => {
                done.tally.records += 1;
                *done.tally.skipped.entry(what.to_owned()).or_default() += 1;
            }
            Fed::Bad(bad) => {
                done.tally.records += 1;
                done.note(bad);
            }
            Fed::Raw(raw) => {
                done.tally.records += 1;
                let bad = |reason: String| Bad {
                    archive: raw.archive.to_string(),
                    offset: raw.place.member,
                    url: raw.target.clone(),
                    reason,
                };
                // No page is known to break the reading; one that did must not end the run.
                let outcome = catch_unwind(AssertUnwindSafe(|| read(&raw, options, &mut done.tally)));
                match outcome.unwrap_or_else(|_| Outcome::Bad("the reading of it broke off".to_owned())) {
                    Outcome::Read(records) => {
                        done.records.extend(records);
                        if let Some(cut) = raw.cut {
                            done.note(bad(cut.to_owned()));
                        }
                    }
                    Outcome::Other(what) => *done.tally.skipped.entry(what).or_default() += 1,
                    Outcome::Bad(reason) => done.note(bad(reason)),
                }
            }
        }
    }
    done
}

impl Done {
    fn note(&mut self, bad: Bad) {
        *self.tally.bad.entry(bad.reason.clone()).or_default() += 1;
        self.bad.push(bad);
    }
}

/// Reads one record.
fn read(raw: &Raw, options: &Options, tally: &mut Tally) -> Outcome {
    let Some(target) = &raw.target else {
        return Outcome::Bad("a record without WARC-Target-URI".to_owned());
    };
    if raw.media.is_none() {
        match http::status(&raw.block) {
            None => return Outcome::Bad("a response without HTTP status line".to_owned()),
            Some(200..=299) => {}
            Some(status @ 300..=399) => return Outcome::Other(format!("a redirect ({status})")),
            Some(status) => return Outcome::Other(format!("an error ({status})")),
        }
    }
    if target.len() > MOST_ADDRESS {
        return Outcome::Bad("an address of more than 2,000 bytes".to_owned());
    }
    let Some(url) = Url::parse(target).ok().filter(Url::has_host) else {
        return Outcome::Bad("an address that is none".to_owned());
    };
    let Some(seen) = raw.date.as_deref().and_then(|date| date.parse::<Timestamp>().ok()) else {
        return Outcome::Bad("a record without a valid WARC-Date".to_owned());
    };
    let message = match &raw.media {
        Some(media) => Message {
            status: 200,
            headers: vec![("content-type".to_owned(), media.clone())],
            body: raw.block[..raw.block.len().min(options.page_bytes)].to_vec(),
            cut: false,
        },
        None => match http::response(&raw.block, options.page_bytes) {
            Ok(message) => message,
            Err(why) => return Outcome::Bad(why),
        },
    };
    let content_type = message.headers.iter().find(|(name, _)| name == "content-type");
    let content_type = content_type.map_or_else(String::new, |(_, value)| value.to_ascii_lowercase());
    if message.body.is_empty() {
        return Outcome::Other("empty".to_owned());
    }
    let context = Context {
        url: Some(&url),
        charset: charset(&content_type),
        country: options.country,
        lang: None,
        ..Context::default()
    };
    let is_pdf = content_type.contains("pdf") || message.body.starts_with(b"%PDF");
    let read = if is_pdf {
        match pdf::text(&message.body, pdf::Bounds::default()) {
            Ok(read) => page::read_outline(&pdf::outline(&read), &context),
            Err(error) => return Outcome::Bad(format!("a PDF: {error}")),
        }
    } else if is_page(&content_type, &message.body) {
        page::read_findings(&message.body, &context)
    } else {
        let kind: String =
            content_type.split(';').next().unwrap_or_default().trim().chars().take(60).collect();
        return Outcome::Other(if kind.is_empty() {
            "neither a page nor a PDF".to_owned()
        } else {
            format!("neither a page nor a PDF (`{kind}`)")
        });
    };
    if read.soft_404 {
        return Outcome::Other("says that the page is not there".to_owned());
    }
    if read.bot_check && read.finding.contacts.is_empty() {
        return Outcome::Other("asks visitors to prove that they are not a robot".to_owned());
    }
    tally.page_bytes += message.body.len() as u64;
    tally.pages += 1;
    let source = Source {
        site: site_of(&url),
        url: url.into(),
        kind: if is_pdf { SourceKind::OwnDocument } else { SourceKind::OwnSite },
        seen: seen.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        stated: None,
    };
    let records = records(read, &source, raw);
    tally.contacts += records.iter().filter(|one| one.record == RecordKind::Contact).count() as u64;
    tally.policies += records.iter().filter(|one| one.record == RecordKind::Policy).count() as u64;
    Outcome::Read(records)
}

/// Returns the charset that a content type names.
fn charset(content_type: &str) -> Option<&str> {
    let at = content_type.find("charset=")?;
    let name = content_type[at + 8..].split([';', ',', ' ']).next()?;
    Some(name.trim_matches(['"', '\''])).filter(|name| !name.is_empty())
}

/// Returns the registrable domain of an address, or its host where it has none.
fn site_of(url: &Url) -> String {
    ladder::host::site_of(url.host_str().unwrap_or_default())
}

/// Makes the records of a page: itself first, its contacts in its order, its procedure last.
fn records(read: Page, source: &Source, raw: &Raw) -> Vec<Record> {
    let Page { title, lang, finding, .. } = read;
    let Finding { contacts, policy, company, warnings: _ } = finding;
    let offset = i64::try_from(raw.place.member).unwrap_or(i64::MAX);
    let (name, named_by) = match company.name {
        Some(name) => (Some(name), Some(NamedBy::Data)),
        None => match title::name_in(&title, &source.site) {
            Some(name) => (Some(name), Some(NamedBy::Title)),
            None => (None, None),
        },
    };
    let bounded = |text: String| text[..text.floor_char_boundary(MOST_TITLE)].to_owned();
    let base = Record {
        site: source.site.clone(),
        url: source.url.clone(),
        seen: source.seen.clone(),
        kind: source.kind,
        archive: raw.archive.to_string(),
        offset,
        ..Record::default()
    };
    let mut records = Vec::with_capacity(contacts.len() + 2);
    records.push(Record {
        title: (!title.is_empty()).then(|| bounded(title)),
        lang,
        name: name.map(bounded),
        named_by,
        legal_name: company.legal_name.map(bounded),
        register_number: company.register_number.map(bounded),
        ..base.clone()
    });
    for sighting in contacts {
        let sighted = Sighted { sighting, source: source.clone() };
        records.push(Record::of_contact(&sighted, &raw.archive, offset));
    }
    if let Some(policy) = policy
        && let Ok(text) = serde_json::to_string(&policy)
    {
        records.push(Record {
            record: RecordKind::Policy,
            policy: Some(text),
            stages: i64::try_from(policy.stages.len()).ok(),
            bodies: i64::try_from(policy.external.len()).ok(),
            ..base
        });
    }
    records
}
