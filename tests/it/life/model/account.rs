//! What somebody does with an account, by its own session or by what came in a mail.

use super::{Account, Answer, DAY, Factor, Guesses, INVALID, Issued, Model, Purpose, TAKEN, Token};

impl Model {
    pub fn register(&mut self, handle: usize, email: usize, password: usize) -> Answer<Issued> {
        if let Some(holder) = self.named(handle) {
            if self.is_held(holder) {
                return Err("user:handle_already_exists");
            }
            self.remove(holder);
        }
        self.accounts.push(Account {
            handle,
            email,
            password,
            is_verified: false,
            registered: self.now,
            is_gone: false,
            factor: Factor::Off,
            codes: Vec::new(),
            guesses: Guesses::default(),
        });
        Ok(self.proof(self.accounts.len() - 1, email))
    }

    pub fn verify(&mut self, token: usize) -> Answer {
        let account = self.open(token, Purpose::Verify)?;
        self.prove(account, token)?;
        self.tokens[token].is_dead = true;
        Ok(())
    }

    pub fn resend(&mut self, session: usize) -> Answer<Issued> {
        let account = self.present(session)?;
        match self.accounts[account].is_verified {
            true => Err("email:already_verified"),
            false => Ok(self.proof(account, self.accounts[account].email)),
        }
    }

    /// The account, and the token of the second step where one is asked for.
    pub fn login(&mut self, email: usize, password: usize) -> Answer<(usize, Option<Issued>)> {
        let account = self.owner(email).ok_or("auth:invalid_credentials")?;
        self.password(account, password)
            .map_err(|_| "auth:invalid_credentials")?;
        let issued = matches!(self.accounts[account].factor, Factor::On { .. })
            .then(|| self.issue(Purpose::SecondFactor, account, email));
        Ok((account, issued))
    }

    pub fn second_step(&mut self, token: usize, code: &str) -> Answer<usize> {
        let account = self.open(token, Purpose::SecondFactor)?;
        if self.tokens[token].attempts >= 5 {
            return Err(INVALID);
        }
        let guess = self.guess(account, code);
        if guess != Err("rate_limit:exceeded") {
            self.tokens[token].attempts += 1;
        }
        guess?;
        self.tokens[token].is_dead = true;
        Ok(account)
    }

    pub fn logout(&mut self, session: usize) -> Answer {
        self.present(session)?;
        self.sessions[session].has_ended = true;
        Ok(())
    }

    pub fn revoke_others(&mut self, session: usize) -> Answer {
        let account = self.member(session)?;
        self.end_sessions(account, Some(session));
        Ok(())
    }

    pub fn forgot(&mut self, email: usize) -> Option<Issued> {
        let newest = (0..self.accounts.len()).rev().find(|&i| {
            let account = &self.accounts[i];
            !account.is_gone && account.email == email && account.registered > self.now - DAY
        });
        let account = self.owner(email).or(newest)?;
        Some(self.issue(Purpose::Reset, account, email))
    }

    pub fn reset(&mut self, token: usize, password: usize) -> Answer {
        let account = self.open(token, Purpose::Reset)?;
        if !self.accounts[account].is_verified {
            self.prove(account, token)?;
        }
        self.accounts[account].password = password;
        self.end_sessions(account, None);
        self.kill_tokens(account, |_| true);
        Ok(())
    }

    pub fn change_password(&mut self, session: usize, current: usize, new: usize) -> Answer {
        let account = self.member(session)?;
        self.password(account, current)?;
        if current == new {
            return Err("password:unchanged");
        }
        self.accounts[account].password = new;
        self.sessions[session].authenticated = self.now;
        self.end_sessions(account, Some(session));
        self.kill_tokens(account, |_| true);
        Ok(())
    }

    pub fn again_by_password(&mut self, session: usize, password: usize) -> Answer {
        let account = self.member(session)?;
        self.password(account, password)?;
        self.sessions[session].authenticated = self.now;
        Ok(())
    }

    pub fn change_email(&mut self, session: usize, new: usize, password: usize) -> Answer<Issued> {
        let account = self.present(session)?;
        let is_verified = self.accounts[account].is_verified;
        if is_verified {
            self.recent(session)?;
        }
        self.password(account, password)?;
        if self.accounts[account].email == new {
            return Err("email:unchanged");
        }
        if !is_verified {
            self.accounts[account].email = new;
            self.kill_tokens(account, |_| true);
            return Ok(self.proof(account, new));
        }
        let mut issued = self.issue(Purpose::ChangeEmail, account, new);
        issued.session = Some(session);
        issued.has_text = self.owner(new).is_none();
        Ok(issued)
    }

    pub fn confirm(&mut self, token: usize) -> Answer {
        let account = self.open(token, Purpose::ChangeEmail)?;
        let Token { email, session, .. } = self.tokens[token];
        if self.owner(email).is_some() {
            return Err(TAKEN);
        }
        self.accounts[account].email = email;
        self.end_sessions(account, session);
        self.kill_tokens(account, |_| true);
        Ok(())
    }
}
