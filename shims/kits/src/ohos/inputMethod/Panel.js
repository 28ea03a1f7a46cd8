// @ohos:inputMethod.Panel: windows of input methods.
(function () {
  'use strict';
  const PanelFlag = { FLAG_FIXED: 0, FLAG_FLOATING: 1, FLAG_CANDIDATE: 2 };
  const PanelType = { SOFT_KEYBOARD: 0, STATUS_BAR: 1 };
  return { PanelFlag, PanelType };
})
