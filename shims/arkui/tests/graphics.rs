//! Pictures, their files and effects, and paragraphs that apps lay out by themselves.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

const TOOLS: &str = r"
const image = require('@ohos:multimedia.image');
const codeOf = async (work) => { try { await work(); return 'fine'; } catch (error) { return error.code; } };
const { RGBA_8888 } = image.PixelMapFormat;
const of = (width, height, pixel) => image.createPixelMapSync(
  Uint8Array.from({ length: width * height * 4 }, (_, index) => pixel[index % 4]).buffer,
  { size: { width, height }, srcPixelFormat: RGBA_8888, pixelFormat: RGBA_8888, editable: true });
const read = (map) => {
  const buffer = new ArrayBuffer(map.getPixelBytesNumber());
  map.readPixelsToBufferSync(buffer);
  return [...new Uint8Array(buffer)];
};
const packer = image.createImagePacker();
const pack = (map, format, more) => packer.packToData(map, { format, quality: 95, ...more });
";

#[track_caller]
fn gives(body: &str, expected: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = format!("{TOOLS}{body}");
    if let Some(text) = common::real_script_in("ui/gallery/entry.hap", home.path(), &script) {
        assert_eq!(text, expected, "{body}");
    }
}

#[test]
fn sequences_become_animations_and_come_back() {
    gives(
        r"
        const maps = [of(4, 3, [255, 0, 0, 255]), of(4, 3, [0, 255, 0, 255]), of(4, 3, [0, 0, 255, 255])];
        const options = { frameCount: 3, delayTimeList: [5, 20], disposalTypes: [2, 1, 3], loopCount: 2 };
        const source = image.createImageSource(await packer.packToDataFromPixelmapSequence(maps, options));
        const list = await source.createPixelMapList({ editable: true });
        const second = list[1].createScaledPixelMapSync(0.5, 1, image.AntiAliasingLevel.NONE);
        const picture = await source.createPictureAtIndex(1);
        const metadata = await picture.getMetadata(image.MetadataType.GIF_METADATA);
        return JSON.stringify([
          await source.getFrameCount(), await source.getDelayTimeList(), await source.getDisposalTypeList(), read(list[2]).slice(0, 4),
          second.getImageInfoSync().size, read(second).slice(0, 4), await source.getImageProperty('GIFLoopCount'),
          await metadata.getAllProperties(), await codeOf(() => source.createPictureAtIndex(3)),
          await codeOf(() => packer.packToDataFromPixelmapSequence(maps, { frameCount: 4, delayTimeList: [1] })),
        ]);",
        r#"[3,[50,200,200],[2,1,3],[0,0,255,255],{"width":2,"height":3},[0,255,0,255],"2",{"GifDelayTime":"200","GifDisposalType":"1"},7700203,401]"#,
    );
}

#[test]
fn what_cameras_say_is_read_changed_and_kept() {
    gives(
        r"
        const source = image.createImageSource(await pack(of(8, 4, [9, 9, 9, 255]), 'image/jpeg'));
        const before = await codeOf(() => source.getImageProperty('Make'));
        await source.modifyImageProperties({ Make: 'Concord', Orientation: '6', GPSLatitude: '39,54,20', FNumber: '1.8' });
        const info = await source.getImageInfo();
        const png = await packer.packToData(source, { format: 'image/png', quality: 90, needsPackProperties: true });
        const picture = await source.createPicture();
        const exif = await picture.getMetadata(image.MetadataType.EXIF_METADATA);
        await exif.setProperties({ Model: 'One', Make: null });
        const again = image.createImageSource(await packer.packing(picture, { format: 'image/webp', quality: 90, needsPackProperties: true }));
        return JSON.stringify([
          before, info.size, await source.getImageProperties(['Orientation', 'FNumber', 'Model']),
          await image.createImageSource(png).getImageProperty('GPSLatitude'), again.getImagePropertySync('Model'),
          await codeOf(() => again.getImagePropertySync('Make')), await source.getImageProperty('Model', { defaultValue: 'none' }),
          await codeOf(() => source.modifyImageProperty('Orientation', 'up')), await codeOf(() => source.modifyImageProperty('Nothing', '1')),
          (await exif.getBlob()).byteLength > 40,
        ]);",
        r#"[62980123,{"width":8,"height":4},{"Orientation":"Right-top","FNumber":"f/1.8","Model":null},"39, 54, 20","One",7700202,"none",62980135,62980135,true]"#,
    );
}

