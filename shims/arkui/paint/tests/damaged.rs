//! Damaged pictures of every kind give errors: nothing panics, and what a file says of its size takes no memory.
#![expect(clippy::unwrap_used, reason = "tests")]

use concord_paint::{Canvas, Color, DecodeError, Picture, encode_gif};
use std::time::Duration;

fn canvas() -> Canvas {
    let mut canvas = Canvas::new(9, 7).unwrap();
    canvas.clear(Color::rgba8(200, 100, 50, 200));
    canvas
}

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let frames =
        [(canvas().to_picture(), Duration::from_millis(50)), (canvas().to_picture(), Duration::from_millis(70))];
    let mut with_encoder = Vec::new();
    for (name, format) in [("bmp", image::ImageFormat::Bmp), ("ico", image::ImageFormat::Ico)] {
        let pixels = image::RgbaImage::from_pixel(9, 7, image::Rgba([1, 2, 3, 255]));
        let mut file = std::io::Cursor::new(Vec::new());
        pixels.write_to(&mut file, format).unwrap();
        with_encoder.push((name, file.into_inner()));
    }
    let svg = br##"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="7"><rect width="5" height="5" fill="#f00"/></svg>"##;
    let mut files = vec![
        ("png", canvas().to_png().unwrap()),
        ("jpeg", canvas().to_jpeg(0.9).unwrap()),
        ("webp", canvas().to_webp().unwrap()),
        ("gif", encode_gif(&frames, None, &[]).unwrap()),
        ("svg", svg.to_vec()),
    ];
    files.append(&mut with_encoder);
    files
}

fn read(file: &[u8]) {
    let _ = Picture::info(file);
    let _ = Picture::decode(file, None);
    let _ = Picture::frames(file, None);
    let _ = Picture::animation(file);
}

#[test]
fn every_kind_is_read_whole() {
    for (name, file) in files() {
        let picture = Picture::decode(&file, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((picture.width(), picture.height()), (9, 7), "{name}");
    }
}

#[test]
fn files_that_break_off_or_lie_are_errors() {
    for (_, file) in files() {
        for end in 0..file.len() {
            read(&file[..end]);
        }
        for at in 0..file.len().min(400) {
            for value in [0x00, 0x7f, 0x80, 0xff] {
                let mut damaged = file.clone();
                damaged[at] = value;
                read(&damaged);
            }
        }
    }
}

/// Files whose headers promise more pixels than any memory has.
#[test]
fn gigapixels_are_refused_before_memory_is_taken() {
    let patch = |name: &str, at: usize, bytes: &[u8]| {
        let mut file = files().into_iter().find(|(known, _)| *known == name).unwrap().1;
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    let mut png = patch("png", 16, &[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    // The checksum of the header goes with what it says.
    let check = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&check.to_be_bytes());
    let jpeg = {
        let mut file = files().into_iter().find(|(known, _)| *known == "jpeg").unwrap().1;
        let start = file.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
        file[start + 5..start + 9].fill(0xff);
        file
    };
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" width="1000000" height="1000000"><rect width="5" height="5"/></svg>"#.to_vec();
    let all = [
        ("png", png),
        ("jpeg", jpeg),
        ("gif", patch("gif", 6, &[0xff; 4])),
        ("bmp", patch("bmp", 18, &[0xff, 0xff, 0xff, 0x0f, 0xff, 0xff, 0xff, 0x0f])),
        ("svg", svg),
    ];
    for (name, file) in all {
        let error = Picture::decode(&file, None).expect_err(name);
        assert!(
            matches!(
                error,
                DecodeError::TooBig { .. } | DecodeError::TooMuchMemory { .. } | DecodeError::Damaged { .. }
            ),
            "{name}: {error}"
        );
        assert!(Picture::frames(&file, None).is_err(), "{name}");
    }
}

/// The checksum of PNG.
fn crc32(data: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !data.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
