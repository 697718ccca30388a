//! Writing into the directory: whole companies, merged with what is known, and their indexes.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use ladder::SourceKind;
use sqlx::sqlite::SqlitePool;
use sqlx::{Row as _, Sqlite, Transaction};

use super::{Change, changes, keys};
use crate::database::StoreError;
use crate::names::{self, Folded};
use crate::record::{Company, Entry, Row};

/// The most sightings of one company that are kept.
const MOST_ROWS: usize = 5_000;

/// One step of writing: it happens as a whole or not at all.
#[derive(Debug)]
pub struct Writer {
    step: Transaction<'static, Sqlite>,
    path: PathBuf,
    terms: HashMap<String, i64>,
}

impl Writer {
    pub(super) async fn begin(pool: &SqlitePool, path: &Path) -> Result<Self, StoreError> {
        // The lock is asked for at once: two that read first and write then could only fail.
        let step = pool.begin_with("begin immediate").await.map_err(|error| StoreError::of(path, error))?;
        Ok(Self { step, path: path.to_owned(), terms: HashMap::new() })
    }

    fn failed(&self) -> impl Fn(sqlx::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |error| StoreError::of(&path, error)
    }

    fn garbled(&self) -> impl Fn(serde_json::Error) -> StoreError + use<> {
        let path = self.path.clone();
        move |error| StoreError::Record { path: path.clone(), why: error.to_string() }
    }

    /// Ends the step: everything is kept.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be written; nothing of it is kept then.
    pub async fn commit(self) -> Result<(), StoreError> {
        let failed = self.failed();
        self.step.commit().await.map_err(failed)
    }

    /// Returns the number of the company that a record is of, by key, domain, or name where neither has a domain.
    async fn known(&mut self, company: &Company) -> Result<Option<i64>, StoreError> {
        let failed = self.failed();
        let by_key: Option<i64> = sqlx::query_scalar("select id from company where key = ?1")
            .bind(company.key())
            .fetch_optional(&mut *self.step)
            .await
            .map_err(&failed)?;
        if by_key.is_some() {
            return Ok(by_key);
        }
        for domain in &company.domains {
            let by_domain: Option<i64> =
                sqlx::query_scalar("select company from name where folded = ?1 and kind = 'domain' limit 1")
                    .bind(domain)
                    .fetch_optional(&mut *self.step)
                    .await
                    .map_err(&failed)?;
            if by_domain.is_some() {
                return Ok(by_domain);
            }
        }
        // What was told or imported without a domain is of the one company of that very name.
        let slug = names::slug(&company.name);
        if !company.domains.is_empty() {
            return sqlx::query_scalar("select id from company where key = ?1")
                .bind(slug)
                .fetch_optional(&mut *self.step)
                .await
                .map_err(failed);
        }
        let same: Vec<i64> = sqlx::query_scalar(
            "select distinct company from name where squashed = ?1 and kind = 'name' limit 2",
        )
        .bind(slug.replace('-', ""))
        .fetch_all(&mut *self.step)
        .await
        .map_err(failed)?;
        Ok(if let [one] = same[..] { Some(one) } else { None })
    }

    /// Keeps a record: a company that is known is completed, its sightings are joined with those there.
    ///
    /// `at` is the moment of writing, RFC 3339. Returns the number of the company.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be written.
    pub async fn put(&mut self, entry: &Entry, at: &str) -> Result<i64, StoreError> {
        let mut company = entry.company.clone();
        company.bound();
        let id = match self.known(&company).await? {
            Some(id) => {
                let mut known = self.company(id).await?;
                known.join(&company);
                self.update(id, &known, at).await?;
                id
            }
            None => self.insert(&company, at).await?,
        };
        if let Some(policy) = &entry.policy {
            let body = serde_json::to_string(policy).map_err(self.garbled())?;
            sqlx::query("update company set policy = ?2 where id = ?1")
                .bind(id)
                .bind(body)
                .execute(&mut *self.step)
                .await
                .map_err(self.failed())?;
        }
        if let Some(read) = &entry.read {
            sqlx::query("update company set read = max(coalesce(read, ''), ?2) where id = ?1")
                .bind(id)
                .bind(read)
                .execute(&mut *self.step)
                .await
                .map_err(self.failed())?;
        }
        let rows = entry.contacts.get(..MOST_ROWS).unwrap_or(&entry.contacts);
        if !rows.is_empty() {
            self.add(id, rows).await?;
        }
        Ok(id)
    }

    /// Keeps a new reading of a company's own pages: what those of `pages` (their addresses) said before makes room for
    /// what they say now, and what changed is noted and returned. The first reading changes nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be written.
    pub async fn read_again(
        &mut self,
        entry: &Entry,
        pages: &BTreeSet<String>,
        at: &str,
    ) -> Result<(i64, Vec<Change>), StoreError> {
        self.replace(entry, pages, at, |row| row.kind.is_own()).await
    }

