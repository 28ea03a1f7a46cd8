//! What is painted, in pixels.

mod common;

use common::*;
use concord_paint::{Brush, CpuRaster, Frame, Painter, Raster};
use concord_text::*;

const RED: Color = Color::rgb8(255, 0, 0);

/// Paints a paragraph on white, 10 px from the corner.
fn painted(fonts: &Fonts, style: &ParagraphStyle, spans: &[Span], width: f32) -> (Paragraph, Frame) {
    let mut paragraph = Paragraph::new(fonts, style, spans);
    paragraph.layout(width, None);
    let mut painter = Painter::new();
    painter.fill_rect(Rect::new(0.0, 0.0, 400.0, 200.0), &Brush::from(Color::WHITE));
    paragraph.paint(&mut painter, Point::new(10.0, 10.0));
    let mut frame = Frame::new(400, 200).expect("a small frame");
    CpuRaster::new().render(&painter.finish(), &mut frame, None);
    (paragraph, frame)
}

/// The pixels for which `is` holds, as left, top, right, bottom.
fn extent(frame: &Frame, is: impl Fn(Color) -> bool) -> Option<[u32; 4]> {
    let mut found: Option<[u32; 4]> = None;
    for y in 0..frame.height() {
        for x in 0..frame.width() {
            if is(frame.pixel(x, y)) {
                let [left, top, right, bottom] = found.unwrap_or([x, y, x, y]);
                found = Some([left.min(x), top.min(y), right.max(x), bottom.max(y)]);
            }
        }
    }
    found
}

fn is_dark(color: Color) -> bool {
    color.r < 100 && color.g < 100 && color.b < 100
}

fn is_red(color: Color) -> bool {
    color.r > 200 && color.g < 100 && color.b < 100
}

#[test]
fn glyphs_stand_where_layout_says() {
    for fonts in all_fonts() {
        let (paragraph, frame) = painted(&fonts, &ParagraphStyle::default(), &[text("HHH", sized(60.0), 0)], 300.0);
        let [left, top, right, bottom] = extent(&frame, is_dark).expect("something is painted");
        assert!(left >= 10 && (right as f32) < 10.0 + paragraph.longest_line(), "{left} {right}");
        assert!((right - left) as f32 > paragraph.longest_line() * 0.8);
        let baseline = 10.0 + paragraph.first_baseline();
        assert!((bottom as f32 + 1.0 - baseline).abs() < 1.5, "capitals stand on the baseline: {bottom} {baseline}");
        assert!((top as f32) > baseline - 60.0 && (top as f32) < baseline - 35.0);
    }
}

#[test]
fn lines_go_with_text() {
    for fonts in all_fonts() {
        for style in [
            DecorationStyle::Solid,
            DecorationStyle::Double,
            DecorationStyle::Dotted,
            DecorationStyle::Dashed,
            DecorationStyle::Wavy,
        ] {
            let line = |decoration: Decoration| {
                let decoration = Decoration { style, color: Some(RED), thickness_scale: Some(2.0), ..decoration };
                // Two runs in one style: the line goes through.
                let spans = [text("xx 你好", TextStyle { decoration, color: Color::WHITE, ..sized(40.0) }, 0)];
                let (paragraph, frame) = painted(&fonts, &ParagraphStyle::default(), &spans, 300.0);
                let [left, top, right, bottom] = extent(&frame, is_red).expect("there is a line");
                assert!(left <= 13, "{style:?}: {left}");
                assert!((right as f32 - 10.0 - paragraph.longest_line()).abs() < 12.0, "{style:?}: {right}");
                let baseline = 10.0 + paragraph.first_baseline();
                (top as f32 - baseline, bottom as f32 - baseline)
            };
            let under = line(Decoration { underline: true, ..Decoration::default() });
            assert!(under.0 > 0.0 && under.1 < 25.0, "{style:?} {under:?}");
            let over = line(Decoration { overline: true, ..Decoration::default() });
            assert!(over.1 < -25.0, "{style:?} {over:?}");
            let through = line(Decoration { line_through: true, ..Decoration::default() });
            assert!(through.0 > -25.0 && through.1 < 0.0, "{style:?} {through:?}");
        }
    }
}

#[test]
fn italics_lean_to_the_right() {
    let Some(fonts) = system() else { return };
    let lean = |italic| {
        let style = TextStyle { italic, ..sized(100.0) };
        let (_, frame) = painted(&fonts, &ParagraphStyle::default(), &[text("l", style, 0)], 300.0);
        let [_, top, _, bottom] = extent(&frame, is_dark).unwrap();
        let left_in = |y: u32| (0..400).find(|x| is_dark(frame.pixel(*x, y))).unwrap() as i32;
        left_in(top + 5) - left_in((top + bottom) / 2)
    };
    assert!(lean(false).abs() <= 1, "{}", lean(false));
    assert!(lean(true) > 5, "{}", lean(true));
}

