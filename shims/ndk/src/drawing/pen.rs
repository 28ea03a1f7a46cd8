//! `drawing_pen.h`.

use super::brush::{Brush, color4f, unit};
use super::error_code::{Code, OUT_OF_RANGE};
use super::filter::{Filter, ShadowLayer, blend_mode};
use super::handle::{Handle, Out, functions, objects};
use super::matrix::Matrix;
use super::path::{Path, TOLERANCE};
use super::path_effect::PathEffect;
use super::rect::Rect;
use super::shader_effect::ShaderEffect;
use concord_paint::Color;
use concord_paint::kurbo::{self, Cap, Join, Stroke, StrokeOpts};
use std::ffi::c_void;

/// `OH_Drawing_Pen`: how outlines are painted.
#[derive(Clone, Debug)]
pub(crate) struct Pen {
    pub(super) paint: Brush,
    /// 0 is one pixel wide, at any scale.
    width: f32,
    miter_limit: f32,
    cap: u32,
    join: u32,
    effect: Option<PathEffect>,
}
objects!(Pen);

impl Default for Pen {
    fn default() -> Pen {
        Pen { paint: Brush::default(), width: 0.0, miter_limit: 4.0, cap: 0, join: 0, effect: None }
    }
}

impl Pen {
    /// The stroke, where one px of the current coordinates is `scale` pixels.
    pub(super) fn stroke(&self, scale: f64) -> Stroke {
        let width = if self.width > 0.0 { f64::from(self.width) } else { 1.0 / scale.max(1e-6) };
        let cap = match self.cap {
            1 => Cap::Square,
            2 => Cap::Round,
            _ => Cap::Butt,
        };
        let join = match self.join {
            1 => Join::Round,
            2 => Join::Bevel,
            _ => Join::Miter,
        };
        let stroke = Stroke::new(width).with_caps(cap).with_join(join).with_miter_limit(self.miter_limit.into());
        match &self.effect {
            Some(PathEffect { intervals, phase }) => stroke.with_dashes(*phase, intervals.iter().copied()),
            None => stroke,
        }
    }
}

