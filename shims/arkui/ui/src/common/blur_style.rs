//! Blurred glass: `BlurStyle`, `backgroundBlurStyle`, `backgroundEffect`, `foregroundBlurStyle`.

use super::parse_color;
use crate::change::put;
use crate::component::{Method, Setter};
use crate::units::Environment;
use crate::value::{Args, Value};
use concord_paint::{Color, Filter};

/// Blurred glass.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Material {
    /// Radius of the blur in vp.
    pub radius: f32,
    /// 1 is as it was.
    pub saturation: f32,
    /// 1 is as it was.
    pub brightness: f32,
    /// Laid on top.
    pub color: Color,
}

impl Material {
    /// What it does to the pixels of what is seen through it; the colour comes on top.
    pub fn filters(&self, environment: &Environment) -> [Filter; 3] {
        let blur = super::filters::blur(environment, self.radius);
        [blur, Filter::Saturate(self.saturation), Filter::Brightness(self.brightness)]
    }

    /// Less of it: 0 is clear glass, 1 all of it.
    fn scaled(self, scale: f32) -> Material {
        let part = |amount: f32| 1.0 + (amount - 1.0) * scale;
        Material {
            radius: self.radius * scale,
            saturation: part(self.saturation),
            brightness: part(self.brightness),
            color: self.color.multiply_alpha(scale),
        }
    }
}

/// Radius, saturation, brightness and colour of a style, in light and in dark mode.
type Look = (f32, f32, f32, u32);

/// The platform's theme `ohos_blur_style_common`, from `BlurStyle.Thin` to `BlurStyle.COMPONENT_ULTRA_THICK`.
const STYLES: [(i32, Look, Look); 12] = [
    (1, (23.0, 1.05, 1.05, 0x33ff_ffff), (75.0, 1.35, 1.0, 0x6b1a_1a1a)),
    (2, (50.0, 1.8, 1.2, 0x99fa_fafa), (50.0, 2.15, 1.0, 0xd11f_1f1f)),
    (3, (57.0, 1.2, 1.1, 0x8cff_ffff), (75.0, 2.15, 1.0, 0xd11f_1f1f)),
    (4, (23.0, 1.05, 1.0, 0x3380_8080), (15.0, 1.1, 1.0, 0x800d_0d0d)),
    (5, (29.0, 1.1, 1.0, 0x3380_8080), (55.0, 1.15, 1.0, 0x800d_0d0d)),
    (6, (57.0, 1.2, 1.0, 0x3380_8080), (75.0, 1.5, 1.0, 0x800d_0d0d)),
    (7, (120.0, 1.3, 1.0, 0x4c66_6666), (130.0, 1.3, 1.0, 0x800d_0d0d)),
    (8, (120.0, 1.1, 1.2, 0x19ff_ffff), (200.0, 1.0, 1.0, 0x1900_0000)),
    (9, (80.0, 1.4, 1.2, 0x66ff_ffff), (200.0, 1.0, 1.0, 0x3300_0000)),
    (10, (120.0, 1.6, 1.2, 0x99ff_ffff), (200.0, 1.0, 1.0, 0x6600_0000)),
    (11, (80.0, 1.8, 1.0, 0xccf1_f3f5), (80.0, 1.3, 1.0, 0x6600_0000)),
    (12, (80.0, 1.9, 1.0, 0xe5ff_ffff), (80.0, 1.5, 1.0, 0xe52e_3033)),
];

fn style(style: i32, dark: bool) -> Option<Material> {
    let (_, light, night) = STYLES.iter().find(|(number, ..)| *number == style)?;
    let (radius, saturation, brightness, color) = if dark { *night } else { *light };
    Some(Material { radius, saturation, brightness, color: Color::from_argb(color) })
}

/// A `BlurStyle` with `BackgroundBlurStyleOptions` or their like.
fn from_options(node: &Setter<'_>, args: Args<'_>) -> Option<Material> {
    let options = args.get(1);
    let dark = match options.get("colorMode").as_i32() {
        Some(1) => false,
        Some(2) => true,
        _ => node.tree.environment.dark,
    };
    let scale = options.get("scale").as_f32().unwrap_or(1.0).clamp(0.0, 1.0);
    Some(style(args.get(0).as_i32()?, dark)?.scaled(scale))
}

/// `backgroundEffect` as an app gives it.
fn effect(value: &Value) -> Option<Material> {
    value.as_object()?;
    let number = |name: &str| value.get(name).as_f32();
    Some(Material {
        radius: number("radius").unwrap_or(0.0).max(0.0),
        saturation: number("saturation").unwrap_or(1.0),
        brightness: number("brightness").unwrap_or(1.0),
        color: parse_color(value.get("color")).unwrap_or(Color::TRANSPARENT),
    })
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "backgroundBlurStyle",
        apply: |node, args| {
            let style = from_options(node, args);
            super::filters::change(node, |filters| put(&mut filters.material, style))
        },
    },
    Method {
        name: "backgroundEffect",
        apply: |node, args| super::filters::change(node, |filters| put(&mut filters.material, effect(args.get(0)))),
    },
    Method {
        name: "foregroundBlurStyle",
        apply: |node, args| {
            let style = from_options(node, args);
            super::filters::change(node, |filters| put(&mut filters.foreground, style))
        },
    },
];
