//! Values as text and back. Numbers of a list are separated by a comma and a space.

use super::tags::Tag;
use super::tiff::Order;
use super::{Entry, ExifError, Kind, names};

/// The most numbers of a value that become text.
const MAX_NUMBERS: usize = 4096;
/// Kinds of text in `UserComment` and its like: eight bytes before it.
const ASCII_PREFIX: &[u8; 8] = b"ASCII\0\0\0";
const UNICODE_PREFIX: &[u8; 8] = b"UNICODE\0";

/// A value for the app.
pub(super) fn of_entry(tag: &Tag, entry: &Entry, little_endian: bool) -> Option<String> {
    let order = Order(little_endian);
    let numbers = || numbers(entry, &order);
    match entry.kind {
        Kind::Ascii => return Some(ascii(&entry.data)),
        Kind::Undefined => return Some(undefined(tag, &entry.data, little_endian)),
        _ => {}
    }
    let values = numbers();
    let first = *values.first()?;
    Some(match tag.name {
        "ExposureTime" if first.top > 0 && first.top < first.bottom => {
            format!("1/{} sec.", (first.value() + 0.0).recip().round())
        }
        "ExposureTime" => format!("{} sec.", plain(first.value())),
        "FNumber" => format!("f/{:.1}", first.value()),
        "FocalLength" => format!("{:.1} mm", first.value()),
        "ApertureValue" | "MaxApertureValue" => {
            format!("{:.2} EV (f/{:.1})", first.value(), 2_f64.powf(first.value() / 2.0))
        }
        "ShutterSpeedValue" => format!("{:.2} EV", first.value()),
        "BrightnessValue" | "ExposureBiasValue" => format!("{:.2} EV", first.value()),
        "SubjectDistance" => format!("{:.1} m", first.value()),
        "GPSTimeStamp" => {
            let at = |index: usize| values.get(index).map_or(0.0, |number| number.value());
            format!("{:02}:{:02}:{:05.2}", at(0), at(1), at(2))
        }
        _ => {
            if let [only] = values.as_slice()
                && let Some(name) = names::name(tag.name, only.value() as u32)
            {
                return Some(name.to_owned());
            }
            let texts: Vec<String> = values.iter().map(|number| plain(number.value())).collect();
            texts.join(", ")
        }
    })
}

#[derive(Clone, Copy)]
struct Number {
    top: i64,
    bottom: i64,
    float: Option<f64>,
}

impl Number {
    fn value(self) -> f64 {
        match self.float {
            Some(float) => float,
            None if self.bottom == 0 => 0.0,
            None => self.top as f64 / self.bottom as f64,
        }
    }
}

fn numbers(entry: &Entry, order: &Order) -> Vec<Number> {
    let whole = |top: i64| Number { top, bottom: 1, float: None };
    let float = |value: f64| Number { top: 0, bottom: 1, float: Some(value) };
    let pair = |data: &[u8]| Some((order.u32(data, 0)?, order.u32(data, 4)?));
    let one = |data: &[u8]| -> Option<Number> {
        Some(match entry.kind {
            Kind::Short => whole(order.u16(data, 0)?.into()),
            Kind::SShort => whole((order.u16(data, 0)? as i16).into()),
            Kind::Long => whole(order.u32(data, 0)?.into()),
            Kind::SLong => whole((order.u32(data, 0)? as i32).into()),
            Kind::SByte => whole((*data.first()? as i8).into()),
            Kind::Byte | Kind::Ascii | Kind::Undefined => whole((*data.first()?).into()),
            Kind::Rational => {
                let (top, bottom) = pair(data)?;
                Number { top: top.into(), bottom: bottom.into(), float: None }
            }
            Kind::SRational => {
                let (top, bottom) = pair(data)?;
                Number { top: (top as i32).into(), bottom: (bottom as i32).into(), float: None }
            }
            Kind::Float => float(f32::from_bits(order.u32(data, 0)?).into()),
            Kind::Double => {
                let (a, b) = pair(data)?;
                let (high, low) = if order.0 { (b, a) } else { (a, b) };
                float(f64::from_bits(u64::from(high) << 32 | u64::from(low)))
            }
        })
    };
    entry.data.chunks_exact(entry.kind.size()).take(MAX_NUMBERS).filter_map(one).collect()
}

/// At most six digits behind the point, none that say nothing.
fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn ascii(data: &[u8]) -> String {
    let end = data.iter().position(|byte| *byte == 0).unwrap_or(data.len());
    String::from_utf8_lossy(data.get(..end).unwrap_or_default()).into_owned()
}

