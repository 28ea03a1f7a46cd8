// @concord:errors: who hears of uncaught errors and unhandled rejections.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');

  const observers = new Map();
  const rejectionObservers = new Set();
  const globalErrorObservers = new Set();
  const globalRejectionObservers = new Set();
  let defaultHandler;
  let nextId = 0;

  function on(observer) {
    const id = nextId++;
    observers.set(id, observer);
    return id;
  }

  function globalError(error) {
    const copy = new Error(error?.message ?? String(error));
    copy.name = error?.name ?? 'Error';
    copy.stack = error?.stack ?? '';
    return Object.assign(copy, { instanceName: '', instanceType: 0 });
  }

  // Tells the observers of an uncaught error; false when there is none, and the process has to end. `summary` is the
  // report as the log shows it. An error of an observer is only logged: it must not come back here.
  function uncaught(error, summary) {
    let heard = false;
    const tell = (f) => {
      heard = true;
      try {
        f();
      } catch (second) {
        process.log(6, `error in an observer of errorManager: ${process.describeError(second).summary}`);
      }
    };
    for (const observer of [...observers.values()]) {
      tell(() => {
        observer.onUnhandledException?.(summary);
        if (typeof observer.onException === 'function') {
          const { name, message, stack } = process.describeError(error);
          observer.onException({ name, message, stack });
        }
      });
    }
    for (const observer of [...globalErrorObservers]) {
      tell(() => observer(globalError(error)));
    }
    if (defaultHandler) {
      tell(() => defaultHandler(error));
    }
    return heard;
  }

  // The same for a rejection that nobody handles.
  function unhandledRejection(reason, promise) {
    let heard = false;
    for (const [set, argument] of [[rejectionObservers, reason], [globalRejectionObservers, globalError(reason)]]) {
      for (const observer of [...set]) {
        heard = true;
        process.guest(() => observer(argument, promise));
      }
    }
    return heard;
  }

  return {
    on,
    off: (id) => observers.delete(id),
    rejectionObservers,
    globalErrorObservers,
    globalRejectionObservers,
    setDefaultHandler(handler) {
      const previous = defaultHandler;
      defaultHandler = handler;
      return previous;
    },
    uncaught,
    unhandledRejection,
  };
})
