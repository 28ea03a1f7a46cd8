//! Addresses of files as the app writes them (`file://com.example.app/data/storage/…`) and as other programs do (`file:///home/…`).

use concord_ability::state::AppState;
use concord_engine::Context;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};
use std::path::{Path, PathBuf};

const SCHEME: &str = "file://";

/// A list of addresses for other programs: files of the app by their real names.
pub(super) fn for_others(context: &Context, list: &str) -> String {
    each(list, |uri| {
        let path = decode(path_of(uri)?)?;
        let real = AppState::of(context)?.paths.to_host(&path).ok()?;
        Some(encode(&real))
    })
}

/// A list of addresses for the app: a person hands it these files, so it may see them from now on.
pub(super) fn for_app(context: &Context, list: &str) -> String {
    each(list, |uri| {
        let path = PathBuf::from(decode(path_of(uri)?)?);
        let state = AppState::of(context)?;
        // Its own files keep their names.
        let own = state.paths.to_virtual(&path).map(|own| encode(Path::new(&own)));
        own.or_else(|| state.share(&path))
    })
}

fn each(list: &str, translate: impl Fn(&str) -> Option<String>) -> String {
    let uris = concord_desktop::exchange::uris(list);
    uris.map(|uri| translate(uri).unwrap_or_else(|| uri.to_owned()) + "\r\n").collect()
}

/// The path of the address of a file, as it is written; what stands before it is the name of an app or a host.
fn path_of(uri: &str) -> Option<&str> {
    let rest = uri.strip_prefix(SCHEME)?;
    rest.get(rest.find('/')?..)
}

fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
        let (high, low) = (digit(rest.next())?, digit(rest.next())?);
        bytes.push((high * 16 + low) as u8);
    }
    String::from_utf8(bytes).ok()
}

/// What is encoded in the address of a file: everything but letters, digits and a few signs.
const ENCODED: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The address of a file.
fn encode(path: &Path) -> String {
    format!("{SCHEME}{}", percent_encode(path.as_os_str().as_encoded_bytes(), &ENCODED))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_survive_being_written_as_addresses() {
        let path = "/home/me/100 % 牛奶.txt";
        let uri = encode(Path::new(path));
        assert!(uri.is_ascii() && uri.starts_with("file:///home/me/100%20%25%20"), "{uri}");
        assert_eq!(decode(path_of(&uri).expect("a path")).as_deref(), Some(path));
        assert_eq!(path_of("file://com.example.app/data/a"), Some("/data/a"));
        assert_eq!(path_of("https://example.org/"), None);
        assert_eq!(decode("/a%2"), None, "cut off");
    }
}
