// @ohos:graphics.displaySync: frames at a rate that the app asks for.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { nextFrame } = system.require('@concord:arkui/animation');
  const { BusinessError } = system;

  const FRAMES_PER_SECOND = 60;
  const NANOSECONDS = 1e6;

  class DisplaySync {
    #listeners = new Set();
    #every = 1;
    #run = 0;
    #running = false;

    setExpectedFrameRateRange(range) {
      const { expected, min, max } = range ?? {};
      if (!(min <= max && (expected === 0 || (expected >= min && expected <= max)))) {
        throw new BusinessError(401, 'min, expected and max of a frame rate range must ascend.');
      }
      const rate = expected > 0 ? expected : FRAMES_PER_SECOND;
      this.#every = Math.max(1, Math.round(FRAMES_PER_SECOND / rate));
    }

    on(type, callback) {
      if (type === 'frame' && typeof callback === 'function') {
        this.#listeners.add(callback);
      }
    }

    off(type, callback) {
      if (callback === undefined) {
        this.#listeners.clear();
      } else {
        this.#listeners.delete(callback);
      }
    }

    start() {
      if (this.#running) {
        return;
      }
      this.#running = true;
      const run = ++this.#run;
      let count = 0;
      const step = (now) => {
        if (run !== this.#run) {
          return;
        }
        if (count++ % this.#every === 0) {
          const timestamp = now * NANOSECONDS;
          const info = { timestamp, targetTimestamp: timestamp + (this.#every * 1000 * NANOSECONDS) / FRAMES_PER_SECOND };
          for (const listener of [...this.#listeners]) {
            process.guest(() => listener(info));
          }
        }
        nextFrame(step);
      };
      nextFrame(step);
    }

    stop() {
      this.#running = false;
      this.#run++;
    }
  }

  const create = () => new DisplaySync();
  return { create, DisplaySync, default: { create } };
})
