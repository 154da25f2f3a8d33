//! GIF: a screen, and frames on it. Only the first is looked at.

use image::ImageFormat;

use super::{Header, le16, take};

/// What follows the version.
pub fn header(mut file: &[u8]) -> Option<Header> {
    let screen = take(&mut file, 7)?;
    if screen[4] & 0x80 != 0 {
        take(&mut file, 3 << ((screen[4] & 7) + 1))?;
    }
    let (mut width, mut height) = (le16(screen)?, le16(&screen[2..])?);
    let too_large = u64::from(width) * u64::from(height) > super::MOST_PIXELS;
    if !too_large {
        let frame = first_frame(&mut file)?;
        width = width.max(le16(&frame[4..])?);
        height = height.max(le16(&frame[6..])?);
    }
    Some(Header {
        format: ImageFormat::Gif,
        width: width.into(),
        height: height.into(),
        // The screen, and a frame of another size beside it.
        bytes_per_pixel: 9,
    })
}

/// The descriptor of the first frame: left, top, width, height, flags.
fn first_frame<'a>(file: &mut &'a [u8]) -> Option<&'a [u8]> {
    loop {
        match take(file, 1)? {
            b"!" => {
                take(file, 1)?;
                loop {
                    let length = usize::from(take(file, 1)?[0]);
                    take(file, length)?;
                    if length == 0 {
                        break;
                    }
                }
            }
            b"," => return take(file, 9),
            _ => return None,
        }
    }
}
