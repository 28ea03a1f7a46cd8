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

  // The node of a controller, while there is one.
  function boundNode(controller) {
    const node = bound.get(controller);
    return node !== undefined && nodes.exists(node) ? node : undefined;
  }

  // Calls `told` when a controller belongs to a node, now and later.
  const onBound = (controller, told) => follow(controller, told, told);

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
    // `typeNode.bindController`.
    bind__(node) {
      bind(this, node);
    }

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

    getVisibleListContentInfo(x, y) {
      required(this);
      return command(this, 'getVisibleListContentInfo', x, y);
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
    bind__(node) {
      bind(this, node);
    }

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

  // Extents of the items of a List or ListItemGroup along its axis. The containers that have it follow its changes.
  class ChildrenMainSize {
    #default;
    #sizes = [];

    constructor(childDefaultSize) {
      ChildrenMainSize.#check(childDefaultSize);
      this.#default = childDefaultSize;
    }

    static #check(size) {
      if (typeof size !== 'number' || !(size >= 0)) {
        throw new BusinessError(401, 'ChildrenMainSize: a size is a number that is not negative.');
      }
    }

    get childDefaultSize() {
      return this.#default;
    }

    set childDefaultSize(size) {
      ChildrenMainSize.#check(size);
      this.#default = size;
      this.#changed();
    }

    splice(start, deleteCount = Infinity, childrenSize = []) {
      if (!(start >= 0)) {
        throw new BusinessError(401, 'ChildrenMainSize.splice: the start is a number that is not negative.');
      }
      while (this.#sizes.length < start) {
        this.#sizes.push(undefined);
      }
      const sizes = childrenSize.map((size) => (typeof size === 'number' && size >= 0 ? size : undefined));
      this.#sizes.splice(start, Math.max(0, deleteCount), ...sizes);
      this.#changed();
    }

    update(index, childSize) {
      if (!(index >= 0)) {
        throw new BusinessError(401, 'ChildrenMainSize.update: the index is a number that is not negative.');
      }
      while (this.#sizes.length < index) {
        this.#sizes.push(undefined);
      }
      this.#sizes[index] = typeof childSize === 'number' && childSize >= 0 ? childSize : undefined;
      this.#changed();
    }

    describe_() {
      return { default: this.#default, sizes: this.#sizes };
    }

    #changed() {
      for (const node of followers.get(this)?.keys() ?? []) {
        if (nodes.exists(node)) {
          nodes.call(node, 'childrenMainSize', this.describe_());
        }
      }
    }
  }

  // Opens and closes what lies beside a ListItem. `ListItemSwipeActionDirection`: START 0, END 1.
  class ListItemSwipeActionManager {
    static #node(frameNode) {
      const node = system.require('@concord:arkui/frame-node').nodeOf(frameNode);
      if (node === undefined || nodes.type(node) !== 'ListItem') {
        throw new BusinessError(100023, 'Parameter error: the node is no ListItem.');
      }
      return node;
    }

    static expand(node, direction) {
      if (nodes.command(ListItemSwipeActionManager.#node(node), 'expand', direction === 0) !== true) {
        throw new BusinessError(106203, 'The component does not support this operation: there is no swipe action.');
      }
    }

    static collapse(node) {
      nodes.command(ListItemSwipeActionManager.#node(node), 'collapse');
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

  // What moves an IndicatorComponent, and through it the swiper that was given the same controller.
  class IndicatorComponentController {
    showNext() {
      command(this, 'showNext');
    }

    showPrevious() {
      command(this, 'showPrevious');
    }

    changeIndex(index, useAnimation) {
      command(this, 'changeIndex', index, useAnimation);
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
    bind, nodeOf, ChildrenMainSize, command, follow, boundNode, onBound, ListItemSwipeActionManager, Scroller, ListScroller, SwiperController,
    TabsController, WaterFlowSections, SubTabBarStyle,
    BottomTabBarStyle, Indicator, DotIndicator, DigitIndicator, IndicatorComponentController,
  };
})
