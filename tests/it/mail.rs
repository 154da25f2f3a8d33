//! Mails on their way out, over a real SMTP conversation.

use std::collections::BTreeSet;

use accord_server::config::{Period, SmtpTls};
use accord_server::domain::mail::delivery;
use accord_server::store;
use contract_tests::prelude::*;
use contract_tests::smtp::{Manner, Received, SmtpServer};
use contract_tests::tls::SelfSigned;

const HOUR: Duration = Duration::from_secs(3600);

pub fn tests() -> Vec<Case> {
    tests![
        a_mail_reaches_its_reader_once,
        a_relay_that_says_later_is_asked_again_with_the_same_mail,
        a_relay_that_hangs_up_gets_the_same_mail_again,
        a_relay_that_says_never_is_not_asked_again,
        a_silent_or_absent_relay_changes_nothing_for_the_caller,
        without_the_tls_that_is_required_nothing_leaves,
        a_relay_that_nobody_vouches_for_gets_nothing,
        a_mail_whose_link_has_expired_is_not_sent,
        two_instances_send_each_mail_once,
        the_sweep_deletes_what_has_expired,
    ]
}

fn through(relay: &SmtpServer) -> Setup {
    let address = relay.address;
    Setup::default().configured(move |config| {
        config.smtp.host = Some(address.ip().to_string());
        config.smtp.port = Some(address.port());
        config.smtp.tls = SmtpTls::None;
        config.smtp.from = Some("Accord <accounts@example.com>".into());
        config.smtp.timeout = Period::secs(1);
    })
}

/// Lets time pass until the relay has taken a mail.
async fn deliver_later(server: &TestServer, relay: &SmtpServer) -> Received {
    while relay.seen().mails.is_empty() {
        // Little by little: the mail must not expire while another worker holds it.
        server.advance(Duration::from_secs(10));
        delivery::deliver(&server.services)
            .await
            .expect("the queue");
    }
    relay.seen().mails.remove(0)
}

async fn queue(server: &TestServer) -> store::mails::Counts {
    let mut tx = server.services.db.read().await.expect("the database");
    store::mails::counts(&mut tx).await.expect("counts")
}

async fn settled(server: &TestServer, done: impl Fn(&store::mails::Counts) -> bool) {
    while !done(&queue(server).await) {
        tokio::task::yield_now().await;
    }
}

/// SECURITY: 1.3.11; and nobody else's: what is no address, or no name, is refused before any mail is written.
async fn a_mail_reaches_its_reader_once(stage: Stage) {
    let relay = SmtpServer::start(Manner::Polite).await;
    let server = stage.server_with(through(&relay)).await;
    for (field, text) in [
        ("email", "a@b.co\r\nBcc: x@y.zz"),
        ("email", "\"a\r\n\"@b.co"),
        ("email", "a@b.co>\r\nRCPT TO:<x@y.zz"),
        ("email", "a@b.co, x@y.zz"),
        ("email", "a@b.co x@y.zz"),
        ("display_name", "Ada\r\nBcc: x@y.zz"),
        ("display_name", "Ada\r\n.\r\nMAIL FROM:<x@y.zz>"),
    ] {
        let mut body = json!({ "email": Person::new().email, "handle": Person::new().handle, "password": PASSWORD });
        body[field] = json!(text);
        let refused = server.example_of("create_user").json(&body).send().await;
        assert_eq!(refused.outcome(), (400, "request:invalid"), "{text:?}");
    }
    let newcomer = server.register(Person {
        email: "!#$%&'*+-/=?^_`{|}~@example.com".to_owned(),
        ..Person::new()
    });
    let newcomer = newcomer.await;
    let seen = relay.wait_for(|seen| !seen.mails.is_empty()).await;
    let mail = &seen.mails[0];
    assert_eq!(mail.from, "accounts@example.com");
    assert_eq!(mail.to, [newcomer.email.as_str()]);
    let head = mail.data.split("\n\n").next().unwrap_or_default();
    let head = head.split("\r\n\r\n").next().unwrap_or_default();
    assert!(!head.contains("Bcc") && !head.contains("x@y.zz"), "{head}");
    assert_eq!(mail.header("Subject"), Some("Confirm your email address"));
    assert_eq!(mail.header("Auto-Submitted"), Some("auto-generated"));
    assert!(
        mail.header("Content-Type")
            .expect("a type")
            .starts_with("multipart/alternative")
    );
    settled(&server, |queue| queue.sent == 1).await;
    let mut tx = server.services.db.read().await.expect("the database");
    let rows = store::mails::list(&mut tx, 10).await.expect("mails");
    assert!(rows[0].payload.is_empty(), "what was sent is not kept");
    assert_eq!(relay.seen().mails.len(), 1);
}

