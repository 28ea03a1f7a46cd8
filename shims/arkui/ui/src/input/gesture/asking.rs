//! What the app is asked about recognisers before they compete: which take part (`onTouchTestDone`), and which do not mind each
//! other (`shouldBuiltInRecognizerParallelWith`, `shouldRecognizerParallelWith`).

use super::arena::{Arena, Purpose, Slot};
use super::recognizer::describe;
use crate::input::TouchInput;
use crate::input::hit::Hit;
use crate::input::object::{base, event, place};
use crate::layout::Pass;
use crate::tree::Tree;
use crate::value::Value;

const TOUCH_TEST_DONE: &str = "onTouchTestDone";
const BUILT_IN: &str = "shouldBuiltInRecognizerParallelWith";
const OWN: &str = "shouldRecognizerParallelWith";

fn wants(tree: &Tree, slot: &Slot, name: &str) -> bool {
    tree.get(slot.node).is_some_and(|node| node.common.events.contains_key(name))
}

/// The recognisers of a finger that has come down have their places.
pub(super) fn ask(pass: &mut Pass<'_>, arena: &mut Arena, hit: &Hit, input: &TouchInput) {
    let nodes = hit.nodes();
    let has = |tree: &Tree, name: &str| {
        nodes.iter().any(|node| tree.get(*node).is_some_and(|node| node.common.events.contains_key(name)))
    };
    if has(pass.tree, TOUCH_TEST_DONE) {
        let all = Value::array(arena.slots.iter().map(|slot| describe(pass.tree, slot)).collect::<Vec<_>>());
        for node in &nodes {
            let mut fields = base(pass.tree, *node, input.source, input.tool, input.pressure);
            place(&mut fields, pass.tree, *node, input.position);
            let value = event(pass.tree, fields, &["getModifierKeyState"]).into_value().0;
            pass.call_event(*node, TOUCH_TEST_DONE, &[value, all.clone()]);
        }
    }
    for (name, built_in) in [(BUILT_IN, true), (OWN, false)] {
        if has(pass.tree, name) {
            parallel(pass, arena, name, built_in);
        }
    }
}

/// Asks for each recogniser of a node with such a handler.
fn parallel(pass: &mut Pass<'_>, arena: &mut Arena, name: &str, built_in: bool) {
    for index in 0..arena.slots.len() {
        let Some(slot) = arena.slots.get(index) else { return };
        let of_kind = matches!(slot.purpose, Purpose::Scroll(..)) == built_in
            && (built_in || matches!(slot.purpose, Purpose::Gesture(_)));
        if !of_kind || !wants(pass.tree, slot, name) {
            continue;
        }
        let (node, number) = (slot.node, slot.number);
        let current = describe(pass.tree, slot);
        let others = arena.slots.iter().filter(|other| other.number != number);
        let others = Value::array(others.map(|other| describe(pass.tree, other)).collect::<Vec<_>>());
        let answer = pass.call_event(node, name, &[current, others]).unwrap_or_default();
        // A recogniser or several, by their numbers.
        let chosen = answer.as_array().map_or_else(
            || answer.as_f64().into_iter().collect(),
            |all| all.iter().filter_map(Value::as_f64).collect::<Vec<_>>(),
        );
        arena.pairs.extend(chosen.into_iter().map(|other| (number, other as u64)));
    }
}

#[cfg(test)]
mod tests {
    use crate::input::gesture::Priority;
    use crate::input::gesture::testing::{Named, Scene, gesture};
    use crate::value::{Callback, Value};

    /// A parent (2) with a child (3); both have a pan.
    fn family() -> Scene {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        scene.add(2, 3, (0.0, 0.0, 50.0, 50.0));
        for (element, name) in [(2, "outer"), (3, "inner")] {
            scene.bind(element, Priority::Low, &gesture("Pan", &[], &[("onActionStart", name)]));
        }
        scene
    }

    fn answer(scene: &mut Scene, element: i32, event: &'static str, value: Value) {
        scene.node(element).common.events.insert(event, Callback::new(Named("asked", value)));
    }

    #[test]
    fn recognisers_that_the_app_names_do_not_mind_each_other() {
        let mut scene = family();
        scene.drag((20.0, 20.0), (90.0, 20.0));
        assert_eq!(scene.log(), "inner");
        let mut scene = family();
        // Numbers count up: the child's is 1, its parent's 2.
        answer(&mut scene, 2, "shouldRecognizerParallelWith", Value::Number(1.0));
        scene.drag((20.0, 20.0), (90.0, 20.0));
        assert_eq!(scene.log(), "asked inner outer");
    }

    #[test]
    fn one_that_is_switched_off_takes_no_part() {
        let mut scene = family();
        scene.down(0, 20.0, 20.0);
        let inner = scene.tree.input.recognizers.get(&1).cloned().expect("the child's");
        assert!(inner.is_enabled());
        inner.enable(false);
        scene.moved(0, 90.0, 20.0);
        scene.up(0, 90.0, 20.0);
        assert_eq!(scene.log(), "outer");
    }

    #[test]
    fn tools_and_distances_are_kept_to() {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        let pan = |distance: f64| {
            let distances = Value::array([Value::array([Value::Number(1.0), Value::Number(distance)])]);
            Value::object([
                ("type", Value::text("Pan")),
                ("options", Value::object([("distances", distances)])),
                ("onActionStart", crate::input::gesture::testing::callback("pan")),
            ])
        };
        scene.bind(2, Priority::Low, &pan(20.0));
        scene.drag((10.0, 10.0), (40.0, 10.0));
        assert_eq!(scene.log(), "", "10 vp are not 20");
        scene.drag((10.0, 10.0), (80.0, 10.0));
        assert_eq!(scene.log(), "pan");
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        let pen = Value::object([
            ("type", Value::text("Tap")),
            ("tools", Value::array([Value::Number(2.0)])),
            ("onAction", crate::input::gesture::testing::callback("tap")),
        ]);
        scene.bind(2, Priority::Low, &pen);
        scene.tap(20.0, 20.0);
        assert_eq!(scene.log(), "", "a finger is no pen");
    }

    #[test]
    fn a_monopolist_keeps_other_fingers_away() {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        scene.add(1, 3, (200.0, 0.0, 100.0, 100.0));
        scene.on(2, "onTouch", "first");
        scene.on(3, "onTouch", "second");
        scene.node(2).common.input.get_or_insert_default().monopolizes = true;
        scene.down(0, 20.0, 20.0);
        scene.down(1, 220.0, 20.0);
        scene.up(1, 220.0, 20.0);
        scene.up(0, 20.0, 20.0);
        assert_eq!(scene.log(), "first first");
        scene.down(0, 220.0, 20.0);
        assert_eq!(scene.log(), "first first second");
    }

    #[test]
    fn the_app_names_the_child_that_is_hit() {
        let mut scene = Scene::stack();
        scene.node(2).common.id = Some("below".into());
        let named =
            |strategy: f64| Value::object([("strategy", Value::Number(strategy)), ("id", Value::text("below"))]);
        answer(&mut scene, 1, "onChildTouchTest", named(2.0));
        assert_eq!(scene.hit(500.0, 500.0), [2, 1], "wherever the finger is");
        answer(&mut scene, 1, "onChildTouchTest", named(0.0));
        assert_eq!(scene.hit(20.0, 20.0), [4, 3, 1]);
    }
}
