use super::*;
use crate::input::gesture::testing::{Named, Scene};
use crate::input::{MouseAction, MouseButton, MouseInput, mouse};
use crate::value::Value;

/// A box that can be dragged (2) beside one that takes drops (3).
fn scene() -> Scene {
    let mut scene = Scene::new();
    scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
    scene.add(1, 3, (300.0, 0.0, 100.0, 100.0));
    scene.node(2).common.input.get_or_insert_default().draggable = Some(true);
    for (node, event) in
        [(2, "onDragStart"), (2, "onDragEnd"), (3, "onDragEnter"), (3, "onDragMove"), (3, "onDragLeave"), (3, "onDrop")]
    {
        scene.on(node, event, event);
    }
    scene
}

fn answer(scene: &mut Scene, element: i32, event: &'static str, value: Value) {
    scene.node(element).common.events.insert(event, Callback::new(Named(event, value)));
}

#[test]
fn a_finger_that_rests_and_moves_drags() {
    let mut scene = scene();
    answer(&mut scene, 3, "onDrop", Value::Number(0.0));
    scene.down(0, 50.0, 50.0);
    scene.wait(500.0);
    scene.moved(0, 90.0, 50.0);
    assert_eq!(scene.log(), "onDragStart");
    scene.moved(0, 350.0, 50.0);
    scene.moved(0, 360.0, 50.0);
    assert_eq!(scene.log(), "onDragStart onDragEnter onDragMove");
    assert_eq!(scene.last_number("windowX"), 120.0);
    assert_eq!(scene.last_number("sourceElement"), 2.0);
    scene.up(0, 360.0, 50.0);
    assert_eq!(scene.log(), "onDragStart onDragEnter onDragMove onDrop onDragEnd");
    assert_eq!(scene.last_number("result"), 0.0);
    assert!(!scene.tree.input.drag.is_active());
}

#[test]
fn a_finger_that_moves_at_once_scrolls_instead() {
    let mut scene = scene();
    scene.drag((50.0, 50.0), (350.0, 50.0));
    assert_eq!(scene.log(), "");
}

#[test]
fn a_mouse_drags_at_once() {
    let mut scene = scene();
    let send = |scene: &mut Scene, action, x: f32| {
        let input = MouseInput { action, button: MouseButton::Left, position: Point::new(x, 50.0) };
        scene.pass(|pass, root| mouse(pass, root, &input));
    };
    send(&mut scene, MouseAction::Press, 50.0);
    send(&mut scene, MouseAction::Move, 55.0);
    assert_eq!(scene.log(), "onDragStart");
    send(&mut scene, MouseAction::Move, 350.0);
    send(&mut scene, MouseAction::Move, 500.0);
    assert_eq!(scene.log(), "onDragStart onDragEnter onDragLeave");
    send(&mut scene, MouseAction::Release, 500.0);
    assert_eq!(scene.log(), "onDragStart onDragEnter onDragLeave onDragEnd");
    assert_eq!(scene.last_number("result"), 1.0, "nobody took it");
}

#[test]
fn what_leaves_is_told_and_a_taken_finger_cancels() {
    let mut scene = scene();
    scene.down(0, 50.0, 50.0);
    scene.wait(500.0);
    for x in [350.0, 500.0, 350.0] {
        scene.moved(0, x, 50.0);
    }
    assert_eq!(scene.log(), "onDragStart onDragEnter onDragLeave onDragEnter");
    scene.pass(|pass, _| cancel(pass));
    assert_eq!(scene.log(), "onDragStart onDragEnter onDragLeave onDragEnter onDragLeave onDragEnd");
    assert_eq!(scene.last_number("result"), 2.0);
}

#[test]
fn the_app_hears_of_what_comes_before() {
    let mut scene = scene();
    scene.on(2, "onPreDrag", "pre");
    scene.on(2, "onTouch", "touch");
    scene.down(0, 50.0, 50.0);
    scene.wait(400.0);
    scene.up(0, 50.0, 50.0);
    assert_eq!(scene.log(), "touch pre touch");
    scene.host.names.clear();
    scene.down(0, 50.0, 50.0);
    scene.wait(900.0);
    scene.moved(0, 90.0, 50.0);
    // Detecting, ready, lifting, lifted; then the finger is taken away from `onTouch`.
    assert_eq!(scene.log(), "touch pre pre pre pre touch onDragStart touch");
}

