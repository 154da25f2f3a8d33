//! Registration.

use accord_client::errors::CreateUserError;
use contract_tests::prelude::*;
use futures::future::join_all;

pub fn tests() -> Vec<Case> {
    tests![
        registration_opens_a_limited_session,
        the_display_name_is_the_handle_unless_given,
        a_taken_handle_is_refused_whatever_its_case,
        reserved_handles_are_refused,
        weak_passwords_are_refused_with_the_reason,
        a_taken_address_is_not_told_from_a_free_one,
        the_owner_of_a_taken_address_is_told_by_mail,
        an_unproven_address_is_reserved_by_nobody,
        a_handle_is_free_again_after_a_day_without_proof,
        of_many_proofs_of_one_address_one_wins,
        of_many_registrations_of_one_handle_one_wins,
    ]
}

async fn register(
    client: &accord_client::Client,
    person: &Person,
) -> Result<accord_client::types::CurrentUser, CreateUserError> {
    let Person {
        email,
        handle,
        password,
    } = person;
    client
        .create_user()
        .body_map(|body| body.email(email).handle(handle).password(password))
        .await
}

async fn registration_opens_a_limited_session(server: TestServer) {
    let newcomer = server.unverified().await;
    let me = newcomer.get_me().await.expect("the limited session");
    assert_eq!(
        (me.email.as_str(), me.handle.as_str()),
        (newcomer.email.as_str(), newcomer.handle.as_str())
    );
    assert!(!me.email_verified && me.has_password && !me.totp_enabled);
    assert_eq!(
        newcomer.list_sessions().await.refusal(),
        (403, "user:not_verified")
    );
    server.verify(&newcomer).await;
    assert!(
        newcomer
            .get_me()
            .await
            .expect("the same session")
            .email_verified
    );
    newcomer.list_sessions().await.expect("a full session now");
}

async fn the_display_name_is_the_handle_unless_given(server: TestServer) {
    let (plain, named) = (Person::new(), Person::new());
    let client = server.anonymous();
    let user = register(&client, &plain).await.expect("registered");
    assert_eq!(user.display_name, plain.handle);
    let request = client.create_user().body_map(|body| {
        let body = body
            .email(&named.email)
            .handle(&named.handle)
            .password(&named.password);
        body.display_name("Ada <b>Lovelace</b>".to_owned())
    });
    assert_eq!(
        request.await.expect("registered").display_name,
        "Ada <b>Lovelace</b>"
    );
}

async fn a_taken_handle_is_refused_whatever_its_case(server: TestServer) {
    let owner = server.user().await;
    for handle in [owner.handle.clone(), owner.handle.to_uppercase()] {
        let person = Person {
            handle,
            ..Person::new()
        };
        let refused = register(&server.anonymous(), &person).await;
        assert_eq!(refused.refusal(), (409, "user:handle_already_exists"));
    }
}

async fn reserved_handles_are_refused(server: TestServer) {
    for handle in ["admin", "Admin", "support"] {
        let person = Person {
            handle: handle.to_owned(),
            ..Person::new()
        };
        let refused = register(&server.anonymous(), &person).await;
        assert_eq!(refused.refusal(), (400, "user:handle_reserved"), "{handle}");
    }
}

/// SECURITY: 6.2.1, 6.2.4, 6.2.12, N-5, D4.
async fn weak_passwords_are_refused_with_the_reason(server: TestServer) {
    let person = Person::new();
    let of_the_handle = format!("{}{}", person.handle, person.handle);
    for (password, reasons) in [
        ("password123", ["too_common"].as_slice()),
        ("aaaaaaaaaaaa", &["too_common", "too_guessable"]),
        (&of_the_handle, &["too_common", "too_guessable"]),
    ] {
        let person = Person {
            password: password.to_owned(),
            ..person.clone()
        };
        match register(&server.anonymous(), &person).await {
            Err(CreateUserError::PasswordTooWeak(problem)) => {
                let field = problem.field("password").next().expect("the field");
                assert!(
                    reasons.contains(&field.code.as_str()),
                    "{password}: {}",
                    field.code
                );
            }
            other => panic!("{password}: {other:?}"),
        }
    }
}

/// SECURITY: U-3, 6.3.8, D3, A12; same status, body shape, headers, cookie and work, also where something is wrong.
async fn a_taken_address_is_not_told_from_a_free_one(server: TestServer) {
    let owner = server.user().await;
    let attempt = async |email: String| {
        let person = Person {
            email,
            ..Person::new()
        };
        let body =
            json!({ "email": person.email, "handle": person.handle, "password": person.password });
        let hashes = server.hashes();
        let answer = server.example_of("create_user").json(&body).send().await;
        (answer, server.hashes() - hashes)
    };
    for email in [Person::new().email, owner.email.clone()] {
        for (field, value, code) in [
            ("surprise", json!(1), "request:invalid"),
            ("password", json!("password123"), "password:too_weak"),
            ("handle", json!(owner.handle), "user:handle_already_exists"),
            ("handle", json!("admin"), "user:handle_reserved"),
        ] {
            let mut body =
                json!({ "email": email, "handle": Person::new().handle, "password": PASSWORD });
            body[field] = value;
            let hashes = server.hashes();
            let answer = server.example_of("create_user").json(&body).send().await;
            assert_eq!(
                (answer.code(), server.hashes() - hashes),
                (code.to_owned(), 0),
                "{email}"
            );
        }
    }
    let (free, work_for_free) = attempt(Person::new().email).await;
    let (taken, work_for_taken) = attempt(owner.email.clone()).await;
    assert_eq!((free.outcome(), free.status), (taken.outcome(), 201));
    assert_eq!(free.header_names(), taken.header_names());
    assert_eq!((work_for_free, work_for_taken), (1, 1));
    let (of_free, of_taken) = (free.json(), taken.json());
    let names = |body: &Value| {
        body.as_object()
            .map(|fields| fields.keys().cloned().collect::<Vec<_>>())
    };
    assert_eq!(names(&of_free), names(&of_taken));
    assert_eq!(of_free["email_verified"], of_taken["email_verified"]);
    let (cookie_of_free, cookie_of_taken) = (
        free.session_cookie().unwrap(),
        taken.session_cookie().unwrap(),
    );
    assert_eq!(cookie_of_free.attributes, cookie_of_taken.attributes);
    assert_eq!(cookie_of_free.value.len(), cookie_of_taken.value.len());
    let me = async |token: &str| {
        server
            .example_of("get_me")
            .bearer(token)
            .send()
            .await
            .outcome()
    };
    assert_eq!(
        me(&cookie_of_free.value).await,
        me(&cookie_of_taken.value).await
    );
}

