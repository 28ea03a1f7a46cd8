// @concord:arkui/exchange: joins text fields, `@concord:clipboard` and the clipboard of the desktop; see exchange.rs.
(function (host, system) {
  'use strict';
  const clipboard = system.require('@concord:clipboard');
  const input = system.require('@concord:arkui/input');

  const TEXT = 'text/plain';
  const PNG = 'image/png';
  const DRAGGED = [TEXT, 'text/html', 'text/uri-list', PNG];
  // Who says so.
  const FIELDS = {};
  const DESKTOP = {};

  // --- pictures: the app has a PixelMap, other programs want a file

  const image = () => system.require('@ohos:multimedia.image');
  const pixels = () => system.require('@concord:arkui/pixels');

  clipboard.codec(PNG, {
    encode: (pixelMap) => (pixelMap?.__pixels__ === undefined ? undefined : pixels().encode(pixelMap.__pixels__, PNG, 1)),
    decode(bytes) {
      return image().createImageSource(bytes).createPixelMapSync({ editable: true });
    },
  });

  // --- fields

  input.onCopied((text) => clipboard.set({ [TEXT]: text }, FIELDS));
  clipboard.onChange(FIELDS, () => input.setCanPaste(clipboard.types.includes(TEXT)));
  input.setCanPaste(clipboard.types.includes(TEXT));
  host.onTake((primary) => (primary ? host.receive('primary', TEXT) : clipboard.text) ?? '');

  // --- the desktop

  function take() {
    const types = host.offered('clipboard');
    clipboard.connect({
      types,
      get: (type) => host.receive('clipboard', type),
      later: (type) => new Promise((resolve) => host.receiveLater('clipboard', type, resolve)),
    }, DESKTOP);
  }

  if (system.require('@concord:arkui/desktop').on) {
    host.onOffered((channel) => channel === 'clipboard' && take());
    clipboard.onChange(DESKTOP, () => host.offer('clipboard', clipboard.types.flatMap((type) => {
      const value = clipboard.bytes(type);
      return value === undefined ? [] : [type, value];
    })));
    if (host.offered('clipboard').length > 0) {
      take();
    }
  }

  return {
    // The types of something dragged that apps understand.
    known: (types) => types.filter((type) => DRAGGED.includes(type)),
    // What is dragged over a window, as one of its types.
    later: (type) => new Promise((resolve) => host.receiveLater('drag', type, resolve)).then((value) => clipboard.decoded(type, value)),
    // Forms by type as the natives want them: [type, value, …].
    encoded: (forms) => Object.entries(forms).flatMap(([type, value]) => {
      const bytes = clipboard.encoded(type, value);
      return bytes === undefined ? [] : [type, bytes];
    }),
  };
})
