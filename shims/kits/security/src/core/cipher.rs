//! Symmetric ciphers as streams: modes of operation over any block cipher, with padding and authentication tags. The crates of
//! these modes want the cipher's type while compiling and the whole message at once; apps give both bit by bit.

mod aead;
mod stream;

use chacha20::ChaCha20;
use cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};

use self::aead::{Ccm, Gcm};
use self::stream::Keystream;
use super::block::{Block, Family};
use super::error::{Error, Result, invalid, operation};

/// A mode of operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Ecb,
    Cbc,
    /// With feedback of a whole block.
    Cfb,
    /// With feedback of a byte.
    Cfb8,
    /// With feedback of a bit.
    Cfb1,
    Ofb,
    Ctr,
    Gcm,
    Ccm,
}

/// Everything that is decided before the first byte.
pub(crate) struct Setup<'a> {
    pub(crate) family: Family,
    pub(crate) mode: Mode,
    /// Whether PKCS #7 padding is added and taken away (ECB and CBC).
    pub(crate) padding: bool,
    pub(crate) encrypt: bool,
    pub(crate) key: &'a [u8],
    pub(crate) iv: &'a [u8],
    /// Associated data (GCM, CCM).
    pub(crate) aad: &'a [u8],
    /// The tag to be checked; for encryption its length counts (GCM, CCM).
    pub(crate) tag: &'a [u8],
}

/// A cipher at work.
pub(crate) struct Cipher {
    encrypt: bool,
    work: Work,
}

enum Work {
    Blocks(Blocks),
    Stream(Keystream),
    Gcm(Gcm),
    Ccm(Ccm),
    ChaCha(Box<ChaCha20>),
}

impl Cipher {
    /// A block cipher in a mode.
    pub(crate) fn start(setup: &Setup<'_>) -> Result<Cipher> {
        let block = setup.family.with_key(setup.key)?;
        let iv = |size: usize| -> Result<Vec<u8>> {
            if setup.iv.len() == size {
                Ok(setup.iv.to_vec())
            } else {
                Err(invalid(format_args!("the iv must have {size} bytes")))
            }
        };
        let size = block.size();
        let work = match setup.mode {
            Mode::Ecb => Work::Blocks(Blocks::new(block, None, setup.padding)),
            Mode::Cbc => Work::Blocks(Blocks::new(block, Some(iv(size)?), setup.padding)),
            Mode::Cfb | Mode::Cfb8 | Mode::Cfb1 | Mode::Ofb | Mode::Ctr => {
                Work::Stream(Keystream::new(block, setup.mode, iv(size)?))
            }
            Mode::Gcm => Work::Gcm(Gcm::start(block, setup)?),
            Mode::Ccm => Work::Ccm(Ccm::start(block, setup)?),
        };
        Ok(Cipher { encrypt: setup.encrypt, work })
    }

    /// ChaCha20 with the counter of blocks in the first four bytes of the iv, little-endian, and the nonce in the other twelve.
    pub(crate) fn chacha20(key: &[u8], iv: &[u8]) -> Result<Cipher> {
        let Some((counter, nonce)) = iv.split_first_chunk::<4>().filter(|(_, nonce)| nonce.len() == 12) else {
            return Err(invalid("the iv must have 16 bytes"));
        };
        let mut cipher = ChaCha20::new_from_slices(key, nonce).map_err(invalid)?;
        cipher.try_seek(u64::from(u32::from_le_bytes(*counter)) * 64).map_err(operation)?;
        Ok(Cipher { encrypt: true, work: Work::ChaCha(Box::new(cipher)) })
    }

    /// More of the message; what can be given out already.
    pub(crate) fn update(&mut self, data: &[u8]) -> Result<Vec<u8>> {
        match &mut self.work {
            Work::Blocks(blocks) => Ok(blocks.update(data, self.encrypt)),
            Work::Stream(stream) => {
                let mut data = data.to_vec();
                stream.apply(&mut data, self.encrypt);
                Ok(data)
            }
            Work::Gcm(gcm) => gcm.update(data, self.encrypt),
            Work::Ccm(ccm) => ccm.whole(data, self.encrypt),
            Work::ChaCha(cipher) => {
                let mut data = data.to_vec();
                cipher.try_apply_keystream(&mut data).map_err(operation)?;
                Ok(data)
            }
        }
    }

