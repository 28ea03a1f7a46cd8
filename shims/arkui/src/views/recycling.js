// @concord:arkui/views/recycling: pools of reusable components (@Reusable, @ReusableV2).
//
// A reusable component that leaves the tree is kept, with its nodes, by the component that made it, and handed out again for
// the same reuse id.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const nodes = system.require('@concord:arkui/nodes');
  const stack = system.require('@concord:arkui/view-stack');
  const elements = system.require('@concord:arkui/views/elements');
  const tracking = system.require('@concord:arkui/state/tracking');
  const lazy = (request) => {
    let module;
    return () => (module ??= system.require(request));
  };
  const base = lazy('@concord:arkui/views/base');
  const removal = lazy('@concord:arkui/views/removal');

  // How many reusable components are alive; nothing is searched for while there are none.
  let alive = 0;

  const isReusable = (view) => view?.reuseId_ !== undefined;

  function poolOf(parent, name) {
    const pools = (parent.recyclePool_ ??= new Map());
    let pool = pools.get(name);
    if (!pool) {
      pool = [];
      pools.set(name, pool);
    }
    return pool;
  }

  // V1: makes a component or takes one from the pool. A pooled one keeps its element id.
  function observe(parent, name, create) {
    let recycled = parent.recyclePool_?.get(name)?.pop();
    parent.makeElement_(recycled?.elmtId_ ?? elements.allocate(), (elmtId, first) => {
      const given = recycled;
      // Later updates give parameters to the component that is there.
      recycled = undefined;
      create(elmtId, first, given ?? null);
    }, undefined);
  }

  // What `ViewPU.createRecycle` does.
  function createRecycle(view, recycled, name, update) {
    if (!recycled) {
      alive += 1;
      view.reuseId_ = name;
      view.constructor.create(view);
      return;
    }
    reinsert(view);
    // The page hands the new parameters to aboutToReuse, whether the component has one or not; variables that follow the
    // parent (@Prop, @Link, @ObjectLink) take theirs from them first.
    const { aboutToReuse } = view;
    view.aboutToReuse = (params) => {
      view.updateStateVars?.(params);
      aboutToReuse?.call(view, params);
    };
    process.guest(() => update?.());
    delete view.aboutToReuse;
    wakeBelow(view);
    base().building(() => updateBelow(view));
  }

  // Puts the nodes of a pooled component back into the tree.
  function reinsert(view) {
    view.recycled_ = false;
    const parentNode = stack.top();
    if (parentNode !== undefined) {
      nodes.append(parentNode, view.node_);
    }
  }

  // The components below a recycled one go and come with it. `aboutToReuse` of the component itself is called by the page.
  function wakeBelow(view) {
    view.pooled_ = false;
    view.setActive__(true);
    for (const child of view.children_?.values() ?? []) {
      if (!child.recycled_) {
        process.guest(() => child.aboutToReuse?.(child.paramsGenerator_?.() ?? {}));
        wakeBelow(child);
      }
    }
  }

  function updateBelow(view) {
    view.updateNow_();
    for (const child of view.children_?.values() ?? []) {
      updateBelow(child);
    }
  }

  function sleep(view) {
    process.guest(() => view.aboutToRecycle?.());
    view.pooled_ = true;
    for (const child of view.children_?.values() ?? []) {
      if (!child.recycled_) {
        sleep(child);
      }
    }
  }

  // Takes the reusable components out of a subtree that is about to be removed. True when `node` itself was one of them. A
  // component that was made by one of `dying` (the components that go too) has no pool to go to.
  function salvage(node, dying) {
    const view = nodes.type(node).startsWith('__Custom') ? elements.viewOf(nodes.elmtId(node)) : undefined;
    if (isReusable(view) && !view.recycled_ && view.parent_ && !view.parent_.deleted_ && !dying.has(view.parent_)) {
      nodes.detach(node);
      view.recycled_ = true;
      sleep(view);
      view.setActive__(false);
      view.parent_.forgetElement_(view.elmtId_);
      tracking.clear(view.elmtId_);
      poolOf(view.parent_, view.reuseId_).push(view);
      return true;
    }
    if (view) {
      dying.add(view);
    }
    for (const child of nodes.children(node)) {
      salvage(child, dying);
    }
    return false;
  }

  // The owner of the pools goes, and with it what is kept there.
  function dropPool(parent) {
    if (isReusable(parent)) {
      alive -= 1;
    }
    const pools = parent.recyclePool_;
    if (pools) {
      parent.recyclePool_ = undefined;
      for (const pool of pools.values()) {
        for (const view of pool) {
          removal().deleted(nodes.remove(view.node_));
        }
      }
    }
  }

  return { observe, createRecycle, salvage, dropPool, reinsert, poolOf, wakeBelow, updateBelow,
    inUse: () => alive > 0,
    adopt(view, reuseId) {
      alive += 1;
      view.reuseId_ = reuseId;
    } };
})
