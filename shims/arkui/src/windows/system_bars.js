// @concord:arkui/system-bars: what the bars of the system cover of a main window. They are not drawn; their room is kept when the
// device has them, and when neither the layout nor the app says otherwise.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const { device } = process.info;

  // AvoidAreaType
  const SYSTEM = 0;
  const NAVIGATION_INDICATOR = 4;
  // Heights in vp.
  const STATUS = 39;
  const INDICATOR = 28;

  const none = () => ({ left: 0, top: 0, width: 0, height: 0 });
  const empty = (visible = false) => ({ visible, leftRect: none(), topRect: none(), rightRect: none(), bottomRect: none() });

  class SystemBars {
    #rect;
    #changed;
    // By `setWindowSystemBarEnable` and their like.
    #shown = { status: true, navigation: true, navigationIndicator: true };
    #immersive = false;
    #fullScreen = false;

    // `rect()` is the window's, `changed(type, area)` hears of every area that is another.
    constructor(rect, changed) {
      this.#rect = rect;
      this.#changed = changed;
    }

    #height(name, vp) {
      return device.systemBars && this.#shown[name] && !this.#fullScreen ? Math.round(vp * device.density) : 0;
    }

    get #top() {
      return this.#height('status', STATUS);
    }

    get #bottom() {
      return this.#shown.navigation ? this.#height('navigationIndicator', INDICATOR) : 0;
    }

    // AvoidArea in px. `hidden` counts bars, too, that are not shown.
    area(type, hidden = false) {
      const { width, height } = this.#rect();
      const top = hidden && device.systemBars ? Math.round(STATUS * device.density) : this.#top;
      const bottom = hidden && device.systemBars ? Math.round(INDICATOR * device.density) : this.#bottom;
      if (type === SYSTEM && top > 0) {
        return { ...empty(this.#top > 0), topRect: { left: 0, top: 0, width, height: top } };
      }
      if (type === NAVIGATION_INDICATOR && bottom > 0) {
        return { ...empty(this.#bottom > 0), bottomRect: { left: 0, top: height - bottom, width, height: bottom } };
      }
      return empty();
    }

    // Says what changes; windows are laid out anew, and listeners hear of areas that are others than before.
    change(root, { immersive = this.#immersive, fullScreen = this.#fullScreen, shown = {} }) {
      const before = [SYSTEM, NAVIGATION_INDICATOR].map((type) => JSON.stringify(this.area(type)));
      this.#immersive = immersive;
      this.#fullScreen = fullScreen;
      Object.assign(this.#shown, shown);
      this.apply(root);
      [SYSTEM, NAVIGATION_INDICATOR].forEach((type, index) => {
        const area = this.area(type);
        if (JSON.stringify(area) !== before[index]) {
          this.#changed(type, area);
        }
      });
    }

    apply(root) {
      if (root !== undefined && device.systemBars) {
        const kept = !this.#immersive;
        nodes.avoid(root, 0, kept ? this.#top : 0, 0, kept ? this.#bottom : 0);
      }
    }
  }

  return { SystemBars };
})
