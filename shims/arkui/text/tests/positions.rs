//! From points to positions in the text, and back.

mod common;

use common::*;
use concord_text::*;

const TEXTS: [&str; 8] = [
    "hello world, this wraps",
    "你好世界，今天天气很好。",
    "a\nb\n\nc\n",
    "fi ffl office",
    "👨‍👩‍👧‍👦 family 🇨🇳 e\u{301}",
    "שלום עולם hello שלום",
    "مرحبا بالعالم abc",
    "",
];

/// The positions between graphemes.
fn boundaries(content: &str) -> Vec<usize> {
    let mut at = 0;
    let mut all = vec![0];
    for grapheme in unicode_segmentation::UnicodeSegmentation::graphemes(content, true) {
        at += grapheme.encode_utf16().count();
        all.push(at);
    }
    all
}

#[test]
fn a_caret_is_hit_where_it_stands() {
    for fonts in all_fonts() {
        for content in TEXTS {
            for direction in [TextDirection::Ltr, TextDirection::Rtl, TextDirection::Auto] {
                for width in [60.0, 1000.0] {
                    let style = ParagraphStyle { direction, ..ParagraphStyle::default() };
                    let paragraph = laid(&fonts, &style, content, width);
                    assert_eq!(paragraph.utf16_len(), content.encode_utf16().count());
                    for index in boundaries(content) {
                        let caret = paragraph.caret(index);
                        assert!(caret.height() > 20.0, "{content:?} {index}: {caret:?}");
                        let hit = paragraph.hit(caret.x0 as f32, caret.center().y as f32);
                        let back = paragraph.caret_at(hit);
                        // Where directions meet two positions share a place; the place is what counts.
                        assert!(
                            hit.index == index || (back.x0 - caret.x0).abs() < 0.6 && back.y0 == caret.y0,
                            "{content:?} {direction:?} {width}: {index} at {caret:?} became {hit:?} at {back:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn carets_advance_with_the_text() {
    for fonts in all_fonts() {
        let content = "hello 你好";
        let paragraph = laid(&fonts, &ParagraphStyle::default(), content, 1000.0);
        let places: Vec<f64> = boundaries(content).into_iter().map(|index| paragraph.caret(index).x0).collect();
        assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
        assert!(near(places[places.len() - 1] as f32, paragraph.longest_line()));
        assert_eq!(paragraph.hit(-10.0, -10.0).index, 0);
        assert_eq!(paragraph.hit(10_000.0, 10_000.0).index, 8);
    }
}

#[test]
fn right_to_left_text_goes_right_to_left() {
    let Some(fonts) = system() else { return };
    let style = ParagraphStyle { direction: TextDirection::Auto, ..ParagraphStyle::default() };
    let paragraph = laid(&fonts, &style, "שלום", 200.0);
    assert!(paragraph.is_rtl());
    let places: Vec<f64> = (0..=4).map(|index| paragraph.caret(index).x0).collect();
    assert!(places.windows(2).all(|pair| pair[0] > pair[1]), "{places:?}");
    assert!(near(places[0] as f32, 200.0), "it starts at the right side");
    // Latin words inside keep their own direction.
    let content = "שלום abc עולם";
    let paragraph = laid(&fonts, &style, content, 400.0);
    let x = |index: usize| paragraph.caret(index).x0;
    assert!(x(0) > x(6) && x(6) < x(7), "abc goes left to right");
    assert!(x(9) < x(0) && x(13) < x(5), "and the word after it stands left of it");
    // A soft line end leaves its space on the left.
    let narrow = laid(&fonts, &style, content, 60.0);
    assert!(narrow.line_count() > 1);
    for line in narrow.lines() {
        assert!(near(line.left + line.width, 60.0), "{line:?}");
    }
}

#[test]
fn lines_know_the_sides_of_a_break() {
    let paragraph = laid(&boxes(), &ParagraphStyle::default(), "aaaa bbbb", 50.0);
    let at = |affinity| paragraph.caret_at(TextPosition { index: 5, affinity });
    assert_eq!((at(Affinity::Downstream).x0, at(Affinity::Downstream).y0 > 1.0), (0.0, true));
    assert_eq!((at(Affinity::Upstream).x0, at(Affinity::Upstream).y0), (50.0, 0.0));
    assert_eq!(paragraph.hit(500.0, 5.0), TextPosition { index: 5, affinity: Affinity::Upstream });
    assert_eq!(paragraph.hit(0.0, 30.0), TextPosition { index: 5, affinity: Affinity::Downstream });
}

#[test]
fn selections_are_rectangles_by_line() {
    let paragraph = laid(&boxes(), &ParagraphStyle::default(), "aaaa bbbb", 50.0);
    let rects = paragraph.selection(2..7);
    assert_eq!(rects.len(), 2);
    assert!(near(rects[0].x0 as f32, 20.0) && near(rects[0].x1 as f32, 50.0));
    assert!(near(rects[1].x0 as f32, 0.0) && near(rects[1].x1 as f32, 20.0) && near(rects[1].y0 as f32, 23.44));
    assert!(paragraph.selection(3..3).is_empty());
    assert!(paragraph.selection(100..200).is_empty());
    let Some(fonts) = system() else { return };
    let mixed = laid(&fonts, &ParagraphStyle::default(), "abc שלום def", 500.0);
    assert_eq!(mixed.selection(0..12).len(), 1, "neighbours are joined");
    assert_eq!(mixed.selection(2..6).len(), 2, "a range of two directions is in two places");
}

#[test]
fn words_are_found() {
    let paragraph = laid(&boxes(), &ParagraphStyle::default(), "hello, 👍world", 500.0);
    assert_eq!(paragraph.word_at(2), 0..5);
    assert_eq!(paragraph.word_at(9), 9..14);
    assert_eq!(paragraph.word_at(100), 9..14);
}

#[test]
fn emoji_are_one_character() {
    for fonts in all_fonts() {
        let content = "a👨‍👩‍👧‍👦b";
        let paragraph = laid(&fonts, &ParagraphStyle::default(), content, 500.0);
        let inside = paragraph.caret(5).x0;
        assert_eq!(inside, paragraph.caret(1).x0, "a caret never stands inside of it");
        assert!(paragraph.caret(12).x0 > inside);
    }
}
