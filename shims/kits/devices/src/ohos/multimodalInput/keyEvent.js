// @ohos:multimodalInput.keyEvent: actions of keys.
(function (host, system) {
  'use strict';

  const Action = { CANCEL: 0, DOWN: 1, UP: 2 };

  return {
    Action,
  };
})