/// SECURITY: F-8.
async fn a_relay_that_says_later_is_asked_again_with_the_same_mail(stage: Stage) {
    for reply in ["421 4.3.2 closing", "451 4.3.0 later", "452 4.2.2 full"] {
        let relay = SmtpServer::start(Manner::Refusing(reply)).await;
        let server = stage.server_with(through(&relay)).await;
        let newcomer = server.unverified().await;
        relay
            .wait_for(|seen| seen.commands.iter().any(|line| line.starts_with("RCPT")))
            .await;
        relay.behave(Manner::Polite);
        let mail = deliver_later(&server, &relay).await;
        assert_eq!(mail.to, [newcomer.email.as_str()], "{reply}");
    }
}

/// SECURITY: F-8.
async fn a_relay_that_hangs_up_gets_the_same_mail_again(stage: Stage) {
    let relay = SmtpServer::start(Manner::CuttingOff).await;
    let server = stage.server_with(through(&relay)).await;
    server.unverified().await;
    relay
        .wait_for(|seen| seen.commands.iter().any(|line| line == "DATA"))
        .await;
    relay.behave(Manner::Polite);
    let mail = deliver_later(&server, &relay).await;
    let mut tx = server.services.db.read().await.expect("the database");
    let rows = store::mails::list(&mut tx, 10).await.expect("mails");
    assert_eq!(mail.header("Message-ID"), Some(rows[0].message_id.as_str()));
}

/// SECURITY: F-8.
async fn a_relay_that_says_never_is_not_asked_again(stage: Stage) {
    let relay = SmtpServer::start(Manner::Refusing("550 5.1.1 nobody here")).await;
    let server = stage.server_with(through(&relay)).await;
    server.unverified().await;
    settled(&server, |queue| queue.parked == 1).await;
    relay.behave(Manner::Polite);
    server.advance(HOUR);
    delivery::deliver(&server.services)
        .await
        .expect("the queue");
    assert!(relay.seen().mails.is_empty());
    let mut tx = server.services.db.read().await.expect("the database");
    let rows = store::mails::list(&mut tx, 10).await.expect("mails");
    assert!(
        rows[0]
            .last_error
            .as_deref()
            .is_some_and(|error| error.contains("nobody here"))
    );
}

/// SECURITY: F-8.
async fn a_silent_or_absent_relay_changes_nothing_for_the_caller(stage: Stage) {
    let relay = SmtpServer::start(Manner::Silent).await;
    let server = stage.server_with(through(&relay)).await;
    let newcomer = server.unverified().await;
    newcomer
        .resend_verification_email()
        .await
        .expect("accepted");
    relay.wait_for(|seen| seen.connections > 0).await;
    relay.behave(Manner::Polite);
    assert_eq!(
        deliver_later(&server, &relay).await.to,
        [newcomer.email.as_str()]
    );

    let gone = SmtpServer::start(Manner::Polite).await;
    let setup = through(&gone);
    drop(gone);
    let server = stage.server_with(setup).await;
    server.unverified().await;
    assert_eq!(queue(&server).await.sent, 0);
}

/// SECURITY: 12.2.1.
async fn without_the_tls_that_is_required_nothing_leaves(stage: Stage) {
    let relay = SmtpServer::start(Manner::Polite).await;
    let setup = through(&relay).configured(|config| {
        config.smtp.tls = SmtpTls::Starttls;
        config.smtp.username = Some("accord".into());
        config.smtp.password = Some(accord_server::config::Secret::new("relay-password"));
    });
    let server = stage.server_with(setup).await;
    server.unverified().await;
    let seen = relay.wait_for(|seen| !seen.commands.is_empty()).await;
    server.advance(HOUR / 4);
    delivery::deliver(&server.services)
        .await
        .expect("the queue");
    for command in seen.commands.iter().chain(&relay.seen().commands) {
        assert!(
            command.starts_with("EHLO") || command.starts_with("QUIT"),
            "{command}"
        );
    }
    assert_eq!(queue(&server).await.sent, 0);
}

