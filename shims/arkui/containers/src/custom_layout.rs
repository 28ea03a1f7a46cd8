//! `__CustomLayout__`: a custom component that measures and places its children itself (`onMeasureSize`, `onPlaceChildren`).
//!
//! Both are functions of the app. They come back into the running pass for each child, through [`measure_child`] and
//! [`place_child`].

use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Edges, Point, Size};
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Callback, Value};
use concord_ui::whereabouts::LayoutState;
use std::any::Any;

/// See the module.
pub(super) struct CustomLayout;

/// Levels of nesting that a custom layout counts for: its functions need more of the stack than a component.
const DEPTH: usize = 4;

#[derive(Debug, Clone, Default)]
struct Style {
    /// `(self, children, constraint) → {width, height} | undefined`.
    measure: Option<Callback>,
    /// `(self, children, constraint)`.
    place: Option<Callback>,
    /// That of the last measurement, which children are measured with.
    constraint: Option<ContentConstraint>,
    /// The frame that the app wants.
    decided: Option<Size>,
}

impl Component for CustomLayout {
    fn name(&self) -> &'static str {
        "__CustomLayout__"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(Style::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let Some(style) = pass.tree.state_mut::<Style>(node) else { return Size::ZERO };
        style.constraint = Some(*constraint);
        style.decided = None;
        let Some(callback) = style.measure.clone() else { return pass.measure_stacked(node, constraint) };
        let args = arguments(pass, node, constraint);
        let result = pass.call_deeper(DEPTH, &callback, &args);
        let environment = &pass.tree.environment;
        let side = |name: &str, reference: f32| {
            let length = Length::from_value(result.get(name), Unit::Vp)?;
            Some(length.resolve(environment, reference)?.max(0.0))
        };
        let decided = match (side("width", constraint.percent.width), side("height", constraint.percent.height)) {
            (None, None) => None,
            (width, height) => Some(Size::new(width.unwrap_or(0.0), height.unwrap_or(0.0))),
        };
        if let Some(style) = pass.tree.state_mut::<Style>(node) {
            style.decided = decided;
        }
        // The older `onMeasure` says nothing about the size: it is that of the largest child.
        let largest = |pass: &Pass<'_>| {
            pass.children(node).into_iter().map(|child| pass.outer(child)).fold(Size::ZERO, Size::max)
        };
        decided.unwrap_or_else(|| largest(pass))
    }

    fn decided_size(&self, tree: &Tree, node: NodeId, fitted: Size) -> Size {
        tree.state::<Style>(node).and_then(|style| style.decided).unwrap_or(fitted)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let style = pass.tree.state::<Style>(node).cloned().unwrap_or_default();
        let (Some(callback), Some(constraint)) = (style.place, style.constraint) else {
            let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or(Alignment::TopStart);
            place_aligned(pass, node, alignment);
            return;
        };
        let args = arguments(pass, node, &constraint);
        pass.host.call(pass.tree, &callback, &args);
    }
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "functions",
        apply: |node, args| {
            let (measure, place) = (args.get(0).as_callback().cloned(), args.get(1).as_callback().cloned());
            node.restyle(|style: &mut Style| (style.measure, style.place) = (measure, place))
        },
    },
];

/// What both functions get: the node itself, the numbers of the children, and the constraint; in vp.
fn arguments(pass: &Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> [Value; 3] {
    let environment = &pass.tree.environment;
    let number = |px: f32| Value::Number(f64::from(px / environment.density));
    let this = pass.tree.get(node).map_or(Value::Undefined, |node| describe(&node.layout, environment));
    let children = pass.children(node).into_iter().map(|child| Value::Number(pass.tree.number(child) as f64));
    let limits = Value::object([
        ("minWidth", number(constraint.min.width)),
        ("minHeight", number(constraint.min.height)),
        ("maxWidth", number(constraint.max.width)),
        ("maxHeight", number(constraint.max.height)),
    ]);
    [this, Value::array(children), limits]
}

/// `GeometryInfo` in vp.
fn describe(layout: &LayoutState, environment: &Environment) -> Value {
    let number = |px: f32| Value::Number(f64::from(px / environment.density));
    let edges = |edges: &Edges| {
        Value::object([
            ("left", number(edges.left)),
            ("top", number(edges.top)),
            ("right", number(edges.right)),
            ("bottom", number(edges.bottom)),
        ])
    };
    Value::object([
        ("width", number(layout.size.width)),
        ("height", number(layout.size.height)),
        ("borderWidth", edges(&layout.border)),
        ("margin", edges(&layout.margin)),
        ("padding", edges(&layout.padding)),
    ])
}

/// `GeometryInfo` of a node, in vp.
pub fn geometry(tree: &Tree, node: NodeId) -> Value {
    tree.get(node).map_or(Value::Undefined, |node| describe(&node.layout, &tree.environment))
}

/// Measures a child of a custom layout with a `ConstraintSizeOptions`, which comes before the child's own size, as
/// `constraintSize` does. Returns the size of its frame in px; zero when it is no child.
pub fn measure_child(pass: &mut Pass<'_>, node: NodeId, child: NodeId, limits: &Value) -> Size {
    let own = pass.tree.state::<Style>(node).and_then(|style| style.constraint);
    let Some(own) = own.filter(|_| pass.tree.frame_parent(child) == Some(node)) else { return Size::ZERO };
    let environment = &pass.tree.environment;
    let limit = |name: &str, reference: f32| {
        Length::from_value(limits.get(name), Unit::Vp)?.resolve(environment, reference).map(|limit| limit.max(0.0))
    };
    let percent = own.percent;
    let (min_width, max_width) = (limit("minWidth", percent.width), limit("maxWidth", percent.width));
    let (min_height, max_height) = (limit("minHeight", percent.height), limit("maxHeight", percent.height));
    let mut constraint = own.for_child();
    let margin = pass.margin(child, &constraint);
    for (axis, min, max) in [(Axis::Horizontal, min_width, max_width), (Axis::Vertical, min_height, max_height)] {
        let outer = |limit: f32| (limit + margin.along(axis)).max(0.0);
        if let Some(max) = max {
            constraint.max = constraint.max.with(axis, outer(max));
        }
        if let Some(min) = min {
            constraint.min = constraint.min.with(axis, outer(min));
        }
    }
    let size = pass.measure(child, &constraint);
    let clamp = |extent: f32, min: Option<f32>, max: Option<f32>| {
        extent.min(max.unwrap_or(f32::INFINITY)).max(min.unwrap_or(0.0))
    };
    let limited = Size::new(clamp(size.width, min_width, max_width), clamp(size.height, min_height, max_height));
    if limited == size {
        return size;
    }
    for axis in Axis::BOTH {
        if limited.along(axis) != size.along(axis) {
            constraint.ideal = constraint.ideal.with(axis, Some(limited.along(axis)));
        }
    }
    pass.measure(child, &constraint)
}

/// Puts a child of a custom layout at a `Position` in its parent's frame.
pub fn place_child(pass: &mut Pass<'_>, node: NodeId, child: NodeId, position: &Value) {
    if pass.tree.frame_parent(child) != Some(node) {
        return;
    }
    let size = pass.tree.get(node).map_or(Size::ZERO, |node| node.layout.size);
    let environment = &pass.tree.environment;
    let at = |name: &str, reference: f32| {
        let length = Length::from_value(position.get(name), Unit::Vp);
        length.and_then(|length| length.resolve(environment, reference)).unwrap_or(0.0)
    };
    let at = Point::new(at("x", size.width), at("y", size.height));
    pass.place_child(child, at);
}
