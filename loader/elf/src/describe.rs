//! What a library would lack, without loading it.

use crate::{Absence, Image, SystemLibrary};
use std::sync::Arc;

/// An import that nothing supplies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingSymbol {
    /// The name.
    pub symbol: String,
    /// The system library that should have it; `None` when no library of the platform is known to.
    pub library: Option<String>,
    /// What calls of it come to; `None` for weak imports, which are null.
    pub absence: Option<Absence>,
}

/// The imports of `image` that neither `siblings` (the other libraries of the app) nor `system` supply, in the order of the symbol table.
pub fn unresolved<B: AsRef<[u8]>>(
    _image: &Image<B>,
    _system: &[Arc<dyn SystemLibrary>],
    _siblings: &[&Image<B>],
) -> Vec<MissingSymbol> {
    Vec::new()
}
