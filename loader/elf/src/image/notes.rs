//! What the linker has noted in a library.

use super::Image;
use super::bytes::u32_at;
use goblin::elf::program_header::PT_NOTE;

/// `NT_GNU_BUILD_ID` of the owner `GNU`.
const BUILD_ID: u32 = 3;
/// Bytes of a build id that are believed; SHA-1 has 20.
const LONGEST_ID: usize = 64;

impl<B: AsRef<[u8]>> Image<B> {
    /// The build id as hexadecimal digits, by which debuggers find the symbols that belong to a library.
    pub fn build_id(&self) -> Option<String> {
        let notes = self.segments.headers.iter().filter(|header| header.p_type == PT_NOTE);
        let id = notes.filter_map(|header| {
            let begin = usize::try_from(header.p_offset).ok()?;
            let end = begin.checked_add(usize::try_from(header.p_filesz).ok()?)?;
            build_id(self.bytes().get(begin..end)?)
        });
        let digits = id.flat_map(|id| id.iter().map(|byte| format!("{byte:02x}")));
        Some(digits.collect::<String>()).filter(|digits| !digits.is_empty())
    }
}

/// The build id in a segment of notes: each is the lengths of the owner's name and of what is noted, a kind, and the two, both
/// filled up to 4 bytes.
fn build_id(mut notes: &[u8]) -> Option<&[u8]> {
    loop {
        let (name, content) = (u32_at(notes, 0)? as usize, u32_at(notes, 4)? as usize);
        let kind = u32_at(notes, 8)?;
        let at = 12_usize.checked_add(name.checked_next_multiple_of(4)?)?;
        let end = at.checked_add(content)?;
        if kind == BUILD_ID && notes.get(12..12 + name.min(4)) == Some(b"GNU\0") && content <= LONGEST_ID {
            return notes.get(at..end);
        }
        notes = notes.get(end.checked_next_multiple_of(4)?..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::build_id;

    #[test]
    fn the_id_is_found_among_other_notes() {
        let ohos = [5, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, b'O', b'H', b'O', b'S', 0, 0, 0, 0, 1, 0, 0, 0];
        let gnu = [4, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, b'G', b'N', b'U', 0, 7, 8, 9];
        assert_eq!(build_id(&[&ohos[..], &gnu].concat()), Some(&[7, 8, 9][..]));
        assert_eq!(build_id(&ohos), None);
        assert_eq!(build_id(&gnu[..18]), None, "cut off");
        assert_eq!(build_id(&[0xff; 32]), None);
    }
}
