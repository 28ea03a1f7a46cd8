//! `drawing_brush.h`, and what brushes and pens have in common.

use super::error_code::Code;
use super::filter::{Filter, ShadowLayer, blend_mode};
use super::handle::{Handle, Out, functions, objects};
use super::shader_effect::ShaderEffect;
use concord_paint::{self as paint, BlendMode, Color};
use std::ffi::c_void;
use std::sync::Arc;

/// `OH_Drawing_Brush`: how insides are painted.
#[derive(Clone, Debug)]
pub(crate) struct Brush {
    pub(super) color: Color,
    pub(super) blend: BlendMode,
    pub(super) shader: Option<ShaderEffect>,
    pub(super) filter: Filter,
    pub(super) shadow: Option<ShadowLayer>,
    pub(super) anti_alias: bool,
}
objects!(Brush);

impl Default for Brush {
    fn default() -> Brush {
        Brush {
            color: Color::BLACK,
            blend: BlendMode::SrcOver,
            shader: None,
            filter: Filter::default(),
            shadow: None,
            anti_alias: false,
        }
    }
}

impl Brush {
    /// One colour that replaces what is there by a blend mode.
    pub(super) fn solid(color: Color, blend: BlendMode) -> Brush {
        Brush { color, blend, ..Brush::default() }
    }

    /// How transparent what is painted is, besides its own colours.
    pub(super) fn opacity(&self) -> f32 {
        f32::from(self.color.a) / 255.0
    }

    /// What the raster paints with, and how transparent all of it is.
    pub(super) fn paint(&self) -> (paint::Brush, f32) {
        match &self.shader {
            None => (self.color.into(), 1.0),
            Some(ShaderEffect(paint::Brush::Gradient(gradient))) => {
                let mut gradient = gradient.clone();
                for stop in &mut Arc::make_mut(&mut gradient).stops {
                    stop.color = stop.color.multiply_alpha(self.opacity());
                }
                (paint::Brush::Gradient(gradient), 1.0)
            }
            Some(ShaderEffect(paint::Brush::Solid(color))) => (color.multiply_alpha(self.opacity()).into(), 1.0),
            Some(ShaderEffect(image)) => (image.clone(), self.opacity()),
        }
    }

    /// Effects on what is painted, first to last.
    pub(super) fn effects(&self) -> Vec<paint::Filter> {
        let color = self.filter.color.iter().flat_map(|filter| &filter.0);
        color.chain(self.filter.image.iter().flat_map(|filter| &filter.0)).cloned().collect()
    }
}

/// A colour of numbers from 0.0 to 1.0.
pub(super) fn color4f(a: f32, r: f32, g: f32, b: f32) -> Color {
    let [r, g, b, a] = [r, g, b, a].map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8);
    Color { r, g, b, a }
}

/// A channel from 0.0 to 1.0.
pub(super) fn unit(channel: u8) -> f32 {
    f32::from(channel) / 255.0
}

functions! {
    fn OH_Drawing_BrushCreate() -> Handle<Brush> { Ok(Handle::new(Brush::default())) }
    fn OH_Drawing_BrushCopy(source: Handle<Brush>) -> Handle<Brush> { Ok(Handle::new(source.get()?)) }
    fn OH_Drawing_BrushDestroy(brush: Handle<Brush>) { brush.release() }
    fn OH_Drawing_BrushReset(brush: Handle<Brush>) { brush.set(Brush::default()) }
    fn OH_Drawing_BrushIsAntiAlias(brush: Handle<Brush>) -> bool { Ok(brush.get()?.anti_alias) }
    fn OH_Drawing_BrushSetAntiAlias(brush: Handle<Brush>, anti_alias: bool): "edges are always smooth" {
        brush.with(|brush| brush.anti_alias = anti_alias)
    }
    fn OH_Drawing_BrushGetColor(brush: Handle<Brush>) -> u32 { Ok(brush.get()?.color.to_argb()) }
    fn OH_Drawing_BrushSetColor(brush: Handle<Brush>, color: u32) {
        brush.with(|brush| brush.color = Color::from_argb(color))
    }
    fn OH_Drawing_BrushGetAlpha(brush: Handle<Brush>) -> u8 { Ok(brush.get()?.color.a) }
    fn OH_Drawing_BrushSetAlpha(brush: Handle<Brush>, alpha: u8) { brush.with(|brush| brush.color.a = alpha) }
    fn OH_Drawing_BrushSetColor4f(
        brush: Handle<Brush>, a: f32, r: f32, g: f32, b: f32, _space: *mut c_void,
    ) -> Code: "eight bits per channel; all colour spaces are sRGB" {
        brush.with(|brush| brush.color = color4f(a, r, g, b))
    }
    fn OH_Drawing_BrushGetAlphaFloat(brush: Handle<Brush>, out: Out<f32>) -> Code { out.put(unit(brush.get()?.color.a)) }
    fn OH_Drawing_BrushGetRedFloat(brush: Handle<Brush>, out: Out<f32>) -> Code { out.put(unit(brush.get()?.color.r)) }
    fn OH_Drawing_BrushGetGreenFloat(brush: Handle<Brush>, out: Out<f32>) -> Code { out.put(unit(brush.get()?.color.g)) }
    fn OH_Drawing_BrushGetBlueFloat(brush: Handle<Brush>, out: Out<f32>) -> Code { out.put(unit(brush.get()?.color.b)) }
    fn OH_Drawing_BrushSetShaderEffect(brush: Handle<Brush>, shader: Handle<ShaderEffect>) {
        let shader = shader.optional()?;
        brush.with(|brush| brush.shader = shader)
    }
    fn OH_Drawing_BrushSetShadowLayer(brush: Handle<Brush>, shadow: Handle<ShadowLayer>) {
        let shadow = shadow.optional()?;
        brush.with(|brush| brush.shadow = shadow)
    }
    fn OH_Drawing_BrushSetFilter(brush: Handle<Brush>, filter: Handle<Filter>) {
        let filter = filter.optional()?.unwrap_or_default();
        brush.with(|brush| brush.filter = filter)
    }
    fn OH_Drawing_BrushGetFilter(brush: Handle<Brush>, out: Handle<Filter>) { out.set(brush.get()?.filter) }
    fn OH_Drawing_BrushSetBlendMode(brush: Handle<Brush>, mode: u32) {
        let mode = blend_mode(mode)?;
        brush.with(|brush| brush.blend = mode)
    }
}
