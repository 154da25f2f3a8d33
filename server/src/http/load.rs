//! How many requests are worked on at once. Waiting for a client to send its body is not work: else a
//! thousand slow clients would keep everybody out.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};

/// Counts requests until their response is known (its body, which may be an endless stream, does
/// not count).
#[derive(Clone, Debug)]
pub struct Load {
    most: usize,
    now: Arc<AtomicUsize>,
}

/// The place of one request, free again when it is dropped.
#[derive(Debug)]
pub struct Place(Arc<Seat>);

#[derive(Debug)]
struct Seat {
    now: Arc<AtomicUsize>,
    taken: AtomicBool,
}

impl Load {
    pub fn new(most: usize) -> Self {
        Self {
            most,
            now: Arc::default(),
        }
    }

    /// A place, if there is one: nobody waits, for a queue would only make everybody late.
    pub fn enter(&self) -> Option<Place> {
        let enter = |now| (now < self.most).then_some(now + 1);
        let entered = self.now.fetch_update(Relaxed, Relaxed, enter);
        entered.ok().map(|_| {
            Place(Arc::new(Seat {
                now: self.now.clone(),
                taken: AtomicBool::new(true),
            }))
        })
    }
}

impl Place {
    /// The body, which leaves the place to others while it is waited for. (Coming back needs no free
    /// place: the request is known to be served.)
    pub fn watch(&self, body: Body) -> Body {
        match body.is_end_stream() {
            true => body,
            false => Body::new(Watched {
                body,
                seat: self.0.clone(),
            }),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.leave();
    }
}

impl Seat {
    fn leave(&self) {
        if self.taken.swap(false, Relaxed) {
            self.now.fetch_sub(1, Relaxed);
        }
    }

    fn come_back(&self) {
        if !self.taken.swap(true, Relaxed) {
            self.now.fetch_add(1, Relaxed);
        }
    }
}

struct Watched {
    body: Body,
    seat: Arc<Seat>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        match polled {
            Poll::Pending => self.seat.leave(),
            Poll::Ready(_) => self.seat.come_back(),
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;
    use http_body_util::BodyExt as _;

    use super::*;

    #[tokio::test]
    async fn waiting_for_a_body_leaves_the_place_to_others() {
        let load = Load::new(1);
        let place = load.enter().unwrap();
        assert!(load.enter().is_none());
        let (send, receive) = futures::channel::mpsc::unbounded::<Result<Bytes, std::io::Error>>();
        let mut body = place.watch(Body::from_stream(receive));
        assert!(body.frame().now_or_never().is_none());
        let other = load.enter().unwrap();
        send.unbounded_send(Ok(Bytes::from("x"))).unwrap();
        assert!(body.frame().await.is_some());
        drop(other);
        assert!(load.enter().is_none());
        // Gone while it waits: the place is not given back twice.
        assert!(body.frame().now_or_never().is_none());
        drop(place);
        drop(body);
        assert_eq!(load.now.load(Relaxed), 0);
    }
}
