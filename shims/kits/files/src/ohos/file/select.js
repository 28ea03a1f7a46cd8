// @concord:data.select: what predicates of @ohos:data.dataSharePredicates choose of a list that is no database.
(function (_, system) {
  'use strict';

  /** A pattern of SQL's LIKE or GLOB as a regular expression. */
  const pattern = (text, any, one, flags) => new RegExp(`^${[...String(text)].map((character) => (
    character === any ? '.*' : character === one ? '.' : character.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))).join('')}$`, flags);

  const TESTS = {
    equalTo: (value, [wanted]) => value === wanted || String(value) === String(wanted),
    notEqualTo: (value, [wanted]) => String(value) !== String(wanted),
    greaterThan: (value, [wanted]) => value > wanted,
    lessThan: (value, [wanted]) => value < wanted,
    greaterThanOrEqualTo: (value, [wanted]) => value >= wanted,
    lessThanOrEqualTo: (value, [wanted]) => value <= wanted,
    between: (value, [low, high]) => value >= low && value <= high,
    notBetween: (value, [low, high]) => value < low || value > high,
    in: (value, [list]) => list.some((wanted) => String(wanted) === String(value)),
    notIn: (value, [list]) => !list.some((wanted) => String(wanted) === String(value)),
    contains: (value, [text]) => String(value).includes(text),
    beginsWith: (value, [text]) => String(value).startsWith(text),
    endsWith: (value, [text]) => String(value).endsWith(text),
    like: (value, [text]) => pattern(text, '%', '_', 'is').test(String(value)),
    unlike: (value, [text]) => !pattern(text, '%', '_', 'is').test(String(value)),
    glob: (value, [text]) => pattern(text, '*', '?', 's').test(String(value)),
    isNull: (value) => value === null || value === undefined,
    isNotNull: (value) => value !== null && value !== undefined,
  };

  /** Reads conditions joined by `and` (also unsaid), `or` and brackets; `or` binds less. */
  function condition(steps) {
    let at = 0;
    const any = () => {
      const parts = [all()];
      while (steps[at]?.[0] === 'or') {
        at += 1;
        parts.push(all());
      }
      return (row, read) => parts.some((part) => part(row, read));
    };
    const all = () => {
      const parts = [];
      for (; at < steps.length && !['or', 'endWrap'].includes(steps[at][0]);) {
        const [name, field, ...values] = steps[at];
        at += 1;
        if (name === 'beginWrap') {
          parts.push(any());
          at += 1;
        } else if (TESTS[name] !== undefined) {
          parts.push((row, read) => TESTS[name](read(row, field), values));
        }
      }
      return (row, read) => parts.every((part) => part(row, read));
    };
    return any();
  }

  /** The items of `list` that `predicates` choose, in their order; `read(item, field)` gives a value. */
  function select(predicates, list, read) {
    const steps = system.require('@ohos:data.dataSharePredicates').DataSharePredicates.operationsOf(predicates);
    const fits = condition(steps);
    const chosen = list.filter((item) => fits(item, read));
    const orders = steps.filter(([name]) => name === 'orderByAsc' || name === 'orderByDesc');
    const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
    chosen.sort((a, b) => {
      for (const [name, field] of orders) {
        const order = compare(read(a, field), read(b, field));
        if (order !== 0) return name === 'orderByAsc' ? order : -order;
      }
      return 0;
    });
    const [, total, offset = 0] = steps.findLast(([name]) => name === 'limit') ?? [];
    return total === undefined || total < 0 ? chosen : chosen.slice(offset, offset + total);
  }

  return { select };
})
