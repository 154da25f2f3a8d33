//! Files that were damaged by chance, thousands of them: whatever is done to a picture, it is read or refused, within
//! bounds, and nothing panics. `PROPTEST_CASES` says how many.

use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;

const SIZE: Size = Size {
    width: 32,
    height: 24,
};

/// Every format in the kinds that decoders have paths of their own for.
static CORPUS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let image = picture(48, 40);
    let mut files: Vec<_> = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
    ]
    .map(|format| file(&image, format))
    .to_vec();
    for other in [
        DynamicImage::ImageLuma8(image.to_luma8()),
        DynamicImage::ImageLumaA16(image.to_luma_alpha16()),
        DynamicImage::ImageRgb16(image.to_rgb16()),
    ] {
        files.push(file(&other, ImageFormat::Png));
    }
    files.push(file(
        &DynamicImage::ImageLuma8(image.to_luma8()),
        ImageFormat::Jpeg,
    ));
    files.extend([with_exif(6), animation(), lossy(), extended()]);
    files
});

/// A GIF of three frames.
fn animation() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut file);
    let frames = (0..3).map(|shift| image::Frame::new(picture(30 + shift, 20).to_rgba8()));
    encoder.encode_frames(frames).unwrap();
    drop(encoder);
    file
}

/// A WebP with the coding of photographs.
fn lossy() -> Vec<u8> {
    let pixels = picture(48, 40).to_rgb8();
    let encoder = webp::Encoder::from_rgb(&pixels, 48, 40);
    encoder.encode_simple(false, 60.0).unwrap().to_vec()
}

/// A WebP with an alpha channel beside that, in the extended format.
fn extended() -> Vec<u8> {
    let mut pixels = picture(48, 40).to_rgba8();
    for (x, _, pixel) in pixels.enumerate_pixels_mut() {
        pixel.0[3] = u8::try_from(5 * x).unwrap();
    }
    let encoder = webp::Encoder::from_rgba(&pixels, 48, 40);
    encoder.encode_simple(false, 60.0).unwrap().to_vec()
}

/// Something that happens to a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(Index, u8),
    Set(Index, u8),
    /// A number of two or four bytes, as sizes and counts are.
    Number(Index, u32, bool),
    Cut(Index),
    Remove(Index, usize),
    Insert(Index, Vec<u8>),
    /// A piece once more, further on.
    Repeat(Index, Index, usize),
    /// A piece of another file.
    Splice(Index, Index, Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = any::<Index>;
    let number = prop_oneof![
        select(vec![
            0,
            1,
            0x7f,
            0x80,
            0xff,
            0x7fff,
            0xffff,
            0x7fff_ffff,
            u32::MAX
        ]),
        any::<u32>(),
    ];
    prop_oneof![
        4 => (index(), 0..8_u8).prop_map(|(at, bit)| Damage::Flip(at, 1 << bit)),
        2 => (index(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        2 => (index(), number, any::<bool>()).prop_map(|(at, n, wide)| Damage::Number(at, n, wide)),
        1 => index().prop_map(Damage::Cut),
        1 => (index(), 1..64_usize).prop_map(|(at, count)| Damage::Remove(at, count)),
        1 => (index(), vec(any::<u8>(), 1..16)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (index(), index(), 1..200_usize).prop_map(|(a, b, count)| Damage::Repeat(a, b, count)),
        1 => (index(), index(), index(), 1..200_usize)
            .prop_map(|(other, from, to, count)| Damage::Splice(other, from, to, count)),
    ]
}

impl Damage {
    fn apply(&self, file: &mut Vec<u8>) {
        let length = file.len();
        let place = |at: &Index| at.index(length + 1);
        let piece = |of: &[u8], from: &Index, count: usize| {
            let from = from.index(of.len() + 1);
            of[from..of.len().min(from + count)].to_vec()
        };
        match self {
            Self::Flip(at, bits) if length > 0 => file[at.index(length)] ^= bits,
            Self::Set(at, byte) if length > 0 => file[at.index(length)] = *byte,
            Self::Number(at, number, wide) => {
                let bytes = number.to_be_bytes();
                let bytes = if *wide { &bytes[..] } else { &bytes[2..] };
                for (byte, new) in file[place(at)..].iter_mut().zip(bytes) {
                    *byte = *new;
                }
            }
            Self::Cut(at) => file.truncate(place(at)),
            Self::Remove(at, count) => {
                let start = place(at);
                file.drain(start..length.min(start + count));
            }
            Self::Insert(at, bytes) => drop(file.splice(place(at)..place(at), bytes.clone())),
            Self::Repeat(from, to, count) => {
                let again = piece(file, from, *count);
                file.splice(place(to)..place(to), again);
            }
            Self::Splice(other, from, to, count) => {
                let other = &CORPUS[other.index(CORPUS.len())];
                let foreign = piece(other, from, *count);
                let start = place(to);
                file.splice(start..length.min(start + foreign.len()), foreign);
            }
            Self::Flip(..) | Self::Set(..) => {}
        }
    }
}

/// What has been damaged is read or refused.
fn judge(file: &[u8]) -> Result<(), TestCaseError> {
    let header = match probe::header(file) {
        Ok(header) => header,
        Err(error) => {
            let codes = [
                "file:unsupported_type",
                "file:unreadable",
                "file:dimensions_too_large",
            ];
            prop_assert!(codes.contains(&error.code()), "{error}");
            return Ok(());
        }
    };
    prop_assert!(header.memory() <= 512 << 20, "{header:?}");
    // Millions of pixels take their time; that they are decoded within bounds, other tests show.
    if u64::from(header.width) * u64::from(header.height) > 1 << 18 {
        return Ok(());
    }
    match render(file, &header, SIZE) {
        Ok(webp) => {
            let made = image::load_from_memory_with_format(&webp, ImageFormat::WebP);
            let made = made.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!((made.width(), made.height()), (SIZE.width, SIZE.height));
        }
        Err(error) => {
            let codes = ["file:unreadable", "file:dimensions_too_large"];
            prop_assert!(codes.contains(&error.code()), "{error}");
        }
    }
    Ok(())
}

#[test]
fn the_corpus_is_good_before_it_is_damaged() {
    for file in &*CORPUS {
        render(file, &probe::header(file).unwrap(), SIZE).unwrap();
    }
}

/// SECURITY: 5.2.2, I-1; cut at every hundredth.
#[test]
fn every_file_cut_anywhere_is_read_or_refused() {
    for file in &*CORPUS {
        for percent in 0..100 {
            judge(&file[..file.len() * percent / 100]).unwrap();
        }
    }
}

proptest! {
    /// SECURITY: 5.2.2, 5.2.6, I-1.
    #[test]
    fn a_damaged_file_is_read_or_refused(which in any::<Index>(), damages in vec(damage(), 1..6)) {
        let mut file = CORPUS[which.index(CORPUS.len())].clone();
        for damage in damages {
            damage.apply(&mut file);
        }
        judge(&file)?;
    }

    /// SECURITY: 5.2.2.
    #[test]
    fn a_file_of_chance_is_read_or_refused(
        start in select(vec![
            &b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"[..], b"\xff\xd8\xff\xe0", b"GIF89a", b"GIF87a",
            b"RIFF\x40\0\0\0WEBPVP8 ", b"RIFF\x40\0\0\0WEBPVP8X", b"RIFF\x40\0\0\0WEBPVP8L", b"",
        ]),
        bytes in vec(any::<u8>(), 0..200),
    ) {
        judge(&[start, &bytes].concat())?;
    }
}
