// @concord:arkui/inspection: what the inspector's page wants to know of custom components; see mod.rs of this folder.
(function (host, system) {
  'use strict';
  const elements = system.require('@concord:arkui/views/elements');
  const tracking = system.require('@concord:arkui/state/tracking');
  const properties = system.require('@concord:arkui/state/properties');
  const decorators = system.require('@concord:arkui/state/decorators-v2');
  const { PREFIX } = system.require('@concord:arkui/state/observe-v2');
  const { windows } = system.require('@concord:arkui/windows');

  // The most that is told of a value.
  const DEEPEST = 4;
  const MOST = 50;
  const LONGEST = 300;

  // The value for people, as JSON can hold it. No getter of the app runs.
  function plain(value, depth = 0) {
    if (typeof value === 'string') {
      return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
    }
    if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) {
      return value;
    }
    if (typeof value !== 'object') {
      return typeof value === 'function' ? `ƒ ${value.name}` : String(value);
    }
    if (value instanceof Date) {
      return `Date ${value.getTime()}`;
    }
    if (depth >= DEEPEST) {
      return '…';
    }
    if (Array.isArray(value) || value instanceof Set) {
      const items = [...value].slice(0, MOST).map((item) => plain(item, depth + 1));
      const rest = (value.size ?? value.length) - items.length;
      return rest > 0 ? [...items, `… ${rest} more`] : items;
    }
    const entries = value instanceof Map ? [...value] : Object.entries(Object.getOwnPropertyDescriptors(value))
      .filter(([, descriptor]) => descriptor.enumerable)
      .map(([name, descriptor]) => [name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name, 'value' in descriptor ? descriptor.value : '(getter)']);
    return Object.fromEntries(entries.slice(0, MOST).map(([name, member]) => [String(name), plain(member, depth + 1)]));
  }

  const KINDS = [
    [properties.SynchedPropertyNested, '@ObjectLink'],
    [properties.SynchedPropertyOneWay, '@Prop'],
    [properties.SynchedPropertyTwoWay, '@Link'],
    [properties.ObservedProperty, '@State'],
  ];

  function variablesOf(view) {
    const found = [];
    for (const name of Object.keys(view)) {
      const { value } = Object.getOwnPropertyDescriptor(view, name);
      if (value instanceof properties.ObservedPropertyAbstract) {
        const provided = [...view.provided_?.values() ?? []].includes(value);
        const kind = provided ? '@Provide' : KINDS.find(([Class]) => value instanceof Class)?.[1] ?? '';
        found.push({ name: value.info() || name.replace(/^__/, ''), kind, value: plain(value.getUnmonitored()) });
      } else if (name.startsWith(PREFIX)) {
        const own = name.slice(PREFIX.length);
        found.push({ name: own, kind: decorators.kindOf(view, own), value: plain(value) });
      }
    }
    return found;
  }

  return {
    // Element id → name of the custom component, as JSON.
    names: () => JSON.stringify(Object.fromEntries([...elements.views()].map(([elmtId, view]) => [elmtId, view.constructor.name]))),
    // {component, variables: [{name, kind, value}]} of a custom component, as JSON; null of anything else.
    state(elmtId) {
      const view = elements.viewOf(elmtId);
      return JSON.stringify(view === undefined ? null
        : tracking.untracked(() => ({ component: view.constructor.name, variables: variablesOf(view) })));
    },
    // Everything that is shown is updated.
    rerender() {
      for (const window of windows) {
        window.internal.pages.updateConfiguration();
      }
    },
    noteSource: host.noteSource,
  };
})
