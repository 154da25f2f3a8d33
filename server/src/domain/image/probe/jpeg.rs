//! JPEG: segments of marker, length and data, and after a start of scan its entropy-coded data.

use image::ImageFormat;

use super::{Header, be16, take};

const SCAN: u8 = 0xda;
const END: u8 = 0xd9;
/// Progressive files have about ten. Each costs a walk over all pixels, however few bytes it has.
const MOST_SCANS: usize = 64;

/// What follows the start of image.
pub fn header(mut file: &[u8]) -> Option<Header> {
    loop {
        let (marker, data) = segment(&mut file)?;
        match marker {
            // Start of frame; but not the tables of Huffman and arithmetic coding, nor what JPEG reserves.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                // Progressive ones keep the coefficients of all components, of two bytes each.
                let components = u64::from(*data.get(5)?);
                let progressive = !matches!(marker, 0xc0 | 0xc1);
                return Some(Header {
                    format: ImageFormat::Jpeg,
                    width: be16(&data[3..])?.into(),
                    height: be16(&data[1..])?.into(),
                    bytes_per_pixel: 4 + if progressive { 2 * components } else { 0 },
                });
            }
            SCAN | END => return None,
            _ => {}
        }
    }
}

/// The file up to the end of its image. Decoders fill in what is missing; here a file without an end is cut off.
pub fn picture(file: &[u8]) -> Option<&[u8]> {
    let mut rest = file.get(2..)?;
    let mut scans = 0;
    loop {
        match segment(&mut rest)?.0 {
            END => return Some(&file[..file.len() - rest.len()]),
            SCAN => {
                scans += 1;
                if scans > MOST_SCANS {
                    return None;
                }
                rest = after_scan(rest)?;
            }
            _ => {}
        }
    }
}

/// The next segment. Any number of 0xff may come before a marker.
fn segment<'a>(file: &mut &'a [u8]) -> Option<(u8, &'a [u8])> {
    if take(file, 1)? != [0xff] {
        return None;
    }
    let mut marker = take(file, 1)?[0];
    while marker == 0xff {
        marker = take(file, 1)?[0];
    }
    match marker {
        0x01 | 0xd0..=0xd9 => Some((marker, &[])),
        0x00 => None,
        _ => {
            let length = usize::from(be16(take(file, 2)?)?);
            Some((marker, take(file, length.checked_sub(2)?)?))
        }
    }
}

/// From the first marker that is no part of the entropy-coded data.
fn after_scan(file: &[u8]) -> Option<&[u8]> {
    let mut pairs = file.windows(2);
    let end =
        pairs.position(|pair| pair[0] == 0xff && !matches!(pair[1], 0x00 | 0xd0..=0xd7 | 0xff))?;
    file.get(end..)
}