functions! {
    fn OH_Drawing_PenCreate() -> Handle<Pen> { Ok(Handle::new(Pen::default())) }
    fn OH_Drawing_PenCopy(source: Handle<Pen>) -> Handle<Pen> { Ok(Handle::new(source.get()?)) }
    fn OH_Drawing_PenDestroy(pen: Handle<Pen>) { pen.release() }
    fn OH_Drawing_PenReset(pen: Handle<Pen>) { pen.set(Pen::default()) }
    fn OH_Drawing_PenIsAntiAlias(pen: Handle<Pen>) -> bool { Ok(pen.get()?.paint.anti_alias) }
    fn OH_Drawing_PenSetAntiAlias(pen: Handle<Pen>, anti_alias: bool): "edges are always smooth" {
        pen.with(|pen| pen.paint.anti_alias = anti_alias)
    }
    fn OH_Drawing_PenGetColor(pen: Handle<Pen>) -> u32 { Ok(pen.get()?.paint.color.to_argb()) }
    fn OH_Drawing_PenSetColor(pen: Handle<Pen>, color: u32) {
        pen.with(|pen| pen.paint.color = Color::from_argb(color))
    }
    fn OH_Drawing_PenGetAlpha(pen: Handle<Pen>) -> u8 { Ok(pen.get()?.paint.color.a) }
    fn OH_Drawing_PenSetAlpha(pen: Handle<Pen>, alpha: u8) { pen.with(|pen| pen.paint.color.a = alpha) }
    fn OH_Drawing_PenSetColor4f(
        pen: Handle<Pen>, a: f32, r: f32, g: f32, b: f32, _space: *mut c_void,
    ) -> Code: "eight bits per channel; all colour spaces are sRGB" {
        pen.with(|pen| pen.paint.color = color4f(a, r, g, b))
    }
    fn OH_Drawing_PenGetAlphaFloat(pen: Handle<Pen>, out: Out<f32>) -> Code { out.put(unit(pen.get()?.paint.color.a)) }
    fn OH_Drawing_PenGetRedFloat(pen: Handle<Pen>, out: Out<f32>) -> Code { out.put(unit(pen.get()?.paint.color.r)) }
    fn OH_Drawing_PenGetGreenFloat(pen: Handle<Pen>, out: Out<f32>) -> Code { out.put(unit(pen.get()?.paint.color.g)) }
    fn OH_Drawing_PenGetBlueFloat(pen: Handle<Pen>, out: Out<f32>) -> Code { out.put(unit(pen.get()?.paint.color.b)) }
    fn OH_Drawing_PenSetShaderEffect(pen: Handle<Pen>, shader: Handle<ShaderEffect>) {
        let shader = shader.optional()?;
        pen.with(|pen| pen.paint.shader = shader)
    }
    fn OH_Drawing_PenSetShadowLayer(pen: Handle<Pen>, shadow: Handle<ShadowLayer>) {
        let shadow = shadow.optional()?;
        pen.with(|pen| pen.paint.shadow = shadow)
    }
    fn OH_Drawing_PenSetFilter(pen: Handle<Pen>, filter: Handle<Filter>) {
        let filter = filter.optional()?.unwrap_or_default();
        pen.with(|pen| pen.paint.filter = filter)
    }
    fn OH_Drawing_PenGetFilter(pen: Handle<Pen>, out: Handle<Filter>) { out.set(pen.get()?.paint.filter) }
    fn OH_Drawing_PenSetBlendMode(pen: Handle<Pen>, mode: u32) {
        let mode = blend_mode(mode)?;
        pen.with(|pen| pen.paint.blend = mode)
    }
    fn OH_Drawing_PenGetWidth(pen: Handle<Pen>) -> f32 { Ok(pen.get()?.width) }
    fn OH_Drawing_PenSetWidth(pen: Handle<Pen>, width: f32) { pen.with(|pen| pen.width = width) }
    fn OH_Drawing_PenGetMiterLimit(pen: Handle<Pen>) -> f32 { Ok(pen.get()?.miter_limit) }
    fn OH_Drawing_PenSetMiterLimit(pen: Handle<Pen>, limit: f32) { pen.with(|pen| pen.miter_limit = limit) }
    fn OH_Drawing_PenGetCap(pen: Handle<Pen>) -> u32 { Ok(pen.get()?.cap) }
    fn OH_Drawing_PenSetCap(pen: Handle<Pen>, cap: u32) {
        if cap > 2 {
            return Err(OUT_OF_RANGE);
        }
        pen.with(|pen| pen.cap = cap)
    }
    fn OH_Drawing_PenGetJoin(pen: Handle<Pen>) -> u32 { Ok(pen.get()?.join) }
    fn OH_Drawing_PenSetJoin(pen: Handle<Pen>, join: u32) {
        if join > 2 {
            return Err(OUT_OF_RANGE);
        }
        pen.with(|pen| pen.join = join)
    }
    fn OH_Drawing_PenSetPathEffect(pen: Handle<Pen>, effect: Handle<PathEffect>): "dashes" {
        let effect = effect.optional()?;
        pen.with(|pen| pen.effect = effect)
    }
    fn OH_Drawing_PenGetFillPath(
        pen: Handle<Pen>, source: Handle<Path>, target: Handle<Path>, _cull: Handle<Rect>, matrix: Handle<Matrix>,
    ) -> bool {
        let (pen, source) = (pen.get()?, source.get()?);
        let scale = matrix.optional()?.map_or(1.0, |matrix| matrix.affine().determinant().abs().sqrt());
        let outline = kurbo::stroke(source.bez().iter(), &pen.stroke(scale), &StrokeOpts::default(), TOLERANCE);
        target.set(Path::of(outline))?;
        Ok(true)
    }
}
