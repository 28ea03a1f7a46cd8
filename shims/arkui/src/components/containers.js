// @concord:arkui/components/containers: classes of containers that scroll or turn pages, as far as they are more than the rule:
// controllers, parts that builders make, and contents that are built when they are first seen.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const parts = system.require('@concord:arkui/components/parts');
  const removal = system.require('@concord:arkui/views/removal');
  const attributes = () => system.require('@concord:arkui/attributes');
  const { bind, ChildrenMainSize, follow, IndicatorComponentController } = system.require('@concord:arkui/components/controllers');
  const { building } = system.require('@concord:arkui/views/base');
  const { describe } = system.require('@concord:arkui/animation/curves');

  // Runs after the `create` of a class, with the node and the arguments.
  function after(Class, work) {
    const { create } = Class;
    Class.create = (...args) => {
      create(...args);
      work(...args);
    };
  }

  // An attribute that takes a curve, which the engine knows by its description.
  function curved(Class, name) {
    const apply = Class[name];
    Class[name] = (curve) => apply(describe(curve));
  }

  // Extents of items that the app knows, and changes.
  function sized(Class, stack) {
    const { childrenMainSize } = Class;
    Class.childrenMainSize = (sizes) => {
      const node = stack.top();
      follow(sizes, node, () => {});
      childrenMainSize(sizes instanceof ChildrenMainSize ? sizes.describe_() : undefined);
    };
  }

  // The app gives what a finger shows while it drags an item.
  function dragged(Class, stack) {
    const { onItemDragStart } = Class;
    Class.onItemDragStart = (start) => {
      const node = stack.top();
      onItemDragStart(typeof start === 'function' ? (info, index) => {
        const builder = start(info, index);
        return typeof builder === 'function' ? parts.set(node, 'drag', builder) : undefined;
      } : undefined);
    };
  }

  const specials = {
    Scroll(Class, { stack }) {
      after(Class, (scroller) => bind(scroller, stack.top()));
    },
    List(Class, { stack }) {
      after(Class, (options) => bind(options?.scroller, stack.top()));
      sized(Class, stack);
      dragged(Class, stack);
    },
    Grid(Class, { stack }) {
      after(Class, (scroller) => bind(scroller, stack.top()));
      dragged(Class, stack);
    },
    ListItemGroup(Class, { nodes, stack }) {
      after(Class, (options) => {
        const node = stack.top();
        for (const name of ['header', 'footer']) {
          nodes.command(node, name, parts.set(node, name, options?.[`${name}Component`] ?? options?.[name]));
        }
      });
      sized(Class, stack);
    },
    ListItem(Class, { stack }) {
      const { swipeAction } = Class;
      Class.swipeAction = (options) => {
        const node = stack.top();
        const side = (value) => {
          const content = parts.builderOf(value) ?? (parts.contentOf(value) && value);
          const own = typeof value === 'function' ? {} : value;
          // Built when a finger first shows it.
          return content && { ...own, builderComponent: undefined,
            builder: () => parts.set(node, `swipe:${value === options.start}`, content) };
        };
        swipeAction({ ...options, start: side(options?.start), end: side(options?.end) });
      };
    },
    WaterFlow(Class, { nodes, stack }) {
      after(Class, (options) => {
        const node = stack.top();
        bind(options?.scroller, node);
        bind(options?.sections, node);
        nodes.command(node, 'footer', parts.set(node, 'footer', options?.footerContent ?? options?.footer));
      });
    },
    IndicatorComponent(Class, { stack }) {
      after(Class, (controller) => bind(controller, stack.top()));
    },
    Swiper(Class, { nodes, stack }) {
      after(Class, (controller) => bind(controller, stack.top()));
      curved(Class, 'curve');
      const { customContentTransition, indicator } = Class;
      Class.indicator = (value) => {
        const controlled = value instanceof IndicatorComponentController;
        indicator(controlled ? false : value);
        if (controlled) {
          const node = stack.top();
          follow(value, node, (component) => nodes.command(component, 'swiper', node));
        }
      };
      Class.customContentTransition = (options) => {
        const transition = options?.transition;
        // Pages are there as long as they are in sight: there is nothing to wait for at the end of a transition.
        customContentTransition(typeof transition === 'function' ? { transition: (selectedIndex, index, position, mainAxisLength) =>
          void transition({ selectedIndex, index, position, mainAxisLength, finishTransition() {} }) } : undefined);
      };
    },
    Tabs(Class, { nodes, stack }) {
      after(Class, (options) => bind(options?.controller, stack.top()));
      curved(Class, 'animationCurve');
      const { customContentTransition } = Class;
      // The app's function says for two pages whether it has a transition between them. Gives its time limit, or nothing.
      Class.customContentTransition = (delegate) => {
        const node = stack.top();
        customContentTransition(typeof delegate === 'function' ? (from, to) => {
          const animated = delegate(from, to);
          if (typeof animated?.transition !== 'function') {
            return undefined;
          }
          const proxy = { from, to, finishTransition: () => void nodes.command(node, 'finishTransition') };
          system.later(() => process.guest(() => animated.transition(proxy)));
          return Math.max(0, animated.timeout ?? 1000);
        } : undefined);
      };
    },
    TabContent(Class, { nodes, stack }) {
      // What is in it is built when it is first seen, and goes when it is not to be kept.
      Class.create = (build) => {
        const node = stack.enter('TabContent');
        nodes.call(node, 'create', build && (() => building(() => stack.within(node, build))),
          build && (() => [...nodes.children(node)].forEach(removal.removeNode)));
      };
      // The nodes of an icon that is a symbol: of the selected tab and of the others.
      const symbols = (node, style) => {
        const symbol = (name, modifier) => parts.set(node, name, modifier && (() => {
          globalThis.SymbolGlyph.create();
          attributes().modify(stack.top(), modifier);
        }), { inside: false });
        const inner = (holder) => (holder ? nodes.children(holder)[0] : undefined);
        const { normal, selected } = style.icon;
        return { ...style, icon: undefined, symbol: inner(symbol('symbol', normal)), selectedSymbol: inner(symbol('selectedSymbol', selected)) };
      };
      const { tabBar } = Class;
      Class.tabBar = (value, ...rest) => {
        const node = stack.top();
        const item = parts.set(node, 'tab', value, { type: 'TabBarItem', inside: false });
        if (item) {
          nodes.command(node, 'tabBarItem', item);
        } else {
          // An icon and a text, in the older notation too.
          const style = typeof value === 'object' && value !== null && rest.length > 0 ? { icon: value, text: rest[0] } : value;
          const symbol = typeof style?.icon?.normal?.applyNormalAttribute === 'function';
          tabBar(symbol ? symbols(node, style) : style);
        }
      };
    },
    ScrollBar(Class, { nodes, stack }) {
      after(Class, (options) => {
        const bar = stack.top();
        follow(options?.scroller, bar, (container) => nodes.command(bar, 'target', container));
      });
    },
    Refresh(Class, { nodes, stack }) {
      after(Class, (options) => {
        const node = stack.top();
        nodes.command(node, 'builder', parts.set(node, 'builder', options?.refreshingContent ?? options?.builder));
      });
    },
  };

  return (Class, tools) => specials[Class.name](Class, tools);
})
