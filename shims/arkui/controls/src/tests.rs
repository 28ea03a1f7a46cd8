//! What controls do and look like.
#![expect(clippy::expect_used, reason = "helpers of tests")]

use crate::testing::{Scene, scene_of};
use concord_paint::{CpuRaster, Frame, Raster};
use concord_ui::component::Setter;
use concord_ui::geometry::Point;
use concord_ui::input::key::code;
use concord_ui::input::{KeyInput, KeyPhase, TouchInput, TouchPhase, UiState};
use concord_ui::inspector;
use concord_ui::layout::Pass;
use concord_ui::pan::{PanEvent, PanPhase};
use concord_ui::tree::NodeId;
use concord_ui::value::{Args, Value};

pub(super) fn number(number: f64) -> Value {
    Value::Number(number)
}

pub(super) fn text(text: &str) -> Value {
    Value::text(text)
}

pub(super) fn flag(flag: bool) -> Value {
    Value::Bool(flag)
}

/// A control at the top left of a stack, and the stack.
pub(super) fn scene(component: &str, create: Value) -> (Scene, NodeId) {
    let mut scene = scene_of("Stack");
    let root = scene.root;
    scene.set(root, "alignContent", &[number(0.0)]);
    scene.set(root, "backgroundColor", &[text("#ffffff")]);
    let node = scene.add(root, component);
    scene.set(node, "create", &[create]);
    (scene, node)
}

/// A click at a part of a node's frame.
pub(super) fn click(scene: &mut Scene, node: NodeId, x: f32, y: f32) {
    scene.frame();
    let found = scene.tree.get(node).expect("a node");
    let (component, size) = (found.component, found.layout.size);
    assert!(component.reacts_to_click(&scene.tree, node));
    let at = Point::new(size.width * x, size.height * y);
    component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), node, at);
}

pub(super) fn touch(scene: &mut Scene, node: NodeId, phase: TouchPhase, x: f32, y: f32) {
    let found = scene.tree.get(node).expect("a node");
    let (component, frame) = (found.component, scene.tree.window_frame(node));
    let at = frame.origin + Point::new(frame.size.width * x, frame.size.height * y);
    let input = TouchInput::finger(0, phase, at);
    component.on_touch(&mut Pass::new(&mut scene.tree, &mut scene.host), node, &input);
}

pub(super) fn drag(scene: &mut Scene, node: NodeId, x: f32, y: f32) {
    let found = scene.tree.get(node).expect("a node");
    let (component, size) = (found.component, found.layout.size);
    let position = Point::new(size.width * x, size.height * y);
    let event = PanEvent { phase: PanPhase::Update, delta: Point::ZERO, velocity: Point::ZERO, position };
    component.on_pan(&mut Pass::new(&mut scene.tree, &mut scene.host), node, &event);
}

pub(super) fn key(scene: &mut Scene, node: NodeId, code: i32) -> bool {
    let component = scene.tree.get(node).expect("a node").component;
    let input = KeyInput::new(KeyPhase::Down, code);
    component.on_key(&mut Pass::new(&mut scene.tree, &mut scene.host), node, &input)
}

pub(super) fn attribute(scene: &Scene, node: NodeId, name: &str) -> String {
    let attributes = inspector::attributes(&scene.tree, node);
    attributes.0.get(name).and_then(|value| value.as_str()).unwrap_or("-").to_owned()
}

pub(super) fn draw(scene: &mut Scene) -> Frame {
    scene.frame();
    let mut frame = Frame::new(1080, 300).expect("a frame");
    CpuRaster::new().render(&concord_ui::scene::paint(&scene.tree, scene.root), &mut frame, None);
    frame
}

#[track_caller]
pub(super) fn assert_pixel(frame: &Frame, x: u32, y: u32, expected: u32) {
    let found = frame.pixel(x, y).to_argb();
    let near = (0..4).all(|channel| {
        let at = |argb: u32| i64::from(argb >> (8 * channel) & 0xff);
        (at(found) - at(expected)).abs() <= 4
    });
    assert!(near, "at {x},{y}: {found:08x} instead of {expected:08x}");
}

