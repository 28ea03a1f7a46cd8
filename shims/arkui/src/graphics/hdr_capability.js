// @ohos:graphics.hdrCapability: which kinds of HDR there are.
(function () {
  'use strict';
  const HDRFormat = {
    NONE: 0, VIDEO_HLG: 1, VIDEO_HDR10: 2, VIDEO_HDR_VIVID: 3, IMAGE_HDR_VIVID_DUAL: 4, IMAGE_HDR_VIVID_SINGLE: 5, IMAGE_HDR_ISO_DUAL: 6,
    IMAGE_HDR_ISO_SINGLE: 7,
  };
  return { HDRFormat };
})
