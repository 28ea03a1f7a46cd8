//! Random numbers. Those of `rand` come in the platform's order, so that what an app makes of a seed is what it makes there.

use crate::table::shims;
use libc::{c_int, c_uint, c_void, size_t};
use std::sync::atomic::{AtomicU64, Ordering};

shims! { arc4random, arc4random_buf, arc4random_uniform, rand, rand_r, srand }

static SEED: AtomicU64 = AtomicU64::new(0);

unsafe extern "C" fn srand(seed: c_uint) {
    SEED.store(u64::from(seed.wrapping_sub(1)), Ordering::Relaxed);
}

/// The generator of Knuth's MMIX; the upper 31 bits.
unsafe extern "C" fn rand() -> c_int {
    let next = |seed: u64| seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
    let before = SEED.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |seed| Some(next(seed)));
    (next(before.unwrap_or_else(|seed| seed)) >> 33) as c_int
}

/// A linear congruence with the tempering of the Mersenne Twister.
unsafe extern "C" fn rand_r(seed: *mut c_uint) -> c_int {
    // SAFETY: the argument is as C asks for.
    let mut value = unsafe {
        *seed = (*seed).wrapping_mul(1_103_515_245).wrapping_add(12_345);
        *seed
    };
    value ^= value >> 11;
    value ^= value << 7 & 0x9d2c_5680;
    value ^= value << 15 & 0xefc6_0000;
    value ^= value >> 18;
    (value / 2) as c_int
}

unsafe extern "C" fn arc4random_buf(buffer: *mut c_void, size: size_t) {
    let mut done = 0;
    while done < size {
        // SAFETY: the buffer has `size` bytes.
        let got = unsafe { libc::getrandom(buffer.cast::<u8>().add(done).cast(), size - done, 0) };
        match usize::try_from(got) {
            Ok(got) => done += got,
            Err(_) if crate::errno::get() == libc::EINTR => {}
            // The function has no way to say so, and an app must not take zeros for randomness.
            // SAFETY: it takes nothing.
            Err(_) => unsafe { libc::abort() },
        }
    }
}

unsafe extern "C" fn arc4random() -> u32 {
    let mut value = 0u32;
    // SAFETY: the size is that of the number.
    unsafe { arc4random_buf((&raw mut value).cast(), size_of::<u32>()) };
    value
}

/// Evenly below `bound`.
unsafe extern "C" fn arc4random_uniform(bound: u32) -> u32 {
    if bound < 2 {
        return 0;
    }
    // What is left over of the whole range would come up too often.
    let least = bound.wrapping_neg() % bound;
    loop {
        // SAFETY: it takes nothing.
        let value = unsafe { arc4random() };
        if value >= least {
            return value % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_platforms_numbers() {
        // SAFETY: the arguments are numbers.
        let numbers = unsafe {
            srand(1);
            [rand(), rand(), rand()]
        };
        assert_eq!(numbers, [0, 740_882_966, 1_616_430_695]);
        let mut seed = 1;
        // SAFETY: the seed is there.
        let first = unsafe { rand_r(&raw mut seed) };
        assert_eq!((seed, first), (1_103_527_590, 1_993_684_161));
    }

    #[test]
    fn numbers_are_below_their_bound() {
        // SAFETY: the arguments are numbers.
        unsafe {
            assert_eq!((arc4random_uniform(0), arc4random_uniform(1)), (0, 0));
            assert!((0..200).map(|_| arc4random_uniform(3)).all(|value| value < 3));
        }
        let mut bytes = [0u8; 1000];
        // SAFETY: the size is that of the buffer.
        unsafe { arc4random_buf(bytes.as_mut_ptr().cast(), bytes.len()) };
        assert!(bytes.iter().any(|&byte| byte != 0));
    }
}
