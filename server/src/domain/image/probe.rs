//! What a file is and how large its picture, by its own few bytes of header, before any decoder sees it.
//!
//! Everything that makes a small file expensive is refused here: too many pixels, more scans or other sizes inside than
//! the header says, metadata that unpacks to gigabytes, and files that end before their picture does.

mod gif;
mod jpeg;
mod png;
mod webp;

use std::borrow::Cow;

use image::ImageFormat;

use crate::domain::{Error, Result};

/// 40 megapixels, as the contract says.
const MOST_PIXELS: u64 = 40_000_000;

/// A picture that may be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    pub format: ImageFormat,
    pub width: u32,
    pub height: u32,
    /// What decoding takes at most, for each pixel.
    bytes_per_pixel: u64,
}

impl Header {
    /// Memory that decoding takes at most.
    pub fn memory(&self) -> u64 {
        const FIXED: u64 = 24 << 20;
        u64::from(self.width) * u64::from(self.height) * self.bytes_per_pixel + FIXED
    }
}

/// Reads the header of a file.
///
/// # Errors
/// `file:unsupported_type`, `file:unreadable`, `file:dimensions_too_large`
pub fn header(file: &[u8]) -> Result<Header> {
    let header = match file {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, rest @ ..] => png::header(rest),
        [0xff, 0xd8, 0xff, ..] => jpeg::header(&file[2..]),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', rest @ ..] => gif::header(rest),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => webp::header(file),
        _ => return Err(Error::FileUnsupportedType),
    };
    let header = header.ok_or(Error::FileUnreadable)?;
    match u64::from(header.width) * u64::from(header.height) {
        0 => Err(Error::FileUnreadable),
        1..=MOST_PIXELS => Ok(header),
        _ => Err(Error::FileDimensionsTooLarge),
    }
}

/// What of a file is worth decoding: complete, and without what is not the picture.
pub fn picture<'a>(file: &'a [u8], header: &Header) -> Result<Cow<'a, [u8]>> {
    let picture = match header.format {
        ImageFormat::Png => png::picture(file).map(Cow::Owned),
        ImageFormat::Jpeg => jpeg::picture(file).map(Cow::Borrowed),
        _ => Some(Cow::Borrowed(file)),
    };
    picture.ok_or(Error::FileUnreadable)
}

/// Takes so many bytes off the front.
fn take<'a>(file: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = file.split_at_checked(count)?;
    *file = rest;
    Some(taken)
}

fn be32(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.first_chunk()?))
}

fn be16(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_be_bytes(*bytes.first_chunk()?))
}

fn le32(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.first_chunk()?))
}

fn le16(bytes: &[u8]) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.first_chunk()?))
}

/// Little-endian, of three bytes.
fn le24(bytes: &[u8]) -> Option<u32> {
    let [a, b, c] = *bytes.first_chunk()?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(file: &[u8]) -> &'static str {
        header(file).map_or_else(|error| error.code(), |_| "ok")
    }

    /// SECURITY: 5.2.2.
    #[test]
    fn the_type_is_told_by_content() {
        for other in [
            &b""[..],
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            b"<!doctype html><script>alert(1)</script>",
            b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0",
            b"II*\0\x08\0\0\0",
            b"MM\0*\0\0\0\x08",
            b"\0\0\0\x1cftypavif\0\0\0\0avifmif1",
            b"\0\0\0\x1cftypheic\0\0\0\0heicmif1",
            b"\0\0\x01\0\x01\0",
            b"%PDF-1.7",
            b"RIFF\x10\0\0\0WAVEfmt ",
            b"\x1f\x8b\x08\0",
            b"\x89PNG\n",
            b"GIF88a\x01\0\x01\0",
            b"\n\x89PNG\r\n\x1a\n",
        ] {
            assert_eq!(code(other), "file:unsupported_type", "{other:?}");
        }
        for cut in [
            &b"\x89PNG\r\n\x1a\n"[..],
            b"\xff\xd8\xff",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBP",
        ] {
            assert_eq!(code(cut), "file:unreadable", "{cut:?}");
        }
    }

    #[test]
    fn asvs_5_2_6_headers_of_bombs_are_refused_unseen() {
        let ihdr = |width: u32, height: u32| {
            let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
            file.extend(width.to_be_bytes());
            file.extend(height.to_be_bytes());
            file.extend(b"\x08\x06\0\0\0\0\0\0\0");
            file
        };
        assert_eq!(code(&ihdr(65_535, 65_535)), "file:dimensions_too_large");
        assert_eq!(code(&ihdr(u32::MAX, u32::MAX)), "file:dimensions_too_large");
        assert_eq!(code(&ihdr(8_000, 5_000)), "ok");
        assert_eq!(code(&ihdr(8_000, 5_001)), "file:dimensions_too_large");
        assert_eq!(code(&ihdr(0, 5_000)), "file:unreadable");
        assert_eq!(
            code(b"GIF89a\xff\xff\xff\xff\0\0\0,"),
            "file:dimensions_too_large"
        );
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\xff\xff\xff\xff\x01\x01\x11\0";
        assert_eq!(code(jpeg), "file:dimensions_too_large");
        let canvas = b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff";
        assert_eq!(code(canvas), "file:dimensions_too_large");
        // A small canvas with a large picture in it.
        let inside = b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0VP8L\x05\0\0\0\x2f\xff\xff\xff\x0f\0";
        assert_eq!(code(inside), "file:dimensions_too_large");
    }
}
