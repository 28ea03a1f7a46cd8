//! `random` and the states that it can have: an additive generator whose words may lie in a buffer of the guest's, behind a word that says
//! how far it is.

use crate::table::shims;
use libc::{c_char, c_long, c_uint, size_t};
use std::sync::{Mutex, MutexGuard, PoisonError};

shims! { initstate, random, setstate, srandom }

/// How many words a state may have.
const SIZES: [u32; 5] = [0, 7, 15, 31, 63];

/// Where the words are that come next.
struct Generator {
    /// The word before the state's first; `None` until the first use.
    state: Option<*mut u32>,
    size: u32,
    front: u32,
    rear: u32,
}

// SAFETY: the words are only used under the lock.
unsafe impl Send for Generator {}

static GENERATOR: Mutex<Generator> = Mutex::new(Generator { state: None, size: 31, front: 3, rear: 0 });

/// The generator, which begins as `srandom(1)` leaves it.
fn generator() -> MutexGuard<'static, Generator> {
    let mut generator = GENERATOR.lock().unwrap_or_else(PoisonError::into_inner);
    if generator.state.is_none() {
        // Guests keep a pointer to the first state, so it stays.
        generator.state = Some(Box::leak(Box::new([0u32; 32])).as_mut_ptr());
        generator.seed(1);
    }
    generator
}

impl Generator {
    /// The address of a word of the state.
    fn word(&self, index: u32) -> *mut u32 {
        self.state.map_or(std::ptr::null_mut(), |state| state.wrapping_add(1 + index as usize))
    }

    fn get(&self, index: u32) -> u32 {
        // SAFETY: indices are below the size, and the state has as many words, as the guest promised.
        unsafe { self.word(index).read_unaligned() }
    }

    fn set(&self, index: u32, value: u32) {
        // SAFETY: as above.
        unsafe { self.word(index).write_unaligned(value) };
    }

    fn seed(&mut self, seed: c_uint) {
        if self.size == 0 {
            (self.front, self.rear) = (0, 0);
            return self.set(0, seed);
        }
        self.front = if matches!(self.size, 7 | 31) { 3 } else { 1 };
        self.rear = 0;
        let mut value = u64::from(seed);
        for index in 0..self.size {
            value = value.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            self.set(index, (value >> 32) as u32);
        }
        // One odd word, or the lowest bit would never change.
        self.set(0, self.get(0) | 1);
    }

    fn next(&mut self) -> u32 {
        if self.size == 0 {
            let value = self.get(0).wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7fff_ffff;
            self.set(0, value);
            return value;
        }
        let value = self.get(self.front).wrapping_add(self.get(self.rear));
        self.set(self.front, value);
        self.front = (self.front + 1) % self.size;
        self.rear = (self.rear + 1) % self.size;
        value >> 1
    }

    /// Writes down how far it is; where the state is.
    fn save(&self) -> *mut c_char {
        let Some(state) = self.state else { return std::ptr::null_mut() };
        // SAFETY: the state begins with a word for this.
        unsafe { state.write_unaligned(self.size << 16 | self.front << 8 | self.rear) };
        state.cast()
    }
}

unsafe extern "C" fn random() -> c_long {
    generator().next().into()
}

unsafe extern "C" fn srandom(seed: c_uint) {
    generator().seed(seed);
}

unsafe extern "C" fn initstate(seed: c_uint, state: *mut c_char, size: size_t) -> *mut c_char {
    if size < 8 {
        return std::ptr::null_mut();
    }
    let mut generator = generator();
    let old = generator.save();
    generator.state = Some(state.cast());
    generator.size = match size {
        8..32 => 0,
        32..64 => 7,
        64..128 => 15,
        128..256 => 31,
        _ => 63,
    };
    generator.seed(seed);
    generator.save();
    old
}

unsafe extern "C" fn setstate(state: *mut c_char) -> *mut c_char {
    // SAFETY: the argument is a state.
    let head = unsafe { state.cast::<u32>().read_unaligned() };
    let (size, front, rear) = (head >> 16, head >> 8 & 0xff, head & 0xff);
    if !SIZES.contains(&size) || front.max(rear) >= size.max(1) {
        return std::ptr::null_mut();
    }
    let mut generator = generator();
    let old = generator.save();
    *generator = Generator { state: Some(state.cast()), size, front, rear };
    old
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_go_on_where_they_were() {
        let mut buffer = [0 as c_char; 64];
        let mut small = [0 as c_char; 8];
        // SAFETY: the buffers are as long as is said, and stay.
        unsafe {
            srandom(1);
            let first = [random(), random()];
            assert_eq!(first, [262_836_907, 2_022_765_545]);
            srandom(1);
            assert_eq!([random(), random()], first);
            let third = random();
            srandom(1);
            random();
            random();
            let old = initstate(5, buffer.as_mut_ptr(), buffer.len());
            let other = random();
            assert_eq!(setstate(old), buffer.as_mut_ptr());
            assert_eq!(random(), third);
            assert_eq!(initstate(5, buffer.as_mut_ptr(), buffer.len()), old);
            assert_eq!(random(), other);
            initstate(1, small.as_mut_ptr(), small.len());
            assert_eq!([random(), random()], [1_103_527_590, 377_401_575]);
            assert!(initstate(1, small.as_mut_ptr(), 7).is_null());
            small.fill(-1);
            assert!(setstate(small.as_mut_ptr()).is_null());
            setstate(old);
        }
    }
}
