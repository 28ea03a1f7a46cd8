// @concord:arkui/overlays/anchored: a layer whose content stays beside another node, or at a point: menus and popups.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { Layer } = system.require('@concord:arkui/overlays/layer');
  const { placeBeside, directions } = system.require('@concord:arkui/overlays/anchor');
  const { subWindow, roomOf } = system.require('@concord:arkui/overlays/sub-window');
  const { density } = process.info.device;

  const px = (value) => `${value}px`;
  const TOP_START = 4;

  class Anchored {
    #options;
    #last;
    #sub;

    // {window, target, point, placement, space (vp), offset, mask, modal, outside, back, left, gone, moved, leaves}. `point` in px
    // instead of a target. With `leaves` it may leave the window where there are popups; a press elsewhere is one `outside` then, if
    // that is given.
    constructor(frame, options) {
      this.#options = options;
      this.frame = frame;
      const { window, target, leaves, modal, outside } = options;
      const grabs = modal !== false && outside !== undefined;
      this.#sub = leaves ? subWindow({ window, target, grabs, dismissed: (asked) => this.layer.dismissed(asked) }) : undefined;
      this.layer = new Layer({ ...options, alignment: TOP_START, place: () => this.place(), sub: this.#sub });
      this.layer.add(frame);
    }

    get isOpen() {
      return this.layer.isOpen;
    }

    // The size in px that there is for it.
    static room(window, leaves) {
      const { width, height } = window.getWindowProperties().windowRect;
      return (leaves && roomOf(window)) || { width, height };
    }

    update(options) {
      Object.assign(this.#options, options);
      this.#last = undefined;
      nodes.requestFrame();
    }

    // Builds, lays out and places, so that the first frame shows it where it belongs.
    build(node, builder) {
      this.layer.build(node, builder);
      this.show();
    }

    show() {
      nodes.flush();
      this.place();
    }

    place() {
      const { target, point, window, placement, space = 0, offset, moved } = this.#options;
      if (target !== undefined && !nodes.exists(target)) {
        return;
      }
      const around = nodes.frame(window.internal.root());
      const [, , width, height] = nodes.frame(this.frame);
      const beside = point ? [point.x, point.y, 0, 0] : nodes.frame(target);
      const shift = [(Number(offset?.x) || 0) * density, (Number(offset?.y) || 0) * density];
      if (this.#sub) {
        this.#sub.place(this.frame, { anchor: beside, offset: shift, moved, ...directions(beside, placement, space * density) });
        return;
      }
      const key = [...around, ...beside, width, height].join();
      if (key === this.#last) {
        return;
      }
      this.#last = key;
      const found = placeBeside(beside, { width, height }, around, placement, space * density);
      const x = found.x - around[0] + shift[0];
      const y = found.y - around[1] + shift[1];
      nodes.call(this.frame, 'position', { x: px(x), y: px(y) });
      const [left, top] = around;
      moved?.({ x, y, width, height, side: found.side, target: [beside[0] - left, beside[1] - top, beside[2], beside[3]] });
      nodes.requestFrame();
    }

    close(done) {
      this.layer.close(done);
    }
  }

  return { Anchored, px };
})
