// @concord:arkui/drag: drag and drop as apps know it: DragEvent, the attributes of components, what is dragged. See drag.rs.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const removal = system.require('@concord:arkui/views/removal');
  const { BusinessError } = system;
  const { device } = process.info;
  const px = (vp) => vp * device.density;

  // DragResult
  const UNKNOWN = -1;
  const SUCCESSFUL = 0;
  const FAILED = 1;
  const CANCELED = 2;

  // What is being dragged; one thing at a time.
  let session = begin();
  function begin() {
    return { data: undefined, loading: undefined, extraInfo: '', result: UNKNOWN, behavior: undefined, roots: [], ended: [], source: undefined };
  }

  const channel = () => system.require('@ohos:data.unifiedDataChannel').default ?? system.require('@ohos:data.unifiedDataChannel');

  // Data that comes late is asked for once.
  function data() {
    if (session.data === undefined && session.loading) {
      const { loadHandler, delayedDataLoadHandler } = session.loading;
      session.data = process.guest(() => (loadHandler ?? delayedDataLoadHandler)?.(undefined)) ?? undefined;
    }
    return session.data;
  }

  const records = () => data()?.getRecords?.() ?? [];

  // The size of what a record holds, in bytes as text has them.
  function sizeOf(value) {
    if (typeof value === 'string') {
      return value.length;
    }
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      return value.byteLength;
    }
    return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum, member) => sum + sizeOf(member), 0) : 0;
  }

  function summary() {
    const types = {};
    for (const record of records()) {
      const type = record.getType?.() ?? 'general.entity';
      types[type] = (types[type] ?? 0) + sizeOf({ ...record });
    }
    return { summary: types, totalSize: Object.values(types).reduce((sum, size) => sum + size, 0), overview: { ...types } };
  }

  const isRect = (value) => value ?? { x: 0, y: 0, width: 0, height: 0 };

  class DragEvent {
    #fields;

    constructor(fields, result) {
      this.#fields = fields ?? {};
      this.#result = result;
      this.dragBehavior = session.behavior;
      this.useCustomDropAnimation = false;
    }

    #result;

    getWindowX() { return this.#fields.windowX ?? 0; }
    getWindowY() { return this.#fields.windowY ?? 0; }
    getDisplayX() { return this.getWindowX(); }
    getDisplayY() { return this.getWindowY(); }
    getGlobalDisplayX() { return this.getWindowX(); }
    getGlobalDisplayY() { return this.getWindowY(); }
    getX() { return this.getWindowX(); }
    getY() { return this.getWindowY(); }
    getDisplayId() { return 0; }
    getVelocityX() { return this.#fields.velocityX ?? 0; }
    getVelocityY() { return this.#fields.velocityY ?? 0; }
    getVelocity() { return this.#fields.velocity ?? 0; }
    getPreviewRect() { return isRect(this.#fields.previewRect); }
    getDragSource() { return process.info.bundleName; }
    isRemote() { return false; }

    getModifierKeyState(keys) {
      return this.#fields.getModifierKeyState?.(keys) ?? false;
    }

    setData(unifiedData) {
      session.data = unifiedData ?? undefined;
    }

    setDataLoadParams(params) {
      session.loading = params ?? undefined;
    }

    getData() {
      const found = data();
      if (found === undefined) {
        throw new BusinessError(190001, 'Data not found.');
      }
      return found;
    }

    getSummary() {
      if (data() === undefined) {
        throw new BusinessError(190001, 'Data not found.');
      }
      return summary();
    }

    // The data is here already: it is handed over at once.
    startDataLoading(options) {
      if (typeof options !== 'object' || options === null) {
        throw new BusinessError(401, 'Parameter error. The options must be an object.');
      }
      const found = data();
      system.later(() => {
        const status = found === undefined ? 5 : 0;
        options.dataProgressListener?.({ progress: found === undefined ? -1 : 100, status }, found ?? null);
      });
      return `drag_${process.info.bundleName}`;
    }

    setResult(result) {
      this.#result = result;
      session.result = result;
    }

    getResult() {
      return this.#result ?? session.result;
    }

    // The app animates what was dropped itself.
    executeDropAnimation(animation) {
      if (this.useCustomDropAnimation && typeof animation === 'function') {
        animation();
      }
    }
  }

  // What drop targets hear besides: JSON.
  function extra(fields) {
    const info = {};
    if (session.extraInfo) {
      info.customDragInfo = session.extraInfo;
    }
    if (fields?.insertIndex !== undefined) {
      info.insertIndex = fields.insertIndex;
    }
    return JSON.stringify(info);
  }

  // --- what is drawn

  // Builds what follows the pointer; it is gone with the drag.
  function built(builder) {
    const { BuilderRoot } = system.require('@concord:arkui/views/builder-root');
    const root = new BuilderRoot(builder);
    session.roots.push(root);
    const [node] = root.build();
    if (node === undefined) {
      return undefined;
    }
    host.layOut(node, device.width, device.height);
    return { node };
  }

  // A builder, a DragItemInfo, the id of a component, content: what the tree takes for a preview.
  function previewOf(given, options) {
    let made;
    if (typeof given === 'function') {
      made = built(given);
    } else if (typeof given === 'string') {
      const node = nodes.findByKey(given);
      made = node === 0 ? undefined : { node };
    } else if (typeof given === 'object' && given !== null) {
      session.extraInfo = given.extraInfo ?? session.extraInfo;
      const content = system.require('@concord:arkui/builder-node').frameNodeOfContent(given);
      if (content) {
        const node = system.require('@concord:arkui/frame-node').nodeOf(content);
        host.layOut(node, device.width, device.height);
        made = { node };
      } else if (given.pixelMap) {
        made = { pixels: given.pixelMap };
      } else if (typeof given.builder === 'function') {
        made = built(given.builder);
      }
    }
    return made && { ...made, ...looks(options) };
  }

  function looks(options) {
    const badge = options?.numberBadge;
    return {
      ...(typeof badge === 'number' ? { badge } : badge === true ? { badge: Math.max(records().length, 1) } : {}),
      ...(typeof options?.modifier?.opacity_ === 'number' ? { opacity: options.modifier.opacity_ } : {}),
    };
  }

  // --- attributes

  // Element id → what a component has said besides its handlers.
  const settings = new Map();
  removal.onDeleted((elmtIds) => settings.size > 0 && elmtIds.forEach((elmtId) => settings.delete(elmtId)));

  function settingsOf(node) {
    const elmtId = nodes.elmtId(node);
    if (!settings.has(elmtId)) {
      settings.set(elmtId, {});
    }
    return settings.get(elmtId);
  }

  // What `onDragStart` gives the tree: a preview, `false` for no drag, nothing for the looks of the component.
  function started(node, handler, fields) {
    session = begin();
    session.source = nodes.elmtId(node);
    const event = new DragEvent(fields);
    const given = process.guest(() => handler(event, extra(fields)));
    session.behavior = event.dragBehavior;
    if (session.result === FAILED || session.result === CANCELED) {
      return false;
    }
    session.result = UNKNOWN;
    fill(node, fields?.text);
    return drawn(node, given);
  }

  function drawn(node, given) {
    const own = settingsOf(node);
    const lifting = own.previewConfig?.onlyForLifting === true;
    return previewOf(given, own.options) ?? (lifting ? undefined : previewOf(own.preview, own.options)) ?? looks(own.options);
  }

  // Components that have something to drag by themselves: what is selected in them, the picture of an Image, the text of a Text, the
  // address of a link.
  function fill(node, selected) {
    if (session.data !== undefined || session.loading) {
      return;
    }
    if (typeof selected === 'string') {
      const { UnifiedData, PlainText } = channel();
      session.data = new UnifiedData(new PlainText({ textContent: selected }));
      return;
    }
    const type = nodes.type(node);
    const attributes = JSON.parse(nodes.inspect(node, false) || '{}').$attrs ?? {};
    const TEXTS = ['Text', 'TextInput', 'TextArea', 'Search', 'RichEditor'];
    if (type !== 'Image' && type !== 'Hyperlink' && !TEXTS.includes(type)) {
      return;
    }
    const { UnifiedData, Image, PlainText, Hyperlink } = channel();
    let record;
    if (type === 'Image' && typeof attributes.src === 'string') {
      record = new Image({ imageUri: attributes.src });
    } else if (type === 'Hyperlink') {
      record = new Hyperlink({ url: attributes.address ?? '', description: attributes.content ?? '' });
    } else if (TEXTS.includes(type)) {
      record = new PlainText({ textContent: attributes.content ?? attributes.text ?? '' });
    }
    if (record) {
      session.data = new UnifiedData(record);
    }
  }

  // Whether a component takes what is dragged: `allowDrop`.
  function allowed(node) {
    const { allow } = settingsOf(node);
    if (allow === undefined) {
      return true;
    }
    return Array.isArray(allow) && records().some((record) => (record.getTypes?.() ?? [record.getType?.()]).some((type) => allow.includes(type)));
  }

  function dropped(node, handler, options, fields) {
    if (!allowed(node) || (strict && session.refused)) {
      return FAILED;
    }
    const event = new DragEvent(fields);
    if (!options?.disableDataPrefetch) {
      data();
    }
    session.result = UNKNOWN;
    process.guest(() => handler(event, extra(fields)));
    session.behavior = event.dragBehavior;
    return session.result === UNKNOWN ? SUCCESSFUL : session.result;
  }

  const heard = (handler) => (fields) => {
    const event = new DragEvent(fields);
    process.guest(() => handler(event, extra(fields)));
    session.behavior = event.dragBehavior ?? session.behavior;
    // A target may say what it makes of it before anything is dropped.
    session.refused = session.result === 4;
  };

  const wrapped = {
    onDragStart: (node, handler) => (fields) => started(node, handler, fields),
    onDragEnter: (node, handler) => heard(handler),
    onDragMove: (node, handler) => heard(handler),
    onDragLeave: (node, handler) => heard(handler),
    onDrop: (node, handler, options) => (fields) => dropped(node, handler, options, fields),
    onDragEnd: (node, handler) => (fields) => process.guest(() => handler(new DragEvent(fields, fields.result), extra(fields))),
    onPreDrag: (node, handler) => (status) => process.guest(() => handler(status)),
    onDragSpringLoading: (node, handler, configuration) => springs(handler, configuration),
  };

  const kept = {
    dragPreview(node, [preview, config]) {
      Object.assign(settingsOf(node), { preview, previewConfig: config });
    },
    dragPreviewOptions(node, [options, interaction]) {
      Object.assign(settingsOf(node), { options: options ?? undefined, interaction });
    },
    allowDrop(node, [allow]) {
      settingsOf(node).allow = allow;
    },
  };

  // `X.onDragStart(f)` and the other attributes of drag and drop.
  function attribute(name, node, args) {
    if (kept[name]) {
      kept[name](node, args);
      return;
    }
    const [handler, options] = args;
    nodes.call(node, name, typeof handler === 'function' ? wrapped[name](node, handler, options) : undefined);
  }

  // --- spring loading: a target opens when something is held above it

  const BEGIN = 0;
  const UPDATE = 1;
  const END = 2;
  const CANCEL = 3;
  const DEFAULTS = { stillTimeLimit: 500, updateInterval: 100, updateNotifyCount: 3, updateToFinishInterval: 100 };
  // Moving further than this is not holding still, in vp.
  const STILL = 5;

  function springs(handler, configuration) {
    let timer;
    let at;
    let sequence = -1;
    let config = { ...DEFAULTS, ...configuration };
    const tell = (state) => process.guest(() => handler({
      state,
      currentNotifySequence: Math.max(sequence, 0),
      dragInfos: { dataSummary: summary(), extraInfos: session.extraInfo },
      currentConfig: { ...config },
      abort: () => stop(false),
      updateConfiguration(next) {
        config = { ...config, ...next };
      },
    }));
    function stop(told) {
      clearTimeout(timer);
      const running = sequence >= 0;
      [timer, sequence] = [undefined, -1];
      if (running && told) {
        tell(CANCEL);
      }
    }
    function next() {
      sequence += 1;
      const before = sequence;
      if (sequence > config.updateNotifyCount) {
        tell(END);
        sequence = -1;
        return;
      }
      tell(sequence === 0 ? BEGIN : UPDATE);
      // The handler may have aborted it.
      if (sequence === before) {
        timer = setTimeout(next, sequence === config.updateNotifyCount ? config.updateToFinishInterval : config.updateInterval);
      }
    }
    return (name, { windowX, windowY }) => {
      if (name === 'onDragLeave' || name === 'onDrop') {
        stop(true);
        return;
      }
      if (name === 'onDragMove' && at && Math.hypot(windowX - at.x, windowY - at.y) < STILL) {
        return;
      }
      stop(true);
      config = { ...DEFAULTS, ...configuration };
      at = { x: windowX, y: windowY };
      timer = setTimeout(next, config.stillTimeLimit);
    };
  }

  // --- drags as a whole

  let strict = false;

  host.listen((name, fields, element) => {
    if (name === 'start') {
      session = begin();
      session.source = element;
      const node = nodes.byElmtId(element);
      fill(node, fields?.text);
      return session.data === undefined ? false : drawn(node);
    }
    if (name === 'text') {
      const texts = records().map((record) => record.textContent ?? record.plainContent ?? record.url);
      return texts.filter((text) => typeof text === 'string').join('\n');
    }
    const { roots, ended } = session;
    const event = new DragEvent(fields, fields.result);
    ended.forEach((f) => process.guest(() => f(event)));
    // What was drawn is kept until nobody draws it any more.
    system.later(() => roots.forEach((root) => root.dispose()));
    session.roots = [];
    session.ended = [];
    return undefined;
  });

  // --- between programs

  const unified = () => system.require('@concord:unified-forms');
  const exchange = () => system.require('@concord:arkui/exchange');

  const outside = {
    // What other programs get of what is dragged here: [type, value, …].
    forms: () => exchange().encoded(unified().toForms(data())),
    // Something of another program comes: what it is, is not read before it is dropped.
    enter(types) {
      session = begin();
      session.data = unified().announced(types);
      session.types = types;
    },
    drop(done) {
      const current = session;
      const wanted = exchange().known(current.types ?? []);
      Promise.all(wanted.map(async (type) => [type, await exchange().later(type)])).then((read) => {
        current.data = unified().fromForms(Object.fromEntries(read.filter(([, value]) => value !== undefined)));
      }).catch((error) => console.warn(`What was dropped cannot be read: ${error?.message}`)).then(done);
    },
  };
  host.onOutside((what, ...args) => outside[what](...args));

  // `executeDrag`: drags with a finger that is down. `done(event)` hears of the end.
  function execute(custom, info, done) {
    if (host.isActive()) {
      return false;
    }
    session = begin();
    session.data = info?.data;
    session.loading = info?.dataLoadParams;
    session.extraInfo = info?.extraParams ?? '';
    const preview = previewOf(custom, info?.previewOptions) ?? {};
    const touch = info?.touchPoint;
    if (touch) {
      const at = (value) => (typeof value === 'number' ? px(value) : parseFloat(value) * (String(value).endsWith('px') ? 1 : device.density));
      Object.assign(preview, { touchX: at(touch.x), touchY: at(touch.y) });
    }
    session.ended.push(done);
    return host.execute(info?.pointerId ?? 0, preview);
  }

  return {
    attribute,
    attributes: [...Object.keys(wrapped), ...Object.keys(kept)],
    execute,
    DragEvent,
    extra: () => session.extraInfo,
    setStrict(value) {
      strict = value === true;
    },
    cancel: host.cancel,
    // Something is dragged over the app from outside: `UnifiedData`, and where, in px.
    offer(unifiedData, x, y) {
      session = begin();
      session.data = unifiedData;
      return host.offer(x, y);
    },
  };
})
