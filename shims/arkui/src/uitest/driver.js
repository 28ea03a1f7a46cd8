// @concord:arkui/uitest/driver: `Driver`, `PointerMatrix`, and the older `UiDriver`.
(function (host, system) {
  'use strict';
  const screen = system.require('@concord:arkui/screen');
  const input = system.require('@concord:arkui/input');
  const inject = system.require('@concord:arkui/uitest/inject');
  const { asynchronous, synchronous, sleep, ready } = system.require('@concord:arkui/uitest/calls');
  const { check, error, INVALID, INVALID_YOUNG } = system.require('@concord:arkui/uitest/arguments');
  const { On, By } = system.require('@concord:arkui/uitest/selectors');
  const { Component, UiComponent } = system.require('@concord:arkui/uitest/component');
  const { UIEventObserver } = system.require('@concord:arkui/uitest/observer');
  const { dump } = system.require('@concord:arkui/uitest/widgets');
  const files = system.require('@concord:arkui/uitest/files');
  const windows = system.require('@concord:arkui/uitest/window');
  const { info: { device } } = system.require('@concord:process');

  const KEY_BACK = 2;
  const KEY_HOME = 1;
  const LOOK = 20;
  const SHORTEST_LONG_CLICK = 1500;
  const FOCUS_TIME = 50;
  const KEY_MOVE_END = 2082;

  const young = { young: true };

  function checkDisplay(displayId, code = INVALID) {
    if (displayId !== undefined && displayId !== null && displayId !== 0) {
      throw error(code, 'Invalid display id.');
    }
  }

  // (x, y) or (point)
  const pointOf = (first, second) => (typeof first === 'object' ? first : { x: first, y: second });
  // (x1, y1, x2, y2, speed?) or (from, to, speed?)
  const pathOf = (args) => (typeof args[0] === 'object' ? args : [{ x: args[0], y: args[1] }, { x: args[2], y: args[3] }, args[4]]);

  function duration(ms, code = INVALID_YOUNG) {
    if (ms !== undefined && ms !== null && ms < SHORTEST_LONG_CLICK) {
      throw error(code, 'Invalid longclick hold time');
    }
    return ms ?? undefined;
  }

  // The fields of `TouchOptions` that a function takes.
  function touchOptions(options, allowed) {
    for (const name of Object.keys(options ?? {})) {
      if (!allowed.includes(name)) {
        throw error(INVALID_YOUNG, `Invalid TouchOptions field [${name}].`);
      }
    }
    const { pressure } = options ?? {};
    if (pressure !== undefined && (pressure < 0 || pressure > 1)) {
      throw error(INVALID_YOUNG, 'The pressure must be between 0 and 1.');
    }
    return { ...options, pressure };
  }

  function button(id) {
    if (id > 2) {
      throw error(INVALID, 'There is no such mouse button.');
    }
    return id;
  }

  async function waitFor(selector, time) {
    const end = input.now() + time;
    for (;;) {
      const [found] = selector.find();
      if (found || input.now() >= end) {
        return found;
      }
      await sleep(Math.min(LOOK, Math.max(1, end - input.now())));
    }
  }

  async function waitForIdle(idle, timeout) {
    const end = input.now() + timeout;
    for (;;) {
      const quiet = input.idleFor();
      if (quiet >= idle) {
        return true;
      }
      const left = end - input.now();
      if (left <= 0) {
        return false;
      }
      await sleep(Math.min(Math.max(1, idle - quiet), left));
    }
  }

  // Does something that takes its time, and looks for a component meanwhile.
  async function present(selector, work) {
    let going = true;
    let seen = false;
    const done = work().finally(() => {
      going = false;
    });
    while (going && !seen) {
      await sleep(LOOK);
      seen = selector.find().length > 0;
    }
    await done;
    return seen;
  }

  class PointerMatrix {
    #points;

    constructor(fingers, steps) {
      this.#points = Array.from({ length: fingers }, () => new Array(steps).fill(undefined));
    }

    static create(fingers, steps) {
      check([fingers, steps], ['int int']);
      if (fingers < 1 || fingers > 10) {
        throw error(INVALID, 'Number of illegal fingers');
      }
      if (steps < 1 || steps > 1000) {
        throw error(INVALID, 'Number of illegal steps');
      }
      return new PointerMatrix(fingers, steps);
    }

    get points() {
      return this.#points;
    }

    // Every finger has to have a point in every step.
    complete(code = INVALID) {
      if (this.#points.some((row) => row.includes(undefined))) {
        throw error(code, 'There is not all coordinate points are set');
      }
      return this.#points;
    }
  }
  synchronous(PointerMatrix, {
    setPoint: ['int int Point', function (finger, step, point) {
      if (finger >= this.points.length) {
        throw error(INVALID, 'Number of illegal fingers');
      }
      if (step >= this.points[0].length) {
        throw error(INVALID, 'Number of illegal steps');
      }
      this.points[finger][step] = { ...point };
    }],
  });

  // Where a gesture in a direction goes on the screen.
  function across(direction) {
    const [x, y] = [device.width / 2, device.height / 2];
    const by = { 0: [-x / 2, 0], 1: [x / 2, 0], 2: [0, -y / 2], 3: [0, y / 2] }[direction];
    if (!by) {
      throw error(INVALID, 'Illegal direction');
    }
    const at = (sign) => ({ x: Math.trunc(x + sign * by[0]), y: Math.trunc(y + sign * by[1]) });
    return [at(-1), at(1)];
  }

  const unsupported = (signatures) => [signatures, () => {
    throw error(17000005);
  }, young];

  class Driver {
    static create() {
      return new Driver();
    }
  }
  class UiDriver {
    static create() {
      return new UiDriver();
    }
  }

  const finders = (Found, selector) => ({
    delayMs: ['int', (ms) => sleep(ms)],
    findComponent: [selector, async (wanted) => {
      const [found] = wanted.find();
      return found ? new Found(found.node) : null;
    }],
    findComponents: [selector, async (wanted) => wanted.find().map((found) => new Found(found.node))],
    assertComponentExist: [selector, async (wanted) => {
      if (wanted.find().length === 0) {
        throw error(17000003, `Component not exist matching: ${wanted.describe()}`);
      }
    }],
  });
  const XY = 'int int';
  const PATH = ['int int int int int?', 'Point Point int?'];

  asynchronous(Driver, {
    ...finders(Component, 'On'),
    waitForComponent: ['On int', async (selector, time) => {
      const found = await waitFor(selector, time);
      return found ? new Component(found.node) : null;
    }],
    waitForIdle: ['int int', waitForIdle],
    findWindow: ['WindowFilter', async (filter) => windows.find(filter)],
    click: [[XY, 'Point'], (...args) => inject.click(pointOf(...args))],
    clickAt: ['Point', (point) => inject.click(point), young],
    clickAtWithOptions: ['Point TouchOptions?', (point, options) => inject.click(point, touchOptions(options, ['pressure'])), young],
    doubleClick: [[XY, 'Point'], (...args) => inject.doubleClick(pointOf(...args))],
    doubleClickAt: ['Point', (point) => inject.doubleClick(point), young],
    longClick: [[XY, 'Point'], (...args) => inject.longClick(pointOf(...args))],
    longClickAt: ['Point int?', (point, ms) => inject.longClick(point, duration(ms)), young],
    longClickAtWithOptions: ['Point TouchOptions?', (point, given) => {
      const options = touchOptions(given, ['duration', 'pressure']);
      return inject.longClick(point, duration(options.duration), options);
    }, young],
    swipe: [PATH, (...args) => inject.swipe(...pathOf(args))],
    swipeBetween: ['Point Point int?', (from, to, speed) => inject.swipe(from, to, speed), young],
    swipeBetweenWithOptions: ['Point Point TouchOptions?', (from, to, given) => {
      const options = touchOptions(given, ['speed', 'pressure']);
      return inject.swipe(from, to, options.speed, options);
    }, young],
    drag: [PATH, (...args) => inject.drag(...pathOf(args))],
    dragBetween: ['Point Point int? int?', (from, to, speed, ms) => inject.drag(from, to, speed, duration(ms)), young],
    dragBetweenWithOptions: ['Point Point TouchOptions?', (from, to, given) => {
      const options = touchOptions(given, ['speed', 'duration', 'pressure']);
      return inject.drag(from, to, options.speed, duration(options.duration), options);
    }, young],
    fling: [['Point Point int int', 'int int int?'], (first, second, length, speed) => {
      if (typeof first === 'number') {
        checkDisplay(length);
        return inject.swipe(...across(first), second);
      }
      if (length < 1) {
        throw error(INVALID, 'The stepLen is out of range');
      }
      return inject.fling(first, second, length, speed);
    }],
    injectMultiPointerAction: ['PointerMatrix int?', async (matrix, speed) => {
      await inject.matrix(matrix.complete(), speed);
      return true;
    }],
    pressBack: ['int?', async (displayId) => {
      checkDisplay(displayId, INVALID_YOUNG);
      await inject.keys(KEY_BACK);
    }, young],
    pressHome: ['int?', async (displayId) => {
      checkDisplay(displayId, INVALID_YOUNG);
      await inject.keys(KEY_HOME);
    }, young],
    triggerKey: ['int int?', async (code, displayId) => {
      checkDisplay(displayId);
      await inject.keys(code);
    }],
    triggerCombineKeys: ['int int int? int?', async (first, second, third, displayId) => {
      checkDisplay(displayId);
      await inject.keys(...[first, second, third].filter((code) => code !== undefined && code !== null));
    }],
    inputText: ['Point string InputTextMode?', async (point, text, mode) => {
      await inject.click(point);
      await sleep(FOCUS_TIME);
      if (mode?.addition === true) {
        await inject.keys(KEY_MOVE_END);
        await sleep(FOCUS_TIME);
      }
      await inject.type(text, mode?.paste === true);
    }],
    mouseClick: ['Point int int? int?', (point, id, ...keys) => inject.mouseClick(point, button(id), keys)],
    mouseDoubleClick: ['Point int int? int?', async (point, id, ...keys) => {
      await inject.mouseClick(point, button(id), keys);
      await sleep(inject.DOUBLE_CLICK_INTERVAL);
      await inject.mouseClick(point, button(id), keys);
    }],
    mouseLongClick: ['Point int int? int? int?', (point, id, first, second, ms) =>
      inject.mouseClick(point, button(id), [first, second], duration(ms, INVALID) ?? inject.LONG_CLICK_HOLD)],
    mouseMoveTo: ['Point', async ({ x, y }) => input.mouse(3, 0, x, y)],
    mouseMoveWithTrack: ['Point Point int?', (from, to, speed) => inject.mousePath(from, to, speed)],
    mouseDrag: ['Point Point int? int?', (from, to, speed, ms) =>
      inject.mousePath(from, to, speed, { held: true, hold: duration(ms, INVALID) ?? inject.LONG_CLICK_HOLD })],
    mouseDragWithOptions: ['Point Point TouchOptions? KeyOptions?', async (from, to, given, keys) => {
      const options = touchOptions(given, ['speed', 'duration']);
      if (keys?.key2 !== undefined && keys.key1 === undefined) {
        throw error(INVALID_YOUNG, 'Invalid key options: key2 cannot be set without key1');
      }
      await inject.mousePath(from, to, options.speed, { held: true, hold: duration(options.duration) ?? inject.LONG_CLICK_HOLD });
    }, young],
    mouseScroll: ['Point bool int int? int? int?', (point, down, steps, first, second, speed) =>
      inject.wheel(point, down, steps, [first, second], speed)],
    penClick: ['Point', (point) => inject.click(point, { tool: inject.PEN })],
    penDoubleClick: ['Point', (point) => inject.doubleClick(point, { tool: inject.PEN })],
    penLongClick: ['Point float?', (point, pressure) =>
      inject.longClick(point, undefined, { tool: inject.PEN, ...touchOptions({ pressure }, ['pressure']) })],
    penSwipe: ['Point Point int? float?', (from, to, speed, pressure) =>
      inject.swipe(from, to, speed, { tool: inject.PEN, ...touchOptions({ pressure }, ['pressure']) })],
    injectPenPointerAction: ['PointerMatrix int? float?', async (matrix, speed, pressure) => {
      if (matrix.points.length !== 1) {
        throw error(INVALID, 'Finger number must be 1 when injecting pen action');
      }
      await inject.matrix(matrix.complete(), speed, { tool: inject.PEN, ...touchOptions({ pressure }, ['pressure']) });
    }],
    triggerPenKey: unsupported('int int int PenKeyOperationOptions?'),
    crownRotate: ['signed int?', () => {
      throw error(801, 'Capability not support');
    }, young],
    knuckleKnock: unsupported(['Point int?', 'Point Point int?']),
    injectKnucklePointerAction: unsupported('PointerMatrix int?'),
    touchPadMultiFingerSwipe: ['int int TouchPadSwipeOptions?', async (fingers, direction) => {
      if (fingers !== 3 && fingers !== 4) {
        throw error(INVALID, 'Number of illegal fingers');
      }
      across(direction);
      if (device.deviceType !== '2in1') {
        throw error(17000005);
      }
      system.report('@ohos:UiTest:Driver.touchPadMultiFingerSwipe');
    }],
    touchPadTwoFingersScroll: ['Point int int int?', async (point, direction, steps) => {
      if (direction > 3) {
        throw error(INVALID_YOUNG, 'Illegal direction');
      }
      if (device.deviceType !== '2in1') {
        throw error(17000005, 'This device can not support this action');
      }
      const [dx, dy] = { 0: [1, 0], 1: [-1, 0], 2: [0, 1], 3: [0, -1] }[direction];
      for (let step = 0; step < steps; step++) {
        input.wheel(point.x, point.y, dx * 15, dy * 15, true);
        await sleep(25);
      }
    }, young],
    isComponentPresentWhenLongClick: ['On Point int?', (selector, point, ms) =>
      present(selector, () => inject.longClick(point, duration(ms))), young],
    isComponentPresentWhenDrag: ['On Point Point int? int?', (selector, from, to, speed, ms) =>
      present(selector, () => inject.drag(from, to, speed, duration(ms))), young],
    isComponentPresentWhenSwipe: ['On Point Point int?', (selector, from, to, speed) =>
      present(selector, () => inject.swipe(from, to, speed)), young],
    screenCap: ['string int?', async (path, displayId) => {
      checkDisplay(displayId);
      return files.screenCap(path);
    }],
    screenCapture: ['string Rect?', async (path, rect) => files.screenCap(path, rect?.left, rect?.top, rect?.right, rect?.bottom)],
    dumpLayout: ['string int?', async (path, displayId) => {
      checkDisplay(displayId, INVALID_YOUNG);
      return files.writeText(path, JSON.stringify(dump()));
    }, young],
    getDisplaySize: ['int?', async (displayId) => {
      checkDisplay(displayId, INVALID_YOUNG);
      return { x: device.width, y: device.height, displayId: 0 };
    }, young],
    getDisplayDensity: ['int?', async (displayId) => {
      checkDisplay(displayId, INVALID_YOUNG);
      const dpi = Math.round(device.density * 160);
      return { x: dpi, y: dpi, displayId: 0 };
    }, young],
    getDisplayRotation: ['int?', async (displayId) => {
      checkDisplay(displayId, INVALID_YOUNG);
      return screen.rotation();
    }, young],
    setDisplayRotation: ['int', async (rotation) => {
      if (rotation > 3) {
        throw error(INVALID, 'There is no such rotation.');
      }
      screen.rotate(rotation);
    }],
    setDisplayRotationEnabled: ['bool', async () => {}],
    wakeUpDisplay: ['', async () => {}],
  });
  synchronous(Driver, { createUIEventObserver: ['', () => new UIEventObserver()] });

  asynchronous(UiDriver, {
    ...finders(UiComponent, 'By'),
    click: [XY, (x, y) => inject.click({ x, y })],
    doubleClick: [XY, (x, y) => inject.doubleClick({ x, y })],
    longClick: [XY, (x, y) => inject.longClick({ x, y })],
    swipe: ['int int int int int?', (...args) => inject.swipe(...pathOf(args))],
    pressBack: ['', () => inject.keys(KEY_BACK)],
    triggerKey: ['int', (code) => inject.keys(code)],
    screenCap: ['string', async (path) => files.screenCap(path)],
  });

  return { Driver, UiDriver, PointerMatrix, waitForIdle, ready };
})
