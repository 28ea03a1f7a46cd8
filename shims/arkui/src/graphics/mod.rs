//! Pixels that apps hold: `PixelMap` and the module around it, and pictures of components.

mod codec;
mod drawing;
mod effects;
mod layout;
mod paragraph;
mod pixels;

use concord_runtime::face::{face, full, partial, stub};
use concord_runtime::{Api, FaceModule, SystemModule};

pub(crate) use pixels::{data_url, foreign_of, wrap_shared};

const EIGHT_BITS: &str = "8 bits per channel are kept, whatever the format";
const NO_PRODUCER: &str = "nothing on a desktop draws into its surface: no camera";

static IMAGE_APIS: &[Api] = &[
    full("*"),
    partial("image.createPixelMap", EIGHT_BITS),
    partial("image.createPixelMapSync", EIGHT_BITS),
    partial("image.createPixelMapUsingAllocator", EIGHT_BITS),
    partial("image.createPixelMapUsingAllocatorSync", EIGHT_BITS),
    partial("image.PixelMap.convertPixelFormat", EIGHT_BITS),
    partial("image.PixelMap.toSdr", "pictures have a standard range already"),
    partial("image.PixelMap.setTransferDetached", "kept: workers get copies"),
    partial("image.createPixelMapFromSurface", "fails: surfaces cannot be read"),
    partial("image.createPixelMapFromSurfaceSync", "fails: surfaces cannot be read"),
    partial("image.createPixelMapFromSurfaceWithTransformation", "fails: surfaces cannot be read"),
    partial("image.createPixelMapFromSurfaceWithTransformationSync", "fails: surfaces cannot be read"),
    partial("image.ImageSource.createPixelMap", "PNG, JPEG, WebP, GIF, BMP, ICO and SVG; no HDR"),
    partial("image.ImageSource.createPixelMapSync", "PNG, JPEG, WebP, GIF, BMP, ICO and SVG; no HDR"),
    partial("image.ImageSource.createPicture", "without gain maps and other auxiliary pictures of files"),
    partial("image.ImagePacker.packToData", "JPEG, PNG and WebP (without loss, whatever the quality); no HEIF"),
    partial("image.ImagePacker.packToFile", "JPEG, PNG and WebP (without loss, whatever the quality); no HEIF"),
    partial("image.Picture.getHdrComposedPixelmap", "the main picture: there is no HDR"),
    partial("image.Picture.getHdrComposedPixelmapWithOptions", "the main picture: there is no HDR"),
    partial("image.createImageReceiver", NO_PRODUCER),
    partial("image.ImageReceiver", NO_PRODUCER),
    // Since API 21.
    stub("image.AvisMetadata"),
    stub("image.DngMetadata"),
    stub("image.ExifMetadata"),
    stub("image.GifMetadata"),
    stub("image.HeifsMetadata"),
    stub("image.ImagePacker.packBinaryImageToTiffData"),
    stub("image.ImagePacker.packBinaryImageToTiffFile"),
    stub("image.ImageSource.createImageRawData"),
    stub("image.ImageSource.createThumbnail"),
    stub("image.ImageSource.createThumbnailSync"),
    stub("image.ImageSource.readImageMetadata"),
    stub("image.ImageSource.readImageMetadataByType"),
    stub("image.ImageSource.writeImageMetadata"),
    stub("image.JfifMetadata"),
    stub("image.MakerNoteHuaweiMetadata"),
    stub("image.Picture.hdrComposeToMainPixelmap"),
    stub("image.Picture.setMainPixelmap"),
    stub("image.PixelMap.applyCrop"),
    stub("image.PixelMap.applyCropSync"),
    stub("image.PixelMap.applyFlip"),
    stub("image.PixelMap.applyFlipSync"),
    stub("image.PixelMap.applyRotate"),
    stub("image.PixelMap.applyRotateSync"),
    stub("image.PixelMap.applyScale"),
    stub("image.PixelMap.applyScaleSync"),
    stub("image.PixelMap.applyTranslate"),
    stub("image.PixelMap.applyTranslateSync"),
    stub("image.PixelMap.extractAlphaPixelMap"),
    stub("image.PixelMap.extractAlphaPixelMapSync"),
    stub("image.PixelMap.readAllPixelsToBuffer"),
    stub("image.PixelMap.readAllPixelsToBufferSync"),
    stub("image.PixelMap.readPixelsToArea"),
    stub("image.PixelMap.readPixelsToAreaSync"),
    stub("image.PixelMap.setOpacity"),
    stub("image.PixelMap.setOpacitySync"),
    stub("image.PixelMap.writeAllPixelsFromBuffer"),
    stub("image.PixelMap.writeAllPixelsFromBufferSync"),
    stub("image.PixelMap.writePixelsFromArea"),
    stub("image.PixelMap.writePixelsFromAreaSync"),
    stub("image.PngMetadata"),
    stub("image.TiffMetadata"),
    stub("image.WebPMetadata"),
    stub("image.XMPMetadata"),
    stub("image.createAuxiliaryPictureUsingAllocator"),
    stub("image.createEmptyPixelMap"),
    stub("image.createPixelMapFromPixels"),
    stub("image.createPixelMapFromPixelsSync"),
];

