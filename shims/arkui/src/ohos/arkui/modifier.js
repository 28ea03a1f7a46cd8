// @ohos:arkui.modifier
(function (host, system) {
  'use strict';
  const { CommonModifier, AttributeUpdater, SymbolGlyphModifier } = system.require('@concord:arkui/attributes');
  const names = ('AlphabetIndexer Blank Button CalendarPicker Checkbox CheckboxGroup Column ColumnSplit ContainerSpan Counter DataPanel ' +
    'DatePicker Divider FormComponent Gauge Grid GridCol GridItem GridRow Hyperlink Image ImageAnimator ImageSpan Line List ListItem ' +
    'ListItemGroup LoadingProgress Marquee Menu MenuItem NavDestination Navigation Navigator NavRouter Panel Particle Path PatternLock ' +
    'Polygon Polyline Progress QRCode Radio Rating Rect Refresh RichEditor Row RowSplit Scroll Search Select SelectionContainer Shape ' +
    'SideBarContainer Slider Span Stack Stepper StepperItem Swiper SymbolSpan Tabs Text TextArea TextClock TextInput ' +
    'TextPicker TextTimer TimePicker Toggle Video Web WaterFlow XComponent ContainerReader').split(' ');
  const classes = Object.fromEntries(names.map((name) => [`${name}Modifier`, { [`${name}Modifier`]: class extends CommonModifier {} }[`${name}Modifier`]]));
  return { CommonModifier, AttributeUpdater, SymbolGlyphModifier, ...classes, ModifierUtils: { applySetOnChange() {}, applyAndMergeModifier() {} } };
})
