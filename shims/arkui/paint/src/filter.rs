//! Effects on finished pixels, with the platform's formulas.

use crate::Color;

/// An effect on the pixels of a layer or of what is behind it. Several are applied in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Filter {
    /// Gaussian blur with this standard deviation in px; [`crate::sigma_of_radius`] makes one from ArkUI's radius.
    Blur {
        /// Standard deviation in px of the coordinates where the layer is pushed.
        sigma: f64,
    },
    /// Channels multiplied; 1.0 changes nothing.
    Brightness(f32),
    /// Distance from mid-grey multiplied; 1.0 changes nothing.
    Contrast(f32),
    /// 0.0 is grey, 1.0 changes nothing, more is more colourful.
    Saturate(f32),
    /// 0.0 changes nothing, 1.0 is grey.
    Grayscale(f32),
    /// 0.0 changes nothing, 1.0 is sepia.
    Sepia(f32),
    /// 0.0 changes nothing, 1.0 is the negative.
    Invert(f32),
    /// Turns hues; degrees.
    HueRotate(f32),
    /// Adds a colour to every channel (ArkUI's `colorBlend`).
    ColorBlend(Color),
    /// Any linear map of straight colour channels.
    Matrix(ColorMatrix),
}

impl Filter {
    /// Whether it changes nothing.
    pub fn is_identity(&self) -> bool {
        match self {
            Self::Blur { sigma } => sigma.is_nan() || *sigma <= 0.01,
            Self::Brightness(amount) | Self::Contrast(amount) | Self::Saturate(amount) => *amount == 1.0,
            Self::Grayscale(amount) | Self::Sepia(amount) | Self::Invert(amount) | Self::HueRotate(amount) => {
                *amount == 0.0
            }
            Self::ColorBlend(color) => color.is_transparent(),
            Self::Matrix(matrix) => *matrix == ColorMatrix::IDENTITY,
        }
    }

    /// The effect as a matrix; none for a blur.
    pub fn color_matrix(&self) -> Option<ColorMatrix> {
        Some(match *self {
            Self::Blur { .. } => return None,
            Self::Brightness(amount) => ColorMatrix::brightness(amount),
            Self::Contrast(amount) => ColorMatrix::contrast(amount),
            Self::Saturate(amount) => ColorMatrix::saturate(amount),
            Self::Grayscale(amount) => ColorMatrix::grayscale(amount),
            Self::Sepia(amount) => ColorMatrix::sepia(amount),
            Self::Invert(amount) => ColorMatrix::invert(amount),
            Self::HueRotate(degrees) => ColorMatrix::hue_rotate(degrees),
            Self::ColorBlend(color) => ColorMatrix::add(color),
            Self::Matrix(matrix) => matrix,
        })
    }
}

/// A linear map of straight (not premultiplied) channels in 0.0..=1.0: four rows (red, green, blue, alpha) of five numbers,
/// the last one being added. This is the shape of ArkUI's `ColorFilter`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColorMatrix(pub [f32; 20]);

/// The weights of the channels in brightness as an eye sees it (ITU-R BT.709).
const LUMA: [f32; 3] = [0.2126, 0.7152, 0.0722];

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

    /// A mix of the identity (0.0) and `rows` (1.0).
    fn towards(amount: f32, rows: [[f32; 3]; 3]) -> Self {
        let mut mixed = rows;
        for (r, row) in mixed.iter_mut().enumerate() {
            for (c, cell) in row.iter_mut().enumerate() {
                let identity = if r == c { 1.0 } else { 0.0 };
                *cell = identity + (*cell - identity) * amount;
            }
        }
        Self::from_rgb(mixed)
    }

    /// See [`Filter::Brightness`].
    pub fn brightness(amount: f32) -> Self {
        let k = finite(amount, 1.0).max(0.0);
        Self::from_rgb([[k, 0., 0.], [0., k, 0.], [0., 0., k]])
    }

    /// See [`Filter::Contrast`].
    pub fn contrast(amount: f32) -> Self {
        let k = finite(amount, 1.0).max(0.0);
        let mut matrix = Self::brightness(k);
        for offset in [4, 9, 14] {
            matrix.0[offset] = 0.5 - 0.5 * k;
        }
        matrix
    }

    /// See [`Filter::Saturate`].
    pub fn saturate(amount: f32) -> Self {
        Self::towards(1.0 - finite(amount, 1.0).max(0.0), [LUMA; 3])
    }

    /// See [`Filter::Grayscale`].
    pub fn grayscale(amount: f32) -> Self {
        Self::towards(finite(amount, 0.0).clamp(0.0, 1.0), [LUMA; 3])
    }

    /// See [`Filter::Sepia`].
    pub fn sepia(amount: f32) -> Self {
        let full = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]];
        Self::towards(finite(amount, 0.0).clamp(0.0, 1.0), full)
    }

    /// See [`Filter::Invert`].
    pub fn invert(amount: f32) -> Self {
        let t = finite(amount, 0.0).clamp(0.0, 1.0);
        let mut matrix = Self::from_rgb([[1. - 2. * t, 0., 0.], [0., 1. - 2. * t, 0.], [0., 0., 1. - 2. * t]]);
        for offset in [4, 9, 14] {
            matrix.0[offset] = t;
        }
        matrix
    }

    /// See [`Filter::HueRotate`]: a turn around the grey axis that keeps luminance, as in SVG's `feColorMatrix`.
    pub fn hue_rotate(degrees: f32) -> Self {
        let (sin, cos) = finite(degrees, 0.0).to_radians().sin_cos();
        let turned = |luma: f32, c: f32, s: f32| luma + cos * c + sin * s;
        let [r, g, b] = [0.213, 0.715, 0.072];
        Self::from_rgb([
            [turned(r, 1. - r, -r), turned(g, -g, -g), turned(b, -b, 1. - b)],
            [turned(r, -r, 0.143), turned(g, 1. - g, 0.140), turned(b, -b, -0.283)],
            [turned(r, -r, -(1. - r)), turned(g, -g, g), turned(b, 1. - b, b)],
        ])
    }

    /// See [`Filter::ColorBlend`].
    pub fn add(color: Color) -> Self {
        let mut matrix = Self::IDENTITY;
        let alpha = f32::from(color.a) / 255.0;
        for (offset, channel) in [(4, color.r), (9, color.g), (14, color.b)] {
            matrix.0[offset] = f32::from(channel) / 255.0 * alpha;
        }
        matrix.0[19] = alpha;
        matrix
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
