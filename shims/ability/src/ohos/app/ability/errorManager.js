// @ohos:app.ability.errorManager
(function (host, system) {
  'use strict';
  const errors = system.require('@concord:errors');
  const enums = system.require('@concord:enums')('@ohos:app.ability.errorManager');
  const BusinessError = system.BusinessError;
  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  const SETS = {
    unhandledRejection: errors.rejectionObservers,
    globalUnhandledRejectionDetected: errors.globalRejectionObservers,
    globalErrorOccurred: errors.globalErrorObservers,
  };
  // The system watches the loop and freezes from outside; observers are kept, but nothing calls them here.
  const loopObservers = new Set();
  const freezeObservers = new Set();

  function on(type, first, second) {
    if (type === 'error') {
      if (first === null || typeof first !== 'object') {
        throw invalid('The observer must be an object.');
      }
      return errors.on(first);
    }
    if (type === 'loopObserver') {
      if (typeof first !== 'number' || first < 0 || second === null || typeof second !== 'object') {
        throw invalid('The timeout must be a number and the observer an object.');
      }
      loopObservers.add(second);
      return undefined;
    }
    const set = type === 'freeze' ? freezeObservers : SETS[type];
    if (!set || typeof first !== 'function') {
      throw invalid('The type is unknown or the observer is not a function.');
    }
    set.add(first);
    return undefined;
  }

  function off(type, first, second) {
    if (type === 'error') {
      if (typeof first !== 'number') {
        throw invalid('The observer id must be a number.');
      }
      return system.async(() => {
        if (!errors.off(first)) {
          throw new BusinessError(16000003, 'The specified ID does not exist.');
        }
      }, second);
    }
    const set = { loopObserver: loopObservers, freeze: freezeObservers }[type] ?? SETS[type];
    if (!set) {
      throw invalid('The type is unknown.');
    }
    if (first === undefined || first === null) {
      set.clear();
    } else if (!set.delete(first)) {
      throw new BusinessError(16300004, 'The observer does not exist.');
    }
    return undefined;
  }

  return {
    ...enums,
    on,
    off,
    setDefaultErrorHandler: (handler) => errors.setDefaultHandler(handler),
  };
})
