//! What nodes look like, by the colours of single pixels.
#![expect(clippy::expect_used, reason = "helpers of tests")]

use super::paint;
use crate::geometry::Size;
use crate::layout::{NoHost, Pass, layout_root};
use crate::testing::plain::PLAIN;
use crate::tree::{NodeId, Tree};
use crate::value::Value;
use concord_paint::{CpuRaster, Frame, Raster};

/// A white page of 100 × 100 px, one px per vp.
pub(super) struct Page {
    pub(super) tree: Tree,
    pub(super) root: NodeId,
}

pub(super) fn number(number: f64) -> Value {
    Value::Number(number)
}

pub(super) fn text(text: &str) -> Value {
    Value::text(text)
}

impl Page {
    pub(super) fn new() -> Page {
        let mut tree = Tree::new(&PLAIN);
        tree.environment.density = 1.0;
        let root = tree.create_named("Stack", -1).expect("a component");
        let mut page = Page { tree, root };
        page.set(root, "backgroundColor", &[text("#ffffff")]);
        page
    }

    pub(super) fn set(&mut self, node: NodeId, name: &str, args: &[Value]) {
        self.tree.set(node, name, args);
    }

    /// A box at a place.
    pub(super) fn add(&mut self, parent: NodeId, rect: [f64; 4], color: &str) -> NodeId {
        let node = self.tree.create_named("Stack", -1).expect("a component");
        self.tree.append(parent, node);
        let [x, y, width, height] = rect;
        self.set(node, "position", &[Value::object([("x", number(x)), ("y", number(y))])]);
        self.set(node, "width", &[number(width)]);
        self.set(node, "height", &[number(height)]);
        self.set(node, "backgroundColor", &[text(color)]);
        node
    }

