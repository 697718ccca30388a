//! Copies of cases that leave the program: a folder that a person can read, and one sealed file for another machine.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use serde::{Deserialize, Serialize};
use store::cases::StoredEvent;
use zip::write::SimpleFileOptions;

use super::draft::Me;
use super::page::page;
use super::redact::Redaction;
use super::{CaseDeskError, Place, begun, show, write_down, written};

/// The form of a sealed copy.
const FORM: &str = "upstairs.cases/1";
/// The name, in a copy, of what tells of the cases.
const MANIFEST: &str = "cases.json";
/// The most bytes of one file in a copy, and of all: what goes beyond is refused when the copy is made, for it would not come back.
const BOUNDS: Bounds = Bounds { file: 512 << 20, all: 4 << 30 };
/// The most work that is spent on a passphrase: 2 to the power of this.
const MOST_WORK: u8 = 20;

/// How much a copy may hold.
#[derive(Clone, Copy, Debug)]
struct Bounds {
    file: u64,
    all: u64,
}

impl Bounds {
    /// Takes a file into account; refuses one that is too large, and the one with which all becomes so.
    fn take(self, path: &Path, name: &str, bytes: u64, all: &mut u64) -> Result<(), PackError> {
        *all = all.saturating_add(bytes);
        if bytes > self.file {
            let (path, name) = (path.to_owned(), name.to_owned());
            return Err(PackError::LargeFile { path, name, most: self.file >> 20 });
        }
        if *all > self.all {
            return Err(PackError::Large { path: path.to_owned(), most: self.all >> 20 });
        }
        Ok(())
    }
}

/// Why a copy could not be made or taken in.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file cannot be read or written.
    #[error("`{path}`: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// It is there already.
    #[error("`{0}` is there already: choose another name, or move it away")]
    There(PathBuf),
    /// The passphrase does not open it.
    #[error("the passphrase does not open `{0}`")]
    Passphrase(PathBuf),
    /// One file of it is larger than what is taken in.
    #[error(
        "`{path}` is too large: `{name}` has more than {most} MB; `case export CASE --folder FOLDER` copies it as it is"
    )]
    LargeFile {
        /// The copy.
        path: PathBuf,
        /// The file.
        name: String,
        /// The most, in megabytes.
        most: u64,
    },
    /// All of it together is larger than what is taken in.
    #[error(
        "`{path}` is too large: more than {most} MB in all; make a copy of each case instead: `case export CASE --sealed FILE`"
    )]
    Large {
        /// The copy.
        path: PathBuf,
        /// The most, in megabytes.
        most: u64,
    },
    /// It is no copy of ours, or a damaged one.
    #[error("`{path}` is no copy of cases, or it is damaged: {why}")]
    NotACopy {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
}

/// What went into a copy.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Exported {
    /// The cases of a sealed copy; the files of a folder.
    pub count: usize,
    /// Messages whose words are in it while their bytes, as they came, are not: the case itself came out of a copy that did not
    /// hold them.
    pub without_bytes: Vec<String>,
}

/// What a sealed copy holds beside the files.
#[derive(Debug, Serialize, Deserialize)]
struct Manifest {
    form: String,
    cases: Vec<Packed>,
    /// Texts that were begun and not sent; copies of earlier programs have none.
    #[serde(default)]
    drafts: Vec<PackedDraft>,
}

/// A text that was begun, in a copy.
#[derive(Debug, Serialize, Deserialize)]
struct PackedDraft {
    case: String,
    kind: String,
    text: String,
}

/// One case in a copy.
#[derive(Debug, Serialize, Deserialize)]
struct Packed {
    id: String,
    events: Vec<StoredEvent>,
}

