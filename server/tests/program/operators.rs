//! What operators do beside serving.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

use crate::running::{Api, accord, fresh, go_on_as, run, start};

/// Runs it, and answers what it printed if it went as expected.
fn ran(arguments: &[&str], environment: &[(&str, &str)], well: bool) -> String {
    let output = run(arguments, environment);
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    assert_eq!(output.status.success(), well, "{arguments:?}: {text}");
    text
}

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(64, 64, image::Rgb([200, 30, 90]));
    picture
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

#[tokio::test]
async fn f19_a_backup_of_a_live_server_serves() {
    let server = start("program-backup");
    let user = Api::new(&server.address).sign_up("ada_l").await;
    let upload = user.request("POST", "/v0/user/me/profile-image");
    let upload = upload
        .header("content-type", "application/octet-stream")
        .body(picture());
    let image: Value = upload.send().await.unwrap().json().await.unwrap();
    let image = image["url"].as_str().unwrap().to_owned();

    let writing = tokio::spawn({
        let user = user.clone();
        async move {
            for number in 0.. {
                let name = json!({ "display_name": format!("Ada {number}") });
                if user.send("PATCH", "/v0/user/me", &name).await.is_err() {
                    return number;
                }
            }
            0
        }
    });
    let data = Path::new(env!("CARGO_TARGET_TMPDIR")).join("program-backup");
    let copy = fresh("program-backup-copy");
    let (data, copy) = (data.to_str().unwrap(), copy.to_str().unwrap());
    tokio::time::sleep(Duration::from_millis(100)).await;
    ran(&["backup", copy], &[("ACCORD_DATA_DIR", data)], true);
    let again = ran(&["backup", copy], &[("ACCORD_DATA_DIR", data)], false);
    assert!(again.contains("cannot make the directory"), "{again}");
    drop(server);
    assert!(writing.await.unwrap() > 0);
    // Nothing of the original is needed.
    std::fs::remove_dir_all(data).unwrap();

    let server = go_on_as(accord(&[], &[]), copy, &[]);
    let user = user.at(&server.address);
    let me = user.request("GET", "/v0/user/me").send().await.unwrap();
    let me: Value = me.json().await.unwrap();
    assert!(
        me["display_name"].as_str().unwrap().starts_with("Ada "),
        "{me}"
    );
    user.sign_in("ada_l").await;
    let path = image.split_once("/media/").unwrap().1;
    let shown = user
        .request("GET", &format!("/media/{path}"))
        .send()
        .await
        .unwrap();
    assert_eq!(shown.status(), 200);
    let looked = ran(&["doctor"], &[("ACCORD_DATA_DIR", copy)], true);
    assert!(looked.contains("the schema is up to date"), "{looked}");
}

#[test]
fn the_doctor_says_what_is_wrong_and_changes_nothing() {
    let data = fresh("program-doctor");
    let data = [("ACCORD_DATA_DIR", data.to_str().unwrap())];
    let before = ran(&["doctor"], &data, true);
    assert!(
        before.contains("-       database       the first start makes it"),
        "{before}"
    );
    assert!(!Path::new(data[0].1).join("accord.db").exists());
    assert!(ran(&["migrate"], &data, true).contains("up to date"));
    let after = ran(&["doctor"], &data, true);
    assert!(
        after.contains("ok      database       SQLite 3."),
        "{after}"
    );
    assert!(
        after.contains("ok      storage        local: written, read, deleted"),
        "{after}"
    );

    let broken = [
        data[0],
        ("ACCORD_REDIS_URL", "redis://:hunter2@127.0.0.1:1"),
        ("ACCORD_SMTP__HOST", "127.0.0.1"),
        ("ACCORD_SMTP__PORT", "1"),
        ("ACCORD_SMTP__TLS", "none"),
        ("ACCORD_SMTP__FROM", "accounts@example.com"),
    ];
    let report = ran(&["doctor"], &broken, false);
    for line in [
        "FAILED  redis",
        "FAILED  smtp",
        "ok      database",
        "2 of 7 need attention",
    ] {
        assert!(report.contains(line), "{report}");
    }
    assert!(!report.contains("hunter2"), "{report}");
    let away = [
        data[0],
        ("ACCORD_DATABASE_URL", "postgres://u:hunter2@127.0.0.1:1/x"),
    ];
    let report = ran(&["doctor"], &away, false);
    assert!(report.contains("FAILED  database"), "{report}");
    assert!(!report.contains("hunter2"), "{report}");
}

