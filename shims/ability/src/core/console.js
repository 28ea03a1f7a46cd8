// The console: formats as the platform does and writes to the log.
(function (host) {
  'use strict';
  const DEBUG = 3;
  const INFO = 4;
  const WARN = 5;
  const ERROR = 6;

  let indent = '';
  const counts = new Map();
  const timers = new Map();

  // Objects without a usable toString must not make logging fail.
  function text(value) {
    try {
      return String(value);
    } catch {
      return Object.prototype.toString.call(value);
    }
  }

  // `%s %d %i %f %j %o %O %c` each take the next argument as a string; what is left over follows after spaces.
  function format(args) {
    if (args.length === 0) {
      return '';
    }
    const [first, ...rest] = args.map(text);
    let used = 0;
    const start = first.replace(/%([sdifjoOc%])/g, (whole, kind) => {
      if (used >= rest.length) {
        return whole;
      }
      return kind === '%' ? '%' : rest[used++];
    });
    return [start, ...rest.slice(used)].join(' ');
  }

  function write(level, line) {
    host.write(level, indent === '' ? line : line.split('\n').map((part) => indent + part).join('\n'));
  }

  const at = (level) => (...args) => write(level, format(args));
  const label = (value) => (value === undefined ? 'default' : text(value));

  function elapsed(name) {
    return `${(host.now() - timers.get(name)).toFixed(3)}ms`;
  }

  // A table of the rows of an array or object; primitives stand in a column `Values`.
  function table(data) {
    if (data === null || typeof data !== 'object') {
      write(INFO, format([data]));
      return;
    }
    const rows = data instanceof Map || data instanceof Set ? [...data.entries()] : Object.entries(data);
    const columns = [];
    let values = false;
    for (const [, row] of rows) {
      if (row !== null && typeof row === 'object') {
        for (const key of Object.keys(row)) {
          if (!columns.includes(key)) {
            columns.push(key);
          }
        }
      } else {
        values = true;
      }
    }
    const head = ['(index)', ...columns, ...(values ? ['Values'] : [])];
    const lines = rows.map(([index, row]) => {
      const isObject = row !== null && typeof row === 'object';
      return [text(index), ...columns.map((key) => (isObject && key in row ? text(row[key]) : '')),
        ...(values ? [isObject ? '' : text(row)] : [])];
    });
    const widths = head.map((cell, column) => Math.max(cell.length, ...lines.map((line) => line[column].length)) + 2);
    const rule = (left, middle, right) => left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
    const line = (cells) => `│${cells.map((cell, column) => {
      const space = widths[column] - cell.length;
      return ' '.repeat(space >> 1) + cell + ' '.repeat(space - (space >> 1));
    }).join('│')}│`;
    write(INFO, [rule('┌', '┬', '┐'), line(head), rule('├', '┼', '┤'), ...lines.map(line), rule('└', '┴', '┘')].join('\n'));
  }

  const console = {
    log: at(INFO),
    debug: at(DEBUG),
    info: at(INFO),
    warn: at(WARN),
    error: at(ERROR),
    assert(condition, ...args) {
      if (!condition) {
        write(ERROR, args.length === 0 ? 'Assertion failed' : `Assertion failed: ${format(args)}`);
      }
    },
    count(name) {
      const key = label(name);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      write(INFO, `${key}: ${counts.get(key)}`);
    },
    countReset(name) {
      const key = label(name);
      if (counts.has(key)) {
        counts.set(key, 0);
      } else {
        write(WARN, `Count for ${key} does not exist`);
      }
    },
    dir(value) {
      write(INFO, value !== null && typeof value === 'object' ? JSON.stringify(value) ?? text(value) : text(value));
    },
    dirxml: at(INFO),
    group(...args) {
      if (args.length > 0) {
        write(INFO, format(args));
      }
      indent += '  ';
    },
    groupCollapsed(...args) {
      console.group(...args);
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    table,
    time(name) {
      const key = label(name);
      if (timers.has(key)) {
        write(WARN, `Timer ${key} already exists, please check Timer Name.`);
      } else {
        timers.set(key, host.now());
      }
    },
    timeEnd(name) {
      const key = label(name);
      if (timers.has(key)) {
        write(INFO, `${key}: ${elapsed(key)}`);
        timers.delete(key);
      } else {
        write(WARN, `Timer ${key} doesn't exist, please check Timer Name.`);
      }
    },
    timeLog(name, ...args) {
      const key = label(name);
      if (timers.has(key)) {
        write(INFO, [`${key}: ${elapsed(key)}`, ...args.map(text)].join(' '));
      } else {
        write(WARN, `Timer ${key} doesn't exist, please check Timer Name.`);
      }
    },
    trace(...args) {
      write(INFO, `${['Trace:', ...args.map(text)].join(' ')}\n${host.stack()}`);
    },
    traceHybridStack() {
      write(INFO, host.stack());
    },
  };
  return console;
})
