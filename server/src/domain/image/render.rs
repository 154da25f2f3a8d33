//! From a file to the picture that is stored: upright, cropped to cover its size, nothing but pixels, as WebP.
//!
//! Files of strangers are decoded by the `image` crate, in safe Rust. It has a WebP encoder, too, but only a lossless
//! one: photographs come out several times as large. So libwebp encodes, which sees nothing but pixels of our own sizes.

use std::io::Cursor;

use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageError, ImageReader, Limits};

use super::probe::{self, Header};
use crate::domain::{Error, Result};

/// Of 100: no artefacts to be seen at these sizes.
const QUALITY: f32 = 80.0;
/// What a decoder may take beside its files; more than 40 megapixels of 64 bits.
const MOST_MEMORY: u64 = 400 << 20;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    pub width: u32,
    pub height: u32,
}

/// Decodes a file of a header and makes it a WebP of a size.
pub fn render(file: &[u8], header: &Header, size: Size) -> Result<Vec<u8>> {
    let (image, orientation) = decode(file, header)?;
    let mut image = cover(image, before(orientation, size));
    image.apply_orientation(orientation);
    encode(&image)
}

fn decode(file: &[u8], header: &Header) -> Result<(DynamicImage, Orientation)> {
    let picture = probe::picture(file, header)?;
    let mut reader = ImageReader::with_format(Cursor::new(&*picture), header.format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(header.width);
    limits.max_image_height = Some(header.height);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    Ok((image, orientation))
}

fn unreadable(error: ImageError) -> Error {
    match error {
        ImageError::Limits(_) => Error::FileDimensionsTooLarge,
        _ => Error::FileUnreadable,
    }
}

/// The size that becomes this one by turning the picture upright.
fn before(orientation: Orientation, size: Size) -> Size {
    match orientation {
        Orientation::Rotate90
        | Orientation::Rotate270
        | Orientation::Rotate90FlipH
        | Orientation::Rotate270FlipH => Size {
            width: size.height,
            height: size.width,
        },
        _ => size,
    }
}

/// The middle of the picture, as much of it as has the shape of the size, in that size.
fn cover(mut image: DynamicImage, size: Size) -> DynamicImage {
    let twice = Size {
        width: 2 * size.width,
        height: 2 * size.height,
    };
    let mut middle = middle(&image, size);
    // What becomes much smaller does so in a cheap step first: whole, unless copying the middle takes less memory.
    if middle.width > 2 * twice.width {
        let scaled = |side: u32| u64::from(side) * u64::from(twice.width) / u64::from(middle.width);
        let (width, height) = (scaled(image.width()), scaled(image.height()));
        if width * height < u64::from(middle.width) * u64::from(middle.height) {
            image = image.thumbnail_exact(narrow(width), narrow(height));
            middle = self::middle(&image, size);
        }
    }
    let Size { width, height } = middle;
    let (x, y) = ((image.width() - width) / 2, (image.height() - height) / 2);
    if (x, y) != (0, 0) || (width, height) != (image.width(), image.height()) {
        image = image.crop_imm(x, y, width, height);
    }
    if width > 2 * twice.width {
        image = image.thumbnail_exact(twice.width, twice.height);
    }
    image.resize_exact(size.width, size.height, FilterType::CatmullRom)
}

/// How much of the picture has the shape of the size.
fn middle(image: &DynamicImage, size: Size) -> Size {
    let (width, height) = (u64::from(image.width()), u64::from(image.height()));
    let (w, h) = (u64::from(size.width), u64::from(size.height));
    if width * h > height * w {
        Size {
            width: narrow(height * w / h),
            height: image.height(),
        }
    } else {
        Size {
            width: image.width(),
            height: narrow(width * h / w),
        }
    }
}

/// A length of at least a pixel.
fn narrow(length: u64) -> u32 {
    u32::try_from(length.max(1)).unwrap_or(u32::MAX)
}

fn encode(image: &DynamicImage) -> Result<Vec<u8>> {
    let (width, height) = (image.width(), image.height());
    let encoded = if image.color().has_alpha() {
        let pixels = image.to_rgba8();
        webp::Encoder::from_rgba(&pixels, width, height).encode_simple(false, QUALITY)
    } else {
        let pixels = image.to_rgb8();
        webp::Encoder::from_rgb(&pixels, width, height).encode_simple(false, QUALITY)
    };
    match encoded {
        Ok(webp) => Ok(webp.to_vec()),
        Err(error) => Err(Error::internal(format!("libwebp: {error:?}"))),
    }
}

#[cfg(test)]
mod tests;
