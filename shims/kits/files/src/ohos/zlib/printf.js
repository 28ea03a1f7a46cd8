// @concord:zlib.printf: the formats of C that gzprintf takes.
(function (host, system) {
  'use strict';

  const PLACE = /%([-+ #0]*)(\d+)?(?:\.(\d*))?(?:hh|h|ll|l|z|j|t|L)?([diouxXcsfFeEgGa%])/g;
  const MOST_DIGITS = 100;
  const WIDEST = 4096;

  const trimZeros = (text) => text.replace(/(\.\d*?)0+(e|$)/, '$1$2').replace(/\.(e|$)/, '$1');
  const exponent = (text) => text.replace(/e([+-])(\d)$/, 'e$10$2');

  function general(value, precision, keep) {
    const digits = precision === 0 ? 1 : precision;
    const power = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(Number(value.toPrecision(digits)))));
    const scientific = power < -4 || power >= digits;
    const text = scientific ? exponent(value.toExponential(digits - 1)) : value.toFixed(Math.min(digits - 1 - power, MOST_DIGITS));
    return keep ? text : trimZeros(text);
  }

  function real(value, kind, precision, flags) {
    if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
    switch (kind) {
      case 'f': return Math.abs(value) < 1e21 ? value.toFixed(precision) : BigInt(value).toString();
      case 'e': return exponent(value.toExponential(precision));
      default: return general(value, precision, flags.includes('#'));
    }
  }

  function whole(value, kind, precision, flags) {
    const number = BigInt(Math.trunc(Number.isFinite(value) ? value : 0));
    const bits = kind === 'd' || kind === 'i' ? number : BigInt.asUintN(64, number);
    const radix = kind === 'o' ? 8 : kind === 'x' || kind === 'X' ? 16 : 10;
    const digits = (bits < 0n ? -bits : bits).toString(radix).padStart(precision ?? 1, '0');
    const prefix = flags.includes('#') && bits !== 0n ? { 8: '0', 16: '0x' }[radix] ?? '' : '';
    return `${bits < 0n ? '-' : ''}${prefix}${digits}`;
  }

  return function (format, args) {
    const values = args.flat();
    let next = 0;
    return format.replace(PLACE, (place, flags, width, dot, kind) => {
      if (kind === '%') return '%';
      if (next >= values.length) return place;
      const value = values[next++];
      const precision = dot === undefined ? undefined : Math.min(Number(dot), MOST_DIGITS);
      const isNumber = kind !== 's' && kind !== 'c';
      let text;
      if (kind === 's') text = dot === undefined ? String(value) : String(value).slice(0, Number(dot));
      else if (kind === 'c') text = typeof value === 'number' ? String.fromCharCode(value & 0xff) : String(value).slice(0, 1);
      else if ('feEFgGa'.includes(kind)) text = real(Number(value), kind.toLowerCase(), precision ?? 6, flags);
      else text = whole(Number(value), kind, precision, flags);
      if (isNumber && !text.startsWith('-')) text = (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') + text;
      if ('XEFG'.includes(kind)) text = text.toUpperCase();
      const room = Math.min(Number(width ?? 0), WIDEST);
      if (flags.includes('-')) return text.padEnd(room);
      if (isNumber && flags.includes('0') && !(precision !== undefined && 'diouxX'.includes(kind))) {
        const [, sign, rest] = /^([-+ ]?(?:0[xX])?)(.*)$/s.exec(text);
        return sign + rest.padStart(room - sign.length, '0');
      }
      return text.padStart(room);
    });
  };
})
