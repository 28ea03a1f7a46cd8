// @concord:arkui/components/styled-nodes: what stands in texts besides characters: nodes for pictures, spans that the app measures,
// and the parts that components are told.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const removal = system.require('@concord:arkui/views/removal');
  const strings = system.require('@concord:arkui/components/styled-string');
  const { guest } = process;

  const TAP_DELAY = 500;
  // Kinds of parts of a rich editor.
  const IMAGE = 1;
  const BUILDER = 3;

  const given = (object) => Object.entries(object).filter(([, value]) => value !== undefined && value !== null);
  const amount = (value) => (typeof value === 'object' && typeof value?.value === 'number' ? value.value : value);
  const edges = (value) => (typeof value === 'object' && value !== null && value.value === undefined
    ? Object.fromEntries(given(value).map(([side, length]) => [side, amount(length)])) : amount(value));

  // Looks of a picture, as `ImageAttachment` and `RichEditorImageSpanStyle` have them.
  function dress(node, { size, verticalAlign, objectFit, layoutStyle, colorFilter }) {
    const [width, height] = Array.isArray(size) ? size : [size?.width, size?.height];
    const radius = edges(layoutStyle?.borderRadius);
    for (const [name, value] of given({ width: amount(width), height: amount(height), verticalAlign, objectFit, colorFilter,
      margin: edges(layoutStyle?.margin), padding: edges(layoutStyle?.padding), borderRadius: radius,
      clip: radius === undefined ? undefined : true })) {
      nodes.call(node, name, value);
    }
  }

  function picture(value, style = {}) {
    const node = nodes.create('ImageSpan', -1);
    nodes.call(node, 'create', value);
    dress(node, style);
    return node;
  }

  // A span of the app: as large as it says, drawn by itself. It draws in a box of its own, so its line begins at 0.
  function custom(span, fontSize) {
    const painters = system.require('@concord:arkui/painters');
    const node = nodes.create('Row', -1);
    const { density } = process.info.device;
    let height = 0;
    const measure = () => {
      const metrics = guest(() => span.onMeasure?.({ fontSize })) ?? {};
      height = Number(metrics.height) || fontSize;
      nodes.call(node, 'width', Number(metrics.width) || 0);
      nodes.call(node, 'height', height);
    };
    measure();
    painters.watch(node, [['content', () => (typeof span.onDraw === 'function' ? (context) => span.onDraw(context, {
      x: 0, lineTop: 0, lineBottom: height * density, baseline: height * density,
    }) : undefined)]]);
    strings.watch(span, () => {
      if (nodes.exists(node)) {
        measure();
        painters.invalidate(node);
      }
    });
    return node;
  }

  function boxOf({ box, style }) {
    return box instanceof strings.ImageAttachment ? picture(box.value, { ...box, size: box.sizeInVp ?? box.size })
      : custom(box, Number.parseFloat(style.fontSize) || 16);
  }

  // Node → the nodes that a styled string has put into it.
  const made = new Map();
  const pressing = new Map();
  removal.onDeleted(() => {
    for (const table of [made, pressing]) {
      for (const node of table.keys()) {
        if (!nodes.exists(node)) {
          table.delete(node);
        }
      }
    }
  });

  // Shows pieces of a styled string in a text; nothing brings its own content back.
  function show(node, pieces) {
    made.get(node)?.forEach((old) => removal.removeNode(old));
    made.delete(node);
    if (pieces === undefined) {
      nodes.command(node, 'styledString', undefined);
      return;
    }
    const own = [];
    const parts = pieces.map(({ box, onTouch, onLongPress, ...piece }) => {
      if (box === undefined) {
        return piece;
      }
      const inner = boxOf({ box, style: piece.style });
      nodes.append(node, inner);
      own.push(inner);
      return { ...piece, node: inner };
    });
    made.set(node, own);
    nodes.command(node, 'styledString', parts);
    press(node, pieces);
  }

  // Long presses and touches of pieces.
  function press(node, pieces) {
    const wanted = pieces.some(({ onLongPress, onTouch }) => onLongPress || onTouch);
    const known = pressing.has(node);
    if (!wanted && !known) {
      return;
    }
    pressing.set(node, pieces);
    if (known) {
      return;
    }
    const at = (x, y) => {
      const index = nodes.command(node, 'pieceAt', x * process.info.device.density, y * process.info.device.density);
      return pressing.get(node)?.[index];
    };
    nodes.call(node, 'parallelGesture', { type: 'LongPress', options: { fingers: 1, repeat: false, duration: TAP_DELAY },
      onAction: (event) => {
        const finger = event?.fingerList?.[0];
        guest(() => at(finger?.localX ?? 0, finger?.localY ?? 0)?.onLongPress?.(event));
      } }, 0);
    nodes.call(node, 'onTouch', (event) => {
      const touch = event?.touches?.[0] ?? event?.changedTouches?.[0];
      return at(touch?.x ?? 0, touch?.y ?? 0)?.onTouch?.(event);
    });
  }

  return { picture, dress, boxOf, show, IMAGE, BUILDER };
})
