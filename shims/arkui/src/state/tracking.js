// @concord:arkui/state/tracking: who reads what. The base of both generations of state management.
//
// A *reader* is a number: an element id (positive) or the id of a computed property or a monitor (negative). A *source* is
// something that can be read and changes: a state variable, a traced property, the length of an array. While a reader's
// function runs, every source that it reads notes the reader; when the source changes, its readers are told, and nobody else.
(function () {
  'use strict';

  // Reader id → the sources that it read when it last ran. What a reader does not read any more must not wake it.
  const sourcesOf = new Map();
  // Readers that are running, innermost last; 0 means that reads are not recorded.
  const running = [];
  let current = 0;

  // Told of every reader whose sources changed; set by the scheduler.
  let wake = () => undefined;

  class Source {
    #readers = undefined;

    // To be called by whoever gives out the value.
    read() {
      if (current === 0) {
        return;
      }
      this.#readers ??= new Set();
      if (!this.#readers.has(current)) {
        this.#readers.add(current);
        let sources = sourcesOf.get(current);
        if (!sources) {
          sources = new Set();
          sourcesOf.set(current, sources);
        }
        sources.add(this);
      }
    }

    // To be called after the value changed.
    changed() {
      if (this.#readers) {
        for (const reader of [...this.#readers]) {
          wake(reader);
        }
      }
    }

    hasReaders() {
      return this.#readers !== undefined && this.#readers.size > 0;
    }

    forget(reader) {
      this.#readers?.delete(reader);
    }
  }

  // A reader is gone, or about to run again.
  function clear(reader) {
    const sources = sourcesOf.get(reader);
    if (sources) {
      sourcesOf.delete(reader);
      for (const source of sources) {
        source.forget(reader);
      }
    }
  }

  function enter(reader) {
    running.push(current);
    current = reader;
  }

  function leave() {
    current = running.pop() ?? 0;
  }

  // Runs `f` as the function of `reader`, afresh.
  function run(reader, f) {
    clear(reader);
    enter(reader);
    try {
      return f();
    } finally {
      leave();
    }
  }

  // Runs `f` and adds what it reads to what `reader` has read.
  function extend(reader, f) {
    enter(reader);
    try {
      return f();
    } finally {
      leave();
    }
  }

  // Runs `f` without recording.
  const untracked = (f) => extend(0, f);

  return {
    Source,
    run,
    extend,
    untracked,
    clear,
    enter,
    leave,
    current: () => current,
    onWake: (f) => {
      wake = f;
    },
    // For tests: how many readers hold sources.
    size: () => sourcesOf.size,
  };
})
