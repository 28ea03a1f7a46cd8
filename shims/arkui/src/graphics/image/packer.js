// @concord:image/packer: `ImagePacker`, pictures into files.
(function (host, system) {
  'use strict';
  const pixels = system.require('@concord:arkui/pixels');
  const codec = system.require('@concord:arkui/codec');
  const { PixelMap, fail } = pixels;
  const { ImageSource, bytesOf } = system.require('@concord:image/source');
  const { Picture, metadataOf } = system.require('@concord:image/picture');
  const { MetadataType } = system.require('@concord:image/enums');
  const { fileOf } = system.require('@concord:image/metadata');
  const files = () => system.require('@ohos:file.fs');

  const FORMATS_WRITTEN = ['image/jpeg', 'image/webp', 'image/png', 'image/gif'];
  const SINGLE = ['image/jpeg', 'image/webp', 'image/png'];
  const MOST_FRAMES = 2000;

  class ImagePacker {
    #released = false;

    constructor() {
      this.supportedFormats = [...FORMATS_WRITTEN];
    }

    #check(source, options) {
      const known = source instanceof PixelMap || source instanceof ImageSource || source instanceof Picture;
      if (!known) fail(401, 'Parameter error. There is nothing to pack.');
      if (typeof options !== 'object' || options === null) fail(401, 'Parameter error. The options must be an object.');
    }

    #pack(source, options) {
      const picture = source instanceof Picture;
      const failed = () => (picture ? fail(7800301, 'Encode failed.') : fail(62980119, 'Failed to encode the image.'));
      if (this.#released) fail(62980096, 'The operation failed.');
      // The platform takes one format, or a list with one.
      const format = Array.isArray(options.format) ? options.format[0] : options.format;
      const { quality } = options;
      if (!SINGLE.includes(format)) failed();
      if (typeof quality !== 'number' || quality < 0 || quality > 100) fail(401, 'Parameter error. The quality is a number from 0 to 100.');
      let map = source;
      if (source instanceof ImageSource) map = source.createPixelMapSync();
      if (picture) map = source.getMainPixelmap();
      if (map?.__pixels__ === undefined) fail(picture ? 7800301 : 62980101, picture ? 'Encode failed.' : 'The image data is abnormal.');
      let packed;
      try {
        packed = pixels.encode(map.__pixels__, format, quality / 100) ?? failed();
      } catch {
        failed();
      }
      if (options.needsPackProperties !== true) return packed;
      let properties = source instanceof ImageSource ? bytesOf(source) : undefined;
      if (picture) properties = fileOf(metadataOf(source, MetadataType.EXIF_METADATA));
      const copied = properties === undefined ? packed : codec.copyProperties(properties, packed);
      return copied.failure === undefined ? copied : packed;
    }

    #write(fd, bytes) {
      const fs = files();
      fs.writeSync(fd, bytes, { offset: 0 });
      fs.truncateSync(fd, bytes.byteLength);
    }

    packing(source, options, callback) {
      this.#check(source, options);
      return system.async(() => this.#pack(source, options), callback);
    }

    packToData(source, options) {
      this.#check(source, options);
      return system.async(() => this.#pack(source, options));
    }

    packToFile(source, fd, options, callback) {
      this.#check(source, options);
      if (typeof fd !== 'number') fail(401, 'Parameter error. The descriptor must be a number.');
      return system.async(() => this.#write(fd, this.#pack(source, options)), callback);
    }

    #checkSequence(maps, options) {
      const count = options?.frameCount;
      const listed = Array.isArray(maps) && maps.length > 0 && maps.every((map) => map instanceof PixelMap);
      if (!listed || !Number.isInteger(count) || count < 1 || count > maps.length || count > MOST_FRAMES) {
        fail(401, 'Parameter error. Possible causes: the PixelMaps and frameCount do not match.');
      }
      if (!Array.isArray(options.delayTimeList) || options.delayTimeList.length === 0 || options.delayTimeList.length > count) {
        fail(401, 'Parameter error. Possible causes: delayTimeList has another length than frameCount.');
      }
    }

    // Delays are hundredths of a second here; the last one counts for all further pictures.
    #packSequence(maps, { frameCount, delayTimeList, disposalTypes = [], loopCount = 1 }) {
      const natives = maps.slice(0, frameCount).map((map) => map.__pixels__ ?? fail(7800301, 'Encode failed.'));
      const last = delayTimeList.at(-1);
      const delays = Float64Array.from(natives, (_, index) => (delayTimeList[index] ?? last) * 10);
      const disposals = Uint8Array.from(natives, (_, index) => disposalTypes[index] ?? disposalTypes.at(-1) ?? 1);
      const packed = codec.encodeGif(delays, disposals, loopCount, ...natives);
      return packed.failure === undefined ? packed : fail(7800301, 'Encode failed.');
    }

    packToDataFromPixelmapSequence(maps, options) {
      this.#checkSequence(maps, options);
      return system.async(() => this.#packSequence(maps, options));
    }

    packToFileFromPixelmapSequence(maps, fd, options) {
      this.#checkSequence(maps, options);
      if (typeof fd !== 'number') fail(401, 'Parameter error. The descriptor must be a number.');
      return system.async(() => this.#write(fd, this.#packSequence(maps, options)));
    }

    release(callback) {
      return system.async(() => {
        this.#released = true;
      }, callback);
    }
  }

  return { createImagePacker: () => new ImagePacker(), FORMATS_WRITTEN };
})
