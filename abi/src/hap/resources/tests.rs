use super::*;

/// Builds an index: configurations (keys), then resources (id, type, name, values by configuration).
struct Builder {
    configs: Vec<Vec<(u32, u32)>>,
    resources: Vec<Sample>,
}

type Sample = (u32, u32, &'static str, Vec<(usize, Vec<u8>)>);

fn word(out: &mut Vec<u8>, value: usize) {
    out.extend((value as u32).to_le_bytes());
}

fn half(out: &mut Vec<u8>, value: usize) {
    out.extend((value as u16).to_le_bytes());
}

fn list(elements: &[&str]) -> Vec<u8> {
    let mut out = Vec::new();
    for element in elements {
        half(&mut out, element.len());
        out.extend(element.bytes());
        out.push(0);
    }
    out
}

impl Builder {
    fn keys(&self, number: impl Fn(usize) -> usize) -> Vec<u8> {
        let mut out = Vec::new();
        for (index, keys) in self.configs.iter().enumerate() {
            out.extend(b"KEYS");
            word(&mut out, number(index));
            word(&mut out, keys.len());
            for (key, value) in keys {
                word(&mut out, *key as usize);
                word(&mut out, *value as usize);
            }
        }
        out
    }

    fn v1(&self) -> Vec<u8> {
        let start = 136 + self.keys(|_| 0).len();
        let mut body = Vec::new();
        let mut tables = Vec::new();
        for config in 0..self.configs.len() {
            let mut entries = Vec::new();
            for (id, kind, name, values) in &self.resources {
                let Some((_, value)) = values.iter().find(|(c, _)| *c == config) else { continue };
                entries.push((*id, start + body.len()));
                word(&mut body, 0);
                word(&mut body, *kind as usize);
                word(&mut body, *id as usize);
                half(&mut body, value.len() + 1);
                body.extend(value);
                body.push(0);
                half(&mut body, name.len() + 1);
                body.extend(name.bytes());
                body.push(0);
            }
            tables.push(start + body.len());
            body.extend(b"IDSS");
            word(&mut body, entries.len());
            for (id, offset) in entries {
                word(&mut body, id as usize);
                word(&mut body, offset);
            }
        }
        let mut out = b"Restool 5.0.0".to_vec();
        out.resize(128, 0);
        word(&mut out, start + body.len());
        word(&mut out, self.configs.len());
        out.extend(self.keys(|index| tables[index]));
        out.extend(body);
        out
    }

    fn v2(&self) -> Vec<u8> {
        let keys = self.keys(|index| index);
        let table: usize = 16 + self.resources.iter().map(|r| 24 + r.2.len()).sum::<usize>();
        let mut at = 140 + keys.len() + table;
        let (mut idss, mut body) = (Vec::new(), Vec::new());
        for (id, kind, name, values) in &self.resources {
            for field in [*kind as usize, 0, 1, *id as usize, at, name.len()] {
                word(&mut idss, field);
            }
            idss.extend(name.bytes());
            let mut offset = at + 12 + values.len() * 8;
            for field in [*id as usize, 0, values.len()] {
                word(&mut body, field);
            }
            for (config, value) in values {
                word(&mut body, *config);
                word(&mut body, offset);
                offset += 2 + value.len();
            }
            for (_, value) in values {
                half(&mut body, value.len());
                body.extend(value);
            }
            at = offset;
        }
        let mut out = b"RestoolV2 6.1.0".to_vec();
        out.resize(128, 0);
        for field in [0, self.configs.len(), 0] {
            word(&mut out, field);
        }
        out.extend(keys);
        out.extend(b"IDSS");
        for field in [table, self.resources.len(), self.resources.len()] {
            word(&mut out, field);
        }
        out.extend(idss);
        out.extend(body);
        out
    }
}

fn sample() -> Builder {
    let text = |s: &str| s.as_bytes().to_vec();
    Builder {
        configs: vec![vec![], vec![(0, Tag::new("zh").0), (1, Tag::new("CN").0)], vec![(6, 0)]],
        resources: vec![
            (10, 9, "hello", vec![(0, text("Hello")), (1, text("你好"))]),
            (11, 9, "alias", vec![(0, text("$string:10"))]),
            (12, 9, "loop", vec![(0, text("$string:13"))]),
            (13, 9, "loop2", vec![(0, text("$string:12"))]),
            (14, 10, "names", vec![(0, list(&["a", "$string:10", ""]))]),
            (15, 17, "apples", vec![(0, list(&["one", "an apple", "other", "%d apples"]))]),
            (16, 14, "ink", vec![(0, text("#000000")), (2, text("#FFFFFF"))]),
            (17, 9, "system", vec![(0, text("$string:117440512"))]),
            (18, 22, "child", vec![(0, list(&["$pattern:19", "w", "1", "h", "2"]))]),
            (19, 22, "parent", vec![(0, list(&["h", "9", "d", "3"]))]),
            (20, 9, "only_dark", vec![(2, text("x"))]),
        ],
    }
}

fn both(check: impl Fn(&ResourceTable<Vec<u8>>)) {
    for bytes in [sample().v1(), sample().v2()] {
        check(&ResourceTable::parse(bytes).unwrap());
    }
}

#[test]
fn both_formats_give_the_same_answers() {
    assert_eq!(ResourceTable::parse(sample().v1()).unwrap().format(), Format::V1);
    assert_eq!(ResourceTable::parse(sample().v2()).unwrap().format(), Format::V2);
    both(|table| {
        let plain = Qualifiers::default();
        let chinese = Qualifiers { locale: Locale::parse("zh-Hans-CN"), ..plain };
        assert_eq!(table.resources().count(), 11);
        assert_eq!(table.get(10).unwrap().name, "hello");
        assert_eq!(table.text(10, &plain).unwrap(), "Hello");
        assert_eq!(table.text(10, &chinese).unwrap(), "你好");
        assert_eq!(table.text(11, &chinese).unwrap(), "你好");
        assert_eq!(table.find(ResourceType::String, "alias"), Some(11));
        assert_eq!(table.find(ResourceType::Color, "alias"), None);
        assert_eq!(table.find_reference("$color:ink"), Some(16));
        assert_eq!(table.list(14, &plain).unwrap(), ["a", "Hello", ""]);
        assert_eq!(table.plural(15, "one", &plain).unwrap(), "an apple");
        assert_eq!(table.plural(15, "few", &plain).unwrap(), "%d apples");
        let dark = Qualifiers { color_mode: Some(ColorMode::Dark), ..plain };
        let light = Qualifiers { color_mode: Some(ColorMode::Light), ..plain };
        assert_eq!(table.text(16, &dark).unwrap(), "#FFFFFF");
        assert_eq!(table.text(16, &light).unwrap(), "#000000");
        assert_eq!(table.locales().into_iter().collect::<Vec<_>>(), ["zh_CN"]);
        let pattern = table.pattern(18, &plain).unwrap();
        assert_eq!(pattern, [("w", "1"), ("h", "2"), ("d", "3")].map(|(k, v)| (k.into(), v.into())));
    });
}

#[test]
fn failures_are_told_apart() {
    both(|table| {
        let plain = Qualifiers::default();
        let light = Qualifiers { color_mode: Some(ColorMode::Light), ..plain };
        assert_eq!(table.text(999, &plain), Err(LookupError::NotFound(999)));
        assert_eq!(table.text(12, &plain), Err(LookupError::TooManyReferences(12)));
        assert_eq!(table.text(20, &light), Err(LookupError::NoVariant(20)));
        let foreign = LookupError::Foreign { id: 117440512, kind: ResourceType::String };
        assert_eq!(table.text(17, &plain), Err(foreign));
        assert_eq!(table.text(14, &plain), Err(LookupError::WrongType { id: 14, found: ResourceType::StringArray }));
        assert_eq!(table.list(10, &plain), Err(LookupError::WrongType { id: 10, found: ResourceType::String }));
    });
}

#[test]
fn every_prefix_and_every_flipped_byte_is_survived() {
    for good in [sample().v1(), sample().v2()] {
        let look = |bytes: &[u8]| {
            if let Ok(table) = ResourceTable::parse(bytes) {
                for resource in table.resources().take(64) {
                    let _ = table.text(resource.id, &Qualifiers::default());
                    let _ = table.list(resource.id, &Qualifiers::default());
                    let _ = table.pattern(resource.id, &Qualifiers::default());
                }
                let _ = table.find(ResourceType::String, "hello");
            }
        };
        for end in 0..good.len() {
            look(&good[..end]);
        }
        for at in 128..good.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut bad = good.clone();
                bad[at] = value;
                look(&bad);
            }
        }
    }
}

#[test]
fn overlapping_tables_do_not_multiply() {
    // 1,000 configurations that all share one table of 10,000 entries.
    let mut bytes = b"Restool 5".to_vec();
    bytes.resize(128, 0);
    let table = 136 + 1000 * 12;
    for field in [0, 1000] {
        word(&mut bytes, field);
    }
    for _ in 0..1000 {
        bytes.extend(b"KEYS");
        word(&mut bytes, table);
        word(&mut bytes, 0);
    }
    bytes.extend(b"IDSS");
    word(&mut bytes, 10_000);
    bytes.resize(table + 8 + 80_000, 1);
    let error = ResourceTable::parse(bytes).unwrap_err();
    assert!(error.what.contains("more entries"), "{error}");
}
