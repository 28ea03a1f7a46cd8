//! Pictures of apps that are compared, pixel by pixel, with those in `tests/golden/pictures`.
//!
//! They are the same on every machine: text is drawn with the fonts in `tests/golden/fonts` and no others, time moves
//! only by what is waited for, the language is always English, and the raster computes on every processor what it computes on the simplest.

use crate::drive::{Drive, Shot};
use concord_ability::options::DeviceProfile;
use concord_text::{Fonts, Place, Role};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A device, and the colours on it.
#[derive(Debug, Clone, Copy)]
pub enum Look {
    /// 360 × 780 vp.
    Phone,
    /// The same in dark mode, in coarser pixels.
    Dark,
    /// 1280 × 800 vp.
    Tablet,
}

impl Look {
    fn device(self) -> DeviceProfile {
        let phone = DeviceProfile { width: 540, height: 1170, density: 1.5, ..DeviceProfile::default() };
        match self {
            Look::Phone => phone,
            Look::Dark => DeviceProfile { width: 360, height: 780, density: 1.0, dark: true, ..phone },
            Look::Tablet => {
                DeviceProfile { device_type: "tablet".into(), width: 1280, height: 800, density: 1.0, ..phone }
            }
        }
    }

    /// The end of the names of pictures.
    fn suffix(self) -> &'static str {
        match self {
            Look::Phone => "",
            Look::Dark => "-dark",
            Look::Tablet => "-tablet",
        }
    }
}

/// What is done with an app.
pub struct Scene<'a> {
    /// The beginning of the names of its pictures; no other scene's name begins with it and a hyphen.
    pub name: &'a str,
    /// The app.
    pub package: PathBuf,
    /// The first page, for apps that can be told.
    pub page: Option<&'a str>,
    /// What is done, see [`crate::drive`].
    pub script: &'a str,
    /// The devices on which it is done.
    pub looks: &'a [Look],
}

/// Compares pictures, or writes them when `CONCORD_BLESS` is set.
pub struct Goldens {
    pictures: PathBuf,
    failures: PathBuf,
    bless: bool,
    wrong: Vec<String>,
}

impl Goldens {
    /// What differs is put into a folder `golden` in `scratch`.
    pub fn new(scratch: &str) -> Goldens {
        Goldens {
            pictures: folder("pictures"),
            failures: Path::new(scratch).join("golden"),
            bless: std::env::var_os("CONCORD_BLESS").is_some(),
            wrong: Vec::new(),
        }
    }

    /// Runs a scene on its devices and compares every picture of it.
    pub fn check(&mut self, scene: &Scene<'_>) {
        let mut made = BTreeSet::new();
        for look in scene.looks {
            match shots(scene, *look) {
                Ok(shots) => {
                    for Shot { name, png } in shots {
                        let name = format!("{}-{name}{}", scene.name, look.suffix());
                        if let Err(problem) = self.compare(&name, &png) {
                            self.wrong.push(format!("{name}: {problem}"));
                        }
                        if !made.insert(name.clone()) {
                            self.wrong.push(format!("{name}: two pictures have this name"));
                        }
                    }
                }
                Err(error) => {
                    self.wrong.push(format!("{}{}: {error}", scene.name, look.suffix()));
                    return;
                }
            }
        }
        self.check_strays(scene.name, &made);
    }

    /// A picture that the scene does not make any more is removed, or is a failure.
    fn check_strays(&mut self, scene: &str, made: &BTreeSet<String>) {
        for entry in fs::read_dir(&self.pictures).expect("the folder of pictures").flatten() {
            let file = entry.file_name().to_string_lossy().into_owned();
            let Some(name) = file.strip_suffix(".png") else { continue };
            if name.strip_prefix(scene).is_none_or(|rest| !rest.starts_with('-')) || made.contains(name) {
                continue;
            }
            if self.bless {
                fs::remove_file(entry.path()).expect("removing a picture that nothing makes");
            } else {
                self.wrong.push(format!("{name}: the scene does not make this picture (any more)"));
            }
        }
    }

