//! How a node is drawn: `renderFit`, `obscured`, `useShadowBatching`, `useEffect`, `doubleSided`; and what only makes drawing
//! faster on a device.

use crate::change::put;
use crate::component::Method;
use crate::geometry::Size;
use crate::value::Value;
use concord_paint::kurbo::Affine;

/// How a node is drawn. The default is as ever.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Rendering {
    /// `renderFit`: where the content lies, and how large it is, while the frame is animated.
    pub fit: RenderFit,
    /// `useShadowBatching`: the shadows of children lie below all of them.
    pub shadow_batching: bool,
    /// `useEffect`: what an `EffectComponent` around it does with its background holds for this node.
    pub use_effect: bool,
    /// `obscured([ObscuredReasons.PLACEHOLDER])`: texts and pictures are not to be read.
    pub obscured: bool,
    /// `doubleSided(false)`: nothing is drawn of the back.
    pub single_sided: bool,
}

/// `RenderFit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RenderFit {
    /// In its final size, so many halves of the space left at its left and above it.
    Aligned(u8, u8),
    /// Stretched to the frame.
    #[default]
    Fill,
    /// As large as fits, with so many halves of the space before it.
    Contain(u8),
    /// As small as covers, likewise.
    Cover(u8),
}

impl RenderFit {
    fn from_number(number: i32) -> Option<RenderFit> {
        Some(match number {
            0 => RenderFit::Aligned(1, 1),
            1 => RenderFit::Aligned(1, 0),
            2 => RenderFit::Aligned(1, 2),
            3 => RenderFit::Aligned(0, 1),
            4 => RenderFit::Aligned(2, 1),
            5 => RenderFit::Aligned(0, 0),
            6 => RenderFit::Aligned(2, 0),
            7 => RenderFit::Aligned(0, 2),
            8 => RenderFit::Aligned(2, 2),
            9 => RenderFit::Fill,
            10 => RenderFit::Contain(1),
            11 => RenderFit::Contain(0),
            12 => RenderFit::Contain(2),
            13 => RenderFit::Cover(1),
            14 => RenderFit::Cover(0),
            15 => RenderFit::Cover(2),
            _ => return None,
        })
    }

    /// From content that was drawn for `own` to what is seen of it in a frame of the size `shown`.
    pub fn transform(self, own: Size, shown: Size) -> Affine {
        if own.width <= 0.0 || own.height <= 0.0 {
            return Affine::IDENTITY;
        }
        let (x, y) = (f64::from(shown.width / own.width), f64::from(shown.height / own.height));
        let (scale_x, scale_y, halves) = match self {
            RenderFit::Aligned(x, y) => (1.0, 1.0, (x, y)),
            RenderFit::Fill => (x, y, (0, 0)),
            RenderFit::Contain(halves) => (x.min(y), x.min(y), (halves, halves)),
            RenderFit::Cover(halves) => (x.max(y), x.max(y), (halves, halves)),
        };
        let left = f64::from(shown.width) - f64::from(own.width) * scale_x;
        let above = f64::from(shown.height) - f64::from(own.height) * scale_y;
        Affine::translate((left * f64::from(halves.0) / 2.0, above * f64::from(halves.1) / 2.0))
            * Affine::scale_non_uniform(scale_x, scale_y)
    }
}

/// Takes an attribute that changes nothing that can be seen here.
const fn accepted(name: &'static str) -> Method {
    Method { name, apply: |_, _| Value::Undefined }
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "renderFit",
        apply: |node, args| {
            let fit = args.get(0).as_i32().and_then(RenderFit::from_number).unwrap_or(RenderFit::Aligned(0, 0));
            node.repaint(|common| put(&mut common.rendering.fit, fit))
        },
    },
    Method {
        name: "useShadowBatching",
        apply: |node, args| {
            node.repaint(|common| put(&mut common.rendering.shadow_batching, args.get(0).as_bool() == Some(true)))
        },
    },
    Method {
        name: "useEffect",
        apply: |node, args| {
            // `useEffect(true, EffectType.WINDOW_EFFECT)` asks for the window's material, which there is none of.
            let own = args.get(1).as_i32().unwrap_or(0) == 0;
            node.repaint(|common| put(&mut common.rendering.use_effect, own && args.get(0).as_bool() == Some(true)))
        },
    },
    Method {
        name: "obscured",
        apply: |node, args| {
            let reasons = args.get(0).as_array().unwrap_or_default();
            let obscured = reasons.iter().any(|reason| reason.as_i32() == Some(0));
            node.repaint(|common| put(&mut common.rendering.obscured, obscured))
        },
    },
    Method {
        name: "doubleSided",
        apply: |node, args| {
            node.repaint(|common| put(&mut common.rendering.single_sided, args.get(0).as_bool() == Some(false)))
        },
    },
    accepted("allowForceDark"),
    accepted("freeze"),
    accepted("motionBlur"),
    accepted("renderGroup"),
    accepted("systemBarEffect"),
    accepted("toolbar"),
    accepted("visualEffect"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use concord_paint::kurbo::Point;

    #[test]
    fn content_fits_a_frame_half_way() {
        let (own, shown) = (Size::new(100.0, 50.0), Size::new(50.0, 50.0));
        let corner = |fit: RenderFit| fit.transform(own, shown) * Point::new(100.0, 50.0);
        assert_eq!(corner(RenderFit::Fill), Point::new(50.0, 50.0));
        assert_eq!(corner(RenderFit::Aligned(1, 1)), Point::new(75.0, 50.0));
        assert_eq!(corner(RenderFit::Contain(1)), Point::new(50.0, 37.5));
        assert_eq!(corner(RenderFit::Cover(2)), Point::new(50.0, 50.0));
    }
}
