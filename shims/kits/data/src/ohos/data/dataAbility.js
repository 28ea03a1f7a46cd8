// @ohos:data.dataAbility: conditions for data abilities, which become those of relational stores.
(function (host, system) {
  'use strict';

  const { RdbPredicates } = system.require('@concord:relational/predicates');
  const NAMES = [
    'equalTo', 'notEqualTo', 'beginWrap', 'endWrap', 'or', 'and', 'contains', 'beginsWith', 'endsWith', 'isNull', 'isNotNull', 'like',
    'glob', 'between', 'notBetween', 'greaterThan', 'lessThan', 'greaterThanOrEqualTo', 'lessThanOrEqualTo', 'orderByAsc', 'orderByDesc',
    'distinct', 'limitAs', 'offsetAs', 'groupBy', 'indexedBy', 'in', 'notIn',
  ];
  const operations = new WeakMap();

  class DataAbilityPredicates {
    constructor() {
      operations.set(this, []);
    }
  }
  for (const name of NAMES) {
    Object.defineProperty(DataAbilityPredicates.prototype, name, {
      value: {
        [name](...args) {
          operations.get(this)?.push([name, args]);
          return this;
        },
      }[name],
      writable: true,
      configurable: true,
    });
  }

  /** The same conditions on the rows of a table. */
  function createRdbPredicates(name, dataAbilityPredicates) {
    const asked = operations.get(dataAbilityPredicates);
    if (asked === undefined) throw new system.BusinessError(401, 'Parameter error. The type of dataAbilityPredicates must be DataAbilityPredicates.');
    return asked.reduce((made, [operation, args]) => made[operation](...args), new RdbPredicates(name));
  }

  return { DataAbilityPredicates, createRdbPredicates };
})
