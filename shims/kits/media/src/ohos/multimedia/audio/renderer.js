// @concord:audio.renderer: samples that the app writes.
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');
  const sound = system.require('@concord:sound');
  const devices = system.require('@concord:audio.devices');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const {
    AudioState, AudioSampleFormat, AudioEncodingType, AudioErrors, AudioDataCallbackResult, AudioEffectMode, ChannelBlendMode,
    AudioRendererRate, AudioLatencyType, AudioPrivacyType, AudioVolumeMode, InterruptMode, InterruptType, InterruptForceType, InterruptHint,
    AudioStreamDeviceChangeReason, StreamUsage, DeviceType, AudioChannel, AudioSamplingRate,
  } = system.require('@concord:audio.enums');
  const { setTimeout } = globalThis;

  const SAMPLE_BYTES = { 0: 1, 1: 2, 2: 3, 3: 4, 4: 4 };
  /** Milliseconds of a buffer. */
  const PERIOD = 20;
  /** What may wait at most, in buffers, when the app writes without being asked. */
  const MOST_WAITING = 8;

  const error = (code, message) => new system.BusinessError(code, message);
  const invalid = (message = 'Invalid parameter.') => error(AudioErrors.ERROR_INVALID_PARAM, message);
  const illegal = () => error(AudioErrors.ERROR_ILLEGAL_STATE, 'Operation not permitted at current state.');
  const broken = () => error(AudioErrors.ERROR_SYSTEM, 'System error.');

  function mustBe(value, type, name) {
    if (typeof value !== type || (type === 'object' && value === null)) {
      fail(401, `Parameter error. The type of ${name} must be ${type}. Received value is: ${display(value)}`);
    }
  }

  const isOneOf = (value, numbers) => Object.values(numbers).includes(value);

  /** Renderers that are not released, oldest first. */
  const active = new Set();
  const changes = new Listeners();
  let nextStream = 100001;

  function changed() {
    if (changes.has('change')) changes.tell('change', [...active].map((renderer) => renderer.changeInfo()));
  }

  const EVENTS = [
    'audioInterrupt', 'markReach', 'periodReach', 'stateChange', 'outputDeviceChange', 'outputDeviceChangeWithInfo', 'writeData',
  ];

  class AudioRenderer {
    #id;
    #stream = nextStream++;
    #state = AudioState.STATE_PREPARED;
    #streamInfo;
    #rendererInfo;
    #frameBytes;
    #listeners = new Listeners();
    #marks = new Map();
    #watcher = new sound.Ticker(PERIOD, () => this.#watchFrames());
    #seenFrames = 0;
    #writes = [];
    #volume = 1;
    #speed = 1;
    #rate = AudioRendererRate.RENDER_RATE_NORMAL;
    #effect = AudioEffectMode.EFFECT_DEFAULT;
    #interruptMode = InterruptMode.SHARE_MODE;
    #silent = false;
    #gain = 0;
    #underflows = 0;
    #onDevices = (before, after) => this.#devicesChanged(before, after);

    constructor(options) {
      const { samplingRate, channels, sampleFormat, encodingType, channelLayout } = options.streamInfo;
      this.#streamInfo = { samplingRate, channels, sampleFormat, encodingType, channelLayout: channelLayout ?? 0 };
      const { usage, rendererFlags, volumeMode } = options.rendererInfo;
      this.#rendererInfo = {
        content: 0, usage, rendererFlags: rendererFlags ?? 0, volumeMode: volumeMode ?? AudioVolumeMode.SYSTEM_GLOBAL,
      };
      this.#frameBytes = SAMPLE_BYTES[sampleFormat] * channels;
      this.#id = sound.openQueue(sampleFormat, channels, samplingRate, usage, 2 * this.#bufferSize());
      sound.handle(this.#id, (name) => this.#event(name));
      active.add(this);
      changed();
    }

    get state() { return this.#state; }

    // The platform's object has a state that nobody can set, and says so silently.
    set state(_value) {}

    changeInfo() {
      return { streamId: this.#stream, rendererInfo: { ...this.#rendererInfo }, deviceDescriptors: devices.preferred(false) };
    }

    isRunning() { return this.#state === AudioState.STATE_RUNNING; }

    usage() { return this.#rendererInfo.usage; }

    #bufferSize() {
      return Math.max(1, Math.round((this.#streamInfo.samplingRate * PERIOD) / 1000)) * this.#frameBytes;
    }

    #become(state) {
      this.#state = state;
      this.#listeners.tell('stateChange', state);
      this.#watcher.run(this.isRunning() && this.#marks.size > 0);
      changed();
    }

    #event(name) {
      if (name === 'need') this.#fill();
      else if (name === 'underflow') this.#underflows++;
      else if (name === 'held') this.#held();
      else if (name === 'freed') this.#interrupt(InterruptType.INTERRUPT_TYPE_END, InterruptForceType.INTERRUPT_SHARE, InterruptHint.INTERRUPT_HINT_RESUME);
      else if (name === 'moved') this.#moved(AudioStreamDeviceChangeReason.REASON_OVERRODE);
    }

    #interrupt(eventType, forceType, hintType) {
      this.#listeners.tell('audioInterrupt', { eventType, forceType, hintType });
    }

    #held() {
      if (!this.isRunning() || this.#interruptMode === InterruptMode.INDEPENDENT_MODE) return;
      sound.pause(this.#id);
      this.#become(AudioState.STATE_PAUSED);
      this.#interrupt(InterruptType.INTERRUPT_TYPE_BEGIN, InterruptForceType.INTERRUPT_FORCE, InterruptHint.INTERRUPT_HINT_PAUSE);
    }

    #moved(changeReason) {
      const now = devices.preferred(false);
      this.#listeners.tell('outputDeviceChange', now);
      this.#listeners.tell('outputDeviceChangeWithInfo', { devices: now, changeReason });
    }

    #devicesChanged(before, after) {
      const chosen = (list) => list.find((device) => !device.input && device.default)?.id;
      if (chosen(before) !== chosen(after)) {
        const gone = !after.some((device) => !device.input && device.id === chosen(before));
        this.#moved(gone ? AudioStreamDeviceChangeReason.REASON_OLD_DEVICE_UNAVAILABLE
          : AudioStreamDeviceChangeReason.REASON_NEW_DEVICE_AVAILABLE);
      }
    }

    /** Gives the mixer what the app has, up to two buffers. */
    #fill() {
      if (!this.isRunning()) return;
      const [callback] = this.#listeners.get('writeData');
      if (callback !== undefined) {
        this.#ask(callback);
        return;
      }
      const write = this.#writes.shift();
      if (write === undefined) return;
      sound.push(this.#id, write.bytes);
      write.resolve(write.bytes.length);
    }

    #ask(callback) {
      const buffer = new ArrayBuffer(this.#bufferSize());
      const answer = callback(buffer);
      if (!this.isRunning()) return;
      if (answer === AudioDataCallbackResult.INVALID) {
        // Nothing of it is played; the app is asked again when this buffer would have been over.
        setTimeout(() => {
          if (this.isRunning()) sound.unasked(this.#id);
        }, PERIOD);
        return;
      }
      const waiting = sound.push(this.#id, new Uint8Array(buffer));
      if (waiting < 2 * buffer.byteLength) system.later(() => this.#fill());
    }

    #watchFrames() {
      const { heard } = sound.position(this.#id);
      const before = this.#seenFrames;
      this.#seenFrames = heard;
      const mark = this.#marks.get('markReach');
      if (mark !== undefined && before < mark && heard >= mark) this.#listeners.tell('markReach', mark);
      const period = this.#marks.get('periodReach');
      if (period !== undefined && Math.floor(heard / period) > Math.floor(before / period)) this.#listeners.tell('periodReach', period);
    }

    #both(callback, work) {
      return system.async(work, callback);
    }

    getRendererInfo(callback) { return this.#both(callback, () => this.getRendererInfoSync()); }
    getRendererInfoSync() { return { ...this.#rendererInfo }; }
    getStreamInfo(callback) { return this.#both(callback, () => this.getStreamInfoSync()); }
    getStreamInfoSync() { return { ...this.#streamInfo }; }
    getAudioStreamId(callback) { return this.#both(callback, () => this.#stream); }
    getAudioStreamIdSync() { return this.#stream; }
    getAudioEffectMode(callback) { return this.#both(callback, () => this.#effect); }

    setAudioEffectMode(mode, callback) {
      mustBe(mode, 'number', 'mode');
      return this.#both(callback, () => {
        if (!isOneOf(mode, AudioEffectMode)) throw invalid();
        this.#effect = mode;
      });
    }

    start(callback) {
      return this.#both(callback, () => {
        const { STATE_PREPARED, STATE_PAUSED, STATE_STOPPED, STATE_RUNNING } = AudioState;
        if (![STATE_PREPARED, STATE_PAUSED, STATE_STOPPED].includes(this.#state)) throw broken();
        this.#become(STATE_RUNNING);
        sound.start(this.#id);
        this.#fill();
      });
    }

    pause(callback) {
      return this.#both(callback, () => {
        if (!this.isRunning()) throw broken();
        sound.pause(this.#id);
        this.#become(AudioState.STATE_PAUSED);
      });
    }

    stop(callback) {
      return this.#both(callback, () => {
        if (!this.isRunning() && this.#state !== AudioState.STATE_PAUSED) throw broken();
        sound.pause(this.#id);
        this.#empty();
        this.#become(AudioState.STATE_STOPPED);
      });
    }

    #empty() {
      sound.flush(this.#id);
      this.#seenFrames = 0;
      for (const write of this.#writes.splice(0)) write.resolve(0);
    }

    flush() {
      return this.#both(undefined, () => {
        const { STATE_RUNNING, STATE_PAUSED, STATE_STOPPED } = AudioState;
        if (![STATE_RUNNING, STATE_PAUSED, STATE_STOPPED].includes(this.#state)) throw illegal();
        this.#empty();
      });
    }

    drain(callback) {
      return this.#both(callback, async () => {
        if (!this.isRunning()) throw broken();
        while (this.isRunning()) {
          const { heard, pulled, waiting } = sound.position(this.#id);
          if (waiting === 0 && this.#writes.length === 0 && heard >= pulled) return;
          if (this.#listeners.has('writeData')) return; // It never runs dry.
          await new Promise((resolve) => setTimeout(resolve, PERIOD));
        }
      });
    }

    release(callback) {
      return this.#both(callback, () => {
        if (this.#state === AudioState.STATE_RELEASED) return;
        for (const write of this.#writes.splice(0)) write.resolve(0);
        sound.close(this.#id);
        active.delete(this);
        this.#become(AudioState.STATE_RELEASED);
      });
    }

    /** Deprecated since API 11. */
    write(buffer, callback) {
      if (!(buffer instanceof ArrayBuffer)) mustBe(buffer, 'ArrayBuffer', 'buffer');
      return this.#both(callback, () => {
        if (!this.isRunning()) throw broken();
        const bytes = new Uint8Array(buffer.slice(0));
        const { waiting } = sound.position(this.#id);
        if (this.#writes.length === 0 && waiting < MOST_WAITING * this.#bufferSize()) {
          sound.push(this.#id, bytes);
          return bytes.length;
        }
        return new Promise((resolve) => { this.#writes.push({ bytes, resolve }); });
      });
    }

    #time() {
      return this.#state === AudioState.STATE_RELEASED || sound.position(this.#id).heard === 0 ? 0 : Date.now() * 1000000;
    }

    getAudioTime(callback) { return this.#both(callback, () => this.#time()); }
    getAudioTimeSync() { return this.#time(); }

    getAudioTimestampInfoSync() {
      if (this.#state === AudioState.STATE_RELEASED) throw illegal();
      return { framePos: sound.position(this.#id).heard, timestamp: this.#time() };
    }

    getAudioTimestampInfo() { return this.#both(undefined, () => this.getAudioTimestampInfoSync()); }

    getBufferSize(callback) { return this.#both(callback, () => this.#bufferSize()); }
    getBufferSizeSync() { return this.#bufferSize(); }

    setRenderRate(rate, callback) {
      mustBe(rate, 'number', 'rate');
      return this.#both(callback, () => {
        if (!isOneOf(rate, AudioRendererRate)) throw error(AudioErrors.ERROR_UNSUPPORTED, 'Unsupported option.');
        this.#rate = rate;
        this.#setSpeed({ 0: 1, 1: 2, 2: 0.5 }[rate]);
      });
    }

    getRenderRate(callback) { return this.#both(callback, () => this.#rate); }
    getRenderRateSync() { return this.#rate; }

    #setSpeed(speed) {
      this.#speed = speed;
      if (this.#state !== AudioState.STATE_RELEASED) sound.setSpeed(this.#id, speed);
    }

    setSpeed(speed) {
      mustBe(speed, 'number', 'speed');
      if (!(speed >= 0.25 && speed <= 4)) throw invalid();
      this.#setSpeed(speed);
    }

    getSpeed() { return this.#speed; }

    setInterruptModeSync(mode) {
      mustBe(mode, 'number', 'mode');
      if (!isOneOf(mode, InterruptMode)) throw invalid();
      this.#interruptMode = mode;
    }

    setInterruptMode(mode, callback) {
      mustBe(mode, 'number', 'mode');
      return this.#both(callback, () => this.setInterruptModeSync(mode));
    }

    #fade(volume, milliseconds) {
      this.#volume = volume;
      if (this.#state !== AudioState.STATE_RELEASED) {
        sound.setVolume(this.#id, volume, Math.round((milliseconds * this.#streamInfo.samplingRate) / 1000));
      }
    }

    setVolume(volume, callback) {
      mustBe(volume, 'number', 'volume');
      return this.#both(callback, () => {
        if (!(volume >= 0 && volume <= 1)) throw error(AudioErrors.ERROR_UNSUPPORTED, 'Unsupported option.');
        this.#fade(volume, 5);
      });
    }

    getVolume() { return this.#volume; }

    setVolumeWithRamp(volume, duration) {
      mustBe(volume, 'number', 'volume');
      mustBe(duration, 'number', 'duration');
      if (!(volume >= 0 && volume <= 1 && duration >= 0)) throw invalid();
      this.#fade(volume, duration);
    }

    getMinStreamVolume(callback) { return this.#both(callback, () => 0); }
    getMinStreamVolumeSync() { return 0; }
    getMaxStreamVolume(callback) { return this.#both(callback, () => 1); }
    getMaxStreamVolumeSync() { return 1; }
    getUnderflowCount(callback) { return this.#both(callback, () => this.#underflows); }
    getUnderflowCountSync() { return this.#underflows; }
    getCurrentOutputDevices(callback) { return this.#both(callback, () => devices.preferred(false)); }
    getCurrentOutputDevicesSync() { return devices.preferred(false); }

    setChannelBlendMode(mode) {
      mustBe(mode, 'number', 'mode');
      if (!isOneOf(mode, ChannelBlendMode)) throw invalid();
      if (this.#state === AudioState.STATE_RELEASED) throw illegal();
      sound.setBlend(this.#id, mode);
    }

    setSilentModeAndMixWithOthers(on) { this.#silent = Boolean(on); }
    getSilentModeAndMixWithOthers() { return this.#silent; }

    setDefaultOutputDevice(deviceType) {
      mustBe(deviceType, 'number', 'deviceType');
      return this.#both(undefined, () => {
        if (![DeviceType.EARPIECE, DeviceType.SPEAKER, DeviceType.DEFAULT].includes(deviceType)) throw invalid();
        if (this.#state === AudioState.STATE_RELEASED) throw illegal();
      });
    }

    setLoudnessGain(loudnessGain) {
      return this.#both(undefined, () => {
        if (!(loudnessGain >= -90 && loudnessGain <= 24)) throw invalid();
        this.#gain = loudnessGain;
      });
    }

    getLoudnessGain() { return this.#gain; }

    getLatency(type) {
      if (!isOneOf(type, AudioLatencyType)) throw invalid();
      if (this.#state === AudioState.STATE_RELEASED) throw illegal();
      if (type === AudioLatencyType.LATENCY_TYPE_HARDWARE) return 0;
      const { heard, pulled } = sound.position(this.#id);
      return Math.round(((pulled - heard) * 1000) / this.#streamInfo.samplingRate);
    }

    setIndependentAudioSessionStrategy(strategy) {
      if (typeof strategy !== 'object' || strategy === null) throw invalid();
    }

    on(type, second, third) {
      if (!EVENTS.includes(type)) throw invalid();
      const counted = type === 'markReach' || type === 'periodReach';
      const callback = counted ? third : second;
      if (typeof callback !== 'function') fail(401, `Parameter error. The type of callback must be function. Received value is: ${display(callback)}`);
      if (counted) {
        if (!(typeof second === 'number' && second > 0)) throw invalid();
        this.#marks.set(type, second);
        this.#listeners.only(type, callback);
        this.#watcher.run(this.isRunning());
      } else if (type === 'writeData') {
        this.#listeners.only(type, callback);
        if (this.isRunning()) system.later(() => this.#fill());
      } else {
        if (type.startsWith('outputDeviceChange')) devices.onChange(this.#onDevices);
        this.#listeners.add(type, callback);
      }
    }

    off(type, callback) {
      if (!EVENTS.includes(type)) throw invalid();
      this.#listeners.remove(type, callback);
      if (type === 'markReach' || type === 'periodReach') this.#marks.delete(type);
    }
  }

  addNamedForms(AudioRenderer, EVENTS);

  /** Checked options, or a BusinessError. */
  function check(options) {
    const { streamInfo, rendererInfo } = typeof options === 'object' && options !== null ? options : {};
    const objects = typeof streamInfo === 'object' && streamInfo !== null && typeof rendererInfo === 'object' && rendererInfo !== null;
    if (!objects) throw invalid();
    const fits = streamInfo.sampleFormat !== AudioSampleFormat.SAMPLE_FORMAT_INVALID && isOneOf(streamInfo.sampleFormat, AudioSampleFormat)
      && isOneOf(streamInfo.channels, AudioChannel) && isOneOf(streamInfo.samplingRate, AudioSamplingRate)
      && streamInfo.encodingType === AudioEncodingType.ENCODING_TYPE_RAW;
    const usage = rendererInfo.usage ?? StreamUsage.STREAM_USAGE_UNKNOWN;
    if (!fits || !isOneOf(usage, { ...StreamUsage, VOICE_CALL_ASSISTANT: 21 })) throw invalid();
    const privacy = options.privacyType;
    if (privacy !== undefined && !isOneOf(privacy, AudioPrivacyType)) throw invalid();
    return { streamInfo, rendererInfo: { ...rendererInfo, usage } };
  }

  function createAudioRenderer(options, callback) {
    return system.async(() => new AudioRenderer(check(options)), callback);
  }

  const infos = () => [...active].map((renderer) => renderer.changeInfo());
  const isActive = (usages) => [...active].some((renderer) => renderer.isRunning() && usages.includes(renderer.usage()));

  return { createAudioRenderer, infos, isActive, changes };
})
