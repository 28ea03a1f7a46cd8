// @concord:arkui/views/builders: @Builder functions as values.
(function (host, system) {
  'use strict';
  const { ObservedPropertyAbstract } = system.require('@concord:arkui/state/properties');

  // The single object argument of a builder, by reference: each member is read from the state of the caller when the builder
  // reads it, so that the element which reads it follows. `__name` is the state variable itself, for @Link.
  function makeBuilderParameterProxy(builder, sources) {
    const read = (name) => {
      const source = sources[name];
      return typeof source === 'function' ? source() : source;
    };
    return new Proxy(sources, {
      get(target, name) {
        if (typeof name !== 'string') {
          return target[name];
        }
        if (!(name in target) && name.startsWith('__') && name.slice(2) in target) {
          const value = read(name.slice(2));
          return value instanceof ObservedPropertyAbstract ? value : undefined;
        }
        const value = Object.hasOwn(target, name) ? read(name) : target[name];
        return value instanceof ObservedPropertyAbstract ? value.get() : value;
      },
      set() {
        throw new system.BusinessError(140109, `@Builder '${builder}': Invalid attempt to set(write to) parameter error!`);
      },
    });
  }

  class WrappedBuilder {
    constructor(builder) {
      this.builder = builder;
    }
  }

  // A wrapped builder whose function may be exchanged.
  class MutableBuilder extends WrappedBuilder {}

  return {
    makeBuilderParameterProxy,
    WrappedBuilder,
    MutableBuilder,
    wrapBuilder(builder) {
      if (typeof builder !== 'function') {
        throw new TypeError('wrapBuilder expects a global @Builder function');
      }
      return new WrappedBuilder(builder);
    },
    mutableBuilder: (builder) => new MutableBuilder(builder),
  };
})
