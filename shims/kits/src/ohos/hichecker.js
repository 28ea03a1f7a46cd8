// @ohos:hichecker: rules by which the system would look at the app; they are kept, and nobody looks.
(function (host, system) {
  'use strict';
  const { declare, fail } = system.require('@concord:kits/declared');

  const RULES = {
    RULE_CAUTION_PRINT_LOG: 1n << 63n, RULE_CAUTION_TRIGGER_CRASH: 1n << 62n, RULE_THREAD_CHECK_SLOW_PROCESS: 1n,
    RULE_CHECK_ABILITY_CONNECTION_LEAK: 1n << 33n, RULE_CHECK_ARKUI_PERFORMANCE: 1n << 34n,
  };
  const ALL = Object.values(RULES).reduce((all, rule) => all | rule, 0n);
  let rules = 0n;

  const checked = (rule) => (rule > 0n && (rule & ~ALL) === 0n ? rule : fail(401, 'Parameter error. The rule is unknown.'));
  const functions = declare([], {
    'getRule()': () => rules,
    'addCheckRule(rule: bigint)': (rule) => {
      rules |= checked(rule);
    },
    'removeCheckRule(rule: bigint)': (rule) => {
      rules &= ~checked(rule);
    },
    'containsCheckRule(rule: bigint)': (rule) => (rules & checked(rule)) === rule,
  });

  return {
    ...RULES, ...functions,
    // Before API 9.
    addRule: functions.addCheckRule, removeRule: functions.removeCheckRule, contains: functions.containsCheckRule,
  };
})
