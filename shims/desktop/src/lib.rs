//! Host effects behind small traits; see the README.
#![forbid(unsafe_code)]

pub mod display;