/// SECURITY: 12.2.1, 12.3.1; neither a password nor a mail is told to who cannot prove to be the relay.
async fn a_relay_that_nobody_vouches_for_gets_nothing(stage: Stage) {
    for tls in [SmtpTls::Starttls, SmtpTls::Tls] {
        let folder = tempfolder();
        let Some(relay) = SelfSigned::start(&folder, &[]).await else {
            return;
        };
        let port = match tls {
            SmtpTls::Starttls => relay.behind_starttls().await,
            _ => relay.port,
        };
        let setup = Setup::default().configured(move |config| {
            config.smtp.host = Some("localhost".into());
            config.smtp.port = Some(port);
            config.smtp.tls = tls;
            config.smtp.from = Some("Accord <accounts@example.com>".into());
            config.smtp.username = Some("accord".into());
            config.smtp.password = Some(accord_server::config::Secret::new("relay-password"));
        });
        let server = stage.server_with(setup).await;
        server.unverified().await;
        let said = relay.wait_for("alert").await;
        for word in ["AUTH ", "MAIL FROM", "relay-password"] {
            assert!(!said.contains(word), "{word} in {said}");
        }
        assert_eq!(queue(&server).await.sent, 0);
        std::fs::remove_dir_all(folder).expect("removed");
    }
}

fn tempfolder() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("accord-tls-{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// SECURITY: F-8.
async fn a_mail_whose_link_has_expired_is_not_sent(stage: Stage) {
    let relay = SmtpServer::start(Manner::Refusing("451 4.3.0 later")).await;
    let server = stage.server_with(through(&relay)).await;
    server.unverified().await;
    relay
        .wait_for(|seen| seen.commands.iter().any(|line| line.starts_with("RCPT")))
        .await;
    relay.behave(Manner::Polite);
    server.advance(25 * HOUR);
    delivery::deliver(&server.services)
        .await
        .expect("the queue");
    assert!(relay.seen().mails.is_empty());
}

async fn two_instances_send_each_mail_once(stage: Stage) {
    let relay = SmtpServer::start(Manner::Polite).await;
    let first = stage.server_with(through(&relay)).await;
    let second = stage.second_instance(&first, through(&relay)).await;
    let mut expected = BTreeSet::new();
    for index in 0..20 {
        let server = if index % 2 == 0 { &first } else { &second };
        expected.insert(server.unverified().await.email);
    }
    let seen = relay.wait_for(|seen| seen.mails.len() >= 20).await;
    settled(&first, |queue| queue.sent == 20).await;
    let received: BTreeSet<_> = seen.mails.iter().flat_map(|mail| mail.to.clone()).collect();
    assert_eq!(received, expected);
    assert_eq!(relay.seen().mails.len(), 20);
}

/// SECURITY: 14.2.7.
async fn the_sweep_deletes_what_has_expired(server: TestServer) {
    let registration = server.unverified().await;
    let user = server.user().await;
    user.setup_totp().await.expect("a setup");
    let wrong = user.reauthenticate();
    let wrong =
        wrong.body_map(|body| body.password(Some(accord_client::Secret::from("a wrong guess"))));
    wrong.await.expect_err("refused");
    let wrong = user.enable_totp().body_map(|body| body.code("000000"));
    wrong.await.expect_err("refused");
    let before = server.dump().await;
    server.advance(366 * 24 * HOUR);
    accord_server::domain::janitor::sweep(&server.services)
        .await
        .expect("swept");
    let mut tx = server.services.db.read().await.expect("the database");
    let gone = store::users::by_id(&mut tx, registration.user_id.into())
        .await
        .expect("a query");
    assert!(gone.is_none(), "a registration that was never proven");
    let kept = store::users::by_id(&mut tx, user.user_id.into())
        .await
        .expect("a query");
    let kept = kept.expect("an account stays");
    let now = server.services.clock.now() - 400 * 24 * HOUR;
    let sessions = store::sessions::list(&mut tx, kept.id, now)
        .await
        .expect("sessions");
    assert!(sessions.is_empty());
    assert_eq!(queue(&server).await, store::mails::Counts::default());
    drop(tx);
    let swept = server.dump().await;
    for table in ["tokens", "sessions", "attempts", "totp_secrets", "mails"] {
        assert_eq!(swept.count(table), 0, "{table}");
        assert!(before.count(table) > 0, "{table}");
    }
    assert_eq!(swept.count("users"), 1);
}
