//! What a client says of itself in headers, and what follows from it: nothing, but by a proxy that is trusted.

use accord_client::types::ActionLogView;
use accord_server::config::{Period, Rate};
use contract_tests::prelude::*;
use contract_tests::raw::RawRequest;

pub fn tests() -> Vec<Case> {
    tests![
        no_header_gets_a_client_another_count,
        behind_a_proxy_the_last_hop_is_counted,
        an_ipv6_network_is_one_client_however_it_is_written,
        the_logged_address_is_nobody_elses_to_say,
        links_are_those_of_the_configuration,
    ]
}

const LIMIT: u32 = 5;
const WRONG: (u16, &str) = (401, "auth:invalid_credentials");
const TOO_MANY: (u16, &str) = (429, "rate_limit:exceeded");

fn limited() -> Setup {
    Setup::default().configured(|config| {
        config.rate_limits.login.per_address = Rate::new(LIMIT, Period::hours(1));
    })
}

fn behind_proxy(setup: Setup) -> Setup {
    setup.configured(|config| config.trusted_proxies = vec!["127.0.0.1/32".parse().expect("a net")])
}

/// How many of some requests are judged; the others are told that they are too many.
async fn judged(requests: impl Iterator<Item = RawRequest>) -> usize {
    let (mut judged, mut refused) = (0, 0);
    for request in requests {
        match request.send().await.outcome() {
            outcome if outcome == WRONG => judged += 1,
            outcome => {
                assert_eq!(outcome, TOO_MANY);
                refused += 1;
            }
        }
    }
    assert!(refused > 0);
    judged
}

/// SECURITY, A7, D7, 4.1.3, 15.3.4.
async fn no_header_gets_a_client_another_count(stage: Stage) {
    const NAMES: [&str; 9] = [
        "x-forwarded-for",
        "x-real-ip",
        "forwarded",
        "cf-connecting-ip",
        "x_forwarded_for",
        "true-client-ip",
        "cookie",
        "user-agent",
        "x-request-id",
    ];
    // A trusted proxy is somebody else.
    let other = limited().configured(|config| {
        config.trusted_proxies = vec!["10.0.0.0/8".parse().expect("a net")];
    });
    for setup in [limited(), other] {
        let server = stage.server_with(setup).await;
        let requests = NAMES.iter().flat_map(|name| {
            let server = &server;
            (0..3).map(move |number| {
                let value = match *name {
                    "forwarded" => format!("for=203.0.113.{number}"),
                    "cookie" => format!("session_id=anonymous{number}"),
                    _ => format!("203.0.113.{number}"),
                };
                server.example_of("login").header(*name, value)
            })
        });
        assert_eq!(judged(requests).await, LIMIT as usize);
    }
}

/// SECURITY, A7, 15.3.4; whatever stands before it, and in case of doubt the proxy itself.
async fn behind_a_proxy_the_last_hop_is_counted(stage: Stage) {
    let server = stage.server_with(behind_proxy(limited())).await;
    let from = |forwarded: String| {
        server
            .example_of("login")
            .header("x-forwarded-for", forwarded)
    };
    let rotating = (0..12).map(|number| from(format!("203.0.113.{number}, 198.51.100.7")));
    assert_eq!(judged(rotating).await, LIMIT as usize);
    let unreadable = (0..12).map(|number| match number % 4 {
        0 => from(format!("203.0.113.{number}, nobody knows")),
        1 => from("127.0.0.1".to_owned()),
        2 => from(format!("203.0.113.{number},")),
        _ => from(format!("203.0.113.{number}, fe80::1%eth{number}")),
    });
    assert_eq!(judged(unreadable).await, LIMIT as usize);
    let twice = (0..12).map(|number| {
        let request = from(format!("203.0.113.{number}"));
        request.another_header("x-forwarded-for", "198.51.100.8")
    });
    assert_eq!(judged(twice).await, LIMIT as usize);
}

