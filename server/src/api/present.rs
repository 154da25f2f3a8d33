//! From domain types to contract types.

use contract::models;

use crate::Services;
use crate::domain::action_log::{Client, Facts};
use crate::domain::image::Stored;
use crate::domain::oauth::Signup;
use crate::domain::session::Opened;
use crate::domain::sign_in::Outcome;
use crate::domain::types::UserId;
use crate::store::action_logs::Action;
use crate::store::users::User;

pub fn current_user(s: &Services, user: &User) -> models::CurrentUser {
    models::CurrentUser {
        id: user.id.uuid(),
        handle: user.handle.as_str().to_owned(),
        display_name: user.display_name.clone(),
        email: user.email.as_str().to_owned(),
        email_verified: user.verified_at.is_some(),
        bio: user.bio.clone(),
        profile_image_url: user.profile_image.as_deref().map(|key| image_url(s, key)),
        banner_image_url: user.banner_image.as_deref().map(|key| image_url(s, key)),
        has_password: user.password_hash.is_some(),
        totp_enabled: user.totp_enabled_at.is_some(),
        created_at: user.created_at,
        updated_at: user.updated_at,
    }
}

pub fn public_user(s: &Services, user: &User) -> models::PublicUser {
    models::PublicUser {
        id: user.id.uuid(),
        handle: user.handle.as_str().to_owned(),
        display_name: user.display_name.clone(),
        bio: user.bio.clone(),
        profile_image_url: user.profile_image.as_deref().map(|key| image_url(s, key)),
        banner_image_url: user.banner_image.as_deref().map(|key| image_url(s, key)),
        created_at: user.created_at,
    }
}

/// Where a stored picture is served from.
pub fn image_url(s: &Services, key: &str) -> String {
    let (base, folder) = match &s.config.storage.public_url {
        Some(base) => (base.clone(), ""),
        None => (s.config.public_url(), "/media"),
    };
    format!("{}{folder}/{key}", base.as_str().trim_end_matches('/'))
}

pub fn stored_image(s: &Services, stored: &Stored) -> models::StoredImage {
    let pixels = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
    models::StoredImage {
        url: image_url(s, stored.key.as_str()),
        width: pixels(stored.size.width),
        height: pixels(stored.size.height),
        content_type: "image/webp".to_owned(),
        bytes: i64::try_from(stored.bytes).unwrap_or(i64::MAX),
    }
}

pub fn sign_in(s: &Services, outcome: &Outcome) -> models::SignInResult {
    match outcome {
        Outcome::Authenticated(opened) => authenticated(s, opened),
        Outcome::TotpRequired {
            temp_token,
            expires_at,
        } => models::SignInResult {
            temp_token: Some(temp_token.expose().to_string()),
            expires_at: Some(*expires_at),
            ..blank(models::SignInStatus::TotpRequired)
        },
    }
}

pub fn authenticated(s: &Services, opened: &Opened) -> models::SignInResult {
    models::SignInResult {
        user: Some(current_user(s, &opened.session.user)),
        ..blank(models::SignInStatus::Authenticated)
    }
}

pub fn signup_required(signup: Signup) -> models::SignInResult {
    let suggestion = models::SignupSuggestion {
        email: signup.suggestion.email.as_str().to_owned(),
        handle: signup.suggestion.handle,
        display_name: signup
            .suggestion
            .display_name
            .map(|name| name.as_str().to_owned()),
    };
    models::SignInResult {
        pending_token: Some(signup.pending_token.expose().to_string()),
        expires_at: Some(signup.expires_at),
        suggestion: Some(suggestion),
        ..blank(models::SignInStatus::SignupRequired)
    }
}

fn blank(status: models::SignInStatus) -> models::SignInResult {
    models::SignInResult {
        status,
        user: None,
        temp_token: None,
        pending_token: None,
        expires_at: None,
        suggestion: None,
    }
}

/// An entry for everybody: facts of a public profile, and nothing else that the log may hold.
pub fn public_action(s: &Services, row: &Action) -> Option<models::ActionLogEntry> {
    let entry = action(s, row)?;
    row.public.then_some(models::ActionLogEntry {
        data: models::ActionData {
            provider: None,
            method: None,
            ..entry.data
        },
        ..entry
    })
}

/// An entry for the owner of the account.
pub fn own_action(s: &Services, row: &Action) -> Option<models::ActionLogEntry> {
    let client = row.private_data.as_deref();
    let client = client.and_then(|json| serde_json::from_str::<Client>(json).ok());
    Some(models::ActionLogEntry {
        client: client.map(|client| models::ActionClient {
            address: client.address,
            user_agent: client.user_agent,
        }),
        ..action(s, row)?
    })
}

/// None for an entry that this version cannot read, such as one that a newer one has written.
fn action(s: &Services, row: &Action) -> Option<models::ActionLogEntry> {
    let parsed = (
        models::ActionKind::parse(&row.action),
        models::ResourceType::parse(&row.resource_type),
        serde_json::from_str::<Facts>(&row.data).ok(),
    );
    let (Some(action), Some(resource_type), Some(facts)) = parsed else {
        tracing::error!(id = %row.id, action = row.action, "an entry of the action log is left out");
        return None;
    };
    Some(models::ActionLogEntry {
        id: row.id.uuid(),
        action,
        actor_id: row.actor_id.map(UserId::uuid),
        resource_type,
        resource_id: row.resource_id,
        data: models::ActionData {
            image_url: facts.image_key.as_deref().map(|key| image_url(s, key)),
            image: parsed_by(facts.image, models::ImageKind::parse),
            provider: parsed_by(facts.provider, models::OauthProvider::parse),
            method: parsed_by(facts.method, models::SignInMethod::parse),
            fields: Some(facts.fields).filter(|fields| !fields.is_empty()),
            handle: facts.handle,
            display_name: facts.display_name,
        },
        client: None,
        created_at: row.created_at,
    })
}

fn parsed_by<T>(text: Option<String>, parse: fn(&str) -> Option<T>) -> Option<T> {
    text.as_deref().and_then(parse)
}
