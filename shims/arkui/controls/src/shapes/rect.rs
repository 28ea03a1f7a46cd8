//! `Rect`: its box, with corners that may be round.

use super::style::{self, shape_methods};
use super::{Figure, Geometry, State, create, no_size, reshape};
use concord_paint::kurbo::BezPath;
use concord_ui::component::{Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::outline::rounded_rect;
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};

/// See the module.
pub(crate) static RECT: Figure = Figure { name: "Rect", outline, filled: true, own_size: no_size, methods: METHODS };

fn outline(geometry: &Geometry, size: Size, environment: &Environment) -> BezPath {
    rounded_rect(size, &geometry.radii, environment)
}

/// `radius`: one for all corners, or `[width, height]` for each.
fn radii(value: &Value) -> [[Option<Length>; 2]; 4] {
    let length = |value: &Value| Length::from_value(value, Unit::Vp);
    if let Some(corners) = value.as_array() {
        let corner = |index: usize| match corners.get(index).and_then(Value::as_array) {
            Some([width, height, ..]) => [length(width), length(height)],
            _ => [None, None],
        };
        return [corner(0), corner(1), corner(2), corner(3)];
    }
    let all = length(value);
    std::array::from_fn(|_| [all.clone(), all.clone()])
}

fn create_rect(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let length = |name: &str| Length::from_value(options.get(name), Unit::Vp);
    let corners = if options.get("radius").is_nullish() {
        let (width, height) = (length("radiusWidth"), length("radiusHeight"));
        std::array::from_fn(|_| [width.clone(), height.clone()])
    } else {
        radii(options.get("radius"))
    };
    reshape(node, |geometry| geometry.radii = corners);
    create(node, args)
}

/// `radiusWidth` (0) or `radiusHeight` (1) of all corners.
fn one_radius(node: &mut Setter<'_>, args: Args<'_>, index: usize) -> Value {
    let radius = Length::from_value(args.get(0), Unit::Vp);
    reshape(node, |geometry| {
        for slot in geometry.radii.iter_mut().filter_map(|corner| corner.get_mut(index)) {
            slot.clone_from(&radius);
        }
    })
}

static METHODS: &[Method] = shape_methods![State;
    Method { name: "create", apply: create_rect },
    Method { name: "radiusWidth", apply: |node, args| one_radius(node, args, 0) },
    Method { name: "radiusHeight", apply: |node, args| one_radius(node, args, 1) },
    Method {
        name: "radius",
        apply: |node, args| {
            let radii = radii(args.get(0));
            reshape(node, |geometry| geometry.radii = radii)
        },
    },
];
