//! Qualifiers: what a resource folder such as `zh_CN-vertical-phone-dark-xldpi` is for, and which folder suits a device.

use super::locale::{self, Locale, Tag};
use std::cmp::Ordering;
use std::fmt;

/// Orientation of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// Higher than wide.
    Vertical,
    /// Wider than high.
    Horizontal,
}

/// Type of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeviceType {
    /// `phone` (and `default`).
    Phone,
    /// `tablet`
    Tablet,
    /// `car`
    Car,
    /// `pad`, of early versions.
    Pad,
    /// `tv`
    Tv,
    /// `wearable`
    Wearable,
    /// `2in1`
    TwoInOne,
}

impl DeviceType {
    /// The type of a name as in `module.json`.
    pub fn from_name(name: &str) -> Option<DeviceType> {
        Some(match name {
            "phone" | "default" => DeviceType::Phone,
            "tablet" => DeviceType::Tablet,
            "car" => DeviceType::Car,
            "pad" => DeviceType::Pad,
            "tv" => DeviceType::Tv,
            "wearable" => DeviceType::Wearable,
            "2in1" => DeviceType::TwoInOne,
            _ => return None,
        })
    }

    /// The name as in `module.json`.
    pub fn name(self) -> &'static str {
        match self {
            DeviceType::Phone => "phone",
            DeviceType::Tablet => "tablet",
            DeviceType::Car => "car",
            DeviceType::Pad => "pad",
            DeviceType::Tv => "tv",
            DeviceType::Wearable => "wearable",
            DeviceType::TwoInOne => "2in1",
        }
    }
}

/// Colour mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColorMode {
    /// `dark`
    Dark,
    /// `light`
    Light,
}

/// What a folder is for, or what a device is. `None` is "not said".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Qualifiers {
    /// Mobile country code.
    pub mcc: Option<u32>,
    /// Mobile network code.
    pub mnc: Option<u32>,
    /// Language, script, region.
    pub locale: Option<Locale>,
    /// Orientation.
    pub orientation: Option<Orientation>,
    /// Device type.
    pub device: Option<DeviceType>,
    /// Colour mode.
    pub color_mode: Option<ColorMode>,
    /// Whether it is for pointing devices.
    pub pointing_device: bool,
    /// Screen density class in dots per inch: 120, 160, 240, 320, 480 or 640; see [`density_class`].
    pub density: Option<u32>,
}

/// The density class of a screen: the smallest of the six that is not below its dots per inch.
pub fn density_class(dpi: f32) -> u32 {
    [120, 160, 240, 320, 480].into_iter().find(|class| dpi <= *class as f32).unwrap_or(640)
}

impl Qualifiers {
    /// Adds one key of the index. Unknown keys and values say nothing.
    pub(super) fn add(&mut self, key: u32, value: u32) {
        match key {
            0 => self.locale.get_or_insert_default().language = Tag(value),
            1 => self.locale.get_or_insert_default().region = Tag(value),
            5 => self.locale.get_or_insert_default().script = Tag(value),
            2 => self.density = [120, 160, 240, 320, 480, 640].into_iter().find(|class| *class == value),
            3 => self.orientation = Some(if value == 0 { Orientation::Vertical } else { Orientation::Horizontal }),
            4 => {
                self.device = match value {
                    0 => Some(DeviceType::Phone),
                    1 => Some(DeviceType::Tablet),
                    2 => Some(DeviceType::Car),
                    3 => Some(DeviceType::Pad),
                    4 => Some(DeviceType::Tv),
                    6 => Some(DeviceType::Wearable),
                    7 => Some(DeviceType::TwoInOne),
                    _ => None,
                }
            }
            6 => {
                self.color_mode = match value {
                    0 => Some(ColorMode::Dark),
                    1 => Some(ColorMode::Light),
                    _ => None,
                }
            }
            7 => self.mcc = Some(value),
            8 => self.mnc = Some(value),
            10 => self.pointing_device = value == 0,
            _ => {}
        }
    }

