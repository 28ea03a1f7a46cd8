// @concord:media.recorder: AVRecorder. Nothing records on a desktop yet: its states are there, preparing it fails as when the service is gone.
(function (host, system) {
  'use strict';

  const permissions = system.require('@concord:kits/permissions');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const { AVErrorCode, StateChangeReason } = system.require('@concord:media.enums');
  const { error, notNow, isObject } = system.require('@concord:media.source');

  const EVENTS = ['stateChange', 'error', 'audioCapturerChange', 'photoAssetAvailable'];

  class AVRecorder {
    #state = 'idle';
    #listeners = new Listeners();

    get state() { return this.#state; }

    #become(state, reason = StateChangeReason.USER) {
      if (this.#state === state) return;
      this.#state = state;
      this.#listeners.tell('stateChange', state, reason);
    }

    /** Delivers an error unless it is in one of these states. */
    #only(states, what) {
      if (this.#state === 'released') throw error(AVErrorCode.AVERR_SERVICE_DIED, 'Service died: the recorder is released.');
      if (!states.includes(this.#state)) throw notNow(`current state is ${this.#state}, ${what} needs ${states.join(', ')}.`);
    }

    prepare(config, callback) {
      if (!isObject(config) || !isObject(config.profile) || typeof config.url !== 'string') {
        throw error(401, 'Parameter error. A configuration has a profile and a url.');
      }
      if (config.audioSourceType !== undefined) permissions.demand('ohos.permission.MICROPHONE');
      return system.async(() => {
        this.#only(['idle', 'stopped'], 'prepare');
        if (!/^fd:\/\/\d+$/.test(config.url) && !/^uri:\/\//.test(config.url)) throw error(401, 'Parameter error. The url must be fd://number.');
        const failure = error(AVErrorCode.AVERR_SERVICE_DIED, 'Service died: nothing records on this machine.');
        this.#become('error', StateChangeReason.BACKGROUND);
        this.#listeners.tell('error', failure);
        throw failure;
      }, callback);
    }

    #ask(what, callback) {
      return system.async(() => {
        this.#only(['prepared', 'started', 'paused'], what);
      }, callback);
    }

    getAVRecorderConfig(callback) { return this.#ask('getAVRecorderConfig', callback); }
    getInputSurface(callback) { return this.#ask('getInputSurface', callback); }
    start(callback) { return this.#ask('start', callback); }
    pause(callback) { return this.#ask('pause', callback); }
    resume(callback) { return this.#ask('resume', callback); }
    stop(callback) { return this.#ask('stop', callback); }
    getCurrentAudioCapturerInfo(callback) { return this.#ask('getCurrentAudioCapturerInfo', callback); }
    getAudioCapturerMaxAmplitude(callback) { return this.#ask('getAudioCapturerMaxAmplitude', callback); }
    setWillMuteWhenInterrupted(_mute) { return this.#ask('setWillMuteWhenInterrupted'); }

    updateRotation(rotation) {
      if (![0, 90, 180, 270].includes(rotation)) throw error(401, 'Parameter error. The rotation is 0, 90, 180 or 270.');
      return this.#ask('updateRotation');
    }

    /** There is none. */
    getAvailableEncoder(callback) {
      return system.async(() => {
        if (this.#state === 'released') throw error(AVErrorCode.AVERR_SERVICE_DIED, 'Service died: the recorder is released.');
        return [];
      }, callback);
    }

    reset(callback) {
      return system.async(() => {
        if (this.#state === 'released') throw error(AVErrorCode.AVERR_SERVICE_DIED, 'Service died: the recorder is released.');
        this.#become('idle');
      }, callback);
    }

    release(callback) {
      return system.async(() => {
        this.#become('released');
        this.#listeners.clear();
      }, callback);
    }

    on(type, callback) {
      if (!EVENTS.includes(type) || typeof callback !== 'function') throw error(401, 'Parameter error. There is no such event, or no callback.');
      this.#listeners.add(type, callback);
    }

    off(type, callback) { this.#listeners.remove(type, callback); }
  }
  addNamedForms(AVRecorder, EVENTS);

  return { AVRecorder };
})
