//! What `concord info` says of native libraries: how they are linked, and what of it Concord lacks.

use concord_elf::{Absence, Image, MissingSymbol, SystemLibrary};
use concord_package::Bytes;
use concord_package::info::Library;
use std::sync::Arc;

/// Looks into the libraries of one ABI, each of which may be linked with the others.
pub fn examine(system: &[Arc<dyn SystemLibrary>], files: &[(String, Bytes)]) -> Vec<Library> {
    let images: Vec<_> = files.iter().map(|(_, bytes)| Image::parse(&**bytes)).collect();
    let siblings: Vec<&Image<&[u8]>> = images.iter().flatten().collect();
    let one = |((name, bytes), image): (&(String, Bytes), &Result<Image<&[u8]>, _>)| {
        let mut library = Library { name: name.clone(), size: bytes.len(), ..Library::default() };
        match image {
            Ok(image) => fill(&mut library, image, system, &siblings, files),
            Err(error) => library.problem = Some(ToString::to_string(error)),
        }
        library
    };
    files.iter().zip(&images).map(one).collect()
}

fn fill(
    library: &mut Library,
    image: &Image<&[u8]>,
    system: &[Arc<dyn SystemLibrary>],
    siblings: &[&Image<&[u8]>],
    files: &[(String, Bytes)],
) {
    library.needed = image.needed().map(str::to_owned).collect();
    library.build_id = image.build_id();
    for MissingSymbol { symbol, library: owner, absence } in concord_elf::unresolved(image, system, siblings) {
        let name = owner.map_or(symbol.clone(), |owner| format!("{owner}:{symbol}"));
        match absence {
            Some(Absence::Abort) => library.missing.push(name),
            Some(Absence::Answer(_)) => library.stubs.push(name),
            // Weak: the library copes without.
            None => {}
        }
    }
    // The loader goes by the names of files; what a library calls itself does not matter.
    let is_there = |needed: &&str| {
        let files = files.iter().map(|(name, _)| name.as_str());
        files.chain(system.iter().flat_map(|library| library.names().iter().copied())).any(|name| name == *needed)
    };
    let absent: Vec<&str> = image.needed().filter(|needed| !is_there(needed)).collect();
    if !absent.is_empty() {
        library.problem = Some(format!("neither the package nor the system has {}", absent.join(", ")));
    }
}
