// @concord:arkui/components: component classes that swallow what is said to them, and count it.
(function (host, system) {
  'use strict';

  const calls = new Map();
  let reported = false;

  function count(name) {
    if (!reported) {
      reported = true;
      system.report('global:ets:ArkUI (stand-in: components are not shown)');
    }
    calls.set(name, (calls.get(name) ?? 0) + 1);
  }

  // Something that accepts everything: calls, `new`, properties. Reading a property that was set gives it back.
  function swallow(name) {
    const target = function () {};
    return new Proxy(target, {
      get(object, key) {
        if (Object.hasOwn(object, key) || typeof key === 'symbol') {
          return object[key];
        }
        // A promise would be waited for, for ever.
        if (key === 'then' || key === 'toJSON') {
          return undefined;
        }
        if (key === 'prototype') {
          return object.prototype;
        }
        const member = (...args) => {
          count(`${name}.${key}`);
          return undefined;
        };
        object[key] = member;
        return member;
      },
      apply() {
        count(name);
        return undefined;
      },
      construct(object, args, newTarget) {
        count(`new ${name}`);
        return instance(name, newTarget.prototype);
      },
    });
  }

  // An instance of a class that is not there: methods do nothing, properties can be set.
  // `prototype` is that of a class of the app that extends it.
  function instance(name, prototype = Object.prototype) {
    return new Proxy(Object.create(prototype), {
      get(object, key) {
        if (key in object || typeof key === 'symbol' || key === 'then' || key === 'toJSON') {
          return object[key];
        }
        return (...args) => {
          count(`${name}.prototype.${key}`);
          return undefined;
        };
      },
    });
  }

  // Containers whose children are built by a function, at once here.
  const DEFERRED = new Set(['ListItem', 'GridItem', 'FlowItem', 'ListItemGroup', 'TabContent', 'NavDestination', 'Navigation',
    'StepperItem', 'ContentSlot']);
  const running = new Set();

  function component(name) {
    const Class = swallow(name);
    Object.defineProperty(Class, 'name', { value: name });
    if (DEFERRED.has(name)) {
      Class.create = (build) => {
        count(`${name}.create`);
        // A lazy item calls create again from its own function.
        if (typeof build === 'function' && !running.has(build)) {
          running.add(build);
          try {
            build(-1, true);
          } finally {
            running.delete(build);
          }
        }
      };
    }
    return Class;
  }

  // LazyForEach asks its data source; the first items stand for all.
  const LAZY_ITEMS = 10;
  function lazyForEach() {
    const Class = component('LazyForEach');
    Class.create = (id, view, source, generate) => {
      count('LazyForEach.create');
      const total = Math.min(Number(source?.totalCount?.() ?? 0), LAZY_ITEMS);
      for (let index = 0; index < total; index++) {
        generate(source.getData(index), index);
      }
      source?.registerDataChangeListener?.(instance('DataChangeListener'));
    };
    return Class;
  }

  // `Repeat(array, view).each(f).key(f).virtualScroll().template(type, f).templateId(f).render(initial)`
  function Repeat(array) {
    count('Repeat');
    let each;
    const templates = new Map();
    let templateId = () => '';
    const chain = {
      each: (build) => ((each = build), chain),
      key: () => chain,
      virtualScroll: () => chain,
      onMove: () => chain,
      template: (type, build) => (templates.set(type, build), chain),
      templateId: (f) => ((templateId = f), chain),
      render() {
        for (const [index, item] of [...(array ?? [])].entries()) {
          (templates.get(templateId(item, index)) ?? each)?.({ item, index });
        }
      },
    };
    return chain;
  }

  // The exports of a module that is not there yet: whatever is asked for accepts everything.
  function module(request) {
    const members = new Map();
    return new Proxy({}, {
      has: (target, key) => typeof key === 'string',
      get(target, key) {
        if (typeof key !== 'string' || key === 'default' || key === 'then') {
          return undefined;
        }
        if (!members.has(key)) {
          members.set(key, swallow(`${request}:${key}`));
        }
        return members.get(key);
      },
    });
  }

  return { swallow, instance, component, lazyForEach, Repeat, module, calls };
})
