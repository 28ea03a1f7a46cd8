use super::{Laid, Spec, n, node, sized, text};
use concord_ui::value::Value;

fn tie(anchor: &str, align: f32) -> Value {
    Value::object([("anchor", text(anchor)), ("align", n(align))])
}

fn ruled<const N: usize>(id: &str, width: f32, rules: [(&str, Value); N]) -> Spec {
    sized(id, width, 20.0).call("alignRules", Value::object(rules))
}

const BOX: &str = "__container__";

fn container() -> Spec {
    let line = |id: &str, direction: f32, start: Value| {
        let position = Value::object([("start", start)]);
        Value::object([("id", text(id)), ("direction", n(direction)), ("position", position)])
    };
    let wall = [("id", text("wall")), ("direction", n(1.0)), ("referencedId", Value::array([text("ra"), text("rb")]))];
    let rules = Value::object([("center", tie(BOX, 2.0)), ("middle", tie(BOX, 2.0))]);
    let wide = Value::object([("left", tie(BOX, 1.0)), ("right", tie("ra", 1.0)), ("bottom", tie(BOX, 3.0))]);
    let bias = Value::object([("horizontal", n(0.25))]);
    let children = [
        sized("ra", 40.0, 40.0).call("alignRules", rules),
        ruled("rb", 30.0, [("left", tie("ra", 3.0)), ("top", tie("ra", 1.0))]),
        ruled("rc", 20.0, [("right", tie(BOX, 3.0)), ("bottom", tie(BOX, 3.0))]),
        ruled("rd", 40.0, [("left", tie(BOX, 1.0)), ("right", tie(BOX, 3.0)), ("top", tie(BOX, 1.0)), ("bias", bias)]),
        node("Stack").id("re").height(20.0).call("alignRules", wide),
        ruled("rf", 20.0, [("left", tie("guide", 1.0)), ("top", tie("hguide", 1.0))]),
        ruled("rg", 20.0, [("left", tie("wall", 3.0)), ("bottom", tie("ra", 3.0))]),
    ];
    node("RelativeContainer")
        .id("rel")
        .call("guideLine", Value::array([line("guide", 0.0, n(30.0)), line("hguide", 1.0, text("25%"))]))
        .call("barrier", Value::array([Value::object(wall)]))
        .size(200.0, 200.0)
        .children(children)
}

#[test]
fn ties_guidelines_and_barriers() {
    let mut laid = Laid::out(container());
    laid.expect("rel", "ra", [80.0, 80.0, 40.0, 40.0]);
    laid.expect("rel", "rb", [120.0, 80.0, 30.0, 20.0]);
    laid.expect("rel", "rc", [180.0, 180.0, 20.0, 20.0]);
    laid.expect("rel", "rd", [40.0, 0.0, 40.0, 20.0]);
    laid.expect("rel", "re", [0.0, 180.0, 80.0, 20.0]);
    laid.expect("rel", "rf", [30.0, 50.0, 20.0, 20.0]);
    laid.expect("rel", "rg", [150.0, 100.0, 20.0, 20.0]);
    laid.set("rb", "width", n(60.0));
    laid.again();
    laid.expect("rel", "rb", [120.0, 80.0, 60.0, 20.0]);
    laid.expect("rel", "rg", [180.0, 100.0, 20.0, 20.0]);
}

/// A horizontal chain of children 40 wide with a style at its head.
fn chain(count: usize, style: f32, width: f32) -> Spec {
    let name = |index: usize| format!("c{index}");
    let member = |index: usize| {
        let left = if index == 0 { tie(BOX, 1.0) } else { tie(&name(index - 1), 3.0) };
        let right = if index + 1 == count { tie(BOX, 3.0) } else { tie(&name(index + 1), 1.0) };
        let mut member = ruled(&name(index), 40.0, [("left", left), ("right", right), ("top", tie(BOX, 1.0))]);
        if index == 0 {
            member.calls.push(("chainMode", vec![n(1.0), n(style)]));
        }
        member
    };
    node("RelativeContainer").id("chain").size(width, 60.0).children((0..count).map(member))
}

#[test]
fn chains() {
    for (style, count, width, at) in [
        (0.0, 3, 200.0, vec![20.0, 80.0, 140.0]),
        (1.0, 3, 200.0, vec![0.0, 80.0, 160.0]),
        (2.0, 2, 200.0, vec![60.0, 100.0]),
        (0.0, 3, 100.0, vec![-10.0, 30.0, 70.0]),
    ] {
        let laid = Laid::out(chain(count, style, width));
        for (index, at) in at.into_iter().enumerate() {
            laid.expect("chain", &format!("c{index}"), [at, 0.0, 40.0, 20.0]);
        }
    }
}

