// @concord:image/receiver: pictures that go through surfaces.
(function (host, system) {
  'use strict';
  const { fail } = system.require('@concord:arkui/pixels');
  const { ComponentType, ImageFormat } = system.require('@concord:image/enums');

  const MOST = 64;
  const positive = (number) => Number.isInteger(number) && number > 0;
  let lastSurface = 0;

  // A picture in a queue.
  class Image {
    #size;
    #format;
    #components = new Map();
    #released = false;
    #done;

    constructor(size, format, done) {
      this.#size = { ...size };
      this.#format = format;
      this.#done = done;
      this.clipRect = { size: { ...size }, x: 0, y: 0 };
    }

    get size() { return { ...this.#size }; }
    get format() { return this.#format; }
    get timestamp() { return 0; }
    get colorSpace() { return 4; }

    getComponent(type, callback) {
      if (!Object.values(ComponentType).includes(type)) fail(401, 'Parameter error. The type is not one of ComponentType.');
      return system.async(() => {
        if (this.#released) fail(501, 'Resource Unavailable: the Image has been released.');
        const { width, height } = this.#size;
        if ((type === ComponentType.JPEG) !== (this.#format === ImageFormat.JPEG)) fail(62980115, 'Invalid image parameter.');
        if (!this.#components.has(type)) {
          const chroma = type === ComponentType.YUV_U || type === ComponentType.YUV_V;
          const bytes = type === ComponentType.JPEG ? width * height * 4 : width * height;
          this.#components.set(type, {
            componentType: type, rowStride: width, pixelStride: chroma ? 2 : 1, byteBuffer: new ArrayBuffer(bytes),
          });
        }
        return this.#components.get(type);
      }, callback);
    }

    getBufferData() { return null; }
    getMetadata() { return null; }

    release(callback) {
      return system.async(() => {
        if (this.#released) return;
        this.#released = true;
        this.#components.clear();
        this.#done?.();
      }, callback);
    }
  }

  function check(size, format, capacity) {
    if (!positive(size?.width) || !positive(size?.height) || size.width * size.height > 2 ** 26) {
      fail(401, 'Parameter error. The size must be positive.');
    }
    if (typeof format !== 'number') fail(401, 'Parameter error. The format must be a number.');
    if (!positive(capacity) || capacity > MOST) fail(401, 'Parameter error. The capacity must be positive.');
  }

  // What both ends of a queue have in common.
  class End {
    #size;
    #format;
    #capacity;
    #listeners = [];
    #event;
    released = false;

    constructor(size, format, capacity, event) {
      check(size, format, capacity);
      this.#size = { ...size };
      this.#format = format;
      this.#capacity = capacity;
      this.#event = event;
      Object.defineProperty(this, 'released', { value: false, writable: true, enumerable: false });
    }

    get size() { return { ...this.#size }; }
    get format() { return this.#format; }
    get capacity() { return this.#capacity; }

    on(type, callback) {
      if (type !== this.#event || typeof callback !== 'function') {
        fail(401, `Parameter error. There is '${this.#event}' to listen to, with a function.`);
      }
      this.#listeners.push(callback);
    }

    off(type, callback) {
      if (type !== this.#event) fail(401, `Parameter error. There is '${this.#event}' to listen to.`);
      this.#listeners = callback === undefined ? [] : this.#listeners.filter((known) => known !== callback);
    }

    static tell(end) {
      for (const listener of end.#listeners) system.later(listener, undefined);
    }

    static must(end) {
      if (end.released) fail(501, 'Resource Unavailable: it has been released.');
    }

    release(callback) {
      return system.async(() => {
        this.released = true;
        this.#listeners = [];
      }, callback);
    }
  }
  const { tell, must } = End;
  delete End.tell;
  delete End.must;

  class ImageReceiver extends End {
    #surface = String(++lastSurface);

    constructor(size, format, capacity) { super(size, format, capacity, 'imageArrival'); }

    getReceivingSurfaceId(callback) {
      return system.async(() => {
        must(this);
        return this.#surface;
      }, callback);
    }

    // Nobody draws into the surface, so there is never an image.
    #read() {
      must(this);
      return fail(62980105, 'Failed to get the data.');
    }

    readLatestImage(callback) { return system.async(() => this.#read(), callback); }
    readNextImage(callback) { return system.async(() => this.#read(), callback); }
  }

  class ImageCreator extends End {
    #given = new Set();

    constructor(size, format, capacity) { super(size, format, capacity, 'imageRelease'); }

    dequeueImage(callback) {
      return system.async(() => {
        must(this);
        if (this.#given.size >= this.capacity) fail(62980105, 'Failed to get the data.');
        const image = new Image(this.size, this.format, () => this.#given.delete(image));
        this.#given.add(image);
        return image;
      }, callback);
    }

    // Nobody reads from the surface: it is released at once.
    queueImage(image, callback) {
      if (!(image instanceof Image)) fail(401, 'Parameter error. There is no Image.');
      return system.async(() => {
        must(this);
        if (!this.#given.delete(image)) fail(62980115, 'Invalid image parameter.');
        tell(this);
      }, callback);
    }
  }

  function createImageReceiver(size, format, capacity) {
    // Since API 23 there are options instead.
    if (size?.size !== undefined) return new ImageReceiver(size.size, ImageFormat.JPEG, size.capacity ?? 8);
    return new ImageReceiver(size, format, capacity);
  }

  return { createImageReceiver, createImageCreator: (size, format, capacity) => new ImageCreator(size, format, capacity) };
})
