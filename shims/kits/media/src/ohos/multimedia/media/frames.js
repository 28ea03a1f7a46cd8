// @concord:media.frames: AVImageGenerator. No frame of a film is decoded.
(function (host, system) {
  'use strict';

  const { AVErrorCode } = system.require('@concord:media.enums');
  const { error, notNow, checkDescriptor } = system.require('@concord:media.source');

  class AVImageGenerator {
    #source;
    #released = false;

    get fdSrc() { return this.#source; }
    set fdSrc(fdSrc) { this.#source = checkDescriptor(fdSrc); }

    #fetch() {
      if (this.#released || this.#source === undefined) throw notNow('there is no source.');
      throw error(AVErrorCode.AVERR_UNSUPPORT_FORMAT, 'Unsupported format: frames of films are not decoded.');
    }

    fetchFrameByTime(_timeUs, _options, _param, callback) { return system.async(() => this.#fetch(), callback); }
    fetchScaledFrameByTime(_timeUs, _mode, _size) { return system.async(() => this.#fetch()); }

    release(callback) {
      return system.async(() => {
        if (this.#released) throw notNow('the generator is released.');
        this.#released = true;
      }, callback);
    }
  }

  return { AVImageGenerator };
})
