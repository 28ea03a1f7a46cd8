//! Effects on finished pixels, with the platform's formulas.

use std::sync::Arc;

use vello_cpu::kurbo::{Point, Rect};

use crate::Color;

/// An effect on the pixels of a layer or of what is behind it. Several are applied in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Gaussian blur with this standard deviation in px; [`crate::sigma_of_radius`] makes one from ArkUI's radius.
    Blur {
        /// Standard deviation in px of the coordinates where the layer is pushed.
        sigma: f64,
    },
    /// The amount minus one is added to every colour channel: 0.0 is black, 1.0 changes nothing, 2.0 is white. (CSS
    /// multiplies; the platform adds.)
    Brightness(f32),
    /// Distance from mid-grey multiplied; 1.0 changes nothing.
    Contrast(f32),
    /// 0.0 is grey, 1.0 changes nothing, more is more colourful.
    Saturate(f32),
    /// 0.0 changes nothing, 1.0 is grey. In between the platform does not mix: grey and opacity are multiplied with the
    /// amount, so that less of the filtered picture is left.
    Grayscale(f32),
    /// 0.0 changes nothing, 1.0 is sepia; in between as with grey.
    Sepia(f32),
    /// 0.0 changes nothing, 0.5 is grey, 1.0 the negative; more is the same.
    Invert(f32),
    /// Turns hues; degrees. At 120 red has become green, green blue and blue red; in between they are mixed.
    HueRotate(f32),
    /// Adds a colour to the premultiplied channels and its alpha to the opacity (ArkUI's `colorBlend`).
    ColorBlend(Color),
    /// Any linear map of straight colour channels.
    Matrix(ColorMatrix),
    /// ArkUI's `lightUpEffect`: 0.0 is black, 1.0 changes nothing; dark and more colourful in between.
    LightUp(f32),
    /// ArkUI's `linearGradientBlur`.
    GradientBlur(Arc<GradientBlur>),
    /// ArkUI's `pixelStretchEffect`.
    PixelStretch(PixelStretch),
    /// ArkUI's `sphericalEffect`.
    Spherical(Spherical),
}

/// A blur that is stronger in some places than in others. Coordinates are those where the layer is pushed.
#[derive(Debug, Clone, PartialEq)]
pub struct GradientBlur {
    /// Standard deviation in px where it is strongest.
    pub sigma: f64,
    /// Where the line begins along which it changes.
    pub start: Point,
    /// Where that line ends.
    pub end: Point,
    /// How strong it is, 0 to 1, and where on the line, 0 to 1, in ascending order.
    pub stops: Vec<(f32, f32)>,
}

impl GradientBlur {
    /// How strong it is at a place of the line, 0 to 1.
    pub(crate) fn amount(&self, at: f64) -> f64 {
        let mut before: Option<(f64, f64)> = None;
        for (amount, place) in &self.stops {
            let (amount, place) = (f64::from(*amount), f64::from(*place));
            if at <= place {
                return match before {
                    Some((from, start)) if place > start => from + (amount - from) * (at - start) / (place - start),
                    _ => amount,
                };
            }
            before = Some((amount, place));
        }
        before.map_or(0.0, |(amount, _)| amount)
    }
}

/// Edges that go on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PixelStretch {
    /// The box whose edges they are, in the coordinates where the layer is pushed.
    pub bounds: Rect,
    /// How far at the left, the top, the right and the bottom, px: all outwards, or all negative. Then the picture is made
    /// smaller and its edges fill the box.
    pub edges: [f64; 4],
}

/// A picture bent like a ball.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spherical {
    /// The box that is bent, in the coordinates where the layer is pushed.
    pub bounds: Rect,
    /// 0.0 is flat, 1.0 a whole ellipse.
    pub degree: f64,
}

