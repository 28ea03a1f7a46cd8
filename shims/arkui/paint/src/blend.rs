//! How something drawn is combined with what is there already.

use vello_cpu::peniko;

/// Blend modes, in the order and with the names of ArkUI's `BlendMode`. Canvas 2D's `globalCompositeOperation` uses the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum BlendMode {
    /// Nothing is left.
    Clear,
    /// The source replaces what was there ("copy").
    Src,
    /// What was there stays.
    Dst,
    /// The source over what was there: what drawing usually means.
    #[default]
    SrcOver,
    /// What was there over the source.
    DstOver,
    /// The source where something was.
    SrcIn,
    /// What was there, where the source is.
    DstIn,
    /// The source where nothing was.
    SrcOut,
    /// What was there, where the source is not.
    DstOut,
    /// The source over what was there, only where something was.
    SrcAtop,
    /// What was there over the source, only where the source is.
    DstAtop,
    /// Either, but not both.
    Xor,
    /// The sum, saturated ("lighter").
    Plus,
    /// The product of premultiplied channels, alpha included.
    Modulate,
    /// The complement of the product of complements.
    Screen,
    /// Multiply or screen, by what was there.
    Overlay,
    /// The darker of both.
    Darken,
    /// The lighter of both.
    Lighten,
    /// Brightens what was there to reflect the source.
    ColorDodge,
    /// Darkens what was there to reflect the source.
    ColorBurn,
    /// Multiply or screen, by the source.
    HardLight,
    /// Darkens or lightens softly, by the source.
    SoftLight,
    /// The difference of both.
    Difference,
    /// The difference with less contrast.
    Exclusion,
    /// The product.
    Multiply,
    /// Hue of the source, saturation and luminosity of what was there.
    Hue,
    /// Saturation of the source, the rest of what was there.
    Saturation,
    /// Hue and saturation of the source, luminosity of what was there.
    Color,
    /// Luminosity of the source, the rest of what was there.
    Luminosity,
}

impl BlendMode {
    /// Every mode, in the platform's order: the index is ArkUI's number of the mode.
    pub const ALL: [Self; 29] = [
        Self::Clear,
        Self::Src,
        Self::Dst,
        Self::SrcOver,
        Self::DstOver,
        Self::SrcIn,
        Self::DstIn,
        Self::SrcOut,
        Self::DstOut,
        Self::SrcAtop,
        Self::DstAtop,
        Self::Xor,
        Self::Plus,
        Self::Modulate,
        Self::Screen,
        Self::Overlay,
        Self::Darken,
        Self::Lighten,
        Self::ColorDodge,
        Self::ColorBurn,
        Self::HardLight,
        Self::SoftLight,
        Self::Difference,
        Self::Exclusion,
        Self::Multiply,
        Self::Hue,
        Self::Saturation,
        Self::Color,
        Self::Luminosity,
    ];

    /// The mode with ArkUI's number; none beyond 28.
    pub fn from_arkui(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }

    /// Whether drawing nothing (transparent pixels) in this mode leaves what was there as it was. Where it does not, a layer
    /// changes everything inside its clip.
    pub fn leaves_uncovered(self) -> bool {
        !matches!(
            self,
            Self::Clear | Self::Src | Self::SrcIn | Self::SrcOut | Self::DstIn | Self::DstAtop | Self::Modulate
        )
    }

    /// What the raster library has for it; it has no `MODULATE`.
    pub(crate) fn to_peniko(self) -> Option<peniko::BlendMode> {
        use peniko::{Compose, Mix};
        let compose = |compose| Some(peniko::BlendMode::new(Mix::Normal, compose));
        let mix = |mix| Some(peniko::BlendMode::new(mix, Compose::SrcOver));
        match self {
            Self::Clear => compose(Compose::Clear),
            Self::Src => compose(Compose::Copy),
            Self::Dst => compose(Compose::Dest),
            Self::SrcOver => compose(Compose::SrcOver),
            Self::DstOver => compose(Compose::DestOver),
            Self::SrcIn => compose(Compose::SrcIn),
            Self::DstIn => compose(Compose::DestIn),
            Self::SrcOut => compose(Compose::SrcOut),
            Self::DstOut => compose(Compose::DestOut),
            Self::SrcAtop => compose(Compose::SrcAtop),
            Self::DstAtop => compose(Compose::DestAtop),
            Self::Xor => compose(Compose::Xor),
            Self::Plus => compose(Compose::Plus),
            Self::Modulate => None,
            Self::Screen => mix(Mix::Screen),
            Self::Overlay => mix(Mix::Overlay),
            Self::Darken => mix(Mix::Darken),
            Self::Lighten => mix(Mix::Lighten),
            Self::ColorDodge => mix(Mix::ColorDodge),
            Self::ColorBurn => mix(Mix::ColorBurn),
            Self::HardLight => mix(Mix::HardLight),
            Self::SoftLight => mix(Mix::SoftLight),
            Self::Difference => mix(Mix::Difference),
            Self::Exclusion => mix(Mix::Exclusion),
            Self::Multiply => mix(Mix::Multiply),
            Self::Hue => mix(Mix::Hue),
            Self::Saturation => mix(Mix::Saturation),
            Self::Color => mix(Mix::Color),
            Self::Luminosity => mix(Mix::Luminosity),
        }
    }
}
