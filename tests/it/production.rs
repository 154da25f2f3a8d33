//! What is different in front of real users.

use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        the_session_cookie_is_guarded,
        a_cookie_domain_is_said_and_guarded,
        details_are_for_developers_only,
        browsers_are_told_to_stay_on_https,
        nothing_of_development_is_served,
        an_internal_error_tells_nothing_of_the_inside,
        the_cookie_of_a_trip_is_guarded,
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

/// SECURITY: 3.3.1, 3.3.2, 3.3.3, O-2.
async fn the_cookie_of_a_trip_is_guarded(stage: Stage) {
    let setup = Setup::default().in_production().configured(|config| {
        config.oauth.github.client_id = Some("accord".into());
        config.oauth.github.client_secret = Some(accord_server::config::Secret::new("of the test"));
    });
    let server = stage.server_with(setup).await;
    let begun = server.raw(Method::GET, "/v0/auth/oauth/github/authorize");
    let answer = begun.send().await;
    let cookie = contract_tests::answer::Cookie::parse(answer.header("set-cookie"));
    assert_eq!(cookie.name, "__Host-oauth_binding");
    assert_eq!(
        cookie.attributes,
        ["httponly", "max-age", "path", "samesite", "secure"]
    );
    assert_eq!(cookie.attribute("samesite"), Some("Lax"));
    let url = answer.json()["authorization_url"].clone();
    assert!(
        url.as_str()
            .is_some_and(|url| url.starts_with("https://github.com/")),
        "{url}"
    );
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
    for (method, target) in [
        (Method::GET, "/health-check"),
        (Method::GET, "/nowhere"),
        (Method::PUT, "/health-check"),
        (Method::GET, "/v0/user/me"),
        (Method::POST, "/v0/auth/login"),
    ] {
        let answer = server.raw(method, target).send().await;
        let policy = answer.header("strict-transport-security");
        let age = policy.strip_prefix("max-age=");
        let age = age.and_then(|rest| rest.split(';').next()?.parse().ok());
        assert!(
            age.is_some_and(|age: u64| age >= 365 * 24 * 3600),
            "{policy}"
        );
        assert!(policy.contains("includeSubDomains"), "{target}: {policy}");
    }
    let development = stage.server().await.example_of("health_check").send().await;
    assert_eq!(development.header("strict-transport-security"), "");
}

/// SECURITY: 13.4.1, 13.4.2, 13.4.3, 13.4.5, 13.4.6, 3.4.8.
async fn nothing_of_development_is_served(stage: Stage) {
    let server = in_production(&stage).await;
    for path in [
        "/.git/HEAD",
        "/.env",
        "/metrics",
        "/media",
        "/media/",
        "/debug",
        "/docs/errors",
        "/docs",
        "/docs/",
        "/swagger.json",
        "/openapi.yaml",
        "/dev/mailbox",
        "/dev/mailbox/messages",
    ] {
        let answer = server.raw(Method::GET, path).send().await;
        assert_eq!(answer.outcome(), (404, "request:unknown_path"), "{path}");
        assert!(answer.json().get("details").is_none(), "{answer}");
    }
}

/// SECURITY: 16.5.1, E-3; a database that fails is told as such, and no more.
async fn an_internal_error_tells_nothing_of_the_inside(stage: Stage) {
    let (development, production) = (stage.server().await, in_production(&stage).await);
    for server in [&development, &production] {
        let person = Person::new();
        server.break_the_database().await;
        let body =
            json!({ "email": person.email, "handle": person.handle, "password": person.password });
        for request in [
            server.example_of("create_user").json(&body),
            server
                .example_of("login")
                .json(&json!({ "email": person.email, "password": person.password })),
            server.example_of("search_users"),
            server.example_of("get_me").bearer(&"A".repeat(43)),
        ] {
            let answer = request.send().await;
            assert_eq!(answer.outcome(), (500, "system:internal"));
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            for inner in [
                "SELECT",
                "INSERT",
                "broken_",
                ".rs",
                "/dev/shm",
                "panicked",
                &person.email,
                &person.password,
            ] {
                assert!(!text.contains(inner), "{inner} in {text}");
            }
        }
    }
    let told = production.example_of("search_users").send().await.json();
    let mut names: Vec<_> = told.as_object().expect("an object").keys().collect();
    names.sort_unstable();
    assert_eq!(names, ["code", "request_id", "status"]);
}
