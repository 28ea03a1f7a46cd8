// @ohos:vibrator: a device without a vibrator.
(function (host, system) {
  'use strict';
  const { declare, events, fail } = system.require('@concord:kits/declared');
  const permissions = system.require('@concord:kits/permissions');

  const EffectId = { EFFECT_CLOCK_TIMER: 'haptic.clock.timer' };
  const HapticFeedback = {
    EFFECT_SOFT: 'haptic.effect.soft', EFFECT_HARD: 'haptic.effect.hard', EFFECT_SHARP: 'haptic.effect.sharp',
    EFFECT_NOTICE_SUCCESS: 'haptic.notice.success', EFFECT_NOTICE_FAILURE: 'haptic.notice.fail',
    EFFECT_NOTICE_WARNING: 'haptic.notice.warning',
  };
  const VibratorStopMode = { VIBRATOR_STOP_MODE_TIME: 'time', VIBRATOR_STOP_MODE_PRESET: 'preset' };
  const VibratorEventType = { CONTINUOUS: 0, TRANSIENT: 1 };

  const VIBRATE = 'ohos.permission.VIBRATE';
  const USAGES = ['unknown', 'alarm', 'ring', 'notification', 'communication', 'touch', 'media', 'physicalFeedback', 'simulateReality'];
  const MOST_EVENTS = 128;
  const LONGEST = 1800000;

  const wrong = (what) => fail(401, `Parameter error. ${what}`);
  const inRange = (value, least, most) => Number.isInteger(value) && value >= least && value <= most;

  // What each kind of effect needs.
  const EFFECTS = {
    time: ({ duration }) => inRange(duration, 1, LONGEST) || wrong('"duration" must be 1 to 1800000 ms.'),
    preset: ({ effectId }) => typeof effectId === 'string' || wrong('"effectId" must be a string.'),
    file: ({ hapticFd }) => typeof hapticFd?.fd === 'number' || wrong('"hapticFd" must have a descriptor.'),
    pattern: ({ pattern }) => Array.isArray(pattern?.events) || wrong('"pattern" must have events.'),
  };

  function start(effect, attribute) {
    if (!USAGES.includes(attribute.usage)) {
      wrong('"usage" must be one of Usage.');
    }
    (Object.hasOwn(EFFECTS, effect.type) ? EFFECTS[effect.type] : () => wrong('"type" must be time, preset, file or pattern.'))(effect);
    permissions.demand(VIBRATE);
    fail(14600101, 'Device operation failed. The device has no vibrator.');
  }

  // Nothing vibrates, so all of it has stopped.
  function stop(mode) {
    if (typeof mode === 'string' && !Object.values(VibratorStopMode).includes(mode)) {
      wrong('"stopMode" must be one of VibratorStopMode.');
    }
  }

  class VibratorPatternBuilder {
    #events = [];

    #add(event, options, frequencies) {
      const { intensity, frequency, points, index } = options ?? {};
      const fits = inRange(event.time, 0, LONGEST) && (intensity === undefined || inRange(intensity, 0, 100)) &&
        (frequency === undefined || inRange(frequency, ...frequencies)) && (points === undefined || Array.isArray(points)) &&
        (index === undefined || inRange(index, 0, 2)) && this.#events.length < MOST_EVENTS;
      if (!fits) {
        wrong('The event has values out of range, or is one too many.');
      }
      this.#events.push({ ...event, ...options });
      return this;
    }

    addContinuousEvent(time, duration, options) {
      return inRange(duration, 1, 5000)
        ? this.#add({ eventType: VibratorEventType.CONTINUOUS, time, duration }, options, [-100, 100])
        : wrong('"duration" must be 1 to 5000 ms.');
    }

    addTransientEvent(time, options) {
      return this.#add({ eventType: VibratorEventType.TRANSIENT, time }, options, [-100, 100]);
    }

    build() {
      return { time: 0, events: [...this.#events] };
    }
  }

  return {
    EffectId, HapticFeedback, VibratorStopMode, VibratorEventType, VibratorPatternBuilder,
    ...declare([], {
      'startVibration(effect: object, attribute: object): Promise': start,
      'isSupportEffect(effectId: string): Promise': () => false,
      'isSupportEffectSync(effectId: string)': () => false,
      'getEffectInfoSync(effectId: string, param?: object)': () => ({ isEffectSupported: false }),
      'isHdHapticSupported()': () => false,
      'getVibratorInfoSync(param?: object)': () => [],
    }),
    ...declare([VIBRATE], {
      'stopVibration(stopMode?: string|object): Promise': stop,
      'stopVibrationSync()': stop,
      // Before API 9.
      'vibrate(durationOrEffect: number|string): Promise': () => fail(14600101, 'Device operation failed. The device has no vibrator.'),
      'stop(stopMode: string): Promise': stop,
    }),
    ...events(['vibratorStateChange']),
  };
})
