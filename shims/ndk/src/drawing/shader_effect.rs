//! `drawing_shader_effect.h`: what brushes and pens paint with instead of a colour.

use super::error_code::{Code, INVALID_PARAMETER, OUT_OF_RANGE};
use super::handle::{Array, Handle, functions, objects};
use super::image::Image;
use super::matrix::Matrix;
use super::pixel_map::PixelMap;
use super::point::{Point, Point2D};
use super::sampling_options::{SamplingOptions, sampling};
use concord_paint::kurbo::Affine;
use concord_paint::{Brush, Color, ColorStop, Extend, Gradient, GradientKind, Pattern, Picture, Sampling};
use std::f32::consts::TAU;

/// `OH_Drawing_ShaderEffect`.
#[derive(Clone, Debug)]
pub(crate) struct ShaderEffect(pub(super) Brush);
objects!(ShaderEffect);

/// `OH_Drawing_TileMode`.
fn extend(tile: u32) -> Result<Extend, Code> {
    Ok(match tile {
        0 | 3 => Extend::Pad,
        1 => Extend::Repeat,
        2 => Extend::Reflect,
        _ => return Err(OUT_OF_RANGE),
    })
}

fn transform(matrix: Handle<Matrix>) -> Result<Affine, Code> {
    Ok(matrix.optional()?.unwrap_or(Matrix::IDENTITY).affine())
}

/// The colours and places of a gradient, as guests give them. Without places they are spread evenly.
struct Colors {
    colors: Array<u32>,
    places: Array<f32>,
    count: u32,
    tile: u32,
}

impl Colors {
    fn gradient(self, kind: GradientKind, matrix: Handle<Matrix>) -> Result<Handle<ShaderEffect>, Code> {
        let count = self.count as usize;
        if count == 0 {
            return Err(INVALID_PARAMETER);
        }
        let colors = self.colors.read(count)?;
        let places = self.places.optional(count)?;
        let even = |index: usize| index as f32 / (count - 1).max(1) as f32;
        let place = |index: usize| places.as_ref().and_then(|places| places.get(index).copied());
        let stop = |(index, color)| ColorStop {
            offset: place(index).unwrap_or_else(|| even(index)),
            color: Color::from_argb(color),
        };
        let stops = colors.into_iter().enumerate().map(stop).collect();
        let gradient = Gradient { kind, stops, extend: extend(self.tile)?, transform: transform(matrix)? };
        Ok(Handle::new(ShaderEffect(gradient.into())))
    }
}

fn linear(start: Point2D, end: Point2D) -> GradientKind {
    GradientKind::Linear { start: start.kurbo(), end: end.kurbo() }
}

fn conical(start: Point2D, start_radius: f32, end: Point2D, end_radius: f32) -> GradientKind {
    GradientKind::Radial { start_center: start.kurbo(), start_radius, end_center: end.kurbo(), end_radius }
}

fn sweep(center: Point2D) -> GradientKind {
    GradientKind::Sweep { center: center.kurbo(), start_angle: 0.0, end_angle: TAU }
}

fn pattern(
    picture: Picture,
    tile_x: u32,
    tile_y: u32,
    sampling: Sampling,
    matrix: Handle<Matrix>,
) -> Result<Handle<ShaderEffect>, Code> {
    let pattern = Pattern {
        picture,
        transform: transform(matrix)?,
        extend_x: extend(tile_x)?,
        extend_y: extend(tile_y)?,
        sampling,
    };
    Ok(Handle::new(ShaderEffect(pattern.into())))
}

/// A struct that is given by its address.
fn one<T: Copy>(value: Array<T>) -> Result<T, Code> {
    value.read(1)?.first().copied().ok_or(INVALID_PARAMETER)
}

