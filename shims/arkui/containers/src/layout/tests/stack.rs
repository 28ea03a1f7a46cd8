use super::{Laid, n, node, sized, text, with};

#[test]
fn nine_alignments() {
    for i in 0..9_u8 {
        let stack = with("Stack", [("alignContent", n(f32::from(i)))]).id("s").size(60.0, 60.0);
        let laid = Laid::out(stack.child(sized("x", 20.0, 20.0)));
        laid.expect("s", "x", [f32::from(i % 3) * 20.0, f32::from(i / 3) * 20.0, 20.0, 20.0]);
    }
}

#[test]
fn a_stack_is_as_large_as_its_largest_children() {
    let laid = Laid::out(node("Stack").id("fit").child(sized("big", 80.0, 30.0)).child(sized("tall", 20.0, 50.0)));
    laid.expect_size("fit", 80.0, 50.0);
    laid.expect("fit", "big", [0.0, 10.0, 80.0, 30.0]);
    laid.expect("fit", "tall", [30.0, 0.0, 20.0, 50.0]);
}

#[test]
fn align_and_layout_gravity_place_children() {
    let stack = node("Stack").id("own").call("align", n(8.0)).size(60.0, 60.0).child(sized("a", 20.0, 20.0));
    let laid = Laid::out(stack.child(sized("b", 20.0, 20.0).call("layoutGravity", text("top_start"))));
    laid.expect("own", "a", [40.0, 40.0, 20.0, 20.0]);
    laid.expect("own", "b", [0.0, 0.0, 20.0, 20.0]);
}
