//! The mailbox of a development server: mails that were not sent, for people and for tests.

use std::sync::{Arc, LazyLock};

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use chrono::{DateTime, Utc};
use contract::rt::Problem;
use futures::future::BoxFuture;
use minijinja::{Environment, Value, context};
use serde::Serialize;
use uuid::Uuid;

use super::documents::{self, file};
use super::errors;

/// A mail that was not sent.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    pub id: Uuid,
    pub to: String,
    pub subject: String,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Addresses that the mail asks its reader to open.
    pub links: Vec<String>,
    pub created_at: DateTime<Utc>,
}

/// Where the mails are.
pub trait Mailbox: Send + Sync + 'static {
    /// The newest ones, newest first; to one address, if it is given.
    fn list(&self, to: Option<String>) -> BoxFuture<'_, Result<Vec<Mail>, Problem>>;

    /// One of them.
    fn get(&self, id: Uuid) -> BoxFuture<'_, Result<Option<Mail>, Problem>>;
}

type Shared = State<Arc<dyn Mailbox>>;

/// Refusals become responses by way of the edge, which knows the request's id.
struct Refusal(Problem);

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self(problem)
    }
}

impl From<minijinja::Error> for Refusal {
    fn from(error: minijinja::Error) -> Self {
        Self(Problem::internal().with_details(error.to_string()))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.0.into_response("")
    }
}

/// Routes under /dev/mailbox.
pub fn routes(mailbox: Arc<dyn Mailbox>) -> Router {
    let style = || async {
        let css = include_bytes!("../../assets/dev-mailbox/style.css");
        file("text/css; charset=utf-8", css)
    };
    let script = || async {
        let js = include_bytes!("../../assets/dev-mailbox/app.js");
        file("text/javascript; charset=utf-8", js)
    };
    Router::new()
        .route("/dev/mailbox", get(list))
        .route("/dev/mailbox/style.css", get(style))
        .route("/dev/mailbox/app.js", get(script))
        .route("/dev/mailbox/app/{page}", get(app))
        .route("/dev/mailbox/messages", get(list_json))
        .route("/dev/mailbox/messages/{id}", get(mail_json))
        .route("/dev/mailbox/{id}", get(mail))
        .route("/dev/mailbox/{id}/html", get(mail_html))
        .with_state(mailbox)
}

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, text) in [
        (
            "base.html",
            include_str!("../../assets/dev-mailbox/base.html"),
        ),
        (
            "app.html",
            include_str!("../../assets/dev-mailbox/app.html"),
        ),
        (
            "list.html",
            include_str!("../../assets/dev-mailbox/list.html"),
        ),
        (
            "mail.html",
            include_str!("../../assets/dev-mailbox/mail.html"),
        ),
    ] {
        // Templates that do not parse fail the tests, and their pages.
        let _ = templates.add_template(name, text);
    }
    templates
});

fn render(template: &str, values: Value) -> Result<Response, Refusal> {
    let html = TEMPLATES.get_template(template)?.render(values)?;
    Ok(documents::page(documents::PAGE, html))
}

/// A mail as the pages show it.
fn shown(mail: &Mail) -> Value {
    let links = mail.links.iter().map(|url| {
        let is_web = url.starts_with("http://") || url.starts_with("https://");
        context! { url, is_web }
    });
    context! {
        id => mail.id.to_string(),
        to => &*mail.to,
        subject => &*mail.subject,
        text => &*mail.text,
        html => mail.html.is_some(),
        links => links.collect::<Vec<_>>(),
        created_at => mail.created_at.to_rfc3339(),
        time => mail.created_at.format("%Y-%m-%d %H:%M:%S UTC").to_string(),
    }
}

async fn list(State(mailbox): Shared) -> Result<Response, Refusal> {
    let mails: Vec<Value> = mailbox.list(None).await?.iter().map(shown).collect();
    render("list.html", context! { mails })
}

/// What links in mails lead to while there is no frontend: a page that does what its link asks.
async fn app(Path(page): Path<String>) -> Result<Response, Refusal> {
    let (title, field) = match page.as_str() {
        "verify-email" => ("Verify this address", ""),
        "confirm-email-change" => ("Use this address", ""),
        "reset-password" => ("Set a new password", "new_password"),
        "forgot-password" => ("Ask for a new password", "email"),
        _ => return Err(errors::unknown_path().into()),
    };
    render("app.html", context! { page, title, field })
}

async fn find(mailbox: &dyn Mailbox, id: &str) -> Result<Mail, Refusal> {
    let id: Uuid = id.parse().map_err(|_| errors::unknown_path())?;
    Ok(mailbox.get(id).await?.ok_or_else(errors::unknown_path)?)
}

async fn mail(State(mailbox): Shared, Path(id): Path<String>) -> Result<Response, Refusal> {
    let mail = find(&*mailbox, &id).await?;
    render("mail.html", context! { mail => shown(&mail) })
}

/// The HTML part, for a frame: nothing in it may run, and its links open beside it.
async fn mail_html(State(mailbox): Shared, Path(id): Path<String>) -> Result<Response, Refusal> {
    const POLICY: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; \
        default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; \
        form-action 'none'; frame-ancestors 'self'";
    let mail = find(&*mailbox, &id).await?;
    let html = mail.html.ok_or_else(errors::unknown_path)?;
    let base = "<head><base target=\"_blank\">";
    Ok(documents::page(POLICY, html.replacen("<head>", base, 1)))
}

#[derive(Serialize)]
struct Mails {
    items: Vec<Mail>,
}

/// All mails, or with `?to=` those to one address.
async fn list_json(State(mailbox): Shared, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    let to = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "to");
    let items = mailbox.list(to.map(|(_, to)| to.into_owned())).await?;
    Ok(Json(Mails { items }).into_response())
}

async fn mail_json(State(mailbox): Shared, Path(id): Path<String>) -> Result<Response, Refusal> {
    Ok(Json(find(&*mailbox, &id).await?).into_response())
}
