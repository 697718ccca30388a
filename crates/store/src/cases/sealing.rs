//! Sealing a store with a passphrase, and taking the seal off again.
//!
//! Both happen in one step: whoever writes at the same time waits, and is then told to run again; a kill leaves the store
//! as it was before. Every case is proved before it is touched and compared after. What was written before in plain is
//! overwritten as far as the database goes; what a disk keeps of it on its own no program can say.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use casework::What;

use super::base::{Pool, Step, on};
use super::rows::Written;
use super::{Cases, CasesError, verify};
use crate::database::StoreError;
use crate::seal::{Passphrase, Seal, SealError};

/// What sealing or opening a store did.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Resealed {
    /// Cases that were written anew.
    pub cases: usize,
    /// Files that were.
    pub files: usize,
    /// Older copies that are still there in plain, for the user to delete.
    pub left: Vec<PathBuf>,
}

impl Cases {
    /// Returns whether the store is sealed.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        self.seal.is_some()
    }

    /// Opens the seal, where there is one.
    pub(super) async fn unsealed_by(mut self, passphrase: &Passphrase) -> Result<Self, StoreError> {
        let key: Result<Option<String>, sqlx::Error> = on!(&self.base.pool, Pool, c => {
            sqlx::query_scalar("select key from seal").fetch_optional(c).await
        });
        let at = || self.base.at().to_owned();
        if let Some(key) = key.map_err(|error| self.base.store_failed(error))? {
            self.seal = Some(passphrase.open(&key).map_err(|error| match error {
                SealError::Needed => StoreError::Sealed(at()),
                SealError::Wrong => StoreError::Passphrase(at()),
                SealError::Damaged => {
                    StoreError::Damaged { path: at(), why: "its key is damaged".to_owned() }
                }
            })?);
        }
        Ok(self)
    }

    /// Seals the store with a passphrase; a sealed one gets this passphrase in place of its own.
    ///
    /// # Errors
    ///
    /// [`CasesError::Broken`] where a case is not as it was written: nothing is changed then; else what the disk says.
    pub async fn seal(&mut self, words: &str) -> Result<Resealed, CasesError> {
        if let Some(seal) = &self.seal {
            let key = seal.wrap(words.to_owned()).map_err(|error| self.said(&error))?;
            let mut step = self.base.begin().await?;
            on!(&mut step, Step, c => {
                sqlx::query("update seal set key = $1").bind(key).execute(&mut **c).await.map(drop)
            })
            .map_err(|error| self.base.failed(error))?;
            self.base.commit(step).await?;
            return Ok(Resealed::default());
        }
        let (seal, key) = Seal::make(words.to_owned()).map_err(|error| self.said(&error))?;
        self.write_all(Some(Arc::new(seal)), Some(key)).await
    }

    /// Takes the seal off: the store is kept in plain from now on.
    ///
    /// # Errors
    ///
    /// As for [`Cases::seal`].
    pub async fn unseal(&mut self) -> Result<Resealed, CasesError> {
        if self.seal.is_none() {
            return Ok(Resealed::default());
        }
        self.write_all(None, None).await
    }

    fn said(&self, error: &std::io::Error) -> CasesError {
        StoreError::Record { path: self.base.at().to_owned(), why: error.to_string() }.into()
    }

    /// Writes every case and file anew, under another seal or none.
    async fn write_all(
        &mut self,
        seal: Option<Arc<Seal>>,
        key: Option<String>,
    ) -> Result<Resealed, CasesError> {
        let new = Self { seal, ..self.clone() };
        let mut step = self.base.begin().await?;
        let begun = match (&mut step, &key) {
            (Step::Sqlite(c), Some(_)) => {
                sqlx::raw_sql("pragma secure_delete = on").execute(&mut **c).await.map(drop)
            }
            (Step::Sqlite(_), None) => Ok(()),
            (Step::Postgres(c), _) => {
                sqlx::raw_sql("lock table cases in exclusive mode").execute(&mut **c).await.map(drop)
            }
        };
        begun.map_err(|error| self.base.failed(error))?;
        let ids = self.ids_from(&mut step, "").await?;
        let marked = match &key {
            Some(key) => on!(&mut step, Step, c => {
                sqlx::query("insert into seal (id, key) values (1, $1)").bind(key).execute(&mut **c).await.map(drop)
            }),
            None => on!(&mut step, Step, c => {
                sqlx::query("delete from seal").execute(&mut **c).await.map(drop)
            }),
        };
        marked.map_err(|error| self.base.failed(error))?;
        let mut done = Resealed { cases: ids.len(), ..Resealed::default() };
        for id in &ids {
            done.files += self.write_one(&new, &mut step, id).await?;
        }
        if let (Step::Sqlite(c), Some(_)) = (&mut step, &key) {
            // The words of an index without texts stay in it until they are merged away.
            sqlx::query("insert into case_words (case_words) values ('delete-all')")
                .execute(&mut **c)
                .await
                .map_err(|error| self.base.failed(error))?;
        }
        self.base.commit(step).await?;
        *self = new;
        if let Pool::Sqlite(pool) = &self.base.pool {
            for sql in ["vacuum", "pragma wal_checkpoint(truncate)"] {
                sqlx::raw_sql(sql).execute(pool).await.map_err(|error| self.base.failed(error))?;
            }
        }
        done.left = self.clear(&ids);
        Ok(done)
    }

    /// Writes a case and its files anew under the other seal, and compares. Returns the number of its files.
    async fn write_one(&self, new: &Self, step: &mut Step, id: &str) -> Result<usize, CasesError> {
        let rows = self.rows(step, id).await?;
        let written = self.written(step, id).await?.unwrap_or_default();
        if let Some(fault) = verify::chain_fault(id, &rows) {
            return Err(CasesError::Broken { id: id.to_owned(), fault });
        }
        let case = self.parse(&rows)?;
        let head = rows.last().map_or("", |row| &row.hash);
        if written != Written::of(&case, head) {
            let there = u32::try_from(rows.len()).unwrap_or(u32::MAX);
            let fault = verify::Fault::Cut { there, written: written.events };
            return Err(CasesError::Broken { id: id.to_owned(), fault });
        }
        let mut files = BTreeSet::new();
        for event in case.events() {
            let What::EvidenceAttached(evidence) = &event.what else { continue };
            let Some(sha256) = evidence.sha256.as_ref().filter(|sha256| files.insert((*sha256).clone()))
            else {
                continue;
            };
            let failed = |error: std::io::Error| CasesError::Attach {
                path: evidence.name.clone().into(),
                why: error.to_string(),
            };
            let file = self.read_file(id, sha256).await.map_err(failed)?;
            let staged = new.stage(id, file).map_err(failed)?;
            let copied = new.keep(id, staged).await.map_err(failed)?;
            if copied.sha256 != *sha256 {
                let fault = verify::Fault::FileChanged { name: evidence.name.clone() };
                return Err(CasesError::Broken { id: id.to_owned(), fault });
            }
        }
        let holder = self.held_by(step, id).await?;
        self.remove(step, id).await?;
        new.summarise(step, id, &case, &written).await?;
        new.belongs(step, id, holder.as_ref()).await?;
        for row in &rows {
            new.insert(step, id, row).await?;
        }
        if new.rows(step, id).await? != rows || new.written(step, id).await? != Some(written) {
            return Err(self.said(&std::io::Error::other(format!("case `{id}` is not what was written"))));
        }
        Ok(files.len())
    }

    /// Deletes the files that are of no case under this seal; returns the older copies that only the user may delete.
    fn clear(&self, ids: &[String]) -> Vec<PathBuf> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let kept: BTreeSet<PathBuf> = ids.iter().filter_map(|id| self.files(id)).collect();
        for one in fs::read_dir(folder.join("files")).into_iter().flatten().flatten() {
            if !kept.contains(&one.path()) && fs::remove_dir_all(one.path()).is_err() {
                tracing::warn!(path = %one.path().display(), "files in plain could not be deleted");
            }
        }
        if self.seal.is_none() {
            return Vec::new();
        }
        let copies = fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path());
        let mut copies: Vec<PathBuf> = copies
            .filter(|path| {
                path.file_name().is_some_and(|name| {
                    let name = name.to_string_lossy();
                    name.starts_with(super::SCHEMA.file)
                        && (name.contains(".bak") || name.contains(".damaged"))
                })
            })
            .collect();
        copies.sort();
        copies
    }
}
