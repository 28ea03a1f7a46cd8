//! The block: a TIFF header, directories and the values that do not fit into them.

use std::collections::BTreeMap;

use super::tags::Directory;
use super::{Entry, Exif, ExifError, Kind};

/// The most entries of a directory that are read.
const MAX_ENTRIES: usize = 1000;
/// Where the directories of photo and GPS are: numbers of entries of the first one.
const POINTERS: [(Directory, u16); 2] = [(Directory::Photo, 0x8769), (Directory::Gps, 0x8825)];
const THUMBNAIL_OFFSET: u16 = 0x201;
const THUMBNAIL_LENGTH: u16 = 0x202;

/// Numbers in the order of the block.
pub(super) struct Order(pub(super) bool);

impl Order {
    pub(super) fn u16(&self, data: &[u8], at: usize) -> Option<u16> {
        let bytes = data.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.0 { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    pub(super) fn u32(&self, data: &[u8], at: usize) -> Option<u32> {
        let bytes = data.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.0 { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    pub(super) fn put16(&self, to: &mut Vec<u8>, number: u16) {
        to.extend(if self.0 { number.to_le_bytes() } else { number.to_be_bytes() });
    }

    pub(super) fn put32(&self, to: &mut Vec<u8>, number: u32) {
        to.extend(if self.0 { number.to_le_bytes() } else { number.to_be_bytes() });
    }
}

pub(super) fn read(block: &[u8]) -> Result<Exif, ExifError> {
    let little_endian = match block.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return Err(ExifError::Damaged("EXIF does not start with a TIFF header")),
    };
    let order = Order(little_endian);
    let mut exif = Exif { little_endian, directories: BTreeMap::new(), thumbnail: None };
    let Some(first) = order.u32(block, 4) else { return Ok(exif) };
    let (mut image, next) = directory(block, first, &order);
    for (name, number) in POINTERS {
        // The directory that a pointer leads to is written where it then is.
        if let Some(place) = image.remove(&number).and_then(|entry| order.u32(&entry.data, 0)) {
            exif.directories.insert(name, directory(block, place, &order).0);
        }
    }
    exif.directories.insert(Directory::Image, image);
    if next != 0 {
        let (about, _) = directory(block, next, &order);
        let number = |key| about.get(&key).and_then(|entry: &Entry| order.u32(&entry.data, 0));
        if let (Some(start), Some(length)) = (number(THUMBNAIL_OFFSET), number(THUMBNAIL_LENGTH)) {
            let (start, length) = (start as usize, length as usize);
            exif.thumbnail = start.checked_add(length).and_then(|end| block.get(start..end)).map(<[u8]>::to_vec);
        }
        exif.directories.insert(Directory::Thumbnail, about);
    }
    Ok(exif)
}

/// The entries at a place, and where the next directory is (0 when there is none).
fn directory(block: &[u8], place: u32, order: &Order) -> (BTreeMap<u16, Entry>, u32) {
    let mut entries = BTreeMap::new();
    let start = place as usize;
    let Some(count) = order.u16(block, start) else { return (entries, 0) };
    for index in 0..usize::from(count).min(MAX_ENTRIES) {
        let at = start + 2 + index * 12;
        if let Some((number, entry)) = entry(block, at, order) {
            entries.insert(number, entry);
        }
    }
    (entries, order.u32(block, start + 2 + usize::from(count) * 12).unwrap_or(0))
}

fn entry(block: &[u8], at: usize, order: &Order) -> Option<(u16, Entry)> {
    let number = order.u16(block, at)?;
    let kind = Kind::of(order.u16(block, at + 2)?)?;
    let length = (order.u32(block, at + 4)? as usize).checked_mul(kind.size())?;
    let start = if length <= 4 { at + 8 } else { order.u32(block, at + 8)? as usize };
    let data = block.get(start..start.checked_add(length)?)?.to_vec();
    Some((number, Entry { kind, data }))
}

pub(super) fn write(exif: &Exif) -> Result<Vec<u8>, ExifError> {
    let order = Order(exif.little_endian);
    let mut block = if exif.little_endian { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
    order.put32(&mut block, 8);
    let none = BTreeMap::new();
    let entries_of = |name| exif.directories.get(&name).unwrap_or(&none);
    let mut image = entries_of(Directory::Image).clone();
    // The pointers take part in the size of the first directory, so they stand there before their values are known.
    let behind: Vec<_> = POINTERS.iter().filter(|(name, _)| !entries_of(*name).is_empty()).collect();
    for (_, number) in &behind {
        image.insert(*number, Entry { kind: Kind::Long, data: vec![0; 4] });
    }
    let mut place = 8 + size_of(&image);
    for (name, number) in &behind {
        image.insert(*number, Entry { kind: Kind::Long, data: long(&order, place)? });
        place += size_of(entries_of(*name));
    }
    let mut about = entries_of(Directory::Thumbnail).clone();
    let thumbnail = exif.thumbnail.as_deref();
    if let Some(bytes) = thumbnail {
        about.insert(THUMBNAIL_OFFSET, Entry { kind: Kind::Long, data: vec![0; 4] });
        about.insert(THUMBNAIL_LENGTH, Entry { kind: Kind::Long, data: long(&order, bytes.len())? });
        let start = place + size_of(&about);
        about.insert(THUMBNAIL_OFFSET, Entry { kind: Kind::Long, data: long(&order, start)? });
    }
    put(&mut block, &image, if about.is_empty() { 0 } else { place }, &order)?;
    for (name, _) in &behind {
        put(&mut block, entries_of(*name), 0, &order)?;
    }
    if !about.is_empty() {
        put(&mut block, &about, 0, &order)?;
    }
    block.extend(thumbnail.unwrap_or_default());
    Ok(block)
}

fn long(order: &Order, number: usize) -> Result<Vec<u8>, ExifError> {
    let mut data = Vec::with_capacity(4);
    order.put32(&mut data, u32::try_from(number).map_err(|_| ExifError::TooBig)?);
    Ok(data)
}

/// Bytes of a directory with its values; values start at even places.
fn size_of(entries: &BTreeMap<u16, Entry>) -> usize {
    let outside = |entry: &Entry| if entry.data.len() > 4 { entry.data.len().next_multiple_of(2) } else { 0 };
    6 + entries.values().map(|entry| 12 + outside(entry)).sum::<usize>()
}

fn put(block: &mut Vec<u8>, entries: &BTreeMap<u16, Entry>, next: usize, order: &Order) -> Result<(), ExifError> {
    let mut values = Vec::new();
    let first_value = block.len() + 6 + entries.len() * 12;
    order.put16(block, u16::try_from(entries.len()).map_err(|_| ExifError::TooBig)?);
    for (number, entry) in entries {
        order.put16(block, *number);
        order.put16(block, entry.kind.number());
        let count = entry.data.len() / entry.kind.size();
        order.put32(block, u32::try_from(count).map_err(|_| ExifError::TooBig)?);
        if entry.data.len() <= 4 {
            block.extend(&entry.data);
            block.resize(block.len() + 4 - entry.data.len(), 0);
        } else {
            block.extend(long(order, first_value + values.len())?);
            values.extend(&entry.data);
            values.resize(values.len().next_multiple_of(2), 0);
        }
    }
    block.extend(long(order, next)?);
    block.append(&mut values);
    Ok(())
}
