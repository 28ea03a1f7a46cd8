//! `resources.index`: resources by id or by name, for the device at hand.
//!
//! Both versions of the format are read in place; the table keeps offsets only. Look-ups choose the variant whose
//! [`Qualifiers`] suit the device best and follow references (`$string:16777216`) up to [`MAX_REFERENCES`] deep.

mod locale;
mod qualifier;
mod read;
mod v1;
mod v2;

pub use locale::{Locale, Tag};
pub use qualifier::{ColorMode, DeviceType, Orientation, Qualifiers, density_class};

use read::Reader;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::OnceLock;

/// How many references a value may lead through, as on the platform.
pub const MAX_REFERENCES: usize = 20;

/// Why an index was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} (offset {offset:#x})")]
pub struct ResourceError {
    /// Offset at fault.
    pub offset: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Why a look-up gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookupError {
    /// No such resource in this table.
    #[error("there is no resource {0}")]
    NotFound(u32),
    /// It exists, but has no value for this device.
    #[error("resource {0} has no value for this device")]
    NoVariant(u32),
    /// It has another type than was asked for.
    #[error("resource {id} is of type {found:?}")]
    WrongType {
        /// Resource.
        id: u32,
        /// Its type.
        found: ResourceType,
    },
    /// A value refers to a resource that is not in this table, e.g. one of the system (ids from `0x07000000`).
    #[error("the value refers to {kind:?} {id}, which is not in this table")]
    Foreign {
        /// Resource referred to.
        id: u32,
        /// Type named by the reference.
        kind: ResourceType,
    },
    /// References form a cycle or are nested too deeply.
    #[error("more than {MAX_REFERENCES} references in a row from resource {0}")]
    TooManyReferences(u32),
    /// The value is damaged.
    #[error(transparent)]
    Damaged(#[from] ResourceError),
}

/// Type of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are the platform's and say it all")]
pub enum ResourceType {
    Raw,
    Integer,
    String,
    StringArray,
    IntArray,
    Boolean,
    Color,
    Id,
    Theme,
    Plural,
    Float,
    Media,
    Profile,
    Pattern,
    Symbol,
    /// A type that this version does not know.
    Other(u32),
}

const TYPES: [(ResourceType, u32, &str); 15] = [
    (ResourceType::Raw, 6, "raw"),
    (ResourceType::Integer, 8, "integer"),
    (ResourceType::String, 9, "string"),
    (ResourceType::StringArray, 10, "strarray"),
    (ResourceType::IntArray, 11, "intarray"),
    (ResourceType::Boolean, 12, "boolean"),
    (ResourceType::Color, 14, "color"),
    (ResourceType::Id, 15, "id"),
    (ResourceType::Theme, 16, "theme"),
    (ResourceType::Plural, 17, "plural"),
    (ResourceType::Float, 18, "float"),
    (ResourceType::Media, 19, "media"),
    (ResourceType::Profile, 20, "profile"),
    (ResourceType::Pattern, 22, "pattern"),
    (ResourceType::Symbol, 23, "symbol"),
];

impl ResourceType {
    fn from_number(number: u32) -> ResourceType {
        TYPES.iter().find(|(_, n, _)| *n == number).map_or(ResourceType::Other(number), |(kind, _, _)| *kind)
    }

    /// The type of a name as in `$string:app_name`.
    pub fn from_name(name: &str) -> Option<ResourceType> {
        TYPES.iter().find(|(_, _, n)| *n == name).map(|(kind, _, _)| *kind)
    }

    /// The name as in `$string:app_name`.
    pub fn name(self) -> &'static str {
        TYPES.iter().find(|(kind, _, _)| *kind == self).map_or("other", |(_, _, name)| *name)
    }

    /// Whether values are lists.
    pub fn is_list(self) -> bool {
        use ResourceType::{IntArray, Pattern, Plural, StringArray, Theme};
        matches!(self, StringArray | IntArray | Theme | Plural | Pattern)
    }
}

/// Which of the two formats a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `Restool …`
    V1,
    /// `RestoolV2 …`
    V2,
}

