//! Modes that turn a block cipher into a stream: CFB, OFB, CTR.

use super::super::block::Block;
use super::{Mode, xor};

/// How many blocks of a counter are encrypted at a time, so that the processor can work on several.
const AHEAD: usize = 64;

/// A stream of key bytes and its place.
pub(super) struct Keystream {
    block: Box<dyn Block>,
    mode: Mode,
    /// The block that will be encrypted next.
    register: Vec<u8>,
    /// Encrypted blocks in use.
    stream: Vec<u8>,
    /// How much of `stream` is used up.
    used: usize,
}

impl Keystream {
    pub(super) fn new(block: Box<dyn Block>, mode: Mode, iv: Vec<u8>) -> Keystream {
        Keystream { block, mode, register: iv, stream: Vec::new(), used: 0 }
    }

    /// Encrypts or decrypts in place.
    pub(super) fn apply(&mut self, data: &mut [u8], encrypt: bool) {
        match self.mode {
            Mode::Ctr | Mode::Gcm => self.counter(data),
            Mode::Cfb8 => self.bytes(data, encrypt),
            Mode::Cfb1 => self.bits(data, encrypt),
            _ => self.feedback(data, encrypt),
        }
    }

    fn counter(&mut self, mut data: &mut [u8]) {
        // GCM counts in the last four bytes only.
        let fixed = if self.mode == Mode::Gcm { self.register.len().saturating_sub(4) } else { 0 };
        while !data.is_empty() {
            if self.used == self.stream.len() {
                let blocks = data.len().div_ceil(self.register.len()).min(AHEAD);
                self.stream.clear();
                for _ in 0..blocks {
                    self.stream.extend_from_slice(&self.register);
                    increment(self.register.get_mut(fixed..).unwrap_or_default());
                }
                self.block.encrypt(&mut self.stream);
                self.used = 0;
            }
            let take = data.len().min(self.stream.len() - self.used);
            let (now, later) = data.split_at_mut(take);
            xor(now, self.stream.get(self.used..).unwrap_or_default());
            self.used += take;
            data = later;
        }
    }

    /// CFB and OFB of whole blocks: they differ in what is fed back.
    fn feedback(&mut self, data: &mut [u8], encrypt: bool) {
        let size = self.register.len();
        for byte in data {
            if self.used == self.stream.len() {
                self.stream.clone_from(&self.register);
                self.block.encrypt(&mut self.stream);
                self.used = 0;
            }
            let Some(key) = self.stream.get(self.used).copied() else { return };
            let result = *byte ^ key;
            let fed = match (self.mode, encrypt) {
                (Mode::Ofb, _) => key,
                (_, true) => result,
                (_, false) => *byte,
            };
            if let Some(place) = self.register.get_mut(self.used % size) {
                *place = fed;
            }
            *byte = result;
            self.used += 1;
        }
    }

    fn bytes(&mut self, data: &mut [u8], encrypt: bool) {
        for byte in data {
            self.stream.clone_from(&self.register);
            self.block.encrypt(&mut self.stream);
            let result = *byte ^ self.stream.first().copied().unwrap_or(0);
            self.register.rotate_left(1);
            if let Some(last) = self.register.last_mut() {
                *last = if encrypt { result } else { *byte };
            }
            *byte = result;
        }
    }

    fn bits(&mut self, data: &mut [u8], encrypt: bool) {
        for byte in data {
            let mut result = 0;
            for bit in (0..8).rev() {
                self.stream.clone_from(&self.register);
                self.block.encrypt(&mut self.stream);
                let input = *byte >> bit & 1;
                let output = input ^ (self.stream.first().copied().unwrap_or(0) >> 7);
                result = result << 1 | output;
                shift_in(&mut self.register, if encrypt { output } else { input });
            }
            *byte = result;
        }
    }
}

/// A big-endian number plus one.
fn increment(number: &mut [u8]) {
    for byte in number.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            return;
        }
    }
}

/// Shifts left by one bit; `bit` becomes the last.
fn shift_in(register: &mut [u8], mut bit: u8) {
    for byte in register.iter_mut().rev() {
        let out = *byte >> 7;
        *byte = *byte << 1 | bit;
        bit = out;
    }
}
