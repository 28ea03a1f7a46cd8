// @ohos:hilog
(function (host, system) {
  'use strict';
  const enums = system.require('@concord:enums')('@ohos:hilog');
  const { LogLevel } = enums;
  const PRIVATE = '<private>';
  const LONGEST = 4096;

  function text(value) {
    if (value !== null && typeof value === 'object') {
      try {
        return JSON.stringify(value) ?? String(value);
      } catch {
        return Object.prototype.toString.call(value);
      }
    }
    return String(value);
  }

  // `%{public}s`, `%{private}d`, `%s` …: what is not public is not shown. Arguments of a wrong type are shown as text.
  function format(pattern, args) {
    if (args.length === 1 && Array.isArray(args[0])) {
      args = args[0];
    }
    let next = 0;
    return pattern.replace(/%(?:\{(public|private)\})?([sdifoxXucOjp%])/g, (whole, privacy, kind) => {
      if (kind === '%') {
        return '%';
      }
      if (next >= args.length) {
        return whole;
      }
      const value = args[next++];
      if (privacy !== 'public') {
        return PRIVATE;
      }
      if ((kind === 'd' || kind === 'i') && typeof value === 'number') {
        return String(Math.trunc(value));
      }
      return text(value);
    });
  }

  function logger(level) {
    return function log(domain, tag, pattern, ...args) {
      if (typeof domain !== 'number' || typeof tag !== 'string' || typeof pattern !== 'string') {
        return;
      }
      if (host.isLoggable(domain, tag, level)) {
        host.write(level, domain, tag, format(pattern, args).slice(0, LONGEST));
      }
    };
  }

  function checkLevel(level) {
    if (!Object.values(LogLevel).includes(level)) {
      throw new system.BusinessError(401, 'Parameter error. The level must be one of LogLevel.');
    }
  }

  let output = enums.OutputType?.DEFAULT ?? 0;
  return {
    ...enums,
    debug: logger(LogLevel.DEBUG),
    info: logger(LogLevel.INFO),
    warn: logger(LogLevel.WARN),
    error: logger(LogLevel.ERROR),
    fatal: logger(LogLevel.FATAL),
    isLoggable(domain, tag, level) {
      return typeof domain === 'number' && typeof tag === 'string' && host.isLoggable(domain, tag, level);
    },
    setMinLogLevel(level) {
      checkLevel(level);
      host.setMinimum(level, true);
    },
    setLogLevel(level, prefer) {
      checkLevel(level);
      host.setMinimum(level, prefer === enums.PreferStrategy.PREFER_CLOSE_LOG);
    },
    setOutputType(type) {
      const before = output;
      output = type;
      return before;
    },
    getOutputType: () => output,
    flush() {},
    clean() {},
  };
})
