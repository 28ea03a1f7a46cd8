// @concord:arkui/state/scheduler: when what is dirty runs again.
//
// Elements wait for the next frame. Computed properties and monitors wait for the end of the turn (a microtask), so that
// several changes of one turn are seen as one; a frame that comes earlier runs them first.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const tracking = system.require('@concord:arkui/state/tracking');
  const elements = system.require('@concord:arkui/views/elements');
  const nodes = system.require('@concord:arkui/nodes');

  // Rendering may change state, which makes elements dirty again. More rounds than this in one frame are taken for a loop; the
  // rest waits for the next frame, so that a page that never settles does not hang the process.
  const ROUNDS = 20;
  // Monitors may change state that they watch.
  const MONITOR_ROUNDS = 100;

  const dirtyViews = new Set();
  let waiting = false;

  function markView(view) {
    if (!dirtyViews.has(view)) {
      dirtyViews.add(view);
      nodes.requestFrame();
    }
  }

  // Computed properties and monitors: id → {run(), computed, synchronous}. Ids are negative, and ascend in order of creation
  // when negated. The object that declares a reaction keeps it alive; here it is forgotten with the object.
  const reactions = new Map();
  const ended = new FinalizationRegistry((id) => removeReaction(id));
  const dirtyComputed = new Set();
  const dirtyMonitors = new Set();
  let nextReaction = -1;

  function addReaction(reaction) {
    const id = nextReaction--;
    reactions.set(id, new WeakRef(reaction));
    ended.register(reaction, id);
    return id;
  }

  function removeReaction(id) {
    reactions.delete(id);
    dirtyComputed.delete(id);
    dirtyMonitors.delete(id);
    tracking.clear(id);
  }

  tracking.onWake((reader) => {
    if (reader > 0) {
      const view = elements.ownerOf(reader);
      if (view) {
        view.markElement__(reader);
      } else {
        tracking.clear(reader);
      }
      return;
    }
    const reaction = reactions.get(reader)?.deref();
    if (!reaction) {
      tracking.clear(reader);
    } else if (reaction.synchronous) {
      runReaction(reader);
    } else {
      (reaction.computed ? dirtyComputed : dirtyMonitors).add(reader);
      if (reaction.computed) {
        reaction.invalidate();
      }
      schedule();
    }
  });

  // How many monitors are running, one inside the other.
  let monitors = 0;
  function runReaction(id) {
    const reaction = reactions.get(id)?.deref();
    const monitor = reaction && !reaction.computed ? 1 : 0;
    monitors += monitor;
    process.guest(() => reaction?.run());
    monitors -= monitor;
  }

  function schedule() {
    if (!waiting) {
      waiting = true;
      Promise.resolve().then(() => {
        waiting = false;
        settle();
      });
    }
  }

  const oldestFirst = (ids) => [...ids].sort((one, other) => other - one);

  // Runs computed properties and then monitors until none is dirty. A computed property that gives another value makes its
  // readers dirty, so all of those come before the first monitor.
  let settling = false;
  function settle() {
    if (settling) {
      return;
    }
    settling = true;
    try {
      for (let round = 0; round < MONITOR_ROUNDS && dirtyComputed.size + dirtyMonitors.size > 0; round++) {
        const queue = dirtyComputed.size > 0 ? dirtyComputed : dirtyMonitors;
        const batch = oldestFirst(queue);
        queue.clear();
        for (const id of batch) {
          runReaction(id);
        }
      }
      if (dirtyComputed.size + dirtyMonitors.size > 0) {
        dirtyComputed.clear();
        dirtyMonitors.clear();
        process.log(5, '@Monitor functions change what they watch, over and over; stopped');
      }
    } finally {
      settling = false;
    }
  }

  // Runs what is dirty again. Parents come before children, whose parameters they may change.
  function flush() {
    for (let round = 0; round < ROUNDS; round++) {
      settle();
      if (dirtyViews.size === 0) {
        return;
      }
      const batch = [...dirtyViews].sort((one, other) => one.id__() - other.id__());
      dirtyViews.clear();
      for (const view of batch) {
        process.guest(() => view.flushDirty__());
      }
    }
    if (dirtyViews.size > 0) {
      nodes.requestFrame();
    }
  }

  // Functions that run in each frame before the updates.
  const preludes = [];
  nodes.onFrame(() => {
    preludes.forEach((prelude) => prelude());
    flush();
  });

  return {
    markView,
    beforeUpdates: (prelude) => preludes.push(prelude),
    forgetView: (view) => dirtyViews.delete(view),
    addReaction,
    removeReaction,
    settle,
    flush,
    inMonitor: () => monitors > 0,
    isDirty: () => dirtyViews.size + dirtyComputed.size + dirtyMonitors.size > 0,
  };
})
