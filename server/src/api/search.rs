//! Tag `search`: finding users.

use contract::apis::search::*;
use contract::models;
use contract::rt::RequestContext;

use super::{Accord, present};
use crate::domain::{Result, search};

impl Search for Accord {
    async fn search_users(
        &self,
        _: RequestContext,
        query: SearchUsersQuery,
    ) -> Result<SearchUsersResponse> {
        let s = self.services();
        let limit = usize::try_from(query.limit).unwrap_or_default();
        let page = search::users(s, &query.query, query.cursor.as_deref(), limit).await?;
        Ok(SearchUsersResponse::Ok(models::UserPage {
            items: page
                .users
                .iter()
                .map(|user| present::public_user(s, user))
                .collect(),
            next_cursor: page.next,
        }))
    }
}