#[test]
fn pixels_change_their_format_their_space_and_their_place() {
    gives(
        r"
        const spaces = require('@ohos:graphics.colorSpaceManager');
        const map = of(4, 2, [200, 100, 50, 255]);
        await map.applyColorSpace(spaces.create(spaces.ColorSpace.DISPLAY_P3));
        const wide = read(map).slice(0, 3);
        await map.applyColorSpace(spaces.create(spaces.ColorSpace.SRGB));
        const back = read(map).slice(0, 3).every((value, index) => Math.abs(value - [200, 100, 50][index]) <= 2);
        const sizes = [];
        for (const format of ['RGB_565', 'NV21', 'RGBA_F16', 'YCBCR_P010', 'RGBA_8888']) {
          await map.convertPixelFormat(image.PixelMapFormat[format]);
          sizes.push(map.getPixelBytesNumber(), map.getBytesNumberPerRow());
        }
        const straight = image.createPixelMapSync(new Uint8Array([200, 100, 50, 128]).buffer,
          { size: { width: 1, height: 1 }, srcPixelFormat: RGBA_8888, pixelFormat: RGBA_8888, alphaType: image.AlphaType.UNPREMUL, editable: true });
        const multiplied = of(1, 1, [0, 0, 0, 0]);
        await image.createPremultipliedPixelMap(straight, multiplied);
        const released = of(1, 1, [0, 0, 0, 0]);
        released.releaseSync();
        return JSON.stringify([
          wide[0] < 200 && wide[1] > 100, back, sizes, read(multiplied).map((value) => Math.round(value / 10)),
          await codeOf(() => map.cropSync({ size: { width: 9, height: 1 }, x: 0, y: 0 })), await codeOf(() => map.scaleSync(1e6, 1e6)),
          await codeOf(() => released.getImageInfoSync()), await codeOf(() => map.opacitySync(2)), await codeOf(() => map.getMetadata(1)),
          await codeOf(() => image.createPixelMapSync({ size: { width: 1e6, height: 1e6 } })), await codeOf(() => spaces.create(77)),
        ]);",
        "[true,true,[16,8,12,4,64,32,24,8,32,16],[10,5,3,13],62980109,62980106,501,401,62980173,62980106,18600001]",
    );
}

#[test]
fn parts_of_files_and_files_that_are_none_are_reported() {
    gives(
        r"
        const file = await pack(of(20, 10, [10, 20, 30, 255]), 'image/png');
        const source = image.CreateIncrementalSource(file.slice(0, 20));
        const early = await codeOf(() => source.createPixelMap());
        await source.updateData(file.slice(20, 40), false, 0, 20);
        await source.updateData(file.slice(40), true, 0, file.byteLength - 40);
        const whole = (await source.createPixelMap({
          desiredSize: { width: 10, height: 5 }, desiredRegion: { size: { width: 10, height: 10 }, x: 10, y: 0 },
          cropAndScaleStrategy: image.CropAndScaleStrategy.CROP_FIRST, rotate: 90,
        })).getImageInfoSync();
        const garbage = image.createImageSource(new Uint8Array(100).buffer);
        const heif = image.createImageSource(Uint8Array.from([0, 0, 0, 24, ...'ftypheic'].map((c) => c.charCodeAt?.(0) ?? c)).buffer);
        return JSON.stringify([
          early, whole.size, await codeOf(() => garbage.createPixelMap()), await codeOf(() => heif.getImageInfo()),
          await codeOf(() => garbage.createPixelMapUsingAllocator()), await codeOf(() => packer.packToData(of(1, 1, [0, 0, 0, 0]), { format: 'image/heic', quality: 9 })),
          await codeOf(() => packer.packToData({}, { format: 'image/png', quality: 9 })), image.createImageSource('/nowhere.png') === undefined,
          await codeOf(() => source.getDelayTimeList()), await codeOf(() => source.getImageInfo(1)),
        ]);",
        r#"[62980111,{"width":5,"height":10},62980113,62980113,7700102,62980119,401,true,62980149,62980122]"#,
    );
}

