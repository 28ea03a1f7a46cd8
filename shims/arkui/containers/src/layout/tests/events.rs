use super::{Laid, Spec, n, node, sized};
use concord_ui::value::{Callback, Function, Value};
use std::any::Any;

/// A handler with a name.
struct Handler(&'static str);

impl Function for Handler {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn on(node: Spec, event: &'static str) -> Spec {
    node.call(event, Value::Callback(Callback::new(Handler(event))))
}

/// Names of the handlers that are due, with their arguments.
fn due(laid: &mut Laid) -> Vec<(&'static str, Vec<Value>)> {
    let events = std::mem::take(&mut laid.tree.events);
    let name = |callback: &Callback| callback.function().downcast_ref::<Handler>().expect("a handler").0;
    events.into_iter().map(|event| (name(&event.callback), event.args)).collect()
}

fn number(value: &Value, path: &[&str]) -> f32 {
    path.iter().fold(value, |value, name| value.get(name)).as_f32().expect("a number")
}

#[test]
fn appearing_and_disappearing() {
    let mut child = sized("child", 10.0, 10.0);
    for event in ["onAppear", "onDisAppear", "onAttach", "onDetach"] {
        child = on(child, event);
    }
    let mut laid = Laid::out(node("Column").child(node("If").child(child)));
    let names = |laid: &mut Laid| due(laid).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(names(&mut laid), ["onAttach", "onAppear"]);
    laid.set("child", "width", n(20.0));
    laid.again();
    assert_eq!(names(&mut laid), [""; 0]);
    let child = laid.find("child");
    laid.tree.detach(child);
    laid.again();
    assert_eq!(names(&mut laid), ["onDetach", "onDisAppear"]);
    laid.tree.destroy(child);
    assert_eq!(names(&mut laid), [""; 0], "it was gone already");
}

#[test]
fn a_node_that_ends_disappears() {
    let mut laid = Laid::out(node("Column").id("column").child(on(sized("child", 10.0, 10.0), "onDisAppear")));
    let column = laid.find("column");
    laid.tree.destroy(column);
    assert_eq!(due(&mut laid).len(), 1);
}

#[test]
fn areas_and_sizes() {
    let child = on(on(sized("child", 10.0, 20.0), "onAreaChange"), "onSizeChange");
    let column = node("Column").call("padding", n(5.0)).call("alignItems", n(1.0)).child(sized("above", 1.0, 30.0));
    let mut laid = Laid::out(column.child(child));
    let first = due(&mut laid);
    assert_eq!(first.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["onAreaChange", "onSizeChange"]);
    let area = &first[0].1;
    assert_eq!(number(&area[0], &["width"]), 0.0);
    assert_eq!(number(&area[1], &["width"]), 10.0);
    assert_eq!(number(&area[1], &["position", "y"]), 35.0);
    assert!(number(&area[1], &["globalPosition", "y"]) >= 35.0);
    laid.set("above", "height", n(40.0));
    laid.again();
    let moved = due(&mut laid);
    assert_eq!(moved.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["onAreaChange"]);
    assert_eq!(number(&moved[0].1[0], &["position", "y"]), 35.0);
    assert_eq!(number(&moved[0].1[1], &["position", "y"]), 45.0);
}

#[test]
fn visible_parts() {
    let mut child = sized("child", 10.0, 100.0);
    let ratios = Value::array([n(0.0), n(0.5), n(1.0)]);
    let handler = Value::Callback(Callback::new(Handler("onVisibleAreaChange")));
    child.calls.push(("onVisibleAreaChange", vec![ratios, handler]));
    let mut laid = Laid::out(node("Column").id("box").height(100.0).child(child));
    let ratio = |laid: &mut Laid, height: f32| {
        laid.set("box", "height", n(height));
        laid.again();
        let due = due(laid);
        due.first().map(|(_, args)| (args[0].as_bool().expect("a flag"), args[1].as_f32().expect("a ratio")))
    };
    assert_eq!(ratio(&mut laid, 100.0), Some((true, 1.0)));
    assert_eq!(ratio(&mut laid, 70.0), Some((false, 0.7)));
    assert_eq!(ratio(&mut laid, 60.0), None, "no limit lies between");
    assert_eq!(ratio(&mut laid, 40.0), Some((false, 0.4)));
    assert_eq!(ratio(&mut laid, 0.0), Some((false, 0.0)));
}
