use super::{Laid, Spec, n, node, sized, text, with};
use concord_ui::value::{Callback, Function, Value};
use std::any::Any;

fn col<const N: usize>(id: &str, options: [(&str, Value); N]) -> Spec {
    let inner = node("Stack").call("width", text("100%")).height(20.0);
    with("GridCol", options).id(id).child(inner)
}

fn row(columns: f32, width: f32) -> Spec {
    with("GridRow", [("columns", n(columns)), ("gutter", n(0.0))]).id("row").width(width)
}

#[test]
fn spans_and_offsets() {
    let g2 = col("g2", [("span", n(2.0)), ("offset", n(1.0))]);
    let page = row(12.0, 240.0).child(col("g3", [("span", n(3.0))])).child(col("g6", [("span", n(6.0))])).child(g2);
    let laid = Laid::out(page);
    laid.expect("row", "g3", [0.0, 0.0, 60.0, 20.0]);
    laid.expect("row", "g6", [60.0, 0.0, 120.0, 20.0]);
    laid.expect("row", "g2", [200.0, 0.0, 40.0, 20.0]);
}

#[test]
fn overflowing_spans_wrap() {
    let page = row(12.0, 240.0).child(col("a", [("span", n(8.0))])).child(col("b", [("span", n(8.0))]));
    let laid = Laid::out(page);
    laid.expect("row", "a", [0.0, 0.0, 160.0, 20.0]);
    laid.expect("row", "b", [0.0, 20.0, 160.0, 20.0]);
    laid.expect_size("row", 240.0, 40.0);
}

#[test]
fn gutters() {
    let gutter = Value::object([("x", n(8.0)), ("y", n(8.0))]);
    let page = with("GridRow", [("columns", n(4.0)), ("gutter", gutter)]).id("row").width(320.0);
    let cols = [("a", 1.0), ("b", 2.0), ("c", 2.0)].map(|(id, span)| col(id, [("span", n(span))]));
    let laid = Laid::out(page.children(cols));
    laid.expect("row", "a", [0.0, 0.0, 74.0, 20.0]);
    laid.expect("row", "b", [82.0, 0.0, 156.0, 20.0]);
    laid.expect("row", "c", [0.0, 28.0, 156.0, 20.0]);
}

#[test]
fn order_and_direction() {
    let cols = || [("second", 2.0), ("first", 1.0)].map(|(id, order)| col(id, [("order", n(order))]));
    let laid = Laid::out(row(4.0, 200.0).children(cols()));
    laid.expect("row", "first", [0.0, 0.0, 50.0, 20.0]);
    laid.expect("row", "second", [50.0, 0.0, 50.0, 20.0]);
    let reversed = with("GridRow", [("columns", n(4.0)), ("direction", n(1.0))]).id("row").width(200.0);
    let laid = Laid::out(reversed.children(cols()));
    laid.expect("row", "first", [150.0, 0.0, 50.0, 20.0]);
}

struct Heard;

impl Function for Heard {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn responsive(by_component: bool, limits: [&str; 3], width: f32) -> Spec {
    let columns = [("xs", 2.0), ("sm", 4.0), ("md", 8.0), ("lg", 12.0)].map(|(name, count)| (name, n(count)));
    let breakpoints =
        Value::object([("value", Value::array(limits.map(text))), ("reference", n(f32::from(u8::from(by_component))))]);
    let options = [("columns", Value::object(columns)), ("gutter", n(0.0)), ("breakpoints", breakpoints)];
    let row = with("GridRow", options).id("row").width(width);
    row.call("onBreakpointChange", Value::Callback(Callback::new(Heard))).child(col("c", [("span", n(1.0))]))
}

fn heard(laid: &mut Laid) -> Vec<String> {
    let events = std::mem::take(&mut laid.tree.events);
    events.iter().filter_map(|event| event.args.first()?.as_str().map(str::to_owned)).collect()
}

#[test]
fn breakpoints_of_the_window_and_of_the_component() {
    let mut laid = Laid::out(responsive(false, ["320vp", "600vp", "840vp"], 320.0));
    laid.expect("row", "c", [0.0, 0.0, 80.0, 20.0]);
    assert_eq!(heard(&mut laid), ["sm"]);
    let mut laid = Laid::out(responsive(true, ["100vp", "200vp", "400vp"], 240.0));
    laid.expect("row", "c", [0.0, 0.0, 30.0, 20.0]);
    assert_eq!(heard(&mut laid), ["md"]);
    laid.set("row", "width", n(80.0));
    laid.again();
    laid.expect("row", "c", [0.0, 0.0, 40.0, 20.0]);
    assert_eq!(heard(&mut laid), ["xs"]);
}

#[test]
fn rows_align_their_columns() {
    let tall = with("GridCol", [("span", n(1.0))]).child(sized("", 10.0, 60.0));
    let page = row(4.0, 200.0).call("alignItems", n(2.0)).child(tall).child(col("c", [("span", n(1.0))]));
    let stretched = col("s", [("span", n(1.0))]).call("alignSelf", n(4.0));
    let laid = Laid::out(page.child(stretched));
    laid.expect("row", "c", [50.0, 20.0, 50.0, 20.0]);
    laid.expect("row", "s", [100.0, 0.0, 50.0, 60.0]);
}
