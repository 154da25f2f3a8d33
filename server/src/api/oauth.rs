//! Tag `oauth`: sign-in with Google and GitHub, and the identities linked to an account.

use contract::apis::oauth::*;
use contract::models;
use contract::rt::RequestContext;

use super::{Accord, caller, cookie, parse, present};
use crate::domain::oauth::{self, Callback, Flow, Provider, Resolved, account, connections};
use crate::domain::session::Session;
use crate::domain::sign_in::Outcome;
use crate::domain::{Error, Result};
use crate::store::oauth_connections::Connection;

impl Oauth for Accord {
    async fn authorize_google(
        &self,
        context: RequestContext,
        session: Option<Session>,
        query: AuthorizeGoogleQuery,
    ) -> Result<AuthorizeGoogleResponse> {
        let begun = self
            .authorize(&context, Provider::Google, query.flow, session)
            .await?;
        Ok(AuthorizeGoogleResponse::Ok(begun))
    }

    async fn authorize_github(
        &self,
        context: RequestContext,
        session: Option<Session>,
        query: AuthorizeGithubQuery,
    ) -> Result<AuthorizeGithubResponse> {
        let begun = self
            .authorize(&context, Provider::Github, query.flow, session)
            .await?;
        Ok(AuthorizeGithubResponse::Ok(begun))
    }

    async fn login_with_google(
        &self,
        context: RequestContext,
        body: models::OauthLoginRequest,
    ) -> Result<LoginWithGoogleResponse> {
        let result = self.login_with(&context, Provider::Google, body).await?;
        Ok(LoginWithGoogleResponse::Ok(result))
    }

    async fn login_with_github(
        &self,
        context: RequestContext,
        body: models::OauthLoginRequest,
    ) -> Result<LoginWithGithubResponse> {
        let result = self.login_with(&context, Provider::Github, body).await?;
        Ok(LoginWithGithubResponse::Ok(result))
    }

    async fn link_google(
        &self,
        context: RequestContext,
        session: Session,
        body: models::OauthLinkRequest,
    ) -> Result<LinkGoogleResponse> {
        let linked = self
            .link(&context, &session, Provider::Google, body)
            .await?;
        Ok(LinkGoogleResponse::Ok(linked))
    }

    async fn link_github(
        &self,
        context: RequestContext,
        session: Session,
        body: models::OauthLinkRequest,
    ) -> Result<LinkGithubResponse> {
        let linked = self
            .link(&context, &session, Provider::Github, body)
            .await?;
        Ok(LinkGithubResponse::Ok(linked))
    }

    async fn complete_signup(
        &self,
        context: RequestContext,
        body: models::CompleteSignupRequest,
    ) -> Result<CompleteSignupResponse> {
        let s = self.services();
        let handle = parse::handle("handle", &body.handle)?;
        let name = body
            .display_name
            .map(|name| parse::display_name("display_name", &name))
            .transpose()?;
        let binding = cookie::oauth_binding(s, &context);
        let opened = account::complete_signup(
            s,
            &caller(&context),
            binding,
            &body.pending_token,
            &handle,
            name,
        )
        .await?;
        cookie::set_session(s, &context, &opened);
        cookie::clear_oauth_binding(s, &context);
        Ok(CompleteSignupResponse::Created(present::authenticated(
            s, &opened,
        )))
    }

    async fn list_oauth_connections(
        &self,
        _: RequestContext,
        session: Session,
    ) -> Result<ListOauthConnectionsResponse> {
        let linked = connections::list(self.services(), &session).await?;
        let items: Result<_> = linked.into_iter().map(connection).collect();
        Ok(ListOauthConnectionsResponse::Ok(
            models::OauthConnectionList { items: items? },
        ))
    }

    async fn unlink_oauth_connection(
        &self,
        context: RequestContext,
        session: Session,
        body: models::UnlinkOauthRequest,
    ) -> Result<UnlinkOauthConnectionResponse> {
        let provider = match body.provider {
            models::OauthProvider::Google => Provider::Google,
            models::OauthProvider::Github => Provider::Github,
        };
        connections::unlink(self.services(), &caller(&context), &session, provider).await?;
        Ok(UnlinkOauthConnectionResponse::NoContent)
    }
}

impl Accord {
    async fn authorize(
        &self,
        context: &RequestContext,
        provider: Provider,
        flow: models::OauthFlow,
        session: Option<Session>,
    ) -> Result<models::OauthAuthorization> {
        let s = self.services();
        let flow = match flow {
            models::OauthFlow::Login => Flow::Login,
            models::OauthFlow::Link => Flow::Link,
        };
        let binding = cookie::oauth_binding(s, context);
        let begun = oauth::begin(s, provider, flow, session.as_ref(), binding).await?;
        cookie::set_oauth_binding(s, context, &begun.binding, begun.expires_at);
        Ok(models::OauthAuthorization {
            authorization_url: begun.url.into(),
            state: begun.state.expose().to_string(),
            expires_at: begun.expires_at,
        })
    }

    async fn login_with(
        &self,
        context: &RequestContext,
        provider: Provider,
        body: models::OauthLoginRequest,
    ) -> Result<models::SignInResult> {
        let s = self.services();
        let callback = Callback {
            code: body.code,
            state: body.state,
            issuer: body.iss,
        };
        let binding = cookie::oauth_binding(s, context);
        let resolved = account::login(
            s,
            &caller(context),
            provider,
            binding,
            callback,
            body.remember_me,
        )
        .await?;
        match resolved {
            Resolved::SignedIn(outcome) => {
                if let Outcome::Authenticated(opened) = &outcome {
                    cookie::set_session(s, context, opened);
                }
                cookie::clear_oauth_binding(s, context);
                Ok(present::sign_in(s, &outcome))
            }
            Resolved::SignupRequired(signup) => {
                cookie::set_oauth_binding(s, context, &signup.binding, signup.expires_at);
                Ok(present::signup_required(signup))
            }
        }
    }

    async fn link(
        &self,
        context: &RequestContext,
        session: &Session,
        provider: Provider,
        body: models::OauthLinkRequest,
    ) -> Result<models::OauthConnection> {
        let s = self.services();
        let callback = Callback {
            code: body.code,
            state: body.state,
            issuer: body.iss,
        };
        let binding = cookie::oauth_binding(s, context);
        let caller = caller(context);
        let linked = connections::link(s, &caller, session, provider, binding, callback).await?;
        cookie::clear_oauth_binding(s, context);
        connection(linked)
    }
}

fn connection(linked: Connection) -> Result<models::OauthConnection> {
    let provider = match Provider::named(&linked.provider) {
        Some(Provider::Google) => models::OauthProvider::Google,
        Some(Provider::Github) => models::OauthProvider::Github,
        None => return Err(Error::internal("a linked identity of an unknown provider")),
    };
    Ok(models::OauthConnection {
        provider,
        email: linked.email,
        display_name: linked.display_name,
        linked_at: linked.created_at,
    })
}
