// @concord:arkui/inspector: the tree as tests ask for it, events that they send, rectangles, and who wants to hear of layout.
(function (host, system) {
  'use strict';
  const nodes = system.require('@concord:arkui/nodes');
  const input = system.require('@concord:arkui/input');
  const { info: { device } } = system.require('@concord:process');
  const BusinessError = system.BusinessError;
  const px = (vp) => vp * device.density;

  const find = (key) => (typeof key === 'string' && key !== '' ? nodes.findByKey(key) : 0);

  // The root of the window that a node is in.
  function windowOf(node) {
    let root = node;
    for (let up = nodes.parent(root); up !== 0; up = nodes.parent(root)) {
      root = up;
    }
    return root;
  }

  // Everything that is shown: `{$type: 'root', width, height, $resolution, $children}`.
  function getInspectorTree() {
    const root = nodes.topWindow();
    if (root === 0) {
      return {};
    }
    const { $children } = JSON.parse(nodes.inspect(root, true));
    return {
      $type: 'root',
      width: device.width.toFixed(6),
      height: device.height.toFixed(6),
      $resolution: device.density.toFixed(6),
      $children,
    };
  }

  // JSON of one component, its children left out; an empty text when there is none.
  function getInspectorByKey(key) {
    const node = find(key);
    if (node === 0) {
      return '';
    }
    return nodes.inspect(node, false);
  }

  const CLICK = 10;
  const LONG_CLICK = 11;

  // Accessibility actions: 10 clicks, 11 presses long. Whether the component did anything.
  function sendEventByKey(key, action, params) {
    const node = find(key);
    if (node === 0) {
      return false;
    }
    if (action === CLICK) {
      return input.click(node);
    }
    if (action === LONG_CLICK) {
      const [x, y, width, height] = input.bounds(node);
      input.touch(0, 0, x + width / 2, y + height / 2);
      setTimeout(() => input.touch(1, 0, x + width / 2, y + height / 2), 1000);
      return true;
    }
    system.report(`global:ets:sendEventByKey (action ${action})`);
    return false;
  }

  // Events of one finger, in vp of the window.
  function sendTouchEvent(event) {
    input.touch(event?.type ?? 0, event?.id ?? 0, px(event?.x ?? event?.windowX ?? 0), px(event?.y ?? event?.windowY ?? 0));
    return true;
  }

  function sendMouseEvent(event) {
    input.mouse(event?.action ?? 0, event?.button ?? 0, px(event?.x ?? event?.windowX ?? 0), px(event?.y ?? event?.windowY ?? 0));
    return true;
  }

  function sendKeyEvent(event) {
    return input.key(event?.type ?? 0, event?.keyCode ?? 0);
  }

  // Attributes that a filter may name, as the platform documents them.
  const KNOWN = ['id', 'src', 'content', 'editable', 'scrollable', 'selectable', 'focusable', 'focused'];

  // Leaves only the named attributes; without names all. 401 when a name is not known.
  function filtered(description, filters) {
    const names = filters?.filter((name) => name !== 'isLayoutInspector');
    const trim = (node) => {
      const { $children, $attrs, ...rest } = node;
      const attrs = names === undefined ? $attrs
        : Object.fromEntries(names.filter((name) => $attrs?.[name] !== undefined).map((name) => [name, $attrs[name]]));
      return { ...rest, $attrs: attrs, ...($children ? { $children: $children.map(trim) } : {}) };
    };
    return trim(description);
  }

  function checkFilters(filters) {
    if (filters === undefined || filters === null) {
      return;
    }
    const known = (name) => KNOWN.includes(name) || name === 'isLayoutInspector';
    if (!Array.isArray(filters) || filters.length === 0 || !filters.every(known)) {
      throw new BusinessError(401, `Parameter error. The filters must be some of ${KNOWN.join(', ')}.`);
    }
  }

  // UIContext.getFilteredInspectorTree(filters?)
  function getFilteredInspectorTree(filters) {
    checkFilters(filters);
    const root = nodes.topWindow();
    return root === 0 ? '' : JSON.stringify(filtered(JSON.parse(nodes.inspect(root, true)), filters ?? undefined));
  }

  // UIContext.getFilteredInspectorTreeById(id, depth, filters?): 0 or a missing depth is everything.
  function getFilteredInspectorTreeById(id, depth, filters) {
    if (typeof id !== 'string' || typeof depth !== 'number' || depth < 0) {
      throw new BusinessError(401, 'Parameter error. The id must be a string and the depth a number that is not negative.');
    }
    checkFilters(filters);
    const node = find(id);
    if (node === 0) {
      return '';
    }
    const cut = (description, left) => {
      const { $children, ...rest } = description;
      return left === 1 ? rest : { ...rest, $children: $children?.map((child) => cut(child, left - 1)) };
    };
    const whole = JSON.parse(nodes.inspect(node, true));
    return JSON.stringify(filtered(depth === 0 ? whole : cut(whole, depth), filters ?? undefined));
  }

  // UIContext.getComponentUtils().getRectangleById(id): px. 100001 when there is no such component.
  function getRectangleById(id) {
    const node = find(id);
    if (node === 0) {
      throw new BusinessError(100001, 'UI execution context not found, or the component does not exist.');
    }
    nodes.flush();
    const [x, y, width, height] = nodes.frame(node);
    const [windowX, windowY] = nodes.frame(windowOf(node));
    const parent = nodes.frameParent(node);
    const [parentX, parentY] = parent === 0 ? [0, 0] : nodes.frame(parent);
    const { translate = [0, 0, 0], scale = [1, 1, 1, width / 2, height / 2], rotate = [0, 0, 0, 0, width / 2, height / 2],
      matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1] } = nodes.transforms(node);
    return {
      size: { width, height },
      localOffset: { x: x - parentX, y: y - parentY },
      windowOffset: { x: x - windowX, y: y - windowY },
      screenOffset: { x, y },
      translate: { x: translate[0], y: translate[1], z: translate[2] },
      scale: { x: scale[0], y: scale[1], z: scale[2], centerX: scale[3], centerY: scale[4] },
      rotate: { x: rotate[0], y: rotate[1], z: rotate[2], angle: rotate[3], centerX: rotate[4], centerY: rotate[5] },
      transform: matrix,
    };
  }

  // UIInspector.createComponentObserver(id): 'layout' and 'draw' of a component.
  const observers = new Set();

  class ComponentObserver {
    #key;
    #callbacks = { layout: [], draw: [] };
    // The frame that was last told.
    #last;

    constructor(key) {
      this.#key = key;
      observers.add(this);
    }

    on(type, callback) {
      const all = this.#of(type);
      if (typeof callback === 'function' && !all.includes(callback)) {
        all.push(callback);
      }
    }

    off(type, callback) {
      const all = this.#of(type);
      this.#callbacks[type] = callback === undefined ? [] : all.filter((member) => member !== callback);
    }

    #of(type) {
      const all = this.#callbacks[type];
      if (!all) {
        throw new BusinessError(401, 'Parameter error. The type must be layout or draw.');
      }
      return all;
    }

    // After each frame: a component that has a new place was laid out and drawn.
    check() {
      if (this.#callbacks.layout.length + this.#callbacks.draw.length === 0) {
        return;
      }
      const node = typeof this.#key === 'number' ? nodes.byElmtId(this.#key) : find(this.#key);
      const now = node === 0 ? undefined : nodes.frame(node).join();
      if (now !== undefined && now !== this.#last) {
        this.#last = now;
        [...this.#callbacks.layout].forEach((callback) => callback());
        [...this.#callbacks.draw].forEach((callback) => callback());
      }
    }
  }

  input.onShown(() => observers.forEach((observer) => observer.check()));

  return {
    getInspectorTree,
    getInspectorByKey,
    sendEventByKey,
    sendTouchEvent,
    sendMouseEvent,
    sendKeyEvent,
    getFilteredInspectorTree,
    getFilteredInspectorTreeById,
    getRectangleById,
    createComponentObserver: (key) => new ComponentObserver(key),
    ComponentObserver,
  };
})
