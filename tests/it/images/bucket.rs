//! Pictures in a bucket: a store that speaks S3 and that nobody here wrote, `s3rver`, run by Node.js from `tests/s3`.
//! Without Node.js the test is skipped, aloud; in CI it must run.

use accord_server::config::{Secret, StorageKind};
use contract_tests::node::Node;

use super::*;

pub fn tests() -> Vec<Case> {
    tests![pictures_live_in_a_bucket]
}

const BUCKET: &str = "pictures";
const CREDENTIAL: &str = "S3RVER";

fn setup(store: &Node) -> Setup {
    let endpoint = store.url.parse().expect("a URL");
    Setup::default().configured(|config| {
        config.storage.kind = StorageKind::S3;
        let s3 = &mut config.storage.s3;
        s3.endpoint = Some(endpoint);
        s3.bucket = Some(BUCKET.to_owned());
        s3.prefix = "accounts".to_owned();
        s3.access_key_id = Some(CREDENTIAL.to_owned());
        s3.secret_access_key = Some(Secret::new(CREDENTIAL));
    })
}

async fn pictures_live_in_a_bucket(stage: Stage) {
    let Some(mut store) = Node::start("s3", BUCKET, "pictures in a bucket").await else {
        return;
    };
    let server = stage.server_with(setup(&store)).await;
    let (one, two) = (server.user().await, server.user().await);
    let first = one
        .upload_profile_image()
        .body(png())
        .await
        .expect("stored");
    let same = two
        .upload_profile_image()
        .body(png())
        .await
        .expect("stored");
    assert_eq!(first.url, same.url);
    let served = get(&server, &first.url).await;
    assert_eq!(served.outcome(), (200, "ok"));
    assert!(served.body.starts_with(b"RIFF"));
    assert_eq!(i64::try_from(served.body.len()), Ok(first.bytes));
    assert!(
        !server.services.config.media_dir().exists(),
        "nothing is on the disk"
    );

    one.delete_profile_image().await.expect("deleted");
    assert_eq!(
        get(&server, &first.url).await.outcome(),
        (200, "ok"),
        "shown by another"
    );
    two.delete_profile_image().await.expect("deleted");
    let gone = (404, "request:unknown_path");
    assert_eq!(get(&server, &first.url).await.outcome(), gone);

    let kept = one.upload_banner_image().body(gif()).await.expect("stored");
    store.stop().await;
    let refused = one.upload_banner_image().body(png()).await;
    assert_eq!(refused.refusal(), (503, "system:unavailable"));
    let me = one.get_me().await.expect("me");
    assert_eq!(me.banner_image_url, Some(kept.url), "as it was");
}
