// @concord:image/metadata: what is said about a picture.
(function (host, system) {
  'use strict';
  const codec = system.require('@concord:arkui/codec');
  const { fail } = system.require('@concord:arkui/pixels');
  const { MetadataType, FragmentMapPropertyKey, GifPropertyKey } = system.require('@concord:image/enums');

  // A JPEG file without a picture, which holds the EXIF of one: a JFIF segment is all that it has.
  const EMPTY = new Uint8Array([
    0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xd9,
  ]).buffer;
  const UNSUPPORTED = 'Unsupported metadata. Possible causes: Unsupported metadata type.';
  // Where the block starts in such a file: behind the JFIF segment, the marker, its length and the name.
  const BLOCK = 20 + 4 + 6;

  // Properties of EXIF, or of a kind whose names are known.
  class Metadata {
    #file;
    #values = new Map();
    #names;

    constructor(type, file) {
      this.#names = type === MetadataType.EXIF_METADATA
        ? undefined
        : Object.values(type === MetadataType.GIF_METADATA ? GifPropertyKey : FragmentMapPropertyKey);
      if (this.#names === undefined) this.#file = file ?? EMPTY;
    }

    #isKnown(name) { return this.#names === undefined ? codec.isProperty(name) : this.#names.includes(name); }

    #all() { return this.#names === undefined ? codec.properties(this.#file) ?? {} : Object.fromEntries(this.#values); }

    getProperties(keys) {
      if (!Array.isArray(keys) || keys.length === 0) fail(401, 'Parameter error. The keys must be an array of names.');
      return system.async(() => {
        const all = this.#all();
        const known = keys.filter((key) => this.#isKnown(key));
        if (known.length === 0) fail(7600202, UNSUPPORTED);
        return Object.fromEntries(keys.map((key) => [key, all[key] ?? null]));
      });
    }

    setProperties(records) {
      if (typeof records !== 'object' || records === null) fail(401, 'Parameter error. The records must be an object.');
      return system.async(() => {
        const entries = Object.entries(records);
        if (entries.some(([name]) => !this.#isKnown(name))) fail(7600202, UNSUPPORTED);
        if (this.#names === undefined) {
          const changed = codec.modify(this.#file, ...entries.flatMap(([name, value]) => [name, value === null ? undefined : String(value)]));
          if (changed.failure !== undefined) fail(7600202, UNSUPPORTED);
          this.#file = changed;
          return;
        }
        for (const [name, value] of entries) {
          if (value === null) this.#values.delete(name);
          else this.#values.set(name, String(value));
        }
      });
    }

    getAllProperties() { return system.async(() => this.#all()); }

    clone() {
      return system.async(() => {
        const made = new Metadata(this.#names === undefined ? MetadataType.EXIF_METADATA : MetadataType.FRAGMENT_METADATA, this.#file);
        made.#names = this.#names;
        made.#values = new Map(this.#values);
        return made;
      });
    }

    // The EXIF block as it stands in files.
    getBlob() {
      return system.async(() => {
        if (this.#names !== undefined) return new TextEncoder().encode(JSON.stringify(this.#all())).buffer;
        return codec.properties(this.#file) === undefined ? new ArrayBuffer(0) : this.#file.slice(BLOCK, -2);
      });
    }

    setBlob(blob) {
      return system.async(() => {
        const invalid = () => fail(7600206, 'Invalid parameter. Possible causes: The blob is empty or has a length of 0.');
        if (!(blob instanceof ArrayBuffer) || blob.byteLength === 0 || this.#names !== undefined || blob.byteLength > 65000) invalid();
        const length = blob.byteLength + 8;
        const bytes = [
          ...new Uint8Array(EMPTY, 0, 20), 0xff, 0xe1, length >> 8, length & 255, 0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(blob), 0xff, 0xd9,
        ];
        const file = new Uint8Array(bytes).buffer;
        if (codec.properties(file)?.failure !== undefined) invalid();
        this.#file = file;
      });
    }

    static fileOf(metadata) { return metadata instanceof Metadata ? metadata.#file : undefined; }
  }
  const { fileOf } = Metadata;
  delete Metadata.fileOf;

  return { Metadata, fileOf };
})
