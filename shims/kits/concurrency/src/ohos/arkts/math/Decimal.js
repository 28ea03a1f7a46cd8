// @ohos:arkts.math.Decimal: numbers of any precision. What they are made of is in parts/decimal_core.js.
(function (host, system) {
  'use strict';

  const { BusinessError } = system;
  const core = system.require('@concord:arkts/decimal-core');
  const functions = system.require('@concord:arkts/decimal-functions');
  const { ONE, zero, ten, lengthOf, isZero, exponent, finite, negate, magnitude, compare } = core;

  const MOST = 9e15;
  const DIGITS = 1e9;
  const DEFAULTS = { precision: 20, rounding: 4, toExpNeg: -7, toExpPos: 21, minE: -MOST, maxE: MOST, crypto: false, modulo: 1 };
  const RANGES = {
    precision: [1, DIGITS], rounding: [0, 8], toExpNeg: [-MOST, 0], toExpPos: [0, MOST], maxE: [0, MOST], minE: [-MOST, 0], modulo: [0, 9],
  };
  const config = { ...DEFAULTS };

  const invalid = (name, value) => {
    let shown;
    try {
      shown = `${value}`;
    } catch {
      shown = typeof value;
    }
    throw new BusinessError(401, `Parameter error. The type of ${name} must be a number, a text of one, or a Decimal. Received value is: ${shown}`);
  };
  const outOfRange = (name) => {
    throw new BusinessError(10200001, `The value of ${name} is out of range.`);
  };
  const integer = (value, low, high, name) =>
    typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high ? value : outOfRange(name);
  const roundingOf = (rounding) => (rounding === undefined ? config.rounding : integer(rounding, 0, 8, '`rounding`'));

  /** Runs what may need more digits of a constant than there are. */
  function limited(f) {
    try {
      return f();
    } catch (error) {
      if (error instanceof functions.PrecisionError) throw new BusinessError(10200060, 'Precision limit exceeded.');
      throw error;
    }
  }

  const INSIDE = Symbol();
  let valueIn;

  class Decimal {
    #value;

    constructor(n, made) {
      this.#value = n === INSIDE ? made : valueOf(n);
    }

    static {
      valueIn = (object) => (typeof object === 'object' && object !== null && #value in object ? object.#value : undefined);
    }

    get d() {
      const v = this.#value;
      if (v.n !== 0) return null;
      // Words of seven digits, counted from the point.
      const digits = v.c.toString();
      const e = exponent(v);
      const lead = (((e + 1) % 7) + 7) % 7 || 7;
      const padded = digits.padStart(digits.length + 7 - lead, '0');
      const words = [];
      for (let i = 0; i < padded.length; i += 7) words.push(Number(padded.slice(i, i + 7).padEnd(7, '0')));
      return words;
    }

    get e() {
      return this.#value.n === 0 ? exponent(this.#value) : NaN;
    }

    get s() {
      return this.#value.s;
    }

    abs() {
      return make(magnitude(this.#value));
    }

    floor() {
      return make(core.toPlaces(this.#value, 0, 3));
    }

    ceil() {
      return make(core.toPlaces(this.#value, 0, 2));
    }

    trunc() {
      return make(core.toPlaces(this.#value, 0, 1));
    }

    clamp(min, max) {
      const [low, high] = [valueOf(min, 'min'), valueOf(max, 'max')];
      if (low.n === 2 || high.n === 2) return make(core.NAN);
      if (compare(low, high) > 0) outOfRange('`min`');
      const v = this.#value;
      return make(compare(v, low) < 0 ? low : compare(v, high) > 0 ? high : v);
    }

    add(n) {
      return finished(core.add(this.#value, valueOf(n), config.precision, config.rounding));
    }

    sub(n) {
      return finished(core.subtract(this.#value, valueOf(n), config.precision, config.rounding));
    }

    mul(n) {
      return finished(core.multiply(this.#value, valueOf(n)));
    }

    div(n) {
      return finished(core.divide(this.#value, valueOf(n), config.precision, config.rounding));
    }

    mod(n) {
      return finished(core.remainder(this.#value, valueOf(n), config.modulo, config.precision, config.rounding));
    }

    dividedToIntegerBy(n) {
      const [a, b] = [this.#value, valueOf(n)];
      const exact = a.n === 0 && b.n === 0 && !isZero(b);
      if (!exact) return finished(core.divide(a, b, config.precision, 1));
      if (exponent(a) - exponent(b) > config.precision + 5) return finished(core.divide(a, b, config.precision, config.rounding));
      const quotient = core.integerQuotient(a, b);
      return finished(quotient === 0n ? zero(a.s * b.s) : finite(a.s * b.s, quotient, 0));
    }

    sqrt() {
      return finished(core.root(this.#value, 2, config.precision, config.rounding));
    }

    cbrt() {
      return finished(core.root(this.#value, 3, config.precision, config.rounding));
    }

    pow(n) {
      const power = valueOf(n);
      return limited(() => finished(functions.pow(this.#value, power, config.precision, config.rounding, config)));
    }

    log(base = 10) {
      const b = valueOf(base);
      return limited(() => finished(functions.log(this.#value, b, config.precision, config.rounding)));
    }

    comparedTo(n) {
      return compare(this.#value, valueOf(n));
    }

    equals(n) {
      return compare(this.#value, valueOf(n)) === 0;
    }

    greaterThan(n) {
      return compare(this.#value, valueOf(n)) > 0;
    }

    greaterThanOrEqualTo(n) {
      return compare(this.#value, valueOf(n)) >= 0;
    }

    lessThan(n) {
      return compare(this.#value, valueOf(n)) < 0;
    }

    lessThanOrEqualTo(n) {
      return compare(this.#value, valueOf(n)) <= 0;
    }

    isFinite() {
      return this.#value.n === 0;
    }

    isInteger() {
      return this.#value.n === 0 && this.#value.x >= 0;
    }

    isNaN() {
      return this.#value.n === 2;
    }

    isNegative() {
      return this.#value.s < 0;
    }

    isPositive() {
      return this.#value.s > 0;
    }

    isZero() {
      return isZero(this.#value);
    }

    negate() {
      return make(this.#value.n === 2 ? this.#value : negate(this.#value));
    }

    toBinary(digits, rounding) {
      return inBase(this.#value, 2, digits, rounding);
    }

    toOctal(digits, rounding) {
      return inBase(this.#value, 8, digits, rounding);
    }

    toHexadecimal(digits, rounding) {
      return inBase(this.#value, 16, digits, rounding);
    }

    toDecimalPlaces(places, rounding) {
      if (places === undefined) return make(this.#value);
      integer(places, 0, DIGITS, '`decimalPlaces`');
      return make(core.toPlaces(this.#value, places, roundingOf(rounding)));
    }

    toSignificantDigits(digits, rounding) {
      const count = digits === undefined ? config.precision : integer(digits, 1, DIGITS, '`significantDigits`');
      return make(core.toDigits(this.#value, count, roundingOf(rounding)));
    }

    toFixed(places, rounding) {
      if (places === undefined) return core.fixedText(this.#value);
      integer(places, 0, DIGITS, '`decimalPlaces`');
      const value = core.toPlaces(this.#value, places, roundingOf(rounding));
      const text = core.fixedText(value, places);
      // What was below zero stays so, but for zero itself.
      return this.#value.n === 0 && this.#value.s < 0 && !isZero(this.#value) && !text.startsWith('-') ? `-${text}` : text;
    }

    toExponential(places, rounding) {
      if (places === undefined) return core.exponentialText(this.#value);
      integer(places, 0, DIGITS, '`decimalPlaces`');
      return core.exponentialText(core.toDigits(this.#value, places + 1, roundingOf(rounding)), places);
    }

    toPrecision(digits, rounding) {
      if (digits === undefined) return core.text(this.#value, config);
      integer(digits, 1, DIGITS, '`significantDigits`');
      const value = core.toDigits(this.#value, digits, roundingOf(rounding));
      return core.text(value, config, digits);
    }

    toNearest(n, rounding) {
      const [v, unit] = [this.#value, n === undefined ? ONE : valueOf(n)];
      const mode = roundingOf(rounding);
      if (v.n !== 0) return make(v);
      if (unit.n === 2) return make(unit);
      if (unit.n === 1) return make({ ...unit, s: v.s });
      if (isZero(unit)) return make(zero(v.s));
      // How often the unit goes in, rounded: with one digit more the rest decides.
      const top = v.x > unit.x ? v.c * ten(v.x - unit.x) : v.c;
      const bottom = unit.x > v.x ? unit.c * ten(unit.x - v.x) : unit.c;
      const tenths = top * 10n;
      const count = core.cut({ n: 0, s: v.s * unit.s, c: tenths / bottom, x: -1 }, 1, mode, tenths % bottom !== 0n);
      const result = core.multiply(count, unit);
      return make(isZero(result) ? zero(v.s) : result);
    }

    toFraction(maximum) {
      const v = this.#value;
      if (v.n !== 0) return [make(v)];
      let most;
      if (maximum !== undefined) {
        const limit = valueOf(maximum, 'max_denominator');
        if (limit.n !== 0 || limit.x < 0 || compare(limit, ONE) < 0) invalid('max_denominator', maximum);
        most = limit.c * ten(limit.x);
      }
      const denominator = ten(Math.max(0, -v.x));
      const numerator = v.c * ten(Math.max(0, v.x));
      let [a, b] = [numerator, denominator];
      // Convergents of the continued fraction, and the best one in between of the last two.
      let [n0, d0, n1, d1] = [0n, 1n, 1n, 0n];
      while (b !== 0n) {
        const q = a / b;
        const d2 = d0 + q * d1;
        if (most !== undefined && d2 > most) {
          const part = (most - d0) / d1;
          const [n, d] = [n0 + part * n1, d0 + part * d1];
          const distance = (p, r) => {
            const difference = p * denominator - numerator * r;
            return difference < 0n ? -difference : difference;
          };
          if (d > 0n && distance(n, d) * d1 < distance(n1, d1) * d) [n1, d1] = [n, d];
          break;
        }
        [n0, d0, n1, d1] = [n1, d1, n0 + q * n1, d2];
        [a, b] = [b, a - q * b];
      }
      return [make(n1 === 0n ? zero(v.s) : finite(v.s, n1, 0)), make(finite(1, d1, 0))];
    }

    toNumber() {
      return isZero(this.#value) ? 0 * this.#value.s : Number(core.exponentialText(this.#value));
    }

    toString() {
      return isZero(this.#value) ? '0' : core.text(this.#value, config);
    }

    valueOf() {
      return isZero(this.#value) && this.#value.s < 0 ? '-0' : this.toString();
    }

    toJSON() {
      return this.valueOf();
    }

    decimalPlaces() {
      return this.#value.n === 0 ? Math.max(0, -this.#value.x) : NaN;
    }

    precision(includeZeros) {
      if (includeZeros !== undefined && includeZeros !== true && includeZeros !== false && includeZeros !== 1 && includeZeros !== 0) {
        outOfRange('`includeZeros`');
      }
      const v = this.#value;
      if (v.n !== 0) return NaN;
      const digits = lengthOf(v.c);
      return includeZeros ? Math.max(digits, exponent(v) + 1) : digits;
    }

    static sum(...numbers) {
      if (numbers.length === 0) return invalid('n');
      let total = zero(1);
      for (const n of numbers) total = core.add(total, valueOf(n), config.precision + 20, config.rounding);
      return finished(total);
    }

    static hypot(...numbers) {
      const values = numbers.map((n) => valueOf(n));
      if (values.some((v) => v.n === 1)) return make(core.infinity(1));
      const squares = values.map((v) => core.multiply(v, v));
      const total = squares.reduce((sum, square) => core.add(sum, square, 2 * config.precision + 20, 1), zero(1));
      return finished(core.root(total, 2, config.precision, config.rounding));
    }

    static max(...numbers) {
      return extreme(numbers, 1);
    }

    static min(...numbers) {
      return extreme(numbers, -1);
    }

    static sign(n) {
      const v = valueOf(n);
      return v.n === 2 ? NaN : isZero(v) ? (v.s < 0 ? -0 : 0) : v.s;
    }

    static round(n) {
      return make(core.toPlaces(valueOf(n), 0, config.rounding));
    }

    static atan2(y, x) {
      const [a, b] = [valueOf(y, 'y'), valueOf(x, 'x')];
      return limited(() => finished(functions.atan2(a, b, config.precision, config.rounding)));
    }

    static log(n, base = 10) {
      return new Decimal(n).log(base);
    }

    static log2(n) {
      return new Decimal(n).log(2);
    }

    static log10(n) {
      return new Decimal(n).log(10);
    }

    static random(digits) {
      const count = digits === undefined ? config.precision : typeof digits === 'number' && Number.isInteger(digits) && digits >= 1 && digits <= DIGITS ? digits : invalid('significantDigits', digits);
      if (count > 300000) throw new BusinessError(10200060, 'Precision limit exceeded.');
      let text = '';
      while (text.length < count) text += randomDigits();
      return make(finite(1, BigInt(text.slice(0, count)), -count));
    }

    static set(settings) {
      if (typeof settings !== 'object' || settings === null) invalid('config', settings);
      const next = settings.defaults === true ? { ...DEFAULTS } : { ...config };
      for (const [name, [low, high]] of Object.entries(RANGES)) {
        if (settings[name] !== undefined) next[name] = integer(settings[name], low, high, `\`DecimalConfig.${name}\``);
      }
      if (settings.crypto !== undefined) {
        if (settings.crypto !== true && settings.crypto !== false && settings.crypto !== 0 && settings.crypto !== 1) outOfRange('`DecimalConfig.crypto`');
        next.crypto = Boolean(settings.crypto);
      }
      Object.assign(config, next);
    }
  }

  const make = (value) => new Decimal(INSIDE, core.limit(value, config));
  const finished = (value) => make(core.toDigits(value, config.precision, config.rounding));

  function valueOf(n, name = 'n') {
    const inside = valueIn(n);
    if (inside !== undefined) return inside;
    if (typeof n === 'number') return Object.is(n, -0) ? zero(-1) : core.parse(`${n}`, config);
    if (typeof n !== 'string') return invalid(name, n);
    const value = core.parse(n, config);
    return value === undefined ? invalid(name, n) : value;
  }

  function inBase(value, base, digits, rounding) {
    const scientific = digits !== undefined;
    const count = scientific ? integer(digits, 1, DIGITS, '`significantDigits`') : config.precision;
    return core.inBase(value, base, count, roundingOf(rounding), scientific);
  }

  function extreme(numbers, sign) {
    if (numbers.length === 0) invalid('n');
    let best;
    for (const n of numbers) {
      const value = valueOf(n);
      if (value.n === 2) return make(value);
      if (best === undefined || compare(value, best) * sign > 0) best = value;
    }
    return make(best);
  }

  /** Some random digits; from the system's source of secrets when `crypto` is set. */
  function randomDigits() {
    if (!config.crypto) return `${Math.floor(Math.random() * 1e7)}`.padStart(7, '0');
    const bytes = system.require('@ohos:util').generateRandomBinaryUUID(false);
    // Values that would make some digits more likely than others are left out.
    return [...bytes].filter((byte) => byte < 250).map((byte) => byte % 10).join('');
  }

  const unary = {
    exp: (v) => functions.exp(v, config.precision, config.rounding),
    ln: (v) => functions.ln(v, config.precision, config.rounding),
    sin: (v) => functions.trigonometric(v, config.precision, config.rounding, 0),
    cos: (v) => functions.trigonometric(v, config.precision, config.rounding, 1),
    tan: (v) => functions.trigonometric(v, config.precision, config.rounding, 2),
    sinh: (v) => functions.hyperbolic(v, config.precision, config.rounding, 0),
    cosh: (v) => functions.hyperbolic(v, config.precision, config.rounding, 1),
    tanh: (v) => functions.hyperbolic(v, config.precision, config.rounding, 2),
    asin: (v) => functions.arc(v, config.precision, config.rounding, false),
    acos: (v) => functions.arc(v, config.precision, config.rounding, true),
    atan: (v) => functions.atan(v, config.precision, config.rounding),
    asinh: (v) => functions.asinh(v, config.precision, config.rounding),
    acosh: (v) => functions.acosh(v, config.precision, config.rounding),
    atanh: (v) => functions.atanh(v, config.precision, config.rounding),
  };
  const method = (owner, name, f) => Object.defineProperty(owner, name, { value: f, writable: true, configurable: true });
  for (const [name, f] of Object.entries(unary)) {
    method(Decimal.prototype, name, { [name]() { return limited(() => finished(f(valueOf(this)))); } }[name]);
  }
  // The static forms of methods take the number first.
  for (const name of ['abs', 'floor', 'ceil', 'trunc', 'clamp', 'add', 'sub', 'mul', 'div', 'mod', 'sqrt', 'cbrt', 'pow', ...Object.keys(unary)]) {
    const instance = Decimal.prototype[name];
    method(Decimal, name, { [name](n, ...rest) { return Reflect.apply(instance, new Decimal(n), rest); } }[name]);
  }
  const modes = ['ROUND_UP', 'ROUND_DOWN', 'ROUND_CEILING', 'ROUND_FLOOR', 'ROUND_HALF_UP', 'ROUND_HALF_DOWN', 'ROUND_HALF_EVEN', 'ROUND_HALF_CEILING', 'ROUND_HALF_FLOOR', 'EUCLIDEAN'];
  modes.forEach((name, value) => Object.defineProperty(Decimal, name, { value, enumerable: true }));
  Object.defineProperty(Decimal.prototype, Symbol.toStringTag, { value: '[object Decimal]', configurable: true });

  return Decimal;
})
