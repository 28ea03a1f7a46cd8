//! To come.

mod prelude;

pub use prelude::PRELUDE;
