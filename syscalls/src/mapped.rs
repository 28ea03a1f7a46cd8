//! Files as memory.

use std::fs::File;
use std::io;
use std::ops::Deref;

/// A file mapped read-only into memory.
///
/// Pages are read when they are touched, so opening a package of any size is cheap. A mapping shows later changes of
/// the file; a file that is cut short while it is mapped ends the process with SIGBUS, as it would any program that maps it.
#[derive(Debug)]
pub struct MappedFile {
    map: memmap2::Mmap,
}

impl MappedFile {
    /// Maps a whole file. An empty file is an empty slice.
    pub fn map(file: &File) -> io::Result<MappedFile> {
        // SAFETY: the mapping is private and read-only, and Concord never writes to a file that it has mapped. What is
        // left is another process changing the file meanwhile: the kernel offers no mapping that excludes it, and
        // every program that maps files (the dynamic linker among them) takes that risk. Offsets and lengths are
        // checked at each read, so changed bytes can only be wrong data.
        let map = unsafe { memmap2::MmapOptions::new().map(file)? };
        Ok(MappedFile { map })
    }
}

impl Deref for MappedFile {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.map
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn shows_the_bytes_of_a_file() {
        let path = std::env::temp_dir().join(format!("concord-mapped-{}", std::process::id()));
        File::create(&path).unwrap().write_all(b"hello").unwrap();
        let map = MappedFile::map(&File::open(&path).unwrap()).unwrap();
        assert_eq!(&*map, b"hello");
        File::create(&path).unwrap();
        assert!(MappedFile::map(&File::open(&path).unwrap()).unwrap().is_empty());
        std::fs::remove_file(&path).unwrap();
    }
}
