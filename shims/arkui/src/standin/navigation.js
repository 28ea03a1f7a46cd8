// @concord:arkui/navigation: the stack of a Navigation, without pages.
(function () {
  'use strict';

  class NavPathInfo {
    constructor(name, param, onPop, isEntry) {
      this.name = name;
      this.param = param;
      this.onPop = onPop;
      this.isEntry = isEntry === true;
    }
  }

  class NavPathStack {
    #entries = [];

    pushPath(info) {
      this.#entries.push(info);
    }

    async pushDestination(info) {
      this.pushPath(info);
    }

    pushPathByName(name, param, onPop) {
      this.pushPath(new NavPathInfo(name, param, typeof onPop === 'function' ? onPop : undefined));
    }

    async pushDestinationByName(name, param, onPop) {
      this.pushPathByName(name, param, onPop);
    }

    replacePath(info) {
      this.#entries.pop();
      this.pushPath(info);
    }

    replacePathByName(name, param) {
      this.replacePath(new NavPathInfo(name, param));
    }

    removeByName(name) {
      const before = this.#entries.length;
      this.#entries = this.#entries.filter((entry) => entry.name !== name);
      return before - this.#entries.length;
    }

    removeByIndexes(indexes) {
      const before = this.#entries.length;
      this.#entries = this.#entries.filter((entry, index) => !indexes.includes(index));
      return before - this.#entries.length;
    }

    pop(result) {
      const top = this.#entries.pop();
      top?.onPop?.({ info: top, result });
      return top;
    }

    popToName(name) {
      const at = this.getIndexByName(name).pop() ?? -1;
      if (at >= 0) {
        this.#entries.length = at + 1;
      }
      return at;
    }

    popToIndex(index) {
      this.#entries.length = Math.max(0, Math.min(index + 1, this.#entries.length));
    }

    moveToTop(name) {
      const at = this.getIndexByName(name).pop() ?? -1;
      this.moveIndexToTop(at);
      return at;
    }

    moveIndexToTop(index) {
      const [entry] = index >= 0 ? this.#entries.splice(index, 1) : [];
      if (entry) {
        this.#entries.push(entry);
      }
    }

    clear() {
      this.#entries = [];
    }

    getAllPathName() {
      return this.#entries.map((entry) => entry.name);
    }

    getParamByIndex(index) {
      return this.#entries[index]?.param;
    }

    getParamByName(name) {
      return this.#entries.filter((entry) => entry.name === name).map((entry) => entry.param);
    }

    getIndexByName(name) {
      return this.#entries.map((entry, index) => (entry.name === name ? index : -1)).filter((index) => index >= 0);
    }

    getPathStack() {
      return [...this.#entries];
    }

    setPathStack(entries) {
      this.#entries = [...entries];
    }

    size() {
      return this.#entries.length;
    }

    getParent() {
      return null;
    }

    disableAnimation() {}

    setInterception() {}
  }

  return { NavPathStack, NavPathInfo };
})
