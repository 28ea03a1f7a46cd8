// @concord:media.screen: AVScreenCaptureRecorder. The screen of a desktop is not recorded: starting fails.
(function (host, system) {
  'use strict';

  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const { AVErrorCode } = system.require('@concord:media.enums');
  const { error, isObject } = system.require('@concord:media.source');

  const EVENTS = ['stateChange', 'error'];
  const died = (what) => error(AVErrorCode.AVERR_SERVICE_DIED, `Service died: ${what}`);
  const io = (what) => error(AVErrorCode.AVERR_IO, `IO error: ${what}`);

  class AVScreenCaptureRecorder {
    #config;
    #released = false;
    #listeners = new Listeners();

    #do(work) {
      return system.async(() => {
        if (this.#released) throw died('the recorder is released.');
        return work();
      });
    }

    init(config) {
      if (!isObject(config) || typeof config.fd !== 'number') throw error(401, 'Parameter error. A configuration has a descriptor.');
      return this.#do(() => { this.#config = { ...config }; });
    }

    startRecording() {
      return this.#do(() => {
        if (this.#config === undefined) throw io('the recorder is not initialised.');
        const failure = died('the screen is not recorded on this machine.');
        this.#listeners.tell('error', failure);
        throw failure;
      });
    }

    stopRecording() {
      return this.#do(() => {
        throw io('nothing is recorded.');
      });
    }

    skipPrivacyMode(windowIds) {
      return this.#do(() => {
        if (!Array.isArray(windowIds)) throw io('the windows must be an array.');
      });
    }

    setMicEnabled(_enable) {
      return this.#do(() => {
        if (this.#config === undefined) throw io('the recorder is not initialised.');
      });
    }

    setPickerMode(_mode) { return this.#do(() => {}); }
    excludePickerWindows(_windows) { return this.#do(() => {}); }

    presentPicker() {
      return this.#do(() => {
        throw io('there is no picker.');
      });
    }

    release() {
      return this.#do(() => {
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
  addNamedForms(AVScreenCaptureRecorder, EVENTS);

  return { AVScreenCaptureRecorder };
})
