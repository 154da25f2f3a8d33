//! What /media shows: the storage of pictures.

use std::sync::Arc;

use bytes::Bytes;
use contract::rt::Problem;
use futures::FutureExt as _;
use futures::future::BoxFuture;

use crate::Services;
use crate::domain::image::{CACHING, Key};
use crate::http::media::Pictures;

/// The storage as pictures.
#[derive(Debug)]
pub struct Media(pub Arc<Services>);

impl Pictures for Media {
    fn caching(&self) -> &'static str {
        CACHING
    }

    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Bytes>, Problem>> {
        async move {
            match Key::parse(key) {
                Some(key) => self.0.images.get(&key).await.map_err(Problem::from),
                None => Ok(None),
            }
        }
        .boxed()
    }
}
