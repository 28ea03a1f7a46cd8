//! What shapes are filled with.

use std::sync::Arc;

use kurbo::{Affine, Point};
use vello_cpu::kurbo;
use vello_cpu::peniko::color::{ColorSpaceTag, DynamicColor};
use vello_cpu::peniko::{self, InterpolationAlphaSpace};
use vello_cpu::{Image, ImageSource, PaintType};

use crate::{Color, Picture, Sampling, geometry};

/// Stops beyond this many are dropped: a gradient with more is a mistake or an attack.
const MAX_STOPS: usize = 1024;

/// What happens outside the defined range of a gradient or the rectangle of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Extend {
    /// The colour at the edge goes on.
    #[default]
    Pad,
    /// It starts again.
    Repeat,
    /// It runs back and forth.
    Reflect,
}

impl Extend {
    pub(crate) fn to_peniko(self) -> peniko::Extend {
        match self {
            Self::Pad => peniko::Extend::Pad,
            Self::Repeat => peniko::Extend::Repeat,
            Self::Reflect => peniko::Extend::Reflect,
        }
    }
}

/// A colour at a place of a gradient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColorStop {
    /// 0.0 is the start, 1.0 the end.
    pub offset: f32,
    /// The colour there.
    pub color: Color,
}

/// The geometry of a gradient, in the coordinates of the shape it fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum GradientKind {
    /// Along a line.
    Linear {
        /// Where offset 0 is.
        start: Point,
        /// Where offset 1 is.
        end: Point,
    },
    /// Between two circles. ArkUI's `radialGradient` has a start circle of radius 0 at the same centre.
    Radial {
        /// Centre of the circle at offset 0.
        start_center: Point,
        /// Its radius.
        start_radius: f32,
        /// Centre of the circle at offset 1.
        end_center: Point,
        /// Its radius.
        end_radius: f32,
    },
    /// Around a point. Angles are radians from the positive x axis, clockwise (as y points down). Nothing is drawn when the
    /// end comes before the start.
    Sweep {
        /// The point.
        center: Point,
        /// The angle at offset 0.
        start_angle: f32,
        /// The angle at offset 1.
        end_angle: f32,
    },
}

/// A gradient. Colours are mixed in sRGB with straight alpha, as on the platform.
#[derive(Debug, Clone, PartialEq)]
pub struct Gradient {
    /// Its geometry.
    pub kind: GradientKind,
    /// Colours in ascending order of offset; a stop that is out of order counts as being where its predecessor is.
    pub stops: Vec<ColorStop>,
    /// What is outside 0.0 to 1.0.
    pub extend: Extend,
    /// Applied to the geometry, before the transform of the shape.
    pub transform: Affine,
}

/// A picture that is repeated over a shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// The picture.
    pub picture: Picture,
    /// From pixels of the picture to coordinates of the shape.
    pub transform: Affine,
    /// What is left and right of the picture.
    pub extend_x: Extend,
    /// What is above and below.
    pub extend_y: Extend,
    /// How it is scaled.
    pub sampling: Sampling,
}

/// What a shape is filled with. Cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub enum Brush {
    /// One colour.
    Solid(Color),
    /// A gradient.
    Gradient(Arc<Gradient>),
    /// A pattern.
    Image(Arc<Pattern>),
}

impl From<Color> for Brush {
    fn from(color: Color) -> Self {
        Self::Solid(color)
    }
}

impl From<Gradient> for Brush {
    fn from(gradient: Gradient) -> Self {
        Self::Gradient(Arc::new(gradient))
    }
}

impl From<Pattern> for Brush {
    fn from(pattern: Pattern) -> Self {
        Self::Image(Arc::new(pattern))
    }
}

impl Brush {
    /// A linear gradient from `start` to `end`.
    pub fn linear(start: impl Into<Point>, end: impl Into<Point>, stops: Vec<ColorStop>, extend: Extend) -> Self {
        let kind = GradientKind::Linear { start: start.into(), end: end.into() };
        Gradient { kind, stops, extend, transform: Affine::IDENTITY }.into()
    }

    /// A radial gradient around `center`, offset 1 at `radius`.
    pub fn radial(center: impl Into<Point>, radius: f32, stops: Vec<ColorStop>, extend: Extend) -> Self {
        let center = center.into();
        let kind =
            GradientKind::Radial { start_center: center, start_radius: 0.0, end_center: center, end_radius: radius };
        Gradient { kind, stops, extend, transform: Affine::IDENTITY }.into()
    }

