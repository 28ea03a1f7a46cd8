// @concord:image/picture: a picture with others that belong to it.
(function (host, system) {
  'use strict';
  const pixels = system.require('@concord:arkui/pixels');
  const { PixelMap, FORMATS, fail } = pixels;
  const { AuxiliaryPictureType, MetadataType } = system.require('@concord:image/enums');
  const { Metadata } = system.require('@concord:image/metadata');

  const UNSUPPORTED = 'Unsupported metadata. Possible causes: Unsupported metadata type.';
  const isType = (type) => Object.values(AuxiliaryPictureType).includes(type);
  const mustType = (type) => isType(type) || fail(401, 'Parameter error. The type is not one of AuxiliaryPictureType.');

  // Metadata by type, of the types that the owner may have.
  class Described {
    #metadata = new Map();
    #allowed;

    constructor(allowed) { this.#allowed = allowed; }

    #must(type) {
      if (typeof type !== 'number') fail(401, 'Parameter error. The type of metadata must be a number.');
      return this.#allowed.includes(type);
    }

    setMetadata(type, metadata) {
      const allowed = this.#must(type);
      if (!(metadata instanceof Metadata)) fail(401, 'Parameter error. The metadata must be Metadata.');
      return system.async(() => {
        if (!allowed) fail(7600202, UNSUPPORTED);
        this.#metadata.set(type, metadata);
      });
    }

    getMetadata(type) {
      const allowed = this.#must(type);
      return system.async(() => {
        if (!allowed) fail(7600202, UNSUPPORTED);
        if (!this.#metadata.has(type)) this.#metadata.set(type, new Metadata(type));
        return this.#metadata.get(type);
      });
    }

    static metadataOf(owner, type) { return owner.#metadata.get(type); }
    static give(owner, type, metadata) { owner.#metadata.set(type, metadata); }
  }
  const { metadataOf, give } = Described;
  delete Described.metadataOf;
  delete Described.give;

  class AuxiliaryPicture extends Described {
    #map;
    #type;
    #info;

    constructor(map, type) {
      super([MetadataType.EXIF_METADATA, MetadataType.FRAGMENT_METADATA]);
      this.#map = map;
      this.#type = type;
      const { size, stride, pixelFormat } = map.getImageInfoSync();
      this.#info = { auxiliaryPictureType: type, size, rowStride: stride, pixelFormat };
    }

    readPixelsToBuffer() {
      return system.async(() => {
        const buffer = new ArrayBuffer(this.#map.getPixelBytesNumber());
        this.#map.readPixelsToBufferSync(buffer);
        return buffer;
      });
    }

    writePixelsFromBuffer(data) {
      if (!(data instanceof ArrayBuffer)) fail(401, 'Parameter error. The data must be an ArrayBuffer.');
      return system.async(() => this.#map.writeBufferToPixelsSync(data));
    }

    getType() { return this.#type; }
    getAuxiliaryPictureInfo() { return { ...this.#info, colorSpace: this.#info.colorSpace ?? this.#map.getColorSpace() }; }

    setAuxiliaryPictureInfo(info) {
      mustType(info?.auxiliaryPictureType);
      if (!(info.size?.width > 0) || !(info.size?.height > 0)) fail(401, 'Parameter error. The size must be positive.');
      this.#type = info.auxiliaryPictureType;
      this.#info = { ...info };
    }

    release() { this.#map.releaseSync(); }
    static mapOf(picture) { return picture.#map; }
  }
  const { mapOf } = AuxiliaryPicture;
  delete AuxiliaryPicture.mapOf;

  function createAuxiliaryPicture(buffer, size, type) {
    mustType(type);
    if (!(buffer instanceof ArrayBuffer)) fail(401, 'Parameter error. The buffer must be an ArrayBuffer.');
    if (!(size?.width > 0) || !(size?.height > 0)) fail(401, 'Parameter error. The size must be positive.');
    const format = buffer.byteLength >= size.width * size.height * 4 ? FORMATS.RGBA_8888 : FORMATS.ALPHA_8;
    const native = pixels.sized(() => pixels.create(size.width, size.height, buffer, format, true));
    return new AuxiliaryPicture(new PixelMap(native, { pixelFormat: format, editable: true }), type);
  }

  class Picture extends Described {
    #main;
    #auxiliary = new Map();

    constructor(main) {
      super([MetadataType.EXIF_METADATA, MetadataType.GIF_METADATA]);
      this.#main = main;
    }

    getMainPixelmap() { return this.#main; }

    getHdrComposedPixelmap() {
      return system.async(() => {
        if (this.#main === undefined) fail(7600201, 'Unsupported operation.');
        return this.#main.cloneSync();
      });
    }

    getHdrComposedPixelmapWithOptions(options) {
      return system.async(() => {
        const map = this.#main?.cloneSync() ?? fail(7600201, 'Unsupported operation.');
        if (options?.desiredPixelFormat !== undefined) map.convertPixelFormatSync(options.desiredPixelFormat);
        return map;
      });
    }

    getGainmapPixelmap() {
      const gainmap = this.#auxiliary.get(AuxiliaryPictureType.GAINMAP);
      return gainmap === undefined ? null : mapOf(gainmap);
    }

    setAuxiliaryPicture(type, picture) {
      mustType(type);
      if (!(picture instanceof AuxiliaryPicture)) fail(401, 'Parameter error. There is no AuxiliaryPicture.');
      this.#auxiliary.set(type, picture);
    }

    getAuxiliaryPicture(type) {
      mustType(type);
      return this.#auxiliary.get(type) ?? null;
    }

    marshalling(sequence) {
      if (typeof sequence?.writeInt !== 'function') fail(401, 'Parameter error. The sequence must be a MessageSequence.');
      this.#main.marshalling(sequence);
    }

    release() {
      this.#main = undefined;
      this.#auxiliary.clear();
    }
  }

  function createPicture(main) {
    if (!(main instanceof PixelMap) || main.__pixels__ === undefined) fail(401, 'Parameter error. The main picture must be a PixelMap.');
    return new Picture(main);
  }

  function createPictureFromParcel(sequence) {
    if (typeof sequence?.readInt !== 'function') fail(401, 'Parameter error. The sequence must be a MessageSequence.');
    return new Picture(pixels.fromParcel(sequence));
  }

  return { Picture, AuxiliaryPicture, createPicture, createPictureFromParcel, createAuxiliaryPicture, metadataOf, give };
})
