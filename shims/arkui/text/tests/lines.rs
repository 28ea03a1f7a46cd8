//! Where lines end, how high they are, and what is left out.

mod common;

use common::*;
use concord_text::*;

#[test]
fn words_wrap_and_spaces_hang() {
    let content = "aaa bbb  ccc";
    // Seven characters of 10 px fit; the spaces at the end of a line do not count.
    let paragraph = laid(&boxes(), &ParagraphStyle::default(), content, 70.0);
    assert_eq!(line_texts(&paragraph, content), ["aaa bbb  ", "ccc"]);
    assert!(near(paragraph.longest_line(), 70.0));
    let lines = paragraph.lines();
    assert!(!lines[0].hard_break && lines[1].hard_break);
    // The platform's metrics: 1.172 em.
    assert!(near(lines[0].height, 23.44) && near(lines[1].top, 23.44) && near(lines[0].ascent, 18.56));
}

#[test]
fn real_words_wrap() {
    let Some(fonts) = system() else { return };
    let content = "The quick brown fox jumps over the lazy dog; don’t-you see (it)?";
    for width in [1.0, 30.0, 60.0, 100.0, 150.0, 300.0, 2000.0] {
        let paragraph = laid(&fonts, &ParagraphStyle::default(), content, width);
        assert_eq!(line_texts(&paragraph, content).concat(), content, "nothing is lost at {width}");
        if width >= paragraph.min_intrinsic_width() {
            assert!(paragraph.longest_line() <= width + 0.05, "{width}");
            for line in line_texts(&paragraph, content).iter().rev().skip(1).rev() {
                assert!(line.ends_with([' ', '-']), "{line:?} at {width}");
            }
        }
    }
    let wide = laid(&fonts, &ParagraphStyle::default(), content, f32::INFINITY);
    assert_eq!(wide.line_count(), 1);
    assert!(near(wide.longest_line(), wide.max_intrinsic_width()));
    // What was measured fits.
    assert_eq!(laid(&fonts, &ParagraphStyle::default(), content, wide.longest_line()).line_count(), 1);
}

#[test]
fn chinese_breaks_between_characters_but_not_before_punctuation() {
    let Some(fonts) = system() else { return };
    let content = "你好世界，今天天气很好。";
    let paragraph = laid(&fonts, &ParagraphStyle::default(), content, 80.0);
    let lines = line_texts(&paragraph, content);
    assert_eq!(lines, ["你好世", "界，今天", "天气很", "好。"]);
    assert!(near(paragraph.lines()[1].width, 80.0), "each is one em wide");
}

#[test]
fn long_words_are_broken_where_they_must() {
    for fonts in all_fonts() {
        let content = "a supercalifragilistic b";
        let paragraph = laid(&fonts, &ParagraphStyle::default(), content, 60.0);
        let lines = line_texts(&paragraph, content);
        assert_eq!(lines[0], "a ", "the word gets a line of its own first");
        assert!(lines.len() >= 4 && paragraph.longest_line() <= 60.05);

        let style = ParagraphStyle { word_break: WordBreak::BreakAll, ..ParagraphStyle::default() };
        let paragraph = laid(&fonts, &style, content, 60.0);
        assert!(line_texts(&paragraph, content)[0].len() > 3, "the first line is filled up");
    }
}

#[test]
fn newlines_end_lines() {
    for fonts in all_fonts() {
        for (content, lines) in
            [("", 1), ("a", 1), ("a\n", 2), ("\n", 2), ("a\nb\nc", 3), ("a\r\nb", 2), ("a\n\nb", 3), ("a\u{2028}b", 2)]
        {
            let paragraph = laid(&fonts, &ParagraphStyle::default(), content, 500.0);
            assert_eq!(paragraph.line_count(), lines, "{content:?}");
            assert!(near(paragraph.size().height as f32, lines as f32 * 23.44), "{content:?}");
        }
    }
}

