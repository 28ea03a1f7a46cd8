//! Spans, lines and selections of texts.

use crate::testing::{Scene, scene_of};
use concord_ui::geometry::Point;
use concord_ui::inspector;
use concord_ui::value::Value;

fn number(number: f64) -> Value {
    Value::Number(number)
}

fn content(scene: &Scene) -> String {
    let attributes = inspector::attributes(&scene.tree, scene.root);
    attributes.0["content"].as_str().unwrap_or_default().to_owned()
}

fn spans() -> (Scene, concord_ui::NodeId, concord_ui::NodeId) {
    let mut scene = scene_of("Text");
    let (first, second) = (scene.add(scene.root, "Span"), scene.add(scene.root, "Span"));
    scene.set(first, "create", &[Value::text("red ")]);
    scene.set(second, "create", &[Value::text("big")]);
    (scene, first, second)
}

#[test]
fn spans_are_one_text() {
    let (mut scene, first, second) = spans();
    scene.frame();
    assert_eq!(content(&scene), "red big");
    let (left, right) = (scene.rect(first), scene.rect(second));
    assert!(left.2 > 0.0 && (right.0 - left.2).abs() < 0.01, "they stand next to each other: {left:?} {right:?}");
    scene.set(second, "create", &[Value::text("huge")]);
    scene.set(second, "fontSize", &[number(32.0)]);
    scene.frame();
    assert_eq!(content(&scene), "red huge");
    assert!(scene.rect(second).2 > right.2 * 1.5);
}

#[test]
fn spans_inherit_what_they_do_not_say() {
    let (mut scene, first, _) = spans();
    scene.frame();
    let before = scene.rect(first).2;
    scene.set(scene.root, "fontSize", &[number(32.0)]);
    scene.frame();
    assert!((scene.rect(first).2 - before * 2.0).abs() < 0.5);
}

#[test]
fn a_container_span_holds_spans() {
    let mut scene = scene_of("Text");
    let container = scene.add(scene.root, "ContainerSpan");
    let (first, second) = (scene.add(container, "Span"), scene.add(container, "Span"));
    scene.set(first, "create", &[Value::text("ab")]);
    scene.set(second, "create", &[Value::text("cd")]);
    scene.frame();
    assert_eq!(content(&scene), "abcd");
    assert!(scene.is_shown(second) && scene.rect(second).0 > 0.0);
    scene.set(second, "create", &[Value::text("cdef")]);
    scene.frame();
    assert_eq!(content(&scene), "abcdef");
}

#[test]
fn a_span_of_two_lines_is_hit_on_its_lines_only() {
    let mut scene = scene_of("Text");
    scene.set(scene.root, "width", &[number(100.0)]);
    let (first, second) = (scene.add(scene.root, "Span"), scene.add(scene.root, "Span"));
    scene.set(first, "create", &[Value::text("12345678")]);
    scene.set(second, "create", &[Value::text(" 90 and more of this")]);
    scene.set(scene.root, "lineHeight", &[number(20.0)]);
    scene.frame();
    let component = scene.tree.get(second).expect("a span").component;
    let (_, _, width, height) = scene.rect(second);
    assert!(height > 39.0 && width > 90.0);
    assert!(!component.hits(&scene.tree, second, Point::new(1.0, 1.0)), "the first span stands there");
    assert!(component.hits(&scene.tree, second, Point::new(1.0, 61.0)));
}

#[test]
fn boxes_stand_in_the_text() {
    let mut scene = scene_of("Text");
    let (span, image) = (scene.add(scene.root, "Span"), scene.add(scene.root, "ImageSpan"));
    scene.set(span, "create", &[Value::text("pic ")]);
    scene.size(image, 20.0, 10.0);
    scene.frame();
    let (text, image) = (scene.rect(span), scene.rect(image));
    assert_eq!((image.2, image.3), (20.0, 10.0));
    assert!((image.0 - text.2).abs() < 0.5, "{image:?} after {text:?}");
}

#[test]
fn the_layout_manager_knows_the_lines() {
    let mut scene = scene_of("Text");
    scene.set(scene.root, "create", &[Value::text("a\nb\nc")]);
    scene.set(scene.root, "lineHeight", &[number(20.0)]);
    scene.frame();
    assert_eq!(scene.command(scene.root, "lineCount", &[]).as_i32(), Some(3));
    let line = scene.command(scene.root, "lineMetrics", &[number(1.0)]);
    assert_eq!((line.get("startIndex").as_i32(), line.get("topHeight").as_f32()), (Some(2), Some(60.0)));
    scene.set(scene.root, "maxLines", &[number(2.0)]);
    scene.frame();
    assert_eq!(scene.command(scene.root, "lineCount", &[]).as_i32(), Some(2));
    assert!(scene.command(scene.root, "lineMetrics", &[number(9.0)]).is_nullish());
}

#[test]
fn a_styled_string_replaces_the_content() {
    let mut scene = scene_of("Text");
    scene.set(scene.root, "create", &[Value::text("plain")]);
    let piece =
        Value::object([("text", Value::text("styled")), ("style", Value::object([("fontSize", number(30.0))]))]);
    scene.frame();
    let before = scene.rect(scene.root).3;
    scene.command(scene.root, "styledString", &[Value::array([piece])]);
    scene.frame();
    assert_eq!(content(&scene), "styled");
    assert!(scene.rect(scene.root).3 > before * 1.5);
}

#[test]
fn text_shrinks_to_fit() {
    let mut scene = scene_of("Text");
    scene.set(scene.root, "create", &[Value::text("a text that is long")]);
    scene.set(scene.root, "width", &[number(100.0)]);
    scene.set(scene.root, "maxLines", &[number(1.0)]);
    scene.frame();
    let before = scene.rect(scene.root).3;
    scene.set(scene.root, "minFontSize", &[number(6.0)]);
    scene.set(scene.root, "maxFontSize", &[number(16.0)]);
    scene.frame();
    assert!(scene.rect(scene.root).3 < before);
}

