//! `Line`: from one point of its box to another.

use super::style::{self, shape_methods};
use super::{Figure, State, create, no_size, point, polyline_path, reshape, resolve};
use concord_ui::component::{Method, Setter};
use concord_ui::units::Length;
use concord_ui::value::{Args, Value};

/// See the module.
pub(crate) static LINE: Figure = Figure {
    name: "Line",
    outline: |geometry, size, environment| polyline_path(&resolve(&geometry.points, size, environment), false),
    filled: false,
    own_size: no_size,
    methods: METHODS,
};

/// The start (0) or the end (1); the origin when it is not said.
fn set_end(node: &mut Setter<'_>, args: Args<'_>, index: usize) -> Value {
    let point = point(args.get(0)).unwrap_or([Length::ZERO, Length::ZERO]);
    reshape(node, |geometry| {
        geometry.points.resize(2, [Length::ZERO, Length::ZERO]);
        if let Some(slot) = geometry.points.get_mut(index) {
            *slot = point;
        }
    })
}

static METHODS: &[Method] = shape_methods![State;
    Method { name: "create", apply: create },
    Method { name: "startPoint", apply: |node, args| set_end(node, args, 0) },
    Method { name: "endPoint", apply: |node, args| set_end(node, args, 1) },
];