#[test]
fn lines_are_limited() {
    let content = "one two three four five six seven";
    for fonts in all_fonts() {
        let limit = |max_lines| ParagraphStyle { max_lines: Some(max_lines), ..ParagraphStyle::default() };
        let free = laid(&fonts, &ParagraphStyle::default(), content, 80.0);
        assert!(free.line_count() > 3 && !free.did_exceed_max_lines());
        for max in 1..free.line_count() {
            let paragraph = laid(&fonts, &limit(max), content, 80.0);
            assert_eq!(paragraph.line_count(), max);
            assert!(paragraph.did_exceed_max_lines());
        }
        let paragraph = laid(&fonts, &limit(free.line_count()), content, 80.0);
        assert!(!paragraph.did_exceed_max_lines());
        assert_eq!(laid(&fonts, &limit(0), content, 80.0).size().height, 0.0);
        let style = ParagraphStyle { min_lines: 3, ..ParagraphStyle::default() };
        assert!(near(laid(&fonts, &style, "a", 80.0).size().height as f32, 3.0 * 23.44));
    }
}

#[test]
fn ellipsis_replaces_what_does_not_fit() {
    let content = "abcdefghijklmnopqrstuvwxyz";
    for fonts in all_fonts() {
        for mode in [EllipsisMode::Start, EllipsisMode::Center, EllipsisMode::End] {
            let style = ParagraphStyle {
                max_lines: Some(1),
                overflow: TextOverflow::Ellipsis,
                ellipsis_mode: mode,
                ..ParagraphStyle::default()
            };
            let paragraph = laid(&fonts, &style, content, 100.0);
            assert_eq!(paragraph.line_count(), 1);
            assert!(paragraph.did_exceed_max_lines());
            let width = paragraph.longest_line();
            assert!(width <= 100.05 && width > 75.0, "{mode:?}: {width}");
            // The caret shows which characters are hidden: they have no width of their own.
            let x = |index: usize| paragraph.caret(index).x0;
            let (first_shown, last_shown) = (x(1) - x(0) > 1.0, x(25) - x(24) > 1.0);
            let expected = match mode {
                EllipsisMode::Start => (false, true),
                EllipsisMode::Center => (true, true),
                _ => (true, false),
            };
            assert_eq!((first_shown, last_shown), expected, "{mode:?}");
        }
        // What fits has none.
        let style =
            ParagraphStyle { max_lines: Some(1), overflow: TextOverflow::Ellipsis, ..ParagraphStyle::default() };
        let paragraph = laid(&fonts, &style, "abc", 100.0);
        assert!(!paragraph.did_exceed_max_lines());
        assert!(near(paragraph.longest_line(), laid(&fonts, &ParagraphStyle::default(), "abc", 100.0).longest_line()));
        // Not even itself fits.
        assert_eq!(laid(&fonts, &style, content, 3.0).line_count(), 1);
    }
}

#[test]
fn ellipsis_of_the_last_of_some_lines() {
    let content = "one two three four five six seven eight";
    let style = ParagraphStyle { max_lines: Some(2), overflow: TextOverflow::Ellipsis, ..ParagraphStyle::default() };
    let paragraph = laid(&boxes(), &style, content, 100.0);
    // Nine characters and the ellipsis: the second line is filled up to the last place.
    assert_eq!(paragraph.line_count(), 2);
    assert!(near(paragraph.lines()[1].width, 100.0), "{:?}", paragraph.lines());
    let newline = laid(&boxes(), &style, "a\nb\nc", 100.0);
    assert!(near(newline.lines()[1].width, 20.0), "b and an ellipsis");
}

#[test]
fn alignment_moves_lines() {
    for fonts in all_fonts() {
        for (align, at) in [
            (TextAlign::Start, 0.0),
            (TextAlign::Left, 0.0),
            (TextAlign::Justify, 0.0),
            (TextAlign::Center, 0.5),
            (TextAlign::End, 1.0),
            (TextAlign::Right, 1.0),
        ] {
            let style = ParagraphStyle { align, ..ParagraphStyle::default() };
            let line = laid(&fonts, &style, "hello", 200.0).lines().remove(0);
            assert!(near(line.left, (200.0 - line.width) * at), "{align:?}");
            let rtl = ParagraphStyle { align, direction: TextDirection::Rtl, ..ParagraphStyle::default() };
            let line = laid(&fonts, &rtl, "hello", 200.0).lines().remove(0);
            let at = match align {
                TextAlign::Start | TextAlign::Justify => 1.0,
                TextAlign::End => 0.0,
                _ => at,
            };
            assert!(near(line.left, (200.0 - line.width) * at), "{align:?} right to left");
        }
    }
}

