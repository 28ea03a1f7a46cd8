// @concord:arkui/views/view-pu: ViewPU, the base of @Component.
(function (host, system) {
  'use strict';
  const { PUV2ViewBase } = system.require('@concord:arkui/views/base');
  const recycling = system.require('@concord:arkui/views/recycling');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const tracking = system.require('@concord:arkui/state/tracking');
  const removal = system.require('@concord:arkui/views/removal');
  const storages = system.require('@concord:arkui/state/storages');
  const properties = system.require('@concord:arkui/state/properties');

  class ViewPU extends PUV2ViewBase {
    constructor(parent, localStorage, elmtId, extraInfo) {
      super(parent, elmtId, extraInfo);
      this.localStorage_ = localStorage ?? parent?.localStorage_ ?? storages.currentStorage() ?? undefined;
      this.watches_ = undefined;
      this.frozenWatches_ = undefined;
      this.paramsGenerator_ = () => ({});
    }

    static createRecycle(view, recycled, name, update) {
      recycling.createRecycle(view, recycled, name, update);
    }

    get localStorage() {
      return (this.localStorage_ ??= new storages.LocalStorage());
    }

    // --- @Watch

    declareWatch(name, callback) {
      (this.watches_ ??= new Map()).set(name, callback);
    }

    // A variable of this view changed. While the component is frozen its functions wait, each for one call.
    propertyChanged__(name) {
      const callback = this.watches_?.get(name);
      if (!callback || this.deleted_) {
        return;
      }
      if (this.freezable_ && !this.active_) {
        (this.frozenWatches_ ??= new Set()).add(name);
        return;
      }
      callback.call(this, name);
    }

    thaw_() {
      const names = this.frozenWatches_;
      this.frozenWatches_ = undefined;
      for (const name of names ?? []) {
        this.propertyChanged__(name);
      }
    }

    // --- @Provide and @Consume

    addProvidedVar(name, property, allowOverride = false) {
      if (!allowOverride && this.findProvider__(name)) {
        throw new system.BusinessError(140114, `${this.constructor.name}: duplicate @Provide property with name ${name}. Property with this name is ` +
          'provided by one of the ancestor Views already. @Provide override not allowed.');
      }
      (this.provided_ ??= new Map()).set(name, property);
    }

    initializeConsume(name, property, ...fallback) {
      const found = this.findProvider__(name);
      if (found) {
        return new properties.table.SynchedPropertyObjectTwoWayPU(found, this, property);
      }
      if (fallback.length > 0) {
        return new properties.table.ObservedPropertyObjectPU(fallback[0], this, property);
      }
      throw new system.BusinessError(140112, `${this.constructor.name}: missing @Provide property with name ${name} or default value. ` +
        `Fail to resolve @Consume(${name}).`);
    }

    resetConsume(name) {
      return this.findProvider__(name);
    }

    // --- storages

    createStorageLink(key, value, name) {
      return storages.application.setAndLink(key, value, this, name);
    }

    createStorageProp(key, value, name) {
      return storages.application.setAndProp(key, value, this, name);
    }

    createLocalStorageLink(key, value, name) {
      return this.localStorage.setAndLink(key, value, this, name);
    }

    createLocalStorageProp(key, value, name) {
      return this.localStorage.setAndProp(key, value, this, name);
    }

    updateStateVars() {}

    purgeVariableDependenciesOnElmtId() {}

    aboutToBeDeleted() {
      this.aboutToBeDeletedInternal();
    }

    // @Reusable: variables are reset by the component's own aboutToReuse.
    resetStateVarsOnReuse() {}
  }

  // API 8 and older: no element ids in the page; `render` describes the whole, and a change renders all of it again.
  class View extends ViewPU {
    constructor(id, parent, localStorage) {
      super(parent, localStorage, -1);
      this.childId_ = id;
      this.childrenById_ = new Map();
      parent?.childrenById_?.set(id, this);
    }

    findChildById(id) {
      return this.childrenById_.get(id);
    }

    // A child that was there before is built anew with what it was given.
    static create(view) {
      if (view.built_) {
        view.built_ = false;
        view.updateFuncs_.clear();
      }
      ViewPU.create(view);
    }

    needsUpdate() {
      return true;
    }

    markStatic() {}

    updateWithValueParams() {}

    initialRender() {
      const elmtId = elements.allocate();
      elements.own(elmtId, this);
      this.updateFuncs_.set(elmtId, {});
      this.updateElement_(elmtId);
    }

    updateElement_(elmtId) {
      if (!this.updateFuncs_.has(elmtId)) {
        return;
      }
      for (const child of nodes.children(this.node_)) {
        removal.removeRendered(child);
      }
      stack.within(this.node_, () => tracking.run(elmtId, () => this.render?.()));
    }
  }

  return { ViewPU, View };
})
