// @concord:kv/query: Query, Schema and FieldNode. Conditions on fields look into values that are JSON. Not a module of the platform.
(function (host, system) {
  'use strict';

  const { Constants, invalid } = system.require('@concord:kv/values');
  const FIELD = /^(?:\$\.)?[A-Za-z_][A-Za-z0-9_]{0,63}(?:\.[A-Za-z_][A-Za-z0-9_]{0,63}){0,3}$/;
  const MOST_NAME = 64;

  const name = (given) => (typeof given === 'string' && given !== '' ? given : invalid('The type of field must be string.'));
  const escaped = (text) => (text === '' ? '^EMPTY_STRING' : text.replaceAll('^', '(^)').replaceAll(' ', '^^'));

  function typed(value) {
    switch (typeof value) {
      case 'number': return Number.isInteger(value) && Math.abs(value) <= 0x7fffffff ? 'INTEGER' : Number.isInteger(value) ? 'LONG' : 'DOUBLE';
      case 'string': return 'STRING';
      case 'boolean': return 'BOOL';
      default: return invalid('The type of value must be number, string or boolean.');
    }
  }

  class Query {
    /** As the platform writes it. */
    #text = '';
    /** For SQLite: pieces and arguments. */
    #where = '';
    #args = [];
    #order = [];
    #limit = [-1, 0];
    #joined = false;
    #prefix;
    #device;

    reset() {
      this.#text = '';
      this.#where = '';
      this.#args = [];
      this.#order = [];
      this.#limit = [-1, 0];
      this.#joined = false;
      this.#prefix = undefined;
      this.#device = undefined;
      return this;
    }

    /** Conditions for SQLite. */
    static of(given) {
      if (typeof given !== 'object' || given === null || !(#text in given)) invalid('The type of query must be Query.');
      if (given.#text.length > Constants.MAX_QUERY_LENGTH) invalid('The query is too long.');
      return { where: given.#where.replace(/ (?:AND|OR) $/, ''), args: given.#args, order: given.#order, limit: given.#limit,
        prefix: given.#prefix, device: given.#device };
    }

    #say(...words) {
      this.#text += words.map((word) => ` ${word}`).join('');
      return this;
    }

    #condition(sql, ...args) {
      if (this.#joined) this.#where += ' AND ';
      this.#joined = true;
      this.#where += sql;
      this.#args.push(...args);
      return this;
    }

    #compare(word, operator, field, value) {
      const type = typed(value);
      const text = typeof value === 'string' ? escaped(value) : `${value}`;
      this.#say(word, type, escaped(name(field)), text);
      if (!FIELD.test(field)) return this;
      return this.#condition(`${Query.#valueOf} ${operator} ?`, Query.#path(field), value);
    }

    static #valueOf = 'json_extract(CASE WHEN json_valid(value) THEN value END, ?)';
    static #path(field) { return field.startsWith('$.') ? field : `$.${field}`; }

    equalTo(field, value) { return this.#compare('^EQUAL', '=', field, value); }
    notEqualTo(field, value) { return this.#compare('^NOT_EQUAL', '<>', field, value); }
    greaterThan(field, value) { return this.#compare('^GREATER', '>', field, value); }
    lessThan(field, value) { return this.#compare('^LESS', '<', field, value); }
    greaterThanOrEqualTo(field, value) { return this.#compare('^GREATER_EQUAL', '>=', field, value); }
    lessThanOrEqualTo(field, value) { return this.#compare('^LESS_EQUAL', '<=', field, value); }

    #null(word, operator, field) {
      this.#say(word, escaped(name(field)));
      return FIELD.test(field) ? this.#condition(`${Query.#valueOf} ${operator}`, Query.#path(field)) : this;
    }

    isNull(field) { return this.#null('^IS_NULL', 'IS NULL', field); }
    isNotNull(field) { return this.#null('^IS_NOT_NULL', 'IS NOT NULL', field); }

    #list(word, operator, field, list, type) {
      name(field);
      if (!Array.isArray(list) || !list.every((one) => typeof one === type)) invalid(`The type of valueList must be ${type} array.`);
      const kind = type === 'string' ? 'STRING' : list.every(Number.isInteger) ? 'INTEGER' : 'DOUBLE';
      this.#say(word, kind, escaped(field), '^START', ...list.map((one) => (type === 'string' ? escaped(one) : `${one}`)), '^END');
      if (!FIELD.test(field)) return this;
      return this.#condition(`${Query.#valueOf} ${operator} (${list.map(() => '?').join()})`, Query.#path(field), ...list);
    }

    inNumber(field, list) { return this.#list('^IN', 'IN', field, list, 'number'); }
    inString(field, list) { return this.#list('^IN', 'IN', field, list, 'string'); }
    notInNumber(field, list) { return this.#list('^NOT_IN', 'NOT IN', field, list, 'number'); }
    notInString(field, list) { return this.#list('^NOT_IN', 'NOT IN', field, list, 'string'); }

    #like(word, operator, field, value) {
      if (typeof value !== 'string') invalid('The type of value must be string.');
      this.#say(word, escaped(name(field)), escaped(value));
      return FIELD.test(field) ? this.#condition(`${Query.#valueOf} ${operator} ?`, Query.#path(field), value) : this;
    }

    like(field, value) { return this.#like('^LIKE', 'LIKE', field, value); }
    unlike(field, value) { return this.#like('^NOT_LIKE', 'NOT LIKE', field, value); }

    and() {
      return this.#say('^AND');
    }

    or() {
      if (this.#joined) this.#where += ' OR ';
      this.#joined = false;
      return this.#say('^OR');
    }

    #orderBy(word, direction, field) {
      this.#say(word, escaped(name(field)));
      if (FIELD.test(field)) this.#order.push([`${Query.#valueOf} ${direction}`, Query.#path(field)]);
      return this;
    }

    orderByAsc(field) { return this.#orderBy('^ASC', 'ASC', field); }
    orderByDesc(field) { return this.#orderBy('^DESC', 'DESC', field); }

    limit(total, offset) {
      if (typeof total !== 'number' || typeof offset !== 'number') invalid('The type of total and offset must be number.');
      this.#limit = [Math.trunc(total), Math.trunc(offset)];
      return this.#say('^LIMIT', Math.trunc(total), Math.trunc(offset));
    }

    beginGroup() {
      if (this.#joined) this.#where += ' AND ';
      this.#joined = false;
      this.#where += '(';
      return this.#say('^BEGIN_GROUP');
    }

    endGroup() {
      this.#where += ')';
      this.#joined = true;
      return this.#say('^END_GROUP');
    }

    prefixKey(prefix) {
      if (typeof prefix !== 'string') invalid('The type of prefix must be string.');
      this.#prefix = prefix;
      return this.#say('^KEY_PREFIX', prefix);
    }

    setSuggestIndex(index) {
      if (typeof index !== 'string') invalid('The type of index must be string.');
      return this.#say('^SUGGEST_INDEX', escaped(index));
    }

    deviceId(deviceId) {
      if (typeof deviceId !== 'string') invalid('The type of deviceId must be string.');
      this.#device = deviceId;
      return this.#say('^DEVICE_ID', deviceId);
    }

    getSqlLike() { return this.#text; }
  }

  class FieldNode {
    #name;
    #children = [];
    default = '';
    nullable = false;
    type = 0;

    constructor(given) {
      if (typeof given !== 'string' || given === '' || given.length > MOST_NAME) invalid('The type of name must be string.');
      this.#name = given;
    }

    get defaultValue() { return this.default; }
    set defaultValue(value) { this.default = value; }

    appendChild(child) {
      if (typeof child !== 'object' || child === null || !(#name in child)) invalid('The type of child must be FieldNode.');
      if (this.#children.some((known) => known.#name === child.#name)) return false;
      this.#children.push(child);
      return true;
    }

    static nameOf(node) { return node.#name; }
    static childrenOf(node) { return node.#children; }
  }

  class Schema {
    root = new FieldNode('$');
    indexes = [];
    mode = 0;
    skip = 0;
  }

  const TYPES = ['string', 'number', 'number', 'object', 'boolean', 'number', 'number'];

  /** Whether a JSON value is as a schema says; defaults are filled in. */
  function fits(node, object, strict) {
    if (typeof object !== 'object' || object === null) return false;
    const children = FieldNode.childrenOf(node);
    const known = children.map(FieldNode.nameOf);
    if (strict && Object.keys(object).some((key) => !known.includes(key))) return false;
    return children.every((child) => {
      const field = FieldNode.nameOf(child);
      if (FieldNode.childrenOf(child).length > 0) return object[field] === undefined ? child.nullable : fits(child, object[field], strict);
      if (object[field] === undefined && child.default !== '') object[field] = child.default;
      const value = object[field];
      return value === undefined || value === null ? child.nullable : typeof value === TYPES[child.type];
    });
  }

  /** A value for a store with a schema: the text, with defaults; undefined when it does not fit. */
  function conform(schema, text) {
    try {
      const object = JSON.parse(text);
      return fits(schema.root, object, schema.mode === 1) ? JSON.stringify(object) : undefined;
    } catch {
      return undefined;
    }
  }

  /** The text that says whether two schemas are the same. */
  const describe = (schema) => {
    const node = (field) => [FieldNode.nameOf(field), field.type, field.nullable, `${field.default}`, FieldNode.childrenOf(field).map(node)];
    return JSON.stringify([node(schema.root), schema.indexes, schema.mode, schema.skip]);
  };

  return { Query, FieldNode, Schema, conform, describe };
})
