// @concord:arkui/overlays/sub-window: what of a layer may leave its window: on a desktop with popups a root of its own, which the desktop
// shows beside something in the window (`showInSubWindow`).
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const desktop = system.require('@concord:arkui/desktop');
  const removal = system.require('@concord:arkui/views/removal');
  const { device } = process.info;

  const TOP_START = 0;
  // Room for shadows around it, in vp.
  const MARGIN = 64;

  // Root → the window that it belongs to.
  const owners = new Map();

  // The root of the free window that a window is seen in.
  const freeRoot = (window) => (window.internal.below ?? window).internal.root();

  class SubWindow {
    #root;
    #window;
    #beside;
    #grabs;
    #dismissed;
    #revealed = false;
    #open = false;
    #last;
    #place;
    #frame;

    constructor({ window, target, grabs, dismissed }, { width, height }) {
      this.#window = window;
      this.#grabs = grabs;
      this.#dismissed = dismissed;
      this.#root = nodes.createWindow(width, height);
      owners.set(this.#root, window);
      this.#beside = target === undefined ? window.internal.root() : rootOf(target);
      this.node = nodes.create('Stack', -1);
      nodes.call(this.node, 'create', { alignContent: TOP_START });
      nodes.call(this.node, 'width', '100%');
      nodes.call(this.node, 'height', '100%');
      nodes.append(this.#root, this.node);
      system.require('@concord:arkui/theme').adopt(this.node);
    }

    // Puts `frame`, a node in it, beside `anchor` ([x, y, width, height] in px of the window); `at`, `towards`, `flips`, `gap` as
    // `directions` gives them. `moved` hears where it came to, as `Anchored` tells it.
    place(frame, place) {
      this.#place = place;
      this.#frame = frame;
      if (this.#revealed) {
        this.#put(frame, place);
      }
    }

    // It may be seen from now on: the way in has begun.
    reveal() {
      this.#revealed = true;
      if (this.#place) {
        this.#put(this.#frame, this.#place);
      }
    }

    #put(frame, place) {
      const margin = Math.ceil(MARGIN * device.density);
      const [, , width, height] = nodes.frame(frame);
      const key = [...Object.values(place).flat().filter((value) => typeof value === 'number'), width, height].join();
      if (key === this.#last) {
        return;
      }
      const { anchor, at, towards, flips, gap, offset } = place;
      nodes.call(frame, 'position', { x: `${margin}px`, y: `${margin}px` });
      const opened = desktop.popUp(this.#root, this.#beside, {
        anchor, at, towards, flips, offset, grabs: this.#grabs,
        size: [width + 2 * margin, height + 2 * margin],
        body: [margin - gap[0], margin - gap[1], width + 2 * gap[0], height + 2 * gap[1]],
        input: [margin, margin, width, height],
      }, { placed: () => this.#settle(), close: () => this.#closed() });
      this.#last = opened ? key : undefined;
      this.#open ||= opened;
    }

    // The desktop has put it somewhere.
    #settle() {
      nodes.flush();
      const { anchor: [x, y, width, height], side, moved } = this.#place;
      const [left, top] = nodes.frame(this.#root);
      const [frameX, frameY, frameWidth, frameHeight] = nodes.frame(this.#frame);
      const turned = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };
      const before = side === 'top' || side === 'bottom' ? frameY + frameHeight / 2 < y + height / 2 : frameX + frameWidth / 2 < x + width / 2;
      const is = (side === 'top' || side === 'left') === before ? side : turned[side];
      moved?.({ x: frameX - left, y: frameY - top, width: frameWidth, height: frameHeight, side: is, target: [x - left, y - top, width, height] });
      nodes.requestFrame();
    }

    // The desktop has closed it. It may come again, but does not keep people from anything a second time.
    #closed() {
      if (this.#open) {
        const asked = this.#grabs;
        this.#grabs = false;
        this.#hide();
        this.#dismissed(asked);
      }
    }

    #hide() {
      this.#open = false;
      this.#last = undefined;
      desktop.closePopup(this.#root);
    }

    end() {
      this.#hide();
      owners.delete(this.#root);
      removal.removeNode(this.#root);
    }
  }

  function rootOf(node) {
    let root = node;
    for (let up = nodes.parent(root); up !== 0; up = nodes.parent(up)) {
      root = up;
    }
    return root;
  }

  // The size in px of the screen around a window whose parts may leave it; undefined when they cannot.
  function roomOf(window) {
    return desktop.hasPopups && desktop.placementOf(freeRoot(window)) !== undefined ? desktop.room(freeRoot(window)) : undefined;
  }

  return {
    roomOf,
    // One for `{window, target, grabs, dismissed}`; undefined where nothing leaves windows. With `grabs` a press elsewhere closes it.
    // `dismissed(asked)` hears that the desktop did: `asked` when it did so for a person.
    subWindow(options) {
      const room = roomOf(options.window);
      return room && new SubWindow(options, room);
    },
    ownerOf: (root) => owners.get(root),
  };
})
