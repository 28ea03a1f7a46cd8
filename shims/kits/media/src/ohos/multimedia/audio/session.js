// @concord:audio.session: the audio session of the app. The desktop mixes all programs, so nobody ends it but the app.
(function (host, system) {
  'use strict';

  const { fail } = system.require('@concord:kits');
  const devices = system.require('@concord:audio.devices');
  const { Manager, tell } = system.require('@concord:audio.manager');
  const { addNamedForms } = system.require('@concord:sound.listeners');
  const {
    AudioErrors, AudioConcurrencyMode, AudioSessionScene, AudioStreamDeviceChangeReason, BluetoothAndNearlinkPreferredRecordCategory,
    DeviceType, DeviceUsage, OutputDeviceChangeRecommendedAction,
  } = system.require('@concord:audio.enums');

  const invalid = () => new system.BusinessError(AudioErrors.ERROR_INVALID_PARAM, 'Invalid parameter.');
  const illegal = () => new system.BusinessError(AudioErrors.ERROR_ILLEGAL_STATE, 'Operation not permitted at current state.');
  const isOneOf = (value, numbers) => Object.values(numbers).includes(value);

  const EVENTS = [
    'audioSessionDeactivated', 'audioSessionStateChanged', 'currentOutputDeviceChanged', 'availableDeviceChange',
    'currentInputDeviceChanged',
  ];

  class AudioSessionManager extends Manager {
    #active = false;
    #output = DeviceType.DEFAULT;
    #input;
    #category = BluetoothAndNearlinkPreferredRecordCategory.PREFERRED_NONE;
    #watching = false;

    constructor() {
      super(EVENTS);
    }

    on(type, ...args) {
      super.on(type, ...args);
      if (this.#watching) return;
      this.#watching = true;
      devices.onChange((before, after) => {
        for (const action of devices.actions(before, after)) tell(this, 'availableDeviceChange', action);
        const chosen = (list) => list.find((device) => !device.input && device.default)?.id;
        if (chosen(before) === chosen(after)) return;
        tell(this, 'currentOutputDeviceChanged', {
          devices: devices.preferred(false),
          changeReason: AudioStreamDeviceChangeReason.REASON_OVERRODE,
          recommendedAction: OutputDeviceChangeRecommendedAction.DEVICE_CHANGE_RECOMMEND_TO_CONTINUE,
        });
      });
    }

    activateAudioSession(strategy) {
      if (typeof strategy !== 'object' || strategy === null) fail(401, 'Parameter error. The type of strategy must be AudioSessionStrategy');
      return system.async(() => {
        if (!isOneOf(strategy.concurrencyMode, AudioConcurrencyMode)) throw invalid();
        this.#active = true;
      });
    }

    deactivateAudioSession() {
      return system.async(() => {
        if (!this.#active) throw illegal();
        this.#active = false;
      });
    }

    isAudioSessionActivated() { return this.#active; }

    setAudioSessionScene(scene) {
      if (!isOneOf(scene, AudioSessionScene)) throw invalid();
      if (this.#active) throw illegal();
    }

    setCapturerMuteHint(_mute) { return system.async(() => undefined); }
    getDefaultOutputDevice() { return this.#output; }

    setDefaultOutputDevice(deviceType) {
      return system.async(() => {
        if (![DeviceType.EARPIECE, DeviceType.SPEAKER, DeviceType.DEFAULT].includes(deviceType)) throw invalid();
        this.#output = deviceType;
      });
    }

    setMediaOutputDevice(deviceType) { return this.setDefaultOutputDevice(deviceType); }

    getAvailableDevices(deviceUsage) {
      if (!isOneOf(deviceUsage, DeviceUsage)) throw invalid();
      return devices.byUsage(deviceUsage);
    }

    selectMediaInputDevice(device) { return system.async(() => { this.#input = device; }); }
    getSelectedMediaInputDevice() { return this.#input ?? devices.preferred(true)[0]; }
    clearSelectedMediaInputDevice() { return system.async(() => { this.#input = undefined; }); }

    setBluetoothAndNearlinkPreferredRecordCategory(category) {
      return system.async(() => {
        if (!isOneOf(category, BluetoothAndNearlinkPreferredRecordCategory)) throw invalid();
        this.#category = category;
      });
    }

    getBluetoothAndNearlinkPreferredRecordCategory() { return this.#category; }
    enableMuteSuggestionWhenMixWithOthers(_enable) {}
    isOtherMediaPlaying() { return false; }
    setAudioSessionBehavior(_behavior) {}
  }

  addNamedForms(AudioSessionManager, EVENTS);

  return { manager: new AudioSessionManager() };
})
