//! Nothing that an app says makes text panic, hang or grow without bound.

mod common;

use common::*;
use concord_paint::{CpuRaster, Frame, Painter, Raster};
use concord_text::*;

const NUMBERS: [f32; 12] =
    [0.0, -0.0, 1e-30, -1.0, 0.5, 17.0, 1e9, f32::MAX, f32::INFINITY, f32::NEG_INFINITY, f32::NAN, -1e9];

/// A cheap generator with a fixed seed.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn number(&mut self) -> f32 {
        NUMBERS[self.next() as usize % NUMBERS.len()]
    }
    fn text(&mut self) -> String {
        const ALPHABET: [&str; 30] = [
            "a",
            "fi",
            " ",
            "\n",
            "\r",
            "\t",
            "\0",
            "\u{7f}",
            "你",
            "。",
            "שלום",
            "مرحبا",
            "\u{200d}",
            "\u{fe0f}",
            "👍🏽",
            "🇨",
            "\u{301}",
            "\u{202e}",
            "\u{2066}",
            "\u{2069}",
            "\u{ad}",
            "\u{fffc}",
            "\u{fffd}",
            "ก",
            "नि",
            "\u{10ffff}",
            "\u{2028}",
            "\u{feff}",
            "-",
            "\u{3000}",
        ];
        (0..self.next() % 40).map(|_| ALPHABET[self.next() as usize % ALPHABET.len()]).collect()
    }
}

#[test]
fn any_text_and_any_number() {
    for fonts in all_fonts() {
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        for _ in 0..60 {
            let style = TextStyle {
                size: random.number(),
                weight: random.next() as u16,
                italic: random.next() & 1 == 0,
                families: vec![random.text(), "monospace".into()],
                letter_spacing: random.number(),
                word_spacing: random.number(),
                line_height: Some(LineHeight::Px(random.number())),
                baseline_offset: random.number(),
                features: random.text(),
                variations: vec![(*b"wght", random.number())],
                decoration: Decoration {
                    underline: true,
                    overline: true,
                    line_through: true,
                    style: DecorationStyle::Wavy,
                    color: None,
                    thickness_scale: Some(random.number()),
                },
                shadows: vec![TextShadow {
                    radius: random.number(),
                    color: Color::BLACK,
                    offset_x: random.number(),
                    offset_y: random.number(),
                }],
                background: Some(TextBackground { color: Color::WHITE, radii: [random.number(); 4] }),
                text_case: TextCase::UpperCase,
                locale: Some(random.text()),
                ..TextStyle::default()
            };
            let spans = [
                text(&random.text(), style.clone(), 1),
                Span::Placeholder {
                    width: random.number(),
                    height: random.number(),
                    align: PlaceholderAlign::Top,
                    id: 2,
                },
                text(&random.text(), sized(20.0), 3),
            ];
            let paragraph_style = ParagraphStyle {
                align: [TextAlign::Justify, TextAlign::Center, TextAlign::End][random.next() as usize % 3],
                direction: [TextDirection::Auto, TextDirection::Rtl, TextDirection::Ltr][random.next() as usize % 3],
                max_lines: [None, Some(0), Some(1), Some(2), Some(usize::MAX)][random.next() as usize % 5],
                min_lines: random.next() as usize,
                overflow: [TextOverflow::Ellipsis, TextOverflow::Clip, TextOverflow::Marquee]
                    [random.next() as usize % 3],
                ellipsis_mode: [EllipsisMode::Start, EllipsisMode::Center, EllipsisMode::End]
                    [random.next() as usize % 3],
                word_break: [WordBreak::BreakAll, WordBreak::BreakWord][random.next() as usize % 2],
                line_break: [LineBreakStrategy::Balanced, LineBreakStrategy::HighQuality][random.next() as usize % 2],
                line_spacing: random.number(),
                indent: random.number(),
                min_font_size: Some(random.number()),
                max_font_size: Some(random.number()),
                ..ParagraphStyle::default()
            };
            let mut paragraph = Paragraph::new(&fonts, &paragraph_style, &spans);
            for _ in 0..3 {
                paragraph.layout(random.number(), Some(random.number()));
                let mut painter = Painter::new();
                paragraph.paint(&mut painter, Point::ZERO);
                for index in 0..paragraph.utf16_len() + 3 {
                    let caret = paragraph.caret(index);
                    let hit = paragraph.hit(caret.x0 as f32, caret.y0 as f32);
                    assert!(hit.index <= paragraph.utf16_len());
                    paragraph.word_at(index);
                }
                paragraph.selection(0..usize::MAX);
                paragraph.hit(random.number(), random.number());
                paragraph.span_at(random.number(), random.number());
                paragraph.placeholders();
                let end = paragraph.lines().last().map_or(0, |line| line.range.end);
                assert!(end <= paragraph.utf16_len());
            }
        }
    }
}

#[test]
fn huge_texts_are_cut() {
    let long = "word ".repeat(300_000);
    let paragraph = laid(&boxes(), &ParagraphStyle { max_lines: Some(3), ..ParagraphStyle::default() }, &long, 100.0);
    assert_eq!((paragraph.utf16_len(), paragraph.line_count()), (1_000_000, 3));
}

