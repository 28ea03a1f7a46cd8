//! Messages of rtnetlink (`linux/rtnetlink.h`): requests for everything there is, and what the kernel answers.

use std::net::IpAddr;

/// Asks for interfaces, addresses, routes.
pub(super) const GET_LINK: u16 = 18;
pub(super) const GET_ADDRESS: u16 = 22;
pub(super) const GET_ROUTE: u16 = 26;
/// Answers.
pub(super) const NEW_LINK: u16 = 16;
pub(super) const NEW_ADDRESS: u16 = 20;
pub(super) const NEW_ROUTE: u16 = 24;
pub(super) const ERROR: u16 = 2;
pub(super) const DONE: u16 = 3;
/// Groups of news: links, addresses and routes of both versions of IP.
pub(super) const NEWS: u32 = 0x1 | 0x10 | 0x40 | 0x100 | 0x400;

const HEADER: usize = 16;
/// `NLM_F_REQUEST | NLM_F_DUMP`.
const DUMP: u16 = 0x301;

/// A request for all entries of a table.
pub(super) fn dump(kind: u16, sequence: u32) -> Vec<u8> {
    // The header, and a body of zeros that is large enough for each of the three.
    let length = (HEADER + 16) as u32;
    let mut message = Vec::with_capacity(length as usize);
    message.extend(length.to_ne_bytes());
    message.extend(kind.to_ne_bytes());
    message.extend(DUMP.to_ne_bytes());
    message.extend(sequence.to_ne_bytes());
    message.resize(length as usize, 0);
    message
}

/// A message: its kind and what follows the header.
pub(super) struct Message<'a> {
    pub(super) kind: u16,
    pub(super) body: &'a [u8],
}

/// The messages of a datagram; a damaged one ends them.
pub(super) fn messages(mut bytes: &[u8]) -> impl Iterator<Item = Message<'_>> {
    std::iter::from_fn(move || {
        let length = u32_at(bytes, 0)? as usize;
        let kind = u16_at(bytes, 4)?;
        let body = bytes.get(HEADER..length)?;
        bytes = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
        Some(Message { kind, body })
    })
}

/// The attributes behind the first `fixed` bytes: numbers and contents.
pub(super) fn attributes(body: &[u8], fixed: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = body.get(fixed..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = usize::from(u16_at(rest, 0)?);
        let kind = u16_at(rest, 2)?;
        let content = rest.get(4..length)?;
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
        // The two highest bits say how the content is written.
        Some((kind & 0x3fff, content))
    })
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|chunk| u16::from_ne_bytes(*chunk))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|chunk| u32::from_ne_bytes(*chunk))
}

/// An address of either version.
pub(super) fn address(bytes: &[u8]) -> Option<IpAddr> {
    <[u8; 4]>::try_from(bytes).map(IpAddr::from).or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

/// Text that a zero ends.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes.split(|byte| *byte == 0).next().unwrap_or_default()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{attributes, dump, messages};

    #[test]
    fn requests_are_messages() {
        let bytes = [dump(18, 1), dump(26, 2)].concat();
        let kinds: Vec<_> = messages(&bytes).map(|message| (message.kind, message.body.len())).collect();
        assert_eq!(kinds, [(18, 16), (26, 16)]);
    }

    #[test]
    fn damaged_ones_end_the_list() {
        let whole = dump(18, 1);
        for length in 0..whole.len() {
            assert_eq!(messages(&whole[..length]).count(), 0);
        }
        let zero = [0_u8; 32];
        assert_eq!(messages(&zero).count(), 0);
        assert_eq!(attributes(&zero, 0).count(), 0);
        assert_eq!(attributes(&[8, 0, 3, 0, b'l', b'o', 0, 0], 0).collect::<Vec<_>>(), [(3, &b"lo\0\0"[..])]);
    }
}
