// @ohos:multimedia.image: pictures from files to pixels and back.
(function (host, system) {
  'use strict';
  const pixels = system.require('@concord:arkui/pixels');
  const { PixelMap, FORMATS, fail, sized, isFormat } = pixels;
  const enums = system.require('@concord:image/enums');
  const { createImageSource, createIncrementalSource, ImageSource, contentOf, FORMATS_READ } = system.require('@concord:image/source');
  const { createImagePacker, FORMATS_WRITTEN } = system.require('@concord:image/packer');
  const { createPicture, createPictureFromParcel, createAuxiliaryPicture } = system.require('@concord:image/picture');
  const { createImageReceiver, createImageCreator } = system.require('@concord:image/receiver');
  const { AlphaType, PixelMapFormat } = enums;

  const positive = (number) => Number.isFinite(number) && number > 0;

  // Colours are of the options' alpha type, premultiplied unless it says that they are not.
  function createPixelMapSync(colors, options) {
    if (!(colors instanceof ArrayBuffer)) {
      if (options !== undefined && colors !== undefined) fail(401, 'Parameter error. The colours must be an ArrayBuffer.');
      [colors, options] = [undefined, options ?? colors];
    }
    const { width, height } = options?.size ?? {};
    if (!positive(width) || !positive(height)) fail(401, 'Parameter error. The size must be positive.');
    const { srcPixelFormat = FORMATS.BGRA_8888, alphaType } = options;
    const straight = alphaType === AlphaType.UNPREMUL;
    const format = isFormat(srcPixelFormat) ? srcPixelFormat : FORMATS.BGRA_8888;
    return new PixelMap(sized(() => pixels.create(width, height, colors, format, !straight)), options);
  }

  const createPixelMap = (colors, options, callback) => system.async(() => createPixelMapSync(colors, options), callback);

  function checkedAllocator(type) {
    if (type !== undefined && ![0, 1, 2].includes(type)) fail(7600201, 'Unsupported operation.');
  }

  function createPixelMapUsingAllocatorSync(colors, options, allocator) {
    if (!(colors instanceof ArrayBuffer)) [colors, options, allocator] = [undefined, colors, options];
    checkedAllocator(allocator);
    return colors === undefined ? createPixelMapSync(options) : createPixelMapSync(colors, options);
  }

  // Both have the same size; the target gets what the source has, with alpha the other way.
  function convertAlpha(source, target, from, to, callback) {
    if (!(source instanceof PixelMap) || !(target instanceof PixelMap)) fail(401, 'Parameter error. Both must be PixelMaps.');
    return system.async(() => {
      const [one, other] = [source.getImageInfoSync(), target.getImageInfoSync()];
      if (one.alphaType !== from || other.alphaType !== to) fail(401, 'Parameter error. The alpha types do not fit.');
      const { width, height } = one.size;
      if (width !== other.size.width || height !== other.size.height) fail(62980246, 'Failed to read the pixelMap.');
      if (!target.isEditable) fail(62980248, 'Pixelmap not allow modify.');
      const data = pixels.read(source.__pixels__, 0, 0, width, height, FORMATS.RGBA_8888, true);
      pixels.write(target.__pixels__, 0, 0, width, height, data, FORMATS.RGBA_8888, true);
    }, callback);
  }

  function noSurface(id) {
    if (typeof id !== 'string') fail(401, 'Parameter error. The surface id must be a string.');
    return fail(62980105, 'Failed to get the data.');
  }

  function surfaceFailure(id) {
    if (typeof id !== 'string' || id === '') fail(7600206, 'Invalid parameter.');
    return fail(7600104, 'Failed to get the data from Surface.');
  }

  return {
    ...enums,
    createPixelMap,
    createPixelMapSync,
    createPixelMapUsingAllocator: (...args) => system.async(() => createPixelMapUsingAllocatorSync(...args)),
    createPixelMapUsingAllocatorSync,
    createPixelMapFromFile: (path, options) => system.async(() => new ImageSource(contentOf(path)).createPixelMapSync(options)),
    createPremultipliedPixelMap: (source, target, callback) => convertAlpha(source, target, AlphaType.UNPREMUL, AlphaType.PREMUL, callback),
    createUnpremultipliedPixelMap: (source, target, callback) => convertAlpha(source, target, AlphaType.PREMUL, AlphaType.UNPREMUL, callback),
    createPixelMapFromParcel: (sequence) => pixels.fromParcel(sequence),
    createPixelMapFromSurface: (id) => system.async(() => noSurface(id)),
    createPixelMapFromSurfaceSync: noSurface,
    createPixelMapFromSurfaceWithTransformation: (id) => system.async(() => surfaceFailure(id)),
    createPixelMapFromSurfaceWithTransformationSync: surfaceFailure,
    createImageSource,
    createIncrementalSource,
    CreateIncrementalSource: createIncrementalSource,
    createImagePacker,
    createPicture,
    createPictureFromParcel,
    createAuxiliaryPicture,
    createImageReceiver,
    createImageCreator,
    getImagePackerSupportedFormats: () => [...FORMATS_WRITTEN],
    getImageSourceSupportedFormats: () => [...FORMATS_READ],
    PixelMapFormat,
  };
})