pub(super) const RED: u32 = 0xffff_0000;
pub(super) const BLUE: u32 = 0xff00_00ff;
pub(super) const WHITE: u32 = 0xffff_ffff;

#[test]
fn a_toggle_tells_of_changes_by_hand_and_by_code_but_not_of_its_first_value() {
    let options = |on: bool| Value::object([("type", number(1.0)), ("isOn", flag(on))]);
    let (mut scene, node) = scene("Toggle", options(true));
    scene.listen(node, "onChange");
    assert_eq!(scene.heard(), [""; 0]);
    assert!(scene.tree.ui_state(node).has(UiState::SELECTED));
    click(&mut scene, node, 0.5, 0.5);
    assert_eq!(scene.heard(), ["onChange false"]);
    assert_eq!(attribute(&scene, node, "isOn"), "false");
    scene.set(node, "create", &[options(false)]);
    assert_eq!(scene.heard(), [""; 0]);
    scene.set(node, "create", &[options(true)]);
    assert_eq!(scene.heard(), ["onChange true"]);
}

#[test]
fn a_switch_has_its_colour_and_its_point_at_the_side_that_says_on() {
    let (mut scene, node) = scene("Toggle", Value::object([("type", number(1.0)), ("isOn", flag(true))]));
    scene.size(node, 36.0, 20.0);
    scene.set(node, "selectedColor", &[text("#ff0000")]);
    scene.set(node, "switchPointColor", &[text("#0000ff")]);
    let frame = draw(&mut scene);
    assert_pixel(&frame, 78, 30, BLUE);
    assert_pixel(&frame, 30, 30, RED);
    click(&mut scene, node, 0.5, 0.5);
    scene.frame();
    let frame = draw(&mut scene);
    assert_ne!(frame.pixel(30, 30).to_argb(), BLUE, "the point is on its way");
    assert_ne!(frame.pixel(92, 30).to_argb(), RED, "and so is the colour");
    scene.rest();
    assert_pixel(&draw(&mut scene), 30, 30, BLUE);
}

#[test]
fn what_is_shown_follows_the_value() {
    let options = |value: f64| Value::object([("value", number(value))]);
    let (mut scene, node) = scene("Progress", options(0.0));
    scene.size(node, 100.0, 10.0);
    scene.set(node, "color", &[text("#ff0000")]);
    scene.frame();
    scene.set(node, "create", &[options(100.0)]);
    for _ in 0..6 {
        scene.frame();
    }
    let frame = draw(&mut scene);
    assert_eq!(frame.pixel(20, 15).to_argb(), RED);
    assert_ne!(frame.pixel(280, 15).to_argb(), RED);
    scene.rest();
    assert_pixel(&draw(&mut scene), 280, 15, RED);
    scene.set(node, "style", &[Value::object([("enableSmoothEffect", flag(false))])]);
    scene.set(node, "value", &[number(10.0)]);
    assert_ne!(draw(&mut scene).pixel(280, 15).to_argb(), RED, "at once");
}

/// Two checkboxes of a group and the group.
fn group() -> (Scene, NodeId, [NodeId; 2]) {
    let mut scene = scene_of("Column");
    let root = scene.root;
    let group = scene.add(root, "CheckboxGroup");
    scene.set(group, "create", &[Value::object([("group", text("g"))])]);
    let boxes = ["a", "b"].map(|name| {
        let node = scene.add(root, "Checkbox");
        scene.set(node, "create", &[Value::object([("name", text(name)), ("group", text("g"))])]);
        node
    });
    (scene, group, boxes)
}

#[test]
fn a_group_follows_its_checkboxes_and_sets_them() {
    let (mut scene, group, boxes) = group();
    scene.listen(group, "onChange");
    click(&mut scene, boxes[0], 0.5, 0.5);
    assert_eq!(scene.heard(), ["onChange ?"]);
    assert_eq!(attribute(&scene, group, "select"), "false");
    click(&mut scene, group, 0.5, 0.5);
    assert_eq!(boxes.map(|node| attribute(&scene, node, "select")), ["true", "true"]);
    assert_eq!(attribute(&scene, group, "select"), "true");
    click(&mut scene, group, 0.5, 0.5);
    assert_eq!(boxes.map(|node| attribute(&scene, node, "select")), ["false", "false"]);
}

