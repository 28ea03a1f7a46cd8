//! Selecting by hand, in everything that shows text.

use crate::testing::{Scene, scene_of};
use concord_ui::geometry::Point;
use concord_ui::input::{MouseAction, MouseButton, MouseInput, TouchInput, TouchPhase, mouse, run_timers, touch};
use concord_ui::selection::{Handles, MenuReason, SelectPhase, act};
use concord_ui::{NodeId, Pass, Value};

const WORDS: &str = "first second third";

/// A text to select in, 200 px below the top.
fn page(name: &str) -> (Scene, NodeId) {
    let mut scene = scene_of("Column");
    let above = scene.add(scene.root, "Row");
    scene.size(above, 300.0, 66.0);
    let text = scene.add(scene.root, name);
    match name {
        "Text" => scene.set(text, "create", &[Value::text(WORDS)]),
        _ => scene.set(text, "create", &[Value::object([("text", Value::text(WORDS))])]),
    }
    scene.set(text, "copyOption", &[Value::Number(2.0)]);
    scene.listen(text, "onTextSelectionChange");
    scene.frame();
    scene.heard();
    (scene, text)
}

/// The middle of the caret before a character, in the window.
fn at(scene: &mut Scene, text: NodeId, index: usize) -> Point {
    let frame = scene.tree.window_frame(text);
    let places = scene.command(text, "caretAt", &[Value::Number(index as f64)]);
    let coordinate = |name: &str| places.get(name).as_f32().expect("a place");
    Point::new(frame.origin.x + coordinate("x") + 1.0, frame.origin.y + coordinate("y") + coordinate("height") / 2.0)
}

fn finger(scene: &mut Scene, phase: TouchPhase, at: Point) {
    let root = scene.root;
    touch(&mut Pass::new(&mut scene.tree, &mut scene.host), root, &TouchInput::finger(0, phase, at));
}

fn hold(scene: &mut Scene, at: Point) {
    finger(scene, TouchPhase::Down, at);
    scene.tree.now += 600.0;
    run_timers(&mut Pass::new(&mut scene.tree, &mut scene.host));
}

fn selection(scene: &mut Scene, text: NodeId) -> (i32, i32) {
    scene.frame();
    let places = scene.command(text, "selectionPlaces", &[]);
    (places.get("from").as_i32().expect("a number"), places.get("to").as_i32().expect("a number"))
}

#[test]
fn holding_selects_a_word_and_moving_selects_more() {
    for name in ["Text", "TextInput", "TextArea", "Search"] {
        let (mut scene, text) = page(name);
        if name == "Search" {
            scene.set(text, "create", &[Value::object([("value", Value::text(WORDS))])]);
            scene.frame();
        }
        let second = at(&mut scene, text, 8);
        hold(&mut scene, second);
        assert_eq!(selection(&mut scene, text), (6, 12), "{name}");
        let third = at(&mut scene, text, 15);
        finger(&mut scene, TouchPhase::Move, third);
        assert_eq!(selection(&mut scene, text), (6, 15), "{name}");
        let first = at(&mut scene, text, 2);
        finger(&mut scene, TouchPhase::Move, first);
        assert_eq!(selection(&mut scene, text), (2, 12), "{name}");
        finger(&mut scene, TouchPhase::Up, first);
        let selecting = scene.tree.selecting.expect("handles");
        assert_eq!((selecting.handles, selecting.menu), (Handles::Both, Some(MenuReason::LongPress)), "{name}");
    }
}

#[test]
fn handles_change_the_selection_and_may_cross() {
    let (mut scene, text) = page("Text");
    let second = at(&mut scene, text, 8);
    hold(&mut scene, second);
    finger(&mut scene, TouchPhase::Up, second);
    let mut drag = |phase, index| {
        let point = at(&mut scene, text, index);
        act(&mut Pass::new(&mut scene.tree, &mut scene.host), text, phase, point);
        selection(&mut scene, text)
    };
    assert_eq!(drag(SelectPhase::LastHandle, 14), (6, 14));
    assert_eq!(drag(SelectPhase::FirstHandle, 2), (2, 14));
    assert_eq!(drag(SelectPhase::LastHandle, 1), (1, 2), "it stands in front of the other now");
}

#[test]
fn a_touch_elsewhere_ends_it() {
    let (mut scene, text) = page("Text");
    let second = at(&mut scene, text, 8);
    hold(&mut scene, second);
    finger(&mut scene, TouchPhase::Up, second);
    scene.heard();
    finger(&mut scene, TouchPhase::Down, Point::new(10.0, 10.0));
    assert!(scene.tree.selecting.is_none());
    assert_eq!(selection(&mut scene, text), (0, 0));
    assert_eq!(scene.heard(), ["onTextSelectionChange -1 -1"]);
}

#[test]
fn without_copy_option_a_text_is_not_selected() {
    let (mut scene, text) = page("Text");
    scene.set(text, "copyOption", &[Value::Number(0.0)]);
    let second = at(&mut scene, text, 8);
    hold(&mut scene, second);
    assert!(scene.tree.selecting.is_none() && scene.heard().is_empty());
}

