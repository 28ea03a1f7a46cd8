// @ohos:accessibility: helpers for people, of which none is on as far as the app is told.
(function (host, system) {
  'use strict';
  const { declare, events, fail } = system.require('@concord:kits/declared');

  const ACTIONS = ['accessibilityFocus', 'clearAccessibilityFocus', 'focus', 'clearFocus', 'clearSelection', 'click', 'longClick', 'cut',
    'copy', 'paste', 'select', 'setText', 'delete', 'scrollForward', 'scrollBackward', 'setSelection', 'setCursorPosition', 'home',
    'back', 'recentTask', 'notificationCenter', 'controlCenter', 'common', 'spanClick', 'nextHtmlItem', 'previousHtmlItem'];
  const TYPES = ['accessibilityFocus', 'accessibilityFocusClear', 'click', 'longClick', 'focus', 'select', 'hoverEnter', 'hoverExit',
    'textUpdate', 'textSelectionUpdate', 'scroll', 'requestFocusForAccessibility', 'announceForAccessibility',
    'announceForAccessibilityNotInterrupt', 'requestFocusForAccessibilityNotInterrupt', 'scrolling', 'pageStateUpdate'];

  class EventInfo {
    constructor(first, bundleName, triggerAction) {
      const members = typeof first === 'object' && first !== null ? first : { type: first, bundleName, triggerAction };
      Object.assign(this, members);
      if (typeof this.type !== 'string' || typeof this.bundleName !== 'string' || typeof this.triggerAction !== 'string') {
        fail(401, 'Parameter error. An event needs type, bundleName and triggerAction.');
      }
    }
  }

  const changes = events(['accessibilityStateChange', 'touchGuideStateChange', 'screenReaderStateChange', 'touchModeChange']);
  const captions = events(['enableChange', 'styleChange']);
  const CAPTION_STYLE = {
    fontFamily: 'default', fontScale: 100, fontColor: '#ffffff', fontEdgeType: 'none', backgroundColor: '#000000', windowColor: '#000000',
  };

  function send(event) {
    if (!TYPES.includes(event.type) || !ACTIONS.includes(event.triggerAction)) {
      fail(401, 'Parameter error. The event or its action is unknown.');
    }
  }

  return {
    EventInfo,
    on: changes.on,
    off: changes.off,
    getCaptionsManager: () => ({ enabled: false, style: { ...CAPTION_STYLE }, on: captions.on, off: captions.off }),
    ...declare([], {
      'isOpenAccessibility(): Promise': () => false,
      'isOpenAccessibilitySync()': () => false,
      'isOpenTouchGuide(): Promise': () => false,
      'isOpenTouchGuideSync()': () => false,
      'isScreenReaderOpenSync()': () => false,
      'getAbilityLists(abilityType: string, stateType: string): Promise': () => [],
      'getAccessibilityExtensionList(abilityType: string, stateType: string): Promise': () => [],
      'getAccessibilityExtensionListSync(abilityType: string, stateType: string)': () => [],
      'sendEvent(event: object): Promise': send,
      'sendAccessibilityEvent(event: object): Promise': send,
      'getTouchModeSync()': () => 'none',
    }),
  };
})