#[test]
fn chain_weights_share_the_rest() {
    let mut laid = Laid::out(chain(3, 0.0, 200.0));
    laid.set("c1", "chainWeight", Value::object([("horizontal", n(1.0))]));
    laid.again();
    laid.expect("chain", "c1", [40.0, 0.0, 120.0, 20.0]);
    laid.expect("chain", "c2", [160.0, 0.0, 40.0, 20.0]);
}

#[test]
fn a_circle_shows_nothing() {
    let a = ruled("a", 20.0, [("left", tie("b", 3.0))]);
    let b = ruled("b", 20.0, [("top", tie("a", 3.0))]);
    let laid = Laid::out(node("RelativeContainer").size(100.0, 100.0).child(a).child(b).child(sized("c", 1.0, 1.0)));
    for id in ["a", "b", "c"] {
        laid.expect_gone(id);
    }
}

#[test]
fn margins_are_distances_from_anchors() {
    let a = ruled("a", 20.0, [("left", tie(BOX, 1.0)), ("top", tie(BOX, 1.0))]).call("margin", n(10.0));
    let b = ruled("b", 20.0, [("left", tie("a", 3.0)), ("top", tie("a", 1.0))]);
    let rules = [("left", tie(BOX, 1.0)), ("right", tie(BOX, 3.0)), ("bottom", tie(BOX, 3.0))];
    let c = node("Stack").id("c").height(20.0).call("alignRules", Value::object(rules)).call("margin", n(10.0));
    let laid = Laid::out(node("RelativeContainer").id("r").size(100.0, 100.0).child(a).child(b).child(c));
    laid.expect("r", "a", [10.0, 10.0, 20.0, 20.0]);
    laid.expect("r", "b", [30.0, 10.0, 20.0, 20.0]);
    laid.expect("r", "c", [10.0, 70.0, 80.0, 20.0]);
}

#[test]
fn anchors_in_the_wrong_order_hide() {
    let rules = [("left", tie(BOX, 3.0)), ("right", tie(BOX, 1.0))];
    let a = node("Stack").id("a").height(20.0).call("alignRules", Value::object(rules));
    Laid::out(node("RelativeContainer").size(100.0, 100.0).child(a)).expect_gone("a");
}

#[test]
fn localized_rules_are_mirrored() {
    let a = ruled("a", 20.0, [("start", tie(BOX, 1.0)), ("top", tie(BOX, 1.0))]);
    let b = ruled("b", 20.0, [("start", tie("a", 3.0)), ("top", tie(BOX, 1.0))]);
    let container = node("RelativeContainer").id("r").call("direction", n(1.0)).size(100.0, 100.0);
    let laid = Laid::out(container.child(a).child(b));
    laid.expect("r", "a", [80.0, 0.0, 20.0, 20.0]);
    laid.expect("r", "b", [60.0, 0.0, 20.0, 20.0]);
}

#[test]
fn auto_wraps_the_children() {
    let a = sized("a", 20.0, 20.0);
    let b = ruled("b", 30.0, [("left", tie("a", 3.0)), ("top", tie("a", 3.0))]);
    let container = node("RelativeContainer").id("r").call("width", text("auto")).call("height", text("auto"));
    let laid = Laid::out(container.child(a).child(b));
    laid.expect_size("r", 50.0, 40.0);
    let laid = Laid::out(node("RelativeContainer").id("r").child(sized("a", 20.0, 20.0)));
    laid.expect_size("r", 360.0, 780.0);
}

#[test]
fn rules_come_before_position() {
    let at = || Value::object([("x", n(7.0)), ("y", n(7.0))]);
    let a = ruled("a", 20.0, [("right", tie(BOX, 3.0)), ("top", tie(BOX, 1.0))]).call("position", at());
    let b = sized("b", 10.0, 10.0).call("position", at());
    let laid = Laid::out(node("RelativeContainer").id("r").size(100.0, 100.0).child(a).child(b));
    laid.expect("r", "a", [80.0, 0.0, 20.0, 20.0]);
    laid.expect("r", "b", [7.0, 7.0, 10.0, 10.0]);
}
