use super::{Laid, n, node, sized, text, with};
use concord_ui::value::Value;

fn three(name: &str) -> impl Iterator<Item = super::Spec> {
    (0..3).map(move |i| sized(&format!("{name}_{i}"), 20.0, 20.0))
}

const MAINS: [(f32, [f32; 3]); 6] = [
    (1.0, [0.0, 20.0, 40.0]),
    (2.0, [30.0, 50.0, 70.0]),
    (3.0, [60.0, 80.0, 100.0]),
    (6.0, [0.0, 50.0, 100.0]),
    (7.0, [10.0, 50.0, 90.0]),
    (8.0, [15.0, 50.0, 85.0]),
];

#[test]
fn main_axis() {
    for (justify, at) in MAINS {
        let row = node("Row").id("r").call("justifyContent", n(justify)).size(120.0, 24.0).children(three("r"));
        let column = node("Column").id("c").call("justifyContent", n(justify)).size(30.0, 120.0).children(three("c"));
        let laid = Laid::out(node("Column").child(row).child(column));
        for (i, at) in at.into_iter().enumerate() {
            laid.expect("r", &format!("r_{i}"), [at, 2.0, 20.0, 20.0]);
            laid.expect("c", &format!("c_{i}"), [5.0, at, 20.0, 20.0]);
        }
    }
}

#[test]
fn cross_axis() {
    for (align, at) in [(1.0, 0.0), (2.0, 20.0), (3.0, 40.0)] {
        let column = node("Column").id("c").call("alignItems", n(align)).size(60.0, 30.0);
        let row = node("Row").id("r").call("alignItems", n(align)).size(30.0, 60.0);
        let page =
            node("Column").child(column.child(sized("c0", 20.0, 20.0))).child(row.child(sized("r0", 20.0, 20.0)));
        let laid = Laid::out(page);
        laid.expect("c", "c0", [at, 0.0, 20.0, 20.0]);
        laid.expect("r", "r0", [0.0, at, 20.0, 20.0]);
    }
}

#[test]
fn content_sized_containers() {
    let column = with("Column", [("space", n(10.0))]).id("wrap");
    let column = column.child(sized("w0", 20.0, 20.0)).child(sized("w1", 50.0, 20.0)).child(sized("w2", 30.0, 20.0));
    let row = with("Row", [("space", n(6.0))]).id("hwrap");
    let row = row.child(sized("h0", 20.0, 20.0)).child(sized("h1", 20.0, 40.0));
    let laid = Laid::out(node("Column").child(column).child(row));
    laid.expect_size("wrap", 50.0, 80.0);
    laid.expect("wrap", "w0", [15.0, 0.0, 20.0, 20.0]);
    laid.expect("wrap", "w1", [0.0, 30.0, 50.0, 20.0]);
    laid.expect("wrap", "w2", [10.0, 60.0, 30.0, 20.0]);
    laid.expect_size("hwrap", 46.0, 40.0);
    laid.expect("hwrap", "h0", [0.0, 10.0, 20.0, 20.0]);
    laid.expect("hwrap", "h1", [26.0, 0.0, 20.0, 40.0]);
}

#[test]
fn reverse_and_right_to_left_start_at_the_other_end() {
    for (name, value) in [("reverse", Value::Bool(true)), ("direction", n(1.0))] {
        let row = node("Row").id("row").call(name, value).width(80.0);
        let laid = Laid::out(row.child(sized("a", 20.0, 20.0)).child(sized("b", 30.0, 20.0)));
        laid.expect("row", "a", [60.0, 0.0, 20.0, 20.0]);
        laid.expect("row", "b", [30.0, 0.0, 30.0, 20.0]);
    }
}

#[test]
fn right_to_left_is_not_inherited_and_swaps_start_and_end() {
    let row = node("Row").id("row").width(80.0).child(sized("a", 20.0, 20.0));
    let margin = Value::object([("start", n(5.0)), ("end", n(1.0))]);
    let outer = node("Column").id("outer").call("direction", n(1.0)).call("alignItems", n(1.0)).width(100.0);
    let moved = sized("moved", 10.0, 10.0).call("direction", n(1.0)).call("margin", margin);
    let laid = Laid::out(outer.child(row).child(moved));
    laid.expect("row", "a", [0.0, 0.0, 20.0, 20.0]);
    laid.expect("outer", "row", [20.0, 0.0, 80.0, 20.0]);
    laid.expect("outer", "moved", [85.0, 20.0, 10.0, 10.0]);
}

#[test]
fn children_that_are_too_large_begin_at_the_start() {
    let row = node("Row").id("row").call("justifyContent", n(2.0)).width(30.0);
    let laid = Laid::out(row.child(sized("a", 20.0, 20.0)).child(sized("b", 20.0, 20.0)));
    laid.expect("row", "a", [0.0, 0.0, 20.0, 20.0]);
    laid.expect("row", "b", [20.0, 0.0, 20.0, 20.0]);
}

#[test]
fn a_stretched_child_follows_the_largest() {
    let column = node("Column").id("c");
    let stretched = node("Row").id("s").height(10.0).call("alignSelf", n(4.0));
    let matching = node("Row").id("m").height(10.0).call("width", Value::object([("id_", text("matchParent"))]));
    let laid = Laid::out(column.child(sized("a", 70.0, 20.0)).child(stretched).child(matching));
    laid.expect("c", "s", [0.0, 20.0, 70.0, 10.0]);
    laid.expect("c", "m", [0.0, 30.0, 70.0, 10.0]);
}

#[test]
fn texts_stand_on_one_baseline() {
    let word = |id: &str, size: f32| {
        let mut word = node("Text").id(id).call("fontSize", n(size));
        word.calls.insert(0, ("create", vec![text("Word")]));
        word
    };
    let row = with("Flex", [("alignItems", n(5.0))]).id("row").child(word("small", 10.0)).child(word("large", 40.0));
    let mut laid = Laid::out(node("Row").child(row));
    let [small, large] = ["small", "large"].map(|id| laid.find(id));
    let tops = [small, large].map(|id| laid.tree.window_offset(id).y);
    let mut host = concord_ui::NoHost;
    let pass = concord_ui::Pass::new(&mut laid.tree, &mut host);
    let baselines = [(small, tops[0]), (large, tops[1])].map(|(id, top)| top + pass.baseline(id));
    assert!((baselines[0] - baselines[1]).abs() < 0.5, "{baselines:?}");
    assert!(tops[0] > tops[1] + 10.0, "{tops:?}");
}
