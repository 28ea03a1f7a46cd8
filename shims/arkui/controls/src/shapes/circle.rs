//! `Circle`: as large as its box allows, in the middle.

use super::style::{self, shape_methods};
use super::{Figure, Geometry, State, create};
use concord_paint::kurbo::{Circle, Shape};
use concord_ui::component::Method;
use concord_ui::geometry::Size;
use concord_ui::layout::ContentConstraint;
use concord_ui::value::Value;

/// See the module.
pub(crate) static CIRCLE: Figure = Figure {
    name: "Circle",
    outline: |_, size, _| {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        Circle::new((width / 2.0, height / 2.0), width.min(height) / 2.0).to_path(0.05)
    },
    filled: true,
    own_size,
    methods: METHODS,
};

/// A circle that knows only one of its extents is as large in the other.
fn own_size(_geometry: &Geometry, constraint: &ContentConstraint) -> Size {
    let side = constraint.ideal.width.or(constraint.ideal.height).unwrap_or(0.0);
    Size::new(side, side)
}

static METHODS: &[Method] = shape_methods![State; Method { name: "create", apply: create }];
