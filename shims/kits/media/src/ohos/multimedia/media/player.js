// @concord:media.player: AVPlayer.
(function (host, system) {
  'use strict';

  const { display } = system.require('@concord:kits');
  const sound = system.require('@concord:sound');
  const devices = system.require('@concord:audio.devices');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const source = system.require('@concord:media.source');
  const { error, notNow, isObject } = source;
  const subtitles = system.require('@concord:media.subtitles');
  const { AVErrorCode, StateChangeReason, MediaType, SeekMode, PlaybackSpeed } = system.require('@concord:media.enums');
  const {
    AudioEffectMode, AudioStreamDeviceChangeReason, InterruptMode, InterruptType, InterruptForceType, InterruptHint, StreamUsage,
  } = system.require('@concord:audio.enums');

  /** Milliseconds between two timeUpdates. */
  const PERIOD = 100;

  const SPEEDS = new Map([
    [PlaybackSpeed.SPEED_FORWARD_0_125_X, 0.125], [PlaybackSpeed.SPEED_FORWARD_0_25_X, 0.25], [PlaybackSpeed.SPEED_FORWARD_0_50_X, 0.5],
    [PlaybackSpeed.SPEED_FORWARD_0_75_X, 0.75], [PlaybackSpeed.SPEED_FORWARD_1_00_X, 1], [PlaybackSpeed.SPEED_FORWARD_1_25_X, 1.25],
    [PlaybackSpeed.SPEED_FORWARD_1_50_X, 1.5], [PlaybackSpeed.SPEED_FORWARD_1_75_X, 1.75], [PlaybackSpeed.SPEED_FORWARD_2_00_X, 2],
    [PlaybackSpeed.SPEED_FORWARD_3_00_X, 3],
  ]);

  /** States in which there is something to play. */
  const READY = ['prepared', 'playing', 'paused', 'completed'];

  const EVENTS = [
    'mediaKeySystemInfoUpdate', 'stateChange', 'volumeChange', 'endOfStream', 'seekDone', 'speedDone', 'playbackRateDone', 'bitrateDone',
    'timeUpdate', 'durationUpdate', 'bufferingUpdate', 'startRenderFrame', 'videoSizeChange', 'audioInterrupt', 'availableBitrates',
    'error', 'audioOutputDeviceChangeWithInfo', 'subtitleUpdate', 'trackChange', 'trackInfoUpdate', 'amplitudeUpdate',
    'seiMessageReceived', 'superResolutionChanged', 'metricsEvent', 'playbackContentChanged', 'timedMetaData',
  ];

  const invalid = (message) => error(AVErrorCode.AVERR_INVALID_PARAMETER, `The parameter check failed: ${message}`);

  class AVPlayer {
    #state = 'idle';
    #source;
    #id;
    #info;
    #listeners = new Listeners();
    #ticker = new sound.Ticker(PERIOD, () => this.#tick());
    #volume = 1;
    #muted = false;
    #speed = 1;
    #loop = false;
    #range = [0, Infinity];
    #surfaceId;
    #rendererInfo;
    #interruptMode = InterruptMode.SHARE_MODE;
    #effect = AudioEffectMode.EFFECT_DEFAULT;
    #scale = 0;
    #subtitles = new subtitles.Subtitles();
    #onDevices;

    get state() { return this.#state; }

    #become(state, reason = StateChangeReason.USER) {
      if (this.#state === state) return;
      this.#state = state;
      this.#ticker.run(state === 'playing');
      this.#listeners.tell('stateChange', state, reason);
    }

    /** An error of something that has no other way to tell. */
    #complain(failure) {
      this.#listeners.tell('error', failure);
    }

    #failForGood(failure) {
      if (this.#state === 'released') return;
      this.#become('error', StateChangeReason.BACKGROUND);
      this.#complain(failure);
    }

    #must(states, what) {
      if (!states.includes(this.#state)) throw notNow(`current state is ${this.#state}, ${what} needs ${states.join(', ')}.`);
    }

    /** Complains instead of throwing; whether it is fine. */
    #mayNot(states, what) {
      try {
        this.#must(states, what);
        return false;
      } catch (failure) {
        this.#complain(failure);
        return true;
      }
    }

    // --- what to play ---

    #setSource(made) {
      if (this.#mayNot(['idle'], 'setting a source')) return;
      try {
        this.#source = made();
      } catch (failure) {
        this.#complain(failure);
        return;
      }
      this.#become('initialized');
    }

    get url() { return this.#source?.url; }

    set url(url) {
      this.#setSource(() => {
        if (typeof url !== 'string' || url === '') throw invalid(`url ${display(url)}`);
        return { url };
      });
    }

    get fdSrc() { return this.#source?.fdSrc; }
    set fdSrc(fdSrc) { this.#setSource(() => ({ fdSrc: source.checkDescriptor(fdSrc) })); }
    get dataSrc() { return this.#source?.dataSrc; }
    set dataSrc(dataSrc) { this.#setSource(() => ({ dataSrc: source.checkData(dataSrc) })); }

    setMediaSource(src, strategy) {
      return system.async(() => {
        const found = source.sourceOf(src);
        if (found === undefined) throw invalid('src is no MediaSource');
        this.#must(['idle'], 'setMediaSource');
        this.#source = found;
        if (isObject(strategy)) this.#applyStrategy(strategy);
        this.#become('initialized');
      });
    }

    #applyStrategy(strategy) {
      if (strategy.mutedMediaType === MediaType.MEDIA_TYPE_AUD) this.#muted = true;
    }

    setPlaybackStrategy(strategy) {
      return system.async(() => {
        if (!isObject(strategy)) throw invalid('strategy');
        this.#must(['initialized'], 'setPlaybackStrategy');
        this.#applyStrategy(strategy);
      });
    }

    // --- states ---

    prepare(callback) {
      return system.async(async () => {
        this.#must(['initialized', 'stopped'], 'prepare');
        const wanted = this.#source;
        try {
          if (this.#id === undefined) {
            const opened = await source.open(wanted);
            if (this.#source !== wanted || this.#state === 'released') {
              sound.close(opened.id);
              throw notNow('the player was reset.');
            }
            this.#open(opened);
          } else {
            sound.seek(this.#id, this.#range[0]);
          }
        } catch (failure) {
          if (this.#source === wanted) this.#failForGood(failure);
          throw failure;
        }
        this.#shape();
        this.#become('prepared');
        this.#listeners.tell('durationUpdate', this.duration);
        const video = this.#video();
        if (video !== undefined) this.#listeners.tell('videoSizeChange', video.width, video.height);
      }, callback);
    }

    #video() {
      return this.#info?.tracks.find((track) => track.kind === MediaType.MEDIA_TYPE_VID);
    }

    #open({ id, info }) {
      this.#id = id;
      this.#info = info;
      const film = this.#video() !== undefined;
      if (film) system.report('@ohos:multimedia.media:AVPlayer (the picture of a film)');
      const usage = this.#rendererInfo?.usage ?? (film ? StreamUsage.STREAM_USAGE_MOVIE : StreamUsage.STREAM_USAGE_MUSIC);
      this.#rendererInfo ??= { content: 0, usage, rendererFlags: 0 };
      sound.handle(id, (name, detail) => this.#event(name, detail));
      sound.openStream(id, usage);
      if (this.#range[0] > 0) sound.seek(id, this.#range[0]);
    }

    play(callback) {
      return system.async(() => {
        if (this.#state === 'playing') return;
        this.#must(['prepared', 'paused', 'completed'], 'play');
        if (this.#state === 'completed') sound.seek(this.#id, this.#range[0]);
        sound.start(this.#id);
        this.#become('playing');
        this.#listeners.tell('timeUpdate', this.currentTime);
      }, callback);
    }

    pause(callback) {
      return system.async(() => {
        if (this.#state === 'paused') return;
        this.#must(['playing'], 'pause');
        sound.pause(this.#id);
        this.#become('paused');
      }, callback);
    }

    stop(callback) {
      return system.async(() => {
        if (this.#state === 'stopped') return;
        this.#must(READY, 'stop');
        sound.pause(this.#id);
        this.#become('stopped');
      }, callback);
    }

    #drop() {
      if (this.#id !== undefined) sound.close(this.#id);
      this.#id = undefined;
      this.#info = undefined;
      this.#source = undefined;
    }

    reset(callback) {
      return system.async(() => {
        if (this.#state === 'idle') return;
        if (this.#state === 'released') throw notNow('the player is released.');
        this.#drop();
        [this.#volume, this.#muted, this.#speed, this.#loop, this.#range] = [1, false, 1, false, [0, Infinity]];
        this.#rendererInfo = undefined;
        this.#become('idle');
      }, callback);
    }

    release(callback) {
      return system.async(() => {
        if (this.#state === 'released') throw notNow('the player is released.');
        this.#drop();
        this.#become('released');
        this.#listeners.clear();
      }, callback);
    }

    // --- what happens ---

    #event(name, detail) {
      if (name === 'ended') this.#end();
      else if (name === 'looped') this.#listeners.tell('endOfStream');
      else if (name === 'failed') this.#complain(error(AVErrorCode.AVERR_IO, `I/O error: ${detail}`));
      else if (name === 'held') this.#held();
      else if (name === 'freed') this.#interrupt(InterruptType.INTERRUPT_TYPE_END, InterruptForceType.INTERRUPT_SHARE, InterruptHint.INTERRUPT_HINT_RESUME);
      else if (name === 'moved') this.#moved(AudioStreamDeviceChangeReason.REASON_OVERRODE);
    }

    #end() {
      if (this.#state !== 'playing') return;
      sound.pause(this.#id);
      this.#listeners.tell('timeUpdate', this.duration >= 0 ? this.duration : this.currentTime);
      this.#listeners.tell('endOfStream');
      this.#become('completed', StateChangeReason.BACKGROUND);
    }

    #interrupt(eventType, forceType, hintType) {
      this.#listeners.tell('audioInterrupt', { eventType, forceType, hintType });
    }

    #held() {
      if (this.#state !== 'playing' || this.#interruptMode === InterruptMode.INDEPENDENT_MODE) return;
      sound.pause(this.#id);
      this.#become('paused', StateChangeReason.BACKGROUND);
      this.#interrupt(InterruptType.INTERRUPT_TYPE_BEGIN, InterruptForceType.INTERRUPT_FORCE, InterruptHint.INTERRUPT_HINT_PAUSE);
    }

    #moved(changeReason) {
      this.#listeners.tell('audioOutputDeviceChangeWithInfo', { devices: devices.preferred(false), changeReason });
    }

    #tick() {
      const time = this.currentTime;
      this.#listeners.tell('timeUpdate', time);
      const cue = this.#subtitles.at(time);
      if (cue !== undefined) this.#listeners.tell('subtitleUpdate', { ...cue });
      if (time < this.#range[1] || this.#range[1] === Infinity) return;
      if (this.#loop) {
        this.#listeners.tell('endOfStream');
        sound.seek(this.#id, this.#range[0]);
      } else {
        this.#end();
      }
    }

    #isReady() { return READY.includes(this.#state); }

    get currentTime() {
      if (!this.#isReady()) return -1;
      if (this.#state === 'completed' && this.duration >= 0) return Math.min(this.duration, this.#range[1]);
      return Math.floor(sound.position(this.#id).time);
    }

    get duration() { return this.#isReady() ? this.#info.duration ?? -1 : -1; }
    get width() { return this.#isReady() ? this.#video()?.width ?? 0 : 0; }
    get height() { return this.#isReady() ? this.#video()?.height ?? 0 : 0; }

    getPlaybackPosition() {
      this.#must(READY, 'getPlaybackPosition');
      return this.currentTime;
    }

    getCurrentPresentationTimestamp() { return this.getPlaybackPosition() * 1000; }

    // --- how it plays ---

    #shape() {
      if (this.#id === undefined) return;
      const gain = this.#muted ? 0 : this.#volume;
      // A loop within a range is not one of the file.
      sound.shape(this.#id, gain, gain, this.#speed, this.#loop && this.#range[1] === Infinity ? -1 : 0);
    }

    seek(timeMs, mode) {
      if (this.#mayNot(READY, 'seek')) return;
      const duration = this.#info.duration ?? Infinity;
      if (typeof timeMs !== 'number' || !(timeMs >= 0 && timeMs <= duration)) {
        this.#complain(invalid(`seek time ${display(timeMs)} is not within 0 and ${duration}.`));
        return;
      }
      if (mode === SeekMode.SEEK_CONTINUOUS) {
        this.#complain(error(AVErrorCode.AVERR_SEEK_CONTINUOUS_UNSUPPORTED, 'Seek continuous unsupported.'));
        return;
      }
      const landed = sound.seek(this.#id, Math.max(timeMs, this.#range[0]));
      if (typeof landed !== 'number') {
        this.#complain(error(AVErrorCode.AVERR_IO, `I/O error: ${landed}`));
        return;
      }
      if (this.#state === 'completed') this.#become('paused');
      this.#listeners.tell('seekDone', Math.floor(landed));
      this.#listeners.tell('timeUpdate', Math.floor(landed));
    }

    isSeekContinuousSupported() { return false; }
    seekToDefaultPosition() { this.#must(READY, 'seekToDefaultPosition'); }

    get loop() { return this.#loop; }

    set loop(loop) {
      if (this.#mayNot(READY, 'loop')) return;
      this.#loop = Boolean(loop);
      this.#shape();
    }

    setVolume(volume) {
      if (this.#mayNot(READY, 'setVolume')) return;
      if (typeof volume !== 'number' || !(volume >= 0 && volume <= 1)) {
        this.#complain(invalid(`volume ${display(volume)} is not within 0 and 1.`));
        return;
      }
      this.#volume = volume;
      this.#shape();
      this.#listeners.tell('volumeChange', volume);
    }

    setMediaMuted(mediaType, muted) {
      return system.async(() => {
        if (mediaType !== MediaType.MEDIA_TYPE_AUD && mediaType !== MediaType.MEDIA_TYPE_VID) throw invalid('mediaType');
        this.#must(READY, 'setMediaMuted');
        if (mediaType === MediaType.MEDIA_TYPE_AUD) this.#muted = Boolean(muted);
        this.#shape();
      });
    }

    setSpeed(speed) {
      if (this.#mayNot(READY, 'setSpeed')) return;
      const factor = SPEEDS.get(speed);
      if (factor === undefined) {
        this.#complain(invalid(`speed ${display(speed)}`));
        return;
      }
      this.#speed = factor;
      this.#shape();
      this.#listeners.tell('speedDone', speed);
    }

    setPlaybackRate(rate) {
      this.#must(READY, 'setPlaybackRate');
      if (typeof rate !== 'number' || !(rate >= 0.125 && rate <= 4)) {
        throw error(AVErrorCode.AVERR_PARAMETER_OUT_OF_RANGE, `The rate ${display(rate)} is not within 0.125 and 4.`);
      }
      this.#speed = rate;
      this.#shape();
      this.#listeners.tell('playbackRateDone', rate);
    }

    getPlaybackRate() { return system.async(() => this.#speed); }

    setPlaybackRange(startTimeMs, endTimeMs, _mode) {
      return system.async(() => {
        this.#must(['initialized', ...READY, 'stopped'], 'setPlaybackRange');
        const start = startTimeMs === -1 ? 0 : startTimeMs;
        const end = endTimeMs === -1 ? Infinity : endTimeMs;
        const most = this.#info?.duration ?? Infinity;
        if (!(start >= 0 && end > start && (end === Infinity || end <= most))) throw invalid('the range');
        this.#range = [start, end];
        this.#shape();
        if (this.#isReady()) sound.seek(this.#id, start);
      });
    }

    setBitrate(_bitrate) { this.#complain(notNow('there are no bitrates to choose from.')); }

    setLoudnessGain(loudnessGain) {
      return system.async(() => {
        if (!(loudnessGain >= -90 && loudnessGain <= 24)) {
          throw error(AVErrorCode.AVERR_PARAMETER_OUT_OF_RANGE, 'The gain is not within -90 and 24.');
        }
        this.#must(READY, 'setLoudnessGain');
      });
    }

    get audioInterruptMode() { return this.#interruptMode; }
    set audioInterruptMode(mode) { if (!this.#mayNot(READY, 'audioInterruptMode')) this.#interruptMode = mode; }
    get audioEffectMode() { return this.#effect; }
    set audioEffectMode(mode) { if (!this.#mayNot(READY, 'audioEffectMode')) this.#effect = mode; }
    get audioRendererInfo() { return this.#rendererInfo; }

    set audioRendererInfo(info) {
      if (this.#mayNot(['initialized'], 'audioRendererInfo')) return;
      if (!isObject(info) || typeof info.usage !== 'number') this.#complain(invalid('audioRendererInfo'));
      else this.#rendererInfo = { ...info };
    }

    get surfaceId() { return this.#surfaceId; }
    set surfaceId(surfaceId) { if (!this.#mayNot(['initialized', ...READY, 'stopped'], 'surfaceId')) this.#surfaceId = surfaceId; }
    get videoScaleType() { return this.#scale; }
    set videoScaleType(type) { if (!this.#mayNot(READY, 'videoScaleType')) this.#scale = type; }
    setVideoWindowSize(_width, _height) { return system.async(() => this.#must(['initialized', ...READY, 'stopped'], 'setVideoWindowSize')); }

    // --- tracks ---

    addSubtitleFromFd(fd, offset, length) {
      return system.async(() => this.#subtitles.add(subtitles.ofDescriptor(fd, offset, length)));
    }

    addSubtitleFromUrl(url) { return system.async(() => this.#subtitles.add(subtitles.ofUrl(String(url)))); }

    setSuperResolution(_enabled) {
      return system.async(() => {
        throw error(AVErrorCode.AVERR_SUPER_RESOLUTION_UNSUPPORTED, 'Super-resolution not supported.');
      });
    }

    /** There is no DRM, so there is no session that could be given. */
    setDecryptionConfig(_session, _secure) { throw error(401, 'The parameter check failed: there is no DRM.'); }

    getTrackDescription(callback) {
      return system.async(() => {
        this.#must(READY, 'getTrackDescription');
        return this.#info.tracks.map(source.describeTrack);
      }, callback);
    }

    getSelectedTracks() {
      return system.async(() => {
        this.#must(READY, 'getSelectedTracks');
        return [this.#info.playing];
      });
    }

    getCurrentTrack(trackType) {
      return system.async(() => {
        this.#must(READY, 'getCurrentTrack');
        return trackType === MediaType.MEDIA_TYPE_AUD ? this.#info.playing : -1;
      });
    }

    #chooseTrack(index, what) {
      return system.async(() => {
        this.#must(READY, what);
        if (this.#info.tracks[index] === undefined) throw invalid(`there is no track ${display(index)}.`);
        if (index !== this.#info.playing) throw notNow(`${what}: this track cannot be played.`);
      });
    }

    selectTrack(index, _mode) { return this.#chooseTrack(index, 'selectTrack'); }
    deselectTrack(index) { return this.#chooseTrack(index, 'deselectTrack'); }

    getMediaKeySystemInfos() { return []; }
    getPlaybackInfo() { return system.async(() => ({})); }
    getPlaybackStatisticMetrics() { return system.async(() => ({})); }

    #ranges() {
      return system.async(() => {
        this.#must(READY, 'ranges');
        return [{ min: 0, max: Math.max(0, this.duration) }];
      });
    }

    getLoadedTimeRanges() { return this.#ranges(); }
    getSeekableTimeRanges() { return this.#ranges(); }

    // --- listeners: one for each kind of event ---

    on(type, ...args) {
      const callback = args.at(-1);
      if (!EVENTS.includes(type) || typeof callback !== 'function') {
        this.#complain(invalid(`on(${display(type)})`));
        return;
      }
      if (this.#state === 'released') return;
      this.#listeners.only(type, callback);
      if (type === 'audioOutputDeviceChangeWithInfo' && this.#onDevices === undefined) this.#watchDevices();
    }

    #watchDevices() {
      this.#onDevices = (before, after) => {
        const chosen = (list) => list.find((device) => !device.input && device.default)?.id;
        if (chosen(before) !== chosen(after)) this.#moved(AudioStreamDeviceChangeReason.REASON_NEW_DEVICE_AVAILABLE);
      };
      devices.onChange(this.#onDevices);
    }

    off(type, ...args) {
      const callback = args.at(-1);
      this.#listeners.remove(type, typeof callback === 'function' ? callback : undefined);
    }
  }

  addNamedForms(AVPlayer, EVENTS);

  return { AVPlayer };
})
