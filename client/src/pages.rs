//! Lists, page after page.

use futures::stream::{Stream, TryStreamExt, iter, try_unfold};

use crate::errors::{ListActionLogsError, SearchUsersError};
use crate::generated::builder::{ListActionLogs, SearchUsers};
use crate::types::{ActionLogEntry, ActionLogPage, PageDirection, PublicUser, UserPage};

impl<'a> SearchUsers<'a> {
    /// All users found, best match first. Further pages are fetched when they are reached.
    pub fn stream(self) -> impl Stream<Item = Result<PublicUser, SearchUsersError>> + Send + 'a {
        all(self, SearchUsers::cursor, |page: UserPage| {
            (page.items, page.next_cursor)
        })
    }
}

impl<'a> ListActionLogs<'a> {
    /// All entries, the newest first, back to the beginning of the log. Further pages are fetched when they are reached.
    pub fn stream(
        self,
    ) -> impl Stream<Item = Result<ActionLogEntry, ListActionLogsError>> + Send + 'a {
        let older = self.direction(PageDirection::Older);
        all(older, ListActionLogs::cursor, |page: ActionLogPage| {
            (page.items, page.older_cursor)
        })
    }
}

fn all<'a, B, P, I, E>(
    request: B,
    at: fn(B, String) -> B,
    split: fn(P) -> (Vec<I>, Option<String>),
) -> impl Stream<Item = Result<I, E>> + Send + 'a
where
    B: Clone + Send + 'a + IntoFuture<Output = Result<P, E>>,
    B::IntoFuture: Send,
    P: 'a,
    I: Send + 'a,
    E: Send + 'a,
{
    /// Where to go on.
    enum Next {
        First,
        At(String),
        End,
    }
    try_unfold(Next::First, move |next| {
        let request = request.clone();
        async move {
            let (request, current) = match next {
                Next::First => (request, None),
                Next::At(cursor) => (at(request, cursor.clone()), Some(cursor)),
                Next::End => return Ok(None),
            };
            let (items, cursor) = split(request.await?);
            // A cursor that leads to itself would never end.
            let next = cursor
                .filter(|cursor| Some(cursor) != current.as_ref())
                .map_or(Next::End, Next::At);
            Ok(Some((iter(items.into_iter().map(Ok)), next)))
        }
    })
    .try_flatten()
}
