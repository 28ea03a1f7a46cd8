//! `drawing_filter.h`, `drawing_color_filter.h`, `drawing_mask_filter.h`, `drawing_image_filter.h`, `drawing_shadow_layer.h`:
//! effects of brushes and pens.

use super::error_code::{Code, INVALID_PARAMETER, OUT_OF_RANGE};
use super::handle::{Array, Handle, functions, objects};
use concord_paint::{self as paint, BlendMode, Color, ColorMatrix};

/// `OH_Drawing_ColorFilter`: effects of the raster, in the order in which they are applied.
#[derive(Clone, Debug, Default)]
pub(crate) struct ColorFilter(pub(super) Vec<paint::Filter>);

/// `OH_Drawing_MaskFilter`: a blur of what is covered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaskFilter {
    pub(super) kind: BlurKind,
    /// Standard deviation, px.
    pub(super) sigma: f64,
}

/// `OH_Drawing_BlurType`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum BlurKind {
    /// Inside and outside.
    Normal,
    /// Solid inside, blurred outside.
    Solid,
    /// Nothing inside, blurred outside.
    Outer,
    /// Blurred inside, nothing outside.
    Inner,
}

/// `OH_Drawing_ImageFilter`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ImageFilter(pub(super) Vec<paint::Filter>);

/// `OH_Drawing_Filter`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filter {
    pub(super) color: Option<ColorFilter>,
    pub(super) mask: Option<MaskFilter>,
    pub(super) image: Option<ImageFilter>,
}

/// `OH_Drawing_ShadowLayer`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShadowLayer {
    pub(super) sigma: f64,
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) color: Color,
}

objects!(ColorFilter, MaskFilter, ImageFilter, Filter, ShadowLayer);

/// Effects beyond this many on one object are refused.
const MOST_EFFECTS: usize = 64;

/// What blending a colour over straight channels is as a matrix, where it is one.
fn blended(color: Color, mode: BlendMode) -> Option<[f32; 20]> {
    let [r, g, b, a] = [color.r, color.g, color.b, color.a].map(|channel| f32::from(channel) / 255.0);
    let constant =
        |alpha: f32, added: f32| [0., 0., 0., 0., r, 0., 0., 0., 0., g, 0., 0., 0., 0., b, 0., 0., 0., alpha, added];
    let scaled =
        |r: f32, g: f32, b: f32, a: f32| [r, 0., 0., 0., 0., 0., g, 0., 0., 0., 0., 0., b, 0., 0., 0., 0., 0., a, 0.];
    Some(match mode {
        BlendMode::Clear => [0.0; 20],
        BlendMode::Src => constant(0.0, a),
        BlendMode::SrcOver if color.is_opaque() => constant(0.0, a),
        BlendMode::Dst => scaled(1.0, 1.0, 1.0, 1.0),
        BlendMode::SrcIn => constant(a, 0.0),
        BlendMode::DstIn => scaled(1.0, 1.0, 1.0, a),
        BlendMode::DstOut => scaled(1.0, 1.0, 1.0, 1.0 - a),
        BlendMode::SrcAtop if color.is_opaque() => constant(1.0, 0.0),
        BlendMode::SrcAtop => {
            let rest = 1.0 - a;
            [rest, 0., 0., 0., r * a, 0., rest, 0., 0., g * a, 0., 0., rest, 0., b * a, 0., 0., 0., 1., 0.]
        }
        BlendMode::Modulate => scaled(r, g, b, a),
        BlendMode::Multiply if color.is_opaque() => scaled(r, g, b, 1.0),
        _ => return None,
    })
}

/// `OH_Drawing_BlendMode`, whose numbers are ArkUI's.
pub(super) fn blend_mode(number: u32) -> Result<BlendMode, Code> {
    BlendMode::from_arkui(number).ok_or(OUT_OF_RANGE)
}

fn chained(first: Vec<paint::Filter>, then: Vec<paint::Filter>) -> Result<Vec<paint::Filter>, Code> {
    if first.len() + then.len() > MOST_EFFECTS {
        return Err(OUT_OF_RANGE);
    }
    Ok(first.into_iter().chain(then).collect())
}

fn matrix(elements: [f32; 20]) -> Vec<paint::Filter> {
    vec![paint::Filter::Matrix(ColorMatrix(elements))]
}

