//! The second factor.

use super::{Answer, Factor, Guesses, MINUTE, Model, Purpose, WEEK};
use crate::totp::phone::Phone;

impl Model {
    /// Judges a code, unless the account has to pause; so many wrong ones in a row make it pause.
    pub(super) fn guess(&mut self, account: usize, code: &str) -> Answer {
        let (now, account) = (self.now, &mut self.accounts[account]);
        if now < account.guesses.paused {
            return Err("rate_limit:exceeded");
        }
        let is_forgotten = account.guesses.forgotten <= now;
        let count = if is_forgotten {
            0
        } else {
            account.guesses.count
        } + 1;
        let backup = account.codes.iter().position(|known| known == code);
        let (first, phone, last) = match &account.factor {
            Factor::Off => return Err("totp:not_enabled"),
            Factor::Waiting { phone, .. } => (true, phone.clone(), -1),
            Factor::On { phone, last } => (false, phone.clone(), *last),
        };
        let mut steps = now / 30 - 1..=now / 30 + 1;
        let step = steps.find(|step| *step > last && phone.code_of(step.unsigned_abs()) == code);
        match (step, backup) {
            (Some(last), _) => account.factor = Factor::On { phone, last },
            (None, Some(backup)) if !first => drop(account.codes.remove(backup)),
            _ => {
                let pause = MINUTE << (count.saturating_sub(10)).min(6);
                let paused = if count >= 10 { now + pause } else { 0 };
                let forgotten = now + WEEK;
                account.guesses = Guesses {
                    count,
                    forgotten,
                    paused,
                };
                return Err("totp:invalid_code");
            }
        }
        account.guesses = Guesses::default();
        Ok(())
    }

    pub fn set_up(&mut self, session: usize) -> Answer<usize> {
        let account = self.member(session)?;
        self.recent(session)?;
        match self.accounts[account].factor {
            Factor::On { .. } => Err("totp:already_enabled"),
            _ => Ok(account),
        }
    }

    pub fn waits(&mut self, account: usize, phone: Phone) {
        let until = self.now + 10 * MINUTE;
        self.accounts[account].factor = Factor::Waiting { phone, until };
    }

    pub fn enable(&mut self, session: usize, code: &str) -> Answer<usize> {
        let account = self.member(session)?;
        match self.accounts[account].factor {
            Factor::On { .. } => return Err("totp:already_enabled"),
            Factor::Waiting { until, .. } if self.now < until => {}
            _ => return Err("totp:setup_required"),
        }
        self.guess(account, code)?;
        self.end_sessions(account, Some(session));
        Ok(account)
    }

    /// A code that is asked for beside the session.
    fn shown(&mut self, session: usize, code: &str) -> Answer<usize> {
        let account = self.member(session)?;
        match self.accounts[account].factor {
            Factor::On { .. } => self.guess(account, code).map(|()| account),
            _ => Err("totp:not_enabled"),
        }
    }

    pub fn again_by_code(&mut self, session: usize, code: &str) -> Answer {
        self.shown(session, code)?;
        self.sessions[session].authenticated = self.now;
        Ok(())
    }

    pub fn regenerate(&mut self, session: usize, code: &str) -> Answer<usize> {
        self.member(session)?;
        self.recent(session)?;
        self.shown(session, code)
    }

    pub fn disable(&mut self, session: usize, code: &str) -> Answer {
        self.member(session)?;
        self.recent(session)?;
        let account = self.shown(session, code)?;
        self.accounts[account].factor = Factor::Off;
        self.accounts[account].codes.clear();
        self.kill_tokens(account, |token| token.purpose == Purpose::SecondFactor);
        self.end_sessions(account, Some(session));
        Ok(())
    }
}
