//! EXIF: what cameras write about a picture. Read from and written into JPEG, PNG and WebP files.
//!
//! Names of properties are those of the EXIF standard, with the spelling of the platform (`SubsecTime`); values are text as apps see
//! it. A value that has a name in the standard reads as that name (`Orientation` 1 is `Top-left`) and is written as a number.

mod carrier;
mod names;
mod tags;
mod text;
mod tiff;

use std::collections::BTreeMap;

use tags::{Directory, Tag};

pub use carrier::Carrier;

/// Why properties cannot be read or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExifError {
    /// The file is none that has EXIF.
    #[error("only JPEG, PNG and WebP files have EXIF")]
    Unsupported,
    /// The file, or its EXIF, breaks off or contradicts itself.
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
    /// No such property.
    #[error("the property is not one of EXIF")]
    UnknownProperty,
    /// The text stands for no value of the property.
    #[error("the text is no value of the property; it needs {0}")]
    Value(&'static str),
    /// JPEG has 64 KB for EXIF.
    #[error("the properties do not fit into the file")]
    TooBig,
}

/// A value as it is stored: its type of the standard, how many there are, and their bytes in the order of the block.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Entry {
    kind: Kind,
    data: Vec<u8>,
}

/// Types of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Byte,
    Ascii,
    Short,
    Long,
    Rational,
    SByte,
    Undefined,
    SShort,
    SLong,
    SRational,
    Float,
    Double,
}

impl Kind {
    const ALL: [Kind; 12] = [
        Kind::Byte,
        Kind::Ascii,
        Kind::Short,
        Kind::Long,
        Kind::Rational,
        Kind::SByte,
        Kind::Undefined,
        Kind::SShort,
        Kind::SLong,
        Kind::SRational,
        Kind::Float,
        Kind::Double,
    ];

    /// By its number in files, which starts at 1.
    fn of(number: u16) -> Option<Kind> {
        Kind::ALL.get(usize::from(number).checked_sub(1)?).copied()
    }

    fn number(self) -> u16 {
        self as u16 + 1
    }

    /// Bytes of one.
    fn size(self) -> usize {
        match self {
            Kind::Byte | Kind::Ascii | Kind::SByte | Kind::Undefined => 1,
            Kind::Short | Kind::SShort => 2,
            Kind::Long | Kind::SLong | Kind::Float => 4,
            Kind::Rational | Kind::SRational | Kind::Double => 8,
        }
    }
}

/// The EXIF block of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exif {
    little_endian: bool,
    directories: BTreeMap<Directory, BTreeMap<u16, Entry>>,
    thumbnail: Option<Vec<u8>>,
}

impl Default for Exif {
    fn default() -> Self {
        Self { little_endian: true, directories: BTreeMap::new(), thumbnail: None }
    }
}

impl Exif {
    /// Reads a block: a TIFF header, directories and values. Entries that lie outside of it are left out.
    ///
    /// # Errors
    /// When it does not start as such a block does.
    pub fn parse(block: &[u8]) -> Result<Self, ExifError> {
        tiff::read(block)
    }

    /// The block as it stands in a file.
    ///
    /// # Errors
    /// When it is larger than 4 GB, which its offsets cannot say.
    pub fn to_block(&self) -> Result<Vec<u8>, ExifError> {
        tiff::write(self)
    }

    /// Whether a property is one of the standard, or of the platform's maker note.
    pub fn is_known(property: &str) -> bool {
        Tag::of(property).is_some()
    }

    /// A property as text.
    pub fn get(&self, property: &str) -> Option<String> {
        let tag = Tag::of(property)?;
        let entry = self.directories.get(&tag.directory)?.get(&tag.number)?;
        text::of_entry(tag, entry, self.little_endian)
    }

    /// Sets a property from text.
    ///
    /// # Errors
    /// When there is no such property, or the text is no value of it.
    pub fn set(&mut self, property: &str, value: &str) -> Result<(), ExifError> {
        let tag = Tag::of(property).ok_or(ExifError::UnknownProperty)?;
        let entry = text::to_entry(tag, value, self.little_endian)?;
        self.directories.entry(tag.directory).or_default().insert(tag.number, entry);
        Ok(())
    }

    /// Takes a property away; says whether it was there.
    pub fn remove(&mut self, property: &str) -> bool {
        let Some(tag) = Tag::of(property) else { return false };
        self.directories.get_mut(&tag.directory).is_some_and(|entries| entries.remove(&tag.number).is_some())
    }

    /// All properties that have names, as text.
    pub fn properties(&self) -> Vec<(&'static str, String)> {
        tags::TAGS.iter().filter_map(|tag| Some((tag.name, self.get(tag.name)?))).collect()
    }

    /// The small picture that the camera put in (a JPEG file).
    pub fn thumbnail(&self) -> Option<&[u8]> {
        self.thumbnail.as_deref()
    }
}

#[cfg(test)]
mod tests;
