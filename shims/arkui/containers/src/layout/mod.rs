//! How containers arrange their children: one file per algorithm. The box model is that of `concord_ui::layout`; sizes are px.

pub(crate) mod grid_row;
mod linear;
mod relative;
pub(crate) mod templates;
#[cfg(test)]
mod tests;
mod tracks;
mod wrap;

pub(crate) use linear::{Linear, LinearStyle};
pub(crate) use relative::{Barrier, Guideline, RelativeStyle, measure_relative, place_relative};
pub(crate) use templates::{Templated, Templates};
pub(crate) use tracks::{Template, Tracks};
pub(crate) use wrap::{Wrap, WrapStyle};
