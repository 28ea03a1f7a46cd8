  // ---- Values -------------------------------------------------------------------------------------------------------------------

  // An object compares with == by identity, except with a primitive, where it is converted first: to a symbol nobody else has.
  const nothing = NativeSymbol();
  const hole = freeze({ __proto__: null, [symbolToPrimitive]: () => nothing });
  $.hole = hole;
  $.global = globalThis;
  $.Symbol = () => NativeSymbol();
  $.bigint = text => NativeBigInt(text);
  $.inc = value => ++value;
  $.dec = value => --value;
  $.toNumeric = value => value++;
  $.isZero = value => value === false || value === 0;
  $.isNonZero = value => value === true || (typeof value === "number" && value !== 0);

  const regExpFlags = [[1, "g"], [2, "i"], [4, "m"], [8, "s"], [16, "u"], [32, "y"], [64, "d"]];
  $.regExp = (text, bits) => {
    let flags = "";
    for (let i = 0; i < regExpFlags.length; i++) {
      if (bits & regExpFlags[i][0]) flags += regExpFlags[i][1];
    }
    return new NativeRegExp(text, flags);
  };

  /** ToPropertyKey; a number stays one, as it names the same property. */
  const toPropertyKey = value => (isObject(value) ? ownKeys({ __proto__: null, [value]: 0 })[0] : value);
  $.toPropertyKey = toPropertyKey;

  // ---- Throwing -----------------------------------------------------------------------------------------------------------------

  $.tdz = name => {
    throw new NativeReferenceError(name + " is not initialized");
  };
  $.notExists = () => typeError("Throw method is not defined");
  $.patternNonCoercible = () => typeError("objectnotcoercible");
  $.deleteSuperProperty = () => new NativeReferenceError("Can not delete super property");
  $.constAssignment = name => typeError("Assignment to const variable " + name);
  $.ifNotObject = value => {
    if (!isObject(value)) throw typeError("Inner return result is not object");
  };
  $.ifSuperNotCorrectCall = (kind, value) => {
    // The platform puts the text after a missing variable's name, which reads "undefined".
    const bound = value !== void 0 && value !== hole;
    if (kind === 0 && !bound) throw new NativeReferenceError("undefinedsub-class must call super before use 'this'");
    if (kind === 1 && bound) throw new NativeReferenceError("undefinedsuper() forbidden re-bind 'this'");
  };
  $.patchVar = index => new NativeError("hot-patch variable " + index + ": Concord does not load hot patches");

