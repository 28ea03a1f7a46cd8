//! The index of `Restool` (API 19 and older): one table of records for each configuration.

use super::read::Reader;
use super::{Index, Item, ResourceError, ResourceType, Variant, Variants};

const HEADER: usize = 136;

/// Reads header, configurations and tables.
pub(super) fn parse(data: &[u8]) -> Result<Index, ResourceError> {
    let r = Reader(data);
    let mut configs = Vec::new();
    // id, configuration, offset of the record
    let mut records: Vec<(u32, u32, u32)> = Vec::new();
    // Every record has an eight-byte entry of its own, so more than this means that tables overlap, which no
    // tool writes and which could make a small file cost unbounded time.
    let most = data.len() / 8;
    let mut at = HEADER;
    for config in 0..r.u32(132, "the header is cut short")? {
        r.tag(at, b"KEYS", "a configuration does not begin with `KEYS`")?;
        let table = r.u32(at + 4, "a configuration is cut short")? as usize;
        let keys = r.u32(at + 8, "a configuration is cut short")?;
        let (qualifiers, next) = r.qualifiers(at + 12, keys)?;
        configs.push(qualifiers);
        at = next;

        r.tag(table, b"IDSS", "a table does not begin with `IDSS`")?;
        let count = r.u32(table.saturating_add(4), "a table is cut short")? as usize;
        if count > most.saturating_sub(records.len()) {
            return Err(ResourceError {
                offset: table,
                what: "the tables hold more entries than the file has room for",
            });
        }
        for entry in 0..count {
            let entry = table + 8 + entry * 8;
            let what = "an entry of a table is cut short";
            records.push((r.u32(entry, what)?, config, r.u32(entry + 4, what)?));
        }
    }
    records.sort_by_key(|(id, config, _)| (*id, *config));

    let mut items: Vec<Item> = Vec::new();
    let mut variants = Vec::with_capacity(records.len());
    for (id, config, offset) in records {
        let record = offset as usize;
        let position = variants.len() as u32;
        variants.push(Variant { config, value: offset.saturating_add(12) });
        match items.last_mut() {
            Some(Item { id: last, variants: Variants::Listed(range), .. }) if *last == id => range.end = position + 1,
            _ => {
                let kind = r.u32(record.saturating_add(4), "a record is cut short")?;
                let value = record.saturating_add(12);
                let name = value.saturating_add(2) + r.len16(value, "a value runs past the end of the file")?;
                // Length and text of the name, both with a closing NUL.
                let length = r.len16(name, "a name runs past the end of the file")?.saturating_sub(1);
                r.bytes(name + 2, length, "a name runs past the end of the file")?;
                items.push(Item {
                    id,
                    kind: ResourceType::from_number(kind),
                    name: (name + 2) as u32..(name + 2 + length) as u32,
                    variants: Variants::Listed(position..position + 1),
                });
            }
        }
    }
    Ok(Index { configs, items, variants })
}

/// Length of the text of a value: the closing NUL is counted in the file.
pub(super) fn text_length(stored: usize) -> usize {
    stored.saturating_sub(1)
}
