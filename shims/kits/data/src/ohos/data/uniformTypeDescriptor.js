// @ohos:data.uniformTypeDescriptor
(function (host, system) {
  'use strict';

  const { types, constants } = system.require('@concord:uniform/types');
  const FLEXIBLE = 'flex.';
  const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
  const MOST = 127;
  const EVERYTHING = 'general.object';

  function invalid(what) {
    throw new system.BusinessError(401, `Parameter error. ${what}`);
  }

  // --- types that nobody has declared: their id says what is known of them

  const isFlexible = (typeId) => typeId.startsWith(FLEXIBLE);

  function encode(text) {
    let result = '';
    let value = 0;
    let bits = 0;
    for (const char of text) {
      value = ((value << 8) | (char.charCodeAt(0) & 0xff)) & 0xffff;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        result += ALPHABET[(value >> bits) & 31];
      }
    }
    return bits > 0 ? result + ALPHABET[(value << (5 - bits)) & 31] : result;
  }

  function decode(text) {
    let result = '';
    let value = 0;
    let bits = 0;
    for (const char of text) {
      const index = ALPHABET.indexOf(char);
      if (index < 0) continue;
      value = ((value << 5) | index) & 0xffff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        result += String.fromCharCode((value >> bits) & 0xff);
      }
    }
    return result;
  }

  // The attributes by number: 2 is the type above, 3 the MIME type, 4 the extension.
  function flexible(belongsTo, mimeType, extension) {
    const parts = [];
    if (belongsTo !== undefined) parts.push(`2=${belongsTo}`);
    const rest = mimeType !== undefined ? `:3=${mimeType}` : `:4=${extension}`;
    return FLEXIBLE + encode(`?${parts.join('')}${rest}`);
  }

  function fromFlexible(typeId) {
    const text = decode(typeId.slice(FLEXIBLE.length));
    if (!text.startsWith('?') || !text.includes('=')) return null;
    const made = { typeId, belongingToTypes: [], filenameExtensions: [], mimeTypes: [] };
    for (const [name, value, ...more] of text.split(':').map((part) => part.split('='))) {
      if (value === undefined || more.length > 0) continue;
      if (value.length > MOST) return null;
      if (name.includes('2')) made.belongingToTypes.push(value);
      else if (name.includes('3')) made.mimeTypes.push(value);
      else if (name.includes('4')) made.filenameExtensions.push(value);
    }
    return made;
  }

  /** Whether `lower` is below `higher` in the tree. */
  function isBelow(lower, higher) {
    const parents = types.get(lower)?.belongingToTypes ?? [];
    return parents.some((parent) => parent === higher || isBelow(parent, higher));
  }

  class TypeDescriptor {
    #kind;

    constructor(kind) {
      this.#kind = kind;
    }

    get typeId() { return this.#kind.typeId; }
    get belongingToTypes() { return [...this.#kind.belongingToTypes]; }
    get description() { return this.#kind.description ?? ''; }
    get referenceURL() { return this.#kind.referenceURL ?? ''; }
    get iconFile() { return this.#kind.iconFile ?? ''; }
    get filenameExtensions() { return [...this.#kind.filenameExtensions]; }
    get mimeTypes() { return [...this.#kind.mimeTypes]; }

    static #known(type) {
      if (typeof type !== 'string') invalid('The type of type must be string.');
      if (!types.has(type) && !isFlexible(type)) invalid('The type is none of the system.');
      return type;
    }

    #isBelow(type) {
      if (!isFlexible(this.typeId)) return isBelow(this.typeId, type);
      return this.#kind.belongingToTypes.some((parent) => parent === type || isBelow(parent, type));
    }

    belongsTo(type) {
      return TypeDescriptor.#known(type) === this.typeId || this.#isBelow(type);
    }

    isLowerLevelType(type) { return this.#isBelow(TypeDescriptor.#known(type)); }

    isHigherLevelType(type) {
      return !isFlexible(this.typeId) && isBelow(TypeDescriptor.#known(type), this.typeId);
    }

    equals(typeDescriptor) {
      if (typeof typeDescriptor !== 'object' || typeDescriptor === null || !(#kind in typeDescriptor)) {
        invalid('The type of typeDescriptor must be TypeDescriptor.');
      }
      return typeDescriptor.typeId === this.typeId;
    }
  }

  function getTypeDescriptor(typeId) {
    if (typeof typeId !== 'string') invalid('The type of typeId must be string.');
    const kind = types.get(typeId) ?? (isFlexible(typeId) ? fromFlexible(typeId) : null);
    return kind === null ? null : new TypeDescriptor(kind);
  }

  // --- by name and MIME type

  function index(member) {
    const found = new Map();
    for (const [typeId, kind] of types) {
      for (const text of kind[member]) {
        const key = text.toLowerCase();
        const list = found.get(key);
        if (list === undefined) found.set(key, [typeId]);
        else list.push(typeId);
      }
    }
    return found;
  }

  const byExtension = index('filenameExtensions');
  const byMimeType = index('mimeTypes');

  function wanted(given, name, belongsTo) {
    if (typeof given !== 'string' || given === '') invalid(`The type of ${name} must be string.`);
    if (belongsTo !== undefined && (typeof belongsTo !== 'string' || !types.has(belongsTo))) invalid('The belongsTo is none of the types of the system.');
    return given.toLowerCase();
  }

  function all(found, key, belongsTo) {
    const list = found.get(key) ?? [];
    return belongsTo === undefined || belongsTo === EVERYTHING ? list : list.filter((typeId) => typeId === belongsTo || isBelow(typeId, belongsTo));
  }

  function extensionTypes(filenameExtension, belongsTo) {
    const key = wanted(filenameExtension, 'filenameExtension', belongsTo);
    const found = all(byExtension, key, belongsTo);
    if (found.length > 0) return [...found];
    if (!/^\.[^?:=\\]*$/.test(key)) invalid('The filenameExtension is not valid.');
    return [flexible(belongsTo, undefined, key)];
  }

  function mimeTypes(mimeType, belongsTo) {
    const key = wanted(mimeType, 'mimeType', belongsTo);
    const found = all(byMimeType, key, belongsTo);
    if (found.length > 0) return [...found];
    if (/[?:=\\]/.test(key)) invalid('The mimeType is not valid.');
    return [flexible(belongsTo, key)];
  }

  return {
    UniformDataType: constants, TypeDescriptor, getTypeDescriptor,
    getUniformDataTypeByFilenameExtension: (extension, belongsTo) => extensionTypes(extension, belongsTo)[0],
    getUniformDataTypesByFilenameExtension: extensionTypes,
    getUniformDataTypeByMIMEType: (mimeType, belongsTo) => mimeTypes(mimeType, belongsTo)[0],
    getUniformDataTypesByMIMEType: mimeTypes,
  };
})
