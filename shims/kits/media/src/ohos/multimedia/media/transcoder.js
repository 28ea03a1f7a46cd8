// @concord:media.transcoder: AVTranscoder. There are no encoders: preparing it fails as for a format that is not supported.
(function (host, system) {
  'use strict';

  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const { AVErrorCode } = system.require('@concord:media.enums');
  const { error, notNow, isObject, checkDescriptor } = system.require('@concord:media.source');

  const EVENTS = ['complete', 'error', 'progressUpdate'];

  class AVTranscoder {
    #source;
    #target;
    #released = false;
    #listeners = new Listeners();

    get fdSrc() { return this.#source; }
    set fdSrc(fdSrc) { this.#source = checkDescriptor(fdSrc); }
    get fdDst() { return this.#target; }
    set fdDst(fdDst) {
      if (typeof fdDst !== 'number') throw error(401, 'Parameter error. fdDst must be a descriptor.');
      this.#target = fdDst;
    }

    prepare(config) {
      if (!isObject(config) || typeof config.fileFormat !== 'string') throw error(401, 'Parameter error. A configuration has a fileFormat.');
      return system.async(() => {
        if (this.#released || this.#source === undefined || this.#target === undefined) throw notNow('prepare needs fdSrc and fdDst.');
        const failure = error(AVErrorCode.AVERR_UNSUPPORT_FORMAT, 'Unsupport format: there are no encoders on this machine.');
        this.#listeners.tell('error', failure);
        throw failure;
      });
    }

    #never(what) {
      return system.async(() => {
        throw notNow(`${what} needs a prepared transcoder.`);
      });
    }

    start() { return this.#never('start'); }
    pause() { return this.#never('pause'); }
    resume() { return this.#never('resume'); }
    cancel() { return this.#never('cancel'); }

    release() {
      return system.async(() => {
        if (this.#released) throw notNow('the transcoder is released.');
        this.#released = true;
        this.#listeners.clear();
      });
    }

    on(type, callback) {
      if (!EVENTS.includes(type) || typeof callback !== 'function') throw error(401, 'Parameter error. There is no such event, or no callback.');
      this.#listeners.add(type, callback);
    }

    off(type, callback) { this.#listeners.remove(type, callback); }
  }
  addNamedForms(AVTranscoder, EVENTS);

  return { AVTranscoder };
})