#[test]
fn effects_and_colors_of_pictures() {
    gives(
        r"
        const effectKit = require('@ohos:effectKit');
        const map = of(20, 20, [200, 40, 40, 255]);
        const inverted = read(await effectKit.createEffect(map).invert().getEffectPixelMap()).slice(0, 4);
        const gray = read(await effectKit.createEffect(map).grayscale().getEffectPixelMap()).slice(0, 3);
        const bright = read(await effectKit.createEffect(map).brightness(0.2).getEffectPixelMap()).slice(0, 3);
        const blurred = read(await effectKit.createEffect(map).blur(5, effectKit.TileMode.CLAMP).getEffectPixelMap()).slice(0, 4);
        const faded = read(await effectKit.createEffect(map).blur(5).getEffectPixelMap()).slice(0, 4);
        const picker = await effectKit.createColorPicker(map, [0, 0, 0.5, 1]);
        return JSON.stringify([
          inverted, gray[0] === gray[1] && gray[1] === gray[2], bright[0] > 230 && bright[1] > 80, blurred[3], faded[3] < 200,
          picker.getMainColorSync(), picker.getTopProportionColors(3).length, picker.isBlackOrWhiteOrGrayColor(0xff808080),
          await codeOf(() => effectKit.createColorPicker({})), await codeOf(() => effectKit.createColorPicker(map, [1, 0, 0, 1])),
          effectKit.createEffect({}),
        ]);",
        r#"[[55,215,215,255],true,true,255,true,{"red":200,"green":40,"blue":40,"alpha":255},1,true,401,401,null]"#,
    );
}

#[test]
fn sendable_pictures_have_the_same_pixels() {
    gives(
        r"
        const sendable = require('@ohos:multimedia.sendableImage');
        const map = of(2, 2, [1, 2, 3, 255]);
        const shared = sendable.convertFromPixelMap(map);
        await shared.writeBufferToPixels(new Uint8Array(16).fill(255).buffer);
        const back = sendable.convertToPixelMap(shared);
        const source = sendable.createImageSource(await pack(map, 'image/png'));
        return JSON.stringify([read(map).slice(0, 3), read(back)[15], (await source.createPixelMap()).getImageInfoSync().size,
          await codeOf(() => sendable.convertFromPixelMap({}))]);",
        r#"[[255,255,255],255,{"width":2,"height":2},401]"#,
    );
}