functions! {
    fn OH_Drawing_FilterCreate() -> Handle<Filter> { Ok(Handle::new(Filter::default())) }
    fn OH_Drawing_FilterDestroy(filter: Handle<Filter>) { filter.release() }
    fn OH_Drawing_FilterSetImageFilter(filter: Handle<Filter>, image: Handle<ImageFilter>) {
        let image = image.optional()?;
        filter.with(|filter| filter.image = image)
    }
    fn OH_Drawing_FilterSetMaskFilter(filter: Handle<Filter>, mask: Handle<MaskFilter>) {
        let mask = mask.optional()?;
        filter.with(|filter| filter.mask = mask)
    }
    fn OH_Drawing_FilterSetColorFilter(filter: Handle<Filter>, color: Handle<ColorFilter>) {
        let color = color.optional()?;
        filter.with(|filter| filter.color = color)
    }
    fn OH_Drawing_FilterGetColorFilter(filter: Handle<Filter>, out: Handle<ColorFilter>) {
        out.set(filter.get()?.color.unwrap_or_default())
    }
    fn OH_Drawing_ColorFilterCreateBlendMode(color: u32, mode: u32) -> Handle<ColorFilter>:
        "the modes that are linear: CLEAR, SRC, DST, SRC_IN, DST_IN, DST_OUT, SRC_ATOP, MODULATE"
    {
        let mode = blend_mode(mode)?;
        let elements = blended(Color::from_argb(color), mode).ok_or_else(|| {
            tracing::warn!("colour filters cannot blend with {mode:?}");
            INVALID_PARAMETER
        })?;
        Ok(Handle::new(ColorFilter(matrix(elements))))
    }
    fn OH_Drawing_ColorFilterCreateCompose(outer: Handle<ColorFilter>, inner: Handle<ColorFilter>) -> Handle<ColorFilter> {
        Ok(Handle::new(ColorFilter(chained(inner.get()?.0, outer.get()?.0)?)))
    }
    fn OH_Drawing_ColorFilterCreateMatrix(elements: Array<f32>) -> Handle<ColorFilter> {
        let elements = elements.read(20)?.try_into().map_err(|_| INVALID_PARAMETER)?;
        Ok(Handle::new(ColorFilter(matrix(elements))))
    }
    fn OH_Drawing_ColorFilterCreateLuma() -> Handle<ColorFilter> {
        let mut elements = [0.0; 20];
        // Brightness of BT.709 becomes the opacity of black.
        elements[15..18].copy_from_slice(&[0.2126, 0.7152, 0.0722]);
        Ok(Handle::new(ColorFilter(matrix(elements))))
    }
    fn OH_Drawing_ColorFilterCreateLighting(multiply: u32, add: u32) -> Handle<ColorFilter> {
        let (by, add) = (Color::from_argb(multiply), Color::from_argb(add));
        let unit = |channel: u8| f32::from(channel) / 255.0;
        let elements = [
            unit(by.r), 0., 0., 0., unit(add.r),
            0., unit(by.g), 0., 0., unit(add.g),
            0., 0., unit(by.b), 0., unit(add.b),
            0., 0., 0., 1., 0.,
        ];
        Ok(Handle::new(ColorFilter(matrix(elements))))
    }
    fn OH_Drawing_ColorFilterDestroy(filter: Handle<ColorFilter>) { filter.release() }
    fn OH_Drawing_MaskFilterCreateBlur(kind: u32, sigma: f32, _respect_matrix: bool) -> Handle<MaskFilter>:
        "the blur is always scaled with the matrix"
    {
        let kind = match kind {
            0 => BlurKind::Normal,
            1 => BlurKind::Solid,
            2 => BlurKind::Outer,
            3 => BlurKind::Inner,
            _ => return Err(OUT_OF_RANGE),
        };
        Ok(Handle::new(MaskFilter { kind, sigma: sigma.into() }))
    }
    fn OH_Drawing_MaskFilterDestroy(filter: Handle<MaskFilter>) { filter.release() }
    fn OH_Drawing_ImageFilterCreateBlur(
        sigma_x: f32, sigma_y: f32, _tile: u32, input: Handle<ImageFilter>,
    ) -> Handle<ImageFilter>: "one strength for both directions; beyond the edges is nothing" {
        let blur = paint::Filter::Blur { sigma: f64::from(sigma_x + sigma_y) / 2.0 };
        Ok(Handle::new(ImageFilter(chained(input.optional()?.unwrap_or_default().0, vec![blur])?)))
    }
    fn OH_Drawing_ImageFilterCreateFromColorFilter(
        color: Handle<ColorFilter>, input: Handle<ImageFilter>,
    ) -> Handle<ImageFilter> {
        Ok(Handle::new(ImageFilter(chained(input.optional()?.unwrap_or_default().0, color.get()?.0)?)))
    }
    fn OH_Drawing_ImageFilterDestroy(filter: Handle<ImageFilter>) { filter.release() }
    fn OH_Drawing_ShadowLayerCreate(radius: f32, x: f32, y: f32, color: u32) -> Handle<ShadowLayer> {
        // The platform refuses shadows that are not blurred.
        if !(radius > 0.0 && x.is_finite() && y.is_finite()) {
            return Err(OUT_OF_RANGE);
        }
        let sigma = paint::sigma_of_radius(radius.into());
        Ok(Handle::new(ShadowLayer { sigma, x, y, color: Color::from_argb(color) }))
    }
    fn OH_Drawing_ShadowLayerDestroy(shadow: Handle<ShadowLayer>) { shadow.release() }
}
