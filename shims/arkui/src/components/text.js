// @concord:arkui/components/text: classes of what shows and edits text, as far as they are more than the rule: controllers, and
// expressions that only the app's language understands.
(function (host, system) {
  'use strict';
  const { bind } = system.require('@concord:arkui/components/controllers');
  const lazy = (request) => () => system.require(`@concord:arkui/components/${request}`);
  const strings = lazy('styled-string');
  const styledNodes = lazy('styled-nodes');

  // Runs after the `create` of a class, with its arguments.
  function after(Class, work) {
    const { create } = Class;
    Class.create = (...args) => {
      create(...args);
      work(...args);
    };
  }

  // Which characters of a text a filter takes. Expressions are matched against one character at a time.
  function filter(expression) {
    let pattern;
    try {
      pattern = new RegExp(`^(?:${expression})$`, 'u');
    } catch {
      return undefined;
    }
    return (text) => [...text].filter((character) => pattern.test(character)).join('');
  }

  // Menus of what is selected.
  function typedInto(Class, stack) {
    const keyboard = system.require('@concord:arkui/keyboard');
    Class.customKeyboard = (builder, options) => keyboard.setCustom(stack.top(), builder, options);
  }

  function selectable(Class, { stack }) {
    const selection = system.require('@concord:arkui/overlays/selection');
    Class.editMenuOptions = (options) => selection.editMenu(stack.top(), options);
    Class.bindSelectionMenu = (...args) => selection.bindMenu(stack.top(), ...args);
  }

  function field(Class, { nodes, stack }) {
    selectable(Class, { stack });
    typedInto(Class, stack);
    after(Class, (options) => bind(options?.controller, stack.top()));
    if (Class.showUnit) {
      Class.showUnit = (builder) => {
        const node = stack.top();
        const parts = system.require('@concord:arkui/components/parts');
        nodes.command(node, 'unit', parts.set(node, 'unit', builder, { type: 'Stack' }));
      };
    }
    const { inputFilter } = Class;
    Class.inputFilter = (expression, error) =>
      inputFilter(typeof expression === 'string' && expression !== '' ? filter(expression) : undefined, error);
  }

  // What the time was when the clock of the main loop began, in ms since 1970.
  const epoch = () => Date.now() - system.require('@concord:arkui/input').now();

  function timed(Class, { nodes, stack }) {
    after(Class, (options) => {
      const node = stack.top();
      bind(options?.controller, node);
      nodes.command(node, 'epoch', epoch(), -new Date().getTimezoneOffset());
    });
  }

  const specials = {
    SymbolGlyph(Class) {
      const { symbolEffect } = Class;
      Class.symbolEffect = (effect, told) => symbolEffect(lazy('symbol-effects')().describe(effect), told);
    },
    Text(Class, { nodes, stack }) {
      selectable(Class, { stack });
      lazy('data-detector')().install(Class, { nodes, stack });
      after(Class, (content, options) => {
        const controller = options?.controller;
        bind(controller, stack.top());
        // A styled string that it was told before it belonged to a text.
        const string = controller && strings().recall(controller);
        if (string) {
          styledNodes().show(stack.top(), strings().piecesOf(string));
        }
      });
    },
    // HTML, shown as text.
    RichText(Class, { nodes, stack }) {
      const shown = new Map();
      Class.create = (html) => {
        const node = stack.enter('RichText');
        nodes.call(node, 'create');
        const source = String(html ?? '');
        if (shown.get(node) === source) {
          return;
        }
        shown.set(node, source);
        // Handlers are set after `create`.
        system.later(() => {
          if (!nodes.exists(node)) {
            shown.delete(node);
            return;
          }
          nodes.command(node, 'tell', 'onStart');
          const parts = system.require('@concord:arkui/components/html').parse(source);
          styledNodes().show(node, strings().piecesOf(strings().fromParts(parts)));
          nodes.command(node, 'tell', 'onComplete');
        });
      };
    },
    TextInput: field,
    TextArea: field,
    Search: field,
    RichEditor(Class, { stack }) {
      selectable(Class, { stack });
      typedInto(Class, stack);
      after(Class, (options) => bind(options?.controller, stack.top()));
    },
    TextClock: timed,
    TextTimer: timed,
  };

  return (Class, tools) => specials[Class.name](Class, tools);
})
