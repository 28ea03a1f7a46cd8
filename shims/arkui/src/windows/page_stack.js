// @concord:arkui/page-stack: the pages of a window, as `loadContent` and the router stack them. The one on top is shown; those
// below keep their state and take no part in layout.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const pages = system.require('@concord:arkui/pages');
  const transition = system.require('@concord:arkui/page-transition');
  const { LocalStorage } = system.require('@concord:arkui/state');
  const { device } = process.info;
  const BusinessError = system.BusinessError;

  // The most pages that the router keeps.
  const MAX_PAGES = 32;
  const VISIBLE = 0;
  const NONE = 2;
  // RouterPageState
  const ABOUT_TO_APPEAR = 0;
  const ABOUT_TO_DISAPPEAR = 1;
  const ON_PAGE_SHOW = 2;
  const ON_PAGE_HIDE = 3;

  class PageStack {
    // From the bottom to the top: {path, named, params, storage, view, node}.
    #entries = [];
    #root;
    #module;
    #ui;
    #shown = false;
    // Ends the transition between two pages that runs; undefined when none does.
    #moving;
    // Functions that may consume a back press, the latest first: dialogs, sheets, navigation.
    #backHandlers = [];

    // `root` makes the node of the window when it is first needed; `module` and `ui` are what pages run in.
    constructor({ root, module, ui }) {
      this.#root = root;
      this.#module = module;
      this.#ui = ui;
    }

    get top() {
      return this.#entries[this.#entries.length - 1];
    }

    get entries() {
      return this.#entries;
    }

    // What apps know of a page: RouterPageInfo.
    #info(entry, state) {
      const at = entry.path.lastIndexOf('/') + 1;
      return { context: this.#ui().getHostContext(), index: this.#entries.indexOf(entry) + 1, name: entry.path.slice(at),
        path: entry.path.slice(0, at), state, pageId: String(entry.view?.id__?.() ?? '') };
    }

    // The page of a root view.
    describe(view) {
      const entry = this.#entries.find((one) => one.view === view) ?? this.top;
      return entry && this.#info(entry, entry.revealed ? ON_PAGE_SHOW : ON_PAGE_HIDE);
    }

    #tell(entry, state) {
      system.require('@concord:arkui/observer').emit(this.#ui(), 'routerPageUpdate', this.#info(entry, state));
    }

    #open(entry) {
      entry.node = nodes.create('page', -1);
      // Above the other pages, below dialogs.
      const root = this.#root();
      nodes.insert(root, entry.node, nodes.children(root).filter((child) => nodes.type(child) === 'page').length);
      try {
        entry.view = entry.named ? pages.openNamed(entry.path, entry.storage, this.#ui(), entry.node)
          : pages.open(this.#module(), entry.path, entry.storage, this.#ui(), entry.node);
      } catch (error) {
        nodes.remove(entry.node);
        throw error;
      }
      this.#tell(entry, ABOUT_TO_APPEAR);
      return entry;
    }

    #reveal(entry) {
      if (entry && !entry.revealed) {
        entry.revealed = true;
        nodes.call(entry.node, 'visibility', VISIBLE);
        entry.view?.setActive__?.(true);
        if (this.#shown) {
          process.guest(() => entry.view?.onPageShow?.());
          this.#tell(entry, ON_PAGE_SHOW);
        }
      }
    }

    // With `seen` it stays to be seen for a transition.
    #conceal(entry, seen = false) {
      if (entry?.revealed) {
        entry.revealed = false;
        if (this.#shown) {
          process.guest(() => entry.view?.onPageHide?.());
          this.#tell(entry, ON_PAGE_HIDE);
        }
        if (!seen) {
          this.#hide(entry);
        }
        entry.view?.setActive__?.(false);
      }
    }

    #hide(entry) {
      if (!entry.revealed && nodes.exists(entry.node)) {
        nodes.call(entry.node, 'visibility', NONE);
      }
    }

    // Whether a change of pages can be seen. One that runs ends now.
    #moves() {
      this.#moving?.();
      return this.#shown && device.animations !== false;
    }

    #move(from, to, type, done) {
      const end = transition.run(nodes, from, to, type, () => {
        this.#moving = undefined;
        done();
      });
      this.#moving = end;
    }

    #close(entry) {
      if (entry) {
        this.#tell(entry, ABOUT_TO_DISAPPEAR);
        process.guest(() => entry.view?.disappear__?.());
        nodes.remove(entry.node);
      }
    }

    // `loadContent`: the page takes the place of all that were there.
    load(path, storage, named) {
      this.#moving?.();
      const before = this.#entries;
      const entry = this.#open({ path, named, params: undefined, storage: storage ?? new LocalStorage() });
      this.#conceal(before[before.length - 1]);
      this.#entries = [entry];
      before.forEach((old) => this.#close(old));
      this.#reveal(entry);
    }

    // `pushUrl`. With `single` a page of that name that exists comes to the top instead.
    push(path, params, named, single) {
      const below = this.top;
      if (this.#raise(path, params, single)) {
        return;
      }
      if (this.#entries.length >= MAX_PAGES) {
        throw new BusinessError(100003, `Page stack error. The pages are pushed too much: more than ${MAX_PAGES}.`);
      }
      const entry = { path, named, params, storage: new LocalStorage() };
      // The page reads its parameters while it is made.
      this.#entries.push(entry);
      try {
        this.#open(entry);
      } catch (error) {
        this.#entries.splice(this.#entries.indexOf(entry), 1);
        throw error;
      }
      const moves = below !== undefined && this.#moves();
      this.#conceal(below, moves);
      this.#reveal(entry);
      if (moves) {
        this.#move(below, entry, transition.PUSH, () => this.#hide(below));
      }
    }

    // `replaceUrl`: the page takes the place of the one on top.
    replace(path, params, named, single) {
      this.#moving?.();
      const old = this.top;
      if (this.#raise(path, params, single)) {
        if (old !== this.top) {
          this.#entries.splice(this.#entries.indexOf(old), 1);
          this.#close(old);
        }
        return;
      }
      const entry = { path, named, params, storage: new LocalStorage() };
      this.#entries.push(entry);
      try {
        this.#open(entry);
      } catch (error) {
        this.#entries.splice(this.#entries.indexOf(entry), 1);
        throw error;
      }
      this.#conceal(old);
      if (old) {
        this.#entries.splice(this.#entries.indexOf(old), 1);
        this.#close(old);
      }
      this.#reveal(entry);
    }

    #raise(path, params, single) {
      const at = single ? this.#entries.findLastIndex((entry) => entry.path === path) : -1;
      if (at < 0) {
        return false;
      }
      this.#moving?.();
      const [entry] = this.#entries.splice(at, 1);
      entry.params = params ?? entry.params;
      this.#conceal(this.top);
      this.#entries.push(entry);
      this.#reveal(entry);
      return true;
    }

    // `back`: to the page below, to the latest one of a path, or to one by its index from 1. Nothing happens when there is none.
    back(target, params) {
      let at = this.#entries.length - 2;
      if (typeof target === 'number') {
        at = target - 1;
      } else if (typeof target === 'string' && target !== '') {
        at = this.#entries.findLastIndex((entry) => entry.path === target);
      }
      if (at < 0 || at >= this.#entries.length - 1) {
        return false;
      }
      const moves = this.#moves();
      const from = this.top;
      this.#conceal(from, moves);
      const gone = this.#entries.splice(at + 1).reverse();
      if (params !== undefined) {
        this.top.params = params;
      }
      this.#reveal(this.top);
      const close = () => gone.forEach((entry) => this.#close(entry));
      if (moves) {
        this.#move(from, this.top, transition.POP, close);
      } else {
        close();
      }
      return true;
    }

    // `clear`: only the page on top stays.
    clear() {
      this.#moving?.();
      this.#entries.splice(0, this.#entries.length - 1).forEach((entry) => this.#close(entry));
    }

    // Resources and colours have changed: everything runs again.
    updateConfiguration() {
      for (const { view } of this.#entries) {
        view?.forceCompleteRerender?.(true);
      }
    }

    // The window is shown or hidden.
    setShown(shown) {
      if (this.#shown === shown) {
        return;
      }
      const hook = shown ? 'onPageShow' : 'onPageHide';
      this.#shown = shown;
      if (this.top?.revealed) {
        process.guest(() => this.top.view?.[hook]?.());
      }
    }

    // Asks `handler` first at a back press; gives a function that takes it away again.
    addBackHandler(handler) {
      this.#backHandlers.unshift(handler);
      return () => {
        this.#backHandlers = this.#backHandlers.filter((member) => member !== handler);
      };
    }

    // A back press. False when nobody wanted it: it is the ability's then.
    pressBack() {
      // The open menu of a Select lies above everything else.
      const menu = nodes.children(this.#root()).findLast((child) => nodes.type(child) === 'SelectMenu');
      if (menu !== undefined) {
        nodes.command(menu, 'close');
        return true;
      }
      for (const handler of this.#backHandlers) {
        if (process.guest(() => handler()) === true) {
          return true;
        }
      }
      return process.guest(() => this.top?.view?.onBackPress?.()) === true || this.back();
    }

    destroy() {
      this.#moving?.();
      this.setShown(false);
      const gone = this.#entries;
      this.#entries = [];
      gone.reverse().forEach((entry) => this.#close(entry));
    }
  }

  return { PageStack };
})
