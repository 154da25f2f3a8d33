//! What the owner of an account is told of by mail, for it may have been somebody else (ASVS 6.3.5): a sign-in from a
//! place that is not known or after many failures, guessed passwords, and codes guessed behind a right password.
//!
//! Known is where the account was signed in to, or proven by mail, since its password was last changed. The action log
//! tells. A place is an address, or an IPv6 /64: what a client calls itself is for anybody to choose.

use std::collections::HashSet;
use std::net::IpAddr;

use super::action_log::{Action, Client};
use super::caller::{Caller, network};
use super::mail::{self, Message};
use super::{Result, second_factor};
use crate::Services;
use crate::store::Tx;
use crate::store::action_logs::{self, Direction, Filter};
use crate::store::users::User;

/// So many of the account's latest entries are looked at.
const REMEMBERED: i64 = 50;
/// So few mostly tell enough: the last sign-in was from the same place.
const GLANCE: i64 = 4;
/// After so many failures in a row the owner is told of the sign-in from any place.
const MANY: usize = 10;
/// The wrong passwords in a row that the owner is told of: when they are no typing errors any more, and when no
/// password is judged any more.
const TOLD_OF: [i64; 2] = [20, super::throttle::CONSECUTIVE];

/// What the log tells of an account.
#[derive(Debug, Default, PartialEq, Eq)]
struct History {
    known: HashSet<IpAddr>,
    /// Since the last sign-in.
    failures: usize,
    /// The last sign-in is among what was looked at.
    has_sign_in: bool,
}

impl History {
    async fn of(tx: &mut Tx, user: &User, limit: i64) -> Result<Self> {
        let kinds = [
            Action::Login,
            Action::LoginFailed,
            Action::UserVerify,
            Action::PasswordChange,
            Action::PasswordReset,
        ];
        let filter = Filter {
            actor_id: Some(user.id),
            actions: kinds.map(|kind| kind.name().to_owned()).into(),
            ..Filter::default()
        };
        let newest_first = action_logs::page(tx, &filter, None, Direction::Older, limit).await?;
        Ok(Self::read(&newest_first))
    }

    fn read(newest_first: &[action_logs::Action]) -> Self {
        let mut history = Self::default();
        for entry in newest_first {
            if entry.action == Action::LoginFailed.name() {
                history.failures += usize::from(!history.has_sign_in);
                continue;
            }
            history.has_sign_in |= entry.action == Action::Login.name();
            history.known.extend(place(entry));
            let ends = [Action::PasswordChange, Action::PasswordReset];
            if ends.iter().any(|end| entry.action == end.name()) {
                break;
            }
        }
        history
    }
}

fn place(entry: &action_logs::Action) -> Option<IpAddr> {
    let client: Client = serde_json::from_str(entry.private_data.as_deref()?).ok()?;
    Some(network(client.address.parse().ok()?))
}

/// Tells the owner of a sign-in that is about to be logged, if there is something about it.
pub async fn signed_in(s: &Services, tx: &mut Tx, caller: &Caller, user: &User) -> Result<()> {
    let place = network(caller.address);
    let mut history = History::of(tx, user, GLANCE).await?;
    if !history.has_sign_in || !history.known.contains(&place) {
        history = History::of(tx, user, REMEMBERED).await?;
    }
    let failures = history.failures;
    if history.known.contains(&place) && failures < MANY {
        return Ok(());
    }
    let message = Message::SignedIn {
        address: caller.address.to_string(),
        at: s.clock.now(),
        failures: Some(failures).filter(|failures| *failures >= MANY),
    };
    mail::send(s, tx, user, message, None).await
}

/// Tells the owner of wrong passwords, the so many-th of them in a row just now, where that is worth a mail.
pub async fn wrong_password(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: &User,
    count: i64,
) -> Result<()> {
    if !TOLD_OF.contains(&count) {
        return Ok(());
    }
    let message = Message::PasswordGuessed {
        count,
        address: caller.address.to_string(),
        is_judged: count < super::throttle::CONSECUTIVE,
    };
    mail::send(s, tx, user, message, None).await
}

/// Tells the owner of a sign-in whose first step was right and whose codes were all wrong, when no more are judged.
pub async fn wrong_codes(
    s: &Services,
    tx: &mut Tx,
    caller: &Caller,
    user: &User,
    attempts: i64,
) -> Result<()> {
    if attempts < second_factor::PER_SIGN_IN {
        return Ok(());
    }
    let message = Message::SecondFactorFailed {
        address: caller.address.to_string(),
        at: s.clock.now(),
    };
    mail::send(s, tx, user, message, None).await
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn entry(action: Action, address: &str) -> action_logs::Action {
        let client = format!(r#"{{"address":"{address}","user_agent":""}}"#);
        action_logs::Action {
            position: 1,
            id: Uuid::nil().into(),
            action: action.name().into(),
            actor_id: None,
            resource_type: "user".into(),
            resource_id: None,
            public: false,
            data: "{}".into(),
            private_data: Some(client),
            request_id: String::new(),
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn read(entries: &[(Action, &str)]) -> (Vec<String>, usize) {
        let entries: Vec<_> = entries.iter().map(|(a, at)| entry(*a, at)).collect();
        let History {
            known, failures, ..
        } = History::read(&entries);
        let mut known: Vec<_> = known.iter().map(ToString::to_string).collect();
        known.sort();
        (known, failures)
    }

    /// SECURITY: 6.3.5.
    #[test]
    fn places_are_known_since_the_last_change_of_the_password() {
        use Action::{Login, LoginFailed, PasswordReset, UserVerify};
        let (known, failures) = read(&[
            (LoginFailed, "203.0.113.66"),
            (LoginFailed, "203.0.113.67"),
            (Login, "198.51.100.7"),
            (LoginFailed, "203.0.113.68"),
            (Login, "2001:db8:1:2:3:4:5:6"),
            (PasswordReset, "198.51.100.8"),
            (Login, "203.0.113.9"),
        ]);
        assert_eq!(known, ["198.51.100.7", "198.51.100.8", "2001:db8:1:2::"]);
        assert_eq!(failures, 2);
        assert_eq!(
            read(&[(UserVerify, "192.0.2.1")]),
            (vec!["192.0.2.1".into()], 0)
        );
        assert_eq!(read(&[(Login, "nowhere")]), (vec![], 0));
    }
}
