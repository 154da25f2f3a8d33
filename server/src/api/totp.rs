//! Tag `totp`: the second factor.

use contract::apis::totp::*;
use contract::models;
use contract::rt::RequestContext;

use super::{Accord, caller, cookie, present};
use crate::domain::Result;
use crate::domain::backup_codes::Shown;
use crate::domain::second_factor::{self, Code};
use crate::domain::session::Session;
use crate::domain::totp;

impl Totp for Accord {
    async fn setup_totp(&self, _: RequestContext, session: Session) -> Result<SetupTotpResponse> {
        let (setup, expires_at) = totp::set_up(self.services(), &session).await?;
        Ok(SetupTotpResponse::Ok(models::TotpSetup {
            secret: setup.secret.to_string(),
            otpauth_uri: setup.uri.to_string(),
            qr_code: setup.qr_code.to_string(),
            expires_at,
        }))
    }

    async fn enable_totp(
        &self,
        context: RequestContext,
        session: Session,
        body: models::EnableTotpRequest,
    ) -> Result<EnableTotpResponse> {
        let (s, caller) = (self.services(), caller(&context));
        let codes = totp::enable(s, &caller, &session, &body.code).await?;
        Ok(EnableTotpResponse::Ok(backup_codes(&codes)))
    }

    async fn verify_totp(
        &self,
        context: RequestContext,
        body: models::VerifyTotpRequest,
    ) -> Result<VerifyTotpResponse> {
        let (s, caller) = (self.services(), caller(&context));
        let code = Code::parse(&body.code);
        let opened = second_factor::finish_sign_in(s, &caller, &body.temp_token, &code).await?;
        cookie::set_session(s, &context, &opened);
        Ok(VerifyTotpResponse::Ok(present::authenticated(s, &opened)))
    }

    async fn get_totp_status(
        &self,
        _: RequestContext,
        session: Session,
    ) -> Result<GetTotpStatusResponse> {
        let (enabled_at, remaining) = totp::status(self.services(), &session).await?;
        Ok(GetTotpStatusResponse::Ok(models::TotpStatus {
            enabled: enabled_at.is_some(),
            enabled_at,
            backup_codes_remaining: i32::try_from(remaining).unwrap_or(i32::MAX),
        }))
    }

    async fn disable_totp(
        &self,
        context: RequestContext,
        session: Session,
        body: models::TotpCodeRequest,
    ) -> Result<DisableTotpResponse> {
        let code = Code::parse(&body.code);
        totp::disable(self.services(), &caller(&context), &session, &code).await?;
        Ok(DisableTotpResponse::NoContent)
    }

    async fn regenerate_backup_codes(
        &self,
        context: RequestContext,
        session: Session,
        body: models::TotpCodeRequest,
    ) -> Result<RegenerateBackupCodesResponse> {
        let (s, caller) = (self.services(), caller(&context));
        let codes = totp::regenerate(s, &caller, &session, &Code::parse(&body.code)).await?;
        Ok(RegenerateBackupCodesResponse::Ok(backup_codes(&codes)))
    }
}

fn backup_codes(codes: &[Shown]) -> models::BackupCodes {
    models::BackupCodes {
        backup_codes: codes.iter().map(|code| code.to_string()).collect(),
    }
}