/// Writes a case as a folder that can be read without the program: `index.html` for people, `case.json`, `events.jsonl`,
/// and the files by name.
///
/// # Errors
///
/// [`PackError::There`] where the folder is there already; else what the store or the system says.
pub async fn export_folder(place: &Place, id: &str, to: &Path) -> Result<Exported, CaseDeskError> {
    if to.exists() {
        return Err(PackError::There(to.to_owned()).into());
    }
    let cases = place.read().await?;
    let stored = cases.stored(id).await?;
    let view = show(place, id).await?;
    let state = place.state(id).await?;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error| PackError::File { path, error }
    };
    fs::create_dir_all(to.join("files")).map_err(failed(to))?;
    let json = serde_json::to_vec_pretty(&view).unwrap_or_default();
    write(&to.join("case.json"), &json)?;
    let lines: String = stored.iter().flat_map(|event| [event.body.as_str(), "\n"]).collect();
    write(&to.join("events.jsonl"), lines.as_bytes())?;
    let mut names = Vec::new();
    for (number, evidence) in (1..).zip(&state.evidence) {
        let Some(sha256) = &evidence.sha256 else { continue };
        let name = file_name(number, &evidence.name);
        let to = to.join("files").join(&name);
        let mut from = cases.read_file(id, sha256).await.map_err(failed(Path::new(&evidence.name)))?;
        let mut copy = File::create(&to).map_err(failed(&to))?;
        io::copy(&mut from, &mut copy).and_then(|_| copy.sync_all()).map_err(failed(&to))?;
        names.push(name);
    }
    // The bytes of messages, as they came: their words stand in the log already.
    let case = cases.load(id).await?;
    let attached = case.attached();
    let (mut messages, mut without_bytes) = (0, Vec::new());
    for event in case.events() {
        let Some((sha256, subject)) = event.what.file().filter(|(sha256, _)| !attached.contains(sha256))
        else {
            continue;
        };
        let mut from = match cases.read_file(id, sha256).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                without_bytes.push(subject.to_owned());
                continue;
            }
            from => from.map_err(failed(Path::new(subject)))?,
        };
        fs::create_dir_all(to.join("messages")).map_err(failed(to))?;
        let to = to.join("messages").join(format!("{}.eml", event.id));
        let mut copy = File::create(&to).map_err(failed(&to))?;
        io::copy(&mut from, &mut copy).and_then(|_| copy.sync_all()).map_err(failed(&to))?;
        messages += 1;
    }
    write(&to.join("index.html"), page(&view, &names, None).as_bytes())?;
    Ok(Exported { count: names.len() + messages, without_bytes })
}

/// Writes a case for sharing: `index.html` and `case.json` with account numbers, addresses and names of private people
/// masked. The log and the files are left out: they hold what is masked.
///
/// # Errors
///
/// [`PackError::There`] where the folder is there already; else what the store or the system says.
pub async fn export_redacted(place: &Place, id: &str, to: &Path, me: &Me) -> Result<usize, CaseDeskError> {
    if to.exists() {
        return Err(PackError::There(to.to_owned()).into());
    }
    let state = place.state(id).await?;
    let mut redaction = Redaction::of(&state, me);
    let mut view = show(place, id).await?;
    // What a body outside publishes is nobody's secret.
    let outside = view.next.advice.iter().filter(|step| step.body.is_some());
    redaction.publish(outside.flat_map(|step| &step.through).map(|through| through.value.clone()));
    let hide = |text: &mut String| *text = redaction.text(text);
    view.what.iter_mut().for_each(hide);
    view.outcome.iter_mut().for_each(hide);
    view.references.iter_mut().for_each(hide);
    view.promises.iter_mut().for_each(|promise| hide(&mut promise.text));
    for line in &mut view.timeline {
        hide(&mut line.text);
        line.reference.iter_mut().for_each(hide);
        line.person.iter_mut().for_each(hide);
    }
    // The names of files tell as much as their words.
    let files = view.evidence.len();
    for (number, name) in (1..).zip(&mut view.evidence) {
        *name = format!("file {number}");
    }
    let mut json = serde_json::to_value(&view).unwrap_or_default();
    redaction.value(&mut json);
    fs::create_dir_all(to).map_err(|error| PackError::File { path: to.to_owned(), error })?;
    write(&to.join("case.json"), &serde_json::to_vec_pretty(&json).unwrap_or_default())?;
    let note = "A copy for sharing: account numbers, addresses and names of private people are hidden. Read it before you pass it on.";
    write(&to.join("index.html"), page(&view, &[], Some(note)).as_bytes())?;
    Ok(files)
}

/// Writes cases as one file that only the passphrase opens (the age format), with every event and file, and the texts that
/// were begun for them.
///
/// # Errors
///
/// [`PackError`] where it is there already or cannot be written.
pub async fn export_sealed(
    place: &Place,
    ids: &[String],
    to: &Path,
    passphrase: String,
) -> Result<Exported, CaseDeskError> {
    export_within(BOUNDS, place, ids, to, passphrase).await
}

async fn export_within(
    bounds: Bounds,
    place: &Place,
    ids: &[String],
    to: &Path,
    passphrase: String,
) -> Result<Exported, CaseDeskError> {
    if to.exists() {
        return Err(PackError::There(to.to_owned()).into());
    }
    let part = part_of(to);
    let made = pack(bounds, place, ids, (to, &part), passphrase).await;
    match made {
        Ok(_) => fs::rename(&part, to).map_err(|error| PackError::File { path: to.to_owned(), error })?,
        Err(_) => drop(fs::remove_file(&part)),
    }
    made
}

