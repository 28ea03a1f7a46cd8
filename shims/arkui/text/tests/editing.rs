//! The model behind text fields.

mod common;

use common::*;
use concord_text::*;

fn field(input_type: InputType) -> Editor {
    Editor::new(EditorOptions { input_type, ..EditorOptions::default() })
}

fn area(text: &str) -> Editor {
    let mut editor = Editor::new(EditorOptions { multi_line: true, ..EditorOptions::default() });
    editor.set_text(text);
    editor
}

fn caret(editor: &Editor) -> usize {
    assert!(editor.selection().is_collapsed());
    editor.selection().focus
}

#[test]
fn typing_and_deleting() {
    let mut editor = area("");
    let change = editor.insert("hello");
    assert_eq!(change.edit, Some(Edit { start: 0, removed: String::new(), inserted: "hello".into() }));
    assert!(change.selection_changed && caret(&editor) == 5);
    editor.select(1, 4);
    assert_eq!(editor.selected_text(), "ell");
    editor.insert("u");
    assert_eq!((editor.text(), caret(&editor)), ("huo", 2));
    editor.delete(Delete::Backward);
    editor.delete(Delete::Forward);
    assert_eq!(editor.text(), "h");
    assert_eq!(editor.delete(Delete::Forward), Change::default());
    editor.replace(0..1, "xyz");
    assert_eq!(editor.text(), "xyz");
    assert_eq!(editor.set_text("xyz"), Change::default(), "the same text is no change");
}

#[test]
fn what_looks_like_one_character_is_deleted_as_one() {
    for character in ["👨‍👩‍👧‍👦", "👍🏽", "🇨🇳", "e\u{301}", "你", "🂡", "\r\n"] {
        let mut editor = area(&format!("a{character}"));
        editor.delete(Delete::Backward);
        assert_eq!(editor.text(), "a", "{character:?}");
        let mut editor = area(&format!("{character}a"));
        editor.select(0, 0);
        editor.move_caret(Move::Right, false, None);
        assert_eq!(caret(&editor), character.encode_utf16().count());
        editor.move_caret(Move::Left, false, None);
        assert_eq!(caret(&editor), 0);
        editor.delete(Delete::Forward);
        assert_eq!(editor.text(), "a");
    }
}

#[test]
fn positions_never_split_a_character() {
    let mut editor = area("a😀b");
    editor.select(2, 2);
    assert_eq!(caret(&editor), 1, "inside of a surrogate pair");
    editor.select(2, 99);
    assert_eq!(editor.selected_text(), "😀b");
    assert_eq!(editor.text_in(2..3), "😀");
    editor.replace(2..3, "x");
    assert_eq!(editor.text(), "axb");
    assert_eq!(editor.text_in(usize::MAX..usize::MAX), "");
}

#[test]
fn words_and_paragraphs() {
    let mut editor = area("one two,  three\nfour");
    editor.move_caret(Move::WordLeft, false, None);
    assert_eq!(caret(&editor), 16);
    editor.move_caret(Move::WordLeft, false, None);
    assert_eq!(caret(&editor), 10);
    editor.move_caret(Move::WordLeft, true, None);
    assert_eq!(editor.selected_text(), "two,  ");
    editor.move_caret(Move::Left, false, None);
    assert_eq!(caret(&editor), 4, "a selection collapses to its side");
    editor.move_caret(Move::WordRight, false, None);
    assert_eq!(caret(&editor), 7);
    editor.delete(Delete::WordBackward);
    assert_eq!(editor.text(), "one ,  three\nfour");
    editor.delete(Delete::WordForward);
    assert_eq!(editor.text(), "one \nfour");
    editor.move_caret(Move::ParagraphStart, false, None);
    assert_eq!(caret(&editor), 0);
    editor.move_caret(Move::LineEnd, false, None);
    assert_eq!(caret(&editor), 4);
    editor.delete(Delete::ToParagraphEnd);
    assert_eq!(editor.text(), "one four", "at the end, the newline");
    editor.select_word(1);
    assert_eq!(editor.selected_text(), "one");
    editor.select_all();
    assert_eq!(editor.selected_text(), "one four");
    let mut editor = area("a\nbc\nd");
    editor.select_paragraph(3);
    assert_eq!(editor.selected_text(), "bc");
}

