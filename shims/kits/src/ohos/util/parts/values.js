// Part of @ohos:util: rational numbers and scopes.
(function (host, system) {
  'use strict';

  const { display, parameterError, fail } = system.require('@concord:kits');

  function gcd(a, b) {
    let x = Math.abs(a);
    let y = Math.abs(b);
    while (y !== 0) [x, y] = [y, x % y];
    return x;
  }

  class RationalNumber {
    #numerator = 0;
    #denominator = 0;

    constructor(numerator, denominator) {
      if (numerator === undefined && denominator === undefined) return;
      this.#set(numerator, denominator);
    }

    #set(numerator, denominator) {
      const sign = denominator < 0 ? -1 : 1;
      const factor = gcd(numerator, denominator);
      if (factor === 0) return;
      // Without negative zero.
      this.#numerator = (sign * numerator) / factor + 0;
      this.#denominator = (sign * denominator) / factor;
    }

    static #of(value) {
      if (typeof value !== 'object' || value === null || !(#numerator in value)) parameterError(display(value), 'RationalNumber');
      return value;
    }

    static parseRationalNumber(numerator, denominator) {
      if (typeof numerator !== 'number') parameterError(display(numerator), 'number');
      if (typeof denominator !== 'number') parameterError(display(denominator), 'number');
      return new RationalNumber(numerator, denominator);
    }

    static createRationalFromString(rationalString) {
      if (typeof rationalString !== 'string') parameterError(display(rationalString), 'string');
      if (rationalString === 'NaN') return new RationalNumber(0, 0);
      const parts = rationalString.split(rationalString.includes('/') ? '/' : ':');
      const [numerator, denominator] = parts.map(Number);
      if (parts.length !== 2 || Number.isNaN(numerator) || Number.isNaN(denominator)) {
        fail(401, `Parameter error. The type of ${rationalString} must be a fraction in string form`);
      }
      return new RationalNumber(numerator, denominator);
    }

    static getCommonFactor(first, second) {
      if (typeof first !== 'number') parameterError(display(first), 'number');
      if (typeof second !== 'number') parameterError(display(second), 'number');
      return gcd(first, second);
    }

    static getCommonDivisor(first, second) {
      return RationalNumber.getCommonFactor(first, second);
    }

    compare(another) {
      const other = RationalNumber.#of(another);
      const left = this.#numerator * other.#denominator;
      const right = other.#numerator * this.#denominator;
      return left === right ? 0 : left > right ? 1 : -1;
    }

    compareTo(another) {
      return this.compare(another);
    }

    equals(object) {
      if (typeof object !== 'object' || object === null || !(#numerator in object)) return false;
      return this.#numerator === object.#numerator && this.#denominator === object.#denominator;
    }

    valueOf() {
      return this.#numerator / this.#denominator;
    }

    getNumerator() {
      return this.#numerator;
    }

    getDenominator() {
      return this.#denominator;
    }

    isFinite() {
      return this.#denominator !== 0;
    }

    isNaN() {
      return this.#numerator === 0 && this.#denominator === 0;
    }

    isZero() {
      return this.#numerator === 0 && this.#denominator !== 0;
    }

    toString() {
      if (this.isNaN()) return 'NaN';
      if (this.#denominator === 0) return this.#numerator > 0 ? 'Infinity' : '-Infinity';
      return `${this.#numerator}/${this.#denominator}`;
    }
  }

  /** Whether `a` is greater than or equal to `b`. */
  function reaches(a, b) {
    return typeof a === 'object' && a !== null ? a.compareTo(b) : a >= b;
  }

  function checkLimit(value) {
    if (value === undefined || value === null) fail(401, 'Parameter error. The value is undefined or null');
    if (typeof value !== 'number' && typeof value.compareTo !== 'function') {
      parameterError(display(value), 'number or ScopeComparable');
    }
    return value;
  }

  class ScopeHelper {
    #lower;
    #upper;

    constructor(lowerObj, upperObj) {
      this.#lower = checkLimit(lowerObj);
      this.#upper = checkLimit(upperObj);
      if (!reaches(upperObj, lowerObj)) fail(401, 'Parameter error. The upper limit must not be below the lower limit');
    }

    static #limits(first, second) {
      if (typeof first === 'object' && first !== null && #lower in first && second === undefined) {
        return [first.#lower, first.#upper];
      }
      return [checkLimit(first), checkLimit(second)];
    }

    toString() {
      return `[${this.#lower}, ${this.#upper}]`;
    }

    getLower() {
      return this.#lower;
    }

    getUpper() {
      return this.#upper;
    }

    intersect(first, second) {
      const [lower, upper] = ScopeHelper.#limits(first, second);
      const from = reaches(this.#lower, lower) ? this.#lower : lower;
      const to = reaches(this.#upper, upper) ? upper : this.#upper;
      return new this.constructor(from, to);
    }

    expand(first, second) {
      const single = second === undefined && !(typeof first === 'object' && first !== null && #lower in first);
      const [lower, upper] = single ? [checkLimit(first), first] : ScopeHelper.#limits(first, second);
      const from = reaches(this.#lower, lower) ? lower : this.#lower;
      const to = reaches(this.#upper, upper) ? this.#upper : upper;
      return new this.constructor(from, to);
    }

    contains(value) {
      if (typeof value === 'object' && value !== null && #lower in value) {
        return reaches(value.#lower, this.#lower) && reaches(this.#upper, value.#upper);
      }
      checkLimit(value);
      return reaches(value, this.#lower) && reaches(this.#upper, value);
    }

    clamp(value) {
      checkLimit(value);
      if (!reaches(value, this.#lower)) return this.#lower;
      return reaches(this.#upper, value) ? value : this.#upper;
    }
  }

  /** Deprecated since API 9. */
  class Scope extends ScopeHelper {}

  return { RationalNumber, ScopeHelper, Scope };
})
