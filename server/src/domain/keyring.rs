//! Keys for what is stored and must be read back: encryption with authentication
//! (XChaCha20-Poly1305), a key of its own for each purpose (HKDF-SHA256).
//!
//! The first key encrypts, all of them decrypt, and what was encrypted names its key: a new key can
//! be put in front at any time, and an old one taken away when nothing names it any more.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::entropy::{Entropy, random};
use crate::config::{Config, Key};

const NONCE: usize = 24;

/// What something is encrypted for. Nothing encrypted for one can be read as another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Queued mails: recipients, links.
    Mail,
    /// TOTP secrets.
    Totp,
    /// Places in lists, handed to clients.
    Cursor,
    /// What an OAuth sign-in must remember: PKCE verifier, nonce.
    Oauth,
}

impl Purpose {
    const fn label(self) -> &'static [u8] {
        match self {
            Self::Mail => b"accord mail v1",
            Self::Totp => b"accord totp v1",
            Self::Cursor => b"accord cursor v1",
            Self::Oauth => b"accord oauth v1",
        }
    }
}

/// The keys of the server.
#[derive(Clone)]
pub struct Keyring {
    keys: Arc<[Key]>,
    entropy: Arc<dyn Entropy>,
}

/// Something encrypted, with the name of its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    pub key_id: String,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

/// What was stored cannot be decrypted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Its key is not among ours.
    #[error("there is no key named {0:?}")]
    UnknownKey(String),
    /// It was changed, or is not for this purpose and context.
    #[error("encrypted data is damaged")]
    Damaged,
}

/// The file of keys cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    #[error("cannot read or make the key file {}: {source}", .path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the key file {} may be read by others: make it 0600", .path.display())]
    Exposed { path: PathBuf },
    #[error("line {line} of the key file {}: {reason}", .path.display())]
    Malformed {
        path: PathBuf,
        line: usize,
        reason: &'static str,
    },
    #[error("the key file {} holds no key", .path.display())]
    Empty { path: PathBuf },
}

impl Keyring {
    /// Keys from the configuration: `current` encrypts.
    pub fn new(current: Key, previous: Vec<Key>, entropy: Arc<dyn Entropy>) -> Self {
        let keys = std::iter::once(current).chain(previous).collect();
        Self { keys, entropy }
    }

    /// The configured keys, or without any those of the file `keys` in `data_dir`.
    pub fn from_config(config: &Config, entropy: Arc<dyn Entropy>) -> Result<Self, KeyFileError> {
        match &config.keys.current {
            Some(key) => Ok(Self::new(
                key.clone(),
                config.keys.previous.clone(),
                entropy,
            )),
            None => Self::from_file(&config.data_dir.join("keys"), entropy),
        }
    }