#[test]
fn select_all_counts_less_than_what_a_checkbox_is_told() {
    let (mut scene, group, boxes) = group();
    scene.set(group, "selectAll", &[flag(true)]);
    scene.set(boxes[1], "select", &[flag(false)]);
    scene.frame();
    assert_eq!(boxes.map(|node| attribute(&scene, node, "select")), ["true", "false"]);
}

#[test]
fn one_radio_of_a_group_is_chosen_and_stays_so() {
    let mut scene = scene_of("Column");
    let root = scene.root;
    let [first, second, other] = ["g", "g", "h"].map(|group| {
        let node = scene.add(root, "Radio");
        scene.set(node, "create", &[Value::object([("value", text("v")), ("group", text(group))])]);
        node
    });
    scene.set(first, "checked", &[flag(true)]);
    scene.set(other, "checked", &[flag(true)]);
    scene.listen(first, "onChange");
    click(&mut scene, second, 0.5, 0.5);
    assert_eq!(scene.heard(), ["onChange false"]);
    click(&mut scene, second, 0.5, 0.5);
    let checked = [first, second, other].map(|node| attribute(&scene, node, "checked"));
    assert_eq!(checked, ["false", "true", "true"]);
}

fn slider(style: f64) -> (Scene, NodeId) {
    let options = [("value", 20.0), ("min", 0.0), ("max", 100.0), ("step", 10.0), ("style", style)];
    let (mut scene, node) = scene("Slider", Value::object(options.map(|(name, value)| (name, number(value)))));
    scene.size(node, 240.0, 40.0);
    scene.listen(node, "onChange");
    scene.frame();
    (scene, node)
}

#[test]
fn a_touch_beside_the_block_moves_it_and_says_click() {
    let (mut scene, node) = slider(0.0);
    touch(&mut scene, node, TouchPhase::Down, 0.5, 0.5);
    assert_eq!(scene.heard(), ["onChange 50 0"]);
    touch(&mut scene, node, TouchPhase::Up, 0.5, 0.5);
    assert_eq!(scene.heard(), ["onChange 50 3", "onChange 50 2"]);
}

#[test]
fn dragging_moves_in_steps() {
    let (mut scene, node) = slider(0.0);
    touch(&mut scene, node, TouchPhase::Down, 0.23, 0.5);
    assert_eq!(scene.heard(), ["onChange 20 0"]);
    drag(&mut scene, node, 0.41, 0.5);
    drag(&mut scene, node, 0.42, 0.5);
    drag(&mut scene, node, 2.0, 0.5);
    touch(&mut scene, node, TouchPhase::Up, 2.0, 0.5);
    assert_eq!(scene.heard(), ["onChange 40 1", "onChange 100 1", "onChange 100 2"]);
}

#[test]
fn keys_and_ranges_keep_a_slider_within_its_limits() {
    let (mut scene, node) = slider(0.0);
    let range = Value::object([("from", number(10.0)), ("to", number(30.0))]);
    scene.set(node, "slideRange", &[range]);
    for _ in 0..3 {
        assert!(key(&mut scene, node, code::DPAD_RIGHT));
    }
    assert_eq!(attribute(&scene, node, "value"), "30.000000");
    assert!(!key(&mut scene, node, code::DPAD_UP));
}

#[test]
fn a_vertical_slider_in_reverse_starts_at_the_bottom() {
    let options = [("value", 0.0), ("direction", 0.0)].map(|(name, value)| (name, number(value)));
    let [value, direction] = options;
    let (mut scene, node) = scene("Slider", Value::object([value, direction, ("reverse", flag(true))]));
    scene.size(node, 40.0, 100.0);
    scene.frame();
    touch(&mut scene, node, TouchPhase::Down, 0.5, 0.0);
    assert_eq!(attribute(&scene, node, "value"), "100.000000");
}

