//! What a component is.

use crate::common::LengthEdges;
use crate::geometry::{Point, Rect, Size};
use crate::input::input_method::Typed;
use crate::input::{KeyInput, TouchInput};
use crate::inspector::Attributes;
use crate::layout::{ContentConstraint, Pass};
use crate::pan::{PanAxis, PanEvent, ZoomEvent};
use crate::scroll::{self, NestedScroll, ScrollState};
use crate::selection::SelectEvent;
use crate::tree::{NodeId, Tree};
use crate::units::Length;
use crate::value::{Args, Value};
use concord_paint::kurbo::Affine;
use concord_paint::{Color, Painter};
use std::any::Any;

/// A component: one value per kind, without state of its own. Its nodes keep their state in [`crate::tree::Node`].
pub trait Component: Sync {
    /// The name that compiled pages use, for instance `Column`.
    fn name(&self) -> &'static str;

    /// Whether compiled pages never `pop` it, because it cannot have children.
    fn is_leaf(&self) -> bool {
        false
    }

    /// Whether it only groups others and has no box of its own (`If`, `ForEach` …).
    fn is_syntax(&self) -> bool {
        false
    }

    /// Whether it is known by name only: a page with it shows everything else.
    fn is_missing(&self) -> bool {
        false
    }

    /// Whether it is only drawn: neither hit nor inspected, and no part of the app's tree of components.
    fn is_only_drawn(&self) -> bool {
        false
    }

