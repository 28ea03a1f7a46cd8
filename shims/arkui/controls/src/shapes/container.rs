//! `Shape`: shapes on top of each other, drawn in a system of coordinates of their own (`viewPort`), with a style that they
//! share.

use super::style::{self, Style, shape_methods};
use concord_paint::kurbo::Affine;
use concord_ui::change::put;
use concord_ui::common::Alignment;
use concord_ui::component::{Component, Method};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use std::any::Any;

/// See the module.
pub(crate) struct ShapeContainer;

/// What a `Shape` keeps.
#[derive(Debug, Default)]
pub(super) struct ContainerState {
    pub(super) style: Style,
    /// x, y, width, height.
    view_port: Option<[Length; 4]>,
}

/// The style of the `Shape` that a node is in.
pub(super) fn style_around(tree: &Tree, node: NodeId) -> Option<&Style> {
    let around = tree.frame_parent(node)?;
    tree.state::<ContainerState>(around).map(|state| &state.style)
}

impl Component for ShapeContainer {
    fn name(&self) -> &'static str {
        "Shape"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(ContainerState::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        pass.measure_stacked(node, constraint)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        place_aligned(pass, node, Alignment::TopStart);
    }

    fn clips_children(&self) -> bool {
        true
    }

    /// The view port is scaled, as it is, to fit into the content box, and lies in its middle.
    fn children_transform(&self, tree: &Tree, node: NodeId) -> Option<Affine> {
        let port = tree.state::<ContainerState>(node)?.view_port.as_ref()?;
        let [x, y, width, height] = port.each_ref().map(|length| f64::from(length.to_px(&tree.environment)));
        let content = tree.get(node)?.layout.content();
        let (box_width, box_height) = (f64::from(content.size.width), f64::from(content.size.height));
        if width <= 0.0 || height <= 0.0 || box_width <= 0.0 || box_height <= 0.0 {
            return None;
        }
        let scale = (box_width / width).min(box_height / height);
        let at = |extent: f64, start: f64, room: f64| room / 2.0 - (extent / 2.0 + start) * scale;
        let origin = (f64::from(content.origin.x), f64::from(content.origin.y));
        Some(
            Affine::translate((origin.0 + at(width, x, box_width), origin.1 + at(height, y, box_height)))
                * Affine::scale(scale)
                * Affine::translate((-origin.0, -origin.1)),
        )
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        if let Some(state) = tree.state::<ContainerState>(node) {
            state.style.inspect(&tree.environment, out);
        }
    }
}

static METHODS: &[Method] = shape_methods![ContainerState;
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "viewPort",
        apply: |node, args| {
            let value = args.get(0);
            let length = |name: &str| Length::from_value(value.get(name), Unit::Vp).unwrap_or(Length::ZERO);
            let port = value.as_object().map(|_| ["x", "y", "width", "height"].map(length));
            node.redraw(|state: &mut ContainerState| put(&mut state.view_port, port))
        },
    },
    // Distortion by a mesh is not drawn.
    Method { name: "mesh", apply: |_, _| Value::Undefined },
];
