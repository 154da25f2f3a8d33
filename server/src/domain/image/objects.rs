//! Where the files of pictures are: a directory or a bucket.

use std::os::unix::fs::DirBuilderExt as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{
    Attribute, Attributes, ClientOptions, ObjectStore, ObjectStoreExt as _, PutOptions, RetryConfig,
};

use crate::config::{Config, S3, StorageKind};
use crate::domain::{Error, Result};

/// How long an operation may take, with its retries.
const PATIENCE: Duration = Duration::from_secs(10);
const CONNECT: Duration = Duration::from_secs(2);
const REQUEST: Duration = Duration::from_secs(5);

/// The key of a picture: `ab/<SHA-256 in hex>.webp`, `ab` being the start of the hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The key of a file with this hash.
    pub fn of(hash: &[u8; 32]) -> Self {
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(format!("{}/{hex}.webp", &hex[..2]))
    }

    /// Reads a key. Nothing else ever reaches the storage.
    pub fn parse(text: &str) -> Option<Self> {
        let (shard, file) = text.split_once('/')?;
        let hash = file.strip_suffix(".webp")?;
        let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        let well_formed = hash.len() == 64
            && hash.bytes().all(is_hex)
            && shard.len() == 2
            && hash.starts_with(shard);
        well_formed.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn path(&self) -> Path {
        Path::from(self.0.as_str())
    }
}

/// The storage is not usable as configured.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    #[error("the directory of images {} cannot be made: {source}", .path.display())]
    Directory {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("the storage of images: {0}")]
    Store(#[from] object_store::Error),
}

/// The storage.
#[derive(Debug)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// What the storage tells about the files, where it serves them itself.
    attributes: Attributes,
}

impl Objects {
    pub fn new(config: &Config) -> Result<Self, ObjectsError> {
        match config.storage.kind {
            StorageKind::Local => Self::local(config.media_dir()),
            StorageKind::S3 => Self::s3(&config.storage.s3),
        }
    }

    /// Files appear whole or not at all, and are on the disk before a profile shows them.
    fn local(path: PathBuf) -> Result<Self, ObjectsError> {
        let made = std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&path);
        if let Err(source) = made {
            return Err(ObjectsError::Directory { path, source });
        }
        Ok(Self {
            store: Arc::new(LocalFileSystem::new_with_prefix(path)?.with_fsync(true)),
            attributes: Attributes::new(),
        })
    }

    fn s3(config: &S3) -> Result<Self, ObjectsError> {
        let options = ClientOptions::new()
            .with_connect_timeout(CONNECT)
            .with_timeout(REQUEST);
        let retry = RetryConfig {
            max_retries: 2,
            retry_timeout: PATIENCE,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(config.bucket.as_deref().unwrap_or_default())
            .with_retry(retry);
        if let Some(region) = &config.region {
            builder = builder.with_region(region);
        }
        let plain = config
            .endpoint
            .as_ref()
            .is_some_and(|url| url.scheme() == "http");
        if let Some(endpoint) = &config.endpoint {
            builder = builder.with_endpoint(endpoint.as_str().trim_end_matches('/'));
        }
        if let (Some(id), Some(secret)) = (&config.access_key_id, &config.secret_access_key) {
            builder = builder
                .with_access_key_id(id)
                .with_secret_access_key(secret.expose());
        }
        let store = builder
            .with_client_options(options.with_allow_http(plain))
            .build()?;
        let attributes = [
            (Attribute::ContentType, "image/webp"),
            (Attribute::CacheControl, super::CACHING),
        ];
        Ok(Self {
            store: Arc::new(PrefixStore::new(store, config.prefix.as_str())),
            attributes: attributes.into_iter().collect(),
        })
    }

    pub async fn put(&self, key: &Key, file: Vec<u8>) -> Result<()> {
        let options = PutOptions {
            attributes: self.attributes.clone(),
            ..PutOptions::default()
        };
        let path = key.path();
        let put = self.store.put_opts(&path, file.into(), options);
        in_time(async { put.await.map(drop) }).await
    }

    pub async fn get(&self, key: &Key) -> Result<Option<Bytes>> {
        in_time(async {
            match self.store.get(&key.path()).await {
                Ok(found) => found.bytes().await.map(Some),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(error),
            }
        })
        .await
    }

    /// Deletes it, if it is there.
    pub async fn delete(&self, key: &Key) -> Result<()> {
        in_time(async {
            match self.store.delete(&key.path()).await {
                Err(object_store::Error::NotFound { .. }) => Ok(()),
                outcome => outcome,
            }
        })
        .await
    }
}

/// A storage that is full, away or slow is unavailable: nothing that a request could mend.
async fn in_time<T>(operation: impl Future<Output = object_store::Result<T>>) -> Result<T> {
    match tokio::time::timeout(PATIENCE, operation).await {
        Ok(outcome) => outcome.map_err(Error::unavailable),
        Err(elapsed) => Err(Error::unavailable(elapsed)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn asvs_5_3_2_nothing_but_a_key_is_a_key() {
        let key = Key::of(&[0xab; 32]);
        assert_eq!(key.as_str(), format!("ab/{}.webp", "ab".repeat(32)));
        assert_eq!(Key::parse(key.as_str()), Some(key.clone()));
        let hash = "ab".repeat(32);
        for wrong in [
            String::new(),
            format!("/ab/{hash}.webp"),
            format!("ab/{hash}"),
            format!("ab/{hash}.webp/"),
            format!("ab/{hash}.webp\0"),
            format!("ac/{hash}.webp"),
            format!("ab/{}.webp", hash.to_uppercase()),
            format!("ab/../ab/{hash}.webp"),
            format!("ab/%2e%2e/{hash}.webp"),
            format!("ab//{hash}.webp"),
            format!("ab\\{hash}.webp"),
            "../../etc/passwd".to_owned(),
            format!("ab/{}.webp", "é".repeat(32)),
        ] {
            assert_eq!(Key::parse(&wrong), None, "{wrong}");
        }
    }

    proptest! {
        /// SECURITY: 5.3.2.
        #[test]
        fn no_path_is_a_key(
            hash in any::<[u8; 32]>(),
            at in 0..72_usize,
            gone in 0..4_usize,
            new in "(\\.\\./|/|%2f|\u{0}|\\PC){0,2}",
        ) {
            let key = Key::of(&hash);
            prop_assert_eq!(Key::parse(key.as_str()), Some(key.clone()));
            let mut text = key.as_str().to_owned();
            let start = at.min(text.len());
            text.replace_range(start..(start + gone).min(key.as_str().len()), &new);
            let letters = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
            let shape: String = text.chars().map(|c| if letters(c) { 'x' } else { c }).collect();
            // `b` and `e` of `.webp` are such letters, too.
            let is_key = shape == format!("xx/{}.wxxp", "x".repeat(64)) && text.ends_with(".webp") && text[..2] == text[3..5];
            prop_assert_eq!(Key::parse(&text).is_some(), is_key, "{}", text);
        }
    }
}