#[test]
fn lines_of_the_layout() {
    let mut editor = area("aaaa bbbb cccc\ndd");
    let paragraph = laid(&boxes(), &ParagraphStyle::default(), editor.text(), 45.0);
    assert_eq!(paragraph.line_count(), 4);
    let layout = Some(&paragraph);
    editor.select(2, 2);
    editor.move_caret(Move::Down, false, layout);
    assert_eq!(caret(&editor), 7);
    editor.move_caret(Move::Down, false, layout);
    editor.move_caret(Move::Down, false, layout);
    assert_eq!(caret(&editor), 17);
    editor.select(13, 13);
    editor.move_caret(Move::Down, false, layout);
    assert_eq!(caret(&editor), 17, "the last line is shorter");
    editor.move_caret(Move::Up, false, layout);
    assert_eq!(caret(&editor), 13, "the place is remembered");
    editor.move_caret(Move::LineStart, false, layout);
    assert_eq!(caret(&editor), 10);
    editor.select(1, 1);
    editor.move_caret(Move::LineEnd, false, layout);
    assert_eq!(editor.selection().affinity, Affinity::Upstream);
    assert_eq!(caret(&editor), 5, "behind the space that ends the line");
    editor.move_caret(Move::LineStart, false, layout);
    assert_eq!(caret(&editor), 0, "it is still on its line");
    editor.move_caret(Move::Up, true, layout);
    assert_eq!(editor.selection().range(), 0..0);
    editor.move_caret(Move::By(1000.0), true, layout);
    assert_eq!(editor.selection().range().start, 0);
    assert!(editor.selection().focus >= 15);
    editor.select(17, 17);
    editor.move_caret(Move::Down, false, layout);
    assert_eq!(caret(&editor), 17);
    let hit = paragraph.hit(12.0, 30.0);
    editor.move_to(hit, false);
    assert_eq!(caret(&editor), 6);
}

#[test]
fn undo_takes_back_what_a_person_takes_for_a_step() {
    let mut editor = area("");
    for c in "ab cd".chars() {
        editor.insert(&c.to_string());
    }
    assert_eq!(editor.text(), "ab cd");
    editor.undo();
    assert_eq!(editor.text(), "ab ");
    editor.undo();
    assert_eq!((editor.text(), editor.can_undo()), ("", false));
    editor.redo();
    editor.redo();
    assert_eq!((editor.text(), caret(&editor), editor.can_redo()), ("ab cd", 5, false));
    editor.delete(Delete::Backward);
    editor.delete(Delete::Backward);
    editor.undo();
    assert_eq!(editor.text(), "ab cd", "deleting is one step");
    editor.select(0, 2);
    editor.insert("pasted text");
    editor.undo();
    assert_eq!((editor.text(), editor.selected_text()), ("ab cd", "ab"));
    editor.insert("x");
    assert!(!editor.can_redo(), "a new edit forgets what was taken back");
    // Neither steps nor text grow without bound.
    for _ in 0..1000 {
        editor.select(0, 0);
        editor.insert("y");
    }
    let mut steps = 0;
    while editor.undo().text_changed() {
        steps += 1;
    }
    assert_eq!(steps, 200);
}

#[test]
fn length_is_limited() {
    let mut editor = Editor::new(EditorOptions { max_length: Some(5), ..EditorOptions::default() });
    let change = editor.insert("abcdefg");
    assert!(change.cut && editor.text() == "abcde");
    assert_eq!(editor.insert("x"), Change { cut: true, ..Change::default() });
    editor.select(0, 3);
    editor.insert("wxyz");
    assert_eq!(editor.text(), "wxyde");
    editor.set_text("😀😀😀");
    assert_eq!(editor.text(), "😀😀", "no half characters");
    let mut unlimited = area("");
    unlimited.insert(&"x".repeat(1_200_000));
    assert_eq!(unlimited.len(), 1_000_000);
}

