// @concord:media.soundPool: short sounds, several at a time.
(function (host, system) {
  'use strict';

  const sound = system.require('@concord:sound');
  const source = system.require('@concord:media.source');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const { error, notNow, isObject } = source;
  const { AVErrorCode, SoundInterruptMode } = system.require('@concord:media.enums');
  const { AudioRendererRate } = system.require('@concord:audio.enums');

  const EVENTS = ['loadComplete', 'playFinishedWithStreamId', 'playFinished', 'error', 'errorOccurred'];
  const ErrorType = { LOAD_ERROR: 1, PLAY_ERROR: 2 };
  const RATES = {
    [AudioRendererRate.RENDER_RATE_NORMAL]: 1, [AudioRendererRate.RENDER_RATE_DOUBLE]: 2, [AudioRendererRate.RENDER_RATE_HALF]: 0.5,
  };

  const invalid = (message) => error(AVErrorCode.AVERR_INVALID_PARAMETER, `Parameter error. ${message}`);

  const numberOr = (value, other) => (typeof value === 'number' && Number.isFinite(value) ? value : other);
  const volumeOf = (value) => Math.min(1, Math.max(0, numberOr(value, 1)));

  /** The last of `args` when it is a function, and those before it. */
  function split(args) {
    const callback = typeof args.at(-1) === 'function' ? args.at(-1) : undefined;
    return [callback === undefined ? args : args.slice(0, -1), callback];
  }

  class SoundPool {
    #most;
    #usage;
    #sounds = new Map();
    #streams = new Map();
    #nextSound = 1;
    #nextStream = 1;
    #released = false;
    #mode = SoundInterruptMode.SAME_SOUND_INTERRUPT;
    #listeners = new Listeners();

    constructor(maxStreams, rendererInfo) {
      this.#most = maxStreams;
      this.#usage = rendererInfo.usage;
    }

    #must() {
      if (this.#released) throw notNow('the pool is released.');
    }

    #stream(streamID) {
      this.#must();
      if (typeof streamID !== 'number') throw invalid('streamID must be a number.');
      const stream = this.#streams.get(streamID);
      if (stream === undefined) throw notNow(`no stream ${streamID} is playing.`);
      return stream;
    }

    /** load(uri) or load(fd, offset, length) */
    load(...all) {
      const [args, callback] = split(all);
      return system.async(async () => {
        this.#must();
        const [first, offset, length] = args;
        const wanted = typeof first === 'string' ? { url: first } : { fdSrc: source.checkDescriptor({ fd: first, offset, length }) };
        const soundID = this.#nextSound++;
        // The name stays valid; the descriptor may be closed as soon as this is done.
        let opened;
        try {
          opened = await source.open(wanted);
        } catch (failure) {
          const told = error(AVErrorCode.AVERR_IO, failure.message);
          this.#listeners.tell('error', told);
          this.#listeners.tell('errorOccurred', { errorCode: told, errorType: ErrorType.LOAD_ERROR, soundId: soundID });
          throw told;
        }
        if (this.#released) {
          sound.close(opened.id);
          throw notNow('the pool is released.');
        }
        this.#sounds.set(soundID, opened.id);
        this.#listeners.tell('loadComplete', soundID);
        return soundID;
      }, callback);
    }

    play(soundID, ...rest) {
      const [[params], callback] = split(rest);
      return system.async(async () => {
        this.#must();
        const loaded = this.#sounds.get(soundID);
        if (typeof soundID !== 'number') throw invalid('soundID must be a number.');
        if (loaded === undefined) throw notNow(`no sound ${soundID} is loaded.`);
        const { loop, rate, leftVolume, rightVolume, priority } = isObject(params) ? params : {};
        const streamID = this.#nextStream++;
        const stream = {
          soundID, id: undefined, started: streamID, priority: numberOr(priority, 0), loop: numberOr(loop, 0), rate: RATES[rate] ?? 1,
          left: volumeOf(leftVolume), right: volumeOf(rightVolume ?? leftVolume),
        };
        if (this.#mode === SoundInterruptMode.SAME_SOUND_INTERRUPT) {
          for (const [other, { soundID: same }] of this.#streams) if (same === soundID) this.#end(other);
        }
        while (this.#streams.size >= this.#most) {
          const [[weakest, { priority: least }]] = [...this.#streams].sort(([, a], [, b]) => a.priority - b.priority || a.started - b.started);
          if (least > stream.priority) throw notNow('all streams play something more important.');
          this.#end(weakest);
        }
        this.#streams.set(streamID, stream);
        const { id } = await sound.open({ again: loaded });
        if (this.#streams.get(streamID) !== stream) {
          sound.close(id);
          return streamID;
        }
        stream.id = id;
        sound.handle(id, (name) => {
          if (name === 'ended') this.#end(streamID);
        });
        sound.openStream(id, this.#usage);
        this.#shape(stream);
        sound.start(id);
        return streamID;
      }, callback);
    }

    #shape(stream) {
      if (stream.id !== undefined) sound.shape(stream.id, stream.left, stream.right, stream.rate, stream.loop);
    }

    #end(streamID) {
      const { id } = this.#streams.get(streamID);
      this.#streams.delete(streamID);
      if (id !== undefined) sound.close(id);
      // Who listens for the number does not hear of it twice.
      if (this.#listeners.has('playFinishedWithStreamId')) this.#listeners.tell('playFinishedWithStreamId', streamID);
      else this.#listeners.tell('playFinished');
    }

    stop(streamID, callback) {
      return system.async(() => {
        this.#stream(streamID);
        this.#end(streamID);
      }, callback);
    }

    #change(streamID, change, callback) {
      return system.async(() => {
        const stream = this.#stream(streamID);
        change(stream);
        this.#shape(stream);
      }, callback);
    }

    setLoop(streamID, loop, callback) {
      return this.#change(streamID, (stream) => {
        if (typeof loop !== 'number') throw invalid('loop must be a number.');
        stream.loop = loop;
      }, callback);
    }

    setPriority(streamID, priority, callback) {
      return this.#change(streamID, (stream) => { stream.priority = numberOr(priority, 0); }, callback);
    }

    setRate(streamID, rate, callback) {
      return this.#change(streamID, (stream) => {
        if (RATES[rate] === undefined) throw invalid('rate');
        stream.rate = RATES[rate];
      }, callback);
    }

    setVolume(streamID, leftVolume, rightVolume, callback) {
      return this.#change(streamID, (stream) => {
        if (typeof leftVolume !== 'number' || typeof rightVolume !== 'number') throw invalid('the volumes must be numbers.');
        stream.left = volumeOf(leftVolume);
        stream.right = volumeOf(rightVolume);
      }, callback);
    }

    setInterruptMode(interruptMode) {
      this.#mode = interruptMode;
    }

    unload(soundID, callback) {
      return system.async(() => {
        this.#must();
        const id = this.#sounds.get(soundID);
        if (id === undefined) throw notNow(`no sound ${soundID} is loaded.`);
        for (const [streamID, stream] of this.#streams) if (stream.soundID === soundID) this.#end(streamID);
        this.#sounds.delete(soundID);
        sound.close(id);
      }, callback);
    }

    release(callback) {
      return system.async(() => {
        this.#released = true;
        this.#listeners.clear();
        for (const streamID of [...this.#streams.keys()]) this.#end(streamID);
        for (const id of this.#sounds.values()) sound.close(id);
        this.#sounds.clear();
      }, callback);
    }

    on(type, callback) {
      if (EVENTS.includes(type) && typeof callback === 'function') this.#listeners.only(type, callback);
    }

    off(type, callback) {
      this.#listeners.remove(type, callback);
    }
  }

  addNamedForms(SoundPool, EVENTS);

  /** createSoundPool(maxStreams, audioRenderInfo) */
  function createSoundPool(maxStreams, audioRenderInfo, callback) {
    if (typeof maxStreams !== 'number' || !isObject(audioRenderInfo)) throw invalid('maxStreams must be a number, audioRenderInfo an object.');
    return system.async(() => {
      const most = Math.min(32, Math.max(1, Math.trunc(maxStreams)));
      return new SoundPool(most, audioRenderInfo);
    }, callback);
  }

  return { createSoundPool };
})
