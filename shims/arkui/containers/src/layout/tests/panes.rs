use super::{Laid, Spec, n, node, sized};
use concord_ui::value::Value;

#[test]
fn splits_have_dividers_between_children() {
    let split = node("ColumnSplit").id("split").size(100.0, 200.0);
    let laid = Laid::out(split.child(sized("a", 100.0, 50.0)).child(sized("b", 60.0, 50.0)));
    laid.expect("split", "a", [0.0, 0.0, 100.0, 50.0]);
    laid.expect("split", "b", [20.0, 50.33, 60.0, 50.0]);
    let margins = Value::object([("startMargin", n(4.0)), ("endMargin", n(6.0))]);
    let split = node("RowSplit").id("split").call("divider", margins);
    let laid = Laid::out(split.child(sized("a", 20.0, 50.0)).child(sized("b", 20.0, 50.0)));
    laid.expect("split", "b", [30.33, 0.0, 20.0, 50.0]);
}

fn side_bar(kind: f32, width: f32) -> Spec {
    let mut container = node("SideBarContainer").id("container").size(width, 100.0);
    container.calls[0] = ("create", vec![n(kind)]);
    container.child(sized("bar", 10.0, 10.0)).child(sized("main", 10.0, 10.0))
}

#[test]
fn a_side_bar_lies_beside_the_content_or_above_it() {
    let laid = Laid::out(side_bar(0.0, 700.0));
    laid.expect("container", "bar", [0.0, 0.0, 240.0, 100.0]);
    laid.expect("container", "main", [240.0, 0.0, 460.0, 100.0]);
    let laid = Laid::out(side_bar(2.0, 700.0).call("sideBarPosition", n(1.0)));
    laid.expect("container", "bar", [460.0, 0.0, 240.0, 100.0]);
    laid.expect("container", "main", [0.0, 0.0, 460.0, 100.0]);
    let laid = Laid::out(side_bar(1.0, 360.0));
    laid.expect("container", "bar", [0.0, 0.0, 240.0, 100.0]);
    laid.expect("container", "main", [0.0, 0.0, 360.0, 100.0]);
}

#[test]
fn a_side_bar_without_room_is_hidden_unless_told() {
    let laid = Laid::out(side_bar(0.0, 360.0));
    laid.expect_gone("bar");
    laid.expect("container", "main", [0.0, 0.0, 360.0, 100.0]);
    let laid = Laid::out(side_bar(0.0, 360.0).call("showSideBar", Value::Bool(true)));
    laid.expect("container", "main", [240.0, 0.0, 120.0, 100.0]);
}