#[test]
fn slide_only_wants_the_block() {
    let (mut scene, node) = slider(0.0);
    scene.set(node, "sliderInteractionMode", &[number(1.0)]);
    touch(&mut scene, node, TouchPhase::Down, 0.8, 0.5);
    drag(&mut scene, node, 0.9, 0.5);
    touch(&mut scene, node, TouchPhase::Up, 0.9, 0.5);
    assert_eq!(attribute(&scene, node, "value"), "20.000000");
}

#[test]
fn stars_are_chosen_by_touch_and_drawn_in_parts() {
    let (mut scene, node) = scene("Rating", Value::object([("rating", number(2.5))]));
    scene.size(node, 150.0, 30.0);
    scene.listen(node, "onChange");
    let frame = draw(&mut scene);
    assert_pixel(&frame, 45, 48, 0xffff_bf00);
    assert_pixel(&frame, 2 * 90 + 35, 48, 0xffff_bf00);
    assert!(frame.pixel(2 * 90 + 55, 48).to_argb() != 0xffff_bf00);
    click(&mut scene, node, 0.7, 0.5);
    assert_eq!(scene.heard(), ["onChange 3.5"]);
    scene.set(node, "stepSize", &[number(1.0)]);
    click(&mut scene, node, 0.65, 0.5);
    assert_eq!(scene.heard(), ["onChange 4"]);
}

#[test]
fn a_counter_counts_at_its_ends_only() {
    let (mut scene, node) = scene("Counter", Value::Undefined);
    scene.listen(node, "onInc");
    scene.listen(node, "onDec");
    click(&mut scene, node, 0.9, 0.5);
    click(&mut scene, node, 0.5, 0.5);
    click(&mut scene, node, 0.1, 0.5);
    assert_eq!(scene.heard(), ["onInc", "onDec"]);
    scene.set(node, "enableInc", &[flag(false)]);
    click(&mut scene, node, 0.9, 0.5);
    assert_eq!(scene.heard(), [""; 0]);
    assert_eq!(scene.rect(node), (0.0, 0.0, 100.0, 32.0));
}

#[test]
fn a_line_is_coloured_up_to_its_value() {
    let (mut scene, node) = scene("Progress", Value::object([("value", number(50.0)), ("type", number(0.0))]));
    scene.size(node, 200.0, 10.0);
    scene.set(node, "color", &[text("#0000ff")]);
    scene.set(node, "backgroundColor", &[text("#ff0000")]);
    scene.set(node, "style", &[Value::object([("strokeWidth", number(10.0))])]);
    let frame = draw(&mut scene);
    assert_pixel(&frame, 150, 15, BLUE);
    assert_pixel(&frame, 450, 15, RED);
    // The page ends with it.
    assert_pixel(&frame, 450, 40, 0);
}

#[test]
fn rings_moons_and_capsules_show_their_value() {
    for (kind, lit, dark) in [(1.0, (144, 72), (1, 72)), (2.0, (30, 72), (120, 72)), (4.0, (30, 72), (120, 72))] {
        let create = Value::object([("value", number(50.0)), ("type", number(kind))]);
        let (mut scene, node) = scene("Progress", create);
        scene.size(node, 48.0, 48.0);
        scene.set(node, "color", &[text("#0000ff")]);
        scene.set(node, "backgroundColor", &[text("#ff0000")]);
        let frame = draw(&mut scene);
        let lit = if kind == 1.0 { (138, lit.1) } else { lit };
        let dark = if kind == 1.0 { (5, dark.1) } else { dark };
        assert_pixel(&frame, lit.0, lit.1, BLUE);
        assert_pixel(&frame, dark.0, dark.1, RED);
    }
}

#[test]
fn what_loads_asks_for_no_frames() {
    let (mut scene, node) = scene("LoadingProgress", Value::Undefined);
    scene.size(node, 40.0, 40.0);
    scene.rest();
    let before = draw(&mut scene);
    for _ in 0..20 {
        scene.frame();
    }
    assert_ne!(draw(&mut scene).data(), before.data());
    scene.set(node, "enableLoading", &[flag(false)]);
    assert_pixel(&draw(&mut scene), 60, 28, WHITE);
}

