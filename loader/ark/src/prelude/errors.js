  // ---- Errors -------------------------------------------------------------------------------------------------------------------

  /** How the platform names a value in a message. */
  function describe(value) {
    if (isObject(value)) return "Object";
    return typeof value === "symbol" ? "" : "" + value;
  }

  const errorPrototype = NativeError.prototype;
  function isError(value) {
    if (!isObject(value)) return false;
    for (let holder = getPrototypeOf(value); holder !== null; holder = getPrototypeOf(holder)) if (holder === errorPrototype) return true;
    return false;
  }

  // Messages of the engine and the platform's for the same failure; those with variable parts are below.
  const fixedMessages = pinned(new Map([
    [NativeTypeError.prototype, pinned(new Map([
      ["Cannot call a class constructor without |new|", "class constructor cannot called without 'new'"],
      ["Attempted to assign to readonly property.", "Cannot assign to read only property"],
      ["Attempting to define property on object that is not extensible.", "Cannot add property in prevent extensions"],
      ["Unable to delete property.", "Cannot delete property"],
      ["Conversion from 'BigInt' to 'number' is not allowed.", "Cannot convert a BigInt value to a number"],
      ["Cannot convert a symbol to a string", "Cannot convert a illegal value to a String"],
      ["Cannot convert a symbol to a number", "Cannot convert a Symbol value to a number"],
      ["Right hand side of instanceof is not an object", "InstanceOf error when type of target is not Object"],
      ["The superclass is not a constructor.", "parent class is not constructor"],
      ["The value of the superclass's prototype property is not an object or null.", "parent class have no valid prototype"],
      ["Cannot return a non-object type in the constructor of a derived class.", "Derived constructor must return object or undefined"],
      ["Generator is executing", "State is executing"],
      ["Reflect.construct requires the first argument be a constructor", "Constructor is false"],
      ["reduce of empty array with no initial value", "Reduce of empty array with no initial value"],
      ["reduceRight of empty array with no initial value", "Reduce of empty array with no initial value"],
      ["JSON.stringify cannot serialize cyclic structures.", "stack contains value, usually caused by circular structure"],
      ["Spread syntax requires ...iterable[Symbol.iterator] to be a function", "obj is not Callable"],
      ["No default value", "Cannot convert object to primitive value"],
    ]))],
    [NativeReferenceError.prototype, pinned(new Map([
      ["'super()' must be called in derived constructor before accessing |this| or returning non-object.", "undefinedsub-class must call super before use 'this'"],
      ["'super()' can't be called more than once in a constructor.", "undefinedsuper() forbidden re-bind 'this'"],
    ]))],
    [NativeRangeError.prototype, pinned(new Map([
      ["Maximum call stack size exceeded.", "Stack overflow!"],
      ["Array length must be a positive integer of safe magnitude.", "Invalid array length"],
      ["Invalid array length", "Invalid array length"],
      ["0 is an invalid divisor value.", "Division by zero"],
      ["toString() radix argument must be between 2 and 36", "radix must be 2 to 36"],
      ["toFixed() argument must be between 0 and 100", "fraction must be 0 to 100"],
    ]))],
  ]));
  const typeErrorPrototype = NativeTypeError.prototype;
  const referenceErrorPrototype = NativeReferenceError.prototype;

  const notObject = " is not an object (evaluating '";
  const notFunction = / is not a function\. \(In '[^]*' is ([^]*)\)$/;

  /** The platform's text for a message of the engine, or undefined when it is nobody's but the program's. */
  function platformMessage(prototype, fixed, message) {
    const known = fixed.get(message);
    if (known !== void 0) return known;
    if (prototype === referenceErrorPrototype) {
      const prefix = "Can't find variable: ";
      return startsWith(message, prefix) ? slice(message, prefix.length) + " is not defined" : void 0;
    }
    if (prototype !== typeErrorPrototype) return void 0;
    if (startsWith(message, "Invalid mix of BigInt and other type")) return "Cannot mix BigInt and other types, use explicit conversions";
    if (startsWith(message, "Cannot access invalid private field") || startsWith(message, "Cannot access private method or acessor")) {
      return "invalid or cannot find private key";
    }
    if (startsWith(message, "Cannot redefine existing private field")) return "invalid private key or already exists";
    if (startsWith(message, "undefined is not a function (near '")) {
      return indexOf(message, " of ") >= 0 ? "Inner return result is not object" : "undefined is not callable";
    }
    if (endsWith(message, "callback must be a function")) return "the callbackfun is not callable.";
    if (!endsWith(message, ")")) return void 0;
    const at = indexOf(message, notObject);
    if (at === 9 || at === 4) {
      const subject = slice(message, 0, at);
      if (subject === "undefined" || subject === "null") return nullishAccess(subject, slice(message, at + notObject.length, -2));
    }
    if (indexOf(message, " is not a constructor (evaluating '") >= 0) return "Constructor is false";
    if (indexOf(message, " is not an Object. (evaluating '") >= 0) return "Cannot use 'in' operator in Non-Object";
    if (indexOf(message, " is not a function. (evaluating '") >= 0) return "InstanceOf error when target is not Callable";
    const call = regExpExec(notFunction, message);
    if (call !== null) return valueText(call[1]) + " is not callable";
    return void 0;
  }
  /** The platform's name for a value that the engine has described. */
  function valueText(text) {
    const first = charCodeAt(text, 0);
    if (first === 34) return slice(text, 1, -1);
    const plain = text === "undefined" || text === "null" || text === "true" || text === "false";
    // Numbers start with a digit or a sign, or are Infinity and NaN, which start with capitals.
    return plain || (first >= 45 && first <= 57) || first === 73 || first === 78 ? text : "Object";
  }
  /** Access to a member of undefined or null, from the text of the expression that failed. */
  function nullishAccess(subject, expression) {
    let depth = 0;
    let member = -1;
    let store = false;
    scan: for (let i = 0; i < expression.length; i++) {
      const c = charCodeAt(expression, i);
      switch (c) {
        case 34: case 39: case 96: // Quotes: skip the string.
          for (i++; i < expression.length && charCodeAt(expression, i) !== c; i++) if (charCodeAt(expression, i) === 92) i++;
          break;
        case 40: case 123: depth++; break;
        case 91:
          if (depth++ === 0) member = i;
          break;
        case 41: case 93: case 125: depth--; break;
        case 46:
          if (depth === 0) member = i;
          break;
        case 61:
          if (depth === 0) {
            store = true;
            expression = slice(expression, 0, i);
            break scan;
          }
      }
    }
    // Only for…of and spread fail on a value itself.
    if (member < 0 || endsWith(expression, ")")) return "Cannot read property Symbol(Symbol.iterator) of " + subject;
    while (endsWith(expression, " ")) expression = slice(expression, 0, -1);
    const computed = charCodeAt(expression, member) === 91;
    let name = slice(expression, member + 1);
    if (computed) {
      const key = slice(name, 0, -1);
      const quoted = charCodeAt(key, 0) === 34 && lastIndexOf(key, '"') === key.length - 1;
      if (!quoted) return store ? "Cannot store property of null or undefined" : "Cannot load property of null or undefined";
      name = slice(key, 1, -1);
    }
    return store ? "Obj is not a Valid object" : "Cannot read property " + name + " of " + subject;
  }

  $.caught = error => {
    if (typeof error !== "object" || error === null) return error;
    const prototype = getPrototypeOf(error);
    const fixed = fixedMessages.get(prototype);
    if (fixed === void 0 || !hasOwn(error, "message")) return error;
    const message = error.message;
    if (typeof message !== "string") return error;
    const text = platformMessage(prototype, fixed, message);
    if (text !== void 0 && text !== message) defineProperty(error, "message", { __proto__: null, value: text });
    return error;
  };
  $.message = object => {
    const message = object.message;
    return typeof message === "string" && typeof object === "object" ? $.caught(object).message : message;
  };
  $.stack = object => {
    const stack = object.stack;
    return typeof stack === "string" && host && host.mapStack && isError(object) ? host.mapStack(object) : stack;
  };