    /// Keys from a file, one a line, the first one encrypts. Made with one key, for the eyes of
    /// the owner only, when there is none; however many processes do so at once, they end up with
    /// the same.
    pub fn from_file(path: &Path, entropy: Arc<dyn Entropy>) -> Result<Self, KeyFileError> {
        let failed = |source| KeyFileError::Io {
            path: path.to_owned(),
            source,
        };
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                make_file(path, entropy.as_ref()).map_err(failed)?;
                File::open(path).map_err(failed)?
            }
            Err(error) => return Err(failed(error)),
        };
        if is_exposed(&file).map_err(failed)? {
            return Err(KeyFileError::Exposed {
                path: path.to_owned(),
            });
        }
        let mut text = Zeroizing::new(String::new());
        file.read_to_string(&mut text).map_err(failed)?;
        let mut keys = Vec::new();
        for (i, line) in text.lines().enumerate() {
            let line = line.trim();
            if !line.is_empty() && !line.starts_with('#') {
                keys.push(line.parse().map_err(|reason| {
                    let path = path.to_owned();
                    KeyFileError::Malformed {
                        path,
                        line: i + 1,
                        reason,
                    }
                })?);
            }
        }
        if keys.is_empty() {
            return Err(KeyFileError::Empty {
                path: path.to_owned(),
            });
        }
        Ok(Self {
            keys: keys.into(),
            entropy,
        })
    }

    /// Encrypts. `context` says where the outcome is kept (the id of its row, say): it opens
    /// nowhere else.
    pub fn seal(&self, purpose: Purpose, context: &[u8], plain: &[u8]) -> Sealed {
        let key = &self.keys[0];
        let mut bytes = random::<NONCE>(self.entropy.as_ref()).to_vec();
        let nonce = XNonce::try_from(&bytes[..]).unwrap_or_default();
        let payload = Payload {
            msg: plain,
            aad: context,
        };
        // Fails only for more than 256 GiB.
        bytes.extend(
            cipher(key, purpose)
                .encrypt(&nonce, payload)
                .unwrap_or_default(),
        );
        Sealed {
            key_id: key.id.clone(),
            bytes,
        }
    }

    /// Decrypts what [`Keyring::seal`] made for the same purpose and context.
    pub fn open(
        &self,
        purpose: Purpose,
        context: &[u8],
        key_id: &str,
        bytes: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let unknown = || OpenError::UnknownKey(key_id.to_owned());
        let key = self
            .keys
            .iter()
            .find(|key| key.id == key_id)
            .ok_or_else(unknown)?;
        let (nonce, msg) = bytes.split_at_checked(NONCE).ok_or(OpenError::Damaged)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| OpenError::Damaged)?;
        let payload = Payload { msg, aad: context };
        let plain = cipher(key, purpose).decrypt(&nonce, payload);
        plain.map(Zeroizing::new).map_err(|_| OpenError::Damaged)
    }

    /// Encrypts into text of the base64url alphabet that holds all that opening it takes.
    pub fn seal_text(&self, purpose: Purpose, context: &[u8], plain: &[u8]) -> String {
        let Sealed { key_id, bytes } = self.seal(purpose, context, plain);
        let length = u8::try_from(key_id.len()).unwrap_or(u8::MAX);
        URL_SAFE_NO_PAD.encode([&[length], key_id.as_bytes(), &bytes].concat())
    }

    /// Decrypts what [`Keyring::seal_text`] made, from wherever it has been meanwhile.
    pub fn open_text(
        &self,
        purpose: Purpose,
        context: &[u8],
        text: &str,
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text)
            .map_err(|_| OpenError::Damaged)?;
        let (length, rest) = bytes.split_first().ok_or(OpenError::Damaged)?;
        let (id, sealed) = rest
            .split_at_checked(usize::from(*length))
            .ok_or(OpenError::Damaged)?;
        let id = std::str::from_utf8(id).map_err(|_| OpenError::Damaged)?;
        self.open(purpose, context, id, sealed)
    }

    /// The names of the keys, the one that encrypts first.
    pub fn key_ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.id.as_str())
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.key_ids()).finish()
    }
}

fn cipher(key: &Key, purpose: Purpose) -> XChaCha20Poly1305 {
    let mut derived = Zeroizing::new([0; 32]);
    // Fails only for more than 255 blocks.
    let expanded =
        Hkdf::<Sha256>::new(None, key.expose()).expand(purpose.label(), derived.as_mut());
    debug_assert!(expanded.is_ok());
    XChaCha20Poly1305::new((&*derived).into())
}

/// Writes beside the place and links into it: nobody sees half a file, and who comes second finds
/// the key of the first.
fn make_file(path: &Path, entropy: &dyn Entropy) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let name = |bytes: [u8; 4]| bytes.map(|byte| format!("{byte:02x}")).concat();
    let draft = path.with_extension(format!("{}.tmp", name(random(entropy))));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&draft).and_then(|mut file| {
        let key = Key::new(format!("k{}", name(random(entropy))), random(entropy));
        writeln!(
            file,
            "# Keys of this server. Without them what they encrypted is lost."
        )?;
        writeln!(file, "{}", *key.encode())?;
        file.sync_all()
    });
    let linked = written.and_then(|()| std::fs::hard_link(&draft, path));
    let _ = std::fs::remove_file(&draft);
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn is_exposed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &File) -> io::Result<bool> {
    Ok(false)
}

#[cfg(test)]
mod tests;
