// @concord:arkui/names: globals of compiled pages, by kind.
(function (host) {
  'use strict';
  const words = (text) => text.trim().split(' ');

  // Called as `Column.create()`, `Column.width(…)`, `Column.pop()`.
  const COMPONENTS = words(
    'AbilityComponent AlphabetIndexer Animator Badge Blank Button Calendar CalendarPicker Canvas Checkbox ' +
    'CheckboxGroup Circle Column ColumnSplit Common Component3D ContainerSpan ContentSlot Counter ' +
    'DataPanel DatePicker DepthComponent DistortionComponent Divider DynamicComponent EffectComponent ' +
    'Ellipse EmbeddedComponent Flex FlowItem FolderStack FormComponent FormLink Gauge ' +
    'GestureGroup Grid GridCol GridContainer GridItem GridRow Hyperlink Image ImageAnimator ImageSpan ' +
    'IndicatorComponent IsolatedComponent LazyVGridLayout Line List ListItem ListItemGroup ' +
    'LoadingProgress LongPressGesture Marquee MediaCachedImage Menu MenuItem MenuItemGroup NavDestination ' +
    'NavRouter Navigation Navigator NodeContainer PageTransitionEnter PageTransitionExit PanGesture Panel ' +
    'Particle PasteButton Path PatternLock PinchGesture PluginComponent Polygon Polyline Progress QRCode ' +
    'Radio Rating Rect Refresh RelativeContainer RemoteWindow RichEditor RichText RootScene ' +
    'RotationGesture Row RowSplit SaveButton Screen Scroll ScrollBar Search SecurityUIExtensionComponent ' +
    'Select Shape SideBarContainer Slider Span Stack Stepper StepperItem SwipeGesture Swiper SymbolGlyph ' +
    'SymbolSpan TabContent Tabs TapGesture Text TextArea TextClock TextInput TextPicker TextTimer ' +
    'TimePicker Toggle ToolBarItem UIExtensionComponent UIPickerComponent UnionEffectContainer Video ' +
    'WaterFlow Web WindowScene WithTheme XComponent __Common__ PageTransition Gesture '
  );

  // Made with `new`, or with static methods (`AlertDialog.show`).
  const CLASSES = words(
    'ActionSheet AlertDialog AppearSymbolEffect BackgroundColorStyle BaseSpan BaselineOffsetStyle ' +
    'BottomTabBarStyle BounceSymbolEffect CalendarController CalendarPickerDialog CanvasGradient ' +
    'CanvasPath CanvasRenderer CanvasRenderingContext2D ChildrenMainSize ClientAuthenticationHandler ' +
    'ColorContent ColorFilter ColorMetricsLinearGradient ColorShaderStyle CommonTransition ConsoleMessage ' +
    'ContentTransition ContentTransitionEffect ContextMenu ControllerHandler CustomEnvKey CustomSpan ' +
    'DataResubmissionHandler DatePickerDialog DecorationStyle DigitIndicator DisappearSymbolEffect ' +
    'DotIndicator DrawModifier DrawingRenderingContext DynamicNode EventResult EventTargetInfo ' +
    'FileSelectorParam FileSelectorResult FrictionMotion FullScreenExitHandler GestureGroupHandler ' +
    'GestureHandler GestureRecognizer GestureStyle HierarchicalSymbolEffect HttpAuthHandler ' +
    'ImageAnalyzerController ImageAttachment ImageBitmap ImageData Indicator IndicatorComponentController ' +
    'JsGeolocation LayoutPolicy LeadingMarginSpan LetterSpacingStyle LineHeightStyle LineSpacingStyle ' +
    'LinearGradient LinearGradientStyle ListItemSwipeActionManager ListScroller LongPressGestureHandler ' +
    'LongPressRecognizer Matrix2D MutableStyledString NumericTextTransition OffscreenCanvas ' +
    'OffscreenCanvasRenderingContext2D PanGestureHandler PanGestureOptions PanRecognizer ParagraphStyle ' +
    'Path2D PatternLockController PermissionRequest PinchGestureHandler PinchRecognizer ProgressMask ' +
    'PulseSymbolEffect RadialGradientStyle RawInputEventWrapper ReadonlyEnvKey ReadonlySystemEnvKey ' +
    'RenderingContextSettings ReplaceSymbolEffect RichEditorBaseController RichEditorController ' +
    'RichEditorStyledStringController RotationGestureHandler RotationRecognizer ScaleSymbolEffect ' +
    'ScreenCaptureHandler ScrollMotion ScrollResult ScrollableTargetInfo Scroller SearchController ' +
    'SectionOptions ShaderStyle SpringMotion SpringProp SslErrorHandler StyledString SubTabBarStyle ' +
    'SwipeGestureHandler SwipeRecognizer SwiperController SymbolEffect SystemEnvKey TabBarSymbol ' +
    'TabsController TapGestureHandler TapRecognizer TextAreaController TextClockController ' +
    'TextContentControllerBase TextController TextInputController TextMenuItemId TextPickerDialog ' +
    'TextShadowStyle TextStyle TextTimerController TimePickerDialog TouchRecognizer TouchResult ' +
    'TouchTestInfo UrlStyle UserDataSpan VerifyPinHandler VideoController ' +
    'VideoControllerAsync WaterFlowSections WebContextMenuParam WebContextMenuResult WebController ' +
    'WebCookie WebKeyboardController WebResourceError WebResourceRequest WebResourceResponse ' +
    'WritableEnvKey WritableSystemEnvKey XComponentController '
  );

  // Enumerations, a line each: the name, then `MEMBER=value`.
  const ENUMS = new Map(host.enums().trim().split('\n').map((line) => {
    const at = line.indexOf(' ');
    return [line.slice(0, at), line.slice(at + 1)];
  }));

  // Members that are numbers have their names back, as enumerations of the language have.
  function enumOf(name) {
    const made = {};
    for (const member of ENUMS.get(name).split(' ')) {
      const at = member.indexOf('=');
      const [key, value] = [member.slice(0, at), member.slice(at + 1)];
      if (/^-?[\d.]+$/.test(value)) {
        made[key] = Number(value);
        made[made[key]] ??= key;
      } else {
        made[key] = value;
      }
    }
    return made;
  }

  return { COMPONENTS, CLASSES, ENUMS, enumOf };
})