#[test]
fn types_have_rules() {
    for (kind, typed, taken) in [
        (InputType::Normal, "a1é你\n-", "a1é你-"),
        (InputType::Number, "a1.2-3 ４", "123"),
        (InputType::NumberDecimal, "1.2.3,4", "1.234"),
        (InputType::PhoneNumber, "+49 (0)30-1#*x.", "+49 (0)30-1#*"),
        (InputType::Email, "a b@c@d.é_e", "ab@cd._e"),
        (InputType::Password, "a B1!é你", "a B1!"),
        (InputType::NumberPassword, "a1", "1"),
        (InputType::UserName, "a é", "a é"),
    ] {
        let mut editor = field(kind);
        let change = editor.insert(typed);
        assert_eq!(editor.text(), taken, "{kind:?}");
        let rejected: String = typed.replace('\n', "");
        assert_eq!(change.rejected.chars().count(), rejected.chars().count() - taken.chars().count(), "{kind:?}");
    }
    let mut editor = field(InputType::NumberDecimal);
    editor.insert("1.5");
    assert_eq!(editor.insert(".").rejected, ".");
    editor.select_all();
    editor.insert(".");
    assert_eq!(editor.text(), ".", "what is replaced does not count");
    assert_eq!(editor.insert("x"), Change { rejected: "x".into(), ..Change::default() });
}

#[test]
fn filters_see_every_character() {
    let mut editor = field(InputType::Normal);
    let mut asked = Vec::new();
    let change = editor.insert_filtered("a1👍🏽2", &mut |c| {
        asked.push(c.to_owned());
        c.chars().all(|c| c.is_ascii_digit())
    });
    assert_eq!(asked, ["a", "1", "👍🏽", "2"]);
    assert_eq!((editor.text(), change.rejected.as_str()), ("12", "a👍🏽"));
}

#[test]
fn passwords_are_dots() {
    let mut editor = field(InputType::Password);
    editor.insert("abc");
    assert_eq!(editor.display_text(None), "•••");
    assert_eq!(editor.display_text(Some(2..3)), "••c");
    editor.set_text("x😀");
    assert_eq!(editor.display_text(None).encode_utf16().count(), editor.len());
    assert_eq!(field(InputType::Normal).display_text(None), "");
}

#[test]
fn input_methods_compose() {
    let mut editor = area("ab");
    editor.select(1, 1);
    editor.compose("n", None);
    editor.compose("ni", None);
    let change = editor.compose("nihao", Some(2));
    assert!(change.text_changed());
    assert_eq!((editor.text(), editor.composition(), caret(&editor)), ("anihaob", Some(1..6), 3));
    let change = editor.commit_composition(Some("你好"), &mut |_| true);
    assert_eq!(change.edit, Some(Edit { start: 1, removed: "nihao".into(), inserted: "你好".into() }));
    assert_eq!((editor.text(), editor.composition(), caret(&editor)), ("a你好b", None, 3));
    editor.undo();
    assert_eq!((editor.text(), caret(&editor)), ("ab", 1), "composing is one step");
    editor.redo();
    assert_eq!(editor.text(), "a你好b");

    // It may be given up, and then what was selected is back.
    editor.select(1, 3);
    editor.compose("x", None);
    assert_eq!(editor.text(), "axb");
    editor.cancel_composition();
    assert_eq!((editor.text(), editor.selected_text()), ("a你好b", "你好"));

    // Moving the caret or typing ends it with what is shown.
    editor.select(4, 4);
    editor.compose("pin", None);
    editor.move_caret(Move::Left, false, None);
    assert_eq!((editor.text(), editor.composition(), caret(&editor)), ("a你好bpin", None, 6));
    editor.undo();
    assert_eq!(editor.text(), "a你好b");

    // Committing without anything composed types.
    editor.select_all();
    editor.commit_composition(Some("z"), &mut |_| true);
    assert_eq!(editor.text(), "z");
    // Rules hold for the result.
    let mut number = field(InputType::Number);
    number.compose("abc", None);
    let change = number.commit_composition(Some("a1"), &mut |_| true);
    assert_eq!((number.text(), change.rejected.as_str()), ("1", "a"));
    let mut short = Editor::new(EditorOptions { max_length: Some(3), ..EditorOptions::default() });
    short.compose("abcdef", None);
    short.commit_composition(None, &mut |_| true);
    assert_eq!(short.text(), "abc");
    // All of it refused: nothing is left of what was shown.
    let mut number = field(InputType::Number);
    number.compose("abc", None);
    let change = number.commit_composition(None, &mut |_| true);
    assert_eq!((number.text(), change.edit.is_some()), ("", true));
}