/// Offsets of everything in a file.
#[derive(Debug)]
struct Index {
    configs: Vec<Qualifiers>,
    /// Ascending by id.
    items: Vec<Item>,
    /// What `Variants::Listed` ranges over.
    variants: Vec<Variant>,
}

#[derive(Debug)]
struct Item {
    id: u32,
    kind: ResourceType,
    /// File offsets of the name.
    name: Range<u32>,
    variants: Variants,
}

#[derive(Debug)]
enum Variants {
    /// Version 1: a range of [`Index::variants`].
    Listed(Range<u32>),
    /// Version 2: the offset of their list.
    At(u32),
}

/// A value for a configuration.
#[derive(Debug, Clone, Copy)]
struct Variant {
    config: u32,
    /// Offset of its length.
    value: u32,
}

/// A `resources.index`. `D` holds the bytes: a slice, a buffer, or a piece of a mapped package.
#[derive(Debug)]
pub struct ResourceTable<D> {
    data: D,
    format: Format,
    index: Index,
    /// Positions of items by type and name, made at the first look-up by name.
    by_name: OnceLock<Vec<u32>>,
}

/// What is known about a resource without choosing a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource<'a> {
    /// Id, as `$r` and the `…Id` properties of `module.json` use it.
    pub id: u32,
    /// Type.
    pub kind: ResourceType,
    /// Name.
    pub name: Cow<'a, str>,
}

/// An attribute of a pattern or theme.
pub type KeyValue<'a> = (Cow<'a, str>, Cow<'a, str>);

