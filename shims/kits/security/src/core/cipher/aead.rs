//! GCM (NIST SP 800-38D) and CCM (SP 800-38C).

use ghash::GHash;
use ghash::universal_hash::{KeyInit, UniversalHash};

use super::super::block::Block;
use super::super::error::{Result, invalid, operation};
use super::stream::Keystream;
use super::{Mode, Setup, forged, same, xor};

/// Block size of the ciphers that these modes are made for.
const SIZE: usize = 16;
/// Length of a tag when the app does not say.
const GCM_TAG: usize = 16;
const CCM_TAG: usize = 12;

/// GCM at work: bytes go in and out one for one.
pub(super) struct Gcm {
    stream: Keystream,
    digest: GHash,
    /// Encrypted bytes that are not a whole block yet.
    pending: Vec<u8>,
    /// Encrypted first counter, which covers the tag.
    mask: Vec<u8>,
    associated: u64,
    message: u64,
    tag: Vec<u8>,
}

impl Gcm {
    pub(super) fn start(block: Box<dyn Block>, setup: &Setup<'_>) -> Result<Gcm> {
        if block.size() != SIZE {
            return Err(invalid("GCM needs a cipher with blocks of 16 bytes"));
        }
        if setup.iv.is_empty() {
            return Err(invalid("the iv is empty"));
        }
        let mut subkey = [0; SIZE];
        block.encrypt(&mut subkey);
        let mut digest = GHash::new(&subkey.into());
        let mut counter = first_counter(&digest, setup.iv);
        let mut mask = counter.to_vec();
        block.encrypt(&mut mask);
        digest.update_padded(setup.aad);
        next(&mut counter);
        let tag = if setup.tag.is_empty() { vec![0; GCM_TAG] } else { setup.tag.to_vec() };
        if !(4..=GCM_TAG).contains(&tag.len()) {
            return Err(invalid("the authentication tag must have 4 to 16 bytes"));
        }
        Ok(Gcm {
            stream: Keystream::new(block, Mode::Gcm, counter.to_vec()),
            digest,
            pending: Vec::new(),
            mask,
            associated: setup.aad.len() as u64,
            message: 0,
            tag,
        })
    }

    pub(super) fn update(&mut self, data: &[u8], encrypt: bool) -> Result<Vec<u8>> {
        // The counter has 32 bits, and must not come round.
        const LONGEST: u64 = (1 << 36) - 32;
        self.message = self.message.saturating_add(data.len() as u64);
        if self.message > LONGEST {
            return Err(operation("the message is too long for GCM"));
        }
        let mut out = data.to_vec();
        self.stream.apply(&mut out, encrypt);
        self.pending.extend_from_slice(if encrypt { &out } else { data });
        let rest = self.pending.split_off(self.pending.len() / SIZE * SIZE);
        self.digest.update_padded(&std::mem::replace(&mut self.pending, rest));
        Ok(out)
    }

    pub(super) fn finish(mut self, encrypt: bool) -> Result<Vec<u8>> {
        self.digest.update_padded(&self.pending);
        let mut tag = digest_end(self.digest, self.associated, self.message);
        xor(&mut tag, &self.mask);
        tag.truncate(self.tag.len());
        match encrypt {
            true => Ok(tag),
            false if same(&tag, &self.tag) => Ok(Vec::new()),
            false => Err(forged()),
        }
    }
}

/// The counter of the mask: the iv itself when it has 12 bytes, its digest otherwise.
fn first_counter(digest: &GHash, iv: &[u8]) -> [u8; SIZE] {
    let mut counter = [0; SIZE];
    if iv.len() == 12 {
        for (to, from) in counter.iter_mut().zip(iv.iter().chain(&[0, 0, 0, 1])) {
            *to = *from;
        }
    } else {
        let mut digest = digest.clone();
        digest.update_padded(iv);
        counter.copy_from_slice(&digest_end(digest, 0, iv.len() as u64));
    }
    counter
}

/// Ends a digest with both lengths, in bits.
fn digest_end(mut digest: GHash, associated: u64, message: u64) -> Vec<u8> {
    let lengths = u128::from(associated * 8) << 64 | u128::from(message * 8);
    digest.update(&[lengths.to_be_bytes().into()]);
    digest.finalize().to_vec()
}

/// Counts in the last 32 bits.
fn next(counter: &mut [u8; SIZE]) {
    let value = u128::from_be_bytes(*counter);
    let low = (value as u32).wrapping_add(1);
    *counter = (value >> 32 << 32 | u128::from(low)).to_be_bytes();
}

