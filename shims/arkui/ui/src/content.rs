//! `contentModifier`: what an app builds in place of the looks of a control.
//!
//! The control keeps its state and its events. It shows what the app has built instead of drawing itself, is as large as that,
//! and does not react to fingers and keys by itself any more: the app calls a trigger of the configuration (a command of the
//! component) for what these would do. Before each layout the app's side is called for every control whose configuration has
//! changed: with the configuration, and the number of the node. It answers with the number of the node that holds what it built.

use crate::common::Alignment;
use crate::component::{Component, Method, Setter};
use crate::geometry::{Point, Size};
use crate::layout::{ContentConstraint, Pass};
use crate::tree::{NodeId, Tree};
use crate::value::{Args, Callback, Value};
use std::rc::Rc;

/// What a node shows instead of its component's looks.
pub(crate) struct Content {
    builder: Callback,
    /// The configuration that the app's side was called with last; none when it is to be called in any case.
    told: Option<Value>,
    /// The node among the children of the control that holds what the app has built.
    holder: Option<NodeId>,
}

/// The attribute `contentModifier`, as a row of a table of methods. Its argument is a function, see the module.
pub const METHOD: Method = Method { name: "contentModifier", apply: modify };

/// Has a node show what a function of the app builds; its own looks without one.
fn modify(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    set(node.tree, node.node, args.get(0).as_callback());
    Value::Undefined
}

/// See [`METHOD`].
pub fn set(tree: &mut Tree, id: NodeId, builder: Option<&Callback>) {
    let number = tree.number(id);
    let Some(node) = tree.get_mut(id) else { return };
    let holder = node.content.take().and_then(|content| content.holder);
    node.content = builder.map(|builder| Box::new(Content { builder: builder.clone(), told: None, holder }));
    if builder.is_some() {
        tree.modified.insert(number, id);
    } else {
        tree.modified.remove(&number);
        if let Some(holder) = holder {
            tree.destroy(holder);
        }
    }
    tree.mark_measure(id);
    // What moves with time schedules itself when it is measured, which does not happen any more.
    tree.tick_next(id);
}

/// A control that the app's side does not know as an element is about to go: its side is called without a configuration, and
/// forgets what it has built. Returns whether there is anything to forget.
pub fn end(tree: &mut Tree, id: NodeId) -> bool {
    let number = tree.number(id);
    let content = tree.get(id).and_then(|node| node.content.as_ref());
    let Some(content) = content.filter(|content| content.told.is_some()) else { return false };
    let builder = content.builder.clone();
    tree.modified.remove(&number);
    tree.emit(&builder, vec![Value::Undefined, Value::Number(number as f64)]);
    true
}

impl Pass<'_> {
    /// Lets the app build what controls show whose configuration has changed.
    pub(crate) fn fill_contents(&mut self) {
        if self.tree.modified.is_empty() {
            return;
        }
        let mut modified = std::mem::take(&mut self.tree.modified);
        modified.retain(|_, id| self.tree.get(*id).is_some());
        for (number, id) in &modified {
            self.fill(*number, *id);
        }
        // Those that came meanwhile are filled with the next layout.
        self.tree.modified.append(&mut modified);
    }

    fn fill(&mut self, number: u64, id: NodeId) {
        let Some(node) = self.tree.get(id) else { return };
        let component = node.component;
        let Some(configuration) = component.configuration(self.tree, id) else { return };
        let configuration = with_enabled(&configuration, self.tree.is_enabled(id));
        let Some(content) = self.tree.get_mut(id).and_then(|node| node.content.as_mut()) else { return };
        if content.told.as_ref().is_some_and(|told| *told == configuration) {
            return;
        }
        content.told = Some(configuration.clone());
        let builder = content.builder.clone();
        let answer = self.host.call(self.tree, &builder, &[configuration, Value::Number(number as f64)]);
        let holder = answer.as_f64().and_then(|number| self.tree.by_number(number as u64));
        if let Some(content) = self.tree.get_mut(id).and_then(|node| node.content.as_mut()) {
            content.holder = holder;
        }
        self.tree.mark_measure(id);
    }

    /// The nodes with a box that the app has built for a control.
    fn built(&self, node: NodeId) -> Option<NodeId> {
        self.tree.get(node)?.content.as_ref()?.holder.filter(|holder| self.tree.is_inside(*holder, node))
    }
}

fn with_enabled(configuration: &Value, enabled: bool) -> Value {
    let own = configuration.as_object().map(|object| object.properties.as_slice()).unwrap_or_default();
    let properties = own.iter().cloned().chain([(Rc::from("enabled"), Value::Bool(enabled))]).collect();
    Value::Object(Rc::new(crate::value::Object { properties }))
}

/// What a control with a content of the app is instead of its component, as far as its looks and its reactions go.
pub(crate) struct Replaced;

impl Component for Replaced {
    fn name(&self) -> &'static str {
        "ContentModifier"
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        match pass.built(node) {
            Some(holder) => pass.measure_stacked(holder, constraint),
            None => constraint.fit(Size::ZERO),
        }
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(holder) = pass.built(node) else { return };
        let right_to_left = pass.tree.is_right_to_left(node);
        let (x, y) = Alignment::Center.factors(right_to_left);
        for child in pass.children(holder) {
            let outer = pass.outer(child);
            let at = Point::new((content.size.width - outer.width) * x, (content.size.height - outer.height) * y);
            pass.place_child(child, content.origin + at);
        }
    }

    fn focusable(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn configurations_are_compared_by_value() {
        let one = || Value::object([("values", Value::array([Value::Number(1.0), Value::text("a")]))]);
        assert_eq!(one(), one());
        assert_ne!(one(), Value::object([("values", Value::array([Value::Number(2.0), Value::text("a")]))]));
        assert_ne!(Value::Undefined, Value::Null);
    }
}
