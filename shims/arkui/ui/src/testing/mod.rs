//! For tests of components: a tree whose root is one component, with a host that builds items and hears events.

#[cfg(test)]
pub(crate) mod plain;

use crate::component::{Component, Setter};
use crate::geometry::{Point, Size};
use crate::layout::{Constraint, Host, Pass};
use crate::pan::{PanEvent, PanPhase};
use crate::registry::Registry;
use crate::ticker;
use crate::tree::{NodeId, Tree};
use crate::value::{Args, Callback, Function, Resource, Value};
use concord_paint::{CpuRaster, Frame, Raster};
use rustc_hash::FxHashMap;
use std::any::Any;
use std::sync::Arc;

/// Time between two frames in ms.
const FRAME: f64 = 1000.0 / 60.0;

/// A handler that only has a name.
struct Named(&'static str);

impl Function for Named {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// How an item of a source is built: its component and its height in vp.
type Build = Box<dyn Fn(&mut Tree, usize) -> NodeId>;

/// Builds items of sources, and counts.
#[derive(Default)]
pub struct TestHost {
    sources: FxHashMap<NodeId, Build>,
    /// How many items were built.
    pub built: usize,
    /// How many were given back.
    pub released: usize,
    /// What calls of handlers give, by their name.
    answers: FxHashMap<&'static str, Value>,
    /// What handlers were called with at once: name and arguments.
    calls: Vec<String>,
}

/// A value as tests write it.
fn said(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("{}", (number * 100.0).round() / 100.0),
        Value::Bool(flag) => format!("{flag}"),
        Value::String(text) => format!("'{text}'"),
        Value::Array(items) => format!("[{}]", items.iter().map(said).collect::<Vec<_>>().join(",")),
        Value::Object(object) => {
            let members = object.properties.iter().map(|(name, value)| format!("{name}:{}", said(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        _ => "?".to_owned(),
    }
}

impl Host for TestHost {
    fn call(&mut self, _tree: &mut Tree, callback: &Callback, args: &[Value]) -> Value {
        let name = callback.function().downcast_ref::<Named>().map(|named| named.0);
        let args: Vec<String> = args.iter().map(said).collect();
        self.calls.push(format!("{} {}", name.unwrap_or("?"), args.join(" ")));
        name.and_then(|name| self.answers.get(name)).cloned().unwrap_or_default()
    }

    fn build_item(&mut self, tree: &mut Tree, source: NodeId, index: usize) -> Option<NodeId> {
        self.built += 1;
        let node = self.sources.get(&source)?(tree, index);
        tree.append(source, node);
        Some(node)
    }

    fn release_item(&mut self, tree: &mut Tree, _source: NodeId, item: NodeId) {
        self.released += 1;
        tree.destroy(item);
    }

    fn resource(&mut self, _resource: &Resource) -> Option<Arc<[u8]>> {
        None
    }
}

/// One component with what is in it. Lengths are vp at a density of 3.
pub struct Scene {
    /// All nodes.
    pub tree: Tree,
    /// The node of the component.
    pub root: NodeId,
    /// What builds items.
    pub host: TestHost,
    size: Size,
}

impl Scene {
    /// A scene whose root is one of these components.
    pub fn new(components: &'static Registry, component: &str) -> Scene {
        let mut tree = Tree::new(components);
        let root = tree.create_named(component, -1).expect("a component");
        Scene { tree, root, host: TestHost::default(), size: Size::new(1080.0, 2340.0) }
    }

    /// A node inside another.
    pub fn add(&mut self, parent: NodeId, component: &str) -> NodeId {
        let node = self.tree.create_named(component, -1).expect("a component");
        assert!(self.tree.append(parent, node));
        node
    }

    /// A box with a width of 100 % and a height.
    pub fn add_box(&mut self, parent: NodeId, height: f64) -> NodeId {
        let node = self.add(parent, "Row");
        self.set(node, "width", &[Value::text("100%")]);
        self.set(node, "height", &[Value::Number(height)]);
        node
    }

    /// An item of a container that holds a box.
    pub fn add_item(&mut self, parent: NodeId, component: &str, height: f64) -> NodeId {
        let item = self.add(parent, component);
        self.add_box(item, height);
        item
    }

    /// A virtual source of items of a component, each with a box of a height.
    pub fn add_source(&mut self, parent: NodeId, component: &'static str, count: usize, height: f64) -> NodeId {
        let source = self.add(parent, "LazyForEach");
        let build = move |tree: &mut Tree, _index: usize| {
            let item = tree.create_named(component, -1).expect("a component");
            let inner = tree.create_named("Row", -1).expect("a component");
            tree.append(item, inner);
            for (name, value) in [("width", Value::text("100%")), ("height", Value::Number(height))] {
                apply(tree, inner, name, &[value]);
            }
            item
        };
        self.host.sources.insert(source, Box::new(build));
        self.tree.set_source(source, count);
        source
    }

    /// Sets an attribute.
    pub fn set(&mut self, node: NodeId, name: &str, args: &[Value]) {
        apply(&mut self.tree, node, name, args);
    }

    /// Sets width and height in vp.
    pub fn size(&mut self, node: NodeId, width: f64, height: f64) {
        self.set(node, "width", &[Value::Number(width)]);
        self.set(node, "height", &[Value::Number(height)]);
    }

    /// A handler that is heard by its name.
    pub fn handler(&self, name: &'static str) -> Callback {
        Callback::new(Named(name))
    }

    /// Sets a handler of an event that is heard by the name of the event.
    pub fn listen(&mut self, node: NodeId, event: &'static str) {
        apply(&mut self.tree, node, event, &[Value::Callback(Callback::new(Named(event)))]);
    }

    /// Sets `{[key]: {builder}}` as an attribute, whose function gives a node that exists.
    pub fn set_builder(&mut self, node: NodeId, name: &str, key: &'static str, made: NodeId) {
        self.host.answers.insert(key, Value::Number(self.tree.number(made) as f64));
        let builder = Value::object([("builder", Value::Callback(Callback::new(Named(key))))]);
        self.set(node, name, &[Value::object([(key, builder)])]);
    }

    /// What a handler gives when it is called at once.
    pub fn answer(&mut self, name: &'static str, answer: Value) {
        self.host.answers.insert(name, answer);
    }

    /// What handlers were called with at once since the last time: names and arguments.
    pub fn called(&mut self) -> Vec<String> {
        std::mem::take(&mut self.host.calls)
    }

    /// What listeners heard since the last time: names and arguments.
    pub fn heard(&mut self) -> Vec<String> {
        let text = |value: &Value| match value {
            Value::Number(_) | Value::Bool(_) => said(value),
            _ => "?".to_owned(),
        };
        self.told(text)
    }

    /// The same with all that was told: texts and what is in objects.
    pub fn heard_in_full(&mut self) -> Vec<String> {
        self.told(said)
    }

    fn told(&mut self, text: impl Fn(&Value) -> String) -> Vec<String> {
        let events: Vec<_> = self.tree.events.drain(..).collect();
        let name = |callback: &Callback| callback.function().downcast_ref::<Named>().map_or("?", |named| named.0);
        let line = |event: &crate::tree::Event| {
            std::iter::once(name(&event.callback).to_owned()).chain(event.args.iter().map(&text)).collect::<Vec<_>>()
        };
        events.iter().map(|event| line(event).join(" ")).collect()
    }

    /// Calls what a controller calls.
    pub fn command(&mut self, node: NodeId, name: &str, args: &[Value]) -> Value {
        let component = self.component(node);
        let command = self.tree.components().command(component, name).expect("a command");
        (command.apply)(&mut Setter { tree: &mut self.tree, node }, Args(args))
    }

    fn component(&self, node: NodeId) -> &'static dyn Component {
        self.tree.get(node).expect("a node").component
    }

    /// One frame, 1/60 s after the last.
    pub fn frame(&mut self) {
        self.tree.now += FRAME;
        self.tree.needs_frame = false;
        ticker::tick(&mut Pass::new(&mut self.tree, &mut self.host));
        self.lay_out();
        self.tree.tick_animations();
    }

    /// Lays out what is out of date.
    pub fn lay_out(&mut self) {
        let before = self.tree.before_layout();
        let (root, size) = (self.root, self.size);
        let pass = &mut Pass::new(&mut self.tree, &mut self.host);
        pass.fill_contents();
        pass.measure(root, &Constraint::up_to(size));
        pass.place_child(root, Point::ZERO);
        pass.place(root);
        self.tree.after_layout(before);
    }

    /// Frames until nothing moves.
    pub fn rest(&mut self) {
        for _ in 0..600 {
            self.frame();
            if !self.tree.needs_frame && self.tree.ticker.next().is_none() {
                return;
            }
        }
        panic!("it moves for ever");
    }

    fn pan(&mut self, node: NodeId, phase: PanPhase, delta: Point, velocity: Point) {
        let component = self.component(node);
        let event = PanEvent { phase, delta, velocity, position: Point::ZERO };
        component.on_pan(&mut Pass::new(&mut self.tree, &mut self.host), node, &event);
    }

    /// A click on a node at a point of its frame, in vp.
    pub fn click(&mut self, node: NodeId, x: f32, y: f32) {
        let component = self.component(node);
        assert!(component.reacts_to_click(&self.tree, node), "{} takes no clicks", component.name());
        let at = Point::new(x * 3.0, y * 3.0);
        component.on_click(&mut Pass::new(&mut self.tree, &mut self.host), node, at);
    }

    /// A finger or the mouse on a node.
    pub fn touch(&mut self, node: NodeId, input: &crate::input::TouchInput) {
        let component = self.component(node);
        component.on_touch(&mut Pass::new(&mut self.tree, &mut self.host), node, input);
    }

    /// Two fingers on a node.
    pub fn zoom(&mut self, node: NodeId, event: &crate::pan::ZoomEvent) {
        let component = self.component(node);
        assert!(component.zooms(&self.tree, node), "{} does not zoom", component.name());
        component.on_zoom(&mut Pass::new(&mut self.tree, &mut self.host), node, event);
    }

    /// A finger moves by vp and stays down.
    pub fn pull(&mut self, node: NodeId, x: f32, y: f32) {
        let delta = Point::new(x * 3.0, y * 3.0);
        self.pan(node, PanPhase::Touch, Point::ZERO, Point::ZERO);
        self.pan(node, PanPhase::Start, Point::ZERO, Point::ZERO);
        self.pan(node, PanPhase::Update, delta, Point::ZERO);
        self.frame();
    }

    /// The finger is lifted, at rest.
    pub fn release(&mut self, node: NodeId) {
        self.pan(node, PanPhase::End, Point::ZERO, Point::ZERO);
        self.frame();
    }

    /// A finger moves by vp in some frames, and is lifted at that speed.
    pub fn swipe(&mut self, node: NodeId, x: f32, y: f32, frames: usize) {
        let steps = frames.max(1) as f32;
        let delta = Point::new(x * 3.0 / steps, y * 3.0 / steps);
        let per_second = 1000.0 / FRAME as f32;
        let velocity = Point::new(delta.x * per_second, delta.y * per_second);
        self.pan(node, PanPhase::Touch, Point::ZERO, Point::ZERO);
        for step in 0..frames.max(1) {
            let phase = if step == 0 { PanPhase::Start } else { PanPhase::Update };
            self.pan(node, phase, delta, velocity);
            self.frame();
        }
        self.pan(node, PanPhase::End, Point::ZERO, velocity);
        self.frame();
    }

    /// A child with a box, by its index.
    pub fn child(&self, node: NodeId, index: usize) -> NodeId {
        *self.tree.frame_children(node).get(index).expect("a child")
    }

    /// Frame in the root's frame, in vp, rounded to hundredths.
    pub fn rect(&self, node: NodeId) -> (f32, f32, f32, f32) {
        let frame = self.tree.window_frame(node);
        let vp = |px: f32| (px / 3.0 * 100.0).round() / 100.0;
        (vp(frame.origin.x), vp(frame.origin.y), vp(frame.size.width), vp(frame.size.height))
    }

    /// Whether a node is placed.
    pub fn is_shown(&self, node: NodeId) -> bool {
        self.tree.get(node).is_some_and(|node| node.layout.active)
    }
}

fn apply(tree: &mut Tree, node: NodeId, name: &str, args: &[Value]) {
    let component = tree.get(node).expect("a node").component;
    let method =
        tree.components().method(component, name).unwrap_or_else(|| panic!("{} has no {name}", component.name()));
    tree.apply(node, method, Args(args));
}

/// One frame, drawn on nothing.
pub fn pixels(scene: &mut Scene) -> Frame {
    scene.frame();
    let mut frame = Frame::new(scene.size.width as u32, scene.size.height as u32).expect("a frame");
    CpuRaster::new().render(&crate::paint(&scene.tree, scene.root), &mut frame, None);
    frame
}
