// What scripts of tests do with an app. Components are named by their id, or by a selector (`text('Save')`, `ON.type('Slider')`).
(function (host, script) {
  'use strict';
  const { require, take, done, density, tell, ask } = host;
  const { Driver, ON, MatchPattern } = require('@ohos:UiTest');
  const input = require('@concord:arkui/input');
  const { snapshot } = require('@concord:arkui/uitest/widgets');
  const driver = Driver.create();
  const PATIENCE = 3000;
  const QUIET = 200;
  const [DOWN, UP, MOVE] = [0, 1, 2];

  const text = (wanted, exact = true) => ON.text(wanted, exact ? MatchPattern.EQUALS : MatchPattern.CONTAINS);
  const selector = (what) => (typeof what === 'string' ? ON.id(what) : what);
  const wait = (ms) => driver.delayMs(ms);
  // Until nothing has changed for a while; what never stops moving is not waited for.
  const rest = () => driver.waitForIdle(QUIET, PATIENCE);

  async function find(what) {
    const found = await driver.waitForComponent(selector(what), PATIENCE);
    if (!found) {
      throw new Error(`there is no ${selector(what).describe()}; there are: ${seen().join(' | ')}`);
    }
    return found;
  }
  // The middle of a component, or a point given in vp.
  async function place(what) {
    return Array.isArray(what) ? { x: Math.round(what[0] * density), y: Math.round(what[1] * density) }
      : (await find(what)).getBoundsCenter();
  }
  // What stands on the screen, with ids.
  const seen = () => snapshot().filter((widget) => widget.visible && (widget.text || widget.id))
    .map((widget) => (widget.id ? `${widget.id}: ${widget.text}` : widget.text));

  // A picture of the screen as it is now; `shot` waits for quiet first.
  const now = (name) => take(name);
  async function shot(name) {
    await rest();
    take(name);
  }

  async function tap(what) {
    await driver.clickAt(await place(what));
    await rest();
  }
  async function longTap(what) {
    await driver.longClickAt(await place(what));
    await rest();
  }
  // A finger goes down and stays; `release` lifts it.
  let finger;
  async function press(what) {
    finger = await place(what);
    input.touch(DOWN, 0, finger.x, finger.y);
    await wait(QUIET);
  }
  async function moveBy(dx, dy, steps = 20) {
    const from = finger;
    for (let step = 1; step <= steps; step++) {
      finger = { x: from.x + (dx * density * step) / steps, y: from.y + (dy * density * step) / steps };
      input.touch(MOVE, 0, finger.x, finger.y);
      await wait(16);
    }
  }
  async function release() {
    input.touch(UP, 0, finger.x, finger.y);
    await rest();
  }
  // A finger that moves by so many vp, slowly enough not to throw what it drags.
  async function swipe(what, dx, dy) {
    await press(what);
    await moveBy(dx, dy);
    await wait(QUIET);
    await release();
  }
  async function hover(what) {
    await driver.mouseMoveTo(await place(what));
    await rest();
  }
  async function type(what, words) {
    await tap(what);
    await (await find(what)).inputText(words);
    await rest();
  }
  async function key(code) {
    await driver.triggerKey(code);
    await rest();
  }

  // Until something holds.
  async function until(what, holds) {
    for (const end = Date.now() + 10 * PATIENCE; !(await holds());) {
      if (Date.now() > end) {
        throw new Error(`it never came to this: ${what}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  function equal(actual, expected) {
    const [one, other] = [actual, expected].map((value) => JSON.stringify(value));
    if (one !== other) {
      throw new Error(`expected ${other}, got ${one}`);
    }
  }

  const tools = {
    driver, ON, require, tell, ask, until, equal, text, find, place, seen, wait, rest, now, shot, tap, longTap, press, moveBy, release, swipe, hover, type, key,
    print: (...words) => console.log(...words),
  };
  const AsyncFunction = (async () => {}).constructor;
  const body = new AsyncFunction(...Object.keys(tools), script);
  async function shown() {
    for (const end = input.now() + PATIENCE; snapshot().length === 0 && input.now() < end;) {
      await wait(QUIET);
    }
    await rest();
  }
  shown().then(() => body(...Object.values(tools))).then(
    () => done(),
    (error) => done(`${error.message ?? error}\n${error.stack ?? ''}`),
  );
})