#[test]
fn paragraphs_are_laid_out_and_painted() {
    gives(
        r"
        const text = require('@ohos:graphics.text');
        const drawing = require('@ohos:graphics.drawing');
        const fonts = text.FontCollection.getGlobalInstance();
        const builder = new text.ParagraphBuilder({ align: text.TextAlign.LEFT, textStyle: { fontSize: 20 } }, fonts);
        builder.pushStyle({ fontSize: 20, color: { alpha: 255, red: 255, green: 0, blue: 0 } });
        builder.addText('Hello brave new world');
        builder.addPlaceholder({ width: 30, height: 10, align: 5, baseline: 0, baselineOffset: 0 });
        builder.popStyle();
        const paragraph = builder.build();
        paragraph.layoutSync(1000);
        const one = [paragraph.getLineCount(), paragraph.getLongestLine()];
        paragraph.layoutSync(one[1] / 2);
        const lines = paragraph.getTextLines();
        const ranges = lines.map((line) => line.getTextRange());
        const glyphs = lines.reduce((sum, line) => sum + line.getGlyphCount(), 0);
        const [box] = paragraph.getRectsForPlaceholders();
        const [run] = lines[0].getGlyphRuns();
        const map = of(200, 100, [0, 0, 0, 0]);
        const canvas = new drawing.Canvas(map);
        paragraph.paint(canvas, 0, 0);
        const red = read(map).filter((value, index) => index % 4 === 0 && value > 100).length;
        const typeset = builder.buildLineTypeset();
        const count = typeset.getLineBreak(0, one[1] / 2);
        const line = typeset.createLine(0, count);
        return JSON.stringify([
          one[0], paragraph.getLineCount() >= 2, ranges[0].start, ranges.at(-1).end, glyphs >= 18, Math.round(box.rect.right - box.rect.left),
          paragraph.getWordBoundary(7), paragraph.getGlyphPositionAtCoordinate(0, 0).position, red > 50, count === ranges[0].end,
          line.getTypographicBounds().width <= one[1] / 2, run.getGlyphs().length === run.getPositions().length, run.getFont().getSize(),
          paragraph.getRectsForRange({ start: 0, end: 5 }, 0, 0).length, await codeOf(() => typeset.createLine(99, 1)),
          await codeOf(() => new text.ParagraphBuilder({}, {})), (await text.getSystemFontFullNamesByType(1)).length > 0,
        ]);",
        r#"[1,true,0,22,true,30,{"start":6,"end":11},0,true,true,true,true,20,1,401,401,true]"#,
    );
}

#[test]
fn regions_matrices_and_glyphs() {
    gives(
        r"
        const drawing = require('@ohos:graphics.drawing');
        const { Region, Matrix, Path, Font, RegionOp } = drawing;
        const region = new Region(0, 0, 10, 10);
        const corner = new Region(5, 5, 15, 15);
        const both = new Region(region);
        both.op(corner, RegionOp.UNION);
        const left = new Region(region);
        left.op(corner, RegionOp.DIFFERENCE);
        const path = new Path();
        path.addCircle(5, 5, 5);
        const circle = new Region();
        circle.setPath(path, region);
        const fit = new Matrix();
        fit.setRectToRect({ left: 0, top: 0, right: 10, bottom: 20 }, { left: 100, top: 0, right: 200, bottom: 100 }, drawing.ScaleToFit.CENTER_SCALE_TO_FIT);
        const square = [{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 1, y: 1 }];
        const three = new Matrix();
        three.setPolyToPoly(square, [{ x: 5, y: 5 }, { x: 7, y: 5 }, { x: 7, y: 8 }], 3);
        const along = new Matrix();
        const line = new Path();
        line.moveTo(0, 0);
        line.lineTo(0, 10);
        line.getMatrix(false, 4, along, 2);
        const font = new Font();
        font.setSize(20);
        const glyphs = font.textToGlyphs('Hi');
        const sum = font.getWidths(glyphs).reduce((all, width) => all + width, 0);
        const map = of(20, 20, [0, 0, 0, 0]);
        const canvas = new drawing.Canvas(map);
        canvas.clipRegion(left);
        canvas.drawColor(255, 255, 0, 0);
        const reds = read(map).filter((value, index) => index % 4 === 0 && value === 255).length;
        return JSON.stringify([
          both.isPointContained(12, 12), both.isPointContained(12, 2), both.isRegionContained(corner), left.isPointContained(7, 7),
          [circle.isPointContained(0, 0), circle.isPointContained(5, 5)], region.quickReject(11, 0, 20, 20), fit.getAll().slice(0, 6),
          three.mapPoints([{ x: 0.5, y: 1 }]), along.getAll().slice(0, 6).map((value) => Math.round(value) + 0), glyphs.length,
          Math.abs(sum - font.measureText('Hi')) < 1, reds,
        ]);",
        "[true,false,true,false,[false,true],true,[5,0,125,0,5,0],[{\"x\":6,\"y\":8}],[0,-1,0,1,0,4],2,true,75]",
    );
}
