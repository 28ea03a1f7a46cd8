// @concord:arkui/views/view-v2: ViewV2, the base of @ComponentV2.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { PUV2ViewBase, building } = system.require('@concord:arkui/views/base');
  const { ifElse } = system.require('@concord:arkui/views/control');
  const recycling = system.require('@concord:arkui/views/recycling');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const observe = system.require('@concord:arkui/state/observe-v2');
  const decorators = system.require('@concord:arkui/state/decorators-v2');
  const computed = system.require('@concord:arkui/state/computed');
  const monitor = system.require('@concord:arkui/state/monitor');

  class ViewV2 extends PUV2ViewBase {
    constructor(parent, elmtId, extraInfo) {
      super(parent, elmtId, extraInfo);
      this.consumed_ = undefined;
      this.frozenMonitors_ = undefined;
      this.paramsGenerator_ = () => ({});
    }

    isViewV2() {
      return true;
    }

    // All variables have their first values.
    finalizeConstruction() {
      for (const [name, alias] of decorators.consumersOf(this)) {
        this.connectConsumer_(name, alias);
      }
      monitor.construct(this);
    }

    connectConsumer_(name, alias) {
      for (let view = this.parent_; view; view = view.parent_) {
        const provided = view.isViewV2() ? decorators.providedAs(view, alias) : undefined;
        if (provided !== undefined) {
          (this.consumed_ ??= new Map()).set(name, { view, name: provided });
          return;
        }
      }
    }

    thaw_() {
      const monitors = this.frozenMonitors_;
      this.frozenMonitors_ = undefined;
      for (const waiting of monitors ?? []) {
        process.guest(() => waiting.run());
      }
    }

    // --- parameters

    initParam(name, value) {
      observe.assign(this, name, value);
    }

    // The parent was rendered again.
    updateParam(name, value) {
      if (!decorators.isOnce(this, name)) {
        observe.assign(this, name, value);
      }
    }

    updateStateVars() {}

    // --- used again

    resetParam(name, value) {
      observe.assign(this, name, value);
    }

    resetConsumer(name, value) {
      const alias = decorators.consumersOf(this).get(name);
      this.consumed_?.delete(name);
      this.connectConsumer_(name, alias ?? name);
      if (!this.consumed_?.has(name)) {
        observe.assign(this, name, value);
      }
    }

    resetComputed(name) {
      computed.reset(this, name);
    }

    resetMonitorsOnReuse() {
      monitor.restart(this);
    }

    resetStateVarsOnReuse() {}

    // @ReusableV2: a component of the class, from the pool of this one when there is one. Another reuse id is another
    // component.
    reuseOrCreateNewComponent({ componentClass, getParams, getReuseId, extraInfo }) {
      let child;
      this.observeComponentCreation2(() => {
        stack.enter('If');
        const reuseId = String(getReuseId?.() ?? componentClass.name);
        const params = getParams?.() ?? {};
        let fresh = false;
        ifElse(reuseId, () => {
          fresh = true;
          const pooled = recycling.poolOf(this, reuseId).pop();
          this.makeElement_(pooled?.elmtId_ ?? elements.allocate(), (elmtId, first) => {
            if (first) {
              child = pooled ?? new componentClass(this, params, undefined, elmtId, () => params, extraInfo);
              this.obtain_(child, pooled !== undefined, params, reuseId);
            }
          }, { name: componentClass.name });
        });
        if (!fresh) {
          child?.updateStateVars(params);
        }
        stack.pop('If');
      }, { name: 'If' });
    }

    obtain_(view, pooled, params, reuseId) {
      if (!pooled) {
        recycling.adopt(view, reuseId);
        ViewV2.create(view);
        return;
      }
      recycling.reinsert(view);
      process.guest(() => {
        view.resetStateVarsOnReuse(params);
        view.aboutToReuse?.(params);
      });
      recycling.wakeBelow(view);
      building(() => recycling.updateBelow(view));
    }

    aboutToBeDeletedInternal() {
      if (!this.deleted_) {
        monitor.release(this);
        computed.release(this);
      }
      super.aboutToBeDeletedInternal();
    }

    aboutToBeDeleted() {
      this.aboutToBeDeletedInternal();
    }
  }

  return { ViewV2 };
})
