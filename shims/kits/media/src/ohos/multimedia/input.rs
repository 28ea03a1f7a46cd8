//! Where a player finds its bytes.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use concord_desktop::audio::Input;

/// A part of a file. It has a place of its own, so that several players, and the app itself, may read one descriptor.
pub struct Region {
    file: File,
    start: u64,
    length: u64,
    place: u64,
}

impl Region {
    /// `length` bytes of `file` from `start` on, or what there is of them.
    pub fn new(file: File, start: u64, length: Option<u64>) -> std::io::Result<Self> {
        let whole = file.metadata()?.len();
        let rest = whole.saturating_sub(start);
        Ok(Self { file, start, length: length.map_or(rest, |length| length.min(rest)), place: 0 })
    }
}

impl Read for Region {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.place)).unwrap_or(usize::MAX);
        let wanted = buffer.len().min(left);
        let read = self.file.read_at(buffer.get_mut(..wanted).unwrap_or_default(), self.start + self.place)?;
        self.place += read as u64;
        Ok(read)
    }
}

impl Seek for Region {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.place.checked_add_signed(offset),
        };
        self.place = place.ok_or(std::io::ErrorKind::InvalidInput)?;
        Ok(self.place)
    }
}

/// Where the bytes of a sound come from, as often as they are wanted.
#[derive(Clone)]
pub enum Origin {
    /// A part of a file.
    File {
        /// The file; nobody else's place in it is moved.
        file: Arc<File>,
        /// First byte.
        start: u64,
        /// Bytes; `None` for the rest.
        length: Option<u64>,
    },
    /// Bytes that the app gave.
    Bytes(Arc<[u8]>),
}

impl Origin {
    /// The bytes from their beginning.
    pub fn open(&self) -> std::io::Result<Box<dyn Input>> {
        Ok(match self {
            Self::File { file, start, length } => Box::new(Region::new(file.try_clone()?, *start, *length)?),
            Self::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn a_region_is_a_file_of_its_own() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"0123456789").unwrap();
        let mut region = Region::new(file.try_clone().unwrap(), 3, Some(4)).unwrap();
        let mut text = String::new();
        region.read_to_string(&mut text).unwrap();
        assert_eq!(text, "3456");
        assert_eq!(region.seek(SeekFrom::End(-1)).unwrap(), 3);
        text.clear();
        region.read_to_string(&mut text).unwrap();
        assert_eq!(text, "6");
        assert!(region.seek(SeekFrom::Current(-9)).is_err());
        let mut past = Region::new(file, 20, None).unwrap();
        assert_eq!(past.read(&mut [0; 4]).unwrap(), 0);
    }
}
