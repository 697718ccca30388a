//! Writing into the directory: whole companies, merged with what is known, and their indexes.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

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
        for row in entry.contacts.iter().take(MOST_ROWS) {
            self.add(id, row).await?;
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
        let before = match self.known(&entry.company).await? {
            Some(id) => self.rows(id).await?,
            None => Vec::new(),
        };
        let own = |rows: &[(i64, Row)]| -> Vec<Row> {
            rows.iter().map(|(_, row)| row).filter(|row| row.kind.is_own()).cloned().collect()
        };
        let old = own(&before);
        for (id, _) in before.iter().filter(|(_, row)| row.kind.is_own() && pages.contains(&row.url)) {
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
        let new = own(&self.rows(id).await?);
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
        let id: i64 =
            sqlx::query_scalar("insert into company (key, name, body, kept) values (?1, ?2, ?3, ?4) returning id")
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
        let mut postings: BTreeSet<String> = BTreeSet::new();
        let legal = company.legal_name.iter().map(|name| (name.as_str(), "alias"));
        let aliases = company.aliases.iter().map(|name| (name.as_str(), "alias"));
        for (shown, kind) in [(company.name.as_str(), "name")].into_iter().chain(legal).chain(aliases) {
            let folded = Folded::of(shown);
            if folded.squashed.is_empty() {
                continue;
            }
            postings.extend(names::terms(&folded).into_iter().map(std::borrow::Cow::into_owned));
            self.name(id, &folded.spaced, &folded.squashed, shown, kind).await?;
        }
        for domain in &company.domains {
            let label = Folded::of(domain.split('.').next().unwrap_or_default());
            postings.extend(names::terms(&label).into_iter().map(std::borrow::Cow::into_owned));
            self.name(id, domain, &label.squashed, domain, "domain").await?;
        }
        for word in postings.iter().filter(|word| !word.is_empty()) {
            let term = self.term(word).await?;
            sqlx::query("insert into posting (term, company) values (?1, ?2) on conflict do nothing")
                .bind(term)
                .bind(id)
                .execute(&mut *self.step)
                .await
                .map_err(self.failed())?;
        }
        Ok(())
    }

    async fn name(
        &mut self,
        id: i64,
        folded: &str,
        squashed: &str,
        shown: &str,
        kind: &str,
    ) -> Result<(), StoreError> {
        sqlx::query("insert into name (company, folded, squashed, shown, kind) values (?1, ?2, ?3, ?4, ?5)")
            .bind(id)
            .bind(folded)
            .bind(squashed)
            .bind(shown)
            .bind(kind)
            .execute(&mut *self.step)
            .await
            .map_err(self.failed())?;
        Ok(())
    }

    /// Returns the number of a word; a new one gets its doors.
    async fn term(&mut self, word: &str) -> Result<i64, StoreError> {
        if let Some(id) = self.terms.get(word) {
            return Ok(*id);
        }
        let failed = self.failed();
        let known: Option<i64> = sqlx::query_scalar("select id from term where word = ?1")
            .bind(word)
            .fetch_optional(&mut *self.step)
            .await
            .map_err(&failed)?;
        let id = if let Some(id) = known {
            id
        } else {
            let id: i64 = sqlx::query_scalar("insert into term (word) values (?1) returning id")
                .bind(word)
                .fetch_one(&mut *self.step)
                .await
                .map_err(&failed)?;
            for door in names::doors(word) {
                sqlx::query("insert into door (hash, term) values (?1, ?2) on conflict do nothing")
                    .bind(hash(&door))
                    .bind(id)
                    .execute(&mut *self.step)
                    .await
                    .map_err(&failed)?;
            }
            id
        };
        self.terms.insert(word.to_owned(), id);
        Ok(id)
    }

    /// Adds a sighting; one that is there already is replaced.
    async fn add(&mut self, company: i64, row: &Row) -> Result<(), StoreError> {
        let mut row = row.clone();
        row.bound();
        let body = serde_json::to_string(&row).map_err(self.garbled())?;
        let kind = serde_json::to_string(&row.kind).map_err(self.garbled())?;
        let id: i64 = sqlx::query_scalar(
            "insert into contact (company, channel, value, kind, url, words, body) values (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             on conflict (company, channel, value, url, kind, words) do update set body = excluded.body returning id",
        )
        .bind(company)
        .bind(row.channel.id())
        .bind(&row.value)
        .bind(kind.trim_matches('"'))
        .bind(&row.url)
        .bind(hash(&row.quote))
        .bind(body)
        .fetch_one(&mut *self.step)
        .await
        .map_err(self.failed())?;
        for key in keys::of(row.channel, &row.value) {
            sqlx::query("insert into reach (key, contact) values (?1, ?2) on conflict do nothing")
                .bind(key)
                .bind(id)
                .execute(&mut *self.step)
                .await
                .map_err(self.failed())?;
        }
        Ok(())
    }
}

/// Returns a hash that is the same in every version of the program (FNV-1a, 64 bits).
pub(super) fn hash(text: &str) -> i64 {
    let mixed = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mixed.cast_signed()
}
