// @ohos:uri
(function (host, system) {
  'use strict';

  const { display, fail } = system.require('@concord:kits');

  function checkText(value) {
    if (typeof value !== 'string') fail(401, `Parameter error. The type of ${display(value)} must be string`);
    return value;
  }

  function invalid(what) {
    fail(10200002, `Syntax Error. Invalid Uri string: The ${what}`);
  }

  function decode(text) {
    if (!text?.includes('%')) return text;
    try {
      return decodeURIComponent(text);
    } catch {
      return host.percentDecode(text);
    }
  }

  // RFC 2396 as java.net.URI has it, and everything beyond ASCII is let through.
  const UNRESERVED = "A-Za-z0-9\\-_.!~*'()%\\u0080-\\uffff";
  const allowed = {
    scheme: /^[A-Za-z][A-Za-z0-9+.\-]*$/,
    userInfo: new RegExp(`^[${UNRESERVED};:&=+$,]*$`),
    host: /^(?:[A-Za-z0-9\-_.~%\u0080-\uffff]*|\[[0-9A-Fa-f:.%]+\])$/,
    port: /^[0-9]*$/,
    path: new RegExp(`^[${UNRESERVED}:@&=+$,;/ "|^{}]*$`),
    query: new RegExp(`^[${UNRESERVED};/?:@&=+$,\\[\\] "|^{}]*$`),
    fragment: new RegExp(`^[${UNRESERVED};/?:@&=+$,\\[\\] "|^{}#]*$`),
    opaque: new RegExp(`^[${UNRESERVED};/?:@&=+$,\\[\\] ]*$`),
  };

  function check(part, text) {
    if (text !== null && !allowed[part].test(text)) invalid(`${part} does not conform to the rule`);
  }

  /** Splits into the encoded parts; absent ones are null. */
  function parse(input) {
    const [, fragmentless, fragment = null] = /^([^#]*)(?:#([^]*))?$/.exec(input);
    const schemeEnd = /^[^:/?]*:/.exec(fragmentless);
    const scheme = schemeEnd === null ? null : schemeEnd[0].slice(0, -1);
    const ssp = schemeEnd === null ? fragmentless : fragmentless.slice(schemeEnd[0].length);
    const parts = {
      scheme, ssp, fragment, opaque: false, authority: null, userInfo: null, host: null, port: '-1', path: null, query: null,
    };
    check('scheme', scheme);
    check('fragment', fragment);
    if (scheme !== null && !ssp.startsWith('/')) {
      if (ssp === '') invalid('scheme specific part is empty');
      check('opaque', ssp);
      parts.opaque = true;
      const mark = ssp.indexOf('?');
      if (mark >= 0) parts.query = ssp.slice(mark + 1);
      return parts;
    }
    const [, authority = null, path, query = null] = /^(?:\/\/([^/?]*))?([^?]*)(?:\?([^]*))?$/.exec(ssp);
    check('path', path);
    check('query', query);
    Object.assign(parts, { authority, path, query });
    if (authority !== null) {
      const [, userInfo = null, hostPart, port = null] = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*)(?::([^]*))?$/.exec(authority)
        ?? invalid('authority does not conform to the rule');
      check('userInfo', userInfo);
      check('host', hostPart);
      check('port', port);
      Object.assign(parts, { userInfo, host: hostPart === '' ? null : hostPart, port: port === null || port === '' ? '-1' : port });
    }
    return parts;
  }

  function compose({ scheme, opaque, ssp, authority, path, query, fragment }) {
    let text = scheme === null ? '' : `${scheme}:`;
    if (opaque) text += ssp;
    else {
      if (authority !== null) text += `//${authority}`;
      text += path ?? '';
      if (query !== null) text += `?${query}`;
    }
    return fragment === null ? text : `${text}#${fragment}`;
  }

  function normalizePath(path) {
    const absolute = path.startsWith('/');
    const segments = path.split('/');
    const result = [];
    for (const segment of segments) {
      if (segment === '.' || segment === '') continue;
      if (segment === '..' && result.length > 0 && result.at(-1) !== '..') result.pop();
      else if (segment !== '..' || !absolute) result.push(segment);
    }
    const last = segments.at(-1);
    const directory = result.length > 0 && (last === '' || last === '.' || last === '..');
    return `${absolute ? '/' : ''}${result.join('/')}${directory ? '/' : ''}`;
  }

  class URI {
    #parts;

    constructor(input) {
      if (typeof input !== 'string' || input === '') fail(401, `Parameter error. The type of ${display(input)} must be string`);
      this.#parts = parse(input);
    }

    static createFromParts(scheme, ssp, fragment) {
      checkText(scheme);
      checkText(ssp);
      if (fragment !== null && fragment !== undefined) checkText(fragment);
      const tail = fragment ? `#${encodeURIComponent(fragment)}` : '';
      return new URI(`${scheme}:${encodeURIComponent(ssp).replaceAll('%40', '@').replaceAll('%2F', '/')}${tail}`);
    }

    #with(changes) {
      return new URI(compose({ ...this.#parts, ...changes }));
    }

    #checkHierarchical() {
      if (this.#parts.opaque) fail(10200002, 'Syntax Error. The operation needs a hierarchical Uri');
    }

    toString() {
      return encodeURI(compose(this.#parts)).replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('%25', '%');
    }

    equals(other) {
      return this.equalsTo(other);
    }

    equalsTo(other) {
      if (typeof other !== 'object' || other === null || !(#parts in other)) {
        fail(401, `Parameter error. The type of ${display(other)} must be URI`);
      }
      return compose(this.#parts) === compose(other.#parts);
    }

    checkIsAbsolute() { return this.#parts.scheme !== null; }
    checkRelative() { return this.#parts.scheme === null; }
    checkOpaque() { return this.#parts.opaque; }
    checkHierarchical() { return !this.#parts.opaque; }

    normalize() {
      return this.#parts.path ? this.#with({ path: normalizePath(this.#parts.path) }) : this.#with({});
    }

    *#pairs() {
      const { query } = this.#parts;
      if (query === null) return;
      for (const part of query.split('&')) {
        const equals = part.indexOf('=');
        yield equals < 0 ? [decode(part), ''] : [decode(part.slice(0, equals)), part.slice(equals + 1)];
      }
    }

    getQueryValue(key) {
      checkText(key);
      for (const [name, value] of this.#pairs()) {
        if (name === key) return decode(value.replaceAll('+', ' '));
      }
      return null;
    }

    getQueryValues(key) {
      checkText(key);
      return [...this.#pairs()].filter(([name]) => name === key).map(([, value]) => decode(value));
    }

    getQueryNames() {
      const names = new Set();
      for (const [name] of this.#pairs()) names.add(name);
      return [...names];
    }

    getBooleanQueryValue(key, defaultValue) {
      if (typeof defaultValue !== 'boolean') fail(401, `Parameter error. The type of ${display(defaultValue)} must be boolean`);
      const value = this.getQueryValue(key);
      if (value === null) return defaultValue;
      return !['false', '0'].includes(value.toLowerCase());
    }

    addQueryValue(key, value) {
      const pair = `${encodeURIComponent(checkText(key))}=${encodeURIComponent(checkText(value))}`;
      this.#checkHierarchical();
      return this.#with({ query: this.#parts.query ? `${this.#parts.query}&${pair}` : pair });
    }

    clearQuery() {
      if (!this.#parts.opaque) return this.#with({ query: null });
      return this.#with({ ssp: this.#parts.ssp.split('?')[0] });
    }

    #segments() {
      return (this.#parts.path ?? '').split('/').filter((segment) => segment !== '');
    }

    getLastSegment() {
      const last = this.#segments().at(-1);
      return last === undefined ? '' : decode(last);
    }

    getSegment() {
      return this.#segments().map(decode);
    }

    addSegment(pathSegment) {
      return this.addEncodedSegment(encodeURIComponent(checkText(pathSegment)));
    }

    addEncodedSegment(pathSegment) {
      checkText(pathSegment);
      this.#checkHierarchical();
      const path = this.#parts.path ?? '';
      return this.#with({ path: `${path}${path.endsWith('/') ? '' : '/'}${pathSegment}` });
    }

    get scheme() { return this.#parts.scheme; }
    get host() { return this.#parts.host; }
    get port() { return this.#parts.port; }
    get ssp() { return decode(this.#parts.ssp); }
    get authority() { return decode(this.#parts.authority); }
    get userInfo() { return decode(this.#parts.userInfo); }
    get path() { return decode(this.#parts.path); }
    get query() { return decode(this.#parts.query); }
    get fragment() { return decode(this.#parts.fragment); }
    get encodedSSP() { return this.#parts.ssp; }
    get encodedAuthority() { return this.#parts.authority; }
    get encodedUserInfo() { return this.#parts.userInfo; }
    get encodedPath() { return this.#parts.path; }
    get encodedQuery() { return this.#parts.query; }
    get encodedFragment() { return this.#parts.fragment; }
  }

  return { URI };
})
