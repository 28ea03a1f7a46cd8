// @ohos:animator: Animator, numbers that change from frame to frame.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { nextFrame, progress } = system.require('@concord:arkui/animation');
  const { describe } = system.require('@concord:arkui/animation/curves');
  const { BusinessError } = system;

  const number = (value, fallback) => (Number.isFinite(Number(value)) ? Number(value) : fallback);
  const FILLS = ['none', 'forwards', 'backwards', 'both'];

  class SimpleAnimatorOptions {
    constructor(begin, end) {
      this.options_ = { duration: 1000, easing: 'ease', delay: 0, fill: 'forwards', direction: 'normal', iterations: 1, begin, end };
    }

    duration(duration) {
      return this.#set('duration', duration);
    }

    easing(curve) {
      return this.#set('easing', curve);
    }

    delay(delay) {
      return this.#set('delay', delay);
    }

    fill(mode) {
      return this.#set('fill', mode);
    }

    direction(mode) {
      return this.#set('direction', mode);
    }

    iterations(count) {
      return this.#set('iterations', count);
    }

    #set(name, value) {
      this.options_[name] = value;
      return this;
    }
  }

  function read(options) {
    const given = options instanceof SimpleAnimatorOptions ? options.options_ : options;
    if (typeof given !== 'object' || given === null) {
      throw new BusinessError(401, 'The options of an animator must be an AnimatorOptions.');
    }
    return {
      timing: {
        duration: Math.max(0, number(given.duration, 0)), delay: number(given.delay, 0), iterations: number(given.iterations, 1),
        playMode: given.direction, curve: describe(given.easing) ?? 'ease',
      },
      fill: typeof given.fill === 'number' ? FILLS[given.fill] : given.fill ?? 'forwards',
      begin: number(given.begin, 0),
      end: number(given.end, 1),
    };
  }

  class AnimatorResult {
    #options;
    #state = 'idle';
    // Time that has passed in the animation, and which way it goes.
    #elapsed = 0;
    #rate = 1;
    #repetition = 0;
    // Counted up to end a chain of frames.
    #run = 0;

    constructor(options) {
      this.#options = read(options);
    }

    reset(options) {
      this.#options = read(options);
      this.#stop('idle');
    }

    update(options) {
      this.reset(options);
    }

    play() {
      this.#go(1);
    }

    reverse() {
      this.#go(-1);
    }

    pause() {
      if (this.#state === 'running') {
        this.#run++;
        this.#state = 'paused';
      }
    }

    cancel() {
      if (this.#state !== 'idle') {
        this.#stop('idle');
        this.#tell('Cancel');
      }
    }

    finish() {
      if (this.#state !== 'idle') {
        this.#end(this.#rate > 0 ? 1 : 0);
      }
    }

    setExpectedFrameRateRange() {}

    #stop(state) {
      this.#run++;
      this.#state = state;
      this.#elapsed = 0;
      this.#rate = 1;
      this.#repetition = 0;
    }

    #end(part) {
      const { fill } = this.#options;
      this.#stop('idle');
      this.#frame(fill === 'none' || fill === 'backwards' ? 0 : part);
      this.#tell('Finish');
    }

    #tell(event, ...args) {
      const handler = this[`on${event}`] ?? this[`on${event.toLowerCase()}`];
      if (typeof handler === 'function') {
        process.guest(() => handler.apply(this, args));
      }
    }

    #frame(part) {
      const { begin, end } = this.#options;
      this.#tell('Frame', begin + (end - begin) * part);
    }

    #go(rate) {
      if (this.#state === 'running' && this.#rate === rate) {
        return;
      }
      const { timing } = this.#options;
      if (this.#state === 'idle') {
        // Backwards from the end of one run.
        this.#elapsed = rate > 0 ? 0 : timing.duration;
      }
      this.#rate = rate;
      this.#state = 'running';
      const run = ++this.#run;
      let last;
      const step = (now) => {
        if (run !== this.#run) {
          return;
        }
        this.#elapsed += (now - (last ?? now)) * rate;
        last = now;
        if (rate < 0 && this.#elapsed <= 0) {
          this.#end(0);
          return;
        }
        const [part, over] = progress(timing, this.#elapsed);
        if (over && rate > 0) {
          this.#end(part);
          return;
        }
        const repetition = timing.duration > 0 ? Math.floor(Math.max(0, this.#elapsed - timing.delay) / timing.duration) : 0;
        if (repetition > this.#repetition) {
          this.#repetition = repetition;
          this.#tell('Repeat');
        }
        if (run === this.#run) {
          this.#frame(part);
        }
        if (run === this.#run) {
          nextFrame(step);
        }
      };
      nextFrame(step);
    }
  }

  const create = (options) => new AnimatorResult(options);

  class Animator {
    static create = create;
    static createAnimator = create;
  }

  return { default: Animator, Animator, AnimatorResult, SimpleAnimatorOptions, create, createAnimator: create };
})
