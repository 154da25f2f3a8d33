//! What the server should do, without a database, hashes or mails: who is who, and which secrets are good until when.

mod account;
mod factor;

use crate::totp::phone::Phone;

pub const MINUTE: i64 = 60;
pub const HOUR: i64 = 60 * MINUTE;
pub const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// The code of an answer that is a refusal.
pub type Refusal = &'static str;
pub type Answer<T = ()> = Result<T, Refusal>;

const NO_SESSION: Refusal = "auth:session_required";
const INVALID: Refusal = "token:invalid";
const TAKEN: Refusal = "user:email_already_exists";
const WRONG: Refusal = "password:incorrect";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Verify,
    Reset,
    ChangeEmail,
    SecondFactor,
}

/// Addresses, handles and passwords are numbers here.
#[derive(Debug)]
pub struct Account {
    pub handle: usize,
    pub email: usize,
    password: usize,
    pub is_verified: bool,
    registered: i64,
    /// Its handle was taken by another, or the registration was swept away.
    pub is_gone: bool,
    pub factor: Factor,
    pub codes: Vec<String>,
    guesses: Guesses,
}

#[derive(Debug)]
pub enum Factor {
    Off,
    Waiting { phone: Phone, until: i64 },
    On { phone: Phone, last: i64 },
}

#[derive(Debug, Default)]
struct Guesses {
    count: u32,
    forgotten: i64,
    paused: i64,
}

#[derive(Debug)]
pub struct Session {
    pub account: usize,
    pub token: String,
    authenticated: i64,
    used: i64,
    idle_end: i64,
    end: i64,
    has_ended: bool,
}

#[derive(Debug)]
pub struct Token {
    pub purpose: Purpose,
    pub account: usize,
    pub text: String,
    email: usize,
    session: Option<usize>,
    end: i64,
    attempts: u32,
    is_dead: bool,
}

/// A token that an answer or a mail brings; its text is known when that is there.
#[derive(Debug, Clone, Copy)]
pub struct Issued {
    pub purpose: Purpose,
    pub account: usize,
    pub email: usize,
    session: Option<usize>,
    /// A mail to the owner of a taken address has none.
    pub has_text: bool,
}

#[derive(Debug, Default)]
pub struct Model {
    pub now: i64,
    pub accounts: Vec<Account>,
    pub sessions: Vec<Session>,
    pub tokens: Vec<Token>,
}

impl Model {
    pub fn owner(&self, email: usize) -> Option<usize> {
        let owns = |account: &Account| account.is_verified && account.email == email;
        self.accounts.iter().position(owns)
    }

    /// The account that a handle leads to, proven or not.
    pub fn named(&self, handle: usize) -> Option<usize> {
        let has = |account: &Account| !account.is_gone && account.handle == handle;
        self.accounts.iter().position(has)
    }

    fn is_held(&self, account: usize) -> bool {
        let account = &self.accounts[account];
        account.is_verified || account.registered > self.now - DAY
    }

    pub fn is_live(&self, session: usize) -> bool {
        let session = &self.sessions[session];
        !session.has_ended && self.now < session.idle_end.min(session.end)
    }

    pub fn is_good(&self, token: usize) -> bool {
        let token = &self.tokens[token];
        !token.is_dead && self.now < token.end
    }

    /// A session that is presented, which prolongs it now and then.
    pub fn present(&mut self, session: usize) -> Answer<usize> {
        if !self.is_live(session) {
            return Err(NO_SESSION);
        }
        let now = self.now;
        let session = &mut self.sessions[session];
        if session.used + WEEK / 100 < now {
            (session.used, session.idle_end) = (now, session.end.min(now + WEEK));
        }
        Ok(session.account)
    }

    /// The same for what a registration may not do yet.
    fn member(&mut self, session: usize) -> Answer<usize> {
        let account = self.present(session)?;
        match self.accounts[account].is_verified {
            true => Ok(account),
            false => Err("user:not_verified"),
        }
    }

    fn recent(&self, session: usize) -> Answer {
        match self.sessions[session].authenticated >= self.now - 10 * MINUTE {
            true => Ok(()),
            false => Err("session:reauthentication_required"),
        }
    }

    fn password(&self, account: usize, password: usize) -> Answer {
        match self.accounts[account].password == password {
            true => Ok(()),
            false => Err(WRONG),
        }
    }

    pub fn opened(&mut self, account: usize, token: String) {
        self.sessions.push(Session {
            account,
            token,
            authenticated: self.now,
            used: self.now,
            idle_end: self.now + WEEK,
            end: self.now + 30 * DAY,
            has_ended: false,
        });
    }

    pub fn issued(&mut self, issued: Issued, text: String) {
        let Issued {
            purpose,
            account,
            email,
            session,
            ..
        } = issued;
        let lifetime = match purpose {
            Purpose::Verify => DAY,
            Purpose::Reset | Purpose::ChangeEmail => 15 * MINUTE,
            Purpose::SecondFactor => 5 * MINUTE,
        };
        self.tokens.push(Token {
            purpose,
            account,
            text,
            email,
            session,
            end: self.now + lifetime,
            attempts: 0,
            is_dead: false,
        });
    }

    /// Issues a token in place of those that the account has for the purpose.
    fn issue(&mut self, purpose: Purpose, account: usize, email: usize) -> Issued {
        self.kill_tokens(account, |token| token.purpose == purpose);
        Issued {
            purpose,
            account,
            email,
            session: None,
            has_text: true,
        }
    }

    fn kill_tokens(&mut self, account: usize, which: impl Fn(&Token) -> bool) {
        for token in &mut self.tokens {
            token.is_dead |= token.account == account && which(token);
        }
    }

    fn end_sessions(&mut self, account: usize, but: Option<usize>) {
        for (i, session) in self.sessions.iter_mut().enumerate() {
            session.has_ended |= session.account == account && Some(i) != but;
        }
    }

    fn remove(&mut self, account: usize) {
        self.accounts[account].is_gone = true;
        self.end_sessions(account, None);
        self.kill_tokens(account, |_| true);
    }

    pub fn sweep(&mut self) {
        for account in 0..self.accounts.len() {
            if !self.is_held(account) && !self.accounts[account].is_gone {
                self.remove(account);
            }
        }
    }

    fn proof(&mut self, account: usize, email: usize) -> Issued {
        let mut issued = self.issue(Purpose::Verify, account, email);
        issued.has_text = self.owner(email).is_none();
        issued
    }

    fn open(&self, token: usize, purpose: Purpose) -> Answer<usize> {
        match self.is_good(token) && self.tokens[token].purpose == purpose {
            true => Ok(self.tokens[token].account),
            false => Err(INVALID),
        }
    }

    /// Makes an account of a registration, by what came to its address.
    fn prove(&mut self, account: usize, token: usize) -> Answer {
        let email = self.accounts[account].email;
        if self.accounts[account].is_verified || self.tokens[token].email != email {
            return Err(INVALID);
        }
        if self.owner(email).is_some() {
            return Err(TAKEN);
        }
        self.accounts[account].is_verified = true;
        Ok(())
    }
}
