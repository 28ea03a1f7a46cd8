//! Whether setting an attribute changes anything. Pages set all attributes of a node again when one of them changes, and what
//! keeps its value must not be laid out or drawn again.

/// What a change of a node tells about itself.
pub trait Change {
    /// Whether anything is different now.
    fn changed(self) -> bool;
}

/// A change that says nothing about itself may have changed anything.
impl Change for () {
    fn changed(self) -> bool {
        true
    }
}

impl Change for bool {
    fn changed(self) -> bool {
        self
    }
}

/// Puts a value in its place. Returns whether another one was there.
pub fn put<T: PartialEq>(place: &mut T, value: T) -> bool {
    let differs = *place != value;
    *place = value;
    differs
}

#[cfg(test)]
mod tests {
    use crate::dirty::Dirty;
    use crate::testing::Scene;
    use crate::testing::plain::PLAIN;
    use crate::value::Value;

    fn number(number: f64) -> Value {
        Value::Number(number)
    }

    /// Attributes with two different values each.
    fn attributes() -> Vec<(&'static str, Value, Value)> {
        let sides = |left: f64| Value::object([("left", number(left)), ("top", Value::text("5%"))]);
        let point = |x: f64| Value::object([("x", number(x)), ("y", Value::text("10px"))]);
        let shadow = |radius: f64| Value::object([("radius", number(radius)), ("color", Value::text("#33000000"))]);
        vec![
            ("width", number(100.0), Value::text("50%")),
            ("height", Value::text("calc(10vp + 5%)"), number(20.0)),
            ("margin", sides(1.0), sides(2.0)),
            ("padding", sides(3.0), number(4.0)),
            ("constraintSize", Value::object([("minWidth", number(5.0))]), Value::object([("minWidth", number(6.0))])),
            ("layoutWeight", number(1.0), number(2.0)),
            ("alignSelf", number(2.0), number(3.0)),
            ("alignRules", sides(1.0), sides(2.0)),
            ("position", point(1.0), point(2.0)),
            ("zIndex", number(1.0), number(2.0)),
            ("backgroundColor", Value::text("#ff0000"), number(1.0)),
            ("border", Value::object([("width", number(1.0))]), Value::object([("width", number(2.0))])),
            ("borderRadius", number(8.0), sides(1.0)),
            ("outlineColor", Value::text("red"), Value::text("blue")),
            ("opacity", number(0.5), number(0.7)),
            ("shadow", shadow(5.0), number(1.0)),
            ("translate", point(3.0), point(4.0)),
            ("rotate", Value::object([("angle", number(30.0))]), Value::object([("angle", number(40.0))])),
            ("blur", number(4.0), number(5.0)),
            ("visibility", number(1.0), number(0.0)),
            ("enabled", Value::Bool(false), Value::Bool(true)),
        ]
    }

    #[test]
    fn only_another_value_makes_anything_out_of_date() {
        let mut scene = Scene::new(&PLAIN, "Column");
        let node = scene.add(scene.root, "Stack");
        for (name, value, other) in attributes() {
            scene.set(node, name, std::slice::from_ref(&value));
            scene.frame();
            scene.set(node, name, &[value]);
            let dirty = scene.tree.get(node).map(|node| node.dirty);
            assert!(dirty == Some(Dirty::default()) && !scene.tree.needs_frame, "{name} has not changed");
            scene.set(node, name, &[other]);
            assert!(scene.tree.needs_frame, "{name} has changed");
            scene.frame();
        }
    }

    #[test]
    fn a_new_handler_asks_for_no_frame() {
        let mut scene = Scene::new(&PLAIN, "Column");
        scene.frame();
        scene.listen(scene.root, "onClick");
        assert!(!scene.tree.needs_frame);
    }
}
