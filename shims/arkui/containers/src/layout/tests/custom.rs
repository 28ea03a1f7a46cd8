use super::{Laid, Spec, build, n, node, sized, with};
use crate::custom_layout;
use concord_ui::geometry::Size;
use concord_ui::layout::{Host, Pass};
use concord_ui::layout_root;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Callback, Function, Resource, Value};
use std::any::Any;
use std::sync::Arc;

/// The functions of the app; `stairs` are as in the gallery app: child i lies at (i * 20, i * 20).
#[derive(Clone, Copy)]
enum App {
    MeasureStairs,
    PlaceStairs,
}

impl Function for App {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

struct Stairs {
    node: NodeId,
    calls: usize,
}

impl Host for Stairs {
    fn call(&mut self, tree: &mut Tree, callback: &Callback, args: &[Value]) -> Value {
        self.calls += 1;
        let children: Vec<NodeId> = args[1]
            .as_array()
            .expect("children")
            .iter()
            .map(|number| tree.by_number(number.as_f64().expect("a number") as u64).expect("a child"))
            .collect();
        let node = self.node;
        let mut pass = Pass::new(tree, self);
        let (mut width, mut height): (f32, f32) = (0.0, 0.0);
        for (i, child) in children.into_iter().enumerate() {
            let at = i as f32 * 20.0;
            match callback.function().downcast_ref().expect("a function") {
                App::MeasureStairs => {
                    let limits = [("minWidth", n(0.0)), ("maxWidth", args[2].get("maxWidth").clone())];
                    let size = custom_layout::measure_child(&mut pass, node, child, &Value::object(limits));
                    width = width.max(at + size.width / 3.0);
                    height = height.max(at + size.height / 3.0);
                }
                App::PlaceStairs => {
                    let at = Value::object([("x", n(at)), ("y", n(at))]);
                    custom_layout::place_child(&mut pass, node, child, &at);
                }
            }
        }
        Value::object([("width", n(width)), ("height", n(height))])
    }

    fn build_item(&mut self, _: &mut Tree, _: NodeId, _: usize) -> Option<NodeId> {
        None
    }

    fn release_item(&mut self, _: &mut Tree, _: NodeId, _: NodeId) {}

    fn resource(&mut self, _: &Resource) -> Option<Arc<[u8]>> {
        None
    }
}

fn page() -> Spec {
    let mut stairs = node("__CustomLayout__").id("stairs").height(10.0);
    let functions = [App::MeasureStairs, App::PlaceStairs].map(|function| Value::Callback(Callback::new(function)));
    stairs.calls.push(("functions", functions.to_vec()));
    let steps = (0..3).map(|i| sized(&format!("s{i}"), 30.0, 20.0));
    let stairs = stairs.children([node("ForEach").children(steps)]);
    with("Column", [("space", n(10.0))])
        .id("page")
        .call("alignItems", n(1.0))
        .child(stairs)
        .child(sized("below", 60.0, 20.0))
}

/// Lays out with the app behind it; the first layout of [`Laid`] has none.
fn laid() -> (Laid, Stairs) {
    let mut laid = Laid::out(node("Column").id("empty"));
    let empty = laid.find("empty");
    build(&mut laid.tree, empty, page(), &mut 100);
    let mut app = Stairs { node: laid.find("stairs"), calls: 0 };
    laid.again_with(&mut app);
    (laid, app)
}

#[test]
fn the_app_measures_and_places() {
    let (mut laid, mut app) = laid();
    laid.expect_size("stairs", 70.0, 60.0);
    for i in 0..3_u8 {
        let at = f32::from(i) * 20.0;
        laid.expect("stairs", &format!("s{i}"), [at, at, 30.0, 20.0]);
    }
    laid.expect("page", "below", [0.0, 70.0, 60.0, 20.0]);
    laid.set("s2", "width", n(60.0));
    laid.again_with(&mut app);
    laid.expect_size("stairs", 100.0, 60.0);
    let calls = app.calls;
    laid.set("below", "height", n(30.0));
    laid.again_with(&mut app);
    assert_eq!(app.calls, calls, "nothing in the custom layout has changed");
}

#[test]
fn limits_come_before_the_size_of_a_child() {
    let (mut laid, mut app) = laid();
    let (stairs, child) = (laid.find("stairs"), laid.find("s0"));
    let limits = Value::object([("maxWidth", n(10.0)), ("minHeight", n(50.0))]);
    let mut pass = Pass::new(&mut laid.tree, &mut app);
    assert_eq!(custom_layout::measure_child(&mut pass, stairs, child, &limits), Size::new(30.0, 150.0));
    let stranger = laid.find("below");
    let mut pass = Pass::new(&mut laid.tree, &mut app);
    assert_eq!(custom_layout::measure_child(&mut pass, stairs, stranger, &limits), Size::ZERO);
    layout_root(&mut pass, stranger, Size::new(10.0, 10.0));
}
