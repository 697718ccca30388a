//! Parting a mailbox file (mbox) into its messages.
//!
//! A message begins with a line `From `, at the start of the file or after an empty line, that is followed by a header.
//! The last is asked for because many programs do not guard lines of a letter that begin with the word. Lines that were
//! guarded (`>From `) get their first form back. The caller reads the lines: a mailbox may be larger than memory.

/// Parts the lines of a mailbox.
#[derive(Debug, Default)]
pub struct Splitter {
    /// The message so far.
    message: Vec<u8>,
    /// A `From ` line that waits for a header to follow it.
    held: Option<Vec<u8>>,
    /// Whether the line before was empty, or there was none.
    after_blank: bool,
    started: bool,
    /// How many bytes of the message were left out.
    dropped: u64,
    most: usize,
}

/// One message of a mailbox, as bytes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Part {
    /// The message, without its `From ` line.
    pub bytes: Vec<u8>,
    /// How many bytes beyond the bound were left out.
    pub dropped: u64,
}

impl Splitter {
    /// Makes a splitter that keeps at most so many bytes of each message.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { after_blank: true, most, ..Self::default() }
    }

    /// Takes the next line, its end included; returns the message that it ends.
    pub fn line(&mut self, line: &[u8]) -> Option<Part> {
        let mut done = None;
        if let Some(held) = self.held.take() {
            if is_header(line) || (self.started && is_from(line)) {
                done = self.take();
                self.started = true;
            } else {
                self.push(&held);
            }
        }
        let blank = line.iter().all(u8::is_ascii_whitespace);
        if self.after_blank && is_from(line) {
            self.held = Some(line.to_vec());
        } else {
            let guards = line.iter().take_while(|b| **b == b'>').count();
            let guarded = guards > 0 && is_from(line.get(guards..).unwrap_or_default());
            self.push(line.get(usize::from(guarded)..).unwrap_or_default());
        }
        self.after_blank = blank;
        done
    }

    /// Takes what goes on a line that was too long to be given at once.
    pub fn more(&mut self, bytes: &[u8]) {
        if let Some(held) = self.held.take() {
            self.push(&held);
        }
        self.push(bytes);
    }

    /// Ends the file; returns the last message.
    pub fn end(&mut self) -> Option<Part> {
        if let Some(held) = self.held.take() {
            self.push(&held);
        }
        self.take()
    }

    fn push(&mut self, bytes: &[u8]) {
        let room = self.most.saturating_sub(self.message.len()).min(bytes.len());
        self.message.extend_from_slice(bytes.get(..room).unwrap_or_default());
        self.dropped += u64::try_from(bytes.len() - room).unwrap_or(u64::MAX);
    }

    fn take(&mut self) -> Option<Part> {
        let bytes = std::mem::take(&mut self.message);
        let dropped = std::mem::take(&mut self.dropped);
        (!bytes.iter().all(u8::is_ascii_whitespace)).then_some(Part { bytes, dropped })
    }
}

/// Returns whether a line can begin a message.
#[must_use]
pub fn is_from(line: &[u8]) -> bool {
    line.starts_with(b"From ") && line.len() > 6
}

/// Returns whether a line is a header field.
fn is_header(line: &[u8]) -> bool {
    let name = line.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    name > 0 && line.get(name) == Some(&b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<String> {
        let mut splitter = Splitter::new(1 << 20);
        let mut parts: Vec<Part> =
            text.split_inclusive('\n').filter_map(|line| splitter.line(line.as_bytes())).collect();
        parts.extend(splitter.end());
        parts.into_iter().map(|part| String::from_utf8(part.bytes).unwrap()).collect()
    }

    #[test]
    fn a_mailbox_is_parted_where_messages_begin_and_nowhere_else() {
        let text = "From a@b.example Tue Mar  3 09:00:00 2026\nSubject: one\n\nFrom the start it failed.\n\nFrom here on: no header\n>From guarded\n>>From twice\n\nFrom - Tue Mar  3 10:00:00 2026\nFrom: c@d.example\n\ntwo\n";
        let parts = parts(text);
        assert_eq!(parts.len(), 2, "{parts:?}");
        assert_eq!(
            parts[0],
            "Subject: one\n\nFrom the start it failed.\n\nFrom here on: no header\nFrom guarded\n>From twice\n\n"
        );
        assert_eq!(parts[1], "From: c@d.example\n\ntwo\n");
    }

    #[test]
    fn a_message_beyond_the_bound_is_cut_and_the_next_one_is_whole() {
        let mut splitter = Splitter::new(40);
        let mut parts = Vec::new();
        for line in
            ["From x 1\n", "A: b\n", "\n", &"y".repeat(100), "\n", "\n", "From x 2\n", "C: d\n", "\n", "z\n"]
        {
            parts.extend(splitter.line(line.as_bytes()));
        }
        parts.extend(splitter.end());
        assert_eq!(parts[0].bytes.len(), 40);
        assert!(parts[0].dropped > 60);
        assert_eq!((parts[1].bytes.as_slice(), parts[1].dropped), (b"C: d\n\nz\n".as_slice(), 0));
    }
}