/// SECURITY: R-5, A7, D7.
async fn an_ipv6_network_is_one_client_however_it_is_written(stage: Stage) {
    let server = stage.server_with(behind_proxy(limited())).await;
    let from = |forwarded: &str| {
        server
            .example_of("login")
            .header("x-forwarded-for", forwarded)
    };
    for one_client in [
        &[
            "2001:db8:1:2::1",
            "2001:DB8:1:2::2",
            "2001:0db8:0001:0002:0000:0000:0000:0003",
            "[2001:db8:1:2:ffff::]:443",
        ][..],
        &[
            "198.51.100.9",
            "::ffff:198.51.100.9",
            "::FFFF:c633:6409",
            "198.51.100.9:4711",
        ],
    ] {
        let spellings = one_client.iter().copied().cycle().take(12).map(from);
        assert_eq!(judged(spellings).await, LIMIT as usize, "{one_client:?}");
    }
    let neighbour = from("2001:db8:1:3::1").send().await;
    assert_eq!(neighbour.outcome(), WRONG);
}

/// SECURITY: X-1, 15.3.4.
async fn the_logged_address_is_nobody_elses_to_say(server: TestServer) {
    let user = server.user().await;
    let body = json!({ "email": user.email, "password": user.password });
    let request = server
        .example_of("login")
        .header("x-forwarded-for", "203.0.113.9");
    let request = request.header("x-real-ip", "203.0.113.9");
    assert_eq!(request.json(&body).send().await.outcome(), (200, "ok"));
    let own = user.list_action_logs().view(ActionLogView::Own);
    for entry in own.await.expect("the own log").items {
        assert_eq!(entry.client.expect("the client").address, "127.0.0.1");
    }
    for session in user.list_sessions().await.expect("sessions").items {
        assert_eq!(session.address, "127.0.0.1");
    }
}

/// SECURITY: X-5, A9, 1.2.2; whatever name the server was called by, by this request or one before.
async fn links_are_those_of_the_configuration(stage: Stage) {
    for setup in [Setup::default(), behind_proxy(Setup::default())] {
        let server = stage.server_with(setup).await;
        let user = server.user().await;
        let expected = format!("{}/", server.frontend_origin());
        for (name, value) in [
            ("host", "evil.example"),
            ("x-forwarded-host", "evil.example"),
            ("x-forwarded-proto", "evilproto"),
            ("x-forwarded-server", "evil.example"),
            ("x-forwarded-port", "65432"),
            ("x-forwarded-prefix", "/evilpath"),
            ("x-original-url", "https://evil.example/"),
            (
                "forwarded",
                "for=203.0.113.9;host=evil.example;proto=evilproto",
            ),
            ("origin", expected.trim_end_matches('/')),
            ("referer", "https://evil.example/"),
        ] {
            let called = |operation: &str| server.example_of(operation).header(name, value);
            server.advance(Duration::from_secs(1));
            let person = Person::new();
            let registered = called("create_user").json(&json!({
                "email": person.email, "handle": person.handle, "password": person.password,
            }));
            assert_eq!(registered.send().await.status, 201, "{name}");
            let forgot = called("forgot_password").json(&json!({ "email": user.email }));
            assert_eq!(forgot.send().await.status, 202, "{name}");
            let new = Person::new().email;
            let change = called("change_email").bearer(&user.token());
            let change = change.json(&json!({ "new_email": new, "password": PASSWORD }));
            assert_eq!(change.send().await.status, 202, "{name}");
            for address in [&person.email, &user.email, &new] {
                for mail in server.mails_to(address).await {
                    for text in [&mail.text, &mail.html] {
                        for word in ["evil.example", "evilproto", "evilpath", "65432"] {
                            assert!(!text.contains(word), "{name}: {text}");
                        }
                    }
                    let ours = mail.links.iter().all(|link| link.starts_with(&expected));
                    assert!(ours, "{name}: {:?}", mail.links);
                }
            }
        }
    }
}
