// @concord:avsession.cast: playing on other devices, of which there are none.
(function (host, system) {
  'use strict';
  const { invalid, isObject } = system.require('@concord:avsession.session');
  const { Listeners } = system.require('@concord:sound.listeners');

  const EVENT = 'pickerStateChange';

  class AVCastPickerHelper {
    #listeners = new Listeners();

    constructor(context) {
      if (!isObject(context)) invalid('The context must be a Context.');
    }

    /** People choose devices in the settings of their desktop. */
    select(options) {
      if (options !== undefined && !isObject(options)) invalid('The options must be AVCastPickerOptions.');
      return system.async(() => undefined);
    }

    on(type, callback) {
      if (type !== EVENT || typeof callback !== 'function') invalid(`There is '${EVENT}' to listen to, with a function.`);
      this.#listeners.add(type, callback);
    }

    off(type, callback) {
      if (type !== EVENT) invalid(`There is '${EVENT}' to listen to.`);
      this.#listeners.remove(type, callback);
    }

    onPickerStateChange(callback) { this.on(EVENT, callback); }
    offPickerStateChange(callback) { this.off(EVENT, callback); }
  }

  return { AVCastPickerHelper };
})
