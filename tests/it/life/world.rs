//! A server and its model, doing the same steps.

mod account;
mod factor;

use std::fmt::Debug;

use accord_client::{Client, OperationError};
use accord_server::domain::janitor;
use contract_tests::prelude::*;

use super::chance::Chance;
use super::model::{Answer, DAY, Factor, HOUR, Issued, MINUTE, Model, Purpose};

const EMAILS: [&str; 3] = ["ada@example.com", "grace@example.org", "mary@example.net"];
const HANDLES: [&str; 3] = ["lovelace", "hopper", "somerville"];
const PASSWORDS: [&str; 3] = [
    "correct horse battery staple",
    "another good passphrase",
    "violet kettle drums at noon",
];

pub struct World {
    server: TestServer,
    model: Model,
    chance: Chance,
    /// Tokens of sessions that were exchanged for others.
    retired: Vec<String>,
    /// Codes that have been of use once.
    spent: Vec<String>,
    seed: u64,
    history: Vec<String>,
}

/// What an operation answered, as the model says it.
fn outcome<T: Debug, E: OperationError>(answer: Result<T, E>) -> Result<T, String> {
    answer.map_err(|error| match error.code() {
        Some(code) => code.to_string(),
        None => panic!("{}: {error}: {:?}", E::OPERATION, error.transport()),
    })
}

impl World {
    pub fn new(server: TestServer, seed: u64) -> Self {
        Self {
            server,
            model: Model::default(),
            chance: Chance::new(seed),
            retired: Vec::new(),
            spent: Vec::new(),
            seed,
            history: Vec::new(),
        }
    }

    /// Something happens, a second or more after what happened before.
    pub async fn step(&mut self) {
        self.pass(1);
        match self.chance.below(100) {
            0..12 => self.register().await,
            12..24 => self.verify().await,
            24..36 => self.login().await,
            36..44 => self.second_step().await,
            44..52 => self.enable().await,
            52..58 => self.factor().await,
            58..64 => self.forgot().await,
            64..70 => self.reset().await,
            70..75 => self.change_password().await,
            75..80 => self.change_email().await,
            80..84 => self.confirm().await,
            84..88 => self.reauthenticate().await,
            88..92 => self.session().await,
            _ => self.wait().await,
        }
        if self.history.len().is_multiple_of(10) {
            self.look_around().await;
        }
    }

    fn pass(&mut self, seconds: i64) {
        self.server
            .advance(Duration::from_secs(seconds.unsigned_abs()));
        self.model.now = self.server.services.clock.now().timestamp();
    }

    /// Ends the test unless server and model are of one mind.
    fn agree<T, M>(
        &mut self,
        step: &str,
        said: Result<T, String>,
        meant: Answer<M>,
    ) -> Option<(T, M)> {
        let told = said.as_ref().map_or_else(String::as_str, |_| "ok");
        self.history
            .push(format!("{} {step}: {told}", self.model.now));
        let expected = meant.as_ref().map_or_else(|refusal| *refusal, |_| "ok");
        self.check(told == expected, &format!("the model says {expected}"));
        said.ok().zip(meant.ok())
    }

    #[track_caller]
    fn check(&self, holds: bool, what: &str) {
        let (seed, history) = (self.seed, self.history.join("\n  "));
        assert!(holds, "ACCORD_LIFE={seed}: {what}, after\n  {history}");
    }

    fn with_session(&self, session: usize) -> Client {
        let token = self.model.sessions[session].token.clone();
        self.server.client(|client| client.session(token))
    }

    fn any_session(&mut self) -> Option<usize> {
        let Self { chance, model, .. } = self;
        chance.pick(model.sessions.len(), |i| model.is_live(i))
    }

    /// A token, most likely one that is good for the purpose.
    fn any_token(&mut self, purpose: Purpose) -> Option<usize> {
        let Self { chance, model, .. } = self;
        chance.pick(model.tokens.len(), |i| {
            model.is_good(i) && model.tokens[i].purpose == purpose
        })
    }

    /// The mail that must be there by now, with a token or without.
    async fn receive(&mut self, issued: Issued) {
        let mail = self.server.mail_to(EMAILS[issued.email]).await;
        let token = mail.try_token();
        self.check(
            token.is_some() == issued.has_text,
            &format!("{issued:?}: {}", mail.subject),
        );
        if let Some(token) = token {
            self.model.issued(issued, token);
        }
    }

    /// The client has a session of the account by now.
    fn opened(&mut self, client: &Client, account: usize) {
        let token = client.session().expect("a session");
        self.model.opened(account, token.expose().to_owned());
    }

    /// The session goes on with another token.
    fn renewed(&mut self, client: &Client, session: usize) {
        let token = client.session().expect("a session").expose().to_owned();
        let former = std::mem::replace(&mut self.model.sessions[session].token, token);
        self.check(former != self.model.sessions[session].token, "a new token");
        self.retired.push(former);
    }

    async fn wait(&mut self) {
        let spans = [
            30,
            30,
            MINUTE,
            5 * MINUTE,
            10 * MINUTE,
            15 * MINUTE,
            HOUR,
            DAY,
            8 * DAY,
        ];
        let span = spans[self.chance.below(spans.len())];
        self.pass(span);
        self.history
            .push(format!("{} after {span} s", self.model.now));
        if self.chance.percent(30) {
            let swept = janitor::sweep(&self.server.services).await;
            swept.expect("a clean database");
            self.model.sweep();
        }
    }

    /// Everything is as the model has it: who owns which handle, and what each session is good for.
    pub async fn look_around(&mut self) {
        for (handle, name) in HANDLES.into_iter().enumerate() {
            let client = self.server.anonymous();
            let found = client.get_profile_by_handle().handle(name).await;
            let owner = self
                .model
                .named(handle)
                .filter(|&i| self.model.accounts[i].is_verified);
            let is_there = outcome(found).map_or_else(|code| code, |_| "ok".to_owned());
            let expected = if owner.is_some() {
                "ok"
            } else {
                "user:not_found"
            };
            self.check(
                is_there == expected,
                &format!("{handle} is {expected}, not {is_there}"),
            );
        }
        for session in 0..self.model.sessions.len() {
            let said = outcome(self.with_session(session).get_me().await);
            let Some((me, account)) = self.look(session, said) else {
                continue;
            };
            let account = &self.model.accounts[account];
            let has_factor = matches!(account.factor, Factor::On { .. });
            let same = *me.handle == *HANDLES[account.handle]
                && *me.email == *EMAILS[account.email]
                && (me.email_verified, me.totp_enabled) == (account.is_verified, has_factor);
            self.check(same, &format!("{account:?} is {me:?}"));
        }
        for token in self.retired.drain(..).collect::<Vec<_>>() {
            let client = self.server.client(|client| client.session(token));
            let said = outcome(client.get_me().await).map(drop);
            self.check(
                said == Err("auth:session_required".to_owned()),
                "a former token opens nothing",
            );
        }
    }

    fn look<T>(&mut self, session: usize, said: Result<T, String>) -> Option<(T, usize)> {
        let meant = self.model.present(session);
        let told = said.as_ref().map_or_else(String::as_str, |_| "ok");
        let expected = meant.as_ref().map_or_else(|refusal| *refusal, |_| "ok");
        self.check(
            told == expected,
            &format!("session {session} is {told}, not {expected}"),
        );
        said.ok().zip(meant.ok())
    }
}
