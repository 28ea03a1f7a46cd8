//! `Ellipse`: touches all sides of its box.

use super::style::{self, shape_methods};
use super::{Figure, State, create, no_size};
use concord_paint::kurbo::{Ellipse, Shape};
use concord_ui::component::Method;
use concord_ui::value::Value;

/// See the module.
pub(crate) static ELLIPSE: Figure = Figure {
    name: "Ellipse",
    outline: |_, size, _| {
        let radii = (f64::from(size.width) / 2.0, f64::from(size.height) / 2.0);
        Ellipse::new(radii, radii, 0.0).to_path(0.05)
    },
    filled: true,
    own_size: no_size,
    methods: METHODS,
};

static METHODS: &[Method] = shape_methods![State; Method { name: "create", apply: create }];