functions! {
    fn OH_Drawing_ShaderEffectCreateColorShader(color: u32) -> Handle<ShaderEffect> {
        Ok(Handle::new(ShaderEffect(Color::from_argb(color).into())))
    }
    fn OH_Drawing_ShaderEffectCreateLinearGradient(
        start: Handle<Point>, end: Handle<Point>, colors: Array<u32>, places: Array<f32>, count: u32, tile: u32,
    ) -> Handle<ShaderEffect>: "DECAL is CLAMP" {
        Colors { colors, places, count, tile }.gradient(linear(start.get()?, end.get()?), Handle::NULL)
    }
    fn OH_Drawing_ShaderEffectCreateLinearGradientWithLocalMatrix(
        start: Array<Point2D>, end: Array<Point2D>, colors: Array<u32>, places: Array<f32>, count: u32, tile: u32,
        matrix: Handle<Matrix>,
    ) -> Handle<ShaderEffect>: "DECAL is CLAMP" {
        Colors { colors, places, count, tile }.gradient(linear(one(start)?, one(end)?), matrix)
    }
    fn OH_Drawing_ShaderEffectCreateRadialGradient(
        center: Handle<Point>, radius: f32, colors: Array<u32>, places: Array<f32>, count: u32, tile: u32,
    ) -> Handle<ShaderEffect>: "DECAL is CLAMP" {
        let center = center.get()?;
        Colors { colors, places, count, tile }.gradient(conical(center, 0.0, center, radius), Handle::NULL)
    }
    fn OH_Drawing_ShaderEffectCreateRadialGradientWithLocalMatrix(
        center: Array<Point2D>, radius: f32, colors: Array<u32>, places: Array<f32>, count: u32, tile: u32,
        matrix: Handle<Matrix>,
    ) -> Handle<ShaderEffect>: "DECAL is CLAMP" {
        let center = one(center)?;
        Colors { colors, places, count, tile }.gradient(conical(center, 0.0, center, radius), matrix)
    }
    fn OH_Drawing_ShaderEffectCreateSweepGradient(
        center: Handle<Point>, colors: Array<u32>, places: Array<f32>, count: u32, tile: u32,
    ) -> Handle<ShaderEffect> {
        Colors { colors, places, count, tile }.gradient(sweep(center.get()?), Handle::NULL)
    }
    fn OH_Drawing_ShaderEffectCreateSweepGradientWithLocalMatrix(
        center: Handle<Point>, colors: Array<u32>, places: Array<f32>, count: u32, tile: u32, matrix: Handle<Matrix>,
    ) -> Handle<ShaderEffect> {
        Colors { colors, places, count, tile }.gradient(sweep(center.get()?), matrix)
    }
    fn OH_Drawing_ShaderEffectCreateTwoPointConicalGradient(
        start: Array<Point2D>, start_radius: f32, end: Array<Point2D>, end_radius: f32,
        colors: Array<u32>, places: Array<f32>, count: u32, tile: u32, matrix: Handle<Matrix>,
    ) -> Handle<ShaderEffect>: "DECAL is CLAMP" {
        let kind = conical(one(start)?, start_radius, one(end)?, end_radius);
        Colors { colors, places, count, tile }.gradient(kind, matrix)
    }
    fn OH_Drawing_ShaderEffectCreateImageShader(
        image: Handle<Image>, tile_x: u32, tile_y: u32, options: Handle<SamplingOptions>, matrix: Handle<Matrix>,
    ) -> Handle<ShaderEffect>: "DECAL is CLAMP" {
        let picture = image.get()?.picture.ok_or(INVALID_PARAMETER)?;
        pattern(picture, tile_x, tile_y, sampling(options)?, matrix)
    }
    fn OH_Drawing_ShaderEffectCreatePixelMapShader(
        map: Handle<PixelMap>, tile_x: u32, tile_y: u32, options: Handle<SamplingOptions>, matrix: Handle<Matrix>,
    ) -> Handle<ShaderEffect>: "DECAL is CLAMP" {
        pattern(map.get()?.picture()?, tile_x, tile_y, sampling(options)?, matrix)
    }
    fn OH_Drawing_ShaderEffectDestroy(shader: Handle<ShaderEffect>) { shader.release() }
}
