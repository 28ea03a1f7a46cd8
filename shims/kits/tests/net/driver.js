(function (test, require, at, over) {
  'use strict';
  const told = { failure: '', count: 0 };
  const check = (condition, message) => {
    told.count++;
    if (!condition) throw new Error(`assertion failed: ${message}`);
  };
  /** The code that something fails with; 0 when it does not. */
  check.code = async (work) => {
    try {
      await work();
      return 0;
    } catch (error) {
      return error.code ?? String(error);
    }
  };
  check.equal = (found, wanted, message) => check(found === wanted, `${message}: ${String(found)} instead of ${String(wanted)}`);
  test(require, check, at).then(() => over(), (error) => {
    told.failure = `${error}\n${error?.stack}`;
    over(told.failure);
  });
  return told;
})
