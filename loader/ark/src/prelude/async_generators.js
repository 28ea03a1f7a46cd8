  // ---- Async generators ---------------------------------------------------------------------------------------------------------

  const START = 1, YIELD = 2, EXECUTING = 3, COMPLETED = 4, AWAITING_RETURN = 5;
  const RETURN_MODE = 0, THROW_MODE = 1, NEXT_MODE = 2;
  const AWAIT = 0, RESOLVE = 1, REJECT = 2;
  const innerNext = uncurry(GeneratorPrototype.next);
  const innerThrow = uncurry(GeneratorPrototype.throw);

  class AsyncGeneratorState {
    constructor() {
      this.state = START;
      this.inner = void 0;
      // Why the body suspended last, and for RESOLVE whether that was its result.
      this.op = AWAIT;
      this.done = false;
      this.mode = NEXT_MODE;
      this.first = void 0;
      this.last = void 0;
    }
  }
  class AsyncGeneratorSlot extends itself {
    #state;
    constructor(object, state) {
      super(object);
      this.#state = state;
    }
    static get(object) {
      return isObject(object) && #state in object ? object.#state : void 0;
    }
  }
  const stateOf = AsyncGeneratorSlot.get;

  $.asyncGeneratorFunction = (func, length) => asGeneratorFunction(func, length, AsyncGeneratorFunctionPrototype, AsyncGeneratorPrototype);
  $.asyncGenerator = (func, body, receiver) => {
    const generator = create(prototypeOr(func, AsyncGeneratorPrototype));
    const state = new AsyncGeneratorState();
    new AsyncGeneratorSlot(generator, state);
    state.inner = invoke1(body, receiver, generator);
    return generator;
  };
  $.asyncGeneratorResolve = (generator, value, done) => {
    const state = stateOf(generator);
    state.op = RESOLVE;
    state.done = done;
    return value;
  };
  $.asyncGeneratorReject = (generator, reason) => {
    stateOf(generator).op = REJECT;
    return reason;
  };
  $.setGeneratorState = (generator, value) => {
    stateOf(generator).state = value;
  };
  $.resumeMode = generator => stateOf(generator).mode;

  function enqueue(generator, mode, value, name, native, args) {
    const state = stateOf(generator);
    if (state === void 0) return apply(native, generator, args);
    return new NativePromise((resolve, reject) => {
      const request = { mode, value, resolve, reject, next: void 0 };
      if (state.last === void 0) state.first = request;
      else state.last.next = request;
      state.last = request;
      if (state.state !== EXECUTING) resumeNext(state);
    });
  }
  function takeRequest(state) {
    const request = state.first;
    state.first = request.next;
    if (state.first === void 0) state.last = void 0;
    return request;
  }
  /** Serves requests until the body runs, waits, or there is none. A loop, so that long queues do not recurse. */
  function resumeNext(state) {
    while (state.state !== AWAITING_RETURN && state.state !== EXECUTING && state.first !== void 0) {
      const request = state.first;
      if (request.mode !== NEXT_MODE && state.state === START) state.state = COMPLETED;
      if (state.state === COMPLETED) {
        if (request.mode === RETURN_MODE) {
          state.state = AWAITING_RETURN;
          awaitReturn(state, request.value);
          return;
        }
        takeRequest(state);
        if (request.mode === THROW_MODE) request.reject(request.value);
        else request.resolve({ value: void 0, done: true });
        continue;
      }
      state.state = EXECUTING;
      state.mode = request.mode;
      run(state, innerNext, request.value);
    }
  }
  async function awaitReturn(state, value) {
    let result;
    try {
      result = await value;
    } catch (reason) {
      state.state = COMPLETED;
      takeRequest(state).reject(reason);
      resumeNext(state);
      return;
    }
    state.state = COMPLETED;
    takeRequest(state).resolve({ value: result, done: true });
    resumeNext(state);
  }
  /** Runs the body to its next suspension and acts on that. */
  function run(state, resume, value) {
    let result;
    state.op = AWAIT;
    try {
      result = resume(state.inner, value);
    } catch (error) {
      state.state = COMPLETED;
      takeRequest(state).reject(error);
      return;
    }
    if (state.op === RESOLVE) {
      if (state.state === EXECUTING) state.state = state.done ? COMPLETED : YIELD;
      takeRequest(state).resolve({ value: result.value, done: state.done });
    } else if (state.op === REJECT) {
      state.state = COMPLETED;
      takeRequest(state).reject(result.value);
    } else if (result.done) {
      state.state = COMPLETED;
      takeRequest(state).resolve({ value: result.value, done: true });
    } else {
      awaitValue(state, result.value);
    }
  }
  async function awaitValue(state, value) {
    let result;
    try {
      result = await value;
    } catch (reason) {
      run(state, innerThrow, reason);
      resumeNext(state);
      return;
    }
    run(state, innerNext, result);
    resumeNext(state);
  }
  const nativeAsyncNext = AsyncGeneratorPrototype.next;
  const nativeAsyncReturn = AsyncGeneratorPrototype.return;
  const nativeAsyncThrow = AsyncGeneratorPrototype.throw;
  const asyncGeneratorMethods = {
    next(value) {
      return enqueue(this, NEXT_MODE, value, "next", nativeAsyncNext, arguments);
    },
    return(value) {
      return enqueue(this, RETURN_MODE, value, "return", nativeAsyncReturn, arguments);
    },
    throw(value) {
      return enqueue(this, THROW_MODE, value, "throw", nativeAsyncThrow, arguments);
    },
  };
  builtin(AsyncGeneratorPrototype, "next", asyncGeneratorMethods.next);
  builtin(AsyncGeneratorPrototype, "return", asyncGeneratorMethods.return);
  builtin(AsyncGeneratorPrototype, "throw", asyncGeneratorMethods.throw);

