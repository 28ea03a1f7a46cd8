// @ohos:inputMethodEngine: what an input method is made of. The desktop has its own, so apps are never asked to be one.
(function (host, system) {
  'use strict';
  const { declare, events, methods, refuse } = system.require('@concord:kits/declared');

  const ImmersiveMode = { NONE_IMMERSIVE: 0, IMMERSIVE: 1, LIGHT_IMMERSIVE: 2, DARK_IMMERSIVE: 3 };
  const GradientMode = { NONE: 0, LINEAR_GRADIENT: 1 };
  const RequestKeyboardReason = { NONE: 0, MOUSE: 1, TOUCH: 2, OTHER: 20 };
  const PanelFlag = { FLG_FIXED: 0, FLG_FLOATING: 1, FLAG_CANDIDATE: 2 };
  const PanelType = { SOFT_KEYBOARD: 0, STATUS_BAR: 1 };
  const Direction = { CURSOR_UP: 1, CURSOR_DOWN: 2, CURSOR_LEFT: 3, CURSOR_RIGHT: 4 };
  const SecurityMode = { BASIC: 0, FULL: 1 };
  const ExtendAction = { SELECT_ALL: 0, CUT: 3, COPY: 4, PASTE: 5 };
  const CapitalizeMode = { NONE: 0, SENTENCES: 1, WORDS: 2, CHARACTERS: 3 };

  const notClient = refuse(12800003, 'input method client error.');
  const notMethod = refuse(12800004, 'not an input method application.');

  class KeyboardController {}
  methods(KeyboardController, [], {
    'hide(): Promise': notClient,
    'exitCurrentInputType(): Promise': notMethod,
  });

  class InputMethodAbility {
    constructor() {
      Object.assign(this, events([
        'inputStart', 'inputStop', 'setCallingWindow', 'setSubtype', 'securityModeChange', 'privateCommand',
        'callingDisplayDidChange', 'discardTypingText',
      ]));
    }
  }
  methods(InputMethodAbility, [], {
    'getSecurityMode()': notMethod,
    'createPanel(ctx: object, info: object): Promise': notMethod,
    'destroyPanel(panel: object): Promise': notMethod,
  });

  class InputClient {
    constructor() {
      Object.assign(this, events(['attachOptionsDidChange']));
    }
  }
  methods(InputClient, [], {
    'sendKeyFunction(action: number): Promise': notClient,
    'deleteForward(length: number): Promise': notClient,
    'deleteForwardSync(length: number)': notClient,
    'deleteBackward(length: number): Promise': notClient,
    'deleteBackwardSync(length: number)': notClient,
    'insertText(text: string): Promise': notClient,
    'insertTextSync(text: string)': notClient,
    'getForward(length: number): Promise': notClient,
    'getForwardSync(length: number)': notClient,
    'getBackward(length: number): Promise': notClient,
    'getBackwardSync(length: number)': notClient,
    'getEditorAttribute(): Promise': notClient,
    'getEditorAttributeSync()': notClient,
    'moveCursor(direction: number): Promise': notClient,
    'moveCursorSync(direction: number)': notClient,
    'selectByRange(range: object): Promise': notClient,
    'selectByRangeSync(range: object)': notClient,
    'selectByMovement(movement: object): Promise': notClient,
    'selectByMovementSync(movement: object)': notClient,
    'getTextIndexAtCursor(): Promise': notClient,
    'getTextIndexAtCursorSync()': notClient,
    'sendExtendAction(action: number): Promise': notClient,
    'sendPrivateCommand(commandData: object): Promise': notClient,
    'getCallingWindowInfo(): Promise': notClient,
    'setPreviewText(text: string, range: object): Promise': notClient,
    'setPreviewTextSync(text: string, range: object)': notClient,
    'finishTextPreview(): Promise': notClient,
    'finishTextPreviewSync()': notClient,
    'sendMessage(msgId: string, msgParam?: buffer): Promise': notClient,
    'recvMessage(msgHandler?: object)': () => undefined,
    'getAttachOptions()': refuse(801, 'Capability not supported.'),
  });

  const delegate = events([
    'keyDown', 'keyUp', 'keyEvent', 'cursorContextChange', 'selectionChange', 'textChange', 'editorAttributeChanged',
  ]);
  const ability = new InputMethodAbility();
  const keyboard = { on: delegate.on, off: delegate.off };
  // Before API 9.
  const engine = events(['inputStart', 'inputStop']);

  return {
    ImmersiveMode, GradientMode, RequestKeyboardReason, PanelFlag, PanelType, Direction, SecurityMode, ExtendAction, CapitalizeMode,
    ENTER_KEY_TYPE_UNSPECIFIED: 0, ENTER_KEY_TYPE_GO: 2, ENTER_KEY_TYPE_SEARCH: 3, ENTER_KEY_TYPE_SEND: 4, ENTER_KEY_TYPE_NEXT: 5,
    ENTER_KEY_TYPE_DONE: 6, ENTER_KEY_TYPE_PREVIOUS: 7, ENTER_KEY_TYPE_NEWLINE: 8,
    PATTERN_NULL: -1, PATTERN_TEXT: 0, PATTERN_NUMBER: 2, PATTERN_PHONE: 3, PATTERN_DATETIME: 4, PATTERN_EMAIL: 5, PATTERN_URI: 6,
    PATTERN_PASSWORD: 7, PATTERN_PASSWORD_NUMBER: 8, PATTERN_PASSWORD_SCREEN_LOCK: 9, PATTERN_USER_NAME: 10, PATTERN_NEW_PASSWORD: 11,
    PATTERN_NUMBER_DECIMAL: 12, PATTERN_ONE_TIME_CODE: 13,
    FLAG_SELECTING: 2, FLAG_SINGLE_LINE: 1, DISPLAY_MODE_PART: 0, DISPLAY_MODE_FULL: 1,
    OPTION_ASCII: 20, OPTION_NONE: 0, OPTION_AUTO_CAP_CHARACTERS: 2, OPTION_AUTO_CAP_SENTENCES: 8, OPTION_AUTO_WORDS: 4,
    OPTION_MULTI_LINE: 1, OPTION_NO_FULLSCREEN: 10,
    CURSOR_UP: 1, CURSOR_DOWN: 2, CURSOR_LEFT: 3, CURSOR_RIGHT: 4, WINDOW_TYPE_INPUT_METHOD_FLOAT: 2105,
    KeyboardController, InputClient,
    ...declare([], {
      'getInputMethodAbility()': () => ability,
      'getKeyboardDelegate()': () => keyboard,
      'getInputMethodEngine()': () => ({ on: engine.on, off: engine.off }),
      'createKeyboardDelegate()': () => keyboard,
    }),
  };
})