async fn the_owner_of_a_taken_address_is_told_by_mail(server: TestServer) {
    let owner = server.user().await;
    server
        .register(Person {
            email: owner.email.to_uppercase(),
            ..Person::new()
        })
        .await;
    let mail = server.mail_to(&owner.email.to_uppercase()).await;
    assert!(
        mail.subject.contains("already have an account"),
        "{}",
        mail.subject
    );
    assert!(mail.try_token().is_none(), "{}", mail.text);
}

/// SECURITY: 2.3.4, 2.7; nobody squats on an address.
async fn an_unproven_address_is_reserved_by_nobody(server: TestServer) {
    let squatter = server.unverified().await;
    server.advance(Duration::from_secs(1));
    let owner = server
        .register(Person {
            email: squatter.email.clone(),
            ..Person::new()
        })
        .await;
    let tokens: Vec<_> = server
        .mails_to(&owner.email)
        .await
        .iter()
        .map(|mail| mail.token())
        .collect();
    assert_eq!(tokens.len(), 2);
    let verify = async |token: &str| {
        server
            .anonymous()
            .verify_email()
            .body_map(|body| body.token(token))
            .await
    };
    verify(&tokens[1])
        .await
        .expect("the first to prove it has it");
    assert_eq!(
        verify(&tokens[0]).await.refusal(),
        (409, "user:email_already_exists")
    );
    assert!(owner.get_me().await.expect("a session").email_verified);
    assert!(!squatter.get_me().await.expect("a session").email_verified);
}

async fn a_handle_is_free_again_after_a_day_without_proof(server: TestServer) {
    let sleeper = server.unverified().await;
    let person = Person {
        handle: sleeper.handle.clone(),
        ..Person::new()
    };
    server.advance(Duration::from_secs(24 * 3600 - 1));
    let refused = register(&server.anonymous(), &person).await;
    assert_eq!(refused.refusal(), (409, "user:handle_already_exists"));
    server.advance(Duration::from_secs(2));
    register(&server.anonymous(), &person)
        .await
        .expect("the handle is free");
    assert_eq!(
        sleeper.get_me().await.refusal(),
        (401, "auth:session_required")
    );
}

/// SECURITY: 2.3.4; of one address, in any case, whoever proves it at once.
async fn of_many_proofs_of_one_address_one_wins(stage: Stage) {
    let setup = Setup::default().with_much_patience();
    let server = stage.server_with(setup).await;
    let email = Person::new().email;
    let mut tokens = Vec::new();
    for index in 0..12 {
        server.advance(Duration::from_secs(1));
        let email = if index % 2 == 0 {
            email.clone()
        } else {
            email.to_uppercase()
        };
        let person = Person {
            email: email.clone(),
            ..Person::new()
        };
        server.register(person).await;
        tokens.push(server.mail_to(&email).await.token());
    }
    let proofs = tokens.iter().map(|token| {
        server
            .example_of("verify_email")
            .json(&json!({ "token": token }))
            .send()
    });
    let answers = join_all(proofs).await;
    let outcomes: Vec<_> = answers.iter().map(Answer::outcome).collect();
    let count = |outcome| outcomes.iter().filter(|it| **it == outcome).count();
    assert_eq!(count((204, "ok")), 1, "{outcomes:?}");
    assert_eq!(
        count((409, "user:email_already_exists")),
        11,
        "{outcomes:?}"
    );
}

/// SECURITY: 2.3.4.
async fn of_many_registrations_of_one_handle_one_wins(stage: Stage) {
    let setup = Setup::default().with_much_patience();
    let server = stage.server_with(setup).await;
    let wished = Person::new().handle;
    let attempts = (0..50).map(|index| {
        let handle = if index % 2 == 0 {
            wished.clone()
        } else {
            wished.to_uppercase()
        };
        let (person, client) = (
            Person {
                handle,
                ..Person::new()
            },
            server.anonymous(),
        );
        async move { register(&client, &person).await }
    });
    let (won, lost): (Vec<_>, Vec<_>) = join_all(attempts)
        .await
        .into_iter()
        .partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    for refused in lost {
        assert_eq!(refused.refusal(), (409, "user:handle_already_exists"));
    }
}
