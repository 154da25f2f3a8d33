//! Pictures of profiles: judged, decoded, made small, encoded anew and stored under the hash of what came out.
//!
//! A stored picture is told by its key alone, never changes, and may be shown by several profiles. Its row in `images`
//! goes before and after it: announced before it is stored, forgotten after it is deleted, so that an upload of the same
//! picture and the deletion of the last use of it can never cross.

mod collect;
mod objects;
mod pool;
mod probe;
mod render;

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

pub use self::collect::collect;
pub use self::objects::{Key, Objects, ObjectsError};
pub use self::pool::Pool;
pub use self::render::Size;
use super::action_log::{self, Action, Entry};
use super::caller::Caller;
use super::session::Session;
use super::types::Patch;
use super::{Error, Result};
use crate::Services;
use crate::config::Config;
use crate::store::users::{self, User};
use crate::store::{Tx, images};

/// `Cache-Control` of a picture: what a key stands for never changes.
pub const CACHING: &str = "public, max-age=31536000, immutable";

/// Where pictures are made and kept.
#[derive(Debug)]
pub struct Images {
    pool: Pool,
    objects: Objects,
}

impl Images {
    /// # Errors
    /// When the storage is not usable as configured.
    pub fn new(config: &Config) -> Result<Self, ObjectsError> {
        Ok(Self {
            pool: Pool::new(),
            objects: Objects::new(config)?,
        })
    }

    /// A stored picture, as WebP.
    pub async fn get(&self, key: &Key) -> Result<Option<Bytes>> {
        self.objects.get(key).await
    }
}

/// Which picture of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Profile,
    Banner,
}

impl Kind {
    /// The contract's name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Banner => "banner",
        }
    }

    /// What pictures of this kind are made.
    pub const fn size(self) -> Size {
        match self {
            Self::Profile => Size {
                width: 512,
                height: 512,
            },
            Self::Banner => Size {
                width: 1500,
                height: 500,
            },
        }
    }

    fn of(self, user: &User) -> Option<&str> {
        match self {
            Self::Profile => user.profile_image.as_deref(),
            Self::Banner => user.banner_image.as_deref(),
        }
    }

    fn change(self, key: Option<&str>) -> users::ProfileChange<'_> {
        let image = key.map_or(Patch::Clear, Patch::Set);
        match self {
            Self::Profile => users::ProfileChange {
                profile_image: image,
                ..Default::default()
            },
            Self::Banner => users::ProfileChange {
                banner_image: image,
                ..Default::default()
            },
        }
    }
}

/// A picture as it was stored.
#[derive(Clone, Debug)]
pub struct Stored {
    pub key: Key,
    pub size: Size,
    pub bytes: usize,
}

/// Makes a picture of an uploaded file and shows it on the own profile.
///
/// # Errors
/// `file:unsupported_type`, `file:unreadable`, `file:dimensions_too_large`
pub async fn upload(
    s: &Services,
    caller: &Caller,
    session: &Session,
    kind: Kind,
    file: Bytes,
) -> Result<Stored> {
    let webp = s.images.pool.render(file, kind.size()).await?;
    let stored = Stored {
        key: Key::of(&Sha256::digest(&webp).into()),
        size: kind.size(),
        bytes: webp.len(),
    };
    announce(s, &stored.key).await?;
    let shown = match s.images.objects.put(&stored.key, webp).await {
        Ok(()) => show(s, caller, session, kind, Some(&stored.key)).await,
        Err(error) => Err(error),
    };
    if shown.is_err() {
        give_up(s, &stored.key).await;
    }
    shown.map(|()| stored)
}

/// Takes a picture off the own profile, if there is one.
pub async fn remove(s: &Services, caller: &Caller, session: &Session, kind: Kind) -> Result<()> {
    show(s, caller, session, kind, None).await
}

async fn announce(s: &Services, key: &Key) -> Result<()> {
    let mut tx = s.db.write().await?;
    if !images::announce(&mut tx, key.as_str(), s.clock.now()).await? {
        // The same picture is being deleted this moment.
        return Err(Error::Overloaded {
            retry_after: collect::MOMENT,
        });
    }
    Ok(tx.commit().await?)
}

/// Changes the profile; what it showed before is deleted unless somebody else shows it.
async fn show(
    s: &Services,
    caller: &Caller,
    session: &Session,
    kind: Kind,
    key: Option<&Key>,
) -> Result<()> {
    let mut tx = s.db.write().await?;
    // Locked, so that of two uploads at once the later one sees the earlier one's picture.
    let before = users::lock(&mut tx, session.user.id)
        .await?
        .ok_or(Error::SessionRequired)?;
    if let Some(key) = key
        && !images::settle(&mut tx, key.as_str()).await?
    {
        return Err(Error::internal(
            "the picture was deleted before it was shown",
        ));
    }
    let old = kind.of(&before).map(str::to_owned);
    if old.as_deref() == key.map(Key::as_str) {
        return Ok(tx.commit().await?);
    }
    change(s, &mut tx, caller, &before, kind, key).await?;
    tx.commit().await?;
    s.events.committed();
    if let Some(old) = old.as_deref().and_then(Key::parse) {
        collect::discard_if_unused(s, &old).await;
    }
    Ok(())
}

async fn change(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: &User,
    kind: Kind,
    key: Option<&Key>,
) -> Result<()> {
    let change = kind.change(key.map(Key::as_str));
    users::update_profile(tx, user.id, &change, s.clock.now()).await?;
    let entry = Entry::profile(Action::UserImage, user, caller).with(|facts| {
        facts.image = Some(kind.name().to_owned());
        facts.image_key = key.map(|key| key.as_str().to_owned());
    });
    action_log::append(s, tx, [entry]).await
}

/// After an upload that failed: as if it had never been announced. If that fails, too, [`collect`] does it later.
async fn give_up(s: &Services, key: &Key) {
    let settled = async {
        let mut tx = s.db.write().await?;
        images::settle(&mut tx, key.as_str()).await?;
        tx.commit().await
    };
    match settled.await {
        Ok(()) => collect::discard_if_unused(s, key).await,
        Err(error) => tracing::warn!(%error, key = key.as_str(), "an upload could not be given up"),
    }
}
