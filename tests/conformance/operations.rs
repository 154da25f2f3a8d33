//! What the contract promises of an operation, seen from outside and without a session.

use std::future::Future;
use std::pin::Pin;

use contract_tests::broken;
use contract_tests::contract::{Operation, Place, Session};
use contract_tests::example::target;
use contract_tests::prelude::*;
use contract_tests::remote::Remote;
use http::header::CONTENT_TYPE;

/// A test under way.
pub type Playing = Pin<Box<dyn Future<Output = ()> + Send>>;
pub type Story = Box<dyn FnOnce(Remote) -> Playing + Send>;

fn story<F>(play: impl FnOnce(Remote) -> F + Send + 'static) -> Story
where
    F: Future<Output = ()> + Send + 'static,
{
    Box::new(move |remote| Box::pin(play(remote)))
}

/// The tests that make sense for this operation.
pub fn stories(operation: &'static Operation) -> Vec<(&'static str, Story)> {
    // A stream is no answer that ends.
    let streams = operation.responses[&success(operation)]
        .content
        .contains_key("text/event-stream");
    if operation.session == Session::Required {
        return vec![(
            "asks_for_a_session_before_all_else",
            story(async move |remote: Remote| a_session(remote, operation).await),
        )];
    }
    let mut all = Vec::new();
    if !streams {
        all.push((
            "answers_as_declared",
            story(async move |remote: Remote| {
                // The journal holds the answer to the contract.
                remote.example(operation).send().await;
            }),
        ));
    }
    if !operation.parameters.is_empty() {
        all.push((
            "refuses_broken_parameters",
            story(async move |remote: Remote| parameters(remote, operation).await),
        ));
    }
    if operation
        .body
        .as_ref()
        .is_some_and(|body| body.example.is_some())
    {
        all.push((
            "refuses_broken_bodies",
            story(async move |remote: Remote| bodies(remote, operation).await),
        ));
    }
    all
}

fn success(operation: &Operation) -> u16 {
    let mut statuses = operation.responses.keys().copied();
    statuses
        .find(|status| (200..300).contains(status))
        .expect("a success")
}

async fn a_session(remote: Remote, operation: &Operation) {
    let mut checks = Checks::new();
    let refused = (401, "auth:session_required");
    let answer = remote.example(operation).send().await;
    checks.expect_of(operation, "nothing", &answer, refused);
    let challenge = answer.header("www-authenticate").starts_with("Bearer");
    checks.that(challenge, format_args!("{}: no challenge", operation.id));
    let answer = remote.example(operation).bearer("garbage").send().await;
    checks.expect_of(operation, "a wrong token", &answer, refused);
    let answer = remote.example(operation).body("{").send().await;
    checks.expect_of(operation, "no session and half a body", &answer, refused);
    checks.done();
}

async fn parameters(remote: Remote, operation: &Operation) {
    let mut checks = Checks::new();
    for parameter in &operation.parameters {
        for broken in broken::parameters(parameter) {
            let value = |other: &contract_tests::contract::Parameter| {
                (other.name == parameter.name).then(|| broken.value.clone())
            };
            let request = remote.raw(operation.method.clone(), &target(operation, value));
            let request = match parameter.place {
                Place::Header => {
                    let name: http::HeaderName = parameter.name.parse().expect("a name");
                    request.header(name, &broken.value)
                }
                Place::Path | Place::Query => request,
            };
            refused(&mut checks, &broken, &request.send().await);
        }
    }
    checks.done();
}

async fn bodies(remote: Remote, operation: &Operation) {
    let mut checks = Checks::new();
    for broken in operation.body.iter().flat_map(broken::bodies) {
        let answer = remote.example(operation).json(&broken.value).send().await;
        refused(&mut checks, &broken, &answer);
    }
    let answer = remote.example(operation).body("{").send().await;
    checks.expect_of(
        operation,
        "half a body",
        &answer,
        (400, "request:malformed"),
    );
    let request = remote.example(operation).header(CONTENT_TYPE, "text/plain");
    let answer = request.send().await;
    checks.expect_of(
        operation,
        "text",
        &answer,
        (415, "request:unsupported_media_type"),
    );
    checks.done();
}

fn refused<T>(checks: &mut Checks, broken: &broken::Broken<T>, answer: &Answer) {
    checks.expect(&broken.what, answer, (400, "request:invalid"));
    let fields = answer.invalid_fields();
    let blamed = fields.contains(&broken.field);
    checks.that(blamed, format_args!("{}: blames {fields:?}", broken.what));
}
