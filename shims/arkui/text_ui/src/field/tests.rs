//! Typing, rules, and who hears of them.

use crate::testing::{Scene, scene_of};
use concord_ui::geometry::Point;
use concord_ui::input::key::code;
use concord_ui::input::{self, KeyInput, KeyPhase};
use concord_ui::inspector;
use concord_ui::layout::Pass;
use concord_ui::value::Value;

fn number(number: f64) -> Value {
    Value::Number(number)
}

fn field(name: &str) -> Scene {
    let mut scene = scene_of(name);
    scene.size(scene.root, 200.0, 40.0);
    scene.set(scene.root, "create", &[Value::object([("placeholder", Value::text("hint"))])]);
    scene.frame();
    scene
}

/// Does something to the component as input does.
fn on(scene: &mut Scene, act: impl FnOnce(&mut Pass<'_>, concord_ui::NodeId, &'static dyn concord_ui::Component)) {
    let root = scene.root;
    let component = scene.tree.get(root).expect("a field").component;
    act(&mut Pass::new(&mut scene.tree, &mut scene.host), root, component);
    scene.frame();
}

fn kind(scene: &mut Scene, text: &str) {
    on(scene, |pass, node, component| assert!(component.on_text(pass, node, text)));
}

fn press(scene: &mut Scene, code: i32) -> bool {
    let mut used = false;
    on(scene, |pass, node, component| used = component.on_key(pass, node, &KeyInput::new(KeyPhase::Down, code)));
    used
}

fn attribute(scene: &Scene, name: &str) -> String {
    let attributes = inspector::attributes(&scene.tree, scene.root);
    attributes.0[name].as_str().unwrap_or_default().to_owned()
}

#[test]
fn typing_changes_the_text_and_tells() {
    let mut scene = field("TextInput");
    let root = scene.root;
    scene.listen(root, "onTextSelectionChange");
    assert_eq!((attribute(&scene, "content"), attribute(&scene, "placeholder")), (String::new(), "hint".to_owned()));
    kind(&mut scene, "ab");
    assert_eq!(attribute(&scene, "content"), "ab");
    assert_eq!(scene.heard(), ["onTextSelectionChange 2 2"]);
    assert!(press(&mut scene, code::DEL));
    assert_eq!(attribute(&scene, "content"), "a");
    assert!(press(&mut scene, code::MOVE_HOME) && press(&mut scene, code::A));
    assert_eq!(attribute(&scene, "content"), "aa");
    assert!(!press(&mut scene, code::TAB), "the focus moves on");
}

#[test]
fn rules_limit_what_is_taken() {
    let mut scene = field("TextInput");
    let root = scene.root;
    scene.set(root, "maxLength", &[number(3.0)]);
    kind(&mut scene, "abcdef");
    assert_eq!(attribute(&scene, "content"), "abc");
    let mut scene = field("TextInput");
    let root = scene.root;
    scene.set(root, "type", &[number(2.0)]);
    kind(&mut scene, "a1b2");
    assert_eq!(attribute(&scene, "content"), "12");
}

#[test]
fn the_app_sets_the_text_and_hears_of_that() {
    let mut scene = field("TextInput");
    let root = scene.root;
    scene.listen(root, "onTextSelectionChange");
    let options = |text: &str| [Value::object([("text", Value::object([("value", Value::text(text))]))])];
    scene.set(root, "create", &options("code"));
    assert_eq!(attribute(&scene, "content"), "code");
    assert_eq!(scene.heard(), ["onTextSelectionChange 4 4"]);
    scene.set(root, "create", &options("code"));
    assert!(scene.heard().is_empty(), "nothing has changed");
}

#[test]
fn areas_have_lines_and_grow() {
    let mut scene = scene_of("TextArea");
    let root = scene.root;
    scene.set(root, "width", &[number(200.0)]);
    scene.frame();
    let before = scene.rect(root).3;
    assert!((before - 40.0).abs() < 0.5, "{before}");
    kind(&mut scene, "one");
    for _ in 0..2 {
        assert!(press(&mut scene, code::ENTER));
    }
    kind(&mut scene, "three");
    assert_eq!(attribute(&scene, "content"), "one\n\nthree");
    assert!(scene.rect(root).3 > before);
    assert_eq!(scene.command(root, "lineCount", &[]).as_i32(), Some(3));
}

#[test]
fn long_text_scrolls_to_the_caret() {
    let mut scene = field("TextInput");
    let root = scene.root;
    kind(&mut scene, &"long ".repeat(30));
    let component = scene.tree.get(root).expect("a field").component;
    assert!(component.pan_axis(&scene.tree, root).is_some());
    let at = |scene: &mut Scene| scene.command(root, "caretOffset", &[]).get("x").as_f32().expect("a caret");
    let end = at(&mut scene);
    assert!((0.0..=600.0).contains(&end), "the caret is in the field: {end}");
    scene.command(root, "caretPosition", &[number(0.0)]);
    scene.frame();
    let start = at(&mut scene);
    assert!((start - 48.0).abs() < 1.0, "behind the padding: {start}");
}

#[test]
fn enter_submits_and_ends_editing() {
    let mut scene = scene_of("root");
    let input = scene.add(scene.root, "TextInput");
    scene.frame();
    scene.listen(input, "onEditChange");
    let pass = &mut Pass::new(&mut scene.tree, &mut scene.host);
    input::request_focus(pass, input).expect("a field takes the focus");
    assert_eq!(scene.heard(), ["onEditChange true"]);
    let pass = &mut Pass::new(&mut scene.tree, &mut scene.host);
    assert!(input::key(pass, &KeyInput::new(KeyPhase::Down, code::ENTER)));
    assert_eq!(scene.heard(), ["onEditChange false"]);
}

