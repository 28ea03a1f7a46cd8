//! Host effects behind small traits with null versions; see the README.
#![forbid(unsafe_code)]
