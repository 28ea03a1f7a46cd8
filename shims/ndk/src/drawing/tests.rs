//! Draws as guests do, by the addresses of the functions, and looks at the pixels.

use super::exports;
use concord_elf::Symbol;
use std::ptr::{null, null_mut};

type Object = *mut u8;

/// Calls a function of the library: `c!(OH_Drawing_X(1.0 => f32, rect => Object) -> bool)`.
macro_rules! c {
    ($name:ident($($value:expr => $type:ty),* $(,)?) $(-> $out:ty)?) => {{
        let address = address(stringify!($name));
        // SAFETY: the test names the function's own types.
        let function = unsafe { std::mem::transmute::<usize, unsafe extern "C" fn($($type),*) $(-> $out)?>(address) };
        // SAFETY: the arguments are alive, and as large as the functions want.
        unsafe { function($($value),*) }
    }};
}

fn address(name: &str) -> usize {
    let export = exports().iter().find(|export| export.name == name).unwrap_or_else(|| panic!("no {name}"));
    match export.symbol() {
        Symbol::Address(address) => address,
        other => panic!("{name} is {other:?}"),
    }
}

/// A canvas on a bitmap.
struct Sheet {
    bitmap: Object,
    canvas: Object,
    width: usize,
}

const RGBA: i32 = 4;
const PREMUL: i32 = 2;

impl Sheet {
    fn new(width: u32, height: u32) -> Sheet {
        Sheet::with(width, height, RGBA, PREMUL)
    }

    fn with(width: u32, height: u32, color: i32, alpha: i32) -> Sheet {
        let bitmap = c!(OH_Drawing_BitmapCreate() -> Object);
        let format = [color, alpha];
        c!(OH_Drawing_BitmapBuild(bitmap => Object, width => u32, height => u32, format.as_ptr() => *const i32));
        let canvas = c!(OH_Drawing_CanvasCreate() -> Object);
        c!(OH_Drawing_CanvasBind(canvas => Object, bitmap => Object));
        Sheet { bitmap, canvas, width: width as usize }
    }

    fn bytes(&self, at: usize, count: usize) -> Vec<u8> {
        let pixels = c!(OH_Drawing_BitmapGetPixels(self.bitmap => Object) -> *const u8);
        // SAFETY: the tests stay inside of their bitmaps.
        unsafe { std::slice::from_raw_parts(pixels.add(at), count) }.to_vec()
    }

    fn pixel(&self, x: usize, y: usize) -> [u8; 4] {
        self.bytes((y * self.width + x) * 4, 4).try_into().expect("four bytes")
    }

    fn brush(&self, color: u32) -> Object {
        let brush = c!(OH_Drawing_BrushCreate() -> Object);
        c!(OH_Drawing_BrushSetColor(brush => Object, color => u32));
        self.attach(brush);
        brush
    }

    fn attach(&self, brush: Object) {
        c!(OH_Drawing_CanvasAttachBrush(self.canvas => Object, brush => Object));
    }

    fn pen(&self, color: u32, width: f32) -> Object {
        let pen = c!(OH_Drawing_PenCreate() -> Object);
        c!(OH_Drawing_PenSetColor(pen => Object, color => u32));
        c!(OH_Drawing_PenSetWidth(pen => Object, width => f32));
        c!(OH_Drawing_CanvasAttachPen(self.canvas => Object, pen => Object));
        pen
    }

    fn rect(&self, left: f32, top: f32, right: f32, bottom: f32) {
        c!(OH_Drawing_CanvasDrawRect(self.canvas => Object, rect(left, top, right, bottom) => Object));
    }
}

fn rect(left: f32, top: f32, right: f32, bottom: f32) -> Object {
    c!(OH_Drawing_RectCreate(left => f32, top => f32, right => f32, bottom => f32) -> Object)
}

const RED: [u8; 4] = [255, 0, 0, 255];
const BLUE: [u8; 4] = [0, 0, 255, 255];
const NOTHING: [u8; 4] = [0; 4];

