// @concord:arkui/components: component classes; what is not there yet swallows what is said to it, and is counted.
(function (host, system) {
  'use strict';
  const calls = new Map();
  let reported = false;

  function count(name) {
    if (!reported) {
      reported = true;
      system.report('global:ets:ArkUI (classes that are not there yet)');
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

  // A component class.
  function component(name) {
    const classes = system.require('@concord:arkui/classes');
    return classes.has(name) ? classes.make(name) : swallow(name);
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

  return { swallow, instance, component, module, calls };
})
