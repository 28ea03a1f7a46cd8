use super::{Laid, Spec, n, node, sized, text};
use concord_ui::value::Value;

fn column(id: &str) -> Spec {
    node("Column").id(id).call("alignItems", n(1.0))
}

#[test]
fn limits_win_over_sizes() {
    let max = sized("max", 200.0, 20.0).call("constraintSize", Value::object([("maxWidth", n(120.0))]));
    let limits = Value::object([("minWidth", n(60.0)), ("minHeight", n(30.0))]);
    let min = sized("min", 20.0, 10.0).call("constraintSize", limits);
    let laid = Laid::out(column("box").size(240.0, 110.0).child(max).child(min));
    laid.expect_size("max", 120.0, 20.0);
    laid.expect_size("min", 60.0, 30.0);
}

#[test]
fn aspect_ratio_gives_the_other_side_and_stays_inside() {
    let ratio = |id: &str, ratio: f32| node("Stack").id(id).call("aspectRatio", n(ratio));
    let page = column("box").size(240.0, 110.0).child(ratio("w", 2.0).width(80.0)).child(ratio("h", 3.0).height(20.0));
    let laid = Laid::out(page.child(ratio("large", 1.0).width(200.0)));
    laid.expect_size("w", 80.0, 40.0);
    laid.expect_size("h", 60.0, 20.0);
    laid.expect_size("large", 110.0, 110.0);
    let laid = Laid::out(ratio("content", 2.0).child(sized("inner", 80.0, 10.0)));
    laid.expect_size("content", 80.0, 40.0);
}

#[test]
fn percentages_of_the_parent() {
    let half = node("Stack").id("half").call("width", text("50%")).call("height", text("50%"));
    let calc = node("Stack").id("calc").call("width", text("calc(100% - 20vp)")).height(20.0);
    let laid = Laid::out(column("box").size(200.0, 80.0).child(half).child(calc));
    laid.expect_size("half", 100.0, 40.0);
    laid.expect_size("calc", 180.0, 20.0);
}

#[test]
fn padding_border_and_margin() {
    let full = |id: &str| node("Stack").id(id).call("width", text("100%")).call("height", text("100%"));
    let padding = Value::object([("left", n(10.0)), ("top", n(5.0)), ("right", n(20.0)), ("bottom", n(15.0))]);
    let padded = node("Column").id("pad").call("padding", padding).size(100.0, 60.0).child(full("pad_in"));
    let bordered = node("Column").id("bor").call("border", Value::object([("width", n(4.0))])).size(60.0, 60.0);
    let bordered = bordered.call("margin", Value::object([("left", n(12.0)), ("top", n(6.0))])).child(full("bor_in"));
    let row = node("Row").id("row").call("alignItems", n(1.0)).size(300.0, 70.0);
    let laid = Laid::out(row.child(padded).child(bordered).child(sized("after", 20.0, 20.0)));
    laid.expect("pad", "pad_in", [10.0, 5.0, 70.0, 40.0]);
    laid.expect("bor", "bor_in", [4.0, 4.0, 52.0, 52.0]);
    laid.expect("row", "bor", [112.0, 6.0, 60.0, 60.0]);
    laid.expect("row", "after", [172.0, 0.0, 20.0, 20.0]);
}

#[test]
fn positions_and_offsets() {
    let at = |names: [&str; 2], values: [f32; 2]| Value::object([(names[0], n(values[0])), (names[1], n(values[1]))]);
    let column = column("po").size(200.0, 80.0).child(sized("a", 40.0, 20.0));
    let column = column.child(sized("b", 40.0, 20.0).call("offset", at(["x", "y"], [10.0, 5.0])));
    let column = column.child(sized("c", 40.0, 20.0));
    let column = column.child(sized("pos", 20.0, 20.0).call("position", at(["x", "y"], [100.0, 30.0])));
    let column = column.child(sized("edge", 20.0, 20.0).call("position", at(["right", "bottom"], [5.0, 10.0])));
    let mark = sized("mark", 20.0, 20.0).call("position", at(["x", "y"], [100.0, 0.0]));
    let mut laid = Laid::out(column.child(mark.call("markAnchor", at(["x", "y"], [10.0, 0.0]))));
    for _ in 0..2 {
        laid.expect("po", "a", [0.0, 0.0, 40.0, 20.0]);
        laid.expect("po", "b", [10.0, 25.0, 40.0, 20.0]);
        laid.expect("po", "c", [0.0, 40.0, 40.0, 20.0]);
        laid.expect("po", "pos", [100.0, 30.0, 20.0, 20.0]);
        laid.expect("po", "edge", [175.0, 50.0, 20.0, 20.0]);
        laid.expect("po", "mark", [90.0, 0.0, 20.0, 20.0]);
        laid.set("c", "width", n(40.0));
        laid.again();
    }
}