#[test]
fn rectangles_are_filled_and_outlined() {
    let sheet = Sheet::new(20, 20);
    sheet.rect(0.0, 0.0, 20.0, 20.0);
    assert_eq!(sheet.pixel(5, 5), NOTHING, "without brush and pen nothing is drawn");
    sheet.brush(0xffff0000);
    sheet.pen(0xff0000ff, 2.0);
    sheet.rect(5.0, 5.0, 15.0, 15.0);
    assert_eq!((sheet.pixel(10, 10), sheet.pixel(5, 10), sheet.pixel(4, 10)), (RED, BLUE, BLUE));
    assert_eq!((sheet.pixel(6, 10), sheet.pixel(3, 10)), (RED, NOTHING));
}

#[test]
fn colours_are_premultiplied_over_what_is_there() {
    let sheet = Sheet::new(4, 4);
    c!(OH_Drawing_CanvasClear(sheet.canvas => Object, 0xff0000ff => u32));
    assert_eq!(sheet.pixel(3, 3), BLUE);
    sheet.brush(0x80ff0000);
    sheet.rect(0.0, 0.0, 2.0, 4.0);
    let [r, g, b, a] = sheet.pixel(1, 1);
    assert!(r.abs_diff(128) <= 1 && g == 0 && b.abs_diff(127) <= 1 && a == 255, "{:?}", sheet.pixel(1, 1));
    c!(OH_Drawing_CanvasClear(sheet.canvas => Object, 0x80ff0000 => u32));
    assert_eq!(sheet.pixel(3, 3), [128, 0, 0, 128], "clearing replaces");
}

#[test]
fn paths_wind_or_count() {
    let star = |fill: u32| {
        let sheet = Sheet::new(40, 40);
        sheet.brush(0xffff0000);
        let path = c!(OH_Drawing_PathCreate() -> Object);
        c!(OH_Drawing_PathSetFillType(path => Object, fill => u32));
        c!(OH_Drawing_PathMoveTo(path => Object, 20.0 => f32, 2.0 => f32));
        for (x, y) in [(31.0, 36.0), (2.0, 14.0), (38.0, 14.0), (9.0, 36.0)] {
            c!(OH_Drawing_PathLineTo(path => Object, x => f32, y => f32));
        }
        c!(OH_Drawing_PathClose(path => Object));
        c!(OH_Drawing_CanvasDrawPath(sheet.canvas => Object, path => Object));
        (sheet.pixel(20, 20), sheet.pixel(20, 8), sheet.pixel(1, 1))
    };
    assert_eq!(star(0), (RED, RED, NOTHING));
    assert_eq!(star(1), (NOTHING, RED, NOTHING));
    assert_eq!(star(3), (RED, NOTHING, RED));
}

#[test]
fn clips_and_matrices_are_saved() {
    let sheet = Sheet::new(20, 20);
    sheet.brush(0xffff0000);
    c!(OH_Drawing_CanvasSave(sheet.canvas => Object));
    c!(OH_Drawing_CanvasTranslate(sheet.canvas => Object, 10.0 => f32, 0.0 => f32));
    c!(OH_Drawing_CanvasClipRect(sheet.canvas => Object, rect(0.0, 0.0, 5.0, 5.0) => Object, 1 => u32, true => bool));
    assert_eq!(c!(OH_Drawing_CanvasGetSaveCount(sheet.canvas => Object) -> u32), 2);
    sheet.rect(-10.0, 0.0, 20.0, 20.0);
    c!(OH_Drawing_CanvasRestore(sheet.canvas => Object));
    assert_eq!((sheet.pixel(12, 2), sheet.pixel(2, 2), sheet.pixel(12, 7)), (RED, NOTHING, NOTHING));
    c!(OH_Drawing_CanvasRotate(sheet.canvas => Object, 90.0 => f32, 10.0 => f32, 10.0 => f32));
    sheet.rect(10.0, 18.0, 20.0, 20.0);
    assert_eq!((sheet.pixel(0, 15), sheet.pixel(15, 19)), (RED, NOTHING));
}

#[test]
fn clips_may_leave_out() {
    let sheet = Sheet::new(10, 10);
    sheet.brush(0xffff0000);
    c!(OH_Drawing_CanvasClipRect(sheet.canvas => Object, rect(2.0, 2.0, 8.0, 8.0) => Object, 0 => u32, true => bool));
    sheet.rect(0.0, 0.0, 10.0, 10.0);
    assert_eq!((sheet.pixel(5, 5), sheet.pixel(1, 5), sheet.pixel(9, 9)), (NOTHING, RED, RED));
}

