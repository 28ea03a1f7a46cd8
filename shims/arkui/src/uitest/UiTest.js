// @ohos:UiTest
(function (host, system) {
  'use strict';
  const { On, ON, By, BY, MatchPattern } = system.require('@concord:arkui/uitest/selectors');
  const { Component, UiComponent } = system.require('@concord:arkui/uitest/component');
  const { Driver, UiDriver, PointerMatrix } = system.require('@concord:arkui/uitest/driver');
  const { UiWindow } = system.require('@concord:arkui/uitest/window');
  const { UIEventObserver } = system.require('@concord:arkui/uitest/observer');

  return {
    MatchPattern,
    WindowMode: { FULLSCREEN: 0, PRIMARY: 1, SECONDARY: 2, FLOATING: 3 },
    ResizeDirection: { LEFT: 0, RIGHT: 1, UP: 2, DOWN: 3, LEFT_UP: 4, LEFT_DOWN: 5, RIGHT_UP: 6, RIGHT_DOWN: 7 },
    DisplayRotation: { ROTATION_0: 0, ROTATION_90: 1, ROTATION_180: 2, ROTATION_270: 3 },
    WindowChangeType: { WINDOW_UNDEFINED: 0, WINDOW_ADDED: 1, WINDOW_REMOVED: 2, WINDOW_BOUNDS_CHANGED: 3 },
    ComponentEventType: {
      COMPONENT_UNDEFINED: 0, COMPONENT_CLICKED: 1, COMPONENT_LONG_CLICKED: 2, COMPONENT_SCROLL_START: 3,
      COMPONENT_SCROLL_END: 4, COMPONENT_TEXT_CHANGED: 5,
    },
    UiDirection: { LEFT: 0, RIGHT: 1, UP: 2, DOWN: 3 },
    MouseButton: { MOUSE_BUTTON_LEFT: 0, MOUSE_BUTTON_RIGHT: 1, MOUSE_BUTTON_MIDDLE: 2 },
    PenKey: { HANDWRITING: 0, SMART: 1, AIR_MOUSE: 2 },
    PenMode: { HANDWRITING: 0, AIR_MOUSE: 1 },
    PenKeyOperation: { CLICK: 0, DOUBLE_CLICK: 1 },
    On, ON, By, BY, Component, UiComponent, Driver, UiDriver, UiWindow, PointerMatrix, UIEventObserver,
  };
})
