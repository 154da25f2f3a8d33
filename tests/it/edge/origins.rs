//! Requests that a page of another origin makes a browser send.

use contract_tests::prelude::*;
use http::header::{ORIGIN, VARY};

const EVIL: &str = "https://evil.example";

pub fn tests() -> Vec<Case> {
    tests![
        cross_site_requests_are_refused,
        who_may_send_is_told_by_sec_fetch_site_then_by_origin,
        every_change_is_guarded_alike,
        a_refused_request_changes_nothing,
        pages_of_the_frontend_may_read_answers,
        others_may_not,
    ]
}

fn guarded() -> impl Iterator<Item = &'static Operation> {
    contract()
        .operations
        .iter()
        .filter(|operation| operation.declares(403, "csrf:cross_origin"))
}

/// SECURITY: 3.5.1, 3.5.2, C-2.
async fn cross_site_requests_are_refused(server: TestServer) {
    let user = server.user().await;
    let mut checks = Checks::new();
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.is_unsafe())
    {
        checks.that(
            operation.declares(403, "csrf:cross_origin"),
            format_args!("{} is unguarded", operation.id),
        );
    }
    for operation in guarded() {
        let refused = (403, "csrf:cross_origin");
        let request = || server.example(operation).cookie(&user.token());
        for (what, request) in [
            (
                "cross-site",
                request().header("sec-fetch-site", "cross-site"),
            ),
            ("same-site", request().header("sec-fetch-site", "same-site")),
            ("another origin", request().header(ORIGIN, EVIL)),
            ("an opaque origin", request().header(ORIGIN, "null")),
            (
                "without a cookie",
                server
                    .example(operation)
                    .header("sec-fetch-site", "cross-site"),
            ),
        ] {
            let answer = request.send().await;
            checks.expect_of(operation, what, &answer, refused);
        }
    }
    checks.done();
}

/// SECURITY: C-1.
async fn who_may_send_is_told_by_sec_fetch_site_then_by_origin(server: TestServer) {
    let user = server.user().await;
    let frontend = server.frontend_origin();
    let mut checks = Checks::new();
    for (site, origin, passes) in [
        (None, None, true),
        (None, Some(frontend.as_str()), true),
        (None, Some(EVIL), false),
        (None, Some("null"), false),
        (Some("same-origin"), None, true),
        (Some("none"), None, true),
        (Some("same-site"), None, false),
        (Some("cross-site"), None, false),
        (Some("garbage"), None, false),
        (Some("cross-site"), Some(frontend.as_str()), true),
        (Some("same-site"), Some(frontend.as_str()), true),
        (Some("cross-site"), Some(EVIL), false),
        (Some("same-site"), Some("null"), false),
    ] {
        let mut request = server.example_of("update_me").cookie(&user.token());
        if let Some(site) = site {
            request = request.header("sec-fetch-site", site);
        }
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        let expected = if passes {
            (200, "ok")
        } else {
            (403, "csrf:cross_origin")
        };
        let answer = request.send().await;
        checks.expect(format_args!("{site:?} {origin:?}"), &answer, expected);
    }
    checks.done();
}

/// SECURITY: C-1, 3.5.1; each cell of the table, for each operation that changes something.
async fn every_change_is_guarded_alike(server: TestServer) {
    let frontend = server.frontend_origin();
    let sites = [
        Some("same-origin"),
        Some("none"),
        Some("same-site"),
        Some("cross-site"),
        None,
        Some("garbage"),
    ];
    let rows = [
        (
            Some(frontend.as_str()),
            [true, true, true, true, true, false],
        ),
        (Some(EVIL), [true, true, false, false, false, false]),
        (Some("null"), [true, true, false, false, false, false]),
        (None, [true, true, false, false, true, false]),
    ];
    let mut checks = Checks::new();
    for operation in contract()
        .operations
        .iter()
        .filter(|operation| operation.is_unsafe())
    {
        for (origin, row) in rows {
            for (site, passes) in sites.iter().zip(row) {
                // A cookie that is nobody's: nothing happens where it passes.
                let mut request = server.example(operation).cookie("nobody");
                if let Some(site) = site {
                    request = request.header("sec-fetch-site", site);
                }
                if let Some(origin) = origin {
                    request = request.header(ORIGIN, origin);
                }
                let answer = request.send().await;
                let refused = answer.outcome() == (403, "csrf:cross_origin");
                checks.that(
                    refused != passes,
                    format_args!("{}: {site:?} {origin:?}: {answer}", operation.id),
                );
            }
        }
    }
    checks.done();
}

async fn a_refused_request_changes_nothing(server: TestServer) {
    let user = server.user().await;
    let refused = server
        .example_of("logout")
        .cookie(&user.token())
        .header(ORIGIN, EVIL)
        .send()
        .await;
    assert_eq!(refused.outcome(), (403, "csrf:cross_origin"));
    assert_eq!(refused.header("set-cookie"), "");
    user.get_me().await.expect("the session lives on");
}

/// SECURITY: 3.4.2.
async fn pages_of_the_frontend_may_read_answers(server: TestServer) {
    let frontend = server.frontend_origin();
    let answer = server
        .example_of("health_check")
        .header(ORIGIN, &frontend)
        .send()
        .await;
    assert_eq!(answer.header("access-control-allow-origin"), frontend);
    assert_eq!(answer.header("access-control-allow-credentials"), "true");
    assert!(
        answer
            .header(VARY.as_str())
            .to_ascii_lowercase()
            .contains("origin"),
        "{:?}",
        answer.headers
    );
}

/// SECURITY: 3.4.2.
async fn others_may_not(server: TestServer) {
    let frontend = server.frontend_origin();
    let lookalike = format!("{frontend}.evil.example");
    for origin in [EVIL, "null", &lookalike, "https://localhost:3000"] {
        let answer = server
            .example_of("health_check")
            .header(ORIGIN, origin)
            .send()
            .await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
    }
}
