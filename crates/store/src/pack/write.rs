//! Writing packs: companies in the order of their keys, then the ways by which they are found, sorted.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use base64::Engine as _;

use super::key::Secret;
use super::table::{Counted, TableWriter, Written, hash};
use super::{FORM, Footer, Header, MAGIC, PackError, hex};
use crate::directory::keys;
use crate::names::{self, Folded};
use crate::record::{Company, Entry};
use crate::sort::Sorter;

/// What a pack says of itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// What it is called.
    pub title: String,
    /// When it was made, RFC 3339.
    pub made: String,
    /// The number of the edition.
    pub edition: u64,
}

/// Writes a pack of companies, which come in the order of their keys; returns what it says of itself.
///
/// The output is whole or not there. `secret` signs it; a pack without signature serves only whoever made it.
///
/// # Errors
///
/// The error of the companies, or [`PackError`] where the disk fails or keys come out of order.
pub fn write<E: From<PackError>>(
    to: &Path,
    entries: impl Iterator<Item = Result<Entry, E>>,
    about: &About,
    secret: Option<&Secret>,
) -> Result<Header, E> {
    let mut packing = Packing::new(to)?;
    for entry in entries {
        packing.add(&entry?)?;
    }
    let (header, _) = packing.finish(to, about, |signed| secret.map(|secret| signature(secret, signed)))?;
    Ok(header)
}

/// Returns the signature of bytes as text.
pub(super) fn signature(secret: &Secret, signed: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(secret.sign(signed))
}

/// A pack being written.
pub(super) struct Packing {
    out: Counted<BufWriter<tempfile::NamedTempFile>>,
    companies: TableWriter,
    ways: Sorter,
    path: std::path::PathBuf,
    counts: (u64, u64),
}

/// Returns the folder of a file.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl Packing {
    pub(super) fn new(to: &Path) -> Result<Self, PackError> {
        let failed = |cause| PackError::File { path: to.to_owned(), cause };
        let file =
            tempfile::Builder::new().prefix(".upstairs-pack-").tempfile_in(folder(to)).map_err(failed)?;
        let mut out = Counted { out: BufWriter::with_capacity(1 << 20, file), at: 0 };
        out.write_all(MAGIC).map_err(failed)?;
        Ok(Self {
            out,
            companies: TableWriter::new(),
            ways: Sorter::new(folder(to)).map_err(failed)?,
            path: to.to_owned(),
            counts: (0, 0),
        })
    }

    pub(super) fn add(&mut self, entry: &Entry) -> Result<(), PackError> {
        let body = serde_json::to_vec(entry)
            .map_err(|error| PackError::Record { path: self.path.clone(), why: error.to_string() })?;
        let failed = |cause| PackError::File { path: self.path.clone(), cause };
        let key = entry.company.key();
        if key.is_empty() {
            return Ok(());
        }
        self.companies.add(key.as_bytes(), &body, &mut self.out).map_err(failed)?;
        self.counts.0 += 1;
        self.counts.1 += entry.contacts.len() as u64;
        let mut ways: BTreeSet<(String, String)> = BTreeSet::new();
        of_company(&entry.company, &key, &mut ways);
        for row in &entry.contacts {
            for way in keys::of(row.channel, &row.value) {
                ways.insert((format!("r{way}\0{key}"), row.value.clone()));
            }
        }
        for (way, value) in ways {
            self.ways.push(way.into_bytes(), value.into_bytes()).map_err(failed)?;
        }
        Ok(())
    }

    pub(super) fn finish(
        mut self,
        to: &Path,
        about: &About,
        sign: impl FnOnce(&[u8]) -> Option<String>,
    ) -> Result<(Header, Vec<u8>), PackError> {
        let failed = |cause| PackError::File { path: to.to_owned(), cause };
        let companies = self.companies.finish(&mut self.out).map_err(failed)?;
        let mut ways = TableWriter::new();
        for pair in self.ways.sorted().map_err(failed)? {
            let (key, value) = pair.map_err(failed)?;
            ways.add(&key, &value, &mut self.out).map_err(failed)?;
        }
        let ways = ways.finish(&mut self.out).map_err(failed)?;
        let header = Header {
            form: FORM,
            kind: "directory".to_owned(),
            title: about.title.clone(),
            made: about.made.clone(),
            edition: about.edition,
            companies: self.counts.0,
            contacts: self.counts.1,
            tables: [("companies", &companies), ("ways", &ways)]
                .map(|(name, written)| (name.to_owned(), hex(&hash(&written.index))))
                .to_vec(),
            base: None,
            result: None,
        };
        let signed = serde_json::to_vec(&header).map_err(|error| failed(error.into()))?;
        let signature = sign(&signed);
        close(self.out, to, &signed, signature, &[companies, ways]).map_err(failed)?;
        Ok((header, signed))
    }
}

/// Writes what follows the tables, and gives the file its name.
pub(super) fn close(
    mut out: Counted<BufWriter<tempfile::NamedTempFile>>,
    to: &Path,
    signed: &[u8],
    signature: Option<String>,
    tables: &[Written],
) -> io::Result<()> {
    let piece = |out: &mut Counted<BufWriter<tempfile::NamedTempFile>>, bytes: &[u8]| {
        let at = out.at;
        out.write_all(bytes).map(|()| (at, bytes.len() as u64))
    };
    let mut places = Vec::new();
    for table in tables {
        places.push((piece(&mut out, &table.index)?, piece(&mut out, &table.places)?));
    }
    let footer = Footer { header: piece(&mut out, signed)?, signature, tables: places };
    let footer = serde_json::to_vec(&footer)?;
    piece(&mut out, &footer)?;
    piece(&mut out, &u32::try_from(footer.len()).map_err(io::Error::other)?.to_le_bytes())?;
    piece(&mut out, MAGIC)?;
    let file = out.out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    readable(file.as_file())?;
    file.persist(to).map_err(|error| error.error)?;
    Ok(())
}

/// Lets others read the file, as a new file would be: it is made to be handed on.
fn readable(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.set_permissions(std::fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// Adds the ways by which the names and domains of a company lead to it.
///
/// `n` names without spaces, `h` domains, `t` words of names, `w` every word once, `d` the doors to words.
fn of_company(company: &Company, key: &str, ways: &mut BTreeSet<(String, String)>) {
    let names = [&company.name].into_iter().chain(&company.legal_name).chain(&company.aliases);
    let labels: Vec<String> = company
        .domains
        .iter()
        .map(|domain| domain.split('.').next().unwrap_or_default().to_owned())
        .collect();
    for domain in &company.domains {
        ways.insert((format!("h{domain}\0{key}"), domain.clone()));
    }
    for shown in names.chain(&labels) {
        let folded = Folded::of(shown);
        if folded.squashed.is_empty() {
            continue;
        }
        ways.insert((format!("n{}\0{key}", folded.squashed), shown.clone()));
        for term in names::terms(&folded) {
            if term.is_empty() {
                continue;
            }
            ways.insert((format!("t{term}\0{key}"), shown.clone()));
            ways.insert((format!("w{term}"), String::new()));
            for door in names::doors(&term) {
                ways.insert((format!("d{door}\0{term}"), String::new()));
            }
        }
    }
}

/// A file without a name of its own yet.
pub type Temporary = tempfile::NamedTempFile;

/// How the names of temporary files begin.
pub const TEMPORARY: &str = ".upstairs-";

/// Makes a file in a folder that goes away unless it gets a name.
///
/// # Errors
///
/// What the system says.
pub fn temporary(folder: &Path) -> io::Result<Temporary> {
    tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)
}
