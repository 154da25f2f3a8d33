//! The way out: one SMTP relay, over lettre.

use std::fmt;

use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};

use super::Rendered;
use crate::config::{self, SmtpTls};

/// Connections kept to the relay at most.
const CONNECTIONS: u32 = 4;
/// Replies that refuse us and not the mail (RFC 4954): another try after the operator's mending may succeed.
const AUTHENTICATION: [u16; 5] = [530, 534, 535, 538, 432];

/// A relay that mails are handed to.
pub struct Relay {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why a mail was not handed over.
#[derive(Debug)]
pub enum Failure {
    /// It may be taken later.
    Passing(String),
    /// It will never be taken.
    Permanent(String),
}

impl Relay {
    /// A relay as configured; connects when there is something to send. `None` without a host.
    ///
    /// # Errors
    /// When host or sender are malformed.
    pub fn new(config: &config::Smtp) -> anyhow::Result<Option<Self>> {
        let (Some(host), Some(from)) = (&config.host, &config.from) else {
            return Ok(None);
        };
        let builder = match config.tls {
            SmtpTls::None => AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host),
            SmtpTls::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(host)?,
            SmtpTls::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(host)?,
        };
        let mut builder = builder
            .port(config.port())
            .timeout(Some(*config.timeout))
            .pool_config(PoolConfig::new().max_size(CONNECTIONS));
        if let (Some(user), Some(password)) = (&config.username, &config.password) {
            let credentials = Credentials::new(user.clone(), password.expose().to_owned());
            builder = builder.credentials(credentials);
        }
        Ok(Some(Self {
            transport: builder.build(),
            from: from.parse()?,
        }))
    }

    /// Whether the mail server lets us in. Sends nothing.
    ///
    /// # Errors
    /// Why not, for the operator.
    pub async fn check(&self) -> Result<(), String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the mail server does not answer as one".to_owned()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Hands a mail over. The message id stays the same from try to try, so that a mail whose acknowledgement got
    /// lost is recognised as the same.
    pub async fn send(&self, mail: &Rendered, message_id: &str) -> Result<(), Failure> {
        let to: Address = mail.to.parse().map_err(permanent)?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&mail.subject)
            .message_id(Some(message_id.to_owned()))
            .header(AutoSubmitted)
            .multipart(MultiPart::alternative_plain_html(
                mail.text.clone(),
                mail.html.clone(),
            ))
            .map_err(permanent)?;
        self.transport
            .send(message)
            .await
            .map(drop)
            .map_err(|error| judge(&error))
    }
}

fn permanent(error: impl fmt::Display) -> Failure {
    Failure::Permanent(error.to_string())
}

fn judge(error: &SmtpError) -> Failure {
    let status = error.status().map(u16::from);
    let refused_us = status.is_some_and(|status| AUTHENTICATION.contains(&status));
    match error.is_permanent() && !refused_us {
        true => Failure::Permanent(error.to_string()),
        false => Failure::Passing(error.to_string()),
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay").finish_non_exhaustive()
    }
}

/// `Auto-Submitted: auto-generated` (RFC 3834): no vacation notices in return.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
