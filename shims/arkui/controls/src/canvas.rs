//! `Canvas`: shows what a rendering context has drawn.

use crate::context2d::SharedContext;
use concord_paint::kurbo::Rect;
use concord_paint::{Painter, Sampling};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::Value;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct Canvas;

#[derive(Debug, Default)]
struct State {
    context: Option<Rc<SharedContext>>,
    /// Size in px that the context has been told.
    size: (u32, u32),
}

impl Component for Canvas {
    fn name(&self) -> &'static str {
        "Canvas"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint);
        // Without a size it is as large as its parent allows.
        let extent = |max: f32| if max.is_finite() { max } else { 0.0 };
        constraint.fit(Size::new(extent(constraint.max.width), extent(constraint.max.height)))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let size = (content.size.width.round() as u32, content.size.height.round() as u32);
        if size == state.size || size.0 == 0 || size.1 == 0 {
            return;
        }
        state.size = size;
        let Some(context) = state.context.clone() else { return };
        context.node.set(Some(node));
        let resized = context.context.try_borrow_mut().map(|mut context| context.resize(size.0, size.1));
        match resized {
            Ok(Ok(())) => {
                pass.tree.emit_event(node, "onReady", Vec::new());
            }
            Ok(Err(error)) => tracing::warn!("a Canvas stays empty: {error}"),
            // The context is drawing right now: it keeps its old size.
            Err(_) => {}
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(content)) =
            (tree.state::<State>(node), tree.get(node).map(|node| node.layout.content()))
        else {
            return;
        };
        let Some(context) = &state.context else { return };
        let pixels = context.context.try_borrow_mut().ok().and_then(|mut context| context.pixels());
        let Some(picture) = pixels.and_then(|pixels| pixels.picture()) else { return };
        let (x, y) = (f64::from(content.origin.x), f64::from(content.origin.y));
        let target = Rect::new(x, y, x + f64::from(picture.width()), y + f64::from(picture.height()));
        painter.picture(&picture, picture.rect(), target, Sampling::Nearest, None);
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let context = args.get(0).as_foreign::<SharedContext>();
            if let Some(context) = &context {
                context.node.set(Some(node.node));
            }
            node.restyle(|state: &mut State| {
                let known = match (&state.context, &context) {
                    (Some(old), Some(new)) => Rc::ptr_eq(old, new),
                    (old, new) => old.is_none() && new.is_none(),
                };
                if !known {
                    state.context = context;
                    state.size = (0, 0);
                }
            })
        },
    },
    Method { name: "onReady", apply: |node, args| node.handler("onReady", args) },
    // Nothing is recognised in pictures.
    Method { name: "enableAnalyzer", apply: |_, _| Value::Undefined },
];
