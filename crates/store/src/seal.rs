//! A store that only a passphrase opens: how its key is kept, and how texts and files are locked with it.
//!
//! The key is random; it lies in the store itself, sealed with the passphrase in the age format (scrypt). Rows are locked
//! with XChaCha20-Poly1305, each bound to its place so that none can be moved, and cases are stored under names made of
//! their ids by HMAC-SHA256. Files are age files of a key of their own. What stays visible: how many cases, events and
//! files there are, and about how long each is.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Read, Write};
use std::sync::{Arc, Mutex};

use age::secrecy::{ExposeSecret as _, SecretString};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::Mac as _;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The work that a passphrase costs, as a power of two: about a third of a second and 128 MiB. A build for development is
/// many times slower, and its stores hold nothing of worth.
pub(crate) const WORK: u8 = if cfg!(debug_assertions) { 11 } else { 17 };
/// The most work that is spent on one that was sealed elsewhere.
const MOST_WORK: u8 = 20;
/// Bytes of a nonce before what is locked.
const NONCE: usize = 24;

/// Gives the passphrase when a sealed store asks for it, and remembers what it opened.
#[derive(Clone, Default)]
pub struct Passphrase {
    ask: Option<Arc<dyn Fn() -> Option<String> + Send + Sync>>,
    opened: Arc<Mutex<HashMap<String, Arc<Seal>>>>,
}

impl Passphrase {
    /// Gives what a question answers; asked only where a store is sealed.
    pub fn asked(ask: impl Fn() -> Option<String> + Send + Sync + 'static) -> Self {
        Self { ask: Some(Arc::new(ask)), opened: Arc::default() }
    }

    /// Gives these words.
    #[must_use]
    pub fn of(words: &str) -> Self {
        let words = words.to_owned();
        Self::asked(move || Some(words.clone()))
    }

    /// Returns the words; `None` where there are none to be had.
    #[must_use]
    pub fn words(&self) -> Option<String> {
        self.ask.as_ref().and_then(|ask| ask())
    }

    /// Opens the key of a store.
    pub(crate) fn open(&self, key: &str) -> Result<Arc<Seal>, SealError> {
        if let Ok(opened) = self.opened.lock()
            && let Some(seal) = opened.get(key)
        {
            return Ok(seal.clone());
        }
        let words = self.words().ok_or(SealError::Needed)?;
        let seal = Arc::new(Seal::open(key, words)?);
        if let Ok(mut opened) = self.opened.lock() {
            opened.insert(key.to_owned(), seal.clone());
        }
        Ok(seal)
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.ask.is_some() { "Passphrase(…)" } else { "Passphrase(none)" })
    }
}

/// Why a sealed store was not opened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum SealError {
    /// There is no passphrase to be had.
    Needed,
    /// It is another one.
    Wrong,
    /// What holds the key is damaged.
    Damaged,
}

/// The secrets of a store, as they are sealed.
#[derive(Serialize, Deserialize)]
struct Secrets {
    rows: String,
    names: String,
    files: String,
}

