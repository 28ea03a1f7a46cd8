// @ohos:mediaquery: conditions over the device profile.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { device } = process.info;
  const vp = (pixels) => pixels / device.density;

  const FEATURES = {
    width: () => vp(device.width),
    height: () => vp(device.height),
    'device-width': () => vp(device.width),
    'device-height': () => vp(device.height),
    resolution: () => device.density,
    'aspect-ratio': () => device.width / device.height,
    orientation: () => (device.width > device.height ? 'landscape' : 'portrait'),
    'device-type': () => (device.deviceType === 'phone' ? 'phone' : device.deviceType),
    'dark-mode': () => process.configuration.colorMode === 0,
    'round-screen': () => device.deviceType === 'wearable' && device.width === device.height,
  };

  // `600vp`, `1.5dppx`, `16/9`, `landscape`, `true`
  function value(text) {
    const ratio = /^([\d.]+)\s*\/\s*([\d.]+)$/.exec(text);
    if (ratio) {
      return ratio[1] / ratio[2];
    }
    const number = /^(-?[\d.]+)\s*(vp|px|dppx|dpi|dpcm)?$/.exec(text);
    if (number) {
      const scale = { px: 1 / device.density, dpi: 1 / 160, dpcm: 2.54 / 160 }[number[2]] ?? 1;
      return Number(number[1]) * scale;
    }
    return text === 'true' ? true : text === 'false' ? false : text;
  }

  const COMPARE = {
    '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b, '==': (a, b) => a === b,
  };
  const FLIP = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==' };

  // One parenthesis: `min-width: 600vp`, `width >= 600vp`, `300vp < width <= 600vp`, `orientation: portrait`
  function feature(text) {
    const colon = /^\s*(min-|max-)?([\w-]+)\s*:\s*(.+?)\s*$/.exec(text);
    if (colon) {
      const read = FEATURES[colon[2]];
      const wanted = value(colon[3]);
      const actual = read?.();
      return read !== undefined &&
        (colon[1] === 'min-' ? actual >= wanted : colon[1] === 'max-' ? actual <= wanted : actual === wanted);
    }
    const range = /^\s*([\d.]+\w*)\s*(<=?|>=?)\s*([\w-]+)(?:\s*(<=?|>=?)\s*([\d.]+\w*))?\s*$/.exec(text);
    if (range && FEATURES[range[3]]) {
      const actual = FEATURES[range[3]]();
      return COMPARE[FLIP[range[2]]](actual, value(range[1])) &&
        (range[4] === undefined || COMPARE[range[4]](actual, value(range[5])));
    }
    const plain = /^\s*([\w-]+)\s*(<=?|>=?|==)\s*([\d./]+\w*)\s*$/.exec(text);
    return plain !== null && FEATURES[plain[1]] !== undefined && COMPARE[plain[2]](FEATURES[plain[1]](), value(plain[3]));
  }

  // `screen and (…)`, `not screen and (…)`, `(…) or (…)`, `(…), (…)`
  function matches(condition) {
    return condition.split(/,|\bor\b/).some((alternative) => {
      const negated = /^\s*not\b/.test(alternative);
      const parts = alternative.replace(/^\s*(not|only)\b/, '').split(/\band\b/);
      const result = parts.every((part) => {
        const inner = /^\s*\((.*)\)\s*$/.exec(part);
        return inner ? feature(inner[1]) : /^\s*(screen|all)?\s*$/.test(part);
      });
      return negated ? !result : result;
    });
  }

  // Those that are listened to.
  const listened = new Set();

  class MediaQueryListener {
    #callbacks = [];

    constructor(condition) {
      this.media = condition;
      this.matches = matches(condition);
    }

    // Hears of every change of what can be asked for, whether or not this condition holds as before.
    on(type, callback) {
      if (type !== 'change' || typeof callback !== 'function') {
        throw new system.BusinessError(401, 'Parameter error. The type must be change and the callback a function.');
      }
      if (!this.#callbacks.includes(callback)) {
        this.#callbacks.push(callback);
      }
      listened.add(this);
    }

    off(type, callback) {
      this.#callbacks = callback ? this.#callbacks.filter((member) => member !== callback) : [];
      if (this.#callbacks.length === 0) {
        listened.delete(this);
      }
    }

    static update(listener) {
      listener.matches = matches(listener.media);
      process.each(listener.#callbacks, (callback) => callback({ matches: listener.matches, media: listener.media }));
    }
  }

  // What everything that can be asked for was when listeners heard of it last. A change of the window is often one of the
  // configuration too, and is told once.
  const state = () => JSON.stringify(Object.values(FEATURES).map((read) => read()));
  let told = state();
  function update() {
    const now = state();
    if (now !== told) {
      told = now;
      [...listened].forEach(MediaQueryListener.update);
    }
  }
  process.configurationListeners.add(update);
  system.require('@concord:arkui/screen').onResize(() => system.later(update));

  return { matchMediaSync: (condition) => new MediaQueryListener(String(condition)) };
})
