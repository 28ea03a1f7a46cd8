// @concord:clipboard: what was copied last, by fields, by pasteboards, by other programs. It has a value for each of the MIME types
// that it can be had as: strings for text, HTML and lists of addresses, buffers for others; what another program has is asked for when
// somebody wants it. Whoever keeps more about it (records) hears of changes by others.
(function () {
  'use strict';
  const TEXT = 'text/plain';
  const NOTHING = { types: [], get() {}, later: () => Promise.resolve(undefined) };
  let content = NOTHING;
  const listeners = new Set();
  // MIME type → {encode(value) → ArrayBuffer, decode(ArrayBuffer) → value}, for values that are no bytes here.
  const codecs = new Map();

  function change(next, by) {
    content = next;
    listeners.forEach((listener) => listener.by !== by && listener.changed());
  }

  const isBytes = (value) => typeof value === 'string' || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
  const encoded = (type, value) => (value === undefined || isBytes(value) ? value : codecs.get(type)?.encode(value));
  const decoded = (type, value) => (value instanceof ArrayBuffer && codecs.has(type) ? codecs.get(type).decode(value) : value);

  return {
    get types() {
      return content.types;
    },
    // The value of a type; may wait a moment for another program.
    get(type) {
      return content.types.includes(type) ? decoded(type, content.get(type)) : undefined;
    },
    // The same without waiting.
    later(type) {
      return content.types.includes(type) ? content.later(type).then((value) => decoded(type, value)) : Promise.resolve(undefined);
    },
    // The same as a string or as bytes, as other programs want it.
    bytes(type) {
      return encoded(type, content.get(type));
    },
    get text() {
      return this.get(TEXT) ?? '';
    },
    // Type → value. `by` is who says so, and is not told.
    set(forms, by) {
      const types = Object.keys(forms).filter((type) => forms[type] !== undefined);
      const get = (type) => forms[type];
      change(types.length === 0 ? NOTHING : { types, get, later: (type) => Promise.resolve(get(type)) }, by);
    },
    // What somebody else has: `{types, get(type), later(type) → Promise}`.
    connect(other, by) {
      change(other, by);
    },
    onChange(by, changed) {
      listeners.add({ by, changed });
    },
    encoded,
    decoded,
    codec(type, codec) {
      codecs.set(type, codec);
    },
  };
})
