use super::{Laid, Spec, n, node, sized, with};
use concord_ui::value::Value;

fn weighted(id: &str, weight: f32) -> Spec {
    node("Stack").id(id).height(20.0).call("layoutWeight", n(weight))
}

#[test]
fn weights_share_the_main_axis_and_follow_changes() {
    let row = node("Row").id("row").size(300.0, 24.0);
    let mut laid = Laid::out(row.child(weighted("a", 1.0)).child(weighted("b", 2.0)));
    laid.expect("row", "a", [0.0, 2.0, 100.0, 20.0]);
    laid.expect("row", "b", [100.0, 2.0, 200.0, 20.0]);
    laid.set("b", "layoutWeight", n(5.0));
    laid.again();
    laid.expect("row", "a", [0.0, 2.0, 50.0, 20.0]);
    laid.expect("row", "b", [50.0, 2.0, 250.0, 20.0]);
}

#[test]
fn weights_share_what_fixed_items_leave() {
    let row = node("Row").id("row").size(300.0, 24.0).child(sized("f", 60.0, 20.0));
    let laid = Laid::out(row.child(weighted("a", 1.0)).child(weighted("b", 1.0).width(500.0)));
    laid.expect("row", "f", [0.0, 2.0, 60.0, 20.0]);
    laid.expect("row", "a", [60.0, 2.0, 120.0, 20.0]);
    laid.expect("row", "b", [180.0, 2.0, 120.0, 20.0]);
}

#[test]
fn space_and_margin_are_part_of_the_share() {
    let row = with("Row", [("space", n(10.0))]).id("row").size(300.0, 24.0);
    let second = weighted("b", 1.0).call("margin", Value::object([("left", n(10.0))]));
    let laid = Laid::out(row.child(weighted("a", 1.0)).child(second));
    laid.expect("row", "a", [0.0, 2.0, 145.0, 20.0]);
    laid.expect("row", "b", [165.0, 2.0, 135.0, 20.0]);
}

#[test]
fn weight_in_a_column() {
    let body = node("Stack").id("body").call("layoutWeight", n(1.0)).call("width", super::text("100%"));
    let laid = Laid::out(node("Column").id("c").size(60.0, 100.0).child(sized("head", 10.0, 20.0)).child(body));
    laid.expect("c", "body", [0.0, 20.0, 60.0, 80.0]);
}

#[test]
fn blank_takes_the_rest() {
    let row = node("Row").id("row").size(200.0, 24.0);
    let row = row.child(sized("l", 30.0, 20.0)).child(node("Blank").id("b")).child(sized("r", 40.0, 20.0));
    let laid = Laid::out(row);
    laid.expect("row", "b", [30.0, 0.0, 130.0, 24.0]);
    laid.expect("row", "r", [160.0, 2.0, 40.0, 20.0]);
}

#[test]
fn blank_keeps_its_minimum_and_needs_a_length() {
    let mut blank = node("Blank").id("b");
    blank.calls = vec![("create", vec![n(40.0)]), ("id", vec![super::text("b")])];
    let row = node("Row").id("row").size(200.0, 24.0);
    let laid = Laid::out(row.child(sized("l", 150.0, 20.0)).child(blank).child(sized("r", 30.0, 20.0)));
    laid.expect("row", "b", [150.0, 0.0, 40.0, 24.0]);
    laid.expect("row", "r", [190.0, 2.0, 30.0, 20.0]);
    let row = node("Row").id("row").child(sized("l", 150.0, 20.0)).child(node("Blank").id("b"));
    let laid = Laid::out(row.child(sized("r", 30.0, 20.0)));
    laid.expect_size("row", 180.0, 20.0);
}

#[test]
fn the_lowest_display_priority_is_hidden() {
    let item = |id: &str, priority: f32| sized(id, 50.0, 20.0).call("displayPriority", n(priority));
    let row = node("Row").id("row").size(120.0, 24.0);
    let mut laid = Laid::out(row.child(item("low", 1.0)).child(item("high", 3.0)).child(item("mid", 2.0)));
    laid.expect_gone("low");
    laid.expect("row", "high", [0.0, 2.0, 50.0, 20.0]);
    laid.expect("row", "mid", [50.0, 2.0, 50.0, 20.0]);
    laid.set("row", "width", n(150.0));
    laid.again();
    laid.expect("row", "low", [0.0, 2.0, 50.0, 20.0]);
    laid.expect("row", "high", [50.0, 2.0, 50.0, 20.0]);
}

#[test]
fn priorities_up_to_one_are_the_same() {
    let item = |id: &str, priority: f32| sized(id, 50.0, 20.0).call("displayPriority", n(priority));
    let laid = Laid::out(node("Row").id("row").width(60.0).child(item("a", 0.5)).child(item("b", 1.0)));
    laid.expect("row", "b", [50.0, 0.0, 50.0, 20.0]);
}