impl Filter {
    /// Whether it changes nothing.
    pub fn is_identity(&self) -> bool {
        match self {
            Self::Blur { sigma } => sigma.is_nan() || *sigma <= 0.01,
            Self::Brightness(amount) | Self::Contrast(amount) => (*amount - 1.0).abs() <= 0.001,
            // Negative amounts change nothing, either.
            Self::Saturate(amount) => (*amount - 1.0).abs() <= 0.001 || *amount < 0.0,
            Self::Grayscale(amount) | Self::Sepia(amount) | Self::Invert(amount) => *amount <= 0.001,
            Self::HueRotate(degrees) => degrees.rem_euclid(360.0) == 0.0,
            Self::ColorBlend(color) => color.is_transparent(),
            Self::Matrix(matrix) => *matrix == ColorMatrix::IDENTITY,
            Self::LightUp(degree) => *degree >= 1.0 || degree.is_nan(),
            Self::GradientBlur(blur) => {
                blur.sigma.is_nan() || blur.sigma <= 0.01 || blur.stops.iter().all(|(amount, _)| *amount <= 0.0)
            }
            Self::PixelStretch(stretch) => stretch.edges.iter().all(|edge| *edge == 0.0),
            Self::Spherical(sphere) => sphere.degree <= 0.0 || sphere.degree.is_nan(),
        }
    }

    /// The effect as a matrix; none for those that are no linear map of colours.
    pub fn color_matrix(&self) -> Option<ColorMatrix> {
        Some(match *self {
            Self::Blur { .. }
            | Self::ColorBlend(_)
            | Self::LightUp(_)
            | Self::GradientBlur(_)
            | Self::PixelStretch(_)
            | Self::Spherical(_) => return None,
            Self::Brightness(amount) => ColorMatrix::brightness(amount),
            Self::Contrast(amount) => ColorMatrix::contrast(amount),
            Self::Saturate(amount) => ColorMatrix::saturate(amount),
            Self::Grayscale(amount) => ColorMatrix::grayscale(amount),
            Self::Sepia(amount) => ColorMatrix::sepia(amount),
            Self::Invert(amount) => ColorMatrix::invert(amount),
            Self::HueRotate(degrees) => ColorMatrix::hue_rotate(degrees),
            Self::Matrix(matrix) => matrix,
        })
    }

    /// Whether it makes something of transparent pixels, so that a layer with it covers everything inside its clip.
    pub(crate) fn fills(&self) -> bool {
        match self {
            Self::ColorBlend(color) => !color.is_transparent(),
            other => other.color_matrix().is_some_and(|matrix| !matrix.keeps_transparent()),
        }
    }
}

/// A linear map of straight (not premultiplied) channels in 0.0..=1.0: four rows (red, green, blue, alpha) of five numbers,
/// the last one being added. This is the shape of ArkUI's `ColorFilter`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColorMatrix(pub [f32; 20]);

/// The weights of the channels in the grey of `grayscale` (ITU-R BT.709).
const GREY: [f32; 3] = [0.2126, 0.7152, 0.0722];
/// The weights of the channels in the brightness that `backgroundBrightness` goes by.
const LUMA: [f32; 3] = [0.299, 0.587, 0.114];
/// The weights of the channels in the grey of `saturate`.
const SATURATION_GREY: [f32; 3] = [0.3086, 0.6094, 0.0820];
const SEPIA: [[f32; 3]; 3] = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]];

fn finite(amount: f32, otherwise: f32) -> f32 {
    if amount.is_finite() { amount } else { otherwise }
}

impl ColorMatrix {
    /// Changes nothing.
    pub const IDENTITY: Self = Self([1., 0., 0., 0., 0., 0., 1., 0., 0., 0., 0., 0., 1., 0., 0., 0., 0., 0., 1., 0.]);

    fn from_rgb(rows: [[f32; 3]; 3]) -> Self {
        let [[a, b, c], [d, e, f], [g, h, i]] = rows;
        Self([a, b, c, 0., 0., d, e, f, 0., 0., g, h, i, 0., 0., 0., 0., 0., 1., 0.])
    }

