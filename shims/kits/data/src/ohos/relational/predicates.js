// @concord:relational/predicates: RdbPredicates, which become SQL in Rust. Not a module of the platform.
(function (host, system) {
  'use strict';

  const rdb = system.require('@concord:rdb');
  const { fail, must, value, values, texts, int } = system.require('@concord:relational/checks');

  const field = (given, name = 'field') => {
    must(typeof given === 'string' && given !== '', name, 'not empty');
    return given;
  };
  const string = (given, name = 'value') => {
    must(typeof given === 'string', name, 'a string.');
    return given;
  };

  class RdbPredicates {
    #handle;

    constructor(name) {
      must(typeof name === 'string', 'name', 'a string');
      must(name !== '', 'name', 'not empty');
      this.#handle = rdb.predicates(name);
    }

    static isOne(given) {
      return typeof given === 'object' && given !== null && #handle in given;
    }

    /** The handle of an argument. */
    static of(given) {
      must(RdbPredicates.isOne(given), 'predicates', 'an RdbPredicates.');
      return given.#handle;
    }

    #with(leaf, ...args) {
      leaf(this.#handle, ...args);
      return this;
    }

    // There are no other devices.
    inDevices(devices) {
      texts(devices, 'devices');
      return this;
    }

    inAllDevices() { return this; }

    equalTo(name, given) { return this.#with(rdb.compare, '=', field(name), value(given, 'value')); }
    notEqualTo(name, given) { return this.#with(rdb.compare, '<>', field(name), value(given, 'value')); }
    greaterThan(name, given) { return this.#with(rdb.compare, '>', field(name), value(given, 'value')); }
    lessThan(name, given) { return this.#with(rdb.compare, '<', field(name), value(given, 'value')); }
    greaterThanOrEqualTo(name, given) { return this.#with(rdb.compare, '>=', field(name), value(given, 'value')); }
    lessThanOrEqualTo(name, given) { return this.#with(rdb.compare, '<=', field(name), value(given, 'value')); }

    // An empty text has no conditions.
    #like(operator, name, given, before, after) {
      field(name);
      return string(given) === '' ? this : this.#with(rdb.compare, operator, name, before + given + after);
    }

    contains(name, given) { return this.#like('LIKE', name, given, '%', '%'); }
    notContains(name, given) { return this.#like('NOT LIKE', name, given, '%', '%'); }
    beginsWith(name, given) { return this.#like('LIKE', name, given, '', '%'); }
    endsWith(name, given) { return this.#like('LIKE', name, given, '%', ''); }
    like(name, given) { return this.#like('LIKE', name, given, '', ''); }
    notLike(name, given) { return this.#like('NOT LIKE', name, given, '', ''); }
    glob(name, given) { return this.#like('GLOB', name, given, '', ''); }

    isNull(name) { return this.#with(rdb.isNull, field(name), false); }
    isNotNull(name) { return this.#with(rdb.isNull, field(name), true); }

    between(name, low, high) { return this.#with(rdb.between, field(name), value(low, 'low'), value(high, 'high'), false); }
    notBetween(name, low, high) { return this.#with(rdb.between, field(name), value(low, 'low'), value(high, 'high'), true); }

    in(name, list) { return this.#with(rdb.oneOf, field(name), values(list, 'value'), false); }
    notIn(name, list) { return this.#with(rdb.oneOf, field(name), values(list, 'value'), true); }
    inValues(name, list) { return this.in(name, list); }
    notInValues(name, list) { return this.notIn(name, list); }

    beginWrap() { return this.#with(rdb.word, 'beginWrap'); }
    endWrap() { return this.#with(rdb.word, 'endWrap'); }
    or() { return this.#with(rdb.word, 'or'); }
    and() { return this.#with(rdb.word, 'and'); }
    distinct() { return this.#with(rdb.word, 'distinct'); }

    orderByAsc(name) { return this.#with(rdb.orderBy, field(name), false); }
    orderByDesc(name) { return this.#with(rdb.orderBy, field(name), true); }
    limitAs(most) { return this.#with(rdb.limit, int(most, 'value')); }
    offsetAs(rows) { return this.#with(rdb.offset, int(rows, 'rowOffset')); }
    groupBy(fields) { return this.#with(rdb.groupBy, texts(fields, 'fields')); }
    indexedBy(name) { return this.#with(rdb.indexedBy, field(name)); }

    having(conditions, args) {
      if (typeof conditions !== 'string' || conditions === '') fail(14800001, 'Invalid args. The conditions must be a string that is not empty.');
      return this.#with(rdb.having, conditions, args === undefined || args === null ? [] : values(args, 'args'));
    }

    crossJoin(table) { return this.#with(rdb.join, 'CROSS', field(table, 'tableName')); }
    innerJoin(table) { return this.#with(rdb.join, 'INNER', field(table, 'tableName')); }
    leftOuterJoin(table) { return this.#with(rdb.join, 'LEFT', field(table, 'tableName')); }
    on(clauses) { return this.#with(rdb.joinOn, texts(clauses, 'clauses'), false); }
    using(fields) { return this.#with(rdb.joinOn, texts(fields, 'fields'), true); }
  }

  return { RdbPredicates };
})