#[test]
fn bold_has_more_ink() {
    let Some(fonts) = system() else { return };
    let ink = |weight| {
        let style = TextStyle { weight, ..sized(60.0) };
        let (_, frame) = painted(&fonts, &ParagraphStyle::default(), &[text("HHH", style, 0)], 300.0);
        (0..400).flat_map(|x| (0..200).map(move |y| (x, y))).filter(|(x, y)| is_dark(frame.pixel(*x, *y))).count()
    };
    assert!(ink(700) > ink(400) * 5 / 4);
    assert_eq!(ink(400), ink(500), "there are two weights");
}

#[test]
fn backgrounds_and_shadows_lie_below() {
    for fonts in all_fonts() {
        let background = Some(TextBackground { color: Color::rgb8(0, 255, 0), radii: [0.0; 4] });
        let shadow = TextShadow { radius: 0.0, color: RED, offset_x: 0.0, offset_y: 80.0 };
        let style = TextStyle { background, shadows: vec![shadow], ..sized(40.0) };
        let (paragraph, frame) = painted(&fonts, &ParagraphStyle::default(), &[text("ab cd ", style, 0)], 300.0);
        let green = |color: Color| color.g > 200 && color.r < 50;
        let [left, top, right, bottom] = extent(&frame, green).unwrap();
        assert_eq!((left, top), (10, 10));
        assert!((right as f32 + 1.0 - 10.0 - paragraph.longest_line()).abs() < 1.5, "with the space at the end");
        assert!((bottom as f32 + 1.0 - 10.0 - 46.88).abs() < 1.5);
        let [_, shadow_top, ..] = extent(&frame, is_red).unwrap();
        let [_, text_top, ..] = extent(&frame, is_dark).unwrap();
        assert!(shadow_top.abs_diff(text_top + 80) <= 2, "{shadow_top} {text_top}");
    }
}

#[test]
fn what_is_painted_is_kept_until_the_layout_changes() {
    let fonts = boxes();
    let mut paragraph = laid(&fonts, &ParagraphStyle::default(), "one two three", 100.0);
    let first = paragraph.display_list();
    assert!(paragraph.display_list().same(&first));
    paragraph.layout(100.0, None);
    assert!(paragraph.display_list().same(&first));
    paragraph.layout(60.0, None);
    assert!(!paragraph.display_list().same(&first));
    assert!(paragraph.glyph_runs().is_empty(), "there is no font");
    assert!(laid(&fonts, &ParagraphStyle::default(), " \n ", 100.0).display_list().bounds().is_zero_area());
}

#[test]
fn changes_cost_what_they_must() {
    let fonts = boxes();
    let plain = ParagraphStyle::default();
    let place = |height| Span::Placeholder { width: 5.0, height, align: PlaceholderAlign::Bottom, id: 1 };
    let spans = |style: &TextStyle| [text("one two", style.clone(), 0), place(10.0)];
    let mut paragraph = Paragraph::new(&fonts, &plain, &spans(&sized(20.0)));
    paragraph.layout(500.0, None);
    let (size, first) = (paragraph.size(), paragraph.display_list());

    let red = TextStyle { color: RED, ..sized(20.0) };
    paragraph.update(&plain, &spans(&red));
    assert_eq!((paragraph.size(), paragraph.line_count()), (size, 1), "a colour needs no layout");
    assert!(!paragraph.display_list().same(&first));

    let high = TextStyle { line_height: Some(LineHeight::Px(50.0)), ..red.clone() };
    paragraph.update(&plain, &spans(&high));
    assert_eq!(paragraph.line_count(), 0, "a line height does");
    paragraph.layout(500.0, None);
    assert!(near(paragraph.size().height as f32, 50.0) && paragraph.size().width == size.width);

    for changed in [
        vec![text("one", sized(20.0), 0), place(10.0)],
        vec![text("one two", sized(21.0), 0), place(10.0)],
        vec![text("one two", sized(20.0), 0), place(60.0)],
        vec![text("one two", sized(20.0), 0)],
        vec![place(10.0), text("one two", sized(20.0), 0)],
    ] {
        let mut updated = Paragraph::new(&fonts, &plain, &spans(&sized(20.0)));
        updated.layout(500.0, None);
        updated.update(&plain, &changed);
        updated.layout(500.0, None);
        let mut fresh = Paragraph::new(&fonts, &plain, &changed);
        fresh.layout(500.0, None);
        assert_eq!((updated.size(), updated.placeholders()), (fresh.size(), fresh.placeholders()));
    }
    let style = ParagraphStyle { max_lines: Some(1), ..plain };
    paragraph.update(&style, &spans(&high));
    paragraph.layout(30.0, None);
    assert_eq!(paragraph.line_count(), 1);
}
