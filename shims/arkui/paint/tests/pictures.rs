//! Reading picture files: good ones, odd ones, damaged ones.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::io::Cursor;
use std::time::Duration;

use concord_paint::svg::Svg;
use concord_paint::{Color, DecodeError, Format, MAX_SIDE, Picture};
use image::{ImageFormat, Rgba, RgbaImage};
use support::*;

/// Red, green, blue and half-transparent white quarters.
fn quarters(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => Rgba([255, 0, 0, 255]),
        (false, true) => Rgba([0, 255, 0, 255]),
        (true, false) => Rgba([0, 0, 255, 255]),
        (false, false) => Rgba([255, 255, 255, 128]),
    })
}

fn encoded(image: &RgbaImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    if format == ImageFormat::Jpeg {
        image::DynamicImage::ImageRgba8(image.clone()).into_rgb8().write_to(&mut bytes, format).unwrap();
    } else {
        image.write_to(&mut bytes, format).unwrap();
    }
    bytes.into_inner()
}

#[test]
fn every_format_is_read() {
    let formats = [
        (ImageFormat::Png, Format::Png),
        (ImageFormat::Jpeg, Format::Jpeg),
        (ImageFormat::WebP, Format::WebP),
        (ImageFormat::Gif, Format::Gif),
        (ImageFormat::Bmp, Format::Bmp),
        (ImageFormat::Ico, Format::Ico),
    ];
    for (image_format, format) in formats {
        let bytes = encoded(&quarters(32, 16), image_format);
        assert_eq!(Format::of(&bytes), Some(format));
        let info = Picture::info(&bytes).unwrap();
        assert_eq!((info.format, info.width, info.height), (format, 32, 16));
        let picture = Picture::decode(&bytes, None).unwrap();
        assert_eq!((picture.width(), picture.height()), (32, 16), "{format:?}");
        for (x, y, color) in [(4, 4, RED), (28, 4, GREEN), (4, 12, BLUE)] {
            assert_within(picture.pixel(x, y), color, 6);
        }
        if !matches!(format, Format::Jpeg | Format::Gif) {
            assert_close(picture.pixel(28, 12), Color::WHITE.with_alpha(0.5));
            assert!(!picture.is_opaque());
        }
    }
}

#[test]
fn damaged_files_are_errors_everywhere() {
    for format in
        [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Ico]
    {
        let bytes = encoded(&quarters(32, 16), format);
        for length in 0..bytes.len() {
            // Some formats can do without their end; none may panic.
            let _ = Picture::decode(&bytes[..length], None);
            let _ = Picture::frames(&bytes[..length], None);
            let _ = Picture::info(&bytes[..length]);
        }
        assert!(Picture::decode(&bytes[..bytes.len() / 3], None).is_err(), "{format:?}");
        // Every byte turned over, one after the other.
        let mut damaged = bytes.clone();
        for (index, byte) in bytes.iter().enumerate().take(600) {
            damaged[index] = !byte;
            let _ = Picture::decode(&damaged, None);
            damaged[index] = *byte;
        }
    }
}

#[test]
fn what_is_no_picture_is_named() {
    let error = Picture::decode(b"hello, world", None).unwrap_err();
    assert!(matches!(error, DecodeError::UnknownFormat { .. }), "{error}");
    assert!(error.to_string().contains("68"), "{error}");
    assert!(Picture::decode(b"", None).is_err());
    let png = encoded(&quarters(8, 8), ImageFormat::Png);
    let error = Picture::decode(&png[..40], None).unwrap_err();
    assert!(matches!(error, DecodeError::Damaged { format: Format::Png, .. }), "{error}");
}

