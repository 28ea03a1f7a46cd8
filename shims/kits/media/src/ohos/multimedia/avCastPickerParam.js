// @ohos:multimedia.avCastPickerParam: numbers of the picker for devices.
(function () {
  'use strict';
  return {
    AVCastPickerState: { STATE_APPEARING: 0, STATE_DISAPPEARING: 1 },
    AVCastPickerStyle: { STYLE_PANEL: 0, STYLE_MENU: 1 },
    AVCastPickerColorMode: { AUTO: 0, DARK: 1, LIGHT: 2 },
  };
})
