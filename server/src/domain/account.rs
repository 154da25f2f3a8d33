//! Registration, proving the address, and the profile.

use super::action_log::{self, Action, Entry};
use super::caller::Caller;
use super::mail::{self, Message};
use super::session::{self, Opened, Session};
use super::token::Purpose;
use super::types::{Bio, DisplayName, Email, Handle, Password, Patch, UserId};
use super::{Error, Result, limits, password, token};
use crate::Services;
use crate::store::tokens::Token;
use crate::store::users::{self, NewUser, User};
use crate::store::{self, Tx};

/// What a person registers with.
#[derive(Debug)]
pub struct Registration {
    pub email: Email,
    pub handle: Handle,
    pub password: Password,
    pub display_name: Option<DisplayName>,
}

/// Registers an unverified user with a limited session. Answers alike for taken and free addresses (SECURITY D3).
///
/// # Errors
/// `user:handle_reserved`, `user:handle_already_exists`, `password:too_weak`
pub async fn register(s: &Services, caller: &Caller, new: Registration) -> Result<Opened> {
    // By the mailbox that a mail will go to, whether it has an account or not.
    let counted = limits::account(s, "register", &new.email.mailbox()).await?;
    let registered = create(s, caller, new).await;
    counted.done(s, &registered).await;
    registered
}

async fn create(s: &Services, caller: &Caller, new: Registration) -> Result<Opened> {
    if new.handle.is_reserved() {
        return Err(Error::HandleReserved);
    }
    password::check_strength(s, &new.password, &new.handle, &new.email).await?;
    // Cheap and early, so that a taken handle costs no hash; the unique index decides below.
    if handle_is_taken(s, &new.handle).await? {
        return Err(Error::HandleExists);
    }
    let password_hash = s.hasher.hash(&new.password).await?;

    let now = s.clock.now();
    let user = NewUser {
        id: UserId::new(now, &*s.entropy),
        handle: &new.handle,
        display_name: new
            .display_name
            .as_ref()
            .map_or(new.handle.as_str(), DisplayName::as_str),
        email: &new.email,
        password_hash: Some(&password_hash),
        verified_at: None,
        created_at: now,
    };
    let mut tx = s.db.write().await?;
    users::free_handle(&mut tx, &new.handle, now - *s.config.tokens.verification).await?;
    let user = insert(&mut tx, &user).await?;
    send_proof(s, &mut tx, &user, &new.email).await?;
    let opened = session::open(s, &mut tx, caller, user, false).await?;
    action_log::append(
        s,
        &mut tx,
        [Entry::own(
            Action::UserRegister,
            &opened.session.user,
            caller,
        )],
    )
    .await?;
    tx.commit().await?;
    s.events.committed();
    Ok(opened)
}

/// Inserts a user; the unique index decides between registrations of one handle.
///
/// # Errors
/// `user:handle_already_exists`
pub async fn insert(tx: &mut Tx, new: &NewUser<'_>) -> Result<User> {
    users::insert(tx, new).await.map_err(taken)?;
    users::by_id(tx, new.id)
        .await?
        .ok_or_else(|| Error::internal("the new user is gone"))
}

async fn handle_is_taken(s: &Services, handle: &Handle) -> Result<bool> {
    let reserved_since = s.clock.now() - *s.config.tokens.verification;
    let mut tx = s.db.read().await?;
    Ok(users::handle_is_taken(&mut tx, handle, reserved_since).await?)
}

/// The mail that proves an address, or tells its owner that it has an account. Same work either way.
pub async fn send_proof(s: &Services, tx: &mut Tx, user: &User, email: &Email) -> Result<()> {
    let lifetime = *s.config.tokens.verification;
    let token = token::issue(
        s,
        tx,
        Purpose::VerifyEmail,
        Some(user.id),
        Some(email),
        lifetime,
    )
    .await?;
    let message = match users::verified_by_email(tx, email).await? {
        None => Message::VerifyEmail {
            token: token.expose().to_string(),
        },
        Some(_) => Message::AlreadyRegistered,
    };
    mail::send_to(s, tx, user, email.as_str(), message, Some(lifetime)).await
}

/// Proves the address of a registration.
///
/// # Errors
/// `token:invalid`, `user:email_already_exists`
pub async fn verify_email(s: &Services, caller: &Caller, presented: &str) -> Result<()> {
    let mut tx = s.db.write().await?;
    let proof = token::consume(s, &mut tx, Purpose::VerifyEmail, presented).await?;
    let user = prove(s, &mut tx, &proof).await?;
    action_log::append(s, &mut tx, proven(&user, caller)).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(())
}

