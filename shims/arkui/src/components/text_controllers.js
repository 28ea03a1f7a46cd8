// @concord:arkui/components/text-controllers: objects of the app that ask and change what shows and edits text.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { command } = system.require('@concord:arkui/components/controllers');
  const { piecesOf, remember } = system.require('@concord:arkui/components/styled-string');

  // Asks after layout, so that the answer is about what the app has just changed.
  function ask(controller, name, ...args) {
    nodes.flush();
    return command(controller, name, ...args);
  }

  class LayoutManager {
    #controller;

    constructor(controller) {
      this.#controller = controller;
    }

    getLineCount() {
      return ask(this.#controller, 'lineCount') ?? 0;
    }

    getLineMetrics(line) {
      const metrics = ask(this.#controller, 'lineMetrics', line);
      return metrics && { ...metrics, runMetrics: new Map() };
    }

    getGlyphPositionAtCoordinate(x, y) {
      return ask(this.#controller, 'positionAt', x, y) ?? { position: 0, affinity: 0 };
    }

    getCharacterPositionAtCoordinate(x, y) {
      return this.getGlyphPositionAtCoordinate(x, y);
    }

    getRectsForRange(range) {
      return ask(this.#controller, 'rectsForRange', range) ?? [];
    }

    // Glyphs are counted like characters.
    getGlyphRangeForCharacterRange(range) {
      return [{ ...range }, { ...range }];
    }

    getCharacterRangeForGlyphRange(range) {
      return [{ ...range }, { ...range }];
    }
  }

  class TextController {
    closeSelectionMenu() {
      command(this, 'closeSelectionMenu');
    }

    setStyledString(value) {
      remember(this, value);
      command(this, 'styledString', piecesOf(value));
    }

    getLayoutManager() {
      return new LayoutManager(this);
    }

    setTextSelection(start, end) {
      command(this, 'setTextSelection', start, end);
    }
  }

  // What the controllers of all text fields have.
  class TextContentControllerBase {
    getCaretOffset() {
      return ask(this, 'caretOffset') ?? { index: 0, x: 0, y: 0 };
    }

    getTextContentRect() {
      return ask(this, 'contentRect') ?? { x: 0, y: 0, width: 0, height: 0 };
    }

    getTextContentLineCount() {
      return ask(this, 'lineCount') ?? 0;
    }

    addText(text, options) {
      return command(this, 'addText', text, options?.offset) ?? 0;
    }

    deleteText(range) {
      command(this, 'deleteText', range?.start, range?.end);
    }

    getSelection() {
      return command(this, 'selectionRange') ?? { start: 0, end: 0 };
    }

    clearPreviewText() {
      command(this, 'clearPreviewText');
    }

    deleteBackward() {
      command(this, 'deleteBackward');
    }

    scrollToVisible(range) {
      command(this, 'scrollToVisible', range?.start, range?.end);
    }

    setStyledPlaceholder(value) {
      command(this, 'placeholder', value?.getString?.() ?? '');
    }

    caretPosition(index) {
      command(this, 'caretPosition', index);
    }

    setTextSelection(start, end) {
      command(this, 'setTextSelection', start, end);
    }

    stopEditing() {
      command(this, 'stopEditing');
    }
  }
  class TextInputController extends TextContentControllerBase {}
  class TextAreaController extends TextContentControllerBase {}
  class SearchController extends TextContentControllerBase {}

  class RichEditorBaseController {
    getCaretOffset() {
      return command(this, 'getCaretOffset') ?? -1;
    }

    setCaretOffset(offset) {
      return command(this, 'setCaretOffset', offset) ?? false;
    }

    getTypingStyle() {
      return command(this, 'getTypingStyle') ?? {};
    }

    setTypingStyle(style) {
      command(this, 'setTypingStyle', style);
    }

    setTypingParagraphStyle() {}

    setSelection(start, end) {
      command(this, 'setSelection', start, end);
    }

    isEditing() {
      return command(this, 'isEditing') ?? false;
    }

    stopEditing() {
      command(this, 'stopEditing');
    }

    closeSelectionMenu() {
      command(this, 'closeSelectionMenu');
    }

    getLayoutManager() {
      return new LayoutManager(this);
    }

    getPreviewText() {
      return { offset: -1, value: '' };
    }
  }

  class RichEditorController extends RichEditorBaseController {
    addTextSpan(text, options) {
      return command(this, 'addTextSpan', text, options) ?? -1;
    }

    updateSpanStyle(options) {
      command(this, 'updateSpanStyle', options);
    }

    deleteSpans(range) {
      command(this, 'deleteSpans', range);
    }

    getSpans(range) {
      return command(this, 'getSpans', range) ?? [];
    }

    getSelection() {
      return command(this, 'getSelection') ?? { selection: [0, 0], spans: [] };
    }

    updateParagraphStyle() {}

    getParagraphs() {
      return [];
    }
  }
  // What is not text is counted as missing; the index says that nothing was added.
  for (const name of ['addImageSpan', 'addBuilderSpan', 'addSymbolSpan']) {
    RichEditorController.prototype[name] = function () {
      system.report(`global:ets:RichEditorController.${name}`);
      return -1;
    };
  }

  class TextClockController {
    start() {
      command(this, 'start');
    }

    stop() {
      command(this, 'stop');
    }
  }

  class TextTimerController {
    start() {
      command(this, 'start');
    }

    pause() {
      command(this, 'pause');
    }

    reset() {
      command(this, 'reset');
    }
  }

  return {
    LayoutManager, TextController, TextContentControllerBase, TextInputController, TextAreaController, SearchController,
    TextClockController, TextTimerController, RichEditorBaseController, RichEditorController,
  };
})
