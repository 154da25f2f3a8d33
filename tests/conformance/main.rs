//! The part of the tests that needs nothing but HTTP, against any implementation of the contract:
//! `ACCORD_BASE_URL=http://127.0.0.1:8081 ACCORD_TAGS=users cargo test -p contract-tests --test conformance`.
//!
//! Without `ACCORD_BASE_URL` it takes our own server; without `ACCORD_TAGS`, all tags. Every answer is held to
//! `openapi.yaml`. With all tags a whole account is played, too, which reads the mail from `/dev/mailbox/messages`.
//! The rate limits of the server must be out of the way.

mod account;
mod operations;

use std::process::ExitCode;

use contract_tests::contract::{Operation, contract};
use contract_tests::remote::Remote;
use libtest_mimic::{Arguments, Failed, Trial};

#[allow(clippy::disallowed_methods)] // a test's own settings
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

#[allow(clippy::disallowed_methods)] // where its time comes in
async fn in_memory() -> anyhow::Result<Remote> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = implementer::InMemory::new(chrono::Utc::now).router();
    tokio::spawn(async move { axum::serve(listener, router).await });
    Remote::at(&url).await
}

fn main() -> anyhow::Result<ExitCode> {
    let runtime: &'static _ = Box::leak(Box::new(tokio::runtime::Runtime::new()?));
    let tags = setting("ACCORD_TAGS");
    let tags: Option<Vec<&str>> = tags.as_deref().map(|text| text.split(',').collect());
    let known = |tag: &&str| contract().operations.iter().any(|it| it.tag == *tag);
    if let Some(tag) = tags.iter().flatten().find(|tag| !known(tag)) {
        anyhow::bail!("ACCORD_TAGS: the contract has no tag {tag}");
    }
    let remote = runtime.block_on(async {
        match setting("ACCORD_BASE_URL") {
            Some(url) => Remote::at(&url).await,
            None => Remote::own().await,
        }
    })?;
    let is_asked = |operation: &&'static Operation| {
        let tags = tags.as_ref();
        tags.is_none_or(|tags| tags.contains(&&*operation.tag))
    };
    let mut trials = Vec::new();
    let mut add = |name: String, remote: &Remote, story: operations::Story| {
        let remote = remote.afresh();
        trials.push(Trial::test(name, move || {
            let ended = runtime.block_on(runtime.spawn(story(remote.clone())));
            let breaches = remote.breaches();
            match ended {
                Err(panic) => Err(Failed::from(format!("{panic}{breaches}"))),
                Ok(()) if breaches.is_empty() => Ok(()),
                Ok(()) => Err(Failed::from(breaches.to_string())),
            }
        }));
    };
    for operation in contract().operations.iter().filter(is_asked) {
        for (name, story) in operations::stories(operation) {
            let name = format!("{}::{}::{name}", operation.tag, operation.id);
            add(name, &remote, story);
        }
    }
    if tags.is_none() {
        let story = Box::new(|remote| Box::pin(account::play(remote)) as operations::Playing);
        add("a_whole_account".to_owned(), &remote, story);
    }
    if remote.is_own() {
        // Another implementation, of one tag: the suite is no mirror of ours.
        let other = runtime.block_on(in_memory())?;
        let users = contract().operations.iter().filter(|it| it.tag == "users");
        for operation in users {
            for (name, story) in operations::stories(operation) {
                add(
                    format!("in_memory::{}::{name}", operation.id),
                    &other,
                    story,
                );
            }
        }
    }
    let mut arguments = Arguments::from_args();
    // A stranger's server is asked one thing at a time.
    if !remote.is_own() {
        arguments.test_threads = Some(1);
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    runtime.block_on(remote.clear());
    Ok(conclusion.exit_code())
}
