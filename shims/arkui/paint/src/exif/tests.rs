use super::*;
use crate::{Canvas, Color};

fn file(carrier: Carrier) -> Vec<u8> {
    let mut canvas = Canvas::new(13, 7).unwrap();
    canvas.clear(Color::rgba8(200, 100, 50, 128));
    match carrier {
        Carrier::Jpeg => canvas.to_jpeg(0.9).unwrap(),
        Carrier::Png => canvas.to_png().unwrap(),
        Carrier::WebP => canvas.to_webp().unwrap(),
    }
}

#[test]
fn properties_survive_a_file_of_each_kind() {
    for carrier in [Carrier::Jpeg, Carrier::Png, Carrier::WebP] {
        let file = file(carrier);
        assert_eq!(Carrier::of(&file), Ok(carrier));
        assert_eq!(carrier.read(&file), Ok(None));
        let before = crate::Picture::decode(&file, None).unwrap();
        let mut exif = Exif::default();
        let set = [
            ("Orientation", "3", "Bottom-right"),
            ("ImageDescription", "a long description of a picture", "a long description of a picture"),
            ("GPSLatitude", "39,54,20", "39, 54, 20"),
            ("GPSLatitudeRef", "N", "N"),
            ("ExposureTime", "1/33", "1/33 sec."),
            ("FNumber", "2.8", "f/2.8"),
            ("UserComment", "grün", "grün"),
            ("ExposureBiasValue", "-1/3", "-0.33 EV"),
            ("BitsPerSample", "9, 9, 8", "9, 9, 8"),
            ("SceneType", "1", "Directly photographed"),
        ];
        for (name, value, _) in set {
            exif.set(name, value).unwrap();
        }
        let written = carrier.write(&file, &exif).unwrap();
        let read = carrier.read(&written).unwrap().unwrap();
        for (name, _, text) in set {
            assert_eq!(read.get(name).as_deref(), Some(text), "{name} in {carrier:?}");
        }
        // Writing again replaces, and the picture is what it was but for its orientation.
        let mut changed = read;
        assert!(changed.remove("Orientation"));
        changed.set("Make", "M").unwrap();
        let again = carrier.write(&written, &changed).unwrap();
        assert_eq!(carrier.read(&again), Ok(Some(changed)));
        assert_eq!(crate::Picture::decode(&again, None).unwrap().data(), before.data());
    }
}

#[test]
fn wrong_values_are_refused() {
    let mut exif = Exif::default();
    for (name, value) in
        [("Orientation", "9"), ("Orientation", "x"), ("GPSLatitude", "1,2"), ("Flash", "70000"), ("ExifVersion", "1")]
    {
        assert!(matches!(exif.set(name, value), Err(ExifError::Value(_))), "{name}={value}");
    }
    assert_eq!(exif.set("Nothing", "1"), Err(ExifError::UnknownProperty));
    assert_eq!(exif, Exif::default());
}

#[test]
fn damaged_blocks_give_what_is_left_and_never_panic() {
    let mut exif = Exif::default();
    exif.set("ImageDescription", "a long description").unwrap();
    exif.set("GPSLatitude", "1,2,3").unwrap();
    exif.set("DateTimeOriginal", "2024:01:02 03:04:05").unwrap();
    let block = exif.to_block().unwrap();
    assert_eq!(Exif::parse(&block), Ok(exif));
    for end in 0..block.len() {
        let _ = Exif::parse(&block[..end]);
    }
    for at in 0..block.len() {
        for value in [0, 1, 0x7f, 0xff] {
            let mut damaged = block.clone();
            damaged[at] = value;
            if let Ok(exif) = Exif::parse(&damaged) {
                let _ = exif.properties();
                let _ = exif.to_block();
            }
        }
    }
    for carrier in [Carrier::Jpeg, Carrier::Png, Carrier::WebP] {
        let whole = carrier.write(&file(carrier), &Exif::parse(&block).unwrap()).unwrap();
        for end in 0..whole.len() {
            let _ = carrier.read(&whole[..end]);
            let _ = carrier.write(&whole[..end], &Exif::default());
        }
    }
}

#[test]
fn a_block_that_does_not_fit_is_refused() {
    let mut exif = Exif::default();
    exif.set("UserComment", &"x".repeat(70_000)).unwrap();
    assert_eq!(Carrier::Jpeg.write(&file(Carrier::Jpeg), &exif), Err(ExifError::TooBig));
    assert!(Carrier::Png.write(&file(Carrier::Png), &exif).is_ok());
}

#[test]
fn thumbnails_are_found_and_kept() {
    let exif = Exif { thumbnail: Some(vec![0xff, 0xd8, 0xff, 0xd9]), ..Exif::default() };
    let block = exif.to_block().unwrap();
    assert_eq!(Exif::parse(&block).unwrap().thumbnail(), Some(&[0xff, 0xd8, 0xff, 0xd9][..]));
}
