//! What `Grid` and `WaterFlow` are told of their columns and rows.

use super::tracks::Template;
use crate::values::length;
use concord_ui::component::{Method, Setter};
use concord_ui::geometry::Axis;
use concord_ui::inspector::Attributes;
use concord_ui::units::{Environment, Length};
use concord_ui::value::{Args, Value};

/// `columnsTemplate`, `rowsTemplate`, `columnsGap`, `rowsGap`.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Templates {
    pub(crate) columns: Option<Template>,
    pub(crate) rows: Option<Template>,
    columns_gap: Option<Length>,
    rows_gap: Option<Length>,
}

/// A state with templates.
pub(crate) trait Templated: 'static {
    /// Where they are.
    fn templates(&mut self) -> &mut Templates;

    /// They are others now.
    fn templates_changed(&mut self) {}
}

impl Templates {
    /// Gaps in px: between columns, between rows. Percentages are of the extents given.
    pub(crate) fn gaps(&self, environment: &Environment, width: f32, height: f32) -> (f32, f32) {
        let px = |length: &Option<Length>, reference: f32| {
            let length = length.as_ref().and_then(|length| length.resolve(environment, reference));
            length.unwrap_or(0.0).max(0.0)
        };
        (px(&self.columns_gap, width), px(&self.rows_gap, height))
    }

    /// The template of the tracks that lie beside each other, in lines that follow each other along an axis.
    pub(crate) fn across(&self, axis: Axis) -> Option<&Template> {
        match axis {
            Axis::Vertical => self.columns.as_ref(),
            Axis::Horizontal => self.rows.as_ref(),
        }
    }

    /// Tells the inspector.
    pub(crate) fn inspect(&self, environment: &Environment, out: &mut Attributes) {
        for (name, gap) in [("columnsGap", &self.columns_gap), ("rowsGap", &self.rows_gap)] {
            out.length(name, gap.as_ref().unwrap_or(&Length::ZERO), environment);
        }
    }
}

/// The attributes.
pub(crate) const fn methods<T: Templated>() -> [Method; 4] {
    [
        Method { name: "columnsTemplate", apply: columns_template::<T> },
        Method { name: "rowsTemplate", apply: rows_template::<T> },
        Method { name: "columnsGap", apply: columns_gap::<T> },
        Method { name: "rowsGap", apply: rows_gap::<T> },
    ]
}

/// Puts a value into its place.
fn change<T: Templated, V: PartialEq>(node: &mut Setter<'_>, place: fn(&mut Templates) -> &mut V, value: V) -> Value {
    node.restyle(|state: &mut T| {
        let changed = concord_ui::change::put(place(state.templates()), value);
        if changed {
            state.templates_changed();
        }
        changed
    })
}

fn template(args: Args<'_>) -> Option<Template> {
    args.get(0).as_str().and_then(Template::parse)
}

fn columns_template<T: Templated>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |templates| &mut templates.columns, template(args))
}

fn rows_template<T: Templated>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |templates| &mut templates.rows, template(args))
}

fn columns_gap<T: Templated>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |templates| &mut templates.columns_gap, length(args.get(0)))
}

fn rows_gap<T: Templated>(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    change::<T, _>(node, |templates| &mut templates.rows_gap, length(args.get(0)))
}
