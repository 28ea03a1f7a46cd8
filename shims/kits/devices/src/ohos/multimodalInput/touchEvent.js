// @ohos:multimodalInput.touchEvent: actions of fingers.
(function (host, system) {
  'use strict';

  const Action = { CANCEL: 0, DOWN: 1, MOVE: 2, UP: 3, PULL_DOWN: 4, PULL_MOVE: 5, PULL_UP: 6 };
  const ToolType = { FINGER: 0, PEN: 1, RUBBER: 2, BRUSH: 3, PENCIL: 4, AIRBRUSH: 5, MOUSE: 6, LENS: 7 };
  const SourceType = { TOUCH_SCREEN: 0, PEN: 1, TOUCH_PAD: 2 };

  return {
    Action, ToolType, SourceType,
  };
})