#[test]
fn many_spans() {
    let Some(fonts) = system() else { return };
    let spans: Vec<Span> = (0..70_000).map(|id| text("x", sized(20.0), id)).collect();
    let mut paragraph = Paragraph::new(&fonts, &ParagraphStyle::default(), &spans);
    paragraph.layout(1000.0, None);
    assert_eq!(paragraph.utf16_len(), 70_000);
}

#[test]
fn fonts_of_the_app() {
    let fonts = boxes();
    assert_eq!(fonts.register(" ", vec![]), Err(FontError::NoName));
    assert!(matches!(fonts.register("x", vec![1, 2, 3]), Err(FontError::NotAFont(_))));
    assert!(!fonts.unregister("x"));
    let mut collection = b"ttcf\0\x01\0\0\0\x10\0\0".to_vec();
    collection.resize(5_000_000, 0);
    assert!(matches!(fonts.register("x", collection), Err(FontError::NotAFont(_))), "a million fonts");
    let too_large = fonts.register("x", vec![0; (64 << 20) + 1]);
    assert!(matches!(too_large, Err(FontError::TooLarge { .. })));
    let Some(system) = system() else { return };
    let info = system.family_info("HarmonyOS Sans").unwrap();
    assert_eq!((info.family.as_str(), info.weight, info.italic), ("Noto Sans CJK SC", 400, false));
    assert!(info.path.is_file() && system.family_info("no such family").is_none());
    assert!(system.system_families().contains(&info.family));
    let files = system.status().places.into_iter().flat_map(|place| place.files);
    let Some(file) = files.into_iter().find(|file| file.ends_with("DejaVuSans.ttf")) else { return };
    let data = std::fs::read(file).unwrap();
    let mut broken = data.clone();
    broken.iter_mut().skip(2000).step_by(7).for_each(|byte| *byte ^= 0x5A);

    let style = TextStyle { families: vec!["Mine".into()], ..sized(20.0) };
    let mut paragraph = Paragraph::plain(&fonts, &ParagraphStyle::default(), "mmm", &style);
    paragraph.layout(500.0, None);
    let before = paragraph.longest_line();
    fonts.register("Mine", data).unwrap();
    paragraph.layout(500.0, None);
    assert!(!near(before, paragraph.longest_line()), "it is shaped anew");
    assert!(!near(paragraph.size().height as f32, 23.44), "it has its own metrics");
    assert!(fonts.system_families().is_empty());
    assert!(fonts.unregister("Mine"));
    paragraph.layout(500.0, None);
    assert!(near(before, paragraph.longest_line()));
    // A damaged one may be refused or look odd, no more.
    let _ = fonts.register("Mine", broken);
    paragraph.layout(400.0, None);
    paint(&paragraph);
}

/// Paints and draws.
fn paint(paragraph: &Paragraph) -> Frame {
    let mut painter = Painter::new();
    paragraph.paint(&mut painter, Point::ZERO);
    let mut frame = Frame::new(300, 100).expect("a small frame");
    CpuRaster::new().render(&painter.finish(), &mut frame, None);
    frame
}

/// The bytes of a table in a font.
fn table(data: &[u8], name: &[u8; 4]) -> std::ops::Range<usize> {
    let number = |at: usize| u32::from_be_bytes(data[at..at + 4].try_into().expect("four bytes")) as usize;
    let count = usize::from(u16::from_be_bytes([data[4], data[5]]));
    let record = (0..count).map(|i| 12 + 16 * i).find(|at| &data[*at..at + 4] == name).expect("the table");
    number(record + 8)..number(record + 8) + number(record + 12)
}

#[test]
fn damaged_glyphs_are_left_out() {
    let Some(system) = system() else { return };
    let files = system.status().places.into_iter().flat_map(|place| place.files);
    let Some(file) = files.into_iter().find(|file| file.ends_with("DejaVuSans.ttf")) else { return };
    let sound = std::fs::read(file).unwrap();
    let style = TextStyle { families: vec!["Mine".into()], ..sized(40.0) };
    let ink = |data: Vec<u8>| {
        let fonts = boxes();
        fonts.register("Mine", data).unwrap();
        let mut paragraph = Paragraph::plain(&fonts, &ParagraphStyle::default(), "Hello ÄÖ fi", &style);
        paragraph.layout(300.0, None);
        assert!(paragraph.longest_line() > 100.0, "what is left out keeps its place");
        paint(&paragraph).data().iter().filter(|byte| **byte != 0).count()
    };
    let whole = ink(sound.clone());
    assert!(whole > 1000);
    for step in 1..6 {
        let mut damaged = sound.clone();
        for at in table(&sound, b"glyf").step_by(step) {
            damaged[at] ^= 0xA5;
        }
        assert_ne!(ink(damaged), whole);
    }
    let mut headless = sound.clone();
    let head = table(&sound, b"head");
    headless[head.start + 18..head.start + 20].fill(0);
    // No units per em: everything is infinitely large, or nothing.
    let fonts = boxes();
    if fonts.register("Mine", headless).is_ok() {
        let mut paragraph = Paragraph::plain(&fonts, &ParagraphStyle::default(), "Hello", &style);
        paragraph.layout(300.0, None);
        assert!(paragraph.size().is_finite() && paragraph.size().height <= 800.0);
        paint(&paragraph);
    }
}
