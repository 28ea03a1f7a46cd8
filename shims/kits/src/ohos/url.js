// @ohos:url
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');

  // The platform's own text: without a space after "error.".
  function wrongType(value, type) {
    fail(401, `Parameter error.The type of ${display(value)} must be ${type}`);
  }

  function checkText(value) {
    if (typeof value !== 'string') wrongType(value, 'string');
    return value;
  }

  function decode(text) {
    const spaced = text.replaceAll('+', ' ');
    if (!spaced.includes('%')) return spaced;
    try {
      return decodeURIComponent(spaced);
    } catch {
      return host.percentDecode(spaced);
    }
  }

  function encode(text) {
    return encodeURIComponent(text.toWellFormed?.() ?? text.replace(/[\ud800-\udfff]/gu, '\ufffd'))
      .replace(/[!'()~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+');
  }

  function parsePairs(text) {
    const query = text.startsWith('?') ? text.slice(1) : text;
    return query.split('&').filter((part) => part !== '').map((part) => {
      const equals = part.indexOf('=');
      return equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
    });
  }

  function pairsOf(init) {
    if (init === undefined || init === null) return [];
    if (typeof init === 'object' || typeof init === 'function') {
      if (typeof init[Symbol.iterator] !== 'function') {
        return Object.keys(init).map((key) => [key, String(init[key])]);
      }
      return Array.from(init, (pair) => {
        if (pair === null || typeof pair !== 'object' || typeof pair[Symbol.iterator] !== 'function') wrongType(init, 'string[][]');
        const items = [...pair];
        if (items.length !== 2) wrongType(init, 'string[][]');
        return [String(items[0]), String(items[1])];
      });
    }
    return parsePairs(checkText(init));
  }

  class URLParams {
    #pairs;
    #changed = () => {};

    constructor(init) {
      this.#pairs = pairsOf(init);
    }

    /** Ties parameters to a URL: `changed` is called after each change, and the returned function replaces them. */
    static bind(params, changed) {
      params.#changed = changed;
      return (text) => {
        params.#pairs = parsePairs(text);
      };
    }

    append(name, value) {
      this.#pairs.push([checkText(name), checkText(value)]);
      this.#changed();
    }

    delete(name) {
      checkText(name);
      this.#pairs = this.#pairs.filter(([found]) => found !== name);
      this.#changed();
    }

    getAll(name) {
      checkText(name);
      return this.#pairs.filter(([found]) => found === name).map(([, value]) => value);
    }

    get(name) {
      checkText(name);
      return this.#pairs.find(([found]) => found === name)?.[1] ?? null;
    }

    has(name) {
      checkText(name);
      return this.#pairs.some(([found]) => found === name);
    }

    set(name, value) {
      checkText(name);
      checkText(value);
      const first = this.#pairs.findIndex(([found]) => found === name);
      if (first < 0) {
        this.#pairs.push([name, value]);
      } else {
        this.#pairs = this.#pairs.filter(([found], i) => i <= first || found !== name);
        this.#pairs[first] = [name, value];
      }
      this.#changed();
    }

    sort() {
      this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      this.#changed();
    }

    forEach(callbackFn, thisArg) {
      if (typeof callbackFn !== 'function') wrongType(callbackFn, 'function');
      for (const [name, value] of this.#pairs) callbackFn.call(thisArg, value, name, this);
    }

    *keys() {
      for (const [name] of this.#pairs) yield name;
    }

    *values() {
      for (const [, value] of this.#pairs) yield value;
    }

    *entries() {
      for (const [name, value] of this.#pairs) yield [name, value];
    }

    [Symbol.iterator]() {
      return this.entries();
    }

    toString() {
      return this.#pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
    }
  }

  /** Deprecated since API 9. */
  class URLSearchParams extends URLParams {}

  function parse(input, base) {
    const href = host.parse(input, base);
    if (href === null) fail(10200002, 'Syntax Error. Invalid Url string');
    return href;
  }

  class URL {
    #href = '';
    #params;
    #setParams;

    constructor(inputUrl, inputBase) {
      // Without arguments: the form that URL.parseURL fills in.
      if (inputUrl === undefined) return;
      this.#parse(inputUrl, inputBase);
    }

    #parse(inputUrl, inputBase) {
      if (typeof inputUrl !== 'string') wrongType(inputUrl, 'string');
      const isUrl = typeof inputBase === 'object' && inputBase !== null && #href in inputBase;
      if (inputBase !== undefined && inputBase !== null && typeof inputBase !== 'string' && !isUrl) {
        wrongType(inputBase, 'string or URL');
      }
      this.#href = parse(inputUrl, isUrl ? inputBase.#href : inputBase ?? undefined);
    }

    static parseURL(inputUrl, inputBase) {
      const url = new URL();
      url.#parse(inputUrl, inputBase);
      return url;
    }

    #get(part) {
      return this.#href === '' ? '' : host.get(this.#href, part);
    }

    #set(part, value) {
      if (this.#href === '') return;
      this.#href = host.set(this.#href, part, String(value));
      if (part === 'search') this.#setParams?.(this.search);
    }

    get href() { return this.#href; }
    set href(value) {
      this.#href = parse(checkText(value), undefined);
      this.#setParams?.(this.search);
    }

    get origin() { return this.#get('origin'); }
    get protocol() { return this.#get('protocol'); }
    set protocol(value) { this.#set('protocol', value); }
    get username() { return this.#get('username'); }
    set username(value) { this.#set('username', value); }
    get password() { return this.#get('password'); }
    set password(value) { this.#set('password', value); }
    get host() { return this.#get('host'); }
    set host(value) { this.#set('host', value); }
    get hostname() { return this.#get('hostname'); }
    set hostname(value) { this.#set('hostname', value); }
    get port() { return this.#get('port'); }
    set port(value) { this.#set('port', value); }
    get pathname() { return this.#get('pathname'); }
    set pathname(value) { this.#set('pathname', value); }
    get search() { return this.#get('search'); }
    set search(value) { this.#set('search', value); }
    get hash() { return this.#get('hash'); }
    set hash(value) { this.#set('hash', value); }

    get params() {
      if (this.#params === undefined) {
        this.#params = new URLParams(this.search);
        this.#setParams = URLParams.bind(this.#params, () => {
          this.#href = host.set(this.#href, 'search', this.#params.toString());
        });
      }
      return this.#params;
    }

    get searchParams() {
      return this.params;
    }

    toString() {
      return this.#href;
    }

    toJSON() {
      return this.#href;
    }
  }

  return { URLParams, URLSearchParams, URL };
})