#[test]
fn visibility() {
    let rows = ["v1", "v2", "v3"].map(|id| sized(id, 40.0, 20.0));
    let mut laid = Laid::out(column("col").width(100.0).children(rows));
    laid.expect("col", "v3", [0.0, 40.0, 40.0, 20.0]);
    laid.set("v2", "visibility", n(2.0));
    laid.again();
    laid.expect("col", "v3", [0.0, 20.0, 40.0, 20.0]);
    laid.expect_size("col", 100.0, 40.0);
    laid.expect_gone("v2");
    laid.set("v2", "visibility", n(1.0));
    laid.again();
    laid.expect("col", "v3", [0.0, 40.0, 40.0, 20.0]);
    laid.expect_size("col", 100.0, 60.0);
}

#[test]
fn a_child_may_be_larger_than_its_parent() {
    let laid = Laid::out(column("box").size(100.0, 30.0).child(sized("over", 150.0, 20.0)));
    laid.expect("box", "over", [0.0, 0.0, 150.0, 20.0]);
}

#[test]
fn layout_policies() {
    let policy = |name: &str| Value::object([("id_", text(name))]);
    let parent = |child: Spec| column("p").size(100.0, 50.0).child(child.id("c"));
    let wide = || node("Row").child(sized("", 150.0, 20.0));
    let laid = Laid::out(parent(wide().call("width", policy("matchParent")).call("margin", n(5.0))));
    laid.expect("p", "c", [5.0, 5.0, 90.0, 20.0]);
    let laid = Laid::out(parent(wide().call("width", policy("wrapContent"))));
    laid.expect_size("c", 100.0, 20.0);
    let laid = Laid::out(parent(wide().call("width", policy("fixAtIdealSize"))));
    laid.expect_size("c", 150.0, 20.0);
}

#[test]
fn pages_lie_between_the_bars_of_the_system() {
    let mut tree = concord_ui::tree::Tree::new(&crate::testing::COMPONENTS);
    tree.environment.avoid_area = concord_ui::geometry::Edges { top: 90.0, bottom: 60.0, ..Default::default() };
    let full = || node("Column").call("width", text("100%")).call("height", text("100%"));
    let padded = full().id("padded").call("safeAreaPadding", n(10.0)).call("padding", n(5.0));
    let laid = Laid::with_tree(tree, full().id("page").child(padded.child(full().id("inner"))));
    laid.expect_size("page", 360.0, 730.0);
    assert_eq!(laid.tree.window_offset(laid.find("page")).y, 90.0);
    laid.expect("page", "inner", [15.0, 15.0, 330.0, 700.0]);
}

#[test]
fn a_changed_environment_lays_out_everything_again() {
    let mut word = node("Text").id("word").call("fontSize", n(20.0));
    word.calls.insert(0, ("create", vec![text("Word")]));
    let mut laid = Laid::out(column("box").child(sized("fixed", 10.0, 10.0)).child(word));
    let width = |laid: &Laid, id: &str| laid.tree.window_frame(laid.find(id)).size.width;
    let before = (width(&laid, "fixed"), width(&laid, "word"));
    laid.tree.configure(|environment| environment.density = 6.0);
    laid.again();
    assert_eq!(width(&laid, "fixed"), 2.0 * before.0);
    assert!((width(&laid, "word") - 2.0 * before.1).abs() < 3.0, "text is shaped again");
}
