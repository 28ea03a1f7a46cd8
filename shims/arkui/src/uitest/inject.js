// @concord:arkui/uitest/inject: what a person's hands would do, with the platform's timings.
(function (host, system) {
  'use strict';
  const input = system.require('@concord:arkui/input');
  const { sleep } = system.require('@concord:arkui/uitest/calls');

  // ms
  const CLICK_HOLD = 100;
  const LONG_CLICK_HOLD = 1500;
  const DOUBLE_CLICK_INTERVAL = 200;
  const KEY_HOLD = 100;
  const TYPE_CHARACTER = 10;
  const MOVE_INTERVAL = 5;
  // px per second
  const SPEED = 600;
  const [SLOWEST, FASTEST] = [200, 40000];

  const DOWN = 0;
  const UP = 1;
  const MOVE = 2;
  const PEN = 2;

  const speedOf = (speed) => (speed >= SLOWEST && speed <= FASTEST ? speed : SPEED);

  // Fingers step by step: [[{phase, x, y, hold}]], one row for each finger. `hold` is how long the step lasts in ms.
  async function perform(rows, { tool, pressure } = {}) {
    const steps = Math.max(...rows.map((row) => row.length));
    for (let step = 0; step < steps; step++) {
      let hold = 0;
      rows.forEach((row, finger) => {
        const action = row[step];
        if (action) {
          input.touch(action.phase, finger, action.x, action.y, tool, pressure);
          hold = Math.max(hold, action.hold);
        }
      });
      if (hold > 0) {
        await sleep(hold);
      }
    }
  }

  const press = ({ x, y }, hold) => [{ phase: DOWN, x, y, hold }, { phase: UP, x, y, hold: 0 }];

  const click = (point, options) => perform([press(point, CLICK_HOLD)], options);
  const longClick = (point, duration = LONG_CLICK_HOLD, options) => perform([press(point, duration)], options);

  async function doubleClick(point, options) {
    await click(point, options);
    await sleep(DOUBLE_CLICK_INTERVAL);
    await click(point, options);
  }

  // The steps of a finger that moves evenly; none when it would not move.
  function path(from, to, speed, { hold = 0, steps: wanted } = {}) {
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const distance = Math.trunc(Math.hypot(dx, dy));
    if (distance < 1) {
      return [];
    }
    const cost = Math.trunc((distance * 1000) / speed);
    const steps = Math.max(1, wanted ?? Math.trunc(cost / MOVE_INTERVAL));
    const interval = wanted === undefined ? MOVE_INTERVAL : Math.trunc(cost / steps) + 1;
    const row = [{ phase: DOWN, x: from.x, y: from.y, hold: interval + hold }];
    for (let step = 1; step < steps; step++) {
      const x = Math.trunc(from.x + (dx / steps) * step);
      const y = Math.trunc(from.y + (dy / steps) * step);
      row.push({ phase: MOVE, x, y, hold: interval });
    }
    row.push({ phase: UP, x: to.x, y: to.y, hold: interval });
    return row;
  }

  const move = async (row, options) => {
    if (row.length > 0) {
      await perform([row], options);
    }
  };
  const swipe = (from, to, speed, options) => move(path(from, to, speedOf(speed)), options);
  const drag = (from, to, speed, hold = LONG_CLICK_HOLD, options) => move(path(from, to, speedOf(speed), { hold }), options);

  // A swipe in steps of a length in px.
  function fling(from, to, length, speed) {
    const distance = Math.hypot(to.x - from.x, to.y - from.y);
    return move(path(from, to, speedOf(speed), { steps: Math.max(1, Math.trunc(distance / length)) }));
  }

  const PINCH_DEAD_ZONE = 40;

  // Two fingers along the middle of a rectangle, apart for a scale above 1, together below.
  async function pinch({ left, top, right, bottom }, scale) {
    const [x, y] = [Math.trunc((left + right) / 2), Math.trunc((top + bottom) / 2)];
    const distance = Math.trunc(Math.abs(x - left) * Math.abs(scale - 1));
    const rows = scale > 1
      ? [[x - PINCH_DEAD_ZONE, -distance], [x + PINCH_DEAD_ZONE, distance]]
      : [[left + PINCH_DEAD_ZONE, distance], [right - PINCH_DEAD_ZONE, -distance]];
    if (distance >= 1) {
      await perform(rows.map(([from, by]) => path({ x: from, y }, { x: from + by, y }, SPEED)));
    }
  }

  // Points of several fingers, step by step. A point above 65535 says in its upper half how long it stays in ms.
  function matrix(points, speed, options) {
    const STAY = 0x10000;
    const pace = speedOf(speed);
    const rows = points.map((row) => {
      const actions = row.map((point, step) => {
        const next = row[step + 1];
        const x = point.x % STAY;
        const stay = Math.trunc(point.x / STAY);
        const distance = next ? Math.trunc(Math.hypot((next.x % STAY) - x, next.y - point.y)) : 0;
        const hold = stay > 0 ? stay : Math.trunc((distance * 1000) / pace);
        return { phase: step === 0 ? DOWN : MOVE, x, y: point.y, hold };
      });
      const last = actions.at(-1);
      last.hold ||= actions.at(-2)?.hold ?? 0;
      actions.push({ ...last, phase: UP, hold: 0 });
      return actions;
    });
    return perform(rows, options);
  }

  // Presses keys one after the other, then releases them.
  async function keys(...codes) {
    for (const code of codes) {
      input.key(DOWN, code);
    }
    await sleep(KEY_HOLD);
    for (const code of codes.reverse()) {
      input.key(UP, code);
    }
  }

  const given = (codes) => codes.filter((code) => code !== undefined && code !== null);

  // Does something while keys are held.
  async function withKeys(codes, work) {
    const held = given(codes);
    held.forEach((code) => input.key(DOWN, code));
    if (held.length > 0) {
      await sleep(KEY_HOLD);
    }
    try {
      return await work();
    } finally {
      held.reverse().forEach((code) => input.key(UP, code));
    }
  }

  // `MouseButton` of UiTest → that of ArkUI.
  const BUTTONS = [1, 2, 4];
  const PRESS = 1;
  const RELEASE = 2;
  const MOUSE_MOVE = 3;

  async function mouseClick({ x, y }, button, codes, hold = CLICK_HOLD) {
    input.mouse(MOUSE_MOVE, 0, x, y);
    await withKeys(codes, async () => {
      input.mouse(PRESS, BUTTONS[button], x, y);
      await sleep(hold);
      input.mouse(RELEASE, BUTTONS[button], x, y);
    });
  }

  async function mousePath(from, to, speed, { held, hold } = {}) {
    const row = path(from, to, speedOf(speed), { hold });
    for (const action of row) {
      const kind = held && action.phase === DOWN ? PRESS : held && action.phase === UP ? RELEASE : MOUSE_MOVE;
      input.mouse(kind, held && kind !== MOUSE_MOVE ? BUTTONS[0] : 0, action.x, action.y);
      await sleep(action.hold);
    }
  }

  // A step of the wheel moves content by so many px.
  const WHEEL_STEP = 120;

  async function wheel({ x, y }, down, steps, codes, speed) {
    const rate = speed >= 1 && speed <= 500 ? speed : 20;
    input.mouse(MOUSE_MOVE, 0, x, y);
    await withKeys(codes, async () => {
      for (let step = 0; step < steps; step++) {
        input.wheel(x, y, 0, down ? -WHEEL_STEP : WHEEL_STEP);
        await sleep(1000 / rate);
      }
    });
  }

  const KEY_A = 2017;
  const KEY_0 = 2000;
  const SHIFT = 2047;
  const keyOf = (character) => (/[a-z]/i.test(character) ? KEY_A + character.toLowerCase().charCodeAt(0) - 97
    : /\d/.test(character) ? KEY_0 + Number(character) : character === ' ' ? 2050 : character === '\n' ? 2054 : undefined);

  // Types into whatever has the focus: character by character, or at once as from the clipboard.
  async function type(text, paste) {
    const ascii = /^[\x20-\x7e]*$/.test(text);
    if (paste || !ascii) {
      input.text(text);
      await sleep(TYPE_CHARACTER);
      return;
    }
    for (const character of text) {
      if (!input.text(character)) {
        const code = keyOf(character);
        await (code === undefined ? undefined : keys(...(/[A-Z]/.test(character) ? [SHIFT, code] : [code])));
      }
      await sleep(TYPE_CHARACTER);
    }
  }

  return {
    click, longClick, doubleClick, swipe, drag, fling, pinch, matrix, keys, mouseClick, mousePath, wheel, type, sleep,
    CLICK_HOLD, LONG_CLICK_HOLD, DOUBLE_CLICK_INTERVAL, PEN, SPEED, speedOf, perform, path,
  };
})
