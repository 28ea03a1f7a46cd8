//! The index of `RestoolV2` (API 20 and newer): one table of resources, each with its values for configurations.

use super::read::Reader;
use super::{Index, Item, Qualifiers, ResourceError, ResourceType, Variant, Variants};

const HEADER: usize = 140;

/// Reads header, configurations and the table of resources.
pub(super) fn parse(data: &[u8]) -> Result<Index, ResourceError> {
    let r = Reader(data);
    let mut configs: Vec<Qualifiers> = Vec::new();
    let mut at = HEADER;
    let mut numbers = Vec::new();
    for _ in 0..r.u32(132, "the header is cut short")? {
        r.tag(at, b"KEYS", "a configuration does not begin with `KEYS`")?;
        numbers.push(r.u32(at + 4, "a configuration is cut short")?);
        let keys = r.u32(at + 8, "a configuration is cut short")?;
        let (qualifiers, next) = r.qualifiers(at + 12, keys)?;
        configs.push(qualifiers);
        at = next;
    }
    // Values name configurations by these numbers; they have always been the positions.
    if let Some(position) = numbers.iter().enumerate().position(|(index, number)| index != *number as usize) {
        configs = renumber(&configs, &numbers).ok_or(ResourceError {
            offset: HEADER,
            what: if position == 0 {
                "the first configuration is not number 0"
            } else {
                "configurations are misnumbered"
            },
        })?;
    }

    r.tag(at, b"IDSS", "the table of resources does not begin with `IDSS`")?;
    let types = r.u32(at + 8, "the table of resources is cut short")?;
    let mut items = Vec::new();
    at += 16;
    for _ in 0..types {
        let kind = ResourceType::from_number(r.u32(at, "a type is cut short")?);
        let count = r.u32(at + 8, "a type is cut short")?;
        at += 12;
        for _ in 0..count {
            let what = "a resource is cut short";
            let (id, info, length) = (r.u32(at, what)?, r.u32(at + 4, what)?, r.u32(at + 8, what)? as usize);
            r.bytes(at + 12, length, "a name runs past the end of the file")?;
            let name = (at + 12) as u32..(at + 12 + length) as u32;
            items.push(Item { id, kind, name, variants: Variants::At(info) });
            at += 12 + length;
        }
    }
    items.sort_by_key(|item| item.id);
    Ok(Index { configs, items, variants: Vec::new() })
}

/// Puts configurations at the positions of their numbers.
fn renumber(configs: &[Qualifiers], numbers: &[u32]) -> Option<Vec<Qualifiers>> {
    let mut sorted = vec![None; configs.len()];
    for (config, number) in configs.iter().zip(numbers) {
        *sorted.get_mut(*number as usize)? = Some(*config);
    }
    sorted.into_iter().collect()
}

/// Values of a resource, at most one for each configuration.
pub(super) fn variants(data: &[u8], info: u32, configs: usize) -> impl Iterator<Item = Variant> {
    let r = Reader(data);
    let what = "the values of a resource run past the end of the file";
    let info = info as usize;
    let count = r.u32(info.saturating_add(8), what).map_or(0, |count| (count as usize).min(configs));
    (0..count).map_while(move |index| {
        let at = info.checked_add(12 + index * 8)?;
        Some(Variant { config: r.u32(at, what).ok()?, value: r.u32(at + 4, what).ok()? })
    })
}