/// What the log says of a registration that became an account.
pub fn proven(user: &User, caller: &Caller) -> [Entry; 2] {
    [
        Entry::profile(Action::UserCreate, user, caller),
        Entry::own(Action::UserVerify, user, caller),
    ]
}

/// What a violated unique index of `users` means.
pub fn taken(error: store::Error) -> Error {
    match error {
        error if error.violates(users::UNIQUE_HANDLE) => Error::HandleExists,
        error if error.violates(users::UNIQUE_EMAIL) => Error::EmailExists,
        other => other.into(),
    }
}

/// Marks a registration verified; from here on its address is its own. What was sent to an earlier address of the
/// registration proves nothing.
pub async fn prove(s: &Services, tx: &mut Tx, proof: &Token) -> Result<User> {
    let (id, address) = (proof.owner()?, proof.address()?);
    if !users::mark_verified(tx, id, &address, s.clock.now())
        .await
        .map_err(taken)?
    {
        return Err(Error::TokenInvalid);
    }
    users::by_id(tx, id).await?.ok_or(Error::TokenInvalid)
}

/// Sends the verification mail again; the earlier token stops working.
///
/// # Errors
/// `email:already_verified`
pub async fn resend_verification(s: &Services, session: &Session) -> Result<()> {
    if session.user.verified_at.is_some() {
        return Err(Error::EmailAlreadyVerified);
    }
    let counted = limits::account(s, "mail", &session.user.email.mailbox()).await?;
    let sent = send_proof_again(s, &session.user).await;
    counted.done(s, &sent).await;
    sent
}

async fn send_proof_again(s: &Services, user: &User) -> Result<()> {
    let mut tx = s.db.write().await?;
    send_proof(s, &mut tx, user, &user.email).await?;
    Ok(tx.commit().await?)
}

/// The public profile by handle; unverified registrations have none.
///
/// # Errors
/// `user:not_found`
pub async fn profile_by_handle(s: &Services, handle: &Handle) -> Result<User> {
    let mut tx = s.db.read().await?;
    public(users::by_handle(&mut tx, handle).await?)
}

/// The public profile by id.
///
/// # Errors
/// `user:not_found`
pub async fn profile_by_id(s: &Services, id: UserId) -> Result<User> {
    let mut tx = s.db.read().await?;
    public(users::by_id(&mut tx, id).await?)
}

fn public(user: Option<User>) -> Result<User> {
    user.filter(|user| user.verified_at.is_some() && user.disabled_at.is_none())
        .ok_or(Error::UserNotFound)
}

/// Whether a handle can be registered now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Availability {
    Free,
    Taken,
    Reserved,
    Invalid,
}

pub async fn availability(s: &Services, wished: &str) -> Result<Availability> {
    let Ok(handle) = Handle::parse(wished) else {
        return Ok(Availability::Invalid);
    };
    if handle.is_reserved() {
        return Ok(Availability::Reserved);
    }
    Ok(if handle_is_taken(s, &handle).await? {
        Availability::Taken
    } else {
        Availability::Free
    })
}

/// What to change of the own profile.
#[derive(Debug, Default)]
pub struct ProfileChange {
    pub display_name: Option<DisplayName>,
    pub bio: Patch<Bio>,
}

/// Changes the own profile. What stays as it was leaves no trace.
pub async fn update_profile(
    s: &Services,
    caller: &Caller,
    session: &Session,
    change: ProfileChange,
) -> Result<User> {
    let mut tx = s.db.write().await?;
    let before = users::by_id(&mut tx, session.user.id)
        .await?
        .ok_or(Error::SessionRequired)?;
    let change = users::ProfileChange {
        display_name: change.display_name.as_ref().map(DisplayName::as_str),
        bio: change.bio.as_ref().map(Bio::as_str),
        ..users::ProfileChange::default()
    };
    let changed = users::update_profile(&mut tx, before.id, &change, s.clock.now()).await?;
    let user = changed.ok_or(Error::SessionRequired)?;
    let fields = changed_fields(&before, &user);
    if fields.is_empty() {
        return Ok(before);
    }
    let entry = Entry::profile(Action::UserEdit, &user, caller).with(|facts| facts.fields = fields);
    action_log::append(s, &mut tx, [entry]).await?;
    tx.commit().await?;
    s.events.committed();
    Ok(user)
}

fn changed_fields(before: &User, after: &User) -> Vec<String> {
    let mut fields = Vec::new();
    if before.display_name != after.display_name {
        fields.push("display_name".to_owned());
    }
    if before.bio != after.bio {
        fields.push("bio".to_owned());
    }
    fields
}
