//! Tag `auth`: password sign-in, sessions and the email flows.

use contract::apis::auth::*;
use contract::models;
use contract::rt::RequestContext;

use super::{Accord, caller, cookie, parse, present};
use crate::domain::error::FieldError;
use crate::domain::second_factor::{self, Code};
use crate::domain::session::{self, Session};
use crate::domain::sign_in::{self, Outcome};
use crate::domain::types::{Password, SessionId};
use crate::domain::{Error, Result, account, email_change, password};

impl Auth for Accord {
    async fn login(
        &self,
        context: RequestContext,
        body: models::LoginRequest,
    ) -> Result<LoginResponse> {
        let s = self.services();
        let email = parse::email("email", &body.email)?;
        let password = Password::attempt(body.password);
        let outcome =
            sign_in::with_password(s, &caller(&context), &email, &password, body.remember_me)
                .await?;
        if let Outcome::Authenticated(opened) = &outcome {
            cookie::set_session(s, &context, opened);
        }
        Ok(LoginResponse::Ok(present::sign_in(s, &outcome)))
    }

    async fn logout(&self, context: RequestContext, session: Session) -> Result<LogoutResponse> {
        let s = self.services();
        session::logout(s, &caller(&context), session).await?;
        cookie::clear_session(s, &context);
        cookie::clear_site_data(&context);
        Ok(LogoutResponse::NoContent)
    }

    async fn list_sessions(
        &self,
        _: RequestContext,
        session: Session,
    ) -> Result<ListSessionsResponse> {
        let items = session::list(self.services(), &session).await?;
        let present = |item: crate::store::sessions::Session| models::Session {
            id: item.id.uuid(),
            is_current: item.id == session.id,
            created_at: item.created_at,
            last_used_at: item.last_used_at,
            expires_at: item.idle_expires_at,
            address: item.address,
            user_agent: item.user_agent,
        };
        Ok(ListSessionsResponse::Ok(models::SessionList {
            items: items.into_iter().map(present).collect(),
        }))
    }

    async fn revoke_session(
        &self,
        context: RequestContext,
        session: Session,
        path: RevokeSessionPath,
    ) -> Result<RevokeSessionResponse> {
        let s = self.services();
        let id = SessionId::from(path.session_id);
        session::revoke(s, &caller(&context), &session, id).await?;
        if id == session.id {
            cookie::clear_session(s, &context);
        }
        Ok(RevokeSessionResponse::NoContent)
    }

    async fn revoke_other_sessions(
        &self,
        context: RequestContext,
        session: Session,
    ) -> Result<RevokeOtherSessionsResponse> {
        let revoked = session::revoke_others(self.services(), &caller(&context), &session).await?;
        let revoked = i64::try_from(revoked).unwrap_or(i64::MAX);
        Ok(RevokeOtherSessionsResponse::Ok(models::RevokedSessions {
            revoked,
        }))
    }

    async fn reauthenticate(
        &self,
        context: RequestContext,
        session: Session,
        body: models::ReauthenticateRequest,
    ) -> Result<ReauthenticateResponse> {
        let s = self.services();
        let caller = caller(&context);
        let opened = match (body.password, body.totp_code) {
            (Some(password), None) => {
                let password = Password::attempt(password);
                sign_in::again_with_password(s, &caller, session, &password).await?
            }
            (None, Some(code)) => {
                second_factor::reauthenticate(s, &caller, session, &Code::parse(&code)).await?
            }
            _ => return Err(exactly_one()),
        };
        cookie::set_session(s, &context, &opened);
        Ok(ReauthenticateResponse::NoContent)
    }

    async fn verify_email(
        &self,
        context: RequestContext,
        body: models::VerifyEmailRequest,
    ) -> Result<VerifyEmailResponse> {
        account::verify_email(self.services(), &caller(&context), &body.token).await?;
        Ok(VerifyEmailResponse::NoContent)
    }

    async fn resend_verification_email(
        &self,
        _: RequestContext,
        session: Session,
    ) -> Result<ResendVerificationEmailResponse> {
        account::resend_verification(self.services(), &session).await?;
        Ok(ResendVerificationEmailResponse::Accepted)
    }

    async fn forgot_password(
        &self,
        _: RequestContext,
        body: models::ForgotPasswordRequest,
    ) -> Result<ForgotPasswordResponse> {
        password::forgot(self.services(), &parse::email("email", &body.email)?).await?;
        Ok(ForgotPasswordResponse::Accepted)
    }

    async fn reset_password(
        &self,
        context: RequestContext,
        body: models::ResetPasswordRequest,
    ) -> Result<ResetPasswordResponse> {
        let new = parse::new_password("new_password", body.new_password)?;
        password::reset(self.services(), &caller(&context), &body.token, &new).await?;
        Ok(ResetPasswordResponse::NoContent)
    }

    async fn change_password(
        &self,
        context: RequestContext,
        session: Session,
        body: models::ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse> {
        let s = self.services();
        let current = body.current_password.map(Password::attempt);
        let new = parse::new_password("new_password", body.new_password)?;
        let opened =
            password::change(s, &caller(&context), session, current.as_ref(), &new).await?;
        cookie::set_session(s, &context, &opened);
        Ok(ChangePasswordResponse::NoContent)
    }

    async fn change_email(
        &self,
        context: RequestContext,
        session: Session,
        body: models::ChangeEmailRequest,
    ) -> Result<ChangeEmailResponse> {
        let new = parse::email("new_email", &body.new_email)?;
        let password = body.password.map(Password::attempt);
        email_change::request(
            self.services(),
            &caller(&context),
            &session,
            &new,
            password.as_ref(),
        )
        .await?;
        Ok(ChangeEmailResponse::Accepted)
    }

    async fn confirm_email_change(
        &self,
        context: RequestContext,
        body: models::ConfirmEmailChangeRequest,
    ) -> Result<ConfirmEmailChangeResponse> {
        email_change::confirm(self.services(), &caller(&context), &body.token).await?;
        Ok(ConfirmEmailChangeResponse::NoContent)
    }
}

fn exactly_one() -> Error {
    Error::Invalid(vec![FieldError::new(
        "",
        "exactly_one",
        "send exactly one of password and totp_code",
    )])
}