#[test]
fn gradients_run_and_are_faded() {
    let sheet = Sheet::new(100, 4);
    let point = |x: f32| c!(OH_Drawing_PointCreate(x => f32, 0.0 => f32) -> Object);
    let colors = [0xffff0000_u32, 0xff0000ff];
    let shader = c!(OH_Drawing_ShaderEffectCreateLinearGradient(
        point(0.0) => Object, point(100.0) => Object, colors.as_ptr() => *const u32, null() => *const f32, 2 => u32, 0 => u32
    ) -> Object);
    let brush = sheet.brush(0xff000000);
    c!(OH_Drawing_BrushSetShaderEffect(brush => Object, shader => Object));
    sheet.attach(brush);
    sheet.rect(0.0, 0.0, 100.0, 2.0);
    c!(OH_Drawing_BrushSetAlpha(brush => Object, 128 => u8));
    sheet.attach(brush);
    sheet.rect(0.0, 2.0, 100.0, 4.0);
    let (start, middle, end, faded) = (sheet.pixel(1, 1), sheet.pixel(50, 1), sheet.pixel(98, 1), sheet.pixel(1, 3));
    assert!(start[0] > 245 && end[2] > 245 && middle[0].abs_diff(127) < 5 && middle[2].abs_diff(127) < 5);
    assert!(faded[3].abs_diff(128) <= 1 && faded[0] > 120, "{faded:?}");
}

#[test]
fn images_are_drawn_in_parts() {
    let source = Sheet::new(4, 4);
    source.brush(0xffff0000);
    source.rect(0.0, 0.0, 2.0, 4.0);
    source.brush(0xff0000ff);
    source.rect(2.0, 0.0, 4.0, 4.0);
    let sheet = Sheet::new(20, 20);
    let options = c!(OH_Drawing_SamplingOptionsCreate(0 => u32, 0 => u32) -> Object);
    c!(OH_Drawing_CanvasDrawBitmapRect(
        sheet.canvas => Object, source.bitmap => Object, rect(2.0, 0.0, 4.0, 4.0) => Object,
        rect(10.0, 10.0, 20.0, 20.0) => Object, options => Object
    ));
    assert_eq!((sheet.pixel(11, 11), sheet.pixel(19, 19), sheet.pixel(9, 9)), (BLUE, BLUE, NOTHING));
    c!(OH_Drawing_CanvasDrawBitmap(sheet.canvas => Object, source.bitmap => Object, 1.0 => f32, 1.0 => f32));
    assert_eq!((sheet.pixel(1, 1), sheet.pixel(4, 4)), (RED, BLUE));
}

#[test]
fn blend_modes_erase_only_what_is_covered() {
    let sheet = Sheet::new(10, 10);
    c!(OH_Drawing_CanvasClear(sheet.canvas => Object, 0xffff0000 => u32));
    let brush = sheet.brush(0xff000000);
    c!(OH_Drawing_BrushSetBlendMode(brush => Object, 0 => u32));
    sheet.attach(brush);
    sheet.rect(2.0, 2.0, 8.0, 8.0);
    assert_eq!((sheet.pixel(5, 5), sheet.pixel(1, 1)), (NOTHING, RED));
}

#[test]
fn layers_are_put_down_together() {
    let sheet = Sheet::new(10, 10);
    c!(OH_Drawing_CanvasClear(sheet.canvas => Object, 0xff0000ff => u32));
    c!(OH_Drawing_CanvasSaveLayer(sheet.canvas => Object, null_mut() => Object, null_mut() => Object));
    sheet.brush(0xffff0000);
    sheet.rect(0.0, 0.0, 10.0, 10.0);
    let brush = sheet.brush(0xff000000);
    c!(OH_Drawing_BrushSetBlendMode(brush => Object, 0 => u32));
    sheet.attach(brush);
    sheet.rect(2.0, 2.0, 8.0, 8.0);
    assert_eq!(sheet.pixel(1, 1), BLUE, "nothing shows before the layer ends");
    c!(OH_Drawing_CanvasRestore(sheet.canvas => Object));
    assert_eq!((sheet.pixel(1, 1), sheet.pixel(5, 5)), (RED, BLUE));
}

