//! Tag `users`: registration and public profiles.

use contract::apis::users::*;
use contract::models;
use contract::rt::RequestContext;

use super::{Accord, caller, cookie, parse, present};
use crate::domain::account::{self, Availability, Registration};
use crate::domain::{Result, types::UserId};

impl Users for Accord {
    async fn create_user(
        &self,
        context: RequestContext,
        body: models::CreateUserRequest,
    ) -> Result<CreateUserResponse> {
        let s = self.services();
        let registration = Registration {
            email: parse::email("email", &body.email)?,
            handle: parse::handle("handle", &body.handle)?,
            password: parse::new_password("password", body.password)?,
            display_name: body
                .display_name
                .as_deref()
                .map(|name| parse::display_name("display_name", name))
                .transpose()?,
        };
        let opened = account::register(s, &caller(&context), registration).await?;
        cookie::set_session(s, &context, &opened);
        Ok(CreateUserResponse::Created(present::current_user(
            s,
            &opened.session.user,
        )))
    }

    async fn get_profile_by_handle(
        &self,
        _: RequestContext,
        query: GetProfileByHandleQuery,
    ) -> Result<GetProfileByHandleResponse> {
        let s = self.services();
        let user = account::profile_by_handle(s, &parse::handle("handle", &query.handle)?).await?;
        Ok(GetProfileByHandleResponse::Ok(present::public_user(
            s, &user,
        )))
    }

    async fn get_profile_by_id(
        &self,
        _: RequestContext,
        query: GetProfileByIdQuery,
    ) -> Result<GetProfileByIdResponse> {
        let s = self.services();
        let user = account::profile_by_id(s, UserId::from(query.user_id)).await?;
        Ok(GetProfileByIdResponse::Ok(present::public_user(s, &user)))
    }

    async fn check_handle_availability(
        &self,
        _: RequestContext,
        path: CheckHandleAvailabilityPath,
    ) -> Result<CheckHandleAvailabilityResponse> {
        let availability = account::availability(self.services(), &path.handle).await?;
        Ok(CheckHandleAvailabilityResponse::Ok(
            models::HandleAvailability {
                handle: path.handle,
                available: availability == Availability::Free,
                reason: match availability {
                    Availability::Free => None,
                    Availability::Taken => Some(models::HandleUnavailableReason::Taken),
                    Availability::Reserved => Some(models::HandleUnavailableReason::Reserved),
                    Availability::Invalid => Some(models::HandleUnavailableReason::Invalid),
                },
            },
        ))
    }
}
