// `Date` on a clock that jumps: the machine's time and what was jumped over. Parsed and given dates are what they always are.
(function (skipped) {
  'use strict';
  const { Reflect } = globalThis;
  const Real = globalThis.Date;
  const realNow = Real.now;
  const now = () => realNow() + skipped();

  function Date(...args) {
    if (new.target === undefined) {
      return new Real(now()).toString();
    }
    return Reflect.construct(Real, args.length === 0 ? [now()] : args, new.target);
  }
  const hidden = (value) => ({ value, writable: true, enumerable: false, configurable: true });
  Object.defineProperties(Date, {
    length: { value: 7, configurable: true },
    prototype: { value: Real.prototype, writable: false, enumerable: false, configurable: false },
    now: hidden({ now() { return now(); } }.now),
    parse: hidden(Real.parse),
    UTC: hidden(Real.UTC),
  });
  Object.defineProperty(Real.prototype, 'constructor', hidden(Date));
  Object.defineProperty(globalThis, 'Date', hidden(Date));
})