    /// Whether resources of a folder may be used on this device: every qualifier but density must agree.
    pub fn accepts(&self, folder: &Qualifiers) -> bool {
        fn agree<T: PartialEq>(device: Option<T>, folder: Option<T>) -> bool {
            device.is_none() || folder.is_none() || device == folder
        }
        let network = match (folder.mcc, folder.mnc) {
            (None, None) => true,
            (mcc, mnc) => self.mcc == mcc && (mnc.is_none() || self.mnc == mnc),
        };
        let locale = match (self.locale, folder.locale) {
            (Some(device), Some(folder)) => device.accepts(&folder),
            _ => true,
        };
        network
            && locale
            && agree(self.orientation, folder.orientation)
            && agree(self.device, folder.device)
            && agree(self.color_mode, folder.color_mode)
            && (self.pointing_device || !folder.pointing_device)
    }

    /// Which of two acceptable folders suits this device better; `Greater` means `a`.
    ///
    /// Priority: network codes, locale, orientation, device type, colour mode, input device, density. On all but
    /// locale and density, a folder that names the qualifier is better than one that does not.
    pub fn compare(&self, a: &Qualifiers, b: &Qualifiers) -> Ordering {
        fn named<T: PartialEq>(device: Option<T>, a: Option<T>, b: Option<T>) -> Ordering {
            if device.is_some() { a.is_some().cmp(&b.is_some()) } else { Ordering::Equal }
        }
        let codes = |q: &Qualifiers| u8::from(q.mcc.is_some()) + u8::from(q.mnc.is_some());
        let network = if self.mcc.is_some() { codes(a).cmp(&codes(b)) } else { Ordering::Equal };
        network
            .then_with(|| locale::compare(a.locale, b.locale, self.locale))
            .then_with(|| named(self.orientation, a.orientation, b.orientation))
            .then_with(|| named(self.device, a.device, b.device))
            .then_with(|| named(self.color_mode, a.color_mode, b.color_mode))
            .then_with(
                || {
                    if self.pointing_device { a.pointing_device.cmp(&b.pointing_device) } else { Ordering::Equal }
                },
            )
            .then_with(|| match self.density {
                Some(density) => closer(a.density, b.density, density),
                None => Ordering::Equal,
            })
            .then_with(|| a.specificity().cmp(&b.specificity()))
    }

    /// For devices that do not say: what names more is better, most important qualifier first.
    fn specificity(&self) -> [bool; 8] {
        [
            self.mcc.is_some(),
            self.mnc.is_some(),
            self.locale.is_some(),
            self.locale.is_some_and(|locale| locale.region.is_some()),
            self.orientation.is_some(),
            self.device.is_some(),
            self.color_mode.is_some(),
            self.density.is_some(),
        ]
    }
}

/// The smallest density at or above the wanted one, else the largest below it. No density is 0.
fn closer(a: Option<u32>, b: Option<u32>, wanted: u32) -> Ordering {
    let (a, b) = (a.unwrap_or(0), b.unwrap_or(0));
    match (a >= wanted, b >= wanted) {
        (true, true) => b.cmp(&a),
        (false, false) => a.cmp(&b),
        (a_enough, b_enough) => a_enough.cmp(&b_enough),
    }
}

