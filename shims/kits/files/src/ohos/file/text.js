// Part of @ohos:file.fs: text of files.
(function (host, system) {
  'use strict';

  const { TextEncoder, TextDecoder } = system.require('@concord:util.text');

  return {
    encode: (text, encoding) => new TextEncoder(encoding).encode(text),
    decode: (bytes, encoding) => new TextDecoder(encoding).decodeToString(bytes),
  };
})
