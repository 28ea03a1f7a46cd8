  // ---- Built-ins where the engine differs from the platform -------------------------------------------------------------------------

  // Release builds of the platform carry no source text.
  const nativeSuffix = "[native code]\n}";
  builtin(functionPrototype, "toString", {
    toString() {
      if (typeof this !== "function") throw typeError("function.toString() target is incompatible object");
      const text = functionToString(this);
      if (builtins.has(this)) return "function " + this.name + "() { [native code] }";
      if (!endsWith(text, nativeSuffix)) return "Cannot get source code";
      const name = getOwnPropertyDescriptor(this, "name");
      if (name !== void 0 && typeof name.value === "string" && startsWith(name.value, "bound ")) return "function () { [native code] }";
      return slice(text, 0, indexOf(text, "(")) + "() { [native code] }";
    },
  }.toString);

  // One more step of Newton's method: the engine's result may be off by a unit in the last place where the root is exact.
  const nativeCbrt = Math.cbrt;
  const isFinite = globalThis.isFinite;
  builtin(Math, "cbrt", {
    cbrt(value) {
      const x = +value;
      const root = nativeCbrt(x);
      return root === 0 || !isFinite(root) ? root : root - (root - x / (root * root)) / 3;
    },
  }.cbrt);

  // The engine gives comparators that return booleans a meaning of their own.
  const withNumbers = comparator => (a, b) => {
    const order = comparator(a, b);
    return typeof order === "boolean" ? +order : order;
  };
  for (const prototype of [arrayPrototype, getPrototypeOf(Int8Array.prototype)]) {
    const { sort, toSorted } = prototype;
    builtin(prototype, "sort", {
      sort(comparator) {
        return apply(sort, this, [typeof comparator === "function" ? withNumbers(comparator) : comparator]);
      },
    }.sort);
    if (toSorted !== void 0) {
      builtin(prototype, "toSorted", {
        toSorted(comparator) {
          return apply(toSorted, this, [typeof comparator === "function" ? withNumbers(comparator) : comparator]);
        },
      }.toSorted);
    }
  }

  return $;
})
