//! Joining: what sources said of the company that is meant, and in words what they said of others.
//!
//! Whatever is merged was checked to be of the same company when all that is known of it was known, its own pages among
//! it. The rest is told and left out.

use std::collections::{BTreeMap, BTreeSet};

use ladder::{ContactPoint, Sighted, SourceKind, Witness};
use sources::source::Subject;
use sources::source::same::{self, Verdict};

use super::gather::{Around, Asked};
use super::pages::{self, Read};
use super::view::Report;
use crate::answer::{CompanyView, OfficerView};

/// The most records of other companies that are told of one source.
const MOST_OTHERS: usize = 3;

/// What sources said of the company.
#[derive(Clone, Debug, Default)]
pub(crate) struct Joined {
    /// Contacts, each with where it was read.
    pub(crate) sighted: Vec<Sighted>,
    /// One line a source.
    pub(crate) reports: Vec<Report>,
    /// The pages on which each source's contacts stand, by its id.
    pub(crate) urls: BTreeMap<&'static str, BTreeSet<String>>,
    /// Facts that are no contacts.
    pub(crate) facts: Vec<String>,
    /// Who is named in an office: name, role, since when, and where that is read.
    pub(crate) officers: Vec<OfficerView>,
    /// What is worth knowing.
    pub(crate) warnings: Vec<String>,
    /// What is known of the company after all of it.
    pub(crate) subject: Subject,
}

impl Joined {
    /// Joins what sources answered, and reads what searches and boards led to; `known` are the pages that were read already.
    pub(crate) async fn of(
        around: Option<&Around<'_>>,
        mut subject: Subject,
        asked: Vec<Asked>,
        known: &BTreeSet<String>,
    ) -> Self {
        // Identity first: what it tells decides about the others.
        for asked in &asked {
            for told in asked.answer.iter().flat_map(|answer| &answer.told) {
                if same::judge(&subject, &told.record).is_same() {
                    subject.learn(&told.record, asked.about.tells_sites());
                }
            }
        }
        let mut joined = Self::default();
        for asked in &asked {
            joined.take(&subject, asked);
        }
        for asked in &asked {
            let Ok(answer) = &asked.answer else { continue };
            let mut reads = pages::threads(&subject, &answer.threads.iter().collect::<Vec<_>>());
            if let Some(around) = around {
                reads.extend(
                    pages::hits(around, &subject, &answer.hits.iter().collect::<Vec<_>>(), known).await,
                );
            }
            joined.read(asked, reads);
        }
        joined.subject = subject;
        joined
    }

    /// Takes what one source told.
    fn take(&mut self, subject: &Subject, asked: &Asked) {
        let mut report = Report::of(asked);
        let mut others = 0;
        if let Ok(answer) = &asked.answer {
            for told in &answer.told {
                let record = &told.record;
                let other = match same::judge(subject, record) {
                    Verdict::Same(_) => {
                        for (source, finding) in &told.found {
                            self.urls.entry(asked.about.id).or_default().insert(source.url.clone());
                            self.sighted.extend(finding.contacts.iter().map(|sighting| Sighted {
                                sighting: sighting.clone(),
                                source: source.clone(),
                            }));
                        }
                        for officer in &record.officers {
                            self.officers.push(OfficerView::of(officer, &record.page, asked.about.name));
                        }
                        if let Some(standing) = &record.standing {
                            self.warnings.push(format!("{}: {standing}", asked.about.name));
                        }
                        continue;
                    }
                    Verdict::Related(relation, why) => format!("{why}: {}", relation.in_words()),
                    Verdict::Namesake(why) => format!("`{}` is another company: {why}", record.name),
                    Verdict::Unsure(_) => continue,
                };
                others += 1;
                if others <= MOST_OTHERS {
                    report.left_out.push(other);
                }
            }
            self.facts.extend(answer.facts.iter().cloned());
            report.left_out.extend(answer.notes.iter().cloned());
        }
        self.reports.push(report);
    }

