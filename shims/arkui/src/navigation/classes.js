// @concord:arkui/navigation/classes: the classes Navigation and NavDestination.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const parts = system.require('@concord:arkui/components/parts');
  const navigation = system.require('@concord:arkui/navigation/navigator');
  const { NavPathStack } = system.require('@concord:arkui/navigation');
  const { follow, nodeOf } = system.require('@concord:arkui/components/controllers');

  const LIFECYCLE = ['onReady', 'onWillAppear', 'onAppear', 'onWillShow', 'onShown', 'onActive', 'onInactive', 'onWillHide',
    'onHidden', 'onWillDisappear', 'onDisAppear', 'onBackPressed', 'onResult', 'onNewParam'];

  // A bar is made by a builder, or by the component from what it is told.
  function bar(Class, attribute, custom, items = (value) => value) {
    const own = Class[attribute];
    Class[attribute] = (value, ...rest) => {
      const node = stack.top();
      const part = parts.set(node, custom, value, { type: 'NavBarPart', inside: false });
      nodes.command(node, custom, part, value?.height);
      own(part ? undefined : items(value), ...rest);
    };
  }

  // Icons that are symbols are functions of the app on attributes; the bars of this component draw pictures only.
  const plain = (items) => (Array.isArray(items) ? items.map(({ value, icon, action, isEnabled, status }) =>
    ({ value, icon, action, isEnabled, status })) : items);

  // A menu has so many buttons, upright and lying; of more items, the last button opens the rest.
  const MOST = 3;
  const MOST_LYING = 5;

  function menu(items) {
    const buttons = plain(items);
    const { width, height } = process.info.device;
    const most = width > height ? MOST_LYING : MOST;
    if (!Array.isArray(buttons) || buttons.length <= most) {
      return buttons;
    }
    const node = stack.top();
    const rest = buttons.slice(most - 1).map(({ isEnabled, ...item }) => ({ ...item, enabled: isEnabled }));
    const open = () => {
      const { MenuLayer } = system.require('@concord:arkui/overlays/menu');
      const { windowOfNode } = system.require('@concord:arkui/overlays/layer');
      const target = nodes.command(node, 'moreButton');
      system.later(() => new MenuLayer({ window: windowOfNode(node), target, content: rest }));
    };
    return [...buttons.slice(0, most - 1), { more: true, action: open }];
  }

  function bars(Class) {
    bar(Class, 'title', 'customTitle');
    bar(Class, 'menus', 'customMenu', menu);
    bar(Class, 'toolbarConfiguration', 'customToolBar', plain);
    Class.toolBar = (value) => Class.toolbarConfiguration(value?.items ?? value);
  }

  const specials = {
    Navigation(Class) {
      bars(Class);
      const { create, id } = Class;
      const current = () => navigation.navigatorOf(stack.top(), stack.topElement());
      Class.create = (pathStack) => {
        create();
        const navigator = current();
        navigator.show(pathStack?.contents_ ? pathStack : navigator.pathStack ?? new NavPathStack());
      };
      Class.splitPlaceholder = (content) => {
        const node = stack.top();
        nodes.command(node, 'placeholder', parts.set(node, 'placeholder', content));
      };
      Class.navDestination = (builder) => {
        current().builder = parts.builderOf(builder);
      };
      Class.customNavContentTransition = (delegate) => {
        current().customTransition = typeof delegate === 'function' ? delegate : undefined;
      };
      Class.id = (value) => {
        current().id = String(value ?? '');
        id(value);
      };
    },
    NavDestination(Class) {
      bars(Class);
      const { create, mode } = Class;
      const current = () => navigation.destinationOf(stack.topElement());
      Class.create = (build) => {
        create();
        // What is in it is built when its attributes are known.
        navigation.adopt(stack.top(), stack.topElement(), build);
      };
      Class.mode = (value) => {
        current().mode = value === 1 ? 1 : 0;
        mode(value);
      };
      // Bars go away while these scroll on. A container that is made later is followed when its controller knows it.
      const bind = (scrollers) => {
        const node = stack.top();
        const bound = () => nodes.command(node, 'follow', scrollers.map(nodeOf).filter((container) => container !== undefined));
        scrollers.forEach((scroller) => follow(scroller, node, bound));
        bound();
      };
      Class.bindToScrollable = (scrollers) => bind(scrollers ?? []);
      // Of two that are nested both count.
      Class.bindToNestedScrollable = (pairs) => bind((pairs ?? []).flatMap(({ parent, child }) => [parent, child]));
      Class.systemTransition = (type) => {
        current().systemTransition = Number.isInteger(type) ? type : undefined;
      };
      Class.customTransition = (delegate) => {
        current().customTransition = typeof delegate === 'function' ? delegate : undefined;
      };
      for (const event of LIFECYCLE) {
        Class[event] = (handler) => {
          current()?.handlers.set(event, typeof handler === 'function' ? handler : undefined);
        };
      }
      Class.pop = () => {
        const destination = current();
        destination?.complete();
        stack.pop('NavDestination');
      };
    },
  };

  return (Class) => specials[Class.name](Class);
})
