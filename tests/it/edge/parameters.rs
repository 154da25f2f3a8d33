//! Parameters that break the contract.

use contract_tests::broken::{self, CANARY};
use contract_tests::contract::{Parameter, Place};
use contract_tests::example::target;
use contract_tests::prelude::*;

pub fn tests() -> Vec<Case> {
    tests![
        parameters_that_break_the_contract_are_refused,
        a_missing_parameter_is_refused,
        a_parameter_given_twice_is_refused,
        no_parameter_is_a_secret,
        unknown_query_parameters_are_ignored,
    ]
}

/// Every parameter of every operation.
fn parameters() -> impl Iterator<Item = (&'static Operation, &'static Parameter)> {
    contract()
        .operations
        .iter()
        .flat_map(|it| it.parameters.iter().map(move |parameter| (it, parameter)))
}

/// The operation's example with this value, already encoded, for the parameter.
async fn ask(
    server: &TestServer,
    user: &Identity,
    operation: &Operation,
    parameter: &Parameter,
    value: &str,
) -> Answer {
    let with_value = |other: &Parameter| (other.name == parameter.name).then(|| value.to_owned());
    let request = server.raw(operation.method.clone(), &target(operation, with_value));
    let request = match parameter.place {
        Place::Header => request.header(
            parameter.name.parse::<http::HeaderName>().expect("a name"),
            value,
        ),
        Place::Path | Place::Query => request,
    };
    match operation.session {
        Session::None => request.send().await,
        Session::Optional | Session::Required => request.bearer(&user.token()).send().await,
    }
}

/// SECURITY: 1.4.2, 2.2.1.
async fn parameters_that_break_the_contract_are_refused(server: TestServer) {
    let user = server.user().await;
    let mut checks = Checks::new();
    for (operation, parameter) in parameters() {
        for broken in broken::parameters(parameter) {
            let answer = ask(&server, &user, operation, parameter, &broken.value).await;
            let what = format!("{}: {}", operation.id, broken.what);
            checks.expect(&what, &answer, (400, "request:invalid"));
            let fields = answer.invalid_fields();
            checks.that(
                fields.contains(&broken.field),
                format_args!("{what}: blames {fields:?}"),
            );
            let echoes = String::from_utf8_lossy(&answer.body).contains(CANARY);
            checks.that(!echoes, format_args!("{what}: repeats the value: {answer}"));
        }
    }
    checks.done();
}

async fn a_missing_parameter_is_refused(server: TestServer) {
    let mut checks = Checks::new();
    let required = |(_, parameter): &(&Operation, &Parameter)| {
        parameter.required && parameter.place == Place::Query
    };
    for (operation, parameter) in parameters().filter(required) {
        let answer = server
            .raw(operation.method.clone(), &operation.path)
            .send()
            .await;
        checks.expect(
            format_args!("{} without {}", operation.id, parameter.name),
            &answer,
            (400, "request:invalid"),
        );
        checks.that(
            answer.invalid_fields() == [parameter.name.as_str()],
            format_args!("{answer}"),
        );
    }
    checks.done();
}

/// SECURITY: 15.3.7, G11.
async fn a_parameter_given_twice_is_refused(server: TestServer) {
    let user = server.user().await;
    let mut checks = Checks::new();
    let single = |(_, it): &(&Operation, &Parameter)| {
        it.place == Place::Query && it.schema["type"] != "array"
    };
    for (operation, parameter) in parameters().filter(single) {
        let once = valid(parameter);
        let twice = format!("{once}&{}={once}", parameter.name);
        let answer = ask(&server, &user, operation, parameter, &twice).await;
        checks.expect_of(
            operation,
            format_args!("{} twice", parameter.name),
            &answer,
            (400, "request:invalid"),
        );
    }
    checks.done();
}

fn valid(parameter: &Parameter) -> String {
    let schema = &parameter.schema;
    let value = parameter
        .example
        .as_ref()
        .or(schema.get("default"))
        .or(schema["enum"].get(0));
    match value {
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => "MTIzNDU2".to_owned(),
    }
}

/// SECURITY: 14.2.1, 6.4.2; secrets travel in bodies, and hints are nowhere.
async fn no_parameter_is_a_secret(_: Stage) {
    let mut checks = Checks::new();
    for (operation, parameter) in parameters() {
        for secret in [
            "token", "password", "code", "state", "secret", "session", "key", "email",
        ] {
            // Ids of sessions open none.
            let is_id = parameter.name.ends_with("_id");
            checks.that(
                is_id || !parameter.name.contains(secret),
                format_args!("{}: {}", operation.id, parameter.name),
            );
        }
    }
    for operation in &contract().operations {
        let schema = operation
            .body
            .as_ref()
            .map(|body| body.schema["properties"].clone());
        for name in schema
            .iter()
            .filter_map(Value::as_object)
            .flat_map(|fields| fields.keys())
        {
            for hint in ["hint", "question", "answer", "birth", "maiden"] {
                checks.that(
                    !name.contains(hint),
                    format_args!("{}: {name}", operation.id),
                );
            }
        }
    }
    checks.done();
}

async fn unknown_query_parameters_are_ignored(server: TestServer) {
    for target in [
        "/health-check?utm_source=mail",
        "/health-check?callback=f&probe=live",
    ] {
        assert_eq!(
            server.raw(Method::GET, target).send().await.outcome(),
            (200, "ok")
        );
    }
}