/// Writes a copy beside its place, sealed as it comes: nothing of it is on the disk in plain, and no more than a piece of it in memory.
async fn pack(
    bounds: Bounds,
    place: &Place,
    ids: &[String],
    (to, part): (&Path, &Path),
    passphrase: String,
) -> Result<Exported, CaseDeskError> {
    let cases = place.read().await?;
    let ids = if ids.is_empty() { cases.ids().await? } else { ids.to_vec() };
    let failed = |error: io::Error| PackError::File { path: to.to_owned(), error };
    let mut manifest = Manifest { form: FORM.to_owned(), cases: Vec::new(), drafts: Vec::new() };
    let encryptor = age::Encryptor::with_user_passphrase(SecretString::from(passphrase));
    let sealing = encryptor.wrap_output(File::create(part).map_err(failed)?).map_err(failed)?;
    let mut zip = zip::ZipWriter::new_stream(sealing);
    let mut all = 0;
    let options = SimpleFileOptions::default().large_file(true);
    let mut without_bytes = Vec::new();
    for id in &ids {
        manifest.cases.push(Packed { id: id.clone(), events: cases.stored(id).await? });
        for draft in begun(place, id).await {
            if let Some(text) = written(place, id, draft.kind).await? {
                manifest.drafts.push(PackedDraft { case: id.clone(), kind: draft.kind.to_owned(), text });
            }
        }
        // A file that was attached twice is kept once.
        let mut packed = BTreeSet::new();
        let case = cases.load(id).await?;
        let attached = case.attached();
        for (sha256, name) in case.events().iter().filter_map(|event| event.what.file()) {
            if !packed.insert(sha256.to_owned()) {
                continue;
            }
            let file = match cases.read_file(id, sha256).await {
                // Copies of earlier programs held what was attached only.
                Err(error) if error.kind() == io::ErrorKind::NotFound && !attached.contains(sha256) => {
                    without_bytes.push(name.to_owned());
                    continue;
                }
                file => file.map_err(|error| PackError::File { path: name.into(), error })?,
            };
            zip.start_file(format!("files/{id}/{sha256}"), options)
                .map_err(io::Error::from)
                .map_err(failed)?;
            let bytes = io::copy(&mut file.take(bounds.file.saturating_add(1)), &mut zip).map_err(failed)?;
            bounds.take(to, name, bytes, &mut all)?;
        }
    }
    let manifest = serde_json::to_vec(&manifest).map_err(io::Error::from).map_err(failed)?;
    bounds.take(to, MANIFEST, u64::try_from(manifest.len()).unwrap_or(u64::MAX), &mut all)?;
    zip.start_file(MANIFEST, options).map_err(io::Error::from).map_err(failed)?;
    zip.write_all(&manifest).map_err(failed)?;
    let sealing = zip.finish().map_err(io::Error::from).map_err(failed)?.into_inner();
    sealing.finish().and_then(|file| file.sync_all()).map_err(failed)?;
    Ok(Exported { count: ids.len(), without_bytes })
}

/// Takes in what [`export_sealed`] wrote; taking it in twice changes nothing. Returns the ids.
///
/// # Errors
///
/// [`PackError::Passphrase`] where the passphrase is another; [`PackError::NotACopy`] for anything that is no copy;
/// what the store says where a case of the same name has other events.
pub async fn restore_sealed(
    place: &Place,
    from: &Path,
    passphrase: String,
) -> Result<Vec<String>, CaseDeskError> {
    restore_within(BOUNDS, place, from, passphrase).await
}

async fn restore_within(
    bounds: Bounds,
    place: &Place,
    from: &Path,
    passphrase: String,
) -> Result<Vec<String>, CaseDeskError> {
    let sealed = File::open(from).map_err(|error| PackError::File { path: from.to_owned(), error })?;
    let opened = BufReader::new(open(from, sealed, passphrase)?);
    let damaged = |why: String| PackError::NotACopy { path: from.to_owned(), why };
    let mut zip = zip::ZipArchive::new(opened).map_err(|error| damaged(error.to_string()))?;
    let mut unpacked = 0;
    let manifest: Manifest = {
        let file = zip.by_name(MANIFEST).map_err(|error| damaged(error.to_string()))?;
        let mut text = Vec::new();
        file.take(bounds.file.saturating_add(1))
            .read_to_end(&mut text)
            .map_err(|error| damaged(error.to_string()))?;
        bounds.take(from, MANIFEST, u64::try_from(text.len()).unwrap_or(u64::MAX), &mut unpacked)?;
        serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?
    };
    if manifest.form != FORM {
        return Err(damaged(format!(
            "it is in the form `{}`, but this program reads `{FORM}`",
            manifest.form
        ))
        .into());
    }
    let cases = place.write().await?;
    let mut ids = Vec::new();
    for packed in manifest.cases {
        // Files first: an event never names a file that is not there.
        let prefix = format!("files/{}/", packed.id);
        let names: Vec<String> = zip
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .filter(|name| name.starts_with(&prefix))
            .collect();
        for name in names {
            let file = zip.by_name(&name).map_err(|error| damaged(error.to_string()))?;
            let staged = cases
                .stage(&packed.id, file.take(bounds.file.saturating_add(1)))
                .map_err(|error| damaged(error.to_string()))?;
            bounds.take(from, &name, staged.bytes(), &mut unpacked)?;
            let copied = cases.keep(&packed.id, staged).await.map_err(|error| damaged(error.to_string()))?;
            if !name.ends_with(&copied.sha256) {
                return Err(damaged(format!("`{name}` is not the file that was packed")).into());
            }
        }
        cases.restore(&packed.id, &packed.events).await?;
        ids.push(packed.id);
    }
    cases.close().await;
    for draft in manifest.drafts.into_iter().filter(|draft| ids.contains(&draft.case)) {
        // What is written here meanwhile is newer. A letter that this program does not know stays in the copy.
        if written(place, &draft.case, &draft.kind).await.is_ok_and(|here| here.is_none()) {
            write_down(place, &draft.case, &draft.kind, &draft.text).await?;
        }
    }
    Ok(ids)
}