fn undefined(tag: &Tag, data: &[u8], little_endian: bool) -> String {
    match tag.name {
        "SceneType" | "FileSource" => {
            let number = data.first().copied().unwrap_or(0).into();
            names::name(tag.name, number).map_or_else(|| number.to_string(), str::to_owned)
        }
        "ComponentsConfiguration" => {
            let parts = ["-", "Y", "Cb", "Cr", "R", "G", "B"];
            let names: Vec<&str> =
                data.iter().map(|part| parts.get(usize::from(*part)).copied().unwrap_or("-")).collect();
            names.join(" ")
        }
        // Four digits: 0232 is 2.32.
        "ExifVersion" | "FlashpixVersion" => ascii(data),
        _ => {
            if let Some(rest) = data.strip_prefix(UNICODE_PREFIX) {
                let unit =
                    |pair: &[u8; 2]| if little_endian { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
                let units: Vec<u16> = rest.as_chunks::<2>().0.iter().map(unit).take_while(|unit| *unit != 0).collect();
                return String::from_utf16_lossy(&units);
            }
            ascii(data.strip_prefix(ASCII_PREFIX).or_else(|| data.strip_prefix(&[0; 8])).unwrap_or(data))
        }
    }
}

/// A value of the app's for the block.
pub(super) fn to_entry(tag: &Tag, value: &str, little_endian: bool) -> Result<Entry, ExifError> {
    let order = Order(little_endian);
    let mut data = Vec::new();
    match tag.kind {
        Kind::Ascii => {
            if value.contains('\0') {
                return Err(ExifError::Value("text without NUL"));
            }
            data.extend(value.as_bytes());
            data.push(0);
        }
        Kind::Undefined => put_undefined(tag, value, &mut data)?,
        kind => {
            let named = names::number(tag.name, value).map(|number| vec![Fraction { top: number.into(), bottom: 1 }]);
            let numbers = match named {
                Some(numbers) => numbers,
                None => fractions(value).ok_or(ExifError::Value("numbers, separated by commas or spaces"))?,
            };
            if numbers.is_empty() || (tag.count > 0 && numbers.len() != usize::from(tag.count)) {
                return Err(ExifError::Value("as many numbers as the standard says"));
            }
            if tag.name == "Orientation"
                && !numbers.iter().all(|number| (1..=8).contains(&number.top) && number.bottom == 1)
            {
                return Err(ExifError::Value("a number from 1 to 8"));
            }
            for number in numbers {
                put_number(kind, number, &order, &mut data)
                    .ok_or(ExifError::Value("numbers of the property's range"))?;
            }
        }
    }
    Ok(Entry { kind: tag.kind, data })
}

fn put_undefined(tag: &Tag, value: &str, data: &mut Vec<u8>) -> Result<(), ExifError> {
    match tag.name {
        "SceneType" | "FileSource" => {
            let number = names::number(tag.name, value).or_else(|| value.trim().parse().ok());
            let byte = number.and_then(|number| u8::try_from(number).ok());
            data.push(byte.ok_or(ExifError::Value("a number up to 255"))?);
        }
        "UserComment" | "GPSProcessingMethod" | "GPSAreaInformation" => {
            data.extend(ASCII_PREFIX);
            data.extend(value.as_bytes());
        }
        _ if tag.count > 0 && value.len() != usize::from(tag.count) => {
            return Err(ExifError::Value("as many characters as the standard says"));
        }
        _ => data.extend(value.as_bytes()),
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Fraction {
    top: i64,
    bottom: i64,
}

/// `39,54,20`, `39/1 54/1 20/1`, `1.5`.
fn fractions(text: &str) -> Option<Vec<Fraction>> {
    let parts = text.split([',', ' ', ':']).map(str::trim).filter(|part| !part.is_empty());
    parts.take(MAX_NUMBERS).map(fraction).collect()
}

fn fraction(text: &str) -> Option<Fraction> {
    if let Some((top, bottom)) = text.split_once('/') {
        let bottom: i64 = bottom.trim().parse().ok()?;
        return (bottom != 0).then_some(Fraction { top: top.trim().parse().ok()?, bottom });
    }
    if let Ok(top) = text.parse() {
        return Some(Fraction { top, bottom: 1 });
    }
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    // A million is the largest power of ten with which degrees and their parts fit into 32 bits.
    let bottom = if value.abs() < 2000.0 { 1_000_000 } else { 1000 };
    Some(Fraction { top: (value * bottom as f64).round() as i64, bottom })
}

fn put_number(kind: Kind, number: Fraction, order: &Order, data: &mut Vec<u8>) -> Option<()> {
    let whole = || (number.top % number.bottom == 0).then(|| number.top / number.bottom);
    match kind {
        Kind::Byte => data.push(u8::try_from(whole()?).ok()?),
        Kind::Short => order.put16(data, u16::try_from(whole()?).ok()?),
        Kind::Long => order.put32(data, u32::try_from(whole()?).ok()?),
        Kind::Rational => {
            let (top, bottom) = (u32::try_from(number.top).ok()?, u32::try_from(number.bottom).ok()?);
            order.put32(data, top);
            order.put32(data, bottom);
        }
        Kind::SRational => {
            let (top, bottom) = (i32::try_from(number.top).ok()?, i32::try_from(number.bottom).ok()?);
            order.put32(data, top as u32);
            order.put32(data, bottom as u32);
        }
        _ => return None,
    }
    Some(())
}
