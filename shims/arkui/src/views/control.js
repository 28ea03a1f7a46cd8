// @concord:arkui/views/control: If and ForEach, the syntax nodes whose children come and go.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const removal = system.require('@concord:arkui/views/removal');
  const { keysOf, reorder } = system.require('@concord:arkui/views/diff');

  // Element id of an If → its branch.
  const branches = new Map();
  // Element id of a ForEach → its items: key → nodes.
  const lists = new Map();

  class If {
    static create() {
      stack.enter('If');
    }

    static pop() {
      stack.pop('If');
    }

    static branchId() {}

    // Whether a component with this id could be taken over from the branch that goes. Branches are always made anew.
    static canRetake() {
      return false;
    }
  }

  // Another branch: the old one goes, the new one is made. The same branch: nothing.
  function ifElse(branch, build) {
    const node = stack.top();
    const elmtId = stack.topElement();
    if (branches.get(elmtId) === branch) {
      return;
    }
    branches.set(elmtId, branch);
    for (const child of nodes.children(node)) {
      removal.removeNode(child);
    }
    build();
  }

  class ForEach {
    static create() {
      stack.enter('ForEach');
    }

    static pop() {
      stack.pop('ForEach');
    }

    static onMove(callback, handlers) {
      nodes.call(stack.top(), 'onMove', callback, handlers);
    }

    static getIdArray() {}

    static setIdArray() {}

    static createNewChildStart() {}

    static createNewChildFinish() {}
  }

  // What an item without a key generator is known by.
  function defaultKey(item, index) {
    try {
      return `${index}__${JSON.stringify(item)}`;
    } catch (error) {
      throw new TypeError(`ForEach: the default key of item ${index} cannot be made (${error.message}); give a key generator`);
    }
  }

  // Makes the items with new keys, drops those whose keys are gone, and puts all in order. Items whose key was there before
  // are left alone.
  function forEach(view, elmtId, array, generate, keyOf, keyWithIndex) {
    const node = stack.top();
    const items = array === undefined || array === null ? [] : array;
    const before = lists.get(elmtId) ?? new Map();
    const makeKey = keyOf ? (keyWithIndex ? keyOf : (item) => keyOf(item)) : defaultKey;
    const keys = keysOf(items, makeKey, (key) =>
      process.log(5, `ForEach: the key '${String(key)}' is there more than once; only the first item is shown`));
    const after = new Map();
    lists.set(elmtId, after);
    const order = [];
    let count = nodes.children(node).length;
    for (const [key, index] of keys) {
      let made = before.get(key);
      if (made) {
        before.delete(key);
      } else {
        const depth = stack.depth();
        generate(items[index], index);
        stack.truncate(depth);
        made = nodes.children(node).slice(count);
        count += made.length;
      }
      after.set(key, made);
      order.push(...made);
    }
    for (const gone of before.values()) {
      for (const child of gone) {
        removal.removeNode(child);
      }
    }
    reorder(node, order);
  }

  // Elements that went take their bookkeeping along.
  removal.onDeleted((elmtIds) => {
    for (const elmtId of elmtIds) {
      branches.delete(elmtId);
      lists.delete(elmtId);
    }
  });

  return { If, ForEach, ifElse, forEach };
})