/// Opens a sealed file with a passphrase; it is read and opened piece by piece.
fn open(path: &Path, sealed: File, passphrase: String) -> Result<age::stream::StreamReader<File>, PackError> {
    let damaged = |why: String| PackError::NotACopy { path: path.to_owned(), why };
    let decryptor = age::Decryptor::new(sealed).map_err(|error| damaged(error.to_string()))?;
    let mut identity = age::scrypt::Identity::new(SecretString::from(passphrase));
    identity.set_max_work_factor(MOST_WORK);
    match decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)) {
        Ok(reader) => Ok(reader),
        Err(age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed) => {
            Err(PackError::Passphrase(path.to_owned()))
        }
        Err(error) => Err(damaged(error.to_string())),
    }
}

/// Writes a file whole: beside its place first, then moved there.
pub(super) fn write(to: &Path, bytes: &[u8]) -> Result<(), PackError> {
    let failed = |error| PackError::File { path: to.to_owned(), error };
    let part = part_of(to);
    let mut file = File::create(&part).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&part, to).map_err(failed)
}

/// Returns the file that becomes another.
fn part_of(to: &Path) -> PathBuf {
    let mut name = to.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// Makes a plain file name from a number and the name that a user or a mail gave: no path, no sign of meaning.
pub(super) fn file_name(number: usize, name: &str) -> String {
    let plain: String = name
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or_default()
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' })
        .take(80)
        .collect();
    format!("{number:02} {}", plain.trim_start_matches('.').trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_would_not_come_back_is_refused_when_the_copy_is_made() {
        use crate::case::tests::{energy, place};
        use crate::case::{attach_bytes, new};

        let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let here = place(dir.path(), "2026-04-06T10:00:00+00:00[+00:00]");
        let there = place(other.path(), "2026-04-06T10:00:00+00:00[+00:00]");
        let words = || "harbour violin muddy tuesday".to_owned();
        let id = new(&here, &energy()).await.unwrap().id;
        let files: Vec<(String, Vec<u8>)> =
            (0..3_u8).map(|at| (format!("meter-{at}.txt"), vec![b'a' + at; 9_000])).collect();
        let files = || files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()));
        attach_bytes(&here, &id, files()).await.unwrap();
        let to = dir.path().join("copy.age");
        let tight = [Bounds { file: 8_999, all: 1 << 20 }, Bounds { file: 1 << 20, all: 20_000 }];
        for (bounds, why) in
            tight.into_iter().zip(["`meter-0.txt` has more than", "make a copy of each case"])
        {
            let error = export_within(bounds, &here, &[], &to, words()).await.unwrap_err().to_string();
            assert!(error.contains("is too large") && error.contains(why), "{error}");
            assert!(!to.exists() && !part_of(&to).exists());
        }
        export_sealed(&here, &[], &to, words()).await.unwrap();
        for bounds in tight {
            let error = restore_within(bounds, &there, &to, words()).await.unwrap_err().to_string();
            assert!(error.contains("is too large"), "{error}");
        }
        assert_eq!(restore_sealed(&there, &to, words()).await.unwrap(), [id]);
    }

    #[test]
    fn a_name_from_outside_cannot_climb_out_of_its_folder() {
        for (name, want) in [
            ("bill.pdf", "01 bill.pdf"),
            ("../../etc/passwd", "01 passwd"),
            ("..\\..\\x", "01 x"),
            ("...", "01 "),
            ("a:b|c", "01 a_b_c"),
        ] {
            assert_eq!(file_name(1, name), want, "{name}");
        }
    }
}
