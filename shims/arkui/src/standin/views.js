// @concord:arkui/views: base classes of custom components. A view is built once; changes of state are not shown.
(function (host, system) {
  'use strict';
  const state = system.require('@concord:arkui/state');
  const { Property } = state;

  let nextElement = 1;
  let nextView = 1;

  class PUV2ViewBase {
    static contextStack = undefined;

    constructor(parent, elmtId, extraInfo) {
      this.parent_ = parent;
      this.viewId_ = nextView++;
      this.elmtId_ = elmtId;
      this.extraInfo_ = extraInfo;
      this.provided_ = new Map();
      this.children_ = new Set();
      parent?.children_?.add(this);
    }

    // Builds a child in its parent's place.
    static create(view) {
      view.appear();
    }

    appear() {
      this.aboutToAppear?.();
      this.initialRender?.();
      this.onDidBuild?.();
    }

    id__() {
      return this.viewId_;
    }

    getUniqueId() {
      return this.viewId_;
    }

    getParent() {
      return this.parent_;
    }

    getUIContext() {
      return system.require('@concord:arkui/ui-context').current();
    }

    getDialogController() {
      return undefined;
    }

    queryNavDestinationInfo() {
      return undefined;
    }

    queryNavigationInfo() {
      return undefined;
    }

    queryRouterPageInfo() {
      return undefined;
    }

    observeComponentCreation2(create) {
      create(nextElement++, true);
    }

    observeComponentCreation(create) {
      create(nextElement++, true);
    }

    observeRecycleComponentCreation(id, create) {
      create(nextElement++, true, null);
    }

    ifElseBranchUpdateFunction(branch, build) {
      build();
    }

    forEachUpdateFunction(elmtId, array, generate) {
      for (const [index, item] of [...(array ?? [])].entries()) {
        generate(item, index);
      }
    }

    updateStateVarsOfChildByElmtId() {}

    updateDirtyElements() {}

    finishUpdateFunc() {}

    forceCompleteRerender() {}

    initAllowComponentFreeze() {}

    finalizeConstruction() {}

    aboutToBeDeletedInternal() {
      this.parent_?.children_?.delete(this);
    }

    // The nearest provider of a name among the ancestors.
    findProvider(name) {
      for (let view = this.parent_; view; view = view.parent_) {
        if (view.provided_?.has(name)) {
          return view.provided_.get(name);
        }
      }
      return undefined;
    }

    // Removes the page and everything in it.
    disappear() {
      for (const child of [...this.children_]) {
        child.disappear?.();
      }
      this.aboutToDisappear?.();
      this.aboutToBeDeleted?.();
    }
  }

  class ViewPU extends PUV2ViewBase {
    constructor(parent, localStorage, elmtId, extraInfo) {
      super(parent, elmtId, extraInfo);
      this.localStorage_ = localStorage ?? parent?.localStorage_ ?? state.currentStorage() ?? new state.LocalStorage();
      this.watches_ = new Map();
      this.paramsGenerator_ = () => ({});
    }

    static createRecycle(view, recycled, name, update) {
      view.appear();
      update?.();
    }

    addProperty() {}

    declareWatch(name, callback) {
      this.watches_.set(name, callback);
    }

    notifyWatch(name) {
      // Properties are made before the view declares what it watches.
      this.watches_?.get(name)?.call(this, name);
    }

    addProvidedVar(name, property) {
      this.provided_.set(name, property);
    }

    initializeConsume(name, property, fallback) {
      const found = this.findProvider(name);
      if (!found && fallback === undefined) {
        throw new ReferenceError(`${this.constructor.name}: missing @Provide property with name ${name}.`);
      }
      return new Property(found ?? fallback, this, property, false);
    }

    createStorageLink(key, value, name) {
      return new Property(state.application.cellOr(key, value), this, name, false);
    }

    createStorageProp(key, value, name) {
      return new Property(state.application.cellOr(key, value), this, name, true);
    }

    createLocalStorageLink(key, value, name) {
      return new Property(this.localStorage_.cellOr(key, value), this, name, false);
    }

    createLocalStorageProp(key, value, name) {
      return new Property(this.localStorage_.cellOr(key, value), this, name, true);
    }
  }

  // API 8 and older.
  class View extends ViewPU {
    constructor(elmtId, parent, localStorage) {
      super(parent, localStorage, elmtId);
    }

    initialRender() {
      this.render?.();
    }
  }

  class ViewV2 extends PUV2ViewBase {
    initParam(name, value) {
      this[name] = value;
    }

    updateParam(name, value) {
      this[name] = value;
    }

    resetParam(name, value) {
      this[name] = value;
    }

    resetConsumer(name, value) {
      this[name] = value;
    }

    resetComputed() {}

    resetMonitorsOnReuse() {}

    reuseOrCreateNewComponent({ componentClass, getParams, extraInfo }) {
      new componentClass(this, getParams?.() ?? {}, undefined, nextElement++, () => ({}), extraInfo).appear();
    }
  }

  return { PUV2ViewBase, ViewPU, View, ViewV2 };
})
