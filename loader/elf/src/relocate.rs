//! Applies the relocations of a library, each symbol looked up once.

use crate::image::{Entry, Kind, Name};
use crate::{LinkError, Module};
use std::sync::Arc;

/// What a symbol of a library stands for.
#[derive(Clone, Debug)]
pub(crate) enum Binding {
    /// A definition in a guest library.
    Guest(Arc<Module>, Entry),
    /// A function or object of a system library, a stub, or null.
    Address(usize),
}

/// Relocates `module`; `resolve` is asked once for every symbol that is used and not bound to the library itself.
pub(crate) fn relocate(
    module: &Arc<Module>,
    mut resolve: impl FnMut(&Entry, &Name<'_>) -> Result<Binding, LinkError>,
) -> Result<(), LinkError> {
    let (image, mapping) = (&module.image, &module.mapping);
    let wrong = |problem: String| LinkError::Relocation { name: path(module), problem };
    let bytes = image.bytes();
    let bias = mapping.bias as u64;
    image.relocations.each_relr(bytes, |target| mapping.write(target, mapping.read(target).wrapping_add(bias)));
    let mut known: Vec<Option<Binding>> = vec![None; image.symbols.count() as usize];
    for relocation in image.relocations.entries(bytes) {
        let addend = relocation.addend.cast_unsigned();
        let symbol = relocation.symbol;
        if matches!(relocation.kind, Kind::Nothing | Kind::Relative) {
            if relocation.kind == Kind::Relative {
                mapping.write(relocation.target, bias.wrapping_add(addend));
            }
            continue;
        }
        if symbol == 0 {
            let value = match relocation.kind {
                Kind::TlsModule if module.tls_module() == 0 => return Err(wrong("no PT_TLS".to_owned())),
                Kind::TlsModule => module.tls_module() as u64,
                // The offset in the library's own block is the addend alone; so is the address of no symbol.
                _ => addend,
            };
            mapping.write(relocation.target, value);
            continue;
        }
        // The image's reader has checked that symbols are inside the table.
        let Some(slot) = known.get_mut(symbol as usize) else { continue };
        if slot.is_none() {
            let entry = image.symbols.entry(bytes, symbol).ok_or_else(|| wrong(format!("no symbol {symbol}")))?;
            *slot = Some(if entry.binds_locally() {
                Binding::Guest(Arc::clone(module), entry)
            } else {
                let name = image.symbol_name(&entry).unwrap_or_default();
                resolve(&entry, &Name::new(name.to_bytes()))?
            });
        }
        let Some(binding) = &*slot else { continue };
        let name = || {
            let entry = image.symbols.entry(bytes, symbol);
            entry.and_then(|entry| image.symbol_name(&entry)).unwrap_or_default().to_string_lossy().into_owned()
        };
        let value = match (relocation.kind, binding) {
            (Kind::TlsModule, Binding::Guest(owner, entry)) if entry.is_thread_local() => owner.tls_module() as u64,
            (Kind::TlsOffset, Binding::Guest(_, entry)) if entry.is_thread_local() => entry.value.wrapping_add(addend),
            (Kind::TlsModule | Kind::TlsOffset, _) => {
                return Err(wrong(format!("{}: no thread-local variable", name())));
            }
            (_, Binding::Guest(_, entry)) if entry.is_thread_local() => {
                return Err(wrong(format!("{}: a thread-local variable has no single address", name())));
            }
            (kind, binding) => {
                let address = match binding {
                    Binding::Guest(owner, entry) => owner.address_of(entry),
                    Binding::Address(address) => *address,
                };
                if kind == Kind::Absolute { (address as u64).wrapping_add(addend) } else { address as u64 }
            }
        };
        mapping.write(relocation.target, value);
    }
    Ok(())
}

/// The name of a library for messages.
pub(crate) fn path(module: &Module) -> String {
    module.path().to_string_lossy().into_owned()
}
