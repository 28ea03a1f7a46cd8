//! `Path`: commands of SVG, in px.

use super::style::{self, shape_methods};
use super::{Figure, Geometry, MAX_COMMANDS, State, create, reshape};
use crate::component::{Method, Setter};
use crate::geometry::Size;
use crate::layout::ContentConstraint;
use crate::value::{Args, Value};
use concord_paint::kurbo::{BezPath, Shape};

/// See the module.
pub(in crate::components) static PATH: Figure = Figure {
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

/// The path that commands of SVG say, in px; nothing where they cannot be read.
pub(crate) fn parse(commands: &str) -> BezPath {
    if commands.len() > MAX_COMMANDS {
        return BezPath::new();
    }
    BezPath::from_svg(commands).unwrap_or_default()
}

fn set_commands(node: &mut Setter<'_>, value: &Value) -> Value {
    let commands = value.as_str().map(parse).unwrap_or_default();
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
