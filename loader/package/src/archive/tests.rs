use super::*;

/// An entry to write, with what can be wrong about it.
#[derive(Clone, Default)]
struct Item {
    name: &'static str,
    local_name: Option<&'static str>,
    data: Vec<u8>,
    compressed: bool,
    claimed: Option<u32>,
    flags: u16,
    method: Option<u16>,
    /// Use the place of the entry written before.
    overlap: bool,
}

fn item(name: &'static str, data: &[u8]) -> Item {
    Item { name, data: data.to_vec(), ..Item::default() }
}

fn zip(items: &[Item]) -> Vec<u8> {
    let (mut file, mut directory, mut place) = (Vec::new(), Vec::new(), 0);
    for item in items {
        let mut checksum = flate2::Crc::new();
        checksum.update(&item.data);
        let mut packed = item.data.clone();
        if item.compressed {
            let mut encoder = flate2::read::DeflateEncoder::new(&item.data[..], flate2::Compression::best());
            packed.clear();
            encoder.read_to_end(&mut packed).unwrap();
        }
        let method = item.method.unwrap_or(if item.compressed { 8 } else { 0 });
        let size = item.claimed.unwrap_or(item.data.len() as u32);
        let common = |out: &mut Vec<u8>, name: &str| {
            for field in [20, item.flags, method, 0, 0] {
                out.extend(field.to_le_bytes());
            }
            for field in [checksum.sum(), packed.len() as u32, size] {
                out.extend(field.to_le_bytes());
            }
            out.extend((name.len() as u16).to_le_bytes());
            out.extend(0_u16.to_le_bytes());
        };
        if !item.overlap {
            place = file.len();
            file.extend(b"PK\x03\x04");
            let name = item.local_name.unwrap_or(item.name);
            common(&mut file, name);
            file.extend(name.bytes());
            file.extend(&packed);
        }
        directory.extend(b"PK\x01\x02\x14\x00");
        common(&mut directory, item.name);
        directory.extend([0; 10]);
        directory.extend((place as u32).to_le_bytes());
        directory.extend(item.name.bytes());
    }
    let start = file.len() as u32;
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend((items.len() as u16).to_le_bytes());
    file.extend((items.len() as u16).to_le_bytes());
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(start.to_le_bytes());
    file.extend(0_u16.to_le_bytes());
    file
}

fn open(bytes: Vec<u8>) -> Result<Archive> {
    Archive::open(Bytes::from(bytes))
}

fn refusal(items: &[Item]) -> String {
    open(zip(items)).unwrap_err().what
}

#[test]
fn stored_and_compressed_entries() {
    let text = b"hello ".repeat(100);
    let archive = open(zip(&[item("a/b.txt", &text), Item { compressed: true, ..item("c", &text) }, item("d/", b"")]));
    let archive = archive.unwrap();
    assert_eq!(archive.names().collect::<Vec<_>>(), ["a/b.txt", "c"], "folders are no entries");
    assert_eq!(*archive.read("a/b.txt").unwrap().unwrap(), text[..]);
    assert_eq!(*archive.read("c").unwrap().unwrap(), text[..]);
    assert_eq!(archive.size("c"), Some(600));
    assert!(archive.read("absent").is_none());
    assert!(archive.stored_at("a/b.txt").is_some() && archive.stored_at("c").is_none());
}

#[test]
fn names_that_lead_astray() {
    for (name, why) in [
        ("../x", "leads out"),
        ("a/../../x", "leads out"),
        ("/etc/passwd", "absolute"),
        ("C:/x", "absolute"),
        ("a\\b", "backslash"),
        ("a//b", "empty part"),
        ("./a", "empty part"),
        ("a\0b", "NUL"),
    ] {
        let what = refusal(&[item(name, b"")]);
        assert!(what.contains(why), "{name:?}: {what}");
    }
}

#[test]
fn tricks_are_refused() {
    let a = || item("a", b"text");
    for (items, why) in [
        (vec![a(), a()], "twice"),
        (vec![a(), Item { overlap: true, local_name: Some("a"), ..item("a", b"text") }], "twice"),
        (vec![Item { local_name: Some("b"), ..a() }], "calls itself `b`"),
        (vec![Item { flags: 1, ..a() }], "encrypted"),
        (vec![Item { method: Some(12), ..a() }], "method 12"),
        (vec![Item { claimed: Some(5), ..a() }], "two sizes differ"),
        (vec![Item { compressed: true, claimed: Some(u32::MAX - 1), ..a() }], "would unpack to 4095 MiB"),
        (vec![Item { compressed: true, claimed: Some(20 << 20), ..item("a", &[0; 1000]) }], "would unpack from"),
    ] {
        let what = refusal(&items);
        assert!(what.contains(why), "{why}: {what}");
    }
}

