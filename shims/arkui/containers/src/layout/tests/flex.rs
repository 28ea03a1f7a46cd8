use super::{Laid, Spec, n, node, sized, with};
use concord_ui::value::Value;

fn items(sizes: &[(f32, f32)]) -> Vec<Spec> {
    sizes.iter().enumerate().map(|(i, (width, height))| sized(&format!("{i}"), *width, *height)).collect()
}

#[track_caller]
fn check(flex: Spec, expected: &[[f32; 4]]) {
    let laid = Laid::out(node("Row").child(flex.id("flex")));
    for (i, expected) in expected.iter().enumerate() {
        laid.expect("flex", &format!("{i}"), *expected);
    }
}

#[test]
fn items_shrink_by_size_and_factor() {
    let flex = node("Flex").size(120.0, 24.0).children(items(&[(50.0, 20.0); 3]));
    check(flex, &[[0.0, 0.0, 40.0, 20.0], [40.0, 0.0, 40.0, 20.0], [80.0, 0.0, 40.0, 20.0]]);
    let flex = node("Flex").size(120.0, 24.0).child(sized("0", 80.0, 20.0).call("flexShrink", n(0.0)));
    check(flex.child(sized("1", 80.0, 20.0)), &[[0.0, 0.0, 80.0, 20.0], [80.0, 0.0, 40.0, 20.0]]);
}

#[test]
fn items_grow() {
    let flex = node("Flex").size(120.0, 24.0).child(sized("0", 20.0, 20.0).call("flexGrow", n(1.0)));
    let flex = flex.child(sized("1", 20.0, 20.0).call("flexGrow", n(3.0)));
    check(flex, &[[0.0, 0.0, 40.0, 20.0], [40.0, 0.0, 80.0, 20.0]]);
}

#[test]
fn basis_replaces_the_main_size() {
    let flex = node("Flex").size(120.0, 24.0).child(sized("0", 20.0, 20.0).call("flexBasis", n(60.0)));
    check(flex.child(sized("1", 20.0, 20.0)), &[[0.0, 0.0, 60.0, 20.0], [60.0, 0.0, 20.0, 20.0]]);
}

#[test]
fn lines_break_in_both_directions() {
    let flex = with("Flex", [("wrap", n(1.0))]).size(120.0, 60.0).children(items(&[(50.0, 20.0); 3]));
    check(flex, &[[0.0, 0.0, 50.0, 20.0], [50.0, 0.0, 50.0, 20.0], [0.0, 20.0, 50.0, 20.0]]);
    let flex = with("Flex", [("wrap", n(2.0))]).size(120.0, 40.0).children(items(&[(50.0, 20.0); 3]));
    check(flex, &[[0.0, 20.0, 50.0, 20.0], [50.0, 20.0, 50.0, 20.0], [0.0, 0.0, 50.0, 20.0]]);
}

#[test]
fn directions() {
    let flex = |direction: f32, width: f32, height: f32| {
        with("Flex", [("direction", n(direction))]).size(width, height).children(items(&[(20.0, 20.0); 2]))
    };
    check(flex(2.0, 80.0, 24.0), &[[60.0, 0.0, 20.0, 20.0], [40.0, 0.0, 20.0, 20.0]]);
    check(flex(1.0, 40.0, 60.0), &[[0.0, 0.0, 20.0, 20.0], [0.0, 20.0, 20.0, 20.0]]);
    check(flex(3.0, 40.0, 60.0), &[[0.0, 40.0, 20.0, 20.0], [0.0, 20.0, 20.0, 20.0]]);
}

#[test]
fn align_self_comes_before_align_items() {
    let flex = with("Flex", [("alignItems", n(1.0))]).size(80.0, 60.0).child(sized("0", 20.0, 20.0));
    let flex = flex.child(sized("1", 20.0, 20.0).call("alignSelf", n(2.0)));
    let flex = flex.child(sized("2", 20.0, 20.0).call("alignSelf", n(3.0)));
    check(flex, &[[0.0, 0.0, 20.0, 20.0], [20.0, 20.0, 20.0, 20.0], [40.0, 40.0, 20.0, 20.0]]);
}

#[test]
fn stretch_fills_the_cross_axis() {
    let flex = with("Flex", [("alignItems", n(4.0))]).size(80.0, 60.0);
    let flex = flex.child(node("Stack").id("0").width(20.0)).child(node("Stack").id("1").width(20.0));
    check(flex, &[[0.0, 0.0, 20.0, 60.0], [20.0, 0.0, 20.0, 60.0]]);
}

#[test]
fn justify_and_end() {
    let flex = with("Flex", [("justifyContent", n(6.0)), ("alignItems", n(3.0))]).size(80.0, 60.0);
    check(flex.children(items(&[(20.0, 20.0); 2])), &[[0.0, 40.0, 20.0, 20.0], [60.0, 40.0, 20.0, 20.0]]);
}

#[test]
fn align_content_moves_lines() {
    for (align, tops) in [(2.0, [30.0, 50.0]), (6.0, [0.0, 80.0]), (3.0, [60.0, 80.0])] {
        let flex = with("Flex", [("wrap", n(1.0)), ("alignContent", n(align))]).size(60.0, 100.0);
        let flex = flex.children(items(&[(50.0, 20.0); 2]));
        check(flex, &[[0.0, tops[0], 50.0, 20.0], [0.0, tops[1], 50.0, 20.0]]);
    }
}

#[test]
fn space_on_both_axes() {
    let vp = |number: f32| Value::object([("value", n(number)), ("unit", n(1.0))]);
    let space = Value::object([("main", vp(10.0)), ("cross", vp(4.0))]);
    let flex = with("Flex", [("space", space), ("wrap", n(1.0))]).size(60.0, 100.0);
    let expected = [[0.0, 0.0, 20.0, 20.0], [30.0, 0.0, 20.0, 20.0], [0.0, 24.0, 20.0, 20.0]];
    check(flex.children(items(&[(20.0, 20.0); 3])), &expected);
}

#[test]
fn a_flex_takes_the_whole_length() {
    let laid = Laid::out(node("Flex").id("flex").child(sized("0", 20.0, 20.0)));
    laid.expect_size("flex", 360.0, 20.0);
}

#[test]
fn a_custom_component_with_attributes_is_an_item() {
    let wrapped = node("__Common__").id("cell").child(node("__Custom__").child(sized("inner", 30.0, 20.0)));
    let laid = Laid::out(node("Flex").id("flex").size(60.0, 24.0).child(wrapped));
    laid.expect("flex", "cell", [0.0, 0.0, 30.0, 20.0]);
}