/// An open seal.
pub(crate) struct Seal {
    rows: XChaCha20Poly1305,
    names: [u8; 32],
    files: age::x25519::Identity,
    secrets: Secrets,
}

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Seal {
    /// Makes the key of a new store and returns it as it is kept: sealed with the passphrase.
    pub(crate) fn make(words: String) -> io::Result<(Self, String)> {
        let fresh = || -> io::Result<[u8; 32]> {
            let mut bytes = [0; 32];
            getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
            Ok(bytes)
        };
        let secrets = Secrets {
            rows: BASE64.encode(fresh()?),
            names: BASE64.encode(fresh()?),
            files: age::x25519::Identity::generate().to_string().expose_secret().to_owned(),
        };
        let seal = Self::of(secrets).ok_or_else(|| io::Error::other("the key that was made is none"))?;
        let key = seal.wrap(words)?;
        Ok((seal, key))
    }

    /// Returns the key as it is kept, sealed with a passphrase.
    pub(crate) fn wrap(&self, words: String) -> io::Result<String> {
        let mut recipient = age::scrypt::Recipient::new(SecretString::from(words));
        recipient.set_work_factor(WORK);
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let encryptor = age::Encryptor::with_recipients(recipients)
            .map_err(|error| io::Error::other(error.to_string()))?;
        let mut key = Vec::new();
        let mut writer = encryptor.wrap_output(&mut key)?;
        writer.write_all(&serde_json::to_vec(&self.secrets)?)?;
        writer.finish()?;
        Ok(BASE64.encode(key))
    }

    /// Opens a key.
    fn open(key: &str, words: String) -> Result<Self, SealError> {
        let key = BASE64.decode(key).map_err(|_| SealError::Damaged)?;
        let decryptor = age::Decryptor::new(&key[..]).map_err(|_| SealError::Damaged)?;
        let mut identity = age::scrypt::Identity::new(SecretString::from(words));
        identity.set_max_work_factor(MOST_WORK);
        let mut reader = match decryptor.decrypt(std::iter::once(&identity as &dyn age::Identity)) {
            Ok(reader) => reader,
            Err(age::DecryptError::DecryptionFailed | age::DecryptError::KeyDecryptionFailed) => {
                return Err(SealError::Wrong);
            }
            Err(_) => return Err(SealError::Damaged),
        };
        let mut bytes = Vec::new();
        reader.by_ref().take(1 << 16).read_to_end(&mut bytes).map_err(|_| SealError::Damaged)?;
        let secrets: Secrets = serde_json::from_slice(&bytes).map_err(|_| SealError::Damaged)?;
        Self::of(secrets).ok_or(SealError::Damaged)
    }

    fn of(secrets: Secrets) -> Option<Self> {
        let bytes = |text: &str| <[u8; 32]>::try_from(BASE64.decode(text).ok()?).ok();
        Some(Self {
            rows: XChaCha20Poly1305::new(&bytes(&secrets.rows)?.into()),
            names: bytes(&secrets.names)?,
            files: secrets.files.parse().ok()?,
            secrets,
        })
    }

    /// Returns the name under which something is stored: the same for the same thing, and nothing to anybody else.
    pub(crate) fn name(&self, kind: &str, name: &str) -> String {
        let Ok(mut mac) = <hmac::Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.names) else {
            return String::new();
        };
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(name.as_bytes());
        crate::cases::chain::hex(&mac.finalize().into_bytes())
    }

    /// Locks a text for one place.
    pub(crate) fn lock(&self, place: &str, text: &[u8]) -> io::Result<String> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|error| io::Error::other(error.to_string()))?;
        let locked = self
            .rows
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: text, aad: place.as_bytes() })
            .map_err(|_| io::Error::other("a text could not be locked"))?;
        Ok(BASE64.encode([&nonce[..], &locked].concat()))
    }

    /// Opens a text of one place; `None` where it is not as it was locked, or is of another place.
    pub(crate) fn unlock(&self, place: &str, locked: &str) -> Option<Vec<u8>> {
        let bytes = BASE64.decode(locked).ok()?;
        let (nonce, locked) = bytes.split_at_checked(NONCE)?;
        self.rows.decrypt(XNonce::from_slice(nonce), Payload { msg: locked, aad: place.as_bytes() }).ok()
    }

    /// Returns a writer that locks a file; it ends with [`age::stream::StreamWriter::finish`].
    pub(crate) fn lock_file<W: Write>(&self, to: W) -> io::Result<age::stream::StreamWriter<W>> {
        let recipient = self.files.to_public();
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?.wrap_output(to)
    }

    /// Returns a reader that opens a file.
    pub(crate) fn open_file(&self, from: Box<dyn Read + Send>) -> io::Result<Box<dyn Read + Send>> {
        let decryptor = age::Decryptor::new(from).map_err(|error| io::Error::other(error.to_string()))?;
        let identity = std::iter::once(&self.files as &dyn age::Identity);
        Ok(Box::new(decryptor.decrypt(identity).map_err(io::Error::other)?))
    }
}

/// What a text that is locked begins with.
const LOCKED: &[u8] = b"upstairs-sealed-1 ";

/// Returns whether a text that is kept beside the cases is locked.
#[must_use]
pub fn is_locked(kept: &[u8]) -> bool {
    kept.starts_with(LOCKED)
}

/// Locks and opens texts that lie beside the cases in files of their own, such as a draft that was begun. Beside a store
/// that is not sealed they are as they are.
#[derive(Clone, Debug, Default)]
pub struct Texts(Option<Arc<Seal>>);

impl Texts {
    /// Makes them for a store.
    pub(crate) fn of(seal: Option<Arc<Seal>>) -> Self {
        Self(seal)
    }

    /// Returns whether texts are locked.
    #[must_use]
    pub fn are_sealed(&self) -> bool {
        self.0.is_some()
    }

    /// Returns the name under which the texts of a case stand, by its id: one that tells nothing in a sealed store.
    #[must_use]
    pub fn name(&self, id: &str) -> String {
        self.0.as_ref().map_or_else(|| id.to_owned(), |seal| seal.name("texts", id))
    }