impl fmt::Display for Qualifiers {
    /// The folder name: `base`, `zh_CN-vertical-dark` …
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let network = match (self.mcc, self.mnc) {
            (Some(mcc), Some(mnc)) => Some(format!("mcc{mcc}_mnc{mnc}")),
            (Some(mcc), None) => Some(format!("mcc{mcc}")),
            _ => None,
        };
        let density = self.density.map(|dpi| match dpi {
            120 => "sdpi".to_owned(),
            160 => "mdpi".to_owned(),
            240 => "ldpi".to_owned(),
            320 => "xldpi".to_owned(),
            480 => "xxldpi".to_owned(),
            _ => "xxxldpi".to_owned(),
        });
        let orientation = self.orientation.map(|o| match o {
            Orientation::Vertical => "vertical".to_owned(),
            Orientation::Horizontal => "horizontal".to_owned(),
        });
        let color = self.color_mode.map(|mode| match mode {
            ColorMode::Dark => "dark".to_owned(),
            ColorMode::Light => "light".to_owned(),
        });
        let parts: Vec<String> = [
            network,
            self.locale.map(|locale| locale.to_string()),
            orientation,
            self.device.map(|device| device.name().to_owned()),
            color,
            self.pointing_device.then(|| "pointingdevice".to_owned()),
            density,
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() { f.write_str("base") } else { f.write_str(&parts.join("-")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(set: impl FnOnce(&mut Qualifiers)) -> Qualifiers {
        let mut qualifiers = Qualifiers::default();
        set(&mut qualifiers);
        qualifiers
    }

    fn best(device: &Qualifiers, folders: &[Qualifiers]) -> String {
        folders.iter().filter(|f| device.accepts(f)).max_by(|a, b| device.compare(a, b)).unwrap().to_string()
    }

    #[test]
    fn priority_of_qualifiers() {
        let device = q(|q| {
            q.locale = Locale::parse("zh-CN");
            q.orientation = Some(Orientation::Vertical);
            q.color_mode = Some(ColorMode::Dark);
            q.density = Some(480);
        });
        let base = Qualifiers::default();
        let zh = q(|q| q.locale = Locale::parse("zh"));
        let vertical = q(|q| q.orientation = Some(Orientation::Vertical));
        let dark = q(|q| q.color_mode = Some(ColorMode::Dark));
        let light = q(|q| q.color_mode = Some(ColorMode::Light));
        let dense = q(|q| q.density = Some(640));
        assert_eq!(best(&device, &[base, dense, dark, vertical, zh]), "zh");
        assert_eq!(best(&device, &[base, dense, dark, vertical]), "vertical");
        assert_eq!(best(&device, &[dense, base, dark]), "dark");
        assert_eq!(best(&device, &[base, light, dense]), "xxxldpi", "light is not acceptable to a dark device");
    }

    #[test]
    fn density_rounds_up_then_down() {
        let with = |d: u32| q(|q| q.density = Some(d));
        let device = with(240);
        assert_eq!(best(&device, &[with(160), with(320), with(640)]), "xldpi");
        assert_eq!(best(&device, &[with(120), with(160)]), "mdpi");
        assert_eq!(best(&device, &[Qualifiers::default(), with(120)]), "sdpi");
        assert_eq!((density_class(159.0), density_class(160.5), density_class(9000.0)), (160, 240, 640));
    }

    #[test]
    fn network_codes_come_first_and_must_agree() {
        let device = q(|q| {
            q.mcc = Some(460);
            q.mnc = Some(1);
            q.locale = Locale::parse("zh");
        });
        let zh = q(|q| q.locale = Locale::parse("zh"));
        let mcc = q(|q| q.mcc = Some(460));
        let both = q(|q| (q.mcc, q.mnc) = (Some(460), Some(1)));
        let other = q(|q| (q.mcc, q.mnc) = (Some(460), Some(2)));
        assert_eq!(best(&device, &[zh, mcc, both, other]), "mcc460_mnc1");
        assert_eq!(best(&device, &[zh, mcc, other]), "mcc460");
        assert_eq!(best(&Qualifiers::default(), &[zh, mcc]), "zh");
    }

    #[test]
    fn unknown_keys_say_nothing() {
        let mut folder = Qualifiers::default();
        folder.add(99, 1);
        folder.add(2, 123);
        folder.add(4, 77);
        assert_eq!(folder, Qualifiers::default());
    }
}
