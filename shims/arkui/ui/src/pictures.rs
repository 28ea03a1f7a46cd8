//! Pictures that components show: where they come from, and those that were decoded already.

use crate::layout::Host;
use crate::pixels::Pixels;
use crate::value::{Resource, Value};
use concord_paint::svg::Svg;
use concord_paint::{Color, Format, Picture};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

/// Decoded pictures are kept until they take this much, the ones that were used last the longest.
const MAX_CACHED_BYTES: usize = 96 << 20;

/// Where a picture comes from.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file of the package.
    Resource(Rc<Resource>),
    /// A path, `file://…`, `data:…`, `resource://…`.
    Text(Rc<str>),
    /// Pixels of the app.
    Pixels(Rc<Pixels>),
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        match (self, other) {
            (Source::Resource(a), Source::Resource(b)) => a == b,
            (Source::Text(a), Source::Text(b)) => a == b,
            (Source::Pixels(a), Source::Pixels(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
    }
}

/// Why there is no picture, in the words that the app gets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PictureError(String);

impl Source {
    /// From what the app gave; none when it is nothing that a picture comes from.
    pub fn from_value(value: &Value) -> Option<Source> {
        match value {
            Value::Resource(resource) => Some(Source::Resource(Rc::clone(resource))),
            Value::String(text) if !text.is_empty() => Some(Source::Text(Rc::clone(text))),
            value => value.as_foreign::<Pixels>().map(Source::Pixels),
        }
    }

    /// Whether what it names never changes, so that it may be kept.
    fn is_constant(&self) -> bool {
        match self {
            Source::Resource(_) => true,
            Source::Text(text) => text.starts_with("data:"),
            Source::Pixels(_) => false,
        }
    }

    /// Gets and decodes the picture.
    fn decode(&self, host: &mut dyn Host) -> Result<Loaded, PictureError> {
        let missing = |name: &str| PictureError(format!("{name} cannot be read"));
        let bytes = match self {
            Source::Pixels(pixels) => return Ok(Loaded::Pixels(Rc::clone(pixels))),
            Source::Resource(resource) => host.resource(resource).ok_or_else(|| missing(&resource.path))?,
            Source::Text(text) if text.starts_with("data:") => {
                data_uri(text).ok_or_else(|| PictureError("the data URI cannot be read".to_owned()))?.into()
            }
            Source::Text(text) if text.starts_with("http:") || text.starts_with("https:") => {
                return Err(PictureError(format!("{text} cannot be loaded: there is no network")));
            }
            Source::Text(text) => host.file(text).ok_or_else(|| missing(text))?,
        };
        if Format::of(&bytes) == Some(Format::Svg) {
            let svg = Svg::parse(&bytes).map_err(|error| PictureError(error.to_string()))?;
            return Ok(Loaded::Vector(svg, RefCell::default()));
        }
        Picture::decode(&bytes, None).map(Loaded::Bitmap).map_err(|error| PictureError(error.to_string()))
    }
}

/// Shapes that were drawn: width, height, colour, pixels.
type Drawn = (u32, u32, Option<Color>, Picture);

/// A picture that can be drawn.
pub enum Loaded {
    /// Decoded pixels.
    Bitmap(Picture),
    /// Shapes, and what they looked like when they were drawn last.
    Vector(Svg, RefCell<Option<Drawn>>),
    /// Pixels of the app, which may change.
    Pixels(Rc<Pixels>),
}

impl fmt::Debug for Loaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Loaded")
    }
}

impl Loaded {
    /// Its own size in px.
    pub fn size(&self) -> (f32, f32) {
        match self {
            Loaded::Bitmap(picture) => (picture.width() as f32, picture.height() as f32),
            Loaded::Vector(svg, _) => svg.size(),
            Loaded::Pixels(pixels) => {
                let (width, height) = pixels.size();
                (width as f32, height as f32)
            }
        }
    }

    /// Whether it is made of shapes.
    pub fn is_vector(&self) -> bool {
        matches!(self, Loaded::Vector(..))
    }

    /// The pixels, for being drawn at this size in px; `fill` colours shapes.
    pub fn picture(&self, width: f32, height: f32, fill: Option<Color>) -> Option<Picture> {
        match self {
            Loaded::Bitmap(picture) => Some(picture.clone()),
            Loaded::Pixels(pixels) => pixels.picture(),
            Loaded::Vector(svg, last) => {
                let (width, height) = ((width.round() as u32).max(1), (height.round() as u32).max(1));
                let mut last = last.try_borrow_mut().ok()?;
                if let Some((w, h, f, picture)) = &*last
                    && (*w, *h, *f) == (width, height, fill)
                {
                    return Some(picture.clone());
                }
                let picture = svg.render(width, height, fill).ok()?;
                *last = Some((width, height, fill, picture.clone()));
                Some(picture)
            }
        }
    }

    fn byte_count(&self) -> usize {
        match self {
            Loaded::Bitmap(picture) => picture.byte_count(),
            // A guess: trees of shapes do not tell.
            Loaded::Vector(..) => 64 << 10,
            Loaded::Pixels(_) => 0,
        }
    }
}

/// The pictures that were decoded, the one that was used last at the end.
#[derive(Default)]
pub struct Pictures {
    kept: VecDeque<(Source, Rc<Loaded>)>,
    bytes: usize,
}

impl Pictures {
    /// A picture, decoded now unless it is kept.
    ///
    /// # Errors
    /// When there is nothing, or nothing that can be read.
    pub fn load(&mut self, source: &Source, host: &mut dyn Host) -> Result<Rc<Loaded>, PictureError> {
        if let Some(at) = self.kept.iter().position(|(known, _)| known == source)
            && let Some(found) = self.kept.remove(at)
        {
            let loaded = Rc::clone(&found.1);
            self.kept.push_back(found);
            return Ok(loaded);
        }
        let loaded = Rc::new(source.decode(host)?);
        if source.is_constant() {
            self.bytes += loaded.byte_count();
            self.kept.push_back((source.clone(), Rc::clone(&loaded)));
            while self.bytes > MAX_CACHED_BYTES {
                let Some((_, dropped)) = self.kept.pop_front() else { break };
                self.bytes = self.bytes.saturating_sub(dropped.byte_count());
            }
        }
        Ok(loaded)
    }
}

/// The bytes of a `data:` URI, in Base64 or percent-encoded.
fn data_uri(uri: &str) -> Option<Vec<u8>> {
    let (kind, data) = uri.strip_prefix("data:")?.split_once(',')?;
    if kind.ends_with(";base64") { base64(data) } else { Some(percent_encoding::percent_decode_str(data).collect()) }
}

fn base64(text: &str) -> Option<Vec<u8>> {
    let mut decoded = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count & 0xff) as u8);
        }
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_uris_are_read() {
        assert_eq!(data_uri("data:text/plain;base64,aGVsbG8=").as_deref(), Some(&b"hello"[..]));
        assert_eq!(data_uri("data:image/svg+xml,%3Csvg/%3E").as_deref(), Some(&b"<svg/>"[..]));
        assert_eq!(data_uri("data:,100%").as_deref(), Some(&b"100%"[..]));
        assert_eq!(data_uri("data:image/png;base64,!!"), None);
        assert_eq!(data_uri("data:image/png"), None);
    }
}
