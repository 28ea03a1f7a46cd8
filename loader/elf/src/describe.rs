//! What a library would lack, without loading it.

use crate::image::Name;
use crate::system::SystemScope;
use crate::{Absence, Image, Symbol, SystemLibrary};
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
    image: &Image<B>,
    system: &[Arc<dyn SystemLibrary>],
    siblings: &[&Image<B>],
) -> Vec<MissingSymbol> {
    let needed: Vec<&str> = image.needed().collect();
    let system = SystemScope::new(system, &needed);
    let missing = image.imports().filter_map(|import| {
        let name = Name::new(import.name.as_bytes());
        if image.find(&name).is_some() || siblings.iter().any(|sibling| sibling.find(&name).is_some()) {
            return None;
        }
        let (library, absence) = match system.find(import.name, import.weak) {
            Some((_, Symbol::Address(_))) => return None,
            Some((library, Symbol::Absent(absence))) => {
                (library.names().first().map(|name| (*name).to_owned()), absence)
            }
            None => (None, Absence::Abort),
        };
        let absence = (!import.weak).then_some(absence);
        Some(MissingSymbol { symbol: import.name.to_owned(), library, absence })
    });
    missing.collect()
}