    /// What is missing of it, when a labelled box stands in its place.
    fn gap(&self) -> Option<&'static str> {
        None
    }

    /// The state of a new node.
    fn new_state(&self) -> Box<dyn Any> {
        Box::new(())
    }

    /// Ways to create it and its own attributes and events. The common ones come on top, and do not have to be listed.
    fn methods(&self) -> &'static [Method] {
        &[]
    }

    /// What it looks like where the app says nothing.
    fn looks(&self, _tree: &Tree, _node: NodeId) -> Looks {
        Looks::default()
    }

    /// Measures the children, and returns the size of the content box that the node would like to have. The node's own
    /// width, height, padding and margin are dealt with outside.
    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size;

    /// The size of the frame; asked after `measure` with the one that follows from it and from the attributes, for components
    /// that decide on it whatever these say.
    fn decided_size(&self, _tree: &Tree, _node: NodeId, fitted: Size) -> Size {
        fitted
    }

    /// Gives every child that shall be shown its place with [`Pass::place_child`]. The size of the node is known by now.
    fn place(&self, pass: &mut Pass<'_>, node: NodeId);

    /// Draws the content: what lies above the background and below the children. The origin is the top left corner of the
    /// node's frame.
    fn paint(&self, _tree: &Tree, _node: NodeId, _painter: &mut Painter) {}

    /// Draws what lies above the children, for instance a scroll bar.
    fn paint_above(&self, _tree: &Tree, _node: NodeId, _painter: &mut Painter) {}

    /// Applied to what is drawn of the children, in the node's coordinates.
    fn children_transform(&self, _tree: &Tree, _node: NodeId) -> Option<Affine> {
        None
    }

    /// Whether children are cut off at the content box even without `clip`, as in everything that scrolls.
    fn clips_children(&self) -> bool {
        false
    }

    /// Along which axes fingers and wheels move its content now; `None` when it does not scroll, or has nothing to scroll. A
    /// recogniser of pans then belongs to the node, below those that the app sets.
    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        scroll::pan_axis(tree, node)
    }

    /// Whether a mouse moves it like a finger, as it does handles and dividers: elsewhere a mouse turns its wheel.
    fn drags_by_mouse(&self) -> bool {
        false
    }

    /// A finger or a wheel moves the content. Returns how much of `delta` was used, by the node itself or by those around it
    /// that scroll along (`nestedScroll`).
    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        scroll::on_pan(pass, node, event)
    }

    /// Whether two fingers zoom its content now.
    fn zooms(&self, _tree: &Tree, _node: NodeId) -> bool {
        false
    }

    /// Two fingers zoom the content.
    fn on_zoom(&self, _pass: &mut Pass<'_>, _node: NodeId, _event: &ZoomEvent) {}

    /// Whether a point of its frame belongs to it; not so beside the lines of a span, for instance.
    fn hits(&self, _tree: &Tree, _node: NodeId, _point: Point) -> bool {
        true
    }

    /// Whether a click does something by itself, besides calling `onClick`.
    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        false
    }

    /// A click on a node that reacts to clicks, before `onClick` is called. The point is in the node's frame.
    fn on_click(&self, _pass: &mut Pass<'_>, _node: NodeId, _at: Point) {}

    /// A finger that hit the node, before `onTouch` is called.
    fn on_touch(&self, _pass: &mut Pass<'_>, _node: NodeId, _input: &TouchInput) {}

    /// Whether its text can be selected by hand now: recognisers of held fingers and of mice that move then belong to the node.
    fn selects(&self, _tree: &Tree, _node: NodeId) -> bool {
        false
    }

    /// Somebody does something to the selection.
    fn on_select(&self, _pass: &mut Pass<'_>, _node: NodeId, _event: &SelectEvent) {}

    /// Whether it takes the focus unless it is told not to.
    fn focusable(&self) -> bool {
        crate::input::focus::by_default(self.name())
    }

    /// Whether a touch gives it the focus unless it is told not to, as with everything that is typed into.
    fn focus_on_touch(&self) -> bool {
        matches!(self.name(), "TextInput" | "TextArea" | "Search" | "RichEditor")
    }

    /// The node gets or loses the focus as a leaf, before `onFocus` or `onBlur` is called.
    fn on_focus(&self, _pass: &mut Pass<'_>, _node: NodeId, _gained: bool) {}

    /// A key that the handlers of the app did not use. Returns whether it did something.
    fn on_key(&self, _pass: &mut Pass<'_>, _node: NodeId, _input: &KeyInput) -> bool {
        false
    }

    /// Text from an input method or from keys. Returns whether it took it.
    fn on_text(&self, _pass: &mut Pass<'_>, _node: NodeId, _text: &str) -> bool {
        false
    }

    /// What an input method is about to write, instead of what it was about to write before; `caret` is a UTF-16 unit of it, or
    /// its end. Returns whether it takes text.
    fn on_compose(&self, _pass: &mut Pass<'_>, _node: NodeId, _text: &str, _caret: Option<usize>) -> bool {
        false
    }

    /// An input method takes away bytes before and behind the caret. Returns whether it takes text.
    fn on_delete_around(&self, _pass: &mut Pass<'_>, _node: NodeId, _before: usize, _after: usize) -> bool {
        false
    }

    /// What input methods want to know, while it is typed into.
    fn typed(&self, _tree: &Tree, _node: NodeId) -> Option<Typed> {
        None
    }

    /// The text that is selected in it, as other programs may have it; none when they may not.
    fn selected_text(&self, _tree: &Tree, _node: NodeId) -> Option<String> {
        None
    }

    /// Whether a point of its frame lies in what is selected, so that it can be lifted there ([`Component::selected_text`]).
    fn lifts_at(&self, _tree: &Tree, _node: NodeId, _at: Point) -> bool {
        false
    }

    /// Text is let go at a point of its frame; `own` when it was lifted from there, and changes its place. Returns whether it took
    /// it.
    fn on_drop_text(&self, pass: &mut Pass<'_>, node: NodeId, text: &str, _at: Point, _own: bool) -> bool {
        self.on_text(pass, node, text)
    }

    /// Shows where text would go that is held above a point of its frame; `None` when it is not held there any more.
    fn on_drag_text(&self, _pass: &mut Pass<'_>, _node: NodeId, _at: Option<Point>) {}

    /// The shape of a mouse pointer above a point of its frame (`PointerStyle`), where it has one of its own.
    fn pointer_style(&self, _tree: &Tree, _node: NodeId, _at: Point) -> Option<i32> {
        None
    }

    /// The time has come that was asked for with [`Tree::tick_at`].
    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        scroll::tick(pass, node);
    }

    /// How a new node scrolls, for those that do.
    fn new_scroll(&self) -> Option<ScrollState> {
        None
    }

    /// Whether scrolling is told of by both axes, as `Scroll` does.
    fn scrolls_both_ways(&self) -> bool {
        false
    }

    /// Where content that would come to rest `end` px further on shall rest instead, in px from here; `None` leaves it alone.
    fn snap(&self, _tree: &Tree, _node: NodeId, _end: f32) -> Option<f32> {
        None
    }

    /// Whether it takes its time to come to where it snaps.
    fn snaps_slowly(&self, _tree: &Tree, _node: NodeId) -> bool {
        false
    }

    /// Whether it hears of scrolling inside it ([`Component::on_nested`]).
    fn hears_nested(&self) -> bool {
        false
    }

    /// Something inside scrolls. Returns how much of the movement it uses for itself.
    fn on_nested(&self, _pass: &mut Pass<'_>, _node: NodeId, _event: NestedScroll) -> f32 {
        0.0
    }

    /// The frame of an item in the container's frame, by its index, and that in a group.
    fn item_rect(&self, _tree: &Tree, _node: NodeId, _path: &[usize]) -> Option<Rect> {
        None
    }

    /// The index of the item at a point of the container's frame.
    fn item_at(&self, _tree: &Tree, _node: NodeId, _point: Point) -> Option<usize> {
        None
    }

    /// Whether it asks virtual sources (`LazyForEach` …) for the items that it shows, and for no others.
    fn builds_lazily(&self) -> bool {
        false
    }

    /// What controllers of the app call on its nodes (`scrollTo` of a `Scroller` …): no attributes of the compiled page's class.
    fn commands(&self) -> &'static [Method] {
        &[]
    }

    /// What `contentModifier` tells the app of a node, besides whether it is enabled; `None` for components without it.
    fn configuration(&self, _tree: &Tree, _node: NodeId) -> Option<Value> {
        None
    }

    /// Forgets what was made for another [`crate::Environment`], for instance shaped text. The node is laid out again in any case.
    fn environment_changed(&self, _tree: &mut Tree, _node: NodeId) {}

    /// How far below the top of the frame the first line of text stands; `None` without text. The node is measured.
    fn baseline(&self, _tree: &Tree, _node: NodeId) -> Option<f32> {
        None
    }

    /// What the inspector shows besides the common attributes, and the text that UiTest sees (`content`).
    fn inspect(&self, _tree: &Tree, _node: NodeId, _out: &mut Attributes) {}
}

/// What a component looks like where the app says nothing.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Looks {
    /// `margin`: edge by edge, where the app gives none for an edge.
    pub margin: LengthEdges,
    /// `padding`.
    pub padding: LengthEdges,
    /// `width`.
    pub width: Option<Length>,
    /// `height`.
    pub height: Option<Length>,
    /// `backgroundColor`.
    pub background: Option<Color>,
    /// `borderRadius`.
    pub radius: Option<Length>,
    /// Drawn over the node, when it is pressed for instance.
    pub overlay: Option<Color>,
    /// Factor of its opacity, when it is disabled for instance.
    pub opacity: Option<f32>,
}

/// A way to create a component, an attribute or an event: a static method of the compiled page's class.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// Its name.
    pub name: &'static str,
    /// What it does to a node.
    pub apply: fn(&mut Setter<'_>, Args<'_>) -> Value,
}

/// Where a [`Method`] is applied.
pub struct Setter<'a> {
    /// All nodes.
    pub tree: &'a mut Tree,
    /// The node.
    pub node: NodeId,
}
