// @ohos:data.dataSharePredicates: conditions that are handed to other modules (photo albums, contacts), which read `operations`.
(function (host, system) {
  'use strict';

  const NAMES = [
    'equalTo', 'notEqualTo', 'beginWrap', 'endWrap', 'or', 'and', 'contains', 'beginsWith', 'endsWith', 'isNull', 'isNotNull', 'like',
    'unlike', 'glob', 'between', 'notBetween', 'greaterThan', 'lessThan', 'greaterThanOrEqualTo', 'lessThanOrEqualTo', 'orderByAsc',
    'orderByDesc', 'distinct', 'limit', 'groupBy', 'indexedBy', 'in', 'notIn', 'prefixKey', 'inKeys',
  ];
  const operations = new WeakMap();

  class DataSharePredicates {
    constructor() {
      operations.set(this, []);
    }

    /** What was asked for, in order: [name, …arguments]. For modules of the system. */
    static operationsOf(predicates) {
      return operations.get(predicates) ?? [];
    }
  }
  for (const name of NAMES) {
    Object.defineProperty(DataSharePredicates.prototype, name, {
      value: {
        [name](...args) {
          operations.get(this)?.push([name, ...args]);
          return this;
        },
      }[name],
      writable: true,
      configurable: true,
    });
  }

  return { DataSharePredicates };
})
