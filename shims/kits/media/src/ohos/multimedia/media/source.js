// @concord:media.source: what url, fdSrc and dataSrc of the media classes stand for.
(function (host, system) {
  'use strict';

  const sound = system.require('@concord:sound');
  const { AVErrorCode } = system.require('@concord:media.enums');
  const { setTimeout, Promise } = globalThis;

  const error = (code, message) => new system.BusinessError(code, message);
  const notNow = (what) => error(AVErrorCode.AVERR_OPERATE_NOT_PERMIT, `Operation not allowed: ${what}`);

  /** Bytes that are asked for at once, and that are kept at most. */
  const CHUNK = 256 * 1024;
  const MOST = 256 * 1024 * 1024;
  /** How often in a row a callback may have nothing, every ten milliseconds. */
  const PATIENCE = 3000;

  const isObject = (value) => typeof value === 'object' && value !== null;

  function checkDescriptor(value) {
    if (!isObject(value) || typeof value.fd !== 'number') throw error(401, 'Parameter error. fdSrc must have a descriptor.');
    const { fd, offset, length } = value;
    return { fd, offset: typeof offset === 'number' && offset > 0 ? offset : 0, length: typeof length === 'number' ? length : -1 };
  }

  function checkData(value) {
    if (!isObject(value) || typeof value.callback !== 'function' || typeof value.fileSize !== 'number') {
      throw error(401, 'Parameter error. dataSrc must have a size and a callback.');
    }
    return value;
  }

  /** All bytes of an AVDataSrcDescriptor. A size of -1: until the callback says so. */
  async function readAll({ fileSize, callback }) {
    const parts = [];
    let length = 0;
    let patience = PATIENCE;
    while (fileSize < 0 || length < fileSize) {
      const wanted = fileSize < 0 ? CHUNK : Math.min(CHUNK, fileSize - length);
      const buffer = new ArrayBuffer(wanted);
      const read = fileSize < 0 ? callback(buffer, wanted) : callback(buffer, wanted, length);
      if (typeof read !== 'number' || read < -1) throw error(AVErrorCode.AVERR_IO, 'I/O error: the callback of dataSrc has failed.');
      if (read === -1) break;
      if (read === 0) {
        patience -= 1;
        if (patience === 0) throw error(AVErrorCode.AVERR_TIMEOUT, 'Time out: the callback of dataSrc has nothing.');
        await new Promise((resolve) => setTimeout(resolve, 10));
        continue;
      }
      patience = PATIENCE;
      length += Math.min(read, wanted);
      if (length > MOST) throw error(AVErrorCode.AVERR_NO_MEMORY, 'No memory: dataSrc gives more than 256 MB.');
      parts.push(new Uint8Array(buffer, 0, Math.min(read, wanted)));
    }
    const bytes = new Uint8Array(length);
    let end = 0;
    for (const part of parts) {
      bytes.set(part, end);
      end += part.length;
    }
    return bytes;
  }

  /** The file that a URL names; fails with the platform's error. */
  function fileOf(url) {
    const fd = /^fd:\/\/(\d+)$/.exec(url);
    if (fd !== null) return { fd: Number(fd[1]), offset: 0, length: -1 };
    if (/^https?:/i.test(url)) {
      throw error(AVErrorCode.AVERR_IO_NETWORK_UNAVAILABLE, 'IO network unavailable: media from the network is not supported yet.');
    }
    if (url.startsWith('file://')) {
      const slash = url.indexOf('/', 'file://'.length);
      return { path: decodeURIComponent(slash < 0 ? '/' : url.slice(slash)) };
    }
    if (url.startsWith('/')) return { path: url };
    throw error(AVErrorCode.AVERR_IO_UNSUPPORTED_REQUEST, `IO unsupported request: ${url}`);
  }

  /** Opens `{ url }`, `{ fdSrc }` or `{ dataSrc }`; see `open` of @concord:sound. */
  async function open({ url, fdSrc, dataSrc }) {
    const file = url !== undefined ? fileOf(url) : fdSrc ?? { bytes: await readAll(dataSrc) };
    try {
      return await sound.open(file);
    } catch (failure) {
      if (failure.kind === 'io') throw error(AVErrorCode.AVERR_IO, `I/O error: ${failure.message}`);
      throw error(AVErrorCode.AVERR_UNSUPPORT_FORMAT, `Unsupported format: ${failure.message}`);
    }
  }

  /** What a track of a file looks like as MediaDescription. */
  function describeTrack(track, index) {
    const { kind, codec, language, channels, rate, bits, width, height, duration } = track;
    return {
      track_index: index,
      track_type: kind,
      codec_mime: codec,
      mime_type: codec,
      ...(duration === null ? {} : { duration }),
      ...(language === '' ? {} : { language }),
      ...(kind === 0 ? { channel_count: channels, sample_rate: rate, ...(bits > 0 ? { sample_depth: bits } : {}) } : {}),
      ...(kind === 1 ? { width, height } : {}),
    };
  }

  /** What a MediaSource stands for; undefined for anything else. */
  let sourceOf;

  class MediaSource {
    #source;
    #mime = '';

    constructor(source) {
      this.#source = source;
    }

    setMimeType(mimeType) { this.#mime = mimeType; }
    setMediaResourceLoaderDelegate(_loader) { throw error(801, 'Capability not supported.'); }
    enableOfflineCache(_enable) {}

    static {
      sourceOf = (value) => (isObject(value) && #source in value ? value.#source : undefined);
    }
  }

  /** Streams of one film in several qualities: the first one that plays is as good as any here. */
  function streamSource(streams) {
    const urls = Array.isArray(streams) ? streams.map((stream) => stream?.url).filter((url) => typeof url === 'string' && url !== '') : [];
    if (urls.length === 0) throw error(401, 'Parameter error. The streams must be an array of MediaStream.');
    return new MediaSource({ url: urls.find((url) => !/^https?:/i.test(url)) ?? urls[0] });
  }

  return { error, notNow, streamSource, isObject, checkDescriptor, checkData, open, describeTrack, MediaSource, sourceOf };
})