#[test]
fn justified_lines_reach_both_sides() {
    for fonts in all_fonts() {
        let style = ParagraphStyle { align: TextAlign::Justify, ..ParagraphStyle::default() };
        for content in ["one two three four five six seven", "你好世界今天天气很好我们出去玩"] {
            let paragraph = laid(&fonts, &style, content, 110.0);
            let lines = paragraph.lines();
            assert!(lines.len() > 1);
            for line in &lines[..lines.len() - 1] {
                assert!(near(line.width, 110.0), "{content}: {line:?}");
                let last = line.range.end - usize::from(content.is_ascii());
                let end = paragraph.caret_at(TextPosition { index: last, affinity: Affinity::Upstream });
                assert!(near(end.x0 as f32, 110.0), "{content}: the last character ends at the side: {end:?}");
            }
            assert!(lines.last().is_some_and(|line| line.width < 109.0));
        }
    }
}

#[test]
fn indent_and_spacing() {
    let style = ParagraphStyle { indent: 40.0, line_spacing: 5.0, ..ParagraphStyle::default() };
    let content = "aaaa bbbb cccc";
    let paragraph = laid(&boxes(), &style, content, 90.0);
    assert_eq!(line_texts(&paragraph, content), ["aaaa ", "bbbb cccc"]);
    let lines = paragraph.lines();
    assert!(near(lines[0].left, 40.0) && near(lines[1].left, 0.0));
    assert!(near(lines[1].top, 28.44) && near(paragraph.size().height as f32, 2.0 * 23.44 + 5.0));
}

#[test]
fn line_height_is_shared_as_asked() {
    for fonts in all_fonts() {
        let style = TextStyle { line_height: Some(LineHeight::Px(60.0)), ..sized(20.0) };
        for (half_leading, ascent) in [(false, 18.56 * 60.0 / 23.44), (true, 18.56 + (60.0 - 23.44) / 2.0)] {
            let paragraph_style = ParagraphStyle { half_leading, ..ParagraphStyle::default() };
            let mut paragraph = Paragraph::plain(&fonts, &paragraph_style, "x", &style);
            paragraph.layout(100.0, None);
            assert!(near(paragraph.size().height as f32, 60.0));
            assert!(near(paragraph.first_baseline(), ascent), "{}", paragraph.first_baseline());
        }
        let style = TextStyle { line_height: Some(LineHeight::Factor(1.5)), ..sized(20.0) };
        let mut paragraph = Paragraph::plain(&fonts, &ParagraphStyle::default(), "a\nb", &style);
        paragraph.layout(100.0, None);
        assert!(near(paragraph.size().height as f32, 60.0));
    }
}

#[test]
fn spans_share_a_baseline() {
    for fonts in all_fonts() {
        let spans = [text("small ", sized(10.0), 7), text("BIG", sized(40.0), 8), text(" small", sized(10.0), 9)];
        let mut paragraph = Paragraph::new(&fonts, &ParagraphStyle::default(), &spans);
        paragraph.layout(1000.0, None);
        assert_eq!(paragraph.line_count(), 1);
        assert!(near(paragraph.size().height as f32, 40.0 * 1.172));
        assert!(near(paragraph.first_baseline(), 40.0 * 0.928));
        let at = |index: usize| paragraph.span_at(paragraph.caret(index).x0 as f32 + 1.0, 20.0);
        assert_eq!((at(0), at(6), at(9)), (Some(7), Some(8), Some(9)));
        assert_eq!(paragraph.span_at(paragraph.longest_line() + 1.0, 20.0), None);
        assert_eq!(paragraph.span_at(1.0, 100.0), None);
    }
}

#[test]
fn spacing_widens() {
    for fonts in all_fonts() {
        let width = |style: TextStyle| {
            let mut paragraph = Paragraph::plain(&fonts, &ParagraphStyle::default(), "ab fi", &style);
            paragraph.layout(f32::INFINITY, None);
            paragraph.longest_line()
        };
        let apart = TextStyle { features: "\"liga\" 0".into(), ..sized(20.0) };
        let plain = width(apart.clone());
        assert!(near(width(TextStyle { letter_spacing: 6.0, ..apart.clone() }), plain + 5.0 * 6.0));
        if fonts.status().default_family.is_some() {
            assert!(near(width(TextStyle { word_spacing: 6.0, ..apart }), plain + 6.0));
        }
    }
}

