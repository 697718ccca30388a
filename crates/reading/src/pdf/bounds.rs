//! How much of a PDF is read, and whether it would unpack to more.
//!
//! The library unpacks a stream whole, so a small file could fill the memory. All streams stand unhidden in the file (a
//! stream cannot lie inside another), each after the word `stream`: what the packed ones would come to is counted first,
//! layer by layer, without keeping it.

use std::io::{self, Read};

use flate2::bufread::{DeflateDecoder, ZlibDecoder};

/// How much of a PDF is read.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Bounds {
    /// Length of the file, in bytes.
    pub bytes: usize,
    /// What its streams may unpack to in all, in bytes.
    pub unpacked: usize,
    /// Pages, from the first.
    pub pages: usize,
    /// Steps of drawing (glyphs, shapes, clips) in all: what bounds the time.
    pub steps: usize,
}

impl Default for Bounds {
    /// Procedures have a few pages; a handbook that holds one may have many.
    fn default() -> Self {
        Self { bytes: 16 << 20, unpacked: 96 << 20, pages: 60, steps: 600_000 }
    }
}

/// Layers of packing that are looked through.
const LAYERS: usize = 3;

/// Returns whether the packed streams of a PDF come to more than a bound.
pub(super) fn unpacks_beyond(bytes: &[u8], most: usize) -> bool {
    let mut left = most;
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"stream") {
        let word = at + found;
        at = word + 6;
        if bytes[..word].ends_with(b"end") {
            continue;
        }
        let ([b'\r', b'\n', data @ ..] | [b'\n' | b'\r', data @ ..]) = &bytes[at..] else { continue };
        let dictionary = &bytes[word.saturating_sub(600)..word];
        let Some(rest) = come_to(data, dictionary, left) else { return true };
        left = rest;
        // The next search begins behind what was packed only as far as the word `endstream` tells; a false one inside of
        // packed data costs a look and no more.
    }
    false
}

/// Takes what a stream unpacks to from what is left; `None` where it is more.
fn come_to(data: &[u8], dictionary: &[u8], left: usize) -> Option<usize> {
    let holds = |word: &[u8]| memchr::memmem::find(dictionary, word).is_some();
    if holds(b"/LZW") {
        let end = memchr::memmem::find(data, b"endstream").unwrap_or(data.len());
        return left.checked_sub(lzw_length(&data[..end], left)?);
    }
    if !packed(data) && !holds(b"/Fl") {
        return Some(left);
    }
    let mut left = left;
    for layers in 1..=LAYERS {
        let (length, again) = inflated(data, layers, left)?;
        left -= length;
        if !again {
            break;
        }
    }
    Some(left)
}

/// Returns whether bytes begin like packed ones.
fn packed(data: &[u8]) -> bool {
    matches!(data, [head, flags, ..] if head & 0x0f == 8 && head >> 4 <= 7 && (u16::from(*head) << 8 | u16::from(*flags)).is_multiple_of(31))
}

/// Counts what so many layers inflate to, and whether that begins like packed bytes itself; `None` beyond the bound.
fn inflated(data: &[u8], layers: usize, most: usize) -> Option<(usize, bool)> {
    let mut reader: Box<dyn Read + '_> =
        if packed(data) { Box::new(ZlibDecoder::new(data)) } else { Box::new(DeflateDecoder::new(data)) };
    for _ in 1..layers {
        reader = Box::new(ZlibDecoder::new(io::BufReader::new(reader)));
    }
    let mut chunk = vec![0; 1 << 16];
    let (mut length, mut again, mut first) = (0_usize, false, true);
    loop {
        // Broken data end where they break: the library's reader keeps what came before, and so does this count.
        let read = reader.read(&mut chunk).unwrap_or(0);
        if read == 0 {
            return Some((length, again));
        }
        if first {
            again = packed(&chunk[..read]);
            first = false;
        }
        length += read;
        if length > most {
            return None;
        }
    }
}

/// Counts what LZW data unpack to; `None` beyond the bound.
///
/// Only the lengths of the entries are kept: a code adds an entry one longer than the one before.
fn lzw_length(data: &[u8], most: usize) -> Option<usize> {
    const CLEAR: usize = 256;
    const END: usize = 257;
    let mut lengths: Vec<usize> = Vec::with_capacity(4096);
    let reset = |lengths: &mut Vec<usize>| {
        lengths.clear();
        lengths.resize(258, 1);
    };
    reset(&mut lengths);
    let (mut bits, mut held, mut before, mut total) = (0_u32, 0_u32, None::<usize>, 0_usize);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        held += 8;
        let width = match lengths.len() + 1 {
            ..512 => 9,
            512..1024 => 10,
            1024..2048 => 11,
            _ => 12,
        };
        if held < width {
            continue;
        }
        held -= width;
        let code = (bits >> held) as usize & ((1 << width) - 1);
        bits &= (1 << held) - 1;
        match code {
            CLEAR => {
                reset(&mut lengths);
                before = None;
            }
            END => break,
            code => {
                let length =
                    lengths.get(code).copied().or_else(|| before.map(|length| length + 1)).unwrap_or(1);
                total += length;
                if total > most {
                    return None;
                }
                if let Some(before) = before
                    && lengths.len() < 4096
                {
                    lengths.push(before + 1);
                }
                before = Some(length);
            }
        }
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn deflated(data: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn stream(data: &[u8]) -> Vec<u8> {
        [b"1 0 obj <</Filter /FlateDecode>> stream\n", data, b"\nendstream endobj"].concat()
    }

    #[test]
    fn what_streams_unpack_to_is_counted_in_all_and_through_layers() {
        let once = stream(&deflated(&vec![b' '; 1 << 20]));
        assert!(!unpacks_beyond(&once, 1 << 20));
        assert!(unpacks_beyond(&once, (1 << 20) - 1));
        let both = [once.clone(), once].concat();
        assert!(unpacks_beyond(&both, (2 << 20) - 1) && !unpacks_beyond(&both, 2 << 20));
        let twice = stream(&deflated(&deflated(&vec![b' '; 8 << 20])));
        assert!(twice.len() < 1_000, "{}", twice.len());
        assert!(unpacks_beyond(&twice, 4 << 20));
    }

    #[test]
    fn lzw_data_are_counted_by_the_lengths_of_their_entries() {
        // Of the PDF specification: these unpack to 45 45 45 45 45 65 45 45 45 66.
        let data = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
        assert_eq!(lzw_length(&data, 100), Some(10));
        assert_eq!(lzw_length(&data, 5), None);
        assert!(lzw_length(&[0xff; 5_000], usize::MAX).is_some());
    }
}
