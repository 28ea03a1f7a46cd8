//! Parts, styles and typing.

use crate::testing::{Scene, scene_of};
use concord_ui::layout::Pass;
use concord_ui::value::Value;

fn number(number: f64) -> Value {
    Value::Number(number)
}

fn add(scene: &mut Scene, text: &str, size: f64) -> i32 {
    let style = Value::object([("fontSize", number(size))]);
    let root = scene.root;
    let index = scene.command(root, "addTextSpan", &[Value::text(text), Value::object([("style", style)])]);
    scene.frame();
    index.as_i32().expect("an index")
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

fn part(text: &str, size: f32) -> (String, f32) {
    (text.to_owned(), size)
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
    scene.command(root, "deleteSpans", &[Value::object([("start", number(5.0)), ("end", number(8.0))])]);
    assert_eq!(parts(&mut scene), [part("small", 10.0), part("ig", 30.0)]);
}

#[test]
fn styles_of_ranges_change() {
    let mut scene = scene_of("RichEditor");
    let root = scene.root;
    add(&mut scene, "abcdef", 10.0);
    let style = Value::object([("fontSize", number(20.0))]);
    let range = [("start", number(2.0)), ("end", number(4.0)), ("textStyle", style)];
    scene.command(root, "updateSpanStyle", &[Value::object(range)]);
    assert_eq!(parts(&mut scene), [part("ab", 10.0), part("cd", 20.0), part("ef", 10.0)]);
    scene.command(root, "setTypingStyle", &[Value::object([("fontSize", number(30.0))])]);
    scene.command(root, "setCaretOffset", &[number(1.0)]);
    kind(&mut scene, "X");
    assert_eq!(parts(&mut scene)[..3], [part("a", 10.0), part("X", 30.0), part("b", 10.0)]);
    scene.command(root, "setSelection", &[number(-1.0), number(-1.0)]);
    kind(&mut scene, "new");
    assert_eq!(parts(&mut scene), [part("new", 30.0)]);
}
