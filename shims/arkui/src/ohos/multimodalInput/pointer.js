// @ohos:multimodalInput.pointer: the shape of the mouse pointer over the app's windows.
(function (host, system) {
  'use strict';
  const input = system.require('@concord:arkui/input');
  const pictures = system.require('@concord:arkui/pointer-picture');
  const { BusinessError } = system;

  const named = (names, first = 0) => Object.fromEntries(names.split(' ').map((name, index) => [name, first + index]));
  const PointerStyle = {
    ...named(`DEFAULT EAST WEST SOUTH NORTH WEST_EAST NORTH_SOUTH NORTH_EAST NORTH_WEST SOUTH_EAST SOUTH_WEST NORTH_EAST_SOUTH_WEST
NORTH_WEST_SOUTH_EAST CROSS CURSOR_COPY CURSOR_FORBID COLOR_SUCKER HAND_GRABBING HAND_OPEN HAND_POINTING HELP MOVE RESIZE_LEFT_RIGHT
RESIZE_UP_DOWN SCREENSHOT_CHOOSE SCREENSHOT_CURSOR TEXT_CURSOR ZOOM_IN ZOOM_OUT MIDDLE_BTN_EAST MIDDLE_BTN_WEST MIDDLE_BTN_SOUTH
MIDDLE_BTN_NORTH MIDDLE_BTN_NORTH_SOUTH MIDDLE_BTN_NORTH_EAST MIDDLE_BTN_NORTH_WEST MIDDLE_BTN_SOUTH_EAST MIDDLE_BTN_SOUTH_WEST
MIDDLE_BTN_NORTH_SOUTH_WEST_EAST HORIZONTAL_TEXT_CURSOR CURSOR_CROSS CURSOR_CIRCLE LOADING RUNNING MIDDLE_BTN_EAST_WEST RUNNING_LEFT
RUNNING_RIGHT AECH_DEVELOPER_DEFINED_ICON SCREENRECORDER_CURSOR LASER_CURSOR LASER_CURSOR_DOT LASER_CURSOR_DOT_RED`.replaceAll('\n', ' ')),
    DEVELOPER_DEFINED_ICON: -100,
  };
  const PrimaryButton = named('LEFT RIGHT');
  const RightClickType = named(
    'TOUCHPAD_RIGHT_BUTTON TOUCHPAD_LEFT_BUTTON TOUCHPAD_TWO_FINGER_TAP TOUCHPAD_TWO_FINGER_TAP_OR_RIGHT_BUTTON TOUCHPAD_TWO_FINGER_TAP_OR_LEFT_BUTTON', 1);
  const STYLES = new Set(Object.values(PointerStyle));

  const invalid = (text) => new BusinessError(401, `Parameter error. ${text}`);

  function number(value, name) {
    if (typeof value !== 'number') {
      throw invalid(`The type of ${name} must be number.`);
    }
    return value;
  }

  // Window id → style. All windows are shown as one: the style of the last one that said anything holds.
  const styles = new Map();
  let visible = true;

  const of = (windowId) => styles.get(number(windowId, 'windowId')) ?? PointerStyle.DEFAULT;

  function set(windowId, style) {
    number(windowId, 'windowId');
    number(style, 'pointerStyle');
    if (windowId < -1) {
      throw invalid('The windowId is invalid.');
    }
    if (!STYLES.has(style) || style < 0) {
      throw invalid('The pointerStyle is undefined.');
    }
    styles.set(windowId, style);
    input.setPointer('window', style);
  }

  function show(flag) {
    if (typeof flag !== 'boolean') {
      throw invalid('The type of visible must be boolean.');
    }
    visible = flag;
    input.setPointer('hidden', flag ? 0 : 1);
  }

  // `(windowId, pixelMap, focusX, focusY)` or `(windowId, {pixelMap, focusX, focusY}, config)`. Where desktops say how large pointers are
  // (`followSystem`) they say it of their own.
  function setPicture(windowId, first, second, third) {
    number(windowId, 'windowId');
    const given = typeof first?.pixelMap === 'object' ? first : { pixelMap: first, focusX: second, focusY: third };
    const wrong = pictures.show(given);
    if (wrong !== undefined) {
      throw invalid(wrong);
    }
    styles.set(windowId, PointerStyle.DEVELOPER_DEFINED_ICON);
    input.setPointer('window', PointerStyle.DEVELOPER_DEFINED_ICON);
  }

  const callable = (callback) => {
    if (callback !== undefined && typeof callback !== 'function') {
      throw invalid('The type of callback must be function.');
    }
    return callback;
  };

  const pointer = {
    PointerStyle,
    PrimaryButton,
    RightClickType,
    // What is wrong with arguments is said at once, as by the platform.
    setPointerStyle(windowId, style, callback) {
      callable(callback);
      set(windowId, style);
      return system.async(() => undefined, callback);
    },
    setPointerStyleSync: set,
    setCustomCursor(...args) {
      setPicture(...args);
      return system.async(() => undefined);
    },
    setCustomCursorSync: (windowId, pixelMap, focusX, focusY) => setPicture(windowId, pixelMap, focusX, focusY),
    getPointerStyle(windowId, callback) {
      callable(callback);
      const style = of(windowId);
      return system.async(() => style, callback);
    },
    getPointerStyleSync: of,
    setPointerVisible(flag, callback) {
      callable(callback);
      show(flag);
      return system.async(() => undefined, callback);
    },
    setPointerVisibleSync: show,
    isPointerVisible(callback) {
      return system.async(() => visible, callable(callback));
    },
    isPointerVisibleSync: () => visible,
  };
  return pointer;
})
