// @concord:rdb: the leaves of databases, as promises too, and the news of stores. Not a module of the platform.
(function (host, system) {
  'use strict';

  const listeners = new Map();
  let last = 0;

  /** The same leaf, with the work on the thread of the store. */
  function promised(leaf, handle, ...args) {
    return new Promise((resolve, reject) => {
      leaf(handle, (error, value) => (error === undefined ? resolve(value) : reject(error)), ...args);
    });
  }

  // What an app inserts has few shapes.
  const MOST_SHAPES = 256;
  const shapes = new Map();

  /** The shape of rows with these columns. */
  function shapeOf(table, fields, conflict) {
    const key = `${conflict}\0${table}\0${fields.join('\0')}`;
    let shape = shapes.get(key);
    if (shape === undefined) {
      if (shapes.size >= MOST_SHAPES) shapes.clear();
      shape = host.shape(table, fields, conflict);
      shapes.set(key, shape);
    }
    return shape;
  }

  function isPlain(value) {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return true;
      case 'number':
        return Number.isFinite(value);
      default:
        return value === null;
    }
  }

  /** Many values as a leaf wants them: JSON, which crosses at once, unless it lacks one of them. */
  const packed = (values) => (values.every(isPlain) ? JSON.stringify(values) : values);

  return {
    ...host,
    promised,
    shapeOf,
    packed,
    /** `callback` gets every event of an interest from now on; the result ends that. */
    listenTo(store, interest, callback) {
      last += 1;
      const token = last;
      listeners.set(token, callback);
      const handle = host.listen(store, interest, token);
      return () => {
        listeners.delete(token);
        host.ignore(handle);
      };
    },
    told(token, text) {
      listeners.get(token)?.(JSON.parse(text));
    },
  };
})
