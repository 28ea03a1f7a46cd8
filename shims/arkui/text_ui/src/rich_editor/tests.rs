//! Parts, styles and typing.

use crate::testing::{Scene, scene_of};
use concord_ui::input::KeyInput;
use concord_ui::input::KeyPhase;
use concord_ui::input::key::code;
use concord_ui::layout::Pass;
use concord_ui::value::Value;

fn number(number: f64) -> Value {
    Value::Number(number)
}

fn sized(size: f64) -> Value {
    Value::object([("style", Value::object([("fontSize", number(size))]))])
}

fn add(scene: &mut Scene, text: &str, size: f64) -> i32 {
    let root = scene.root;
    let index = scene.command(root, "addTextSpan", &[Value::text(text), sized(size)]);
    scene.frame();
    index.as_i32().expect("an index")
}

fn range(start: f64, end: f64) -> [(&'static str, Value); 2] {
    [("start", number(start)), ("end", number(end))]
}

/// The texts of the parts and their font sizes.
fn parts(scene: &mut Scene) -> Vec<(String, f32)> {
    let root = scene.root;
    let spans = scene.command(root, "getSpans", &[]);
    let part = |span: &Value| {
        let size = span.get("textStyle").get("fontSize").as_f32().unwrap_or(0.0);
        (span.get("value").as_str().unwrap_or_default().to_owned(), size)
    };
    spans.as_array().unwrap_or_default().iter().map(part).collect()
}

fn kind(scene: &mut Scene, text: &str) {
    let root = scene.root;
    let component = scene.tree.get(root).expect("an editor").component;
    assert!(component.on_text(&mut Pass::new(&mut scene.tree, &mut scene.host), root, text));
    scene.frame();
}

fn press(scene: &mut Scene, code: i32) {
    let root = scene.root;
    let component = scene.tree.get(root).expect("an editor").component;
    let pass = &mut Pass::new(&mut scene.tree, &mut scene.host);
    assert!(component.on_key(pass, root, &KeyInput::new(KeyPhase::Down, code)));
    scene.frame();
}

fn part(text: &str, size: f32) -> (String, f32) {
    (text.to_owned(), size)
}

/// A box of 20 vp as a part.
fn add_box(scene: &mut Scene, options: Value) -> (concord_ui::NodeId, i32) {
    let root = scene.root;
    let inner = scene.add(root, "Row");
    scene.size(inner, 20.0, 20.0);
    let own = scene.tree.number(inner) as f64;
    let index = scene.command(root, "addNode", &[number(own), number(3.0), options]);
    scene.frame();
    (inner, index.as_i32().expect("an index"))
}

#[test]
fn parts_keep_their_styles_while_text_is_typed() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    scene.listen(root, "onReady");
    scene.frame();
    assert_eq!(scene.heard(), ["onReady"]);
    assert_eq!((add(&mut scene, "small", 10.0), add(&mut scene, "big", 30.0)), (0, 1));
    scene.command(root, "setCaretOffset", &[number(5.0)]);
    kind(&mut scene, "er");
    assert_eq!(parts(&mut scene), [part("smaller", 10.0), part("big", 30.0)]);
    scene.command(root, "deleteSpans", &[Value::object(range(5.0, 8.0))]);
    assert_eq!(parts(&mut scene), [part("small", 10.0), part("ig", 30.0)]);
}

#[test]
fn styles_of_ranges_change() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    add(&mut scene, "abcdef", 10.0);
    let style = Value::object([("fontSize", number(20.0))]);
    let [start, end] = range(2.0, 4.0);
    scene.command(root, "updateSpanStyle", &[Value::object([start, end, ("textStyle", style)])]);
    assert_eq!(parts(&mut scene), [part("ab", 10.0), part("cd", 20.0), part("ef", 10.0)]);
    scene.command(root, "setTypingStyle", &[Value::object([("fontSize", number(30.0))])]);
    scene.command(root, "setCaretOffset", &[number(1.0)]);
    kind(&mut scene, "X");
    assert_eq!(parts(&mut scene)[..3], [part("a", 10.0), part("X", 30.0), part("b", 10.0)]);
    scene.command(root, "setSelection", &[number(-1.0), number(-1.0)]);
    kind(&mut scene, "new");
    assert_eq!(parts(&mut scene), [part("new", 30.0)]);
}

