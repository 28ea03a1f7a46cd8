// @ohos:multimodalInput.gestureEvent: actions of gestures.
(function (host, system) {
  'use strict';

  const ActionType = { CANCEL: 0, BEGIN: 1, UPDATE: 2, END: 3 };

  return {
    ActionType,
  };
})
