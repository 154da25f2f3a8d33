//! A corpus made here: every format, upright and not, cut short, and files that are something else.

mod mutations;

use std::time::{Duration, Instant};

use image::codecs::jpeg::JpegEncoder;
use image::{ImageEncoder as _, ImageFormat, Rgba, RgbaImage};

use super::*;

const SIZE: Size = Size {
    width: 64,
    height: 64,
};

/// Red above left, green above right, blue below.
fn picture(width: u32, height: u32) -> DynamicImage {
    let image = RgbaImage::from_fn(width, height, |x, y| {
        match (2 * x < width, 2 * y < height) {
            (true, true) => Rgba([255, 0, 0, 255]),
            (false, true) => Rgba([0, 255, 0, 255]),
            _ => Rgba([0, 0, 255, 255]),
        }
    });
    DynamicImage::ImageRgba8(image)
}

fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    match format {
        ImageFormat::Jpeg => image.to_rgb8().write_to(&mut file, format).unwrap(),
        _ => image.write_to(&mut file, format).unwrap(),
    }
    file.into_inner()
}

fn rendered(file: &[u8]) -> Result<Vec<u8>> {
    render(file, &probe::header(file)?, SIZE)
}

fn code(file: &[u8]) -> &'static str {
    rendered(file).map_or_else(|error| error.code(), |_| "ok")
}

/// The colours of the corners: above left, above right, below left.
fn corners(webp: &[u8]) -> String {
    let image = image::load_from_memory_with_format(webp, ImageFormat::WebP)
        .unwrap()
        .to_rgb8();
    assert_eq!((image.width(), image.height()), (SIZE.width, SIZE.height));
    [(4, 4), (60, 4), (4, 60)]
        .map(|(x, y)| {
            let [r, g, b] = image.get_pixel(x, y).0;
            if r > 150 {
                'r'
            } else if g > 150 {
                'g'
            } else if b > 150 {
                'b'
            } else {
                '?'
            }
        })
        .into_iter()
        .collect()
}

/// A JPEG whose EXIF tells an orientation and where it was taken, and whose other segments tell the same.
fn with_exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 48.8584 N 2.2945 E");
    let image = picture(96, 64).to_rgb8();
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new(&mut file);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&image).unwrap();
    let segment = |marker: u8, text: &[u8]| {
        let length = u16::try_from(text.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], text].concat()
    };
    let told = [
        segment(
            0xe1,
            b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP GPS 48.8584</x:xmpmeta>",
        ),
        segment(
            0xed,
            b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0c\x1c\x02\x5a\0\x07IPTC GPS",
        ),
        segment(0xfe, b"a comment with GPS"),
    ];
    [&file[..2], &told.concat(), &file[2..]].concat()
}

/// SECURITY: I-1.
#[test]
fn every_format_is_read() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        for (width, height) in [(64, 64), (97, 61), (61, 97), (1, 1), (900, 2), (700, 500)] {
            let webp = rendered(&file(&picture(width, height), format)).unwrap();
            if width.min(height) > 2 {
                assert_eq!(corners(&webp), "rgb", "{format:?} {width}x{height}");
            }
        }
    }
    let image = picture(80, 80);
    for other in [
        DynamicImage::ImageLuma8(image.to_luma8()),
        DynamicImage::ImageLumaA16(image.to_luma_alpha16()),
        DynamicImage::ImageRgb16(image.to_rgb16()),
        DynamicImage::ImageRgba16(image.to_rgba16()),
    ] {
        assert_eq!(code(&file(&other, ImageFormat::Png)), "ok");
    }
}

#[test]
fn asvs_14_2_8_pictures_are_turned_upright_and_tell_nothing_else() {
    for (orientation, upright) in [
        (1, "rgb"),
        (2, "grb"),
        (3, "bbg"),
        (4, "bbr"),
        (5, "rbg"),
        (6, "brb"),
        (7, "bgb"),
        (8, "gbr"),
        (9, "rgb"),
    ] {
        let file = with_exif(orientation);
        assert!(file.windows(3).any(|bytes| bytes == b"GPS"));
        let webp = rendered(&file).unwrap();
        assert_eq!(corners(&webp), upright, "orientation {orientation}");
        for metadata in [
            &b"GPS"[..],
            b"EXIF",
            b"Exif",
            b"XMP",
            b"xmp",
            b"ICCP",
            b"IPTC",
            b"8BIM",
        ] {
            assert!(!webp.windows(metadata.len()).any(|bytes| bytes == metadata));
        }
    }
}