#[test]
fn dashes_leave_gaps() {
    let sheet = Sheet::new(40, 10);
    let pen = sheet.pen(0xffff0000, 4.0);
    let intervals = [10.0_f32, 10.0];
    let dashes = c!(OH_Drawing_CreateDashPathEffect(intervals.as_ptr() => *const f32, 2 => i32, 0.0 => f32) -> Object);
    c!(OH_Drawing_PenSetPathEffect(pen => Object, dashes => Object));
    c!(OH_Drawing_CanvasAttachPen(sheet.canvas => Object, pen => Object));
    c!(OH_Drawing_CanvasDrawLine(sheet.canvas => Object, 0.0 => f32, 5.0 => f32, 40.0 => f32, 5.0 => f32));
    assert_eq!((sheet.pixel(5, 5), sheet.pixel(15, 5), sheet.pixel(25, 5)), (RED, NOTHING, RED));
}

#[test]
fn memory_of_the_guest_is_drawn_on_in_its_format() {
    let mut memory = [7_u8; 64 * 4];
    // Four by four pixels, blue first, in rows of 64 bytes.
    let info = [4_i32, 4, 5, PREMUL];
    let bitmap = c!(OH_Drawing_BitmapCreateFromPixels(
        info.as_ptr() => *const i32, memory.as_mut_ptr() => *mut u8, 64 => u32
    ) -> Object);
    let canvas = c!(OH_Drawing_CanvasCreate() -> Object);
    c!(OH_Drawing_CanvasBind(canvas => Object, bitmap => Object));
    c!(OH_Drawing_CanvasClear(canvas => Object, 0xffff0000 => u32));
    c!(OH_Drawing_CanvasDestroy(canvas => Object));
    assert_eq!(memory[64..64 + 16], [0, 0, 255, 255].repeat(4));
    assert_eq!(memory[16..64], [7; 48], "what lies between the rows stays");
}

#[test]
fn small_formats_keep_what_they_can() {
    let sheet = Sheet::with(2, 2, 2, 1);
    c!(OH_Drawing_CanvasClear(sheet.canvas => Object, 0xffff0000 => u32));
    assert_eq!(sheet.bytes(0, 4), [0x00, 0xf8, 0x00, 0xf8]);
    let sheet = Sheet::with(2, 2, 1, PREMUL);
    c!(OH_Drawing_CanvasClear(sheet.canvas => Object, 0x80ffffff => u32));
    assert_eq!(sheet.bytes(0, 4), [128; 4]);
}

#[test]
fn wrong_objects_are_errors() {
    c!(OH_Drawing_ErrorCodeReset());
    let brush = c!(OH_Drawing_BrushCreate() -> Object);
    c!(OH_Drawing_BrushDestroy(brush => Object));
    for object in [null_mut(), brush, 0x1234 as Object, usize::MAX as Object] {
        c!(OH_Drawing_BrushDestroy(object => Object));
        c!(OH_Drawing_CanvasAttachBrush(object => Object, object => Object));
        c!(OH_Drawing_CanvasDrawRect(object => Object, object => Object));
        assert_eq!(c!(OH_Drawing_RectOffset(object => Object, 1.0 => f32, 1.0 => f32) -> i32), 401);
        assert_eq!(c!(OH_Drawing_PathCopy(object => Object) -> Object), null_mut());
    }
    assert_eq!(c!(OH_Drawing_ErrorCodeGet() -> i32), 401);
    let sheet = Sheet::new(4, 4);
    c!(OH_Drawing_CanvasAttachBrush(sheet.canvas => Object, sheet.bitmap => Object));
    sheet.rect(0.0, 0.0, 4.0, 4.0);
    assert_eq!(sheet.pixel(1, 1), NOTHING, "a bitmap is no brush");
    let path = c!(OH_Drawing_PathCreate() -> Object);
    c!(OH_Drawing_PathAddPath(path => Object, path => Object, null_mut() => Object));
    c!(OH_Drawing_PathLineTo(path => Object, f32::NAN => f32, f32::INFINITY => f32));
    c!(OH_Drawing_PathArcTo(path => Object, f32::NAN => f32, 0.0 => f32, f32::MAX => f32, 1.0 => f32, 0.0 => f32, 1e30 => f32));
    sheet.brush(0xffff0000);
    c!(OH_Drawing_CanvasDrawPath(sheet.canvas => Object, path => Object));
}