#[test]
fn any_sequence_of_operations() {
    let mut state = 0x1234_5678_9ABC_DEF1_u64;
    let mut random = move |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound.max(1) as u64) as usize
    };
    const PARTS: [&str; 9] = ["a", " ", "👍🏽", "你好", "\n", "e\u{301}", "", "שלום", "long text, more"];
    for multi_line in [false, true] {
        let max_length = multi_line.then_some(60);
        let mut editor = Editor::new(EditorOptions { multi_line, max_length, input_type: InputType::Normal });
        let fonts = boxes();
        for step in 0..3000 {
            let part = PARTS[random(PARTS.len())];
            let before = editor.text().to_owned();
            let change = match random(16) {
                0..=3 => editor.insert(part),
                4 => editor.delete([Delete::Backward, Delete::Forward, Delete::WordBackward][random(3)]),
                5 => editor.compose(part, Some(random(9))),
                6 => editor.commit_composition(Some(part).filter(|_| random(2) == 0), &mut |_| true),
                7 => editor.cancel_composition(),
                8 => editor.undo(),
                9 => editor.redo(),
                10 => editor.select(random(70), random(70)),
                11 => editor.replace(random(70)..random(70), part),
                12 => editor.delete([Delete::WordForward, Delete::ToParagraphEnd, Delete::ToParagraphStart][random(3)]),
                _ => {
                    let paragraph = laid(&fonts, &ParagraphStyle::default(), &editor.display_text(None), 80.0);
                    let moves = [Move::Left, Move::Up, Move::Down, Move::WordRight, Move::LineEnd, Move::By(40.0)];
                    editor.move_caret(moves[random(moves.len())], random(2) == 0, Some(&paragraph))
                }
            };
            // The change says what happened, exactly.
            let units: Vec<u16> = before.encode_utf16().collect();
            let mut expected = before.clone();
            if let Some(edit) = &change.edit {
                let end = edit.start + edit.removed.encode_utf16().count();
                assert_eq!(String::from_utf16(&units[edit.start..end]).unwrap(), edit.removed, "step {step}");
                expected = String::from_utf16(&units[..edit.start]).unwrap()
                    + &edit.inserted
                    + &String::from_utf16(&units[end..]).unwrap();
            }
            assert_eq!(editor.text(), expected, "step {step}: {change:?}");
            assert!(editor.selection().range().end <= editor.len());
            assert!(editor.composition().is_none_or(|range| range.end <= editor.len()));
            if editor.len() > 500 {
                editor.set_text("");
            }
        }
    }
}

#[test]
fn input_methods_see_and_change_what_is_around_the_caret() {
    let mut editor = area("a你b😀c");
    editor.select(2, 3);
    assert_eq!(editor.surroundings(), ("a你b😀c".to_owned(), 5, 4), "bytes: the caret, and where selecting began");
    // What is composed is not there yet, and neither is what it takes the place of.
    editor.compose("ni", None);
    assert_eq!((editor.text(), editor.body().as_str()), ("a你ni😀c", "a你😀c"));
    assert_eq!(editor.surroundings(), ("a你😀c".to_owned(), 4, 4));
    assert!(!editor.delete_around(1, 1).text_changed(), "not while something is composed");
    editor.cancel_composition();
    assert_eq!(editor.selected_text(), "b");
    // Three bytes are one character; two of the four behind are none.
    editor.delete_around(3, 2);
    assert_eq!((editor.text(), editor.selected_text()), ("ab😀c", "b"));
    editor.delete_around(0, 100);
    assert_eq!(editor.text(), "ab");
    editor.undo();
    assert_eq!(editor.text(), "ab😀c");
}

#[test]
fn what_is_refused_brings_back_what_was_selected() {
    let mut editor = field(InputType::Number);
    editor.insert("123");
    editor.select(0, 2);
    editor.compose("x", None);
    assert_eq!(editor.text(), "x3");
    let change = editor.commit_composition(Some("y"), &mut |_| true);
    assert_eq!(editor.text(), "123");
    assert_eq!(change.edit, Some(Edit { start: 0, removed: "x".into(), inserted: "12".into() }));
}
