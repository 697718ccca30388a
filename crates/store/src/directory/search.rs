//! Search: which company is meant, by name, alias, domain, number or address, however it is typed.
//!
//! No table is read from end to end. A value is looked up by its key; a name as a whole, by its beginning, and word by
//! word: each word typed leads to the words of names that begin so or differ by a slip (through their doors), the rarest
//! of them to the companies that bear it, and the names of those few are then measured against what was typed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::Row as _;

use super::write::hash;
use super::{Directory, keys};
use crate::database::StoreError;
use crate::names::{self, Folded, How, Nearness, doors, forgiven};
use crate::record::Company;

/// The most words of names that a word typed leads to.
const MOST_TERMS: usize = 40;
/// The most companies of one word that are looked at.
const MOST_COMPANIES: usize = 2_000;
/// From how many companies on a word is common: how many more bear it is not counted.
const COMMON: i64 = 400;
/// The most words that a common word leads to beside itself: thousands bear it as it is typed.
const MOST_BESIDE: usize = 7;
/// The most contacts with a value that begins as typed.
const MOST_VALUES: i64 = 2_000;
/// The most companies whose names are measured; the statement of [`Directory::among`] says it too.
const MOST_MEASURED: usize = 200;
/// The most words that are looked at behind the doors of one.
const MOST_BEHIND: i64 = 3_000;
/// The most words of what was typed that count.
const MOST_WORDS: usize = 8;
/// The longest text that is searched for, in characters.
const LONGEST: usize = 120;

/// A company that a search found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its number.
    pub number: i64,
    /// What is known of it.
    pub company: Company,
    /// What of it was near: one of its names, or the value of a contact.
    pub matched: String,
    /// How near.
    pub near: Nearness,
    /// How many sightings are kept of it.
    pub sightings: u64,
    /// When its pages were last read, RFC 3339.
    pub read: Option<String>,
}

/// The words of names that one word typed leads to, each with the number of its companies.
type Terms = Vec<(i64, i64)>;