#[test]
fn paths_are_measured() {
    let path = c!(OH_Drawing_PathCreate() -> Object);
    c!(OH_Drawing_PathMoveTo(path => Object, 0.0 => f32, 0.0 => f32));
    c!(OH_Drawing_PathLineTo(path => Object, 30.0 => f32, 0.0 => f32));
    c!(OH_Drawing_PathLineTo(path => Object, 30.0 => f32, 40.0 => f32));
    let length = |closed| c!(OH_Drawing_PathGetLength(path => Object, closed => bool) -> f32);
    assert!((length(false) - 70.0).abs() < 0.01 && (length(true) - 120.0).abs() < 0.01);
    let (mut place, mut direction) = ([0.0_f32; 2], [0.0_f32; 2]);
    assert!(c!(OH_Drawing_PathGetPositionTangent(
        path => Object, false => bool, 50.0 => f32, place.as_mut_ptr() => *mut f32, direction.as_mut_ptr() => *mut f32
    ) -> bool));
    assert!((place[0] - 30.0).abs() < 0.01 && (place[1] - 20.0).abs() < 0.1, "{place:?}");
    assert_eq!(direction, [0.0, 1.0]);
}

#[test]
fn matrices_multiply_and_invert() {
    let matrix = c!(OH_Drawing_MatrixCreateTranslation(10.0 => f32, 0.0 => f32) -> Object);
    c!(OH_Drawing_MatrixPreScale(matrix => Object, 2.0 => f32, 3.0 => f32, 0.0 => f32, 0.0 => f32));
    let (from, mut to) = ([1.0_f32, 1.0], [0.0_f32; 2]);
    c!(OH_Drawing_MatrixMapPoints(matrix => Object, from.as_ptr() => *const f32, to.as_mut_ptr() => *mut f32, 1 => i32));
    assert_eq!(to, [12.0, 3.0]);
    let inverse = c!(OH_Drawing_MatrixCreate() -> Object);
    assert!(c!(OH_Drawing_MatrixInvert(matrix => Object, inverse => Object) -> bool));
    c!(OH_Drawing_MatrixPreConcat(inverse => Object, matrix => Object) -> i32);
    let mut all = [0.0_f32; 9];
    assert_eq!(c!(OH_Drawing_MatrixGetAll(inverse => Object, all.as_mut_ptr() => *mut f32) -> i32), 0);
    assert!(all.iter().zip([1., 0., 0., 0., 1., 0., 0., 0., 1.]).all(|(a, b)| (a - b).abs() < 1e-5), "{all:?}");
}

/// How many pixels of a part of a sheet are drawn on.
fn ink(sheet: &Sheet, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) -> usize {
    rows.flat_map(|y| columns.clone().map(move |x| (x, y))).filter(|(x, y)| sheet.pixel(*x, *y)[3] > 0).count()
}

#[test]
fn text_leaves_ink_where_it_was_measured() {
    let sheet = Sheet::new(200, 60);
    sheet.brush(0xffff0000);
    let font = c!(OH_Drawing_FontCreate() -> Object);
    c!(OH_Drawing_FontSetTextSize(font => Object, 30.0 => f32));
    let (text, bounds, mut width) = ("Concord", rect(0.0, 0.0, 0.0, 0.0), 0.0_f32);
    assert_eq!(
        c!(OH_Drawing_FontMeasureText(
            font => Object, text.as_ptr() => *const u8, text.len() => usize, 0 => u32, bounds => Object, &raw mut width => *mut f32
        ) -> i32),
        0
    );
    assert!(width > 60.0 && width < 180.0, "{width}");
    assert_eq!(c!(OH_Drawing_RectGetRight(bounds => Object) -> f32), width);
    let top = c!(OH_Drawing_RectGetTop(bounds => Object) -> f32);
    assert!(top < -20.0 && top > -40.0, "{top}");
    let blob = c!(OH_Drawing_TextBlobCreateFromText(
        text.as_ptr() => *const u8, text.len() => usize, font => Object, 0 => u32
    ) -> Object);
    c!(OH_Drawing_CanvasDrawTextBlob(sheet.canvas => Object, blob => Object, 5.0 => f32, 40.0 => f32));
    let end = 5 + width as usize + 2;
    assert!(ink(&sheet, 4..end, 10..50) > 200);
    assert_eq!(ink(&sheet, end..200, 0..60) + ink(&sheet, 0..200, 0..5), 0, "nothing is drawn beside it");
}