const BY_COPY: &str = "shared by its pixels: a copy in another thread does not see later changes";

static TEXT_APIS: &[Api] = &[
    full("text.*"),
    partial("text.TextStyle", "without baseline, half leading and badges"),
    partial("text.ParagraphStyle", "without strut, tabs and text height behaviour"),
    partial("text.Run", "without bounds of ink"),
    partial("text.Run.getImageBounds", "the bounds of the line"),
    partial("text.TextLine.getImageBounds", "the bounds of the line"),
    partial("text.Paragraph.paintOnPath", "along the path's first point and direction only"),
    partial("text.Paragraph.getRectsForRange", "as high as the line, whatever the style"),
    partial("text.FontCollection.getLocalInstance", "one collection for all"),
    partial("text.setTextHighContrast", "kept, without effect"),
    partial("text.setTextUndefinedGlyphDisplay", "kept, without effect"),
    stub("text.getFontUnicodeSet"),
    stub("text.getFontCount"),
    stub("text.isFontSupported"),
    stub("text.getFontPathsByType"),
    stub("text.getFontDescriptorsFromPath"),
];

const ONE_COLOUR_SPACE: &str = "pictures are sRGB with a standard range";
const TEXT_OF_ONE_FONT: &str = "text in the platform's own fonts";

static FACES: &[FaceModule] = &[
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
    face("@concord:arkui/drawing-regions", include_str!("drawing_regions.js"), &[]),
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
            stub("drawing.Canvas.resetClip"),
            partial("drawing.Canvas.drawImageNine", "stretched as a whole"),
            stub("drawing.Font.createPathForGlyph"),
            stub("drawing.Font.getTextPath"),
            stub("drawing.Font.getTextPathWithFallback"),
            partial("drawing.Font.textToGlyphs", TEXT_OF_ONE_FONT),
            partial("drawing.Font.getWidths", "of glyphs that textToGlyphs has given"),
            stub("drawing.Font.getBounds"),
            stub("drawing.ShaderEffect.createImageShader"),
            stub("drawing.ShaderEffect.createComposeShader"),
            partial("drawing.Matrix.setPolyToPoly", "perspective is dropped when something is drawn"),
            partial("drawing.PathEffect", "dashes only"),
            partial("drawing.ColorFilter", "one filter at a time"),
            stub("drawing.PathIterator"),
            stub("drawing.ImageFilter"),
            partial("drawing.Region.setPath", "paths of more than 16384 pixels count as their bounds"),
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
    FaceModule {
        request: "@concord:arkui/codec",
        source: "(function (host) { 'use strict'; return host; })",
        natives: codec::NATIVES,
        apis: &[],
    },
    FaceModule {
        request: "@concord:arkui/effects",
        source: "(function (host) { 'use strict'; return host; })",
        natives: effects::NATIVES,
        apis: &[],
    },
    FaceModule {
        request: "@concord:arkui/paragraph",
        source: include_str!("paragraph.js"),
        natives: paragraph::NATIVES,
        apis: &[],
    },
    face("@concord:arkui/text-enums", include_str!("text_enums.js"), &[]),
    face("@ohos:graphics.text", include_str!("text.js"), TEXT_APIS),
    face("@concord:image/enums", include_str!("image/enums.js"), &[]),
    face("@concord:image/metadata", include_str!("image/metadata.js"), &[]),
    face("@concord:image/picture", include_str!("image/picture.js"), &[]),
    face("@concord:image/source", include_str!("image/source.js"), &[]),
    face("@concord:image/packer", include_str!("image/packer.js"), &[]),
    face("@concord:image/receiver", include_str!("image/receiver.js"), &[]),
    face("@ohos:multimedia.image", include_str!("image/module.js"), IMAGE_APIS),
    face(
        "@ohos:multimedia.sendableImage",
        include_str!("sendable_image.js"),
        &[
            full("*"),
            partial("sendableImage.PixelMap", BY_COPY),
            partial("sendableImage.createImageReceiver", NO_PRODUCER),
            partial("sendableImage.ImageReceiver", NO_PRODUCER),
            partial("sendableImage.createPixelMapFromSurface", "fails: surfaces cannot be read"),
        ],
    ),
    face("@ohos:effectKit", include_str!("effect_kit.js"), &[full("*")]),
    face("@ohos:graphics.colorSpaceManager", include_str!("color_space_manager.js"), &[full("*")]),
    face("@ohos:graphics.sendableColorSpaceManager", include_str!("sendable_color_space_manager.js"), &[full("*")]),
    face("@ohos:graphics.hdrCapability", include_str!("hdr_capability.js"), &[full("*")]),
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