#[test]
fn overlapping_entries_are_refused() {
    // Two directory entries whose local headers are one inside the data of the other.
    let inner = zip(&[item("inner", b"x")]);
    let mut outer = zip(&[item("outer", &inner[..36]), item("inner", b"x")]);
    let directory = outer.windows(4).rposition(|w| w == b"PK\x01\x02").unwrap();
    let inside = outer.windows(4).skip(1).position(|w| w == b"PK\x03\x04").unwrap() as u32 + 1;
    outer[directory + 42..directory + 46].copy_from_slice(&inside.to_le_bytes());
    let what = open(outer).unwrap_err().what;
    assert!(what.contains("overlap"), "{what}");
}

#[test]
fn bombs_unpack_no_further_than_they_claim() {
    let zeros = vec![0; 1 << 20];
    let archive = open(zip(&[Item { compressed: true, claimed: Some(1000), ..item("a", &zeros) }])).unwrap();
    let what = archive.read("a").unwrap().unwrap_err().what;
    assert!(what.contains("more than the 1000 bytes"), "{what}");
}

#[test]
fn many_large_entries_are_a_bomb_too() {
    // Forty entries that claim 120 MiB each at an inconspicuous ratio.
    let noise: Vec<u8> = (0..600_000_u32).flat_map(|i| (i.wrapping_mul(2_654_435_761) >> 7).to_le_bytes()).collect();
    let names: Vec<&'static str> = (0..40).map(|i| &*format!("entry{i}").leak()).collect();
    let items: Vec<Item> =
        names.iter().map(|name| Item { method: Some(8), claimed: Some(120 << 20), ..item(name, &noise) }).collect();
    assert!(refusal(&items).contains("would unpack to 4800 MiB"));
}

#[test]
fn damage_is_noticed() {
    let good = zip(&[item("a", b"text"), Item { compressed: true, ..item("b", &b"more text ".repeat(50)) }]);
    for end in 0..good.len() {
        assert!(open(good[..end].to_vec()).is_err(), "cut at {end}");
    }
    let mut undetected = Vec::new();
    for at in 0..good.len() {
        for bit in [1, 0x10, 0x80] {
            let mut bad = good.clone();
            bad[at] ^= bit;
            let Ok(archive) = open(bad) else { continue };
            let all = |name: &str| archive.read(name).is_some_and(|bytes| bytes.is_ok());
            if all("a") && all("b") && !undetected.contains(&at) {
                undetected.push(at);
            }
        }
    }
    // Versions, times, and attributes do not matter, so changes there are not damage.
    assert!(undetected.len() < good.len() / 2, "{undetected:?}");
    let text = good.windows(4).position(|w| w == b"text").unwrap();
    assert!(!undetected.contains(&text));
}

#[test]
fn claims_about_the_directory() {
    let good = zip(&[item("a", b"text")]);
    let end = good.len() - 22;
    let with = |at: usize, value: u16| {
        let mut bad = good.clone();
        bad[end + at..end + at + 2].copy_from_slice(&value.to_le_bytes());
        open(bad).unwrap_err().what
    };
    assert!(with(4, 1).contains("split"));
    assert!(with(10, 7).contains("split"), "the two counts must agree");
    let mut bad = good.clone();
    for at in [8, 10] {
        bad[end + at..end + at + 2].copy_from_slice(&60_000_u16.to_le_bytes());
    }
    assert!(open(bad).unwrap_err().what.contains("claims 60000 entries"));
    assert!(with(16, 0xfff0).contains("not within"));
    let mut commented = good.clone();
    commented[end + 20] = 3;
    commented.extend(b"abc");
    assert!(open(commented).is_ok(), "a comment is allowed");
    assert!(open(b"hello".to_vec()).unwrap_err().what.contains("too short"));
    assert!(open(vec![0; 1000]).unwrap_err().what.contains("not a package"));
    assert!(open(Vec::new()).unwrap_err().what.contains("empty"));
}
