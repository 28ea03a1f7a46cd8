// Part of @ohos:util: format and printf.
(function (host, system) {
  'use strict';

  const { display, parameterError } = system.require('@concord:kits');

  const MAX_DEPTH = 16;

  function inspectFunction(value, enter, hidden) {
    const title = value.name === '' ? '[Function]' : `[Function: ${value.name}]`;
    if (!hidden) return title;
    return `{ ${title}${enter}[length]: ${value.length},${enter}[name] :'${value.name}',${enter}`
      + `[prototype]: ${value.name} { [constructor]: [Circular] } }`;
  }

  /** `enter` is a line feed with the indentation of the members; `hidden` shows lengths (`%o`). */
  function inspect(value, enter, hidden, above) {
    if (typeof value === 'string') return `'${value}'`;
    if (typeof value === 'function') return inspectFunction(value, enter, hidden);
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null) return display(value);
    if (above.includes(value) || above.length > MAX_DEPTH) return '[Circular]';
    const path = [...above, value];
    if (Array.isArray(value)) {
      const items = value.map((item) => inspect(item, `${enter}  `, hidden, path));
      if (hidden) items.push(`[length]: ${value.length}`);
      if (items.length === 0) return '[]';
      const nested = value.some((item) => typeof item === 'object' && item !== null);
      return `[ ${items.join(nested ? `, ${enter}` : ', ')} ]`;
    }
    const members = [];
    for (const key in value) {
      const member = value[key];
      if (member === value) members.push(`${key}: [Circular]`);
      else if (typeof member === 'object' && member !== null) {
        members.push(`${key}:${enter}${inspect(member, `${enter}  `, hidden, path)}`);
      } else members.push(`${key}: ${inspect(member, `${enter}  `, hidden, path)}`);
    }
    return members.length === 0 ? '{}' : `{ ${members.join(`,${enter}`)} }`;
  }

  const isNumeric = (text) => text.trim() !== '' && !Number.isNaN(Number(text));

  function asInteger(value) {
    const first = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'bigint') return `${first}n`;
    if (typeof first === 'number') return `${Math.trunc(first)}`;
    return typeof first === 'string' && isNumeric(first) ? `${Number.parseInt(first, 10)}` : 'NaN';
  }

  function asFloat(value) {
    const first = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'number' || typeof first === 'bigint') return `${first}`;
    return typeof first === 'string' && isNumeric(first) ? `${Number.parseFloat(first)}` : 'NaN';
  }

  function asNumber(value) {
    if (typeof value === 'number') return `${value}`;
    if (typeof value === 'bigint') return `${value}n`;
    if (value === '') return '0';
    return typeof value === 'string' ? `${Number(value)}` : 'NaN';
  }

  function asJson(value) {
    try {
      return String(JSON.stringify(value));
    } catch {
      return '[Circular]';
    }
  }

  const conversions = {
    s: display,
    d: asNumber,
    i: asInteger,
    f: asFloat,
    j: asJson,
    o: (value) => inspect(value, '\n  ', true, []),
    O: (value) => inspect(value, '\n  ', false, []),
    // Styles mean something to browsers only.
    c: () => '',
  };

  function printf(format, ...args) {
    let next = 0;
    const text = String(format).replace(/%([sdifjoOc%])/g, (whole, kind) => {
      if (kind === '%') return '%';
      if (next >= args.length) return whole;
      return conversions[kind](args[next++]);
    });
    return [text, ...args.slice(next).map(display)].join(' ');
  }

  function format(pattern, ...args) {
    if (typeof pattern !== 'string' && !Array.isArray(pattern)) parameterError(display(pattern), 'string or array');
    return printf(pattern, ...args);
  }

  return { printf, format };
})