    /// The end of the message. After encryption with GCM or CCM the tag follows what is given out.
    pub(crate) fn finish(mut self, data: &[u8]) -> Result<Vec<u8>> {
        let mut out = if data.is_empty() { Vec::new() } else { self.update(data)? };
        match self.work {
            Work::Blocks(blocks) => out.extend(blocks.finish(self.encrypt)?),
            Work::Gcm(gcm) => out.extend(gcm.finish(self.encrypt)?),
            Work::Ccm(ccm) => out.extend(ccm.finish(self.encrypt)?),
            Work::Stream(_) | Work::ChaCha(_) => {}
        }
        Ok(out)
    }
}

/// ECB and CBC.
struct Blocks {
    block: Box<dyn Block>,
    /// The last encrypted block; none for ECB.
    chain: Option<Vec<u8>>,
    padding: bool,
    /// Input that is not a whole block yet. When padding will be taken away, the last whole block waits as well.
    pending: Vec<u8>,
}

impl Blocks {
    fn new(block: Box<dyn Block>, chain: Option<Vec<u8>>, padding: bool) -> Blocks {
        Blocks { block, chain, padding, pending: Vec::new() }
    }

    fn update(&mut self, data: &[u8], encrypt: bool) -> Vec<u8> {
        self.pending.extend_from_slice(data);
        let size = self.block.size();
        let mut whole = self.pending.len() / size * size;
        if !encrypt && self.padding && whole == self.pending.len() {
            whole = whole.saturating_sub(size);
        }
        let rest = self.pending.split_off(whole);
        let mut out = std::mem::replace(&mut self.pending, rest);
        self.run(&mut out, encrypt);
        out
    }

    /// Works on whole blocks in place.
    fn run(&mut self, data: &mut [u8], encrypt: bool) {
        let Some(chain) = &mut self.chain else {
            return if encrypt { self.block.encrypt(data) } else { self.block.decrypt(data) };
        };
        let size = self.block.size();
        if encrypt {
            for block in data.chunks_exact_mut(size) {
                xor(block, chain);
                self.block.encrypt(block);
                chain.copy_from_slice(block);
            }
        } else {
            let sent = data.to_vec();
            self.block.decrypt(data);
            for (block, sent) in data.chunks_exact_mut(size).zip(sent.chunks_exact(size)) {
                xor(block, chain);
                chain.copy_from_slice(sent);
            }
        }
    }

    fn finish(mut self, encrypt: bool) -> Result<Vec<u8>> {
        let size = self.block.size();
        let mut last = std::mem::take(&mut self.pending);
        if encrypt && self.padding {
            let pad = size - last.len() % size;
            last.resize(last.len() + pad, pad as u8);
        }
        if !last.len().is_multiple_of(size) || (!encrypt && self.padding && last.is_empty()) {
            return Err(operation(format_args!("the data are not a multiple of {size} bytes")));
        }
        self.run(&mut last, encrypt);
        if !encrypt && self.padding {
            let pad = usize::from(last.last().copied().unwrap_or(0));
            let body = last.len().checked_sub(pad).filter(|_| (1..=size).contains(&pad));
            let kept = body.filter(|body| last.iter().skip(*body).all(|byte| usize::from(*byte) == pad));
            last.truncate(kept.ok_or_else(|| operation("the padding is wrong"))?);
        }
        Ok(last)
    }
}

/// `data ^= with`, as far as both go.
fn xor(data: &mut [u8], with: &[u8]) {
    for (byte, with) in data.iter_mut().zip(with) {
        *byte ^= with;
    }
}

/// Whether a tag is the one expected, without telling by time where they differ.
fn same(tag: &[u8], expected: &[u8]) -> bool {
    tag.len() == expected.len() && tag.iter().zip(expected).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// What a tag that does not fit gives.
fn forged() -> Error {
    operation("the authentication tag is wrong")
}
