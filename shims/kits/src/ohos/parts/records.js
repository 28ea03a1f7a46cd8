// @concord:kits/records: what services of the system keep for the app, by name.
(function (host, system) {
  'use strict';
  const { parse, stringify } = JSON;

  function read(name, empty) {
    try {
      return parse(host.load(name) ?? 'null') ?? empty();
    } catch {
      // Somebody else has written into it.
      return empty();
    }
  }

  // Records under `name`, read anew each time: other threads change them too. `empty()` makes the first.
  return (name, empty) => {
    // Without a process they last as long as the engine.
    let kept;
    return {
      get: () => kept ?? read(name, empty),
      // Changes them by `f` and keeps the result; the result is what `f` returns.
      change(f) {
        const records = kept ?? read(name, empty);
        const result = f(records);
        host.save(name, stringify(records));
        kept = host.load(name) === undefined ? records : undefined;
        return result;
      },
    };
  };
})
