// @concord:arkui/navigation: NavPathStack, the stack that an app pushes destinations onto. What is shown of it is the business of
// the Navigation that the stack is given to (navigator.js), which hears of every change.
(function (host, system) {
  'use strict';
  const BusinessError = system.BusinessError;

  const PUSH = 1;
  const POP = 2;
  const REPLACE = 3;

  // LaunchMode
  const MOVE_TO_TOP_SINGLETON = 1;
  const POP_TO_SINGLETON = 2;

  class NavPathInfo {
    constructor(name, param, onPop, isEntry) {
      this.name = name;
      this.param = param;
      this.onPop = onPop;
      this.isEntry = isEntry === true;
    }
  }

  let nextId = 0;

  // A place in a stack: what was pushed, and from navigator.js what was made of it.
  class Entry {
    constructor(info) {
      this.id = String(nextId++);
      this.info = info;
      // The promise of a `pushDestination` that waits for the destination to be made.
      this.waiting = undefined;
    }
  }

  // What a stack holds. It is an object of its own, since state variables put a proxy around the stack.
  class Contents {
    entries = [];
    parent = null;
    interception = undefined;
    animated = true;
    // The Navigation that shows the stack.
    owner = undefined;

    get top() {
      return this.entries[this.entries.length - 1];
    }

    changed(operation, animated) {
      this.owner?.changed(operation, animated !== false && this.animated);
    }

    first(name) {
      return this.entries.findIndex((entry) => entry.info.name === name);
    }

    last(name) {
      return this.entries.findLastIndex((entry) => entry.info.name === name);
    }

    // Puts a destination on top, or brings back one of that name when the launch mode asks for it.
    put(info, options, operation) {
      const { launchMode, animated } = typeof options === 'object' && options !== null ? options : { animated: options };
      const single = launchMode === MOVE_TO_TOP_SINGLETON || launchMode === POP_TO_SINGLETON;
      const at = single ? this.last(info.name) : -1;
      let entry = this.entries[at];
      if (entry) {
        entry.info.param = info.param;
        entry.info.onPop = info.onPop;
        entry.renewed = true;
        if (launchMode === POP_TO_SINGLETON) {
          this.entries.length = at + 1;
        } else {
          if (operation === REPLACE && at !== this.entries.length - 1) {
            this.entries.pop();
          }
          this.entries.push(...this.entries.splice(at, 1));
        }
      } else {
        if (operation === REPLACE) {
          this.entries.pop();
        }
        entry = new Entry(info);
        this.entries.push(entry);
      }
      this.changed(operation, animated);
      return entry;
    }

    // The same with a promise, which is kept once the destination is there.
    putAndWait(info, options, operation) {
      return new Promise((resolve, reject) => {
        if (typeof info?.name !== 'string' || info.name === '') {
          throw new BusinessError(401, 'Parameter error. The name of the destination must be a string.');
        }
        this.put(info, options, operation).waiting = { resolve, reject };
      });
    }

    // Takes away all above an index. The one that was on top tells its result to whoever pushed it.
    popTo(index, result, animated) {
      const { top } = this;
      this.entries.length = index + 1;
      if (top && result !== undefined) {
        if (this.top) {
          this.top.result = { value: result };
        }
        top.info.onPop?.({ info: top.info, result });
      }
      this.changed(POP, animated);
      return top?.info;
    }

    keep(wanted, operation) {
      const before = this.entries.length;
      this.entries = this.entries.filter(wanted);
      if (before !== this.entries.length) {
        this.changed(operation);
      }
      return before - this.entries.length;
    }

    raise(index, result, animated) {
      if (index < 0 || index >= this.entries.length - 1) {
        return;
      }
      const { top } = this;
      const [entry] = this.entries.splice(index, 1);
      this.entries.push(entry);
      if (result !== undefined) {
        entry.result = { value: result };
        top.info.onPop?.({ info: top.info, result });
      }
      this.changed(PUSH, animated);
    }
  }

  // `(result?, animated?)` and `(animated?)`: a boolean alone is no result.
  const outcome = (first, second) => (typeof first === 'boolean' ? { animated: first } : { result: first, animated: second });

  // `(onPop?, options?)` and `(options?)` behind a name and a parameter.
  const named = (name, param, third, fourth) => (typeof third === 'function'
    ? [new NavPathInfo(name, param, third), fourth] : [new NavPathInfo(name, param), third ?? fourth]);

  class NavPathStack {
    constructor() {
      Object.defineProperty(this, 'contents_', { value: new Contents(), configurable: true });
    }

    pushPath(info, options) {
      this.contents_.put(info, options, PUSH);
    }

    pushDestination(info, options) {
      return this.contents_.putAndWait(info, options, PUSH);
    }

    pushPathByName(name, param, third, fourth) {
      const [info, options] = named(name, param, third, fourth);
      this.contents_.put(info, options, PUSH);
    }

    pushDestinationByName(name, param, third, fourth) {
      const [info, options] = named(name, param, third, fourth);
      return this.contents_.putAndWait(info, options, PUSH);
    }

    replacePath(info, options) {
      this.contents_.put(info, options, REPLACE);
    }

    replacePathByName(name, param, animated) {
      this.contents_.put(new NavPathInfo(name, param), animated, REPLACE);
    }

    replaceDestination(info, options) {
      return this.contents_.putAndWait(info, options, REPLACE);
    }

    removeByIndexes(indexes) {
      const gone = new Set(indexes);
      return this.contents_.keep((entry, index) => !gone.has(index), POP);
    }

    removeByName(name) {
      return this.contents_.keep((entry) => entry.info.name !== name, POP);
    }

    removeByNavDestinationId(id) {
      return this.contents_.keep((entry) => entry.id !== id, POP) > 0;
    }

    pop(first, second) {
      const { result, animated } = outcome(first, second);
      const contents = this.contents_;
      return contents.top && contents.popTo(contents.entries.length - 2, result, animated);
    }

    popToName(name, first, second) {
      const at = this.contents_.first(name);
      this.popToIndex(at, first, second);
      return at;
    }

    popToIndex(index, first, second) {
      const { result, animated } = outcome(first, second);
      if (index >= 0 && index < this.contents_.entries.length - 1) {
        this.contents_.popTo(Math.trunc(index), result, animated);
      }
    }

    moveToTop(name, first, second) {
      const at = this.contents_.first(name);
      this.moveIndexToTop(at, first, second);
      return at;
    }

    moveIndexToTop(index, first, second) {
      const { result, animated } = outcome(first, second);
      this.contents_.raise(index, result, animated);
    }

    clear(animated) {
      if (this.contents_.entries.length > 0) {
        this.contents_.entries = [];
        this.contents_.changed(POP, animated);
      }
    }

    getAllPathName() {
      return this.contents_.entries.map((entry) => entry.info.name);
    }

    getParamByIndex(index) {
      return this.contents_.entries[index]?.info.param;
    }

    getParamByName(name) {
      return this.contents_.entries.filter((entry) => entry.info.name === name).map((entry) => entry.info.param);
    }

    getIndexByName(name) {
      return this.contents_.entries.flatMap((entry, index) => (entry.info.name === name ? [index] : []));
    }

    getPathStack() {
      return this.contents_.entries.map((entry) => entry.info);
    }

    // Destinations whose info is among the new ones stay as they are.
    setPathStack(infos, animated) {
      const contents = this.contents_;
      const known = new Map(contents.entries.map((entry) => [entry.info, entry]));
      contents.entries = [...new Set(infos)].map((info) => known.get(info) ?? new Entry(info));
      contents.changed(PUSH, animated);
    }

    size() {
      return this.contents_.entries.length;
    }

    getParent() {
      return this.contents_.parent;
    }

    disableAnimation(disable) {
      this.contents_.animated = disable !== true;
    }

    setInterception(interception) {
      this.contents_.interception = interception;
    }
  }

  return { NavPathStack, NavPathInfo };
})
