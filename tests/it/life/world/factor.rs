//! The second factor.

use accord_client::Secret;

use super::{World, outcome};
use crate::life::model::{Factor, Purpose};
use crate::totp::phone::Phone;

impl World {
    /// A code for an account: right, nearly right, used up, or nothing.
    pub(super) fn any_code(&mut self, account: usize, digits: bool) -> String {
        let now = self.model.now / 30;
        let chosen = &self.model.accounts[account];
        let backup = self.chance.pick(chosen.codes.len(), |_| true);
        let (phone, last) = match &chosen.factor {
            Factor::Off => return "123456".to_owned(),
            Factor::Waiting { phone, .. } => (phone, now),
            Factor::On { phone, last } => (phone, *last),
        };
        let step = match self.chance.below(10) {
            0..5 => now,
            5 => now - 1,
            6 => now + 1,
            7 => now + 3,
            8 => last,
            _ if digits => now - 2,
            _ => match (backup, self.spent.last()) {
                (Some(code), _) if self.chance.percent(70) => return chosen.codes[code].clone(),
                (_, Some(spent)) => return spent.clone(),
                _ => return "0000-0000-0000-0000-0000-0000".to_owned(),
            },
        };
        phone.code_of(step.unsigned_abs())
    }

    pub(super) async fn second_step(&mut self) {
        let Some(token) = self.any_token(Purpose::SecondFactor) else {
            return;
        };
        let code = self.any_code(self.model.tokens[token].account, false);
        let client = self.server.anonymous();
        let text = self.model.tokens[token].text.clone();
        let request = client
            .verify_totp()
            .body_map(|body| body.temp_token(text).code(&code));
        let (said, meant) = (outcome(request.await), self.model.second_step(token, &code));
        if let Some((_, account)) = self.agree(&format!("second step {token} {code}"), said, meant)
        {
            self.opened(&client, account);
            self.spend(code);
        }
    }

    pub(super) fn spend(&mut self, code: String) {
        if code.len() > 6 {
            self.spent.push(code);
        }
    }

    /// Sets an authenticator up, and mostly turns it on at once.
    pub(super) async fn enable(&mut self) {
        let Some(session) = self.any_session() else {
            return;
        };
        let client = self.with_session(session);
        if self.chance.percent(70) {
            let (said, meant) = (
                outcome(client.setup_totp().await),
                self.model.set_up(session),
            );
            if let Some((setup, account)) = self.agree(&format!("set up {session}"), said, meant) {
                let phone = Phone::with_secret(setup.secret.expose());
                self.model.waits(account, phone);
            }
        }
        let code = self.any_code(self.model.sessions[session].account, true);
        let said = client.enable_totp().body_map(|body| body.code(&code)).await;
        let meant = self.model.enable(session, &code);
        let step = format!("enable {session} {code}");
        if let Some((shown, account)) = self.agree(&step, outcome(said), meant) {
            self.replace_codes(account, &shown.backup_codes);
        }
    }

    pub(super) fn replace_codes(&mut self, account: usize, shown: &[Secret]) {
        self.check(shown.len() == 10, "ten codes");
        let codes = shown.iter().map(|code| code.expose().to_owned()).collect();
        let former = std::mem::replace(&mut self.model.accounts[account].codes, codes);
        self.spent.extend(former.into_iter().take(1));
    }

    /// New codes, or no second factor any more.
    pub(super) async fn factor(&mut self) {
        let Some(session) = self.any_session() else {
            return;
        };
        let code = self.any_code(self.model.sessions[session].account, false);
        let client = self.with_session(session);
        if self.chance.percent(60) {
            let said = client
                .regenerate_backup_codes()
                .body_map(|body| body.code(&code))
                .await;
            let meant = self.model.regenerate(session, &code);
            let step = format!("regenerate {session} {code}");
            if let Some((shown, account)) = self.agree(&step, outcome(said), meant) {
                self.replace_codes(account, &shown.backup_codes);
                self.spend(code);
            }
        } else {
            let said = client
                .disable_totp()
                .body_map(|body| body.code(&code))
                .await;
            let meant = self.model.disable(session, &code);
            if self
                .agree(&format!("disable {session} {code}"), outcome(said), meant)
                .is_some()
            {
                self.spend(code);
            }
        }
    }
}