#[test]
fn the_mouse_selects_without_handles_and_has_a_menu() {
    for name in ["Text", "TextArea"] {
        let (mut scene, text) = page(name);
        let (from, to) = (at(&mut scene, text, 1), at(&mut scene, text, 9));
        let mut send = |action, button, position| {
            let root = scene.root;
            mouse(&mut Pass::new(&mut scene.tree, &mut scene.host), root, &MouseInput { action, button, position });
        };
        send(MouseAction::Press, MouseButton::Left, from);
        send(MouseAction::Move, MouseButton::Left, to);
        send(MouseAction::Release, MouseButton::Left, to);
        send(MouseAction::Press, MouseButton::Right, to);
        assert_eq!(selection(&mut scene, text), (1, 9), "{name}");
        let selecting = scene.tree.selecting.expect("a menu");
        assert_eq!((selecting.handles, selecting.menu), (Handles::None, Some(MenuReason::RightClick)), "{name}");
    }
}

#[test]
fn two_clicks_select_a_word_and_three_a_paragraph() {
    for name in ["Text", "TextInput"] {
        let (mut scene, text) = page(name);
        let second = at(&mut scene, text, 8);
        let mut tap = || {
            finger(&mut scene, TouchPhase::Down, second);
            finger(&mut scene, TouchPhase::Up, second);
            selection(&mut scene, text)
        };
        tap();
        assert_eq!(tap(), (6, 12), "{name}");
        assert_eq!(tap(), (0, 18), "{name}");
    }
}

#[test]
fn the_menu_cuts_copies_and_pastes() {
    let (mut scene, text) = page("TextInput");
    scene.listen(text, "onCopy");
    let mut choose = |phase| {
        act(&mut Pass::new(&mut scene.tree, &mut scene.host), text, phase, Point::ZERO);
        selection(&mut scene, text)
    };
    assert_eq!(choose(SelectPhase::SelectAll), (0, 18));
    choose(SelectPhase::Copy);
    assert_eq!(choose(SelectPhase::Cut), (0, 0));
    choose(SelectPhase::Paste);
    choose(SelectPhase::Paste);
    assert_eq!(scene.tree.clipboard, WORDS);
    let attributes = concord_ui::inspector::attributes(&scene.tree, text);
    assert_eq!(attributes.0["content"].as_str(), Some(&*WORDS.repeat(2)));
}

fn point(scene: &mut Scene, action: MouseAction, button: MouseButton, position: Point) {
    let root = scene.root;
    mouse(&mut Pass::new(&mut scene.tree, &mut scene.host), root, &MouseInput { action, button, position });
}

fn content(scene: &Scene, text: NodeId) -> String {
    concord_ui::inspector::attributes(&scene.tree, text).0["content"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_middle_button_inserts_what_was_selected_last() {
    let (mut scene, text) = page("TextInput");
    let (from, to, end) = (at(&mut scene, text, 0), at(&mut scene, text, 5), at(&mut scene, text, 18));
    point(&mut scene, MouseAction::Press, MouseButton::Left, from);
    point(&mut scene, MouseAction::Move, MouseButton::None, to);
    assert_eq!(scene.tree.take_selected(), None, "the mouse still selects");
    point(&mut scene, MouseAction::Release, MouseButton::Left, to);
    assert_eq!(scene.tree.take_selected().as_deref(), Some("first"));
    assert_eq!(scene.tree.take_selected(), None, "nothing new");
    point(&mut scene, MouseAction::Press, MouseButton::Middle, end);
    assert_eq!(content(&scene, text), format!("{WORDS}first"));
    assert_eq!(scene.tree.clipboard, "", "the clipboard is another thing");
}

#[test]
fn selected_text_is_dragged_to_another_place() {
    let (mut scene, text) = page("TextInput");
    let (from, to) = (at(&mut scene, text, 0), at(&mut scene, text, 6));
    let (inside, end) = (at(&mut scene, text, 2), at(&mut scene, text, 18));
    point(&mut scene, MouseAction::Press, MouseButton::Left, from);
    point(&mut scene, MouseAction::Move, MouseButton::None, to);
    point(&mut scene, MouseAction::Release, MouseButton::Left, to);
    assert_eq!(selection(&mut scene, text), (0, 6));
    // What is dragged is told by the library.
    scene.answer("drag", Value::text("first "));
    scene.tree.input.drag.listener = Some(scene.handler("drag"));
    point(&mut scene, MouseAction::Press, MouseButton::Left, inside);
    point(&mut scene, MouseAction::Move, MouseButton::None, Point::new(inside.x + 20.0, inside.y));
    assert!(scene.tree.input.drag.is_active());
    point(&mut scene, MouseAction::Move, MouseButton::None, end);
    point(&mut scene, MouseAction::Release, MouseButton::Left, end);
    assert_eq!(content(&scene, text), "second thirdfirst ");
    assert_eq!(selection(&mut scene, text), (12, 18), "what was dropped is selected");
    // A click without a movement only puts the caret there.
    let inside = at(&mut scene, text, 15);
    point(&mut scene, MouseAction::Press, MouseButton::Left, inside);
    point(&mut scene, MouseAction::Release, MouseButton::Left, inside);
    assert_eq!(selection(&mut scene, text), (15, 15));
}
