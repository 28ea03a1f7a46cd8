// @concord:arkui/components/text-controllers: objects of the app that ask and change what shows and edits text.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const { command } = system.require('@concord:arkui/components/controllers');
  const process = system.require('@concord:process');
  const { guest } = process;
  const strings = system.require('@concord:arkui/components/styled-string');
  const { piecesOf, remember, StyledString, MutableStyledString, KEY } = strings;
  const { boundNode, onBound } = system.require('@concord:arkui/components/controllers');
  const styledNodes = () => system.require('@concord:arkui/components/styled-nodes');
  const removal = () => system.require('@concord:arkui/views/removal');

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
      const node = boundNode(this);
      if (node !== undefined) {
        styledNodes().show(node, piecesOf(value));
      }
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
      command(this, 'styledPlaceholder', piecesOf(value)?.map(({ text, style }) => ({ text, style })));
    }

    caretPosition(index) {
      command(this, 'caretPosition', index);
    }

    setTextSelection(start, end, options) {
      command(this, 'setTextSelection', start, end, options);
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

    setTypingParagraphStyle(style) {
      command(this, 'setTypingParagraphStyle', style);
    }

    setSelection(start, end, options) {
      command(this, 'setSelection', start, end, options);
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
      return command(this, 'getPreviewText') ?? { offset: -1, value: '' };
    }

    scrollToVisible(range) {
      command(this, 'scrollToVisible', range);
    }

    // In px of the component.
    getCaretRect() {
      const caret = ask(this, 'caretAt');
      return caret && { x: caret.x, y: caret.y, width: 1.5 * process.info.device.density, height: caret.height };
    }

    deleteBackward() {
      command(this, 'deleteBackward');
    }

    setStyledPlaceholder(value) {
      command(this, 'styledPlaceholder', piecesOf(value)?.map(({ text, style }) => ({ text, style })));
    }
  }

  // Kinds of parts that are no text.
  const IMAGE = 1;
  const BUILDER = 3;
  const SYMBOL = 5;
  // Node of a part → what the app gave for it.
  const values = new Map();

  function forget(node) {
    values.delete(node);
    removal().removeNode(node);
  }

  // Parts as the app is told of them, with the values that it gave.
  function described(parts) {
    return (parts ?? []).map(({ node, kind, tag, ...part }) => {
      const value = values.get(node);
      if (kind === IMAGE && value) {
        part[typeof value.value === 'object' && typeof value.value?.getImageInfoSync === 'function' ? 'valuePixelMap'
          : 'valueResourceStr'] = value.value;
        part.imageStyle = { verticalAlign: 1, objectFit: 1, ...value.style, ...part.imageStyle };
      } else if (kind === SYMBOL && value) {
        part.valueResource = value.value;
        part.symbolSpanStyle = { fontSize: 16, fontWeight: 400, renderingStrategy: 0, effectStrategy: 0, ...value.style };
      }
      return part;
    });
  }

  // Adds a node as a part; the library removes it when it is not in the text any more.
  function addNode(controller, node, kind, options, value) {
    command(controller, 'onReleased', (gone) => system.later(() => forget(gone)));
    const index = command(controller, 'addNode', node, kind, options ?? {});
    if (index === undefined || index < 0) {
      forget(node);
      return -1;
    }
    if (value) {
      values.set(node, value);
    }
    return index;
  }

  function dressSymbol(node, { fontSize, fontColor, fontWeight, effectStrategy, renderingStrategy } = {}) {
    for (const [name, value] of Object.entries({ fontSize, fontColor, fontWeight, effectStrategy, renderingStrategy })) {
      if (value !== undefined) {
        nodes.call(node, name, value);
      }
    }
  }

  class RichEditorController extends RichEditorBaseController {
    addTextSpan(text, options) {
      return command(this, 'addTextSpan', text, options) ?? -1;
    }

    addImageSpan(value, options) {
      if (boundNode(this) === undefined) {
        return -1;
      }
      const node = styledNodes().picture(value, options?.imageStyle);
      const { onHover } = options ?? {};
      if (typeof onHover === 'function') {
        nodes.call(node, 'onHover', onHover);
      }
      return addNode(this, node, IMAGE, options, { value, style: options?.imageStyle });
    }

    addBuilderSpan(builder, options) {
      const editor = boundNode(this);
      const parts = system.require('@concord:arkui/components/parts');
      const build = parts.builderOf(builder);
      if (editor === undefined || !build) {
        return -1;
      }
      const node = parts.build('Stack', build);
      return addNode(this, node, BUILDER, options);
    }

    addSymbolSpan(value, options) {
      if (boundNode(this) === undefined) {
        return -1;
      }
      const node = nodes.create('SymbolSpan', -1);
      nodes.call(node, 'create', value);
      dressSymbol(node, options?.style);
      return addNode(this, node, SYMBOL, options, { value, style: options?.style });
    }

    updateSpanStyle(options) {
      const { imageStyle, symbolStyle, textStyle } = options ?? {};
      if (textStyle || options?.urlStyle) {
        command(this, 'updateSpanStyle', options);
      }
      for (const { node, kind } of imageStyle || symbolStyle ? command(this, 'boxesIn', options) ?? [] : []) {
        const value = values.get(node);
        const style = kind === IMAGE ? imageStyle : kind === SYMBOL ? symbolStyle : undefined;
        if (style) {
          if (kind === IMAGE) {
            styledNodes().dress(node, style);
          } else {
            dressSymbol(node, style);
          }
          if (value) {
            value.style = { ...value.style, ...style };
          }
        }
      }
    }

    deleteSpans(range) {
      command(this, 'deleteSpans', range);
    }

    getSpans(range) {
      nodes.flush();
      return described(command(this, 'getSpans', range));
    }

    getSelection() {
      const found = command(this, 'getSelection');
      return found ? { ...found, spans: described(found.spans) } : { selection: [0, 0], spans: [] };
    }

    updateParagraphStyle(options) {
      command(this, 'updateParagraphStyle', options);
    }

    getParagraphs(range) {
      return command(this, 'getParagraphs', range) ?? [];
    }

    // A styled string as parts of an editor.
    fromStyledString(value) {
      let start = 0;
      return (piecesOf(value) ?? []).map(({ text, style, paragraph, url, box }, spanIndex) => {
        const spanPosition = { spanIndex, spanRange: [start, start += text.length] };
        const offsetInSpan = [0, text.length];
        return box instanceof strings.ImageAttachment
          ? { spanPosition, valuePixelMap: box.value, imageStyle: { size: [box.sizeInVp?.width ?? 0, box.sizeInVp?.height ?? 0],
            verticalAlign: box.verticalAlign ?? 1, objectFit: box.objectFit ?? 1 }, offsetInSpan }
          : { spanPosition, value: text, textStyle: style, paragraphStyle: paragraph, urlStyle: url && { url }, offsetInSpan };
      });
    }

    toStyledString(range) {
      return styledFrom(command(this, 'getSpans', range), range);
    }
  }

  // Tag of a part → its styles, as `{styledKey, styledValue}`.
  const tags = new Map();
  let lastTag = 0;

  // A styled string from parts of an editor: their own styles where they have a tag, otherwise what they look like.
  function styledFrom(parts) {
    const made = new MutableStyledString('');
    const { TextStyle, DecorationStyle, LetterSpacingStyle, LineHeightStyle, ParagraphStyle, UrlStyle, ImageAttachment } = strings;
    for (const part of parts ?? []) {
      const [from, to] = part.offsetInSpan;
      const start = made.length;
      const value = values.get(part.node);
      if (part.node !== undefined) {
        const box = value?.box ?? (part.kind === IMAGE && value ? new ImageAttachment({ value: value.value, ...value.style }) : undefined);
        made.appendStyledString(box ? new StyledString(box) : new StyledString(' '));
        continue;
      }
      made._splice(start, 0, part.value.slice(from, to), []);
      const length = to - from;
      const put = (styledKey, styledValue) => made._styles.push({ start, length, styledKey, styledValue });
      if (tags.has(part.tag)) {
        tags.get(part.tag).forEach(({ styledKey, styledValue }) => put(styledKey, styledValue));
        continue;
      }
      const { decoration, letterSpacing, lineHeight, ...font } = part.textStyle ?? {};
      put(KEY.FONT, new TextStyle(font));
      if (decoration?.type > 0) {
        put(KEY.DECORATION, new DecorationStyle(decoration));
      }
      if (letterSpacing !== undefined) {
        put(KEY.LETTER_SPACING, new LetterSpacingStyle(letterSpacing));
      }
      if (lineHeight !== undefined) {
        put(KEY.LINE_HEIGHT, new LineHeightStyle(lineHeight));
      }
      if (part.paragraphStyle) {
        put(KEY.PARAGRAPH_STYLE, new ParagraphStyle(part.paragraphStyle));
      }
      if (part.urlStyle) {
        put(KEY.URL, new UrlStyle(part.urlStyle.url));
      }
    }
    return made;
  }

  class RichEditorStyledStringController extends RichEditorBaseController {
    #string;
    #listener;

    constructor() {
      super();
      // What it was told before it belonged to an editor.
      onBound(this, () => {
        this.#listen();
        if (this.#string) {
          this.#show(this.#string);
        }
      });
    }

    setStyledString(value) {
      this.#string = value;
      if (boundNode(this) !== undefined) {
        this.#show(value);
      }
    }

    #show(value) {
      const editor = boundNode(this);
      command(this, 'onReleased', (gone) => system.later(() => forget(gone)));
      let start = 0;
      const parts = (piecesOf(value) ?? []).map(({ text, style, paragraph, url, box, onClick, onLongPress }) => {
        const from = start;
        start += text.length;
        if (box !== undefined) {
          const node = styledNodes().boxOf({ box, style });
          nodes.append(editor, node);
          values.set(node, { value: box.value, box });
          return { node, kind: box instanceof strings.ImageAttachment ? IMAGE : BUILDER, paragraphStyle: paragraph };
        }
        lastTag += 1;
        tags.set(lastTag, value._cut(from, text.length).map(({ styledKey, styledValue }) => ({ styledKey, styledValue })));
        return { text, style, paragraphStyle: paragraph, urlStyle: url === undefined ? undefined : { url },
          gesture: onClick || onLongPress ? { onClick, onLongPress } : undefined, tag: lastTag };
      });
      command(this, 'setParts', parts);
    }

    getStyledString() {
      return boundNode(this) === undefined ? this.#string ?? new MutableStyledString('') : styledFrom(command(this, 'getSpans'));
    }

    getSelection() {
      return command(this, 'selectionRange') ?? { start: 0, end: 0 };
    }

    onContentChanged(listener) {
      this.#listener = listener;
      this.#listen();
    }

    #listen() {
      const { onWillChange, onDidChange } = this.#listener ?? {};
      command(this, 'contentListener',
        typeof onWillChange === 'function' ? ({ range, replacementText }) => guest(() => onWillChange.call(this.#listener, {
          range, replacementString: new StyledString(replacementText), previewText: undefined,
        })) !== false : undefined,
        typeof onDidChange === 'function' ? (before, after) => guest(() => onDidChange.call(this.#listener, before, after)) : undefined);
    }
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
    TextClockController, TextTimerController, RichEditorBaseController, RichEditorController, RichEditorStyledStringController,
  };
})
