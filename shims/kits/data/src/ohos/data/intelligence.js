// @ohos:data.intelligence: this device has no models; texts can be split.
(function (host, system) {
  'use strict';

  const ModelVersion = { BASIC_MODEL: 0 };
  const NetworkPolicy = { WIFI_ONLY: 0, WIFI_AND_CELLULAR: 1 };

  function invalid(what) {
    throw new system.BusinessError(401, `Parameter error. ${what}`);
  }

  function absent() {
    throw new system.BusinessError(801, 'Capability not supported. There are no embedding models on this device.');
  }

  /** Pieces of at most `size` characters, of which neighbours share the part `overlapRatio`. */
  function splitText(text, config) {
    if (typeof text !== 'string') invalid('The type of text must be string.');
    const { size, overlapRatio } = config ?? {};
    if (!Number.isInteger(size) || size < 1) invalid('The size must be a positive integer.');
    if (typeof overlapRatio !== 'number' || !(overlapRatio >= 0 && overlapRatio < 1)) invalid('The overlapRatio must be in [0, 1).');
    return system.async(() => {
      const characters = [...text];
      const step = Math.max(1, size - Math.floor(size * overlapRatio));
      const pieces = [];
      for (let start = 0; start < characters.length; start += step) {
        pieces.push(characters.slice(start, start + size).join(''));
        if (start + size >= characters.length) break;
      }
      return pieces;
    });
  }

  return { ModelVersion, NetworkPolicy, splitText, getTextEmbeddingModel: absent, getImageEmbeddingModel: absent, getSupportedCloudModel: absent };
})
