//! Transfer and content encodings undone, within a bound.
//!
//! The live fetcher and the archives hand over bodies as a server sent them. What a header promises need not be so:
//! archives keep the header of a body that was long since unpacked, and servers name an encoding they did not apply.
//! A body that is not in the encoding it names is therefore taken as it stands. A body that breaks off gives what came
//! before the break, and one that unpacks beyond the bound (a bomb) is cut there: nothing is unpacked past it.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// The most encodings that may be stacked on one body; more are a trick.
const MAX_ENCODINGS: usize = 3;

/// A decoded body.
#[derive(Debug, Default, Eq, PartialEq)]
pub(crate) struct Decoded {
    /// The bytes, at most as many as the bound.
    pub(crate) body: Vec<u8>,
    /// Whether something is missing at the end.
    pub(crate) cut: bool,
}

/// Undoes the content encodings that a header names (`gzip`, `br`, `deflate`, stacked ones last first).
///
/// # Errors
///
/// Returns the name of the first encoding that is not known; the bytes would be noise to any reader.
pub(crate) fn content(encodings: &str, body: Vec<u8>, bound: usize) -> Result<Decoded, String> {
    let mut decoded = Decoded { body, cut: false };
    let names = encodings.split(',').map(|name| name.trim().to_ascii_lowercase());
    let names: Vec<String> = names.filter(|name| !name.is_empty() && name != "identity").collect();
    if names.len() > MAX_ENCODINGS {
        return Err(encodings.to_owned());
    }
    for name in names.iter().rev() {
        let next = match name.as_str() {
            "gzip" | "x-gzip" => {
                if decoded.body.starts_with(&[0x1f, 0x8b]) {
                    pump(MultiGzDecoder::new(decoded.body.as_slice()), bound)
                } else {
                    None
                }
            }
            // In practice both the zlib form that the name stands for and the bare form are sent.
            "deflate" => pump(ZlibDecoder::new(decoded.body.as_slice()), bound)
                .or_else(|| pump(DeflateDecoder::new(decoded.body.as_slice()), bound)),
            "br" => pump(brotli_decompressor::Decompressor::new(decoded.body.as_slice(), 8192), bound),
            _ => return Err(name.clone()),
        };
        if let Some(next) = next {
            decoded = Decoded { body: next.body, cut: next.cut || decoded.cut };
        }
    }
    if decoded.body.len() > bound {
        decoded.body.truncate(bound);
        decoded.cut = true;
    }
    Ok(decoded)
}

/// Reads a decoder to its end, its first error or the bound; `None` if it fails before it gives anything.
fn pump(mut decoder: impl Read, bound: usize) -> Option<Decoded> {
    let mut body = Vec::new();
    let mut chunk = [0_u8; 16 * 1024];
    loop {
        match decoder.read(&mut chunk) {
            Ok(0) => return Some(Decoded { body, cut: false }),
            Ok(read) => {
                let room = bound - body.len();
                body.extend_from_slice(&chunk[..read.min(room)]);
                if read > room {
                    return Some(Decoded { body, cut: true });
                }
            }
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) if body.is_empty() => return None,
            Err(_) => return Some(Decoded { body, cut: true }),
        }
    }
}

/// Joins the chunks of a body in chunked transfer coding; `None` if it is not in that coding.
pub(crate) fn chunks(body: &[u8]) -> Option<Decoded> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let Some((size, after)) = chunk_size(rest) else {
            let begun = rest.len() < body.len();
            return begun.then_some(Decoded { body: joined, cut: true });
        };
        if size == 0 {
            return Some(Decoded { body: joined, cut: false });
        }
        if size > after.len() {
            joined.extend_from_slice(after);
            return Some(Decoded { body: joined, cut: true });
        }
        joined.extend_from_slice(&after[..size]);
        rest = &after[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// Reads the line that opens a chunk: its size in hexadecimal, perhaps with extensions.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().take(256).position(|&b| b == b'\n')?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?;
    let digits = line.split(';').next().unwrap_or_default().trim();
    if digits.is_empty() || digits.len() > 15 {
        return None;
    }
    let size = u64::from_str_radix(digits, 16).ok()?;
    Some((usize::try_from(size).ok()?, &bytes[end + 1..]))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_body_that_is_not_in_the_encoding_it_names_is_taken_as_it_stands() {
        for encoding in ["gzip", "deflate", "br", "identity", ""] {
            let page = b"<p>Ring us on 020 7946 0123</p>".to_vec();
            let decoded = content(encoding, page.clone(), 100).unwrap();
            assert_eq!(decoded, Decoded { body: page, cut: false }, "encoding: {encoding}");
        }
    }

    #[test]
    fn a_bomb_is_cut_at_the_bound() {
        let bomb = gzip(&gzip(&vec![b' '; 4_000_000]));
        let decoded = content("gzip, gzip", bomb, 1000).unwrap();
        assert_eq!((decoded.body.len(), decoded.cut), (1000, true));
    }

    #[test]
    fn a_body_that_breaks_off_gives_what_came_before() {
        let text: Vec<u8> = (0..40_000_u32).flat_map(|n| n.to_string().into_bytes()).collect();
        let mut half = gzip(&text);
        half.truncate(half.len() / 2);
        let decoded = content("gzip", half, usize::MAX).unwrap();
        assert!(decoded.cut && !decoded.body.is_empty() && text.starts_with(&decoded.body));
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        assert_eq!(content("gzip, zstd", vec![1], 10), Err("zstd".to_owned()));
    }

    #[test]
    fn chunks_are_joined_and_other_bodies_refused() {
        let whole = |text: &str| Some(Decoded { body: text.into(), cut: false });
        let cut = |text: &str| Some(Decoded { body: text.into(), cut: true });
        for (case, expected) in [
            ("3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", whole("abcde")),
            ("3\nabc\n0\n\n", whole("abc")),
            ("5\r\nabc", cut("abc")),
            ("3\r\nabc\r\n", cut("abc")),
            ("<html>", None),
            ("", None),
            ("ffffffffffffffff\r\nabc", None),
        ] {
            assert_eq!(chunks(case.as_bytes()), expected, "case: {case:?}");
        }
    }
}
