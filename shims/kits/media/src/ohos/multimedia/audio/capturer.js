// @concord:audio.capturer: samples that the app reads. No microphone is opened: what comes, at the right pace, is silence.
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');
  const permissions = system.require('@concord:kits/permissions');
  const sound = system.require('@concord:sound');
  const devices = system.require('@concord:audio.devices');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const {
    AudioState, AudioErrors, AudioSampleFormat, AudioChannel, AudioSamplingRate, SourceType, AudioLoopbackMode, AudioLoopbackStatus,
  } = system.require('@concord:audio.enums');
  const { setTimeout, Promise } = globalThis;

  const MICROPHONE = 'ohos.permission.MICROPHONE';
  /** Milliseconds of a buffer. */
  const PERIOD = 20;
  /** The most bytes that are read at once. */
  const MOST = 16 * 1024 * 1024;
  const SAMPLE_BYTES = { 0: 1, 1: 2, 2: 3, 3: 4, 4: 4 };
  const EVENTS = ['markReach', 'periodReach', 'stateChange', 'audioInterrupt', 'inputDeviceChange', 'audioCapturerChange', 'readData'];

  const error = (code, message) => new system.BusinessError(code, message);
  const invalid = () => error(AudioErrors.ERROR_INVALID_PARAM, 'Invalid parameter.');
  const illegal = () => error(AudioErrors.ERROR_ILLEGAL_STATE, 'Operation not permitted at current state.');
  const isOneOf = (value, numbers) => Object.values(numbers).includes(value);
  let nextStream = 200001;

  class AudioCapturer {
    #stream = nextStream++;
    #state = AudioState.STATE_PREPARED;
    #streamInfo;
    #capturerInfo;
    #listeners = new Listeners();
    #marks = new Map();
    #frames = 0;
    #started = 0;
    #ticker = new sound.Ticker(PERIOD, () => this.#tick());

    constructor({ streamInfo, capturerInfo }) {
      this.#streamInfo = { channelLayout: 0, ...streamInfo };
      this.#capturerInfo = { ...capturerInfo, capturerFlags: capturerInfo.capturerFlags ?? 0 };
    }

    get state() { return this.#state; }
    set state(_value) {}

    #frameBytes() { return SAMPLE_BYTES[this.#streamInfo.sampleFormat] * this.#streamInfo.channels; }
    #bufferFrames() { return Math.max(1, Math.round(this.#streamInfo.samplingRate * PERIOD / 1000)); }

    #become(state) {
      this.#state = state;
      this.#ticker.run(state === AudioState.STATE_RUNNING);
      this.#listeners.tell('stateChange', state);
    }

    #tick() {
      if (this.#listeners.has('readData')) {
        const frames = this.#bufferFrames();
        this.#count(frames);
        this.#listeners.tell('readData', new ArrayBuffer(frames * this.#frameBytes()));
      }
    }

    /** Frames have been given to the app. */
    #count(frames) {
      const before = this.#frames;
      this.#frames += frames;
      for (const [type, { frame, callback }] of this.#marks) {
        if (type === 'markReach' && before < frame && this.#frames >= frame) system.later(callback, frame);
        if (type === 'periodReach') {
          const times = Math.trunc(this.#frames / frame) - Math.trunc(before / frame);
          for (let time = 0; time < times; time++) system.later(callback, frame);
        }
      }
    }

    getCapturerInfo(callback) { return system.async(() => ({ ...this.#capturerInfo }), callback); }
    getCapturerInfoSync() { return { ...this.#capturerInfo }; }
    getStreamInfo(callback) { return system.async(() => ({ ...this.#streamInfo }), callback); }
    getStreamInfoSync() { return { ...this.#streamInfo }; }
    getAudioStreamId(callback) { return system.async(() => this.#stream, callback); }
    getAudioStreamIdSync() { return this.#stream; }

    start(callback) {
      return system.async(() => {
        if (![AudioState.STATE_PREPARED, AudioState.STATE_STOPPED, AudioState.STATE_PAUSED].includes(this.#state)) throw illegal();
        this.#started = Date.now();
        this.#become(AudioState.STATE_RUNNING);
      }, callback);
    }

    stop(callback) {
      return system.async(() => {
        if (this.#state !== AudioState.STATE_RUNNING && this.#state !== AudioState.STATE_PAUSED) throw illegal();
        this.#become(AudioState.STATE_STOPPED);
      }, callback);
    }

    release(callback) {
      return system.async(() => {
        if (this.#state === AudioState.STATE_RELEASED || this.#state === AudioState.STATE_NEW) throw illegal();
        this.#become(AudioState.STATE_RELEASED);
        this.#listeners.clear();
        this.#marks.clear();
      }, callback);
    }

    /** As long as it takes to hear so much. */
    read(size, isBlocking, callback) {
      return system.async(async () => {
        if (!(Number.isFinite(size) && size >= 0 && size <= MOST)) throw invalid();
        if (this.#state !== AudioState.STATE_RUNNING) throw illegal();
        const frames = Math.trunc(size / this.#frameBytes());
        if (isBlocking !== false) await new Promise((resolve) => setTimeout(resolve, frames * 1000 / this.#streamInfo.samplingRate));
        this.#count(frames);
        return new ArrayBuffer(size);
      }, callback);
    }

    /** Nanoseconds. */
    getAudioTimeSync() { return this.#started === 0 ? 0 : (this.#started + this.#frames * 1000 / this.#streamInfo.samplingRate) * 1e6; }
    getAudioTime(callback) { return system.async(() => this.getAudioTimeSync(), callback); }

    getAudioTimestampInfoSync() {
      if (this.#state !== AudioState.STATE_RUNNING) throw illegal();
      return { framePos: this.#frames, timestamp: this.getAudioTimeSync() };
    }

    getAudioTimestampInfo() { return system.async(() => this.getAudioTimestampInfoSync()); }
    getBufferSizeSync() { return this.#bufferFrames() * this.#frameBytes(); }
    getBufferSize(callback) { return system.async(() => this.getBufferSizeSync(), callback); }
    getCurrentInputDevices() { return devices.preferred(true); }

    getCurrentAudioCapturerChangeInfo() {
      return { streamId: this.#stream, capturerInfo: { ...this.#capturerInfo }, deviceDescriptors: devices.preferred(true), muted: false };
    }

    getOverflowCount() { return system.async(() => 0); }
    getOverflowCountSync() { return 0; }

    setWillMuteWhenInterrupted(_mute) {
      return system.async(() => {
        if (this.#state === AudioState.STATE_RELEASED) throw illegal();
      });
    }

    on(type, ...args) {
      const callback = args.at(-1);
      if (typeof callback !== 'function') {
        fail(401, `Parameter error. The type of callback must be function. Received value is: ${display(callback)}`);
      }
      if (!EVENTS.includes(type)) throw invalid();
      if (type !== 'markReach' && type !== 'periodReach') {
        this.#listeners.add(type, callback);
        return;
      }
      const [frame] = args;
      if (!(Number.isFinite(frame) && frame > 0)) throw invalid();
      this.#marks.set(type, { frame, callback });
    }

    off(type, callback) {
      if (!EVENTS.includes(type)) throw invalid();
      this.#marks.delete(type);
      this.#listeners.remove(type, callback);
    }
  }
  addNamedForms(AudioCapturer, EVENTS);

  function createAudioCapturer(options, callback) {
    return system.async(() => {
      const { streamInfo, capturerInfo } = options ?? {};
      const known = isOneOf(streamInfo?.sampleFormat, AudioSampleFormat) && streamInfo.sampleFormat in SAMPLE_BYTES
        && isOneOf(streamInfo.channels, AudioChannel) && isOneOf(streamInfo.samplingRate, AudioSamplingRate)
        && isOneOf(capturerInfo?.source, SourceType) && capturerInfo.source !== SourceType.SOURCE_TYPE_INVALID;
      if (!known) throw invalid();
      if (!permissions.isDeclared(MICROPHONE)) throw error(AudioErrors.ERROR_SYSTEM, `System error. The application does not have ${MICROPHONE}.`);
      return new AudioCapturer(options);
    }, callback);
  }

  /** What is heard at once: there is nothing that could do so. */
  class AudioLoopback {
    #listeners = new Listeners();

    getStatus() { return system.async(() => AudioLoopbackStatus.UNAVAILABLE_DEVICE); }

    setVolume(volume) {
      return system.async(() => {
        if (!(volume >= 0 && volume <= 1)) throw invalid();
      });
    }

    enable(enable) {
      permissions.demand(MICROPHONE);
      if (typeof enable !== 'boolean') throw invalid();
      return system.async(() => false);
    }

    on(type, callback) {
      if (type !== 'statusChange' || typeof callback !== 'function') throw invalid();
      this.#listeners.add(type, callback);
    }

    off(type, callback) {
      if (type !== 'statusChange') throw invalid();
      this.#listeners.remove(type, callback);
    }
  }
  addNamedForms(AudioLoopback, ['statusChange']);

  function createAudioLoopback(mode) {
    permissions.demand(MICROPHONE);
    if (!isOneOf(mode, AudioLoopbackMode)) throw invalid();
    return system.async(() => {
      throw error(AudioErrors.ERROR_UNSUPPORTED, 'Unsupported API.');
    });
  }

  return { createAudioCapturer, createAudioLoopback, AudioCapturer, AudioLoopback };
})
