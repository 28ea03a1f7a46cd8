// @concord:media.subtitles: what is read while something plays: SRT and WebVTT.
(function (host, system) {
  'use strict';

  const { AVErrorCode } = system.require('@concord:media.enums');
  const { error } = system.require('@concord:media.source');

  /** The most bytes of a file. */
  const MOST = 8 * 1024 * 1024;
  const TIMES = /^(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})/;

  const millis = (hours = '0', minutes, seconds, rest) => ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest);

  /** `{ text, startTime, duration }`, by their start. Markup is left away. */
  function parse(content) {
    const cues = [];
    for (const block of content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
      const lines = block.split('\n');
      const at = lines.findIndex((line) => TIMES.test(line));
      if (at < 0) continue;
      const found = TIMES.exec(lines[at]);
      const [start, end] = [millis(...found.slice(1, 5)), millis(...found.slice(5, 9))];
      const text = lines.slice(at + 1).join('\n').replace(/<[^>]*>/g, '').trim();
      if (text !== '' && end > start) cues.push({ text, startTime: start, duration: end - start });
    }
    return cues.sort((one, other) => one.startTime - other.startTime);
  }

  function read(fd, offset, length) {
    const fs = system.require('@ohos:file.fs');
    const whole = fs.statSync(fd).size - offset;
    const count = length >= 0 ? Math.min(length, whole) : whole;
    if (count > MOST) throw error(AVErrorCode.AVERR_UNSUPPORT_FORMAT, 'Unsupport format: the subtitles are too large.');
    const buffer = new ArrayBuffer(Math.max(0, count));
    const done = fs.readSync(fd, buffer, { offset, length: count });
    return new Uint8Array(buffer, 0, done);
  }

  function ofDescriptor(fd, offset = 0, length = -1) {
    const decoder = system.require('@ohos:util').TextDecoder.create('utf-8', { ignoreBOM: true });
    const cues = parse(decoder.decodeToString(read(fd, offset, length)));
    if (cues.length === 0) throw error(AVErrorCode.AVERR_UNSUPPORT_FORMAT, 'Unsupport format: these are no subtitles.');
    return cues;
  }

  function ofUrl(url) {
    const fs = system.require('@ohos:file.fs');
    const descriptor = /^fd:\/\/(\d+)/.exec(url);
    if (descriptor !== null) return ofDescriptor(Number(descriptor[1]));
    if (/^https?:/i.test(url)) throw error(AVErrorCode.AVERR_IO_NETWORK_UNAVAILABLE, 'IO network unavailable: subtitles from the network are not supported.');
    const file = fs.openSync(url, fs.OpenMode.READ_ONLY);
    try {
      return ofDescriptor(file.fd);
    } finally {
      fs.closeSync(file);
    }
  }

  /** Tells each cue once while time goes on. */
  class Subtitles {
    #cues = [];
    #shown;

    add(cues) { this.#cues = cues; }

    /** The cue that begins to be shown at a time; undefined when nothing changes. */
    at(time) {
      const cue = this.#cues.findLast(({ startTime, duration }) => time >= startTime && time < startTime + duration);
      if (cue === this.#shown) return undefined;
      this.#shown = cue;
      return cue;
    }
  }

  return { Subtitles, ofDescriptor, ofUrl };
})
