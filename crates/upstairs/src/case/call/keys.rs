//! Keys as they are pressed: the terminal in its raw mode, and back as it was however the call ends.

use std::io::{self, Read as _, Write as _};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use rustix::termios::{self, OptionalActions, Termios};

/// How long after an escape the rest of an arrow key may come.
const REST: Duration = Duration::from_millis(40);
/// What a terminal puts around pasted text, once it is asked to.
const PASTE_BEGINS: &[u8] = b"200";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
/// The longest text that is taken from one paste, in bytes; the rest is dropped.
const MOST_PASTED: usize = 16 << 10;

/// A key.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) enum Key {
    /// A text that was pasted, on one line: none of its letters is a command, and none of its lines ends a note.
    Pasted(String),
    /// A letter, a digit, a sign.
    Letter(char),
    /// Enter.
    Enter,
    /// Backspace.
    Backspace,
    /// Escape.
    Escape,
    /// Right or down.
    On,
    /// Left or up.
    Back,
    /// Control-C, or the end of the input.
    Break,
}

/// The keyboard, while the screen is ours.
pub(super) struct Keys {
    bytes: Receiver<u8>,
    before: Termios,
}

impl Keys {
    /// Takes the terminal over.
    pub(super) fn begin() -> io::Result<Self> {
        let before = termios::tcgetattr(io::stdin())?;
        let mut raw = before.clone();
        raw.make_raw();
        termios::tcsetattr(io::stdin(), OptionalActions::Now, &raw)?;
        let (sender, bytes) = mpsc::channel();
        // The thread waits for a key and dies with the program.
        thread::spawn(move || {
            for byte in io::stdin().lock().bytes() {
                let Ok(byte) = byte else { break };
                if sender.send(byte).is_err() {
                    break;
                }
            }
        });
        let keys = Self { bytes, before };
        let mut out = io::stdout();
        // Another page of the terminal, without the cursor; what is pasted is told from what is typed.
        out.write_all(b"\x1b[?1049h\x1b[?25l\x1b[?2004h")?;
        out.flush()?;
        Ok(keys)
    }

    /// Waits for a key, as long as is said.
    pub(super) fn next(&self, patience: Duration) -> Option<Key> {
        let first = match self.bytes.recv_timeout(patience) {
            Ok(byte) => byte,
            Err(mpsc::RecvTimeoutError::Timeout) => return None,
            Err(mpsc::RecvTimeoutError::Disconnected) => return Some(Key::Break),
        };
        match first {
            b'\r' | b'\n' => Some(Key::Enter),
            0x7f | 0x08 => Some(Key::Backspace),
            0x03 | 0x04 => Some(Key::Break),
            0x1b => self.escape(),
            0..0x20 => None,
            _ => self.letter(first).map(Key::Letter),
        }
    }

    /// Reads what follows an escape: an arrow, or nothing.
    fn escape(&self) -> Option<Key> {
        match self.bytes.recv_timeout(REST) {
            Ok(b'[' | b'O') => {}
            Ok(_) => return None,
            Err(_) => return Some(Key::Escape),
        }
        // Up to the letter that ends the sequence.
        let mut number = Vec::new();
        loop {
            match self.bytes.recv_timeout(REST).ok()? {
                b'A' | b'D' => return Some(Key::Back),
                b'B' | b'C' => return Some(Key::On),
                b'~' if number == PASTE_BEGINS => return Some(self.pasted()),
                b'@'..=b'~' => return None,
                byte => number.push(byte),
            }
            if number.len() > 8 {
                return None;
            }
        }
    }

    /// Reads a pasted text up to its end, or as long as something comes.
    fn pasted(&self) -> Key {
        let mut bytes = Vec::new();
        while !bytes.ends_with(PASTE_ENDS) {
            // A slow line brings a long text in pieces.
            let Ok(byte) = self.bytes.recv_timeout(REST * 10) else { break };
            bytes.push(byte);
            if bytes.len() > MOST_PASTED + PASTE_ENDS.len() {
                bytes.remove(MOST_PASTED);
            }
        }
        let text = bytes.strip_suffix(PASTE_ENDS).unwrap_or(&bytes);
        let text = String::from_utf8_lossy(text);
        Key::Pasted(
            text.split(|c: char| c.is_whitespace() || c.is_control())
                .filter(|word| !word.is_empty())
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    /// Reads the rest of a character (UTF-8).
    fn letter(&self, first: u8) -> Option<char> {
        let length = match first {
            0..0x80 => 1,
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            0xf0.. => 4,
            _ => return None,
        };
        let mut bytes = vec![first];
        while bytes.len() < length {
            bytes.push(self.bytes.recv_timeout(REST).ok()?);
        }
        std::str::from_utf8(&bytes).ok()?.chars().next()
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let mut out = io::stdout();
        // Nothing can be done where the terminal is gone.
        let _ = out.write_all(b"\x1b[?2004l\x1b[?25h\x1b[?1049l").and_then(|()| out.flush());
        let _ = termios::tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}
