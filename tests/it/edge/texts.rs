//! Texts that are something special to some program: here, in every field and parameter, they are texts.

use contract_tests::contract::Parameter;
use contract_tests::example::target;
use contract_tests::prelude::*;
use contract_tests::raw::RawRequest;
use futures::StreamExt as _;

pub fn tests() -> Vec<Case> {
    tests![
        no_text_does_anything,
        no_parameter_does_anything,
        a_path_is_decoded_once
    ]
}

/// To a header, to SQL on either engine, to a template, to a format, to a shell, to a log.
const SPECIAL: [&str; 12] = [
    "a\r\nSet-Cookie: evil=1\r\nX-Evil: 1",
    "a\nX-Evil: 1",
    "' OR '1'='1",
    "'; DROP TABLE users; --",
    "\" OR \"\"=\"",
    "\\'; SELECT pg_sleep(30); --",
    "$1 ?1 :id @p1 %s %n {0} {}",
    "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
    "`id` $(id) | id & id",
    "*)(uid=*))(|(uid=*",
    "\u{1b}[31m\"}\u{2028}{\"a\":1}",
    "/* */ -- #",
];

fn is_unmoved(answer: &Answer) -> bool {
    let is_ours = |name: &str| !name.contains("evil");
    let cookies = answer.headers.get_all("set-cookie").iter();
    let no_cookie = cookies
        .filter_map(|cookie| cookie.to_str().ok())
        .all(is_ours);
    answer.status < 500 && no_cookie && answer.header_names().into_iter().all(is_ours)
}

/// SECURITY: 1.2.1, 1.2.4, 1.3.3, 1.3.11, 1.3.10; in each text of each body.
async fn no_text_does_anything(stage: Stage) {
    let (_fake, server) = crate::oauth::server(&stage).await;
    let (user, other) = (server.user().await, server.user().await);
    let before = server.dump().await;
    let mut requests = Vec::new();
    for operation in &contract().operations {
        let Some(body) = &operation.body else {
            continue;
        };
        let Some(example) = &body.example else {
            continue;
        };
        let fields = body.schema["properties"].as_object().into_iter().flatten();
        for (name, _) in fields.filter(|(_, schema)| schema["type"] == "string") {
            for text in SPECIAL {
                let mut special = example.clone();
                special[name] = json!(text);
                let request = server
                    .example(operation)
                    .bearer(&user.token())
                    .json(&special);
                requests.push((format!("{}: {name} {text:?}", operation.id), request));
            }
        }
    }
    assert!(requests.len() > 300, "{}", requests.len());
    unmoved(requests).await;
    // Everybody and everything is still there.
    let after = server.dump().await;
    for table in ["users", "sessions"] {
        assert!(after.count(table) >= before.count(table), "{table}");
    }
    assert!(server.mails_to("evil@example.com").await.is_empty());
    server.sign_in(&other).await;
}

/// SECURITY: 1.2.1, 1.2.4, 1.2.9, 7.2.1; in each parameter, and where a session is expected.
async fn no_parameter_does_anything(server: TestServer) {
    let user = server.user().await;
    let before = server.dump().await;
    let mut requests = Vec::new();
    let encode = |text: &str| {
        url::form_urlencoded::byte_serialize(text.as_bytes())
            .collect::<String>()
            .replace('+', "%20")
    };
    for operation in &contract().operations {
        for text in SPECIAL {
            for parameter in &operation.parameters {
                let special =
                    |other: &Parameter| (other.name == parameter.name).then(|| encode(text));
                let request = server.raw(operation.method.clone(), &target(operation, special));
                let request = request.bearer(&user.token());
                requests.push((
                    format!("{}: {} {text:?}", operation.id, parameter.name),
                    request,
                ));
            }
            if operation.session == Session::Required && !text.contains(['\r', '\n', '\u{1b}']) {
                let request = server.example(operation);
                requests.push((
                    format!("{}: cookie {text:?}", operation.id),
                    request.cookie(text),
                ));
            }
        }
    }
    assert!(requests.len() > 200, "{}", requests.len());
    unmoved(requests).await;
    // An attempt to end a session ends none.
    assert_eq!(
        server.dump().await.count("sessions"),
        before.count("sessions")
    );
}

async fn unmoved(requests: Vec<(String, RawRequest)>) {
    let mut checks = Checks::new();
    let sent = requests
        .into_iter()
        .map(|(what, request)| async move { (what, request.send().await) });
    let mut answers = futures::stream::iter(sent).buffer_unordered(8);
    while let Some((what, answer)) = answers.next().await {
        checks.that(
            is_unmoved(&answer),
            format_args!("{what}: {answer} {:?}", answer.headers),
        );
    }
    checks.done();
}

/// SECURITY: 1.1.1; what is behind an encoded percent sign is not decoded again.
async fn a_path_is_decoded_once(server: TestServer) {
    let person = Person {
        handle: "alice1".to_owned(),
        ..Person::new()
    };
    let user = server.register(person).await;
    server.verify(&user).await;
    let available = async |handle: &str| {
        let target = format!("/v0/users/handle/{handle}/available");
        server.raw(Method::GET, &target).send().await
    };
    for taken in ["alice1", "%61lice1", "ALICE%31"] {
        let answer = available(taken).await.json();
        assert_eq!(answer["reason"], "taken", "{taken}: {answer}");
    }
    for literal in [
        "%2561lice1",
        "%25%36%31lice1",
        "alice1%2500",
        "%2e%2e",
        "%252e%252e",
    ] {
        let answer = available(literal).await;
        let refused = answer.status == 400 || answer.json()["reason"] == "invalid";
        assert!(refused, "{literal}: {answer}");
    }
    for refused in ["alice1%00", "%ff"] {
        assert_eq!(
            available(refused).await.outcome(),
            (400, "request:invalid"),
            "{refused}"
        );
    }
    let profile = server.raw(Method::GET, "/v0/users/profile?handle=%2561lice1");
    assert_ne!(profile.send().await.status, 200);
}
