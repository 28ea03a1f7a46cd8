//! Pixels that apps hold: `PixelMap` and the module around it, and pictures of components.

mod drawing;
mod pixels;

use concord_runtime::{Api, FaceModule, Support, SystemModule};

pub(crate) use pixels::{data_url, foreign_of, wrap_shared};

const fn full(path: &'static str) -> Api {
    Api { path, support: Support::Full }
}

const fn partial(path: &'static str, missing: &'static str) -> Api {
    Api { path, support: Support::Partial(missing) }
}

const fn stub(path: &'static str) -> Api {
    Api { path, support: Support::Stub }
}

static IMAGE_APIS: &[Api] = &[
    full("image.PixelMapFormat"),
    full("image.AlphaType"),
    full("image.ScaleMode"),
    full("image.AntiAliasingLevel"),
    full("image.ResolutionQuality"),
    full("image.DecodingDynamicRange"),
    full("image.PackingDynamicRange"),
    partial("image.createPixelMap", "8 bits per channel"),
    partial("image.createPixelMapSync", "8 bits per channel"),
    partial("image.PixelMap", "8 bits per channel, one colour space"),
    partial("image.createImageSource", "whole files only"),
    partial("image.ImageSource", "no properties of EXIF; PNG, JPEG, WebP, GIF, BMP, ICO, SVG"),
    partial("image.createImagePacker", "PNG and JPEG"),
    partial("image.ImagePacker", "PNG and JPEG"),
    stub("image.createIncrementalSource"),
    stub("image.createImageReceiver"),
    stub("image.createImageCreator"),
    stub("image.createPicture"),
];

const ONE_COLOUR_SPACE: &str = "pictures are sRGB with a standard range";
const TEXT_OF_ONE_FONT: &str = "text in the platform's own fonts";

static FACES: [FaceModule; 9] = [
    FaceModule {
        request: "@concord:arkui/pointer-picture",
        source: include_str!("pointer_picture.js"),
        natives: &[],
        apis: &[],
    },
    FaceModule {
        request: "@ohos:graphics.uiEffect",
        source: include_str!("ui_effect.js"),
        natives: &[],
        apis: &[full("*")],
    },
    FaceModule {
        request: "@concord:arkui/drawing",
        source: include_str!("drawing.js"),
        natives: drawing::NATIVES,
        apis: &[],
    },
    FaceModule {
        request: "@concord:arkui/drawing-geometry",
        source: include_str!("drawing_geometry.js"),
        natives: drawing::PATHS,
        apis: &[],
    },
    FaceModule {
        request: "@ohos:graphics.drawing",
        source: include_str!("drawing_module.js"),
        natives: &[],
        apis: &[
            full("*"),
            partial("drawing.Font", TEXT_OF_ONE_FONT),
            partial("drawing.Typeface", TEXT_OF_ONE_FONT),
            partial("drawing.TextBlob", TEXT_OF_ONE_FONT),
            stub("drawing.Path.op"),
            stub("drawing.Path.getSegment"),
            stub("drawing.Path.getMatrix"),
            stub("drawing.Path.getPointData"),
            stub("drawing.Path.getVerbData"),
            stub("drawing.Path.getConicWeightData"),
            stub("drawing.Path.getPathIterator"),
            stub("drawing.Path.approximate"),
            stub("drawing.Path.interpolate"),
            stub("drawing.Path.isInterpolate"),
            stub("drawing.Canvas.drawImageLattice"),
            stub("drawing.Canvas.drawGlyphs"),
            stub("drawing.Canvas.drawPixelMapMesh"),
            stub("drawing.Canvas.drawVertices"),
            stub("drawing.Canvas.drawRegion"),
            stub("drawing.Canvas.clipRegion"),
            stub("drawing.Canvas.resetClip"),
            partial("drawing.Canvas.drawImageNine", "stretched as a whole"),
            stub("drawing.Font.createPathForGlyph"),
            stub("drawing.Font.getTextPath"),
            stub("drawing.Font.getTextPathWithFallback"),
            stub("drawing.Font.textToGlyphs"),
            stub("drawing.Font.getWidths"),
            stub("drawing.Font.getBounds"),
            stub("drawing.ShaderEffect.createImageShader"),
            stub("drawing.ShaderEffect.createComposeShader"),
            stub("drawing.Matrix.setRectToRect"),
            stub("drawing.Matrix.setPolyToPoly"),
            partial("drawing.PathEffect", "dashes only"),
            partial("drawing.ColorFilter", "one filter at a time"),
            stub("drawing.PathIterator"),
            stub("drawing.ImageFilter"),
            stub("drawing.Region"),
            stub("drawing.Lattice"),
            stub("drawing.RectUtils"),
            stub("drawing.Tool"),
        ],
    },
    FaceModule {
        request: "@concord:arkui/pixels",
        source: include_str!("pixels.js"),
        natives: pixels::NATIVES,
        apis: &[],
    },
    FaceModule { request: "@ohos:multimedia.image", source: include_str!("image.js"), natives: &[], apis: IMAGE_APIS },
    FaceModule {
        request: "@ohos:arkui.drawableDescriptor",
        source: include_str!("drawable_descriptor.js"),
        natives: &[],
        apis: &[full("*"), partial("AnimatedDrawableDescriptor", "shows its first picture")],
    },
    FaceModule {
        request: "@ohos:arkui.componentSnapshot",
        source: include_str!("component_snapshot.js"),
        natives: &[],
        apis: &[
            full("*"),
            partial("componentSnapshot.ColorModeOptions", ONE_COLOUR_SPACE),
            partial("componentSnapshot.ColorModeOptions.colorSpace", ONE_COLOUR_SPACE),
            partial("componentSnapshot.DynamicRangeModeOptions", ONE_COLOUR_SPACE),
            partial("componentSnapshot.DynamicRangeModeOptions.dynamicRangeMode", ONE_COLOUR_SPACE),
        ],
    },
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}
