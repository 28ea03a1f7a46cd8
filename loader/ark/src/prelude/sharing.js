  // ---- Objects that threads share -----------------------------------------------------------------------------------------------

  // A sendable object is *local* until another thread is to see it: its state is JavaScript's. Then its state moves to `outside`
  // (loader/runtime/src/sharing), and the object stays as the face of it, with a *handle* by which the natives know it.
  // A kind of sendable objects is
  //   name            how faces of it are found in other machines
  //   is(object)      whether it is one
  //   handle(object)  the handle, or undefined while it is local
  //   promote(object) makes the handle; from then on `handle` gives it
  //   fill(object, handle)  moves the state out
  //   adopt(handle, detail) a face for an object that came from elsewhere
  //   sendable        false for what threads share although it counts as an ordinary object
  // A kind without `promote` is never shared: its objects are copied.
  const outside = host ? host.sharing : void 0;
  const kinds = [];
  const kindNames = { __proto__: null };
  function defineKind(kind) {
    define(kinds, kinds.length, kind);
    kindNames[kind.name] = kind;
  }
  function kindOf(object) {
    for (let i = 0; i < kinds.length; i++) if (kinds[i].is(object)) return kinds[i];
  }
  const isSendable = value => {
    const kind = isObject(value) ? kindOf(value) : void 0;
    return kind !== void 0 && kind.sendable !== false;
  };
  $.isSendable = isSendable;
  /** Whether other threads get the object itself: sendable ones and shared buffers. */
  const isShared = value => {
    const kind = isObject(value) ? kindOf(value) : void 0;
    return kind !== void 0 && kind.promote !== void 0;
  };

  // What is to be filled yet: objects refer to each other, as deeply as they like.
  let unfilled = [];
  let filling = false;
  function share(object) {
    const kind = isObject(object) ? kindOf(object) : void 0;
    if (kind === void 0 || kind.promote === void 0) return void 0;
    const known = kind.handle(object);
    if (known !== void 0) return known;
    const handle = kind.promote(object);
    outside.bind(handle, object);
    define(unfilled, unfilled.length, { kind, object, handle });
    if (filling) return handle;
    filling = true;
    try {
      for (let i = 0; i < unfilled.length; i++) unfilled[i].kind.fill(unfilled[i].object, unfilled[i].handle);
    } finally {
      filling = false;
      unfilled = [];
    }
    return handle;
  }
  function adopt(name, module, detail, handle) {
    if (kindNames[name] === void 0 && module !== "") host.require(module);
    const kind = kindNames[name];
    if (kind === void 0) throw typeError("shared objects of the kind " + name + " are not known here");
    return kind.adopt(handle, detail);
  }
  if (outside !== void 0) outside.begin(share, adopt);

  // A shared module runs once. In other threads its text is run until its classes are there; `enough` is thrown to end that.
  const enough = freeze({ __proto__: null });
  /** What a module exports, for the other threads. Functions stay: each thread has its own. */
  function publish(module) {
    const cells = module.e;
    const handle = outside.list(outside.kind("module", "", ""), cells.length * 2);
    for (let i = 0; i < cells.length; i++) {
      const value = cells[i].v;
      if (value === hole || (typeof value === "function" && !isSendable(value))) continue;
      if (typeof value === "symbol" || (isObject(value) && share(value) === void 0)) {
        throw typeError("a shared module exports a value that is not sendable");
      }
      outside.store(handle, i * 2, true);
      outside.store(handle, i * 2 + 1, value);
    }
    return handle;
  }
  function attach(module, handle) {
    const cells = module.e;
    for (let i = 0; i < cells.length; i++) {
      if (outside.load(handle, i * 2) === true) cells[i].v = outside.load(handle, i * 2 + 1);
    }
    module.left = void 0;
  }
  $.sharing = { __proto__: null, define: defineKind, isSendable, isShared, share, outside, publish, attach, enough };

