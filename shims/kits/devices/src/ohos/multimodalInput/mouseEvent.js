// @ohos:multimodalInput.mouseEvent: actions of mice.
(function (host, system) {
  'use strict';

  const Action = {
    CANCEL: 0, MOVE: 1, BUTTON_DOWN: 2, BUTTON_UP: 3, AXIS_BEGIN: 4, AXIS_UPDATE: 5, AXIS_END: 6, ACTION_DOWN: 7, ACTION_UP: 8,
  };
  const Button = { LEFT: 0, MIDDLE: 1, RIGHT: 2, SIDE: 3, EXTRA: 4, FORWARD: 5, BACK: 6, TASK: 7 };
  const Axis = { SCROLL_VERTICAL: 0, SCROLL_HORIZONTAL: 1, PINCH: 2 };
  const ToolType = { UNKNOWN: 0, MOUSE: 1, JOYSTICK: 2, TOUCHPAD: 3 };

  return {
    Action, Button, Axis, ToolType,
  };
})
