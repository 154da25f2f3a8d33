//! What is different in front of real users.

use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        the_session_cookie_is_guarded,
        a_cookie_domain_is_said_and_guarded,
        details_are_for_developers_only,
        browsers_are_told_to_stay_on_https,
        nothing_of_development_is_served,
    ]
}

async fn in_production(stage: &Stage) -> TestServer {
    stage.server_with(Setup::default().in_production()).await
}

/// SECURITY: 3.3.3, 3.3.4, 3.3.1, C-6.
async fn the_session_cookie_is_guarded(stage: Stage) {
    let server = in_production(&stage).await;
    let person = Person::new();
    let body =
        json!({ "email": person.email, "handle": person.handle, "password": person.password });
    let answer = server.example_of("create_user").json(&body).send().await;
    let cookie = answer.session_cookie().expect("a cookie");
    assert_eq!(cookie.name, "__Host-session_id");
    assert_eq!(
        cookie.attributes,
        ["httponly", "path", "samesite", "secure"]
    );
    let me = |name: &str| {
        server
            .example_of("get_me")
            .header("cookie", format!("{name}={}", cookie.value))
            .send()
    };
    assert_eq!(me("__Host-session_id").await.outcome(), (200, "ok"));
    for other in ["session_id", "__host-session_id", "__Secure-session_id"] {
        assert_eq!(
            me(other).await.outcome(),
            (401, "auth:session_required"),
            "{other}"
        );
    }
}

/// SECURITY: 3.3.3; with a domain the cookie reaches its other hosts, and has the prefix that allows for it.
async fn a_cookie_domain_is_said_and_guarded(stage: Stage) {
    let setup = Setup::default()
        .in_production()
        .configured(|config| config.cookie.domain = Some("example.com".into()));
    let server = stage.server_with(setup).await;
    let person = Person::new();
    let body =
        json!({ "email": person.email, "handle": person.handle, "password": person.password });
    let answer = server.example_of("create_user").json(&body).send().await;
    let set = answer.header("set-cookie");
    assert!(set.starts_with("__Secure-session_id="), "{set}");
    assert!(set.contains("; Secure; Domain=example.com"), "{set}");
}

/// SECURITY: 16.5.1, E-3.
async fn details_are_for_developers_only(stage: Stage) {
    let (development, production) = (stage.server().await, in_production(&stage).await);
    let mistaken = async |server: &TestServer| {
        let request = server
            .example_of("login")
            .header("content-type", "text/plain");
        request.send().await.json()
    };
    let (told, untold) = (mistaken(&development).await, mistaken(&production).await);
    assert!(told["details"].is_string(), "{told}");
    assert!(untold.get("details").is_none(), "{untold}");
    let invalid = production.example_of("login").json(&json!({})).send().await;
    assert_eq!(invalid.outcome(), (400, "request:invalid"));
    assert_eq!(invalid.invalid_fields(), ["email", "password"]);
}

/// SECURITY: 4.1.2, 3.4.1.
async fn browsers_are_told_to_stay_on_https(stage: Stage) {
    let server = in_production(&stage).await;
    for target in ["/health-check", "/nowhere", "/v0/user/me"] {
        let answer = server.raw(Method::GET, target).send().await;
        let policy = answer.header("strict-transport-security");
        assert!(
            policy.contains("max-age=") && policy.contains("includeSubDomains"),
            "{target}: {policy:?}"
        );
    }
    let development = stage.server().await.example_of("health_check").send().await;
    assert_eq!(development.header("strict-transport-security"), "");
}

/// SECURITY: 13.4.1, 13.4.2, 13.4.3, 13.4.5, 13.4.6, 3.4.8, 13.4.
async fn nothing_of_development_is_served(stage: Stage) {
    let server = in_production(&stage).await;
    for path in [
        "/docs",
        "/docs/",
        "/swagger.json",
        "/openapi.yaml",
        "/dev/mailbox",
        "/dev/mailbox/messages",
    ] {
        let answer = server.raw(Method::GET, path).send().await;
        assert_eq!(answer.outcome(), (404, "request:unknown_path"), "{path}");
    }
}