#[test]
fn placeholders_flow_with_text() {
    for fonts in all_fonts() {
        let image = |align, id| Span::Placeholder { width: 30.0, height: 50.0, align, id };
        for (align, top, height) in [
            (PlaceholderAlign::Baseline, 0.0, 50.0 + 4.88),
            (PlaceholderAlign::Bottom, 0.0, 50.0),
            (PlaceholderAlign::Top, 0.0, 50.0),
            (PlaceholderAlign::Center, 0.0, 50.0),
        ] {
            let spans = [text("ab", sized(20.0), 1), image(align, 5), text("cd", sized(20.0), 2)];
            let mut paragraph = Paragraph::new(&fonts, &ParagraphStyle::default(), &spans);
            paragraph.layout(500.0, None);
            let placeholders = paragraph.placeholders();
            let [(5, place)] = placeholders[..] else { panic!("{placeholders:?}") };
            assert!(near(place.y0 as f32, top) && near(place.height() as f32, 50.0), "{align:?}: {place:?}");
            assert!(near(place.width() as f32, 30.0) && near(place.x0 as f32, paragraph.caret(2).x0 as f32));
            assert!(near(paragraph.size().height as f32, height), "{align:?}: {}", paragraph.size().height);
            assert_eq!(paragraph.span_at(place.center().x as f32, place.center().y as f32), Some(5));
            assert_eq!(paragraph.utf16_len(), 5);
        }
        // They go to the next line as a whole, and those left out are not told of.
        let spans: Vec<Span> = (0..10).map(|id| image(PlaceholderAlign::Bottom, id)).collect();
        let style = ParagraphStyle { max_lines: Some(2), ..ParagraphStyle::default() };
        let mut paragraph = Paragraph::new(&fonts, &style, &spans);
        paragraph.layout(100.0, None);
        let shown: Vec<u32> = paragraph.placeholders().iter().map(|(id, _)| *id).collect();
        assert_eq!(shown, [0, 1, 2, 3, 4, 5]);
        assert!(near(paragraph.size().height as f32, 100.0));
    }
}

#[test]
fn font_size_adapts() {
    for fonts in all_fonts() {
        let content = "one two three four five";
        let style = ParagraphStyle {
            min_font_size: Some(5.0),
            max_font_size: Some(40.0),
            max_lines: Some(1),
            ..ParagraphStyle::default()
        };
        let wide = laid(&fonts, &style, content, 10_000.0);
        assert!(near(wide.font_scale(), 2.0), "the largest size fits");
        let narrow = laid(&fonts, &style, content, 100.0);
        assert!(!narrow.did_exceed_max_lines() && narrow.longest_line() <= 100.05);
        assert!(narrow.longest_line() > 90.0, "it is not smaller than it must be: {}", narrow.longest_line());
        let hopeless = laid(&fonts, &style, content, 10.0);
        assert!(near(hopeless.font_scale(), 0.25) && hopeless.did_exceed_max_lines());

        let style =
            ParagraphStyle { height_policy: HeightAdaptivePolicy::LayoutConstraintFirst, max_lines: None, ..style };
        let mut paragraph = Paragraph::plain(&fonts, &style, content, &sized(20.0));
        paragraph.layout(100.0, Some(60.0));
        assert!(paragraph.size().height <= 60.05 && paragraph.line_count() > 1);
        paragraph.layout(50.0, Some(8.0));
        assert_eq!((paragraph.line_count(), paragraph.did_exceed_max_lines()), (1, true));
        // Asked again, the answer is the same.
        paragraph.layout(100.0, Some(60.0));
        assert!(paragraph.line_count() > 1);
    }
}

#[test]
fn strategies_keep_the_text_whole() {
    let content = "aaa bb cc ddddd ee f ggggggg hh iii jj kkkk l mm nnn ooo";
    let ragged = |strategy| {
        let style = ParagraphStyle { line_break: strategy, ..ParagraphStyle::default() };
        let paragraph = laid(&boxes(), &style, content, 120.0);
        assert_eq!(line_texts(&paragraph, content).concat(), content);
        let lines = paragraph.lines();
        let rests = lines.iter().rev().skip(1).map(|line| (120.0 - line.width).powi(2));
        (lines.len(), rests.sum::<f32>(), paragraph.longest_line())
    };
    let (greedy, best) = (ragged(LineBreakStrategy::Greedy), ragged(LineBreakStrategy::HighQuality));
    assert!(best.1 <= greedy.1, "{best:?} {greedy:?}");
    let balanced = ragged(LineBreakStrategy::Balanced);
    assert!(balanced.0 == greedy.0 && balanced.2 <= greedy.2, "{balanced:?} {greedy:?}");
}

