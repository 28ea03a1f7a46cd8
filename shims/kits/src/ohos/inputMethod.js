// @ohos:inputMethod: the input method of the desktop, as an app with an editor of its own meets it.
(function (host, system) {
  'use strict';
  const { declare, events, fail, methods, refuse } = system.require('@concord:kits/declared');

  const Direction = { CURSOR_UP: 1, CURSOR_DOWN: 2, CURSOR_LEFT: 3, CURSOR_RIGHT: 4 };
  const TextInputType = {
    NONE: -1, TEXT: 0, MULTILINE: 1, NUMBER: 2, PHONE: 3, DATETIME: 4, EMAIL_ADDRESS: 5, URL: 6, VISIBLE_PASSWORD: 7,
    NUMBER_PASSWORD: 8, SCREEN_LOCK_PASSWORD: 9, USER_NAME: 10, NEW_PASSWORD: 11, NUMBER_DECIMAL: 12, ONE_TIME_CODE: 13,
  };
  const EnterKeyType = { UNSPECIFIED: 0, NONE: 1, GO: 2, SEARCH: 3, SEND: 4, NEXT: 5, DONE: 6, PREVIOUS: 7, NEWLINE: 8 };
  const KeyboardStatus = { NONE: 0, HIDE: 1, SHOW: 2 };
  const ExtendAction = { SELECT_ALL: 0, CUT: 3, COPY: 4, PASTE: 5 };
  const EnabledState = { DISABLED: 0, BASIC_MODE: 1, FULL_EXPERIENCE_MODE: 2 };
  const RequestKeyboardReason = { NONE: 0, MOUSE: 1, TOUCH: 2, OTHER: 20 };
  const CapitalizeMode = { NONE: 0, SENTENCES: 1, WORDS: 2, CHARACTERS: 3 };

  const CONNECT_IME_ABILITY = 'ohos.permission.CONNECT_IME_ABILITY';
  const MAX_TYPE_NUM = 128;
  const detached = refuse(12800009, 'input method client detached.');

  // The desktop's own method, which apps can neither list further nor replace.
  const METHOD = { name: 'org.freedesktop.inputmethod', id: 'DesktopInput', label: 'Desktop', labelId: 0, icon: '', iconId: 0, extra: {} };
  const SUBTYPE = {
    id: 'keyboard', label: 'Keyboard', labelId: 0, name: METHOD.name, mode: 'upper', locale: '', language: '', icon: '', iconId: 0, extra: {},
  };
  const method = () => ({ ...METHOD, packageName: METHOD.name, methodId: METHOD.id, extra: {} });
  const subtype = () => ({ ...SUBTYPE, extra: {} });

  const checkMethod = (property) => {
    if (typeof (property.name ?? property.packageName) !== 'string' || typeof (property.id ?? property.methodId) !== 'string') {
      fail(401, 'Parameter error. An input method needs name and id.');
    }
    return (property.name ?? property.packageName) === METHOD.name;
  };
  const subtypesOf = (property) => (checkMethod(property) ? [subtype()] : fail(12800001, 'package manager error.'));
  const switchTo = (property) => (checkMethod(property) ? true : fail(12800005, 'configuration persistence error.'));

  class InputMethodSetting {
    constructor() {
      Object.assign(this, events(['imeChange', 'imeShow', 'imeHide']));
    }
  }
  methods(InputMethodSetting, [], {
    'listInputMethodSubtype(inputMethodProperty: object): Promise': subtypesOf,
    'listCurrentInputMethodSubtype(): Promise': () => [subtype()],
    'getInputMethods(enable: boolean): Promise': (enable) => (enable ? [method()] : []),
    'getInputMethodsSync(enable: boolean)': (enable) => (enable ? [method()] : []),
    'getAllInputMethods(): Promise': () => [method()],
    'getAllInputMethodsSync()': () => [method()],
    'getInputMethodState(): Promise': refuse(12800004, 'not an input method application.'),
    // Before API 9, and for people only.
    'listInputMethod(): Promise': () => [method()],
    'displayOptionalInputMethod(): Promise': () => undefined,
    'showOptionalInputMethods(): Promise': () => false,
  });

  // What an attached editor is: {config, isShown}; undefined while none is.
  let editor;
  const attached = (f) => (...args) => (editor === undefined ? detached() : f(...args));
  const { on, off, emit } = events([
    'selectByRange', 'selectByMovement', 'insertText', 'deleteLeft', 'deleteRight', 'sendKeyboardStatus', 'sendFunctionKey',
    'moveCursor', 'handleExtendAction', 'getLeftTextOfCursor', 'getRightTextOfCursor', 'getTextIndexAtCursor', 'setPreviewText',
    'finishTextPreview',
  ]);

  function show(isShown) {
    if (editor.isShown !== isShown) {
      editor.isShown = isShown;
      emit('sendKeyboardStatus', isShown ? KeyboardStatus.SHOW : KeyboardStatus.HIDE);
    }
  }

  function attach(showKeyboard, config) {
    const { textInputType, enterKeyType } = config.inputAttribute ?? {};
    if (typeof textInputType !== 'number' || typeof enterKeyType !== 'number') {
      fail(401, 'Parameter error. "inputAttribute" needs textInputType and enterKeyType.');
    }
    editor = { config, isShown: false };
    show(showKeyboard);
  }

  function detach() {
    if (editor !== undefined) {
      show(false);
      editor = undefined;
    }
  }

  class InputMethodController {}
  Object.assign(InputMethodController.prototype, { on, off });
  methods(InputMethodController, [], {
    'attach(showKeyboard: boolean, textConfig: object, requestKeyboardReason?: number): Promise': attach,
    'discardTypingText(): Promise': attached(() => undefined),
    'showTextInput(requestKeyboardReason?: number): Promise': attached(() => show(true)),
    'hideTextInput(): Promise': attached(() => show(false)),
    'detach(): Promise': detach,
    'setCallingWindow(windowId: number): Promise': attached(() => undefined),
    'updateCursor(cursorInfo: object): Promise': attached(() => undefined),
    'changeSelection(text: string, start: number, end: number): Promise': attached(() => undefined),
    'updateAttribute(attribute: object): Promise': attached((attribute) => {
      editor.config = { ...editor.config, inputAttribute: attribute };
    }),
    'stopInputSession(): Promise': () => {
      const was = editor !== undefined;
      detach();
      return was;
    },
    'stopInput(): Promise': () => true,
    'sendMessage(msgId: string, msgParam?: buffer): Promise': attached(refuse(12800014, 'the input method is in basic mode.')),
    'recvMessage(msgHandler?: object)': () => undefined,
  });
  methods(InputMethodController, [CONNECT_IME_ABILITY], {
    'showSoftKeyboard(): Promise': () => editor && show(true),
    'hideSoftKeyboard(): Promise': () => editor && show(false),
  });

  const setting = new InputMethodSetting();
  const controller = new InputMethodController();

  return {
    Direction, TextInputType, EnterKeyType, KeyboardStatus, ExtendAction, EnabledState, RequestKeyboardReason, CapitalizeMode,
    MAX_TYPE_NUM,
    ...declare([], {
      'getSetting()': () => setting,
      'getController()': () => controller,
      'getInputMethodSetting()': () => setting,
      'getInputMethodController()': () => controller,
      'getDefaultInputMethod()': method,
      'getSystemInputMethodConfigAbility()': refuse(12800008, 'input method manager service error.'),
      'switchInputMethod(target: object|string, subtypeId?: string): Promise': (target) => switchTo(typeof target === 'string' ? { name: target, id: '' } : target),
      'getCurrentInputMethod()': method,
      'switchCurrentInputMethodSubtype(target: object): Promise': switchTo,
      'getCurrentInputMethodSubtype()': subtype,
      'switchCurrentInputMethodAndSubtype(inputMethodProperty: object, inputMethodSubtype: object): Promise': switchTo,
      'setSimpleKeyboardEnabled(enable: boolean)': () => undefined,
    }),
  };
})
