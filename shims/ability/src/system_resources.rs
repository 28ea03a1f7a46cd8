//! Colours, sizes and numbers of symbols of the system (`sys.color.…`, `sys.float.…`, `sys.symbol.…`), from the platform's public resources.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The id of the first resource of the system; the others follow in order (`id_defined.json` of the platform).
const FIRST: u32 = 0x0780_0000;

/// A resource of the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SystemResource {
    /// `color`, `float` or `symbol`.
    pub kind: &'static str,
    /// Name without `sys.color.`.
    pub name: &'static str,
    light: &'static str,
    dark: &'static str,
}

impl SystemResource {
    /// The value as text: `#AARRGGBB`, or a number with or without a unit.
    pub fn value(&self, dark: bool) -> &'static str {
        if dark { self.dark } else { self.light }
    }
}

struct Table {
    by_id: FxHashMap<u32, SystemResource>,
    by_name: FxHashMap<(&'static str, &'static str), u32>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { by_id: FxHashMap::default(), by_name: FxHashMap::default() };
    for line in include_str!("core/system_resources.tsv").lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(order), Some(kind), Some(name), Some(light)) =
            (fields.next(), fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let Ok(order) = order.parse::<u32>() else { continue };
        let id = FIRST + order;
        table.by_id.insert(id, SystemResource { kind, name, light, dark: fields.next().unwrap_or(light) });
        table.by_name.insert((kind, name), id);
    }
    table
});

/// A resource of the system by id.
pub fn by_id(id: u32) -> Option<SystemResource> {
    TABLE.by_id.get(&id).copied()
}

/// A resource of the system by kind and name.
pub fn by_name(kind: &str, name: &str) -> Option<SystemResource> {
    let kind = ["color", "float", "symbol"].into_iter().find(|known| *known == kind)?;
    TABLE.by_id.get(TABLE.by_name.get(&(kind, name))?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_differ_in_dark_mode() {
        let found = by_name("color", "ohos_id_color_foreground").expect("a colour of the system");
        assert_eq!((found.value(false), found.value(true)), ("#ff182431", "#ffffffff"));
        assert_eq!(by_id(FIRST), Some(found));
        assert_eq!(by_id(FIRST - 1), None);
        assert_eq!(by_name("string", "ohos_id_color_foreground"), None);
    }
}