#[test]
fn measuring_says_what_layout_does() {
    for fonts in all_fonts() {
        let mut options =
            MeasureOptions { text: "one two three".into(), style: sized(20.0), ..MeasureOptions::default() };
        let free = measure_text(&fonts, &options);
        assert!(near(free.height as f32, 23.44) && free.width > 50.0);
        options.constraint_width = Some(60.0);
        let bound = measure_text(&fonts, &options);
        assert!(bound.width == 60.0 && bound.height > 40.0);
    }
}

#[test]
fn soft_hyphens_show_where_lines_end() {
    let Some(fonts) = system() else { return };
    let content = "hyphen\u{AD}ation";
    let whole = laid(&fonts, &ParagraphStyle::default(), content, 500.0);
    let plain = laid(&fonts, &ParagraphStyle::default(), "hyphenation", 500.0);
    assert!(near(whole.longest_line(), plain.longest_line()), "it has no width inside of a line");
    let broken = laid(&fonts, &ParagraphStyle::default(), content, whole.longest_line() - 5.0);
    assert_eq!(line_texts(&broken, content), ["hyphen\u{AD}", "ation"]);
    let first = laid(&fonts, &ParagraphStyle::default(), "hyphen", 500.0).longest_line();
    assert!(broken.lines()[0].width > first + 3.0, "there is a hyphen");
    assert!(broken.longest_line() <= whole.longest_line() - 5.0);
}

#[test]
fn sections_have_their_own_style() {
    let content = "aaa bbb ccc\nddd";
    let section = Section {
        range: 0..12,
        leading: 20.0,
        indent: Some(10.0),
        spacing: 5.0,
        align: Some(TextAlign::End),
        ..Section::default()
    };
    let style = ParagraphStyle { sections: vec![section], ..ParagraphStyle::default() };
    let paragraph = laid(&boxes(), &style, content, 100.0);
    // The first line has 70 px, the second 80.
    assert_eq!(line_texts(&paragraph, content), ["aaa bbb ", "ccc\n", "ddd"]);
    let lines = paragraph.lines();
    assert!(near(lines[0].left, 30.0) && near(lines[1].left, 70.0) && near(lines[2].left, 0.0));
    assert!(near(lines[2].top, 2.0 * 23.44 + 5.0));
}

#[test]
fn a_section_has_its_own_number_of_lines() {
    let content = "aaa bbb ccc\nddd";
    let section =
        Section { range: 0..12, max_lines: Some(1), overflow: Some(TextOverflow::Ellipsis), ..Section::default() };
    let style = ParagraphStyle { sections: vec![section], ..ParagraphStyle::default() };
    let paragraph = laid(&boxes(), &style, content, 70.0);
    assert_eq!(line_texts(&paragraph, content), ["aaa bbb ccc\n", "ddd"]);
    assert!(paragraph.did_exceed_max_lines() && paragraph.longest_line() <= 70.05);
}

#[test]
fn several_lines_are_cut_at_the_start_or_in_the_middle() {
    let content = "aaaa bbbb cccc dddd eeee ffff gggg";
    let style = |ellipsis_mode| ParagraphStyle {
        max_lines: Some(2),
        overflow: TextOverflow::Ellipsis,
        ellipsis_mode,
        ..ParagraphStyle::default()
    };
    for (mode, hidden_first) in [(EllipsisMode::MultilineStart, true), (EllipsisMode::MultilineCenter, false)] {
        let paragraph = laid(&boxes(), &style(mode), content, 100.0);
        assert_eq!(paragraph.line_count(), 2, "{mode:?}");
        assert!(paragraph.did_exceed_max_lines() && paragraph.longest_line() <= 100.05);
        let lines = paragraph.lines();
        assert_eq!((lines[0].range.start, lines[1].range.end), (0, content.len()));
        // What stands at the left edge: the ellipsis hides what is in front of what is shown.
        let first = paragraph.selection(0..1);
        assert_eq!(first[0].width() > 5.0 && paragraph.hit(12.0, 5.0).index > 5, hidden_first, "{mode:?}");
    }
}

