// @concord:arkui/attributes: attributes of a node as an object with a method for each, and modifiers that use it.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const { Source } = system.require('@concord:arkui/state/tracking');

  // Calls an attribute of the component class on a node.
  function call(node, method, args) {
    if (!nodes.exists(node)) {
      return undefined;
    }
    const Class = globalThis[nodes.type(node)] ?? globalThis.Column;
    return stack.on(node, () => Class[method]?.(...args));
  }

  // The object that an app is given: any attribute, chained.
  function attributesOf(node) {
    const object = new Proxy({}, {
      get(target, method) {
        if (typeof method === 'symbol' || method === 'then' || method === 'toJSON') {
          return undefined;
        }
        target[method] ??= (...args) => {
          call(node, method, args);
          return object;
        };
        return target[method];
      },
    });
    return object;
  }

  // Gives the states of a node, by bits, and runs its element again when they change; set by whoever knows about input.
  let watch = () => 0;

  // State → the method of a modifier, in the order in which they are applied.
  const STATES = [[2, 'applyFocusedAttribute'], [1, 'applyPressedAttribute'], [4, 'applyDisabledAttribute'],
    [8, 'applySelectedAttribute']];

  // `X.attributeModifier(modifier)`: what holds always, then what holds in the states that the node is in. It is part of the
  // update function of an element, so what the modifier reads is followed, and a change of state runs it again.
  function modify(node, modifier) {
    if (modifier === undefined || modifier === null) {
      return;
    }
    const attributes = attributesOf(node);
    if (typeof modifier.initializeModifier === 'function' && !bound.has(modifier)) {
      bind(modifier, node, attributes);
    }
    records.get(modifier)?.source.read();
    modifier.applyNormalAttribute?.(attributes);
    const methods = STATES.filter(([, method]) => typeof modifier[method] === 'function');
    if (methods.length > 0) {
      const state = watch(node);
      for (const [bits, method] of methods) {
        if ((state & bits) !== 0) {
          modifier[method](attributes);
        }
      }
    }
  }

  // AttributeUpdater → the node that it is bound to.
  const bound = new WeakMap();
  const boundNodes = new Map();

  function bind(modifier, node, attributes) {
    bound.set(modifier, { node, attributes });
    boundNodes.set(nodes.elmtId(node), modifier);
    process.guest(() => modifier.initializeModifier(attributes));
  }

  removal.onDeleted((elmtIds) => {
    for (const elmtId of elmtIds) {
      const modifier = boundNodes.get(elmtId);
      if (modifier) {
        boundNodes.delete(elmtId);
        bound.delete(modifier);
        process.guest(() => modifier.onComponentDetached?.());
      }
    }
  });

  // Changes attributes at any time, without state variables.
  class AttributeUpdater {
    get attribute() {
      return bound.get(this)?.attributes;
    }

    get updateConstructorParams() {
      const { node } = bound.get(this) ?? {};
      return (...args) => node !== undefined && nodes.call(node, 'create', ...args);
    }

    initializeModifier() {}

    applyNormalAttribute() {}
  }

  // A modifier that remembers attributes: whatever is called on it is applied to its nodes, and again when it changes.
  class CommonModifier {
    #recorded = new Map();
    #source = new Source();

    constructor() {
      const modifier = new Proxy(this, {
        get: (target, method, receiver) => {
          if (typeof method === 'symbol' || method in target || method === 'then' || /^apply[A-Z]\w*Attribute$/.test(method)) {
            return Reflect.get(target, method, receiver);
          }
          return (...args) => {
            this.#recorded.set(method, args);
            this.#source.changed();
            return modifier;
          };
        },
        // What a class of the app adds may decide what it applies.
        set: (target, name, value) => {
          const before = target[name];
          const done = Reflect.set(target, name, value);
          if (before !== value) {
            this.#source.changed();
          }
          return done;
        },
      });
      records.set(modifier, { recorded: this.#recorded, source: this.#source });
      // eslint-disable-next-line no-constructor-return -- its attributes are not known by name
      return modifier;
    }

    applyNormalAttribute(instance) {
      for (const [method, args] of records.get(this)?.recorded ?? []) {
        instance[method](...args);
      }
    }
  }
  const records = new WeakMap();

  // What a modifier says, for components that give it to a part of themselves: {attribute: first argument}, and what a
  // SymbolGlyphModifier was made with as `create`.
  function said(modifier) {
    if (modifier === undefined || modifier === null) {
      return undefined;
    }
    const found = {};
    const recorder = new Proxy({}, {
      get: (target, method) => (typeof method === 'symbol' ? undefined : (value) => {
        found[method] = value;
        return recorder;
      }),
    });
    records.get(modifier)?.source.read();
    process.guest(() => modifier.applyNormalAttribute?.(recorder));
    const symbol = records.get(modifier)?.symbol;
    return symbol === undefined ? found : { create: symbol, ...found };
  }

  // `new SymbolGlyphModifier($r('sys.symbol.…'))`.
  class SymbolGlyphModifier extends CommonModifier {
    constructor(symbol) {
      super();
      records.get(this).symbol = symbol;
    }
  }

  return {
    call, said, SymbolGlyphModifier, attributesOf, modify, AttributeUpdater, CommonModifier,
    watchWith(f) {
      watch = f;
    },
  };
})
