// @concord:audio.manager: volumes, devices and streams, as far as a desktop has them.
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');
  const devices = system.require('@concord:audio.devices');
  const renderers = system.require('@concord:audio.renderer');
  const { Listeners, addNamedForms } = system.require('@concord:sound.listeners');
  const {
    AudioErrors, AudioRingMode, AudioScene, AudioVolumeType, AudioVolumeMode, CommunicationDeviceType, DeviceFlag, DeviceUsage, StreamUsage,
    AudioEffectMode, AudioLoopbackMode, SourceType,
  } = system.require('@concord:audio.enums');

  /** Steps of a volume, as on phones. */
  const MOST = 15;

  const invalid = () => new system.BusinessError(AudioErrors.ERROR_INVALID_PARAM, 'Invalid parameter.');
  const isOneOf = (value, numbers) => Object.values(numbers).includes(value);

  function must(value, numbers, name) {
    if (typeof value !== 'number') fail(401, `Parameter error. The type of ${name} must be number. Received value is: ${display(value)}`);
    if (!isOneOf(value, numbers)) throw invalid();
    return value;
  }

  function mustCall(callback) {
    if (typeof callback !== 'function') {
      fail(401, `Parameter error. The type of callback must be function. Received value is: ${display(callback)}`);
    }
  }

  const stepOf = (device) => (device === undefined ? 0 : Math.round(Math.min(1, device.volume) * MOST));
  const volumeNow = () => stepOf(devices.defaultOutput());
  const muteNow = () => devices.defaultOutput()?.muted === true;

  /** Usages whose volume is of a type. */
  const USAGES = {
    [AudioVolumeType.VOICE_CALL]: [2, 17],
    [AudioVolumeType.RINGTONE]: [6, 7],
    [AudioVolumeType.MEDIA]: [0, 1, 5, 10, 11, 12, 13],
    [AudioVolumeType.ALARM]: [4],
    [AudioVolumeType.ACCESSIBILITY]: [8],
    [AudioVolumeType.VOICE_ASSISTANT]: [3],
  };

  /** Tells the listeners of a manager. */
  let tell;

  /** What all managers do with on and off. */
  class Manager {
    #listeners = new Listeners();
    #events;

    constructor(events) {
      this.#events = events;
    }

    /** The callback is the last argument. */
    on(type, ...args) {
      if (!this.#events.includes(type)) throw invalid();
      const callback = args.at(-1);
      mustCall(callback);
      this.#listeners.add(type, callback);
    }

    off(type, ...args) {
      if (!this.#events.includes(type)) throw invalid();
      this.#listeners.remove(type, args.find((arg) => typeof arg === 'function'));
    }

    static {
      tell = (manager, type, ...args) => manager.#listeners.tell(type, ...args);
    }
  }

  /** The default device of the host, when its volume changes. */
  function onVolume(changed) {
    let last = volumeNow();
    devices.onChange(() => {
      const previous = last;
      last = volumeNow();
      if (previous !== last) changed(last, previous);
    });
  }

  const decibels = (level) => (level <= 0 ? -Infinity : 60 * Math.log10(level / MOST));

  const GROUP_EVENTS = ['ringerModeChange', 'micStateChange'];

  class AudioVolumeGroupManager extends Manager {
    constructor() {
      super(GROUP_EVENTS);
    }

    getVolumeSync(volumeType) { must(volumeType, AudioVolumeType, 'volumeType'); return volumeNow(); }
    getVolume(volumeType, callback) { return system.async(() => this.getVolumeSync(volumeType), callback); }
    getMinVolumeSync(volumeType) { must(volumeType, AudioVolumeType, 'volumeType'); return 0; }
    getMinVolume(volumeType, callback) { return system.async(() => this.getMinVolumeSync(volumeType), callback); }
    getMaxVolumeSync(volumeType) { must(volumeType, AudioVolumeType, 'volumeType'); return MOST; }
    getMaxVolume(volumeType, callback) { return system.async(() => this.getMaxVolumeSync(volumeType), callback); }
    isMuteSync(volumeType) { must(volumeType, AudioVolumeType, 'volumeType'); return muteNow(); }
    isMute(volumeType, callback) { return system.async(() => this.isMuteSync(volumeType), callback); }
    getRingerModeSync() { return AudioRingMode.RINGER_MODE_NORMAL; }
    getRingerMode(callback) { return system.async(() => this.getRingerModeSync(), callback); }
    isMicrophoneMuteSync() { return devices.muted(true); }
    isMicrophoneMute(callback) { return system.async(() => this.isMicrophoneMuteSync(), callback); }
    isVolumeUnadjustable() { return false; }

    getSystemVolumeInDbSync(volumeType, volumeLevel, _device) {
      must(volumeType, AudioVolumeType, 'volumeType');
      if (!(volumeLevel >= 0 && volumeLevel <= MOST)) throw invalid();
      return decibels(volumeLevel);
    }

    getSystemVolumeInDb(volumeType, volumeLevel, device, callback) {
      return system.async(() => this.getSystemVolumeInDbSync(volumeType, volumeLevel, device), callback);
    }

    getMaxAmplitudeForInputDevice(_device) { return system.async(() => 0); }
    getMaxAmplitudeForOutputDevice(_device) { return system.async(() => 0); }
  }

  addNamedForms(AudioVolumeGroupManager, GROUP_EVENTS);

  const VOLUME_EVENTS = ['volumeChange', 'appVolumeChange', 'streamVolumeChange'];

  class AudioVolumeManager extends Manager {
    #group = new AudioVolumeGroupManager();
    #percentage = 100;
    #streams = new Map();
    #watching = false;

    constructor() {
      super(VOLUME_EVENTS);
    }

    on(type, ...args) {
      super.on(type, ...args);
      if (type === 'streamVolumeChange') this.#streams.set(args.at(-1), must(args[0], StreamUsage, 'streamUsage'));
      if (this.#watching || type === 'appVolumeChange') return;
      this.#watching = true;
      onVolume((volume, previousVolume) => {
        const event = { volumeType: AudioVolumeType.MEDIA, volume, updateUi: false, volumeMode: AudioVolumeMode.SYSTEM_GLOBAL };
        tell(this, 'volumeChange', event);
        const streamUsage = [...this.#streams.values()][0] ?? StreamUsage.STREAM_USAGE_MUSIC;
        tell(this, 'streamVolumeChange', { streamUsage, volume, updateUi: false, previousVolume });
      });
    }

    getVolumeGroupManagerSync(groupId) {
      if (typeof groupId !== 'number') fail(401, `Parameter error. The type of groupId must be number. Received value is: ${display(groupId)}`);
      return this.#group;
    }

    getVolumeGroupManager(groupId, callback) {
      return system.async(() => this.getVolumeGroupManagerSync(groupId), callback);
    }

    getAppVolumePercentage() { return system.async(() => this.#percentage); }

    setAppVolumePercentage(volume) {
      return system.async(() => {
        if (!(volume >= 0 && volume <= 100)) throw invalid();
        this.#percentage = volume;
        tell(this, 'appVolumeChange', {
          volumeType: AudioVolumeType.MEDIA, volume, updateUi: false, volumeMode: AudioVolumeMode.APP_INDIVIDUAL,
        });
      });
    }

    getVolumeByStream(streamUsage) { must(streamUsage, StreamUsage, 'streamUsage'); return volumeNow(); }
    getMinVolumeByStream(streamUsage) { must(streamUsage, StreamUsage, 'streamUsage'); return 0; }
    getMaxVolumeByStream(streamUsage) { must(streamUsage, StreamUsage, 'streamUsage'); return MOST; }
    isSystemMutedForStream(streamUsage) { must(streamUsage, StreamUsage, 'streamUsage'); return muteNow(); }

    getVolumeInUnitOfDbByStream(streamUsage, volumeLevel, _device) {
      must(streamUsage, StreamUsage, 'streamUsage');
      if (!(volumeLevel >= 0 && volumeLevel <= MOST)) throw invalid();
      return decibels(volumeLevel);
    }
  }

  addNamedForms(AudioVolumeManager, ['appVolumeChange', 'streamVolumeChange']);

  const ROUTING_EVENTS = [
    'deviceChange', 'availableDeviceChange', 'preferOutputDeviceChangeForRendererInfo', 'preferredInputDeviceChangeForCapturerInfo',
    'micBlockStatusChanged',
  ];

  class AudioRoutingManager extends Manager {
    #watching = false;
    #communication = false;

    constructor() {
      super(ROUTING_EVENTS);
    }

    on(type, ...args) {
      super.on(type, ...args);
      if (this.#watching) return;
      this.#watching = true;
      devices.onChange((before, after) => {
        for (const action of devices.actions(before, after)) {
          tell(this, 'deviceChange', action);
          tell(this, 'availableDeviceChange', action);
        }
        const chosen = (list, input) => list.find((device) => device.input === input && device.default)?.id;
        for (const [event, input] of [[ROUTING_EVENTS[2], false], [ROUTING_EVENTS[3], true]]) {
          if (chosen(before, input) !== chosen(after, input)) tell(this, event, devices.preferred(input));
        }
      });
    }

    getDevicesSync(deviceFlag) { return devices.byFlag(must(deviceFlag, DeviceFlag, 'deviceFlag')); }
    getDevices(deviceFlag, callback) { return system.async(() => this.getDevicesSync(deviceFlag), callback); }
    getAvailableDevices(deviceUsage) { return devices.byUsage(must(deviceUsage, DeviceUsage, 'deviceUsage')); }

    setCommunicationDevice(deviceType, active, callback) {
      must(deviceType, CommunicationDeviceType, 'deviceType');
      return system.async(() => { this.#communication = Boolean(active); }, callback);
    }

    isCommunicationDeviceActiveSync(deviceType) { must(deviceType, CommunicationDeviceType, 'deviceType'); return this.#communication; }
    isCommunicationDeviceActive(deviceType, callback) { return system.async(() => this.isCommunicationDeviceActiveSync(deviceType), callback); }

    #preferred(info, input) {
      if (typeof info !== 'object' || info === null) fail(401, `Parameter error. The type of info must be object. Received value is: ${display(info)}`);
      return devices.preferred(input);
    }

    getPreferredOutputDeviceForRendererInfoSync(info) { return this.#preferred(info, false); }
    getPreferOutputDeviceForRendererInfo(info, callback) { return system.async(() => this.#preferred(info, false), callback); }
    getPreferredInputDeviceForCapturerInfoSync(info) { return this.#preferred(info, true); }
    getPreferredInputDeviceForCapturerInfo(info, callback) { return system.async(() => this.#preferred(info, true), callback); }
    isMicBlockDetectionSupported() { return system.async(() => false); }
    declareDeviceTypesCompatibility(_deviceTypes) {}
  }

  addNamedForms(AudioRoutingManager, ROUTING_EVENTS);

  const STREAM_EVENTS = ['audioRendererChange', 'audioCapturerChange'];

  class AudioStreamManager extends Manager {
    #watching = false;

    constructor() {
      super(STREAM_EVENTS);
    }

    on(type, ...args) {
      super.on(type, ...args);
      if (this.#watching) return;
      this.#watching = true;
      renderers.changes.add('change', (infos) => tell(this, 'audioRendererChange', infos));
    }

    getCurrentAudioRendererInfoArraySync() { return renderers.infos(); }
    getCurrentAudioRendererInfoArray(callback) { return system.async(() => renderers.infos(), callback); }
    getCurrentAudioCapturerInfoArraySync() { return []; }
    getCurrentAudioCapturerInfoArray(callback) { return system.async(() => [], callback); }

    getAudioEffectInfoArraySync(usage) {
      must(usage, StreamUsage, 'usage');
      return [AudioEffectMode.EFFECT_NONE, AudioEffectMode.EFFECT_DEFAULT];
    }

    getAudioEffectInfoArray(usage, callback) { return system.async(() => this.getAudioEffectInfoArraySync(usage), callback); }
    isActiveSync(volumeType) { return renderers.isActive(USAGES[must(volumeType, AudioVolumeType, 'volumeType')]); }
    isActive(volumeType, callback) { return system.async(() => this.isActiveSync(volumeType), callback); }
    isStreamActive(streamUsage) { return renderers.isActive([must(streamUsage, StreamUsage, 'streamUsage')]); }
    isAcousticEchoCancelerSupported(sourceType) { must(sourceType, SourceType, 'sourceType'); return false; }
    isAudioLoopbackSupported(mode) { must(mode, AudioLoopbackMode, 'mode'); return false; }
    isRecordingAvailable(_info) { return false; }
    isIntelligentNoiseReductionEnabledForCurrentDevice(sourceType) { must(sourceType, SourceType, 'sourceType'); return false; }
    isFastPlaybackSupported() { return false; }
    isOffloadPlaybackSupported() { return false; }
    isDirectPlaybackSupported() { return false; }
    isFastRecordingSupported() { return false; }
    isMultichannelPlaybackSupported() { return true; }
  }

  addNamedForms(AudioStreamManager, STREAM_EVENTS);

  const SPATIAL_EVENTS = ['spatializationEnabledChangeForCurrentDevice'];

  class AudioSpatializationManager extends Manager {
    constructor() {
      super(SPATIAL_EVENTS);
    }

    isSpatializationEnabledForCurrentDevice() { return false; }
  }

  addNamedForms(AudioSpatializationManager, SPATIAL_EVENTS);

  const MANAGER_EVENTS = ['volumeChange', 'ringerModeChange', 'audioSceneChange', 'deviceChange', 'interrupt'];

  class AudioManager extends Manager {
    #volumes = new AudioVolumeManager();
    #routing = new AudioRoutingManager();
    #streams = new AudioStreamManager();
    #spatial = new AudioSpatializationManager();

    constructor() {
      super(MANAGER_EVENTS);
    }

    on(type, ...args) {
      if (type === 'volumeChange') this.#volumes.on(type, ...args);
      else if (type === 'deviceChange') this.#routing.on(type, ...args);
      else super.on(type, ...args);
    }

    off(type, ...args) {
      if (type === 'volumeChange') this.#volumes.off(type, ...args);
      else if (type === 'deviceChange') this.#routing.off(type, ...args);
      else super.off(type, ...args);
    }

    getAudioSceneSync() { return AudioScene.AUDIO_SCENE_DEFAULT; }
    getAudioScene(callback) { return system.async(() => this.getAudioSceneSync(), callback); }
    getVolumeManager() { return this.#volumes; }
    getStreamManager() { return this.#streams; }
    getRoutingManager() { return this.#routing; }
    getSessionManager() { return system.require('@concord:audio.session').manager; }
    getSpatializationManager() { return this.#spatial; }

    // Deprecated since API 9.
    #group() { return this.#volumes.getVolumeGroupManagerSync(1); }
    getVolume(volumeType, callback) { return this.#group().getVolume(volumeType, callback); }
    getMinVolume(volumeType, callback) { return this.#group().getMinVolume(volumeType, callback); }
    getMaxVolume(volumeType, callback) { return this.#group().getMaxVolume(volumeType, callback); }
    isMute(volumeType, callback) { return this.#group().isMute(volumeType, callback); }
    isActive(volumeType, callback) { return this.#streams.isActive(volumeType, callback); }
    getRingerMode(callback) { return this.#group().getRingerMode(callback); }
    isMicrophoneMute(callback) { return this.#group().isMicrophoneMute(callback); }
    getDevices(deviceFlag, callback) { return this.#routing.getDevices(deviceFlag, callback); }
  }

  addNamedForms(AudioManager, ['audioSceneChange']);

  const manager = new AudioManager();

  return { manager, Manager, tell };
})
