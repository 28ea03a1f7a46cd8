// @concord:resources: resource managers of modules.
(function (host, system) {
  'use strict';
  const process = system.require('@concord:process');
  const { info, configuration } = process;
  const BusinessError = system.BusinessError;

  const MESSAGES = {
    401: 'Parameter error.',
    9001001: 'Invalid resource ID.',
    9001002: 'No matching resource is found based on the resource ID.',
    9001003: 'Invalid resource name.',
    9001004: 'No matching resource is found based on the resource name.',
    9001005: 'Invalid relative path.',
    9001006: 'The resource is referenced cyclically.',
    9001007: 'Failed to format the resource obtained based on the resource ID.',
    9001008: 'Failed to format the resource obtained based on the resource name.',
    9001009: 'Failed to access the system resource.',
    9001010: 'Invalid overlay path.',
  };
  const fail = (code, detail) => new BusinessError(code, detail ? `${MESSAGES[code]} ${detail}` : MESSAGES[code]);

  const DEVICE_TYPES = { phone: 0, tablet: 1, car: 2, tv: 4, wearable: 6, '2in1': 7 };
  // Texts of system resources that apps are known to ask for. The device has thousands; most concern its own pages.
  const SYSTEM_STRINGS = new Map([[0x07800279, 'Access the network']]);
  // The platform's blue, light and dark. People who have chosen an accent on their desktop see that instead.
  const BLUE = /^#([0-9a-f]{2})?(007dff|006cde|0a59f7|317af7|3f97e9)$/i;
  function accented(known) {
    const { accent } = info.device;
    return accent && known?.kind === 'color' ? { ...known, value: known.value.replace(BLUE, (all, alpha = 'ff') => `#${alpha}${accent}`) } : known;
  }
  const isSystem = (id) => id >= 0x07000000 && id < 0x08000000;

  // Configuration objects of resource managers: `locale` has underscores there.
  function deviceConfiguration() {
    return {
      direction: configuration.direction,
      locale: configuration.language.replace(/-/g, '_'),
      deviceType: DEVICE_TYPES[info.device.deviceType] ?? 0,
      screenDensity: configuration.screenDensity,
      colorMode: configuration.colorMode === 0 ? 0 : 1,
      mcc: Number(configuration.mcc) || 0,
      mnc: Number(configuration.mnc) || 0,
    };
  }

  // `%d %s %f`, with or without a position; `%%`. Gives undefined when an argument is missing or of a wrong type.
  function format(text, args) {
    let next = 0;
    let wrong = false;
    const result = text.replace(/%%|%(?:(\d+)\$)?([dsf])/g, (whole, position, kind) => {
      if (whole === '%%') {
        return '%';
      }
      const value = args[position === undefined ? next++ : Number(position) - 1];
      if (kind === 's' ? typeof value !== 'string' : typeof value !== 'number') {
        wrong = true;
        return whole;
      }
      return kind === 'd' ? String(Math.trunc(value)) : String(value);
    });
    return wrong ? undefined : result;
  }

  function parseColor(text) {
    const hex = /^#([0-9a-fA-F]{3,8})$/.exec(text)?.[1];
    switch (hex?.length) {
      case 3:
        return parseInt(`ff${hex.replace(/./g, '$&$&')}`, 16);
      case 4:
        return parseInt(hex.replace(/./g, '$&$&'), 16);
      case 6:
        return parseInt(`ff${hex}`, 16);
      case 8:
        return parseInt(hex, 16);
      default:
        return undefined;
    }
  }

  // Integers as they are; floats with a unit in pixels, as on the device.
  function parseNumber(text) {
    const parts = /^\s*(-?[\d.]+(?:e[-+]?\d+)?)\s*(vp|fp|px|lpx)?\s*$/i.exec(text);
    if (!parts) {
      return undefined;
    }
    const value = Number(parts[1]);
    switch (parts[2]?.toLowerCase()) {
      case 'vp':
        return value * info.device.density;
      case 'fp':
        return value * info.device.density * configuration.fontSizeScale;
      default:
        return value;
    }
  }

  const MIME = { png: 'png', jpg: 'jpeg', jpeg: 'jpeg', gif: 'gif', svg: 'svg+xml', webp: 'webp', bmp: 'bmp', ico: 'x-icon' };

  // `type` of resource objects.
  const PLURAL = 10004;
  const RAW_FILE = 30000;
  const COMPONENT_KINDS = ['string', 'color', 'float', 'integer', 'boolean', 'media', 'strarray', 'intarray', 'symbol', 'pattern'];

  const isResource = (value) => value !== null && typeof value === 'object' && ('id' in value || 'params' in value);

  class ResourceManager {
    #module;
    #override;

    constructor(module, override) {
      this.#module = module;
      this.#override = override;
    }

    #configuration() {
      return { ...deviceConfiguration(), ...this.#override };
    }

    // Finds a value. `key` is an id, a Resource object or, when `byName`, a name. `read` makes the result of what is
    // stored and gives undefined when that is not possible.
    #find(kinds, key, byName, read, density) {
      let module = this.#module;
      let wanted = key;
      let named = byName;
      if (!byName && isResource(key)) {
        if (typeof key.moduleName === 'string' && process.modules.has(key.moduleName)) {
          module = key.moduleName;
        }
        wanted = key.id;
        // A name that was computed while running: `$r(`app.string.${x}`)`.
        if (wanted === -1 && typeof key.params?.[0] === 'string') {
          const system = /^sys\.(\w+)\.(.+)$/.exec(key.params[0]);
          const known = system && accented(host.systemNamed(system[1], system[2], this.#configuration().colorMode === 0));
          if (known && kinds.includes(known.kind)) {
            return read(known.value, '', known.kind);
          }
          wanted = key.params[0].split('.').slice(2).join('.');
          named = true;
        }
      }
      if (named ? typeof wanted !== 'string' || wanted === '' : typeof wanted !== 'number') {
        throw fail(401, named ? 'The resource name must be a string.' : 'The resource must be an id or a Resource.');
      }
      if (!named && isSystem(wanted)) {
        return this.#system(kinds, wanted, read);
      }
      const config = this.#configuration();
      if (density) {
        config.screenDensity = density;
      }
      const found = host.lookup(module, kinds, wanted, config.locale, config.colorMode, config.screenDensity,
        config.direction, config.deviceType, config.mcc, config.mnc);
      if (typeof found === 'number') {
        throw fail(named ? NAME_CODES[found] ?? found : found, named ? wanted : `id ${wanted}`);
      }
      const result = read(found.value, module, found.kind);
      if (result === undefined) {
        throw fail(named ? 9001004 : 9001002, `${found.kind} ${named ? wanted : `id ${wanted}`}`);
      }
      return result;
    }

    #system(kinds, id, read) {
      const known = accented(host.system(id, this.#configuration().colorMode === 0));
      if (known && kinds.includes(known.kind)) {
        return read(known.value, '', known.kind);
      }
      const text = kinds.includes('string') ? SYSTEM_STRINGS.get(id) : undefined;
      if (text === undefined) {
        system.report('@ohos:resourceManager:system resources');
        throw fail(9001001, `There is no system resource 0x${id.toString(16)}.`);
      }
      return read(text, '', 'string');
    }

    // Formats with the arguments of the call, or with those of the Resource object.
    #text(key, byName, args) {
      const given = args.length > 0 || byName || !isResource(key) || key.id === -1 ? args : key.params ?? [];
      return this.#find(['string'], key, byName, (text) => this.#format(text, given, byName));
    }

    #format(text, args, byName) {
      if (args.length === 0) {
        return text;
      }
      const result = format(text, args);
      if (result === undefined) {
        throw fail(byName ? 9001008 : 9001007);
      }
      return result;
    }

    #plural(key, byName, count, args) {
      if (typeof count !== 'number') {
        throw fail(401, 'The quantity must be a number.');
      }
      const category = pluralCategory(this.#configuration().locale, count);
      // The list holds a category and its text in turn.
      const textOf = (list, wanted) => list[list.findIndex((entry, index) => index % 2 === 0 && entry === wanted) + 1];
      return this.#find(['plural'], key, byName, (list) => {
        const has = (wanted) => list.some((entry, index) => index % 2 === 0 && entry === wanted);
        const chosen = [category, 'other'].find(has);
        return chosen === undefined ? undefined : this.#format(textOf(list, chosen), args, byName);
      });
    }

    #media(key, byName, density) {
      return this.#find(['media'], key, byName, (path, module) => {
        const bytes = host.readMedia(module, path);
        return bytes && { bytes, path };
      }, density);
    }

    #base64(key, byName, density) {
      const { bytes, path } = this.#media(key, byName, density);
      const type = MIME[path.slice(path.lastIndexOf('.') + 1).toLowerCase()] ?? 'png';
      return `data:image/${type};base64,${host.base64(bytes)}`;
    }

    #color(key, byName) {
      return this.#find(['color'], key, byName, parseColor);
    }

    #raw(path) {
      if (typeof path !== 'string') {
        throw fail(401, 'The path must be a string.');
      }
      const bytes = host.readRaw(this.#module, path);
      if (bytes === undefined) {
        throw fail(9001005, path);
      }
      return bytes;
    }

    // What a component is told by `$r(…)`: a number, a text (floats keep their unit), a list, or `{module, path}` of a file.
    static forComponent(manager, resource) {
      const args = (resource.params ?? []).slice(resource.id === -1 ? 1 : 0);
      switch (resource.type) {
        case RAW_FILE:
          return { module: resource.moduleName, path: `rawfile/${resource.params?.[0]}` };
        case PLURAL:
          return manager.#plural(resource, false, Number(args[0]), args);
        default:
          return manager.#find(COMPONENT_KINDS, resource, false, (value, module, kind) => {
            switch (kind) {
              case 'media':
                return { module, path: value };
              case 'color':
                return parseColor(value);
              case 'string':
                return format(value, args) ?? value;
              case 'boolean':
                return value === 'true';
              case 'integer':
              case 'symbol':
                return Number(value);
              default:
                return value;
            }
          });
      }
    }

    // What native code needs to look things up by itself.
    static describe(manager) {
      return { ...manager.#configuration(), module: manager.#module, density: info.device.density, fontScale: configuration.fontSizeScale };
    }

    // The bytes of a file that `forComponent` named.
    static fileOf({ module, path }) {
      return path.startsWith('rawfile/') ? host.readRaw(module, path.slice('rawfile/'.length)) : host.readMedia(module, path);
    }

    // --- Text ---

    getString(id, callback) {
      return system.async(() => this.#text(id, false, []), callback);
    }

    getStringValue(key, callback) {
      return system.async(() => this.#text(key, false, []), callback);
    }

    getStringByName(name, callback) {
      return system.async(() => this.#text(name, true, []), callback);
    }

    getStringSync(key, ...args) {
      return this.#text(key, false, args);
    }

    getStringByNameSync(name, ...args) {
      return this.#text(name, true, args);
    }

    getStringArray(id, callback) {
      return system.async(() => this.getStringArrayValueSync(id), callback);
    }

    getStringArrayValue(key, callback) {
      return system.async(() => this.getStringArrayValueSync(key), callback);
    }

    getStringArrayByName(name, callback) {
      return system.async(() => this.getStringArrayByNameSync(name), callback);
    }

    getStringArrayValueSync(key) {
      return this.#find(['strarray'], key, false, (list) => list);
    }

    getStringArrayByNameSync(name) {
      return this.#find(['strarray'], name, true, (list) => list);
    }

    // --- Plurals ---

    getPluralString(id, count, callback) {
      return system.async(() => this.#plural(id, false, count, [count]), callback);
    }

    getPluralStringValue(key, count, callback) {
      return system.async(() => this.#plural(key, false, count, [count]), callback);
    }

    getPluralStringByName(name, count, callback) {
      return system.async(() => this.#plural(name, true, count, [count]), callback);
    }

    getPluralStringValueSync(key, count) {
      return this.#plural(key, false, count, [count]);
    }

    getPluralStringByNameSync(name, count) {
      return this.#plural(name, true, count, [count]);
    }

    getIntPluralStringValueSync(key, count, ...args) {
      return this.#plural(key, false, Math.trunc(count), args);
    }

    getIntPluralStringByNameSync(name, count, ...args) {
      return this.#plural(name, true, Math.trunc(count), args);
    }

    getDoublePluralStringValueSync(key, count, ...args) {
      return this.#plural(key, false, count, args);
    }

    getDoublePluralStringByNameSync(name, count, ...args) {
      return this.#plural(name, true, count, args);
    }

    // --- Numbers, booleans, colours, symbols ---

    getBoolean(key) {
      return this.#find(['boolean'], key, false, (text) => text === 'true');
    }

    getBooleanByName(name) {
      return this.#find(['boolean'], name, true, (text) => text === 'true');
    }

    getNumber(key) {
      return this.#find(['integer', 'float'], key, false, parseNumber);
    }

    getNumberByName(name) {
      return this.#find(['integer', 'float'], name, true, parseNumber);
    }

    getInt(id) {
      return this.#find(['integer'], id, false, parseNumber);
    }

    getIntByName(name) {
      return this.#find(['integer'], name, true, parseNumber);
    }

    getDouble(id) {
      return this.#find(['float'], id, false, parseNumber);
    }

    getDoubleByName(name) {
      return this.#find(['float'], name, true, parseNumber);
    }

    getColor(key, callback) {
      return system.async(() => this.#color(key, false), callback);
    }

    getColorByName(name, callback) {
      return system.async(() => this.#color(name, true), callback);
    }

    getColorSync(key) {
      return this.#color(key, false);
    }

    getColorByNameSync(name) {
      return this.#color(name, true);
    }

    getSymbol(key) {
      return this.#find(['symbol'], key, false, (text) => Number(text));
    }

    getSymbolByName(name) {
      return this.#find(['symbol'], name, true, (text) => Number(text));
    }

    // --- Media ---

    getMedia(id, callback) {
      return system.async(() => this.#media(id, false).bytes, callback);
    }

    getMediaContent(key, first, second) {
      const [density, callback] = optionalNumber(first, second);
      return system.async(() => this.#media(key, false, density).bytes, callback);
    }

    getMediaByName(name, first, second) {
      const [density, callback] = optionalNumber(first, second);
      return system.async(() => this.#media(name, true, density).bytes, callback);
    }

    getMediaContentSync(key, density) {
      return this.#media(key, false, density).bytes;
    }

    getMediaByNameSync(name, density) {
      return this.#media(name, true, density).bytes;
    }

    getMediaBase64(id, callback) {
      return system.async(() => this.#base64(id, false), callback);
    }

    getMediaContentBase64(key, first, second) {
      const [density, callback] = optionalNumber(first, second);
      return system.async(() => this.#base64(key, false, density), callback);
    }

    getMediaBase64ByName(name, first, second) {
      const [density, callback] = optionalNumber(first, second);
      return system.async(() => this.#base64(name, true, density), callback);
    }

    getMediaContentBase64Sync(key, density) {
      return this.#base64(key, false, density);
    }

    getMediaBase64ByNameSync(name, density) {
      return this.#base64(name, true, density);
    }

    getDrawableDescriptor(key, density) {
      const { bytes, path } = this.#media(key, false, density);
      return new DrawableDescriptor(bytes, path);
    }

    getDrawableDescriptorByName(name, density) {
      const { bytes, path } = this.#media(name, true, density);
      return new DrawableDescriptor(bytes, path);
    }

    // --- Raw files ---

    getRawFile(path, callback) {
      return system.async(() => this.#raw(path), callback);
    }

    getRawFileContent(path, callback) {
      return system.async(() => this.#raw(path), callback);
    }

    getRawFileContentSync(path) {
      return this.#raw(path);
    }

    getRawFdSync(path) {
      const length = this.#raw(path).length;
      return { fd: host.openRaw(this.#module, path), offset: 0, length };
    }

    getRawFd(path, callback) {
      return system.async(() => this.getRawFdSync(path), callback);
    }

    getRawFileDescriptor(path, callback) {
      return this.getRawFd(path, callback);
    }

    closeRawFdSync(path) {
      if (!host.closeRaw(this.#module, String(path))) {
        throw fail(9001005, path);
      }
    }

    closeRawFd(path, callback) {
      return system.async(() => this.closeRawFdSync(path), callback);
    }

    closeRawFileDescriptor(path, callback) {
      return this.closeRawFd(path, callback);
    }

    getRawFileListSync(path) {
      if (typeof path !== 'string') {
        throw fail(401, 'The path must be a string.');
      }
      const list = host.listRaw(this.#module, path);
      if (list.length === 0 && path !== '') {
        throw fail(9001005, path);
      }
      return list;
    }

    getRawFileList(path, callback) {
      return system.async(() => this.getRawFileListSync(path), callback);
    }

    isRawDir(path) {
      if (typeof path !== 'string') {
        throw fail(401, 'The path must be a string.');
      }
      if (host.listRaw(this.#module, path).length > 0) {
        return true;
      }
      this.#raw(path);
      return false;
    }

    // --- Configuration ---

    getConfigurationSync() {
      return this.#configuration();
    }

    getConfiguration(callback) {
      return system.async(() => this.#configuration(), callback);
    }

    getDeviceCapabilitySync() {
      const { screenDensity, deviceType } = this.#configuration();
      return { screenDensity, deviceType };
    }

    getDeviceCapability(callback) {
      return system.async(() => this.getDeviceCapabilitySync(), callback);
    }

    getLocales(includeSystem) {
      const own = host.locales(this.#module).map((locale) => locale.replace(/_/g, '-'));
      const all = includeSystem === true ? [...own, 'en-US', 'zh-CN'] : own;
      return [...new Set(all)];
    }

    getOverrideConfiguration() {
      return this.#configuration();
    }

    getOverrideResourceManager(config) {
      if (config !== undefined && config !== null && typeof config !== 'object') {
        throw fail(401, 'The configuration must be an object.');
      }
      return new ResourceManager(this.#module, { ...this.#override, ...config });
    }

    updateOverrideConfiguration(config) {
      if (config === null || typeof config !== 'object') {
        throw fail(401, 'The configuration must be an object.');
      }
      this.#override = { ...this.#override, ...config };
    }

    addResource(path) {
      throw fail(9001010, String(path));
    }

    removeResource(path) {
      throw fail(9001010, String(path));
    }

    release() {}
  }

  // What host.lookup reports for an id, said for a name.
  const NAME_CODES = { 9001001: 9001003, 9001002: 9001004 };

  function optionalNumber(first, second) {
    return typeof first === 'function' ? [undefined, first] : [first, second];
  }

  function pluralCategory(locale, count) {
    try {
      return new Intl.PluralRules(locale.replace(/_/g, '-')).select(count);
    } catch {
      return count === 1 ? 'one' : 'other';
    }
  }

  // An image resource that is not decoded yet.
  class DrawableDescriptor {
    #bytes;

    constructor(bytes, path) {
      this.#bytes = bytes;
      this.path = path;
    }

    getPixelMap() {
      return system.require('@ohos:multimedia.image').createImageSource?.(this.#bytes.buffer)?.createPixelMapSync?.();
    }
  }

  const managers = new Map();
  function managerOf(module) {
    if (!managers.has(module)) {
      managers.set(module, new ResourceManager(module, undefined));
    }
    return managers.get(module);
  }

  return { ResourceManager, DrawableDescriptor, managerOf, fail };
})