    /// ArkUI's `backgroundBrightness`: every channel gains `degree` minus `rate` times the brightness of the pixel.
    pub fn light_up_background(rate: f32, degree: f32) -> Self {
        let (rate, degree) = (finite(rate, 0.0), finite(degree, 0.0));
        let mut rows = [LUMA.map(|weight| -rate * weight); 3];
        for (index, row) in rows.iter_mut().enumerate() {
            row[index] += 1.0;
        }
        let mut matrix = Self::from_rgb(rows);
        for index in [4, 9, 14] {
            matrix.0[index] = degree;
        }
        matrix
    }

    /// Colour channels times `scale` plus `offset`.
    fn line(scale: f32, offset: f32) -> Self {
        let mut matrix = Self::from_rgb([[scale, 0., 0.], [0., scale, 0.], [0., 0., scale]]);
        for index in [4, 9, 14] {
            matrix.0[index] = offset;
        }
        matrix
    }

    /// Everything, opacity included, multiplied with an amount.
    fn scaled(rows: [[f32; 3]; 3], amount: f32) -> Self {
        Self(Self::from_rgb(rows).0.map(|number| number * amount))
    }

    /// See [`Filter::Brightness`].
    pub fn brightness(amount: f32) -> Self {
        Self::line(1.0, finite(amount, 1.0) - 1.0)
    }

    /// See [`Filter::Contrast`].
    pub fn contrast(amount: f32) -> Self {
        let amount = finite(amount, 1.0);
        Self::line(amount, 128.0 / 255.0 * (1.0 - amount))
    }

    /// See [`Filter::Saturate`].
    pub fn saturate(amount: f32) -> Self {
        let amount = finite(amount, 1.0);
        let mut rows = [SATURATION_GREY.map(|weight| weight * (1.0 - amount)); 3];
        for (index, row) in rows.iter_mut().enumerate() {
            row[index] += amount;
        }
        Self::from_rgb(rows)
    }

    /// See [`Filter::Grayscale`].
    pub fn grayscale(amount: f32) -> Self {
        if amount > 0.0 { Self::scaled([GREY; 3], amount.min(1.0)) } else { Self::IDENTITY }
    }

    /// See [`Filter::Sepia`].
    pub fn sepia(amount: f32) -> Self {
        if amount > 0.0 { Self::scaled(SEPIA, amount.min(1.0)) } else { Self::IDENTITY }
    }

    /// See [`Filter::Invert`].
    pub fn invert(amount: f32) -> Self {
        let amount = finite(amount, 0.0).clamp(0.0, 1.0);
        Self::line(1.0 - 2.0 * amount, amount)
    }

    /// See [`Filter::HueRotate`].
    pub fn hue_rotate(degrees: f32) -> Self {
        let thirds = finite(degrees, 0.0).rem_euclid(360.0) / 120.0;
        // What each channel is made of after none, one and two thirds of a turn; after three it is itself again.
        let (stay, one, two) = match thirds {
            t if t < 1.0 => (1.0 - t, t, 0.0),
            t if t < 2.0 => (0.0, 2.0 - t, t - 1.0),
            t => (t - 2.0, 0.0, 3.0 - t),
        };
        Self::from_rgb([[stay, two, one], [one, stay, two], [two, one, stay]])
    }

    /// One map that does `self` and then `next` (without the clamping between them).
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let mut product = [0.0; 20];
        for (index, cell) in product.iter_mut().enumerate() {
            let (row, column) = (index / 5, index % 5);
            *cell = (0..4).map(|k| next.0[row * 5 + k] * self.0[k * 5 + column]).sum::<f32>()
                + if column == 4 { next.0[row * 5 + 4] } else { 0.0 };
        }
        Self(product)
    }

    /// Whether transparent stays transparent.
    pub(crate) fn keeps_transparent(&self) -> bool {
        self.0[19].is_nan() || self.0[19] <= 0.0
    }
}
