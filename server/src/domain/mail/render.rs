//! One layout for all mails: minijinja fills MJML and plain text, mrml makes HTML that mail programs show.

use minijinja::{AutoEscape, Environment};
use url::Url;

use super::{Letter, message::Content};
use crate::domain::{Error, Result};

/// A mail as it is sent.
#[derive(Debug, Clone)]
pub struct Rendered {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
    /// What the text links to, in order.
    pub links: Vec<String>,
}

/// The layouts, parsed once.
#[derive(Debug)]
pub struct Layout(Environment<'static>);

impl Layout {
    /// Both layouts are part of the binary, so a broken one shows in the first test.
    pub fn new() -> Result<Self> {
        let mut env = Environment::new();
        env.set_auto_escape_callback(|name| {
            if name.ends_with(".mjml") {
                AutoEscape::Html
            } else {
                AutoEscape::None
            }
        });
        env.add_template(
            "mail.mjml",
            include_str!("../../../assets/mail/layout.mjml"),
        )
        .map_err(Error::internal)?;
        env.add_template("mail.txt", include_str!("../../../assets/mail/layout.txt"))
            .map_err(Error::internal)?;
        Ok(Self(env))
    }

    pub fn render(&self, letter: &Letter, frontend: &Url) -> Result<Rendered> {
        let content = letter.message.content(&letter.name, frontend);
        let mjml = self.fill("mail.mjml", &content)?;
        let parsed = mrml::parse(mjml).map_err(|error| Error::internal(error.to_string()))?;
        let html = parsed
            .element
            .render(&Default::default())
            .map_err(|error| Error::internal(error.to_string()))?;
        let text = self.fill("mail.txt", &content)?;
        let links = content
            .action
            .into_iter()
            .map(|action| action.url)
            .collect();
        Ok(Rendered {
            to: letter.to.clone(),
            subject: content.subject,
            text,
            html,
            links,
        })
    }

    fn fill(&self, template: &str, content: &Content) -> Result<String> {
        self.0
            .get_template(template)
            .and_then(|template| template.render(minijinja::value::Serde(content)))
            .map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mail::Message;

    fn render(name: &str, message: Message) -> Rendered {
        let letter = Letter {
            to: "ada@example.com".into(),
            name: name.into(),
            message,
        };
        Layout::new()
            .unwrap()
            .render(&letter, &"https://app.example/base/".parse().unwrap())
            .unwrap()
    }

    /// SECURITY: 1.3.7, 1.3.10, 1.1.2.
    #[test]
    fn names_are_escaped_in_html_and_verbatim_in_text() {
        let (token, new_email) = (
            "t0ken-_".to_owned(),
            "{{7*7}}&'%s{0}@example.com".to_owned(),
        );
        for message in [
            Message::VerifyEmail {
                token: token.clone(),
            },
            Message::ResetPassword {
                token: token.clone(),
            },
            Message::ConfirmEmailChange { token },
            Message::EmailChangeRequested {
                new_email: new_email.clone(),
            },
            Message::EmailChanged { new_email },
            Message::AlreadyRegistered,
            Message::PasswordChanged,
        ] {
            let mail = render("<b>&\"{{7*7}}${7*7}%s{0}", message);
            assert!(mail.text.contains("<b>&\"{{7*7}}${7*7}%s{0}"));
            assert!(!mail.html.contains("<b>&"));
            assert!(mail.html.contains("&lt;b&gt;&amp;"));
            assert!(mail.html.contains("{{7*7}}") && !mail.html.contains("49"));
        }
    }

    /// SECURITY: 1.2.2, 14.2.1.
    #[test]
    fn links_stand_below_the_frontend_with_the_token_in_the_fragment() {
        let mail = render(
            "Ada",
            Message::VerifyEmail {
                token: "t0ken-_".into(),
            },
        );
        assert_eq!(
            mail.links,
            ["https://app.example/base/verify-email#token=t0ken-_"]
        );
        assert!(mail.text.contains(&mail.links[0]));
        // Escaped as attribute text.
        assert!(mail.html.replace("&#x2f;", "/").contains(&mail.links[0]));
    }
}