/// SECURITY: 11.2.1, 11.3.1.
#[tokio::test]
async fn keys_are_rotated_and_the_old_one_may_go() {
    let key = |name: &str| {
        ran(&["keys", "generate", name], &[], true)
            .trim()
            .to_owned()
    };
    let (old, new) = (key("old"), key("new"));
    let data = fresh("program-keys");
    let data = data.to_str().unwrap();
    let server = go_on_as(accord(&[], &[]), data, &[("ACCORD_KEYS__CURRENT", &old)]);
    let user = Api::new(&server.address).sign_up("ada_l").await;
    let setup = user
        .send("POST", "/v0/auth/totp/setup", &json!({}))
        .await
        .unwrap();
    assert_eq!(setup.status(), 200);
    drop(server);

    let forgotten = [("ACCORD_DATA_DIR", data), ("ACCORD_KEYS__CURRENT", &new)];
    let missed = ran(&["doctor"], &forgotten, false);
    assert!(missed.contains("stored secrets need old too"), "{missed}");
    let both = [forgotten[0], forgotten[1], ("ACCORD_KEYS__PREVIOUS", &old)];
    let rotated = ran(&["keys", "rotate"], &both, true);
    assert!(
        rotated.contains("1 secrets are now under the key \"new\""),
        "{rotated}"
    );
    assert!(
        rotated.contains("nothing stored needs the key \"old\""),
        "{rotated}"
    );
    let again = ran(&["keys", "rotate"], &both, true);
    assert!(again.contains("0 secrets are now"), "{again}");
    ran(&["doctor"], &forgotten, true);
}

struct Stopped(Child);

impl Drop for Stopped {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// SECURITY: 12.3.1.
/// Redis behind TLS, with a certificate that the system is told to trust.
#[test]
fn redis_is_reached_through_tls() {
    let folder = fresh("program-redis-tls");
    std::fs::create_dir_all(&folder).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (certificate, key) = (path("certificate.pem"), path("key.pem"));
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
        ])
        .args(["-addext", "basicConstraints=critical,CA:FALSE"])
        .args(["-keyout", &key, "-out", &certificate])
        .stderr(Stdio::null())
        .status();
    let port = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port().to_string()
    };
    let redis = Command::new("redis-server")
        .args(["--port", "0", "--tls-port", &port, "--bind", "127.0.0.1"])
        .args(["--tls-cert-file", &certificate, "--tls-key-file", &key])
        .args(["--tls-auth-clients", "no", "--save", "", "--dir"])
        .arg(&folder)
        .stdout(Stdio::null())
        .spawn();
    let (Ok(made), Ok(redis)) = (made, redis) else {
        assert!(
            std::env::var_os("CI").is_none(),
            "openssl and redis-server are needed in CI"
        );
        eprintln!("SKIPPED: Redis behind TLS, for openssl or redis-server is missing");
        return;
    };
    assert!(made.success());
    let _redis = Stopped(redis);
    let url = format!("rediss://localhost:{port}");
    let data = path("data");
    let trusting = [
        ("ACCORD_DATA_DIR", data.as_str()),
        ("ACCORD_REDIS_URL", url.as_str()),
        ("SSL_CERT_FILE", certificate.as_str()),
    ];
    let answered = (0..50).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        run(&["doctor"], &trusting).status.success()
    });
    assert!(answered, "{}", ran(&["doctor"], &trusting, true));
    let report = ran(&["doctor"], &trusting[..2], false);
    assert!(report.contains("FAILED  redis"), "who is it? {report}");
}
