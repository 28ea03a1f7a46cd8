// @concord:arkui/uitest/observer: `UIEventObserver`. Whoever shows toasts and dialogs tells it with `notify`.
(function (host, system) {
  'use strict';
  const { synchronous } = system.require('@concord:arkui/uitest/calls');
  const { error, INVALID, INVALID_YOUNG } = system.require('@concord:arkui/uitest/arguments');
  const { info } = system.require('@concord:process');

  // event → callbacks that wait for it
  const waiting = new Map([['toastShow', []], ['dialogShow', []]]);

  class UIEventObserver {}

  synchronous(UIEventObserver, {
    once: [
      ['string function', 'string int WindowChangeOptions function', 'string int ComponentEventOptions function'],
      function (type, first) {
        if (type === 'windowChange' || type === 'componentEventOccur') {
          if (typeof first !== 'number' || first < 1 || first > (type === 'windowChange' ? 3 : 5)) {
            throw error(INVALID_YOUNG, `Invalid ${type} type.`);
          }
          throw error(17000005, 'Event observer is not enabled.');
        }
        if (typeof first !== 'function' || !waiting.has(type)) {
          throw error(INVALID, 'The type must be toastShow or dialogShow and the callback a function.');
        }
        waiting.get(type).push(first);
      },
    ],
  });

  // A toast or dialog is shown: `notify('toastShow', 'Toast', 'Saved')`.
  function notify(event, type, text) {
    const callbacks = waiting.get(event) ?? [];
    waiting.set(event, []);
    const element = { bundleName: info.bundleName, type, text: text ?? '' };
    callbacks.forEach((callback) => system.later(callback, element));
  }

  return { UIEventObserver, notify };
})
