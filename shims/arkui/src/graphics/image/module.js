// @ohos:multimedia.image: pictures from files to pixels and back.
(function (host, system) {
  'use strict';
  const pixels = system.require('@concord:arkui/pixels');
  const { PixelMap, FORMATS, fail, asynchronous } = pixels;
  const files = () => system.require('@ohos:file.fs');

  const PixelMapFormat = {
    ...FORMATS, NV21: 8, NV12: 9, RGBA_1010102: 10, YCBCR_P010: 11, YCRCB_P010: 12, ASTC_4x4: 102, Y8: 13, ALPHA_U8: 14,
    ALPHA_F16: 15,
  };
  const AlphaType = { UNKNOWN: 0, OPAQUE: 1, PREMUL: 2, UNPREMUL: 3 };
  const ScaleMode = { FIT_TARGET_SIZE: 0, CENTER_CROP: 1 };
  const AntiAliasingLevel = { NONE: 0, LOW: 1, MEDIUM: 2, HIGH: 3 };
  const ResolutionQuality = { LOW: 1, MEDIUM: 2, HIGH: 3 };
  const DecodingDynamicRange = { AUTO: 0, SDR: 1, HDR: 2 };
  const PackingDynamicRange = { AUTO: 0, SDR: 1 };
  const ComponentType = { YUV_Y: 1, YUV_U: 2, YUV_V: 3, JPEG: 4 };
  const ImageFormat = { YCBCR_422_SP: 1000, JPEG: 2000 };
  const PropertyKey = {
    BITS_PER_SAMPLE: 'BitsPerSample', ORIENTATION: 'Orientation', IMAGE_LENGTH: 'ImageLength', IMAGE_WIDTH: 'ImageWidth',
    GPS_LATITUDE: 'GPSLatitude', GPS_LONGITUDE: 'GPSLongitude', GPS_LATITUDE_REF: 'GPSLatitudeRef',
    GPS_LONGITUDE_REF: 'GPSLongitudeRef', DATE_TIME_ORIGINAL: 'DateTimeOriginal', DATE_TIME: 'DateTime', MAKE: 'Make', MODEL: 'Model',
  };

  const positive = (number) => Number.isFinite(number) && number > 0;

  function createPixelMapSync(colors, options) {
    if (!(colors instanceof ArrayBuffer)) {
      [colors, options] = [undefined, colors];
    }
    const { width, height } = options?.size ?? {};
    if (!positive(width) || !positive(height)) {
      fail(401, 'Parameter error. The size must be positive.');
    }
    const map = pixels.create(width, height, colors, options.srcPixelFormat ?? FORMATS.BGRA_8888);
    return new PixelMap(map, options);
  }

  function createPixelMap(colors, options, callback) {
    return system.async(() => createPixelMapSync(colors, options), callback);
  }

  // The bytes that a path, a `file:` URI, a descriptor, a part of one, or a buffer stand for.
  function bytesOf(source) {
    if (source instanceof ArrayBuffer) {
      return source.slice(0);
    }
    if (ArrayBuffer.isView(source)) {
      return source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength);
    }
    const fs = files();
    if (typeof source === 'string') {
      const file = fs.openSync(source, fs.OpenMode.READ_ONLY);
      try {
        return whole(fs, file.fd, 0, fs.statSync(file.fd).size);
      } finally {
        fs.closeSync(file);
      }
    }
    if (typeof source === 'number') {
      return whole(fs, source, 0, fs.statSync(source).size);
    }
    if (typeof source?.fd === 'number') {
      return whole(fs, source.fd, source.offset ?? 0, source.length);
    }
    return fail(401, 'Parameter error. The source must be a path, a descriptor, or a buffer.');
  }

  function whole(fs, fd, offset, length) {
    const buffer = new ArrayBuffer(length);
    const count = fs.readSync(fd, buffer, { offset, length });
    return count === length ? buffer : buffer.slice(0, count);
  }

  class ImageSource {
    #bytes;
    #frames;

    constructor(bytes) {
      this.#bytes = bytes;
      this.supportedFormats = ['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/webp', 'image/svg+xml', 'image/x-icon'];
    }

    #info() {
      return pixels.info(this.#bytes ?? fail(501, 'Resource Unavailable: the ImageSource has been released.'), false)
        ?? fail(62980096, 'The picture cannot be decoded.');
    }

    getImageInfoSync() {
      const { width, height, mimeType } = this.#info();
      return {
        size: { width, height }, density: 0, stride: width * 4, pixelFormat: FORMATS.RGBA_8888, alphaType: AlphaType.PREMUL, mimeType,
        isHdr: false,
      };
    }

    createPixelMapSync(options) {
      const { width, height, mimeType } = this.#info();
      const { index = 0, desiredSize, desiredRegion, rotate, desiredPixelFormat, editable } = options ?? {};
      const size = positive(desiredSize?.width) && positive(desiredSize?.height) ? desiredSize : { width: 0, height: 0 };
      let decoded;
      try {
        decoded = pixels.decode(this.#bytes, index, size.width, size.height);
      } catch (error) {
        fail(62980111, `The picture cannot be decoded: ${error.message}`);
      }
      const map = new PixelMap(decoded, { pixelFormat: desiredPixelFormat, editable: true, mimeType });
      if (positive(desiredRegion?.size?.width) && positive(desiredRegion?.size?.height)) {
        map.cropSync({ x: 0, y: 0, ...desiredRegion });
      }
      if (rotate) {
        map.rotateSync(rotate);
      }
      map.isEditable = editable ?? false;
      return map;
    }

    #delays() {
      this.#frames ??= pixels.info(this.#bytes, true)?.delays ?? [0];
      return this.#frames;
    }

    createPixelMapListSync(options) {
      return this.#delays().map((delay, index) => this.createPixelMapSync({ ...options, index }));
    }

    getFrameCount(callback) { return system.async(() => this.#delays().length, callback); }

    getDelayTimeList(callback) { return system.async(() => [...this.#delays()], callback); }

    getDelayTimeListSync() { return [...this.#delays()]; }

    getImagePropertySync(key) {
      const { width, height } = this.#info();
      const known = { ImageWidth: width, ImageLength: height, Orientation: 'Top-left' }[key];
      return known === undefined ? fail(62980096, `The property ${key} is not there.`) : String(known);
    }

    getImageProperty(key, options, callback) {
      return system.async(() => {
        try {
          return this.getImagePropertySync(key);
        } catch (error) {
          if (options?.defaultValue !== undefined) {
            return options.defaultValue;
          }
          throw error;
        }
      }, typeof options === 'function' ? options : callback);
    }

    releaseSync() { this.#bytes = undefined; }
  }
  asynchronous(ImageSource, 'getImageInfo', 'createPixelMap', 'createPixelMapList', 'release');
  {
    // The index of `getImageInfo(index?, callback?)` may be left out; there is one size for all.
    const { getImageInfo } = ImageSource.prototype;
    ImageSource.prototype.getImageInfo = function (...args) {
      return getImageInfo.apply(this, args.filter((arg) => typeof arg === 'function'));
    };
  }

  function createImageSource(source) {
    try {
      return new ImageSource(bytesOf(source));
    } catch {
      return undefined;
    }
  }

  class ImagePacker {
    supportedFormats = ['image/jpeg', 'image/png'];

    #pack(source, options) {
      const map = source instanceof ImageSource ? source.createPixelMapSync() : source;
      if (map?.__pixels__ === undefined) {
        fail(401, 'Parameter error. There is nothing to pack.');
      }
      const quality = Number.isFinite(options?.quality) ? options.quality / 100 : 1;
      return pixels.encode(map.__pixels__, options?.format, quality)
        ?? fail(62980119, `The format ${options?.format} is not written.`);
    }

    packing(source, options, callback) { return system.async(() => this.#pack(source, options), callback); }

    packToData(source, options) { return system.async(() => this.#pack(source, options)); }

    packToFile(source, fd, options, callback) {
      return system.async(() => void files().writeSync(fd, this.#pack(source, options)), callback);
    }

    release(callback) { return system.async(() => undefined, callback); }
  }

  return {
    PixelMapFormat, AlphaType, ScaleMode, AntiAliasingLevel, ResolutionQuality, DecodingDynamicRange, PackingDynamicRange,
    ComponentType, ImageFormat, PropertyKey,
    createPixelMap, createPixelMapSync,
    createPixelMapFromFile: (path, options) => system.async(() => new ImageSource(bytesOf(path)).createPixelMapSync(options)),
    createImageSource,
    createImagePacker: () => new ImagePacker(),
    getImagePackerSupportedFormats: () => ['image/jpeg', 'image/png'],
    getImageSourceSupportedFormats: () => new ImageSource().supportedFormats,
  };
})