    fn compare(&self, name: &str, png: &[u8]) -> Result<(), String> {
        let actual = Pixels::decode(png)?;
        let file = self.pictures.join(format!("{name}.png"));
        let expected = fs::read(&file).ok().map(|bytes| Pixels::decode(&bytes)).transpose()?;
        if expected.as_ref() == Some(&actual) {
            return Ok(());
        }
        if self.bless {
            return fs::write(&file, actual.encode()?).map_err(|error| format!("{}: {error}", file.display()));
        }
        fs::create_dir_all(&self.failures).map_err(|error| format!("{}: {error}", self.failures.display()))?;
        let write = |kind: &str, pixels: &Pixels| {
            let file = self.failures.join(format!("{name}.{kind}.png"));
            fs::write(&file, pixels.encode()?).map_err(|error| format!("{}: {error}", file.display()))?;
            Ok::<_, String>(file.display().to_string())
        };
        let shown = write("actual", &actual)?;
        let Some(expected) = expected else {
            return Err(format!("there is no such picture yet; see {shown}, and bless it with CONCORD_BLESS=1"));
        };
        if (expected.width, expected.height) != (actual.width, actual.height) {
            let Pixels { width, height, .. } = expected;
            return Err(format!("{}x{} px instead of {width}x{height}; see {shown}", actual.width, actual.height));
        }
        let (difference, count, most) = expected.difference(&actual);
        let difference = write("difference", &difference)?;
        Err(format!("{count} pixels differ, by up to {most} of 255; see {shown} and {difference}"))
    }

    /// Fails when anything was wrong.
    pub fn finish(self) {
        assert!(self.wrong.is_empty(), "{} pictures:\n{}", self.wrong.len(), self.wrong.join("\n"));
    }
}

/// The pictures of a scene on one device.
fn shots(scene: &Scene<'_>, look: Look) -> Result<Vec<Shot>, String> {
    let home = tempfile::tempdir().map_err(|error| error.to_string())?;
    let drive = Drive {
        packages: vec![scene.package.clone()],
        parameters: scene.page.map(|page| ("page".to_owned(), page.to_owned())).into_iter().collect(),
        device: look.device(),
        fonts: Some(pinned_fonts()),
        log: false,
        desktop: None,
    };
    drive.run(home.path(), scene.script).map_err(|failed| failed.reason)
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name)
}

/// The fonts of the pictures, and no others.
fn pinned_fonts() -> Fonts {
    Fonts::new(vec![Place { role: Role::Chosen, folders: vec![folder("fonts")], file: "" }])
}

/// An opaque picture: red, green, blue.
#[derive(PartialEq, Eq)]
struct Pixels {
    width: u32,
    height: u32,
    data: Vec<u8>,
}

impl Pixels {
    fn decode(bytes: &[u8]) -> Result<Pixels, String> {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().map_err(|error| error.to_string())?;
        let mut data = vec![0; reader.output_buffer_size().ok_or("a picture of this size cannot be held")?];
        let info = reader.next_frame(&mut data).map_err(|error| error.to_string())?;
        let data = match info.color_type {
            png::ColorType::Rgb => data,
            png::ColorType::Rgba => data.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect(),
            other => return Err(format!("a picture with pixels of the kind {other:?}")),
        };
        Ok(Pixels { width: info.width, height: info.height, data })
    }

    /// As small as it gets: with a palette when there are few colours.
    fn encode(&self) -> Result<Vec<u8>, String> {
        let colors: BTreeSet<[u8; 3]> = self.data.chunks_exact(3).map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        let colors: Vec<[u8; 3]> = colors.into_iter().collect();
        let mut best: Option<Vec<u8>> = None;
        for filter in [png::Filter::NoFilter, png::Filter::Up, png::Filter::Adaptive] {
            let mut bytes = Vec::new();
            let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
            encoder.set_compression(png::Compression::High);
            encoder.set_filter(filter);
            let data = if colors.len() <= 256 {
                encoder.set_color(png::ColorType::Indexed);
                encoder.set_palette(colors.concat());
                let index = |pixel: &[u8]| colors.binary_search_by(|color| color.as_slice().cmp(pixel)).unwrap_or(0);
                self.data.chunks_exact(3).map(|pixel| index(pixel) as u8).collect()
            } else {
                encoder.set_color(png::ColorType::Rgb);
                self.data.clone()
            };
            let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
            writer.write_image_data(&data).map_err(|error| error.to_string())?;
            writer.finish().map_err(|error| error.to_string())?;
            if best.as_ref().is_none_or(|known| bytes.len() < known.len()) {
                best = Some(bytes);
            }
        }
        best.ok_or_else(|| "no picture".to_owned())
    }

    /// This picture, faded, with everything red where the other differs; how many pixels do, and by how much at most.
    fn difference(&self, other: &Pixels) -> (Pixels, usize, u8) {
        let mut data = Vec::with_capacity(self.data.len());
        let (mut count, mut most) = (0, 0);
        for (mine, its) in self.data.chunks_exact(3).zip(other.data.chunks_exact(3)) {
            if mine == its {
                data.extend(mine.iter().map(|channel| 192 + channel / 4));
            } else {
                count += 1;
                most = mine.iter().zip(its).map(|(a, b)| a.abs_diff(*b)).fold(most, u8::max);
                data.extend([230, 0, 0]);
            }
        }
        (Pixels { width: self.width, height: self.height, data }, count, most)
    }
}
