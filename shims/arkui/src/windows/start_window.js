// @concord:arkui/start-window: what is seen of an ability on a desktop before its first page is: `startWindowBackground` and
// `startWindowIcon` of module.json.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const desktop = system.require('@concord:arkui/desktop');
  const { labelOf, limitsOf, rectOf, sourceOf } = system.require('@concord:arkui/ability-window');
  const { device } = process.info;

  // ResourceType
  const COLOR = 10001;
  const MEDIA = 20000;
  // ImageFit
  const CONTAIN = 0;
  // A larger icon is made smaller, to this part of the window.
  const MOST = '60%';
  // How long the start of an ability waits for its start window to be seen; ms. Compositors answer in a few.
  const PATIENCE = 200;
  // After which an app that wants to take the start window away itself (`removeStartingWindow`) has had its time; ms.
  const LONGEST = 5000;

  // Those that no window has taken over, by the number of the instance.
  const waiting = new Map();

  const reference = (id, type, moduleName) => ({ id, type, params: [], bundleName: process.info.bundleName, moduleName });

  // Whether the app says itself when it is gone.
  const staysItself = (source) => (source.metadata ?? []).some(({ name, value }) =>
    name === 'enable.remove.starting.window' && String(value) === 'true');

  class StartWindow {
    #root;
    // The root of the window that has its place now.
    #behind;
    #lifted = false;
    #closed = false;
    #seen;

    // `seen` is called once it can be seen.
    constructor(info, options, seen) {
      const source = sourceOf(info);
      const rect = rectOf(options);
      this.own = staysItself(source);
      this.#seen = seen;
      this.#root = nodes.createWindow(rect.width, rect.height);
      // What `desktop.js` wants of a window.
      this.internal = {
        isMain: true, placed: (placement, density) => this.placed(placement, density), close: () => { this.#closed = true; },
        pages: { back: () => false },
      };
      this.#draw(info.moduleName, source);
      desktop.show(this, this.#root, {
        title: labelOf(info), width: rect.width / device.density, height: rect.height / device.density, framed: true,
        ...limitsOf(source, options),
      });
    }

    #draw(module, { startWindowBackgroundId, startWindowIconId }) {
      const stack = nodes.create('Stack', -1);
      nodes.call(stack, 'create');
      nodes.call(stack, 'width', '100%');
      nodes.call(stack, 'height', '100%');
      if (startWindowBackgroundId) {
        nodes.call(stack, 'backgroundColor', reference(startWindowBackgroundId, COLOR, module));
      }
      if (startWindowIconId) {
        const image = nodes.create('Image', -1);
        nodes.call(image, 'create', reference(startWindowIconId, MEDIA, module));
        nodes.call(image, 'objectFit', CONTAIN);
        nodes.call(image, 'constraintSize', { maxWidth: MOST, maxHeight: MOST });
        nodes.insert(stack, image);
      }
      nodes.insert(this.#root, stack);
    }

    placed({ width, height }, density) {
      nodes.resizeWindow(this.#root, Math.round(width * density), Math.round(height * density));
      if (this.#seen) {
        const seen = this.#seen;
        this.#seen = undefined;
        // It is drawn behind the frame that it is laid out in.
        const end = input.onShown(() => {
          end();
          system.later(seen);
        });
      }
    }

    // The window takes its place on the display, behind it. Returns whether it does so now.
    handOver(window, root) {
      if (this.#behind !== undefined) {
        return false;
      }
      this.#behind = root;
      desktop.handOver(this.#root, window, root, this);
      if (this.#lifted) {
        this.drop();
      }
      if (this.#closed) {
        window.internal.close();
      }
      return true;
    }

    // The first page can be seen.
    lift() {
      this.#lifted = true;
      if (this.#behind !== undefined) {
        this.drop();
      }
    }

    drop() {
      if (this.#root !== undefined) {
        if (this.#behind === undefined) {
          desktop.hide(this.#root);
        } else {
          desktop.lift(this.#behind);
        }
        nodes.remove(this.#root);
        this.#root = undefined;
      }
    }
  }

  // Shows the start window of an ability that is about to start. A promise that waits until it is seen; undefined when there is none.
  function begin(info, id, options) {
    const { startWindowIconId, startWindowBackgroundId } = sourceOf(info);
    if (!desktop.on || !(startWindowIconId || startWindowBackgroundId)) {
      return undefined;
    }
    return new Promise((resolve) => {
      setTimeout(resolve, PATIENCE);
      waiting.set(id, new StartWindow(info, options, resolve));
    });
  }

  // The start window of an instance, for its main window.
  function take(id) {
    const start = waiting.get(id);
    waiting.delete(id);
    if (start?.own) {
      setTimeout(() => start.lift(), LONGEST);
    }
    return start;
  }

  process.starting = { begin, end: (id) => take(id)?.drop() };

  return { take };
})