    /// Returns a text as it is kept at a place: one line where it is locked.
    ///
    /// # Errors
    ///
    /// Where the system gives no random numbers.
    pub fn keep(&self, place: &str, text: &[u8]) -> io::Result<Vec<u8>> {
        match &self.0 {
            None => Ok(text.to_owned()),
            Some(seal) => {
                let locked = seal.lock(&format!("text {place}"), text)?;
                Ok([LOCKED, locked.as_bytes()].concat())
            }
        }
    }

    /// Returns the text that is kept at a place. One in plain is taken as it is, sealed or not: it is from before.
    ///
    /// # Errors
    ///
    /// `InvalidData` where it is locked and this does not open it.
    pub fn read(&self, place: &str, kept: Vec<u8>) -> io::Result<Vec<u8>> {
        let Some(locked) = kept.strip_prefix(LOCKED) else { return Ok(kept) };
        let text = self.0.as_ref().and_then(|seal| {
            seal.unlock(&format!("text {place}"), std::str::from_utf8(locked).ok()?.trim_end())
        });
        text.ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::InvalidData,
                "it is sealed, and the key of this store does not open it",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_passphrase_opens_the_key_and_only_its_place_opens_a_text() {
        let (seal, key) = Seal::make("four plain words here".into()).unwrap();
        let same = Passphrase::of("four plain words here").open(&key).unwrap();
        assert_eq!(same.name("case", "acme-1"), seal.name("case", "acme-1"));
        assert_ne!(seal.name("case", "acme-1"), seal.name("file", "acme-1"));
        let locked = seal.lock("event 1", "the bill".as_bytes()).unwrap();
        assert_eq!(same.unlock("event 1", &locked).unwrap(), b"the bill");
        assert_ne!(seal.lock("event 1", "the bill".as_bytes()).unwrap(), locked, "no two look alike");
        assert!(same.unlock("event 2", &locked).is_none());
        let mut flipped = BASE64.decode(&locked).unwrap();
        flipped[30] ^= 1;
        assert!(same.unlock("event 1", &BASE64.encode(flipped)).is_none());
        for (words, error) in [(Some("four plain words"), SealError::Wrong), (None, SealError::Needed)] {
            let given = words.map_or_else(Passphrase::default, Passphrase::of);
            assert_eq!(given.open(&key).unwrap_err(), error);
        }
        assert_eq!(Passphrase::of("x").open("no key").unwrap_err(), SealError::Damaged);
        let (other, _) = Seal::make("four plain words here".into()).unwrap();
        assert!(other.unlock("event 1", &locked).is_none(), "the same words elsewhere are another key");
    }

    #[test]
    fn a_text_beside_the_cases_opens_at_its_place_only_and_one_in_plain_is_taken() {
        let texts = Texts::of(Some(Arc::new(Seal::make("w".into()).unwrap().0)));
        let kept = texts.keep("draft a", b"Dear Sir,\nthe bill").unwrap();
        assert!(!String::from_utf8(kept.clone()).unwrap().contains("bill") && !kept.contains(&b'\n'));
        assert_eq!(texts.read("draft a", kept.clone()).unwrap(), b"Dear Sir,\nthe bill");
        assert!(texts.read("draft b", kept.clone()).is_err());
        assert!(Texts::default().read("draft a", kept).is_err());
        assert_eq!(Texts::default().keep("draft a", b"x").unwrap(), b"x");
        assert_eq!(texts.read("draft a", b"from before".to_vec()).unwrap(), b"from before");
    }

    #[test]
    fn a_file_is_locked_as_it_streams() {
        let (seal, _) = Seal::make("w".into()).unwrap();
        let plain: Vec<u8> = (0..300_000u32).map(|n| (n % 251) as u8).collect();
        let mut locked = Vec::new();
        let mut writer = seal.lock_file(&mut locked).unwrap();
        writer.write_all(&plain).unwrap();
        writer.finish().unwrap();
        assert!(!locked.windows(64).any(|window| window == &plain[..64]));
        let mut opened = Vec::new();
        seal.open_file(Box::new(io::Cursor::new(locked.clone()))).unwrap().read_to_end(&mut opened).unwrap();
        assert_eq!(opened, plain);
        locked.truncate(200_000);
        let cut = seal
            .open_file(Box::new(io::Cursor::new(locked)))
            .and_then(|mut file| file.read_to_end(&mut Vec::new()));
        assert!(cut.is_err());
    }
}
