//! The HTTP response inside a `response` record.
//!
//! Archives keep what came over the wire, or what their writer made of it; both are read. Encodings are undone by
//! [`crate::decode`] within the bound on bytes a page.

use crate::decode;

/// The most bytes that the status line and headers may have.
pub(crate) const MAX_HEAD: usize = 256 * 1024;
/// The most headers that are kept.
const MAX_HEADERS: usize = 512;

/// An HTTP response taken out of a record.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Message {
    /// HTTP status.
    pub status: u16,
    /// Headers, names in lower case, in order.
    pub headers: Vec<(String, String)>,
    /// The body, decoded.
    pub body: Vec<u8>,
    /// Whether something of the body is missing.
    pub cut: bool,
}

/// Reads the status out of the first bytes of a response.
#[must_use]
pub fn status(block: &[u8]) -> Option<u16> {
    let start = &block[..block.len().min(256)];
    let line = &start[..memchr::memchr(b'\n', start).unwrap_or(start.len())];
    let status =
        line.strip_prefix(b"HTTP/")?.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).nth(1)?;
    let status: Option<u16> = std::str::from_utf8(status).ok()?.parse().ok();
    status.filter(|status| (100..=999).contains(status))
}

/// Takes a response apart and decodes its body, at most `bound` bytes of it.
///
/// # Errors
///
/// Returns in a few words what is wrong: no status line, or a body in an encoding that is not known.
pub fn response(block: &[u8], bound: usize) -> Result<Message, String> {
    let status = status(block).ok_or("no HTTP status line")?;
    let (head, body) = split(block);
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split(|&b| b == b'\n').skip(1) {
        let line = String::from_utf8_lossy(line);
        if line.starts_with([' ', '\t']) {
            // A folded line belongs to the header before.
            if let Some((_, value)) = headers.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':')
            && headers.len() < MAX_HEADERS
        {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    let all = |name: &str| {
        let values = headers.iter().filter(|(n, _)| n == name).map(|(_, v)| v.as_str());
        values.collect::<Vec<_>>().join(",")
    };
    let mut cut = false;
    let mut payload = None;
    if all("transfer-encoding").to_ascii_lowercase().contains("chunked")
        && let Some(joined) = decode::chunks(body)
    {
        cut = joined.cut;
        payload = Some(joined.body);
    }
    let payload = payload.unwrap_or_else(|| body.to_vec());
    let decoded = decode::content(&all("content-encoding"), payload, bound)
        .map_err(|encoding| format!("a body in the unknown encoding `{encoding}`"))?;
    Ok(Message { status, headers, body: decoded.body, cut: cut || decoded.cut })
}

/// Splits a message after the empty line that ends its headers.
fn split(block: &[u8]) -> (&[u8], &[u8]) {
    let searched = &block[..block.len().min(MAX_HEAD)];
    for at in memchr::memchr_iter(b'\n', searched) {
        match &block[at + 1..] {
            [b'\r', b'\n', body @ ..] | [b'\n', body @ ..] => return (&block[..at], body),
            _ => {}
        }
    }
    (searched, &[])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_taken_apart_as_they_were_kept() {
        let read = |block: &str| {
            response(block.as_bytes(), 8)
                .map(|m| (m.status, m.headers.len(), String::from_utf8(m.body).unwrap(), m.cut))
        };
        let body = |text: &str| text.to_owned();
        for (block, expected) in [
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nhello", Ok((200, 1, body("hello"), false))),
            ("HTTP/2 301\nLocation:\n /x\n\nhello", Ok((301, 1, body("hello"), false))),
            ("HTTP/1.1 200 OK\r\nA: b\r\n\r\nhello there", Ok((200, 1, body("hello th"), true))),
            (
                "HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
                Ok((200, 1, body("hi"), false)),
            ),
            // The writer joined the chunks and kept the header.
            ("HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n<p>hi", Ok((200, 1, body("<p>hi"), false))),
            ("HTTP/1.1 404 Not Found", Ok((404, 0, body(""), false))),
            ("<html>", Err(body("no HTTP status line"))),
            ("HTTP/1.1 99999 OK\r\n\r\n", Err(body("no HTTP status line"))),
            (
                "HTTP/1.1 200\r\nContent-Encoding: zstd\r\n\r\nx",
                Err(body("a body in the unknown encoding `zstd`")),
            ),
        ] {
            assert_eq!(read(block), expected, "block: {block:?}");
        }
    }
}
