// @ohos:multimedia.audioHaptic: sounds with something to feel. Desktops do not vibrate: the sound is played.
(function (host, system) {
  'use strict';
  const { fail } = system.require('@concord:kits');
  const permissions = system.require('@concord:kits/permissions');
  const sound = system.require('@concord:sound');
  const source = system.require('@concord:media.source');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');

  const AudioLatencyMode = { AUDIO_LATENCY_MODE_NORMAL: 0, AUDIO_LATENCY_MODE_FAST: 1 };
  const AudioHapticType = { AUDIO_HAPTIC_TYPE_AUDIO: 0, AUDIO_HAPTIC_TYPE_HAPTIC: 1 };
  const NOT_ALLOWED = 5400102;
  const IO = 5400103;
  const DIED = 5400105;
  const UNSUPPORTED = 5400106;
  const OUT_OF_RANGE = 5400108;

  const notAllowed = () => fail(NOT_ALLOWED, 'Operate not permit.');

  class AudioHapticPlayer {
    #id;
    #muted;
    #loop = false;
    #listeners = new Listeners();
    #playing = false;

    constructor(id, { muteAudio = false, muteHaptics = false } = {}) {
      this.#id = id;
      this.#muted = { [AudioHapticType.AUDIO_HAPTIC_TYPE_AUDIO]: muteAudio === true, [AudioHapticType.AUDIO_HAPTIC_TYPE_HAPTIC]: muteHaptics === true };
      if (muteAudio) sound.setVolume(id, 0);
      sound.handle(id, (name) => {
        if (name !== 'end') return;
        if (this.#loop) {
          sound.seek(id, 0);
          sound.start(id);
          return;
        }
        this.#playing = false;
        this.#listeners.tell('endOfStream');
      });
    }

    #must() { return this.#id ?? fail(DIED, 'Service died.'); }

    isMuted(type) {
      return this.#muted[type] ?? fail(401, 'Parameter error. The type is not one of AudioHapticType.');
    }

    start() {
      return system.async(() => {
        const id = this.#must();
        if (this.#playing) return;
        this.#playing = true;
        sound.start(id);
      });
    }

    stop() {
      return system.async(() => {
        const id = this.#must();
        if (!this.#playing) notAllowed();
        this.#playing = false;
        sound.pause(id);
        sound.seek(id, 0);
      });
    }

    release() {
      return system.async(() => {
        sound.close(this.#must());
        this.#id = undefined;
        this.#listeners.clear();
      });
    }

    on(type, callback) { this.#listeners.add(type, callback); }
    off(type, callback) { this.#listeners.remove(type, callback); }

    setVolume(volume) {
      return system.async(() => {
        const id = this.#id ?? notAllowed();
        if (typeof volume !== 'number' || !(volume >= 0 && volume <= 1)) fail(OUT_OF_RANGE, 'Parameter out of range.');
        sound.setVolume(id, this.#muted[AudioHapticType.AUDIO_HAPTIC_TYPE_AUDIO] ? 0 : volume);
      });
    }

    setLoop(loop) {
      return system.async(() => {
        if (this.#id === undefined) notAllowed();
        this.#loop = loop === true;
      });
    }
  }
  addNamedForms(AudioHapticPlayer, ['endOfStream', 'audioInterrupt']);

  class AudioHapticManager {
    #sources = new Map();
    #last = 0;

    #add(entry) {
      this.#sources.set(++this.#last, entry);
      return this.#last;
    }

    #of(id) { return this.#sources.get(id) ?? notAllowed(); }

    registerSource(audioUri, hapticUri) {
      if (typeof audioUri !== 'string' || typeof hapticUri !== 'string') fail(401, 'Parameter error. Both addresses must be strings.');
      return system.async(() => this.#add({ audio: { url: audioUri } }));
    }

    registerSourceFromFd(audioFd, hapticFd) {
      if (typeof audioFd?.fd !== 'number' || typeof hapticFd?.fd !== 'number') fail(401, 'Parameter error. Both must be descriptors.');
      return system.async(() => this.#add({ audio: { fdSrc: { ...audioFd } } }));
    }

    unregisterSource(id) {
      if (typeof id !== 'number') fail(401, 'Parameter error. The id must be a number.');
      return system.async(() => void this.#sources.delete(id));
    }

    setAudioLatencyMode(id, mode) {
      if (!Object.values(AudioLatencyMode).includes(mode)) fail(401, 'Parameter error. The mode is not one of AudioLatencyMode.');
      this.#of(id).latency = mode;
    }

    setStreamUsage(id, usage) {
      if (typeof usage !== 'number') fail(401, 'Parameter error. The usage must be a number.');
      this.#of(id).usage = usage;
    }

    createPlayer(id, options) {
      if (typeof id !== 'number') fail(401, 'Parameter error. The id must be a number.');
      return system.async(async () => {
        if (options?.muteHaptics !== true) permissions.demand('ohos.permission.VIBRATE');
        const entry = this.#of(id);
        try {
          const { id: opened } = await source.open(entry.audio);
          sound.openStream(opened, entry.usage ?? 0);
          return new AudioHapticPlayer(opened, options);
        } catch (error) {
          return error?.code === IO ? fail(IO, 'I/O error.') : fail(UNSUPPORTED, 'Unsupport format.');
        }
      });
    }
  }

  let manager;
  return { AudioLatencyMode, AudioHapticType, getAudioHapticManager: () => (manager ??= new AudioHapticManager()) };
})