/// A PNG that says it is this large, and has no pixels.
fn png_header(width: u32, height: u32) -> Vec<u8> {
    let mut png = encoded(&quarters(2, 2), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    png
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[test]
fn bombs_are_refused_before_memory_is_taken() {
    for (width, height) in [(MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (MAX_SIDE, MAX_SIDE), (u32::MAX >> 1, u32::MAX >> 1)]
    {
        let error = Picture::decode(&png_header(width, height), None).unwrap_err();
        assert!(
            matches!(error, DecodeError::TooBig { .. } | DecodeError::TooMuchMemory { .. }),
            "{width}x{height}: {error}"
        );
    }
    let mut gif = b"GIF89a".to_vec();
    gif.extend([0xff, 0xff, 0xff, 0xff, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    gif.extend([0x2c, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 2, 1, 0, 0, 0x3b]);
    assert!(Picture::decode(&gif, None).is_err());
    assert!(Picture::frames(&gif, None).is_err());
}

#[test]
fn a_photo_is_turned_as_its_camera_was() {
    let jpeg = encoded(&quarters(32, 16), ImageFormat::Jpeg);
    // Orientation 6 in an Exif segment: a quarter turn clockwise.
    let exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let mut turned = jpeg[..2].to_vec();
    turned.extend([0xff, 0xe1]);
    turned.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    turned.extend(exif);
    turned.extend(&jpeg[2..]);
    let picture = Picture::decode(&turned, None).unwrap();
    assert_eq!((picture.width(), picture.height()), (16, 32));
    let info = Picture::info(&turned).unwrap();
    assert_eq!((info.width, info.height), (16, 32));
    assert_within(picture.pixel(12, 4), RED, 6);
    assert_within(picture.pixel(12, 28), GREEN, 6);
    assert_within(picture.pixel(4, 4), BLUE, 6);
}

#[test]
fn animations_have_frames_and_delays() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for (color, delay) in [([255, 0, 0, 255], 50), ([0, 255, 0, 255], 200), ([0, 0, 255, 255], 0)] {
        let picture = RgbaImage::from_pixel(6, 5, Rgba(color));
        let delay = image::Delay::from_saturating_duration(Duration::from_millis(delay));
        encoder.encode_frame(image::Frame::from_parts(picture, 0, 0, delay)).unwrap();
    }
    drop(encoder);
    let frames = Picture::frames(&bytes, None).unwrap();
    let delays: Vec<u128> = frames.iter().map(|frame| frame.delay.as_millis()).collect();
    assert_eq!(delays, [50, 200, 100]);
    assert_close(frames[1].picture.pixel(3, 3), GREEN);
    assert_close(Picture::decode(&bytes, None).unwrap().pixel(3, 3), RED);
    let still = Picture::frames(&encoded(&quarters(4, 4), ImageFormat::Png), None).unwrap();
    assert_eq!(still.len(), 1);
}

const SVG: &str = r##"<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" width="24" height="12" viewBox="0 0 24 12">
  <rect x="0" y="0" width="12" height="12" fill="#ff0000"/>
  <rect x="12" y="0" width="6" height="12" fill="#0000ff" fill-opacity="0.5"/>
</svg>"##;

#[test]
fn svg_is_drawn_at_any_size_and_recoloured() {
    let svg = Svg::parse(SVG.as_bytes()).unwrap();
    assert_eq!(svg.size(), (24.0, 12.0));
    let picture = svg.render(96, 48, None).unwrap();
    assert_close(picture.pixel(20, 20), RED);
    assert_close(picture.pixel(60, 20), BLUE.with_alpha(0.5));
    assert_eq!(picture.pixel(90, 20).a, 0);
    let green = svg.render(96, 48, Some(GREEN)).unwrap();
    assert_close(green.pixel(20, 20), GREEN);
    assert_close(green.pixel(60, 20), GREEN.with_alpha(0.5));
    assert_eq!(green.pixel(90, 20).a, 0);
    assert!(svg.render(0, 5, None).is_err());
    assert!(svg.render(u32::MAX, 5, None).is_err());
    let decoded = Picture::decode(SVG.as_bytes(), None).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (24, 12));
    let larger = Picture::decode(SVG.as_bytes(), Some((48, 24))).unwrap();
    assert_eq!((larger.width(), larger.height()), (48, 24));
}

#[test]
fn damaged_svg_is_an_error_or_harmless() {
    assert!(matches!(Picture::decode(b"<svg", None).unwrap_err(), DecodeError::Damaged { format: Format::Svg, .. }));
    for length in 0..SVG.len() {
        let _ = Picture::decode(&SVG.as_bytes()[..length], None);
    }
    let deep = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>{}<rect width='9' height='9'/>{}</svg>",
        "<g>".repeat(20_000),
        "</g>".repeat(20_000)
    );
    let _ = Picture::decode(deep.as_bytes(), None);
    // Entities that double each other.
    let entities: String = (1..40).map(|i| format!("<!ENTITY e{i} '&e{};&e{};'>", i - 1, i - 1)).collect();
    let bomb = format!(
        "<!DOCTYPE svg [<!ENTITY e0 '<rect/>'>{entities}]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>&e39;</svg>"
    );
    assert!(Picture::decode(bomb.as_bytes(), None).is_err());
    // An element that uses itself.
    let cycle = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9'>\
        <g id='a'><use xlink:href='#a'/></g></svg>";
    let _ = Picture::decode(cycle.as_bytes(), None);
    let huge = "<svg xmlns='http://www.w3.org/2000/svg' width='1e9' height='1e9'><rect width='9' height='9'/></svg>";
    assert!(matches!(Picture::decode(huge.as_bytes(), None), Err(DecodeError::TooBig { .. })));
}

#[test]
fn svg_reads_no_files_of_the_host() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("secret.png");
    std::fs::write(&path, encoded(&quarters(4, 4), ImageFormat::Png)).unwrap();
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><image width='8' height='8' href='{}'/></svg>",
        path.display()
    );
    let picture = Picture::decode(svg.as_bytes(), None).unwrap();
    assert_eq!(picture.pixel(1, 1).a, 0);
}