#[test]
fn components_stand_in_the_text_and_go_with_it() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    add(&mut scene, "ab", 16.0);
    let (inner, index) = add_box(&mut scene, Value::object([("offset", number(1.0))]));
    assert_eq!(index, 1);
    assert_eq!(parts(&mut scene).len(), 3);
    let (x, _, width, _) = scene.rect(inner);
    assert!(x > 0.0 && width == 20.0 && scene.is_shown(inner), "after the first character: {x}");
    // Typing before it moves it on.
    scene.command(root, "setCaretOffset", &[number(0.0)]);
    kind(&mut scene, "more ");
    assert!(scene.rect(inner).0 > x);
    let released = scene.handler("released");
    scene.command(root, "onReleased", &[Value::Callback(released)]);
    scene.command(root, "setCaretOffset", &[number(7.0)]);
    press(&mut scene, code::DEL);
    assert_eq!(parts(&mut scene), [part("more a", 16.0), part("b", 16.0)]);
    let number = scene.tree.number(inner);
    assert_eq!(scene.heard(), [format!("released {number}")]);
    assert!(scene.tree.frame_parent(inner).is_none());
}

#[test]
fn paragraphs_have_styles() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    scene.set(root, "width", &[number(200.0)]);
    add(&mut scene, "one\ntwo", 16.0);
    let x = |scene: &mut Scene, index: f64| {
        scene.command(root, "caretAt", &[number(index)]).get("x").as_f32().expect("a caret")
    };
    assert_eq!((x(&mut scene, 0.0), x(&mut scene, 4.0)), (0.0, 0.0));
    let style = Value::object([("textAlign", number(1.0)), ("leadingMargin", number(10.0))]);
    let [start, end] = range(5.0, 6.0);
    scene.command(root, "updateParagraphStyle", &[Value::object([start, end, ("style", style)])]);
    scene.frame();
    assert_eq!(x(&mut scene, 0.0), 0.0, "another paragraph");
    assert!(x(&mut scene, 4.0) > 200.0, "in the middle of 600 px");
    let all = scene.command(root, "getParagraphs", &[]);
    let all = all.as_array().expect("paragraphs");
    assert_eq!(all.len(), 2);
    assert_eq!(all[1].get("style").get("textAlign").as_i32(), Some(1));
    assert!(all[0].get("style").get("textAlign").is_nullish());
}

#[test]
fn handlers_refuse_changes() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    add(&mut scene, "abc", 16.0);
    scene.answer("onWillChange", Value::Bool(false));
    scene.listen(root, "onWillChange");
    kind(&mut scene, "d");
    press(&mut scene, code::DEL);
    assert_eq!(parts(&mut scene), [part("abc", 16.0)]);
    scene.answer("onWillChange", Value::Bool(true));
    kind(&mut scene, "d");
    assert_eq!(parts(&mut scene), [part("abcd", 16.0)]);
}

#[test]
fn steps_are_taken_back_without_what_is_no_text() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    add(&mut scene, "ab", 16.0);
    add_box(&mut scene, Value::object([]));
    scene.command(root, "setSelection", &[number(0.0), number(3.0)]);
    press(&mut scene, code::DEL);
    assert!(parts(&mut scene).is_empty());
    concord_ui::input::key(
        &mut Pass::new(&mut scene.tree, &mut scene.host),
        &KeyInput::new(KeyPhase::Down, code::CTRL_LEFT),
    );
    press(&mut scene, code::A + 25);
    assert_eq!(parts(&mut scene).iter().map(|(text, _)| text.as_str()).collect::<String>(), "ab");
}

#[test]
fn a_single_line_has_no_newlines_and_submits() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    scene.set(root, "width", &[number(100.0)]);
    scene.set(root, "singleLine", &[Value::Bool(true)]);
    scene.frame();
    kind(&mut scene, "a long line\nthat does not fit into a hundred vp");
    assert_eq!(scene.command(root, "lineCount", &[]).as_i32(), Some(1));
    let caret = scene.command(root, "caretAt", &[]).get("x").as_f32().expect("a caret");
    assert!((0.0..=300.0).contains(&caret), "it is scrolled to: {caret}");
}
