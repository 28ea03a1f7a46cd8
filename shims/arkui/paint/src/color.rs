//! Colours as ArkUI has them: 8 bits per channel, sRGB, straight (not premultiplied) alpha.

use vello_cpu::peniko::color::{AlphaColor, Srgb};

/// A colour: sRGB, 8 bits per channel, straight alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity; 0 is transparent.
    pub a: u8,
}

impl Color {
    /// Nothing at all.
    pub const TRANSPARENT: Self = Self::rgba8(0, 0, 0, 0);
    /// Opaque black.
    pub const BLACK: Self = Self::rgb8(0, 0, 0);
    /// Opaque white.
    pub const WHITE: Self = Self::rgb8(255, 255, 255);

    /// An opaque colour.
    pub const fn rgb8(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }

    /// A colour of four channels, alpha last.
    pub const fn rgba8(r: u8, g: u8, b: u8, a: u8) -> Self {
        Self { r, g, b, a }
    }

    /// From `0xAARRGGBB`, alpha taken as it is. (The rule that an app's number without alpha is opaque belongs to whoever
    /// reads the app's values.)
    pub const fn from_argb(argb: u32) -> Self {
        let [a, r, g, b] = argb.to_be_bytes();
        Self { r, g, b, a }
    }

    /// As `0xAARRGGBB`.
    pub const fn to_argb(self) -> u32 {
        u32::from_be_bytes([self.a, self.r, self.g, self.b])
    }

    /// The same colour with its alpha replaced (0.0 to 1.0; anything else is clamped, NaN is 0).
    #[must_use]
    pub fn with_alpha(self, alpha: f32) -> Self {
        Self { a: unit_to_byte(alpha), ..self }
    }

    /// The same colour with its alpha multiplied (by 0.0 to 1.0; anything else is clamped, NaN is 0).
    #[must_use]
    pub fn multiply_alpha(self, by: f32) -> Self {
        self.with_alpha(f32::from(self.a) / 255.0 * if by > 0.0 { by.min(1.0) } else { 0.0 })
    }

    /// Whether nothing shows through it.
    pub const fn is_opaque(self) -> bool {
        self.a == 255
    }

    /// Whether it shows nothing itself.
    pub const fn is_transparent(self) -> bool {
        self.a == 0
    }

    /// The colour between `self` (0.0) and `other` (1.0), channel by channel with straight alpha, as the platform
    /// animates colours.
    #[must_use]
    pub fn lerp(self, other: Self, t: f32) -> Self {
        let t = if t.is_finite() { t.clamp(0.0, 1.0) } else { 0.0 };
        let mix = |a: u8, b: u8| unit_to_byte((f32::from(a) + (f32::from(b) - f32::from(a)) * t) / 255.0);
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: mix(self.a, other.a) }
    }

    /// The channels multiplied with alpha, as pixels are stored.
    pub fn premultiplied(self) -> [u8; 4] {
        [premultiply(self.r, self.a), premultiply(self.g, self.a), premultiply(self.b, self.a), self.a]
    }

    /// From a pixel as it is stored.
    pub fn from_premultiplied(pixel: [u8; 4]) -> Self {
        let [r, g, b, a] = pixel;
        Self { r: unpremultiply(r, a), g: unpremultiply(g, a), b: unpremultiply(b, a), a }
    }

    pub(crate) fn to_peniko(self) -> AlphaColor<Srgb> {
        AlphaColor::from_rgba8(self.r, self.g, self.b, self.a)
    }
}

/// 0.0..=1.0 to 0..=255, rounded; out of range is clamped and NaN is 0.
pub(crate) fn unit_to_byte(unit: f32) -> u8 {
    // `as` saturates, and turns NaN into 0.
    (unit * 255.0 + 0.5) as u8
}

/// `channel * alpha / 255`, rounded.
pub(crate) fn premultiply(channel: u8, alpha: u8) -> u8 {
    let product = u32::from(channel) * u32::from(alpha) + 128;
    ((product + (product >> 8)) >> 8) as u8
}

/// `channel * 255 / alpha`, rounded; 0 where alpha is 0.
pub(crate) fn unpremultiply(channel: u8, alpha: u8) -> u8 {
    match u32::from(alpha) {
        0 => 0,
        alpha => ((u32::from(channel) * 255 + alpha / 2) / alpha).min(255) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn argb_is_read_in_the_order_that_apps_write_it() {
        assert_eq!(Color::from_argb(0x8011_2233), Color::rgba8(0x11, 0x22, 0x33, 0x80));
        assert_eq!(Color::from_argb(0x8011_2233).to_argb(), 0x8011_2233);
    }

    #[test]
    fn alpha_is_clamped() {
        assert_eq!(Color::BLACK.with_alpha(2.0).a, 255);
        assert_eq!(Color::BLACK.with_alpha(-1.0).a, 0);
        assert_eq!(Color::BLACK.with_alpha(f32::NAN).a, 0);
        assert_eq!(Color::BLACK.with_alpha(0.5).a, 128);
        assert_eq!(Color::BLACK.with_alpha(0.5).multiply_alpha(0.5).a, 64);
        assert_eq!(Color::BLACK.multiply_alpha(f32::NAN).a, 0);
    }

    #[test]
    fn premultiplying_is_exact_for_opaque_and_reversible_within_rounding() {
        for channel in 0..=255 {
            assert_eq!(premultiply(channel, 255), channel);
            assert_eq!(unpremultiply(premultiply(channel, 255), 255), channel);
            assert!(unpremultiply(premultiply(channel, 128), 128).abs_diff(channel) <= 1);
        }
        assert_eq!(unpremultiply(77, 0), 0);
    }

    #[test]
    fn colours_are_mixed_channel_by_channel() {
        assert_eq!(Color::BLACK.lerp(Color::WHITE, 0.5), Color::rgb8(128, 128, 128));
        assert_eq!(Color::BLACK.lerp(Color::WHITE, f32::NAN), Color::BLACK);
    }
}
