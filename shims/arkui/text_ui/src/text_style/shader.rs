//! `shaderStyle`: a gradient or a colour in place of the text's colour.

use concord_paint::{Brush, Color, kurbo};
use concord_ui::common::{GradientStyle, parse_color};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::units::Environment;
use concord_ui::value::Value;
use std::sync::Arc;

/// What glyphs are filled with.
#[derive(Debug, Clone, PartialEq)]
pub enum Shader {
    /// A gradient over the box of the text.
    Gradient(Box<GradientStyle>),
    /// One colour.
    Color(Color),
}

impl Shader {
    /// From a `LinearGradientStyle` or `RadialGradientStyle` (`{options}`), a `ColorShaderStyle` (`{color}`), or the options alone.
    pub fn from_value(value: &Value) -> Option<Shader> {
        if let Some(color) = parse_color(value.get("color")) {
            return Some(Shader::Color(color));
        }
        let options = if value.get("options").as_object().is_some() { value.get("options") } else { value };
        let gradient = if options.get("radius").is_nullish() {
            GradientStyle::linear(options)
        } else {
            GradientStyle::radial(options)
        };
        gradient.map(|gradient| Shader::Gradient(Box::new(gradient)))
    }

    /// For a text of this size, which begins at 0, 0.
    pub fn brush(&self, environment: &Environment, size: Size) -> Brush {
        self.brush_in(environment, &Rect { origin: Point::ZERO, size })
    }

    /// For what lies in a rectangle.
    pub fn brush_in(&self, environment: &Environment, rect: &Rect) -> Brush {
        match self {
            Shader::Color(color) => Brush::Solid(*color),
            Shader::Gradient(gradient) => {
                let mut gradient = gradient.in_box(environment, rect.size);
                let origin = (f64::from(rect.origin.x), f64::from(rect.origin.y));
                gradient.transform = kurbo::Affine::translate(origin) * gradient.transform;
                Brush::Gradient(Arc::new(gradient))
            }
        }
    }
}
