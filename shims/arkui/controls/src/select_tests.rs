//! What menus of a `Select` look like and where they are.

use super::tests::{BLUE, RED, assert_pixel, attribute, click, draw, flag, number, scene, text};
use crate::testing::Scene;
use concord_ui::tree::NodeId;
use concord_ui::value::Value;

fn options<const N: usize>(names: [&str; N]) -> Value {
    Value::array(names.map(|name| Value::object([("value", text(name))])))
}

/// Opens the menu: its node, and its options.
fn open(scene: &mut Scene, node: NodeId) -> (NodeId, Vec<NodeId>) {
    click(scene, node, 0.5, 0.5);
    scene.frame();
    let menu = scene.child(scene.child(scene.root, 1), 0);
    let options = scene.tree.frame_children(scene.child(menu, 0));
    (menu, options)
}

fn colored(name: &str) -> Value {
    Value::object([("fontColor", text(name))])
}

#[test]
fn a_divider_may_have_room_of_its_own() {
    let (mut scene, node) = scene("Select", options(["a", "b"]));
    let style = [("strokeWidth", text("5vp")), ("color", text("#ff0000")), ("mode", number(1.0))];
    scene.set(node, "dividerStyle", &[Value::object(style)]);
    let (_, items) = open(&mut scene, node);
    let [first, second] = [items[0], items[1]].map(|item| scene.rect(item));
    assert_eq!((first.3, second.3), (48.0, 53.0));
    let frame = draw(&mut scene);
    let at = |vp: f32| (vp * 3.0) as u32;
    assert_pixel(&frame, at(second.0 + second.2 / 2.0), at(second.1 + 2.5), RED);
    let mut floating = self::scene("Select", options(["a", "b"]));
    floating.0.set(floating.1, "dividerStyle", &[Value::object([("strokeWidth", text("5vp"))])]);
    let (_, items) = open(&mut floating.0, floating.1);
    assert_eq!(floating.0.rect(items[1]).3, 48.0);
}

#[test]
fn options_are_as_wide_as_the_app_says() {
    let widths = |width: Value| {
        let (mut scene, node) = scene("Select", options(["a", "b"]));
        scene.size(node, 200.0, 40.0);
        scene.set(node, "optionWidth", &[width]);
        let (_, items) = open(&mut scene, node);
        scene.rect(items[0]).2
    };
    assert_eq!(widths(number(120.0)), 120.0);
    assert_eq!(widths(text("fit_trigger")), 192.0, "with the padding of the menu");
    assert_eq!(widths(text("fit_content")), 64.0);
}

#[test]
fn all_options_are_as_wide_as_the_widest() {
    let (mut scene, node) = scene("Select", options(["a", "a much longer option than the others"]));
    let (_, items) = open(&mut scene, node);
    let [one, other] = [items[0], items[1]].map(|item| scene.rect(item));
    assert_eq!((one.0, one.2), (other.0, other.2));
}

#[test]
fn pictures_stand_before_the_texts_of_options() {
    let option = Value::object([("value", text("a")), ("icon", text("none.png"))]);
    let (mut scene, node) = scene("Select", Value::array([option]));
    let (_, items) = open(&mut scene, node);
    let icon = scene.child(items[0], 0);
    let (row, picture) = (scene.rect(items[0]), scene.rect(icon));
    assert_eq!((picture.0 - row.0, picture.1 - row.1, picture.2), (12.0, 12.0, 24.0));
}

#[test]
fn modifiers_style_the_texts() {
    let (mut scene, node) = scene("Select", options(["mmmm", "b"]));
    scene.set(node, "selected", &[number(0.0)]);
    scene.frame();
    let before = scene.rect(node).2;
    scene.set(node, "textModifier", &[Value::object([("fontSize", number(32.0)), ("fontColor", text("#ff0000"))])]);
    scene.frame();
    assert!(scene.rect(node).2 > before + 20.0);
    scene.set(node, "selectedOptionTextModifier", &[colored("#0000ff")]);
    scene.set(node, "showDefaultSelectedIcon", &[flag(true)]);
    let (_, items) = open(&mut scene, node);
    let row = scene.rect(items[0]);
    let frame = draw(&mut scene);
    let blue = (0..(row.2 * 3.0) as u32).any(|x| {
        let at = |vp: f32| (vp * 3.0) as u32;
        frame.pixel(at(row.0) + x, at(row.1 + 24.0)).to_argb() == BLUE
    });
    assert!(blue, "the text of the chosen option is blue");
    assert_eq!(attribute(&scene, items[0], "selected"), "true");
}

#[test]
fn a_menu_that_avoids_its_button_is_lower_than_the_room_beside_it() {
    let names: Vec<Value> = (0..40).map(|_| Value::object([("value", text("a"))])).collect();
    let (mut scene, node) = scene("Select", Value::array(names));
    scene.set(node, "margin", &[Value::object([("top", number(500.0))])]);
    scene.set(node, "avoidance", &[number(1.0)]);
    let (menu, _) = open(&mut scene, node);
    let (button, menu) = (scene.rect(node), scene.rect(menu));
    assert!(menu.1 + menu.3 <= button.1, "{menu:?} covers {button:?}");
}
