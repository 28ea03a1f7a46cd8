// @concord:arkui/components/controllers: objects of the app that move what scrolls and turns pages.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const curves = system.require('@concord:arkui/animation/curves');
  const { BusinessError } = system;

  // Controller → the node that it was given to last. Not a property: controllers are handed to components as they are.
  const bound = new WeakMap();
  // Controller → those that follow it, by node.
  const followers = new WeakMap();

  function bind(controller, node) {
    if (typeof controller === 'object' && controller !== null) {
      bound.set(controller, node);
      followers.get(controller)?.forEach((tell) => tell(node));
    }
  }

  // Tells `follower` (a node) of the node that a controller has, now and when it is another one.
  function follow(controller, follower, tell) {
    if (typeof controller === 'object' && controller !== null) {
      const all = followers.get(controller) ?? new Map();
      followers.set(controller, all.set(follower, tell));
      if (bound.has(controller)) {
        tell(bound.get(controller));
      }
    }
  }

  // The node that a controller was given to last.
  const nodeOf = (controller) => bound.get(controller);

  const command = (controller, name, ...args) => {
    const node = bound.get(controller);
    return node === undefined ? undefined : nodes.command(node, name, ...args);
  };

  // What some methods do before their controller belongs to a component.
  function required(controller) {
    if (!nodes.exists(bound.get(controller) ?? 0)) {
      throw Object.assign(new Error('The controller is not bound to a component.'), { code: 100004 });
    }
  }

  // What `animation` of a command says, with a curve that the engine knows.
  function animated(options) {
    const animation = options?.animation;
    return typeof animation === 'object' && animation !== null
      ? { ...options, animation: { ...animation, curve: curves.describe(animation.curve) } } : options;
  }

  class Scroller {
    scrollTo(options) {
      command(this, 'scrollTo', animated(options));
    }

    scrollBy(dx, dy) {
      command(this, 'scrollBy', dx, dy);
    }

    scrollEdge(edge, options) {
      command(this, 'scrollEdge', edge, options);
    }

    scrollPage(options) {
      command(this, 'scrollPage', animated(options));
    }

    scrollToIndex(index, smooth, align, options) {
      command(this, 'scrollToIndex', index, smooth, align, options);
    }

    fling(velocity) {
      required(this);
      command(this, 'fling', velocity);
    }

    currentOffset() {
      return command(this, 'currentOffset');
    }

    offset() {
      return command(this, 'currentOffset');
    }

    isAtEnd() {
      return command(this, 'isAtEnd') ?? false;
    }

    getItemRect(index) {
      required(this);
      return command(this, 'getItemRect', index);
    }

    getItemIndex(x, y) {
      required(this);
      return command(this, 'getItemIndex', x, y);
    }

    contentSize() {
      required(this);
      return command(this, 'contentSize');
    }
  }

  class ListScroller extends Scroller {
    getItemRectInGroup(index, indexInGroup) {
      required(this);
      return command(this, 'getItemRectInGroup', index, indexInGroup);
    }

    scrollToItemInGroup(index, indexInGroup, smooth, align) {
      command(this, 'scrollToItemInGroup', index, indexInGroup, smooth, align);
    }

    closeAllSwipeActions(options) {
      required(this);
      command(this, 'closeAllSwipeActions', options?.onFinish);
    }
  }

  // Builds pages before they are seen.
  function preload(controller, indices) {
    required(controller);
    return command(controller, 'preloadItems', Array.isArray(indices) ? indices : []) === true ? Promise.resolve()
      : Promise.reject(new BusinessError(401, 'preloadItems: there is no page with such an index.'));
  }

  // Drags by the app in place of a finger.
  class Drags {
    startFakeDrag() {
      return command(this, 'startFakeDrag') ?? false;
    }

    fakeDragBy(offset) {
      return command(this, 'fakeDragBy', offset) ?? false;
    }

    stopFakeDrag() {
      return command(this, 'stopFakeDrag') ?? false;
    }

    isFakeDragging() {
      return command(this, 'isFakeDragging') ?? false;
    }
  }

  class SwiperController extends Drags {
    showNext() {
      command(this, 'showNext');
    }

    showPrevious() {
      command(this, 'showPrevious');
    }

    changeIndex(index, animation) {
      command(this, 'changeIndex', index, animation);
    }

    finishAnimation(callback) {
      command(this, 'finishAnimation', callback);
    }

    preloadItems(indices) {
      return preload(this, indices);
    }
  }

  class TabsController extends Drags {
    changeIndex(index) {
      command(this, 'changeIndex', index);
    }

    preloadItems(indices) {
      return preload(this, indices);
    }

    setTabBarTranslate(translate) {
      command(this, 'setTabBarTranslate', translate);
    }

    setTabBarOpacity(opacity) {
      command(this, 'setTabBarOpacity', opacity);
    }
  }

  // Sections of a WaterFlow, which follows their changes.
  class WaterFlowSections {
    constructor() {
      this.sectionArray = [];
    }

    splice(start, deleteCount, sections = []) {
      this.sectionArray.splice(start, deleteCount ?? this.sectionArray.length, ...sections);
      return this.#changed();
    }

    push(section) {
      this.sectionArray.push(section);
      return this.#changed();
    }

    update(index, section) {
      const at = index < 0 ? index + this.sectionArray.length : Math.min(index, this.sectionArray.length);
      this.sectionArray[Math.max(at, 0)] = section;
      return this.#changed();
    }

    values() {
      return [...this.sectionArray];
    }

    length() {
      return this.sectionArray.length;
    }

    #changed() {
      command(this, 'sections', this.sectionArray);
      return true;
    }
  }

  // What a tab shows. Their methods say more about it and can be chained.
  class TabBarStyle {
    static of(...args) {
      return new this(...args);
    }
  }
  for (const name of ['indicator', 'selectedMode', 'board', 'labelStyle', 'padding', 'layoutMode', 'verticalAlign',
    'symmetricExtensible', 'id', 'iconStyle']) {
    TabBarStyle.prototype[name] = function (value) {
      this[`_${name}`] = value;
      return this;
    };
  }

  class SubTabBarStyle extends TabBarStyle {
    constructor(content) {
      super();
      this.type = 'SubTabBarStyle';
      this.content = content;
    }
  }

  class BottomTabBarStyle extends TabBarStyle {
    constructor(icon, text) {
      super();
      this.type = 'BottomTabBarStyle';
      this.icon = icon;
      this.text = text;
    }
  }

  // What `Swiper.indicator` is told. Attributes are kept by the name of their method with `Value` behind it.
  class Indicator {
    static dot() {
      return new DotIndicator();
    }

    static digit() {
      return new DigitIndicator();
    }
  }
  const remember = (Class, names) => {
    for (const name of names) {
      Class.prototype[name] = function (value) {
        this[`${name}Value`] = value;
        return this;
      };
    }
  };
  remember(Indicator, ['left', 'top', 'right', 'bottom', 'start', 'end']);
  class DotIndicator extends Indicator {
    constructor() {
      super();
      this.type = 'DotIndicator';
    }
  }
  remember(DotIndicator, ['itemWidth', 'itemHeight', 'selectedItemWidth', 'selectedItemHeight', 'mask', 'color', 'selectedColor',
    'maxDisplayCount', 'space']);
  class DigitIndicator extends Indicator {
    constructor() {
      super();
      this.type = 'DigitIndicator';
    }
  }
  remember(DigitIndicator, ['fontColor', 'selectedFontColor', 'digitFont', 'selectedDigitFont']);

  return {
    bind, nodeOf, nodeOf, command, follow, Scroller, ListScroller, SwiperController, TabsController, WaterFlowSections, SubTabBarStyle,
    BottomTabBarStyle, Indicator, DotIndicator, DigitIndicator,
  };
})