#[test]
fn transparency_stays() {
    let clear = DynamicImage::ImageRgba8(RgbaImage::from_pixel(80, 80, Rgba([9, 9, 9, 0])));
    let webp = rendered(&file(&clear, ImageFormat::Png)).unwrap();
    let image = image::load_from_memory(&webp).unwrap().to_rgba8();
    assert_eq!(image.get_pixel(30, 30).0[3], 0);
}

/// SECURITY: 5.2.2; what was behind the picture is not stored.
#[test]
fn polyglots_lose_their_tails() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        let plain = file(&picture(80, 80), format);
        let tail = b"PK\x03\x04<?php system('id'); ?><script>alert(1)</script>";
        let webp = rendered(&[&plain, &tail[..]].concat()).unwrap();
        assert_eq!(webp, rendered(&plain).unwrap(), "{format:?}");
        assert!(!webp.windows(5).any(|bytes| bytes == b"<?php"));
    }
}

/// SECURITY: 5.2.2, I-1.
#[test]
fn files_cut_short_or_damaged_are_unreadable_and_never_panic() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ] {
        let whole = file(&picture(120, 90), format);
        for percent in 0..100 {
            let cut = &whole[..whole.len() * percent / 100];
            // What a GIF lacks after its first frame is nothing that is shown.
            assert_ne!(code(cut), "ok", "{format:?} cut at {percent} %");
        }
        for at in (0..whole.len()).step_by(whole.len() / 200 + 1) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0x5a;
            let _ = code(&damaged);
        }
    }
}

/// SECURITY: 5.2.3; metadata that unpacks to much more than the picture is never unpacked.
#[test]
fn png_metadata_is_not_unpacked() {
    let plain = file(&picture(80, 80), ImageFormat::Png);
    let chunk = |kind: &[u8], data: &[u8]| {
        let length = u32::try_from(data.len()).unwrap().to_be_bytes();
        [&length, kind, data, &[0; 4]].concat()
    };
    let (head, rest) = plain.split_at(33);
    for kind in [&b"iCCP"[..], b"zTXt", b"iTXt", b"acTL", b"fdAT", b"abCD"] {
        let bomb = [head, &chunk(kind, &[0x41; 1 << 20]), rest].concat();
        assert_eq!(rendered(&bomb).unwrap(), rendered(&plain).unwrap());
    }
}

/// SECURITY: 5.2.6.
#[test]
fn jpegs_of_endless_scans_are_refused() {
    let plain = file(&picture(80, 80), ImageFormat::Jpeg);
    let start = plain
        .windows(2)
        .position(|pair| pair == [0xff, 0xda])
        .unwrap();
    let (head, scan) = plain.split_at(start);
    let scan = &scan[..scan.len() - 2];
    let many = [head, &scan.repeat(65), &[0xff, 0xd9]].concat();
    assert_eq!(code(&many), "file:unreadable");
}

/// SECURITY: 5.2.6.
/// Only the first frame is ever looked at.
#[test]
fn animations_without_end_cost_no_more_than_their_first_frame() {
    let mut file = b"GIF89a\x40\0\x40\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    let frame = b",\0\0\0\0\x40\0\x40\0\0\x02";
    let mut first = Vec::new();
    image::codecs::gif::GifEncoder::new(&mut first)
        .encode_frame(image::Frame::new(picture(64, 64).to_rgba8()))
        .unwrap();
    for _ in 0..100_000 {
        file.extend(frame);
        file.extend(b"\x02\x4c\x01\0");
    }
    first.pop();
    first.extend(&file[13..]);
    let begun = Instant::now();
    let _ = code(&first);
    let _ = code(&file);
    assert!(
        begun.elapsed() < Duration::from_secs(1),
        "{:?}",
        begun.elapsed()
    );
}