#[test]
fn paragraphs_are_laid_out_and_painted() {
    let style = c!(OH_Drawing_CreateTypographyStyle() -> Object);
    let fonts = c!(OH_Drawing_CreateFontCollection() -> Object);
    let handler = c!(OH_Drawing_CreateTypographyHandler(style => Object, fonts => Object) -> Object);
    let look = c!(OH_Drawing_CreateTextStyle() -> Object);
    c!(OH_Drawing_SetTextStyleFontSize(look => Object, 20.0 => f64));
    c!(OH_Drawing_SetTextStyleColor(look => Object, 0xffff0000 => u32));
    c!(OH_Drawing_TypographyHandlerPushTextStyle(handler => Object, look => Object));
    c!(OH_Drawing_TypographyHandlerAddText(handler => Object, c"native drawing native drawing".as_ptr() => *const i8));
    let text = c!(OH_Drawing_CreateTypography(handler => Object) -> Object);
    c!(OH_Drawing_TypographyLayout(text => Object, 1000.0 => f64));
    assert_eq!(c!(OH_Drawing_TypographyGetLineCount(text => Object) -> usize), 1);
    let height = c!(OH_Drawing_TypographyGetHeight(text => Object) -> f64);
    c!(OH_Drawing_TypographyLayout(text => Object, 160.0 => f64));
    assert_eq!(c!(OH_Drawing_TypographyGetLineCount(text => Object) -> usize), 2);
    let longest = c!(OH_Drawing_TypographyGetLongestLine(text => Object) -> f64);
    assert!(height > 15.0 && longest > 50.0 && longest <= 160.0, "{height} {longest}");
    let sheet = Sheet::new(200, 80);
    c!(OH_Drawing_TypographyPaint(text => Object, sheet.canvas => Object, 10.0 => f64, 10.0 => f64));
    let lines = 10..10 + 2 * height as usize;
    assert!(ink(&sheet, 10..170, lines) > 200);
    assert_eq!(ink(&sheet, 0..9, 0..80) + ink(&sheet, 0..200, 0..9), 0);
}

#[test]
fn pixel_maps_are_drawn_on_and_drawn() {
    let picture = image::RgbaImage::from_pixel(4, 4, image::Rgba([0, 0, 255, 255]));
    let map = crate::image::pixelmap::Pixelmap::from_image(&picture, crate::image::pixelmap::BGRA_8888, PREMUL);
    let map = Box::into_raw(Box::new(map.expect("a pixel map")));
    let handle = c!(OH_Drawing_PixelMapGetFromOhPixelMapNative(map.cast() => Object) -> Object);
    let canvas = c!(OH_Drawing_CanvasCreateWithPixelMap(handle => Object) -> Object);
    let brush = c!(OH_Drawing_BrushCreate() -> Object);
    c!(OH_Drawing_BrushSetColor(brush => Object, 0xffff0000 => u32));
    c!(OH_Drawing_CanvasAttachBrush(canvas => Object, brush => Object));
    c!(OH_Drawing_CanvasDrawRect(canvas => Object, rect(0.0, 0.0, 2.0, 4.0) => Object));
    let sheet = Sheet::new(4, 4);
    c!(OH_Drawing_CanvasDrawPixelMapRect(
        sheet.canvas => Object, handle => Object, null_mut() => Object, rect(0.0, 0.0, 4.0, 4.0) => Object,
        null_mut() => Object
    ));
    assert_eq!((sheet.pixel(1, 1), sheet.pixel(2, 1)), (RED, BLUE));
    // SAFETY: it came from `Box::into_raw`, and is not used again.
    drop(unsafe { Box::from_raw(map) });
}