#[test]
fn a_badge_lies_above_its_child_without_a_size_of_its_own() {
    let style = Value::object([("badgeColor", text("#ff0000"))]);
    let create = |count: f64| Value::object([("count", number(count)), ("style", style.clone())]);
    let (mut scene, node) = scene("Badge", create(1.0));
    let child = scene.add(node, "Row");
    scene.size(child, 60.0, 30.0);
    let frame = draw(&mut scene);
    assert_eq!(scene.rect(node), (0.0, 0.0, 60.0, 30.0));
    assert_pixel(&frame, 180 - 6, 24, RED);
    assert_eq!(attribute(&scene, node, "value"), "1");
    scene.set(node, "create", &[create(100.0)]);
    assert_eq!(attribute(&scene, node, "value"), "99+");
    scene.set(node, "create", &[create(0.0)]);
    assert_pixel(&draw(&mut scene), 180 - 6, 24, WHITE);
}

#[test]
fn a_code_has_its_corner_marks() {
    let (mut scene, node) = scene("QRCode", text("concord"));
    scene.set(node, "color", &[text("#0000ff")]);
    // 21 modules of 9 px each.
    scene.size(node, 63.0, 63.0);
    let frame = draw(&mut scene);
    assert_pixel(&frame, 4, 4, BLUE);
    assert_pixel(&frame, 13, 13, WHITE);
    assert_pixel(&frame, 31, 31, BLUE);
}

#[test]
fn a_menu_opens_above_the_page_and_gives_what_is_chosen() {
    let option = |value: &str| Value::object([("value", text(value))]);
    let (mut scene, node) = scene("Select", Value::array([option("apple"), option("pear")]));
    scene.listen(node, "onSelect");
    click(&mut scene, node, 0.5, 0.5);
    scene.frame();
    let layer = scene.child(scene.root, 1);
    let options = scene.tree.frame_children(scene.child(scene.child(layer, 0), 0));
    assert_eq!(options.len(), 2);
    let (_, button_bottom) = (0.0, scene.rect(node).3);
    assert!(scene.rect(options[0]).1 >= button_bottom);
    click(&mut scene, options[1], 0.5, 0.5);
    assert_eq!(scene.heard(), ["onSelect 1 ?"]);
    assert_eq!(attribute(&scene, node, "value"), "pear");
    assert_eq!(scene.tree.frame_children(scene.root).len(), 1);
}

#[test]
fn a_menu_goes_with_its_button_and_by_a_click_beside_it() {
    let create = || Value::array([Value::object([("value", text("apple"))])]);
    let (mut scene, node) = scene("Select", create());
    click(&mut scene, node, 0.5, 0.5);
    scene.frame();
    let layer = scene.child(scene.root, 1);
    click(&mut scene, layer, 0.99, 0.99);
    assert_eq!(scene.tree.frame_children(scene.root).len(), 1);
    click(&mut scene, node, 0.5, 0.5);
    scene.tree.destroy(node);
    scene.rest();
    assert!(scene.tree.frame_children(scene.root).is_empty());
}

#[test]
fn a_picker_turns_by_clicks_drags_and_keys() {
    let range = Value::array(["a", "b", "c", "d"].map(text));
    let (mut scene, node) = scene("TextPicker", Value::object([("range", range), ("selected", number(1.0))]));
    scene.listen(node, "onChange");
    scene.size(node, 100.0, 200.0);
    click(&mut scene, node, 0.5, 0.7);
    assert_eq!(attribute(&scene, node, "value"), "c");
    scene.pull(node, 0.0, 36.0);
    scene.release(node);
    assert_eq!(attribute(&scene, node, "value"), "b");
    assert!(key(&mut scene, node, code::DPAD_DOWN) && key(&mut scene, node, code::DPAD_DOWN));
    assert!(key(&mut scene, node, code::DPAD_DOWN));
    assert_eq!(attribute(&scene, node, "value"), "d");
    assert_eq!(scene.heard().len(), 4);
}

