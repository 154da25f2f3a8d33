//! Which passwords may be set: the same wherever one is.

use contract_tests::prelude::*;

use super::password::reset_token;

const COMMON: &str = include_str!("../../../server/assets/common-passwords.txt");
const TOO_WEAK: (u16, &str) = (400, "password:too_weak");
const INVALID: (u16, &str) = (400, "request:invalid");

pub fn tests() -> Vec<Case> {
    tests![
        weak_ones_are_refused_wherever_one_is_set,
        the_configured_length_holds_wherever_one_is_set,
        long_ones_count_to_their_last_letter,
    ]
}

/// A way to set a password: for somebody, by an operation, with what else it wants to know.
struct Way {
    operation: &'static str,
    person: Person,
    session: Option<String>,
    field: &'static str,
    rest: Value,
}

impl Way {
    /// At registration, by a mail, and with the current one.
    async fn all(server: &TestServer) -> [Self; 3] {
        let person = Person::new();
        let (forgetful, careful) = (server.user().await, server.user().await);
        let token = reset_token(server, &forgetful.email).await;
        let of = |identity: &Identity| Person {
            email: identity.email.clone(),
            handle: identity.handle.clone(),
            password: identity.password.clone(),
        };
        [
            Self {
                operation: "create_user",
                rest: json!({ "email": person.email, "handle": person.handle }),
                person,
                session: None,
                field: "password",
            },
            Self {
                operation: "reset_password",
                person: of(&forgetful),
                session: None,
                field: "new_password",
                rest: json!({ "token": token }),
            },
            Self {
                operation: "change_password",
                person: of(&careful),
                session: Some(careful.token()),
                field: "new_password",
                rest: json!({ "current_password": PASSWORD }),
            },
        ]
    }

    async fn set(&self, server: &TestServer, password: &str) -> Answer {
        let mut body = self.rest.clone();
        body[self.field] = json!(password);
        let request = server.example_of(self.operation).json(&body);
        match &self.session {
            Some(token) => request.bearer(token).send().await,
            None => request.send().await,
        }
    }

    /// What is wrong with a password, by the reason that is told.
    async fn reason(&self, server: &TestServer, password: &str) -> String {
        let answer = self.set(server, password).await;
        assert_eq!(
            answer.outcome(),
            TOO_WEAK,
            "{}: {password}: {answer}",
            self.operation
        );
        answer.json()["errors"][0]["code"]
            .as_str()
            .expect("a reason")
            .to_owned()
    }
}

/// SECURITY: 6.2.4, 6.2.12, 6.2.11, 6.2.1, N-5, D4; and what is refused leaves everything as it was.
async fn weak_ones_are_refused_wherever_one_is_set(server: TestServer) {
    let listed: Vec<&str> = COMMON.lines().collect();
    for way in Way::all(&server).await {
        for listed in listed.iter().step_by(listed.len() / 50) {
            assert_eq!(way.reason(&server, listed).await, "too_common", "{listed}");
        }
        let Person { email, handle, .. } = &way.person;
        let local = email.split('@').next().unwrap_or_default();
        for own in [
            format!("{handle}1"),
            format!("{0}-{0}", handle.to_uppercase()),
            format!("!!{local}??"),
            email.clone(),
            "Accord-12".to_owned(),
            "4cc0rd4cc0rd".to_owned(),
        ] {
            assert_eq!(way.reason(&server, &own).await, "too_common", "{own}");
        }
        for short in ["", "jvq7 wz", "🐢🚀🌵🎲🧊🥁🪐"] {
            assert_eq!(way.set(&server, short).await.outcome(), INVALID, "{short}");
        }
        // As a whole only.
        let set = way.set(&server, "password of the mild green walrus").await;
        assert!(set.status < 300, "{}: {set}", way.operation);
    }
}

/// SECURITY: 6.2.1, N-1, D4.
async fn the_configured_length_holds_wherever_one_is_set(stage: Stage) {
    let setup = Setup::default().configured(|config| config.password.min_length = 15);
    let server = stage.server_with(setup).await;
    for way in Way::all(&server).await {
        for fourteen in [
            "jvq7 wzkx 3mtp",
            "🐢🚀🌵🎲🧊🥁🪐🦑🍄🎻🧲🪁🫐🦚",
            "jvq7 wzke\u{301} 3mtp",
        ] {
            assert_eq!(
                way.reason(&server, fourteen).await,
                "too_short",
                "{fourteen}"
            );
        }
        let set = way.set(&server, "🐢🚀🌵🎲🧊🥁🪐🦑🍄🎻🧲🪁🫐🦚🪗").await;
        assert!(set.status < 300, "{}: {set}", way.operation);
    }
}

/// SECURITY: 6.2.8, 6.2.9, N-2, N-4, D5.
async fn long_ones_count_to_their_last_letter(server: TestServer) {
    let letters = "kqzvwjx 9Bé🐢";
    let of = |length: usize| letters.chars().cycle().take(length).collect::<String>();
    let emoji: String = "🐢🚀🌵🎲🧊🥁🪐🦑".chars().cycle().take(128).collect();
    for password in [of(64), of(128), emoji, "  kqz vwjx 9B  ".to_owned()] {
        for way in Way::all(&server).await {
            let set = way.set(&server, &password).await;
            assert!(set.status < 300, "{}: {set}", way.operation);
            if way.operation == "create_user" {
                let token = server.mail_to(&way.person.email).await.token();
                let proof = server
                    .example_of("verify_email")
                    .json(&json!({ "token": token }));
                assert_eq!(proof.send().await.status, 204);
            }
            let login = async |password: &str| {
                let body = json!({ "email": way.person.email, "password": password });
                server.example_of("login").json(&body).send().await.status
            };
            assert_eq!(login(&password).await, 200);
            let count = password.chars().count();
            let cut = |length: usize| password.chars().take(length).collect::<String>();
            let bytes = |length: usize| {
                String::from_utf8_lossy(&password.as_bytes()[..length.min(password.len() - 1)])
                    .into_owned()
            };
            for other in [
                cut(count - 1),
                format!("{}Z", cut(count - 1)),
                format!("{password} "),
                format!(" {password}"),
                password.to_uppercase() + "x",
                bytes(72),
                bytes(128),
                password.trim().to_owned()
                    + if password.trim() == password {
                        "\t"
                    } else {
                        ""
                    },
            ] {
                assert_eq!(login(&other).await, 401, "{other:?} for {password:?}");
            }
        }
    }
    for way in Way::all(&server).await {
        for long in [of(129), of(200), "🐢".repeat(129)] {
            assert_eq!(way.set(&server, &long).await.outcome(), INVALID);
        }
    }
}
