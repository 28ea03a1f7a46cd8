//! Which file an address of this process belongs to, read from `/proc/self/maps` without allocating.

use nix::fcntl::OFlag;
use nix::sys::stat::Mode;

/// Longest line that is understood: six fields and a path.
const LONGEST: usize = 4096 + 128;

/// Reads the list of mappings and calls `found` with the name of the file that `address` is mapped from, without directories, and the
/// distance of the address from where the file's first mapping begins. Not for memory that belongs to no file.
pub(super) fn locate(address: usize, buffer: &mut [u8; 2 * LONGEST], found: &mut dyn FnMut(&str, usize)) {
    let Ok(file) = nix::fcntl::open(c"/proc/self/maps", OFlag::O_RDONLY | OFlag::O_CLOEXEC, Mode::empty()) else {
        return;
    };
    let mut search = Search { address, path: [0; LONGEST], length: 0, begin: 0 };
    let mut used = 0;
    while let Some(room) = buffer.get_mut(used..).filter(|room| !room.is_empty()) {
        let count = match nix::unistd::read(&file, room) {
            Ok(0) | Err(_) => return,
            Ok(count) => count,
        };
        used += count;
        let mut start = 0;
        while let Some(rest) = buffer.get(start..used) {
            let Some(length) = rest.iter().position(|byte| *byte == b'\n') else { break };
            if search.line(rest.get(..length).unwrap_or_default(), found) {
                return;
            }
            start += length + 1;
        }
        buffer.copy_within(start..used, 0);
        used -= start;
    }
}

/// Memory for [`locate`].
pub(super) type Buffer = [u8; 2 * LONGEST];

/// Memory for [`locate`], empty.
pub(super) const BUFFER: Buffer = [0; 2 * LONGEST];

struct Search {
    address: usize,
    /// The file of the mappings that came last, and where the first of them begins.
    path: [u8; LONGEST],
    length: usize,
    begin: usize,
}

impl Search {
    /// Takes a line; true when the address is in it.
    fn line(&mut self, line: &[u8], found: &mut dyn FnMut(&str, usize)) -> bool {
        let Some((begin, end, path)) = fields(line) else { return false };
        let known = self.path.get(..self.length).is_some_and(|known| known == path);
        if !known && let Some(room) = self.path.get_mut(..path.len()) {
            room.copy_from_slice(path);
            (self.length, self.begin) = (path.len(), begin);
        }
        if !(begin..end).contains(&self.address) {
            return false;
        }
        let name = path.rsplit(|byte| *byte == b'/').next().unwrap_or_default();
        if let (false, Ok(name)) = (name.is_empty(), std::str::from_utf8(name)) {
            found(name, self.address - self.begin);
        }
        true
    }
}

/// `begin-end permissions offset device inode path`; the path may be empty.
fn fields(line: &[u8]) -> Option<(usize, usize, &[u8])> {
    let line = std::str::from_utf8(line).ok()?;
    let (range, rest) = line.split_once(' ')?;
    let (begin, end) = range.split_once('-')?;
    let number = |text| usize::from_str_radix(text, 16).ok();
    let path = rest.splitn(5, ' ').nth(4).unwrap_or_default().trim();
    Some((number(begin)?, number(end)?, path.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(address: usize) -> Option<(String, usize)> {
        let (mut buffer, mut name) = (Box::new(BUFFER), None);
        locate(address, &mut buffer, &mut |found, offset| name = Some((found.to_owned(), offset)));
        name
    }

    #[test]
    fn code_has_a_file_and_the_heap_has_none_of_it() {
        let (name, offset) = name_of(fields as *const () as usize).expect("this program");
        let program = std::env::current_exe().expect("a path");
        assert_eq!(Some(name.as_ref()), program.file_name().map(|name| name.to_string_lossy()).as_deref());
        assert!(offset > 0);
        assert!(name_of(libc::memcpy as *const () as usize).is_some_and(|(name, _)| name.starts_with("libc")));
        assert_eq!(name_of(8), None);
    }

    #[test]
    fn paths_may_have_spaces_or_be_absent() {
        assert_eq!(fields(b"1000-2000 r-xp 00000000 08:01 12   /a b/c.so"), Some((0x1000, 0x2000, &b"/a b/c.so"[..])));
        assert_eq!(fields(b"1000-2000 r-xp 00000000 00:00 0 "), Some((0x1000, 0x2000, &b""[..])));
        assert_eq!(fields(b"nonsense"), None);
    }
}
