// @concord:arkui/views/base: what custom components of both generations have in common: elements, updates, life and death.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const customLayout = system.require('@concord:arkui/custom-layout');
  const tracking = system.require('@concord:arkui/state/tracking');
  const lazy = (request) => {
    let module;
    return () => (module ??= system.require(request));
  };
  const scheduler = lazy('@concord:arkui/state/scheduler');
  const control = lazy('@concord:arkui/views/control');
  const removal = lazy('@concord:arkui/views/removal');
  const recycling = lazy('@concord:arkui/views/recycling');

  // Custom components that were made and wait to be built: a child is built after its parent is complete (aboutToAppear of
  // the child comes after onDidBuild of the parent).
  let pending = [];

  // Runs `f` and builds what it made.
  function building(f) {
    const outer = pending;
    pending = [];
    try {
      const result = f();
      const made = pending;
      pending = [];
      for (const view of made) {
        view.build_();
      }
      return result;
    } finally {
      pending = outer;
    }
  }

  // Rounds of one view in one frame, see scheduler.
  const ROUNDS = 20;

  class PUV2ViewBase {
    static contextStack = undefined;
    static arkThemeScopeManager = undefined;

    constructor(parent, elmtId, extraInfo) {
      this.parent_ = parent ?? undefined;
      this.elmtId_ = typeof elmtId === 'number' && elmtId > 0 ? elmtId : elements.allocate();
      this.extraInfo_ = extraInfo;
      this.node_ = undefined;
      this.children_ = undefined;
      // Element id → {create, component} of the nodes that this view makes itself.
      this.updateFuncs_ = new Map();
      this.dirty_ = new Set();
      this.provided_ = undefined;
      this.deleted_ = false;
      this.built_ = false;
      this.active_ = parent?.active_ ?? true;
      this.freezable_ = false;
      // In a pool of reusable components, itself or with a component around it.
      this.pooled_ = false;
      this.recyclePool_ = undefined;
      this.reuseId_ = undefined;
      this.context_ = parent?.context_;
      if (parent) {
        (parent.children_ ??= new Map()).set(this.elmtId_, this);
      }
    }

    // --- who it is

    id__() {
      return this.elmtId_;
    }

    getUniqueId() {
      return this.elmtId_;
    }

    getParent() {
      return this.parent_ ?? null;
    }

    getNodeId() {
      return this.elmtId_;
    }

    isViewV2() {
      return false;
    }

    debugInfo__() {
      return `${this.constructor.name}[${this.elmtId_}]`;
    }

    getUIContext() {
      return this.context_ ?? system.require('@concord:arkui/ui-context').current();
    }

    getDialogController() {
      return this.dialogController_;
    }

    queryNavDestinationInfo() {
      return system.require('@concord:arkui/navigation/navigator').destinationInfo(this);
    }

    queryNavigationInfo() {
      return system.require('@concord:arkui/navigation/navigator').navigationInfo(this);
    }

    queryRouterPageInfo() {
      return system.require('@concord:arkui/ui-context').routerPageOf?.(this);
    }

    // --- making

    // The node of a custom component takes its place; its content follows later.
    static create(view) {
      view.place_();
      pending.push(view);
    }

    place_() {
      const type = customLayout.typeOf(this);
      this.node_ = stack.enter(type);
      customLayout.attach(this.node_, this);
      elements.setView(stack.topElement(), this);
      stack.pop(type);
    }

    build_() {
      if (this.deleted_ || this.built_) {
        return;
      }
      this.built_ = true;
      stack.within(this.node_, () => building(() => {
        this.aboutToAppear?.();
        if (typeof this.onWillApplyTheme === 'function') {
          system.require('@concord:arkui/theme').tell(this);
        }
        this.initialRender?.();
        this.onDidBuild?.();
      }));
    }

    // Builds the view as the root of a page (or of a dialog, a custom node): below `parentNode`, or on its own.
    appear__(parentNode) {
      this.context_ ??= system.require('@concord:arkui/ui-context').current();
      stack.within(parentNode, () => stack.withElement(this.elmtId_, () => {
        elements.own(this.elmtId_, this);
        this.place_();
      }));
      this.build_();
      return this.node_;
    }

    // A builder function used as a page has no more than this.
    finalizeConstruction() {}

    observeComponentCreation2(create, component) {
      this.makeElement_(elements.allocate(), create, component);
    }

    makeElement_(elmtId, create, component) {
      if (this.deleted_) {
        return;
      }
      this.updateFuncs_.set(elmtId, { create, component });
      elements.own(elmtId, this);
      this.runElement_(elmtId, create, component, true);
    }

    // API 9: the function announces its element and pops by itself.
    observeComponentCreation(create) {
      this.makeElement_(elements.allocate(), create, undefined);
    }

    // Packages of API 9 put in the functions of items that are made when they are needed.
    get updateFuncByElmtId() {
      const made = this.updateFuncs_;
      return {
        set: (elmtId, update) => {
          made.set(elmtId, { create: typeof update === 'function' ? update : update?.updateFunc, component: undefined });
          elements.own(elmtId, this);
        },
        get: (elmtId) => made.get(elmtId)?.create,
        has: (elmtId) => made.has(elmtId),
        delete: (elmtId) => made.delete(elmtId),
      };
    }

    // Makes or updates one element. What it reads from now on is what wakes it.
    runElement_(elmtId, create, component, first) {
      const depth = stack.depth();
      tracking.clear(elmtId);
      tracking.enter(elmtId);
      try {
        stack.withElement(elmtId, () => {
          create(elmtId, first, this.builderParams_);
          if (!first && typeof component?.pop === 'function') {
            component.pop();
          }
        }, !first);
      } catch (error) {
        if (first) {
          // Nobody could update what was never made whole.
          this.updateFuncs_.delete(elmtId);
          stack.truncate(depth);
        }
        throw error;
      } finally {
        tracking.leave();
      }
    }

    observeRecycleComponentCreation(name, create) {
      recycling().observe(this, name, create);
    }

    ifElseBranchUpdateFunction(branch, build) {
      control().ifElse(branch, build);
    }

    forEachUpdateFunction(elmtId, array, generate, keyOf, generateWithIndex, keyWithIndex) {
      control().forEach(this, elmtId, array, generate, keyOf, keyWithIndex === true);
    }

    // --- updates

    markElement__(elmtId) {
      if (!this.deleted_) {
        this.dirty_.add(elmtId);
        if (!this.resting_()) {
          scheduler().markView(this);
        }
      }
    }

    // Changes wait until the component is used again.
    resting_() {
      return this.pooled_ || (this.freezable_ && !this.active_);
    }

    markNeedUpdate() {
      scheduler().markView(this);
    }

    // Called by the scheduler in a frame.
    flushDirty__() {
      if (this.deleted_ || this.resting_()) {
        return;
      }
      building(() => {
        if (typeof this.rerender === 'function') {
          this.rerender();
        } else {
          this.updateDirtyElements();
        }
      });
    }

    updateDirtyElements() {
      for (let round = 0; round < ROUNDS && this.dirty_.size > 0; round++) {
        const batch = [...this.dirty_].sort((one, other) => one - other);
        this.dirty_.clear();
        for (const elmtId of batch) {
          this.updateElement_(elmtId);
        }
      }
    }

    updateElement_(elmtId) {
      const entry = this.updateFuncs_.get(elmtId);
      if (entry) {
        this.runElement_(elmtId, entry.create, entry.component, false);
      }
    }

    // Updates what is dirty without waiting for the frame.
    updateNow_() {
      if (this.dirty_.size > 0) {
        this.flushDirty__();
      }
    }

    finishUpdateFunc() {}

    forceCompleteRerender(deep = false) {
      for (const elmtId of this.updateFuncs_.keys()) {
        this.markElement__(elmtId);
      }
      if (deep) {
        for (const child of this.children_?.values() ?? []) {
          child.forceCompleteRerender?.(true);
        }
      }
    }

    forceRerenderNode(elmtId) {
      this.markElement__(elmtId);
    }

    updateStateVarsOfChildByElmtId(elmtId, params) {
      const child = elements.viewOf(elmtId) ?? this.children_?.get(elmtId);
      child?.updateStateVars?.(params);
    }

    getChildById(elmtId) {
      return this.children_?.get(elmtId);
    }

    // --- freezing

    initAllowComponentFreeze(freeze) {
      this.freezable_ = freeze === true;
    }

    isCompFreezeAllowed() {
      return this.freezable_;
    }

    isViewActive() {
      return this.active_;
    }

    // A page is shown or hidden, a tab or an item of a list is used or kept. A frozen component catches up when it is active
    // again.
    setActive__(active) {
      if (this.active_ === active) {
        return;
      }
      this.active_ = active;
      if (active && this.freezable_) {
        this.thaw_();
        if (this.dirty_.size > 0) {
          scheduler().markView(this);
        }
      }
      for (const child of this.children_?.values() ?? []) {
        child.setActive__(active);
      }
    }

    thaw_() {}

    // --- provide and consume

    findProvider__(name) {
      for (let view = this.parent_; view; view = view.parent_) {
        const found = view.provided_?.get(name);
        if (found) {
          return found;
        }
      }
      return undefined;
    }

    // --- the end

    // Removes a page and everything in it.
    disappear__() {
      if (!this.deleted_) {
        removal().removeNode(this.node_);
      }
    }

    aboutToBeDeletedInternal() {
      if (this.deleted_) {
        return;
      }
      this.deleted_ = true;
      scheduler().forgetView(this);
      for (const elmtId of this.updateFuncs_.keys()) {
        tracking.clear(elmtId);
        elements.forget(elmtId);
      }
      this.updateFuncs_.clear();
      this.dirty_.clear();
      this.parent_?.children_?.delete(this.elmtId_);
      recycling().dropPool(this);
    }

    // An element of this view is gone.
    forgetElement_(elmtId) {
      this.updateFuncs_.delete(elmtId);
      this.dirty_.delete(elmtId);
    }

    purgeDeletedElmtIds() {}
  }

  return { PUV2ViewBase, building, guest: process.guest };
})
