//! Deltas: what makes the new edition of a pack out of the old one.
//!
//! A delta holds the companies that are new or otherwise, and the keys of those that are gone. Its header names the pack
//! that it is for and carries the signed header of the pack that comes out; [`apply`] writes that pack anew and keeps it
//! only where every index has the hash that was signed.

use std::cmp::Ordering;
use std::io::BufWriter;
use std::io::Write as _;
use std::path::Path;

use super::key::Secret;
use super::table::{Counted, Pair, TableWriter, hash};
use super::write::{About, Packing, close, folder, signature};
use super::{FORM, Header, MAGIC, Pack, PackError, Trust, check_signature, hex};

/// How many companies a delta brings, and takes away.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Change {
    /// New or otherwise.
    pub written: u64,
    /// Gone.
    pub gone: u64,
}

/// Pairs one pass over two sorted tables.
struct Both<A: Iterator, B: Iterator> {
    old: std::iter::Peekable<A>,
    new: std::iter::Peekable<B>,
}

impl<A, B> Iterator for Both<A, B>
where
    A: Iterator<Item = Result<Pair, PackError>>,
    B: Iterator<Item = Result<Pair, PackError>>,
{
    type Item = Result<(Option<Pair>, Option<Pair>), PackError>;

    fn next(&mut self) -> Option<Self::Item> {
        let order = match (self.old.peek(), self.new.peek()) {
            (None, None) => return None,
            (Some(Ok((old, _))), Some(Ok((new, _)))) => old.cmp(new),
            (Some(Err(_)) | None, Some(_)) => Ordering::Greater,
            (Some(_), None | Some(Err(_))) => Ordering::Less,
        };
        let old = if order.is_le() { self.old.next() } else { None };
        let new = if order.is_ge() { self.new.next() } else { None };
        match (old.transpose(), new.transpose()) {
            (Ok(old), Ok(new)) => Some(Ok((old, new))),
            (Err(error), _) | (_, Err(error)) => Some(Err(error)),
        }
    }
}

/// Writes what makes `new` out of `old`.
///
/// # Errors
///
/// [`PackError`] where a file is damaged or the disk fails.
pub fn write(old: &Pack, new: &Pack, to: &Path, secret: Option<&Secret>) -> Result<Change, PackError> {
    let failed = |cause| PackError::File { path: to.to_owned(), cause };
    let file = tempfile::Builder::new().prefix(".upstairs-pack-").tempfile_in(folder(to)).map_err(failed)?;
    let mut out = Counted { out: BufWriter::new(file), at: 0 };
    out.write_all(MAGIC).map_err(failed)?;
    let mut table = TableWriter::new();
    let mut change = Change::default();
    for both in (Both { old: old.bodies().peekable(), new: new.bodies().peekable() }) {
        match both? {
            (Some((key, _)), None) => {
                // A company has a record, so nothing stands for its end.
                table.add(&key, b"", &mut out).map_err(failed)?;
                change.gone += 1;
            }
            (old, Some((key, body))) if old.as_ref().is_none_or(|(_, before)| *before != body) => {
                table.add(&key, &body, &mut out).map_err(failed)?;
                change.written += 1;
            }
            _ => {}
        }
    }
    let written = table.finish(&mut out).map_err(failed)?;
    let header = Header {
        kind: "delta".to_owned(),
        tables: vec![("changes".to_owned(), hex(&hash(&written.index)))],
        base: Some(old.id()),
        result: Some((String::from_utf8_lossy(&new.signed).into_owned(), new.signature.clone())),
        form: FORM,
        ..new.header.clone()
    };
    let signed = serde_json::to_vec(&header).map_err(|error| failed(error.into()))?;
    let signature = secret.map(|secret| signature(secret, &signed));
    close(out, to, &signed, signature, &[written]).map_err(failed)?;
    Ok(change)
}

/// Writes the pack that a delta makes of the one it is for, under a name of its own.
///
/// # Errors
///
/// [`PackError::Delta`] where it is for another pack or what comes out is not what was signed; nothing is left then.
pub fn apply(base: &Pack, delta: &Pack, to: &Path, trust: &Trust) -> Result<Header, PackError> {
    let wrong = |why: &str| PackError::Delta { path: delta.path.clone(), why: why.to_owned() };
    if delta.header.base.as_deref() != Some(base.id().as_str()) {
        return Err(wrong("it is for another edition than the one you have; take the whole directory"));
    }
    let (result, result_signature) =
        delta.header.result.clone().ok_or_else(|| wrong("it does not say what comes out"))?;
    check_signature(&delta.path, result.as_bytes(), result_signature.as_deref(), trust)?;
    let wanted: Header =
        serde_json::from_str(&result).map_err(|_| wrong("what it says of the result cannot be read"))?;
    if wanted.edition < base.header.edition {
        return Err(wrong("it leads back to an older edition"));
    }
    let temporary = tempfile::Builder::new().prefix(".upstairs-pack-").tempdir_in(folder(to));
    let temporary = temporary.map_err(|cause| PackError::File { path: to.to_owned(), cause })?;
    let made = temporary.path().join("pack");
    let mut packing = Packing::new(&made)?;
    for both in (Both { old: base.bodies().peekable(), new: delta.bodies().peekable() }) {
        let body = match both? {
            (_, Some((_, body))) => Some(body).filter(|body| !body.is_empty()),
            (old, None) => old.map(|(_, body)| body),
        };
        if let Some(body) = body {
            packing.add(&base.parse(&body)?)?;
        }
    }
    let about = About { title: wanted.title.clone(), made: wanted.made.clone(), edition: wanted.edition };
    let (header, signed) = packing.finish(&made, &about, |_| result_signature)?;
    if signed != result.as_bytes() {
        return Err(wrong("what comes out is not what was signed; take the whole directory"));
    }
    std::fs::rename(&made, to).map_err(|cause| PackError::File { path: to.to_owned(), cause })?;
    Ok(header)
}
