use futures::future::join_all;

use super::*;
use crate::domain::entropy::OsEntropy;

fn weak() -> config::Password {
    config::Password {
        argon2_memory: 64,
        argon2_iterations: 1,
        ..Default::default()
    }
}

fn hasher(options: &config::Password) -> Hasher {
    Hasher::new(options, Arc::new(OsEntropy)).unwrap()
}

fn password(text: &str) -> Password {
    Password::attempt(text.to_owned())
}

#[tokio::test]
async fn asvs_11_4_2_a_hash_is_argon2id_with_the_parameters_of_the_default() {
    let hasher = hasher(&config::Password::default());
    let hash = hasher.hash(&password("correct horse")).await.unwrap();
    assert!(
        hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
        "{hash}"
    );
    assert!(
        hasher
            .verify(&password("correct horse"), &hash)
            .await
            .unwrap()
    );
    assert!(
        !hasher
            .verify(&password("correct horse "), &hash)
            .await
            .unwrap()
    );
    assert!(!hasher.needs_rehash(&hash));
    assert_eq!(hasher.hashes(), 3);
    assert_ne!(
        hash,
        hasher.hash(&password("correct horse")).await.unwrap(),
        "salted"
    );
}

/// SECURITY: N-4.
#[tokio::test]
async fn asvs_6_2_8_the_whole_password_counts() {
    let hasher = hasher(&weak());
    let long = "x".repeat(127);
    let hash = hasher.hash(&password(&format!("{long}a"))).await.unwrap();
    assert!(
        !hasher
            .verify(&password(&format!("{long}b")), &hash)
            .await
            .unwrap()
    );
    assert!(!hasher.verify(&password(&long), &hash).await.unwrap());
    assert!(
        !hasher
            .verify(&password(&format!("{long}A")), &hash)
            .await
            .unwrap()
    );
}

/// SECURITY: 11.4.2, N-6.
#[tokio::test]
async fn hashes_of_other_parameters_are_verified_and_weaker_ones_renewed() {
    let (low, high) = (hasher(&weak()), hasher(&config::Password::default()));
    let hash = low.hash(&password("correct horse")).await.unwrap();
    assert!(
        high.verify(&password("correct horse"), &hash)
            .await
            .unwrap()
    );
    assert!(high.needs_rehash(&hash));
    let hash = high.hash(&password("correct horse")).await.unwrap();
    assert!(low.verify(&password("correct horse"), &hash).await.unwrap());
    assert!(!low.needs_rehash(&hash));
}

#[tokio::test]
async fn f24_a_hash_that_cannot_be_read_never_matches() {
    let hasher = hasher(&weak());
    let good = hasher.hash(&password("correct horse")).await.unwrap();
    for hash in [
        "",
        "correct horse",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0",
        &good.replace("argon2id", "argon2i"),
        &good.replace("v=19", "v=16"),
        &good.replace("m=64", "m=1"),
        &good.replace("m=64", "m=99999999999"),
    ] {
        let refused = hasher.verify(&password("correct horse"), hash).await;
        assert!(
            matches!(refused, Err(Error::Internal(_))),
            "{hash}: {refused:?}"
        );
    }
}

/// SECURITY: U-1.
#[tokio::test]
async fn an_absent_account_takes_a_hash_too() {
    let hasher = hasher(&weak());
    hasher.verify_absent(&password("whatever")).await.unwrap();
    assert_eq!(hasher.hashes(), 1);
}

/// SECURITY: F-14.
#[tokio::test]
async fn asvs_15_2_2_the_queue_is_short_and_the_rest_is_told_to_come_back() {
    let options = config::Password {
        hashing_permits: 1,
        hashing_queue: 3,
        ..weak()
    };
    let hasher = hasher(&options);
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let (begun, begins) = oneshot::channel();
    let blocker = tokio::spawn({
        let hasher = hasher.clone();
        async move {
            hasher
                .judge(move || (begun.send(()), wait.recv()))
                .await
                .map(drop)
        }
    });
    begins.await.unwrap();
    let some = password("some");
    let waiting = join_all((0..10).map(|_| hasher.verify_absent(&some)));
    let release = async {
        assert_eq!(hasher.waiting(), 3);
        go.send(()).unwrap();
    };
    let (outcomes, ()) = tokio::join!(waiting, release);
    let refused = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Err(Error::Overloaded { .. })));
    assert_eq!(refused.count(), 7);
    assert_eq!(hasher.hashes(), 3);
    blocker.await.unwrap().unwrap();
}

#[tokio::test]
async fn who_stops_waiting_costs_no_hash_and_a_panic_costs_no_thread() {
    let options = config::Password {
        hashing_permits: 1,
        hashing_wait: config::Period(Duration::from_millis(20)),
        ..weak()
    };
    let hasher = hasher(&options);
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let blocked = hasher.judge(move || wait.recv());
    let some = password("some");
    let (blocked, queued) = tokio::join!(blocked, hasher.verify_absent(&some));
    assert!(matches!(blocked, Err(Error::Overloaded { .. })));
    assert!(matches!(queued, Err(Error::Overloaded { .. })));
    go.send(()).unwrap();
    // Without the hook, which may take its time to print.
    let panicked = hasher
        .judge(|| std::panic::resume_unwind(Box::new("on purpose")))
        .await;
    assert!(matches!(panicked, Err::<(), _>(Error::Internal(_))));
    hasher.judge(|| ()).await.unwrap();
    assert_eq!(hasher.hashes(), 0);
}