/// A value as stored: references are not followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Text, also of numbers, colours and file paths.
    Text(Cow<'a, str>),
    /// Elements of an array; alternating keys and values of plurals, patterns and themes.
    List(Vec<Cow<'a, str>>),
}

impl<D: AsRef<[u8]>> ResourceTable<D> {
    /// Reads the tables of an index. Time and memory are bounded by the size of the file.
    pub fn parse(data: D) -> Result<ResourceTable<D>, ResourceError> {
        let bytes = data.as_ref();
        if bytes.len() > u32::MAX as usize {
            return Err(ResourceError { offset: 0, what: "the file is larger than 4 GiB" });
        }
        let (format, index) = if bytes.starts_with(b"RestoolV2") {
            (Format::V2, v2::parse(bytes)?)
        } else {
            (Format::V1, v1::parse(bytes)?)
        };
        Ok(ResourceTable { data, format, index, by_name: OnceLock::new() })
    }

    /// Which of the two formats it has.
    pub fn format(&self) -> Format {
        self.format
    }

    /// The configurations that resources exist for; `base` is the one that says nothing.
    pub fn configurations(&self) -> &[Qualifiers] {
        &self.index.configs
    }

    /// Locales that resources exist for, sorted, e.g. `zh_CN`.
    pub fn locales(&self) -> BTreeSet<String> {
        self.index.configs.iter().filter_map(|config| config.locale).map(|locale| locale.to_string()).collect()
    }

    /// All resources, ascending by id.
    pub fn resources(&self) -> impl Iterator<Item = Resource<'_>> {
        self.index.items.iter().map(|item| self.describe(item))
    }

    /// The resource of an id.
    pub fn get(&self, id: u32) -> Option<Resource<'_>> {
        self.item(id).map(|item| self.describe(item))
    }

    /// The id of a type and name.
    pub fn find(&self, kind: ResourceType, name: &str) -> Option<u32> {
        let items = &self.index.items;
        let key = |position: u32| items.get(position as usize).map(|item| (item.kind, self.name_bytes(item)));
        let order = self.by_name.get_or_init(|| {
            let mut order: Vec<u32> = (0..items.len() as u32).collect();
            order.sort_by_key(|position| key(*position));
            order
        });
        let wanted = Some((kind, name.as_bytes()));
        let found = order.binary_search_by_key(&wanted, |position| key(*position)).ok()?;
        order.get(found).and_then(|position| items.get(*position as usize)).map(|item| item.id)
    }

    /// The id of a reference by name: `$profile:main_pages`.
    pub fn find_reference(&self, reference: &str) -> Option<u32> {
        let (kind, name) = reference.strip_prefix('$')?.split_once(':')?;
        self.find(ResourceType::from_name(kind)?, name)
    }

    /// The value that suits a device best, as stored, with the configuration it is for.
    pub fn value(&self, id: u32, device: &Qualifiers) -> Result<(Value<'_>, &Qualifiers), LookupError> {
        self.value_of(self.item(id).ok_or(LookupError::NotFound(id))?, device)
    }

    /// Text of a resource that is not a list, references followed.
    ///
    /// For media and profile resources this is a path that begins with the module's name:
    /// `entry/resources/base/media/icon.png`.
    pub fn text(&self, id: u32, device: &Qualifiers) -> Result<Cow<'_, str>, LookupError> {
        let item = self.item(id).ok_or(LookupError::NotFound(id))?;
        match self.value_of(item, device)?.0 {
            Value::Text(text) => self.follow(id, text, device),
            Value::List(_) => Err(LookupError::WrongType { id, found: item.kind }),
        }
    }

    /// Elements of an array, references followed.
    pub fn list(&self, id: u32, device: &Qualifiers) -> Result<Vec<Cow<'_, str>>, LookupError> {
        let item = self.item(id).ok_or(LookupError::NotFound(id))?;
        match self.value_of(item, device)?.0 {
            Value::List(elements) => elements.into_iter().map(|text| self.follow(id, text, device)).collect(),
            Value::Text(_) => Err(LookupError::WrongType { id, found: item.kind }),
        }
    }

    /// Text of a plural for a category (`zero`, `one`, `two`, `few`, `many`, `other`); `other` when it has no such text.
    pub fn plural(&self, id: u32, category: &str, device: &Qualifiers) -> Result<Cow<'_, str>, LookupError> {
        let item = self.item(id).ok_or(LookupError::NotFound(id))?;
        if item.kind != ResourceType::Plural {
            return Err(LookupError::WrongType { id, found: item.kind });
        }
        let Value::List(list) = self.value_of(item, device)?.0 else { return Err(LookupError::NoVariant(id)) };
        let text = |wanted: &str| pairs(&list).find(|(key, _)| *key == wanted).map(|(_, text)| text.clone());
        let found = text(category).or_else(|| text("other")).ok_or(LookupError::NoVariant(id))?;
        self.follow(id, found, device)
    }

    /// Keys and values of a pattern or theme, with those of its parents that it does not have itself.
    pub fn pattern(&self, id: u32, device: &Qualifiers) -> Result<Vec<KeyValue<'_>>, LookupError> {
        let mut merged: Vec<KeyValue<'_>> = Vec::new();
        let mut current = id;
        for _ in 0..MAX_REFERENCES {
            let item = self.item(current).ok_or(LookupError::NotFound(current))?;
            if !matches!(item.kind, ResourceType::Pattern | ResourceType::Theme) {
                return Err(LookupError::WrongType { id: current, found: item.kind });
            }
            let Value::List(list) = self.value_of(item, device)?.0 else {
                return Err(LookupError::NoVariant(current));
            };
            // An odd number of elements begins with a reference to the parent.
            let (parent, own) = if list.len() % 2 == 1 { list.split_at(1) } else { list.split_at(0) };
            for (key, text) in pairs(own) {
                if !merged.iter().any(|(known, _)| known == key) {
                    merged.push((key.clone(), self.follow(current, text.clone(), device)?));
                }
            }
            match parent.first().and_then(|text| reference(text)) {
                Some((_, parent)) => current = parent,
                None => return Ok(merged),
            }
        }
        Err(LookupError::TooManyReferences(id))
    }

    /// Follows references from a text to the text they lead to. `id` names the resource in errors.
    fn follow<'a>(&'a self, id: u32, text: Cow<'a, str>, device: &Qualifiers) -> Result<Cow<'a, str>, LookupError> {
        let mut text = text;
        for _ in 0..=MAX_REFERENCES {
            let Some((kind, target)) = reference(&text) else { return Ok(text) };
            if kind == ResourceType::Plural {
                return Ok(text);
            }
            let item = self.item(target).filter(|item| item.kind == kind);
            let item = item.ok_or(LookupError::Foreign { id: target, kind })?;
            match self.value_of(item, device)?.0 {
                Value::Text(next) => text = next,
                Value::List(_) => return Err(LookupError::WrongType { id: target, found: kind }),
            }
        }
        Err(LookupError::TooManyReferences(id))
    }

    fn item(&self, id: u32) -> Option<&Item> {
        let found = self.index.items.binary_search_by_key(&id, |item| item.id).ok()?;
        self.index.items.get(found)
    }

    fn name_bytes(&self, item: &Item) -> &[u8] {
        self.data.as_ref().get(item.name.start as usize..item.name.end as usize).unwrap_or_default()
    }

    fn describe(&self, item: &Item) -> Resource<'_> {
        Resource { id: item.id, kind: item.kind, name: String::from_utf8_lossy(self.name_bytes(item)) }
    }

    fn value_of(&self, item: &Item, device: &Qualifiers) -> Result<(Value<'_>, &Qualifiers), LookupError> {
        let data = self.data.as_ref();
        let configs = &self.index.configs;
        let usable = |variant: Variant| {
            let config = configs.get(variant.config as usize)?;
            device.accepts(config).then_some((variant, config))
        };
        let best = |a: &(Variant, &Qualifiers), b: &(Variant, &Qualifiers)| device.compare(a.1, b.1);
        let chosen = match &item.variants {
            Variants::Listed(range) => {
                let listed = self.index.variants.get(range.start as usize..range.end as usize).unwrap_or_default();
                listed.iter().copied().filter_map(usable).max_by(best)
            }
            Variants::At(info) => v2::variants(data, *info, configs.len()).filter_map(usable).max_by(best),
        };
        let (variant, config) = chosen.ok_or(LookupError::NoVariant(item.id))?;
        Ok((self.read(item.kind, variant.value as usize)?, config))
    }

    /// The value at an offset: a length, then text, or for lists an element after the other.
    fn read(&self, kind: ResourceType, at: usize) -> Result<Value<'_>, ResourceError> {
        const WHAT: &str = "a value runs past the end of the file";
        let data = self.data.as_ref();
        let r = Reader(data);
        let length = r.len16(at, WHAT)?;
        if !kind.is_list() {
            let length = if self.format == Format::V1 { v1::text_length(length) } else { length };
            return Ok(Value::Text(String::from_utf8_lossy(r.bytes(at + 2, length, WHAT)?)));
        }
        let list = Reader(r.bytes(at + 2, length, WHAT)?);
        let mut elements = Vec::new();
        let mut position = 0;
        // Each element has a closing NUL; version 1 has one more behind the last.
        while position + 2 < length {
            let size = list.len16(position, WHAT)?;
            let outside = |e: ResourceError| ResourceError { offset: at + 2 + e.offset, ..e };
            elements.push(String::from_utf8_lossy(list.bytes(position + 2, size, WHAT).map_err(outside)?));
            position += size + 3;
        }
        Ok(Value::List(elements))
    }
}

/// A list as keys and values.
fn pairs<'b, 'a>(list: &'b [Cow<'a, str>]) -> impl Iterator<Item = (&'b Cow<'a, str>, &'b Cow<'a, str>)> {
    list.chunks_exact(2).filter_map(|pair| Some((pair.first()?, pair.get(1)?)))
}

/// Type and id of a reference such as `$string:16777216`; `None` for any other text.
pub fn reference(text: &str) -> Option<(ResourceType, u32)> {
    let (kind, id) = text.strip_prefix('$')?.split_once(':')?;
    Some((ResourceType::from_name(kind)?, id.parse().ok()?))
}

#[cfg(test)]
mod tests;