#[test]
fn a_blinking_caret_wakes_nobody() {
    let mut scene = scene_of("root");
    let input = scene.add(scene.root, "TextInput");
    scene.frame();
    input::request_focus(&mut Pass::new(&mut scene.tree, &mut scene.host), input).expect("the focus");
    scene.rest();
    assert!(scene.tree.ticker.next().is_none());
}

#[test]
fn the_eye_shows_a_password() {
    let mut scene = field("TextInput");
    let root = scene.root;
    scene.set(root, "type", &[number(7.0)]);
    scene.listen(root, "onSecurityStateChange");
    kind(&mut scene, "secret");
    let hidden = scene.command(root, "contentRect", &[]).get("width").as_f32();
    // The icon stands at the end, before the padding of 16 vp.
    on(&mut scene, |pass, node, component| component.on_click(pass, node, Point::new(600.0 - 48.0 - 30.0, 60.0)));
    assert_eq!(scene.heard(), ["onSecurityStateChange true"]);
    assert_ne!(scene.command(root, "contentRect", &[]).get("width").as_f32(), hidden);
}

#[test]
fn a_search_has_a_button_and_clears() {
    let mut scene = field("Search");
    let root = scene.root;
    scene.set(root, "searchButton", &[Value::text("GO")]);
    scene.frame();
    let button = scene.child(root, 0);
    let (x, _, width, _) = scene.rect(button);
    assert!((x + width - 198.0).abs() < 0.5 && width > 28.0, "at the end: {x} {width}");
    kind(&mut scene, "needle");
    assert_eq!(attribute(&scene, "content"), "needle");
    let cancel = Point::new((x - 2.0 - 8.0) * 3.0, 60.0);
    on(&mut scene, |pass, node, component| component.on_click(pass, node, cancel));
    assert_eq!(attribute(&scene, "content"), "");
}

#[test]
fn text_that_nobody_edits_is_cut() {
    let mut scene = field("TextArea");
    let root = scene.root;
    scene.set(root, "maxLines", &[number(2.0)]);
    scene.set(root, "textOverflow", &[number(2.0)]);
    scene.set(root, "create", &[Value::object([("text", Value::text("words ".repeat(60)))])]);
    scene.frame();
    assert_eq!(scene.command(root, "lineCount", &[]).as_i32(), Some(2));
    on(&mut scene, |pass, node, component| component.on_focus(pass, node, true));
    assert!(scene.command(root, "lineCount", &[]).as_i32() > Some(2));
}

#[test]
fn a_unit_stands_at_the_end_of_an_underlined_field() {
    let mut scene = field("TextInput");
    let root = scene.root;
    let unit = scene.add(root, "Row");
    scene.size(unit, 30.0, 20.0);
    let own = scene.tree.number(unit) as f64;
    scene.command(root, "unit", &[number(own)]);
    scene.set(root, "showUnderline", &[Value::Bool(true)]);
    scene.frame();
    let (x, _, width, _) = scene.rect(unit);
    assert!((x + width - 200.0).abs() < 0.5, "{x} {width}");
}

#[test]
fn a_search_button_may_wait_for_text() {
    let mut scene = field("Search");
    let root = scene.root;
    scene.listen(root, "onSubmit");
    let waits = Value::object([("autoDisable", Value::Bool(true))]);
    scene.set(root, "searchButton", &[Value::text("GO"), waits]);
    scene.frame();
    let button = scene.child(root, 0);
    let click = |scene: &mut Scene| {
        let component = scene.tree.get(button).expect("a button").component;
        component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), button, Point::ZERO);
        scene.called().iter().filter(|call| call.starts_with("onSubmit")).count()
    };
    assert_eq!(click(&mut scene), 0);
    kind(&mut scene, "needle");
    assert_eq!(click(&mut scene), 1);
}

#[test]
fn everything_is_selected_by_two_negative_ends() {
    let mut scene = field("TextInput");
    let root = scene.root;
    kind(&mut scene, "text");
    scene.command(root, "setTextSelection", &[number(-1.0), number(-1.0)]);
    let range = scene.command(root, "selectionRange", &[]);
    assert_eq!((range.get("start").as_i32(), range.get("end").as_i32()), (Some(0), Some(4)));
}

#[test]
fn a_caret_blinks_while_somebody_looks() {
    let mut scene = field("TextInput");
    let root = scene.root;
    let component = scene.tree.get(root).expect("a node").component;
    scene.frame();
    let focus = |scene: &mut Scene, gained: bool| {
        component.on_focus(&mut concord_ui::layout::Pass::new(&mut scene.tree, &mut scene.host), root, gained);
    };
    focus(&mut scene, true);
    scene.rest();
    assert_eq!(scene.tree.ticker.next(), None, "nobody is woken up for it");
    focus(&mut scene, false);
    scene.tree.watched_live = true;
    focus(&mut scene, true);
    for _ in 0..90 {
        scene.frame();
    }
    let (next, now) = (scene.tree.ticker.next().expect("the next blink"), scene.tree.now);
    assert!(next > now && next <= now + 500.0, "{next} at {now}");
    focus(&mut scene, false);
    scene.rest();
}
