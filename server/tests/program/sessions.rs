//! Operators who end sessions.

use serde_json::{Value, json};

use crate::running::{Api, accord, fresh, go_on_as, run};

async fn status(user: &Api) -> u16 {
    let me = user.request("GET", "/v0/user/me").send().await;
    me.unwrap().status().as_u16()
}

/// Runs `accord sessions end …` beside the server, and answers what it printed.
fn end(data: &str, whose: &[&str]) -> (bool, String) {
    let arguments = [&["sessions", "end"], whose].concat();
    let output = run(&arguments, &[("ACCORD_DATA_DIR", data)]);
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).unwrap())
}

/// SECURITY: 7.4.5.
#[tokio::test]
async fn an_operator_ends_the_sessions_of_one_account_or_of_all() {
    let folder = fresh("program-sessions");
    let data = folder.to_str().unwrap();
    let server = go_on_as(accord(&[], &[]), data, &[]);
    let nobody = Api::new(&server.address);
    let ada = nobody.sign_up("ada_l").await;
    let ada_elsewhere = nobody.sign_in("ada_l").await;
    let bob = nobody.sign_up("bob_b").await;

    for (name, missing) in [
        ("nobody@example.com", "there is no account"),
        ("nobody", "there is no account"),
        ("!", "no handle"),
        ("a@@b", "no email address"),
    ] {
        let (well, said) = end(data, &[name]);
        assert!(!well && said.contains(missing), "{said}");
    }
    for wrong in [&[][..], &["ada_l", "--all"]] {
        assert!(!end(data, wrong).0);
    }
    assert_eq!([status(&ada).await, status(&bob).await], [200, 200]);

    let (well, said) = end(data, &["Ada_L@Example.com"]);
    // The registration's own, and one of each sign-in.
    assert!(
        well && said.starts_with("3 sessions and 0 sign-ins"),
        "{said}"
    );
    for ended in [&ada, &ada_elsewhere] {
        assert_eq!(status(ended).await, 401);
    }
    assert_eq!(status(&bob).await, 200);
    let again = end(data, &["ada_l"]);
    assert!(again.0 && again.1.starts_with("0 sessions"), "{again:?}");

    // Who signs in again finds in the own log that it was an operator.
    let ada = nobody.sign_in("ada_l").await;
    let log = "/v0/action-logs?view=own&actions=session:revoke";
    let log = ada.request("GET", log).send().await.unwrap();
    let log: Value = log.json().await.unwrap();
    let entries = log["items"].as_array().unwrap();
    assert_eq!(entries.len(), 2, "{log}");
    for entry in entries {
        assert!(entry["actor_id"].is_null() && entry["client"].is_null());
    }

    let (well, said) = end(data, &["--all"]);
    assert!(well && !said.starts_with("0 sessions"), "{said}");
    assert_eq!([status(&ada).await, status(&bob).await], [401, 401]);
    assert_eq!(status(&nobody.sign_in("bob_b").await).await, 200);
}

/// SECURITY: 7.4.5.
#[tokio::test]
async fn an_operator_ends_a_sign_in_that_waits_for_its_second_factor() {
    let folder = fresh("program-sessions-totp");
    let data = folder.to_str().unwrap();
    let server = go_on_as(accord(&[], &[]), data, &[]);
    let user = Api::new(&server.address).sign_up("ada_l").await;
    let setup = user.send("POST", "/v0/auth/totp/setup", &json!({})).await;
    let setup: Value = setup.unwrap().json().await.unwrap();
    let code = json!({ "code": code_of(setup["otpauth_uri"].as_str().unwrap()) });
    let enabled = user.send("POST", "/v0/auth/totp/enable", &code).await;
    let enabled: Value = enabled.unwrap().json().await.unwrap();
    let backup_code = enabled["backup_codes"][0].as_str().unwrap();

    let begin = async || {
        let login =
            json!({ "email": "ada_l@example.com", "password": "tangerine umbrella voyage" });
        let begun = user.send("POST", "/v0/auth/login", &login).await.unwrap();
        let begun: Value = begun.json().await.unwrap();
        begun["temp_token"].as_str().unwrap().to_owned()
    };
    let finish = async |token: String| {
        let body = json!({ "temp_token": token, "code": backup_code });
        let answer = user.send("POST", "/v0/auth/totp/verify", &body).await;
        answer.unwrap().status().as_u16()
    };
    for whose in ["ada_l", "--all"] {
        let begun = begin().await;
        let (well, said) = end(data, &[whose]);
        assert!(well && said.contains("and 1 sign-ins under way"), "{said}");
        assert_eq!(finish(begun).await, 400);
    }
    assert_eq!(finish(begin().await).await, 200);
}

/// What an authenticator would show now.
fn code_of(uri: &str) -> String {
    let totp = totp_rs::Totp::from_url(uri).unwrap();
    totp.generate_current().to_string()
}
