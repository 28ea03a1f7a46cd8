// @concord:arkui/globals: what compiled pages find on the global object. Everything is made when it is first used.
(function (host, system) {
  'use strict';
  const { COMPONENTS, CLASSES, ENUMS, enumOf } = system.require('@concord:arkui/names');
  const lazy = (request) => () => system.require(`@concord:arkui/${request}`);
  const components = lazy('components');
  const state = lazy('state');
  const views = lazy('views');
  const pages = lazy('pages');
  const context = lazy('ui-context');

  // name → function that makes the value
  const makers = new Map();
  for (const name of ENUMS.keys()) {
    makers.set(name, () => enumOf(name));
  }
  for (const name of CLASSES) {
    makers.set(name, () => components().swallow(name));
  }
  for (const name of COMPONENTS) {
    makers.set(name, () => components().component(name));
  }
  const from = (module, names) => {
    for (const name of names.split(' ')) {
      makers.set(name, () => module()[name]);
    }
  };
  from(state, 'AppStorage LocalStorage PersistentStorage Environment');
  for (const name of ['ObservedPropertySimplePU', 'ObservedPropertyObjectPU', 'ObservedPropertySimple', 'ObservedPropertyObject',
    'SynchedPropertySimpleTwoWayPU', 'SynchedPropertyObjectTwoWayPU', 'SynchedPropertyNesedObjectPU',
    'SynchedPropertySimpleOneWayPU', 'SynchedPropertyObjectOneWayPU']) {
    makers.set(name, () => state().properties[name]);
  }
  from(views, 'PUV2ViewBase ViewPU View ViewV2');
  from(pages, 'registerNamedRoute loadDocument');
  makers.set('LazyForEach', () => components().lazyForEach());
  makers.set('Repeat', () => components().Repeat);
  makers.set('NavigationBuilderRegister', () => pages().registerBuilder);

  for (const name of ['vp2px', 'px2vp', 'fp2px', 'px2fp', 'lpx2px', 'px2lpx']) {
    makers.set(name, () => (value) => context().units[name](Number(value)));
  }
  makers.set('getContext', () => () => context().current().getHostContext());
  makers.set('canIUse', () => (capability) => typeof capability === 'string' && capability.startsWith('SystemCapability.'));
  makers.set('focusControl', () => ({ requestFocus: () => false }));
  makers.set('animateTo', () => (options, change) => context().current().animateTo(options, change));
  makers.set('Context', () => ({
    animation() {},
    animateTo: (options, change) => context().current().animateTo(options, change),
    animateToImmediately: (options, change) => context().current().animateTo(options, change),
    keyframeAnimateTo: (options, frames) => context().current().keyframeAnimateTo(options, frames),
    pageTransition() {},
  }));
  makers.set('getInspectorByKey', () => () => '');
  makers.set('getInspectorTree', () => () => ({}));
  makers.set('sendEventByKey', () => () => false);

  makers.set('SubscriberManager', () => {
    const manager = { delete: () => true, has: () => false, get: () => undefined, MakeStableId: () => 0 };
    return { Get: () => manager, ...manager };
  });
  makers.set('ObservedObject', () => ({ GetRawObject: (value) => value }));
  makers.set('UIUtils', () => ({ getTarget: (value) => value, makeObserved: (value) => value }));
  makers.set('ViewStackProcessor', () => ({
    StartGetAccessRecordingFor() {},
    StopGetAccessRecording() {},
    AllocateNewElmetIdForNextComponent: () => 0,
    GetElmtIdToAccountFor: () => 0,
    GetAndPushFrameNode() {},
    visualState() {},
    PushPrebuildCompCmd() {},
    UsesNewPipeline: () => false,
  }));
  // Arguments of a builder: functions that read the state they were made from.
  makers.set('makeBuilderParameterProxy', () => (name, sources) => new Proxy(sources, {
    get(target, key) {
      const source = target[key];
      const value = typeof source === 'function' ? source() : source;
      return value instanceof state().Property ? value.get() : value;
    },
  }));
  makers.set('wrapBuilder', () => (builder) => ({ builder }));
  makers.set('mutableBuilder', () => (builder) => ({ builder }));
  makers.set('WrappedBuilder', () => class WrappedBuilder {
    constructor(builder) {
      this.builder = builder;
    }
  });

  // Decorators. State is not watched, so they leave things as they are.
  for (const name of ['Observed', 'ObservedV2', 'Reusable', 'ReusableV2']) {
    makers.set(name, () => (Class) => Class);
  }
  for (const name of ['Track', 'Trace', 'Param', 'Once', 'Event', 'Local', 'Require', 'BuilderParam', 'Env']) {
    makers.set(name, () => () => undefined);
  }
  makers.set('Computed', () => (target, key, descriptor) => descriptor);
  for (const name of ['Provider', 'Consumer', 'Monitor', 'SyncMonitor', 'Type']) {
    makers.set(name, () => () => (target, key, descriptor) => descriptor);
  }

  makers.set('NavPathStack', () => system.require('@concord:arkui/navigation').NavPathStack);
  makers.set('NavPathInfo', () => system.require('@concord:arkui/navigation').NavPathInfo);
  makers.set('CustomDialogController', () => class CustomDialogController {
    constructor(options) {
      this.options = options;
    }

    open() {}

    close() {}
  });

  for (const [name, make] of makers) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      enumerable: false,
      get() {
        const value = make();
        Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
        return value;
      },
      set(value) {
        Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true });
      },
    });
  }
  return {};
})