/// CCM: the lengths are part of the first block, so the message comes in one piece.
pub(super) struct Ccm {
    block: Box<dyn Block>,
    nonce: Vec<u8>,
    associated: Vec<u8>,
    tag: Vec<u8>,
    /// The tag of the message after encryption; that it was right after decryption.
    done: Option<Vec<u8>>,
}

impl Ccm {
    pub(super) fn start(block: Box<dyn Block>, setup: &Setup<'_>) -> Result<Ccm> {
        let tag = if setup.tag.is_empty() { vec![0; CCM_TAG] } else { setup.tag.to_vec() };
        if block.size() != SIZE {
            return Err(invalid("CCM needs a cipher with blocks of 16 bytes"));
        }
        if !(7..=13).contains(&setup.iv.len()) {
            return Err(invalid("the iv must have 7 to 13 bytes"));
        }
        if !(4..=16).contains(&tag.len()) || tag.len() % 2 != 0 {
            return Err(invalid("the authentication tag must have 4 to 16 bytes, an even number"));
        }
        Ok(Ccm { block, nonce: setup.iv.to_vec(), associated: setup.aad.to_vec(), tag, done: None })
    }

    pub(super) fn whole(&mut self, data: &[u8], encrypt: bool) -> Result<Vec<u8>> {
        if self.done.is_some() {
            return Err(operation("CCM takes the message in one piece"));
        }
        let width = 15 - self.nonce.len();
        if width < 8 && data.len() as u64 >= 1 << (8 * width) {
            return Err(operation("the message is too long for this iv"));
        }
        let mut counter = self.framed(width as u8 - 1, 0, width);
        let mut mask = counter.clone();
        self.block.encrypt(&mut mask);
        if let Some(last) = counter.last_mut() {
            *last = 1;
        }
        let mut out = data.to_vec();
        self.keystream(&mut out, &counter);
        let mut tag = self.authenticate(if encrypt { data } else { &out }, width);
        xor(&mut tag, &mask);
        tag.truncate(self.tag.len());
        if !encrypt && !same(&tag, &self.tag) {
            return Err(forged());
        }
        self.done = Some(tag);
        Ok(out)
    }

    /// A block of flags, nonce and a number of `width` bytes.
    fn framed(&self, flags: u8, number: u64, width: usize) -> Vec<u8> {
        let number = number.to_be_bytes();
        let mut block = vec![flags];
        block.extend_from_slice(&self.nonce);
        block.resize(SIZE - width.min(8), 0);
        block.extend_from_slice(number.get(8 - width.min(8)..).unwrap_or_default());
        block
    }

    fn keystream(&self, data: &mut [u8], first: &[u8]) {
        let mut counter = u128::from_be_bytes(first.try_into().unwrap_or_default());
        for part in data.chunks_mut(SIZE) {
            let mut key = counter.to_be_bytes();
            self.block.encrypt(&mut key);
            xor(part, &key);
            counter = counter.wrapping_add(1);
        }
    }

    /// The chained blocks of lengths, associated data and message.
    fn authenticate(&self, message: &[u8], width: usize) -> Vec<u8> {
        let has_data = u8::from(!self.associated.is_empty()) << 6;
        let flags = has_data | ((self.tag.len() as u8 - 2) / 2) << 3 | (width as u8 - 1);
        let mut state = self.framed(flags, message.len() as u64, width);
        self.block.encrypt(&mut state);
        if !self.associated.is_empty() {
            let length = self.associated.len() as u64;
            let mut data = match length {
                0..0xff00 => (length as u16).to_be_bytes().to_vec(),
                _ => [&[0xff, 0xfe][..], &(length as u32).to_be_bytes()].concat(),
            };
            data.extend_from_slice(&self.associated);
            self.chain(&mut state, &data);
        }
        self.chain(&mut state, message);
        state
    }

    fn chain(&self, state: &mut [u8], data: &[u8]) {
        for part in data.chunks(SIZE) {
            xor(state, part);
            self.block.encrypt(state);
        }
    }

    pub(super) fn finish(mut self, encrypt: bool) -> Result<Vec<u8>> {
        if self.done.is_none() {
            self.whole(&[], encrypt)?;
        }
        Ok(if encrypt { self.done.unwrap_or_default() } else { Vec::new() })
    }
}
