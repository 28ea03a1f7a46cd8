// Numbers of Decimal: sign, coefficient and exponent of ten, over BigInt. Rounding, the basic operations, text.
(function (host, system) {
  'use strict';

  const { abs, ceil, floor, max, min } = Math;

  // A value is { n, s, c, x }: n is 0 (finite), 1 (infinite) or 2 (not a number); s is 1 or -1; a finite value is s·c·10^x, where c does not
  // end in a zero.
  const NAN = Object.freeze({ n: 2, s: NaN, c: 0n, x: 0 });
  const infinity = (s) => ({ n: 1, s, c: 0n, x: 0 });
  const zero = (s) => ({ n: 0, s, c: 0n, x: 0 });
  const ONE = Object.freeze({ n: 0, s: 1, c: 1n, x: 0 });

  const powers = [1n];
  const ten = (n) => {
    if (n > 400) return 10n ** BigInt(n);
    while (powers.length <= n) powers.push(powers[powers.length - 1] * 10n);
    return powers[n];
  };
  const lengthOf = (c) => (c === 0n ? 1 : c.toString().length);
  const isZero = (v) => v.n === 0 && v.c === 0n;
  /** Exponent of the first digit. */
  const exponent = (v) => (v.c === 0n ? 0 : lengthOf(v.c) - 1 + v.x);

  function finite(s, c, x) {
    if (c === 0n) return zero(s);
    if (c % 10n === 0n) {
      const text = c.toString();
      let end = text.length;
      while (text.charCodeAt(end - 1) === 48) end--;
      return { n: 0, s, c: BigInt(text.slice(0, end)), x: x + text.length - end };
    }
    return { n: 0, s, c, x };
  }

  /** Whether a magnitude is rounded away from zero: `half` compares what is cut off with one half, `odd` the digit before it. */
  function roundsUp(rounding, s, half, odd) {
    switch (rounding) {
      case 0: return true;
      case 1: return false;
      case 2: return s > 0;
      case 3: return s < 0;
      case 4: return half >= 0;
      case 5: return half > 0;
      case 6: return half > 0 || (half === 0 && odd);
      case 7: return half > 0 || (half === 0 && s > 0);
      default: return half > 0 || (half === 0 && s < 0);
    }
  }

  /** Without its last `count` digits. `sticky` says that something not zero follows the coefficient. */
  function cut(v, count, rounding, sticky = false) {
    if (v.n !== 0 || (v.c === 0n && !sticky)) return v;
    if (sticky) {
      v = { n: 0, s: v.s, c: v.c * 10n + 1n, x: v.x - 1 };
      count += 1;
    }
    if (count <= 0) return v;
    const length = lengthOf(v.c);
    if (count > length) {
      return roundsUp(rounding, v.s, -1, false) ? finite(v.s, 1n, v.x + count) : zero(v.s);
    }
    const unit = ten(count);
    const kept = v.c / unit;
    const rest = v.c % unit;
    if (rest === 0n) return finite(v.s, kept, v.x + count);
    const twice = rest * 2n;
    const half = twice > unit ? 1 : twice === unit ? 0 : -1;
    const up = roundsUp(rounding, v.s, half, kept % 2n === 1n);
    return finite(v.s, up ? kept + 1n : kept, v.x + count);
  }

  /** To `digits` significant digits. */
  const toDigits = (v, digits, rounding, sticky) =>
    v.n === 0 && v.c !== 0n ? cut(v, lengthOf(v.c) - digits, rounding, sticky) : v;
  /** To `places` digits after the point. */
  const toPlaces = (v, places, rounding) => cut(v, -places - v.x, rounding);

  function limit(v, config) {
    if (v.n !== 0 || v.c === 0n) return v;
    const e = exponent(v);
    return e > config.maxE ? infinity(v.s) : e < config.minE ? zero(v.s) : v;
  }

  const negate = (v) => ({ ...v, s: -v.s });
  const magnitude = (v) => (v.n === 2 ? v : { ...v, s: 1 });

  function compareMagnitudes(a, b) {
    if (a.n !== b.n) return a.n > b.n ? 1 : -1;
    if (a.n === 1) return 0;
    if (a.c === 0n || b.c === 0n) return a.c === b.c ? 0 : a.c === 0n ? -1 : 1;
    const difference = exponent(a) - exponent(b);
    if (difference !== 0) return difference > 0 ? 1 : -1;
    const x = min(a.x, b.x);
    const p = a.c * ten(a.x - x);
    const q = b.c * ten(b.x - x);
    return p > q ? 1 : p < q ? -1 : 0;
  }

  /** -1, 0, 1, or NaN. */
  function compare(a, b) {
    if (a.n === 2 || b.n === 2) return NaN;
    if (isZero(a) && isZero(b)) return 0;
    if (isZero(a)) return -b.s;
    if (isZero(b)) return a.s;
    if (a.s !== b.s) return a.s;
    return a.s * compareMagnitudes(a, b);
  }

  /** Exact, but for numbers that lie so far apart that the smaller one only decides the rounding to `digits`. */
  function add(a, b, digits, rounding) {
    if (a.n === 2 || b.n === 2) return NAN;
    if (a.n === 1 || b.n === 1) return a.n === b.n ? (a.s === b.s ? a : NAN) : a.n === 1 ? a : b;
    if (isZero(a) && isZero(b)) return a.s === b.s ? a : zero(rounding === 3 ? -1 : 1);
    if (isZero(a)) return b;
    if (isZero(b)) return a;
    if (compareMagnitudes(a, b) < 0) [a, b] = [b, a];
    const room = max(digits, lengthOf(a.c)) + 3;
    const gap = exponent(a) - room - exponent(b);
    if (gap > 0 && exponent(a) - b.x > 2 * room) b = { n: 0, s: b.s, c: 1n, x: exponent(a) - room };
    const x = min(a.x, b.x);
    const p = a.c * ten(a.x - x);
    const q = b.c * ten(b.x - x);
    if (a.s === b.s) return finite(a.s, p + q, x);
    return p === q ? zero(rounding === 3 ? -1 : 1) : finite(a.s, p - q, x);
  }
  const subtract = (a, b, digits, rounding) => add(a, b.n === 2 ? b : negate(b), digits, rounding);

  function multiply(a, b) {
    if (a.n === 2 || b.n === 2) return NAN;
    const s = a.s * b.s;
    if (a.n === 1 || b.n === 1) return isZero(a) || isZero(b) ? NAN : infinity(s);
    return finite(s, a.c * b.c, a.x + b.x);
  }

  function divide(a, b, digits, rounding) {
    if (a.n === 2 || b.n === 2) return NAN;
    const s = a.s * b.s;
    if (a.n === 1) return b.n === 1 ? NAN : infinity(s);
    if (b.n === 1) return zero(s);
    if (isZero(b)) return isZero(a) ? NAN : infinity(s);
    if (isZero(a)) return zero(s);
    const shift = max(0, digits + 2 + lengthOf(b.c) - lengthOf(a.c));
    const top = a.c * ten(shift);
    return toDigits({ n: 0, s, c: top / b.c, x: a.x - b.x - shift }, digits, rounding, top % b.c !== 0n);
  }

  /** The integer part of a/b, for finite a and b. Its size is that of the exponents: callers limit them. */
  function integerQuotient(a, b) {
    const x = a.x - b.x;
    if (x >= 0) return (a.c * ten(x)) / b.c;
    return -x > lengthOf(a.c) + 1 ? 0n : a.c / (b.c * ten(-x));
  }

  function remainder(a, b, mode, digits, rounding) {
    if (a.n !== 0 || b.n === 2 || isZero(b)) return NAN;
    if (b.n === 1 || isZero(a)) return a;
    let quotient;
    if (mode === 9) {
      // Euclidean: what is left is never negative.
      quotient = integerQuotient(a, b) * BigInt(a.s * b.s);
      const left = subtract(a, multiply(b, finite(quotient < 0n ? -1 : 1, quotient < 0n ? -quotient : quotient, 0)), digits, rounding);
      return left.s < 0 && !isZero(left) ? add(left, magnitude(b), digits, rounding) : isZero(left) ? zero(a.s) : left;
    }
    const places = max(a.x, b.x);
    const exact = places - min(a.x, b.x);
    if (mode === 1 && exact > 100000) throw new RangeError('the exponents of the operands lie too far apart');
    const shift = a.x - b.x;
    const top = shift > 0 ? a.c * ten(shift) : a.c;
    const bottom = shift < 0 ? b.c * ten(-shift) : b.c;
    quotient = cut({ n: 0, s: a.s * b.s, c: (top * 10n) / bottom, x: -1 }, 1, mode, (top * 10n) % bottom !== 0n);
    const left = subtract(a, multiply(b, quotient), digits, rounding);
    return isZero(left) ? zero(a.s) : left;
  }

  /** The root of an integer, rounded down. */
  function integerRoot(c, degree) {
    if (c < 2n) return c;
    const n = BigInt(degree);
    let root = 1n << BigInt(ceil(c.toString(2).length / degree));
    for (;;) {
      const next = ((n - 1n) * root + c / root ** (n - 1n)) / n;
      if (next >= root) return root;
      root = next;
    }
  }

  function root(v, degree, digits, rounding) {
    if (v.n === 2) return NAN;
    if (isZero(v)) return v;
    if (v.s < 0 && degree === 2) return NAN;
    if (v.n === 1) return v;
    let shift = max(0, degree * (digits + 2) - lengthOf(v.c));
    shift += (((v.x - shift) % degree) + degree) % degree;
    const c = v.c * ten(shift);
    const found = integerRoot(c, degree);
    return toDigits({ n: 0, s: v.s, c: found, x: (v.x - shift) / degree }, digits, rounding, found ** BigInt(degree) !== c);
  }

  // ---- Text ----

  const special = (v) => (v.n === 2 ? 'NaN' : v.s < 0 ? '-Infinity' : 'Infinity');

  function exponential(digits, e) {
    const fraction = digits.slice(1);
    return `${digits[0]}${fraction === '' ? '' : '.'}${fraction}e${e < 0 ? '-' : '+'}${abs(e)}`;
  }

  function fixed(digits, e) {
    if (e < 0) return `0.${'0'.repeat(-e - 1)}${digits}`;
    if (e >= digits.length - 1) return digits + '0'.repeat(e - digits.length + 1);
    return `${digits.slice(0, e + 1)}.${digits.slice(e + 1)}`;
  }

  /** As the settings want it; with `digits` at least that many significant ones. */
  function text(v, config, digits = 0) {
    if (v.n !== 0) return special(v);
    const e = exponent(v);
    const all = v.c.toString().padEnd(digits, '0');
    const inFull = digits > 0 ? e >= digits : e >= config.toExpPos;
    return (v.s < 0 && v.c !== 0n ? '-' : '') + (e <= config.toExpNeg || inFull ? exponential(all, e) : fixed(all, e));
  }

  function fixedText(v, places) {
    if (v.n !== 0) return special(v);
    const e = exponent(v);
    let written = v.c === 0n ? '0' : fixed(v.c.toString(), e);
    if (places > 0) {
      const point = written.indexOf('.');
      const there = point < 0 ? 0 : written.length - point - 1;
      written += (point < 0 ? '.' : '') + '0'.repeat(max(0, places - there));
    }
    return (v.s < 0 && v.c !== 0n ? '-' : '') + written;
  }

  function exponentialText(v, places) {
    if (v.n !== 0) return special(v);
    return (v.s < 0 && v.c !== 0n ? '-' : '') + exponential(v.c.toString().padEnd(places === undefined ? 0 : places + 1, '0'), exponent(v));
  }

  const DECIMAL = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:e([+-]?\d+))?$/i;
  const OTHER = /^([+-]?)0(x|b|o)([0-9a-f]*)\.?([0-9a-f]*)(?:p([+-]?\d+))?$/i;
  const BASES = { x: 16, o: 8, b: 2 };

  /** The value of a text; `undefined` when it is none. */
  function parse(source, config) {
    const decimal = DECIMAL.exec(source);
    if (decimal !== null) {
      const fraction = decimal[3] ?? decimal[4] ?? '';
      const e = Number(decimal[5] ?? 0);
      return limit(finite(decimal[1] === '-' ? -1 : 1, BigInt(`${decimal[2] ?? ''}${fraction}`), e - fraction.length), config);
    }
    if (source === 'NaN') return NAN;
    if (source === 'Infinity' || source === '+Infinity') return infinity(1);
    if (source === '-Infinity') return infinity(-1);
    const other = OTHER.exec(source);
    if (other === null || other[3] + other[4] === '') return undefined;
    const base = BASES[other[2].toLowerCase()];
    let c = 0n;
    for (const digit of other[3] + other[4]) {
      const value = parseInt(digit, 16);
      if (value >= base) return undefined;
      c = c * BigInt(base) + BigInt(value);
    }
    const shift = Number(other[5] ?? 0) - other[4].length * Math.log2(base);
    if (abs(shift) > 1000000) return undefined;
    const s = other[1] === '-' ? -1 : 1;
    // A power of two in the denominator is one of five at as many places.
    return limit(shift >= 0 ? finite(s, c << BigInt(shift), 0) : finite(s, c * 5n ** BigInt(-shift), shift), config);
  }

  /** Text in base 2, 8 or 16: as it is, or with an exponent of two when `scientific`. */
  function inBase(v, base, digits, rounding, scientific) {
    if (v.n !== 0) return special(v);
    const prefix = (v.s < 0 ? '-' : '') + { 2: '0b', 8: '0o', 16: '0x' }[base];
    if (v.c === 0n) return `${prefix}0${scientific ? 'p+0' : ''}`;
    const bits = Math.log2(base);
    const radix = scientific ? 2 : base;
    const count = scientific && base > 2 ? digits * bits - (bits - 1) : digits;
    let top = v.x >= 0 ? v.c * ten(v.x) : v.c;
    let bottom = v.x >= 0 ? 1n : ten(-v.x);
    const step = Math.log2(radix);
    let e = floor((top.toString(2).length - bottom.toString(2).length) / step);
    const scaled = (power) => (power >= 0 ? [top, bottom << BigInt(power * step)] : [top << BigInt(-power * step), bottom]);
    const atLeast = (power) => {
      const [p, q] = scaled(power);
      return p >= q;
    };
    while (!atLeast(e)) e--;
    while (atLeast(e + 1)) e++;
    [top, bottom] = scaled(e - count + 1);
    let kept = top / bottom;
    const rest = (top % bottom) * 2n;
    if (rest !== 0n && roundsUp(rounding, v.s, rest > bottom ? 1 : rest === bottom ? 0 : -1, kept % 2n === 1n)) kept += 1n;
    let all = kept.toString(radix);
    if (all.length > count) e++;
    all = all.replace(/0+$/, '');
    if (!scientific) return prefix + fixed(all, e);
    let fraction = all.slice(1);
    if (base > 2 && fraction !== '') {
      fraction = fraction.padEnd(ceil(fraction.length / bits) * bits, '0');
      fraction = BigInt(`0b${fraction}`).toString(base).padStart(fraction.length / bits, '0').replace(/0+$/, '');
    }
    return `${prefix}1${fraction === '' ? '' : '.'}${fraction}p${e < 0 ? '-' : '+'}${abs(e)}`;
  }

  return {
    NAN, ONE, infinity, zero, ten, lengthOf, isZero, exponent, finite, cut, toDigits, toPlaces, limit, negate, magnitude, compare, add,
    subtract, multiply, divide, integerQuotient, remainder, root, text, fixedText, exponentialText, parse, inBase, special,
  };
})