fn lines(scene: &mut Scene) -> i32 {
    let root = scene.root;
    scene.command(root, "lineCount", &[]).as_i32().expect("a number")
}

#[test]
fn line_heights_have_limits() {
    let mut scene = scene_of("Text");
    let root = scene.root;
    scene.set(root, "create", &[Value::text("a\nb")]);
    scene.set(root, "minLineHeight", &[number(40.0)]);
    scene.frame();
    assert_eq!(scene.rect(root).3, 80.0);
    scene.set(root, "maxLineHeight", &[number(10.0)]);
    scene.frame();
    assert_eq!(scene.rect(root).3, 80.0, "never less than the least");
    scene.set(root, "minLineHeight", &[Value::Undefined]);
    scene.frame();
    assert_eq!(scene.rect(root).3, 20.0);
}

#[test]
fn space_between_lines_is_also_around_them() {
    let mut scene = scene_of("Text");
    let root = scene.root;
    scene.set(root, "create", &[Value::text("a\nb")]);
    scene.set(root, "lineHeight", &[number(20.0)]);
    scene.set(root, "lineSpacing", &[number(10.0)]);
    scene.frame();
    assert_eq!(scene.rect(root).3, 60.0);
    let only = Value::object([("onlyBetweenLines", Value::Bool(true))]);
    scene.set(root, "lineSpacing", &[number(10.0), only]);
    scene.frame();
    assert_eq!(scene.rect(root).3, 50.0);
}

#[test]
fn tail_indents_make_lines_shorter() {
    let mut scene = scene_of("Text");
    let root = scene.root;
    scene.set(root, "create", &[Value::text("word ".repeat(12))]);
    scene.set(root, "width", &[number(200.0)]);
    scene.frame();
    let before = lines(&mut scene);
    scene.set(root, "tailIndents", &[Value::array([number(0.0), number(120.0)])]);
    scene.frame();
    assert!(lines(&mut scene) > before);
}

#[test]
fn a_marquee_runs_in_rounds() {
    let mut scene = scene_of("Text");
    let root = scene.root;
    scene.set(root, "create", &[Value::text("a line of text that does not fit into a hundred vp")]);
    scene.set(root, "width", &[number(100.0)]);
    scene.set(root, "textOverflow", &[Value::object([("overflow", number(3.0))])]);
    scene.set(root, "marqueeOptions", &[Value::object([("start", Value::Bool(true)), ("loop", number(2.0))])]);
    scene.listen(root, "onMarqueeStateChange");
    for _ in 0..100 {
        scene.frame();
        match scene.tree.ticker.next() {
            Some(due) => scene.tree.now = due,
            None => break,
        }
    }
    let event = |state: i32| format!("onMarqueeStateChange {state}");
    assert_eq!(scene.heard(), [event(0), event(1), event(1), event(2)]);
}

#[test]
fn a_shader_colours_the_text() {
    let mut scene = scene_of("Text");
    let root = scene.root;
    scene.set(root, "create", &[Value::text("████████")]);
    let stops = [("red", 0.0), ("blue", 1.0)].map(|(color, at)| Value::array([Value::text(color), number(at)]));
    let options = Value::object([("angle", number(90.0)), ("colors", Value::array(stops))]);
    scene.set(root, "shaderStyle", &[Value::object([("options", options)])]);
    let frame = concord_ui::testing::pixels(&mut scene);
    let rect = scene.rect(root);
    let at = |part: f32| frame.pixel((rect.2 * 3.0 * part) as u32, (rect.3 * 1.5) as u32);
    let (left, right) = (at(0.1), at(0.9));
    assert!(left.r > 150 && left.b < 100, "red first: {left:?}");
    assert!(right.b > 150 && right.r < 100, "blue last: {right:?}");
}

#[test]
fn what_can_be_done_with_a_text_is_marked_and_told_of() {
    let mut scene = scene_of("Text");
    let root = scene.root;
    scene.set(root, "create", &[Value::text("call 12345678 now")]);
    scene.answer("detect", Value::array([Value::array([0.0, 5.0, 13.0].map(number))]));
    let [detect, tapped] = ["detect", "tapped"].map(|name| Value::Callback(scene.handler(name)));
    scene.set(root, "enableDataDetector", &[Value::Bool(true), detect, tapped]);
    scene.set(root, "dataDetectorConfig", &[Value::object([("color", Value::text("#ff0000"))])]);
    let frame = concord_ui::testing::pixels(&mut scene);
    let red = (0..300).any(|x| {
        (0..100).any(|y| {
            let color = frame.pixel(x, y);
            color.r > 200 && color.g < 60 && color.b < 60 && color.a > 200
        })
    });
    assert!(red, "it has its colour");
    assert_eq!(scene.called(), ["detect 'call 12345678 now'"]);
    scene.frame();
    assert!(scene.called().is_empty(), "a text is looked through once");
    let component = scene.tree.get(root).expect("a node").component;
    assert!(component.reacts_to_click(&scene.tree, root));
    let tap = |scene: &mut Scene, x: f32| {
        component.on_click(
            &mut concord_ui::layout::Pass::new(&mut scene.tree, &mut scene.host),
            root,
            Point::new(x, 20.0),
        );
        scene.heard()
    };
    assert!(tap(&mut scene, 5.0).is_empty());
    let told = tap(&mut scene, 200.0);
    assert!(told.len() == 1 && told[0].starts_with("tapped 0 ?"), "{told:?}");
}
