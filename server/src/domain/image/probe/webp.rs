//! WebP: RIFF chunks of type, length and data, padded to an even length.

use image::ImageFormat;

use super::{Header, le16, le24, le32, take};

/// The whole file. All its chunks are walked: none may be longer than the file, nor a picture larger than the canvas
/// lets expect.
pub fn header(file: &[u8]) -> Option<Header> {
    let length = usize::try_from(le32(&file[4..])?).ok()?;
    let mut chunks = file.get(12..length.checked_add(8)?)?;
    let mut size = None;
    let mut frames = 0;
    while !chunks.is_empty() {
        let (kind, data) = chunk(&mut chunks)?;
        match kind {
            b"ANMF" => {
                frames += 1;
                // Only the first is ever decoded.
                if frames == 1 {
                    size = larger(size, frame(data)?);
                }
            }
            _ => size = picture_size(kind, data)?.map_or(size, |picture| larger(size, picture)),
        }
    }
    let (width, height) = size?;
    Some(Header {
        format: ImageFormat::WebP,
        width,
        height,
        bytes_per_pixel: 9,
    })
}

fn larger(a: Option<(u32, u32)>, b: (u32, u32)) -> Option<(u32, u32)> {
    let (width, height) = a.unwrap_or_default();
    Some((width.max(b.0), height.max(b.1)))
}

fn frame(data: &[u8]) -> Option<(u32, u32)> {
    let mut size = (le24(data.get(6..)?)? + 1, le24(data.get(9..)?)? + 1);
    let mut chunks = data.get(16..)?;
    while !chunks.is_empty() {
        let (kind, data) = chunk(&mut chunks)?;
        if let Some(picture) = picture_size(kind, data)? {
            size = larger(Some(size), picture)?;
        }
    }
    Some(size)
}

/// The size that a chunk tells, if it tells one; `None` outside for a chunk that cannot be read.
#[allow(clippy::option_option)]
fn picture_size(kind: &[u8], data: &[u8]) -> Option<Option<(u32, u32)>> {
    Some(match kind {
        b"VP8X" => Some((le24(data.get(4..)?)? + 1, le24(data.get(7..)?)? + 1)),
        b"VP8 " => {
            let size = |at| Some(u32::from(le16(data.get(at..)?)? & 0x3fff));
            Some((size(6)?, size(8)?))
        }
        b"VP8L" => {
            let bits = le32(data.get(1..)?)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        _ => None,
    })
}

fn chunk<'a>(file: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let kind = take(file, 4)?;
    let length = usize::try_from(le32(take(file, 4)?)?).ok()?;
    let data = take(file, length)?;
    if length % 2 == 1 && !file.is_empty() {
        take(file, 1)?;
    }
    Some((kind, data))
}