    /// A sweep around `center`; radians from the positive x axis, clockwise.
    pub fn sweep(
        center: impl Into<Point>,
        start_angle: f32,
        end_angle: f32,
        stops: Vec<ColorStop>,
        extend: Extend,
    ) -> Self {
        let kind = GradientKind::Sweep { center: center.into(), start_angle, end_angle };
        Gradient { kind, stops, extend, transform: Affine::IDENTITY }.into()
    }

    /// Whether drawing with it changes nothing.
    pub fn is_transparent(&self) -> bool {
        match self {
            Self::Solid(color) => color.is_transparent(),
            Self::Gradient(gradient) => gradient.stops.iter().all(|stop| stop.color.is_transparent()),
            Self::Image(_) => false,
        }
    }

    /// The paint and its own transform; none where the brush is not finite.
    pub(crate) fn to_paint(&self) -> Option<(PaintType, Affine)> {
        match self {
            Self::Solid(color) => Some((color.to_peniko().into(), Affine::IDENTITY)),
            Self::Gradient(gradient) => {
                let paint = gradient.to_peniko()?;
                Some((paint, geometry::usable_transform(gradient.transform)?))
            }
            Self::Image(pattern) => {
                let image = Image {
                    image: ImageSource::Pixmap(pattern.picture.pixmap()),
                    sampler: peniko::ImageSampler {
                        x_extend: pattern.extend_x.to_peniko(),
                        y_extend: pattern.extend_y.to_peniko(),
                        quality: pattern.sampling.to_peniko(),
                        alpha: 1.0,
                    },
                };
                Some((image.into(), geometry::usable_transform(pattern.transform)?))
            }
        }
    }
}

impl Gradient {
    fn to_peniko(&self) -> Option<PaintType> {
        let Some(first) = self.stops.first() else { return Some(Color::TRANSPARENT.to_peniko().into()) };
        let mut stops = peniko::ColorStops::new();
        let mut last = 0.0_f32;
        for stop in self.stops.iter().take(MAX_STOPS) {
            // `max` also turns NaN into the offset before.
            last = stop.offset.clamp(0.0, 1.0).max(last);
            let color = DynamicColor::from_alpha_color(stop.color.to_peniko());
            stops.push(peniko::ColorStop { offset: last, color });
        }
        // A gradient without length shows its last colour, as on the platform, where all of it lies beyond the end.
        let degenerate = self.stops.last().unwrap_or(first).color;
        let near = |a: f64, b: f64| (a - b).abs() < 1e-4;
        let kind: peniko::GradientKind = match self.kind {
            GradientKind::Linear { start, end } => {
                if !geometry::usable_point(start) || !geometry::usable_point(end) {
                    return None;
                }
                if near(start.x, end.x) && near(start.y, end.y) {
                    return Some(degenerate.to_peniko().into());
                }
                peniko::LinearGradientPosition::new(start, end).into()
            }
            GradientKind::Radial { start_center, start_radius, end_center, end_radius } => {
                let usable = geometry::usable_point(start_center)
                    && geometry::usable_point(end_center)
                    && geometry::usable(f64::from(start_radius))
                    && geometry::usable(f64::from(end_radius));
                if !usable || start_radius < 0.0 || end_radius < 0.0 {
                    return None;
                }
                let same_center = near(start_center.x, end_center.x) && near(start_center.y, end_center.y);
                if same_center && near(f64::from(start_radius), f64::from(end_radius)) {
                    return Some(degenerate.to_peniko().into());
                }
                peniko::RadialGradientPosition::new_two_point(start_center, start_radius, end_center, end_radius).into()
            }
            GradientKind::Sweep { center, start_angle, end_angle } => {
                let usable = geometry::usable_point(center) && start_angle.is_finite() && end_angle.is_finite();
                if !usable || end_angle < start_angle {
                    return None;
                }
                if end_angle - start_angle < 1e-4 {
                    return Some(degenerate.to_peniko().into());
                }
                peniko::SweepGradientPosition::new(center, start_angle, end_angle).into()
            }
        };
        let gradient = peniko::Gradient {
            kind,
            extend: self.extend.to_peniko(),
            interpolation_cs: ColorSpaceTag::Srgb,
            interpolation_alpha_space: InterpolationAlphaSpace::Unpremultiplied,
            stops,
            ..peniko::Gradient::default()
        };
        Some(gradient.into())
    }
}

impl Sampling {
    pub(crate) fn to_peniko(self) -> peniko::ImageQuality {
        match self {
            Self::Nearest => peniko::ImageQuality::Low,
            Self::Linear | Self::Mipmap => peniko::ImageQuality::Medium,
            Self::Cubic => peniko::ImageQuality::High,
        }
    }
}
