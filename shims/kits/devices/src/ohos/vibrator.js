// @ohos:vibrator: there is no vibrator; requests are accepted and nothing shakes.
(function (host, system) {
  'use strict';

  const EffectId = { EFFECT_CLOCK_TIMER: 'haptic.clock.timer' };
  const HapticFeedback = {
    EFFECT_SOFT: 'haptic.effect.soft', EFFECT_HARD: 'haptic.effect.hard', EFFECT_SHARP: 'haptic.effect.sharp',
    EFFECT_NOTICE_SUCCESS: 'haptic.notice.success', EFFECT_NOTICE_FAILURE: 'haptic.notice.fail',
    EFFECT_NOTICE_WARNING: 'haptic.notice.warning',
  };
  const VibratorStopMode = { VIBRATOR_STOP_MODE_TIME: 'time', VIBRATOR_STOP_MODE_PRESET: 'preset' };
  const VibratorEventType = { CONTINUOUS: 0, TRANSIENT: 1 };

  const checkObject = (value, name) => {
    if (typeof value !== 'object' || value === null) {
      throw new system.BusinessError(401, `Parameter error. The type of ${name} must be object.`);
    }
  };
  const callbackOf = (args) => args.find((arg) => typeof arg === 'function');

  class VibratorPatternBuilder {
    #events = [];

    addContinuousEvent(time, duration, options) {
      this.#events.push({ eventType: VibratorEventType.CONTINUOUS, time, duration, ...options });
      return this;
    }

    addTransientEvent(time, options) {
      this.#events.push({ eventType: VibratorEventType.TRANSIENT, time, ...options });
      return this;
    }

    build() { return { time: 0, events: [...this.#events] }; }
  }

  return {
    EffectId, HapticFeedback, VibratorStopMode, VibratorEventType, VibratorPatternBuilder,
    startVibration(effect, attribute, callback) {
      checkObject(effect, 'effect');
      checkObject(attribute, 'attribute');
      return system.async(() => undefined, callback);
    },
    stopVibration: (...args) => system.async(() => undefined, callbackOf(args)),
    stopVibrationSync() {},
    vibrate: (...args) => system.async(() => undefined, callbackOf(args)),
    stop: (...args) => system.async(() => undefined, callbackOf(args)),
    isSupportEffect: (effectId, callback) => system.async(() => false, callback),
    isSupportEffectSync: () => false,
    isHdHapticSupported: () => false,
    getEffectInfoSync: () => ({ isEffectSupported: false }),
    getVibratorInfoSync: () => [],
    on() {},
    off() {},
  };
})