#[test]
fn the_app_may_refuse() {
    let mut scene = scene();
    answer(&mut scene, 2, "onDragStart", Value::Bool(false));
    scene.down(0, 50.0, 50.0);
    scene.wait(500.0);
    scene.moved(0, 90.0, 50.0);
    scene.moved(0, 350.0, 50.0);
    scene.up(0, 350.0, 50.0);
    assert_eq!(scene.log(), "onDragStart");
}

#[test]
fn the_innermost_is_dragged_and_what_scrolls_around_it_waits() {
    let mut scene = scene();
    scene.add(2, 4, (0.0, 0.0, 50.0, 50.0));
    scene.node(4).common.input.get_or_insert_default().draggable = Some(true);
    scene.on(4, "onDragStart", "inner");
    let pan = crate::input::gesture::testing::gesture("Pan", &[], &[("onActionStart", "pan")]);
    scene.bind(1, crate::input::gesture::Priority::Low, &pan);
    scene.down(0, 20.0, 20.0);
    scene.wait(500.0);
    // 6 vp are enough for a pan, not for a drag.
    scene.moved(0, 38.0, 20.0);
    scene.moved(0, 90.0, 20.0);
    assert_eq!(scene.log(), "inner");
}

#[test]
fn a_drag_from_outside_meets_targets_only() {
    let mut scene = scene();
    answer(&mut scene, 3, "onDrop", Value::Number(0.0));
    assert!(scene.pass(|pass, root| offer(pass, root, Point::new(200.0, 50.0))));
    let at = |phase| TouchInput::finger(OUTSIDE, phase, Point::new(350.0, 50.0));
    scene.pass(|pass, root| pointer(pass, root, &at(TouchPhase::Move)));
    scene.pass(|pass, root| pointer(pass, root, &at(TouchPhase::Up)));
    assert_eq!(scene.log(), "onDragEnter onDrop");
}

#[test]
fn the_app_starts_a_drag_with_a_finger_that_is_down() {
    let mut scene = scene();
    assert!(!scene.pass(|pass, root| execute(pass, root, 0, None)), "no finger");
    scene.down(0, 200.0, 50.0);
    assert!(scene.pass(|pass, root| execute(pass, root, 0, None)));
    scene.moved(0, 350.0, 50.0);
    scene.up(0, 350.0, 50.0);
    assert_eq!(scene.log(), "onDragEnter onDrop");
}

#[test]
fn a_drag_that_leaves_the_window_goes_on_outside() {
    let mut scene = scene();
    answer(&mut scene, 3, "onDrop", Value::Number(0.0));
    let send = |scene: &mut Scene, action, x: f32| {
        let input = MouseInput { action, button: MouseButton::Left, position: Point::new(x, 50.0) };
        scene.pass(|pass, root| mouse(pass, root, &input));
    };
    let handed_over = |scene: &mut Scene| {
        send(scene, MouseAction::Press, 50.0);
        send(scene, MouseAction::Move, 55.0);
        send(scene, MouseAction::Move, 350.0);
        scene.pass(|pass, _| hand_over(pass));
        assert_eq!(scene.log(), "onDragStart onDragEnter onDragLeave");
        send(scene, MouseAction::Move, 360.0);
        assert_eq!(scene.log(), "onDragStart onDragEnter onDragLeave", "the mouse is not heard any more");
        scene.host.names.clear();
    };
    handed_over(&mut scene);
    assert!(scene.tree.input.drag.is_handed_over() && scene.tree.input.drag.pointer().is_none());
    // Another program takes it.
    scene.pass(|pass, _| ended_outside(pass, true));
    assert_eq!((scene.log().as_str(), scene.last_number("result")), ("onDragEnd", 0.0));
    scene.host.names.clear();
    // It comes back, and is dropped here.
    handed_over(&mut scene);
    scene.pass(|pass, root| desktop_pointer(pass, root, TouchPhase::Move, Point::new(350.0, 50.0)));
    assert!(scene.tree.input.drag.has_target());
    scene.pass(|pass, root| desktop_pointer(pass, root, TouchPhase::Up, Point::new(350.0, 50.0)));
    assert_eq!(scene.log(), "onDragEnter onDrop onDragEnd");
    assert_eq!(scene.tree.input.drag.result(), Some(0.0));
}
