//! Sealing a store with a passphrase, and taking the seal off again.
//!
//! Both happen in one step: whoever writes at the same time waits, and is then told to run again; a kill leaves the store
//! as it was before or as it is after. Every case is proved before it is touched and compared after. Files are written
//! under the other names first and deleted under the old ones when the step is done; [`Cases::tidy`] ends that where a kill
//! came between. What was written before in plain is overwritten as far as the database goes; what a disk or a server's own
//! logs keep of it no program can say.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use age::secrecy::SecretString;

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
    /// Older copies of the store that the passphrase opens from now on (the age format), by the names that they have now.
    pub copies: Vec<PathBuf>,
    /// What is still there in plain and could not be deleted or sealed.
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
        } else {
            let (seal, key) = Seal::make(words.to_owned()).map_err(|error| self.said(&error))?;
            let done = self.write_all(Some(Arc::new(seal)), Some(key)).await?;
            let tidied = self.tidy(Some(words)).await?;
            return Ok(Resealed { cases: done.cases, files: done.files, ..tidied });
        }
        self.tidy(Some(words)).await
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
        let done = self.write_all(None, None).await?;
        let tidied = self.tidy(None).await?;
        Ok(Resealed { cases: done.cases, files: done.files, ..tidied })
    }

    /// Ends what sealing or opening began, where a kill came between: deletes files that are kept in the other way, takes
    /// what was deleted out of the database, and seals older copies where the passphrase is given. Doing it twice does
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] where the store was sealed or opened since it was opened here; else what the disk says.
    pub async fn tidy(&self, words: Option<&str>) -> Result<Resealed, CasesError> {
        let mut step = self.base.begin().await?;
        self.still_kept_this_way(&mut step).await?;
        let mut done = Resealed { left: self.delete_others(&mut step).await?, ..Resealed::default() };
        self.base.commit(step).await?;
        match &self.base.pool {
            Pool::Sqlite(pool) => {
                for sql in ["vacuum", "pragma wal_checkpoint(truncate)"] {
                    // It is sealed or opened already: somebody who reads meanwhile keeps traces in the file, no more.
                    if let Err(error) = sqlx::raw_sql(sql).execute(pool).await {
                        tracing::warn!(%error, "what was deleted is not yet out of the file");
                        done.left.push(self.base.at().to_owned());
                        break;
                    }
                }
            }
            Pool::Postgres(pool) => {
                // Whoever may not do it leaves it to the server, which does it by itself in time.
                let sql = "vacuum (full) cases, events, case_words, snapshot, file, file_part";
                if let Err(error) = sqlx::raw_sql(sql).execute(pool).await {
                    tracing::warn!(%error, "the server keeps what was deleted until it tidies up by itself");
                }
            }
        }
        for copy in self.copies() {
            match words.filter(|_| self.seal.is_some()).map(|words| seal_copy(&copy, words)) {
                Some(Ok(sealed)) => done.copies.push(sealed),
                Some(Err(error)) => {
                    tracing::warn!(path = %copy.display(), %error, "an older copy could not be sealed");
                    done.left.push(copy);
                }
                None if self.seal.is_some() => done.left.push(copy),
                None => {}
            }
        }
        Ok(done)
    }

    fn said(&self, error: &std::io::Error) -> CasesError {
        StoreError::Record { path: self.base.at().to_owned(), why: error.to_string() }.into()
    }

    /// Refuses where another program sealed or opened the store since it was opened here: what is kept in the other way is then
    /// not left over, but all there is. Under the lock nobody seals.
    async fn still_kept_this_way(&self, step: &mut Step) -> Result<(), CasesError> {
        let sealed: Result<Option<i64>, sqlx::Error> = on!(&mut *step, Step, c => {
            sqlx::query_scalar("select id from seal").fetch_optional(&mut **c).await
        });
        if sealed.map_err(|error| self.base.failed(error))?.is_some() == self.seal.is_some() {
            return Ok(());
        }
        Err(StoreError::Busy(self.base.at().to_owned()).into())
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
        self.still_kept_this_way(&mut step).await?;
        // Left by one that was killed before it was done.
        self.delete_others(&mut step).await?;
        let ids = self.ids_from(&mut step, "").await?;
        let all: Result<i64, sqlx::Error> = on!(&mut step, Step, c => {
            sqlx::query_scalar("select count(*) from cases").fetch_one(&mut **c).await
        });
        let closed = all.map_err(|error| self.base.failed(error))? - i64::try_from(ids.len()).unwrap_or(0);
        if closed != 0 {
            // Their key would go, and with it all hope.
            let why = format!("{closed} case(s) in it cannot be opened: nothing was changed");
            return Err(StoreError::Record { path: self.base.at().to_owned(), why }.into());
        }
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
        let (attached, mut seen, mut files) = (case.attached(), BTreeSet::new(), 0);
        for (sha256, name) in case.events().iter().filter_map(|event| event.what.file()) {
            if !seen.insert(sha256) {
                continue;
            }
            let failed =
                |error: std::io::Error| CasesError::Attach { path: name.into(), why: error.to_string() };
            let file = match self.read_file(id, sha256).await {
                // The bytes of a message that came with a copy of an earlier program were never here.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound && !attached.contains(sha256) => {
                    continue;
                }
                file => file.map_err(failed)?,
            };
            let staged = new.stage(id, file).map_err(failed)?;
            let copied = new.keep(id, staged).await.map_err(failed)?;
            if copied.sha256 != sha256 {
                let fault = verify::Fault::FileChanged { name: name.to_owned() };
                return Err(CasesError::Broken { id: id.to_owned(), fault });
            }
            files += 1;
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
        Ok(files)
    }

    /// Deletes the files that are kept in the other way than the store is; returns what could not be deleted.
    async fn delete_others(&self, step: &mut Step) -> Result<Vec<PathBuf>, CasesError> {
        if let Step::Postgres(c) = step {
            sqlx::query("delete from file where (case_id ~ '^[0-9a-f]{64}$') <> $1")
                .bind(self.seal.is_some())
                .execute(&mut **c)
                .await
                .map_err(|error| self.base.failed(error))?;
        }
        let Some(folder) = &self.folder else { return Ok(Vec::new()) };
        let mut left = Vec::new();
        for one in fs::read_dir(folder.join(super::FILES)).into_iter().flatten().flatten() {
            let other = is_locked_name(&one.file_name().to_string_lossy()) != self.seal.is_some();
            if other && let Err(error) = fs::remove_dir_all(one.path()) {
                tracing::warn!(path = %one.path().display(), %error, "files could not be deleted");
                left.push(one.path());
            }
        }
        Ok(left)
    }

    /// Returns the older copies of the store that lie beside it in plain.
    fn copies(&self) -> Vec<PathBuf> {
        let mut copies = self.older_copies();
        copies.retain(|path| path.extension().is_none_or(|end| end != "age"));
        copies
    }

    /// Returns the older copies of the store that lie beside it, sealed or in plain.
    #[must_use]
    pub fn older_copies(&self) -> Vec<PathBuf> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let named = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.starts_with(super::SCHEMA.file) && (name.contains(".bak") || name.contains(".damaged"))
        };
        let all = fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path());
        let mut copies: Vec<PathBuf> = all.filter(named).collect();
        copies.sort();
        copies
    }
}

/// Returns whether a name is one under which a sealed store keeps the files of a case.
fn is_locked_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// Seals a copy with a passphrase, beside it first, and then deletes the one in plain.
fn seal_copy(copy: &Path, words: &str) -> io::Result<PathBuf> {
    let with = |end: &str| {
        let mut name = copy.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let (part, sealed) = (with(".age.part"), with(".age"));
    let mut recipient = age::scrypt::Recipient::new(SecretString::from(words.to_owned()));
    recipient.set_work_factor(crate::seal::WORK);
    let recipients = std::iter::once(&recipient as &dyn age::Recipient);
    let encryptor = age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
    let mut writer = encryptor.wrap_output(File::create(&part)?)?;
    io::copy(&mut File::open(copy)?, &mut writer)?;
    writer.finish()?.sync_all()?;
    fs::rename(&part, &sealed)?;
    fs::remove_file(copy)?;
    Ok(sealed)
}
