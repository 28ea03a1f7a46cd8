// @concord:arkui/uitest/observer: `UIEventObserver`. Whoever shows toasts and dialogs tells it with `notify`.
(function (host, system) {
  'use strict';
  const { synchronous } = system.require('@concord:arkui/uitest/calls');
  const { error, INVALID, INVALID_YOUNG } = system.require('@concord:arkui/uitest/arguments');
  const { info } = system.require('@concord:process');

  // event → callbacks that wait for it
  const waiting = new Map([['toastShow', []], ['dialogShow', []]]);

  class UIEventObserver {}

  // --- changes of windows and events of components: {kind, options, callback} until they come or the time is over, ms

  const TIMEOUT = 10000;
  const wanted = { windowChange: [], componentEventOccur: [] };
  const following = new Set();

  function drop(type, one) {
    wanted[type] = wanted[type].filter((other) => other !== one);
  }

  function tell(type, one, element) {
    drop(type, one);
    system.later(one.callback, { bundleName: info.bundleName, ...element });
  }

  // ComponentEventType
  const [CLICKED, LONG_CLICKED, SCROLL_START, SCROLL_END, TEXT_CHANGED] = [1, 2, 3, 4, 5];
  const TEXTS = ['TextInput', 'TextArea', 'Search', 'RichEditor'];
  const LONG_PRESS = 1;

  function kindOf(event, type, [kind, phase]) {
    switch (event) {
      case 'didClick': return CLICKED;
      case 'gesture': return kind === LONG_PRESS && phase === 0 ? LONG_CLICKED : undefined;
      case 'onScrollStart': return SCROLL_START;
      case 'onScrollStop': return SCROLL_END;
      case 'onChange': return TEXTS.includes(type) ? TEXT_CHANGED : undefined;
      default: return undefined;
    }
  }

  function component(event, elmtId, ...args) {
    const nodes = system.require('@concord:arkui/nodes');
    const node = nodes.byElmtId(elmtId);
    const kind = wanted.componentEventOccur.length > 0 ? kindOf(event, nodes.type(node), args) : undefined;
    for (const one of kind === undefined ? [] : wanted.componentEventOccur.filter((other) => other.kind === kind)) {
      const all = system.require('@concord:arkui/uitest/widgets').snapshot();
      const found = one.options?.on ? one.options.on.find(all) : all;
      const widget = found.find((candidate) => candidate.node === node);
      if (widget) {
        const [left, top, right, bottom] = widget.bounds;
        tell('componentEventOccur', one, { type: widget.type, text: widget.text ?? '', componentEventType: kind, componentId: widget.id ?? '',
          componentRect: { left, top, right, bottom } });
      }
    }
  }

  // WindowChangeType: added, removed, other bounds.
  function windows() {
    const { windows: all } = system.require('@concord:arkui/windows');
    const now = new Map();
    for (const window of all) {
      const { id, windowRect: { left, top, width, height } } = window.getWindowProperties();
      now.set(id, { name: window.internal.name, bounds: [left, top, width, height].join() });
    }
    const before = known ?? now;
    known = now;
    const changes = [
      ...[...now].filter(([id]) => !before.has(id)).map(([id, { name }]) => [1, id, name]),
      ...[...before].filter(([id]) => !now.has(id)).map(([id, { name }]) => [2, id, name]),
      ...[...now].filter(([id, { bounds }]) => before.has(id) && before.get(id).bounds !== bounds).map(([id, { name }]) => [3, id, name]),
    ];
    for (const [kind, id, name] of changes) {
      wanted.windowChange.filter((one) => one.kind === kind && (one.options?.bundleName ?? info.bundleName) === info.bundleName)
        .forEach((one) => tell('windowChange', one, { type: 'Window', text: name ?? '', windowChangeType: kind, windowId: id }));
    }
  }
  let known;

  function follow(type) {
    if (following.has(type)) {
      return;
    }
    following.add(type);
    if (type === 'componentEventOccur') {
      system.require('@concord:arkui/observer').follow(component);
    } else {
      windows();
      system.require('@concord:arkui/input').onShown(windows);
    }
  }

  synchronous(UIEventObserver, {
    once: [
      ['string function', 'string int WindowChangeOptions function', 'string int ComponentEventOptions function'],
      function (type, first, options, callback) {
        if (type === 'windowChange' || type === 'componentEventOccur') {
          if (typeof first !== 'number' || first < 1 || first > (type === 'windowChange' ? 3 : 5)) {
            throw error(INVALID_YOUNG, `Invalid ${type} type.`);
          }
          const one = { kind: first, options, callback };
          wanted[type].push(one);
          follow(type);
          setTimeout(() => drop(type, one), options?.timeout > 0 ? options.timeout : TIMEOUT);
          return;
        }
        if (typeof first !== 'function' || !waiting.has(type)) {
          throw error(INVALID, 'The type must be toastShow or dialogShow and the callback a function.');
        }
        waiting.get(type).push(first);
      },
    ],
  });

  // A toast or dialog is shown: `notify('toastShow', 'Toast', 'Saved')`.
  function notify(event, type, text) {
    const callbacks = waiting.get(event) ?? [];
    waiting.set(event, []);
    const element = { bundleName: info.bundleName, type, text: text ?? '' };
    callbacks.forEach((callback) => system.later(callback, element));
  }

  return { UIEventObserver, notify };
})
