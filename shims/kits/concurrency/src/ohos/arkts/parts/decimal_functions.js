// Roots, powers, logarithms and trigonometry of Decimal, in fixed point over BigInt.
(function (host, system) {
  'use strict';

  const core = system.require('@concord:arkts/decimal-core');
  const { NAN, ONE, infinity, zero, ten, lengthOf, isZero, exponent, finite, toDigits, negate, magnitude, compare, add, multiply, divide } = core;
  const { abs, ceil, max, min } = Math;

  /** Below this exponent the second term of a series only decides the rounding. */
  const tiny = (v, digits) => -(max(digits, lengthOf(v.c)) + 8);

  class PrecisionError extends Error {}

  // Fixed point: integers in units of 10^-w.
  const toFixed = (v, w) => {
    const shift = v.x + w;
    const c = shift >= 0 ? v.c * ten(shift) : -shift > lengthOf(v.c) ? 0n : v.c / ten(-shift);
    return v.s < 0 ? -c : c;
  };
  const fromFixed = (c, w) => finite(c < 0n ? -1 : 1, c < 0n ? -c : c, -w);

  // ---- Constants ----

  function inverseArctangent(n, unit) {
    const square = BigInt(n * n);
    let power = unit / BigInt(n);
    let sum = power;
    for (let k = 3n, sign = -1n; power !== 0n; k += 2n, sign = -sign) {
      power /= square;
      sum += (sign * power) / k;
    }
    return sum;
  }
  function inverseHyperbolic(n, unit) {
    const square = BigInt(n * n);
    let power = unit / BigInt(n);
    let sum = power;
    for (let k = 3n; power !== 0n; k += 2n) {
      power /= square;
      sum += power / k;
    }
    return sum;
  }
  function constant(compute) {
    let known = 0;
    let value = 0n;
    return (w) => {
      if (known < w) {
        known = w + 20;
        value = compute(ten(known + 10)) / ten(10);
      }
      return value / ten(known - w);
    };
  }
  // Machin's formulas, for pi and for the logarithm of ten.
  const pi = constant((unit) => 16n * inverseArctangent(5, unit) - 4n * inverseArctangent(239, unit));
  const ln10 = constant((unit) => 46n * inverseHyperbolic(31, unit) + 34n * inverseHyperbolic(49, unit) + 20n * inverseHyperbolic(161, unit));

  // ---- Series, for arguments in units of 10^-w ----

  function fixedExp(x, w) {
    // The argument is halved until few terms are enough.
    const halvings = 8 + Math.floor(Math.sqrt(w));
    const extra = w + ceil(halvings / 3) + 6;
    const unit = ten(extra);
    const r = (x * ten(extra - w)) >> BigInt(halvings);
    let term = unit;
    let sum = unit;
    for (let k = 1n; term !== 0n; k++) {
      term = (term * r) / (unit * k);
      sum += term;
    }
    for (let i = 0; i < halvings; i++) sum = (sum * sum) / unit;
    return sum / ten(extra - w);
  }

  /** ln of a number of units between 0.1 and 10. */
  function fixedLn(m, w) {
    const extra = w + 10;
    const unit = ten(extra);
    const guess = Math.log(Number(m / ten(max(0, w - 17))) / 10 ** min(w, 17));
    const y = (BigInt(Math.round(guess * 1e15)) * unit) / 1000000000000000n;
    const ratio = (m * ten(extra - w) * fixedExp(-y, extra)) / unit;
    // ln(1+d) = 2 artanh(d/(2+d))
    const z = ((ratio - unit) * unit) / (ratio + unit);
    const square = (z * z) / unit;
    let power = z;
    let sum = z;
    for (let k = 3n; power !== 0n; k += 2n) {
      power = (power * square) / unit;
      sum += power / k;
    }
    return (y + 2n * sum) / ten(extra - w);
  }

  function fixedCos(x, w) {
    const halvings = 4 + Math.floor(Math.sqrt(w) / 2);
    const extra = w + halvings + 6;
    const unit = ten(extra);
    const r = (x * ten(extra - w)) >> BigInt(halvings);
    const square = (r * r) / unit;
    let term = unit;
    let cosine = 0n; // 1 - cos, which keeps its digits when doubled
    for (let k = 1n; ; k += 2n) {
      term = (term * square) / (unit * k * (k + 1n));
      if (term === 0n) break;
      cosine += (k & 2n) === 0n ? term : -term;
    }
    for (let i = 0; i < halvings; i++) cosine = 4n * cosine - (2n * cosine * cosine) / unit;
    const c = unit - cosine;
    return c / ten(extra - w);
  }

  function fixedSqrt(c, w) {
    const square = c * ten(w);
    if (square < 2n) return square;
    let x = 1n << BigInt(ceil(square.toString(2).length / 2));
    for (;;) {
      const next = (x + square / x) >> 1n;
      if (next >= x) return x;
      x = next;
    }
  }

  function fixedAtan(x, w) {
    // atan x = 2 atan(x / (1 + sqrt(1 + x²)))
    const extra = w + 12;
    const unit = ten(extra);
    let y = x * ten(extra - w);
    let doublings = 0;
    while (doublings < 8 || (y < 0n ? -y : y) * 1000n > unit) {
      y = (y * unit) / (unit + fixedSqrt(unit + (y * y) / unit, extra));
      doublings++;
    }
    const square = (y * y) / unit;
    let power = y;
    let sum = y;
    for (let k = 3n, sign = -1n; power !== 0n; k += 2n, sign = -sign) {
      power = (power * square) / unit;
      sum += (sign * power) / k;
    }
    return (sum << BigInt(doublings)) / ten(extra - w);
  }

  // ---- Rounding of what is known to some digits only ----

  /**
   * `compute(w)` gives a value with at least w right digits. More of them are asked for while those after the wanted ones do not say
   * how to round; what is still undecided then is taken for exact.
   */
  function rounded(compute, digits, rounding) {
    for (const guard of [12, 40]) {
      const value = compute(digits + guard);
      if (value.n !== 0 || value.c === 0n) return value;
      const all = value.c.toString().padEnd(digits + guard, '0');
      const rest = all.slice(digits, digits + guard - 4);
      if (!/^(?:0+|9+|50+|49+)$/.test(rest)) return toDigits(value, digits, rounding);
      if (guard === 40) return toDigits(toDigits(value, digits + 25, 6), digits, rounding);
    }
    return NAN;
  }

  /** x plus or minus something too small to be written. */
  const nearly = (x, sign, digits, rounding) => {
    const room = max(digits, lengthOf(x.c)) + 4;
    const speck = { n: 0, s: sign, c: 1n, x: exponent(x) - room };
    return toDigits(add(x, speck, room + 2, rounding), digits, rounding);
  };

  function exp(v, digits, rounding) {
    if (v.n === 2) return NAN;
    if (v.n === 1) return v.s > 0 ? v : zero(1);
    if (isZero(v)) return ONE;
    const e = exponent(v);
    if (e > 16) return v.s > 0 ? infinity(1) : zero(1);
    if (e < tiny(v, digits)) return nearly(ONE, v.s, digits, rounding);
    return rounded((w) => expTo(v, w), digits, rounding);
  }
  function expTo(v, w) {
    const p = w + max(0, exponent(v)) + 6;
    const x = toFixed(v, p);
    const ln = ln10(p);
    let k = x / ln;
    if (x < 0n) k -= 1n;
    const power = fromFixed(fixedExp(x - k * ln, p), p);
    return finite(power.s, power.c, power.x + Number(k));
  }

  function ln(v, digits, rounding) {
    if (v.n === 2 || (v.s < 0 && !isZero(v))) return NAN;
    if (isZero(v)) return infinity(-1);
    if (v.n === 1) return v;
    if (compare(v, ONE) === 0) return zero(1);
    return rounded((w) => lnTo(v, w), digits, rounding);
  }
  function lnTo(v, w) {
    let e = exponent(v);
    // Close to 1 from below the factor of ten would cancel.
    if (e === -1) e = 0;
    const distance = add(v, negate(ONE), lengthOf(v.c) + abs(v.x) + 5, 1);
    const p = w + (e === 0 ? max(0, -exponent(distance)) : 0) + 6;
    const m = { n: 0, s: 1, c: v.c, x: v.x - e };
    return fromFixed(fixedLn(toFixed(m, p), p) + BigInt(e) * ln10(p), p);
  }

  function log(v, base, digits, rounding) {
    if (v.n === 2 || base.n === 2) return NAN;
    if ((base.s < 0 && !isZero(base)) || isZero(base) || base.n === 1 || compare(base, ONE) === 0) return NAN;
    if ((v.s < 0 && !isZero(v))) return NAN;
    if (isZero(v)) return infinity(-1);
    if (v.n === 1) return v;
    if (compare(v, ONE) === 0) return zero(1);
    return rounded((w) => divide(lnTo(v, w + 4), lnTo(base, w + 4), w + 2, 1), digits, rounding);
  }

  const isInteger = (v) => v.n === 0 && v.x >= 0;
  const isOdd = (v) => isInteger(v) && v.x === 0 && v.c % 2n === 1n;

  function pow(base, power, digits, rounding, config) {
    if (power.n === 0 && power.c === 0n) return ONE;
    if (base.n === 2 || power.n === 2) return NAN;
    if (compare(power, ONE) === 0) return toDigits(base, digits, rounding);
    const odd = isOdd(power);
    const s = base.s < 0 && odd ? -1 : 1;
    if (isZero(base)) return power.s > 0 ? zero(s) : infinity(s);
    if (base.n === 1) return power.s > 0 ? infinity(s) : zero(s);
    const one = compare(magnitude(base), ONE);
    if (power.n === 1) return one === 0 ? NAN : one > 0 === power.s > 0 ? infinity(1) : zero(1);
    if (one === 0 && base.s > 0) return ONE;
    if (base.s < 0 && !isInteger(power)) return NAN;
    if (one === 0) return { ...ONE, s };
    const size = magnitude(base);
    const exponentOfResult = Number(power.c) * 10 ** power.x * power.s * (exponent(size) + Math.log10(Number(`${size.c.toString()[0]}.${size.c.toString().slice(1, 16)}`)));
    if (exponentOfResult > config.maxE + 1) return infinity(s);
    if (exponentOfResult < config.minE - 1) return zero(s);
    if (isInteger(power) && exponent(power) < 7) {
      const n = Number(power.c) * 10 ** power.x;
      if (lengthOf(size.c) * n <= 20000) {
        const whole = finite(s, size.c ** BigInt(n), size.x * n);
        return power.s > 0 ? toDigits(whole, digits, rounding) : divide({ ...ONE }, whole, digits, rounding);
      }
    }
    const result = rounded((w) => {
      const extra = w + max(0, exponent(power)) + max(0, ceil(Math.log10(abs(exponent(size)) + 1))) + 6;
      return { ...expTo(toDigits(multiply(power, lnTo(size, extra)), extra, 1), w), s: s };
    }, digits, rounding);
    return result;
  }

  // ---- Trigonometry ----

  const MOST_PI = 1000000;

  /** v modulo pi/2 in units of 10^-p, and the quarter. */
  function reduce(v, p) {
    const e = max(0, exponent(v));
    if (p + e > MOST_PI) throw new PrecisionError();
    const wide = p + e + 4;
    const half = pi(wide) / 2n;
    const x = toFixed(v, wide);
    let quarter = x / half;
    let rest = x - quarter * half;
    if (rest < 0n) {
      rest += half;
      quarter -= 1n;
    }
    return [rest / ten(wide - p), Number(((quarter % 4n) + 4n) % 4n)];
  }

  /** Sine and cosine in units of 10^-p. */
  function sinCos(v, p) {
    const [rest, quarter] = reduce(v, p);
    const c = fixedCos(rest, p);
    const unit = ten(p);
    const s = fixedSqrt((unit * unit - c * c) / unit < 0n ? 0n : (unit * unit - c * c) / unit, p);
    switch (quarter) {
      case 0: return [s, c];
      case 1: return [c, -s];
      case 2: return [-s, -c];
      default: return [-c, s];
    }
  }

  /** As many digits as a function needs that vanishes somewhere: they are counted again when the result has come out small. */
  function relative(compute, w) {
    let p = w + 10;
    for (let tries = 0; tries < 6; tries++) {
      const value = compute(p * 2);
      const missing = value.c === 0n ? p : w - (p * 2 + exponent(value));
      if (missing < 0) return value;
      p += missing + 10;
    }
    return compute(p * 2);
  }

  function trigonometric(v, digits, rounding, which) {
    if (v.n !== 0) return NAN;
    if (isZero(v)) return which === 1 ? ONE : v;
    const e = exponent(v);
    if (2 * e < tiny(v, digits)) return which === 1 ? nearly(ONE, -1, digits, rounding) : nearly(v, which === 2 ? v.s : -v.s, digits, rounding);
    return rounded((w) => relative((p) => {
      const [s, c] = sinCos(v, p);
      if (which === 2) return c === 0n ? infinity(1) : fromFixed((s * ten(p)) / c, p);
      return fromFixed(which === 0 ? s : c, p);
    }, w), digits, rounding);
  }

  function hyperbolic(v, digits, rounding, which) {
    if (v.n === 2) return NAN;
    if (v.n === 1) return which === 0 ? v : which === 1 ? infinity(1) : { ...ONE, s: v.s };
    if (isZero(v)) return which === 1 ? ONE : v;
    const e = exponent(v);
    if (2 * e < tiny(v, digits)) return which === 1 ? nearly(ONE, 1, digits, rounding) : nearly(v, which === 2 ? -v.s : v.s, digits, rounding);
    if (e > 16) return which === 0 ? infinity(v.s) : which === 1 ? infinity(1) : nearly({ ...ONE, s: v.s }, -v.s, digits, rounding);
    if (which === 2 && e > 0 && Number(v.c) * 10 ** v.x > 1.2 * (digits + 10)) return nearly({ ...ONE, s: v.s }, -v.s, digits, rounding);
    return rounded((w) => {
      const p = w + max(0, -2 * e) + 8;
      const x = magnitude(v);
      const up = expTo(x, p);
      const down = divide(ONE, up, p, 1);
      const sum = add(up, down, p + 5, 1);
      const difference = add(up, negate(down), p + 5, 1);
      const half = (value) => divide(value, finite(1, 2n, 0), p, 1);
      if (which === 1) return half(sum);
      const result = which === 0 ? half(difference) : divide(difference, sum, p, 1);
      return { ...result, s: v.s };
    }, digits, rounding);
  }

  const halfPi = (s, digits, rounding) => rounded((w) => fromFixed((BigInt(s) * pi(w + 4)) / 2n, w + 4), digits, rounding);

  function atan(v, digits, rounding) {
    if (v.n === 2) return NAN;
    if (v.n === 1) return halfPi(v.s, digits, rounding);
    if (isZero(v)) return v;
    const e = exponent(v);
    if (2 * e < tiny(v, digits)) return nearly(v, -v.s, digits, rounding);
    if (e > -tiny(v, digits)) return nearly(halfPi(v.s, digits + 8, 1), -v.s, digits, rounding);
    return rounded((w) => fromFixed(fixedAtan(toFixed(v, w + abs(e) + 6), w + abs(e) + 6), w + abs(e) + 6), digits, rounding);
  }

  /** asin and acos, from the tangent of the angle. */
  function arc(v, digits, rounding, cosine) {
    if (v.n !== 0) return NAN;
    const one = compare(magnitude(v), ONE);
    if (one > 0) return NAN;
    if (isZero(v)) return cosine ? halfPi(1, digits, rounding) : v;
    if (one === 0) {
      if (!cosine) return halfPi(v.s, digits, rounding);
      return v.s > 0 ? zero(1) : rounded((w) => fromFixed(pi(w + 4), w + 4), digits, rounding);
    }
    const e = exponent(v);
    if (!cosine && 2 * e < tiny(v, digits)) return nearly(v, v.s, digits, rounding);
    if (cosine && e < tiny(v, digits)) return nearly(halfPi(1, digits + 8, 1), -v.s, digits, rounding);
    return rounded((w) => {
      // Close to 1 half of the digits vanish in 1 - v².
      const p = 2 * w + 2 * lengthOf(v.c) + 2 * abs(e) + 10;
      const x = toFixed(v, p);
      const unit = ten(p);
      const side = fixedSqrt(unit - (x * x) / unit, p);
      if (!cosine) return side === 0n ? halfPi(v.s, w, 1) : fromFixed(fixedAtan((x * unit) / side, p), p);
      // acos v = 2 atan(sqrt(1 - v²) / (1 + v))
      return fromFixed(2n * fixedAtan((side * unit) / (unit + x), p), p);
    }, digits, rounding);
  }

  function asinh(v, digits, rounding) {
    if (v.n !== 0 || isZero(v)) return v.n === 2 ? NAN : v;
    const e = exponent(v);
    if (2 * e < tiny(v, digits)) return nearly(v, -v.s, digits, rounding);
    return rounded((w) => {
      const p = w + max(0, -2 * e) + 10;
      const x = magnitude(v);
      const square = e > p ? multiply(x, x) : add(multiply(x, x), ONE, 2 * p + lengthOf(v.c) * 2, 1);
      const sum = add(x, core.root(square, 2, 2 * p, 1), 2 * p, 1);
      return { ...lnTo(toDigits(sum, 2 * p, 1), p), s: v.s };
    }, digits, rounding);
  }

  function acosh(v, digits, rounding) {
    if (v.n === 2 || compare(v, ONE) < 0) return NAN;
    if (v.n === 1) return v;
    if (compare(v, ONE) === 0) return zero(1);
    return rounded((w) => {
      const e = exponent(v);
      const p = 2 * w + 2 * lengthOf(v.c) + 10;
      const square = e > p ? multiply(v, v) : add(multiply(v, v), negate(ONE), 2 * p, 1);
      return lnTo(toDigits(add(v, core.root(square, 2, 2 * p, 1), 2 * p, 1), 2 * p, 1), w + 4);
    }, digits, rounding);
  }

  function atanh(v, digits, rounding) {
    if (v.n !== 0) return NAN;
    const one = compare(magnitude(v), ONE);
    if (one > 0) return NAN;
    if (one === 0) return infinity(v.s);
    if (isZero(v)) return v;
    const e = exponent(v);
    if (2 * e < tiny(v, digits)) return nearly(v, v.s, digits, rounding);
    return rounded((w) => {
      const p = w + max(0, -e) + lengthOf(v.c) + 10;
      const exact = 2 * lengthOf(v.c) + abs(v.x) + 10;
      const ratio = divide(add(ONE, v, exact, 1), add(ONE, negate(v), exact, 1), 2 * p, 1);
      return divide(lnTo(ratio, p), finite(1, 2n, 0), p, 1);
    }, digits, rounding);
  }

  function atan2(y, x, digits, rounding) {
    if (y.n === 2 || x.n === 2) return NAN;
    const negative = x.s < 0;
    const piTimes = (top, bottom) => rounded((w) => fromFixed((BigInt(y.s * top) * pi(w + 6)) / BigInt(bottom), w + 6), digits, rounding);
    if (y.n === 1) return x.n === 1 ? piTimes(negative ? 3 : 1, 4) : piTimes(1, 2);
    if (x.n === 1 || isZero(y)) return negative ? piTimes(1, 1) : zero(y.s);
    if (isZero(x)) return piTimes(1, 2);
    if (!negative) return atan(divide(y, x, digits + 40, 1), digits, rounding);
    return rounded((w) => {
      const angle = atan(divide(magnitude(y), magnitude(x), w + 20, 1), w + 10, 1);
      const value = add(fromFixed(pi(w + 10), w + 10), negate(angle), w + 20, 1);
      return { ...value, s: y.s };
    }, digits, rounding);
  }

  return { PrecisionError, exp, ln, log, pow, trigonometric, hyperbolic, atan, arc, asinh, acosh, atanh, atan2 };
})
