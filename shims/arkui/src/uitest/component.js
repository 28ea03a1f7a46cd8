// @concord:arkui/uitest/component: `Component`, a widget that was found, and its older brother `UiComponent`.
(function (host, system) {
  'use strict';
  const input = system.require('@concord:arkui/input');
  const inject = system.require('@concord:arkui/uitest/inject');
  const { asynchronous, ready } = system.require('@concord:arkui/uitest/calls');
  const { error, INVALID } = system.require('@concord:arkui/uitest/arguments');
  const { snapshot, center } = system.require('@concord:arkui/uitest/widgets');
  const { info: { device } } = system.require('@concord:process');

  const FOCUS_TIME = 50;
  const SCROLL_TIME = 50;
  const DEAD_ZONE = 80;
  const KEY_DELETE = 2055;
  const KEY_MOVE_END = 2082;
  // No real page is longer.
  const MOST_PAGES = 1000;

  class Widget {
    #node;

    constructor(node) {
      this.#node = node;
    }

    get node() {
      return this.#node;
    }

    // How it is now; 17000004 when it is not shown any more.
    now(all = snapshot()) {
      const widget = all.find((candidate) => candidate.node === this.#node);
      if (!widget?.visible) {
        throw error(17000004);
      }
      return widget;
    }

    bounds() {
      const { bounds: [left, top, right, bottom], displayId } = this.now();
      return { left, top, right, bottom, displayId };
    }

    center() {
      return center(this.now());
    }

    async type(text, mode) {
      const { text: before } = this.now();
      if (before === '' && text === '') {
        return;
      }
      await inject.click(this.center());
      await inject.sleep(FOCUS_TIME);
      await inject.keys(KEY_MOVE_END);
      await inject.sleep(FOCUS_TIME);
      if (mode?.addition !== true) {
        for (const _ of before) {
          await inject.keys(KEY_DELETE);
        }
        await inject.sleep(FOCUS_TIME);
      }
      if (text !== '') {
        await inject.type(text, mode?.paste === true);
      }
    }

    // Moves the content by a page.
    async turn(forwards, vertical, deadZone, speed) {
      const { left, top, right, bottom } = this.bounds();
      const [x, y] = [Math.trunc((left + right) / 2), Math.trunc((top + bottom) / 2)];
      const length = vertical ? device.height : device.width;
      // Where the system has gestures of its own nothing is swiped.
      const edge = Math.trunc(length / 20);
      const low = Math.max((vertical ? top : left) + deadZone, edge);
      const high = Math.min((vertical ? bottom : right) - deadZone, length - edge);
      const at = (along) => (vertical ? { x, y: along } : { x: along, y });
      await (forwards ? inject.swipe(at(high), at(low), speed) : inject.swipe(at(low), at(high), speed));
      await inject.sleep(SCROLL_TIME);
      await ready();
    }

    // What is shown in it, to see whether a swipe moved anything.
    content() {
      const all = snapshot();
      const widget = this.now(all);
      const at = all.indexOf(widget);
      return all.slice(at + 1, widget.end).filter((member) => member.visible)
        .map((member) => `${member.node} ${member.origBounds}`).join();
    }

    async scrollTo(end, speed = inject.SPEED) {
      for (let page = 0; page < MOST_PAGES; page++) {
        const before = this.content();
        await this.turn(end, true, DEAD_ZONE, speed);
        if (this.content() === before) {
          return;
        }
      }
    }

    // Looks backwards to the beginning, then forwards to the end.
    async search(selector, vertical = true, deadZone = DEAD_ZONE) {
      const { left, top, right, bottom } = this.bounds();
      if (deadZone * 2 >= (vertical ? bottom - top : right - left)) {
        throw error(INVALID, 'The offset is too large and exceeds the widget size.');
      }
      const inside = selector.near('within', this);
      // Where nothing lies before there is nothing to look for.
      for (const forwards of this.now().atStart ? [true] : [false, true]) {
        for (let page = 0; page < MOST_PAGES; page++) {
          const [found] = inside.find();
          if (found) {
            return new this.constructor(found.node);
          }
          const before = this.content();
          await this.turn(forwards, vertical, deadZone, inject.SPEED);
          if (this.content() === before) {
            break;
          }
        }
      }
      const [found] = inside.find();
      return found ? new this.constructor(found.node) : null;
    }
  }

  class Component extends Widget {}
  class UiComponent extends Widget {}

  const read = (name) => ['', function () { return this.now()[name]; }];

  const common = {
    getText: read('text'),
    getType: read('type'),
    isEnabled: read('enabled'),
    isFocused: read('focused'),
    isSelected: read('selected'),
    isClickable: read('clickable'),
    isScrollable: read('scrollable'),
    click: ['', function () { return inject.click(this.center()); }],
    doubleClick: ['', function () { return inject.doubleClick(this.center()); }],
    longClick: ['', function () { return inject.longClick(this.center()); }],
  };

  asynchronous(Component, {
    ...common,
    getId: read('id'),
    getDisplayId: read('displayId'),
    getDescription: read('description'),
    getHint: read('hint'),
    getOriginalText: ['', function () { return this.now().text; }, { young: true }],
    isLongClickable: read('longClickable'),
    isCheckable: read('checkable'),
    isChecked: read('checked'),
    getBounds: ['', function () { return this.bounds(); }],
    getBoundsCenter: ['', function () { return { ...this.center(), displayId: 0 }; }],
    inputText: ['string InputTextMode?', function (text, mode) { return this.type(text, mode); }],
    clearText: ['', function () { return this.type(''); }],
    scrollToTop: ['int?', function (speed) { return this.scrollTo(false, speed); }],
    scrollToBottom: ['int?', function (speed) { return this.scrollTo(true, speed); }],
    scrollSearch: ['On bool? int?', function (selector, vertical, offset) {
      return this.search(selector, vertical ?? true, offset ?? DEAD_ZONE);
    }],
    dragTo: ['Component', function (target) { return inject.drag(this.center(), target.center()); }],
    pinchOut: ['float', async function (scale) {
      if (scale < 1) {
        throw error(INVALID, 'The scale must be at least 1.');
      }
      await inject.pinch(this.bounds(), scale);
    }],
    pinchIn: ['float', async function (scale) {
      if (scale < 0 || scale > 1) {
        throw error(INVALID, 'The scale must be between 0 and 1.');
      }
      await inject.pinch(this.bounds(), scale);
    }],
  });

  asynchronous(UiComponent, {
    ...common,
    getId: read('node'),
    getKey: read('id'),
    inputText: ['string', function (text) { return this.type(text); }],
    scrollSearch: ['By', function (selector) { return this.search(selector); }],
  });

  return { Component, UiComponent };
})