#[test]
fn lines_have_limits_of_height() {
    let style = ParagraphStyle { min_line_height: 40.0, ..ParagraphStyle::default() };
    assert!(near(laid(&boxes(), &style, "a", 100.0).lines()[0].height, 40.0));
    let style = ParagraphStyle { max_line_height: 10.0, ..ParagraphStyle::default() };
    assert!(near(laid(&boxes(), &style, "a", 100.0).lines()[0].height, 10.0));
    let low = TextStyle { line_height: Some(LineHeight::Px(5.0)), ..sized(20.0) };
    let style = ParagraphStyle { fallback_line_spacing: true, ..ParagraphStyle::default() };
    let mut paragraph = Paragraph::plain(&boxes(), &style, "a", &low);
    paragraph.layout(100.0, None);
    assert!(near(paragraph.lines()[0].height, 23.44));
}

#[test]
fn text_of_different_sizes_stands_where_it_is_told() {
    let spans = [text("a", sized(20.0), 0), text("b", sized(40.0), 1)];
    let height = 40.0 * 1.172;
    for (vertical, baseline) in [
        (TextVerticalAlign::Baseline, 0.928 * 40.0),
        (TextVerticalAlign::Top, 0.928 * 40.0),
        (TextVerticalAlign::Bottom, height - 0.244 * 40.0),
    ] {
        let style = ParagraphStyle { vertical, ..ParagraphStyle::default() };
        let mut paragraph = Paragraph::new(&boxes(), &style, &spans);
        paragraph.layout(f32::INFINITY, None);
        let line = &paragraph.lines()[0];
        assert!(near(line.height, height) && near(line.baseline, baseline), "{vertical:?}: {line:?}");
    }
}

#[test]
fn chinese_and_latin_stand_apart() {
    let style = ParagraphStyle { auto_spacing: true, ..ParagraphStyle::default() };
    let width = |style: &ParagraphStyle, content: &str| laid(&boxes(), style, content, f32::INFINITY).longest_line();
    let plain = width(&ParagraphStyle::default(), "中a文");
    assert!(near(width(&style, "中a文"), plain + 2.0 * 2.5));
    assert!(near(width(&style, "中文"), width(&ParagraphStyle::default(), "中文")));
}

#[test]
fn punctuation_at_the_ends_of_lines() {
    let Some(fonts) = system() else { return };
    let content = "「你好」，世界";
    let style = ParagraphStyle { compress_leading_punctuation: true, ..ParagraphStyle::default() };
    let plain = laid(&fonts, &ParagraphStyle::default(), content, f32::INFINITY).longest_line();
    assert!(near(laid(&fonts, &style, content, f32::INFINITY).longest_line(), plain - 10.0));
    let content = "你好吗，世界";
    let style = ParagraphStyle { punctuation_overflow: true, ..ParagraphStyle::default() };
    let lines = |style: &ParagraphStyle| line_texts(&laid(&fonts, style, content, 60.0), content);
    assert_eq!(lines(&ParagraphStyle::default()), ["你好", "吗，世", "界"]);
    assert_eq!(lines(&style), ["你好吗，", "世界"]);
    let style = ParagraphStyle { avoid_orphans: true, ..ParagraphStyle::default() };
    assert_eq!(lines(&style), ["你好", "吗，", "世界"]);
}

#[test]
fn spaces_at_the_end_count_unless_they_are_trimmed() {
    let style = |trim_trailing_spaces| ParagraphStyle {
        trim_trailing_spaces,
        align: TextAlign::End,
        ..ParagraphStyle::default()
    };
    let left = |trim| laid(&boxes(), &style(trim), "ab  ", 100.0).lines()[0].left;
    assert!(near(left(false), 60.0) && near(left(true), 80.0));
}

#[test]
fn words_are_hyphenated_by_their_language() {
    let content = "an extensive extensive word";
    let style = ParagraphStyle { word_break: WordBreak::Hyphenation, ..ParagraphStyle::default() };
    let paragraph = laid(&boxes(), &style, content, 110.0);
    assert_eq!(line_texts(&paragraph, content), ["an exten", "sive exten", "sive word"]);
    // With the hyphen, which is as wide as a character here.
    assert!(near(paragraph.lines()[0].width, 90.0));
    let plain = laid(&boxes(), &ParagraphStyle::default(), content, 110.0);
    assert_eq!(line_texts(&plain, content), ["an ", "extensive ", "extensive ", "word"]);
}