    /// Takes what was read of the pages and threads that one source led to.
    fn read(&mut self, asked: &Asked, reads: Vec<Read>) {
        if reads.is_empty() {
            return;
        }
        let (mut fetched, mut hearsay) = (0_usize, 0_usize);
        for read in reads {
            if read.fetched {
                fetched += 1;
            } else {
                hearsay += 1;
            }
            self.warnings.extend(read.notes);
            for sighted in read.sighted {
                self.urls.entry(asked.about.id).or_default().insert(sighted.source.url.clone());
                self.sighted.push(sighted);
            }
        }
        if let Some(report) = self.reports.iter_mut().find(|report| report.id == asked.about.id) {
            report.words = format!("{}; {fetched} pages read, {hearsay} taken as hearsay", report.words);
        }
    }

    /// Adds what is known of the company to what its own pages and the directory say.
    pub(crate) fn describe(&mut self, company: &mut CompanyView) {
        let subject = &self.subject;
        if self.reports.is_empty() || subject.name.is_empty() {
            return;
        }
        company.name.get_or_insert_with(|| subject.name.clone());
        let domain = subject.domain().map(str::to_owned);
        company.website =
            company.website.take().or_else(|| domain.as_ref().map(|domain| format!("https://{domain}/")));
        company.domain = company.domain.take().or(domain);
        let ids = &subject.ids;
        let numbers = [
            ("Companies House", &ids.companies_house),
            ("FCA", &ids.frn),
            ("SEC CIK", &ids.cik),
            ("LEI", &ids.lei),
            ("Wikidata", &ids.wikidata),
        ];
        company.numbers = numbers
            .iter()
            .filter_map(|(register, number)| number.as_ref().map(|number| format!("{register} {number}")))
            .collect();
        company.parents.clone_from(&subject.parents);
        company.officers = std::mem::take(&mut self.officers);
        company.facts = std::mem::take(&mut self.facts);
    }

    /// Counts for each source the contact points for which it is a witness, and those that nobody else names.
    pub(crate) fn count(&mut self, points: &[ContactPoint]) {
        for report in &mut self.reports {
            let Some(urls) = self.urls.get(report.id) else { continue };
            let named = |point: &&ContactPoint| {
                point.witnesses.iter().any(|witness| urls.contains(&witness.source.url))
            };
            let alone = |point: &&ContactPoint| {
                point.witnesses.iter().all(|witness| urls.contains(&witness.source.url))
            };
            report.contacts = points.iter().filter(named).count();
            report.alone = points.iter().filter(alone).count();
        }
    }

    /// Returns whether only an open listing that was asked now names a contact: it is then shown as a lead, for anybody
    /// can write there, and a second independent witness is wanted.
    pub(crate) fn is_lone(&self, point: &ContactPoint) -> bool {
        let asked = |url: &String| self.urls.values().any(|urls| urls.contains(url));
        let open = |witness: &Witness| {
            matches!(witness.source.kind, SourceKind::Listing | SourceKind::Post)
                && asked(&witness.source.url)
        };
        let sites: BTreeSet<&str> =
            point.witnesses.iter().map(|witness| witness.source.site.as_str()).collect();
        point.rung.is_some() && !point.is_lead() && sites.len() < 2 && point.witnesses.iter().all(open)
    }

    /// Returns what may be kept in the user's directory: no hearsay, and nothing whose terms allow a day only.
    pub(crate) fn to_keep(&self) -> Vec<Sighted> {
        let brief: BTreeSet<&String> = sources::source::ALL
            .into_iter()
            .map(sources::source::Source::about)
            .filter(|about| about.keep_days <= 1)
            .filter_map(|about| self.urls.get(about.id))
            .flatten()
            .collect();
        let fit = |one: &&Sighted| one.source.kind != SourceKind::Post && !brief.contains(&one.source.url);
        self.sighted.iter().filter(fit).cloned().collect()
    }
}
