// @concord:image/source: `ImageSource`, what pictures are decoded from.
(function (host, system) {
  'use strict';
  const pixels = system.require('@concord:arkui/pixels');
  const codec = system.require('@concord:arkui/codec');
  const { PixelMap, FORMATS, fail, asynchronous, isFormat } = pixels;
  const { AlphaType, CropAndScaleStrategy, MetadataType } = system.require('@concord:image/enums');
  const { Metadata } = system.require('@concord:image/metadata');
  const { Picture, give } = system.require('@concord:image/picture');
  const files = () => system.require('@ohos:file.fs');

  const FORMATS_READ = ['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/webp', 'image/svg+xml', 'image/x-icon'];
  // The most bytes of a file: what a decoder would take anyway.
  const MOST_BYTES = 512 * 2 ** 20;

  const positive = (number) => Number.isFinite(number) && number > 0;
  const isSize = (size) => positive(size?.width) && positive(size?.height);

  // Codes and texts of what goes wrong in a file.
  const FAILURES = {
    unknown: [62980113, 'Unknown image format.'],
    damaged: [62980116, 'Failed to decode the image.'],
    big: [62980106, 'The image data is too large.'],
    unsupported: [62980123, 'The image does not support EXIF decoding.'],
    property: [62980135, 'The EXIF value is invalid.'],
    value: [62980135, 'The EXIF value is invalid.'],
  };
  // The same for methods of the newer kind.
  const NEWER = {
    unknown: [7700102, 'Unsupported MIME type.'],
    damaged: [7700301, 'Decoding failed.'],
    big: [7700103, 'Image too large.'],
    unsupported: [7700102, 'Unsupported MIME type.'],
    property: [7700202, 'Unsupported metadata. For example, key is not supported.'],
    value: [7700202, 'Unsupported metadata. For example, key is not supported.'],
  };

  function checked(result, failures = FAILURES) {
    if (result?.failure === undefined) return result;
    const [code, text] = failures[result.failure];
    return fail(code, `${text} (${result.message})`);
  }

  // The bytes that a path, a `file:` URI, a descriptor, a part of one, or a buffer stand for, and where they can be written to.
  function contentOf(source) {
    if (source instanceof ArrayBuffer) return { bytes: source.slice(0) };
    if (ArrayBuffer.isView(source)) {
      return { bytes: source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) };
    }
    const fs = files();
    if (typeof source === 'string') {
      const file = fs.openSync(source, fs.OpenMode.READ_ONLY);
      try {
        return { bytes: whole(fs, file.fd, 0, fs.statSync(file.fd).size), path: source };
      } finally {
        fs.closeSync(file);
      }
    }
    if (typeof source === 'number') return { bytes: whole(fs, source, 0, fs.statSync(source).size), fd: source };
    if (typeof source?.fd === 'number') return { bytes: whole(fs, source.fd, source.offset ?? 0, source.length) };
    return fail(401, 'Parameter error. The source must be a path, a descriptor, or a buffer.');
  }

  function whole(fs, fd, offset, length) {
    if (length > MOST_BYTES) fail(62980106, 'The image data is too large.');
    const buffer = new ArrayBuffer(length);
    const count = fs.readSync(fd, buffer, { offset, length });
    return count === length ? buffer : buffer.slice(0, count);
  }

  function save({ path, fd }, bytes) {
    const fs = files();
    const file = path === undefined ? undefined : fs.openSync(path, fs.OpenMode.READ_WRITE);
    const target = file?.fd ?? fd;
    if (target === undefined) return;
    try {
      fs.writeSync(target, bytes, { offset: 0 });
      fs.truncateSync(target, bytes.byteLength);
    } finally {
      if (file !== undefined) fs.closeSync(file);
    }
  }

  class ImageSource {
    #content;
    #options;
    #animation;
    #properties;
    #complete;

    constructor(content, options, complete = true) {
      this.#content = content;
      this.#options = options ?? {};
      this.#complete = complete;
      this.supportedFormats = [...FORMATS_READ];
    }

    #bytes() { return this.#content?.bytes ?? fail(501, 'Resource Unavailable: the ImageSource has been released.'); }

    #info(failures) {
      const info = codec.info(this.#bytes());
      if (info.failure !== undefined && !this.#complete) fail(62980111, 'The image source data is incomplete.');
      return checked(info, failures);
    }

    #moves(failures) {
      this.#animation ??= codec.animation(this.#bytes());
      const animation = this.#animation;
      if (animation.failure !== undefined) this.#animation = undefined;
      return checked(animation, failures);
    }

    getImageInfoSync(index = 0) {
      const { width, height, mimeType } = this.#info();
      if (!Number.isInteger(index) || index < 0) fail(401, 'Parameter error. The index must not be negative.');
      if (index > 0 && index >= this.#moves().delays.length) fail(62980122, 'Failed to decode the image header.');
      return {
        size: { width, height }, density: this.#options.sourceDensity ?? 0, stride: width * 4, pixelFormat: FORMATS.RGBA_8888,
        alphaType: mimeType === 'image/jpeg' || mimeType === 'image/bmp' ? AlphaType.OPAQUE : AlphaType.PREMUL, mimeType, isHdr: false,
      };
    }

    #decode(options, failures) {
      const { width, height, mimeType } = this.#info(failures);
      const {
        index = 0, sampleSize, desiredSize, desiredRegion, rotate, desiredPixelFormat, editable, fitDensity, desiredColorSpace,
        cropAndScaleStrategy,
      } = options ?? {};
      const area = isSize(desiredRegion?.size) ? { x: 0, y: 0, ...desiredRegion } : undefined;
      const cropsFirst = area !== undefined && cropAndScaleStrategy === CropAndScaleStrategy.CROP_FIRST;
      let size = isSize(desiredSize) ? desiredSize : undefined;
      if (size === undefined && positive(sampleSize) && sampleSize > 1) {
        size = { width: Math.max(1, Math.round(width / sampleSize)), height: Math.max(1, Math.round(height / sampleSize)) };
      }
      const { sourceDensity } = this.#options;
      if (size === undefined && positive(fitDensity) && positive(sourceDensity) && fitDensity !== sourceDensity) {
        const factor = fitDensity / sourceDensity;
        size = { width: Math.max(1, Math.round(width * factor)), height: Math.max(1, Math.round(height * factor)) };
      }
      const scaled = cropsFirst ? { width: 0, height: 0 } : size ?? { width: 0, height: 0 };
      const decoded = codec.decode(this.#bytes(), index, Math.trunc(scaled.width), Math.trunc(scaled.height));
      if (decoded.failure === 'damaged' && !this.#complete) fail(62980111, 'The image source data is incomplete.');
      const map = new PixelMap(checked(decoded, failures), {
        pixelFormat: desiredPixelFormat, editable: true, mimeType, density: positive(fitDensity) ? fitDensity : sourceDensity,
      });
      if (area !== undefined) map.cropSync(area);
      if (cropsFirst && size !== undefined) {
        const now = map.getImageInfoSync().size;
        map.scaleSync(size.width / now.width, size.height / now.height);
      }
      if (rotate) map.rotateSync(rotate);
      if (desiredColorSpace !== undefined && desiredColorSpace !== null) map.setColorSpace(desiredColorSpace);
      map.isEditable = editable ?? false;
      return map;
    }

    createPixelMapSync(options) { return this.#decode(options); }

    createPixelMapUsingAllocatorSync(options, allocatorType) {
      if (allocatorType !== undefined && ![0, 1, 2].includes(allocatorType)) fail(401, 'Parameter error. The allocator is not one of AllocatorType.');
      if (options?.desiredPixelFormat !== undefined && options.desiredPixelFormat !== 0 && !isFormat(options.desiredPixelFormat)) {
        fail(7700203, 'Unsupported options, e.g, cannot convert image into desired pixel format.');
      }
      if (this.#content === undefined) fail(7700101, 'Bad source.');
      return this.#decode(options, NEWER);
    }

    createPixelMapListSync(options) {
      const count = this.#moves().delays.length;
      return Array.from({ length: count }, (_, index) => this.createPixelMapSync({ ...options, index }));
    }

    getFrameCount(callback) { return system.async(() => this.#moves().delays.length, callback); }

    getDelayTimeListSync() {
      const { mimeType } = this.#info();
      if (mimeType !== 'image/gif' && mimeType !== 'image/webp') fail(62980149, 'Invalid MIME type for the image source.');
      return [...this.#moves().delays];
    }

    getDelayTimeList(callback) { return system.async(() => this.getDelayTimeListSync(), callback); }

    getDisposalTypeList(callback) {
      return system.async(() => {
        if (this.#info().mimeType !== 'image/gif') fail(62980149, 'Invalid MIME type for the image source.');
        return [...this.#moves().disposals];
      }, callback);
    }

    // Undefined when it is not there.
    #property(key, failures) {
      this.#info(failures);
      if (key === 'GIFLoopCount') {
        const { loops } = this.#moves(failures);
        return loops === undefined ? undefined : String(loops);
      }
      this.#properties ??= codec.properties(this.#bytes()) ?? {};
      const found = this.#properties[key];
      if (found !== undefined && this.#properties.failure === undefined) return found;
      const { width, height } = this.#info(failures);
      const known = { ImageWidth: width, ImageLength: height, Orientation: 'Top-left' }[key];
      return known === undefined ? undefined : String(known);
    }

    getImagePropertySync(key) {
      if (this.#content === undefined) fail(7700101, 'Bad source.');
      const value = this.#property(key, NEWER);
      return value ?? fail(7700202, 'Unsupported metadata. For example, key is not supported.');
    }

    getImageProperty(key, options, callback) {
      if (typeof key !== 'string') fail(401, 'Parameter error. The key must be a string.');
      const standard = typeof options === 'object' ? options?.defaultValue : undefined;
      return system.async(() => {
        const value = this.#property(key) ?? standard;
        if (value !== undefined) return value;
        const hasAny = Object.keys(this.#properties).length > 0 && this.#properties.failure === undefined;
        return hasAny ? fail(62980135, 'The EXIF value is invalid.') : fail(62980123, 'The image does not support EXIF decoding.');
      }, typeof options === 'function' ? options : callback);
    }

    getImageProperties(keys) {
      if (!Array.isArray(keys) || keys.length === 0) fail(401, 'Parameter error. The keys must be an array of names.');
      return system.async(() => Object.fromEntries(keys.map((key) => [key, this.#property(key) ?? null])));
    }

    #modify(records, failures, writeFailed) {
      const entries = Object.entries(records).flatMap(([name, value]) => [name, value === null ? undefined : String(value)]);
      const changed = checked(codec.modify(this.#bytes(), ...entries), failures);
      try {
        save(this.#content, changed);
      } catch {
        writeFailed();
      }
      this.#content = { ...this.#content, bytes: changed };
      this.#properties = undefined;
    }

    #modifyAll(records) {
      this.#modify(records, FAILURES, () => fail(62980146, 'The EXIF data failed to be written to the file.'));
    }

    modifyImageProperty(key, value, callback) {
      if (typeof key !== 'string' || typeof value !== 'string') fail(401, 'Parameter error. The key and its value must be strings.');
      return system.async(() => this.#modifyAll({ [key]: value }), callback);
    }

    modifyImageProperties(records) {
      if (typeof records !== 'object' || records === null) fail(401, 'Parameter error. The records must be an object.');
      return system.async(() => this.#modifyAll(records));
    }

    modifyImagePropertiesEnhanced(records) {
      return system.async(() => this.#modify(records ?? {}, NEWER, () => fail(7700304, 'Failed to write image properties to the file.')));
    }

    // Part of a file that comes piece by piece.
    updateData(buffer, isFinished, offset, length, callback) {
      return system.async(() => {
        const before = this.#bytes();
        if (!(buffer instanceof ArrayBuffer)) fail(401, 'Parameter error. The data must be an ArrayBuffer.');
        const start = Number.isInteger(offset) && offset >= 0 ? offset : 0;
        const count = Math.min(Number.isInteger(length) && length >= 0 ? length : buffer.byteLength, buffer.byteLength);
        // The offset is that in the buffer when it fits there, else that in the file.
        const part = start + count <= buffer.byteLength ? new Uint8Array(buffer, start, count) : new Uint8Array(buffer, 0, count);
        if (before.byteLength + count > MOST_BYTES) fail(62980106, 'The image data is too large.');
        const bytes = new Uint8Array(before.byteLength + count);
        bytes.set(new Uint8Array(before));
        bytes.set(part, before.byteLength);
        this.#content = { ...this.#content, bytes: bytes.buffer };
        this.#animation = undefined;
        this.#properties = undefined;
        this.#complete = isFinished === true;
      }, callback);
    }

    #picture(index, failures) {
      const picture = new Picture(this.#decode({ index, editable: true }, failures));
      const properties = codec.properties(this.#bytes());
      if (properties !== undefined && properties.failure === undefined) {
        give(picture, MetadataType.EXIF_METADATA, new Metadata(MetadataType.EXIF_METADATA, this.#bytes()));
      }
      return picture;
    }

    createPicture(options) {
      if (options !== undefined && !Array.isArray(options?.desiredAuxiliaryPictures)) {
        fail(401, 'Parameter error. Possible causes: Mandatory parameters are left unspecified.');
      }
      return system.async(() => this.#picture(0, NEWER));
    }

    createPictureAtIndex(index) {
      return system.async(() => {
        const { mimeType } = this.#info(NEWER);
        if (mimeType !== 'image/gif') fail(7700102, 'Unsupported MIME type.');
        const { delays, disposals } = this.#moves(NEWER);
        if (!Number.isInteger(index) || index < 0 || index >= delays.length) fail(7700203, 'Unsupported options. For example, index is invalid.');
        const picture = this.#picture(index, NEWER);
        const metadata = new Metadata(MetadataType.GIF_METADATA);
        return metadata.setProperties({ GifDelayTime: String(delays[index]), GifDisposalType: String(disposals[index]) }).then(() => {
          give(picture, MetadataType.GIF_METADATA, metadata);
          return picture;
        });
      });
    }

    releaseSync() { this.#content = undefined; }

    static bytesOf(source) { return source.#bytes(); }
  }
  const { bytesOf } = ImageSource;
  delete ImageSource.bytesOf;
  asynchronous(ImageSource, 'getImageInfo', 'createPixelMap', 'createPixelMapList', 'createPixelMapUsingAllocator', 'release');

  function createImageSource(source, options) {
    try {
      return new ImageSource(contentOf(source), options);
    } catch {
      return undefined;
    }
  }

  function createIncrementalSource(buffer, options) {
    return buffer instanceof ArrayBuffer ? new ImageSource(contentOf(buffer), options, false) : undefined;
  }

  return { ImageSource, createImageSource, createIncrementalSource, bytesOf, contentOf, FORMATS_READ };
})