    pub(super) fn draw(&mut self) -> Frame {
        layout_root(&mut Pass::new(&mut self.tree, &mut NoHost), self.root, Size::new(100.0, 100.0));
        let mut frame = Frame::new(100, 100).expect("a frame");
        CpuRaster::new().render(&paint(&self.tree, self.root), &mut frame, None);
        frame
    }
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

pub(super) const WHITE: u32 = 0xffff_ffff;
pub(super) const RED: u32 = 0xffff_0000;
pub(super) const BLUE: u32 = 0xff00_00ff;

#[test]
fn edges_of_a_border_have_their_own_widths_and_colours() {
    let mut page = Page::new();
    let node = page.add(page.root, [10.0, 10.0, 60.0, 40.0], "#00ff00");
    let edges = |left, right| Value::object([("left", left), ("right", right)]);
    page.set(node, "borderWidth", &[edges(number(10.0), number(4.0))]);
    page.set(node, "borderColor", &[edges(text("#ff0000"), text("#0000ff"))]);
    let frame = page.draw();
    assert_pixel(&frame, 15, 30, RED);
    assert_pixel(&frame, 67, 30, BLUE);
    assert_pixel(&frame, 40, 12, 0xff00_ff00);
    assert_pixel(&frame, 72, 30, WHITE);
}

#[test]
fn a_border_follows_round_corners() {
    let mut page = Page::new();
    let node = page.add(page.root, [0.0, 0.0, 60.0, 60.0], "#0000ff");
    page.set(
        node,
        "border",
        &[Value::object([("width", number(5.0)), ("color", text("#ff0000")), ("radius", number(30.0))])],
    );
    let frame = page.draw();
    assert_pixel(&frame, 2, 2, WHITE);
    assert_pixel(&frame, 30, 2, RED);
    assert_pixel(&frame, 30, 30, BLUE);
}

#[test]
fn opacity_acts_on_a_node_with_its_children_at_once() {
    let mut page = Page::new();
    let node = page.add(page.root, [0.0, 0.0, 50.0, 50.0], "#ff0000");
    page.add(node, [0.0, 0.0, 20.0, 20.0], "#0000ff");
    page.set(node, "opacity", &[number(0.5)]);
    let frame = page.draw();
    assert_pixel(&frame, 10, 10, 0xff80_80ff);
    assert_pixel(&frame, 40, 40, 0xffff_8080);
}

#[test]
fn children_are_cut_off_only_on_demand() {
    let mut page = Page::new();
    let node = page.add(page.root, [0.0, 0.0, 40.0, 40.0], "#00000000");
    page.add(node, [0.0, 0.0, 80.0, 80.0], "#ff0000");
    assert_pixel(&page.draw(), 60, 60, RED);
    page.set(node, "clip", &[Value::Bool(true)]);
    let frame = page.draw();
    assert_pixel(&frame, 60, 60, WHITE);
    assert_pixel(&frame, 20, 20, RED);
}

#[test]
fn gradients_run_between_the_edges() {
    let mut page = Page::new();
    let node = page.add(page.root, [0.0, 0.0, 100.0, 50.0], "#00000000");
    let stop = |color: &str, at: f64| Value::array([text(color), number(at)]);
    let colors = Value::array([stop("#ff0000", 0.0), stop("#0000ff", 1.0)]);
    page.set(node, "linearGradient", &[Value::object([("angle", number(90.0)), ("colors", colors.clone())])]);
    let frame = page.draw();
    assert_pixel(&frame, 1, 25, 0xfffb_0004);
    assert_pixel(&frame, 50, 25, 0xff7f_0080);
    assert_pixel(&frame, 98, 25, 0xff04_00fb);
    let middle = Value::array([number(50.0), number(25.0)]);
    let radial = [("center", middle), ("radius", number(20.0)), ("colors", colors)];
    page.set(node, "radialGradient", &[Value::object(radial)]);
    let frame = page.draw();
    assert_pixel(&frame, 50, 25, 0xfff9_0006);
    assert_pixel(&frame, 90, 25, BLUE);
}

#[test]
fn transforms_move_what_is_drawn() {
    let mut page = Page::new();
    let node = page.add(page.root, [20.0, 20.0, 40.0, 20.0], "#ff0000");
    page.set(node, "rotate", &[Value::object([("angle", number(90.0))])]);
    let frame = page.draw();
    assert_pixel(&frame, 40, 12, RED);
    assert_pixel(&frame, 22, 30, WHITE);
    page.set(node, "rotate", &[Value::Undefined]);
    page.set(node, "translate", &[Value::object([("x", number(30.0))])]);
    let frame = page.draw();
    assert_pixel(&frame, 80, 30, RED);
    assert_pixel(&frame, 30, 30, WHITE);
}

#[test]
fn filters_change_a_node_and_what_is_in_it() {
    let mut page = Page::new();
    let node = page.add(page.root, [0.0, 0.0, 40.0, 40.0], "#00000000");
    page.add(node, [0.0, 0.0, 40.0, 40.0], "#ff0000");
    page.set(node, "invert", &[number(1.0)]);
    assert_pixel(&page.draw(), 20, 20, 0xff00_ffff);
}

#[test]
fn blending_stays_within_a_group() {
    let mut page = Page::new();
    let group = page.add(page.root, [0.0, 0.0, 40.0, 40.0], "#00ff00");
    // `BlendMode.SRC_OVER` with `BlendApplyType.OFFSCREEN`, and `BlendMode.MULTIPLY`.
    page.set(group, "blendMode", &[number(4.0), number(1.0)]);
    let node = page.add(group, [0.0, 0.0, 20.0, 40.0], "#ff0000");
    page.set(node, "blendMode", &[number(25.0)]);
    let frame = page.draw();
    assert_pixel(&frame, 10, 20, 0xff00_0000);
    assert_pixel(&frame, 30, 20, 0xff00_ff00);
}

#[test]
fn shadows_lie_around_a_node() {
    let mut page = Page::new();
    let node = page.add(page.root, [30.0, 30.0, 40.0, 40.0], "#ffffff");
    page.set(node, "shadow", &[Value::object([("radius", number(10.0)), ("color", text("#000000"))])]);
    let frame = page.draw();
    assert!(frame.pixel(27, 50).to_argb() & 0xff < 0xf0);
    assert_pixel(&frame, 50, 50, WHITE);
    assert_pixel(&frame, 2, 2, WHITE);
}
