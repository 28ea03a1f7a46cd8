//! `Path`: commands of SVG, in px.

use super::style::{self, shape_methods};
use super::{Figure, Geometry, State, create, reshape};
use concord_paint::kurbo::Shape;
use concord_ui::component::{Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::layout::ContentConstraint;
use concord_ui::outline::parse_path;
use concord_ui::value::{Args, Value};

/// See the module.
pub(crate) static PATH: Figure = Figure {
    name: "Path",
    outline: |geometry, _, _| geometry.commands.clone(),
    filled: true,
    own_size,
    methods: METHODS,
};

/// As large as what it draws.
fn own_size(geometry: &Geometry, _constraint: &ContentConstraint) -> Size {
    let bounds = geometry.commands.bounding_box();
    let extent = |length: f64| if length.is_finite() { length.max(0.0) as f32 } else { 0.0 };
    Size::new(extent(bounds.width()), extent(bounds.height()))
}

fn set_commands(node: &mut Setter<'_>, value: &Value) -> Value {
    let commands = value.as_str().map(parse_path).unwrap_or_default();
    reshape(node, |geometry| geometry.commands = commands)
}

fn create_path(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    set_commands(node, args.get(0).get("commands"));
    create(node, args)
}

static METHODS: &[Method] = shape_methods![State;
    Method { name: "create", apply: create_path },
    Method { name: "commands", apply: |node: &mut Setter<'_>, args: Args<'_>| set_commands(node, args.get(0)) },
];
