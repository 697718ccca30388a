//! Keys: who signed a pack. Ed25519, as base64 in small text files.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

/// How a file with a secret key begins.
const SECRET: &str = "upstairs secret key: keep it to yourself";
/// How a file with a public key begins.
const PUBLIC: &str = "upstairs public key";
/// The most bytes of a file of keys.
const MOST_BYTES: u64 = 64 * 1024;

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("`{}`: {cause}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// It holds no key of that kind.
    #[error("`{}` holds no {kind} key: a line of 44 characters is wanted, as `directory key` writes it", path.display())]
    NoKey {
        /// The file.
        path: PathBuf,
        /// `secret` or `public`.
        kind: &'static str,
    },
    /// The system gives no randomness.
    #[error("the system gives no randomness: {0}")]
    Random(getrandom::Error),
}

/// A key to sign with.
pub struct Secret(SigningKey);

/// A key to check signatures with.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Public(VerifyingKey);

impl Secret {
    /// Makes a new pair and writes it: the secret half to `path`, which only its owner may read, the public half to
    /// `path` with `.pub`. Files that are there are kept.
    ///
    /// # Errors
    ///
    /// [`KeyError::File`] where one is there or cannot be written.
    pub fn generate(path: &Path) -> Result<(Self, PathBuf), KeyError> {
        let mut seed = [0; 32];
        getrandom::fill(&mut seed).map_err(KeyError::Random)?;
        let key = Self(SigningKey::from_bytes(&seed));
        let mut name = path.as_os_str().to_owned();
        name.push(".pub");
        let public = PathBuf::from(name);
        write_new(path, &format!("{SECRET}\n{}\n", STANDARD.encode(seed)), true)?;
        write_new(&public, &format!("{PUBLIC}\n{}\n", key.public().text()), false)?;
        Ok((key, public))
    }

    /// Reads a secret key.
    ///
    /// # Errors
    ///
    /// [`KeyError`] by cause.
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let missing = || KeyError::NoKey { path: path.to_owned(), kind: "secret" };
        let text = text_of(path)?;
        if !text.starts_with(SECRET) {
            return Err(missing());
        }
        let seed = text.lines().find_map(thirty_two).ok_or_else(missing)?;
        Ok(Self(SigningKey::from_bytes(&seed)))
    }

    /// Returns the public half.
    #[must_use]
    pub fn public(&self) -> Public {
        Public(self.0.verifying_key())
    }

    /// Signs bytes.
    pub(super) fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

impl Public {
    /// Reads the public keys of a file, one or more.
    ///
    /// # Errors
    ///
    /// [`KeyError`] by cause.
    pub fn read_all(path: &Path) -> Result<Vec<Self>, KeyError> {
        let keys: Vec<Self> = text_of(path)?.lines().filter_map(Self::parse).collect();
        if keys.is_empty() {
            return Err(KeyError::NoKey { path: path.to_owned(), kind: "public" });
        }
        Ok(keys)
    }

    /// Takes a line for a public key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        VerifyingKey::from_bytes(&thirty_two(text)?).ok().map(Self)
    }

    /// Returns the key as text.
    #[must_use]
    pub fn text(&self) -> String {
        STANDARD.encode(self.0.as_bytes())
    }

    /// Whether bytes were signed with the secret half.
    pub(super) fn signed(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(bytes, &Signature::from_bytes(signature)).is_ok()
    }
}

fn thirty_two(line: &str) -> Option<[u8; 32]> {
    STANDARD.decode(line.trim()).ok()?.try_into().ok()
}

fn text_of(path: &Path) -> Result<String, KeyError> {
    let failed = |cause| KeyError::File { path: path.to_owned(), cause };
    let mut text = String::new();
    let file = fs::File::open(path).map_err(failed)?;
    io::Read::read_to_string(&mut io::Read::take(file, MOST_BYTES), &mut text).map_err(failed)?;
    Ok(text)
}

fn write_new(path: &Path, text: &str, secret: bool) -> Result<(), KeyError> {
    let failed = |cause| KeyError::File { path: path.to_owned(), cause };
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = secret;
    let mut file = options.open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}