#[test]
fn columns_follow_those_before_them() {
    let leaf = |name: &str| Value::object([("text", text(name))]);
    let branch = |name: &str, children: [&str; 2]| {
        Value::object([("text", text(name)), ("children", Value::array(children.map(leaf)))])
    };
    let range = Value::array([branch("x", ["x1", "x2"]), branch("y", ["y1", "y2"])]);
    let selected = Value::array([number(0.0), number(1.0)]);
    let (mut scene, node) = scene("TextPicker", Value::object([("range", range), ("selected", selected)]));
    scene.size(node, 100.0, 200.0);
    assert_eq!(attribute(&scene, node, "value"), "x,x2");
    click(&mut scene, node, 0.25, 0.7);
    assert_eq!(attribute(&scene, node, "value"), "y,y1");
}

#[test]
fn days_end_with_their_month_and_within_the_range() {
    let day = |year: f64, month: f64, day: f64| {
        Value::object([("year", number(year)), ("month", number(month)), ("day", number(day))])
    };
    let options =
        [("start", day(2024.0, 0.0, 10.0)), ("end", day(2024.0, 5.0, 20.0)), ("selected", day(2024.0, 0.0, 31.0))];
    let (mut scene, node) = scene("DatePicker", Value::object(options));
    scene.size(node, 300.0, 200.0);
    // From January 31 to February: the year is a leap year.
    click(&mut scene, node, 0.5, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "2024-2-29");
    click(&mut scene, node, 0.5, 0.3);
    assert_eq!(attribute(&scene, node, "selected"), "2024-1-29");
    scene.set(
        node,
        "create",
        &[Value::object([("start", day(2024.0, 0.0, 10.0)), ("selected", day(2020.0, 0.0, 1.0))])],
    );
    assert_eq!(attribute(&scene, node, "selected"), "2024-1-10");
}

#[test]
fn half_days_have_twelve_hours() {
    let time = Value::object([("hour", number(12.0)), ("minute", number(5.0))]);
    let (mut scene, node) = scene("TimePicker", Value::object([("selected", time)]));
    scene.size(node, 300.0, 200.0);
    // PM to AM.
    click(&mut scene, node, 0.1, 0.3);
    assert_eq!(attribute(&scene, node, "selected"), "00:05:00");
    scene.set(node, "useMilitaryTime", &[flag(true)]);
    click(&mut scene, node, 0.25, 0.7);
    assert_eq!(attribute(&scene, node, "selected"), "01:05:00");
}

#[test]
fn a_pattern_is_told_when_the_finger_is_lifted() {
    let (mut scene, node) = scene("PatternLock", Value::Undefined);
    scene.set(node, "sideLength", &[number(90.0)]);
    scene.listen(node, "onDotConnect");
    scene.listen(node, "onPatternComplete");
    scene.frame();
    touch(&mut scene, node, TouchPhase::Down, 0.16, 0.16);
    touch(&mut scene, node, TouchPhase::Move, 0.83, 0.16);
    touch(&mut scene, node, TouchPhase::Up, 0.83, 0.16);
    let dots = ["onDotConnect 0", "onDotConnect 1", "onDotConnect 2", "onPatternComplete ?"];
    assert_eq!(scene.heard(), dots);
    scene.command(node, "reset", &[]);
    touch(&mut scene, node, TouchPhase::Down, 0.5, 0.5);
    assert_eq!(scene.heard(), ["onDotConnect 4"]);
}

#[test]
fn what_is_bound_hears_of_a_change_before_the_handler() {
    let (mut scene, node) = scene("Checkbox", Value::object([("name", text("c"))]));
    scene.listen(node, "onChange");
    // A handler of the tests has a name only; the one that is set as an event can be taken from there.
    scene.listen(node, "onClick");
    let bound = scene.tree.get(node).and_then(|node| node.common.events.get("onClick")).cloned().expect("a handler");
    let component = scene.tree.get(node).expect("a node").component;
    let select = scene.tree.components().method(component, "select").expect("a method");
    let value = Value::object([("value", flag(false)), ("changeEvent", Value::Callback(bound))]);
    (select.apply)(&mut Setter { tree: &mut scene.tree, node }, Args(&[value]));
    click(&mut scene, node, 0.5, 0.5);
    assert_eq!(scene.heard(), ["onClick true", "onChange true"]);
}
