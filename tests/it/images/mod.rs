//! Pictures of profiles: from a file to what everybody sees.

mod bucket;

use accord_server::domain::image;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use contract_tests::prelude::*;
use url::Url;

pub fn tests() -> Vec<Case> {
    let own = tests![
        pictures_are_shown_and_served,
        what_is_no_picture_is_refused,
        a_picture_goes_with_its_last_use,
        a_user_has_two_pictures_at_most,
        a_storage_that_fails_leaves_the_profile_as_it_was,
    ];
    [own, bucket::tests()].concat()
}

/// One pixel.
fn png() -> Vec<u8> {
    decoded(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    )
}

/// One transparent pixel.
fn gif() -> Vec<u8> {
    decoded("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
}

fn decoded(base64: &str) -> Vec<u8> {
    STANDARD.decode(base64).expect("base64")
}

async fn get(server: &TestServer, url: &str) -> Answer {
    let path = Url::parse(url).expect("a URL").path().to_owned();
    server.raw(Method::GET, &path).send().await
}

/// SECURITY: 5.3.1, 5.4.1, 5.4.2, 3.2.1, 3.5.4, 2.2.3, 13.4.3.
async fn pictures_are_shown_and_served(server: TestServer) {
    let user = server.user().await;
    let profile = user
        .upload_profile_image()
        .body(png())
        .await
        .expect("stored");
    assert_eq!((profile.width, profile.height), (512, 512));
    let banner = user
        .upload_banner_image()
        .body(gif())
        .await
        .expect("stored");
    assert_eq!((banner.width, banner.height), (1500, 500));
    let me = user.get_me().await.expect("me");
    assert_eq!(me.profile_image_url.as_ref(), Some(&profile.url));
    assert_eq!(me.banner_image_url.as_ref(), Some(&banner.url));

    let served = get(&server, &profile.url).await;
    assert_eq!(served.outcome(), (200, "ok"));
    assert_eq!(i64::try_from(served.body.len()), Ok(profile.bytes));
    assert!(served.body.starts_with(b"RIFF"));
    for (header, value) in [
        ("content-type", "image/webp"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
        ("content-disposition", ""),
    ] {
        assert_eq!(served.header(header), value, "{header}");
    }
    assert!(served.session_cookie().is_none());
    let path = Url::parse(&profile.url).expect("a URL").path().to_owned();
    let again = server.raw(Method::GET, &path).unjudged();
    let again = again
        .header("if-none-match", served.header("etag"))
        .send()
        .await;
    assert_eq!((again.status, again.body.len()), (304, 0));

    for unknown in [
        "/media".to_owned(),
        "/media/".to_owned(),
        path.rsplit_once('/').expect("a folder").0.to_owned() + "/",
        "/media/ab".to_owned(),
        "/media/../keys".to_owned(),
        "/media/..%2fkeys".to_owned(),
        "/media/%2e%2e/%2e%2e/etc/passwd".to_owned(),
        format!("/media/00/{}.webp", "0".repeat(64)),
        format!("{path}/"),
        format!("{path}%00"),
    ] {
        let answer = server.raw(Method::GET, &unknown).send().await;
        assert_eq!(answer.outcome(), (404, "request:unknown_path"), "{unknown}");
    }
}

/// SECURITY: 5.2.2, 1.3.4.
async fn what_is_no_picture_is_refused(server: TestServer) {
    let user = server.user().await;
    let cut = png()[..60].to_vec();
    let disguised = [&png()[..8], b"<svg xmlns='http://www.w3.org/2000/svg'/>"].concat();
    let mut bomb = png();
    bomb[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    for (file, code) in [
        (
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec(),
            "file:unsupported_type",
        ),
        (
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            "file:unsupported_type",
        ),
        (Vec::new(), "file:unsupported_type"),
        (disguised, "file:unreadable"),
        (cut, "file:unreadable"),
        (bomb, "file:dimensions_too_large"),
    ] {
        let profile = user.upload_profile_image().body(file.clone()).await;
        assert_eq!(profile.refusal(), (400, code));
        let banner = user.upload_banner_image().body(file).await;
        assert_eq!(banner.refusal(), (400, code));
    }
    assert_eq!(user.get_me().await.expect("me").profile_image_url, None);
}

/// SECURITY: 5.2.4.
async fn a_picture_goes_with_its_last_use(server: TestServer) {
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
    let second = one
        .upload_profile_image()
        .body(gif())
        .await
        .expect("stored");
    assert_eq!(
        get(&server, &first.url).await.outcome(),
        (200, "ok"),
        "shown by another"
    );
    for _ in 0..2 {
        two.delete_profile_image().await.expect("deleted");
    }
    let gone = (404, "request:unknown_path");
    assert_eq!(get(&server, &first.url).await.outcome(), gone);
    assert_eq!(get(&server, &second.url).await.outcome(), (200, "ok"));
    server.advance(Duration::from_secs(2 * 60 * 60));
    assert_eq!(
        image::collect(&server.services).await.expect("collected"),
        0
    );
    assert_eq!(get(&server, &second.url).await.outcome(), (200, "ok"));
    one.upload_banner_image().body(png()).await.expect("stored");
    for _ in 0..2 {
        one.delete_banner_image().await.expect("deleted");
    }
}

/// SECURITY: 5.2.4; many uploads are one picture in the end.
async fn a_user_has_two_pictures_at_most(server: TestServer) {
    let user = server.user().await;
    let banner = user
        .upload_banner_image()
        .body(png())
        .await
        .expect("stored");
    let mut last = None;
    for shade in 0..20 {
        let picture = image_of([shade, 255 - shade, 7]);
        let stored = user.upload_profile_image().body(picture).await;
        last = Some(stored.expect("stored").url);
    }
    let media = server.services.config.media_dir();
    let mut files = Vec::new();
    for folder in std::fs::read_dir(&media).expect("the store") {
        let folder = folder.expect("an entry").path();
        if folder.is_dir() {
            let inside = std::fs::read_dir(folder).expect("a folder");
            files.extend(inside.map(|file| file.expect("a file").path()));
        }
    }
    assert_eq!(files.len(), 2, "{files:?}");
    for url in [&banner.url, &last.expect("a picture")] {
        assert_eq!(get(&server, url).await.outcome(), (200, "ok"));
    }
}

/// A picture of one colour.
fn image_of(colour: [u8; 3]) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let picture = ::image::RgbImage::from_pixel(8, 8, ::image::Rgb(colour));
    let written = picture.write_to(&mut file, ::image::ImageFormat::Png);
    written.expect("a picture");
    file.into_inner()
}

/// SECURITY: F-7.
async fn a_storage_that_fails_leaves_the_profile_as_it_was(server: TestServer) {
    let user = server.user().await;
    let before = user
        .upload_profile_image()
        .body(png())
        .await
        .expect("stored");
    let media = server.services.config.media_dir();
    std::fs::remove_dir_all(&media).expect("removed");
    std::fs::write(&media, "in the way").expect("written");
    let refused = user.upload_profile_image().body(gif()).await;
    assert_eq!(refused.refusal(), (503, "system:unavailable"));
    let me = user.get_me().await.expect("me");
    assert_eq!(me.profile_image_url, Some(before.url));
}
