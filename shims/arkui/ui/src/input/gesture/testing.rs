//! Scenes for tests: boxes with known places, handlers that write down what they are told, a clock.

use super::{Attached, Priority};
use crate::geometry::{Point, Size};
use crate::input::{self, EventObject, TouchInput, TouchPhase, hit};
use crate::layout::{Host, Pass};
use crate::testing::plain::PLAIN;
use crate::tree::{Node, NodeId, Tree};
use crate::value::{Callback, Function, Resource, Value};
use std::any::Any;
use std::sync::Arc;

/// A function of a test's app, by name, with what it answers.
#[derive(Clone)]
pub(crate) struct Named(pub &'static str, pub Value);

impl Function for Named {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Writes down what is called.
#[derive(Default)]
pub(crate) struct Log {
    pub names: Vec<String>,
    pub last: Option<std::rc::Rc<EventObject>>,
}

impl Host for Log {
    fn call(&mut self, _tree: &mut Tree, callback: &Callback, args: &[Value]) -> Value {
        let Some(named) = callback.function().downcast_ref::<Named>() else { return Value::Undefined };
        let event = args.iter().find_map(Value::as_foreign::<EventObject>);
        let repeat = event.as_ref().is_some_and(|event| {
            event.fields.iter().any(|(name, value)| &**name == "repeat" && value.as_bool() == Some(true))
        });
        if let (Some(event), true) = (&event, named.0.ends_with('!')) {
            event.control.stopped.set(true);
        }
        self.last = event;
        self.names.push(format!("{}{}", named.0, if repeat { "+" } else { "" }));
        named.1.clone()
    }

    fn build_item(&mut self, _tree: &mut Tree, _source: NodeId, _index: usize) -> Option<NodeId> {
        None
    }

    fn release_item(&mut self, _tree: &mut Tree, _source: NodeId, _item: NodeId) {}

    fn resource(&mut self, _resource: &Resource) -> Option<Arc<[u8]>> {
        None
    }
}

/// A function by name.
pub(crate) fn callback(name: &'static str) -> Value {
    Value::Callback(Callback::new(Named(name, Value::Undefined)))
}

/// A gesture as the library describes it; its handlers are called as given.
pub(crate) fn gesture(kind: &str, options: &[(&str, f64)], handlers: &[(&str, &'static str)]) -> Value {
    let options = options.iter().map(|(name, number)| {
        let value = if *name == "repeat" { Value::Bool(*number != 0.0) } else { Value::Number(*number) };
        ((*name).into(), value)
    });
    let options = crate::input::object::object(options.collect());
    let mut properties = vec![("type".into(), Value::text(kind)), ("options".into(), options)];
    for (event, name) in handlers {
        properties.push(((*event).into(), callback(name)));
    }
    crate::input::object::object(properties)
}

/// A group of gestures.
pub(crate) fn group(mode: i32, members: Vec<Value>) -> Value {
    Value::object([
        ("type", Value::text("Group")),
        ("mode", Value::Number(f64::from(mode))),
        ("members", Value::array(members)),
        ("onCancel", callback("cancelled")),
    ])
}

/// A tree with a clock; nodes go by their element numbers.
pub(crate) struct Scene {
    pub tree: Tree,
    pub host: Log,
    root: NodeId,
}

impl Scene {
    /// A root of 1000 px with the element 1, at density 3.
    pub fn new() -> Scene {
        let mut tree = Tree::new(&PLAIN);
        tree.environment.density = 3.0;
        let root = tree.create_named("Stack", 1).expect("a component");
        let mut scene = Scene { tree, host: Log::default(), root };
        let node = scene.node(1);
        node.layout.size = Size::new(1000.0, 1000.0);
        node.layout.active = true;
        scene
    }

    /// Adds a box.
    pub fn add(&mut self, parent: i32, element: i32, frame: (f32, f32, f32, f32)) {
        let id = self.tree.create_named("Column", element).expect("a component");
        let parent = self.id(parent);
        assert!(self.tree.append(parent, id));
        let node = self.node(element);
        node.layout.offset = Point::new(frame.0, frame.1);
        node.layout.size = Size::new(frame.2, frame.3);
        node.layout.active = true;
    }

    /// Two boxes of 100 px on each other, 2 below 3; in 3 a box of 50 px.
    pub fn stack() -> Scene {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        scene.add(1, 3, (0.0, 0.0, 100.0, 100.0));
        scene.add(3, 4, (0.0, 0.0, 50.0, 50.0));
        scene
    }

    /// A box of 100 px with one gesture.
    pub fn one(kind: &str, options: &[(&str, f64)]) -> Scene {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        let all = [
            ("onAction", "action"),
            ("onActionStart", "start"),
            ("onActionUpdate", "update"),
            ("onActionEnd", "end"),
            ("onActionCancel", "cancel"),
        ];
        scene.bind(2, Priority::Low, &gesture(kind, options, &all));
        scene
    }

    /// Binds a gesture.
    pub fn bind(&mut self, element: i32, priority: Priority, gesture: &Value) {
        let attached = Attached::from_value(gesture, priority, false).expect("a gesture");
        self.node(element).common.input.get_or_insert_default().gestures.push(attached);
    }

    /// Sets a handler of an event.
    pub fn on(&mut self, element: i32, event: &'static str, name: &'static str) {
        let callback = Callback::new(Named(name, Value::Undefined));
        self.node(element).common.events.insert(event, callback);
    }

    pub fn id(&self, element: i32) -> NodeId {
        self.tree.by_element(element).expect("a node")
    }

    pub fn node(&mut self, element: i32) -> &mut Node {
        let id = self.id(element);
        self.tree.get_mut(id).expect("a node")
    }

    pub fn pass<R>(&mut self, work: impl FnOnce(&mut Pass<'_>, NodeId) -> R) -> R {
        let root = self.root;
        work(&mut Pass::new(&mut self.tree, &mut self.host), root)
    }

    /// Elements that a point hits, the innermost first.
    pub fn hit(&mut self, x: f32, y: f32) -> Vec<i32> {
        let hit = self.pass(|pass, root| hit::test(pass, root, Point::new(x, y), hit::Pointer::Touch));
        let nodes = hit.map(|hit| hit.nodes()).unwrap_or_default();
        nodes.into_iter().filter_map(|node| Some(self.tree.get(node)?.element)).collect()
    }

    fn touch(&mut self, finger: i32, phase: TouchPhase, x: f32, y: f32) {
        let input = TouchInput::finger(finger, phase, Point::new(x, y));
        self.pass(|pass, root| input::touch(pass, root, &input));
    }

    pub fn down(&mut self, finger: i32, x: f32, y: f32) {
        self.touch(finger, TouchPhase::Down, x, y);
    }

    pub fn moved(&mut self, finger: i32, x: f32, y: f32) {
        self.touch(finger, TouchPhase::Move, x, y);
    }

    pub fn up(&mut self, finger: i32, x: f32, y: f32) {
        self.touch(finger, TouchPhase::Up, x, y);
    }

    /// Lets time pass, timers included.
    pub fn wait(&mut self, ms: f64) {
        let until = self.tree.now + ms;
        while let Some(next) = input::next_timer(&self.tree).filter(|next| *next <= until + 0.001) {
            self.tree.now = next.max(self.tree.now);
            self.pass(|pass, _| input::run_timers(pass));
        }
        self.tree.now = until;
    }

    pub fn tap(&mut self, x: f32, y: f32) {
        self.down(0, x, y);
        self.wait(50.0);
        self.up(0, x, y);
    }

    pub fn drag(&mut self, from: (f32, f32), to: (f32, f32)) {
        self.down(0, from.0, from.1);
        self.wait(50.0);
        self.moved(0, to.0, to.1);
        self.wait(50.0);
        self.up(0, to.0, to.1);
    }

    /// What was called so far.
    pub fn log(&self) -> String {
        self.host.names.join(" ")
    }

    /// A number of the last event.
    pub fn last_number(&self, name: &str) -> f64 {
        let fields = self.host.last.as_ref().map(|event| event.fields.as_slice()).unwrap_or_default();
        fields.iter().find(|(field, _)| &**field == name).and_then(|(_, value)| value.as_f64()).unwrap_or(f64::NAN)
    }
}

mod arbitration {
    use super::*;

    fn tap(count: f64, name: &'static str) -> Value {
        gesture("Tap", &[("count", count)], &[("onAction", name)])
    }

    /// A parent (2) with a child (3), which both want taps.
    fn family(priority: Priority) -> Scene {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        scene.add(2, 3, (0.0, 0.0, 50.0, 50.0));
        scene.bind(2, priority, &tap(1.0, "parent"));
        scene.bind(3, Priority::Low, &tap(1.0, "child"));
        scene
    }

    #[test]
    fn priorities_decide_between_parent_and_child() {
        for (priority, expected) in
            [(Priority::Low, "child"), (Priority::High, "parent"), (Priority::Parallel, "parent child")]
        {
            let mut scene = family(priority);
            scene.tap(20.0, 20.0);
            assert_eq!(scene.log(), expected, "{priority:?}");
        }
        let mut scene = family(Priority::Low);
        scene.tap(70.0, 70.0);
        assert_eq!(scene.log(), "parent", "the child is not there");
    }

    #[test]
    fn ignoring_what_is_inside_leaves_only_the_own_gesture() {
        let mut scene = family(Priority::Low);
        if let Some(gesture) = scene.node(2).common.input.as_mut().and_then(|input| input.gestures.first_mut()) {
            gesture.ignore_internal = true;
        }
        scene.tap(20.0, 20.0);
        assert_eq!(scene.log(), "parent");
    }

    #[test]
    fn a_click_counts_as_a_tap_of_the_node() {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        scene.on(2, "onClick", "click");
        scene.bind(2, Priority::Low, &gesture("Pan", &[], &[("onActionStart", "pan")]));
        scene.tap(20.0, 20.0);
        scene.drag((20.0, 20.0), (60.0, 20.0));
        assert_eq!(scene.log(), "click pan", "a pan is no click");
    }

    #[test]
    fn an_exclusive_group_waits_for_what_comes_first() {
        let double_first = || {
            let mut scene = Scene::new();
            scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
            scene.bind(2, Priority::Low, &group(2, vec![tap(2.0, "double"), tap(1.0, "single")]));
            scene
        };
        let mut scene = double_first();
        scene.tap(20.0, 20.0);
        scene.wait(200.0);
        scene.tap(20.0, 20.0);
        assert_eq!(scene.log(), "double");
        let mut scene = double_first();
        scene.tap(20.0, 20.0);
        assert_eq!(scene.log(), "", "it may still become a double tap");
        scene.wait(300.0);
        assert_eq!(scene.log(), "single");
        scene.tap(20.0, 20.0);
        scene.wait(300.0);
        assert_eq!(scene.log(), "single single", "and again");
    }

    #[test]
    fn members_of_a_parallel_group_do_not_mind_each_other() {
        let mut scene = Scene::new();
        scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
        scene.bind(2, Priority::Low, &group(1, vec![tap(1.0, "single"), tap(2.0, "double")]));
        scene.tap(20.0, 20.0);
        assert_eq!(scene.log(), "single");
        scene.wait(100.0);
        scene.tap(20.0, 20.0);
        assert_eq!(scene.log(), "single double");
    }

    #[test]
    fn a_sequence_runs_in_its_order() {
        let sequence = || {
            let mut scene = Scene::new();
            scene.add(1, 2, (0.0, 0.0, 100.0, 100.0));
            let press = gesture("LongPress", &[("duration", 300.0)], &[("onAction", "press")]);
            let pan = gesture("Pan", &[], &[("onActionStart", "start"), ("onActionEnd", "end")]);
            scene.bind(2, Priority::Low, &group(0, vec![press, pan]));
            scene
        };
        let mut scene = sequence();
        scene.down(0, 20.0, 20.0);
        scene.wait(1500.0);
        scene.moved(0, 60.0, 20.0);
        scene.up(0, 60.0, 20.0);
        assert_eq!(scene.log(), "press start end");
        let mut scene = sequence();
        scene.drag((20.0, 20.0), (90.0, 20.0));
        assert_eq!(scene.log(), "", "the first member did not come");
        let mut scene = sequence();
        scene.down(0, 20.0, 20.0);
        scene.wait(400.0);
        scene.up(0, 20.0, 20.0);
        assert_eq!(scene.log(), "press cancelled", "the second did not come");
    }

    #[test]
    fn the_app_can_refuse_a_gesture() {
        let mut scene = family(Priority::Low);
        let refuse = Callback::new(Named("asked", Value::Number(1.0)));
        scene.node(3).common.events.insert("onGestureJudgeBegin", refuse);
        scene.tap(20.0, 20.0);
        assert_eq!(scene.log(), "asked parent");
    }

    #[test]
    fn touches_bubble_until_they_are_stopped() {
        let mut scene = Scene::stack();
        scene.on(4, "onTouch", "inner");
        scene.on(3, "onTouch", "middle");
        scene.on(1, "onTouch", "outer");
        scene.on(2, "onTouch", "below");
        scene.down(0, 20.0, 20.0);
        assert_eq!(scene.log(), "inner middle outer");
        scene.up(0, 20.0, 20.0);
        scene.host.names.clear();
        scene.on(3, "onTouch", "middle!");
        scene.down(0, 20.0, 20.0);
        assert_eq!(scene.log(), "inner middle!");
    }

    #[test]
    fn a_lost_finger_cancels() {
        let mut scene = Scene::one("Pan", &[]);
        scene.down(0, 20.0, 20.0);
        scene.moved(0, 60.0, 20.0);
        scene.pass(|pass, _| super::super::cancel_all(pass));
        assert_eq!(scene.log(), "start cancel");
    }
}
