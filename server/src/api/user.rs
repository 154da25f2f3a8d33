//! Tag `user`: the own profile and pictures.

use contract::apis::user::*;
use contract::models;
use contract::rt::{Bytes, RequestContext};

use super::{Accord, caller, parse, present};
use crate::domain::Result;
use crate::domain::account::{self, ProfileChange};
use crate::domain::image::{self, Kind};
use crate::domain::session::Session;
use crate::domain::types::Patch;

impl User for Accord {
    async fn get_me(&self, _: RequestContext, session: Session) -> Result<GetMeResponse> {
        Ok(GetMeResponse::Ok(present::current_user(
            self.services(),
            &session.user,
        )))
    }

    async fn update_me(
        &self,
        context: RequestContext,
        session: Session,
        body: models::UpdateMeRequest,
    ) -> Result<UpdateMeResponse> {
        let s = self.services();
        let change = ProfileChange {
            display_name: body
                .display_name
                .as_deref()
                .map(|name| parse::display_name("display_name", name))
                .transpose()?,
            bio: Patch::from(body.bio).try_map(|bio| parse::bio("bio", &bio))?,
        };
        let user = account::update_profile(s, &caller(&context), &session, change).await?;
        Ok(UpdateMeResponse::Ok(present::current_user(s, &user)))
    }

    async fn upload_profile_image(
        &self,
        context: RequestContext,
        session: Session,
        file: Bytes,
    ) -> Result<UploadProfileImageResponse> {
        let s = self.services();
        let stored = image::upload(s, &caller(&context), &session, Kind::Profile, file).await?;
        let image = present::stored_image(s, &stored);
        Ok(UploadProfileImageResponse::Ok(image))
    }

    async fn delete_profile_image(
        &self,
        context: RequestContext,
        session: Session,
    ) -> Result<DeleteProfileImageResponse> {
        image::remove(self.services(), &caller(&context), &session, Kind::Profile).await?;
        Ok(DeleteProfileImageResponse::NoContent)
    }

    async fn upload_banner_image(
        &self,
        context: RequestContext,
        session: Session,
        file: Bytes,
    ) -> Result<UploadBannerImageResponse> {
        let s = self.services();
        let stored = image::upload(s, &caller(&context), &session, Kind::Banner, file).await?;
        let image = present::stored_image(s, &stored);
        Ok(UploadBannerImageResponse::Ok(image))
    }

    async fn delete_banner_image(
        &self,
        context: RequestContext,
        session: Session,
    ) -> Result<DeleteBannerImageResponse> {
        image::remove(self.services(), &caller(&context), &session, Kind::Banner).await?;
        Ok(DeleteBannerImageResponse::NoContent)
    }
}
