//! `Polyline`: a line through points; what it encloses is filled.

use super::style::{self, shape_methods};
use super::{Figure, State, create, no_size, polyline_path, resolve, set_points};
use concord_ui::component::Method;
use concord_ui::value::Value;

/// See the module.
pub(crate) static POLYLINE: Figure = Figure {
    name: "Polyline",
    outline: |geometry, size, environment| polyline_path(&resolve(&geometry.points, size, environment), false),
    filled: true,
    own_size: no_size,
    methods: METHODS,
};

static METHODS: &[Method] = shape_methods![State;
    Method { name: "create", apply: create },
    Method { name: "points", apply: set_points },
];
