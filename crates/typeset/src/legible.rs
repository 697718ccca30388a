//! Pictures as a page can show them: looked at first, and made no larger than a page is read.
//!
//! A photograph of a telephone has many times the points that paper shows. What is small stays as it is, byte for byte; the rest is turned
//! upright, made smaller and kept as JPEG. A file that is cut off, or of which nothing can be seen, is told as damaged: a blank page would
//! say that there was nothing.

use std::io::Cursor;
use std::sync::Mutex;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage};

use crate::exhibit::{Format, PictureError, picture_format};

/// The longest side of a picture on a page, in points: some 240 to the inch.
const LONGEST: u32 = 2400;
/// The most bytes of a picture that stays as it is.
const LIGHT: usize = 1_500_000;
/// The most bytes that unpacking may take.
const MOST_MEMORY: u64 = 512 << 20;
/// How good the JPEG is, from 1 to 100.
const QUALITY: u8 = 82;
/// Points from which on one picture is unpacked at a time.
const LARGE: u64 = 16_000_000;

/// Held while a large picture is unpacked.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Returns a picture as it is set on a page; `None` for a file that is no picture.
///
/// # Errors
///
/// [`PictureError::Broken`] where it cannot be unpacked whole or shows nothing, [`PictureError::TooLarge`] where it has too many points.
pub fn legible(bytes: &[u8]) -> Result<Option<Vec<u8>>, PictureError> {
    let Some(format) = picture_format(bytes)? else { return Ok(None) };
    if format == Format::Jpeg && !is_whole(bytes) {
        return Err(PictureError::Broken);
    }
    let format = match format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Gif => ImageFormat::Gif,
        Format::Webp => ImageFormat::WebP,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let broken = |_| PictureError::Broken;
    let mut decoder = reader.into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    let large = u64::from(width) * u64::from(height) > LARGE;
    let _held = large.then(|| ONE_AT_A_TIME.lock());
    let orientation = decoder.orientation().map_err(broken)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(broken)?;
    if format == ImageFormat::Jpeg && is_blank(&picture) {
        return Err(PictureError::Broken);
    }
    if bytes.len() <= LIGHT && width.max(height) <= LONGEST {
        return Ok(Some(bytes.to_vec()));
    }
    if width.max(height) > LONGEST {
        picture = picture.thumbnail(LONGEST, LONGEST);
    }
    picture.apply_orientation(orientation);
    let mut made = Vec::new();
    on_white(&picture)
        .write_with_encoder(JpegEncoder::new_with_quality(&mut made, QUALITY))
        .map_err(broken)?;
    Ok(Some(made))
}

/// Returns whether a JPEG has its end: the mark stands somewhere behind the beginning of its own picture data.
///
/// The segments before it are stepped over by their lengths: a small picture within one of them (of a telephone, in its EXIF data) has marks
/// of its own. What some cameras hang behind the end is not looked at.
fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        match bytes.get(at..at + 4) {
            // The beginning of the picture data.
            Some([0xff, 0xda, ..]) => return bytes[at..].windows(2).any(|two| two == [0xff, 0xd9]),
            // A mark on its own, without a length; `ff` before a mark only fills.
            Some([0xff, 0x01 | 0xd0..=0xd8, ..]) => at += 2,
            Some([0xff, 0xff, ..]) => at += 1,
            Some([0xff, _, high, low]) => at += 2 + usize::from(u16::from_be_bytes([*high, *low])),
            Some(_) => at += 1,
            None => return false,
        }
    }
}

/// Returns whether every point has the same colour, as where nothing of the picture could be unpacked.
fn is_blank(picture: &DynamicImage) -> bool {
    let bytes = picture.as_bytes();
    let each = usize::from(picture.color().bytes_per_pixel());
    bytes.len() > each * 64 && bytes.chunks_exact(each).all(|point| point == &bytes[..each])
}

/// Lays what is transparent on white paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.to_rgb8();
    }
    let over = picture.to_rgba8();
    RgbImage::from_fn(over.width(), over.height(), |x, y| {
        let [r, g, b, alpha] = over.get_pixel(x, y).0;
        let mix = |colour: u8| {
            let (colour, alpha) = (u16::from(colour), u16::from(alpha));
            u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        image::Rgb([mix(r), mix(g), mix(b)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a picture with a pattern on it.
    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbImage::from_fn(width, height, |x, y| {
            let shade = u8::try_from((x * 7 + y * 13) % 256).unwrap_or(0);
            image::Rgb([shade, 255 - shade, 90])
        });
        let mut bytes = Vec::new();
        picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).unwrap();
        bytes
    }

    #[test]
    fn a_small_picture_stays_as_it_is_and_a_large_one_becomes_as_large_as_a_page_shows() {
        let small = jpeg(60, 40);
        assert_eq!(legible(&small).unwrap(), Some(small));
        let large = legible(&jpeg(3000, 100)).unwrap().unwrap();
        let size = imagesize::blob_size(&large).unwrap();
        assert_eq!((size.width, size.height), (2400, 80));
        assert_eq!(legible(b"no picture"), Ok(None));
    }

    #[test]
    fn what_is_cut_off_or_blank_is_told_as_damaged() {
        let whole = jpeg(200, 200);
        assert_eq!(legible(&whole[..whole.len() / 2]), Err(PictureError::Broken));
        // A thumbnail in the EXIF data is whole; the picture around it is not.
        let thumbnail = jpeg(16, 16);
        let length = u16::try_from(thumbnail.len() + 8).unwrap().to_be_bytes();
        let exif = [&whole[..2], &[0xff, 0xe1], &length, b"Exif\0\0", &thumbnail, &whole[2..]].concat();
        assert!(is_whole(&exif) && is_whole(&[&exif[..], b"\xff\xda behind the end"].concat()));
        assert!(!is_whole(&exif[..exif.len() - whole.len() / 2]));
        let mut blank = Vec::new();
        let grey = RgbImage::from_pixel(200, 200, image::Rgb([128, 128, 128]));
        grey.write_with_encoder(JpegEncoder::new(&mut blank)).unwrap();
        assert_eq!(legible(&blank), Err(PictureError::Broken));
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0garbage".to_vec();
        assert_eq!(legible(&png), Err(PictureError::Broken));
    }

    #[test]
    fn what_is_transparent_lies_on_white() {
        let clear = image::RgbaImage::from_pixel(4, 4, image::Rgba([0, 0, 0, 0]));
        assert_eq!(on_white(&DynamicImage::ImageRgba8(clear)).get_pixel(1, 1).0, [255, 255, 255]);
    }
}
