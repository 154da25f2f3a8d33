//! PNG: chunks of length, type, data and checksum.

use image::ImageFormat;

use super::{Header, be32, take};

/// Orientation and little else; a thumbnail in it is of no use here.
const EXIF_MAX: usize = 64 << 10;

/// What follows the signature.
pub fn header(mut file: &[u8]) -> Option<Header> {
    let (kind, data) = chunk(&mut file)?;
    if kind != b"IHDR" || data.len() != 13 {
        return None;
    }
    Some(Header {
        format: ImageFormat::Png,
        width: be32(data)?,
        height: be32(&data[4..])?,
        // Four channels of 8 or 16 bits.
        bytes_per_pixel: if data[8] == 16 { 8 } else { 4 } + 2,
    })
}

/// The chunks that make the picture. Profiles and texts may unpack to gigabytes, frames after the first are not shown.
pub fn picture(file: &[u8]) -> Option<Vec<u8>> {
    let (signature, mut rest) = file.split_at_checked(8)?;
    let mut picture = signature.to_vec();
    loop {
        let start = rest;
        let (kind, data) = chunk(&mut rest)?;
        let kept = match kind {
            b"IHDR" | b"PLTE" | b"tRNS" | b"IDAT" | b"IEND" => true,
            b"eXIf" => data.len() <= EXIF_MAX,
            _ => false,
        };
        if kept {
            picture.extend_from_slice(&start[..start.len() - rest.len()]);
        }
        if kind == b"IEND" {
            return Some(picture);
        }
    }
}

fn chunk<'a>(file: &mut &'a [u8]) -> Option<(&'a [u8; 4], &'a [u8])> {
    let length = be32(take(file, 4)?)?;
    let kind = take(file, 4)?.first_chunk()?;
    let data = take(file, length.try_into().ok()?)?;
    take(file, 4)?;
    Some((kind, data))
}
