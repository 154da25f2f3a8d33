//! What somebody does with an account.

use accord_client::Secret;
use accord_client::types::SignInStatus;

use super::{EMAILS, HANDLES, PASSWORDS, World, outcome};
use crate::life::model::Purpose;

impl World {
    pub(super) async fn register(&mut self) {
        let [handle, email, password] = [3, 3, 3].map(|end| self.chance.below(end));
        let client = self.server.anonymous();
        let request = client.create_user().body_map(|body| {
            let body = body.handle(HANDLES[handle]).email(EMAILS[email]);
            body.password(PASSWORDS[password])
        });
        let (said, meant) = (
            outcome(request.await),
            self.model.register(handle, email, password),
        );
        let step = format!("register {handle} {email} {password}");
        if let Some((_, issued)) = self.agree(&step, said, meant) {
            self.opened(&client, issued.account);
            self.receive(issued).await;
        }
    }

    pub(super) async fn verify(&mut self) {
        if self.chance.percent(20) {
            return self.resend().await;
        }
        let Some(token) = self.any_token(Purpose::Verify) else {
            return;
        };
        let client = self.server.anonymous();
        let text = self.model.tokens[token].text.clone();
        let said = client
            .verify_email()
            .body_map(|body| body.token(text))
            .await;
        let meant = self.model.verify(token);
        self.agree(&format!("verify {token}"), outcome(said), meant);
    }

    pub(super) async fn resend(&mut self) {
        let Some(session) = self.any_session() else {
            return;
        };
        let said = self.with_session(session).resend_verification_email().await;
        let meant = self.model.resend(session);
        if let Some((_, issued)) = self.agree(&format!("resend {session}"), outcome(said), meant) {
            self.receive(issued).await;
        }
    }

    pub(super) async fn login(&mut self) {
        let [email, password] = [3, 3].map(|end| self.chance.below(end));
        let client = self.server.anonymous();
        let request = client.login().body_map(|body| {
            body.email(EMAILS[email].to_uppercase())
                .password(PASSWORDS[password])
        });
        let (said, meant) = (outcome(request.await), self.model.login(email, password));
        let step = format!("login {email} {password}");
        let Some((result, (account, issued))) = self.agree(&step, said, meant) else {
            return;
        };
        let is_open = result.status == SignInStatus::Authenticated;
        self.check(
            is_open == client.session().is_some(),
            "a session, and no token in the body",
        );
        self.check(
            is_open == issued.is_none(),
            "a session with all factors, and only with them",
        );
        match (issued, result.temp_token) {
            (Some(issued), Some(token)) => self.model.issued(issued, token.expose().to_owned()),
            _ => self.opened(&client, account),
        }
    }

    pub(super) async fn forgot(&mut self) {
        let email = self.chance.below(3);
        let before = self.server.mails_to(EMAILS[email]).await.len();
        let client = self.server.anonymous();
        let request = client
            .forgot_password()
            .body_map(|body| body.email(EMAILS[email]));
        let said = outcome(request.await);
        let meant = self.model.forgot(email);
        self.agree(&format!("forgot {email}"), said, Ok(()));
        let mails = self.server.mails_to(EMAILS[email]).await.len() - before;
        self.check(
            mails == usize::from(meant.is_some()),
            "a mail if there is somebody",
        );
        if let Some(issued) = meant {
            self.receive(issued).await;
        }
    }

    pub(super) async fn reset(&mut self) {
        let Some(token) = self.any_token(Purpose::Reset) else {
            return;
        };
        let password = self.chance.below(3);
        let text = self.model.tokens[token].text.clone();
        let client = self.server.anonymous();
        let request = client
            .reset_password()
            .body_map(|body| body.token(text).new_password(PASSWORDS[password]));
        let (said, meant) = (outcome(request.await), self.model.reset(token, password));
        self.agree(&format!("reset {token} {password}"), said, meant);
        self.check(client.session().is_none(), "no session");
    }

    pub(super) async fn change_password(&mut self) {
        let Some(session) = self.any_session() else {
            return;
        };
        let [current, new] = [3, 3].map(|end| self.chance.below(end));
        let client = self.with_session(session);
        let request = client.change_password().body_map(|body| {
            let current = Some(Secret::from(PASSWORDS[current]));
            body.current_password(current).new_password(PASSWORDS[new])
        });
        let said = outcome(request.await);
        let meant = self.model.change_password(session, current, new);
        let step = format!("change password {session} {current} {new}");
        if self.agree(&step, said, meant).is_some() {
            self.renewed(&client, session);
        }
    }

    pub(super) async fn reauthenticate(&mut self) {
        let Some(session) = self.any_session() else {
            return;
        };
        let client = self.with_session(session);
        let agreed = if self.chance.percent(60) {
            let password = self.chance.below(3);
            let secret = Some(Secret::from(PASSWORDS[password]));
            let said = client
                .reauthenticate()
                .body_map(|body| body.password(secret))
                .await;
            let meant = self.model.again_by_password(session, password);
            self.agree(&format!("again {session} {password}"), outcome(said), meant)
        } else {
            let code = self.any_code(self.model.sessions[session].account, true);
            let secret = Some(Secret::from(code.as_str()));
            let said = client
                .reauthenticate()
                .body_map(|body| body.totp_code(secret))
                .await;
            let meant = self.model.again_by_code(session, &code);
            self.agree(&format!("again {session} {code}"), outcome(said), meant)
        };
        if agreed.is_some() {
            self.renewed(&client, session);
        }
    }

    pub(super) async fn change_email(&mut self) {
        let Some(session) = self.any_session() else {
            return;
        };
        let [email, password] = [3, 3].map(|end| self.chance.below(end));
        let client = self.with_session(session);
        let request = client.change_email().body_map(|body| {
            let password = Some(Secret::from(PASSWORDS[password]));
            body.new_email(EMAILS[email]).password(password)
        });
        let said = outcome(request.await);
        let meant = self.model.change_email(session, email, password);
        let step = format!("change email {session} {email} {password}");
        if let Some((_, issued)) = self.agree(&step, said, meant) {
            self.receive(issued).await;
        }
    }

    pub(super) async fn confirm(&mut self) {
        let Some(token) = self.any_token(Purpose::ChangeEmail) else {
            return;
        };
        let text = self.model.tokens[token].text.clone();
        let client = self.server.anonymous();
        let said = client
            .confirm_email_change()
            .body_map(|body| body.token(text))
            .await;
        let meant = self.model.confirm(token);
        self.agree(&format!("confirm {token}"), outcome(said), meant);
    }

    pub(super) async fn session(&mut self) {
        let Some(session) = self.any_session() else {
            return;
        };
        let client = self.with_session(session);
        if self.chance.percent(50) {
            let (said, meant) = (outcome(client.logout().await), self.model.logout(session));
            self.agree(&format!("log out {session}"), said, meant);
        } else {
            let said = outcome(client.revoke_other_sessions().await);
            let meant = self.model.revoke_others(session);
            self.agree(&format!("revoke others {session}"), said, meant);
        }
    }
}
