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
  from(() => state().properties, 'ObservedPropertyAbstract ObservedPropertyPU ObservedPropertySimplePU ObservedPropertyObjectPU ' +
    'ObservedPropertySimple ObservedPropertyObject SynchedPropertyTwoWayPU SynchedPropertySimpleTwoWayPU ' +
    'SynchedPropertyObjectTwoWayPU SynchedPropertySimpleTwoWay SynchedPropertyObjectTwoWay SynchedPropertyOneWayPU ' +
    'SynchedPropertySimpleOneWayPU SynchedPropertyObjectOneWayPU SynchedPropertySimpleOneWay SynchedPropertyObjectOneWay ' +
    'SynchedPropertySimpleOneWaySubscribing SynchedPropertyNesedObjectPU SynchedPropertyNesedObject ' +
    'SynchedPropertyNestedObjectPU SynchedPropertyNestedObject');
  from(state, 'Observed Track ObservedObject ObservedV2 Trace Local Param Once Event Provider Consumer Monitor SyncMonitor Computed ' +
    'Type UIUtils AppStorageV2 PersistenceV2 ConnectOptions');
  from(views, 'PUV2ViewBase ViewPU View ViewV2 If ForEach LazyForEach Repeat __Recycle__ SubscriberManager ViewStackProcessor ' +
    'makeBuilderParameterProxy wrapBuilder mutableBuilder WrappedBuilder MutableBuilder');
  from(pages, 'registerNamedRoute loadDocument');
  from(lazy('components/controllers'), 'Scroller ListScroller SwiperController TabsController WaterFlowSections SubTabBarStyle ' +
    'BottomTabBarStyle Indicator DotIndicator DigitIndicator IndicatorComponentController ChildrenMainSize ListItemSwipeActionManager');
  from(lazy('components/controls'), 'PatternLockController LinearGradient ColorMetricsLinearGradient');
  from(lazy('components/shaders'), 'ShaderStyle LinearGradientStyle RadialGradientStyle ColorShaderStyle');
  from(lazy('overlays/selection'), 'TextMenuItemId');
  from(lazy('components/text-controllers'), 'TextController TextContentControllerBase TextInputController TextAreaController ' +
    'SearchController TextClockController TextTimerController RichEditorBaseController RichEditorController ' +
    'RichEditorStyledStringController');
  from(lazy('components/styled-string'), 'StyledString MutableStyledString TextStyle DecorationStyle BaselineOffsetStyle ' +
    'LetterSpacingStyle LineHeightStyle TextShadowStyle BackgroundColorStyle UrlStyle GestureStyle ParagraphStyle ' +
    'ImageAttachment CustomSpan UserDataSpan LeadingMarginSpan LineSpacingStyle');
  from(lazy('components/symbol-effects'), 'SymbolEffect ScaleSymbolEffect BounceSymbolEffect AppearSymbolEffect DisappearSymbolEffect ' +
    'PulseSymbolEffect HierarchicalSymbolEffect ReplaceSymbolEffect');
  from(lazy('painters'), 'DrawModifier');
  from(lazy('node-content'), 'ContentSlot');
  from(lazy('theme'), 'WithTheme');
  from(lazy('foreign/video'), 'VideoController');
  from(lazy('foreign/x-component'), 'XComponentController');
  makers.set('WebController', () => system.require('@concord:arkui/foreign/web').WebviewController);
  makers.set('NavigationBuilderRegister', () => pages().registerBuilder);

  for (const name of ['vp2px', 'px2vp', 'fp2px', 'px2fp', 'lpx2px', 'px2lpx']) {
    makers.set(name, () => (value) => context().units[name](Number(value)));
  }
  makers.set('getContext', () => () => context().current().getHostContext());
  makers.set('canIUse', () => system.require('@concord:capabilities').has);
  makers.set('cursorControl', () => {
    const cursor = () => context().current().getCursorController();
    return { setCursor: (style) => cursor().setCursor(style), restoreDefault: () => cursor().restoreDefault() };
  });
  makers.set('animateToImmediately', () => system.require('@concord:arkui/animation').animateTo);
  makers.set('focusControl', () => system.require('@concord:arkui/focus').focusControl);
  from(lazy('animation'), 'animateTo');
  makers.set('Context', () => {
    const { animation, animateTo, keyframeAnimateTo } = system.require('@concord:arkui/animation');
    return { animation, animateTo, animateToImmediately: animateTo, keyframeAnimateTo, pageTransition() {} };
  });
  from(lazy('animation/transition'), 'TransitionEffect');
  from(lazy('page-transition'), 'PageTransition PageTransitionEnter PageTransitionExit');

  from(lazy('inspector'), 'getInspectorTree getInspectorByKey sendEventByKey sendTouchEvent sendKeyEvent sendMouseEvent');
  const gestures = ['Tap', 'LongPress', 'Pan', 'Pinch', 'Rotation', 'Swipe'].map((type) => `${type}Gesture ${type}GestureHandler`);
  from(lazy('recognizers'), 'GestureControl');
  from(lazy('recognizers'), 'EventTargetInfo ScrollableTargetInfo GestureRecognizer TapRecognizer LongPressRecognizer PanRecognizer ' +
    'PinchRecognizer RotationRecognizer SwipeRecognizer');
  from(lazy('gestures'), `Gesture GestureGroup GestureGroupHandler PanGestureOptions ${gestures.join(' ')}`);

  // Decorators that say something to the compiler only.
  for (const name of ['Reusable', 'ReusableV2']) {
    makers.set(name, () => (Class) => Class);
  }
  from(lazy('views/env'), 'Env');
  for (const name of ['Require', 'BuilderParam']) {
    makers.set(name, () => () => undefined);
  }

  makers.set('NavPathStack', () => system.require('@concord:arkui/navigation').NavPathStack);
  makers.set('NavPathInfo', () => system.require('@concord:arkui/navigation').NavPathInfo);
  from(lazy('overlays/custom-dialog'), 'CustomDialogController');
  from(lazy('overlays/alert-dialog'), 'AlertDialog');
  from(lazy('overlays/action-sheet'), 'ActionSheet');
  from(lazy('overlays/picker-dialogs'), 'DatePickerDialog TimePickerDialog TextPickerDialog');
  from(lazy('overlays/calendar'), 'CalendarPickerDialog');
  makers.set('ContextMenu', () => ({ close: () => system.require('@concord:arkui/overlays/menu').closeAll() }));

  from(lazy('canvas'), 'Path2D Matrix2D CanvasRenderer CanvasGradient CanvasPattern CanvasPath ImageBitmap ImageData ' +
    'RenderingContextSettings CanvasRenderingContext2D OffscreenCanvas OffscreenCanvasRenderingContext2D');
  // Lengths that are said by name; the tree knows them by that.
  const policies = Object.fromEntries(['matchParent', 'wrapContent', 'fixAtIdealSize'].map((name) => [name, { id_: name }]));
  makers.set('LayoutPolicy', () => policies);
  // What `Image.fillColor` takes for the picture's own colours.
  makers.set('ColorContent', () => ({ ORIGIN: { id_: 'origin' } }));
  // `value` has the numbers that components look for.
  makers.set('ColorFilter', () => class ColorFilter {
    constructor(value) {
      this.value = value;
    }
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