impl Directory {
    /// Finds companies by name, alias, domain, number or address, the nearest first, at most `most`.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be read.
    pub async fn search(&self, typed: &str, most: usize) -> Result<Vec<Hit>, StoreError> {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut found: HashMap<i64, (Nearness, String)> = HashMap::new();
        let kind = keys::of_typed(&typed);
        if !matches!(kind, keys::Typed::Words) {
            self.by_value(&kind, &mut found).await?;
        }
        if let keys::Typed::Host(host) | keys::Typed::Link(host) = &kind {
            self.by_host(host.split('/').next().unwrap_or_default(), &mut found).await?;
        }
        if matches!(kind, keys::Typed::Words | keys::Typed::Postal(_)) {
            self.by_name(&Folded::of(&typed), &mut found).await?;
        }
        let mut order: Vec<(i64, Nearness, String)> =
            found.into_iter().map(|(number, (near, matched))| (number, near, matched)).collect();
        order.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.2.len().cmp(&b.2.len())).then(a.0.cmp(&b.0)));
        order.truncate(most);
        let mut hits = Vec::with_capacity(order.len());
        for (number, near, matched) in order {
            let one = sqlx::query(
                "select body, read, (select count(*) from contact where contact.company = company.id) from company where id = ?1",
            )
            .bind(number)
            .fetch_one(&self.pool)
            .await
            .map_err(self.failed())?;
            hits.push(Hit {
                number,
                company: serde_json::from_str(one.get(0)).map_err(self.garbled())?,
                matched,
                near,
                sightings: u64::try_from(one.get::<i64, _>(2)).unwrap_or_default(),
                read: one.get(1),
            });
        }
        Ok(hits)
    }

    /// Finds by the value of a contact.
    async fn by_value(
        &self,
        typed: &keys::Typed,
        found: &mut HashMap<i64, (Nearness, String)>,
    ) -> Result<(), StoreError> {
        let mut ranges: Vec<(String, String)> = typed.range().into_iter().collect();
        if let keys::Typed::Postal(squashed) = typed {
            // House number and street, or a postcode, as they stand in the middle of an address.
            ranges.push((format!("q{squashed}"), format!("q{squashed}\0")));
        }
        for (from, to) in ranges {
            let rows = sqlx::query(
                "select contact.company, contact.value from (select contact as id from reach where key >= ?1 and key < ?2 limit ?3) as hit \
                 join contact on contact.id = hit.id",
            )
            .bind(from)
            .bind(to)
            .bind(MOST_VALUES)
            .fetch_all(&self.pool)
            .await
            .map_err(self.failed())?;
            for row in rows {
                let near = Nearness { score: 990, how: How::Exact };
                better(found, row.get(0), near, || row.get(1));
            }
        }
        Ok(())
    }

    /// Finds by a domain of the company, or one that the host lies under.
    async fn by_host(
        &self,
        host: &str,
        found: &mut HashMap<i64, (Nearness, String)>,
    ) -> Result<(), StoreError> {
        let mut rest = Some(host);
        while let Some(domain) = rest.filter(|domain| domain.contains('.')) {
            let companies: Vec<i64> =
                sqlx::query_scalar("select company from name where folded = ?1 and kind = 'domain' limit 50")
                    .bind(domain)
                    .fetch_all(&self.pool)
                    .await
                    .map_err(self.failed())?;
            for company in companies {
                better(found, company, Nearness { score: 1000, how: How::Exact }, || domain.to_owned());
            }
            rest = domain.split_once('.').map(|(_, rest)| rest);
        }
        Ok(())
    }

    /// Finds by name.
    async fn by_name(
        &self,
        typed: &Folded,
        found: &mut HashMap<i64, (Nearness, String)>,
    ) -> Result<(), StoreError> {
        if typed.squashed.is_empty() {
            return Ok(());
        }
        // The whole name comes first among what begins so.
        let begun = "select json_group_array(company) from \
            (select company from name where squashed >= ?1 and squashed < ?2 order by squashed limit 60)";
        let end = format!("{}\u{10ffff}", typed.squashed);
        let mut companies: BTreeSet<i64> = self.ask(begun, &typed.squashed, end).await?.into_iter().collect();
        companies.extend(self.by_words(typed).await?);
        self.measure(typed, &companies, found).await
    }

    /// Returns the companies whose names have all the words typed, but for slips; else those with the rarest.
    async fn by_words(&self, typed: &Folded) -> Result<Vec<i64>, StoreError> {
        let words: Vec<&str> = typed.words().take(MOST_WORDS).collect();
        let mut lists: Vec<Terms> = Vec::new();
        for word in &words {
            let terms = self.terms(word).await?;
            if !terms.is_empty() {
                lists.push(terms);
            }
        }
        let size = |terms: &Terms| terms.iter().map(|(_, count)| *count).sum::<i64>();
        lists.sort_by_key(size);
        let mut found: Vec<i64> = match lists.first() {
            // With one word nothing is narrowed down: no more are needed than are measured, and of a common one fewer, for
            // they are all alike.
            Some(only) if lists.len() == 1 && only.first().is_some_and(|(_, bearers)| *bearers >= COMMON) => {
                self.bearers(only, MOST_MEASURED / 2).await?
            }
            Some(only) if lists.len() == 1 => self.bearers(only, MOST_MEASURED).await?,
            Some(rarest) => self.bearers(rarest, MOST_COMPANIES).await?,
            None => Vec::new(),
        };
        for terms in lists.iter().skip(1) {
            let kept = self.among(&found, terms).await?;
            if kept.is_empty() {
                break;
            }
            found = kept;
        }
        found.truncate(MOST_MEASURED);
        // "jet blue" is "jetblue", and the other way round.
        if words.len() > 1 {
            let mut joined: Vec<String> = words.windows(2).map(<[&str]>::concat).collect();
            joined.push(typed.squashed.clone());
            joined.sort_unstable();
            joined.dedup();
            for word in joined {
                let terms = self.terms(&word).await?;
                found.extend(self.bearers(&terms, MOST_MEASURED / 4).await?);
            }
        }
        Ok(found)
    }

    /// Returns the words of names that a word typed may be: itself, what it begins, and what is one slip away.
    async fn terms(&self, word: &str) -> Result<Terms, StoreError> {
        let letters = word.chars().count();
        let mut near: BTreeMap<i64, usize> = BTreeMap::new();
        let begun = "select json_group_array(json_array(id, word)) from \
            (select id, word from term where word >= ?1 and word < ?2 order by word limit 40)";
        let end = if letters >= 3 { format!("{word}\u{10ffff}") } else { format!("{word}\0") };
        let mut exact = None;
        for (id, term) in self.ask::<(i64, String)>(begun, word, end).await? {
            if term == word {
                exact = Some(id);
            }
            near.insert(id, usize::from(term != word));
        }
        let most = forgiven(letters);
        if most > 0 {
            let behind = "select json_group_array(json_array(id, word)) from \
                (select distinct term.id, term.word from json_each(?1) as one \
                cross join door on door.hash = one.value cross join term on term.id = door.term limit ?2)";
            let hashes = self.list(doors(word).iter().map(|door| hash(door)))?;
            for (id, term) in self.ask::<(i64, String)>(behind, &hashes, MOST_BEHIND).await? {
                if let Some(slips) = names::slips(word, &term, most) {
                    let known = near.entry(id).or_insert(slips + 1);
                    *known = (*known).min(slips + 1);
                }
            }
        }
        let mut order: Vec<(usize, i64)> = near.into_iter().map(|(id, far)| (far, id)).collect();
        order.sort_unstable();
        let list = self.list(order.into_iter().take(MOST_TERMS).map(|(_, id)| id))?;
        let counted = "select json_group_array(json_array(value, bearers)) from (select one.value, \
            (select count(*) from (select 1 from posting where posting.term = one.value limit ?2)) as bearers \
            from json_each(?1) as one order by one.key)";
        let mut terms: Terms = self.ask(counted, &list, COMMON).await?;
        // The nearest stand first: where that is the word as typed and common, what is only near to it adds little.
        let is_typed = exact.is_some_and(|id| terms.first().is_some_and(|(first, _)| *first == id));
        if is_typed && terms.first().is_some_and(|(_, bearers)| *bearers >= COMMON) {
            terms.truncate(MOST_BESIDE + 1);
        }
        Ok(terms)
    }

    /// Returns the companies that bear one of some words, those of the first word first, `most` of them at most.
    async fn bearers(&self, terms: &Terms, most: usize) -> Result<Vec<i64>, StoreError> {
        let bearers = "select json_group_array(company) from (select posting.company from json_each(?1) as one \
            cross join posting on posting.term = one.value limit ?2)";
        let list = self.list(terms.iter().map(|(term, _)| *term))?;
        let mut seen: BTreeSet<i64> = BTreeSet::new();
        let found: Vec<i64> = self.ask(bearers, &list, i64::try_from(most).unwrap_or(i64::MAX)).await?;
        Ok(found.into_iter().filter(|company| seen.insert(*company)).collect())
    }

    /// Returns those of some companies that bear one of some words, in their order; with as many as are measured it is done.
    async fn among(&self, companies: &[i64], terms: &Terms) -> Result<Vec<i64>, StoreError> {
        let among = "select json_group_array(value) from (select one.value from json_each(?1) as one where exists \
            (select 1 from json_each(?2) as other cross join posting \
            on posting.term = other.value and posting.company = one.value) limit 200)";
        let list = self.list(terms.iter().map(|(term, _)| *term))?;
        self.ask(among, &self.list(companies.iter().copied())?, list).await
    }

    /// Measures the names of companies against what was typed.
    async fn measure(
        &self,
        typed: &Folded,
        companies: &BTreeSet<i64>,
        found: &mut HashMap<i64, (Nearness, String)>,
    ) -> Result<(), StoreError> {
        let named = "select json_group_array(json_array(name.company, name.folded, name.shown, name.kind, name.squashed)) \
            from json_each(?1) as one cross join name on name.company = one.value where ?2 = ?2";
        let list = self.list(companies.iter().copied())?;
        let names: Vec<(i64, String, String, String, String)> = self.ask(named, &list, 0).await?;
        for (company, folded, shown, kind, squashed) in names {
            let name = Folded::of_folded(if kind == "domain" { squashed } else { folded });
            if let Some(near) = names::near(typed, &name) {
                better(found, company, near, || shown);
            }
        }
        Ok(())
    }

    /// Runs a statement of two values that gives one list as JSON: to hand over many rows one by one costs more than to
    /// find them.
    async fn ask<T: serde::de::DeserializeOwned>(
        &self,
        sql: &'static str,
        first: &str,
        second: impl for<'q> sqlx::Encode<'q, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite> + Send,
    ) -> Result<Vec<T>, StoreError> {
        let list: String = sqlx::query_scalar(sql)
            .bind(first)
            .bind(second)
            .fetch_one(&self.pool)
            .await
            .map_err(self.failed())?;
        serde_json::from_str(&list).map_err(self.garbled())
    }

    /// Returns numbers as the list that a statement takes.
    fn list(&self, numbers: impl Iterator<Item = i64>) -> Result<String, StoreError> {
        serde_json::to_string(&numbers.collect::<Vec<_>>()).map_err(self.garbled())
    }
}

/// Notes a company, where it is nearer than was known.
fn better(
    found: &mut HashMap<i64, (Nearness, String)>,
    company: i64,
    near: Nearness,
    matched: impl FnOnce() -> String,
) {
    match found.get_mut(&company) {
        Some((known, _)) if *known >= near => {}
        _ => {
            found.insert(company, (near, matched()));
        }
    }
}