    /// Keeps what a check of sources proposed and somebody approved: of `pages` (their addresses) only what the record says
    /// of them stays, whoever had read them; what the user was told and what strangers wrote is no matter of pages.
    ///
    /// # Errors
    ///
    /// [`StoreError`] where it cannot be written.
    pub async fn reviewed(
        &mut self,
        entry: &Entry,
        pages: &BTreeSet<String>,
        at: &str,
    ) -> Result<(i64, Vec<Change>), StoreError> {
        let of_pages = |row: &Row| !row.kind.is_user_written() && row.kind != SourceKind::Told;
        self.replace(entry, pages, at, of_pages).await
    }

    /// Keeps a record in the place of what sightings of a kind said on some pages; notes and returns what changed.
    async fn replace(
        &mut self,
        entry: &Entry,
        pages: &BTreeSet<String>,
        at: &str,
        which: impl Fn(&Row) -> bool,
    ) -> Result<(i64, Vec<Change>), StoreError> {
        let before = match self.known(&entry.company).await? {
            Some(id) => self.rows(id).await?,
            None => Vec::new(),
        };
        let those = |rows: &[(i64, Row)]| -> Vec<Row> {
            rows.iter().map(|(_, row)| row).filter(|row| which(row)).cloned().collect()
        };
        let old = those(&before);
        for (id, _) in before.iter().filter(|(_, row)| which(row) && pages.contains(&row.url)) {
            sqlx::query("delete from contact where id = ?1")
                .bind(id)
                .execute(&mut *self.step)
                .await
                .map_err(self.failed())?;
        }
        let id = self.put(entry, at).await?;
        if old.is_empty() {
            return Ok((id, Vec::new()));
        }
        let new = those(&self.rows(id).await?);
        let changed = changes(&old, &new, at, |row| pages.contains(&row.url));
        for change in &changed {
            sqlx::query("insert into change (company, at, what, channel, value, before, after) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                .bind(id)
                .bind(&change.at)
                .bind(&change.what)
                .bind(&change.channel)
                .bind(&change.value)
                .bind(&change.before)
                .bind(&change.after)
                .execute(&mut *self.step)
                .await
                .map_err(self.failed())?;
        }
        Ok((id, changed))
    }

    async fn company(&mut self, id: i64) -> Result<Company, StoreError> {
        let body: String = sqlx::query_scalar("select body from company where id = ?1")
            .bind(id)
            .fetch_one(&mut *self.step)
            .await
            .map_err(self.failed())?;
        serde_json::from_str(&body).map_err(self.garbled())
    }

    async fn rows(&mut self, id: i64) -> Result<Vec<(i64, Row)>, StoreError> {
        let found = sqlx::query("select id, body from contact where company = ?1 order by id")
            .bind(id)
            .fetch_all(&mut *self.step)
            .await
            .map_err(self.failed())?;
        let garbled = self.garbled();
        found
            .iter()
            .map(|one| Ok((one.get(0), serde_json::from_str(one.get(1)).map_err(&garbled)?)))
            .collect()
    }

    async fn insert(&mut self, company: &Company, at: &str) -> Result<i64, StoreError> {
        let body = serde_json::to_string(company).map_err(self.garbled())?;
        let id: i64 = sqlx::query_scalar(
            "insert into company (key, name, body, kept) values (?1, ?2, ?3, ?4) returning id",
        )
        .bind(company.key())
        .bind(&company.name)
        .bind(body)
        .bind(at)
        .fetch_one(&mut *self.step)
        .await
        .map_err(self.failed())?;
        self.name_all(id, company).await?;
        Ok(id)
    }

    async fn update(&mut self, id: i64, company: &Company, at: &str) -> Result<(), StoreError> {
        let body = serde_json::to_string(company).map_err(self.garbled())?;
        sqlx::query("update company set name = ?2, body = ?3, kept = ?4 where id = ?1")
            .bind(id)
            .bind(&company.name)
            .bind(body)
            .bind(at)
            .execute(&mut *self.step)
            .await
            .map_err(self.failed())?;
        for delete in ["delete from name where company = ?1", "delete from posting where company = ?1"] {
            sqlx::query(delete).bind(id).execute(&mut *self.step).await.map_err(self.failed())?;
        }
        self.name_all(id, company).await
    }

    /// Writes the names of a company and the words that lead to it.
    async fn name_all(&mut self, id: i64, company: &Company) -> Result<(), StoreError> {
        let mut rows: Vec<(String, String, &str, &str)> = Vec::new();
        let mut words: BTreeSet<String> = BTreeSet::new();
        let legal = company.legal_name.iter().map(|name| (name.as_str(), "alias"));
        let aliases = company.aliases.iter().map(|name| (name.as_str(), "alias"));
        for (shown, kind) in [(company.name.as_str(), "name")].into_iter().chain(legal).chain(aliases) {
            let folded = Folded::of(shown);
            if !folded.squashed.is_empty() {
                words.extend(names::terms(&folded).into_iter().map(std::borrow::Cow::into_owned));
                rows.push((folded.spaced, folded.squashed, shown, kind));
            }
        }
        for domain in &company.domains {
            let label = Folded::of(domain.split('.').next().unwrap_or_default());
            words.extend(names::terms(&label).into_iter().map(std::borrow::Cow::into_owned));
            rows.push((domain.clone(), label.squashed, domain, "domain"));
        }
        words.remove("");
        self.run(
            "insert into name (company, folded, squashed, shown, kind) \
             select ?2, value ->> 0, value ->> 1, value ->> 2, value ->> 3 from json_each(?1)",
            &rows,
            id,
        )
        .await?;
        let terms = self.terms(&words).await?;
        self.run(
            "insert into posting (term, company) select value, ?2 from json_each(?1) where true on conflict do nothing",
            &terms,
            id,
        )
        .await
    }

    /// Runs a statement that takes a list as JSON and the number of a company: one statement for many rows.
    async fn run(
        &mut self,
        sql: &'static str,
        list: &impl serde::Serialize,
        company: i64,
    ) -> Result<(), StoreError> {
        let list = serde_json::to_string(list).map_err(self.garbled())?;
        sqlx::query(sql).bind(list).bind(company).execute(&mut *self.step).await.map_err(self.failed())?;
        Ok(())
    }

    /// Returns the numbers of words; new ones get their doors.
    async fn terms(&mut self, words: &BTreeSet<String>) -> Result<Vec<i64>, StoreError> {
        let mut terms: Vec<i64> = words.iter().filter_map(|word| self.terms.get(word)).copied().collect();
        let new: Vec<&String> = words.iter().filter(|word| !self.terms.contains_key(*word)).collect();
        if new.is_empty() {
            return Ok(terms);
        }
        self.run(
            "insert into term (word) select value from json_each(?1) where ?2 = ?2 on conflict do nothing",
            &new,
            0,
        )
        .await?;
        let list = serde_json::to_string(&new).map_err(self.garbled())?;
        let found: String = sqlx::query_scalar(
            "select json_group_array(json_array(term.id, term.word)) from json_each(?1) as one cross join term on term.word = one.value",
        )
        .bind(list)
        .fetch_one(&mut *self.step)
        .await
        .map_err(self.failed())?;
        let found: Vec<(i64, String)> = serde_json::from_str(&found).map_err(self.garbled())?;
        // A word that was there has its doors; to write them again does nothing.
        let doors: Vec<(i64, i64)> = found
            .iter()
            .flat_map(|(id, word)| names::doors(word).into_iter().map(|door| (hash(&door), *id)))
            .collect();
        self.run(
            "insert into door (hash, term) select value ->> 0, value ->> 1 from json_each(?1) where ?2 = ?2 on conflict do nothing",
            &doors,
            0,
        )
        .await?;
        for (id, word) in found {
            terms.push(id);
            self.terms.insert(word, id);
        }
        Ok(terms)
    }

    /// Adds sightings; one that is there already is replaced.
    async fn add(&mut self, company: i64, rows: &[Row]) -> Result<(), StoreError> {
        /// A sighting in the columns of its table, with its keys.
        #[derive(serde::Serialize)]
        struct Columns {
            channel: &'static str,
            value: String,
            kind: ladder::SourceKind,
            url: String,
            words: i64,
            body: String,
            keys: Vec<String>,
        }
        let mut columns = Vec::with_capacity(rows.len());
        for row in rows {
            let mut row = row.clone();
            row.bound();
            columns.push(Columns {
                channel: row.channel.id(),
                kind: row.kind,
                words: hash(&row.quote),
                body: serde_json::to_string(&row).map_err(self.garbled())?,
                keys: keys::of(row.channel, &row.value),
                value: row.value,
                url: row.url,
            });
        }
        self.run(
            "insert into contact (company, channel, value, kind, url, words, body) \
             select ?2, value ->> 'channel', value ->> 'value', value ->> 'kind', value ->> 'url', value ->> 'words', value ->> 'body' \
             from json_each(?1) where true \
             on conflict (company, channel, value, url, kind, words) do update set body = excluded.body",
            &columns,
            company,
        )
        .await?;
        self.run(
            "insert into reach (key, contact) \
             select key.value, contact.id from json_each(?1) as one cross join contact \
             on contact.company = ?2 and contact.channel = one.value ->> 'channel' and contact.value = one.value ->> 'value' \
             and contact.url = one.value ->> 'url' and contact.kind = one.value ->> 'kind' and contact.words = one.value ->> 'words' \
             cross join json_each(one.value -> 'keys') as key where true on conflict do nothing",
            &columns,
            company,
        )
        .await
    }
}

/// Returns a hash that is the same in every version of the program (FNV-1a, 64 bits).
pub(super) fn hash(text: &str) -> i64 {
    let mixed = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    mixed.cast_signed()
}
