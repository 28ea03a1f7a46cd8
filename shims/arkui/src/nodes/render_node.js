// @concord:arkui/render-node: RenderNode, what is only drawn, and the shapes that cut it.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const elements = system.require('@concord:arkui/views/elements');
  const removal = system.require('@concord:arkui/views/removal');
  const painters = system.require('@concord:arkui/painters');
  const { BusinessError } = system;
  const { density } = process.info.device;

  const TYPE = 'RenderNode';
  const px = (value) => `${value}px`;
  const none = (node) => (node === undefined || node === 0 || !nodes.exists(node) ? undefined : node);

  // --- shapes, in px

  const rectData = ({ left, top, right, bottom }) => `M${left} ${top}H${right}V${bottom}H${left}Z`;

  function ovalData({ left, top, right, bottom }) {
    const [rx, ry, y] = [(right - left) / 2, (bottom - top) / 2, (top + bottom) / 2];
    return `M${left} ${y}A${rx} ${ry} 0 1 1 ${right} ${y}A${rx} ${ry} 0 1 1 ${left} ${y}Z`;
  }

  function roundData({ rect: { left, top, right, bottom }, corners }) {
    const at = (name) => [corners?.[name]?.x ?? 0, corners?.[name]?.y ?? 0];
    const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = ['topLeft', 'topRight', 'bottomRight', 'bottomLeft'].map(at);
    return `M${left + ax} ${top}H${right - bx}A${bx} ${by} 0 0 1 ${right} ${top + by}V${bottom - cy}A${cx} ${cy} 0 0 1 ${right - cx} ${bottom}` +
      `H${left + dx}A${dx} ${dy} 0 0 1 ${left} ${bottom - dy}V${top + ay}A${ax} ${ay} 0 0 1 ${left + ax} ${top}Z`;
  }

  class BaseShape {
    data_ = '';
    setRectShape(rect) { this.data_ = rectData(rect); }
    setRoundRectShape(roundRect) { this.data_ = roundData(roundRect); }
    setCircleShape({ centerX: x, centerY: y, radius: r }) { this.data_ = ovalData({ left: x - r, top: y - r, right: x + r, bottom: y + r }); }
    setOvalShape(rect) { this.data_ = ovalData(rect); }
    setCommandPath({ commands }) { this.data_ = String(commands); }
    shape_() {
      const { PathShape } = system.require('@ohos:arkui.shape');
      return new PathShape({ commands: this.data_ });
    }
  }

  class ShapeClip extends BaseShape {}

  class ShapeMask extends BaseShape {
    fillColor = 0xff000000;
    strokeColor = 0xff000000;
    strokeWidth = 0;
    shape_() {
      return super.shape_().fill(this.fillColor);
    }
  }

  // --- four of something

  const edgesOf = (value) => (typeof value === 'object' && value !== null ? value : { left: value, top: value, right: value, bottom: value });
  const edgeColors = (all) => edgesOf(all);
  const edgeWidths = (all) => edgesOf(all);
  const borderStyles = (all) => edgesOf(all);
  const borderRadiuses = (all) => ({ topLeft: all, topRight: all, bottomLeft: all, bottomRight: all });

  const PX = 1;

  // --- the node

  const nodeOf = new WeakMap();
  const known = new Map();

  class RenderNode {
    #node;
    #own;
    #frame = { x: 0, y: 0, width: 0, height: 0 };
    #values = {
      backgroundColor: 0, clipToFrame: true, opacity: 1, pivot: { x: 0.5, y: 0.5 }, scale: { x: 1, y: 1 }, translation: { x: 0, y: 0 },
      rotation: { x: 0, y: 0, z: 0 }, transform: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], shadowColor: 0, shadowOffset: { x: 0, y: 0 },
      label: '', shadowAlpha: 0, shadowElevation: 0, shadowRadius: 0, borderStyle: edgesOf(4), borderWidth: edgesOf(0),
      borderColor: edgesOf(0xff000000), borderRadius: borderRadiuses(0), shapeMask: new ShapeMask(), shapeClip: new ShapeClip(), markNodeGroup: false,
      lengthMetricsUnit: 0, backgroundBlur: undefined, contentBlur: undefined, foregroundBlur: undefined,
    };

    // Of an app: a new node. `frameNode`: the drawing of a node that exists.
    constructor(given) {
      this.#own = !(given instanceof Existing);
      if (this.#own) {
        this.#node = nodes.create(TYPE, elements.allocate());
        nodes.call(this.#node, 'create');
        nodes.call(this.#node, 'clip', true);
        this.#place();
        if (this.draw !== RenderNode.prototype.draw) {
          painters.watch(this.#node, [['own', () => (context) => this.draw(context)]]);
        }
      } else {
        this.#node = given.node;
      }
      known.set(nodes.elmtId(this.#node), this);
      nodeOf.set(this, this.#node);
    }

    // Apps override it.
    draw() {}

    // --- the tree

    #check(child) {
      if (!(child instanceof RenderNode) || none(nodeOf.get(child)) === undefined) {
        throw new BusinessError(401, 'Parameter error. The child is no RenderNode.');
      }
    }

    #children() {
      return nodes.children(this.#node).filter((child) => nodes.type(child) === TYPE);
    }

    appendChild(child) {
      if (child === undefined || child === null) {
        return;
      }
      this.#check(child);
      nodes.append(this.#node, nodeOf.get(child));
    }

    // Behind a sibling; before all others without one.
    insertChildAfter(child, sibling) {
      if (child === undefined || child === null) {
        return;
      }
      this.#check(child);
      const all = nodes.children(this.#node);
      const first = all.findIndex((one) => nodes.type(one) === TYPE);
      const at = sibling ? all.indexOf(nodeOf.get(sibling)) + 1 : first < 0 ? all.length : first;
      nodes.insert(this.#node, nodeOf.get(child), at);
    }

    removeChild(child) {
      const node = child && nodeOf.get(child);
      if (none(node) !== undefined && nodes.parent(node) === this.#node) {
        nodes.detach(node);
      }
    }

    clearChildren() {
      this.#children().forEach((child) => nodes.detach(child));
    }

    getChild(index) { return of(this.#children()[index]) ?? null; }
    getFirstChild() { return this.getChild(0); }

    #sibling(step) {
      const parent = none(nodes.parent(this.#node));
      const all = parent === undefined ? [] : nodes.children(parent).filter((child) => nodes.type(child) === TYPE);
      return of(all[all.indexOf(this.#node) + step]) ?? null;
    }

    getNextSibling() { return this.#sibling(1); }
    getPreviousSibling() { return this.#sibling(-1); }

    invalidate() {
      painters.invalidate(this.#node);
    }

    dispose() {
      if (this.#own && none(this.#node) !== undefined) {
        nodes.children(this.#node).forEach((child) => nodes.detach(child));
        removal.removeNode(this.#node);
      }
      this.#node = 0;
    }

    isDisposed() { return none(this.#node) === undefined; }

    // --- place

    #length(value) {
      return this.#values.lengthMetricsUnit === PX ? px(value) : Number(value);
    }

    #inPx(value) {
      return this.#values.lengthMetricsUnit === PX ? value : value * density;
    }

    #place() {
      if (!this.#own) {
        return;
      }
      const { x, y, width, height } = this.#frame;
      this.#call('position', { x: this.#length(x), y: this.#length(y) });
      this.#call('width', this.#length(width));
      this.#call('height', this.#length(height));
    }

    #call(method, value) {
      if (none(this.#node) !== undefined) {
        nodes.call(this.#node, method, value);
      }
    }

    set frame(frame) {
      this.#frame = { ...this.#frame, ...frame };
      this.#place();
      this.#turn();
    }

    get frame() { return { ...this.#frame }; }
    set position(position) { this.frame = { x: position?.x ?? 0, y: position?.y ?? 0 }; }
    get position() { return { x: this.#frame.x, y: this.#frame.y }; }
    set size(size) { this.frame = { width: Math.max(size?.width ?? 0, 0), height: Math.max(size?.height ?? 0, 0) }; }
    get size() { return { width: this.#frame.width, height: this.#frame.height }; }

    // Pivot, scale, rotation and translation become one matrix about the middle, as the tree has it.
    #turn() {
      const { pivot, scale, translation, rotation, transform } = this.#values;
      const { width, height } = this.#frame;
      const [dx, dy] = [(pivot.x - 0.5) * this.#inPx(width), (pivot.y - 0.5) * this.#inPx(height)];
      const scaled = [scale.x, 0, 0, 0, 0, scale.y, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
      const own = [turned('z', rotation.z), turned('y', rotation.y), turned('x', rotation.x), scaled, transform].reduce(multiply);
      const matrix = [moved(translation.x + dx, translation.y + dy), own, moved(-dx, -dy)].reduce(multiply);
      const plain = matrix.every((value, index) => Math.abs(value - (index % 5 === 0 ? 1 : 0)) < 1e-9);
      this.#call('transform', plain ? undefined : { matrix4x4: matrix });
    }

    #shadow() {
      const { shadowColor, shadowOffset, shadowAlpha, shadowElevation, shadowRadius } = this.#values;
      const alpha = shadowAlpha > 0 ? Math.round(Math.min(shadowAlpha, 1) * 255) : shadowColor >>> 24;
      const radius = shadowRadius > 0 ? shadowRadius : shadowElevation;
      const color = ((alpha << 24) | (shadowColor & 0xffffff)) >>> 0;
      this.#call('shadow', radius > 0 || shadowOffset.x !== 0 || shadowOffset.y !== 0
        ? { radius, color, offsetX: shadowOffset.x, offsetY: shadowOffset.y } : undefined);
    }

    #each(name, value, convert) {
      this.#call(name, Object.fromEntries(Object.entries(value ?? {}).map(([key, one]) => [key, convert(one)])));
    }

    static {
      // Name → what the tree is told.
      const apply = {
        backgroundColor: (node, value) => node.#call('backgroundColor', value),
        clipToFrame: (node, value) => node.#call('clip', value === true),
        opacity: (node, value) => node.#call('opacity', value),
        pivot: (node) => node.#turn(),
        scale: (node) => node.#turn(),
        translation: (node) => node.#turn(),
        rotation: (node) => node.#turn(),
        transform: (node) => node.#turn(),
        shadowColor: (node) => node.#shadow(),
        shadowOffset: (node) => node.#shadow(),
        shadowAlpha: (node) => node.#shadow(),
        shadowElevation: (node) => node.#shadow(),
        shadowRadius: (node) => node.#shadow(),
        borderStyle: (node, value) => node.#call('borderStyle', value),
        borderWidth: (node, value) => node.#each('borderWidth', value, (one) => node.#length(one)),
        borderColor: (node, value) => node.#call('borderColor', value),
        borderRadius: (node, value) => node.#each('borderRadius', value, (one) => node.#length(one)),
        shapeMask: (node, value) => node.#call('maskShape', value?.data_ ? value.shape_() : undefined),
        shapeClip: (node, value) => node.#call('clipShape', value?.data_ ? value.shape_() : undefined),
        backgroundBlur: (node, value) => node.#call('backdropBlur', value?.radius),
        contentBlur: (node, value) => node.#call('blur', value?.radius),
        foregroundBlur: (node, value) => node.#call('blur', value?.radius),
        lengthMetricsUnit: (node) => node.#place(),
        label() {},
        markNodeGroup() {},
      };
      for (const [name, told] of Object.entries(apply)) {
        Object.defineProperty(RenderNode.prototype, name, {
          configurable: true,
          get() { return this.#values[name]; },
          set(value) {
            this.#values[name] = value;
            told(this, value);
          },
        });
      }
    }
  }

  // By columns.
  function multiply(one, other) {
    const result = [];
    for (let column = 0; column < 4; column++) {
      for (let row = 0; row < 4; row++) {
        let sum = 0;
        for (let index = 0; index < 4; index++) {
          sum += one[index * 4 + row] * other[column * 4 + index];
        }
        result.push(sum);
      }
    }
    return result;
  }

  const moved = (x, y) => [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, 0, 1];

  function turned(axis, degree) {
    const angle = ((degree ?? 0) * Math.PI) / 180;
    const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
    return { x: [1, 0, 0, 0, 0, cos, sin, 0, 0, -sin, cos, 0, 0, 0, 0, 1],
      y: [cos, 0, -sin, 0, 0, 1, 0, 0, sin, 0, cos, 0, 0, 0, 0, 1],
      z: [cos, sin, 0, 0, -sin, cos, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] }[axis];
  }

  class Existing {
    constructor(node) { this.node = node; }
  }

  // The RenderNode of a node: that of a RenderNode, or what is drawn of a FrameNode.
  function of(node) {
    return none(node) === undefined ? undefined : known.get(nodes.elmtId(node)) ?? new RenderNode(new Existing(node));
  }

  removal.onDeleted((elmtIds) => known.size > 0 && elmtIds.forEach((elmtId) => known.delete(elmtId)));

  return { RenderNode, ShapeMask, ShapeClip, edgeColors, edgeWidths, borderStyles, borderRadiuses, of, nodeOf: (renderNode) => nodeOf.get(renderNode) };
})
